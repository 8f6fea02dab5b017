//! Algebra of word intervals: how spans are built of the places where leaves match.
//!
//! Lists are sorted by start, then end, without duplicates. What a condition counts and scores are minimal
//! intervals after C. L. A. Clarke, G. V. Cormack and F. J. Burkowski, "An Algebra for Structured Text Search and a
//! Framework for its Implementation", The Computer Journal 38(1), 1995: of two spans that answer, one inside the other,
//! only the inner one counts (all are marked). What stands inside another distance offers all its spans, since the longer one may be
//! the one that reaches: of `alpha bravo … bravo charlie`, `(alpha PRE/5 bravo) PRE/1 charlie` needs the second `bravo`.
//! Operands of a distance share no word, and its measure is
//! 1 + the number of words inside the span that belong to no operand, so neighbours are 1 apart; the border of a block
//! counts as a word. In any order one may stand between the words of the other where that is a distance or a unit itself.
//!
//! Index and passages use these same functions, so a mark is true when a hit is.

mod distance;
mod every;
mod inside;

use crate::query::Unit;
use crate::query::plan::Spans;

pub use distance::MAX_EXACT;
pub use every::MAX_SPANS;

/// A run of words: positions `start..end` of one text, `end` not included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Interval {
    /// First position.
    pub start: u32,
    /// One past the last position.
    pub end: u32,
}

impl Interval {
    /// The positions `start..start + length`.
    pub fn new(start: u32, length: u32) -> Self {
        Self { start, end: start.saturating_add(length.max(1)) }
    }

    /// Number of words.
    pub fn width(self) -> u32 {
        self.end.saturating_sub(self.start)
    }
}

/// Where the sentences and blocks of a text begin: positions, never falling.
#[derive(Debug, Clone, Copy, Default)]
pub struct Borders<'a> {
    /// First position of each sentence.
    pub sentences: &'a [u32],
    /// First position of each block.
    pub blocks: &'a [u32],
}

/// Buffers to be used again for text after text.
#[derive(Debug, Default)]
pub struct Scratch {
    pool: Vec<Vec<Interval>>,
    distance: distance::Buffers,
    cut: bool,
}

/// Which spans are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Those that hold no other: what a condition counts.
    Least,
    /// All: what an operand of another distance offers.
    Every,
}

impl Scratch {
    /// Fresh buffers.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether, since this was last asked, some operand had more than [`MAX_SPANS`] spans in a text.
    pub fn was_cut(&mut self) -> bool {
        std::mem::take(&mut self.cut)
    }

    fn take(&mut self) -> Vec<Interval> {
        let mut list = self.pool.pop().unwrap_or_default();
        list.clear();
        list
    }

    fn give(&mut self, list: Vec<Interval>) {
        self.pool.push(list);
    }
}

/// Computes where `spans` occur in one text (a title or a body), given where each leaf of the plan matches in it
/// (`leaves[i]` for leaf `i`; a missing list is empty). `out` is emptied first.
///
/// Time is near linear in the lists ([`MAX_EXACT`] operands or fewer of an unordered distance cost a factor of up to
/// 2 to their number) and in the spans that operands of distances offer, at most [`MAX_SPANS`] each. Recursion is as deep
/// as `spans`, whose depth the parser bounds.
pub fn evaluate<L: AsRef<[Interval]>>(
    spans: &Spans,
    leaves: &[L],
    wanted: Wanted,
    borders: Borders<'_>,
    scratch: &mut Scratch,
    out: &mut Vec<Interval>,
) {
    out.clear();
    match spans {
        Spans::Leaf(leaf) => {
            if let Some(list) = leaves.get(*leaf) {
                out.extend_from_slice(list.as_ref());
            }
        }
        Spans::Any(items) => {
            let mut list = scratch.take();
            for item in items {
                evaluate(item, leaves, wanted, borders, scratch, &mut list);
                out.extend_from_slice(&list);
            }
            scratch.give(list);
            tidy(out);
        }
        Spans::Seq(items) => {
            let (mut next, mut joined) = (scratch.take(), scratch.take());
            for (index, item) in items.iter().enumerate() {
                if index == 0 {
                    evaluate(item, leaves, Wanted::Every, borders, scratch, out);
                } else if let Spans::Gap(words) = item {
                    lengthen(out, *words, borders.blocks);
                } else if !out.is_empty() {
                    evaluate(item, leaves, Wanted::Every, borders, scratch, &mut next);
                    follow(out, &next, &mut joined);
                    std::mem::swap(out, &mut joined);
                }
            }
            scratch.give(next);
            scratch.give(joined);
        }
        // Between others only.
        Spans::Gap(_) => {}
        Spans::Near { items, distance, ordered } => {
            let lists = all(items, leaves, Wanted::Every, borders, scratch);
            if lists.iter().all(|list| !list.is_empty()) {
                let gaps = distance.saturating_sub(1);
                if wanted == Wanted::Least || every::distances(&lists, gaps, *ordered, out).is_err() {
                    scratch.cut |= wanted == Wanted::Every;
                    near(&lists, *distance, *ordered, scratch, out);
                }
                if let ([a, b], false) = (&items[..], ordered) {
                    let before = out.len();
                    for (item, outer, inner) in [(a, &lists[0], &lists[1]), (b, &lists[1], &lists[0])] {
                        if inside::is_loose(item) {
                            inside::add(item, outer, inner, leaves, borders, scratch, out);
                        }
                    }
                    if out.len() > before {
                        if wanted == Wanted::Least { minimal(out) } else { tidy(out) }
                    }
                }
            }
            lists.into_iter().for_each(|list| scratch.give(list));
        }
        Spans::Within { unit, items } => {
            let lists = all(items, leaves, wanted, borders, scratch);
            if lists.iter().all(|list| !list.is_empty()) {
                let starts = match unit {
                    Unit::Sentence => borders.sentences,
                    Unit::Paragraph => borders.blocks,
                };
                if wanted == Wanted::Least || every::units(&lists, starts, out).is_err() {
                    scratch.cut |= wanted == Wanted::Every;
                    within(&lists, starts, scratch, out);
                }
            }
            lists.into_iter().for_each(|list| scratch.give(list));
        }
    }
}

/// Adds so many words behind each interval; those that would leave their block go.
fn lengthen(list: &mut Vec<Interval>, words: u32, blocks: &[u32]) {
    list.retain_mut(|i| {
        let end = i.end.saturating_add(words);
        let next = blocks.partition_point(|start| *start <= i.end);
        let inside = blocks.get(next).is_none_or(|start| *start > end);
        i.end = end;
        inside
    });
}

/// Evaluates operands until one has no place: the rest stay empty then.
fn all<L: AsRef<[Interval]>>(
    items: &[Spans],
    leaves: &[L],
    wanted: Wanted,
    borders: Borders<'_>,
    scratch: &mut Scratch,
) -> Vec<Vec<Interval>> {
    let mut lists = Vec::with_capacity(items.len());
    let mut dead = false;
    for item in items {
        let mut list = scratch.take();
        if !dead {
            evaluate(item, leaves, wanted, borders, scratch, &mut list);
            dead = list.is_empty();
        }
        lists.push(list);
    }
    lists
}

/// Sorts a list and drops duplicates.
pub fn tidy(list: &mut Vec<Interval>) {
    if !list.is_sorted_by(|a, b| a < b) {
        list.sort_unstable();
        list.dedup();
    }
}

/// How many intervals of a list lie in no other: what a condition counts. `port*` is there once in `Port-Sauveur`, though
/// it matches the first word and the joined one.
pub fn outermost(list: &[Interval]) -> usize {
    let mut reached = 0;
    let mut longest = list.chunk_by(|a, b| a.start == b.start).filter_map(|same| same.last());
    std::iter::from_fn(|| {
        let outer = longest.by_ref().find(|interval| interval.end > reached)?;
        reached = outer.end;
        Some(())
    })
    .count()
}

/// Where an interval of `second` begins just where one of `first` ends: both as one. `out` is emptied first.
pub fn follow(first: &[Interval], second: &[Interval], out: &mut Vec<Interval>) {
    out.clear();
    let mut low = 0;
    for a in first {
        // Starts of `first` rise, but its ends may fall a little: look from the first place that can still matter.
        while low < second.len() && second[low].start <= a.start {
            low += 1;
        }
        let from = low + second[low..].partition_point(|b| b.start < a.end);
        for b in second[from..].iter().take_while(|b| b.start == a.end) {
            out.push(Interval { start: a.start, end: b.end });
        }
    }
    tidy(out);
}

/// Spans with one interval of each list, in that order or in any, at most `distance` apart as the module says;
/// minimal ones only. `out` is emptied first. Of more than two lists, where operands of several words compete for a
/// place, the span with the fewest words between is taken.
///
/// More than [`MAX_EXACT`] lists in any order are answered by the minimal windows that hold one of each (of equal lists,
/// as of a word typed twice, as many as there are), tested for overlaps; where one word answers several operands that are
/// not the same this may miss a span.
pub fn near<L: AsRef<[Interval]>>(
    lists: &[L],
    distance: u32,
    ordered: bool,
    scratch: &mut Scratch,
    out: &mut Vec<Interval>,
) {
    out.clear();
    let gaps = distance.saturating_sub(1);
    match lists {
        [] => return,
        [only] => out.extend_from_slice(only.as_ref()),
        [a, b] => {
            distance::pair(a.as_ref(), b.as_ref(), gaps, &mut scratch.distance, out);
            if !ordered {
                distance::pair(b.as_ref(), a.as_ref(), gaps, &mut scratch.distance, out);
            }
        }
        _ if ordered => distance::in_order(lists, gaps, &mut scratch.distance, out),
        _ if lists.len() <= MAX_EXACT => distance::in_any_order(lists, gaps, &mut scratch.distance, out),
        _ => {
            let (lists, times) = different(lists);
            distance::windows(&lists, &times, &mut scratch.distance, |window, parts| {
                let covered: u32 = parts.iter().map(|part| part.width()).sum();
                let mut sorted = parts.to_vec();
                sorted.sort_unstable();
                let apart = sorted.windows(2).all(|two| two[0].end <= two[1].start);
                if apart && window.width().saturating_sub(covered) <= gaps {
                    out.push(window);
                }
            });
        }
    }
    minimal(out);
}

/// The lists that differ, and how often each is there.
fn different<L: AsRef<[Interval]>>(lists: &[L]) -> (Vec<&[Interval]>, Vec<usize>) {
    let (mut once, mut times): (Vec<&[Interval]>, Vec<usize>) = (Vec::new(), Vec::new());
    for list in lists.iter().map(AsRef::as_ref) {
        match once.iter().position(|known| *known == list) {
            Some(at) => times[at] += 1,
            None => {
                once.push(list);
                times.push(1);
            }
        }
    }
    (once, times)
}

/// Minimal windows with one interval of each list (they may overlap) inside one of the units that begin at
/// `starts`. `out` is emptied first.
pub fn within<L: AsRef<[Interval]>>(lists: &[L], starts: &[u32], scratch: &mut Scratch, out: &mut Vec<Interval>) {
    out.clear();
    let unit = |position: u32| starts.partition_point(|start| *start <= position);
    distance::windows(lists, &[], &mut scratch.distance, |window, _| {
        if unit(window.start) == unit(window.end.saturating_sub(1)) {
            out.push(window);
        }
    });
    minimal(out);
}

/// Keeps the intervals that hold no other.
pub fn minimal(list: &mut Vec<Interval>) {
    tidy(list);
    // From the right: a later start with an end no further right is inside. Of equal starts the shortest stays.
    let mut least = u32::MAX;
    let mut kept = list.len();
    for index in (0..list.len()).rev() {
        let interval = list[index];
        let shorter = index > 0 && list[index - 1].start == interval.start;
        if interval.end < least && !shorter {
            least = interval.end;
            kept -= 1;
            list[kept] = interval;
        }
    }
    list.drain(..kept);
}

#[cfg(test)]
mod tests;
