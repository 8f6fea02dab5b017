//! A query made into a plan: words into leaves, operators into spans and conditions.

use std::collections::HashMap;

use super::ast::{Kind, Part, Query};
use super::error::QueryError;
use super::key;
use super::matcher::Unfit;
use super::plan::{Cond, Leaf, Matcher, Plan, Scope, Spans};
use super::words::{self, Manner};
use crate::model::Span;
use crate::text;

/// Most different words of one query.
pub const MAX_LEAVES: usize = 4096;

/// Most distances that `AND` and `OR` inside distances may be multiplied out to.
const MAX_PRODUCTS: usize = 1024;

/// Makes a query ready to run. One that [`parse`](super::parse()) would refuse (built by hand) finds nothing.
pub fn plan(query: &Query) -> Plan {
    let mut lowering = Lowering::default();
    let root = lowering.cond(query, Scope::Either).unwrap_or(Cond::None);
    Plan { root, leaves: lowering.leaves, needs_text: lowering.needs_text }
}

/// Says why a query cannot be run.
pub(super) fn check(query: &Query) -> Result<(), QueryError> {
    let mut lowering = Lowering { tries_patterns: true, ..Lowering::default() };
    lowering.cond(query, Scope::Either).map(|_| ())
}

/// An operand of a distance, multiplied out.
enum Tree {
    One(Spans),
    All(Vec<Tree>),
    Any(Vec<Tree>),
}

#[derive(Default)]
pub(super) struct Lowering {
    leaves: Vec<Leaf>,
    known: HashMap<Matcher, usize>,
    needs_text: bool,
    /// Whether patterns are compiled to see that they can be.
    tries_patterns: bool,
    products: usize,
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

    fn cond(&mut self, query: &Query, scope: Scope) -> Result<Cond, QueryError> {
        let outside = |what: &str| {
            if scope == Scope::Either {
                return Ok(());
            }
            Err(QueryError::new(
                query.span,
                format!("{what} cannot stand inside `title:(…)`, `text:(…)` or `HLEAD(…)`"),
            )
            .suggest("write it outside the parentheses"))
        };
        Ok(match &query.kind {
            Kind::All => {
                outside("`*`")?;
                Cond::All
            }
            Kind::Key { field, value: typed } => {
                outside("a field")?;
                let (value, prefix) =
                    if typed.is_empty() { (String::new(), false) } else { key::folded(*field, typed) };
                let straight = Cond::Key { field: *field, value, prefix };
                match key::turned(*field, typed) {
                    Some(value) => Cond::Or(vec![straight, Cond::Key { field: *field, value, prefix: false }]),
                    None => straight,
                }
            }
            Kind::Dates { field, from, to } => {
                outside("a date")?;
                Cond::Dates { field: *field, from: *from, to: *to }
            }
            Kind::Words { from, to } => {
                outside("a number of words")?;
                Cond::Words { from: *from, to: *to }
            }
            Kind::And(items) => Cond::And(self.conds(items, scope)?),
            Kind::Or(items) => Cond::Or(self.conds(items, scope)?),
            Kind::Bag(items) => Cond::Bag(self.conds(items, scope)?),
            Kind::Not(of) => Cond::Not(Box::new(self.cond(of, scope)?)),
            Kind::Boost(of, weight) => Cond::Boost(Box::new(self.cond(of, scope)?), *weight),
            Kind::Headline(of) => {
                if scope == Scope::Text {
                    return Err(QueryError::new(query.span, "`HLEAD(…)` cannot stand inside `text:(…)`")
                        .suggest("write it outside the parentheses"));
                }
                self.cond(of, if scope == Scope::Title { Scope::Title } else { Scope::Headline })?
            }
            Kind::In { part, of } => {
                let inner = match (scope, part) {
                    (Scope::Either | Scope::Title | Scope::Headline, Part::Title) => Scope::Title,
                    (Scope::Either | Scope::Text, Part::Text) => Scope::Text,
                    _ => {
                        return Err(QueryError::new(query.span, "nothing is in the title and in the text at once")
                            .suggest("write the two conditions beside each other"));
                    }
                };
                self.cond(of, inner)?
            }
            Kind::AtLeast { count, of } => {
                let tree = self.tree(of, "ATLEAST")?;
                condition(tree, scope, *count)
            }
            Kind::Near { .. } | Kind::Within { .. } => match in_fields(query)? {
                Some(inside) => return self.cond(&inside, scope),
                None => condition(self.tree(query, "a distance")?, scope, 1),
            },
            _ => {
                let tree = self.tree(query, "a distance")?;
                condition(tree, scope, 1)
            }
        })
    }

    fn conds(&mut self, items: &[Query], scope: Scope) -> Result<Vec<Cond>, QueryError> {
        items.iter().map(|item| self.cond(item, scope)).collect()
    }

    /// A text query as spans, `AND` and `OR` inside distances multiplied out; `inside` names the operator around.
    fn tree(&mut self, query: &Query, inside: &str) -> Result<Tree, QueryError> {
        let span = query.span;
        let refused = |what: &str, hint: &str| {
            let message = if inside.starts_with('a') {
                format!("{what} cannot stand inside {inside}")
            } else {
                format!("{what} cannot stand inside `{inside}`")
            };
            Err(QueryError::new(span, message).suggest(hint))
        };
        Ok(Tree::One(match &query.kind {
            Kind::Word { text, stem } => {
                words::word(self, text, if *stem { Manner::Inflected } else { Manner::Typed }, span)?
            }
            Kind::Phrase { text, slop, stem } => {
                words::phrase(self, text, *slop, if *stem { Manner::Inflected } else { Manner::Typed }, span)?
            }
            Kind::Wildcard(pattern) => words::wildcard(self, pattern, span)?,
            Kind::Fuzzy { text, distance } => words::fuzzy(self, text, *distance, span)?,
            Kind::Regex(pattern) => words::regex(self, pattern, span)?,
            Kind::Literal(typed) => {
                let tokens = text::query_terms(typed);
                let terms = tokens.iter().filter(|t| t.length == 1 && !t.extra).map(|t| t.term.to_owned()).collect();
                self.leaf(Matcher::Literal { text: typed.clone(), terms }, typed, span)?
            }
            Kind::Near { items, distance, ordered } => {
                let trees = self.trees(items, "a distance")?;
                let (distance, ordered) = (*distance, *ordered);
                return self.multiplied(trees, span, &|items| Spans::Near { items, distance, ordered });
            }
            Kind::Within { unit, items } => {
                let trees = self.trees(items, "a distance")?;
                let unit = *unit;
                return self.multiplied(trees, span, &|items| Spans::Within { unit, items });
            }
            Kind::Or(items) | Kind::Bag(items) => return Ok(any(self.trees(items, inside)?)),
            Kind::And(items) => return Ok(Tree::All(self.trees(items, inside)?)),
            Kind::Boost(of, _) => return self.tree(of, inside),
            Kind::Not(_) => return refused("`NOT`", "write `a NOT (a NEAR/5 b)` for articles where no such place is"),
            Kind::In { part, .. } => {
                let name = if *part == Part::Title { "title" } else { "text" };
                return refused(
                    &format!("`{name}:`"),
                    &format!("write the field around all of it: `{name}:(a NEAR/5 b)`"),
                );
            }
            Kind::Headline(_) => return refused("`HLEAD`", "write it around all of it: `HLEAD(a NEAR/5 b)`"),
            Kind::AtLeast { .. } => return refused("`ATLEAST`", "write it around all of it: `ATLEAST/3(a NEAR/5 b)`"),
            Kind::All => return refused("`*`", "write a word there, or leave the operator out"),
            Kind::Key { .. } | Kind::Dates { .. } | Kind::Words { .. } => {
                return refused("a field", "write the field beside it: `(a NEAR/5 b) source:reuters`");
            }
        }))
    }

    fn trees(&mut self, items: &[Query], inside: &str) -> Result<Vec<Tree>, QueryError> {
        items.iter().map(|item| self.tree(item, inside)).collect()
    }

    /// `(a AND b) NEAR/5 c` is `(a NEAR/5 c) AND (b NEAR/5 c)`; likewise for an `OR` that holds an `AND`.
    fn multiplied(
        &mut self,
        items: Vec<Tree>,
        span: Span,
        make: &dyn Fn(Vec<Spans>) -> Spans,
    ) -> Result<Tree, QueryError> {
        self.products += 1;
        if self.products > MAX_PRODUCTS {
            return Err(QueryError::new(span, "too many combinations of `AND` and `OR` stand inside this distance")
                .suggest("take some of them out of the parentheses"));
        }
        let Some(at) = items.iter().position(|item| !matches!(item, Tree::One(_))) else {
            let spans =
                items.into_iter().filter_map(|item| if let Tree::One(spans) = item { Some(spans) } else { None });
            return Ok(Tree::One(make(spans.collect())));
        };
        let mut before: Vec<Spans> = Vec::new();
        let mut after: Vec<Tree> = Vec::new();
        let mut choices = None;
        for (index, item) in items.into_iter().enumerate() {
            match item {
                Tree::One(spans) if index < at => before.push(spans),
                item if index == at => choices = Some(item),
                item => after.push(item),
            }
        }
        let (all, choices) = match choices {
            Some(Tree::All(choices)) => (true, choices),
            Some(Tree::Any(choices)) => (false, choices),
            _ => (true, Vec::new()),
        };
        let mut results = Vec::with_capacity(choices.len());
        for choice in choices {
            let row =
                before.iter().cloned().map(Tree::One).chain([choice]).chain(after.iter().map(Tree::copied)).collect();
            results.push(self.multiplied(row, span, make)?);
        }
        Ok(if all { Tree::All(results) } else { any(results) })
    }
}

impl Tree {
    fn copied(&self) -> Tree {
        match self {
            Tree::One(spans) => Tree::One(spans.clone()),
            Tree::All(items) => Tree::All(items.iter().map(Tree::copied).collect()),
            Tree::Any(items) => Tree::Any(items.iter().map(Tree::copied).collect()),
        }
    }
}

/// A distance whose operands name fields: `title:a NEAR/3 title:b` is `title:(a NEAR/3 b)`; refused where they do not all name
/// one. `None` if none of them does.
fn in_fields(query: &Query) -> Result<Option<Query>, QueryError> {
    let (Kind::Near { items, .. } | Kind::Within { items, .. }) = &query.kind else { return Ok(None) };
    let fields: Vec<_> = items.iter().map(|item| bare(item).map(|(part, _)| part)).collect();
    let Some((first, part)) = fields.iter().enumerate().find_map(|(at, part)| Some((at, (*part)?))) else {
        return Ok(None);
    };
    let mut around = query.clone();
    if let Kind::Near { items, .. } | Kind::Within { items, .. } = &mut around.kind {
        for item in items {
            if let Some((_, of)) = bare(item) {
                *item = of;
            }
        }
    }
    let around = Query { kind: Kind::In { part, of: Box::new(around) }, span: query.span };
    if fields.iter().all(|field| *field == Some(part)) {
        return Ok(Some(around));
    }
    let other = fields.iter().flatten().any(|field| *field != part);
    let both = items.iter().map(super::print).collect::<Vec<_>>().join(" ");
    let error = QueryError::new(items[first].span, "a distance is between words of one field, the title or the text");
    Err(error.suggest(if other {
        format!("write `{both}` for articles with each in its field, however far apart")
    } else {
        format!("write `{}` for all of it in that field", super::print(&around))
    }))
}

/// The field that a query is about, and the query without it: `title:a OR title:b` is about the title.
fn bare(query: &Query) -> Option<(Part, Query)> {
    if let Kind::In { part, of } = &query.kind {
        return Some((*part, (**of).clone()));
    }
    let mut without = query.clone();
    let (Kind::And(items) | Kind::Or(items) | Kind::Near { items, .. } | Kind::Within { items, .. }) =
        &mut without.kind
    else {
        return None;
    };
    let mut field = None;
    for item in items {
        let (part, of) = bare(item)?;
        if field.is_some_and(|field| field != part) {
            return None;
        }
        field = Some(part);
        *item = of;
    }
    Some((field?, without))
}

/// Any of some operands: one list of places where all are places.
fn any(items: Vec<Tree>) -> Tree {
    if !items.iter().all(|item| matches!(item, Tree::One(_))) {
        return Tree::Any(items);
    }
    let spans = items.into_iter().filter_map(|item| if let Tree::One(spans) = item { Some(spans) } else { None });
    Tree::One(Spans::Any(spans.collect()))
}

fn condition(tree: Tree, scope: Scope, at_least: u32) -> Cond {
    match tree {
        Tree::One(spans) => Cond::Spans { spans, scope, at_least },
        Tree::All(items) => Cond::And(items.into_iter().map(|item| condition(item, scope, at_least)).collect()),
        Tree::Any(items) => Cond::Or(items.into_iter().map(|item| condition(item, scope, at_least)).collect()),
    }
}
