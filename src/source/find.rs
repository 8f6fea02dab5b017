//! Paths, folders and globs to files.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};
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
    /// Hidden files and folders below those named: what is in them was not asked for.
    pub hidden: Vec<PathBuf>,
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
            walk(path, &Wanted::All, &mut seen, &mut found);
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

/// What is wanted of a folder and of those below it.
enum Wanted {
    All,
    Matching {
        /// The file.
        file: GlobMatcher,
        /// The folders on the way, one a level.
        folders: Vec<GlobMatcher>,
        /// How deep a file may lie, where the pattern says that.
        depth: usize,
    },
}

impl Wanted {
    fn depth(&self) -> usize {
        match self {
            Wanted::All => usize::MAX,
            Wanted::Matching { depth, .. } => *depth,
        }
    }

    fn has_file(&self, path: &Path) -> bool {
        match self {
            Wanted::All => true,
            Wanted::Matching { file, .. } => file.is_match(path),
        }
    }

    /// Whether a folder `depth` levels below the first may hold what is wanted.
    fn looks_into(&self, folder: &Path, depth: usize) -> bool {
        match self {
            Wanted::All => true,
            Wanted::Matching { folders, .. } => {
                folders.get(depth.saturating_sub(1)).is_none_or(|wanted| wanted.is_match(folder))
            }
        }
    }
}

fn walk(folder: &Path, wanted: &Wanted, seen: &mut BTreeSet<PathBuf>, found: &mut Found) {
    let walker = WalkDir::new(folder).max_depth(wanted.depth()).follow_links(true).sort_by_file_name().into_iter();
    let looks_into = |e: &DirEntry| !e.file_type().is_dir() || wanted.looks_into(e.path(), e.depth());
    let mut hidden = Vec::new();
    let mut is_seen = |e: &DirEntry| {
        let (is_hidden, is_named) =
            (is_hidden(e), looks_into(e) && (e.file_type().is_dir() || wanted.has_file(e.path())));
        if is_hidden && is_named {
            hidden.push(e.path().to_owned());
        }
        !is_hidden && !is_ours(e) && looks_into(e)
    };
    for entry in walker.filter_entry(|e| e.depth() == 0 || is_seen(e)) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => {
                if wanted.has_file(entry.path()) {
                    add(entry.into_path(), seen, found);
                }
            }
            // A link back upward has been read already.
            Err(error) if error.loop_ancestor().is_some() => {}
            Err(error) => {
                let place = error.path().unwrap_or(folder);
                // What was not asked for may be as broken as it likes.
                if !(wanted.has_file(place) || place.is_dir() && wanted.looks_into(place, error.depth())) {
                    continue;
                }
                let why = error.io_error().map_or_else(|| error.to_string(), in_words);
                found.rejected.push(unreadable(place, &why));
            }
        }
    }
    found.hidden.append(&mut hidden);
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

/// Part of a home: `corpus` holding the database, `index` beside it.
fn is_ours(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
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
    match matching(&shown, shown.len() - pattern.len() + base.len()) {
        Ok(wanted) => {
            if start.is_dir() {
                walk(start, &wanted, seen, found);
            }
            if found.files.len() == before {
                found.missing += 1;
                found.rejected.push(unreadable(Path::new(pattern), "no file matches this pattern"));
            }
        }
        Err(error) => found.rejected.push(unreadable(Path::new(pattern), &format!("not a pattern: {}", error.kind()))),
    }
}

/// What `pattern` asks for below the folder that its first `fixed` bytes name.
fn matching(pattern: &str, fixed: usize) -> Result<Wanted, globset::Error> {
    let one = |pattern: &str| Ok(GlobBuilder::new(pattern).literal_separator(true).build()?.compile_matcher());
    let file = one(pattern)?;
    let steps: Vec<&str> = pattern[fixed..].split('/').collect();
    // Braces may hold several steps, which parts them here; `**` stands for any number.
    let closed = |step: &str, open, close| step.matches(open).count() == step.matches(close).count();
    let is_one = |step: &&&str| closed(step, '{', '}') && closed(step, '[', ']') && !step.contains("**");
    let plain = steps.iter().take_while(is_one).count();
    let depth = if plain == steps.len() { plain } else { usize::MAX };
    let mut end = fixed;
    let mut folders = Vec::new();
    for step in steps.iter().take(plain.min(steps.len() - 1)) {
        end += step.len();
        folders.push(one(&pattern[..end])?);
        end += 1;
    }
    Ok(Wanted::Matching { file, folders, depth })
}

fn unreadable(path: &Path, why: &str) -> Rejection {
    Rejection {
        origin: Origin::file(path.to_string_lossy()),
        reason: Reason::Unreadable,
        detail: why.to_lowercase(),
        claims: Vec::new(),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_looks_where_it_points() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir_all(at("sub/deep")).expect("made");
        for name in ["a.txt", "b.md", "sub/c.txt", "sub/deep/d.txt"] {
            std::fs::write(at(name), "x").expect("written");
        }
        std::os::unix::fs::symlink("nowhere", at("sub/broken")).expect("linked");
        std::os::unix::fs::symlink("nowhere", at("sub/gone.txt")).expect("linked");
        let check = |pattern: &str, files: &[&str], rejected: &[&str], missing: u64| {
            let got = find(&[at(pattern)]);
            let names = |paths: Vec<String>| {
                let short = |path: String| path.replace(&format!("{}/", folder.path().display()), "");
                paths.into_iter().map(short).collect::<Vec<_>>()
            };
            let found = names(got.files.iter().map(|file| file.display().to_string()).collect());
            let refused = names(got.rejected.iter().map(|one| one.origin.path.clone()).collect());
            assert_eq!(
                (&found[..], &refused[..], got.missing),
                (
                    &files.iter().map(|f| f.to_string()).collect::<Vec<_>>()[..],
                    &rejected.iter().map(|f| f.to_string()).collect::<Vec<_>>()[..],
                    missing
                ),
                "{pattern}"
            );
        };
        std::fs::write(at(".hidden.txt"), "x").expect("written");
        std::fs::create_dir(at(".git")).expect("made");
        let hidden = find(&[folder.path().to_owned()]).hidden;
        assert_eq!(hidden, [at(".git"), at(".hidden.txt")]);
        check("*.txt", &["a.txt"], &[], 0);
        check("*.{txt,md}", &["a.txt", "b.md"], &[], 0);
        check("*.xml", &[], &["*.xml"], 1);
        check("*/*.txt", &["sub/c.txt"], &["sub/gone.txt"], 0);
        check("s*/d*/*.txt", &["sub/deep/d.txt"], &[], 0);
        check("x*/*.txt", &[], &["x*/*.txt"], 1);
        check("**/[cd].txt", &["sub/c.txt", "sub/deep/d.txt"], &[], 0);
        check("{a.txt,sub/c.txt}", &["a.txt", "sub/c.txt"], &[], 0);
        check(".", &["./a.txt", "./b.md", "./sub/c.txt", "./sub/deep/d.txt"], &["./sub/broken", "./sub/gone.txt"], 0);
    }
}
