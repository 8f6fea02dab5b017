//! Runs a plan over all segments: the best rows in order, counts, or every match.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use jiff::Timestamp;

use super::eval::{Context, Node};
use super::lower::Prepared;
use super::reader::{Reader, Segment};
use super::schema::pack_lang;
use super::score;
use super::sketch::Sketch;
use super::window::{Mask, WINDOW};
use crate::error::Result;
use crate::model::Lang;
use crate::query::plan::Plan;
use crate::text;

/// How rows are ordered. Ties break by newer date, then id; a date that is doubtful or missing comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// Best first.
    #[default]
    Relevance,
    /// Newest first.
    Newest,
    /// Oldest first.
    Oldest,
}

/// What to find.
#[derive(Debug, Clone)]
pub struct Find {
    /// In which order.
    pub order: Order,
    /// At most so many rows.
    pub limit: usize,
    /// Only rows behind this one, as [`Row::place`] told it: how a long list is read in pieces.
    pub after: Option<Place>,
    /// Articles under an embargo that ends after this instant are left out; recency counts from here.
    pub now: Timestamp,
    /// Whether age takes from a score: half of it halves every thirty days. An article without a date to trust counts as old.
    pub recent: bool,
}

impl Default for Find {
    fn default() -> Self {
        Self { order: Order::Relevance, limit: 10, after: None, now: Timestamp::MAX, recent: false }
    }
}

/// Seconds in which the half of a score that age can take halves.
const HALF_LIFE: f64 = 30.0 * 86_400.0;

/// Where a row stands in its order; rows sort by it, first row first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    first: Reverse<i64>,
    second: Reverse<i64>,
    id: u64,
    /// Row numbers are unique where ids, for once, are not.
    key: u64,
}

/// An article found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    /// Its row in the corpus.
    pub key: u64,
    /// How well it answers.
    pub score: f32,
    /// Where it stands.
    pub place: Place,
    /// What its text shares with copies.
    pub sketch: Sketch,
}

/// What was found.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// Articles that match, apart from those left out; for a plan that [needs the text](Plan::needs_text) at most so many.
    pub total: u64,
    /// The first of them (behind [`Find::after`]), in order.
    pub rows: Vec<Row>,
    /// Articles left out because their publisher withdrew them.
    pub withdrawn: u64,
    /// Articles left out because of an embargo.
    pub embargoed: u64,
    /// Limits met, in words.
    pub notes: Vec<String>,
}

impl Place {
    fn new(order: Order, steps: u64, date: i64, id: u64, key: u64) -> Self {
        let score = i64::try_from(steps).unwrap_or(i64::MAX);
        let (first, second) = match order {
            Order::Relevance => (score, date),
            Order::Newest => (date, score),
            // The least number stands for no date, which is last in either order.
            Order::Oldest if date == i64::MIN => (i64::MIN, score),
            Order::Oldest => (-date.max(-i64::MAX), score),
        };
        Self { first: Reverse(first), second: Reverse(second), id, key }
    }
}

impl Reader {
    /// Finds the articles that match `plan`.
    ///
    /// # Errors
    /// The index is damaged, or a pattern of the plan cannot be compiled.
    pub fn find(&self, plan: &Plan, find: &Find) -> Result<Found> {
        guard(self, || {
            let scored = find.order == Order::Relevance;
            let prepared = Prepared::new(self, plan, scored)?;
            let mut top = Top { heap: BinaryHeap::new(), find };
            let mut found = self.run(&prepared, find.now, scored, &mut |segment, index, doc, steps| {
                top.offer(segment, index, doc, steps);
            })?;
            found.rows = top.rows(self);
            found.notes = prepared.notes;
            Ok(found)
        })
    }

    /// Counts the articles that match `plan`.
    ///
    /// # Errors
    /// As [`find`](Self::find).
    pub fn count(&self, plan: &Plan, now: Timestamp) -> Result<u64> {
        self.each_match(plan, now, &mut |_, _| {}).map(|found| found.total)
    }

    /// Visits every match, in no order.
    pub(super) fn each_match(
        &self,
        plan: &Plan,
        now: Timestamp,
        visit: &mut dyn FnMut(&Segment, u32),
    ) -> Result<Found> {
        guard(self, || {
            let prepared = Prepared::new(self, plan, false)?;
            self.run(&prepared, now, false, &mut |segment, _, doc, _| visit(segment, doc))
        })
    }

    fn run(
        &self,
        prepared: &Prepared,
        now: Timestamp,
        scored: bool,
        visit: &mut impl FnMut(&Segment, usize, u32, u64),
    ) -> Result<Found> {
        let mut found = Found::default();
        for index in 0..self.segments().len() {
            let node = prepared.lower(index).map_err(|e| self.bad(e))?;
            self.run_segment(node, index, now, scored, &mut found, visit)?;
        }
        Ok(found)
    }

    /// Runs a node over its segment.
    pub(super) fn run_segment(
        &self,
        mut node: Node,
        index: usize,
        now: Timestamp,
        scored: bool,
        found: &mut Found,
        visit: &mut impl FnMut(&Segment, usize, u32, u64),
    ) -> Result<()> {
        let segment = &self.segments()[index];
        let window = WINDOW as usize;
        let mut ctx = Context {
            segment,
            norms: segment.norms(self.fields()),
            model: self.model(),
            fallback: fallback(),
            sums: vec![0; window],
            counts: vec![0.0; window],
        };
        let hidden = segment.hidden();
        let has_deletes = segment.reader.has_deletes();
        let mut base = 0;
        loop {
            let next = node.next(base);
            if next >= segment.max_doc() {
                return Ok(());
            }
            base = next / WINDOW * WINDOW;
            let within = Mask::first((segment.max_doc() - base).min(WINDOW));
            let mut mask = node.eval(&mut ctx, base, &within).map_err(|e| self.bad(e))?;
            let from = hidden.partition_point(|(doc, _)| *doc < base);
            for (doc, until) in hidden[from..].iter().take_while(|(doc, _)| *doc < base + WINDOW) {
                if !mask.has(doc - base) || !segment.is_alive(*doc) {
                    continue;
                }
                match until {
                    None => found.withdrawn += 1,
                    Some(until) if *until > now.as_second() => found.embargoed += 1,
                    Some(_) => continue,
                }
                mask.clear(doc - base);
            }
            mask.each(|at| {
                if !has_deletes || segment.is_alive(base + at) {
                    found.total += 1;
                    visit(segment, index, base + at, ctx.sums[at as usize]);
                }
            });
            if scored {
                ctx.sums.fill(0);
            }
            base += WINDOW;
        }
    }
}

/// The language that stands for none.
pub(super) fn fallback() -> u64 {
    text::stem_language(None::<&Lang>).map_or(0, pack_lang)
}

/// The best rows so far.
struct Top<'a> {
    /// The last of them on top.
    heap: BinaryHeap<(Place, u64, (u32, u32))>,
    find: &'a Find,
}

impl Top<'_> {
    #[inline]
    fn offer(&mut self, segment: &Segment, index: usize, doc: u32, steps: u64) {
        let steps = if self.find.recent { self.aged(segment, doc, steps) } else { steps };
        let full = self.heap.len() >= self.find.limit;
        if full && self.find.order == Order::Relevance {
            // Most documents end here, before their date is read.
            let Some((last, ..)) = self.heap.peek() else { return };
            if (steps as i64) < last.first.0 {
                return;
            }
        }
        self.weigh(segment, (index as u32, doc), steps);
    }

    /// A score after its age.
    fn aged(&self, segment: &Segment, doc: u32, steps: u64) -> u64 {
        let date = segment.order(doc);
        let age = self.find.now.as_second().saturating_sub(date).max(0) as f64;
        let fresh = if date == i64::MIN { 0.0 } else { 0.5f64.powf(age / HALF_LIFE) };
        (steps as f64 * (0.5 + 0.5 * fresh)) as u64
    }

    fn weigh(&mut self, segment: &Segment, at: (u32, u32), steps: u64) {
        let doc = at.1;
        let key = segment.key(doc);
        let place = Place::new(self.find.order, steps, segment.order(doc), segment.id(doc), key);
        if self.find.after.is_some_and(|after| place <= after) {
            return;
        }
        if self.heap.len() < self.find.limit {
            self.heap.push((place, steps, at));
        } else if let Some(mut last) = self.heap.peek_mut()
            && place < last.0
        {
            *last = (place, steps, at);
        }
    }

    fn rows(self, reader: &Reader) -> Vec<Row> {
        let row = |(place, steps, (segment, doc)): (Place, u64, (u32, u32))| Row {
            key: place.key,
            score: score::score(steps),
            place,
            sketch: reader.segments()[segment as usize].sketch(doc),
        };
        self.heap.into_sorted_vec().into_iter().map(row).collect()
    }
}

/// Runs `work` on what `reader` has open.
pub(super) fn guard<T>(reader: &Reader, work: impl FnOnce() -> Result<T>) -> Result<T> {
    super::guarded(reader.dir(), work)
}
