//! Words and phrases into spans: hyphens, inflections, patterns.

use std::collections::HashMap;

use unicode_normalization::char::is_combining_mark;

use super::error::QueryError;
use super::lower::Lowering;
use super::matcher;
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
}

/// One typed word, which may hold hyphens.
pub(super) fn word(plan: &mut Lowering, typed: &str, manner: Manner, span: Span) -> Result<Spans, QueryError> {
    let units = units(plan, typed, manner, false, span)?;
    sequence(units, typed, span)
}

/// A word in other spellings: of its parts, and of all of them as one word, at most `distance` letters differ
/// **together**.
pub(super) fn fuzzy(plan: &mut Lowering, typed: &str, distance: u8, span: Span) -> Result<Spans, QueryError> {
    let tokens = text::query_terms(typed);
    let parts: Vec<&str> = tokens.iter().filter(|t| t.length == 1 && !t.extra).map(|t| t.term).collect();
    let whole = tokens.iter().find(|t| t.length > 1 && !t.extra).map(|t| t.term);
    if typed.chars().any(text::is_word_alone) {
        return Err(QueryError::new(span, "other spellings cannot be tried where each character is a word by itself")
            .suggest(format!("write the spellings there are: `{} OR …`", typed.trim())));
    }
    if parts.len() > MAX_PARTS {
        return Err(QueryError::new(
            span,
            format!("other spellings can be tried on a word of {MAX_PARTS} parts at most"),
        )
        .suggest("put the words in quotes, or beside each other with `PRE/1`"));
    }
    let leaf = |plan: &mut Lowering, term: &str, distance: u8| {
        let said = if distance == 0 { term.to_owned() } else { format!("{term}~{distance}") };
        let term = term.to_owned();
        let matcher = if distance == 0 { Matcher::Exact(term) } else { Matcher::Fuzzy { term, distance } };
        plan.leaf(matcher, &said, span)
    };
    let mut ways = Vec::new();
    for shares in shares(distance, parts.len()) {
        let mut row = Vec::with_capacity(parts.len());
        for (part, share) in parts.iter().zip(shares) {
            row.push(leaf(plan, part, share)?);
        }
        ways.push(sequence(row, typed, span)?);
    }
    if let Some(whole) = whole {
        ways.push(leaf(plan, whole, distance)?);
    }
    Ok(match ways.len() {
        0 | 1 => ways.pop().ok_or_else(|| no_word(typed, span))?,
        _ => Spans::Any(ways),
    })
}

/// All ways to share `sum` out among so many.
fn shares(sum: u8, among: usize) -> Vec<Vec<u8>> {
    match among {
        0 => Vec::new(),
        1 => vec![vec![sum]],
        _ => (0..=sum)
            .flat_map(|first| shares(sum - first, among - 1).into_iter().map(move |rest| [vec![first], rest].concat()))
            .collect(),
    }
}

/// Words in quotes. A `*` alone stands for one word, `word~1` for other spellings too. A word that ends with `?` may be the end
/// of a question: it counts as it is, and with one letter more.
pub(super) fn phrase(
    plan: &mut Lowering,
    typed: &str,
    slop: u32,
    manner: Manner,
    span: Span,
) -> Result<Spans, QueryError> {
    let mut row: Vec<Spans> = Vec::new();
    let mut plain_from = None;
    for piece in typed.split_whitespace() {
        // `split_whitespace` gives pieces of `typed`: their place is the difference of the addresses.
        let at = piece.as_ptr() as usize - typed.as_ptr() as usize;
        let asked = asked(piece);
        if let Some((bare, distance)) = respelled(asked) {
            if let Some(from) = plain_from.take() {
                row.append(&mut units(plan, &typed[from..at], manner, true, span)?);
            }
            row.push(fuzzy(plan, bare, distance, span)?);
            continue;
        }
        if !asked.contains(['*', '?']) || asked.chars().all(|c| c == '?') {
            plain_from.get_or_insert(at);
            continue;
        }
        if let Some(from) = plain_from.take() {
            row.append(&mut units(plan, &typed[from..at], manner, true, span)?);
        }
        if asked.chars().all(|c| matches!(c, '*' | '?')) {
            match row.last_mut() {
                None => return Err(no_gap(typed, span)),
                Some(Spans::Gap(words)) => *words += 1,
                Some(_) => row.push(Spans::Gap(1)),
            }
            continue;
        }
        let bare = asked.trim_end_matches('?');
        if bare.len() == asked.len() || bare.contains(['*', '?']) {
            row.push(wildcard(plan, asked, span)?);
            continue;
        }
        let mut plain = units(plan, bare, manner, true, span)?;
        if plain.is_empty() || bare.chars().any(text::is_word_alone) {
            row.append(&mut plain);
        } else {
            let plain = sequence(plain, typed, span)?;
            row.push(Spans::Any(vec![plain, wildcard(plan, asked, span)?]));
        }
    }
    if let Some(from) = plain_from {
        row.append(&mut units(plan, &typed[from..], manner, true, span)?);
    }
    if matches!(row.last(), Some(Spans::Gap(_))) {
        return Err(no_gap(typed, span));
    }
    if slop == 0 {
        return sequence(row, typed, span);
    }
    let gaps: u32 = row.iter().map(|item| if let Spans::Gap(words) = item { *words } else { 0 }).sum();
    row.retain(|item| !matches!(item, Spans::Gap(_)));
    if row.len() > 1 {
        let distance = slop.saturating_add(gaps).saturating_add(1);
        return Ok(Spans::Near { items: row, distance, ordered: false });
    }
    row.pop().ok_or_else(|| no_word(typed, span))
}

/// A word without the punctuation around it: `?` is some of it behind anything but a letter, a digit or another sign.
pub(super) fn asked(piece: &str) -> &str {
    let marks = |c: char| matches!(c, ',' | '.' | '!' | ';' | ':' | '…');
    // A `~` or `^` that has come to stand at the end is none of ours: they stand right behind their word.
    let bare = piece.trim_end_matches(|c| marks(c) || matches!(c, '~' | '^')).trim_start_matches(marks);
    let before = bare.trim_end_matches('?');
    match before.chars().next_back() {
        Some(c) if !(c.is_alphanumeric() || is_combining_mark(c) || c == '*') => before.trim_end_matches(marks),
        _ => bare,
    }
}

/// The word and the distance of `word~1` in quotes; a score such as `3~1` is none.
pub(super) fn respelled(asked: &str) -> Option<(&str, u8)> {
    let (bare, distance) = asked.rsplit_once('~')?;
    let distance = match distance {
        "1" => 1,
        "2" => 2,
        _ => return None,
    };
    let spelled = bare.starts_with(char::is_alphanumeric) && bare.contains(char::is_alphabetic);
    (spelled && !bare.contains(['*', '?', '~'])).then_some((bare, distance))
}

fn no_gap(typed: &str, span: Span) -> QueryError {
    let bare = typed.trim_matches(|c: char| matches!(c, '*' | '?') || c.is_whitespace());
    let suggestion = if bare.is_empty() { "write words around it".to_owned() } else { format!("write `\"{bare}\"`") };
    QueryError::new(span, "`*` stands for a word between two others, not at an end of a phrase").suggest(suggestion)
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
            let word = plan.leaf(matcher_of(part, &extras, manner, typed), part.span.of(typed), span)?;
            // Of `B&B` no rule of inflection knows the plural.
            row.push(match counted(part.term).filter(|_| manner == Manner::Inflected) {
                Some(other) => Spans::Any(vec![word, plan.leaf(Matcher::Exact(other.clone()), &other, span)?]),
                None => word,
            });
        }
        let joined = match (whole, grouped) {
            (Some(whole), _) => {
                Some(plan.leaf(matcher_of(&whole, &extras, manner, typed), whole.span.of(typed), span)?)
            }
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

fn matcher_of(token: &Token<'_>, extras: &Extras<'_>, manner: Manner, typed: &str) -> Matcher {
    let term = token.term;
    match manner {
        Manner::Inflected if inflects(term) => {
            // A possessive shares the stem of the word without it.
            let base = extras.get(&(token.position, token.length)).copied().unwrap_or(term);
            let written = match token.span.of(typed) {
                written if base == term && token.length == 1 => written,
                // What stands before the apostrophe.
                written if token.length == 1 => written.split(['\'', '’', 'ʼ']).next().unwrap_or(base),
                _ => base,
            };
            Matcher::inflections(term, base, written, text::languages())
        }
        Manner::Inflected | Manner::Typed => Matcher::Exact(term.to_owned()),
    }
}

/// The plural of a name with an `&`, or what it is the plural of: `b&bs` for `b&b`.
fn counted(term: &str) -> Option<String> {
    let (before, after) = term.split_once('&')?;
    let letters = !before.is_empty() && !after.is_empty() && after.chars().all(char::is_alphabetic);
    let one = after.strip_suffix('s').filter(|one| !one.is_empty());
    letters.then(|| one.map_or_else(|| format!("{term}s"), |one| format!("{before}&{one}")))
}

/// Whether a word can have inflections: letters only, of a script that has them.
fn inflects(term: &str) -> bool {
    let no_forms =
        |c: char| matches!(c as u32, 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3000..=0xD7FF | 0x20000..);
    term.chars().all(|c| (c.is_alphabetic() || !c.is_ascii()) && !no_forms(c)) && term.chars().nth(1).is_some()
}

/// A word with `*` and `?`. Where each character is a word (Chinese, Japanese, Korean, Thai, …) a `?` inside stands for
/// one of them, and a `*` at either end says what is true anyway: that the characters may be part of a longer word.
pub(super) fn wildcard(plan: &mut Lowering, typed: &str, span: Span) -> Result<Spans, QueryError> {
    if typed.chars().any(text::is_word_alone) {
        return characters(plan, typed, span);
    }
    let (pieces, whole) = pieces(typed);
    if !pieces.iter().any(|piece| piece.chars().any(char::is_alphanumeric)) {
        return Err(QueryError::new(span, format!("`{typed}` would stand for every word"))
            .suggest("write at least one letter, as `a*`, or `*` alone for every article"));
    }
    // In `mother-*-law` the `*` is a word, as it is alone between others in a phrase.
    let is_gap = |piece: &String| piece.chars().all(|c| c == '*');
    let at_ends = [pieces.first(), pieces.last()];
    let bare = |piece: &&String| !piece.chars().any(char::is_alphanumeric);
    let stray = pieces.iter().filter(bare).find(|piece| !is_gap(piece));
    if let Some(bare) = stray.or(at_ends.into_iter().flatten().find(bare)) {
        return Err(QueryError::new(span, format!("`{bare}` needs at least one letter beside it"))
            .suggest(lettered(typed, &pieces)));
    }
    let leaf = |plan: &mut Lowering, piece: &str| {
        let pattern = piece.contains(['*', '?']);
        let matcher = if pattern { Matcher::Wildcard(piece.to_owned()) } else { Matcher::Exact(piece.to_owned()) };
        plan.leaf(matcher, typed, span)
    };
    let mut row = Vec::with_capacity(pieces.len());
    for piece in &pieces {
        match row.last_mut() {
            Some(Spans::Gap(words)) if is_gap(piece) => *words += 1,
            _ if is_gap(piece) => row.push(Spans::Gap(1)),
            _ => row.push(leaf(plan, piece)?),
        }
    }
    let joins = whole && !pieces.iter().any(is_gap) && (2..=MAX_PARTS).contains(&pieces.len());
    let joined = if joins { Some(leaf(plan, &pieces.concat())?) } else { None };
    let row = sequence(row, typed, span)?;
    Ok(match joined {
        Some(joined) => Spans::Any(vec![row, joined]),
        None => row,
    })
}

/// What to write for a pattern of which a piece has no letter: `anti*` for `anti-*`, `U.S.` for `U.S.*`.
fn lettered(typed: &str, parts: &[String]) -> String {
    let is_sign = |c: char| !c.is_alphanumeric();
    let core = typed.trim_matches(is_sign);
    let own = |c: char| matches!(c, '*' | '?');
    let (before, after) = (typed.starts_with(own), typed.ends_with(own));
    let joined = format!("{}{core}{}", if before { "*" } else { "" }, if after { "*" } else { "" });
    let fits = pieces(&joined).0.iter().all(|piece| piece.chars().any(char::is_alphanumeric));
    let initials = core.contains('.') && typed.contains(&format!("{core}."));
    match (initials, fits) {
        (true, _) => format!("write `{core}.`, which is one word, without a sign for more letters"),
        (false, true) => format!("write `{joined}` rather than `{typed}`"),
        (false, false) => {
            let words: Vec<&str> =
                parts.iter().map(String::as_str).filter(|part| part.chars().any(char::is_alphanumeric)).collect();
            format!("write `\"{}\"`, in which `*` stands for a word", words.join(" * "))
        }
    }
}

/// A pattern in a script without spaces.
fn characters(plan: &mut Lowering, typed: &str, span: Span) -> Result<Spans, QueryError> {
    let inner = typed.trim_matches('*');
    if inner.contains('*') {
        let (before, after) = inner.split_once('*').unwrap_or((inner, ""));
        let message = "`*` cannot stand between characters that are words by themselves: it would have no end";
        return Err(QueryError::new(span, message)
            .suggest(format!("write `?` for each character, or `{before} PRE/5 {}`", after.trim_matches('*'))));
    }
    if inner.starts_with('?') || inner.ends_with('?') {
        let message = "`?` stands for a character between two others, not at an end, where each character is a word";
        return Err(QueryError::new(span, message).suggest(format!("write `{}`", inner.trim_matches('?'))));
    }
    let mut row: Vec<Spans> = Vec::new();
    for (index, piece) in inner.split('?').enumerate() {
        match row.last_mut() {
            Some(Spans::Gap(more)) if index > 0 => *more += 1,
            _ if index > 0 => row.push(Spans::Gap(1)),
            _ => {}
        }
        row.append(&mut units(plan, piece, Manner::Typed, false, span)?);
    }
    sequence(row, typed, span)
}

/// The folded pieces of a pattern that are words of their own, and whether they may be joined to one.
fn pieces(typed: &str) -> (Vec<String>, bool) {
    let mut pieces: Vec<String> = vec![String::new()];
    let (mut whole, mut before) = (true, ' ');
    let mut rest = typed.chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied().unwrap_or(' ');
        let is_part = c.is_alphanumeric() || matches!(c, '*' | '?' | '@' | '#' | '&' | '+' | '_');
        let hyphen = matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2013}');
        // `5,?00`.
        let digit = |c: char| c.is_ascii_digit() || c == '?' && typed.contains(|c: char| c.is_ascii_digit());
        let ignored = matches!(c, '\'' | '’' | '`')
            || (c == ',' && digit(before) && digit(next))
            || (c == '.' && pieces.last().is_some_and(|p| p.chars().count() <= 1 || before == '.'))
            || is_combining_mark(c)
            || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}');
        if is_part {
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

/// A hyphen or apostrophe that a pattern asks for, outside of classes: folded words have none.
fn lost(pattern: &str) -> Option<char> {
    let (mut class, mut before) = (0usize, ' ');
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        match c {
            // A class of its own, such as `\p{L}`, or a sign taken as it is.
            '\\' => match chars.next() {
                Some(c) if class == 0 && matches!(c, '-' | '\'') => return Some(c),
                _ => {}
            },
            '[' => class += 1,
            ']' => class = class.saturating_sub(1),
            // `(?i-u)` sets how the rest is read.
            '?' if before == '(' => {
                chars.by_ref().find(|c| matches!(c, ')' | ':'))?;
            }
            '-' | '\'' | '’' if class == 0 => return Some(c),
            _ => {}
        }
        before = c;
    }
    None
}

/// A regular expression, which is tried on one word.
pub(super) fn regex(plan: &mut Lowering, pattern: &str, span: Span) -> Result<Spans, QueryError> {
    if pattern.chars().any(text::is_word_alone) && !matcher::is_of_one_character(pattern) {
        let message = "a regular expression is tried on one word, and here each character is a word by itself";
        return Err(QueryError::new(span, message).suggest(
            "write the characters without slashes, `?` for any one between them (`北?大学`), or `北 PRE/3 大学`",
        ));
    }
    if let Some(sign) = lost(pattern) {
        return Err(QueryError::new(
            span,
            format!("a regular expression is tried on words, and none has `{sign}` in it"),
        )
        .suggest("leave the sign out: `safe-third` is tried as `safe`, `third` and `safethird`, `don't` as `dont`"));
    }
    plan.leaf(Matcher::Regex(pattern.to_owned()), pattern, span)
}
