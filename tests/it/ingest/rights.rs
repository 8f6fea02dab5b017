//! Files and folders that may not be read or written, and an index of another format, as a person meets them.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::sandbox::{Ran, Sandbox, samples};

const NOBODY: u32 = 65_534;

/// Runs the program as somebody without special rights, whom the sandbox belongs to. Root may read everything, so for root it is
/// run as `nobody`, from a place everybody may read. `None`, said, where that cannot be done.
struct Somebody<'a> {
    sandbox: &'a Sandbox,
    root: bool,
}

impl<'a> Somebody<'a> {
    fn in_(sandbox: &'a Sandbox) -> Option<Self> {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let root = status.lines().any(|line| line.starts_with("Uid:") && line.split_whitespace().nth(2) == Some("0"));
        if root {
            let tried = Command::new("setpriv").args(Self::AS_NOBODY).arg("true").stderr(Stdio::null()).status();
            if !tried.is_ok_and(|status| status.success()) {
                eprintln!("skipped: root may read everything, and `setpriv` is missing");
                return None;
            }
            fs::copy(env!("CARGO_BIN_EXE_newsdex"), sandbox.path("newsdex")).unwrap();
            give(&sandbox.path(""));
        }
        Some(Self { sandbox, root })
    }

    const AS_NOBODY: [&'static str; 4] = ["--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all"];

    fn run(&self, args: &[&str]) -> Ran {
        if !self.root {
            return self.sandbox.run(args);
        }
        let mut command = Command::new("setpriv");
        command.args(Self::AS_NOBODY).arg(self.sandbox.path("newsdex")).args(args);
        command.env("NEWSDEX_HOME", self.sandbox.path("")).env("NO_COLOR", "1").current_dir(self.sandbox.path(""));
        Ran::of(command.stdin(Stdio::null()).output().unwrap())
    }

    /// The rights of a file or folder, until the test ends.
    fn lock(&self, name: &str, mode: u32) -> Locked {
        let path = self.sandbox.path(name);
        let before = fs::metadata(&path).unwrap().permissions();
        fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
        Locked { path, before }
    }
}

/// Gives a folder and all in it to nobody.
fn give(path: &Path) {
    chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
    if path.is_dir() {
        fs::read_dir(path).unwrap().for_each(|entry| give(&entry.unwrap().path()));
    }
}

struct Locked {
    path: std::path::PathBuf,
    before: Permissions,
}

impl Drop for Locked {
    fn drop(&mut self) {
        // Without its rights back the folder could not be removed.
        let _ = fs::set_permissions(&self.path, self.before.clone());
    }
}

#[test]
fn what_may_not_be_read_is_named_and_the_run_goes_on() {
    let sandbox = Sandbox::new();
    sandbox.write("in/good.txt", "Title: Good news\nDate: 2025-01-02\n\nThe ferry to Amber Island sails again.\n");
    sandbox.write("in/secret.txt", "Title: Secret news\nDate: 2025-01-02\n\nNobody shall read that the ferry sank.\n");
    sandbox.write("in/closed/inside.txt", "Title: Closed news\nDate: 2025-01-02\n\nNobody shall see this one.\n");
    let Some(somebody) = Somebody::in_(&sandbox) else { return };
    let _locked = [somebody.lock("in/secret.txt", 0o000), somebody.lock("in/closed", 0o000)];
    let ran = somebody.run(&["ingest", "--json", "in"]).ended(0);
    let report = &ran.json()[0];
    assert_eq!((&report["added"], &report["rejected"]), (&1.into(), &2.into()), "{report}");
    assert_eq!(report["rejected_by_reason"]["unreadable"], 2, "{report}");
    let said = report["rejections"].to_string();
    for named in ["in/secret.txt", "in/closed", "permission denied"] {
        assert!(said.contains(named), "no {named} in {said}");
    }
    // In words as well.
    let ran = somebody.run(&["ingest", "in"]).ended(0);
    let all = format!("{}{}", ran.out, ran.err);
    assert!(all.contains("in/secret.txt") && all.contains("in/closed"), "{all}");
}

#[test]
fn a_home_that_may_not_be_written_is_read() {
    let sandbox = Sandbox::with_samples();
    let Some(somebody) = Somebody::in_(&sandbox) else { return };
    let _locked =
        [somebody.lock("corpus", 0o555), somebody.lock("corpus/newsdex.db", 0o444), somebody.lock("index", 0o555)];
    let ran = somebody.run(&["ingest", &samples()]).ended(2);
    assert!(ran.err.contains("corpus") && ran.err.contains("read-only"), "{}", ran.err);
    assert!(ran.err.contains("hint: "), "{}", ran.err);
    let found = somebody.run(&["search", "\"safe-third country\""]).ended(0);
    assert!(found.out.contains("safe"), "{}", found.out);
    somebody.run(&["check"]).ended(0);
}

#[test]
fn a_home_that_may_not_be_read_is_named() {
    let sandbox = Sandbox::with_samples();
    let Some(somebody) = Somebody::in_(&sandbox) else { return };
    for (name, said) in [("corpus/newsdex.db", "newsdex.db"), ("corpus", "newsdex.db")] {
        let _locked = somebody.lock(name, 0o000);
        let ran = somebody.run(&["search", "asylum"]).ended(2);
        assert!(ran.err.contains(said) && ran.err.contains("hint: "), "{name}: {}", ran.err);
        let right = ran.err.contains("permission denied") || ran.err.contains("rights");
        assert!(right, "{name}: the rights are named: {}", ran.err);
    }
    let usual = somebody.run(&["search", "asylum"]).ended(0);
    // What is only derived can be made again elsewhere.
    let _locked = somebody.lock("index", 0o000);
    let ran = somebody.run(&["search", "asylum"]).ended(0);
    assert_eq!(ran.out, usual.out);
    assert!(ran.err.contains("index") && ran.err.contains("permission denied"), "{}", ran.err);
    assert!(ran.err.contains("for this command alone"), "{}", ran.err);
}

/// A morgue that several people read: what one of them indexed is open to the others, and where there is no index and
/// none may be written, one is made for the command.
#[test]
fn a_home_is_shared() {
    let sandbox = Sandbox::with_samples();
    for name in ["index/meta.json", "index/.managed.json"] {
        let mode = |name: &str| fs::metadata(sandbox.path(name)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(name), mode("corpus/newsdex.db"), "{name}");
    }
    let usual = sandbox.run(&["search", "asylum"]).ended(0).out;
    fs::remove_dir_all(sandbox.path("index")).unwrap();
    let Some(somebody) = Somebody::in_(&sandbox) else { return };
    let _locked = [somebody.lock("corpus", 0o555), somebody.lock("", 0o555)];
    let ran = somebody.run(&["search", "asylum"]).ended(0);
    assert_eq!(ran.out, usual);
    assert!(ran.err.contains("for this command alone"), "{}", ran.err);
}

#[test]
fn an_index_of_another_format_is_made_again_from_the_corpus() {
    let sandbox = Sandbox::with_samples();
    let before = sandbox.run(&["search", "asylum OR ferry", "--format", "jsonl", "-n", "50"]).ended(0).out;
    assert!(before.lines().count() > 5, "{before}");
    let meta = sandbox.path("index/meta.json");
    let text = fs::read_to_string(&meta).unwrap();
    let at = text.find(r#"{\"format\":"#).expect("the payload names the format") + r#"{\"format\":"#.len();
    let digits = text[at..].bytes().take_while(u8::is_ascii_digit).count();
    fs::write(&meta, format!("{}987{}", &text[..at], &text[at + digits..])).unwrap();
    let checked = sandbox.run(&["check"]);
    assert!(checked.out.contains("987") || checked.err.contains("987"), "{}{}", checked.out, checked.err);
    fs::write(&meta, format!("{}987{}", &text[..at], &text[at + digits..])).unwrap();
    let after = sandbox.run(&["search", "asylum OR ferry", "--format", "jsonl", "-n", "50"]).ended(0);
    assert!(after.err.contains("made again from the corpus") && after.err.contains("987"), "{}", after.err);
    assert_eq!(before, after.out);
    let quiet = sandbox.run(&["search", "asylum"]).ended(0);
    assert!(!quiet.err.contains("made again"), "{}", quiet.err);
}
