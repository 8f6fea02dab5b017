//! Bylines on lines of their own, as far as they need their neighbours to be known for ones.
//!
//! Lines that name persons, and lines with a label, the footer stage knows by themselves. `By Staff` names nobody by
//! name, and `By Ravel` may as well be a phrase; a headline above them says what they are.

use super::{blocks, labels};
use crate::clean::metadata::dates;
use crate::clean::{footers, metadata};
use crate::model::Field;

/// Longest byline in bytes.
const MOST_BYTES: usize = 100;

/// What a line signs with.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Sign<'a> {
    /// Persons, or whoever a label announces: the footer stage takes it.
    Persons,
    /// Those who write for an outlet, not by name; or an agency.
    Body(&'a str),
    /// One word that can be a name.
    Word(&'a str),
}

/// Words that together name those who write for an outlet.
const OFFICE: &[&str] = &[
    "staff",
    "writer",
    "writers",
    "reporter",
    "reporters",
    "report",
    "reports",
    "correspondent",
    "correspondents",
    "newsroom",
    "newsdesk",
    "desk",
    "editor",
    "editors",
    "editorial",
    "board",
    "team",
    "agencies",
    "contributor",
    "contributors",
];
/// Words that may stand beside them.
const BESIDE: &[&str] = &[
    "our",
    "own",
    "the",
    "a",
    "special",
    "news",
    "web",
    "online",
    "local",
    "wire",
    "sports",
    "city",
    "and",
    "from",
    "business",
    "political",
    "foreign",
    "services",
    "service",
];

/// How `line` signs, if it does.
pub(super) fn of(line: &str) -> Option<Sign<'_>> {
    if line.len() > MOST_BYTES || blocks::ends_sentence(line) {
        return None;
    }
    if footers::signs_with_day(line) {
        return Some(Sign::Persons);
    }
    if let Some((label, value)) = labels::split(line) {
        let author = labels::of(label) == Some(Some(Field::Author)) && !value.is_empty();
        let body = || is_office(value).then_some(Sign::Body(value));
        return if author { body().or_else(|| metadata::signed(value).then_some(Sign::Persons)) } else { None };
    }
    // `Jane Roe, Staff Reporter`
    if let Some((name, office)) = line.split_once(", ")
        && is_office(office)
        && metadata::is_full_name(name)
    {
        return Some(Sign::Body(name));
    }
    if !blocks::is_byline(line) {
        return None;
    }
    let name = line.split_once(' ')?.1.trim();
    if is_office(name) || metadata::is_agency(name) {
        return Some(Sign::Body(name));
    }
    if !metadata::persons(line).is_empty() {
        return Some(Sign::Persons);
    }
    is_word(name).then_some(Sign::Word(name))
}

/// Whether a line names those who write for an outlet, by no name: `Staff writer`.
pub(in crate::clean) fn is_office(name: &str) -> bool {
    let words = || name.split_whitespace().map(str::to_lowercase);
    words().any(|word| OFFICE.contains(&word.as_str()))
        && words().all(|word| OFFICE.contains(&word.as_str()) || BESIDE.contains(&word.as_str()))
}

/// Whether one word is written as a name is, and is no time of which something is due.
fn is_word(name: &str) -> bool {
    let mut chars = name.chars();
    name.chars().count() >= 4
        && chars.next().is_some_and(char::is_uppercase)
        && chars.all(char::is_lowercase)
        && !dates::is_month(name)
        && !dates::is_weekday(name)
        && !footers::is_time(name)
}

/// Whether the text also writes `name` small, so that it is a common word: `By Design`.
pub(super) fn is_common(name: &str, lines: &[&str]) -> bool {
    let small = name.to_lowercase();
    lines.iter().any(|line| line.split(|c: char| !c.is_alphanumeric()).any(|word| word == small))
}
