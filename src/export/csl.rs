//! CSL-JSON: an array of `article-newspaper` items, one an article, for Zotero, pandoc and citeproc (schema
//! `csl-data.json` of Citation Style Language 1.0.2, which allows no other keys than its own).

use std::io::Write;

use serde_json::{Map, Value, json};

use super::person::{Person, authors};
use super::ris::{note, one_an_article};
use super::row::{Row, Rows, value};
use super::seen::Seen;
use super::{Counts, Head, HitWriter, Tail, output};
use crate::Result;
use crate::model::{DateClaim, Hit, Precision, is_permanent_name};

/// Writes CSL items.
pub(super) struct Csl<'a> {
    out: Box<dyn Write + 'a>,
    rows: Rows,
    seen: Seen,
}

impl<'a> Csl<'a> {
    pub fn new(out: Box<dyn Write + 'a>) -> Self {
        Self { out, rows: Rows::default(), seen: Seen::default() }
    }
}

impl HitWriter for Csl<'_> {
    fn begin(&mut self, head: &Head) -> Result<()> {
        self.rows.begin(head);
        self.out.write_all(b"[").map_err(output)
    }

    fn hit(&mut self, hit: &Hit, name: Option<&str>) -> Result<()> {
        let first = self.seen.len() == 0;
        if !self.seen.is_new(&hit.article.id.as_str()) {
            return Ok(());
        }
        let out = &mut self.out;
        self.rows
            .each(hit, name, &one_an_article(), |row| {
                out.write_all(if first { b"\n" } else { b",\n" })?;
                serde_json::to_writer(&mut *out, &item(row)).map_err(std::io::Error::from)
            })
            .map_err(output)
    }

    fn end(&mut self, _tail: &Tail) -> Result<Counts> {
        self.out.write_all(b"\n]\n").and_then(|()| self.out.flush()).map_err(output)?;
        Ok(Counts { rows: self.seen.len(), notes: Vec::new() })
    }
}

fn item(row: &Row<'_>) -> Value {
    let article = row.article;
    let mut out = Map::new();
    out.insert("id".into(), json!(article.id.as_str()));
    out.insert("type".into(), json!("article-newspaper"));
    let mut text = |key: &str, said: &str| {
        if !said.trim().is_empty() {
            out.insert(key.to_owned(), json!(said));
        }
    };
    text("title", &article.title);
    text("container-title", value(&article.source).unwrap_or(""));
    text("publisher", value(&article.provenance.original_publisher).unwrap_or(""));
    text("section", article.section.as_deref().unwrap_or(""));
    // A name that leads nowhere is no link: reference managers would open it.
    let url = article.url.as_deref().unwrap_or("");
    text(if is_permanent_name(url) { "note" } else { "URL" }, url);
    text("language", article.language.as_ref().map_or("", |l| l.as_str()));
    text("keyword", &article.tags.join(", "));
    text("annote", &note(row));
    text("source", "newsdex");
    let names: Vec<Value> = authors(article).map(|a| name(&a)).collect();
    if !names.is_empty() {
        out.insert("author".into(), json!(names));
    }
    if let Some(date) = article.published.as_ref().filter(|d| d.is_sure()) {
        out.insert("issued".into(), parts(date));
    }
    if let Some(date) = &article.fetched {
        out.insert("accessed".into(), parts(date));
    }
    Value::Object(out)
}

fn name(person: &Person) -> Value {
    match person {
        Person::Whole(name) => json!({ "literal": name }),
        Person::Parts { family, given, suffix } if suffix.is_empty() => json!({ "family": family, "given": given }),
        Person::Parts { family, given, suffix } => json!({ "family": family, "given": given, "suffix": suffix }),
    }
}

fn parts(date: &DateClaim) -> Value {
    let (year, month, day) = (date.day.year(), date.day.month(), date.day.day());
    match date.precision {
        Precision::Year => json!({ "date-parts": [[year]] }),
        Precision::Month => json!({ "date-parts": [[year, month]] }),
        _ => json!({ "date-parts": [[year, month, day]] }),
    }
}
