//! BibTeX: one `@article` an article, which BibTeX and biblatex both read (biblatex takes `date` over `year`).
//! UTF-8 stays; what TeX would run is escaped; braces cannot come out of balance.

use std::io::Write;

use super::person::{Person, authors};
use super::ris::{note, one_an_article, one_line};
use super::row::{Row, Rows, agencies, value};
use super::seen::Seen;
use super::{Counts, Head, HitWriter, Tail, output};
use crate::Result;
use crate::model::{Hit, Precision, is_permanent_name};

/// Writes BibTeX entries.
pub(super) struct Bibtex<'a> {
    out: Box<dyn Write + 'a>,
    rows: Rows,
    seen: Seen,
}

impl<'a> Bibtex<'a> {
    pub fn new(out: Box<dyn Write + 'a>) -> Self {
        Self { out, rows: Rows::default(), seen: Seen::default() }
    }
}

impl HitWriter for Bibtex<'_> {
    fn begin(&mut self, head: &Head) -> Result<()> {
        self.rows.begin(head);
        Ok(())
    }

    fn hit(&mut self, hit: &Hit, name: Option<&str>) -> Result<()> {
        if !self.seen.is_new(&hit.article.id.as_str()) {
            return Ok(());
        }
        let out = &mut self.out;
        self.rows.each(hit, name, &one_an_article(), |row| out.write_all(entry(row).as_bytes())).map_err(output)
    }

    fn end(&mut self, _tail: &Tail) -> Result<Counts> {
        self.out.flush().map_err(output)?;
        Ok(Counts { rows: self.seen.len(), notes: Vec::new() })
    }
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

fn entry(row: &Row<'_>) -> String {
    let article = row.article;
    let mut out = format!("@article{{{},\n", citation_key(row));
    let mut field = |name: &str, made: String| {
        if !made.is_empty() {
            out.push_str(&format!("  {name} = {{{made}}},\n"));
        }
    };
    // The second pair of braces keeps the capitals.
    field(
        "title",
        if article.title.trim().is_empty() { String::new() } else { format!("{{{}}}", tex(&article.title)) },
    );
    field("author", authors(article).map(|a| author(&a)).collect::<Vec<_>>().join(" and "));
    field("journal", tex(value(&article.source).unwrap_or("")));
    let date = article.published.as_ref().filter(|d| d.is_sure());
    if let Some(date) = date {
        let (year, month, day) = (date.day.year(), date.day.month(), date.day.day());
        field("year", format!("{year:04}"));
        field(
            "date",
            match date.precision {
                Precision::Year => format!("{year:04}"),
                Precision::Month => format!("{year:04}-{month:02}"),
                _ => format!("{year:04}-{month:02}-{day:02}"),
            },
        );
    }
    // A name that leads nowhere is no link: styles would make it one.
    match article.url.as_deref().unwrap_or("") {
        name if is_permanent_name(name) => field("note", tex(name)),
        url => field("url", address(url)),
    }
    field("urldate", article.fetched.as_ref().map_or(String::new(), |d| d.day.to_string()));
    field("language", article.language.as_ref().map_or(String::new(), |l| l.as_str().to_owned()));
    field("publisher", tex(value(&article.provenance.original_publisher).unwrap_or("")));
    field("organization", agencies(article).map(tex).collect::<Vec<_>>().join(" and "));
    field("keywords", article.tags.iter().map(|t| tex(&t.replace(',', " "))).collect::<Vec<_>>().join(", "));
    field("annote", tex(&note(row)));
    if let Some(date) = date.filter(|d| d.precision != Precision::Year) {
        // A macro, without braces: styles print it in their own language.
        let month = MONTHS.get(date.day.month() as usize - 1).unwrap_or(&"jan");
        out.push_str(&format!("  month = {month},\n"));
    }
    out.push_str("}\n\n");
    out
}

/// `slater2025-3f9c2a10`: family name, year, start of the article's id.
fn citation_key(row: &Row<'_>) -> String {
    let family = match authors(row.article).next() {
        Some(Person::Parts { family, .. }) => family,
        Some(Person::Whole(name)) => name,
        None => value(&row.article.source).unwrap_or("").to_owned(),
    };
    let mut key: String = family.chars().filter(char::is_ascii_alphanumeric).take(20).collect();
    key.make_ascii_lowercase();
    if let Some(date) = row.article.published.as_ref().filter(|d| d.is_sure()) {
        key.push_str(&format!("{:04}", date.day.year()));
    }
    let id: String = row.article.id.as_str().chars().filter(char::is_ascii_alphanumeric).take(16).collect();
    if key.is_empty() { format!("newsdex-{id}") } else { format!("{key}-{id}") }
}

fn author(person: &Person) -> String {
    match person {
        Person::Whole(name) => format!("{{{}}}", tex(name)),
        // BibTeX wants the suffix in the middle.
        Person::Parts { family, given, suffix } if !suffix.is_empty() => {
            format!("{}, {}, {}", name_part(family), tex(suffix), name_part(given))
        }
        Person::Parts { family, given, .. } => format!("{}, {}", name_part(family), name_part(given)),
    }
}

/// A part of a name; `and` or a comma in it would split the list of names, so braces hold it together.
fn name_part(part: &str) -> String {
    let splits = part.contains(',') || part.split(' ').any(|w| w.eq_ignore_ascii_case("and"));
    if splits { format!("{{{}}}", tex(part)) } else { tex(part) }
}

/// Text with what TeX would run escaped, on one line.
fn tex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '{' => out.push_str("\\{"),
            '}' => out.push_str("\\}"),
            '&' | '%' | '$' | '#' | '_' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

/// An address as the `url` field wants it: verbatim, with what would end the field in percent signs.
fn address(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for c in url.trim().chars() {
        match c {
            '{' | '}' | '\\' | '"' | ' ' => out.push_str(&format!("%{:02X}", c as u32)),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
