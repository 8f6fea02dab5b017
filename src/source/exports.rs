//! Exports of press databases that hold many documents in one file: Nexis, Factiva and ProQuest as text, RIS.

use super::fields::sorted;
use super::input::{Context, Flow, Input, Sink, document, payload};
use super::sniff::Head;
use super::{Source, decode};
use crate::model::{Claim, Document, Field, MediaType, Origin, PayloadKind, Reason};

/// Text exports of Nexis, Factiva and ProQuest.
pub struct Exports;

/// RIS, the exchange format of reference managers.
pub struct Ris;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// `1 of 250 DOCUMENTS` before each, or `End of Document` after each.
    Nexis,
    /// `Document ALDP000020140303ea33` after each.
    Factiva,
    /// Lines of underscores between, fields as `Title: …`.
    ProQuest,
}

fn is_count(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let number = |w: &str| w.bytes().all(|b| b.is_ascii_digit()) && !w.is_empty();
    match words[..] {
        [a, "of", b, last] => number(a) && number(b) && matches!(last, "DOCUMENTS" | "DOCUMENT" | "RESULTS"),
        ["Document", a, "of", b] => number(a) && number(b),
        _ => false,
    }
}

fn is_factiva_end(line: &str) -> bool {
    let id = line.trim().strip_prefix("Document ").unwrap_or("");
    id.len() >= 20 && id.bytes().all(|b| b.is_ascii_alphanumeric()) && id.bytes().any(|b| b.is_ascii_digit())
}

fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 30 && line.bytes().all(|b| b == b'_')
}

fn shape(text: &str) -> Option<Shape> {
    let mut rules = 0;
    let mut titled = false;
    for line in text.lines() {
        let plain = line.trim();
        if is_count(plain) || plain == "End of Document" {
            return Some(if rules > 0 { Shape::ProQuest } else { Shape::Nexis });
        }
        if is_factiva_end(line) {
            return Some(Shape::Factiva);
        }
        rules += usize::from(is_rule(line));
        titled |= plain.starts_with("Publication title:") || plain.starts_with("ProQuest document ID:");
        if rules > 0 && titled {
            return Some(Shape::ProQuest);
        }
    }
    None
}

impl Source for Exports {
    fn name(&self) -> &'static str {
        "an export of a press database"
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        head.root.is_empty() && shape(&head.text).is_some()
    }

    fn read(&self, mut input: Input<'_>, context: Context<'_>, sink: &mut Sink<'_>) -> Flow {
        let (raw, cut) = match input.all("an export", context, sink) {
            Ok(read) => read,
            Err(flow) => return flow,
        };
        let text = decode::decode(&raw, input.envelope.charset.as_deref(), None).text;
        let Some(shape) = shape(&text) else {
            return sink.reject(input.origin, Reason::UnknownFormat, "an export in which no document was found");
        };
        let mut number = 0;
        for piece in pieces(&text, shape) {
            let made = read_one(piece, shape, input.origin.at(number + 1));
            // A table of contents or a cover has neither fields nor a body.
            if made.payload.is_none() || made.claims.len() < 3 {
                continue;
            }
            number += 1;
            sink.document(made, &input.envelope)?;
        }
        match cut {
            Some(why) => {
                sink.reject(input.origin.at(number + 1), Reason::Truncated, format!("the export breaks off: {why}"))
            }
            None if number == 0 => sink.reject(input.origin, Reason::Empty, "an export without a document"),
            None => Flow::Continue(()),
        }
    }
}

/// The documents of an export.
fn pieces(text: &str, shape: Shape) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut start, mut at) = (0, 0);
    for line in text.split_inclusive('\n') {
        let plain = line.trim();
        let (before, after) = match shape {
            Shape::Nexis => (is_count(plain), plain == "End of Document"),
            Shape::Factiva => (false, is_factiva_end(line)),
            Shape::ProQuest => (is_rule(line), false),
        };
        if before {
            out.push(&text[start..at]);
            start = at + line.len();
        }
        at += line.len();
        if after {
            out.push(&text[start..at]);
            start = at;
        }
    }
    out.push(&text[start..]);
    out.into_iter().filter(|p| !p.trim().is_empty()).collect()
}

/// Labels of fields in these exports, and what they mean.
const LABELS: &[(&str, Option<Field>)] = &[
    ("title", Some(Field::Title)),
    ("headline", Some(Field::Title)),
    ("hd", Some(Field::Title)),
    ("byline", Some(Field::Author)),
    ("author", Some(Field::Author)),
    ("by", Some(Field::Author)),
    ("publication title", Some(Field::Source)),
    ("sn", Some(Field::Source)),
    ("publication", Some(Field::Source)),
    ("publication date", Some(Field::Published)),
    ("pd", Some(Field::Published)),
    ("date", Some(Field::Published)),
    ("load-date", Some(Field::Updated)),
    ("section", Some(Field::Section)),
    ("se", Some(Field::Section)),
    ("language", Some(Field::Language)),
    ("la", Some(Field::Language)),
    ("language of publication", Some(Field::Language)),
    ("copyright", Some(Field::RightsNotice)),
    ("cy", Some(Field::RightsNotice)),
    ("proquest document id", Some(Field::Guid)),
    ("an", Some(Field::Guid)),
    ("document url", Some(Field::Url)),
    ("subject", Some(Field::Tag)),
    ("dateline", Some(Field::DatelinePlace)),
    ("abstract", Some(Field::Summary)),
    ("links", None),
    ("length", None),
    ("word count", None),
    ("wc", None),
    ("publication-type", None),
    ("sc", None),
    ("document type", None),
    ("place of publication", None),
    ("country of publication", None),
    ("publication year", None),
    ("issn", None),
    ("source type", None),
    ("last updated", None),
    ("database", None),
    ("publisher", None),
    ("first page", None),
    ("pages", None),
    ("pub", None),
    ("graphic", None),
    ("ed", None),
    ("pg", None),
    ("ns", None),
    ("re", None),
    ("co", None),
    ("in", None),
    ("ipc", None),
    ("ipd", None),
    ("location", None),
    ("people", None),
    ("company / organization", None),
    ("credit", None),
    ("identifier / keyword", None),
    ("journal-code", None),
    ("classification", None),
    ("publication subject", None),
];

/// A labelled line: its field, if it is one we keep, and its value.
fn labelled(line: &str, shape: Shape) -> Option<(Option<Field>, &str)> {
    let (label, value) =
        if shape == Shape::Factiva && line.len() > 2 && line.is_char_boundary(2) && line[2..].starts_with(' ') {
            line.split_at(2)
        } else {
            line.split_once(':')?
        };
    let label = label.trim().to_lowercase();
    let field = LABELS.iter().find(|(known, _)| *known == label)?;
    // Two-letter codes are Factiva's.
    (label.len() > 2 || shape == Shape::Factiva).then_some((field.1, value.trim()))
}

fn read_one(piece: &str, shape: Shape, origin: Origin) -> Document {
    let mut made = document(origin, MediaType::Text, piece.as_bytes().to_vec(), "export");
    let mut claims: Vec<(usize, Claim)> = Vec::new();
    let mut body: Vec<&str> = Vec::new();
    let mut head: Vec<&str> = Vec::new();
    let (mut in_body, mut ended) = (false, false);
    let mut say = |field: Field, value: &str, found: &str| {
        if !claims.iter().any(|(_, c)| c.field == field && c.value == value.trim()) {
            claims.extend(Claim::new(field, value, format!("export:{found}")).map(|c| (0, c)));
        }
    };
    let mut last: Option<Field> = None;
    for line in piece.lines() {
        let plain = line.trim();
        if plain == "End of Document" {
            break;
        }
        if is_factiva_end(line) {
            say(Field::Guid, plain.trim_start_matches("Document "), "Document");
            break;
        }
        let lower = plain.to_lowercase();
        let starts_body = lower.starts_with("full text:")
            || matches!(lower.as_str(), "body" | "body:" | "full text")
            || shape == Shape::Factiva && (line.starts_with("LP ") || line.starts_with("TD "));
        if starts_body {
            in_body = true;
            let rest = plain.split_once(':').map_or("", |(_, r)| r).trim();
            let rest = if line.starts_with("LP ") || line.starts_with("TD ") { plain[2..].trim() } else { rest };
            body.push(rest);
            continue;
        }
        if let Some((field, value)) =
            labelled(plain, shape).filter(|_| !in_body || shape != Shape::Factiva || line.len() > 2)
        {
            if let Some(field) = field {
                for value in value.split(';').filter(|_| field == Field::Tag) {
                    say(field, value, "Subject");
                }
                if field != Field::Tag {
                    say(field, value, plain.split([':', ' ']).next().unwrap_or(""));
                }
            }
            last = field;
            // In Nexis and ProQuest the body lies between labels: what follows the last label before it.
            ended = in_body && body.iter().any(|l| !l.trim().is_empty()) && !matches!(shape, Shape::Nexis);
            in_body |= matches!(lower.split(':').next(), Some("length"));
            continue;
        }
        if lower.starts_with("copyright ") || lower.starts_with("(c) ") || lower == "all rights reserved" {
            say(Field::RightsNotice, plain, "Copyright");
            continue;
        }
        match (in_body, ended, plain.is_empty()) {
            (true, false, _) => body.push(plain),
            (_, _, true) => last = None,
            // A long value goes on.
            (false, _, false) if last == Some(Field::Title) => {}
            (false, _, false) => head.push(plain),
            _ => {}
        }
    }
    // What stands above without label: outlet, date and title in Nexis; title, writer, words, date, outlet in Factiva.
    unlabelled(&head, &mut body, shape, &mut say);
    made.payload = payload(PayloadKind::PlainText, join(&body));
    made.claims.extend(sorted(claims));
    made
}

fn is_date(line: &str) -> bool {
    const MONTHS: &[&str] = &[
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let lower = line.to_lowercase();
    let year =
        line.split(|c: char| !c.is_ascii_digit()).any(|n| n.len() == 4 && (n.starts_with("19") || n.starts_with("20")));
    line.len() < 60 && year && MONTHS.iter().any(|m| lower.contains(m))
}

fn unlabelled<'t>(head: &[&'t str], body: &mut Vec<&'t str>, shape: Shape, say: &mut impl FnMut(Field, &str, &str)) {
    let words = head.iter().position(|l| {
        l.to_lowercase().trim_end_matches(" words").bytes().all(|b| b.is_ascii_digit() || b == b',')
            && l.contains("words")
    });
    let date = head.iter().position(|l| is_date(l));
    match shape {
        Shape::Factiva => {
            let Some(words) = words else {
                if body.is_empty() {
                    body.extend(head);
                }
                return;
            };
            say(Field::Title, head.first().unwrap_or(&""), "first line");
            for by in head[1.min(words)..words].iter().filter(|l| l.to_lowercase().starts_with("by ")) {
                say(Field::Author, by, "byline");
            }
            if let Some(date) = date.filter(|d| *d > words) {
                say(Field::Published, head[date], "date");
                let outlet = head.get(date + 1).filter(|l| !l.contains(':')).or(head.get(date + 2));
                say(Field::Source, outlet.unwrap_or(&""), "outlet");
            }
            // Outlet, its code, language and rights follow the date; then the text.
            let from = date.map_or(words + 1, |d| d + 2);
            let rest = head[from.min(head.len())..].iter();
            let codes = |l: &&&str| {
                l.len() <= 8 && l.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
                    || matches!(**l, "English" | "German" | "French" | "Spanish" | "Italian" | "Portuguese" | "Dutch")
            };
            body.extend(rest.skip_while(codes));
        }
        Shape::Nexis => {
            let Some(date) = date else { return };
            say(Field::Published, head[date], "date");
            if date > 0 {
                // Nexis Uni gives the title first, the old Nexis gives it after the date.
                let (title, outlet) =
                    if date >= 2 { (Some(&head[0]), &head[date - 1]) } else { (head.get(date + 1), &head[0]) };
                say(Field::Source, outlet, "outlet");
                let edition = |l: &&&str| l.to_lowercase().ends_with("edition");
                let title = title.filter(|l| !edition(l)).or(head.get(date + 2));
                say(Field::Title, title.unwrap_or(&""), "headline");
            }
        }
        Shape::ProQuest => {}
    }
}

fn join(lines: &[&str]) -> String {
    let mut out = String::new();
    for line in lines {
        let line = line.trim();
        if line.is_empty() {
            if !out.is_empty() && !out.ends_with("\n\n") {
                out.push_str("\n\n");
            }
        } else {
            if !out.is_empty() && !out.ends_with('\n') {
                out.push('\n');
            }
            out.push_str(line);
        }
    }
    out.trim_end().to_owned()
}

impl Source for Ris {
    fn name(&self) -> &'static str {
        "RIS"
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        head.lines(20).any(|l| l.starts_with("TY  - ")) && head.root.is_empty()
    }

    fn read(&self, mut input: Input<'_>, context: Context<'_>, sink: &mut Sink<'_>) -> Flow {
        let (raw, _) = match input.all("a RIS file", context, sink) {
            Ok(read) => read,
            Err(flow) => return flow,
        };
        let text = decode::decode(&raw, input.envelope.charset.as_deref(), None).text;
        let (mut number, mut start) = (0, None);
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            if line.starts_with("TY  - ") {
                start = Some(at);
            }
            at += line.len();
            if line.trim_end().starts_with("ER  -")
                && let Some(from) = start.take()
            {
                number += 1;
                sink.document(ris(&text[from..at], input.origin.at(number)), &input.envelope)?;
            }
        }
        match start {
            Some(_) => {
                sink.reject(input.origin.at(number + 1), Reason::Truncated, "a record without its end (`ER  - `)")
            }
            None => Flow::Continue(()),
        }
    }
}

fn ris(record: &str, origin: Origin) -> Document {
    let mut made = document(origin, MediaType::Record, record.as_bytes().to_vec(), "export");
    let mut claims: Vec<(usize, Claim)> = Vec::new();
    let (mut text, mut summary) = (String::new(), String::new());
    let mut tag = "";
    for line in record.lines() {
        let value = match line.get(..6.min(line.len())).filter(|t| t.ends_with("  - ") || t.ends_with("  -")) {
            Some(head) => {
                tag = head.get(..2).unwrap_or("");
                line.get(6..).unwrap_or("").trim()
            }
            // A value that goes on over lines.
            None => line.trim(),
        };
        let field = match tag {
            "TI" | "T1" => Field::Title,
            "AU" | "A1" => Field::Author,
            "DA" | "PY" | "Y1" => Field::Published,
            "T2" | "JO" | "JF" | "JA" => Field::Source,
            "UR" | "L1" => Field::Url,
            "ID" | "AN" => Field::Guid,
            "LA" => Field::Language,
            "KW" => Field::Tag,
            "SE" => Field::Section,
            "PB" => Field::OriginalPublisher,
            "N1" | "N2" | "AB" => {
                let into = if tag == "AB" { &mut summary } else { &mut text };
                if !into.is_empty() {
                    into.push_str("\n\n");
                }
                into.push_str(value);
                continue;
            }
            _ => continue,
        };
        let rank = usize::from(matches!(tag, "PY" | "Y1" | "JA"));
        claims.extend(Claim::new(field, value.trim_end_matches('/'), format!("ris:{tag}")).map(|c| (rank, c)));
    }
    if text.len() < summary.len() {
        std::mem::swap(&mut text, &mut summary);
        claims.extend(Claim::new(Field::Truncated, "true", "ris:AB").map(|c| (0, c)));
    } else {
        claims.extend(Claim::new(Field::Summary, &summary, "ris:AB").map(|c| (0, c)));
    }
    made.payload = payload(PayloadKind::PlainText, text);
    made.claims.extend(sorted(claims));
    made
}
