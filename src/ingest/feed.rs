//! The index's end: a thread of its own that puts stored articles into the index and commits now and then.
//!
//! The corpus is on the disk before an article comes here. What the index has not committed when the run is killed
//! is read from the corpus at the next opening, so commits may be rare and the corpus never waits for a merge.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::thread::{self, JoinHandle};

use crossbeam_channel::{Receiver, Sender, bounded};

use crate::corpus::{Change, Corpus};
use crate::error::{Error, ErrorKind, Result};
use crate::index::{Index, Writer};
use crate::model::{Article, Revision};

/// The index commits after so many bytes of text: a commit makes small segments, which must be merged later.
const COMMIT_BYTES: usize = 256 << 20;

/// The folder of the index in a home.
pub(super) fn folder(home: &Path) -> PathBuf {
    home.join("index")
}

/// What one batch of the corpus means for the index.
pub(super) struct Changed {
    pub(super) revision: Revision,
    pub(super) articles: Vec<(u64, Article)>,
}

/// The thread, and the way to it.
pub(super) struct Feed {
    changes: Sender<Changed>,
    thread: JoinHandle<Result<()>>,
    /// Why the index was made anew, if it was.
    pub(super) rebuilt: Option<String>,
}

impl Feed {
    /// Opens the index of `home`, brings it up to the corpus, and waits for changes. `memory` is for the writer.
    pub(super) fn start(home: &Path, corpus: &Corpus, memory: usize) -> Result<Self> {
        let opened = Index::open(&folder(home))?;
        let mut writer = opened.index.writer(memory)?;
        if opened.revision < corpus.revision()? {
            catch_up(&mut writer, corpus, opened.revision, &mut |_| {})?;
        } else if opened.revision > corpus.revision()? {
            // The corpus was put back from a copy that is older than the index.
            drop(writer);
            writer = Index::create(&folder(home))?.writer(memory)?;
            catch_up(&mut writer, corpus, Revision(0), &mut |_| {})?;
        }
        // One batch waits while another is put in.
        let (changes, queue) = bounded(1);
        let thread = thread::Builder::new().name("index".to_owned()).spawn(move || put_all(writer, &queue));
        let thread = thread.map_err(|error| Error::io(folder(home), error))?;
        // An index that was missing on an empty corpus is nothing to speak of.
        let rebuilt = opened.rebuilt.filter(|_| corpus.revision().is_ok_and(|revision| revision.0 > 0));
        Ok(Self { changes, thread, rebuilt })
    }

    /// Hands over what a batch changed; waits while the index is behind. `false` when the thread has failed:
    /// [`Feed::finish`] says why.
    pub(super) fn put(&self, changed: Changed) -> bool {
        self.changes.send(changed).is_ok()
    }

    /// Commits what is left and ends the thread.
    pub(super) fn finish(self) -> Result<()> {
        drop(self.changes);
        self.thread.join().unwrap_or_else(|_| Err(Error::new(ErrorKind::Index, "the indexing thread failed")))
    }
}

fn put_all(mut writer: Writer, queue: &Receiver<Changed>) -> Result<()> {
    let mut bytes = 0;
    let mut reached = None;
    for changed in queue {
        for (key, article) in &changed.articles {
            bytes += article.text.len();
            writer.put(*key, article)?;
        }
        reached = Some(changed.revision);
        if bytes >= COMMIT_BYTES {
            writer.commit(changed.revision)?;
            (bytes, reached) = (0, None);
        }
    }
    if let Some(revision) = reached {
        writer.commit(revision)?;
    }
    writer.finish()
}

/// Puts everything that changed after `since` into the index and commits. `progress` is told how many articles.
pub(super) fn catch_up(
    writer: &mut Writer,
    corpus: &Corpus,
    since: Revision,
    progress: &mut dyn FnMut(u64),
) -> Result<Revision> {
    let mut done = 0;
    let mut failed = None;
    let reached = corpus.changes_since(since, &mut |change| {
        let put = match &change {
            Change::Put(stored) => writer.put(stored.key, &stored.article),
            Change::Deleted { key, .. } => writer.delete(*key),
        };
        done += 1;
        if done % 1000 == 0 {
            progress(done);
        }
        match put {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failed = Some(error);
                ControlFlow::Break(())
            }
        }
    })?;
    if let Some(error) = failed {
        return Err(error);
    }
    writer.commit(reached)?;
    progress(done);
    Ok(reached)
}
