//! Character and entity references, as XML has them and as feeds write them.

use std::collections::HashMap;

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// The entities a document declares for itself, and what is left of the bound on expanding them.
#[derive(Debug, Default)]
pub struct Entities {
    declared: HashMap<String, String>,
    /// Names of external entities, which are never read.
    pub external: Vec<String>,
    left: std::cell::Cell<usize>,
    /// Whether an expansion was refused.
    pub refused: std::cell::Cell<bool>,
}

/// All expansions of a document together may give so many bytes.
const MOST_EXPANDED: usize = 1 << 20;
/// Entities within entities.
const MOST_NESTED: usize = 8;

impl Entities {
    /// Reads the internal subset of a document type declaration.
    pub fn declare(&mut self, subset: &str) {
        self.left.set(MOST_EXPANDED);
        let mut rest = subset;
        while let Some(at) = rest.find("<!ENTITY") {
            rest = rest[at + 8..].trim_start();
            // A parameter entity serves declarations, not text.
            let parameter = rest.starts_with('%');
            rest = rest.trim_start_matches('%').trim_start();
            let end = rest.find(|c: char| c.is_whitespace()).unwrap_or(rest.len());
            let name = &rest[..end];
            rest = rest[end..].trim_start();
            let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
                if rest.starts_with("SYSTEM") || rest.starts_with("PUBLIC") {
                    self.external.push(name.to_owned());
                }
                continue;
            };
            let Some(end) = rest[1..].find(quote) else { break };
            if !parameter && self.declared.len() < 10_000 {
                self.declared.entry(name.to_owned()).or_insert_with(|| rest[1..=end].to_owned());
            }
            rest = &rest[end + 2..];
        }
    }

    /// Replaces the references in `text`: the document's own, XML's and HTML's. What is no reference stays.
    pub fn decode(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        self.expand(text, &mut out, 0);
        out
    }

    /// The same, behind what stands in `out`.
    pub fn decode_into(&self, text: &str, out: &mut String) {
        out.reserve(text.len());
        self.expand(text, out, 0);
    }

    fn expand(&self, text: &str, out: &mut String, nested: usize) {
        let mut rest = text;
        while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            if let Some(length) = own_reference(rest)
                && let Some(value) = self.declared.get(&rest[1..length - 1])
            {
                if nested < MOST_NESTED && value.len() <= self.left.get() {
                    self.left.set(self.left.get() - value.len());
                    self.expand(value, out, nested + 1);
                } else {
                    self.refused.set(true);
                }
                rest = &rest[length..];
                continue;
            }
            rest = &rest[reference(rest, out)..];
        }
        out.push_str(rest);
    }
}

/// The length of `&name;` at the start of `text`.
fn own_reference(text: &str) -> Option<usize> {
    let end = text.as_bytes().iter().take(64).position(|&b| b == b';')?;
    let name = &text[1..end];
    let good = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':'));
    good.then_some(end + 1)
}

/// Replaces HTML's references in `text`.
pub fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        rest = &rest[reference(rest, &mut out)..];
    }
    out.push_str(rest);
    out
}

/// Puts what the reference at the start of `text` stands for into `out` and returns its length; a `&` that begins
/// none stands for itself.
fn reference(text: &str, out: &mut String) -> usize {
    let bytes = text.as_bytes();
    if bytes.get(1) == Some(&b'#') {
        let (digits_at, radix) = if matches!(bytes.get(2), Some(b'x' | b'X')) { (3, 16) } else { (2, 10) };
        let digits: usize = bytes[digits_at..].iter().take(10).take_while(|b| (**b as char).is_digit(radix)).count();
        if digits > 0 {
            let number = u32::from_str_radix(&text[digits_at..digits_at + digits], radix).unwrap_or(0xFFFD);
            let end = digits_at + digits;
            out.extend(character(number));
            return end + usize::from(bytes.get(end) == Some(&b';'));
        }
    } else if bytes.get(1).is_some_and(u8::is_ascii_alphabetic) {
        let length = bytes[1..].iter().take(40).take_while(|b| b.is_ascii_alphanumeric()).count();
        let closed = bytes.get(1 + length) == Some(&b';');
        let name = &text[1..1 + length + usize::from(closed)];
        // Without a semicolon only the names HTML allows so, and not where a parameter of an address goes on.
        let known = NAMED_ENTITIES.get(name).filter(|(first, _)| *first != 0);
        let open_ok = closed || bytes.get(1 + length) != Some(&b'=');
        if let Some((first, second)) = known.filter(|_| open_ok) {
            out.extend([*first, *second].iter().filter(|c| **c != 0).filter_map(|c| char::from_u32(*c)));
            return 1 + name.len();
        }
    }
    out.push('&');
    1
}

/// The character of a numeric reference: windows-1252 for the C1 range, nothing for control characters.
fn character(number: u32) -> Option<char> {
    match number {
        0 | 0xD800..=0xDFFF => Some('\u{FFFD}'),
        0x80..=0x9F => C1_REPLACEMENTS[(number - 0x80) as usize].or_else(|| char::from_u32(number)),
        1..=8 | 11 | 12 | 14..=31 | 127 => None,
        _ => Some(char::from_u32(number).unwrap_or('\u{FFFD}')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_of_every_kind() {
        for (text, expected) in [
            ("a &amp; b &lt;c&gt;", "a & b <c>"),
            ("tsch&uuml;ss &rsquo;s &nbsp;x", "tschüss ’s \u{A0}x"),
            ("AT&T, Q&A; R&D", "AT&T, Q&A; R&D"),
            ("?a=1&copy=2&lt=3", "?a=1&copy=2&lt=3"),
            ("&#8217;&#x2019;&#146;&#39", "’’’'"),
            ("&#xD800;&#0;&#7;&#99999999999;", "\u{FFFD}\u{FFFD}\u{FFFD}9;"),
            ("&unknown; &", "&unknown; &"),
            ("&eacute clair", "é clair"),
        ] {
            assert_eq!(decode(text), expected, "{text}");
        }
    }

    #[test]
    fn own_entities_are_expanded_within_a_bound_and_external_ones_never() {
        let mut entities = Entities::default();
        entities.declare(
            r#"<!ENTITY who "the &town; clerk"><!ENTITY town 'Aldmoor'><!ENTITY x SYSTEM "file:///etc/passwd">"#,
        );
        assert_eq!(entities.decode("&who; said &amp; &x;"), "the Aldmoor clerk said & &x;");
        assert_eq!(entities.external, ["x"]);
        let mut bomb = Entities::default();
        let levels: String =
            (1..12).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
        bomb.declare(&format!("<!ENTITY l0 \"ha\">{levels}"));
        assert!(bomb.decode("&l11;").len() < 2 * MOST_EXPANDED);
        assert!(bomb.refused.get());
    }
}
