//! Headings of a page's entries: the places of a list, the updates of a live blog.
//!
//! Many templates give each entry a box of its own and its text another within it, so that no box joins heading and text
//! as it does in a plain story. The model takes such headings for those of teasers; but where the text of several like
//! boxes stays, what names it stays too, or nobody could say which place or event it is about.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use html5ever::LocalName;

use super::blocks::Block;
use super::counts::Quick;
use super::judge::{Case, Verdict};
use super::tree::{Id, NONE, Tree};
use crate::model::BlockKind;

/// So many boxes are made alike on purpose.
const ALIKE: usize = 3;
/// Most blocks between a heading and its text: the time, the price, the address.
const BETWEEN: usize = 4;
/// A text has so many words.
const TEXT: usize = 8;

/// A heading's own box: the largest that holds no other heading of its rank.
pub(super) struct Entry {
    /// Like boxes beside each other have one.
    pub(super) group: u64,
    /// The first block of the box, and the first behind it.
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The entry that each heading opens, if it has a box of its own with more in it.
pub(super) fn entries(tree: &Tree, blocks: &[Block]) -> Vec<Option<Entry>> {
    let mut out: Vec<Option<Entry>> = blocks.iter().map(|_| None).collect();
    let mut ranks: HashMap<&LocalName, Vec<usize>> = HashMap::new();
    for (at, block) in blocks.iter().enumerate().filter(|(_, block)| block.kind == BlockKind::Heading) {
        ranks.entry(tree.tag(block.node)).or_default().push(at);
    }
    for headings in ranks.values().filter(|headings| headings.len() >= ALIKE) {
        for (n, &at) in headings.iter().enumerate() {
            let node = blocks[at].node;
            // Blocks stand in the order of the page: a box with another heading holds the one before or the one behind.
            let beside = n.checked_sub(1).into_iter().chain([n + 1]).filter_map(|n| headings.get(n));
            let around = beside.filter_map(|&other| joint(tree, node, blocks[other].node)).max();
            let Some(own) = around.and_then(|around| below(tree, around, node)).filter(|&own| own != node) else {
                continue;
            };
            let start = (0..at).rev().take_while(|&b| is_in(tree, blocks[b].node, own)).last().unwrap_or(at);
            let end = (at + 1..blocks.len()).find(|&b| !is_in(tree, blocks[b].node, own)).unwrap_or(blocks.len());
            let mut group = Quick::default();
            (around, tree.tag(own), tree.tag(node), tree.attr(node, "class")).hash(&mut group);
            out[at] = Some(Entry { group: group.finish(), start, end });
        }
    }
    out
}

/// The smallest box around both of two elements. A box comes before what is in it.
pub(super) fn joint(tree: &Tree, mut a: Id, mut b: Id) -> Option<Id> {
    while a != b {
        if a == NONE || b == NONE {
            return None;
        }
        if a > b { a = tree.parent(a) } else { b = tree.parent(b) }
    }
    (a != NONE).then_some(a)
}

/// The box right within `around` that holds `node`.
pub(super) fn below(tree: &Tree, around: Id, node: Id) -> Option<Id> {
    std::iter::once(node).chain(tree.ancestors(node)).find(|&id| tree.parent(id) == around)
}

pub(super) fn is_in(tree: &Tree, node: Id, own: Id) -> bool {
    node == own || tree.ancestors(node).take_while(|&id| id >= own).any(|id| id == own)
}

impl Case {
    /// The headings of entries whose text stays.
    pub(super) fn keep_entry_headings(&self, _: &[f32], verdicts: &mut [Verdict]) {
        let mut groups: HashMap<u64, Vec<(usize, usize)>> = HashMap::new();
        for (at, entry) in self.entries.iter().enumerate() {
            if let Some(entry) = entry {
                groups.entry(entry.group).or_default().push((at, entry.end));
            }
        }
        for entries in groups.into_values().filter(|entries| entries.len() >= ALIKE) {
            let over = |&(at, end): &(usize, usize)| self.is_over_text(at, end, verdicts);
            let headed: Vec<(usize, usize)> = entries.iter().copied().filter(over).collect();
            if headed.len() < ALIKE || headed.len() * 3 < entries.len() * 2 {
                continue;
            }
            // Headings that lead away are those of teasers, unless they are over most of the page's text.
            let leads_away = |&(at, _): &(usize, usize)| !self.blocks[at].links.is_empty() && !self.own_link[at];
            let words = |&(at, end): &(usize, usize)| {
                (at..end).filter(|&b| verdicts[b].is_none()).map(|b| self.frames[b].words).sum::<usize>()
            };
            let inside: usize = headed.iter().map(words).sum();
            if headed.iter().any(leads_away) && inside * 2 < self.kept_words(verdicts) {
                continue;
            }
            headed.iter().filter(|&&(at, _)| self.may_head(at)).for_each(|&(at, _)| verdicts[at] = None);
        }
        self.keep_like_headings(verdicts);
    }

    /// Where all but a few of the like headings of one box stay, the others over kept text stay as well.
    fn keep_like_headings(&self, verdicts: &mut [Verdict]) {
        let mut groups: HashMap<(Id, u64, bool), Vec<usize>> = HashMap::new();
        for (at, block) in self.blocks.iter().enumerate().filter(|(_, block)| block.kind == BlockKind::Heading) {
            let frame = &self.frames[at];
            groups.entry((frame.container, frame.shape, block.links.is_empty())).or_default().push(at);
        }
        for headings in groups.into_values() {
            let kept = headings.iter().filter(|&&at| verdicts[at].is_none()).count();
            if kept < ALIKE || kept == headings.len() || kept * 4 < headings.len() * 3 {
                continue;
            }
            for at in headings {
                let next = at + 1;
                let over = next < verdicts.len()
                    && self.frames[next].container == self.frames[at].container
                    && self.is_over_text(at, next + 1, verdicts);
                if over && self.may_head(at) {
                    verdicts[at] = None;
                }
            }
        }
    }

    /// Whether kept text follows a heading before any other heading, in blocks before `end`.
    fn is_over_text(&self, at: usize, end: usize, verdicts: &[Verdict]) -> bool {
        let text = |b: usize| {
            matches!(self.blocks[b].kind, BlockKind::Paragraph | BlockKind::Quote)
                && verdicts[b].is_none()
                && self.frames[b].words >= TEXT
        };
        (at + 1..end.min(at + 2 + BETWEEN)).take_while(|&b| self.blocks[b].kind != BlockKind::Heading).any(text)
    }

    /// Whether nothing but the model speaks against a heading.
    fn may_head(&self, at: usize) -> bool {
        matches!(self.rules[at], "page.chrome" | "page.headline") && !self.is_chrome(at) && !self.foreign[at]
    }
}

#[cfg(test)]
mod tests {
    use super::super::wholes::tests::{kept, long};

    fn entry(n: usize, heading: &str, inner: &str) -> String {
        let text = format!("Boat number {n} came back to the basin on Sunday with nobody at all on board.");
        format!("<div class='item'><h3>{heading} {n}</h3>{inner}<div><p>{text}</p></div></div>")
    }

    /// How many headings of `count` entries stay.
    fn headings(count: usize, heading: &str, inner: &str, around: &str, guess: [f32; 2]) -> usize {
        let entries: String = (0..count).map(|n| entry(n, heading, inner)).collect();
        let html = around.replace("ENTRIES", &format!("<div>{entries}</div>"));
        let mut all = vec![0.9; around.matches("<p>").count()];
        let each = if inner.is_empty() { vec![guess[0], guess[1]] } else { vec![guess[0], 0.1, guess[1]] };
        (0..count).for_each(|_| all.extend(&each));
        kept(&html, &all).iter().filter(|text| text.starts_with("Quay")).count()
    }

    #[test]
    fn the_heading_of_an_entry_stays_with_its_text() {
        let plain = format!("{}ENTRIES", long());
        assert_eq!(headings(4, "Quay", "", &plain, [0.01, 0.9]), 4);
        assert_eq!(headings(4, "Quay", "<ul><li>Cafés</li></ul>", &plain, [0.01, 0.9]), 4);
        // Two may be boxes beside the text, and what is over nothing heads nothing.
        assert_eq!(headings(2, "Quay", "", &plain, [0.01, 0.9]), 0);
        assert_eq!(headings(4, "Quay", "", &plain, [0.01, 0.1]), 0);
        // Names say more than the box.
        let named = |class: &str| format!("{}<section class='{class}'>ENTRIES</section>", long());
        assert_eq!(headings(4, "Quay", "", &named("related-stories"), [0.01, 0.9]), 0);
        assert_eq!(headings(4, "Quay", "", &named("comments"), [0.01, 0.9]), 0);
    }

    #[test]
    fn linked_headings_stay_where_the_entries_are_the_text() {
        let linked = "<a href='/x'>Quay</a>";
        assert_eq!(headings(4, linked, "", "<p>The boats of the town are these.</p>ENTRIES", [0.01, 0.9]), 4);
        // Teasers below a text, though the model kept them.
        let below = format!("<div>{}</div>ENTRIES", long());
        assert_eq!(headings(3, linked, "", &below, [0.01, 0.95]), 0);
    }

    #[test]
    fn the_last_of_like_headings_stays_too() {
        let count = |last: &str, below: &str| {
            let text =
                |n: usize| format!("<p>Boat number {n} came back to the basin on Sunday with nobody on board.</p>");
            let item = |n: usize| format!("<h3><a href='/{n}'>Quay {n}</a></h3>{}", text(n));
            let items: String = (0..4).map(item).collect();
            let html = format!("<div>{}{items}{last}{}</div>", long(), text(5).replace("<p>", below));
            let guess = [0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.02, 0.9];
            kept(&html, &guess).iter().filter(|text| text.starts_with("Quay")).count()
        };
        assert_eq!(count("<h3><a href='/9'>Quay 9</a></h3>", "<p>"), 5);
        // Made otherwise, or over what stands elsewhere.
        assert_eq!(count("<h3 class='x'><a href='/9'>Quay 9</a></h3>", "<p>"), 4);
        assert_eq!(count("<h3>Quay 9</h3>", "<p>"), 4);
        assert_eq!(count("<h3><a href='/9'>Quay 9</a></h3>", "<div><p>"), 4);
    }
}
