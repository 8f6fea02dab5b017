//! RIS, the exchange format of reference managers.

use super::Record;
use crate::model::{Document, Field, Note, Origin, Reason, is_permanent_name};
use crate::source::fields::quotation;
use crate::source::input::{Context, Flow, Input, Sink};
use crate::source::sniff::Head;
use crate::source::{Item, Source, decode};

/// RIS, the exchange format of reference managers.
pub struct Ris;

/// How many blanks stand before the dash in a record that begins with this line: `TY  - ` is the rule, one is met with.
fn blanks(line: &str) -> Option<usize> {
    let rest = line.strip_prefix("TY")?;
    let count = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    field(line, count).is_some().then_some(count)
}

/// A line that begins a field: its tag and what stands behind, with so many blanks before the dash. A line of the text
/// may begin with two capitals and a dash, too.
fn field(line: &str, blanks: usize) -> Option<(&str, &str)> {
    let tag = line.get(..2).filter(|tag| {
        let bytes = tag.as_bytes();
        bytes[0].is_ascii_uppercase() && (bytes[1].is_ascii_uppercase() || bytes[1].is_ascii_digit())
    })?;
    let rest = line[2..].trim_start_matches([' ', '\t']);
    let found = line.len() - 2 - rest.len();
    let value = rest.strip_prefix('-')?;
    let apart = value.trim_end().is_empty() || value.starts_with([' ', '\t']);
    ((1..=4).contains(&found) && found == blanks && apart).then_some((tag, value.trim()))
}

impl Source for Ris {
    fn name(&self) -> &'static str {
        "RIS"
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        if !head.root.is_empty() {
            return false;
        }
        // What comes first in a record, and at least one field behind it.
        let mut lines = head.lines(40).skip_while(|line| blanks(line).is_none());
        let blanks = lines.next().and_then(blanks);
        blanks.is_some_and(|blanks| lines.take(6).any(|line| field(line, blanks).is_some()))
    }

    fn read(&self, mut input: Input<'_>, context: Context<'_>, sink: &mut Sink<'_>) -> Flow {
        let (raw, cut) = match input.all("a RIS file", context, sink) {
            Ok(read) => read,
            Err(flow) => return flow,
        };
        let decoded = decode::decode(&raw, input.envelope.charset.as_deref(), None);
        drop(raw);
        let text = decoded.text;
        let note = decoded.note.map(Note);
        let mut number = 0;
        let mut send = |record: &str, end: End, sink: &mut Sink<'_>| {
            number += 1;
            let (mut made, telling) = read(record, input.origin.at(number), end);
            made.notes.extend(note.clone());
            if telling {
                return sink.document(made, &input.envelope);
            }
            let detail = "a RIS record without title, text or address".to_owned();
            let (origin, claims) = (made.origin, made.claims);
            sink.send(Item::Rejected(crate::model::Rejection { origin, reason: Reason::NoText, detail, claims }))
        };
        let (mut start, mut at, mut width) = (None, 0, 2);
        for line in text.split_inclusive('\n') {
            if let Some(count) = blanks(line) {
                width = count;
                // The record before has no end of its own.
                if let Some(from) = start.replace(at) {
                    send(&text[from..at], End::Missing, sink)?;
                }
            } else if matches!(field(line, width), Some(("ER", _)))
                && let Some(from) = start.take()
            {
                send(&text[from..at + line.len()], End::Whole, sink)?;
            }
            at += line.len();
        }
        let open = start.is_some();
        if let Some(from) = start {
            send(&text[from..], End::Cut, sink)?;
        }
        let place = input.origin.at(number + 1);
        match cut {
            Some(why) => sink.reject(place, Reason::Truncated, format!("the file breaks off: {why}")),
            None if open => {
                sink.reject(place, Reason::Truncated, "the file ends within a record, without its end (`ER  - `)")
            }
            None => Flow::Continue(()),
        }
    }
}

/// How a record ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// With `ER`.
    Whole,
    /// With the next record.
    Missing,
    /// With the file.
    Cut,
}

/// A record as a document, and whether there is anything in it.
fn read(record: &str, origin: Origin, end: End) -> (Document, bool) {
    let mut out = Record::new(record, origin);
    let mut fields: Vec<(&str, Vec<&str>)> = Vec::new();
    let width = record.lines().next().and_then(blanks).unwrap_or(2);
    for line in record.lines() {
        match field(line, width) {
            Some((tag, value)) => fields.push((tag, vec![value])),
            // A value that goes on over lines.
            None => fields.last_mut().into_iter().for_each(|(_, lines)| lines.push(line.trim())),
        }
    }
    // What may be the text: notes, abstract.
    let mut texts: Vec<(&str, String)> = Vec::new();
    for (tag, lines) in &fields {
        let tag = *tag;
        let field = match tag {
            "TI" | "T1" | "CT" => Field::Title,
            "AU" | "A1" => Field::Author,
            "DA" | "PY" | "Y1" => Field::Published,
            "T2" | "JO" | "JF" | "JA" => Field::Source,
            "UR" | "L1" | "LK" => Field::Url,
            "ID" | "AN" => Field::Guid,
            "LA" => Field::Language,
            "KW" => Field::Tag,
            "SE" => Field::Section,
            "PB" => Field::OriginalPublisher,
            // Where our own lists have an address that leads nowhere.
            "C2" if lines.first().is_some_and(|name| is_permanent_name(name)) => Field::Canonical,
            "N1" | "N2" | "AB" => {
                let text = text(lines);
                if tag == "N1" && note(&text, &mut out) {
                    continue;
                }
                // A list of our own cites a passage of the article.
                let cited = quotation(&text).filter(|_| tag == "N1" && text.contains(", SHA-256 ")).map(str::to_owned);
                if cited.is_some() {
                    out.say(Field::Truncated, "true", "ris:N1");
                }
                let text = cited.unwrap_or(text);
                let bare =
                    ["Full text:", "Full Text:", "Full text -"].iter().find_map(|label| text.strip_prefix(label));
                let tag = if bare.is_some() { "full text" } else { tag };
                let text = bare.unwrap_or(&text).trim().to_owned();
                match texts.iter_mut().find(|(known, _)| *known == tag) {
                    Some((_, whole)) => {
                        whole.push_str("\n\n");
                        whole.push_str(&text);
                    }
                    None => texts.push((tag, text)),
                }
                continue;
            }
            _ => continue,
        };
        let rank = usize::from(matches!(tag, "PY" | "Y1" | "JA" | "L1" | "LK"));
        let value = lines.iter().filter(|line| !line.is_empty()).copied().collect::<Vec<_>>().join(" ");
        out.say_ranked(rank, field, value.trim_end_matches('/'), &format!("ris:{tag}"));
    }
    take_text(texts, &mut out);
    match end {
        End::Whole => {}
        End::Missing => out.made.notes.push(Note("a record without its end (`ER  - `)".to_owned())),
        End::Cut => out.say(Field::Truncated, "true", "source:cut"),
    }
    let telling = !out.body.is_empty() || out.says(Field::Title) || out.says(Field::Url);
    (out.finish(), telling)
}

/// Whether a note is a field and no text: `Copyright - …`, `Last updated - 2026-07-01`.
fn note(text: &str, out: &mut Record) -> bool {
    if text.starts_with("Copyright") && text.len() < 200 {
        out.say(Field::RightsNotice, text.trim_start_matches("Copyright - "), "ris:N1");
        return true;
    }
    let Some((label, value)) = text.split_once(" - ").filter(|_| !text.contains('\n') && text.len() < 300) else {
        return false;
    };
    if label == "SubjectsTermNotLitGenreText" {
        value.split(';').for_each(|tag| out.say(Field::Tag, tag, "ris:N1"));
        return true;
    }
    const FIELDS: &[&str] = &[
        "Last updated",
        "Name",
        "Document feature",
        "Number of references",
        "Author affiliation",
        "Pages",
        "Credit",
        "Date created",
        "Date revised",
        "Database",
    ];
    FIELDS.contains(&label)
}

/// The lines of a value; a blank line parts paragraphs, and where there is none each line is one.
fn text(lines: &[&str]) -> String {
    let parted = lines.iter().rev().skip_while(|line| line.is_empty()).any(|line| line.is_empty());
    let text = if parted { super::parts::join(lines.iter().copied()) } else { lines.join("\n\n") };
    text.trim().to_owned()
}

/// The longest is the text, the others are summaries of it or go before it: nothing is lost, nothing comes twice. Beside
/// an abstract, a note is a reader's own remark unless it is much longer.
fn take_text(mut texts: Vec<(&str, String)>, out: &mut Record) {
    texts.retain(|(_, text)| !text.is_empty());
    let told = texts.iter().filter(|(tag, _)| *tag != "N1").map(|(_, text)| text.len()).max().unwrap_or(0);
    texts.retain(|(tag, text)| *tag != "N1" || told == 0 || text.len() > 2 * told + 300);
    // Of equals, what is not called an abstract.
    texts.sort_by_key(|(tag, text)| (std::cmp::Reverse(text.len()), *tag == "AB"));
    let mut rest = texts.into_iter();
    let Some((tag, body)) = rest.next() else { return };
    if tag == "AB" {
        out.say(Field::Truncated, "true", "ris:AB");
    }
    let mut before = Vec::new();
    for (tag, text) in rest {
        if tag == "AB" {
            out.say(Field::Summary, &text, "ris:AB");
        } else if !body.contains(&text) {
            before.push(text);
        }
    }
    before.push(body);
    out.body = before.join("\n\n");
}
