//! A row of a table to its cells: quotes as they should be, behind backslashes, and never closed.

use std::borrow::Cow;

use csv_core::ReadFieldResult;

use super::input::most_text;
use super::json::held;
use crate::model::PayloadKind;

/// Quotes of a row that are tried as the one that was never closed.
const MOST_QUOTES: usize = 64;
/// Bytes that may be read again for that.
const MOST_TRIED: usize = 256 << 20;
/// Cells of a row; no table has so many columns.
const MOST_CELLS: usize = 100_000;

/// The cells of the first row of a text.
pub fn cells(record: &str, delimiter: u8, quoting: bool) -> Vec<String> {
    first_row(record, csv_core::ReaderBuilder::new().delimiter(delimiter).quoting(quoting))
}

/// The cells of the first row. By the automaton of `csv` and without its reader, which keeps three copies of a row.
fn first_row(record: &str, reader: &mut csv_core::ReaderBuilder) -> Vec<String> {
    let mut reader = reader.build();
    let most = most_text(PayloadKind::HtmlFragment) + 8;
    let (mut rest, mut part) = (record.as_bytes(), [0; 8192]);
    let (mut row, mut cell) = (Vec::new(), Vec::new());
    loop {
        let (found, read, written) = reader.read_field(rest, &mut part);
        rest = &rest[read..];
        if cell.len() < most {
            cell.extend_from_slice(&part[..written]);
        }
        match found {
            ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
            ReadFieldResult::Field { record_end } => {
                // Cut within a character at most.
                row.push(held(&String::from_utf8_lossy(&std::mem::take(&mut cell))));
                if record_end || row.len() >= MOST_CELLS {
                    return row;
                }
            }
            ReadFieldResult::End => return row,
        }
    }
}

/// The cells of a row. Quotes behind a backslash are the text's where only so the row has as many cells as there are
/// columns.
pub fn row(record: &str, delimiter: u8, columns: usize) -> Vec<String> {
    // Where nothing ends behind such a quote, no other reading makes sense of it.
    if memchr::memmem::find_iter(record.as_bytes(), b"\\\"").any(|at| !may_end(record.as_bytes(), at, delimiter)) {
        let escaped = backslashed(record, delimiter);
        if escaped.len() == columns {
            return escaped;
        }
    }
    let found = cells(record, delimiter, true);
    if found.len() != columns && record.contains("\\\"") {
        let escaped = backslashed(record, delimiter);
        if escaped.len() == columns {
            return escaped;
        }
    }
    found
}

/// Whether the quote behind the backslash at `at` may be the one that ends its cell: the next cell, the end of the row
/// or a second quote follows. A backslash that is one itself escapes nothing.
fn may_end(record: &[u8], at: usize, delimiter: u8) -> bool {
    let before = record[..at].iter().rev().take_while(|b| **b == b'\\').count();
    before % 2 == 1
        || matches!(record.get(at + 2), None | Some(b'"' | b'\r' | b'\n'))
        || record.get(at + 2) == Some(&delimiter)
}

/// The cells where a backslash escapes what stands behind it.
pub fn backslashed(record: &str, delimiter: u8) -> Vec<String> {
    let record = with_line_ends(record);
    let mut reader = csv_core::ReaderBuilder::new();
    first_row(&record, reader.delimiter(delimiter).double_quote(false).escape(Some(b'\\')))
}

/// A row in which backslashes escape, with its line ends as they are: `\n` is one, and no `n`.
fn with_line_ends(record: &str) -> Cow<'_, str> {
    if !record.contains("\\n") {
        return Cow::Borrowed(record);
    }
    let mut out = String::with_capacity(record.len());
    let mut rest = record;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
        match &rest[..length] {
            "\\n" => out.push('\n'),
            "\\r" => {}
            other => out.push_str(other),
        }
        rest = &rest[length..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The cells of a row in which a quote is never closed: without the quote that, left out, gives as many cells as there
/// are columns and leaves the fewest quotes astray; the row as it stands if none does.
pub fn mended(record: &str, delimiter: u8, columns: usize) -> Vec<String> {
    let bytes = record.as_bytes();
    let opens = |at: usize| at == 0 || bytes[at - 1] == delimiter;
    let most = MOST_QUOTES.min(MOST_TRIED / bytes.len().max(1));
    let quotes = memchr::memchr_iter(b'"', bytes).filter(|at| opens(*at)).take(most);
    let without = |at: usize| cells(&format!("{}{}", &record[..at], &record[at + 1..]), delimiter, true);
    let astray = |row: &Vec<String>| row.iter().map(|cell| cell.matches('"').count()).sum::<usize>();
    let tried = std::iter::once(cells(record, delimiter, true)).chain(quotes.map(without));
    if let Some(best) = tried.filter(|row| row.len() == columns).min_by_key(astray) {
        return best;
    }
    let plain = cells(record, delimiter, false);
    if plain.len() == columns {
        return plain.into_iter().map(|cell| cell.trim_matches('"').to_owned()).collect();
    }
    cells(record, delimiter, true)
}
