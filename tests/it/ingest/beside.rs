//! Readers beside a writer: whoever searches while another process ingests finds all that was there before, in one state
//! of the corpus, and never takes a moment of the writer's work for damage.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use newsdex::query;
use newsdex::search::{Morgue, OpenOptions, Request};

use super::child::{self, Heard, goes_on, lines};

/// Articles that a run brings, and how many of earlier ones it brings again, changed.
const NEW: usize = 20;
const CHANGED: usize = 6;
/// Leaves the writer some of the processor.
const PAUSE: Duration = Duration::from_millis(20);

/// The files of `runs` ingests.
fn write_runs(folder: &Path, runs: usize) {
    fs::create_dir(folder).unwrap();
    for run in 0..runs {
        let mut text = lines(run * NEW, (run + 1) * NEW);
        if run > 0 {
            let from = (run * 7919) % ((run - 1) * NEW + 1);
            let again = lines(from, from + CHANGED).replace("voted on", &format!("voted for the {run}th time on"));
            text = format!("{text}\n{again}");
        }
        fs::write(folder.join(format!("{run:06}.jsonl")), text).unwrap();
    }
}

/// Looks for what all articles have; each mark must stand on the word. Returns how many articles were found.
fn looked_through(morgue: &Morgue, context: &str) -> u64 {
    let asked = query::parse("council NEAR/9 brackwater", &query::Options::new(jiff::civil::date(2026, 6, 1))).unwrap();
    let page = morgue.search(&Request::new(asked, Timestamp::MAX)).unwrap_or_else(|error| panic!("{context}: {error}"));
    assert_eq!(page.revision, morgue.revision(), "{context}");
    assert!(page.notes.is_empty(), "{context}: {:?}", page.notes);
    assert_eq!(page.hits.len() as u64, page.total_articles.min(10), "{context}");
    for hit in &page.hits {
        let marks: Vec<_> = hit.passages.iter().flat_map(|passage| &passage.marks).collect();
        assert!(!marks.is_empty(), "{context}: {} has no mark", hit.article.id);
        for mark in marks {
            let word = mark.span.of(&hit.article.text).to_lowercase();
            assert!(word == "council" || word == "brackwater", "{context}: a mark on `{word}`");
        }
    }
    page.total_articles
}

/// One reader opens the home again and again, as the commands do; another stays as it was opened and is refreshed now and
/// then. `NEWSDEX_RUNS=20000` goes on for so many runs of the writer: about an hour.
#[test]
fn a_reader_beside_a_writer_sees_one_whole_state() {
    let runs: usize = std::env::var("NEWSDEX_RUNS").ok().and_then(|n| n.parse().ok()).unwrap_or(15);
    let folder = tempfile::tempdir().unwrap();
    let (input, home) = (folder.path().join("input"), folder.path().join("home"));
    write_runs(&input, runs);
    let mut writer = child::command(&[], &home, &input, 4_000).spawn().unwrap();
    let heard = Heard::of(&mut writer);
    let done = AtomicBool::new(false);
    let reported = || heard.count.load(Ordering::Relaxed) as u64;
    // An article changed is reported again: fewer than all reports are articles.
    let articles =
        |reports: u64| reports - (reports / (NEW + CHANGED) as u64 + 1).min(reports / NEW as u64) * CHANGED as u64;
    let (opened, behind, kept) = std::thread::scope(|scope| {
        let opening = scope.spawn(|| {
            let (mut last, mut opened, mut behind) = (0, 0u64, 0u64);
            loop {
                let ended = done.load(Ordering::Relaxed);
                let before = reported();
                if before > 0 {
                    let context = format!("opening {opened}");
                    let morgue = Morgue::open(&home, &OpenOptions::default())
                        .unwrap_or_else(|error| panic!("{context}: {error}"));
                    let found = looked_through(&morgue, &context);
                    assert!(found >= last, "{context}: {found} found, {last} before");
                    let late = morgue.notes().iter().any(|note| note.contains("behind the corpus"));
                    assert_eq!(morgue.notes().len(), usize::from(late), "{context}: {:?}", morgue.notes());
                    let least = articles(before);
                    assert!(late || found >= least, "{context}: {found} found, {least} were reported");
                    (last, opened, behind) = (found, opened + 1, behind + u64::from(late));
                }
                if ended {
                    return (opened, behind);
                }
                std::thread::sleep(PAUSE);
            }
        });
        let keeping = scope.spawn(|| {
            let mut kept = 0u64;
            let as_is = OpenOptions { catch_up: false, ..OpenOptions::default() };
            while reported() == 0 {
                std::thread::yield_now();
            }
            let mut morgue = Morgue::open(&home, &as_is).unwrap();
            loop {
                let ended = done.load(Ordering::Relaxed);
                let (first, revision) = (looked_through(&morgue, "kept open"), morgue.revision());
                for _ in 0..5 {
                    assert_eq!(looked_through(&morgue, "kept open"), first, "nothing comes in until it is asked for");
                    kept += 1;
                }
                morgue.refresh().unwrap();
                assert!(morgue.revision() >= revision);
                assert!(looked_through(&morgue, "refreshed") >= first);
                if ended {
                    return kept;
                }
                std::thread::sleep(PAUSE);
            }
        });
        let status = writer.wait().unwrap();
        done.store(true, Ordering::Relaxed);
        assert!(status.success());
        let (opened, behind) = opening.join().unwrap();
        (opened, behind, keeping.join().unwrap())
    });
    eprintln!("{opened} openings, {behind} with an index behind; {kept} searches of a view kept open");
    assert!(opened > 3 && kept > 3, "{opened} openings, {kept} searches beside the writer");
    let (reported, said) = heard.end();
    assert_eq!(reported.last().map(String::as_str), Some("all"), "{said}");
    goes_on(&home, &input, (runs * NEW) as u64, "after the writer");
}
