//! Web archives: WARC 0.17 to 1.1 and ARC 1.0.
//!
//! Records are read one after the other; only the block of one record is in memory. Only answers that can be text
//! become documents. Requests, redirects, images and the like are no refusals: they are counted and reported at the
//! end of the archive, one `Item::Skipped` for each kind.

mod arc;
mod http;
mod warc;

use std::io::{self, BufRead, Cursor};
use std::ops::ControlFlow;

pub use arc::Arc;
pub use warc::Warc;

use super::container::is_packed as is_container;
use super::input::{Context, Envelope, Flow, HEAD_BYTES, Input, Passed, Sink};
use super::{Item, read, sniff};
use crate::error::in_words;
use crate::model::{Claim, Field, MediaType, Note, Origin, Reason};

/// One captured answer.
struct Capture {
    origin: Origin,
    url: Option<(String, &'static str)>,
    fetched: Option<(String, &'static str)>,
    /// More claims and notes of the record.
    claims: Vec<Claim>,
    notes: Vec<Note>,
    /// What the record's own header says of its block, if that is not an HTTP message.
    media_type: Option<String>,
    /// Whether the block begins with an HTTP header.
    is_http: bool,
    /// Why the block is not all there, if so.
    cut: Option<String>,
    block: Vec<u8>,
}

/// Reads a captured answer as whatever it is. Where its block is cut off and nothing was refused for that, the rest of a
/// record of `length` bytes is refused behind what there is: a document takes a refusal of its place off the list.
fn capture(capture: Capture, length: u64, context: Context<'_>, passed: &mut Passed, sink: &mut Sink<'_>) -> Flow {
    let (place, had) = (capture.origin.clone(), capture.block.len());
    let missing = capture.cut.as_ref().map(|why| missing(length, had, why));
    let mut refused = false;
    let mut each = |item: Item| {
        refused |= matches!(&item, Item::Rejected(rejection) if rejection.origin == place);
        sink.send(item)
    };
    read_answer(capture, context, passed, &mut Sink::new(&mut each))?;
    match missing.filter(|_| !refused) {
        Some(detail) => sink.reject(place, Reason::Truncated, detail),
        None => ControlFlow::Continue(()),
    }
}

/// What is told of a record that is cut off.
fn missing(length: u64, had: usize, why: &str) -> String {
    format!("a record of {length} bytes of which {had} are there: {why}")
}

fn read_answer(mut capture: Capture, context: Context<'_>, passed: &mut Passed, sink: &mut Sink<'_>) -> Flow {
    let mut envelope = Envelope { archived: true, url: capture.url.take(), ..Envelope::default() };
    envelope.media_type = capture.media_type.take();
    envelope.claims = capture.claims;
    envelope.notes = capture.notes;
    if let Some((date, found)) = capture.fetched {
        envelope.fetched = http::instant(&date);
        envelope.claims.extend(Claim::new(Field::Fetched, &date, found));
    }
    let mut body = capture.block;
    if capture.is_http {
        let Some(message) = http::Message::of(&body) else {
            if capture.cut.is_some() {
                return sink.reject(capture.origin, Reason::Truncated, "a record cut off within its HTTP header");
            }
            passed.count("answers without an HTTP header");
            return ControlFlow::Continue(());
        };
        if !matches!(message.status, 200 | 203 | 206) {
            passed.count(format!("HTTP {}", message.status));
            return ControlFlow::Continue(());
        }
        envelope.charset = message.charset();
        envelope.media_type = message.media_type();
        envelope.claims.extend(message.claims());
        if unwanted(envelope.media_type.as_deref()) {
            passed.count(envelope.media_type.unwrap_or_default());
            return ControlFlow::Continue(());
        }
        let (payload, notes) = message.payload(&body, context.options);
        envelope.notes.extend(notes.into_iter().map(Note));
        body = payload;
        let kind = envelope.media_type.as_deref().unwrap_or("text/html");
        let marked = ["html", "xml", "json"].iter().any(|name| kind.contains(name));
        let readable = marked || kind.starts_with("text/");
        if readable && !body.is_empty() && sniff::magic(&body).is_none() && !http::reads_as_text(&body) {
            if let Some((packing, inner)) = http::unpack_unnamed(&body, context.options) {
                envelope.notes.push(Note(format!("packed as `{packing}`, which its header does not say")));
                body = inner;
            } else if let Some(kind) = envelope.media_type.as_ref().filter(|_| marked && !is_container(&body)) {
                // Servers call whatever they do not know plain text; a page they know.
                let cut = if capture.cut.is_some() { ", and cut off" } else { "" };
                let detail = format!("{} bytes that are said to be `{kind}` and are no text{cut}", body.len());
                return sink.reject(capture.origin, Reason::Damaged, detail);
            }
        }
    } else if unwanted(envelope.media_type.as_deref()) {
        passed.count(envelope.media_type.unwrap_or_default());
        return ControlFlow::Continue(());
    }
    if let Some(why) = capture.cut {
        envelope.notes.push(Note(format!("the record is not all there: {why}")));
        envelope.claims.extend(Claim::new(Field::Truncated, "true", "warc:cut"));
    }
    if body.iter().all(u8::is_ascii_whitespace) {
        passed.count("empty answers");
        return ControlFlow::Continue(());
    }
    if let Some((kind, _)) = sniff::magic(&body) {
        passed.count(kind);
        return ControlFlow::Continue(());
    }
    let robots = envelope.url.as_ref().is_some_and(|(url, _)| url.ends_with("/robots.txt"));
    if robots {
        passed.count("robots.txt");
        return ControlFlow::Continue(());
    }
    let mut origin = capture.origin;
    let record = origin.clone();
    if let Some((url, _)) = &envelope.url {
        origin.members.push(url.clone());
    }
    origin.number = 1;
    let input = Input::new(origin, Cursor::new(body)).with(envelope);
    let deeper = Context { depth: context.depth + 1, ..context };
    let mut each = |item: Item| match item {
        // A page is the record itself; entries of a captured feed keep the address of the feed as member.
        Item::Document(mut made) => {
            if made.media == MediaType::Record && made.payload.is_none() {
                passed.count("JSON without text");
                return ControlFlow::Continue(());
            }
            if matches!(made.media, MediaType::Page | MediaType::Text) {
                made.origin = record.clone();
            }
            sink.send(Item::Document(made))
        }
        Item::Rejected(rejection)
            if matches!(
                rejection.reason,
                Reason::UnknownFormat | Reason::Empty | Reason::Unsupported | Reason::ListOfLinks
            ) =>
        {
            passed.count(format!("no text: {}", rejection.reason.words()));
            ControlFlow::Continue(())
        }
        Item::Rejected(mut rejection) => {
            rejection.origin = record.clone();
            sink.send(Item::Rejected(rejection))
        }
        Item::Links(links) => {
            passed.count(links.kind);
            ControlFlow::Continue(())
        }
        other => sink.send(other),
    };
    read(input, deeper, &mut Sink::new(&mut each))
}

/// Media types that hold no article.
fn unwanted(media_type: Option<&str>) -> bool {
    let Some(kind) = media_type else { return false };
    let (top, sub) = kind.split_once('/').unwrap_or((kind, ""));
    matches!(top, "image" | "audio" | "video" | "font" | "model")
        || matches!(
            sub,
            "css"
                | "javascript"
                | "x-javascript"
                | "ecmascript"
                | "dns"
                | "pdf"
                | "x-shockwave-flash"
                | "x-font-woff"
                | "font-woff"
                | "font-woff2"
                | "x-font-ttf"
                | "vnd.ms-fontobject"
                | "wasm"
                | "x-protobuf"
        )
}

/// Passes over `count` bytes; returns how many there were.
fn discard(input: &mut Input<'_>, count: u64) -> io::Result<u64> {
    let mut left = count;
    while left > 0 {
        let chunk = input.fill_buf()?;
        if chunk.is_empty() {
            break;
        }
        let take = chunk.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        input.consume(take);
        left -= take as u64;
    }
    Ok(count - left)
}

/// Reads `count` bytes, or fewer where the stream ends or breaks, with the reason. Memory grows with what is there,
/// not with what was promised.
fn block(input: &mut Input<'_>, count: u64) -> (Vec<u8>, Option<String>) {
    let mut out = Vec::with_capacity(usize::try_from(count).unwrap_or(usize::MAX).min(HEAD_BYTES));
    while (out.len() as u64) < count {
        match input.fill_buf() {
            Ok([]) => return (out, Some("the file ends before".to_owned())),
            Ok(chunk) => {
                let take = chunk.len().min(usize::try_from(count - out.len() as u64).unwrap_or(usize::MAX));
                out.extend_from_slice(&chunk[..take]);
                input.consume(take);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return (out, Some(in_words(&error))),
        }
    }
    (out, None)
}
