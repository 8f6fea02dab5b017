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
    /// SHA-256 of title and text, 64 hex digits: what a hit list cites.
    pub fn sha256(&self) -> String {
        super::id::hex(&self.digest())
    }

    /// The same as bytes.
    pub fn digest(&self) -> [u8; 32] {
        super::content_digest(&[self.title.as_bytes(), b"\n\n", self.text.as_bytes()])
    }

    /// The block that is the lead: the first paragraph. Where there is none, the first block that is neither a heading
    /// nor a caption, else the first.
    pub fn lead(&self) -> Option<usize> {
        let first = |test: fn(BlockKind) -> bool| self.blocks.iter().position(|block| test(block.kind));
        first(|kind| kind == BlockKind::Paragraph)
            .or_else(|| first(|kind| !matches!(kind, BlockKind::Heading | BlockKind::Caption)))
            .or_else(|| first(|_| true))
    }

    /// Number of words by white space; scripts without spaces count their characters divided by two.
    pub fn words(&self) -> usize {
        let (mut words, mut ideographs) = (0usize, 0usize);
        let (mut all, mut wide) = (0usize, 0usize);
        // The blank behind the last word ends it too.
        for c in self.text.chars().chain([' ']) {
            // Far most letters, and the quickest to tell.
            if matches!(c, '!'..='~') {
                all += 1;
            } else if c.is_whitespace() {
                ideographs += wide;
                words += usize::from(wide * 2 < all);
                (all, wide) = (0, 0);
            } else {
                all += 1;
                wide += usize::from(matches!(c as u32, 0x0E00..=0x0EFF | 0x2E80..=0x9FFF | 0xF900..=0xFAFF));
            }
        }
        words + ideographs.div_ceil(2)
    }
}
