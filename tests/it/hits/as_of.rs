//! Searching the past: a home searched as of a day answers as a home into which nothing later came.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use newsdex::corpus::{Corpus, Incoming, Writer};
use newsdex::model::{Article, AsOf, DateClaim};
use newsdex::query;
use newsdex::search::{Facet, Morgue, OpenOptions, Order, Request};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::{line, take_in};
use crate::corpus::making;
use crate::sandbox::Sandbox;

const WORDS: [&str; 6] = ["weir", "dam", "dams", "ferry", "council", "stone"];

/// A text that was got of an article on a day.
#[derive(Debug, Clone)]
struct Text {
    article: usize,
    day: i8,
    words: Vec<usize>,
    withdrawn: bool,
}

fn texts() -> impl Strategy<Value = Vec<Text>> {
    let one = (0..5usize, 1i8..9, prop::collection::vec(0..WORDS.len(), 1..7), prop::bool::weighted(0.1));
    let one = one.prop_map(|(article, day, words, withdrawn)| Text { article, day, words, withdrawn });
    prop::collection::vec(one, 1..14).prop_map(|mut texts| {
        // Of two texts got on one day, which came first is not known: the order of ingest is all there is.
        texts.sort_by_key(|text| (text.article, text.day));
        texts.dedup_by_key(|text| (text.article, text.day));
        // Of a text got twice the corpus keeps when the copy was got that came in first.
        let mut seen = std::collections::HashSet::new();
        texts.retain(|text| seen.insert((text.article, text.words.clone(), text.withdrawn)));
        texts
    })
}

fn home(texts: &[&Text], apart: bool) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let mut writer = Writer::open(home.path(), "test").unwrap();
    for (number, text) in texts.iter().enumerate() {
        // Words of its own keep one text from being an excerpt of another: which of those is kept as the newest depends
        // on the order in which they came in.
        let own = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"][text.day as usize - 1];
        let said: Vec<&str> = text.words.iter().map(|word| WORDS[*word]).chain(Some(own).filter(|_| apart)).collect();
        let got = date(2025, 3, text.day);
        let instant = got.at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp();
        let mut article: Article =
            making::article(&format!("https://dale.example/{}", text.article), "News", &said.join(" "));
        article.fetched = Some(DateClaim { instant: Some(instant), ..DateClaim::day(got, "test") });
        article.flags.withdrawn = text.withdrawn;
        let mut document = making::document("news.txt", number as u64 + 1, &article.text);
        document.fetched = Some(instant);
        writer.put(vec![Incoming::Article { document, article: Box::new(article) }]).unwrap();
    }
    drop(writer);
    home
}

type Shown = (Vec<(String, f32, String)>, u64, Vec<String>, Vec<(Option<String>, u64)>);

fn answer(morgue: &Morgue, typed: &str, order: Order) -> Shown {
    let query = query::parse(typed, &query::Options::new(date(2025, 4, 1))).unwrap();
    let mut request = Request::new(query.clone(), Timestamp::MAX);
    (request.order, request.limit) = (order, 100);
    let page = morgue.search(&request).unwrap();
    let rows = page.hits.iter().map(|h| (h.article.id.to_string(), h.score, h.article.text.clone())).collect();
    let counts = morgue.facets(&query, Facet::Source, Timestamp::MAX).unwrap();
    (rows, page.total_articles, page.notes, counts.into_iter().map(|c| (c.value, c.articles)).collect())
}

/// Opens a home. A process that another test is just starting holds a copy of our lock for a moment.
fn at(home: &std::path::Path, as_of: Option<AsOf>) -> Morgue {
    loop {
        match Morgue::open(home, &OpenOptions { as_of, ..OpenOptions::default() }) {
            Ok(morgue) if morgue.notes().is_empty() => return morgue,
            Ok(_) => {}
            Err(error) => assert_eq!(error.kind(), newsdex::ErrorKind::Locked, "{error}"),
        }
    }
}

#[test]
fn the_past_is_what_a_home_of_then_would_say() {
    let config = Config { cases: 12, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new(config);
    let strategy = (texts(), prop::collection::vec(any::<prop::sample::Index>(), 14), 1i8..9);
    runner
        .run(&strategy, |(texts, shuffle, day)| {
            // In the order they were got, and in any other.
            let mut sorted: Vec<&Text> = texts.iter().collect();
            sorted.sort_by_key(|text| text.day);
            let mut mixed = sorted.clone();
            (1..mixed.len()).for_each(|n| mixed.swap(n, shuffle[n].index(n + 1)));
            let then: Vec<&Text> = sorted.iter().copied().filter(|text| text.day <= day).collect();
            if then.is_empty() {
                return Ok(());
            }
            let (all, other, only) = (home(&sorted, true), home(&mixed, true), home(&then, true));
            let expected = at(only.path(), None);
            let end: Timestamp = format!("2025-03-{day:02}T12:00:00Z").parse().unwrap();
            for as_of in [AsOf::Day(date(2025, 3, day)), AsOf::Instant(end)] {
                for found in [at(all.path(), Some(as_of)), at(other.path(), Some(as_of))] {
                    for typed in
                        ["dam", "=dams", "\"weir dam\"", "ferry NOT council", "stone OR weir", "fetched:2025-03-02"]
                    {
                        for order in [Order::Relevance, Order::Newest] {
                            prop_assert_eq!(
                                answer(&found, typed, order),
                                answer(&expected, typed, order),
                                "{} as of {}",
                                typed,
                                as_of
                            );
                        }
                    }
                }
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn the_version_in_force() {
    let day = |day: i8| AsOf::Day(date(2025, 3, day));
    let text = |day, words: &[usize]| Text { article: 0, day, words: words.to_vec(), withdrawn: false };
    let (long, short) = (text(2, &[0, 1, 2, 3, 4, 5, 0, 1]), text(5, &[0, 1]));
    // The short one is an excerpt of the long one: it never comes into force.
    let home = home(&[&long, &short, &text(7, &[5, 5, 5, 4])], false);
    let corpus = Corpus::open(home.path()).unwrap();
    let revision = corpus.revision().unwrap();
    let version = |as_of| corpus.in_force(1, &as_of, revision).unwrap().map(|stored| stored.version);
    assert_eq!(
        [1, 2, 4, 5, 6, 7, 30].map(|d| version(day(d))),
        [None, Some(1), Some(1), Some(1), Some(1), Some(3), Some(3)]
    );
    let before: Timestamp = "2025-03-07T11:59:59Z".parse().unwrap();
    assert_eq!(version(AsOf::Instant(before)), Some(1));
    assert_eq!(corpus.in_force(9, &day(30), revision).unwrap(), None);
    let standings: Vec<&str> = corpus.history(1).unwrap().iter().map(|(_, standing)| standing.word()).collect();
    assert_eq!(standings, ["older", "excerpt", "newest"]);
    assert_eq!("2025-03-02".parse::<Date>().map(AsOf::Day).unwrap().to_string(), "2025-03-02");
}

#[test]
fn the_command_line_looks_back() {
    let sandbox = Sandbox::new();
    let first = line(
        "weir",
        "Weir to be rebuilt",
        "2025-03-01T10:00:00Z",
        "The weir at Dale will be rebuilt in stone, the council said on Monday.",
    );
    let then = line(
        "weir",
        "Plan dropped",
        "2025-03-10T10:00:00Z",
        "The barrage at Dale will not be built after all, the council said on Tuesday.",
    );
    take_in(&sandbox, "a.jsonl", &[first]);
    take_in(&sandbox, "b.jsonl", &[then]);
    sandbox.run(&["search", "weir"]).ended(1);
    for command in [&["search", "weir"][..], &["export", "weir"], &["stats", "weir"], &["timeline", "weir"]] {
        sandbox.run(&[command, &["--as-of", "2025-03-09"]].concat()).ended(0);
        sandbox.run(&[command, &["--as-of", "2025-03-10T09:59:00Z"]].concat()).ended(0);
        sandbox.run(&[command, &["--as-of", "2025-03-10"]].concat()).ended(1);
        sandbox.run(&[command, &["--as-of", "2025-02"]].concat()).ended(1);
    }
    sandbox.run(&["search", "barrage", "--as-of", "2025-03-09"]).ended(1);
    let refused = sandbox.run(&["search", "weir", "--as-of", "2025-03-10T09:00"]).ended(2);
    assert!(refused.err.contains("with its zone"), "{}", refused.err);

    let file = sandbox.path("then.csv");
    let file = file.to_str().unwrap();
    sandbox.run(&["export", "weir", "--as-of", "2025-03-09", "-o", file]).ended(0);
    let manifest = std::fs::read_to_string(sandbox.path("then.csv.manifest.json")).unwrap();
    assert!(manifest.contains("\"as_of\": \"2025-03-09\""), "{manifest}");
    let checked = sandbox.run(&["check", file]).ended(0);
    assert!(
        checked.out.contains("stands in version 1; the article changed since (version 2: text, published, title)"),
        "{}",
        checked.out
    );

    let id = sandbox.run(&["search", "barrage", "--format", "jsonl"]).ended(0).json()[0]["article_id"].to_string();
    let id = id.trim_matches('"');
    let diff = sandbox.run(&["show", id, "--diff"]).ended(0);
    assert!(diff.out.contains("- Weir to be rebuilt\n") && diff.out.contains("+ Plan dropped\n"), "{}", diff.out);
    assert!(sandbox.run(&["show", id, "--as-of", "2025-03-05"]).ended(0).out.contains("rebuilt in stone"));
    sandbox.run(&["show", id, "--as-of", "2025-03-10", "--diff"]).ended(1);
    let early = sandbox.run(&["show", id, "--as-of", "2024"]).ended(2);
    assert!(early.err.contains("its first version was got at 2025-03-01"), "{}", early.err);
}
