//! Runs a lowered query over one segment, a window of documents at a time.
//!
//! A node is given the documents that still matter and says which of them it holds, so the second operand of AND
//! skips what the first has ruled out. Leaves add to the scores on the way. Windows in which nothing
//! can be are skipped by [`Node::next`].

use tantivy::columnar::Column;
use tantivy::fieldnorm::FieldNormReader;

use super::cursor::Cursor;
use super::reader::Segment;
use super::score::{Model, steps};
use super::spans::SpanNode;
use super::window::{Mask, WINDOW};

/// Up to so many documents are looked up one by one instead of reading all postings of a window.
const FEW: u32 = 24;

/// A condition on the documents of one segment.
pub(super) enum Node {
    All,
    None,
    Leaf(Leaf),
    Spans(Box<SpanNode>),
    Range(Range),
    And(Vec<Node>),
    /// Takes back what its operand gave to the scores of documents that fail it: needed for AND inside OR.
    Whole(Box<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
}

/// Documents that hold any of some terms.
pub(super) struct Leaf {
    pub(super) cursors: Vec<Cursor>,
    /// What a saturated frequency is worth; 0: no score.
    pub(super) weight: f32,
}

/// Documents with a number between two others; of a span both ends are between them.
pub(super) struct Range {
    pub(super) column: Option<Values>,
    /// Ends of spans, where a document has more than a single number.
    pub(super) last: Option<Column<i64>>,
    pub(super) from: i64,
    pub(super) to: i64,
    /// Whether it is enough that a span has some part between them.
    pub(super) in_part: bool,
    /// Whether documents without a number are meant too.
    pub(super) undated: bool,
}

/// A column of numbers.
pub(super) enum Values {
    Signed(Column<i64>),
    Unsigned(Column<u64>),
}

/// What nodes share while a segment is run.
pub(super) struct Context<'a> {
    pub(super) segment: &'a Segment,
    pub(super) norms: &'a [FieldNormReader; 2],
    pub(super) model: &'a Model,
    /// Scores of the window, in steps.
    pub(super) sums: Vec<u64>,
    /// Frequencies of the leaf at work; all 0 between leaves.
    pub(super) counts: Vec<f32>,
    /// Whether a distance had more places than are kept.
    pub(super) cut: bool,
}

impl Node {
    /// A document before which, from `from` on, nothing can match; may move cursors up to `from`.
    pub(super) fn next(&mut self, from: u32) -> u32 {
        match self {
            Node::All | Node::Range(_) | Node::Not(_) => from,
            Node::None => u32::MAX,
            Node::Whole(node) => node.next(from),
            Node::Leaf(leaf) => leaf.cursors.iter_mut().map(|cursor| cursor.seek(from)).min().unwrap_or(u32::MAX),
            Node::Spans(spans) => spans.next(from),
            Node::And(nodes) => {
                let mut at = from;
                for node in nodes {
                    at = at.max(node.next(at));
                    if at == u32::MAX {
                        break;
                    }
                }
                at
            }
            Node::Or(nodes) => nodes.iter_mut().map(|node| node.next(from)).min().unwrap_or(u32::MAX),
        }
    }

    /// How much work it is to walk through, for ordering the operands of AND.
    pub(super) fn cost(&self) -> u64 {
        match self {
            Node::All | Node::Range(_) => u64::MAX / 4,
            Node::Not(_) => u64::MAX / 2,
            Node::None => 0,
            Node::Leaf(leaf) => leaf.cursors.iter().map(Cursor::cost).sum(),
            // Reading positions is dear: whatever else is asked goes first, unless it is frequent.
            Node::Spans(spans) => spans.cost().saturating_mul(8),
            Node::Whole(node) => node.cost(),
            Node::And(nodes) => nodes.iter().map(Node::cost).min().unwrap_or(0),
            Node::Or(nodes) => nodes.iter().map(Node::cost).fold(0, u64::saturating_add),
        }
    }

    /// Those of `within`, documents from `base` on, that match.
    pub(super) fn eval(&mut self, ctx: &mut Context, base: u32, within: &Mask) -> tantivy::Result<Mask> {
        Ok(match self {
            Node::All => *within,
            Node::None => Mask::EMPTY,
            Node::Leaf(leaf) => leaf.eval(ctx, base, within),
            Node::Spans(spans) => spans.eval(ctx, base, within)?,
            Node::Range(range) => range.eval(base, within),
            Node::And(nodes) => {
                let mut left = *within;
                for node in nodes {
                    if left.is_empty() {
                        break;
                    }
                    left = node.eval(ctx, base, &left)?;
                }
                left
            }
            Node::Or(nodes) => {
                let mut any = Mask::EMPTY;
                for node in nodes {
                    any.or(&node.eval(ctx, base, within)?);
                }
                any
            }
            Node::Whole(node) => {
                let before = ctx.sums.clone();
                let held = node.eval(ctx, base, within)?;
                within.without(&held).each(|at| ctx.sums[at as usize] = before[at as usize]);
                held
            }
            Node::Not(node) => within.without(&node.eval(ctx, base, within)?),
        })
    }
}

impl Leaf {
    fn eval(&mut self, ctx: &mut Context, base: u32, within: &Mask) -> Mask {
        let mut out = Mask::EMPTY;
        let few = within.count() <= FEW;
        let scored = self.weight > 0.0;
        // The frequencies are taken out so that the borrow checker sees them apart from the rest.
        let mut counts = std::mem::take(&mut ctx.counts);
        for cursor in &mut self.cursors {
            // Metadata has no lengths and is never scored.
            let (table, norms) = (ctx.model.counts(cursor.field.min(1)), &ctx.norms[cursor.field.min(1)]);
            let weight = cursor.weight;
            let mut add = |at: u32, freq: u32| {
                if scored {
                    counts[at as usize] += weight * freq as f32 * table[usize::from(norms.fieldnorm_id(base + at))];
                }
                out.set(at);
            };
            if few {
                within.each(|at| {
                    if cursor.seek(base + at) == base + at && ctx.segment.speaks(base + at, &cursor.langs) {
                        add(at, cursor.freq());
                    }
                });
                continue;
            }
            if cursor.seek(base) >= base + WINDOW {
                continue;
            }
            let langs = cursor.langs.clone();
            cursor.until(base + WINDOW, |doc, freq| {
                if within.has(doc - base) && ctx.segment.speaks(doc, &langs) {
                    add(doc - base, freq);
                }
            });
        }
        if scored {
            let (model, weight) = (ctx.model, self.weight);
            let sums = &mut ctx.sums;
            out.each(|at| {
                let count = std::mem::take(&mut counts[at as usize]);
                sums[at as usize] += steps(weight * model.saturate(count));
            });
        }
        ctx.counts = counts;
        out
    }
}

impl Range {
    fn eval(&self, base: u32, within: &Mask) -> Mask {
        let mut out = Mask::EMPTY;
        let Some(column) = &self.column else { return if self.undated { *within } else { out } };
        within.each(|at| {
            let value = match column {
                Values::Signed(column) => column.first(base + at),
                Values::Unsigned(column) => column.first(base + at).map(|v| i64::try_from(v).unwrap_or(i64::MAX)),
            };
            let Some(first) = value else {
                if self.undated {
                    out.set(at);
                }
                return;
            };
            let last = self.last.as_ref().and_then(|last| last.first(base + at)).unwrap_or(first);
            let (early, late) = if self.in_part { (last, first) } else { (first, last) };
            if self.from <= early && late <= self.to {
                out.set(at);
            }
        });
        out
    }
}
