//! What a source handed over, before cleaning.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Claim;

/// Where a document stands: a file, a member inside it if it is a container, and the place there.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Origin {
    /// The path as the user gave it; `-` for standard input.
    pub path: String,
    /// The member of a container, outermost first (`news.zip!feeds/a.xml` has one).
    pub members: Vec<String>,
    /// 1-based line of a JSONL file, record of an archive, entry of a feed; 1 for a page.
    pub number: u64,
    /// Byte offset of the record in its file, where that helps to find it again.
    pub offset: Option<u64>,
}

impl Origin {
    /// The first thing in a file.
    pub fn file(path: impl Into<String>) -> Self {
        Self { path: path.into(), members: Vec::new(), number: 1, offset: None }
    }

    /// The same file, another place.
    pub fn at(&self, number: u64) -> Self {
        Self { number, offset: None, ..self.clone() }
    }
}

impl fmt::Display for Origin {
    /// `FILE@N`, or `FILE!member@N`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        for member in &self.members {
            write!(f, "!{member}")?;
        }
        write!(f, "@{}", self.number)
    }
}

/// What kind of thing a document is.
#[allow(missing_docs)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaType {
    /// A whole saved page: main text must be found in it.
    Page,
    /// One entry of an RSS, Atom or JSON feed.
    FeedEntry,
    /// One object of a JSON or JSONL file, or a row of a table.
    Record,
    /// Plain text, Markdown, a text export.
    Text,
    /// A wire item: NITF, NewsML, ninjs, Reuters SGML, ANPA.
    WireItem,
    /// A mail message.
    Mail,
}

/// What is in a payload's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PayloadKind {
    /// A whole HTML page with chrome.
    HtmlPage,
    /// An HTML fragment that is article text already (a feed's `content:encoded`).
    HtmlFragment,
    /// Plain text, blocks parted by blank lines (or by line ends where there are none).
    PlainText,
    /// Markdown.
    Markdown,
}

/// The decoded form of a document that cleaning reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payload {
    /// How to read `text`.
    pub kind: PayloadKind,
    /// Decoded to UTF-8, otherwise as found.
    pub text: String,
}

/// The bytes a source handed over and all that its envelope said of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Where it stands.
    pub origin: Origin,
    /// What kind of thing it is.
    pub media: MediaType,
    /// The original bytes, unchanged: the page, the `<item>…</item>`, the JSON line.
    pub raw: Vec<u8>,
    /// What cleaning reads; `None` if the document has no body at all.
    pub payload: Option<Payload>,
    /// What the envelope claimed, most trusted first within a field.
    pub claims: Vec<Claim>,
    /// When it was got, where that is known (a WARC date, a crawl field); not the time of ingest.
    pub fetched: Option<Timestamp>,
    /// What the reader assumed on the way.
    pub notes: Vec<Note>,
}

/// Something we coped with, and what was assumed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Note(pub String);

/// Why a document is refused, for counting.
#[allow(missing_docs)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Nothing in it.
    Empty,
    /// Headline or metadata, but no text.
    NoText,
    /// A block page, an error page, an index page.
    NotAnArticle,
    /// Several articles on one page that cannot be told apart.
    SeveralArticles,
    /// Broken beyond use.
    Damaged,
    /// Cut off before its end, and nothing whole was left.
    Truncated,
    /// Bytes that are in no known format (an image, a program).
    UnknownFormat,
    /// A format that is known and not read (ARC, PDF).
    Unsupported,
    /// Larger, deeper or more nested than the limits allow.
    TooLarge,
    /// Withdrawn or cancelled by its publisher.
    Withdrawn,
    /// A list of addresses (OPML, sitemap), not of articles.
    ListOfLinks,
    /// A path that leads out of its container, an external entity, a bomb.
    Hostile,
    /// The file could not be read.
    Unreadable,
    /// A library failed on this document.
    Failed,
}

impl Reason {
    /// In words, as the table at the end of an ingest shows it.
    pub fn words(self) -> &'static str {
        match self {
            Reason::Empty => "empty",
            Reason::NoText => "no text",
            Reason::NotAnArticle => "not an article",
            Reason::SeveralArticles => "several articles on one page",
            Reason::Damaged => "damaged",
            Reason::Truncated => "cut off",
            Reason::UnknownFormat => "unknown format",
            Reason::Unsupported => "format not read",
            Reason::TooLarge => "too large",
            Reason::Withdrawn => "withdrawn by its publisher",
            Reason::ListOfLinks => "a list of links",
            Reason::Hostile => "hostile",
            Reason::Unreadable => "unreadable",
            Reason::Failed => "a library failed on it",
        }
    }
}

/// A document that is not an article we want, or is broken beyond use. Counted and listed; the run goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejection {
    /// Which document.
    pub origin: Origin,
    /// Why, for counting.
    pub reason: Reason,
    /// Why, for a person: lowercase, no final period, naming the place.
    pub detail: String,
    /// What was known of it all the same.
    pub claims: Vec<Claim>,
}
