//! Tokens into a tree, by recursive descent of bounded depth.
//!
//! From loosest to tightest: `OR`; `AND`, `NOT` and plain space; `NEAR/n`, `W/n`, `PRE/n`, `SAME`, `SENT`, from left to
//! right; then words, phrases, fields and parentheses with their suffixes.

use jiff::civil::Date;

use super::ast::{Kind, Query};
use super::error::QueryError;
use super::field::Field;
use super::lex::{self, Tok, Token};
use super::{bag, lower, words};
use crate::model::Span;

/// Longest query, in bytes.
pub const MAX_LENGTH: usize = 64 * 1024;

/// Deepest tree: parentheses, `NOT`s and chains of distances inside one another.
pub const MAX_DEPTH: usize = 64;

/// How to read a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// What `since:7d` counts from.
    pub today: Date,
    /// Read as a bag of words, without operators.
    pub any: bool,
    /// Whether unquoted words match their inflections, until `stem:` says otherwise.
    pub stem: bool,
}

impl Options {
    /// The usual reading: operators, inflections.
    pub fn new(today: Date) -> Self {
        Self { today, any: false, stem: true }
    }
}

/// Reads a query. What it accepts, [`plan`](fn@super::plan) can run.
///
/// Time is linear in the text, which may hold [`MAX_LENGTH`] bytes, [`MAX_DEPTH`] levels and
/// [`MAX_LEAVES`](lower::MAX_LEAVES) words.
pub fn parse(text: &str, options: &Options) -> Result<Query, QueryError> {
    let whole = Span::new(0, text.len());
    if text.len() > MAX_LENGTH {
        let message = format!("this query has {} bytes; the most is {MAX_LENGTH}", text.len());
        return Err(QueryError::new(whole, message).suggest("shorten it, or ask in several queries"));
    }
    let query = if options.any {
        bag::bag(text, options.stem)?
    } else {
        let tokens = lex::tokens(text)?.into_iter().filter(|token| means_something(&token.tok)).collect();
        let stem = if options.stem { Stem::Usual } else { Stem::Off };
        let mut parser = Parser { text, tokens, at: 0, today: options.today, stem, field: None, depth: 0 };
        parser.whole()?
    };
    lower::check(&query)?;
    Ok(query)
}

/// Punctuation that stands alone is as good as space.
fn means_something(tok: &Tok) -> bool {
    match tok {
        Tok::Word(text) => text.contains('*') || !crate::text::query_terms(text).is_empty(),
        _ => true,
    }
}

/// What `stem:` said last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stem {
    /// Words with their inflections, phrases as typed.
    Usual,
    On,
    Off,
}

/// A tree and its height.
pub(super) struct Node {
    pub(super) query: Query,
    pub(super) height: usize,
}

impl Node {
    pub(super) fn leaf(kind: Kind, span: Span) -> Self {
        Self { query: Query { kind, span }, height: 1 }
    }
}

pub(super) struct Parser<'a> {
    text: &'a str,
    pub(super) tokens: Vec<Token>,
    pub(super) at: usize,
    pub(super) today: Date,
    pub(super) stem: Stem,
    /// Inside the parentheses of a field that is not text.
    pub(super) field: Option<Field>,
    pub(super) depth: usize,
}

impl Parser<'_> {
    pub(super) fn peek(&self) -> Option<&Tok> {
        self.tokens.get(self.at).map(|token| &token.tok)
    }

    pub(super) fn here(&self) -> Span {
        self.tokens.get(self.at).map_or(Span::new(self.text.len(), self.text.len()), |token| token.span)
    }

    fn typed(&self, span: Span) -> &str {
        span.of(self.text)
    }

    fn whole(&mut self) -> Result<Query, QueryError> {
        let empty = || {
            QueryError::new(Span::new(0, self.text.len()), "there is nothing to search for")
                .suggest("type a word, or `*` for every article")
        };
        if self.tokens.is_empty() {
            return Err(empty());
        }
        if self.tokens.iter().all(|t| matches!(t.tok, Tok::Field(Field::Stem) | Tok::Value(_))) {
            let stem_only = self.tokens.iter().any(|t| t.tok == Tok::Field(Field::Stem));
            let others = self.tokens.iter().any(|t| matches!(t.tok, Tok::Field(f) if f != Field::Stem));
            if stem_only && !others {
                return Err(empty());
            }
        }
        let node = self.or()?;
        match self.peek() {
            None => Ok(node.query),
            _ => Err(QueryError::new(self.here(), "this `)` has no `(` before it")
                .suggest("leave it out, or add the `(` it belongs to")),
        }
    }

    pub(super) fn grown(&self, kind: Kind, height: usize, span: Span) -> Result<Node, QueryError> {
        if height >= MAX_DEPTH {
            return Err(too_deep(span));
        }
        Ok(Node { query: Query { kind, span }, height: height + 1 })
    }

    pub(super) fn list(&self, mut items: Vec<Node>, kind: impl FnOnce(Vec<Query>) -> Kind) -> Result<Node, QueryError> {
        if items.len() == 1
            && let Some(only) = items.pop()
        {
            return Ok(only);
        }
        let height = items.iter().map(|node| node.height).max().unwrap_or(0);
        let span = cover(items.iter().map(|node| node.query.span));
        self.grown(kind(items.into_iter().map(|node| node.query).collect()), height, span)
    }

    fn or(&mut self) -> Result<Node, QueryError> {
        let mut items = vec![self.and()?];
        while self.peek() == Some(&Tok::Or) {
            let operator = self.here();
            self.at += 1;
            self.needs_right(operator)?;
            items.push(self.and()?);
        }
        self.list(items, Kind::Or)
    }

    fn and(&mut self) -> Result<Node, QueryError> {
        let mut items = Vec::new();
        loop {
            match self.peek() {
                Some(Tok::And) => {
                    let operator = self.here();
                    if items.is_empty() {
                        return Err(self.needs_left(operator));
                    }
                    self.at += 1;
                    self.needs_right(operator)?;
                }
                Some(Tok::Field(Field::Stem)) => self.directive()?,
                Some(Tok::Or | Tok::Near { .. } | Tok::Within(_)) if items.is_empty() => {
                    return Err(self.needs_left(self.here()));
                }
                None | Some(Tok::Close | Tok::Or) => break,
                Some(_) => items.push(self.not()?),
            }
        }
        if items.is_empty() {
            let at = self.here();
            return Err(match self.peek() {
                Some(Tok::Close) if self.depth > 0 => QueryError::new(at, "there is nothing between these parentheses")
                    .suggest("write what is to be found there"),
                Some(Tok::Close) => QueryError::new(at, "this `)` has no `(` before it")
                    .suggest("leave it out, or add the `(` it belongs to"),
                _ => QueryError::new(at, "there is nothing to search for")
                    .suggest("type a word, or `*` for every article"),
            });
        }
        self.list(items, Kind::And)
    }

    fn needs_left(&self, operator: Span) -> QueryError {
        self.needs(operator, "left")
    }

    fn needs_right(&self, operator: Span) -> Result<(), QueryError> {
        match self.peek() {
            None | Some(Tok::Close | Tok::And | Tok::Or | Tok::Near { .. } | Tok::Within(_)) => {
                Err(self.needs(operator, "right"))
            }
            _ => Ok(()),
        }
    }

    fn needs(&self, operator: Span, side: &str) -> QueryError {
        let typed = self.typed(operator);
        let error = QueryError::new(operator, format!("`{typed}` needs something to find on its {side}"));
        if typed.chars().all(|c| c.is_ascii_uppercase()) {
            error.suggest(format!("to search for the word, write `{}` in lowercase", typed.to_lowercase()))
        } else {
            error.suggest(format!("add it, or leave `{typed}` out"))
        }
    }

    fn not(&mut self) -> Result<Node, QueryError> {
        let start = self.here();
        let mut count = 0usize;
        while self.peek() == Some(&Tok::Not) {
            let operator = self.here();
            self.at += 1;
            count += 1;
            self.needs_right(operator)?;
        }
        let inner = self.distance()?;
        if count.is_multiple_of(2) {
            return Ok(inner);
        }
        let span = cover([start, inner.query.span].into_iter());
        self.grown(Kind::Not(Box::new(inner.query)), inner.height, span)
    }

    fn distance(&mut self) -> Result<Node, QueryError> {
        let mut left = self.primary()?;
        // Whether `left` is a chain of one unit that more operands may join.
        let mut chain = None;
        while let Some(operator @ (Tok::Near { .. } | Tok::Within(_))) = self.peek().cloned() {
            let place = self.here();
            self.at += 1;
            self.needs_right(place)?;
            // What cannot stand there is refused with the whole query mended, once it is read.
            let not = (self.peek() == Some(&Tok::Not)).then(|| self.here());
            self.at += usize::from(not.is_some());
            let mut right = self.primary()?;
            if let Some(not) = not {
                let span = cover([not, right.query.span].into_iter());
                right = self.grown(Kind::Not(Box::new(right.query)), right.height, span)?;
            }
            let span = cover([left.query.span, right.query.span].into_iter());
            let height = left.height.max(right.height);
            left = match operator {
                Tok::Near { distance, ordered } => {
                    let items = vec![left.query, right.query];
                    self.grown(Kind::Near { items, distance, ordered }, height, span)?
                }
                Tok::Within(unit) => match left.query.kind {
                    Kind::Within { unit: known, mut items } if chain == Some(unit) && known == unit => {
                        items.push(right.query);
                        Node {
                            query: Query { kind: Kind::Within { unit, items }, span },
                            height: height.max(right.height + 1),
                        }
                    }
                    kind => {
                        let items = vec![Query { kind, span: left.query.span }, right.query];
                        self.grown(Kind::Within { unit, items }, height, span)?
                    }
                },
                _ => left,
            };
            chain = if let Tok::Within(unit) = operator { Some(unit) } else { None };
        }
        Ok(left)
    }

    pub(super) fn primary(&mut self) -> Result<Node, QueryError> {
        let span = self.here();
        let Some(Token { tok, .. }) = self.tokens.get(self.at).cloned() else {
            return Err(QueryError::new(span, "something to find is missing here"));
        };
        self.at += 1;
        let node = match tok {
            Tok::Open => self.group(span)?,
            Tok::AtLeast(count) => {
                let inner = self.opened(span)?;
                let covered = cover([span, inner.query.span].into_iter());
                self.grown(Kind::AtLeast { count, of: Box::new(inner.query) }, inner.height, covered)?
            }
            Tok::Headline => {
                let inner = self.opened(span)?;
                let covered = cover([span, inner.query.span].into_iter());
                self.grown(Kind::Headline(Box::new(inner.query)), inner.height, covered)?
            }
            Tok::Bag => self.bag(span)?,
            Tok::Field(field) => self.field(field, span)?,
            Tok::Quoted(text) | Tok::AsTyped(text) if self.field.is_some() => {
                let field = self.field.unwrap_or(Field::Stem);
                self.no_spellings(field, &text)?;
                Node::leaf(self.value(field, &text, span)?, span)
            }
            Tok::Quoted(text) => self.phrase(text, span, self.stem == Stem::On)?,
            Tok::AsTyped(text) => self.phrase(text, span, false)?,
            Tok::Word(_) | Tok::Value(_) if self.field.is_some() => {
                let typed = self.typed(span).to_owned();
                let field = self.field.unwrap_or(Field::Stem);
                Node::leaf(self.value(field, &typed, span)?, span)
            }
            Tok::Literal(_) | Tok::Regex(_) if self.field.is_some() => {
                return Err(QueryError::new(span, "only words and phrases can be asked of this field")
                    .suggest("leave the signs out"));
            }
            Tok::Literal(text) => Node::leaf(Kind::Literal(text), span),
            Tok::Regex(pattern) => Node::leaf(Kind::Regex(pattern), span),
            Tok::Word(text) | Tok::Value(text) => self.word(&text, span)?,
            Tok::Tilde(_) => {
                return Err(QueryError::new(span, "`~` belongs behind a word or a quoted phrase")
                    .suggest("write `word~1` for other spellings, `\"a b\"~5` for words near each other"));
            }
            Tok::Boost(_) => {
                return Err(QueryError::new(span, "there is nothing before this weight").suggest("write `word^2`"));
            }
            Tok::Not => {
                return Err(
                    QueryError::new(span, "`NOT` cannot stand here").suggest("put what is excluded in parentheses")
                );
            }
            Tok::Close | Tok::And | Tok::Or | Tok::Near { .. } | Tok::Within(_) => {
                return Err(QueryError::new(span, "something to find is missing here"));
            }
        };
        self.weighed(node)
    }

    fn weighed(&mut self, mut node: Node) -> Result<Node, QueryError> {
        while let Some(Tok::Boost(boost)) = self.peek() {
            let boost = *boost;
            let span = cover([node.query.span, self.here()].into_iter());
            self.at += 1;
            node = self.grown(Kind::Boost(Box::new(node.query), boost), node.height, span)?;
        }
        Ok(node)
    }

    /// The parenthesis that must follow, and what is in it.
    fn opened(&mut self, before: Span) -> Result<Node, QueryError> {
        let open = self.here();
        if self.peek() != Some(&Tok::Open) {
            return Err(QueryError::new(before, "this needs a parenthesis right behind it"));
        }
        self.at += 1;
        self.group(open)
    }

    /// What stands behind an opened parenthesis, and its end.
    pub(super) fn group(&mut self, open: Span) -> Result<Node, QueryError> {
        if self.depth + 1 >= MAX_DEPTH {
            return Err(too_deep(open));
        }
        self.depth += 1;
        let mut node = self.or()?;
        self.depth -= 1;
        self.close(open)?;
        node.query.span = cover([open, self.tokens[self.at - 1].span].into_iter());
        Ok(node)
    }

    fn close(&mut self, open: Span) -> Result<(), QueryError> {
        if self.peek() != Some(&Tok::Close) {
            return Err(QueryError::new(open, "this `(` is never closed").suggest("add a `)` where the group ends"));
        }
        self.at += 1;
        Ok(())
    }

    fn bag(&mut self, span: Span) -> Result<Node, QueryError> {
        let open = self.here();
        self.at += 1;
        let mut items = Vec::new();
        while self.peek().is_some_and(|tok| *tok != Tok::Close) {
            if !matches!(self.peek(), Some(Tok::Word(_) | Tok::Quoted(_) | Tok::AsTyped(_))) {
                return Err(QueryError::new(self.here(), "`ANY(…)` takes words and phrases only")
                    .suggest("leave the operator out, or use `OR`"));
            }
            items.push(self.primary()?);
        }
        self.close(open)?;
        if items.is_empty() {
            return Err(QueryError::new(span, "there is nothing between these parentheses"));
        }
        let mut node = self.list(items, Kind::Bag)?;
        node.query.span = cover([span, self.tokens[self.at - 1].span].into_iter());
        Ok(node)
    }

    fn phrase(&mut self, text: String, span: Span, stem: bool) -> Result<Node, QueryError> {
        let (mut slop, mut covered) = (0, span);
        if let Some(Tok::Tilde(number)) = self.peek() {
            let number = *number;
            covered = cover([span, self.here()].into_iter());
            self.at += 1;
            slop = number.ok_or_else(|| {
                QueryError::new(covered, "`~` behind a phrase needs a number of words")
                    .suggest("write `\"a b\"~5` to allow five other words between")
            })?;
        }
        Ok(Node::leaf(Kind::Phrase { text, slop, stem }, covered))
    }

    fn word(&mut self, text: &str, span: Span) -> Result<Node, QueryError> {
        let asked = words::asked(text);
        let pattern = asked.contains(['*', '?']);
        if let Some(Tok::Tilde(number)) = self.peek() {
            let number = *number;
            let covered = cover([span, self.here()].into_iter());
            self.at += 1;
            if pattern {
                return Err(QueryError::new(covered, "`~` cannot be tried on a word with `*` or `?`")
                    .suggest("use one of them"));
            }
            let text = trimmed(text);
            let distance = match number.unwrap_or(1) {
                1 => 1,
                2 => 2,
                _ => {
                    return Err(QueryError::new(covered, "other spellings may differ in 1 or 2 letters")
                        .suggest(format!("write `{text}~1` or `{text}~2`")));
                }
            };
            return Ok(Node::leaf(Kind::Fuzzy { text: text.to_owned(), distance }, covered));
        }
        if !pattern {
            let bare = trimmed(text);
            // Kept, though it finds nothing else, as advice tells what it means elsewhere.
            let cut = bare.len() > 1 && bare.chars().all(char::is_alphanumeric) && text.ends_with(&format!("{bare}!"));
            let text = if cut { format!("{bare}!") } else { bare.to_owned() };
            return Ok(Node::leaf(Kind::Word { text, stem: self.stem != Stem::Off }, span));
        }
        // Behind another sign (`.-wom?n`) a minus leaves nothing out, and says nothing about a word either.
        let asked = asked.trim_start_matches(['-', '!', '+']);
        if asked.chars().all(|c| c == '*') {
            return Ok(Node::leaf(Kind::All, span));
        }
        let wildcard = Node::leaf(Kind::Wildcard(asked.to_owned()), span);
        // At the end of what reads as a question it may be a question mark or stand for a letter: both are sought.
        let bare = asked.trim_end_matches('?');
        if bare.len() == asked.len() || !self.ends_question(span) {
            return Ok(wildcard);
        }
        let plain = self.word(bare, span)?;
        if bare.chars().next_back().is_some_and(crate::text::is_word_alone) {
            return Ok(plain);
        }
        self.list(vec![plain, wildcard], Kind::Or)
    }

    /// Whether `span` is the last of three or more plain words in a row.
    fn ends_question(&self, span: Span) -> bool {
        const WORDS: usize = 3;
        let Some(at) = self.tokens.iter().position(|token| token.span == span) else { return false };
        let plain = |tok: &Tok| matches!(tok, Tok::Word(text) if !text.contains(['*', '?']));
        let goes_on = self.tokens.get(at + 1).is_some_and(|next| matches!(next.tok, Tok::Word(_) | Tok::Near { .. }));
        !goes_on && self.tokens[..at].iter().rev().take_while(|token| plain(&token.tok)).count() + 1 >= WORDS
    }
}

/// A word without the punctuation around it, unless that would make it something else.
fn trimmed(text: &str) -> &str {
    let bare = text.trim_matches(|c: char| {
        matches!(c, ',' | ';' | ':' | '!' | '?' | '\'' | '‘' | '’' | '[' | ']' | '{' | '}' | '…')
    });
    let plain = bare.chars().next().is_some_and(char::is_alphanumeric)
        && !bare.contains([':', '~', '^', '/'])
        && !lex::is_reserved(bare);
    if plain { bare } else { text }
}

pub(super) fn too_deep(span: Span) -> QueryError {
    QueryError::new(span, format!("this query is nested deeper than {MAX_DEPTH} levels"))
        .suggest("ask in several queries, or write it flatter")
}

pub(super) fn cover(spans: impl Iterator<Item = Span>) -> Span {
    spans.reduce(|a, b| Span::new(a.start.min(b.start), a.end.max(b.end))).unwrap_or(Span::new(0, 0))
}
