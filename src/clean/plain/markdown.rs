//! Markdown → pieces: the part of CommonMark that articles are written in.
//!
//! Not a renderer: what it does not know stays as it was written, so no word is lost.

use super::stack::day_line;
use super::{blocks, headers, take_title};
use crate::clean::draft::{Draft, Link, Piece};
use crate::model::{BlockKind, Claim, Field, Span};

/// Markdown → pieces: front matter, headings, paragraphs, quotes, lists, tables, fenced text; links are kept as
/// links, emphasis marks are dropped. The first heading of the first level is the title if there is no other, and
/// leaves the text. Linear in the length of `text`.
pub fn markdown(text: &str) -> Draft {
    read(text, true)
}

/// Like [`markdown`], for a text whose title is known from elsewhere: its first heading is body.
pub fn markdown_body(text: &str) -> Draft {
    read(text, false)
}

fn read(text: &str, untitled: bool) -> Draft {
    let tidied = crate::clean::hygiene::tidy(text);
    let mut lines: Vec<&str> = tidied.split('\n').collect();
    let mut draft = Draft::default();
    let from = headers::front_matter(&lines, &mut draft);
    let (from, opened) = headers::labels(&lines, from, &mut draft);
    if let Some(rest) = opened {
        lines[from] = rest;
    }
    let body = draft.pieces.len();
    let mut reader = Reader { draft: &mut draft, open: None };
    let mut at = from;
    // `# Weir mended`, and its labels below it.
    let said = |line: &&str| !line.trim().trim_matches('-').is_empty();
    if opened.is_none()
        && let Some(first) = (from..lines.len()).find(|&n| said(&lines[n]))
        && heading(lines[first].trim()).is_some_and(|(level, _)| level == 1)
    {
        at = reader.line(&lines, first);
        let (below, rest) = headers::labels(&lines, at, reader.draft);
        if let Some(rest) = rest {
            lines[below] = rest;
        }
        at = below;
    }
    while at < lines.len() {
        at = reader.line(&lines, at);
    }
    reader.close();
    if untitled {
        title(&mut draft, body);
    }
    draft
}

/// The first heading, if it stands first and no title was claimed.
fn title(draft: &mut Draft, body: usize) {
    let titled = draft.claims.iter().any(|claim| claim.field == Field::Title);
    let first = draft.pieces.get(body);
    if !titled && draft.pieces.len() > body + 1 && first.is_some_and(|piece| piece.place.starts_with("heading 1 ")) {
        take_title(draft, body, "markdown:h1");
        let Some(title) = draft.claims.last_mut().filter(|claim| claim.field == Field::Title) else { return };
        if let Some((day, rest)) = dated(&title.value) {
            let day = Claim::new(Field::Published, day, "markdown:h1");
            title.value = rest.to_owned();
            draft.claims.extend(day);
        }
    }
}

/// The day that a heading begins with, and what it says: `2026-06-01 Weir mended`. `2026-06-01 was a Monday` is a sentence.
fn dated(heading: &str) -> Option<(&str, &str)> {
    let (day, rest) = heading.split_at_checked(10)?;
    day_line(day).filter(|day| day.len() == 10 && day.as_bytes()[4] == b'-')?;
    let words = rest.trim_start_matches([' ', '-', '–', '—', ':', '|', '·', ',']);
    let apart = words.len() < rest.len() && rest.starts_with([' ', ':', ',']);
    (apart && words.starts_with(|c: char| !c.is_lowercase())).then_some((day, words))
}

/// A block that goes on over lines.
struct Open {
    kind: BlockKind,
    text: String,
    place: String,
}

struct Reader<'a> {
    draft: &'a mut Draft,
    open: Option<Open>,
}

impl Reader<'_> {
    /// Reads line `at` and gives the next to read.
    fn line(&mut self, lines: &[&str], at: usize) -> usize {
        let line = lines[at].trim();
        if line.is_empty() {
            self.close();
            return at + 1;
        }
        if let Some(fence) = ["```", "~~~"].into_iter().find(|fence| line.starts_with(fence)) {
            self.close();
            let end = (at + 1..lines.len()).find(|&n| lines[n].trim().starts_with(fence)).unwrap_or(lines.len());
            self.table(&lines[at + 1..end], at);
            return end + 1;
        }
        if line.starts_with("<!--")
            && let Some(end) = (at..lines.len()).find(|&n| lines[n].contains("-->"))
        {
            self.close();
            return end + 1;
        }
        if line.starts_with('|') && lines.get(at + 1).is_some_and(|next| next.trim().starts_with('|')) {
            self.close();
            let end = (at..lines.len()).find(|&n| !lines[n].trim().starts_with('|')).unwrap_or(lines.len());
            self.table(&lines[at..end], at);
            return end;
        }
        if let Some((level, words)) = heading(line) {
            self.close();
            self.push(BlockKind::Heading, words, format!("heading {level} line {}", at + 1));
            return at + 1;
        }
        let rule = line.chars().all(|c| matches!(c, '-' | '*' | '_' | '=' | ' ')) && line.len() >= 2;
        if rule {
            // Under a paragraph of one line it makes that a heading.
            match self.open.take() {
                Some(open) if open.kind == BlockKind::Paragraph && (line.starts_with('=') || line.starts_with('-')) => {
                    let level = if line.starts_with('=') { 1 } else { 2 };
                    self.push(BlockKind::Heading, &open.text, format!("heading {level} {}", open.place));
                }
                open => {
                    self.open = open;
                    self.close();
                }
            }
            return at + 1;
        }
        let place = format!("line {}", at + 1);
        let (kind, words) = match line.strip_prefix('>') {
            Some(words) => (BlockKind::Quote, words.trim_start_matches(['>', ' '])),
            None => item(line).map_or((BlockKind::Paragraph, line), |words| (BlockKind::ListItem, words)),
        };
        let goes_on = self.open.as_ref().is_some_and(|open| match kind {
            BlockKind::Quote => open.kind == BlockKind::Quote,
            BlockKind::ListItem => false,
            _ => true,
        });
        if !goes_on {
            self.close();
            self.open = Some(Open { kind, text: String::new(), place });
        }
        let hard = lines[at].ends_with("  ") || line.ends_with('\\');
        if let Some(open) = &mut self.open {
            if !open.text.is_empty() {
                open.text.push(' ');
            }
            open.text.push_str(words.trim_end_matches('\\').trim());
        }
        // A line end that was meant as one: footers and signatures are written so.
        if hard {
            self.close();
        }
        at + 1
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            self.push(open.kind, &open.text, open.place);
        }
    }

    fn table(&mut self, rows: &[&str], at: usize) {
        let rows = rows.iter().filter(|row| !row.trim().chars().all(|c| matches!(c, '|' | '-' | ':' | ' ')));
        let text = rows.map(|row| row.trim_end()).collect::<Vec<_>>().join("\n");
        if !text.trim().is_empty() {
            self.draft.pieces.push(Piece::new(BlockKind::Table, text, format!("line {}", at + 1)));
        }
    }

    fn push(&mut self, kind: BlockKind, raw: &str, place: String) {
        let (text, links) = inline(raw);
        if !text.is_empty() {
            self.draft.pieces.push(Piece { links, ..Piece::new(kind, text, place) });
        }
    }
}

fn heading(line: &str) -> Option<(usize, &str)> {
    let level = line.bytes().take_while(|&b| b == b'#').count();
    let words = line[level..].trim().trim_end_matches('#').trim();
    ((1..=6).contains(&level) && line[level..].starts_with(' ') && !words.is_empty()).then_some((level, words))
}

fn item(line: &str) -> Option<&str> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&digits) {
        return line[digits..].strip_prefix(['.', ')']).and_then(|rest| rest.strip_prefix(' ')).map(str::trim);
    }
    ["- ", "* ", "+ ", "• "].into_iter().find_map(|mark| line.strip_prefix(mark)).map(str::trim)
}

/// Longest bracket or address in bytes that is looked for: keeps odd input linear.
const LONGEST: usize = 2000;

/// Drops marks, keeps words and links.
fn inline(raw: &str) -> (String, Vec<Link>) {
    let mut out = String::with_capacity(raw.len());
    let mut links = Vec::new();
    let mut rest = raw;
    let mut misses = 0;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        match c {
            '\\' if after.starts_with(|c: char| c.is_ascii_punctuation()) => {
                out.push_str(&after[..1]);
                rest = &after[1..];
                continue;
            }
            '!' if after.starts_with('[') && misses < 100 => match bracket(after) {
                // A picture: its description is no sentence of the article.
                Some((_, _, tail)) => {
                    rest = tail;
                    continue;
                }
                None => misses += 1,
            },
            '[' if misses < 100 => match bracket(rest) {
                Some((words, href, tail)) => {
                    let words = plain(words);
                    let start = out.len();
                    out.push_str(&words);
                    links.push(Link { span: Span::new(start, out.len()), href: href.to_owned() });
                    rest = tail;
                    continue;
                }
                None => misses += 1,
            },
            '<' if after.starts_with("http") => {
                if let Some(end) = after.find('>').filter(|&end| end < LONGEST) {
                    let start = out.len();
                    out.push_str(&after[..end]);
                    links.push(Link { span: Span::new(start, out.len()), href: after[..end].to_owned() });
                    rest = &after[end + 1..];
                    continue;
                }
            }
            '*' | '`' => {
                rest = after;
                continue;
            }
            // `snake_case` keeps its mark, `_emphasis_` does not.
            '_' => {
                let inside = out.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric);
                if !inside {
                    rest = after;
                    continue;
                }
            }
            _ => {}
        }
        out.push(c);
        rest = after;
    }
    settle(out, links)
}

/// Collapses white space; links keep pointing at their words.
fn settle(raw: String, links: Vec<Link>) -> (String, Vec<Link>) {
    let text = blocks::collapse(&raw);
    let mut from = 0;
    let moved = links.into_iter().map(|link| {
        let words = blocks::collapse(link.span.of(&raw));
        let at = text[from..].find(&words).map_or(from, |at| from + at);
        from = (at + words.len()).min(text.len());
        Link { span: Span::new(at, from), href: link.href }
    });
    let moved = moved.filter(|link| !link.span.is_empty()).collect();
    (text, moved)
}

/// `[words](address "title")` at the head of `text`: words, address, what follows.
fn bracket(text: &str) -> Option<(&str, &str, &str)> {
    let close = text.bytes().take(LONGEST).position(|b| b == b']')?;
    let words = &text[1..close];
    let target = text[close + 1..].strip_prefix('(')?;
    let end = target.bytes().take(LONGEST).position(|b| b == b')')?;
    let href = target[..end].split_whitespace().next().unwrap_or("").trim_matches(['<', '>']);
    (!href.is_empty()).then_some((words, href, &target[end + 1..]))
}

fn plain(words: &str) -> String {
    words.replace(['*', '`'], "")
}
