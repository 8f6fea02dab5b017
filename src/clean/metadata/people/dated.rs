//! Lines that tell the day and who wrote in one: `Publié le 6 mai 2024 à 18h30 par Ida Holm`.

use super::byline::{self, plain};
use crate::clean::metadata::dates;
use crate::model::Precision;

/// Longest such line, in bytes.
const MOST_BYTES: usize = 110;
/// What may open it, folded.
const LABELS: &[&str] = &[
    "published on",
    "published",
    "posted on",
    "posted",
    "publie le",
    "publie",
    "mis en ligne le",
    "veroffentlicht am",
    "veroffentlicht",
    "erstellt am",
    "geschrieben am",
    "pubblicato il",
    "pubblicato",
    "publicado el",
    "publicado em",
    "publicado",
    "gepubliceerd op",
    "geplaatst op",
    "publicerad",
    "publicerat",
    "publisert",
    "opublikowano",
];
/// What opens the byline in it.
const OPENERS: &[&str] = &["by", "par", "por", "von", "di", "door", "av", "przez"];

/// The day that a line tells and the byline behind it, if it is made of both and nothing else but a word for publishing.
pub(in crate::clean) fn dated_byline(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    if line.len() > MOST_BYTES || line.ends_with(['.', '!', '?']) || !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let starts = |at: &usize| line[..*at].ends_with([' ', '\u{a0}']);
    let opens = |at: &usize| {
        let word = line[*at..].split([' ', ':']).next().unwrap_or("");
        OPENERS.contains(&word.to_lowercase().as_str())
    };
    let at = line.char_indices().map(|(at, _)| at).filter(starts).find(opens)?;
    let (before, names) = line.split_at(at);
    let day = without_label(before).trim_end_matches([' ', '\u{a0}', '|', ',', '-', '–', '—', '·', '•']);
    // That a line is a date can be told where day and month cannot.
    let numbers = dates::Context { day_first: Some(true), ..dates::Context::default() };
    let date = dates::whole(day, &numbers)?;
    let full = byline::line(names, &[])?.persons.iter().all(|name| name.contains(' '));
    (full && date.precision >= Precision::Day).then_some((day, names))
}

/// What stands behind the label of a day.
fn without_label(text: &str) -> &str {
    let words: Vec<&str> = text.split(' ').collect();
    let label = |count: &usize| {
        let said: Vec<String> = words[..*count].iter().map(|word| plain(word).replace(':', "")).collect();
        LABELS.contains(&said.join(" ").as_str())
    };
    let count = (1..=words.len().min(4)).rev().find(label).unwrap_or(0);
    let label: usize = words[..count].iter().map(|word| word.len() + 1).sum();
    text.get(label..).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::dated_byline;

    #[test]
    fn days_with_a_byline_and_nothing_else() {
        for (line, want) in [
            ("Publié le 6 mai 2024 à 18h30 | Par Jeanne Moreau", Some("Par Jeanne Moreau")),
            ("Publié le 06/05/2024 à 18:30 par Jeanne d’Orel", Some("par Jeanne d’Orel")),
            ("Veröffentlicht am 6. Mai 2024 von Hanna Klee", Some("von Hanna Klee")),
            ("Pubblicato il 6 maggio 2024 alle 18:30 di Ida Monti", Some("di Ida Monti")),
            ("Publicado el 6 de mayo de 2024 por Ana Quispe", Some("por Ana Quispe")),
            ("Published: May 6, 2024 | By Ida Vance", Some("By Ida Vance")),
            ("May 6, 2024 by Ida Vance", Some("by Ida Vance")),
            ("Published on 6 May 2024 by mistake", None),
            ("Posted on 6 May 2024 by the council of Orlen", None),
            ("Le 6 mai 2024, par Jean Moreau, le maire, la halle avait été sauvée", None),
            ("On 6 May 2024 the bridge was closed by Ida Vance", None),
            ("Published by Ida Vance", None),
        ] {
            assert_eq!(dated_byline(line).map(|(_, names)| names), want, "{line}");
        }
    }
}
