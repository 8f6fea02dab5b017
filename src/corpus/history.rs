//! The versions of an article over time: which of them was in force when.
//!
//! Time is when a version was *got* (`fetched`), not when it came in: a web archive of last year that is ingested today
//! tells what its pages said last year. The version in force at a moment is the one that would be the newest had
//! nothing come in that was got later; the rules are those of the writer (`identity.rs`).

use rusqlite::OptionalExtension;

use super::articles::{COLUMNS, RawRow, cached};
use super::{Corpus, Stored, identity};
use crate::error::Result;
use crate::model::{AsOf, Revision};

/// What a version is to its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// The newest: what a search sees.
    Newest,
    /// It was the newest once.
    Older,
    /// It came in after a newer text, and never was the newest.
    Late,
    /// It is only a part of the full text that was there before.
    Excerpt,
    /// The article was taken out of the corpus while this was its newest version.
    Deleted,
}

impl Standing {
    /// As it stands in the column `standing`; a name of another program's counts as `older`.
    fn of(name: &str) -> Self {
        match name {
            "newest" => Standing::Newest,
            "late" => Standing::Late,
            "excerpt" => Standing::Excerpt,
            "deleted" => Standing::Deleted,
            _ => Standing::Older,
        }
    }

    /// The word for it in the column `standing` and for a person.
    pub fn word(self) -> &'static str {
        match self {
            Standing::Newest => "newest",
            Standing::Older => "older",
            Standing::Late => "late",
            Standing::Excerpt => "excerpt",
            Standing::Deleted => "deleted",
        }
    }
}

/// Keys fetched at a time while articles are looked through.
const FEW: usize = 256;

impl Corpus {
    /// All versions of an article in the order they came in, and what each is; empty when the key was never given.
    pub fn history(&self, key: u64) -> Result<Vec<(Stored, Standing)>> {
        let connection = self.lock();
        let sql = format!(
            "SELECT {COLUMNS}, 'newest' FROM articles WHERE key = ?1 UNION ALL SELECT {COLUMNS}, standing FROM versions \
             WHERE key = ?1 ORDER BY version"
        );
        let rows: Vec<(RawRow, String)> = self.run(|| {
            let read = |row: &rusqlite::Row<'_>| Ok((RawRow::read(row)?, row.get(17)?));
            cached(&connection, &sql)?.query_map([key.cast_signed()], read)?.collect()
        })?;
        rows.into_iter().map(|(row, name)| Ok((self.stored(&connection, row)?, Standing::of(&name)))).collect()
    }

    /// The version of an article that was in force at a moment: of those got by then the newest, excerpts and texts
    /// that call themselves older apart. Versions written after the corpus stood at `revision` do not count. `None` when
    /// nothing of it had been got, or the article was taken out.
    pub fn in_force(&self, key: u64, as_of: &AsOf, revision: Revision) -> Result<Option<Stored>> {
        let Some(newest) = self.article(key)? else { return Ok(None) };
        if newest.revision <= revision && as_of.covers(newest.article.fetched.as_ref()) {
            return Ok(Some(newest));
        }
        self.before_it(key, as_of, revision)
    }

    /// The version in force at a moment, of an article whose newest version had not been got by then or is later than
    /// `revision`.
    fn before_it(&self, key: u64, as_of: &AsOf, revision: Revision) -> Result<Option<Stored>> {
        let mut got = self.history(key)?;
        got.retain(|(version, _)| version.revision <= revision && as_of.covers(version.article.fetched.as_ref()));
        let second = |stored: &Stored| stored.article.fetched.as_ref().map_or(i64::MIN, |fetched| fetched.second());
        got.sort_by_key(|(version, _)| (second(version), version.version));
        Ok(got.into_iter().map(|(version, _)| version).reduce(|current, next| {
            // Two versions got at one moment are one original cleaned twice: the later cleaning counts.
            let (a, b) = (&current.article, &next.article);
            let apart = second(&current) < second(&next);
            if apart && (identity::is_excerpt(a, b) || identity::is_older(a, b)) { current } else { next }
        }))
    }

    /// Gives `each` the version in force at a moment of every article whose newest version had not been got by then, or
    /// was written after the corpus stood at `revision`, and that had an earlier one. The way through the articles that
    /// have several versions; memory holds one.
    pub fn each_superseded(
        &self,
        as_of: &AsOf,
        revision: Revision,
        each: &mut dyn FnMut(Stored) -> Result<()>,
    ) -> Result<()> {
        let sql = "SELECT DISTINCT key FROM versions WHERE key > ?1 ORDER BY key LIMIT ?2";
        let mut after = -1;
        loop {
            let keys: Vec<i64> = {
                let connection = self.lock();
                self.run(|| cached(&connection, sql)?.query_map((after, FEW as i64), |row| row.get(0))?.collect())?
            };
            let Some(last) = keys.last() else { return Ok(()) };
            after = *last;
            for key in keys {
                let key = key.cast_unsigned();
                let Some(newest) = self.article(key)? else { continue };
                let counts = newest.revision <= revision && as_of.covers(newest.article.fetched.as_ref());
                if !counts && let Some(then) = self.before_it(key, as_of, revision)? {
                    each(then)?;
                }
            }
        }
    }

    /// The revision that wrote the newest version of an article. Reads no text.
    pub fn revision_of(&self, key: u64) -> Result<Option<Revision>> {
        let connection = self.lock();
        let found: Option<i64> = self.run(|| {
            cached(&connection, "SELECT revision FROM articles WHERE key = ?1")?
                .query_row([key.cast_signed()], |row| row.get(0))
                .optional()
        })?;
        Ok(found.map(|revision| Revision(revision.cast_unsigned())))
    }

    /// The version that was the newest when the corpus stood at `revision`; `None` when the article was not there.
    pub fn newest_at(&self, key: u64, revision: Revision) -> Result<Option<Stored>> {
        let history = self.history(key)?;
        let was = |standing: Standing| !matches!(standing, Standing::Late | Standing::Excerpt);
        Ok(history.into_iter().rfind(|(v, standing)| v.revision <= revision && was(*standing)).map(|(v, _)| v))
    }

    /// The number of the original that a version was made of: two versions of one original differ by cleaning only.
    pub fn original_of(&self, stored: &Stored) -> Result<Option<i64>> {
        let connection = self.lock();
        Ok(self.raw_version(&connection, stored.key, stored.version)?.map(|row| row.document))
    }

    /// When a revision was committed.
    pub fn committed(&self, revision: Revision) -> Result<Option<jiff::Timestamp>> {
        let connection = self.lock();
        let at: Option<String> = self.run(|| {
            cached(&connection, "SELECT at FROM revisions WHERE revision = ?1")?
                .query_row([revision.0.cast_signed()], |row| row.get(0))
                .optional()
        })?;
        Ok(at.and_then(|at| at.parse().ok()))
    }
}
