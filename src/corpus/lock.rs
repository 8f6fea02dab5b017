//! One writer at a time. The operating system holds the lock, so it ends with the process however that ends; a note
//! beside it says who holds it, for the message the second writer gets.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};

/// How often, and how far apart, a lock is asked for that nobody says to hold.
const TRIES: u32 = 50;
const PAUSE: std::time::Duration = std::time::Duration::from_millis(20);

/// Who writes to a corpus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// What it does, such as `newsdex ingest`.
    pub task: String,
    /// Its process id.
    pub pid: u32,
    /// The machine it runs on; empty where that is not known.
    pub host: String,
    /// Since when.
    pub since: Timestamp,
}

/// The lock, held until it is dropped or the process ends.
#[derive(Debug)]
pub(super) struct WriterLock {
    // Dropping the file gives the lock back.
    _file: File,
    note: PathBuf,
}

impl WriterLock {
    /// Takes the lock of the folder `corpus`, or says who holds it. A note left by a killed writer does not matter:
    /// only the operating system's lock counts.
    pub(super) fn take(corpus: &Path, task: &str) -> Result<Self> {
        let (path, note) = (corpus.join("writer.lock"), corpus.join("writer.json"));
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        let file = file.map_err(|error| Error::io(&path, error))?;
        let mut tries = TRIES;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                // Without a note the lock is just being taken or given back, or a process that its holder starts
                // has a copy of it for a moment.
                Err(TryLockError::WouldBlock) if tries > 0 && holder(&note).is_none() => {
                    tries -= 1;
                    std::thread::sleep(PAUSE);
                }
                Err(TryLockError::WouldBlock) => return Err(refused(corpus, &note)),
                Err(TryLockError::Error(error)) => return Err(Error::io(&path, error)),
            }
        }
        let holder = Holder { task: task.to_owned(), pid: std::process::id(), host: host(), since: Timestamp::now() };
        // The note only helps a message; a disk too full for it will say so at the first real write.
        if let Ok(json) = serde_json::to_vec(&holder) {
            let _ = std::fs::write(&note, json);
        }
        Ok(Self { _file: file, note })
    }
}

impl Drop for WriterLock {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.note);
    }
}

/// Reads the note. `None` when nobody writes or the note is not there yet.
pub(super) fn holder(note: &Path) -> Option<Holder> {
    serde_json::from_slice(&std::fs::read(note).ok()?).ok()
}

fn refused(corpus: &Path, note: &Path) -> Error {
    let who = holder(note).map_or_else(
        || "another process".to_owned(),
        |h| {
            let host = if h.host.is_empty() { String::new() } else { format!(" on `{}`", h.host) };
            format!("`{}` (process `{}`{host}, since `{:.0}`)", h.task, h.pid, h.since)
        },
    );
    Error::new(ErrorKind::Locked, format!("{who} is writing to this corpus"))
        .at(corpus)
        .hint("wait until it has ended; searching works meanwhile")
}

/// The machine's name where the system shows it in a file.
fn host() -> String {
    let read = |path| std::fs::read_to_string(path).unwrap_or_default().trim().to_owned();
    let kernel = read("/proc/sys/kernel/hostname");
    if kernel.is_empty() { read("/etc/hostname") } else { kernel }
}
