//! Text and attribute values as the source means them: references resolved, line ends made one.

use std::borrow::Cow;

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// Where a reference stands, which decides how forgivingly it is read.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Place {
    /// Text between tags, where a null byte is left out.
    Text,
    /// Text of a title or a text area.
    Replaceable,
    /// An attribute's value: `?a=1&copy=2` is no reference there.
    Attribute,
}

/// `text` with its references resolved; the same text where there is nothing to do.
pub(super) fn resolve(text: &str, place: Place) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let Some(mut found) = memchr::memchr3(b'&', b'\r', b'\0', bytes) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    loop {
        out.push_str(&text[from..found]);
        from = found + 1;
        match bytes[found] {
            b'&' => from = found + reference(&text[found..], place, &mut out),
            b'\r' => line_end(bytes, found, &mut out),
            _ if place == Place::Text => {}
            _ => out.push('\u{FFFD}'),
        }
        match memchr::memchr3(b'&', b'\r', b'\0', &bytes[from..]) {
            Some(next) => found = from + next,
            None => break,
        }
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

/// `text` in which `&` has no meaning, as in scripts, with `null` in the place of null bytes.
pub(super) fn plain<'a>(text: &'a str, null: &str) -> Cow<'a, str> {
    let bytes = text.as_bytes();
    if memchr::memchr2(b'\r', b'\0', bytes).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for found in memchr::memchr2_iter(b'\r', b'\0', bytes) {
        out.push_str(&text[from..found]);
        from = found + 1;
        match bytes[found] {
            b'\r' => line_end(bytes, found, &mut out),
            _ => out.push_str(null),
        }
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

/// A carriage return is a line feed, unless one follows.
fn line_end(bytes: &[u8], at: usize, out: &mut String) {
    if bytes.get(at + 1) != Some(&b'\n') {
        out.push('\n');
    }
}

/// Writes what the reference at the start of `text` stands for and gives its length; what is none is written as it
/// stands, its `&` at least.
fn reference(text: &str, place: Place, out: &mut String) -> usize {
    // Nine of ten.
    for (written, meant) in
        [("&amp;", "&"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", "\u{a0}"), ("&lt;", "<"), ("&gt;", ">")]
    {
        if text.starts_with(written) {
            out.push_str(meant);
            return written.len();
        }
    }
    if text.as_bytes().get(1) == Some(&b'#') {
        return numeric(text, out);
    }
    let mut longest = None;
    for end in 2..=text.len() {
        // The table holds every beginning of a name too.
        let Some(&(first, second)) = text.get(1..end).and_then(|name| NAMED_ENTITIES.get(name)) else { break };
        if first != 0 {
            longest = Some((end, first, second));
        }
    }
    if let Some((end, first, second)) = longest {
        let next = text.as_bytes().get(end);
        let goes_on = next.is_some_and(|next| *next == b'=' || next.is_ascii_alphanumeric());
        if text.as_bytes()[end - 1] == b';' || place != Place::Attribute || !goes_on {
            out.extend(char::from_u32(first));
            out.extend(char::from_u32(second).filter(|_| second != 0));
            return end;
        }
    }
    out.push('&');
    1
}

/// The same for `&#`.
fn numeric(text: &str, out: &mut String) -> usize {
    let bytes = text.as_bytes();
    let (base, start) = if matches!(bytes.get(2), Some(b'x' | b'X')) { (16, 3) } else { (10, 2) };
    let (mut number, mut at) = (0u32, start);
    while let Some(digit) = bytes.get(at).and_then(|b| char::from(*b).to_digit(base)) {
        number = number.saturating_mul(base).saturating_add(digit);
        at += 1;
    }
    if at == start {
        out.push_str(&text[..start]);
        return start;
    }
    out.push(match number {
        0 => '\u{FFFD}',
        // What Windows has where Unicode has controls.
        0x80..=0x9F => {
            C1_REPLACEMENTS[(number - 0x80) as usize].or(char::from_u32(number)).unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        _ => char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER),
    });
    at + usize::from(bytes.get(at) == Some(&b';'))
}
