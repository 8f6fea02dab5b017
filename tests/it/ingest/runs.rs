//! What a run stores, counts and tells.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use newsdex::corpus::{Corpus, LearnedRule, Writer};
use newsdex::index::Index;
use newsdex::ingest::{Became, Event, Options, Report, ingest, reclean};

/// A folder with `articles` lines of JSON, a page, a text and something that is no article.
fn inputs(folder: &Path, articles: usize) -> PathBuf {
    let inputs = folder.join("inputs");
    fs::create_dir_all(&inputs).unwrap();
    let lines: Vec<String> = (0..articles)
        .map(|n| {
            format!(
                r#"{{"id":"b{n}","title":"Council meets for the {n}th time","author":"Ina Holt","date":"2025-06-{:02}","text":"The council of Brackwater met for the {n}th time on Monday.\n\nIt voted on {} points and sent the plan for the new ferry landing back to the port office."}}"#,
                1 + n % 28,
                n * 7
            )
        })
        .collect();
    fs::write(inputs.join("council.jsonl"), lines.join("\n")).unwrap();
    fs::write(
        inputs.join("mill.txt"),
        "Old mill burns down\n\nThe old mill on Salt Lane in Ostholm burned down on Friday night. Nobody was hurt, the fire brigade said.",
    )
    .unwrap();
    fs::write(inputs.join("nothing.txt"), "").unwrap();
    inputs
}

fn run(home: &Path, paths: &[PathBuf], options: &Options) -> (Report, Vec<String>) {
    let mut told = Vec::new();
    let report = ingest(home, paths, options, &mut |event| match event {
        Event::Done { origin, became, .. } => told.push(format!("{} {}", became.words(), short(&origin.to_string()))),
        Event::Rejected(rejection) => {
            told.push(format!("{} {}", rejection.reason.words(), short(&rejection.origin.to_string())))
        }
        _ => {}
    })
    .unwrap();
    (report, told)
}

fn short(origin: &str) -> String {
    origin.rsplit('/').next().unwrap_or(origin).to_owned()
}

#[test]
fn a_folder_is_stored_counted_and_told_in_order() {
    let home = tempfile::tempdir().unwrap();
    let inputs = inputs(home.path(), 5);
    let (report, told) = run(home.path(), &[inputs], &Options::default());
    let expected = [
        "added council.jsonl@1",
        "added council.jsonl@2",
        "added council.jsonl@3",
        "added council.jsonl@4",
        "added council.jsonl@5",
        "added mill.txt@1",
        "empty nothing.txt@1",
    ];
    assert_eq!(told, expected);
    assert_eq!((report.files, report.seen, report.added, report.rejected_total()), (3, 7, 6, 1));
    let corpus = Corpus::open(home.path()).unwrap();
    assert_eq!(corpus.statistics().unwrap().articles, 6);
    assert_eq!(corpus.revision().unwrap(), report.revision);
    assert!(corpus.check(&mut |_, _| {}).unwrap().whole());
}

#[test]
fn twice_the_same_is_unchanged() {
    let home = tempfile::tempdir().unwrap();
    let inputs = inputs(home.path(), 40);
    let (first, _) = run(home.path(), std::slice::from_ref(&inputs), &Options::default());
    let (second, _) = run(home.path(), &[inputs], &Options::default());
    assert_eq!(first.added, 41);
    assert_eq!((second.added, second.updated, second.unchanged, second.duplicate), (0, 0, 41, 0));
    assert_eq!(first.revision, second.revision);
}

/// The last record of an archive that breaks off is a document and a refusal at one place.
#[test]
fn a_cut_archive_twice_is_unchanged_and_leaves_the_index_up_to_date() {
    let home = tempfile::tempdir().unwrap();
    let record = |n: usize| {
        let page = format!(
            "Ferry late again\n\nThe ferry to Tarn was late for the {n}th time on Monday, the harbour board said.\n\nNobody knew when the next one would sail."
        );
        let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n{page}");
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://tarn.example/{n}\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n",
            http.len()
        )
    };
    let path = home.path().join("cut.warc");
    let whole = record(1) + &record(2);
    fs::write(&path, &whole[..whole.len() - 30]).unwrap();
    let first = run(home.path(), std::slice::from_ref(&path), &Options::default()).0;
    let second = run(home.path(), std::slice::from_ref(&path), &Options::default()).0;
    assert_eq!((first.added, first.rejected_total()), (2, 1));
    assert_eq!((second.unchanged, second.rejected_total()), (2, 1));
    assert_eq!(first.revision, second.revision);
    // A refusal alone raises the revision, and the index follows.
    fs::write(home.path().join("nothing.txt"), "").unwrap();
    let third = run(home.path(), &[home.path().join("nothing.txt")], &Options::default()).0;
    assert!(third.revision > second.revision);
    let index = Index::open(&home.path().join("index")).unwrap();
    assert_eq!(index.revision, third.revision);
}

#[test]
fn outcomes_do_not_depend_on_the_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let inputs = inputs(folder.path(), 700);
    let stored = |threads: usize| {
        let home = tempfile::tempdir().unwrap();
        let (_, told) = run(home.path(), std::slice::from_ref(&inputs), &Options { threads, ..Options::default() });
        let corpus = Corpus::open(home.path()).unwrap();
        let ids: Vec<String> =
            (1..=701).map(|key| corpus.article(key).unwrap().unwrap().article.id.to_string()).collect();
        (told, ids)
    };
    let one = stored(1);
    assert_eq!(one.0.len(), 702);
    assert_eq!(one, stored(4));
}

#[test]
fn a_dry_run_foresees_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let inputs = inputs(folder.path(), 9);
    let home = tempfile::tempdir().unwrap();
    let dry = Options { dry_run: true, ..Options::default() };
    let (report, _) = run(home.path(), std::slice::from_ref(&inputs), &dry);
    assert_eq!((report.added, report.rejected_total()), (10, 1));
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0, "not even a folder");
    run(home.path(), std::slice::from_ref(&inputs), &Options::default());
    fs::write(
        inputs.join("mill.txt"),
        "Old mill burns down\n\nThe old mill on Salt Lane burned down. Two people were hurt.",
    )
    .unwrap();
    let (report, told) = run(home.path(), &[inputs], &dry);
    assert_eq!(report.unchanged, 9, "{told:?}");
    assert_eq!(report.added + report.updated, 1);
    assert_eq!(Corpus::open(home.path()).unwrap().statistics().unwrap().articles, 10);
}

#[test]
fn a_stopped_run_keeps_what_it_has_read() {
    let home = tempfile::tempdir().unwrap();
    let inputs = inputs(home.path(), 3000);
    let stop = Arc::new(AtomicBool::new(false));
    let options = Options { stop: Some(stop.clone()), threads: 1, ..Options::default() };
    stop.store(true, Ordering::Relaxed);
    let (report, _) = run(home.path(), std::slice::from_ref(&inputs), &options);
    assert!(report.stopped);
    stop.store(false, Ordering::Relaxed);
    let (report, _) = run(home.path(), &[inputs], &options);
    assert_eq!(report.added + report.unchanged, 3001);
}

#[test]
fn a_limit_ends_the_run() {
    let home = tempfile::tempdir().unwrap();
    let inputs = inputs(home.path(), 300);
    let (report, told) = run(home.path(), &[inputs], &Options { limit: Some(70), ..Options::default() });
    assert_eq!((report.seen, told.len()), (70, 70));
    assert_eq!(Became::Added.words(), "added");
}

#[test]
fn cleaning_all_again_changes_nothing_while_the_rules_are_the_same() {
    let home = tempfile::tempdir().unwrap();
    let inputs = inputs(home.path(), 30);
    run(home.path(), &[inputs], &Options { now: "2025-07-01T00:00:00Z".parse().ok(), ..Options::default() });
    let mut told = 0;
    let report = reclean(home.path(), &Options::default(), true, &mut |_, _| told += 1).unwrap();
    assert_eq!((report.seen, report.changed, report.refused, told), (31, 0, 0, 0));
}

#[test]
fn cleaning_all_again_applies_what_was_learned() {
    let home = tempfile::tempdir().unwrap();
    let inputs = home.path().join("inputs");
    fs::create_dir(&inputs).unwrap();
    let text = |n: u32| {
        format!(
            "Title: Council {n}\nSource: Brackwater Gazette\nDate: 2025-06-27\n\nThe council met for the {n}th time on Monday.\n\nRead us every day on the ferry and at the kiosk of your choice.\n\nIt will meet again.\n"
        )
    };
    for n in 1..=2 {
        fs::write(inputs.join(format!("{n}.txt")), text(n)).unwrap();
    }
    run(home.path(), &[inputs], &Options::default());
    let learned = LearnedRule {
        source: "Brackwater Gazette".to_owned(),
        text: "Read us every day on the ferry and at the kiosk of your choice.".to_owned(),
        rule: "1".to_owned(),
        seen: 2,
        approved: true,
    };
    Writer::open(home.path(), "test").unwrap().save_learned_rules(&[learned]).unwrap();
    let (before, texts) = (Corpus::open(home.path()).unwrap().revision().unwrap(), |corpus: &Corpus| {
        let articles = corpus.articles_after(0, 10).unwrap();
        articles.iter().filter(|stored| stored.article.text.contains("kiosk")).count()
    });
    let look = reclean(home.path(), &Options::default(), false, &mut |_, _| {}).unwrap();
    assert_eq!((look.changed, look.revision), (2, before), "looking changes nothing");
    assert_eq!(texts(&Corpus::open(home.path()).unwrap()), 2);
    let report = reclean(home.path(), &Options::default(), true, &mut |_, _| {}).unwrap();
    assert_eq!((report.changed, report.refused), (2, 0));
    let corpus = Corpus::open(home.path()).unwrap();
    assert_eq!(texts(&corpus), 0);
    assert_eq!(corpus.article(1).unwrap().unwrap().version, 2);
    assert!(corpus.check(&mut |_, _| {}).unwrap().whole());
    assert_eq!(Index::open(&home.path().join("index")).unwrap().revision, report.revision);
}
