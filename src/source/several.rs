//! Where one text file holds several documents: notes written one below the other, records with a label before each
//! field, files that were put together by a program.
//!
//! A line of dashes parts the sections of one story as often as two stories, so a cut is made only where a head stands
//! behind each of them: labelled fields, or a headline over a line that is a date or a byline.

use std::ops::Range;

use super::Options;
use super::fields::Role;
use super::xml::markup;
use crate::model::Field;

/// Words that a document has below its head, at the least.
const FEWEST_WORDS: usize = 8;
/// Marks that a line between two documents is drawn with.
const MARKS: &[char] = &['-', '=', '*', '_', '#', '~', '+', '%', '\u{0C}'];

/// The documents of a text, as they stand in it; nothing if it is one.
pub fn documents(text: &str, markdown: bool, options: &Options) -> Option<Vec<Range<usize>>> {
    joined_files(text).or_else(|| {
        let drawn = MARKS.iter().find_map(|mark| {
            let parts = framed(text, parted(text, *mark, markdown)?, options);
            are_documents(text, &parts, options).then_some(parts)
        });
        drawn.or_else(|| labelled(text, options))
    })
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

/// Whether parts are documents: each has a head and a text, and no two have one headline. What stands before the first
/// head, a word about the collection, is not asked for one.
fn are_documents(text: &str, parts: &[Range<usize>], options: &Options) -> bool {
    let told = |part: &Range<usize>| {
        let said = &text[part.clone()];
        let head = head(said, options)?;
        let words = markup::weight_of_words(&said[head.end..]);
        (words >= FEWEST_WORDS).then(|| head.title.to_owned())
    };
    let heads: Vec<Option<String>> = parts.iter().map(told).collect();
    let from = usize::from(heads.len() > 2 && heads[0].is_none());
    let Some(mut titles) = heads.into_iter().skip(from).collect::<Option<Vec<String>>>() else { return false };
    let count = titles.len();
    titles.sort_unstable();
    titles.dedup();
    count > 1 && (titles.len() == count || titles.iter().all(String::is_empty))
}

/// What stands above a text.
struct Head<'t> {
    /// Where it ends.
    end: usize,
    title: &'t str,
}

/// A head of labelled fields: a headline, a day, an address or a name, two of these at the least.
fn head<'t>(text: &'t str, options: &Options) -> Option<Head<'t>> {
    let mut fields: Vec<Field> = Vec::new();
    let (mut title, mut end, mut at) = ("", 0, 0);
    for line in text.split_inclusive('\n').take(60) {
        at += line.len();
        let plain = line.trim();
        let goes_on = line.starts_with([' ', '\t']) || plain.starts_with("- ");
        if plain.is_empty() || plain == "---" {
            continue;
        }
        if goes_on && !fields.is_empty() {
            end = at;
            continue;
        }
        match label(line, options) {
            Some((Role::Claim(field), value)) => {
                if field == Field::Title && title.is_empty() {
                    title = value;
                }
                if !fields.contains(&field) {
                    fields.push(field);
                }
                end = at;
            }
            // The text begins on the line of its label.
            Some((Role::Body | Role::Html | Role::Summary, value)) if !fields.is_empty() => {
                end = at - line.len() + line.find(value).unwrap_or(0);
                break;
            }
            Some(_) => end = at,
            None => break,
        }
    }
    let own = |field: &Field| matches!(field, Field::Title | Field::Published | Field::Url | Field::Author);
    // A box with a title and an author may be that of a book reviewed.
    let placed = fields.iter().any(|field| matches!(field, Field::Published | Field::Url));
    (placed && fields.iter().filter(|field| own(field)).count() >= 2).then_some(Head { end, title })
}

/// What a line with a label says.
fn label<'t>(line: &'t str, options: &Options) -> Option<(Role, &'t str)> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim();
    // A word before a colon begins many a sentence.
    let shaped = !name.is_empty() && name.len() <= 30 && name.split_whitespace().count() <= 3;
    // Lines of a mail that was handed on.
    let of_mail = ["subject", "from", "to", "sent", "cc"].iter().any(|word| name.eq_ignore_ascii_case(word));
    if !shaped || of_mail || value.starts_with("//") {
        return None;
    }
    options.map.role(name).map(|role| (role, value.trim()))
}

/// Records without a line between them: the label that the file begins with comes again behind a blank line, with
/// others below it.
fn labelled(text: &str, options: &Options) -> Option<Vec<Range<usize>>> {
    let first = text.lines().find(|line| !line.trim().is_empty())?;
    label(first, options).filter(|(role, _)| {
        matches!(role, Role::Claim(Field::Title | Field::Published | Field::Url | Field::Guid | Field::Source))
    })?;
    let name = first.split(':').next()?.trim_start_matches('\u{FEFF}').trim();
    let mut out: Vec<Range<usize>> = Vec::new();
    let (mut start, mut at, mut blank) = (0, 0, true);
    for line in text.split_inclusive('\n') {
        let again = blank && line.trim_start_matches('\u{FEFF}').trim_start().starts_with(name);
        if again && at > start && head(&text[at..], options).is_some() {
            out.push(start..at);
            start = at;
        }
        blank = line.trim().is_empty();
        at += line.len();
    }
    out.push(start..at);
    (out.len() > 1 && are_documents(text, &out, options)).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first lines of the documents found.
    fn firsts(text: &str) -> Vec<&str> {
        let found = documents(text, text.starts_with("---"), &Options::default()).unwrap_or_default();
        found.into_iter().map(|part| text[part].trim().lines().next().unwrap_or("")).collect()
    }

    const ONE: &str = "The council of Tarn voted on Monday to mend the weir, after years of talk.";
    const TWO: &str = "Aldmoor has sold its ferry to a man who will not say what he wants with it.";

    #[test]
    fn a_head_behind_each_line_makes_documents() {
        for (name, text) in [
            (
                "labels",
                format!(
                    "Title: Weir\nDate: 1 June 2026\n\n{ONE}\n\n-----\n\nTitle: Ferry\nDate: 2 June 2026\n\n{TWO}\n"
                ),
            ),
            (
                "framed",
                format!(
                    "=====\nTitle: Weir\nDate: 1 June 2026\n=====\n{ONE}\n=====\nTitle: Ferry\nDate: 2 June 2026\n=====\n{TWO}\n"
                ),
            ),
            (
                "no line",
                format!("Title: Weir\nDate: 1 June 2026\n\n{ONE}\n\nTitle: Ferry\nDate: 2 June 2026\n\n{TWO}\n"),
            ),
            (
                "text label",
                format!(
                    "TITLE: Weir\nURL: https://a.example/1\nTEXT: {ONE}\n\n***\nTITLE: Ferry\nURL: https://a.example/2\nTEXT: {TWO}\n"
                ),
            ),
            (
                "German",
                format!(
                    "Titel: Weir\nDatum: 1.6.2026\nAutor: Jo Hartley\n\n{ONE}\n\n* * *\n\nTitel: Ferry\nDatum: 2.6.2026\nAutor: Jo Hartley\n\n{TWO}"
                ),
            ),
            (
                "numbered",
                format!(
                    "=== 1 ===\nTitle: Weir\nDate: 1 June 2026\n{ONE}\n=== 2 ===\nTitle: Ferry\nDate: 2 June 2026\n{TWO}\n"
                ),
            ),
            (
                "front matter",
                format!(
                    "---\ntitle: Weir\ndate: 2026-06-01\ntags:\n  - water\n---\n{ONE}\n\n---\ntitle: Ferry\ndate: 2026-06-02\n---\n{TWO}\n"
                ),
            ),
            (
                "pages",
                format!("Title: Weir\nDate: 1 June 2026\n\n{ONE}\n\u{0C}Title: Ferry\nDate: 2 June 2026\n\n{TWO}\n"),
            ),
            ("joined", format!("==> a.txt <==\n{ONE}\n\n==> b.txt <==\n{TWO}\n")),
        ] {
            let found = documents(&text, text.starts_with("---"), &Options::default()).unwrap_or_default();
            assert_eq!(found.len(), 2, "{name}: {:?}", firsts(&text));
            assert!(text[found[0].clone()].contains(ONE) && text[found[1].clone()].contains(TWO), "{name}");
        }
        let text = format!(
            "Notes of the desk, June.\n\n---\nTitle: Weir\nDate: 1 June 2026\n\n{ONE}\n---\nTitle: Ferry\nDate: 2 June 2026\n\n{TWO}\n"
        );
        assert_eq!(firsts(&text), ["Notes of the desk, June.", "Title: Weir", "Title: Ferry"]);
    }

    #[test]
    fn one_document_stays_one() {
        for (name, text) in [
            ("sections", format!("Weir to be mended\n1 June 2026\n\n{ONE}\n\n***\n\n{TWO}\n\n***\n\n{ONE}\n")),
            (
                "a mail handed on",
                format!(
                    "From: Jo\nSubject: Weir\nDate: 1 June 2026\n\n{ONE}\n\n-----\nFrom: Ada\nSubject: Ferry\nDate: 2 June 2026\n\n{TWO}\n"
                ),
            ),
            (
                "a foot of labels",
                format!(
                    "Title: Weir\nDate: 1 June 2026\n\n{ONE}\n\n-----\nAuthor: Jo Hartley\nURL: https://a.example/1\n"
                ),
            ),
            ("references", "Title: Weirs\nAuthor: Ada Quill\n\nTitle: Ferries\nAuthor: Jo Hartley\n".to_owned()),
            // An essay whose sections are dated, a list of the dead or of what is on.
            (
                "dates in sight",
                format!(
                    "Weir to be mended\nBy Jo Hartley\n1 June 2026\n\n{ONE}\n\n#####\n\nFerry sold\n2 June 2026\n\n{TWO}\n"
                ),
            ),
            (
                "boxes of books",
                format!("Title: Weir\nAuthor: Ada Quill\n\n{ONE}\n\n***\n\nTitle: Ferry\nAuthor: Bo Lund\n\n{TWO}\n"),
            ),
            (
                "code",
                format!(
                    "---\ntitle: Weir\ndate: 2026-06-01\n---\n{ONE}\n\n```\n---\ntitle: Ferry\ndate: 2026-06-02\n---\n{TWO}\n```\n"
                ),
            ),
            ("headings", format!("Weir\n=====\n\n{ONE}\n\nFerry\n=====\n\n{TWO}\n")),
            (
                "one title",
                format!("Title: Weir\nDate: 1 June 2026\n\n{ONE}\n\n-----\nTitle: Weir\nDate: 1 June 2026\n\n{TWO}\n"),
            ),
            (
                "an interview",
                format!(
                    "Title: Weir\nDate: 1 June 2026\n\nTime: what is it to you?\n\n{ONE}\n\nTime: and the ferry?\n\n{TWO}\n"
                ),
            ),
            ("a page of a scan", format!("Weir\n1 June 2026\n\n{ONE}\n\u{0C}Page 2\n\n{TWO}\n")),
        ] {
            assert!(firsts(&text).is_empty(), "{name}: {:?}", firsts(&text));
        }
    }
}
