//! Reading articles: one row, one frame to unpack.

use rusqlite::{CachedStatement, Connection, OptionalExtension, Row};

use super::pack::{self, Unpack};
use super::{Corpus, Stored, rows};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Article, ArticleId, Lang, Provenance, Removed, Revision};

/// The columns that [`RawRow::read`] reads, in `articles` and `versions` alike.
pub(super) const COLUMNS: &str = "key, id, version, revision, document, title, authors, source, language, section, \
                                  tags, url, flags, removed, sha256, dictionary, content";

/// A row as SQLite gave it.
pub(super) struct RawRow {
    pub(super) key: i64,
    pub(super) id: String,
    pub(super) version: u32,
    pub(super) revision: i64,
    pub(super) document: i64,
    pub(super) title: String,
    authors: Option<String>,
    source: Option<String>,
    language: Option<String>,
    section: Option<String>,
    tags: Option<String>,
    url: Option<String>,
    flags: Option<String>,
    removed: u32,
    pub(super) sha256: Vec<u8>,
    dictionary: u32,
    content: Vec<u8>,
}

impl RawRow {
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            key: row.get(0)?,
            id: row.get(1)?,
            version: row.get(2)?,
            revision: row.get(3)?,
            document: row.get(4)?,
            title: row.get(5)?,
            authors: row.get(6)?,
            source: row.get(7)?,
            language: row.get(8)?,
            section: row.get(9)?,
            tags: row.get(10)?,
            url: row.get(11)?,
            flags: row.get(12)?,
            removed: row.get(13)?,
            sha256: row.get(14)?,
            dictionary: row.get(15)?,
            content: row.get(16)?,
        })
    }
}

impl Corpus {
    /// The newest version of an article. `None` when the key was never given or the article is gone.
    pub fn article(&self, key: u64) -> Result<Option<Stored>> {
        let connection = self.lock();
        let row = self.run(|| {
            cached(&connection, &format!("SELECT {COLUMNS} FROM articles WHERE key = ?1"))?
                .query_row([key.cast_signed()], RawRow::read)
                .optional()
        })?;
        row.map(|row| self.stored(&connection, row)).transpose()
    }

    /// The article with the id `id` or with the only id that begins with it. `None` when there is none.
    ///
    /// # Errors
    /// `Usage` when several ids begin so.
    pub fn by_id(&self, id: &str) -> Result<Option<Stored>> {
        let found = self.keys_by_id(id, 2)?;
        match found.as_slice() {
            [] => Ok(None),
            [(_, key)] => self.article(*key),
            [(first, _), (second, _), ..] if first != id && second != id => {
                Err(Error::new(ErrorKind::Usage, format!("several articles have an id that begins with `{id}`"))
                    .hint(format!("type more of it, such as `{first}` or `{second}`")))
            }
            several => {
                let exact = several.iter().find(|(found, _)| found == id);
                exact.map_or(Ok(None), |(_, key)| self.article(*key))
            }
        }
    }

    /// Up to `limit` ids that begin with `prefix` and their keys, in order of id.
    pub fn keys_by_id(&self, prefix: &str, limit: usize) -> Result<Vec<(String, u64)>> {
        // The largest character ends the range of all ids that begin with the prefix.
        let end = format!("{prefix}\u{10FFFF}");
        let connection = self.lock();
        self.run(|| {
            cached(&connection, "SELECT id, key FROM articles WHERE id >= ?1 AND id < ?2 ORDER BY id LIMIT ?3")?
                .query_map((prefix, &end, limit as i64), |row| {
                    Ok((row.get(0)?, row.get::<_, i64>(1)?.cast_unsigned()))
                })?
                .collect()
        })
    }

    /// Up to `limit` articles with a key above `after`, in order of key: the way through a whole corpus.
    pub fn articles_after(&self, after: u64, limit: usize) -> Result<Vec<Stored>> {
        let connection = self.lock();
        let sql = format!("SELECT {COLUMNS} FROM articles WHERE key > ?1 ORDER BY key LIMIT ?2");
        let rows: Vec<RawRow> = self.run(|| {
            cached(&connection, &sql)?.query_map((after.cast_signed(), limit as i64), RawRow::read)?.collect()
        })?;
        rows.into_iter().map(|row| self.stored(&connection, row)).collect()
    }

    /// All versions of an article, oldest first; empty when there is no such article. The newest is not always the
    /// last: an excerpt or an older text that came in late is kept and does not take its place.
    pub fn versions(&self, key: u64) -> Result<Vec<Stored>> {
        let connection = self.lock();
        let sql = format!(
            "SELECT {COLUMNS} FROM articles WHERE key = ?1 UNION ALL SELECT {COLUMNS} FROM versions WHERE key = ?1 \
             ORDER BY version"
        );
        let rows: Vec<RawRow> =
            self.run(|| cached(&connection, &sql)?.query_map([key.cast_signed()], RawRow::read)?.collect())?;
        rows.into_iter().map(|row| self.stored(&connection, row)).collect()
    }

    /// How many versions are stored of an article, whether or not they can be read: they are numbered from 1.
    ///
    /// # Errors
    /// Database.
    pub fn version_count(&self, key: u64) -> Result<u32> {
        let connection = self.lock();
        let sql = "SELECT MAX(version) FROM (SELECT version FROM articles WHERE key = ?1 UNION ALL SELECT version FROM versions \
                   WHERE key = ?1)";
        self.run(|| cached(&connection, sql)?.query_row([key.cast_signed()], |row| row.get::<_, Option<u32>>(0)))
            .map(Option::unwrap_or_default)
    }

    /// One version of an article.
    pub fn article_version(&self, key: u64, version: u32) -> Result<Option<Stored>> {
        let connection = self.lock();
        let row = self.raw_version(&connection, key, version)?;
        row.map(|row| self.stored(&connection, row)).transpose()
    }

    pub(super) fn raw_version(&self, connection: &Connection, key: u64, version: u32) -> Result<Option<RawRow>> {
        for table in ["articles", "versions"] {
            let sql = format!("SELECT {COLUMNS} FROM {table} WHERE key = ?1 AND version = ?2");
            let found = self
                .run(|| cached(connection, &sql)?.query_row((key.cast_signed(), version), RawRow::read).optional())?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// Unpacks a row.
    pub(super) fn stored(&self, connection: &Connection, row: RawRow) -> Result<Stored> {
        let plain = self.unpack(connection, &row)?;
        let removed = if row.removed == 0 { Vec::new() } else { self.removed(connection, &row)? };
        let (key, version, revision) = (row.key.cast_unsigned(), row.version, Revision(row.revision.cast_unsigned()));
        let article = build(row, removed, &plain);
        let article = article.ok_or_else(|| self.damaged(format!("article `{key}`, version `{version}`")))?;
        Ok(Stored { key, version, revision, article })
    }

    /// The unpacked frame of a row; loads its dictionary at first use.
    pub(super) fn unpack(&self, connection: &Connection, row: &RawRow) -> Result<Vec<u8>> {
        for _ in 0..2 {
            match self.dictionaries.unpack(row.dictionary, &row.content) {
                Ok(plain) => return Ok(plain),
                Err(Unpack::Damaged) => break,
                Err(Unpack::Unknown) => {
                    let bytes = self.dictionary(connection, row.dictionary)?;
                    let added = self.dictionaries.add(row.dictionary, &bytes);
                    added.map_err(|e| self.damaged(format!("dictionary `{}`: {e}", row.dictionary)))?;
                }
            }
        }
        Err(self.damaged(format!("the text of article `{}`, version `{}`, cannot be unpacked", row.key, row.version)))
    }

    pub(super) fn dictionary(&self, connection: &Connection, dictionary: u32) -> Result<Vec<u8>> {
        if dictionary == 0 {
            return Ok(Vec::new());
        }
        let found: Option<Vec<u8>> = self.run(|| {
            cached(connection, "SELECT content FROM dictionaries WHERE dictionary = ?1")?
                .query_row([dictionary], |row| row.get(0))
                .optional()
        })?;
        found.ok_or_else(|| self.damaged(format!("dictionary `{dictionary}` is missing")))
    }

    fn removed(&self, connection: &Connection, row: &RawRow) -> Result<Vec<Removed>> {
        let sql = "SELECT at, rule, text, yields FROM removed WHERE key = ?1 AND version = ?2 ORDER BY nr";
        let rows: Vec<(i64, String, String, Option<String>)> = self.run(|| {
            cached(connection, sql)?
                .query_map((row.key, row.version), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))?
                .collect()
        })?;
        let read = rows.into_iter().map(|(at, rule, text, yields)| {
            let at = usize::try_from(at).ok()?;
            Some(Removed { text, at, rule, yields: rows::list_from_text(yields.as_deref())? })
        });
        let read: Option<Vec<Removed>> = read.collect();
        read.filter(|read| read.len() == row.removed as usize)
            .ok_or_else(|| self.damaged(format!("the removed spans of article `{}`", row.key)))
    }
}

pub(super) fn cached<'c>(connection: &'c Connection, sql: &str) -> rusqlite::Result<CachedStatement<'c>> {
    connection.prepare_cached(sql)
}

/// Joins columns, frame and removed spans; `None` is damage.
fn build(row: RawRow, removed: Vec<Removed>, plain: &[u8]) -> Option<Article> {
    let mut article = Article {
        id: ArticleId::from_stored(row.id),
        title: row.title,
        authors: rows::list_from_text(row.authors.as_deref())?,
        published: None,
        updated: None,
        fetched: None,
        embargo: None,
        language: match row.language {
            Some(code) => Some(Lang::parse(&code)?),
            None => None,
        },
        url: row.url,
        source: None,
        section: row.section,
        tags: rows::list_from_text(row.tags.as_deref())?,
        text: String::new(),
        blocks: Vec::new(),
        removed,
        provenance: Provenance::default(),
        flags: rows::flags_from_text(row.flags.as_deref())?,
        notes: Vec::new(),
    };
    pack::fill_article(&mut article, row.source, plain)?;
    Some(article)
}
