//! Containers, lists, archives' answers, front matter and unknown XML: what is cut, packed otherwise or unnamed.

use std::io::{Read, Write};

use newsdex::model::{Field, Reason};
use newsdex::source::{Item, Options};

use super::{bytes, line, said};

fn lines(name: &str, input: &[u8]) -> Vec<String> {
    bytes(name, input, &Options::default()).iter().map(line).collect()
}

#[test]
fn a_list_that_breaks_off_invents_no_address() {
    let sitemap = "<urlset><url><loc>https://a.example/1</loc></url><url><loc>https://a.example/2</loc></url></urlset>";
    let opml = "<opml><body><outline text='A' xmlUrl='https://a.example/1'/><outline text='B' xmlUrl='https://a.example/2'/></body></opml>";
    for (name, whole) in [("s.xml", sitemap), ("s.opml", opml)] {
        for end in 0..whole.len() {
            for item in bytes(name, &whole.as_bytes()[..end], &Options::default()) {
                let Item::Links(links) = item else { continue };
                for link in links.links {
                    assert!(
                        ["https://a.example/1", "https://a.example/2"].contains(&link.url.as_str()),
                        "{} at {end}",
                        link.url
                    );
                }
            }
        }
        let cut = &whole[..whole.rfind("example/2").unwrap()];
        let got = bytes(name, cut.as_bytes(), &Options::default());
        let [Item::Links(links), Item::Rejected(end)] = &got[..] else {
            panic!("{:?}", got.iter().map(line).collect::<Vec<_>>())
        };
        assert_eq!((links.links.len(), end.reason), (1, Reason::Truncated));
        assert!(end.detail.contains("after 1 addresses"), "{}", end.detail);
        assert_eq!(bytes(name, whole.as_bytes(), &Options::default()).len(), 1);
    }
    // End tags that are nowhere are no cut.
    let loose = "<urlset><url><loc>https://a.example/1</url><url><loc>https://a.example/2</url></urlset>";
    assert_eq!(lines("s.xml", loose.as_bytes()), ["1 links sitemap 2 https://a.example/1 "]);
    let addresses: String =
        (0..3000u32).map(|n| format!("https://a.example/{:x}\n", n.wrapping_mul(2_654_435_761))).collect();
    let packed = super::gz(addresses.as_bytes());
    let got = bytes("l.txt.gz", &packed[..packed.len() / 2], &Options::default());
    let [Item::Links(links), Item::Rejected(_)] = &got[..] else {
        panic!("{:?}", got.iter().map(line).collect::<Vec<_>>())
    };
    assert!(links.links.iter().all(|link| addresses.contains(&format!("{}\n", link.url))));
}

#[test]
fn a_list_of_addresses_may_have_comments() {
    let list = "# my list\nhttps://a.example/1\n\n#https://a.example/no\nhttps://a.example/2#part # the second\n";
    let got = bytes("l.txt", list.as_bytes(), &Options::default());
    let [Item::Links(links)] = &got[..] else { panic!("a list") };
    let urls: Vec<&str> = links.links.iter().map(|link| link.url.as_str()).collect();
    assert_eq!(urls, ["https://a.example/1", "https://a.example/2#part"]);
    for text in ["# A heading\n\nAnd a text.\n", "# only\n# comments\n"] {
        assert!(!lines("l.txt", text.as_bytes())[0].contains("links"), "{text}");
    }
}

pub fn xz(inner: impl Read, block: Option<u64>) -> Vec<u8> {
    let mut inner = inner;
    let mut options = lzma_rust2::XzOptions::with_preset(0);
    options.set_block_size(block.and_then(std::num::NonZeroU64::new));
    let mut writer = lzma_rust2::XzWriter::new(Vec::new(), options).unwrap();
    std::io::copy(&mut inner, &mut writer).unwrap();
    writer.finish().unwrap()
}

/// The tool's default is one block a file, whatever its size: memory goes with the dictionary, not with the block.
#[test]
fn xz_is_read_in_one_block_or_many_streams() {
    let record = |n: u32| format!("{{\"title\": \"Pier {n}\", \"text\": \"{:x}\"}}\n", n.wrapping_mul(2_654_435_761));
    let text: String = (0..30_000).map(record).collect();
    let options = Options { max_document_bytes: 100_000, ..Options::default() };
    let packed = xz(text.as_bytes(), None);
    assert!(packed.len() > 100_000, "{}", packed.len());
    let count = |input: &[u8]| {
        let got = bytes("a.jsonl.xz", input, &options);
        let bad = got.iter().find(|i| !matches!(i, Item::Document(_))).map(line);
        (got.iter().filter(|i| matches!(i, Item::Document(_))).count(), bad)
    };
    assert_eq!(count(&packed), (30_000, None));
    assert_eq!(count(&xz(text.as_bytes(), Some(200_000))), (30_000, None));
    assert_eq!(count(&[&packed[..], &[0; 8], &packed[..]].concat()), (60_000, None));
    let (kept, said) = count(&packed[..packed.len() / 2]);
    assert!(kept > 10_000 && said.is_some(), "{kept} {said:?}");
    // A dictionary of 4 GiB is promised: the tool itself would refuse it.
    let mut greedy = xz(&b"It rained."[..], None);
    let at = greedy.windows(2).position(|w| w == [0x21, 0x01]).unwrap();
    greedy[at + 2] = 40;
    let crc = crc32(&greedy[12..24 - 4]);
    greedy[20..24].copy_from_slice(&crc.to_le_bytes());
    assert!(matches!(&bytes("a.xz", &greedy, &options)[0], Item::Rejected(_)));
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |crc, b| {
        (0..8).fold(crc ^ u32::from(*b), |c, _| if c & 1 == 1 { c >> 1 ^ 0xEDB8_8320 } else { c >> 1 })
    })
}

/// The original keeps it all; no article holds that much, and it must not be copied through every stage.
#[test]
fn a_text_beyond_all_measure_is_held_to_one() {
    let words = "The pier is closed. ".repeat(1_000_000);
    let record = format!(
        "  {{\"title\": \"Long\", \"text\": \"{words}\"}} \n{{\"title\": \"After\", \"text\": \"It rained.\"}}\n"
    );
    for (name, input) in [("a.jsonl", record.as_str()), ("a.txt", words.as_str())] {
        let got = bytes(name, input.as_bytes(), &Options::default());
        let Item::Document(made) = &got[0] else { panic!("{name}") };
        assert_eq!(made.payload.as_ref().map(|p| p.text.len()), Some(10 << 20), "{name}");
        assert!(made.notes.iter().any(|n| n.0.contains("longer than")) && made.raw.len() >= words.len(), "{name}");
        assert!(made.claims.iter().any(|c| c.field == Field::Truncated), "{name}");
        assert_eq!(got.len(), if name == "a.txt" { 1 } else { 2 });
    }
}

#[test]
fn front_matter_of_every_kind_is_none_of_the_text() {
    let text = "The council closed the old ferry pier until spring.";
    for head in [
        "---\ntitle: Pier\nauthors:\n  - name: Jo Hartley\n  - Ada Quill\n---\n",
        "+++\ntitle = \"Pier\"\n[[authors]]\nname = \"Jo Hartley\"\n[[authors]]\nname = \"Ada Quill\"\n+++\n",
        "{\n  \"title\": \"Pier\",\n  \"authors\": [\"Jo Hartley\", {\"name\": \"Ada Quill\"}]\n}\n\n",
    ] {
        let got = bytes("a.md", format!("{head}{text}\n").as_bytes(), &Options::default());
        let [Item::Document(made)] = &got[..] else { panic!("{head}: {:?}", got.iter().map(line).collect::<Vec<_>>()) };
        let authors: Vec<&str> =
            made.claims.iter().filter(|c| c.field == Field::Author).map(|c| c.value.as_str()).collect();
        assert_eq!((said(made, Field::Title), authors), ("Pier", vec!["Jo Hartley", "Ada Quill"]), "{head}");
        assert_eq!(made.payload.as_ref().map(|p| p.text.trim()), Some(text), "{head}");
    }
}

#[test]
fn records_in_unknown_xml_are_told_apart() {
    let xml = "<?xml version='1.0'?><export><made>2026</made><stories><story id='s1'><headline>Pier &amp; ferry</headline><byline>Jo Hartley</byline><pubDate>2026-06-01</pubDate><body><para>The pier closes.</para><para>It opens in May.</para></body></story><story><headline>Money</headline><keywords><keyword>pier</keyword><keyword>town</keyword></keywords><text><![CDATA[<p>None was set aside.</p>]]></text></story></stories></export>";
    assert_eq!(
        lines("a.xml", xml.as_bytes()),
        [
            "1 html | Pier & ferry | 2026-06-01 | Jo Hartley | - | <p>The pier closes.</p><p>It opens in May.</p>",
            "2 html | Money | - | - | - | <p>None was set aside.</p>",
        ]
    );
    let got = bytes("a.xml", xml.as_bytes(), &Options::default());
    let Item::Document(second) = &got[1] else { panic!("a document") };
    assert_eq!(second.claims.iter().filter(|c| c.field == Field::Tag).count(), 2);
    let cut = lines("a.xml", &xml.as_bytes()[..xml.find("aside").unwrap()]);
    assert_eq!((cut.len(), cut[2].as_str()), (3, "3 Truncated"));
    let nested = "<?xml version='1.0'?><a><b><meta><title>Pier</title><author>Jo Hartley</author></meta><content><p>It rained.</p></content></b></a>";
    assert_eq!(lines("a.xml", nested.as_bytes()), ["1 html | Pier | - | Jo Hartley | - | <p>It rained.</p>"]);
    // As trafilatura writes it: what is known stands in attributes.
    let doc = "<doc sitename=\"Tarn Post\" title=\"Pier\" author=\"Jo Hartley; Ada Quill\" url=\"https://a.example/1\" date=\"2026-06-01\">\n  <main>\n<head rend=\"h2\">Closed</head><p>The pier <hi rend=\"#b\">closes</hi>.</p><list><item>In May</item></list></main>\n <comments><p>First!</p></comments></doc>";
    for doc in [doc.to_owned(), format!("<?xml version='1.0' encoding='utf8'?>\n{doc}")] {
        let got = bytes("a.xml", doc.as_bytes(), &Options::default());
        let [Item::Document(made)] = &got[..] else { panic!("{:?}", got.iter().map(line).collect::<Vec<_>>()) };
        let told =
            [Field::Title, Field::Source, Field::SiteName, Field::Url, Field::Published].map(|field| said(made, field));
        assert_eq!(told, ["Pier", "-", "Tarn Post", "https://a.example/1", "2026-06-01"]);
        let text = made.payload.as_ref().map_or("", |p| p.text.trim());
        assert_eq!(
            text,
            "<h2 rend=\"h2\">Closed</h2><p>The pier <em rend=\"#b\">closes</em>.</p><ul><li>In May</li></ul>"
        );
    }
    // A page is a page, and a drawing holds no records.
    let page = "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title>T</title></head><body><p>x</p></body></html>";
    assert!(lines("a.xml", page.as_bytes())[0].starts_with("1 page"));
    let drawing = "<?xml version='1.0'?><svg><title>T</title><g/></svg>";
    assert!(!lines("a.svg", drawing.as_bytes())[0].contains("html"));
}

#[test]
fn packings_that_no_header_names_are_taken_off() {
    let page = format!(
        "<html><head><title>Pier</title></head><body><p>{}</p></body></html>",
        "The pier is closed. ".repeat(60)
    );
    let mut br = Vec::new();
    brotli::CompressorWriter::new(&mut br, 4096, 5, 22).write_all(page.as_bytes()).unwrap();
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    zlib.write_all(page.as_bytes()).unwrap();
    let zlib = zlib.finish().unwrap();
    let zst = zstd::encode_all(page.as_bytes(), 1).unwrap();
    let record = |header: &str, body: &[u8]| {
        let block = [format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{header}\r\n").as_bytes(), body].concat();
        let head = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/1\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n",
            block.len()
        );
        [head.as_bytes(), &block, b"\r\n\r\n"].concat()
    };
    for (header, body) in [
        ("", &br),
        ("Content-Encoding: gzip\r\n", &br),
        ("", &zlib),
        ("Content-Encoding: br\r\n", &zst),
        ("Content-Encoding: gzip\r\n", &super::gz(&super::gz(page.as_bytes()))),
    ] {
        let got = bytes("a.warc", &record(header, body), &Options::default());
        let made: Vec<_> =
            got.iter().filter_map(|i| if let Item::Document(made) = i { Some(made) } else { None }).collect();
        assert_eq!(made.len(), 1, "{header}: {:?}", got.iter().map(line).collect::<Vec<_>>());
        assert_eq!(made[0].payload.as_ref().map(|p| p.text.as_str()), Some(page.as_str()));
    }
    // What cannot be read is named, with its record; a picture that is said to be a page is passed over as one.
    let noise: Vec<u8> = (0..3000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let got = bytes(
        "a.warc",
        &[record("", &noise), record("", b"\x89PNG\r\n\x1a\n0000000000")].concat(),
        &Options::default(),
    );
    let [Item::Rejected(refused), Item::Skipped { what, .. }] = &got[..] else {
        panic!("{:?}", got.iter().map(line).collect::<Vec<_>>())
    };
    assert_eq!((refused.reason, refused.origin.number, what.as_str()), (Reason::Damaged, 1, "a PNG image"));
    assert!(refused.detail.contains("said to be `text/html`"), "{}", refused.detail);
}

/// A decoder that meets a fault hands out nothing of what it was given at once.
#[test]
fn what_stands_before_a_fault_comes_out() {
    let record = |n: u32| {
        format!(
            "{{\"title\": \"Pier {n}\", \"text\": \"{:x} {:x}\"}}\n",
            n.wrapping_mul(2_654_435_761),
            n.wrapping_mul(2_246_822_519)
        )
    };
    let text: String = (0..400).map(record).collect();
    for (name, packed) in [("xz", xz(text.as_bytes(), None)), ("gz", super::gz(text.as_bytes()))] {
        let mut packed = packed;
        let half = packed.len() / 2;
        packed[half..half + 40].iter_mut().for_each(|byte| *byte ^= 0x5A);
        let got = bytes("a.jsonl", &packed, &Options::default());
        let whole = got.iter().take_while(|item| matches!(item, Item::Document(_))).count();
        assert!((150..260).contains(&whole), "{name}: {whole} of 400");
        assert!(got.iter().any(|item| matches!(item, Item::Rejected(_))), "{name}");
    }
}

/// Taken for plain text, these would be articles of nonsense.
#[test]
fn what_is_known_and_not_read_is_named() {
    let wiki =
        "<mediawiki xmlns=\"http://www.mediawiki.org/xml/export-0.11/\"><page><title>Pier</title></page></mediawiki>";
    for (name, input, reason, words) in [
        (
            "a.css",
            "@charset \"utf-8\";\nbody{margin:0;padding:0}\n.a:hover{color:red}\n",
            Reason::NotAnArticle,
            "style sheet",
        ),
        ("a.js", "(function(){var a=function(b){return b+1};window.x=a(1);})();\n", Reason::NotAnArticle, "JavaScript"),
        (
            "a.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>Pier</title></svg>",
            Reason::NotAnArticle,
            "drawing",
        ),
        ("a.xml", wiki, Reason::Unsupported, "wikiextractor"),
        ("a.bib", "@article{quill2026,\n  title = {Pier},\n  journal = {Tarn Post},\n}\n", Reason::Unsupported, "RIS"),
        ("a.enw", "%0 Newspaper Article\n%T Pier\n%A Ada Quill\n", Reason::Unsupported, "RIS"),
        (
            "a.sql",
            "-- MySQL dump 10.13\nCREATE TABLE `a` (`b` int);\nINSERT INTO `a` VALUES (1);\n",
            Reason::Unsupported,
            "CSV",
        ),
        ("a.txt", "<records xmlns=\"https://a.example\"><x>1</x></records>", Reason::UnknownFormat, "records"),
        ("a.txt", "<export>\n<x>1</x>\n</export>\n", Reason::UnknownFormat, "export"),
    ] {
        let got = bytes(name, input.as_bytes(), &Options::default());
        let [Item::Rejected(refused)] = &got[..] else {
            panic!("{name}: {:?}", got.iter().map(line).collect::<Vec<_>>())
        };
        assert_eq!(refused.reason, reason, "{name}: {}", refused.detail);
        assert!(refused.detail.contains(words), "{name}: {}", refused.detail);
    }
    // Texts that speak of such things are texts.
    for (name, text) in [
        ("a.txt", "@jo wrote: the pier of Tarn is closed until spring, and nobody knows why it is so."),
        ("a.txt", "SELECT a committee, the clerk said; INSERT INTO the minutes what was said; nobody laughed."),
        ("a.js", "The council of Tarn closed the old ferry pier until spring after a long night in the town hall."),
        ("a.txt", "<Jo> The pier is closed. <Ada> Until spring? <Jo> Nobody knows."),
    ] {
        let got = bytes(name, text.as_bytes(), &Options::default());
        assert!(matches!(&got[..], [Item::Document(_)]), "{text}: {:?}", got.iter().map(line).collect::<Vec<_>>());
    }
}

#[test]
fn bookmarks_are_lists_and_saved_pages_know_where_they_are_from() {
    let got = super::items("bookmarks.html");
    let [Item::Links(links)] = &got[..] else { panic!("{:?}", got.iter().map(line).collect::<Vec<_>>()) };
    let all: Vec<_> =
        links.links.iter().map(|l| (l.url.as_str(), l.title.as_str(), l.folders.join("/"), l.date.as_str())).collect();
    assert_eq!(
        all,
        [
            ("https://skell.example/tram?a=1&b=2", "Tram & tree", "Bookmarks/Trams".to_owned(), "2026-06-01T09:00:00Z"),
            ("https://skell.example/ferry", "Ferry on time", "Bookmarks".to_owned(), "2026-06-01T09:01:40Z"),
        ]
    );
    let got = super::items("saved.html");
    let [Item::Document(made)] = &got[..] else { panic!("a page") };
    assert_eq!(said(made, Field::Url), "https://skell.example/tram");
    let got = super::items("page.webarchive");
    let [Item::Document(made), Item::Skipped { count: 1, .. }] = &got[..] else {
        panic!("{:?}", got.iter().map(line).collect::<Vec<_>>())
    };
    assert_eq!(said(made, Field::Url), "https://skell.example/tram");
    assert!(made.payload.as_ref().is_some_and(|p| p.text.starts_with("<!DOCTYPE") && p.text.ends_with("</html>")));
    let whole = std::fs::read(super::fixture("page.webarchive")).unwrap();
    for end in [9, 40, whole.len() - 40, whole.len() - 1] {
        let got = bytes("a", &whole[..end], &Options::default());
        assert!(matches!(&got[..], [Item::Rejected(_)]), "{end}: {:?}", got.iter().map(line).collect::<Vec<_>>());
    }
    // An archive's record knows better than what a page says of itself.
    let page = std::fs::read_to_string(super::fixture("saved.html")).unwrap();
    let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}");
    let warc = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://other.example/1\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
        block.len()
    );
    let got = bytes("a.warc", warc.as_bytes(), &Options::default());
    let Item::Document(made) = &got[0] else { panic!("a page") };
    assert_eq!(said(made, Field::Url), "https://other.example/1");
}

#[test]
fn collections_of_researchers() {
    assert_eq!(
        super::items("rcv.xml").iter().map(line).collect::<Vec<_>>(),
        [
            "1 html | Tram to Skell runs late. | 1996-08-20 | Ada Quill | - | <p>The tram to Skell was late on Monday.</p>/<p>A tree had fallen on the line.</p>"
        ]
    );
    let got = super::items("trec.sgml");
    let told: Vec<_> = got
        .iter()
        .map(|item| {
            let Item::Document(made) = item else { panic!("{}", line(item)) };
            [Field::Title, Field::Published, Field::DatelinePlace].map(|field| said(made, field).trim().to_owned())
        })
        .collect();
    assert_eq!(told, [["Tram to Skell Runs Late", "19880601", "SKELL (TW)"], ["Ferry on Time", "19940602", "-"]]);
    let wsj = "<DOC>\n<DOCNO>\nWSJ_1\n</DOCNO>\n<HL>\n  Pier closes\n</HL>\n<DATE>\n01/30/03\n</DATE>\n<SO>\nTARN JOURNAL\n</SO>\n<LP>\n  It rained.\n</LP>\n<TEXT>\n  It stopped.\n</TEXT>\n</DOC>\n<DOC>\n<DOCNO> WSJ_2 </DOCNO>\n<TEXT>\nNo headline.\n</TEXT>\n</DOC>\n";
    let got: Vec<String> = bytes("w", wsj.as_bytes(), &Options::default()).iter().map(line).collect();
    assert_eq!(got.len(), 2, "{got:?}");
    assert!(
        got[0].starts_with("1 text | Pier closes | 01/30/03 |")
            && got[0].contains("It rained./")
            && got[0].ends_with("It stopped.")
    );
    assert!(got[1].ends_with("No headline."), "{got:?}");
    // Judgements name the number of the collection, not that of the day.
    let both = "<DOC>\n<DOCNO> TT010181-0001 </DOCNO>\n<DOCID> 1 </DOCID>\n<HEADLINE>\n<P>\nPier closes\n</P>\n</HEADLINE>\n<TEXT>\n<P>\nIt rained.\n</P>\n</TEXT>\n</DOC>\n";
    let got = bytes("both", both.as_bytes(), &Options::default());
    let Item::Document(made) = &got[0] else { panic!("a document") };
    assert_eq!(said(made, Field::Guid).trim(), "TT010181-0001");
    let story = "The pier of Tarn is closed until spring, the council said.\n\n@highlight\n\nPier closed\n\n@highlight\n\nNobody knows why\n";
    let got = bytes("a.story", story.as_bytes(), &Options::default());
    let Item::Document(made) = &got[0] else { panic!("a story") };
    assert_eq!(
        made.payload.as_ref().map(|p| p.text.trim()),
        Some("The pier of Tarn is closed until spring, the council said.")
    );
    assert_eq!(made.claims.iter().filter(|c| c.field == Field::Summary).count(), 2);
}

#[test]
fn front_matter_on_one_line_is_no_record() {
    let text = "The council closed the old ferry pier until spring, after a long night in the town hall of Tarn.";
    for head in
        ["{\"title\": \"Pier\", \"author\": \"Jo Hartley\"}\n\n", "{\"title\": \"Pier\", \"author\": \"Jo Hartley\"}\n"]
    {
        assert_eq!(
            lines("a.md", format!("{head}{text}\n").as_bytes()),
            [format!("1 markdown | Pier | - | Jo Hartley | - | {text}")]
        );
    }
    for records in [
        "{\"title\": \"Pier\", \"text\": \"It is closed.\"}\nnot json, and a good deal longer than the record above it, for once and for all\n",
        "{\"title\": \"Pier\", \"url\": \"https://a.example/1\"}\n{\"title\": \"Tram\", \"url\": \"https://a.example/2\"}\n",
        "{\"id\": 7}\nThe council closed the old ferry pier until spring, after a long night in the town hall of Tarn.\n",
    ] {
        assert!(!lines("a.jsonl", records.as_bytes())[0].contains("markdown"), "{records}");
    }
}
