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
    /// The index was written by another format version, and whole; it can be made again.
    IndexVersion,
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
        let kind = match error.kind() {
            K::StorageFull | K::QuotaExceeded | K::FileTooLarge => ErrorKind::DiskFull,
            _ => ErrorKind::Io,
        };
        let built = Self::new(kind, in_words(&error)).at(path);
        match error.kind() {
            K::NotFound => {
                built.hint("look at how it is spelled; a name without `/` in front counts from the current folder")
            }
            K::PermissionDenied => {
                built.hint("look at who may read and write there, or name another folder with --home")
            }
            K::StorageFull | K::QuotaExceeded => {
                built.hint("free some space and run the same command again: what was reported as ingested is kept")
            }
            K::FileTooLarge => built.hint(
                "raise the limit (`ulimit -f unlimited`) or write to a disk that holds larger files, then run the same \
                 command again: what was reported as ingested is kept",
            ),
            K::ReadOnlyFilesystem => built.hint("name a place that may be written to"),
            _ => built,
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

/// What the system says of a file, in words a person knows: without numbers of errors and names of types.
pub fn in_words(error: &std::io::Error) -> String {
    use std::io::ErrorKind as K;
    let known = match error.kind() {
        K::NotFound => "no such file or folder",
        K::PermissionDenied => "permission denied",
        K::AlreadyExists => "it is there already",
        K::StorageFull => "no space left on the disk",
        K::QuotaExceeded => "the disk quota is used up",
        K::FileTooLarge => "the file would be larger than the system lets it be",
        K::ReadOnlyFilesystem => "the disk is read-only",
        K::IsADirectory => "it is a folder, not a file",
        K::NotADirectory => "a part of its path is a file, not a folder",
        K::InvalidFilename => "the name is too long, or holds what no name may hold",
        K::BrokenPipe => "nobody reads on at the other end",
        K::UnexpectedEof => "it ends too early",
        K::TimedOut => "it did not answer in time",
        K::OutOfMemory => "there is not enough memory",
        K::ResourceBusy | K::ExecutableFileBusy => "another program holds it",
        _ => "",
    };
    // Where the error is a library's own, its words say more than its kind.
    if !known.is_empty() && error.get_ref().is_none() {
        return known.to_owned();
    }
    let said = error.to_string().to_lowercase();
    match said.rfind(" (os error ") {
        Some(at) if said.ends_with(')') => said[..at].to_owned(),
        _ => said,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;

    #[test]
    fn errors_of_the_system_are_said_in_words() {
        for (error, expected) in [
            (io::Error::from(io::ErrorKind::NotFound), "no such file or folder"),
            (io::Error::from(io::ErrorKind::FileTooLarge), "the file would be larger than the system lets it be"),
            (io::Error::new(io::ErrorKind::NotFound, "the member is missing"), "the member is missing"),
            (io::Error::other("Broken header"), "broken header"),
        ] {
            assert_eq!(in_words(&error), expected);
        }
        // 2 is ENOENT, 5 EIO, 40 ELOOP: numbers of Linux.
        #[cfg(target_os = "linux")]
        for (number, expected) in
            [(2, "no such file or folder"), (5, "input/output error"), (28, "no space left on the disk")]
        {
            assert_eq!(in_words(&io::Error::from_raw_os_error(number)), expected);
        }
        let full = Error::io("a/b", io::ErrorKind::StorageFull.into());
        assert_eq!((full.kind(), full.to_string().as_str()), (ErrorKind::DiskFull, "`a/b`: no space left on the disk"));
        assert!(full.hint_text().is_some());
    }
}
