//! Brings the index up to the corpus.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::OpenOptions;
use crate::corpus::{Change, Corpus};
use crate::error::{Error, ErrorKind, Result};
use crate::index::{Index, Opened, Reader};
use crate::model::Revision;

/// How far catching up has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Articles indexed so far.
    pub articles: u64,
    /// The revision they stand in.
    pub revision: Revision,
    /// The revision to reach.
    pub target: Revision,
}

/// Between two revisions, so many articles are committed together: a kill costs no more than their time.
const BATCH: u64 = 50_000;

/// Where the index of `home` stands.
pub(super) fn index_in(home: &Path) -> PathBuf {
    home.join("index")
}

/// What a person should know of the opening of an index.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// It was made again.
    pub(super) made: Option<String>,
    /// It could not be brought up to the corpus.
    pub(super) behind: Option<String>,
    /// Where it was made for this view alone, as it can be written nowhere else.
    pub(super) folder: Option<TempDir>,
}

/// Opens the index and catches up as `options` say; what was or could not be done is said. With it comes what it holds,
/// where that was opened on the way and nothing came after.
pub(super) fn open_index(
    home: &Path,
    corpus: &Corpus,
    options: &OpenOptions,
    said: &mut Said,
) -> Result<(Index, Option<Reader>)> {
    let dir = index_in(home);
    let mut as_is = Index::open_as_is(&dir);
    // Asked after the index: another process may be writing both, and does the corpus first.
    let target = corpus.revision()?;
    if let Ok(Some(opened)) = &as_is
        && let Some(fault) = miscounted(corpus, opened, target)?
    {
        as_is = Err(Error::new(ErrorKind::Index, fault));
    }
    let revision = match &as_is {
        Ok(Some(opened)) => opened.revision,
        _ => Revision(0),
    };
    if revision > target {
        // The corpus was put back to an older state: what the index holds is not what the corpus does.
        said.made = Some("the index was ahead of the corpus and is made again".to_owned());
        let index = Index::create(&dir)?;
        catch_up(corpus, &index, options.memory, options.progress)?;
        return Ok((index, None));
    }
    let (index, reader) = match as_is {
        Ok(Some(opened)) => (opened.index, opened.reader),
        // What is missing or damaged is made again even where catching up was not asked for: there is nothing else to search.
        other => {
            let reason = other.err().map_or_else(|| "it was missing".to_owned(), |error| error.to_string());
            let index = match Index::create(&dir) {
                Err(error)
                    if matches!(error.kind(), ErrorKind::Io | ErrorKind::Index | ErrorKind::IndexVersion)
                        && target > Revision(0) =>
                {
                    return Ok((for_this_view(corpus, options, said, &error)?, None));
                }
                created => created?,
            };
            if target > Revision(0) {
                said.made = Some(format!("the index is made again from the corpus: {reason}"));
                catch_up(corpus, &index, options.memory, options.progress)?;
            }
            return Ok((index, None));
        }
    };
    if revision == target {
        return Ok((index, Some(reader)));
    }
    let behind = |why: &str| {
        let steps = steps(target.0 - revision.0);
        Some(format!("the index is {steps} behind the corpus{why}: the answers are those of revision {revision}"))
    };
    if !options.catch_up {
        said.behind = behind("");
        return Ok((index, Some(reader)));
    }
    match catch_up(corpus, &index, options.memory, options.progress) {
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::Locked => {
            said.behind = behind(", and another process is bringing it up");
        }
        Err(error) if matches!(error.kind(), ErrorKind::Io | ErrorKind::DiskFull) => {
            said.behind = behind(&format!(" and cannot be written ({error})"));
        }
        Err(error) => return Err(error),
    }
    Ok((index, None))
}

/// An index in a temporary folder: of a home that can be read and not written, and has none that can be read.
fn for_this_view(corpus: &Corpus, options: &OpenOptions, said: &mut Said, why: &Error) -> Result<Index> {
    let folder = tempfile::Builder::new().prefix("newsdex-index-").tempdir();
    let folder = folder.map_err(|e| Error::io("a temporary folder", e))?;
    let index = Index::create(folder.path())?;
    said.made = Some(format!("the index is made for this command alone, in a temporary folder: {why}"));
    catch_up(corpus, &index, options.memory, options.progress)?;
    said.folder = Some(folder);
    Ok(index)
}

/// How the index of a home stands, looked at without changing anything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IndexStanding {
    /// What is damaged.
    pub faults: Vec<String>,
    /// What a person should know, and what it means.
    pub notes: Vec<String>,
}

/// Looks at the index of `home`: is every file as it was written, and has it reached the corpus?
///
/// # Errors
/// The corpus cannot be read.
pub fn index_standing(home: &Path, corpus: &Corpus) -> Result<IndexStanding> {
    let mut standing = IndexStanding::default();
    let as_is = Index::open_as_is(&index_in(home));
    // Asked after the index, as in `open_index`.
    let target = corpus.revision()?;
    let opened = match as_is {
        Ok(Some(opened)) => opened,
        Ok(None) if target == Revision(0) => return Ok(standing),
        Ok(None) => {
            standing.notes.push("there is no index: the next search makes it from the corpus".to_owned());
            return Ok(standing);
        }
        Err(error) if error.kind() == ErrorKind::IndexVersion => {
            standing.notes.push(format!("{error}: the next search or ingest makes it again from the corpus"));
            return Ok(standing);
        }
        Err(error) => {
            standing.faults.push(error.to_string());
            return Ok(standing);
        }
    };
    match opened.index.verify() {
        Ok(faults) => standing.faults = faults,
        Err(error) => standing.faults.push(error.to_string()),
    }
    if opened.revision > target {
        standing.notes.push(
            "the index is ahead of the corpus, as after the corpus was put back to an older state: the next search makes it \
             again"
                .to_owned(),
        );
    } else if opened.revision < target {
        standing.notes.push(format!(
            "the index is {} behind the corpus, as while an ingest runs or after it was killed: nothing is lost, the next \
             search or ingest brings it up",
            steps(target.0 - opened.revision.0)
        ));
    } else if standing.faults.is_empty() {
        standing.faults.extend(miscounted(corpus, &opened, target)?);
    }
    Ok(standing)
}

/// Where the index has reached the corpus and has more articles or fewer, what is wrong. tantivy's list of an index's
/// parts has no checksum, so a part that is missing from it, or is in it twice, shows only in their sum.
fn miscounted(corpus: &Corpus, opened: &Opened, target: Revision) -> Result<Option<String>> {
    let differs = |kept: u64| opened.revision == target && kept != opened.articles;
    // Counting takes long in a large corpus, and a counter that is wrong itself must not cost an index at each opening.
    if !differs(corpus.articles()?) || corpus.revision()? != target {
        return Ok(None);
    }
    let kept = corpus.count_articles()?;
    // While it was counted somebody may have written.
    let fault = differs(kept) && corpus.revision()? == target;
    Ok(fault.then(|| format!("it has {} articles where the corpus has {kept}", opened.articles)))
}

fn steps(number: u64) -> String {
    format!("{number} {}", if number == 1 { "revision" } else { "revisions" })
}

/// Puts all that changed in the corpus since the index's revision into `index`; returns the revision reached. With
/// nothing to do, nothing is opened for writing.
///
/// # Errors
/// Another process writes to the index; the disk is full; the corpus is damaged.
pub fn catch_up(
    corpus: &Corpus,
    index: &Index,
    memory: usize,
    progress: Option<&dyn Fn(Progress)>,
) -> Result<Revision> {
    if index.revision()? >= corpus.revision()? {
        return index.revision();
    }
    let mut writer = index.writer(memory)?;
    // Read again under the writer's lock: somebody may have caught up while we waited for it.
    let since = index.revision()?;
    let target = corpus.revision()?;
    let mut failed: Option<Error> = None;
    let (mut articles, mut waiting, mut at) = (0, 0, since);
    // Articles that changed since the last commit and again later: what is committed between holds them as they were then.
    let mut between: HashSet<u64> = HashSet::new();
    let reached = corpus.changes_since(since, &mut |change| {
        let done = (|| {
            let revision = change.revision();
            if revision > at {
                // All of the revisions before this one has been put.
                if waiting >= BATCH {
                    let reached = Revision(revision.0 - 1);
                    for key in between.drain() {
                        if let Some(then) = corpus.newest_at(key, reached)? {
                            writer.put(key, &then.article)?;
                        }
                    }
                    writer.commit(reached)?;
                    waiting = 0;
                }
                at = revision;
            }
            match change {
                Change::Put(stored) => {
                    between.remove(&stored.key);
                    writer.put(stored.key, &stored.article)?;
                }
                Change::Deleted { key, .. } => {
                    between.remove(&key);
                    writer.delete(key)?;
                }
                Change::Later { key, .. } => {
                    between.insert(key);
                    waiting += 1;
                    return Ok(());
                }
            }
            articles += 1;
            waiting += 1;
            if articles % 512 == 0
                && let Some(progress) = progress
            {
                progress(Progress { articles, revision: at, target });
            }
            Ok(())
        })();
        match done {
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
    writer.finish()?;
    if let Some(progress) = progress {
        progress(Progress { articles, revision: reached, target });
    }
    Ok(reached)
}

/// Makes the index of `home` again from its corpus; returns the revision reached.
///
/// # Errors
/// There is no corpus; another process writes to the index; the disk is full.
pub fn rebuild(home: &Path, memory: usize, progress: Option<&dyn Fn(Progress)>) -> Result<Revision> {
    let corpus = Corpus::open(home)?;
    let index = Index::create(&index_in(home))?;
    catch_up(&corpus, &index, memory, progress)
}
