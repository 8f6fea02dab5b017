//! A query in words a reporter understands.

use std::fmt::Write;

use jiff::civil::Date;

use super::ast::{DateField, KeyField, Kind, Part, Query, Unit};
use super::print::key_name;

/// Says in words what a query asks for, one line per condition, indented by two spaces a level. No line end at the
/// end.
pub fn explain(query: &Query) -> String {
    let mut out = String::from("articles");
    match &query.kind {
        Kind::All => out.push_str(": every one"),
        _ => {
            out.push_str(" with");
            lines(query, 1, &mut out);
        }
    }
    out
}

fn lines(query: &Query, level: usize, out: &mut String) {
    let children: (String, &[Query]) = match &query.kind {
        Kind::And(items) => ("all of".to_owned(), items),
        Kind::Or(items) => ("any of".to_owned(), items),
        Kind::Bag(items) => ("any of these words, the best match of all of them first".to_owned(), items),
        Kind::Not(of) => ("not".to_owned(), std::slice::from_ref(&**of)),
        Kind::Boost(of, weight) => {
            let times = if *weight == 0.5 { "half".to_owned() } else { format!("{weight} times") };
            (format!("counted {times}"), std::slice::from_ref(&**of))
        }
        Kind::Headline(of) => ("in the headline or the first paragraph".to_owned(), std::slice::from_ref(&**of)),
        Kind::In { part: Part::Title, of } => ("in the title".to_owned(), std::slice::from_ref(&**of)),
        Kind::In { part: Part::Text, of } => ("in the text".to_owned(), std::slice::from_ref(&**of)),
        Kind::AtLeast { count, of } => {
            (format!("at least {}", count_of(u64::from(*count), "time", "times")), std::slice::from_ref(&**of))
        }
        Kind::Within { unit: Unit::Sentence, items } => ("in one sentence".to_owned(), items),
        Kind::Within { unit: Unit::Paragraph, items } => ("in one paragraph".to_owned(), items),
        Kind::Near { items, distance, ordered } => {
            let order = if *ordered { "in this order" } else { "in either order" };
            // A field that one of them names holds for all.
            let one = if items.iter().any(super::amend::names_field) { ", in one field" } else { "" };
            let near = match distance {
                1 => format!("next to each other, {order}"),
                2 => format!("at most 1 word between (or the border of a paragraph), {order}"),
                _ => {
                    format!("at most {} words between (the border of a paragraph counts as one), {order}", distance - 1)
                }
            };
            (near + one, items)
        }
        _ => {
            line(level, &leaf(&query.kind), out);
            return;
        }
    };
    line(level, &format!("{}:", children.0), out);
    for child in children.1 {
        lines(child, level + 1, out);
    }
}

fn line(level: usize, text: &str, out: &mut String) {
    // Writing to a String cannot fail.
    let _ = write!(out, "\n{:indent$}{text}", "", indent = level * 2);
}

fn count_of(count: u64, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

fn leaf(kind: &Kind) -> String {
    match kind {
        Kind::All => "every article".to_owned(),
        Kind::Word { text, stem: true } => format!("the word `{text}` or an inflection of it"),
        Kind::Word { text, stem: false } => format!("the word `{text}` as typed"),
        Kind::Phrase { text, slop: 0, stem } => {
            let what = if text.split_whitespace().count() > 1 { "the phrase" } else { "the word" };
            format!("{what} `{text}`, {}{}", exactly(*stem), signs(text))
        }
        Kind::Phrase { text, slop, stem } => {
            let between = count_of(u64::from(*slop), "other word", "other words");
            format!("the words `{text}` in any order with at most {between} between, {}{}", exactly(*stem), signs(text))
        }
        Kind::Literal(text) => format!("exactly these characters: `{text}`"),
        Kind::Wildcard(text) if text.chars().any(crate::text::is_word_alone) => {
            let one = if text.contains('?') { ", `?` being one character or word" } else { "" };
            format!("the characters `{}` in a row{one}", text.trim_matches('*'))
        }
        Kind::Wildcard(text) => format!("a word like `{text}`{}", letters(text)),
        Kind::Fuzzy { text, distance } => {
            let letters = count_of(u64::from(*distance), "letter", "letters");
            format!("`{text}` or a word that differs from it in at most {letters}")
        }
        Kind::Regex(pattern) => format!("a word that the regular expression `{pattern}` describes as a whole"),
        Kind::Key { field, value } => key(*field, value),
        Kind::Dates { field, from, to } => {
            let what = match field {
                DateField::Published => "published",
                DateField::Updated => "updated",
                DateField::Fetched => "fetched",
            };
            format!("{what} {}", days(*from, *to))
        }
        Kind::Words { from, to } => match (from, to) {
            (Some(a), Some(b)) if a == b => format!("a text of {a} words"),
            (Some(a), Some(b)) => format!("a text of {a} to {b} words"),
            (Some(a), None) => format!("a text of {a} words or more"),
            (None, Some(b)) => format!("a text of {b} words or fewer"),
            (None, None) => "a text of any length".to_owned(),
        },
        // The rest are not leaves.
        _ => String::new(),
    }
}

/// What the signs for unknown letters mean in a word.
fn letters(word: &str) -> String {
    let any = if word.contains('*') { ", `*` being any letters or none" } else { "" };
    let one = if word.contains('?') { ", `?` being one letter" } else { "" };
    format!("{any}{one}")
}

/// What the signs for unknown letters and words mean in a phrase.
fn signs(phrase: &str) -> String {
    let is_sign = |c: char| matches!(c, '*' | '?');
    let pieces = || phrase.split_whitespace().map(|piece| piece.trim_end_matches([',', '.', '!', ';', ':']));
    let word = pieces().any(|piece| piece.contains('*') && piece.chars().all(is_sign));
    let inside: String =
        pieces().filter(|piece| !piece.chars().all(is_sign)).map(|p| p.trim_end_matches('?')).collect();
    let asked = pieces().any(|piece| piece.ends_with('?') && !piece.chars().all(is_sign));
    let word = if word { ", `*` alone being one word" } else { "" };
    let asked = if asked { ", `?` at the end of a word being one letter or a question mark" } else { "" };
    let spelled = pieces().any(|piece| super::words::respelled(piece).is_some());
    let spelled = if spelled { ", `~` being other spellings" } else { "" };
    format!("{word}{}{asked}{spelled}", letters(&inside))
}

fn exactly(stem: bool) -> &'static str {
    if stem { "with inflections" } else { "as typed but for case, accents and punctuation" }
}

fn key(field: KeyField, value: &str) -> String {
    let name = match field {
        KeyField::Url => "address",
        KeyField::Lang => "language",
        KeyField::Id => "id",
        _ => key_name(field),
    };
    let begins = field == KeyField::Id && super::key::folded(field, value).1;
    match value.strip_suffix('*').or(begins.then_some(value)) {
        _ if value.is_empty() => format!("any {name} at all"),
        Some(start) => format!("`{start}…` in the {name}"),
        None => format!("`{value}` in the {name}"),
    }
}

fn days(from: Option<Date>, to: Option<Date>) -> String {
    match (from, to) {
        (Some(from), Some(to)) if from == to => format!("on {from}"),
        (Some(from), Some(to)) => format!("from {from} to {to}"),
        (Some(from), None) => format!("on {from} or later"),
        (None, Some(to)) => format!("on {to} or earlier"),
        (None, None) => "at a known date, be it only a year".to_owned(),
    }
}
