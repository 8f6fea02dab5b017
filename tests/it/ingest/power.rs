//! Power cuts: a run is traced, and the disk is put together as it may look after a cut at any moment. What was synced
//! is there; of what was not, any part may be: writes that came through, came through torn, or did not, and names in the order
//! they were made up to some point. Needs strace; where it is missing the test says that it is skipped.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::child::{Heard, command, goes_on, nothing_is_lost};
use super::syscalls::{inputs, strace_is_here};

const ARTICLES: u64 = 120;
const TRACE: &str = "trace=openat,mkdir,mkdirat,write,pwrite64,lseek,ftruncate,fsync,fdatasync,rename,renameat,renameat2,\
                     unlink,unlinkat,rmdir,linkat,link,copy_file_range,fallocate,writev,pwritev";

/// One thing that was done, in order.
#[derive(Debug)]
enum Step {
    /// A name was changed.
    Name(Naming),
    /// Bytes of a file were changed.
    Data(usize, Change),
    /// A file's bytes and its first name are on the disk.
    Synced(usize),
    /// All names in a folder are on the disk.
    FolderSynced(PathBuf),
    Reported(String),
}

#[derive(Debug, Clone)]
enum Naming {
    Folder(PathBuf),
    File(PathBuf, usize),
    Moved(PathBuf, PathBuf),
    Gone(PathBuf),
}

#[derive(Debug, Clone)]
enum Change {
    Write(usize, Vec<u8>),
    Cut(usize),
}

/// Reads the log of strace into steps below `home`.
struct Reading {
    home: PathBuf,
    steps: Vec<Step>,
    /// Files by the names they have at this point.
    files: BTreeMap<PathBuf, usize>,
    made: usize,
    /// Where the next `write` to a descriptor goes.
    at: HashMap<String, usize>,
}

impl Reading {
    fn line(&mut self, call: &str) {
        let Some((name, rest)) = call.split_once('(') else { return };
        let Some((arguments, result)) = rest.rsplit_once(" = ") else { return };
        if result.starts_with('-') || result.starts_with('?') {
            return;
        }
        let arguments = arguments.trim_end().strip_suffix(')').unwrap_or(arguments);
        let arguments: Vec<&str> = arguments.split(", ").collect();
        let number = |text: &str| text.split('<').next().unwrap().trim().parse::<usize>().unwrap_or(0);
        match name {
            "openat" => {
                let Some(path) = self.inside(&bytes(arguments[1])) else { return };
                self.at.insert(descriptor(result), 0);
                let flags = arguments[2];
                match self.files.get(&path) {
                    None if flags.contains("O_CREAT") => {
                        self.files.insert(path.clone(), self.made);
                        self.steps.push(Step::Name(Naming::File(path, self.made)));
                        self.made += 1;
                    }
                    Some(file) if flags.contains("O_TRUNC") => self.steps.push(Step::Data(*file, Change::Cut(0))),
                    Some(_) | None => {}
                }
            }
            "mkdir" | "mkdirat" => {
                let path = self.inside(&bytes(arguments[usize::from(name == "mkdirat")]));
                self.steps.extend(path.map(|path| Step::Name(Naming::Folder(path))));
            }
            "write" | "pwrite64" => {
                let said = bytes(arguments[1]);
                if arguments[0].starts_with("1<") {
                    let said = String::from_utf8_lossy(&said).into_owned();
                    let ids = said.lines().filter_map(|line| line.split_once("reported "));
                    self.steps.extend(ids.map(|(_, id)| Step::Reported(id.to_owned())));
                    return;
                }
                let written = number(result);
                let at = self.at.entry(descriptor(arguments[0])).or_default();
                let start = if name == "write" { *at } else { number(arguments[3]) };
                if name == "write" {
                    *at += written;
                }
                if let Some(file) = self.file(arguments[0]) {
                    self.steps.push(Step::Data(file, Change::Write(start, said[..written].to_vec())));
                }
            }
            "lseek" => {
                self.at.insert(descriptor(arguments[0]), number(result));
            }
            "ftruncate" => {
                let cut = self.file(arguments[0]).map(|file| Step::Data(file, Change::Cut(number(arguments[1]))));
                self.steps.extend(cut);
            }
            "fsync" | "fdatasync" => match self.file(arguments[0]) {
                Some(file) => self.steps.push(Step::Synced(file)),
                None => {
                    let folder = self.inside(&bytes(inner(arguments[0])));
                    self.steps.extend(folder.map(Step::FolderSynced));
                }
            },
            "rename" | "renameat" | "renameat2" => {
                let (from, to) = if name == "rename" { (0, 1) } else { (1, 3) };
                let Some(from) = self.inside(&bytes(arguments[from])) else { return };
                let Some(to) = self.inside(&bytes(arguments[to])) else { return };
                if let Some(file) = self.files.remove(&from) {
                    self.files.insert(to.clone(), file);
                }
                self.steps.push(Step::Name(Naming::Moved(from, to)));
            }
            "unlink" | "unlinkat" | "rmdir" => {
                let Some(path) = self.inside(&bytes(arguments[usize::from(name == "unlinkat")])) else { return };
                self.files.remove(&path);
                self.steps.push(Step::Name(Naming::Gone(path)));
            }
            other => {
                let ours = arguments.iter().any(|a| a.contains('<') && self.inside(&bytes(inner(a))).is_some());
                assert!(!ours, "`{other}` is not understood: {call}");
            }
        }
    }

    fn file(&self, descriptor: &str) -> Option<usize> {
        self.files.get(&self.inside(&bytes(inner(descriptor)))?).copied()
    }

    /// The path within the home.
    fn inside(&self, path: &[u8]) -> Option<PathBuf> {
        let path = String::from_utf8_lossy(path).into_owned();
        Path::new(&path).strip_prefix(&self.home).ok().map(Path::to_owned)
    }
}

fn descriptor(text: &str) -> String {
    text.split('<').next().unwrap().trim().to_owned()
}

/// What stands between `<` and `>`.
fn inner(text: &str) -> &str {
    let text = text.split_once('<').map_or("", |(_, rest)| rest);
    text.split('>').next().unwrap_or("")
}

/// `\x2f\x74` or `"\x2f\x74"` as bytes.
fn bytes(text: &str) -> Vec<u8> {
    let digits = text.trim_matches('"').split("\\x").skip(1);
    digits.map(|digits| u8::from_str_radix(&digits[..2], 16).unwrap()).collect()
}

/// Traces a run of the child.
fn traced(home: &Path, input: &Path, log: &Path) -> Vec<Step> {
    let through = ["strace", "-f", "-qq", "-y", "-xx", "-s", "100000000", "-e", TRACE, "-o", log.to_str().unwrap()];
    let mut child = command(&through, home, input, 12_000).spawn().unwrap();
    let heard = Heard::of(&mut child);
    child.wait().unwrap();
    let (reported, said) = heard.end();
    assert!(reported.iter().any(|id| id == "all"), "{said}");
    let mut reading =
        Reading { home: home.to_owned(), steps: Vec::new(), files: BTreeMap::new(), made: 0, at: HashMap::new() };
    let mut begun: HashMap<String, String> = HashMap::new();
    for line in fs::read_to_string(log).unwrap().lines() {
        let Some((thread, call)) = line.split_once(' ') else { continue };
        let call = call.trim_start();
        if let Some(start) = call.strip_suffix(" <unfinished ...>") {
            begun.insert(thread.to_owned(), start.to_owned());
        } else if call.starts_with("<... ") {
            let end = call.split_once("resumed>").map_or("", |(_, end)| end);
            let start = begun.remove(thread).unwrap_or_default();
            reading.line(&format!("{start}{end}"));
        } else {
            reading.line(call);
        }
    }
    reading.steps
}

/// A small generator of random numbers (splitmix64).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % limit.max(1) as u64) as usize
    }
}

/// What is on the disk when the power goes after `steps`, written below `home`. Returns what had been reported.
fn after_a_cut(steps: &[Step], home: &Path, random: &mut Random) -> HashSet<String> {
    let mut names: Vec<&Naming> = Vec::new();
    let mut lasting = 0;
    let mut data: HashMap<usize, (Vec<&Change>, usize)> = HashMap::new();
    let mut reported = HashSet::new();
    for step in steps {
        match step {
            Step::Name(naming) => names.push(naming),
            Step::Data(file, change) => data.entry(*file).or_default().0.push(change),
            Step::Synced(file) => {
                let (changes, synced) = data.entry(*file).or_default();
                *synced = changes.len();
                let made = names.iter().position(|naming| matches!(naming, Naming::File(_, made) if made == file));
                lasting = lasting.max(made.map_or(0, |at| at + 1));
            }
            Step::FolderSynced(folder) => {
                let within = |path: &PathBuf| path.parent() == Some(folder);
                let last = names.iter().rposition(|naming| match naming {
                    Naming::Folder(path) | Naming::File(path, _) | Naming::Gone(path) => within(path),
                    Naming::Moved(from, to) => within(from) || within(to),
                });
                lasting = lasting.max(last.map_or(0, |at| at + 1));
            }
            Step::Reported(id) if id == "all" => {}
            Step::Reported(id) => {
                reported.insert(id.clone());
            }
        }
    }
    let kept = lasting + random.below(names.len() - lasting + 1);
    let mut files: BTreeMap<&Path, usize> = BTreeMap::new();
    fs::create_dir_all(home).unwrap();
    for naming in &names[..kept] {
        match naming {
            Naming::Folder(path) => fs::create_dir_all(home.join(path)).unwrap(),
            Naming::File(path, file) => drop(files.insert(path, *file)),
            Naming::Moved(from, to) => {
                if let Some(file) = files.remove(from.as_path()) {
                    files.insert(to, file);
                }
            }
            Naming::Gone(path) => {
                if files.remove(path.as_path()).is_none() {
                    let _ = fs::remove_dir(home.join(path));
                }
            }
        }
    }
    for (path, file) in files {
        // Never on the disk: the log's index is shared memory, made again from the log by whoever opens it first.
        if path.to_string_lossy().ends_with("-shm") {
            continue;
        }
        let mut content: Vec<u8> = Vec::new();
        let (changes, synced) = data.get(&file).map_or((&[][..], 0), |(changes, synced)| (&changes[..], *synced));
        for (n, change) in changes.iter().enumerate() {
            let part = if n < synced { 2 } else { random.below(3) };
            match change {
                Change::Cut(length) if part > 0 => content.resize(*length, 0),
                Change::Write(at, bytes) if part > 0 => {
                    // A torn write ends at the border of a sector.
                    let sectors = bytes.len() / 512;
                    let length = if part == 2 { bytes.len() } else { 512 * random.below(sectors + 1) };
                    let end = at + length;
                    if content.len() < end {
                        content.resize(end, 0);
                    }
                    content[*at..end].copy_from_slice(&bytes[..length]);
                }
                _ => {}
            }
        }
        fs::write(home.join(path), content).unwrap();
    }
    reported
}

/// `NEWSDEX_POWER_CUTS=2000` cuts so often.
#[test]
fn nothing_reported_is_lost_by_a_power_cut() {
    if !strace_is_here() {
        return;
    }
    let cuts: usize = std::env::var("NEWSDEX_POWER_CUTS").ok().and_then(|n| n.parse().ok()).unwrap_or(40);
    let folder = tempfile::tempdir().unwrap();
    let input = inputs(folder.path());
    let first = folder.path().join("whole");
    let steps = traced(&first, &input, &folder.path().join("log"));
    let mut random = Random(1);
    let syncs = steps.iter().filter(|step| matches!(step, Step::Synced(_) | Step::FolderSynced(_))).count();
    assert!(steps.len() > 300 && syncs > 20, "{} steps, {syncs} syncs", steps.len());
    // The trace is understood: with nothing cut it gives the very files of the home.
    let copy = folder.path().join("copy");
    let reported = after_a_cut(&everything_synced(&steps), &copy, &mut random);
    assert_eq!(reported.len() as u64, ARTICLES);
    assert_eq!(tree(&copy), tree(&first));
    for cut in 0..cuts {
        let at = (cut * steps.len() / cuts + random.below(steps.len() / cuts + 1)).min(steps.len());
        let home = folder.path().join(format!("home{cut}"));
        let reported = after_a_cut(&steps[..at], &home, &mut random);
        let context = format!("cut {cut} after {at} of {} steps", steps.len());
        nothing_is_lost(&home, &reported, &context);
        if cut % 4 == 0 {
            goes_on(&home, &input, ARTICLES, &context);
        }
        fs::remove_dir_all(&home).unwrap();
    }
}

/// The same steps, and at their end a sync of every file and folder.
fn everything_synced(steps: &[Step]) -> Vec<Step> {
    let mut all: Vec<Step> = Vec::new();
    let mut ends = Vec::new();
    for step in steps {
        match step {
            Step::Name(naming) => {
                if let Naming::File(path, file) = naming {
                    ends.push(Step::Synced(*file));
                    ends.extend(path.parent().map(|folder| Step::FolderSynced(folder.to_owned())));
                }
                if let Naming::Moved(_, path) | Naming::Gone(path) = naming {
                    ends.extend(path.parent().map(|folder| Step::FolderSynced(folder.to_owned())));
                }
                all.push(Step::Name(naming.clone()));
            }
            Step::Data(file, change) => all.push(Step::Data(*file, change.clone())),
            Step::Reported(id) => all.push(Step::Reported(id.clone())),
            Step::Synced(_) | Step::FolderSynced(_) => {}
        }
    }
    all.extend(ends);
    all
}

/// Every file below `folder` with its bytes.
fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.to_string_lossy().ends_with("-shm") {
                found.insert(path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    found
}
