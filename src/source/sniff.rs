//! What a stream is, from its first bytes.

use super::decode;
use super::input::{HEAD_BYTES, Input};
use super::{
    Source, archive, container, exports, feed, industry, json, links, mail, page, records, refused, table, text,
    webarchive,
};
use crate::model::Reason;

/// All formats, in the order in which they are asked.
pub static SOURCES: &[&dyn Source] = &[
    &container::Packed,
    &container::Zip,
    &container::Tar,
    &archive::Warc,
    &archive::Arc,
    &webarchive::WebArchive,
    &industry::WireText,
    &json::Json,
    // A message may hold a feed or a page: its header stands first.
    &mail::Mail,
    &industry::Reuters,
    &industry::WireXml,
    &links::Lists,
    &feed::Feed,
    &exports::Ris,
    &records::Records,
    &exports::Europresse,
    &page::Page,
    &exports::Exports,
    &table::Table,
    &text::Plain,
];

/// The first bytes of a stream and what is plain to see in them.
pub struct Head<'a> {
    /// Up to 64 KiB.
    pub bytes: &'a [u8],
    /// The same decoded as well as can be told, without a byte order mark and leading white space; empty if it is compressed.
    pub text: String,
    /// Whether these bytes are all there is.
    pub whole: bool,
    /// The name of the file or member, lowercase.
    pub name: String,
    /// The media type an HTTP header gave.
    pub media_type: Option<String>,
    /// The first element of a text of markup, lowercase with its prefix (`rss`, `rdf:rdf`, `html`); empty if the
    /// text does not begin with markup.
    pub root: String,
    /// The document type that was declared, lowercase (`html`, `lewis`, `nitf`); empty if none.
    pub doctype: String,
}

impl<'a> Head<'a> {
    /// Looks at the head of `input`.
    pub fn of(input: &'a mut Input<'_>) -> Self {
        let name = input.origin.members.last().unwrap_or(&input.origin.path).to_lowercase();
        let media_type = input.envelope.media_type.clone();
        let charset = input.envelope.charset.clone();
        let whole = input.peek(HEAD_BYTES).len() < HEAD_BYTES;
        let peeked = input.peek(1);
        let bytes = &peeked[..peeked.len().min(HEAD_BYTES)];
        let mut text = if container::is_packed(bytes) {
            String::new()
        } else {
            match std::str::from_utf8(bytes) {
                Ok(text) if !decode::is_wide(bytes) => text.to_owned(),
                _ => decode::html(bytes, charset.as_deref()).text,
            }
        };
        let blank = text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}').len();
        text.drain(..blank);
        let (root, doctype) = root(&text);
        Self { bytes, text, whole, name, media_type, root, doctype }
    }

    /// Whether there is nothing to see.
    pub fn is_blank(&self) -> bool {
        self.text.is_empty() && !container::is_packed(self.bytes)
    }

    /// The root's name without its prefix.
    pub fn local_root(&self) -> &str {
        self.root.rsplit(':').next().unwrap_or("")
    }

    /// The first `count` lines of the text.
    pub fn lines(&self, count: usize) -> impl Iterator<Item = &str> {
        self.text.lines().take(count)
    }
}

/// The source that reads a stream with this head, or why none does.
pub fn source(head: &Head<'_>) -> Result<&'static dyn Source, (Reason, String)> {
    if let Some((kind, read)) = magic(head.bytes) {
        let reason = if read { Reason::Unsupported } else { Reason::UnknownFormat };
        let way = WAYS_OUT.iter().find(|(of, _)| *of == kind).map_or(String::new(), |(_, way)| format!(": {way}"));
        return Err((reason, format!("{kind}, which is not read{way}")));
    }
    if let Some(refused) = refused::reason(head) {
        return Err(refused);
    }
    if let Some(source) = SOURCES.iter().find(|s| s.recognises(head)) {
        return Ok(*source);
    }
    if head.root.is_empty() {
        Err((Reason::UnknownFormat, "bytes that are no text and no known format".to_owned()))
    } else {
        Err((Reason::UnknownFormat, format!("markup with the root `{}`, which is no known format", head.root)))
    }
}

/// What to do with a format that holds articles and is not read.
const WAYS_OUT: &[(&str, &str)] = &[
    ("a PDF file", "`pdftotext FILE` writes its text"),
    ("an RTF file", "save it as text or HTML"),
    ("an old Office file", "save it as text or HTML"),
    ("a Parquet file", "export it as JSON, for example with `duckdb`"),
    ("an SQLite database", "export its table as CSV or JSON"),
    ("a 7z archive", "unpack it first"),
    ("a RAR archive", "unpack it first"),
];

/// Formats known by their first bytes that are not read: their name, and whether articles may be in them.
pub(super) fn magic(bytes: &[u8]) -> Option<(&'static str, bool)> {
    const KNOWN: &[(&[u8], &str, bool)] = &[
        (b"%PDF-", "a PDF file", true),
        (b"{\\rtf", "an RTF file", true),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Office file", true),
        (b"PAR1", "a Parquet file", true),
        (b"SQLite format 3\0", "an SQLite database", true),
        (b" CDX ", "an index of a web archive (CDX)", false),
        (b"7z\xBC\xAF\x27\x1C", "a 7z archive", true),
        (b"Rar!\x1A\x07", "a RAR archive", true),
        (b"\x89PNG\r\n", "a PNG image", false),
        (b"\xFF\xD8\xFF", "a JPEG image", false),
        (b"GIF8", "a GIF image", false),
        (b"\x7FELF", "a program", false),
        (b"OggS", "an Ogg recording", false),
        (b"ID3", "an MP3 recording", false),
        (b"wOFF", "a font", false),
        (b"wOF2", "a font", false),
    ];
    let found = KNOWN.iter().find(|(magic, ..)| bytes.starts_with(magic));
    found.map(|&(_, name, read)| (name, read)).or_else(|| match bytes {
        [b'R', b'I', b'F', b'F', _, _, _, _, kind @ ..] if kind.starts_with(b"WEBP") => Some(("a WebP image", false)),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => Some(("a video", false)),
        _ => None,
    })
}

/// The first element and the document type of a text that begins with markup.
fn root(text: &str) -> (String, String) {
    let mut doctype = String::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let Some(after) = rest.strip_prefix('<') else { return (String::new(), doctype) };
        let end = if after.starts_with("!--") {
            after.find("-->").map(|at| at + 3)
        } else if after.starts_with('?') {
            after.find('>').map(|at| at + 1)
        } else if let Some(declared) = after.strip_prefix('!') {
            let word = declared.trim_start_matches(|c: char| c.is_ascii_alphabetic()).trim_start();
            doctype = name(word);
            doctype_end(after)
        } else {
            return (name(after), doctype);
        };
        match end {
            Some(end) => rest = &after[end..],
            None => return (String::new(), doctype),
        }
    }
}

/// Where a declaration ends: past its internal subset, if it has one.
fn doctype_end(after: &str) -> Option<usize> {
    let bytes = after.as_bytes();
    let mut subset = false;
    let mut quote = 0u8;
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            _ if quote != 0 => quote = if byte == quote { 0 } else { quote },
            b'"' | b'\'' => quote = byte,
            b'[' => subset = true,
            b']' => subset = false,
            b'>' if !subset => return Some(at + 1),
            _ => {}
        }
    }
    after.find('>').map(|at| at + 1)
}

fn name(text: &str) -> String {
    let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, ':' | '-' | '_' | '.'))).unwrap_or(text.len());
    text[..end].to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_the_first_element() {
        for (text, expected) in [
            ("<rss version='2.0'>", ("rss", "")),
            ("<?xml version='1.0'?>\n<!-- <feed> -->\n<rdf:RDF xmlns='x'>", ("rdf:rdf", "")),
            ("<!DOCTYPE rss [<!ENTITY a '<b>'>]><rss>", ("rss", "rss")),
            ("<!doctype html>\n<HTML lang=en>", ("html", "html")),
            ("no markup <rss>", ("", "")),
            ("<!-- never closed", ("", "")),
        ] {
            let (found, doctype) = root(text);
            assert_eq!((found.as_str(), doctype.as_str()), expected, "{text}");
        }
    }
}
