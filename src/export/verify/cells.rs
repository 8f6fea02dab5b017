//! The cells of a row that come from the stored article, compared with it, whatever a spreadsheet made of their form.

use std::borrow::Cow;

use super::super::Column;
use super::super::csv::before_harmless;
use super::super::row::{Cell, stored};
use super::day;
use super::match_cells::is_number;
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

/// Whether a cell says what was written, in whatever form a spreadsheet left it.
pub(super) fn same(said: &str, written: Cell<'_>) -> bool {
    match written {
        Cell::Date(claim) => day::same(said, claim),
        Cell::Whole(number) => is_number(said, number),
        Cell::Score(score) => is_score(said, score),
        written => {
            let written = written.text();
            readings(said).any(|said| said == written) || is_cut(said, &written)
        }
    }
}

/// Whether a cell is this score, also with fewer places (two at least), and with a comma for the point.
fn is_score(said: &str, score: f32) -> bool {
    let said = said.trim().replacen(',', ".", 1);
    let Ok(number) = said.parse::<f64>() else { return false };
    let places = said.split_once('.').map_or(0, |(_, places)| places.len()).clamp(2, 15) as i32;
    let apart = (number - f64::from(score)).abs();
    // A score has seven digits: more are what it becomes as a number of double length.
    number as f32 == score || apart <= 0.5 * 10f64.powi(-places) * (1.0 + 1e-9) + f64::from(score).abs() * 1e-7
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

#[cfg(test)]
mod tests {
    use super::*;

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
            ("The dam ", text("The dam"), false),
            ("12.0", Cell::Whole(12), true),
            ("13", Cell::Whole(12), false),
            ("4.141593", Cell::Score(4.141_593), true),
            ("4.141592979431152", Cell::Score(4.141_593), true),
            ("4,14", Cell::Score(4.141_593), true),
            ("4.15", Cell::Score(4.141_593), false),
            ("4", Cell::Score(4.141_593), false),
            ("", Cell::Score(4.141_593), false),
        ] {
            assert_eq!(same(said, stored), expected, "{said}");
        }
    }
}
