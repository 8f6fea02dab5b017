//! Cleaning what is stored once more, with today's rules; nothing is read from outside the corpus.

use std::path::Path;
use std::sync::atomic::Ordering;

use super::{Options, clean_options};
use crate::clean;
use crate::corpus::{Corpus, Stored, Writer, same_content};
use crate::error::Result;
use crate::index::Index;
use crate::model::{Article, Rejection, Revision};
use crate::search;

/// Articles cleaned and, if so wanted, stored at a time.
const BATCH: usize = 512;

/// What today's rules make of a stored article.
#[derive(Debug)]
pub enum Recleaned<'a> {
    /// Another text, other metadata, or other removed spans.
    Changed(&'a Article),
    /// Nothing any more: the document would be refused today.
    Refused(&'a Rejection),
}

/// The counts of a run over all that is stored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecleanReport {
    /// Articles cleaned again.
    pub seen: u64,
    /// Of these, those that come out otherwise.
    pub changed: u64,
    /// Of these, those that are refused now.
    pub refused: u64,
    /// The revision after it; that before where nothing was applied.
    pub revision: Revision,
    /// Whether the run was stopped before the end.
    pub stopped: bool,
}

/// Cleans the document of every stored article again and tells `on_change` what comes out otherwise, in order of key.
/// With `apply` it becomes the new version of its article (the old one is kept), and an article that is refused now
/// is taken out (its versions and its original stay in the database). Ids stay. Time is for each article when it was
/// got, so that the run gives the same whenever it is made.
///
/// # Errors
/// There is no corpus; with `apply`, another process writes to it.
pub fn reclean(
    home: &Path,
    options: &Options,
    apply: bool,
    on_change: &mut dyn FnMut(&Stored, Recleaned<'_>),
) -> Result<RecleanReport> {
    // Looked for first: a writer would make a corpus where there is none.
    let reader = Corpus::open(home)?;
    let rules = clean_options(options, Some(&reader))?;
    let mut writer = if apply { Some(Writer::open(home, "newsdex clean --all --apply")?) } else { None };
    let mut report = RecleanReport { revision: reader.revision()?, ..RecleanReport::default() };
    let mut after = 0;
    loop {
        let stored = reader.articles_after(after, BATCH)?;
        let Some(last) = stored.last() else { break };
        after = last.key;
        if options.stop.as_ref().is_some_and(|stop| stop.load(Ordering::Relaxed)) {
            report.stopped = true;
            break;
        }
        let results = clean_again(&reader, &stored, &rules, options.threads)?;
        let mut replace = Vec::new();
        for (stored, result) in stored.iter().zip(results) {
            report.seen += 1;
            match result {
                Ok(article) if same_content(&stored.article, &article) && stored.article.removed == article.removed => {
                }
                Ok(article) => {
                    report.changed += 1;
                    on_change(stored, Recleaned::Changed(&article));
                    replace.push((stored.key, Some(article)));
                }
                Err(rejection) => {
                    report.refused += 1;
                    on_change(stored, Recleaned::Refused(&rejection));
                    replace.push((stored.key, None));
                }
            }
        }
        if let Some(writer) = writer.as_mut().filter(|_| !replace.is_empty()) {
            writer.replace(replace)?;
            report.revision = writer.revision()?;
        }
    }
    if let Some(writer) = writer {
        let opened = Index::open(&super::feed::folder(home))?;
        search::catch_up(&writer, &opened.index, options.memory / 2, None)?;
        writer.tidy()?;
    }
    Ok(report)
}

/// Cleans on all cores; the results in the order of `stored`.
fn clean_again(
    corpus: &Corpus,
    stored: &[Stored],
    rules: &clean::Options,
    threads: usize,
) -> Result<Vec<Result<Article, Rejection>>> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = if threads == 0 { cores } else { threads }.clamp(1, 64);
    let share = stored.len().div_ceil(threads).max(1);
    let parts: Vec<Result<Vec<_>>> = std::thread::scope(|scope| {
        let started: Vec<_> = stored
            .chunks(share)
            .map(|part| scope.spawn(move || part.iter().map(|stored| clean_one(corpus, stored, rules)).collect()))
            .collect();
        let join = |thread: std::thread::ScopedJoinHandle<'_, _>| match thread.join() {
            Ok(part) => part,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        started.into_iter().map(join).collect()
    });
    let mut all = Vec::with_capacity(stored.len());
    for part in parts {
        all.extend(part?);
    }
    Ok(all)
}

fn clean_one(corpus: &Corpus, stored: &Stored, rules: &clean::Options) -> Result<Result<Article, Rejection>> {
    let document = corpus.document(stored.key, stored.version)?.ok_or_else(|| {
        let what = format!("article `{}` is gone", stored.article.id);
        crate::error::Error::new(crate::error::ErrorKind::NotFound, what).at(corpus.path())
    })?;
    let got = stored.article.fetched.as_ref().and_then(|fetched| fetched.instant);
    let rules = clean::Options { now: got, ..rules.clone() };
    match clean::clean(&document, &rules) {
        Ok(mut article) => {
            article.id = stored.article.id.clone();
            corpus.still_withdrawn(&stored.article, article).map(Ok)
        }
        Err(rejection) => Ok(Err(rejection)),
    }
}
