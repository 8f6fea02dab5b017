//! The cells of a row that come from the stored article, compared with it, whatever a spreadsheet made of their form.

use std::borrow::Cow;

use super::super::Column;
use super::super::csv::before_harmless;
use super::super::row::{Cell, stored};
use super::day;
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
        return day::same(said, claim);
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
        ] {
            assert_eq!(same(said, stored), expected, "{said}");
        }
    }
}
