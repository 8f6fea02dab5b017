//! The kept truth: one SQLite database, `corpus/newsdex.db`, with every original and every article made of it.
//!
//! * [`Corpus`] reads: articles by key or id, their versions, the original documents, what changed since a revision.
//! * [`Writer`] writes: one at a time, one transaction a batch, and every batch that changes anything raises the
//!   revision by one.
//!
//! Anyone can open the file with any SQLite tool: what is small stands there as plain text (`schema.rs` says what
//! each column means), what is large is a zstd frame. It knows neither cleaning nor the index.

mod addresses;
mod articles;
mod changes;
mod check;
mod dictionary;
mod documents;
mod history;
mod identity;
mod lock;
mod pack;
mod rows;
mod salvage;
mod saved;
mod schema;
mod statistics;
mod store;
mod sums;
mod withdrawn;
mod write;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;

use crate::error::{Error, ErrorKind, Result};
use crate::model::{Article, Revision};

pub use addresses::AddressOutcome;
pub use changes::Change;
pub use check::{Finding, Findings};
pub use history::Standing;
pub(crate) use identity::same as same_content;
pub use lock::Holder;
pub use pack::{Packed, Packer};
pub use salvage::Salvaged;
pub use saved::{LearnedRule, SavedSearch, Searches};
pub use schema::FORMAT;
pub use statistics::{RejectedRow, SourceRow, Statistics};
pub use write::{Incoming, Outcome, Writer};

/// An article as the corpus holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The row number: stable over versions, never used twice, the index's document key.
    pub key: u64,
    /// Which version this is, from 1 in the order they came in.
    pub version: u32,
    /// The revision that wrote this version.
    pub revision: Revision,
    /// The article.
    pub article: Article,
}

/// A corpus open for reading. Any number of them, in any number of threads and processes, also while a
/// [`Writer`] runs: each call sees the last committed batch.
#[derive(Debug)]
pub struct Corpus {
    path: PathBuf,
    connection: Mutex<Connection>,
    dictionaries: pack::Dictionaries,
}

impl Corpus {
    /// Where the database of the home folder `home` stands.
    pub fn path_in(home: &Path) -> PathBuf {
        home.join("corpus").join("newsdex.db")
    }

    /// Opens the corpus of `home` for reading; works on read-only media and while a writer runs.
    ///
    /// # Errors
    /// `NoCorpus` when there is none, `CorpusVersion` for another format, `CorpusDamaged` when it is no readable
    /// database.
    pub fn open(home: &Path) -> Result<Self> {
        let path = Self::path_in(home);
        let connection = schema::open_to_read(&path)?;
        Ok(Self { path, connection: Mutex::new(connection), dictionaries: pack::Dictionaries::default() })
    }

    /// Like [`Corpus::open`], and makes an empty corpus first when there is none.
    pub fn create_or_open(home: &Path) -> Result<Self> {
        if !Self::path_in(home).exists() {
            drop(Writer::open(home, "newsdex")?);
        }
        Self::open(home)
    }

    /// Opens the corpus of `home` for writing, making it when there is none. Same as [`Writer::open`].
    ///
    /// # Errors
    /// `Locked` when another process writes, naming it.
    pub fn writer(home: &Path) -> Result<Writer> {
        Writer::open(home, "newsdex")
    }

    /// The database file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The revision of the last committed batch; 0 for an empty corpus.
    pub fn revision(&self) -> Result<Revision> {
        let connection = self.lock();
        let last: Option<i64> = self.run(|| {
            connection.prepare_cached("SELECT max(revision) FROM revisions")?.query_row([], |row| row.get(0))
        })?;
        Ok(Revision(last.unwrap_or(0).unsigned_abs()))
    }

    /// The connection. A panic while it was held leaves nothing behind that matters: a broken transaction rolls back.
    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs one piece of SQL work and puts its failure into our words.
    fn run<T>(&self, work: impl FnOnce() -> rusqlite::Result<T>) -> Result<T> {
        work().map_err(|error| schema::explain(&self.path, error))
    }

    /// The database holds something that this program cannot have written.
    fn damaged(&self, what: impl std::fmt::Display) -> Error {
        schema::damaged(&self.path, what)
    }

    fn not_found(&self, what: impl Into<String>) -> Error {
        Error::new(ErrorKind::NotFound, what)
    }
}
