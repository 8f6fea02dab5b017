//! Kills, full disks, read-only media, two writers: nothing that was reported is lost.

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::Ordering;
use std::time::Duration;

use newsdex::ErrorKind;
use newsdex::corpus::{Corpus, Writer};
use newsdex::ingest::{Event, Options, ingest};

use super::child::{self, Heard, lines, nothing_is_lost};

/// Runs the child and kills it `time` after it has reported so many articles; what it had reported by then.
fn killed_after(home: &Path, input: &Path, articles: usize, time: Duration) -> Vec<String> {
    let mut child = child::command(&[], home, input, 40_000).spawn().unwrap();
    let heard = Heard::of(&mut child);
    while heard.count.load(Ordering::Relaxed) < articles && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_millis(1));
    }
    std::thread::sleep(time);
    // SIGKILL. A child that has ended by itself is as good.
    let _ = child.kill();
    child.wait().unwrap();
    heard.end().0
}

/// `NEWSDEX_KILLS=2000` kills so often.
#[test]
fn nothing_reported_is_lost_by_a_kill() {
    let kills: u64 = std::env::var("NEWSDEX_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(8);
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("council.jsonl");
    fs::write(&input, lines(0, 4000)).unwrap();
    let mut home = folder.path().join("home0");
    let mut reported: HashSet<String> = HashSet::new();
    let mut cut_off = 0;
    for round in 0..kills {
        // No generator of random numbers is at hand: steps of large odd numbers spread over a run. Every fourth kill comes
        // before anything is reported, at the making of corpus and index.
        let articles = if round % 4 == 3 { 0 } else { 1 + (round * 7919 % 3500) as usize };
        let time = Duration::from_micros(round * 104_729 % 60_000);
        let now = killed_after(&home, &input, articles, time);
        let done = now.iter().any(|id| id == "all");
        cut_off += u64::from(!done && !now.is_empty());
        reported.extend(now.into_iter().filter(|id| id != "all"));
        if home.join("corpus/newsdex.db").exists() {
            nothing_is_lost(&home, &reported, &format!("kill {round}, {time:?} after {articles} articles"));
        }
        if done || round % 3 == 2 {
            home = folder.path().join(format!("home{}", round + 1));
            reported.clear();
        }
    }
    assert!(cut_off > 0, "no run was cut off in its middle");
}

/// A small file system of its own, gone when it is dropped. `None` where that needs rights we do not have.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn new(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
            .arg(folder.path())
            .stderr(Stdio::null())
            .status();
        if mounted.is_ok_and(|status| status.success()) {
            return Some(Self(folder));
        }
        eprintln!("skipped: mounting a small file system needs more rights");
        None
    }

    fn remount(&self, options: &str) {
        let done = Command::new("mount").args(["-o", &format!("remount,{options}")]).arg(self.0.path()).status();
        assert!(done.unwrap().success());
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

#[test]
fn a_full_disk_is_said_and_nothing_reported_is_lost() {
    let Some(disk) = SmallDisk::new("2m") else { return };
    let home = disk.0.path().join("home");
    let inputs = tempfile::tempdir().unwrap();
    let input = inputs.path().join("council.jsonl");
    fs::write(&input, lines(0, 8_000)).unwrap();
    let mut reported = HashSet::new();
    let options = Options { batch: 100_000, ..Options::default() };
    let paths = [input];
    let error = ingest(&home, &paths, &options, &mut |event| {
        if let Event::Done { id, .. } = event {
            reported.insert(id.to_owned());
        }
    })
    .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::DiskFull, "{error}");
    assert!(error.to_string().contains("no space left"), "{error}");
    assert!(error.hint_text().unwrap().contains("free some space"));
    disk.remount("size=300m");
    let corpus = Corpus::open(&home).unwrap();
    for id in &reported {
        assert!(corpus.by_id(id).unwrap().is_some(), "`{id}` was reported and is missing");
    }
    drop(corpus);
    let report = ingest(&home, &paths, &options, &mut |_| {}).unwrap();
    assert_eq!(report.added + report.unchanged, 8_000, "the run goes on where it was");
    assert!(Corpus::open(&home).unwrap().check(&mut |_, _| {}).unwrap().whole());
}

#[test]
fn a_read_only_medium_is_read() {
    let Some(disk) = SmallDisk::new("64m") else { return };
    let home = disk.0.path().to_owned();
    let inputs = tempfile::tempdir().unwrap();
    let input = inputs.path().join("council.jsonl");
    fs::write(&input, lines(0, 50)).unwrap();
    ingest(&home, &[input], &Options::default(), &mut |_| {}).unwrap();
    disk.remount("ro");
    assert_eq!(Corpus::open(&home).unwrap().statistics().unwrap().articles, 50);
    let error = Writer::open(&home, "test").unwrap_err();
    assert!(error.to_string().contains("read-only"), "{error}");
}

/// A writer was killed and left its log, then the disk was made read-only.
#[test]
fn a_log_left_on_a_read_only_medium_is_read() {
    let Some(disk) = SmallDisk::new("64m") else { return };
    let home = disk.0.path().to_owned();
    let inputs = tempfile::tempdir().unwrap();
    let input = inputs.path().join("council.jsonl");
    fs::write(&input, lines(0, 50)).unwrap();
    ingest(&home, &[input], &Options::default(), &mut |_| {}).unwrap();
    let (database, log) = (home.join("corpus/newsdex.db"), home.join("corpus/newsdex.db-wal"));
    let writer = Writer::open(&home, "test").unwrap();
    writer.set_setting("colour", Some("blue")).unwrap();
    // What a kill leaves: the file and its log as they are now, without the log's index.
    let (file, left) = (fs::read(&database).unwrap(), fs::read(&log).unwrap());
    drop(writer);
    fs::write(&database, file).unwrap();
    fs::write(&log, left).unwrap();
    disk.remount("ro");
    let corpus = Corpus::open(&home).unwrap();
    assert_eq!(corpus.setting("colour").unwrap().as_deref(), Some("blue"));
    assert_eq!(corpus.statistics().unwrap().articles, 50);
}

#[test]
fn reading_goes_on_while_a_writer_writes() {
    let home = tempfile::tempdir().unwrap();
    let input = home.path().join("council.jsonl");
    fs::write(&input, lines(0, 1500)).unwrap();
    let (there, paths) = (home.path().to_owned(), [input]);
    let writing = std::thread::spawn(move || {
        ingest(&there, &paths, &Options { batch: 50_000, ..Options::default() }, &mut |_| {}).unwrap()
    });
    let mut last = 0;
    while !writing.is_finished() {
        let Ok(corpus) = Corpus::open(home.path()) else { continue };
        let articles = corpus.statistics().unwrap().articles;
        assert!(articles >= last, "counts only grow");
        last = articles;
        if articles > 0 {
            assert!(corpus.article(articles).unwrap().is_some(), "what is counted is there");
        }
    }
    assert_eq!(writing.join().unwrap().added, 1500);
}
