//! Items that hold several texts, and what names an item.

use super::{Sandbox, words};

const FERRY: &str = "The ferry at Tarn will be sold in the autumn, the harbour board said on Monday after a meeting that nobody had announced to the owners of the boats.";
const LOCK: &str = "Lock keepers upstream fear for their work, since fewer boats would come through in winter; their union wants to be heard before a contract is signed by anybody.";

fn newsml(revision: u32, status: &str, components: &str) -> String {
    format!(
        r#"<NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>tarn.example</ProviderId><DateId>20260601</DateId><NewsItemId>77</NewsItemId><RevisionId>{revision}</RevisionId></NewsIdentifier></Identification>
<NewsManagement><FirstCreated>20260601T100000Z</FirstCreated><ThisRevisionCreated>20260601T1{revision}0000Z</ThisRevisionCreated><Status FormalName="{status}"/></NewsManagement>
<NewsComponent><NewsLines><HeadLine>Ferry to be sold</HeadLine><ByLine>Ada Quill</ByLine></NewsLines>{components}</NewsComponent></NewsItem></NewsML>"#
    )
}

fn component(head: &str, more: &str, text: &str) -> String {
    let head =
        if head.is_empty() { String::new() } else { format!("<NewsLines><HeadLine>{head}</HeadLine></NewsLines>") };
    format!(
        r#"<NewsComponent>{more}{head}<ContentItem><MediaType FormalName="Text"/><DataContent><p>{text}</p></DataContent></ContentItem></NewsComponent>"#
    )
}

#[test]
fn each_text_of_a_newsml_item_is_an_article_and_each_rendition_is_not() {
    for (components, expected) in [
        (
            component("", "", FERRY) + &component("Locks in doubt", "", LOCK),
            vec![("Ferry to be sold", FERRY), ("Locks in doubt", LOCK)],
        ),
        (
            component("Locks in doubt", r#"<Role FormalName="Supporting"/>"#, LOCK)
                + &component("Ferry goes", r#"<Role FormalName="Main"/>"#, FERRY),
            vec![("Ferry goes", FERRY), ("Locks in doubt", LOCK)],
        ),
        // Renditions of one text, and the words under a picture.
        (
            component("", "", FERRY) + &component("Ferry", "", &FERRY.replace("Monday", "Tuesday")),
            vec![("Ferry to be sold", FERRY)],
        ),
        (
            component("", "", FERRY) + &component("", r#"<Role FormalName="Caption"/>"#, LOCK),
            vec![("Ferry to be sold", FERRY)],
        ),
        (component("", "", FERRY) + &component("", "", "The ferry in May."), vec![("Ferry to be sold", FERRY)]),
        // A picture's headline, an abstract and a note to editors are not the story's, whatever words they share with it.
        (
            component("", "", FERRY)
                + &component("A boat", r#"<Role FormalName="Caption"/>"#, "The ferry at Tarn on Monday."),
            vec![("Ferry to be sold", FERRY)],
        ),
        (
            component("", "", FERRY)
                + &component("A boat", r#"<Role FormalName="Caption"/>"#, LOCK)
                + &component("A lock", r#"<Role FormalName="Caption"/>"#, LOCK),
            vec![("Ferry to be sold", FERRY)],
        ),
        (
            component("In short", r#"<Role FormalName="Abstract"/>"#, LOCK) + &component("", "", FERRY),
            vec![("Ferry to be sold", FERRY)],
        ),
        (
            component("", "", "Editors: this replaces all that was sent today, please use it.")
                + &component("", "", FERRY),
            vec![("Ferry to be sold", FERRY)],
        ),
    ] {
        let sandbox = Sandbox::new();
        sandbox.write("a.xml", newsml(1, "Usable", &components));
        let cleaned = sandbox.run(&["clean", "--format", "jsonl", "a.xml"]).ended(0).json();
        let text = |at: usize| words(cleaned[at]["articleBody"].as_str().unwrap());
        assert_eq!(cleaned.len(), expected.len(), "{cleaned:?}");
        for (at, (headline, body)) in expected.iter().enumerate() {
            assert_eq!(cleaned[at]["headline"], *headline);
            assert!(text(at).len() == words(body).len(), "{:?}", text(at));
        }
        if let Some(second) = cleaned.get(1) {
            assert_eq!(second["author"], serde_json::json!([]), "the byline above is of the first");
            assert_ne!(second["guid"], cleaned[0]["guid"]);
        }
    }
}

/// In either order, and also where the cancellation holds no text.
#[test]
fn a_cancelled_newsml_item_takes_all_its_texts_along() {
    let two = component("", "", FERRY) + &component("Locks in doubt", "", LOCK);
    for kill in [String::new(), component("", "", FERRY), two.clone()] {
        for early in [false, true] {
            let sandbox = Sandbox::new();
            sandbox.write("1.xml", newsml(1, "Usable", &two));
            sandbox.write("2.xml", newsml(2, "Canceled", &kill));
            let order = if early { ["2.xml", "1.xml"] } else { ["1.xml", "2.xml"] };
            // A text that is cancelled before it came stands in the cancellation itself: what that does not hold it cannot name.
            if early && kill == component("", "", FERRY) {
                continue;
            }
            order.iter().for_each(|file| drop(sandbox.run(&["ingest", file])));
            for query in ["ferry", "keepers"] {
                sandbox.run(&["search", query]).ended(1);
            }
            sandbox.run(&["check"]).ended(0);
        }
    }
}

fn ninjs(uri: &str, kind: &str, head: &str, text: &str, status: &str, more: &str) -> String {
    format!(
        r#"{{"uri":"{uri}","type":"{kind}","pubstatus":"{status}","versioncreated":"2026-06-01T10:00:00Z","headline":"{head}","body_html":"{text}"{more}}}"#
    )
}

#[test]
fn texts_within_a_ninjs_item_are_articles_of_their_own() {
    let lock = ninjs("urn:tarn:2", "text", "Locks in doubt", LOCK, "usable", "");
    let picture = r#"{"uri":"urn:tarn:3","type":"picture","headline":"A lock","body_html":"A lock at Tarn."}"#;
    let named = format!(r#","associations":{{"picture":{picture},"none":null,"side":{lock}}}"#);
    let listed = format!(r#","associations":[{picture},{lock}]"#);
    for more in [named, listed] {
        for (item, titles) in [
            (
                ninjs("urn:tarn:1", "text", "Ferry to be sold", FERRY, "usable", &more),
                vec!["Ferry to be sold", "Locks in doubt"],
            ),
            (ninjs("urn:tarn:1", "composite", "Tarn today", "", "usable", &more), vec!["Locks in doubt"]),
            // A package that says something itself.
            (
                ninjs(
                    "urn:tarn:1",
                    "composite",
                    "Tarn today",
                    "",
                    "usable",
                    &format!(r#","description_text":"{FERRY}"{more}"#),
                ),
                vec!["Tarn today", "Locks in doubt"],
            ),
        ] {
            let sandbox = Sandbox::new();
            sandbox.write("one.json", &item);
            sandbox.write("list.json", format!("[{item}]"));
            for name in ["one.json", "list.json"] {
                let cleaned = sandbox.run(&["clean", "--format", "jsonl", name]).json();
                let found: Vec<&str> = cleaned.iter().filter_map(|item| item["headline"].as_str()).collect();
                assert_eq!(found, titles, "{name}: {cleaned:?}");
            }
        }
    }
}

/// Other services have a `uri` and associate things too.
#[test]
fn what_is_associated_is_not_ninjs_for_that() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "a.json",
        format!(r#"[{{"uri":"/news/1","title":"Ferry to be sold","content":"{FERRY}","author":"Ada Quill","published":"2024-03-05","associations":["ports"]}}]"#),
    );
    let cleaned = sandbox.run(&["clean", "--format", "jsonl", "a.json"]).ended(0).json();
    assert_eq!(cleaned[0]["author"], serde_json::json!(["Ada Quill"]));
    assert!(cleaned[0]["articleBody"].as_str().is_some_and(|text| text.contains("harbour board")));
}

/// An item whose `uri` says nothing of whose it is, is followed from file to file by it all the same.
#[test]
fn a_bare_uri_names_an_item_unless_all_have_it() {
    let cancels = |first: &str, second: &str, query: &str, gone: bool| {
        let sandbox = Sandbox::new();
        sandbox.write("1.json", first);
        sandbox.write("2.json", second);
        sandbox.run(&["ingest", "1.json"]).ended(0);
        sandbox.run(&["ingest", "2.json"]);
        sandbox.run(&["search", query]).ended(i32::from(gone));
        sandbox.run(&["check"]).ended(0);
    };
    let first = ninjs("abc123", "text", "Ferry to be sold", FERRY, "usable", "");
    let retitled = ninjs("abc123", "text", "Ferry will be sold", &(FERRY.to_owned() + " More soon."), "canceled", "");
    let bare = r#"{"uri":"abc123","type":"text","pubstatus":"canceled","versioncreated":"2026-06-01T11:00:00Z"}"#;
    let notice = ninjs(
        "abc123",
        "text",
        "KILL this item",
        "Editors: do not print what we sent under this number.",
        "canceled",
        "",
    );
    let other = ninjs("abc123", "text", "Locks in doubt", LOCK, "canceled", "");
    for kill in [&retitled, bare, &notice] {
        cancels(&first, kill, "ferry", true);
    }
    // A constant, and a running number: another item's cancellation withdraws nothing.
    cancels(&first, &other, "ferry", false);
    cancels(
        &ninjs("u:1", "text", "Ferry to be sold", FERRY, "usable", ""),
        &ninjs("u:1", "text", "Locks in doubt", LOCK, "canceled", ""),
        "ferry",
        false,
    );
    // The same item under such a number.
    cancels(
        &ninjs("u:1", "text", "Ferry to be sold", FERRY, "usable", ""),
        &ninjs("u:1", "text", "Ferry to be sold", FERRY, "canceled", ""),
        "ferry",
        true,
    );
    // A feed that gives all its items one: both are found.
    let sandbox = Sandbox::new();
    sandbox.write("a.json", first);
    let second = ninjs("abc123", "text", "Locks in doubt", LOCK, "usable", "");
    sandbox.write("b.json", second.replace("T10:", "T15:"));
    for file in ["a.json", "b.json"] {
        let report = sandbox.run(&["ingest", file, "--json"]).ended(0).json();
        assert_eq!(report[0]["added"], 1, "{}", report[0]);
    }
}
