//! Whether a line that opens as bylines do is a sentence of the story: `By Friday the council must decide.`

use super::byline::{Trust, plain, without_opener};
use super::words::{JOBS, JOINERS, OFFICES, PARTICLES, STYLES};
use crate::clean::metadata::dates;

/// Words of what somebody does that are verbs: they join a name to its biography, and open no byline.
const VERBS: &[&str] = &[
    "is", "has", "was", "covers", "writes", "joined", "works", "worked", "ist", "est", "es", "hace", "schreibt",
    "arbeitet",
];

/// Small words in the names of desks and in what stands behind a name.
const SMALL: &[&str] = &[
    "the", "of", "our", "their", "unserer", "unserem", "unser", "unsere", "onze", "ons", "notre", "nuestra", "nuestro",
    "nossa", "nosso", "nostra", "nostro", "em", "no", "na", "para", "per", "pour", "til", "in",
];

/// Shortest name of a day of the week that no given name begins: `Friday`, not `Sam` or `Don`.
const WEEKDAY: usize = 6;

/// Whether a word is written small and has no place in a byline, as the verbs of a sentence have none.
pub(super) fn is_common(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let key = plain(bare);
    let known = || {
        PARTICLES.contains(key.as_str())
            || JOINERS.contains(key.as_str())
            || OFFICES.contains(key.as_str())
            || STYLES.contains(key.as_str())
            || SMALL.contains(&key.as_str())
            || JOBS.contains(key.as_str()) && !VERBS.contains(&key.as_str())
    };
    bare.chars().next().is_some_and(char::is_lowercase) && !bare.contains(['@', '.', '’', '\'']) && !known()
}

/// Whether a word is the whole name of a day of the week.
pub(super) fn is_weekday(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphabetic());
    bare.chars().count() >= WEEKDAY && dates::is_weekday(bare)
}

/// Whether what stands behind the opener of a byline is no name, but a sentence: words written small where the name would
/// be, or several of them in a line that ends as sentences do.
pub(in crate::clean) fn reads_on(line: &str) -> bool {
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let (rest, _) = without_opener(&line, Trust::Text);
    let dash = [" - ", " – ", " — "].iter().filter_map(|dash| rest.find(dash)).min();
    let mark = rest.find(|c: char| c.is_ascii_digit() || matches!(c, ',' | ';' | ':' | '|' | '•' | '·' | '(' | '/'));
    let head = &rest[..dash.into_iter().chain(mark).min().unwrap_or(rest.len())];
    let opening: Vec<&str> = head.split(' ').filter(|word| !word.is_empty()).collect();
    let common = |words: &mut dyn Iterator<Item = &str>| words.filter(|word| is_common(word)).count();
    let named = opening.len() > 1 && opening.iter().take(2).all(|word| word.starts_with(char::is_uppercase));
    let last = rest.trim_end_matches(['"', '”', '’', '»', ')']);
    let ends = last.ends_with(['!', '?', '…'])
        || last.strip_suffix('.').is_some_and(|rest| rest.split(' ').next_back().is_some_and(|word| word.len() > 3));
    let before = common(&mut opening.iter().copied());
    let all = common(&mut rest.split(' '));
    opening.first().is_some_and(|word| is_weekday(word))
        || before >= 2
        || before == 1 && (ends || !named)
        || all >= 2 && ends
}

#[cfg(test)]
mod tests {
    use super::reads_on;

    #[test]
    fn sentences_are_no_bylines() {
        for line in [
            "By Friday the council must decide.",
            "By Thursday the news was out.",
            "By all accounts the Harbour Board is divided",
            "Von der Redaktion kam kein Wort.",
            "Von Ida Holm, der Wirtin, kam kein Wort.",
            "Par Jean Moreau, le maire, la décision a été annoncée mardi.",
            "Por Pilar Osuna, la alcaldesa, nadie ha preguntado.",
            "Di Sara Monti, la sindaca, non si hanno notizie.",
            "Di notte la redazione resta chiusa.",
            "Door Wim Bos, de wethouder, werd dinsdag niets gezegd.",
            "Av Eva Lind, kommunens ordförande, kom inget svar.",
            "Por enquanto o conselho não decidiu.",
        ] {
            assert!(reads_on(line), "{line}");
        }
    }

    #[test]
    fn bylines_are_no_sentences() {
        for line in [
            "By Mara Linde",
            "By Mara Linde, Staff Writer.",
            "By Mara Linde, the political editor of the Orlen Herald",
            "By Mara Linde in Tarn",
            "By Mara Linde Jr.",
            "By Sam Rook and Don Pell",
            "By the Orlen Herald newsroom",
            "By staff and wire reports",
            "Von Ida von der Aa und Jo Berg",
            "Von unserer Redaktion",
            "Par Anna Berg, envoyée spéciale à Orlen",
            "Par Le Courrier avec AFP",
            "Por la redacción de La Voz",
            "Автор: Тарас Гнатюк, кореспондент",
            "作者：林小梅",
        ] {
            assert!(!reads_on(line), "{line}");
        }
    }
}
