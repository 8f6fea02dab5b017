//! What the paragraph model looks at: each block's text, its place in the tree, its names and its neighbours.
//!
//! The model runs twice. The first run sees a block and its surroundings ([`first`]); the second also sees what the
//! first run thought of the neighbours (see [`second`](super::second)).

use std::fmt::Display;
use std::hash::{Hash, Hasher};

use html5ever::local_name;

use super::blocks::{Block, zone};
use super::counts::{Map, Quick, Sequences, count, sequences, words};
use super::jsonld;
use super::meta::Survey;
use super::surroundings::{Layout, Topic, telling};
use super::tree::{Id, NONE, Tree};
use super::{hints, lexicon};
use crate::model::BlockKind;

/// What of the page outside its blocks helps to judge them.
pub(super) struct Page<'t> {
    pub tree: &'t Tree<'t>,
    pub survey: &'t Survey,
    pub zones: &'t [u32],
    pub blocks: &'t [Block],
    pub h1: Option<Id>,
    /// Folded titles.
    pub titles: Vec<String>,
    /// Folded descriptions.
    pub summaries: Vec<String>,
    /// Four-word sequences of the body as JSON-LD gives it; empty where it gives none.
    pub witness: Sequences,
}

/// One block's place in groups, and what the second run needs of it.
pub(super) struct Frame {
    pub chars: f32,
    pub density: f32,
    pub words: usize,
    pub heading: bool,
    pub container: Id,
    pub grand: Id,
    pub shape: u64,
    /// Nearest list or table around it, or [`NONE`].
    pub list: Id,
    /// The item or cell of it.
    pub item: Id,
}

const KINDS: [(BlockKind, &str); 6] = [
    (BlockKind::Paragraph, "paragraph"),
    (BlockKind::Heading, "heading"),
    (BlockKind::Quote, "quote"),
    (BlockKind::ListItem, "item"),
    (BlockKind::Caption, "caption"),
    (BlockKind::Table, "table"),
];

/// Rows of equal width.
pub(super) struct Rows {
    pub width: usize,
    pub values: Vec<f32>,
}

impl Rows {
    /// One block's features.
    pub fn row(&self, block: usize) -> &[f32] {
        &self.values[block * self.width..(block + 1) * self.width]
    }
}

/// Collects values and, for the first block, their names.
pub(super) struct Row<'o> {
    pub values: &'o mut Vec<f32>,
    pub names: Option<&'o mut Vec<String>>,
}

impl Row<'_> {
    // Names are wanted of one block, when the model is read: all others are spared what makes them.
    #[inline(always)]
    pub fn put(&mut self, name: impl Display, value: f32) {
        self.values.push(value);
        if let Some(names) = &mut self.names {
            names.push(name.to_string());
        }
    }

    fn bits(&mut self, prefix: &str, names: &[&str], bits: u32) {
        self.values.extend((0..names.len()).map(|bit| (bits >> bit & 1) as f32));
        if let Some(all) = &mut self.names {
            all.extend(names.iter().map(|name| format!("{prefix}.{}", name.to_lowercase())));
        }
    }
}

pub(super) fn log(n: usize) -> f32 {
    (n as f32 + 1.0).ln()
}

fn shape(tree: &Tree, node: Id) -> u64 {
    let mut hasher = Quick::default();
    let mut at = node;
    for _ in 0..3 {
        if at == NONE {
            break;
        }
        tree.tag(at).hash(&mut hasher);
        tree.attr(at, "class").unwrap_or("").hash(&mut hasher);
        at = tree.parent(at);
    }
    hasher.finish()
}

/// The nearest list or table around a node, and the item or cell of it that holds the node.
fn list_and_item(tree: &Tree, node: Id) -> (Id, Id) {
    let mut item = NONE;
    for id in std::iter::once(node).chain(tree.ancestors(node)) {
        match *tree.tag(id) {
            local_name!("li") | local_name!("dt") | local_name!("dd") | local_name!("td") | local_name!("th")
                if item == NONE =>
            {
                item = id;
            }
            local_name!("ul") | local_name!("ol") | local_name!("dl") | local_name!("table") if id != node => {
                return (id, item);
            }
            _ => {}
        }
    }
    (NONE, NONE)
}

/// Places of all blocks.
pub(super) fn frames(page: &Page) -> Vec<Frame> {
    let tree = page.tree;
    let frame = |block: &Block| {
        let linked: usize = block.links.iter().map(|l| l.1 - l.0).sum();
        let boxy = matches!(
            *tree.tag(block.node),
            local_name!("div") | local_name!("section") | local_name!("td") | local_name!("article")
        );
        let up = |id: Id| Some(tree.parent(id)).filter(|&p| p != NONE).unwrap_or(id);
        let container = if boxy { block.node } else { up(block.node) };
        let (list, item) = list_and_item(tree, block.node);
        Frame {
            chars: block.text.chars().count() as f32,
            density: linked as f32 / block.text.len().max(1) as f32,
            words: words(&block.text),
            heading: block.kind == BlockKind::Heading,
            container,
            grand: up(container),
            shape: shape(tree, block.node),
            list,
            item,
        }
    };
    page.blocks.iter().map(frame).collect()
}

#[derive(Default, Clone, Copy)]
struct Group {
    blocks: f32,
    chars: f32,
    linked: f32,
    long: f32,
    score: f32,
}

impl Group {
    fn add(&mut self, frame: &Frame, share: f32) {
        self.blocks += 1.0;
        self.chars += frame.chars;
        self.linked += frame.chars * frame.density;
        self.long += f32::from(frame.chars > 100.0);
        if frame.chars > 40.0 && frame.density < 0.5 {
            self.score += frame.chars * (1.0 - frame.density) * share;
        }
    }
}

/// The first run's features; names are written to `names` if given.
pub(super) fn first(page: &Page, frames: &[Frame], names: Option<&mut Vec<String>>) -> Rows {
    let (tree, blocks) = (page.tree, page.blocks);
    let mut names = names;
    let (mut near, mut far, mut shapes) =
        (Map::<Id, Group>::default(), Map::<Id, Group>::default(), Map::<u64, Group>::default());
    let mut lists = Map::<Id, Group>::default();
    let mut copies: Map<&str, u32> = Map::default();
    let mut total = 1.0;
    for (frame, block) in frames.iter().zip(blocks) {
        near.entry(frame.container).or_default().add(frame, 1.0);
        far.entry(frame.container).or_default().add(frame, 1.0);
        far.entry(frame.grand).or_default().add(frame, 0.5);
        shapes.entry(frame.shape).or_default().add(frame, 1.0);
        if frame.list != NONE {
            lists.entry(frame.list).or_default().add(frame, 1.0);
        }
        *copies.entry(block.text.as_str()).or_default() += 1;
        total += frame.chars;
    }
    let shunned = hints::COMMENT | hints::RELATED | hints::FOOTER | hints::MODAL | hints::NAV;
    let rank = |id: Id, g: &Group| {
        let bad = (page.survey.own[id as usize] | page.survey.above[id as usize]) & shunned != 0;
        g.score * if bad { 0.3 } else { 1.0 }
    };
    let best =
        far.iter().max_by(|a, b| rank(*a.0, a.1).total_cmp(&rank(*b.0, b.1)).then(b.0.cmp(a.0))).map(|(id, _)| *id);
    let best_score = best.and_then(|b| far.get(&b)).map_or(1.0, |g| g.score.max(1.0));
    let layout = Layout::of(tree, blocks);
    let within = |id: Id, root: Option<Id>| root.is_some_and(|r| layout.within(id, r));
    let topic = Topic::of(blocks, frames, |b| within(blocks[b].node, best));
    let headline = page.h1.map(|h| telling(&tree.words(h, 400))).unwrap_or_default();
    // Hardly any block is part of a title: its first bytes tell, and no search is set up for it.
    let has = |title: &str, words: &str| {
        let begins = |first: &[u8; 8]| title.as_bytes().array_windows().any(|eight| eight == first);
        words.len() <= title.len() && words.as_bytes().first_chunk().is_some_and(begins) && title.contains(words)
    };
    let longest = page.titles.iter().chain(&page.summaries).map(String::len).max();
    let longest = longest.unwrap_or(0);
    let is_prose = |f: &Frame| f.chars > 80.0 && f.density < 0.4;
    let all_prose = frames.iter().filter(|f| is_prose(f)).count();
    let all_best = blocks.iter().filter(|b| within(b.node, best)).count();
    let mut met: Map<Id, usize> = Map::default();
    let best_parent = best.map(|b| tree.parent(b)).filter(|&p| p != NONE);
    let heading_at = page.h1.and_then(|h| blocks.iter().position(|b| b.first >= h)).unwrap_or(0);
    let mut buffer = String::new();
    let lexical: Vec<[u8; lexicon::COUNT]> = blocks.iter().map(|b| lexicon::of(&b.text, &mut buffer)).collect();
    let mut values = Vec::with_capacity(blocks.len() * 190);
    let (mut before, mut last_heading, mut since_heading, mut prose, mut in_best) =
        (0.0f32, None::<usize>, 0usize, 0usize, 0usize);
    let mut width = 0;
    for (at, (block, frame)) in blocks.iter().zip(frames).enumerate() {
        let mut row = Row { values: &mut values, names: names.take().filter(|_| at == 0) };
        let text = block.text.as_str();
        let digits = count(text, |b| b.is_ascii_digit());
        let mut upper = count(text, |b| b.is_ascii_uppercase());
        let mut letters = count(text, |b| b.is_ascii_alphabetic());
        let mut stops = count(text, |b| matches!(b, b'.' | b'!' | b'?'));
        let mut commas = count(text, |b| b == b',');
        if !text.is_ascii() {
            for c in text.chars().filter(|c| !c.is_ascii()) {
                letters += usize::from(c.is_alphabetic());
                upper += usize::from(c.is_uppercase());
                stops += usize::from(matches!(c, '。' | '…' | '؟' | '।'));
                commas += usize::from(matches!(c, '、' | '，' | '،'));
            }
        }
        let end = text.chars().next_back().unwrap_or(' ');
        let start = text.chars().next().unwrap_or(' ');
        row.put("chars", log(frame.chars as usize));
        row.put("words", log(frame.words));
        row.put("density", frame.density);
        row.put("links", log(block.links.len()));
        row.put("stops", stops as f32 * 100.0 / frame.chars.max(40.0));
        row.put("commas", commas as f32 * 100.0 / frame.chars.max(40.0));
        row.put("digits", digits as f32 / frame.chars.max(1.0));
        row.put("upper", upper as f32 / letters.max(1) as f32);
        row.put("letters", letters as f32 / frame.chars.max(1.0));
        row.put(
            "ends",
            match end {
                '.' | '!' | '?' | '。' | '…' | '؟' | '।' => 2.0,
                '"' | '”' | '»' | '’' | '“' | ')' | '」' => 1.5,
                ':' => 1.0,
                _ => 0.0,
            },
        );
        row.put(
            "starts",
            if start.is_uppercase() {
                1.0
            } else if matches!(start, '"' | '“' | '„' | '«' | '‘') {
                2.0
            } else if start.is_lowercase() {
                -1.0
            } else {
                0.0
            },
        );
        row.put("bold", block.bold as f32 / text.len().max(1) as f32);
        row.put("italic", block.italic as f32 / text.len().max(1) as f32);
        row.put("breaks", log(block.breaks.len()));
        row.put("copies", copies.get(text).copied().unwrap_or(1).min(5) as f32);
        for (class, name) in lexicon::NAMES.iter().enumerate() {
            row.put(format_args!("says.{name}"), f32::from(lexical[at][class].min(4)));
        }
        for (kind, name) in KINDS {
            row.put(format_args!("is.{name}"), f32::from(block.kind == kind));
        }
        let tag = tree.tag(block.node);
        row.put("tag.p", f32::from(*tag == local_name!("p")));
        row.put(
            "tag.div",
            f32::from(matches!(*tag, local_name!("div") | local_name!("section") | local_name!("article"))),
        );
        row.put(
            "tag.h",
            match *tag {
                local_name!("h1") => 1.0,
                local_name!("h2") => 2.0,
                local_name!("h3") => 3.0,
                local_name!("h4") => 4.0,
                local_name!("h5") | local_name!("h6") => 5.0,
                _ => 0.0,
            },
        );
        let (own, above) = (page.survey.own[block.node as usize], page.survey.above[block.node as usize]);
        let parent = Some(tree.parent(block.node)).filter(|&p| p != NONE).map_or(0, |p| page.survey.own[p as usize]);
        // Hints of inline elements around the very text count as the block's own.
        let mut inner = 0;
        let mut up = tree.parent(block.first);
        while up != NONE && up != block.node {
            inner |= page.survey.own[up as usize];
            up = tree.parent(up);
        }
        row.bits("own", &hints::NAMES, own | inner);
        row.bits("parent", &hints::NAMES, parent);
        row.bits("above", &hints::NAMES, above);
        row.bits("in", &zone::NAMES, page.zones[block.first as usize]);
        row.put("depth", tree.ancestors(block.node).count() as f32);
        row.put("at.block", at as f32 / blocks.len() as f32);
        row.put("at.char", before / total);
        row.put("page.blocks", log(blocks.len()));
        row.put("page.chars", log(total as usize));
        let from_title = if page.h1.is_some() { at as f32 - heading_at as f32 } else { 0.0 };
        row.put("after.title", from_title.clamp(-40.0, 200.0));
        row.put("has.title", f32::from(page.h1.is_some()));
        row.put("prose.before", log(prose));
        // What is longer than all of them can only begin as one does.
        let mut enough = text.len().min(4 * longest + 64);
        while !text.is_char_boundary(enough) {
            enough += 1;
        }
        let mut folded = jsonld::fold(&text[..enough]);
        if enough < text.len() && folded.len() <= longest.max(12) {
            folded = jsonld::fold(text);
        }
        let like = |others: &[String]| {
            others
                .iter()
                .map(|o| {
                    if *o == folded {
                        1.0
                    } else if folded.len() > 12 && (has(o, &folded) || folded.starts_with(o.as_str())) {
                        0.7
                    } else {
                        0.0
                    }
                })
                .fold(0.0f32, f32::max)
        };
        row.put("like.title", like(&page.titles));
        row.put("like.summary", like(&page.summaries));
        let witness = if page.witness.is_empty() {
            -1.0
        } else {
            let (mut all, mut hit) = (0u32, 0u32);
            for sequence in sequences(text) {
                all += 1;
                hit += u32::from(page.witness.contains(&sequence));
            }
            if all == 0 { -0.5 } else { hit as f32 / all as f32 }
        };
        row.put("witness", witness);
        for (name, group) in [
            ("container", near.get(&frame.container).copied().unwrap_or_default()),
            ("grand", far.get(&frame.grand).copied().unwrap_or_default()),
            ("shape", shapes.get(&frame.shape).copied().unwrap_or_default()),
        ] {
            row.put(format_args!("{name}.share"), group.chars / total);
            row.put(format_args!("{name}.density"), group.linked / group.chars.max(1.0));
            row.put(format_args!("{name}.blocks"), log(group.blocks as usize));
            row.put(format_args!("{name}.long"), log(group.long as usize));
            row.put(format_args!("{name}.score"), group.score / best_score);
            row.put(format_args!("{name}.mean"), log((group.chars / group.blocks.max(1.0)) as usize));
        }
        let inside = within(block.node, best);
        row.put("in.best", f32::from(inside));
        row.put("in.best_parent", f32::from(within(block.node, best_parent)));
        row.put("best.before", log(in_best));
        row.put("heading.since", if last_heading.is_some() { log(since_heading) } else { -1.0 });
        for class in ["related", "comment", "signup", "media", "share", "rights", "bio"] {
            let index = lexicon::NAMES.iter().position(|n| *n == class).unwrap_or(0);
            row.put(format_args!("heading.{class}"), last_heading.map_or(0.0, |h| f32::from(lexical[h][index].min(2))));
        }
        for (name, step) in [("before2", -2i32), ("before", -1), ("next", 1), ("next2", 2)] {
            let other = at as i32 + step;
            let other = usize::try_from(other).ok().filter(|&o| o < blocks.len());
            row.put(format_args!("{name}.chars"), other.map_or(-1.0, |o| log(frames[o].chars as usize)));
            row.put(format_args!("{name}.density"), other.map_or(-1.0, |o| frames[o].density));
            row.put(
                format_args!("{name}.same"),
                other.map_or(-1.0, |o| {
                    f32::from(frames[o].container == frame.container) + f32::from(frames[o].shape == frame.shape)
                }),
            );
            row.put(
                format_args!("{name}.kind"),
                other.map_or(-1.0, |o| KINDS.iter().position(|k| k.0 == blocks[o].kind).unwrap_or(0) as f32),
            );
        }
        let ellipsis = text.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '…' && c != '.');
        row.put("ellipsis", f32::from(ellipsis.ends_with('…') || ellipsis.ends_with("...")));
        let previous = if at > 0 { blocks[at - 1].first } else { 0 };
        row.put("pictures.before", log(layout.pictures_between(previous, block.first) as usize));
        let following = blocks.get(at + 1).map_or(tree.nodes.len() as Id, |b| b.first);
        row.put("pictures.after", log(layout.pictures_between(block.first, following) as usize));
        row.put("pictures.box", layout.picture_box(tree, block.node) as f32);
        for (name, other) in [("best", best), ("title", page.h1)] {
            let (up, down) = other.map_or((-1.0, -1.0), |o| {
                let (up, down) = layout.apart(tree, block.node, o);
                (up as f32, down as f32)
            });
            row.put(format_args!("up.{name}"), up);
            row.put(format_args!("down.{name}"), down);
        }
        row.put("topic", topic.share(at));
        row.put("topic.relative", topic.relative(at));
        let (of_title, of_block) = topic.shared(at, &headline);
        row.put("title.shared", of_title);
        row.put("title.share", of_block);
        let place = met.entry(frame.container).or_default();
        *place += 1;
        row.put("container.at", log(*place));
        let siblings = near.get(&frame.container).map_or(0, |g| g.blocks as usize);
        row.put("container.left", log(siblings.saturating_sub(*place)));
        row.put("prose.after", log(all_prose - prose - usize::from(is_prose(frame))));
        row.put("best.after", log(all_best - in_best - usize::from(inside)));
        let list = lists.get(&frame.list).copied();
        row.put("list.blocks", list.map_or(-1.0, |g| log(g.blocks as usize)));
        row.put("list.density", list.map_or(-1.0, |g| g.linked / g.chars.max(1.0)));
        row.put("list.mean", list.map_or(-1.0, |g| log((g.chars / g.blocks.max(1.0)) as usize)));
        if width == 0 {
            width = values.len();
        }
        before += frame.chars;
        prose += usize::from(is_prose(frame));
        in_best += usize::from(inside);
        since_heading += 1;
        if block.kind == BlockKind::Heading {
            (last_heading, since_heading) = (Some(at), 0);
        }
    }
    Rows { width, values }
}
