//! One message to its document, and what is attached to it to whatever it is.

use std::io::Cursor;
use std::ops::ControlFlow;

use jiff::Timestamp;
use mail_parser::{ContentType, Encoding, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::alert;
use super::body::{self, Body};
use super::{ends, forwarded, header, words};
use crate::model::{Document, Field, MediaType, Note, Origin, PayloadKind, Reason};
use crate::source::container::too_deep;
use crate::source::input::{Context, Envelope, Flow, Input, Passed, Sink, claim, document, payload};
use crate::source::xml::markup;
use crate::source::{Item, Link, Links, decode, read};

/// What the messages of a file have in common.
pub struct Reader<'a> {
    pub context: Context<'a>,
    pub envelope: &'a Envelope,
    /// Parts that are no text: pictures, signatures, invitations.
    pub passed: Passed,
    /// Messages around those that are read.
    pub within: usize,
}

/// Messages in one another that are read.
const MOST_MESSAGES: usize = 24;

impl Reader<'_> {
    /// Reads the message `raw`; `cut` says why it is not all there.
    pub fn message(&mut self, raw: Vec<u8>, cut: Option<String>, origin: Origin, sink: &mut Sink<'_>) -> Flow {
        let parsed = in_utf8(&raw);
        // Blank lines above a header would end it.
        let bytes = parsed.as_deref().unwrap_or(&raw);
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
        let Some(mail) = MessageParser::default().parse(bytes) else {
            return sink.reject(origin, Reason::Damaged, "not a mail message");
        };
        let ended = ends::ended(&mail, bytes);
        let (mail, bytes) = match ended.as_deref() {
            Some(ended) => match MessageParser::default().parse(ended) {
                Some(mail) => (mail, ended),
                None => (mail, bytes),
            },
            None => (mail, bytes),
        };
        if let Some(what) = header::no_article(&mail) {
            return sink.reject(origin, Reason::NotAnArticle, what);
        }
        let body = Body::of(&mail, bytes);
        let whole = ended.is_some() && cut.is_none() && body.is_whole();
        let cut = cut.map(|why| (why, "source:cut")).or_else(|| {
            let coded = |part: &MessagePart<'_>| part.content_transfer_encoding().is_some() && part.is_text();
            let broken = || mail.parts.iter().any(|part| part.is_encoding_problem && coded(part));
            match ended.is_some() && !whole {
                true => Some(("its last part has no end".to_owned(), "mail:no end")),
                false => {
                    (!whole && broken()).then(|| ("a part is not in the encoding it names".to_owned(), "mail:encoding"))
                }
            }
        });
        if let Some((made, parts)) = saved_page(&mail, bytes, &origin) {
            (0..parts).for_each(|_| self.passed.count("part of a saved page"));
            return self.send(Document { raw, ..made }, cut, sink);
        }
        if let Some(links) = google_alert(&mail, &body) {
            return sink.send(Item::Links(Links { origin, kind: "google alert".to_owned(), links }));
        }
        let mut made = document(origin.clone(), MediaType::Mail, Vec::new(), "mail");
        made.payload = body.payload(ended.is_some() && !whole);
        if let Some(payload) = made.payload.as_mut().filter(|payload| payload.kind == PayloadKind::PlainText) {
            // Handed on twice, a message is quoted twice.
            for _ in 0..8 {
                let Some(text) = forwarded::unquoted(mail.subject().unwrap_or(""), &payload.text) else { break };
                payload.text = text;
            }
        }
        if whole {
            made.notes.push(Note("the last part of the message has no end, and its page has one".to_owned()));
        }
        made.claims.extend(header::claims(&mail, made.payload.as_ref()));
        let inner = made.payload.as_ref().and_then(|text| forwarded::inner(mail.subject().unwrap_or(""), text));
        if let Some(above) = inner.map(|inner| inner.above).filter(|above| *above > forwarded::MOST_REMARK) {
            let said =
                format!("a text of {above} words stands above the message that was handed on: both were kept as one");
            made.notes.push(Note(said));
        }
        let attached = attached(&mail);
        if attached.is_empty() {
            made.raw = raw;
            return self.send(made, cut, sink);
        }
        if made.payload.is_none() {
            // A message that is nothing but another one has no text to miss.
            if !is_message(&mail) {
                self.passed.count("mail without a text of its own");
            }
        } else {
            made.raw.clone_from(&raw);
            self.send(made, cut, sink)?;
        }
        let mut names: Vec<String> = Vec::new();
        for (part, number) in attached.into_iter().zip(1..) {
            let own = part.attachment_name().map(markup::collapse).filter(|name| !name.is_empty());
            // A place names one thing: names may be given twice, and a message of a thousand parts is no list of names.
            let name = own.filter(|name| names.len() < 1000 && !names.contains(name));
            let name = name.unwrap_or_else(|| format!("part {number}"));
            names.push(name.clone());
            self.part(part, name, &origin, bytes, sink)?;
        }
        ControlFlow::Continue(())
    }

    fn send(&self, mut made: Document, cut: Option<(String, &str)>, sink: &mut Sink<'_>) -> Flow {
        if let Some((why, found)) = cut {
            made.notes.push(Note(format!("the message breaks off: {why}")));
            claim(&mut made.claims, Field::Truncated, "true", found);
        }
        sink.document(made, self.envelope)
    }

    /// Reads an attachment, which may be a message, a page, a container.
    fn part(&mut self, part: &MessagePart<'_>, name: String, mail: &Origin, raw: &[u8], sink: &mut Sink<'_>) -> Flow {
        let kind = part.content_type().map_or("text/plain".to_owned(), media_type);
        let mut origin = mail.clone();
        if mail.number > 1 {
            origin.members.push(mail.number.to_string());
        }
        origin.members.push(name);
        (origin.number, origin.offset) = (1, None);
        if let PartType::Message(inner) = &part.body {
            let (start, end) = (part.offset_body as usize, part.offset_end as usize);
            let own = raw.get(start..end).filter(|own| part.encoding == Encoding::None && !own.is_empty());
            let inner = own.unwrap_or(&inner.raw_message).trim_ascii_start();
            // Nothing grows when it is taken out, so that there may be more of them than of other containers; but each
            // stands in memory as long as those inside it are read.
            let within = self.within + 1;
            if within > MOST_MESSAGES || (inner.len() * within) as u64 > self.context.options.max_document_bytes {
                let detail = format!("more than {} messages in one another, or too long for so many", within - 1);
                return sink.reject(origin, Reason::TooLarge, detail);
            }
            let inner = inner.to_vec();
            let passed = std::mem::take(&mut self.passed);
            let mut reader = Reader { context: self.context, envelope: self.envelope, passed, within };
            let flow = reader.message(inner, None, origin, sink);
            self.passed = reader.passed;
            return flow;
        }
        let bytes = body::bytes(part, raw);
        if is_no_text(&kind) || bytes.iter().all(u8::is_ascii_whitespace) {
            self.passed.count(kind);
            return ControlFlow::Continue(());
        }
        // What a mail program or a list puts under every message.
        let words = matches!(part.body, PartType::Text(_)).then(|| body::text(part, raw)).flatten();
        if words.is_some_and(|words| kind == "text/plain" && markup::weight_of_words(&words) < 60) {
            self.passed.count("text of a few words");
            return ControlFlow::Continue(());
        }
        if too_deep(&origin, self.context, sink)? {
            return ControlFlow::Continue(());
        }
        let charset = part.content_type().and_then(|k| k.attribute("charset")).map(str::to_owned);
        let mut envelope = Envelope { charset, media_type: Some(kind.clone()), ..self.envelope.clone() };
        envelope.url = None;
        let context = Context { depth: self.context.depth + 1, ..self.context };
        let passed = &mut self.passed;
        let mut each = |item: Item| match item {
            Item::Rejected(refused) if matches!(refused.reason, Reason::UnknownFormat | Reason::Empty) => {
                passed.count(kind.clone());
                ControlFlow::Continue(())
            }
            other => sink.send(other),
        };
        read(Input::new(origin, Cursor::new(bytes)).with(envelope), context, &mut Sink::new(&mut each))
    }
}

/// The message with its header in UTF-8, if it is in something else: a header should be ASCII, and is not always.
fn in_utf8(raw: &[u8]) -> Option<Vec<u8>> {
    let ends = [&b"\r\n\r\n"[..], b"\n\n"].into_iter().filter_map(|blank| memchr::memmem::find(raw, blank));
    let (head, body) = raw.split_at(ends.min().unwrap_or(raw.len()));
    let read = match std::str::from_utf8(head) {
        Ok(head) => words::joined(head)?,
        Err(_) => {
            let head = decode::piece(head);
            words::joined(&head).unwrap_or(head)
        }
    };
    Some([read.as_bytes(), body].concat())
}

/// The links of a message that Google Alerts sent.
fn google_alert(mail: &Message<'_>, body: &Body) -> Option<Vec<Link>> {
    let sender = mail.from().and_then(|from| from.first()).and_then(|sender| sender.address());
    sender.filter(|address| address.starts_with("googlealerts-noreply"))?;
    let links = body.html.as_deref().map(alert::html).filter(|links| !links.is_empty());
    Some(links.unwrap_or_else(|| alert::plain(&body.plain))).filter(|links| !links.is_empty())
}

fn media_type(kind: &ContentType<'_>) -> String {
    format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or("plain")).to_lowercase()
}

/// Parts that are no other form of the body and are not shown in it.
fn attached<'m>(mail: &'m Message<'_>) -> Vec<&'m MessagePart<'m>> {
    let shown = |id: &u32| mail.html_body.contains(id) || mail.text_body.contains(id);
    let parts = mail.attachments.iter().filter(|id| !shown(id) && (**id != 0 || is_message(mail)));
    parts.filter_map(|id| mail.parts.get(*id as usize)).collect()
}

/// Whether a message is nothing but another one.
fn is_message(mail: &Message<'_>) -> bool {
    matches!(mail.parts.first().map(|part| &part.body), Some(PartType::Message(_)))
}

/// Attachments that hold no text to be read by themselves.
fn is_no_text(kind: &str) -> bool {
    let (top, sub) = kind.split_once('/').unwrap_or((kind, ""));
    matches!(top, "image" | "audio" | "video" | "font" | "model" | "message")
        || matches!(
            sub,
            "pgp-signature"
                | "pgp-keys"
                | "pkcs7-signature"
                | "x-pkcs7-signature"
                | "pgp-encrypted"
                | "calendar"
                | "ics"
                | "vcard"
                | "x-vcard"
                | "x-amp-html"
                | "watch-html"
                | "css"
                | "rfc822-headers"
                | "javascript"
                | "ms-tnef"
        )
}

/// A page that a browser saved in one file (MHTML), and how many other parts it has.
fn saved_page(mail: &Message<'_>, raw: &[u8], origin: &Origin) -> Option<(Document, usize)> {
    let header = |name: &str| mail.header_raw(name).map(markup::collapse).filter(|value| !value.is_empty());
    let snapshot = header("Snapshot-Content-Location");
    let saved = header("From").is_none_or(|from| from.to_lowercase().contains("saved by"));
    let related = mail.content_type().is_some_and(|k| k.ctype() == "multipart" && k.subtype() == Some("related"))
        || matches!(mail.parts.first().map(|part| &part.body), Some(PartType::Html(_)));
    if snapshot.is_none() && !(saved && related) {
        return None;
    }
    let pages = || mail.parts.iter().filter(|part| matches!(part.body, PartType::Html(_)));
    let at_snapshot =
        |part: &&MessagePart<'_>| part.content_location().is_some_and(|at| Some(at) == snapshot.as_deref());
    let page = pages().find(at_snapshot).or_else(|| pages().next())?;
    let web = |at: &String| at.starts_with("http://") || at.starts_with("https://");
    let location = page.content_location().or_else(|| mail.content_location()).map(markup::collapse);
    let url = snapshot.map(|at| (at, "mhtml:Snapshot-Content-Location"));
    let url = url.or(location.map(|at| (at, "mhtml:Content-Location"))).filter(|(at, _)| web(at));
    if url.is_none() && header("From").is_none() {
        return None;
    }
    let mut made = document(origin.clone(), MediaType::Page, Vec::new(), "page");
    if let Some((url, found)) = &url {
        claim(&mut made.claims, Field::Url, url, found);
    }
    // When a browser saved it is when it was got.
    if let Some(date) = header("Date") {
        claim(&mut made.claims, Field::Fetched, &date, "mhtml:Date");
        made.fetched = mail.date().and_then(|date| Timestamp::from_second(date.to_timestamp()).ok());
    }
    let charset = page.content_type().and_then(|kind| kind.attribute("charset"));
    let decoded = decode::html(&body::bytes(page, raw), charset);
    made.notes.extend(decoded.note.map(Note));
    made.payload = payload(PayloadKind::HtmlPage, decoded.text);
    let others = mail.parts.iter().filter(|part| !matches!(part.body, PartType::Multipart(_))).count();
    Some((made, others.saturating_sub(1)))
}
