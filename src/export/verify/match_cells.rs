//! The cells that tell of a match: its words and those around it, and how many there are in the article. Where the query
//! can be asked again they are made again; else they must at least stand in the passage as they are quoted.

use super::super::row::Cell;
use super::super::{Choice, Column};
use super::cells::{readings, same};
use crate::model::{Article, Span};
use crate::passage::{Kwic, kwic, kwic_title};

/// Columns that are compared here.
pub(super) const COMPARED: [Column; 4] = [Column::Left, Column::Match, Column::Right, Column::MatchesInArticle];

/// What a query finds in an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matches {
    /// Matches in the title, in order.
    pub title: Vec<Span>,
    /// Matches in the text, in order.
    pub text: Vec<Span>,
    /// How many there are, as the column `matches_in_article` counts.
    pub count: u64,
}

/// The first cell that is not what it would be today.
pub(super) fn altered(
    cells: &[(Column, String)],
    article: &Article,
    passage: Option<Span>,
    found: Option<(&Matches, &Choice)>,
) -> Option<Column> {
    let said = |wanted: Column| cells.iter().find(|(column, _)| *column == wanted).map(|(_, said)| said.as_str());
    let Some((matches, choice)) = found else { return unquoted(said, article, passage) };
    let count = said(Column::MatchesInArticle).filter(|said| !is_number(said, matches.count));
    if count.is_some() {
        return Some(Column::MatchesInArticle);
    }
    let within = |span: &&Span| passage.is_some_and(|passage| passage.contains(**span));
    let around = match (matches.text.iter().find(within), matches.title.first()) {
        (Some(span), _) => kwic(article, *span, choice.context),
        (None, Some(span)) => kwic_title(article, *span, choice.context),
        (None, None) => Kwic::default(),
    };
    let expected = [(Column::Left, around.left), (Column::Match, around.matched), (Column::Right, around.right)];
    let differs = |(column, text): &(Column, String)| {
        let cell = if text.is_empty() { Cell::Empty } else { Cell::Text(text.as_str().into()) };
        said(*column).is_some_and(|said| !same(said, cell))
    };
    expected.iter().find(|cell| differs(cell)).map(|(column, _)| *column)
}

/// Without a query: whether left, match and right stand one after another in a block of the passage, or in the title.
fn unquoted<'c>(said: impl Fn(Column) -> Option<&'c str>, article: &Article, passage: Option<Span>) -> Option<Column> {
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
    if places.is_empty() {
        // No match was quoted: nothing can stand beside it, unless the column was left out.
        let beside = |cell: &Option<Vec<String>>| !any(cell, &|said| said.is_empty());
        let quoted = matched.is_some();
        return [(Column::Left, &left), (Column::Right, &right)]
            .into_iter()
            .find(|(_, cell)| quoted && beside(cell))
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
pub(super) fn is_number(said: &str, number: u64) -> bool {
    let said = said.trim();
    said.strip_suffix(".0").unwrap_or(said).parse() == Ok(number)
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
    fn check(cells: [&str; 4], found: Option<&Matches>, expected: Option<Column>) {
        let cells: Vec<_> =
            COMPARED.into_iter().zip(cells).filter(|(_, c)| *c != "-").map(|(c, s)| (c, s.to_owned())).collect();
        let choice = Choice { context: 2, ..Choice::default() };
        let article = two_blocks();
        let got = altered(&cells, &article, Some(Span::new(0, 27)), found.map(|m| (m, &choice)));
        assert_eq!(got, expected, "{cells:?}");
    }

    #[test]
    fn made_again() {
        let found = Matches { title: vec![Span::new(0, 3)], text: vec![Span::new(8, 11), Span::new(44, 47)], count: 3 };
        let found = Some(&found);
        check(["The old", "dam", "at Brell", "3"], found, None);
        check(["The old", "dam", "at Brell", "3.0"], found, None);
        check(["-", "dam", "-", "-"], found, None);
        check(["The old", "dam", "at Brell", "2"], found, Some(Column::MatchesInArticle));
        // Quoted truly, and not what was asked for.
        check(["old", "dam", "at Brell", "3"], found, Some(Column::Left));
        check(["at Brell", "broke.", "", "3"], found, Some(Column::Left));
        check(["The old", "Dam", "at Brell", "3"], found, Some(Column::Match));
        check(["The old", "dam", "at Brill", "3"], found, Some(Column::Right));
    }

    #[test]
    fn quoted() {
        check(["The old", "dam", "at Brell", "3"], None, None);
        check(["old", "dam", "at", "9"], None, None);
        check(["", "Dam", "breaks", "3"], None, None);
        check(["", "", "", "0"], None, None);
        check(["the old", "dam", "at", "3"], None, Some(Column::Left));
        check(["old", "dyke", "at", "3"], None, Some(Column::Match));
        check(["old", "dam", "in", "3"], None, Some(Column::Right));
        // Of the other block, which is not in the passage.
        check(["saw the", "dam", "break.", "3"], None, Some(Column::Left));
        check(["word", "", "", "0"], None, Some(Column::Left));
    }
}
