//! The head of a mail that was saved or handed on as text: `From:`, `To:`, `Subject:`, `Date:`.
//!
//! A report that quotes a mail has such lines too. They are a head only at the very top of a text, or below the line by
//! which a mail program says that it hands a message on; and only if they are complete: who, what or when, and an
//! address or a time that no writer invents.

use super::{blocks, labels, take};
use crate::clean::draft::Draft;
use crate::clean::metadata::dates;
use crate::model::{Field, MailField, hands_on};

/// Most heads in one another at the top of a text.
const MOST_HEADS: usize = 8;
/// Most lines of a head, and the longest in bytes: lists of recipients are long.
const MOST_LINES: usize = 40;
const MOST_BYTES: usize = 4_000;

/// What stands before the subject of a mail that answers another or hands it on.
const PREFIXES: &[&str] =
    &["re", "fw", "fwd", "aw", "wg", "tr", "rv", "rif", "i", "enc", "antw", "doorst", "sv", "vs", "vb", "odp", "pd"];

/// One head: its lines, and what stands in it.
struct Head {
    lines: Vec<(usize, MailField, String)>,
    end: usize,
}

fn part(line: &str) -> Option<(MailField, &str)> {
    let (label, value) = labels::split(line.trim_start_matches(['*', ' ']))?;
    Some((MailField::of(label.trim_matches('*').trim())?, value))
}

/// A complete head that begins on line `at`.
fn read(lines: &[&str], at: usize) -> Option<Head> {
    let mut head = Head { lines: Vec::new(), end: at };
    for (n, line) in lines.iter().enumerate().skip(at).take(MOST_LINES) {
        if line.trim().is_empty() {
            break;
        }
        if line.len() > MOST_BYTES {
            return None;
        }
        match (part(line), head.lines.last_mut()) {
            // A long value goes on, indented.
            (_, Some((_, _, value))) if line.starts_with([' ', '\t']) => {
                value.push(' ');
                value.push_str(line.trim());
                head.lines.push((n, MailField::Other, String::new()));
            }
            (Some((part, value)), _) => head.lines.push((n, part, value.to_owned())),
            (None, _) => return None,
        }
        head.end = n + 1;
    }
    let of = |part: MailField| head.lines.iter().find(|line| line.1 == part).map(|line| line.2.as_str());
    let kinds = [MailField::From, MailField::To, MailField::Date, MailField::Subject]
        .into_iter()
        .filter(|part| of(*part).is_some())
        .count();
    let address = [MailField::From, MailField::To].into_iter().filter_map(of).any(is_address);
    let timed = of(MailField::Date)
        .is_some_and(|date| date.contains(':') && !dates::find(date, &dates::Context::default()).is_empty());
    (kinds >= 3 && of(MailField::From).is_some() && (address || timed)).then_some(head)
}

fn is_address(value: &str) -> bool {
    value.split(['<', '>', ' ', ',', ';', '[', ']', '(', ')', ':']).any(|word| {
        word.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.') && !host.ends_with('.'))
    })
}

/// The subject without what answering and handing on put before it.
fn subject(value: &str) -> &str {
    let mut value = value.trim();
    while let Some((prefix, rest)) = value.split_once(':') {
        let prefix = prefix.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '[' | ']')).to_lowercase();
        if !PREFIXES.contains(&prefix.as_str()) {
            break;
        }
        value = rest.trim_start();
    }
    value
}

/// The name of a sender: `Vale Courier <news@vale.example>`.
fn sender(value: &str) -> &str {
    let name = value.split(['<', '[']).next().unwrap_or(value);
    let name = name.trim().trim_matches(['"', '\'', '“', '”']).trim();
    if name.is_empty() || name.contains('@') { "" } else { name }
}

/// Takes the heads out that stand at the top, and claims what the innermost says. Returns the first line of the text.
pub(super) fn head(lines: &[&str], from: usize, draft: &mut Draft) -> Option<usize> {
    let mut heads: Vec<(Option<usize>, Head)> = Vec::new();
    let mut at = from;
    while heads.len() < MOST_HEADS {
        let Some(first) = (at..lines.len()).find(|&n| !lines[n].trim().is_empty()) else { break };
        let rule = hands_on(lines[first]).then_some(first);
        let below = rule.map_or(Some(first), |rule| (rule + 1..lines.len()).find(|&n| !lines[n].trim().is_empty()));
        let Some(found) = below.and_then(|below| read(lines, below)) else { break };
        at = found.end;
        heads.push((rule, found));
    }
    // A head without a text is all there is.
    if heads.is_empty() || lines[at..].iter().all(|line| line.trim().is_empty()) {
        return None;
    }
    let last = heads.len() - 1;
    for (n, (rule, head)) in heads.into_iter().enumerate() {
        remove(lines, rule, &head, n == last, draft);
    }
    Some(at)
}

fn remove(lines: &[&str], rule: Option<usize>, head: &Head, tell: bool, draft: &mut Draft) {
    if let Some(rule) = rule {
        take(draft, rule, lines[rule], "header.mail", Vec::new());
    }
    for (n, part, value) in &head.lines {
        let told = match part {
            MailField::Subject => Some((Field::Title, subject(value))),
            MailField::Date => Some((Field::Published, value.as_str())),
            // Who sends a newsletter is its outlet; who wrote it stands in its text.
            MailField::From => Some((Field::Source, sender(value))),
            MailField::To | MailField::Other => None,
        };
        let told = told.filter(|_| tell).map(|(field, value)| (field, value.to_owned()));
        take(draft, *n, lines[*n], "header.mail", told.into_iter().collect());
    }
}

/// Reads `lines[from..]` into blocks, without the heads of messages that a mail hands on further down.
pub(super) fn parted(lines: &[&str], from: usize, draft: &mut Draft) {
    let (mut start, mut at) = (from, from);
    while at < lines.len() {
        let below =
            if hands_on(lines[at]) { (at + 1..lines.len()).find(|&n| !lines[n].trim().is_empty()) } else { None };
        if let Some(head) = below.and_then(|below| read(lines, below)) {
            blocks::read(&lines[start..at], start, draft);
            remove(lines, Some(at), &head, false, draft);
            (start, at) = (head.end, head.end);
        } else {
            at += 1;
        }
    }
    blocks::read(&lines[start..], start, draft);
}
