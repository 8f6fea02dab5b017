//! Lines above a text that no words of their own tell: a day under a byline, a byline without `By`.

use super::values;
use crate::clean::draft::{Draft, Piece};
use crate::clean::metadata::{self, dates, is_agency, is_outlet, persons};
use crate::clean::plain::is_office;
use crate::model::{BlockKind, Field, Yield};

/// Longest such line, in bytes.
const MOST_BYTES: usize = 110;

/// What the first kept block is, if it is such a line, and what it tells.
pub(super) fn of(draft: &Draft, at: usize) -> Option<(&'static str, Vec<Yield>)> {
    let piece = &draft.pieces[at];
    if piece.text.len() > MOST_BYTES || piece.continues || piece.kind != BlockKind::Paragraph {
        return None;
    }
    let line = piece.text.trim();
    let told = || unopened(line).or_else(|| dated(line)).or_else(|| with_agency(line)).or_else(|| desk(draft, at));
    day(draft, at).or_else(|| Some(("header.byline", told()?)))
}

/// `Publié le 6 mai 2024 par Ida Vance`: the day and who signed.
fn dated(line: &str) -> Option<Vec<Yield>> {
    let (day, names) = metadata::dated_byline(line)?;
    let read = metadata::byline(names, &[])?;
    let signed = read.persons.into_iter().chain(read.agencies).map(|value| Yield { field: Field::Author, value });
    Some(signed.chain([Yield { field: Field::Published, value: day.to_owned() }]).collect())
}

/// `Ida Vance, TASS`: who wrote for an agency.
fn with_agency(line: &str) -> Option<Vec<Yield>> {
    let (name, agency) = line.split_once(", ")?;
    let named = persons(name);
    let told = [name, agency].map(|value| Yield { field: Field::Author, value: value.to_owned() });
    (named.len() == 1 && named[0] == name && is_agency(agency)).then(|| told.to_vec())
}

/// `STAFF WRITER`, `Valley Voice Staff Writer` or `VALLEY VOICE` right below a byline that left: for whom. It tells nothing
/// that could not as well be a section.
fn desk(draft: &Draft, at: usize) -> Option<Vec<Yield>> {
    let line = draft.pieces[at].text.trim();
    let byline = at.checked_sub(1).and_then(|above| draft.pieces[above].removed.as_ref());
    let signed = byline.is_some_and(|removal| removal.rule == "header.byline" && !removal.yields.is_empty());
    let words: Vec<&str> = line.split_whitespace().collect();
    // An outlet before the words for its staff.
    let staff = words.len() > 2 && is_office(&words[words.len() - 2..].join(" "));
    let capitals = words.iter().all(|word| !word.starts_with(char::is_lowercase));
    (signed && words.len() <= 7 && (is_office(line) || is_outlet(line) || staff && capitals)).then(Vec::new)
}

/// Whether a line is a byline without an opener and with a day.
pub(super) fn signs_with_day(line: &str) -> bool {
    line.len() <= MOST_BYTES && unopened(line.trim()).is_some()
}

/// A day alone, where a byline left right above it. Where the text has several it is a diary or a chronicle.
fn day(draft: &Draft, at: usize) -> Option<(&'static str, Vec<Yield>)> {
    let day = written(&draft.pieces[at].text)?;
    let byline = |piece: &Piece| {
        let rule = piece.removed.as_ref().map(|removal| removal.rule.as_str());
        matches!(rule, Some("header.byline" | "page.byline"))
    };
    let others = draft.pieces[at + 1..].iter().filter(|piece| piece.kept() && piece.text.len() <= MOST_BYTES);
    let above = draft.pieces[..at].iter().rev().take(2).any(byline);
    (above && !others.into_iter().any(|piece| written(&piece.text).is_some()))
        .then(|| ("header.date-line", vec![Yield { field: Field::Published, value: day.to_owned() }]))
}

/// A line that is a day, perhaps with its hour behind a bar.
fn written(line: &str) -> Option<&str> {
    let line = line.trim();
    let (day, hour) = line.split_once(" | ").unwrap_or((line, ""));
    let context = dates::Context::default();
    let is_day = dates::whole(day, &context).is_some_and(|date| date.precision >= crate::model::Precision::Day);
    // A number alone may be anything.
    let parted = day.contains(|c: char| !c.is_ascii_digit());
    (is_day && parted && line.len() <= 60 && (hour.is_empty() || values::is_date(hour))).then_some(line)
}

/// `Jane Pell | Dell Times | June 27, 2025`, `Jane Pell, Dell Times, 27 June 2025`: who signed, for whom and when. Only with a
/// day in it: two names beside each other may be anything.
fn unopened(line: &str) -> Option<Vec<Yield>> {
    let bars = line.contains('|') || line.contains(" • ") || line.contains(" · ");
    let told = if bars {
        values::parted(line)?
    } else {
        let (name, rest) = line.split_once(", ")?;
        let (outlet, day) = rest.split_once(", ")?;
        (persons(name).len() == 1 && written(day).is_some()).then_some(())?;
        values::parted(&format!("{name} | {outlet} | {day}"))?
    };
    let dated = told.iter().any(|one| matches!(one.field, Field::Published | Field::Updated));
    let signed = told.iter().any(|one| one.field == Field::Author);
    let named = told.iter().any(|one| matches!(one.field, Field::OriginalPublisher | Field::AuthorContact));
    // Without an outlet it takes bars: `Ada Moss, Tarn, 27 June 2025` is a dateline of its own.
    (dated && signed && (named || bars)).then_some(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, want: &[&str]) {
        let told = unopened(line).unwrap_or_default();
        let got: Vec<&str> = told.iter().map(|one| one.value.as_str()).collect();
        assert_eq!(got, want, "{line}");
    }

    #[test]
    fn bylines_without_an_opener() {
        check("Jane Pell | Dell Times | June 27, 2025", &["Jane Pell", "Dell Times", "June 27, 2025"]);
        check("Jane Pell, Dell Times, 27 June 2025", &["Jane Pell", "Dell Times", "27 June 2025"]);
        check("Jane Pell • 27 June 2025", &["Jane Pell", "27 June 2025"]);
        check("Jane Pell | Dell Times", &[]);
        check("Orlen, 27 June 2025", &[]);
        check("The vote, taken on Monday, 27 June 2025", &[]);
        check("Orlen | Tarn | Dell", &[]);
    }

    #[test]
    fn bylines_with_an_agency() {
        for (line, signs) in [
            ("Ida Vance, dpa", true),
            ("Ольга Сомова, ТАСС", true),
            ("Ida Vance, Orlen", false),
            ("Ida Vance, Tom Orel", false),
            ("Orlen, dpa", false),
            ("On Monday, Reuters", false),
        ] {
            assert_eq!(with_agency(line).is_some(), signs, "{line}");
        }
    }

    #[test]
    fn days_alone() {
        for (line, is) in [
            ("27 June 2025", true),
            ("Friday, 27 June 2025, 10:15 am", true),
            ("27.06.2025 | 10:15", true),
            ("2025", false),
            ("20250627", false),
            ("June 2025", false),
            ("On 27 June 2025 the bridge fell", false),
        ] {
            assert_eq!(written(line).is_some(), is, "{line}");
        }
    }
}
