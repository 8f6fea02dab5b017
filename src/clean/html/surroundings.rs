//! What stands around a block: pictures, siblings, the headline, the core of the page, and the words it shares with it.

use html5ever::local_name;

use super::blocks::Block;
use super::counts::{Map, hash_of};
use super::features::Frame;
use super::tree::{Id, NONE, Tree};

/// Words shorter than this many bytes are too common to tell what a text is about.
const TELLING: usize = 5;
/// Words of one block that are looked at.
const MAX_WORDS: usize = 60;
/// How far up a block's own box is sought.
const BOX_LEVELS: usize = 4;

/// The tree seen as ranges of node numbers, which run in document order.
pub(super) struct Layout {
    /// One past the last node below each node.
    end: Vec<Id>,
    depth: Vec<u16>,
    /// Pictures and players among the nodes before each.
    pictures: Vec<u32>,
    /// First text nodes of all blocks, in order.
    starts: Vec<Id>,
}

impl Layout {
    pub fn of(tree: &Tree, blocks: &[Block]) -> Self {
        let count = tree.nodes.len();
        let mut end: Vec<Id> = (1..=count as Id).collect();
        for id in (1..count).rev() {
            let parent = tree.parent(id as Id) as usize;
            end[parent] = end[parent].max(end[id]);
        }
        let (mut depth, mut pictures) = (vec![0u16; count], vec![0u32; count + 1]);
        for id in 0..count {
            let parent = tree.parent(id as Id);
            if parent != NONE {
                depth[id] = depth[parent as usize].saturating_add(1);
            }
            let picture = matches!(
                *tree.tag(id as Id),
                local_name!("img") | local_name!("picture") | local_name!("video") | local_name!("iframe")
            );
            pictures[id + 1] = pictures[id] + u32::from(picture);
        }
        Self { end, depth, pictures, starts: blocks.iter().map(|b| b.first).collect() }
    }

    /// Pictures between two nodes, the second left out.
    pub fn pictures_between(&self, from: Id, to: Id) -> u32 {
        self.pictures[to as usize].saturating_sub(self.pictures[from as usize])
    }

    /// Whether a node is `root` or below it.
    pub fn within(&self, id: Id, root: Id) -> bool {
        root <= id && id < self.end[root as usize]
    }

    fn blocks_in(&self, root: Id) -> usize {
        let end = self.end[root as usize];
        self.starts.partition_point(|&s| s < end) - self.starts.partition_point(|&s| s < root)
    }

    /// How many levels above a block a box begins that holds a picture and at most one block more; 0 if none does.
    pub fn picture_box(&self, tree: &Tree, node: Id) -> usize {
        let up = std::iter::once(node).chain(tree.ancestors(node)).take(BOX_LEVELS);
        for (level, id) in up.enumerate() {
            if self.blocks_in(id) > 2 {
                return 0;
            }
            if self.pictures_between(id, self.end[id as usize]) > 0 {
                return level + 1;
            }
        }
        0
    }

    /// Levels from a node up to its lowest ancestor that holds `other`, and from `other` up to the same.
    pub fn apart(&self, tree: &Tree, node: Id, other: Id) -> (usize, usize) {
        let mut at = node;
        while !self.within(other, at) && tree.parent(at) != NONE {
            at = tree.parent(at);
        }
        let depth = |id: Id| usize::from(self.depth[id as usize]);
        (depth(node) - depth(at), depth(other) - depth(at))
    }
}

/// Which words the core of a page uses.
pub(super) struct Topic {
    /// Blocks of the core that use a word.
    uses: Map<u64, u32>,
    words: Vec<Vec<u64>>,
    core: Vec<bool>,
    /// The mean share of words that a block of the core has from others of it.
    usual: f32,
}

/// Hashes of the words that tell what a text is about, sorted, each once.
pub(super) fn telling(text: &str) -> Vec<u64> {
    let mut words: Vec<u64> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.len() >= TELLING)
        .take(MAX_WORDS)
        .map(|word| hash_of(word, 12))
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

impl Topic {
    /// The core is what `inside` says of each block, as far as it is prose.
    pub fn of(blocks: &[Block], frames: &[Frame], inside: impl Fn(usize) -> bool) -> Self {
        let words: Vec<Vec<u64>> = blocks.iter().map(|b| telling(&b.text)).collect();
        let core: Vec<bool> =
            (0..blocks.len()).map(|b| frames[b].chars > 80.0 && frames[b].density < 0.4 && inside(b)).collect();
        let mut uses: Map<u64, u32> = Map::default();
        for word in words.iter().zip(&core).filter(|(_, core)| **core).flat_map(|(words, _)| words) {
            *uses.entry(*word).or_default() += 1;
        }
        let mut topic = Self { uses, words, core, usual: 0.0 };
        let shares: Vec<f32> = (0..blocks.len()).filter(|&b| topic.core[b]).map(|b| topic.share(b)).collect();
        topic.usual = shares.iter().sum::<f32>() / (shares.len() as f32).max(1.0);
        topic
    }

    /// The share of a block's words that other blocks of the core use.
    pub fn share(&self, block: usize) -> f32 {
        let own = u32::from(self.core[block]);
        let words = &self.words[block];
        let shared = words.iter().filter(|w| self.uses.get(w).copied().unwrap_or(0) > own).count();
        if words.is_empty() { self.usual } else { shared as f32 / words.len() as f32 }
    }

    /// The share of the `other` words that a block has, and of a block's that are among the `other`.
    pub fn shared(&self, block: usize, other: &[u64]) -> (f32, f32) {
        let own = &self.words[block];
        let shared = own.iter().filter(|word| other.binary_search(word).is_ok()).count() as f32;
        (shared / other.len().max(1) as f32, shared / own.len().max(1) as f32)
    }

    /// The same against what is usual on this page.
    pub fn relative(&self, block: usize) -> f32 {
        self.share(block) - self.usual
    }
}
