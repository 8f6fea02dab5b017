//! The one error type of the library: newsdex could not do the work it was asked to do.
//!
//! A document that is refused is not an error but a [`Rejection`](crate::model::Rejection); something we
//! coped with is a [`Note`](crate::model::Note). Messages are lowercase, without a final period, with values in
//! backticks; the way out stands in [`Error::hint`] and is printed on a line of its own.

use std::fmt;
use std::path::{Path, PathBuf};

/// What went wrong, for a program to match on.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// A file or folder could not be read or written.
    Io,
    /// The disk is full, or a quota is used up.
    DiskFull,
    /// The corpus database cannot be read as one.
    CorpusDamaged,
    /// The corpus was written by another format version.
    CorpusVersion,
    /// Another process is writing to this home.
    Locked,
    /// There is no corpus where one was looked for.
    NoCorpus,
    /// The index is unusable and could not be made again.
    Index,
    /// The query cannot be read.
    Query,
    /// An argument is out of its range or contradicts another.
    Usage,
    /// No article, source or saved search of that name.
    NotFound,
    /// A result could not be written in the format asked for.
    Export,
    /// The caller asked for the work to stop.
    Interrupted,
}

/// An error, its place and the way out.
#[derive(Debug, thiserror::Error)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    path: Option<PathBuf>,
    hint: Option<String>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// The library's result.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// A new error of `kind`; `message` says what is wrong, lowercase and without a final period.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), path: None, hint: None, source: None }
    }

    /// An input or output error at `path`; a full disk gets its own kind.
    pub fn io(path: impl AsRef<Path>, error: std::io::Error) -> Self {
        use std::io::ErrorKind as K;
        let full = matches!(error.kind(), K::StorageFull | K::QuotaExceeded);
        let kind = if full { ErrorKind::DiskFull } else { ErrorKind::Io };
        let said = match error.kind() {
            K::NotFound => "no such file or folder".to_owned(),
            K::PermissionDenied => "permission denied".to_owned(),
            K::StorageFull => "no space left on the disk".to_owned(),
            K::QuotaExceeded => "the disk quota is used up".to_owned(),
            _ => error.to_string().to_lowercase(),
        };
        let denied = error.kind() == K::PermissionDenied;
        let built = Self::new(kind, said).at(path);
        if denied {
            return built.hint("look at who may read and write there, or name another folder with --home");
        }
        if full {
            built.hint("free some space and run the same command again: what was reported as ingested is kept")
        } else {
            built
        }
    }

    /// Names the file the error is about.
    pub fn at(mut self, path: impl AsRef<Path>) -> Self {
        self.path = Some(path.as_ref().to_path_buf());
        self
    }

    /// Says what to do about it; printed after `hint:`.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Keeps the error underneath.
    pub fn because(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// What kind of failure this is.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The way out, if one is known.
    pub fn hint_text(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// The file the error is about.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(f, "`{}`: {}", path.display(), self.message),
            None => f.write_str(&self.message),
        }
    }
}
