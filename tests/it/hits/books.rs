//! Workbooks: what a person sees is what is checked, whatever else was put into the file.

use std::io::{Cursor, Read, Write};

use super::{line, take_in};
use crate::sandbox::{Ran, Sandbox};

const DAM: &str = "The dam at Brell was built in stone, and the council will mend it.";

fn home() -> Sandbox {
    let sandbox = Sandbox::new();
    let dated = |id: &str, day: &str| {
        line(id, &format!("Dam {id}"), "2025-03-01T10:00:00Z", DAM).replace("\"2025-03-01\"", &format!("\"{day}\""))
    };
    let address = |id: &str, path: &str| {
        line(id, "Dam", "2025-03-01T10:00:00Z", DAM)
            .replace(&format!("https://dale.example/{id}"), &format!("https://dale.example/{path}"))
    };
    let lines = [
        dated("new-year", "1900-01-01"),
        dated("leap", "1900-02-28"),
        dated("march", "1900-03-01"),
        address("a", "d%C3%A4mm"),
        address("b", "%D0%BC%D0%BE%D1%81%D1%82?a=%2C"),
        address("c", "d%C3%A4mm%20x"),
        address("d", "plain"),
    ];
    take_in(&sandbox, "a.jsonl", &lines);
    sandbox
}

/// The workbook at `file` with its parts as `change` makes them: a new text, or further parts.
fn rewritten(sandbox: &Sandbox, file: &str, change: impl Fn(&str, String) -> Vec<(String, String)>) {
    let whole = std::fs::read(sandbox.path(file)).unwrap();
    let mut from = zip::ZipArchive::new(Cursor::new(whole)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut part = from.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        for (name, text) in change(&name, text) {
            to.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
            to.write_all(text.as_bytes()).unwrap();
        }
    }
    sandbox.write(file, to.finish().unwrap().into_inner());
}

/// Exports, changes one part by its ending, and checks.
fn changed(sandbox: &Sandbox, ending: &str, change: impl Fn(&str) -> String) -> Ran {
    sandbox.run(&["export", "dam", "--sort", "date", "-o", "list.xlsx"]).ended(0);
    rewritten(sandbox, "list.xlsx", |name, text| {
        let now = if name.ends_with(ending) { change(&text) } else { text.clone() };
        assert!(!name.ends_with(ending) || now != text, "{text}");
        vec![(name.to_owned(), now)]
    });
    sandbox.run(&["check", "list.xlsx"])
}

#[test]
fn what_was_just_written_is_proven() {
    let sandbox = home();
    for columns in [&[][..], &["--columns", "licence"], &["--columns", "republisher,agency"], &["--columns", "url"]] {
        for format in ["xlsx", "csv", "tsv", "jsonl"] {
            let file = format!("list.{format}");
            let export = [&["export", "dam", "--sort", "date", "-o", &file], columns].concat();
            let said = sandbox.run(&export).ended(0).err;
            let has_url = columns.is_empty() || columns.contains(&"url");
            let spoilt = said.contains("1 address with signs that a workbook would spoil");
            assert_eq!(spoilt, format == "xlsx" && has_url, "{said}");
            let ran = sandbox.run(&["check", &file]).ended(0);
            assert!(ran.out.contains("proven: 7 of 7 rows stand as written"), "{columns:?} {file}: {}", ran.out);
        }
    }
    sandbox.run(&["export", "dam", "-o", "list.xlsx"]).ended(0);
    rewritten(&sandbox, "list.xlsx", |name, text| {
        if name.ends_with("sheet1.xml.rels") {
            // The link leads where the article says, letters escaped or not.
            assert!(text.contains("https://dale.example/dämm\"") && !text.contains("%25"), "{text}");
        }
        vec![(name.to_owned(), text)]
    });
}

#[test]
fn tables_of_one_column() {
    let sandbox = home();
    // Some rows have nothing on the left of their match: those rows are empty.
    let begins = line("begins", "A dam", "2025-03-02T10:00:00Z", "Dam after dam was built at Brell.");
    take_in(&sandbox, "b.jsonl", &[begins]);
    for column in ["passage", "title", "url", "left"] {
        for format in ["csv", "tsv", "xlsx", "jsonl"] {
            let file = format!("list.{format}");
            sandbox.run(&["export", "dam", "--columns", column, "-o", &file]).ended(0);
            let ran = sandbox.run(&["check", &file]).ended(0);
            assert!(ran.out.contains("proven: 8 of 8"), "{column} {format}: {}", ran.out);
            if format == "csv" {
                let text = std::fs::read_to_string(sandbox.path(&file)).unwrap();
                let mut lines: Vec<&str> = text.split_inclusive("\r\n").collect();
                if lines.concat() == text && !text.contains("\n\n") {
                    lines[1..].sort_unstable();
                    sandbox.write(&file, lines.concat());
                    sandbox.run(&["check", &file]).ended(0);
                }
            }
        }
    }
}

#[test]
fn the_sheet_that_is_seen_is_checked() {
    let sandbox = home();
    changed(&sandbox, "docProps/app.xml", |text| text.replace("Excel", "Other")).ended(0);
    // Another part stands for the sheet.
    sandbox.run(&["export", "dam", "--sort", "date", "-o", "list.xlsx"]).ended(0);
    rewritten(&sandbox, "list.xlsx", |name, text| match name {
        "xl/worksheets/sheet1.xml" => {
            let altered = text.replace("built in stone", "built in straw");
            assert_ne!(text, altered);
            vec![(name.to_owned(), text), ("xl/worksheets/sheet9.xml".to_owned(), altered)]
        }
        "xl/_rels/workbook.xml.rels" => vec![(name.to_owned(), text.replace("sheet1.xml", "sheet9.xml"))],
        _ => vec![(name.to_owned(), text)],
    });
    let ran = sandbox.run(&["check", "list.xlsx"]).ended(2);
    assert!(ran.out.contains("does not stand at its place"), "{}", ran.out);

    // Programs go by the relations: other strings, another book.
    sandbox.run(&["export", "dam", "--sort", "date", "-o", "list.xlsx"]).ended(0);
    rewritten(&sandbox, "list.xlsx", |name, text| match name {
        "xl/_rels/workbook.xml.rels" => vec![(name.to_owned(), text.replace("sharedStrings.xml", "strings2.xml"))],
        "xl/worksheets/sheet1.xml" => {
            let cell = "t=\"inlineStr\"><is><t>Dam new-year</t></is>";
            assert!(text.contains(cell), "{text}");
            vec![(name.to_owned(), text.replace(cell, "t=\"s\"><v>0</v>"))]
        }
        "xl/sharedStrings.xml" => {
            let strings = |said: &str| format!("<sst><si><t>{said}</t></si></sst>");
            vec![(name.to_owned(), strings("Dam new-year")), ("xl/strings2.xml".to_owned(), strings("Forged"))]
        }
        _ => vec![(name.to_owned(), text)],
    });
    let ran = sandbox.run(&["check", "list.xlsx"]).ended(2);
    assert!(ran.out.contains("row 1:") && ran.out.contains("`title` is not"), "{}", ran.out);
    let ran = changed(&sandbox, "xl/workbook.xml", |text| {
        text.replace("<sheet name=\"Hits\"", "<sheet state=\"hidden\" name=\"Hits\"")
    });
    assert!(ran.code == 2 && ran.err.contains("its sheet `Hits` is hidden"), "{}", ran.err);
    let ran = changed(&sandbox, "docProps/app.xml", |text| text.replace("Excel", "Other"));
    assert!(ran.out.contains("the sheet `Hits` was compared; not proven: `About`"), "{}", ran.out);

    let sheet = "xl/worksheets/sheet1.xml";
    let ran = changed(&sandbox, sheet, |text| {
        let at = text.find("<is><t>Dam new-year").unwrap();
        format!("{}<f>\"Other\"</f>{}", &text[..at], &text[at..])
    })
    .ended(2);
    assert!(ran.out.contains("row 1:") && ran.out.contains("`title` is not"), "{}", ran.out);
    let ran = changed(&sandbox, "xl/workbook.xml", |text| text.replace("<workbookPr", "<workbookPr date1904=\"1\""));
    assert!(ran.code == 2 && ran.err.contains("counts days from 1904"), "{}", ran.err);
    let ran = changed(&sandbox, sheet, |text| text.replacen("<row r=\"3\"", "<row r=\"3\" hidden=\"1\"", 1)).ended(0);
    assert!(ran.out.contains("1 row hidden in the sheet"), "{}", ran.out);
    let twice = changed(&sandbox, sheet, |text| {
        let cell = "<c r=\"G2\" t=\"inlineStr\"><is><t>Other</t></is></c>";
        let at = text.find("<c r=\"G2\"").unwrap();
        format!("{}{cell}{}", &text[..at], &text[at..])
    });
    assert!(twice.code == 2 && twice.out.contains("row 1:"), "{}", twice.out);
}

/// A title above the header, and a blank row, are none of ours.
#[test]
fn what_people_put_around_a_list() {
    let sandbox = home();
    sandbox.run(&["export", "dam", "--sort", "date", "-o", "list.csv"]).ended(0);
    let text = std::fs::read_to_string(sandbox.path("list.csv")).unwrap();
    let (head, rows) = text.split_once("\r\n").unwrap();
    let blank = ",".repeat(head.matches(',').count());
    for changed in [
        format!("Hits for the editor\r\n\r\n{head}\r\n{rows}"),
        format!("{head}\r\n{blank}\r\n{rows}"),
        format!("{head}\r\n{rows}{blank}\r\n"),
    ] {
        sandbox.write("list.csv", &changed);
        let ran = sandbox.run(&["check", "list.csv"]).ended(0);
        assert!(ran.out.contains("proven: 7 of 7"), "{}", ran.out);
    }
    // A line with a column's name in it is no header; a table above ours is none that was written.
    sandbox.write("list.csv", format!("query,\"5,000\"\r\n{head}\r\n{rows}"));
    sandbox.run(&["check", "list.csv"]).ended(0);
    sandbox.write("list.csv", format!("Hit,Article,Title\r\n1,x,Forged\r\n{head}\r\n{rows}"));
    let ran = sandbox.run(&["check", "list.csv"]).ended(2);
    assert!(ran.out.contains("2 rows of a table above its header"), "{}", ran.out);
    sandbox.write("list.csv", format!("{head}\r\n{}", rows.replacen("\r\n", ",beside\r\n", 1)));
    let ran = sandbox.run(&["check", "list.csv"]).ended(0);
    assert!(ran.out.contains("what was put in, and is not proven: `cells in no column`"), "{}", ran.out);
    let wide: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    sandbox.write("list.csv", wide);
    let ran = sandbox.run(&["check", "list.csv"]).ended(2);
    assert!(ran.err.contains("save it as `CSV UTF-8`"), "{}", ran.err);
    // The next file is checked all the same.
    sandbox.run(&["export", "dam", "-o", "good.csv"]).ended(0);
    let ran = sandbox.run(&["check", "list.csv", "good.csv"]).ended(2);
    assert!(ran.out.contains("good.csv: proven: 7 of 7") && ran.err.contains("UTF-16"), "{} {}", ran.out, ran.err);
}
