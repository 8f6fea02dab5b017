//! The cells of a row that come from the stored article, compared with it, whatever a spreadsheet made of their form.

use std::borrow::Cow;

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::super::Column;
use super::super::csv::before_harmless;
use super::super::row::{Cell, stored};
use crate::model::Article;

/// Columns that are compared.
pub(super) const COMPARED: [Column; 17] = [
    Column::Published,
    Column::PublishedPrecision,
    Column::Source,
    Column::Title,
    Column::Authors,
    Column::Url,
    Column::OriginalUrl,
    Column::OriginalPublisher,
    Column::Agency,
    Column::Republisher,
    Column::Licence,
    Column::Language,
    Column::Fetched,
    Column::Updated,
    Column::Section,
    Column::Tags,
    Column::Guid,
];

/// The first cell that is not what the article has.
pub(super) fn altered(cells: &[(Column, String)], article: &Article) -> Option<Column> {
    let mut compared = cells.iter().filter(|(column, _)| COMPARED.contains(column));
    compared.find(|(column, said)| !same(said, stored(article, *column))).map(|(column, _)| *column)
}

pub(super) fn same(said: &str, stored: Cell<'_>) -> bool {
    if let Cell::Date(claim) = &stored {
        // Spreadsheets write dates in a form of their own: as a count of days, or as the reader's country does.
        let (said, day) = (said.trim(), local_day(claim));
        let iso = said.get(..10).and_then(|day| day.parse::<Date>().ok());
        let counted = serial(said);
        let unreadable = iso.is_none() && counted.is_none() && !looks_iso(said) && !said.is_empty();
        return said == claim.iso() || iso == Some(day) || counted == Some(day) || unreadable;
    }
    let stored = stored.text();
    readings(said).any(|said| said.trim() == stored.trim()) || is_cut(said, &stored)
}

/// What a cell says: as it stands, and without the `'` that made it harmless, line ends of either kind.
pub(super) fn readings(said: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let plain = std::iter::once(said).chain(before_harmless(said));
    plain.flat_map(|said| {
        let lines = said.contains('\r').then(|| Cow::Owned(said.replace("\r\n", "\n")));
        std::iter::once(Cow::Borrowed(said)).chain(lines)
    })
}

/// Excel cuts a cell after 32,767 UTF-16 units: then what it kept is compared.
pub(super) fn is_cut(said: &str, stored: &str) -> bool {
    let units = said.encode_utf16().count();
    (32_766..=32_767).contains(&units) && stored.starts_with(said)
}

/// The day of a date as a workbook shows it: at the place it was claimed.
fn local_day(claim: &crate::model::DateClaim) -> Date {
    let iso = claim.iso();
    iso.get(..10).and_then(|day| day.parse().ok()).unwrap_or(claim.day)
}

fn looks_iso(said: &str) -> bool {
    let year = said.trim().split('-').next().unwrap_or("");
    year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit())
}

/// A date as Excel counts it: days since the end of 1899, hours as a fraction.
fn serial(said: &str) -> Option<Date> {
    let days: f64 = said.parse().ok()?;
    if !(1.0..3_000_000.0).contains(&days) {
        return None;
    }
    date(1899, 12, 30).checked_add((days.floor() as i64).days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DateClaim, Precision};

    #[test]
    fn forms_of_a_date() {
        let day = DateClaim::day(date(2025, 6, 27), "test");
        let year = DateClaim { precision: Precision::Year, ..DateClaim::day(date(1911, 1, 1), "test") };
        let late = DateClaim {
            instant: "2025-06-27T22:30:00Z".parse().ok(),
            offset: Some(7200),
            precision: Precision::Minute,
            ..DateClaim::day(date(2025, 6, 28), "test")
        };
        for (said, claim, expected) in [
            ("2025-06-27", &day, true),
            ("2025-06-26", &day, false),
            ("45835", &day, true),
            ("45835.0", &day, true),
            ("45834", &day, false),
            ("27.06.2025", &day, true),
            ("1911", &year, true),
            ("1912", &year, false),
            ("4019", &year, true),
            ("2025-06-28T00:30:00+02:00", &late, true),
            ("2025-06-28 00:30:00", &late, true),
            ("45836.0208333333", &late, true),
            ("2025-06-27 22:30:00", &late, false),
        ] {
            assert_eq!(same(said, Cell::Date(claim)), expected, "{said}");
        }
    }

    #[test]
    fn forms_of_a_text() {
        let text = |text: &'static str| Cell::Text(text.into());
        for (said, stored, expected) in [
            ("The dam", text("The dam"), true),
            ("The Dam", text("The dam"), false),
            ("'=1+1", text("=1+1"), true),
            ("'1+1", text("1+1"), false),
            ("one\r\ntwo", text("one\ntwo"), true),
            ("", Cell::Empty, true),
            ("x", Cell::Empty, false),
        ] {
            assert_eq!(same(said, stored), expected, "{said}");
        }
    }
}
