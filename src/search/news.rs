//! What answers a query now and did not at an earlier revision.

use std::ops::ControlFlow;

use jiff::Timestamp;

use super::stream::{Entry, Run};
use super::{Morgue, Per, Request};
use crate::corpus::{Change, Stored};
use crate::error::Result;
use crate::model::{Article, Hit, Revision};
use crate::passage::Chooser;

/// Why an article is news to somebody who knows the corpus up to a revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// It was not there, or did not answer as it stood then.
    New,
    /// It was there, and under an embargo.
    Released {
        /// When that ended.
        until: Timestamp,
    },
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

/// What somebody knows of a corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// It was looked at as it stood at this revision.
    pub revision: Revision,
    /// When it was looked at: what was under an embargo then was not seen. `None` where that is not known; then no
    /// embargo counts.
    pub at: Option<Timestamp>,
}

impl Seen {
    /// Whether an article was under an embargo when it was looked at.
    fn embargoed(&self, article: &Article) -> bool {
        // As the index has it: by whole seconds.
        let until = article.embargo.map(|until| until.as_second());
        until.is_some_and(|until| self.at.is_some_and(|at| until > at.as_second()))
    }
}

/// Rows fetched from the index at a time.
const PIECE: usize = 20_000;

impl Morgue {
    /// Gives `each` the hits of `request` that are news since `seen`, in the order asked for; returns how many. An
    /// article whose embargo ended since is news; one that answered then and was only cleaned again since is none. Reads
    /// the text of no other article than of those written or released since.
    ///
    /// # Errors
    /// The index or the corpus is damaged; whatever `each` returns.
    pub fn each_new(
        &self,
        request: &Request,
        seen: Seen,
        each: &mut dyn FnMut(Hit, News) -> Result<()>,
    ) -> Result<u64> {
        let request = Request { per: Per::Article, collapse: false, ..request.clone() };
        let mut run = Run::new(self, &request)?;
        let mut chooser = Chooser::new();
        let (mut after, mut given) = (None, 0);
        let released = seen.at.map(|at| self.reader.released(at, request.now)).unwrap_or_default();
        loop {
            let found = run.find(PIECE, after)?;
            let Some(last) = found.rows.last() else { return Ok(given) };
            after = Some(*last);
            for row in found.rows {
                let written = self.corpus.revision_of(row.key)?.is_some_and(|written| written > seen.revision);
                if !written && !released.contains(&row.key) {
                    continue;
                }
                let before = self.corpus.newest_at(row.key, seen.revision)?;
                let mut news = News::New;
                if let Some(before) = before
                    && chooser.holds(&before.article, run.prepared())
                    && !before.article.flags.withdrawn
                {
                    if let Some(until) = before.article.embargo.filter(|_| seen.embargoed(&before.article)) {
                        news = News::Released { until };
                    } else {
                        let Some(now) = self.article(row.key)? else { continue };
                        if self.corpus.original_of(&before)? == self.corpus.original_of(&now)? {
                            continue;
                        }
                        news = News::Changed { since: before.version };
                    }
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
        seen: Seen,
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
            let Some(before) = self.corpus.newest_at(key, seen.revision)? else { return Ok(()) };
            let hidden = before.article.flags.withdrawn || seen.embargoed(&before.article);
            if hidden || !chooser.holds(&before.article, run.prepared()) {
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
        self.corpus.altered_since(seen.revision, &mut |change| {
            failed = one(change);
            if failed.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        failed.map(|()| given)
    }
}
