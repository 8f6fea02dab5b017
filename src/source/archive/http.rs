//! HTTP messages as archives keep them: header, status, transfer and content encodings that may be lies.

use std::io::Read;

use jiff::Timestamp;

use crate::model::{Claim, Field};
use crate::source::text::is_text;
use crate::source::{Options, decode};

/// The header of an HTTP answer.
pub struct Message {
    /// 200, 404, …
    pub status: u16,
    headers: Vec<(String, String)>,
    /// Where the body begins.
    body: usize,
}

impl Message {
    /// Reads the header at the start of `block`; `None` if there is none.
    pub fn of(block: &[u8]) -> Option<Self> {
        let end = header_end(block)?;
        let head = decode::piece(&block[..end.0]);
        let mut lines = head.lines();
        let first = lines.next()?;
        let mut words = first.split_whitespace();
        let status =
            words.next().filter(|w| w.starts_with("HTTP") || w.starts_with("ICY")).and_then(|_| words.next())?;
        let status = status.get(..3.min(status.len()))?.parse().ok()?;
        Some(Self { status, headers: headers(lines), body: end.1 })
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// The media type, lowercase, without parameters.
    pub fn media_type(&self) -> Option<String> {
        media_type(self.header("content-type")?)
    }

    /// The charset parameter.
    pub fn charset(&self) -> Option<String> {
        charset(self.header("content-type")?)
    }

    /// What the header says of the document.
    pub fn claims(&self) -> Vec<Claim> {
        let language = self.header("content-language").filter(|l| !l.contains(','));
        let canonical = self.header("link").and_then(|link| {
            let part = link.split(',').find(|p| p.contains("rel=\"canonical\"") || p.contains("rel=canonical"))?;
            part.split_once('<')?.1.split_once('>').map(|(url, _)| url)
        });
        let language = Claim::new(Field::Language, language.unwrap_or(""), "http:Content-Language");
        language.into_iter().chain(Claim::new(Field::Canonical, canonical.unwrap_or(""), "http:Link")).collect()
    }

    /// The body with its encodings taken off where they are really there, and what was found odd.
    pub fn payload(&self, block: &[u8], options: &Options) -> (Vec<u8>, Vec<String>) {
        let mut body = block.get(self.body..).unwrap_or(&[]).to_vec();
        let mut notes = Vec::new();
        let said = |name: &str| self.header(name).unwrap_or("").to_lowercase();
        if said("transfer-encoding").contains("chunked") {
            match dechunk(&body) {
                Some((whole, true)) => body = whole,
                Some((part, false)) => {
                    notes.push("the chunks of the answer end with a broken one".to_owned());
                    body = part;
                }
                None => notes.push("said to be chunked, and is not".to_owned()),
            }
        }
        let encodings = said("content-encoding");
        for encoding in encodings.split(',').rev().map(str::trim).filter(|e| !matches!(*e, "" | "identity")) {
            match unpack(&body, encoding, options) {
                Some((whole, None)) => body = whole,
                Some((part, Some(why))) => {
                    notes.push(format!("the {encoding} data of the answer breaks off: {why}"));
                    body = part;
                }
                None => notes.push(format!("said to be packed as `{encoding}`, and is not")),
            }
        }
        (body, notes)
    }
}

/// A body that is no text, with a packing taken off that no header names: which one, and what was in it.
pub fn unpack_unnamed(body: &[u8], options: &Options) -> Option<(&'static str, Vec<u8>)> {
    // Brotli last: it has no magic number, and what it gives must be a text.
    ["gzip", "zstd", "deflate", "br"].into_iter().find_map(|encoding| {
        let (out, cut) = unpack(body, encoding, options)?;
        // A cut says so, in what it gives.
        (reads_as_text(&out) && (cut.is_none() || out.len() >= 512)).then_some((encoding, out))
    })
}

/// Whether bytes read as a text in some charset.
pub fn reads_as_text(bytes: &[u8]) -> bool {
    is_text(&decode::html(&bytes[..bytes.len().min(16 * 1024)], None).text)
}

/// Where the header ends and the body begins.
fn header_end(block: &[u8]) -> Option<(usize, usize)> {
    // A header is no longer than that.
    let head = &block[..block.len().min(256 * 1024)];
    let crlf = memchr::memmem::find(head, b"\r\n\r\n").map(|at| (at, at + 4));
    let lf = memchr::memmem::find(head, b"\n\n").map(|at| (at, at + 2));
    match (crlf, lf) {
        (Some(a), Some(b)) => Some(if a.0 < b.0 { a } else { b }),
        (one, other) => one.or(other),
    }
}

/// Names in lowercase and values, folded lines joined.
pub fn headers<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    for line in lines.take(2000) {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = out.last_mut() {
                if !value.is_empty() {
                    value.push(' ');
                }
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            out.push((name.trim().to_lowercase(), value.trim().to_owned()));
        }
    }
    out
}

/// The media type of a `Content-Type`, lowercase.
pub fn media_type(value: &str) -> Option<String> {
    let kind = value.split([';', ',']).next()?.trim().to_lowercase();
    (!kind.is_empty()).then_some(kind)
}

/// The charset of a `Content-Type`.
pub fn charset(value: &str) -> Option<String> {
    let lower = value.to_ascii_lowercase();
    let at = lower.find("charset")?;
    let rest = value[at + 7..].trim_start().strip_prefix('=')?.trim_start();
    let label = rest.trim_matches(['"', '\'']).split([';', '"', '\'', ' ', ',']).next()?;
    (!label.is_empty()).then(|| label.to_owned())
}

/// A WARC date or the 14 digits of an ARC.
pub fn instant(written: &str) -> Option<Timestamp> {
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    if let Ok(instant) = written.trim().parse() {
        return Some(instant);
    }
    if digits.len() < 14 {
        return None;
    }
    let d = &digits;
    format!("{}-{}-{}T{}:{}:{}Z", &d[..4], &d[4..6], &d[6..8], &d[8..10], &d[10..12], &d[12..14]).parse().ok()
}

/// The chunks joined and whether all were whole; `None` if the first bytes are no chunk.
fn dechunk(body: &[u8]) -> Option<(Vec<u8>, bool)> {
    let mut out = Vec::with_capacity(body.len());
    let mut at = 0;
    loop {
        let line_end = memchr::memchr(b'\n', &body[at..body.len().min(at + 300)]).map(|e| at + e);
        let size = line_end.and_then(|end| {
            let line = std::str::from_utf8(&body[at..end]).ok()?;
            usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()
        });
        let (Some(end), Some(size)) = (line_end, size) else {
            if out.is_empty() {
                return None;
            }
            // Some servers stop chunking half way; a cut end has nothing left.
            let rest = &body[at..];
            let done = rest.iter().all(u8::is_ascii_whitespace);
            out.extend_from_slice(if done { &[] } else { rest });
            return Some((out, done));
        };
        if size == 0 {
            return Some((out, true));
        }
        let start = end + 1;
        let stop = start.checked_add(size).filter(|s| *s <= body.len());
        let Some(stop) = stop else {
            out.extend_from_slice(&body[start..]);
            return Some((out, false));
        };
        out.extend_from_slice(&body[start..stop]);
        at = stop + body[stop..].iter().take(2).take_while(|b| matches!(b, b'\r' | b'\n')).count();
        if at >= body.len() {
            return Some((out, false));
        }
    }
}

/// The unpacked body, and why it breaks off if it does; `None` if it is not packed so.
fn unpack(body: &[u8], encoding: &str, options: &Options) -> Option<(Vec<u8>, Option<String>)> {
    let most = options.max_document_bytes.min((body.len() as u64).saturating_mul(options.max_ratio).max(8 << 20));
    match encoding {
        "gzip" | "x-gzip" => {
            body.starts_with(&[0x1F, 0x8B]).then(|| drain(flate2::bufread::MultiGzDecoder::new(body), most)).flatten()
        }
        "deflate" => drain(flate2::bufread::ZlibDecoder::new(body), most)
            .filter(|(_, cut)| cut.is_none())
            .or_else(|| drain(flate2::bufread::DeflateDecoder::new(body), most)),
        "br" => drain(brotli::Decompressor::new(body, 8192), most).filter(|(out, _)| is_like_text(out)),
        "zstd" => drain(zstd::stream::read::Decoder::with_buffer(body).ok()?, most),
        _ => None,
    }
}

/// Brotli has no magic number: plain text can decode to a few bytes of nonsense.
fn is_like_text(out: &[u8]) -> bool {
    let head = &out[..out.len().min(512)];
    head.iter().filter(|b| b.is_ascii_control() && !b.is_ascii_whitespace()).count() * 20 <= head.len()
}

fn drain(mut from: impl Read, most: u64) -> Option<(Vec<u8>, Option<String>)> {
    let mut out = Vec::new();
    let cut = match from.by_ref().take(most).read_to_end(&mut out) {
        Ok(_) if out.len() as u64 == most => Some(format!("more than {most} bytes")),
        Ok(_) => None,
        Err(error) => Some(error.to_string()),
    };
    (!out.is_empty()).then_some((out, cut))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn gz(text: &str) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn encodings_are_taken_off_where_they_are_really_there() {
        let packed = gz("<p>Aldmoor</p>");
        let chunks = [format!("{:x}\r\n", packed.len()).as_bytes(), &packed, b"\r\n0\r\n\r\n"].concat();
        for (header, body, expected, notes) in [
            ("Content-Encoding: gzip", packed.clone(), "<p>Aldmoor</p>", 0),
            ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip", chunks, "<p>Aldmoor</p>", 0),
            ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip", b"<p>plain</p>".to_vec(), "<p>plain</p>", 2),
            ("Transfer-Encoding: chunked", b"5\r\nAldmo\r\nnot a size".to_vec(), "Aldmonot a size", 1),
            ("Transfer-Encoding: chunked", b"ff\r\ncut".to_vec(), "cut", 1),
            ("Content-Encoding: br", b"<html>not brotli".to_vec(), "<html>not brotli", 1),
            ("X: y", b"as it is".to_vec(), "as it is", 0),
        ] {
            let block = [format!("HTTP/1.1 200 OK\r\n{header}\r\n\r\n").as_bytes(), &body].concat();
            let message = Message::of(&block).unwrap();
            let (payload, said) = message.payload(&block, &Options::default());
            assert_eq!(
                (String::from_utf8_lossy(&payload).as_ref(), said.len()),
                (expected, notes),
                "{header}: {said:?}"
            );
        }
    }

    #[test]
    fn headers_are_read_leniently() {
        let message =
            Message::of(b"HTTP/1.0 200\nContent-Type: text/HTML; Charset=\"koi8-r\"\nA: b\n c\n\nbody").unwrap();
        assert_eq!(message.status, 200);
        assert_eq!(message.media_type().as_deref(), Some("text/html"));
        assert_eq!(message.charset().as_deref(), Some("koi8-r"));
        assert_eq!(message.header("a"), Some("b c"));
        assert!(Message::of(b"no header here\n\n").is_none());
    }
}
