//! The postal address that a letter must show, where nothing says that it is one (`Tarn Echo, 12 Pier Lane, Tarn 9021`).
//! Only in mail, only at the end, only beside a line that already left as a letter's own, and never a sentence.

use crate::clean::draft::{Draft, Piece};

const RULE: &str = "mailing.postal";
/// The longest address on one line, and the most lines it takes.
const LONGEST: usize = 160;
const MOST_LINES: usize = 5;

/// Words of streets and boxes, folded.
const STREETS: &[&str] = &[
    "street",
    "st",
    "avenue",
    "ave",
    "road",
    "rd",
    "lane",
    "ln",
    "drive",
    "boulevard",
    "blvd",
    "square",
    "place",
    "court",
    "highway",
    "parkway",
    "broadway",
    "quay",
    "wharf",
    "suite",
    "box",
    "pmb",
    "postfach",
    "weg",
    "platz",
    "allee",
    "gasse",
    "rue",
    "quai",
    "calle",
    "avenida",
    "via",
    "piazza",
    "rua",
    "plein",
    "gracht",
    "kade",
];
/// Ends of words that are streets.
const ENDS: &[&str] =
    &["straße", "strasse", "weg", "platz", "allee", "gasse", "straat", "laan", "gatan", "vej", "gata", "veien"];
/// Words that stand in sentences and in no address.
const SPOKEN: &[&str] = &[
    "is", "are", "was", "were", "has", "have", "had", "said", "says", "will", "who", "that", "this", "from", "with",
    "lives", "lived", "opened", "opens", "ist", "sind", "war", "sagte", "wird", "est", "sont", "était", "dit",
];
/// Ends of the names of companies.
const COMPANIES: &[&str] =
    &["ltd", "inc", "llc", "gmbh", "ag", "bv", "sa", "sarl", "plc", "limited", "media", "group", "e.v", "ab", "as"];

/// Takes the address out.
pub(super) fn take_out(draft: &mut Draft) {
    let left = |piece: &Piece| piece.removed.as_ref().is_some_and(|removal| removal.rule.starts_with("mailing."));
    let Some(last) = draft.pieces.iter().rposition(Piece::kept) else { return };
    // The lines at the end that are short and no sentences, the last of which has a letter's own line beside it.
    let mut first = last + 1;
    while first > 0
        && last + 1 - first < MOST_LINES
        && draft.pieces[first - 1].kept()
        && is_line(&draft.pieces[first - 1].text)
    {
        first -= 1;
    }
    if first > last {
        return;
    }
    let beside = draft.pieces.get(last + 1).is_some_and(left) || first > 0 && left(&draft.pieces[first - 1]);
    let others = draft.pieces[..first].iter().any(Piece::kept);
    if !beside || !others {
        return;
    }
    // Whole on one line, or over several of which one has the street and a later one the code.
    let says = |at: usize| is_address(&draft.pieces[at].text);
    let from = (first..=last).find(|&at| says(at)).or_else(|| {
        let street = (first..=last).find(|&at| has_street(&draft.pieces[at].text))?;
        (street + 1..=last).any(|at| has_code(&draft.pieces[at].text)).then_some(street)
    });
    let Some(mut from) = from else { return };
    while from > first && is_company(&draft.pieces[from - 1].text) {
        from -= 1;
    }
    for at in from..=last {
        draft.remove(at, RULE, Vec::new());
    }
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let parts = text.split(|c: char| !c.is_alphanumeric());
    parts.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// A short line that is no sentence.
fn is_line(text: &str) -> bool {
    let text = text.trim();
    text.len() <= LONGEST
        && !text.ends_with(['!', '?', ':', '”', '"'])
        && !words(text).any(|word| SPOKEN.contains(&word.as_str()))
}

fn has_street(text: &str) -> bool {
    let street = words(text).any(|word| STREETS.contains(&word.as_str()) || ENDS.iter().any(|end| word.ends_with(end)));
    street && text.chars().any(|c| c.is_ascii_digit())
}

/// Whether a number of four or more digits, or a British code, stands in it; a year behind © is none.
fn has_code(text: &str) -> bool {
    let noticed = text.contains('©') || text.to_lowercase().contains("copyright");
    let long = text.split(|c: char| !c.is_ascii_digit()).filter(|run| (4..=6).contains(&run.len())).count();
    let british = text.split([' ', ',']).filter(|word| {
        let mixed = word.bytes().any(|b| b.is_ascii_digit()) && word.bytes().any(|b| b.is_ascii_uppercase());
        mixed && (2..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
    });
    long > usize::from(noticed) || british.count() >= 2
}

/// A street with its number, a code, and marks between the parts.
fn is_address(text: &str) -> bool {
    let marks = text.chars().filter(|c| matches!(c, ',' | '|' | '·' | '•' | '–')).count();
    marks >= 2 && has_street(text) && has_code(text) && is_line(text)
}

fn is_company(text: &str) -> bool {
    let text = text.trim().trim_end_matches('.').to_lowercase();
    text.len() <= 60 && text.rsplit([' ', ',']).next().is_some_and(|last| COMPANIES.contains(&last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::BlockKind;

    /// What stays of lines above one by which a letter can be ended.
    fn kept(lines: &[&str], ended: bool) -> Vec<String> {
        let piece = |text: &&str| Piece::new(BlockKind::Paragraph, (*text).to_owned(), "line 1");
        let mut draft = Draft { pieces: lines.iter().chain(&["Unsubscribe"]).map(piece).collect(), ..Draft::default() };
        if ended {
            draft.remove(lines.len(), "mailing.unsubscribe", Vec::new());
        }
        take_out(&mut draft);
        draft.pieces.iter().filter(|piece| piece.kept()).map(|piece| piece.text.clone()).collect()
    }

    const STORY: &str = "Aldmoor has sold its ferry to a man who will not say why.";

    #[test]
    fn an_address_leaves_beside_a_letters_own_line() {
        for address in [
            &["Tarn Echo, 12 Pier Lane, Tarn, PE 12345, Pelagia"][..],
            &["Tarn Echo Media Ltd", "12 Pier Lane, Suite 400", "Tarn, PE 12345", "Pelagia"],
            &["© 2026 Tarn Echo Inc. · 548 Market Street PMB 722, Port Rye, PE 94104"],
            &["Tarn Echo GmbH | Hafenstraße 12 | 10115 Rye | Pelagia"],
            &["Sent by Tarn Echo, PO Box 123, Tarn 9021, Pelagia"],
            &["Tarn Echo, 9 Quay Road, Rye, RY1 4TZ"],
        ] {
            let lines = [&[STORY], address].concat();
            assert_eq!(kept(&lines, true), [STORY], "{address:?}");
            assert_eq!(kept(&lines, false).len(), lines.len() + 1, "nothing says that it is a letter: {address:?}");
        }
    }

    #[test]
    fn what_is_said_of_a_place_stays() {
        for said in [
            "The shop is at 12 Pier Lane, Tarn, and has 1234 books, all old.",
            "Where: Town hall, 12 Pier Lane, Tarn",
            "He was born in 1926 in Pier Lane, Tarn, Pelagia",
            "Tickets, 1200 of them, were gone by noon, said the clerk of Pier Lane 12",
            "Ada Quill, Tarn",
            "© 2026 Tarn Echo, Pier Lane, Rye 4",
        ] {
            assert_eq!(kept(&[STORY, said], true), [STORY, said]);
        }
        let alone = "Tarn Echo, 12 Pier Lane, Tarn, PE 12345";
        assert_eq!(kept(&[alone], true), [alone], "all there is stays");
    }
}
