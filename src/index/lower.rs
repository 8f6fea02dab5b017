//! Plan → nodes for one segment.

use std::collections::{BTreeSet, HashMap};

use tantivy::schema::IndexRecordOption;

use super::cursor::{Cursor, PositionCursor};
use super::document::days;
use super::eval::{Leaf, Node, Range, Values};
use super::expand::{self, Terms};
use super::reader::{KEYS, Reader, Segment};
use super::schema::{BLOCK, LEAD, SENTENCE, TEXT, column, letter};
use super::score::{Evidence, Model, WEIGHTS};
use super::spans::{Part, Places, SpanNode};
use super::tokens;
use crate::error::Result;
use crate::query::plan::{Cond, Matcher, Plan, Scope, Spans};
use crate::query::{KeyField, Unit};

/// What becomes of articles of whose date too little is known to say whether they are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unsure {
    /// A date is taken for no more than is known.
    AsKnown,
    /// All that may be meant are found.
    Found,
    /// Only those are found that are meant for sure: `NOT` leaves out what may be of the days behind it.
    LeftOut,
    /// Likewise, and of those without a date none is found for being of other days.
    UndatedLeftOut,
}

/// A plan with the terms it stands for; the same for all segments.
pub(super) struct Prepared<'a> {
    pub(super) reader: &'a Reader,
    pub(super) plan: &'a Plan,
    /// For each leaf, one or, for a literal, its words in a row.
    pub(super) leaves: Vec<Vec<Terms>>,
    keys: HashMap<(char, String, bool), Vec<Terms>>,
    pub(super) scored: bool,
    /// How the words of the plan score.
    pub(super) model: Model,
    /// What of the articles whose dates may be within those asked for, as no more than their year or month is known.
    pub(super) unsure: Unsure,
    /// Words met more often than the limit allows.
    pub(super) notes: Vec<String>,
}

impl<'a> Prepared<'a> {
    /// Looks up all terms of `plan`.
    pub(super) fn new(reader: &'a Reader, plan: &'a Plan, scored: bool) -> Result<Self> {
        let mut out = Self {
            reader,
            plan,
            leaves: Vec::new(),
            keys: HashMap::new(),
            scored,
            model: Model::new(reader.lengths(), &WEIGHTS, Evidence::of(std::iter::empty())),
            unsure: Unsure::AsKnown,
            notes: Vec::new(),
        };
        for leaf in &plan.leaves {
            let mut terms = match &leaf.matcher {
                Matcher::Literal { terms, .. } => terms
                    .iter()
                    .map(|term| expand::leaf(reader, &Matcher::Exact(term.clone())))
                    .collect::<Result<_>>()?,
                matcher => vec![expand::leaf(reader, matcher)?],
            };
            for terms in &mut terms {
                if scored {
                    terms.settle(reader)?;
                }
                if let Some(count) = terms.cut {
                    out.notes.push(format!(
                        "`{}` matches {count} different words: the {} most frequent ones were searched; in what they find all are counted",
                        leaf.typed,
                        expand::MOST_WORDS
                    ));
                }
            }
            out.leaves.push(terms);
        }
        out.find_keys(&plan.root)?;
        let evidence = out.evidence();
        out.model = Model::new(reader.lengths(), &WEIGHTS, evidence);
        Ok(out)
    }

    fn find_keys(&mut self, cond: &Cond) -> Result<()> {
        match cond {
            Cond::Key { field, value, prefix } => {
                let letter = letter(*field);
                let id = (letter, value.clone(), *prefix);
                if !self.keys.contains_key(&id) {
                    // A word with `*` behind it is the beginning of one, wherever in the value it stands.
                    let (before, after) = value.split_once("* ").unwrap_or(("", value));
                    let mut words = if before.is_empty() { Vec::new() } else { key_terms(*field, before) };
                    let begun = words.len().checked_sub(1);
                    words.extend(key_terms(*field, after));
                    let mut terms = Vec::new();
                    for (index, word) in words.iter().enumerate() {
                        let open = *prefix && index + 1 == words.len() || begun == Some(index);
                        let found = expand::keys(self.reader, word, open)?;
                        if let Some(count) = found.cut {
                            self.notes.push(format!(
                                "`{value}*` matches {count} different words: the {} most frequent ones were searched",
                                expand::MOST_WORDS
                            ));
                        }
                        terms.push(found);
                    }
                    self.keys.insert(id, terms);
                }
                Ok(())
            }
            Cond::And(items) | Cond::Or(items) | Cond::Bag(items) => {
                items.iter().try_for_each(|item| self.find_keys(item))
            }
            Cond::Not(item) | Cond::Boost(item, _) => self.find_keys(item),
            Cond::All | Cond::None | Cond::Spans { .. } | Cond::Dates { .. } | Cond::Words { .. } => Ok(()),
        }
    }

    /// The nodes for segment number `index`.
    pub(super) fn lower(&self, index: usize) -> tantivy::Result<Node> {
        let segment = &self.reader.segments()[index];
        Lowering { prepared: self, segment, index }.cond(&self.plan.root, if self.scored { 1.0 } else { 0.0 }, true)
    }

    /// What one saturated occurrence of `spans` is worth: the rarity of a word, or of all words of a phrase together.
    pub(super) fn weight(&self, spans: &Spans) -> f32 {
        match spans {
            Spans::Leaf(leaf) => self.leaves[*leaf].iter().map(|terms| self.rarity(terms)).sum(),
            Spans::Gap(_) => 0.0,
            Spans::Seq(items) | Spans::Near { items, .. } | Spans::Within { items, .. } => {
                items.iter().map(|item| self.weight(item)).sum()
            }
            // The commonest alternative; one that is nowhere says nothing.
            Spans::Any(items) => {
                let weights = items.iter().map(|item| self.weight(item)).filter(|weight| *weight > 0.0);
                weights.reduce(f32::min).unwrap_or(0.0)
            }
        }
    }

    /// How much the typed words tell that are ranked by.
    fn evidence(&self) -> Evidence {
        let mut ranked = BTreeSet::new();
        ranked_leaves(&self.plan.root, &mut ranked);
        let typed = ranked.into_iter().filter(|leaf| self.plan.leaves[*leaf].is_typed());
        Evidence::of(typed.map(|leaf| self.weight(&Spans::Leaf(leaf))))
    }

    /// Whether spans are made of words a person typed whose positions the index knows.
    pub(super) fn is_typed(&self, spans: &Spans) -> bool {
        let mut leaves = Vec::new();
        leaves_of(spans, &mut leaves);
        let known = |leaf: &usize| {
            let leaf = &self.plan.leaves[*leaf];
            leaf.is_typed() && !matches!(leaf.matcher, Matcher::Literal { .. })
        };
        leaves.iter().all(known)
    }

    /// Reads where `spans` are in `field` of segment number `index`.
    pub(super) fn part(&self, index: usize, spans: &Spans, field: usize) -> tantivy::Result<Part> {
        let segment = &self.reader.segments()[index];
        Lowering { prepared: self, segment, index }.part(spans, field, Node::None, false, true)
    }

    /// How rare the articles are that have any of `terms`; 0 where none has.
    pub(super) fn rarity(&self, terms: &Terms) -> f32 {
        match terms.articles {
            0 => 0.0,
            df => self.reader.lengths().idf(df),
        }
    }
}

/// The terms of the keys field that a metadata value stands for; a bare letter where it only must be there.
fn key_terms(field: KeyField, value: &str) -> Vec<String> {
    let letter = letter(field);
    let words = tokens::key_words(value);
    if words.is_empty() {
        // A value of nothing but signs is in no article; a value of nothing asks whether there is one.
        let unknown = if value.trim().is_empty() { String::new() } else { "\u{2}".to_owned() };
        return vec![format!("{letter}{unknown}")];
    }
    words.into_iter().map(|word| format!("{letter}{word}")).collect()
}

struct Lowering<'a> {
    prepared: &'a Prepared<'a>,
    segment: &'a Segment,
    index: usize,
}

impl Lowering<'_> {
    /// `most` says on which side a literal or a date of which little is known errs: whether all articles must be found that may match, or (below NOT) none
    /// that may not.
    fn cond(&self, cond: &Cond, boost: f32, most: bool) -> tantivy::Result<Node> {
        Ok(match cond {
            Cond::All => Node::All,
            Cond::None => Node::None,
            Cond::Spans { spans, scope, at_least } => self.spans(spans, *scope, *at_least, boost, most)?,
            Cond::Key { field, value, prefix } => self.key(*field, value, *prefix)?,
            Cond::Dates { field, from, to } => {
                let [column, last] = column::of_date(*field).map(|name| self.segment.integers(name));
                let column = column.map(Values::Signed);
                let bounded = from.is_some() || to.is_some();
                let (from, to) = (from.map_or(i64::MIN, days), to.map_or(i64::MAX, days));
                let in_part = match self.prepared.unsure {
                    Unsure::AsKnown => false,
                    Unsure::Found => most,
                    Unsure::LeftOut | Unsure::UndatedLeftOut => !most,
                };
                // Behind `-date:*` nothing else is meant.
                let undated = self.prepared.unsure == Unsure::UndatedLeftOut && !most && bounded;
                Node::Range(Range { column, last, from, to, in_part, undated })
            }
            Cond::Words { from, to } => {
                let end = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
                let column = self.segment.numbers(column::WORDS).map(Values::Unsigned);
                let (from, to) = (from.map_or(0, end), to.map_or(i64::MAX, end));
                Node::Range(Range { column, last: None, from, to, in_part: false, undated: false })
            }
            Cond::And(items) => {
                let mut nodes =
                    items.iter().map(|item| self.cond(item, boost, most)).collect::<tantivy::Result<Vec<_>>>()?;
                if nodes.is_empty() {
                    return Ok(Node::All);
                }
                nodes.sort_by_key(Node::cost);
                Node::And(nodes)
            }
            Cond::Or(items) | Cond::Bag(items) => {
                let mut nodes = Vec::with_capacity(items.len());
                for item in items {
                    let node = self.cond(item, boost, most)?;
                    let partial = boost > 0.0 && matches!(node, Node::And(_));
                    nodes.push(if partial { Node::Whole(Box::new(node)) } else { node });
                }
                Node::Or(nodes)
            }
            Cond::Not(item) => Node::Not(Box::new(self.cond(item, 0.0, !most)?)),
            Cond::Boost(item, by) => self.cond(item, boost * by.clamp(0.0, 1e6), most)?,
        })
    }

    fn spans(&self, spans: &Spans, scope: Scope, at_least: u32, boost: f32, most: bool) -> tantivy::Result<Node> {
        let literal = self.has_literal(spans);
        if literal && !most {
            return Ok(Node::None);
        }
        let weight = if boost > 0.0 { boost * self.prepared.weight(spans) } else { 0.0 };
        let fields: &[usize] = match scope {
            Scope::Either | Scope::Headline => &[0, 1],
            Scope::Title => &[0],
            Scope::Text => &[1],
        };
        let plain = at_least <= 1 && scope != Scope::Headline;
        if let (Spans::Leaf(leaf), true) = (spans, plain) {
            if !matches!(self.prepared.plan.leaves[*leaf].matcher, Matcher::Literal { .. }) {
                let terms = &self.prepared.leaves[*leaf][0];
                return Ok(Node::Leaf(Leaf { cursors: self.cursors(terms, fields, weight > 0.0)?, weight }));
            }
            // A literal: its words in a row, or every article if it has none; the text decides.
            return self.row(&self.prepared.leaves[*leaf], fields, weight);
        }
        let mut parts = Vec::new();
        for field in fields {
            let only_lead = scope == Scope::Headline && *field == TEXT;
            let words = self.words(spans, *field)?;
            parts.push(self.part(spans, *field, words, only_lead, !literal)?);
        }
        if literal {
            // Where a literal stands inside a phrase or a distance, only the text knows.
            return Ok(Node::Or(parts.into_iter().map(|part| part.words).collect()));
        }
        let (spans, places) = (spans.clone(), Places::default());
        Ok(Node::Spans(Box::new(SpanNode { spans, parts, at_least: at_least.max(1), weight, places })))
    }

    /// Where `spans` are in a field; `words` finds the documents. Without `placed` no positions are read.
    fn part(&self, spans: &Spans, field: usize, words: Node, only_lead: bool, placed: bool) -> tantivy::Result<Part> {
        let mut leaves: Vec<Vec<PositionCursor>> = Vec::new();
        if placed {
            leaves.resize_with(self.prepared.plan.leaves.len(), Vec::new);
            self.positions(spans, field, &mut leaves)?;
        }
        let text = field == TEXT && placed;
        let sentences = if text && has_unit(spans, Unit::Sentence) { self.border(SENTENCE)? } else { None };
        let parted = only_lead || has_gap(spans) || has_unit(spans, Unit::Paragraph);
        let blocks = if text && parted { self.border(BLOCK)? } else { None };
        let lead = if text && only_lead { self.border(LEAD)? } else { None };
        Ok(Part { field, words, leaves, only_lead, sentences, blocks, lead })
    }

    fn has_literal(&self, spans: &Spans) -> bool {
        match spans {
            Spans::Leaf(leaf) => matches!(self.prepared.plan.leaves[*leaf].matcher, Matcher::Literal { .. }),
            Spans::Gap(_) => false,
            Spans::Seq(items) | Spans::Any(items) | Spans::Near { items, .. } | Spans::Within { items, .. } => {
                items.iter().any(|item| self.has_literal(item))
            }
        }
    }

    /// Documents in which `spans` can be, by their words alone.
    fn words(&self, spans: &Spans, field: usize) -> tantivy::Result<Node> {
        Ok(match spans {
            Spans::Leaf(leaf) => {
                let mut rows = Vec::new();
                for terms in &self.prepared.leaves[*leaf] {
                    rows.push(Node::Leaf(Leaf { cursors: self.cursors(terms, &[field], false)?, weight: 0.0 }));
                }
                match rows.len() {
                    0 => Node::All,
                    1 => rows.swap_remove(0),
                    _ => Node::And(rows),
                }
            }
            Spans::Any(items) => {
                Node::Or(items.iter().map(|item| self.words(item, field)).collect::<tantivy::Result<_>>()?)
            }
            Spans::Gap(_) => Node::All,
            Spans::Seq(items) | Spans::Near { items, .. } | Spans::Within { items, .. } => {
                let items = items.iter().filter(|item| !matches!(item, Spans::Gap(_)));
                let mut nodes = items.map(|item| self.words(item, field)).collect::<tantivy::Result<Vec<_>>>()?;
                nodes.sort_by_key(Node::cost);
                Node::And(nodes)
            }
        })
    }

    fn cursors(&self, terms: &Terms, fields: &[usize], scored: bool) -> tantivy::Result<Vec<Cursor>> {
        let option = if scored { IndexRecordOption::WithFreqs } else { IndexRecordOption::Basic };
        let mut cursors = Vec::new();
        for found in terms.found[self.index].iter().filter(|found| fields.contains(&found.field)) {
            let inverted = &self.segment.terms[found.field];
            let block = inverted.read_block_postings_from_terminfo(&found.info, option)?;
            let langs = terms.wanted[found.wanted].langs.clone();
            let weight = if langs.is_some() { self.prepared.model.inflected() } else { 1.0 };
            cursors.push(Cursor::new(block, found.field, weight, langs));
        }
        Ok(cursors)
    }

    fn position_cursors(&self, terms: &Terms, field: usize) -> tantivy::Result<Vec<PositionCursor>> {
        let mut cursors = Vec::new();
        for found in terms.found[self.index].iter().filter(|found| found.field == field) {
            let option = IndexRecordOption::WithFreqsAndPositions;
            let postings = self.segment.terms[field].read_postings_from_terminfo(&found.info, option)?;
            let wanted = &terms.wanted[found.wanted];
            cursors.push(PositionCursor { postings, length: wanted.length, langs: wanted.langs.clone() });
        }
        Ok(cursors)
    }

    fn positions(&self, spans: &Spans, field: usize, leaves: &mut [Vec<PositionCursor>]) -> tantivy::Result<()> {
        match spans {
            Spans::Leaf(leaf) => {
                if leaves[*leaf].is_empty() {
                    for terms in &self.prepared.leaves[*leaf] {
                        leaves[*leaf].extend(self.position_cursors(terms, field)?);
                    }
                }
                Ok(())
            }
            Spans::Gap(_) => Ok(()),
            Spans::Seq(items) | Spans::Any(items) | Spans::Near { items, .. } | Spans::Within { items, .. } => {
                items.iter().try_for_each(|item| self.positions(item, field, leaves))
            }
        }
    }

    fn border(&self, term: &str) -> tantivy::Result<Option<tantivy::postings::SegmentPostings>> {
        let inverted = &self.segment.terms[1];
        let Some(info) = inverted.terms().get(term)? else { return Ok(None) };
        Ok(Some(inverted.read_postings_from_terminfo(&info, IndexRecordOption::WithFreqsAndPositions)?))
    }

    fn key(&self, field: KeyField, value: &str, prefix: bool) -> tantivy::Result<Node> {
        match self.prepared.keys.get(&(letter(field), value.to_owned(), prefix)) {
            Some(rows) => self.row(rows, &[KEYS], 0.0),
            None => Ok(Node::None),
        }
    }

    /// Terms one directly after the other, in any of `fields`.
    fn row(&self, rows: &[Terms], fields: &[usize], weight: f32) -> tantivy::Result<Node> {
        match rows {
            [] => return Ok(Node::All),
            [terms] => {
                return Ok(Node::Leaf(Leaf { cursors: self.cursors(terms, fields, weight > 0.0)?, weight }));
            }
            _ => {}
        }
        let mut parts = Vec::new();
        for field in fields {
            let mut words = Vec::new();
            let mut leaves = Vec::new();
            for terms in rows {
                words.push(Node::Leaf(Leaf { cursors: self.cursors(terms, &[*field], false)?, weight: 0.0 }));
                leaves.push(self.position_cursors(terms, *field)?);
            }
            words.sort_by_key(Node::cost);
            let words = Node::And(words);
            let (sentences, blocks, lead) = (None, None, None);
            parts.push(Part { field: *field, words, leaves, only_lead: false, sentences, blocks, lead });
        }
        let spans = Spans::Seq((0..rows.len()).map(Spans::Leaf).collect());
        Ok(Node::Spans(Box::new(SpanNode { spans, parts, at_least: 1, weight, places: Places::default() })))
    }
}

/// Leaves that give a score.
fn ranked_leaves(cond: &Cond, out: &mut BTreeSet<usize>) {
    match cond {
        Cond::Spans { spans, .. } => {
            let mut leaves = Vec::new();
            leaves_of(spans, &mut leaves);
            out.extend(leaves);
        }
        Cond::And(items) | Cond::Or(items) | Cond::Bag(items) => items.iter().for_each(|item| ranked_leaves(item, out)),
        Cond::Boost(item, _) => ranked_leaves(item, out),
        Cond::All | Cond::None | Cond::Not(_) => {}
        Cond::Key { .. } | Cond::Dates { .. } | Cond::Words { .. } => {}
    }
}

/// The leaves that spans are made of.
pub(super) fn leaves_of(spans: &Spans, out: &mut Vec<usize>) {
    match spans {
        Spans::Leaf(leaf) => out.push(*leaf),
        Spans::Gap(_) => {}
        Spans::Seq(items) | Spans::Any(items) | Spans::Near { items, .. } | Spans::Within { items, .. } => {
            items.iter().for_each(|item| leaves_of(item, out));
        }
    }
}

/// Whether somewhere words are passed over that must be of one block.
fn has_gap(spans: &Spans) -> bool {
    match spans {
        Spans::Gap(_) => true,
        Spans::Leaf(_) => false,
        Spans::Seq(items) | Spans::Any(items) | Spans::Near { items, .. } | Spans::Within { items, .. } => {
            items.iter().any(has_gap)
        }
    }
}

fn has_unit(spans: &Spans, wanted: Unit) -> bool {
    match spans {
        Spans::Leaf(_) | Spans::Gap(_) => false,
        Spans::Within { unit, items } => *unit == wanted || items.iter().any(|item| has_unit(item, wanted)),
        Spans::Seq(items) | Spans::Any(items) | Spans::Near { items, .. } => {
            items.iter().any(|item| has_unit(item, wanted))
        }
    }
}
