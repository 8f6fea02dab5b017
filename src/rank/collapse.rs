//! Whether two articles are near-identical copies of one text.
//!
//! A copy holds nearly all of the other and the other nearly all of it, and both begin alike. So kept apart are: a digest
//! that holds the article among others; an excerpt; a later lead, the old story below a new beginning; and two reports that
//! quote the same speech. Resemblance is measured by shingles (Broder 1997), here of the folded words of the text.

use crate::model::{Article, Span};
use crate::text::{self, Tokens};

/// Words in a shingle.
const SHINGLE: usize = 3;

/// How much of either text must be in the other.
const SHARED: f64 = 0.8;

/// How much of either beginning must be in the other text.
const SHARED_LEAD: f64 = 0.6;

/// Shingles of a beginning: about two sentences.
const LEAD: usize = 40;

/// What is compared of an article: hashes of its shingles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shape {
    /// Sorted, each once.
    all: Vec<u64>,
    /// Those of the beginning, in order.
    lead: Vec<u64>,
}

impl Shape {
    /// The shape of an article's text; its title does not matter.
    pub fn of(article: &Article) -> Self {
        let blocks: Vec<Span> = article.blocks.iter().map(|block| block.span).collect();
        let mut tokens = Tokens::new();
        text::analyze(&article.text, &blocks, &mut tokens);
        let words: Vec<u64> =
            tokens.iter().filter(|t| t.length == 1 && !t.extra).map(|t| hash(0, t.term.as_bytes())).collect();
        let width = SHINGLE.min(words.len().max(1));
        let shingles: Vec<u64> = words
            .windows(width)
            .map(|words| words.iter().fold(0, |sum, word| hash(sum, &word.to_le_bytes())))
            .collect();
        let lead = shingles.iter().take(LEAD).copied().collect();
        let mut all = shingles;
        all.sort_unstable();
        all.dedup();
        Self { all, lead }
    }

    /// Whether the texts are near-identical. The same both ways. Texts without words are copies of nothing.
    pub fn is_copy_of(&self, other: &Shape) -> bool {
        if self.all.is_empty() || other.all.is_empty() {
            return false;
        }
        let shared = common(&self.all, &other.all) as f64;
        let longer = self.all.len().max(other.all.len()) as f64;
        shared / longer >= SHARED && self.begins_in(other) && other.begins_in(self)
    }

    fn begins_in(&self, other: &Shape) -> bool {
        let found = self.lead.iter().filter(|shingle| other.all.binary_search(shingle).is_ok()).count();
        found as f64 >= SHARED_LEAD * self.lead.len() as f64
    }
}

/// How many numbers two sorted lists share.
fn common(a: &[u64], b: &[u64]) -> usize {
    let (mut a, mut b, mut count) = (a, b, 0);
    while let (Some(x), Some(y)) = (a.first(), b.first()) {
        if x == y {
            count += 1;
        }
        if x <= y {
            a = &a[1..];
        }
        if y <= x {
            b = &b[1..];
        }
    }
    count
}

fn hash(start: u64, bytes: &[u8]) -> u64 {
    let start = start ^ 0xcbf2_9ce4_8422_2325;
    bytes.iter().fold(start, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ArticleId, Block, BlockKind};

    fn shape(blocks: &[String]) -> Shape {
        let text = blocks.join("\n\n");
        let mut at = 0;
        let mut spans = Vec::new();
        for block in blocks {
            spans.push(Block { kind: BlockKind::Paragraph, span: Span::new(at, at + block.len()) });
            at += block.len() + 2;
        }
        Shape::of(&Article {
            id: ArticleId::of_text("", &text),
            title: String::new(),
            authors: Vec::new(),
            published: None,
            updated: None,
            fetched: None,
            embargo: None,
            language: None,
            url: None,
            source: None,
            section: None,
            tags: Vec::new(),
            text,
            blocks: spans,
            removed: Vec::new(),
            provenance: Default::default(),
            flags: Default::default(),
            notes: Vec::new(),
        })
    }

    fn words(seed: usize, count: usize) -> String {
        let words: Vec<String> = (0..count).map(|n| format!("w{}", (seed * 7919 + n * n * 31 + n) % 4099)).collect();
        words.join(" ")
    }

    #[test]
    fn copies_and_others() {
        let story = vec![words(1, 60), words(2, 80), words(3, 70)];
        let with = |change: &dyn Fn(&mut Vec<String>)| {
            let mut blocks = story.clone();
            change(&mut blocks);
            shape(&blocks)
        };
        let check = |other: Shape, same: bool, what: &str| {
            assert_eq!(shape(&story).is_copy_of(&other), same, "{what}");
            assert_eq!(other.is_copy_of(&shape(&story)), same, "{what}, the other way");
        };
        check(with(&|_| {}), true, "itself");
        check(with(&|b| b[0] = b[0].to_uppercase()), true, "another case");
        check(with(&|b| b.push(words(9, 12))), true, "a line more");
        check(with(&|b| b[1] = b[1].replacen("w1", "other", 2)), true, "a word changed");
        check(with(&|b| b.extend([words(11, 90), words(12, 90)])), false, "a digest");
        check(with(&|b| b.truncate(1)), false, "an excerpt");
        check(with(&|b| b[0] = words(20, 50)), false, "a later lead");
        check(shape(&[words(30, 200)]), false, "another story");
        check(shape(&[]), false, "nothing");
        assert!(!shape(&[]).is_copy_of(&shape(&[])));
        assert!(shape(&["Too short".into()]).is_copy_of(&shape(&["too short!".into()])));
    }
}
