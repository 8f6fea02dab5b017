//! Article text in HTML, such as a feed entry's content, by way of html2text.
//!
//! html2text lays out lists (with their numbers), nested quotes, preformatted text and tables. What it is given is
//! the bounded tree of this module written out again, without what no reader sees; what it gives back are lines,
//! and a decorator of our own marks what each line is and where links stand. html2text knows no captions, so they
//! go through it as headings of the lowest level.

use html2text::config;
use html2text::render::{TaggedLine, TaggedLineElement, TextDecorator};
use html5ever::{LocalName, local_name};

use super::space::{is_space, push_collapsed};
use super::tags::is_unseen;
use super::tree::{Id, Step, Tree};
use super::{blocks, meta};
use crate::clean::{Draft, Link, Piece};
use crate::model::{BlockKind, Note, Span};

/// Columns to lay out for: wider than any paragraph, so that no line is broken.
const WIDTH: usize = 1 << 20;
/// Fragments with more text than this (bytes) are cut into blocks without html2text, whose layout takes memory.
const MAX_LAYOUT: usize = 1 << 20;

// Control characters of one byte: html2text takes a prefix's length in bytes for its width.
const HEADING: char = '\u{1}';
const CAPTION: char = '\u{2}';
const QUOTE: char = '\u{3}';
const ITEM: char = '\u{4}';
/// Where one line break stood; two part paragraphs. (html2text drops control characters of the text.)
const BREAK: char = '\u{e005}';

/// What html2text is to remember of a stretch of text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum Ink {
    #[default]
    Plain,
    Link(String),
    Preformatted,
}

#[derive(Clone)]
struct Marks;

impl TextDecorator for Marks {
    type Annotation = Ink;

    fn decorate_link_start(&mut self, url: &str) -> (String, Ink) {
        (String::new(), Ink::Link(url.to_owned()))
    }
    fn decorate_link_end(&mut self) -> String {
        String::new()
    }
    fn decorate_em_start(&self) -> (String, Ink) {
        Default::default()
    }
    fn decorate_em_end(&self) -> String {
        String::new()
    }
    fn decorate_strong_start(&self) -> (String, Ink) {
        Default::default()
    }
    fn decorate_strong_end(&self) -> String {
        String::new()
    }
    fn decorate_strikeout_start(&self) -> (String, Ink) {
        Default::default()
    }
    fn decorate_strikeout_end(&self) -> String {
        String::new()
    }
    fn decorate_code_start(&self) -> (String, Ink) {
        Default::default()
    }
    fn decorate_code_end(&self) -> String {
        String::new()
    }
    fn decorate_preformat_first(&self) -> Ink {
        Ink::Preformatted
    }
    fn decorate_preformat_cont(&self) -> Ink {
        Ink::Preformatted
    }
    fn decorate_image(&mut self, _src: &str, _title: &str) -> (String, Ink) {
        Default::default()
    }
    fn header_prefix(&self, level: usize) -> String {
        if level == 6 { CAPTION.to_string() } else { HEADING.to_string() }
    }
    fn quote_prefix(&self) -> String {
        QUOTE.to_string()
    }
    fn unordered_item_prefix(&self) -> String {
        ITEM.to_string()
    }
    fn ordered_item_prefix(&self, number: i64) -> String {
        format!("{ITEM}{number}. ")
    }
    fn make_subblock_decorator(&self) -> Self {
        Marks
    }
    fn decorate_superscript_start(&self) -> (String, Ink) {
        Default::default()
    }
    fn decorate_superscript_end(&self) -> String {
        String::new()
    }
}

/// Pieces of an HTML fragment that is article text already (a feed's `content:encoded`): paragraphs, headings, list
/// items, quotes, captions and tables with their links, made absolute by `url` where it is given. Nothing is
/// refused, and nothing is claimed: what a feed says of an entry stands in the feed.
pub fn fragment(html: &str, url: Option<&str>) -> Draft {
    let tree = Tree::parse(html);
    let survey = meta::Survey::of(&tree);
    let base = url.and_then(|u| url::Url::parse(u).ok());
    let mut draft = Draft::default();
    let markup = written_out(&tree, 0);
    let lines = if markup.len() <= MAX_LAYOUT { lay_out(&markup) } else { None };
    match lines {
        Some(lines) => draft.pieces = pieces(lines, base.as_ref()),
        None => {
            let (blocks, dropped) = blocks::blocks(&tree, &survey, 0);
            if dropped > 0 {
                draft.notes.push(Note(format!("too many blocks: the last {dropped} are left out")));
            }
            for block in blocks {
                let mut piece = Piece::new(block.kind, "", super::place(&tree, block.node));
                piece.links = super::links(&tree, &block, base.as_ref());
                piece.breaks = block.breaks;
                piece.breaks.retain(|&at| block.text.as_bytes().get(at) == Some(&b' '));
                piece.text = block.text;
                draft.pieces.push(piece);
            }
        }
    }
    if tree.cut {
        draft.notes.push(Note("nested too deeply or too large: flattened, or cut at its end".to_owned()));
    }
    draft
}

/// A table's rows, a line each, cells parted by ` | `; `None` where html2text cannot lay it out.
pub(super) fn table(tree: &Tree, table: Id) -> Option<String> {
    let markup = written_out(tree, table);
    if markup.len() > MAX_LAYOUT / 4 {
        return None;
    }
    let lines = lay_out(&markup)?;
    let rows: Vec<String> = lines.iter().filter_map(|l| row(&plain(l))).collect();
    (!rows.is_empty()).then(|| rows.join("\n"))
}

fn lay_out(markup: &str) -> Option<Vec<TaggedLine<Vec<Ink>>>> {
    let settings = config::with_decorator(Marks).allow_width_overflow().link_footnotes(false);
    settings.lines_from_read(markup.as_bytes(), WIDTH).ok()
}

fn plain(line: &TaggedLine<Vec<Ink>>) -> String {
    line.tagged_strings().map(|s| s.s.replace(BREAK, "")).collect()
}

/// A laid out line as a table's row: `None` for a ruled line.
fn row(line: &str) -> Option<String> {
    let line = line.trim_matches(|c: char| is_space(c) || is_mark(c));
    if line.is_empty() || line.chars().all(|c| is_space(c) || ('\u{2500}'..='\u{257f}').contains(&c)) {
        return None;
    }
    let cells: Vec<&str> = line.split(['│', '┃']).map(str::trim).filter(|c| !c.is_empty()).collect();
    Some(cells.join(" | ").replace([HEADING, CAPTION, QUOTE, ITEM], ""))
}

fn is_mark(c: char) -> bool {
    matches!(c, HEADING | CAPTION | QUOTE | ITEM | BREAK)
}

/// What of the tree a reader sees, as HTML again.
fn written_out(tree: &Tree, root: Id) -> String {
    let mut out = String::new();
    let mut breaks = 0;
    let typed = is_typed(tree, root);
    // Elements in which blank lines are layout, or the text itself.
    let mut apart = 0;
    tree.walk(root, |step| match step {
        Step::Enter(id) => {
            if let Some(text) = tree.text(id) {
                if !text.chars().all(is_space) {
                    breaks = 0;
                }
                let lines = if typed && apart == 0 { blank_lines(text) } else { Vec::new() };
                if !lines.is_empty() {
                    for part in lines {
                        written(part, &mut out);
                        out.push_str("<br>");
                    }
                    out.truncate(out.len() - "<br>".len());
                    return false;
                }
                written(text, &mut out);
                return false;
            }
            let tag = tree.tag(id);
            if is_unseen(tag) || meta::is_hidden(tree, id) {
                return false;
            }
            apart += usize::from(lays_out(tag));
            match *tag {
                local_name!("br") => {
                    breaks += 1;
                    // Two line breaks part paragraphs; one is white space.
                    out.push_str(if breaks == 2 { "<br>" } else { "\u{e005} " });
                }
                local_name!("a") => match tree.attr(id, "href") {
                    Some(href) => {
                        out.push_str("<a href=\"");
                        out.push_str(&href.replace('&', "&amp;").replace('"', "&quot;"));
                        out.push_str("\">");
                    }
                    None => out.push_str("<span>"),
                },
                local_name!("img") | local_name!("hr") | local_name!("input") | local_name!("wbr") => {}
                _ => {
                    out.push('<');
                    out.push_str(name(tree, id));
                    for attr in tree.attrs(id) {
                        if matches!(&*attr.name, "colspan" | "start")
                            && attr.value.parse::<u16>().is_ok_and(|n| n <= 100)
                        {
                            out.push_str(&format!(" {}={}", attr.name, attr.value));
                        }
                    }
                    out.push('>');
                }
            }
            true
        }
        Step::Leave(id) => {
            let tag = tree.tag(id);
            let empty = matches!(
                *tag,
                local_name!("br") | local_name!("img") | local_name!("hr") | local_name!("input") | local_name!("wbr")
            );
            if !is_unseen(tag) && !meta::is_hidden(tree, id) {
                apart -= usize::from(lays_out(tag));
            }
            if !empty && !is_unseen(tag) && !meta::is_hidden(tree, id) {
                let plain = *tag == local_name!("a") && tree.attr(id, "href").is_none();
                out.push_str("</");
                out.push_str(if plain { "span" } else { name(tree, id) });
                out.push('>');
            }
            false
        }
    });
    out
}

/// Whether a text was typed as content systems have it typed (WordPress and its exports): paragraphs parted by blank lines, with
/// elements only for what is more than a paragraph.
fn is_typed(tree: &Tree, root: Id) -> bool {
    let (mut blank, mut parted) = (0, 0);
    tree.walk(root, |step| {
        if let Step::Enter(id) = step {
            match tree.text(id) {
                Some(text) if text.chars().all(is_space) => {}
                Some(text) => blank += blank_lines(text).len().saturating_sub(1),
                None => {
                    let tag = tree.tag(id);
                    parted += usize::from(matches!(*tag, local_name!("p") | local_name!("br") | local_name!("div")));
                    return !lays_out(tag) && !is_unseen(tag);
                }
            }
        }
        true
    });
    blank > parted
}

/// What stands between the blank lines of `text`; nothing where it has none.
fn blank_lines(text: &str) -> Vec<&str> {
    if !text.contains('\n') {
        return Vec::new();
    }
    let (mut parts, mut from, mut line) = (Vec::new(), 0, 0);
    for (at, _) in text.match_indices('\n') {
        // The first line may be the end of what stands before.
        if line > 0 && text[line..at].chars().all(is_space) {
            parts.push(&text[from..line]);
            from = at + 1;
        }
        line = at + 1;
    }
    if !parts.is_empty() {
        parts.push(&text[from..]);
    }
    parts
}

fn lays_out(tag: &LocalName) -> bool {
    matches!(
        *tag,
        local_name!("p")
            | local_name!("pre")
            | local_name!("table")
            | local_name!("ul")
            | local_name!("ol")
            | local_name!("dl")
    )
}

/// Text as HTML, without the marks that are ours.
fn written(text: &str, out: &mut String) {
    let marked = text.chars().any(|c| matches!(c, '&' | '<' | '>') || is_mark(c));
    if !marked {
        out.push_str(text);
        return;
    }
    for c in text.chars().filter(|c| !is_mark(*c)) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
    }
}

/// The element's name as html2text is to see it.
fn name<'t>(tree: &'t Tree, id: Id) -> &'t str {
    match *tree.tag(id) {
        local_name!("figcaption") | local_name!("caption") => "h6",
        local_name!("h6") => "h5",
        local_name!("html") | local_name!("body") => "div",
        ref tag => tag,
    }
}

fn pieces(lines: Vec<TaggedLine<Vec<Ink>>>, base: Option<&url::Url>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut rows: Vec<String> = Vec::new();
    let mut ruled = false;
    for line in &lines {
        let whole = plain(line);
        let text = whole.trim_matches(|c: char| is_space(c) || is_mark(c));
        let rule = !text.is_empty() && text.chars().all(|c| ('\u{2500}'..='\u{257f}').contains(&c));
        let preformatted = line.tagged_strings().any(|s| s.tag.contains(&Ink::Preformatted));
        if rule || (ruled && text.contains('│')) || preformatted {
            ruled |= rule;
            rows.extend(if preformatted { Some(whole.trim_end().to_owned()) } else { row(&whole) });
            continue;
        }
        ruled = false;
        flush(&mut rows, &mut pieces);
        let kind = whole.chars().take_while(|c| is_space(*c) || is_mark(*c)).fold(None, |kind, c| match c {
            CAPTION => Some(BlockKind::Caption),
            HEADING => Some(BlockKind::Heading),
            ITEM => Some(BlockKind::ListItem),
            QUOTE => kind.or(Some(BlockKind::Quote)),
            _ => kind,
        });
        let mut piece = Piece::new(kind.unwrap_or(BlockKind::Paragraph), "", "fragment");
        for element in line.iter() {
            let TaggedLineElement::Str(stretch) = element else { continue };
            let before = piece.text.len();
            for (nth, part) in stretch.s.replace([HEADING, CAPTION, QUOTE, ITEM], "").split(BREAK).enumerate() {
                if nth > 0 {
                    piece.breaks.push(piece.text.trim_end().len());
                }
                push_collapsed(&mut piece.text, part);
            }
            let href = stretch.tag.iter().rev().find_map(|ink| match ink {
                Ink::Link(href) => Some(href),
                _ => None,
            });
            if let Some(href) = href
                && before < piece.text.len()
            {
                let href = meta::resolve(base, href).unwrap_or_else(|| href.clone());
                match piece.links.last_mut() {
                    Some(last) if last.href == href && last.span.end == before => last.span.end = piece.text.len(),
                    _ => piece.links.push(Link { span: Span::new(before, piece.text.len()), href }),
                }
            }
        }
        let end = piece.text.trim_end().len();
        piece.text.truncate(end);
        for link in &mut piece.links {
            let linked = link.span.of(&piece.text[..]).len();
            let stop = link.span.end.min(end);
            link.span = Span::new(link.span.start.min(stop), stop);
            let text = link.span.of(&piece.text);
            let lead = text.len() - text.trim_start().len();
            let tail = text.len() - text.trim_end().len();
            debug_assert!(linked >= text.len() || linked == 0);
            link.span = Span::new(link.span.start + lead, link.span.end - tail.min(text.len() - lead));
        }
        piece.links.retain(|l| !l.span.is_empty());
        piece.breaks.retain(|&at| at > 0 && piece.text.as_bytes().get(at) == Some(&b' '));
        if !piece.text.is_empty() {
            pieces.push(piece);
        }
    }
    flush(&mut rows, &mut pieces);
    pieces
}

fn flush(rows: &mut Vec<String>, pieces: &mut Vec<Piece>) {
    let text = std::mem::take(rows).join("\n");
    if !text.trim().is_empty() {
        pieces.push(Piece::new(BlockKind::Table, text.trim(), "fragment"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_keep_their_places() {
        let draft = fragment(
            "<p>Author: Mara Linde<br>This content is ours.<br/>\nAll <b>of<br>it</b>.</p><p>a<br><br>b</p>",
            None,
        );
        let lines = |piece: &Piece| {
            let mut text = piece.text.clone();
            piece.breaks.iter().for_each(|&at| text.replace_range(at..=at, "/"));
            text
        };
        let lines: Vec<String> = draft.pieces.iter().map(lines).collect();
        assert_eq!(lines, ["Author: Mara Linde/This content is ours./All of/it.", "a", "b"]);
    }

    #[test]
    fn fragments() {
        let mut wrong = String::new();
        let mut check = |html: &str, want: &[&str]| {
            let draft = fragment(html, Some("https://post.example/a/b"));
            let got: Vec<String> = draft
                .pieces
                .iter()
                .map(|p| {
                    let links: Vec<String> =
                        p.links.iter().map(|l| format!(" [{}]({})", l.span.of(&p.text), l.href)).collect();
                    format!("{:?} {}{}", p.kind, p.text, links.concat())
                })
                .collect();
            if got != want {
                wrong += &format!("{html}\n  got  {got:?}\n  want {want:?}\n");
            }
        };
        check("plain &amp; simple", &["Paragraph plain & simple"]);
        check("<p>a <b>b</b>\n c</p><p>d", &["Paragraph a b c", "Paragraph d"]);
        check("a<br>b<br><br>c", &["Paragraph a b", "Paragraph c"]);
        // As content systems have texts typed.
        check(
            "One <b>bold</b>.\n\nTwo\nlines.\r\n \r\n<i>Three</i>.",
            &["Paragraph One bold.", "Paragraph Two lines.", "Paragraph Three."],
        );
        check(
            "One.\n\n<b>Two</b>\n\nThree.\n\n<ul>\n\n<li>a\n\nb</li></ul>\n\nFour.\n\n<p>Five</p>",
            &[
                "Paragraph One.",
                "Paragraph Two",
                "Paragraph Three.",
                "ListItem a b",
                "Paragraph Four.",
                "Paragraph Five",
            ],
        );
        // As programs lay texts out.
        check("<p>By\n\n<a>Ada</a>\n\nQuill</p>\n\n<p>b\n\nc</p>", &["Paragraph By Ada Quill", "Paragraph b c"]);
        check("<h2>Head</h2><ul><li>one</li><li>two</ul>", &["Heading Head", "ListItem one", "ListItem two"]);
        check("<ol><li>one<li>two</ol>", &["ListItem 1. one", "ListItem 2. two"]);
        check("<blockquote><p>q</p><p>r</p></blockquote>", &["Quote q", "Quote r"]);
        check(
            "<figure><img src=x alt=y><figcaption>Cap</figcaption></figure><h6>low</h6>",
            &["Caption Cap", "Heading low"],
        );
        check(
            "<p>see <a href='/c?x=1&amp;y=2'>the <i>lock</i></a>, it</p>",
            &["Paragraph see the lock, it [the lock](https://post.example/c?x=1&y=2)"],
        );
        check(
            "<p>a</p><script>b()</script><p style='display: none'>c</p><!-- d --><textarea>e</textarea>",
            &["Paragraph a"],
        );
        check(
            "<table><tr><th>Town<th>Votes<tr><td>Rye<td>12</table><p>after",
            &["Table Town | Votes\nRye | 12", "Paragraph after"],
        );
        check("<pre>x\n  y</pre>", &["Table x\n  y"]);
        check("", &[]);
        check("\u{1}odd\u{4}", &["Paragraph odd"]);
        assert!(wrong.is_empty(), "{wrong}");
    }
}
