//! What mutation begins with: our fixtures, small files of each container, and the words of each format.

use std::io::Write;
use std::path::Path;

/// The cases a target begins with; never empty.
pub fn of(target: &str) -> Vec<Vec<u8>> {
    let fixture = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/source").join(name);
        std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    let some = |names: &[&str]| names.iter().map(|name| fixture(name)).collect::<Vec<_>>();
    let mut out = match target {
        "feed" => some(&["feed.xml", "atom.xml", "rss1.rdf", "rss09.rdf", "channel.cdf", "wordpress.xml"]),
        "json-file" => some(&[
            "feed.json",
            "records.jsonl",
            "newsapi.json",
            "ninjs.json",
            "columns.json",
            "contents.json",
            "starred.json",
            "ghost.json",
            "ghost-cards.json",
            "gdelt.json",
            "newsplease.json",
        ])
        .into_iter()
        .chain([ARC.into(), AP.into()])
        .collect(),
        "web-archive-of-safari" => some(&["page.webarchive"]),
        "wire-xml" => some(&["nitf.xml", "g2.xml", "newsml.xml"]),
        "reuters-sgml" => some(&["reuters.sgm"]),
        "wire-text" => some(&["wire.tst"]),
        "mail" => some(&["mail.mbox", "newsletter.eml", "alert.eml", "page.mht"]),
        "export-of-a-press-database" => some(&[
            "nexis.txt",
            "nexis-uni.txt",
            "nexis-de.txt",
            "factiva.txt",
            "factiva-tagged.txt",
            "proquest.txt",
            "newsbank.txt",
        ]),
        "page-of-europresse" => some(&["europresse.html"]),
        "ris" => some(&["export.ris"]),
        "list-of-links" => {
            some(&["subscriptions.opml", "sitemap.xml", "news-sitemap.xml", "robots.txt", "addresses.txt"])
        }
        "table" => {
            let mut tables = some(&["table.csv", "table.tsv", "gkg.tsv", "mediacloud.csv"]);
            tables.extend([APOSTROPHES.into(), BACKSLASHES.into()]);
            tables
        }
        "xml-file-of-records" => {
            let mut records = some(&["stories.xml", "rcv.xml", "trec.sgml"]);
            records.extend(TREC.iter().map(|collection| collection.as_bytes().to_vec()));
            records
        }
        "plain-text" => {
            let mut texts = some(&["notes.md", "plain.txt", "several.txt"]);
            texts.extend(NOTES.iter().map(|notes| notes.as_bytes().to_vec()));
            texts
        }
        "warc-file" => vec![fixture("archive.warc"), fixture("crawl.warc"), answers()],
        "arc-file" => some(&["archive.arc", "crawl.arc"]),
        "compressed-file" => {
            let (feed, warc) = (fixture("feed.xml"), fixture("archive.warc"));
            let records = warc.split_inclusive(|b| *b == b'\n').collect::<Vec<_>>();
            let halves = [records[..8].concat(), records[8..].concat()].map(|half| gz(&half)).concat();
            let zst = zstd::encode_all(feed.as_slice(), 1).unwrap_or_default();
            vec![gz(&feed), gz(&gz(&feed)), halves, zst, xz(&feed), bz2(&feed)]
        }
        "zip-archive" => {
            let (feed, posts) = (zip(&fixture("feed.xml"), "feeds/a.xml"), fixture("substack.zip"));
            let warc = zip(&fixture("archive.warc"), "archive/a.warc");
            // Without their directories; the last as a program writes it that cannot go back.
            let cut = [&feed, &warc, &posts].map(|archive| without_directory(archive));
            let streamed = without_directory(&streamed(&fixture("feed.xml"), "feeds/a.xml"));
            [feed, warc, posts, fixture("packed.zip"), streamed].into_iter().chain(cut).collect()
        }
        "tar-archive" => vec![tar(&fixture("feed.xml")), tar(&fixture("notes.md"))],
        _ => Vec::new(),
    };
    if matches!(target, "any" | "clean" | "html-page") {
        let pages = [("page", "plain.html"), ("page", "breaks.html")];
        for (folder, name) in pages {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(folder).join(name);
            out.extend(std::fs::read(path));
        }
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/samples/pages");
        let mut pages: Vec<_> = std::fs::read_dir(samples).into_iter().flatten().flatten().map(|e| e.path()).collect();
        pages.sort();
        out.extend(pages.iter().filter_map(|path| std::fs::read(path).ok()));
    }
    if matches!(target, "any" | "clean") {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/source");
        let mut all: Vec<_> = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
        all.sort();
        out.extend(all.iter().filter_map(|path| std::fs::read(path).ok()));
    }
    assert!(!out.is_empty(), "no seeds for `{target}`");
    out
}

/// Notes of one file: a line between them, none, a preface, parts without a head, files put together, front matters.
const NOTES: &[&str] = &[
    "Notes, June.\n\nTitle: Weir\nDate: 1 June 2026\n\nThe weir at Tarn holds.\n\nTitle: Weir\nDate: 2 June 2026\n\nIt holds again.\n",
    "Title: Weir\nDate: 1 June 2026\n\nThe weir holds.\n***\nAnd more of it.\n***\nTitle: Ferry\nDate: 2 June 2026\n\nIt is gone.\n***\n\
     Title: Fair\nURL: https://a.example/f\nText: It opened on Friday.\n",
    "==> a.txt <==\nThe weir at Tarn holds.\n\n==> b.txt <==\nThe ferry is gone.\n",
    "---\ntitle: Weir\ndate: 2026-06-01\n---\nIt holds.\n\n---\ntitle: Ferry\ndate: 2026-06-02\n---\nIt is gone.\n",
];

/// TREC's collections beside the one of the fixture.
const TREC: &[&str] = &[
    "<DOC>\n<DOCNO> FBIS3-1 </DOCNO>\n<HT> a </HT>\n<HEADER>\n<DATE1> 3 March 1994 </DATE1>\n<H3> <TI> Ferry Sold </TI></H3>\n\
     </HEADER>\n<TEXT>\nLanguage: <F P=105> English </F>\n[Text] It is gone.\n</TEXT>\n</DOC>\n",
    "<DOC>\n<DOCNO> LA010289-0001 </DOCNO>\n<DATE><P>January 2, 1989</P></DATE>\n<TEXT><P>It is gone.</P></TEXT>\n</DOC>\n",
    "<DOC>\n<DOCNO> NYT19980601.0001 </DOCNO>\n<DATE_TIME> 1998-06-01 10:00 </DATE_TIME>\n<BODY>\n<SLUG> BC-FERRY </SLUG>\n<HEADLINE>\n\
     Ferry sold\n</HEADLINE>\nBy ADA QUILL\n<TEXT>\nIt is gone.\n</TEXT>\n</BODY>\n</DOC>\n",
];

/// An article of Arc's, and a list of AP's media API.
const ARC: &[u8] = br#"{"_id":"A","type":"story","headlines":{"basic":"Weir"},"display_date":"2026-06-01T09:00:00Z","credits":{"by":[{"type":"author",
    "name":"Ada Quill"}]},"content_elements":[{"_id":"a","type":"text","content":"It holds."},{"_id":"b","type":"list","items":[{"type":"text","content":"One"}]}]}"#;
const AP: &[u8] = br#"{"data":{"items":[{"item":{"altids":{"itemid":"a1"},"type":"text","pubstatus":"usable","versioncreated":"2026-06-01T10:00:00Z",
    "headline":"Ferry sold","bylines":[{"by":"By ADA QUILL"}],"body_nitf":"<block><p>It is gone.</p></block>"}}]}}"#;

/// Tables quoted in other ways.
const APOSTROPHES: &[u8] =
    b"'title','text','date'\n'Weir, mended','It''s\nwhole.','2026-06-01'\n'Ferry','Gone, they say.','2026-06-02'\n";
const BACKSLASHES: &[u8] =
    b"title,text,date\n\"Weir\",\"He said \\\"no\\\", and \"\"yes\"\".\",2026-06-01\n\"a\",\"C:\\\\\",2\n";

/// Words of a format, to be put in anywhere.
pub fn tokens(target: &str) -> Vec<&'static [u8]> {
    const XML: &[&[u8]] = &[
        b"<!DOCTYPE rss [<!ENTITY a \"b\"><!ENTITY c \"&a;&a;&a;&a;\">]>",
        b"<!ENTITY x SYSTEM \"file:///etc/passwd\">",
        b"&c;",
        b"<![CDATA[",
        b"]]>",
        b"<!--",
        b"-->",
        b"<?xml version=\"1.0\" encoding=\"utf-16\"?>",
        b"&#0;",
        b"&#xD800;",
        b"&#x110000;",
        b"&nbsp;",
        b"&lt;p&gt;",
        b"&amp;amp;",
        b"</",
        b"/>",
        b"=\"",
        b" xmlns=\"",
        b" xml:base=\"http://a.example/x/\"",
        b"&#1;",
        b"\xFF\xFE",
        b"\xFE\xFF",
        b"\xEF\xBB\xBF",
        b"\xC3",
        b"\xF0\x9F\x98",
        b"encoding=\"iso-8859-1\"",
    ];
    const FEED: &[&[u8]] = &[
        b"<item>",
        b"</item>",
        b"<entry>",
        b"</entry>",
        b"<title type=\"xhtml\">",
        b"<content:encoded>",
        b"<link href=\"",
        b"<guid>",
        b"<pubDate>35:9</pubDate>",
        b"<media:group>",
        b"<media:content url=\"//x\">",
        b"<content type=\"base64\">",
        b"<content mode=\"escaped\">",
        b"<dc:date>0000-00-00</dc:date>",
        b"<author><name>",
        b"<source url=\"",
        b"<rss>",
        b"<feed>",
        b"<rdf:RDF>",
        b"<channel>",
    ];
    const JSON: &[&[u8]] = &[
        b"\"title\":",
        b"\"text\":",
        b"\"version\":\"https://jsonfeed.org/version/1\"",
        b"\"items\":[",
        b"NaN",
        b"Infinity",
        b"null",
        b"\\ud800",
        b"\\u0000",
        b"1e999",
        b"callback(",
        b");",
        b"\"articles\":[",
        b"//",
        b"/*",
        b"\"contents\":[{",
        b"\"date\":1530100000000",
        b"\"\"\"",
        b"\\",
    ];
    const WIRE: &[&[u8]] = &[
        b"<nitf>",
        b"<newsItem>",
        b"<newsMessage>",
        b"<NewsML>",
        b"<pubStatus qcode=\"stat:canceled\"/>",
        b"<embargoed>2099-01-01</embargoed>",
        b"<itemRef residref=\"",
        b"<REUTERS NEWID=\"1\">",
        b"<TEXT TYPE=\"BRIEF\">",
        b"<BODY>",
        b"</REUTERS>",
        b"&#3;",
        b"\x01",
        b"\x02",
        b"\x03",
        b"\x04",
        b"^AM-",
        b"\x13\x11",
    ];
    const WARC: &[&[u8]] = &[
        b"WARC/1.0\r\n",
        b"WARC/1.1\r\n",
        b"WARC/0.17\n",
        b"WARC-Type: response\r\n",
        b"WARC-Type: revisit\r\n",
        b"WARC-Target-URI: <http://a.example/ b>\r\n",
        b"Content-Length: ",
        b"Content-Length: 99999999999\r\n",
        b"Content-Length: -1\r\n",
        b"WARC-Truncated: length\r\n",
        b"WARC-Segment-Number: 2\r\n",
        b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"Content-Encoding: gzip\r\n",
        b"Content-Encoding: br, gzip, deflate, zstd\r\n",
        b"ffffffffffffffff\r\n",
        b"7fffffffffffffff\r\n",
        b"0\r\n\r\n",
        b"Content-Type: application/http;msgtype=response\r\n",
        b"Content-Type: text/html; charset=utf-7\r\n",
        b"http://a.example/ 1.2.3.4 20080430204825 text/html 18446744073709551615\n",
        b"filedesc://a.arc 0.0.0.0 20080430204825 text/plain 9\n",
    ];
    const ZIP: &[&[u8]] = &[
        b"PK\x03\x04",
        b"PK\x07\x08",
        b"PK\x01\x02",
        b"PK\x05\x06",
        b"\xFF\xFF\xFF\xFF",
        b"\x08\0\x08\0",
        b"posts.csv",
        b"posts/1.a.html",
    ];
    const TEXT: &[&[u8]] = &[
        b"---\n",
        b"title: ",
        b"Date: ",
        b"By ",
        b"\n\n",
        b"TY  - NEWS\r\n",
        b"ER  - \r\n",
        b"T1  - ",
        b"AB  - ",
        b"Document 1 of 9\n",
        b"1 of 2 DOCUMENTS\n",
        b"Load-Date: ",
        b"LENGTH: 10 words\n",
        b"____________________________________________________________\n",
        b"From - \n",
        b"From a@b.example Mon Jun  1 10:00:00 2026\n",
        b"Content-Type: multipart/alternative; boundary=\"x\"\n\n--x\n",
        b"Content-Transfer-Encoding: base64\n",
        b"Content-Transfer-Encoding: quoted-printable\n",
        b"=?utf-8?B?8J+Y?=",
        b"\",\"",
        b"\"\"",
        b"\";\"",
        b"\t",
        b"title,text,url\n",
        b"',''\n",
        b"\\\"",
        b"***\n",
        b"==> a.txt <==\n",
        b"Title: Weir\nDate: 1 June 2026\n\n",
        b"Sitemap: http://a.example/s.xml\n",
        b"User-agent: *\n",
        b"<opml>",
        b"<outline xmlUrl=\"",
        b"<urlset>",
        b"<url><loc>",
    ];
    const HTML: &[&[u8]] = &[
        b"<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",",
        b"</script>",
        b"<table><tr><td>",
        b"<p>",
        b"<div class=\"comment\">",
        b"<meta property=\"og:title\" content=\"",
        b"<meta charset=\"",
        b"<noscript>",
        b"<template>",
        b"<svg><title>",
        b"<select><option>",
        b"<b><i></b></i>",
        b"<a href=\"",
        b"<h1>",
        b"<article>",
        b"<time datetime=\"",
        b"<![endif]",
        b"<plaintext>",
        b"<!DOCTYPE html>",
        b"&#x80;",
        b"\xC2\xAD",
        b"\xE2\x80\xAE",
    ];
    let groups: &[&[&[u8]]] = match target {
        "feed" => &[XML, FEED],
        "json-file" => &[JSON],
        "wire-xml" | "reuters-sgml" | "wire-text" => &[XML, WIRE],
        "list-of-links" => &[XML, TEXT],
        "warc-file" | "arc-file" => &[WARC],
        "html-page" => &[XML, HTML],
        "any" | "clean" => &[XML, FEED, JSON, WIRE, WARC, TEXT, HTML],
        "zip-archive" => &[WARC, ZIP],
        "compressed-file" | "tar-archive" => &[WARC],
        "page-of-europresse" => &[XML, HTML],
        _ => &[TEXT],
    };
    groups.concat()
}

/// Two answers, one chunked and packed, one with lies in its header.
fn answers() -> Vec<u8> {
    let body = gz(b"<html><body><p>The ferry to Aldmoor sails again.</p></body></html>");
    let chunked = [format!("{:x}\r\n", body.len()).as_bytes(), &body, b"\r\n0\r\n\r\n"].concat();
    let record = |head: &str, body: &[u8]| {
        let http = [format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{head}\r\n").as_bytes(), body].concat();
        let warc = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/1\r\nWARC-Date: 2026-06-01T10:00:00Z\r\n\
             Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
            http.len()
        );
        [warc.as_bytes(), &http, b"\r\n\r\n"].concat()
    };
    [
        record("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", &chunked),
        record("Transfer-Encoding: chunked\r\nContent-Encoding: br\r\n", b"<p>plain after all, as it stands</p>"),
    ]
    .concat()
}

fn gz(inner: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(inner).and_then(|()| encoder.finish()).unwrap_or_default()
}

fn bz2(inner: &[u8]) -> Vec<u8> {
    let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    encoder.write_all(inner).and_then(|()| encoder.finish()).unwrap_or_default()
}

fn xz(inner: &[u8]) -> Vec<u8> {
    let options = lzma_rust2::XzOptions::with_preset(1);
    let Ok(mut writer) = lzma_rust2::XzWriter::new(Vec::new(), options) else { return Vec::new() };
    writer.write_all(inner).and_then(|()| writer.finish()).unwrap_or_default()
}

fn zip(inner: &[u8], name: &str) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let written = writer.start_file(name, options).is_ok() && writer.write_all(inner).is_ok();
    writer.finish().ok().filter(|_| written).map(std::io::Cursor::into_inner).unwrap_or_default()
}

/// The same as a program writes it that cannot go back: sizes and checksum stand behind the member.
fn streamed(inner: &[u8], name: &str) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new_stream(Vec::new());
    let options = zip::write::SimpleFileOptions::default();
    let written = writer.start_file(name, options).is_ok() && writer.write_all(inner).is_ok();
    writer.finish().ok().filter(|_| written).map(|stream| stream.into_inner()).unwrap_or_default()
}

fn without_directory(archive: &[u8]) -> Vec<u8> {
    let end = archive.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap_or(archive.len());
    archive[..end].to_vec()
}

fn tar(inner: &[u8]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(inner.len() as u64);
    header.set_cksum();
    let written = builder.append_data(&mut header, "a/b", inner);
    builder.into_inner().ok().filter(|_| written.is_ok()).unwrap_or_default()
}
