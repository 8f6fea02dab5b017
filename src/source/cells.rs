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
/// Rows of a sample, and lines of one, that are looked at to tell how a table is quoted.
const LOOKED_AT: usize = 50;
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
        let escaped = backslashed(record, delimiter, columns);
        if escaped.len() == columns {
            return escaped;
        }
    }
    if is_quoted_text(record, delimiter) {
        let plain = cells(record, delimiter, false);
        if plain.len() == columns {
            return plain.into_iter().map(unquoted).collect();
        }
    }
    let found = cells(record, delimiter, true);
    if found.len() != columns && record.contains("\\\"") {
        let escaped = backslashed(record, delimiter, columns);
        if escaped.len() == columns {
            return escaped;
        }
    }
    found
}

/// Whether a row of one line has a cell that begins with a quote of its text: `"Yes," said the council` goes on behind the
/// quote that would end it.
fn is_quoted_text(record: &str, delimiter: u8) -> bool {
    let record = record.trim_end_matches(['\r', '\n']).as_bytes();
    let (mut at, mut open) = (0, false);
    let mut text = false;
    while at < record.len() {
        match record[at] {
            b'\n' => return false,
            b'"' if open && record.get(at + 1) == Some(&b'"') => at += 1,
            b'"' if open => {
                open = false;
                text |= record.get(at + 1).is_some_and(|next| *next != delimiter);
            }
            b'"' if at == 0 || record[at - 1] == delimiter => open = true,
            _ => {}
        }
        at += 1;
    }
    text
}

/// A cell without the quotes around it, if these are around all of it.
fn unquoted(cell: String) -> String {
    let inner = cell.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    match inner.filter(|inner| !inner.replace("\"\"", "").contains('"')) {
        Some(inner) => inner.replace("\"\"", "\""),
        None => cell,
    }
}

/// Whether the quote behind the backslash at `at` may be the one that ends its cell: the next cell, the end of the row
/// or a second quote follows. A backslash that is one itself escapes nothing.
fn may_end(record: &[u8], at: usize, delimiter: u8) -> bool {
    let before = record[..at].iter().rev().take_while(|b| **b == b'\\').count();
    before % 2 == 1
        || matches!(record.get(at + 2), None | Some(b'"' | b'\r' | b'\n'))
        || record.get(at + 2) == Some(&delimiter)
}

/// The cells where a backslash escapes what stands behind it; two quotes are one there too, where that makes as many cells as
/// there are `columns`.
pub fn backslashed(record: &str, delimiter: u8, columns: usize) -> Vec<String> {
    let record = with_line_ends(record);
    let escaped = |double: bool| {
        let mut reader = csv_core::ReaderBuilder::new();
        first_row(&record, reader.delimiter(delimiter).double_quote(double).escape(Some(b'\\')))
    };
    let both = escaped(true);
    if both.len() == columns { both } else { escaped(false) }
}

/// The cells of a row whose quotes are apostrophes, each with whether it is in quotes, and whether the last is still open
/// at the end. A quote ends its cell only where the cell may end: `'Ferry's end'` is one as well as `'Ferry''s end'`.
pub fn apostrophed(record: &str, delimiter: u8) -> (Vec<(String, bool)>, bool) {
    let record = record.trim_end_matches(['\r', '\n']);
    let (mut out, mut rest) = (Vec::new(), record);
    while out.len() < MOST_CELLS {
        let Some(inner) = rest.strip_prefix('\'') else {
            let end = memchr::memchr(delimiter, rest.as_bytes());
            out.push((held(&rest[..end.unwrap_or(rest.len())]), false));
            let Some(end) = end else { return (out, false) };
            rest = &rest[end + 1..];
            continue;
        };
        let end = closing(inner.as_bytes(), delimiter);
        out.push((held(&inner[..end.unwrap_or(inner.len())].replace("''", "'")), true));
        let Some(end) = end else { return (out, true) };
        match inner.as_bytes().get(end + 1) {
            Some(_) => rest = &inner[end + 2..],
            None => return (out, false),
        }
    }
    (out, false)
}

/// Where the apostrophe stands that ends a cell.
fn closing(inner: &[u8], delimiter: u8) -> Option<usize> {
    let mut at = 0;
    while let Some(next) = memchr::memchr(b'\'', &inner[at..]) {
        at += next;
        match inner.get(at + 1) {
            None => return Some(at),
            Some(next) if *next == delimiter => return Some(at),
            Some(b'\'') => at += 2,
            Some(_) => at += 1,
        }
    }
    None
}

/// Whether the rows of a sample are quoted with apostrophes: in each of them the same column is, two of one row at least,
/// and there are as many cells as `columns`. A headline that is a quotation, among others, makes no such table.
pub fn is_apostrophed(sample: &str, delimiter: u8, columns: usize) -> bool {
    let (mut record, mut lines, mut rows) = (String::new(), 0, 0);
    let mut always = vec![true; columns];
    for line in sample.split_inclusive('\n') {
        record.push_str(line);
        lines += 1;
        if !line.ends_with('\n') && rows > 0 || rows >= LOOKED_AT {
            // Cut off within a row, perhaps.
            break;
        }
        let (cells, open) = apostrophed(&record, delimiter);
        if open && lines < LOOKED_AT {
            continue;
        }
        let blank = record.trim().is_empty();
        if !blank && (open || cells.len() != columns || cells.iter().any(|(cell, _)| cell.starts_with('"'))) {
            return false;
        }
        if !blank {
            rows += 1;
            always.iter_mut().zip(&cells).for_each(|(always, (cell, quoted))| *always &= *quoted || cell.is_empty());
        }
        (record, lines) = (String::new(), 0);
    }
    let quoted = always.iter().filter(|always| **always).count();
    rows > 0 && quoted >= if rows > 1 { 1 } else { 2 }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_behind_backslashes_and_doubled_ones_may_stand_in_one_row() {
        for (record, want) in [
            (r#""Ferry","He said \"no\", and ""yes"".",1"#, ["Ferry", r#"He said "no", and "yes"."#, "1"]),
            (r#""Weir ""mended"", says \"mayor\", twice",b,1"#, [r#"Weir "mended", says "mayor", twice"#, "b", "1"]),
            (r#""He said \"no\"","",1"#, [r#"He said "no""#, "", "1"]),
            (r#""C:\",b,1"#, ["C:\\", "b", "1"]),
            (r#""a ""b"", c",b,1"#, [r#"a "b", c"#, "b", "1"]),
        ] {
            assert_eq!(row(record, b',', 3), want, "{record}");
        }
    }

    #[test]
    fn quotes_of_the_text_stay_where_a_cell_begins_with_one() {
        for (record, want) in [
            (
                "\"Yes,\" said the council, \"and no\" said Jo\tb\t1\n",
                ["\"Yes,\" said the council, \"and no\" said Jo", "b", "1"],
            ),
            ("\"Yes\" says council\t\"A \"\"b\"\", and c\"\t1", ["\"Yes\" says council", "A \"b\", and c", "1"]),
            ("\"Yes\" says council\t\"No\" says \"Jo\"\t\"\"", ["\"Yes\" says council", "\"No\" says \"Jo\"", ""]),
            ("\"Yes\"\t\"a\"\"b\"\t\"1\"\r\n", ["Yes", "a\"b", "1"]),
        ] {
            assert_eq!(row(record, b'\t', 3), want, "{record}");
        }
        // Where the quotes hold the row together they are none of the text.
        assert_eq!(row("\"Weir, mended\" x,b,1", b',', 3), ["Weir, mended x", "b", "1"]);
    }

    #[test]
    fn apostrophes_that_quote_are_told_from_those_of_the_text() {
        for (record, cells, open) in [
            ("'Weir, mended',b,1\r\n", vec!["Weir, mended", "b", "1"], false),
            ("'Ferry''s end','Ferry's end, too',''", vec!["Ferry's end", "Ferry's end, too", ""], false),
            ("It's a dog's life,b", vec!["It's a dog's life", "b"], false),
            ("'a,b\n", vec!["a,b"], true),
        ] {
            let (found, end) = apostrophed(record, b',');
            assert_eq!(
                (found.iter().map(|(cell, _)| cell.as_str()).collect::<Vec<_>>(), end),
                (cells, open),
                "{record}"
            );
        }
        for (sample, quoted) in [
            ("'Weir, mended','It holds.',1\n'Ferry','It\nfloats, still.',2\n", true),
            ("'Weir, mended','It holds.',1\n", true),
            ("7,'It holds, says Jo.',1\n8,'It floats.',2\n9,'It", true),
            // Headlines that are quotations, and one row that may be anything.
            ("'It holds',It holds.,1\nFerry sold,It floats.,2\n", false),
            ("'It holds',It holds.,1\n", false),
            ("'It holds',\"It holds, 'well'.\",1\n'It floats',\"It floats, 'well'.\",1\n", false),
            ("", false),
        ] {
            assert_eq!(is_apostrophed(sample, b',', 3), quoted, "{sample}");
        }
    }
}
