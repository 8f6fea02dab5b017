//! Markdown (CommonMark): the query, then a heading and quoted blocks for each hit, matches in bold.
//!
//! Everything from documents has its markup escaped, so that a text cannot make links, images, HTML or headings.

use std::io::Write;

use super::gather::{Gather, Gathered};
use super::html::address;
use super::row::{agencies, contributing, value};
use super::{Counts, Head, HitWriter, Options, Per, Tail, output, terminal_safe};
use crate::Result;
use crate::model::{Hit, Mark, Passage, Span};

/// Writes Markdown.
pub(super) struct Markdown<'a> {
    out: Box<dyn Write + 'a>,
    options: Options,
    list: Option<String>,
    gather: Gather,
    head: Option<Head>,
    written: u64,
}

impl<'a> Markdown<'a> {
    pub fn new(options: Options, out: Box<dyn Write + 'a>) -> Self {
        Self { out, options, list: None, gather: Gather::default(), head: None, written: 0 }
    }

    fn asked(&mut self, name: &str) -> std::io::Result<()> {
        let asked = self.head.iter().flat_map(|h| &h.asked).find(|a| a.name.as_deref() == Some(name));
        let said = asked.map_or(String::new(), |a| format!("Query: {}\n\n", code(&a.typed)));
        write!(self.out, "# {}\n\n{said}", plain(name))
    }

    /// Writes the article held back.
    fn show(&mut self, shown: Option<Gathered>) -> std::io::Result<()> {
        let Some(shown) = shown else { return Ok(()) };
        if let Some(name) = shown.name.as_deref().filter(|&n| self.list.as_deref() != Some(n)) {
            self.asked(name)?;
            self.list = Some(name.to_owned());
        }
        self.entry(&shown)
    }

    fn entry(&mut self, shown: &Gathered) -> std::io::Result<()> {
        let hit = &shown.hit;
        let article = &hit.article;
        let title = if article.title.is_empty() {
            "(no title)".to_owned()
        } else {
            marked(&article.title, whole(&article.title), &hit.title_marks)
        };
        let title = match article.url.as_deref().and_then(address) {
            Some(url) => format!("[{title}](<{url}>)"),
            None => title,
        };
        writeln!(self.out, "## {}\\. {title}\n", shown.number())?;
        let date = article.published.as_ref().map(|d| match &d.doubt {
            Some(doubt) => format!("{} ({})", d.iso(), doubt),
            None => d.iso(),
        });
        let mut facts: Vec<String> = Vec::new();
        facts.extend(value(&article.source).map(plain));
        facts.extend(date.map(|d| plain(&d)));
        facts.extend((!article.authors.is_empty()).then(|| plain(&article.authors.join("; "))));
        facts.extend(article.flags.set().map(|(_, words)| words.to_owned()));
        facts.extend(agencies(article).map(|a| format!("agency: {}", plain(a))));
        facts.extend(contributing(article).map(|a| format!("agency contributed: {}", plain(a))));
        let from = &article.provenance;
        facts.extend(value(&from.original_publisher).map(|v| format!("first published by {}", plain(v))));
        facts.extend(value(&from.republisher).map(|v| format!("republished by {}", plain(v))));
        facts.extend(value(&from.licence).map(|v| format!("licence: {}", plain(v))));
        if !facts.is_empty() {
            writeln!(self.out, "{}\n", facts.join(" · "))?;
        }
        for (i, passage) in hit.passages.iter().enumerate() {
            if i > 0 {
                writeln!(self.out, "…\n")?;
            }
            self.quote(&article.text, passage)?;
        }
        let copies = match hit.copies.unwrap_or(0) {
            0 => String::new(),
            1 => " · 1 further copy".to_owned(),
            n => format!(" · {n} further copies"),
        };
        writeln!(
            self.out,
            "article {} · version {} · {} in the article{copies}\n",
            code(article.id.as_str()),
            hit.version,
            if hit.matches_in_article == 1 {
                "1 match".to_owned()
            } else {
                format!("{} matches", hit.matches_in_article)
            }
        )
    }

    /// The passage, a quoted paragraph a block.
    fn quote(&mut self, text: &str, passage: &Passage) -> std::io::Result<()> {
        let mut start = passage.span.start;
        for (i, block) in passage.span.of(text).split("\n\n").enumerate() {
            let span = Span::new(start, start + block.len());
            start = span.end + 2;
            let made = marked(text, span, &passage.marks);
            writeln!(self.out, "{}> {}", if i == 0 { "" } else { ">\n" }, made.replace('\n', "\n> "))?;
        }
        writeln!(self.out)
    }
}

impl HitWriter for Markdown<'_> {
    fn begin(&mut self, head: &Head) -> Result<()> {
        self.head = Some(head.clone());
        let mut said = String::from("# Hit list\n\n");
        for asked in &head.asked {
            let name = asked.name.as_ref().map_or(String::new(), |n| format!("{}: ", plain(n)));
            said.push_str(&format!("* {name}query {}, read as {}\n", code(&asked.typed), code(&asked.read_as)));
        }
        if let Some(as_of) = &head.as_of {
            said.push_str(&format!("* as of {as_of}\n"));
        }
        said.push_str(&format!("* corpus revision {}, {}\n", head.revision, head.time));
        head.notes.iter().for_each(|n| said.push_str(&format!("* note: {}\n", plain(n))));
        writeln!(self.out, "{said}").map_err(output)
    }

    fn hit(&mut self, hit: &Hit, name: Option<&str>) -> Result<()> {
        // Counted as rows of a table are, so that the numbers agree.
        self.written += if self.options.per == Per::Hit { hit.passages.len().max(1) as u64 } else { 1 };
        let before = self.gather.take(hit, name);
        self.show(before).map_err(output)
    }

    fn end(&mut self, tail: &Tail) -> Result<Counts> {
        let last = self.gather.end();
        self.show(last).map_err(output)?;
        let notes: String = tail.notes.iter().map(|n| format!("note: {}\n", plain(n))).collect();
        let (rows, articles) = (self.written, tail.total_articles);
        writeln!(self.out, "---\n\n{rows} shown, {articles} articles found\n{notes}").map_err(output)?;
        self.out.flush().map_err(output)?;
        Ok(Counts { rows, notes: Vec::new() })
    }
}

fn whole(text: &str) -> Span {
    Span::new(0, text.len())
}

/// A piece of text with its marks in bold.
fn marked(text: &str, span: Span, marks: &[Mark]) -> String {
    let (mut out, mut at) = (String::new(), span.start);
    for mark in marks.iter().map(|m| m.span).filter(|m| m.overlaps(span)) {
        let (start, end) = (mark.start.max(at), mark.end.min(span.end));
        out.push_str(&plain(Span::new(at, start).of(text)));
        out.push_str(&format!("**{}**", plain(Span::new(start, end).of(text))));
        at = end;
    }
    out.push_str(&plain(Span::new(at, span.end).of(text)));
    at_line_starts(&out)
}

/// Text with its markup escaped.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in terminal_safe(text).chars() {
        // CommonMark: any ASCII punctuation may be escaped; `$` and `~` are for the dialects that give them meaning.
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '#' | '|' | '~' | '$' | '!') {
            out.push('\\');
        }
        // Dialects turn bare addresses into links; a word joiner would change the text, an escape does not.
        if c == ':' && (out.ends_with("http") || out.ends_with("https")) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Escapes what makes a list, a heading or a rule where a line starts.
fn at_line_starts(text: &str) -> String {
    let one = |line: &str| {
        let body = line.trim_start();
        let indent = &line[..line.len() - body.len()];
        let digits = body.bytes().take_while(u8::is_ascii_digit).count();
        if body.starts_with(['-', '+', '=']) {
            format!("\\{body}")
        } else if digits > 0 && body[digits..].starts_with(['.', ')']) {
            format!("{}\\{}", &body[..digits], &body[digits..])
        } else if indent.is_empty() {
            body.to_owned()
        } else {
            // Four spaces would make code of it.
            format!(" {body}")
        }
    };
    text.split('\n').map(one).collect::<Vec<_>>().join("\n")
}

/// Text as code: fenced by more back quotes than it holds in a row.
fn code(text: &str) -> String {
    let text = terminal_safe(text).replace('\n', " ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    if text.is_empty() {
        "(nothing)".to_owned()
    } else if longest > 0 {
        format!("{fence} {text} {fence}")
    } else {
        format!("{fence}{text}{fence}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_markup() {
        for (text, expected) in [
            ("a*b_c", "a\\*b\\_c"),
            ("[x](y) <b>", "\\[x\\](y) \\<b\\>"),
            ("see http://a.example", "see http\\://a.example"),
            ("\u{202e}evil", "\u{fffd}evil"),
        ] {
            assert_eq!(plain(text), expected);
        }
        for (text, expected) in [
            ("- one\n2. two", "\\- one\n2\\. two"),
            ("    code", " code"),
            ("1986 was", "1986 was"),
            ("=== rule", "\\=== rule"),
        ] {
            assert_eq!(at_line_starts(text), expected);
        }
        assert_eq!(code("a`b"), "`` a`b ``");
    }

    #[test]
    fn marks_are_bold() {
        let marks = [Mark { span: Span::new(4, 7), leaf: 0, matched: None }];
        assert_eq!(marked("the *am broke", Span::new(0, 13), &marks), "the **\\*am** broke");
        assert_eq!(marked("the dam broke", Span::new(0, 13), &marks), "the **dam** broke");
    }
}
