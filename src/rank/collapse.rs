//! Whether two articles are near-identical copies of one text.
//!
//! A copy holds nearly all of the other and the other nearly all of it, and both begin alike. So kept apart are: a digest
//! that holds the article among others; an excerpt; a later lead, the old story below a new beginning, if that is one
//! sentence; two reports that quote the same speech; and the reports of two months, made of the same words around other
//! figures. Resemblance is measured by shingles (Broder 1997), here of the folded words of the text.

use crate::model::{Article, BlockKind, Span};
use crate::text::{self, Tokens};

/// Words in a shingle.
const SHINGLE: usize = 3;

/// How much of either text must be in the other.
const SHARED: f64 = 0.8;

/// How much of either beginning must be in the other text.
const SHARED_LEAD: f64 = 0.6;

/// Shingles of a beginning: about two sentences.
const LEAD: usize = 40;

/// Fewest shingles of a first paragraph that counts as a sentence of its own: below, it is a place, a name, a label.
const OPENING: usize = 4;

/// How much of a first paragraph must be in the other text.
const SHARED_OPENING: f64 = 0.25;

/// What is compared of an article: hashes of its shingles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shape {
    /// Sorted, each once.
    all: Vec<u64>,
    /// Those of the beginning, in order.
    lead: Vec<u64>,
    /// How many of these are the first paragraph's, where that is a sentence.
    opening: usize,
    /// Hashes of what is written in digits, sorted, each once.
    figures: Vec<u64>,
}

impl Shape {
    /// The shape of an article's text; its title does not matter.
    pub fn of(article: &Article) -> Self {
        let blocks: Vec<Span> = article.blocks.iter().map(|block| block.span).collect();
        let mut tokens = Tokens::new();
        text::analyze(&article.text, &blocks, &mut tokens);
        let said = || tokens.iter().filter(|t| t.length == 1 && !t.extra);
        let words: Vec<u64> = said().map(|t| hash(0, t.term.as_bytes())).collect();
        let is_figure = |term: &str| term.starts_with(|c: char| c.is_ascii_digit());
        let mut figures: Vec<u64> = said().filter(|t| is_figure(t.term)).map(|t| hash(0, t.term.as_bytes())).collect();
        figures.sort_unstable();
        figures.dedup();
        let width = SHINGLE.min(words.len().max(1));
        let shingles: Vec<u64> = words
            .windows(width)
            .map(|words| words.iter().fold(0, |sum, word| hash(sum, &word.to_le_bytes())))
            .collect();
        let lead: Vec<u64> = shingles.iter().take(LEAD).copied().collect();
        let first = article.blocks.first().filter(|first| {
            let ends =
                first.span.of(&article.text).trim_end().ends_with(['.', '!', '?', '…', '。', '"', '”', '’', '»']);
            ends && article.blocks.len() > 1 && first.kind != BlockKind::Heading
        });
        let of_first = first.map_or(0, |first| said().take_while(|t| t.span.end <= first.span.end).count());
        let opening = (of_first + 1).saturating_sub(width).min(lead.len());
        let mut all = shingles;
        all.sort_unstable();
        all.dedup();
        Self { all, lead, opening, figures }
    }

    /// Whether the texts are near-identical. The same both ways. Texts without words are copies of nothing.
    pub fn is_copy_of(&self, other: &Shape) -> bool {
        if self.all.is_empty() || other.all.is_empty() {
            return false;
        }
        let shared = common(&self.all, &other.all) as f64;
        let longer = self.all.len().max(other.all.len()) as f64;
        shared / longer >= SHARED && self.begins_in(other) && other.begins_in(self) && !self.counts_otherwise(other)
    }

    fn begins_in(&self, other: &Shape) -> bool {
        let found =
            |lead: &[u64]| lead.iter().filter(|shingle| other.all.binary_search(shingle).is_ok()).count() as f64;
        let opening = &self.lead[..self.opening];
        let opens = opening.len() < OPENING || found(opening) >= SHARED_OPENING * opening.len() as f64;
        opens && found(&self.lead) >= SHARED_LEAD * self.lead.len() as f64
    }

    /// Whether the figures of the two differ throughout. What stands in one text only, such as a line with a year below
    /// it, is no other figure.
    fn counts_otherwise(&self, other: &Shape) -> bool {
        let fewer = self.figures.len().min(other.figures.len());
        let shared = common(&self.figures, &other.figures);
        shared * 2 < fewer
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
    use crate::model::{ArticleId, Block};

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

    /// Reports made of the same words around other figures are no copies; a figure more or one corrected is no other report.
    #[test]
    fn figures_that_differ_throughout() {
        let report = |rate: &str, jobless: &str, more: &str| {
            shape(&[
                format!("The rate in Arden stood at {rate} per cent in the month, the office said, {}.", words(1, 40)),
                format!("The number of those out of work was {jobless} at its end, {}.{more}", words(2, 60)),
            ])
        };
        let march = report("4.1", "41,000", "");
        assert!(!march.is_copy_of(&report("5.7", "57,000", "")) && !report("9.9", "99,000", "").is_copy_of(&march));
        assert!(march.is_copy_of(&report("4.1", "41000", "")), "the same number written otherwise");
        assert!(march.is_copy_of(&report("4.1", "42,000", "")), "one corrected");
        assert!(march.is_copy_of(&report("4.1", "41,000", " Printed in 2025.")), "one more");
        let one = |dead: &str| shape(&[format!("{} and {dead} people were hurt. {}", words(1, 40), words(2, 60))]);
        assert!(!one("3").is_copy_of(&one("12")));
        assert!(one("3").is_copy_of(&one("some")));
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
        check(
            with(&|b| b.insert(0, "UPDATE: Two more bodies were found on Tuesday.".into())),
            false,
            "a new sentence above",
        );
        check(with(&|b| b.insert(0, "From our correspondent in Selby, Ann Reed".into())), true, "a line above");
        check(shape(&[words(30, 200)]), false, "another story");
        check(shape(&[]), false, "nothing");
        assert!(!shape(&[]).is_copy_of(&shape(&[])));
        assert!(shape(&["Too short".into()]).is_copy_of(&shape(&["too short!".into()])));
    }
}
