//! Runs a plan over all segments: the best rows in order, counts, or every match.

use std::cmp::Reverse;
use std::collections::HashSet;

use jiff::Timestamp;

use super::eval::Context;
use super::lower::{Prepared, Unsure};
use super::reader::{Reader, Segment};
use super::schema::column;
use super::sketch::Sketch;
use super::together::{LOOKED_AT, Together};
use super::top::{self, Top};
use super::window::{Mask, WINDOW};
use crate::error::Result;
use crate::query::DateField;
use crate::query::intervals::MAX_SPANS;
use crate::query::plan::{Cond, Plan};

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
    /// Whether age takes from a score: a quarter of it in thirty days, then ever more slowly (a third in a quarter of a
    /// year, 39 % in a year, 44 % in ten), never all of the half that an article without a date to trust loses.
    pub recent: bool,
}

impl Default for Find {
    fn default() -> Self {
        Self { order: Order::Relevance, limit: 10, after: None, now: Timestamp::MAX, recent: false }
    }
}

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
    /// Whether a distance inside another had more places in some article than are kept.
    pub(super) cut: bool,
}

impl Place {
    pub(super) fn new(first: i64, second: i64, id: u64, key: u64) -> Self {
        Self { first: Reverse(first), second: Reverse(second), id, key }
    }

    pub(super) fn first(&self) -> i64 {
        self.first.0
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
            let together = if scored { Together::new(&prepared) } else { None };
            let looked_at = if together.is_some() { LOOKED_AT } else { 0 };
            // Those that are looked at once more are the best of all, whatever part of the list is asked for.
            let (mut best, mut rest) = match find.after {
                None => (Top::new(self, find, find.limit.max(looked_at), None), None),
                Some(after) => {
                    let beyond = find.limit.saturating_add(looked_at);
                    (Top::new(self, find, looked_at, None), Some(Top::new(self, find, beyond, Some(after))))
                }
            };
            let mut found = self.run(&prepared, find.now, &mut |segment, index, doc, steps| {
                best.offer(segment, index, doc, steps);
                if let Some(rest) = &mut rest {
                    rest.offer(segment, index, doc, steps);
                }
            })?;
            let mut best = best.finish();
            if let Some(together) = together {
                let wanted = if find.after.is_some() { usize::MAX } else { find.limit };
                together.raise(find, &mut best, wanted).map_err(|e| self.bad(e))?;
            }
            let mut rows: Vec<Row> = best.iter().map(|candidate| top::row(self, find, candidate)).collect();
            if let (Some(rest), Some(after)) = (rest, find.after) {
                let known: HashSet<(u32, u32)> = best.iter().map(|c| (c.segment, c.doc)).collect();
                rows.retain(|row| row.place > after);
                let others = rest.finish().into_iter().filter(|c| !known.contains(&(c.segment, c.doc)));
                rows.extend(others.map(|candidate| top::row(self, find, &candidate)));
            }
            rows.truncate(find.limit);
            found.rows = rows;
            found.notes = prepared.notes;
            if found.cut {
                found.notes.push(format!(
                    "a distance or unit inside another has more than {MAX_SPANS} places in some article: the shortest ones were tried there"
                ));
            }
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

    /// Counts the articles of whose dates only a year or month is known, a part of which is asked for: those that do not match
    /// `plan` and may do so all the same, and those that match since it is not known that they are of the days behind a
    /// `NOT`; last those that match since they have no date that could be one of those days. At most so many of a plan that
    /// [needs the text](Plan::needs_text).
    ///
    /// # Errors
    /// As [`find`](Self::find).
    pub fn count_perhaps(&self, plan: &Plan, now: Timestamp) -> Result<[u64; 3]> {
        let mut fields = Vec::new();
        dates_asked(&plan.root, false, &mut fields);
        let excluded = fields.iter().any(|(_, not)| *not);
        fields.retain(|(field, _)| {
            let [_, last] = column::of_date(*field);
            self.segments().iter().any(|segment| segment.integers(last).is_some())
        });
        if fields.is_empty() && !excluded {
            return Ok([0; 3]);
        }
        guard(self, || {
            let mut prepared = Prepared::new(self, plan, false)?;
            let sure = self.run(&prepared, now, &mut |_, _, _, _| {})?.total;
            let mut run_with = |unsure| {
                prepared.unsure = unsure;
                self.run(&prepared, now, &mut |_, _, _, _| {}).map(|found| found.total)
            };
            let most = if fields.is_empty() { sure } else { run_with(Unsure::Found)? };
            if !excluded {
                return Ok([most.saturating_sub(sure), 0, 0]);
            }
            let least = if fields.is_empty() { sure } else { run_with(Unsure::LeftOut)? };
            let dated = run_with(Unsure::UndatedLeftOut)?;
            Ok([most.saturating_sub(sure), sure.saturating_sub(least), least.saturating_sub(dated)])
        })
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
            self.run(&prepared, now, &mut |segment, _, doc, _| visit(segment, doc))
        })
    }

    fn run(
        &self,
        prepared: &Prepared,
        now: Timestamp,
        visit: &mut impl FnMut(&Segment, usize, u32, u64),
    ) -> Result<Found> {
        let mut found = Found::default();
        for index in 0..self.segments().len() {
            self.run_segment(prepared, index, now, &mut found, visit)?;
        }
        Ok(found)
    }

    /// Runs a plan over one segment.
    pub(super) fn run_segment(
        &self,
        prepared: &Prepared,
        index: usize,
        now: Timestamp,
        found: &mut Found,
        visit: &mut impl FnMut(&Segment, usize, u32, u64),
    ) -> Result<()> {
        let mut node = prepared.lower(index).map_err(|e| self.bad(e))?;
        let segment = &self.segments()[index];
        let window = WINDOW as usize;
        let mut ctx = Context {
            segment,
            norms: segment.norms(self.fields()),
            model: &prepared.model,
            sums: vec![0; window],
            counts: vec![0.0; window],
            cut: false,
        };
        let hidden = segment.hidden();
        let has_deletes = segment.reader.has_deletes();
        let mut base = 0;
        loop {
            let next = node.next(base);
            if next >= segment.max_doc() {
                found.cut |= ctx.cut;
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
            if prepared.scored {
                ctx.sums.fill(0);
            }
            base += WINDOW;
        }
    }
}

/// The dates that are asked for, and whether behind a `NOT`.
fn dates_asked(cond: &Cond, not: bool, out: &mut Vec<(DateField, bool)>) {
    match cond {
        Cond::Dates { field, .. } => out.push((*field, not)),
        Cond::And(items) | Cond::Or(items) | Cond::Bag(items) => {
            items.iter().for_each(|item| dates_asked(item, not, out));
        }
        Cond::Boost(item, _) => dates_asked(item, not, out),
        Cond::Not(item) => dates_asked(item, true, out),
        Cond::All | Cond::None | Cond::Spans { .. } | Cond::Key { .. } | Cond::Words { .. } => {}
    }
}

/// Runs `work` on what `reader` has open.
pub(super) fn guard<T>(reader: &Reader, work: impl FnOnce() -> Result<T>) -> Result<T> {
    super::guarded(reader.dir(), work)
}
