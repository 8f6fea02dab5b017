//! Mail: single messages and mbox files. An alert that lists links (Google Alerts) is a list.

use mail_parser::{MessageParser, MimeHeaders};

use super::input::{Context, End, Flow, Input, Sink, claim, document};
use super::json::content;
use super::sniff::Head;
use super::xml::{Rules, Tree};
use super::{Item, Link, Links, Source};
use crate::model::{AddressKind, Field, MediaType, Origin, Payload, PayloadKind, Reason};

/// Mail.
pub struct Mail;

/// Header fields of which a message has at least two in its first lines.
const HEADERS: &[&str] = &[
    "received:",
    "return-path:",
    "delivered-to:",
    "message-id:",
    "mime-version:",
    "from:",
    "to:",
    "subject:",
    "date:",
    "content-type:",
    "x-",
    "list-id:",
    "reply-to:",
    "sender:",
    "dkim-signature:",
    "content-transfer-encoding:",
];

impl Source for Mail {
    fn name(&self) -> &'static str {
        "mail"
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        let mbox = head.text.starts_with("From ");
        let header = head.lines(80).skip(usize::from(mbox)).take_while(|l| !l.trim().is_empty());
        let (mut known, mut subject, mut sure) = (0, false, false);
        for line in header {
            let lower = line.to_ascii_lowercase();
            if line.starts_with([' ', '\t']) {
                continue;
            }
            let Some((name, _)) = lower.split_once(':') else { return false };
            if name.contains(' ') {
                return false;
            }
            known += usize::from(HEADERS.iter().any(|h| lower.starts_with(h)));
            subject |= name == "subject" || name == "from";
            sure |= matches!(name, "received" | "message-id" | "mime-version" | "return-path" | "delivered-to");
        }
        known >= 2 && subject && (sure || mbox)
    }

    fn read(&self, mut input: Input<'_>, context: Context<'_>, sink: &mut Sink<'_>) -> Flow {
        let mbox = input.peek(5).starts_with(b"From ");
        if !mbox {
            let (raw, _) = match input.all("a message", context, sink) {
                Ok(read) => read,
                Err(flow) => return flow,
            };
            return message(raw, input.origin.clone(), &input, sink);
        }
        let most = context.options.max_document_bytes;
        let base = input.origin.clone();
        let (mut line, mut raw, mut number, mut blank) = (Vec::new(), Vec::new(), 0, true);
        loop {
            let more = match input.line(&mut line, most) {
                Ok(more) => more.is_some(),
                Err(error) => {
                    let reason = End::of(&error).reason();
                    return sink.reject(base.at(number + 1), reason, format!("the mailbox breaks off: {error}"));
                }
            };
            if !more || blank && line.starts_with(b"From ") {
                if !raw.is_empty() {
                    number += 1;
                    message(std::mem::take(&mut raw), base.at(number), &input, sink)?;
                }
                if !more {
                    return Flow::Continue(());
                }
                blank = false;
                continue;
            }
            blank = line.trim_ascii().is_empty();
            // mboxrd puts a `>` before lines that look like its separator.
            let quoted = line.iter().take_while(|b| **b == b'>').count();
            let line = if quoted > 0 && line[quoted..].starts_with(b"From ") { &line[1..] } else { &line[..] };
            if (raw.len() + line.len()) as u64 <= most {
                raw.extend_from_slice(line);
            }
        }
    }
}

fn message(raw: Vec<u8>, origin: Origin, input: &Input<'_>, sink: &mut Sink<'_>) -> Flow {
    let Some(mail) = MessageParser::default().parse(&raw) else {
        return sink.reject(origin, Reason::Damaged, "not a mail message");
    };
    let mut claims = Vec::new();
    claim(&mut claims, Field::Title, mail.subject().unwrap_or(""), "mail:Subject");
    let date = mail.header_raw("Date").unwrap_or("");
    claim(&mut claims, Field::Published, date, "mail:Date");
    claim(&mut claims, Field::Guid, mail.message_id().unwrap_or(""), "mail:Message-ID");
    let sender = mail.from().and_then(|f| f.first());
    let address = sender.and_then(|s| s.address()).unwrap_or("").to_owned();
    // Who sends a newsletter is its outlet; who wrote it stands in its text.
    let name = sender.and_then(|s| s.name()).unwrap_or(&address);
    claim(&mut claims, Field::Source, name, "mail:From");
    if let Some(host) = address.rsplit('@').next().filter(|h| h.contains('.')) {
        claim(&mut claims, Field::SiteName, host, "mail:From");
    }
    let html = mail.html_bodies().find(|p| p.content_type().is_none_or(|t| t.subtype() != Some("plain")));
    let html = html.and_then(|p| p.text_contents()).map(str::to_owned);
    let plain = mail.body_text(0).map(|t| t.into_owned());
    if address.starts_with("googlealerts-noreply")
        && let Some(html) = &html
    {
        let links = alert(html);
        if !links.is_empty() {
            return sink.send(Item::Links(Links { origin, kind: "google alert".to_owned(), links }));
        }
    }
    let payload = match (html, plain) {
        (Some(html), _) if !html.trim().is_empty() => Some(content(html, true)),
        (_, Some(text)) if !text.trim().is_empty() => Some(Payload { kind: PayloadKind::PlainText, text }),
        _ => None,
    };
    drop(mail);
    let mut made = document(origin, MediaType::Mail, raw, "mail");
    made.payload = payload;
    made.claims.extend(claims);
    sink.document(made, &input.envelope)
}

/// The articles an alert points to: Google puts their address into a parameter of its own.
fn alert(html: &str) -> Vec<Link> {
    let tree =
        Tree::parse(html, &Rules { siblings: &[], leaves: &[], empty: &["br", "img", "hr", "meta", "input", "link"] });
    let mut out: Vec<Link> = Vec::new();
    for id in tree.find_all(0, "a") {
        let Some(url) = tree.attribute(id, "href").and_then(|h| url::Url::parse(h).ok()) else { continue };
        let target = url.query_pairs().find(|(key, _)| key == "url" || key == "q").map(|(_, v)| v.into_owned());
        let google = url.host_str().is_some_and(|h| h.ends_with("google.com")) && url.path() == "/url";
        let title = tree.line(id);
        let Some(url) = target.filter(|t| google && t.starts_with("http")) else { continue };
        if !title.is_empty() && !out.iter().any(|l| l.url == url) {
            out.push(Link { url, title, kind: AddressKind::Page, ..Link::default() });
        }
    }
    out
}
