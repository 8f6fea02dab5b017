//! The command line as a person meets it.

use std::io::{Read, Write};
use std::process::Stdio;

use crate::sandbox::{Ran, Sandbox, samples};

/// The counts of an ingest run.
fn counts(sandbox: &Sandbox, args: &[&str]) -> serde_json::Value {
    let ran = sandbox.run(&[&["ingest", "--json"], args].concat());
    assert!(ran.code < 2, "{}", ran.err);
    serde_json::from_str(&ran.out).unwrap()
}

#[test]
fn the_three_things_people_do() {
    let sandbox = Sandbox::with_samples();
    let found = sandbox.run(&["search", "\"safe-third country\""]).ended(0);
    // A mark may run over the end of a line.
    let flat = found.out.split_whitespace().collect::<Vec<_>>().join(" ");
    for marked in ["**safe-third country**", "**safe third country**"] {
        assert!(flat.contains(marked), "no {marked} in\n{}", found.out);
    }
    let file = sandbox.path("hits.csv");
    let file = file.to_str().unwrap();
    let exported = sandbox.run(&["export", "\"safe-third country\"", "-o", file]).ended(0);
    assert!(exported.err.contains("hits.csv.manifest.json"), "{}", exported.err);
    let checked = sandbox.run(&["check", file]).ended(0);
    assert!(checked.out.contains("proven"), "{}", checked.out);
}

#[test]
fn ingesting_twice_changes_nothing() {
    let sandbox = Sandbox::new();
    let first = counts(&sandbox, &[&samples()]);
    assert!(first["added"].as_u64().unwrap() >= 60, "{first}");
    let second = counts(&sandbox, &[&samples()]);
    for key in ["added", "updated"] {
        assert_eq!(second[key], 0, "{second}");
    }
    assert_eq!(second["revision"], first["revision"]);
    let (a, b) = (first["added"].as_u64().unwrap(), second["unchanged"].as_u64().unwrap());
    assert_eq!(
        a + first["duplicate"].as_u64().unwrap(),
        b + second["duplicate"].as_u64().unwrap(),
        "{first}\n{second}"
    );
}

#[test]
fn a_changed_article_becomes_a_new_version() {
    let sandbox = Sandbox::new();
    let text =
        |body: &str| format!("Title: Weir to be rebuilt\nDate: 2025-03-01\nURL: https://dale.example/weir\n\n{body}\n");
    let file =
        sandbox.write("weir.txt", text("The weir at Dale will be rebuilt in stone, the council said on Monday."));
    let file = file.to_str().unwrap();
    sandbox.run(&["ingest", file]).ended(0);
    sandbox.write(
        "weir.txt",
        text("The weir at Dale will be rebuilt in oak, the council said on Monday. It first said stone."),
    );
    let second = counts(&sandbox, &[file]);
    assert_eq!((&second["added"], &second["updated"]), (&0.into(), &1.into()), "{second}");
    sandbox.run(&["search", "weir oak"]).ended(0);
    let hits = sandbox.run(&["search", "weir", "--format", "jsonl"]).ended(0).json();
    assert_eq!(hits.len(), 1, "one article, two versions");
    let id = hits[0]["article_id"].as_str().unwrap();
    let versions = sandbox.run(&["show", id, "--versions"]).ended(0);
    assert_eq!(versions.out.lines().count(), 3, "{}", versions.out);
    let diff = sandbox.run(&["show", id, "--diff"]).ended(0);
    assert!(diff.out.contains("- The weir") && diff.out.contains("+ The weir"), "{}", diff.out);
}

#[test]
fn dry_run_writes_nothing() {
    let sandbox = Sandbox::new();
    let report = counts(&sandbox, &["--dry-run", &samples()]);
    assert!(report["added"].as_u64().unwrap() >= 60, "{report}");
    assert!(!sandbox.path("corpus").exists() && !sandbox.path("index").exists());
}

#[test]
fn exit_codes_say_what_happened() {
    let sandbox = Sandbox::with_samples();
    for (args, code) in [
        (&["search", "lighthouse"][..], 0),
        (&["search", "zeppelinfahrplan"], 1),
        (&["search", "a AND ("], 2),
        (&["search", "title:"], 2),
        (&["export", "zeppelinfahrplan"], 1),
        (&["show", "ffffffffffffffff"], 2),
        (&["stats"], 0),
        (&["check"], 0),
        (&["frobnicate"], 2),
        (&["--help"], 0),
        (&["clean", "nowhere.html"], 2),
        (&["ingest", "nowhere.html"], 2),
        (&["sources", "import", "nowhere.opml"], 2),
    ] {
        let ran = sandbox.run(args);
        assert_eq!(ran.code, code, "{args:?}\n{}\n{}", ran.out, ran.err);
    }
}

#[test]
fn a_bad_query_is_shown_with_a_caret() {
    let sandbox = Sandbox::with_samples();
    let ran = sandbox.run(&["search", "foo AND (bar"]).ended(2);
    assert!(ran.out.is_empty());
    let lines: Vec<&str> = ran.err.lines().collect();
    let at = lines.iter().position(|line| *line == "foo AND (bar").unwrap_or_else(|| panic!("{}", ran.err));
    assert!(lines[at + 1].starts_with("        ^"), "{}", ran.err);
    assert!(ran.err.contains("hint: "), "{}", ran.err);
}

#[test]
fn no_corpus_is_said_with_the_way_out() {
    let sandbox = Sandbox::new();
    for args in [&["search", "x"][..], &["stats"], &["show", "ab"], &["check"], &["export", "x"], &["sources"]] {
        let ran = sandbox.run(args).ended(2);
        assert!(ran.err.contains("newsdex ingest"), "{args:?}: {}", ran.err);
    }
}

#[test]
fn a_closed_pipe_is_quiet() {
    let sandbox = Sandbox::with_samples();
    let mut child = sandbox
        .command(&["export", "the", "--format", "jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 16];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let ran = Ran::of(child.wait_with_output().unwrap());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.is_empty(), "{}", ran.err);
}

#[test]
fn standard_input_is_read() {
    let sandbox = Sandbox::new();
    let mut child = sandbox
        .command(&["ingest", "-", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let line =
        r#"{"id":"a1","title":"Bells of Tarn","text":"The bells of Tarn rang for the first time since the fire."}"#;
    child.stdin.take().unwrap().write_all(format!("{line}\n").as_bytes()).unwrap();
    let ran = Ran::of(child.wait_with_output().unwrap()).ended(0);
    assert_eq!(ran.json()[0]["added"], 1);
    sandbox.run(&["search", "bells fire"]).ended(0);
}

#[test]
fn bad_files_are_counted_and_the_run_goes_on() {
    let sandbox = Sandbox::new();
    sandbox.write("in/empty.txt", "");
    sandbox.write("in/noise.bin", [0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0, 1, 2, 3]);
    sandbox.write(
        "in/good.txt",
        "Title: Good news\nDate: 2025-01-02\n\nThe ferry to Amber Island sails again, its owners said on Thursday.\n",
    );
    let folder = sandbox.path("in");
    let report = counts(&sandbox, &[folder.to_str().unwrap()]);
    assert_eq!(report["added"], 1, "{report}");
    assert_eq!(report["rejected"], 2, "{report}");
    for rejection in report["rejections"].as_array().unwrap() {
        assert!(!rejection["detail"].as_str().unwrap().is_empty(), "{rejection}");
    }
}

#[test]
fn hostile_text_never_reaches_the_terminal() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "evil.jsonl",
        r#"{"id":"e","title":"Evil \u001b[31mred\u0007 \u202egnp.exe","author":"Eve \u001b]0;pwned\u0007","text":"The mayor spoke \u001b[2J of \u009b31m doom, and the crowd in the square listened."}"#,
    );
    sandbox.run(&["ingest", "evil.jsonl", "-vv"]).ended(0);
    for args in [&["search", "mayor doom"][..], &["search", "mayor", "--kwic"], &["search", "mayor", "--explain"]] {
        let ran = sandbox.run(args).ended(0);
        let all = format!("{}{}", ran.out, ran.err);
        let bad = |c: char| matches!(c, '\u{1b}' | '\u{7}' | '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}');
        assert!(!all.contains(bad), "{args:?}: {all:?}");
    }
}

#[test]
fn the_index_may_be_deleted_or_spoilt() {
    let sandbox = Sandbox::with_samples();
    let before = sandbox.run(&["search", "asylum", "--format", "jsonl"]).ended(0).out;
    let index = sandbox.path("index");
    std::fs::remove_dir_all(&index).unwrap();
    let hits = |out: &str| -> Vec<String> {
        out.lines().map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap()["article_id"].to_string()).collect()
    };
    let after = sandbox.run(&["search", "asylum", "--format", "jsonl"]).ended(0).out;
    assert_eq!(hits(&before), hits(&after));
    // A digit changed where nothing has a checksum: fewer articles than there are.
    let meta = std::fs::read_to_string(index.join("meta.json")).unwrap();
    let (before_it, rest) = meta.split_once("\"max_doc\":").unwrap();
    let digits = rest.trim_start().split(|c: char| !c.is_ascii_digit()).next().unwrap();
    let fewer = (digits.parse::<u32>().unwrap() - 1).to_string();
    let spoilt = format!("{before_it}\"max_doc\":{}", rest.replacen(digits, &fewer, 1));
    std::fs::write(index.join("meta.json"), spoilt).unwrap();
    let checked = sandbox.run(&["check"]).ended(2);
    assert!(checked.out.contains("meta.json"), "{}{}", checked.out, checked.err);
    let mended = sandbox.run(&["search", "asylum", "--format", "jsonl"]).ended(0);
    assert_eq!(hits(&before), hits(&mended.out));
    assert!(mended.err.contains("made again"), "a person is told: {}", mended.err);
    std::fs::write(index.join("meta.json"), "{ not json").unwrap();
    let mended = sandbox.run(&["search", "asylum", "--format", "jsonl"]).ended(0);
    assert_eq!(hits(&before), hits(&mended.out));
    assert!(mended.err.contains("made again"), "a person is told: {}", mended.err);
}

#[test]
fn a_list_of_parts_that_is_not_the_one_written_is_noticed() {
    let sandbox = Sandbox::with_samples();
    let found = |ran: &Ran| ran.out.lines().count();
    let path = sandbox.path("index/meta.json");
    let search = ["search", "asylum OR council OR the", "--format", "jsonl", "-n", "500"];
    // A second batch makes more parts. Two threads index, so one article in twenty changes: one of their parts has both kinds,
    // and few enough deletions to be left as it is.
    let notes = |day: &str| {
        let line = |number: usize| {
            let day = if number.is_multiple_of(20) { day } else { "Monday" };
            let text = format!("The mill at lock {number} was mended on {day}, and the ferry crosses the river again.");
            format!(r#"{{"url":"https://echo.example/{number}","title":"Mill {number}","text":"{text}"}}"#) + "\n"
        };
        std::fs::write(sandbox.path("notes.jsonl"), (1..201).map(line).collect::<String>()).unwrap();
        sandbox.run(&["ingest", "notes.jsonl"]).ended(0);
    };
    notes("Monday");
    notes("Tuesday");
    let before = found(&sandbox.run(&search).ended(0));
    // The first way needs the deletion, which is gone once the index is made again.
    for way in ["revived", "removed", "doubled"] {
        let mut meta: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let parts = meta["segments"].as_array_mut().unwrap();
        match way {
            "revived" => {
                let part = parts.iter_mut().find(|part| !part["deletes"].is_null()).expect("an article was replaced");
                part["deletes"] = serde_json::Value::Null;
            }
            "removed" => drop(parts.remove(0)),
            _ => parts.push(parts[0].clone()),
        }
        std::fs::write(&path, meta.to_string()).unwrap();
        let checked = sandbox.run(&["check"]).ended(2);
        assert!(checked.out.contains("articles where the corpus has"), "{way}: {}{}", checked.out, checked.err);
        let mended = sandbox.run(&search).ended(0);
        assert!(mended.err.contains("made again"), "{way}: a person is told: {}", mended.err);
        assert_eq!(found(&mended), before, "{way}");
        sandbox.run(&["check"]).ended(0);
    }
}

#[test]
fn a_spoilt_corpus_is_refused_with_the_way_out() {
    let sandbox = Sandbox::with_samples();
    let path = sandbox.path("corpus/newsdex.db");
    std::fs::write(&path, b"this was a database once, and is none now. ".repeat(200)).unwrap();
    let ran = sandbox.run(&["search", "asylum"]).ended(2);
    assert!(ran.err.contains("newsdex.db") && ran.err.contains("hint"), "{}", ran.err);
}

#[test]
fn new_shows_only_what_came_since() {
    let sandbox = Sandbox::with_samples();
    sandbox.run(&["save", "bells", "bell OR bells"]).ended(0);
    sandbox.run(&["new", "bells"]).ended(1);
    sandbox.write("b.txt", "Title: Bells stolen in Merrow\nDate: 2025-11-01\n\nTwo bells were stolen from the churchyard of Merrow Cross on Saturday.\n");
    sandbox.run(&["ingest", "b.txt"]).ended(0);
    let peeked = sandbox.run(&["new", "--peek"]).ended(0);
    assert!(peeked.out.contains("stolen in Merrow") && peeked.out.contains("matched: bells"), "{}", peeked.out);
    sandbox.run(&["new"]).ended(0);
    sandbox.run(&["new"]).ended(1);
    sandbox.run(&["saved", "--forget", "bells"]).ended(0);
    sandbox.run(&["saved"]).ended(1);
}

#[test]
fn help_has_examples_and_the_manual_names_every_command() {
    let sandbox = Sandbox::new();
    for command in ["ingest", "search", "export", "show", "clean"] {
        let help = sandbox.run(&[command, "--help"]).ended(0);
        assert!(help.out.contains("Examples:") && help.out.contains(&format!("newsdex {command}")), "{command}");
    }
    let man = sandbox.run(&["man"]).ended(0).out;
    for command in
        ["INGEST", "SEARCH", "EXPORT", "SHOW", "SOURCES", "STATS", "TIMELINE", "CLEAN", "CHECK", "REBUILD", "NEW"]
    {
        assert!(man.contains(&format!(".SH \"NEWSDEX {command}\"")), "{command}");
    }
    for shell in ["bash", "zsh", "fish"] {
        assert!(sandbox.run(&["completions", shell]).ended(0).out.contains("newsdex"));
    }
}

#[test]
fn settings_are_read_and_faults_in_them_named() {
    let sandbox = Sandbox::with_samples();
    sandbox.write("newsdex.toml", "[search]\nlimit = 2\n");
    let ran = sandbox.run(&["search", "the", "--format", "jsonl"]).ended(0);
    assert_eq!(ran.out.lines().count(), 2);
    sandbox.write("newsdex.toml", "[search]\nlimit = 2\nlimmit = 3\n");
    let ran = sandbox.run(&["search", "the"]).ended(2);
    assert!(ran.err.contains("newsdex.toml") && ran.err.contains("line 3"), "{}", ran.err);
}

/// What `clean` makes of a file.
fn cleaned(sandbox: &Sandbox, path: &str) -> serde_json::Value {
    sandbox.run(&["clean", "--format", "jsonl", path]).ended(0).json().remove(0)
}

#[test]
fn a_date_glued_to_the_first_line_leaves_and_nothing_else() {
    let sandbox = Sandbox::new();
    let seed = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds/000_5b3cb2119ae03430.txt");
    for path in [format!("{}/text/agreement-glued-date.txt", samples()), seed.to_owned()] {
        let Ok(raw) = std::fs::read_to_string(&path) else {
            eprintln!("optional external data is absent: skipped");
            continue;
        };
        let made = cleaned(&sandbox, &path);
        assert_eq!(made["articleBody"], raw.strip_prefix(" date 2025-06-27 ").unwrap().trim_end());
        assert_eq!(made["datePublished"], "2025-06-27");
        assert_eq!(made["headline"], "", "no title is made up");
    }
}

#[test]
fn a_republishers_footer_becomes_provenance() {
    let sandbox = Sandbox::new();
    let seed = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds/003_7851beb04cec3194.txt");
    for (path, author, publisher, republisher) in [
        (
            format!("{}/text/agreement-republished.txt", samples()),
            "Maren Slade",
            "ardenreviewjournal.example",
            "PatriotGazette.example",
        ),
        (seed.to_owned(), "Mae Slater", "conservativejournalreview.com", "USSANews.com"),
    ] {
        let Ok(raw) = std::fs::read_to_string(&path) else {
            eprintln!("optional external data is absent: skipped");
            continue;
        };
        let made = cleaned(&sandbox, &path);
        let (body, footer) = raw.split_once("\nClick this link").unwrap();
        assert_eq!(made["articleBody"], body.replace('\n', "\n\n"), "no sentence of reporting is lost");
        assert_eq!(made["author"], serde_json::json!([author]));
        assert_eq!(made["original_publisher"], publisher);
        assert_eq!(made["republisher"], republisher);
        assert_eq!(made["licence"], "all-rights-reserved");
        assert_eq!(made["acquired_via"], "rss");
        let notice = &footer[footer.find("This content is courtesy").unwrap()..];
        assert_eq!(made["rights_notice"], serde_json::json!([notice]), "verbatim");
        assert!(made.get("agency").is_none() && made.get("reported_by").is_none());
        assert_eq!(made["removed"].as_array().unwrap().len(), 5);
    }
}

#[test]
fn all_external_files_can_be_given_in_one_run() {
    let data = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/nasty");
    if !data.exists() {
        eprintln!("optional external data is absent: skipped");
        return;
    }
    let sandbox = Sandbox::new();
    let report = counts(&sandbox, &[data.to_str().unwrap()]);
    assert!(report["seen"].as_u64().unwrap() > 60, "{report}");
    for rejection in report["rejections"].as_array().unwrap() {
        assert!(!rejection["detail"].as_str().unwrap().contains("panicked"), "{rejection}");
    }
    assert_eq!(report["rejected_by_reason"].get("failed"), None, "{report}");
    sandbox.run(&["check"]).ended(0);
}

#[test]
fn a_page_is_explained_so_that_a_person_can_read_it() {
    let sandbox = Sandbox::new();
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/page/related.html");
    let html = std::fs::read_to_string(page).unwrap();
    let menu: String = (1..9).map(|n| format!("<li><a href='/{n}'>Quarter {n}</a></li>")).collect();
    let page = sandbox.write("page.html", html.replacen("<body>", &format!("<body><nav><ul>{menu}</ul></nav>"), 1));
    let page = page.to_str().unwrap();
    for flag in ["--explain", "--diff"] {
        let shown = sandbox.run(&["clean", flag, page]).ended(0).out;
        // The menu is one line, and still there word for word.
        let row = shown.lines().find(|line| line.starts_with("- ") && line.contains("Quarter 1 · Quarter 2")).unwrap();
        assert!(row.contains("Quarter 8"), "{flag}: {row}");
        assert_eq!(row.contains("page."), flag == "--explain", "{row}");
        let sign = if flag == "--explain" { "+ " } else { "  " };
        assert!(shown.lines().any(|line| line.starts_with(sign) && line.contains("Quay Street")), "{flag}\n{shown}");
    }
    // A place is named once for the paragraphs of one box.
    let shown = sandbox.run(&["clean", "--explain", page]).ended(0).out;
    let kept: Vec<&str> = shown.lines().filter(|line| line.starts_with("+ ")).collect();
    assert!(kept.len() > 2 && kept.iter().any(|line| !line.contains('>')), "{kept:?}");
}
