//! Rows of a hit list, one by one, whatever the format.

use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::{Column, Quoted, cells, json, match_cells, no_hit_list, sheet};
use crate::{Error, Result};

/// All columns that are compared beside the passage.
fn compared() -> impl Iterator<Item = Column> {
    cells::COMPARED.into_iter().chain(match_cells::COMPARED).chain(super::OF_THE_ROW)
}

type Each<'e> = &'e mut dyn FnMut(Quoted) -> Result<()>;

/// Gives each row of the file to `each`; returns the header of a table, and of JSON nothing.
pub(super) fn each(path: &Path, each: Each<'_>) -> Result<Vec<String>> {
    let failed = |error| Error::io(path, error);
    let mut file = BufReader::with_capacity(1 << 16, File::open(path).map_err(failed)?);
    let start = file.fill_buf().map_err(failed)?.to_vec();
    if start.starts_with(b"PK\x03\x04") {
        return sheet::each(path, file.into_inner(), each);
    }
    let text = start.strip_prefix(b"\xef\xbb\xbf".as_slice()).unwrap_or(&start);
    file.seek_relative((start.len() - text.len()) as i64).map_err(failed)?;
    match text.trim_ascii_start().first() {
        None => Err(no_hit_list(path, "it is empty")),
        Some(b'{') => json(path, file, each).map(|()| Vec::new()),
        Some(_) => {
            let line = text.split(|&b| b == b'\n').next().unwrap_or(text);
            // Names of columns hold none of these; where a comma stands in numbers, Excel writes semicolons.
            let delimiter = [b'\t', b';'].into_iter().find(|delimiter| line.contains(delimiter)).unwrap_or(b',');
            table(path, file, delimiter, each)
        }
    }
}

/// Where the columns stand.
pub(super) struct Places {
    /// The header.
    pub names: Vec<String>,
    article_id: usize,
    passage: usize,
    sha256: Option<usize>,
    chars: Option<(usize, usize)>,
    cells: Vec<(Column, usize)>,
}

impl Places {
    /// Finds them in a header.
    pub fn find<'n>(path: &Path, names: impl Iterator<Item = &'n str>) -> Result<Self> {
        let names: Vec<String> = names.map(|n| n.trim().trim_start_matches('\u{feff}').to_owned()).collect();
        let place = |name: &str| names.iter().position(|n| n == name);
        let needed = |name: &str| place(name).ok_or_else(|| no_hit_list(path, format!("it has no column `{name}`")));
        Ok(Self {
            article_id: needed("article_id")?,
            passage: needed("passage")?,
            sha256: place("sha256"),
            chars: place("char_start").zip(place("char_end")),
            cells: compared().filter_map(|c| Some((c, place(c.name())?))).collect(),
            names,
        })
    }

    /// The compared column that stands there.
    pub fn column(&self, at: usize) -> Option<Column> {
        self.cells.iter().find(|(_, place)| *place == at).map(|(column, _)| *column)
    }

    /// A row's cells, by their place.
    pub fn quoted<'c>(&self, cell: impl Fn(usize) -> Option<&'c str>) -> Quoted {
        let text = |at: usize| cell(at).unwrap_or("");
        let mut quoted = Quoted {
            article_id: text(self.article_id).trim().to_owned(),
            sha256: self.sha256.map(|at| text(at).trim().to_ascii_lowercase()),
            passage: text(self.passage).to_owned(),
            cells: self.cells.iter().map(|(column, at)| (*column, text(*at).to_owned())).collect(),
            ..Quoted::default()
        };
        if let Some((start, end)) = self.chars.map(|(s, e)| (text(s).trim(), text(e).trim())) {
            // Spreadsheets may write 12 as 12.0.
            let number = |t: &str| t.strip_suffix(".0").unwrap_or(t).parse::<u64>().ok();
            quoted.chars = number(start).zip(number(end));
            quoted.bad_offsets =
                quoted.chars.is_none() && !(start.is_empty() && end.is_empty() && quoted.passage.is_empty());
        }
        quoted
    }
}

fn table(path: &Path, file: impl Read, delimiter: u8, each: Each<'_>) -> Result<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(file);
    let unreadable = |error: csv::Error| match error.into_kind() {
        csv::ErrorKind::Io(error) => Error::io(path, error),
        csv::ErrorKind::Utf8 { pos, .. } => {
            no_hit_list(path, format!("line {} is not UTF-8", pos.map_or(0, |p| p.line())))
        }
        _ => no_hit_list(path, "it is no table of delimited text"),
    };
    let places = Places::find(path, reader.headers().map_err(unreadable)?.iter())?;
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(unreadable)? {
        each(places.quoted(|at| record.get(at)))?;
    }
    Ok(places.names)
}

/// A hit in JSON.
#[derive(Deserialize)]
struct Hit {
    article_id: Option<String>,
    sha256: Option<String>,
    passage: Option<String>,
    char_start: Option<u64>,
    char_end: Option<u64>,
    #[serde(default)]
    passages: Vec<Part>,
    #[serde(skip)]
    cells: Vec<(Column, String)>,
    /// What tables have no column for.
    #[serde(skip)]
    details: serde_json::Map<String, serde_json::Value>,
    /// Whether nobody chose columns, so that all that the article has must be there.
    #[serde(skip)]
    whole: bool,
}

#[derive(Deserialize)]
struct Part {
    passage: String,
    char_start: u64,
    char_end: u64,
}

impl Hit {
    fn quoted(self, each: &mut dyn FnMut(Quoted) -> Result<()>) -> Result<()> {
        let (article_id, sha256) = (self.article_id.clone().unwrap_or_default(), self.sha256.clone());
        let one = |passage: String, chars| Quoted {
            article_id: article_id.clone(),
            sha256: sha256.clone(),
            bad_offsets: false,
            passage,
            chars,
            cells: self.cells.clone(),
            details: self.details.clone(),
            has_marks: true,
            whole: self.whole,
            links: Vec::new(),
        };
        if self.passages.is_empty() {
            return each(one(self.passage.unwrap_or_default(), self.char_start.zip(self.char_end)));
        }
        let best = self.char_start;
        self.passages.into_iter().try_for_each(|p| {
            let mut quoted = one(p.passage, Some((p.char_start, p.char_end)));
            if best != Some(p.char_start) {
                // What tells of a match and of bytes tells of the best passage.
                let of_best =
                    |c: Column| match_cells::COMPARED.contains(&c) || matches!(c, Column::ByteStart | Column::ByteEnd);
                quoted.cells.retain(|(column, _)| !of_best(*column));
                quoted.details.remove("marks");
                quoted.has_marks = false;
            }
            each(quoted)
        })
    }
}

/// JSON lines, or one document with `hits`: told apart by whether the first value has them.
fn json(path: &Path, file: impl Read, each: Each<'_>) -> Result<()> {
    let mut failed = None;
    let mut values = serde_json::Deserializer::from_reader(file);
    loop {
        // `end` also skips the white space between two values.
        if values.end().is_ok() {
            return Ok(());
        }
        let read = Value { each: &mut *each, failed: &mut failed }.deserialize(&mut values);
        if let Some(error) = failed.take() {
            return Err(error);
        }
        read.map_err(|e| no_hit_list(path, format!("line {}, column {}: no JSON of a hit", e.line(), e.column())))?;
    }
}

/// One value: a hit, or a document whose `hits` are given on one by one, so that it is never in memory as a whole.
struct Value<'e, 'f> {
    each: &'e mut dyn FnMut(Quoted) -> Result<()>,
    failed: &'f mut Option<Error>,
}

impl Value<'_, '_> {
    fn give<E: serde::de::Error>(&mut self, hit: Hit) -> Result<(), E> {
        hit.quoted(self.each).map_err(|error| {
            *self.failed = Some(error);
            E::custom("stopped")
        })
    }
}

impl<'de> DeserializeSeed<'de> for Value<'_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Value<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a hit or a hit list")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let (mut fields, mut document) = (serde_json::Map::new(), false);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "hits" => {
                    document = true;
                    map.next_value_seed(Hits(&mut self))?;
                }
                _ => {
                    fields.insert(key, map.next_value()?);
                }
            }
        }
        if document {
            return Ok(());
        }
        let hit = hit(fields).map_err(serde::de::Error::custom)?;
        self.give(hit)
    }
}

/// A hit of the fields of an object.
fn hit(mut fields: serde_json::Map<String, serde_json::Value>) -> serde_json::Result<Hit> {
    let text = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) => Some(text.clone()),
        serde_json::Value::Null => Some(String::new()),
        serde_json::Value::Array(items) => {
            Some(items.iter().filter_map(|item| item.as_str()).collect::<Vec<_>>().join("; "))
        }
        other => Some(other.to_string()),
    };
    let mut details = serde_json::Map::new();
    for key in json::DETAILS {
        if let Some(value) = fields.remove(key) {
            details.insert(key.to_owned(), value);
        }
    }
    let of_key = |wanted: &str| compared().find(|column| json::key(*column) == wanted);
    let mut cells: Vec<(Column, String)> =
        fields.iter().filter_map(|(key, value)| Some((of_key(key)?, text(value)?))).collect();
    let whole = details.keys().any(|key| !matches!(key.as_str(), "marks" | "title_marks"));
    if whole {
        // What is empty is left out: what is left out must be empty.
        let absent: Vec<_> = compared()
            .filter(|column| *column != Column::Name && !cells.iter().any(|(there, _)| there == column))
            .collect();
        cells.extend(absent.into_iter().map(|column| (column, String::new())));
    }
    let hit: Hit = serde_json::from_value(fields.into())?;
    Ok(Hit { cells, details, whole, ..hit })
}

struct Hits<'v, 'e, 'f>(&'v mut Value<'e, 'f>);

impl<'de> DeserializeSeed<'de> for Hits<'_, '_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Hits<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of hits")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(fields) = seq.next_element::<serde_json::Map<String, serde_json::Value>>()? {
            let hit = hit(fields).map_err(serde::de::Error::custom)?;
            self.0.give(hit)?;
        }
        Ok(())
    }
}
