//! The cells of a row that come from the stored article, compared with it, whatever a spreadsheet made of their form.

use std::borrow::Cow;

use super::super::Column;
use super::super::csv::before_harmless;
use super::super::row::{Cell, stored};
use super::day;
use super::match_cells::is_number;
use crate::model::Article;

/// Columns that are compared.
pub(super) const COMPARED: [Column; 20] = [
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
    Column::PublishedDoubt,
    Column::Flags,
    Column::AgencyContributing,
];

/// The first cell that is not what the article has.
pub(super) fn altered(cells: &[(Column, String)], article: &Article, from_sheet: bool) -> Option<Column> {
    let mut compared = cells.iter().filter(|(column, _)| COMPARED.contains(column));
    compared.find(|(column, said)| !same(said, stored(article, *column), from_sheet)).map(|(column, _)| *column)
}

/// Whether a cell says what was written, in whatever form a spreadsheet left it; in a workbook dates are numbers of days.
pub(super) fn same(said: &str, written: Cell<'_>, from_sheet: bool) -> bool {
    match written {
        Cell::Date(claim) => day::same(said, claim, from_sheet),
        Cell::Whole(number) => is_number(said, number),
        Cell::Score(score) => is_score(said, score),
        written => {
            let written = written.text();
            readings(said).any(|said| said == written) || is_cut(said, &written) || is_made_a_number(said, &written)
        }
    }
}

/// Whether a spreadsheet that read text made a number of it: `007`, `5,000`, `1e5`, and one article in a thousand has an id
/// such as `2727099889801e83`.
fn is_made_a_number(said: &str, written: &str) -> bool {
    let Some((said_is, written_is)) = number(said).zip(number(written)) else { return false };
    let digits = written.bytes().filter(u8::is_ascii_digit).count();
    let has_power = |text: &str| text.contains(['e', 'E']);
    // Fifteen digits are what a spreadsheet keeps; of more than eleven or so it shows some, as many as there is room for,
    // but six: `1.75995E+14`.
    let shown = said.split(['e', 'E']).next().unwrap_or("").bytes().filter(u8::is_ascii_digit).count();
    let most = match () {
        () if has_power(said) && shown >= 6 => 0.5 * 10f64.powf(said_is.abs().log10().floor() + 1.0 - shown as f64),
        () if digits <= 15 && !has_power(written) => 0.0,
        () if has_power(said) => written_is.abs() * 1e-9,
        () => written_is.abs() * 1e-14,
    };
    (said_is - written_is).abs() <= most * (1.0 + 1e-9)
}

/// The number that figures are, with commas between thousands or one in the place of a point.
fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    if !text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'+' | b'-' | b'e' | b'E')) {
        return None;
    }
    let mut groups = text.split(',');
    let first = groups.next().unwrap_or("");
    let thousands = text.contains(',')
        && (1..=3).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_digit())
        && groups.all(|group| group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit()));
    let plain = if thousands { text.replace(',', "") } else { text.replacen(',', ".", 1) };
    plain.parse().ok().filter(|number: &f64| number.is_finite())
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
    if said.len() < 32_766 {
        return false;
    }
    let units = said.encode_utf16().count();
    (32_766..=32_767).contains(&units) && readings(said).any(|said| stored.starts_with(&*said))
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
            ("2.7270998898E+95", text("2727099889801e83"), true),
            ("8179867657580990", text("8179867657580995"), true),
            ("1.75995E+14", text("0175995004799226"), true),
            ("1.75996E+14", text("0175995004799226"), false),
            ("1.76E+14", text("0175995004799226"), false),
            ("1.759950048E+14", text("0175995004799226"), true),
            ("7", text("007"), true),
            ("8", text("007"), false),
            ("5000", text("5,000"), true),
            ("5", text("5,000"), false),
            ("5.000", text("5,000"), false),
            ("20250627123999", text("20250627123456"), false),
            ("", text("007"), false),
            ("12.0", Cell::Whole(12), true),
            ("13", Cell::Whole(12), false),
            ("4.141593", Cell::Score(4.141_593), true),
            ("4.141592979431152", Cell::Score(4.141_593), true),
            ("4,14", Cell::Score(4.141_593), true),
            ("4.15", Cell::Score(4.141_593), false),
            ("4", Cell::Score(4.141_593), false),
            ("", Cell::Score(4.141_593), false),
        ] {
            assert_eq!(same(said, stored, false), expected, "{said}");
        }
    }
}
