//! Saved searches: only what is new since the last look, whatever changed meanwhile.

use newsdex::corpus::{Corpus, Searches};

use super::{line, take_in};
use crate::sandbox::Sandbox;

fn ferry(n: u32, day: &str, text: &str) -> String {
    line(&format!("f{n}"), &format!("News {n}"), &format!("{day}T10:00:00Z"), text)
}

#[test]
fn only_what_is_new() {
    let sandbox = Sandbox::new();
    take_in(
        &sandbox,
        "a.jsonl",
        &[ferry(1, "2025-03-01", "The ferry ran on Monday."), ferry(2, "2025-03-01", "The mill was sold.")],
    );
    sandbox.run(&["save", "boats", "ferry OR ferries"]).ended(0);
    let refused = sandbox.run(&["save", "bad", "ferry AND ("]).ended(2);
    assert!(refused.err.contains('^'), "{}", refused.err);
    let none = sandbox.run(&["new"]).ended(1);
    assert_eq!((none.out.as_str(), none.err.as_str()), ("", ""));
    assert_eq!(sandbox.run(&["new", "-q"]).ended(1).err, "");

    take_in(
        &sandbox,
        "b.jsonl",
        &[ferry(3, "2025-03-02", "Two ferries collided."), ferry(4, "2025-03-02", "It rained.")],
    );
    let peeked = sandbox.run(&["new", "boats", "--peek"]).ended(0);
    let first = sandbox.run(&["new", "boats"]).ended(0);
    assert_eq!(peeked.out, first.out);
    assert!(
        first.out.contains("News 3") && first.out.contains("matched: ferries") && first.out.contains("boats: 1 new"),
        "{}",
        first.out
    );
    assert!(!first.out.contains("News 1"), "{}", first.out);
    sandbox.run(&["new"]).ended(1);

    // An update that makes an article answer is new; one of an article that answered says so; a cleaning is none.
    take_in(
        &sandbox,
        "c.jsonl",
        &[
            ferry(2, "2025-03-05", "The mill was sold, and the ferry with it."),
            ferry(1, "2025-03-05", "The ferry ran on Monday and Tuesday, the harbour master said."),
        ],
    );
    sandbox.run(&["clean", "--all", "--apply"]);
    let rows = sandbox.run(&["new", "--peek", "--format", "csv"]).ended(0);
    assert_eq!(rows.out.lines().count(), 3, "{}", rows.out);
    assert!(rows.out.starts_with("name,hit,article_id,"), "{}", rows.out);
    let text = sandbox.run(&["new"]).ended(0).out;
    assert!(text.contains("changed since version 1") && text.contains("boats: 2 new"), "{text}");
    assert_eq!(text.matches("changed since version").count(), 1, "{text}");

    for (args, code) in [(&["new", "nope"][..], 2), (&["new", "--format", "nope"], 2), (&["saved"], 0)] {
        sandbox.run(args).ended(code);
    }
    assert_eq!(sandbox.run(&["saved", "--json"]).json()[0]["query"], "ferry OR ferries");
    sandbox.run(&["saved", "--forget", "boats"]).ended(0);
    sandbox.run(&["saved", "--forget", "boats"]).ended(2);
    sandbox.run(&["saved"]).ended(1);
}

/// What answered and does so no more is told too.
#[test]
fn what_answers_no_more() {
    let sandbox = Sandbox::new();
    let wire = |status: &str| {
        serde_json::json!({ "type": "text", "uri": "urn:dale:boat", "versioncreated": "2025-03-02T10:00:00Z",
            "pubstatus": status, "headline": "Boat late", "body_text": "The ferry was late.", "language": "en" })
        .to_string()
    };
    take_in(
        &sandbox,
        "a.jsonl",
        &[ferry(1, "2025-03-01", "The ferry ran on Monday."), ferry(2, "2025-03-01", "Rain.")],
    );
    take_in(&sandbox, "b.json", &[wire("usable")]);
    sandbox.run(&["save", "boats", "ferry"]).ended(0);
    sandbox.run(&["new"]).ended(1);
    take_in(&sandbox, "c.jsonl", &[ferry(1, "2025-03-05", "The bus ran on Monday."), ferry(2, "2025-03-05", "Sun.")]);
    take_in(&sandbox, "b.json", &[wire("canceled")]);
    let rows = sandbox.run(&["new", "--peek", "--format", "jsonl"]).ended(0);
    assert!(rows.out.is_empty() && rows.err.contains("boats: Boat late"), "{} {}", rows.out, rows.err);
    let document = sandbox.run(&["new", "--peek", "-q", "--format", "json"]).ended(0);
    assert!(document.out.contains("boats: Boat late"), "{}", document.out);
    let text = sandbox.run(&["new"]).ended(0).out;
    assert!(text.contains("Boat late · ") && text.contains("withdrawn since (version 2)"), "{text}");
    assert!(text.contains("News 1 · ") && text.contains("changed since, and answers no more (version 2)"), "{text}");
    assert!(text.contains("boats: 2 answer no more") && !text.contains("News 2"), "{text}");
    sandbox.run(&["new"]).ended(1);
}

#[test]
fn beside_a_running_ingest() {
    let sandbox = Sandbox::new();
    take_in(&sandbox, "a.jsonl", &[ferry(1, "2025-03-01", "The ferry ran on Monday.")]);
    let writer = newsdex::corpus::Writer::open(&sandbox.path("."), "newsdex ingest").unwrap();
    sandbox.run(&["save", "boats", "ferry"]).ended(0);
    sandbox.run(&["new"]).ended(1);
    drop(writer);
    take_in(&sandbox, "b.jsonl", &[ferry(3, "2025-03-02", "The ferry was late.")]);
    let writer = newsdex::corpus::Writer::open(&sandbox.path("."), "newsdex ingest").unwrap();
    sandbox.run(&["new"]).ended(0);
    sandbox.run(&["new"]).ended(1);
    drop(writer);
}

/// An article that comes in under an embargo is news when that ends, whether or not somebody looked meanwhile.
#[test]
fn the_end_of_an_embargo_is_news() {
    let sandbox = Sandbox::new();
    let wire = |n: u32, until: &str| {
        serde_json::json!({ "type": "text", "uri": format!("urn:dale:boat{n}"), "versioncreated": "2020-03-02T10:00:00Z",
            "embargoed": until, "headline": format!("Boat {n} sold"), "body_text": "The ferry was sold.", "language": "en" })
        .to_string()
    };
    take_in(&sandbox, "a.json", &[wire(1, "2020-06-01T00:00:00Z")]);
    take_in(&sandbox, "b.json", &[wire(2, "2020-02-01T00:00:00Z")]);
    take_in(&sandbox, "c.json", &[wire(3, "2999-01-01T00:00:00Z")]);
    sandbox.run(&["save", "boats", "ferry"]).ended(0);
    sandbox.run(&["new"]).ended(1);
    // As if all that had been looked at while the first embargo held.
    let searches = Searches::open(&sandbox.path(".")).unwrap();
    let saved = Corpus::open(&sandbox.path(".")).unwrap().saved_searches().unwrap().remove(0);
    assert!(saved.seen_at.is_some() && saved.seen.0 == 3, "{saved:?}");
    searches.saw(&saved, saved.seen, "2020-04-01T00:00:00Z".parse().unwrap()).unwrap();
    let peeked = sandbox.run(&["new", "--peek"]).ended(0).out;
    let told = sandbox.run(&["new"]).ended(0).out;
    assert_eq!(peeked, told);
    assert!(told.contains("boats: 1 new") && told.contains("under embargo until 2020-06-01T00:00:00Z"), "{told}");
    assert!(told.contains("Boat 1 sold"), "{told}");
    sandbox.run(&["new"]).ended(1);
    // What nobody could see is not told to be gone.
    take_in(&sandbox, "c.json", &[wire(3, "2999-01-01T00:00:00Z").replace("ferry was sold", "bus was bought")]);
    sandbox.run(&["new"]).ended(1);
    sandbox.run(&["saved", "--forget", "boats"]).ended(0);
}
