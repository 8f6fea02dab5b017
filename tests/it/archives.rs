//! Web archives made here, whole and damaged in every way seen: which records are read, and what is said of the rest.

use std::io::Write;
use std::ops::ControlFlow;

use newsdex::model::{Document, Field, Reason};
use newsdex::source::{Item, Options, read_stream};

/// What an archive gave: addresses of documents, reasons with their places, kinds passed over.
#[derive(Debug, Default)]
struct Read {
    documents: Vec<Document>,
    rejected: Vec<(u64, Reason, String)>,
    skipped: Vec<String>,
}

impl Read {
    fn of(name: &str, bytes: &[u8]) -> Self {
        let mut out = Read::default();
        read_stream(name, bytes, &Options::default(), &mut |item| {
            match item {
                Item::Document(document) => out.documents.push(document),
                Item::Rejected(r) => out.rejected.push((r.origin.number, r.reason, r.detail)),
                Item::Skipped { what, count, .. } => out.skipped.push(format!("{count} {what}")),
                Item::Links(links) => out.skipped.push(links.kind),
            }
            ControlFlow::Continue(())
        })
        .unwrap();
        out
    }

    /// The last parts of the addresses.
    fn pages(&self) -> String {
        let last = |d: &Document| said(d, Field::Url).rsplit('/').next().unwrap_or("").to_owned();
        self.documents.iter().map(last).collect::<Vec<_>>().join(" ")
    }

    fn reasons(&self) -> Vec<Reason> {
        self.rejected.iter().map(|(_, reason, _)| *reason).collect()
    }
}

fn said(document: &Document, field: Field) -> &str {
    document.claims.iter().find(|c| c.field == field).map_or("-", |c| c.value.as_str())
}

fn text(document: &Document) -> &str {
    document.payload.as_ref().map_or("", |p| p.text.as_str())
}

fn page(number: usize) -> String {
    format!("<!doctype html><html><body><p>Story {number} of the Aldmoor Post, all of it.</p></body></html>")
}

fn http(head: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{head}\r\n").as_bytes(), body].concat()
}

/// A response record with the fields given, and a true length unless one of them is a length.
fn record(number: usize, fields: &str, block: &[u8]) -> Vec<u8> {
    let own =
        if fields.contains("Content-Length") { String::new() } else { format!("Content-Length: {}\r\n", block.len()) };
    let uri = if fields.contains("Target-URI") {
        String::new()
    } else {
        format!("WARC-Target-URI: https://aldmoor.example/{number}\r\n")
    };
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Date: 2026-06-01T10:00:00Z\r\n{uri}\
         {fields}Content-Type: application/http; msgtype=response\r\n{own}\r\n"
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn plain(number: usize) -> Vec<u8> {
    record(number, "", &http("", page(number).as_bytes()))
}

fn gz(inner: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(inner).unwrap();
    encoder.finish().unwrap()
}

fn zst(inner: &[u8]) -> Vec<u8> {
    zstd::encode_all(inner, 3).unwrap()
}

fn lz4(inner: &[u8]) -> Vec<u8> {
    let mut encoder = lz4_flex::frame::FrameEncoder::new(Vec::new());
    encoder.write_all(inner).unwrap();
    encoder.finish().unwrap()
}

fn brotli(inner: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    brotli::CompressorWriter::new(&mut out, 4096, 5, 20).write_all(inner).unwrap();
    out
}

fn zip(name: &str, inner: &[u8]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, inner) in [("datapackage.json", &b"{}"[..]), (name, inner)] {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(inner).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn chunked(body: &[u8]) -> Vec<u8> {
    let pieces =
        body.chunks(20).flat_map(|c| [format!("{:x}\r\n", c.len()).into_bytes(), c.to_vec(), b"\r\n".to_vec()]);
    pieces.flatten().chain(*b"0\r\n\r\n").collect()
}

#[test]
fn every_packing_of_an_archive_gives_the_same_records() {
    let records: Vec<Vec<u8>> = (1..=3).map(plain).collect();
    let each = |pack: fn(&[u8]) -> Vec<u8>| records.iter().map(|r| pack(r)).collect::<Vec<_>>().concat();
    let whole = records.concat();
    for (name, archive) in [
        ("plain", whole.clone()),
        ("gzip by record", each(gz)),
        ("gzip as a whole", gz(&whole)),
        ("zstd by record", each(zst)),
        ("zstd as a whole", zst(&whole)),
        ("lz4 by record", each(lz4)),
        ("wacz", zip("archive/data.warc.gz", &each(gz))),
        ("line feeds alone", String::from_utf8(whole).unwrap().replace("\r\n", "\n").into_bytes()),
    ] {
        let read = Read::of(name, &archive);
        assert_eq!(read.pages(), "1 2 3", "{name}: {:?}", read.rejected);
        assert_eq!(text(&read.documents[2]).trim_end(), page(3), "{name}");
        // Where line ends were made shorter, the lengths in the headers are lies.
        assert!(read.rejected.is_empty() || name == "line feeds alone", "{name}: {:?}", read.rejected);
    }
}

#[test]
fn what_is_damaged_costs_itself_alone() {
    let (a, b, c) = (plain(1), plain(2), plain(3));
    let garbage = b"<<< three bytes of nothing that belong nowhere >>>\n".to_vec();
    let mut corrupt = gz(&b);
    // A block of the type that does not exist, after the ten bytes of the header.
    corrupt[10] = 0x07;
    let mut wrong_sum = gz(&b);
    let sum = wrong_sum.len() - 8;
    wrong_sum[sum] ^= 0xFF;
    // Long enough that nothing of it is known when the first record is read.
    let many: Vec<u8> = (10..2000).flat_map(|n| gz(&plain(n))).collect();
    let late = [many, wrong_sum.clone(), gz(&c)].concat();
    let read = Read::of("a wrong checksum late", &late);
    assert_eq!(read.documents.len(), 1992);
    assert!(read.rejected.iter().any(|(_, _, why)| why.contains("checksum")), "{:?}", read.rejected);
    let long = record(2, "Content-Length: 100000\r\n", &http("", page(2).as_bytes()));
    let huge = record(2, "Content-Length: 18446744073709551615\r\n", &http("", page(2).as_bytes()));
    let none = record(2, "X-Content-Length: 5\r\n", &http("", page(2).as_bytes()));
    for (name, archive, pages, reasons) in [
        (
            "garbage between records",
            [a.clone(), garbage.clone(), b.clone(), c.clone()].concat(),
            "1 2 3",
            vec![Reason::Damaged],
        ),
        ("garbage first", [garbage.clone(), a.clone(), b.clone()].concat(), "1 2", vec![Reason::Damaged]),
        ("garbage between members", [gz(&a), garbage.clone(), gz(&b), gz(&c)].concat(), "1 2 3", vec![]),
        ("a corrupt member", [gz(&a), corrupt.clone(), gz(&c)].concat(), "1 3", vec![Reason::Damaged]),
        ("corrupt members first", [corrupt.clone(), corrupt, gz(&a), gz(&c)].concat(), "1 3", vec![Reason::Unreadable]),
        ("a length over the next record", [a.clone(), long, c.clone()].concat(), "1 2 3", vec![]),
        ("a length beyond all bounds", [a.clone(), huge, c.clone()].concat(), "1 2 3", vec![]),
        ("no length", [a.clone(), none, c.clone()].concat(), "1 2 3", vec![]),
        ("cut in the last record", [&a[..], &b[..b.len() - 30]].concat(), "1 2", vec![Reason::Truncated]),
        (
            "cut in the last member",
            [gz(&a), gz(&b)[..gz(&b).len() - 20].to_vec()].concat(),
            "1 2",
            vec![Reason::Truncated],
        ),
        ("cut in the last header", [&a[..], &b[..60]].concat(), "1", vec![Reason::Truncated]),
        ("a second archive behind", [gz(&a), vec![0; 700], gz(&b)].concat(), "1 2", vec![]),
    ] {
        let read = Read::of(name, &archive);
        assert_eq!(read.pages(), pages, "{name}: {:?}", read.rejected);
        for reason in &reasons {
            assert!(read.reasons().contains(reason), "{name}: {:?}", read.rejected);
        }
        assert!(!reasons.is_empty() || read.rejected.is_empty(), "{name}: {:?}", read.rejected);
        if name.starts_with("cut in the last record") || name.starts_with("cut in the last member") {
            let last = read.documents.last().unwrap();
            assert_eq!(said(last, Field::Truncated), "true", "{name}");
        }
    }
}

#[test]
fn an_archive_may_end_at_every_byte() {
    let records: Vec<Vec<u8>> = (1..=2).map(plain).collect();
    let members = records.iter().map(|r| gz(r)).collect::<Vec<_>>().concat();
    for archive in [records.concat(), members] {
        for end in 1..archive.len() {
            let read = Read::of("cut", &archive[..end]);
            // Either something is read, or it is said why not.
            assert!(!read.documents.is_empty() || !read.rejected.is_empty(), "cut at {end}");
        }
    }
}

#[test]
fn answers_are_unpacked_as_they_are_and_not_as_they_say() {
    let body = page(1).into_bytes();
    for (head, sent, notes) in [
        ("", body.clone(), 0),
        ("Content-Encoding: gzip\r\n", gz(&body), 0),
        ("Content-Encoding: br\r\n", brotli(&body), 0),
        ("Content-Encoding: zstd\r\n", zst(&body), 0),
        ("Transfer-Encoding: chunked\r\n", chunked(&body), 0),
        ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", chunked(&gz(&body)), 0),
        ("Transfer-Encoding: chunked\r\nContent-Encoding: br\r\n", chunked(&brotli(&body)), 0),
        // Crawls that stored the plain page under the header of the packed one.
        ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\nContent-Length: 7\r\n", body.clone(), 2),
        ("Content-Encoding: br\r\n", body.clone(), 1),
        ("Content-Length: 3\r\n", body.clone(), 0),
    ] {
        let read = Read::of("one", &record(1, "", &http(head, &sent)));
        let [made] = &read.documents[..] else { panic!("{head}: {read:?}") };
        assert_eq!(text(made), page(1), "{head}");
        assert_eq!(made.notes.len(), notes, "{head}: {:?}", made.notes);
    }
}

#[test]
fn the_capture_goes_into_provenance() {
    let fields = "WARC-Target-URI: <https://aldmoor.example/a b>\r\nWARC-Payload-Digest: sha1:ABCDEF\r\nWARC-Truncated: length\r\n";
    let read = Read::of("one", &record(1, fields, &http("", page(1).as_bytes())));
    let made = &read.documents[0];
    assert_eq!(said(made, Field::Url), "https://aldmoor.example/a%20b");
    assert_eq!(said(made, Field::Fetched), "2026-06-01T10:00:00Z");
    assert_eq!(said(made, Field::PayloadDigest), "sha1:ABCDEF");
    assert_eq!(said(made, Field::Truncated), "true");
    let options = newsdex::clean::Options::default();
    let article = newsdex::clean::clean(made, &options);
    let digest = article.ok().and_then(|article| article.provenance.payload_digest);
    // The page is too short to be an article for some rules; where it is one, the digest is in it.
    assert!(digest.is_none_or(|digest| digest.value == "sha1:ABCDEF" && digest.found == "warc:WARC-Payload-Digest"));
}

#[test]
fn only_answers_with_text_are_documents() {
    let other = |kind: &str, content: &str, block: &str| {
        format!(
            "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://aldmoor.example/x\r\nContent-Type: {content}\r\n\
             Content-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        )
    };
    let archive = [
        other("warcinfo", "application/warc-fields", "software: x"),
        other("request", "application/http", "GET / HTTP/1.0\r\n\r\n"),
        other("revisit", "application/http", "HTTP/1.1 200 OK\r\n\r\n"),
        other("metadata", "text/plain", "via: x"),
        other("resource", "text/plain", "A text that was stored as it is, without an answer around it."),
        other("conversion", "text/plain", "A text that was taken out of a page by somebody else."),
        other("response", "application/http", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>No</p>"),
        other("response", "application/http", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\u{1}\u{2}"),
    ];
    let read = Read::of("all", archive.concat().as_bytes());
    assert_eq!(read.documents.len(), 2, "{read:?}");
    assert!(read.rejected.is_empty(), "{:?}", read.rejected);
    let expected =
        ["1 HTTP 404", "1 image/png", "1 warc metadata", "1 warc request", "1 warc revisit", "1 warc warcinfo"];
    assert_eq!(read.skipped, expected);
}
