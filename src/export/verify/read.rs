//! Rows of a hit list, one by one, whatever the format.

use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader, Read as _};
use std::path::Path;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::{Column, Format, json, no_hit_list, sheet};
use crate::{Error, Result};

/// A row as it stands in a file.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Read {
    /// Of a table, the cells under known names.
    pub cells: Vec<(Column, String)>,
    /// Where the links of a sheet lead, and from which known column.
    pub links: Vec<(Column, String)>,
    /// Whether it comes from a workbook, where dates are numbers of days.
    pub from_sheet: bool,
    /// A known column whose cell is a formula, or stands twice.
    pub odd: Option<Column>,
    /// Whether a person who opens the workbook does not see it.
    pub hidden: bool,
    /// Whether there are cells in no column.
    pub beyond: bool,
    /// Of JSON, the object.
    pub object: Option<Map<String, Value>>,
}

impl Read {
    /// What the column says; `None` where the file does not have it.
    pub fn cell(&self, wanted: Column) -> Option<&str> {
        self.cells.iter().find(|(column, _)| *column == wanted).map(|(_, said)| said.as_str())
    }
}

impl Read {
    /// Whether a cell is as long as a spreadsheet lets it be.
    pub fn is_cut(&self) -> bool {
        let long = |said: &str| said.len() >= 32_766 && (32_766..=32_767).contains(&said.encode_utf16().count());
        self.cells.iter().any(|(_, said)| long(said))
    }

    /// What of it has no place among what is written.
    pub fn unknown(&self) -> impl Iterator<Item = &str> {
        let known = |key: &str| matches!(key, "schema_version" | "passages") || json::keys().any(|known| known == key);
        let keys = self.object.iter().flat_map(|object| object.keys()).map(String::as_str);
        keys.filter(move |key| !known(key)).chain(self.beyond.then_some("cells in no column"))
    }
}

/// What a file has beside its rows.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// The names of a table's columns.
    pub names: Vec<String>,
    /// Rows above them that look like those of a table.
    pub above: u64,
    /// Of a workbook, the sheet that is compared, and the others.
    pub sheets: Vec<String>,
    /// Columns that nobody sees who opens the workbook.
    pub hidden_columns: u64,
    /// Of one JSON document, its keys beside `hits`.
    pub document: Option<Map<String, Value>>,
}

type Each<'e> = &'e mut dyn FnMut(Read) -> Result<()>;

/// Gives each row of the file to `each`. Without a ledger, and so without `wanted`, a table must name article and passage.
pub(super) fn each(path: &Path, wanted: Wanted<'_>, format: Option<Format>, each: Each<'_>) -> Result<Head> {
    let failed = |error| Error::io(path, error);
    let mut file = BufReader::with_capacity(1 << 16, File::open(path).map_err(failed)?);
    let start = file.fill_buf().map_err(failed)?.to_vec();
    if start.starts_with(b"PK\x03\x04") {
        return sheet::each(path, file.into_inner(), wanted, each);
    }
    let text = start.strip_prefix(b"\xef\xbb\xbf".as_slice()).unwrap_or(&start);
    file.seek_relative((start.len() - text.len()) as i64).map_err(failed)?;
    match text.trim_ascii_start().first() {
        None => Err(no_hit_list(path, "it is empty")),
        Some(b'{') => objects(path, file, each).map(|document| Head { document, ..Head::default() }),
        Some(b'[') => Err(no_hit_list(path, "it is an array of JSON, which newsdex does not write")),
        Some(_) => {
            if start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") || text.contains(&0) {
                let said = "it is UTF-16 (`Unicode text`): save it as `CSV UTF-8`, or as a workbook";
                return Err(no_hit_list(path, said));
            }
            table(path, file, delimiter(text, format), wanted, each)
        }
    }
}

/// What parts the cells of a table: whichever gives most known columns in one of its first lines. Where a comma stands in
/// numbers, Excel writes semicolons.
fn delimiter(start: &[u8], format: Option<Format>) -> u8 {
    let order = if format == Some(Format::Tsv) { [b'\t', b',', b';'] } else { [b',', b'\t', b';'] };
    let lines = || start.split(|&b| b == b'\n').take(HEADER_WITHIN);
    let known = |delimiter: u8| {
        let of_line = |line: &[u8]| {
            let cells = line.split(|&b| b == delimiter).map(|cell| cell.trim_ascii());
            let plain = cells.map(|cell| cell.strip_prefix(b"\"").and_then(|c| c.strip_suffix(b"\"")).unwrap_or(cell));
            plain.filter(|cell| Column::ALL.iter().any(|column| column.name().as_bytes() == *cell)).count()
        };
        lines().map(of_line).max().unwrap_or(0)
    };
    // The first of those that give as many.
    order.into_iter().rev().max_by_key(|delimiter| known(*delimiter)).unwrap_or(b',')
}

/// Rows in which the header is looked for: people put titles above it.
const HEADER_WITHIN: usize = 10;

/// Looks for the header in the first rows of a table: with a ledger, a row with half of the columns that were written.
pub(super) struct Header<'p> {
    path: &'p Path,
    wanted: Wanted<'p>,
    /// Rows above it that look like those of a table.
    above: u64,
    places: Option<Places>,
    failed: Option<Error>,
    rows: usize,
}

impl<'p> Header<'p> {
    pub fn new(path: &'p Path, wanted: Wanted<'p>) -> Self {
        Self { path, wanted, above: 0, places: None, failed: None, rows: 0 }
    }

    /// Where the columns stand, if the row is below the header. Of a row with `cells` cells.
    pub fn places<'c>(&mut self, cells: usize, cell: impl Fn(usize) -> Option<&'c str>) -> Result<Option<&Places>> {
        if self.places.is_some() {
            return Ok(self.places.as_ref());
        }
        self.rows += 1;
        self.above += u64::from((0..cells).filter(|at| cell(*at).is_some_and(|said| !said.is_empty())).count() > 2);
        match Places::find(self.path, self.wanted, (0..cells).map(|at| cell(at).unwrap_or(""))) {
            Ok(places) => {
                self.places = Some(places);
                self.above = self.above.saturating_sub(1).min(self.rows as u64 - 1);
            }
            // What the first row lacks is told.
            Err(error) => {
                let error = self.failed.take().unwrap_or(error);
                if self.rows == HEADER_WITHIN {
                    return Err(error);
                }
                self.failed = Some(error);
            }
        }
        Ok(None)
    }

    /// What the table has beside its rows.
    pub fn head(self) -> Result<Head> {
        match (self.places, self.failed) {
            (Some(places), _) => Ok(Head { names: places.names, above: self.above, ..Head::default() }),
            (None, Some(error)) => Err(error),
            (None, None) => Err(no_hit_list(self.path, "its first sheet is empty")),
        }
    }
}

/// A row of a workbook with these columns and nothing in them.
pub(super) fn empty(names: &[String]) -> Read {
    let cells = Column::ALL.iter().filter(|column| names.iter().any(|name| name == column.name()));
    let cells = cells.map(|column| (*column, String::new()));
    Read { cells: cells.collect(), from_sheet: true, ..Read::default() }
}

/// The columns that were written; `None` where no ledger tells.
pub(super) type Wanted<'w> = Option<&'w [String]>;

/// Where the columns stand.
pub(super) struct Places {
    /// The header.
    pub names: Vec<String>,
    known: Vec<(Column, usize)>,
}

impl Places {
    /// Finds them in a header.
    pub fn find<'n>(path: &Path, wanted: Wanted<'_>, names: impl Iterator<Item = &'n str>) -> Result<Self> {
        let names: Vec<String> = names.map(|n| n.trim().trim_start_matches('\u{feff}').to_owned()).collect();
        let place = |column: Column| names.iter().position(|n| n == column.name());
        for needed in [Column::ArticleId, Column::Passage].into_iter().filter(|_| wanted.is_none()) {
            if place(needed).is_none() {
                let said = format!("it has no column `{}`, and there is no ledger beside it", needed.name());
                return Err(no_hit_list(path, said));
            }
        }
        let known: Vec<_> = Column::ALL.iter().filter_map(|&column| Some((column, place(column)?))).collect();
        let of_written = wanted.unwrap_or_default().iter().filter(|name| names.contains(name)).count();
        if known.is_empty() || of_written * 2 < wanted.map_or(0, <[String]>::len) {
            return Err(no_hit_list(path, "none of its first rows has half of the columns that were written"));
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

fn table(path: &Path, file: impl std::io::Read, delimiter: u8, wanted: Wanted<'_>, each: Each<'_>) -> Result<Head> {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(file);
    let unreadable = |error: csv::Error| match error.into_kind() {
        csv::ErrorKind::Io(error) => Error::io(path, error),
        csv::ErrorKind::Utf8 { pos, .. } => {
            no_hit_list(path, format!("line {} is not UTF-8", pos.map_or(0, |p| p.line())))
        }
        _ => no_hit_list(path, "it is no table of delimited text"),
    };
    let mut header = Header::new(path, wanted);
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(unreadable)? {
        let Some(places) = header.places(record.len(), |at| record.get(at))? else { continue };
        let mut read = places.read(|at| record.get(at));
        read.beyond = record.iter().skip(places.names.len()).any(|cell| !cell.is_empty());
        read.beyond |= places.names.iter().zip(&record).any(|(name, cell)| name.is_empty() && !cell.is_empty());
        each(read)?;
    }
    header.head()
}

/// JSON lines, or one document with `hits`, whose other keys are returned: told apart by whether the first value has them.
fn objects(path: &Path, mut file: BufReader<File>, each: Each<'_>) -> Result<Option<Map<String, Value>>> {
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
            if self.document.is_some() {
                return Err(serde::de::Error::custom("a second document"));
            }
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
