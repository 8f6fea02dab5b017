//! Addresses to be fetched some day, as lists named them. No part of the revision: they change no article.

use rusqlite::{OptionalExtension, Row};

use super::articles::cached;
use super::rows::list_from_text;
use super::{Corpus, Writer};
use crate::error::Result;
use crate::model::{Address, AddressKind};

/// What became of an address that was put into the corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressOutcome {
    /// It is new.
    Added,
    /// It was there; the list says something else of it now.
    Changed,
    /// It was there, and nothing is different.
    Known,
}

const COLUMNS: &str = "url, kind, title, site, folders, date, language, keywords, list, added";

impl Corpus {
    /// Calls `each` for every address, by kind, first folders, then address.
    pub fn addresses(&self, each: &mut dyn FnMut(Address)) -> Result<()> {
        let connection = self.lock();
        self.run(|| {
            if !has_table(&connection)? {
                return Ok(());
            }
            let mut statement =
                cached(&connection, &format!("SELECT {COLUMNS} FROM addresses ORDER BY kind, folders, url"))?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                each(read(row)?);
            }
            Ok(())
        })
    }
}

/// Whether there is the table: a corpus of format 1 is read as it is and gets it with the first writer.
fn has_table(connection: &rusqlite::Connection) -> rusqlite::Result<bool> {
    let sql = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'addresses'";
    connection.query_row(sql, [], |_| Ok(())).optional().map(|found| found.is_some())
}

fn read(row: &Row<'_>) -> rusqlite::Result<Address> {
    let (kind, folders): (String, String) = (row.get(1)?, row.get(4)?);
    Ok(Address {
        url: row.get(0)?,
        // A kind of a newer newsdex.
        kind: AddressKind::named(&kind).unwrap_or_default(),
        title: row.get(2)?,
        site: row.get(3)?,
        folders: list_from_text(Some(&folders)).unwrap_or_default(),
        date: row.get(5)?,
        language: row.get(6)?,
        keywords: row.get(7)?,
        list: row.get(8)?,
        added: row.get(9)?,
    })
}

impl Corpus {
    /// What [`Writer::put_addresses`] would say.
    pub fn foresee_addresses(&self, addresses: &[Address]) -> Result<Vec<AddressOutcome>> {
        let connection = self.lock();
        self.run(|| {
            let there = has_table(&connection)?;
            let known = |new: &Address| if there { find(&connection, &new.url) } else { Ok(None) };
            addresses.iter().map(|new| Ok(outcome(known(new)?.as_ref(), new).0)).collect()
        })
    }
}

impl Writer {
    /// Keeps addresses, all in one transaction, and says what became of each, in their order. What is said of a known
    /// one replaces what was said before, but silence replaces nothing; `list` and `added` stay as they were.
    pub fn put_addresses(&mut self, addresses: &[Address]) -> Result<Vec<AddressOutcome>> {
        self.in_transaction(|writer, connection| {
            let one = |new: &Address| -> rusqlite::Result<AddressOutcome> {
                let (outcome, kept) = outcome(find(connection, &new.url)?.as_ref(), new);
                if outcome != AddressOutcome::Known {
                    write(connection, &kept)?;
                }
                Ok(outcome)
            };
            addresses.iter().map(|new| writer.run(|| one(new))).collect()
        })
    }

    /// Forgets an address; says whether it was there.
    pub fn forget_address(&self, url: &str) -> Result<bool> {
        let connection = self.lock();
        Ok(self.run(|| connection.prepare_cached("DELETE FROM addresses WHERE url = ?1")?.execute([url]))? > 0)
    }
}

fn find(connection: &rusqlite::Connection, url: &str) -> rusqlite::Result<Option<Address>> {
    let sql = format!("SELECT {COLUMNS} FROM addresses WHERE url = ?1");
    cached(connection, &sql)?.query_row([url], read).optional()
}

/// What becomes of `new`, and what is kept of it.
fn outcome(known: Option<&Address>, new: &Address) -> (AddressOutcome, Address) {
    let Some(known) = known else { return (AddressOutcome::Added, new.clone()) };
    let kept = merge(known, new);
    (if kept == *known { AddressOutcome::Known } else { AddressOutcome::Changed }, kept)
}

fn merge(known: &Address, new: &Address) -> Address {
    let either = |new: &String, known: &String| if new.is_empty() { known.clone() } else { new.clone() };
    Address {
        url: known.url.clone(),
        kind: if new.kind == AddressKind::Unknown { known.kind } else { new.kind },
        title: either(&new.title, &known.title),
        folders: if new.folders.is_empty() { known.folders.clone() } else { new.folders.clone() },
        site: either(&new.site, &known.site),
        date: either(&new.date, &known.date),
        language: either(&new.language, &known.language),
        keywords: either(&new.keywords, &known.keywords),
        list: known.list.clone(),
        added: known.added.clone(),
    }
}

fn write(connection: &rusqlite::Connection, a: &Address) -> rusqlite::Result<usize> {
    let sql = format!("INSERT OR REPLACE INTO addresses ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
    let folders = serde_json::Value::from(a.folders.clone()).to_string();
    connection.prepare_cached(&sql)?.execute((
        &a.url,
        a.kind.name(),
        &a.title,
        &a.site,
        &folders,
        &a.date,
        &a.language,
        &a.keywords,
        &a.list,
        &a.added,
    ))
}
