//! Times and dates where a name should stand.

use std::sync::LazyLock;

use regex::Regex;

use super::{PARTICLES, is_time};
use crate::clean::metadata::dates;

/// Whether `name` is a time, or holds one.
pub(super) fn tells_when(name: &str) -> bool {
    is_when(name) || holds_when(name)
}

/// Whether `name` is nothing but a time: a day of the week, a month, a number, and what stands beside them.
fn is_when(name: &str) -> bool {
    const FULL: usize = 4;
    let word = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let words: Vec<String> = name.split_whitespace().map(word).filter(|word| !word.is_empty()).collect();
    let number = |word: &str| {
        let digits = word.trim_end_matches(char::is_alphabetic);
        let rest = &word[digits.len()..];
        !digits.is_empty()
            && digits.chars().all(char::is_numeric)
            && matches!(rest, "" | "s" | "st" | "nd" | "rd" | "th")
    };
    // `Sun` and `Mar` are outlets and names too.
    let day = |word: &str| {
        word.chars().count() >= FULL && (dates::is_weekday(word) || dates::is_month(word)) || word == "may"
    };
    let time = |word: &str| day(word) || number(word) || is_time(word) || dates::is_month(word);
    let told = words.iter().any(|word| day(word) || number(word));
    told && words.iter().all(|word| time(word) || PARTICLES.contains(&word.as_str()))
}

/// Whether a date, a time, a bar, a colon or a word that announces a date stands in `name`: it is more than a name then.
fn holds_when(name: &str) -> bool {
    static MARKS: LazyLock<Regex> = LazyLock::new(|| {
        // The pattern is ours and is tested.
        Regex::new(
            r"(?i)[|©•]|: |\b(?:posted|updated|published|copyright)\b|\d{1,2}:\d\d|\b\d{1,2} ?[ap]\.?m\b|\b\d{4}-\d\d?-\d\d?\b|\b\d\d?[/.]\d\d?[/.](?:\d\d)?\d\d\b|\bon \p{L}{3,6}day$",
        )
        .expect("a valid pattern")
    });
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let words: Vec<String> = name.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect();
    let number = |word: &str| word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit());
    MARKS.is_match(name)
        || words
            .windows(2)
            .any(|pair| dates::is_month(&pair[0]) && number(&pair[1]) || number(&pair[0]) && dates::is_month(&pair[1]))
}
