//! How far a word of a query reaches, and what it is made of.

use super::lex::quotes;

/// Longest name looked for before a colon, in bytes.
const MAX_NAME: usize = 40;

/// The bytes of the word that `text` starts with: up to white space (not that inside a number or between initials), a
/// parenthesis or a quote.
pub(super) fn word_length(text: &str) -> usize {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let after = &text[at + c.len_utf8()..];
        let groups = matches!(c, '\u{a0}' | '\u{2009}' | '\u{202f}') && before.is_ascii_digit();
        let inside = groups && after.starts_with(|next: char| next.is_ascii_digit())
            || before == '.' && is_initial(after) && ends_with_initial(&text[..at]);
        if (c.is_whitespace() && !inside) || matches!(c, '(' | ')' | '|') || quotes(text, at, c) {
            return at;
        }
        before = c;
    }
    text.len()
}

/// Whether `text` begins with a capital letter and its full stop.
fn is_initial(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next() == Some('.')
}

/// Whether `text` ends with a capital letter that stands alone and its full stop.
fn ends_with_initial(text: &str) -> bool {
    let mut chars = text.strip_suffix('.').unwrap_or("").chars().rev();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_none_or(char::is_whitespace)
}

pub(super) fn inside_word(text: &str) -> &str {
    &text[..word_length(text)]
}

/// The ASCII name before a colon, and where the colon stands.
pub(super) fn field_prefix(raw: &str) -> Option<(&str, usize)> {
    let colon = raw.bytes().take(MAX_NAME).position(|b| b == b':')?;
    let name = &raw[..colon];
    let good = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    good.then_some((name, colon))
}

/// A word without its `~1` and `^2`.
pub(super) fn word_body(raw: &str) -> &str {
    let mut body = raw;
    if let Some((before, after)) = body.rsplit_once('^') {
        let number = after.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        if !before.is_empty() && number {
            body = before;
        }
    }
    if let Some((before, after)) = body.rsplit_once('~') {
        let number = after.bytes().all(|b| b.is_ascii_digit());
        if !before.is_empty() && number {
            body = before;
        }
    }
    body
}
