//! What answers a query now and did not at an earlier revision.

use std::ops::ControlFlow;

use super::stream::{Entry, Run};
use super::{Morgue, Per, Request};
use crate::corpus::{Change, Stored};
use crate::error::Result;
use crate::model::{Hit, Revision};
use crate::passage::Chooser;

/// Why an article is news to somebody who knows the corpus up to a revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// It was not there, or did not answer as it stood then.
    New,
    /// It answered then too, and has changed since.
    Changed {
        /// The version it had then.
        since: u32,
    },
}

/// Why an article answers no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gone {
    /// It was withdrawn.
    Withdrawn {
        /// The version that did.
        version: u32,
    },
    /// It was changed, and does not answer as it stands now.
    Changed {
        /// The version it has now.
        version: u32,
    },
    /// It was taken out of the corpus.
    Deleted,
}

/// Rows fetched from the index at a time.
const PIECE: usize = 20_000;

impl Morgue {
    /// Gives `each` the hits of `request` that are news since `seen`, in the order asked for; returns how many. An
    /// article that answered then and was only cleaned again since is none. Reads the text of no article that was not
    /// written since.
    ///
    /// # Errors
    /// The index or the corpus is damaged; whatever `each` returns.
    pub fn each_new(
        &self,
        request: &Request,
        seen: Revision,
        each: &mut dyn FnMut(Hit, News) -> Result<()>,
    ) -> Result<u64> {
        let request = Request { per: Per::Article, collapse: false, ..request.clone() };
        let mut run = Run::new(self, &request)?;
        let mut chooser = Chooser::new();
        let (mut after, mut given) = (None, 0);
        loop {
            let found = run.find(PIECE, after)?;
            let Some(last) = found.rows.last() else { return Ok(given) };
            after = Some(*last);
            for row in found.rows {
                if self.corpus.revision_of(row.key)?.is_none_or(|written| written <= seen) {
                    continue;
                }
                let before = self.corpus.newest_at(row.key, seen)?;
                let mut news = News::New;
                if let Some(before) = before
                    && chooser.holds(&before.article, run.prepared())
                    && !before.article.flags.withdrawn
                {
                    let Some(now) = self.article(row.key)? else { continue };
                    if self.corpus.original_of(&before)? == self.corpus.original_of(&now)? {
                        continue;
                    }
                    news = News::Changed { since: before.version };
                }
                for hit in run.hits(&[Entry::from(row)])? {
                    given += 1;
                    each(Hit { rank: given, ..hit }, news)?;
                }
            }
        }
    }

    /// Gives `each` the articles that answered `request` at `seen` and do so no more: as they stood then, and why; returns
    /// how many. What answers of them is not asked of the index, so an embargo that began since is not seen.
    ///
    /// # Errors
    /// The corpus is damaged; whatever `each` returns.
    pub fn each_gone(
        &self,
        request: &Request,
        seen: Revision,
        each: &mut dyn FnMut(&Stored, Gone) -> Result<()>,
    ) -> Result<u64> {
        let run = Run::new(self, request)?;
        let (mut chooser, mut given, mut failed) = (Chooser::new(), 0, Ok(()));
        let searched = self.revision();
        let mut one = |change: Change| -> Result<()> {
            // What was written after the revision searched is told at the next look, which begins there.
            let (key, now) = match change {
                Change::Deleted { key, revision } if revision <= searched => (key, None),
                Change::Put(stored) if stored.revision <= searched => (stored.key, Some(*stored)),
                Change::Deleted { key, .. } => (key, self.corpus.newest_at(key, searched)?),
                Change::Put(stored) => (stored.key, self.corpus.newest_at(stored.key, searched)?),
                // Told where it changed last.
                Change::Later { .. } => return Ok(()),
            };
            let Some(before) = self.corpus.newest_at(key, seen)? else { return Ok(()) };
            if before.article.flags.withdrawn || !chooser.holds(&before.article, run.prepared()) {
                return Ok(());
            }
            let why = match now {
                None => Gone::Deleted,
                Some(now) if now.article.flags.withdrawn => Gone::Withdrawn { version: now.version },
                Some(now) if chooser.holds(&now.article, run.prepared()) => return Ok(()),
                Some(now) => Gone::Changed { version: now.version },
            };
            given += 1;
            each(&before, why)
        };
        self.corpus.altered_since(seen, &mut |change| {
            failed = one(change);
            if failed.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        failed.map(|()| given)
    }
}
