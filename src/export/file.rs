//! Files that are whole or not there, and the hash of what went into them.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::{Error, Result};

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// SHA-256 of its bytes, 64 lowercase hex digits.
    pub sha256: String,
    /// Its length.
    pub bytes: u64,
}

/// A file that is whole and on the disk under a temporary name, to be given its own by [`publish`](Self::publish);
/// dropped without that, it is gone.
#[derive(Debug)]
pub struct Ready {
    /// `None` for what is not a regular file and was written directly.
    named: Option<(tempfile::TempPath, PathBuf)>,
}

/// A file that is to become `path` and is being filled, without a name until it is whole. Dropped, it is gone.
#[derive(Debug)]
pub struct Pending {
    path: PathBuf,
    /// What is written to.
    file: File,
    /// What gets the name; `None` for what is not a regular file and is written directly.
    target: Option<PathBuf>,
}

impl Pending {
    /// Begins to write what is to become `path`. A link is followed: what it points to is replaced, not the link. What is
    /// not a regular file (`/dev/stdout`, a pipe) is written directly.
    ///
    /// # Errors
    /// `path` is a folder, or stands in none that is there and may be written to.
    pub fn begin(path: &Path) -> Result<Self> {
        let failed = |error: io::Error| Error::io(path, error);
        if path.metadata().is_ok_and(|m| !m.is_file() && !m.is_dir()) {
            let file = File::options().write(true).open(path).map_err(failed)?;
            return Ok(Self { path: path.to_path_buf(), file, target: None });
        }
        let target = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        if target.is_dir() {
            return Err(Error::new(crate::ErrorKind::Io, "is a folder").at(path).hint("name a file to write"));
        }
        let folder = folder_of(&target);
        if !folder.exists() {
            let said = format!("there is no folder `{}` to write it in", folder.display());
            return Err(Error::new(crate::ErrorKind::Io, said).at(path).hint("make the folder first, or name another"));
        }
        let file = tempfile::tempfile_in(folder).map_err(failed)?;
        Ok(Self { path: path.to_path_buf(), file, target: Some(target) })
    }

    /// What to write to; all that was given share one place in the file.
    ///
    /// # Errors
    /// The system has no more open files to give.
    pub fn file(&self) -> Result<File> {
        self.file.try_clone().map_err(|error| Error::io(&self.path, error))
    }

    /// Where it is to stand.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Hash and length of what was written so far; `None` of what is not a regular file.
    ///
    /// # Errors
    /// If it cannot be read back.
    pub fn written(&self) -> Result<Option<Written>> {
        if self.target.is_none() {
            return Ok(None);
        }
        let failed = |error| Error::io(&self.path, error);
        let mut file = self.file()?;
        let bytes = file.metadata().map_err(failed)?.len();
        file.rewind().map_err(failed)?;
        Ok(Some(Written { sha256: hash_of(file).map_err(failed)?, bytes }))
    }

    /// Brings what was written to the disk and gives it a temporary name in the same folder.
    ///
    /// # Errors
    /// Of the file system.
    pub fn ready(mut self) -> Result<Ready> {
        let path = self.path;
        let failed = |error: io::Error| Error::io(&path, error);
        let Some(target) = self.target else { return Ok(Ready { named: None }) };
        #[cfg(unix)]
        if let Ok(before) = target.metadata() {
            self.file.set_permissions(before.permissions()).map_err(failed)?;
        }
        self.file.sync_all().map_err(failed)?;
        let folder = folder_of(&target);
        let named = match linked(&self.file, folder) {
            Some(named) => named,
            None => copied(&mut self.file, folder, &target).map_err(failed)?,
        };
        Ok(Ready { named: Some((named, target)) })
    }
}

fn part() -> tempfile::Builder<'static, 'static> {
    let mut named = tempfile::Builder::new();
    named.prefix(".newsdex-").suffix(".part");
    named
}

/// A name for a file that has none yet, so that a kill has no time to leave a copy behind; `None` where the system
/// cannot do that.
#[cfg(target_os = "linux")]
fn linked(nameless: &File, folder: &Path) -> Option<tempfile::TempPath> {
    use std::os::fd::AsRawFd;

    use rustix::fs::{AtFlags, CWD, linkat};
    let open = format!("/proc/self/fd/{}", nameless.as_raw_fd());
    let link = |name: &Path| Ok(linkat(CWD, &open, CWD, name, AtFlags::SYMLINK_FOLLOW)?);
    part().make_in(folder, link).ok().map(tempfile::NamedTempFile::into_temp_path)
}

#[cfg(not(target_os = "linux"))]
fn linked(_nameless: &File, _folder: &Path) -> Option<tempfile::TempPath> {
    None
}

/// A copy under a name.
fn copied(nameless: &mut File, folder: &Path, target: &Path) -> io::Result<tempfile::TempPath> {
    nameless.rewind()?;
    let mut named = part();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As for any new file: the process's mask takes away from this.
        let mode = target.metadata().map_or(0o666, |m| m.permissions().mode() & 0o777);
        named.permissions(std::fs::Permissions::from_mode(mode));
    }
    let mut named = named.tempfile_in(folder)?;
    io::copy(nameless, named.as_file_mut())?;
    named.as_file().sync_all()?;
    Ok(named.into_temp_path())
}

/// Fills what is to become `path`: `fill` writes to a nameless file in the same folder, which at the end is brought to
/// the disk and gets a temporary name. A kill while `fill` works leaves nothing; an error leaves the file that was
/// there before. What is not a regular file (`/dev/stdout`, a pipe) is written directly.
///
/// # Errors
/// What `fill` returns, or an error of the file system, naming `path`.
pub fn prepare<T>(path: &Path, fill: impl FnOnce(&mut dyn Write) -> Result<T>) -> Result<(T, Written, Ready)> {
    let pending = Pending::begin(path)?;
    let (made, written) = filled(path, pending.file()?, fill)?;
    Ok((made, written, pending.ready()?))
}

impl Ready {
    /// Whether it is a regular file: what was written directly, to a pipe or a device, has its name already.
    pub fn is_file(&self) -> bool {
        self.named.is_some()
    }

    /// Gives the file its name, in place of what had it before.
    ///
    /// # Errors
    /// Of the file system.
    pub fn publish(self) -> Result<()> {
        let Some((named, target)) = self.named else { return Ok(()) };
        named.persist(&target).map_err(|e| Error::io(&target, e.error))?;
        // The rename itself is on the disk only when the folder is; not every system lets a folder be opened.
        if let Ok(folder) = File::open(folder_of(&target)) {
            let _ = folder.sync_all();
        }
        Ok(())
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Writes `path` as a whole: [`prepare`], then [`Ready::publish`].
///
/// # Errors
/// What `fill` returns, or an error of the file system, naming `path`.
pub fn write_atomically<T>(path: &Path, fill: impl FnOnce(&mut dyn Write) -> Result<T>) -> Result<(T, Written)> {
    let (made, written, ready) = prepare(path, fill)?;
    ready.publish()?;
    Ok((made, written))
}

fn filled<T>(path: &Path, file: File, fill: impl FnOnce(&mut dyn Write) -> Result<T>) -> Result<(T, Written)> {
    let mut out = Hashing { out: BufWriter::with_capacity(1 << 16, file), hash: Sha256::new(), bytes: 0 };
    let made = fill(&mut out).map_err(|e| if e.path().is_some() { e } else { e.at(path) })?;
    out.flush().map_err(|e| Error::io(path, e))?;
    Ok((made, Written { sha256: hex(out.hash), bytes: out.bytes }))
}

/// SHA-256 of a file, read in pieces.
///
/// # Errors
/// If it cannot be read.
pub fn sha256_of(path: &Path) -> Result<String> {
    let file = File::open(path).map_err(|e| Error::io(path, e))?;
    hash_of(file).map_err(|e| Error::io(path, e))
}

fn hash_of(mut file: File) -> io::Result<String> {
    let (mut hash, mut piece) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        match file.read(&mut piece) {
            Ok(0) => return Ok(hex(hash)),
            Ok(read) => hash.update(&piece[..read]),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
}

fn hex(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Hashes and counts what passes through.
struct Hashing<W> {
    out: W,
    hash: Sha256,
    bytes: u64,
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        let written = self.out.write(piece)?;
        self.hash.update(&piece[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;

    #[test]
    fn whole_or_not_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("list.csv");
        let (made, written) = write_atomically(&path, |out| {
            out.write_all(b"abc").expect("to write");
            Ok(7)
        })
        .expect("written");
        assert_eq!((made, written.bytes), (7, 3));
        assert_eq!(written.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(sha256_of(&path).expect("read"), written.sha256);

        let failed = write_atomically::<()>(&path, |out| {
            out.write_all(b"half").expect("to write");
            assert_eq!(std::fs::read_dir(folder.path()).expect("listed").count(), 1, "nothing under a name meanwhile");
            Err(Error::new(ErrorKind::Export, "stopped"))
        });
        let said = failed.expect_err("stopped").to_string();
        assert!(said.contains("list.csv") && said.contains("stopped"), "{said}");
        assert_eq!(std::fs::read(&path).expect("read"), b"abc");
        assert_eq!(std::fs::read_dir(folder.path()).expect("listed").count(), 1);

        assert_eq!(write_atomically(folder.path(), |_| Ok(())).expect_err("a folder").kind(), ErrorKind::Io);
        let nowhere = folder.path().join("no/such/list.csv");
        assert!(write_atomically(&nowhere, |_| Ok(())).expect_err("no folder").to_string().contains("no folder"));
    }

    #[cfg(unix)]
    #[test]
    fn links_and_modes() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        std::fs::write(&real, "old").expect("written");
        std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o640)).expect("set");
        std::os::unix::fs::symlink(&real, &link).expect("linked");
        write_atomically(&link, |out| out.write_all(b"new").map_err(super::super::output)).expect("written");
        assert_eq!(std::fs::read(&real).expect("read"), b"new");
        assert!(link.is_symlink());
        assert_eq!(real.metadata().expect("there").permissions().mode() & 0o777, 0o640);
        // A device is written directly.
        write_atomically(Path::new("/dev/null"), |out| out.write_all(b"x").map_err(super::super::output))
            .expect("written");
    }
}
