//! What to drop from a query that finds nothing.

use super::{Morgue, Request};
use crate::error::Result;
use crate::query::{self, Kind, Query};

/// Most operands that are tried out.
const MOST_TRIED: usize = 12;

/// Says what the query would find without one of its operands, or with any of its words; of a distance or a phrase, what its
/// words would find wherever they stand. Nothing of other queries.
pub(super) fn advice(morgue: &Morgue, request: &Request) -> Result<Vec<String>> {
    let Kind::And(items) = &request.query.kind else { return apart(morgue, request) };
    if items.len() < 2 {
        return Ok(Vec::new());
    }
    let mut tried: Vec<(u64, String)> = Vec::new();
    let few = items.len() <= MOST_TRIED;
    for (index, dropped) in items.iter().enumerate().filter(|_| few) {
        let rest: Vec<Query> =
            items.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, item)| item.clone()).collect();
        let rest = all_of(rest, request);
        // What only excludes finds nearly all: that is no advice.
        if matches!(rest.kind, Kind::Not(_)) {
            continue;
        }
        let found = morgue.count(&rest, request.now)?;
        if found > 0 {
            tried.push((found, query::print(dropped)));
        }
    }
    tried.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    if tried.is_empty() {
        let one = few.then(|| "dropping one of them finds nothing either".to_owned());
        return Ok(one.into_iter().chain(any(morgue, request, items)?).collect());
    }
    let said = |(count, without): &(u64, String)| format!("without `{without}` there would be {}", articles(*count));
    Ok(tried.iter().take(3).map(said).collect())
}

/// What the words of a distance or a phrase find wherever they stand, if they do.
fn apart(morgue: &Morgue, request: &Request) -> Result<Vec<String>> {
    let (items, how) = match &request.query.kind {
        Kind::Near { items, .. } | Kind::Within { items, .. } => (items.clone(), "with `AND`, however far apart,"),
        Kind::Phrase { text, stem, .. } if !text.contains(['*', '?', '~']) => {
            let word = |text: &str| Query {
                kind: Kind::Word { text: text.to_owned(), stem: *stem },
                span: request.query.span,
            };
            let words = text.split_whitespace().filter(|word| !crate::text::query_terms(word).is_empty());
            (words.map(word).collect(), "with its words anywhere")
        }
        _ => return Ok(Vec::new()),
    };
    if items.len() < 2 {
        return Ok(Vec::new());
    }
    let found = morgue.count(&all_of(items, request), request.now)?;
    Ok((found > 0).then(|| format!("{how} there would be {}", articles(found))).into_iter().collect())
}

/// How many articles have any of the words, if some do, and how to ask for them. Conditions on the article hold besides.
fn any(morgue: &Morgue, request: &Request, items: &[Query]) -> Result<Option<String>> {
    let (words, conditions): (Vec<&Query>, Vec<&Query>) = items.iter().partition(|item| !is_condition(item));
    if words.len() < 2 || !words.iter().all(|item| is_words(item)) {
        return Ok(None);
    }
    let mut flat = Vec::new();
    words.iter().for_each(|item| flatten(item, &mut flat));
    let plain = request.translated || !conditions.is_empty();
    let today = request.now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let options = query::Options::new(today);
    let (text, options) = if plain {
        (query::print(&Query { kind: Kind::Bag(flat), span: request.query.span }), options)
    } else {
        let stem = !words.iter().all(|item| matches!(item.kind, Kind::Word { stem: false, .. }));
        let text = flat.iter().map(query::print).collect::<Vec<_>>().join(" ");
        (text, query::Options { any: true, stem, ..options })
    };
    // What cannot be typed is no advice.
    let Ok(bag) = query::parse(&text, &options) else { return Ok(None) };
    let asked: Vec<Query> = [bag].into_iter().chain(conditions.iter().map(|item| (*item).clone())).collect();
    let found = morgue.count(&all_of(asked, request), request.now)?;
    let with = match (request.translated, conditions.is_empty()) {
        // The flag and the translation exclude each other, and no other service knows `ANY`.
        (true, _) => format!("`{text}` in place of the words and without the dialect"),
        (false, true) => "`--any`".to_owned(),
        (false, false) => format!("`{text}` in place of the words"),
    };
    let have = if found == 1 { "has" } else { "have" };
    Ok((found > 0).then(|| format!("with {with} there would be {} that {have} some of them", articles(found))))
}

fn all_of(items: Vec<Query>, request: &Request) -> Query {
    match <[Query; 1]>::try_from(items) {
        Ok([one]) => one,
        Err(items) => Query { kind: Kind::And(items), span: request.query.span },
    }
}

/// Whether it asks for something of the article and for no place in its text.
fn is_condition(item: &Query) -> bool {
    match &item.kind {
        Kind::Key { .. } | Kind::Dates { .. } | Kind::Words { .. } => true,
        Kind::Not(of) | Kind::Boost(of, _) => is_condition(of),
        Kind::And(items) | Kind::Or(items) => items.iter().all(is_condition),
        _ => false,
    }
}

/// Whether it is no more than words, or groups of which any word will do; the last of a question is sought with one letter
/// more too.
fn is_words(item: &Query) -> bool {
    match &item.kind {
        Kind::Word { .. } | Kind::Phrase { .. } => true,
        Kind::Or(items) => items.iter().all(|item| matches!(item.kind, Kind::Wildcard(_)) || is_words(item)),
        _ => false,
    }
}

/// The words of an item, without groups: any of them is as good as any of a group of them.
fn flatten(item: &Query, out: &mut Vec<Query>) {
    match &item.kind {
        Kind::Or(items) => {
            let is_asked = |pattern: &str| {
                let bare = pattern.strip_suffix('?');
                items.iter().any(|item| matches!(&item.kind, Kind::Word { text, .. } if bare == Some(text)))
            };
            let words = items.iter().filter(|item| !matches!(&item.kind, Kind::Wildcard(text) if is_asked(text)));
            words.for_each(|item| flatten(item, out));
        }
        _ => out.push(item.clone()),
    }
}

fn articles(count: u64) -> String {
    format!("{count} {}", if count == 1 { "article" } else { "articles" })
}
