//! Tests of passage from outside: what was typed, and what is marked.

use newsdex::model::{Article, ArticleId, Block, BlockKind, Flags, Lang, Provenance, Span};
use newsdex::passage::{Chooser, Options, Prepared, choose};
use newsdex::query;

fn article(title: &str, text: &str) -> Article {
    let mut blocks = Vec::new();
    let mut at = 0;
    for block in text.split("\n\n") {
        blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(at, at + block.len()) });
        at += block.len() + 2;
    }
    Article {
        id: ArticleId::of_text(title, text),
        title: title.into(),
        authors: vec!["Mae Slater".into()],
        published: None,
        updated: None,
        fetched: None,
        embargo: None,
        language: Lang::parse("en"),
        url: None,
        source: None,
        section: None,
        tags: Vec::new(),
        text: text.into(),
        blocks,
        removed: Vec::new(),
        provenance: Provenance::default(),
        flags: Flags::default(),
        notes: Vec::new(),
    }
}

fn plan(typed: &str) -> query::plan::Plan {
    let options = query::Options::new(jiff::civil::date(2025, 7, 1));
    query::plan(&query::parse(typed, &options).expect(typed))
}

/// The marked pieces of title and text; `-` where the article does not answer.
#[track_caller]
fn check(typed: &str, text: &str, expected: &str) {
    let (title, text) = text.split_once('|').unwrap_or(("", text));
    let article = article(title, text);
    let answer = choose(&article, &plan(typed), &Options { most: 9, ..Options::default() });
    let pieces = answer.title_marks.iter().map(|m| m.span.of(&article.title));
    let pieces: Vec<_> = pieces.chain(answer.text_marks.iter().map(|m| m.span.of(&article.text))).collect();
    let got = if answer.holds { pieces.join(" + ") } else { "-".to_owned() };
    assert_eq!(got, expected, "{typed}");
    let shown: usize = answer.passages.iter().map(|p| p.marks.len()).sum();
    assert_eq!(shown, answer.text_marks.len(), "all marks of a short text are shown: {typed}");
}

#[test]
fn the_language_of_the_contract() {
    let text = "Safe-third country deal|The U.S. deported 5,000 people to a safe third country. Don’t ask.\n\n\
                A third safe country was asked. Bogotá co-operates.";
    check("\"safe-third country\"", text, "Safe-third country + safe third country");
    check("safe-third-country", text, "Safe-third country + safe third country");
    check("\"safe\u{2011}third country\"", text, "Safe-third country + safe third country");
    check("deport", text, "deported");
    check("\"deport\"", text, "-");
    check("US", text, "U.S.");
    check("5000", text, "5,000");
    check("don't", text, "Don’t");
    check("bogota cooperates", text, "Bogotá + co-operates");
    check("='safe third'", text, "safe third");
    check("='Safe third'", text, "-");
    check("title:country", text, "country");
    check("text:country NOT title:deal", text, "-");
    check("third PRE/2 country", text, "third + country + third + country + third + country");
    check("country PRE/1 third", text, "-");
    check("safe SENT asked", text, "safe + asked");
    check("people SAME ask", text, "people + ask");
    check("people SENT ask", text, "-");
    check("depor* OR nothing", text, "deported");
    check("(deal NOT third) OR people", text, "people");
    check("ATLEAST/4(country)", text, "-");
    check("ATLEAST/3(country)", text, "country + country + country");
    check("HLEAD(bogota)", text, "-");
    check("HLEAD(people)", text, "people");
    check("/b.gota/", text, "Bogotá");
    check("cuontry~1", text, "country + country + country");
    check("author:slater deal", text, "deal");
    check("author:tarn deal", text, "-");
}

#[test]
fn every_mark_of_a_word_is_that_word() {
    let text = "The Dam burst. A dam, dams and DAM’s; the damage is not a dam-like thing: madam, dam.";
    check("\"dam\"", text, "Dam + dam + DAM’s + dam + dam");
}

/// What each costs is measured by `cargo bench --bench hostile`.
#[test]
fn long_texts_have_passages_of_the_common_length() {
    let endless = "dam and water ".repeat(40_000);
    let many = "The dam broke. Water came.\n\n".repeat(10_000);
    let one_word = format!("{} dam", "x".repeat(400_000));
    let wide = "水庫崩潰".repeat(60_000);
    for (typed, text) in [("dam", &endless), ("dam NEAR/3 water", &many), ("dam", &one_word), ("水庫", &wide)] {
        let article = article("", text.trim_end());
        let answer =
            Chooser::new().choose(&article, &Prepared::new(&plan(typed)), &Options { most: 3, ..Options::default() });
        assert!(answer.holds && !answer.passages.is_empty());
        for passage in answer.passages.iter().filter(|_| typed != "水庫") {
            assert!(passage.span.of(text).split_whitespace().count() <= 160);
        }
    }
}
