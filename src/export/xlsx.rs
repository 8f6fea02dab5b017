//! XLSX: a sheet `Hits` with real dates and links, a frozen header and filters, and a sheet `About` with the query.
//!
//! Rows go to a temporary file at once (rust_xlsxwriter's constant memory mode), so memory grows with the links
//! only, of which Excel opens 65,530. Text is stored as text, never as a formula; where it looks like one, the
//! cell also gets the quote prefix, so that editing it does not make it one.

use std::borrow::Cow;
use std::io::{self, Seek, Write};

use jiff::civil::DateTime;
use jiff::tz::Offset;
use rust_xlsxwriter::{ExcelDateTime, Format, Url, Workbook, Worksheet, XlsxError};

use super::csv::harmless;
use super::row::{Cell, Row, Rows};
use super::{Column, Counts, Head, HitWriter, Options, Tail, output, spooling};
use crate::model::{DateClaim, Hit, Precision};
use crate::{Error, ErrorKind, Result, guard};

/// Rows of a sheet, the header among them ("Excel specifications and limits").
pub(super) const MAX_ROWS: u32 = 1_048_576;
/// Links of a sheet; Excel drops all of them when there are more.
const MAX_LINKS: u32 = 65_530;
/// UTF-16 units of a cell.
const MAX_TEXT: usize = 32_767;
/// UTF-16 units of a link.
const MAX_LINK: usize = 2_080;

/// Writes a workbook.
pub(super) struct Xlsx<'a> {
    out: Box<dyn Write + 'a>,
    options: Options,
    columns: Vec<Column>,
    book: Workbook,
    head: Option<Head>,
    rows: Rows,
    written: u32,
    links: u32,
    plain_links: u64,
    spoilt_links: u64,
    cut: u64,
    max_rows: u32,
    looks: Looks,
}

/// The formats of cells.
struct Looks {
    head: Format,
    quoted: Format,
    year: Format,
    month: Format,
    day: Format,
    minute: Format,
    second: Format,
}

impl Looks {
    fn new() -> Self {
        let date = |pattern: &str| Format::new().set_num_format(pattern);
        Self {
            head: Format::new().set_bold(),
            quoted: Format::new().set_quote_prefix(),
            year: date("yyyy"),
            month: date("yyyy-mm"),
            day: date("yyyy-mm-dd"),
            minute: date("yyyy-mm-dd hh:mm"),
            second: date("yyyy-mm-dd hh:mm:ss"),
        }
    }
}

impl<'a> Xlsx<'a> {
    pub fn new(options: Options, out: Box<dyn Write + 'a>) -> Self {
        let columns = options.columns.clone().with_name(options.names).iter().collect();
        Self {
            out,
            options,
            columns,
            book: Workbook::new(),
            head: None,
            rows: Rows::default(),
            written: 0,
            links: 0,
            plain_links: 0,
            spoilt_links: 0,
            cut: 0,
            max_rows: MAX_ROWS,
            looks: Looks::new(),
        }
    }

    /// With a smaller sheet, for tests.
    #[cfg(test)]
    pub(super) fn with_max_rows(mut self, max_rows: u32) -> Self {
        self.max_rows = max_rows;
        self
    }

    fn row(&mut self, row: &Row<'_>) -> Result<()> {
        // The header takes one.
        let at = self.written + 1;
        if at >= self.max_rows {
            return Err(super::too_many(u64::from(self.max_rows) - 1));
        }
        for (i, &column) in self.columns.clone().iter().enumerate() {
            let place = (at, i as u16);
            match row.cell(column) {
                Cell::Empty => {}
                Cell::Whole(number) => {
                    self.sheet()?.write_number(place.0, place.1, number as f64).map(drop).map_err(failed)?
                }
                Cell::Score(score) => {
                    let score = if score.is_finite() { f64::from(score) } else { 0.0 };
                    self.sheet()?.write_number(place.0, place.1, score).map(drop).map_err(failed)?;
                }
                Cell::Text(text) => self.text(place, &text)?,
                Cell::Link(link) => self.link(place, link)?,
                Cell::Date(date) => self.date(place, date)?,
            }
        }
        self.written += 1;
        Ok(())
    }

    fn sheet(&mut self) -> Result<&mut Worksheet> {
        self.book.worksheet_from_index(0).map_err(failed)
    }

    fn text(&mut self, (row, column): (u32, u16), text: &str) -> Result<()> {
        let kept = fitting(text, MAX_TEXT);
        self.cut += u64::from(kept.len() < text.len());
        let formula = matches!(harmless(kept.into()), std::borrow::Cow::Owned(_));
        let looks = formula.then(|| self.looks.quoted.clone());
        let sheet = self.sheet()?;
        match looks {
            Some(quoted) => sheet.write_string_with_format(row, column, kept, &quoted),
            None => sheet.write_string(row, column, kept),
        }
        .map(drop)
        .map_err(failed)
    }

    /// A link that opens, for http and https only; past Excel's limits the address stands as text.
    fn link(&mut self, place: (u32, u16), link: &str) -> Result<()> {
        let lower = link.get(..8.min(link.len())).unwrap_or("").to_ascii_lowercase();
        let opens = lower.starts_with("http://") || lower.starts_with("https://");
        if !opens || link.encode_utf16().count() > MAX_LINK {
            return self.text(place, link);
        }
        if self.links >= MAX_LINKS {
            self.plain_links += 1;
            return self.text(place, link);
        }
        let Some(address) = linkable(link) else {
            self.spoilt_links += 1;
            return self.text(place, link);
        };
        self.links += 1;
        let url = Url::new(address).set_text(link);
        let written = self.sheet()?.write_url(place.0, place.1, url).map(drop);
        match written {
            // The address is longer than the limit once its characters are escaped.
            Err(XlsxError::MaxUrlLengthExceeded | XlsxError::UnknownUrlType(_)) => self.text(place, link),
            other => other.map_err(failed),
        }
    }

    /// A date cell as exact as the date; before March 1900, where Excel and others count differently or not at all, text.
    fn date(&mut self, place: (u32, u16), date: &DateClaim) -> Result<()> {
        let local = date.instant.map(|i| i.to_zoned(zone(date)).datetime());
        let timed = matches!(date.precision, Precision::Minute | Precision::Second);
        let looks = match date.precision {
            Precision::Year => &self.looks.year,
            Precision::Month => &self.looks.month,
            Precision::Minute if local.is_some() => &self.looks.minute,
            Precision::Second if local.is_some() => &self.looks.second,
            _ => &self.looks.day,
        }
        .clone();
        match excel(local.filter(|_| timed).unwrap_or_else(|| date.day.at(0, 0, 0, 0))) {
            Some(made) => {
                self.sheet()?.write_datetime_with_format(place.0, place.1, &made, &looks).map(drop).map_err(failed)
            }
            None => self.text(place, &date.iso()),
        }
    }

    fn about(&mut self, tail: &Tail, counts: &Counts) -> Result<()> {
        let mut lines: Vec<(String, String)> = Vec::new();
        let mut line = |name: &str, value: &str| lines.push((name.to_owned(), value.to_owned()));
        if let Some(head) = &self.head {
            for asked in &head.asked {
                if let Some(name) = &asked.name {
                    line("list", name);
                }
                line("query", &asked.typed);
                line("read as", &asked.read_as);
            }
            if let Some(as_of) = &head.as_of {
                line("as of", &as_of.to_string());
            }
            line("corpus revision", &head.revision.to_string());
            line("time", &head.time.to_string());
        }
        line("newsdex", env!("CARGO_PKG_VERSION"));
        line("rows", &counts.rows.to_string());
        line("articles found", &tail.total_articles.to_string());
        let early = self.head.iter().flat_map(|h| &h.notes);
        early.chain(&tail.notes).chain(&counts.notes).for_each(|n| line("note", n));
        line("dates", "in the zone they were published with; `published_precision` says how much of them is known");
        let quoted = self.looks.quoted.clone();
        let sheet = self.book.add_worksheet();
        sheet.set_name("About").map_err(failed)?;
        sheet.set_column_width(0, 18).and_then(|s| s.set_column_width(1, 100)).map_err(failed)?;
        for (row, (name, value)) in (0..).zip(&lines) {
            sheet.write_string(row, 0, name).map_err(failed)?;
            sheet.write_string_with_format(row, 1, fitting(value, MAX_TEXT), &quoted).map_err(failed)?;
        }
        Ok(())
    }
}

impl HitWriter for Xlsx<'_> {
    fn begin(&mut self, head: &Head) -> Result<()> {
        self.rows.begin(head);
        self.head = Some(head.clone());
        let columns = self.columns.clone();
        let bold = self.looks.head.clone();
        let sheet = self.book.add_worksheet_with_constant_memory().map_err(failed)?;
        sheet.set_name("Hits").and_then(|s| s.set_freeze_panes(1, 0)).map_err(failed)?;
        for (i, column) in columns.iter().enumerate() {
            sheet.set_column_width(i as u16, width(*column)).map_err(failed)?;
        }
        for (i, column) in columns.iter().enumerate() {
            sheet.write_string_with_format(0, i as u16, column.name(), &bold).map_err(failed)?;
        }
        Ok(())
    }

    fn hit(&mut self, hit: &Hit, name: Option<&str>) -> Result<()> {
        let options = self.options.clone();
        let mut rows = std::mem::take(&mut self.rows);
        let done = guarded(|| rows.each(hit, name, &options, |row| self.row(row)));
        self.rows = rows;
        done
    }

    fn end(&mut self, tail: &Tail) -> Result<Counts> {
        let mut notes = Vec::new();
        if self.plain_links > 0 {
            notes.push(format!("Excel opens {MAX_LINKS} links; {} more stand as text", self.plain_links));
        }
        if self.spoilt_links > 0 {
            notes.push(match self.spoilt_links {
                1 => "1 address with signs that a workbook would spoil stands as text, not as a link".to_owned(),
                spoilt => {
                    format!("{spoilt} addresses with signs that a workbook would spoil stand as text, not as links")
                }
            });
        }
        if self.cut > 0 {
            notes.push(format!("Excel holds {MAX_TEXT} characters in a cell; {} cells are cut there", self.cut));
        }
        let counts = Counts { rows: u64::from(self.written), notes };
        let (rows, last) = (self.written, (self.columns.len() as u16).saturating_sub(1));
        self.sheet()?.autofilter(0, 0, rows, last).map(drop).map_err(failed)?;
        self.about(tail, &counts)?;
        // The zip is written with seeks, which `out` may not be able to do.
        let mut whole = tempfile::tempfile().map_err(spooling)?;
        guarded(|| {
            self.book.save_to_writer(&mut whole).map_err(|error| match error {
                XlsxError::IoError(error) => spooling(error),
                other => failed(other),
            })
        })?;
        whole.rewind().map_err(spooling)?;
        io::copy(&mut whole, &mut self.out).map_err(output)?;
        self.out.flush().map_err(output)?;
        Ok(counts)
    }
}

/// The library panics where it cannot write to its temporary file.
fn guarded<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    guard::quietly(work).unwrap_or_else(|said| {
        let full = [("StorageFull", io::ErrorKind::StorageFull), ("FileTooLarge", io::ErrorKind::FileTooLarge)];
        let kind = full.iter().find(|(name, _)| said.contains(name)).map(|(_, kind)| *kind);
        Err(kind.map_or_else(
            || {
                Error::new(ErrorKind::Export, "the workbook could not be made")
                    .hint("write `--format csv` instead")
                    .because(said)
            },
            |kind| spooling(kind.into()),
        ))
    })
}

fn zone(date: &DateClaim) -> jiff::tz::TimeZone {
    let offset = date.offset.and_then(|o| Offset::from_seconds(o).ok()).unwrap_or(Offset::UTC);
    offset.to_time_zone()
}

fn excel(at: DateTime) -> Option<ExcelDateTime> {
    let year = u16::try_from(at.year()).ok().filter(|y| (1900..=9999).contains(y))?;
    // Excel has a 29 February 1900, other programs have none: they disagree on the days before.
    if year == 1900 && at.month() < 3 {
        return None;
    }
    let day = ExcelDateTime::from_ymd(year, at.month() as u8, at.day() as u8).ok()?;
    day.and_hms(at.hour() as u16, at.minute() as u8, f64::from(at.second())).ok()
}

/// The address as rust_xlsxwriter has to be given it so that the link leads there: it takes an address for one that is not
/// escaped yet unless it has one of a few escapes in it, and then escapes every `%` again. Escaped letters are written as
/// letters (RFC 3987), which is the same address; `None` where other escapes are left.
fn linkable(link: &str) -> Option<Cow<'_, str>> {
    const KNOWN: [&str; 18] = [
        "%20", "%25", "%22", "%60", "%3c", "%3C", "%3e", "%3E", "%5b", "%5B", "%5d", "%5D", "%5e", "%5E", "%7b", "%7B",
        "%7d", "%7D",
    ];
    // The anchor is parted off and not escaped.
    let before = link.split('#').next().unwrap_or(link);
    if !before.contains('%') || KNOWN.iter().any(|known| before.contains(known)) {
        return Some(Cow::Borrowed(link));
    }
    let mut out = String::with_capacity(link.len());
    let mut rest = link;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let mut bytes = Vec::new();
        while let Some(byte) = rest.get(bytes.len() * 3..bytes.len() * 3 + 3).and_then(escaped).filter(|b| *b >= 0x80) {
            bytes.push(byte);
        }
        out.push_str(std::str::from_utf8(&bytes).ok().filter(|letters| !letters.is_empty())?);
        rest = &rest[bytes.len() * 3..];
    }
    out.push_str(rest);
    Some(Cow::Owned(out))
}

/// The byte that `%C3` stands for.
fn escaped(three: &str) -> Option<u8> {
    let digits = three.strip_prefix('%').filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
    u8::from_str_radix(digits, 16).ok()
}

/// As much of `text` as fits into `units` of UTF-16.
fn fitting(text: &str, units: usize) -> &str {
    if text.len() <= units {
        return text;
    }
    let mut used = 0;
    let end = text.char_indices().find(|(_, c)| {
        used += c.len_utf16();
        used > units
    });
    &text[..end.map_or(text.len(), |(at, _)| at)]
}

fn width(column: Column) -> f64 {
    match column {
        Column::Hit | Column::CharStart | Column::CharEnd | Column::Words | Column::Copies | Column::Language => 8.0,
        Column::Left | Column::Right | Column::Title | Column::Url | Column::OriginalUrl => 40.0,
        Column::Passage => 80.0,
        _ => 18.0,
    }
}

fn failed(error: XlsxError) -> Error {
    match error {
        XlsxError::IoError(error) => output(error),
        other => Error::new(
            ErrorKind::Export,
            format!("the workbook could not be made: {}", other.to_string().to_lowercase()),
        )
        .hint("write `--format csv` instead")
        .because(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_links() {
        for (address, expected) in [
            ("https://dale.example/weir", Some("https://dale.example/weir")),
            ("https://dale.example/d%C3%A4mm", Some("https://dale.example/dämm")),
            ("https://dale.example/d%c3%a4mm?a=b#%41", None),
            ("https://dale.example/d%C3%A4mm%20x", Some("https://dale.example/d%C3%A4mm%20x")),
            ("https://dale.example/a%2Cb", None),
            ("https://dale.example/%D0%BC%D0%BE%D1%81%D1%82", Some("https://dale.example/мост")),
            ("https://dale.example/%C3", None),
            ("https://dale.example/100%", None),
            ("https://dale.example/a#100%", Some("https://dale.example/a#100%")),
        ] {
            assert_eq!(linkable(address).as_deref(), expected, "{address}");
        }
    }
}
