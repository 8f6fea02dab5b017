use super::csv::{before_harmless, harmless};
use super::*;

#[test]
fn formulas_are_harmless_and_can_be_undone() {
    for cell in ["=1+1", "+x", "-x", "@x", "\tx", "\rx", "＝x"] {
        let made = harmless(cell.into());
        assert_eq!(made, format!("'{cell}"));
        assert_eq!(before_harmless(&made), Some(cell));
    }
    for cell in ["", "x", "5 = 5", "'x", " =x"] {
        assert_eq!(harmless(cell.into()), cell);
        assert_eq!(before_harmless(cell), None);
    }
}

#[test]
fn a_full_sheet_is_an_error_with_the_way_out() {
    let hit = Hit {
        rank: 1,
        score: 1.0,
        article: std::sync::Arc::new(article()),
        version: 1,
        passages: Vec::new(),
        title_marks: Vec::new(),
        matches_in_article: 0,
        story: None,
        copies: None,
        explanation: None,
    };
    let mut out = Vec::new();
    let mut sheet = xlsx::Xlsx::new(Options::default(), Box::new(&mut out)).with_max_rows(3);
    sheet.begin(&Head::of("q", "q", Revision(1), Timestamp::UNIX_EPOCH)).expect("begun");
    sheet.hit(&hit, None).expect("room");
    sheet.hit(&hit, None).expect("room");
    let error = sheet.hit(&hit, None).expect_err("full");
    assert_eq!(error.kind(), crate::ErrorKind::Export);
    assert_eq!(Format::Xlsx.most_rows(), Some(u64::from(xlsx::MAX_ROWS) - 1));
    assert!(error.hint_text().is_some_and(|h| h.contains("--format csv")));
}

pub(super) fn article() -> crate::model::Article {
    crate::model::Article {
        id: crate::model::ArticleId::from_stored("a"),
        title: "x".repeat(40_000),
        authors: Vec::new(),
        published: None,
        updated: None,
        fetched: None,
        embargo: None,
        language: None,
        url: None,
        source: None,
        section: None,
        tags: Vec::new(),
        text: String::new(),
        blocks: Vec::new(),
        removed: Vec::new(),
        provenance: crate::model::Provenance::default(),
        flags: crate::model::Flags::default(),
        notes: Vec::new(),
    }
}

/// Fails like a full disk.
struct Full;

impl Write for Full {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(std::io::ErrorKind::StorageFull.into())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_is_said_by_every_format() {
    for format in Format::ALL {
        let mut writer = open(format, &Options::default(), Box::new(Full));
        let hit = Hit {
            rank: 1,
            score: 1.0,
            article: std::sync::Arc::new(article()),
            version: 1,
            passages: Vec::new(),
            title_marks: Vec::new(),
            matches_in_article: 0,
            story: None,
            copies: None,
            explanation: None,
        };
        let done = writer
            .begin(&Head::of("q", "q", Revision(1), Timestamp::UNIX_EPOCH))
            .and_then(|()| writer.hit(&hit, None))
            .and_then(|()| writer.end(&Tail::default()).map(drop));
        assert_eq!(done.expect_err(format.name()).kind(), crate::ErrorKind::DiskFull, "{format}");
    }
}
