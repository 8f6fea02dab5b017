//! Lists of addresses: imported, listed, written as OPML, forgotten.

mod boilerplate;

use serde_json::Value;

use crate::sandbox::Sandbox;

const OPML: &str = r#"<?xml version="1.0"?><opml version="1.0"><body>
<outline text="Coast"><outline text="Aldmoor & Tarn" xmlUrl="http://aldmoor.example/rss?a=1&b=2" htmlUrl="http://aldmoor.example/">
</outline><outline text="Again" xmlUrl="http://aldmoor.example/rss?a=1&b=2#top"/></outline>
<outline text="Skell" xmlUrl="feed://skell.example/rss"/><outline text="Bad" xmlUrl="javascript:alert(1)"/>
</body></opml>"#;

fn counts(report: &Value) -> [u64; 6] {
    ["seen", "added", "changed", "known", "repeated", "rejected"].map(|key| report[key].as_u64().unwrap())
}

fn import(sandbox: &Sandbox, args: &[&str]) -> Value {
    let ran = sandbox.run(&[&["sources", "import", "--json"], args].concat());
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {}{}", ran.out, ran.err))
}

#[test]
fn a_list_is_imported_once() {
    let sandbox = Sandbox::new();
    sandbox.write("feeds.opml", OPML);
    assert_eq!(counts(&import(&sandbox, &["feeds.opml", "--dry-run"])), [4, 2, 0, 0, 1, 1]);
    assert!(!sandbox.path("corpus").exists(), "a dry run writes nothing");
    let first = import(&sandbox, &["feeds.opml"]);
    assert_eq!(counts(&first), [4, 2, 0, 0, 1, 1]);
    assert_eq!(first["rejections"][0]["address"], "javascript:alert(1)");
    assert_eq!(counts(&import(&sandbox, &["feeds.opml"])), [4, 0, 0, 2, 1, 1]);
    sandbox.write("feeds.opml", OPML.replace("\"Skell\"", "\"Skell Weekly\""));
    assert_eq!(counts(&import(&sandbox, &["feeds.opml", "--dry-run"])), [4, 0, 1, 1, 1, 1]);
    assert_eq!(counts(&import(&sandbox, &["feeds.opml"])), [4, 0, 1, 1, 1, 1]);
    let listed = sandbox.run(&["sources", "imported", "--format", "jsonl"]).ended(0).json();
    let shown: Vec<_> =
        listed.iter().map(|a| [&a["url"], &a["kind"], &a["title"]].map(|v| v.as_str().unwrap())).collect();
    assert_eq!(
        shown,
        [
            ["http://aldmoor.example/rss?a=1&b=2", "feed", "Aldmoor & Tarn"],
            ["http://skell.example/rss", "feed", "Skell Weekly"],
        ]
    );
    assert_eq!(listed[0]["folders"], serde_json::json!(["Coast"]));
    sandbox.run(&["check"]).ended(0);
}

#[test]
fn every_kind_of_list_is_taken_and_articles_are_not() {
    let sandbox = Sandbox::new();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/source");
    let file = |name: &str| format!("{folder}/{name}");
    for (name, seen) in [
        ("subscriptions.opml", 1),
        ("sitemap.xml", 1),
        ("news-sitemap.xml", 2),
        ("robots.txt", 2),
        ("addresses.txt", 2),
        ("gkg.tsv", 2),
    ] {
        let report = import(&sandbox, &[&file(name)]);
        assert_eq!((counts(&report)[0], counts(&report)[5]), (seen, 0), "{name}: {report}");
    }
    let list = |kind: &str| sandbox.run(&["sources", "imported", "--kind", kind, "--format", "list"]).out;
    assert_eq!(list("list"), "https://skell.example/news.xml\nhttps://skell.example/sitemap.xml\n");
    assert_eq!(list("unknown"), "https://skell.example/feed\nhttps://tarn.example/feed.xml\n");
    let found = sandbox.run(&["sources", "imported", "weir", "--json"]).ended(0).json();
    assert_eq!((&found[0]["title"], &found[0]["site"]), (&"Weir holds".into(), &"Skell Weekly".into()));
    let ran = sandbox.run(&["sources", "import", &file("feed.xml"), "nowhere.opml"]).ended(2);
    for said in ["no list of addresses: take it in with `newsdex ingest`", "nowhere.opml", "no such file"] {
        assert!(ran.err.contains(said), "no `{said}` in {}", ran.err);
    }
    let ingested = sandbox.run(&["ingest", &file("subscriptions.opml")]);
    assert!(ingested.err.contains("newsdex sources import"), "{}", ingested.err);
}

#[test]
fn what_is_written_as_opml_comes_back() {
    let sandbox = Sandbox::new();
    let nested = r#"<opml><body><outline text="A &lt;b&gt;"><outline text="C"><outline text="One" xmlUrl="http://one.example/f"
        language="de"/></outline><outline text="Two" xmlUrl="http://two.example/f"/></outline></body></opml>"#;
    sandbox.write("a.opml", nested);
    import(&sandbox, &["a.opml"]);
    let written = sandbox.run(&["sources", "imported", "--format", "opml"]).ended(0).out;
    let other = Sandbox::new();
    other.write("b.opml", &written);
    import(&other, &["b.opml"]);
    let listed = |sandbox: &Sandbox| {
        let all = sandbox.run(&["sources", "imported", "--json"]).ended(0).json();
        all.into_iter()
            .map(|a| [a["url"].clone(), a["title"].clone(), a["folders"].clone(), a["language"].clone()])
            .collect::<Vec<_>>()
    };
    assert_eq!(listed(&other), listed(&sandbox), "{written}");
    assert_eq!(listed(&sandbox)[0][2], serde_json::json!(["A <b>", "C"]));
}

#[test]
fn addresses_are_forgotten_by_name() {
    let sandbox = Sandbox::new();
    sandbox.write("feeds.opml", OPML);
    import(&sandbox, &["feeds.opml"]);
    let ran = sandbox.run(&["sources", "forget", "http://skell.example/rss", "http://nobody.example/"]).ended(2);
    assert!(ran.err.contains("`http://nobody.example/` is not among") && ran.err.contains("hint: "), "{}", ran.err);
    assert_eq!(sandbox.run(&["sources", "imported", "--json"]).json().len(), 2, "all or nothing");
    sandbox.run(&["sources", "forget", "http://skell.example/rss"]).ended(0);
    assert_eq!(sandbox.run(&["sources", "imported", "skell"]).ended(1).out, "");
}

#[test]
fn a_hostile_title_does_not_reach_the_terminal() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "a.opml",
        "<opml><body><outline text=\"x\u{1b}]0;owned\u{7}\u{202e}\" xmlUrl=\"http://a.example/\"/></body></opml>",
    );
    import(&sandbox, &["a.opml"]);
    for format in ["text", "list", "opml"] {
        let shown = sandbox.run(&["sources", "imported", "--format", format]).ended(0).out;
        assert!(!shown.contains(['\u{1b}', '\u{7}']), "{format}: {shown:?}");
    }
}

/// An address of another kind among those of the web is no article, and is named.
#[test]
fn a_list_with_a_stray_address_is_a_list() {
    let sandbox = Sandbox::new();
    sandbox.write("list.txt", "https://aldmoor.example/1\nmailto:desk@aldmoor.example\nhttps://aldmoor.example/2\n");
    let report = import(&sandbox, &["list.txt"]);
    assert_eq!(counts(&report), [3, 2, 0, 0, 0, 1]);
    assert_eq!(report["rejections"][0]["address"], "mailto:desk@aldmoor.example");
    let ran = sandbox.run(&["ingest", "list.txt", "--json"]);
    assert_eq!(ran.json()[0]["added"], 0, "{}", ran.out);
}
