//! RIS: one record an article, `TY  - NEWS`, CRLF line ends (RIS specification of Research Information Systems,
//! 2011). A value never spans lines: a line end inside one could forge a tag, so it becomes a space.

use std::io::Write;

use super::person::authors;
use super::row::{Row, Rows, agencies, value};
use super::seen::Seen;
use super::{Column, Counts, Head, HitWriter, Options, Per, Tail, output};
use crate::Result;
use crate::model::{DateClaim, Hit, Precision, is_permanent_name};

/// Writes RIS records.
pub(super) struct Ris<'a> {
    out: Box<dyn Write + 'a>,
    rows: Rows,
    seen: Seen,
}

impl<'a> Ris<'a> {
    pub fn new(out: Box<dyn Write + 'a>) -> Self {
        Self { out, rows: Rows::default(), seen: Seen::default() }
    }
}

impl HitWriter for Ris<'_> {
    fn begin(&mut self, head: &Head) -> Result<()> {
        self.rows.begin(head);
        Ok(())
    }

    fn hit(&mut self, hit: &Hit, name: Option<&str>) -> Result<()> {
        if !self.seen.is_new(&hit.article.id.as_str()) {
            return Ok(());
        }
        let out = &mut self.out;
        self.rows.each(hit, name, &one_an_article(), |row| out.write_all(record(row).as_bytes())).map_err(output)
    }

    fn end(&mut self, _tail: &Tail) -> Result<Counts> {
        self.out.flush().map_err(output)?;
        Ok(Counts { rows: self.seen.len(), notes: Vec::new() })
    }
}

/// How reference formats ask for rows.
pub(super) fn one_an_article() -> Options {
    Options { per: Per::Article, ..Options::default() }
}

fn record(row: &Row<'_>) -> String {
    let article = row.article;
    let mut out = String::new();
    let mut tag = |name: &str, said: &str| {
        let line = one_line(said);
        if !line.is_empty() {
            out.push_str(&format!("{name}  - {line}\r\n"));
        }
    };
    tag("TY", "NEWS");
    tag("TI", &article.title);
    authors(article).for_each(|a| tag("AU", &a.inverted()));
    agencies(article).for_each(|a| tag("A2", a));
    let source = value(&article.source).unwrap_or("");
    tag("T2", source);
    tag("PB", value(&article.provenance.original_publisher).unwrap_or(""));
    if let Some(date) = article.published.as_ref().filter(|d| d.is_sure()) {
        tag("PY", &format!("{:04}", date.day.year()));
        tag("DA", &slashed(date));
    }
    tag("SE", article.section.as_deref().unwrap_or(""));
    tag("LA", article.language.as_ref().map_or("", |l| l.as_str()));
    // A name that leads nowhere is no link: reference managers would open it.
    let url = article.url.as_deref().unwrap_or("");
    tag(if is_permanent_name(url) { "C2" } else { "UR" }, url);
    tag("L2", value(&article.provenance.original_url).unwrap_or(""));
    tag("Y2", &article.fetched.as_ref().map_or(String::new(), slashed));
    article.tags.iter().for_each(|t| tag("KW", t));
    tag("C1", value(&article.provenance.licence).unwrap_or(""));
    tag("DB", "newsdex");
    tag("AN", article.id.as_str());
    tag("N1", &note(row));
    out.push_str("ER  - \r\n\r\n");
    out
}

/// The passage and what it was cited from, for the notes of a reference manager.
pub(super) fn note(row: &Row<'_>) -> String {
    let quoted = row.text(Column::Passage);
    let sha = row.sha256;
    let place = match row.passage {
        Some(_) => format!("characters {}-{} of article {}", row.chars.0, row.chars.1, row.article.id),
        None => format!("article {}", row.article.id),
    };
    if quoted.is_empty() {
        format!("{place}, SHA-256 {sha}")
    } else {
        format!("“{quoted}” ({place}, SHA-256 {sha})")
    }
}

/// White space and control characters become single spaces.
pub(super) fn one_line(text: &str) -> String {
    let parts = text.split(|c: char| c.is_whitespace() || c.is_control());
    parts.filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ")
}

/// `YYYY/MM/DD/` with what is not known left empty.
fn slashed(date: &DateClaim) -> String {
    let (year, month, day) = (date.day.year(), date.day.month(), date.day.day());
    match date.precision {
        Precision::Year => format!("{year:04}///"),
        Precision::Month => format!("{year:04}/{month:02}//"),
        _ => format!("{year:04}/{month:02}/{day:02}/"),
    }
}
