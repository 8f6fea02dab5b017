//! Saved HTML pages.

use super::input::{Context, Flow, Input, Sink, claim, document, payload};
use super::sniff::Head;
use super::{Source, decode, saved};
use crate::model::{Field, MediaType, Note, PayloadKind};

/// An HTML page.
pub struct Page;

/// Elements that open pages whose `<html>` tag was left out.
const OPENERS: &[&str] = &[
    "html",
    "head",
    "body",
    "title",
    "meta",
    "link",
    "script",
    "style",
    "div",
    "p",
    "article",
    "section",
    "main",
    "header",
    "nav",
    "table",
    "center",
    "font",
    "h1",
    "h2",
    "h3",
    "span",
    "ul",
    "ol",
    "base",
    "noscript",
    "b",
    "i",
    "a",
    "img",
    "br",
    "hr",
    "form",
    "blockquote",
    "frameset",
    "iframe",
    "button",
    "svg",
    "aside",
    "footer",
    "strong",
    "em",
    "pre",
    "plaintext",
];

impl Source for Page {
    fn name(&self) -> &'static str {
        "an HTML page"
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        if head.doctype == "html" || OPENERS.contains(&head.root.as_str()) {
            return true;
        }
        // Junk or text may stand before the page.
        let start: String = head.text.chars().take(4096).collect::<String>().to_lowercase();
        start.contains("<html") || start.contains("<body") || start.contains("<!doctype html")
    }

    fn read(&self, mut input: Input<'_>, context: Context<'_>, sink: &mut Sink<'_>) -> Flow {
        let (raw, cut) = match input.all("a page", context, sink) {
            Ok(read) => read,
            Err(flow) => return flow,
        };
        let decoded = decode::html(&raw, input.envelope.charset.as_deref());
        let via = if input.envelope.archived { "archive" } else { "page" };
        let mut made = document(input.origin.clone(), MediaType::Page, raw, via);
        if let Some((url, found)) = &input.envelope.url {
            claim(&mut made.claims, Field::Url, url, found);
        }
        // In an archive the record itself says where its page is from.
        let saved = saved::mark(&decoded.text).filter(|_| input.envelope.url.is_none() && !input.envelope.archived);
        if let Some(saved) = saved {
            claim(&mut made.claims, Field::Url, &saved.url, saved.found);
            if let Some(at) = saved.at {
                claim(&mut made.claims, Field::Fetched, &at.to_string(), saved.found);
                made.fetched = Some(at);
            }
        }
        made.payload = payload(PayloadKind::HtmlPage, decoded.text);
        made.notes.extend(decoded.note.map(Note));
        if let Some(why) = cut {
            made.notes.push(Note(format!("the page breaks off: {why}")));
            claim(&mut made.claims, Field::Truncated, "true", "source:cut");
        }
        sink.document(made, &input.envelope)
    }
}
