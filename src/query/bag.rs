//! A typed text taken as a bag of words.

use std::collections::HashMap;

use super::ast::{Kind, Query};
use super::error::QueryError;
use super::frame::{frame, holds};
use crate::model::Span;
use crate::text::{self, Token};

/// What a hyphenated word counts, and what each of its parts counts beside it.
const HALF: f32 = 0.5;

/// Any of the words of `text`, without operators. Half of what a hyphenated word counts is left to its parts, since an
/// article on flight at high speed answers `high-speed flight` too; one that is all that is asked stays whole. Runs of a
/// script without spaces give every pair of neighbours. A word that comes `n` times is boosted by `n`. The words that only
/// say that something is asked ([`frame()`]) are left out.
pub(super) fn bag(text: &str, stem: bool) -> Result<Query, QueryError> {
    let tokens = text::query_terms(text);
    let frames = frame(text);
    let sought = |token: &Token<'_>| !token.extra && !holds(&frames, token.span);
    let mut words: Vec<(Span, f32)> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut add = |term: String, span: Span, count: f32| match known.get(&term) {
        Some(&at) => words[at].1 += count,
        None => {
            known.insert(term, words.len());
            words.push((span, count));
        }
    };
    let joined: Vec<Token<'_>> = tokens.iter().filter(|t| t.length > 1 && sought(t)).collect();
    let mut joined = joined.into_iter().peekable();
    let mut before: Option<Token<'_>> = None;
    let plain: Vec<Token<'_>> = tokens.iter().filter(|t| t.length == 1 && sought(t)).collect();
    for (index, token) in plain.iter().enumerate() {
        while joined.next_if(|j| j.position + u32::from(j.length) <= token.position).is_some() {}
        if let Some(whole) = joined.peek()
            && whole.position <= token.position
        {
            let alone = plain.len() == usize::from(whole.length);
            if whole.position == token.position {
                add(whole.term.to_owned(), whole.span, if alone { 1.0 } else { HALF });
            }
            if !alone {
                add(token.term.to_owned(), token.span, HALF);
            }
            before = None;
            continue;
        }
        let touches = |other: Option<&Token<'_>>| other.is_some_and(|next| next.span.start == token.span.end);
        let follows = before.is_some_and(|b| b.span.end == token.span.start);
        match before.filter(|_| follows) {
            Some(earlier) => {
                add(format!("{} {}", earlier.term, token.term), Span::new(earlier.span.start, token.span.end), 1.0);
            }
            None if !touches(plain.get(index + 1)) => add(token.term.to_owned(), token.span, 1.0),
            None => {}
        }
        before = Some(*token);
    }
    let mut items: Vec<Query> = words
        .into_iter()
        .map(|(span, count)| {
            let word = Query { kind: Kind::Word { text: as_word(span.of(text)), stem }, span };
            // Counts are halves, and no query is long enough for one that a weight cannot hold exactly.
            if count == 1.0 { word } else { Query { kind: Kind::Boost(Box::new(word), count), span } }
        })
        .collect();
    let whole = Span::new(0, text.len());
    match items.len() {
        0 => {
            Err(QueryError::new(whole, "there is no word in this query")
                .suggest("type a word, or `*` for every article"))
        }
        1 => Ok(items.swap_remove(0)),
        _ => Ok(Query { kind: Kind::Bag(items), span: whole }),
    }
}

/// A word as typed, unless it would be read as something else: an operator, or two words.
fn as_word(typed: &str) -> String {
    match typed {
        _ if super::lex::is_reserved(typed) => typed.to_lowercase(),
        // A number with spaces, or initials.
        _ if typed.contains(char::is_whitespace) => {
            let whole: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
            let folded = text::fold(&whole);
            if folded.contains(' ') { text::fold(typed) } else { folded }
        }
        // An initial with its full stop.
        _ => typed.strip_suffix('.').filter(|bare| bare.chars().nth(1).is_none()).unwrap_or(typed).to_owned(),
    }
}
