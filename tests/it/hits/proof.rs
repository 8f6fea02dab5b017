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
        ran.out.contains("no manifest")
            && ran.out.contains("not proven: scores, the query, and that no row is missing")
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
        &["row 2:", "`title` is not what the version", "not proven: 2 of 3"],
    );
    after(|t| t.replacen("Ina Holt", "Ann Other", 1), 2, &["row 1:", "`authors` is not"]);
    after(|t| t.replacen("2025-03-02,day", "2025-03-12,day", 1), 2, &["row 2:", "`published` is not"]);
    let without = |t: &str| t.lines().enumerate().filter(|(n, _)| *n != 2).map(|(_, l)| format!("{l}\r\n")).collect();
    after(without, 2, &["1 rows are missing: 3 were written", "not proven: 2 of 2"]);
    after(|t| format!("{t}{}\r\n", t.lines().last().unwrap()), 2, &["1 rows were put in: 3 were written"]);
}

#[test]
fn saved_again_by_a_spreadsheet() {
    let proven = ["the file was changed since it was written", "proven: 3 of 3", "not proven: scores, the query"];
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
            "stands in version 1; the article changed since (version 2), the newest no longer has it",
            "stands; the article was withdrawn since",
            "proven: 2 of 2 passages stand as quoted, 1 of them in articles that changed since, 1 in articles withdrawn since",
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
