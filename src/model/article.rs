//! What cleaning makes of a document.

use serde::{Deserialize, Serialize};

use super::{ArticleId, DateClaim, Found, Lang, Note, Provenance, Span};

/// What a block is.
#[allow(missing_docs)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    Paragraph,
    Heading,
    Quote,
    ListItem,
    Caption,
    /// A table row or preformatted text.
    Table,
}

/// One paragraph, heading, list item, quote or caption.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Bytes of [`Article::text`].
    pub span: Span,
}

/// What a removed piece of text told us.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Yield {
    /// The provenance or metadata field.
    pub field: super::Field,
    /// Its value.
    pub value: String,
}

/// Text that cleaning took out, kept with the rule that took it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// The text as it stood.
    pub text: String,
    /// Byte offset into [`Article::text`] where it stood: kept text before it ends here.
    pub at: usize,
    /// Stable id of the rule, such as `footer.source-link`.
    pub rule: String,
    /// What it told us.
    pub yields: Vec<Yield>,
}

/// What is known of an article as a whole.
#[allow(missing_docs)]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Flags {
    /// Only an excerpt was handed over.
    pub truncated: bool,
    pub paywalled: bool,
    pub sponsored: bool,
    pub affiliate: bool,
    pub opinion: bool,
    pub developing: bool,
    /// It carries a correction.
    pub corrected: bool,
    /// Cancelled by its publisher: kept, and left out of results.
    pub withdrawn: bool,
}

impl Flags {
    /// Those that are set: the name of each, and the words for a person.
    pub fn set(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        [
            ("truncated", "only an excerpt", self.truncated),
            ("paywalled", "paywalled", self.paywalled),
            ("sponsored", "sponsored", self.sponsored),
            ("affiliate", "affiliate links", self.affiliate),
            ("opinion", "opinion", self.opinion),
            ("developing", "developing", self.developing),
            ("corrected", "carries a correction", self.corrected),
            ("withdrawn", "withdrawn by its publisher", self.withdrawn),
        ]
        .into_iter()
        .filter_map(|(name, words, set)| set.then_some((name, words)))
    }
}

/// A cleaned article. `text` is immutable for one version, and every span points into it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Stable over versions.
    pub id: ArticleId,
    /// Without the site's name; empty when there is none.
    pub title: String,
    /// Persons only: no agencies, job titles or `By`.
    pub authors: Vec<String>,
    /// First publication.
    pub published: Option<DateClaim>,
    /// Last change.
    pub updated: Option<DateClaim>,
    /// When the document was got (the time of ingest where nothing better is known).
    pub fetched: Option<DateClaim>,
    /// Not to be shown before this instant; [`jiff::Timestamp::MAX`] where no end of the embargo is known.
    pub embargo: Option<jiff::Timestamp>,
    /// Detected or claimed.
    pub language: Option<Lang>,
    /// Canonical address, without tracking parameters.
    pub url: Option<String>,
    /// The outlet: a name where one is known, else the host.
    pub source: Option<Found<String>>,
    /// Section of the outlet.
    pub section: Option<String>,
    /// Keywords.
    pub tags: Vec<String>,
    /// Cleaned text, NFC, blocks parted by one blank line (`"\n\n"`).
    pub text: String,
    /// In order, disjoint; together they cover `text` but for the blank lines.
    pub blocks: Vec<Block>,
    /// All that was taken out, in document order.
    pub removed: Vec<Removed>,
    /// Where it comes from.
    pub provenance: Provenance,
    /// What it is.
    pub flags: Flags,
    /// What was assumed on the way.
    pub notes: Vec<Note>,
}

impl Article {
    /// SHA-256 of the title, a blank line (`"\n\n"`) and the text, 64 hex digits: what a hit list cites.
    pub fn sha256(&self) -> String {
        super::id::hex(&self.digest())
    }

    /// The same as bytes.
    pub fn digest(&self) -> [u8; 32] {
        super::content_digest(&[self.title.as_bytes(), b"\n\n", self.text.as_bytes()])
    }

    /// The block that is the lead: the first paragraph, lines above it aside that only stand for a heading or byline (plain text has
    /// no marks that tell one). Where there is none, the first block that is neither a heading nor a caption, else the first.
    pub fn lead(&self) -> Option<usize> {
        let first = |test: fn(BlockKind) -> bool| self.blocks.iter().position(|block| test(block.kind));
        let paragraph = first(|kind| kind == BlockKind::Paragraph);
        let paragraph = paragraph.map(|at| at + self.lines_above(at));
        paragraph
            .or_else(|| first(|kind| !matches!(kind, BlockKind::Heading | BlockKind::Caption)))
            .or_else(|| first(|_| true))
    }

    /// How many paragraphs from `at` on are one short line each that ends no sentence, above one of whole sentences.
    fn lines_above(&self, at: usize) -> usize {
        let text = |block: &Block| self.text.get(block.span.start..block.span.end).unwrap_or("").trim_end();
        let is_short = |text: &str| text.chars().nth(MOST_OF_A_LINE).is_none() && !text.contains('\n');
        let is_line = |text: &str| is_short(text) && text.ends_with(char::is_alphanumeric);
        let is_whole = |text: &str| !is_short(text) && text.ends_with(['.', '!', '?', '"', '”', '’', '»', '…', ':']);
        let paragraphs = self.blocks[at..].iter().take_while(|block| block.kind == BlockKind::Paragraph);
        match paragraphs.take(MOST_LINES + 1).position(|block| !is_line(text(block))) {
            Some(lines) if is_whole(text(&self.blocks[at + lines])) => lines,
            _ => 0,
        }
    }

    /// Number of words by white space; scripts without spaces count their characters divided by two.
    pub fn words(&self) -> usize {
        words(&self.text)
    }
}

/// Longest line, in characters, that may be a heading.
const MOST_OF_A_LINE: usize = 80;

/// Most such lines above a lead.
const MOST_LINES: usize = 3;

fn words(text: &str) -> usize {
    let (mut words, mut ideographs) = (0usize, 0usize);
    let (mut all, mut wide) = (0usize, 0usize);
    let mut between = 0;
    let mut close = |all: &mut usize, wide: &mut usize| {
        ideographs += *wide;
        words += usize::from(*wide * 2 < *all);
        (*all, *wide) = (0, 0);
    };
    let mut rest = text;
    while !rest.is_empty() {
        // Far most characters, and the quickest to tell: between two blanks no word can be of others.
        let plain = rest.bytes().position(|b| !b.is_ascii()).unwrap_or(rest.len());
        let (run, after) = rest.split_at(plain);
        let run = run.as_bytes();
        match (run.iter().position(is_blank), run.iter().rposition(is_blank)) {
            (Some(first), Some(last)) => {
                all += first;
                close(&mut all, &mut wide);
                between += ends(&run[first..=last]);
                all = run.len() - 1 - last;
            }
            _ => all += run.len(),
        }
        let Some(c) = after.chars().next() else { break };
        if c.is_whitespace() {
            close(&mut all, &mut wide);
        } else {
            all += 1;
            wide += usize::from(matches!(c as u32, 0x0E00..=0x0EFF | 0x2E80..=0x9FFF | 0xF900..=0xFAFF));
        }
        rest = &after[c.len_utf8()..];
    }
    // The end ends the last word too.
    close(&mut all, &mut wide);
    words += between;
    words + ideographs.div_ceil(2)
}

/// White space in ASCII, as [`char::is_whitespace`] has it.
#[inline]
fn is_blank(b: &u8) -> bool {
    matches!(b, b'\t'..=b'\r' | b' ')
}

/// How many words end in a run of ASCII. Counted in pieces whose sums fit a byte, which the compiler does many bytes at a time.
fn ends(run: &[u8]) -> usize {
    let (Some(before), Some(after)) = (run.get(..run.len().saturating_sub(1)), run.get(1..)) else { return 0 };
    let pieces = before.chunks(128).zip(after.chunks(128));
    let ended = |(a, b)| u8::from(!is_blank(a) & is_blank(b));
    pieces.map(|(before, after)| usize::from(before.iter().zip(after).map(ended).sum::<u8>())).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    /// Word by word, as `words` is defined.
    fn one_by_one(text: &str) -> usize {
        let is_wide = |c: &char| matches!(u32::from(*c), 0x0E00..=0x0EFF | 0x2E80..=0x9FFF | 0xF900..=0xFAFF);
        let (mut words, mut ideographs) = (0, 0usize);
        for word in text.split_whitespace() {
            let (all, wide) = (word.chars().count(), word.chars().filter(is_wide).count());
            words += usize::from(wide * 2 < all);
            ideographs += wide;
        }
        words + ideographs.div_ceil(2)
    }

    proptest! {
        #[test]
        fn words_are_counted_whole(text in "[ab\u{1}\t\n .’“é\u{a0}\u{3000}水庫]{0,400}", plain in "[a-z ,\n]{0,700}") {
            prop_assert_eq!(super::words(&text), one_by_one(&text));
            let joined = plain + &text;
            prop_assert_eq!(super::words(&joined), one_by_one(&joined));
        }
    }
}
