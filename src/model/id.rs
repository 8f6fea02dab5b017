//! Ids, languages and revisions as types of their own.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Names an article for ever: the first 16 hex digits of a SHA-256 over what identifies it
/// (`url:` + canonical URL, else `guid:` + feed + guid, else `text:` + title, text, outlet and day).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ArticleId(String);

impl ArticleId {
    /// Characters of an id of ours: hex digits.
    pub const LENGTH: usize = 16;

    /// Whether `text` has the form of an id of ours.
    pub fn is_one(text: &str) -> bool {
        text.len() == Self::LENGTH && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    }

    /// The id of an article whose canonical address is `url` (already without tracking parameters).
    pub fn of_url(url: &str) -> Self {
        Self::of("url:", url)
    }

    /// The id of an entry that has no address but a guid, unique within `feed`.
    pub fn of_guid(feed: &str, guid: &str) -> Self {
        Self::of("guid:", &format!("{feed}\n{guid}"))
    }

    /// The id of an article known by nothing but its cleaned text, its title and what tells it from others of the
    /// same words: the same notice comes again the next day, the same report in another paper.
    pub fn of_report(title: &str, text: &str, source: &str, day: &str) -> Self {
        Self::of("text:", &[title, text, source, day].join("\n"))
    }

    /// The id of a text that nobody printed on a day.
    pub fn of_text(title: &str, text: &str) -> Self {
        Self::of("text:", &format!("{title}\n{text}"))
    }

    /// An id as it stands in the corpus or was typed by a person.
    pub fn from_stored(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The 16 hex digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn of(kind: &str, what: &str) -> Self {
        Self(hex(&content_digest(&[kind.as_bytes(), what.as_bytes()])[..8]))
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// SHA-256 of `bytes`, 64 lowercase hex digits.
pub fn content_hash(bytes: &[u8]) -> String {
    hex(&content_digest(&[bytes]))
}

/// SHA-256 of all `parts` as one.
pub fn content_digest(parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().into()
}

pub(super) fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// A language as a lowercase ISO 639-1 code where there is one, else ISO 639-3 (`en`, `de`, `yue`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Lang(String);

impl Lang {
    /// From a BCP 47 tag or a locale name (`en-US`, `pt_BR`): keeps the primary subtag. `None` when that is not
    /// two or three ASCII letters.
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_', ';', ',']).next()?.to_ascii_lowercase();
        let good = (2..=3).contains(&primary.len()) && primary.bytes().all(|b| b.is_ascii_lowercase());
        (good && primary != "und").then_some(Self(primary))
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Counts the writes to a corpus. Every committed batch raises it by one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Revision(pub u64);

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}
