//! Words and phrases into spans: hyphens, inflections, patterns.

use std::collections::HashMap;

use unicode_normalization::char::is_combining_mark;

use super::error::QueryError;
use super::lower::Lowering;
use super::plan::{Matcher, Spans};
use crate::model::Span;
use crate::text::{self, MAX_PARTS, Token};

/// How the words of a query are to be matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// As typed, up to folding.
    Typed,
    /// With their inflections.
    Inflected,
    /// With so many letters different.
    Fuzzy(u8),
}

/// One typed word, which may hold hyphens.
pub(super) fn word(plan: &mut Lowering, typed: &str, manner: Manner, span: Span) -> Result<Spans, QueryError> {
    let units = units(plan, typed, manner, false, span)?;
    sequence(units, typed, span)
}

/// Words in quotes. A `*` alone stands for at most one word.
pub(super) fn phrase(
    plan: &mut Lowering,
    typed: &str,
    slop: u32,
    manner: Manner,
    span: Span,
) -> Result<Spans, QueryError> {
    // Runs of neighbours, each with the number of `*` before it.
    let mut runs: Vec<(u32, Vec<Spans>)> = Vec::new();
    let (mut gap, mut plain_from) = (0, None);
    let add = |runs: &mut Vec<(u32, Vec<Spans>)>, gap: &mut u32, units: Vec<Spans>| {
        if units.is_empty() {
            return;
        }
        match runs.last_mut() {
            Some((_, run)) if *gap == 0 => run.extend(units),
            _ => runs.push((*gap, units)),
        }
        *gap = 0;
    };
    for piece in typed.split_whitespace() {
        // `split_whitespace` gives pieces of `typed`: their place is the difference of the addresses.
        let at = piece.as_ptr() as usize - typed.as_ptr() as usize;
        let asked = piece.trim_end_matches(['?', ',', '.', '!', ';', ':']);
        if !asked.contains(['*', '?']) {
            plain_from.get_or_insert(at);
            continue;
        }
        if let Some(from) = plain_from.take() {
            let units = units(plan, &typed[from..at], manner, true, span)?;
            add(&mut runs, &mut gap, units);
        }
        if asked.chars().all(|c| matches!(c, '*' | '?')) {
            gap += 1;
        } else {
            let units = vec![wildcard(plan, asked, span)?];
            add(&mut runs, &mut gap, units);
        }
    }
    if let Some(from) = plain_from {
        let units = units(plan, &typed[from..], manner, true, span)?;
        add(&mut runs, &mut gap, units);
    }
    if let Some(first) = runs.first_mut() {
        first.0 = 0;
    }
    if slop > 0 {
        let gaps: u32 = runs.iter().map(|(gap, _)| gap).sum();
        let mut items: Vec<Spans> = runs.into_iter().flat_map(|(_, run)| run).collect();
        if items.len() > 1 {
            return Ok(Spans::Near { items, distance: slop.saturating_add(gaps).saturating_add(1), ordered: false });
        }
        return items.pop().ok_or_else(|| no_word(typed, span));
    }
    let mut whole: Option<Spans> = None;
    for (gap, run) in runs {
        let run = sequence(run, typed, span)?;
        whole = Some(match whole {
            None => run,
            Some(before) => Spans::Near { items: vec![before, run], distance: gap + 1, ordered: true },
        });
    }
    whole.ok_or_else(|| no_word(typed, span))
}

fn no_word(typed: &str, span: Span) -> QueryError {
    QueryError::new(span, format!("there is no word in `{typed}`")).suggest("write letters or digits to be found")
}

fn sequence(mut units: Vec<Spans>, typed: &str, span: Span) -> Result<Spans, QueryError> {
    match units.len() {
        0 => Err(no_word(typed, span)),
        1 => Ok(units.swap_remove(0)),
        _ => Ok(Spans::Seq(units)),
    }
}

/// The words of `typed` in a row: a hyphenated one is its parts or the joined word.
fn units(plan: &mut Lowering, typed: &str, manner: Manner, quoted: bool, span: Span) -> Result<Vec<Spans>, QueryError> {
    let tokens = text::query_terms(typed);
    let parts: Vec<Token<'_>> = tokens.iter().filter(|t| t.length == 1 && !t.extra).collect();
    let extras: Extras<'_> = tokens.iter().filter(|t| t.extra).map(|t| ((t.position, t.length), t.term)).collect();
    let mut joins = tokens.iter().filter(|t| t.length > 1 && !t.extra).peekable();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(part) = parts.get(at) {
        let whole = joins.next_if(|join| join.position == part.position);
        let length = whole.map_or(1, |whole| usize::from(whole.length));
        let grouped = if quoted && length == 1 { grouped_number(&parts[at..], typed) } else { None };
        let length = grouped.as_ref().map_or(length, |(length, _)| *length);
        let mut row = Vec::with_capacity(length);
        for part in parts.iter().skip(at).take(length) {
            row.push(plan.leaf(matcher(part, &extras, manner), part.span.of(typed), span)?);
        }
        let joined = match (whole, grouped) {
            (Some(whole), _) => Some(plan.leaf(matcher(&whole, &extras, manner), whole.span.of(typed), span)?),
            (None, Some((_, number))) => Some(plan.leaf(Matcher::Exact(number.clone()), &number, span)?),
            (None, None) => None,
        };
        match joined {
            Some(joined) => out.push(Spans::Any(vec![Spans::Seq(row), joined])),
            None => out.append(&mut row),
        }
        at += length;
    }
    Ok(out)
}

/// Further forms by position and length.
type Extras<'a> = HashMap<(u32, u8), &'a str>;

/// `5 000` in quotes is also `5000`: how many words, and the number.
fn grouped_number(parts: &[Token<'_>], typed: &str) -> Option<(usize, String)> {
    let digits = |token: &Token<'_>| token.term.bytes().all(|b| b.is_ascii_digit());
    let (first, rest) = parts.split_first()?;
    if !digits(first) || first.term.len() > 3 || first.term.starts_with('0') {
        return None;
    }
    let mut number = first.term.to_owned();
    let (mut count, mut end) = (1, first.span.end);
    for part in rest {
        if !digits(part) || part.term.len() != 3 || typed.get(end..part.span.start) != Some(" ") {
            break;
        }
        number.push_str(part.term);
        count += 1;
        end = part.span.end;
    }
    (count > 1).then_some((count, number))
}

fn matcher(token: &Token<'_>, extras: &Extras<'_>, manner: Manner) -> Matcher {
    let term = token.term;
    match manner {
        Manner::Fuzzy(distance) => Matcher::Fuzzy { term: term.to_owned(), distance },
        Manner::Inflected if inflects(term) => {
            // A possessive shares the stem of the word without it.
            let base = extras.get(&(token.position, token.length)).copied().unwrap_or(term);
            let stems = text::languages().iter().map(|lang| (lang.clone(), text::stem(lang, base).into_owned()));
            Matcher::Inflected { exact: term.to_owned(), stems: stems.collect() }
        }
        Manner::Inflected | Manner::Typed => Matcher::Exact(term.to_owned()),
    }
}

/// Whether a word can have inflections: letters only, of a script that has them.
fn inflects(term: &str) -> bool {
    let no_forms =
        |c: char| matches!(c as u32, 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3000..=0xD7FF | 0x20000..);
    term.chars().all(|c| (c.is_alphabetic() || !c.is_ascii()) && !no_forms(c)) && term.chars().nth(1).is_some()
}

/// A word with `*` and `?`.
pub(super) fn wildcard(plan: &mut Lowering, typed: &str, span: Span) -> Result<Spans, QueryError> {
    let (pieces, whole) = pieces(typed);
    if !pieces.iter().any(|piece| piece.chars().any(char::is_alphanumeric)) {
        return Err(QueryError::new(span, format!("`{typed}` would stand for every word"))
            .suggest("write at least one letter, as `a*`, or `*` alone for every article"));
    }
    if let Some(bare) = pieces.iter().find(|piece| !piece.chars().any(char::is_alphanumeric)) {
        return Err(QueryError::new(span, format!("`{bare}` needs at least one letter beside it"))
            .suggest("write `safe-t*` rather than `safe-*`"));
    }
    let leaf = |plan: &mut Lowering, piece: &str| {
        let pattern = piece.contains(['*', '?']);
        let matcher = if pattern { Matcher::Wildcard(piece.to_owned()) } else { Matcher::Exact(piece.to_owned()) };
        plan.leaf(matcher, typed, span)
    };
    let mut row = Vec::with_capacity(pieces.len());
    for piece in &pieces {
        row.push(leaf(plan, piece)?);
    }
    let joins = whole && (2..=MAX_PARTS).contains(&pieces.len());
    let joined = if joins { Some(leaf(plan, &pieces.concat())?) } else { None };
    let row = sequence(row, typed, span)?;
    Ok(match joined {
        Some(joined) => Spans::Any(vec![row, joined]),
        None => row,
    })
}

/// The folded pieces of a pattern that are words of their own, and whether they may be joined to one.
fn pieces(typed: &str) -> (Vec<String>, bool) {
    let mut pieces: Vec<String> = vec![String::new()];
    let (mut whole, mut before, mut single) = (true, ' ', false);
    let mut rest = typed.chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied().unwrap_or(' ');
        let is_part = c.is_alphanumeric() || matches!(c, '*' | '?' | '@' | '#' | '&' | '+' | '_');
        let hyphen = matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2013}');
        let ignored = matches!(c, '\'' | '’' | '`')
            || (c == ',' && before.is_ascii_digit() && next.is_ascii_digit())
            || (c == '.' && pieces.last().is_some_and(|p| p.chars().count() <= 1 || before == '.'))
            || is_combining_mark(c)
            || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}');
        // Scripts without spaces have one word a character.
        let alone = !c.is_ascii() && c.is_alphanumeric() && {
            let both: String = [c, c].iter().collect();
            text::query_terms(&both).len() == 2
        };
        if is_part {
            if alone || (single && c.is_alphanumeric()) {
                whole = false;
                pieces.push(String::new());
            }
            single = alone;
            if let Some(piece) = pieces.last_mut() {
                piece.push(c);
            }
        } else if !ignored {
            whole &= hyphen;
            pieces.push(String::new());
        } else if !c.is_ascii()
            && let Some(piece) = pieces.last_mut()
        {
            // A mark that belongs to the letter before.
            piece.push(c);
        }
        before = c;
    }
    let folded = pieces.iter().map(|piece| text::fold_pattern(piece)).filter(|piece| !piece.is_empty());
    (folded.collect(), whole)
}
