use super::{Context, engine, rules, strip};
use crate::clean::draft::{Draft, Piece};
use crate::model::{BlockKind, MediaType};

const SHAPES: &str = include_str!("SHAPES.md");

#[test]
fn every_pattern_can_be_found_and_compiles() {
    assert_eq!(engine::check_tables(), Vec::<String>::new());
}

#[test]
fn the_table_of_shapes_is_whole_and_true() {
    let line = |row: u16| SHAPES.lines().find(|line| line.starts_with(&format!("| {row} |"))).map(str::to_owned);
    for row in 1..=230 {
        let line = line(row).unwrap_or_else(|| panic!("row {row} is not listed"));
        let cells: Vec<&str> = line.split(" | ").collect();
        assert!(cells.len() >= 4 && (cells[2].contains('`') || cells[2].starts_with("none")), "row {row}: {line}");
        assert!(
            !cells[2].starts_with("none") || cells[4].trim_end_matches([' ', '|']).len() > 10,
            "row {row} has no reason"
        );
    }
    for rule in rules::all() {
        for &row in rule.rows {
            let listed = line(row).is_some_and(|line| line.contains(&format!("`{}`", rule.id)));
            assert!(listed, "rule `{}` is not listed at row {row}", rule.id);
        }
    }
}

proptest::proptest! {
    #[test]
    fn every_letter_is_kept_or_removed(
        texts in proptest::collection::vec(
            "(The post |Read more: |[A-Z][a-z]{2,8} |\\(|\\)|© |Reuters |appeared first on |, opens new tab|[.!?:…] |By |2025 |上海 |é|Source: |Sign up ){0,14}",
            0..8,
        )
    ) {
        let kinds = [BlockKind::Paragraph, BlockKind::Caption, BlockKind::ListItem, BlockKind::Heading];
        let pieces = texts.iter().enumerate().map(|(n, text)| Piece::new(kinds[n % 4], text.trim(), "test"));
        let mut draft = Draft { pieces: pieces.collect(), ..Draft::default() };
        let letters = |draft: &Draft| -> String {
            draft.pieces.iter().flat_map(|piece| piece.text.chars()).filter(|c| !c.is_whitespace()).collect()
        };
        let before = letters(&draft);
        let body = draft.pieces.iter().any(|piece| piece.kind == BlockKind::Paragraph && piece.text.chars().any(char::is_alphanumeric));
        strip(&mut draft, &Context { host: Some("tarnpost.example"), title: None, authors: &[], media: MediaType::FeedEntry });
        proptest::prop_assert_eq!(letters(&draft), before);
        let left = draft.pieces.iter().any(|piece| piece.kept() && piece.text.chars().any(char::is_alphanumeric));
        proptest::prop_assert!(left || !body);
    }
}
