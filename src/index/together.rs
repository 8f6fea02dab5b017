//! Whether the words of a query stand early and together: the best candidates are looked at once more.
//!
//! BM25 counts words wherever they are. Of a long article that is too little: two words twenty paragraphs apart are two
//! articles in one. So what an article scored is raised by how much of its evidence stands **in one passage** (the rarities
//! of the words that come within [`PASSAGE`] words, as a share of those it has at all), and by how often words that were
//! typed beside each other **stand near each other** in it. A text no longer than a passage has everything in one, so this changes
//! nothing among short ones. The former joins passage and article evidence (Callan, *Passage-level evidence in
//! document retrieval*, SIGIR 1994), the latter is the unordered window of Metzler and Croft (*A Markov random field model for term
//! dependencies*, SIGIR 2005), which helps queries of few words and says little in long ones.
//!
//! News says first what it is about. So a score is raised too by the share of the **query's** evidence that stands **in the
//! lead**, the first [`LEAD`] words of the text: what is only told in the ninth paragraph is background there.
//!
//! Only scores rise, so whoever is looked at stays above whoever is not, and lists read in pieces keep their order.

use super::cursor::PositionCursor;
use super::find::Find;
use super::lower::Prepared;
use super::reader::{Reader, Segment};
use super::schema::TEXT;
use super::score::Evidence;
use super::spans::{Part, Places};
use super::top::{self, Candidate};
use crate::query::plan::{Cond, Scope, Spans};
use tantivy::fieldnorm::FieldNormReader;

/// So many of the best are looked at.
pub(super) const LOOKED_AT: usize = 1000;

/// Words within which evidence counts as together: a passage as it is shown.
const PASSAGE: u32 = 100;

/// What a passage with all that an article has adds to its score.
const IN_ONE_PASSAGE: f32 = 0.3;

/// Words that count as the lead, and what a lead with all that is asked for adds to a score.
const LEAD: u32 = 40;
const IN_LEAD: f32 = 0.3;

/// Words apart that count as near, and what a query of two words gains where they are often near.
const NEAR: u32 = 8;
const NEIGHBOURS: f32 = 0.2;

/// How fast the number of times that neighbours are near stops to count.
const NEAR_SATURATION: f32 = 1.2;

/// Below this, nearness is not worth reading positions for.
const LEAST_NEIGHBOURS: f32 = 0.05;

/// Words are left out that tell less than this beside the rarest.
const LEAST_TELLING: f32 = 0.15;

/// Most words looked at, the most telling ones.
const MOST_WORDS: usize = 32;

/// A word or phrase of the query.
struct Unit {
    spans: Spans,
    weight: f32,
    /// Place in the query; neighbours differ by one.
    at: usize,
}

/// What is looked for in candidates.
pub(super) struct Together<'a> {
    prepared: &'a Prepared<'a>,
    units: Vec<Unit>,
    /// Units typed beside each other, and the share of the evidence that is theirs.
    pairs: Vec<(usize, usize, f32)>,
    neighbours: f32,
    /// What all units tell.
    whole: f32,
}

impl<'a> Together<'a> {
    /// `None` where there are no two words that could stand together.
    pub(super) fn new(prepared: &'a Prepared<'a>) -> Option<Self> {
        let mut units = Vec::new();
        gather(prepared, &prepared.plan.root, 1.0, &mut 0, &mut units);
        let most = units.iter().map(|unit| unit.weight).fold(0.0, f32::max);
        units.retain(|unit| unit.weight > 0.0 && unit.weight >= LEAST_TELLING * most);
        if units.len() > MOST_WORDS {
            let mut weights: Vec<f32> = units.iter().map(|unit| unit.weight).collect();
            weights.sort_unstable_by(|a, b| b.total_cmp(a));
            let least = weights[MOST_WORDS - 1];
            units.retain(|unit| unit.weight >= least);
            units.truncate(MOST_WORDS);
        }
        if units.len() < 2 {
            return None;
        }
        let words = Evidence::of(units.iter().map(|unit| unit.weight)).words();
        let neighbours = NEIGHBOURS * (2.0 / words).min(1.0).powi(2);
        let whole: f32 = units.iter().map(|unit| unit.weight).sum();
        let mut pairs = Vec::new();
        if neighbours >= LEAST_NEIGHBOURS {
            for (at, two) in units.windows(2).enumerate() {
                if two[0].at + 1 == two[1].at && two[0].spans != two[1].spans {
                    pairs.push((at, at + 1, two[0].weight.min(two[1].weight) / whole));
                }
            }
        }
        Some(Self { prepared, units, pairs, neighbours, whole })
    }

    /// Raises the scores of the first of `candidates`, which are in order, until none of the others can come before the
    /// `wanted`th, and puts them in order again.
    pub(super) fn raise(&self, find: &Find, candidates: &mut [Candidate], wanted: usize) -> tantivy::Result<()> {
        let looked_at = candidates.len().min(LOOKED_AT);
        let reader = self.prepared.reader;
        let shares: f32 = self.pairs.iter().map(|pair| pair.2).sum();
        let most = f64::from(1.0 + IN_ONE_PASSAGE + IN_LEAD + self.neighbours * shares);
        let (mut done, mut firsts) = (0, Vec::new());
        while done < looked_at {
            if wanted < looked_at && firsts.len() >= wanted {
                firsts.sort_unstable_by(|a: &i64, b| b.cmp(a));
                // One step more for what rounding may have taken.
                if candidates[done].first as f64 * most + 1.0 < firsts[wanted - 1] as f64 {
                    break;
                }
            }
            let piece = wanted.max(32).min(looked_at - done).max(1);
            let piece = &mut candidates[done..done + piece];
            piece.sort_unstable_by_key(|candidate| (candidate.segment, candidate.doc));
            for some in piece.chunk_by_mut(|a, b| a.segment == b.segment) {
                self.raise_in(reader, find, some)?;
            }
            firsts.extend(piece.iter().map(|candidate| candidate.first));
            done += piece.len();
        }
        top::sort(reader, find, candidates);
        Ok(())
    }

    /// Candidates of one segment, in order of document.
    fn raise_in(&self, reader: &Reader, find: &Find, some: &mut [Candidate]) -> tantivy::Result<()> {
        let index = some[0].segment as usize;
        let segment = &reader.segments()[index];
        let mut looking = Looking::new(self, index)?;
        for candidate in some {
            let share = looking.share(self, segment, reader, candidate.doc);
            candidate.steps += (candidate.steps as f64 * f64::from(share)) as u64;
            candidate.first = top::first(find, segment, candidate.doc, candidate.steps);
        }
        Ok(())
    }

    /// By which share the score of a document is raised.
    pub(super) fn share_of(&self, index: usize, doc: u32) -> tantivy::Result<f32> {
        let reader = self.prepared.reader;
        Ok(Looking::new(self, index)?.share(self, &reader.segments()[index], reader, doc))
    }
}

/// Words, phrases and distances that an article is ranked by, in the order typed. Alternatives are one unit.
fn gather(prepared: &Prepared, cond: &Cond, boost: f32, at: &mut usize, out: &mut Vec<Unit>) {
    let mut add = |spans: Spans, at: &mut usize| {
        *at += 1;
        if prepared.is_typed(&spans) {
            let weight = boost * prepared.weight(&spans);
            out.push(Unit { spans, weight, at: *at });
        }
    };
    match cond {
        Cond::Spans { spans, scope: Scope::Either | Scope::Text, .. } => add(spans.clone(), at),
        Cond::And(items) | Cond::Bag(items) => {
            items.iter().for_each(|item| gather(prepared, item, boost, at, out));
            *at += 1;
        }
        Cond::Or(items) => {
            let each = |item: &Cond| match item {
                Cond::Spans { spans, scope: Scope::Either | Scope::Text, .. } => Some(spans.clone()),
                _ => None,
            };
            match items.iter().map(each).collect::<Option<Vec<Spans>>>() {
                Some(items) if !items.is_empty() => add(Spans::Any(items), at),
                _ => *at += 2,
            }
        }
        Cond::Boost(item, by) => gather(prepared, item, boost * by.clamp(0.0, 1e6), at, out),
        Cond::Spans { .. } | Cond::Not(_) | Cond::All | Cond::None => *at += 2,
        Cond::Key { .. } | Cond::Dates { .. } | Cond::Words { .. } => {}
    }
}

/// How the positions of a unit are read.
enum Reading {
    Word(Vec<PositionCursor>),
    Spans(Box<Part>),
}

/// A segment being looked at, and buffers.
struct Looking {
    readings: Vec<Reading>,
    positions: Vec<Vec<u32>>,
    one: Vec<u32>,
    places: Places,
    /// Position and unit.
    events: Vec<(u32, u32)>,
    counts: Vec<u32>,
}

impl Looking {
    fn new(together: &Together, index: usize) -> tantivy::Result<Self> {
        let mut readings = Vec::with_capacity(together.units.len());
        for unit in &together.units {
            let part = together.prepared.part(index, &unit.spans, TEXT)?;
            readings.push(match (&unit.spans, part) {
                (Spans::Leaf(leaf), mut part) => Reading::Word(std::mem::take(&mut part.leaves[*leaf])),
                (_, part) => Reading::Spans(Box::new(part)),
            });
        }
        let positions = vec![Vec::new(); readings.len()];
        let counts = vec![0; readings.len()];
        Ok(Self { readings, positions, one: Vec::new(), places: Places::default(), events: Vec::new(), counts })
    }

    /// By which share the score of `doc` is raised. Documents are asked for in rising order.
    fn share(&mut self, together: &Together, segment: &Segment, reader: &Reader, doc: u32) -> f32 {
        for ((reading, unit), out) in self.readings.iter_mut().zip(&together.units).zip(&mut self.positions) {
            out.clear();
            match reading {
                Reading::Word(cursors) => {
                    for cursor in cursors.iter_mut() {
                        if cursor.positions(doc, &mut self.one) && segment.speaks(doc, &cursor.langs) {
                            out.extend_from_slice(&self.one);
                        }
                    }
                    if cursors.len() > 1 {
                        out.sort_unstable();
                    }
                }
                Reading::Spans(part) => {
                    out.extend(part.find(segment, &unit.spans, doc, &mut self.places).iter().map(|found| found.start));
                }
            }
        }
        let mut near = 0.0;
        for (a, b, share) in &together.pairs {
            let times = times_near(&self.positions[*a], &self.positions[*b]) as f32;
            near += share * times / (times + NEAR_SATURATION);
        }
        let norm = segment.norms(reader.fields())[TEXT].fieldnorm_id(doc);
        let is_short = FieldNormReader::id_to_fieldnorm(norm) <= PASSAGE;
        let in_one = if is_short { 1.0 } else { self.in_one_passage(together) };
        IN_ONE_PASSAGE * in_one + IN_LEAD * self.in_lead(together) + together.neighbours * near
    }

    /// The words in the lead, as a share of those asked for.
    fn in_lead(&self, together: &Together) -> f32 {
        let early = |positions: &[u32]| positions.iter().any(|position| *position < LEAD);
        let held = self.positions.iter().zip(&together.units).filter(|(positions, _)| early(positions));
        held.map(|(_, unit)| unit.weight).sum::<f32>() / together.whole
    }

    /// The most telling words within a passage, as a share of those in the whole text; all where it has none.
    fn in_one_passage(&mut self, together: &Together) -> f32 {
        self.events.clear();
        let mut whole = 0.0;
        for (at, (positions, unit)) in self.positions.iter().zip(&together.units).enumerate() {
            self.events.extend(positions.iter().map(|position| (*position, at as u32)));
            whole += if positions.is_empty() { 0.0 } else { unit.weight };
        }
        if self.positions.iter().filter(|positions| !positions.is_empty()).count() < 2 {
            return 1.0;
        }
        self.events.sort_unstable();
        self.counts.fill(0);
        let (mut from, mut missing, mut best) = (0, self.counts.len(), 0.0f32);
        let mut held = 0u32;
        for to in 0..self.events.len() {
            let (position, unit) = self.events[to];
            let is_new = self.counts[unit as usize] == 0;
            self.counts[unit as usize] += 1;
            held |= 1 << unit;
            while self.events[from].0 + PASSAGE <= position {
                let gone = self.events[from].1 as usize;
                self.counts[gone] -= 1;
                if self.counts[gone] == 0 {
                    held &= !(1 << gone);
                }
                from += 1;
            }
            if is_new {
                // Added up in the order of the query, so that rounding does not depend on the way here.
                let sum: f32 = (0..together.units.len())
                    .filter(|unit| held >> unit & 1 == 1)
                    .map(|unit| together.units[unit].weight)
                    .sum();
                best = best.max(sum);
                missing = missing.min(together.units.len() - held.count_ones() as usize);
                if missing == 0 {
                    return 1.0;
                }
            }
        }
        (best / whole).min(1.0)
    }
}

/// How many of the positions `a` have one of `b` near.
fn times_near(a: &[u32], b: &[u32]) -> usize {
    let mut from = 0;
    let mut near = |position: &&u32| {
        while b.get(from).is_some_and(|other| other + NEAR < **position) {
            from += 1;
        }
        b.get(from).is_some_and(|other| *other <= **position + NEAR)
    };
    a.iter().filter(|position| near(position)).count()
}
