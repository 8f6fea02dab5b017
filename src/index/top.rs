//! Keeps the best rows of a run.

use std::cmp::Ordering;

use super::find::{Find, Order, Place, Row};
use super::reader::{Reader, Segment};
use super::score;

/// Seconds of age that take half of what age can take.
const HALF: f64 = 30.0 * 86_400.0;

/// An article that may be among the best.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    /// What it is ordered by first, greatest first: score or date.
    pub(super) first: i64,
    /// Its score before age is looked at.
    pub(super) steps: u64,
    pub(super) segment: u32,
    pub(super) doc: u32,
}

/// The best so far. What breaks ties stands in columns, so it is read only where there is a tie: candidates are gathered
/// until there are twice as many as wanted, and then the lesser half goes.
pub(super) struct Top<'a> {
    reader: &'a Reader,
    find: &'a Find,
    limit: usize,
    after: Option<Place>,
    kept: Vec<Candidate>,
    /// Nothing below this can be among the best.
    least: i64,
}

impl<'a> Top<'a> {
    /// The best `limit` behind `after`.
    pub(super) fn new(reader: &'a Reader, find: &'a Find, limit: usize, after: Option<Place>) -> Self {
        Self { reader, find, limit, after, kept: Vec::new(), least: i64::MIN }
    }

    #[inline]
    pub(super) fn offer(&mut self, segment: &Segment, index: usize, doc: u32, steps: u64) {
        let first = first(self.find, segment, doc, steps);
        if first < self.least || self.limit == 0 {
            return;
        }
        let candidate = Candidate { first, steps, segment: index as u32, doc };
        if let Some(after) = self.after
            && (first > after.first() || place(self.reader, self.find, &candidate) <= after)
        {
            return;
        }
        self.kept.push(candidate);
        if self.kept.len() >= self.limit.saturating_mul(2).max(64) {
            self.shrink();
        }
    }

    fn shrink(&mut self) {
        if self.kept.len() > self.limit {
            let (reader, find) = (self.reader, self.find);
            self.kept.select_nth_unstable_by(self.limit - 1, |a, b| compare(reader, find, a, b));
            self.kept.truncate(self.limit);
            self.least = self.kept.iter().map(|kept| kept.first).min().unwrap_or(i64::MIN);
        }
    }

    /// In order.
    pub(super) fn finish(mut self) -> Vec<Candidate> {
        self.shrink();
        sort(self.reader, self.find, &mut self.kept);
        self.kept
    }
}

/// What a candidate is ordered by first. The least number stands for no date, which is last in either order.
#[inline]
pub(super) fn first(find: &Find, segment: &Segment, doc: u32, steps: u64) -> i64 {
    match find.order {
        Order::Relevance => {
            let steps = if find.recent { aged(find, segment, doc, steps) } else { steps };
            i64::try_from(steps).unwrap_or(i64::MAX)
        }
        Order::Newest => segment.order(doc),
        Order::Oldest => match segment.order(doc) {
            i64::MIN => i64::MIN,
            date => -date,
        },
    }
}

/// A score after its age.
fn aged(find: &Find, segment: &Segment, doc: u32, steps: u64) -> u64 {
    (steps as f64 * left_by_age(find, segment, doc)) as u64
}

/// The share of a score that age leaves. It falls by the logarithm of age: as quickly in the days after publication as in
/// the decades after them, so that of two old articles the newer one still counts more. (An exponential is at its end
/// after half a year.)
pub(super) fn left_by_age(find: &Find, segment: &Segment, doc: u32) -> f64 {
    let date = segment.order(doc);
    if date == i64::MIN {
        return 0.5;
    }
    let age = find.now.as_second().saturating_sub(date).max(0) as f64;
    0.5 + 0.5 / (1.0 + (1.0 + age / HALF).log2())
}

/// Best first; columns are read only for ties.
fn compare(reader: &Reader, find: &Find, a: &Candidate, b: &Candidate) -> Ordering {
    b.first.cmp(&a.first).then_with(|| place(reader, find, a).cmp(&place(reader, find, b)))
}

/// Puts candidates in order.
pub(super) fn sort(reader: &Reader, find: &Find, candidates: &mut [Candidate]) {
    candidates.sort_unstable_by(|a, b| compare(reader, find, a, b));
}

pub(super) fn place(reader: &Reader, find: &Find, at: &Candidate) -> Place {
    let segment = &reader.segments()[at.segment as usize];
    let second = match find.order {
        Order::Relevance => segment.order(at.doc),
        // By date there are no scores.
        Order::Newest | Order::Oldest => 0,
    };
    Place::new(at.first, second, segment.id(at.doc), segment.key(at.doc))
}

pub(super) fn row(reader: &Reader, find: &Find, at: &Candidate) -> Row {
    let segment = &reader.segments()[at.segment as usize];
    let place = place(reader, find, at);
    let shown = if find.order == Order::Relevance { at.first.unsigned_abs() } else { at.steps };
    Row { key: segment.key(at.doc), score: score::score(shown), place, sketch: segment.sketch(at.doc) }
}
