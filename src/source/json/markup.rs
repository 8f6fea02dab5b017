//! Whether a text of a record is markup.

use crate::model::{Payload, PayloadKind};

/// A body with the kind it has: a whole page, a fragment, or plain text. `html` says that it is markup for sure.
pub fn content(text: String, html: bool) -> Payload {
    let kind = if looks_like_page(&text) {
        PayloadKind::HtmlPage
    } else if html || looks_like_markup(&text) {
        PayloadKind::HtmlFragment
    } else {
        PayloadKind::PlainText
    };
    Payload { kind, text }
}

/// Whether it is a whole page.
pub(super) fn looks_like_page(text: &str) -> bool {
    // Some pages open with a long style sheet.
    let head = lower_head(text, 64 << 10);
    let opens = ["<!doctype html", "<html", "<body", "<head>", "<head "].iter().any(|tag| head.contains(tag));
    opens || head.contains("<meta ") && (head.contains("<title") || head.contains("<link "))
}

/// Whether there are tags in it, and not only an angle bracket.
pub fn looks_like_markup(text: &str) -> bool {
    const TAGS: &[&str] = &[
        "<p>",
        "<p ",
        "</p>",
        "<br",
        "<div",
        "<a href",
        "<a ",
        "</a>",
        "<span",
        "<img",
        "<ul",
        "<li",
        "<h1",
        "<h2",
        "<h3",
        "<strong",
        "<em>",
        "<b>",
        "<i>",
        "<figure",
        "<table",
        "<blockquote",
        "<section",
        "<article",
        "<script",
        "<iframe",
    ];
    let head = lower_head(text, 64 * 1024);
    TAGS.iter().any(|tag| head.contains(tag))
}

/// The beginning of a text in lower case; nothing of one without angle brackets, as tags are looked for in it.
fn lower_head(text: &str, bytes: usize) -> String {
    if memchr::memchr(b'<', text.as_bytes()).is_none() {
        return String::new();
    }
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].to_ascii_lowercase()
}
