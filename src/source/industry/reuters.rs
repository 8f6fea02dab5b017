//! Reuters-21578: SGML without a root, one `<REUTERS>` element a story (D. Lewis, distribution 1.0, README section VI).

use super::Wire;
use crate::model::{Field, Note, Payload, PayloadKind, Reason};
use crate::source::input::{Context, End, Flow, Input, Sink};
use crate::source::sniff::Head;
use crate::source::xml::entity;
use crate::source::xml::markup::collapse;
use crate::source::{Source, decode};

/// Reuters-21578.
pub struct Reuters;

impl Source for Reuters {
    fn name(&self) -> &'static str {
        "Reuters SGML"
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        head.root == "reuters" || head.doctype == "lewis"
    }

    fn read(&self, mut input: Input<'_>, context: Context<'_>, sink: &mut Sink<'_>) -> Flow {
        let most = context.options.max_document_bytes;
        let base = input.origin.clone();
        let (mut line, mut story, mut number) = (Vec::new(), Vec::new(), 0);
        loop {
            let more = match input.line(&mut line, most) {
                Ok(more) => more.is_some(),
                Err(error) => {
                    let reason = End::of(&error).reason();
                    return sink.reject(base.at(number + 1), reason, format!("the file breaks off: {error}"));
                }
            };
            if !more {
                break;
            }
            for piece in pieces(&line) {
                if piece.starts_with(b"<REUTERS") && !story.is_empty() {
                    number += 1;
                    one(std::mem::take(&mut story), base.at(number), &input, sink)?;
                }
                if piece.starts_with(b"<REUTERS") || !story.is_empty() {
                    story.extend_from_slice(piece);
                }
                if story.len() as u64 > most {
                    let detail = format!("a story of more than {most} bytes");
                    return sink.reject(base.at(number + 1), Reason::TooLarge, detail);
                }
                if piece.ends_with(END) && !story.is_empty() {
                    number += 1;
                    one(std::mem::take(&mut story), base.at(number), &input, sink)?;
                }
            }
        }
        if !story.is_empty() {
            number += 1;
            sink.reject(base.at(number), Reason::Truncated, "a story cut off before its end")?;
        }
        Flow::Continue(())
    }
}

/// What ends a story: a line of its own in the collection, anything where the file was put together anew.
const END: &[u8] = b"</REUTERS>";

/// A line, cut before each story and behind each end of one.
fn pieces(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    let ends = memchr::memmem::find_iter(line, END).map(|at| at + END.len());
    let begins = memchr::memmem::find_iter(line, b"<REUTERS");
    let mut cuts: Vec<usize> = ends.chain(begins).chain([0, line.len()]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let pairs: Vec<(usize, usize)> = cuts.windows(2).map(|pair| (pair[0], pair[1])).collect();
    pairs.into_iter().map(|(start, end)| &line[start..end])
}

fn one(raw: Vec<u8>, origin: crate::model::Origin, input: &Input<'_>, sink: &mut Sink<'_>) -> Flow {
    let text = decode::piece(&raw);
    let mut out = Wire::of(raw, origin);
    let head = &text[..text.find('>').unwrap_or(text.len())];
    let id = head.split("NEWID=\"").nth(1).and_then(|r| r.split('"').next()).unwrap_or("");
    out.say(Field::Guid, id, "reuters:NEWID");
    out.say(Field::Agency, "Reuters", "reuters");
    let date = line(&text, "DATE");
    // `26-FEB-1987 15:01:01.79`, hundredths of a second.
    let date = date.rsplit_once('.').filter(|(_, part)| part.len() <= 2).map_or(date.as_str(), |(time, _)| time);
    out.say(Field::Published, date, "reuters:DATE");
    out.say(Field::Title, &line(&text, "TITLE"), "reuters:TITLE");
    let author = line(&text, "AUTHOR");
    let author = author.strip_prefix("by ").or(author.strip_prefix("By ")).unwrap_or(&author);
    out.say(Field::Author, author.split(", Reuters").next().unwrap_or(author).trim_end_matches(','), "reuters:AUTHOR");
    for list in ["TOPICS", "PLACES", "PEOPLE", "ORGS", "EXCHANGES"] {
        for tag in inner(&text, list).unwrap_or("").split("<D>").skip(1) {
            let field = if list == "EXCHANGES" { Field::Ticker } else { Field::Tag };
            out.say(field, &entity::decode(tag.split("</D>").next().unwrap_or("")), &format!("reuters:{list}"));
        }
    }
    let dateline = line(&text, "DATELINE");
    let body = inner(&text, "BODY").map(paragraphs).unwrap_or_default();
    if !body.trim().is_empty() {
        let text = if dateline.is_empty() { body } else { format!("{dateline} {body}") };
        out.body(Some(Payload { kind: PayloadKind::PlainText, text }));
    } else if let Some(whole) = text.find("<TEXT TYPE=\"UNPROC\">").map(|at| &text[at + 20..]) {
        // The collection left these without title and body.
        let text = paragraphs(whole.split("</TEXT>").next().unwrap_or(whole));
        out.document.notes.push(Note("an unprocessed story: title and text are not told apart".to_owned()));
        out.body(Some(Payload { kind: PayloadKind::PlainText, text }).filter(|p| !p.text.trim().is_empty()));
    }
    out.send(&input.envelope, sink)
}

fn inner<'t>(text: &'t str, tag: &str) -> Option<&'t str> {
    let start = text.find(&format!("<{tag}>"))? + tag.len() + 2;
    let end = text[start..].find(&format!("</{tag}>"))? + start;
    Some(&text[start..end])
}

fn line(text: &str, tag: &str) -> String {
    collapse(&entity::decode(inner(text, tag).unwrap_or("")))
}

/// Indented lines begin paragraphs, the others continue them; tables (wide gaps) keep their lines.
fn paragraphs(body: &str) -> String {
    let decoded = entity::decode(body);
    let mut out = String::with_capacity(decoded.len());
    for line in decoded.lines() {
        let text: String = line.chars().filter(|c| !c.is_control()).collect();
        let trimmed = text.trim();
        if trimmed.is_empty() {
            continue;
        }
        // The signature at the end has a line of its own.
        let signed = trimmed.eq_ignore_ascii_case("reuter");
        if (text.starts_with("    ") || signed) && !out.is_empty() {
            out.push_str("\n\n");
        } else if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&collapse(trimmed));
    }
    out
}
