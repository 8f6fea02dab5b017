//! Articles that are called the same and have no address: which are one, and which are several.

use newsdex::ingest::{Options, ingest};

/// Articles added; read again, the same file changes nothing.
fn twice(name: &str, file: &str) -> u64 {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join(name);
    std::fs::write(&path, file).unwrap();
    let run = || ingest(home.path(), std::slice::from_ref(&path), &Options::default(), &mut |_| {}).unwrap();
    let (first, second) = (run(), run());
    assert_eq!((first.updated, second.added, second.updated), (0, 0, 0), "{name}");
    assert_eq!(second.unchanged, second.seen, "{name}");
    first.added
}

fn feed(items: &str) -> String {
    format!("<rss version=\"2.0\"><channel><title>Aldmoor Police</title>{items}</channel></rss>")
}

fn item(fields: &str, text: &str, day: u32) -> String {
    format!(
        "<item><title>Road closed</title>{fields}<description>{text}</description><pubDate>{day} Jun 2026 10:00 GMT</pubDate></item>"
    )
}

#[test]
fn notices_of_one_title_are_told_apart_by_their_texts_their_days_and_their_papers() {
    let (here, there) = ("The A12 is closed at Rye.", "The A12 is closed at Tarn.");
    for (name, items, articles) in [
        ("two texts", item("", here, 1) + &item("", there, 1), 2),
        ("two days", item("", here, 1) + &item("", here, 2), 2),
        ("twice the same", item("", here, 1) + &item("", here, 1), 1),
        ("a constant for a guid", item("<guid>x</guid>", here, 1) + &item("<guid>x</guid>", there, 2), 2),
        ("guids of their own", item("<guid>1</guid>", here, 1) + &item("<guid>2</guid>", here, 1), 2),
    ] {
        assert_eq!(twice(&format!("{name}.xml"), &feed(&items)), articles, "{name}");
    }
    let papers = "title,text,date,source\nRates rise,The bank raised its rate to four percent.,2026-06-01,Tarn Echo\n\
                  Rates rise,The bank raised its rate to four percent.,2026-06-01,Rye Post\n";
    assert_eq!(twice("papers.csv", papers), 2);
    let notes = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Tarn Notes","items":[
        {"id":"","title":"Note","content_text":"Rain fell.","date_published":"2026-06-01T10:00:00Z"},
        {"title":"Note","content_text":"Rain fell.","date_published":"2026-06-02T10:00:00Z"},
        {"title":"Note","content_text":"Sun shone.","date_published":"2026-06-02T10:00:00Z"}]}"#;
    assert_eq!(twice("notes.json", notes), 3);
}

#[test]
fn an_item_that_a_name_for_ever_names_is_one_whatever_its_day() {
    let versions = item("<guid isPermaLink='false'>tag:aldmoor.example,2026:7</guid>", "The A12 is closed at Rye.", 1)
        + &item("<guid isPermaLink='false'>tag:aldmoor.example,2026:7</guid>", "The A12 is open again at Rye.", 2);
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("versions.xml");
    std::fs::write(&path, feed(&versions)).unwrap();
    let report = ingest(home.path(), &[path], &Options::default(), &mut |_| {}).unwrap();
    assert_eq!((report.added, report.updated), (1, 1));
}
