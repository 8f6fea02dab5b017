//! A document of an export cut into its parts: labelled fields and paragraphs; lines that are dates, lengths, rights.

/// Lines that belong together.
#[derive(Debug)]
pub struct Part<'t, M> {
    /// What its label means and the label, if it begins with one.
    pub label: Option<(M, &'t str)>,
    /// What stands behind the label, or all of it; lines joined by a space.
    pub value: String,
    /// Its lines, by number.
    pub lines: std::ops::Range<usize>,
}

/// Cuts lines into parts: a label begins one, a blank line ends one. `read` gives the meaning, label and value of a
/// line that begins with a label.
pub fn parts<'t, M>(lines: &[&'t str], read: impl Fn(&'t str) -> Option<(M, &'t str, &'t str)>) -> Vec<Part<'t, M>> {
    let mut out: Vec<Part<'t, M>> = Vec::new();
    let mut open = false;
    for (at, line) in lines.iter().copied().enumerate() {
        let plain = line.trim();
        if plain.is_empty() {
            open = false;
        } else if let Some((meaning, label, value)) = read(plain) {
            out.push(Part { label: Some((meaning, label)), value: value.trim().to_owned(), lines: at..at + 1 });
            open = true;
        } else if let Some(last) = out.last_mut().filter(|_| open) {
            if !last.value.is_empty() {
                last.value.push(' ');
            }
            last.value.push_str(plain);
            last.lines.end = at + 1;
        } else {
            out.push(Part { label: None, value: plain.to_owned(), lines: at..at + 1 });
            open = true;
        }
    }
    out
}

/// `Label: value` with a label of at most 40 bytes.
pub fn labelled(line: &str) -> Option<(&str, &str)> {
    let (label, value) = line.split_once(':')?;
    let label = label.trim();
    (!label.is_empty() && label.len() <= 40).then_some((label, value.trim()))
}

/// Lines as the text of a document: blank lines part paragraphs, and come once.
pub fn join<'t>(lines: impl IntoIterator<Item = &'t str>) -> String {
    let mut out = String::new();
    for line in lines {
        let line = line.trim();
        if line.is_empty() {
            if !out.is_empty() && !out.ends_with("\n\n") {
                out.push_str("\n\n");
            }
        } else {
            if !out.is_empty() && !out.ends_with('\n') {
                out.push('\n');
            }
            out.push_str(line);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Whether a line is a notice of rights and nothing else: `Copyright 2025 Aldmoor Post Ltd`, `All Rights Reserved`.
pub fn is_rights(line: &str) -> bool {
    const RESERVED: &[&str] = &[
        "all rights reserved",
        "alle rechte vorbehalten",
        "tous droits réservés",
        "todos los derechos reservados",
        "todos os direitos reservados",
        "tutti i diritti riservati",
        "alle rechten voorbehouden",
    ];
    let lower = line.trim().to_lowercase();
    if lower.len() > 240 {
        return false;
    }
    let rest = ["copyright ", "(c) ", "(c)", "© "].iter().find_map(|mark| lower.strip_prefix(mark));
    // `Copyright law was also discussed in 2025` is the text's own: a year or a sign comes first in a notice.
    let noticed = rest.is_some_and(|rest| {
        let rest = rest.trim_start_matches(['(', ')', 'c', '©', ' ', ',', '-']);
        rest.starts_with(|c: char| c.is_ascii_digit())
            || lower.ends_with("reserved.")
            || lower.ends_with("reserved")
            || has_year(rest) && rest.split_whitespace().count() <= 10 && !lower.ends_with('.')
    });
    noticed || RESERVED.contains(&lower.trim_end_matches('.'))
}

fn has_year(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit()).any(|n| n.len() == 4 && (n.starts_with("19") || n.starts_with("20")))
}

/// Months and weekdays of the languages these services are read in, lowercase.
const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "januar",
    "jänner",
    "februar",
    "märz",
    "mai",
    "juni",
    "juli",
    "oktober",
    "dezember",
    "janvier",
    "février",
    "mars",
    "avril",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
    "gennaio",
    "febbraio",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "settembre",
    "ottobre",
    "dicembre",
    "janeiro",
    "fevereiro",
    "março",
    "maio",
    "junho",
    "julho",
    "setembro",
    "outubro",
    "novembro",
    "dezembro",
    "januari",
    "februari",
    "maart",
    "mei",
    "augustus",
];
const WEEKDAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonnabend",
    "sonntag",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "lunes",
    "martes",
    "miércoles",
    "jueves",
    "viernes",
    "sábado",
    "domingo",
    "lunedì",
    "martedì",
    "mercoledì",
    "giovedì",
    "venerdì",
    "sabato",
    "domenica",
    "maandag",
    "dinsdag",
    "woensdag",
    "donderdag",
    "vrijdag",
    "zaterdag",
    "zondag",
    "segunda-feira",
    "terça-feira",
    "quarta-feira",
    "quinta-feira",
    "sexta-feira",
];

/// Whether a line is a date and nothing else, with its year: `June 27, 2025 Friday 10:15 PM GMT`, `27. Juni 2025`.
pub fn is_date(line: &str) -> bool {
    if line.len() > 80 || !has_year(line) {
        return false;
    }
    let (mut month, mut all) = (false, true);
    let words = line.split([' ', ',', '\t', '(', ')', '\u{A0}']).filter(|word| !word.is_empty());
    for word in words {
        let lower = word.trim_end_matches('.').to_lowercase();
        let numbers = word.chars().all(|c| c.is_ascii_digit() || ".:/-".contains(c));
        // A day that is written in numbers.
        month |= numbers && word.matches(['/', '.', '-']).count() == 2 && word.len() >= 8;
        month |= MONTHS.contains(&lower.as_str());
        all &= numbers
            || MONTHS.contains(&lower.as_str())
            || WEEKDAYS.contains(&lower.as_str())
            || matches!(lower.as_str(), "am" | "pm" | "a.m" | "p.m" | "de" | "del" | "of" | "the" | "um" | "uhr" | "à")
            || matches!(lower.as_str(), "1st" | "2nd" | "3rd" | "1er" | "gmt" | "utc")
            || lower.strip_suffix("th").is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()))
            || (2..=5).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase());
    }
    month && all
}

/// `312 words`, in the languages of these services.
pub fn is_length(line: &str) -> bool {
    const WORDS: &[&str] = &[
        "words", "word", "wörter", "wort", "mots", "mot", "palabras", "parole", "palavras", "woorden", "слов", "słów",
    ];
    let Some((number, word)) = line.trim().split_once(|c: char| c.is_whitespace()) else { return false };
    number.starts_with(|c: char| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_digit() || ".,'’".contains(c))
        && WORDS.contains(&word.trim().to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_dates_and_nothing_else() {
        for (line, expected) in [
            ("June 27, 2025 Friday 10:15 PM GMT", true),
            ("27. Juni 2025 Freitag", true),
            ("28. März 2025", true),
            ("27 juin 2025 vendredi", true),
            ("27 de junio de 2025 viernes", true),
            ("27/06/2025", true),
            ("Friday 27th June 2025", true),
            ("June 2025", true),
            ("In June 2025 the pier closed", false),
            ("The plan of 3 March 2014", false),
            ("2025", false),
            ("1,234", false),
        ] {
            assert_eq!(is_date(line), expected, "{line}");
        }
    }

    #[test]
    fn notices_of_rights_are_told_from_sentences() {
        for (line, expected) in [
            ("Copyright 2025 Aldmoor Post Ltd All Rights Reserved", true),
            ("Copyright (c) 2025 Aldmoor Post", true),
            ("(c) 2025 Aldmoor Post Limited", true),
            ("© 2025 Aldmoor Post", true),
            ("Copyright Aldmoor Post Ltd Jun 27, 2025", true),
            ("Copyright The Aldmoor Post. All rights reserved.", true),
            ("Alle Rechte vorbehalten", true),
            ("Copyright law was also discussed at the meeting.", false),
            ("Copyright law, which dates from 2019, was discussed at the meeting.", false),
        ] {
            assert_eq!(is_rights(line), expected, "{line}");
        }
        assert!(is_length("1,312 words") && is_length("312 Wörter") && !is_length("two words"));
    }
}
