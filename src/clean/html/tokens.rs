//! The words of HTML: tags with their attributes, and the text between them, as slices of the page.
//!
//! This is the tokenizer of the HTML standard (13.2.5) without what no text depends on: comments and declarations
//! are stepped over, errors are not told. Nothing is copied unless a reference or a line end has to be replaced.
//! A test holds it against html5ever's tokenizer.

use std::borrow::Cow;
use std::ops::Range;

use html5ever::{LocalName, local_name};

use super::raw;
use super::references::{Place, plain, resolve};

/// Attributes of one tag beyond this many are left out: each is compared with all before it.
const MAX_ATTRIBUTES: usize = 256;

/// An attribute; of several with one name only the first.
pub(super) struct Attribute<'a> {
    /// In lower case.
    pub name: Cow<'a, str>,
    /// References resolved.
    pub value: Cow<'a, str>,
}

/// One word of the page.
pub(super) enum Token<'a> {
    /// Text, references resolved.
    Text(Cow<'a, str>),
    /// A start tag and which of the attributes are its own.
    Start { name: LocalName, attributes: Range<u32>, self_closing: bool },
    /// An end tag.
    End(LocalName),
}

/// Reads a page from its beginning to its end.
pub(super) struct Tokens<'a> {
    html: &'a str,
    at: usize,
    /// Whether attributes were left out.
    pub cut: bool,
}

impl<'a> Tokens<'a> {
    pub fn new(html: &'a str) -> Self {
        Tokens { html: html.strip_prefix('\u{FEFF}').unwrap_or(html), at: 0, cut: false }
    }

    /// The next word; a start tag's attributes come at the end of `attributes`. `foreign` says whether `<![CDATA[`
    /// means what it means in XML.
    pub fn next(&mut self, foreign: bool, attributes: &mut Vec<Attribute<'a>>) -> Option<Token<'a>> {
        let bytes = self.html.as_bytes();
        loop {
            let start = self.at;
            let end = self.markup();
            if end > start {
                self.at = end;
                let text = resolve(&self.html[start..end], Place::Text);
                if text.is_empty() {
                    continue;
                }
                return Some(Token::Text(text));
            }
            match *bytes.get(start + 1)? {
                b'/' => match *bytes.get(start + 2)? {
                    letter if letter.is_ascii_alphabetic() => {
                        let before = attributes.len();
                        self.at += 2;
                        let name = self.tag_name();
                        let ended = self.attributes(attributes);
                        attributes.truncate(before);
                        ended?;
                        return Some(Token::End(name));
                    }
                    _ => self.step_behind(b'>', start + 2),
                },
                b'!' if bytes[start..].starts_with(b"<!--") => self.comment(start + 4),
                b'!' if foreign && bytes[start..].starts_with(b"<![CDATA[") => {
                    let text = &self.html[start + 9..];
                    let end = text.find("]]>");
                    self.at = end.map_or(bytes.len(), |end| start + 9 + end + 3);
                    let text = &text[..end.unwrap_or(text.len())];
                    if !text.is_empty() {
                        return Some(Token::Text(plain(text, "")));
                    }
                }
                b'!' | b'?' => self.step_behind(b'>', start + 1),
                _ => {
                    let before = attributes.len() as u32;
                    self.at += 1;
                    let name = self.tag_name();
                    let self_closing = self.attributes(attributes)?;
                    return Some(Token::Start { name, attributes: before..attributes.len() as u32, self_closing });
                }
            }
        }
    }

    /// What stands in front of the end tag of the raw text element whose start tag was read last.
    pub fn raw(&mut self, name: &LocalName) -> Cow<'a, str> {
        let rest = &self.html[self.at..];
        let end = if *name == local_name!("script") { raw::script(rest) } else { raw::other(rest, name) };
        let text = &rest[..end.unwrap_or(rest.len())];
        self.at += text.len();
        if matches!(*name, local_name!("title") | local_name!("textarea")) {
            resolve(text, Place::Replaceable)
        } else {
            plain(text, "\u{FFFD}")
        }
    }

    /// Where the next tag, comment or declaration begins, or the page ends.
    fn markup(&self) -> usize {
        let bytes = self.html.as_bytes();
        let mut at = self.at;
        loop {
            let Some(found) = memchr::memchr(b'<', &bytes[at..]) else { return bytes.len() };
            at += found;
            match bytes.get(at + 1) {
                Some(b'!' | b'?') => return at,
                Some(b'/') if at + 2 < bytes.len() => return at,
                Some(next) if next.is_ascii_alphabetic() => return at,
                _ => at += 1,
            }
        }
    }

    fn step_behind(&mut self, byte: u8, from: usize) {
        let bytes = self.html.as_bytes();
        self.at = memchr::memchr(byte, &bytes[from..]).map_or(bytes.len(), |found| from + found + 1);
    }

    /// Steps over a comment whose text begins at `start`.
    fn comment(&mut self, start: usize) {
        let rest = &self.html.as_bytes()[start..];
        let ends = |&at: &usize| {
            let text = &rest[..at];
            matches!(text, b"" | b"-") || text.ends_with(b"--") || text.ends_with(b"--!")
        };
        let end = memchr::memchr_iter(b'>', rest).find(ends);
        self.at = end.map_or(self.html.len(), |end| start + end + 1);
    }

    fn tag_name(&mut self) -> LocalName {
        let rest = &self.html.as_bytes()[self.at..];
        let length = rest.iter().position(|b| is_space(*b) || matches!(b, b'/' | b'>')).unwrap_or(rest.len());
        let name = lower(&self.html[self.at..self.at + length]);
        self.at += length;
        LocalName::from(name)
    }

    /// Reads up to the end of a tag and says whether it closes itself; nothing if the page ends first, as that is no
    /// tag.
    fn attributes(&mut self, attributes: &mut Vec<Attribute<'a>>) -> Option<bool> {
        let bytes = self.html.as_bytes();
        let first = attributes.len();
        loop {
            self.spaces();
            match *bytes.get(self.at)? {
                b'>' => {
                    self.at += 1;
                    return Some(false);
                }
                b'/' => {
                    self.at += 1;
                    if bytes.get(self.at) == Some(&b'>') {
                        self.at += 1;
                        return Some(true);
                    }
                }
                _ => {
                    let attribute = self.attribute()?;
                    if attributes.len() - first >= MAX_ATTRIBUTES {
                        self.cut = true;
                    } else if attributes[first..].iter().all(|known| known.name != attribute.name) {
                        attributes.push(attribute);
                    }
                }
            }
        }
    }

    fn attribute(&mut self) -> Option<Attribute<'a>> {
        let bytes = self.html.as_bytes();
        let start = self.at;
        // A name may begin with `=`.
        let rest = &bytes[start + 1..];
        let length = 1 + rest.iter().position(|b| is_space(*b) || matches!(b, b'/' | b'>' | b'='))?;
        // The first byte may begin a longer character.
        let name = lower(&self.html[start..start + length]);
        self.at += length;
        self.spaces();
        if *bytes.get(self.at)? != b'=' {
            return Some(Attribute { name, value: Cow::Borrowed("") });
        }
        self.at += 1;
        self.spaces();
        let value = match *bytes.get(self.at)? {
            b'>' => "",
            quote @ (b'"' | b'\'') => {
                let start = self.at + 1;
                let length = memchr::memchr(quote, &bytes[start..])?;
                self.at = start + length + 1;
                &self.html[start..start + length]
            }
            _ => {
                let rest = &bytes[self.at..];
                let length = rest.iter().position(|b| is_space(*b) || *b == b'>')?;
                let start = self.at;
                self.at += length;
                &self.html[start..start + length]
            }
        };
        Some(Attribute { name, value: resolve(value, Place::Attribute) })
    }

    fn spaces(&mut self) {
        let rest = &self.html.as_bytes()[self.at..];
        self.at += rest.iter().position(|b| !is_space(*b)).unwrap_or(rest.len());
    }
}

/// White space between attributes.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | b'\x0C')
}

/// A name in lower case.
fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|b| b.is_ascii_uppercase() || b == 0) {
        Cow::Owned(name.to_ascii_lowercase().replace('\0', "\u{FFFD}"))
    } else {
        Cow::Borrowed(name)
    }
}

#[cfg(test)]
mod tests;
