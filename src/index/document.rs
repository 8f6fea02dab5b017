//! Article → tantivy document.

use tantivy::TantivyDocument;

use super::facets::Facet;
use super::schema::{self, EMBARGOED, Fields, WITHDRAWN};
use super::sketch::Sketch;
use super::tokens;
use crate::model::{Article, DateClaim};

/// Days since 1970.
pub(super) fn days(day: jiff::civil::Date) -> i64 {
    let zero = jiff::civil::Date::constant(1970, 1, 1);
    // Two civil dates are always a whole number of days apart.
    (day - zero).get_days().into()
}

/// The day so many days after 1970; the nearest one a calendar has.
pub(super) fn day_of(days: i64) -> jiff::civil::Date {
    let zero = jiff::civil::Date::constant(1970, 1, 1);
    let span = jiff::Span::new().try_days(days);
    let end = if days < 0 { jiff::civil::Date::MIN } else { jiff::civil::Date::MAX };
    span.ok().and_then(|span| zero.checked_add(span).ok()).unwrap_or(end)
}

/// What a date counts for when articles are ordered: seconds since 1970; a day counts from its start.
fn order(date: &DateClaim) -> i64 {
    date.instant.map_or_else(|| days(date.day) * 86_400, jiff::Timestamp::as_second)
}

/// The document of `article`, which stands in row `key` of the corpus.
pub(super) fn of(fields: &Fields, key: u64, article: &Article) -> TantivyDocument {
    let mut out = TantivyDocument::new();
    let language = article.language.as_ref();
    out.add_u64(fields.key, key);
    out.add_u64(fields.id, schema::pack_id(article.id.as_str()));
    if !article.title.is_empty() {
        out.add_text(fields.title, tokens::encode_title(language, &article.title));
    }
    out.add_text(fields.text, tokens::encode_text(article));

    let mut keys = String::new();
    for (field, value) in schema::key_values(article) {
        let words = tokens::key_words(&value);
        keys.push(schema::letter(field));
        for word in words {
            keys.push_str(&word);
            keys.push(' ');
        }
        keys.push('\n');
    }
    if article.flags.withdrawn {
        keys.push_str(WITHDRAWN);
        keys.push('\n');
    }
    if let Some(until) = article.embargo {
        keys.push_str(EMBARGOED);
        keys.push('\n');
        out.add_i64(fields.embargo, until.as_second());
    }
    out.add_text(fields.keys, keys);

    if let Some(date) = article.published.as_ref().filter(|d| d.is_sure()) {
        out.add_i64(fields.order, order(date));
    }
    let dates = [
        (fields.published, &article.published),
        (fields.updated, &article.updated),
        (fields.fetched, &article.fetched),
    ];
    for ([from, until], date) in dates {
        if let Some(date) = date {
            let (first, last) = date.days();
            out.add_i64(from, days(first));
            if first < last {
                out.add_i64(until, days(last));
            }
        }
    }
    out.add_u64(fields.sketch, Sketch::of(&article.text).0);
    out.add_u64(fields.words, article.words() as u64);
    if let Some(lang) = language {
        out.add_u64(fields.lang, schema::pack_lang(lang));
    }
    let facets = [
        (fields.source, Facet::Source),
        (fields.author, Facet::Author),
        (fields.section, Facet::Section),
        (fields.agency, Facet::Agency),
    ];
    for (field, facet) in facets {
        for value in facet.values(article).into_iter().flatten() {
            out.add_text(field, value);
        }
    }
    out
}
