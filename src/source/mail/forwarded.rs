//! A message that was handed on in the text of another: its header stands there, in the words of the program that
//! handed it on.

use crate::model::{MailField, Payload, PayloadKind, hands_on};
use crate::source::xml::markup;

/// Lines looked at, and bytes of HTML they may take.
const MOST_LINES: usize = 80;
const MOST_BYTES: usize = 256 << 10;

/// What a program puts before the subject of a message that it hands on.
const MARKS: &[&str] =
    &["fwd", "fw", "wg", "tr", "rv", "i", "enc", "doorst", "vb", "vs", "vl", "pd", "转发", "轉寄", "転送"];
/// Those of them that nobody begins a headline with.
const SURE: &[&str] = &["fwd", "fw", "wg"];

/// The header of the message that was handed on.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Inner {
    pub from: String,
    pub date: String,
    pub subject: String,
    /// Words above it, by whoever handed it on.
    pub above: usize,
}

/// More words than a remark has above a message that is handed on.
pub const MOST_REMARK: usize = 40;

/// The header that stands in the text of a message that is only another one handed on, below a note perhaps.
pub fn inner(subject: &str, payload: &Payload) -> Option<Inner> {
    let lines = if matches!(payload.kind, PayloadKind::PlainText | PayloadKind::Markdown) {
        let lines = payload.text.lines().map(|line| line.trim_start_matches(['>', ' ', '\u{FEFF}']).trim());
        lines.filter(|line| !line.is_empty()).take(MOST_LINES).map(str::to_owned).collect()
    } else {
        lines_of(&payload.text)
    };
    // An answer has the message that it answers below it, with the same lines; there the text above is the message.
    let marked = marks(subject).is_some_and(|(mark, _)| MARKS.contains(&mark.as_str()));
    if !marked && !lines.first().is_some_and(|line| hands_on(line)) {
        return None;
    }
    let mut at = (0..lines.len()).find(|&n| hands_on(&lines[n]) || head(&lines[n..]).is_some())?;
    let above = lines[..at].iter().map(|line| line.split_whitespace().count()).sum();
    let mut found = None;
    // What is handed on may have been handed on.
    while at < lines.len() {
        let from = if hands_on(&lines[at]) { at + 1 } else { at };
        let Some((inner, length)) = head(&lines[from..]) else { break };
        found = Some(Inner { above, ..inner });
        at = from + length;
    }
    found
}

/// The text of a message that hands another one on, where each line of that is quoted (`> `): without these marks.
pub fn unquoted(subject: &str, text: &str) -> Option<String> {
    let bare = |line: &str| line.trim_start_matches(['>', ' ']).trim().to_owned();
    let lines: Vec<&str> = text.lines().collect();
    let marked = marks(subject).is_some_and(|(mark, _)| MARKS.contains(&mark.as_str()));
    let is_head = |at: usize| {
        let below: Vec<String> = lines[at..].iter().take(MOST_LINES).map(|line| bare(line)).collect();
        hands_on(&below[0]) || marked && lines[at].starts_with('>') && head(&below).is_some()
    };
    let from = (0..lines.len().min(MOST_LINES)).find(|&at| is_head(at))?;
    let mut from = if lines[from].starts_with('>') { from } else { from + 1 };
    // Some programs quote the text alone, and not the header above it.
    let begins = (from..lines.len()).find(|&at| !lines[at].trim().is_empty())?;
    if !lines[begins].starts_with('>') {
        let below: Vec<String> = lines[begins..].iter().take(MOST_LINES).map(|line| bare(line)).collect();
        from = head(&below).map_or(from, |(_, length)| begins + length);
    }
    let signed = |line: &&&str| line.trim_end() == "--";
    let said = || lines[from..].iter().take_while(|line| !signed(line)).filter(|line| !line.trim().is_empty());
    let quoted = said().filter(|line| line.starts_with('>')).count();
    // An answer between the lines is another text.
    if quoted < 3 || quoted * 10 < said().count() * 8 {
        return None;
    }
    let mut out = lines[..from].join("\n");
    let mut before = None;
    for line in &lines[from..] {
        let words = line.trim_start_matches(['>', ' ']);
        let depth = line[..line.len() - words.len()].matches('>').count();
        // What the message itself quotes is set apart from its own words.
        if before.is_some_and(|before| before != depth && before > 0 && depth > 0) && !words.is_empty() {
            out.push('\n');
        }
        before = Some(depth).filter(|_| !words.is_empty());
        out.push('\n');
        out.push_str(if depth > 0 { words } else { line });
    }
    Some(out)
}

/// A subject without what says that it was handed on.
pub fn unmarked(subject: &str) -> &str {
    let mut subject = subject.trim();
    while let Some((_, rest)) = marks(subject).filter(|(mark, rest)| SURE.contains(&mark.as_str()) && !rest.is_empty())
    {
        subject = rest;
    }
    subject
}

fn marks(subject: &str) -> Option<(String, &str)> {
    let (mark, rest) = subject.trim().split_once([':', '：'])?;
    Some((mark.trim().to_lowercase(), rest.trim()))
}

/// `Vale Courier <news@vale.example>`: the name and the address, either of which may be missing.
pub fn name_and_address(value: &str) -> (String, String) {
    let address = value.split(['<', '>', ' ', ',', ';', '[', ']', '(', ')', '"']).find_map(|word| {
        let word = word.strip_prefix("mailto:").unwrap_or(word);
        word.split_once('@').filter(|(user, host)| !user.is_empty() && host.contains('.')).map(|_| word)
    });
    let name = value.split(['<', '[']).next().unwrap_or(value).trim().trim_matches(['"', '\'', '“', '”']).trim();
    let name = if name.contains('@') { "" } else { name };
    (name.to_owned(), address.unwrap_or("").to_owned())
}

/// The header that the lines begin with, and how many it takes: three of its fields, and an address or a time of day.
fn head(lines: &[String]) -> Option<(Inner, usize)> {
    let mut inner = Inner::default();
    let (mut length, mut kinds) = (0, 0);
    for line in lines {
        let Some((label, value)) = line.trim_start_matches('*').split_once([':', '：']) else { break };
        let label = label.trim_matches(['*', ' ', '\u{a0}']);
        let value = value.trim_start_matches('*').trim();
        let slot = match MailField::of(label) {
            _ if value.is_empty() => break,
            Some(MailField::From) => Some(&mut inner.from),
            Some(MailField::Date) => Some(&mut inner.date),
            Some(MailField::Subject) => Some(&mut inner.subject),
            Some(MailField::To | MailField::Other) => None,
            None => break,
        };
        if let Some(slot) = slot {
            if !slot.is_empty() {
                break;
            }
            value.clone_into(slot);
            kinds += 1;
        } else {
            kinds += usize::from(length < 6);
        }
        length += 1;
    }
    let sure = !name_and_address(&inner.from).1.is_empty() || inner.date.contains(':');
    (kinds >= 3 && !inner.from.is_empty() && sure).then_some((inner, length))
}

/// The first lines of a page, as a reader sees them.
fn lines_of(html: &str) -> Vec<String> {
    const BREAKS: &[&str] = &["br", "p", "div", "tr", "li", "blockquote", "table", "h1", "h2", "h3", "hr"];
    const UNSEEN: &[&str] = &["style", "script", "title"];
    let html = &html[..html.floor_char_boundary(MOST_BYTES)];
    let (mut lines, mut line, mut rest) = (Vec::new(), String::new(), html);
    let mut close = |line: &mut String| {
        let text = markup::untagged(line);
        line.clear();
        if !text.is_empty() {
            lines.push(text);
        }
        lines.len() < MOST_LINES
    };
    while let Some((text, tag)) = rest.split_once('<') {
        line.push_str(text);
        if let Some(comment) = tag.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            continue;
        }
        let Some((tag, after)) = tag.split_once('>') else {
            rest = "";
            break;
        };
        let name =
            tag.trim_start_matches('/').split([' ', '/', '\n', '\r', '\t']).next().unwrap_or("").to_ascii_lowercase();
        rest = after;
        if UNSEEN.contains(&name.as_str()) && !tag.starts_with('/') {
            rest = memchr::memmem::find(rest.as_bytes(), b"</").map_or("", |at| &rest[at..]);
        } else if BREAKS.contains(&name.as_str()) {
            if !close(&mut line) {
                return lines;
            }
        } else if matches!(name.as_str(), "td" | "th") {
            line.push(' ');
        }
    }
    line.push_str(rest);
    close(&mut line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(subject: &str, text: &str) -> Option<[String; 3]> {
        let kind = if text.starts_with('<') { PayloadKind::HtmlFragment } else { PayloadKind::PlainText };
        let found = inner(subject, &Payload { kind, text: text.to_owned() })?;
        Some([found.from, found.date, found.subject])
    }

    #[test]
    fn the_inner_header_is_found() {
        let wanted =
            |from: &str, date: &str, subject: &str| Some([from.to_owned(), date.to_owned(), subject.to_owned()]);
        let tarn = "Tarn Post <news@tarn.example>";
        for (subject, text, found) in [
            (
                "Fwd: Pier",
                "To be kept.\n\n---------- Forwarded message ---------\nFrom: Tarn Post <news@tarn.example>\nDate: Mon, 1 Jun 2026 at 10:00\nSubject: Pier\nTo: <a@b.example>\n\nThe pier is closed.",
                wanted(tarn, "Mon, 1 Jun 2026 at 10:00", "Pier"),
            ),
            (
                "FW: Pier",
                "From: Tarn Post <news@tarn.example>\nSent: 1 June 2026 10:00\nTo: Jo\nSubject: Pier\n\nThe pier is closed.",
                wanted(tarn, "1 June 2026 10:00", "Pier"),
            ),
            (
                "WG: Mole",
                "-------- Weitergeleitete Nachricht --------\nBetreff: Mole\nDatum: Mon, 1 Jun 2026 10:00:00 +0200\nVon: Tarn Post <news@tarn.example>\nAn: a@b.example\n\nDie Mole ist zu.",
                wanted(tarn, "Mon, 1 Jun 2026 10:00:00 +0200", "Mole"),
            ),
            (
                "Fwd: Pier",
                "<div>Begin forwarded message:<br><br><blockquote type=\"cite\"><div><b>From: </b>Tarn Post &lt;news@tarn.example&gt;</div><div><b>Subject: </b><b>Pier</b></div><div><b>Date: </b>June 1, 2026 at 10:00:00 AM</div><div>The pier: closed.</div></blockquote></div>",
                wanted(tarn, "June 1, 2026 at 10:00:00 AM", "Pier"),
            ),
            (
                "TR: Quai",
                "<style>p{}</style><p>Pour info</p><table><tr><th>Objet : </th><td>Quai</td></tr><tr><th>Date : </th><td>1 juin 2026 10:00</td></tr><tr><th>De : </th><td>Tarn Post &lt;<a href=\"x\">news@tarn.example</a>&gt;</td></tr></table><p>Le quai ferme.</p>",
                wanted(tarn, "1 juin 2026 10:00", "Quai"),
            ),
            // Handed on twice.
            (
                "Fwd: Fwd: Pier",
                "---------- Forwarded message ---------\nFrom: Jo <jo@b.example>\nDate: 2 Jun 2026 at 11:00\nSubject: Fwd: Pier\n\n---------- Forwarded message ---------\nFrom: Tarn Post <news@tarn.example>\nDate: 1 Jun 2026 at 10:00\nSubject: Pier\n\nThe pier is closed.",
                wanted(tarn, "1 Jun 2026 at 10:00", "Pier"),
            ),
            // An answer, a story that quotes, and a subject with nothing below it.
            (
                "Re: Pier",
                "Thanks.\n\n-----Original Message-----\nFrom: Jo <jo@b.example>\nSent: 1 June 2026 10:00\nSubject: Pier\n",
                None,
            ),
            ("Pier", "The letter read:\n\nFrom: Jo <jo@b.example>\nDate: 1 June 2026 10:00\nSubject: Pier\n", None),
            ("Fwd: Pier", "The pier is closed.\n\nFrom: now on.\n", None),
        ] {
            assert_eq!(read(subject, text), found, "{text}");
        }
    }

    #[test]
    fn a_quoted_message_loses_its_marks() {
        let quoted = "> From: Tarn Post <news@tarn.example>\n> Date: 1 Jun 2026 at 10:00\n> Subject: Pier\n>\n> The pier is closed.\n";
        let bare =
            "From: Tarn Post <news@tarn.example>\nDate: 1 Jun 2026 at 10:00\nSubject: Pier\n\nThe pier is closed.";
        let rule = "---------- Forwarded message ---------";
        for (subject, text, plain) in [
            ("Fwd: Pier", format!("Look.\n\n{rule}\n{quoted}"), Some(format!("Look.\n\n{rule}\n{bare}"))),
            ("Pier", format!("{rule}\n{quoted}\n-- \nJo"), Some(format!("{rule}\n{bare}\n\n-- \nJo"))),
            ("Fwd: Pier", quoted.to_owned(), Some(format!("\n{bare}"))),
            // The text alone is quoted, and quotes in its turn.
            (
                "Fwd: Pier",
                format!(
                    "{rule}\nFrom: Tarn Post <news@tarn.example>\nDate: 1 Jun 2026 at 10:00\nSubject: Pier\n\n> One.\n> > Two.\n>> > Three.\n>\n> Four."
                ),
                Some(format!(
                    "{rule}\nFrom: Tarn Post <news@tarn.example>\nDate: 1 Jun 2026 at 10:00\nSubject: Pier\n\nOne.\n\nTwo.\n\nThree.\n\nFour."
                )),
            ),
            // An answer, and one between the lines.
            ("Re: Pier", format!("Thanks.\n\n{quoted}"), None),
            ("Fwd: Pier", format!("{rule}\n{quoted}\nWhy?\nI ask.\nTell me.\nNobody does."), None),
            ("Fwd: Pier", "The pier is closed.\n".to_owned(), None),
        ] {
            assert_eq!(unquoted(subject, &text), plain, "{text}");
        }
    }

    #[test]
    fn a_subject_loses_only_its_marks() {
        for (subject, title) in [
            ("Fwd: Pier", "Pier"),
            ("FW: Fwd: Pier: closed", "Pier: closed"),
            ("WG: Mole", "Mole"),
            ("I: robots of Orlen", "I: robots of Orlen"),
            ("Re: Pier", "Re: Pier"),
            ("Fwd:", "Fwd:"),
        ] {
            assert_eq!(unmarked(subject), title);
        }
    }
}
