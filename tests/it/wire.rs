//! From end to end: our own exports read back, and cancellation and embargo: what a wire service takes back is not found any more, what it holds back
//! not yet, and both are said.

use crate::sandbox::Sandbox;

mod early;
mod head;
mod stories;

fn item(number: u32, version: u32, meta: &str, body: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:tarn.example:2026-06-01:{number}" version="{version}" xml:lang="en">
<itemMeta><itemClass qcode="ninat:text"/><provider literal="Tarn Wire"/><versionCreated>2026-06-01T1{version}:00:00Z</versionCreated>{meta}</itemMeta>
{body}</newsItem>"#
    )
}

fn story(headline: &str, text: &str) -> String {
    format!(
        r#"<contentMeta><headline>{headline}</headline></contentMeta><contentSet><inlineXML contenttype="application/xhtml+xml">
<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{text}</p></body></html></inlineXML></contentSet>"#
    )
}

const USABLE: &str = r#"<pubStatus qcode="stat:usable"/>"#;
const CANCELLED: &str = r#"<pubStatus qcode="stat:canceled"/>"#;

#[test]
fn a_cancelled_item_is_withdrawn_and_said() {
    for cancellation in [
        item(77, 2, CANCELLED, ""),
        item(
            77,
            2,
            CANCELLED,
            &story("KILL Ferry to be sold", "The item on the ferry is cancelled: nothing of it is right."),
        ),
    ] {
        let sandbox = Sandbox::new();
        let text = "The ferry at Tarn will be sold in the autumn, the harbour board said on Monday.";
        sandbox.write("monday/1.xml", item(77, 1, USABLE, &story("Ferry to be sold", text)));
        sandbox.write("tuesday/9.xml", cancellation);
        sandbox.run(&["ingest", "monday"]).ended(0);
        let found = sandbox.run(&["search", "ferry sold", "--format", "jsonl"]).ended(0).json();
        let id = found[0]["article_id"].as_str().unwrap().to_owned();
        let report = sandbox.run(&["ingest", "tuesday", "--json"]).ended(0).json();
        assert_eq!((&report[0]["added"], &report[0]["updated"]), (&0.into(), &1.into()), "{}", report[0]);
        for command in ["search", "export"] {
            let ran = sandbox.run(&[command, "ferry"]).ended(1);
            assert!(ran.err.contains("1 article left out: withdrawn by the publisher"), "{command}: {}", ran.err);
        }
        // What was said once can still be looked up by who knows it.
        let shown = sandbox.run(&["show", &id, "--versions"]).ended(0);
        assert_eq!(shown.out.lines().count(), 3, "{}", shown.out);
        assert!(sandbox.run(&["show", &id]).ended(0).out.contains("withdrawn by its publisher"));
        // The old item coming in again does not bring it back.
        sandbox.run(&["ingest", "monday"]).ended(0);
        sandbox.run(&["search", "ferry"]).ended(1);
    }
}

/// Every wire item is a file of its own, and many tell no outlet: their agency's name for them says which they are.
#[test]
fn an_item_without_an_outlet_is_cancelled_and_corrected_from_other_files() {
    let ninjs = |version: u32, status: &str, more: &str| {
        format!(
            r#"{{"uri":"http://wire.example/items/77","type":"text","version":"{version}","versioncreated":"2026-06-0{version}T10:00:00Z","pubstatus":"{status}"{more}}}"#
        )
    };
    let nitf = |day: u32, status: &str, body: &str| {
        format!(
            r#"<?xml version="1.0"?><nitf><head><docdata management-status="{status}"><doc-id id-string="tw-77" regsrc="TW"/><date.issue norm="2026060{day}T100000Z"/></docdata></head><body>{body}</body></nitf>"#
        )
    };
    let text = |price: &str| {
        format!(
            "The ferry at Tarn will be sold in the autumn for {price}, the harbour board said on Monday. The price was set in a meeting that nobody had announced, and two members left it before the vote was taken by show of hands."
        )
    };
    let json = |head: &str, text: &str| format!(r#","headline":"{head}","body_html":"<p>{text}</p>""#);
    let xml = |head: &str, text: &str| {
        format!("<body.head><hedline><hl1>{head}</hl1></hedline></body.head><body.content><p>{text}</p></body.content>")
    };
    let kill = "EDITORS: kill the item on the ferry, nothing of it is right.";
    for (name, first, second, cancellations) in [
        (
            "json",
            ninjs(1, "usable", &json("Ferry to be sold", &text("a pound"))),
            ninjs(2, "usable", &json("Ferry sold", &text("two pounds"))),
            [ninjs(3, "canceled", ""), ninjs(3, "canceled", &json("KILL Ferry", kill))],
        ),
        (
            "xml",
            nitf(1, "usable", &xml("Ferry to be sold", &text("a pound"))),
            nitf(2, "usable", &xml("Ferry to be sold", &text("two pounds"))),
            [nitf(3, "canceled", ""), nitf(3, "canceled", &xml("KILL Ferry", kill))],
        ),
    ] {
        for cancellation in cancellations {
            let sandbox = Sandbox::new();
            sandbox.write(&format!("1.{name}"), &first);
            sandbox.write(&format!("2.{name}"), &second);
            sandbox.write(&format!("3.{name}"), &cancellation);
            for (n, done) in [(1, "added"), (2, "updated"), (3, "updated")] {
                let report = sandbox.run(&["ingest", &format!("{n}.{name}"), "--json"]).ended(0).json();
                assert_eq!(report[0][done], 1, "{name} {n}: {}", report[0]);
            }
            let ran = sandbox.run(&["search", "ferry"]).ended(1);
            assert!(ran.err.contains("1 article left out: withdrawn by the publisher"), "{name}: {}", ran.err);
        }
        let sandbox = Sandbox::new();
        sandbox.write(
            &format!("3.{name}"),
            if name == "xml" { nitf(3, "canceled", "") } else { ninjs(3, "canceled", "") },
        );
        let ran = sandbox.run(&["ingest", &format!("3.{name}")]).ended(1);
        assert!(ran.err.contains("withdraws `") && ran.err.contains("77`"), "{}", ran.err);
    }
}

/// What a reader would call the same text.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

/// A hit list that comes into its own home again shows what is there, and brings nothing.
#[test]
fn our_own_exports_bring_nothing_into_their_home() {
    let sandbox = Sandbox::new();
    let text = "The ferry at Tarn will be sold in the autumn, the harbour board said on Monday.";
    sandbox.write("notes/1.txt", format!("Ferry to be sold\nBy Jane Roe\nJune 5, 2025\n\n{text}\n\nNobody wants it."));
    sandbox.write("notes/2.html", format!("<!doctype html><html><head><title>Ferry sold</title><link rel='canonical' href='https://tarn.example/sold'></head><body><h1>Ferry sold</h1><p>{text}</p><p>{text} The buyer is not known, and the price is not known either.</p><p>{text} Members of the board left the meeting.</p></body></html>"));
    sandbox.run(&["ingest", "notes"]).ended(0);
    let before = sandbox.run(&["stats", "--json"]).ended(0).json();
    for per in ["article", "passage"] {
        for format in ["jsonl", "json", "csv", "tsv"] {
            let list = sandbox.path(&format!("{per}.{format}")).to_string_lossy().into_owned();
            sandbox.run(&["export", "ferry", "--per", per, "-o", &list, "--format", format]).ended(0);
            let report = sandbox.run(&["ingest", &list, "--json"]).ended(0).json();
            for what in ["added", "updated", "rejected"] {
                assert_eq!(report[0][what], 0, "{per} {format}: {}", report[0]);
            }
        }
    }
    let after = sandbox.run(&["stats", "--json"]).ended(0).json();
    assert_eq!(before[0]["articles"], after[0]["articles"]);
    // What such a row says beyond its article is an article.
    let row = |id: &str| {
        format!(
            r#"{{"article_id":"{id}","headline":"Ferry to be sold","passage":"The buyer has been found in Orlen, and pays in herring."}}"#
        )
    };
    sandbox.write("other.jsonl", row("0123456789abcdef"));
    assert_eq!(sandbox.run(&["ingest", "other.jsonl", "--json"]).ended(0).json()[0]["added"], 1);
}

#[test]
fn our_own_exports_are_read_back() {
    let sandbox = Sandbox::with_samples();
    let hits =
        sandbox.run(&["search", "ferry", "--format", "jsonl", "--no-collapse", "--per", "article"]).ended(0).json();
    let mut known: Vec<_> = hits.iter().map(|hit| hit["article_id"].as_str().unwrap().to_owned()).collect();
    known.sort();
    for format in ["jsonl", "json", "csv", "tsv", "ris", "csl"] {
        let list = sandbox.path(&format!("hits.{format}")).to_string_lossy().into_owned();
        sandbox.run(&["export", "ferry", "--per", "article", "-o", &list, "--format", format]).ended(0);
        let other = Sandbox::new();
        other.run(&["ingest", &list]).ended(0);
        let stats = other.run(&["stats", "--json"]).ended(0).json();
        assert_eq!(stats[0]["articles"], known.len(), "{format}: {}", stats[0]);
        // Each is found again by what it says, under the id of its address, with its title, outlet, writers and day.
        for hit in &hits {
            let id = hit["article_id"].as_str().unwrap();
            let headline = hit["headline"].as_str().unwrap();
            let found = other
                .run(&["search", &format!("title:\"{}\"", headline.replace('"', "")), "--format", "jsonl"])
                .ended(0)
                .json();
            let back =
                found.iter().find(|f| f["headline"] == headline).unwrap_or_else(|| panic!("{format}: {headline}"));
            if hit["url"].is_string() {
                assert_eq!(back["article_id"], id, "{format}: {headline}");
            }
            assert_eq!(back["author"], hit["author"], "{format}: {headline}");
            assert_eq!(back["publisher"], hit["publisher"], "{format}: {headline}");
            let day = |hit: &serde_json::Value| hit["datePublished"].as_str().map(|d| d[..d.len().min(10)].to_owned());
            assert_eq!(day(back), day(hit), "{format}: {headline}");
            let shown = other.run(&["show", back["article_id"].as_str().unwrap()]).ended(0).out;
            let (shown, passage) = (words(&shown), words(hit["passage"].as_str().unwrap()));
            let whole = shown.windows(passage.len()).any(|window| window == passage);
            assert!(whole, "{format}: {headline}: {shown:?} lacks {passage:?}");
            assert!(shown.len() > 20, "{format}: {headline}: {shown:?}");
        }
    }
}

#[test]
fn a_revision_of_newsml_is_no_second_article_and_a_cancellation_withdraws() {
    let newsml = |revision: u32, status: &str, identifiers: &str, text: &str| {
        format!(
            r#"<NewsML Version="1.2"><NewsItem><Identification><NewsIdentifier>{identifiers}<PublicIdentifier>urn:newsml:tarn.example:20260601:ferry:{revision}N</PublicIdentifier></NewsIdentifier></Identification>
<NewsManagement><FirstCreated>20260601T100000Z</FirstCreated><ThisRevisionCreated>20260601T1{revision}0000Z</ThisRevisionCreated><Status FormalName="{status}"/></NewsManagement>
<NewsComponent><NewsLines><HeadLine>Ferry to be sold</HeadLine></NewsLines><ContentItem><MediaType FormalName="Text"/><DataContent><p>{text}</p></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"#
        )
    };
    let parts = |revision: u32| {
        format!(
            "<ProviderId>tarn.example</ProviderId><DateId>20260601</DateId><NewsItemId>ferry</NewsItemId><RevisionId PreviousRevision=\"{}\" Update=\"N\">{revision}</RevisionId>",
            revision - 1
        )
    };
    for identifiers in [parts, |_| String::new()] {
        let sandbox = Sandbox::new();
        let first = "The ferry at Tarn will be sold in the autumn, the harbour board said on Monday.";
        let second = "The ferry at Tarn will be sold in the winter, the harbour board said on Monday evening.";
        sandbox.write("1.xml", newsml(1, "Usable", &identifiers(1), first));
        sandbox.write("2.xml", newsml(2, "Usable", &identifiers(2), second));
        sandbox.write("3.xml", newsml(3, "Canceled", &identifiers(3), ""));
        sandbox.run(&["ingest", "1.xml"]).ended(0);
        let report = sandbox.run(&["ingest", "2.xml", "--json"]).ended(0).json();
        assert_eq!((&report[0]["added"], &report[0]["updated"]), (&0.into(), &1.into()), "{}", report[0]);
        sandbox.run(&["search", "ferry winter"]).ended(0);
        sandbox.run(&["ingest", "3.xml"]).ended(0);
        let ran = sandbox.run(&["search", "ferry"]).ended(1);
        assert!(ran.err.contains("1 article left out: withdrawn by the publisher"), "{}", ran.err);
    }
}

#[test]
fn an_embargo_whose_end_is_not_known_holds_and_is_said() {
    let text = "The ferry at Tarn will run every hour, the harbour board said on Monday.";
    let nitf = |docdata: &str| {
        format!(
            "<nitf><head><title>Ferry to run hourly</title>{docdata}</head><body><body.content><p>{text}</p></body.content></body></nitf>"
        )
    };
    let newsml = |status: &str| {
        format!(
            r#"<NewsML><NewsItem><Identification><NewsIdentifier><PublicIdentifier>urn:newsml:tarn.example:20260601:f:1</PublicIdentifier></NewsIdentifier></Identification><NewsManagement>{status}</NewsManagement><NewsComponent><NewsLines><HeadLine>Ferry to run hourly</HeadLine></NewsLines><ContentItem><DataContent><p>{text}</p></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"#
        )
    };
    let ninjs = |until: &str| {
        format!(
            r#"{{"uri":"urn:tarn:1","type":"text","versioncreated":"2026-06-01T10:00:00Z","headline":"Ferry to run hourly","body_text":"{text}"{until}}}"#
        )
    };
    let g2 = |until: &str| {
        item(1, 1, &format!("<embargoed>{until}</embargoed>{USABLE}"), &story("Ferry to run hourly", text))
    };
    for (name, file, held) in [
        (
            "a.xml",
            nitf(r#"<docdata management-status="Embargoed"><date.issue norm="20260601T100000Z"/></docdata>"#),
            true,
        ),
        (
            "a.xml",
            nitf(r#"<docdata><date.issue norm="20260601T100000Z"/><date.release norm="20991231T230000Z"/></docdata>"#),
            true,
        ),
        (
            "a.xml",
            nitf(r#"<docdata management-status="Embargoed"><date.release norm="20260602T100000Z"/></docdata>"#),
            false,
        ),
        (
            "a.xml",
            nitf(r#"<docdata><date.issue norm="20260601T100000Z"/><date.release norm="20260601T120000Z"/></docdata>"#),
            false,
        ),
        ("a.xml", newsml(r#"<Status FormalName="Embargoed"/>"#), true),
        (
            "a.xml",
            newsml(
                r#"<Status FormalName="Embargoed"/><StatusWillChange><FutureStatus FormalName="Usable"/><DateAndTime>20260602T100000Z</DateAndTime></StatusWillChange>"#,
            ),
            false,
        ),
        ("a.json", ninjs(r#","embargoed":"until further notice""#), true),
        ("a.json", ninjs(r#","embargoed":"2099-06-01""#), true),
        ("a.json", ninjs(r#","embargoed":"2099-06-01T10:00:00""#), true),
        ("a.json", ninjs(r#","embargoed":"2026-06-01""#), false),
        ("a.json", ninjs(r#","embargoed":true"#), true),
        ("a.json", ninjs(r#","embargoed":false"#), false),
        ("a.json", ninjs(r#","embargoed":null"#), false),
        ("a.json", ninjs(r#","embargoed":"false""#), false),
        ("a.json", ninjs(r#","pubstatus":"embargoed""#), true),
        ("a.xml", g2("soon"), true),
        // What is written on usable items.
        ("a.xml", g2(""), false),
    ] {
        let sandbox = Sandbox::new();
        sandbox.write(name, &file);
        sandbox.run(&["ingest", name]).ended(0);
        let ran = sandbox.run(&["search", "ferry"]);
        assert_eq!(ran.code, i32::from(held), "{file}: {}{}", ran.out, ran.err);
        assert_eq!(ran.err.contains("1 article left out: under embargo"), held, "{file}: {}", ran.err);
    }
    // The index is made again from what is stored, and knows it still.
    let sandbox = Sandbox::new();
    sandbox.write("a.json", ninjs(r#","embargoed":"until further notice""#));
    sandbox.run(&["ingest", "a.json"]).ended(0);
    std::fs::remove_dir_all(sandbox.path("index")).unwrap();
    sandbox.run(&["search", "ferry"]).ended(1);
    sandbox.run(&["check"]).ended(0);
    let cleaned = sandbox.run(&["clean", "a.json", "--format", "jsonl"]).ended(0).json();
    assert_eq!(cleaned[0]["embargo"], "unknown");
    assert!(cleaned[0]["notes"].to_string().contains("until further notice"), "{}", cleaned[0]["notes"]);
}

#[test]
fn rights_dates_and_bylines_of_the_wire() {
    let sandbox = Sandbox::new();
    let rights = r#"<RightsMetadata><Copyright><CopyrightHolder>Tarn Wire</CopyrightHolder><CopyrightDate>2026</CopyrightDate></Copyright><UsageRights><UsageType>Print</UsageType><Geography>Tarn only</Geography></UsageRights></RightsMetadata>"#;
    sandbox.write("newsml.xml", format!(r#"<NewsML><NewsItem><NewsComponent><NewsLines><HeadLine>Ferry</HeadLine></NewsLines>{rights}<ContentItem><DataContent><p>The ferry at Tarn will run every hour.</p></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"#));
    sandbox.write("ninjs.json", r#"{"uri":"urn:tarn:1","type":"text","versionCreated":"2026-06-03T10:00:00Z","contentCreated":"2026-06-01T10:00:00Z","pubStatus":"usable","headlines":[{"role":"main","value":"Ferry"}],"copyrightHolder":"Tarn Wire","usageTerms":"Tarn only","bodies":[{"contentType":"text/plain","value":"The ferry at Tarn will run every hour."}]}"#);
    sandbox.write("nitf.xml", r#"<nitf><head><title>Ferry</title><docdata><doc.copyright year="2026" holder="Tarn Wire"/><doc.rights owner="Tarn Wire" type="print" geography="Tarn only"/></docdata></head><body><body.content><p>The ferry at Tarn will run every hour.</p></body.content></body></nitf>"#);
    for name in ["newsml.xml", "ninjs.json", "nitf.xml"] {
        let cleaned = sandbox.run(&["clean", name, "--format", "jsonl"]).ended(0).json();
        let rights = cleaned[0]["rights_notice"].to_string();
        assert!(rights.contains("Tarn Wire") && rights.contains("Tarn only"), "{name}: {rights}");
        if name == "ninjs.json" {
            assert_eq!(cleaned[0]["datePublished"], "2026-06-01T10:00:00Z");
        }
    }
    let iptc = "\u{1}tnw0001 4 rs 46 tnw 0027\r\n\u{2}Tarn/Ferry/\r\nFerry runs hourly =\r\nBy Ada Quill =\r\n   TARN - The ferry at Tarn will run every hour.\r\n\u{3}\r\n011405 CET Jun 95\r\n\u{4}";
    sandbox.write("iptc.txt", iptc);
    let cleaned = sandbox.run(&["clean", "iptc.txt", "--format", "jsonl"]).ended(0).json();
    assert_eq!(cleaned[0]["headline"], "Ferry runs hourly");
    assert_eq!(cleaned[0]["author"][0], "Ada Quill");
    assert_eq!(cleaned[0]["datePublished"], "1995-06-01T14:05:00+01:00");
    assert_eq!(cleaned[0]["articleBody"], "TARN - The ferry at Tarn will run every hour.");
    let anpa = "\u{16}\u{16}\u{1}W2595\r\nu i BC-Ferry, 06-01 0895\r\n\u{2}BC-Ferry,<\r\n^Ferry runs\r\nhourly<\r\n^Eds: UPDATES<\r\n^By ADA QUILL=<\r\n^Tarn Wire Writer=<\r\n   TARN (TW) _ The ferry at Tarn will run every hour,\r\nthe board said.<\r\n\u{3}TW-WF-06-01-95 1405EDT<\r\n\u{4}";
    sandbox.write("wire.txt", anpa);
    let cleaned = sandbox.run(&["clean", "wire.txt", "--format", "jsonl"]).ended(0).json();
    assert_eq!(cleaned[0]["headline"], "Ferry runs hourly");
    assert_eq!(cleaned[0]["author"].to_string().to_lowercase(), "[\"ada quill\"]");
    assert_eq!(cleaned[0]["datePublished"], "1995-06-01T14:05:00-04:00");
}

#[test]
fn an_embargoed_item_waits_and_this_is_said() {
    let sandbox = Sandbox::new();
    let until = |date: &str| format!("<embargoed>{date}</embargoed>{USABLE}");
    let story = |what: &str| story(what, "The ferry at Tarn will run every hour, the harbour board said on Monday.");
    sandbox.write("a.xml", item(1, 1, &until("2099-01-01T00:00:00Z"), &story("Ferry to run hourly")));
    sandbox.write("b.xml", item(2, 1, &until("2026-06-01T12:00:00Z"), &story("Ferry to run on Sundays")));
    sandbox.run(&["ingest", "a.xml", "b.xml"]).ended(0);
    let ran = sandbox.run(&["search", "ferry", "--format", "jsonl", "--no-collapse"]).ended(0);
    let titles: Vec<_> = ran.json().iter().map(|hit| hit["headline"].as_str().unwrap().to_owned()).collect();
    assert_eq!(titles, ["Ferry to run on Sundays"]);
    assert!(ran.err.contains("1 article left out: under embargo"), "{}", ran.err);
}

#[test]
fn a_slug_with_a_caret_is_no_headline_where_there_is_one() {
    for (lines, title) in [
        ("^BC-TN--Ferry, 1st Ld-Writethru,0100<\n^Ferry to be sold<\n^By ADA QUILL=\n", "Ferry to be sold"),
        ("^BC-Ferry,0100<\n", "BC-Ferry,0100"),
        ("^BC-based firm buys ferry<\n^Owner keeps silent<\n", "BC-based firm buys ferry"),
    ] {
        let wire = format!(
            "\u{1}W1\nu i  BC-Ferry, 0100\n\u{2}{lines}   The ferry at Tarn will be sold.\n\u{3}TW-WF-06-01-26 1000GMT<\n\u{4}"
        );
        let sandbox = Sandbox::new();
        sandbox.write("a.tst", wire);
        let cleaned = sandbox.run(&["clean", "--format", "jsonl", "a.tst"]).ended(0).json();
        assert_eq!(cleaned[0]["headline"], title, "{lines}");
    }
}

#[test]
fn stories_of_reuters_end_where_they_say_so() {
    let story = |id: u32| {
        format!(
            "<REUTERS NEWID=\"{id}\"><DATE>26-FEB-1987</DATE><TEXT><TITLE>STORY {id}</TITLE><BODY>The ferry {id} is sold.\n Reuter\n&#3;</BODY></TEXT>\n</REUTERS>"
        )
    };
    // On lines of their own, without a last line end, all on one line, behind the last tag of a line.
    for sgml in [
        format!("{}\n{}\n", story(1), story(2)),
        format!("{}\n{}", story(1), story(2)),
        format!("{}{}", story(1), story(2)),
        format!("{} x {}", story(1), story(2)).replace("\n</R", "</R"),
    ] {
        let sandbox = Sandbox::new();
        sandbox.write("r.sgm", &sgml);
        let cleaned = sandbox.run(&["clean", "--format", "jsonl", "r.sgm"]).ended(0).json();
        let titles: Vec<&str> = cleaned.iter().filter_map(|made| made["headline"].as_str()).collect();
        assert_eq!(titles, ["STORY 1", "STORY 2"], "{sgml}");
        assert_eq!(cleaned[0]["articleBody"], "The ferry 1 is sold.", "the signature is none of the text");
    }
}

#[test]
fn a_headline_of_the_wire_may_begin_with_by() {
    let wire = |lines: &str| {
        format!(
            "\u{1}W1\nu i  BC-Ferry, 0100\n\u{2}BC-Ferry,0100<\n{lines}   The ferry at Tarn will be sold.\n\u{3}TW-WF-06-01-26 1000GMT<\n\u{4}"
        )
    };
    for (lines, title, authors) in [
        ("^By the numbers: a ferry to be sold<\n^By MARA LINDE=\n", "By the numbers: a ferry to be sold", "Mara Linde"),
        ("^By hook or by crook<\n", "By hook or by crook", ""),
        ("^Ferry to be sold<\n^By Jo Hartley and Ada Quill=\n", "Ferry to be sold", "Jo Hartley"),
    ] {
        let sandbox = Sandbox::new();
        sandbox.write("a.tst", wire(lines));
        let cleaned = sandbox.run(&["clean", "--format", "jsonl", "a.tst"]).ended(0).json();
        assert_eq!(cleaned[0]["headline"], title, "{lines}");
        assert_eq!(cleaned[0]["author"][0].as_str().unwrap_or(""), authors, "{lines}");
    }
}

/// A `urn:` can be cited and never be opened; an address of the web always wins, and nothing is merged by either.
#[test]
fn a_name_that_leads_nowhere_is_no_link() {
    let urn = "urn:uuid:60a76c80-d399-11d9-b93c-0003939e0aa0";
    let entry = |id: &str, title: &str, more: &str| {
        format!(
            "<entry><title>{title}</title><id>{id}</id>{more}<content>The ferry at {title} will be sold in the autumn, the board said.</content></entry>"
        )
    };
    let feed =
        |entries: &str| format!("<feed xmlns='http://www.w3.org/2005/Atom'><title>Tarn Post</title>{entries}</feed>");
    let sandbox = Sandbox::new();
    let other = "urn:uuid:60a76c80-d399-11d9-b93c-0003939e0aa1";
    sandbox.write("a.xml", feed(&(entry(urn, "Tarn", "") + &entry(other, "Skell", ""))));
    let report = sandbox.run(&["ingest", "a.xml", "--json"]).ended(0).json();
    assert_eq!(report[0]["added"], 2);
    let found = sandbox.run(&["search", "Tarn ferry autumn", "--format", "jsonl"]).ended(0).json();
    assert_eq!(found[0]["url"], urn);
    let opened = sandbox.run(&["search", "ferry autumn", "--open", "1"]).ended(2);
    assert!(opened.err.contains("no web address"), "{}", opened.err);
    for (format, cited) in [
        ("ris", "C2  - urn:uuid:"),
        ("bibtex", "note = {urn:uuid:"),
        ("csl", "\"note\": \"urn:uuid:"),
        ("csv", "urn:uuid:"),
        ("html", ""),
        ("markdown", ""),
    ] {
        let list = sandbox.run(&["export", "ferry", "--format", format]).ended(0).out;
        assert!(list.replace("\":\"", "\": \"").contains(cited), "{format}: {list}");
        for link in ["UR  - urn", "url = {urn", "\"URL\"", "href=\"urn", "](urn", "<urn"] {
            assert!(!list.contains(link), "{format}: {list}");
        }
    }
    // The same entry with an address later is no second article, and takes no other's place.
    sandbox.write("b.xml", feed(&entry(urn, "Tarn", "<link href='https://tarn.example/ferry'/>")));
    sandbox.run(&["ingest", "b.xml"]).ended(0);
    assert_eq!(sandbox.run(&["search", "Tarn ferry autumn", "--format", "jsonl"]).ended(0).json().len(), 1);
    // What archivers call records of their own so is in every archive of theirs.
    let warc = |words: &str| {
        format!(
            "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: urn:X-wpull:log\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n{words}\r\n\r\n",
            words.len()
        )
    };
    sandbox.write("c.warc", warc("The mill at Dell was sold in spring, said the board of the mill."));
    sandbox.write("d.warc", warc("Rain fell on Hedge all week long, and nobody at the office knew why."));
    let report = sandbox.run(&["ingest", "c.warc", "d.warc", "--json"]).ended(0).json();
    assert_eq!((&report[0]["added"], &report[0]["updated"]), (&2.into(), &0.into()), "{}", report[0]);
    let skell = sandbox.run(&["search", "title:Skell", "--format", "jsonl"]).ended(0).json();
    assert_eq!(skell[0]["url"], other);
}
