//! ARC 1.0 and 1.1, the format before WARC (Internet Archive, "Arc File Format", 1996).

use std::ops::ControlFlow;

use super::{Capture, Passed, block, capture, discard};
use crate::model::Reason;
use crate::source::input::{Context, Flow, Input, Sink};
use crate::source::sniff::Head;
use crate::source::{Source, decode};

/// An ARC file.
pub struct Arc;

impl Source for Arc {
    fn name(&self) -> &'static str {
        "an ARC file"
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        let first = head.bytes.trim_ascii_start();
        let line = &first[..memchr::memchr(b'\n', first).unwrap_or(first.len()).min(4096)];
        let rest = &first[line.len()..];
        let opens = first.starts_with(b"filedesc://") || rest.trim_ascii_start().starts_with(b"HTTP/");
        opens && Line::of(String::from_utf8_lossy(line).trim_end()).is_some()
    }

    fn read(&self, mut input: Input<'_>, context: Context<'_>, sink: &mut Sink<'_>) -> Flow {
        let base = input.origin.clone();
        let mut passed = Passed::default();
        let (mut raw, mut number, mut garbage, mut errors) = (Vec::new(), 0, 0u64, 0);
        loop {
            let offset = input.offset();
            match input.line(&mut raw, 64 * 1024) {
                Ok(None) => break,
                Ok(Some(_)) => {}
                Err(error) => {
                    errors += 1;
                    sink.reject(base.at(number + 1), Reason::Damaged, format!("the archive is damaged here: {error}"))?;
                    if errors > 3 {
                        break;
                    }
                    continue;
                }
            }
            let text = decode::piece(&raw);
            let Some(line) = Line::of(text.trim()) else {
                garbage += if raw.iter().all(u8::is_ascii_whitespace) { 0 } else { raw.len() as u64 };
                continue;
            };
            number += 1;
            if garbage > 0 {
                let detail = format!("{garbage} bytes before this record belong to no record and were passed over");
                sink.reject(base.at(number), Reason::Damaged, detail)?;
                (garbage, number) = (0, number + 1);
            }
            let mut origin = base.at(number);
            origin.offset = Some(offset);
            errors = 0;
            let most = context.options.max_document_bytes;
            if line.url.starts_with("filedesc:") || !line.url.starts_with("http") {
                passed.count(if line.url.starts_with("filedesc:") { "arc header" } else { "arc record" });
                if discard(&mut input, line.length).is_ok_and(|had| had < line.length) {
                    sink.reject(origin, Reason::Truncated, "the archive ends within a record")?;
                }
                continue;
            }
            let (bytes, cut) = block(&mut input, line.length.min(most));
            if line.length > most && cut.is_none() {
                sink.reject(origin, Reason::TooLarge, format!("a record of {} bytes, more than {most}", line.length))?;
                // If it breaks within, the next line says so.
                let _ = discard(&mut input, line.length - most);
                continue;
            }
            let is_http = bytes.starts_with(b"HTTP/");
            let made = Capture {
                origin,
                url: Some((line.url, "arc:URL")),
                fetched: Some((line.date, "arc:Archive-date")),
                claims: Vec::new(),
                notes: Vec::new(),
                media_type: Some(line.media_type).filter(|_| !is_http),
                is_http,
                cut,
                block: bytes,
            };
            capture(made, line.length, context, &mut passed, sink)?;
        }
        if garbage > 0 {
            let detail = format!("{garbage} bytes at the end of the archive belong to no record");
            sink.reject(base.at(number + 1), Reason::Damaged, detail)?;
        }
        passed.report(&base, sink)?;
        ControlFlow::Continue(())
    }
}

/// The line before each record: address, IP, date, media type, further fields in version 2, length.
struct Line {
    url: String,
    date: String,
    media_type: String,
    length: u64,
}

impl Line {
    fn of(line: &str) -> Option<Self> {
        let words: Vec<&str> = line.split(' ').collect();
        let length = words.last()?.parse().ok()?;
        // Addresses may hold blanks: the date is what is sure.
        let is_date = |w: &&str| matches!(w.len(), 8..=17) && w.bytes().all(|b| b.is_ascii_digit()) || *w == "-";
        let date = (2..words.len().saturating_sub(1)).find(|at| is_date(&words[*at]))?;
        let url = words[..date - 1].join("%20");
        if !url.contains(':') {
            return None;
        }
        let media_type =
            words.get(date + 1).map_or(String::new(), |m| m.split(';').next().unwrap_or("").to_lowercase());
        Some(Self { url, date: words[date].to_owned(), media_type, length })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn record_lines_of_both_versions() {
        for (line, expected) in [
            ("http://a.example/ 1.2.3.4 20080430204825 text/html 120", Some(("http://a.example/", 120))),
            ("http://a.example/x y 1.2.3.4 20080430204825 text/html 7", Some(("http://a.example/x%20y", 7))),
            ("http://a.example/ 1.2.3.4 20080430204825 text/html 200 - - 0 f.arc 99", Some(("http://a.example/", 99))),
            ("just some words 12", None),
        ] {
            let got = Line::of(line);
            assert_eq!(got.as_ref().map(|l| (l.url.as_str(), l.length)), expected, "{line}");
        }
    }
}
