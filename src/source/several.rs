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
    let drawn = MARKS.iter().filter_map(|mark| Some(framed(text, parted(text, *mark, markdown)?, options)));
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
        // The head of a text is repeated on each of its pages.
        let again =
            own.is_some_and(|own| at > from && heads[at - 1].as_ref().is_some_and(|before| own.is_same(before)));
        match out.last_mut() {
            Some(last) if own.is_none() || again => {
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

/// What stands above a text.
struct Head<'t> {
    /// Where it ends.
    end: usize,
    /// The label that it begins with.
    label: &'t str,
    title: &'t str,
    date: &'t str,
    url: &'t str,
}

impl Head<'_> {
    fn is_titled(&self) -> bool {
        !self.title.is_empty()
    }

    /// Whether it tells a day of a month or an address.
    fn is_placed(&self) -> bool {
        let numbers = self.date.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).count();
        !self.url.is_empty() || numbers >= 2
    }

    /// Whether both are of one form, as heads are that one hand wrote.
    fn is_like(&self, other: &Head<'_>) -> bool {
        self.label.eq_ignore_ascii_case(other.label) && self.is_titled() == other.is_titled()
    }

    /// Whether both are heads of one document. `Weather` of today and `Weather` of tomorrow are not.
    fn is_same(&self, other: &Head<'_>) -> bool {
        self.is_titled() && (self.title, self.date, self.url) == (other.title, other.date, other.url)
    }
}

/// A head of labelled fields: a headline, a day, an address or a name, two of these at the least.
fn head<'t>(text: &'t str, options: &Options) -> Option<Head<'t>> {
    let mut fields: Vec<Field> = Vec::new();
    let mut head = Head { end: 0, label: "", title: "", date: "", url: "" };
    let mut at = 0;
    for line in text.split_inclusive('\n').take(60) {
        at += line.len();
        let plain = line.trim();
        let goes_on = line.starts_with([' ', '\t']) || plain.starts_with("- ");
        if plain.is_empty() || plain == "---" {
            continue;
        }
        if goes_on && !fields.is_empty() {
            head.end = at;
            continue;
        }
        match label(line, options) {
            Some((Role::Claim(field), value)) => {
                let slot = match field {
                    Field::Title => Some(&mut head.title),
                    Field::Published => Some(&mut head.date),
                    Field::Url => Some(&mut head.url),
                    _ => None,
                };
                if let Some(slot) = slot.filter(|slot| slot.is_empty()) {
                    *slot = value;
                }
                if fields.is_empty() {
                    head.label = plain.split(':').next().unwrap_or("").trim();
                }
                if !fields.contains(&field) {
                    fields.push(field);
                }
                head.end = at;
            }
            // The text begins on the line of its label.
            Some((Role::Body | Role::Html | Role::Summary, value)) if !fields.is_empty() => {
                head.end = at - line.len() + line.find(value).unwrap_or(0);
                break;
            }
            Some(_) => head.end = at,
            None => break,
        }
    }
    let own = |field: &Field| matches!(field, Field::Title | Field::Published | Field::Url | Field::Author);
    // A box with a title and an author may be that of a book reviewed.
    let placed = fields.iter().any(|field| matches!(field, Field::Published | Field::Url));
    (placed && fields.iter().filter(|field| own(field)).count() >= 2).then_some(head)
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
        if again && at > from && head(&text[at..], options).is_some() {
            out.push(start..at);
            start = at;
        }
        blank = line.trim().is_empty();
        at += line.len();
    }
    out.push(start..at);
    (out.len() > 1).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first lines of the documents found.
    fn firsts(text: &str) -> Vec<&str> {
        parts(text).into_iter().map(|part| text[part.range].trim().lines().next().unwrap_or("")).collect()
    }

    fn parts(text: &str) -> Vec<Part> {
        match documents(text, text.starts_with("---"), &Options::default()) {
            Found::Several(parts) => parts,
            Found::One(_) => Vec::new(),
        }
    }

    fn is_doubted(text: &str) -> bool {
        matches!(documents(text, false, &Options::default()), Found::One(Some(_)))
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
            let found: Vec<Range<usize>> = parts(&text).into_iter().map(|part| part.range).collect();
            assert_eq!(found.len(), 2, "{name}: {:?}", firsts(&text));
            assert!(text[found[0].clone()].contains(ONE) && text[found[1].clone()].contains(TWO), "{name}");
        }
        let text = format!(
            "Notes of the desk, June.\n\n---\nTitle: Weir\nDate: 1 June 2026\n\n{ONE}\n---\nTitle: Ferry\nDate: 2 June 2026\n\n{TWO}\n"
        );
        assert_eq!(firsts(&text), ["Notes of the desk, June.", "Title: Weir", "Title: Ferry"]);
    }

    /// A note with a head, `day` of June.
    fn note(title: &str, day: u8, text: &str) -> String {
        format!("Title: {title}\nDate: {day} June 2026\n\n{text}\n\n")
    }

    #[test]
    fn one_headline_of_two_days_is_two_documents() {
        for line in ["-----\n", ""] {
            let text = note("Weather", 1, ONE) + line + &note("Weather", 2, TWO) + line + &note("Ferry", 2, TWO);
            assert_eq!(parts(&text).len(), 3, "{text}");
        }
        // The head that stands on each page of a text, with other documents around it.
        let text = note("Weir", 1, ONE) + "-----\n" + &note("Weir", 1, TWO) + "-----\n" + &note("Ferry", 2, TWO);
        let found = parts(&text);
        assert_eq!(firsts(&text), ["Title: Weir", "Title: Ferry"]);
        assert!(text[found[0].range.clone()].contains(TWO), "both pages are one document");
    }

    #[test]
    fn what_has_no_head_goes_with_what_stands_before_it() {
        let bare = format!("{TWO}\n\n");
        let text =
            note("Weir", 1, ONE) + "***\n" + &bare + "***\n" + &note("Ferry", 2, TWO) + "***\n" + &note("Fair", 3, ONE);
        let found = parts(&text);
        assert_eq!(firsts(&text), ["Title: Weir", "Title: Ferry", "Title: Fair"]);
        assert_eq!(found.iter().map(|part| part.joined).collect::<Vec<_>>(), [true, false, false]);
        let covered: usize = found.iter().map(|part| text[part.range.clone()].matches(TWO).count()).sum();
        assert_eq!(covered, 2, "nothing is lost");
        // A note of a few words is one.
        let text = note("Weir", 1, ONE) + "***\n" + &note("Ferry", 2, "See above.") + "***\n" + &note("Fair", 3, ONE);
        assert_eq!(firsts(&text), ["Title: Weir", "Title: Ferry", "Title: Fair"]);
        // Labels at the foot of each.
        let foot = "-----\nAuthor: Jo Hartley\nURL: https://a.example/1\n";
        let text = note("Weir", 1, ONE) + foot + "-----\n" + &note("Ferry", 2, TWO) + foot;
        assert_eq!(firsts(&text), ["Title: Weir", "Title: Ferry"]);
        assert_eq!(text[parts(&text)[1].range.clone()].matches("URL").count(), 1);
        // Sections by far outnumber the heads, or the heads are not of one form: it is not told what this is.
        let sections = "***\n".to_owned() + &bare + "***\n" + &bare + "***\n";
        let text = note("Weir", 1, ONE) + &sections + &note("Ferry", 2, TWO) + &sections;
        assert!(is_doubted(&text), "{text}");
        let other = format!("Headline: Ferry\nDate: 2 June 2026\n\n{TWO}\n");
        let text = note("Weir", 1, ONE) + "***\n" + &bare + "***\n" + &other;
        assert!(is_doubted(&text), "{text}");
    }

    #[test]
    fn what_stands_above_the_first_head_is_a_preface() {
        let above = "Notes of the desk, June.\n\n";
        for line in ["-----\n", ""] {
            let text = above.to_owned() + &note("Weir", 1, ONE) + line + &note("Ferry", 2, TWO);
            let found = parts(&text);
            assert_eq!(firsts(&text), ["Notes of the desk, June.", "Title: Weir", "Title: Ferry"], "{text}");
            assert_eq!(found.iter().map(|part| part.preface).collect::<Vec<_>>(), [true, false, false]);
        }
        // A story with boxes in it.
        let text =
            "Two books on weirs\nBy Jo Hartley\n\n".to_owned() + &note("Weirs", 1, ONE) + &note("Ferries", 2, TWO);
        assert!(firsts(&text).is_empty(), "{:?}", firsts(&text));
        let text = format!("{ONE}\n\n{TWO}\n\n") + &note("Weirs", 1, ONE) + &note("Ferries", 2, TWO);
        assert!(firsts(&text).is_empty(), "{:?}", firsts(&text));
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
