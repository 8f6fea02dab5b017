//! Whole homes asked from outside: counts, spellings, limits.

use jiff::Timestamp;
use newsdex::index::Facet;
use newsdex::query::{self, DateField};

/// A home with these articles: title and text.
fn home(articles: &[(&str, &str)]) -> (tempfile::TempDir, newsdex::search::Morgue) {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("articles.jsonl");
    let line = |(number, (title, text)): (usize, &(&str, &str))| {
        let source = ["Lindhaven Post", "Quarry Times"][number % 2];
        let day = format!("2026-03-{:02}", number + 1);
        serde_json::json!({ "id": number.to_string(), "title": title, "text": text, "source": source, "published": day })
            .to_string()
    };
    std::fs::write(&file, articles.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")).unwrap();
    let report =
        newsdex::ingest::ingest(dir.path(), &[file], &newsdex::ingest::Options::default(), &mut |_| {}).unwrap();
    let morgue = newsdex::search::Morgue::open(dir.path(), &newsdex::search::OpenOptions::default()).unwrap();
    assert!(morgue.notes().is_empty(), "{:?}, and the ingest said {:?}", morgue.notes(), report.notes);
    (dir, morgue)
}

fn asked(typed: &str) -> newsdex::search::Request {
    let read = query::parse(typed, &query::Options::new(jiff::civil::date(2026, 4, 1))).expect(typed);
    newsdex::search::Request::new(read, Timestamp::MAX)
}

const HARBOUR: &str = "The harbour of Lindhaven was closed on Monday after a crane fell across the western quay. Two ships \
    wait outside, and the port office expects to let them in on Thursday when the wreck has been lifted.";
const COUNCIL: &str = "The council of Quarry voted nine to four for a new bridge. Work begins in spring, said the mayor, \
    who called the Safe-Third plan a matter of years. The Harbour Board had asked for a ferry instead.";

#[test]
fn counts_hold_for_titles_copies_and_literal_text() {
    let (_dir, morgue) = home(&[
        ("Crane falls in harbour", HARBOUR),
        ("Harbour closed, harbour office says", HARBOUR),
        ("Bridge for Quarry", COUNCIL),
        (
            "Ferry or bridge",
            "A ferry would do, wrote a reader from the western quay, and the harbour board agreed with him at once.",
        ),
    ]);
    let summary = |typed: &str| {
        let summary = morgue.summary(&asked(typed)).unwrap();
        (summary.articles, summary.matches, summary.stories)
    };
    // A match in the title of a copy counts like any other.
    assert_eq!(summary("title:harbour"), (2, 3, 1));
    assert_eq!(summary("harbour"), (4, 7, 3));
    assert_eq!(summary("title:bridge"), (2, 2, 2));
    // As typed, this case: not the words.
    assert_eq!(summary("='Harbour Board'"), (1, 1, 1));
    assert_eq!(summary("='harbour'"), (3, 5, 2));

    let by = |typed: &str, facet| {
        let rows = morgue.summaries(&asked(typed), facet).unwrap();
        rows.into_iter().map(|(value, s)| (value.unwrap(), s.articles, s.matches, s.stories)).collect::<Vec<_>>()
    };
    let row = |name: &str, articles, matches, stories| (name.to_owned(), articles, matches, stories);
    assert_eq!(by("harbour", Facet::Source), [row("Lindhaven Post", 2, 3, 2), row("Quarry Times", 2, 4, 2)]);

    let literal = asked("='Harbour Board'").query;
    let counts = morgue.facets(&literal, Facet::Source, Timestamp::MAX).unwrap();
    assert_eq!(
        counts.iter().map(|c| (c.value.as_deref(), c.articles)).collect::<Vec<_>>(),
        [(Some("Lindhaven Post"), 1)]
    );
    let line = morgue.timeline(&literal, DateField::Published, newsdex::search::Period::Day, Timestamp::MAX).unwrap();
    assert_eq!(line.bars.iter().map(|bar| bar.articles).collect::<Vec<_>>(), [1]);
    assert_eq!(morgue.count(&literal, Timestamp::MAX).unwrap(), 1);
}

/// Each spelling as a query against each as a text, through cleaning, index and passages.
#[test]
fn every_spelling_finds_every_other() {
    for forms in crate::query::SPELLINGS {
        let texts: Vec<String> = forms.iter().map(|form| format!("Here is {form} again, said the mayor.")).collect();
        let articles: Vec<(&str, &str)> = texts.iter().map(|text| ("News", text.as_str())).collect();
        let (_dir, morgue) = home(&articles);
        for asked_for in *forms {
            for query in [format!("\"{asked_for}\""), (*asked_for).to_owned()] {
                let mut request = asked(&query);
                request.limit = 20;
                request.collapse = false;
                let page = morgue.search(&request).unwrap();
                assert_eq!(page.total_articles as usize, forms.len(), "{query} in {forms:?}");
                let marked =
                    page.hits.iter().filter(|hit| hit.passages.iter().any(|passage| !passage.marks.is_empty()));
                let texts: Vec<_> = page.hits.iter().map(|hit| &hit.passages).collect();
                assert_eq!(marked.count(), forms.len(), "{query} in {forms:?}: {texts:?} {:?}", page.notes);
            }
        }
    }
}

/// A pattern that stands for more words than are searched says so, whoever counts or lists what it found.
#[test]
fn limits_of_expansion_are_said_when_they_are_met() {
    let sandbox = crate::sandbox::Sandbox::new();
    // Words of eight letters, no two of them further than two letters from `aaaaaaaa`.
    let letters = || (b'a'..=b'z').map(char::from);
    let mut words = Vec::new();
    for (first, second) in [
        (1, 2),
        (1, 3),
        (1, 4),
        (2, 3),
        (2, 4),
        (3, 4),
        (4, 5),
        (5, 6),
        (1, 6),
        (2, 6),
        (3, 6),
        (1, 7),
        (2, 7),
        (3, 7),
        (4, 7),
        (5, 7),
        (6, 7),
    ] {
        for (one, other) in letters().flat_map(|one| letters().map(move |other| (one, other))) {
            let mut word = ['a'; 8];
            (word[first], word[second]) = (one, other);
            words.push(word.iter().collect::<String>());
        }
    }
    words.sort();
    words.dedup();
    assert!(words.len() > 10_000, "{}", words.len());
    let line = serde_json::json!({ "id": "1", "title": "Words", "published": "2026-03-01", "text": words.join(" ") });
    std::fs::write(sandbox.path("words.jsonl"), line.to_string()).unwrap();
    sandbox.run(&["ingest", "words.jsonl"]).ended(0);
    for asked in ["aa*", "a*", "/a.+/", "aaaaaaaa~2"] {
        for command in
            [&["search", asked][..], &["stats", asked], &["timeline", asked], &["export", asked, "--format", "jsonl"]]
        {
            let told = sandbox.run(command).ended(0).err;
            let many = asked != "aa*" || words.iter().filter(|word| word.starts_with("aa")).count() > 10_000;
            assert_eq!(
                told.contains("different words: the 10000 most frequent ones were searched"),
                many,
                "{command:?}: {told}"
            );
        }
    }
}

/// A phrase may run over the end of a sentence, not over that of a paragraph or from the headline into the text.
#[test]
fn phrases_end_with_their_paragraph() {
    let (_dir, morgue) = home(&[(
        "Quay closed",
        "Two ships wait outside. Lindhaven expects them on Thursday.\n\nThe wreck is to be lifted before that day.",
    )]);
    let found = |typed: &str| {
        let hits = morgue.search(&asked(typed)).unwrap().hits;
        let mut marked = Vec::new();
        for hit in &hits {
            let marks = hit.passages.iter().flat_map(|passage| &passage.marks);
            marked.extend(marks.map(|mark| mark.span.of(&hit.article.text).to_owned()));
        }
        marked
    };
    assert_eq!(found("\"outside Lindhaven\""), ["outside. Lindhaven"]);
    assert!(found("\"Thursday the wreck\"").is_empty());
    assert!(found("\"closed two\"").is_empty());
    // In one sentence they are not.
    assert!(found("outside SENT Lindhaven").is_empty());
}

/// An ingest waits for a search that brings up the index, and does not leave its articles out of it.
#[test]
fn an_ingest_waits_for_a_search_that_catches_up() {
    let (dir, morgue) = home(&[("Bridge for Quarry", COUNCIL)]);
    drop(morgue);
    let index = newsdex::index::Index::open(&dir.path().join("index")).unwrap().index;
    let writer = index.writer(40_000_000).unwrap();
    let other = std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_millis(150));
        drop(writer);
    });
    let file = dir.path().join("more.jsonl");
    std::fs::write(&file, serde_json::json!({ "id": "9", "title": "Crane falls", "text": HARBOUR }).to_string())
        .unwrap();
    let options = newsdex::ingest::Options::default();
    let report = newsdex::ingest::ingest(dir.path(), &[file], &options, &mut |_| {}).unwrap();
    other.join().unwrap();
    assert_eq!((report.added, report.notes), (1, Vec::new()));
    let morgue = newsdex::search::Morgue::open(dir.path(), &newsdex::search::OpenOptions::default()).unwrap();
    assert_eq!((morgue.count(&asked("crane").query, Timestamp::MAX).unwrap(), morgue.notes().len()), (1, 0));
}
