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

/// A viewer shows a page of a paper, with several stories, at one address; a page's link to another story is not its own.
#[test]
fn an_address_that_is_not_the_articles_names_nothing() {
    let home = tempfile::tempdir().unwrap();
    let bring = |name: &str, text: &str| {
        let path = home.path().join(name);
        std::fs::write(&path, text).unwrap();
        let report = ingest(home.path(), &[path], &Options::default(), &mut |_| {}).unwrap();
        (report.added, report.updated)
    };
    let clip = |title: &str, text: &str| {
        format!(
            "https://www.papers.example/image/4512/\n\n{title}\n\nBy Ann Lee\n\nMay 6, 1905\n\n{text}\n\n{text} It is so.\n"
        )
    };
    let ferry = "The ferry at Rye was stopped on Monday for want of coal, and nobody could cross the river there.";
    let bread = "The price of bread in Tarn rose by a penny, the bakers said, and would rise again in the autumn.";
    assert_eq!(bring("a.txt", &clip("Ferry stopped at Rye", ferry)), (1, 0));
    assert_eq!(bring("b.txt", &clip("Bread dearer in Tarn", bread)), (1, 0));
    let page = |name: &str, title: &str, text: &str| {
        let canonical = format!("<link rel=canonical href='https://www.halbyecho.example/news/{name}'>");
        let more = "Read the full story <a href='https://www.halbyecho.example/news/winter-special'>here</a>.";
        format!(
            "<html><head><title>{title}</title>{canonical}</head><body><article><h1>{title}</h1><p>{text}</p><p>{text} It is \
             so.</p><p>{text} It was so.</p><p>{more}</p></article></body></html>"
        )
    };
    assert_eq!(bring("a.html", &page("ferry", "Ferry is stopped at Rye", ferry)), (1, 0));
    assert_eq!(bring("b.html", &page("bread", "Bread is dearer in Tarn", bread)), (1, 0));
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

/// What `runs` bring, each the content of one file fetched again: added, updated and the rest of each.
fn fetched(runs: &[String]) -> Vec<(u64, u64, u64)> {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("feed.xml");
    let run = |file: &String| {
        std::fs::write(&path, file).unwrap();
        let foreseen = Options { dry_run: true, ..Options::default() };
        let foreseen = ingest(home.path(), std::slice::from_ref(&path), &foreseen, &mut |_| {}).unwrap();
        let report = ingest(home.path(), std::slice::from_ref(&path), &Options::default(), &mut |_| {}).unwrap();
        if file.matches("<item>").count() == 1 {
            assert_eq!(
                (foreseen.added, foreseen.updated),
                (report.added, report.updated),
                "a dry run foresees it: {file}"
            );
        }
        (report.added, report.updated, report.unchanged + report.duplicate)
    };
    runs.iter().map(run).collect()
}

/// An entry with a title, a text and a day of June.
fn entry(title: &str, fields: &str, text: &str, day: u32) -> String {
    format!(
        "<item><title>{title}</title>{fields}<description>{text}</description><pubDate>{day} Jun 2026 10:00 GMT</pubDate></item>"
    )
}

const WEIR: &str = "The council of Tarn voted on Monday to mend the weir, after years of talk about what it would cost, \
                    who would pay for it in the end, and whether the river needs one at all.";
const FERRY: &str = "Aldmoor has sold its ferry to a man from Rye who will not say what he wants with it, and nobody \
                     in the harbour, not even its master, was asked before that.";

#[test]
fn a_feed_that_names_every_story_alike_has_others_the_next_day() {
    let one = "<guid isPermaLink='false'>latest</guid>";
    let (monday, tuesday) = (entry("Weir to be mended", one, WEIR, 1), entry("Ferry sold", one, FERRY, 2));
    // Another story each day; the first again, and the second corrected.
    let corrected = entry("Ferry sold", one, &FERRY.replace("a man", "a woman"), 2);
    assert_eq!(
        fetched(&[feed(&monday), feed(&tuesday), feed(&monday), feed(&corrected), feed(&tuesday)]),
        [(1, 0, 0), (1, 0, 0), (0, 0, 1), (0, 1, 0), (0, 0, 1)],
    );
    // What is said every day in nearly the same words is said again; a day without a story says nothing new.
    let weather = |day, sky| entry("Weather", one, &format!("{sky} at Tarn, with a light wind from the west."), day);
    assert_eq!(
        fetched(&[
            feed(&weather(1, "Rain")),
            feed(&weather(2, "Sun")),
            feed(&weather(3, "Hail")),
            feed(&weather(3, "Hail"))
        ]),
        [(1, 0, 0), (1, 0, 0), (1, 0, 0), (0, 0, 1)],
    );
    // Without a text the headline tells.
    assert_eq!(
        fetched(&[
            feed(&entry("Weir to be mended", one, "", 1)),
            feed(&entry("Weir to be menbed", one, "", 1)),
            feed(&entry("Ferry sold", one, "", 1))
        ]),
        [(1, 0, 0), (0, 1, 0), (1, 0, 0)],
    );
    // One address for all, and a guid for each.
    let page = |guid| format!("<link>https://aldmoor.example/news</link><guid isPermaLink='false'>{guid}</guid>");
    let (monday, tuesday) = (entry("Weir to be mended", &page(1), WEIR, 1), entry("Ferry sold", &page(2), FERRY, 2));
    assert_eq!(
        fetched(&[feed(&monday), feed(&tuesday), feed(&(tuesday.clone() + &monday))]),
        [(1, 0, 0), (1, 0, 0), (0, 0, 2)]
    );
}

#[test]
fn a_story_that_is_corrected_stays_one() {
    let guid = "<guid isPermaLink='false'>4711</guid>";
    let link = "<link>https://aldmoor.example/weir</link><guid isPermaLink='false'>4711</guid>";
    let lasting = "<guid isPermaLink='false'>tag:aldmoor.example,2026:7</guid>";
    for (name, first, second) in [
        ("another headline", entry("Weir to be mended", guid, WEIR, 1), entry("Council mends weir", guid, WEIR, 1)),
        (
            "a day later",
            entry("Weir to be mended", guid, WEIR, 1),
            entry("Weir to be mended", guid, &WEIR.replace("Monday", "Tuesday"), 2),
        ),
        (
            "only the day",
            entry("Weir to be mended", guid, "It holds.", 1),
            entry("Weir to be mended", guid, "It holds.", 2),
        ),
        (
            "a story that develops",
            entry("Explosion at Rye", guid, WEIR, 1),
            entry("Two hurt at Rye mill", guid, FERRY, 1),
        ),
        ("its own address", entry("Explosion at Rye", link, WEIR, 1), entry("Two hurt at Rye mill", link, FERRY, 2)),
        (
            "a name for ever",
            entry("Explosion at Rye", lasting, WEIR, 1),
            entry("Two hurt at Rye mill", lasting, FERRY, 2),
        ),
    ] {
        assert_eq!(fetched(&[feed(&first), feed(&second), feed(&second)]), [(1, 0, 0), (0, 1, 0), (0, 0, 1)], "{name}");
    }
}

#[test]
fn a_text_that_was_corrected_in_its_file_is_a_version_of_it() {
    let home = tempfile::tempdir().unwrap();
    let run = |name: &str, text: &str| {
        let path = home.path().join(name);
        std::fs::write(&path, text).unwrap();
        let foreseen = Options { dry_run: true, ..Options::default() };
        let foreseen = ingest(home.path(), std::slice::from_ref(&path), &foreseen, &mut |_| {}).unwrap();
        let report = ingest(home.path(), &[path], &Options::default(), &mut |_| {}).unwrap();
        assert_eq!((foreseen.added, foreseen.updated), (report.added, report.updated), "a dry run foresees it: {text}");
        (report.added, report.updated, report.unchanged)
    };
    let note = |title: &str, day: u32, text: &str| format!("Title: {title}\nDate: {day} June 2026\n\n{text}\n");
    let first = note("Weir to be mended", 2, WEIR);
    assert_eq!(run("note.txt", &first), (1, 0, 0));
    // The day, a word, the headline; the first again is known, and another text is another article.
    assert_eq!(run("note.txt", &note("Weir to be mended", 1, WEIR)), (0, 1, 0));
    assert_eq!(run("note.txt", &note("Weir to be mended", 1, &WEIR.replace("Monday", "Tuesday"))), (0, 1, 0));
    assert_eq!(run("note.txt", &note("Weir is mended", 1, &WEIR.replace("Monday", "Tuesday"))), (0, 1, 0));
    assert_eq!(run("note.txt", &note("Weir is mended", 1, &WEIR.replace("Monday", "Tuesday"))), (0, 0, 1));
    assert_eq!(run("note.txt", &note("Ferry sold", 3, FERRY)), (1, 0, 0));
    // In another file the same text of another day is another report, and so it is where a file holds several.
    assert_eq!(run("other.txt", &note("Weir to be mended", 5, WEIR)), (1, 0, 0));
    let both = |day| note("Weir to be mended", day, WEIR) + "-----\n" + &note("Ferry sold", day, FERRY);
    assert_eq!(run("both.txt", &both(11)), (2, 0, 0));
    assert_eq!(run("both.txt", &both(12)), (2, 0, 0));
    // A few words that stand there every day are said anew.
    assert_eq!(run("weather.txt", &note("Weather", 1, "Rain at Tarn, with a light wind.")), (1, 0, 0));
    assert_eq!(run("weather.txt", &note("Weather", 2, "Sun at Tarn, with a light wind.")), (1, 0, 0));
}

const DAM: &str = "The mayor of Orlen was fined over the dam on Monday, the court said, because the gates had stood open for a \
    whole night in March and the water had run into forty cellars along the river, where it stood for a week and more.";

/// A web archive of captures of one page: day of the capture and text.
fn captures(pages: &[(u32, &str)]) -> String {
    let record = |(nth, (day, text)): (usize, &(u32, &str))| {
        let body = format!(
            "<html><head><title>Mayor fined</title></head><body><article><h1>Mayor fined</h1><p>{text}</p></article></body></html>"
        );
        let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{body}");
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-00000000000{nth}>\r\n\
             WARC-Date: 2026-06-0{day}T10:00:00Z\r\nWARC-Target-URI: https://echo.example/mayor-fined\r\n\
             Content-Type: application/http;msgtype=response\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n",
            http.len()
        )
    };
    pages.iter().enumerate().map(record).collect()
}

#[test]
fn captures_of_one_page_are_versions_of_one_article() {
    let nine = format!("{DAM} He has to pay 900 crowns by the end of June, and the town pays the rest.");
    let twelve = nine.replace("900", "1200");
    for (pages, expected) in
        [(&[(1, nine.as_str()), (2, &twelve), (3, &nine)][..], (1, 2, 0)), (&[(1, &nine), (2, &nine)], (1, 0, 1))]
    {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("crawl.warc");
        std::fs::write(&path, captures(pages)).unwrap();
        let report = ingest(home.path(), &[path], &Options::default(), &mut |_| {}).unwrap();
        assert_eq!((report.added, report.updated, report.duplicate), expected, "{report:?}");
    }
    // Rows of a crawl, each with its number.
    let row = |id: u32, text: &str| {
        serde_json::json!({"id": id, "url": "https://echo.example/mayor-fined", "title": "Mayor fined", "text": text})
            .to_string()
            + "\n"
    };
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("crawl.jsonl");
    std::fs::write(&path, row(1, &nine) + &row(2, &twelve)).unwrap();
    let report = ingest(home.path(), &[path], &Options::default(), &mut |_| {}).unwrap();
    assert_eq!((report.added, report.updated), (1, 1), "{report:?}");
}

#[test]
fn an_older_day_of_change_never_replaces_a_correction() {
    let page = |day: &str, fish: &str| {
        let data = format!(
            r#"{{"@type":"NewsArticle","headline":"Fish counted","datePublished":"2026-05-01","dateModified":"{day}"}}"#
        );
        format!(
            "<html><head><title>Fish counted</title><link rel=canonical href='https://echo.example/fish'>\
             <script type='application/ld+json'>{data}</script></head><body><article><h1>Fish counted</h1><p>{DAM} {fish} fish were counted.</p></article></body></html>"
        )
    };
    for (corrected, old) in
        [("2026-05-03", "2026-05-01"), ("2026-05-03T10:00:00Z", "2026-05-01"), ("2026-05-03", "2026-05-01T10:00:00Z")]
    {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("in");
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join("a.html"), page(corrected, "Two")).unwrap();
        std::fs::write(folder.join("b.html"), page(old, "Five")).unwrap();
        let report = ingest(home.path(), &[folder], &Options::default(), &mut |_| {}).unwrap();
        assert_eq!((report.added, report.updated, report.duplicate), (1, 0, 1), "{corrected} {old}");
    }
}
