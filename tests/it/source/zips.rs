//! Zip archives that lost their directory: their members are read by the headers that stand before them.

use std::io::Write;

use newsdex::model::{Field, Reason};
use newsdex::source::{Item, Options};
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::{bytes, gz, said};

/// An archive, as a program writes it that cannot go back, if `stream`.
fn archive(members: &[(&str, &[u8])], method: CompressionMethod, stream: bool) -> Vec<u8> {
    fn fill<W: Write + std::io::Seek>(
        mut writer: ZipWriter<W>,
        members: &[(&str, &[u8])],
        method: CompressionMethod,
    ) -> W {
        for (name, inner) in members {
            writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
            writer.write_all(inner).unwrap();
        }
        writer.finish().unwrap()
    }
    if stream {
        fill(ZipWriter::new_stream(Vec::new()), members, method).into_inner()
    } else {
        fill(ZipWriter::new(std::io::Cursor::new(Vec::new())), members, method).into_inner()
    }
}

const STORIES: [(&str, &[u8]); 3] = [
    ("a.jsonl", b"{\"title\":\"Weir mended\",\"text\":\"The weir at Tarn holds water again.\"}\n"),
    (
        "notes/b.jsonl",
        b"{\"title\":\"Ferry sold\",\"text\":\"Aldmoor sold its ferry. PK\\u0003 PK\x07\x08 is its number.\"}\n",
    ),
    ("c.jsonl", b"{\"title\":\"Fair opens\",\"text\":\"The fair opened on Friday.\"}\n"),
];

fn titles(items: &[Item]) -> Vec<&str> {
    items.iter().filter_map(|i| if let Item::Document(d) = i { Some(said(d, Field::Title)) } else { None }).collect()
}

fn refused(items: &[Item], reason: Reason, words: &str) -> bool {
    items.iter().any(|i| matches!(i, Item::Rejected(r) if r.reason == reason && r.detail.contains(words)))
}

/// Where the directory of an archive begins.
fn directory(packed: &[u8]) -> usize {
    packed.windows(4).position(|w| w == b"PK\x01\x02").unwrap()
}

#[test]
fn what_stands_before_a_cut_is_read_and_the_cut_is_said() {
    for (method, stream) in [
        (CompressionMethod::Deflated, false),
        (CompressionMethod::Deflated, true),
        (CompressionMethod::Stored, false),
        (CompressionMethod::Stored, true),
    ] {
        let name = format!("{method:?}, {}", if stream { "streamed" } else { "whole" });
        let packed = archive(&STORIES, method, stream);
        let end = directory(&packed);
        for cut in [end, end + 20, packed.len() - 5] {
            let got = bytes("cut.zip", &packed[..cut], &Options::default());
            assert_eq!(titles(&got), ["Weir mended", "Ferry sold", "Fair opens"], "{name}, cut at {cut}");
            assert!(refused(&got, Reason::Damaged, "its 3 members were read"), "{name}: {:?}", got.last());
        }
        // Cut within the last member, whose beginning is half a line.
        let last = packed[..end].windows(4).rposition(|w| w == b"PK\x03\x04").unwrap_or(0);
        let got = bytes("cut.zip", &packed[..last + 55], &Options::default());
        assert_eq!(titles(&got), ["Weir mended", "Ferry sold"], "{name}");
        let within = |i: &Item| matches!(i, Item::Rejected(r) if r.origin.members == ["c.jsonl"]);
        assert!(got.iter().any(within), "{name}: the member that was cut is named: {got:?}");
        // Wherever it is cut, nothing else is made of it than there is in it.
        for cut in 4..packed.len() {
            let got = bytes("cut.zip", &packed[..cut], &Options::default());
            assert!(titles(&got).iter().all(|t| ["Weir mended", "Ferry sold", "Fair opens"].contains(t)), "{cut}");
            assert!(got.iter().any(|i| matches!(i, Item::Rejected(_))), "{name}: a cut at {cut} is said");
        }
        // In a cut gzip stream it never reaches its end either.
        let outer = gz(&packed);
        let got = bytes("cut.zip.gz", &outer[..outer.len() - 12], &Options::default());
        assert!(titles(&got).len() >= 2, "{name}: {got:?}");
    }
}

#[test]
fn a_member_that_is_not_as_it_was_packed_is_named() {
    let story = |text: &[u8]| [b"{\"title\":\"Weir mended\",\"text\":\"", text, b"\"}\n"].concat();
    let (packed_as, found_as) = (story(b"The weir at Tarn holds."), story(b"The weir at Tarn folds."));
    let whole = b"{\"title\":\"Fair opens\",\"text\":\"The fair opened on Friday.\"}\n".as_slice();
    for stream in [false, true] {
        let sum = |text: &[u8]| {
            let mut sum = flate2::Crc::new();
            sum.update(text);
            sum.sum().to_le_bytes()
        };
        for (method, from, to) in [
            (CompressionMethod::Stored, b"holds".as_slice(), b"folds".as_slice()),
            // A deflated text with a letter changed is told by another checksum.
            (CompressionMethod::Deflated, &sum(&found_as), &sum(&packed_as)),
        ] {
            let text = if method == CompressionMethod::Stored { &packed_as } else { &found_as };
            let mut packed = archive(&[("a/weir.jsonl", text), ("fair.jsonl", whole)], method, stream);
            for at in 0..packed.len() - from.len() {
                if packed[at..].starts_with(from) {
                    packed[at..at + to.len()].copy_from_slice(to);
                }
            }
            for cut in [directory(&packed), packed.len()] {
                let got = bytes("spoilt.zip", &packed[..cut], &Options::default());
                assert_eq!(titles(&got), ["Weir mended", "Fair opens"], "what is there is kept");
                let named: Vec<_> = got
                    .iter()
                    .filter_map(|i| if let Item::Rejected(r) = i { Some(r) } else { None })
                    .filter(|r| r.reason == Reason::Damaged && r.detail.contains("checksum"))
                    .map(|r| r.origin.members.join("!"))
                    .collect();
                assert_eq!(named, ["a/weir.jsonl"], "{method:?}, {stream}, cut at {cut}: {got:?}");
            }
        }
    }
}

#[test]
fn members_of_one_name_are_read_each() {
    let story = |title: &str| format!("{{\"title\":\"{title}\",\"text\":\"It is told at Tarn.\"}}\n");
    let (first, second) = (story("Weir mended"), story("Ferry sold"));
    let mut packed =
        archive(&[("a.jsonl", first.as_bytes()), ("b.jsonl", second.as_bytes())], CompressionMethod::Stored, false);
    for at in 0..packed.len() - 7 {
        if packed[at..].starts_with(b"b.jsonl") {
            packed[at] = b'a';
        }
    }
    let got = bytes("twice.zip", &packed, &Options::default());
    assert_eq!(titles(&got), ["Weir mended", "Ferry sold"], "{got:?}");
    assert!(refused(&got, Reason::Damaged, "names its members twice"), "{got:?}");
}

#[test]
fn garbage_between_members_is_passed_over_and_counted() {
    let packed = archive(&STORIES, CompressionMethod::Deflated, false);
    let second = packed.windows(4).position(|w| w == b"PK\x03\x04").map(|at| at + 4).unwrap_or(0);
    let second = second + packed[second..].windows(4).position(|w| w == b"PK\x03\x04").unwrap_or(0);
    let spoilt = [&packed[..second], &[b'x'; 90_000], &packed[second..directory(&packed)]].concat();
    let got = bytes("spoilt.zip", &spoilt, &Options::default());
    assert_eq!(titles(&got), ["Weir mended", "Ferry sold", "Fair opens"]);
    assert!(refused(&got, Reason::Damaged, "89976 bytes between them"), "{:?}", got.last());
}

#[test]
fn a_cut_web_archive_gives_its_records_and_not_its_lists_of_pages() {
    let page = "<!doctype html><html><body><p>The weir at Tarn holds water again, says the council.</p></body></html>";
    let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}");
    let record = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2026-06-01T10:00:00Z\r\nWARC-Target-URI: https://tarn.example/a\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
        block.len()
    );
    let records = gz(record.as_bytes());
    let members: [(&str, &[u8]); 3] = [
        ("pages/pages.jsonl", b"{\"url\":\"https://tarn.example/a\",\"title\":\"A\",\"text\":\"Weir.\"}\n"),
        ("archive/data.warc.gz", &records),
        ("datapackage.json", b"{}"),
    ];
    for stream in [false, true] {
        let packed = archive(&members, CompressionMethod::Stored, stream);
        for name in ["crawl.wacz", "-"] {
            let got = bytes(name, &packed[..directory(&packed)], &Options::default());
            let documents: Vec<_> =
                got.iter().filter_map(|i| if let Item::Document(d) = i { Some(d) } else { None }).collect();
            assert_eq!(documents.len(), 1, "{got:?}");
            assert_eq!(said(documents[0], Field::Url), "https://tarn.example/a");
            assert!(refused(&got, Reason::Damaged, "cut off"), "{:?}", got.last());
        }
    }
}

#[test]
fn an_archive_without_a_directory_is_as_dangerous_as_one_with_it() {
    let zeros = vec![b' '; 40 << 20];
    for (name, members, reason) in [
        ("a bomb", [("a.xml", zeros.as_slice())], Reason::Hostile),
        ("a way out", [("../../a.txt", b"A line of text.".as_slice())], Reason::Hostile),
        ("a document", [("[Content_Types].xml", b"<Types/>".as_slice())], Reason::Unsupported),
        ("nothing that is read", [("a.bin", &[0, 1, 2, 3, 255, 0, 0, 1])], Reason::UnknownFormat),
    ] {
        for stream in [false, true] {
            let packed = archive(&members, CompressionMethod::Deflated, stream);
            let got = bytes(name, &packed[..directory(&packed)], &Options::default());
            assert!(refused(&got, reason, ""), "{name}: {got:?}");
            assert!(titles(&got).is_empty(), "{name}");
        }
    }
    let mut locked = archive(&STORIES, CompressionMethod::Deflated, false);
    locked[6] |= 1;
    let got = bytes("locked.zip", &locked[..directory(&locked)], &Options::default());
    assert_eq!(titles(&got), ["Ferry sold", "Fair opens"]);
    assert!(refused(&got, Reason::Unsupported, "encrypted"), "{got:?}");
}

/// A bomb costs itself, many of them the rest of the archive, which is named.
#[test]
fn what_stands_behind_a_bomb_is_read_or_named() {
    let zeros = vec![b' '; 10 << 20];
    let one = archive(&[("a.txt", zeros.as_slice()), ("b.jsonl", STORIES[0].1)], CompressionMethod::Deflated, false);
    let items = bytes("a.zip", &one, &Options::default());
    assert!(refused(&items, Reason::Hostile, "a bomb"), "{items:?}");
    assert_eq!(titles(&items), ["Weir mended"]);
    let names: Vec<String> = (0..20).map(|n| format!("a{n:02}.txt")).collect();
    let mut members: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), zeros.as_slice())).collect();
    members.push(("z.jsonl", STORIES[0].1));
    let items = bytes("a.zip", &archive(&members, CompressionMethod::Deflated, false), &Options::default());
    assert!(refused(&items, Reason::Hostile, "what stands behind `a"), "{items:?}");
}
