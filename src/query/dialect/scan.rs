//! A pasted query cut into pieces.

use super::Dialect;
use crate::query::lex::{is_quote, quotes};

/// A piece of a pasted query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Open,
    Close,
    /// What stood between quotes, and the number behind `~`.
    Quoted(&'a str, Option<u32>),
    /// Up to white space, a parenthesis or a quote.
    Word(&'a str),
    /// The same with an opening parenthesis behind it, without a space; in Media Cloud's also with a quote.
    Called(&'a str),
    /// The number of a `^2` right behind a quote or a parenthesis.
    Weight(&'a str),
}

/// Cuts `text` into pieces.
pub(super) fn pieces(dialect: Dialect, text: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut at = 0;
    let brackets = matches!(dialect, Dialect::Nexis | Dialect::Factiva);
    let elastic = dialect == Dialect::MediaCloud;
    while let Some(c) = text[at..].chars().next() {
        let next = at + c.len_utf8();
        match c {
            _ if c.is_whitespace() => at = next,
            '(' => {
                out.push(Piece::Open);
                at = next;
            }
            ')' => {
                out.push(Piece::Close);
                at = next;
            }
            '^' if elastic
                && at > 0
                && matches!(out.last(), Some(Piece::Close | Piece::Quoted(..)))
                && !text[..at].ends_with(char::is_whitespace) =>
            {
                let number = text[next..].bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
                out.push(Piece::Weight(&text[next..next + number]));
                at = next + number;
            }
            '[' if brackets => {
                out.push(Piece::Open);
                at = next;
            }
            ']' if brackets => {
                out.push(Piece::Close);
                at = next;
            }
            _ if is_quote(c) => {
                let inside = text[next..].char_indices();
                let end = inside.map(|(at, c)| (next + at, c)).find(|(at, c)| quotes(text, *at, *c));
                let end = end.map_or(text.len(), |(at, _)| at);
                let inside = &text[next..end];
                at = end + text[end..].chars().next().map_or(0, char::len_utf8);
                let slop = text[at..].strip_prefix('~').map(|rest| {
                    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
                    (digits, rest[..digits].parse::<u32>().ok())
                });
                if let Some((digits, _)) = slop {
                    at += 1 + digits;
                }
                out.push(Piece::Quoted(inside, slop.and_then(|(_, n)| n)));
            }
            _ => {
                // A range of Elasticsearch holds spaces.
                let rest = &text[at..];
                let range = elastic.then(|| [":[", ":{"].iter().filter_map(|open| rest.find(open)).min()).flatten();
                let plain = rest
                    .char_indices()
                    .find(|(offset, c)| {
                        c.is_whitespace()
                            || matches!(c, '(' | ')')
                            || quotes(text, at + offset, *c)
                            || (brackets && matches!(c, '[' | ']'))
                    })
                    .map_or(rest.len(), |(offset, _)| offset);
                let end = match range {
                    Some(opened) if opened < plain => {
                        rest[opened..].find([']', '}']).map_or(plain, |close| opened + close + 1)
                    }
                    _ => plain,
                };
                let end = if dialect == Dialect::Factiva { slashed(&rest[..end]) } else { end };
                let end = if elastic { pattern(rest, end) } else { end };
                let called = rest[end..].starts_with(|c| c == '(' || elastic && is_quote(c));
                out.push(if called { Piece::Called(&rest[..end]) } else { Piece::Word(&rest[..end]) });
                at += end;
            }
        }
    }
    out
}

/// Where a word of Media Cloud's ends that would end at `end`: the parentheses and quotes of a regular expression belong to it.
fn pattern(text: &str, end: usize) -> usize {
    let word = &text[..end];
    let bare = word.trim_start_matches(['-', '+', '!']);
    let before = end - bare.len();
    let name = bare.find(":/").filter(|at| bare[..*at].bytes().all(|b| b.is_ascii_alphabetic() || b == b'_'));
    let slash = if bare.starts_with('/') { Some(0) } else { name.map(|at| at + 1) };
    let Some(from) = slash.map(|at| before + at + 1) else { return end };
    let mut escaped = false;
    for (offset, c) in text[from..].char_indices() {
        let after = from + offset + 1;
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '/' if text[after..].starts_with(|c: char| c.is_whitespace() || matches!(c, ')' | '^'))
                || after == text.len() =>
            {
                // With the weight behind it.
                let weight = text[after..]
                    .strip_prefix('^')
                    .map_or(0, |rest| 1 + rest.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count());
                return (after + weight).max(end);
            }
            _ if c.is_whitespace() => return end,
            _ => {}
        }
    }
    end
}

/// Where a word of Factiva's ends: `/N30/` and `/F50/` need no spaces around them.
fn slashed(word: &str) -> usize {
    let operator = |from: usize| {
        let rest = word[from..].strip_prefix(['/'])?.strip_prefix(['n', 'N', 'f', 'F'])?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        (digits > 0 && rest[digits..].starts_with('/')).then_some(digits + 3)
    };
    match word.match_indices('/').find_map(|(at, _)| operator(at).map(|length| (at, length))) {
        Some((0, length)) => length,
        Some((at, _)) => at,
        None => word.len(),
    }
}
