//! Fields with their values, and `stem:`: the part of the parser that reads what stands behind a colon.

use super::ast::{DateField, KeyField, Kind};
use super::error::QueryError;
use super::field::{self, Field};
use super::key;
use super::lex::Tok;
use super::parse::{MAX_DEPTH, Node, Parser, Stem, cover, too_deep};
use crate::model::Span;

impl Parser<'_> {
    pub(super) fn directive(&mut self) -> Result<(), QueryError> {
        self.at += 1;
        let span = self.here();
        let value = match self.peek() {
            Some(Tok::Value(value)) => value.to_ascii_lowercase(),
            _ => String::new(),
        };
        self.stem = match value.as_str() {
            "on" => Stem::On,
            "off" => Stem::Off,
            "usual" => Stem::Usual,
            _ => {
                return Err(QueryError::new(span, "`stem:` is `on`, `off` or `usual`").suggest(
                    "`stem:off` takes words as typed, `stem:on` also lets phrases match inflections, from here on",
                ));
            }
        };
        self.at += 1;
        Ok(())
    }

    pub(super) fn field(&mut self, field: Field, span: Span) -> Result<Node, QueryError> {
        if self.field.is_some() {
            return Err(QueryError::new(span, "a field cannot stand inside the parentheses of another")
                .suggest("close the parenthesis first"));
        }
        if let Field::Text(part) = field {
            if matches!(self.peek(), None | Some(Tok::Close | Tok::Not)) {
                return Err(QueryError::new(span, format!("`{}:` needs a word right behind the colon", field.name()))
                    .suggest(format!("write `{}`, and `-` before the field to exclude", field.example())));
            }
            if self.depth + 1 >= MAX_DEPTH {
                return Err(too_deep(span));
            }
            self.depth += 1;
            let of = self.primary()?;
            self.depth -= 1;
            let covered = cover([span, of.query.span].into_iter());
            return self.grown(Kind::In { part, of: Box::new(of.query) }, of.height, covered);
        }
        if field == Field::Stem {
            return Err(QueryError::new(span, "`stem:` cannot stand here").suggest("write it before the whole query"));
        }
        self.field = Some(field);
        let value = self.here();
        let node = match self.peek().cloned() {
            Some(Tok::Open) => {
                self.at += 1;
                self.group(value)
            }
            Some(Tok::Quoted(text) | Tok::AsTyped(text)) => {
                self.at += 1;
                self.no_spellings(field, &text)?;
                self.value(field, &text, value).map(|kind| Node::leaf(kind, value))
            }
            Some(Tok::Value(text)) => {
                self.at += 1;
                self.alternatives(field, &text, value)
            }
            Some(Tok::Literal(text)) => {
                let name = field.name();
                Err(QueryError::new(
                    value,
                    format!("characters as they are can be asked of title and text, not of `{name}:`"),
                )
                .suggest(format!("write `{name}:\"{text}\"`")))
            }
            _ => Err(QueryError::new(span, format!("`{}:` needs a value", field.name())).suggest(field.example())),
        };
        self.field = None;
        let mut node = node?;
        node.query.span = cover([span, value, node.query.span].into_iter());
        Ok(node)
    }

    /// Refuses a `~2` behind the quoted value of a field.
    pub(super) fn no_spellings(&self, field: Field, text: &str) -> Result<(), QueryError> {
        if !matches!(self.peek(), Some(Tok::Tilde(_))) {
            return Ok(());
        }
        let name = field.name();
        Err(QueryError::new(self.here(), format!("`~` tries other spellings of words in a text, not of `{name}:`"))
            .suggest(format!("write `{name}:\"{text}\"`, or the beginning of a word with `*` behind it")))
    }

    /// `lang:en,de` is `lang:(en OR de)`.
    fn alternatives(&self, field: Field, text: &str, span: Span) -> Result<Node, QueryError> {
        if !matches!(field, Field::Key(key) if key != KeyField::Url) {
            return Ok(Node::leaf(self.value(field, text, span)?, span));
        }
        let parts = text.split(',').filter(|part| !part.is_empty());
        let items: Result<Vec<Node>, QueryError> =
            parts.map(|part| Ok(Node::leaf(self.value(field, part, span)?, span))).collect();
        let items = items?;
        if items.is_empty() {
            return Ok(Node::leaf(self.value(field, text, span)?, span));
        }
        self.list(items, Kind::Or)
    }

    pub(super) fn value(&self, field: Field, text: &str, span: Span) -> Result<Kind, QueryError> {
        let unread = |(message, suggestion): (String, String)| QueryError::new(span, message).suggest(suggestion);
        let dates = |field, days: field::Days| Kind::Dates { field, from: days.from, to: days.to };
        let text = text.trim();
        Ok(match field {
            Field::Key(key) => key::value(key, text).map_err(unread)?,
            Field::Date(date) => dates(date, field::days(text, self.today).map_err(unread)?),
            Field::Since | Field::Until | Field::After | Field::Before => {
                let days = field::bound(field, text, self.today).map_err(unread)?;
                dates(DateField::Published, days)
            }
            Field::Words => {
                let (from, to) = field::counts(text).map_err(unread)?;
                Kind::Words { from, to }
            }
            Field::Text(_) | Field::Stem => Kind::Word { text: text.to_owned(), stem: true },
        })
    }
}
