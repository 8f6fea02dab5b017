//! One article of the report: headline, passages with marks, provenance, and what names the version cited.

use std::fmt::Write;

use super::super::gather::Gathered;
use super::super::row::{agencies, contributing, value};
use super::counted;
use super::escape::{address, escape, is_rtl, marked};
use crate::model::{Article, BlockKind, DateClaim, Hit, Passage, Span};

/// An article with its passages; the element stays open for its copies.
pub(super) fn entry(out: &mut String, shown: &Gathered, id: &str) {
    let article = &*shown.hit.article;
    let lang = lang(article);
    let title = linked_title(&shown.hit);
    let direction = direction(&article.title);
    // Writing to a String cannot fail, here and below.
    let _ = writeln!(
        out,
        "<article id=\"{id}\">\n<h3><span class=\"number\">{}.</span> <span{lang}{direction}>{title}</span></h3>",
        shown.number()
    );
    facts(out, article);
    for passage in &shown.hit.passages {
        quote(out, article, passage, &lang);
    }
    provenance(out, article);
    let _ = writeln!(
        out,
        "<p class=\"cite\">{} <a href=\"#{id}\" aria-label=\"link to entry {}\">#</a></p>",
        citation(&shown.hit),
        shown.number()
    );
}

/// A copy of a story: who has it, since when and where; of its passages those whose words are not `quoted` above it.
/// Gives the number of the others.
pub(super) fn copy(out: &mut String, shown: &Gathered, id: &str, quoted: &[String]) -> u64 {
    let article = &*shown.hit.article;
    let (lang, direction) = (lang(article), direction(&article.title));
    let _ = write!(
        out,
        "<li id=\"{id}\"><span class=\"number\">{}.</span> <span{lang}{direction}>{}</span>",
        shown.number(),
        linked_title(&shown.hit)
    );
    facts(out, article);
    let passages = &shown.hit.passages;
    let is_above = |passage: &&Passage| quoted.iter().any(|quoted| quoted == passage.span.of(&article.text));
    let above = passages.iter().filter(is_above).count();
    for passage in passages.iter().filter(|passage| !is_above(passage)) {
        quote(out, article, passage, &lang);
    }
    provenance(out, article);
    let said = match (above, passages.len()) {
        (0, _) => String::new(),
        (above, all) if above == all => ", in the words quoted above".to_owned(),
        (above, all) => format!(", {above} of {all} passages in the words quoted above"),
    };
    let _ = writeln!(out, "<p class=\"cite\">{}{said}</p></li>", citation(&shown.hit));
    above as u64
}

fn lang(article: &Article) -> String {
    article.language.as_ref().map_or(String::new(), |l| format!(" lang=\"{}\"", escape(l.as_str())))
}

/// The attribute for text that runs from right to left; a browser's own guess would put quotation bars on the wrong side.
fn direction(text: &str) -> &'static str {
    if is_rtl(text) { " dir=\"rtl\"" } else { " dir=\"ltr\"" }
}

fn linked_title(hit: &Hit) -> String {
    let article = &*hit.article;
    let title = match article.title.as_str() {
        "" => "(no headline)".to_owned(),
        title => marked(title, Span::new(0, title.len()), &hit.title_marks),
    };
    match article.url.as_deref().and_then(address) {
        Some(url) => format!("<a href=\"{}\" rel=\"noopener noreferrer\">{title}</a>", escape(&url)),
        None => title,
    }
}

/// Outlet, date, authors, flags.
fn facts(out: &mut String, article: &Article) {
    let facts: Vec<String> = [value(&article.source).map(escape), article.published.as_ref().map(dated)]
        .into_iter()
        .flatten()
        .chain((!article.authors.is_empty()).then(|| escape(&article.authors.join("; "))))
        .chain(article.flags.set().map(|(_, words)| words.to_owned()))
        .map(|fact| format!("<bdi>{fact}</bdi>"))
        .collect();
    if !facts.is_empty() {
        let _ = writeln!(out, "<p class=\"facts\">{}</p>", facts.join(" · "));
    }
}

fn dated(date: &DateClaim) -> String {
    let iso = escape(&to_the_second(date));
    let doubt = date.doubt.as_ref().map_or(String::new(), |d| format!(" ({})", escape(d)));
    format!("<time datetime=\"{iso}\">{iso}</time>{doubt}")
}

/// As exact as is known, without parts of a second.
fn to_the_second(date: &DateClaim) -> String {
    let whole = date.instant.and_then(|i| i.round(jiff::Unit::Second).ok());
    DateClaim { instant: whole, ..date.clone() }.iso()
}

/// The passage, an element a block.
fn quote(out: &mut String, article: &Article, passage: &Passage, lang: &str) {
    let _ = writeln!(out, "<blockquote{lang}{}>", direction(passage.span.of(&article.text)));
    let first = article.blocks.partition_point(|b| b.span.end <= passage.span.start);
    let inside = article.blocks.iter().skip(first).take_while(|b| b.span.start < passage.span.end);
    for block in inside {
        let span = Span::new(block.span.start.max(passage.span.start), block.span.end.min(passage.span.end));
        let class = if block.kind == BlockKind::Heading { " class=\"heading\"" } else { "" };
        let _ = writeln!(out, "<p dir=\"auto\"{class}>{}</p>", marked(&article.text, span, &passage.marks));
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
        ("agency contributed", contributing(article).collect::<Vec<_>>().join("; ")),
        ("republished by", value(&from.republisher).unwrap_or("").to_owned()),
        ("distributed by", value(&from.distributor).unwrap_or("").to_owned()),
        ("licence", value(&from.licence).unwrap_or("").to_owned()),
        ("rights", notices.join(" ")),
        ("correction", corrections.join(" ")),
        ("acquired via", value(&from.acquired_via).unwrap_or("").to_owned()),
        ("fetched", article.fetched.as_ref().map_or(String::new(), to_the_second)),
    ] {
        if !said.is_empty() {
            rows.push((name, escape(&said)));
        }
    }
    if rows.is_empty() {
        return;
    }
    out.push_str("<dl>\n");
    for (name, said) in rows {
        let _ = writeln!(out, "<dt>{name}</dt><dd dir=\"auto\">{said}</dd>");
    }
    out.push_str("</dl>\n");
}

/// What names the version cited, where in it the passages stand, and how many copies there are.
fn citation(hit: &Hit) -> String {
    let mut said = format!(
        "article <code>{}</code>, version {}; {}",
        escape(hit.article.id.as_str()),
        hit.version,
        counted(hit.matches_in_article, "match", "matches")
    );
    let text = &hit.article.text;
    let (mut byte, mut chars) = (0, 0);
    for (at, passage) in hit.passages.iter().enumerate() {
        if passage.span.start < byte {
            (byte, chars) = (0, 0);
        }
        let start = chars + text.get(byte..passage.span.start).map_or(0, |t| t.chars().count());
        let end = start + passage.span.of(text).chars().count();
        (byte, chars) = (passage.span.end, end);
        let _ = write!(said, "{} {start}–{end}", if at == 0 { "; characters" } else { "," });
    }
    if let Some(copies) = hit.copies.filter(|copies| *copies > 0) {
        let _ = write!(said, "; and {} of this story", counted(copies, "further copy", "further copies"));
    }
    said
}
