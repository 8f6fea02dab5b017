//! A row made again from the version of the article that it was written from, by the writer's own code, and compared with
//! what the file says.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use serde_json::{Map, Value};

use super::super::ledger::{Entry, Place};
use super::super::row::{Row, Rows};
use super::super::{Asked, Head, Manifest, Options, Per, json};
use super::read::Read;
use super::{
    Column, Hashed, Known, Matches, Standing, Witness, candidates, cells, details, links, match_cells, since, slice,
    span,
};
use crate::Result;
use crate::model::{Article, BlockKind, Hit, Mark, Passage, Span};

/// Makes rows again.
pub(super) struct Remade<'m> {
    manifest: &'m Manifest,
    rows: Rows,
    /// The version last used, and what the query of a list finds in it.
    known: Option<(Arc<Article>, String, Option<Matches>)>,
}

/// What a row of the file is, beside one that was written.
pub(super) struct Compared {
    pub standing: Standing,
    /// Whether its query was asked again.
    pub asked: bool,
    /// Whether it has anything in common with what was written.
    pub alike: bool,
}

impl<'m> Remade<'m> {
    pub fn of(manifest: &'m Manifest) -> Self {
        let asked = if manifest.queries.is_empty() {
            vec![Asked { typed: manifest.query.clone(), read_as: manifest.read_as.clone(), ..Asked::default() }]
        } else {
            manifest.queries.clone()
        };
        let mut rows = Rows::default();
        rows.begin(&Head {
            asked,
            revision: manifest.corpus_revision,
            as_of: manifest.as_of,
            time: manifest.time,
            choice: manifest.choice.clone(),
            notes: Vec::new(),
        });
        Self { manifest, rows, known: None }
    }

    /// Makes the row again that stood at `place`, and compares `read` with it. `intact`: the bytes of the file are those
    /// that were written, so that what the query finds today cannot speak against it.
    pub fn row(
        &mut self,
        entry: &Entry,
        place: Place,
        read: &Read,
        (options, intact): (&Options, bool),
        known: &mut Known,
        witness: &mut Witness<'_>,
    ) -> Result<Compared> {
        known.versions(&entry.article_id, witness)?;
        let versions = &known.versions;
        let not = |standing| Ok(Compared { standing, asked: false, alike: true });
        let Some(newest) = versions.last() else { return not(Standing::Missing) };
        // In a corpus that was put together anew versions may have other numbers, and versions that differ in their
        // metadata only have one text: that of the same number is the likeliest.
        let mut named = candidates(versions, Some(self.manifest.corpus_revision), |v| v.sha256 == entry.sha256);
        named.sort_by_key(|v| v.version.number != entry.version);
        let missing = || {
            let there = |chars| slice(&newest.version.article.text, chars).is_some_and(|there| read.quotes(there));
            Standing::VersionMissing { newest: newest.version.number, still: place.chars().map(there) }
        };
        let mut first = None;
        for named in &named {
            let compared = self.beside(entry, place, read, (options, intact), (named, versions), witness)?;
            if compared.standing.is_proven() {
                return Ok(compared);
            }
            first = first.or(Some(compared));
        }
        Ok(match first {
            Some(Compared { standing: Standing::Altered { column }, asked, alike }) if intact => {
                Compared { standing: Standing::Contradicts { column }, asked, alike }
            }
            Some(compared) => compared,
            None => Compared { standing: missing(), asked: false, alike: true },
        })
    }

    /// Compares the row with the one that `named` makes.
    fn beside(
        &mut self,
        entry: &Entry,
        place: Place,
        read: &Read,
        (options, intact): (&Options, bool),
        (named, versions): (&Hashed, &[Hashed]),
        witness: &mut Witness<'_>,
    ) -> Result<Compared> {
        let article = &named.version.article;
        let passage = match place.chars().map(|chars| span(&article.text, chars)) {
            Some(None) => return Ok(Compared { standing: Standing::Differs, asked: false, alike: true }),
            Some(Some(span)) => Some(span),
            None => None,
        };
        let matches = self.asked(entry, article, witness);
        let Some(hit) = hit(entry, place, article, passage, matches.as_ref()) else {
            return Ok(Compared { standing: Standing::Differs, asked: false, alike: true });
        };
        let several = Options { per: Per::Article, ..options.clone() };
        let options = if entry.passages.is_empty() { options } else { &several };
        // Its whole text stands in the first row of an article.
        self.rows.first = Some(entry.rows.first() == Some(&place));
        let compared = |matches: Option<&Matches>, rows: &mut Rows| {
            let (mut fault, mut alike) = (None, false);
            let each = |row: &Row<'_>| -> Result<()> {
                fault = differs(row, read, options, matches.is_some());
                alike = fault.is_none() || is_alike(row, read);
                Ok(())
            };
            rows.each(&hit, entry.list.as_deref(), options, each).map(|()| (fault, alike))
        };
        let (mut fault, alike) = compared(matches.as_ref(), &mut self.rows)?;
        if fault.is_some() && intact && matches.is_some() {
            fault = compared(None, &mut self.rows)?.0;
        }
        let standing = match fault {
            None => {
                let quoted = passage.map(|span| span.of(&article.text));
                since(&named.version, versions, |newest| quoted.map(|quoted| newest.text.contains(quoted)))
            }
            Some(column) if column == Column::Passage.name() => Standing::Differs,
            Some(column) => Standing::Altered { column },
        };
        Ok(Compared { standing, asked: matches.is_some(), alike })
    }

    /// A number for what the row at `place` says of itself, as [`Read::key`] gives it for one of the file; `None` where its
    /// version is not there.
    pub fn key(
        &mut self,
        entry: &Entry,
        place: Place,
        columns: &[Column],
        known: &mut Known,
        witness: &mut Witness<'_>,
    ) -> Result<Option<u64>> {
        let versions = known.versions(&entry.article_id, witness)?;
        let named = versions.iter().filter(|v| v.sha256 == entry.sha256);
        let Some(named) = named.min_by_key(|v| v.version.number != entry.version) else { return Ok(None) };
        let article = &named.version.article;
        let passage = place.chars().and_then(|chars| span(&article.text, chars));
        let article = Arc::clone(article);
        let matches = self.asked(entry, &article, witness);
        let Some(hit) = hit(entry, place, &article, passage, matches.as_ref()) else { return Ok(None) };
        let options = Options { context: self.manifest.choice.context, ..Options::default() };
        let mut key = None;
        self.rows.each(&hit, entry.list.as_deref(), &options, |row| -> Result<()> {
            key = Some(hash(columns, |column| Some(row.text(column).into_owned())));
            Ok(())
        })?;
        Ok(key)
    }

    /// What the query of the entry's list finds in the article; `None` where it cannot be asked, or by another newsdex,
    /// which may find other matches without any fault of the row.
    fn asked(&mut self, entry: &Entry, article: &Arc<Article>, witness: &mut Witness<'_>) -> Option<Matches> {
        if self.manifest.newsdex != env!("CARGO_PKG_VERSION") {
            return None;
        }
        let listed = self.manifest.queries.iter().find(|asked| asked.name == entry.list);
        let read_as = listed.map_or(&self.manifest.read_as, |asked| &asked.read_as);
        if let Some((known, query, matches)) = &self.known
            && Arc::ptr_eq(known, article)
            && query == read_as
        {
            return matches.clone();
        }
        let matches = (witness.matches)(read_as, article);
        self.known = Some((Arc::clone(article), read_as.clone(), matches.clone()));
        matches
    }
}

/// The hit that the row was written from; `None` where the text is too short for it.
fn hit(
    entry: &Entry,
    place: Place,
    article: &Arc<Article>,
    passage: Option<Span>,
    matches: Option<&Matches>,
) -> Option<Hit> {
    let inside = |span: Span| -> Vec<Mark> {
        matches.iter().flat_map(|found| &found.text).filter(|mark| span.contains(mark.span)).cloned().collect()
    };
    // The kind of a passage is in no row.
    let of = |span: Span, score| Passage { span, kind: BlockKind::Paragraph, marks: inside(span), score };
    let several =
        entry.passages.iter().map(|(start, end, score)| Some(of(span(&article.text, (*start, *end))?, *score)));
    let mut passages = several.collect::<Option<Vec<_>>>()?;
    if passages.is_empty() {
        passages.extend(passage.map(|span| of(span, 0.0)));
    }
    Some(Hit {
        rank: place.hit(),
        score: entry.score,
        article: Arc::clone(article),
        version: entry.version,
        passages,
        title_marks: matches.map(|found| found.title.clone()).unwrap_or_default(),
        matches_in_article: entry.matches,
        story: entry.story.clone(),
        copies: entry.copies,
        explanation: entry.explanation.clone(),
    })
}

/// Columns by which a row is found again: a spreadsheet leaves them as they are, or nearly so.
const KEYS: [Column; 13] = [
    Column::Hit,
    Column::ArticleId,
    Column::Source,
    Column::Title,
    Column::Authors,
    Column::Passage,
    Column::CharStart,
    Column::CharEnd,
    Column::Url,
    Column::Story,
    Column::Sha256,
    Column::Query,
    Column::Name,
];

fn hash(columns: &[Column], said: impl Fn(Column) -> Option<String>) -> u64 {
    let mut hasher = DefaultHasher::new();
    for column in columns {
        let said = said(*column).unwrap_or_default();
        let plain = super::super::csv::before_harmless(&said).unwrap_or(&said);
        match match_cells::number(plain) {
            Some(number) => number.hash(&mut hasher),
            // Line ends and blanks as a program may have left them.
            None => plain.split_whitespace().for_each(|word| word.hash(&mut hasher)),
        }
        hasher.write_u8(0xff);
    }
    hasher.finish()
}

/// Whether any of what a row says of itself is what was written.
fn is_alike(row: &Row<'_>, read: &Read) -> bool {
    KEYS.into_iter().filter(|column| !matches!(column, Column::Query | Column::Name)).any(|column| {
        let said = read.text(column).unwrap_or_default();
        !said.is_empty() && said == row.text(column)
    })
}

/// The first cell or key of a row that is not what was written, the passage before all others.
fn differs(row: &Row<'_>, read: &Read, options: &Options, asked: bool) -> Option<&'static str> {
    if let Some(column) = read.odd {
        return Some(column.name());
    }
    let of_match = |column: &Column| matches!(column, Column::Left | Column::Match | Column::Right | Column::MatchIn);
    let quoted = |column: &Column| !asked && of_match(column);
    let passage = row.passage.map(|passage| passage.span);
    let fault = match &read.object {
        Some(object) => in_json(row, object, options, asked),
        None => {
            let differs = |(column, said): &&(Column, String)| {
                !quoted(column) && !cells::same(said, row.cell(*column), read.from_sheet)
            };
            let first = read.cells.iter().filter(|(column, _)| *column == Column::Passage).find(differs);
            first.or_else(|| read.cells.iter().find(differs)).map(|(column, _)| column.name())
        }
    };
    let said = |wanted: Column| match &read.object {
        Some(object) => object.get(json::key(wanted)).and_then(Value::as_str),
        None => read.cell(wanted),
    };
    let as_quotation = || match asked {
        true => None,
        false => match_cells::unquoted(said, row.article, passage, row.hit.matches_in_article > 0).map(Column::name),
    };
    fault.or_else(as_quotation).or_else(|| links::altered(&read.links, row.article))
}

/// Keys that tell of matches.
const OF_MATCHES: [&str; 7] = ["left", "match", "right", "match_in", "marks", "title_marks", "passages"];

fn in_json(row: &Row<'_>, said: &Map<String, Value>, options: &Options, asked: bool) -> Option<&'static str> {
    let Value::Object(written) = json::object(row, options) else { return None };
    let known = || json::keys().chain(["schema_version", "passages"]);
    let differs = |key: &&'static str| {
        let (said, written) = (said.get(*key), written.get(*key));
        if OF_MATCHES.contains(key) && !asked {
            return match (*key, said) {
                ("marks", Some(said)) => !details::marks(said, &row.article.text),
                ("marks", None) => written.is_some(),
                ("title_marks", Some(said)) => !details::marks(said, &row.article.title),
                ("passages", Some(said)) => written.is_none_or(|written| !same_passages(said, written)),
                ("passages", None) => written.is_some(),
                // The others are compared as quotations.
                _ => false,
            };
        }
        match (said, written) {
            (Some(said), Some(written)) => !same(said, written),
            // Some programs write what is not there as `null`.
            (Some(Value::Null), None) => false,
            (said, written) => said.is_some() != written.is_some(),
        }
    };
    let first = [Column::Passage.name()].into_iter().find(differs);
    let fault = first.or_else(|| known().find(differs));
    // Columns have one name in all formats.
    fault.map(|key| Column::ALL.iter().find(|column| json::key(**column) == key).map_or(key, |column| column.name()))
}

/// Numbers may have been written anew; all else is as it was.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => match (a.as_f64(), b.as_f64()) {
            (Some(a), Some(b)) => (a - b).abs() <= b.abs() * 1e-7,
            _ => a == b,
        },
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}

/// Whether further passages of an article are those that were written, but for their marks.
fn same_passages(said: &Value, written: &Value) -> bool {
    let without = |value: &Value| {
        let mut value = value.clone();
        for one in value.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
            one.remove("marks");
        }
        value
    };
    same(&without(said), &without(written))
}

impl Read {
    /// What it says in a column, as tables would say it.
    fn text(&self, column: Column) -> Option<String> {
        match &self.object {
            Some(object) => match object.get(json::key(column))? {
                Value::String(text) => Some(text.clone()),
                Value::Array(items) => Some(items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("; ")),
                Value::Null => None,
                other => Some(other.to_string()),
            },
            None => self.cell(column).map(str::to_owned),
        }
    }

    /// The columns it has by which it can be found again: where none of them tells much, all.
    pub fn key_columns(&self) -> Vec<Column> {
        let strong = [Column::Hit, Column::ArticleId, Column::Title, Column::Passage, Column::Url, Column::Sha256];
        let all = if strong.into_iter().any(|column| self.has(column)) { &KEYS[..] } else { Column::ALL };
        all.iter().copied().filter(|column| self.has(*column)).collect()
    }

    /// A number for what it says of itself in `columns`.
    pub fn key(&self, columns: &[Column]) -> u64 {
        hash(columns, |column| self.text(column))
    }

    /// Whether its passage is `there`.
    fn quotes(&self, there: &str) -> bool {
        match &self.object {
            Some(object) => object.get(Column::Passage.name()).and_then(Value::as_str) == Some(there),
            None => self.cell(Column::Passage).is_some_and(|said| super::readings(said).any(|said| said == there)),
        }
    }
}
