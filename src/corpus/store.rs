//! The statements of a batch.

use std::borrow::Cow;

use rusqlite::{Connection, OptionalExtension, params};

use super::articles::{COLUMNS, RawRow, cached};
use super::pack::{PackedArticle, PackedDocument};
use super::withdrawn::Withdrawal;
use super::write::{Known, Outcome, Tally, Writer};
use super::{Corpus, Stored, rows};
use crate::error::Result;
use crate::model::{Article, Rejection};

/// The columns of a version as [`Batch::version_row`] fills them, after `key`.
const WRITTEN: &str = "id, version, revision, document, title, authors, published, updated, source, language, section, \
                       tags, url, flags, removed, sha256, dictionary, content";

/// A batch being written.
pub(super) struct Batch<'w> {
    writer: &'w Writer,
    connection: &'w Connection,
    revision: i64,
    /// The first key this batch may give.
    first_key: i64,
    next_key: i64,
    next_document: i64,
    wrote: bool,
    tally: Tally,
    /// Whether there are withdrawals of articles that are still to come.
    awaits: bool,
}

impl<'w> Batch<'w> {
    pub(super) fn begin(writer: &'w Writer, connection: &'w Connection) -> Result<Self> {
        let revision: i64 = writer.run(|| {
            cached(connection, "SELECT coalesce(max(revision), 0) FROM revisions")?.query_row([], |row| row.get(0))
        })?;
        let first_key = writer.fact(connection, "last_key")? + 1;
        let next_document = writer.fact(connection, "last_document")? + 1;
        let tally = Tally::default();
        let revision = revision + 1;
        let awaits = writer.awaits_withdrawn(connection)?;
        let (next_key, wrote) = (first_key, false);
        Ok(Self { writer, connection, revision, first_key, next_key, next_document, wrote, tally, awaits })
    }

    /// Writes the counters and the revision, if there is anything to write.
    pub(super) fn end(mut self) -> Result<()> {
        if !self.wrote {
            return Ok(());
        }
        self.count("last_key", self.next_key - self.first_key);
        let last_document = self.writer.fact(self.connection, "last_document")?;
        self.count("last_document", self.next_document - 1 - last_document);
        let at = jiff::Timestamp::now().to_string();
        self.writer.run(|| {
            let counted = "INSERT INTO facts VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = value + ?2";
            for (name, more) in &self.tally.facts {
                cached(self.connection, counted)?.execute(params![name, more])?;
            }
            let source = "INSERT INTO sources VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET \
                          articles = articles + ?2, first = min(coalesce(first, ?3), coalesce(?3, first)), \
                          last = max(coalesce(last, ?4), coalesce(?4, last))";
            for (name, tally) in &self.tally.sources {
                cached(self.connection, source)?.execute(params![name, tally.articles, tally.first, tally.last])?;
            }
            cached(self.connection, "INSERT INTO revisions VALUES (?1, ?2, ?3, ?4)")?.execute(params![
                self.revision,
                at,
                self.first_key,
                self.next_key - 1
            ])
        })?;
        Ok(())
    }

    fn count(&mut self, name: impl Into<Cow<'static, str>>, more: i64) {
        *self.tally.facts.entry(name.into()).or_default() += more;
    }

    /// Counts an article in (`sign` 1) or out (-1).
    fn count_article(&mut self, article: &Article, sign: i64) {
        self.count("articles", sign);
        self.count("text_bytes", sign * article.text.len() as i64);
        self.count("words", sign * article.words() as i64);
        let name = article.source.as_ref().map_or("", |source| source.value.as_str());
        if !self.tally.sources.contains_key(name) {
            self.tally.sources.insert(name.to_owned(), Default::default());
        }
        let Some(tally) = self.tally.sources.get_mut(name) else { return };
        tally.articles += sign;
        if sign > 0
            && let Some(date) = article.published.as_ref().filter(|date| date.is_sure())
        {
            let day = date.iso_day();
            if tally.first.as_ref().is_none_or(|first| day < *first) {
                tally.first = Some(day.clone());
            }
            if tally.last.as_ref().is_none_or(|last| day > *last) {
                tally.last = Some(day);
            }
        }
    }

    /// The article with exactly this id.
    pub(super) fn known(&self, id: &str) -> Result<Option<Known>> {
        let sql = format!("SELECT {COLUMNS} FROM articles WHERE id = ?1");
        let row = self.writer.run(|| cached(self.connection, &sql)?.query_row([id], RawRow::read).optional())?;
        self.unpacked(row)
    }

    /// The article with this key.
    pub(super) fn by_key(&self, key: u64) -> Result<Option<Known>> {
        let sql = format!("SELECT {COLUMNS} FROM articles WHERE key = ?1");
        let found = self
            .writer
            .run(|| cached(self.connection, &sql)?.query_row([key.cast_signed()], RawRow::read).optional())?;
        self.unpacked(found)
    }

    fn unpacked(&self, row: Option<RawRow>) -> Result<Option<Known>> {
        row.map(|row| {
            let document = row.document;
            Ok(Known { stored: self.writer.stored(self.connection, row)?, document })
        })
        .transpose()
    }

    /// All versions but the newest.
    pub(super) fn other_versions(&self, key: u64) -> Result<Vec<Stored>> {
        let sql = format!("SELECT {COLUMNS} FROM versions WHERE key = ?1 ORDER BY version");
        let rows: Vec<RawRow> = self
            .writer
            .run(|| cached(self.connection, &sql)?.query_map([key.cast_signed()], RawRow::read)?.collect())?;
        rows.into_iter().map(|row| self.writer.stored(self.connection, row)).collect()
    }

    /// When the original `document` was got.
    pub(super) fn fetched(&self, document: i64) -> Result<Option<jiff::Timestamp>> {
        let text: Option<Option<String>> = self.writer.run(|| {
            cached(self.connection, "SELECT fetched FROM documents WHERE document = ?1")?
                .query_row([document], |row| row.get(0))
                .optional()
        })?;
        Ok(text.flatten().and_then(|text| text.parse().ok()))
    }

    /// Whether the original `known` stands in the same file as `new`, at another place.
    pub(super) fn same_file(&self, known: i64, new: &PackedDocument) -> Result<bool> {
        let sql = "SELECT f.path, f.members, d.number FROM documents d JOIN files f USING (file) WHERE d.document = ?1";
        let found: Option<(String, String, i64)> = self.writer.run(|| {
            cached(self.connection, sql)?
                .query_row([known], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                .optional()
        })?;
        Ok(found.is_some_and(|(path, members, number)| {
            path == new.origin.path && members == members_text(new) && number.cast_unsigned() != new.origin.number
        }))
    }

    /// The article that was last made of the file of `new`, where that holds one document alone.
    pub(super) fn replaced(&self, new: &PackedDocument) -> Result<Option<Known>> {
        match alone(self.writer, self.connection, new)? {
            Some(key) => self.by_key(key),
            None => Ok(None),
        }
    }

    /// The withdrawal of an article that is still to come.
    pub(super) fn withdrawal(&self, id: &str) -> Result<Option<Withdrawal>> {
        if self.awaits { self.writer.withdrawal(self.connection, id) } else { Ok(None) }
    }

    /// The same, also where its item was withdrawn.
    pub(super) fn withdrawal_of(&self, article: &Article) -> Result<Option<Withdrawal>> {
        if self.awaits { self.writer.withdrawal_of(self.connection, article) } else { Ok(None) }
    }

    /// Remembers one.
    pub(super) fn remember(&mut self, id: &str, withdrawal: &Withdrawal) -> Result<()> {
        self.awaits = true;
        self.wrote = true;
        withdrawal.keep(self.writer, self.connection, id)
    }

    /// A new article. Returns its key.
    pub(super) fn add(&mut self, packed: &PackedArticle, document: &PackedDocument) -> Result<u64> {
        let key = self.next_key;
        self.next_key += 1;
        let original = self.next_document();
        let insert = insert("articles", "");
        self.version_row(&insert, key, 1, packed, original)?;
        self.add_document(document, original, Some((key.cast_unsigned(), 1)))?;
        self.count_article(&packed.article, 1);
        Ok(key.cast_unsigned())
    }

    /// A version that does not become the newest.
    pub(super) fn keep_beside(
        &mut self,
        key: u64,
        packed: &PackedArticle,
        document: &PackedDocument,
        standing: &str,
    ) -> Result<()> {
        let version = self.next_version(key)?;
        let original = self.next_document();
        let insert = insert("versions", standing);
        self.version_row(&insert, key.cast_signed(), version, packed, original)?;
        self.add_document(document, original, Some((key, version)))
    }

    /// Puts a new version in the place of the newest, which moves to `versions`. Returns the new version's number.
    pub(super) fn update(&mut self, known: &Stored, packed: &PackedArticle, document: i64) -> Result<u32> {
        let version = self.next_version(known.key)?;
        self.set_aside(known, "older")?;
        let insert = insert("articles", "");
        self.version_row(&insert, known.key.cast_signed(), version, packed, document)?;
        self.changed(known, false)?;
        self.count_article(&known.article, -1);
        self.count_article(&packed.article, 1);
        Ok(version)
    }

    /// Takes an article out.
    pub(super) fn delete(&mut self, known: &Stored) -> Result<()> {
        self.set_aside(known, "deleted")?;
        self.changed(known, true)?;
        self.count_article(&known.article, -1);
        Ok(())
    }

    fn set_aside(&mut self, known: &Stored, standing: &str) -> Result<()> {
        let key = known.key.cast_signed();
        let copy = format!(
            "INSERT INTO versions (standing, key, {WRITTEN}) SELECT ?2, key, {WRITTEN} FROM articles WHERE key = ?1"
        );
        self.wrote = true;
        self.writer.run(|| {
            cached(self.connection, &copy)?.execute(params![key, standing])?;
            cached(self.connection, "DELETE FROM articles WHERE key = ?1")?.execute([key])
        })?;
        Ok(())
    }

    fn changed(&mut self, known: &Stored, deleted: bool) -> Result<()> {
        let key = known.key.cast_signed();
        // An article that this batch added and changed is among its added ones already.
        if key >= self.first_key && !deleted {
            return Ok(());
        }
        let sql = "INSERT OR REPLACE INTO changes VALUES (?1, ?2, ?3)";
        self.writer.run(|| cached(self.connection, sql)?.execute(params![self.revision, key, deleted]))?;
        Ok(())
    }

    fn next_version(&self, key: u64) -> Result<u32> {
        let sql = "SELECT 1 + max(coalesce((SELECT max(version) FROM articles WHERE key = ?1), 0), \
                   coalesce((SELECT max(version) FROM versions WHERE key = ?1), 0))";
        self.writer.run(|| cached(self.connection, sql)?.query_row([key.cast_signed()], |row| row.get(0)))
    }

    /// Writes one version and its removed spans.
    fn version_row(
        &mut self,
        insert: &str,
        key: i64,
        version: u32,
        packed: &PackedArticle,
        document: i64,
    ) -> Result<()> {
        let a = &packed.article;
        self.wrote = true;
        self.count("versions", 1);
        if packed.dictionary == 0 {
            let language = a.language.as_ref().map_or("", |language| language.as_str());
            self.count(format!("plain_bytes:{language}"), a.text.len() as i64);
            self.count(format!("plain_articles:{language}"), 1);
        }
        self.writer.run(|| {
            cached(self.connection, insert)?.execute(params![
                key,
                a.id.as_str(),
                version,
                self.revision,
                document,
                a.title,
                rows::list_to_text(&a.authors),
                a.published.as_ref().map(|date| date.iso()),
                a.updated.as_ref().map(|date| date.iso()),
                a.source.as_ref().map(|source| source.value.as_str()),
                a.language.as_ref().map(|language| language.as_str()),
                a.section,
                rows::list_to_text(&a.tags),
                a.url,
                rows::flags_to_text(&a.flags),
                a.removed.len() as i64,
                packed.sha256,
                packed.dictionary,
                packed.content,
            ])?;
            let removed = "INSERT INTO removed VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
            for (nr, span) in a.removed.iter().enumerate() {
                let yields = rows::list_to_text(&span.yields);
                cached(self.connection, removed)?.execute(params![
                    key,
                    version,
                    nr as i64,
                    span.at as i64,
                    span.rule,
                    span.text,
                    yields
                ])?;
            }
            Ok(())
        })
    }

    /// The number of the next original.
    pub(super) fn next_document(&mut self) -> i64 {
        self.next_document += 1;
        self.next_document - 1
    }

    /// Writes an original as number `original`.
    pub(super) fn add_document(&mut self, d: &PackedDocument, original: i64, of: Option<(u64, u32)>) -> Result<()> {
        let file = self.file(&d.origin.path, &members_text(d))?;
        self.wrote = true;
        self.count("documents", 1);
        self.count("raw_bytes", d.raw_bytes as i64);
        let sql = "INSERT INTO documents (document, file, number, offset, key, version, media, fetched, raw_bytes, \
                   sha256, content) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
        self.writer.run(|| {
            cached(self.connection, sql)?.execute(params![
                original,
                file,
                d.origin.number.cast_signed(),
                d.origin.offset.map(u64::cast_signed),
                of.map(|(key, _)| key.cast_signed()),
                of.map(|(_, version)| version),
                rows::name_of(d.media),
                d.fetched.map(|at| at.to_string()),
                d.raw_bytes as i64,
                d.sha256,
                d.content,
            ])
        })?;
        if of.is_some() {
            // What was refused before and is an article now leaves the list.
            let sql = "DELETE FROM rejected WHERE file = ?1 AND number = ?2";
            let gone = self
                .writer
                .run(|| cached(self.connection, sql)?.execute(params![file, d.origin.number.cast_signed()]))?;
            self.count("rejected", -(gone as i64));
        }
        Ok(())
    }

    fn file(&self, path: &str, members: &str) -> Result<i64> {
        self.writer.run(|| {
            let found = cached(self.connection, "SELECT file FROM files WHERE path = ?1 AND members = ?2")?
                .query_row([path, members], |row| row.get(0))
                .optional()?;
            match found {
                Some(file) => Ok(file),
                None => {
                    cached(self.connection, "INSERT INTO files (path, members) VALUES (?1, ?2)")?
                        .execute([path, members])?;
                    Ok(self.connection.last_insert_rowid())
                }
            }
        })
    }

    /// Lists a refused document, unless it stands in the list just so.
    pub(super) fn reject(&mut self, document: &PackedDocument, rejection: &Rejection) -> Result<Outcome> {
        let members = members_text(document);
        let (reason, number) = (rows::name_of(rejection.reason), rejection.origin.number.cast_signed());
        let listed = "SELECT reason, detail, document IS NOT NULL FROM rejected JOIN files USING (file) \
                      WHERE path = ?1 AND members = ?2 AND number = ?3";
        let known: Option<(String, String, bool)> = self.writer.run(|| {
            cached(self.connection, listed)?
                .query_row(params![document.origin.path, members, number], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
                .optional()
        })?;
        let keep = !document.content.is_empty();
        let again =
            known.as_ref().is_some_and(|(r, d, kept)| *r == reason && *d == rejection.detail && (*kept || !keep));
        if again {
            return Ok(Outcome::Rejected);
        }
        let original = keep.then(|| self.next_document());
        if let Some(original) = original {
            self.add_document(document, original, None)?;
        }
        let file = self.file(&document.origin.path, &members)?;
        if known.is_none() {
            self.count("rejected", 1);
        }
        self.wrote = true;
        let claims = rows::list_to_text(&rejection.claims);
        let sql = "INSERT OR REPLACE INTO rejected (file, number, reason, detail, claims, revision, document) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        self.writer.run(|| {
            cached(self.connection, sql)?.execute(params![
                file,
                number,
                reason,
                rejection.detail,
                claims,
                self.revision,
                original
            ])
        })?;
        Ok(Outcome::Rejected)
    }
}

/// The key of the article that was last made of the file of `new`, where that holds one document alone. What comes in a
/// stream is in no file.
pub(super) fn alone(corpus: &Corpus, connection: &Connection, new: &PackedDocument) -> Result<Option<u64>> {
    if new.origin.number != 1 || new.origin.path == "-" {
        return Ok(None);
    }
    // The term `number <= 2` is that of the index.
    let sql = "SELECT number, key FROM documents JOIN files USING (file) \
               WHERE path = ?1 AND members = ?2 AND number <= 2 AND key IS NOT NULL ORDER BY document DESC";
    let found: Vec<(i64, i64)> = corpus.run(|| {
        cached(connection, sql)?
            .query_map([&new.origin.path, &members_text(new)], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect()
    })?;
    let alone = found.iter().all(|(number, _)| *number == 1);
    Ok(found.first().filter(|_| alone).map(|(_, key)| key.cast_unsigned()))
}

fn members_text(document: &PackedDocument) -> String {
    serde_json::to_string(&document.origin.members).unwrap_or_default()
}

/// The statement that inserts a version; `standing` for the table `versions`.
fn insert(table: &str, standing: &str) -> String {
    let (column, value) = if standing.is_empty() {
        (String::new(), String::new())
    } else {
        (", standing".into(), format!(", '{standing}'"))
    };
    let marks: Vec<String> = (1..=19).map(|n| format!("?{n}")).collect();
    format!("INSERT INTO {table} (key, {WRITTEN}{column}) VALUES ({}{value})", marks.join(", "))
}
