//! TSV: tabs for commas and plain line feeds, otherwise as CSV. Cells that hold a tab, a quote or a line end are
//! quoted, which Excel, LibreOffice, R and Python's `excel-tab` dialect read; nothing is replaced in them, so a
//! passage can still be checked byte for byte.

use std::io::Write;

use super::Options;
use super::csv::Csv;

/// A writer of tab-separated values.
pub(super) fn open<'a>(options: Options, out: Box<dyn Write + 'a>) -> Csv<'a> {
    Csv::with(options, out, b'\t', csv::Terminator::Any(b'\n'))
}
