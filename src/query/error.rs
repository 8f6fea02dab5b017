//! Queries that cannot be read, shown with a caret under the fault.

use std::fmt;

use unicode_width::UnicodeWidthChar;

use crate::error::{Error, ErrorKind};
use crate::model::Span;

/// Columns of the query shown around a fault where the room is not known, and at most.
const WINDOW: usize = 72;

/// Fewest columns in which a query is shown.
const NARROWEST: usize = 12;

/// A query that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// Bytes of the typed text that are at fault; empty at the end of the text.
    pub span: Span,
    /// What is wrong: lowercase, no final period.
    pub message: String,
    /// What to write instead.
    pub suggestion: Option<String>,
}

impl QueryError {
    pub(super) fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), suggestion: None }
    }

    pub(super) fn suggest(mut self, suggestion: impl Into<String>) -> Self {
        self.suggestion = Some(suggestion.into());
        self
    }

    /// The line of the query at fault, carets under the fault (by display width), the message behind them, and the
    /// suggestion after `hint:` on a line of its own. No line end at the end. Of an empty query the message alone.
    pub fn render(&self, query: &str) -> String {
        self.render_in(query, WINDOW)
    }

    /// The same, no more than so many columns of the query being shown.
    pub fn render_in(&self, query: &str, columns: usize) -> String {
        let mut out = if query.trim().is_empty() {
            self.message.clone()
        } else {
            let (line, caret) = self.drawn(query, columns.clamp(NARROWEST, WINDOW));
            format!("{line}\n{caret} {}", self.message)
        };
        if let Some(suggestion) = &self.suggestion {
            out.push_str("\nhint: ");
            out.push_str(suggestion);
        }
        out
    }

    /// As an error of the library, the drawing, in so many columns, as its message.
    pub fn into_error(self, query: &str, columns: usize) -> Error {
        let drawn = Self { suggestion: None, ..self.clone() }.render_in(query, columns);
        let error = Error::new(ErrorKind::Query, format!("the query cannot be read\n{drawn}"));
        match self.suggestion {
            Some(suggestion) => error.hint(suggestion),
            None => error,
        }
    }

    fn drawn(&self, query: &str, window: usize) -> (String, String) {
        let mut start = self.span.start.min(query.len());
        while !query.is_char_boundary(start) {
            start -= 1;
        }
        let mut end = self.span.end.clamp(start, query.len());
        while !query.is_char_boundary(end) {
            end += 1;
        }
        let line_start = query[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = query[start..].find('\n').map_or(query.len(), |at| start + at);
        let before = shown(&query[line_start..start]);
        let fault = shown(&query[start..end.min(line_end)]);
        let after = shown(&query[end.min(line_end)..line_end]);
        // The fault stays in sight, with as much around it as fits.
        let fault = head(&fault, window / 2);
        let room = window.saturating_sub(width(&fault));
        let before = tail(&before, room - room.min(width(&after)).min(room / 3));
        let after = head(&after, room.saturating_sub(width(&before)));
        let caret = format!("{}{}", " ".repeat(width(&before)), "^".repeat(width(&fault).max(1)));
        (format!("{before}{fault}{after}").trim_end().to_owned(), caret)
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for QueryError {}

/// Characters that would move the carets, or the terminal, are others: controls, and marks of the direction of writing.
fn shown(text: &str) -> String {
    let made = |c: char| match c {
        '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c if c.is_control() => ' ',
        c => c,
    };
    text.chars().map(made).collect()
}

fn width(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// The beginning of `text` in at most `columns`, `…` for what is missing.
fn head(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let (mut out, mut used) = (String::new(), 1);
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > columns {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}

/// The end of `text` in at most `columns`, `…` for what is missing.
fn tail(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let (mut from, mut used) = (text.len(), 1);
    for (at, c) in text.char_indices().rev() {
        used += c.width().unwrap_or(0);
        if used > columns {
            break;
        }
        from = at;
    }
    format!("…{}", &text[from..])
}
