//! Proving that a corpus is whole: SQLite's own check, then every hash, span and count.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension};

use super::articles::{COLUMNS, RawRow, cached};
use super::{Corpus, documents};
use crate::error::Result;
use crate::model::{Article, DateClaim, content_digest};

/// One thing that is not as it must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where: `article 12, version 1`, `database`, `counts`.
    pub place: String,
    /// What is wrong: lowercase, no final period.
    pub what: String,
}

/// What a check saw.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    /// Articles looked at, in their newest version.
    pub articles: u64,
    /// Versions looked at, the newest included.
    pub versions: u64,
    /// Originals looked at.
    pub documents: u64,
    /// All that is wrong; empty for a whole corpus. At most [`Findings::MOST`] are listed.
    pub findings: Vec<Finding>,
    /// How many there are.
    pub wrong: u64,
}

impl Findings {
    /// How many findings are listed; further ones are only counted.
    pub const MOST: usize = 1000;

    /// Whether nothing is wrong.
    pub fn whole(&self) -> bool {
        self.wrong == 0
    }

    fn add(&mut self, place: impl Into<String>, what: impl Into<String>) {
        self.wrong += 1;
        if self.findings.len() < Self::MOST {
            self.findings.push(Finding { place: place.into(), what: what.into() });
        }
    }
}

impl Corpus {
    /// Checks everything: the database file, and of every version that it unpacks, that title and text have the hash
    /// that was stored, that blocks and removed spans lie in the text as they must, that the original unpacks and has
    /// its hash; then the counts. `progress` is told versions done and versions there are, now and then.
    ///
    /// # Errors
    /// Only where the check itself cannot run; what it finds stands in the findings.
    pub fn check(&self, progress: &mut dyn FnMut(u64, u64)) -> Result<Findings> {
        let mut findings = Findings::default();
        let connection = self.lock();
        self.run(|| {
            let mut statement = connection.prepare("PRAGMA integrity_check(100)")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let said: String = row.get(0)?;
                if said != "ok" {
                    findings.add("database", said.to_lowercase());
                }
            }
            Ok(())
        })?;
        let total = self.fact(&connection, "versions")?.max(0).unsigned_abs();
        let mut counted = Counted::default();
        for table in ["articles", "versions"] {
            self.check_table(&connection, table, total, &mut findings, &mut counted, progress)?;
        }
        self.check_counts(&connection, &counted, &mut findings)?;
        Ok(findings)
    }

    fn check_table(
        &self,
        connection: &Connection,
        table: &str,
        total: u64,
        findings: &mut Findings,
        counted: &mut Counted,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<()> {
        let sql = format!(
            "SELECT {COLUMNS} FROM {table} WHERE key >= ?1 AND (key > ?1 OR version > ?2) ORDER BY key, version LIMIT 64"
        );
        let (mut key, mut version) = (0, 0);
        loop {
            let rows: Vec<RawRow> =
                self.run(|| cached(connection, &sql)?.query_map((key, version), RawRow::read)?.collect())?;
            let Some(last) = rows.last() else { return Ok(()) };
            (key, version) = (last.key, last.version);
            for row in rows {
                let place = format!("article {}, version {}", row.key, row.version);
                findings.versions += 1;
                if let Err(error) = self.check_row(connection, row, table == "articles", findings, counted) {
                    findings.add(place, error.to_string());
                }
            }
            progress(findings.versions, total);
        }
    }

    fn check_row(
        &self,
        connection: &Connection,
        row: RawRow,
        newest: bool,
        findings: &mut Findings,
        counted: &mut Counted,
    ) -> Result<()> {
        let place = format!("article {}, version {}", row.key, row.version);
        let (key, document, sha256) = (row.key, row.document, row.sha256.clone());
        self.check_plain_columns(connection, &row, newest, &place, findings)?;
        let dates = self.claimed_dates(connection, &row, newest)?;
        let article = self.stored(connection, row)?.article;
        let iso = |date: &Option<DateClaim>| date.as_ref().map(DateClaim::iso);
        if (iso(&article.published), iso(&article.updated)) != dates {
            findings.add(&place, "its dates are not those of its frame");
        }
        if article.digest().as_slice() != sha256 {
            findings.add(&place, "title and text do not have the hash that was stored");
        }
        if let Some(what) = faulty_spans(&article) {
            findings.add(&place, what);
        }
        if newest {
            findings.articles += 1;
            counted.add(&article);
        }
        match self.document_row(connection, document)? {
            None => findings.add(&place, "its original is missing"),
            Some(original) => {
                findings.documents += 1;
                if original.key != Some(key) {
                    findings.add(&place, "its original is that of another article");
                }
                let stored = original.sha256.clone();
                let prefix = self.document_prefix(connection, &original)?;
                match documents::build(original, &prefix) {
                    None => findings.add(&place, "its original cannot be unpacked"),
                    Some(built) => {
                        if content_digest(&[&built.raw]).as_slice() != stored {
                            findings.add(&place, "its original does not have the hash that was stored");
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// What the frame's checksum does not cover: numbers given when a version is stored, and columns for people only.
    fn check_plain_columns(
        &self,
        connection: &Connection,
        row: &RawRow,
        newest: bool,
        place: &str,
        findings: &mut Findings,
    ) -> Result<()> {
        // A version that took the place of the newest was listed as a change, unless its batch added the article too.
        let listed = "SELECT EXISTS (SELECT 1 FROM revisions WHERE revision = ?1), \
                      EXISTS (SELECT 1 FROM revisions WHERE revision = ?1 AND ?2 BETWEEN added_from AND added_to) \
                      OR EXISTS (SELECT 1 FROM changes WHERE revision = ?1 AND key = ?2)";
        let (known, listed): (bool, bool) = self.run(|| {
            cached(connection, listed)?.query_row((row.revision, row.key), |row| Ok((row.get(0)?, row.get(1)?)))
        })?;
        if !known || (newest || row.version == 1) && !listed {
            findings.add(place, format!("revision `{}` did not write it", row.revision));
        }
        if !newest {
            let sql = "SELECT id FROM articles WHERE key = ?1";
            let id: Option<String> =
                self.run(|| cached(connection, sql)?.query_row([row.key], |row| row.get(0)).optional())?;
            if id.is_some_and(|id| id != row.id) {
                findings.add(place, "its id is not that of the article");
            }
        }
        Ok(())
    }

    fn claimed_dates(&self, connection: &Connection, row: &RawRow, newest: bool) -> Result<Dates> {
        let table = if newest { "articles" } else { "versions" };
        let sql = format!("SELECT published, updated FROM {table} WHERE key = ?1 AND version = ?2");
        self.run(|| cached(connection, &sql)?.query_row((row.key, row.version), |row| Ok((row.get(0)?, row.get(1)?))))
    }

    fn check_counts(&self, connection: &Connection, counted: &Counted, findings: &mut Findings) -> Result<()> {
        let expected = [("articles", counted.articles), ("text_bytes", counted.text_bytes)];
        for (name, counted) in expected {
            let stored = self.fact(connection, name)?;
            if stored != counted {
                findings.add("counts", format!("`{name}` says `{stored}`, there are `{counted}`"));
            }
        }
        for (name, sql) in [
            ("versions", "SELECT (SELECT count(*) FROM articles) + (SELECT count(*) FROM versions)"),
            ("documents", "SELECT count(*) FROM documents"),
            ("rejected", "SELECT count(*) FROM rejected"),
        ] {
            let counted: i64 = self.run(|| cached(connection, sql)?.query_row([], |row| row.get(0)))?;
            let stored = self.fact(connection, name)?;
            if stored != counted {
                findings.add("counts", format!("`{name}` says `{stored}`, there are `{counted}`"));
            }
        }
        let stored: Vec<(String, i64)> = self.run(|| {
            cached(connection, "SELECT source, articles FROM sources WHERE articles <> 0")?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })?;
        let stored: HashMap<String, i64> = stored.into_iter().collect();
        if stored != counted.sources {
            findings.add("counts", "the articles by source are not what `sources` says");
        }
        Ok(())
    }
}

/// Published and updated, as the columns have them.
type Dates = (Option<String>, Option<String>);

#[derive(Default)]
struct Counted {
    articles: i64,
    text_bytes: i64,
    sources: HashMap<String, i64>,
}

impl Counted {
    fn add(&mut self, article: &Article) {
        self.articles += 1;
        self.text_bytes += article.text.len() as i64;
        let source = article.source.as_ref().map_or_else(String::new, |source| source.value.clone());
        *self.sources.entry(source).or_default() += 1;
    }
}

/// What is wrong with the spans of an article: blocks are in order and disjoint, on character boundaries, and cover
/// the text but for white space; removed spans stood inside the text, in order.
fn faulty_spans(article: &Article) -> Option<&'static str> {
    let text = &article.text;
    let mut end = 0;
    for block in &article.blocks {
        let gap = text.get(end..block.span.start);
        if text.get(block.span.start..block.span.end).is_none() {
            return Some("a block lies outside the text");
        }
        match gap {
            None => return Some("blocks overlap or are out of order"),
            Some(gap) if !gap.trim().is_empty() => return Some("blocks do not cover the text"),
            Some(_) => end = block.span.end,
        }
    }
    if text.get(end..).is_none_or(|rest| !rest.trim().is_empty()) {
        return Some("blocks do not cover the text");
    }
    if article.removed.iter().any(|removed| !text.is_char_boundary(removed.at)) {
        return Some("a removed span lies outside the text");
    }
    None
}
