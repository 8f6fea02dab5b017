//! What comes from documents, made fit for HTML.

use std::fmt::Write;

use super::super::terminal_safe;
use crate::model::{Mark, Span};

/// Text for an element or a quoted attribute: markup escaped, control characters and bidirectional overrides made
/// visible.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    push(&mut out, text);
    out
}

fn push(out: &mut String, text: &str) {
    for c in terminal_safe(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
}

/// The piece of `text` at `span`, its marks in `<mark>`.
pub(super) fn marked(text: &str, span: Span, marks: &[Mark]) -> String {
    let mut out = String::with_capacity(span.len() + 64);
    let mut at = span.start;
    for mark in marks.iter().map(|m| m.span).filter(|m| m.overlaps(span)) {
        let (start, end) = (mark.start.max(at), mark.end.min(span.end));
        push(&mut out, Span::new(at, start).of(text));
        out.push_str("<mark>");
        push(&mut out, Span::new(start, end).of(text));
        out.push_str("</mark>");
        at = end.max(at);
    }
    push(&mut out, Span::new(at, span.end).of(text));
    out
}

/// Whether text runs from right to left: by its first letter (UAX 9, rules P2 and P3).
pub(super) fn is_rtl(text: &str) -> bool {
    text.chars().find(|c| c.is_alphabetic()).is_some_and(|c| {
        matches!(c as u32, 0x590..=0x8FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFC | 0x10800..=0x10FFF | 0x1E800..=0x1EFFF)
    })
}

/// An address that may be a link: http or https, with nothing in it that could end an attribute or a Markdown link.
/// `None` for every other scheme.
pub(in super::super) fn address(url: &str) -> Option<String> {
    let url = url.trim();
    let (scheme, rest) = url.split_once("://")?;
    if !(scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")) || rest.is_empty() {
        return None;
    }
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        let unsafe_here = c.is_control()
            || c.is_whitespace()
            || "\"'<>`{}|\\^".contains(c)
            || terminal_safe(c.encode_utf8(&mut [0; 4])).contains('\u{fffd}');
        if unsafe_here {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                // Writing to a String cannot fail.
                let _ = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(c);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_through() {
        assert_eq!(escape("<script>&\"'"), "&lt;script&gt;&amp;&quot;&#39;");
        assert_eq!(escape("a\u{202e}b\u{1b}"), "a\u{fffd}b\u{241b}");
        for (url, expected) in [
            ("https://a.example/b?c=d&e=f", Some("https://a.example/b?c=d&e=f")),
            ("HTTP://a.example", Some("HTTP://a.example")),
            ("javascript:alert(1)", None),
            ("java\nscript://x", None),
            ("data:text/html,x", None),
            ("ftp://a.example", None),
            ("//a.example", None),
            ("https://", None),
            ("https://a.example/\" onclick=\"x", Some("https://a.example/%22%20onclick=%22x")),
        ] {
            assert_eq!(address(url).as_deref(), expected, "{url}");
        }
    }

    #[test]
    fn marks_stay_inside_their_piece() {
        let mark = |start, end| Mark { span: Span::new(start, end), leaf: 0, matched: None };
        let text = "one <two> three";
        let marks = [mark(0, 3), mark(5, 8), mark(10, 15)];
        assert_eq!(marked(text, Span::new(0, 9), &marks), "<mark>one</mark> &lt;<mark>two</mark>&gt;");
    }
}
