//! Rows of a hit list, one by one, whatever the format.

use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader, Read as _};
use std::path::Path;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::{Column, no_hit_list, sheet};
use crate::{Error, Result};

/// A row as it stands in a file.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Read {
    /// Of a table, the cells under known names.
    pub cells: Vec<(Column, String)>,
    /// Where the links of a sheet lead, and from which known column.
    pub links: Vec<(Option<Column>, String)>,
    /// Of JSON, the object.
    pub object: Option<Map<String, Value>>,
}

impl Read {
    /// What the column says; `None` where the file does not have it.
    pub fn cell(&self, wanted: Column) -> Option<&str> {
        self.cells.iter().find(|(column, _)| *column == wanted).map(|(_, said)| said.as_str())
    }
}

/// What a file has beside its rows.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// The names of a table's columns.
    pub names: Vec<String>,
    /// Of one JSON document, its keys beside `hits`.
    pub document: Option<Map<String, Value>>,
}

type Each<'e> = &'e mut dyn FnMut(Read) -> Result<()>;

/// Gives each row of the file to `each`. `alone`: there is no ledger, so that a table must name article and passage.
pub(super) fn each(path: &Path, alone: bool, each: Each<'_>) -> Result<Head> {
    let failed = |error| Error::io(path, error);
    let mut file = BufReader::with_capacity(1 << 16, File::open(path).map_err(failed)?);
    let start = file.fill_buf().map_err(failed)?.to_vec();
    if start.starts_with(b"PK\x03\x04") {
        return sheet::each(path, file.into_inner(), alone, each).map(of_table);
    }
    let text = start.strip_prefix(b"\xef\xbb\xbf".as_slice()).unwrap_or(&start);
    file.seek_relative((start.len() - text.len()) as i64).map_err(failed)?;
    match text.trim_ascii_start().first() {
        None => Err(no_hit_list(path, "it is empty")),
        Some(b'{') => json(path, file, each).map(|document| Head { document, ..Head::default() }),
        Some(_) => {
            let line = text.split(|&b| b == b'\n').next().unwrap_or(text);
            // Names of columns hold none of these; where a comma stands in numbers, Excel writes semicolons.
            let delimiter = [b'\t', b';'].into_iter().find(|delimiter| line.contains(delimiter)).unwrap_or(b',');
            table(path, file, delimiter, alone, each).map(of_table)
        }
    }
}

fn of_table(names: Vec<String>) -> Head {
    Head { names, document: None }
}

/// Where the columns stand.
pub(super) struct Places {
    /// The header.
    pub names: Vec<String>,
    known: Vec<(Column, usize)>,
}

impl Places {
    /// Finds them in a header.
    pub fn find<'n>(path: &Path, alone: bool, names: impl Iterator<Item = &'n str>) -> Result<Self> {
        let names: Vec<String> = names.map(|n| n.trim().trim_start_matches('\u{feff}').to_owned()).collect();
        let place = |column: Column| names.iter().position(|n| n == column.name());
        for needed in [Column::ArticleId, Column::Passage].into_iter().filter(|_| alone) {
            if place(needed).is_none() {
                let said = format!("it has no column `{}`, and there is no ledger beside it", needed.name());
                return Err(no_hit_list(path, said));
            }
        }
        let known: Vec<_> = Column::ALL.iter().filter_map(|&column| Some((column, place(column)?))).collect();
        if known.is_empty() {
            return Err(no_hit_list(path, "it has none of the columns of a hit list"));
        }
        Ok(Self { names, known })
    }

    /// The known column that stands there.
    pub fn column(&self, at: usize) -> Option<Column> {
        self.known.iter().find(|(_, place)| *place == at).map(|(column, _)| *column)
    }

    /// A row's cells, by their place.
    pub fn read<'c>(&self, cell: impl Fn(usize) -> Option<&'c str>) -> Read {
        let cells = self.known.iter().map(|(column, at)| (*column, cell(*at).unwrap_or("").to_owned()));
        Read { cells: cells.collect(), ..Read::default() }
    }
}

fn table(path: &Path, file: impl std::io::Read, delimiter: u8, alone: bool, each: Each<'_>) -> Result<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(file);
    let unreadable = |error: csv::Error| match error.into_kind() {
        csv::ErrorKind::Io(error) => Error::io(path, error),
        csv::ErrorKind::Utf8 { pos, .. } => {
            no_hit_list(path, format!("line {} is not UTF-8", pos.map_or(0, |p| p.line())))
        }
        _ => no_hit_list(path, "it is no table of delimited text"),
    };
    let places = Places::find(path, alone, reader.headers().map_err(unreadable)?.iter())?;
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(unreadable)? {
        each(places.read(|at| record.get(at)))?;
    }
    Ok(places.names)
}

/// JSON lines, or one document with `hits`, whose other keys are returned: told apart by whether the first value has them.
fn json(path: &Path, mut file: BufReader<File>, each: Each<'_>) -> Result<Option<Map<String, Value>>> {
    let (mut failed, mut document) = (None, None);
    let mut values = serde_json::Deserializer::from_reader(file.by_ref());
    loop {
        // `end` also skips the white space between two values.
        if values.end().is_ok() {
            return Ok(document);
        }
        let value = Hit { each: &mut *each, failed: &mut failed, document: &mut document };
        let read = value.deserialize(&mut values);
        if let Some(error) = failed.take() {
            return Err(error);
        }
        read.map_err(|e| no_hit_list(path, format!("line {}, column {}: no JSON of a hit", e.line(), e.column())))?;
    }
}

/// One value: a hit, or a document whose `hits` are given on one by one, so that it is never in memory as a whole.
struct Hit<'e, 'f> {
    each: &'e mut dyn FnMut(Read) -> Result<()>,
    failed: &'f mut Option<Error>,
    document: &'f mut Option<Map<String, Value>>,
}

impl Hit<'_, '_> {
    fn give<E: serde::de::Error>(&mut self, object: Map<String, Value>) -> Result<(), E> {
        (self.each)(Read { object: Some(object), ..Read::default() }).map_err(|error| {
            *self.failed = Some(error);
            E::custom("stopped")
        })
    }
}

impl<'de> DeserializeSeed<'de> for Hit<'_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Hit<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a hit or a hit list")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let (mut fields, mut is_document) = (Map::new(), false);
        while let Some(key) = map.next_key::<String>()? {
            if key == "hits" {
                is_document = true;
                map.next_value_seed(Hits(&mut self))?;
            } else {
                insert(&mut fields, key, map.next_value()?)?;
            }
        }
        if is_document {
            *self.document = Some(fields);
            return Ok(());
        }
        self.give(fields)
    }
}

struct Hits<'v, 'e, 'f>(&'v mut Hit<'e, 'f>);

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
        while let Some(fields) = seq.next_element_seed(Object)? {
            self.0.give(fields)?;
        }
        Ok(())
    }
}

struct Object;

impl<'de> DeserializeSeed<'de> for Object {
    type Value = Map<String, Value>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Object {
    type Value = Map<String, Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a hit")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            insert(&mut fields, key, map.next_value()?)?;
        }
        Ok(fields)
    }
}

/// Which of two values of one key counts, no two readers agree.
fn insert<E: serde::de::Error>(fields: &mut Map<String, Value>, key: String, value: Value) -> Result<(), E> {
    match fields.entry(key) {
        serde_json::map::Entry::Occupied(there) => Err(E::custom(format!("the key `{}` stands twice", there.key()))),
        serde_json::map::Entry::Vacant(free) => {
            free.insert(value);
            Ok(())
        }
    }
}
