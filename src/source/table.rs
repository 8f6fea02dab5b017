//! CSV and TSV with a header of known names, and GDELT's headerless tables.
//!
//! Records are cut out line by line, so that an unclosed quote costs one record and not the rest of the file.

use std::io::Cursor;

use super::fields::Role;
use super::input::{Context, End, Flow, Input, Sink};
use super::json::{Gathered, known_only};
use super::sniff::Head;
use super::{Item, Link, Links, Source, decode};
use crate::error::in_words;
use crate::model::{AddressKind, Field, Note, Reason};

/// A table.
pub struct Table;

const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];
/// A quoted field may go over so many lines before its quote counts as never closed.
const MOST_LINES: usize = 20_000;
/// After so many quotes that were never closed, quotes are taken as they are.
const MOST_RECOVERIES: usize = 100;

impl Source for Table {
    fn name(&self) -> &'static str {
        "a table"
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        let Some(first) = head.text.lines().next() else { return false };
        let named = head.name.ends_with(".csv") || head.name.ends_with(".tsv") || head.name.ends_with(".tab");
        if !head.root.is_empty() || first.len() > 20_000 {
            return false;
        }
        let columns = split(first.as_bytes(), delimiter(first));
        if columns.len() < 2 {
            return false;
        }
        gdelt(first).is_some() || is_header(&columns, &super::Mapping::default()) || named && columns.len() >= 2
    }

    fn read(&self, mut input: Input<'_>, context: Context<'_>, sink: &mut Sink<'_>) -> Flow {
        if decode::is_wide(input.peek(256)) {
            let (raw, _) = match input.all("a table", context, sink) {
                Ok(read) => read,
                Err(flow) => return flow,
            };
            let text = decode::decode(&raw, None, None).text;
            let again = Input::new(input.origin.clone(), Cursor::new(text.into_bytes())).with(input.envelope.clone());
            return rows(again, context, sink);
        }
        rows(input, context, sink)
    }
}

/// The delimiter that cuts the line into most columns.
fn delimiter(line: &str) -> u8 {
    let count = |d: &u8| split(line.as_bytes(), *d).len();
    // Of equals the earlier one, hence the order of the list from the back.
    DELIMITERS.iter().rev().copied().max_by_key(|d| count(d)).unwrap_or(b',')
}

fn split(record: &[u8], delimiter: u8) -> Vec<String> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(record);
    let mut row = csv::ByteRecord::new();
    match reader.read_byte_record(&mut row) {
        Ok(true) => row.iter().map(decode::piece).collect(),
        _ => Vec::new(),
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
    let mut records = Records { record: Vec::new(), recoveries: 0, mended: false };
    let mut line = Vec::new();
    let first = match records.next(&mut input, &mut line, most) {
        Ok(Some(Whole::Yes)) => decode::piece(&records.record),
        Ok(_) => return sink.reject(base, Reason::Empty, "a table without a row"),
        Err(error) => return sink.reject(base, End::of(&error).reason(), in_words(&error)),
    };
    if let Some(at) = gdelt(&first) {
        return addresses(first, at, input, context, sink);
    }
    let delimiter = delimiter(first.lines().next().unwrap_or(""));
    let names = split(first.as_bytes(), delimiter);
    if !is_header(&names, &context.options.map) {
        let shown: Vec<&str> = names.iter().take(8).map(String::as_str).collect();
        let detail = format!(
            "a table whose columns are not known ({}): name them with `--map title=…,text=…`",
            shown.join(", ")
        );
        return sink.reject(base, Reason::UnknownFormat, detail);
    }
    let mut number = 0;
    loop {
        number += 1;
        let origin = base.at(number);
        match records.next(&mut input, &mut line, most) {
            Ok(None) => return Flow::Continue(()),
            Ok(Some(Whole::Yes)) => {}
            Ok(Some(Whole::TooLarge)) => {
                sink.reject(origin, Reason::TooLarge, format!("a row of more than {most} bytes"))?;
                continue;
            }
            Err(error) => {
                let reason = End::of(&error).reason();
                return sink.reject(origin, reason, format!("the table breaks off: {error}"));
            }
        }
        let raw = std::mem::take(&mut records.record);
        let cells = split(&raw, delimiter);
        if cells.iter().all(|c| c.trim().is_empty()) {
            number -= 1;
            continue;
        }
        let mut gathered = Gathered::default();
        for (name, cell) in names.iter().zip(&cells) {
            let role = context.options.map.role(name);
            let found = format!("csv:{name}");
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
        if cells.len() != names.len() {
            made.notes.push(Note(format!("a row of {} cells under {} columns", cells.len(), names.len())));
        }
        if records.mended {
            made.notes.push(Note("a quote in this row is never closed".to_owned()));
        }
        known_only(made, &envelope, sink)?;
    }
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
}

enum Whole {
    Yes,
    TooLarge,
}

impl Records {
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
                    self.record.extend_from_slice(line);
                    if lines == 1 {
                        first = line.len();
                    }
                    if quotes % 2 == 0 || self.recoveries >= MOST_RECOVERIES {
                        return Ok(Some(Whole::Yes));
                    }
                    if lines < MOST_LINES && (self.record.len() as u64) < most {
                        continue;
                    }
                }
            }
            // Never closed: the first line is the record, the others are read again.
            self.recoveries += 1;
            self.mended = true;
            let rest = self.record.split_off(first);
            input.unread(&rest);
            return Ok(Some(Whole::Yes));
        }
    }
}
