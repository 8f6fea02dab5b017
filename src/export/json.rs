//! A hit as a JSON object, and a hit list as one JSON document.
//!
//! Keys follow schema.org NewsArticle where it has one; the others are those of the columns. `null` and empty
//! values are left out, but for `headline`, `author` and `datePublished`.

use std::io::Write;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::row::{Chars, Row, Rows, agencies, contributing, flags, precision_name, value};
use super::{Asked, Column, Counts, Head, HitWriter, Manifest, Options, Per, SCHEMA_VERSION, Tail, output};
use crate::Result;
use crate::model::{Article, AsOf, Hit, Mark, Passage, Revision};

/// The key that stands for a column.
pub(super) fn key(column: Column) -> &'static str {
    match column {
        Column::Title => "headline",
        Column::Authors => "author",
        Column::Source => "publisher",
        Column::Published => "datePublished",
        Column::Updated => "dateModified",
        Column::Language => "inLanguage",
        Column::OriginalUrl => "isBasedOn",
        Column::Licence => "license",
        Column::Words => "wordCount",
        Column::Section => "articleSection",
        Column::Tags => "keywords",
        other => other.name(),
    }
}

/// One row as an object.
pub(super) fn object(row: &Row<'_>, options: &Options) -> Value {
    let article = row.article;
    let mut out = Map::new();
    out.insert("schema_version".into(), json!(SCHEMA_VERSION));
    let chosen = |column: Column| {
        !options.columns.given() || options.columns.has(column) || (column == Column::Name && options.names)
    };
    for &column in Column::ALL {
        if !chosen(column) || (column == Column::Name && row.name.is_none()) {
            continue;
        }
        let value = match column {
            Column::Hit => json!(row.hit.rank),
            Column::Score => json!(f64::from(row.hit.score)),
            Column::Authors => json!(article.authors),
            Column::Tags => json!(article.tags),
            Column::Agency => json!(agencies(article).collect::<Vec<_>>()),
            Column::AgencyContributing => json!(contributing(article).collect::<Vec<_>>()),
            Column::Flags => json!(flags(article).collect::<Vec<_>>()),
            Column::Words => json!(row.words),
            Column::MatchesInArticle => json!(row.hit.matches_in_article),
            Column::Copies => json!(row.hit.copies),
            Column::Version => json!(row.hit.version),
            Column::Published => article.published.as_ref().map_or(Value::Null, |d| json!(d.iso())),
            Column::CharStart => row.passage.map_or(Value::Null, |_| json!(row.chars.0)),
            Column::CharEnd => row.passage.map_or(Value::Null, |_| json!(row.chars.1)),
            Column::ByteStart => row.passage.map_or(Value::Null, |p| json!(p.span.start)),
            Column::ByteEnd => row.passage.map_or(Value::Null, |p| json!(p.span.end)),
            _ => json!(row.text(column)),
        };
        put(&mut out, key(column), value);
    }
    if !options.columns.given() {
        details(row, options, &mut out);
    } else if options.columns.has(Column::Passage) {
        marks_of(row, &mut out);
    }
    Value::Object(out)
}

/// Keys beside those of columns; what they hold comes from the article alone, but for the marks.
pub(super) const DETAILS: [&str; 10] = [
    "marks",
    "title_marks",
    "published_found",
    "updated_precision",
    "original_url_scope",
    "distributor",
    "acquired_via",
    "rights_notice",
    "correction",
    "articleBody",
];

/// All keys of a hit but for its version and `passages`.
pub(super) fn keys() -> impl Iterator<Item = &'static str> {
    Column::ALL.iter().map(|column| key(*column)).chain(DETAILS)
}

/// What tables have no column for.
fn details(row: &Row<'_>, options: &Options, out: &mut Map<String, Value>) {
    marks_of(row, out);
    if options.per == Per::Article && row.hit.passages.len() > 1 {
        let mut chars = Chars::default();
        let all: Vec<_> = row.hit.passages.iter().map(|p| passage(&row.article.text, p, &mut chars)).collect();
        out.insert("passages".into(), json!(all));
    }
    of_article(row.article, options.body && row.first, out);
}

/// What tables have no column for and comes from the article alone.
pub(super) fn of_article(article: &Article, body: bool, out: &mut Map<String, Value>) {
    put(out, "published_found", json!(article.published.as_ref().map(|d| d.found.as_str())));
    put(out, "updated_precision", json!(article.updated.as_ref().map(|d| precision_name(d.precision))));
    put(out, "original_url_scope", json!(article.provenance.original_url_scope));
    put(out, "distributor", json!(value(&article.provenance.distributor)));
    put(out, "acquired_via", json!(value(&article.provenance.acquired_via)));
    put(out, "rights_notice", json!(article.provenance.rights_notice.iter().map(|f| &f.value).collect::<Vec<_>>()));
    put(out, "correction", json!(article.provenance.corrections.iter().map(|f| &f.value).collect::<Vec<_>>()));
    if body {
        out.insert("articleBody".into(), json!(article.text));
    }
}

fn marks_of(row: &Row<'_>, out: &mut Map<String, Value>) {
    if let Some(p) = row.passage {
        let before = (p.span.start, row.chars.0);
        out.insert("marks".into(), marks(&row.article.text, &p.marks, before));
    }
    if !row.hit.title_marks.is_empty() {
        out.insert("title_marks".into(), marks(&row.article.title, &row.hit.title_marks, (0, 0)));
    }
}

fn passage(text: &str, passage: &Passage, chars: &mut Chars) -> Value {
    let (start, end) = chars.range(text, passage);
    let quoted = passage.span.of(text);
    json!({
        "passage": quoted,
        "score": f64::from(passage.score),
        "char_start": start,
        "char_end": end,
        "byte_start": passage.span.start,
        "byte_end": passage.span.end,
        "marks": marks(text, &passage.marks, (passage.span.start, start)),
    })
}

/// Marks with byte and character offsets into `text`; one walk over it, as marks are in order, from a byte before all of
/// them and its number of characters.
fn marks(text: &str, marks: &[Mark], (mut byte, mut chars): (usize, u64)) -> Value {
    let mut to = |offset: usize| {
        chars += text.get(byte..offset).map_or(0, |t| t.chars().count()) as u64;
        byte = offset;
        chars
    };
    let one = |mark: &Mark| {
        let (start, end) = (to(mark.span.start), to(mark.span.end));
        json!({
            "text": mark.span.of(text),
            "leaf": mark.leaf,
            "char_start": start,
            "char_end": end,
            "byte_start": mark.span.start,
            "byte_end": mark.span.end,
        })
    };
    Value::Array(marks.iter().map(one).collect())
}

fn put(out: &mut Map<String, Value>, key: &str, value: Value) {
    let empty = match &value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    };
    if !empty || matches!(key, "headline" | "author" | "datePublished") {
        out.insert(key.to_owned(), value);
    }
}

/// Writes one object: the query and how it was read, then `hits`, one a line.
pub(super) struct Json<'a> {
    out: Box<dyn Write + 'a>,
    options: Options,
    rows: Rows,
    written: u64,
}

impl<'a> Json<'a> {
    pub fn new(options: Options, out: Box<dyn Write + 'a>) -> Self {
        Self { out, options, rows: Rows::default(), written: 0 }
    }
}

/// What the document says before its hits.
fn about(
    asked: &[Asked],
    newsdex: &str,
    revision: Revision,
    as_of: Option<AsOf>,
    time: Timestamp,
) -> Map<String, Value> {
    let mut about = Map::new();
    about.insert("schema_version".into(), json!(SCHEMA_VERSION));
    match asked {
        [one] if one.name.is_none() => {
            about.insert("query".into(), json!(one.typed));
            about.insert("read_as".into(), json!(one.read_as));
        }
        several => {
            about.insert("queries".into(), json!(several));
        }
    }
    about.insert("newsdex".into(), json!(newsdex));
    about.insert("corpus_revision".into(), json!(revision));
    if let Some(as_of) = as_of {
        about.insert("as_of".into(), json!(as_of.to_string()));
    }
    about.insert("time".into(), json!(time.to_string()));
    about
}

/// Keys of a document, beside its hits, that are not what its manifest tells of.
pub(super) fn head_altered(document: &Map<String, Value>, manifest: &Manifest) -> Vec<&'static str> {
    let one = [Asked { typed: manifest.query.clone(), read_as: manifest.read_as.clone(), ..Asked::default() }];
    let asked = if manifest.queries.is_empty() { &one[..] } else { &manifest.queries };
    let mut written = about(asked, &manifest.newsdex, manifest.corpus_revision, manifest.as_of, manifest.time);
    written.insert("rows".into(), json!(manifest.rows));
    written.insert("total_articles".into(), json!(manifest.total_articles));
    let notes = document.get("notes").map_or(Some(&[][..]), |notes| notes.as_array().map(Vec::as_slice));
    let told = |note: &Value| note.as_str().is_some_and(|note| manifest.notes.iter().any(|told| told == note));
    let noted = notes.is_some_and(|notes| notes.iter().all(told) && notes.is_empty() == manifest.notes.is_empty());
    let keys = DOCUMENT.into_iter().filter(|key| document.get(*key) != written.get(*key));
    keys.chain((!noted).then_some("notes")).collect()
}

/// Keys of a document beside `hits` and `notes`.
pub(super) const DOCUMENT: [&str; 10] = [
    "schema_version",
    "query",
    "read_as",
    "queries",
    "newsdex",
    "corpus_revision",
    "as_of",
    "time",
    "rows",
    "total_articles",
];

impl HitWriter for Json<'_> {
    fn begin(&mut self, head: &Head) -> Result<()> {
        self.rows.begin(head);
        let about = about(&head.asked, env!("CARGO_PKG_VERSION"), head.revision, head.as_of, head.time);
        // The object stays open: its closing brace comes after the hits.
        let text = Value::Object(about).to_string();
        let open = text.strip_suffix('}').unwrap_or(&text);
        write!(self.out, "{open},\"hits\":[").map_err(output)
    }

    fn hit(&mut self, hit: &Hit, name: Option<&str>) -> Result<()> {
        let (out, options, written) = (&mut self.out, &self.options, &mut self.written);
        self.rows
            .each(hit, name, options, |row| {
                let comma = if *written == 0 { "\n" } else { ",\n" };
                *written += 1;
                out.write_all(comma.as_bytes())?;
                serde_json::to_writer(&mut *out, &object(row, options)).map_err(std::io::Error::from)
            })
            .map_err(output)
    }

    fn end(&mut self, tail: &Tail) -> Result<Counts> {
        let mut last = Map::new();
        last.insert("rows".into(), json!(self.written));
        last.insert("total_articles".into(), json!(tail.total_articles));
        put(&mut last, "notes", json!(tail.notes));
        let text = Value::Object(last).to_string();
        writeln!(self.out, "\n],{}", text.strip_prefix('{').unwrap_or(&text)).map_err(output)?;
        self.out.flush().map_err(output)?;
        Ok(Counts { rows: self.written, notes: Vec::new() })
    }
}
