//! From end to end: our own exports read back, and cancellation and embargo: what a wire service takes back is not found any more, what it holds back
//! not yet, and both are said.

use crate::sandbox::Sandbox;

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

#[test]
fn our_own_exports_are_read_back() {
    let sandbox = Sandbox::with_samples();
    let ids = |sandbox: &Sandbox| {
        let hits = sandbox.run(&["search", "ferry", "--format", "jsonl", "--no-collapse"]).ended(0).json();
        let mut ids: Vec<_> = hits.iter().map(|hit| hit["article_id"].as_str().unwrap().to_owned()).collect();
        ids.sort();
        ids
    };
    for format in ["jsonl", "json", "csv", "tsv", "ris"] {
        let list = sandbox.path(&format!("hits.{format}")).to_string_lossy().into_owned();
        sandbox.run(&["export", "ferry", "--per", "article", "-o", &list]).ended(0);
        let other = Sandbox::new();
        other.run(&["ingest", &list]).ended(0);
        // Flat formats hold the passage, which need not name the ferry; the address is there and makes the same article.
        let known = ids(&sandbox);
        assert!(ids(&other).iter().all(|id| known.contains(id)), "{format}");
        let stats = other.run(&["stats", "--json"]).ended(0).json();
        assert_eq!(stats[0]["articles"], known.len(), "{format}: {}", stats[0]);
    }
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
