//! Labels without colons, on one line or on several: `Title The lock reopens Author Mara Linde Date 27 June 2025 Text
//! The council …`.
//!
//! Words such as `Date` stand in sentences as well, so all must fit: a title or an author that can be one, a day that
//! is a day and nothing else, and the label of the text behind them.

use super::{labels, take};
use crate::clean::metadata::{dates, signed};
use crate::model::Field;

/// Most bytes and lines of a head.
const MOST_BYTES: usize = 1500;
const MOST_LINES: usize = 24;
/// Most words looked at in all, while labels are tried.
const MOST_STEPS: usize = 4000;
/// Most words of a label: `date de publication`.
const LABEL_WORDS: usize = 3;

/// A word of the head, and the line it stands on.
struct Word<'a> {
    text: &'a str,
    line: usize,
    /// Where it ends in its line.
    end: usize,
}

/// A label and the words behind it.
struct Part {
    field: Option<Field>,
    label: std::ops::Range<usize>,
}

/// Takes such a head out. Returns the line that the text begins on, and what of it is text.
pub(super) fn head<'a>(
    lines: &[&'a str],
    from: usize,
    draft: &mut crate::clean::draft::Draft,
) -> Option<(usize, &'a str)> {
    // Few texts begin with a label.
    label(&words(lines, from, LABEL_WORDS), 0)?;
    let words = words(lines, from, usize::MAX);
    let (mut parts, mut steps) = (Vec::new(), MOST_STEPS);
    let opened = read(&words, 0, &mut parts, &mut steps)?;
    let ends = parts.iter().skip(1).map(|part| part.label.start).chain([opened.start]);
    for (part, end) in parts.iter().zip(ends) {
        let value = joined(&words[part.label.end..end]);
        let whole = joined(&words[part.label.start..end]);
        take(
            draft,
            words[part.label.start].line,
            &whole,
            "header.label",
            part.field.map(|f| (f, value)).into_iter().collect(),
        );
    }
    take(draft, words[opened.start].line, &joined(&words[opened.clone()]), "header.label", Vec::new());
    let last = &words[opened.end - 1];
    Some((last.line, lines[last.line].get(last.end..).unwrap_or("").trim_start()))
}

/// Reads labels from a word on, and gives the label of the text. A word that is a label may be one of a title, `Save the
/// Date`: then what follows does not fit, and the next one is tried.
fn read(words: &[Word], from: usize, parts: &mut Vec<Part>, steps: &mut usize) -> Option<std::ops::Range<usize>> {
    for at in from..words.len() {
        *steps = steps.checked_sub(1)?;
        let Some((count, what)) = label(words, at) else { continue };
        let known = what.is_some_and(|field| parts.iter().any(|part| part.field == field));
        if known || !parts.last().is_none_or(|part| fits(part.field, &joined(&words[part.label.end..at]))) {
            continue;
        }
        let label = at..at + count;
        let Some(field) = what else {
            if told(parts) {
                return Some(label);
            }
            continue;
        };
        parts.push(Part { field, label });
        if let Some(opened) = read(words, at + count, parts, steps) {
            return Some(opened);
        }
        parts.pop();
        // The head begins with its first label.
        if at == 0 {
            return None;
        }
    }
    None
}

/// The words of a head, at most so many.
fn words<'a>(lines: &[&'a str], from: usize, most: usize) -> Vec<Word<'a>> {
    let mut out = Vec::new();
    let mut bytes = 0;
    for (n, line) in lines.iter().enumerate().skip(from).take(MOST_LINES) {
        let mut rest = 0;
        for text in line.split_whitespace() {
            // The words of a line stand in it one after the other.
            let start = line[rest..].find(text).map_or(rest, |at| rest + at);
            rest = start + text.len();
            bytes += text.len() + 1;
            if bytes > MOST_BYTES || out.len() >= most {
                return out;
            }
            out.push(Word { text, line: n, end: rest });
        }
    }
    out
}

fn joined(words: &[Word]) -> String {
    words.iter().map(|word| word.text).collect::<Vec<_>>().join(" ")
}

/// The label that begins at a word: how many words it has and its field, `None` for the label of the text.
fn label(words: &[Word], at: usize) -> Option<(usize, Option<Option<Field>>)> {
    let first = words.get(at)?.text;
    // As a label is written: with a capital, unless it opens the head.
    if at > 0 && first.starts_with(char::is_lowercase) {
        return None;
    }
    (1..=LABEL_WORDS.min(words.len() - at)).rev().find_map(|count| {
        let name = joined(&words[at..at + count]);
        if name.ends_with([':', '：']) {
            return None;
        }
        if labels::opens_text(&name) {
            return Some((count, None));
        }
        labels::of(&name).map(|field| (count, Some(field)))
    })
}

fn fits(field: Option<Field>, value: &str) -> bool {
    match field {
        Some(Field::Published | Field::Updated) => dates::whole(value, &dates::Context::default()).is_some(),
        Some(Field::Author) => value.len() <= 160 && signed(value),
        Some(Field::Canonical) => value.starts_with("http") && !value.contains(' '),
        Some(Field::Title) => (3..=300).contains(&value.len()),
        _ => (1..=80).contains(&value.len()) && !value.ends_with('.'),
    }
}

/// Whether the labels are those of an article's head.
fn told(parts: &[Part]) -> bool {
    let has = |field: Field| parts.iter().any(|part| part.field == Some(field));
    has(Field::Published) && (has(Field::Title) || has(Field::Author))
}
