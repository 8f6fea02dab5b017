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
        // The view opened last is of this revision or, where another process writes just now, of a later one.
        let revision = index.revision()?;
        corpus.each_superseded(&as_of, revision, &mut |then| {
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
            writer.commit(revision)?;
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
                    let stored = corpus.in_force(key, &as_of, revision)?;
                    Ok(stored.is_some())
                }
            }
        };
        let reader = index.reader_with(&mut keep, beside.as_ref())?;
        Ok((reader, Self { as_of, superseded, _folder: folder }))
    }
}

impl Morgue {
    /// The article in row `key` as this view shows it: the version that was its newest at the revision searched, or the
    /// one in force at the moment asked for. What was written later does not count, even where the index cannot follow.
    pub(super) fn article(&self, key: u64) -> Result<Option<Stored>> {
        let revision = self.reader.revision();
        match &self.past {
            // Only where somebody wrote since, the version of then is looked for: the way through all versions is long.
            None => match self.corpus.article(key)? {
                Some(newest) if newest.revision <= revision => Ok(Some(newest)),
                _ => self.corpus.newest_at(key, revision),
            },
            Some(past) => match past.superseded.get(&key) {
                Some(version) => self.corpus.article_version(key, *version),
                None => self.corpus.in_force(key, &past.as_of, revision),
            },
        }
    }

    /// The moment of the past that this view shows; `None` for the newest versions.
    pub fn as_of(&self) -> Option<AsOf> {
        self.past.as_ref().map(|past| past.as_of)
    }
}
