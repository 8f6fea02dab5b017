//! Every span of a distance or a unit, not only the least ones: what an operand of another distance must offer, since
//! the span that reaches its neighbour may be a long one.

use super::Interval;

/// Most spans of one operand in one text. A distance of `n` over `m` words has at most `m · n` of them, so that no
/// newspaper article comes near; beyond, the least ones stand for all, which the index says.
pub const MAX_SPANS: usize = 1 << 18;

/// More than [`MAX_SPANS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooMany;

/// One of each list taken so far: which lists (a bit each), the span, and the words in it that belong to none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Taken {
    lists: u64,
    start: u32,
    end: u32,
    gaps: u32,
}

/// One interval of each list, not overlapping, in the order of the lists or in any, with at most `gaps` words between
/// them all together. `out` is emptied first; it is sorted.
pub(super) fn distances<L: AsRef<[Interval]>>(
    lists: &[L],
    gaps: u32,
    ordered: bool,
    out: &mut Vec<Interval>,
) -> Result<(), TooMany> {
    out.clear();
    if lists.len() > u64::BITS as usize {
        return Err(TooMany);
    }
    let firsts = if ordered { 1 } else { lists.len() };
    let mut taken: Vec<Taken> = Vec::new();
    for (at, list) in lists.iter().enumerate().take(firsts) {
        taken.extend(list.as_ref().iter().map(|i| Taken { lists: 1 << at, start: i.start, end: i.end, gaps: 0 }));
    }
    for count in 1..lists.len() {
        let mut longer = Vec::new();
        for one in &taken {
            let next = if ordered { count..count + 1 } else { 0..lists.len() };
            for at in next.filter(|at| one.lists >> at & 1 == 0) {
                let list = lists[at].as_ref();
                let room = gaps - one.gaps;
                let from = list.partition_point(|i| i.start < one.end);
                for i in list[from..].iter().take_while(|i| i.start - one.end <= room) {
                    let gaps = one.gaps + (i.start - one.end);
                    longer.push(Taken { lists: one.lists | 1 << at, start: one.start, end: i.end, gaps });
                }
                if longer.len() > MAX_SPANS {
                    return Err(TooMany);
                }
            }
        }
        // Of the same span of the same operands the one with the fewest words between can go on furthest.
        longer.sort_unstable();
        longer.dedup_by_key(|one| (one.lists, one.start, one.end));
        taken = longer;
    }
    out.extend(taken.iter().map(|one| Interval { start: one.start, end: one.end }));
    super::tidy(out);
    Ok(())
}

/// One interval of each list (they may overlap) inside one of the units that begin at `starts`. `out` is emptied first;
/// it is sorted.
pub(super) fn units<L: AsRef<[Interval]>>(lists: &[L], starts: &[u32], out: &mut Vec<Interval>) -> Result<(), TooMany> {
    out.clear();
    let Some((first, rest)) = lists.split_first() else { return Ok(()) };
    // First and one past the last position of the unit at a position.
    let unit = |position: u32| {
        let after = starts.partition_point(|start| *start <= position);
        (after.checked_sub(1).map_or(0, |at| starts[at]), starts.get(after).copied().unwrap_or(u32::MAX))
    };
    out.extend(first.as_ref().iter().filter(|i| i.end <= unit(i.start).1));
    for list in rest {
        let mut wider = Vec::new();
        for one in out.iter() {
            let (begin, end) = unit(one.start);
            let list = list.as_ref();
            let from = list.partition_point(|i| i.start < begin);
            let inside = list[from..].iter().take_while(|i| i.start < end).filter(|i| i.end <= end);
            wider.extend(inside.map(|i| Interval { start: one.start.min(i.start), end: one.end.max(i.end) }));
            if wider.len() > MAX_SPANS {
                return Err(TooMany);
            }
        }
        super::tidy(&mut wider);
        *out = wider;
    }
    Ok(())
}
