//! A byline cut into its parts: names, and what stands between, before and behind them.

use super::byline::folded_chars;
use super::words::{JOINERS, PARTICLES};

/// A piece of a byline, and whether a comma parts it from the one before.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) text: &'a str,
    pub(super) comma: bool,
    /// Whether a bracket opens before it, a slash parts it, or a word such as `and` joins it to the one before.
    pub(super) bracket: bool,
    pub(super) slash: bool,
    pub(super) joined: bool,
    /// Whether a mark parts it that stands in lists only: `李强、王丽`.
    pub(super) listed: bool,
}

/// Cuts a byline at commas, slashes, bars, joining words and dashes between spaces; `place` is one that joins nothing in it.
pub(super) fn parts<'a>(line: &'a str, place: Option<&str>) -> Vec<Part<'a>> {
    let mut out: Vec<Part> = Vec::new();
    let none = |text| Part { text, comma: false, bracket: false, slash: false, joined: false, listed: false };
    let mut next = none("");
    let mut start = 0;
    let bytes = line.len();
    let mut at = 0;
    while at < bytes {
        let rest = &line[at..];
        let Some(c) = rest.chars().next() else { break };
        let spaced_dash = [" - ", " – ", " — ", " · ", " • ", " | ", " // ", " ● "]
            .iter()
            .find(|dash| rest.starts_with(**dash))
            .map(|dash| dash.len());
        let cut = match c {
            ',' | '，' | '、' => Some((c.len_utf8(), true)),
            ';' | '|' | '•' | '·' | '\u{3000}' | '；' | '●' => Some((c.len_utf8(), false)),
            '&' | '+' => Some((1, false)),
            // `dpa/Mara Linde`; the slash of an address is none.
            '/' | '／' if !line.contains("://") => Some((c.len_utf8(), false)),
            '(' | '[' | '（' => Some((c.len_utf8(), true)),
            ')' | ']' | '）' => Some((c.len_utf8(), true)),
            _ => spaced_dash.map(|len| (len, true)),
        };
        if let Some((len, is_comma)) = cut {
            out.push(Part { text: line[start..at].trim(), ..next });
            next = Part {
                comma: is_comma,
                bracket: matches!(c, '(' | '[' | '（'),
                slash: matches!(c, '/' | '／'),
                listed: c == '、',
                ..none("")
            };
            at += len;
            start = at;
            continue;
        }
        if c == ' ' {
            let word_end = rest[1..].find(' ').map_or(bytes, |end| at + 1 + end);
            let word = &line[at + 1..word_end];
            if word_end < bytes
                && place.is_none_or(|place| place.trim() != word)
                && joins(&line[start..at], word, &line[word_end..], next.comma)
            {
                out.push(Part { text: line[start..at].trim(), ..next });
                next = Part { joined: true, ..none("") };
                at = word_end;
                start = at;
                continue;
            }
        }
        at += c.len_utf8();
    }
    out.push(Part { text: line[start..].trim(), ..next });
    out.retain(|part| !part.text.is_empty());
    // After the first empty part is gone the first one follows nothing.
    if let Some(first) = out.first_mut() {
        first.comma = false;
    }
    out
}

/// Whether `word` between `before` and `after` parts two names.
fn joins(before: &str, word: &str, after: &str, listed: bool) -> bool {
    let folded: String = word.chars().flat_map(folded_chars).collect();
    if !JOINERS.contains(folded.as_str())
        || word.chars().next().is_some_and(char::is_uppercase)
            && !word.eq_ignore_ascii_case("and")
            && !word.eq_ignore_ascii_case("und")
    {
        return false;
    }
    if folded.chars().count() > 2 {
        return true;
    }
    // `José Ortega y Gasset` is one person, `Ana Ruiz y Luis Mora` two; `Ana, Luis y Eva` is a list.
    let after = after.trim_start();
    let next: Vec<&str> = after
        .split([',', ';', '|', '/', '('])
        .next()
        .unwrap_or("")
        .split(' ')
        .filter(|word| !word.is_empty())
        .collect();
    // `Sjoerd de Vries`
    let full = |words: &[&str]| {
        let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
        let names: Vec<&str> = words.iter().copied().filter(|word| !PARTICLES.contains(word)).take(2).collect();
        names.len() == 2 && names.iter().all(|word| capital(word)) && words.first().is_some_and(|word| capital(word))
    };
    let last: Vec<&str> = before.split(' ').filter(|word| !word.is_empty()).collect();
    full(&next) && (listed || full(&last))
}
