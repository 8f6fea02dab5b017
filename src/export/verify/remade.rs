//! A row made again from the version of the article that it was written from, by the writer's own code, and compared with
//! what the file says.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::super::ledger::{Entry, Place};
use super::super::row::{Row, Rows};
use super::super::{Asked, Head, Manifest, Options, json};
use super::read::Read;
use super::{
    Column, Known, Matches, Standing, Witness, candidates, cells, details, links, match_cells, since, slice, span,
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
        let versions = known.versions(&entry.article_id, witness)?;
        let not = |standing| Ok(Compared { standing, asked: false });
        let Some(newest) = versions.last() else { return not(Standing::Missing) };
        let named = versions.iter().find(|v| v.version.number == entry.version && v.sha256 == entry.sha256);
        // In a corpus that was put together anew versions may have other numbers.
        let named = named.or_else(|| {
            candidates(versions, Some(self.manifest.corpus_revision), |v| v.sha256 == entry.sha256).first().copied()
        });
        let text = |chars| slice(&newest.version.article.text, chars);
        let Some(named) = named else {
            let still = place.chars().map(|chars| text(chars).is_some_and(|there| read.quotes(there)));
            return not(Standing::VersionMissing { newest: newest.version.number, still });
        };
        let article = &named.version.article;
        let passage = match place.chars().map(|chars| span(&article.text, chars)) {
            Some(None) => return not(Standing::Differs),
            Some(Some(span)) => Some(span),
            None => None,
        };
        let matches = self.asked(entry, article, witness);
        let hit = hit(entry, place, (named.version.number, article), passage, matches.as_ref());
        let compared = |matches: Option<&Matches>, rows: &mut Rows| {
            let mut fault = None;
            let list = entry.list.as_deref();
            let each = |row: &Row<'_>| -> Result<()> {
                fault = differs(row, read, options, matches.is_some());
                Ok(())
            };
            rows.each(&hit, list, options, each).map(|()| fault)
        };
        let mut fault = compared(matches.as_ref(), &mut self.rows)?;
        if fault.is_some() && intact && matches.is_some() {
            fault = compared(None, &mut self.rows)?;
        }
        let standing = match fault {
            None => {
                let quoted = passage.map(|span| span.of(&article.text));
                since(&named.version, versions, |newest| quoted.map(|quoted| newest.text.contains(quoted)))
            }
            Some(column) if column == Column::Passage.name() => Standing::Differs,
            Some(column) => Standing::Altered { column },
        };
        Ok(Compared { standing, asked: matches.is_some() })
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

/// The hit that the row was written from.
fn hit(
    entry: &Entry,
    place: Place,
    (version, article): (u32, &Arc<Article>),
    passage: Option<Span>,
    matches: Option<&Matches>,
) -> Hit {
    let inside = |span: Span| -> Vec<Mark> {
        matches.iter().flat_map(|found| &found.text).filter(|mark| span.contains(mark.span)).cloned().collect()
    };
    // Kind and score of a passage are in no row.
    let of = |span: Span| Passage { span, kind: BlockKind::Paragraph, marks: inside(span), score: 0.0 };
    Hit {
        rank: place.hit(),
        score: entry.score,
        article: Arc::clone(article),
        version,
        passages: passage.map(of).into_iter().collect(),
        title_marks: matches.map(|found| found.title.clone()).unwrap_or_default(),
        matches_in_article: entry.matches,
        story: entry.story.clone(),
        copies: entry.copies,
        explanation: entry.explanation.clone(),
    }
}

/// The first cell or key of a row that is not what was written, the passage before all others.
fn differs(row: &Row<'_>, read: &Read, options: &Options, asked: bool) -> Option<&'static str> {
    let quoted = |column: &Column| !asked && matches!(column, Column::Left | Column::Match | Column::Right);
    let passage = row.passage.map(|passage| passage.span);
    let fault = match &read.object {
        Some(object) => in_json(row, object, options, asked),
        None => {
            let differs = |(column, said): &&(Column, String)| !quoted(column) && !cells::same(said, row.cell(*column));
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
        false => match_cells::unquoted(said, row.article, passage).map(Column::name),
    };
    fault.or_else(as_quotation).or_else(|| links::altered(&read.links, row.article))
}

/// Keys that tell of matches.
const OF_MATCHES: [&str; 5] = ["left", "match", "right", "marks", "title_marks"];

fn in_json(row: &Row<'_>, said: &Map<String, Value>, options: &Options, asked: bool) -> Option<&'static str> {
    let Value::Object(written) = json::object(row, options) else { return None };
    let known = || json::keys().chain(["schema_version"]);
    let differs = |key: &&'static str| {
        let (said, written) = (said.get(*key), written.get(*key));
        if OF_MATCHES.contains(key) && !asked {
            return match (*key, said) {
                ("marks", Some(said)) => !details::marks(said, &row.article.text),
                ("title_marks", Some(said)) => !details::marks(said, &row.article.title),
                // The others are compared as quotations.
                _ => false,
            };
        }
        match (said, written) {
            (Some(said), Some(written)) => !same(said, written),
            (said, written) => said.is_some() != written.is_some(),
        }
    };
    let first = [Column::Passage.name()].into_iter().find(differs);
    let fault = first.or_else(|| known().find(differs)).or_else(|| passages(row, said));
    // Columns have one name in all formats.
    fault.map(|key| Column::ALL.iter().find(|column| json::key(**column) == key).map_or(key, |column| column.name()))
}

/// Numbers may have been written anew; all else is as it was.
fn same(a: &Value, b: &Value) -> bool {
    match (a.as_f64(), b.as_f64()) {
        (Some(a), Some(b)) => (a - b).abs() <= b.abs() * 1e-7,
        _ => a == b,
    }
}

/// Further passages of an article, which only JSON has: each must stand where it says.
fn passages(row: &Row<'_>, said: &Map<String, Value>) -> Option<&'static str> {
    let all = said.get("passages")?.as_array().map_or(&[][..], Vec::as_slice);
    let stands = |one: &Value| {
        let number = |key: &str| one.get(key).and_then(Value::as_u64);
        let there = slice(&row.article.text, (number("char_start")?, number("char_end")?))?;
        Some(one.get("passage")?.as_str()? == there && details::marks(one.get("marks")?, &row.article.text))
    };
    (all.is_empty() || !all.iter().all(|one| stands(one) == Some(true))).then_some("passages")
}

impl Read {
    /// Whether its passage is `there`.
    fn quotes(&self, there: &str) -> bool {
        match &self.object {
            Some(object) => object.get(Column::Passage.name()).and_then(Value::as_str) == Some(there),
            None => self.cell(Column::Passage).is_some_and(|said| super::readings(said).any(|said| said == there)),
        }
    }
}
