//! `check FILE`: what a person may do to a list, and what the proof says of it.

use super::{line, take_in};
use crate::sandbox::Sandbox;

const WEIR: &str = "The weir at Dale will be rebuilt in stone, the council said on Monday.";
const FERRY: &str = "=The ferry at Dale stops in May, and the council will pay for a bus.";

fn exported() -> (Sandbox, String) {
    let sandbox = Sandbox::new();
    let lines = [
        line("weir", "Weir to be rebuilt", "2025-03-01T10:00:00Z", WEIR),
        line("ferry", "Ferry stops", "2025-03-02T10:00:00Z", FERRY),
        line("mill", "Mill sold", "2025-03-03T10:00:00Z", "The mill was sold to the council on Friday."),
    ];
    take_in(&sandbox, "a.jsonl", &lines);
    let path = sandbox.path("list.csv").to_str().unwrap().to_owned();
    sandbox.run(&["export", "council", "--sort", "date", "-o", &path]).ended(0);
    (sandbox, path)
}

/// Checks the list after `change`.
#[track_caller]
fn after(change: impl Fn(&str) -> String, code: i32, said: &[&str]) {
    let (sandbox, path) = exported();
    let text = std::fs::read_to_string(&path).unwrap();
    let changed = change(&text);
    assert_ne!(text, changed);
    std::fs::write(&path, changed).unwrap();
    let ran = sandbox.run(&["check", &path]).ended(code);
    for said in said {
        assert!(ran.out.contains(said), "no `{said}` in\n{}", ran.out);
    }
}

#[test]
fn as_it_was_written() {
    let (sandbox, path) = exported();
    let ran = sandbox.run(&["check", &path]).ended(0);
    assert!(ran.out.contains("byte for byte, as it was written") && ran.out.contains("proven: 3 of 3"), "{}", ran.out);
    std::fs::remove_file(format!("{path}.manifest.json")).unwrap();
    let ran = sandbox.run(&["check", &path]).ended(0);
    assert!(
        ran.out.contains("no manifest") && ran.out.contains("not proven: hit, score, story, copies"),
        "{}",
        ran.out
    );
}

#[test]
fn cells_and_rows_that_a_person_changed() {
    let changed = "the file was changed since it was written";
    after(
        |t| t.replace("rebuilt in stone", "rebuilt in wood"),
        2,
        &["row 1:", "does not stand at its place", changed, "not proven: 2 of 3"],
    );
    after(
        |t| t.replace("Ferry stops", "Ferry sinks"),
        2,
        &["row 2:", "`title` is not what was written", "not proven: 2 of 3"],
    );
    after(|t| t.replacen("Ina Holt", "Ann Other", 1), 2, &["row 1:", "`authors` is not"]);
    after(|t| t.replacen("2025-03-02,day", "2025-03-12,day", 1), 2, &["row 2:", "`published` is not"]);
    for other in ["01/01/1850", "27.06.1999", "1 January 1850", "yesterday", "2025-03-02 11:00", ""] {
        after(|t| t.replacen("2025-03-02,day", &format!("{other},day"), 1), 2, &["row 2:", "`published` is not"]);
    }
    for other in ["never", "2025-03-02T22:00:00Z", "2025-03-02T10:00:00-05:00"] {
        after(|t| t.replacen("2025-03-02T10:00:00Z", other, 1), 2, &["row 2:", "`fetched` is not"]);
    }
    let without = |t: &str| t.lines().enumerate().filter(|(n, _)| *n != 2).map(|(_, l)| format!("{l}\r\n")).collect();
    after(without, 2, &["1 row is missing: 3 were written", "not proven: 2 of 2"]);
    after(|t| format!("{t}{}\r\n", t.lines().last().unwrap()), 2, &["1 row was put in: 3 were written"]);
}

#[test]
fn what_stands_around_a_match_is_asked_again() {
    let ferry = "\"'=The ferry at Dale stops in May, and the\",council,will pay for a bus.,";
    for (to, column) in [
        ("\"'=The ferry at Dale stops in June, and the\",council,will pay for a bus.,", "left"),
        ("\"'=The ferry at Dale stops in May, and\",the,council will pay for a bus.,", "left"),
        ("\"'=The ferry at Dale stops in May, and the\",Council,will pay for a bus.,", "match"),
        ("\"'=The ferry at Dale stops in May, and the\",council,will not pay for a bus.,", "right"),
        // Quoted truly, but shorter than it was written.
        ("\"'=The ferry at Dale stops in May, and the\",council,will pay for,", "right"),
    ] {
        after(|t| t.replace(ferry, to), 2, &["row 2:", &format!("`{column}` is not what was written")]);
    }
    after(|t| t.replace(",0,68,1,", ",0,68,7,"), 2, &["`matches_in_article` is not"]);
    after(|t| t.replace(",en,14,", ",en,24,"), 2, &["`words` is not"]);
    after(|t| t.replace(",council\r\n", ",mayor\r\n"), 2, &["`query` is not"]);

    // In JSON also what tables have no column for.
    let (sandbox, _) = exported();
    let path = sandbox.path("list.jsonl");
    let (name, export) = (path.to_str().unwrap().to_owned(), || {
        sandbox.run(&["export", "council", "--sort", "date", "-o", path.to_str().unwrap()]).ended(0);
        std::fs::read_to_string(&path).unwrap()
    });
    for (from, to, key) in [
        ("\"articleBody\":\"The weir", "\"articleBody\":\"The lock", "articleBody"),
        ("\"text\":\"council\"", "\"text\":\"mayor\"", "marks"),
        ("\"acquired_via\":\"export\"", "\"acquired_via\":\"rss\"", "acquired_via"),
        ("\"wordCount\":14", "\"wordCount\":15", "words"),
        ("\"version\":1", "\"version\":2", "version"),
        ("\"byte_start\":0,\"byte_end\"", "\"byte_start\":1,\"byte_end\"", "byte_start"),
    ] {
        let text = export();
        let changed = text.replace(from, to);
        assert_ne!(text, changed, "{from} in {text}");
        std::fs::write(&path, changed).unwrap();
        let ran = sandbox.run(&["check", &name]).ended(2);
        assert!(ran.out.contains(&format!("`{key}` is not what was written")), "{key}: {}", ran.out);
    }
    // Without the manifest nobody knows how the query was read: the words must still stand as they are quoted.
    let text = export();
    std::fs::remove_file(format!("{name}.manifest.json")).unwrap();
    let ran = sandbox.run(&["check", &name]).ended(0);
    assert!(
        ran.out.contains("without a ledger the rows are compared with the articles they name, as quotations"),
        "{}",
        ran.out
    );
    std::fs::write(&path, text.replace("\"match\":\"council\"", "\"match\":\"mayor\"")).unwrap();
    let ran = sandbox.run(&["check", &name]).ended(2);
    assert!(ran.out.contains("`match` is not"), "{}", ran.out);
}

#[test]
fn what_was_taken_away_is_found() {
    let empty_sum = |t: &str| {
        let at = t.find(",council\r\n").unwrap();
        format!("{}{}", &t[..at - 64], &t[at..])
    };
    after(empty_sum, 2, &["row 1:", "`sha256` is not"]);
    after(|t| t.replacen(",Dale Gazette,", ",,", 1), 2, &["row 1:", "`source` is not"]);
    after(|t| t.replacen("published_precision,", "precision,", 1), 2, &["missing: `published_precision`"]);
    let without_licence = |t: &str| {
        let mut out = csv::Writer::from_writer(Vec::new());
        let rows = csv::ReaderBuilder::new().has_headers(false).from_reader(t.as_bytes()).into_records();
        for row in rows.map(Result::unwrap) {
            out.write_record(row.iter().enumerate().filter(|(at, _)| *at != 20).map(|(_, cell)| cell)).unwrap();
        }
        String::from_utf8(out.into_inner().unwrap()).unwrap()
    };
    after(without_licence, 2, &["columns that were written are missing: `licence`", "not proven"]);

    let (sandbox, _) = exported();
    sandbox.run(&["export", "council", "--sort", "date", "-o", "list.jsonl"]).ended(0);
    let text = std::fs::read_to_string(sandbox.path("list.jsonl")).unwrap();
    let first: serde_json::Map<_, _> = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    for (key, column) in [
        ("datePublished", "published"),
        ("publisher", "source"),
        ("marks", "marks"),
        ("published_found", "published_found"),
        ("sha256", "sha256"),
        ("url", "url"),
    ] {
        let mut less = first.clone();
        less.remove(key).expect(key);
        let rest: String = text.lines().skip(1).map(|line| format!("{line}\n")).collect();
        sandbox.write("list.jsonl", format!("{}\n{rest}", serde_json::Value::Object(less)));
        let ran = sandbox.run(&["check", "list.jsonl"]).ended(2);
        assert!(ran.out.contains(&format!("`{column}` is not what was written")), "{key}: {}", ran.out);
    }
}

/// What a cell shows and where a click leads are two things.
#[test]
fn a_link_that_leads_elsewhere_is_found() {
    use std::io::{Read, Write};
    let (sandbox, _) = exported();
    sandbox.run(&["export", "council", "--sort", "date", "-o", "list.xlsx"]).ended(0);
    let whole = std::fs::read(sandbox.path("list.xlsx")).unwrap();
    let mut from = zip::ZipArchive::new(std::io::Cursor::new(whole)).unwrap();
    let mut to = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut changed = 0;
    for at in 0..from.len() {
        let mut part = from.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        to.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        if name.ends_with("sheet1.xml.rels") {
            let text = String::from_utf8(bytes).unwrap();
            changed += text.matches("https://dale.example/ferry").count();
            bytes = text.replace("https://dale.example/ferry", "https://dole.example/ferry").into_bytes();
        }
        to.write_all(&bytes).unwrap();
    }
    assert_eq!(changed, 1);
    sandbox.write("list.xlsx", to.finish().unwrap().into_inner());
    let ran = sandbox.run(&["check", "list.xlsx"]).ended(2);
    assert!(ran.out.contains("row 2:") && ran.out.contains("`url (where its link leads)` is not"), "{}", ran.out);
    assert!(ran.out.contains("not proven: 2 of 3"), "{}", ran.out);
}

/// Ids that documents came with are not always one of a kind.
#[test]
fn a_run_names_each_article_once_and_is_looked_up() {
    let sandbox = Sandbox::new();
    take_in(&sandbox, "a.jsonl", &[line("7", "Weir to be rebuilt", "2025-03-01T10:00:00Z", WEIR)]);
    let other = line("7", "Ferry stops", "2025-03-02T10:00:00Z", FERRY).replace("example/7", "example/ferry");
    take_in(&sandbox, "b.jsonl", &[other]);
    let own = line("x", "Mill", "2025-03-03T10:00:00Z", "The council bought the mill.").replace("\"id\":\"x\",", "");
    take_in(&sandbox, "c.jsonl", &[own]);
    let ran = sandbox.run(&["export", "council", "--format", "trec", "-o", "run.trec"]).ended(0);
    assert!(ran.err.contains("1 article came with an id that another has too"), "{}", ran.err);
    let text = std::fs::read_to_string(sandbox.path("run.trec")).unwrap();
    let mut documents: Vec<_> = text.lines().filter_map(|line| line.split(' ').nth(2)).collect();
    documents.sort_unstable();
    documents.dedup();
    assert!(documents.len() == 3 && documents.contains(&"7"), "{text}");
    let ran = sandbox.run(&["check", "run.trec"]).ended(0);
    assert!(ran.out.contains("proven: 3 of 3 articles cited stand in the corpus"), "{}", ran.out);
    let ran = Sandbox::with_samples().run(&["check", sandbox.path("run.trec").to_str().unwrap()]).ended(2);
    assert!(ran.out.contains("not proven: 0 of 3"), "{}", ran.out);
}

/// A row that gave way to a copy of another: nothing is missing by number.
#[test]
fn a_row_in_the_place_of_another() {
    let twice = |t: &str| {
        let mut lines: Vec<_> = t.lines().map(|line| format!("{line}\r\n")).collect();
        lines[2] = lines[3].clone();
        lines.concat()
    };
    after(
        twice,
        2,
        &[
            "row 3:",
            "is in the list already",
            "not proven: 2 of 3",
            "missing:",
            "was row 2 of the list, with a passage from character 0",
        ],
    );
    let (sandbox, _) = exported();
    let articles = ["export", "council", "--sort", "date", "--per", "article", "-o", "by.csv"];
    sandbox.run(&articles).ended(0);
    let text = std::fs::read_to_string(sandbox.path("by.csv")).unwrap();
    sandbox.write("by.csv", twice(&text));
    let ran = sandbox.run(&["check", "by.csv"]).ended(2);
    assert!(ran.out.contains("was row 2 of the list, with a passage"), "{}", ran.out);
    // What came in later was not there to be listed.
    take_in(&sandbox, "d.jsonl", &[line("quay", "Quay", "2025-03-04T10:00:00Z", "The council will mend the quay.")]);
    let found = sandbox.run(&["check", "by.csv", "--json"]).ended(2).json().remove(0);
    assert_eq!((&found["left_out"], &found["findings"][1]["standing"]), (&1.into(), &"left-out".into()), "{found}");
}

/// Queries of all kinds, for passages and articles: what was just written is proven, as it was written and saved again.
#[test]
fn every_list_is_proven_as_it_was_written() {
    let sandbox = Sandbox::with_samples();
    sandbox.write("many.tsv", "a\tasylum\nb\tharbour -dredging\n");
    for args in [
        &["asylum"][..],
        &["asylum NEAR/10 agreement OR title:harbour"],
        &["\"asylum seekers\" OR deport*", "--per", "article"],
        &["harbour", "--context", "3", "--no-stem", "--since", "2000"],
        &["who asked for asylum, and where?", "--any", "--collapse"],
        &["source:ledger", "--sort", "-date"],
        &["--queries", "many.tsv"],
    ] {
        for format in ["csv", "tsv", "json", "jsonl", "xlsx", "markdown", "html", "ris", "bibtex", "csl", "trec"] {
            let file = format!("list.{format}");
            sandbox.run(&[&["export", "--format", format, "-o", &file], args].concat()).ended(0);
            let ran = sandbox.run(&["check", &file]).ended(0);
            assert!(ran.out.contains("byte for byte, as it was written"), "{args:?} {format}: {}", ran.out);
            assert!(
                ran.out.contains(": proven: ") && !ran.out.contains("not proven"),
                "{args:?} {format}: {}",
                ran.out
            );
            let again = sandbox.run(&["check", &file, "--json"]).ended(0).json().remove(0);
            let rows = again["rows"].as_u64().unwrap();
            assert!(rows > 0 && again["stand"].as_u64().unwrap() == rows, "{again}");
            if again["cited"] == false && args[0] != "source:ledger" {
                assert_eq!(again["asked_again"], rows, "{args:?} {format}: {again}");
            }
        }
    }
}

#[test]
fn a_list_of_nothing_is_proven_too() {
    let sandbox = Sandbox::with_samples();
    for format in newsdex::export::Format::ALL {
        let file = format!("none.{format}");
        sandbox.run(&["export", "zeppelinfahrplan", "--format", format.name(), "-o", &file]).ended(1);
        let ran = sandbox.run(&["check", &file]).ended(0);
        assert!(ran.out.contains("byte for byte") && ran.out.contains("proven: 0 of 0"), "{format}: {}", ran.out);
    }
}

#[test]
fn reports_and_references_are_proven_by_their_bytes() {
    let sandbox = Sandbox::new();
    take_in(&sandbox, "a.jsonl", &[line("weir", "Weir to be rebuilt", "2025-03-01T10:00:00Z", WEIR)]);
    take_in(&sandbox, "b.json", &[wire("usable")]);
    let files = ["markdown", "html", "ris", "bibtex", "csl"].map(|format| (format, format!("list.{format}")));
    for (format, file) in &files {
        sandbox.run(&["export", "council", "--sort", "date", "--format", format, "-o", file]).ended(0);
        let ran = sandbox.run(&["check", file]).ended(0);
        assert!(ran.out.contains("proven: 2 of 2 articles cited stand in the corpus\n"), "{}", ran.out);
        assert!(ran.out.contains("proven by its bytes"), "{}", ran.out);
    }
    let other = "Nothing is planned at Dale at all, said the council.";
    take_in(&sandbox, "c.jsonl", &[line("weir", "Weir", "2025-04-01T10:00:00Z", other)]);
    take_in(&sandbox, "b.json", &[wire("canceled")]);
    for (format, file) in &files {
        let ran = sandbox.run(&["check", file]).ended(0);
        assert!(ran.out.contains("1 of them that changed since, 1 withdrawn since"), "{format}: {}", ran.out);
        // A passage that somebody put other words into.
        let path = sandbox.path(file);
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, text.replace("rebuilt in stone", "rebuilt in oak")).unwrap();
        let ran = sandbox.run(&["check", file]).ended(2);
        assert!(ran.out.contains("not proven") && ran.out.contains("export it again"), "{format}: {}", ran.out);
        std::fs::write(&path, text).unwrap();
        std::fs::remove_file(format!("{}.manifest.json", path.display())).unwrap();
        let ran = sandbox.run(&["check", file]).ended(2);
        assert!(ran.err.contains("only with their manifest"), "{format}: {}", ran.err);
    }
}

#[test]
fn what_was_corrected_since_beside_the_text_is_told() {
    let (sandbox, path) = exported();
    sandbox.run(&["export", "council", "--sort", "date", "-o", "list.html"]).ended(0);
    let corrected = line("weir", "Weir to be rebuilt", "2025-04-01T10:00:00Z", WEIR).replace("Ina Holt", "Ann Other");
    take_in(&sandbox, "b.jsonl", &[corrected]);
    for path in [&path, "list.html"] {
        let ran = sandbox.run(&["check", path]).ended(0);
        let said = "stands in version 1; the article changed since (version 2: published, authors), the newest still has the passage";
        assert!(ran.out.contains("row 1:") && ran.out.contains(said), "{}", ran.out);
    }
    sandbox.run(&["export", "council", "--sort", "date", "-o", &path]).ended(0);
    let ran = sandbox.run(&["check", &path]).ended(0);
    assert!(!ran.out.contains("changed since"), "{}", ran.out);
}

#[test]
fn saved_again_by_a_spreadsheet() {
    let proven = ["the file was changed since it was written", "proven: 3 of 3 rows stand as written"];
    after(|t| format!("\u{feff}{t}"), 0, &proven);
    after(|t| t.replace("\r\n", "\n"), 0, &proven);
    after(|t| t.replace("2025-03-02,day", "02.03.2025,day"), 0, &proven);
    // As Excel writes it where a comma stands in numbers.
    after(
        |t| {
            let mut out = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
            let rows = csv::ReaderBuilder::new().has_headers(false).from_reader(t.as_bytes()).into_records();
            rows.for_each(|row| out.write_record(&row.unwrap()).unwrap());
            String::from_utf8(out.into_inner().unwrap()).unwrap()
        },
        0,
        &proven,
    );
}

/// An item of a wire, as its agency's status has it.
fn wire(status: &str) -> String {
    serde_json::json!({
        "type": "text", "uri": "urn:dale:ferry", "versioncreated": "2025-03-02T10:00:00Z", "pubstatus": status,
        "headline": "Ferry stops", "body_text": FERRY, "language": "en", "byline": "Ina Holt",
    })
    .to_string()
}

#[test]
fn articles_that_changed_were_withdrawn_or_are_gone() {
    let sandbox = Sandbox::new();
    take_in(&sandbox, "a.jsonl", &[line("weir", "Weir to be rebuilt", "2025-03-01T10:00:00Z", WEIR)]);
    take_in(&sandbox, "b.json", &[wire("usable")]);
    let lists =
        ["csv", "jsonl", "xlsx"].map(|format| sandbox.path(&format!("list.{format}")).to_str().unwrap().to_owned());
    for path in &lists {
        sandbox.run(&["export", "council", "--sort", "date", "-o", path]).ended(0);
    }
    let then = jiff::Timestamp::now().to_string();
    let other = "Nothing is planned at Dale at all, said the council.";
    take_in(&sandbox, "c.jsonl", &[line("weir", "Weir", "2025-04-01T10:00:00Z", other)]);
    take_in(&sandbox, "b.json", &[wire("canceled")]);
    // What was withdrawn since was there then.
    sandbox.run(&["search", "ferry"]).ended(1);
    sandbox.run(&["search", "ferry", "--as-of", &then]).ended(0);
    for path in &lists {
        let ran = sandbox.run(&["check", path]).ended(0);
        for said in [
            "stands in version 1; the article changed since (version 2: text, published, title), the newest no longer has it",
            "stands in version 1; the article was withdrawn since (version 2)",
            "proven: 2 of 2 rows stand as written, 1 of them in articles that changed since, 1 in articles withdrawn since",
        ] {
            assert!(ran.out.contains(said), "no `{said}` in\n{}", ran.out);
        }
        let ran = sandbox.run(&["check", path, "--json"]).ended(0);
        let found = &ran.json()[0]["findings"];
        let changed = (&found[0]["standing"], &found[0]["named"], &found[0]["newest"]);
        assert_eq!(changed, (&"changed".into(), &1.into(), &2.into()));
        assert_eq!(found[1]["standing"], "withdrawn");
    }
    // Another home knows none of it.
    let ran = Sandbox::with_samples().run(&["check", &lists[0]]).ended(2);
    assert!(ran.out.contains("no such article") && ran.out.contains("not proven: 0 of 2"), "{}", ran.out);
}

/// Without a manifest nobody knows which columns were written: what no newsdex writes is named all the same.
#[test]
fn what_was_invented_is_named_without_a_manifest() {
    let (sandbox, path) = exported();
    std::fs::remove_file(format!("{path}.manifest.json")).unwrap();
    let list = std::fs::read_to_string(&path).unwrap();
    let wider: String = list
        .lines()
        .enumerate()
        .map(|(n, line)| format!("{line},{}\n", ["yes", "verified"][usize::from(n == 0)]))
        .collect();
    std::fs::write(&path, wider).unwrap();
    let ran = sandbox.run(&["check", &path]);
    assert!(ran.out.contains("what was put in, and is not proven: `verified`"), "{}", ran.out);
    let lines = sandbox.run(&["export", "ferry", "--format", "jsonl"]).ended(0);
    let mut rows = lines.json();
    let path = sandbox.path("bare.jsonl");
    let check = |rows: &[serde_json::Value]| {
        let text: String = rows.iter().map(|row| format!("{row}\n")).collect();
        std::fs::write(&path, text).unwrap();
        sandbox.run(&["check", path.to_str().unwrap()])
    };
    assert!(!check(&rows).ended(0).out.contains("put in"));
    let marks = rows[0]["marks"].as_array().unwrap().clone();
    rows[0]["marks"] = [marks.clone(), marks.clone()].concat().into();
    assert!(check(&rows).ended(2).out.contains("marks"));
    rows[0]["marks"] = marks.into();
    rows[0]["verified"] = true.into();
    assert!(check(&rows).out.contains("what was put in, and is not proven: `verified`"));
}
