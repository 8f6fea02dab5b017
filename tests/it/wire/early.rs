//! A cancellation without a text that is read before what it cancels.

use super::{CANCELLED, USABLE, item, story};
use crate::sandbox::Sandbox;

const TEXT: &str = "The ferry at Tarn will be sold in the autumn, the harbour board said on Monday.";

fn ninjs(version: u32, status: &str, more: &str) -> String {
    format!(
        r#"{{"uri":"urn:tarn:77","type":"text","version":"{version}","versioncreated":"2026-06-01T1{version}:00:00Z","pubstatus":"{status}"{more}}}"#
    )
}

fn stored_and_whole(sandbox: &Sandbox) {
    sandbox.run(&["check"]).ended(0);
    sandbox.run(&["clean", "--all", "--apply"]).ended(0);
    sandbox.run(&["search", "ferry"]).ended(1);
    sandbox.run(&["check"]).ended(0);
}

#[test]
fn what_was_cancelled_before_it_came_is_withdrawn_when_it_comes() {
    let body = format!(r#","headline":"Ferry to be sold","body_html":"<p>{TEXT}</p>""#);
    for (name, kill, first, second) in [
        (
            "xml",
            item(77, 2, CANCELLED, ""),
            item(77, 1, USABLE, &story("Ferry to be sold", TEXT)),
            item(77, 3, USABLE, &story("Ferry to be sold", &TEXT.replace("autumn", "winter"))),
        ),
        (
            "json",
            ninjs(2, "canceled", ""),
            ninjs(1, "usable", &body),
            ninjs(3, "usable", &body.replace("autumn", "winter")),
        ),
    ] {
        let sandbox = Sandbox::new();
        let (kill_at, first_at, second_at) = (format!("1.{name}"), format!("2.{name}"), format!("3.{name}"));
        sandbox.write(&kill_at, &kill);
        sandbox.write(&first_at, &first);
        sandbox.write(&second_at, &second);
        let ran = sandbox.run(&["ingest", &kill_at]).ended(1);
        assert!(ran.err.contains("one that comes is withdrawn at once"), "{}", ran.err);
        // Each run is a process of its own: it is remembered in the home.
        let ran = sandbox.run(&["ingest", &first_at]).ended(0);
        assert!(ran.err.contains("1 article withdrawn by the publisher"), "{}", ran.err);
        let ran = sandbox.run(&["search", "ferry"]).ended(1);
        assert!(ran.err.contains("1 article left out: withdrawn by the publisher"), "{name}: {}", ran.err);
        stored_and_whole(&sandbox);
        // In any order again it is the same.
        for again in [&kill_at, &first_at] {
            let report = sandbox.run(&["ingest", again, "--json"]).ended(0).json();
            assert_eq!(report[0]["unchanged"], 1, "{name} {again}: {}", report[0]);
        }
        sandbox.run(&["search", "ferry"]).ended(1);
        // What is sent after the cancellation stands.
        sandbox.run(&["ingest", &second_at]).ended(0);
        assert_eq!(sandbox.run(&["search", "ferry", "--format", "jsonl"]).ended(0).json().len(), 1, "{name}");
        sandbox.run(&["check"]).ended(0);
    }
}

/// A later version that is read before the first one, and another item: neither is withdrawn.
#[test]
fn an_early_cancellation_withdraws_no_other_item_and_no_later_version() {
    let sandbox = Sandbox::new();
    sandbox.write("1.xml", item(77, 2, CANCELLED, ""));
    sandbox.write("2.xml", item(78, 1, USABLE, &story("Lock closed", "The lock at Tarn closed for good on Monday.")));
    sandbox.write("3.xml", item(77, 3, USABLE, &story("Ferry to be sold", TEXT)));
    sandbox.write("4.xml", item(77, 1, USABLE, &story("Ferry to be sold", TEXT)));
    sandbox.run(&["ingest", "1.xml", "2.xml", "3.xml", "4.xml"]).ended(0);
    for query in ["lock", "ferry"] {
        sandbox.run(&["search", query]).ended(0);
    }
    sandbox.run(&["check"]).ended(0);
}

/// The original of a cancellation is kept beside what it withdraws, and can be read again.
#[test]
fn a_cancellation_without_a_text_leaves_the_corpus_whole() {
    let sandbox = Sandbox::new();
    let body = format!(r#","headline":"Ferry to be sold","body_html":"<p>{TEXT}</p>""#);
    sandbox.write("1.json", ninjs(1, "usable", &body));
    sandbox.write("2.json", ninjs(2, "canceled", ""));
    sandbox.run(&["ingest", "1.json"]).ended(0);
    let id = sandbox.run(&["search", "ferry", "--format", "jsonl"]).ended(0).json()[0]["article_id"].to_string();
    let id = id.trim_matches('"');
    sandbox.run(&["ingest", "2.json"]).ended(0);
    assert_eq!(sandbox.run(&["show", id, "--raw"]).ended(0).out.trim(), ninjs(2, "canceled", ""));
    stored_and_whole(&sandbox);
    assert!(sandbox.run(&["show", id]).ended(0).out.contains("will be sold in the autumn"), "its words stay");
}

#[test]
fn a_dry_run_tells_what_the_run_would() {
    let sandbox = Sandbox::new();
    sandbox.write("kill.json", ninjs(2, "canceled", ""));
    sandbox.write("a/1.xml", item(78, 1, USABLE, &story("Ferry to be sold", TEXT)));
    sandbox.write("b/1.xml", item(78, 1, USABLE, &story("Ferry to be sold", TEXT)));
    let counts = |args: &[&str]| {
        let report = sandbox.run(args).json().remove(0);
        ["added", "updated", "unchanged", "duplicate", "rejected"].map(|name| report[name].as_u64().unwrap())
    };
    let paths = ["a", "b", "kill.json"];
    for expected in [[1, 0, 0, 1, 1], [0, 0, 2, 0, 1]] {
        let dry = counts(&[&["ingest", "--json", "--dry-run"][..], &paths].concat());
        let real = counts(&[&["ingest", "--json"][..], &paths].concat());
        assert_eq!((dry, real), (expected, expected));
    }
}

/// A bare name may be another agency's: what comes under it is not withdrawn for that.
#[test]
fn a_cancellation_by_a_bare_name_waits_for_nothing() {
    let sandbox = Sandbox::new();
    let body = format!(r#","headline":"Ferry to be sold","body_html":"<p>{TEXT}</p>""#);
    sandbox.write("1.json", ninjs(2, "canceled", "").replace("urn:tarn:77", "item-1"));
    sandbox.write("2.json", ninjs(1, "usable", &body).replace("urn:tarn:77", "item-1"));
    let ran = sandbox.run(&["ingest", "1.json"]).ended(1);
    assert!(ran.err.contains("no article here came so named") && !ran.err.contains("at once"), "{}", ran.err);
    sandbox.run(&["ingest", "2.json"]).ended(0);
    sandbox.run(&["search", "ferry"]).ended(0);
    sandbox.run(&["check"]).ended(0);
}
