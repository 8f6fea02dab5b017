//! Cuts passages: on block borders, inside long blocks on sentence borders, inside long sentences on word borders.

use std::collections::VecDeque;

use super::Options;
use crate::model::{Article, BlockKind, Passage, Span};
use crate::text::{self, Tokens, analyze};

/// A match in the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Match {
    pub span: Span,
    /// Which spans of the plan.
    pub atom: usize,
    pub weight: f32,
}

/// What further matches of the same words are worth, beside the first: `1 + MORE * ln(n)`. Chosen so that eight
/// repetitions of one word do not outweigh a second word of the query.
const MORE: f32 = 0.3;
/// What a passage at the head of the text is worth more: between equals, news tells the main thing first.
const LEAD: f32 = 1.05;

/// Buffers for cutting.
#[derive(Debug, Default)]
pub(super) struct Cutter {
    tally: Vec<u32>,
    /// Length of each block, once counted.
    lengths: Vec<Option<u32>>,
    /// The sentences of the stretch that was split last.
    sentences: Option<(Span, Vec<Span>)>,
    tokens: Tokens,
}

/// A stretch of text that may become a passage.
#[derive(Debug, Clone, Copy)]
struct Window {
    span: Span,
    first: usize,
    last: usize,
    /// Its length in half words.
    halves: u32,
    /// Whether it begins or ends inside a sentence.
    torn: bool,
}

/// A window, and the matches in a row that it was made for.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    window: Window,
    score: f32,
    from: usize,
    to: usize,
}

/// What stays the same while one article is cut.
struct Sheet<'a> {
    text: &'a str,
    blocks: Vec<(Span, BlockKind)>,
    matches: &'a [Match],
    min: u32,
    max: u32,
}

impl Cutter {
    /// The passages that show `matches` best, in order of the text; the lead where there is none. Sorts `matches`.
    pub fn cut(
        &mut self,
        article: &Article,
        matches: &mut Vec<Match>,
        atoms: usize,
        options: &Options,
    ) -> Vec<Passage> {
        matches.sort_unstable_by_key(|m| (m.span.start, m.span.end, m.atom));
        let mut blocks: Vec<_> = article.blocks.iter().map(|b| (b.span, b.kind)).collect();
        blocks.retain(|(span, _)| !span.of(&article.text).trim().is_empty());
        if blocks.is_empty() || options.most == 0 {
            return Vec::new();
        }
        let halves = |words: usize| u32::try_from(words).unwrap_or(u32::MAX / 4).saturating_mul(2).min(u32::MAX / 2);
        let max = halves(options.max_words.max(1));
        let sheet = Sheet { text: &article.text, blocks, matches, min: halves(options.min_words).min(max), max };
        self.lengths.clear();
        self.lengths.resize(sheet.blocks.len(), None);
        self.sentences = None;
        self.tally.clear();
        self.tally.resize(atoms, 0);
        let made = if sheet.matches.is_empty() { vec![self.lead(&sheet)] } else { self.best(&sheet, options.most) };
        let passage = |(window, score): (Window, f32)| Passage {
            span: window.span,
            kind: sheet.blocks[window.first].1,
            marks: Vec::new(),
            score,
        };
        made.into_iter().map(passage).collect()
    }

    fn lead(&mut self, sheet: &Sheet<'_>) -> (Window, f32) {
        let running = |kind: BlockKind| !matches!(kind, BlockKind::Caption | BlockKind::Table | BlockKind::Heading);
        let at = sheet.blocks.iter().position(|b| running(b.1)).unwrap_or(0);
        let start = sheet.blocks[at].0.start;
        (self.window(sheet, Span::new(start, start + 1), whole(sheet.text)), 0.0)
    }

    fn best(&mut self, sheet: &Sheet<'_>, most: usize) -> Vec<(Window, f32)> {
        let mut candidates: Vec<Candidate> = Vec::new();
        let mut before: Option<((usize, usize), Span)> = None;
        for (number, m) in sheet.matches.iter().enumerate() {
            // A window that is cut between words would be another for each match of an endless sentence.
            if let Some(last) = candidates.last_mut()
                && last.window.torn
                && last.window.span.contains(m.span)
            {
                last.to = number + 1;
                continue;
            }
            // Matches of one block that is shown as a whole have one window.
            let blocks = (sheet.block_at(m.span.start), sheet.block_at(m.span.end.saturating_sub(1)));
            if before.is_some_and(|(same, span)| same == blocks && span.contains(m.span)) && blocks.0 == blocks.1 {
                let (known, _) = &sheet.blocks[blocks.0];
                if let Some(last) = candidates.last_mut().filter(|c| c.window.span.contains(*known)) {
                    last.to = number + 1;
                    continue;
                }
            }
            let window = self.window(sheet, m.span, whole(sheet.text));
            before = Some((blocks, window.span));
            candidates.push(Candidate { window, score: self.score(sheet, &window), from: number, to: number + 1 });
        }
        // Of equals the first in the text stays first: the sort is stable.
        candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
        let mut chosen: Vec<(Window, f32)> = Vec::new();
        let mut candidates = VecDeque::from(candidates);
        while let Some(candidate) = candidates.pop_front() {
            if chosen.len() >= most {
                break;
            }
            // The first of its matches that is not shown yet.
            let mut matches = (candidate.from..candidate.to).map(|number| (number, sheet.matches[number].span));
            let place = |anchor: Span| chosen.partition_point(|c| c.0.span.start <= anchor.start);
            let left = |at: usize| at.checked_sub(1).map_or(0, |i| chosen[i].0.span.end);
            let Some((number, anchor)) = matches.find(|(_, anchor)| anchor.start >= left(place(*anchor))) else {
                continue;
            };
            let at = place(anchor);
            let right = chosen.get(at).map_or(sheet.text.len(), |c| c.0.span.start);
            let free = Span::new(left(at), right);
            let (window, score) = if free.contains(candidate.window.span) {
                (candidate.window, candidate.score)
            } else {
                // What this leaves out of the others has its turn when all else had one.
                if number + 1 < candidate.to {
                    candidates.push_back(Candidate { from: number + 1, ..candidate });
                }
                let narrower = self.window(sheet, Span::new(anchor.start, anchor.end.min(right)), free);
                let score = self.score(sheet, &narrower);
                (narrower, score)
            };
            if !window.span.is_empty() {
                chosen.insert(at, (window, score));
            }
        }
        chosen
    }

    /// How well a window answers: each part of the query it shows by its weight, a little more for repetitions.
    fn score(&mut self, sheet: &Sheet<'_>, window: &Window) -> f32 {
        let from = sheet.matches.partition_point(|m| m.span.start < window.span.start);
        let inside = || {
            let near = sheet.matches[from..].iter().take_while(|m| m.span.start < window.span.end);
            near.filter(|m| m.span.end <= window.span.end)
        };
        inside().for_each(|m| self.tally[m.atom] += 1);
        let mut score = 0.0;
        for m in inside() {
            let count = std::mem::take(&mut self.tally[m.atom]);
            if count > 0 {
                score += m.weight * (1.0 + MORE * (count as f32).ln());
            }
        }
        if window.first == 0 { score * LEAD } else { score }
    }

    /// The passage for a match at `anchor`, inside `free`, which begins and ends where passages do.
    fn window(&mut self, sheet: &Sheet<'_>, anchor: Span, free: Span) -> Window {
        let (first, last) = (sheet.block_at(anchor.start), sheet.block_at(anchor.end.saturating_sub(1)));
        let last = last.max(first);
        let stretch = trimmed(
            sheet.text,
            Span::new(sheet.blocks[first].0.start.max(free.start), sheet.blocks[last].0.end.min(free.end)),
        );
        let halves = self.stretch_length(sheet, stretch, first, last);
        let mut window = Window { span: stretch, first, last, halves, torn: false };
        if halves > sheet.max {
            window = self.inside_long(sheet, stretch, anchor);
        }
        while window.halves < sheet.min && self.grow(sheet, &mut window, free) {}
        self.with_headings(sheet, &mut window, free);
        window
    }

    /// Sentences of a stretch that is too long, or words of a sentence that is.
    fn inside_long(&mut self, sheet: &Sheet<'_>, stretch: Span, anchor: Span) -> Window {
        if self.sentences.as_ref().is_none_or(|(of, _)| *of != stretch) {
            let shift = |s: Span| Span::new(s.start + stretch.start, s.end + stretch.start);
            let found = text::sentences(stretch.of(sheet.text)).into_iter().map(shift).collect();
            self.sentences = Some((stretch, found));
        }
        let sentences = self.sentences.as_ref().map_or(&[][..], |(_, s)| s);
        let from = sentences.partition_point(|s| s.end <= anchor.start);
        let to = sentences.partition_point(|s| s.start < anchor.end).max(from + 1);
        let (Some(one), Some(other)) = (sentences.get(from), sentences.get(to.min(sentences.len()).saturating_sub(1)))
        else {
            return sheet.at(stretch, halves(stretch.of(sheet.text), u32::MAX));
        };
        let mut span = Span::new(one.start, other.end);
        let mut length = halves(span.of(sheet.text), sheet.max);
        if length > sheet.max && from + 1 < to {
            // Too far apart to be shown together: where the match begins is shown.
            return self.inside_long(sheet, stretch, Span::new(anchor.start, anchor.start + 1));
        }
        if length > sheet.max {
            return self.inside_sentence(sheet, span, anchor);
        }
        let (mut next, mut before) = (to, from);
        while length < sheet.min {
            let fits =
                |s: Option<&Span>| s.map(|s| halves(s.of(sheet.text), sheet.max)).filter(|h| length + h <= sheet.max);
            if let Some(more) = fits(sentences.get(next)) {
                (span.end, length, next) = (sentences[next].end, length + more, next + 1);
            } else if let Some(more) = before.checked_sub(1).and_then(|b| fits(sentences.get(b))) {
                before -= 1;
                (span.start, length) = (sentences[before].start, length + more);
            } else {
                break;
            }
        }
        sheet.at(span, length)
    }

    /// So many words of a long sentence as a passage may have, a quarter of them before the match.
    fn inside_sentence(&mut self, sheet: &Sheet<'_>, sentence: Span, anchor: Span) -> Window {
        // As far as a passage can reach: words of sixteen bytes are long ones.
        let reach = 8 * sheet.max as usize + 1024;
        let near = Span::new(anchor.start.saturating_sub(reach), anchor.start + reach);
        let near = on_characters(sheet.text, Span::new(near.start.max(sentence.start), near.end.min(sentence.end)));
        analyze(sheet.text, &[near], &mut self.tokens);
        let mut borders = Vec::new();
        // Those of them that are sure: between two characters of a script without spaces a word may go on.
        let mut sure = Vec::new();
        if near.start == sentence.start {
            borders.push(near.start);
            sure.push(near.start);
        }
        let mut before: Option<Span> = None;
        for token in self.tokens.iter().filter(|t| t.length == 1 && !t.extra) {
            if let Some(before) = before.filter(|b| b.end <= token.span.start) {
                let gap = Span::new(before.end, token.span.start).of(sheet.text);
                if let Some((at, space)) = gap.char_indices().rfind(|(_, c)| c.is_whitespace()) {
                    borders.push(before.end + at + space.len_utf8());
                    sure.push(before.end + at + space.len_utf8());
                } else if wide(before.of(sheet.text)) && wide(token.span.of(sheet.text)) {
                    borders.push(token.span.start);
                    if gap.contains(['、', '，', '。', '；', '：', '！', '？', '…']) {
                        sure.push(token.span.start);
                    }
                }
            }
            before = Some(token.span);
        }
        if near.end == sentence.end {
            borders.push(near.end);
            sure.push(near.end);
        }
        borders.dedup();
        sure.dedup();
        if borders.len() < 2 || borders[0] > anchor.start || borders[borders.len() - 1] <= anchor.start {
            // The match stands in a word beyond all measure: it alone is shown.
            let span = unbroken(sheet.text, sentence, anchor.start);
            return Window { torn: true, ..sheet.at(span, halves(span.of(sheet.text), u32::MAX)) };
        }
        let piece = |i: usize| halves(Span::new(borders[i], borders[i + 1]).of(sheet.text), u32::MAX);
        let own = borders.partition_point(|b| *b <= anchor.start).saturating_sub(1).min(borders.len() - 2);
        let (mut from, mut to, mut length) = (own, own + 1, piece(own));
        let early = sheet.max / 4;
        let mut led = 0;
        while from > 0 {
            let more = piece(from - 1);
            if led + more > early || length + more > sheet.max {
                break;
            }
            (from, led, length) = (from - 1, led + more, length + more);
        }
        while to + 1 < borders.len() {
            let more = piece(to);
            if length + more > sheet.max {
                break;
            }
            (to, length) = (to + 1, length + more);
        }
        // At the end of the sentence there is room left: take more of what stands before.
        while from > 0 && to + 1 == borders.len() && length < sheet.min {
            let more = piece(from - 1);
            if length + more > sheet.max {
                break;
            }
            (from, length) = (from - 1, length + more);
        }
        let span = on_sure_borders(sheet, Span::new(borders[from], borders[to]), anchor, &sure);
        let span = trimmed(sheet.text, span);
        let length =
            if span.len() < borders[to] - borders[from] { halves(span.of(sheet.text), u32::MAX) } else { length };
        Window { torn: true, ..sheet.at(span, length) }
    }

    /// Adds the block after or before, or sentences of it; `false` where nothing fits.
    fn grow(&mut self, sheet: &Sheet<'_>, window: &mut Window, free: Span) -> bool {
        let after = self.after(sheet, window, free);
        let before = self.before(sheet, window, free);
        let marks = |w: &Option<Window>| w.map_or(0, |w| sheet.count(w.span));
        let heading_last = after.is_some_and(|w| sheet.blocks[w.last].1 == BlockKind::Heading);
        let prefer_before = marks(&before) > marks(&after) || (heading_last && marks(&before) == marks(&after));
        let grown = if prefer_before { before.or(after) } else { after.or(before) };
        if let Some(grown) = grown {
            *window = grown;
        }
        grown.is_some()
    }

    /// With the block after, or as many sentences at its start as are needed and fit.
    fn after(&mut self, sheet: &Sheet<'_>, window: &Window, free: Span) -> Option<Window> {
        let at = window.last + 1;
        let (span, _) = *sheet.blocks.get(at)?;
        if window.span.end != sheet.blocks[window.last].0.end || span.start >= free.end {
            return None;
        }
        let whole = span.end <= free.end;
        let length = self.length(sheet, at);
        if whole && window.halves + length <= sheet.max {
            let grown = Span::new(window.span.start, span.end);
            return Some(Window { span: grown, last: at, halves: window.halves + length, ..*window });
        }
        let piece = Span::new(span.start, span.end.min(free.end));
        let mut grown: Option<Window> = None;
        for sentence in text::sentences(head(sheet.text, piece, sheet.max)) {
            let so_far = grown.map_or(window.halves, |w| w.halves);
            let sentence = Span::new(sentence.start + piece.start, sentence.end + piece.start);
            let cut_off = sentence.end < piece.end && !ends_sentence(sheet.text, sentence, piece);
            let more = halves(sentence.of(sheet.text), sheet.max);
            if cut_off || so_far >= sheet.min || so_far + more > sheet.max {
                break;
            }
            let span = Span::new(window.span.start, sentence.end);
            grown = Some(Window { span, last: at, halves: so_far + more, ..*window });
        }
        grown
    }

    /// With the block before, or as many sentences at its end as are needed and fit.
    fn before(&mut self, sheet: &Sheet<'_>, window: &Window, free: Span) -> Option<Window> {
        let at = window.first.checked_sub(1)?;
        let (span, _) = sheet.blocks[at];
        if window.span.start != sheet.blocks[window.first].0.start || span.end <= free.start {
            return None;
        }
        let whole = span.start >= free.start;
        let length = self.length(sheet, at);
        if whole && window.halves + length <= sheet.max {
            let grown = Span::new(span.start, window.span.end);
            return Some(Window { span: grown, first: at, halves: window.halves + length, ..*window });
        }
        // Sentences are found from the start; of a block of a megabyte that is too dear for a few words before.
        let start = span.start.max(free.start);
        if span.end - start > 1 << 16 {
            return None;
        }
        let mut grown: Option<Window> = None;
        for sentence in text::sentences(Span::new(start, span.end).of(sheet.text)).into_iter().rev() {
            let so_far = grown.map_or(window.halves, |w| w.halves);
            let more = halves(sentence.of(&sheet.text[start..]), sheet.max);
            if so_far >= sheet.min || so_far + more > sheet.max {
                break;
            }
            let span = Span::new(sentence.start + start, window.span.end);
            grown = Some(Window { span, first: at, halves: so_far + more, ..*window });
        }
        grown
    }

    /// A heading before the window joins it; one at its end brings what follows, or stays out.
    fn with_headings(&mut self, sheet: &Sheet<'_>, window: &mut Window, free: Span) {
        let heading = |at: usize| sheet.blocks.get(at).is_some_and(|b| b.1 == BlockKind::Heading);
        while heading(window.last) && window.last + 1 < sheet.blocks.len() {
            match self.after(sheet, &Window { halves: window.halves.min(sheet.min.saturating_sub(1)), ..*window }, free)
            {
                Some(grown) if halves(grown.span.of(sheet.text), sheet.max) <= sheet.max => {
                    *window = Window { halves: halves(grown.span.of(sheet.text), u32::MAX), ..grown };
                }
                _ if window.first < window.last && sheet.count(sheet.blocks[window.last].0) == 0 => {
                    let last = window.last - 1;
                    let span = Span::new(window.span.start, sheet.blocks[last].0.end);
                    *window = Window { span, last, halves: halves(span.of(sheet.text), u32::MAX), ..*window };
                    break;
                }
                _ => break,
            }
        }
        while window.first > 0 && heading(window.first - 1) && window.span.start == sheet.blocks[window.first].0.start {
            let span = sheet.blocks[window.first - 1].0;
            let length = self.length(sheet, window.first - 1);
            if span.start < free.start || window.halves + length > sheet.max {
                break;
            }
            window.span.start = span.start;
            window.first -= 1;
            window.halves += length;
        }
    }

    fn length(&mut self, sheet: &Sheet<'_>, block: usize) -> u32 {
        *self.lengths[block].get_or_insert_with(|| halves(sheet.blocks[block].0.of(sheet.text), sheet.max))
    }

    fn stretch_length(&mut self, sheet: &Sheet<'_>, stretch: Span, first: usize, last: usize) -> u32 {
        if first == last && stretch == sheet.blocks[first].0 {
            return self.length(sheet, first);
        }
        halves(stretch.of(sheet.text), sheet.max)
    }
}

impl Sheet<'_> {
    /// The block that holds the byte at `offset`, or the next one.
    fn block_at(&self, offset: usize) -> usize {
        self.blocks.partition_point(|b| b.0.end <= offset).min(self.blocks.len() - 1)
    }

    fn at(&self, span: Span, halves: u32) -> Window {
        let first = self.block_at(span.start);
        Window { span, first, last: self.block_at(span.end.saturating_sub(1)).max(first), halves, torn: false }
    }

    /// Matches that lie in `span`.
    fn count(&self, span: Span) -> usize {
        let from = self.matches.partition_point(|m| m.span.start < span.start);
        self.matches[from..].iter().take_while(|m| m.span.start < span.end).count()
    }
}

fn whole(text: &str) -> Span {
    Span::new(0, text.len())
}

fn trimmed(text: &str, span: Span) -> Span {
    let said = span.of(text);
    let start = span.start + (said.len() - said.trim_start().len());
    Span::new(start, start + said.trim().len())
}

/// The piece of `span` around the match that begins and ends where no word can go on, if there are such places in it; and
/// with what stands before it where it would be too short.
fn on_sure_borders(sheet: &Sheet<'_>, span: Span, anchor: Span, sure: &[usize]) -> Span {
    let inside = &sure[sure.partition_point(|at| *at < span.start)..sure.partition_point(|at| *at <= span.end)];
    let mut out = span;
    if let Some(start) = inside.first().filter(|start| **start <= anchor.start) {
        out.start = *start;
    }
    if let Some(end) = inside.last().filter(|end| **end >= anchor.end) {
        out.end = *end;
    }
    let mut length = halves(out.of(sheet.text), u32::MAX);
    for &start in sure[..sure.partition_point(|at| *at < out.start)].iter().rev() {
        let more = halves(Span::new(start, out.start).of(sheet.text), u32::MAX);
        if length >= sheet.min || length + more > sheet.max {
            break;
        }
        (out.start, length) = (start, length + more);
    }
    out
}

/// A range moved inwards to character borders.
fn on_characters(text: &str, span: Span) -> Span {
    let start = (span.start..span.end).find(|&at| text.is_char_boundary(at)).unwrap_or(span.end);
    let end = (start..=span.end).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(start);
    Span::new(start, end)
}

/// What stands between white space around `at`.
fn unbroken(text: &str, inside: Span, at: usize) -> Span {
    let before = text.get(inside.start..at).and_then(|t| t.rfind(char::is_whitespace).map(|i| inside.start + i));
    let start = before.map_or(inside.start, |space| space + text[space..].chars().next().map_or(1, char::len_utf8));
    let after = text.get(at..inside.end).and_then(|t| t.find(char::is_whitespace));
    Span::new(start, after.map_or(inside.end, |i| at + i))
}

/// Enough of a block's start to hold `most` half words: sentences need not be found in all of a long block.
fn head(text: &str, block: Span, most: u32) -> &str {
    let mut end = block.end.min(block.start + 16 * most as usize + 1024);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(block.start..end).unwrap_or("")
}

/// Whether a sentence that was found in a part of a block ends there in the whole block too: not at the cut.
fn ends_sentence(text: &str, sentence: Span, block: Span) -> bool {
    text.get(sentence.end..block.end).is_some_and(|rest| rest.starts_with(char::is_whitespace))
        || sentence.of(text).ends_with(['。', '！', '？'])
}

/// Whether a word is of a script without spaces.
fn wide(word: &str) -> bool {
    word.chars().next().is_some_and(is_wide)
}

fn is_wide(c: char) -> bool {
    matches!(c as u32, 0x0E00..=0x0EFF | 0x2E80..=0x9FFF | 0xF900..=0xFAFF)
}

/// Length in half words, as [`Article::words`] counts: a word between spaces is two, a character of a script without
/// spaces one. Reads no further than `limit`, also within what has no space in it: a whole text may be one such thing.
fn halves(text: &str, limit: u32) -> u32 {
    let word = |all: u32, wide: u32| wide + 2 * u32::from(wide.saturating_mul(2) < all);
    let (mut halves, mut all, mut wide) = (0u32, 0u32, 0u32);
    for c in text.chars() {
        if c.is_whitespace() {
            halves = halves.saturating_add(word(all, wide));
            (all, wide) = (0, 0);
        } else {
            all = all.saturating_add(1);
            wide += u32::from(is_wide(c));
        }
        if halves.saturating_add(wide) > limit {
            return halves.saturating_add(wide);
        }
    }
    halves.saturating_add(word(all, wide))
}
