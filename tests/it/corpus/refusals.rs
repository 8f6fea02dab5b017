//! What the corpus refuses, in which words, and with which way out.

use std::path::Path;

use newsdex::corpus::{Corpus, FORMAT, Writer};
use newsdex::{Error, ErrorKind};

use super::making::{article, incoming};

fn filled(home: &Path) {
    let mut writer = Writer::open(home, "test").unwrap();
    let articles = (1..200).map(|n| {
        let text = format!("Brackwater council met for the {n}th time and voted on {} points of order.", n * 7);
        incoming("a.jsonl", n, article(&format!("https://brackwater.example/{n}"), &format!("Council {n}"), &text))
    });
    writer.put(articles.collect()).unwrap();
}

fn check(error: &Error, kind: ErrorKind, said: &str, way_out: &str) {
    assert_eq!(error.kind(), kind, "{error}");
    assert!(error.to_string().contains(said), "{error}");
    assert!(error.hint_text().unwrap_or_default().contains(way_out), "{:?}", error.hint_text());
}

#[test]
fn there_is_none() {
    let home = tempfile::tempdir().unwrap();
    check(
        &Corpus::open(home.path()).unwrap_err(),
        ErrorKind::NoCorpus,
        "newsdex.db`: there is no corpus here",
        "newsdex ingest",
    );
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0, "looking makes nothing");
}

#[test]
fn a_second_writer_is_told_who_writes() {
    let home = tempfile::tempdir().unwrap();
    let first = Writer::open(home.path(), "newsdex ingest").unwrap();
    let error = Writer::open(home.path(), "newsdex clean").unwrap_err();
    let pid = format!("`newsdex ingest` (process `{}`", std::process::id());
    check(&error, ErrorKind::Locked, &pid, "wait until it has ended");
    assert_eq!(Corpus::open(home.path()).unwrap().revision().unwrap().0, 0, "reading goes on");
    drop(first);
    Writer::open(home.path(), "newsdex clean").unwrap();
}

#[test]
fn a_note_of_a_dead_writer_holds_nobody_up() {
    let home = tempfile::tempdir().unwrap();
    filled(home.path());
    let note = r#"{"task":"newsdex ingest","pid":1,"host":"gone","since":"2025-06-27T00:00:00Z"}"#;
    std::fs::write(home.path().join("corpus/writer.json"), note).unwrap();
    Writer::open(home.path(), "newsdex ingest").unwrap();
}

#[test]
fn another_format() {
    let home = tempfile::tempdir().unwrap();
    filled(home.path());
    let set = |format: u32| {
        let connection = rusqlite::Connection::open(Corpus::path_in(home.path())).unwrap();
        connection.pragma_update(None, "user_version", format).unwrap();
    };
    set(99);
    let newer = format!("format `99`, this newsdex reads format `{FORMAT}`");
    check(&Corpus::open(home.path()).unwrap_err(), ErrorKind::CorpusVersion, &newer, "the newer newsdex");
    check(&Writer::open(home.path(), "test").unwrap_err(), ErrorKind::CorpusVersion, &newer, "the newer newsdex");
    set(0);
    check(&Corpus::open(home.path()).unwrap_err(), ErrorKind::CorpusVersion, "old format `0`", "ingest again");
}

#[test]
fn a_database_of_another_program() {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join("corpus")).unwrap();
    let connection = rusqlite::Connection::open(Corpus::path_in(home.path())).unwrap();
    connection.execute_batch("CREATE TABLE recipes (name)").unwrap();
    drop(connection);
    let error = Corpus::open(home.path()).unwrap_err();
    check(&error, ErrorKind::CorpusVersion, "not a newsdex corpus", "--home DIR");
    let error = Writer::open(home.path(), "test").unwrap_err();
    check(&error, ErrorKind::CorpusVersion, "not a newsdex corpus", "--home DIR");
}

#[test]
fn no_database_at_all() {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join("corpus")).unwrap();
    std::fs::write(Corpus::path_in(home.path()), "Dear diary, ".repeat(2000)).unwrap();
    check(
        &Corpus::open(home.path()).unwrap_err(),
        ErrorKind::CorpusDamaged,
        "newsdex.db`: the corpus is damaged",
        "a copy",
    );
    check(&Writer::open(home.path(), "test").unwrap_err(), ErrorKind::CorpusDamaged, "is damaged", "a copy");
}

/// Overwrites a stretch of the database at each of many places: reading never panics, and what `check` calls whole
/// really is.
#[test]
fn damaged_bytes_are_noticed() {
    let home = tempfile::tempdir().unwrap();
    filled(home.path());
    let path = Corpus::path_in(home.path());
    let whole = std::fs::read(&path).unwrap();
    let read_all = |corpus: &Corpus| (1..200).map(|key| corpus.article(key).ok().flatten()).collect::<Vec<_>>();
    let expected = read_all(&Corpus::open(home.path()).unwrap());
    assert!(expected.iter().all(Option::is_some));
    let mut noticed = 0;
    for at in (0..whole.len()).step_by(whole.len() / 60) {
        let mut bytes = whole.clone();
        for byte in bytes.iter_mut().skip(at).take(24) {
            *byte ^= 0x5A;
        }
        std::fs::write(&path, bytes).unwrap();
        let Ok(corpus) = Corpus::open(home.path()) else {
            noticed += 1;
            continue;
        };
        let findings = corpus.check(&mut |_, _| {});
        if findings.is_ok_and(|findings| findings.whole()) {
            assert_eq!(read_all(&corpus), expected, "damage at byte {at} changed an article and was not noticed");
        } else {
            noticed += 1;
        }
    }
    // The others lie in the unused part of a page: each table and index of this small corpus has one.
    assert!(noticed > 12, "only {noticed} of 60 places were noticed");
}
