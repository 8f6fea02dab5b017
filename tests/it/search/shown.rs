//! What a person and a program are shown of what was found: lines, counts, dates as far as they are known, limits.

use serde_json::{Value, json};

use crate::sandbox::{Ran, Sandbox};

/// A home with articles of these titles, texts and days.
fn home(articles: &[(&str, &str, &str)]) -> Sandbox {
    let sandbox = Sandbox::new();
    let line = |(number, (title, text, day)): (usize, &(&str, &str, &str))| {
        let source = ["Lindhaven Post", "Quarry Times"][number % 2];
        let mut object = json!({ "id": number.to_string(), "title": title, "text": text, "source": source });
        if !day.is_empty() {
            object["published"] = json!(day);
        }
        object.to_string()
    };
    let lines: Vec<String> = articles.iter().enumerate().map(line).collect();
    sandbox.write("articles.jsonl", lines.join("\n"));
    sandbox.run(&["ingest", "articles.jsonl"]).ended(0);
    sandbox
}

const FERRY: &str = "The ferry to Lindhaven was late again on Monday, and the ferry office said why. A pump had failed. \
    Two more pumps are old, it said, and will be changed before the summer when the ferry is full.";
const BRIDGE: &str = "A bridge would do better than a ferry, wrote a reader of this paper from the western quay. The council has \
    heard this every year since the war and has always answered that a bridge is dear.";

fn ferries() -> Sandbox {
    home(&[
        ("Ferry late", FERRY, "2025-06-27"),
        ("Éclair eaten on the ferry", BRIDGE, "2025-06"),
        ("Ferry in the year of the flood", "The year was wet, and a zebra of a ferry, striped, sank.", "2025"),
        ("Old ferry", "An Über-ferry was built, and a ferry école with it, long before the war.", ""),
    ])
}

/// Whole documents of JSON.
fn document(ran: &Ran) -> Value {
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {}", ran.out))
}

fn lines(ran: &Ran) -> Vec<&str> {
    ran.out.lines().collect()
}

#[test]
fn a_date_is_asked_for_and_shown_as_far_as_it_is_known() {
    let sandbox = ferries();
    let days = |query: &str| -> Vec<String> {
        let ran = sandbox.run(&["search", query, "--format", "list", "--sort", "date"]);
        let days = ran.out.lines().skip(1).map(|line| line.split_whitespace().nth(1).unwrap().to_owned());
        days.collect()
    };
    assert_eq!(days("ferry date:2025"), ["2025", "2025-06", "2025-06-27"]);
    assert_eq!(days("ferry date:2025-06"), ["2025-06", "2025-06-27"]);
    assert_eq!(days("ferry date:2025-06-01"), [""; 0]);
    assert_eq!(days("ferry date:2025-01-01"), [""; 0]);
    assert_eq!(days("ferry before:2025-07"), ["2025-06", "2025-06-27"]);
    assert_eq!(days("ferry since:2025-06-02"), ["2025-06-27"]);
    assert_eq!(days("ferry date:2025 -date:2025-06"), ["2025"]);
    let ran = sandbox.run(&["search", "ferry", "--until", "2025-06-30", "--format", "list"]).ended(0);
    assert_eq!(lines(&ran).len(), 3, "{}", ran.out);
    // A passage says no more than is known either.
    let ran = sandbox.run(&["search", "flood"]).ended(0);
    assert!(ran.out.contains("Lindhaven Post · 2025 ·") || ran.out.contains("Lindhaven Post · 2025\n"), "{}", ran.out);

    // What may be of those days is left out, and that is said by whatever counts.
    let said = "2 articles left out: known only by year or month, a part of which was asked for";
    for args in [
        &["search", "ferry since:2025-06-02"][..],
        &["search", "ferry since:2025-06-02", "--kwic"],
        &["search", "ferry since:2025-06-02", "--format", "csv"],
        &["search", "ferry", "--since", "2025-06-02", "--by", "source"],
        &["stats", "ferry since:2025-06-02"],
        &["timeline", "ferry since:2025-06-02"],
        &["export", "ferry since:2025-06-02", "-o", "since.csv"],
    ] {
        let ran = sandbox.run(args).ended(0);
        assert!(ran.err.contains(said), "{args:?}: {}", ran.err);
    }
    for query in ["ferry date:2025", "ferry", "ferry -date:2025-06-01", "ferry before:2025"] {
        let ran = sandbox.run(&["search", query]);
        assert!(!ran.err.contains("left out"), "{query}: {}", ran.err);
    }
    // Nor is it known that they are of days that are excluded.
    let said =
        |count| format!("note: {count} found all the same: known only by year or month, a part of which was excluded");
    for (query, count) in [("ferry -date:2025-06", "1 article"), ("ferry -date:2025-06-01", "2 articles")] {
        let ran = sandbox.run(&["search", query]).ended(0);
        assert!(ran.err.contains(&said(count)), "{query}: {}", ran.err);
    }
    for query in ["ferry -date:2025", "ferry -date:2024-06"] {
        let ran = sandbox.run(&["search", query]);
        assert!(!ran.err.contains("a part of which was excluded"), "{query}: {}", ran.err);
        let undated = "note: 1 article found all the same: without the date by which others were excluded";
        assert!(ran.err.contains(undated), "{query}: {}", ran.err);
    }
    let sources = document(&sandbox.run(&["sources", "--json"]).ended(0));
    assert_eq!((&sources[0]["first"], &sources[0]["last"]), (&json!("2025"), &json!("2025-06-27")), "{sources}");

    let timeline =
        |step: &str, format: &str| sandbox.run(&["timeline", "ferry", "--by", step, "--format", format]).ended(0);
    let day = timeline("day", "csv");
    assert_eq!(day.out, "day,articles\r\n2025-06-27,1\r\n2025,1\r\n2025-06,1\r\n");
    assert!(day.err.contains("2 articles, known only by year or month, have rows of their own"), "{}", day.err);
    assert_eq!(timeline("week", "csv").out, "week,articles\r\n2025-06-23,1\r\n2025,1\r\n2025-06,1\r\n");
    assert_eq!(timeline("month", "tsv").out, "month\tarticles\n2025-06\t2\n2025\t1\n");
    let year = timeline("year", "csv");
    assert_eq!(year.out, "year,articles\r\n2025,3\r\n");
    assert!(!year.err.contains("known only"), "{}", year.err);
    let text = timeline("week", "text").out;
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split_whitespace().take(2).collect()).collect();
    assert_eq!(rows, [["2025-06-23", "1"], ["2025", "1"], ["2025-06", "1"]]);
    let object = document(&timeline("day", "json"));
    assert_eq!(
        object["known_only_by_year_or_month"][0],
        json!({ "known": "2025", "from": "2025-01-01", "to": "2025-12-31", "articles": 1 })
    );
    assert!(
        timeline("day", "svg").out.contains("known only by year or month: 2025: 1, 2025-06: 1 · without a date: 1")
    );
}

#[test]
fn a_doubtful_date_is_shown_as_one() {
    let sandbox = home(&[("Ferry late", FERRY, "2999-06-27"), ("Ferry", BRIDGE, "2025-06-28")]);
    let ran = sandbox.run(&["search", "ferry", "--format", "list"]).ended(0);
    assert!(ran.out.contains(" 2999-06-27? ") && ran.out.contains(" 2025-06-28 "), "{}", ran.out);
    let ran = sandbox.run(&["timeline", "ferry", "--by", "year"]).ended(0);
    assert!(ran.err.contains("1 article of a doubtful date is counted as claimed"), "{}", ran.err);
    assert!(ran.out.contains("(973 without)"), "{}", ran.out);
    // More days than are drawn one by one: the gap is told all the same.
    let ran = sandbox.run(&["timeline", "ferry", "--by", "day"]).ended(0);
    assert!(ran.out.contains("(355744 without)"), "{}", ran.out);
    let ran = sandbox.run(&["timeline", "ferry", "--by", "day", "--format", "csv"]).ended(0);
    assert_eq!(ran.out, "day,articles\r\n2025-06-28,1\r\n2999-06-27,1\r\n");
    assert!(ran.err.contains("each day without articles is left out"), "{}", ran.err);
}

#[test]
fn a_concordance_has_a_line_for_each_match() {
    let sandbox = ferries();
    let matches = document(&sandbox.run(&["stats", "ferry", "--json"]).ended(0))["matches"].as_u64().unwrap();
    assert_eq!(matches, 3 + 2 + 3 + 2 + 1);
    let kwic = |more: &[&str]| sandbox.run(&[&["search", "ferry", "--kwic"], more].concat());
    let all = kwic(&["-n", "100"]).ended(0);
    assert_eq!(lines(&all).len() as u64, matches + 1);
    assert!(all.out.ends_with("\n11 of 11 lines\n"), "{}", all.out);
    // Whichever lines are shown, all are counted, sorted or not; and an offset leaves out lines.
    for sort in [&[][..], &["--sort-kwic", "1R"]] {
        let all = kwic(&[&["-n", "100"], sort].concat()).ended(0);
        let few = kwic(&[&["-n", "2"], sort].concat()).ended(0);
        assert!(few.out.ends_with("\n2 of 11 lines\n"), "{}", few.out);
        let next = kwic(&[&["-n", "4", "--offset", "3"], sort].concat()).ended(0);
        assert!(next.out.ends_with("\n4–7 of 11 lines\n"), "{}", next.out);
        let (all, next) = (kwic_ids(&all), kwic_ids(&next));
        assert_eq!(next, all[3..7]);
        let beyond = kwic(&[&["--offset", "11"], sort].concat()).ended(0);
        assert_eq!((beyond.out.as_str(), beyond.err.trim()), ("", "11 lines, none from 12 on"));
    }
    // A distance is one match, from its first word to its last.
    let near = sandbox.run(&["search", "pump NEAR/4 failed", "--kwic", "--json"]).ended(0);
    assert_eq!(document(&near)[0]["match"], "pump had failed");
    // So it is in the rows of a list, and the list can be checked.
    for query in ["pump NEAR/4 failed", "failed SENT pump", "title:ferry OR (pump SAME failed)"] {
        let file = sandbox.path("near.csv");
        let file = file.to_str().unwrap();
        sandbox.run(&["export", query, "--format", "csv", "-o", file]).ended(0);
        let rows = std::fs::read_to_string(file).unwrap();
        assert!(rows.contains(",pump had failed,"), "{query}: {rows}");
        sandbox.run(&["check", file]).ended(0);
    }
    // What one part of a query matches inside a match of another is one match, and so are its variants.
    let nested = sandbox.run(&["search", "ferry OR \"the ferry\"", "--variants", "--format", "json"]).ended(0);
    let counted = document(&nested).as_array().unwrap().iter().map(|row| row["matches"].as_u64().unwrap()).sum::<u64>();
    assert_eq!(counted, matches);
    let wide = document(&sandbox.run(&["stats", "ferry OR \"the ferry\"", "--json"]).ended(0));
    assert_eq!(wide["matches"], matches);
    for query in ["ferry OR \"the ferry\"", "ferry NEAR/3 the", "title:ferry OR ferry", "ATLEAST/3(ferry)", "='Ferry'"]
    {
        let stats = document(&sandbox.run(&["stats", query, "--json"]).ended(0));
        let kwic = document(&sandbox.run(&["search", query, "--kwic", "-n", "99", "--json"]).ended(0));
        assert_eq!(stats["matches"], kwic.as_array().unwrap().len(), "{query}");
    }
    // What answers by a field alone has no words to show.
    let ran = sandbox.run(&["search", "source:quarry", "--kwic"]).ended(1);
    assert!(ran.err.contains("2 articles found, none by words that a line could show"), "{}", ran.err);
}

fn kwic_ids(ran: &Ran) -> Vec<String> {
    let lines: Vec<&str> = ran.out.lines().collect();
    lines[..lines.len() - 1].iter().map(|line| (*line).to_owned()).collect()
}

#[test]
fn a_concordance_sorts_as_words_are_looked_for() {
    let sandbox = home(&[
        (
            "a",
            "So they saw zebra ferry and éclair ferry and Über ferry and eclair ferry and apple ferry there.",
            "2025-01-02",
        ),
        ("b", "And there was no ferry.", "2024"),
        ("c", "And there was one ferry.", ""),
    ]);
    let left = |sort: &str| -> Vec<String> {
        let ran = sandbox.run(&["search", "text:ferry", "--kwic", "--sort-kwic", sort, "--json"]).ended(0);
        let list = document(&ran);
        let word = |line: &Value| line["left"].as_str().unwrap().split(' ').next_back().unwrap().to_owned();
        list.as_array().unwrap().iter().map(word).collect()
    };
    assert_eq!(left("1L"), ["apple", "éclair", "eclair", "no", "one", "Über", "zebra"]);
    assert_eq!(left("date"), ["no", "zebra", "éclair", "Über", "eclair", "apple", "one"]);
    assert_eq!(left("source,1L"), ["apple", "éclair", "eclair", "one", "Über", "zebra", "no"]);
    let ran = sandbox.run(&["search", "text:ferry", "--kwic", "--sort-kwic", "date"]).ended(0);
    let shown = lines(&ran);
    assert!(shown[0].contains(" 2024 ") && shown[1].contains(" 2025-01-02 "), "{}", ran.out);
    // No word is cut at either end of a line.
    let text = "So they saw zebra ferry and éclair ferry and Über ferry and eclair ferry and apple ferry there.";
    for line in shown.iter().filter(|line| line.contains("2025-01-02")) {
        let (words, _) = line.split_once(" 2025-01-02").unwrap();
        assert!(words.split_whitespace().all(|word| text.split(' ').any(|known| known == word)), "{line}");
    }
    let ran = sandbox.run(&["search", "ferry", "--kwic", "--sort-kwic", "sideways"]).ended(2);
    assert!(ran.err.contains("`sideways`"), "{}", ran.err);
}

#[test]
fn json_is_one_document_and_jsonl_one_object_a_line() {
    let sandbox = ferries();
    sandbox.run(&["save", "boats", "ferry"]).ended(0);
    sandbox.write("list.txt", "https://lindhaven.example/feed\nhttps://quarry.example/feed\n");
    sandbox.run(&["sources", "import", "list.txt"]).ended(0);
    let id = document(&sandbox.run(&["search", "pump", "--json"]).ended(0))["hits"][0]["article_id"].clone();
    let lists: &[&[&str]] = &[
        &["search", "ferry", "--kwic"],
        &["search", "ferry", "--by", "source"],
        &["search", "ferry", "--variants"],
        &["stats", "ferry", "--by", "source"],
        &["stats", "--by", "lang"],
        &["saved"],
        &["sources"],
        &["sources", "imported"],
        &["show", id.as_str().unwrap(), "--versions"],
        &["clean", "articles.jsonl"],
    ];
    for args in lists {
        let list = document(&sandbox.run(&[args, &["--format", "json"][..]].concat()).ended(0));
        let lines = sandbox.run(&[args, &["--format", "jsonl"][..]].concat()).ended(0);
        let lines: Vec<Value> = lines.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let list = list.as_array().unwrap_or_else(|| panic!("{args:?}: {list}"));
        assert_eq!(list.len(), lines.len(), "{args:?}");
        assert!(lines.iter().all(Value::is_object) && !lines.is_empty(), "{args:?}");
    }
    for args in [&["stats"][..], &["stats", "ferry"], &["timeline", "ferry"], &["check"]] {
        let object = document(&sandbox.run(&[args, &["--format", "json"]].concat()).ended(0));
        assert!(object.is_object(), "{args:?}");
    }
    // Nothing found is an empty list.
    for flags in [&["--kwic"][..], &["--by", "source"], &["--variants"]] {
        let ran = sandbox.run(&[&["search", "zeppelin", "--format", "json"], flags].concat()).ended(1);
        assert_eq!(document(&ran), json!([]), "{flags:?}");
    }
    let several = ["a.csv", "b.csv"];
    for file in several {
        sandbox.run(&["export", "ferry", "-o", file]).ended(0);
    }
    let ran = sandbox.run(&["check", "a.csv", "b.csv", "--json"]).ended(0);
    assert_eq!(document(&ran).as_array().map(Vec::len), Some(2));
}

#[test]
fn counts_and_lines_are_tables_too() {
    let sandbox = ferries();
    let csv = |args: &[&str]| sandbox.run(&[args, &["--format", "csv"]].concat()).ended(0).out;
    assert_eq!(csv(&["stats", "ferry"]), "articles,matches,stories\r\n4,11,4\r\n");
    assert_eq!(
        csv(&["search", "ferry", "--by", "source"]),
        "value,articles,matches,stories\r\nLindhaven Post,2,6,2\r\nQuarry Times,2,5,2\r\n"
    );
    assert_eq!(csv(&["search", "pump", "--variants"]), "spelling,matches\r\npump,1\r\npumps,1\r\n");
    let kwic = csv(&["search", "pump had failed", "--kwic", "-n", "1", "--context", "2"]);
    let row = kwic.lines().nth(1).unwrap();
    assert!(
        kwic.starts_with("left,match,right,source,published,article_id,in,char_start,char_end,byte_start,byte_end\r\n"),
        "{kwic}"
    );
    assert!(
        row.starts_with(". A,pump,had failed,Lindhaven Post,2025-06-27,") || row.contains(",pump,had failed"),
        "{row}"
    );
    // Places in characters and in bytes, of the title or the text.
    let kwic = document(&sandbox.run(&["search", "école OR éclair", "--kwic", "--json"]).ended(0));
    let ends = |row: &Value| ["char_start", "char_end", "byte_start", "byte_end"].map(|key| row[key].as_u64().unwrap());
    let text = "An Über-ferry was built, and a ferry école with it, long before the war.";
    let (byte, char) = (text.find("école").unwrap() as u64, 37);
    let row = |place: &str| kwic.as_array().unwrap().iter().find(|row| row["in"] == place).unwrap();
    assert_eq!(ends(row("text")), [char, char + 5, byte, byte + 6], "{kwic}");
    assert_eq!(ends(row("title")), [0, 6, 0, 7], "{kwic}");
    // What they cannot be is said with what they can.
    for args in [&["search", "ferry", "--kwic"][..], &["search", "ferry", "--by", "source"], &["stats", "ferry"]] {
        let ran = sandbox.run(&[args, &["--format", "ris"]].concat()).ended(2);
        assert!(
            ran.err.contains("`ris`") && ran.err.contains("hint: choose one of text, json, jsonl, csv, tsv"),
            "{}",
            ran.err
        );
    }
    // `-n` cuts counts, and says so; what cannot be asked together is refused.
    let ran = sandbox.run(&["search", "ferry", "--by", "source", "-n", "1"]).ended(0);
    assert!(lines(&ran).len() == 2 && ran.err.contains("1 of 2 values"), "{}{}", ran.out, ran.err);
    for flags in [&["--by", "source", "--variants"][..], &["--kwic", "--by", "source"], &["--kwic", "--variants"]] {
        let ran = sandbox.run(&[&["search", "ferry"], flags].concat()).ended(2);
        assert!(ran.err.contains("cannot be used with"), "{}", ran.err);
    }
}

#[test]
fn what_new_searches_find_is_listed() {
    let sandbox = ferries();
    sandbox.run(&["save", "boats", "ferry OR punt"]).ended(0);
    for format in ["list", "csv", "tsv", "jsonl"] {
        assert_eq!(sandbox.run(&["new", "--format", format]).ended(1).out, "", "{format}");
    }
    sandbox.run(&["new", "-o", "new.csv"]).ended(1);
    let file = std::fs::read_to_string(sandbox.path("new.csv")).unwrap();
    assert_eq!((file.lines().count(), file.contains("article_id")), (1, true), "{file}");
    sandbox.write(
        "more.txt",
        "Title: A punt for Quarry\nDate: 2025-08\n\nThe council of Quarry has bought a punt, it said on Monday.\n",
    );
    sandbox.run(&["ingest", "more.txt"]).ended(0);
    let ran = sandbox.run(&["new", "--format", "list"]).ended(0);
    let shown = lines(&ran);
    assert_eq!(shown.len(), 2, "{}", ran.out);
    assert!(shown[1].starts_with("boats") && shown[1].contains("A punt for Quarry"), "{}", ran.out);
    sandbox.run(&["new", "--format", "list"]).ended(1);
}

#[test]
fn footers_count_what_they_name() {
    let long: Vec<String> =
        (0..12).map(|n| format!("{} ferry number {n}.", "Some words of no meaning at all here ".repeat(18))).collect();
    let text = long.join("\n\n");
    let sandbox = home(&[("Ferries", &text, "2025-06-27"), ("Ferry late", FERRY, "2025-06-28")]);
    let said = |args: &[&str]| {
        let ran = sandbox.run(&[&["search", "ferry"], args].concat()).ended(0);
        ran.out.lines().last().unwrap_or(ran.err.trim()).to_owned()
    };
    assert_eq!(said(&[]), "1–2 of 2 articles found");
    assert_eq!(said(&["--per", "passage", "-n", "5"]), "passages 1–5, in 2 articles found");
    assert_eq!(said(&["--per", "passage", "-n", "50"]), "passages 1–13 of 13, in 2 articles found");
    assert_eq!(said(&["--per", "passage", "-n", "50", "--offset", "3"]), "passages 4–13 of 13, in 2 articles found");
    assert_eq!(said(&["--per", "passage", "--offset", "13"]), "2 articles found, no passage from 14 on");
    assert_eq!(said(&["--offset", "2"]), "2 articles found, none from 3 on");
    assert_eq!(said(&["-n", "0"]), "2 articles found");
    // Copies are said wherever in the list they were left out, and how often.
    let pump =
        "The council of Quarry sat in the hall on the quay until late and spoke of pumps and pipes for two hours.";
    let lock = "A lock keeper of Lindhaven found a chest of coins below the old gate, which nobody has claimed so far.";
    let copies = home(&[("Pumps", pump, "2025-06-27"), ("Pumps", pump, "2025-06-28"), ("Coins", lock, "2025-06-26")]);
    let said = |args: &[&str]| {
        let ran = copies.run(&[&["search", "the", "--sort", "-date"], args].concat()).ended(0);
        ran.out.lines().last().unwrap_or(ran.err.trim()).to_owned()
    };
    assert_eq!(said(&[]), "1–2 of 3 articles found, copies of one story as one");
    assert_eq!(said(&["--offset", "1"]), "2–2 of 3 articles found, copies of one story as one");
    assert_eq!(said(&["--offset", "2"]), "3 articles found, copies of one story as one, none from 3 on");
    assert_eq!(said(&["-n", "0"]), "3 articles found");
    assert_eq!(said(&["--no-collapse", "--offset", "1"]), "2–3 of 3 articles found");
    // A list says how many there are where not all are shown.
    let list = |args: &[&str]| sandbox.run(&[&["search", "ferry", "--format", "list"], args].concat()).ended(0).err;
    assert_eq!(list(&["-n", "1"]).trim(), "1–1 of 2 articles found");
    assert_eq!(list(&["--offset", "1"]).trim(), "2–2 of 2 articles found");
    assert_eq!(list(&[]), "");
    let csv = sandbox.run(&["search", "ferry", "-n", "1", "--format", "csv"]).ended(0);
    assert_eq!(csv.err.trim(), "1–1 of 2 articles found");
}

#[test]
fn limits_are_said_whatever_is_shown() {
    // More words than a pattern may stand for, five letters each.
    let letters = b"abcdefghjk";
    let word = |n: usize| -> String {
        let digits = [n / 10_000 % 10, n / 1000 % 10, n / 100 % 10, n / 10 % 10, n % 10];
        digits.iter().map(|digit| char::from(letters[*digit])).collect()
    };
    let text =
        |part: usize| (0..3000).map(|n| format!("q{}", word(part * 3000 + n))).collect::<Vec<_>>().join(" ") + ".";
    let texts: Vec<String> = (0..4).map(text).collect();
    let articles: Vec<(&str, &str, &str)> = texts.iter().map(|text| ("Words", text.as_str(), "2025-06-27")).collect();
    let sandbox = home(&articles);
    for flags in [
        &["-n", "1"][..],
        &["-n", "1", "--format", "list"],
        &["-n", "1", "--format", "csv"],
        &["-n", "1", "--kwic"],
        &["-n", "1", "--variants"],
        &["--by", "lang"],
        &["--by", "source", "--format", "json"],
    ] {
        let ran = sandbox.run(&[&["search", "q*"], flags].concat()).ended(0);
        assert!(
            ran.err.contains("`q*` matches 12000 different words: the 10000 most frequent"),
            "{flags:?}: {}",
            ran.err
        );
    }
    for args in [&["stats", "q*"][..], &["timeline", "q*"], &["export", "q*", "-o", "q.csv"]] {
        let ran = sandbox.run(args).ended(0);
        assert!(ran.err.contains("`q*` matches 12000 different words"), "{args:?}: {}", ran.err);
    }
}

#[test]
fn scores_are_explained_as_they_are() {
    let sandbox = home(&[
        (
            "Ferry court",
            "The court sat in Lindhaven, and the ferry waited for the judges until it was dark.",
            "2020-06-27",
        ),
        (
            "Strike ends",
            "The strike at the quay of Quarry is over, the port office said. Ships sail again on Monday.",
            "2010-06-27",
        ),
        (
            "Court hears the strike",
            "A court heard on Monday why the strike at the quay had been called at all.",
            "2000-06-27",
        ),
        ("Ferry", "A ferry sank.", "1990-06-27"),
    ]);
    for query in
        ["(ferry strike) OR court", "ferry OR (strike xyzzy) OR (court ferry)", "\"the ferry\" OR strike", "ferry"]
    {
        for flags in [&[][..], &["--recent"], &["--any"]] {
            let ran = sandbox.run(&[&["search", query, "--explain"], flags].concat()).ended(0);
            let scores = sandbox.run(&[&["search", query, "--format", "jsonl"], flags].concat()).ended(0).json();
            // A long explanation runs over the end of a line.
            let flat = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
            let told: Vec<&str> = flat.split(" score ").skip(1).collect();
            assert_eq!(told.len(), scores.len(), "{}", ran.out);
            for (told, hit) in told.iter().zip(scores) {
                let (score, made) = told.split_once(" = ").unwrap();
                let score: f64 = score.parse().unwrap();
                let (sum, factor) = match made.split_once(" × ") {
                    Some((sum, factor)) => (sum, factor.split(' ').next().unwrap().parse().unwrap()),
                    None => (made, 1.0),
                };
                let parts = sum.trim_matches(['(', ')']).split(" + ");
                let number = |part: &str| part.split(' ').find_map(|word| word.parse::<f64>().ok()).unwrap();
                let sum: f64 = parts.map(number).sum();
                assert!((hit["score"].as_f64().unwrap() - score).abs() < 0.006, "{told}: {}", hit["score"]);
                assert!((sum * factor - score).abs() < 0.04, "{told}");
                assert_eq!(flags == ["--recent"], made.contains("for its age"), "{told}");
            }
        }
    }
    let ran = sandbox.run(&["search", "ferry", "--explain", "--sort", "date"]).ended(0);
    assert!(ran.out.contains("in the order of dates there are no scores"), "{}", ran.out);
    // Titles count, and what is said of a title is of titles.
    assert!(
        ran.err.contains("articles that have each word, whatever else is asked:\n  `ferry`: ferry 2"),
        "{}",
        ran.err
    );
    let ran = sandbox.run(&["search", "title:court", "--explain"]).ended(0);
    assert!(ran.err.contains("  `court` in the title: court 2"), "{}", ran.err);
    let ran = sandbox.run(&["search", "='Court'", "--explain"]).ended(0);
    assert!(ran.err.contains("court 2 (its words, whatever their case)"), "{}", ran.err);
    // How a query was read is said once.
    let ran = sandbox.run(&["search", "ferry w/5 court", "--dialect", "nexis", "--explain"]);
    assert_eq!(ran.err.matches("read as:").count(), 1, "{}", ran.err);
}

#[test]
fn the_lead_is_the_first_paragraph_and_no_line_above_it() {
    let sandbox = Sandbox::new();
    let whole = "The harbour board has put off the sale of the old quay, its chairwoman said on Tuesday, until a buyer is found.";
    let plain = format!(
        "Quay not sold\n\nA third delay within a year\n\nOld quay is no yearling\n\n{whole}\n\nThe zebra crossing there stays closed.\n"
    );
    sandbox.write("plain.txt", plain);
    sandbox.run(&["ingest", "plain.txt"]).ended(0);
    let finds = |query: &str| sandbox.run(&["search", query, "--format", "list"]);
    finds("HLEAD(chairwoman)").ended(0);
    finds("HLEAD(quay NEAR/3 sold)").ended(0);
    finds("HLEAD(zebra)").ended(1);
    finds("HLEAD(delay)").ended(1);
    finds("HLEAD(yearling)").ended(1);
    let ran = sandbox.run(&["search", "HLEAD(chairwoman)", "--kwic"]).ended(0);
    assert!(ran.out.contains("chairwoman"), "{}", ran.out);
}

#[test]
fn first_names_may_be_begun_behind_the_last() {
    let sandbox = Sandbox::new();
    let article = |id: u32, authors: &[&str]| {
        json!({ "id": id.to_string(), "title": format!("No. {id}"), "author": authors, "text": "A ferry sank." })
            .to_string()
    };
    let all = [
        article(1, &["Mae Slade"]),
        article(2, &["Maria Jo Slade"]),
        article(3, &["Una Slade", "Max Moss"]),
        article(4, &["Slade Max"]),
    ];
    sandbox.write("all.jsonl", all.join("\n"));
    sandbox.run(&["ingest", "all.jsonl"]).ended(0);
    let found = |query: &str| {
        let ran = sandbox.run(&["search", query, "--format", "csv", "--no-collapse"]);
        let mut titles: Vec<String> =
            ran.out.lines().skip(1).filter_map(|row| row.split("No. ").nth(1)).map(|row| row[..1].to_owned()).collect();
        titles.sort();
        titles.concat()
    };
    assert_eq!(found("author:\"Slade, Ma*\""), "14");
    assert_eq!(found("author:\"Slade, Maria J*\""), "2");
    assert_eq!(found("author:\"Slade, Mae\""), "1");
    assert_eq!(found("author:\"Slade*\""), "1234");
    assert_eq!(found("author:=\"Mae Slade\""), "1");
    assert_eq!(found("-author:\"Slade, Ma*\""), "23");
}

#[test]
fn spellings_are_shown_as_printed() {
    let sandbox = home(&[
        ("Signs", "İzmir lies far from the U. S. coast, and from the U.S. capital.", "2025-06-27"),
        ("More", "The צה\"ל report names İzmir too; then Dam and Dam again, and a dam.", "2025-06-28"),
    ]);
    let said = |query: &str| sandbox.run(&["search", query, "--variants"]).ended(0).out.trim().to_owned();
    assert_eq!(said("izmir"), "İzmir 2");
    assert_eq!(said("dam"), "Dam 3");
    assert_eq!(said("US"), "U. S. 1 · U.S. 1");
    assert_eq!(said("צה\"ל"), "צה\"ל 1");

    // Counts have pages as lists have.
    let ran = sandbox.run(&["search", "US", "--variants", "--offset", "1"]).ended(0);
    assert_eq!((ran.out.trim(), ran.err.trim()), ("U.S. 1", "2–2 of 2 spellings"));
    let ran = sandbox.run(&["search", "dam", "--by", "source", "--offset", "3"]).ended(0);
    assert_eq!(ran.err.trim(), "1 value, none from 4 on");
    let ran = sandbox.run(&["search", "*", "--variants"]).ended(1);
    assert_eq!((ran.out.as_str(), ran.err.trim()), ("", "no word is asked for, so there are no spellings to count"));
    let ran = sandbox.run(&["search", "zeppelin", "--variants"]).ended(1);
    assert_eq!((ran.out.as_str(), ran.err.trim()), ("", "nothing found"));
}

#[test]
fn the_frame_of_a_question_is_said() {
    let sandbox = ferries();
    let ran = sandbox.run(&["search", "--any", "I am looking for articles about the bridge", "--explain"]).ended(0);
    let said = "not sought, as it says that something is asked and not what: `I am looking for articles about`";
    assert!(ran.err.contains(said) && ran.err.contains("read as: ANY(the bridge)"), "{}", ran.err);
    let ran = sandbox.run(&["search", "ANY(looking bridge)", "--explain"]).ended(0);
    assert!(!ran.err.contains("not sought"), "{}", ran.err);
}

#[test]
fn counts_have_the_notes_of_a_search() {
    let sandbox = ferries();
    for command in ["search", "stats", "timeline"] {
        let ran = sandbox.run(&[command, "hd=ferry"]).ended(1);
        assert!(ran.err.contains("note: `hd=ferry` was sought as words"), "{command}: {}", ran.err);
    }
}

#[test]
fn advice_on_no_hit_is_true() {
    let sandbox = ferries();
    let said = |args: &[&str]| sandbox.run(&[&["search"], args].concat()).ended(1).err;
    for asked in ["zzqq1 zzqq2", "author:zed date:1999", "zzqq1 author:zed"] {
        let said = said(&[asked]);
        assert!(said.contains("dropping one of them finds nothing either"), "{asked}: {said}");
        assert!(!said.contains("--any") && !said.contains("ANY("), "{asked}: {said}");
    }
    let some = said(&["ferry zzqq1 zzqq2"]);
    assert!(some.contains("with `--any` there would be 4 articles that have some of them"), "{some}");
    sandbox.run(&["search", "ferry zzqq1 zzqq2", "--any"]).ended(0);
    // Conditions stay what they are.
    let some = said(&["ferry zzqq1 zzqq2 source:Lindhaven"]);
    assert!(some.contains("with `ANY(ferry zzqq1 zzqq2)` in place of the words there would be 2 articles"), "{some}");
    let some = said(&["ferry zzqq1 zzqq2", "--source", "Quarry"]);
    assert!(some.contains("with `ANY(ferry zzqq1 zzqq2)` in place of the words there would be 2 articles"), "{some}");
    // What goes with our own language alone is not told of another's.
    let some = said(&["ferry AND zzqq1 AND zzqq2", "--dialect", "nexis"]);
    assert!(!some.contains("`--any`"), "{some}");
    assert!(
        some.contains("with `ANY(ferry zzqq1 zzqq2)` in place of the words and without the dialect there would be 4"),
        "{some}"
    );
    // Groups are no words, and their members are: what is named can be asked.
    let some = said(&["ferry AND (zzqq1 OR zzqq2) AND zzqq3 AND zzqq4", "--dialect", "proquest"]);
    let named = "ANY(ferry zzqq1 zzqq2 zzqq3 zzqq4)";
    assert!(
        some.contains(&format!("with `{named}` in place of the words and without the dialect there would be 4")),
        "{some}"
    );
    sandbox.run(&["search", named]).ended(0);
    // More words than are tried out one by one.
    let long = "why was the old ferry to the other bank of the river late again on that wet morning";
    let some = said(&[long]);
    assert!(some.contains("with `--any` there would be 4 articles") && !some.contains("dropping"), "{some}");
    // One word left out that was too much.
    assert!(said(&["ferry zzqq1"]).contains("without `zzqq1` there would be 4 articles"));
}

#[test]
fn nothing_found_is_no_fault() {
    let sandbox = ferries();
    let ran = sandbox.run(&["search", "zzqq1", "--open", "1"]).ended(1);
    assert!(ran.err.contains("nothing found"), "{}", ran.err);
    let ran = sandbox.run(&["search", "ferry", "--open", "9"]).ended(2);
    assert!(ran.err.contains("there is no result 9"), "{}", ran.err);
}

#[test]
fn flags_that_contradict_each_other_and_wrong_columns_are_refused() {
    let sandbox = ferries();
    let ran = sandbox.run(&["search", "ferry w/5 pump", "--any", "--dialect", "nexis"]).ended(2);
    assert!(ran.err.contains("--any takes words and no operators"), "{}", ran.err);
    let ran = sandbox.run(&["search", "ferry", "--kwic", "--sort-kwic", "1X"]).ended(2);
    for column in ["`1L` to `9L`", "`1R` to `9R`", "`match`", "`date`", "`source`"] {
        assert!(ran.err.contains(column), "{column}: {}", ran.err);
    }
    let ran = sandbox.run(&["search", r"/\bferry\b/"]).ended(2);
    assert!(
        ran.err.contains("borders of words are not known in a pattern") && ran.err.contains("leave `\\b` out"),
        "{}",
        ran.err
    );
    for lang in ["xyz", "klingon"] {
        let ran = sandbox.run(&["search", "ferry", "--lang", lang]).ended(2);
        assert!(ran.err.contains(&format!("`{lang}` is no language")), "{}", ran.err);
    }
    for lang in ["eng", "en", "en*", "english"] {
        sandbox.run(&["search", "ferry", "--lang", lang]).ended(0);
    }
    sandbox.run(&["search", "ferry", "--lang", "ger"]).ended(1);
}

#[test]
fn passages_of_one_article_are_parted_on_a_terminal() {
    let long: Vec<String> =
        (0..3).map(|n| format!("{} ferry number {n}.", "Some words of no meaning at all here ".repeat(30))).collect();
    let sandbox = home(&[("Ferries", &long.join("\n\n"), "2025-06-27")]);
    let lines = |number: &str| {
        let ran = sandbox.run(&["search", "ferry", "--passages", number]).ended(0);
        ran.out.lines().filter(|line| line.trim() == "…").count()
    };
    assert_eq!([lines("1"), lines("3")], [0, 2]);
}

#[test]
fn irregular_forms_are_found_with_their_word() {
    let sandbox = home(&[
        (
            "Prices",
            "Prices rose again in Quarry, said the office on the quay, and nobody there knew why.",
            "2025-06-27",
        ),
        ("Buses", "Two buses to Lindhaven were late, and the town sued the firm that fuelled them.", "2025-06-28"),
    ]);
    for (asked, code) in
        [("rise", 0), ("bus", 0), ("sue", 0), ("fuel", 0), ("\"rise\"", 1), ("\"bus\"", 1), ("\"rose\"", 0)]
    {
        sandbox.run(&["search", asked]).ended(code);
    }
}

#[test]
fn forms_told_by_their_accents_are_named_counted_and_proven() {
    let sandbox = home(&[
        (
            "El faro de Almenar",
            "El guarda vivió en el faro. Sus hijos viven en el puerto de la ciudad y no quieren volver.",
            "2025-06-27",
        ),
        (
            "La sirena vieja",
            "Quien viviera en el muelle la oiría. Así lo dice VIVIÓ, un libro del puerto de la ciudad.",
            "2025-06-28",
        ),
        (
            "Sin acentos",
            "El guarda vivio en el puerto de la ciudad, escribe un lector que no pone acentos en sus cartas.",
            "2025-06-29",
        ),
    ]);
    let ran = sandbox.run(&["search", "vivir lang:es", "--explain", "--format", "list"]).ended(0);
    assert!(ran.err.contains("`vivir`: vivio 2 · viven 1 · viviera 1\n"), "{}", ran.err);
    assert_eq!(lines(&ran).len(), 3, "{}", ran.out);
    let ran = sandbox.run(&["search", "vivir", "--variants"]).ended(0);
    assert!(ran.out.contains("vivió 2") && ran.out.contains("viven 1"), "{}", ran.out);
    let ran = sandbox.run(&["search", "vivió", "--kwic"]).ended(0);
    for form in ["  vivió ", "  VIVIÓ ", "  viven ", "  viviera ", "  vivio "] {
        assert!(ran.out.contains(form), "{form} in {}", ran.out);
    }
    sandbox.run(&["export", "vivir", "-o", "vivir.csv"]).ended(0);
    let ran = sandbox.run(&["check", "vivir.csv"]).ended(0);
    assert!(ran.out.contains("proven: 2 of 2 rows"), "{}", ran.out);
}

#[test]
fn a_distance_or_phrase_that_finds_nothing_says_what_its_words_would_find() {
    let sandbox = ferries();
    for (query, said) in [
        ("pump NEAR/2 lindhaven", "note: with `AND`, however far apart, there would be 1 article\n"),
        ("title:ferry SENT pump", "note: with `AND`, however far apart, there would be 1 article\n"),
        ("\"ferry pump\"", "note: with its words anywhere there would be 1 article\n"),
    ] {
        let ran = sandbox.run(&["search", query]).ended(1);
        assert!(ran.err.contains(said), "{query}: {}", ran.err);
    }
    for query in ["zinc NEAR/2 lindhaven", "\"zinc ferry\"", "\"zinc\"", "zinc OR tin"] {
        let ran = sandbox.run(&["search", query]).ended(1);
        assert!(!ran.err.contains("there would be"), "{query}: {}", ran.err);
    }
}

#[test]
fn words_with_and_without_accents_find_each_other_and_their_forms() {
    let sandbox = Sandbox::new();
    let texts = [
        "Les Etats membres de la région ont signé lundi un accord avec le gouvernement sur les salaires du pays.",
        "Un état de la région a refusé mardi le texte que les autres avaient adopté dans la semaine.",
        "Les états de la côte ont voté contre la réforme que demandait le gouvernement depuis des années.",
        "Une pétition contre la réforme du gouvernement a reçu dix mille signatures dans toute la région.",
        "Le petit marché de la place a ouvert lundi dans le nord du pays, et les habitants sont venus.",
        "Les petites boutiques de la ville ont fermé mardi, et les habitants se plaignent du gouvernement.",
    ];
    let line = |(at, text): (usize, &&str)| {
        json!({ "id": at.to_string(), "title": format!("N {at}"), "text": text, "language": "fr" }).to_string()
    };
    sandbox.write("fr.jsonl", texts.iter().enumerate().map(line).collect::<Vec<_>>().join("\n"));
    sandbox.run(&["ingest", "fr.jsonl"]).ended(0);
    let found = |query: &str| -> Vec<String> {
        let ran = sandbox.run(&["export", query, "--format", "trec", "-o", "-"]);
        let mut ids: Vec<String> = ran.out.lines().filter_map(|l| l.split(' ').nth(2)).map(str::to_owned).collect();
        ids.sort();
        ids
    };
    for query in ["état", "états", "etat", "etats"] {
        assert_eq!(found(query), ["0", "1", "2"], "{query}");
    }
    assert_eq!(found("pétition"), ["3"]);
    assert_eq!(found("petite"), ["5"]);
}
