//! WARC (ISO 28500), versions 0.17 to 1.1.

use std::io::BufRead;
use std::ops::ControlFlow;

use super::http::{headers, media_type};
use super::{Capture, Passed, block, capture, discard, missing};
use crate::error::in_words;
use crate::model::{Claim, Field, Note, Reason};
use crate::source::input::{Context, Flow, Input, Sink};
use crate::source::sniff::Head;
use crate::source::{Source, decode};

/// A WARC file.
pub struct Warc;

/// A record that lies about its length may send us back into its block so often.
const MOST_REWINDS: usize = 64;
/// A header line is no longer than that.
const LINE: u64 = 64 * 1024;

impl Source for Warc {
    fn name(&self) -> &'static str {
        "a WARC file"
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        let start = head.bytes.trim_ascii_start();
        if start.starts_with(b"WARC/") {
            return true;
        }
        // Garbage before the first record.
        let near = &head.bytes[..head.bytes.len().min(4096)];
        memchr::memmem::find(near, b"\nWARC/1.").is_some() && memchr::memmem::find(near, b"WARC-Type:").is_some()
    }

    fn read(&self, mut input: Input<'_>, context: Context<'_>, sink: &mut Sink<'_>) -> Flow {
        let origin = input.origin.clone();
        let mut reader = Reader { passed: Passed::default(), number: 0, garbage: 0, errors: 0, rewinds: 0 };
        reader.records(&mut input, context, sink)?;
        if reader.garbage > 0 {
            let detail = format!("{} bytes at the end of the archive belong to no record", reader.garbage);
            sink.reject(origin.at(reader.number + 1), Reason::Damaged, detail)?;
        }
        if reader.number == 0 {
            sink.reject(origin.clone(), Reason::Damaged, "a web archive in which no whole record was found")?;
        }
        reader.passed.report(&origin, sink)
    }
}

struct Reader {
    passed: Passed,
    number: u64,
    /// Bytes between records that belong to none.
    garbage: u64,
    /// Errors one after the other, without a record between.
    errors: usize,
    rewinds: usize,
}

impl Reader {
    /// Reads records to the end of `input`.
    fn records(&mut self, input: &mut Input<'_>, context: Context<'_>, sink: &mut Sink<'_>) -> Flow {
        let base = input.origin.clone();
        let mut line = Vec::new();
        loop {
            let offset = input.offset();
            match input.line(&mut line, LINE) {
                Ok(None) => return ControlFlow::Continue(()),
                Ok(Some(_)) => {}
                Err(error) => {
                    // Corrupt data: the next whole member of the container goes on. An error that comes again and
                    // again would never end.
                    self.errors += 1;
                    sink.reject(
                        base.at(self.number + 1),
                        Reason::Damaged,
                        format!("the archive is damaged here: {error}"),
                    )?;
                    if self.errors > 3 || error.kind() == std::io::ErrorKind::QuotaExceeded {
                        return ControlFlow::Continue(());
                    }
                    continue;
                }
            }
            let Some(start) = record_start(&line) else {
                let blank = line.iter().all(|b| b.is_ascii_whitespace() || *b == 0);
                self.garbage += if blank { 0 } else { line.len() as u64 };
                continue;
            };
            self.garbage += start as u64;
            self.number += 1;
            if self.garbage > 0 {
                let detail =
                    format!("{} bytes before this record belong to no record and were passed over", self.garbage);
                sink.reject(base.at(self.number), Reason::Damaged, detail)?;
                self.garbage = 0;
                self.number += 1;
            }
            let mut origin = base.at(self.number);
            origin.offset = input.direct.then_some(offset);
            let head = match header(input) {
                Ok(head) => head,
                Err(why) => {
                    sink.reject(origin, Reason::Truncated, format!("a record cut off within its header: {why}"))?;
                    continue;
                }
            };
            self.errors = 0;
            self.record(input, &head, origin, context, sink)?;
        }
    }

    fn record(
        &mut self,
        input: &mut Input<'_>,
        head: &[(String, String)],
        origin: crate::model::Origin,
        context: Context<'_>,
        sink: &mut Sink<'_>,
    ) -> Flow {
        let field =
            |name: &str| head.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str()).filter(|v| !v.is_empty());
        let kind = field("warc-type").unwrap_or("").to_lowercase();
        let said = field("content-type").unwrap_or("");
        let wanted = matches!(kind.as_str(), "response" | "resource" | "conversion");
        let length = field("content-length").and_then(|l| l.parse::<u64>().ok());
        let most = context.options.max_document_bytes;
        if !wanted {
            self.passed.count(format!("warc {}", if kind.is_empty() { "record without type" } else { &kind }));
            match length.map(|l| discard(input, l).map(|had| (l, had))) {
                Some(Ok((wanted, had))) if had < wanted => {
                    let detail =
                        format!("a {kind} record of {wanted} bytes of which {had} are there: the archive is cut off");
                    sink.reject(origin, Reason::Truncated, detail)?;
                }
                Some(Err(error)) => {
                    sink.reject(origin, Reason::Damaged, format!("a {kind} record breaks off: {error}"))?;
                }
                Some(Ok(_)) => {}
                // What it held is passed over too.
                None => drop(until_next(input, most)),
            }
            return ControlFlow::Continue(());
        }
        let mut notes = Vec::new();
        let (mut bytes, mut cut) = match length {
            Some(length) => block(input, length.min(most)),
            // Up to the next record, which is nearly always right.
            None => {
                let said = field("content-length").unwrap_or("none").to_owned();
                notes.push(Note(format!("the length of the record is `{said}`: read up to the next record")));
                until_next(input, most)
            }
        };
        let length = length.unwrap_or(bytes.len() as u64);
        if length > most && cut.is_none() {
            // What is left of it is passed over; if it breaks, the next line says so.
            let rest = discard(input, length - most).unwrap_or(0);
            if rest == length - most {
                sink.reject(origin, Reason::TooLarge, format!("a record of {length} bytes, more than {most}"))?;
                return ControlFlow::Continue(());
            }
            cut = Some("the file ends before".to_owned());
        }
        // A length that reaches over the next record: what it swallowed is put back.
        if (cut.is_some() || !at_record_end(input))
            && self.rewinds < MOST_REWINDS
            && let Some(at) = swallowed(&bytes).or_else(|| straddling(&bytes, input.peek(16)))
        {
            self.rewinds += 1;
            input.unread(&bytes[at..]);
            bytes.truncate(at);
            notes.push(Note(format!("its length of {length} bytes reaches over the next record")));
            cut = None;
        }
        let of_crawl = |uri: &str| ["metadata:", "dns:", "whois:", "warc:"].iter().any(|own| uri.starts_with(own));
        if bytes.is_empty() && cut.is_none() {
            self.passed.count(format!("warc {kind} without content"));
        } else if field("warc-target-uri").is_some_and(|uri| of_crawl(uri.trim_start_matches('<'))) {
            // What a crawler says of itself: its arguments, its log.
            self.passed.count(format!("warc {kind} of the crawl itself"));
            if let Some(why) = cut {
                sink.reject(origin, Reason::Truncated, missing(length, bytes.len(), &why))?;
            }
        } else if bytes.is_empty() {
            sink.reject(origin, Reason::Truncated, missing(length, 0, &cut.unwrap_or_default()))?;
        } else {
            let mut claims: Vec<Claim> = Claim::new(
                Field::Guid,
                field("warc-record-id").unwrap_or("").trim_matches(['<', '>']),
                "warc:WARC-Record-ID",
            )
            .into_iter()
            .collect();
            if field("warc-truncated").is_some_and(|t| !t.eq_ignore_ascii_case("false")) {
                claims.extend(Claim::new(Field::Truncated, "true", "warc:WARC-Truncated"));
            }
            let digest = field("warc-payload-digest").unwrap_or("");
            claims.extend(Claim::new(Field::PayloadDigest, digest, "warc:WARC-Payload-Digest"));
            if field("warc-segment-number").is_some() {
                notes.push(Note("a segment of a record; its other segments are not joined".to_owned()));
                claims.extend(Claim::new(Field::Truncated, "true", "warc:WARC-Segment-Number"));
            }
            let url = field("warc-target-uri").map(|u| u.trim_matches(['<', '>']).replace(' ', "%20"));
            let is_http =
                kind == "response" && (said.contains("http") || said.is_empty() || bytes.starts_with(b"HTTP/"));
            let made = Capture {
                origin,
                url: url.map(|u| (u, "warc:WARC-Target-URI")),
                fetched: field("warc-date").map(|d| (d.to_owned(), "warc:WARC-Date")),
                claims,
                notes,
                media_type: media_type(said).filter(|_| !is_http),
                is_http,
                cut,
                block: bytes,
            };
            capture(made, length, context, &mut self.passed, sink)?;
        }
        ControlFlow::Continue(())
    }
}

/// Whether a record may end here: blank lines and the next record follow, or nothing.
fn at_record_end(input: &mut Input<'_>) -> bool {
    let next = input.peek(16);
    let next = next[..next.len().min(64)].trim_ascii_start();
    next.is_empty() || next.starts_with(b"WARC/") || b"WARC/".starts_with(next)
}

/// Where in a block the next record begins.
fn swallowed(block: &[u8]) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = memchr::memmem::find(&block[from..], b"\nWARC/").map(|at| from + at + 1) {
        let line = &block[at..at + memchr::memchr(b'\n', &block[at..]).unwrap_or(block.len() - at)];
        if line.len() < 20 && record_start(line) == Some(0) {
            return Some(at);
        }
        from = at;
    }
    None
}

/// The same where the block ends within the first bytes of the next record: line ends were counted as two bytes that
/// are one.
fn straddling(block: &[u8], next: &[u8]) -> Option<usize> {
    let from = block.len().saturating_sub(8);
    let window = [&block[from..], &next[..next.len().min(16)]].concat();
    let at = memchr::memmem::find(&window, b"\nWARC/1.").or_else(|| memchr::memmem::find(&window, b"\nWARC/0."))?;
    (from + at < block.len()).then_some(from + at + 1)
}

/// Everything up to the next record, at most `most` bytes.
fn until_next(input: &mut Input<'_>, most: u64) -> (Vec<u8>, Option<String>) {
    let (mut out, mut line) = (Vec::new(), Vec::new());
    loop {
        let next = input.peek(20);
        if record_start(&next[..next.len().min(9)]) == Some(0) && next.len() >= 8 {
            break;
        }
        match input.line(&mut line, most.saturating_sub(out.len() as u64)) {
            Ok(None) => break,
            Ok(Some(_)) => out.extend_from_slice(&line),
            Err(error) => return (out, Some(in_words(&error))),
        }
    }
    let end = out.trim_ascii_end().len();
    out.truncate(end);
    (out, None)
}

/// Where in a line a record begins.
fn record_start(line: &[u8]) -> Option<usize> {
    let is_version = |rest: &[u8]| {
        let version = rest.strip_prefix(b"WARC/").unwrap_or(&[]);
        version.first().is_some_and(u8::is_ascii_digit)
            && version.iter().all(|b| b.is_ascii_graphic() || b.is_ascii_whitespace())
    };
    if is_version(line) {
        return Some(0);
    }
    // Garbage without a line end may stand before it.
    let at = memchr::memmem::rfind(line, b"WARC/")?;
    (line.len() - at < 20 && is_version(&line[at..])).then_some(at)
}

/// The header fields up to the blank line.
fn header(input: &mut Input<'_>) -> Result<Vec<(String, String)>, String> {
    let (mut text, mut line) = (String::new(), Vec::new());
    for _ in 0..2000 {
        match input.line(&mut line, LINE) {
            Ok(None) => return Err("the file ends before".to_owned()),
            Ok(Some(_)) if line.trim_ascii().is_empty() => break,
            Ok(Some(_)) => text.push_str(&decode::piece(&line)),
            Err(error) => return Err(in_words(&error)),
        }
        // The next record, where the blank line was forgotten.
        if input.fill_buf().is_ok_and(|next| next.starts_with(b"WARC/1.")) {
            break;
        }
    }
    Ok(headers(text.lines()))
}
