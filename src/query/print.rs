//! A query written so that it reads back the same.

use std::fmt::Write;

use super::ast::{DateField, KeyField, Kind, Part, Query, Unit};
use super::lex::is_apostrophe;

/// Writes a query in the query language, operators and groups spelled out. `parse(print(q))` is `q` again for every
/// `q` that `parse` gave, read with stemming on and `any` off.
pub fn print(query: &Query) -> String {
    let mut printer = Printer { out: String::new(), state: State::Usual };
    // A reading that holds for the whole query stands before it.
    if let Some(state) = first_state(query) {
        printer.switch(state);
    }
    printer.item(query);
    printer.out
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Usual,
    On,
    Off,
}

/// What `stem:` must say for a leaf, if what it says now will not do.
fn wanted(kind: &Kind, state: State) -> Option<State> {
    match (kind, state) {
        (Kind::Word { stem: true, .. }, State::Off) => Some(State::Usual),
        (Kind::Word { stem: false, .. }, State::Usual | State::On) => Some(State::Off),
        (Kind::Phrase { stem: true, .. }, State::Usual | State::Off) => Some(State::On),
        (Kind::Phrase { stem: false, .. }, State::On) => Some(State::Usual),
        _ => None,
    }
}

/// What the first word or phrase wants.
fn first_state(query: &Query) -> Option<State> {
    match &query.kind {
        Kind::Word { .. } | Kind::Phrase { .. } => wanted(&query.kind, State::Usual),
        _ => query.children().into_iter().find_map(|child| has_words(child).then(|| first_state(child))).flatten(),
    }
}

fn has_words(query: &Query) -> bool {
    matches!(query.kind, Kind::Word { .. } | Kind::Phrase { .. }) || query.children().into_iter().any(has_words)
}

struct Printer {
    out: String,
    state: State,
}

impl Printer {
    fn switch(&mut self, state: State) {
        self.state = state;
        self.out.push_str(match state {
            State::Usual => "stem:usual ",
            State::On => "stem:on ",
            State::Off => "stem:off ",
        });
    }

    fn push(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn formatted(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a String cannot fail.
        let _ = self.out.write_fmt(text);
    }

    /// A query that stands alone: at the top or inside parentheses.
    fn item(&mut self, query: &Query) {
        match &query.kind {
            Kind::And(items) => self.joined(items, " AND ", true),
            Kind::Or(items) => self.joined(items, " OR ", true),
            Kind::Not(of) => {
                self.push("NOT ");
                self.operand(of);
            }
            Kind::Near { items, distance, ordered } => {
                let name = if *ordered { "PRE" } else { "NEAR" };
                self.joined(items, &format!(" {name}/{distance} "), false);
            }
            Kind::Within { unit, items } => {
                self.joined(items, if *unit == Unit::Sentence { " SENT " } else { " SAME " }, false);
            }
            _ => self.operand(query),
        }
    }

    fn joined(&mut self, items: &[Query], operator: &str, not: bool) {
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.push(operator);
            }
            if not && matches!(item.kind, Kind::Not(_)) { self.item(item) } else { self.operand(item) }
        }
    }

    fn grouped(&mut self, query: &Query) {
        self.push("(");
        self.item(query);
        self.push(")");
    }

    /// A query as an operand: in parentheses unless it holds together by itself.
    fn operand(&mut self, query: &Query) {
        if let Some(state) = wanted(&query.kind, self.state) {
            self.push("(");
            self.switch(state);
            self.leaf(&query.kind);
            self.push(")");
            return;
        }
        match &query.kind {
            Kind::And(_) | Kind::Or(_) | Kind::Not(_) | Kind::Near { .. } | Kind::Within { .. } => self.grouped(query),
            Kind::Headline(of) => {
                self.push("HLEAD");
                self.grouped(of);
            }
            Kind::AtLeast { count, of } => {
                self.formatted(format_args!("ATLEAST/{count}"));
                self.grouped(of);
            }
            Kind::Bag(items) => {
                self.push("ANY(");
                self.joined(items, " ", false);
                self.push(")");
            }
            Kind::In { part, of } => {
                self.push(if *part == Part::Title { "title:" } else { "text:" });
                self.operand(of);
            }
            Kind::Boost(of, weight) => {
                let holds = wanted(&of.kind, self.state).is_some()
                    || matches!(
                        of.kind,
                        Kind::All
                            | Kind::Word { .. }
                            | Kind::Phrase { .. }
                            | Kind::Literal(_)
                            | Kind::Wildcard(_)
                            | Kind::Fuzzy { .. }
                            | Kind::Regex(_)
                            | Kind::And(_)
                            | Kind::Or(_)
                            | Kind::Not(_)
                            | Kind::Near { .. }
                            | Kind::Within { .. }
                    );
                if holds {
                    self.operand(of)
                } else {
                    self.grouped(of)
                }
                self.formatted(format_args!("^{weight}"));
            }
            leaf => self.leaf(leaf),
        }
    }

    fn leaf(&mut self, kind: &Kind) {
        match kind {
            Kind::All => self.push("*"),
            Kind::Word { text, .. } | Kind::Wildcard(text) => self.push(text),
            Kind::Phrase { text, slop, .. } => {
                self.formatted(format_args!("\"{text}\""));
                if *slop > 0 {
                    self.formatted(format_args!("~{slop}"));
                }
            }
            Kind::Literal(text) => {
                self.push("='");
                for c in text.chars() {
                    if c == '\\' || is_apostrophe(c) {
                        self.push("\\");
                    }
                    self.out.push(c);
                }
                self.push("'");
            }
            Kind::Fuzzy { text, distance } => self.formatted(format_args!("{text}~{distance}")),
            Kind::Regex(pattern) => {
                let pattern = pattern.replace('/', "\\/");
                self.formatted(format_args!("/{pattern}/"));
            }
            Kind::Key { field, value } => self.key(*field, value),
            Kind::Dates { field, from, to } => {
                self.push(match field {
                    DateField::Published => "date:",
                    DateField::Updated => "updated:",
                    DateField::Fetched => "fetched:",
                });
                match (from, to) {
                    (None, None) => self.push("*"),
                    (Some(from), Some(to)) if from == to => self.formatted(format_args!("{from}")),
                    _ => {
                        if let Some(from) = from {
                            self.formatted(format_args!("{from}"));
                        }
                        self.push("..");
                        if let Some(to) = to {
                            self.formatted(format_args!("{to}"));
                        }
                    }
                }
            }
            Kind::Words { from, to } => {
                self.push("words:");
                match (from, to) {
                    (None, None) => self.push("*"),
                    (Some(from), Some(to)) if from == to => self.formatted(format_args!("{from}")),
                    _ => {
                        if let Some(from) = from {
                            self.formatted(format_args!("{from}"));
                        }
                        self.push("..");
                        if let Some(to) = to {
                            self.formatted(format_args!("{to}"));
                        }
                    }
                }
            }
            // The rest are not leaves.
            _ => {}
        }
    }

    fn key(&mut self, field: KeyField, value: &str) {
        self.push(key_name(field));
        self.push(":");
        let plain = value.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '/' | ':' | '*' | '@'));
        match value {
            "" => self.push("*"),
            _ if plain => self.push(value),
            _ => self.formatted(format_args!("\"{value}\"")),
        }
    }
}

/// The name of a metadata field in the query language.
pub(super) fn key_name(field: KeyField) -> &'static str {
    super::field::Field::Key(field).name()
}
