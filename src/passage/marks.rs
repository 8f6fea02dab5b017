//! Where the words of a query stand in one text, what of that is a match, and what of a match is marked.

use super::prepared::{Prepared, Test, first_leaf};
use crate::model::{Lang, Mark, Span};
use crate::query::intervals::{self, Borders, Interval, Scratch, Wanted};
use crate::query::plan::Spans;
use crate::text::{MAX_PARTS, Tokens, analyze, query_terms};

/// One text (a title, or a body), analysed; buffers that are used again for text after text.
#[derive(Debug, Default)]
pub(super) struct Words {
    tokens: Tokens,
    /// Bytes of the word at each position, never falling; empty at block borders.
    places: Vec<Span>,
    /// Where each leaf matches.
    leaves: Vec<Vec<Interval>>,
    /// Where literal leaves match, in bytes: leaf, positions, bytes.
    literals: Vec<(usize, Interval, Span)>,
    /// Where each atom of the plan matches.
    pub found: Vec<Vec<Interval>>,
    scratch: Scratch,
}

impl Words {
    /// Finds all leaves, and where each atom for which `wanted` says so matches.
    pub fn run(
        &mut self,
        text: &str,
        blocks: &[Span],
        language: Option<&Lang>,
        plan: &Prepared,
        wanted: impl Fn(usize) -> bool,
    ) {
        self.leaves.resize_with(plan.leaves.len().max(self.leaves.len()), Vec::new);
        self.leaves.iter_mut().for_each(Vec::clear);
        self.found.resize_with(plan.atoms.len().max(self.found.len()), Vec::new);
        self.found.iter_mut().for_each(Vec::clear);
        self.places.clear();
        self.literals.clear();
        if !(0..plan.atoms.len()).any(&wanted) {
            return;
        }
        analyze(text, blocks, &mut self.tokens);
        self.find_words(text, language, plan);
        self.find_literals(text, blocks, plan);
        for list in &mut self.leaves {
            intervals::tidy(list);
        }
        let borders = Borders { sentences: self.tokens.sentences(), blocks: self.tokens.blocks() };
        for (at, atom) in plan.atoms.iter().enumerate().filter(|(at, _)| wanted(*at)) {
            let out = &mut self.found[at];
            intervals::evaluate(&atom.spans, &self.leaves, Wanted::Least, borders, &mut self.scratch, out);
        }
    }

    /// Keeps of an atom's matches those in one block.
    pub fn keep_block(&mut self, atom: usize, block: usize) {
        if let Some((start, end)) = self.tokens.block(block) {
            self.found[atom].retain(|i| start <= i.start && i.end <= end);
        }
    }

    fn find_words(&mut self, text: &str, language: Option<&Lang>, plan: &Prepared) {
        self.places.resize(self.tokens.end() as usize, Span::new(0, 0));
        for token in self.tokens.iter() {
            let position = token.position as usize;
            // The word itself comes before its other forms; a joined word after its parts.
            for place in self.places.iter_mut().skip(position).take(usize::from(token.length)) {
                if place.is_empty() {
                    *place = token.span;
                }
            }
            let Some(&byte) = token.term.as_bytes().first() else { continue };
            // Only a word by itself has a written form that the rules of inflection know.
            let written = if token.length == 1 && !token.extra { token.span.of(text) } else { "" };
            for &leaf in &plan.by_byte[usize::from(byte)] {
                if let Test::Word(word) = &plan.leaves[usize::from(leaf)]
                    && word.matches_written(token.term, written, language)
                {
                    self.leaves[usize::from(leaf)].push(Interval::new(token.position, u32::from(token.length)));
                }
            }
        }
        // Block borders stay empty, at the end of the word before: so places never fall.
        let mut end = 0;
        for place in &mut self.places {
            if place.is_empty() {
                *place = Span::new(end, end);
            }
            end = place.end;
        }
    }

    /// Characters as typed, inside one block and at the borders of words: `='US'` is no part of `RUSH`, nor is it in
    /// what the index finds by whole words. The positions of the words they touch stand for them.
    fn find_literals(&mut self, text: &str, blocks: &[Span], plan: &Prepared) {
        for (leaf, test) in plan.leaves.iter().enumerate() {
            let Test::Literal(wanted) = test else { continue };
            if wanted.is_empty() {
                continue;
            }
            let typed = query_terms(wanted);
            let terms: Vec<&str> = typed.iter().filter(|t| t.length == 1 && !t.extra).map(|t| t.term).collect();
            for block in blocks {
                for (at, found) in block.of(text).match_indices(wanted.as_str()) {
                    let span = Span::new(block.start + at, block.start + at + found.len());
                    if let Some(interval) = self.positions(span)
                        && (terms.is_empty() || self.are(interval, &terms))
                    {
                        self.leaves[leaf].push(interval);
                        self.literals.push((leaf, interval, span));
                    }
                }
            }
        }
    }

    /// Whether the words at `interval`, in one of their forms each, are `terms`.
    fn are(&self, interval: Interval, terms: &[&str]) -> bool {
        if interval.end.saturating_sub(interval.start) as usize != terms.len() {
            return false;
        }
        // Tokens stand in order of position; joined ones follow their parts, which moves them back by some places.
        let first = self.tokens.partition(interval.start.saturating_sub(MAX_PARTS as u32));
        let near = (first..self.tokens.len()).filter_map(|at| self.tokens.get(at));
        let near = near.take_while(|token| token.position < interval.end + MAX_PARTS as u32);
        let mut fits = vec![false; terms.len()];
        for token in near.filter(|token| token.length == 1 && interval.start <= token.position) {
            let at = (token.position - interval.start) as usize;
            if terms.get(at).is_some_and(|term| *term == token.term) {
                fits[at] = true;
            }
        }
        fits.into_iter().all(|fit| fit)
    }

    /// The positions of the words that `span` touches; signs alone stand for the word after them, else before.
    fn positions(&self, span: Span) -> Option<Interval> {
        let after = self.places.partition_point(|p| p.end <= span.start);
        let first = if after < self.places.len() { after } else { self.places.iter().rposition(|p| !p.is_empty())? };
        let touched = self.places[first..].iter().take_while(|p| p.is_empty() || p.overlaps(span)).count();
        // The empty place of a block border behind the last word is none of its own.
        let width =
            self.places[first..first + touched].iter().rposition(|p| !p.is_empty()).map_or(touched, |at| at + 1);
        Some(Interval::new(u32::try_from(first).ok()?, u32::try_from(width).ok()?))
    }

    /// The bytes from the first word of `interval` to its last.
    pub fn bytes(&self, interval: Interval) -> Option<Span> {
        let range = self.places.get(interval.start as usize..interval.end as usize)?;
        let mut words = range.iter().filter(|p| !p.is_empty());
        let first = words.next()?;
        let last = words.next_back().unwrap_or(first);
        Some(Span::new(first.start, last.end))
    }

    /// The bytes of one match of `spans`: from its first word to its last, of a literal its characters.
    pub fn place(&self, spans: &Spans, interval: Interval) -> Option<Span> {
        let Spans::Leaf(leaf) = spans else { return self.bytes(interval) };
        // They stand leaf by leaf, in order of the text.
        let from = self.literals.partition_point(|(of, at, _)| (*of, at.start) < (*leaf, interval.start));
        let here = self.literals[from..].iter().take_while(|(of, at, _)| of == leaf && at.start == interval.start);
        let literal = here.into_iter().find(|(_, at, _)| *at == interval);
        literal.map(|(_, _, span)| *span).or_else(|| self.bytes(interval))
    }

    /// Adds what is marked of an atom: all that answers, also where a nearer place is the one that counts.
    pub fn mark_atom(&mut self, at: usize, spans: &Spans, block: Option<usize>, out: &mut Vec<Mark>) {
        let counted = std::mem::take(&mut self.found[at]);
        if counted.is_empty() || !is_distance(spans) {
            self.mark(spans, &counted, out);
        } else {
            let mut every = self.evaluated(spans);
            if let Some((start, end)) = block.and_then(|block| self.tokens.block(block)) {
                every.retain(|i| start <= i.start && i.end <= end);
            }
            self.mark(spans, &every, out);
        }
        self.found[at] = counted;
    }

    /// Adds what is marked of the matches of `spans` that are in `kept` (sorted).
    fn mark(&mut self, spans: &Spans, kept: &[Interval], out: &mut Vec<Mark>) {
        if kept.is_empty() {
            return;
        }
        match spans {
            Spans::Leaf(leaf) if self.literals.iter().any(|l| l.0 == *leaf) => {
                let here = self.literals.iter().filter(|(of, at, _)| of == leaf && kept.binary_search(at).is_ok());
                out.extend(here.map(|&(leaf, _, span)| Mark { span, leaf: number(leaf), matched: None }));
            }
            Spans::Leaf(_) | Spans::Seq(_) => {
                let leaf = number(first_leaf(spans));
                out.extend(kept.iter().filter_map(|i| Some(Mark { span: self.bytes(*i)?, leaf, matched: None })));
            }
            Spans::Any(items) => {
                for item in items {
                    let mut own = self.evaluated(item);
                    own.retain(|i| kept.binary_search(i).is_ok());
                    self.mark(item, &own, out);
                }
            }
            Spans::Gap(_) => {}
            Spans::Near { items, .. } | Spans::Within { items, .. } => {
                let reach = reach(kept);
                for item in items {
                    let mut own = self.evaluated(item);
                    own.retain(|i| inside_one(*i, kept, &reach));
                    self.mark(item, &own, out);
                }
            }
        }
    }

    /// All places of an operand: the one that reached its neighbour need not be a least one.
    fn evaluated(&mut self, spans: &Spans) -> Vec<Interval> {
        let mut out = Vec::new();
        let borders = Borders { sentences: self.tokens.sentences(), blocks: self.tokens.blocks() };
        intervals::evaluate(spans, &self.leaves, Wanted::Every, borders, &mut self.scratch, &mut out);
        out
    }
}

/// Whether more may answer than what counts.
fn is_distance(spans: &Spans) -> bool {
    match spans {
        Spans::Near { .. } | Spans::Within { .. } => true,
        Spans::Any(items) => items.iter().any(is_distance),
        Spans::Leaf(_) | Spans::Seq(_) | Spans::Gap(_) => false,
    }
}

fn number(leaf: usize) -> u16 {
    u16::try_from(leaf).unwrap_or(u16::MAX)
}

/// How far each interval of `kept` (sorted) and those before it reach.
fn reach(kept: &[Interval]) -> Vec<u32> {
    let furthest = |most: &mut u32, interval: &Interval| {
        *most = interval.end.max(*most);
        Some(*most)
    };
    kept.iter().scan(0, furthest).collect()
}

/// Whether some interval of `kept` (sorted, with its [`reach`]) holds `inner`.
fn inside_one(inner: Interval, kept: &[Interval], reach: &[u32]) -> bool {
    let at = kept.partition_point(|k| k.start <= inner.start);
    at.checked_sub(1).is_some_and(|last| inner.end <= reach[last])
}

/// Sorts marks; those that overlap become one, for the leaf of the first.
pub(super) fn disjoint(marks: &mut Vec<Mark>) {
    marks.sort_unstable_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end), m.leaf));
    let mut kept = 0;
    for at in 0..marks.len() {
        let mark = marks[at];
        if kept > 0 && mark.span.start < marks[kept - 1].span.end {
            let before = &mut marks[kept - 1];
            before.span.end = before.span.end.max(mark.span.end);
        } else {
            marks[kept] = mark;
            kept += 1;
        }
    }
    marks.truncate(kept);
}

/// Notes for each mark (disjoint ones, in order) which of the matches, none of them inside another, it is part of.
pub(super) fn assign(marks: &mut [Mark], matches: &[Span], blocks: &[Span]) {
    for mark in marks {
        let from = matches.partition_point(|m| m.end <= mark.span.start);
        let near = || matches[from..].iter().take_while(|m| m.start < mark.span.end);
        let whole = near().find(|m| {
            let block = blocks.partition_point(|block| block.end < m.end);
            m.contains(mark.span) && blocks.get(block).is_some_and(|block| block.contains(**m))
        });
        mark.matched = near().next().map(|_| whole.copied().unwrap_or(mark.span));
    }
}
