//! A page of hits as a person reads it.

use std::io::{self, Write};

use newsdex::model::{Article, Hit, Mark, Passage, Span};

use unicode_width::UnicodeWidthStr;

use crate::output::{Output, safe, style};
use crate::wrap;

/// How marks are shown: by colour, or by stars where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marks {
    Colour,
    Stars,
}

impl Marks {
    /// What suits where the data goes.
    pub fn of(out: &Output) -> Self {
        if out.colour() == anstream::ColorChoice::Never { Self::Stars } else { Self::Colour }
    }
}

/// One hit: title, where it is from, the passages with their matches marked, where to find it.
pub fn print(hit: &Hit, marks: Marks, to: &mut impl Write) -> io::Result<()> {
    let (title, quiet, field) = (style::TITLE, style::QUIET, style::FIELD);
    let article = &hit.article;
    let number = format!("{:>3}. ", hit.rank);
    let indent = " ".repeat(number.chars().count());
    let name = match article.title.as_str() {
        "" => safe(&headline(article)),
        text => marked(text, Span::new(0, text.len()), &hit.title_marks, marks),
    };
    let width = wrap::width().saturating_sub(indent.len());
    for (at, line) in wrap::lines(&name, width).into_iter().enumerate() {
        let lead = if at == 0 { &number } else { &indent };
        writeln!(to, "{quiet}{lead}{quiet:#}{title}{line}{title:#}")?;
    }
    let from = byline(hit);
    for line in wrap::lines(&safe(&from), width) {
        writeln!(to, "{indent}{field}{line}{field:#}")?;
    }
    for (at, passage) in hit.passages.iter().enumerate() {
        writeln!(to)?;
        // Passages are no neighbours, and would look so.
        if at > 0 {
            writeln!(to, "{indent}…\n")?;
        }
        print_passage(hit, passage, marks, &indent, width, to)?;
    }
    writeln!(to)?;
    // An address is never broken: a terminal then opens it.
    let (url, id) = (article.url.as_deref().map(safe), format!("id {}", article.id));
    match url {
        Some(url) if url.width() + 2 + id.width() <= width => writeln!(to, "{indent}{quiet}{url}  {id}{quiet:#}")?,
        Some(url) => writeln!(to, "{indent}{quiet}{url}{quiet:#}\n{indent}{quiet}{id}{quiet:#}")?,
        None => writeln!(to, "{indent}{quiet}{id}{quiet:#}")?,
    }
    for line in wrap::lines(&safe(hit.explanation.as_deref().unwrap_or("")), width) {
        writeln!(to, "{indent}{quiet}{line}{quiet:#}")?;
    }
    writeln!(to)
}

fn print_passage(
    hit: &Hit,
    passage: &Passage,
    marks: Marks,
    indent: &str,
    width: usize,
    to: &mut impl Write,
) -> io::Result<()> {
    let text = &hit.article.text;
    let blocks: Vec<Span> = hit.article.blocks.iter().map(|b| b.span).filter(|s| s.overlaps(passage.span)).collect();
    let cut_before = blocks.first().is_some_and(|b| b.start < passage.span.start);
    let cut_after = blocks.last().is_some_and(|b| b.end > passage.span.end);
    for (at, block) in blocks.iter().enumerate() {
        let span = Span::new(block.start.max(passage.span.start), block.end.min(passage.span.end));
        let mut shown = marked(text, span, &passage.marks, marks);
        if at == 0 && cut_before {
            shown.insert_str(0, "… ");
        }
        if at + 1 == blocks.len() && cut_after {
            shown.push_str(" …");
        }
        for line in wrap::lines(&shown, width) {
            writeln!(to, "{indent}{line}")?;
        }
        if at + 1 < blocks.len() {
            writeln!(to)?;
        }
    }
    Ok(())
}

/// Most characters of a text's beginning that stands for its title.
const BEGINNING: usize = 80;

/// The title, or where there is none the first words of the text, in brackets that say so.
pub fn headline(article: &Article) -> String {
    if !article.title.is_empty() {
        return article.title.clone();
    }
    let first = article.text.split_whitespace().take(8).collect::<Vec<_>>().join(" ");
    // Addresses are words too.
    let first: String = first.chars().take(BEGINNING).collect();
    if first.is_empty() { "(no headline)".to_owned() } else { format!("(no headline: {first} …)") }
}

/// The day an article was published, as far as it is known: a year or a month where that is all.
pub fn day(article: &Article) -> String {
    article.published.as_ref().map(newsdex::model::DateClaim::iso_day).unwrap_or_default()
}

/// Heads of a list of hits, a line each, and the columns that give way where a terminal is narrow, down to how much.
pub const LIST: [&str; 5] = ["", "published", "source", "title", "id"];
pub const LIST_GIVES: [(usize, usize); 3] = [(3, 20), (2, 6), (3, 6)];

/// A hit as a line of a list: number, day, outlet, title, id.
pub fn row(hit: &Hit) -> Vec<String> {
    let article = &hit.article;
    vec![
        hit.rank.to_string(),
        // What speaks against a date is told with the passage.
        day(article) + if article.published.as_ref().is_some_and(|date| !date.is_sure()) { "?" } else { "" },
        article.source.as_ref().map(|source| source.value.clone()).unwrap_or_default(),
        headline(article),
        article.id.to_string(),
    ]
}

/// Outlet, date, authors, flags, copies, in one line.
fn byline(hit: &Hit) -> String {
    let article = &hit.article;
    let mut parts: Vec<String> = Vec::new();
    parts.extend(article.source.as_ref().map(|s| s.value.clone()));
    parts.extend(article.published.as_ref().map(|date| match &date.doubt {
        Some(doubt) => format!("{} ({doubt})", date.iso_day()),
        None => date.iso_day(),
    }));
    if !article.authors.is_empty() {
        parts.push(article.authors.join(", "));
    }
    parts.extend(article.flags.set().map(|(_, words)| words.to_owned()));
    if hit.matches_in_article > 1 {
        parts.push(format!("{} matches", hit.matches_in_article));
    }
    match hit.copies.unwrap_or(0) {
        0 => {}
        1 => parts.push("1 copy elsewhere".to_owned()),
        copies => parts.push(format!("{copies} copies elsewhere")),
    }
    parts.join(" · ")
}

/// The piece `span` of `text`, safe for a terminal, with the marks in it shown.
pub fn marked(text: &str, span: Span, all: &[Mark], marks: Marks) -> String {
    let mut out = String::new();
    let mut from = span.start;
    for mark in all.iter().map(|m| m.span).filter(|m| span.contains(*m)) {
        if mark.start < from {
            continue;
        }
        out.push_str(&safe(Span::new(from, mark.start).of(text)));
        let words = safe(mark.of(text));
        match marks {
            Marks::Stars => out.push_str(&format!("**{words}**")),
            // Word by word, so that a line may end inside a mark.
            Marks::Colour => {
                let style = style::MARK;
                let words: Vec<String> = words.split(' ').map(|w| format!("{style}{w}{style:#}")).collect();
                out.push_str(&words.join(" "));
            }
        }
        from = mark.end;
    }
    out.push_str(&safe(Span::new(from, span.end).of(text)));
    out
}
