//! The reading end: files to chunks of items, in order, never further ahead than memory allows.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};

use crossbeam_channel::Sender;

use super::Options;
use crate::guard;
use crate::model::{Origin, Reason, Rejection};
use crate::source::{self, Item};

/// A chunk is handed on at so many items or bytes: enough to make the hand-over cheap, few enough to share out well.
const CHUNK_ITEMS: usize = 64;
const CHUNK_BYTES: usize = 512 << 10;

/// Items on their way, numbered in the order of reading.
pub(super) struct Chunk {
    pub(super) number: u64,
    pub(super) items: Vec<Item>,
    /// What to give back to the [`Budget`] when they are stored.
    pub(super) bytes: usize,
}

/// How many bytes may be on the way between reading and storing.
pub(super) struct Budget {
    limit: usize,
    used: Mutex<usize>,
    freed: Condvar,
    closed: AtomicBool,
}

impl Budget {
    pub(super) fn new(limit: usize) -> Self {
        Self { limit, used: Mutex::new(0), freed: Condvar::new(), closed: AtomicBool::new(false) }
    }

    /// Waits until there is room. A chunk larger than the limit goes alone. `false` when the run has ended.
    fn take(&self, bytes: usize) -> bool {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        while *used > 0 && *used + bytes > self.limit && !self.closed.load(Ordering::Acquire) {
            used = self.freed.wait(used).unwrap_or_else(PoisonError::into_inner);
        }
        *used += bytes;
        !self.closed.load(Ordering::Acquire)
    }

    pub(super) fn give_back(&self, bytes: usize) {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        *used = used.saturating_sub(bytes);
        self.freed.notify_all();
    }

    /// Lets nobody wait any more: the storing end has stopped.
    pub(super) fn close(&self) {
        let _used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        self.closed.store(true, Ordering::Release);
        self.freed.notify_all();
    }
}

/// How far reading is, for a progress bar.
#[derive(Default)]
pub(super) struct Position {
    pub(super) files: AtomicU64,
    /// Bytes of files read to their end, and an estimate for the one being read.
    pub(super) bytes: AtomicU64,
    pub(super) stopped: AtomicBool,
}

/// Reads `files` and sends chunks until the end, the limit, or a stop.
pub(super) fn read(files: &[PathBuf], options: &Options, budget: &Budget, position: &Position, chunks: &Sender<Chunk>) {
    let mut open = Open { chunks, budget, number: 0, items: Vec::new(), bytes: 0 };
    let mut left = options.limit.unwrap_or(u64::MAX);
    let mut finished = 0;
    let asked_to_stop = || options.stop.as_ref().is_some_and(|stop| stop.load(Ordering::Relaxed));
    for path in files {
        if left == 0 {
            break;
        }
        if asked_to_stop() {
            position.stopped.store(true, Ordering::Relaxed);
            break;
        }
        let size = std::fs::metadata(path).map_or(0, |file| file.len());
        let mut read = 0;
        let mut go_on = true;
        let outcome = guard::quietly(|| {
            source::read_path(path, &options.source, &mut |item| {
                read += weight(&item);
                position.bytes.store(finished + (read as u64).min(size), Ordering::Relaxed);
                left -= u64::from(!matches!(item, Item::Skipped { .. }));
                go_on = open.push(item);
                if asked_to_stop() {
                    position.stopped.store(true, Ordering::Relaxed);
                    go_on = false;
                }
                if go_on && left > 0 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            })
        });
        let failed = match outcome {
            Ok(Ok(())) => None,
            Ok(Err(error)) => Some((Reason::Unreadable, error.to_string())),
            Err(said) => Some((Reason::Failed, format!("reading failed on it: {said}"))),
        };
        if let Some((reason, detail)) = failed {
            let origin = Origin::file(path.to_string_lossy());
            go_on &= open.push(Item::Rejected(Rejection { origin, reason, detail, claims: Vec::new() }));
        }
        finished += size;
        position.bytes.store(finished, Ordering::Relaxed);
        position.files.fetch_add(1, Ordering::Relaxed);
        if !go_on {
            break;
        }
    }
    open.send();
}

/// The chunk being filled.
struct Open<'a> {
    chunks: &'a Sender<Chunk>,
    budget: &'a Budget,
    number: u64,
    items: Vec<Item>,
    bytes: usize,
}

impl Open<'_> {
    /// `false` when nobody takes chunks any more.
    fn push(&mut self, item: Item) -> bool {
        self.bytes += weight(&item);
        self.items.push(item);
        if self.items.len() >= CHUNK_ITEMS || self.bytes >= CHUNK_BYTES { self.send() } else { true }
    }

    fn send(&mut self) -> bool {
        if self.items.is_empty() {
            return true;
        }
        if !self.budget.take(self.bytes) {
            return false;
        }
        let chunk = Chunk { number: self.number, items: std::mem::take(&mut self.items), bytes: self.bytes };
        self.number += 1;
        self.bytes = 0;
        self.chunks.send(chunk).is_ok()
    }
}

/// About how many bytes an item takes.
fn weight(item: &Item) -> usize {
    match item {
        Item::Document(document) => {
            let payload = document.payload.as_ref().map_or(0, |payload| payload.text.len());
            let claims: usize = document.claims.iter().map(|claim| claim.value.len() + 96).sum();
            document.raw.len() + payload + claims + 512
        }
        _ => 512,
    }
}
