//! Lists of every format: complete, as many rows as the screen says, the same again and again, and never half.

use std::collections::BTreeMap;
use std::process::Command;

use newsdex::export::Format;

use super::{line, take_in};
use crate::sandbox::{Ran, Sandbox, samples};

const QUERIES: [&str; 3] = ["asylum OR ferry OR harbour", "\"safe-third country\"", "='Norvia'"];

/// Rows of a file, counted by its own rules.
fn rows(format: Format, bytes: &[u8]) -> usize {
    let text = || String::from_utf8(bytes.to_vec()).unwrap();
    match format {
        Format::Jsonl | Format::Trec => text().lines().count(),
        Format::Json => serde_json::from_str::<serde_json::Value>(&text()).unwrap()["hits"].as_array().unwrap().len(),
        Format::Csl => serde_json::from_str::<Vec<serde_json::Value>>(&text()).unwrap().len(),
        Format::Csv | Format::Tsv => {
            let delimiter = if format == Format::Csv { b',' } else { b'\t' };
            csv::ReaderBuilder::new().delimiter(delimiter).from_reader(bytes).records().map(Result::unwrap).count()
        }
        Format::Ris => text().matches("\r\nER  - ").count(),
        Format::Bibtex => text().matches("\n@").count() + usize::from(text().starts_with('@')),
        Format::Markdown => text().lines().filter(|l| l.starts_with("> ")).count(),
        Format::Html => text().matches("<blockquote").count(),
        Format::Xlsx => {
            let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
            let sheet = std::io::read_to_string(zip.by_name("xl/worksheets/sheet1.xml").unwrap()).unwrap();
            sheet.matches("<row ").count() - 1
        }
    }
}

#[test]
fn as_many_rows_as_the_screen_says() {
    let sandbox = Sandbox::with_samples();
    for query in QUERIES {
        let found = sandbox.run(&["search", query, "--no-collapse", "--json"]).ended(0);
        let total = serde_json::from_str::<serde_json::Value>(&found.out).unwrap()["total_articles"].as_u64().unwrap();
        let mut passages = BTreeMap::new();
        for format in Format::ALL {
            for per in ["passage", "article"] {
                let file = sandbox.path(&format!("list.{format}"));
                let path = file.to_str().unwrap();
                let args = ["export", query, "--per", per, "--format", format.name(), "-o", path];
                let said = sandbox.run(&args).ended(0).err;
                let manifest: serde_json::Value = serde_json::from_slice(
                    &std::fs::read(sandbox.path(&format!("list.{format}.manifest.json"))).unwrap(),
                )
                .unwrap();
                let written = manifest["rows"].as_u64().unwrap();
                assert!(said.contains(&format!("{written} rows of {total} articles")), "{format} {per}: {said}");
                assert_eq!(manifest["total_articles"], total, "{format} {per}");
                let counted = rows(format, &std::fs::read(&file).unwrap()) as u64;
                if matches!(format, Format::Markdown | Format::Html) {
                    // A copy of a story is named and not quoted again; a passage may be several paragraphs.
                    assert_eq!(articles(format, &std::fs::read(&file).unwrap()) as u64, total, "{format} {per}");
                } else {
                    assert_eq!(counted, written, "{format} {per}: {query}");
                }
                if matches!(format, Format::Ris | Format::Bibtex | Format::Csl | Format::Trec) || per == "article" {
                    assert_eq!(written, total, "{format} {per}: {query}");
                } else {
                    passages.insert(format.name(), written);
                }
            }
        }
        let all: Vec<u64> = passages.values().copied().collect();
        assert!(all.windows(2).all(|w| w[0] == w[1]), "{query}: {passages:?}");
    }
}

/// Articles that have a record or an entry of their own.
fn articles(format: Format, bytes: &[u8]) -> usize {
    let text = || String::from_utf8_lossy(bytes).into_owned();
    match format {
        Format::Html => text().matches("<article ").count() + text().matches("<li id=\"hit").count(),
        Format::Markdown => text().lines().filter(|l| l.starts_with("article `")).count(),
        _ => rows(format, bytes),
    }
}

/// With copies of a story left out: what is left out and what is written make up what was found, in every format.
#[test]
fn collapsed_lists_count_what_they_leave_out() {
    let sandbox = Sandbox::with_samples();
    let shown = sandbox.run(&["search", QUERIES[0], "--format", "json", "-n", "100"]).ended(0);
    let page: serde_json::Value = serde_json::from_str(&shown.out).unwrap();
    let (stories, total) = (page["hits"].as_array().unwrap().len(), page["total_articles"].as_u64().unwrap());
    assert!((stories as u64) < total, "the samples have copies");
    let screen = sandbox.run(&["search", QUERIES[0], "-n", "100"]).ended(0).out;
    assert!(screen.contains(&format!("1–{stories} of {total} articles found, copies of one story as one")), "{screen}");
    for format in Format::ALL {
        for per in ["article", "passage"] {
            let file = format!("list.{format}");
            let args = ["export", QUERIES[0], "--collapse", "--per", per, "--format", format.name(), "-o", &file];
            let said = sandbox.run(&args).ended(0).err;
            let bytes = std::fs::read(sandbox.path(&file)).unwrap();
            let manifest = std::fs::read(sandbox.path(&format!("{file}.manifest.json"))).unwrap();
            let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
            let written = manifest["rows"].as_u64().unwrap();
            assert!(said.contains(&format!("{written} rows of {total} articles")), "{format} {per}: {said}");
            assert_eq!((&manifest["total_articles"], &manifest["choice"]["collapse"]), (&total.into(), &true.into()));
            if !matches!(format, Format::Markdown | Format::Html) {
                assert_eq!(rows(format, &bytes) as u64, written, "{format} {per}");
            }
            let references = matches!(format, Format::Ris | Format::Bibtex | Format::Csl | Format::Trec);
            if per == "article" || references || matches!(format, Format::Markdown | Format::Html) {
                assert_eq!(articles(format, &bytes), stories, "{format} {per}");
            }
            if matches!(format, Format::Jsonl) && per == "article" {
                let text = String::from_utf8(bytes).unwrap();
                let copies = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["copies"].as_u64();
                let left_out: u64 = text.lines().filter_map(copies).sum();
                assert_eq!(left_out + stories as u64, total);
            }
        }
    }
}

/// What differs from one writing to the next: only when it was.
fn steady(format: Format, bytes: &[u8]) -> Vec<u8> {
    let text = match format {
        Format::Xlsx => {
            let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
            let sheet = zip.by_name("xl/worksheets/sheet1.xml").unwrap();
            return std::io::read_to_string(sheet).unwrap().into_bytes();
        }
        _ => String::from_utf8(bytes.to_vec()).unwrap(),
    };
    let timeless =
        |l: &str| !l.contains("<dt>made</dt>") && !l.starts_with("* corpus revision") && !l.contains("\"time\":");
    text.lines().filter(|l| timeless(l)).collect::<Vec<_>>().join("\n").into_bytes()
}

#[test]
fn the_same_list_after_a_rebuild_and_with_any_number_of_threads() {
    let sandbox = Sandbox::with_samples();
    let list = |threads: &str, format: Format, sort: &str| {
        let mut command = sandbox.command(&["export", QUERIES[0], "--format", format.name(), "--sort", sort]);
        let ran = command.env("RAYON_NUM_THREADS", threads).output().unwrap();
        assert!(ran.status.success());
        steady(format, &ran.stdout)
    };
    let all = |threads: &str| -> Vec<Vec<u8>> {
        let sorts = ["relevance", "date", "-date"];
        Format::ALL.iter().flat_map(|f| sorts.map(|sort| list(threads, *f, sort))).collect()
    };
    let first = all("1");
    assert_eq!(first, all("4"));
    sandbox.run(&["rebuild"]).ended(0);
    assert_eq!(first, all("2"));
    std::fs::remove_dir_all(sandbox.path("index")).unwrap();
    assert_eq!(first, all("3"));
}

#[test]
fn many_lists_in_one_pass() {
    let sandbox = Sandbox::with_samples();
    let queries =
        sandbox.write("q.tsv", "\u{feff}border\t\"safe-third country\"\n\nwater/works\tferry OR bac\nnone\tzzzyx\n");
    let queries = queries.to_str().unwrap();
    let one = sandbox.path("all.csv");
    sandbox
        .run(&["export", "--queries", queries, "-o", one.to_str().unwrap(), "--columns", "hit,article_id,query"])
        .ended(0);
    let mut reader = csv::Reader::from_path(&one).unwrap();
    assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), ["name", "hit", "article_id", "query"]);
    let names: Vec<String> = reader.records().map(|r| r.unwrap()[0].to_owned()).collect();
    assert!(names.contains(&"border".to_owned()) && names.contains(&"water/works".to_owned()));
    let folder = sandbox.path("lists");
    let ran = sandbox
        .run(&["export", "--queries", queries, "--output-dir", folder.to_str().unwrap(), "--format", "csv"])
        .ended(0);
    let mut count = 0;
    for name in ["border", "water_works", "none"] {
        let file = folder.join(format!("{name}.csv"));
        let lines = csv::Reader::from_path(&file).unwrap().records().count();
        assert!(ran.err.contains(&format!("{lines} rows, ")), "{}", ran.err);
        assert!(folder.join(format!("{name}.csv.manifest.json")).exists());
        count += lines;
    }
    assert_eq!(count, names.len());

    for (text, said) in [
        ("a\tferry\nA\tbac\n", "line 2: the name `A` is taken by an earlier line (`a`)"),
        ("a/b\tferry\na_b\tbac\n", "line 2: the name `a_b` is taken"),
        ("ferry\n", "line 1: no tab"),
        ("\tferry\n", "line 1: no name"),
        ("x\tferry AND (\n", "line 1"),
    ] {
        let file = sandbox.write("bad.tsv", text);
        let ran = sandbox.run(&["export", "--queries", file.to_str().unwrap()]).ended(2);
        assert!(ran.err.contains(said), "{text:?}: {}", ran.err);
    }
}

#[test]
fn copies_stand_with_their_story_in_the_report() {
    let sandbox = Sandbox::new();
    let text = "The ferry at Dale was stopped by a storm on Monday.\n\nThe harbour master said that it would run again on Thursday, if the wind allowed it, and that nobody had been hurt on the crossing.";
    let other = "A second ferry is to be built at Dale.";
    take_in(
        &sandbox,
        "a.jsonl",
        &[
            line("first", "Ferry stopped ferry", "2025-03-01T10:00:00Z", text),
            line("between", "Second ferry for Dale", "2025-03-02T10:00:00Z", other),
            line("copy", "Ferry stopped", "2025-03-03T10:00:00Z", text),
        ],
    );
    let page = sandbox.run(&["export", "ferry", "--format", "html"]).ended(0).out;
    assert_eq!(page.matches("<article ").count(), 2, "{page}");
    let story = page.find("Copies of this story").expect("a group of copies");
    let end = page[story..].find("</ul>\n</article>").expect("its end");
    assert_eq!(page[story..story + end].matches("<li ").count(), 1);
    assert!(page.contains("and 1 further copy of this story"));
    let folded = sandbox.run(&["export", "ferry", "--format", "html", "--collapse"]).ended(0).out;
    assert!(!folded.contains("Copies of this story") && folded.contains("and 1 further copy of this story"));
}

/// A folder in which an export was killed holds the list there was before, whole, or the new one, whole.
#[cfg(unix)]
#[test]
fn a_killed_export_leaves_no_half_file() {
    let sandbox = Sandbox::new();
    let lines: Vec<String> = (0..600)
        .map(|n| {
            line(
                &format!("n{n}"),
                "Ferry",
                "2025-03-01T10:00:00Z",
                &format!("The ferry ran {n} times on Monday, and the harbour was full."),
            )
        })
        .collect();
    take_in(&sandbox, "a.jsonl", &lines);
    let folder = sandbox.path("out");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("list.json");
    let args = ["export", "ferry", "--format", "json", "-o", file.to_str().unwrap()];
    for wait in [0, 5, 20, 40, 60, 90] {
        std::fs::write(&file, "what was there before").unwrap();
        let mut child = sandbox.command(&args).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(wait));
        child.kill().unwrap();
        child.wait().unwrap();
        let text = std::fs::read_to_string(&file).unwrap();
        let whole = serde_json::from_str::<serde_json::Value>(&text).is_ok_and(|list| list["rows"] == 600);
        assert!(whole || text == "what was there before", "killed after {wait} ms: {} bytes", text.len());
        for entry in std::fs::read_dir(&folder).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let known = name == "list.json" || name == "list.json.manifest.json";
            assert!(known || (name.starts_with(".newsdex-") && name.ends_with(".part")), "{name}");
        }
    }
    // A reader that goes away is no error.
    let piped = format!("{} export ferry --format json | head -c 100 >/dev/null", env!("CARGO_BIN_EXE_newsdex"));
    let ran = Command::new("bash")
        .args(["-c", &format!("set -o pipefail; {piped}")])
        .env("NEWSDEX_HOME", sandbox.path("."))
        .output();
    Ran::of(ran.unwrap()).ended(0);
}

#[test]
fn readers_outside_agree_on_the_samples() {
    // LibreOffice takes a workbook and gives a table: the same cells as the table we write.
    let sandbox = Sandbox::with_samples();
    let (book, table) = (sandbox.path("list.xlsx"), sandbox.path("ours.csv"));
    let columns = "hit,article_id,published,title,authors,match,passage,char_start,url,sha256,query";
    for path in [&book, &table] {
        let args = ["export", QUERIES[0], "--columns", columns, "-o", path.to_str().unwrap()];
        sandbox.run(&args).ended(0);
    }
    let office = Command::new("soffice")
        .args(["--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true", "--outdir"])
        .arg(sandbox.path("office"))
        .arg(&book)
        .env("HOME", sandbox.path("."))
        .output();
    let Ok(office) = office else {
        eprintln!("skipped: LibreOffice is not here, the workbook was not read by it ({})", samples());
        return;
    };
    assert!(office.status.success());
    let read = |path: std::path::PathBuf| -> Vec<Vec<String>> {
        let records = csv::ReaderBuilder::new().has_headers(false).from_path(path).unwrap().into_records();
        // Times are shown without their zone there.
        let cell = |(at, cell): (usize, &str)| match at {
            2 => cell.get(..10).unwrap_or(cell).to_owned(),
            _ => cell.trim_start_matches('\'').to_owned(),
        };
        records.map(|record| record.unwrap().iter().enumerate().map(cell).collect()).collect()
    };
    assert_eq!(read(sandbox.path("office/list.csv")), read(table.clone()));

    // And a list that it has saved again is still proven, row by row.
    let again = Command::new("soffice")
        .args(["--headless", "--convert-to", "csv", "--outdir"])
        .arg(sandbox.path("again"))
        .arg(&table)
        .env("HOME", sandbox.path("."))
        .output();
    assert!(again.unwrap().status.success());
    let checked = sandbox.run(&["check", sandbox.path("again/ours.csv").to_str().unwrap()]).ended(0);
    assert!(checked.out.contains("proven"), "{}", checked.out);
}

/// What stands of a story in each row: all rows of it name it and count the others.
#[test]
fn copies_are_told_in_every_row() {
    let sandbox = Sandbox::new();
    let text = "The ferry at Dale was stopped by a storm on Monday.\n\nThe harbour master said that it would run again on Thursday, if the wind allowed it, and that nobody had been hurt on the crossing.";
    take_in(
        &sandbox,
        "a.jsonl",
        &[
            line("first", "Ferry stopped ferry", "2025-03-01T10:00:00Z", text),
            line("between", "Second ferry for Dale", "2025-03-02T10:00:00Z", "A second ferry is to be built at Dale."),
            line("copy", "Ferry stopped", "2025-03-03T10:00:00Z", &text.replace("on Monday", "late on Monday")),
        ],
    );
    let list = |args: &[&str]| sandbox.run(&[&["export", "ferry", "--sort", "date"], args].concat()).ended(0).out;
    let told = |list: &str| {
        let rows = csv::Reader::from_reader(list.as_bytes()).into_records().map(Result::unwrap).collect::<Vec<_>>();
        rows.iter().map(|row| (row[0].to_owned(), row[1].to_owned())).collect::<Vec<_>>()
    };
    let columns = ["--format", "csv", "--columns", "story,copies"];
    let rows = told(&list(&columns));
    let story = rows[0].0.clone();
    assert!(!story.is_empty());
    let of = |story: &str, copies: &str| (story.to_owned(), copies.to_owned());
    assert_eq!(rows, [of(&story, "1"), of("", "0"), of(&story, "1")]);
    assert_eq!(told(&list(&[&columns[..], &["--collapse"]].concat())), [of(&story, "1"), of("", "0")]);
    // Where nobody counted, nothing is said.
    sandbox.run(&["save", "boats", "ferry"]).ended(0);
    take_in(&sandbox, "b.jsonl", &[line("more", "Ferry late", "2025-03-04T10:00:00Z", "The ferry was late.")]);
    let new = sandbox.run(&["new", "--format", "jsonl"]).ended(0).json();
    assert!(new[0].get("copies").is_none() && new[0].get("story").is_none(), "{}", new[0]);
    // A report quotes a copy where its words are others, and says how many it does not quote.
    let page = list(&["--format", "html"]);
    assert!(page.contains("late on Monday") && !page.contains("of a copy, in the words"), "{page}");
    assert_eq!(page.matches("<blockquote").count(), 4, "{page}");
    let same =
        sandbox.run(&["export", "\"nobody had been hurt\"", "--format", "html", "--per", "passage"]).ended(0).out;
    assert!(same.matches("<blockquote").count() == 2, "{same}");
    take_in(&sandbox, "c.jsonl", &[line("again", "Ferry stopped", "2025-03-05T10:00:00Z", text)]);
    let page = list(&["--format", "html"]);
    assert!(page.contains("; 1 of a copy, in the words of its story, is quoted there"), "{page}");
    assert!(page.contains(", in the words quoted above"), "{page}");
}

/// A long article has thousands of passages: its text stands in the first row, and offsets are those of the text.
#[test]
fn the_whole_text_stands_once() {
    let sandbox = Sandbox::new();
    let sentence = |n: u32| {
        format!("On day {n} the größte ferry of Dale left the harbour “at noon” and came back with the tide. ")
    };
    let text: String = (0..400).map(sentence).collect();
    take_in(&sandbox, "a.jsonl", &[line("long", "The log", "2025-03-01T10:00:00Z", &text)]);
    let path = sandbox.path("list.jsonl");
    sandbox.run(&["export", "ferry", "-o", path.to_str().unwrap()]).ended(0);
    let list = std::fs::read_to_string(&path).unwrap();
    let rows: Vec<serde_json::Value> = list.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(rows.len() > 20, "{}", rows.len());
    let body = rows[0]["articleBody"].as_str().unwrap();
    assert!(rows[1..].iter().all(|row| row.get("articleBody").is_none()));
    let cut = |from: &serde_json::Value, start: &str, end: &str| -> String {
        let at = |key: &str| usize::try_from(from[key].as_u64().unwrap()).unwrap();
        body.chars().skip(at(start)).take(at(end) - at(start)).collect()
    };
    for row in &rows {
        assert_eq!(cut(row, "char_start", "char_end"), row["passage"]);
        assert_eq!(cut(&row["marks"][0], "char_start", "char_end"), row["marks"][0]["text"]);
    }
    let proven = sandbox.run(&["check", path.to_str().unwrap()]).ended(0).out;
    assert!(proven.contains(&format!("proven: {0} of {0}", rows.len())), "{proven}");
    // A text that somebody put into another row is found.
    let mut forged = rows.clone();
    forged[3]["articleBody"] = body.replace("Dale", "Vale").into();
    let forged: String = forged.iter().map(|row| format!("{row}\n")).collect();
    std::fs::write(&path, forged).unwrap();
    let found = sandbox.run(&["check", path.to_str().unwrap()]).ended(2).out;
    assert!(found.contains("articleBody"), "{found}");
}

/// What speaks against a date, what an article is beside news, who contributed, and where the match stands.
#[test]
fn doubts_and_flags_are_told() {
    let sandbox = Sandbox::new();
    let article = |id: &str, date: &str, text: &str, section: &str| {
        let object = serde_json::json!({ "id": id, "url": format!("https://dale.example/{section}/{id}"), "title": "The ferry",
            "source": "Dale Gazette", "date": date, "section": section, "text": text });
        format!("{object}\n")
    };
    take_in(
        &sandbox,
        "a.jsonl",
        &[
            article("ahead", "2999-10-30", "The boat will be sold in the spring, said the owner of the ferry.", "news"),
            article(
                "part",
                "2025-03-02",
                "The boat was sold to a man from Tarn who has three of them [+1210 chars]",
                "news",
            ),
            article(
                "wire",
                "2025-03-03",
                "The ferry was sold to Tarn.\n\nThe Associated Press contributed to this report.",
                "news",
            ),
        ],
    );
    let path = sandbox.path("list.csv");
    let path = path.to_str().unwrap();
    let said = sandbox.run(&["export", "ferry", "--format", "csv", "-o", path]).ended(0).err;
    assert!(said.contains("note: 1 article with a doubtful date: `--columns +published_doubt`"), "{said}");
    assert!(said.contains("1 only an excerpt: `--columns +flags`"), "{said}");
    let manifest = std::fs::read_to_string(format!("{path}.manifest.json")).unwrap();
    assert!(manifest.contains("with a doubtful date"), "{manifest}");
    let columns = "article_id,published_doubt,flags,agency_contributing,match_in";
    let said = sandbox.run(&["export", "ferry", "--format", "csv", "--sort", "date", "--columns", columns, "-o", path]);
    assert!(!said.ended(0).err.contains("doubtful"));
    let list = std::fs::read_to_string(path).unwrap();
    let rows: Vec<csv::StringRecord> =
        csv::Reader::from_reader(list.as_bytes()).records().map(Result::unwrap).collect();
    let told: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().skip(1).collect()).collect();
    assert!(told.contains(&vec!["", "truncated", "", "title"]), "{told:?}");
    assert!(told.contains(&vec!["", "", "AP", "text"]), "{told:?}");
    assert!(told.iter().any(|row| row[0].contains("future") && row[3] == "text"), "{told:?}");
    sandbox.run(&["check", path]).ended(0);
    let forged = list.replace(",truncated,", ",opinion,");
    std::fs::write(path, forged).unwrap();
    assert!(sandbox.run(&["check", path]).ended(2).out.contains("flags"));
    let rows = sandbox.run(&["export", "ferry", "--sort", "date"]).ended(0).json();
    assert!(rows.iter().any(|row| row["flags"] == serde_json::json!(["truncated"]) && row["match_in"] == "title"));
    assert!(rows.iter().any(|row| row["agency_contributing"] == serde_json::json!(["AP"])));
    for args in [
        &["search", "ferry", "--no-pager"][..],
        &["export", "ferry", "--format", "html"],
        &["export", "ferry", "--format", "md"],
    ] {
        let out = sandbox.run(args).ended(0).out;
        assert!(out.contains("only an excerpt"), "{args:?}: {out}");
    }
}
