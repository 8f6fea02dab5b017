//! The tantivy engine; the only module that names tantivy.
//!
//! One document per article, keyed by its row number in the corpus. The folder is derived: it may be deleted at any time, and
//! an index of another format or a damaged one is emptied and filled again from the corpus. Each commit's payload
//! holds the format, the corpus revision reached and the lists of stems (`stems`) in use, with a checksum.
//!
//! **Order is the same whatever the threads, segments or merges**: scores rest on the articles that are alive, on their
//! lengths as stored, and are added up as whole numbers; ties break by newer date, then id.

mod cursor;
mod document;
mod eval;
mod expand;
mod explain;
mod facets;
mod find;
mod folder;
mod lower;
mod merges;
mod payload;
mod reader;
mod resolve;
mod schema;
mod score;
mod sketch;
mod spans;
mod stems;
mod together;
mod tokens;
mod top;
mod window;
mod writer;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tantivy::directory::error::LockError;
use tantivy::directory::{Directory, INDEX_WRITER_LOCK};

use crate::error::{self, Error, ErrorKind, Result};
use crate::guard;
use crate::model::Revision;

pub use explain::{Explained, LeafReport, WordReport};
pub use facets::{Count, Days, Facet};
pub use find::{Find, Found, Order, Place, Row};
pub use reader::{Keep, Reader};
pub use sketch::Sketch;
pub use writer::Writer;

use folder::Folder;
use payload::Payload;

/// An index on disk.
#[derive(Clone)]
pub struct Index {
    dir: PathBuf,
    inner: tantivy::Index,
    fields: schema::Fields,
    gather: stems::Gather,
    patience: Duration,
}

/// How long another writer is waited for, unless asked otherwise. A process that another thread has just begun holds all
/// files of this one until its program runs, so a lock that was given back can look taken for a moment.
const PATIENCE: Duration = Duration::from_millis(30);

/// Tries `work` again while what it locks is taken, for `patience`.
fn patiently<T>(patience: Duration, mut work: impl FnMut() -> Result<T>) -> Result<T> {
    let (mut waited, mut step) = (Duration::ZERO, Duration::from_millis(2));
    loop {
        match work() {
            Err(error) if error.kind() == ErrorKind::Locked && waited < patience => {
                std::thread::sleep(step);
                waited += step;
                step = (step * 2).min(Duration::from_millis(100));
            }
            done => return done,
        }
    }
}

/// An index just opened.
pub struct Opened {
    /// The index.
    pub index: Index,
    /// What it holds: opening it shows that its files are there and whole, and need not be done twice.
    pub reader: Reader,
    /// The corpus revision it has reached.
    pub revision: Revision,
    /// How many articles it has at this revision.
    pub articles: u64,
    /// Why it was emptied, if it was: the corpus must be read into it again from revision 0.
    pub rebuilt: Option<String>,
}

impl Index {
    /// Opens the index in `dir`, making it if there is none. One of another format, or one that cannot be read, is
    /// emptied and says so. When all is well nothing is written.
    ///
    /// # Errors
    /// The folder cannot be read, or would have to be written and cannot be; another process is writing to the index
    /// that would have to be emptied.
    pub fn open(dir: &Path) -> Result<Opened> {
        let reason = match Self::open_as_is(dir) {
            Ok(Some(opened)) => return Ok(opened),
            Ok(None) => "it was missing".to_owned(),
            Err(error) => error.to_string(),
        };
        let index = Self::create(dir)?;
        let reader = index.reader()?;
        Ok(Opened { index, reader, revision: Revision(0), articles: 0, rebuilt: Some(reason) })
    }

    /// Opens the index in `dir` without ever writing there; `None` if there is none.
    ///
    /// # Errors
    /// It is damaged or of another format.
    pub fn open_as_is(dir: &Path) -> Result<Option<Opened>> {
        let meta = dir.join("meta.json");
        if !meta.try_exists().map_err(|e| Error::io(&meta, e))? {
            return Ok(None);
        }
        let directory = Folder::open(dir).map_err(|e| unreadable(dir, e.into()))?;
        let inner = tantivy::Index::open(directory).map_err(|e| unreadable(dir, e))?;
        let (schema, fields) = schema::build();
        if inner.schema() != schema {
            return Err(Error::new(ErrorKind::Index, "it was written by another version of newsdex").at(dir));
        }
        let index = Self::with(dir, inner, fields);
        // Opening the files shows whether one is missing or cut off.
        let reader = index.reader()?;
        let (revision, articles) = (reader.revision(), reader.articles());
        Ok(Some(Opened { index, reader, revision, articles, rebuilt: None }))
    }

    /// Empties `dir` and makes a new index there.
    ///
    /// # Errors
    /// The folder cannot be written, or another process is writing to it.
    pub fn create(dir: &Path) -> Result<Index> {
        fs::create_dir_all(dir).map_err(|e| Error::io(dir, e))?;
        let directory = Folder::open(dir).map_err(|e| unreadable(dir, e.into()))?;
        let lock = patiently(PATIENCE, || directory.acquire_lock(&INDEX_WRITER_LOCK).map_err(|e| not_locked(dir, e)))?;
        for entry in fs::read_dir(dir).map_err(|e| Error::io(dir, e))?.flatten() {
            let path = entry.path();
            let name = entry.file_name();
            if !is_ours(&name.to_string_lossy()) {
                continue;
            }
            let gone = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            gone.map_err(|e| Error::io(&path, e))?;
        }
        let (schema, fields) = schema::build();
        let inner =
            tantivy::Index::create(directory, schema, tantivy::IndexSettings::default()).map_err(|e| fault(dir, e))?;
        drop(lock);
        Ok(Self::with(dir, inner, fields))
    }

    fn with(dir: &Path, inner: tantivy::Index, fields: schema::Fields) -> Self {
        let gather = stems::Gather::default();
        inner.tokenizers().register(schema::WORDS_TOKENIZER, tokens::Words::new(gather.clone()));
        inner.tokenizers().register(schema::KEYS_TOKENIZER, tokens::Keys::default());
        Self { dir: dir.to_owned(), inner, fields, gather, patience: PATIENCE }
    }

    /// The payload of the last commit; that of an empty index before the first.
    fn payload(&self) -> Result<Payload> {
        let meta = self.inner.load_metas().map_err(|e| unreadable(&self.dir, e))?;
        let Some(payload) = meta.payload else {
            return Ok(Payload::default());
        };
        Payload::read(&payload).map_err(|error| error.at(&self.dir))
    }

    /// The corpus revision of the last commit, by whoever made it.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn revision(&self) -> Result<Revision> {
        Ok(Revision(self.payload()?.revision))
    }

    /// Waits so long for another writer to end.
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// A writer that uses about `memory` bytes for what is not yet on disk.
    ///
    /// # Errors
    /// Another process is writing; the folder cannot be written.
    pub fn writer(&self, memory: usize) -> Result<Writer> {
        Writer::open(self.clone(), memory)
    }

    /// What the last commit left, fixed: later commits do not change it.
    ///
    /// # Errors
    /// A file is missing or damaged.
    pub fn reader(&self) -> Result<Reader> {
        Reader::open(self)
    }

    /// As [`reader`](Self::reader), with only those articles for which `keep` says yes (given the key, and the day the
    /// article was got), and with all of `beside`: scores, counts and order are those of an index of just these.
    ///
    /// # Errors
    /// A file is missing or damaged; whatever `keep` returns.
    pub fn reader_with(&self, keep: &mut Keep<'_>, beside: Option<&Index>) -> Result<Reader> {
        let others = beside.map(Reader::open).transpose()?;
        Reader::open_with(self, Some(keep), others.as_ref())
    }

    /// Reads every file of the index and returns what is wrong with it, in words; empty when all is well.
    ///
    /// # Errors
    /// The index cannot be read at all.
    pub fn verify(&self) -> Result<Vec<String>> {
        let payload = self.payload()?;
        let damaged = self.inner.validate_checksum().map_err(|e| unreadable(&self.dir, e))?;
        let mut faults: Vec<String> = damaged
            .iter()
            .map(|file| format!("`{}` is not as it was written", self.dir.join(file).display()))
            .collect();
        faults.extend(stems::verify(&self.dir, &payload.stems));
        faults.sort();
        Ok(faults)
    }

    /// The folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }
}

/// Files that tantivy or we wrote; a README beside them stays.
fn is_ours(name: &str) -> bool {
    const ENDINGS: [&str; 8] = ["idx", "pos", "term", "store", "fast", "fieldnorm", "del", "temp"];
    let ending = name.rsplit('.').next().unwrap_or("");
    let lock = name == ".tantivy-writer.lock";
    !lock && (name.starts_with(".tantivy") || matches!(name, "meta.json" | ".managed.json" | stems::FOLDER))
        || ENDINGS.contains(&ending)
}

fn unreadable(dir: &Path, error: tantivy::TantivyError) -> Error {
    Error::new(ErrorKind::Index, format!("the index cannot be read: {}", in_words(&error)))
        .at(dir)
        .hint("run `newsdex rebuild`: the index is made again from the corpus")
        .because(error)
}

/// What tantivy says, without its types.
fn in_words(error: &tantivy::TantivyError) -> String {
    use tantivy::TantivyError as T;
    use tantivy::directory::error::{Incompatibility, OpenDirectoryError as D, OpenReadError as R};
    match error {
        T::IoError(io) => error::in_words(io),
        T::OpenReadError(R::IoError { io_error, filepath }) => {
            format!("`{}`: {}", filepath.display(), error::in_words(io_error))
        }
        T::OpenReadError(R::FileDoesNotExist(path)) => format!("`{}` is missing", path.display()),
        T::IncompatibleIndex(other) | T::OpenReadError(R::IncompatibleIndex(other)) => match other {
            Incompatibility::IndexMismatch { index_version, library_version } => {
                format!("it has the format of {index_version}, and this newsdex reads that of {library_version}")
            }
            Incompatibility::CompressionMismatch { index_compression_format, .. } => {
                format!("it is packed with `{index_compression_format}`, which this newsdex does not read")
            }
        },
        T::OpenDirectoryError(D::NotADirectory(_)) => "it is no folder".to_owned(),
        _ => "one of its files is damaged".to_owned(),
    }
}

/// The lock could not be had: somebody has it, or it cannot be written here.
fn not_locked(dir: &Path, error: LockError) -> Error {
    match error {
        LockError::IoError(io) => Error::io(dir, std::io::Error::new(io.kind(), error::in_words(&io))),
        LockError::LockBusy => Error::new(ErrorKind::Locked, "another process is writing to this index")
            .at(dir)
            .hint("wait for it to end, then run the same command again"),
    }
}

/// Damaged files can make tantivy panic; that is an error with a way out, not a crash.
fn guarded<T>(dir: &Path, work: impl FnOnce() -> Result<T>) -> Result<T> {
    guard::quietly(work).unwrap_or_else(|said| {
        // What the library said in its panic is for developers.
        Err(Error::new(ErrorKind::Index, "the index is damaged")
            .because(said)
            .at(dir)
            .hint("run `newsdex rebuild`: the index is made again from the corpus"))
    })
}

/// An error while working on the index; a full disk keeps its own kind.
fn fault(dir: &Path, error: tantivy::TantivyError) -> Error {
    use tantivy::TantivyError as T;
    use tantivy::directory::error::{OpenReadError, OpenWriteError};
    let io = match &error {
        T::IoError(io) => Some(io.clone()),
        T::OpenWriteError(OpenWriteError::IoError { io_error, .. }) => Some(io_error.clone()),
        T::OpenReadError(OpenReadError::IoError { io_error, .. }) => Some(io_error.clone()),
        _ => None,
    };
    use std::io::ErrorKind as K;
    // What the system did not say the library found in the bytes.
    let found = |io: &std::io::Error| {
        io.raw_os_error().is_none()
            && matches!(io.kind(), K::InvalidData | K::InvalidInput | K::UnexpectedEof | K::Other)
    };
    if let Some(io) = io.filter(|io| !found(io)) {
        return Error::io(dir, std::io::Error::new(io.kind(), error::in_words(&io)));
    }
    if let T::LockFailure(error, _) = error {
        return not_locked(dir, error);
    }
    Error::new(ErrorKind::Index, "the index could not be used")
        .at(dir)
        .hint("run `newsdex rebuild`: the index is made again from the corpus")
        .because(error)
}

#[cfg(test)]
mod tests;
