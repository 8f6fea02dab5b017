//! ProQuest: title, a few fields, `Full text:`, and behind it many fields, each in a paragraph of its own.

use super::Record;
use super::nexis::is_short_count;
use super::parts::{Part, is_date, is_rights, join, labelled, parts};
use crate::model::Field;

/// How lines begin that are found in no other export.
pub const LABELS_OF_ITS_OWN: &[&str] =
    &["Publication title:", "ProQuest document ID:", "Publication info:", "Full text:", "Full Text:"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    /// The text begins.
    Text,
    Abstract,
    /// Outlet, place, day and page in one.
    Info,
    Field(Option<Field>),
    /// A heading between text and fields.
    Details,
}

/// Labels; those with `true` stand in every foot.
const LABELS: &[(&str, Meaning, bool)] = &[
    ("full text", Meaning::Text, false),
    ("abstract", Meaning::Abstract, false),
    ("publication info", Meaning::Info, false),
    ("title", Meaning::Field(Some(Field::Title)), false),
    ("author", Meaning::Field(Some(Field::Author)), false),
    ("publication title", Meaning::Field(Some(Field::Source)), true),
    ("publication date", Meaning::Field(Some(Field::Published)), true),
    ("last updated", Meaning::Field(None), false),
    ("section", Meaning::Field(Some(Field::Section)), false),
    ("language of publication", Meaning::Field(Some(Field::Language)), true),
    ("proquest document id", Meaning::Field(Some(Field::Guid)), true),
    ("document url", Meaning::Field(Some(Field::Url)), true),
    ("copyright", Meaning::Field(Some(Field::RightsNotice)), false),
    ("subject", Meaning::Field(Some(Field::Tag)), false),
    ("dateline", Meaning::Field(Some(Field::DatelinePlace)), false),
    ("database", Meaning::Field(None), true),
    ("source type", Meaning::Field(None), true),
    ("links", Meaning::Field(None), false),
    ("location", Meaning::Field(None), false),
    ("people", Meaning::Field(None), false),
    ("person", Meaning::Field(None), false),
    ("company / organization", Meaning::Field(None), false),
    ("identifier / keyword", Meaning::Field(None), false),
    ("classification", Meaning::Field(None), false),
    ("business indexing term", Meaning::Field(None), false),
    ("alternate title", Meaning::Field(None), false),
    ("first page", Meaning::Field(None), false),
    ("pages", Meaning::Field(None), false),
    ("number of pages", Meaning::Field(None), false),
    ("column", Meaning::Field(None), false),
    ("publication year", Meaning::Field(None), false),
    ("publication subject", Meaning::Field(None), false),
    ("publisher", Meaning::Field(None), false),
    ("place of publication", Meaning::Field(None), false),
    ("country of publication", Meaning::Field(None), false),
    ("issn", Meaning::Field(None), false),
    ("e-issn", Meaning::Field(None), false),
    ("volume", Meaning::Field(None), false),
    ("issue", Meaning::Field(None), false),
    ("document type", Meaning::Field(None), false),
    ("document feature", Meaning::Field(None), false),
    ("accession number", Meaning::Field(None), false),
    ("credit", Meaning::Field(None), false),
    ("correction notice", Meaning::Field(None), false),
    ("word count", Meaning::Field(None), false),
];

fn label(line: &str) -> Option<(Meaning, &str, &str)> {
    match line {
        "FULL TEXT" | "Full text" => return Some((Meaning::Text, line, "")),
        "ABSTRACT" => return Some((Meaning::Abstract, line, "")),
        "DETAILS" | "LINKS" | "Details" => return Some((Meaning::Details, line, "")),
        _ => {}
    }
    let (label, value) = labelled(line)?;
    let lower = label.to_lowercase();
    // Older exports name a field twice: `Abstract (Abstract)`.
    let lower = lower
        .split_once(" (")
        .filter(|(name, again)| again.strip_suffix(')') == Some(*name))
        .map_or(&*lower, |(name, _)| name);
    let (_, meaning, _) = LABELS.iter().find(|(name, ..)| *name == lower)?;
    label.starts_with(char::is_uppercase).then_some((*meaning, label, value))
}

/// Reads what stands between two rules.
pub fn read(piece: &str, out: &mut Record) {
    let lines: Vec<&str> = piece.lines().map(str::trim).collect();
    let all = parts(&lines, label);
    let text = all.iter().position(|part| matches!(part.label, Some((Meaning::Text, _))));
    let end = text.map_or(all.len(), |text| foot(&all, text + 1));
    let mut summary = String::new();
    let mut described = false;
    let mut title = "";
    let (head, foot) = (&all[..text.unwrap_or(all.len())], &all[end..]);
    // Where there is no text, fields behind an abstract are read as those of a foot are.
    for (part, behind) in head.iter().map(|p| (p, false)).chain(foot.iter().map(|p| (p, true))) {
        match part.label {
            Some((Meaning::Field(Some(field)), name)) => {
                described = false;
                // Behind the title of a paper stands its town.
                let value = if field == Field::Source { part.value.split("; ").next() } else { None };
                out.say_label(field, value.unwrap_or(&part.value), name);
            }
            Some((Meaning::Abstract, _)) => {
                described = true;
                summary = if is_nothing(&part.value) { String::new() } else { part.value.clone() };
            }
            Some((Meaning::Info, _)) => info(&part.value, out),
            Some(_) => described = false,
            None if described && !behind => {
                summary.push_str("\n\n");
                summary.push_str(&part.value);
            }
            None if is_rights(&part.value) => out.say(Field::RightsNotice, &part.value, "Copyright"),
            None if title.is_empty() && !behind && !is_short_count(&part.value) => title = &part.value,
            None => {}
        }
    }
    if out.claims.is_empty() && text.is_none() {
        return;
    }
    out.say_ranked(1, Field::Title, title, "title");
    let Some(text) = text else {
        // Only what it is about.
        if !summary.is_empty() {
            out.say(Field::Truncated, "true", "Abstract");
            out.body = summary;
        }
        return;
    };
    let (from, to) = (all[text].lines.start, all[end - 1].lines.end);
    let first = lines[from].split_once(':').map_or("", |(_, rest)| rest.trim());
    let body = join(std::iter::once(first).chain(lines[from + 1..to].iter().copied()));
    if is_nothing(&body) {
        // The words in the place of a text are none of the article's; what it is about is all there is.
        out.say(Field::Truncated, "true", "Full text");
        out.body = summary;
        return;
    }
    out.say(Field::Summary, &summary, "Abstract");
    out.body = body;
}

/// Whether a piece is the head of a document of which another piece holds the fields: a title, and where and when it was
/// printed, as older exports write them between rules of their own.
pub fn is_head(piece: &str) -> bool {
    let lines: Vec<&str> = piece.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    (2..=6).contains(&lines.len())
        && lines.contains(&"ProQuest document link")
        && !lines.iter().any(|line| label(line).is_some() || line.starts_with("Document "))
}

/// Whether a piece begins with a field, and so without its title.
pub fn is_headless(piece: &str) -> bool {
    let first = piece.lines().map(str::trim).find(|line| !line.is_empty());
    first
        .and_then(label)
        .is_some_and(|(meaning, ..)| matches!(meaning, Meaning::Abstract | Meaning::Text | Meaning::Field(None)))
}

/// Whether what stands in the place of a text says that there is none.
fn is_nothing(body: &str) -> bool {
    const WORDS: &[&str] = &[
        "not available",
        "not available in this database",
        "none available",
        "none",
        "unavailable",
        "not available due to copyright restrictions",
        "full text not available",
        "full text unavailable",
        "full text is not available",
        "full text is unavailable",
        "full text of this article is not available",
        "full text availability",
        "no full text",
        "no full text available",
        "n/a",
    ];
    let plain = body.trim().trim_matches(['[', ']', '(', ')', '.', ' ']).to_lowercase();
    WORDS.contains(&plain.as_str())
}

/// Where the foot begins: fields, each once, that stand together at the end, with some that every foot has.
fn foot(all: &[Part<'_, Meaning>], begin: usize) -> usize {
    if let Some(details) =
        all.iter().skip(begin).position(|p| matches!(p.label, Some((Meaning::Details, "DETAILS" | "Details"))))
    {
        return begin + details;
    }
    let mut seen: Vec<String> = Vec::new();
    let mut start = all.len();
    let mut loose = 0;
    for (at, part) in all.iter().enumerate().skip(begin).rev() {
        // Above the title only subjects of all kinds stand, and they are known.
        let below = !seen.iter().any(|name| name == "title");
        match part.label {
            // A field that comes twice is the text's own.
            Some((Meaning::Field(_) | Meaning::Details, name)) if !seen.contains(&name.to_lowercase()) => {
                seen.push(name.to_lowercase());
                (start, loose) = (at, 0);
            }
            // Fields we do not know, a notice below the last one.
            None if loose < 3 && (below && labelled(&part.value).is_some() || is_note(part)) => loose += 1,
            _ => break,
        }
    }
    let sure = seen.iter().any(|name| LABELS.iter().any(|(known, _, sure)| *sure && name == *known));
    if sure { start } else { all.len() }
}

/// What may stand among fields without a label of its own.
fn is_note(part: &Part<'_, Meaning>) -> bool {
    is_rights(&part.value) || part.value.starts_with("http") || part.value == "ProQuest document link"
}

/// `Aldmoor Post ; Aldmoor [Aldmoor]. 27 June 2025: 3.`
fn info(value: &str, out: &mut Record) {
    let outlet = value.split([';', '.']).next().unwrap_or("").trim();
    out.say_ranked(1, Field::Source, outlet.split(", suppl").next().unwrap_or(outlet), "Publication info");
    let day = value.split(". ").map(|piece| piece.split(':').next().unwrap_or("").trim().trim_end_matches('.'));
    if let Some(day) = day.into_iter().find(|piece| is_date(piece)) {
        out.say_ranked(1, Field::Published, day, "Publication info");
    }
}
