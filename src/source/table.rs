//! CSV and TSV with a header of known names, and GDELT's headerless tables.
//!
//! Records are cut out line by line, so that an unclosed quote costs one record and not the rest of the file.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use csv_core::ReadFieldResult;

use super::charset::Charset;
use super::fields::{Role, is_shelf, on_shelf};
use super::input::{Context, End, Flow, Input, Sink, most_text};
use super::json::{Gathered, held, known_only};
use super::sniff::Head;
use super::{Item, Link, Links, Source, decode};
use crate::error::in_words;
use crate::model::{AddressKind, Document, Field, Note, PayloadKind, Reason};

/// A table.
pub struct Table;

const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];
/// When a quoted field goes over so many lines, it is looked at: where they are rows by themselves its quote was never
/// closed.
const MOST_LINES: usize = 20_000;
/// Lines looked at for that.
const LOOKED_AT: usize = 1_000;
/// A quote never closed that had more than this read again counts as several.
const DEAR: usize = 8 << 20;
/// After so many quotes that were never closed, quotes are taken as they are.
const MOST_RECOVERIES: usize = 100;
/// Rows before the one with the names: a title, a line for the spreadsheet.
const MOST_BEFORE: usize = 10;
/// A row with quotes behind backslashes may go over so many lines.
const MOST_ESCAPED: usize = 64;
/// Quotes of a row that are tried as the one that was never closed.
const MOST_QUOTES: usize = 64;
/// Bytes that may be read again for that.
const MOST_TRIED: usize = 256 << 20;

impl Source for Table {
    fn name(&self) -> &'static str {
        "a table"
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        let mut lines = head.text.lines();
        let Some(mut first) = lines.next() else { return false };
        if separator(first.as_bytes()).is_some() {
            first = lines.next().unwrap_or(first);
        }
        let named = head.name.ends_with(".csv") || head.name.ends_with(".tsv") || head.name.ends_with(".tab");
        if !head.root.is_empty() || first.len() > 20_000 {
            return false;
        }
        let names = |line: &str| is_header(&split(line.as_bytes(), delimiter(line)), &super::Mapping::default());
        let columns = split(first.as_bytes(), delimiter(first)).len();
        gdelt(first).is_some()
            || names(first)
            || named && (columns >= 2 || head.lines(MOST_BEFORE).any(|line| line.len() <= 20_000 && names(line)))
    }

    fn read(&self, mut input: Input<'_>, context: Context<'_>, sink: &mut Sink<'_>) -> Flow {
        if decode::is_wide(input.peek(256)) {
            let (raw, cut) = match input.all("a table", context, sink) {
                Ok(read) => read,
                Err(flow) => return flow,
            };
            let text = decode::decode(&raw, None, None).text;
            drop(raw);
            let again = Input::new(input.origin.clone(), Cursor::new(text.into_bytes())).with(input.envelope.clone());
            rows(again, context, sink)?;
            return match cut {
                Some(why) => sink.reject(input.origin, Reason::Truncated, format!("the table breaks off: {why}")),
                None => Flow::Continue(()),
            };
        }
        // Lines that end as they did on old Macintoshes.
        let head = input.peek(super::input::HEAD_BYTES);
        if memchr::memchr(b'\n', head).is_none() && memchr::memchr(b'\r', head).is_some() {
            let (origin, envelope) = (input.origin.clone(), input.envelope.clone());
            return rows(Input::new(origin, Returns(input)).with(envelope), context, sink);
        }
        rows(input, context, sink)
    }
}

/// A stream whose carriage returns are line feeds.
struct Returns<'a>(Input<'a>);

impl Read for Returns<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let count = self.0.read(out)?;
        out[..count].iter_mut().filter(|byte| **byte == b'\r').for_each(|byte| *byte = b'\n');
        Ok(count)
    }
}

/// The delimiter that cuts the line into most columns.
fn delimiter(line: &str) -> u8 {
    let count = |d: &u8| split(line.as_bytes(), *d).len();
    // Of equals the earlier one, hence the order of the list from the back.
    DELIMITERS.iter().rev().copied().max_by_key(|d| count(d)).unwrap_or(b',')
}

fn split(record: &[u8], delimiter: u8) -> Vec<String> {
    cells(&String::from_utf8_lossy(record), delimiter, true)
}

fn cells(record: &str, delimiter: u8, quoting: bool) -> Vec<String> {
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
                if record_end {
                    return row;
                }
            }
            ReadFieldResult::End => return row,
        }
    }
}

/// The cells of a row. Quotes behind a backslash are the text's where only so the row has as many cells as there are
/// columns.
fn row(record: &str, delimiter: u8, columns: usize) -> Vec<String> {
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

fn backslashed(record: &str, delimiter: u8) -> Vec<String> {
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
fn mended(record: &str, delimiter: u8, columns: usize) -> Vec<String> {
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

/// The delimiter that a first line `sep=;` names, as spreadsheets write it.
fn separator(line: &[u8]) -> Option<u8> {
    let line = line.trim_ascii();
    let line = line.strip_prefix(b"\"").and_then(|l| l.strip_suffix(b"\"")).unwrap_or(line);
    match line {
        [s, e, p, b'=', rest @ ..] if [*s, *e, *p].eq_ignore_ascii_case(b"sep") => match rest {
            [] => Some(b'\t'),
            [one] if one.is_ascii() && !one.is_ascii_alphanumeric() => Some(*one),
            _ => None,
        },
        _ => None,
    }
}

/// Whether the columns are names of fields: a body, title or address among them, and two known in all.
fn is_header(columns: &[String], map: &super::Mapping) -> bool {
    let roles: Vec<Role> = columns.iter().filter_map(|c| map.role(c)).collect();
    let telling =
        |r: &Role| matches!(r, Role::Body | Role::Html | Role::Claim(Field::Title | Field::Url | Field::Canonical));
    roles.len() >= 2 && roles.iter().any(telling) && columns.iter().all(|c| c.len() < 60)
}

/// The column of the address in GDELT's tables without header: events 1.0 and 2.0, mentions, knowledge graph.
fn gdelt(line: &str) -> Option<usize> {
    let columns: Vec<&str> = line.trim_end_matches(['\r', '\n']).split('\t').collect();
    let at = match columns.len() {
        57 | 58 => columns.len() - 1,
        61 => 60,
        16 => 5,
        27 => 4,
        _ => return None,
    };
    let id = columns[0].bytes().all(|b| b.is_ascii_digit() || b == b'-' || b == b'T');
    (id && !columns[0].is_empty() && columns[at].contains('.')).then_some(at)
}

fn rows(mut input: Input<'_>, context: Context<'_>, sink: &mut Sink<'_>) -> Flow {
    let most = context.options.max_document_bytes;
    let (base, envelope) = (input.origin.clone(), input.envelope.clone());
    if input.peek(3).starts_with(b"\xEF\xBB\xBF") {
        input.skip(3);
    }
    let mut records = Records { record: Vec::new(), recoveries: 0, mended: false, shape: None };
    let mut line = Vec::new();
    let mut charset = Charset::new(envelope.charset.as_deref());
    let (mut named, mut first_row, mut begun) = (None, None, false);
    // A title, blank lines and the spreadsheet's own line may stand before the names.
    for _ in 0..MOST_BEFORE {
        match records.next(&mut input, &mut line, most) {
            Ok(Some(Whole::Yes)) => {}
            Ok(_) if begun => break,
            Ok(_) => return sink.reject(base, Reason::Empty, "a table without a row"),
            Err(error) => return sink.reject(base, End::of(&error).reason(), in_words(&error)),
        }
        charset.learn(&records.record, &mut input);
        let text = charset.text(&records.record).0.into_owned();
        if text.trim().is_empty() {
            continue;
        }
        if !begun && let Some(at) = gdelt(&text) {
            return addresses(text, at, input, context, sink);
        }
        begun = true;
        if let Some(told) = separator(text.as_bytes()) {
            named = Some(told);
            continue;
        }
        let delimiter = named.unwrap_or_else(|| delimiter(text.lines().next().unwrap_or("")));
        let names = cells(&text, delimiter, true);
        let known = is_header(&names, &context.options.map);
        if known || first_row.is_none() {
            first_row = Some((names, delimiter, known));
        }
        if known {
            break;
        }
    }
    let Some((names, delimiter, known)) = first_row else {
        return sink.reject(base, Reason::Empty, "a table without a row");
    };
    if !known {
        let shown: Vec<String> = names.iter().take(8).map(|name| shortened(name)).collect();
        let detail = format!(
            "a table whose columns are not known ({}): name them with `--map title=…,text=…`",
            shown.join(", ")
        );
        return sink.reject(base, Reason::UnknownFormat, detail);
    }
    records.shape = Some((delimiter, names.len()));
    let mut number = 0;
    // A hit list of ours has a row for each passage; those of one article stand together.
    let column = |name: &str| names.iter().position(|column| column == name);
    let shelf = is_shelf(names.iter().map(String::as_str));
    let own = column("article_id").filter(|_| column("passage").is_some());
    let mut held: Option<(String, Document)> = None;
    loop {
        number += 1;
        let origin = base.at(number);
        match records.next(&mut input, &mut line, most) {
            Ok(None) => {
                return match held {
                    Some((_, made)) => known_only(made, &envelope, sink),
                    None => Flow::Continue(()),
                };
            }
            Ok(Some(Whole::Yes)) => {}
            Ok(Some(Whole::TooLarge)) => {
                sink.reject(origin, Reason::TooLarge, format!("a row of more than {most} bytes"))?;
                continue;
            }
            Err(error) => {
                if let Some((_, made)) = held {
                    known_only(made, &envelope, sink)?;
                }
                let reason = End::of(&error).reason();
                return sink.reject(origin, reason, format!("the table breaks off: {error}"));
            }
        }
        let raw = std::mem::take(&mut records.record);
        charset.learn(&raw, &mut input);
        let (text, note) = charset.text(&raw);
        let cells = match records.mended {
            true => mended(&text, delimiter, names.len()),
            false => row(&text, delimiter, names.len()),
        };
        drop(text);
        // Tables that were put together repeat the names.
        if cells.iter().map(|cell| cell.trim_start_matches('\u{FEFF}')).eq(names.iter().map(String::as_str)) {
            number -= 1;
            continue;
        }
        if cells.iter().all(|c| c.trim().is_empty()) {
            number -= 1;
            continue;
        }
        let mut gathered = Gathered::default();
        for (name, cell) in names.iter().zip(&cells) {
            let found = format!("csv:{name}");
            // When it was put on a reader's own shelf is no day of the article.
            let own = on_shelf(name).filter(|_| shelf);
            let (name, role) = match own {
                Some(Some(role)) => ("fetched", Some(role)),
                Some(None) => continue,
                None => (name.as_str(), context.options.map.role(name)),
            };
            match role {
                Some(Role::Claim(Field::Published | Field::Updated) | Role::Fetched) => {
                    let value = cell
                        .trim()
                        .parse::<f64>()
                        .map_or_else(|_| cell.clone(), |n| super::fields::date_number(n, cell.trim()));
                    gathered.take(name, &value, &found, context.options);
                }
                Some(_) => gathered.take(name, cell, &found, context.options),
                None => {}
            }
        }
        let mut made = gathered.finish(origin, raw);
        made.notes.extend(note);
        if cells.len() != names.len() {
            made.notes.push(Note(format!("a row of {} cells under {} columns", cells.len(), names.len())));
        }
        if records.mended {
            made.notes.push(Note("a quote in this row is never closed".to_owned()));
        }
        let Some(id) = own.and_then(|at| cells.get(at)).filter(|id| !id.is_empty()) else {
            known_only(made, &envelope, sink)?;
            continue;
        };
        if let Some((known, whole)) = &mut held
            && known == id
            && (whole.raw.len() + made.raw.len()) as u64 <= most
        {
            add_passage(whole, made);
        } else if let Some((_, whole)) = held.replace((id.clone(), made)) {
            known_only(whole, &envelope, sink)?;
        }
    }
}

/// Puts a further passage of an article behind those there are.
fn add_passage(whole: &mut Document, further: Document) {
    whole.raw.extend(further.raw);
    match (&mut whole.payload, further.payload) {
        (Some(had), Some(new)) if !had.text.contains(&new.text) => {
            had.text.push_str("\n\n");
            had.text.push_str(&new.text);
        }
        (had @ None, new) => *had = new,
        _ => {}
    }
}

/// A cell, short enough for a message.
fn shortened(cell: &str) -> String {
    let mut words: String = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() > 30 {
        words = words.chars().take(29).chain(['…']).collect();
    }
    words
}

/// A table that says of articles only where they are.
fn addresses(first: String, at: usize, mut input: Input<'_>, context: Context<'_>, sink: &mut Sink<'_>) -> Flow {
    let mut links: Vec<Link> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    let mut raw = Vec::new();
    let mut text = first;
    loop {
        let url = text.trim_end_matches(['\r', '\n']).split('\t').nth(at).unwrap_or("").to_owned();
        if url.contains('.') && seen.insert(url.clone()) {
            links.push(Link { url, kind: AddressKind::Page, ..Link::default() });
        }
        match input.line(&mut raw, context.options.max_document_bytes) {
            Ok(Some(_)) => text = decode::piece(&raw),
            Ok(None) => break,
            Err(error) => {
                sink.reject(input.origin.clone(), End::of(&error).reason(), format!("the table breaks off: {error}"))?;
                break;
            }
        }
    }
    sink.send(Item::Links(Links { origin: input.origin.clone(), kind: "gdelt table".to_owned(), links }))
}

/// Cuts records out of a stream.
struct Records {
    record: Vec<u8>,
    recoveries: usize,
    /// Whether the last record has a quote that is never closed.
    mended: bool,
    /// Delimiter and number of columns, once they are known.
    shape: Option<(u8, usize)>,
}

enum Whole {
    Yes,
    TooLarge,
}

impl Records {
    /// Whether an odd number of quotes is one, because some stand behind a backslash.
    fn is_backslashed(&self) -> bool {
        let escaped = memchr::memmem::find_iter(&self.record, b"\\\"").count();
        escaped % 2 == 1
            && self.shape.is_some_and(|(delimiter, columns)| {
                backslashed(&String::from_utf8_lossy(&self.record), delimiter).len() == columns
            })
    }

    /// Whether most lines behind the first are rows by themselves.
    fn are_rows(&self, first: usize) -> bool {
        let Some((delimiter, columns)) = self.shape.filter(|(_, columns)| *columns > 1) else { return true };
        let lines = || self.record[first..].split(|b| *b == b'\n').take(LOOKED_AT);
        // A quote within a cell is none of a row's own.
        let is_row = |cells: &[String]| cells.len() == columns && !cells.iter().any(|cell| cell.contains('"'));
        let rows = lines().filter(|line| is_row(&split(line, delimiter))).count();
        rows * 2 > lines().count()
    }

    fn next(&mut self, input: &mut Input<'_>, line: &mut Vec<u8>, most: u64) -> std::io::Result<Option<Whole>> {
        self.record.clear();
        self.mended = false;
        let (mut quotes, mut lines, mut first) = (0usize, 0, 0);
        loop {
            match input.line(line, most)? {
                None if self.record.is_empty() => return Ok(None),
                None => {}
                Some(false) => return Ok(Some(Whole::TooLarge)),
                Some(true) => {
                    quotes += memchr::memchr_iter(b'"', line).count();
                    lines += 1;
                    // The one line of nearly every record, however long, stands in memory once.
                    if lines == 1 {
                        std::mem::swap(&mut self.record, line);
                        first = self.record.len();
                    } else {
                        self.record.extend_from_slice(line);
                    }
                    if quotes % 2 == 0 || self.recoveries >= MOST_RECOVERIES {
                        self.mended = quotes % 2 == 1;
                        return Ok(Some(Whole::Yes));
                    }
                    if lines <= MOST_ESCAPED && self.is_backslashed() {
                        return Ok(Some(Whole::Yes));
                    }
                    let long = lines > MOST_LINES || lines == MOST_LINES && !self.are_rows(first);
                    if (lines < MOST_LINES || long) && (self.record.len() as u64) < most {
                        continue;
                    }
                }
            }
            // Never closed: the first line is the record, the others are read again.
            self.mended = true;
            let rest = self.record.split_off(first);
            self.recoveries += 1 + 10 * (rest.len() / DEAR);
            input.unread(&rest);
            return Ok(Some(Whole::Yes));
        }
    }
}
