//! Where one text file holds several documents: notes written one below the other, records with a label before each
//! field, files that were put together by a program.
//!
//! A line of dashes parts the sections of one story as often as two stories, so a cut is made only where a head of labelled
//! fields stands behind it (`head.rs`), or where all parts begin with a headline, a byline and a day. What has no head belongs to the document before it; where that leaves doubt what the
//! text is, it stays one.

mod head;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::Options;
use super::fields::Role;
use super::xml::markup;
use crate::model::Field;
use head::{Head, head, is_title, label, unlabelled};

/// Letters that a document has below its head, at the least.
const FEWEST_LETTERS: usize = 8;
/// Words that may stand above the first head without a line between them.
const MOST_ABOVE: usize = 40;
/// Words of a preface that is too short to be a document.
const TITLE_WORDS: usize = 15;
/// Marks that a line between two documents is drawn with.
const MARKS: &[char] = &['-', '=', '*', '_', '#', '~', '+', '%', '\u{0C}'];

/// What a text holds.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    /// One document; and why it may be several, where that cannot be told.
    One(Option<String>),
    /// Several, in their order.
    Several(Vec<Part>),
}

/// One of several documents of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Where it stands.
    pub range: Range<usize>,
    /// Whether it is a few words about the documents below it, and none itself.
    pub preface: bool,
    /// Whether lines are drawn in it without a head behind them.
    pub joined: bool,
}

impl Part {
    fn of(range: Range<usize>) -> Self {
        Self { range, preface: false, joined: false }
    }
}

/// The documents of a text.
pub fn documents(text: &str, markdown: bool, options: &Options) -> Found {
    if let Some(files) = joined_files(text) {
        return Found::Several(files.into_iter().map(Part::of).collect());
    }
    let mut doubt = None;
    if let Some(parts) = diary(text).filter(|_| markdown) {
        return Found::Several(parts.into_iter().map(Part::of).collect());
    }
    let between = |mark: &char| parted(text, *mark, markdown);
    if let Some(parts) = MARKS.iter().filter_map(between).find(|parts| are_clippings(text, parts)) {
        return Found::Several(parts.into_iter().map(Part::of).collect());
    }
    let drawn = MARKS.iter().filter_map(|mark| Some(framed(text, between(mark)?, options)));
    for parts in drawn.chain(labelled(text, options)) {
        match judged(text, parts, options) {
            Judged::Documents(parts) => return Found::Several(parts),
            Judged::Unsure(heads) => doubt = doubt.or(Some(heads)),
            Judged::One => {}
        }
    }
    Found::One(doubt.map(|heads| {
        format!("{heads} labelled heads stand in this text, and not behind each line drawn in it: it was kept as one article")
    }))
}

/// Files that `head` or `tail` put together: `==> notes/a.txt <==` above each.
fn joined_files(text: &str) -> Option<Vec<Range<usize>>> {
    let named = |line: &str| line.starts_with("==> ") && line.trim_end().ends_with(" <==");
    if !named(text.lines().next()?) {
        return None;
    }
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        at += line.len();
        match out.last_mut() {
            _ if named(line) => out.push(at..at),
            Some(last) => last.end = at,
            None => {}
        }
    }
    out.retain(|part| !text[part.clone()].trim().is_empty());
    (out.len() > 1).then_some(out)
}

/// Whether a line is drawn with `mark`, maybe around a number or a name: `-----`, `* * *`, `=== 2 ===`.
fn is_drawn(line: &str, mark: char) -> bool {
    if mark == '\u{0C}' {
        return line.starts_with(mark);
    }
    let line = line.trim();
    let drawn = |text: &str| text.chars().filter(|c| *c == mark).count() >= 3;
    if drawn(line) && line.chars().all(|c| c == mark || c == ' ') {
        return true;
    }
    let inner = line.trim_matches(mark);
    let edge = (line.len() - inner.len()) / 2;
    edge >= 3 && line.starts_with(mark) && line.ends_with(mark) && inner.chars().count() <= 40
}

/// The parts of a text between lines drawn with `mark`.
fn parted(text: &str, mark: char, markdown: bool) -> Option<Vec<Range<usize>>> {
    let (mut out, mut start, mut at) = (Vec::new(), 0, 0);
    let mut code = false;
    for line in text.split_inclusive('\n') {
        code ^= markdown && (line.starts_with("```") || line.starts_with("~~~"));
        if !code && is_drawn(line, mark) {
            out.push(start..at);
            // A form feed stands before the first words of its page; a fence belongs to what it opens.
            start = if mark == '\u{0C}' || markdown && line.trim_end() == "---" { at } else { at + line.len() };
        }
        at += line.len();
    }
    out.push(start..at);
    out.retain(|part| !text[part.clone()].trim_matches(|c: char| c.is_whitespace() || c == '-').is_empty());
    (out.len() > 1).then_some(out)
}

/// Notes of a Markdown text that begins with one: a heading of the first level with a day and a headline above each,
/// `# 2026-06-01 Weir mended`.
fn diary(text: &str) -> Option<Vec<Range<usize>>> {
    let dated = |line: &str| {
        let rest = line.strip_prefix("# ")?.trim();
        let (day, words) = rest.split_at_checked(10)?;
        let shaped =
            day.bytes().enumerate().all(|(at, b)| if matches!(at, 4 | 7) { b == b'-' } else { b.is_ascii_digit() });
        (shaped && words.starts_with([' ', ':']) && words.chars().any(char::is_alphabetic)).then_some(())
    };
    let (mut out, mut at, mut code): (Vec<Range<usize>>, usize, bool) = (Vec::new(), 0, false);
    for line in text.split_inclusive('\n') {
        code ^= line.starts_with("```") || line.starts_with("~~~");
        if !code && line.starts_with("# ") {
            dated(line)?;
            out.push(at..at);
        }
        at += line.len();
        match out.last_mut() {
            Some(last) => last.end = at,
            None if line.trim_matches(['\u{FEFF}', ' ', '\r', '\n']).is_empty() => {}
            None => return None,
        }
    }
    let full = |part: &Range<usize>| {
        text[part.clone()].split_once('\n').is_some_and(|(_, said)| markup::weight_of_words(said) >= FEWEST_LETTERS)
    };
    (out.len() > 1 && out.iter().all(full)).then_some(out)
}

/// Whether each part is a text of its own below a head without labels, told by its form alone: so no part may be without.
fn are_clippings(text: &str, parts: &[Range<usize>]) -> bool {
    let heads: Option<Vec<Head<'_>>> = parts
        .iter()
        .map(|part| {
            let said = &text[part.clone()];
            unlabelled(said).filter(|head| markup::weight_of_words(&said[head.end..]) >= FEWEST_LETTERS)
        })
        .collect();
    // The head of a text is repeated on each of its pages.
    heads.is_some_and(|heads| heads.len() > 1 && heads.windows(2).all(|pair| !pair[0].is_same(&pair[1])))
}

/// Puts heads that stand between two lines of their own together with what follows them.
fn framed(text: &str, parts: Vec<Range<usize>>, options: &Options) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for part in parts {
        let said = &text[part.clone()];
        let head = head(said, options);
        match out.last_mut().filter(|_| open && head.is_none()) {
            Some(last) => last.end = part.end,
            None => out.push(part.clone()),
        }
        open = head.is_some_and(|head| said[head.end..].trim().is_empty());
    }
    out
}

/// What parts of a text are.
enum Judged {
    Documents(Vec<Part>),
    /// So many of them may be documents.
    Unsure(usize),
    One,
}

/// Judges parts: documents where each has a head and a text; where most have, and the heads are of one form, the others
/// belong to the document before them. What stands above the first head, a word about the collection, is not asked for one.
fn judged(text: &str, mut parts: Vec<Range<usize>>, options: &Options) -> Judged {
    if let Some(at) = below_preface(&text[parts[0].clone()], options) {
        let first = parts[0].clone();
        parts.splice(..1, [first.start..first.start + at, first.start + at..first.end]);
    }
    let heads: Vec<Option<Head<'_>>> = parts.iter().map(|part| head(&text[part.clone()], options)).collect();
    let told =
        |at: usize, head: &Head<'_>| markup::weight_of_words(&text[parts[at].clone()][head.end..]) >= FEWEST_LETTERS;
    let from = usize::from(heads.len() > 2 && heads[0].is_none());
    let full = (from..parts.len()).filter(|at| heads[*at].as_ref().is_some_and(|head| told(*at, head))).count();
    let Some(Some(first)) = heads.get(from).filter(|_| full > 1) else {
        return if full > 1 { Judged::Unsure(full) } else { Judged::One };
    };
    let (mut out, mut bare): (Vec<Part>, usize) = (Vec::new(), 0);
    for at in from..parts.len() {
        let own = heads[at].as_ref().filter(|head| told(at, head) || head.is_like(first));
        // One whose day was left out, among others.
        let named = heads[at].is_none() && first.begins_with_title(&text[parts[at].clone()], options);
        // The head of a text is repeated on each of its pages.
        let again =
            own.is_some_and(|own| at > from && heads[at - 1].as_ref().is_some_and(|before| own.is_same(before)));
        match out.last_mut() {
            Some(last) if own.is_none() && !named || again => {
                last.range.end = parts[at].end;
                last.joined |= heads[at].is_none();
                bare += usize::from(heads[at].is_none());
            }
            _ => out.push(Part::of(parts[at].clone())),
        }
    }
    if out.len() < 2 {
        return Judged::One;
    }
    let alike = heads[from..].iter().flatten().all(|head| head.is_like(first) || !head.is_titled());
    if bare > 0 && !(alike && bare < full) {
        return Judged::Unsure(full);
    }
    if from > 0 {
        let preface = text[parts[0].clone()].split_whitespace().count() <= TITLE_WORDS;
        out.insert(0, Part { preface, ..Part::of(parts[0].clone()) });
    }
    Judged::Documents(out)
}

/// Where the first head stands, if it is below a paragraph that is none: `Notes of the desk, June.`
fn below_preface(text: &str, options: &Options) -> Option<usize> {
    let start = text.len() - text.trim_start().len();
    let end = start + text[start..].find("\n\n").or_else(|| text[start..].find("\r\n\r\n"))?;
    let above = &text[start..end];
    let words = above.split_whitespace().count();
    // A story begins with its headline and who wrote it.
    let signed = above.lines().any(|line| line.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("by ")));
    if words == 0 || words > MOST_ABOVE || signed || head(text, options).is_some() {
        return None;
    }
    let at = end + text[end..].len() - text[end..].trim_start().len();
    head(&text[at..], options).filter(|head| head.is_placed()).map(|_| at)
}

/// Records without a line between them: the label that the first head begins with comes again behind a blank line, with
/// others below it.
fn labelled(text: &str, options: &Options) -> Option<Vec<Range<usize>>> {
    let from = below_preface(text, options).unwrap_or(0);
    let first = text[from..].lines().find(|line| !line.trim().is_empty())?;
    label(first, options).filter(|(role, _)| {
        matches!(role, Role::Claim(Field::Title | Field::Published | Field::Url | Field::Guid | Field::Source))
    })?;
    let name = first.split(':').next()?.trim_start_matches('\u{FEFF}').trim();
    let mut out: Vec<Range<usize>> = Vec::new();
    let (mut start, mut at, mut blank) = (0, 0, true);
    for line in text.split_inclusive('\n') {
        let again = blank && line.trim_start_matches('\u{FEFF}').trim_start().starts_with(name);
        if again && at > from && (is_title(line, options) || head(&text[at..], options).is_some()) {
            out.push(start..at);
            start = at;
        }
        blank = line.trim().is_empty();
        at += line.len();
    }
    out.push(start..at);
    (out.len() > 1).then_some(out)
}
