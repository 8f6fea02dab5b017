//! Damaged bytes: whatever is read from a damaged corpus is what was written, or the damage is said.

use std::path::Path;

use newsdex::corpus::{Corpus, Incoming, Stored, Writer};
use newsdex::model::{Document, Field, Reason, Rejection, Removed, Yield};

use super::making::{article, document, incoming};
use crate::sandbox::Sandbox;

const ARTICLES: u64 = 150;

fn filled(home: &Path) {
    let mut writer = Writer::open(home, "test").unwrap();
    let made = |n: u64, text: String| {
        let mut made = article(&format!("https://brackwater.example/{n}"), &format!("Council {n}"), &text);
        made.authors = vec![format!("Ina Holt {n}")];
        made.section = n.is_multiple_of(3).then(|| format!("Section {n}"));
        made.tags = vec![format!("tag {n}")];
        made.removed = vec![Removed {
            text: format!("Read more about point {n}."),
            at: 0,
            rule: "nag.read-more".to_owned(),
            yields: vec![Yield { field: Field::Url, value: format!("https://brackwater.example/more/{n}") }],
        }];
        made
    };
    let text = |n: u64| format!("Brackwater council met for the {n}th time and voted on {} points of order.", n * 7);
    let mut batch: Vec<Incoming> = (1..=ARTICLES).map(|n| incoming("a.jsonl", n, made(n, text(n)))).collect();
    let refused = document("b.txt", 1, "");
    let (origin, detail) = (refused.origin.clone(), "nothing in it".to_owned());
    let rejection = Rejection { origin, reason: Reason::Empty, detail, claims: Vec::new() };
    batch.push(Incoming::Refused { document: Some(refused), rejection });
    writer.put(batch).unwrap();
    let later = (1..=ARTICLES).step_by(9);
    let later = later.map(|n| incoming("c.jsonl", n, made(n, format!("{} It will meet again.", text(n)))));
    writer.put(later.collect()).unwrap();
    writer.tidy().unwrap();
}

type Read = (newsdex::Result<Vec<Stored>>, newsdex::Result<Option<Document>>);

fn read(corpus: &Corpus, key: u64) -> Read {
    (corpus.versions(key), corpus.document(key, 1))
}

/// `NEWSDEX_FLIPS=5000` damages so many places, evenly over the file.
#[test]
fn a_damaged_byte_never_gives_another_article() {
    let places: usize = std::env::var("NEWSDEX_FLIPS").ok().and_then(|n| n.parse().ok()).unwrap_or(60);
    let home = tempfile::tempdir().unwrap();
    filled(home.path());
    let path = Corpus::path_in(home.path());
    let whole = std::fs::read(&path).unwrap();
    let corpus = Corpus::open(home.path()).unwrap();
    assert!(corpus.check(&mut |_, _| {}).unwrap().whole());
    let expected: Vec<_> = (1..=ARTICLES).map(|key| read(&corpus, key)).collect();
    let expected: Vec<_> = expected.into_iter().map(|(a, b)| (a.unwrap(), b.unwrap().unwrap())).collect();
    let sources = corpus.sources().unwrap();
    drop(corpus);
    let (mut refused, mut noticed, mut read_faults) = (0, 0, 0);
    for n in 0..places {
        let at = (n * whole.len() / places + n * 7919 % (whole.len() / places)).min(whole.len() - 1);
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (n % 8);
        std::fs::write(&path, bytes).unwrap();
        let corpus = match Corpus::open(home.path()) {
            Ok(corpus) => corpus,
            Err(error) => {
                assert!(error.hint_text().is_some(), "byte {at}: {error}");
                refused += 1;
                continue;
            }
        };
        let whole = corpus.check(&mut |_, _| {}).is_ok_and(|findings| findings.whole());
        noticed += usize::from(!whole);
        for (key, (articles, original)) in (1..).zip(&expected) {
            let (got, got_original) = read(&corpus, key);
            match got {
                // A row that cannot be reached is missing: the reading does not know it, but `check` does.
                Ok(got) if got.len() < articles.len() => assert!(!whole, "byte {at}: a version of {key} is missing"),
                // Numbers that are given when a version is stored are no part of its checksum.
                Ok(got) => assert!(&got == articles || !whole, "byte {at}: {}", difference(&got, articles)),
                Err(error) => {
                    assert!(!whole, "byte {at}: article {key} cannot be read, and the check found nothing: {error}");
                    read_faults += 1;
                }
            }
            match got_original {
                Ok(Some(got)) => assert_eq!(&got, original, "byte {at}"),
                Ok(None) | Err(_) => assert!(!whole, "byte {at}: the original of {key} cannot be read"),
            }
        }
        if whole {
            assert_eq!(corpus.sources().unwrap(), sources, "byte {at}");
        }
    }
    assert!(noticed > places / 8 && read_faults > 0, "{refused} refused, {noticed} noticed of {places}");
    eprintln!("{places} damaged bytes: {refused} times refused at opening, {noticed} times found by the check");
}

/// The first version that differs, both ways.
fn difference(got: &[Stored], expected: &[Stored]) -> String {
    let differ = got.iter().zip(expected).find(|(got, expected)| got != expected);
    differ.map_or_else(String::new, |(got, expected)| format!("{got:?}\nis not\n{expected:?}"))
}

/// A corpus with a page torn out of its middle: what is left goes into a new home under the ids it had.
#[test]
fn what_can_be_read_is_saved() {
    let home = tempfile::tempdir().unwrap();
    filled(home.path());
    let before = Corpus::open(home.path()).unwrap();
    let articles: Vec<Stored> = before.articles_after(0, 1000).unwrap();
    let versions: Vec<usize> = articles.iter().map(|stored| before.versions(stored.key).unwrap().len()).collect();
    drop(before);
    let path = Corpus::path_in(home.path());
    let whole = std::fs::read(&path).unwrap();
    let mut most = 0;
    for page in 1..whole.len() / 16_384 {
        let mut bytes = whole.clone();
        bytes[page * 16_384..(page + 1) * 16_384].fill(0xEE);
        std::fs::write(&path, bytes).unwrap();
        let Ok(corpus) = Corpus::open(home.path()) else { continue };
        let saved = tempfile::tempdir().unwrap();
        // A page of the list of tables or of counts: then there is nothing to go by.
        let Ok(salvaged) = corpus.salvage(saved.path(), &mut |_, _| {}) else { continue };
        let new = Corpus::open(saved.path()).unwrap();
        assert!(new.check(&mut |_, _| {}).unwrap().whole(), "page {page}");
        let found = new.articles_after(0, 1000).unwrap();
        assert_eq!(found.len() as u64, salvaged.articles, "page {page}");
        for stored in &found {
            let known = articles.iter().position(|known| known.article.id == stored.article.id).unwrap();
            let same = new.versions(stored.key).unwrap().len() == versions[known];
            assert!(!same || stored.article == articles[known].article, "page {page}");
            assert!(new.document(stored.key, 1).unwrap().is_some());
        }
        let lost = articles.len() - found.len();
        assert!(lost as u64 <= salvaged.lost_count, "page {page}: {lost} lost, said {}", salvaged.lost_count);
        most = most.max(found.len());
        let again = corpus.salvage(saved.path(), &mut |_, _| {}).unwrap_err();
        assert!(again.to_string().contains("there is a corpus already"), "{again}");
    }
    assert_eq!(most, articles.len(), "some page holds no article");
    std::fs::write(&path, &whole).unwrap();
    let saved = tempfile::tempdir().unwrap();
    let salvaged = Corpus::open(home.path()).unwrap().salvage(saved.path(), &mut |_, _| {}).unwrap();
    assert_eq!((salvaged.articles, salvaged.lost_count, salvaged.without_original), (ARTICLES, 0, 0));
    let new = Corpus::open(saved.path()).unwrap();
    for (stored, versions) in articles.iter().zip(versions) {
        let found = new.by_id(stored.article.id.as_str()).unwrap().unwrap();
        assert_eq!((&found.article, found.version), (&stored.article, stored.version));
        assert_eq!(new.versions(found.key).unwrap().len(), versions);
    }
}

#[test]
fn a_person_saves_what_can_be_read_into_a_new_home() {
    let sandbox = Sandbox::with_samples();
    let ids = |home: &str| -> Vec<String> {
        let ran = sandbox.run(&["--home", home, "search", "asylum OR ferry", "--format", "jsonl", "-n", "50"]).ended(0);
        ran.json().iter().map(|hit| hit["article_id"].to_string()).collect()
    };
    let before = ids(".");
    assert!(before.len() > 5, "{before:?}");
    let ran = sandbox.run(&["check", "--salvage", "saved"]).ended(0);
    assert!(ran.out.contains("0 lost") && ran.err.contains("--home"), "{}{}", ran.out, ran.err);
    assert_eq!(ids("saved"), before);
    sandbox.run(&["--home", "saved", "check"]).ended(0);
    let again = sandbox.run(&["check", "--salvage", "saved"]).ended(2);
    assert!(again.err.contains("there is a corpus already") && again.err.contains("hint: "), "{}", again.err);
}
