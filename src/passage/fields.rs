//! Conditions on the metadata of an article.

use crate::model::{Article, Span};
use crate::query::plan::Cond;
use crate::query::{DateField, KeyField};
use crate::text::{Tokens, analyze};

/// Whether a condition without spans holds; conditions with spans are not asked here.
pub(super) fn holds(cond: &Cond, article: &Article, tokens: &mut Tokens) -> bool {
    match cond {
        Cond::All => true,
        Cond::Key { field, value, prefix } => {
            let wanted: Vec<&str> = value.split_whitespace().collect();
            values(*field, article).iter().any(|said| has_words(said, &wanted, *prefix, tokens))
        }
        Cond::Dates { field, from, to } => {
            let date = match field {
                DateField::Published => &article.published,
                DateField::Updated => &article.updated,
                DateField::Fetched => &article.fetched,
            };
            date.as_ref().is_some_and(|date| date.is_within(*from, *to))
        }
        Cond::Words { from, to } => {
            let words = article.words() as u64;
            from.is_none_or(|f| f <= words) && to.is_none_or(|t| words <= t)
        }
        _ => false,
    }
}

/// The values of a field, as the index has them.
fn values(field: KeyField, article: &Article) -> Vec<&str> {
    let from = &article.provenance;
    let said = match field {
        KeyField::Author => article.authors.iter().map(String::as_str).collect(),
        KeyField::Source => article.source.iter().map(|f| f.value.as_str()).collect(),
        KeyField::Url => {
            article.url.iter().map(String::as_str).chain(from.original_url.iter().map(|f| f.value.as_str())).collect()
        }
        KeyField::Lang => article.language.iter().map(|l| l.as_str()).collect(),
        KeyField::Section => article.section.iter().map(String::as_str).collect(),
        KeyField::Tag => article.tags.iter().map(String::as_str).collect(),
        KeyField::Agency => from.agencies.iter().map(|a| a.name.as_str()).collect(),
        KeyField::Publisher => from.original_publisher.iter().map(|f| f.value.as_str()).collect(),
        KeyField::Republisher => from.republisher.iter().map(|f| f.value.as_str()).collect(),
        KeyField::Licence => from.licence.iter().map(|f| f.value.as_str()).collect(),
        KeyField::Id => vec![article.id.as_str()],
        KeyField::Flag => flags(article),
    };
    let mut said: Vec<&str> = said;
    said.retain(|v| !v.trim().is_empty());
    said
}

fn flags(article: &Article) -> Vec<&'static str> {
    let flags = &article.flags;
    [
        ("truncated", flags.truncated),
        ("paywalled", flags.paywalled),
        ("sponsored", flags.sponsored),
        ("affiliate", flags.affiliate),
        ("opinion", flags.opinion),
        ("developing", flags.developing),
        ("corrected", flags.corrected),
        ("withdrawn", flags.withdrawn),
    ]
    .into_iter()
    .filter_map(|(name, on)| on.then_some(name))
    .collect()
}

/// Whether `said` has the wanted words in a row, the last as a prefix if so asked, as are those with `*` behind. No words: any value will do.
fn has_words(said: &str, wanted: &[&str], prefix: bool, tokens: &mut Tokens) -> bool {
    if wanted.is_empty() {
        return true;
    }
    analyze(said, &[Span::new(0, said.len())], tokens);
    // The positions at which the next wanted word may stand.
    let mut open: Option<Vec<u32>> = None;
    for (at, word) in wanted.iter().enumerate() {
        let begun = word.strip_suffix('*');
        let is_prefix = prefix && at + 1 == wanted.len() || begun.is_some();
        let word = begun.unwrap_or(word);
        let fits = |term: &str| if is_prefix { term.starts_with(word) } else { term == word };
        let next = tokens
            .iter()
            .filter(|t| fits(t.term) && open.as_ref().is_none_or(|o| o.contains(&t.position)))
            .map(|t| t.position + u32::from(t.length))
            .collect::<Vec<_>>();
        if next.is_empty() {
            return false;
        }
        open = Some(next);
    }
    true
}
