//! What changed since a revision: how the index catches up and how "what is new" is answered.

use std::ops::ControlFlow;

use rusqlite::OptionalExtension;

use super::articles::{COLUMNS, RawRow, cached};
use super::{Corpus, Stored};
use crate::error::Result;
use crate::model::Revision;

/// An article that is not as it was.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Added, or a newer version of it stored. Boxed: it is many times the size of the other.
    Put(Box<Stored>),
    /// Gone from the corpus.
    Deleted {
        /// The key it had.
        key: u64,
        /// The revision that deleted it.
        revision: Revision,
    },
    /// Changed, and changed again by a later revision, where it is met as it is now.
    Later {
        /// Its key.
        key: u64,
        /// The earlier of the two revisions.
        revision: Revision,
    },
}

impl Change {
    /// The revision that made the change.
    pub fn revision(&self) -> Revision {
        match self {
            Change::Put(stored) => stored.revision,
            Change::Deleted { revision, .. } | Change::Later { revision, .. } => *revision,
        }
    }
}

/// Rows fetched at a time. The connection is given back between, so `each` may read the corpus and a writer is not
/// held up from cutting its log.
const FEW: i64 = 64;

impl Corpus {
    /// Calls `each` for every article that was added, changed or deleted after `since`, in order of revision (within
    /// one, changed articles before added ones, both in order of key); each article once, as it is now; where it was
    /// changed before, [`Change::Later`] says so. `Break` ends it early. Streams: a few articles in memory.
    ///
    /// Stops at the newest revision there was at the call, which it returns; what is written meanwhile is left for
    /// the next call.
    pub fn changes_since(&self, since: Revision, each: &mut dyn FnMut(Change) -> ControlFlow<()>) -> Result<Revision> {
        let newest = self.revision()?;
        for revision in since.0.saturating_add(1)..=newest.0 {
            if self.changed_in(revision.cast_signed(), each)?.is_break()
                || self.added_in(revision.cast_signed(), each)?.is_break()
            {
                break;
            }
        }
        Ok(newest)
    }

    /// As [`changes_since`](Self::changes_since), without articles that were not there before.
    ///
    /// # Errors
    /// Database, damage.
    pub fn altered_since(&self, since: Revision, each: &mut dyn FnMut(Change) -> ControlFlow<()>) -> Result<()> {
        for revision in since.0.saturating_add(1)..=self.revision()?.0 {
            if self.changed_in(revision.cast_signed(), each)?.is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Changed and deleted articles of one revision.
    fn changed_in(&self, revision: i64, each: &mut dyn FnMut(Change) -> ControlFlow<()>) -> Result<ControlFlow<()>> {
        let changed = "SELECT key, deleted FROM changes WHERE revision = ?1 AND key > ?2 ORDER BY key LIMIT ?3";
        let row = format!("SELECT {COLUMNS} FROM articles WHERE key = ?1 AND revision = ?2");
        let mut after = -1;
        loop {
            let keys: Vec<(i64, bool)> = {
                let connection = self.lock();
                self.run(|| {
                    let mut statement = cached(&connection, changed)?;
                    statement.query_map((revision, after, FEW), |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
                })?
            };
            let Some(&(last, _)) = keys.last() else { return Ok(ControlFlow::Continue(())) };
            after = last;
            for (key, deleted) in keys {
                let change = if deleted {
                    Change::Deleted { key: key.cast_unsigned(), revision: Revision(revision.cast_unsigned()) }
                } else {
                    let connection = self.lock();
                    let found =
                        self.run(|| cached(&connection, &row)?.query_row((key, revision), RawRow::read).optional())?;
                    match found {
                        Some(found) => Change::Put(Box::new(self.stored(&connection, found)?)),
                        None => {
                            Change::Later { key: key.cast_unsigned(), revision: Revision(revision.cast_unsigned()) }
                        }
                    }
                };
                if each(change).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
        }
    }

    /// Articles that one revision added.
    fn added_in(&self, revision: i64, each: &mut dyn FnMut(Change) -> ControlFlow<()>) -> Result<ControlFlow<()>> {
        let range: Option<(i64, i64)> = {
            let connection = self.lock();
            self.run(|| {
                cached(&connection, "SELECT added_from, added_to FROM revisions WHERE revision = ?1")?
                    .query_row([revision], |row| Ok((row.get(0)?, row.get(1)?)))
                    .optional()
            })?
        };
        let (mut from, to) = range.ok_or_else(|| self.damaged(format!("revision `{revision}` is missing")))?;
        let rows = format!("SELECT {COLUMNS} FROM articles WHERE key BETWEEN ?1 AND ?2 ORDER BY key LIMIT ?3");
        while from <= to {
            let connection = self.lock();
            let found: Vec<RawRow> =
                self.run(|| cached(&connection, &rows)?.query_map((from, to, FEW), RawRow::read)?.collect())?;
            let Some(last) = found.last() else { break };
            from = last.key + 1;
            let found = found.into_iter().map(|row| match row.revision == revision {
                true => Ok(Change::Put(Box::new(self.stored(&connection, row)?))),
                false => {
                    Ok(Change::Later { key: row.key.cast_unsigned(), revision: Revision(revision.cast_unsigned()) })
                }
            });
            let found: Result<Vec<Change>> = found.collect();
            drop(connection);
            for change in found? {
                if each(change).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
        }
        Ok(ControlFlow::Continue(()))
    }
}
