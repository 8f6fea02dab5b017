//! Plain text and Markdown: one document a file, or several where it plainly holds them.

use super::input::{Context, Envelope, Flow, Input, Sink, claim, document, payload};
use super::json::Gathered;
use super::sniff::Head;
use super::xml::markup;
use super::{Options, Source, decode, front, several};
use crate::model::{Field, MediaType, Note, Origin, PayloadKind, Reason};

/// Anything that reads as text.
pub struct Plain;

/// Whether a text is text: few control characters, few characters that could not be decoded.
pub(super) fn is_text(text: &str) -> bool {
    let (mut bad, mut all) = (0usize, 0usize);
    for c in text.chars().take(16 * 1024) {
        all += 1;
        let control = c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{0C}' | '\u{0B}' | '\u{1B}' | '\u{85}');
        bad += usize::from(control || matches!(c, '\u{FFFD}' | '\u{FFFE}' | '\u{FFFF}'));
    }
    all > 0 && bad * 20 <= all
}

/// Whether a text that begins with a bracket is XML and not about one: it is declared, its root names a namespace, or
/// the root's end tag is the last thing in it.
fn is_xml(head: &Head<'_>) -> bool {
    let tag = head.text.split('>').next().unwrap_or("");
    let end = format!("</{}>", head.root);
    head.text.starts_with("<?xml")
        || tag.contains(" xmlns")
        || head.whole && head.text.trim_end().to_lowercase().ends_with(&end)
}

impl Source for Plain {
    fn name(&self) -> &'static str {
        "plain text"
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        is_text(&head.text) && (head.root.is_empty() || !is_xml(head))
    }

    fn read(&self, mut input: Input<'_>, context: Context<'_>, sink: &mut Sink<'_>) -> Flow {
        let (raw, cut) = match input.all("a text", context, sink) {
            Ok(read) => read,
            Err(flow) => return flow,
        };
        let decoded = decode::decode(&raw, input.envelope.charset.as_deref(), None);
        let name = input.origin.members.last().unwrap_or(&input.origin.path).to_lowercase();
        let markdown = name.ends_with(".md") || name.ends_with(".markdown");
        let fenced = front::matter(&decoded.text).is_some();
        let parts = match several::documents(&decoded.text, markdown || fenced, context.options) {
            several::Found::One(doubt) => {
                let notes = decoded.note.into_iter().chain(doubt).collect();
                let one = Text { raw, text: decoded.text, notes, origin: input.origin, cut, markdown };
                return one.send(&input.envelope, context.options, sink);
            }
            several::Found::Several(parts) => parts,
        };
        drop(raw);
        for (number, part) in (1u64..).zip(parts) {
            let text = decoded.text[part.range.clone()].to_owned();
            let origin = input.origin.at(number);
            if part.preface {
                let detail = format!("a line above the documents of this file: `{}`", markup::collapse(&text));
                sink.reject(origin, Reason::NotAnArticle, detail)?;
                continue;
            }
            let joined = part.joined.then(|| WITHOUT_HEAD.to_owned());
            let one = Text {
                raw: text.clone().into_bytes(),
                text,
                notes: decoded.note.clone().into_iter().chain(joined).collect(),
                origin,
                cut: cut.clone().filter(|_| part.range.end == decoded.text.len()),
                markdown,
            };
            one.send(&input.envelope, context.options, sink)?;
        }
        Flow::Continue(())
    }
}

/// What is said of a document that took in what has no head of its own.
const WITHOUT_HEAD: &str =
    "a line is drawn in this text without a head behind it: what follows was kept with what stands before";

/// One document.
struct Text {
    raw: Vec<u8>,
    text: String,
    /// What had to be assumed.
    notes: Vec<String>,
    origin: Origin,
    /// Why it breaks off, if it does.
    cut: Option<String>,
    /// Whether its name says that it is Markdown.
    markdown: bool,
}

impl Text {
    fn send(self, envelope: &Envelope, options: &Options, sink: &mut Sink<'_>) -> Flow {
        let via = if envelope.archived { "archive" } else { "file" };
        let mut made = document(self.origin, MediaType::Text, self.raw, via);
        if let Some((url, found)) = &envelope.url {
            claim(&mut made.claims, Field::Url, url, found);
        }
        let front = front::matter(&self.text);
        let markdown = front.is_some() || self.markdown;
        let kind = if markdown { PayloadKind::Markdown } else { PayloadKind::PlainText };
        let draft = |(key, value): &(String, String)| key.eq_ignore_ascii_case("draft") && value.trim() == "true";
        if front.as_ref().is_some_and(|(fields, _)| fields.iter().any(draft)) {
            return sink.reject(made.origin, Reason::NotAnArticle, "`draft`: not published");
        }
        let body = match front {
            Some((fields, body)) => {
                let mut gathered = Gathered::default();
                for (key, value) in fields {
                    gathered.take(&key, &value, &format!("front:{key}"), options);
                }
                let told = gathered.finish(made.origin.clone(), Vec::new());
                made.claims.extend(
                    told.claims.into_iter().filter(|c| !matches!(c.field, Field::AcquiredVia | Field::Truncated)),
                );
                body.to_owned()
            }
            None => match self.text.split_once("\n@highlight") {
                // CNN and Daily Mail as researchers pass them on: the points of a story stand below it.
                Some((story, points)) if !story.trim().is_empty() => {
                    for point in points.split("@highlight") {
                        claim(&mut made.claims, Field::Summary, &markup::collapse(point), "text:@highlight");
                    }
                    story.to_owned()
                }
                _ => self.text,
            },
        };
        made.payload = payload(kind, body);
        made.notes.extend(self.notes.into_iter().map(Note));
        if let Some(why) = self.cut {
            made.notes.push(Note(format!("the text breaks off: {why}")));
            claim(&mut made.claims, Field::Truncated, "true", "source:cut");
        }
        sink.document(made, envelope)
    }
}
