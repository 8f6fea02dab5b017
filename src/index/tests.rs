use std::collections::BTreeSet;

use jiff::Timestamp;

use super::*;
use crate::model::{Article, ArticleId, Block, BlockKind, Flags, Lang, Provenance, Revision, Span};
use crate::query::plan::{Cond, Leaf, Matcher, Plan, Scope, Spans};
use crate::query::{DateField, KeyField, Unit};
use crate::text;

/// An article of blocks parted by blank lines.
pub(super) fn article(id: u64, title: &str, blocks: &[&str]) -> Article {
    let text = blocks.join("\n\n");
    let mut at = 0;
    let mut spans = Vec::new();
    for block in blocks {
        spans.push(Block { kind: BlockKind::Paragraph, span: Span::new(at, at + block.len()) });
        at += block.len() + 2;
    }
    Article {
        id: ArticleId::from_stored(format!("{id:016x}")),
        title: title.to_owned(),
        authors: Vec::new(),
        published: None,
        updated: None,
        fetched: None,
        embargo: None,
        language: Lang::parse("en"),
        url: None,
        source: None,
        section: None,
        tags: Vec::new(),
        text,
        blocks: spans,
        removed: Vec::new(),
        provenance: Provenance::default(),
        flags: Flags::default(),
        notes: Vec::new(),
    }
}

fn leaf(matcher: Matcher) -> Leaf {
    Leaf { matcher, typed: String::new(), span: Span::new(0, 1) }
}

fn inflected(word: &str) -> Leaf {
    let stems = text::languages().iter().map(|l| (l.clone(), text::stem(l, word).into_owned())).collect();
    leaf(Matcher::Inflected { exact: word.to_owned(), stems, bare: false, also: Vec::new() })
}

fn exact(word: &str) -> Leaf {
    leaf(Matcher::Exact(word.to_owned()))
}

fn spans(spans: Spans, scope: Scope) -> Cond {
    Cond::Spans { spans, scope, at_least: 1 }
}

fn plan(root: Cond, leaves: Vec<Leaf>) -> Plan {
    Plan { root, leaves, needs_text: false }
}

fn word(leaf: Leaf) -> Plan {
    plan(spans(Spans::Leaf(0), Scope::Either), vec![leaf])
}

fn keys(reader: &Reader, plan: &Plan) -> Vec<u64> {
    let found = reader.find(plan, &Find { limit: 1000, ..Find::default() }).unwrap();
    assert_eq!(found.total as usize, found.rows.len());
    let mut keys: Vec<u64> = found.rows.iter().map(|row| row.key).collect();
    keys.sort_unstable();
    keys
}

fn some() -> Vec<Article> {
    let mut all = vec![
        article(
            1,
            "Safe-third country deal",
            &["Honduras signed a safe third country agreement.", "Officials deported ten people."],
        ),
        article(2, "Talks go on", &["The deporting of asylum seekers stopped. A court will hear the case."]),
        article(3, "Port news", &["The harbour at Lindhaven reopened.", "Third quarter results were safe."]),
        article(4, "Abschiebung", &["Die Häuser wurden verkauft, das Haus nicht."]),
    ];
    all[0].authors = vec!["Mae Slater".into()];
    all[0].url = Some("https://www.example.org/world/safe-third".into());
    all[0].source = Some(crate::model::Found { value: "Reuters".into(), found: "test".into() });
    all[3].language = Lang::parse("de");
    all
}

fn filled(articles: &[Article], batch: usize) -> (tempfile::TempDir, Index) {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::open(dir.path()).unwrap().index;
    let mut writer = index.writer(40_000_000).unwrap();
    for (number, some) in articles.chunks(batch).enumerate() {
        for (at, article) in some.iter().enumerate() {
            writer.put((number * batch + at + 1) as u64, article).unwrap();
        }
        writer.commit(Revision(number as u64 + 1)).unwrap();
    }
    writer.finish().unwrap();
    (dir, index)
}

#[test]
fn words_phrases_and_keys() {
    for batch in [1, 2, 10] {
        let (_dir, index) = filled(&some(), batch);
        let reader = index.reader().unwrap();
        let check = |plan: &Plan, expected: &[u64]| assert_eq!(keys(&reader, plan), expected, "{plan:?}");
        check(&word(exact("deported")), &[1]);
        check(&word(inflected("deport")), &[1, 2]);
        check(&word(inflected("haus")), &[4]);
        check(&word(exact("safethird")), &[1]);
        check(&word(leaf(Matcher::Wildcard("dep*ing".into()))), &[2]);
        check(&word(leaf(Matcher::Wildcard("safet*".into()))), &[1]);
        check(&word(leaf(Matcher::Fuzzy { term: "harbor".into(), distance: 1 })), &[3]);
        check(&word(leaf(Matcher::Regex("lind.*".into()))), &[3]);
        let row = |words: &[&str], scope| {
            plan(
                spans(Spans::Seq((0..words.len()).map(Spans::Leaf).collect()), scope),
                words.iter().map(|w| exact(w)).collect(),
            )
        };
        check(&row(&["safe", "third", "country"], Scope::Either), &[1]);
        check(&row(&["safe", "third", "country"], Scope::Title), &[1]);
        check(&row(&["safethird", "country"], Scope::Title), &[1]);
        check(&row(&["safethird", "country"], Scope::Text), &[]);
        check(&row(&["agreement", "officials"], Scope::Either), &[]);
        check(&row(&["reopened"], Scope::Headline), &[3]);
        check(&row(&["results"], Scope::Headline), &[]);
        let near = |a: &str, b: &str, unit| {
            plan(
                spans(Spans::Within { unit, items: vec![Spans::Leaf(0), Spans::Leaf(1)] }, Scope::Either),
                vec![exact(a), exact(b)],
            )
        };
        check(&near("seekers", "court", Unit::Sentence), &[]);
        check(&near("seekers", "court", Unit::Paragraph), &[2]);
        let key = |field, value: &str, prefix| plan(Cond::Key { field, value: value.into(), prefix }, vec![]);
        check(&key(KeyField::Author, "slater", false), &[1]);
        check(&key(KeyField::Author, "mae slater", false), &[1]);
        check(&key(KeyField::Author, "slater mae", false), &[]);
        check(&key(KeyField::Author, "mae sl", true), &[1]);
        check(&key(KeyField::Author, "", false), &[1]);
        check(&key(KeyField::Url, "example.org", false), &[1]);
        check(&key(KeyField::Source, "reuters", false), &[1]);
        check(&key(KeyField::Lang, "de", false), &[4]);
        check(&key(KeyField::Id, "0000000000000002", false), &[2]);
        check(
            &plan(Cond::Not(Box::new(Cond::Key { field: KeyField::Lang, value: "en".into(), prefix: false })), vec![]),
            &[4],
        );
        check(&plan(Cond::All, vec![]), &[1, 2, 3, 4]);
        check(&plan(Cond::None, vec![]), &[]);
    }
}

#[test]
fn changes_and_catching_up() {
    let (dir, index) = filled(&some(), 10);
    let mut writer = index.writer(40_000_000).unwrap();
    writer.put(2, &article(2, "Replaced", &["Nothing of the old text."])).unwrap();
    writer.delete(3).unwrap();
    let before = index.reader().unwrap();
    writer.commit(Revision(7)).unwrap();
    writer.finish().unwrap();
    let after = index.reader().unwrap();
    assert_eq!(keys(&before, &word(exact("harbour"))), [3]);
    assert_eq!(keys(&after, &word(exact("harbour"))), [0u64; 0]);
    assert_eq!(keys(&after, &word(inflected("deport"))), [1]);
    assert_eq!(keys(&after, &word(exact("replaced"))), [2]);
    assert_eq!(after.revision(), Revision(7));
    let opened = Index::open(dir.path()).unwrap();
    assert_eq!((opened.revision, opened.rebuilt), (Revision(7), None));
    assert_eq!(opened.index.verify().unwrap(), Vec::<String>::new());
}

#[test]
fn damage_is_noticed() {
    for (name, bytes) in [("meta.json", &b"{"[..]), ("meta.json", b""), ("term", b"\0\0"), ("stems", b"x")] {
        let (dir, index) = filled(&some(), 2);
        drop(index);
        let mut files = vec![dir.path().to_owned()];
        let mut hit = BTreeSet::new();
        while let Some(path) = files.pop() {
            if path.is_dir() {
                files.extend(std::fs::read_dir(path).unwrap().map(|e| e.unwrap().path()));
            } else if path.to_string_lossy().ends_with(name) {
                std::fs::write(&path, bytes).unwrap();
                hit.insert(path);
            }
        }
        assert!(!hit.is_empty(), "{name}");
        let opened = Index::open(dir.path()).unwrap();
        assert!(opened.rebuilt.is_some(), "{name}");
        assert_eq!(opened.revision, Revision(0));
        assert_eq!(keys(&opened.index.reader().unwrap(), &plan(Cond::All, vec![])), [0u64; 0]);
    }
}

#[test]
fn left_out() {
    let mut all = some();
    all[0].flags.withdrawn = true;
    all[1].embargo = Some("2026-01-01T00:00:00Z".parse().unwrap());
    let (_dir, index) = filled(&all, 10);
    let reader = index.reader().unwrap();
    let find = |now: &str| {
        let now: Timestamp = now.parse().unwrap();
        let found = reader.find(&plan(Cond::All, vec![]), &Find { now, ..Find::default() }).unwrap();
        (found.total, found.rows.len(), found.withdrawn, found.embargoed)
    };
    assert_eq!(find("2025-12-31T23:59:59Z"), (2, 2, 1, 1));
    assert_eq!(find("2026-01-01T00:00:00Z"), (3, 3, 1, 0));
}

#[test]
fn a_word_is_as_rare_as_its_articles_whatever_forms_they_use() {
    let some = |forms: &str| -> Vec<Article> {
        let told = |id| if id < 4 { format!("ferry {forms}") } else { "harbour".to_owned() };
        (1..=12).map(|id| article(id, "", &[&told(id)])).collect()
    };
    let matcher = inflected("deported").matcher;
    let rarity = |articles: &[Article], batch| filled(articles, batch).1.reader().unwrap().rarity(&matcher).unwrap();
    let one = rarity(&some("deported"), 100);
    assert!(one > 1.0, "{one}");
    assert_eq!(one, rarity(&some("deported, deporting, deports"), 100));
    assert_eq!(one, rarity(&some("deported, deporting, deports"), 2), "in several segments");
    // Articles with different forms are different articles.
    let mut apart = some("deported");
    apart[4] = article(5, "", &["deports"]);
    assert!(rarity(&apart, 100) < one);
}

/// Both words in the article, `apart` words from each other in a text of 600.
fn spread(id: u64, apart: usize) -> Article {
    let mut words = vec!["filler"; 600];
    words[10] = "harbour";
    words[10 + apart] = "strike";
    let blocks: Vec<String> = words.chunks(50).map(|words| words.join(" ")).collect();
    article(id, "A headline", &blocks.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn words_that_stand_together_rise() {
    let apart = [500, 3, 60, 200, 400, 30];
    let articles: Vec<Article> = (1..).zip(apart).map(|(id, apart)| spread(id, apart)).collect();
    let (_dir, index) = filled(&articles, 2);
    let reader = index.reader().unwrap();
    let both = || vec![spans(Spans::Leaf(0), Scope::Either), spans(Spans::Leaf(1), Scope::Either)];
    for root in [Cond::And(both()), Cond::Bag(both())] {
        let plan = plan(root, vec![exact("harbour"), exact("strike")]);
        let rows = reader.find(&plan, &Find::default()).unwrap().rows;
        let keys: Vec<u64> = rows.iter().map(|row| row.key).collect();
        // Near each other; in one passage; far apart. Within each kind the id decides.
        assert_eq!(keys, [2, 3, 6, 1, 4, 5]);
        for row in &rows {
            let explained = reader.explain(&plan, row.key, &Find::default()).unwrap();
            let sum: f32 = explained.parts.iter().map(|(_, score)| score).sum::<f32>() + explained.together;
            assert!((sum - row.score).abs() < 1e-3, "{explained:?} for {}", row.score);
        }
    }
    // Alternatives need not stand together.
    let either = plan(Cond::Or(both()), vec![exact("harbour"), exact("strike")]);
    let rows = reader.find(&either, &Find::default()).unwrap().rows;
    assert!(rows.iter().all(|row| row.score == rows[0].score));
}

#[test]
fn what_an_article_begins_with_counts_more() {
    let told = |id, at: usize| {
        let mut words = vec!["filler"; 90];
        (words[at], words[at + 20]) = ("harbour", "strike");
        article(id, "", &[&words.join(" ")])
    };
    // Both in the lead, none, one.
    let articles = [told(1, 60), told(2, 5), told(3, 30)];
    let (_dir, index) = filled(&articles, 2);
    let both = vec![spans(Spans::Leaf(0), Scope::Either), spans(Spans::Leaf(1), Scope::Either)];
    let plan = plan(Cond::And(both), vec![exact("harbour"), exact("strike")]);
    let rows = index.reader().unwrap().find(&plan, &Find::default()).unwrap().rows;
    assert_eq!(rows.iter().map(|row| row.key).collect::<Vec<_>>(), [2, 3, 1]);
}

#[test]
fn those_looked_at_again_stay_before_the_others() {
    let distances = [3, 30, 300, 500];
    let articles: Vec<Article> = (0..1300).map(|id| spread(id + 1, distances[id as usize * 7 % 4])).collect();
    let (_dir, index) = filled(&articles, 500);
    let reader = index.reader().unwrap();
    let both = vec![spans(Spans::Leaf(0), Scope::Either), spans(Spans::Leaf(1), Scope::Either)];
    let plan = plan(Cond::And(both), vec![exact("harbour"), exact("strike")]);
    let all = reader.find(&plan, &Find { limit: 5000, ..Find::default() }).unwrap().rows;
    assert_eq!(all.len(), articles.len());
    for limit in [1, 10, 210, 1100] {
        let some = reader.find(&plan, &Find { limit, ..Find::default() }).unwrap().rows;
        assert_eq!(some, all[..limit], "the first {limit}");
    }
    let mut pieces: Vec<Row> = Vec::new();
    loop {
        let after = pieces.last().map(|row| row.place);
        let piece = reader.find(&plan, &Find { limit: 333, after, ..Find::default() }).unwrap().rows;
        if piece.is_empty() {
            break;
        }
        pieces.extend(piece);
    }
    assert_eq!(pieces, all);
}

#[test]
fn only_what_counts_is_explained() {
    let articles = [
        article(1, "Harbour", &["A court sat in the harbour."]),
        article(2, "", &["The court rose. A strike began."]),
        article(3, "", &["No strike in the harbour, said the court."]),
    ];
    let (_dir, index) = filled(&articles, 2);
    let reader = index.reader().unwrap();
    let word = |at: usize| spans(Spans::Leaf(at), Scope::Either);
    // Harbour and strike, or the court; an alternative that is not met as a whole gives nothing, on any level.
    let both = Cond::And(vec![word(0), word(1)]);
    let nowhere = Cond::And(vec![word(0), Cond::Boost(Box::new(word(3)), 2.0)]);
    let leaves = || ["harbour", "strike", "court", "nowhere"].map(exact).to_vec();
    for root in [
        Cond::Or(vec![both.clone(), word(2)]),
        Cond::Or(vec![Cond::Boost(Box::new(both.clone()), 1.0), nowhere.clone(), word(2)]),
        Cond::Bag(vec![Cond::Or(vec![both, nowhere]), word(2)]),
    ] {
        let plan = plan(root, leaves());
        let found = reader.find(&plan, &Find::default()).unwrap();
        assert_eq!(found.rows.len(), 3);
        for row in found.rows {
            let explained = reader.explain(&plan, row.key, &Find::default()).unwrap();
            let sum: f32 = explained.parts.iter().map(|(_, score)| score).sum::<f32>() + explained.together;
            assert!((sum - row.score).abs() < 1e-3, "{explained:?} for {}", row.score);
            let told: BTreeSet<usize> = explained.parts.iter().flat_map(|(leaves, _)| leaves.clone()).collect();
            let expected: &[usize] = if row.key == 3 { &[0, 1, 2] } else { &[2] };
            assert_eq!(told.into_iter().collect::<Vec<_>>(), expected, "article {}", row.key);
        }
    }
}

#[test]
fn words_are_counted_where_they_are_looked_for() {
    let mut articles = [
        article(1, "Deported from the harbour", &["Nothing else."]),
        article(2, "Harbour", &["The harbour was deporting nobody, and deported them."]),
        article(3, "", &["Deportation from the harbour."]),
        article(4, "Harbour", &["Withdrawn later."]),
        article(5, "", &["Deported, auf Deutsch."]),
    ];
    articles[3].flags.withdrawn = true;
    articles[4].language = Lang::parse("de");
    for batch in [1, 5] {
        let (_dir, index) = filled(&articles, batch);
        let reader = index.reader().unwrap();
        let count = |scope, leaf: Leaf| {
            let plan = plan(spans(Spans::Leaf(0), scope), vec![leaf]);
            let report = reader.leaves(&plan, Timestamp::MAX).unwrap().remove(0);
            let words = report.words.into_iter().map(|word| format!("{} {}", word.word, word.articles));
            (report.scope, words.collect::<Vec<_>>().join(", "))
        };
        assert_eq!(count(Scope::Either, exact("harbour")), (Scope::Either, "harbour 3".to_owned()));
        assert_eq!(count(Scope::Title, exact("harbour")), (Scope::Title, "harbour 2".to_owned()));
        assert_eq!(count(Scope::Text, exact("harbour")), (Scope::Text, "harbour 2".to_owned()));
        // An inflection counts in the articles whose language it is of: the German one is none of them.
        let told = count(Scope::Either, inflected("deport")).1;
        assert_eq!(told, "deported 2, deportation 1, deporting 1");
    }
}

#[test]
fn a_date_is_found_where_all_of_it_is_asked_for() {
    use crate::model::{DateClaim, Precision};
    use jiff::civil::{Date, date};
    let known = [
        (date(2025, 1, 1), Precision::Year),
        (date(2025, 6, 1), Precision::Month),
        (date(2025, 6, 1), Precision::Day),
        (date(2025, 1, 1), Precision::Minute),
    ];
    let articles: Vec<Article> = (1..)
        .zip(known)
        .map(|(id, (day, precision))| {
            let date = Some(DateClaim { precision, ..DateClaim::day(day, "test") });
            Article { published: date.clone(), updated: date.clone(), fetched: date, ..article(id, "", &["Harbour."]) }
        })
        .collect();
    let (_dir, index) = filled(&articles, 2);
    let reader = index.reader().unwrap();
    for field in [DateField::Published, DateField::Updated, DateField::Fetched] {
        for (from, to, expected) in [
            (Some(date(2025, 1, 1)), Some(date(2025, 1, 1)), &[4u64][..]),
            (Some(date(2025, 6, 1)), Some(date(2025, 6, 1)), &[3]),
            (Some(date(2025, 6, 1)), Some(date(2025, 6, 30)), &[2, 3]),
            (Some(date(2025, 1, 1)), Some(date(2025, 12, 31)), &[1, 2, 3, 4]),
            (None, Some(date(2025, 12, 30)), &[2, 3, 4]),
            (Some(date(2025, 1, 2)), None, &[2, 3]),
            (None, None, &[1, 2, 3, 4]),
        ] {
            let plan = plan(Cond::Dates { field, from, to }, Vec::new());
            assert_eq!(keys(&reader, &plan), expected, "{field:?} {from:?} {to:?}");
            let prepared = crate::passage::Prepared::new(&plan);
            // What may be within them and is not sure to be.
            let known = articles.iter().map(|article| article.published.as_ref().unwrap().days());
            let touches =
                |(first, last): &(Date, Date)| from.is_none_or(|f| f <= *last) && to.is_none_or(|t| *first <= t);
            let perhaps = known.filter(touches).count() - expected.len();
            let counted = reader.count_perhaps(&plan, Timestamp::MAX).unwrap();
            assert_eq!(counted, [perhaps as u64, 0, 0], "{field:?} {from:?} {to:?}");
            // They are found behind a `NOT`.
            let not = Plan { root: Cond::Not(Box::new(plan.root.clone())), ..plan.clone() };
            let counted = reader.count_perhaps(&not, Timestamp::MAX).unwrap();
            assert_eq!(counted, [0, perhaps as u64, 0], "{field:?} {from:?} {to:?}");
            for (number, article) in (1u64..).zip(&articles) {
                let holds = crate::passage::Chooser::new().holds(article, &prepared);
                assert_eq!(holds, expected.contains(&number), "{field:?} {from:?} {to:?}");
            }
        }
        let days = reader.by_day(&plan(Cond::All, Vec::new()), field, Timestamp::MAX, None).unwrap();
        let (first, june) = (date(2025, 1, 1), date(2025, 6, 1));
        let expected = [
            (Some((first, first)), 1),
            (Some((first, date(2025, 12, 31))), 1),
            (Some((june, june)), 1),
            (Some((june, date(2025, 6, 30))), 1),
        ];
        assert_eq!((days.articles.into_iter().collect::<Vec<_>>(), days.doubtful), (expected.to_vec(), 0));
    }
}

#[test]
fn of_two_old_articles_the_newer_one_counts_more() {
    use crate::model::DateClaim;
    use jiff::civil::date;
    let days =
        [date(1950, 1, 1), date(1976, 1, 1), date(2016, 1, 1), date(2025, 1, 1), date(2026, 1, 1), date(2026, 3, 1)];
    let mut articles: Vec<Article> =
        (1..).zip(days).map(|(id, _)| article(id, "", &["The harbour flooded."])).collect();
    for (article, day) in articles.iter_mut().zip(days) {
        article.published = Some(DateClaim::day(day, "test"));
    }
    // And one without a date.
    articles.push(article(7, "", &["The harbour flooded."]));
    let (_dir, index) = filled(&articles, 3);
    let reader = index.reader().unwrap();
    let now = "2026-03-01T00:00:00Z".parse().unwrap();
    let find = Find { recent: true, now, ..Find::default() };
    let plan = word(exact("harbour"));
    let rows = reader.find(&plan, &find).unwrap().rows;
    assert_eq!(rows.iter().map(|row| row.key).collect::<Vec<_>>(), [6, 5, 4, 3, 2, 1, 7]);
    assert!(rows.windows(2).all(|two| two[0].score > two[1].score * 1.001), "{rows:?}");
    let plain = reader.find(&plan, &Find::default()).unwrap().rows[0].score;
    assert!((rows[0].score / plain - 1.0).abs() < 1e-4 && (rows[6].score / plain - 0.5).abs() < 1e-4, "{rows:?}");
    for row in &rows {
        let explained = reader.explain(&plan, row.key, &find).unwrap();
        assert!((explained.parts[0].1 * explained.left_by_age - row.score).abs() < 1e-4, "{explained:?}");
    }
}

#[test]
fn articles_without_a_date_are_counted_behind_a_not() {
    use crate::model::DateClaim;
    use jiff::civil::date;
    let dated = Some(DateClaim::day(date(2025, 6, 27), "test"));
    let one = Article { published: dated, ..article(1, "", &["Harbour."]) };
    let two = Article { published: None, ..article(2, "", &["Harbour."]) };
    for batch in [1, 2] {
        let (_dir, index) = filled(&[one.clone(), two.clone()], batch);
        let reader = index.reader().unwrap();
        let asked = Cond::Dates { field: DateField::Published, from: Some(date(2025, 6, 1)), to: None };
        let not = plan(Cond::Not(Box::new(asked.clone())), Vec::new());
        assert_eq!(keys(&reader, &not), [2]);
        assert_eq!(reader.count_perhaps(&not, Timestamp::MAX).unwrap(), [0, 0, 1]);
        // Who asks for those without a date need not be told.
        let none = Cond::Not(Box::new(Cond::Dates { field: DateField::Published, from: None, to: None }));
        assert_eq!(reader.count_perhaps(&plan(none, Vec::new()), Timestamp::MAX).unwrap(), [0; 3]);
        assert_eq!(reader.count_perhaps(&plan(asked, Vec::new()), Timestamp::MAX).unwrap(), [0; 3]);
    }
}
