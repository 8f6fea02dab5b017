//! Tests of passage from outside: what was typed, and what is marked.

use newsdex::model::{Article, ArticleId, Block, BlockKind, Flags, Lang, Provenance, Span};
use newsdex::passage::{Chooser, Options, Prepared, choose};
use newsdex::query;
use newsdex::text::sentences;
use proptest::prelude::*;

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

/// Sentences of words, or of characters of a script without spaces: how many, and whether they end.
fn sentence() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "river",
        "stone",
        "a",
        "harbourmaster",
        "dam",
        "co-operate",
        "5,000",
        "U.S.",
        "don’t",
    ]);
    let latin =
        prop_oneof![8 => prop::collection::vec(word.clone(), 1..30), 1 => prop::collection::vec(word, 150..400)];
    let wide = prop_oneof![6 => 1..40usize, 1 => 300..700usize];
    prop_oneof![
        4 => latin.prop_map(|words| words.join(" ")),
        1 => wide.prop_map(|count| "水庫崩潰村莊".chars().cycle().take(count).collect()),
    ]
    .prop_flat_map(|said| {
        let end = if said.starts_with('水') { vec!["。", ""] } else { vec![".", ". ", "?", " dam.", ""] };
        prop::sample::select(end).prop_map(move |end| {
            let mut said = format!("{said}{end}");
            if said.is_ascii() {
                said[..1].make_ascii_uppercase();
            }
            said.trim().to_owned()
        })
    })
}

fn random_article() -> impl Strategy<Value = Article> {
    let kind = prop::sample::select(vec![
        BlockKind::Paragraph,
        BlockKind::Paragraph,
        BlockKind::Paragraph,
        BlockKind::ListItem,
        BlockKind::Quote,
        BlockKind::Heading,
    ]);
    prop::collection::vec((kind, prop::collection::vec(sentence(), 1..6)), 1..7).prop_map(|blocks| {
        let texts: Vec<String> = blocks.iter().map(|(_, said)| said.join(" ")).collect();
        let mut made = article("News", &texts.join("\n\n"));
        made.blocks.iter_mut().zip(&blocks).for_each(|(block, (kind, _))| block.kind = *kind);
        made
    })
}

/// Length in words: a character of a script without spaces is half of one.
fn length(text: &str) -> f64 {
    let wide = |c: char| matches!(c as u32, 0x2E80..=0x9FFF);
    let words = text.split_whitespace().map(|word| {
        let signs = word.chars().filter(|c| wide(*c)).count();
        signs as f64 / 2.0 + f64::from(u8::from(signs * 2 < word.chars().count()))
    });
    words.sum()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]
    /// 40 to 160 words, from a border of a block or sentence to another, wherever such borders are to be had; never a
    /// word cut, and every mark one of the words asked for.
    #[test]
    fn passages_keep_their_bounds(article in random_article(), asked in prop::sample::select(vec!["dam", "river", "水庫", "\"stone river\"", "harbourmaster NEAR/3 a"]), most in 1..4usize) {
        let text = &article.text;
        let answer = choose(&article, &plan(asked), &Options { most, ..Options::default() });
        let blocks: Vec<Span> = article.blocks.iter().map(|block| block.span).collect();
        // Where sentences begin and end, and which are longer than a passage.
        let mut borders = Vec::new();
        let mut endless = Vec::new();
        for block in &blocks {
            borders.extend([block.start, block.end]);
            for sentence in sentences(block.of(text)) {
                let span = Span::new(block.start + sentence.start, block.start + sentence.end);
                borders.extend([span.start, block.start + sentence.of(block.of(text)).trim_end().len() + sentence.start]);
                if length(span.of(text)) > 120.0 {
                    endless.push(span);
                }
            }
        }
        let mut before = 0;
        for passage in &answer.passages {
            let span = passage.span;
            let said = span.of(text);
            prop_assert!(!said.trim().is_empty() && said.trim() == said, "{:?}", said);
            prop_assert!(before <= span.start, "in order, disjoint");
            before = span.end;
            let words = length(said);
            prop_assert!(words <= 160.0, "{} words: {}", words, said);
            // A word is whole: beside it white space, the end of a block, or a character of a script without spaces.
            let wide = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || !c.is_ascii());
            prop_assert!(wide(text[..span.start].chars().next_back()) || borders.contains(&span.start), "cut before {}", said);
            prop_assert!(wide(text[span.end..].chars().next()) || borders.contains(&span.end), "cut behind {}", said);
            for at in [span.start, span.end] {
                let torn = endless.iter().any(|long| long.start < at && at < long.end);
                prop_assert!(torn || borders.contains(&at), "{} is no border: {}", at, said);
            }
            // Too short only where what stands beside it is too long, or nothing does; or another passage does.
            // A heading stands with what it heads.
            let over_headings = |at: usize| {
                let mut at = at;
                for block in article.blocks.iter().filter(|block| block.kind == BlockKind::Heading) {
                    if block.span.start <= at + 2 && at <= block.span.start {
                        at = block.span.end;
                    }
                }
                at
            };
            let near = |at: usize| {
                let beyond = over_headings(at);
                endless.iter().any(|long| long.start <= beyond + 2 && at <= long.end + 2)
            };
            let alone = span.start == 0 && span.end == text.len();
            if most == 1 && words < 40.0 && !alone {
                prop_assert!(near(span.start) || near(span.end), "{} words of {}: {}", words, length(text), said);
            }
            let mut last = span.start;
            for mark in &passage.marks {
                prop_assert!(last <= mark.span.start && mark.span.end <= span.end);
                last = mark.span.end;
                // A phrase may go on behind a full stop.
                let marked = mark.span.of(text).to_lowercase().replace(['.', '?'], "");
                let parts: Vec<&str> = asked.trim_matches('"').split(" NEAR/3 ").collect();
                prop_assert!(parts.contains(&marked.as_str()) || asked == "水庫" && marked.contains("水庫"), "{} for {}", marked, asked);
            }
        }
        let marked = answer.passages.iter().any(|passage| !passage.marks.is_empty());
        prop_assert!(!answer.holds || marked, "no match is shown for {}", asked);
    }
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
