//! The run: threads, queues, and the loop that stores what comes out in the order it went in.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, bounded};

use super::dry::Dry;
use super::reader::{self, Budget, Position};
use super::report::{Event, Report};
use super::store::Store;
use super::workers::{self, SharedPacker, Worked};
use super::{Options, clean_options};
use crate::corpus::Packer;
use crate::error::Result;
use crate::source;

/// A batch waits no longer than this for more documents, so that what was read is soon safe.
const PATIENCE: Duration = Duration::from_secs(5);
/// Chunks a thread may be ahead of what is stored.
const RESULTS: usize = 32;
/// How often a progress bar is told.
const TICK: Duration = Duration::from_millis(100);

/// Where the documents end up.
enum End {
    Store(Box<Store>),
    Dry(Box<Dry>),
}

pub(super) fn run(
    home: &Path,
    paths: &[PathBuf],
    options: &Options,
    on_event: &mut dyn FnMut(Event<'_>),
) -> Result<Report> {
    let began = Instant::now();
    let mut report = Report::default();
    let found = source::find(paths);
    if let Some(error) = found.nothing_there() {
        return Err(error);
    }
    report.missing = found.missing;
    // With nothing to read nothing is opened for writing, and so no home is made.
    let mut end = if options.dry_run || found.files.is_empty() {
        let dry = Dry::open(home, options.list)?;
        if let Some(corpus) = dry.corpus() {
            report.revision = corpus.revision()?;
        }
        End::Dry(Box::new(dry))
    } else {
        End::Store(Box::new(Store::open(home, options, &mut report)?))
    };
    let (rules, packer) = match &end {
        End::Store(store) => (clean_options(options, Some(store.writer()))?, store.packer()),
        End::Dry(dry) => (clean_options(options, dry.corpus())?, SharedPacker::new(Packer::default().into())),
    };
    let size = |path: &PathBuf| std::fs::metadata(path).map_or(0, |file| file.len());
    on_event(Event::Found { files: found.files.len() as u64, bytes: found.files.iter().map(size).sum() });
    for hidden in &found.hidden {
        *report.skipped.entry("hidden".to_owned()).or_default() += 1;
        on_event(Event::Hidden(hidden));
    }
    for rejection in &found.rejected {
        report.seen += 1;
        report.reject(rejection, options.list);
        on_event(Event::Rejected(rejection));
    }

    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = if options.threads == 0 { cores } else { options.threads }.clamp(1, 64);
    // A document takes about three times its bytes while it is cleaned and packed.
    let budget = Budget::new(options.memory / 12);
    let position = Position::default();
    let stored = std::thread::scope(|scope| {
        // Closed on every way out, so that no thread is left waiting at the end of the scope.
        let _closing = Closing(&budget);
        let (chunks, chunk_queue) = bounded(2 * threads);
        // Long enough that nobody waits while a batch is committed: what lies in it is in the budget.
        let (results, result_queue) = bounded(RESULTS * threads);
        let (budget, position) = (&budget, &position);
        let files = &found.files;
        scope.spawn(move || reader::read(files, options, budget, position, &chunks));
        for _ in 0..threads {
            let (queue, results, packer, rules) = (chunk_queue.clone(), results.clone(), packer.clone(), &rules);
            scope.spawn(move || workers::work(rules, options.keep_rejected, &packer, &queue, &results));
        }
        drop((chunk_queue, results));
        let mut progress = Progress { began, position, report: &mut report, on_event };
        take_in_order(&mut end, budget, result_queue, &mut progress)
    });
    stored?;
    report.stopped = position.stopped.load(Ordering::Relaxed);
    if let End::Store(store) = end {
        store.finish(&mut report)?;
    }
    report.elapsed = began.elapsed();
    report.position = position.bytes.load(Ordering::Relaxed);
    report.files = position.files.load(Ordering::Relaxed);
    on_event(Event::Progress(&report));
    Ok(report)
}

/// Ends the waiting of the reader when the storing end stops, also by an error.
struct Closing<'a>(&'a Budget);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// The report while it is being filled.
struct Progress<'a> {
    began: Instant,
    position: &'a Position,
    report: &'a mut Report,
    on_event: &'a mut dyn FnMut(Event<'_>),
}

impl Progress<'_> {
    fn tell(&mut self) {
        self.report.elapsed = self.began.elapsed();
        self.report.position = self.position.bytes.load(Ordering::Relaxed);
        self.report.files = self.position.files.load(Ordering::Relaxed);
        (self.on_event)(Event::Progress(self.report));
    }
}

/// Stores results in the order of reading, whatever the order they come in.
fn take_in_order(end: &mut End, budget: &Budget, results: Receiver<Worked>, progress: &mut Progress<'_>) -> Result<()> {
    let mut early: BTreeMap<u64, Worked> = BTreeMap::new();
    let mut next = 0;
    let mut on_the_way = 0;
    let mut last_commit = Instant::now();
    let mut last_told = Instant::now();
    loop {
        match results.recv_timeout(TICK) {
            Ok(worked) => {
                early.insert(worked.number, worked);
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        while let Some(worked) = early.remove(&next) {
            next += 1;
            for (what, count) in worked.skipped {
                *progress.report.skipped.entry(what).or_default() += count;
            }
            progress.report.links += worked.links;
            progress.report.bytes += worked.read;
            match end {
                End::Store(store) => {
                    store.push(worked.documents);
                    // What waits for its batch has been packed and weighs a fraction of what was read.
                    on_the_way += worked.bytes;
                }
                End::Dry(dry) => {
                    dry.foresee(&worked.documents, progress.report, progress.on_event)?;
                    budget.give_back(worked.bytes);
                }
            }
        }
        if let End::Store(store) = end {
            budget.give_back(std::mem::take(&mut on_the_way));
            if store.full() || last_commit.elapsed() > PATIENCE {
                store.commit(progress.report, progress.on_event)?;
                last_commit = Instant::now();
            }
        }
        if last_told.elapsed() > TICK {
            progress.tell();
            last_told = Instant::now();
        }
    }
    if let End::Store(store) = end {
        store.commit(progress.report, progress.on_event)?;
    }
    Ok(())
}
