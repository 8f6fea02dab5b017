//! The ledger beside a list: nothing in a row can be altered, exchanged or taken away unnoticed, whatever columns it has,
//! and an intact list stays proven whatever becomes of the corpus.

use serde_json::Value;

use super::{line, take_in};
use crate::sandbox::{Ran, Sandbox};

const STONE: &str = "The weir at Dale will be rebuilt in stone, the council said on Monday.";

/// Articles of which two are copies and one has its words far apart, so that it gives two passages.
fn home() -> Sandbox {
    let sandbox = Sandbox::new();
    let far = format!(
        "The council met.\n\n{}\n\nThe council went home.",
        "Rain fell on the moor and on the town below it for hours. ".repeat(20)
    );
    let mill = "The mill at Brell was sold to the council on Friday for a sum that nobody would name, its owner said.";
    let lines = [
        line("weir", "Weir to be rebuilt", "2025-03-01T10:00:00Z", STONE),
        line(
            "ferry",
            "Ferry stops",
            "2025-03-02T10:00:00Z",
            "=The ferry stops in May, and the council pays for a bus.",
        ),
        line("far", "A long evening", "2025-03-03T10:00:00Z", &far),
        line("mill", "Mill sold", "2025-03-04T10:00:00Z", mill),
        line("copy", "Mill sold", "2025-03-05T10:00:00Z", mill),
    ];
    take_in(&sandbox, "a.jsonl", &lines);
    sandbox
}

fn export(sandbox: &Sandbox, file: &str, more: &[&str]) -> String {
    sandbox.run(&[&["export", "council", "--sort", "date", "-o", file], more].concat()).ended(0);
    std::fs::read_to_string(sandbox.path(file)).unwrap()
}

/// Checks `text` in the place of the list.
fn check(sandbox: &Sandbox, file: &str, text: &str) -> Ran {
    sandbox.write(file, text);
    sandbox.run(&["check", file])
}

fn records(text: &str) -> Vec<Vec<String>> {
    let rows = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes()).into_records();
    rows.map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn table(records: &[Vec<String>]) -> String {
    let mut out = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    records.iter().for_each(|row| out.write_record(row).unwrap());
    String::from_utf8(out.into_inner().unwrap()).unwrap()
}

/// Each cell of each row, emptied, with a blank more, and with that of another row.
#[test]
fn no_cell_can_be_altered() {
    let sandbox = home();
    sandbox.write("many.tsv", "first\tcouncil\nsecond\tmill OR bus\n");
    let all = ["--columns", "+name,version,updated,section,tags,guid,byte_start,byte_end"];
    for more in [&all[..], &["--queries", "many.tsv"]] {
        let args = [&["export", "--sort", "date", "-o", "list.csv"], more].concat();
        let args = if more[0] == "--queries" { args } else { [&args[..], &["council"]].concat() };
        sandbox.run(&args).ended(0);
        let text = std::fs::read_to_string(sandbox.path("list.csv")).unwrap();
        let whole = records(&text);
        check(&sandbox, "list.csv", &table(&whole)).ended(0);
        let mut tried = 0;
        for row in [1, whole.len() - 2] {
            for column in 0..whole[0].len() {
                let said = &whole[row][column];
                let other = &whole[row + 1][column];
                for to in ["", &format!("{said} "), other, "7", "x"] {
                    // A blank behind a number or a date says the same.
                    let is_text = said.parse::<f64>().is_err() && !said.starts_with("2025-");
                    if to.trim() == said && !(is_text && !said.is_empty() && to != said) {
                        continue;
                    }
                    let mut altered = whole.clone();
                    altered[row][column] = to.to_owned();
                    let ran = check(&sandbox, "list.csv", &table(&altered));
                    let name = &whole[0][column];
                    assert_eq!(ran.code, 2, "{name} of row {row}: {said:?} to {to:?}: {}", ran.out);
                    assert!(ran.out.contains(&format!("row {row}:")), "{name}: {said:?} to {to:?}: {}", ran.out);
                    tried += 1;
                }
            }
        }
        assert!(tried > 100, "{tried}");
    }
}

/// Each key of an object of JSON: without it, with another value, and one that no row has.
#[test]
fn no_key_can_be_altered_or_taken() {
    let sandbox = home();
    for more in [&[][..], &["--columns", "article_id,title,char_start,story,passage"]] {
        let text = export(&sandbox, "list.jsonl", more);
        let lines: Vec<&str> = text.lines().collect();
        let first: serde_json::Map<String, Value> = serde_json::from_str(lines[0]).unwrap();
        let try_with = |what: &str, object: serde_json::Map<String, Value>, code: i32| {
            let text = format!("{}\n{}\n", Value::Object(object), lines[1..].join("\n"));
            let ran = check(&sandbox, "list.jsonl", &text);
            assert_eq!(ran.code, code, "{what}: {}", ran.out);
        };
        try_with("as it was", first.clone(), 0);
        for key in first.keys() {
            let mut less = first.clone();
            less.remove(key);
            try_with(&format!("without {key}"), less, 2);
            for other in [Value::Null, "x".into(), 9.into(), Value::Array(vec![])] {
                let mut changed = first.clone();
                if changed.insert(key.clone(), other.clone()) != Some(other.clone()) {
                    try_with(&format!("{key} as {other}"), changed, 2);
                }
            }
        }
        for key in ["correction", "guid", "license"] {
            let mut more = first.clone();
            if more.insert(key.to_owned(), "x".into()).is_none() {
                try_with(&format!("with {key}"), more, 2);
            }
        }
    }
    // One document: what it says of itself.
    let text = export(&sandbox, "list.json", &[]);
    for (from, to, key) in [
        ("\"query\":\"council\"", "\"query\":\"mayor\"", "query"),
        ("\"total_articles\":5", "\"total_articles\":4", "total_articles"),
        ("\"corpus_revision\":1", "\"corpus_revision\":7", "corpus_revision"),
    ] {
        // The first stands in the document, further ones in the hits.
        let changed = text.replacen(from, to, 1);
        assert_ne!(text, changed, "{from}: {text}");
        let ran = check(&sandbox, "list.json", &changed).ended(2);
        assert!(ran.out.contains(&format!("its head says other than was written: `{key}`")), "{}", ran.out);
    }
    let twice = export(&sandbox, "list.jsonl", &[]).replacen('{', "{\"headline\":\"Other\",", 1);
    let ran = check(&sandbox, "list.jsonl", &twice).ended(2);
    assert!(ran.err.contains("line 1"), "{}", ran.err);
}

/// A list with few columns, cut, sorted, or with a row of another list.
#[test]
fn rows_are_told_apart_whatever_columns_there_are() {
    let sandbox = home();
    for columns in
        ["title,passage", "title", "passage", "hit,article_id", "url,match", "hit,article_id,char_start,title"]
    {
        for more in [&[][..], &["--collapse"], &["-n", "4"], &["--per", "article"]] {
            let text = export(&sandbox, "list.csv", &[&["--columns", columns], more].concat());
            let whole = records(&text);
            sandbox.run(&["check", "list.csv"]).ended(0);
            let mut less = whole.clone();
            less.remove(2);
            let ran = check(&sandbox, "list.csv", &table(&less)).ended(2);
            assert!(
                ran.out.contains("missing: ") && ran.out.contains("was row 2 of the list"),
                "{columns} {more:?}: {}",
                ran.out
            );
            let mut more_rows = whole.clone();
            more_rows.push(vec!["x".to_owned(); whole[0].len()]);
            check(&sandbox, "list.csv", &table(&more_rows)).ended(2);
            // A row in the place of another.
            let mut other = whole.clone();
            other[2] = whole[3].clone();
            check(&sandbox, "list.csv", &table(&other)).ended(2);
        }
    }
    // A true row of the same query that `-n` left out.
    let all = records(&export(&sandbox, "all.csv", &["--columns", "article_id,title,passage,char_start,char_end"]));
    let text = export(&sandbox, "list.csv", &["--columns", "article_id,title,passage,char_start,char_end", "-n", "2"]);
    let mut two = records(&text);
    two[1] = all[3].clone();
    let ran = check(&sandbox, "list.csv", &table(&two)).ended(2);
    assert!(ran.out.contains("was not in the list when it was written"), "{}", ran.out);

    // Sorted anew all is still true, and the order is told.
    let text = export(&sandbox, "list.csv", &[]);
    let mut sorted = records(&text);
    sorted[1..].reverse();
    let ran = check(&sandbox, "list.csv", &table(&sorted)).ended(0);
    assert!(ran.out.contains("5 rows in another order than was written"), "{}", ran.out);

    let mut by_number = records(&export(&sandbox, "list.csv", &["--columns", "hit,title,passage"]));
    by_number[1..].reverse();
    check(&sandbox, "list.csv", &table(&by_number)).ended(0);
    let mut nameless = records(&export(&sandbox, "list.csv", &["--columns", "title,passage"]));
    nameless[1..].reverse();
    check(&sandbox, "list.csv", &table(&nameless)).ended(0);
    let text = export(&sandbox, "list.csv", &[]);

    // Columns that a person put in are named; one name twice is refused.
    let with = |name: &str, cell: &str| -> String {
        let rows = records(&text).into_iter().enumerate();
        let rows = rows.map(|(n, mut row)| {
            row.push(if n == 0 { name } else { cell }.to_owned());
            row
        });
        table(&rows.collect::<Vec<_>>())
    };
    let ran = check(&sandbox, "list.csv", &with("remark", "looked at")).ended(0);
    assert!(ran.out.contains("what was put in, and is not proven: `remark`"), "{}", ran.out);
    let ran = check(&sandbox, "list.csv", &with("title", "Other")).ended(2);
    assert!(ran.out.contains("columns stand twice: `title`"), "{}", ran.out);
}

/// Many rows of one article, and lists that do not name their rows at all.
#[test]
fn lists_are_sorted_by_people() {
    let sandbox = Sandbox::new();
    let paragraphs: Vec<String> = (0..90)
        .map(|n| format!("Meeting {n}: the council spoke. {}", format!("Item {n} was put off again. ").repeat(12)))
        .collect();
    let articles = (0..4).map(|n| {
        line(
            &format!("m{n}"),
            &format!("Minutes {n}"),
            "2025-03-01T10:00:00Z",
            &paragraphs.join("\n\n").replace("again", &format!("{n} times")),
        )
    });
    take_in(&sandbox, "a.jsonl", &articles.collect::<Vec<_>>());
    for columns in ["title,passage", "article_id,passage", "passage", "hit,title", "score,left,match,right"] {
        let whole = records(&export(&sandbox, "list.csv", &["--columns", columns]));
        assert_eq!(whole.len(), 361);
        let mut turned = whole.clone();
        turned[1..].reverse();
        let ran = check(&sandbox, "list.csv", &table(&turned)).ended(0);
        assert!(ran.out.contains("in another order"), "{columns}: {}", ran.out);
        turned[7] = turned[8].clone();
        let ran = check(&sandbox, "list.csv", &table(&turned)).ended(2);
        assert!(ran.out.contains("not proven: 359 of 360"), "{columns}: {}", ran.out);
        // A row put in accuses no other.
        let mut more = whole.clone();
        more.insert(3, vec!["x".to_owned(); whole[0].len()]);
        let ran = check(&sandbox, "list.csv", &table(&more)).ended(2);
        assert!(ran.out.contains("row 3:") && !ran.out.contains("row 4:"), "{columns}: {}", ran.out);
    }
}

/// Several passages of an article stand in one row of JSON: all of them are proven.
#[test]
fn further_passages_are_proven() {
    let sandbox = home();
    sandbox
        .run(&["search", "council", "--passages", "3", "--sort", "-date", "-o", "p.jsonl", "--format", "jsonl"])
        .ended(0);
    let text = std::fs::read_to_string(sandbox.path("p.jsonl")).unwrap();
    sandbox.run(&["check", "p.jsonl"]).ended(0);
    let mut lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let at = lines.iter().position(|hit| hit.get("passages").is_some()).expect("a row with several passages");
    let whole = lines[at].clone();
    let mut try_with = |what: &str, change: &dyn Fn(&mut serde_json::Map<String, Value>)| {
        let mut hit = whole.clone();
        change(hit.as_object_mut().unwrap());
        lines[at] = hit;
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        let ran = check(&sandbox, "p.jsonl", &text);
        assert_eq!(ran.code, 2, "{what}: {}", ran.out);
    };
    try_with("no passages", &|hit| drop(hit.remove("passages")));
    for (key, value) in [("score", 99.into()), ("byte_start", 99.into()), ("marks", Value::Array(vec![]))] {
        try_with(key, &|hit| hit["passages"][1][key] = value.clone());
    }
    try_with("one less", &|hit| drop(hit["passages"].as_array_mut().unwrap().pop()));
    try_with("one twice", &|hit| {
        let all = hit["passages"].as_array_mut().unwrap();
        all.push(all[0].clone());
    });
    // Keys that were put in are named.
    let mut first = whole.clone();
    first.as_object_mut().unwrap().insert("retracted".to_owned(), "yes".into());
    lines[at] = first;
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let ran = check(&sandbox, "p.jsonl", &text).ended(0);
    assert!(ran.out.contains("what was put in, and is not proven: `retracted`"), "{}", ran.out);
    let noted = export(&sandbox, "list.json", &[]).replacen("{\"", "{\"notes\":[\"all retracted\"],\"", 1);
    let ran = check(&sandbox, "list.json", &noted).ended(2);
    assert!(ran.out.contains("`notes`"), "{}", ran.out);
}

/// What was cut or emptied where no offsets say how much there was.
#[test]
fn passages_without_offsets() {
    let sandbox = home();
    let whole = records(&export(&sandbox, "list.csv", &["--columns", "article_id,passage"]));
    for to in ["", "The weir at Dale"] {
        let mut cut = whole.clone();
        cut[1][1] = to.to_owned();
        let ran = check(&sandbox, "list.csv", &table(&cut)).ended(2);
        assert!(ran.out.contains("row 1:") && ran.out.contains("does not stand at its place"), "{}", ran.out);
    }
    // Without the ledger an emptied one is still known.
    std::fs::remove_file(sandbox.path("list.csv.manifest.json")).unwrap();
    let mut empty = whole;
    empty[1][1].clear();
    check(&sandbox, "list.csv", &table(&empty)).ended(2);
}

/// A list of another newsdex, whose query is not asked again: left and right must stand in the article all the same.
#[test]
fn quotations_are_looked_up() {
    let sandbox = home();
    for columns in ["article_id,left,right", "article_id,left,match,right"] {
        let text = export(&sandbox, "list.csv", &["--columns", columns]);
        let path = sandbox.path("list.csv.manifest.json");
        let manifest = std::fs::read_to_string(&path).unwrap();
        let other =
            manifest.replacen(&format!("\"newsdex\": \"{}\"", env!("CARGO_PKG_VERSION")), "\"newsdex\": \"0.0.9\"", 1);
        assert_ne!(manifest, other);
        std::fs::write(&path, other).unwrap();
        let ran = check(&sandbox, "list.csv", &text.replace("\r\n", "\n")).ended(0);
        assert!(ran.out.contains("for 6 rows the query was not asked again"), "{}", ran.out);
        let mut forged = records(&text);
        forged[1][1] = "Officials lied about".to_owned();
        let ran = check(&sandbox, "list.csv", &table(&forged)).ended(2);
        assert!(ran.out.contains("`left` is not what was written"), "{}", ran.out);
    }
}

/// What is not there is `null` for some programs; two documents are no list.
#[test]
fn json_of_other_programs() {
    let sandbox = home();
    let text = export(&sandbox, "list.jsonl", &[]);
    let nulls = |line: &str| {
        let mut hit: serde_json::Map<String, Value> = serde_json::from_str(line).unwrap();
        for key in ["guid", "correction", "license", "dateModified"] {
            hit.entry(key).or_insert(Value::Null);
        }
        format!("{}\n", Value::Object(hit))
    };
    check(&sandbox, "list.jsonl", &text.lines().map(nulls).collect::<String>()).ended(0);
    let text = export(&sandbox, "list.json", &[]);
    let ran = check(&sandbox, "list.json", &format!("{{\"query\":\"murder\",\"hits\":[]}}{text}")).ended(2);
    assert!(ran.err.contains("no JSON of a hit"), "{}", ran.err);
}

/// An intact list stays proven when its articles are corrected, withdrawn and corrected again, with any columns.
#[test]
fn an_intact_list_stays_proven() {
    let sandbox = home();
    let lists: Vec<String> = ["title,passage", "title", "hit,article_id", "article_id,passage,published", "+version"]
        .iter()
        .enumerate()
        .flat_map(|(n, columns)| {
            ["csv", "jsonl", "xlsx"].map(|format| {
                let file = format!("{n}.{format}");
                sandbox.run(&["export", "council", "-o", &file, "--columns", columns]).ended(0);
                file
            })
        })
        .collect();
    let later = line("weir", "Weir to go", "2025-04-01T10:00:00Z", "The weir will go, and nothing comes in its place.");
    take_in(&sandbox, "b.jsonl", &[later]);
    for file in &lists {
        let ran = sandbox.run(&["check", file]).ended(0);
        assert!(ran.out.contains("stands in version 1; the article changed since (version 2: text, "), "{}", ran.out);
        assert!(ran.out.contains("proven: 6 of 6 rows stand as written, 1 of them in articles that changed since"));
    }
    sandbox.run(&["rebuild"]).ended(0);
    sandbox.run(&["check", &lists[0]]).ended(0);
}

/// Formats with one record an article: as many records as were asked for, and each article's standing.
#[test]
fn records_are_articles() {
    let sandbox = home();
    for format in ["ris", "bibtex", "csl", "trec"] {
        let file = format!("list.{format}");
        let ran =
            sandbox.run(&["export", "council", "--sort", "date", "-n", "4", "--format", format, "-o", &file]).ended(0);
        assert!(ran.err.contains("4 rows"), "{format}: {}", ran.err);
        let ran = sandbox.run(&["check", &file]).ended(0);
        assert!(ran.out.contains("4 of 4 articles cited stand"), "{format}: {}", ran.out);
        let said = sandbox.run(&["export", "council", "--per", "passage", "--format", format]).ended(0).err;
        assert!(said.contains("holds one record an article"), "{said}");
    }
}

/// Every file of hits has a manifest, whichever command wrote it; what goes into a pipe has none.
#[test]
fn other_commands_write_one_too() {
    let sandbox = home();
    sandbox.run(&["save", "town", "council"]).ended(0);
    take_in(&sandbox, "b.jsonl", &[line("quay", "Quay", "2025-03-06T10:00:00Z", "The council will mend the quay.")]);
    for format in newsdex::export::Format::ALL {
        let name = format.name();
        for args in [
            &["search", "council", "-n", "3", "--offset", "1", "--passages", "2", "--explain"][..],
            &["search", "council", "--per", "passage", "--sort", "date"],
            &["new", "--peek"],
        ] {
            sandbox.run(&[args, &["--format", name, "-o", "list"]].concat()).ended(0);
            let ran = sandbox.run(&["check", "list"]).ended(0);
            assert!(
                ran.out.contains("as it was written") && ran.out.contains(": proven: "),
                "{name} {args:?}: {}",
                ran.out
            );
        }
    }
    sandbox.run(&["search", "council", "-o", "page.txt"]).ended(0);
    assert!(!sandbox.path("page.txt.manifest.json").exists());
}

/// A manifest of the first version has no ledger: its list is compared as far as its columns go.
#[test]
fn a_manifest_without_a_ledger_is_read() {
    let sandbox = home();
    let text = export(&sandbox, "list.csv", &[]);
    let path = sandbox.path("list.csv.manifest.json");
    let mut manifest: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    let object = manifest.as_object_mut().unwrap();
    assert_eq!(object["ledger"].as_array().unwrap().len(), 5);
    object.remove("ledger");
    object.insert("schema_version".to_owned(), 1.into());
    std::fs::write(&path, manifest.to_string()).unwrap();
    let ran = check(&sandbox, "list.csv", &text).ended(0);
    assert!(ran.out.contains("as it was written") && ran.out.contains("proven: 6 of 6"), "{}", ran.out);
    let ran = check(&sandbox, "list.csv", &text.replace("stone", "straw")).ended(2);
    assert!(ran.out.contains("does not stand at its place") && ran.out.contains("without a ledger"), "{}", ran.out);
    let ran = check(&sandbox, "list.csv", &table(&records(&text)[..5])).ended(2);
    assert!(ran.out.contains("2 rows are missing"), "{}", ran.out);
}
