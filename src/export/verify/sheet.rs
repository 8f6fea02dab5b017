//! Rows of the first sheet of an XLSX file (ECMA-376 part 1, 18.3), as newsdex, Excel and LibreOffice write it. Only
//! what a check needs: text and numbers of cells, no formulas.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::no_hit_list;
use super::read::{Head, Header, Read, Wanted};
use crate::{Error, Result};

/// Gives each row below the header to `each`. The sheet is the one called `Hits`, wherever it stands, else the first that is
/// not `About`. Parts are found as programs find them: by the relations of the package (ECMA-376 part 2, 9.3).
pub(super) fn each(
    path: &Path,
    file: File,
    wanted: Wanted<'_>,
    each: &mut dyn FnMut(Read) -> Result<()>,
) -> Result<Head> {
    let mut zip = zip::ZipArchive::new(BufReader::new(file)).map_err(|e| no_hit_list(path, e))?;
    let no_sheet = || no_hit_list(path, "it has no sheet");
    let package = relations(path, &mut zip, "")?;
    let book = package.iter().find(|relation| relation.kind("officeDocument")).ok_or_else(no_sheet)?.target.clone();
    let parts = relations(path, &mut zip, &book)?;
    let (sheet, sheets) = hits(path, &mut zip, &book, &parts)?;
    let strings = parts.iter().find(|relation| relation.kind("sharedStrings"));
    let shared = match strings.map(|strings| zip.by_name(strings.target.as_str())) {
        Some(Ok(part)) => shared_strings(path, BufReader::new(part))?,
        _ => Vec::new(),
    };
    let targets: HashMap<String, String> =
        relations(path, &mut zip, &sheet)?.into_iter().map(|relation| (relation.id, relation.as_written)).collect();
    let part = zip.by_name(sheet.as_str()).map_err(|_| no_sheet())?;
    let (links, hidden_columns) = links(path, BufReader::with_capacity(1 << 16, part), &targets)?;
    let (wide, links): (Vec<Link>, Vec<Link>) = links.into_iter().partition(|link| link.rows.0 != link.rows.1);
    let part = zip.by_name(sheet.as_str()).map_err(|_| no_sheet())?;
    let mut header = Header::new(path, wanted);
    rows(path, BufReader::with_capacity(1 << 16, part), &shared, &mut |(row, hidden), cells| {
        let cell = |at: usize| cells.get(at).and_then(|c| c.as_ref()).map(|c| &*c.text);
        let Some(places) = header.places(cells.len(), cell)? else { return Ok(()) };
        let mut read = places.read(cell);
        (read.from_sheet, read.hidden) = (true, hidden);
        read.beyond = (places.names.len()..cells.len()).any(|at| cell(at).is_some());
        let odd = |at: usize| cells.get(at).and_then(|c| c.as_ref()).is_some_and(|c| c.odd);
        read.odd = (0..places.names.len()).filter(|at| odd(*at)).find_map(|at| places.column(at));
        let first = links.partition_point(|link| link.rows.0 < row);
        let here = links[first..].iter().take_while(|link| link.rows.0 == row);
        for link in here.chain(wide.iter().filter(|link| (link.rows.0..=link.rows.1).contains(&row))) {
            // What leads from a column that was put in is not ours.
            let columns = (link.columns.0..=link.columns.1).take(places.names.len());
            read.links.extend(columns.filter_map(|at| Some((places.column(at)?, link.target.clone()))));
        }
        each(read)
    })?;
    Ok(Head { sheets, hidden_columns, ..header.head()? })
}

type Zip = zip::ZipArchive<BufReader<File>>;

/// What a part of the package has to do with another.
struct Relation {
    id: String,
    kind: String,
    as_written: String,
    /// The part it leads to, by its name in the package.
    target: String,
}

impl Relation {
    fn kind(&self, kind: &str) -> bool {
        self.kind.rsplit('/').next() == Some(kind)
    }
}

/// The relations of a part; of the package itself where it has no name.
fn relations(path: &Path, zip: &mut Zip, part: &str) -> Result<Vec<Relation>> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let slash = if folder.is_empty() { "" } else { "/" };
    let Ok(file) = zip.by_name(format!("{folder}{slash}_rels/{name}.rels").as_str()) else { return Ok(Vec::new()) };
    let mut out = Vec::new();
    walk(path, BufReader::new(file), &mut |event| {
        if let Event::Empty(tag) | Event::Start(tag) = &event
            && let Some((id, as_written)) = attribute(tag, "Id").zip(attribute(tag, "Target"))
        {
            let as_written = plain(&as_written);
            let target = match as_written.strip_prefix('/') {
                Some(whole) => whole.to_owned(),
                None => format!("{folder}{slash}{as_written}"),
            };
            out.push(Relation { id, kind: attribute(tag, "Type").unwrap_or_default(), as_written, target });
        }
        Ok(())
    })?;
    Ok(out)
}

/// The part that holds the hits, and the names of the sheets: that one first (18.2.20).
fn hits(path: &Path, zip: &mut Zip, book: &str, parts: &[Relation]) -> Result<(String, Vec<String>)> {
    let Ok(part) = zip.by_name(book) else { return Err(no_hit_list(path, "it has no sheet")) };
    let (mut sheets, mut since_1904) = (Vec::new(), false);
    walk(path, BufReader::new(part), &mut |event| {
        if let Event::Empty(tag) | Event::Start(tag) = &event {
            match tag.local_name().as_ref() {
                "sheet" => {
                    let id = attribute(tag, "r:id").unwrap_or_default();
                    let part = parts.iter().find(|part| part.id == id).map(|part| part.target.clone());
                    let hidden = attribute(tag, "state").is_some_and(|state| state != "visible");
                    sheets.push((plain(&attribute(tag, "name").unwrap_or_default()), hidden, part));
                }
                "workbookPr" => {
                    since_1904 |= attribute(tag, "date1904").is_some_and(|value| value == "1" || value == "true");
                }
                _ => {}
            }
        }
        Ok(())
    })?;
    if since_1904 {
        return Err(no_hit_list(path, "it counts days from 1904, so that its dates are not those that were written"));
    }
    let named = sheets.iter().position(|(name, ..)| name == "Hits");
    let at = named.or_else(|| sheets.iter().position(|(name, ..)| name != "About"));
    let mut sheet = at.map(|at| sheets.remove(at)).ok_or_else(|| no_hit_list(path, "it has no sheet"))?;
    if sheet.1 {
        return Err(no_hit_list(path, format!("its sheet `{}` is hidden: what a person sees is another", sheet.0)));
    }
    let part = sheet.2.take().ok_or_else(|| no_hit_list(path, "it has no sheet"))?;
    let others = sheets.into_iter().filter(|(_, hidden, _)| !hidden).map(|(name, ..)| name);
    Ok((part, std::iter::once(sheet.0).chain(others).collect()))
}

/// A link of some cells, first and last row (from 1) and column (from 0), and where it leads.
struct Link {
    rows: (usize, usize),
    columns: (usize, usize),
    target: String,
}

/// The links of a sheet, by their first row, and how many columns are hidden.
fn links(path: &Path, part: impl BufRead, targets: &HashMap<String, String>) -> Result<(Vec<Link>, u64)> {
    let (mut out, mut hidden) = (Vec::new(), 0);
    walk(path, part, &mut |event| {
        let (Event::Empty(tag) | Event::Start(tag)) = &event else { return Ok(()) };
        if tag.local_name().as_ref() == "col"
            && attribute(tag, "hidden").is_some_and(|value| value == "1" || value == "true")
        {
            let number = |name: &str| attribute(tag, name).and_then(|value| value.parse::<u64>().ok()).unwrap_or(1);
            hidden += number("max").saturating_sub(number("min")) + 1;
        }
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
    Ok((out, hidden))
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

type Cells = Vec<Option<Cell>>;

/// Takes a row's number, whether it is hidden, and its cells.
type EachRow<'e> = &'e mut dyn FnMut((usize, bool), &Cells) -> Result<()>;

/// What a cell shows.
#[derive(Debug, Clone, PartialEq)]
struct Cell {
    text: String,
    /// It is worked out by a formula, or stands twice: what a program shows may be something else.
    odd: bool,
}

fn rows(path: &Path, part: impl BufRead, shared: &[String], each: EachRow<'_>) -> Result<()> {
    let (mut number, mut hidden) = (0, false);
    let (mut cells, mut at, mut is_shared, mut text) = (Cells::new(), 0, false, Text::default());
    let mut is_formula = false;
    walk(path, part, &mut |event| {
        match &event {
            Event::Start(tag) if tag.local_name().as_ref() == "row" => {
                cells.clear();
                number = attribute(tag, "r").and_then(|r| r.parse().ok()).unwrap_or(number + 1);
                hidden = attribute(tag, "hidden").is_some_and(|value| value == "1" || value == "true");
            }
            Event::End(tag) if tag.local_name().as_ref() == "row" => return each((number, hidden), &cells),
            Event::Start(tag) if tag.local_name().as_ref() == "c" => {
                at = attribute(tag, "r").and_then(|r| column(&r)).unwrap_or(cells.len());
                is_shared = attribute(tag, "t").as_deref() == Some("s");
                (text, is_formula) = (Text::default(), false);
            }
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "f" => is_formula = true,
            Event::End(tag) if tag.local_name().as_ref() == "c" => {
                let said = std::mem::take(&mut text).done();
                let value =
                    if is_shared { said.parse().ok().and_then(|n: usize| shared.get(n).cloned()) } else { Some(said) };
                if cells.len() <= at {
                    cells.resize(at + 1, None);
                }
                let odd = is_formula || cells[at].is_some();
                let value = value.filter(|value| odd || !value.is_empty());
                cells[at] = value.map(|text| Cell { text, odd });
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
        let some = |s: &str| Some(Cell { text: s.to_owned(), odd: false });
        assert_eq!(got, [vec![some("a & b\r"), None, some("y")], vec![some("1.5"), some("one two")]]);
        assert_eq!(unescape("_x005F_x000D_ _x12"), "_x000D_ _x12");
        assert_eq!((column("AB12"), column("7"), column("ZZZZ1")), (Some(27), None, None));
    }
}
