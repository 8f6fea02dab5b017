//! Rows without a ledger: what they quote must stand in a stored version of the article they name.

use serde_json::{Map, Value};

use super::read::Read;
use super::{Column, Hashed, Standing, candidates, cells, details, json, links, match_cells, readings, since, span};
use crate::model::{Article, Revision, Span};

/// What a row quotes.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Quoted {
    pub article_id: String,
    pub sha256: Option<String>,
    pub version: Option<u64>,
    pub passage: String,
    /// Character offsets; `None` where the file has no such columns, or they are empty.
    pub chars: Option<(u64, u64)>,
    /// Whether the offsets could not be read.
    pub bad_offsets: bool,
    /// Other cells that come from the article.
    pub cells: Vec<(Column, String)>,
    /// What JSON holds of it beside.
    pub details: Map<String, Value>,
    /// Whether JSON holds the marks of this passage.
    pub has_marks: bool,
    /// Whether JSON holds all that the article has.
    pub whole: bool,
    /// Where the links of a sheet lead, and from which column.
    pub links: Vec<(Option<Column>, String)>,
}

/// Columns compared with the row's own place.
const OF_THE_ROW: [Column; 4] = [Column::Words, Column::Version, Column::ByteStart, Column::ByteEnd];

/// All columns that are compared beside the passage.
fn compared() -> impl Iterator<Item = Column> {
    cells::COMPARED.into_iter().chain(match_cells::COMPARED).chain(OF_THE_ROW)
}

impl Quoted {
    /// What `read` quotes: one passage, or in JSON several.
    pub fn all(read: Read) -> Vec<Self> {
        match read.object {
            Some(object) => of_json(object),
            None => vec![Self::of_table(read)],
        }
    }

    fn of_table(read: Read) -> Self {
        let text = |column| read.cell(column).unwrap_or("").trim();
        let mut quoted = Quoted {
            article_id: text(Column::ArticleId).to_owned(),
            sha256: read.cell(Column::Sha256).map(|hash| hash.trim().to_ascii_lowercase()),
            version: match_cells::number(text(Column::Version)),
            passage: read.cell(Column::Passage).unwrap_or("").to_owned(),
            ..Quoted::default()
        };
        if let Some((start, end)) = read.cell(Column::CharStart).zip(read.cell(Column::CharEnd)) {
            quoted.chars = match_cells::number(start).zip(match_cells::number(end));
            quoted.bad_offsets = quoted.chars.is_none()
                && !(start.trim().is_empty() && end.trim().is_empty() && quoted.passage.is_empty());
        }
        quoted.cells = read.cells.into_iter().filter(|(column, _)| compared().any(|c| c == *column)).collect();
        quoted.links = read.links;
        quoted
    }
}

fn of_json(mut fields: Map<String, Value>) -> Vec<Quoted> {
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Null => Some(String::new()),
        Value::Array(items) => Some(items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("; ")),
        other => Some(other.to_string()),
    };
    let mut details = Map::new();
    for key in json::DETAILS {
        if let Some(value) = fields.remove(key) {
            details.insert(key.to_owned(), value);
        }
    }
    let of_key = |wanted: &str| compared().find(|column| json::key(*column) == wanted);
    let mut cells: Vec<(Column, String)> =
        fields.iter().filter_map(|(key, value)| Some((of_key(key)?, text(value)?))).collect();
    let whole = details.keys().any(|key| !matches!(key.as_str(), "marks" | "title_marks"));
    if whole {
        // What is empty is left out: what is left out must be empty.
        let absent: Vec<_> = compared().filter(|column| !cells.iter().any(|(there, _)| there == column)).collect();
        cells.extend(absent.into_iter().map(|column| (column, String::new())));
    }
    let said = |key: &str| fields.get(key).and_then(Value::as_str).map(str::to_owned);
    let best = fields.get("char_start").and_then(Value::as_u64);
    let quoted = Quoted {
        article_id: said("article_id").unwrap_or_default(),
        sha256: said("sha256"),
        version: fields.get("version").and_then(Value::as_u64),
        details,
        has_marks: true,
        whole,
        cells,
        ..Quoted::default()
    };
    let passage = |of: &Map<String, Value>, mut quoted: Quoted| {
        quoted.passage = of.get("passage").and_then(Value::as_str).unwrap_or("").to_owned();
        let number = |key: &str| of.get(key).and_then(Value::as_u64);
        quoted.chars = number("char_start").zip(number("char_end"));
        let said = ["char_start", "char_end"].into_iter().any(|key| of.contains_key(key));
        quoted.bad_offsets = said && quoted.chars.is_none();
        quoted
    };
    let Some(several) = fields.get("passages").and_then(Value::as_array).filter(|several| !several.is_empty()) else {
        return vec![passage(&fields, quoted)];
    };
    let none = Map::new();
    let each = several.iter().map(|one| {
        let one = one.as_object().unwrap_or(&none);
        let mut quoted = passage(one, quoted.clone());
        quoted.bad_offsets |= quoted.chars.is_none();
        if best != quoted.chars.map(|(start, _)| start) {
            // What tells of a match and of bytes tells of the best passage.
            let of_best =
                |c: Column| match_cells::COMPARED.contains(&c) || matches!(c, Column::ByteStart | Column::ByteEnd);
            quoted.cells.retain(|(column, _)| !of_best(*column));
            quoted.details.remove("marks");
            quoted.has_marks = false;
        }
        quoted
    });
    each.collect()
}

/// What became of a row of an article with these versions; `written` is the revision it was written from, where known.
pub(super) fn judge(quoted: &Quoted, versions: &[Hashed], written: Option<Revision>) -> Standing {
    if quoted.article_id.is_empty() || quoted.bad_offsets {
        return Standing::Unreadable;
    }
    let Some(newest) = versions.last() else { return Standing::Missing };
    if quoted.sha256.as_deref() == Some("") || (quoted.whole && quoted.sha256.is_none()) {
        return Standing::Altered { column: Column::Sha256.name() };
    }
    let somewhere = |article: &Article| Some(readings(&quoted.passage).any(|p| article.text.contains(&*p)));
    // Versions that differ in their metadata only have one text: which is meant, its other cells say. Without a hash the
    // version says it, and without either any that has the passage will do, the newest first.
    let named = match (&quoted.sha256, quoted.version) {
        (Some(sha256), _) => candidates(versions, written, |v| v.sha256 == *sha256),
        (None, Some(number)) => candidates(versions, written, |v| u64::from(v.version.number) == number),
        (None, None) if written.is_some() => candidates(versions, written, |_| true),
        (None, None) => {
            let mut all: Vec<&Hashed> = versions.iter().rev().collect();
            all.sort_by_key(|v| v.version.article.flags.withdrawn);
            all
        }
    };
    if named.is_empty() {
        let number = newest.version.number;
        return Standing::VersionMissing { newest: number, still: somewhere(&newest.version.article) };
    }
    let mut wrong = None;
    for version in named {
        match altered(quoted, version) {
            None => return since(&version.version, versions, somewhere),
            // What is wrong with the likeliest version is told.
            fault => wrong = wrong.or(fault),
        }
    }
    match wrong {
        Some(Fault::Cell(column)) => Standing::Altered { column },
        _ => Standing::Differs,
    }
}

enum Fault {
    Passage,
    Cell(&'static str),
}

/// The first thing that is not what the version has.
fn altered(quoted: &Quoted, version: &Hashed) -> Option<Fault> {
    let (number, article) = (version.version.number, &version.version.article);
    let text = &article.text;
    let passage = match quoted.chars {
        Some(chars) => span(text, chars).filter(|span| {
            let there = span.of(text);
            readings(&quoted.passage).any(|p| p == there) || cells::is_cut(&quoted.passage, there)
        }),
        // A row shows no passage only where there is no text.
        None if quoted.passage.is_empty() => Some(Span::new(0, 0)).filter(|_| text.is_empty()),
        None => {
            let place = |p: &str| text.find(p).map(|at| Span::new(at, at + p.len()));
            readings(&quoted.passage).find_map(|p| place(&p))
        }
    };
    let Some(passage) = passage else { return Some(Fault::Passage) };
    let passage = Some(passage).filter(|span| !span.is_empty());
    let of_the_row = |(column, said): &(Column, String)| {
        let is = |number: u64| match_cells::is_number(said, number);
        match column {
            Column::Words => !is(article.words() as u64),
            Column::Version => !is(u64::from(number)),
            Column::ByteStart => !passage.map_or(said.is_empty(), |span| is(span.start as u64)),
            Column::ByteEnd => !passage.map_or(said.is_empty(), |span| is(span.end as u64)),
            _ => false,
        }
    };
    let said = |wanted: Column| quoted.cells.iter().find(|(column, _)| *column == wanted).map(|(_, said)| &**said);
    cells::altered(&quoted.cells, article)
        .or_else(|| quoted.cells.iter().find(|cell| of_the_row(cell)).map(|(column, _)| *column))
        .or_else(|| match_cells::unquoted(said, article, passage))
        .map(Column::name)
        .or_else(|| details::altered(&quoted.details, article, passage, (quoted.has_marks, quoted.whole)))
        .or_else(|| links::altered(&quoted.links, article))
        .map(Fault::Cell)
}
