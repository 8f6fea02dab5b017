//! Saved searches: only what is new since the last look, whatever changed meanwhile.

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
