//! Distances between operands, in order and in any order: the least spans here, every span in `every`.

use std::collections::VecDeque;

use super::Interval;

/// Operands of an unordered distance up to which the least spans are found for certain.
pub const MAX_EXACT: usize = 6;

/// The best chain of operands that ends at some interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Chain {
    /// Words of the span so far that belong to no operand.
    gaps: u32,
    /// Where it begins.
    start: u32,
    /// Where it ends.
    end: u32,
}

impl Chain {
    /// What it would cost to go on at a later position, up to that position: less is better; then the later start.
    fn rank(self) -> (i64, i64) {
        (i64::from(self.gaps) - i64::from(self.end), -i64::from(self.start))
    }

    fn extended(self, by: Interval) -> Self {
        Self { gaps: self.gaps.saturating_add(by.start - self.end), start: self.start, end: by.end }
    }
}

fn better(known: &mut Option<Chain>, chain: Chain) {
    if known.is_none_or(|known| chain.rank() < known.rank()) {
        *known = Some(chain);
    }
}

/// Buffers to be used again.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    chains: Vec<Chain>,
    next: Vec<Chain>,
    merged: Vec<(Interval, u8)>,
    by_end: Vec<u32>,
    ended: Vec<Interval>,
    queue: VecDeque<Interval>,
    best: Vec<Option<Chain>>,
    pending: Vec<Option<Chain>>,
}

/// An interval of `first`, then one of `second`, with at most `gaps` words between: for each of `second` the span
/// that begins last; not made minimal.
pub(super) fn pair(first: &[Interval], second: &[Interval], gaps: u32, buffers: &mut Buffers, out: &mut Vec<Interval>) {
    let Buffers { ended, queue, .. } = buffers;
    ended.clear();
    ended.extend_from_slice(first);
    if !ended.is_sorted_by_key(|a| a.end) {
        ended.sort_unstable_by_key(|a| a.end);
    }
    // Those that end near enough before the present start; their starts fall from front to back.
    queue.clear();
    let mut closed = 0;
    for b in second {
        while let Some(a) = ended.get(closed).filter(|a| a.end <= b.start) {
            while queue.back().is_some_and(|known| known.start <= a.start) {
                queue.pop_back();
            }
            queue.push_back(*a);
            closed += 1;
        }
        while queue.front().is_some_and(|a| b.start - a.end > gaps) {
            queue.pop_front();
        }
        out.extend(queue.front().map(|a| Interval { start: a.start, end: b.end }));
    }
}

/// One interval of each list in the order of the lists, not overlapping, with at most `gaps` words between them all
/// together. For each interval of the last list the span with the fewest; not made minimal.
pub(super) fn in_order<L: AsRef<[Interval]>>(lists: &[L], gaps: u32, buffers: &mut Buffers, out: &mut Vec<Interval>) {
    out.clear();
    let Some((first, rest)) = lists.split_first() else { return };
    let Buffers { chains, next, .. } = buffers;
    chains.clear();
    chains.extend(first.as_ref().iter().map(|i| Chain { gaps: 0, start: i.start, end: i.end }));
    for list in rest {
        // Chains by their end, so that those that end before a start are a prefix.
        if !chains.is_sorted_by_key(|chain| chain.end) {
            chains.sort_unstable_by_key(|chain| chain.end);
        }
        next.clear();
        let (mut closed, mut best) = (0, None);
        for interval in list.as_ref() {
            while let Some(chain) = chains.get(closed).filter(|chain| chain.end <= interval.start) {
                better(&mut best, *chain);
                closed += 1;
            }
            let reached = best.map(|chain: Chain| chain.extended(*interval));
            next.extend(reached.filter(|chain| chain.gaps <= gaps));
        }
        std::mem::swap(chains, next);
    }
    out.extend(chains.iter().map(|chain| Interval { start: chain.start, end: chain.end }));
}

/// One interval of each list in any order, not overlapping, with at most `gaps` words between them all together: for
/// each interval that can be the last the span with the fewest; not made minimal. At most [`MAX_EXACT`] lists: for every
/// set of operands seen so far the best chain is kept.
pub(super) fn in_any_order<L: AsRef<[Interval]>>(
    lists: &[L],
    gaps: u32,
    buffers: &mut Buffers,
    out: &mut Vec<Interval>,
) {
    out.clear();
    let Buffers { merged, by_end, best, pending, .. } = buffers;
    let sets = 1usize << lists.len().min(MAX_EXACT);
    merge(lists, merged);
    by_end.clear();
    by_end.extend(0..merged.len() as u32);
    by_end.sort_by_key(|index| merged[*index as usize].0.end);
    best.clear();
    best.resize(sets, None);
    pending.clear();
    pending.resize(sets * merged.len(), None);
    let mut closed = 0;
    for (index, (interval, list)) in merged.iter().enumerate() {
        while closed < by_end.len() && merged[by_end[closed] as usize].0.end <= interval.start {
            let from = by_end[closed] as usize * sets;
            for set in 1..sets {
                if let Some(chain) = pending[from + set] {
                    better(&mut best[set], chain);
                }
            }
            closed += 1;
        }
        let own = 1usize << list;
        let here = &mut pending[index * sets..(index + 1) * sets];
        here[own] = Some(Chain { gaps: 0, start: interval.start, end: interval.end });
        for set in (1..sets).filter(|set| set & own == 0) {
            let reached = best[set].map(|chain| chain.extended(*interval));
            here[set | own] = reached.filter(|chain| chain.gaps <= gaps);
        }
        if let Some(chain) = here[sets - 1] {
            out.push(Interval { start: chain.start, end: chain.end });
        }
    }
}

/// The minimal windows that hold an interval of each list, with those intervals (Clarke, Cormack and Burkowski's
/// "both of", for any number of operands); of list `i` as many as `times[i]` says, one where it says nothing.
pub(super) fn windows<L: AsRef<[Interval]>>(
    lists: &[L],
    times: &[usize],
    buffers: &mut Buffers,
    mut each: impl FnMut(Interval, &[Interval]),
) {
    let Buffers { merged, by_end, .. } = buffers;
    merge(lists, merged);
    by_end.clear();
    by_end.extend(0..merged.len() as u32);
    by_end.sort_by_key(|index| (merged[*index as usize].0.end, merged[*index as usize].0.start));
    let times = |list: usize| times.get(list).copied().unwrap_or(1);
    let wanted: usize = (0..lists.len()).map(times).sum();
    // For each end, rising: the window from the least of the latest starts of every list.
    let mut latest: Vec<Vec<Interval>> = vec![Vec::new(); lists.len()];
    let mut parts: Vec<Interval> = Vec::with_capacity(wanted);
    for index in by_end.iter() {
        let (interval, list) = merged[*index as usize];
        let known = &mut latest[usize::from(list)];
        known.push(interval);
        if known.len() > times(usize::from(list)) {
            let first = (0..known.len()).min_by_key(|at| known[*at].start).unwrap_or(0);
            known.remove(first);
        }
        parts.clear();
        parts.extend(latest.iter().flatten());
        if parts.len() == wanted {
            let start = parts.iter().map(|part| part.start).min().unwrap_or(interval.start);
            let end = parts.iter().map(|part| part.end).max().unwrap_or(interval.end);
            each(Interval { start, end }, &parts);
        }
    }
}

fn merge<L: AsRef<[Interval]>>(lists: &[L], merged: &mut Vec<(Interval, u8)>) {
    merged.clear();
    for (index, list) in lists.iter().enumerate() {
        // More than 256 operands do not come out of the parser.
        let index = u8::try_from(index).unwrap_or(u8::MAX);
        merged.extend(list.as_ref().iter().map(|interval| (*interval, index)));
    }
    merged.sort_unstable();
}
