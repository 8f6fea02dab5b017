//! Mail: single messages, mbox files, pages saved as MHTML. What is attached to a message is read as what it is; an
//! alert that lists links (Google Alerts) is a list.

mod alert;
mod body;
mod ends;
mod flowed;
mod forwarded;
mod header;
mod message;
mod words;

use super::Source;
use super::input::{Context, End, Flow, Input, Passed, Sink};
use super::sniff::Head;
use crate::model::Reason;
use message::Reader;

/// Mail.
pub struct Mail;

/// Header fields of which a message has at least two in its first lines.
const HEADERS: &[&str] = &[
    "received",
    "return-path",
    "delivered-to",
    "message-id",
    "mime-version",
    "from",
    "to",
    "subject",
    "date",
    "content-type",
    "list-id",
    "reply-to",
    "sender",
    "dkim-signature",
    "content-transfer-encoding",
    "status",
];

/// The name of a header field that a line opens, lowercase.
fn field(line: &str) -> Option<String> {
    let (name, _) = line.split_once(':')?;
    let shaped = !name.is_empty() && name.len() < 80 && name.bytes().all(|b| b.is_ascii_graphic());
    shaped.then(|| name.to_ascii_lowercase())
}

fn is_known(name: &str) -> bool {
    name.starts_with("x-") || HEADERS.contains(&name)
}

impl Source for Mail {
    fn name(&self) -> &'static str {
        "mail"
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        let mbox = head.text.starts_with("From ");
        let counted = counted(head.text.as_bytes()).is_some();
        let header = head.lines(80).skip(usize::from(mbox || counted)).take_while(|l| !l.trim().is_empty());
        let named = [".eml", ".mht", ".mhtml"].iter().any(|end| head.name.ends_with(end))
            || head.media_type.as_deref() == Some("message/rfc822");
        let (mut known, mut subject, mut sure) = (0, false, named || mbox);
        for line in header {
            if line.starts_with([' ', '\t']) {
                continue;
            }
            let Some(name) = field(line) else { return false };
            known += usize::from(is_known(&name));
            subject |= name == "subject" || name == "from";
            // A text with `From:` and `Date:` above it may be anything; these only a program writes.
            sure |= matches!(
                name.as_str(),
                "received"
                    | "message-id"
                    | "mime-version"
                    | "return-path"
                    | "delivered-to"
                    | "content-transfer-encoding"
            ) || name == "content-type" && line.contains('/');
        }
        known >= 2 && subject && sure
    }

    fn read(&self, mut input: Input<'_>, context: Context<'_>, sink: &mut Sink<'_>) -> Flow {
        let origin = input.origin.clone();
        let envelope = input.envelope.clone();
        let mut reader = Reader { context, envelope: &envelope, passed: Passed::default(), within: 0 };
        if input.peek(5).starts_with(b"From ") {
            mailbox(input, &mut reader, sink)?;
        } else {
            let (mut raw, cut) = match input.all("a message", context, sink) {
                Ok(read) => read,
                Err(flow) => return flow,
            };
            if let Some((start, length)) = counted(&raw) {
                raw.truncate(start.saturating_add(length));
                raw.drain(..start);
            }
            reader.message(raw, cut, origin.clone(), sink)?;
        }
        reader.passed.report(&origin, sink)
    }
}

/// Apple Mail's files (`.emlx`) begin with the length of the message, on a line of its own; what follows the message is
/// the program's own. Where the message begins, and its length.
fn counted(raw: &[u8]) -> Option<(usize, usize)> {
    let end = memchr::memchr(b'\n', &raw[..raw.len().min(20)])?;
    let digits = std::str::from_utf8(&raw[..end]).ok()?.trim();
    let counts = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|_| counts).map(|length| (end + 1, length))
}

/// One message after the other.
fn mailbox(mut input: Input<'_>, reader: &mut Reader<'_>, sink: &mut Sink<'_>) -> Flow {
    let most = reader.context.options.max_document_bytes;
    let base = input.origin.clone();
    let (mut line, mut raw, mut number, mut blank, mut dropped) = (Vec::new(), Vec::new(), 0, true, 0u64);
    let mut broken: Option<(Reason, String)> = None;
    loop {
        let more = match input.line(&mut line, most) {
            Ok(more) => more.is_some(),
            Err(error) => {
                broken = Some((End::of(&error).reason(), error.to_string()));
                false
            }
        };
        let first = number == 0 && raw.is_empty();
        if !more || line.starts_with(b"From ") && (first || parts(&line, blank, input.peek(2048))) {
            if !raw.is_empty() {
                number += 1;
                let mut cut = broken.as_ref().map(|(_, why)| why.clone()).filter(|_| !more);
                if dropped > 0 {
                    let detail =
                        format!("a message of more than {most} bytes, of which the last {dropped} were not read");
                    sink.reject(base.at(number), Reason::TooLarge, detail)?;
                    cut = Some(format!("{dropped} bytes beyond the largest document were not read"));
                }
                let mut origin = base.clone();
                origin.number = number;
                reader.message(std::mem::take(&mut raw), cut, origin, sink)?;
            }
            if !more {
                return match broken {
                    Some((reason, why)) => {
                        sink.reject(base.at(number + 1), reason, format!("the mailbox breaks off: {why}"))
                    }
                    None => Flow::Continue(()),
                };
            }
            (blank, dropped) = (false, 0);
            continue;
        }
        blank = line.trim_ascii().is_empty();
        // mboxrd puts a `>` before lines that look like its separator.
        let quoted = line.iter().take_while(|b| **b == b'>').count();
        let line = if quoted > 0 && line[quoted..].starts_with(b"From ") { &line[1..] } else { &line[..] };
        if dropped == 0 && (raw.len() + line.len()) as u64 <= most {
            raw.extend_from_slice(line);
        } else {
            dropped += line.len() as u64;
        }
    }
}

/// Whether a line that begins with `From ` parts two messages, and is not a sentence: a blank line stands before and a
/// header follows. A sentence may tell a day and a time too, and some programs write no date. Where no blank line
/// stands before, the line must say who sent the message and when.
fn parts(line: &[u8], blank: bool, next: &[u8]) -> bool {
    let line = String::from_utf8_lossy(line);
    let next = String::from_utf8_lossy(next);
    let mut lines = next.lines();
    let first = lines.next().unwrap_or("");
    let known = first.starts_with(">From ") || field(first).is_some_and(|name| is_known(&name));
    let second = lines.next().is_some_and(|l| l.starts_with([' ', '\t']) || field(l).is_some());
    let dated = is_dated(&line);
    if blank {
        // A file may end below its last separator.
        return dated && (known || next.is_empty()) || known && second;
    }
    let sender = line.split_whitespace().nth(1).is_some_and(|w| w.contains('@') || matches!(w, "-" | "MAILER-DAEMON"));
    dated && known && sender
}

/// `From jo@a.example Fri Jun 27 14:01:00 2025` and its relatives: a month, a time and a year, each a word.
fn is_dated(line: &str) -> bool {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let words = || line.split_whitespace();
    let digits = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    words().any(|w| MONTHS.contains(&w))
        && words().any(|w| w.contains(':') && w.len() >= 4 && w.split(':').all(|n| digits(n) && n.len() <= 2))
        && words().any(|w| w.len() == 4 && digits(w))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_part_no_messages() {
        for (line, blank, next, parts_them) in [
            ("From jo@a.example Fri Jun 27 14:01:00 2025", true, "From: Jo\n", true),
            ("From jo@a.example Fri Jun 27 14:01:00 2025", false, "From: Jo\n", true),
            ("From jo at a.example  Fri Jun  7 14:01:00 2025", true, "X-A: b\n", true),
            ("From 1234@xxx Mon Jan 01 00:00:00 +0000 2024", true, "X-GM-THRID: 1\n", true),
            ("From - Fri Jun 27 14:01 2025", true, "X-Mozilla-Status: 0001\n", true),
            ("From MAILER-DAEMON Fri Jun 27 14:01:00 2025 remote from a", true, ">From jo Fri\n", true),
            ("From ???@??? ", true, "Received: by a\n\tfrom b\n", true),
            ("From jo@a.example Fri Jun 27 14:01:00 2025", false, "was the line we saw.\n", false),
            ("From here on the road is closed, said the mayor.", true, "\n", false),
            ("From here on the road is closed, said the mayor.", true, "Note: it opens in May.\n", false),
            ("From Fri 2 Jan 2026 the ferry leaves at 10:30 each day.", true, "\n", false),
            ("From Fri 2 Jan 2026 the ferry leaves at 10:30 each day.", true, "Note: bring a coat.\n", false),
            ("From Fri 2 Jan 2026 at 10:30 each day.", false, "Subject: is what follows.\n", false),
            ("From jo the writer 2025 comes a new book", true, "and more of it\n", false),
        ] {
            assert_eq!(parts(line.as_bytes(), blank, next.as_bytes()), parts_them, "{line} {next}");
        }
    }
}
