//! A query made into a plan: words into leaves, operators into spans and conditions.

use std::collections::HashMap;

use super::ast::{Kind, Query};
use super::error::QueryError;
use super::key;
use super::matcher::Unfit;
use super::operands::Place;
use super::plan::{Cond, Leaf, Matcher, Plan, Spans};
use crate::model::Span;

/// Most different words of one query.
pub const MAX_LEAVES: usize = 4096;

/// Makes a query ready to run. One that [`parse`](super::parse()) would refuse (built by hand) finds nothing.
pub fn plan(query: &Query) -> Plan {
    let mut lowering = Lowering::default();
    let root = lowering.cond(query, Place::default()).unwrap_or(Cond::None);
    Plan { root, leaves: lowering.leaves, needs_text: lowering.needs_text }
}

/// Most faults of one query that a hint mends.
const MAX_MENDED: usize = 8;

/// Says why a query cannot be run, and what to write instead: the whole query, mended wherever that is known.
pub(super) fn check(query: &Query) -> Result<(), QueryError> {
    let Err((error, mut amended)) = tried(query) else { return Ok(()) };
    for _ in 0..MAX_MENDED {
        let Some(instead) = amended else { break };
        amended = match tried(&instead.query) {
            Ok(()) => {
                return Err(error.suggest(format!("write `{}`{}", super::print(&instead.query), instead.meaning)));
            }
            // The first fault is what the message is about.
            Err((_, next)) => next.map(|next| Amended { meaning: instead.meaning, ..next }),
        };
    }
    Err(if error.suggestion.is_some() { error } else { error.suggest("write it outside, as a condition of its own") })
}

/// Whether a query can be run; if not, why, and one that is without this fault, where one is known.
fn tried(query: &Query) -> Result<(), (QueryError, Option<Amended>)> {
    let mut lowering = Lowering { tries_patterns: true, ..Lowering::default() };
    match lowering.cond(query, Place::of(query)) {
        Ok(_) => Ok(()),
        Err(error) => Err((error, lowering.amended)),
    }
}

/// What to write instead of a query that cannot be run.
pub(super) struct Amended {
    pub(super) query: Query,
    /// What it is for, where that needs to be said; begins with a space.
    pub(super) meaning: &'static str,
}

#[derive(Default)]
pub(super) struct Lowering {
    leaves: Vec<Leaf>,
    known: HashMap<Matcher, usize>,
    needs_text: bool,
    /// Whether patterns are compiled to see that they can be.
    tries_patterns: bool,
    /// What to write instead of what was refused.
    pub(super) amended: Option<Amended>,
    pub(super) products: usize,
}

impl Lowering {
    /// The leaf for a matcher; the same matcher is the same leaf.
    pub(super) fn leaf(&mut self, matcher: Matcher, typed: &str, span: Span) -> Result<Spans, QueryError> {
        if let Some(&known) = self.known.get(&matcher) {
            return Ok(Spans::Leaf(known));
        }
        let is_pattern = matches!(matcher, Matcher::Wildcard(_) | Matcher::Fuzzy { .. } | Matcher::Regex(_));
        if is_pattern && self.tries_patterns {
            matcher.compile().map_err(|unfit| {
                let suggestion = match unfit {
                    Unfit::Syntax(_) => {
                        "mend it, or put the words in quotes to find them as they are; `\\` takes a sign as it is"
                    }
                    Unfit::WordBorder => "leave `\\b` out; to find part of a word put `.*` before or behind it",
                    Unfit::TooComplex | Unfit::TooLong => {
                        "write it shorter, or put the words in quotes to find them as they are"
                    }
                };
                QueryError::new(span, unfit.to_string()).suggest(suggestion)
            })?;
        }
        if self.leaves.len() >= MAX_LEAVES {
            return Err(QueryError::new(span, format!("this query has more than {MAX_LEAVES} words"))
                .suggest("ask in several queries"));
        }
        self.needs_text |= matches!(matcher, Matcher::Literal { .. });
        self.known.insert(matcher.clone(), self.leaves.len());
        self.leaves.push(Leaf { matcher, typed: typed.to_owned(), span });
        Ok(Spans::Leaf(self.leaves.len() - 1))
    }

    fn cond<'q>(&mut self, query: &'q Query, at: Place<'q>) -> Result<Cond, QueryError> {
        Ok(match &query.kind {
            Kind::All => {
                self.unscoped(query, "`*`", at)?;
                Cond::All
            }
            Kind::Key { field, value: typed } => {
                self.unscoped(query, "a field", at)?;
                let (value, prefix) =
                    if typed.is_empty() { (String::new(), false) } else { key::folded(*field, typed) };
                let straight = Cond::Key { field: *field, value, prefix };
                match key::turned(*field, typed) {
                    Some(value) => Cond::Or(vec![straight, Cond::Key { field: *field, value, prefix: false }]),
                    None => straight,
                }
            }
            Kind::Dates { field, from, to } => {
                self.unscoped(query, "a date", at)?;
                Cond::Dates { field: *field, from: *from, to: *to }
            }
            Kind::Words { from, to } => {
                self.unscoped(query, "a number of words", at)?;
                Cond::Words { from: *from, to: *to }
            }
            Kind::And(items) => Cond::And(self.conds(items, at)?),
            Kind::Or(items) => Cond::Or(self.conds(items, at)?),
            Kind::Bag(items) => Cond::Bag(self.conds(items, at)?),
            Kind::Not(of) => Cond::Not(Box::new(self.cond(of, at)?)),
            Kind::Boost(of, weight) => Cond::Boost(Box::new(self.cond(of, at)?), *weight),
            Kind::Headline(of) | Kind::In { of, .. } => {
                let inner = self.inside(query, at)?;
                self.cond(of, inner)?
            }
            Kind::AtLeast { count, of } => {
                let tree = self.tree(of, at.within(query))?;
                if *count > 1 && tree.differs() {
                    return Err(self.counted_apart(query, *count, of, at));
                }
                tree.condition(*count)
            }
            _ => self.tree(query, at)?.condition(1),
        })
    }

    fn conds<'q>(&mut self, items: &'q [Query], at: Place<'q>) -> Result<Vec<Cond>, QueryError> {
        items.iter().map(|item| self.cond(item, at)).collect()
    }
}
