//! The ledger of a hit list: for each row which version of which article it shows, and what of it cannot be had from the
//! article again. It stands in the manifest, so that a list can be proven row by row however it was saved again, whatever
//! columns it has, and whatever became of the corpus since.
//!
//! It is written while the list is, through a temporary file: memory does not grow with the rows.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::row::{Chars, best};
use super::{Counts, Format, Head, HitWriter, Per, Tail, output, spooling};
use crate::model::{Article, Hit, Passage};
use crate::{Error, Result};

/// An article in a list, with its rows, which follow one another.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// The article.
    pub article_id: String,
    /// Its version in the corpus.
    pub version: u32,
    /// SHA-256 of the version's title and text.
    pub sha256: String,
    /// The list it stands in, where several share the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<String>,
    /// As the column `score`.
    pub score: f32,
    /// As the column `matches_in_article`.
    pub matches: u64,
    /// As the column `story`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub story: Option<String>,
    /// As the column `copies`; absent where they were not counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copies: Option<u64>,
    /// As the column `explanation`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<String>,
    /// All passages that were found, where a row is an article with several: first character, one past the last, score.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passages: Vec<(u64, u64, f32)>,
    /// In order.
    pub rows: Vec<Place>,
}

/// A row: its number in the column `hit`; and where its passage stands, if it shows one: first character of the text and
/// one past the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Place {
    /// `[hit, start, end]`
    Passage(u64, u64, u64),
    /// `[hit]`
    Article([u64; 1]),
}

impl Place {
    /// Its number in the column `hit`.
    pub fn hit(self) -> u64 {
        match self {
            Place::Passage(hit, ..) | Place::Article([hit]) => hit,
        }
    }

    /// Characters of the passage.
    pub fn chars(self) -> Option<(u64, u64)> {
        match self {
            Place::Passage(_, start, end) => Some((start, end)),
            Place::Article(_) => None,
        }
    }
}

/// Keeps the ledger of a list that is being written.
#[derive(Debug)]
pub struct Ledger {
    per: Per,
    /// One entry a line.
    spool: BufWriter<File>,
    held: Option<(Arc<Article>, Entry)>,
    /// Of the text of the article held.
    chars: Chars,
    entries: u64,
}

impl Ledger {
    /// Of a list in `format` with rows of `per`. What shows an article once, with all its passages, has them all here too.
    ///
    /// # Errors
    /// If no temporary file can be made.
    pub fn new(format: Format, per: Per) -> Result<Self> {
        let per = if format.has_rows() { per } else { Per::Hit };
        let spool = BufWriter::with_capacity(1 << 16, tempfile::tempfile().map_err(spooling)?);
        Ok(Self { per, spool, held: None, chars: Chars::default(), entries: 0 })
    }

    /// `writer`, with everything it writes noted here.
    pub fn beside<'a>(&'a mut self, writer: Box<dyn HitWriter + 'a>) -> Box<dyn HitWriter + 'a> {
        Box::new(Beside { ledger: self, writer })
    }

    fn hit(&mut self, hit: &Hit, name: Option<&str>) -> Result<()> {
        let same = self.held.as_ref().is_some_and(|(article, entry)| {
            Arc::ptr_eq(article, &hit.article) && entry.list.as_deref() == name && entry.version == hit.version
        });
        if !same {
            self.let_go()?;
            let entry = Entry {
                article_id: hit.article.id.as_str().to_owned(),
                version: hit.version,
                sha256: hit.article.sha256(),
                list: name.map(str::to_owned),
                score: hit.score,
                matches: hit.matches_in_article,
                story: hit.story.clone(),
                copies: hit.copies,
                explanation: hit.explanation.clone(),
                passages: Vec::new(),
                rows: Vec::new(),
            };
            self.held = Some((Arc::clone(&hit.article), entry));
            self.chars = Chars::default();
        }
        let Some((_, entry)) = &mut self.held else { return Ok(()) };
        let chars = &mut self.chars;
        let mut place = |passage: &Passage| {
            let (start, end) = chars.range(&hit.article.text, passage);
            Place::Passage(hit.rank, start, end)
        };
        match self.per {
            _ if hit.passages.is_empty() => entry.rows.push(Place::Article([hit.rank])),
            Per::Hit => entry.rows.extend(hit.passages.iter().map(&mut place)),
            Per::Article => {
                entry.rows.extend(best(&hit.passages).map(&mut place));
                if hit.passages.len() > 1 {
                    let all = hit.passages.iter().map(|passage| {
                        let (start, end) = chars.range(&hit.article.text, passage);
                        (start, end, passage.score)
                    });
                    entry.passages = all.collect();
                }
            }
        }
        Ok(())
    }

    fn let_go(&mut self) -> Result<()> {
        let Some((_, entry)) = self.held.take() else { return Ok(()) };
        self.entries += 1;
        serde_json::to_writer(&mut self.spool, &entry).map_err(|error| spooling(error.into()))?;
        self.spool.write_all(b"\n").map_err(spooling)
    }

    /// Writes the entries as a JSON array, one a line.
    pub(super) fn write(&mut self, out: &mut dyn Write) -> Result<()> {
        self.let_go()?;
        self.spool.rewind().map_err(spooling)?;
        let mut lines = BufReader::new(self.spool.get_ref());
        out.write_all(b"[").map_err(output)?;
        let mut line = Vec::new();
        for number in 0..self.entries {
            line.clear();
            lines.read_until(b'\n', &mut line).map_err(spooling)?;
            let comma = if number == 0 { "\n    " } else { ",\n    " };
            out.write_all(comma.as_bytes()).and_then(|()| out.write_all(line.trim_ascii_end())).map_err(output)?;
        }
        out.write_all(b"\n  ]").map_err(output)
    }
}

/// A writer with a ledger.
struct Beside<'a> {
    ledger: &'a mut Ledger,
    writer: Box<dyn HitWriter + 'a>,
}

impl HitWriter for Beside<'_> {
    fn begin(&mut self, head: &Head) -> Result<()> {
        self.writer.begin(head)
    }

    fn hit(&mut self, hit: &Hit, name: Option<&str>) -> Result<()> {
        self.ledger.hit(hit, name)?;
        self.writer.hit(hit, name)
    }

    fn end(&mut self, tail: &Tail) -> Result<Counts> {
        self.writer.end(tail)
    }
}

/// A ledger read back, on disk but for 24 bytes an article.
#[derive(Debug)]
pub(super) struct Entries {
    spool: File,
    /// Where each entry stands in the spool, and the number of its first row; one more at the end.
    places: Vec<(u64, u64)>,
    /// The last ones read.
    known: Vec<(usize, Arc<Entry>)>,
}

/// Entries kept at hand.
const KNOWN: usize = 128;

impl Entries {
    /// Reads the ledger of the manifest at `path`; `None` where it has none, as manifests of version 1.
    ///
    /// # Errors
    /// Of the file system, or if it is no ledger.
    pub fn read(path: &Path) -> Result<Option<Self>> {
        let file = BufReader::with_capacity(1 << 16, File::open(path).map_err(|e| Error::io(path, e))?);
        let spool = tempfile::tempfile().map_err(spooling)?;
        let mut reading = Reading { out: BufWriter::new(spool), at: 0, rows: 0, places: Vec::new(), failed: None };
        let mut json = serde_json::Deserializer::from_reader(file);
        let found = serde::de::DeserializeSeed::deserialize(&mut reading, &mut json);
        if let Some(error) = reading.failed.take() {
            return Err(spooling(error));
        }
        let found = found.map_err(|e| super::manifest::is_none(path, e))?;
        reading.places.push((reading.at, reading.rows));
        let spool = reading.out.into_inner().map_err(|e| spooling(e.into_error()))?;
        Ok(found.then_some(Self { spool, places: reading.places, known: Vec::new() }))
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.places.len() - 1
    }

    /// How many rows there are.
    pub fn rows(&self) -> u64 {
        self.places.last().map_or(0, |(_, rows)| *rows)
    }

    /// The number of the first row of an entry, from 0.
    pub fn first_row(&self, entry: usize) -> u64 {
        self.places[entry].1
    }

    /// The entry of a row.
    pub fn of_row(&self, row: u64) -> usize {
        self.places.partition_point(|(_, first)| *first <= row) - 1
    }

    /// Reads an entry.
    ///
    /// # Errors
    /// Of the temporary file.
    pub fn get(&mut self, number: usize) -> Result<Arc<Entry>> {
        if let Some((_, entry)) = self.known.iter().rev().find(|(known, _)| *known == number) {
            return Ok(Arc::clone(entry));
        }
        self.spool.seek(SeekFrom::Start(self.places[number].0)).map_err(spooling)?;
        let mut bytes = vec![0; (self.places[number + 1].0 - self.places[number].0) as usize];
        std::io::Read::read_exact(&mut self.spool, &mut bytes).map_err(spooling)?;
        let entry: Arc<Entry> = Arc::new(serde_json::from_slice(&bytes).map_err(|error| spooling(error.into()))?);
        if self.known.len() == KNOWN {
            self.known.drain(..KNOWN / 2);
        }
        self.known.push((number, Arc::clone(&entry)));
        Ok(entry)
    }
}

/// Goes through a manifest for its ledger, one entry at a time.
struct Reading {
    out: BufWriter<File>,
    at: u64,
    rows: u64,
    places: Vec<(u64, u64)>,
    failed: Option<std::io::Error>,
}

impl<'de> serde::de::DeserializeSeed<'de> for &mut Reading {
    type Value = bool;
    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> serde::de::Visitor<'de> for &mut Reading {
    type Value = bool;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a manifest with its ledger")
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<bool, A::Error> {
        let mut found = false;
        while let Some(key) = map.next_key::<String>()? {
            if key == "ledger" && !found {
                found = true;
                map.next_value_seed(&mut *self)?;
            } else {
                map.next_value::<serde::de::IgnoredAny>()?;
            }
        }
        Ok(found)
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<bool, A::Error> {
        while let Some(entry) = seq.next_element::<Entry>()? {
            let line = serde_json::to_vec(&entry).map_err(serde::de::Error::custom)?;
            if let Err(error) = self.out.write_all(&line) {
                self.failed = Some(error);
                return Err(serde::de::Error::custom("stopped"));
            }
            self.places.push((self.at, self.rows));
            self.at += line.len() as u64;
            self.rows += entry.rows.len() as u64;
        }
        Ok(true)
    }
}
