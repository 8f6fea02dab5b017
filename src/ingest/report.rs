//! What a run tells while it goes and when it is done.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use crate::corpus::Outcome;
use crate::model::{Note, Origin, Reason, Rejection, Revision};

/// Something that happened during a run.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// The files were found; nothing has been read yet.
    Found {
        /// How many.
        files: u64,
        /// Their size in bytes, standard input not counted.
        bytes: u64,
    },
    /// A document was stored, or found to be known. Comes after the commit of its batch, in the order of reading.
    Done {
        /// Where it stands.
        origin: &'a Origin,
        /// The article's id.
        id: &'a str,
        /// The article's title.
        title: &'a str,
        /// What became of it.
        became: Became,
        /// What was assumed while it was read and cleaned.
        notes: &'a [Note],
    },
    /// A document was refused.
    Rejected(&'a Rejection),
    /// A hidden file or folder, below one that was named, was not looked into.
    Hidden(&'a Path),
    /// Time has passed or a batch was stored: the counts so far. All that they count as stored is on the disk.
    Progress(&'a Report),
}

/// What became of a document that is an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Became {
    /// A new article.
    Added,
    /// A new version of a known one.
    Updated,
    /// Known, nothing is different.
    Unchanged,
    /// A copy, an excerpt or an older text of one that is here.
    Duplicate,
}

impl Became {
    /// `None` for a refused document.
    pub(super) fn of(outcome: Outcome) -> Option<Self> {
        match outcome {
            Outcome::Added { .. } => Some(Became::Added),
            Outcome::Updated { .. } => Some(Became::Updated),
            Outcome::Unchanged { .. } => Some(Became::Unchanged),
            Outcome::Duplicate { .. } => Some(Became::Duplicate),
            Outcome::Rejected => None,
        }
    }

    /// In words, as the table at the end shows it.
    pub fn words(self) -> &'static str {
        match self {
            Became::Added => "added",
            Became::Updated => "updated",
            Became::Unchanged => "unchanged",
            Became::Duplicate => "duplicate",
        }
    }
}

/// The counts of a run.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    /// Files read to their end or as far as the run went.
    pub files: u64,
    /// Documents handed over by them, the refused ones included.
    pub seen: u64,
    /// New articles.
    pub added: u64,
    /// Articles with a new version.
    pub updated: u64,
    /// Known, and nothing different.
    pub unchanged: u64,
    /// Copies within the run, and excerpts or older texts of articles that are here in full.
    pub duplicate: u64,
    /// Of the new articles and versions, those that their publisher has withdrawn.
    pub withdrawn: u64,
    /// Refused documents by reason.
    pub rejected: BTreeMap<Reason, u64>,
    /// The first refused documents, [`Options::list`](super::Options::list) at most.
    pub rejections: Vec<Rejection>,
    /// Records that are no text and were passed over, by kind (`warc request`, `image/png`).
    pub skipped: BTreeMap<String, u64>,
    /// Addresses found in lists (OPML, sitemaps).
    pub links: u64,
    /// Bytes of the documents read, after decompression.
    pub bytes: u64,
    /// Bytes of the input files read so far, for a progress bar against [`Event::Found`].
    pub position: u64,
    /// Bytes of cleaned text stored or found unchanged.
    pub text_bytes: u64,
    /// Articles whose text is longer than [`clean::MAX_TEXT_BYTES`](crate::clean::MAX_TEXT_BYTES): what stands beyond is kept
    /// and not searched.
    pub too_long: u64,
    /// Since the run began.
    pub elapsed: Duration,
    /// The corpus revision after the last batch.
    pub revision: Revision,
    /// What a person should know: an index that had to be made again, a run that was stopped.
    pub notes: Vec<String>,
    /// How many of the paths given are not there; each is among the refused.
    pub missing: u64,
    /// Whether the run was stopped before the end.
    pub stopped: bool,
}

impl Report {
    /// Refused documents of all reasons.
    pub fn rejected_total(&self) -> u64 {
        self.rejected.values().sum()
    }

    /// Documents a second.
    pub fn rate(&self) -> f64 {
        self.seen as f64 / self.elapsed.as_secs_f64().max(1e-6)
    }

    pub(super) fn count(&mut self, became: Became) {
        match became {
            Became::Added => self.added += 1,
            Became::Updated => self.updated += 1,
            Became::Unchanged => self.unchanged += 1,
            Became::Duplicate => self.duplicate += 1,
        }
    }

    pub(super) fn reject(&mut self, rejection: &Rejection, list: usize) {
        *self.rejected.entry(rejection.reason).or_default() += 1;
        if self.rejections.len() < list {
            self.rejections.push(rejection.clone());
        }
    }
}
