//! HTML: one file that stands alone, without script, for mailing to an editor and for printing.
//!
//! The charts stand before the hits and need the counts of all: so hits go to a nameless temporary file first and
//! are copied behind the charts at the end. The page forbids itself (Content-Security-Policy) to load anything.

mod chart;
mod entry;
mod escape;

use std::fs::File;
use std::io::{self, BufWriter, Seek, Write};

pub(super) use escape::address;
use escape::escape;

use super::gather::{Gather, Gathered};
use super::row::value;
use super::seen::Seen;
use super::{Asked, Counts, Head, HitWriter, Options, Per, Tail, output, spooling};
use crate::Result;
use crate::model::{Hit, Passage, Precision};

const STYLE: &str = include_str!("style.css");

/// Writes a report.
pub(super) struct Html<'a> {
    out: Box<dyn Write + 'a>,
    options: Options,
    head: Option<Head>,
    hits: Option<BufWriter<File>>,
    list: Option<String>,
    lists: u32,
    entries: u64,
    gather: Gather,
    /// What is open in the page.
    open: Open,
    /// The story of the last article shown as one of its own; its copies follow it.
    story: Option<String>,
    /// The words of its passages: a copy that has them quotes them by their place.
    quoted: Vec<String>,
    /// How many passages of copies are quoted so.
    again: u64,
    seen: Seen,
    tally: chart::Tally,
    written: u64,
}

/// Elements that wait for their end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Article,
    Copies,
}

impl Open {
    fn close(self) -> &'static str {
        match self {
            Open::Nothing => "",
            Open::Article => "</article>\n",
            Open::Copies => "</ul>\n</article>\n",
        }
    }
}

impl<'a> Html<'a> {
    pub fn new(options: Options, out: Box<dyn Write + 'a>) -> Self {
        Self {
            out,
            options,
            head: None,
            hits: None,
            list: None,
            lists: 0,
            entries: 0,
            gather: Gather::default(),
            open: Open::Nothing,
            story: None,
            quoted: Vec::new(),
            again: 0,
            seen: Seen::default(),
            tally: chart::Tally::default(),
            written: 0,
        }
    }

    fn list(&mut self, name: &str) -> String {
        self.lists += 1;
        self.list = Some(name.to_owned());
        self.story = None;
        let asked = self.head.iter().flat_map(|h| &h.asked).find(|a| a.name.as_deref() == Some(name));
        let query =
            asked.map_or(String::new(), |a| format!("<p class=\"facts\" dir=\"auto\">{}</p>\n", escape(&a.typed)));
        format!("<h2 id=\"list-{}\" dir=\"auto\">{}</h2>\n{query}", self.lists, escape(name))
    }

    /// Writes the article held back.
    fn show(&mut self, shown: Option<Gathered>) -> Result<()> {
        let Some(shown) = shown else { return Ok(()) };
        let mut made = String::new();
        let new_list = shown.name.as_deref().filter(|&name| self.list.as_deref() != Some(name));
        let copy = new_list.is_none() && shown.hit.story.is_some() && shown.hit.story == self.story;
        if !copy {
            made.push_str(self.open.close());
        }
        if let Some(name) = new_list {
            made.push_str(&self.list(name));
        }
        self.entries += 1;
        let id = format!("hit-{}-{}", self.lists, self.entries);
        if copy {
            if self.open == Open::Article {
                made.push_str("<h4>Copies of this story</h4>\n<ul class=\"copies\">\n");
                self.open = Open::Copies;
            }
            self.again += entry::copy(&mut made, &shown, &id, &self.quoted);
        } else {
            entry::entry(&mut made, &shown, &id);
            (self.open, self.story) = (Open::Article, shown.hit.story.clone());
            let hit = &shown.hit;
            let words = |passage: &Passage| passage.span.of(&hit.article.text).to_owned();
            self.quoted = hit.passages.iter().filter(|_| hit.story.is_some()).map(words).collect();
        }
        self.write(&made)
    }

    fn write(&mut self, made: &str) -> Result<()> {
        match &mut self.hits {
            Some(hits) => hits.write_all(made.as_bytes()).map_err(spooling),
            None => Ok(()),
        }
    }

    fn top(&self, tail: &Tail) -> String {
        let mut out = String::new();
        let head = self.head.as_ref();
        let asked = head.map_or(&[][..], |h| &h.asked);
        let title = asked.first().filter(|_| asked.len() == 1).map_or("Hit lists".to_owned(), |a| escape(&a.typed));
        out.push_str(&format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
             content=\"width=device-width, initial-scale=1\">\n<meta http-equiv=\"Content-Security-Policy\" \
             content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<meta name=\"referrer\" \
             content=\"no-referrer\">\n<title>{title} · newsdex</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<a \
             class=\"skip\" href=\"#hits\">Skip to the hits</a>\n<header>\n<h1 dir=\"auto\">{title}</h1>\n<dl>\n"
        ));
        let mut fact = |name: &str, value: &str| {
            out.push_str(&format!("<dt>{}</dt><dd dir=\"auto\">{value}</dd>\n", escape(name)));
        };
        for asked in asked {
            match &asked.name {
                Some(name) => fact(
                    name,
                    &format!(
                        "<code>{}</code>, read as <code>{}</code>{}",
                        escape(&asked.typed),
                        escape(&asked.read_as),
                        in_words(asked)
                    ),
                ),
                None => fact("read as", &format!("<code>{}</code>{}", escape(&asked.read_as), in_words(asked))),
            }
        }
        if let Some(as_of) = head.and_then(|h| h.as_of) {
            fact("as of", &escape(&as_of.to_string()));
        }
        fact("found", &counted(tail.total_articles, "article", "articles"));
        let again = match self.again {
            0 => String::new(),
            1 => "; 1 of a copy, in the words of its story, is quoted there".to_owned(),
            more => format!("; {more} of copies, in the words of their story, are quoted there"),
        };
        fact(
            "shown",
            &format!(
                "{} of {}{again}",
                counted(self.written, "passage", "passages"),
                counted(self.seen.len(), "article", "articles")
            ),
        );
        if let Some(head) = head {
            fact(
                "made",
                &format!(
                    "{} by newsdex {} from corpus revision {}",
                    escape(&format!("{:.0}", head.time)),
                    env!("CARGO_PKG_VERSION"),
                    head.revision
                ),
            );
        }
        let early = head.into_iter().flat_map(|h| &h.notes);
        early.chain(&tail.notes).for_each(|note| fact("note", &escape(note)));
        out.push_str("</dl>\n</header>\n");
        out.push_str(&self.tally.draw());
        out.push_str("<main id=\"hits\">\n<h2>Hits</h2>\n");
        if self.written == 0 {
            out.push_str("<p>Nothing was found.</p>\n");
        }
        out
    }
}

impl HitWriter for Html<'_> {
    fn begin(&mut self, head: &Head) -> Result<()> {
        self.head = Some(head.clone());
        self.hits = Some(BufWriter::with_capacity(1 << 16, tempfile::tempfile().map_err(spooling)?));
        Ok(())
    }

    fn hit(&mut self, hit: &Hit, name: Option<&str>) -> Result<()> {
        // Rows are counted as in the tables, so that the numbers agree.
        self.written += if self.options.per == Per::Hit { hit.passages.len().max(1) as u64 } else { 1 };
        if self.seen.is_new(&hit.article.id.as_str()) {
            let sure = hit.article.published.as_ref().filter(|d| d.is_sure());
            let at = |least: Precision| sure.filter(|d| d.precision >= least).map(|d| d.day);
            self.tally.count(value(&hit.article.source), at(Precision::Day), at(Precision::Month));
        }
        let before = self.gather.take(hit, name);
        self.show(before)
    }

    fn end(&mut self, tail: &Tail) -> Result<Counts> {
        let last = self.gather.end();
        self.show(last)?;
        self.write(self.open.close())?;
        let top = self.top(tail);
        self.out.write_all(top.as_bytes()).map_err(output)?;
        if let Some(hits) = self.hits.take() {
            let mut hits = hits.into_inner().map_err(|e| spooling(e.into_error()))?;
            hits.rewind().map_err(spooling)?;
            io::copy(&mut hits, &mut self.out).map_err(output)?;
        }
        self.out
            .write_all(
                b"</main>\n<footer><p>Each passage is quoted from the stored text of its article; article, version and \
                  characters say where it stands. A list exported as a table (csv, xlsx, jsonl) is proven by <code>newsdex \
                  check FILE</code>.</p></footer>\n</body>\n</html>\n",
            )
            .and_then(|()| self.out.flush())
            .map_err(output)?;
        Ok(Counts { rows: self.written, notes: Vec::new() })
    }
}

/// How the query was read, for a person, folded away.
fn in_words(asked: &Asked) -> String {
    match asked.in_words.as_str() {
        "" => String::new(),
        said => format!("<details><summary>in words</summary><pre dir=\"auto\">{}</pre></details>", escape(said)),
    }
}

fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
