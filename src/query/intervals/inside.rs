//! An operand of a distance between the words of the other: in `safe third country`, `third` is near `safe NEAR/5 country`.

use super::{Borders, Interval, Scratch, Wanted, evaluate, tidy};
use crate::query::plan::Spans;

/// Whether a span may have words between those it is made of.
pub(super) fn is_loose(spans: &Spans) -> bool {
    match spans {
        Spans::Within { .. } => true,
        // Neighbours have nothing between them.
        Spans::Near { items, distance, .. } => *distance > 1 || items.iter().any(is_loose),
        Spans::Any(items) => items.iter().any(is_loose),
        Spans::Leaf(_) | Spans::Seq(_) | Spans::Gap(_) => false,
    }
}

/// Adds to `out` the spans of `outer`, which `item` makes, that hold one of `inner` between their words: not at either end, and
/// none that stands where an operand of `item` stands.
pub(super) fn add<L: AsRef<[Interval]>>(
    item: &Spans,
    outer: &[Interval],
    inner: &[Interval],
    leaves: &[L],
    borders: Borders<'_>,
    scratch: &mut Scratch,
    out: &mut Vec<Interval>,
) {
    let mut taken = scratch.take();
    operands(item, leaves, borders, scratch, &mut taken);
    tidy(&mut taken);
    let free: Vec<Interval> = inner.iter().copied().filter(|one| !touches(&taken, *one)).collect();
    scratch.give(taken);
    // The least end from each of them on.
    let mut ends: Vec<u32> = free.iter().map(|one| one.end).collect();
    for at in (1..ends.len()).rev() {
        ends[at - 1] = ends[at - 1].min(ends[at]);
    }
    out.extend(outer.iter().copied().filter(|span| {
        let next = free.partition_point(|one| one.start <= span.start);
        ends.get(next).is_some_and(|end| *end < span.end)
    }));
}

/// Where the words and phrases stand that a loose span is made of.
fn operands<L: AsRef<[Interval]>>(
    spans: &Spans,
    leaves: &[L],
    borders: Borders<'_>,
    scratch: &mut Scratch,
    out: &mut Vec<Interval>,
) {
    match spans {
        Spans::Near { items, .. } | Spans::Within { items, .. } | Spans::Any(items) if is_loose(spans) => {
            items.iter().for_each(|item| operands(item, leaves, borders, scratch, out));
        }
        _ => {
            let mut list = scratch.take();
            evaluate(spans, leaves, Wanted::Every, borders, scratch, &mut list);
            out.extend_from_slice(&list);
            scratch.give(list);
        }
    }
}

/// Whether `one` shares a word with any of `list`, which is sorted.
fn touches(list: &[Interval], one: Interval) -> bool {
    let until = list.partition_point(|known| known.start < one.end);
    // Those that begin before may be of any length, but none is longer than a phrase.
    list[..until].iter().rev().take_while(|known| known.start + LONGEST > one.start).any(|known| known.end > one.start)
}

/// More words than a phrase of a query has.
const LONGEST: u32 = 4096;
