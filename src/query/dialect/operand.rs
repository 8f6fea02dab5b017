//! Operands of a translated query, with what must be known of them to stand beside others.

use super::names::Join;

/// An operand in our language.
#[derive(Debug, Clone)]
pub(super) struct Operand {
    /// Empty for what was left out.
    pub(super) text: String,
    /// The operator it is made with, if it needs parentheses beside others.
    pub(super) made: Option<Join>,
    /// Plain words that a neighbour may join to a phrase.
    pub(super) bare: bool,
    pub(super) holds: Holds,
    /// What was put around it, and what it is without that.
    pub(super) around: Option<Box<(String, Operand)>>,
}

impl Operand {
    /// The same, spelled so; what was left out stays out.
    pub(super) fn written(self, text: String) -> Self {
        if self.text.is_empty() { self } else { Self { text, ..self } }
    }
}

/// What an operand holds that cannot stand everywhere.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Holds {
    /// Conditions on the article: names, days, lengths.
    pub(super) keys: bool,
    /// Fields of the text.
    pub(super) fields: bool,
    pub(super) counts: bool,
    /// `NOT`.
    pub(super) not: bool,
}

impl Holds {
    pub(super) fn and(self, other: Holds) -> Holds {
        Holds {
            keys: self.keys || other.keys,
            fields: self.fields || other.fields,
            counts: self.counts || other.counts,
            not: self.not || other.not,
        }
    }

    pub(super) fn words_only(self) -> bool {
        self == Holds::default()
    }
}

pub(super) fn leaf(text: String) -> Operand {
    Operand { text, made: None, bare: false, holds: Holds::default(), around: None }
}

/// A condition on the article as a whole, such as a day.
pub(super) fn condition(text: String) -> Operand {
    Operand { holds: Holds { keys: true, ..Holds::default() }, ..leaf(text) }
}

pub(super) fn nothing() -> Operand {
    leaf(String::new())
}

pub(super) fn without(of: Operand) -> Operand {
    let holds = Holds { not: true, ..of.holds };
    Operand { made: Some(Join::AndNot), holds, ..leaf(format!("NOT {}", grouped(of))) }
}

pub(super) fn grouped(operand: Operand) -> String {
    if operand.made.is_some() { format!("({})", operand.text) } else { operand.text }
}
