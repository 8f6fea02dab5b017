//! What stands inside a distance or `ATLEAST`: places of words, each with the field it is looked for in.
//!
//! A distance is between words of one text, the title or the body, so a field that one operand names holds for all of it:
//! `title:a NEAR/5 b` is `title:(a NEAR/5 b)`. `AND` and `OR` inside a distance are multiplied out.

use super::amend;
use super::ast::{Kind, Part, Query};
use super::error::QueryError;
use super::lower::{Amended, Lowering};
use super::plan::{Cond, Matcher, Scope, Spans};
use super::words::{self, Manner};
use crate::text;

/// Most distances that `AND` and `OR` inside distances may be multiplied out to.
const MAX_PRODUCTS: usize = 1024;

/// Where in a query something stands.
#[derive(Clone, Copy)]
pub(super) struct Place<'q> {
    /// The whole query, where hints are wanted.
    root: Option<&'q Query>,
    /// The field that is asked.
    scope: Scope,
    /// The outermost field, `HLEAD`, `ATLEAST` or distance around it: what hints replace.
    outermost: Option<&'q Query>,
    /// Whether the innermost one is `ATLEAST`.
    counted: bool,
}

impl Default for Place<'_> {
    fn default() -> Self {
        Self { root: None, scope: Scope::Either, outermost: None, counted: false }
    }
}

impl<'q> Place<'q> {
    /// A whole query, of which refusals say what to write instead.
    pub(super) fn of(root: &'q Query) -> Self {
        Self { root: Some(root), ..Self::default() }
    }

    /// Inside of `operator`, which is a distance or `ATLEAST`.
    pub(super) fn within(self, operator: &'q Query) -> Self {
        let counted = matches!(operator.kind, Kind::AtLeast { .. });
        Self { outermost: self.outermost.or(Some(operator)), counted, ..self }
    }
}

/// What can be asked in both of two fields at once.
fn meet(one: Scope, other: Scope) -> Option<Scope> {
    match (one, other) {
        (Scope::Either, scope) | (scope, Scope::Either) => Some(scope),
        (Scope::Title, Scope::Headline) | (Scope::Headline, Scope::Title) => Some(Scope::Title),
        (one, other) => (one == other).then_some(one),
    }
}

/// An operand, multiplied out.
#[derive(Clone)]
pub(super) enum Tree {
    One(Spans, Scope),
    All(Vec<Tree>),
    Any(Vec<Tree>),
}

impl Tree {
    /// Any of some operands: one list of places where all are places of one field.
    fn any(items: Vec<Tree>) -> Tree {
        let mut scopes = items.iter().map(|item| if let Tree::One(_, scope) = item { Some(*scope) } else { None });
        let scope = match scopes.next().flatten() {
            Some(first) if scopes.all(|scope| scope == Some(first)) => first,
            _ => return Tree::Any(items),
        };
        let spans =
            items.into_iter().filter_map(|item| if let Tree::One(spans, _) = item { Some(spans) } else { None });
        Tree::One(Spans::Any(spans.collect()), scope)
    }

    /// Whether places of different fields are alternatives to each other.
    pub(super) fn differs(&self) -> bool {
        fn scopes(tree: &Tree, out: &mut Vec<Scope>) {
            match tree {
                Tree::One(_, scope) => out.push(*scope),
                Tree::All(items) | Tree::Any(items) => items.iter().for_each(|item| scopes(item, out)),
            }
        }
        match self {
            Tree::One(..) => false,
            Tree::All(items) => items.iter().any(Tree::differs),
            Tree::Any(_) => {
                let mut found = Vec::new();
                scopes(self, &mut found);
                found.windows(2).any(|two| two[0] != two[1])
            }
        }
    }

    pub(super) fn condition(self, at_least: u32) -> Cond {
        match self {
            Tree::One(spans, scope) => Cond::Spans { spans, scope, at_least },
            Tree::All(items) => Cond::And(items.into_iter().map(|item| item.condition(at_least)).collect()),
            Tree::Any(items) => Cond::Or(items.into_iter().map(|item| item.condition(at_least)).collect()),
        }
    }
}

impl Lowering {
    /// A text query as places, `AND` and `OR` inside distances multiplied out.
    pub(super) fn tree<'q>(&mut self, query: &'q Query, at: Place<'q>) -> Result<Tree, QueryError> {
        let span = query.span;
        let spans = match &query.kind {
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
                let trees = self.trees(items, at.within(query))?;
                let (distance, ordered) = (*distance, *ordered);
                return self.multiplied(trees, query, at, &|items| Spans::Near { items, distance, ordered });
            }
            Kind::Within { unit, items } => {
                let trees = self.trees(items, at.within(query))?;
                let unit = *unit;
                return self.multiplied(trees, query, at, &|items| Spans::Within { unit, items });
            }
            Kind::Or(items) | Kind::Bag(items) => return Ok(Tree::any(self.trees(items, at)?)),
            Kind::And(items) => return Ok(Tree::All(self.trees(items, at)?)),
            Kind::Boost(of, _) => return self.tree(of, at),
            Kind::In { of, .. } | Kind::Headline(of) => {
                let inner = self.inside(query, at)?;
                return self.tree(of, inner);
            }
            Kind::Not(_) => return Err(self.refused(query, "`NOT`", at)),
            Kind::AtLeast { .. } => return Err(self.refused(query, "`ATLEAST`", at)),
            Kind::All => return Err(self.refused(query, "`*`", at)),
            Kind::Key { .. } | Kind::Dates { .. } | Kind::Words { .. } => {
                return Err(self.refused(query, "a field", at));
            }
        };
        Ok(Tree::One(spans, at.scope))
    }

    fn trees<'q>(&mut self, items: &'q [Query], at: Place<'q>) -> Result<Vec<Tree>, QueryError> {
        items.iter().map(|item| self.tree(item, at)).collect()
    }

    /// `(a AND b) NEAR/5 c` is `(a NEAR/5 c) AND (b NEAR/5 c)`; likewise for an `OR` that holds an `AND`, or several fields.
    fn multiplied<'q>(
        &mut self,
        items: Vec<Tree>,
        distance: &'q Query,
        at: Place<'q>,
        make: &dyn Fn(Vec<Spans>) -> Spans,
    ) -> Result<Tree, QueryError> {
        self.products += 1;
        if self.products > MAX_PRODUCTS {
            let message = "too many combinations of `AND` and `OR` stand inside this distance";
            return Err(QueryError::new(distance.span, message).suggest("take some of them out of the parentheses"));
        }
        let Some(choice) = items.iter().position(|item| !matches!(item, Tree::One(..))) else {
            let (mut all, mut scope) = (Vec::with_capacity(items.len()), Scope::Either);
            for item in items {
                let Tree::One(spans, own) = item else { continue };
                all.push(spans);
                scope = meet(scope, own).ok_or_else(|| self.two_fields(distance, at))?;
            }
            return Ok(Tree::One(make(all), scope));
        };
        let (all, choices) = match &items[choice] {
            Tree::All(choices) => (true, choices),
            Tree::Any(choices) => (false, choices),
            Tree::One(..) => return Ok(Tree::Any(Vec::new())),
        };
        let mut results = Vec::with_capacity(choices.len());
        for chosen in choices {
            let mut row = items.clone();
            row[choice] = chosen.clone();
            results.push(self.multiplied(row, distance, at, make)?);
        }
        Ok(if all { Tree::All(results) } else { Tree::any(results) })
    }

    /// What is asked inside of `field`, a field of text or `HLEAD`.
    pub(super) fn inside<'q>(&mut self, field: &'q Query, at: Place<'q>) -> Result<Place<'q>, QueryError> {
        let own = match &field.kind {
            Kind::In { part: Part::Title, .. } => Scope::Title,
            Kind::In { part: Part::Text, .. } => Scope::Text,
            _ => Scope::Headline,
        };
        if let Some(scope) = meet(at.scope, own) {
            return Ok(Place { scope, outermost: at.outermost.or(Some(field)), ..at });
        }
        let message = match (at.scope, own) {
            (Scope::Text, Scope::Headline) => "`HLEAD(…)` cannot stand inside `text:(…)`: it looks in the title too",
            (Scope::Headline, Scope::Text) => "`text:` cannot stand inside `HLEAD(…)`, which looks in the title too",
            _ => "nothing is in the title and in the text at once",
        };
        self.amend(at, at.outermost, "", |outer| amend::beside(outer, field));
        Err(QueryError::new(field.span, message))
    }

    /// Refuses what is no text where only text can be asked.
    pub(super) fn unscoped<'q>(&mut self, query: &'q Query, what: &str, at: Place<'q>) -> Result<(), QueryError> {
        if at.scope == Scope::Either {
            return Ok(());
        }
        let message = format!("{what} cannot stand inside `title:(…)`, `text:(…)` or `HLEAD(…)`");
        let alone = matches!(query.kind, Kind::All);
        let meaning = if alone { " for every article, or a word in place of the `*`" } else { "" };
        self.amend(at, at.outermost, meaning, |outer| amend::beside(outer, query));
        Err(QueryError::new(query.span, message))
    }

    /// Refuses what has no place in the text.
    fn refused(&mut self, query: &Query, what: &str, at: Place) -> QueryError {
        let inside = if at.counted { "`ATLEAST`" } else { "a distance" };
        let error = QueryError::new(query.span, format!("{what} cannot stand inside {inside}"));
        match &query.kind {
            Kind::All => return error.suggest("write a word there, or leave the operator out"),
            Kind::AtLeast { .. } if !at.counted => {
                self.amend(at, at.outermost, "", |outer| amend::around(outer, query));
            }
            Kind::Not(of) => {
                let never = at.outermost.and_then(|outer| amend::never_near(outer, query, of));
                let meaning = if never.is_some() { " for articles where no such place is" } else { "" };
                self.amend(at, at.outermost, meaning, |outer| never.or_else(|| amend::beside(outer, query)));
            }
            _ => self.amend(at, at.outermost, "", |outer| amend::beside(outer, query)),
        }
        error
    }

    /// A distance between words of which some must be in the title and some in the text.
    fn two_fields(&mut self, distance: &Query, at: Place) -> QueryError {
        let (Kind::Near { items, .. } | Kind::Within { items, .. }) = &distance.kind else {
            return QueryError::new(distance.span, "nothing is in the title and in the text at once");
        };
        let first = items.iter().find(|item| amend::names_field(item)).map_or(distance.span, |item| item.span);
        let apart = Query { kind: Kind::And(items.clone()), span: distance.span };
        let meaning = " for articles with each in its field, however far apart";
        self.amend(at, Some(distance), meaning, |_| Some(apart));
        QueryError::new(first, "a distance is between words of one field, the title or the text")
    }

    /// `ATLEAST` over alternatives in different fields.
    pub(super) fn counted_apart(&mut self, whole: &Query, count: u32, of: &Query, at: Place) -> QueryError {
        self.amend(at, Some(whole), " for so many of either", |_| amend::counted_each(count, of));
        QueryError::new(whole.span, "`ATLEAST` counts what is looked for in one field")
    }

    /// Keeps what to write instead: the whole query with another part for `outer`.
    fn amend(
        &mut self,
        at: Place,
        outer: Option<&Query>,
        meaning: &'static str,
        make: impl FnOnce(&Query) -> Option<Query>,
    ) {
        let instead = || {
            let (root, outer) = (at.root?, outer?);
            amend::with(root, outer, &make(outer)?)
        };
        self.amended = instead().map(|query| Amended { query, meaning });
    }
}
