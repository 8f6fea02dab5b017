//! One JSON object a line; [`json`](super::json) says what is in it.

use std::io::Write;

use super::json::object;
use super::row::Rows;
use super::{Counts, Head, HitWriter, Options, Tail, output};
use crate::Result;
use crate::model::Hit;

/// Writes JSON lines.
pub(super) struct Jsonl<'a> {
    out: Box<dyn Write + 'a>,
    options: Options,
    rows: Rows,
    written: u64,
}

impl<'a> Jsonl<'a> {
    pub fn new(options: Options, out: Box<dyn Write + 'a>) -> Self {
        Self { out, options, rows: Rows::default(), written: 0 }
    }
}

impl HitWriter for Jsonl<'_> {
    fn begin(&mut self, head: &Head) -> Result<()> {
        self.rows.begin(head);
        Ok(())
    }

    fn hit(&mut self, hit: &Hit, name: Option<&str>) -> Result<()> {
        let (out, options, written) = (&mut self.out, &self.options, &mut self.written);
        self.rows
            .each(hit, name, options, |row| {
                serde_json::to_writer(&mut *out, &object(row, options)).map_err(std::io::Error::from)?;
                *written += 1;
                out.write_all(b"\n")
            })
            .map_err(output)
    }

    fn end(&mut self, _tail: &Tail) -> Result<Counts> {
        self.out.flush().map_err(output)?;
        Ok(Counts { rows: self.written, notes: Vec::new() })
    }
}
