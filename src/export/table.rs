//! A table that is no hit list (counts, lines of a concordance) for a program: CSV, TSV, JSON, JSONL.

use std::io::Write;

use serde_json::{Map, Value};

use super::csv::harmless;
use super::{Format, output};
use crate::{Error, ErrorKind, Result};

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// Nothing: an empty cell, `null`.
    None,
    /// Text from anywhere; where a spreadsheet would run it, it is made harmless.
    Text(String),
    /// A number.
    Number(u64),
}

impl From<Option<String>> for Entry {
    fn from(text: Option<String>) -> Self {
        text.map_or(Self::None, Self::Text)
    }
}

/// Writes `rows`, each with an entry for each of `columns`: as JSON one list of objects, as JSONL one object a line.
///
/// # Errors
/// [`ErrorKind::Usage`] for formats that hold hits only; the output cannot be written.
pub fn table(format: Format, columns: &[&str], rows: &[Vec<Entry>], mut out: impl Write) -> Result<()> {
    match format {
        Format::Csv => separated(b',', csv::Terminator::CRLF, columns, rows, out),
        Format::Tsv => separated(b'\t', csv::Terminator::Any(b'\n'), columns, rows, out),
        Format::Jsonl => {
            rows.iter().try_for_each(|row| writeln!(out, "{}", object(columns, row))).map_err(output)?;
            out.flush().map_err(output)
        }
        Format::Json => {
            let objects: Vec<String> = rows.iter().map(|row| object(columns, row).to_string()).collect();
            let list = if objects.is_empty() { "[]".to_owned() } else { format!("[\n{}\n]", objects.join(",\n")) };
            writeln!(out, "{list}").and_then(|()| out.flush()).map_err(output)
        }
        other => Err(Error::new(ErrorKind::Usage, format!("there is no `{other}` of counts and lines, only of hits"))
            .hint("choose one of json, jsonl, csv, tsv")),
    }
}

fn object(columns: &[&str], row: &[Entry]) -> Value {
    let value = |entry: &Entry| match entry {
        Entry::None => Value::Null,
        Entry::Text(text) => Value::String(text.clone()),
        Entry::Number(number) => (*number).into(),
    };
    let keys = columns.iter().map(|name| (*name).to_owned());
    Value::Object(keys.zip(row.iter().map(value)).collect::<Map<_, _>>())
}

fn separated(
    delimiter: u8,
    terminator: csv::Terminator,
    columns: &[&str],
    rows: &[Vec<Entry>],
    out: impl Write,
) -> Result<()> {
    let mut out = csv::WriterBuilder::new().delimiter(delimiter).terminator(terminator).from_writer(out);
    out.write_record(columns).map_err(super::csv::failed)?;
    for row in rows {
        for entry in row {
            let cell = match entry {
                Entry::None => "".into(),
                Entry::Text(text) => harmless(text.into()),
                Entry::Number(number) => number.to_string().into(),
            };
            out.write_field(cell.as_bytes()).map_err(super::csv::failed)?;
        }
        out.write_record(None::<&[u8]>).map_err(super::csv::failed)?;
    }
    out.flush().map_err(output)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(format: Format, rows: &[Vec<Entry>]) -> String {
        let mut out = Vec::new();
        table(format, &["value", "articles"], rows, &mut out).expect("written");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn rows_in_each_format() {
        let text = |text: &str| Entry::Text(text.to_owned());
        let rows = [vec![text("Vale, \"Post\""), Entry::Number(1)], vec![Entry::None, Entry::Number(20)]];
        assert_eq!(made(Format::Csv, &rows), "value,articles\r\n\"Vale, \"\"Post\"\"\",1\r\n,20\r\n");
        assert_eq!(made(Format::Tsv, &[vec![text("=1+1"), Entry::Number(1)]]), "value\tarticles\n'=1+1\t1\n");
        let list: Value = serde_json::from_str(&made(Format::Json, &rows)).expect("one document");
        assert_eq!(
            list,
            serde_json::json!([{"value": "Vale, \"Post\"", "articles": 1}, {"value": null, "articles": 20}])
        );
        let lines = made(Format::Jsonl, &rows);
        let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("an object")).collect();
        assert_eq!(Value::Array(lines), list);
        assert_eq!((made(Format::Json, &[]).as_str(), made(Format::Jsonl, &[]).as_str()), ("[]\n", ""));
        assert!(table(Format::Xlsx, &["a"], &[], Vec::new()).is_err());
    }
}
