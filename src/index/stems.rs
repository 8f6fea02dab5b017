//! Which words of the index are inflections of which stem.
//!
//! The index holds words as they stand, so that phrases stay true and the index small; a query for `deport` must
//! therefore learn that `deported` and `deporting` occur. Small immutable files hold sorted lines `language NUL stem NUL word`
//! (joined words, such as `safethird`, in lists `+2` to `+4` by the positions they cover; words with a stem as they are written
//! in list `+1` by the term of that stem, in `+0` by themselves, and their stems by language in `fr+`), written
//! before each commit for the words that commit brought and named in its payload. Files that have grown
//! alike are joined, so there are about log n of them, mapped into memory and searched by halving: opening costs nothing.
//! Words of articles deleted since stay in the list; they have no postings and do no harm.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs::{self, File};
use std::hash::{BuildHasherDefault, Hasher};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use tantivy::directory::{Directory, MmapDirectory, OwnedBytes};

use super::schema::STEM;
use crate::error::{Error, ErrorKind, Result, in_words};
use crate::model::{Lang, content_hash};
use crate::text::{self, Tokens};

/// Folder of the files, below the index.
pub(super) const FOLDER: &str = "stems";
const MAGIC: &[u8; 8] = b"ndxstem1";

/// A hash that already is one.
#[derive(Default, Clone)]
struct Same(u64);

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, _: &[u8]) {}
    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

type Seen = HashSet<u64, BuildHasherDefault<Same>>;

/// What was met and is not in the lists yet.
#[derive(Default)]
struct New {
    /// Words by list.
    words: HashMap<String, HashSet<String>>,
    /// Lines about the stems of written words.
    lines: HashSet<Vec<u8>>,
}

/// Most words one thread remembers to have seen; beyond, it forgets and asks the shared list again.
const REMEMBERED: usize = 1 << 20;

/// Collects the words that tokenizers meet, by language.
#[derive(Clone, Default)]
pub(super) struct Gather {
    shared: Arc<Mutex<New>>,
    /// Of this clone alone: tantivy clones the registered one, which stays empty, for each segment.
    seen: Seen,
}

impl Gather {
    /// Remembers the words of one text in `lang` (empty: unknown).
    ///
    /// Those numbered in `written` have the stem of what is written, and not that of the folded word.
    pub(super) fn note(&mut self, lang: &str, tokens: &Tokens, written: &[(usize, Arc<str>)]) {
        if self.seen.len() > REMEMBERED {
            self.seen.clear();
        }
        let lang = Lang::parse(lang);
        let lang = text::stem_language(lang.as_ref()).filter(|lang| text::languages().contains(lang));
        if let Some(lang) = lang {
            let start = fnv(FNV_START, lang.as_str().as_bytes());
            let mut written = written.iter().map(|(number, _)| *number).peekable();
            let folded = tokens.iter().enumerate().filter(|(number, _)| written.next_if_eq(number).is_none());
            self.push(lang.as_str(), start, folded.map(|(_, token)| token.term));
        }
        let all_joined: Vec<_> = tokens.iter().filter(|token| token.length > 1).collect();
        for length in 2..=text::MAX_PARTS as u8 {
            let joined = all_joined.iter().filter(|token| token.length == length);
            self.push(JOINED[usize::from(length)], fnv(FNV_START, &[length]), joined.map(|token| token.term));
        }
    }

    fn push<'a>(&mut self, list: &str, start: u64, terms: impl Iterator<Item = &'a str>) {
        let mut new = terms.filter(|term| self.seen.insert(fnv(start, term.as_bytes()))).peekable();
        if new.peek().is_none() {
            return;
        }
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        let words = shared.words.entry(list.to_owned()).or_default();
        for word in new {
            if !words.contains(word) {
                words.insert(word.to_owned());
            }
        }
    }

    /// Remembers that `term` is written in `lang` in a way that has `stem`.
    pub(super) fn note_written(&self, lang: &str, stem: &str, term: &str) {
        let key = format!("{STEM}{stem}");
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        shared.lines.insert(line(lang, stem, &key));
        shared.lines.insert(line(WRITTEN, &key, term));
        shared.lines.insert(line(ACCENTED, term, term));
        shared.lines.insert(line(&format!("{lang}+"), term, stem));
    }

    /// What was met since the last time.
    fn take(&self) -> New {
        std::mem::take(&mut *self.shared.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Name of the list of the words that have a stem as they are written; no language is called so.
pub(super) const WRITTEN: &str = "+1";

/// Name of the list of the words that are somewhere written so that they have such a stem; `fr+` holds those stems of French.
const ACCENTED: &str = "+0";

/// Names of the lists of joined words, by the number of positions they cover; no language is called so.
const JOINED: [&str; 5] = ["", "", "+2", "+3", "+4"];
const _: () = assert!(text::MAX_PARTS < JOINED.len());

const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a, with a last mixing step so that all bits are good for a table.
fn fnv(mut hash: u64, bytes: &[u8]) -> u64 {
    for byte in bytes {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash ^ (hash >> 29)
}

/// One file as a commit's payload names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Named {
    pub(super) name: String,
    /// Bytes in the file.
    pub(super) bytes: u64,
    /// SHA-256 of the file, for `check`.
    pub(super) sha256: String,
}

/// The list, as of one commit.
#[derive(Clone, Default)]
pub(super) struct Stems {
    files: Vec<Part>,
}

#[derive(Clone)]
struct Part {
    named: Named,
    bytes: OwnedBytes,
    count: usize,
}

impl Part {
    fn open(directory: &MmapDirectory, named: &Named) -> Result<Self> {
        let damaged = || Error::new(ErrorKind::Index, format!("the list of stems `{}` is damaged", named.name));
        let file = directory.open_read(Path::new(&named.name)).map_err(|e| damaged().because(e))?;
        let bytes = file.read_bytes().map_err(|e| damaged().because(e))?;
        let count = bytes.get(8..12).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes).ok_or_else(damaged)?;
        let count = count as usize;
        if bytes.len() as u64 != named.bytes || !bytes.starts_with(MAGIC) || bytes.len() < 12 + 4 * (count + 1) {
            return Err(damaged());
        }
        Ok(Self { named: named.clone(), bytes, count })
    }

    /// The line at `index`; empty where the file is damaged.
    fn line(&self, index: usize) -> &[u8] {
        let at = |i: usize| {
            let bytes = self.bytes.get(12 + 4 * i..16 + 4 * i)?;
            Some(u32::from_le_bytes(bytes.try_into().ok()?) as usize)
        };
        let base = 16 + 4 * self.count;
        match (at(index), at(index + 1)) {
            (Some(start), Some(end)) => self.bytes.get(base + start..base + end).unwrap_or(&[]),
            _ => &[],
        }
    }

    /// The first line that is not less than `key`.
    fn lower(&self, key: &[u8]) -> usize {
        let (mut low, mut high) = (0, self.count);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.line(middle) < key { low = middle + 1 } else { high = middle }
        }
        low
    }
}

impl Stems {
    /// Opens the files a payload names.
    pub(super) fn open(index: &Path, named: &[Named]) -> Result<Self> {
        if named.is_empty() {
            return Ok(Self::default());
        }
        let folder = index.join(FOLDER);
        let directory = MmapDirectory::open(&folder)
            .map_err(|e| Error::new(ErrorKind::Index, "the lists of stems are missing").at(&folder).because(e))?;
        let files = named.iter().map(|named| Part::open(&directory, named)).collect::<Result<_>>()?;
        Ok(Self { files })
    }

    /// These lists and those of another index.
    pub(super) fn with(mut self, other: &Stems) -> Self {
        self.files.extend(other.files.iter().cloned());
        self
    }

    /// The words of the index that have `stem` in `lang`, into `words`; each once.
    pub(super) fn words(&self, lang: &str, stem: &str, words: &mut BTreeSet<String>) {
        let key = [lang.as_bytes(), stem.as_bytes(), b""].join(&0);
        for file in &self.files {
            for index in file.lower(&key)..file.count {
                let Some(word) = file.line(index).strip_prefix(&key[..]) else { break };
                words.extend(std::str::from_utf8(word).map(str::to_owned));
            }
        }
    }

    /// The numbers of positions that `term` covers somewhere as a joined word.
    pub(super) fn joined(&self, term: &str) -> impl Iterator<Item = u8> {
        (2..=text::MAX_PARTS).filter(move |n| self.has(&line(JOINED[*n], term, term))).map(|n| n as u8)
    }

    /// Whether `term` is somewhere written so that its stem is that of what is written.
    pub(super) fn is_written(&self, term: &str) -> bool {
        self.has(&line(ACCENTED, term, term))
    }

    /// The stems that `term` has in `lang` as it is written somewhere.
    pub(super) fn of_written(&self, lang: &str, term: &str, stems: &mut BTreeSet<String>) {
        self.words(&format!("{lang}+"), term, stems);
    }

    fn has(&self, line: &[u8]) -> bool {
        self.files.iter().any(|file| {
            let at = file.lower(line);
            at < file.count && file.line(at) == line
        })
    }

    /// The files in use.
    pub(super) fn names(&self) -> Vec<Named> {
        self.files.iter().map(|file| file.named.clone()).collect()
    }

    /// Writes what `gather` met and this list lacks, joins files that have grown alike, and returns the new list
    /// of files; to be called before the commit that names it. `number` makes the name new.
    pub(super) fn grow(&self, index: &Path, gather: &Gather, number: u64) -> Result<Vec<Named>> {
        let mut lines: Vec<Vec<u8>> = Vec::new();
        let new = gather.take();
        lines.extend(new.lines.into_iter().filter(|line| !self.has(line)));
        for (code, words) in new.words {
            let lang = Lang::parse(&code);
            for word in words {
                let stem = lang.as_ref().map_or(std::borrow::Cow::Borrowed(&word[..]), |lang| text::stem(lang, &word));
                let further = lang.as_ref().and_then(|lang| text::further_stem(lang, &word));
                for stem in [Some(&*stem), further.as_deref()].into_iter().flatten() {
                    let line = line(&code, stem, &word);
                    if !self.has(&line) {
                        lines.push(line);
                    }
                }
            }
        }
        let mut kept: Vec<&Part> = self.files.iter().collect();
        if lines.is_empty() {
            return Ok(self.names());
        }
        while let Some(last) = kept.pop_if(|last| last.count <= 2 * lines.len()) {
            lines.extend((0..last.count).map(|i| last.line(i).to_vec()));
        }
        lines.sort_unstable();
        lines.dedup();
        let mut names: Vec<Named> = kept.iter().map(|file| file.named.clone()).collect();
        names.push(write(&index.join(FOLDER), &format!("{number:020}.stems"), &lines)?);
        Ok(names)
    }
}

fn line(list: &str, stem: &str, word: &str) -> Vec<u8> {
    [list.as_bytes(), stem.as_bytes(), word.as_bytes()].join(&0)
}

fn write(folder: &Path, name: &str, lines: &[Vec<u8>]) -> Result<Named> {
    fs::create_dir_all(folder).map_err(|e| Error::io(folder, e))?;
    let path = folder.join(name);
    let mut bytes = Vec::with_capacity(16 + lines.iter().map(|l| l.len() + 4).sum::<usize>());
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&(lines.len() as u32).to_le_bytes());
    let mut offset = 0u32;
    bytes.extend_from_slice(&offset.to_le_bytes());
    for line in lines {
        offset += line.len() as u32;
        bytes.extend_from_slice(&offset.to_le_bytes());
    }
    for line in lines {
        bytes.extend_from_slice(line);
    }
    let named = Named { name: name.to_owned(), bytes: bytes.len() as u64, sha256: content_hash(&bytes) };
    let file = File::create(&path).map_err(|e| Error::io(&path, e))?;
    let mut out = BufWriter::new(file);
    out.write_all(&bytes).and_then(|()| out.flush()).map_err(|e| Error::io(&path, e))?;
    out.get_ref().sync_all().map_err(|e| Error::io(&path, e))?;
    // A folder cannot be opened for syncing everywhere; where it can, the new name is made to last too.
    if let Ok(opened) = File::open(folder) {
        let _ = opened.sync_all();
    }
    Ok(named)
}

/// Removes files that `named` does not name. One that cannot be removed now is removed at a later commit.
pub(super) fn sweep(index: &Path, named: &[Named]) {
    let Ok(entries) = fs::read_dir(index.join(FOLDER)) else { return };
    for entry in entries.flatten() {
        if named.iter().all(|named| entry.file_name() != named.name.as_str()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Whether each file still has the bytes it was written with; else what is wrong.
pub(super) fn verify(index: &Path, named: &[Named]) -> Vec<String> {
    let mut faults = Vec::new();
    for named in named {
        let path = index.join(FOLDER).join(&named.name);
        match fs::read(&path) {
            Ok(bytes) if content_hash(&bytes) == named.sha256 => {}
            Ok(_) => faults.push(format!("`{}` is not as it was written", path.display())),
            Err(error) => faults.push(format!("`{}`: {}", path.display(), in_words(&error))),
        }
    }
    faults
}
