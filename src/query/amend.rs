//! A query that cannot be run made into one that can: what hints name.

use super::ast::{Kind, Query};

/// How what stands inside a query hangs together with it.
#[derive(Clone, Copy, PartialEq)]
enum Link {
    /// All must hold.
    And,
    /// Either may hold.
    Or,
}

/// `outer` without `part`, and `part` as a condition of its own: `(a b:c) NEAR/5 d` becomes `(a NEAR/5 d) AND b:c`. `None` where
/// that would ask for something else.
pub(super) fn beside(outer: &Query, part: &Query) -> Option<Query> {
    let link = link(outer, part)?;
    let rest = without(outer, part);
    let Some(rest) = rest else { return Some(part.clone()) };
    let items = [rest, part.clone()].into_iter().flat_map(|item| match (item.kind, link) {
        (Kind::And(items), Link::And) | (Kind::Or(items), Link::Or) => items,
        (kind, _) => vec![Query { kind, span: item.span }],
    });
    let items = items.collect();
    Some(Query { kind: if link == Link::And { Kind::And(items) } else { Kind::Or(items) }, span: outer.span })
}

/// `a NEAR/5 ATLEAST/2(b)` as `ATLEAST/2(a NEAR/5 b)`.
pub(super) fn around(outer: &Query, part: &Query) -> Option<Query> {
    let Kind::AtLeast { count, of } = &part.kind else { return None };
    link(outer, part).filter(|link| *link == Link::And)?;
    let of = Box::new(with(outer, part, of)?);
    Some(Query { kind: Kind::AtLeast { count: *count, of }, span: outer.span })
}

/// `a NEAR/5 (NOT b)` as `a NOT (a NEAR/5 b)`.
pub(super) fn never_near(outer: &Query, part: &Query, of: &Query) -> Option<Query> {
    let near = with(outer, part, of)?;
    let mut items = match without(outer, part)? {
        Query { kind: Kind::And(items), .. } => items,
        rest => vec![rest],
    };
    items.push(Query { kind: Kind::Not(Box::new(near)), span: part.span });
    Some(Query { kind: Kind::And(items), span: outer.span })
}

/// Whether `part` is an operand of `outer` by itself.
pub(super) fn is_operand(outer: &Query, part: &Query) -> bool {
    outer.children().iter().any(|child| std::ptr::eq(*child, part))
}

/// Whether a query names the title or the text somewhere.
pub(super) fn names_field(query: &Query) -> bool {
    matches!(query.kind, Kind::In { .. } | Kind::Headline(_)) || query.children().into_iter().any(names_field)
}

/// How `part` hangs together with the rest of `outer`; `None` where it is not in it, or both ways, or excluded.
fn link(outer: &Query, part: &Query) -> Option<Link> {
    if std::ptr::eq(outer, part) {
        return Some(Link::And);
    }
    let (child, inner) = outer.children().into_iter().find_map(|child| Some((child, link(child, part)?)))?;
    let alone = without(child, part).is_none();
    match &outer.kind {
        Kind::Not(_) | Kind::Bag(_) => None,
        Kind::Or(_) if alone => Some(Link::Or),
        Kind::Or(_) => None,
        // A field or a weight around a lone `OR`.
        Kind::In { .. } | Kind::Headline(_) | Kind::Boost(..) => Some(inner),
        _ if inner == Link::Or => None,
        _ => Some(Link::And),
    }
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
