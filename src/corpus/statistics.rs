//! Counts. Kept in step with every batch, so that asking costs nothing in a large corpus.

use super::Corpus;
use super::articles::cached;
use crate::error::Result;
use crate::model::{Reason, Revision};

/// An outlet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRow {
    /// Its name, else its host; empty for articles without one.
    pub source: String,
    /// How many articles, counted in their newest version.
    pub articles: u64,
    /// Smallest publication date among them, ISO 8601 as exact as it is known.
    pub first: Option<String>,
    /// Largest publication date among them. Doubtful dates count in neither.
    pub last: Option<String>,
}

/// What is in a corpus.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Batches written.
    pub revision: Revision,
    /// Articles.
    pub articles: u64,
    /// Versions of articles, the newest included.
    pub versions: u64,
    /// Originals kept.
    pub documents: u64,
    /// Refused documents listed.
    pub rejected: u64,
    /// Outlets.
    pub sources: u64,
    /// Bytes of cleaned text, newest versions.
    pub text_bytes: u64,
    /// Words of cleaned text, newest versions.
    pub words: u64,
    /// Bytes of the originals before compression.
    pub raw_bytes: u64,
    /// Bytes of the database on disk, its log included.
    pub disk_bytes: u64,
}

/// A refused document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectedRow {
    /// Where it stands: `FILE@N` or `FILE!member@N`.
    pub origin: String,
    /// Why, for counting; `None` for a reason of a newer newsdex.
    pub reason: Option<Reason>,
    /// Why, in words.
    pub detail: String,
    /// Its number for [`Corpus::rejected_document`], where the original was kept.
    pub document: Option<u64>,
}

impl Corpus {
    /// All outlets, by name.
    pub fn sources(&self) -> Result<Vec<SourceRow>> {
        let connection = self.lock();
        self.run(|| {
            let sql = "SELECT source, articles, first, last FROM sources WHERE articles > 0 ORDER BY source";
            cached(&connection, sql)?
                .query_map([], |row| {
                    Ok(SourceRow {
                        source: row.get(0)?,
                        articles: row.get::<_, i64>(1)?.cast_unsigned(),
                        first: row.get(2)?,
                        last: row.get(3)?,
                    })
                })?
                .collect()
        })
    }

    /// Counts of all kinds.
    pub fn statistics(&self) -> Result<Statistics> {
        let revision = self.revision()?;
        let connection = self.lock();
        let fact = |name: &str| self.fact(&connection, name).map(|value| value.max(0).unsigned_abs());
        let sources: i64 = self.run(|| {
            cached(&connection, "SELECT count(*) FROM sources WHERE articles > 0")?.query_row([], |row| row.get(0))
        })?;
        let size = |name: &str| std::fs::metadata(self.path.with_file_name(name)).map_or(0, |file| file.len());
        Ok(Statistics {
            revision,
            articles: fact("articles")?,
            versions: fact("versions")?,
            documents: fact("documents")?,
            rejected: fact("rejected")?,
            sources: sources.unsigned_abs(),
            text_bytes: fact("text_bytes")?,
            words: fact("words")?,
            raw_bytes: fact("raw_bytes")?,
            disk_bytes: size("newsdex.db") + size("newsdex.db-wal"),
        })
    }

    /// How many articles there are, by the counter that every batch keeps.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn articles(&self) -> Result<u64> {
        let connection = self.lock();
        self.fact(&connection, "articles").map(|value| value.max(0).unsigned_abs())
    }

    /// How many articles there are, counted one by one: where the counter is doubted.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn count_articles(&self) -> Result<u64> {
        let connection = self.lock();
        let sql = "SELECT count(*) FROM articles";
        self.run(|| cached(&connection, sql)?.query_row([], |row| row.get::<_, i64>(0))).map(i64::unsigned_abs)
    }

    /// Calls `each` for every refused document, by file and place.
    pub fn rejected(&self, each: &mut dyn FnMut(RejectedRow)) -> Result<()> {
        let connection = self.lock();
        let sql = "SELECT f.path, f.members, r.number, r.reason, r.detail, r.document \
                   FROM rejected r JOIN files f USING (file) ORDER BY r.file, r.number";
        self.run(|| {
            let mut statement = cached(&connection, sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let members: String = row.get(1)?;
                let origin = crate::model::Origin {
                    path: row.get(0)?,
                    members: super::rows::list_from_text(Some(&members)).unwrap_or_default(),
                    number: row.get::<_, i64>(2)?.cast_unsigned(),
                    offset: None,
                };
                let reason: String = row.get(3)?;
                each(RejectedRow {
                    origin: origin.to_string(),
                    reason: super::rows::named(&reason),
                    detail: row.get(4)?,
                    document: row.get::<_, Option<i64>>(5)?.map(i64::cast_unsigned),
                });
            }
            Ok(())
        })
    }

    /// A counter; 0 when it was never set.
    pub(super) fn fact(&self, connection: &rusqlite::Connection, name: &str) -> Result<i64> {
        use rusqlite::OptionalExtension;
        let value = self.run(|| {
            cached(connection, "SELECT value FROM facts WHERE name = ?1")?
                .query_row([name], |row| row.get(0))
                .optional()
        })?;
        Ok(value.unwrap_or(0))
    }
}
