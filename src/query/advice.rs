//! What was read in one way and may have been meant in another.

use super::ast::{KeyField, Kind, Query};
use super::print::key_name;

/// Says of a query, each once: where an `or`, a `not` or another service's operator among words that are all sought was taken
/// for a word (also within quotes), where a field of another service was, where a `?` at the end of a word was taken for a
/// letter, where one between words was passed over, where a `!` or `$` stands for no letters, where the second word of a name or the end of a stretch of days was taken for a word, and where
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
            quoted(&pieces).into_iter().for_each(|advice| add(advice, said));
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
            condition(text).into_iter().for_each(|advice| add(advice, said));
            sign(text).into_iter().for_each(|advice| add(advice, said));
            let bare = text.trim_end_matches('!');
            let begins = bare.chars().count() > 1 && bare.chars().all(char::is_alphanumeric);
            if begins && bare.len() < text.len() {
                add(format!("`{text}` was sought as `{bare}`: write `{bare}*` for any ending"), said);
            }
            // `US$`, `HK$` are money.
            let stem = text.strip_suffix('$').filter(|stem| stem.len() > 2);
            if let Some(stem) = stem.filter(|stem| stem.chars().all(char::is_lowercase)) {
                add(format!("`{text}` was sought as `{stem}`: write `{stem}*` for any ending"), said);
            }
        }
        _ => {}
    }
}

/// What stands in quotes and is an operator, or a sign behind a word, anywhere else.
fn quoted(pieces: &[&str]) -> Option<String> {
    let inner = pieces.get(1..pieces.len().saturating_sub(1)).unwrap_or_default();
    let is_operator = |piece: &&&str| {
        let near = piece.split_once('/').filter(|(name, _)| matches!(*name, "NEAR" | "W" | "PRE"));
        matches!(**piece, "AND" | "OR" | "NOT" | "SAME" | "SENT")
            || near.is_some_and(|(_, digits)| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
    };
    // A headline in capitals has no operators.
    let small = pieces.iter().any(|piece| piece.contains(char::is_lowercase));
    if let Some(operator) = inner.iter().find(is_operator).filter(|_| small) {
        return Some(format!(
            "`{operator}` in quotes was sought as a word: close the quotes before it for the operator"
        ));
    }
    pieces.iter().find_map(|piece| {
        let bare = piece.trim_end_matches([',', '.', ';', ':', '!', '?']);
        let (word, sign, number) = match (bare.rsplit_once('^'), bare.rsplit_once('~')) {
            (Some((word, number)), _) => (word, "a weight", number),
            (None, Some((word, number))) if super::words::respelled(bare).is_none() => (word, "a `~`", number),
            _ => return None,
        };
        let numbered = number.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let is_word = word.chars().count() > 1 && word.chars().all(char::is_alphabetic);
        (numbered && is_word).then(|| match sign {
            "a weight" => {
                format!("`{bare}` in quotes was sought as words: a weight stands behind the quotes, as in `\"a b\"^2`")
            }
            _ => format!(
                "`{bare}` in quotes was sought as words: other spellings are asked for by `{word}~1` or `{word}~2`"
            ),
        })
    })
}

/// Our name of a field as it, or another service, has it.
fn field_of(name: &str) -> Option<&'static str> {
    Some(match name.to_ascii_lowercase().as_str() {
        "ti" | "hd" | "hl" | "hdline" => "title",
        "wc" | "length" => "words",
        "la" => "lang",
        "by" | "au" | "byline" => "author",
        "sn" | "pub" | "publication" => "source",
        "pd" => "date",
        "ft" | "tx" | "body" => "text",
        "su" | "subject" => "tag",
        other => super::field::named(other)?.name(),
    })
}

/// `hd=ferry`, `date>2020`: a condition as other services write it.
fn condition(word: &str) -> Option<String> {
    let at = word.find(['=', '<', '>'])?;
    let (name, value) = (field_of(&word[..at])?, word[at..].strip_prefix('=').unwrap_or(&word[at..]));
    let ours = format!("{name}:{value}");
    let someday = super::Options::new(jiff::civil::date(2000, 1, 1));
    super::parse(&ours, &someday)
        .is_ok()
        .then(|| format!("`{word}` was sought as words: for the condition write `{ours}`"))
}

/// `TI(ferry)`, `AROUND(5)`: a word with a parenthesis right behind it that is a function in other services.
fn function(name: &str, inside: &Query) -> Option<String> {
    let alone = matches!(inside.kind, Kind::Word { .. });
    match (name, plain(inside)) {
        ("AROUND", Some(words)) if words.bytes().all(|b| b.is_ascii_digit()) && words.len() < 5 => {
            return Some(format!("`{name}({words})` was sought as words: for a distance write `a NEAR/{words} b`"));
        }
        _ => {}
    }
    let shouted = name.len() > 1 && name.bytes().all(|b| b.is_ascii_uppercase());
    let ours = field_of(name).filter(|_| shouted || !alone)?;
    Some(format!("`{name}(…)` was sought as words: to look in the field write `{ours}:(…)`"))
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
        Kind::Word { text, .. } if gap == 0 => function(text, next),
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
