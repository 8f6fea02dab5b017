//! What the words of a query mean to the index: how many articles hold each, and what each gave to a score.

use jiff::Timestamp;

use super::expand;
use super::find::{Found, guard};
use super::lower::{Prepared, leaves_of};
use super::reader::Reader;
use super::schema::column;
use super::score;
use super::together::Together;
use crate::error::Result;
use crate::query::plan::{Cond, Matcher, Plan};

/// What one leaf of a plan stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct LeafReport {
    /// As typed.
    pub typed: String,
    /// The words that were searched, most frequent first.
    pub words: Vec<WordReport>,
    /// How much one occurrence counts at most: the rarer the more.
    pub weight: f32,
}

/// A word of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordReport {
    /// Folded.
    pub word: String,
    /// Articles that have it in title or text (whichever is more).
    pub articles: u64,
}

/// What a score is made of.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Explained {
    /// What each part of the query gave, with the leaves it is made of; parts that gave nothing are left out.
    pub parts: Vec<(Vec<usize>, f32)>,
    /// What was added because the words stand early or together.
    pub together: f32,
}

impl Reader {
    /// What each leaf of `plan` stands for, in the order of its leaves.
    ///
    /// # Errors
    /// As [`find`](Self::find).
    pub fn leaves(&self, plan: &Plan) -> Result<Vec<LeafReport>> {
        guard(self, || {
            let prepared = Prepared::new(self, plan, true)?;
            let mut reports = Vec::new();
            for (leaf, rows) in plan.leaves.iter().zip(&prepared.leaves) {
                let mut words = Vec::new();
                for terms in rows {
                    let mut counts = vec![[0u64; 3]; terms.wanted.len()];
                    for found in terms.found.iter().flatten() {
                        counts[found.wanted][found.field] += u64::from(found.info.doc_freq);
                    }
                    for (wanted, count) in terms.wanted.iter().zip(counts) {
                        let articles = count[0].max(count[1]);
                        if articles > 0 {
                            words.push(WordReport { word: wanted.word.clone(), articles });
                        }
                    }
                }
                words.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.word.cmp(&b.word)));
                let weight = rows.iter().map(|terms| prepared.rarity(terms)).sum();
                reports.push(LeafReport { typed: leaf.typed.clone(), words, weight });
            }
            Ok(reports)
        })
    }

    /// What the score of the article in row `key` is made of.
    ///
    /// # Errors
    /// As [`find`](Self::find).
    pub fn explain(&self, plan: &Plan, key: u64, now: Timestamp) -> Result<Explained> {
        guard(self, || {
            let mut out = Explained::default();
            let whole = Prepared::new(self, plan, true)?;
            let Some((index, doc)) = self.address(key) else { return Ok(out) };
            let mut parts = Vec::new();
            scored_parts(&plan.root, 1.0, &mut parts);
            let mut sum = 0;
            for (cond, boost) in parts {
                let mut leaves = Vec::new();
                if let Cond::Spans { spans, .. } = cond {
                    leaves_of(spans, &mut leaves);
                }
                let root = Cond::Boost(Box::new(cond.clone()), boost);
                let alone = Plan { root, leaves: plan.leaves.clone(), needs_text: plan.needs_text };
                let mut alone = Prepared::new(self, &alone, true)?;
                // How length and repetition count rests on the whole query.
                alone.model = whole.model.clone();
                let steps = self.steps_of(&alone, index, doc, now)?;
                if steps > 0 {
                    out.parts.push((leaves, score::score(steps)));
                    sum += steps;
                }
            }
            if let Some(together) = Together::new(&whole) {
                let share = together.share_of(index, doc).map_err(|e| self.bad(e))?;
                out.together = score::score(sum) * share;
            }
            Ok(out)
        })
    }

    /// How rare the articles are in which `matcher` matches: 0 where none does.
    ///
    /// # Errors
    /// As [`find`](Self::find).
    pub fn rarity(&self, matcher: &Matcher) -> Result<f32> {
        guard(self, || {
            let mut terms = expand::leaf(self, matcher)?;
            terms.settle(self)?;
            Ok(if terms.articles == 0 { 0.0 } else { self.lengths().idf(terms.articles) })
        })
    }

    /// Segment and document of the article in row `key`.
    fn address(&self, key: u64) -> Option<(usize, u32)> {
        for (index, segment) in self.segments().iter().enumerate() {
            let Some(keys) = segment.numbers(column::KEY) else { continue };
            if key < keys.min_value() || keys.max_value() < key {
                continue;
            }
            let found = (0..segment.max_doc()).find(|doc| keys.first(*doc) == Some(key) && segment.is_alive(*doc));
            if let Some(doc) = found {
                return Some((index, doc));
            }
        }
        None
    }

    fn steps_of(&self, prepared: &Prepared, index: usize, wanted: u32, now: Timestamp) -> Result<u64> {
        let mut steps = 0;
        self.run_segment(prepared, index, now, &mut Found::default(), &mut |_, _, doc, sum| {
            if doc == wanted {
                steps = sum;
            }
        })?;
        Ok(steps)
    }
}

fn scored_parts<'a>(cond: &'a Cond, boost: f32, out: &mut Vec<(&'a Cond, f32)>) {
    match cond {
        Cond::Spans { .. } => out.push((cond, boost)),
        Cond::And(items) | Cond::Or(items) | Cond::Bag(items) => {
            items.iter().for_each(|item| scored_parts(item, boost, out));
        }
        Cond::Boost(item, by) => scored_parts(item, boost * by, out),
        Cond::All | Cond::None | Cond::Not(_) => {}
        Cond::Key { .. } | Cond::Dates { .. } | Cond::Words { .. } => {}
    }
}
