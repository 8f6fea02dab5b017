//! Rows of the index → hits, in order.

use std::collections::VecDeque;
use std::sync::Arc;

use rayon::prelude::*;

use super::spool::{Listed, Spool};
use super::story::{Shown, Stories};
use super::{Morgue, Per, Request};
use crate::corpus::Stored;
use crate::error::Result;
use crate::index::{Find, Found, Order, Row};
use crate::model::Hit;
use crate::passage::{self, Answer, Chooser};
use crate::query::plan::{Cond, Plan};

/// Rows fetched from the index at a time when all are wanted: it keeps so many in memory, and runs the query again for the next.
const PIECE: usize = 20_000;

/// Articles read and searched for passages together, on all cores.
pub(super) const BATCH: usize = 64;

/// Up to so many are searched by the thread that asks: waking others takes longer than a page does, most of all on a busy machine.
const ALONE: usize = 24;

/// A request being answered.
pub(super) struct Run<'a> {
    pub(super) morgue: &'a Morgue,
    pub(super) request: &'a Request,
    /// What must hold, and what is marked.
    pub(super) plan: Plan,
    /// What the index ranks by: the plan, with words of relevance feedback if they were asked for.
    pub(super) ranked: Plan,
    prepared: passage::Prepared,
    /// Shows the lead of an article.
    lead: passage::Prepared,
    chooser: Chooser,
}

/// A row and what is known of its copies.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) key: u64,
    pub(super) score: f32,
    pub(super) copies: Option<u64>,
    pub(super) story: Option<String>,
}

impl From<Row> for Entry {
    fn from(row: Row) -> Self {
        Self { key: row.key, score: row.score, copies: None, story: None }
    }
}

impl<'a> Run<'a> {
    pub(super) fn new(morgue: &'a Morgue, request: &'a Request) -> Result<Self> {
        let plan = morgue.plan(&request.query)?;
        let prepared = passage::Prepared::new(&plan);
        let all = Plan { root: Cond::All, leaves: Vec::new(), needs_text: false };
        let lead = passage::Prepared::new(&all);
        let ranked = plan.clone();
        let mut run = Self { morgue, request, plan, ranked, prepared, lead, chooser: Chooser::new() };
        if request.expand {
            run.ranked = run.with_feedback()?;
        }
        Ok(run)
    }

    /// What the index finds, from `after` on.
    pub(super) fn find(&self, limit: usize, after: Option<Row>) -> Result<Found> {
        self.morgue.reader.find(&self.ranked, &self.asked(limit, after))
    }

    fn asked(&self, limit: usize, after: Option<Row>) -> Find {
        Find {
            order: self.request.order,
            limit,
            after: after.map(|row| row.place),
            now: self.request.now,
            recent: self.request.recent,
        }
    }

    /// The condition, made ready to be run on a text.
    pub(super) fn prepared(&self) -> &passage::Prepared {
        &self.prepared
    }

    /// All rows that answer, in order; of a plan that the index can only narrow down, those whose text bears it out.
    pub(super) fn rows(&mut self) -> Result<Vec<Row>> {
        let mut rows = Vec::new();
        self.each_row(&mut |row| {
            rows.push(row);
            Ok(())
        })?;
        Ok(rows)
    }

    /// The same, one by one.
    fn each_row(&mut self, each: &mut dyn FnMut(Row) -> Result<()>) -> Result<()> {
        let mut after = None;
        loop {
            let found = self.find(PIECE, after)?;
            let Some(last) = found.rows.last() else { return Ok(()) };
            after = Some(*last);
            for row in found.rows {
                if !self.plan.needs_text || self.holds(row.key)? {
                    each(row)?;
                }
            }
        }
    }

    fn options(&self) -> passage::Options {
        let (min_words, max_words) = self.request.passage_words;
        passage::Options { most: self.request.passages, min_words, max_words }
    }

    /// Whether the article still answers: the index may be behind, or know only the words of a literal.
    pub(super) fn holds(&mut self, key: u64) -> Result<bool> {
        let stored = self.morgue.article(key)?;
        Ok(stored.is_some_and(|stored| self.chooser.holds(&stored.article, &self.prepared)))
    }

    /// The hits of a few rows, in order. Articles that are gone or no longer answer give none.
    pub(super) fn hits(&mut self, entries: &[Entry]) -> Result<Vec<Hit>> {
        let mut hits = Vec::new();
        for mut hit in self.each(entries)?.into_iter().flatten() {
            match self.request.per {
                Per::Passage if hit.passages.len() > 1 => {
                    let passages = std::mem::take(&mut hit.passages);
                    hits.extend(passages.into_iter().map(|passage| Hit { passages: vec![passage], ..hit.clone() }));
                }
                _ => hits.push(hit),
            }
        }
        Ok(hits)
    }

    /// For each of a few rows its article as one hit; nothing for those that are gone or no longer answer.
    pub(super) fn each(&mut self, entries: &[Entry]) -> Result<Vec<Option<Hit>>> {
        let options = self.options();
        let mut stored = Vec::with_capacity(entries.len());
        for entry in entries {
            stored.push(self.morgue.article(entry.key)?);
        }
        let answers: Vec<Option<Answer>> = if entries.len() > ALONE {
            let choose = |chooser: &mut Chooser, stored: &Option<Stored>| {
                stored.as_ref().map(|stored| self.answer(chooser, stored, &options))
            };
            stored.par_iter().map_init(Chooser::new, choose).collect()
        } else {
            let mut chooser = std::mem::take(&mut self.chooser);
            let answers = stored
                .iter()
                .map(|stored| stored.as_ref().map(|stored| self.answer(&mut chooser, stored, &options)))
                .collect();
            self.chooser = chooser;
            answers
        };
        let mut hits = Vec::with_capacity(entries.len());
        for ((entry, stored), answer) in entries.iter().zip(stored).zip(answers) {
            hits.push(match (stored, answer) {
                (Some(stored), Some(answer)) if answer.holds => Some(self.hit(entry, stored, answer)?),
                _ => None,
            });
        }
        Ok(hits)
    }

    fn answer(&self, chooser: &mut Chooser, stored: &Stored, options: &passage::Options) -> Answer {
        let changed = stored.revision > self.morgue.reader.revision();
        if options.most == 0 {
            let sure = !self.plan.needs_text && !changed;
            let holds = sure || chooser.holds(&stored.article, &self.prepared);
            return Answer { holds, ..Answer::default() };
        }
        let answer = chooser.choose(&stored.article, &self.prepared, options);
        if answer.holds || self.plan.needs_text || changed {
            return answer;
        }
        // The index says it answers and the text is the one it read: shown without marks rather than kept back.
        chooser.choose(&stored.article, &self.lead, options)
    }

    fn hit(&self, entry: &Entry, stored: Stored, answer: Answer) -> Result<Hit> {
        Ok(Hit {
            rank: 0,
            score: entry.score,
            article: Arc::new(stored.article),
            version: stored.version,
            passages: answer.passages,
            title_marks: answer.title_marks,
            matches_in_article: answer.matches,
            story: entry.story.clone(),
            copies: entry.copies,
            explanation: if self.request.explain { Some(self.explanation(entry)?) } else { None },
        })
    }

    /// Why a row scored: each part of the query with what it gave, and the score that makes.
    fn explanation(&self, entry: &Entry) -> Result<String> {
        if self.request.order != Order::Relevance {
            return Ok("in the order of dates there are no scores".to_owned());
        }
        let explained = self.morgue.reader.explain(&self.ranked, entry.key, &self.asked(1, None))?;
        let mut said: Vec<String> = Vec::new();
        let mut sum = 0.0;
        for (leaves, score) in explained.parts {
            let mut words: Vec<&str> = leaves.iter().map(|leaf| self.ranked.leaves[*leaf].typed.as_str()).collect();
            // A compound is looked for as a whole and in parts: it is named once.
            let whole = words.clone();
            let part = |word: &str| {
                whole.iter().any(|other| other.split('-').count() > 1 && other.split('-').any(|p| p == word))
            };
            words.retain(|word| !part(word));
            said.push(format!("`{}` {}", words.join(" "), shown(score)));
            sum += score;
        }
        if said.is_empty() {
            return Ok("nothing in the query gives a score".to_owned());
        }
        // Only the best are looked at once more.
        if explained.together > 0.0 && entry.score > sum * explained.left_by_age * 1.000_01 {
            said.push(format!("{} as the words stand early and together", shown(explained.together)));
        }
        let mut made = said.join(" + ");
        if explained.left_by_age < 1.0 {
            let many = said.len() > 1;
            let (open, close) = if many { ("(", ")") } else { ("", "") };
            made = format!("{open}{made}{close} × {:.2} for its age", explained.left_by_age);
        }
        Ok(format!("score {} = {made}", shown(entry.score)))
    }
}

/// A score to two places, a small one to four.
fn shown(score: f32) -> String {
    if score < 0.1 { format!("{score:.4}") } else { format!("{score:.2}") }
}

impl Morgue {
    /// Gives all hits of `request` to `each`, in the order of [`search`](Self::search), from its offset up to its limit; returns how
    /// many. The first error of `each` ends it and is returned. Memory holds a few thousand rows and a few articles, however many
    /// hits there are; with [`Request::collapse`] or [`Request::group`] the rows go to a nameless temporary file, and memory
    /// holds what is copied.
    ///
    /// # Errors
    /// The index or the corpus is damaged; whatever `each` returns.
    pub fn each_hit(&self, request: &Request, each: &mut dyn FnMut(Hit) -> Result<()>) -> Result<u64> {
        let mut run = Run::new(self, request)?;
        let mut state = Emit { skip: request.offset, left: request.limit, rank: 0, given: 0, each };
        if request.limit == 0 {
            return Ok(0);
        }
        if request.collapse || request.group || request.stories {
            let shown = match (request.group, request.collapse) {
                (true, _) => Shown::Behind,
                (_, true) => Shown::Counted,
                _ => Shown::InPlace,
            };
            let mut spool = Spool::new()?;
            run.each_row(&mut |row| spool.push(Listed::from(&row)))?;
            let stories = Stories::find(self, &mut spool)?;
            let (mut batch, mut more) = (Vec::with_capacity(BATCH), true);
            stories.each(&mut spool, shown, &mut |entry| {
                batch.push(entry);
                if more && batch.len() == BATCH {
                    more = state.emit(run.hits(&batch)?)?;
                }
                if batch.len() == BATCH {
                    batch.clear();
                }
                Ok(())
            })?;
            if more {
                state.emit(run.hits(&batch)?)?;
            }
            return Ok(state.given);
        }
        let wanted = request.offset.saturating_add(request.limit);
        let piece = usize::try_from(wanted).map_or(PIECE, |wanted| wanted.clamp(BATCH, PIECE));
        let mut after = None;
        loop {
            let found = run.find(piece, after)?;
            let mut rows: VecDeque<Entry> = found.rows.iter().copied().map(Entry::from).collect();
            let Some(last) = found.rows.last() else { return Ok(state.given) };
            after = Some(*last);
            while !rows.is_empty() {
                let batch: Vec<Entry> = rows.drain(..rows.len().min(BATCH)).collect();
                if !state.emit(run.hits(&batch)?)? {
                    return Ok(state.given);
                }
            }
        }
    }
}

/// Counts hits off.
struct Emit<'a> {
    skip: u64,
    left: u64,
    rank: u64,
    given: u64,
    each: &'a mut dyn FnMut(Hit) -> Result<()>,
}

impl Emit<'_> {
    /// `false` when no more are wanted.
    fn emit(&mut self, hits: Vec<Hit>) -> Result<bool> {
        for mut hit in hits {
            if self.skip > 0 {
                self.skip -= 1;
                self.rank += 1;
                continue;
            }
            if self.left == 0 {
                return Ok(false);
            }
            self.left -= 1;
            self.rank += 1;
            self.given += 1;
            hit.rank = self.rank;
            (self.each)(hit)?;
        }
        Ok(self.left > 0)
    }
}
