//! What was read in one way and may have been meant in another.

use super::ast::{Kind, Query};

/// Says of a query, each once: where an `or` or `not` among words that are all sought was taken for a word, and where a `?`
/// at the end of a word was taken for a letter.
pub fn advice(query: &Query) -> Vec<String> {
    let mut said = Vec::new();
    within(query, &mut said);
    said
}

fn within(query: &Query, said: &mut Vec<String>) {
    match &query.kind {
        Kind::And(items) => {
            let inner = items.iter().enumerate().filter(|(at, _)| *at > 0 && at + 1 < items.len());
            for word in inner.filter_map(|(_, item)| plain(item)) {
                match word {
                    "or" => add("`or` was sought as a word: write `OR` for articles with either".to_owned(), said),
                    "not" => {
                        add(
                            "`not` was sought as a word: write `NOT` or `-word` to leave articles out".to_owned(),
                            said,
                        );
                    }
                    _ => {}
                }
            }
            items.iter().for_each(|item| within(item, said));
        }
        // The end of a question is sought both ways.
        Kind::Or(items) => {
            let both =
                |pattern: &str| items.iter().filter_map(plain).any(|word| pattern.strip_suffix('?') == Some(word));
            let one_way = items.iter().filter(|item| !matches!(&item.kind, Kind::Wildcard(pattern) if both(pattern)));
            one_way.for_each(|item| within(item, said));
        }
        Kind::Wildcard(pattern) => {
            if let Some(word) = pattern.strip_suffix('?').filter(|word| !word.contains(['*', '?'])) {
                add(format!("`{pattern}` is `{word}` with one letter more: leave the `?` out to find `{word}`"), said);
            }
        }
        _ => {}
    }
}

fn plain(query: &Query) -> Option<&str> {
    if let Kind::Word { text, .. } = &query.kind { Some(text) } else { None }
}

fn add(advice: String, said: &mut Vec<String>) {
    if !said.contains(&advice) {
        said.push(advice);
    }
}
