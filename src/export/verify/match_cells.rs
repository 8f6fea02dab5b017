//! The cells that tell of a match: its words and those around it. Where the query cannot be asked again they must at
//! least stand in the passage as they are quoted.

use super::super::Column;
use super::cells::readings;
use crate::model::{Article, Span};

/// Columns that tell of a match.
pub(super) const COMPARED: [Column; 4] = [Column::Left, Column::Match, Column::Right, Column::MatchesInArticle];

/// Without a query: whether left, match and right stand one after another in a block of the passage, or in the title.
pub(super) fn unquoted<'c>(
    said: impl Fn(Column) -> Option<&'c str>,
    article: &Article,
    passage: Option<Span>,
    has_matches: bool,
) -> Option<Column> {
    if has_matches && said(Column::Match) == Some("") {
        return Some(Column::Match);
    }
    let blocks = article.blocks.iter().map(|block| block.span);
    let near: Vec<&str> = blocks
        .filter(|block| passage.is_some_and(|passage| passage.overlaps(*block)))
        .map(|block| block.of(&article.text))
        .chain(std::iter::once(article.title.as_str()))
        .collect();
    let near: Vec<String> = near.into_iter().map(even).collect();
    let cell = |column| said(column).map(|said| readings(said).map(|said| even(&said)).collect::<Vec<_>>());
    let (left, matched, right) = (cell(Column::Left), cell(Column::Match), cell(Column::Right));
    let any = |cell: &Option<Vec<String>>, holds: &dyn Fn(&str) -> bool| {
        cell.as_ref().is_none_or(|readings| readings.iter().any(|said| holds(said)))
    };
    if !any(&matched, &|matched| near.iter().any(|text| text.contains(matched))) {
        return Some(Column::Match);
    }
    let places: Vec<(&str, &str)> = near
        .iter()
        .flat_map(|text| {
            let words = matched.iter().flatten().filter(|matched| !matched.is_empty());
            words.flat_map(move |matched| {
                text.match_indices(matched.as_str())
                    .map(move |(at, _)| (text[..at].trim_end(), text[at + matched.len()..].trim_start()))
            })
        })
        .collect();
    if matched.is_none() {
        // Without the match itself what is quoted must stand there, wherever.
        let stands = |cell: &Option<Vec<String>>| any(cell, &|said| near.iter().any(|text| text.contains(said)));
        let sides = [(Column::Left, &left), (Column::Right, &right)];
        return sides.into_iter().find(|(_, cell)| !stands(cell)).map(|(column, _)| column);
    }
    if places.is_empty() {
        // No match was quoted: nothing can stand beside it.
        let beside = |cell: &Option<Vec<String>>| !any(cell, &|said| said.is_empty());
        return [(Column::Left, &left), (Column::Right, &right)]
            .into_iter()
            .find(|(_, cell)| beside(cell))
            .map(|(column, _)| column);
    }
    let holds_left = |(before, _): &&(&str, &str)| any(&left, &|said| before.ends_with(said));
    if !places.iter().any(|place| holds_left(&place)) {
        return Some(Column::Left);
    }
    let both = places.iter().filter(holds_left).any(|(_, after)| any(&right, &|said| after.starts_with(said)));
    (!both).then_some(Column::Right)
}

/// Whether a cell is this number, also as a spreadsheet writes it.
pub(super) fn is_number(said: &str, wanted: u64) -> bool {
    number(said) == Some(wanted)
}

/// The number that a cell is: spreadsheets may write 12 as 12.0.
pub(super) fn number(said: &str) -> Option<u64> {
    let said = said.trim();
    said.strip_suffix(".0").unwrap_or(said).parse().ok()
}

fn even(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::article;
    use super::*;
    use crate::model::{Block, BlockKind};

    fn two_blocks() -> Article {
        let text = "The old dam at Brell broke.\n\nNobody saw the dam break.";
        let blocks = [(0, 27), (29, text.len())]
            .map(|(start, end)| Block { kind: BlockKind::Paragraph, span: Span::new(start, end) });
        Article { title: "Dam breaks".into(), text: text.into(), blocks: blocks.to_vec(), ..article() }
    }

    #[track_caller]
    fn check(cells: [&str; 3], expected: Option<Column>) {
        let said = |wanted: Column| {
            let at = COMPARED.iter().position(|column| *column == wanted);
            at.and_then(|at| cells.get(at).copied()).filter(|said| *said != "-")
        };
        assert_eq!(unquoted(said, &two_blocks(), Some(Span::new(0, 27)), false), expected, "{cells:?}");
    }

    #[test]
    fn quoted() {
        check(["The old", "-", "broke."], None);
        check(["forged words", "-", "-"], Some(Column::Left));
        check(["-", "-", "forged words"], Some(Column::Right));
        check(["The old", "dam", "at Brell"], None);
        check(["old", "dam", "at"], None);
        check(["", "Dam", "breaks"], None);
        check(["", "", ""], None);
        check(["the old", "dam", "at"], Some(Column::Left));
        check(["old", "dyke", "at"], Some(Column::Match));
        check(["old", "dam", "in"], Some(Column::Right));
        // Of the other block, which is not in the passage.
        check(["saw the", "dam", "break."], Some(Column::Left));
        check(["word", "", ""], Some(Column::Left));
    }
}
