//! CSV and TSV with a header of known names, and GDELT's headerless tables.
//!
//! Records are cut out line by line, so that an unclosed quote costs one record and not the rest of the file.

use std::io::{Cursor, Read};

use super::cells::{apostrophed, backslashed, cells, is_apostrophed, mended, row};
use super::charset::Charset;
use super::escaped::{escaped, goes_on, is_escaped};
use super::fields::{Role, is_shelf, on_shelf};
use super::input::{Context, End, Flow, Input, Sink};
use super::json::{Gathered, known_only, parted};
use super::sniff::Head;
use super::{Item, Link, Links, Source, decode};
use crate::error::in_words;
use crate::model::{AddressKind, Document, Field, Note, Reason};

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

/// The names of the columns, which apostrophes may stand around.
fn header(line: &str, delimiter: u8) -> Vec<String> {
    let names = cells(line, delimiter, true);
    let bare = |name: &String| name.strip_prefix('\'').and_then(|name| name.strip_suffix('\'')).map(str::to_owned);
    names.iter().map(bare).collect::<Option<Vec<String>>>().unwrap_or(names)
}

/// Whether a cell in apostrophes is open at the end of a line, where one was at its beginning, if `open`.
fn is_open(line: &[u8], delimiter: u8, open: bool) -> bool {
    let line = String::from_utf8_lossy(line);
    if open { apostrophed(&format!("'{line}"), delimiter).1 } else { apostrophed(&line, delimiter).1 }
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
    let mut records =
        Records { record: Vec::new(), recoveries: 0, mended: false, apostrophes: false, escapes: false, shape: None };
    let mut line = Vec::new();
    let mut charset = Charset::new(envelope.charset.as_deref());
    let (mut named, mut first_row, mut begun) = (None, None, false);
    let mut passed = Vec::new();
    // A title, blank lines and the spreadsheet's own line may stand before the names.
    for _ in 0..MOST_BEFORE {
        match records.next(&mut input, &mut line, most) {
            Ok(Some(Whole::Yes)) => {}
            Ok(_) if begun => break,
            Ok(_) => return sink.reject(base, Reason::Empty, "a table without a row"),
            Err(error) => return sink.reject(base, End::of(&error).reason(), in_words(&error)),
        }
        charset.learn(&records.record, &mut input);
        passed.extend_from_slice(&records.record);
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
            passed.clear();
            continue;
        }
        let delimiter = named.unwrap_or_else(|| delimiter(text.lines().next().unwrap_or("")));
        let names = header(&text, delimiter);
        let known = is_header(&names, &context.options.map);
        if known || first_row.is_none() {
            first_row = Some((names, delimiter, known));
        }
        if known {
            break;
        }
    }
    let Some((mut names, delimiter, mut known)) = first_row else {
        return sink.reject(base, Reason::Empty, "a table without a row");
    };
    let numbers: Vec<String> = (1..=names.len()).map(|number| number.to_string()).collect();
    if !known && is_header(&numbers, &context.options.map) {
        // No row has names: columns were named by their numbers, and all that was passed are rows.
        (names, known) = (numbers, true);
        input.unread(&passed);
    }
    drop(passed);
    if !known {
        let shown: Vec<String> = names.iter().take(8).map(|name| shortened(name)).collect();
        let detail = format!(
            "a table whose columns are not known ({}): name them with `--map title=…,text=…`, or where no row has names, by \
             their numbers: `--map title=1,text=2`",
            shown.join(", ")
        );
        return sink.reject(base, Reason::UnknownFormat, detail);
    }
    if ["post_id", "post_date", "is_published"].iter().all(|own| names.iter().any(|name| name == own)) {
        let detail = "Substack's table of posts: their pages have neither headline nor day without it, so ingest the zip archive \
                      that both came in";
        return sink.reject(base, Reason::NotAnArticle, detail);
    }
    records.shape = Some((delimiter, names.len()));
    records.apostrophes = {
        let sample = input.peek(super::input::HEAD_BYTES);
        let sample = &sample[..sample.len().min(super::input::HEAD_BYTES)];
        // Quotes and delimiters are the same in every charset that is read line by line.
        let sample = String::from_utf8_lossy(sample);
        records.escapes = is_escaped(&sample, delimiter, names.len());
        !records.escapes && is_apostrophed(&sample, delimiter, names.len())
    };
    let mut number = 0;
    // A hit list of ours has a row for each passage; those of one article stand together.
    let column = |name: &str| names.iter().position(|column| column == name);
    let shelf = is_shelf(names.iter().map(String::as_str));
    let plainly = |name: &str| names.iter().position(|column| super::fields::plain(column) == name);
    let parts = [plainly("year"), plainly("month"), plainly("day")];
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
            _ if records.escapes => escaped(&text, delimiter),
            _ if records.apostrophes => apostrophed(&text, delimiter).0.into_iter().map(|(cell, _)| cell).collect(),
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
        // A day in three columns; that of the year alone would be a year alone.
        let cell = |at: Option<usize>| at.and_then(|at| cells.get(at)).map_or("", String::as_str);
        let day = parted::day(cell(parts[0]), cell(parts[1]), cell(parts[2]));
        let is_part = |name: &str| context.options.map.ranked(name).is_some_and(|(_, rank)| rank > 0);
        let day = day.filter(|_| parts[0].is_some_and(|at| is_part(&names[at])));
        // A column that tells the day as a whole knows better.
        let published = |name: &str| context.options.map.role(name) == Some(Role::Claim(Field::Published));
        let whole = |(at, (name, cell)): (usize, (&String, &String))| {
            parts[0] != Some(at) && published(name) && !cell.trim().is_empty()
        };
        let day = day.filter(|_| !names.iter().zip(&cells).enumerate().any(whole));
        if let Some(day) = &day {
            gathered.take("date", day, "csv:year,month,day", context.options);
        }
        for (at, (name, cell)) in names.iter().zip(&cells).enumerate() {
            if day.is_some() && parts[0] == Some(at) {
                continue;
            }
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
    /// Whether cells are quoted with apostrophes.
    apostrophes: bool,
    /// Whether a backslash stands before line ends and tabs of the text, and nothing is quoted: what databases write.
    escapes: bool,
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
                backslashed(&String::from_utf8_lossy(&self.record), delimiter, columns).len() == columns
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
        // Whether it is one cell of many lines, and whether that is longer than anything we take.
        let (mut long, mut over) = (false, false);
        loop {
            match input.line(line, most)? {
                None if over => return Ok(Some(Whole::TooLarge)),
                None if self.record.is_empty() => return Ok(None),
                None if long => {
                    self.mended = true;
                    return Ok(Some(Whole::Yes));
                }
                None => {}
                Some(false) => return Ok(Some(Whole::TooLarge)),
                Some(true) => {
                    quotes = match self.shape.filter(|_| self.apostrophes) {
                        Some((delimiter, _)) => usize::from(is_open(line, delimiter, quotes == 1)),
                        None if self.escapes => usize::from(goes_on(line)),
                        None => quotes + memchr::memchr_iter(b'"', line).count(),
                    };
                    lines += 1;
                    if over {
                        if quotes % 2 == 0 {
                            return Ok(Some(Whole::TooLarge));
                        }
                        continue;
                    }
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
                    if !self.apostrophes && !self.escapes && lines <= MOST_ESCAPED && self.is_backslashed() {
                        return Ok(Some(Whole::Yes));
                    }
                    let full = self.record.len() as u64 >= most;
                    if lines == MOST_LINES || full && lines < MOST_LINES {
                        long = !self.are_rows(first);
                    }
                    if full && long {
                        over = true;
                        self.record = Vec::new();
                        continue;
                    }
                    if (lines < MOST_LINES || long) && !full {
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
