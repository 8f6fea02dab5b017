//! Dumps and exports of other programs: JSON and tables under the names they use, press databases as text, RIS; what
//! belongs to the text stays in it, and what breaks off is said.

mod written;

use newsdex::model::{Document, Field, Reason};
use newsdex::source::{Item, Mapping, Options};

use crate::sandbox::Sandbox;
use crate::source::{bytes, items, line, said};

fn read(name: &str, input: &str) -> Vec<Item> {
    bytes(name, input.as_bytes(), &Options::default())
}

fn lines(items: &[Item]) -> Vec<String> {
    items.iter().map(line).collect()
}

fn documents(items: &[Item]) -> Vec<&Document> {
    items.iter().filter_map(|item| if let Item::Document(made) = item { Some(made) } else { None }).collect()
}

fn text(made: &Document) -> &str {
    made.payload.as_ref().map_or("", |payload| payload.text.as_str())
}

const TRAM: &str = "The tram to Skell was late on Monday.";

#[test]
fn dumps_under_the_names_they_use() {
    let body = format!("{TRAM}//A tree had fallen on the line.");
    let one = format!("{TRAM}/A tree had fallen on the line.");
    let html = "<p>The <b>tram</b> to Skell was late on Monday.</p>/<p>A tree had fallen on the line, Mole &amp; Sons said.</p>";
    let title = "Tram to Skell runs late";
    let url = "https://skell.example/tram";
    for (name, expected) in [
        ("mediacloud.csv", format!("1 none | {title} | 2026-06-01 | - | {url} | ")),
        ("newsplease.json", format!("1 text | {title} | 2026-06-01 09:00:00 | Ada Quill | {url} | {one}")),
        ("webhose.json", format!("1 text | {title} | 2026-06-01T09:05:00.000+02:00 | Ada Quill | {url} | {body}")),
        ("trafilatura.json", format!("1 text | {title} | 2026-06-01 | Ada Quill; Jo Hartley | {url} | {one}")),
        ("newspaper.json", format!("1 text | {title} | 2026-06-01T09:00:00+02:00 | Ada Quill | {url} | {body}")),
        ("gdelt.json", format!("1 none | {title} | 20260601T090000Z | - | {url} | ")),
        ("contents.json", format!("1 html | {title} | 2026-06-01T09:00:00Z | Ada Quill | {url} | {html}")),
    ] {
        assert_eq!(lines(&items(name)), [expected], "{name}");
    }
    for (name, outlet) in [
        ("mediacloud.csv", "skell.example"),
        ("trafilatura.json", "Skell Post"),
        ("newspaper.json", "Skell Post"),
        ("contents.json", "The Skell Post"),
    ] {
        let all = items(name);
        assert_eq!(said(documents(&all)[0], Field::Source), outlet, "{name}");
    }
}

#[test]
fn shapes_of_records_in_the_wild() {
    for (json, expected) in [
        (r#"{"title":"A","article":{"body":{"text":"Rain fell."}}}"#, "A | - | - | - | Rain fell."),
        (r#"{"article":{"title":"A","body":"Rain fell."}}"#, "A | - | - | - | Rain fell."),
        (r#"{"title":"A","content":{"blocks":[{"text":"Rain fell."}]}}"#, "A | - | - | - | Rain fell."),
        (r#"[{"data":{"attributes":{"title":"A","body":"Rain fell."}}}]"#, "A | - | - | - | Rain fell."),
        (r#"{"title":"A","desc":"Rain fell.","date":"2026-06-01"}"#, "A | 2026-06-01 | - | - | Rain fell."),
        (
            r#"{"title":"A","text":"Rain fell.","date":{"$date":{"$numberLong":"1780304400000"}}}"#,
            "A | 2026-06-01T09:00:00Z | - | - | Rain fell.",
        ),
        (
            r#"[{"type":"article-newspaper","title":"A","container-title":"Skell Post","source":"Catalogue","author":[{"family":"Quill","given":"Ada"}],"issued":{"date-parts":[[2026,6,1]]},"abstract":"Rain fell."}]"#,
            "A | 2026-06-01 | Ada Quill | - | Rain fell.",
        ),
        (
            r#"{"title":"A","text":"Rain fell.","source":"https://skell.example/a"}"#,
            "A | - | - | https://skell.example/a | Rain fell.",
        ),
        (
            r#"{"title":"A","text":"Rain fell.","source":"https://skell.example/","link":"https://skell.example/b"}"#,
            "A | - | - | https://skell.example/b | Rain fell.",
        ),
    ] {
        assert_eq!(lines(&read("a.json", json)), [format!("1 text | {expected}")], "{json}");
    }
    let all =
        read("a.json", r#"[{"title":"A","container-title":"Skell Post","source":"Catalogue","text":"Rain fell."}]"#);
    assert_eq!(said(documents(&all)[0], Field::Source), "Skell Post");
    let all = read(
        "a.json",
        r#"{"title":"A","text":"Rain.","keywords":[{"name":"subject","value":"Ferries"},{"tag":"sea"}]}"#,
    );
    let tags: Vec<&str> =
        documents(&all)[0].claims.iter().filter(|c| c.field == Field::Tag).map(|c| c.value.as_str()).collect();
    assert_eq!(tags, ["Ferries", "sea"]);
    let long = "Rain fell on Tarn all day. ".repeat(20);
    let all = read("a.json", &format!(r#"{{"title":"A","text":"Rain fell.","content":"{long}"}}"#));
    assert_eq!(text(documents(&all)[0]), long, "a taste of the text is not the text");
    let all = read(
        "a.json",
        r#"{"articles":[{"title":"[Removed]","content":"[Removed]","url":"https://removed.example"},{"title":"A","content":"Rain fell."}]}"#,
    );
    assert!(matches!(&all[0], Item::Rejected(r) if r.reason == Reason::Withdrawn), "{:?}", lines(&all));
    assert_eq!(lines(&all[1..]), ["2 text | A | - | - | - | Rain fell."]);
}

#[test]
fn a_list_cut_short_counts_the_records_that_were_kept() {
    let record = |title: &str| format!("{{\"title\": \"{title}\", \"content\": \"Rain fell on {title}.\"}}");
    let whole = format!("{{\"status\": \"ok\", \"articles\": [{}, {}, ", record("Tarn"), record("Skell"));
    for (end, kept) in [("{\"title\": \"Ald", 2), ("{\"title\": \"A\", \"content\": \"The rain", 2), ("", 2)] {
        let all = read("a.json", &format!("{whole}{end}"));
        assert_eq!(documents(&all).len(), kept, "{end}: {:?}", lines(&all));
        let Some(Item::Rejected(last)) = all.last() else { panic!("{end}: nothing is said") };
        assert_eq!(last.reason, Reason::Truncated);
        assert!(last.detail.contains(&format!("{kept} records before that were kept")), "{end}: {}", last.detail);
    }
}

#[test]
fn mapped_names_lead_into_objects_and_are_missed_aloud() {
    let map = |map: &str| Options { map: Mapping::parse(map).unwrap(), ..Options::default() };
    let options = map("title=h,text=deep.Story,date=w");
    let json = br#"[{"h":"A","deep":{"story":"Rain fell."},"w":"2026-06-01"},{"h":"B","deep":[{"story":"One."},{"story":"Two."}]}]"#;
    assert_eq!(lines(&bytes("a.json", json, &options))[0], "1 text | A | 2026-06-01 | - | - | Rain fell.");
    assert!(options.map.unmet().is_empty());
    let options = map("title=Kopf,text=Storyx");
    bytes("a.csv", b"Kopf,url,Story\nRain,https://skell.example/a,It fell.\n", &options);
    assert_eq!(options.map.unmet(), ["text=Storyx"]);
    let sandbox = Sandbox::new();
    sandbox.write("a.csv", "title,Story\nRain on Tarn,Rain fell on Tarn all day long.\n");
    for command in [&["ingest"][..], &["clean"]] {
        let ran = sandbox.run(&[command, &["--map", "text=Storyx", "a.csv"]].concat());
        assert!(ran.err.contains("`--map text=Storyx`"), "{}", ran.err);
        let ran = sandbox.run(&[command, &["--map", "text=Story", "a.csv"]].concat());
        assert!(!ran.err.contains("--map"), "{}", ran.err);
    }
}

#[test]
fn tables_as_spreadsheets_write_them() {
    let row = "Rain;\"It fell; all day.\";https://skell.example/a\n";
    let expected = "1 text | Rain | - | - | https://skell.example/a | It fell; all day.";
    for head in ["sep=;\n", "\"sep=;\"\r\n", "SEP=;\n", "\n\n", "Articles of June 2026\n\n"] {
        let all = read("a.csv", &format!("{head}title;text;url\n{row}"));
        assert_eq!(lines(&all), [expected], "{head:?}");
    }
    // Line ends of old Macintoshes; tables put together; quotes behind backslashes.
    for (table, expected) in [
        (
            "title,text\rA,\"Rain, rain\"\rB,Hail\r",
            ["1 text | A | - | - | - | Rain, rain", "2 text | B | - | - | - | Hail"],
        ),
        (
            "title,text\nA,Rain\n\u{FEFF}title,text\nB,Hail\n",
            ["1 text | A | - | - | - | Rain", "2 text | B | - | - | - | Hail"],
        ),
        (
            "title,text\nA,\"They said \\\"rain\\\", twice\"\nB,\"A \\\" is a quote, too\"\n",
            ["1 text | A | - | - | - | They said \"rain\", twice", "2 text | B | - | - | - | A \" is a quote, too"],
        ),
    ] {
        assert_eq!(lines(&read("a.csv", table)), expected, "{table:?}");
    }
    // No name tells that these are tables.
    let all = read("upload", &format!("sep=;\ntitle;text;url\n{row}"));
    assert_eq!(lines(&all), [expected]);
    let long = "Rain fell on Tarn all day. ".repeat(20);
    let all = read("a.csv", &format!("1,Rain,{long},2026\n"));
    let Item::Rejected(refused) = &all[0] else { panic!("{:?}", lines(&all)) };
    assert!(refused.detail.len() < 200 && refused.detail.contains("--map"), "{}", refused.detail);
}

#[test]
fn rows_of_one_article_in_a_hit_list_of_ours_are_its_passages() {
    let table = "hit,article_id,title,passage,url\n1,aa,Rain,It fell.,https://skell.example/a\n2,aa,Rain,It stopped.,https://skell.example/a\n3,bb,Hail,It hailed.,https://skell.example/b\n";
    let expected = [
        "1 text | Rain | - | - | https://skell.example/a | It fell.//It stopped.",
        "3 text | Hail | - | - | https://skell.example/b | It hailed.",
    ];
    assert_eq!(lines(&read("a.csv", table)), expected);
    let cut = crate::source::gz(table.as_bytes());
    let all = bytes("a.csv.gz", &cut[..cut.len() - 9], &Options::default());
    assert!(matches!(all.last(), Some(Item::Rejected(_))) && !documents(&all).is_empty(), "{:?}", lines(&all));
}

#[test]
fn a_quote_never_closed_costs_itself() {
    let whole = "\"Last\",\"It ended.\",https://skell.example/z\n";
    for (row, expected) in [
        ("\"Rain,It fell.,https://skell.example/a\n", "1 text | Rain | - | - | https://skell.example/a | It fell."),
        ("Rain,\"It fell.,https://skell.example/a\n", "1 text | Rain | - | - | https://skell.example/a | It fell."),
        ("\"Rain\",\"It fell.,https://skell.example/a\n", "1 text | Rain | - | - | https://skell.example/a | It fell."),
        (
            "\"Rain, again\",\"It fell.,https://skell.example/a\n",
            "1 text | Rain, again | - | - | https://skell.example/a | It fell.",
        ),
        (
            "Rain,It fell 5\" deep.,https://skell.example/a\n",
            "1 text | Rain | - | - | https://skell.example/a | It fell 5\" deep.",
        ),
    ] {
        let all = read("a.csv", &format!("title,text,url\n{row}{whole}"));
        assert_eq!(lines(&all)[0], expected, "{row}");
        assert_eq!(lines(&all)[1], "2 text | Last | - | - | https://skell.example/z | It ended.", "{row}");
        assert!(documents(&all)[0].notes.iter().any(|n| n.0.contains("never closed")), "{row}");
    }
}

#[test]
fn a_table_has_one_charset_and_says_which() {
    for (label, rows) in [
        (
            "shift_jis",
            [
                ("港の桟橋を閉鎖", "山田太郎", "港の議会は火曜日、古い桟橋を閉鎖することを決めた。"),
                ("雪", "田中", "雪が降った。"),
            ],
        ),
        (
            "euc-jp",
            [
                ("港の桟橋を閉鎖", "山田太郎", "港の議会は火曜日、古い桟橋を閉鎖することを決めた。"),
                ("急", "森", "急は明日出る。"),
            ],
        ),
        (
            "windows-1252",
            [
                ("Le bac à quai", "Zoé Lefèvre", "Le conseil a décidé mardi de fermer la jetée jusqu’au printemps."),
                ("Été", "Anaïs", "Œuvre vendue 20 €"),
            ],
        ),
        (
            "windows-1251",
            [
                ("Мост закрыт", "Иван Петров", "Совет города решил закрыть мост до весны, сказал мэр."),
                ("Да", "Я", "Он ушёл."),
            ],
        ),
        (
            "windows-1250",
            [
                (
                    "Zamknięcie molo",
                    "Łukasz Żak",
                    "Rada portu zdecydowała we wtorek zamknąć stare molo do wiosny, powiedział burmistrz.",
                ),
                ("Śnieg", "Ścibor", "Spadł śnieg."),
            ],
        ),
        ("utf-8", [("Zamknięcie molo", "Łukasz Żak", "Rada portu zdecydowała."), ("Śnieg", "Ścibor", "Spadł śnieg.")]),
    ] {
        let table: String =
            rows.iter().map(|(title, author, text)| format!("\"{title}\",{author},\"{text}\"\n")).collect();
        let json: String = rows
            .iter()
            .map(|(title, author, text)| {
                format!("{{\"title\":\"{title}\",\"author\":\"{author}\",\"text\":\"{text}\"}}\n")
            })
            .collect();
        for (name, file) in [("a.csv", format!("title,author,text\n{table}")), ("a.jsonl", json)] {
            let (file, ..) = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap().encode(&file);
            let all = bytes(name, &file, &Options::default());
            for ((title, author, text), got) in rows.iter().zip(documents(&all)) {
                assert_eq!((said(got, Field::Title), said(got, Field::Author)), (*title, *author), "{name} {label}");
                assert_eq!(self::text(got), *text, "{name} {label}");
                let notes: Vec<&str> = got.notes.iter().map(|n| n.0.as_str()).collect();
                let silent = label == "utf-8";
                assert_eq!(notes.is_empty(), silent, "{name} {label}: {notes:?}");
                assert!(
                    silent || notes[0].to_lowercase().starts_with(&format!("read as {label}")),
                    "{label}: {notes:?}"
                );
            }
        }
    }
}

#[test]
fn databases_keep_what_belongs_to_the_text() {
    for (name, expected) in [
        (
            "nexis-uni.txt",
            vec![
                format!("1 text | Tram to Skell runs late | June 1, 2026 Monday 9:05 AM GMT | Ada Quill | - | {TRAM}//Subject: trees, said the note on the door.//Copyright of the note is held by nobody, the driver said."),
                "2 text | Ferry on time | June 2, 2026 Tuesday | - | - | The ferry was on time on Tuesday.".to_owned(),
            ],
        ),
        (
            "nexis-de.txt",
            vec![
                "1 text | Bahn nach Skell verspätet | 1. Juni 2026 Montag | Ada Quill | - | Die Bahn nach Skell kam am Montag zu spät.//Datum: unbekannt, stand auf dem Zettel.".to_owned(),
                "2 text | Fähre pünktlich | 2. Juni 2026 Dienstag | - | - | Die Fähre war am Dienstag pünktlich.".to_owned(),
            ],
        ),
        (
            "factiva-tagged.txt",
            vec![
                format!("1 text | Tram to Skell runs late | 1 June 2026 09:05 GMT | By Ada Quill | - | {TRAM}//A tree had fallen on the line.//IN the end a bus came."),
                "2 text | Ferry on time | 2 June 2026 | - | - | The ferry was on time on Tuesday.".to_owned(),
            ],
        ),
    ] {
        assert_eq!(lines(&items(name)), expected, "{name}");
    }
    let all = items("nexis-uni.txt");
    let first = documents(&all)[0];
    assert_eq!(said(first, Field::Source), "The Skell Post (England)");
    assert_eq!(said(first, Field::Summary), "A tree had fallen.");
    let tags: Vec<&str> = first.claims.iter().filter(|c| c.field == Field::Tag).map(|c| c.value.as_str()).collect();
    assert_eq!(tags, ["TRAMS (90%)", "TREES (78%)"]);
    let all = items("factiva-tagged.txt");
    assert_eq!(said(documents(&all)[1], Field::Guid), "SKELP00020260602em6200002");
}

#[test]
fn labels_within_a_text_end_nothing() {
    let words = "Location: the town hall.\n\nTitle: the book of trams.\n\nAuthor: nobody knows.\n\nLanguage: plain, she said.\n\nCopyright law was discussed too.";
    let joined = words.replace('\n', "/");
    let rule = "_".repeat(60);
    let proquest = |last: &str| {
        format!(
            "{rule}\n\nTram late\n\nAuthor: Quill, Ada\n\nFull text: {TRAM}\n\n{words}\n\n{last}Subject: Trams;\n\nLocation: Skell\n\nTitle: Tram late\n\nPublication title: Skell Post; Skell\n\nPublication date: Jun 1, 2026\n\nLanguage of publication: English\n\nProQuest document ID: 77\n\nCopyright: Copyright Skell Post Jun 1, 2026\n\n{rule}\n\nContact us at: http://databases.example\n"
        )
    };
    let old = |last: &str| {
        format!(
            "   1 of 1 DOCUMENTS\n\n   The Skell Post\n\n   June 1, 2026 Monday\n   Final Edition\n\nTram late\n\nBYLINE: Ada Quill\n\nLENGTH: 30 words\n\n{TRAM}\n\n{words}\n\n{last}LOAD-DATE: June 2, 2026\n\nLANGUAGE: ENGLISH\n\nGRAPHIC: A tram\n\nA tree\n\n   Copyright 2026 The Skell Post\n      All Rights Reserved\n"
        )
    };
    let uni = |last: &str| {
        format!(
            "Tram late\nThe Skell Post\nJune 1, 2026 Monday\n\nCopyright 2026 The Skell Post All Rights Reserved\nLength: 30 words\nByline: Ada Quill\nBody\n\n{TRAM}\n\n{words}\n\n{last}Classification\n\nLanguage: ENGLISH\n\nLoad-Date: June 2, 2026\n\nEnd of Document\n"
        )
    };
    for last in ["", "A tree had fallen.\n\n"] {
        let tail = if last.is_empty() { "" } else { "//A tree had fallen." };
        for (name, file) in [("ProQuest", proquest(last)), ("Nexis", old(last)), ("Nexis Uni", uni(last))] {
            let all = read("a.txt", &file);
            let got = documents(&all);
            assert_eq!(got.len(), 1, "{name}: {:?}", lines(&all));
            assert_eq!(text(got[0]).replace('\n', "/"), format!("{TRAM}//{joined}{tail}"), "{name}");
            assert_eq!(said(got[0], Field::Title), "Tram late", "{name}");
            assert!(!said(got[0], Field::Author).contains("nobody"), "{name}");
            assert!(matches!(said(got[0], Field::Source), "Skell Post" | "The Skell Post"), "{name}");
        }
    }
}

/// The classic form of Nexis: a notice of rights, outlet and day with its edition above labels in capitals.
#[test]
fn documents_of_the_old_nexis_are_read_with_and_without_their_count() {
    let fields = format!(
        "SECTION: Section A; Page 1\n\nLENGTH: 30 words\n\nHEADLINE: Tram late\n\nBYLINE:  By ADA QUILL\n\nDATELINE: SKELL, May 5\n\nBODY:\n   {TRAM}\n\nLOAD-DATE: May 7, 1998\n"
    );
    let rights = "Copyright 1998 The Skell Post Company  \n";
    for (day, edition) in [
        ("May 6, 1998, Wednesday", ", Late Edition - Final"),
        ("May 6, 1998, Wednesday", ", FINAL EDITION"),
        ("May 6, 1998", ""),
    ] {
        let imprint = format!("The Skell Post\n\n{day}{edition}\n\n");
        for above in [
            format!("1 of 2 DOCUMENTS\n\n{rights}{imprint}"),
            format!("LEVEL 1 - 3 OF 12 STORIES\n\n{rights}{imprint}"),
            format!("{rights}{imprint}"),
            imprint.clone(),
        ] {
            let all = read("a.txt", &format!("{above}{fields}"));
            let got = documents(&all);
            assert_eq!(got.len(), 1, "{above}: {:?}", lines(&all));
            let told = [Field::Title, Field::Source, Field::Published, Field::Author].map(|field| said(got[0], field));
            assert_eq!(told, ["Tram late", "The Skell Post", day, "By ADA QUILL"], "{above}");
            assert_eq!(text(got[0]), TRAM, "{above}");
        }
    }
    // Labels alone, and an article that quotes them, are none of a database.
    for words in [
        format!("SECTION: News\n\nLENGTH: 30 words\n\nHEADLINE: Tram late\n\nBODY: {TRAM}"),
        format!("{TRAM}\n\nMay 6, 1998\n\nThe form asked for:\n\nLENGTH: 30 words\n\n{TRAM}"),
    ] {
        let all = read("a.txt", &words);
        assert!(documents(&all)[0].claims.iter().all(|claim| !claim.found.starts_with("export:")), "{words}");
    }
}

#[test]
fn fields_of_databases_in_unusual_places() {
    let rule = "_".repeat(60);
    let (second, third) = ("A tree had fallen on the line.", "Notes: she kept none.");
    let transcript = format!(
        "   1 of 1,200 DOCUMENTS\n\n   Skell TV\n\n   SHOW: MORNING 9:00 AM EST\n\n   June 1, 2026 Monday\n\nTRANSCRIPT: 0601\n\nSECTION: NEWS\n\nLENGTH: 50 words\n\nHEADLINE: Tram late\n\nBYLINE: Ada Quill\n\nGUESTS: The driver\n\nHIGHLIGHT:\nThe tram is late.\n\nBODY:\n\nADA QUILL, HOST: {TRAM}\n\nTHE DRIVER: {second}\n\nLOAD-DATE: June 1, 2026\n\nTRANSCRIPT: 0601\n\nDOCUMENT-TYPE: SHOW\n\n   Copyright 2026 Skell TV\n"
    );
    let bare = format!(
        "   1 of 1 DOCUMENTS\n\n   The Skell Post\n\n   June 1, 2026\n\n   Tram\n     late\n\n{TRAM}\n\n{second}\n"
    );
    let spaced = format!(
        "Tram late\n\nThe Skell Post\n\nJune 1, 2026 Monday\n\nFirst Edition\n\nCopyright 2026 The Skell Post All Rights Reserved\n\nSection: NEWS\n\nLength: 99 words\n\nByline: Ada Quill\n\nBody\n\n{TRAM}\n\n{second}\n\n{third}\n\nMore.\n\nGraphic\n\nA tram.\n\nClassification\n\nLanguage: ENGLISH\n\nJournal Code: SKP\n\nLoad-Date: June 1, 2026\n\nEnd of Document\n"
    );
    let factiva = format!(
        "Tram late\n\nBy Ada Quill\n\n30 words\n\n1 June 2026\n\nThe Skell Post\n\nSKELP\n\nEnglish\n\nCopyright 2026, Skell Post.\n\n{TRAM}\n\n{second}\n\nDocument SKELP00020260601em6100001\n\nSearch Summary\nText\ntram\n"
    );
    let tagged = format!(
        "HD\nTram late\nBY\nAda Quill\nWC\n30 words\nPD\n1 June 2026\nSN\nThe Skell Post\nSC\nSKELP\nLA\nEnglish\nLP\n{TRAM}\nTD\n{second}\nCO\nmoles : Mole & Sons\nAN\nDocument SKELP00020260601em6100001\n"
    );
    let unknown = format!(
        "{rule}\n\nReport Information from ProQuest\n{rule}\n\nDocument 1 of 1\n\nTram late\n\nAuthor: Quill, Ada\n\nFull text: {TRAM}\n\n{second}\n\nSubject: Trams\n\nTitle: Tram late\n\nPublication title: The Skell Post\n\nPublication date: Jun 1, 2026\n\nFull text availability: Subject to restrictions\n\nDatabase: Newsstream\n\n{rule}\n\nBibliography\n\nQuill, A. (2026, Jun 1). Tram late.\n"
    );
    let short = format!(
        "{rule}\n\nTram late\n\nPublication info: The Skell Post ; Skell [Skell]. 1 June 2026: W.3.\n\nFull text: {TRAM}\n\n{second}\n\n{rule}\n"
    );
    let two = format!("{TRAM}\n\n{second}");
    for (name, file, text_wanted) in [
        ("transcript", transcript, format!("ADA QUILL, HOST: {TRAM}\n\nTHE DRIVER: {second}")),
        ("bare", bare, two.clone()),
        ("spaced", spaced, format!("{two}\n\n{third}\n\nMore.")),
        ("factiva", factiva, two.clone()),
        ("tagged", tagged, two.clone()),
        ("unknown", unknown, two.clone()),
        ("short", short, two.clone()),
    ] {
        let all = read("a.txt", &file);
        let [Item::Document(got)] = &all[..] else { panic!("{name}: {:?}", lines(&all)) };
        assert_eq!(text(got), text_wanted, "{name}");
        assert_eq!(said(got, Field::Title), "Tram late", "{name}");
        assert!(["The Skell Post", "Skell TV"].contains(&said(got, Field::Source)), "{name}");
        assert!(said(got, Field::Published).contains("2026"), "{name}");
    }
}

#[test]
fn what_stands_around_the_words_of_factiva() {
    let article =
        |head: &str| format!("{head}\n\n{TRAM}\n\nA tree had fallen.\n\nDocument SKELP00020260601em6100001\n");
    for (above, below, section, author) in [
        (
            "Tram late\n\nBy Ada Quill",
            "1 June 2026\n10:15\nThe Skell Post\nSKELP\nEnglish\nCopyright 2026 Skell Post.",
            "-",
            "By Ada Quill",
        ),
        (
            "Local\nTram late\n\nBy Ada Quill",
            "1 June 2026\nThe Skell Post\nSKELP\n3\nEnglish\n(c) 2026 Skell Post",
            "Local",
            "By Ada Quill",
        ),
        (
            "Tram late\n\nAda Quill",
            "1 June 2026\n10:15 GMT\nThe Skell Post\nSKELP\nNational Edition\nA3\nEnglish",
            "-",
            "Ada Quill",
        ),
        ("Tram late\n", "1 June 2026\nThe Skell Post\nSKELP\nEnglish\n\nCopyright 2026. The Skell Post.", "-", "-"),
        ("Tram late\nBy Ada Quill", "1 June 2026\nThe Skell Post\nSKELP\nEnglish", "-", "By Ada Quill"),
    ] {
        let all = read("a.txt", &article(&format!("{above}\n30 words\n{below}")));
        let [Item::Document(got)] = &all[..] else { panic!("{:?}", lines(&all)) };
        let fields = [Field::Title, Field::Section, Field::Author, Field::Source].map(|field| said(got, field));
        assert_eq!(fields, ["Tram late", section, author, "The Skell Post"], "{above} {below}");
        assert!(said(got, Field::Published).starts_with("1 June 2026"));
        assert_eq!(text(got), format!("{TRAM}\n\nA tree had fallen."), "{above} {below}");
    }
}

#[test]
fn ris_as_programs_write_it() {
    let record = |number: u8, end: &str, dash: &str| {
        format!(
            "TY{dash}NEWS\nTI{dash}Tram {number}\nAU{dash}Quill, Ada\nDA{dash}2026/06/01/\nN2{dash}{TRAM}\nUR{dash}https://skell.example/{number}\n{end}"
        )
    };
    let expected = |number: u8| {
        format!("{number} text | Tram {number} | 2026/06/01 | Quill, Ada | https://skell.example/{number} | {TRAM}")
    };
    for dash in ["  - ", " - ", "\t- "] {
        let end = format!("ER{dash}\n");
        let all = read("a.ris", &(record(1, &end, dash) + "\n" + &record(2, &end, dash)));
        assert_eq!(lines(&all), [expected(1), expected(2)], "{dash:?}");
        // Records without an end of their own.
        let all = read("a.ris", &(record(1, "", dash) + "\n" + &record(2, &end, dash)));
        assert_eq!(lines(&all), [expected(1), expected(2)], "{dash:?}");
    }
    let all = read("a.ris", &(record(1, "ER  - \n", "  - ") + &record(2, "", "  - ")));
    assert_eq!(lines(&all), [expected(1), expected(2), "3 Truncated".to_owned()]);
    assert!(documents(&all)[1].claims.iter().any(|c| c.found == "source:cut"));
    // A paragraph that goes on over lines, and a text that is told three times.
    let long = format!(
        "TY  - NEWS\nTI  - A title that\ngoes on\nAB  - {TRAM}\nN2  - {TRAM}\nN1  - Full text: {TRAM}\n\nA tree had\nfallen.\nER  - \n"
    );
    let all = read("a.ris", &long);
    assert_eq!(lines(&all), [format!("1 text | A title that goes on | - | - | - | {TRAM}//A tree had/fallen.")]);
    // The text may have dashes of its own; notes that are fields are no text.
    let all = read(
        "a.ris",
        &format!(
            "TY  - NEWS\nTI  - A\nN1  - Last updated - 2026-07-01\nN1  - SubjectsTermNotLitGenreText - trams; trees\nAB  - {TRAM}\nAT - two dashes\nin the text.\nER  - \n"
        ),
    );
    assert_eq!(lines(&all), [format!("1 text | A | - | - | - | {TRAM}//AT - two dashes//in the text.")]);
    assert_eq!(said(documents(&all)[0], Field::Tag), "trams");
    // Beside an abstract, a short note is a reader's own.
    let all = read("a.ris", &format!("TY  - NEWS\nTI  - A\nAB  - {TRAM}\nN1  - <p>Call Bo about this.</p>\nER  - \n"));
    assert!(lines(&all)[0].ends_with(TRAM) && !lines(&all)[0].contains("Call Bo"), "{:?}", lines(&all));
    // Empty records are refused one by one.
    assert_eq!(
        lines(&read("a.ris", "TY  - NEWS\nID  - 1\nER  - \nTY  - NEWS\nID  - 2\nER  - \n")),
        ["1 NoText", "2 NoText"]
    );
}

#[test]
fn a_packed_export_that_breaks_off_keeps_what_is_whole_and_says_so() {
    let ris: String = (1..400)
        .map(|n| {
            format!("TY  - NEWS\nTI  - Tram {n} of {}\nN2  - {TRAM} {}\nER  - \n", n * 7919 % 1000, n * 104_729 % 997)
        })
        .collect();
    let nexis: String = (1..400)
        .map(|n| format!("   {n} of 400 DOCUMENTS\n\n   The Skell Post\n\n   June 1, 2026 Monday\n\nTram {}\n\nLENGTH: 9 words\n\n{TRAM} {}\n\n", n * 7919 % 1000, n * 104_729 % 997))
        .collect();
    for (name, file) in [("a.ris", ris), ("a.txt", nexis)] {
        let packed = crate::source::gz(file.as_bytes());
        let all = bytes(&format!("{name}.gz"), &packed[..packed.len() / 2], &Options::default());
        let whole = documents(&all).len();
        assert!((50..400).contains(&whole), "{name}: {whole}");
        assert!(matches!(all.last(), Some(Item::Rejected(r)) if r.reason == Reason::Truncated), "{name}");
        let cut = documents(&all).iter().filter(|d| d.claims.iter().any(|c| c.found == "source:cut")).count();
        assert_eq!(cut, 1, "{name}");
    }
}

#[test]
fn what_comes_in_any_number_is_bounded_and_this_is_said() {
    let many = |between: &str| (0..60_000).map(|n| format!("t{n}")).collect::<Vec<_>>().join(between);
    let json =
        format!(r#"{{"title":"A","tags":["{}"],"text":"Rain.","url":"https://skell.example/a"}}"#, many("\",\""));
    let ris = format!(
        "TY  - NEWS\nTI  - A\nKW  - {}\nN2  - Rain.\nUR  - https://skell.example/a\nER  - \n",
        many("\nKW  - ")
    );
    let nitf = format!(
        "<nitf><head><docdata><key-list><keyword key=\"{}\"/></key-list></docdata></head><body><body.head><hedline><hl1>A</hl1></hedline></body.head><body.content><p>Rain.</p></body.content></body></nitf>",
        many("\"/><keyword key=\"")
    );
    for (name, file) in [("a.json", json), ("a.ris", ris), ("a.xml", nitf)] {
        let all = read(name, &file);
        let made = documents(&all)[0];
        let tags = made.claims.iter().filter(|c| c.field == Field::Tag).count();
        assert!((1_000..60_000).contains(&tags), "{name}: {tags}");
        assert_eq!(said(made, Field::Title), "A", "{name}: what comes behind them is kept");
        assert!(made.notes.iter().any(|n| n.0.contains("left out")), "{name}: {:?}", made.notes);
    }
}

#[test]
fn exports_of_readers_libraries_and_content_systems() {
    let title = "Tram to Skell runs late";
    for (name, expected) in [
        (
            "starred.json",
            vec![format!(
                "1 html | {title} | 2026-06-01T09:00:00Z | Ada Quill | https://skell.example/tram?rss | <p>{TRAM}</p>"
            )],
        ),
        (
            "columns.json",
            vec![
                format!("1 text | {title} | 2026-06-01T09:00:00Z | - | - | {TRAM}"),
                "2 text | Ferry on time | 2026-06-02T09:00:00Z | - | - | The ferry was on time on Tuesday.".to_owned(),
            ],
        ),
    ] {
        assert_eq!(lines(&items(name)), expected, "{name}");
    }
    let all = items("starred.json");
    let made = documents(&all)[0];
    assert_eq!((said(made, Field::Source), said(made, Field::Tag)), ("Skell Post", "Transport"));
    assert_eq!(said(made, Field::Canonical), "https://skell.example/tram");
    assert_eq!(made.fetched.map(|at| at.to_string()).as_deref(), Some("2026-06-01T09:01:00Z"));
    // What its content system has not published is refused and said.
    let posts = r#"{"db":[{"data":{"posts":[{"title":"A","plaintext":"Rain fell.","status":"published","published_at":"2026-06-01"},{"title":"B","plaintext":"It will snow.","status":"draft","created_at":"2026-06-02","published_at":null}]}}]}"#;
    let told = lines(&read("posts.json", posts));
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("Rain fell.") && told[1] == "2 NotAnArticle", "{told:?}");
    let link = "https://skell.example/a";
    for (json, expected) in [
        // NewsBlur, Ghost, Trove, JSON-LD, Next.js: lists and records under names that nobody could list.
        (
            format!(r#"{{"stories":[{{"story_permalink":"{link}","story_title":"A","story_content":"Rain fell.","story_authors":"Ada Quill","story_date":"2026-06-01"}}]}}"#),
            format!("A | 2026-06-01 | Ada Quill | {link} | Rain fell."),
        ),
        (
            r#"{"db":[{"meta":{"version":"5"},"data":{"posts":[{"id":"1","title":"A","plaintext":"Rain fell.","published_at":"2026-06-01"}],"tags":[{"id":"t","name":"Sea"}]}}]}"#.to_owned(),
            "A | 2026-06-01 | - | - | Rain fell.".to_owned(),
        ),
        (
            format!(r#"{{"query":"rain","category":[{{"code":"newspaper","records":{{"n":1,"article":[{{"id":"1","url":"https://api.lib.example/1","heading":"A","title":{{"id":"3","title":"The Skell Post"}},"date":"1817-06-02","troveUrl":"{link}","articleText":"Rain fell."}}]}}}}]}}"#),
            format!("A | 1817-06-02 | - | {link} | Rain fell."),
        ),
        (
            r#"{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"Post"},{"@type":"NewsArticle","headline":"A","articleBody":"Rain fell."}]}"#.to_owned(),
            "A | - | - | - | Rain fell.".to_owned(),
        ),
        (
            r#"{"props":{"pageProps":{"article":{"title":"A","body":"Rain fell."}}},"page":"/a"}"#.to_owned(),
            "A | - | - | - | Rain fell.".to_owned(),
        ),
        (
            r#"{"feed":{"title":{"$t":"Post"},"entry":[{"title":{"$t":"A"},"published":{"$t":"2026-06-01"},"content":{"$t":"Rain fell."}}]}}"#.to_owned(),
            "A | 2026-06-01 | - | - | Rain fell.".to_owned(),
        ),
        // Only the address stands outside.
        (
            format!(r#"{{"id":5,"url":"{link}","data":{{"article":{{"title":"A","body":"Rain fell."}}}}}}"#),
            format!("A | - | - | {link} | Rain fell."),
        ),
        (
            r#"{"headlines":{"basic":"A"},"display_date":"2026-06-01T09:00:00Z","credits":{"by":[{"type":"author","name":"Ada Quill"}]},"content_elements":[{"_id":"a","type":"text","content":"Rain"},{"_id":"b","type":"text","content":"fell."},{"type":"image","caption":"A cloud"}]}"#.to_owned(),
            "A | 2026-06-01T09:00:00Z | Ada Quill | - | Rain//fell.".to_owned(),
        ),
        (
            format!(r#"[{{"date":"2026-06-01T10:00:00","date_gmt":"2026-06-01T09:00:00","link":"{link}","title":{{"rendered":"A"}},"content":{{"rendered":"Rain fell."}},"author":3,"tags":[7],"_embedded":{{"author":[{{"name":"Ada Quill"}}]}}}}]"#),
            format!("A | 2026-06-01T09:00:00Z | Ada Quill | {link} | Rain fell."),
        ),
        (
            r#"{"title":"A","time":1780304400,"blocks":[{"type":"paragraph","data":{"text":"Rain fell."}}],"version":"2"}"#.to_owned(),
            "A | 2026-06-01T09:00:00Z | - | - | Rain fell.".to_owned(),
        ),
        // Without a text, the first paragraph is more of it than a line about it.
        (
            r#"{"title":"A","abstract":"Rain.","lead_paragraph":"Rain fell on Skell all day."}"#.to_owned(),
            "A | - | - | - | Rain fell on Skell all day.".to_owned(),
        ),
    ] {
        assert_eq!(lines(&read("a.json", &json)), [format!("1 text | {expected}")], "{json}");
    }
    // A list of its own address is no record.
    let json = format!(
        r#"{{"url":"https://api.example/1","data":{{"articles":[{{"title":"A","text":"Rain.","url":"{link}"}},{{"title":"B","text":"Hail.","url":"{link}b"}}]}}}}"#
    );
    assert_eq!(documents(&read("a.json", &json)).len(), 2);
    let refused = read("a.json", r#"[["title","text"],["A","Rain fell."]]"#);
    assert!(matches!(&refused[0], Item::Rejected(r) if r.detail.contains("records")), "{:?}", lines(&refused));
}

/// When a reader put a page on a shelf is no day of the article.
#[test]
fn days_of_a_shelf_are_no_days_of_articles() {
    let link = "https://skell.example/a";
    for (name, file) in [
        ("pocket.csv", format!("title,url,time_added,tags,status\nA,{link},1780304400,tram|tree,unread\n")),
        (
            "instapaper.csv",
            format!(
                "URL,Title,Selection,Folder,Timestamp,Tags\n{link},A,,Unread,1780304400,\"[\"\"tram\"\",\"\"tree\"\"]\"\n"
            ),
        ),
        (
            "zotero.csv",
            format!(
                "\"Key\",\"Item Type\",\"Title\",\"Url\",\"Abstract Note\",\"Date Added\",\"Date Modified\",\"Manual Tags\"\n\"K\",\"newspaperArticle\",\"A\",\"{link}\",\"\",\"2026-06-01 09:00:00\",\"2026-06-01 09:00:00\",\"tram; tree\"\n"
            ),
        ),
        (
            "wallabag.json",
            format!(
                r#"[{{"is_archived":0,"is_starred":1,"title":"A","url":"{link}","created_at":"2026-06-01T09:00:00Z","updated_at":"2026-06-01T09:00:00Z","tags":["tram","tree"]}}]"#
            ),
        ),
    ] {
        let all = read(name, &file);
        let made = documents(&all)[0];
        assert_eq!((said(made, Field::Published), said(made, Field::Updated)), ("-", "-"), "{name}");
        assert!(said(made, Field::Fetched).starts_with("2026-06-01"), "{name}");
        let tags: Vec<&str> = made.claims.iter().filter(|c| c.field == Field::Tag).map(|c| c.value.as_str()).collect();
        assert_eq!(tags, ["tram", "tree"], "{name}");
    }
    // Elsewhere such a name tells the day.
    let all = read("a.csv", &format!("title,url,text,created_at\nA,{link},Rain.,2026-06-01\n"));
    assert_eq!(said(documents(&all)[0], Field::Published), "2026-06-01");
}

#[test]
fn quotes_behind_backslashes_are_the_texts() {
    for (row, expected) in [
        // As many cells as columns in either reading.
        (r#"A,"Say \"rain\" twice.",x"#, r#"Say "rain" twice."#),
        (r#"A,"\"Rain\", they said.",x"#, r#""Rain", they said."#),
        (r#"A,"One \"line\"\nand another.",x"#, "One \"line\"/and another."),
        (r#"A,"C:\\new \"disk\" it is.",x"#, r#"C:\new "disk" it is."#),
        // Quotes as they should be, and backslashes that are the text's own.
        (r#"A,"A path: C:\",x"#, r"A path: C:\"),
        (r#"A,"Say ""rain"" twice.",x"#, r#"Say "rain" twice."#),
        (r#"A,"C:\new ""disk"" it is.",x"#, r#"C:\new "disk" it is."#),
    ] {
        let all = read("a.csv", &format!("title,text,keywords\n{row}\nB,Hail fell.,y\n"));
        let [Item::Document(first), Item::Document(second)] = &all[..] else { panic!("{row}: {:?}", lines(&all)) };
        assert_eq!(text(first).replace('\n', "/"), expected, "{row}");
        assert_eq!((text(second), said(second, Field::Tag)), ("Hail fell.", "y"), "{row}");
    }
}

#[test]
fn a_cell_of_many_lines_is_one_and_a_quote_never_closed_is_none() {
    let prose = "Rain fell on Skell, and nobody knew why; \"it will stop\", they said.\n".repeat(21_000);
    let quoted = prose.replace('"', "\"\"");
    let all = read(
        "a.csv",
        &format!("title,text,url\nA,\"{quoted}\",https://skell.example/a\nB,Hail.,https://skell.example/b\n"),
    );
    assert_eq!(lines(&all)[1..], ["2 text | B | - | - | https://skell.example/b | Hail."]);
    assert_eq!(text(documents(&all)[0]).len(), prose.len());
    // Cut off, it is one cell still; beyond the largest document it is refused, and what follows is read.
    let all = read("a.csv", &format!("title,text,url\nA,\"{quoted}"));
    assert_eq!(documents(&all).len(), 1, "{} documents", documents(&all).len());
    let small = Options { max_document_bytes: 1 << 20, ..Options::default() };
    let all = bytes("a.csv", format!("title,text\nA,\"{quoted}\"\nB,Hail.\n").as_bytes(), &small);
    assert_eq!(all.iter().map(line).collect::<Vec<_>>(), ["1 TooLarge", "2 text | B | - | - | - | Hail."]);
    let rows: String = (0..21_000).map(|n| format!("T{n},Rain {n}.,https://skell.example/{n}\n")).collect();
    let all = read("a.csv", &format!("title,text,url\nA,\"Rain.,https://skell.example/a\n{rows}"));
    assert_eq!(documents(&all).len(), 21_001);
}

#[test]
fn nexis_in_the_languages_of_its_users() {
    let [french] = &items("nexis-fr.txt")[..] else { panic!("one document") };
    assert_eq!(
        line(french),
        "1 text | Le tram de Skell en retard | lundi 1 juin 2026 | Ada Quill | - | Le tram de Skell avait du retard lundi.//Langue: inconnue, disait l'affiche."
    );
    for (body, class, load, end, length) in [
        ("Haupttext", "Klassifikation", "Ladedatum: 2. Juni 2026", "Ende des Dokuments", "Länge: 9 Wörter"),
        ("Cuerpo", "Clasificación", "Fecha de carga: 2 de junio de 2026", "Fin del documento", "Longitud: 9 palabras"),
        ("Hoofdtekst", "Classificatie", "Laaddatum: 2 juni 2026", "Einde van document", "Lengte: 9 woorden"),
    ] {
        let one = |title: &str| {
            format!(
                "{title}\nSkell Post\n1 June 2026\n\n{length}\n{body}\n\n{TRAM}\n\n{class}\n\nCosa: 7\n\n{load}\n\n{end}\n\n"
            )
        };
        let all = read("a.txt", &(one("Tram late") + &one("Tram on time")));
        let got: Vec<(&str, &str)> =
            documents(&all).iter().map(|made| (said(made, Field::Title), text(made))).collect();
        assert_eq!(got, [("Tram late", TRAM), ("Tram on time", TRAM)], "{end}: {:?}", lines(&all));
        assert!(documents(&all).iter().all(|made| said(made, Field::Updated).contains("2026")), "{end}");
    }
}

#[test]
fn words_in_the_place_of_a_text_are_none() {
    let rule = "_".repeat(60);
    for nothing in ["Not available.", "Full text not available", "[Full text unavailable]"] {
        let all = read(
            "a.txt",
            &format!(
                "{rule}\n\nTram late\n\nPublication title: Skell Post\n\nAbstract: {TRAM}\n\nFull text: {nothing}\n\nSubject: Trams\n\nTitle: Tram late\n\nPublication date: Jun 1, 2026\n\nProQuest document ID: 77\n\nDatabase: News\n\n{rule}\n"
            ),
        );
        let made = documents(&all)[0];
        assert_eq!(text(made), TRAM, "{nothing}");
        assert!(made.claims.iter().any(|c| c.field == Field::Truncated), "{nothing}");
        assert_eq!(said(made, Field::Published), "Jun 1, 2026");
    }
}

#[test]
fn factiva_ends_and_headlines_over_lines() {
    let end = "Document SKELP00020260601em6100001\n";
    for (above, title, section) in [
        ("Tram to\nSkell late again", "Tram to Skell late again", "-"),
        ("Tram to Skell\nruns late", "Tram to Skell runs late", "-"),
        ("Business News\nTram to Skell runs late", "Tram to Skell runs late", "Business News"),
        ("LOCAL\nTram to Skell runs late", "Tram to Skell runs late", "LOCAL"),
        ("Sport\nSkell wins", "Skell wins", "Sport"),
    ] {
        let file = format!(
            "{above}\n\nBy Ada Quill\n30 words\n1 June 2026\nTarn Newswires\nTN\nEnglish\n\n{TRAM}\n\n(END) Dow Jones Newswires\n\n06-01-26 0905ET\n\n{end}"
        );
        let all = read("a.txt", &file);
        let made = documents(&all)[0];
        assert_eq!(
            (said(made, Field::Title), said(made, Field::Section), text(made)),
            (title, section, TRAM),
            "{above}"
        );
        assert_eq!(said(made, Field::Agency), "Dow Jones Newswires");
    }
    let tagged = format!(
        "HD Tram late\nWC 30 words\nPD 1 June 2026\nSN Skell Post\nSC SKELP\nLA English\nLP\n{TRAM}\n\nTD\nRE the tree, nobody would speak.\n\nNS gtran : Transport\nRE uk : United Kingdom\nPUB Skell Post Ltd\nAN {end}"
    );
    let all = read("a.txt", &tagged);
    assert_eq!(text(documents(&all)[0]), format!("{TRAM}\n\nRE the tree, nobody would speak."));
    let all = read("a.txt", &tagged.replace("NS gtran : Transport\nRE uk : United Kingdom\n", ""));
    assert_eq!(text(documents(&all)[0]), format!("{TRAM}\n\nRE the tree, nobody would speak."));
}

/// Beyond eight megabytes an original is compressed from where it lies, and comes back as it was.
#[test]
fn a_huge_record_is_kept_byte_for_byte() {
    let rest: String = (0..1_200_000u32).map(|n| format!("{:x} ", n.wrapping_mul(2_654_435_761))).collect();
    let record = format!("{{\"title\": \"Tram late\", \"text\": \"{TRAM}\", \"other\": \"{rest}\"}}");
    let sandbox = Sandbox::new();
    sandbox.write("a.jsonl", format!("{record}\n"));
    sandbox.run(&["ingest", "a.jsonl"]).ended(0);
    let found = sandbox.run(&["search", "tram", "--format", "jsonl"]).ended(0).json();
    let shown = sandbox.run(&["show", found[0]["article_id"].as_str().unwrap(), "--raw"]).ended(0).out;
    assert!(shown.trim_end() == record, "{} bytes of {}", shown.len(), record.len());
    sandbox.run(&["check"]).ended(0);
}
