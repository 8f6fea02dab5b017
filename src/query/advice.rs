//! What was read in one way and may have been meant in another.

use super::ast::{Kind, Query};

/// Says of a query, each once: where an `or`, a `not` or another service's distance among words that are all sought was taken
/// for a word, where a `?` at the end of a word was taken for a letter, and where one between words was passed over.
pub fn advice(query: &Query) -> Vec<String> {
    let mut said = Vec::new();
    within(query, &mut said);
    said
}

fn within(query: &Query, said: &mut Vec<String>) {
    match &query.kind {
        Kind::And(items) => {
            let inner = items.iter().enumerate().filter(|(at, _)| *at > 0 && at + 1 < items.len());
            for (at, word) in inner.filter_map(|(at, item)| Some((at, plain(item)?))) {
                match word {
                    "or" => add("`or` was sought as a word: write `OR` for articles with either".to_owned(), said),
                    "not" => {
                        add(
                            "`not` was sought as a word: write `NOT` or `-word` to leave articles out".to_owned(),
                            said,
                        );
                    }
                    word => {
                        let next = items[at + 1..items.len() - 1].first().and_then(plain).unwrap_or_default();
                        if let Some(ours) = in_words(word, next) {
                            add(
                                format!("`{word} {next}` was sought as words: for a distance write `a {ours} b`"),
                                said,
                            );
                        } else if let Some(ours) = distance(word) {
                            let so = format!("`{word}` was sought as a word: write `a {ours} b`");
                            add(format!("{so}, or have the whole query translated by `--dialect`"), said);
                        }
                    }
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
        Kind::Not(of) | Kind::Boost(of, _) | Kind::Headline(of) | Kind::AtLeast { of, .. } | Kind::In { of, .. } => {
            within(of, said);
        }
        Kind::Near { items, .. } | Kind::Within { items, .. } => items.iter().for_each(|item| within(item, said)),
        Kind::Phrase { text, .. } => {
            let pieces = text.split_whitespace().collect::<Vec<_>>();
            let inner = pieces.get(1..pieces.len().saturating_sub(1)).unwrap_or_default();
            if inner.iter().any(|piece| piece.chars().all(|c| c == '?')) {
                add(
                    "a `?` alone between words in quotes stands for nothing: write `*` for any one word".to_owned(),
                    said,
                );
            }
        }
        Kind::Wildcard(pattern) => {
            if let Some(word) = pattern.strip_suffix('?').filter(|word| !word.contains(['*', '?'])) {
                add(format!("`{pattern}` is `{word}` with one letter more: leave the `?` out to find `{word}`"), said);
            }
        }
        _ => {}
    }
}

/// Our operator for what is a distance in another service: `W5`, `within/5`, `adj5`, `/5`.
fn distance(word: &str) -> Option<String> {
    let lower = word.to_ascii_lowercase();
    let digits = lower.trim_start_matches(|c: char| !c.is_ascii_digit());
    // `n95` and `p20` are names of things.
    let ours = match &lower[..lower.len() - digits.len()] {
        "w" | "w/" | "within" | "within/" | "near" | "near/" | "n/" | "wn/" => "NEAR",
        "pre" | "pre/" | "adj" | "adj/" | "onear" | "onear/" | "p/" => "PRE",
        _ => return None,
    };
    let is_number = (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    (is_number && !digits.starts_with('0')).then(|| format!("{ours}/{digits}"))
}

/// Our operator for a distance in words: `within 5`, `near 5`.
fn in_words(word: &str, next: &str) -> Option<String> {
    let known = word.len() > 2 && word.bytes().all(|b| b.is_ascii_alphabetic());
    let is_number = !next.is_empty() && next.bytes().all(|b| b.is_ascii_digit());
    if known && is_number { distance(&format!("{word}{next}")) } else { None }
}

fn plain(query: &Query) -> Option<&str> {
    if let Kind::Word { text, .. } = &query.kind { Some(text) } else { None }
}

fn add(advice: String, said: &mut Vec<String>) {
    if !said.contains(&advice) {
        said.push(advice);
    }
}
