//! A clock that goes backwards: what follows what is told by revisions and versions, never by the time of day.

use std::fs;
use std::path::Path;

use jiff::Timestamp;
use newsdex::corpus::Corpus;
use newsdex::ingest::{Options, ingest};
use newsdex::model::Revision;
use newsdex::query;
use newsdex::search::{Morgue, News, OpenOptions, Request, Seen};

fn take_in(home: &Path, file: &Path, now: &str, text: &str) {
    fs::write(file, text).unwrap();
    let options = Options { now: Some(now.parse().unwrap()), ..Options::default() };
    ingest(home, &[file.to_owned()], &options, &mut |_| {}).unwrap();
}

/// What somebody who saw revision `seen` is told is new: titles, and whether they are changes.
fn news(home: &Path, seen: Revision) -> Vec<(String, bool)> {
    let morgue = Morgue::open(home, &OpenOptions::default()).unwrap();
    let asked = query::parse("ferry", &query::Options::new(jiff::civil::date(2025, 1, 1))).unwrap();
    let mut told = Vec::new();
    let each = &mut |hit: newsdex::model::Hit, news| {
        told.push((hit.article.title.clone(), matches!(news, News::Changed { .. })));
        Ok(())
    };
    morgue.each_new(&Request::new(asked, Timestamp::MAX), Seen { revision: seen, at: None }, each).unwrap();
    told.sort();
    told
}

#[test]
fn a_clock_that_goes_backwards_changes_no_order() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("ferry.jsonl");
    let line = |n: u32, title: &str, cost: u32| {
        format!(
            r#"{{"url":"https://brackwater.example/{n}","title":"{title}","text":"The council of Brackwater voted on the ferry.\n\nIt costs {cost} million crowns, says the port office."}}"#
        )
    };
    take_in(home.path(), &file, "2026-11-26T12:00:00Z", &line(1, "The plan passes", 3));
    // The clock was ahead when the first revision was written: those that follow are years older by their times.
    let database = rusqlite::Connection::open(home.path().join("corpus/newsdex.db")).unwrap();
    assert_eq!(database.execute("UPDATE revisions SET at = '2099-01-01T00:00:00Z'", []).unwrap(), 1);
    drop(database);
    let seen = Corpus::open(home.path()).unwrap().revision().unwrap();
    let both = format!("{}\n{}", line(1, "The plan passes", 5), line(2, "The plan fails", 9));
    take_in(home.path(), &file, "2025-02-01T12:00:00Z", &both);
    take_in(home.path(), &file, "2024-02-01T12:00:00Z", &line(1, "The plan passes", 7));

    assert_eq!(news(home.path(), seen), [("The plan fails".to_owned(), false), ("The plan passes".to_owned(), true)]);
    let corpus = Corpus::open(home.path()).unwrap();
    assert_eq!(news(home.path(), corpus.revision().unwrap()), []);
    let stored = corpus.articles_after(0, 10).unwrap();
    let changed = stored.iter().find(|stored| stored.article.title == "The plan passes").unwrap();
    assert_eq!(changed.version, 3);
    assert!(changed.article.text.contains("7 million"), "the last that came in is in force: {}", changed.article.text);
    let history = corpus.history(changed.key).unwrap();
    let costs: Vec<bool> = ["3 million", "5 million", "7 million"]
        .iter()
        .zip(&history)
        .map(|(cost, (version, _))| version.article.text.contains(cost))
        .collect();
    assert_eq!(costs, [true; 3], "{history:?}");
    assert!(corpus.check(&mut |_, _| {}).unwrap().whole());
}
