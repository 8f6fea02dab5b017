//! Searching the corpus as it stood at a moment of the past.
//!
//! An article that was got later is hidden in the index; of one that was got earlier too, the version in force then is
//! put into an index of its own, made for this search in a temporary folder, and both are read as one. So every
//! condition, count, score and order is what it would be had nothing later come in. The time it takes goes with the
//! articles that changed since, not with the corpus.

use std::collections::HashMap;

use tempfile::TempDir;

use super::{Morgue, OpenOptions};
use crate::corpus::{Corpus, Stored};
use crate::error::{Error, Result};
use crate::index::{Index, Reader};
use crate::model::AsOf;

/// A moment, and the index of versions that were in force then and no longer are.
pub(super) struct Past {
    pub(super) as_of: AsOf,
    /// The version that was in force then, of articles that have a later one: found once, as it takes all versions.
    superseded: HashMap<u64, u32>,
    /// Its files are read until it is dropped.
    _folder: Option<TempDir>,
}

impl Past {
    /// A view of `index` as of `as_of`.
    pub(super) fn open(
        corpus: &Corpus,
        index: &Index,
        as_of: AsOf,
        options: &OpenOptions<'_>,
    ) -> Result<(Reader, Self)> {
        let (mut folder, mut superseded) = (None, HashMap::new());
        let mut making: Option<(Index, crate::index::Writer)> = None;
        corpus.each_superseded(&as_of, &mut |then| {
            if making.is_none() {
                let made = tempfile::Builder::new().prefix("newsdex-as-of-").tempdir();
                let made = made.map_err(|e| Error::io("a temporary folder", e))?;
                let beside = Index::create(made.path())?;
                let writer = beside.writer(options.memory)?;
                (folder, making) = (Some(made), Some((beside, writer)));
            }
            superseded.insert(then.key, then.version);
            if let Some((_, writer)) = &mut making {
                writer.put(then.key, &then.article)?;
            }
            Ok(())
        })?;
        let mut beside = None;
        if let Some((made, mut writer)) = making {
            writer.commit(index.revision()?)?;
            writer.finish()?;
            beside = Some(made);
        }
        let mut keep = |key, day| {
            if superseded.contains_key(&key) {
                return Ok(false);
            }
            match as_of.covers_day(day) {
                Some(covered) => Ok(covered),
                None => {
                    let stored = corpus.article(key)?;
                    Ok(stored.is_some_and(|stored| as_of.covers(stored.article.fetched.as_ref())))
                }
            }
        };
        let reader = index.reader_with(&mut keep, beside.as_ref())?;
        Ok((reader, Self { as_of, superseded, _folder: folder }))
    }
}

impl Morgue {
    /// The article in row `key` as this view shows it: its newest version, or the one in force at the moment asked for.
    pub(super) fn article(&self, key: u64) -> Result<Option<Stored>> {
        match &self.past {
            None => self.corpus.article(key),
            Some(past) => match past.superseded.get(&key) {
                Some(version) => self.corpus.article_version(key, *version),
                None => self.corpus.in_force(key, &past.as_of),
            },
        }
    }

    /// The moment of the past that this view shows; `None` for the newest versions.
    pub fn as_of(&self) -> Option<AsOf> {
        self.past.as_ref().map(|past| past.as_of)
    }
}
