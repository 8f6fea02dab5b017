//! Every system call of the write path is once the last one of a killed process, and once refused by the system, as by a full
//! or a failing disk. strace does both; where it is missing these tests say that they are skipped.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::child::{Heard, command, goes_on, lines, nothing_is_lost};

/// The calls that change something on a disk, and how each fails. `+` says that it fails from then on, as on a full disk.
const CALLS: [(&str, &str, &str); 8] = [
    ("pwrite64", "ENOSPC", "+"),
    ("write", "ENOSPC", "+"),
    ("fsync", "EIO", ""),
    ("fdatasync", "EIO", ""),
    ("ftruncate", "EIO", ""),
    ("rename", "ENOSPC", ""),
    ("unlink", "EIO", ""),
    ("mkdir", "ENOSPC", "+"),
];
const ARTICLES: usize = 120;

pub fn strace_is_here() -> bool {
    let runs = Command::new("strace").args(["-qq", "-e", "trace=none", "true"]).stderr(Stdio::null()).status();
    let runs = runs.is_ok_and(|status| status.success());
    if !runs {
        eprintln!("skipped: needs strace");
    }
    runs
}

/// Three files of articles, so that there are three runs.
pub fn inputs(folder: &Path) -> std::path::PathBuf {
    let input = folder.join("input");
    fs::create_dir(&input).unwrap();
    for n in 0..3 {
        let (from, to) = (n * ARTICLES / 3, (n + 1) * ARTICLES / 3);
        fs::write(input.join(format!("{n}.jsonl")), lines(from, to)).unwrap();
    }
    input
}

/// Runs the child through strace; what it reported and what it said. A child that does not end is a failure.
fn run(arguments: &[&str], home: &Path, input: &Path, context: &str) -> (HashSet<String>, String) {
    let through = [&["strace", "-f", "-qq"], arguments].concat();
    let mut child = command(&through, home, input, 12_000).spawn().unwrap();
    let heard = Heard::of(&mut child);
    let began = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if began.elapsed() > Duration::from_secs(120) {
            let _ = child.kill();
            panic!("{context}: it hangs");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let (reported, said) = heard.end();
    (reported.into_iter().filter(|id| id != "all").collect(), said)
}

/// How often the busiest thread makes each call.
fn count(home: &Path, input: &Path, log: &Path) -> BTreeMap<&'static str, usize> {
    let names: Vec<&str> = CALLS.iter().map(|(call, ..)| *call).collect();
    let trace = format!("trace={}", names.join(","));
    let (reported, said) = run(&["-o", log.to_str().unwrap(), "-e", &trace], home, input, "tracing");
    assert_eq!(reported.len(), ARTICLES, "{said}");
    let mut calls: BTreeMap<(&str, &'static str), usize> = BTreeMap::new();
    let log = fs::read_to_string(log).unwrap();
    for line in log.lines() {
        let Some((thread, call)) = line.split_once(' ') else { continue };
        let call = call.trim_start();
        if let Some((name, ..)) =
            CALLS.iter().find(|(name, ..)| call.strip_prefix(name).is_some_and(|r| r.starts_with('(')))
        {
            *calls.entry((thread, name)).or_default() += 1;
        }
    }
    let mut most = BTreeMap::new();
    for ((_, name), number) in calls {
        let entry = most.entry(name).or_insert(0);
        *entry = number.max(*entry);
    }
    most
}

/// `NEWSDEX_FAULTS=2000` tries so many of the points; a kill and a refusal at each.
#[test]
fn nothing_is_lost_at_any_system_call() {
    if !strace_is_here() {
        return;
    }
    let wanted: usize = std::env::var("NEWSDEX_FAULTS").ok().and_then(|n| n.parse().ok()).unwrap_or(12);
    let folder = tempfile::tempdir().unwrap();
    let input = inputs(folder.path());
    let most = count(&folder.path().join("whole"), &input, &folder.path().join("log"));
    let mut points = Vec::new();
    for (call, error, for_good) in CALLS {
        for n in 1..=most.get(call).copied().unwrap_or(0) {
            points.push((format!("inject={call}:signal=KILL:when={n}"), true));
            points.push((format!("inject={call}:error={error}:when={n}{for_good}"), false));
        }
    }
    assert!(points.len() > 100, "{most:?}");
    // An odd stride, so that kills and refusals come in turn.
    let stride = (points.len() / wanted).max(1) | 1;
    let (mut cut_off, mut refused) = (0, 0);
    for (n, (point, kill)) in points.iter().step_by(stride).enumerate() {
        let home = folder.path().join(format!("home{n}"));
        let log = folder.path().join("log");
        let (reported, said) = run(&["-o", log.to_str().unwrap(), "-e", point], &home, &input, point);
        assert!(!said.contains("panicked at src"), "{point}: {said}");
        cut_off += usize::from(*kill && reported.len() < ARTICLES);
        refused += usize::from(said.contains("refused: "));
        nothing_is_lost(&home, &reported, point);
        goes_on(&home, &input, ARTICLES as u64, point);
        fs::remove_dir_all(&home).unwrap();
    }
    assert!(cut_off > 0 && refused > 0, "{cut_off} killed and {refused} refused of {}", points.len());
    eprintln!(
        "{} points of {}: {cut_off} killed, {refused} refused with a message",
        points.len().div_ceil(stride),
        points.len()
    );
}
