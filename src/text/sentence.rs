//! Where sentences end.
//!
//! A full stop ends a sentence when white space and no small letter follow, unless it belongs to an initial, an
//! abbreviation, an acronym, or a German ordinal. In doubt the sentence goes on: two sentences taken for one cost a
//! longer passage, one cut in two costs a match.

use super::fold::{Class, class};
use crate::model::Span;

/// Longest run of stops, closing quotes and spaces looked over, in bytes.
const MAX_GAP: usize = 64;

/// Longest abbreviation in the lists below, in bytes.
const MAX_ABBREVIATION: usize = 6;

/// Longest word looked at before a full stop, in bytes.
const MAX_WORD: usize = 24;

/// Words that a full stop follows inside a sentence whatever comes next; lowercase, sorted.
const TITLES: &[&str] = &[
    "adm", "atty", "brig", "bros", "capt", "cmdr", "col", "cpl", "dr", "dra", "drs", "fr", "ft", "gen", "gov", "hon",
    "hr", "ing", "insp", "lic", "lt", "m", "maj", "messrs", "mgr", "mlle", "mm", "mme", "mr", "mrs", "ms", "mt", "nr",
    "pfc", "ph", "pres", "prof", "pte", "pvt", "rep", "reps", "rev", "rt", "sen", "sens", "sgt", "skt", "sr", "sra",
    "srta", "st", "ste", "supt", "treas", "usw", "viz", "vs", "z",
];

/// Words that a full stop follows inside a sentence when a number comes next.
const BEFORE_NUMBERS: &[&str] = &[
    "abs", "apr", "art", "aug", "bd", "ch", "chap", "dec", "feb", "fig", "jan", "jul", "jun", "mar", "n", "no", "nos",
    "nov", "núm", "oct", "okt", "p", "par", "pp", "s", "sec", "sect", "sep", "sept", "tel", "vol",
];

/// Words that a full stop follows inside a sentence, unless the next word commonly begins one.
const ABBREVIATIONS: &[&str] = &[
    "al", "allg", "approx", "apr", "assn", "asst", "aug", "ave", "av", "blvd", "bzw", "ca", "cf", "cia", "co", "corp",
    "ct", "dec", "dept", "dez", "dist", "div", "ed", "eds", "est", "etc", "evtl", "exc", "feb", "ff", "fri", "ggf",
    "hwy", "inc", "incl", "inkl", "jan", "jr", "jul", "jun", "ltd", "ltda", "mar", "max", "min", "mon", "natl", "nov",
    "oct", "okt", "pl", "plc", "pty", "rd", "sat", "sep", "sept", "snr", "sog", "spp", "sq", "sun", "thu", "thurs",
    "tue", "tues", "univ", "wed",
];

/// Words that begin a sentence far more often than they follow an abbreviation.
const STARTERS: &[&str] = &[
    "a",
    "after",
    "all",
    "also",
    "although",
    "an",
    "and",
    "another",
    "as",
    "asked",
    "at",
    "because",
    "before",
    "both",
    "but",
    "by",
    "das",
    "der",
    "despite",
    "die",
    "during",
    "each",
    "el",
    "er",
    "es",
    "even",
    "few",
    "for",
    "from",
    "he",
    "her",
    "his",
    "how",
    "however",
    "i",
    "if",
    "il",
    "in",
    "instead",
    "it",
    "its",
    "la",
    "last",
    "le",
    "les",
    "los",
    "many",
    "meanwhile",
    "more",
    "most",
    "my",
    "no",
    "nor",
    "not",
    "now",
    "on",
    "one",
    "or",
    "other",
    "our",
    "she",
    "sie",
    "since",
    "so",
    "some",
    "still",
    "that",
    "the",
    "their",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "though",
    "to",
    "under",
    "until",
    "we",
    "what",
    "when",
    "where",
    "while",
    "who",
    "why",
    "wir",
    "with",
    "yet",
    "you",
];

/// Month names that follow a German or Nordic ordinal.
const MONTHS: &[&str] = &[
    "januar",
    "jänner",
    "februar",
    "feber",
    "märz",
    "mars",
    "april",
    "mai",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
    "desember",
    "december",
];

/// Words before a German ordinal (`am 3. Oktober`, `im 2. Weltkrieg`).
const BEFORE_ORDINALS: &[&str] = &[
    "am", "ab", "beim", "bis", "das", "dem", "den", "der", "des", "die", "eine", "einem", "einen", "einer", "ihr",
    "ihre", "im", "ins", "jeder", "nach", "sein", "seine", "seinem", "seinen", "seiner", "seit", "und", "vom", "vor",
    "zum", "zur",
];

/// The sentences of `text`, as bytes of it, trimmed. Blank lines end a sentence too.
pub fn sentences(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let (mut begin, mut at) = (0, 0);
    let bytes = text.as_bytes();
    while at < bytes.len() {
        let next = match bytes[at] {
            b'\n' if bytes.get(at + 1) == Some(&b'\n') => Some(at + 2),
            b'.' | b'!' | b'?' => end(text, begin, at, text.len()),
            b if b < 0xC0 => None,
            _ => match text[at..].chars().next() {
                Some(c) if class(c) == Class::Stop => end(text, begin, at, text.len()),
                _ => None,
            },
        };
        match next {
            Some(next) => {
                push(text, begin, next, &mut out);
                begin = next;
                at = next;
            }
            None => at += 1,
        }
    }
    push(text, begin, text.len(), &mut out);
    out
}

fn push(text: &str, from: usize, to: usize, out: &mut Vec<Span>) {
    let piece = &text[from..to];
    let kept = piece.trim();
    if !kept.is_empty() {
        let start = from + (piece.len() - piece.trim_start().len());
        out.push(Span::new(start, start + kept.len()));
    }
}

/// Whether the stop at byte `at` ends the sentence that began at `begin`: the byte at which the next one begins, past
/// closing quotes and white space, at most `limit`. `None` also at the end of the text.
pub(super) fn end(text: &str, begin: usize, at: usize, limit: usize) -> Option<usize> {
    let rest = &text[at..limit];
    let (mut dots, mut others, mut ideographic, mut spaced) = (0, false, false, false);
    let mut next = None;
    for (offset, c) in rest.char_indices() {
        if offset > MAX_GAP {
            return None;
        }
        if c.is_whitespace() || c == '\u{3000}' {
            spaced = true;
        } else if spaced {
            next = Some((offset, c));
            break;
        } else if c == '.' {
            dots += 1;
        } else if c == '…' {
            dots += 3;
        } else if matches!(c, '!' | '?') || (!c.is_ascii() && class(c) == Class::Stop) {
            others = true;
            ideographic |= matches!(c, '\u{3002}' | '\u{FF01}' | '\u{FF1F}' | '\u{FF61}' | '\u{17D4}' | '\u{104B}');
        } else if is_closer(c) {
        } else {
            next = Some((offset, c));
            break;
        }
    }
    let (offset, first) = next?;
    let starts = at + offset;
    if ideographic {
        return Some(starts);
    }
    if !spaced {
        return None;
    }
    let opening = text[starts..limit].char_indices().take(4).find(|(_, c)| !is_opener(*c));
    let (skip, letter) = opening.unwrap_or((0, first));
    if letter.is_lowercase() {
        return None;
    }
    if others || dots != 1 || !rest.starts_with('.') {
        return Some(starts);
    }
    let before = word_before(text, begin, at);
    // Longer words are no abbreviations.
    let short = !before.is_empty() && (before.len() <= MAX_ABBREVIATION || before.contains('.'));
    if short && abbreviated(text, begin, at, before, letter, &word_at(&text[starts + skip..limit])) {
        return None;
    }
    Some(starts)
}

/// Whether the full stop at `at` belongs to the word before it.
fn abbreviated(text: &str, begin: usize, at: usize, before: &str, letter: char, follows: &str) -> bool {
    let lower = before.to_lowercase();
    let starter = STARTERS.contains(&follows);
    if before.chars().all(|c| c.is_ascii_digit()) {
        if before.len() > 2 {
            return false;
        }
        let earlier = text[begin..at - before.len()].trim_end();
        let earlier = word_before(earlier, 0, earlier.len()).to_lowercase();
        return letter.is_uppercase() && (MONTHS.contains(&follows) || BEFORE_ORDINALS.contains(&earlier.as_str()));
    }
    if before.contains('.') {
        // An acronym, or `a.m.`: its stop may end the sentence as well.
        return before.split('.').all(|part| part.chars().count() <= 2) && !starter;
    }
    let mut chars = before.chars();
    if let (Some(only), None) = (chars.next(), chars.next()) {
        // An initial; `I` ends sentences (`… and I. The …`).
        return only.is_uppercase() && !(starter && matches!(only, 'I' | 'A'));
    }
    let word = lower.as_str();
    if TITLES.contains(&word) {
        // `pH` is a measure and ends sentences; `Ph.` begins `Ph. D.`.
        return before != "pH";
    }
    if BEFORE_NUMBERS.contains(&word) && letter.is_numeric() {
        return true;
    }
    // `sun`, `may`, `fig` as plain words end sentences: an abbreviated name is written with a capital.
    let weekday = matches!(word, "sun" | "sat" | "mon" | "mar" | "jan" | "wed" | "fri" | "max" | "min" | "est");
    ABBREVIATIONS.contains(&word) && !starter && !(weekday && before.chars().next().is_some_and(char::is_lowercase))
}

/// The word that ends at `at`, inner full stops included; empty when none does or it is long.
fn word_before(text: &str, begin: usize, at: usize) -> &str {
    let mut from = at;
    for (offset, c) in text[begin..at].char_indices().rev() {
        if !(c.is_alphanumeric() || c == '.') {
            break;
        }
        from = begin + offset;
        if at - from > MAX_WORD {
            return "";
        }
    }
    text[from..at].trim_start_matches('.')
}

/// The word that `text` starts with, lowercase.
fn word_at(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric()).take(MAX_WORD).collect::<String>().to_lowercase()
}

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | ')' | ']' | '}' | '*' | '_')
        || matches!(c, '”' | '’' | '»' | '“' | '‘' | '›' | '«' | '」' | '』' | '）' | '】' | '》' | '〉' | '〕')
}

fn is_opener(c: char) -> bool {
    matches!(c, '"' | '\'' | '(' | '[' | '“' | '‘' | '„' | '‚' | '«' | '»' | '‹' | '¿' | '¡' | '—' | '–' | '-' | '*')
}
