//! Tables, lists and set lines that belong to the text although no paragraph follows them.
//!
//! The model has seen few tables of data and many lists of links, so it gives little to what stands behind the last
//! paragraph, or behind a heading of its own. What stands in the very box of the text, right behind what is kept, and
//! is no row of links, is what the text speaks of: a lost table of results is worse than a stray one.

use std::collections::HashMap;

use html5ever::local_name;

use super::blocks::{Block, zone};
use super::features::Frame;
use super::hints::{self, Hints};
use super::judge::{Case, Verdict};
use super::lexicon;
use super::meta::Survey;
use super::tree::{Id, NONE, Tree};
use crate::model::BlockKind;

/// How many boxes may lie between a table or list and the box of the text: `figure`, a wrapper that scrolls.
const LEVELS: usize = 4;
/// A box with so many kept words in paragraphs is the text's.
const TEXT: usize = 40;
/// Headings and lines that may stand over a table or list.
const HEADS: usize = 3;
/// A list of which the model thinks less than this, item for item, is not the text's; nor is a quote.
const LEAST: f32 = 0.02;
const LEAST_QUOTE: f32 = 0.3;

/// Names that say that a box is something beside the text.
const BESIDE: Hints = hints::AD
    | hints::SHARE
    | hints::SIGNUP
    | hints::RELATED
    | hints::COMMENT
    | hints::NAV
    | hints::SIDE
    | hints::FOOTER
    | hints::BIO
    | hints::AUTHOR
    | hints::TAGS
    | hints::FORM
    | hints::MODAL
    | hints::HIDDEN
    | hints::DATE
    | hints::MEDIA;

/// What a list of particulars about the article or its paper is labelled with.
const PARTICULARS: [&str; 24] = [
    "published",
    "updated",
    "section",
    "author",
    "authors",
    "source",
    "tags",
    "topics",
    "category",
    "categories",
    "date",
    "email",
    "e-mail",
    "phone",
    "telephone",
    "tel",
    "veröffentlicht",
    "autor",
    "ressort",
    "quelle",
    "auteur",
    "publié",
    "fuente",
    "autore",
];

/// A table, a list, set lines or a quote, as a run of blocks.
pub(super) struct Group {
    from: usize,
    to: usize,
    /// The boxes around it, from the inside.
    boxes: [Id; LEVELS],
    /// Whether the innermost box is one of several alike: the parts that a body is cut into.
    part: bool,
    /// How much the model must think of it.
    least: f32,
}

/// The groups of a page that may be the text's: neither named nor placed beside it, and no rows of links.
pub(super) fn groups(tree: &Tree, survey: &Survey, zones: &[u32], blocks: &[Block], frames: &[Frame]) -> Vec<Group> {
    const NOT: u32 =
        zone::NAV | zone::ASIDE | zone::FOOTER | zone::FORM | zone::HIDDEN | zone::BUTTON | zone::DIALOG | zone::LINK;
    let mut groups = Vec::new();
    let mut at = 0;
    while at < blocks.len() {
        let from = at;
        at += 1;
        let block = &blocks[from];
        let (root, least) = match block.kind {
            BlockKind::Table => (block.node, 0.0),
            BlockKind::Quote if block.links.is_empty() => (quote(tree, block.node), LEAST_QUOTE),
            _ => (outermost_list(tree, frames[from].list), LEAST),
        };
        if root == NONE || zones[block.first as usize] & NOT != 0 {
            continue;
        }
        while least == LEAST && at < blocks.len() && outermost_list(tree, frames[at].list) == root {
            at += 1;
        }
        let fits = match block.kind {
            BlockKind::Table => !is_linked(tree, root),
            _ => least != LEAST || is_text(&blocks[from..at], &frames[from..at]),
        };
        if !fits {
            continue;
        }
        let mut boxes = [NONE; LEVELS];
        let beside = |id: Id| survey.own[id as usize] & BESIDE != 0;
        if beside(root) {
            continue;
        }
        for (place, id) in boxes.iter_mut().zip(tree.ancestors(root)) {
            *place = id;
            if beside(id) && survey.own[id as usize] & hints::BODY == 0 {
                break;
            }
        }
        groups.push(Group { from, to: at, boxes, part: is_part(tree, boxes[0]), least });
    }
    groups
}

/// Whether the box next to one has its tag and class.
fn is_part(tree: &Tree, id: Id) -> bool {
    /// Neighbours looked at.
    const MOST: usize = 200;
    let class = |id: Id| tree.attr(id, "class").filter(|class| !class.is_empty());
    let parent = tree.parent(id);
    id != NONE && parent != NONE && class(id).is_some() && {
        let alike = |&other: &Id| other != id && tree.tag(other) == tree.tag(id) && class(other) == class(id);
        tree.children(parent).take(MOST).any(|other| alike(&other))
    }
}

/// The outermost list around a list; [`NONE`] for a table, whose cells are text like any other.
fn outermost_list(tree: &Tree, list: Id) -> Id {
    if list == NONE || *tree.tag(list) == local_name!("table") {
        return NONE;
    }
    let is_list = |id: &Id| matches!(*tree.tag(*id), local_name!("ul") | local_name!("ol") | local_name!("dl"));
    tree.ancestors(list).take(2 * LEVELS).filter(is_list).last().unwrap_or(list)
}

fn quote(tree: &Tree, node: Id) -> Id {
    let mut around = std::iter::once(node).chain(tree.ancestors(node)).take(LEVELS);
    around.find(|&id| *tree.tag(id) == local_name!("blockquote")).unwrap_or(NONE)
}

/// Whether a table has as many links as rows.
pub(super) fn is_linked(tree: &Tree, table: Id) -> bool {
    let (mut links, mut rows) = (0usize, 0usize);
    tree.walk(table, |step| {
        if let super::tree::Step::Enter(id) = step {
            links += usize::from(*tree.tag(id) == local_name!("a"));
            rows += usize::from(*tree.tag(id) == local_name!("tr"));
        }
        true
    });
    links > 0 && links >= rows
}

/// Whether a list is words rather than links or pictures, neither the names of networks to share on nor particulars of
/// the page.
fn is_text(blocks: &[Block], frames: &[Frame]) -> bool {
    let mut buffer = String::new();
    let (mut linked, mut beckoning, mut particulars, mut pictures) = (0, 0, 0, 0);
    for (block, frame) in blocks.iter().zip(frames) {
        linked += usize::from(frame.density > 0.5);
        pictures += usize::from(block.kind == BlockKind::Caption);
        if block.text.len() < 60 {
            let classes = lexicon::of(&block.text, &mut buffer);
            beckoning += usize::from(lexicon::BECKONS.iter().any(|&class| classes[class] > 0));
            let label = block.text.trim_end_matches(':').to_lowercase();
            particulars += usize::from(block.text.contains('@') || PARTICULARS.contains(&label.as_str()));
        }
    }
    let few = |count: usize| count * 3 <= blocks.len();
    blocks.len() >= 2 && few(linked) && few(beckoning) && few(pictures) && particulars == 0
}

impl Case {
    /// Tables, lists, quotes and set lines right behind kept text of the box they stand in, with the headings over them.
    pub(super) fn keep_attached(&self, guess: &[f32], verdicts: &mut [Verdict]) {
        if self.groups.is_empty() {
            return;
        }
        let (mut words, mut parts): (HashMap<Id, usize>, HashMap<Id, usize>) = Default::default();
        for (at, frame) in self.frames.iter().enumerate() {
            if verdicts[at].is_none() && self.blocks[at].kind == BlockKind::Paragraph && frame.density < 0.5 {
                *words.entry(frame.container).or_default() += frame.words;
                *parts.entry(frame.grand).or_default() += frame.words;
            }
        }
        // The box of the group that was kept last, and where it ended.
        let mut last = (NONE, 0);
        for group in &self.groups {
            let has_text = |words: &HashMap<Id, usize>, id: &Id| words.get(id).is_some_and(|&words| words >= TEXT);
            let home = group.boxes.iter().find(|id| has_text(&words, id));
            let home = home.or(group.boxes.get(1).filter(|id| group.part && has_text(&parts, id)));
            // A list that stays beside boxes of paragraphs stays with the line that leads to it.
            let stays = (group.from..group.to).all(|b| verdicts[b].is_none());
            let home = home.or(group.boxes.first().filter(|id| stays && has_text(&parts, id)));
            let Some(&home) = home else { continue };
            let heads = self.heads(group.from, home, verdicts);
            let Some(before) = (group.from - heads).checked_sub(1) else { continue };
            let at_home = |block: usize| {
                let frame = &self.frames[block];
                frame.container == home || frame.grand == home || last == (home, block + 1)
            };
            if verdicts[before].is_some() || !at_home(before) {
                continue;
            }
            let blocks = group.from..group.to;
            if blocks.clone().any(|b| verdicts[b].is_some()) {
                let mean = blocks.clone().map(|b| guess[b]).sum::<f32>() / blocks.len() as f32;
                if mean < group.least {
                    continue;
                }
                for block in blocks.filter(|&b| !self.is_chrome(b)) {
                    verdicts[block] = None;
                }
            }
            (group.from - heads..group.from).for_each(|b| verdicts[b] = None);
            last = (home, group.to);
        }
    }

    /// How many headings, or short lines that lead to what follows, stand right before a block and are not kept.
    fn heads(&self, from: usize, home: Id, verdicts: &[Verdict]) -> usize {
        let mut buffer = String::new();
        let mut is_head = |at: usize| {
            let (block, frame) = (&self.blocks[at], &self.frames[at]);
            let leads = match block.kind {
                BlockKind::Heading => true,
                BlockKind::Paragraph => block.text.ends_with(':') || block.bold * 10 >= block.text.len() * 9,
                _ => false,
            };
            let classes = lexicon::of(&block.text, &mut buffer);
            let beckons = lexicon::BECKONS.iter().any(|&class| classes[class] > 0);
            leads
                && block.text.len() < 160
                && block.links.is_empty()
                && (frame.container == home || frame.grand == home)
                && !beckons
                && !self.is_chrome(at)
        };
        (1..=HEADS.min(from)).take_while(|up| verdicts[from - up].is_some() && is_head(from - up)).count()
    }
}
