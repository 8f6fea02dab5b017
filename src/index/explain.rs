//! What the words of a query mean to the index: how many articles hold each, and what each gave to a score.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::expand::{self, Located, Terms};
use super::find::{Find, Found, guard};
use super::lower::{Prepared, leaves_of};
use super::reader::Reader;
use super::schema::{STEM, column};
use super::score;
use super::stems::WRITTEN;
use super::together::Together;
use super::top;
use crate::error::Result;
use crate::query::plan::{Cond, Matcher, Plan, Scope};

/// What one leaf of a plan stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeafReport {
    /// As typed.
    pub typed: String,
    /// Where it is looked for: in the title, in the text, or in both.
    pub scope: Scope,
    /// Whether it is literal text, of which only the words are counted here.
    pub literal: bool,
    /// The words that were searched, most frequent first.
    pub words: Vec<WordReport>,
}

/// A word of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordReport {
    /// Folded; several, with commas between, that are one to the index by what their accents tell.
    pub word: String,
    /// Articles that have it where it is looked for, apart from those left out of all results; of an inflection, those of a
    /// language in which it is one.
    pub articles: u64,
}

/// What a score is made of: the sum of all parts and of `together`, times `left_by_age`.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// What each part of the query gave, with the leaves it is made of; parts that gave nothing are left out.
    pub parts: Vec<(Vec<usize>, f32)>,
    /// What is added because the words stand early or together, of an article that is looked at once more.
    pub together: f32,
    /// What age leaves of the score, between a half and 1; 1 where it does not count.
    pub left_by_age: f32,
}

impl Reader {
    /// What each leaf of `plan` stands for, in the order of its leaves.
    ///
    /// # Errors
    /// As [`find`](Self::find).
    pub fn leaves(&self, plan: &Plan, now: Timestamp) -> Result<Vec<LeafReport>> {
        guard(self, || {
            let prepared = Prepared::new(self, plan, false)?;
            let mut fields = vec![[false; 2]; plan.leaves.len()];
            looked_in(&plan.root, &mut fields);
            let mut reports = Vec::new();
            for ((leaf, rows), fields) in plan.leaves.iter().zip(&prepared.leaves).zip(fields) {
                let scope = match fields {
                    [true, false] => Scope::Title,
                    [false, true] => Scope::Text,
                    _ => Scope::Either,
                };
                let mut words: BTreeMap<String, u64> = BTreeMap::new();
                for terms in rows {
                    self.count_words(terms, fields, now, &mut words)?;
                }
                let mut words: Vec<_> = self.named(words);
                words.retain(|word| word.articles > 0);
                // The sort is stable: among equals by word.
                words.sort_by_key(|word| std::cmp::Reverse(word.articles));
                let literal = matches!(leaf.matcher, Matcher::Literal { .. });
                reports.push(LeafReport { typed: leaf.typed.clone(), scope, literal, words });
            }
            Ok(reports)
        })
    }

    /// Stems of written words as the words that have them and are not counted by themselves.
    fn named(&self, words: BTreeMap<String, u64>) -> Vec<WordReport> {
        let name = |word: &String| {
            if !word.starts_with(STEM) {
                return word.clone();
            }
            let mut forms = BTreeSet::new();
            self.stems().words(WRITTEN, word, &mut forms);
            forms.retain(|form| !words.contains_key(form));
            forms.into_iter().collect::<Vec<_>>().join(", ")
        };
        let reports = words.iter().map(|(word, articles)| WordReport { word: name(word), articles: *articles });
        reports.filter(|report| !report.word.is_empty()).collect()
    }

    /// Adds up the articles that have each of `terms`, each article once whichever of `fields` and forms it has.
    fn count_words(
        &self,
        terms: &Terms,
        fields: [bool; 2],
        now: Timestamp,
        counts: &mut BTreeMap<String, u64>,
    ) -> Result<()> {
        let mut holders: Vec<u64> = Vec::new();
        for (segment, found) in self.segments().iter().zip(&terms.found) {
            let mut of_word: BTreeMap<&str, Vec<&Located>> = BTreeMap::new();
            for found in found.iter().filter(|found| fields.get(found.field).is_some_and(|asked| *asked)) {
                of_word.entry(&terms.wanted[found.wanted].word).or_default().push(found);
            }
            for (word, found) in of_word {
                holders.clear();
                holders.resize(segment.max_doc().div_ceil(64) as usize, 0);
                for found in found {
                    let langs = &terms.wanted[found.wanted].langs;
                    expand::each_block(self, segment, found.field, &found.info, |docs| {
                        let here = docs.iter().filter(|doc| segment.is_alive(**doc) && segment.speaks(**doc, langs));
                        here.for_each(|doc| holders[(doc / 64) as usize] |= 1 << (doc % 64));
                    })?;
                }
                let left_out = |until: &Option<i64>| until.is_none_or(|until| until > now.as_second());
                for (doc, _) in segment.hidden().iter().filter(|(_, until)| left_out(until)) {
                    holders[(doc / 64) as usize] &= !(1 << (doc % 64));
                }
                let articles: u64 = holders.iter().map(|some| u64::from(some.count_ones())).sum();
                *counts.entry(word.to_owned()).or_default() += articles;
            }
        }
        Ok(())
    }

    /// How much one occurrence of each leaf of `plan` counts at most: the rarer the more.
    ///
    /// # Errors
    /// As [`find`](Self::find).
    pub fn rarities(&self, plan: &Plan) -> Result<Vec<f32>> {
        guard(self, || {
            let prepared = Prepared::new(self, plan, true)?;
            Ok(prepared.leaves.iter().map(|rows| rows.iter().map(|terms| prepared.rarity(terms)).sum()).collect())
        })
    }

    /// What the score of the article in row `key`, which matches, is made of where it is found by relevance.
    ///
    /// # Errors
    /// As [`find`](Self::find).
    pub fn explain(&self, plan: &Plan, key: u64, find: &Find) -> Result<Explained> {
        guard(self, || {
            let mut out = Explained { parts: Vec::new(), together: 0.0, left_by_age: 1.0 };
            let whole = Prepared::new(self, plan, true)?;
            let Some((index, doc)) = self.address(key) else { return Ok(out) };
            let mut parts = Vec::new();
            let at = At { reader: self, plan, index, doc, now: find.now };
            at.scored_parts(&plan.root, 1.0, &mut parts)?;
            let mut sum = 0;
            for (cond, boost) in parts {
                let mut leaves = Vec::new();
                if let Cond::Spans { spans, .. } = cond {
                    leaves_of(spans, &mut leaves);
                }
                let root = Cond::Boost(Box::new(cond.clone()), boost);
                let alone = at.alone(root);
                let mut alone = Prepared::new(self, &alone, true)?;
                // How length and repetition count rests on the whole query.
                alone.model = whole.model.clone();
                let steps = at.steps(&alone)?.unwrap_or(0);
                if steps > 0 {
                    out.parts.push((leaves, score::score(steps)));
                    sum += steps;
                }
            }
            if let Some(together) = Together::new(&whole) {
                let share = together.share_of(index, doc).map_err(|e| self.bad(e))?;
                out.together = score::score(sum) * share;
            }
            if find.recent {
                out.left_by_age = top::left_by_age(find, &self.segments()[index], doc) as f32;
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
}

/// An article whose score is taken apart.
struct At<'a> {
    reader: &'a Reader,
    plan: &'a Plan,
    index: usize,
    doc: u32,
    now: Timestamp,
}

impl At<'_> {
    /// A part of the plan by itself.
    fn alone(&self, root: Cond) -> Plan {
        Plan { root, leaves: self.plan.leaves.clone(), needs_text: self.plan.needs_text }
    }

    /// What the article gets; `None` where it does not match.
    fn steps(&self, prepared: &Prepared) -> Result<Option<u64>> {
        let mut steps = None;
        self.reader.run_segment(prepared, self.index, self.now, &mut Found::default(), &mut |_, _, doc, sum| {
            if doc == self.doc {
                steps = Some(sum);
            }
        })?;
        Ok(steps)
    }

    /// The parts of `cond`, which the article matches, that count: of alternatives those that it matches as a whole.
    fn scored_parts<'a>(&self, cond: &'a Cond, boost: f32, out: &mut Vec<(&'a Cond, f32)>) -> Result<()> {
        match cond {
            Cond::Spans { .. } => out.push((cond, boost)),
            Cond::And(items) => items.iter().try_for_each(|item| self.scored_parts(item, boost, out))?,
            Cond::Or(items) | Cond::Bag(items) => {
                for item in items {
                    // What is no more than spans gives nothing where it does not match.
                    let holds = matches!(item, Cond::Spans { .. }) || {
                        let alone = self.alone(item.clone());
                        self.steps(&Prepared::new(self.reader, &alone, false)?)?.is_some()
                    };
                    if holds {
                        self.scored_parts(item, boost, out)?;
                    }
                }
            }
            Cond::Boost(item, by) => self.scored_parts(item, boost * by, out)?,
            Cond::All | Cond::None | Cond::Not(_) => {}
            Cond::Key { .. } | Cond::Dates { .. } | Cond::Words { .. } => {}
        }
        Ok(())
    }
}

/// In which of title and text each leaf is looked for.
fn looked_in(cond: &Cond, out: &mut [[bool; 2]]) {
    match cond {
        Cond::Spans { spans, scope, .. } => {
            let mut leaves = Vec::new();
            leaves_of(spans, &mut leaves);
            for leaf in leaves {
                out[leaf][0] |= *scope != Scope::Text;
                out[leaf][1] |= *scope != Scope::Title;
            }
        }
        Cond::And(items) | Cond::Or(items) | Cond::Bag(items) => items.iter().for_each(|item| looked_in(item, out)),
        Cond::Boost(item, _) | Cond::Not(item) => looked_in(item, out),
        Cond::All | Cond::None => {}
        Cond::Key { .. } | Cond::Dates { .. } | Cond::Words { .. } => {}
    }
}
