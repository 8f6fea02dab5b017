//! What was read in one way and may have been meant in another.

use super::ast::{KeyField, Kind, Query};
use super::print::key_name;

/// Says of a query, each once: where an `or`, a `not` or another service's operator among words that are all sought was taken
/// for a word, where a `?` at the end of a word was taken for a letter, where one between words was passed over, where a `!`
/// stands for no letters, where the second word of a name or the end of a stretch of days was taken for a word, and where
/// a sign of money was passed over.
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
                let as_word = format!("`{word}` was sought as a word");
                match word.to_ascii_lowercase().as_str() {
                    "or" => add(format!("{as_word}: write `OR` for articles with either"), said),
                    "not" => add(format!("{as_word}: write `NOT` or `-word` to leave articles out"), said),
                    "andnot" | "butnot" => add(format!("{as_word}: write `NOT` alone"), said),
                    "but" if matches!(items[at + 1].kind, Kind::Not(_)) || plain(&items[at + 1]) == Some("NOT") => {
                        add(format!("{as_word}: write `NOT` alone"), said);
                    }
                    "xor" => {
                        add(format!("{as_word}: for one of two and not both write `(a OR b) NOT (a AND b)`"), said)
                    }
                    _ => {
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
            items.windows(2).filter_map(|pair| beside(&pair[0], &pair[1])).for_each(|advice| add(advice, said));
            items.windows(3).filter_map(|row| until(&row[0], &row[1], &row[2])).for_each(|advice| add(advice, said));
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
            sign(text).into_iter().for_each(|advice| add(advice, said));
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
        Kind::Word { text, .. } => {
            sign(text).into_iter().for_each(|advice| add(advice, said));
            let bare = text.trim_end_matches('!');
            let begins = bare.chars().count() > 1 && bare.chars().all(char::is_alphanumeric);
            if begins && bare.len() < text.len() {
                add(format!("`{text}` was sought as `{bare}`: write `{bare}*` for any ending"), said);
            }
        }
        _ => {}
    }
}

/// The first sign of money or of shares in what is sought, which is no part of a word.
fn sign(text: &str) -> Option<String> {
    let sign = text.chars().find(|c| "$€£¥₹%‰".contains(*c))?;
    text.contains(|c: char| c.is_ascii_digit())
        .then(|| format!("the sign `{sign}` of `{text}` was not sought: to find it too write `='{text}'`"))
}

/// What two neighbours among words that are all sought may have been meant as.
fn beside(one: &Query, next: &Query) -> Option<String> {
    let gap = next.span.start.checked_sub(one.span.end)?;
    match &one.kind {
        Kind::Word { text, .. } if text.eq_ignore_ascii_case("hlead") => {
            Some(format!("`{text}` was sought as a word: write `HLEAD(word)` to look in headline and first paragraph"))
        }
        Kind::Key { field, value } if gap == 1 && is_named(*field) && is_name(value) => {
            let name = plain(next).filter(|name| is_name(name))?;
            let field = key_name(*field);
            Some(format!("`{name}` was sought in the text: write `{field}:\"{value} {name}\"` for the whole name"))
        }
        // `A - B`: a dash that stands alone is as good as a space.
        Kind::Dates { .. } if gap >= 3 => plain(next).and_then(stretch),
        _ => None,
    }
}

/// `date:A TO B`, of which `TO B` is words.
fn until(from: &Query, to: &Query, end: &Query) -> Option<String> {
    let is_to = matches!(from.kind, Kind::Dates { .. }) && plain(to)?.eq_ignore_ascii_case("to");
    plain(end).filter(|_| is_to).and_then(stretch)
}

fn stretch(day: &str) -> Option<String> {
    let parts: Vec<&str> = day.split('-').collect();
    let digits = |part: &&str| part.bytes().all(|b| b.is_ascii_digit());
    let is_day = matches!(parts.iter().map(|part| part.len()).collect::<Vec<_>>()[..], [4] | [4, 2] | [4, 2, 2])
        && parts.iter().all(digits);
    is_day.then(|| format!("`{day}` was sought as a word: for a stretch of days write `date:A..B`, without spaces"))
}

/// Fields that hold names of several words.
fn is_named(field: KeyField) -> bool {
    matches!(field, KeyField::Author | KeyField::Source | KeyField::Agency)
}

/// One word with a capital letter.
fn is_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || "-.’'".contains(c))
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
