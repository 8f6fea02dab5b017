//! What the words of a query mean to the index: how many articles hold each, and what each gave to a score.

use jiff::Timestamp;

use super::expand;
use super::find::{Found, guard};
use super::lower::Prepared;
use super::reader::Reader;
use super::schema::column;
use super::score;
use crate::error::Result;
use crate::query::plan::{Cond, Matcher, Plan, Spans};

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

    /// What each scored part of `plan` gave to the score of the article in row `key`, with the leaves it is made of;
    /// parts that gave nothing are left out.
    ///
    /// # Errors
    /// As [`find`](Self::find).
    pub fn explain(&self, plan: &Plan, key: u64, now: Timestamp) -> Result<Vec<(Vec<usize>, f32)>> {
        guard(self, || {
            let mut parts = Vec::new();
            scored_parts(&plan.root, 1.0, &mut parts);
            let mut out = Vec::new();
            for (cond, boost) in parts {
                let mut leaves = Vec::new();
                if let Cond::Spans { spans, .. } = cond {
                    leaves_of(spans, &mut leaves);
                }
                let root = Cond::Boost(Box::new(cond.clone()), boost);
                let alone = Plan { root, leaves: plan.leaves.clone(), needs_text: plan.needs_text };
                let steps = self.steps_of(&alone, key, now)?;
                if steps > 0 {
                    out.push((leaves, score::score(steps)));
                }
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
            let terms = expand::leaf(self, matcher)?;
            let df = terms.df[0].max(terms.df[1]);
            Ok(if df == 0 { 0.0 } else { self.model().idf(df) })
        })
    }

    fn steps_of(&self, plan: &Plan, key: u64, now: Timestamp) -> Result<u64> {
        let prepared = Prepared::new(self, plan, true)?;
        for (index, segment) in self.segments().iter().enumerate() {
            let Some(keys) = segment.numbers(column::KEY) else { continue };
            if key < keys.min_value() || keys.max_value() < key {
                continue;
            }
            let node = prepared.lower(index).map_err(|e| self.bad(e))?;
            let mut steps = 0;
            self.run_segment(node, index, now, true, &mut Found::default(), &mut |_, _, doc, sum| {
                if keys.first(doc) == Some(key) {
                    steps = sum;
                }
            })?;
            if steps > 0 {
                return Ok(steps);
            }
        }
        Ok(0)
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

fn leaves_of(spans: &Spans, out: &mut Vec<usize>) {
    match spans {
        Spans::Leaf(leaf) => out.push(*leaf),
        Spans::Seq(items) | Spans::Any(items) | Spans::Near { items, .. } | Spans::Within { items, .. } => {
            items.iter().for_each(|item| leaves_of(item, out));
        }
    }
}
