//! Rows and objects for programs: what is called `json` is one document, what is called `jsonl` one object a line.

use std::io::{self, Write};

use newsdex::export::{self, Entry, Format};
use newsdex::{Error, ErrorKind};
use serde_json::Value;

use crate::output::Output;

/// Writes a table of counts or lines in a format for programs: json, jsonl, csv, tsv.
pub fn write(format: &str, columns: &[&str], rows: &[Vec<Entry>], out: &Output) -> anyhow::Result<()> {
    match Format::parse(format) {
        Ok(format @ (Format::Json | Format::Jsonl | Format::Csv | Format::Tsv)) => {
            Ok(export::table(format, columns, rows, out.data())?)
        }
        _ => Err(no_such(format, "text, json, jsonl, csv, tsv")),
    }
}

/// The refusal of a format that a command does not have.
pub fn no_such(format: &str, known: &str) -> anyhow::Error {
    Error::new(ErrorKind::Usage, format!("no such format here: `{format}`"))
        .hint(format!("choose one of {known}"))
        .into()
}

/// Writes objects one after another.
pub struct Objects<W> {
    to: W,
    /// Whether they make one list.
    list: bool,
    any: bool,
}

impl<W: Write> Objects<W> {
    /// A list for `json`, a line each for `jsonl`.
    pub fn new(format: &str, to: W) -> Self {
        Self { to, list: format == "json", any: false }
    }

    pub fn push(&mut self, object: &Value) -> io::Result<()> {
        match (self.list, self.any) {
            (true, true) => self.to.write_all(b",\n")?,
            (true, false) => self.to.write_all(b"[\n")?,
            (false, _) => {}
        }
        self.any = true;
        serde_json::to_writer(&mut self.to, object)?;
        if self.list { Ok(()) } else { self.to.write_all(b"\n") }
    }

    pub fn finish(mut self) -> io::Result<()> {
        match (self.list, self.any) {
            (true, true) => self.to.write_all(b"\n]\n")?,
            (true, false) => self.to.write_all(b"[]\n")?,
            (false, _) => {}
        }
        self.to.flush()
    }
}
