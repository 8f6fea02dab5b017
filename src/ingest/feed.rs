//! The index's end: a thread of its own that puts stored articles into the index and commits now and then.
//!
//! The corpus is on the disk before an article comes here. What the index has not committed when the run is killed
//! is read from the corpus at the next opening, so commits may be rare and the corpus never waits for a merge.

use std::path::{Path, PathBuf};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, bounded};

use crate::corpus::Corpus;
use crate::error::{Error, ErrorKind, Result};
use crate::index::{Index, Writer};
use crate::model::{Article, Revision};
use crate::search;

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
}

impl Feed {
    /// Opens the index of `home`, brings it up to the corpus, and waits for changes. `memory` is for the writer.
    /// `None` when somebody else is writing to the index, a search that catches up for example.
    pub(super) fn start(home: &Path, corpus: &Corpus, memory: usize, notes: &mut Vec<String>) -> Result<Option<Self>> {
        let index = match up_to_date(home, corpus, memory, notes) {
            Err(error) if error.kind() == ErrorKind::Locked => return Ok(None),
            index => index?,
        };
        let writer = match index.writer(memory) {
            Err(error) if error.kind() == ErrorKind::Locked => return Ok(None),
            writer => writer?,
        };
        // One batch waits while another is put in.
        let (changes, queue) = bounded(1);
        let thread = thread::Builder::new().name("index".to_owned()).spawn(move || put_all(writer, &queue));
        let thread = thread.map_err(|error| Error::io(folder(home), error))?;
        Ok(Some(Self { changes, thread }))
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

/// Nobody else may write to the corpus now, so who writes to the index is a search that catches up, and most are done soon.
const PATIENCE: Duration = Duration::from_secs(3);

/// The index of `home` as of the corpus.
///
/// # Errors
/// `Locked` when another process writes to it.
pub(super) fn up_to_date(home: &Path, corpus: &Corpus, memory: usize, notes: &mut Vec<String>) -> Result<Index> {
    let target = corpus.revision()?;
    let opened = Index::open(&folder(home))?;
    // A missing index of an empty corpus is nothing to speak of.
    if let Some(why) = opened.rebuilt.filter(|_| target.0 > 0) {
        notes.push(format!("the index is made again from the corpus: {why}"));
    }
    let index = if opened.revision > target {
        notes.push("the index was ahead of the corpus and is made again".to_owned());
        Index::create(&folder(home))?
    } else {
        opened.index
    };
    let index = index.with_patience(PATIENCE);
    search::catch_up(corpus, &index, memory, None)?;
    Ok(index)
}
