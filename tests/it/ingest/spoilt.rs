//! Damaged bytes in every file of the index: the answers stay right, or the damage is said; never neither, and never a
//! panic. Making it again is always a way out.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use newsdex::corpus::Corpus;
use newsdex::ingest::{Options, ingest};
use newsdex::query;
use newsdex::search::{Morgue, OpenOptions, Request, index_standing, rebuild};

use super::child::lines;

const ASKED: [&str; 9] = [
    "council",
    "\"ferry landing\"",
    "council NEAR/8 points",
    "title:12th",
    "land* OR offic*",
    "meets -landing",
    "source:brackwater",
    "url:brackwater.example",
    "vote SENT plan",
];

/// What a person gets: the ids and scores for each query, and how many there are.
fn answers(morgue: &Morgue) -> newsdex::Result<Vec<Vec<String>>> {
    let today = jiff::civil::date(2025, 7, 1);
    let asked = ASKED.iter().map(|asked| {
        let query = query::parse(asked, &query::Options::new(today)).unwrap();
        let mut request = Request::new(query, Timestamp::MAX);
        request.limit = 200;
        let page = morgue.search(&request)?;
        let hits = page.hits.iter().map(|hit| format!("{} {:?}", hit.article.id, hit.score));
        Ok([format!("{asked}: {}", page.total_articles)].into_iter().chain(hits).collect())
    });
    asked.collect()
}

/// All files below the index.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// `NEWSDEX_FLIPS=5000` damages so many places of each file.
#[test]
fn damage_in_the_index_is_said_or_harmless() {
    let most: usize = std::env::var("NEWSDEX_FLIPS").ok().and_then(|n| n.parse().ok()).unwrap_or(12);
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    for (n, (from, to)) in [(0, 60), (40, 90)].into_iter().enumerate() {
        let input = folder.path().join(format!("{n}.jsonl"));
        // The second run changes some articles of the first: there are gaps in a segment.
        let text = lines(from, to);
        fs::write(&input, if n == 1 { text.replace("voted on", "voted again on") } else { text }).unwrap();
        ingest(&home, &[input], &Options::default(), &mut |_| {}).unwrap();
    }
    let index = home.join("index");
    let as_is = OpenOptions { catch_up: false, ..OpenOptions::default() };
    let expected = answers(&Morgue::open(&home, &as_is).unwrap()).unwrap();
    let saved: Vec<(PathBuf, Vec<u8>)> = files(&index).into_iter().map(|p| (p.clone(), fs::read(p).unwrap())).collect();
    assert!(saved.len() > 8, "{saved:?}");
    let (mut said, mut found, mut harmless) = (0, 0, 0);
    for (path, bytes) in saved.iter().filter(|(_, bytes)| !bytes.is_empty()) {
        let places = most.min(bytes.len());
        for n in 0..places {
            let at = n * bytes.len() / places;
            let mut spoilt = bytes.clone();
            spoilt[at] ^= 1 << (n % 8);
            // Searching may have made a damaged index again: all files are put back as they were.
            restore(&index, &saved);
            fs::write(path, &spoilt).unwrap();
            let context = format!("{}, byte {at}", path.display());
            let got = catch_unwind(AssertUnwindSafe(|| {
                let standing = Corpus::open(&home).and_then(|corpus| index_standing(&home, &corpus));
                let checked = !matches!(&standing, Ok(standing) if standing.faults.is_empty());
                let morgue = Morgue::open(&home, &as_is);
                let noted = morgue.as_ref().is_ok_and(|morgue| !morgue.notes().is_empty());
                (checked, noted, morgue.and_then(|morgue| answers(&morgue)))
            }));
            let Ok((checked, noted, got)) = got else { panic!("{context}: it panics") };
            match got {
                Ok(got) if got == expected => harmless += 1,
                Ok(got) => {
                    let differs = got.iter().zip(&expected).find(|(a, b)| a != b);
                    assert!(checked || noted, "{context}: other answers, and nothing is said: {differs:?}");
                }
                Err(error) => assert!(error.hint_text().is_some(), "{context}: {error}"),
            }
            said += usize::from(noted);
            found += usize::from(checked);
        }
        rebuild(&home, 64 << 20, None).unwrap();
        assert_eq!(answers(&Morgue::open(&home, &as_is).unwrap()).unwrap(), expected, "made again");
    }
    eprintln!("{said} said at opening, {found} found by a check, {harmless} gave the same answers");
    assert!(found > 40, "{found}");
    drop(Corpus::open(&home).unwrap());
}

/// The folder as it was, no file more and none less.
fn restore(index: &Path, saved: &[(PathBuf, Vec<u8>)]) {
    for path in files(index) {
        if saved.iter().all(|(known, _)| *known != path) {
            fs::remove_file(path).unwrap();
        }
    }
    for (path, bytes) in saved {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}
