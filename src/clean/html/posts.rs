//! The posts of a live blog: like boxes, each stamped with the time of day.
//!
//! A post is short, and is a list, a heading over one line, or what somebody else posted: the model takes such blocks for
//! chrome. Where the text of most posts stays, the rest of them stays too.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::LazyLock;

use regex::Regex;

use super::blocks::Block;
use super::counts::Quick;
use super::entries::{Entry, below, is_in, joint};
use super::judge::{Case, Verdict};
use super::meta;
use super::tree::Tree;
use super::wholes::ends_sentence;
use crate::clean::metadata::dates;
use crate::model::BlockKind;

/// So many boxes are made alike on purpose.
const ALIKE: usize = 3;
/// Longest stamp, in bytes.
const STAMP: usize = 40;
/// Longest of its words, in letters, that is no month's and no label's.
const SHORT: usize = 4;
/// Fewest words of a line that says something without a full stop.
const SENTENCE: usize = 4;
/// Share of links from which on a line of a post leads elsewhere.
const LEADS: f32 = 0.6;

/// Whether a line is a time of day and little else: `20.21 BST`, `7:05 pm`, `Sat 2 Oct 2021 20.44 BST`.
pub(super) fn is_stamp(line: &str) -> bool {
    static CLOCK: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?:^|[^\d])[012]?\d[:.h][0-5]\d(?:[^\d]|$)").ok());
    line.len() <= STAMP
        && CLOCK.as_ref().is_some_and(|clock| clock.is_match(line))
        && line.split(|c: char| !c.is_alphabetic()).all(|word| {
            word.chars().count() <= SHORT || dates::is_month(word) || meta::is_label_word(&word.to_lowercase())
        })
}

/// The boxes of a page that are stamped each.
pub(super) fn posts(tree: &Tree, blocks: &[Block]) -> Vec<Entry> {
    let stamps: Vec<usize> = (0..blocks.len()).filter(|&at| is_stamp(&blocks[at].text)).collect();
    if stamps.len() < ALIKE {
        return Vec::new();
    }
    let post = |(n, &at): (usize, &usize)| {
        let node = blocks[at].node;
        let beside = n.checked_sub(1).into_iter().chain([n + 1]).filter_map(|n| stamps.get(n));
        let around = beside.filter_map(|&other| joint(tree, node, blocks[other].node)).max()?;
        // A time that no box of its own holds stands in that of the post.
        let own = below(tree, around, node)?;
        let start = (0..at).rev().take_while(|&b| is_in(tree, blocks[b].node, own)).last().unwrap_or(at);
        let end = (at + 1..blocks.len()).find(|&b| !is_in(tree, blocks[b].node, own)).unwrap_or(blocks.len());
        let mut group = Quick::default();
        (around, tree.tag(own), tree.attr(own, "class")).hash(&mut group);
        Some(Entry { group: group.finish(), start, end })
    };
    stamps.iter().enumerate().filter_map(post).collect()
}

impl Case {
    /// What a post has besides the text that stays: its heading, its points, what it quotes.
    pub(super) fn keep_posts(&self, _: &[f32], verdicts: &mut [Verdict]) {
        let mut groups: HashMap<u64, Vec<&Entry>> = HashMap::new();
        for post in &self.posts {
            groups.entry(post.group).or_default().push(post);
        }
        for posts in groups.into_values().filter(|posts| posts.len() >= ALIKE) {
            let told = |post: &&&Entry| {
                (post.start..post.end).any(|b| verdicts[b].is_none() && self.blocks[b].kind == BlockKind::Paragraph)
            };
            let telling = posts.iter().filter(told).count();
            if telling < ALIKE || telling * 3 < posts.len() * 2 {
                continue;
            }
            let own = posts.iter().flat_map(|post| post.start..post.end).filter(|&b| {
                // What opens the rest of a post: `Show more`.
                let label = self.blocks[b].kind == BlockKind::Paragraph
                    && self.frames[b].words < SENTENCE
                    && !ends_sentence(&self.blocks[b].text);
                let linked = self.frames[b].density >= LEADS && !self.own_link[b] && !self.embedded[b];
                verdicts[b] == Some("page.chrome")
                    && !self.is_chrome(b)
                    && !self.foreign[b]
                    && !linked
                    && !label
                    && !is_stamp(&self.blocks[b].text)
                    && self.blocks[b].kind != BlockKind::Caption
            });
            own.collect::<Vec<_>>().into_iter().for_each(|b| verdicts[b] = None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::wholes::tests::{kept, long};
    use super::is_stamp;

    #[test]
    fn stamps() {
        for line in ["20.21 BST", "7:05 pm", "Sat 2 Oct 2021 20.44 BST", "18:02", "14h05"] {
            assert!(is_stamp(line), "{line}");
        }
        for line in ["The levee broke at 7.20", "Read on page 12.30 of the report for all", "2021", "Two men"] {
            assert!(!is_stamp(line), "{line}");
        }
    }

    #[test]
    fn posts_of_a_live_blog_stay_whole() {
        let page = |stamp: &str, class: &str| {
            let post = |n: usize, more: &str| {
                format!(
                    "<section class='{class}'><span>{stamp}</span><p>The river stood at {n} metres at the bridge.</p>{more}</section>"
                )
            };
            let posts = [
                post(1, "<ul><li>Two men are missing<li>The road is shut</ul>"),
                post(2, "<div><button>Show more</button></div><blockquote><p>It is carrying sheep</p></blockquote>"),
                post(3, "<p><a href=/x>All of our stories on the storm</a></p>"),
            ];
            let html = format!("{}<div>{}</div>", long(), posts.concat());
            let guess = [0.9, 0.1, 0.9, 0.05, 0.05, 0.1, 0.9, 0.05, 0.05, 0.1, 0.9, 0.05];
            kept(&html, &guess).iter().filter(|text| text.len() < 40).cloned().collect::<Vec<_>>()
        };
        let all = ["Two men are missing", "The road is shut", "It is carrying sheep"];
        assert_eq!(page("20.21 BST", "block"), all);
        // Without the time they are boxes like any, and comments have times too.
        assert_eq!(page("Sport", "block"), [""; 0]);
        assert_eq!(page("20.21 BST", "comment"), [""; 0]);
    }
}
