//! What a person types and what it is taken for; where data goes; what is said when that fails.

use std::fs;
use std::path::Path;

use crate::sandbox::{Ran, Sandbox, samples};

/// No word of the language the program is written in, no number of an error.
#[track_caller]
fn in_plain_words(ran: &Ran) {
    for said in ["os error", "Some(", "Err(", "Error {", "Error(", "::", "Os {", "unwrap", "panicked", "tantivy"] {
        assert!(!ran.err.contains(said) && !ran.out.contains(said), "`{said}` in\n{}{}", ran.out, ran.err);
    }
}

#[test]
fn what_is_not_there_is_said_and_nothing_is_made() {
    let sandbox = Sandbox::new();
    for args in
        [&["ingest", "nofile"][..], &["ingest", "no*.html"], &["sources", "import", "nofile"], &["clean", "nofile"]]
    {
        let ran = sandbox.run(args).ended(2);
        assert!(
            ran.err.contains("nofile`: no such file or folder") || ran.err.contains("no file matches"),
            "{}",
            ran.err
        );
        assert!(ran.err.contains("hint: "), "{}", ran.err);
        in_plain_words(&ran);
    }
    assert_eq!(fs::read_dir(sandbox.path("")).unwrap().count(), 0, "no home is made for nothing");
    fs::create_dir(sandbox.path("empty")).unwrap();
    sandbox.run(&["ingest", "empty"]).ended(1);
    assert!(!sandbox.path("corpus").exists());

    // With something else to read the run goes on, and ends as what could not be done as a whole.
    let ran = sandbox.run(&["ingest", "nofile", &samples()]).ended(2);
    assert!(ran.err.contains("refused nofile@1: unreadable: no such file or folder"), "{}", ran.err);
    let before = sandbox.run(&["stats", "--json"]).ended(0).json();
    assert!(before[0]["articles"].as_u64().unwrap() > 20);
    let ran = sandbox.run(&["ingest", "nofile", "--json"]).ended(2);
    in_plain_words(&ran);
    assert_eq!(sandbox.run(&["stats", "--json"]).json(), before, "the revision too");
}

#[test]
fn a_word_with_a_hyphen_is_the_querys() {
    let sandbox = Sandbox::with_samples();
    let ids = |args: &[&str]| -> Vec<String> {
        let all = [&["search", "--format", "list", "-n", "100"], args].concat();
        let out = sandbox.run(&all).ended(0).out;
        out.lines().skip(1).filter_map(|l| l.split_whitespace().last().map(str::to_owned)).collect()
    };
    let (harbour, dredging) = (ids(&["harbour"]), ids(&["harbour", "dredging"]));
    assert!(!dredging.is_empty() && dredging.len() < harbour.len());
    let without = ids(&["harbour", "-dredging"]);
    assert_eq!(without.len() + dredging.len(), harbour.len());
    for same in [
        &["-dredging", "harbour"][..],
        &["harbour -dredging"],
        &["--", "-dredging", "harbour"],
        &["harbour", "NOT", "dredging"],
    ] {
        let mut got = ids(same);
        got.sort();
        let mut expected = without.clone();
        expected.sort();
        assert_eq!(got, expected, "{same:?}");
    }
    let ran = sandbox.run(&["search", "harbour", "-x"]).ended(2);
    assert!(ran.err.contains("hint: to leave a word out of a query"), "{}", ran.err);
    assert!(!sandbox.run(&["ingest", "-x"]).ended(2).err.contains("hint:"));
}

#[test]
fn data_goes_to_the_file_that_is_named() {
    let sandbox = Sandbox::with_samples();
    let id = sandbox.run(&["search", "lighthouse", "--json"]).ended(0).out;
    let id =
        serde_json::from_str::<serde_json::Value>(&id).unwrap()["hits"][0]["article_id"].as_str().unwrap().to_owned();
    for (args, file, starts) in [
        (&["search", "lighthouse"][..], "a.csv", "hit,article_id"),
        (&["search", "lighthouse"], "a.txt", "  1. "),
        (&["search", "lighthouse", "--format", "jsonl"], "a.data", "{\"schema_version\""),
        (&["search", "lighthouse", "--kwic"], "kwic.txt", ""),
        (&["search", "lighthouse", "--by", "source"], "by.json", "[\n{\"value\""),
        (&["search", "lighthouse", "--by", "source"], "by.jsonl", "{\"value\""),
        (&["search", "lighthouse", "--by", "source"], "by.csv", "value,articles,matches,stories"),
        (&["search", "lighthouse", "--kwic"], "kwic.tsv", "left\tmatch\tright\tsource\tpublished\tarticle_id"),
        (&["search", "lighthouse", "--variants"], "variants.csv", "spelling,matches"),
        (&["stats", "lighthouse"], "stats.csv", "articles,matches,stories"),
        (&["stats"], "a.json", "{\"revision\""),
        (&["stats", "lighthouse"], "b.json", "{\"articles\""),
        (&["timeline", "lighthouse"], "a.svg", "<svg "),
        (&["timeline", "lighthouse"], "line.txt", ""),
        (&["show", &id], "a.md", "# "),
        (&["sources"], "sources.txt", "articles"),
        (&["check"], "check.json", "{\"schema_version\""),
        (&["man"], "newsdex.1", ".ie"),
        (&["completions", "bash"], "newsdex.bash", "_newsdex"),
    ] {
        let ran = sandbox.run(&[args, &["-o", file]].concat()).ended(0);
        assert_eq!(ran.out, "", "{args:?}");
        let written = fs::read_to_string(sandbox.path(file)).unwrap();
        assert!(written.starts_with(starts) && !written.is_empty(), "{args:?}\n{written}");
        let straight = sandbox.run(args).ended(0).out;
        if file.ends_with(".txt") {
            assert_eq!(written, straight, "{args:?}");
        }
    }
    let straight = sandbox.run(&["search", "lighthouse", "--format", "jsonl"]).ended(0).out;
    assert_eq!(sandbox.run(&["search", "lighthouse", "--format", "jsonl", "-o", "-"]).ended(0).out, straight);
    let fewer =
        sandbox.run(&["export", "lighthouse", "--format", "csv", "--columns", "-sha256,query", "-o", "-"]).ended(0);
    assert!(fewer.out.starts_with("hit,article_id") && !fewer.out.contains("sha256"), "{}", fewer.out);
    assert!(!sandbox.path("-").exists());
    // A command that fails leaves what was there, and nothing beside it.
    let files = || fs::read_dir(sandbox.path("")).unwrap().count();
    let (before, count) = (fs::read(sandbox.path("a.csv")).unwrap(), files());
    sandbox.run(&["search", "a AND (", "-o", "a.csv"]).ended(2);
    sandbox.run(&["stats", "lighthouse", "-o", "new.xlsx"]).ended(2);
    assert_eq!((fs::read(sandbox.path("a.csv")).unwrap(), files()), (before, count));
    let ran = sandbox.run(&["search", "lighthouse", "-o", "no/such/a.csv"]).ended(2);
    assert!(ran.err.contains("there is no folder `no/such`"), "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn a_full_disk_and_a_limit_are_said() {
    let sandbox = Sandbox::with_samples();
    let shell = |line: &str| -> Ran {
        let mut command = std::process::Command::new("sh");
        command.arg("-c").arg(line.replace("newsdex ", concat!(env!("CARGO_BIN_EXE_newsdex"), " ")));
        command.env("NEWSDEX_HOME", sandbox.path("")).env("NO_COLOR", "1").current_dir(sandbox.path(""));
        Ran::of(command.output().unwrap())
    };
    if Path::new("/dev/full").exists() {
        for command in [
            "search harbour",
            "search harbour --format csv",
            "search harbour --kwic",
            "stats",
            "show e",
            "export harbour",
        ] {
            let ran = shell(&format!("newsdex {command} > /dev/full"));
            // `show e` names several articles or one: it is the disk that is asked about.
            if command == "show e" && ran.err.contains("begins several ids") {
                continue;
            }
            assert_eq!(ran.code, 2, "{command}: {}", ran.err);
            assert!(
                ran.err.contains("no space left") && ran.err.contains("hint: free some space"),
                "{command}: {}",
                ran.err
            );
            in_plain_words(&ran);
        }
    } else {
        eprintln!("skipped: /dev/full is not here");
    }
    for command in
        ["export 'the OR a' --format jsonl -o list.jsonl", "search 'the OR a' -n 60 --format jsonl -o list.jsonl"]
    {
        let ran = shell(&format!("ulimit -f 80; newsdex {command}"));
        assert_eq!(ran.code, 2, "{command}: {}", ran.err);
        assert!(
            ran.err.contains("larger than the system lets it be") && ran.err.contains("ulimit"),
            "{command}: {}",
            ran.err
        );
        in_plain_words(&ran);
        assert!(!sandbox.path("list.jsonl").exists());
    }
    // What is gathered in a temporary file first.
    for file in ["list.html", "list.xlsx"] {
        let ran = shell(&format!("ulimit -f 80; newsdex export 'the OR a' -o {file}"));
        assert_eq!(ran.code, 2, "{file}: {}", ran.err);
        assert!(ran.err.contains("larger than the system lets it be"), "{file}: {}", ran.err);
        assert!(!sandbox.path(file).exists());
        in_plain_words(&ran);
    }
    let ran = shell(&format!("ulimit -f 100; newsdex ingest --home new {}", samples()));
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains("ulimit"), "{}", ran.err);
    in_plain_words(&ran);
}

#[test]
fn check_says_how_the_index_stands_and_leaves_it() {
    let sandbox = Sandbox::with_samples();
    let index = sandbox.path("index");
    let keep = sandbox.path("index.kept");
    fs::rename(&index, &keep).unwrap();
    let ran = sandbox.run(&["check"]).ended(0);
    assert!(ran.out.contains("there is no index: the next search makes it") && !index.exists(), "{}", ran.out);
    fs::rename(&keep, &index).unwrap();
    let meta = fs::read(index.join("meta.json")).unwrap();
    fs::write(index.join("meta.json"), "garbage").unwrap();
    let ran = sandbox.run(&["check"]).ended(2);
    assert!(ran.out.contains("wrong index:") && ran.out.contains("one of its files is damaged"), "{}", ran.out);
    assert!(ran.err.contains("newsdex rebuild"), "{}", ran.err);
    in_plain_words(&ran);
    assert_eq!(fs::read(index.join("meta.json")).unwrap(), b"garbage", "nothing is mended by looking");
    // An index of before the last documents came in, as a kill leaves it.
    let older = sandbox.path("older");
    fs::create_dir(&older).unwrap();
    fs::write(index.join("meta.json"), meta).unwrap();
    copy(&index, &older);
    sandbox.write(
        "b.txt",
        "Title: Bells stolen in Merrow\nDate: 2025-11-01\n\nTwo bells were stolen from the churchyard.\n",
    );
    sandbox.run(&["ingest", "b.txt"]).ended(0);
    fs::remove_dir_all(&index).unwrap();
    fs::rename(&older, &index).unwrap();
    let ran = sandbox.run(&["check"]).ended(0);
    assert!(ran.out.contains("1 revision behind the corpus") && ran.out.contains("nothing is lost"), "{}", ran.out);
    assert!(ran.out.contains("whole: "), "{}", ran.out);
    sandbox.run(&["search", "bells"]).ended(0);
    assert!(!sandbox.run(&["check"]).ended(0).out.contains("behind"));
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let (from, to) = (entry.as_ref().unwrap().path(), to.join(entry.unwrap().file_name()));
        if from.is_dir() {
            fs::create_dir(&to).unwrap();
            copy(&from, &to);
        } else {
            fs::copy(from, to).unwrap();
        }
    }
}

#[test]
fn a_correction_is_told_once() {
    let sandbox = Sandbox::new();
    let note = "An earlier version of this article said stone. It will be oak.";
    sandbox.write("a.txt", format!("Title: Weir to be rebuilt\nDate: 2025-03-01\n\nThe weir at Dale will be rebuilt in oak, the council said on Monday, and it will take two years.\n\nCorrection: {note}\n"));
    let cleaned = sandbox.run(&["clean", "a.txt", "--json"]).ended(0).json();
    assert_eq!(cleaned[0]["correction"], serde_json::json!([format!("Correction: {note}")]));
    assert_eq!(cleaned[0]["corrected"], true);
}

#[test]
fn settings_and_homes_are_said_in_words() {
    let sandbox = Sandbox::with_samples();
    for (text, said) in [
        ("[search]\nlimit = \"x\"\n", "line 2: not text \"x\", expected a whole number"),
        ("[search]\nlimit = -3\n", "line 2: not integer `-3`, expected a whole number"),
        ("[search]\ncollapse = 1\n", "line 2: not integer `1`, expected `true` or `false`"),
        ("[ingest]\nmap = 3\n", "line 2: not integer `3`, expected text in quotes"),
        ("search = 3\n", "line 1: not integer `3`, expected settings below a line such as `[search]`"),
    ] {
        sandbox.write("newsdex.toml", text);
        let ran = sandbox.run(&["search", "harbour"]).ended(2);
        assert!(ran.err.contains(said), "{text}: {}", ran.err);
        in_plain_words(&ran);
    }
    sandbox.write("newsdex.toml", "");
    // An empty variable is none: the home is where the command runs.
    let ran = Ran::of(sandbox.command(&["search", "harbour"]).env("NEWSDEX_HOME", "").output().unwrap()).ended(0);
    assert!(!ran.out.is_empty());
    assert!(sandbox.run(&["--help"]).ended(0).out.contains("NEWSDEX_HOME"));
    sandbox.run(&["search", "harbour", "--home", ""]).ended(2);
}

#[test]
fn an_embargo_is_shown() {
    let sandbox = Sandbox::new();
    let wire = |n: u32, until: &str| {
        serde_json::json!({ "type": "text", "uri": format!("urn:dale:boat{n}"), "versioncreated": "2020-03-02T10:00:00Z",
            "embargoed": until, "headline": format!("Boat {n} sold"), "body_text": "The ferry was sold.", "language": "en" })
        .to_string()
    };
    sandbox.write("in/a.json", wire(1, "2020-06-01T00:00:00Z"));
    sandbox.write("in/b.json", wire(2, "2999-01-01T00:00:00Z"));
    sandbox.run(&["ingest", "in"]).ended(0);
    let corpus = newsdex::corpus::Corpus::open(&sandbox.path(".")).unwrap();
    let shown = |n: usize| {
        let stored = corpus.articles_after(0, 9).unwrap();
        let stored = stored.iter().find(|stored| stored.article.title.contains(&format!("Boat {n}"))).unwrap();
        sandbox.run(&["show", stored.article.id.as_str()]).ended(0).out
    };
    assert!(shown(1).contains("until 2020-06-01T00:00:00Z\n"), "{}", shown(1));
    let kept_back = "until 2999-01-01T00:00:00Z: not to be published before, and no search finds it\n";
    assert!(shown(2).contains(kept_back), "{}", shown(2));
}

#[test]
fn what_was_not_asked_is_not_counted() {
    let sandbox = Sandbox::with_samples();
    let counted = sandbox.run(&["stats", "--as-of", "2999-01-01"]).ended(0).out;
    assert!(counted.starts_with("articles") && !counted.contains("matches"), "{counted}");
    let counted = sandbox.run(&["stats", "--since", "1900", "--json"]).ended(0).json();
    assert!(counted[0].get("matches").is_none() && counted[0]["stories"].as_u64() > Some(1), "{}", counted[0]);
    assert!(sandbox.run(&["stats", "harbour"]).ended(0).out.contains("matches"));
}

#[test]
fn what_is_hidden_is_named() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.txt", "Title: The ferry\nDate: 2025-01-02\n\nThe ferry sails again.\n");
    sandbox.write("in/.b.txt", "Title: The bus\nDate: 2025-01-02\n\nThe bus runs again.\n");
    let ran = sandbox.run(&["ingest", "in", "-v"]).ended(0);
    assert!(ran.err.contains("passed over in/.b.txt: hidden"), "{}", ran.err);
    let line = ran.out.lines().find(|line| line.contains("passed over: hidden")).expect("counted");
    assert!(line.trim_end().ends_with('1'), "{line}");
    assert_eq!(sandbox.run(&["ingest", "in", "--dry-run", "--json"]).ended(0).json()[0]["skipped"]["hidden"], 1);
}
