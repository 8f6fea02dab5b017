//! CSV per RFC 4180: CRLF, quotes doubled, a header line; and what TSV shares with it.
//!
//! A cell that a spreadsheet would run as a formula gets a leading `'` (OWASP, "CSV Injection"); what follows is
//! the cell unchanged, so that it can be undone. Numbers of ours are never touched.

use std::borrow::Cow;
use std::io::Write;

use super::row::{Cell, Rows};
use super::{Column, Counts, Head, HitWriter, Options, Tail, output};
use crate::Result;
use crate::model::Hit;

/// Characters that make a spreadsheet take a cell for a formula, or part it; the last four are the full-width forms
/// that East Asian versions take for the plain ones.
const FORMULA_STARTS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The cell with a leading `'` where a spreadsheet would run it.
pub(super) fn harmless(cell: Cow<'_, str>) -> Cow<'_, str> {
    if cell.starts_with(FORMULA_STARTS) { Cow::Owned(format!("'{cell}")) } else { cell }
}

/// The cell as it was before [`harmless`], if it was changed.
pub(super) fn before_harmless(cell: &str) -> Option<&str> {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(FORMULA_STARTS))
}

/// Writes rows of separated values.
pub(super) struct Csv<'a> {
    out: csv::Writer<Box<dyn Write + 'a>>,
    options: Options,
    columns: Vec<Column>,
    rows: Rows,
    written: u64,
}

impl<'a> Csv<'a> {
    /// Commas and CRLF.
    pub fn new(options: Options, out: Box<dyn Write + 'a>) -> Self {
        Self::with(options, out, b',', csv::Terminator::CRLF)
    }

    pub(super) fn with(options: Options, out: Box<dyn Write + 'a>, delimiter: u8, terminator: csv::Terminator) -> Self {
        let columns = options.columns.clone().with_name(options.names).iter().collect();
        let out = csv::WriterBuilder::new().delimiter(delimiter).terminator(terminator).from_writer(out);
        Self { out, options, columns, rows: Rows::default(), written: 0 }
    }
}

impl HitWriter for Csv<'_> {
    fn begin(&mut self, head: &Head) -> Result<()> {
        self.rows.begin(head);
        // The mark must stand before the first quote, which the csv writer cannot know.
        let first = if self.options.bom { "\u{feff}" } else { "" };
        let names = self.columns.iter().enumerate();
        self.out
            .write_record(names.map(|(i, c)| if i == 0 { format!("{first}{}", c.name()) } else { c.name().into() }))
            .map_err(failed)
    }

    fn hit(&mut self, hit: &Hit, name: Option<&str>) -> Result<()> {
        let (out, columns, written) = (&mut self.out, &self.columns, &mut self.written);
        self.rows.each(hit, name, &self.options, |row| {
            for &column in columns {
                let text = row.text(column);
                let ours = matches!(row.cell(column), Cell::Whole(_) | Cell::Score(_) | Cell::Date(_));
                let cell = if ours { text } else { harmless(text) };
                out.write_field(cell.as_bytes()).map_err(failed)?;
            }
            *written += 1;
            out.write_record(None::<&[u8]>).map_err(failed)
        })
    }

    fn end(&mut self, _tail: &Tail) -> Result<Counts> {
        self.out.flush().map_err(output)?;
        Ok(Counts { rows: self.written, notes: Vec::new() })
    }
}

pub(super) fn failed(error: csv::Error) -> crate::Error {
    output(match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        _ => std::io::Error::other("a row could not be written as CSV"),
    })
}
