//! HTML: one file that stands alone, without script, for mailing to an editor and for printing.
//!
//! The charts stand before the hits and need the counts of all: so hits go to a nameless temporary file first and
//! are copied behind the charts at the end. The page forbids itself (Content-Security-Policy) to load anything.

mod chart;
mod escape;

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufWriter, Seek, Write};

pub(super) use escape::address;
use escape::{escape, marked};

use super::row::{agencies, value};
use super::seen::Seen;
use super::{Counts, Head, HitWriter, Options, Per, Tail, output};
use crate::Result;
use crate::model::{Article, BlockKind, DateClaim, Hit, Passage, Precision, Span};

const STYLE: &str = include_str!("style.css");

/// Writes a report.
pub(super) struct Html<'a> {
    out: Box<dyn Write + 'a>,
    options: Options,
    head: Option<Head>,
    hits: Option<BufWriter<File>>,
    list: Option<String>,
    lists: u32,
    /// The first hit of each story in the list at hand.
    stories: HashMap<String, u64>,
    seen: Seen,
    tally: chart::Tally,
    written: u64,
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
            stories: HashMap::new(),
            seen: Seen::default(),
            tally: chart::Tally::default(),
            written: 0,
        }
    }

    fn list(&mut self, name: &str) -> String {
        self.lists += 1;
        self.list = Some(name.to_owned());
        self.stories.clear();
        let asked = self.head.iter().flat_map(|h| &h.asked).find(|a| a.name.as_deref() == Some(name));
        let query =
            asked.map_or(String::new(), |a| format!("<p class=\"facts\" dir=\"auto\">{}</p>\n", escape(&a.typed)));
        format!("<h2 id=\"list-{}\" dir=\"auto\">{}</h2>\n{query}", self.lists, escape(name))
    }

    fn entry(&mut self, hit: &Hit) -> String {
        let article = &*hit.article;
        let title = match article.title.as_str() {
            "" => "(no title)".to_owned(),
            title => marked(title, Span::new(0, title.len()), &hit.title_marks),
        };
        let title = match article.url.as_deref().and_then(address) {
            Some(url) => format!("<a href=\"{}\" rel=\"noopener noreferrer\">{title}</a>", escape(&url)),
            None => title,
        };
        let lang = article.language.as_ref().map_or(String::new(), |l| format!(" lang=\"{}\"", escape(l.as_str())));
        let id = format!("hit-{}-{}", self.lists, self.written);
        let mut out = format!(
            "<article id=\"{id}\">\n<h3 dir=\"auto\"{lang}><span class=\"number\">{}.</span> {title}</h3>\n",
            hit.rank
        );
        let facts: Vec<String> = [value(&article.source).map(escape), article.published.as_ref().map(dated)]
            .into_iter()
            .flatten()
            .chain((!article.authors.is_empty()).then(|| escape(&article.authors.join("; "))))
            .map(|fact| format!("<bdi>{fact}</bdi>"))
            .collect();
        if !facts.is_empty() {
            out.push_str(&format!("<p class=\"facts\">{}</p>\n", facts.join(" · ")));
        }
        for passage in &hit.passages {
            quote(&mut out, article, passage, &lang);
        }
        provenance(&mut out, article);
        out.push_str(&format!("<p class=\"cite\">{}</p>\n</article>\n", self.citation(hit, &id)));
        out
    }

    /// What names the version cited, and the copies.
    fn citation(&mut self, hit: &Hit, id: &str) -> String {
        let mut said = format!(
            "article <code>{}</code>, version {}; {}",
            escape(hit.article.id.as_str()),
            hit.version,
            counted(hit.matches_in_article, "match", "matches")
        );
        if let Some(passage) = hit.passages.first() {
            let text = &hit.article.text;
            let before = text.get(..passage.span.start).map_or(0, |t| t.chars().count());
            let end = before + passage.span.of(text).chars().count();
            said.push_str(&format!("; characters {before}–{end}"));
        }
        if hit.copies > 0 {
            said.push_str(&format!("; and {} of this story", counted(hit.copies, "further copy", "further copies")));
        }
        if let Some(story) = &hit.story {
            match self.stories.get(story) {
                Some(first) => said.push_str(&format!(
                    "; a copy of the story in <a href=\"#hit-{0}-{first}\">entry {first}</a>",
                    self.lists
                )),
                None => {
                    self.stories.insert(story.clone(), self.written);
                }
            }
        }
        said.push_str(&format!(" <a href=\"#{id}\" aria-label=\"link to this hit\">#</a>"));
        said
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
                    &format!("<code>{}</code>, read as <code>{}</code>", escape(&asked.typed), escape(&asked.read_as)),
                ),
                None => fact("read as", &format!("<code>{}</code>", escape(&asked.read_as))),
            }
        }
        fact("found", &counted(tail.total_articles, "article", "articles"));
        fact(
            "shown",
            &format!(
                "{} of {}",
                counted(self.written, "entry", "entries"),
                counted(self.seen.len(), "article", "articles")
            ),
        );
        if let Some(head) = head {
            fact(
                "made",
                &format!(
                    "{} by newsdex {} from corpus revision {}",
                    escape(&head.time.to_string()),
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
        self.hits = Some(BufWriter::with_capacity(1 << 16, tempfile::tempfile().map_err(output)?));
        Ok(())
    }

    fn hit(&mut self, hit: &Hit, name: Option<&str>) -> Result<()> {
        let mut made = String::new();
        if let Some(name) = name.filter(|&n| self.list.as_deref() != Some(n)) {
            made = self.list(name);
        }
        // Rows are counted as in the tables, so that the numbers agree.
        self.written += if self.options.per == Per::Hit { hit.passages.len().max(1) as u64 } else { 1 };
        if self.seen.is_new(&hit.article.id.as_str()) {
            let sure = hit.article.published.as_ref().filter(|d| d.is_sure());
            let at = |least: Precision| sure.filter(|d| d.precision >= least).map(|d| d.day);
            self.tally.count(value(&hit.article.source), at(Precision::Day), at(Precision::Month));
        }
        made.push_str(&self.entry(hit));
        match &mut self.hits {
            Some(hits) => hits.write_all(made.as_bytes()).map_err(output),
            None => Ok(()),
        }
    }

    fn end(&mut self, tail: &Tail) -> Result<Counts> {
        let top = self.top(tail);
        self.out.write_all(top.as_bytes()).map_err(output)?;
        if let Some(hits) = self.hits.take() {
            let mut hits = hits.into_inner().map_err(|e| output(e.into_error()))?;
            hits.rewind().map_err(output)?;
            io::copy(&mut hits, &mut self.out).map_err(output)?;
        }
        self.out
            .write_all(
                b"</main>\n<footer><p>Each passage is quoted from the stored text of its article; \
                  <code>newsdex check</code> on the table exported beside this page proves it.</p></footer>\n</body>\n</html>\n",
            )
            .and_then(|()| self.out.flush())
            .map_err(output)?;
        Ok(Counts { rows: self.written, notes: Vec::new() })
    }
}

fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

fn dated(date: &DateClaim) -> String {
    let iso = escape(&date.iso());
    let doubt = date.doubt.as_ref().map_or(String::new(), |d| format!(" ({})", escape(d)));
    format!("<time datetime=\"{iso}\">{iso}</time>{doubt}")
}

/// The passage, an element a block.
fn quote(out: &mut String, article: &Article, passage: &Passage, lang: &str) {
    out.push_str(&format!("<blockquote{lang}>\n"));
    let first = article.blocks.partition_point(|b| b.span.end <= passage.span.start);
    let inside = article.blocks.iter().skip(first).take_while(|b| b.span.start < passage.span.end);
    for block in inside {
        let span = Span::new(block.span.start.max(passage.span.start), block.span.end.min(passage.span.end));
        let class = if block.kind == BlockKind::Heading { " class=\"heading\"" } else { "" };
        out.push_str(&format!("<p dir=\"auto\"{class}>{}</p>\n", marked(&article.text, span, &passage.marks)));
    }
    out.push_str("</blockquote>\n");
}

/// Who first published it, who republished it, under which terms; nothing where nothing is known.
fn provenance(out: &mut String, article: &Article) {
    let from = &article.provenance;
    let mut rows: Vec<(&str, String)> = Vec::new();
    if let Some(url) = value(&from.original_url) {
        let shown = match address(url) {
            Some(safe) => {
                format!("<a href=\"{}\" rel=\"noopener noreferrer\">{}</a>", escape(&safe), escape(url))
            }
            None => escape(url),
        };
        rows.push(("original", shown));
    }
    let agency: Vec<_> = agencies(article).collect();
    let notices: Vec<&str> = from.rights_notice.iter().map(|n| n.value.as_str()).collect();
    let corrections: Vec<&str> = from.corrections.iter().map(|n| n.value.as_str()).collect();
    for (name, said) in [
        ("first published by", value(&from.original_publisher).unwrap_or("").to_owned()),
        ("agency", agency.join("; ")),
        ("republished by", value(&from.republisher).unwrap_or("").to_owned()),
        ("distributed by", value(&from.distributor).unwrap_or("").to_owned()),
        ("licence", value(&from.licence).unwrap_or("").to_owned()),
        ("rights", notices.join(" ")),
        ("correction", corrections.join(" ")),
        ("acquired via", value(&from.acquired_via).unwrap_or("").to_owned()),
        ("fetched", article.fetched.as_ref().map_or(String::new(), DateClaim::iso)),
    ] {
        if !said.is_empty() {
            rows.push((name, escape(&said)));
        }
    }
    if rows.is_empty() {
        return;
    }
    out.push_str("<dl>\n");
    rows.iter().for_each(|(name, said)| out.push_str(&format!("<dt>{name}</dt><dd dir=\"auto\">{said}</dd>\n")));
    out.push_str("</dl>\n");
}
