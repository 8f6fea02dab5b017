//! What can still be read of a damaged corpus, written into a new one.

use std::path::Path;

use super::articles::cached;
use super::check::Finding;
use super::write::{Incoming, Outcome, Writer};
use super::{Corpus, SavedSearch, Searches, Stored};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Document, MediaType, Note, Origin, Payload, PayloadKind};

/// What was saved, and what was not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Salvaged {
    /// Articles now in the new corpus.
    pub articles: u64,
    /// Their versions.
    pub versions: u64,
    /// Articles whose original is lost: their cleaned text stands in its place, and a note says so.
    pub without_original: u64,
    /// What could not be read, by place; at most [`Salvaged::MOST`] are listed.
    pub lost: Vec<Finding>,
    /// How many there are.
    pub lost_count: u64,
}

impl Salvaged {
    /// How many losses are listed; further ones are only counted.
    pub const MOST: usize = 1000;

    fn lose(&mut self, place: String, what: impl ToString) {
        self.lost_count += 1;
        if self.lost.len() < Self::MOST {
            self.lost.push(Finding { place, what: what.to_string() });
        }
    }
}

/// So many articles are stored together.
const BATCH: u64 = 500;

impl Corpus {
    /// Writes every version of every article that can be read, with its original, into a new corpus in `home`, under
    /// the ids they have. Learned lines, saved searches and imported addresses go along. This corpus is only read. `progress` is told keys
    /// done and keys there are, now and then.
    ///
    /// # Errors
    /// There is a corpus in `home` already, or it cannot be written; of this corpus not even the number of articles
    /// can be read.
    pub fn salvage(&self, home: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<Salvaged> {
        let path = Self::path_in(home);
        if path.exists() {
            return Err(Error::new(ErrorKind::Usage, "there is a corpus already, and salvage makes a new one")
                .at(path)
                .hint("name a folder that is new or empty"));
        }
        let last = self.last_key()?;
        let mut writer = Writer::open(home, "newsdex check --salvage")?;
        let mut salvaged = Salvaged::default();
        for first in (1..=last).step_by(BATCH as usize) {
            let mut rounds: Vec<Vec<Incoming>> = Vec::new();
            for key in first..=last.min(first + BATCH - 1) {
                for (round, incoming) in self.readable(key, &mut salvaged).into_iter().enumerate() {
                    if rounds.len() <= round {
                        rounds.push(Vec::new());
                    }
                    rounds[round].push(incoming);
                }
            }
            for batch in rounds {
                // Each version comes in as if by a run of its own: then it is a version, not another article.
                writer.begin_again()?;
                let outcomes = writer.put(batch)?;
                salvaged.versions += outcomes.len() as u64;
                let added = outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Added { .. }));
                salvaged.articles += added.count() as u64;
            }
            progress(last.min(first + BATCH - 1), last);
        }
        match self.learned_rules() {
            Ok(rules) => writer.save_learned_rules(&rules)?,
            Err(error) => salvaged.lose("learned lines".to_owned(), error),
        }
        match self.saved_searches() {
            Ok(searches) => {
                // Revisions are counted anew: all that was saved counts as seen.
                let (kept, seen) = (Searches::open(home)?, writer.revision()?);
                searches.into_iter().try_for_each(|search| kept.save(&SavedSearch { seen, ..search }))?;
            }
            Err(error) => salvaged.lose("saved searches".to_owned(), error),
        }
        let mut addresses = Vec::new();
        if let Err(error) = self.addresses(&mut |address| addresses.push(address)) {
            salvaged.lose("imported addresses".to_owned(), error);
        }
        writer.put_addresses(&addresses)?;
        match self.withdrawals() {
            Ok(withdrawals) => writer.put_withdrawals(&withdrawals)?,
            Err(error) => salvaged.lose("withdrawals of articles that are still to come".to_owned(), error),
        }
        writer.tidy()?;
        Ok(salvaged)
    }

    /// The greatest key, from wherever it can still be read.
    fn last_key(&self) -> Result<u64> {
        let connection = self.lock();
        let counted = self.fact(&connection, "last_key");
        let greatest = self.run(|| {
            cached(&connection, "SELECT coalesce(max(key), 0) FROM articles")?.query_row([], |row| row.get::<_, i64>(0))
        });
        match (counted, greatest) {
            (Ok(counted), Ok(greatest)) => Ok(counted.max(greatest).max(0).unsigned_abs()),
            (Ok(one), Err(_)) | (Err(_), Ok(one)) => Ok(one.max(0).unsigned_abs()),
            (Err(error), Err(_)) => Err(error),
        }
    }

    /// The versions of an article in the order they came in; those that cannot be read are noted as lost. None of an
    /// article that was taken out.
    fn readable(&self, key: u64, salvaged: &mut Salvaged) -> Vec<Incoming> {
        let versions = match self.version_numbers(key) {
            Ok(versions) => versions,
            Err(error) => {
                salvaged.lose(format!("article {key}"), error);
                return Vec::new();
            }
        };
        let mut read = Vec::new();
        for version in versions {
            let place = format!("article {key}, version {version}");
            match self.article_version(key, version) {
                Ok(Some(stored)) => {
                    let document = self.document(key, version).ok().flatten().unwrap_or_else(|| {
                        salvaged.without_original += 1;
                        stand_in(&stored, self.path())
                    });
                    read.push(Incoming::Article { document, article: Box::new(stored.article) });
                }
                Ok(None) => salvaged.lose(place, "it is missing"),
                Err(error) => salvaged.lose(place, error),
            }
        }
        read
    }

    fn version_numbers(&self, key: u64) -> Result<Vec<u32>> {
        let connection = self.lock();
        let sql = "SELECT version FROM articles WHERE key = ?1 UNION SELECT version FROM versions WHERE key = ?1 \
                   AND NOT EXISTS (SELECT 1 FROM versions WHERE key = ?1 AND standing = 'deleted') ORDER BY 1";
        self.run(|| cached(&connection, sql)?.query_map([key.cast_signed()], |row| row.get(0))?.collect())
    }
}

/// A document for an article whose original is lost.
fn stand_in(stored: &Stored, path: &Path) -> Document {
    let text = stored.article.text.clone();
    Document {
        origin: Origin::file(path.to_string_lossy()).at(stored.key),
        media: MediaType::Text,
        raw: text.clone().into_bytes(),
        payload: Some(Payload { kind: PayloadKind::PlainText, text }),
        claims: Vec::new(),
        fetched: stored.article.fetched.as_ref().and_then(|fetched| fetched.instant),
        notes: vec![Note("the original was lost by damage to the corpus; this is the cleaned text".to_owned())],
    }
}
