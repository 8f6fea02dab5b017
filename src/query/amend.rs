//! A query that cannot be run made into one that can: what hints name.

use super::ast::{Kind, Query};

/// `outer` without `part`, and `part` as a condition of its own: `(a b:c) NEAR/5 d` becomes `(a NEAR/5 d) AND b:c`, and
/// `a NEAR/5 (b OR c:d)` becomes `(a NEAR/5 b) OR (a AND c:d)`. `None` where that would ask for something else.
pub(super) fn beside(outer: &Query, part: &Query) -> Option<Query> {
    let above = above(outer, part)?;
    // What is excluded goes as a whole: `title:(a -b:c)` becomes `title:a AND NOT b:c`.
    let wraps = |query: &&&Query| matches!(query.kind, Kind::Not(_) | Kind::Boost(..));
    let wrapped = above.iter().rev().take_while(wraps).count();
    let (above, part) = match above.len() - wrapped {
        at if wrapped > 0 => (&above[..at], above[at]),
        at => (&above[..at], part),
    };
    if above.iter().any(|query| matches!(query.kind, Kind::Not(_) | Kind::Bag(_))) {
        return None;
    }
    let Some(at) = above.iter().position(|query| matches!(query.kind, Kind::Or(_))) else {
        let rest = (!above.is_empty()).then(|| without(outer, part)).flatten();
        return Some(joined(rest.into_iter().chain([part.clone()]), true, outer));
    };
    let (either, chosen) = (above[at], *above.get(at + 1).unwrap_or(&part));
    let others = with(outer, either, &without(either, chosen)?)?;
    let chosen = with(outer, either, chosen)?;
    let moved = beside(&chosen, found(&chosen, part)?)?;
    Some(joined([others, moved], false, outer))
}

/// Several as one that asks for all or for either, without groups in groups.
fn joined(items: impl IntoIterator<Item = Query>, all: bool, whole: &Query) -> Query {
    let flat = items.into_iter().flat_map(|item| match (item.kind, all) {
        (Kind::And(items), true) | (Kind::Or(items), false) => items,
        (kind, _) => vec![Query { kind, span: item.span }],
    });
    let mut items: Vec<Query> = flat.collect();
    match items.pop() {
        Some(only) if items.is_empty() => only,
        last => {
            items.extend(last);
            Query { kind: if all { Kind::And(items) } else { Kind::Or(items) }, span: whole.span }
        }
    }
}

/// `a NEAR/5 ATLEAST/2(b)` as `ATLEAST/2(a NEAR/5 b)`.
pub(super) fn around(outer: &Query, part: &Query) -> Option<Query> {
    let Kind::AtLeast { count, of } = &part.kind else { return None };
    let splits = |query: &&Query| matches!(query.kind, Kind::Or(_) | Kind::Not(_) | Kind::Bag(_));
    if above(outer, part)?.iter().any(splits) {
        return None;
    }
    let of = Box::new(with(outer, part, of)?);
    Some(Query { kind: Kind::AtLeast { count: *count, of }, span: outer.span })
}

/// `a NEAR/5 (NOT b)` as `a NOT (a NEAR/5 b)`, `ATLEAST/2(NOT a)` as `NOT ATLEAST/2(a)`. `None` where `part`, a `NOT`, stands in no such place.
pub(super) fn never_near(outer: &Query, part: &Query, of: &Query) -> Option<Query> {
    let above = above(outer, part)?;
    if above.iter().any(|query| matches!(query.kind, Kind::Or(_) | Kind::Not(_) | Kind::Bag(_))) {
        return None;
    }
    let around = above.last().map(|query| &query.kind);
    if !matches!(around, Some(Kind::Near { .. } | Kind::Within { .. } | Kind::AtLeast { .. })) {
        return None;
    }
    let near = with(outer, part, of)?;
    let never = Query { kind: Kind::Not(Box::new(near)), span: part.span };
    Some(joined(without(outer, part).into_iter().chain([never]), true, outer))
}

/// `ATLEAST/2(title:a OR text:b)` as `ATLEAST/2(title:a) OR ATLEAST/2(text:b)`.
pub(super) fn counted_each(count: u32, of: &Query) -> Option<Query> {
    let Kind::Or(items) = &of.kind else { return None };
    let counted = |item: &Query| Query { kind: Kind::AtLeast { count, of: Box::new(item.clone()) }, span: item.span };
    Some(Query { kind: Kind::Or(items.iter().map(counted).collect()), span: of.span })
}

/// Whether a query names the title or the text somewhere.
pub(super) fn names_field(query: &Query) -> bool {
    matches!(query.kind, Kind::In { .. } | Kind::Headline(_)) || query.children().into_iter().any(names_field)
}

/// What stands around `part`, from `outer` inwards; `None` where it is not in it.
fn above<'q>(outer: &'q Query, part: &Query) -> Option<Vec<&'q Query>> {
    fn walk<'q>(query: &'q Query, part: &Query, above: &mut Vec<&'q Query>) -> bool {
        if std::ptr::eq(query, part) {
            return true;
        }
        above.push(query);
        let found = query.children().into_iter().any(|child| walk(child, part, above));
        if !found {
            above.pop();
        }
        found
    }
    let mut row = Vec::new();
    walk(outer, part, &mut row).then_some(row)
}

/// What in a copy of a query is `part`: of one kind, typed at one place.
fn found<'q>(copy: &'q Query, part: &Query) -> Option<&'q Query> {
    let is_it = copy.span == part.span && std::mem::discriminant(&copy.kind) == std::mem::discriminant(&part.kind);
    if is_it { Some(copy) } else { copy.children().into_iter().find_map(|child| found(child, part)) }
}

/// `outer` without `part`; `None` where nothing is left.
fn without(outer: &Query, part: &Query) -> Option<Query> {
    mapped(outer, &|query| if std::ptr::eq(query, part) { Some(None) } else { None })
}

/// `outer` with `instead` for `part`.
pub(super) fn with(outer: &Query, part: &Query, instead: &Query) -> Option<Query> {
    mapped(outer, &|query| if std::ptr::eq(query, part) { Some(Some(instead.clone())) } else { None })
}

/// A copy of `query` in which parts are left out or are others; an operator with one operand left is that operand.
fn mapped(query: &Query, change: &dyn Fn(&Query) -> Option<Option<Query>>) -> Option<Query> {
    if let Some(changed) = change(query) {
        return changed;
    }
    let one = |of: &Query| Some(Box::new(mapped(of, change)?));
    let several = |items: &[Query]| items.iter().filter_map(|item| mapped(item, change)).collect::<Vec<_>>();
    let kind = match &query.kind {
        Kind::Headline(of) => Kind::Headline(one(of)?),
        Kind::AtLeast { count, of } => Kind::AtLeast { count: *count, of: one(of)? },
        Kind::In { part, of } => Kind::In { part: *part, of: one(of)? },
        Kind::Not(of) => Kind::Not(one(of)?),
        Kind::Boost(of, weight) => Kind::Boost(one(of)?, *weight),
        Kind::Near { items, .. }
        | Kind::Within { items, .. }
        | Kind::And(items)
        | Kind::Or(items)
        | Kind::Bag(items) => {
            let mut kept = several(items);
            if kept.len() < 2 {
                return kept.pop();
            }
            match &query.kind {
                Kind::Near { distance, ordered, .. } => {
                    Kind::Near { items: kept, distance: *distance, ordered: *ordered }
                }
                Kind::Within { unit, .. } => Kind::Within { unit: *unit, items: kept },
                Kind::And(_) => Kind::And(kept),
                Kind::Or(_) => Kind::Or(kept),
                _ => Kind::Bag(kept),
            }
        }
        leaf => leaf.clone(),
    };
    Some(Query { kind, span: query.span })
}
