//! Write, then read, is identity.

use newsdex::corpus::{Corpus, Incoming, Writer};
use newsdex::model::{
    Article, ArticleId, Block, BlockKind, Claim, DateClaim, Document, Field, Flags, Found, Lang, MediaType, Note,
    Origin, Payload, PayloadKind, Precision, Provenance, Removed, Span, Yield,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[a-z ]{1,40}",
        "\\PC{0,30}",
        "[\\x00-\\x7f]{0,20}",
        "[äöüßéñ漢字한글\n\t\"\\\\ ]{0,20}"
    ]
}

fn found() -> impl Strategy<Value = Found<String>> {
    (words(), "[a-z:.]{1,12}").prop_map(|(value, found)| Found { value, found })
}

fn date() -> impl Strategy<Value = DateClaim> {
    (
        -9999i16..=9999,
        1i8..=12,
        1i8..=28,
        option::of(-60_000_000_000i64..200_000_000_000),
        option::of(-80_000i32..80_000),
        0usize..5,
        option::of(words()),
    )
        .prop_map(|(year, month, day, instant, offset, precision, doubt)| DateClaim {
            day: jiff::civil::date(year, month, day),
            instant: instant.and_then(|second| jiff::Timestamp::from_second(second).ok()),
            offset,
            precision: [Precision::Year, Precision::Month, Precision::Day, Precision::Minute, Precision::Second]
                [precision],
            found: "json:date".to_owned(),
            doubt,
        })
}

fn blocks_of(text: &str, cuts: Vec<usize>, kinds: Vec<usize>) -> Vec<Block> {
    let all = [
        BlockKind::Paragraph,
        BlockKind::Heading,
        BlockKind::Quote,
        BlockKind::ListItem,
        BlockKind::Caption,
        BlockKind::Table,
    ];
    let mut borders: Vec<usize> = cuts.into_iter().map(|cut| cut % (text.len() + 1)).collect();
    borders.extend([0, text.len()]);
    borders.retain(|&border| text.is_char_boundary(border));
    borders.sort_unstable();
    let spans = borders.windows(2).map(|pair| Span::new(pair[0], pair[1]));
    spans.enumerate().map(|(n, span)| Block { kind: all[kinds[n % kinds.len()] % 6], span }).collect()
}

prop_compose! {
    fn article()(
        url in words(), title in words(), authors in vec(words(), 0..3),
        dates in (option::of(date()), option::of(date()), option::of(date())),
        embargo in option::of(0i64..4_000_000_000), language in option::of("[a-z]{2,3}"),
        source in option::of(found()), section in option::of(words()), tags in vec(words(), 0..3),
        text in vec(words(), 0..6).prop_map(|pieces| pieces.join("\n\n")),
        cuts in vec(any::<usize>(), 0..5), kinds in vec(0usize..6, 1..4),
        removed in vec((words(), any::<usize>(), "[a-z.]{1,10}", vec(words(), 0..2)), 0..3),
        provenance in (option::of(found()), vec(found(), 0..2), option::of(found())),
        flags in any::<[bool; 8]>(), notes in vec(words(), 0..2),
    ) -> Article {
        let removed = removed.into_iter().map(|(gone, at, rule, yields)| Removed {
            text: gone, at: at % (text.len() + 1), rule,
            yields: yields.into_iter().map(|value| Yield { field: Field::Republisher, value }).collect(),
        }).collect();
        Article {
            id: ArticleId::of_url(&url), title, authors,
            published: dates.0, updated: dates.1, fetched: dates.2,
            embargo: embargo.and_then(|second| jiff::Timestamp::from_second(second).ok()),
            language: language.and_then(|code| Lang::parse(&code)), url: Some(url).filter(|url| !url.is_empty()),
            source, section, tags, blocks: blocks_of(&text, cuts, kinds), text, removed,
            provenance: Provenance {
                original_url: provenance.0, rights_notice: provenance.1, guid: provenance.2, ..Provenance::default()
            },
            flags: Flags {
                truncated: flags[0], paywalled: flags[1], sponsored: flags[2], affiliate: flags[3], opinion: flags[4],
                developing: flags[5], corrected: flags[6], withdrawn: flags[7],
            },
            notes: notes.into_iter().map(Note).collect(),
        }
    }
}

prop_compose! {
    fn document()(
        path in words(), members in vec(words(), 0..3), number in 0u64..1 << 40, offset in option::of(0u64..1 << 50),
        media in 0usize..6, raw in vec(any::<u8>(), 0..200), payload in option::of((0usize..4, words())),
        as_raw in any::<bool>(), claims in vec((words(), "[a-z:]{1,9}"), 0..4),
        fetched in option::of((0i64..4_000_000_000, 0i32..1_000_000_000)), notes in vec(words(), 0..2),
    ) -> Document {
        let payload = payload.map(|(kind, text)| Payload {
            kind: [PayloadKind::HtmlPage, PayloadKind::HtmlFragment, PayloadKind::PlainText, PayloadKind::Markdown][kind], text,
        });
        let raw = match &payload { Some(payload) if as_raw => payload.text.clone().into_bytes(), _ => raw };
        Document {
            origin: Origin { path, members, number, offset },
            media: [MediaType::Page, MediaType::FeedEntry, MediaType::Record, MediaType::Text, MediaType::WireItem, MediaType::Mail][media],
            raw, payload,
            claims: claims.into_iter().map(|(value, found)| Claim { field: Field::Author, value, found }).collect(),
            fetched: fetched.and_then(|(second, nano)| jiff::Timestamp::new(second, nano).ok()),
            notes: notes.into_iter().map(Note).collect(),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn write_then_read_is_identity(pairs in vec((document(), article()), 1..6)) {
        let home = tempfile::tempdir().unwrap();
        let mut writer = Writer::open(home.path(), "test").unwrap();
        let mut expected = Vec::new();
        for (document, mut article) in pairs {
            // Ids of their own, so that each is an article of its own.
            article.id = ArticleId::of_guid("test", &expected.len().to_string());
            // A cancellation without a text is no article: it withdraws one, or is refused.
            article.flags.withdrawn &= !article.text.is_empty();
            writer.put(vec![Incoming::Article { document: document.clone(), article: Box::new(article.clone()) }]).unwrap();
            expected.push((document, article));
        }
        drop(writer);
        let corpus = Corpus::open(home.path()).unwrap();
        for (at, (document, article)) in expected.iter().enumerate() {
            let key = at as u64 + 1;
            let stored = corpus.article(key).unwrap().unwrap();
            prop_assert_eq!(&stored.article, article);
            prop_assert_eq!(&corpus.document(key, 1).unwrap().unwrap(), document);
        }
    }
}
