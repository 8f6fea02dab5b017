//! Rows of the first sheet of an XLSX file (ECMA-376 part 1, 18.3), as newsdex, Excel and LibreOffice write it. Only
//! what a check needs: text and numbers of cells, no formulas.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::no_hit_list;
use super::read::{Places, Read};
use crate::{Error, Result};

/// Gives each row below the header to `each`.
pub(super) fn each(
    path: &Path,
    file: File,
    alone: bool,
    each: &mut dyn FnMut(Read) -> Result<()>,
) -> Result<Vec<String>> {
    let mut zip = zip::ZipArchive::new(BufReader::new(file)).map_err(|e| no_hit_list(path, e))?;
    let shared = match zip.by_name("xl/sharedStrings.xml") {
        Ok(part) => shared_strings(path, BufReader::new(part))?,
        Err(_) => Vec::new(),
    };
    let targets = match zip.by_name("xl/worksheets/_rels/sheet1.xml.rels") {
        Ok(part) => targets(path, BufReader::new(part))?,
        Err(_) => HashMap::new(),
    };
    let part = zip.by_name(SHEET).map_err(|_| no_hit_list(path, "it has no sheet"))?;
    let links = links(path, BufReader::with_capacity(1 << 16, part), &targets)?;
    let part = zip.by_name(SHEET).map_err(|_| no_hit_list(path, "it has no sheet"))?;
    let mut places: Option<Places> = None;
    rows(path, BufReader::with_capacity(1 << 16, part), &shared, &mut |row, cells| {
        let cell = |at: usize| cells.get(at).and_then(|c| c.as_deref());
        match &places {
            None => places = Some(Places::find(path, alone, cells.iter().map(|c| c.as_deref().unwrap_or("")))?),
            // Rows that somebody emptied are no rows.
            Some(_) if cells.iter().all(Option::is_none) => {}
            Some(places) => {
                let of_row = |link: &&Link| (link.rows.0..=link.rows.1).contains(&row);
                let first = links.partition_point(|link| link.rows.0 < row);
                let here = links[first..].iter().take_while(|link| link.rows.0 == row);
                let wide = links[..first].iter().filter(|link| link.rows.0 != link.rows.1).filter(of_row);
                let mut read = places.read(cell);
                for link in here.chain(wide) {
                    let columns = (link.columns.0..=link.columns.1).take(places.names.len());
                    read.links.extend(columns.map(|at| (places.column(at), link.target.clone())));
                }
                each(read)?
            }
        }
        Ok(())
    })?;
    places.map(|places| places.names).ok_or_else(|| no_hit_list(path, "its first sheet is empty"))
}

const SHEET: &str = "xl/worksheets/sheet1.xml";

/// A link of some cells, first and last row (from 1) and column (from 0), and where it leads.
struct Link {
    rows: (usize, usize),
    columns: (usize, usize),
    target: String,
}

/// Where each relation of the sheet leads.
fn targets(path: &Path, part: impl BufRead) -> Result<HashMap<String, String>> {
    let mut out = HashMap::new();
    walk(path, part, &mut |event| {
        if let Event::Empty(tag) | Event::Start(tag) = &event
            && let Some((id, target)) = attribute(tag, "Id").zip(attribute(tag, "Target"))
        {
            out.insert(id, plain(&target));
        }
        Ok(())
    })?;
    Ok(out)
}

/// The links of a sheet, by their first row.
fn links(path: &Path, part: impl BufRead, targets: &HashMap<String, String>) -> Result<Vec<Link>> {
    let mut out = Vec::new();
    walk(path, part, &mut |event| {
        let (Event::Empty(tag) | Event::Start(tag)) = &event else { return Ok(()) };
        if tag.local_name().as_ref() != "hyperlink" {
            return Ok(());
        }
        let place = attribute(tag, "ref").unwrap_or_default();
        let (first, last) = place.split_once(':').unwrap_or((&place, &place));
        let mut target = attribute(tag, "r:id").and_then(|id| targets.get(&id).cloned()).unwrap_or_default();
        if let Some(location) = attribute(tag, "location").filter(|location| !location.is_empty()) {
            target = format!("{target}#{}", plain(&location));
        }
        if let Some(((first_row, first_column), (last_row, last_column))) = cell(first).zip(cell(last)) {
            out.push(Link { rows: (first_row, last_row), columns: (first_column, last_column), target });
        }
        Ok(())
    })?;
    out.sort_by_key(|link| link.rows.0);
    Ok(out)
}

/// Row and column of `AB12`.
fn cell(place: &str) -> Option<(usize, usize)> {
    let row = place.trim_start_matches(|c: char| c.is_ascii_uppercase()).parse().ok()?;
    Some((row, column(place)?))
}

/// Without references to characters.
fn plain(value: &str) -> String {
    quick_xml::escape::unescape(value).map_or_else(|_| value.to_owned(), |plain| plain.into_owned())
}

/// The text of each `<si>`.
fn shared_strings(path: &Path, part: impl BufRead) -> Result<Vec<String>> {
    let mut out = Vec::new();
    let mut text = Text::default();
    walk(path, part, &mut |event| {
        match &event {
            Event::Start(tag) if tag.local_name().as_ref() == "si" => text = Text::default(),
            Event::End(tag) if tag.local_name().as_ref() == "si" => out.push(std::mem::take(&mut text).done()),
            Event::Empty(tag) if tag.local_name().as_ref() == "si" => out.push(String::new()),
            event => text.take(event),
        }
        Ok(())
    })?;
    Ok(out)
}

type Cells = Vec<Option<String>>;

fn rows(
    path: &Path,
    part: impl BufRead,
    shared: &[String],
    each: &mut dyn FnMut(usize, &Cells) -> Result<()>,
) -> Result<()> {
    let mut number = 0;
    let (mut cells, mut at, mut is_shared, mut text) = (Cells::new(), 0, false, Text::default());
    walk(path, part, &mut |event| {
        match &event {
            Event::Start(tag) if tag.local_name().as_ref() == "row" => {
                cells.clear();
                number = attribute(tag, "r").and_then(|r| r.parse().ok()).unwrap_or(number + 1);
            }
            Event::End(tag) if tag.local_name().as_ref() == "row" => return each(number, &cells),
            Event::Start(tag) if tag.local_name().as_ref() == "c" => {
                at = attribute(tag, "r").and_then(|r| column(&r)).unwrap_or(cells.len());
                is_shared = attribute(tag, "t").as_deref() == Some("s");
                text = Text::default();
            }
            Event::End(tag) if tag.local_name().as_ref() == "c" => {
                let said = std::mem::take(&mut text).done();
                let value =
                    if is_shared { said.parse().ok().and_then(|n: usize| shared.get(n).cloned()) } else { Some(said) };
                if cells.len() <= at {
                    cells.resize(at + 1, None);
                }
                cells[at] = value.filter(|v| !v.is_empty());
            }
            event => text.take(event),
        }
        Ok(())
    })
}

fn walk(path: &Path, part: impl BufRead, each: &mut dyn FnMut(Event<'_>) -> Result<()>) -> Result<()> {
    let mut reader = Reader::from_reader(part);
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Eof) => return Ok(()),
            Ok(event) => each(event)?,
            Err(quick_xml::Error::Io(error)) => return Err(Error::io(path, std::io::Error::new(error.kind(), error))),
            Err(error) => {
                return Err(no_hit_list(path, format!("byte {} of its XML: {error}", reader.error_position())));
            }
        }
        buffer.clear();
    }
}

/// What the `<t>` and `<v>` of a cell say; phonetic runs (`<rPh>`) are left out.
#[derive(Default)]
struct Text {
    said: String,
    inside: bool,
    phonetic: bool,
}

impl Text {
    fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "t" | "v" => self.inside = !self.phonetic,
                "rPh" => self.phonetic = true,
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "t" | "v" => self.inside = false,
                "rPh" => self.phonetic = false,
                _ => {}
            },
            Event::Text(text) if self.inside => self.said.push_str(text),
            Event::CData(text) if self.inside => self.said.push_str(text),
            Event::GeneralRef(name) if self.inside => {
                let c = name.resolve_char_ref().ok().flatten().or_else(|| match name.as_ref() {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => None,
                });
                self.said.extend(c);
            }
            _ => {}
        }
    }

    fn done(self) -> String {
        unescape(&self.said)
    }
}

/// `_x000D_` stands for a character that XML cannot hold, `_x005F_` for an underscore that would begin such a form.
fn unescape(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find("_x") {
        let (before, found) = rest.split_at(at);
        out.push_str(before);
        let c = found
            .get(..7)
            .filter(|f| f.ends_with('_') && f.as_bytes()[2..6].iter().all(u8::is_ascii_hexdigit))
            .and_then(|f| u32::from_str_radix(&f[2..6], 16).ok())
            .and_then(char::from_u32);
        match c {
            Some(c) => {
                out.push(c);
                rest = &found[7..];
            }
            None => {
                out.push_str("_x");
                rest = &found[2..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|a| a.key.as_ref() == name)?;
    Some(found.value.into_owned())
}

/// `AB12` is column 27. Excel has 16,384.
fn column(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_uppercase);
    let number = letters.take(4).fold(0, |n, b| n * 26 + usize::from(b - b'A') + 1);
    (1..=16_384).contains(&number).then(|| number - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells() {
        let xml = r#"<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>a &amp; b_x000D_</t></is></c>
            <c r="C1" t="s"><v>1</v></c></row><row r="2"><c><v>1.5</v></c><c t="inlineStr"><is><r><t>one</t></r><r><t xml:space="preserve"> two</t></r><rPh><t>no</t></rPh></is></c></row></sheetData></worksheet>"#;
        let mut got = Vec::new();
        let shared = ["x".to_owned(), "y".to_owned()];
        rows(Path::new("x"), xml.as_bytes(), &shared, &mut |_, cells| {
            got.push(cells.clone());
            Ok(())
        })
        .expect("read");
        let some = |s: &str| Some(s.to_owned());
        assert_eq!(got, [vec![some("a & b\r"), None, some("y")], vec![some("1.5"), some("one two")]]);
        assert_eq!(unescape("_x005F_x000D_ _x12"), "_x000D_ _x12");
        assert_eq!((column("AB12"), column("7"), column("ZZZZ1")), (Some(27), None, None));
    }
}
