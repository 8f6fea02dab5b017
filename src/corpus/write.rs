//! The writer: what happens to a document that comes in, in one transaction a batch.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Deref;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

use rusqlite::Connection;

use super::lock::WriterLock;
use super::pack::{Dictionaries, Packed, PackedArticle, Packer};
use super::store::Batch;
use super::{Corpus, Stored, identity, schema, store, withdrawn};
use crate::error::{Error, Result};
use crate::model::{Article, Document, Rejection, Revision};

/// A document on its way into the corpus.
#[derive(Debug, Clone, PartialEq)]
pub enum Incoming {
    /// Cleaned.
    Article {
        /// The original.
        document: Document,
        /// What cleaning made of it.
        article: Box<Article>,
    },
    /// Refused. It is listed always, and its original kept where it is given.
    Refused {
        /// The original, to keep it.
        document: Option<Document>,
        /// Why it was refused.
        rejection: Rejection,
    },
}

/// What became of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// A new article.
    Added {
        /// Its key.
        key: u64,
    },
    /// A new version of a known article.
    Updated {
        /// Its key.
        key: u64,
        /// The number of the new version.
        version: u32,
    },
    /// Known before this run, and nothing is different: nothing was written.
    Unchanged {
        /// Its key.
        key: u64,
    },
    /// Another copy of an article that this run has brought already (nothing was written), or an excerpt or an older
    /// text of one that is here in full (kept among its versions, without taking the place of the newest).
    Duplicate {
        /// The key of the article it is a copy of.
        of: u64,
    },
    /// Refused, and listed.
    Rejected,
}

/// Steps from an id that articles share to one that is an article's own.
const MOST_APART: usize = 4;

/// The one writer of a corpus. Reads as a [`Corpus`] does; dropping it gives the lock back.
#[derive(Debug)]
pub struct Writer {
    corpus: Corpus,
    // After the corpus: the database is closed before the lock is given back.
    _lock: WriterLock,
    pub(super) packer: Packer,
    /// The revision when this writer began: what was written later is of this run.
    began: Revision,
    /// Whether what comes in are versions of another corpus, which are told apart by their ids alone.
    pub(super) as_stored: bool,
    /// Whether articles changed of which no outcome tells.
    pub(super) beyond: AtomicBool,
}

impl Deref for Writer {
    type Target = Corpus;

    fn deref(&self) -> &Corpus {
        &self.corpus
    }
}

impl Writer {
    /// Opens the corpus of the folder `home` for writing and makes it where there is none. `task` is what a second
    /// writer is told, such as `newsdex ingest`.
    ///
    /// # Errors
    /// `Locked` while another writer is open, naming it; `CorpusVersion`, `CorpusDamaged` as for reading.
    pub fn open(home: &Path, task: &str) -> Result<Self> {
        let path = Corpus::path_in(home);
        let folder = path.parent().unwrap_or(home);
        std::fs::create_dir_all(folder).map_err(|error| Error::io(folder, error))?;
        let lock = WriterLock::take(folder, task)?;
        let connection = schema::open_to_write(&path)?;
        let corpus = Corpus { path, connection: Mutex::new(connection), dictionaries: Dictionaries::default() };
        let began = corpus.revision()?;
        let packer = corpus.make_packer()?;
        Ok(Self { corpus, _lock: lock, packer, began, as_stored: false, beyond: AtomicBool::new(false) })
    }

    /// What follows counts as another run, of versions that another corpus held: what is there now was there before it.
    pub(super) fn begin_again(&mut self) -> Result<()> {
        self.as_stored = true;
        self.began = self.corpus.revision()?;
        Ok(())
    }

    /// Compresses documents and articles for [`Writer::put_packed`], in any thread. A writer that has learned a new
    /// dictionary hands out another packer; older ones stay good.
    pub fn packer(&self) -> Packer {
        self.packer.clone()
    }

    /// Packs and stores a batch: [`Writer::put_packed`] in one step.
    pub fn put(&mut self, batch: Vec<Incoming>) -> Result<Vec<Outcome>> {
        let mut packed = self.packer.pack(batch);
        self.put_packed(&mut packed)
    }

    /// Stores a batch in one transaction, and says what became of each document, in their order. When it returns,
    /// the batch is on the disk and survives a kill and a power cut; on an error none of it is stored. The revision
    /// rises by one if anything was written, else not at all.
    ///
    /// Two articles of one file that claim the same address or guid and are plainly not the same (another guid, or
    /// another title or day over another text) are kept apart: the later one gets an id of its own, also in `batch`.
    pub fn put_packed(&mut self, batch: &mut [Packed]) -> Result<Vec<Outcome>> {
        self.learn(batch)?;
        self.in_transaction(|writer, connection| {
            let mut open = Batch::begin(writer, connection)?;
            let outcomes: Result<Vec<Outcome>> =
                batch.iter_mut().map(|packed| writer.store(&mut open, packed)).collect();
            let outcomes = outcomes?;
            open.end()?;
            Ok(outcomes)
        })
    }

    /// Puts what today's rules make of an article in the place of its newest version, which is kept; the original
    /// stays what it was. `None` takes the article out: its versions and its original stay in the database.
    /// All in one transaction; the keys of the outcomes are those given.
    pub fn replace(&mut self, articles: Vec<(u64, Option<Article>)>) -> Result<Vec<Outcome>> {
        let packer = self.packer.clone();
        self.in_transaction(|writer, connection| {
            let mut open = Batch::begin(writer, connection)?;
            let mut outcomes = Vec::with_capacity(articles.len());
            for (key, article) in articles {
                let Some(stored) = open.by_key(key)? else {
                    return Err(writer.not_found(format!("there is no article with the key `{key}`")));
                };
                outcomes.push(match article {
                    Some(article) => {
                        let packed = packer.pack_article(article);
                        let document = stored.document;
                        let version = open.update(&stored.stored, &packed, document)?;
                        Outcome::Updated { key, version }
                    }
                    None => {
                        open.delete(&stored.stored)?;
                        Outcome::Rejected
                    }
                });
            }
            open.end()?;
            Ok(outcomes)
        })
    }

    /// Cuts the log beside the database, where no reader needs it any more. Never needed, makes the folder tidy.
    pub fn tidy(&self) -> Result<()> {
        let connection = self.lock();
        self.run(|| connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())))
    }

    /// One document.
    fn store(&self, open: &mut Batch<'_>, packed: &mut Packed) -> Result<Outcome> {
        let article = match &mut packed.outcome {
            Ok(article) => article,
            Err(rejection) => return open.reject(&packed.document, rejection),
        };
        let document = &packed.document;
        if let Some(id) = identity::listed_id(&article.article).filter(|_| !self.as_stored)
            && let Some(known) = open.known(id)?
            && identity::is_shown_by(&known.stored.article, &article.article)
        {
            return Ok(self.again(&known.stored));
        }
        let mut found = open.known(article.article.id.as_str())?;
        let mut corrected = false;
        if found.is_none()
            && !self.as_stored
            && identity::is_nameless(&article.article)
            && let Some(before) = open.replaced(document)?
            && before.stored.revision <= self.began
            && identity::is_corrected(&before.stored.article, &article.article)
        {
            article.article.id = before.stored.article.id.clone();
            corrected = true;
            found = Some(before);
        }
        let Some(mut known) = found else {
            if withdrawn::is_bare(&article.article) {
                return self.await_withdrawn(open, packed);
            }
            return self.add_or_withdraw(open, packed);
        };
        // By guid or title first, then by day.
        let steps = if corrected { 0 } else { MOST_APART };
        for _ in 0..steps {
            let Some(own) = identity::own_id(&known.stored.article, &article.article) else { break };
            match open.known(own.as_str())? {
                Some(other) => {
                    known = other;
                    article.article.id = own;
                }
                None if self.distinct(open, &known, document, article)? => {
                    article.article.id = own;
                    if withdrawn::is_bare(&article.article) {
                        return self.await_withdrawn(open, packed);
                    }
                    return self.add_or_withdraw(open, packed);
                }
                None => break,
            }
        }
        if withdrawn::is_bare(&article.article) {
            let cancelled = identity::cancelled(&known.stored.article, &article.article);
            packed.become_of(&self.packer, Ok(cancelled));
        }
        let document = &packed.document;
        let Ok(article) = &packed.outcome else { return Ok(Outcome::Rejected) };
        let key = known.stored.key;
        if identity::same(&known.stored.article, &article.article) {
            return Ok(self.again(&known.stored));
        }
        let newest_fetched = open.fetched(known.document)?;
        let later = matches!((document.fetched, newest_fetched), (Some(new), Some(old)) if new > old);
        let earlier = matches!((document.fetched, newest_fetched), (Some(new), Some(old)) if new < old);
        let seen = open.other_versions(key)?.iter().any(|other| identity::same(&other.article, &article.article));
        if seen && !later {
            return Ok(self.again(&known.stored));
        }
        let standing = if identity::is_excerpt(&known.stored.article, &article.article) {
            Some("excerpt")
        } else if earlier || !corrected && identity::is_older(&known.stored.article, &article.article) {
            Some("late")
        } else {
            None
        };
        if let Some(standing) = standing {
            open.keep_beside(key, article, document, standing)?;
            return Ok(Outcome::Duplicate { of: key });
        }
        let original = open.next_document();
        let version = open.update(&known.stored, article, original)?;
        open.add_document(document, original, Some((key, version)))?;
        self.withdraw_parts(open, packed)?;
        Ok(Outcome::Updated { key, version })
    }

    /// Nothing new: a copy within this run, or known from before.
    fn again(&self, known: &Stored) -> Outcome {
        if known.revision > self.began {
            Outcome::Duplicate { of: known.key }
        } else {
            Outcome::Unchanged { key: known.key }
        }
    }

    /// Whether two articles with one id are two articles: they are plainly other stories, or this run read both from one
    /// file, at different places, and their guids differ, their texts have little in common, or only a number with two days
    /// speaks for one. Of a file that came in earlier only the former counts: there an entry with the same id may be the
    /// same article, changed.
    fn distinct(
        &self,
        open: &Batch<'_>,
        known: &Known,
        document: &super::pack::PackedDocument,
        new: &PackedArticle,
    ) -> Result<bool> {
        let (old, new) = (&known.stored.article, &new.article);
        if known.stored.revision <= self.began || !open.same_file(known.document, document)? {
            return Ok(!self.as_stored && identity::other_story(old, new));
        }
        Ok(identity::other_guid(old, new) && !identity::same_page(old, new)
            || identity::loosely_named(old, new)
            || identity::unlike(&old.text, &new.text))
    }

    /// Runs `work` in one write transaction; on an error nothing of it stays.
    pub(super) fn in_transaction<T>(&mut self, work: impl FnOnce(&Self, &Connection) -> Result<T>) -> Result<T> {
        let this = &*self;
        let connection = this.lock();
        this.run(|| connection.execute_batch("BEGIN IMMEDIATE"))?;
        let done = work(this, &connection).and_then(|done| {
            this.run(|| connection.execute_batch("COMMIT"))?;
            Ok(done)
        });
        if done.is_err() && !connection.is_autocommit() {
            // The first error is the one to report; SQLite rolls back by itself when this fails as well.
            let _ = connection.execute_batch("ROLLBACK");
        }
        done
    }
}

/// An article as found while a batch is written.
pub(super) struct Known {
    pub(super) stored: Stored,
    /// The number of its original.
    pub(super) document: i64,
}

/// How the counts of one outlet move in a batch.
#[derive(Default)]
pub(super) struct SourceTally {
    pub(super) articles: i64,
    pub(super) first: Option<String>,
    pub(super) last: Option<String>,
}

/// What a batch adds to the counters.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) facts: HashMap<Cow<'static, str>, i64>,
    pub(super) sources: HashMap<String, SourceTally>,
}

impl Corpus {
    /// What [`Writer::put_packed`] would do with a document, as far as the corpus as it stands tells. Keys and
    /// version numbers of what is not stored yet are 0.
    pub fn foresee(&self, packed: &Packed) -> Result<Outcome> {
        let Ok(new) = &packed.outcome else { return Ok(Outcome::Rejected) };
        let by_id = |id: &str| -> Result<Option<Stored>> {
            let key = self.keys_by_id(id, 1)?.into_iter().find(|(found, _)| found == id);
            key.map_or(Ok(None), |(_, key)| self.article(key))
        };
        if let Some(id) = identity::listed_id(&new.article)
            && let Some(known) = by_id(id)?
            && identity::is_shown_by(&known.article, &new.article)
        {
            return Ok(Outcome::Unchanged { key: known.key });
        }
        let mut found = by_id(new.article.id.as_str())?;
        let mut corrected = false;
        if found.is_none() && identity::is_nameless(&new.article) {
            let key = store::alone(self, &self.lock(), &packed.document)?;
            let before = key.map_or(Ok(None), |key| self.article(key))?;
            found = before.filter(|before| identity::is_corrected(&before.article, &new.article));
            corrected = found.is_some();
        }
        let Some(mut known) = found else {
            let cancels = withdrawn::is_bare(&new.article);
            return Ok(if cancels { Outcome::Rejected } else { Outcome::Added { key: 0 } });
        };
        let steps = if corrected { 0 } else { MOST_APART };
        for _ in 0..steps {
            let Some(own) = identity::own_id(&known.article, &new.article) else { break };
            match by_id(own.as_str())? {
                Some(other) => known = other,
                None if identity::other_story(&known.article, &new.article) => {
                    let cancels = withdrawn::is_bare(&new.article);
                    return Ok(if cancels { Outcome::Rejected } else { Outcome::Added { key: 0 } });
                }
                None => break,
            }
        }
        let key = known.key;
        if self.versions(key)?.iter().any(|version| identity::same(&version.article, &new.article)) {
            return Ok(Outcome::Unchanged { key });
        }
        let older = !corrected && identity::is_older(&known.article, &new.article);
        if older || identity::is_excerpt(&known.article, &new.article) {
            return Ok(Outcome::Duplicate { of: key });
        }
        Ok(Outcome::Updated { key, version: 0 })
    }
}
