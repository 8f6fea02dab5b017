//! Wire text: ANPA-1312 and IPTC 7901.
//!
//! Both frame an item with control characters: SOH header STX text ETX trailer EOT. A line of text begins a paragraph
//! if it is indented; others continue it (lines are cut at about 70 characters).

mod embargo;
mod head;

use head::Caret;
use jiff::civil::Date;

use super::Wire;
use crate::model::{Field, Payload, PayloadKind, Reason};
use crate::source::input::{Context, Flow, Input, Sink};
use crate::source::sniff::Head;
use crate::source::xml::markup::collapse;
use crate::source::{Source, decode};

/// Wire text.
pub struct WireText;

const SOH: char = '\u{1}';
const STX: char = '\u{2}';
const ETX: char = '\u{3}';
const EOT: char = '\u{4}';

impl Source for WireText {
    fn name(&self) -> &'static str {
        "wire text"
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        let start = &head.bytes[..head.bytes.len().min(64)];
        let near = &head.bytes[..head.bytes.len().min(2048)];
        start.contains(&1) && near.contains(&2) && !near.contains(&0)
    }

    fn read(&self, mut input: Input<'_>, context: Context<'_>, sink: &mut Sink<'_>) -> Flow {
        let (raw, cut) = match input.all("a wire file", context, sink) {
            Ok(read) => read,
            Err(flow) => return flow,
        };
        let text = decode::piece(&raw);
        let mut number = 0;
        for item in text.split(SOH).filter(|i| i.contains(STX)) {
            number += 1;
            let origin = input.origin.at(number);
            let (header, rest) = item.split_once(STX).unwrap_or(("", item));
            let (body, trailer) = rest.split_once(ETX).unwrap_or((rest.split(EOT).next().unwrap_or(rest), ""));
            if body.trim().is_empty() {
                sink.reject(origin, Reason::Empty, "a wire item without text")?;
                continue;
            }
            let mut out = Wire::of(item.as_bytes().to_vec(), origin);
            let date = date(trailer.split(EOT).next().unwrap_or(""));
            let day = date.as_deref().and_then(|date| date.get(..10)).and_then(|day| day.parse().ok());
            let above = self::header(header, &mut out);
            lines(&format!("{above}{body}"), day, &mut out);
            if let Some(date) = date {
                out.say(Field::Published, &date, "wire:trailer");
            }
            out.send(&input.envelope, sink)?;
        }
        if number == 0 {
            return sink.reject(input.origin, Reason::Damaged, "wire text without a whole item");
        }
        match cut {
            Some(why) => {
                sink.reject(input.origin.at(number + 1), Reason::Truncated, format!("the file breaks off: {why}"))
            }
            None => Flow::Continue(()),
        }
    }
}

/// `eca0001 4 rs 46  dpa 0027` (IPTC 7901: id, priority, category, words, keywords) or `W2595` and
/// `u i  BC-SLUG-Subject, 11-13 0895` (ANPA: priority, category, slug, date, words).
///
/// Gives what stands below the first line of the former: some services have slug and headline there.
fn header(header: &str, out: &mut Wire) -> String {
    let clean: String = header.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect();
    let mut lines = clean.lines().map(str::trim).filter(|l| !l.is_empty());
    let first: Vec<&str> = lines.next().unwrap_or("").split_whitespace().collect();
    if let Some(id) = first.first() {
        out.say(Field::AgencyItemId, id, "wire:header");
        out.say(Field::Guid, id, "wire:header");
    }
    if let Some(urgency) = first.get(1).filter(|w| w.len() == 1 && w.bytes().all(|b| b.is_ascii_digit())) {
        out.say(Field::Urgency, urgency, "wire:header");
        if let Some(category) = first.get(2) {
            out.say(Field::Section, category, "wire:header");
        }
        return lines.map(|line| format!("{line}\n")).collect();
    } else if let Some(second) = lines.next() {
        let words: Vec<&str> = second.split_whitespace().collect();
        // Priorities are letters: f(lash), b(ulletin), u(rgent), r(egular), d(eferred), …
        if let Some(urgency) = words.first().filter(|w| w.len() == 1) {
            out.say(Field::Urgency, urgency, "wire:header");
        }
    }
    String::new()
}

fn lines(body: &str, day: Option<Date>, out: &mut Wire) {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut open = false;
    let mut goes_on = false;
    let mut carets: Vec<Caret> = Vec::new();
    let (head, body) = head::of_iptc(body);
    head::iptc(&head, out);
    for (at, line) in body.lines().enumerate() {
        let text: String = line.chars().filter(|c| !c.is_control() || *c == '\t').collect();
        let marked = text.trim_end().strip_suffix('<');
        let line = collapse(marked.unwrap_or(&text));
        if line.is_empty() {
            (open, goes_on) = (false, false);
            continue;
        }
        // A line with a caret that goes on over lines ends with its mark.
        if goes_on && !line.starts_with('^') && !text.starts_with([' ', '\t']) {
            if let Some(caret) = carets.last_mut() {
                caret.text.push(' ');
                caret.text.push_str(&line);
                caret.ends = line.ends_with('=');
            }
            goes_on = marked.is_none();
            continue;
        }
        goes_on = false;
        // ANPA marks headlines, bylines and notes to editors with a caret, and repeats the slug on the first line.
        if let Some(rest) = line.strip_prefix('^') {
            // What ends the text.
            if !paragraphs.is_empty() && matches!(rest.trim(), "END" | "MORE") {
                open = false;
                continue;
            }
            carets.push(Caret { text: rest.trim().to_owned(), ends: rest.trim_end().ends_with('=') });
            goes_on = marked.is_none() && !rest.trim_end().ends_with('=');
            open = false;
            continue;
        }
        if at == 0 && (marked.is_some() && line.contains('-') || head::is_slug(&line) && line.contains(',')) {
            continue;
        }
        // Its keywords may stand above it: `Tarn/Council/`.
        if paragraphs.is_empty() && carets.is_empty() && line.ends_with('/') && !line.contains(' ') {
            line.split('/').for_each(|word| out.say(Field::Tag, word, "wire:keywords"));
            continue;
        }
        let indented = text.starts_with([' ', '\t']);
        match paragraphs.last_mut().filter(|_| open && !indented) {
            Some(last) => {
                // A word cut at its hyphen is found whole, and so is one that has a hyphen of its own.
                let cut = last.strip_suffix('-').is_some_and(|word| word.ends_with(char::is_alphabetic));
                if !(cut && line.starts_with(char::is_lowercase)) {
                    last.push(' ');
                }
                last.push_str(&line);
            }
            None => paragraphs.push(line),
        }
        open = marked.is_none();
    }
    head::carets(carets, day, out);
    let text = paragraphs.join("\n\n");
    out.body(Some(Payload { kind: PayloadKind::PlainText, text }).filter(|p| !p.text.is_empty()));
}

/// Months as wires shorten them.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// `AP-WF-08-29-16 1626GMT` or `242200 GMT Jun 17` as ISO 8601.
fn date(trailer: &str) -> Option<String> {
    let words: Vec<&str> = trailer.split_whitespace().collect();
    let digits = |w: &str| w.bytes().all(|b| b.is_ascii_digit());
    for (at, word) in words.iter().enumerate() {
        let parts: Vec<&str> = word.rsplit('-').take(3).collect();
        if let [year, day, month] = parts[..]
            && [year, day, month].iter().all(|p| p.len() == 2 && digits(p))
        {
            let written = words.get(at + 1).map_or("", |time| time.trim_end_matches('<'));
            let time = written.get(..4).filter(|t| digits(t));
            let time = time.map_or(String::new(), |t| format!("T{}:{}{}", &t[..2], &t[2..], zone(&written[4..])));
            return Some(format!("{}{year}-{month}-{day}{time}", century(year)));
        }
        if word.len() == 6 && digits(word) {
            let month = |at: usize| {
                let name = words.get(at)?.get(..3)?.to_lowercase();
                MONTHS.iter().position(|m| *m == name).map(|month| month + 1)
            };
            let zoned = month(at + 1).is_none();
            let month = month(at + 1 + usize::from(zoned))?;
            let year = words.get(at + 2 + usize::from(zoned)).filter(|y| y.len() == 2 && digits(y))?;
            let zone = if zoned { zone(words[at + 1]) } else { "" };
            let century = century(year);
            return Some(format!("{century}{year}-{month:02}-{}T{}:{}{zone}", &word[..2], &word[2..4], &word[4..]));
        }
    }
    None
}

/// A zone's name as its offset; nothing for one that is not known, so that its time of day counts for nothing.
fn zone(name: &str) -> &'static str {
    match name {
        "GMT" | "UTC" | "Z" => "Z",
        "BST" | "CET" | "MEZ" => "+01:00",
        "CEST" | "MESZ" => "+02:00",
        "EDT" => "-04:00",
        "EST" | "CDT" => "-05:00",
        "CST" | "MDT" => "-06:00",
        "MST" | "PDT" => "-07:00",
        "PST" => "-08:00",
        _ => "",
    }
}

/// The century of a year of two digits: these formats are of the seventies.
fn century(year: &str) -> &'static str {
    if year >= "70" { "19" } else { "20" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trailers_give_dates() {
        for (trailer, expected) in [
            ("AP-WF-08-29-16 1626GMT<", Some("2016-08-29T16:26Z")),
            ("242200 GMT Jun 17", Some("2017-06-24T22:00Z")),
            ("271405 GMT Jun 95", Some("1995-06-27T14:05Z")),
            ("TW-WF-08-29-88 1626GMT<", Some("1988-08-29T16:26Z")),
            ("AP-NY-06-27-25 1405EDT<", Some("2025-06-27T14:05-04:00")),
            ("271505 Jun 25", Some("2025-06-27T15:05")),
            ("271505 CET Jun 25", Some("2025-06-27T15:05+01:00")),
            ("no date", None),
        ] {
            assert_eq!(date(trailer).as_deref(), expected, "{trailer}");
        }
    }
}
