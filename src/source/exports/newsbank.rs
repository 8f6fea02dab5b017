//! NewsBank: a headline, `Aldmoor Post (Aldmoor, PE) - June 1, 2026`, labelled fields before the text or behind it.

use super::Record;
use super::parts::{is_date, is_rights, join, labelled};
use crate::model::Field;

/// Labels that nobody else has.
const OF_ITS_OWN: &[&str] = &["Author/Byline", "Record Number", "OpenURL Link", "Index Terms", "Readability"];
/// All of them, and what they mean.
const LABELS: &[(&str, Option<Field>)] = &[
    ("Author/Byline", Some(Field::Author)),
    ("Author", Some(Field::Author)),
    ("Byline", Some(Field::Author)),
    ("Section", Some(Field::Section)),
    ("Index Terms", Some(Field::Tag)),
    ("Subject", Some(Field::Tag)),
    ("Dateline", Some(Field::DatelinePlace)),
    ("Record Number", Some(Field::Guid)),
    ("OpenURL Link", Some(Field::Url)),
    ("Source", Some(Field::Source)),
    ("Correction", Some(Field::CorrectionNote)),
    ("Readability", None),
    ("Edition", None),
    ("Page", None),
    ("Pages", None),
    ("Column", None),
    ("Article Type", None),
    ("Memo", None),
    ("Caption", None),
    ("Words", None),
];

fn label(line: &str) -> Option<(&'static str, Option<Field>, &str)> {
    let (name, value) = labelled(line.trim())?;
    LABELS.iter().find(|(known, _)| *known == name).map(|(known, field)| (*known, *field, value))
}

/// How many labels that nobody else has stand in a text.
pub fn labels(text: &str) -> usize {
    let mut met: Vec<&str> = text.lines().filter_map(label).map(|(name, ..)| name).collect();
    met.retain(|name| OF_ITS_OWN.contains(name));
    met.sort_unstable();
    met.dedup();
    met.len()
}

/// The paper and the day of the line below a headline.
fn imprint(line: &str) -> Option<(&str, &str)> {
    let (paper, day) = line.trim().rsplit_once(" - ")?;
    let paper = paper.split(" (").next().unwrap_or(paper).trim();
    (!paper.is_empty() && paper.len() <= 80 && is_date(day)).then_some((paper, day.trim()))
}

/// Where each document begins: at the headline above its paper and day.
pub fn starts(text: &str) -> Vec<usize> {
    let (mut out, mut at, mut above): (Vec<usize>, usize, Option<usize>) = (Vec::new(), 0, None);
    for line in text.split_inclusive('\n') {
        match (line.trim().is_empty(), above) {
            (true, _) => {}
            (false, Some(headline)) if imprint(line).is_some() => {
                out.push(headline);
                above = None;
            }
            (false, _) => above = Some(at),
        }
        at += line.len();
    }
    out
}

/// Reads one document.
pub fn read(piece: &str, record: &mut Record) {
    let lines: Vec<&str> = piece.lines().collect();
    let printed = lines.iter().position(|line| imprint(line).is_some());
    let mut title: Vec<&str> = Vec::new();
    let mut body: Vec<&str> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let plain = line.trim();
        if printed.is_some_and(|printed| at < printed) {
            title.extend((!plain.is_empty()).then_some(plain));
        } else if printed == Some(at) {
            let (paper, day) = imprint(line).unwrap_or_default();
            record.say(Field::Source, paper, "imprint");
            record.say(Field::Published, day, "imprint");
        } else if let Some((name, field, value)) = label(line) {
            if let Some(field) = field {
                record.say_label(field, value, name);
            }
            body.push("");
        } else if is_rights(plain) {
            record.say(Field::RightsNotice, plain, "rights");
        } else if !(plain.len() >= 5 && plain.bytes().all(|b| matches!(b, b'_' | b'-' | b'=' | b'*'))) {
            body.push(line);
        }
    }
    record.say(Field::Title, &title.join(" "), "headline");
    record.body = join(body);
}
