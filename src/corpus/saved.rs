//! What people set and saved: settings, learned boilerplate, searches. Small, and no part of the revision: none of it
//! changes what a search finds in a given text.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};

use super::articles::cached;
use super::{Corpus, Writer, schema};
use crate::error::Result;
use crate::model::Revision;

/// A line that many articles of one source share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LearnedRule {
    /// The outlet's name or host it was learned from.
    pub source: String,
    /// The line, as it stands in the text.
    pub text: String,
    /// The rule id that removals by it carry, such as `learned.boilerplate`.
    pub rule: String,
    /// In how many articles it was seen.
    pub seen: u64,
    /// Whether a person approved it; only then cleaning uses it.
    pub approved: bool,
}

/// A named query, and how far its new answers have been seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedSearch {
    /// Its name.
    pub name: String,
    /// In the query language.
    pub query: String,
    /// Answers up to this revision were seen.
    pub seen: Revision,
    /// When they were; `None` where an earlier newsdex noted no time.
    pub seen_at: Option<Timestamp>,
}

/// When a search was looked at stands among the settings, under this and its name: a column for it would be another
/// format of the database, which an older newsdex refuses.
const SEEN_AT: &str = "search seen at: ";

impl Corpus {
    /// A setting kept in the corpus; `None` when it was never set.
    pub fn setting(&self, name: &str) -> Result<Option<String>> {
        let connection = self.lock();
        self.run(|| {
            cached(&connection, "SELECT value FROM settings WHERE name = ?1")?
                .query_row([name], |row| row.get(0))
                .optional()
        })
    }

    /// All learned lines, by source and text.
    pub fn learned_rules(&self) -> Result<Vec<LearnedRule>> {
        let connection = self.lock();
        self.run(|| {
            let sql = "SELECT source, text, rule, seen, approved FROM learned_rules ORDER BY source, text";
            cached(&connection, sql)?
                .query_map([], |row| {
                    Ok(LearnedRule {
                        source: row.get(0)?,
                        text: row.get(1)?,
                        rule: row.get(2)?,
                        seen: row.get::<_, i64>(3)?.cast_unsigned(),
                        approved: row.get(4)?,
                    })
                })?
                .collect()
        })
    }

    /// All saved searches, by name.
    pub fn saved_searches(&self) -> Result<Vec<SavedSearch>> {
        let connection = self.lock();
        self.run(|| {
            let sql = "SELECT s.name, query, seen, value FROM searches s LEFT JOIN settings t ON t.name = ?1 || s.name \
                       ORDER BY s.name";
            cached(&connection, sql)?
                .query_map([SEEN_AT], |row| {
                    let seen = Revision(row.get::<_, i64>(2)?.cast_unsigned());
                    let seen_at = row.get::<_, Option<String>>(3)?.and_then(|at| at.parse().ok());
                    Ok(SavedSearch { name: row.get(0)?, query: row.get(1)?, seen, seen_at })
                })?
                .collect()
        })
    }
}

impl Writer {
    /// Keeps a setting, or forgets it (`None`).
    pub fn set_setting(&self, name: &str, value: Option<&str>) -> Result<()> {
        let connection = self.lock();
        self.run(|| match value {
            Some(value) => connection
                .prepare_cached("INSERT OR REPLACE INTO settings (name, value) VALUES (?1, ?2)")?
                .execute([name, value]),
            None => connection.prepare_cached("DELETE FROM settings WHERE name = ?1")?.execute([name]),
        })?;
        Ok(())
    }

    /// Keeps learned lines; one that is there already (same source, same text) is replaced.
    pub fn save_learned_rules(&mut self, learned: &[LearnedRule]) -> Result<()> {
        self.in_transaction(|writer, connection| {
            for rule in learned {
                writer.run(|| {
                    connection
                        .prepare_cached("INSERT OR REPLACE INTO learned_rules VALUES (?1, ?2, ?3, ?4, ?5)")?
                        .execute((&rule.source, &rule.text, &rule.rule, rule.seen.cast_signed(), rule.approved))
                })?;
            }
            Ok(())
        })
    }

    /// Forgets a learned line; says whether it was there.
    pub fn forget_learned_rule(&self, source: &str, text: &str) -> Result<bool> {
        let connection = self.lock();
        let sql = "DELETE FROM learned_rules WHERE source = ?1 AND text = ?2";
        Ok(self.run(|| connection.prepare_cached(sql)?.execute([source, text]))? > 0)
    }
}

/// Changes saved searches. They are no part of what a revision stands for, so this needs no writer's lock and works
/// beside a running ingest: a nightly look must not fail because news are coming in.
#[derive(Debug)]
pub struct Searches {
    path: PathBuf,
    connection: Connection,
}

impl Searches {
    /// Opens the saved searches of a home that has a corpus.
    ///
    /// # Errors
    /// `NoCorpus`, `CorpusVersion`, `CorpusDamaged` as for reading; `Io` where the file cannot be written.
    pub fn open(home: &Path) -> Result<Self> {
        let path = Corpus::path_in(home);
        // Refuses what is missing or of another format before anything could be made there.
        drop(schema::open_to_read(&path)?);
        let connection = schema::open_to_write(&path)?;
        Ok(Self { path, connection })
    }

    /// Keeps a search under its name, replacing one of that name.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn save(&self, search: &SavedSearch) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO searches (name, query, seen) VALUES (?1, ?2, ?3)";
        self.change(sql, (&search.name, &search.query, search.seen.0.cast_signed()))?;
        self.seen_at(&search.name, search.seen_at)
    }

    /// Notes how far the answers of `search` have been seen and when, unless it was changed or forgotten meanwhile.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn saw(&self, search: &SavedSearch, seen: Revision, at: Timestamp) -> Result<()> {
        let sql = "UPDATE searches SET seen = ?3 WHERE name = ?1 AND query = ?2";
        match self.change(sql, (&search.name, &search.query, seen.0.cast_signed()))? {
            0 => Ok(()),
            _ => self.seen_at(&search.name, Some(at)),
        }
    }

    fn seen_at(&self, name: &str, at: Option<Timestamp>) -> Result<()> {
        let setting = format!("{SEEN_AT}{name}");
        match at {
            Some(at) => {
                self.change("INSERT OR REPLACE INTO settings (name, value) VALUES (?1, ?2)", (setting, at.to_string()))
            }
            None => self.change("DELETE FROM settings WHERE name = ?1", [setting]),
        }
        .map(drop)
    }

    /// Forgets a search; says whether it was there.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn forget(&self, name: &str) -> Result<bool> {
        let was_there = self.change("DELETE FROM searches WHERE name = ?1", [name])? > 0;
        self.seen_at(name, None)?;
        Ok(was_there)
    }

    fn change(&self, sql: &str, values: impl rusqlite::Params) -> Result<usize> {
        self.connection.execute(sql, values).map_err(|error| schema::explain(&self.path, error))
    }
}
