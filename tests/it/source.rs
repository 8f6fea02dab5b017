//! Every format from outside: one small file of our own each, hostile input, damage, and optional external data.

use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use newsdex::model::{Document, Field, MediaType, Payload, PayloadKind, Reason};
use newsdex::source::{Item, Mapping, Options, find, read_path, read_stream};

mod feeds;
mod letters;
mod mail;
mod others;
mod systems;
mod zips;

pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/source").join(name)
}

pub fn bytes(name: &str, input: &[u8], options: &Options) -> Vec<Item> {
    let mut out = Vec::new();
    read_stream(name, input, options, &mut |item| {
        out.push(item);
        ControlFlow::Continue(())
    })
    .unwrap();
    assert!(!out.is_empty(), "{name}: every file yields at least one item");
    out
}

pub fn items(name: &str) -> Vec<Item> {
    let mut out = Vec::new();
    read_path(&fixture(name), &Options::default(), &mut |item| {
        out.push(item);
        ControlFlow::Continue(())
    })
    .unwrap();
    out
}

pub fn said(document: &Document, field: Field) -> &str {
    document.claims.iter().find(|c| c.field == field).map_or("-", |c| c.value.as_str())
}

/// One line an item: place, kind, title, date, author, address, text.
pub fn line(item: &Item) -> String {
    match item {
        Item::Document(made) => {
            let (kind, text) = match &made.payload {
                Some(Payload { kind: PayloadKind::HtmlPage, text }) => ("page", text.as_str()),
                Some(Payload { kind: PayloadKind::HtmlFragment, text }) => ("html", text.as_str()),
                Some(Payload { kind: PayloadKind::PlainText, text }) => ("text", text.as_str()),
                Some(Payload { kind: PayloadKind::Markdown, text }) => ("markdown", text.as_str()),
                None => ("none", ""),
            };
            let url = if said(made, Field::Url) == "-" { said(made, Field::Canonical) } else { said(made, Field::Url) };
            let (title, date, author) =
                (said(made, Field::Title), said(made, Field::Published), said(made, Field::Author));
            let text = text.trim().replace('\n', "/");
            format!("{} {kind} | {title} | {date} | {author} | {url} | {text}", made.origin.number)
        }
        Item::Rejected(rejection) => format!("{} {:?}", rejection.origin.number, rejection.reason),
        Item::Links(links) => {
            let link = &links.links[0];
            format!("{} links {} {} {} {}", links.origin.number, links.kind, links.links.len(), link.url, link.title)
        }
        Item::Skipped { what, count, .. } => format!("skipped {count} {what}"),
    }
}

#[test]
fn every_format_is_read() {
    for (name, expected) in [
        (
            "feed.xml",
            &[
                "1 html | Bridge & ferry reopen | Mon, 01 Jun 2026 10:00:00 GMT | Jo Hartley | https://www.aldmoorpost.example/bridge | <p>The bridge at Aldmoor is open again.</p>",
                "2 text | Second & last | - | - | https://www.aldmoorpost.example/second | Café owners wait […]",
            ][..],
        ),
        (
            "atom.xml",
            &[
                "1 html | Old style | 2004-05-06T07:08:09Z | Ada Quill | https://tarn.example/blog/one | <p>Rain over <a href=\"https://tarn.example/blog/two\">Tarn</a>.</p>",
            ],
        ),
        (
            "feed.json",
            &["1 html | Rain | 2026-06-01T10:00:00Z | Ada Quill | https://tarn.example/1 | <p>It rained.</p>"],
        ),
        (
            "records.jsonl",
            &[
                "1 text | Harbour vote | 2018-06-27T11:46:40Z | Jo Hartley | - | The council voted.",
                "3 Damaged",
                "4 page | A page | - | - | https://a.example/b | <!doctype html><html><body><p>Hello</p></body></html>",
                "5 text | Lone \u{FFFD} surrogate | - | - | - | x",
            ],
        ),
        (
            "newsapi.json",
            &["1 text | Cut | 2026-06-01T10:00:00Z | - | https://t.example/c | The mayor said [+1210 chars]"],
        ),
        (
            "table.csv",
            &[
                "1 text | Fair opens | 2026-06-01 | - | https://a.example/1 | First line/second \"quoted\" line",
                "2 text | Never closed | 2026-06-02 | - | https://a.example/2 | text",
                "3 text | After | 2026-06-03 | - | https://a.example/3 | It goes on.",
            ],
        ),
        ("nitf.xml", &["1 html | Harbour closed | 20260601T100000Z | Jo Hartley | - | <p>The harbour is closed.</p>"]),
        (
            "g2.xml",
            &[
                "1 html | Rain to last | 2026-06-01T10:00:00Z | Ada Quill | - | <p>Rain will last.</p>",
                "2 links package 1 urn:newsml:tarn.example:1 Rain",
            ],
        ),
        ("newsml.xml", &["1 html | Ferry sails | 20260601T100000Z | Jo Hartley | - | <p>The ferry sails again.</p>"]),
        ("ninjs.json", &["1 html | Market | 2026-06-01T10:00:00Z | Ada Quill | - | <p>Prices fell.</p>"]),
        (
            "wire.tst",
            &[
                "1 text | A lobster lives | 2016-08-29T16:26Z | ADA QUILL | - | ALDMOOR (TW) _ A lobster lives in the harbour.",
            ],
        ),
        (
            "reuters.sgm",
            &[
                "1 text | TIN PRICES FALL | 26-FEB-1987 15:01:01 | - | - | ALDMOOR, Feb 26 - Tin fell on Monday.//It may rise.",
                "2 none | BRIEF ITEM | 26-FEB-1987 15:02:00 | - | - | ",
            ],
        ),
        (
            "mail.mbox",
            &[
                "1 text | Grüße | Mon, 1 Jun 2026 10:00:00 +0000 | - | - | The harbour opens./From here to there.",
                "2 links google alert 1 https://a.example/story A story",
            ],
        ),
        (
            "nexis.txt",
            &[
                "1 text | Harbour plan agreed | March 3, 2014 Monday | Jo Hartley | - | The council agreed the plan.//It starts in May.",
                "2 text | Ferry late | March 4, 2014 Tuesday | Ada Quill | - | The ferry was late.",
            ],
        ),
        (
            "export.ris",
            &["1 text | Harbour plan | 2014/03/03 | Hartley, Jo | https://a.example/h | The council agreed the plan."],
        ),
        ("notes.md", &["1 markdown | Notes from Tarn | 2026-06-01 | Ada Quill | - | # Rain//It rained."]),
        ("subscriptions.opml", &["1 links opml 1 https://a.example/rss?a=1&b=2 Aldmoor Post"]),
        ("sitemap.xml", &["1 links sitemap 1 https://a.example/1 Harbour"]),
        (
            "archive.warc",
            &[
                "2 page | - | - | - | https://a.example/1 | <html><body><p>The harbour opens.</p></body></html>",
                "3 Damaged",
                "5 page | - | - | - | https://a.example/2 | <html><body><p>",
                "5 Truncated",
                "skipped 1 image/png",
                "skipped 1 warc warcinfo",
            ],
        ),
        (
            "archive.arc",
            &[
                "2 page | - | - | - | http://a.example/old | <html><body><p>Old page.</p></body></html>",
                "skipped 1 arc header",
            ],
        ),
    ] {
        let got: Vec<String> = items(name).iter().map(line).collect();
        assert_eq!(got, expected, "{name}");
    }
}

#[test]
fn the_envelope_speaks_in_claims_with_their_places() {
    for (name, at, field, value, found) in [
        ("feed.xml", 0, Field::Source, "Aldmoor Post", "rss:channel:title"),
        ("feed.xml", 0, Field::OriginalPublisher, "Tarn Wire", "rss:source"),
        ("feed.xml", 0, Field::Guid, "a-1", "rss:guid"),
        ("feed.xml", 0, Field::AcquiredVia, "rss", "source"),
        ("feed.xml", 1, Field::Truncated, "true", "rss:description:ellipsis"),
        ("records.jsonl", 0, Field::Guid, "7", "json:id"),
        ("records.jsonl", 0, Field::Source, "Aldmoor Post", "json:source"),
        ("newsapi.json", 0, Field::Truncated, "true", "text:[+N chars]"),
        ("nitf.xml", 0, Field::Withdrawn, "canceled", "nitf:docdata"),
        ("nitf.xml", 0, Field::Urgency, "4", "nitf:urgency"),
        ("g2.xml", 0, Field::Embargo, "2026-06-02T00:00:00Z", "newsml-g2:embargoed"),
        ("g2.xml", 0, Field::RightsNotice, "Not for broadcast", "newsml-g2:usageTerms"),
        ("ninjs.json", 0, Field::Withdrawn, "withheld", "ninjs:pubstatus"),
        ("archive.warc", 0, Field::Fetched, "2026-06-01T10:00:00Z", "warc:WARC-Date"),
    ] {
        let all = items(name);
        let Item::Document(made) = &all[at] else { panic!("{name}: no document") };
        let hit =
            made.claims.iter().any(|c| c.field == field && c.value == value && c.found.eq_ignore_ascii_case(found));
        assert!(hit, "{name}: {field:?} `{value}` at `{found}` is not in {:?}", made.claims);
    }
}

#[test]
fn an_entry_keeps_its_own_bytes() {
    let Item::Document(made) = &items("feed.xml")[0] else { panic!("no document") };
    assert!(made.raw.starts_with(b"<item>") && made.raw.ends_with(b"</item>"));
    let Item::Document(made) = &items("records.jsonl")[0] else { panic!("no document") };
    assert!(made.raw.starts_with(b"{\"id\": 7") && made.raw.ends_with(b"}"));
}

#[test]
fn names_of_columns_can_be_mapped() {
    let options = Options { map: Mapping::parse("title=kopf,text=rumpf").unwrap(), ..Options::default() };
    let table = b"kopf;rumpf;zahl\nHafen offen;Der Hafen ist offen.;3\n";
    assert_eq!(line(&bytes("t.csv", table, &options)[0]), "1 text | Hafen offen | - | - | - | Der Hafen ist offen.");
    let plain = bytes("t.csv", table, &Options::default());
    assert!(matches!(&plain[0], Item::Rejected(r) if r.detail.contains("--map")));
}

#[test]
fn shapes_of_json_are_told_apart() {
    for (json, expected) in [
        ("{\"title\": \"A\",\n\"text\": \"x\",\n\"subject\": [\n    {\"name\": \"b\"},\n    {\"name\": \"c\"}\n]}", 1),
        ("{\"data\": {\"item\": {\"headline\": \"A\", \"text\": \"x\"}}}", 1),
        ("{\"a1\": {\"title\": \"A\", \"text\": \"x\"}, \"a2\": {\"title\": \"B\", \"text\": \"y\"}}", 2),
        ("[{\"title\": \"A\", \"text\": \"x\"},\n {\"title\": \"B\", \"text\": \"y\"}]", 2),
        ("{broken\n{\"title\": \"A\", \"text\": \"x\"}\n{\"title\": \"B\", \"text\": \"y\"}\n", 2),
        ("[1] A note at the foot.\n[2] Another.", 1),
        ("[[A link]] begins this text.", 1),
        ("callback({\"articles\": [{\"title\": \"A\", \"content\": \"x\"}]});", 1),
    ] {
        let got = bytes("a.json", json.as_bytes(), &Options::default());
        let documents = got.iter().filter(|i| matches!(i, Item::Document(_))).count();
        assert_eq!(documents, expected, "{json}: {:?}", got.iter().map(line).collect::<Vec<_>>());
    }
}

#[test]
fn a_page_with_lines_of_json_in_its_scripts_is_a_page() {
    let json = "{\"id\": \"1\", \"src\": \"/a.js\"}\n".repeat(12);
    let page = format!(
        "<!DOCTYPE html><html><head>\n<script type=\"application/json\">\n{json}</script></head>\n<body><p>Rain fell.</p></body></html>"
    );
    for name in ["a.html", "a.json", "a"] {
        let got = bytes(name, page.as_bytes(), &Options::default());
        assert!(matches!(&got[..], [Item::Document(made)] if made.media == MediaType::Page), "{name}");
    }
    let text = format!(
        "How the logs of Tarn look, day by day, as the clerk keeps them.\n{{\"a\": \"b\"}}\n{{\"a\": \"c\"}}\n{}",
        "Words.\n".repeat(9)
    );
    assert!(matches!(&bytes("a.txt", text.as_bytes(), &Options::default())[..], [Item::Document(_)]));
}

#[test]
fn a_record_cut_short_costs_itself_and_is_named_at_its_line() {
    let record = |title: &str| format!("{{\"title\": \"{title}\", \"text\": \"Rain fell on {title}.\"}}");
    let (a, b, c) = (record("Tarn"), record("Aldmoor"), record("Skell"));
    for broken in [
        "{\"broken\":",
        "{\"broken\": ",
        "{\"broken\"",
        "{\"bro",
        "{",
        "{\"a\": [",
        "{\"a\": {\"b\":",
        "{\"a\": \"x\",",
    ] {
        let got = bytes("a.jsonl", format!("{a}\n{b}\n{broken}\n{c}\n").as_bytes(), &Options::default());
        let got: Vec<String> = got.iter().map(line).collect();
        let text = |number: u64, title: &str| format!("{number} text | {title} | - | - | - | Rain fell on {title}.");
        let expected = [text(1, "Tarn"), text(2, "Aldmoor"), "3 Damaged".to_owned(), text(4, "Skell")];
        assert_eq!(got, expected, "{broken}");
        let alone = bytes("a.json", broken.as_bytes(), &Options::default());
        assert!(
            matches!(&alone[..], [Item::Rejected(_)]),
            "{broken}: {:?}",
            alone.iter().map(line).collect::<Vec<_>>()
        );
    }
}

#[test]
fn json_may_end_at_every_byte() {
    for name in ["feed.json", "newsapi.json", "ninjs.json", "records.jsonl"] {
        let whole = std::fs::read(fixture(name)).unwrap();
        for end in 1..whole.len() {
            bytes(name, &whole[..end], &Options::default());
        }
    }
}

pub fn gz(inner: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(inner).unwrap();
    encoder.finish().unwrap()
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, inner) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(inner).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_feed_that_breaks_off_keeps_what_is_whole_and_says_so() {
    let start = "<rss version=\"2.0\"><channel><title>Tarn Post</title>";
    let whole = "<item><title>Rain</title><description>Rain fell on Tarn.</description></item>";
    let cut = format!("{start}{whole}<item><title>Ferry</title><description>The ferry to Aldm");
    let got = bytes("a.xml", cut.as_bytes(), &Options::default());
    let [Item::Document(first), Item::Document(last), Item::Rejected(end)] = &got[..] else {
        panic!("{:?}", got.iter().map(line).collect::<Vec<_>>())
    };
    assert!(!first.claims.iter().any(|c| c.found == "source:cut"));
    assert!(last.claims.iter().any(|c| c.field == Field::Truncated && c.found == "source:cut"));
    assert!(last.notes.iter().any(|n| n.0.contains("breaks off")));
    assert_eq!(end.reason, Reason::Truncated);
    let packed = gz(format!("{start}{}</channel></rss>", whole.repeat(3)).as_bytes());
    let got = bytes("a.xml.gz", &packed[..packed.len() - 4], &Options::default());
    assert!(matches!(got.last(), Some(Item::Rejected(r)) if r.reason == Reason::Truncated));
    assert_eq!(got.iter().filter(|i| matches!(i, Item::Document(_))).count(), 3);
    for (after, reported) in [("\n<!-- 0.2 s -->\n", false), ("\n{\"version\": \"1\"}", true), ("", false)] {
        let feed = format!("{start}{whole}</channel></rss>{after}");
        let got = bytes("a.xml", feed.as_bytes(), &Options::default());
        let said = got.iter().any(|i| matches!(i, Item::Rejected(r) if r.reason == Reason::Damaged));
        assert_eq!((said, got.len()), (reported, 1 + usize::from(reported)), "{after}");
    }
}

/// RFC 4287, 4.2.1: an entry without authors has those of its source, else those of its feed. RSS says no such thing:
/// who edits or made a channel need not have written its items.
#[test]
fn authors_of_an_atom_feed_are_those_of_its_entries_without_one() {
    let entry = "<title>Mill closes</title><id>urn:x:1</id><content>The mill closes on Friday.</content>";
    let person = |name: &str| format!("<author><name>{name}</name></author>");
    let (linde, roe) = (person("Mara Linde"), person("Jane Roe"));
    let atom = |head: &str, entry: &str| {
        format!("<feed xmlns='http://www.w3.org/2005/Atom'><title>Vale</title>{head}<entry>{entry}</entry></feed>")
    };
    let rss = |head: &str| {
        format!(
            "<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>Vale</title>{head}<item><title>Mill closes</title><description>The mill closes on Friday.</description></item></channel></rss>"
        )
    };
    for (feed, authors) in [
        (atom(&linde, entry), vec![("Mara Linde", "atom:feed:author")]),
        (atom("<author>Mara Linde</author>", entry), vec![("Mara Linde", "atom:feed:author")]),
        (
            atom(&format!("{linde}{roe}"), entry),
            vec![("Mara Linde", "atom:feed:author"), ("Jane Roe", "atom:feed:author")],
        ),
        (atom(&linde, &format!("{entry}{roe}")), vec![("Jane Roe", "atom:author")]),
        (
            atom(&linde, &format!("{entry}<source><title>Post</title>{roe}</source>")),
            vec![("Jane Roe", "atom:source:author")],
        ),
        (
            atom(&linde, &format!("{entry}<source><title>Post</title></source>")),
            vec![("Mara Linde", "atom:feed:author")],
        ),
        (
            atom(&linde, &format!("{entry}<contributor><name>Jane Roe</name></contributor>")),
            vec![("Mara Linde", "atom:feed:author")],
        ),
        (atom("<author><email>desk@vale.example</email></author>", entry), vec![]),
        (rss("<managingEditor>ed@vale.example (Jane Roe)</managingEditor>"), vec![]),
        (rss("<dc:creator>Jane Roe</dc:creator>"), vec![]),
    ] {
        let read = bytes("feed.xml", feed.as_bytes(), &Options::default());
        let Item::Document(document) = &read[0] else { panic!("{feed}") };
        let said = document.claims.iter().filter(|claim| claim.field == Field::Author);
        let said: Vec<_> = said.map(|claim| (claim.value.as_str(), claim.found.as_str())).collect();
        assert_eq!(said, authors, "{feed}");
    }
}

#[test]
fn an_entry_cut_within_a_sentence_and_closed_later_is_flagged() {
    let whole = "<item><title>Rain</title><description>Rain fell on Tarn.</description></item>";
    for (body, flagged) in [
        ("<description>The ferry to Aldm", true),
        ("<content:encoded><![CDATA[<p>The ferry sails.</p><p>The ferry to Aldm", true),
        ("<description>The ferry to Aldmoor sails.", false),
    ] {
        let feed = format!(
            "<rss><channel><title>Tarn Post</title>{whole}<item><title>Ferry</title>{body}</item></channel></rss>"
        );
        let got = bytes("a.xml", feed.as_bytes(), &Options::default());
        let Some(Item::Document(last)) = got.get(1) else {
            panic!("{body}: {:?}", got.iter().map(line).collect::<Vec<_>>())
        };
        let cut = last.claims.iter().any(|c| c.field == Field::Truncated && c.found.ends_with(":not closed"));
        assert_eq!(cut, flagged, "{body}: {:?}", last.claims);
        let Item::Document(first) = &got[0] else { panic!("no document") };
        assert!(!first.claims.iter().any(|c| c.found.ends_with(":not closed")), "{body}");
    }
}

#[test]
fn a_section_never_closed_costs_its_entry_alone() {
    let entry = |title: &str, end: &str| {
        format!("<item><title>{title}</title><description><![CDATA[<p>Rain on {title}.</p>{end}</description></item>")
    };
    let feed = |entries: &[String]| format!("<rss><channel>{}</channel></rss>", entries.concat());
    let three = [entry("Tarn", "]]>"), entry("Aldmoor", ""), entry("Skell", "]]>")];
    let last = [entry("Tarn", "]]>"), entry("Aldmoor", ""), entry("Skell", "")];
    for entries in [three, last] {
        let got = bytes("a.xml", feed(&entries).as_bytes(), &Options::default());
        let got: Vec<String> = got.iter().map(line).collect();
        let expected = ["Tarn", "Aldmoor", "Skell"].map(|t| format!("html | {t} | - | - | - | <p>Rain on {t}.</p>"));
        assert_eq!(got, [1, 2, 3].map(|n| format!("{n} {}", expected[n - 1])));
    }
    let hostile = format!("<rss><item>{}</item><item>]]>", "<a><![CDATA[</a>".repeat(200_000));
    let got = bytes("a.xml", hostile.as_bytes(), &Options::default());
    assert!(!got.is_empty());
}

#[test]
fn containers_open_in_one_another_up_to_a_depth() {
    let feed = std::fs::read(fixture("feed.xml")).unwrap();
    let mut tar = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(feed.len() as u64);
    header.set_cksum();
    tar.append_data(&mut header, "feeds/a.xml", feed.as_slice()).unwrap();
    let tar = tar.into_inner().unwrap();
    let zst = zstd::encode_all(feed.as_slice(), 1).unwrap();
    let xz = others::xz(feed.as_slice(), None);
    for packed in [gz(&feed), gz(&gz(&feed)), gz(&tar), zip(&[("a.xml", feed.as_slice())]), zst, xz] {
        let got = bytes("packed", &packed, &Options::default());
        assert_eq!(got.iter().filter(|i| matches!(i, Item::Document(_))).count(), 2);
    }
    let deep = (0..7).fold(feed, |inner, _| gz(&inner));
    let got = bytes("deep", &deep, &Options::default());
    assert!(matches!(&got[0], Item::Rejected(r) if r.reason == Reason::TooLarge));
}

#[test]
fn hostile_files_are_refused_or_read_without_harm() {
    let zeros = vec![b' '; 40 << 20];
    let slip = zip(&[("../../out.xml", b"<rss/>"), ("ok.txt", b"A line of text.")]);
    for (name, input, reason) in [
        ("gz bomb", gz(&zeros), Reason::Hostile),
        ("zip bomb", zip(&[("a.xml", &zeros)]), Reason::Hostile),
        ("traversal", slip, Reason::Hostile),
        ("deep json", ("[".repeat(200_000) + &"]".repeat(200_000)).into_bytes(), Reason::TooLarge),
        ("binary", vec![0u8, 1, 2, 3, 4, 5, 0, 200, 0, 0, 9, 0], Reason::UnknownFormat),
    ] {
        let got = bytes(name, &input, &Options::default());
        let refused = got.iter().any(|i| matches!(i, Item::Rejected(r) if r.reason == reason));
        assert!(refused, "{name}: {:?}", got.iter().map(line).collect::<Vec<_>>());
    }
    let xxe = r#"<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY a "ha"><!ENTITY b "&a;&a;">]>
        <rss><channel><item><title>T &b; &x;</title></item></channel></rss>"#;
    let got = bytes("xxe", xxe.as_bytes(), &Options::default());
    let Item::Document(made) = &got[0] else { panic!("no document") };
    assert_eq!(said(made, Field::Title), "T haha &x;");
    assert!(made.notes.iter().any(|n| n.0.contains("external entity")));
    let levels: String =
        (1..30).map(|n| format!("<!ENTITY e{n} \"{}\">", format!("&e{};", n - 1).repeat(10))).collect();
    let laughs = format!(
        "<!DOCTYPE rss [<!ENTITY e0 \"ha\">{levels}]><rss><channel><item><title>Rain &e29;</title><guid>urn:x:1</guid></item></channel></rss>"
    );
    let got = bytes("laughs", laughs.as_bytes(), &Options::default());
    let [Item::Document(made)] = &got[..] else { panic!("{:?}", got.iter().map(line).collect::<Vec<_>>()) };
    assert!(made.notes.iter().any(|n| n.0.contains("beyond the bound")), "{:?}", made.notes);
    assert!(made.claims.iter().all(|c| c.value.len() < 1 << 20), "an entity that grew");
    // The same element inside itself is read once, not once a level.
    let nested = format!("<nitf><head/><body>{}</body></nitf>", "<hedline><hl1>a".repeat(30_000));
    let got = bytes("nested", nested.as_bytes(), &Options::default());
    assert!(got.iter().any(|i| matches!(i, Item::Rejected(r) if r.reason == Reason::TooLarge)));
    // However deep, what stands at the top is read, and the file is said to break off.
    let item = "<item><title>Rain</title></item>";
    let deep = format!("<rss>{item}{}", "<a>".repeat(200_000));
    let got: Vec<String> = bytes("deep xml", deep.as_bytes(), &Options::default()).iter().map(line).collect();
    assert_eq!((got.len(), got[0].as_str()), (2, "1 none | Rain | - | - | - | "), "{got:?}");
    assert!(got[1].starts_with("2 Truncated") || got[1].starts_with("2 TooLarge"), "{got:?}");
}

#[test]
fn folders_are_walked_in_order_and_what_is_missing_is_said() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["b.txt", "a/2.txt", "a/1.txt", ".hidden", "corpus/newsdex.db"] {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, "text").unwrap();
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path(), folder.path().join("a/loop")).unwrap();
    let shown = |paths: &[PathBuf]| -> Vec<String> {
        let found = find(paths).files.into_iter();
        found.map(|p| p.strip_prefix(folder.path()).unwrap_or(&p).to_string_lossy().into_owned()).collect()
    };
    let all = ["a/1.txt", "a/2.txt", "b.txt"];
    assert_eq!(shown(&[folder.path().to_path_buf()]), all);
    assert_eq!(shown(&[folder.path().join("**/*.txt"), folder.path().join("b.txt")]), all);
    assert_eq!(find(&[folder.path().join("*.pdf")]).rejected[0].reason, Reason::Unreadable);
    let got = items("no such file");
    assert!(matches!(&got[0], Item::Rejected(r) if r.reason == Reason::Unreadable));
}

#[test]
fn reading_stops_when_told_to() {
    let mut seen = 0;
    read_path(&fixture("records.jsonl"), &Options::default(), &mut |_| {
        seen += 1;
        ControlFlow::Break(())
    })
    .unwrap();
    assert_eq!(seen, 1);
}

/// A small generator with a fixed seed (xorshift): damage is the same in every run.
fn next(seed: &mut u64) -> usize {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    *seed as usize
}

/// Longer runs: `NEWSDEX_FUZZ_ROUNDS=100000 cargo test --release --test it damaged_files`.
fn rounds() -> usize {
    std::env::var("NEWSDEX_FUZZ_ROUNDS").ok().and_then(|r| r.parse().ok()).unwrap_or(40)
}

#[test]
fn damaged_files_neither_panic_nor_hang() {
    let mut seed = 0x5EED_u64;
    let mut names: Vec<_> = std::fs::read_dir(fixture("")).unwrap().map(|e| e.unwrap().path()).collect();
    names.sort();
    for path in names {
        let whole = std::fs::read(&path).unwrap();
        for round in 0..rounds() {
            let mut input = whole.clone();
            for _ in 0..=round % 8 {
                let at = next(&mut seed) % input.len();
                match next(&mut seed) % 5 {
                    0 => input[at] = next(&mut seed) as u8,
                    1 => drop(input.drain(at..(at + next(&mut seed) % 40).min(input.len()))),
                    2 => input.truncate(at.max(1)),
                    3 => input.insert(at, b"<>&\"'{}[]\n\0\xFF"[next(&mut seed) % 12]),
                    _ => {
                        let piece = input[at..(at + 30).min(input.len())].to_vec();
                        input.splice(at..at, piece);
                    }
                }
                if input.is_empty() {
                    input.push(b'x');
                }
            }
            let got = bytes(&path.to_string_lossy(), &input, &Options::default());
            assert!(!got.is_empty(), "{} round {round}", path.display());
        }
    }
}

/// Optional external data, beside the project.
fn external(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(name);
    if !path.exists() {
        println!("skipped: optional external data `{}` is not there", path.display());
    }
    path.exists().then_some(path)
}

#[test]
fn nothing_nasty_is_passed_over() {
    for folder in ["nasty", "opml_robots_sitemaps", "dumps"] {
        let Some(path) = external(folder) else { continue };
        for file in find(&[path]).files {
            let mut seen = 0u64;
            read_path(&file, &Options::default(), &mut |_| {
                seen += 1;
                ControlFlow::Continue(())
            })
            .unwrap();
            assert!(seen > 0, "{}", file.display());
        }
    }
}

#[test]
fn all_reuters_stories_are_seen() {
    let Some(path) = external("industry/reuters21578") else { return };
    let (mut stories, mut bodies, mut titles) = (0, 0, 0);
    for file in find(&[path.join("*.sgm")]).files {
        read_path(&file, &Options::default(), &mut |item| {
            if let Item::Document(made) = item {
                stories += 1;
                let unprocessed = made.notes.iter().any(|n| n.0.contains("unprocessed"));
                bodies += u32::from(made.payload.is_some() && !unprocessed);
                titles += u32::from(said(&made, Field::Title) != "-");
            }
            ControlFlow::Continue(())
        })
        .unwrap();
    }
    assert_eq!((stories, bodies, titles), (21_578, 19_043, 20_841));
}

#[test]
fn real_feeds_lose_no_entry() {
    let Some(path) = external("feeds") else { return };
    let expected = std::fs::read_to_string(path.join("expected.tsv")).unwrap();
    let mut short = Vec::new();
    for row in expected.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let wanted: u64 = cells[1].parse().unwrap();
        let mut seen = 0;
        read_path(&path.join(cells[0]), &Options::default(), &mut |_| {
            seen += 1;
            ControlFlow::Continue(())
        })
        .unwrap();
        if seen < wanted {
            short.push(format!("{}: {seen} of {wanted}", cells[0]));
        }
    }
    assert!(short.is_empty(), "{short:?}");
}
