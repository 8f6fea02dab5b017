//! Exports of press databases that hold many documents in one file: Nexis, Factiva, ProQuest and NewsBank
//! as text, Europresse as HTML, RIS.
//!
//! Each document is a head of fields, the text, and (Nexis, ProQuest, Factiva with tags) a foot of fields. Where head
//! and foot end is told by where fields stand together, never by a word at the beginning of a line alone: `Location:
//! the town hall` may be the text's own.

mod europresse;
mod factiva;
mod newsbank;
mod nexis;
mod parts;
mod proquest;
mod ris;

pub use europresse::Europresse;
pub(super) use parts::is_date;
pub use ris::Ris;

use super::fields::sorted;
use super::input::{Context, Flow, Input, Sink, document, is_full, payload};
use super::sniff::Head;
use super::{Source, decode};
use crate::model::{Claim, Document, Field, MediaType, Note, Origin, PayloadKind, Reason};

/// Text exports of Nexis, Factiva, ProQuest and NewsBank.
pub struct Exports;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// `1 of 250 DOCUMENTS` before each, or `End of Document` after each.
    Nexis,
    /// `Document ALDP000020140303ea33` after each.
    Factiva,
    /// The same, each field behind its tag of two letters.
    FactivaTagged,
    /// Lines of underscores between, fields as `Title: …`.
    ProQuest,
    /// A headline over paper and day, labels of its own.
    NewsBank,
}

fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 30 && line.bytes().all(|b| b == b'_')
}

fn shape(text: &str) -> Option<Shape> {
    let (mut rules, mut titled, mut counted) = (0, false, false);
    let mut tags: Vec<&str> = Vec::new();
    for line in text.lines() {
        let plain = line.trim();
        if nexis::is_count(plain) || nexis::is_end(plain) {
            return Some(Shape::Nexis);
        }
        if factiva::end(line).is_some() {
            return Some(if factiva::are_fields(&tags) { Shape::FactivaTagged } else { Shape::Factiva });
        }
        counted |= nexis::is_short_count(plain);
        rules += usize::from(is_rule(line));
        titled |= proquest::LABELS_OF_ITS_OWN.iter().any(|label| plain.starts_with(label));
        if rules > 0 && titled {
            return Some(Shape::ProQuest);
        }
        if let Some((tag, _)) = factiva::tag(line)
            && !tags.contains(&tag)
        {
            tags.push(tag);
        }
    }
    if factiva::are_fields(&tags) {
        return Some(Shape::FactivaTagged);
    }
    if newsbank::labels(text) >= 2 {
        return Some(Shape::NewsBank);
    }
    (counted || nexis::is_single(text)).then_some(Shape::Nexis)
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
        let decoded = decode::decode(&raw, input.envelope.charset.as_deref(), None);
        drop(raw);
        let text = decoded.text;
        let Some(shape) = shape(&text) else {
            return sink.reject(input.origin, Reason::UnknownFormat, "an export in which no document was found");
        };
        let (mut number, mut at) = (0, 0);
        let mut found = pieces(&text, shape).into_iter().peekable();
        while let Some(piece) = found.next() {
            let last = found.peek().is_none();
            let mut record = Record::new(piece.text, input.origin.at(number + 1));
            match shape {
                Shape::Nexis => nexis::read(piece.text, &mut record),
                Shape::Factiva => factiva::read(piece.text, &mut record),
                Shape::FactivaTagged => factiva::read_tagged(piece.text, &mut record),
                Shape::ProQuest => proquest::read(piece.text, &mut record),
                Shape::NewsBank => newsbank::read(piece.text, &mut record),
            }
            // Tables of contents, covers and imprints have neither fields nor a text of their own.
            if !piece.framed && !record.is_telling() {
                at += 1;
                continue;
            }
            if last && cut.is_some() {
                record.say(Field::Truncated, "true", "source:cut");
            }
            let mut made = record.finish();
            made.notes.extend(decoded.note.clone().map(Note));
            number += 1;
            sink.document(made, &input.envelope)?;
        }
        match cut {
            Some(why) => {
                sink.reject(input.origin.at(number + 1), Reason::Truncated, format!("the export breaks off: {why}"))
            }
            None if number == 0 => {
                let detail = format!("an export without a document (pieces that are none: {at})");
                sink.reject(input.origin, Reason::Empty, detail)
            }
            None => Flow::Continue(()),
        }
    }
}

/// What may be a document.
struct Piece<'t> {
    text: &'t str,
    /// Whether the mark that belongs to a document stands before or behind it.
    framed: bool,
}

/// The documents of an export, and what stands around them.
fn pieces(text: &str, shape: Shape) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    if shape == Shape::NewsBank {
        let mut starts = newsbank::starts(text);
        starts.push(text.len());
        out.push(Piece { text: &text[..starts[0]], framed: false });
        out.extend(starts.windows(2).map(|pair| Piece { text: &text[pair[0]..pair[1]], framed: false }));
        out.retain(|piece| !piece.text.trim().is_empty());
        return out;
    }
    let (mut start, mut at, mut opened) = (0, 0, false);
    for line in text.split_inclusive('\n') {
        let plain = line.trim();
        let (before, after) = match shape {
            Shape::Nexis => (nexis::is_count(plain) || nexis::is_short_count(plain), nexis::is_end(plain)),
            Shape::Factiva | Shape::FactivaTagged => (false, factiva::end(line).is_some()),
            Shape::ProQuest => (is_rule(line), false),
            Shape::NewsBank => (false, false),
        };
        if before {
            out.push(Piece { text: &text[start..at], framed: opened });
            start = at + line.len();
            // A rule stands between all that ProQuest writes, covers too.
            opened = shape == Shape::Nexis;
        }
        at += line.len();
        if after {
            out.push(Piece { text: &text[start..at], framed: true });
            (start, opened) = (at, false);
        }
    }
    out.push(Piece { text: &text[start..], framed: opened });
    out.retain(|piece| !piece.text.trim().is_empty());
    if shape == Shape::ProQuest {
        join_heads(text, &mut out);
    }
    out
}

/// Puts a title between two rules and the fields below the second one together.
fn join_heads<'t>(text: &'t str, pieces: &mut Vec<Piece<'t>>) {
    let place = |piece: &str| piece.as_ptr() as usize - text.as_ptr() as usize;
    let mut at = 0;
    while at + 1 < pieces.len() {
        if proquest::is_head(pieces[at].text) && proquest::is_headless(pieces[at + 1].text) {
            let next = pieces.remove(at + 1);
            let (start, end) = (place(pieces[at].text), place(next.text) + next.text.len());
            pieces[at].text = &text[start..end];
        }
        at += 1;
    }
}

/// A document on its way.
struct Record {
    made: Document,
    claims: Vec<(usize, Claim)>,
    body: String,
}

impl Record {
    fn new(piece: &str, origin: Origin) -> Self {
        let made = document(origin, MediaType::Text, piece.as_bytes().to_vec(), "export");
        Self { made, claims: Vec::new(), body: String::new() }
    }

    fn say(&mut self, field: Field, value: &str, found: &str) {
        self.say_ranked(0, field, value, found);
    }

    /// The same; within a field lower ranks come first.
    fn say_ranked(&mut self, rank: usize, field: Field, value: &str, found: &str) {
        let value = value.trim();
        if !is_full(self.claims.len(), field) && !self.claims.iter().any(|(_, c)| c.field == field && c.value == value)
        {
            let found = if found.contains(':') { found.to_owned() } else { format!("export:{found}") };
            self.claims.extend(Claim::new(field, value, found).map(|c| (rank, c)));
        }
    }

    /// Says what a labelled line says; a list of subjects is cut at its semicolons.
    fn say_label(&mut self, field: Field, value: &str, label: &str) {
        if field == Field::Tag {
            value.split(';').for_each(|tag| self.say(field, tag, label));
        } else {
            self.say(field, value, label);
        }
    }

    fn says(&self, field: Field) -> bool {
        self.claims.iter().any(|(_, c)| c.field == field)
    }

    /// Whether there is a text and what says that it is an article's.
    fn is_telling(&self) -> bool {
        let told = self.claims.iter().filter(|(_, c)| c.field != Field::Truncated).count();
        !self.body.trim().is_empty() && told >= 2
    }

    fn finish(mut self) -> Document {
        self.made.payload = payload(PayloadKind::PlainText, self.body);
        self.made.claims.extend(sorted(self.claims));
        self.made
    }
}
