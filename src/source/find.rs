//! Paths, folders and globs to files.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use globset::GlobBuilder;
use walkdir::{DirEntry, WalkDir};

use crate::error::{Error, ErrorKind, in_words};
use crate::model::{Origin, Reason, Rejection};

/// What [`find`] found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Files in the order to read them: as typed, within a folder sorted by name, none twice.
    pub files: Vec<PathBuf>,
    /// What could not be looked into, with the reason.
    pub rejected: Vec<Rejection>,
    /// How many of the paths are not there at all; each is among the rejected.
    pub missing: u64,
}

impl Found {
    /// The error of a run that has nothing to read because what was named is not there; `None` where there is something
    /// to read, or what was named is there and empty.
    pub fn nothing_there(&self) -> Option<Error> {
        let first = self.rejected.first().filter(|_| self.files.is_empty() && self.missing > 0)?;
        let others = match self.rejected.len() - 1 {
            0 => String::new(),
            1 => "; neither is the other name you gave".to_owned(),
            n => format!("; neither are the {n} other names you gave"),
        };
        let error = Error::new(ErrorKind::Io, format!("{}{others}", first.detail)).at(&first.origin.path);
        Some(error.hint(
            "look at how it is spelled; a name without `/` in front counts from the current folder, and nothing was changed",
        ))
    }
}

/// The files that `paths` mean: files as they are, folders with all below them, globs expanded, `-` for standard input.
///
/// Below a folder, hidden files and a newsdex home's own `corpus` and `index` are passed over; links are followed
/// unless they lead back into a folder above themselves. A file is listed once however often it was named.
pub fn find(paths: &[PathBuf]) -> Found {
    let mut found = Found::default();
    let mut seen = BTreeSet::new();
    for path in paths {
        let text = path.to_string_lossy();
        if text == "-" {
            add(path.clone(), &mut seen, &mut found);
        } else if path.is_dir() {
            walk(path, None, &mut seen, &mut found);
        } else if path.symlink_metadata().is_ok() || !text.contains(['*', '?', '[', '{']) {
            match path.metadata() {
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                    found.missing += 1;
                    found.rejected.push(unreadable(path, &in_words(&error)));
                }
                // A file that cannot be opened is listed all the same: reading it gives the reason.
                _ => add(path.clone(), &mut seen, &mut found),
            }
        } else {
            glob(&text, &mut seen, &mut found);
        }
    }
    found
}

fn add(path: PathBuf, seen: &mut BTreeSet<PathBuf>, found: &mut Found) {
    let key = path.canonicalize().unwrap_or_else(|_| path.clone());
    if seen.insert(key) {
        found.files.push(path);
    }
}

fn walk(folder: &Path, wanted: Option<&globset::GlobMatcher>, seen: &mut BTreeSet<PathBuf>, found: &mut Found) {
    let walker = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
    for entry in walker.filter_entry(|e| e.depth() == 0 || !passed_over(e)) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => {
                if wanted.is_none_or(|w| w.is_match(entry.path())) {
                    add(entry.into_path(), seen, found);
                }
            }
            // A link back upward has been read already.
            Err(error) if error.loop_ancestor().is_some() => {}
            Err(error) => {
                let place = error.path().unwrap_or(folder);
                let why = error.io_error().map_or_else(|| error.to_string(), in_words);
                found.rejected.push(unreadable(place, &why));
            }
        }
    }
}

/// Hidden, or a folder of ours (`corpus` holding the database, `index` beside it).
fn passed_over(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    if name.starts_with('.') {
        return true;
    }
    let path = entry.path();
    match &*name {
        "newsdex.db" | "newsdex.db-wal" | "newsdex.db-shm" => true,
        "index" => {
            path.join("meta.json").is_file()
                || path.parent().is_some_and(|home| home.join("corpus").join("newsdex.db").is_file())
        }
        "corpus" => path.join("newsdex.db").is_file(),
        _ => false,
    }
}

fn glob(pattern: &str, seen: &mut BTreeSet<PathBuf>, found: &mut Found) {
    // The folder before the first special character is where to start.
    let fixed = &pattern[..pattern.find(['*', '?', '[', '{']).unwrap_or(pattern.len())];
    let base = fixed.rfind('/').map_or("", |at| &fixed[..=at]);
    let start = if base.is_empty() { Path::new(".") } else { Path::new(base) };
    let shown = if base.is_empty() { format!("./{pattern}") } else { pattern.to_owned() };
    let before = found.files.len();
    match GlobBuilder::new(&shown).literal_separator(true).build() {
        Ok(glob) => {
            let matcher = glob.compile_matcher();
            if start.is_dir() {
                walk(start, Some(&matcher), seen, found);
            }
            if found.files.len() == before {
                found.missing += 1;
                found.rejected.push(unreadable(Path::new(pattern), "no file matches this pattern"));
            }
        }
        Err(error) => found.rejected.push(unreadable(Path::new(pattern), &format!("not a pattern: {}", error.kind()))),
    }
}

fn unreadable(path: &Path, why: &str) -> Rejection {
    Rejection {
        origin: Origin::file(path.to_string_lossy()),
        reason: Reason::Unreadable,
        detail: why.to_lowercase(),
        claims: Vec::new(),
    }
}
