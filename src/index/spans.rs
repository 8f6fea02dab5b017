//! Phrases, distances and units: documents are found by their words, then the positions of each are looked at.

use tantivy::DocSet;
use tantivy::postings::{Postings, SegmentPostings};

use super::cursor::PositionCursor;
use super::eval::{Context, Node};
use super::reader::Segment;
use super::score::steps;
use super::window::Mask;
use crate::query::intervals::{self, Borders, Interval, Scratch, Wanted};
use crate::query::plan::Spans;

/// Spans that must occur, in one or both of title and text.
pub(super) struct SpanNode {
    pub(super) spans: Spans,
    pub(super) parts: Vec<Part>,
    pub(super) at_least: u32,
    /// What a saturated number of spans is worth; 0: no score.
    pub(super) weight: f32,
    pub(super) places: Places,
}

/// The search of one field.
pub(super) struct Part {
    /// 0 title, 1 text, 2 keys.
    pub(super) field: usize,
    /// Documents that have the words.
    pub(super) words: Node,
    /// Positions of each leaf of the plan; those not asked for are empty.
    pub(super) leaves: Vec<Vec<PositionCursor>>,
    /// Only the lead counts.
    pub(super) only_lead: bool,
    pub(super) sentences: Option<SegmentPostings>,
    pub(super) blocks: Option<SegmentPostings>,
    pub(super) lead: Option<SegmentPostings>,
}

/// Buffers for the positions of one document.
#[derive(Default)]
pub(super) struct Places {
    lists: Vec<Vec<Interval>>,
    one: Vec<u32>,
    sentences: Vec<u32>,
    blocks: Vec<u32>,
    lead: Vec<u32>,
    scratch: Scratch,
    out: Vec<Interval>,
}

impl SpanNode {
    pub(super) fn next(&mut self, from: u32) -> u32 {
        self.parts.iter_mut().map(|part| part.words.next(from)).min().unwrap_or(u32::MAX)
    }

    pub(super) fn cost(&self) -> u64 {
        self.parts.iter().map(|part| part.words.cost()).fold(0, u64::saturating_add)
    }

    pub(super) fn eval(&mut self, ctx: &mut Context, base: u32, within: &Mask) -> tantivy::Result<Mask> {
        let mut candidates = Vec::with_capacity(self.parts.len());
        let mut any = Mask::EMPTY;
        for part in &mut self.parts {
            let mask = part.words.eval(ctx, base, within)?;
            any.or(&mask);
            candidates.push(mask);
        }
        let mut out = Mask::EMPTY;
        any.each(|at| {
            let doc = base + at;
            let (mut spans, mut count) = (0u32, 0.0f32);
            for (part, candidates) in self.parts.iter_mut().zip(&candidates) {
                if !candidates.has(at) {
                    continue;
                }
                let found = part.find(ctx.segment, &self.spans, doc, &mut self.places);
                spans = spans.saturating_add(intervals::outermost(found) as u32);
                let found = found.len() as u32;
                if self.weight > 0.0 && found > 0 {
                    let norm = ctx.norms[part.field].fieldnorm_id(doc);
                    count += found as f32 * ctx.model.counts(part.field)[usize::from(norm)];
                }
            }
            if spans >= self.at_least {
                out.set(at);
                if self.weight > 0.0 {
                    ctx.sums[at as usize] += steps(self.weight * ctx.model.saturate(count));
                }
            }
        });
        ctx.cut |= self.places.scratch.was_cut();
        Ok(out)
    }
}

impl Part {
    /// The spans in `doc`.
    pub(super) fn find<'p>(
        &mut self,
        segment: &Segment,
        spans: &Spans,
        doc: u32,
        places: &'p mut Places,
    ) -> &'p [Interval] {
        let Places { lists, one, sentences, blocks, lead, scratch, out } = places;
        lists.resize_with(self.leaves.len(), Vec::new);
        for (list, cursors) in lists.iter_mut().zip(&mut self.leaves) {
            list.clear();
            for cursor in cursors.iter_mut() {
                // Seeking comes first: it is cheaper than asking for the language.
                if cursor.positions(doc, one) && segment.speaks(doc, &cursor.langs) {
                    list.extend(one.iter().map(|start| Interval::new(*start, cursor.length)));
                }
            }
            if cursors.len() > 1 {
                list.sort_unstable();
                list.dedup();
            }
        }
        positions(&mut self.sentences, doc, sentences);
        positions(&mut self.blocks, doc, blocks);
        intervals::evaluate(spans, lists, Wanted::Least, Borders { sentences, blocks }, scratch, out);
        if self.only_lead {
            positions(&mut self.lead, doc, lead);
            // Where the lead is not the first block, the index says where it begins and ends.
            let (start, end) = match (lead.as_slice(), blocks.first()) {
                ([start, end], _) => (*start, *end),
                (_, Some(first)) => (*first, blocks.iter().copied().find(|next| next > first).unwrap_or(u32::MAX)),
                _ => (0, u32::MAX),
            };
            out.retain(|span| start <= span.start && span.end <= end);
        }
        out
    }
}

fn positions(postings: &mut Option<SegmentPostings>, doc: u32, out: &mut Vec<u32>) {
    out.clear();
    let Some(postings) = postings else { return };
    if postings.doc() < doc {
        postings.seek(doc);
    }
    if postings.doc() == doc {
        postings.positions(out);
    }
}
