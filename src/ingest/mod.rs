//! Joins reading, cleaning, storing and indexing: all their control flow, counting and reporting.
//!
//! One thread reads files into documents, the others clean and compress them, the caller's thread stores them in the
//! order they were read (so that outcomes do not depend on the number of threads), and one feeds the index. What is
//! on the way between them is bounded by bytes: a slow disk makes the reader wait. A batch is one transaction of the
//! corpus. The index follows; where it lags behind at a kill it catches up by revision when it is next opened.

mod dry;
mod feed;
mod flow;
mod lists;
mod reader;
mod reclean;
mod report;
mod store;
mod workers;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use jiff::Timestamp;

use crate::corpus::{Corpus, LearnedRule};
use crate::error::Result;
use crate::{clean, source};

pub use lists::{ImportReport, Refused, import};
pub use reclean::{RecleanReport, Recleaned, reclean};
pub use report::{Became, Event, Report};

/// How to ingest.
#[derive(Debug, Clone)]
pub struct Options {
    /// Find, read and clean, and say what would be stored; write nothing, not even a folder.
    pub dry_run: bool,
    /// Threads that clean; 0 for as many as there are cores.
    pub threads: usize,
    /// Bytes that documents on the way and the index writer may take together, about. What the largest document
    /// needs comes on top.
    pub memory: usize,
    /// Bytes that a batch may take: a batch is one transaction, which costs a sync of the disk and is lost as a whole
    /// at a kill (nothing of it has been reported then).
    pub batch: usize,
    /// Keep the originals of refused documents too.
    pub keep_rejected: bool,
    /// The time of this run: a later date is in the future, and it is when a document was got if nothing better is
    /// known.
    pub now: Option<Timestamp>,
    /// How to read.
    pub source: source::Options,
    /// How to clean; `now` and the learned rules are filled in here.
    pub clean: clean::Options,
    /// Stop after so many documents.
    pub limit: Option<u64>,
    /// When it turns true the run stops reading, stores what it has read, and reports.
    pub stop: Option<Arc<AtomicBool>>,
    /// How many refusals the report lists; the others are only counted. Every one of them is an [`Event`].
    pub list: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            dry_run: false,
            threads: 0,
            memory: 192 << 20,
            batch: 16 << 20,
            keep_rejected: false,
            now: None,
            source: source::Options::default(),
            clean: clean::Options::default(),
            limit: None,
            stop: None,
            list: 100,
        }
    }
}

/// Takes everything that `paths` mean (files, folders, globs, `-`) into the corpus of the folder `home` and its index.
///
/// A document that cannot be used is counted, told to `on_event` and passed over; an error means that the work itself
/// could not be done. What was reported as stored before the error is kept.
///
/// # Errors
/// `Io` when nothing that was named is there; then nothing is made either. `Locked` when another process writes to this home; `DiskFull`, `Io`; `CorpusVersion`, `CorpusDamaged`.
pub fn ingest(
    home: &Path,
    paths: &[PathBuf],
    options: &Options,
    on_event: &mut dyn FnMut(Event<'_>),
) -> Result<Report> {
    let mut report = flow::run(home, paths, options, on_event)?;
    if report.too_long > 0 {
        report.notes.push(format!(
            "texts of which only the first {} MiB are searched, what follows is kept aside: {}",
            options.clean.max_text_bytes >> 20,
            report.too_long
        ));
    }
    if report.seen > 0 {
        report.notes.extend(
            options
                .source
                .map
                .unmet()
                .into_iter()
                .map(|pair| format!("no record and no table had a field as named by `--map {pair}`")),
        );
    }
    Ok(report)
}

/// Today's rules: the given options, the time, and what was learned and approved in this corpus.
fn clean_options(options: &Options, corpus: Option<&Corpus>) -> Result<clean::Options> {
    let mut rules = options.clean.clone();
    rules.now = options.now.or(rules.now);
    if let Some(corpus) = corpus {
        let learned = corpus.learned_rules()?.into_iter().filter(|rule| rule.approved);
        rules.learned.extend(learned.map(|LearnedRule { source, text, rule, .. }| clean::LearnedRule {
            id: rule,
            source,
            text,
        }));
    }
    Ok(rules)
}
