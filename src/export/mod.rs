//! Hits -> bytes: one file per format, the manifest, and the proof that a hit list still stands.
//!
//! Every writer streams: memory does not grow with the rows. (What it must remember is one number an article, where
//! a format holds one record an article; and for the HTML report the counts by source and day.) What comes from
//! documents is hostile until it is escaped for its medium; each format's file says how it does that.
//!
//! To add a format: a variant of [`Format`], a file with a [`HitWriter`], a line in [`open`], a reader from outside
//! in the tests.

mod bibtex;
pub mod cleaned;
mod columns;
mod csl;
mod csv;
pub mod file;
mod format;
mod gather;
mod html;
mod json;
mod jsonl;
mod ledger;
mod manifest;
mod markdown;
mod opml;
mod person;
mod ris;
mod row;
mod seen;
mod table;
mod terminal;
mod trec;
mod tsv;
mod verify;
mod xlsx;

use std::io::Write;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use columns::{Column, Columns};
pub use format::Format;
pub use ledger::Ledger;
pub use manifest::{MANIFEST_VERSION, Manifest};
pub use opml::opml;
pub use table::{Entry, table};
pub use terminal::terminal_safe;
pub use verify::{Finding, Matches, Standing, StoredVersion, Verdict, Witness, verify};

use crate::model::{AsOf, Hit, Revision};
use crate::{Error, Result};

/// Version of the shape of a hit in JSON.
///
/// 1: the columns of [`Columns::default`], marks with byte and character offsets.
pub const SCHEMA_VERSION: u32 = 1;

/// What one row is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Per {
    /// A passage: a hit with several passages takes several rows, with the same number in `hit`.
    #[default]
    Hit,
    /// An article: the flat formats show its best passage, JSON and the reports all of [`Hit::passages`].
    Article,
}

/// How to write a hit list.
#[derive(Debug, Clone)]
pub struct Options {
    /// Which columns, in which order. JSON keeps the keys that stand for them.
    pub columns: Columns,
    /// What one row is.
    pub per: Per,
    /// Words shown left and right of the match.
    pub context: usize,
    /// Start CSV and TSV with a byte order mark, for Excel.
    pub bom: bool,
    /// Whether several lists share the file: the tables then start with the column `name`.
    pub names: bool,
    /// Whether JSON carries the whole text (`articleBody`), in the first row of each article.
    pub body: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { columns: Columns::default(), per: Per::Hit, context: 10, bom: false, names: false, body: true }
    }
}

/// A query as typed and as read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The name of its list, where there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// As typed.
    #[serde(rename = "query")]
    pub typed: String,
    /// How it was read, in the query language.
    pub read_as: String,
    /// How it was read, in words, for reports; may be empty.
    #[serde(skip)]
    pub in_words: String,
}

/// What was asked of a list beside its query: with that, query and revision the same list can be made again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choice {
    /// What a row is: `article` or `passage`.
    pub per: String,
    /// The order: `relevance`, `date` or `-date`.
    pub sort: String,
    /// Most rows of each query, if there was a limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// Results left out before the first row.
    #[serde(skip_serializing_if = "is_zero")]
    pub offset: u64,
    /// Whether copies of a story were left out and counted.
    pub collapse: bool,
    /// Whether newer articles weighed more.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub recent: bool,
    /// Whether words of the best articles helped to rank.
    pub expand: bool,
    /// Words of context left and right of a match.
    pub context: usize,
    /// The columns of a table, in order; of JSON, where somebody chose them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// Whether several lists share the file, so that each row has a name.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub names: bool,
}

impl Choice {
    /// What `options` say of a list in `format`; the rest is to be filled in.
    pub fn of(options: &Options, format: Format) -> Self {
        let told = matches!(format, Format::Csv | Format::Tsv | Format::Xlsx) || options.columns.given();
        let columns = options.columns.iter().filter(|_| told).map(|column| column.name().to_owned());
        Self {
            per: match options.per {
                Per::Article => "article".to_owned(),
                Per::Hit => "passage".to_owned(),
            },
            context: options.context,
            columns: columns.collect(),
            names: options.names,
            ..Self::default()
        }
    }
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// What is known before the first hit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The queries, in order; one, unless several lists share the file.
    pub asked: Vec<Asked>,
    /// The corpus revision searched.
    pub revision: Revision,
    /// The moment of the past it was searched as of; `None` for the newest versions.
    pub as_of: Option<AsOf>,
    /// When. An argument, so that the same list can be written twice.
    pub time: Timestamp,
    /// What was asked beside the queries; for the manifest.
    pub choice: Choice,
    /// What a person should know (a limit met, a reading assumed).
    pub notes: Vec<String>,
}

impl Head {
    /// The head of a list for one query.
    pub fn of(typed: &str, read_as: &str, revision: Revision, time: Timestamp) -> Self {
        let asked =
            vec![Asked { name: None, typed: typed.to_owned(), read_as: read_as.to_owned(), in_words: String::new() }];
        Self { asked, revision, as_of: None, time, choice: Choice::default(), notes: Vec::new() }
    }

    /// The query as typed of the list `name` (the first list where there is none of that name).
    pub fn typed(&self, name: Option<&str>) -> &str {
        let named = self.asked.iter().find(|a| name.is_some() && a.name.as_deref() == name);
        named.or(self.asked.first()).map_or("", |a| &a.typed)
    }
}

/// What is known after the last hit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tail {
    /// Articles that answer the query, before paging and collapsing.
    pub total_articles: u64,
    /// What a person should know.
    pub notes: Vec<String>,
}

/// What was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows, records or entries.
    pub rows: u64,
    /// What the format could not hold, in words (`65,530 links are all that Excel opens; …`).
    pub notes: Vec<String>,
}

/// Writes one hit list. Call `begin` once, `hit` for each hit in order, `end` once.
///
/// An error leaves the output cut off: write to a file through [`file::write_atomically`].
pub trait HitWriter {
    /// Writes what comes before the first hit.
    fn begin(&mut self, head: &Head) -> Result<()>;
    /// Writes one hit; `name` is the list it belongs to, where there are several.
    fn hit(&mut self, hit: &Hit, name: Option<&str>) -> Result<()>;
    /// Writes what comes after the last hit and flushes.
    fn end(&mut self, tail: &Tail) -> Result<Counts>;
}

/// A writer of `format` onto `out`. Output is handed on in small pieces: give a buffered `out`.
pub fn open<'a>(format: Format, options: &Options, out: Box<dyn Write + 'a>) -> Box<dyn HitWriter + 'a> {
    let options = options.clone();
    match format {
        Format::Jsonl => Box::new(jsonl::Jsonl::new(options, out)),
        Format::Json => Box::new(json::Json::new(options, out)),
        Format::Csv => Box::new(csv::Csv::new(options, out)),
        Format::Tsv => Box::new(tsv::open(options, out)),
        Format::Xlsx => Box::new(xlsx::Xlsx::new(options, out)),
        Format::Ris => Box::new(ris::Ris::new(out)),
        Format::Bibtex => Box::new(bibtex::Bibtex::new(out)),
        Format::Csl => Box::new(csl::Csl::new(out)),
        Format::Markdown => Box::new(markdown::Markdown::new(options, out)),
        Format::Html => Box::new(html::Html::new(options, out)),
        Format::Trec => Box::new(trec::Trec::new(out)),
    }
}

/// The error for a list of more rows than its format holds.
pub fn too_many(most: u64) -> Error {
    Error::new(crate::ErrorKind::Export, format!("a sheet of Excel holds {most} rows, and this hit list has more"))
        .hint("write `--format csv`, which has no limit, or narrow the query, for example by `date:`")
}

/// An error of the output. A broken pipe keeps its [`std::io::Error`] as the source, so that a caller can be quiet
/// about it.
fn output(error: std::io::Error) -> Error {
    use std::io::ErrorKind as K;
    if error.kind() == K::FileTooLarge {
        return Error::new(crate::ErrorKind::DiskFull, crate::error::in_words(&error)).hint(
            "raise the limit (`ulimit -f unlimited`) or write to a disk that holds larger files; a list that was there \
             before is as it was",
        );
    }
    if matches!(error.kind(), K::StorageFull | K::QuotaExceeded) {
        return Error::new(crate::ErrorKind::DiskFull, "the disk has no space left for the hit list")
            .hint("free some space, or write to another disk with -o; a list that was there before is as it was");
    }
    Error::new(crate::ErrorKind::Io, "the hit list could not be written").because(error)
}

/// An error of the temporary file that a list is gathered in before its head can be written.
fn spooling(error: std::io::Error) -> Error {
    use std::io::ErrorKind as K;
    let full = matches!(error.kind(), K::StorageFull | K::QuotaExceeded | K::FileTooLarge);
    let said = format!("the temporary folder: {}", crate::error::in_words(&error));
    let kind = if full { crate::ErrorKind::DiskFull } else { crate::ErrorKind::Io };
    Error::new(kind, said).hint(match error.kind() {
        K::FileTooLarge => "raise the limit (`ulimit -f unlimited`)",
        _ => "free some space there, or name another folder in the variable TMPDIR",
    })
}

#[cfg(test)]
mod tests;
