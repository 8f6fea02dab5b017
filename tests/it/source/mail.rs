//! Messages of every build: which parts are their text, what is attached to them, where one ends.

use std::io::Write;

use newsdex::model::{Document, Field, MediaType, PayloadKind, Reason};
use newsdex::source::{Item, Options};

use super::{bytes, gz, line, said, zip};

const FIRST: &str = "The council of Aldmoor closed the old ferry pier until spring, the mayor said on Tuesday night.";
const SECOND: &str = "Nobody who came to the town hall could say why no money had been set aside for repairs.";
const THIRD: &str = "The pier carried the mail boats until the road bridge was opened, the county archive says.";
const HEAD: &str = "From: Tarn Daily <news@tarn.example>\nSubject: Pier\nDate: Mon, 1 Jun 2026 10:00:00 +0000\nMessage-ID: <1@tarn.example>\nMIME-Version: 1.0\n";

fn multi(kind: &str, parts: &[&str]) -> String {
    let mark = format!("={}=", kind.len());
    let parts: String = parts.iter().map(|part| format!("--{mark}\n{part}\n")).collect();
    format!("Content-Type: multipart/{kind}; boundary=\"{mark}\"\n\n{parts}--{mark}--\n")
}

fn plain(text: &str) -> String {
    format!("Content-Type: text/plain; charset=utf-8\n\n{text}")
}

fn html(text: &str) -> String {
    format!("Content-Type: text/html; charset=utf-8\n\n{text}")
}

fn file(name: &str, kind: &str, inner: &[u8]) -> String {
    let packed = base64(inner);
    format!(
        "Content-Type: {kind}\nContent-Disposition: attachment; filename=\"{name}\"\nContent-Transfer-Encoding: base64\n\n{packed}"
    )
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = |three: &[u8]| {
        let n = three.iter().fold(0u32, |n, b| n << 8 | u32::from(*b)) << (8 * (3 - three.len()));
        (0..4)
            .map(move |at| if at <= three.len() { DIGITS[(n >> (18 - 6 * at) & 63) as usize] as char } else { '=' })
            .collect::<String>()
    };
    let all: Vec<String> = bytes.chunks(3).map(digits).collect();
    all.chunks(19).map(|line| line.concat()).collect::<Vec<_>>().join("\n")
}

fn read(message: &str) -> Vec<Item> {
    bytes("a.eml", message.as_bytes(), &Options::default())
}

fn documents(items: &[Item]) -> Vec<&Document> {
    items.iter().filter_map(|item| if let Item::Document(made) = item { Some(made) } else { None }).collect()
}

fn text(made: &Document) -> &str {
    made.payload.as_ref().map_or("", |payload| payload.text.as_str())
}

#[test]
fn all_parts_that_are_shown_are_the_text() {
    let (first, second, third) = (plain(FIRST), html(&format!("<p>{SECOND}</p>")), plain(THIRD));
    let picture =
        "Content-Type: image/png\nContent-Disposition: inline\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=";
    let page = html(&format!("<html><body><p>{FIRST}</p></body></html>"));
    let both = multi(
        "alternative",
        &[&plain("Read it here: https://tarn.example/?long=1"), &html(&format!("<p>{FIRST}</p><p>{SECOND}</p>"))],
    );
    for (message, wanted) in [
        (multi("mixed", &[&first, &second, &third]), [FIRST, SECOND, THIRD]),
        (multi("mixed", &[&html(FIRST), picture, &html(&format!("{SECOND}<p>{THIRD}"))]), [FIRST, SECOND, THIRD]),
        (multi("mixed", &[&page, &second, &third]), [FIRST, SECOND, THIRD]),
        (multi("mixed", &[&both, &third]), [FIRST, SECOND, THIRD]),
        (multi("mixed", &[&first, &plain(SECOND), &third]), [FIRST, SECOND, THIRD]),
    ] {
        let got = read(&format!("{HEAD}{message}"));
        let [made] = documents(&got)[..] else {
            panic!("one document: {:?}", got.iter().map(line).collect::<Vec<_>>())
        };
        let at = wanted.map(|words| text(made).find(words).unwrap_or_else(|| panic!("`{words}` in {}", text(made))));
        assert!(at.is_sorted(), "{}", text(made));
    }
}

#[test]
fn the_form_that_has_the_text_is_taken() {
    let story = format!("{FIRST}\n\n{SECOND}");
    let picture = "<html><body><img src=\"https://tarn.example/all.png\" alt=\"\"></body></html>";
    let message = multi("alternative", &[&plain(&story), &html(picture)]);
    let got = read(&format!("{HEAD}{message}"));
    let [made] = documents(&got)[..] else { panic!("one document") };
    assert_eq!((text(made), made.payload.as_ref().map(|p| p.kind)), (story.as_str(), Some(PayloadKind::PlainText)));
    let long = format!("Read it here: https://tarn.example/?{}", "x".repeat(3000));
    let message = multi("alternative", &[&plain(&long), &html(&format!("<p>{FIRST}</p><p>{SECOND}</p>"))]);
    let got = read(&format!("{HEAD}{message}"));
    assert!(text(documents(&got)[0]).contains(SECOND));
}

#[test]
fn a_disclaimer_makes_no_form_the_better_one() {
    let warning = "This e-mail and any files with it are confidential and intended solely for the addressee. If you have received this message in error, notify the sender and delete it. ".repeat(6);
    let notice = "Tarn Daily is registered in Aldmoor, company number 7, registered office 1 Quay. The views expressed do not necessarily reflect those of the company. ".repeat(4);
    let story = format!("<p>{FIRST}</p><p>{SECOND}</p>");
    for tail in [
        format!("{warning}\n\n{notice}"),
        format!("-- \n{}", "Tarn Daily, the paper of the valley since anybody can remember it. ".repeat(20)),
    ] {
        let message = multi("alternative", &[&plain(&format!("{FIRST}\n\n{SECOND}\n\n{tail}\n")), &html(&story)]);
        let got = read(&format!("{HEAD}{message}"));
        assert_eq!(text(documents(&got)[0]).trim(), story, "{tail}");
    }
    // A story may speak of such things.
    let leak = format!("{FIRST}\n\nThe file was confidential, the mayor said. {SECOND} {THIRD} {SECOND} {THIRD}\n");
    let message = multi("alternative", &[&plain(&leak), &html(&format!("<p>{FIRST}</p>"))]);
    let got = read(&format!("{HEAD}{message}"));
    assert!(text(documents(&got)[0]).contains("The file was confidential"));
}

/// Nearly every message in HTML is a whole page; few are long enough to be told from the chrome of a site.
#[test]
fn a_short_message_in_html_is_an_article() {
    let page = "<html><head><title>x</title><style>p { color: red }</style></head><body><p>The ferry is late today.</p></body></html>";
    let got = read(&format!("{HEAD}{}", html(page)));
    let article = newsdex::clean::clean(documents(&got)[0], &newsdex::clean::Options::default()).unwrap();
    assert_eq!((article.title.as_str(), article.text.trim()), ("Pier", "The ferry is late today."));
}

#[test]
fn messages_inside_messages_are_read() {
    let inner = |n: u8, words: &str| {
        format!(
            "From: Press Office <press@b.example>\nSubject: Release {n}\nDate: Sun, 31 May 2026 10:00:00 +0000\nMessage-ID: <i{n}@b.example>\n\n{words}\n"
        )
    };
    let forwarded =
        multi("mixed", &[&plain("See below."), &format!("Content-Type: message/rfc822\n\n{}", inner(1, FIRST))]);
    let digest = multi("digest", &[&format!("\n{}", inner(1, FIRST)), &format!("\n{}", inner(2, SECOND))]);
    let listed = multi("mixed", &[&plain("Topics of today: 1. Pier 2. Money"), &digest]);
    let packed = multi("mixed", &[&plain("See below."), &file("r.eml", "message/rfc822", inner(1, FIRST).as_bytes())]);
    let deeper = multi("mixed", &[&plain("Again."), &format!("Content-Type: message/rfc822\n\n{HEAD}{forwarded}")]);
    for (message, titles) in [
        (forwarded.clone(), vec!["Pier", "Release 1"]),
        (listed, vec!["Pier", "Release 1", "Release 2"]),
        (packed, vec!["Pier", "Release 1"]),
        (deeper, vec!["Pier", "Pier", "Release 1"]),
    ] {
        let got = read(&format!("{HEAD}{message}"));
        let made = documents(&got);
        assert_eq!(made.iter().map(|d| said(d, Field::Title)).collect::<Vec<_>>(), titles, "{message}");
        for (made, words) in made.iter().filter(|d| said(d, Field::Title).starts_with("Release")).zip([FIRST, SECOND]) {
            assert_eq!(text(made).trim(), words);
            assert!(
                made.raw.starts_with(b"From: Press Office") && !made.origin.members.is_empty(),
                "{:?}",
                made.origin
            );
        }
        let places: std::collections::BTreeSet<String> = made.iter().map(|d| d.origin.to_string()).collect();
        assert_eq!(places.len(), made.len(), "{places:?}");
    }
    let deep = |levels: u32| {
        (0..levels).fold(inner(9, THIRD), |inner, n| {
            format!("{HEAD}X-N: {n}\nContent-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\nContent-Type: text/plain\n\nLevel {n} of it all.\n--b{n}\nContent-Type: message/rfc822\n\n{inner}\n--b{n}--\n")
        })
    };
    for levels in [8, 12, 20] {
        let got = read(&deep(levels));
        assert_eq!(documents(&got).len(), levels as usize + 1, "{levels}");
        assert_eq!(text(documents(&got).last().unwrap()).trim(), THIRD);
    }
    let got = read(&deep(60));
    assert_eq!(documents(&got).len(), 25);
    assert!(matches!(got.last(), Some(Item::Rejected(r)) if r.reason == Reason::TooLarge), "{:?}", got.last());
}

#[test]
fn attachments_are_read_as_what_they_are() {
    let page = format!("<html><head><title>Money</title></head><body><h1>Money</h1><p>{SECOND}</p></body></html>");
    let packed = zip(&[("in.txt", THIRD.as_bytes())]);
    let message = multi(
        "mixed",
        &[
            &plain("Clippings."),
            &file("money.html", "text/html", page.as_bytes()),
            &file("old.txt", "text/plain; charset=utf-8", THIRD.as_bytes()),
            &file("page.pdf", "application/pdf", b"%PDF-1.4 x"),
            &file("more.zip", "application/zip", &packed),
            &file("a.png", "image/png", b"\x89PNG\r\n\x1a\n"),
            &file("b.bin", "application/octet-stream", b"\x89PNG\r\n\x1a\n"),
            &file("s.asc", "application/pgp-signature", b"-----BEGIN PGP SIGNATURE-----"),
        ],
    );
    // A place names one thing, and Markdown is read as such.
    let note = |words: &str| file("note.txt", "text/plain", words.as_bytes());
    let got = read(&format!("{HEAD}{}", multi("mixed", &[&plain(FIRST), &note(SECOND), &note(THIRD)])));
    let places: Vec<String> = documents(&got).iter().map(|d| d.origin.to_string()).collect();
    assert_eq!(places, ["a.eml@1", "a.eml!note.txt@1", "a.eml!part 2@1"]);
    let got = read(&format!("{HEAD}Content-Type: text/markdown; charset=utf-8\n\n# Rain\n\n{FIRST}\n"));
    assert_eq!(documents(&got)[0].payload.as_ref().map(|p| p.kind), Some(PayloadKind::Markdown));
    // However near its top a feed is attached, it is a message.
    let item =
        format!("<item><title>Rain</title><link>https://a.example/1</link><description>{SECOND}</description></item>");
    let rss = format!("Content-Type: application/rss+xml; name=\"f.xml\"\n\n<rss><channel>{item}</channel></rss>");
    let got = read(&format!("{HEAD}{}", multi("mixed", &[&plain(FIRST), &rss])));
    let titles: Vec<&str> = documents(&got).into_iter().map(|d| said(d, Field::Title)).collect();
    assert_eq!(titles, ["Pier", "Rain"]);
    let mbox = format!(
        "From a Mon Jun  1 10:00:00 2026\nSubject: x\nFrom: a@b.example\n\nfirst\n\nFrom a Mon Jun  1 10:00:00 2026\n{HEAD}{message}"
    );
    for (message, at) in [(format!("{HEAD}{message}"), ""), (mbox, "!2")] {
        let got = bytes("m", message.as_bytes(), &Options::default());
        let places: Vec<String> = documents(&got).iter().map(|d| d.origin.to_string()).collect();
        let own = if at.is_empty() { vec!["m@1".to_owned()] } else { vec!["m@1".to_owned(), "m@2".to_owned()] };
        let inner = ["money.html@1", "old.txt@1", "more.zip!in.txt@1"].map(|name| format!("m{at}!{name}"));
        assert_eq!(places, [own, inner.to_vec()].concat());
        let refused: Vec<_> = got
            .iter()
            .filter_map(|i| if let Item::Rejected(r) = i { Some((r.reason, r.origin.to_string())) } else { None })
            .collect();
        assert_eq!(refused, [(Reason::Unsupported, format!("m{at}!page.pdf@1"))]);
        let passed: u64 = got.iter().map(|i| if let Item::Skipped { count, .. } = i { *count } else { 0 }).sum();
        assert_eq!(passed, 3, "{:?}", got.iter().map(line).collect::<Vec<_>>());
        assert!(documents(&got).iter().any(|d| d.media == MediaType::Page));
    }
}

#[test]
fn a_sentence_that_begins_with_from_ends_no_message() {
    let message = |n: u8, words: &str| {
        format!(
            "From jo@b.example Mon Jun  1 10:0{n}:00 2026\nFrom: Jo <jo@b.example>\nSubject: Release {n}\n\n{words}\n"
        )
    };
    let long = format!(
        "{FIRST}\n\nFrom here on the road is closed.\n\nFrom Jo, who is 2026 years old:\n\n>From the hall: {SECOND}\n\n{THIRD}"
    );
    for gap in ["\n", ""] {
        let mbox = [message(1, &long), gap.to_owned(), message(2, SECOND), gap.to_owned(), message(3, THIRD)].concat();
        let got = bytes("a.mbox", mbox.as_bytes(), &Options::default());
        let made = documents(&got);
        assert_eq!(
            made.iter().map(|d| said(d, Field::Title)).collect::<Vec<_>>(),
            ["Release 1", "Release 2", "Release 3"]
        );
        assert_eq!(text(made[0]).trim(), long.replace(">From", "From"));
    }
}

#[test]
fn what_is_cut_says_so() {
    let flagged = |made: &Document| made.claims.iter().any(|c| c.field == Field::Truncated) && !made.notes.is_empty();
    // So that half of the packed bytes is half of the text.
    let words: String = (0..4000u32).map(|n| format!("{:x} ", n.wrapping_mul(2_654_435_761))).collect();
    let whole = format!("{HEAD}\n{FIRST}\n{words}\n");
    let packed = gz(whole.as_bytes());
    let got = bytes("a.eml.gz", &packed[..packed.len() / 2], &Options::default());
    let [made] = documents(&got)[..] else { panic!("one document") };
    assert!(flagged(made) && text(made).starts_with(FIRST) && text(made).len() < whole.len());
    let from = "From a Mon Jun  1 10:00:00 2026\n";
    let packed = gz(format!("{from}{HEAD}\n{SECOND}\n\n{from}{whole}").as_bytes());
    let got = bytes("a.mbox.gz", &packed[..packed.len() / 2], &Options::default());
    let [first, last] = documents(&got)[..] else { panic!("two documents") };
    assert!(!flagged(first) && flagged(last) && text(last).starts_with(FIRST));
    assert!(matches!(got.last(), Some(Item::Rejected(r)) if r.reason == Reason::Truncated));
    // A part that never ends, and one that does.
    let parts = multi("alternative", &[&plain(FIRST)]);
    assert!(!flagged(documents(&read(&format!("{HEAD}{parts}")))[0]));
    let open = parts.rsplit_once("--=").unwrap().0;
    let got = read(&format!("{HEAD}{open}"));
    assert!(flagged(documents(&got)[0]) && text(documents(&got)[0]).contains(FIRST));
    // Beyond the largest document.
    let options = Options { max_document_bytes: 1000, ..Options::default() };
    let mbox = format!("{from}{HEAD}\n{FIRST}\n{}\n{SECOND}\n\n{from}{HEAD}\n{THIRD}\n", "x".repeat(1200));
    let got = bytes("a.mbox", mbox.as_bytes(), &options);
    let [first, last] = documents(&got)[..] else { panic!("two documents") };
    assert!(flagged(first) && text(first).trim() == FIRST && !flagged(last));
    assert!(got.iter().any(|i| matches!(i, Item::Rejected(r) if r.reason == Reason::TooLarge && r.origin.number == 1)));
}

#[test]
fn a_message_needs_neither_id_nor_version() {
    let page = format!("<html><body><p>{FIRST}</p><p>{SECOND}</p></body></html>");
    let packed = base64(page.as_bytes());
    for (body, whole) in [(packed.clone(), true), (format!("{}!!", &packed[..packed.len() - 60]), false)] {
        let message = format!(
            "From: Tarn <news@tarn.example>\nSubject: Pier\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n{body}\n"
        );
        let got = bytes("letter", message.as_bytes(), &Options::default());
        let [made] = documents(&got)[..] else { panic!("one document") };
        assert!(made.media == MediaType::Mail && text(made).contains(FIRST), "{}", text(made));
        assert_eq!(text(made).contains(SECOND), whole);
    }
    // Blanks above a header are none of it.
    let got = bytes("letter", format!("\u{FEFF}    \n\n{HEAD}\n{FIRST}\n").as_bytes(), &Options::default());
    let [made] = documents(&got)[..] else { panic!("one document") };
    assert_eq!((said(made, Field::Title), text(made).trim()), ("Pier", FIRST));
    // The name of the file tells too; bytes that are in no charset the header names are read all the same.
    let raw = b"From: J\xF6 <jo@tarn.example>\nSubject: M\xF6le zu\n\nDie M\xF6le im Hafen ist seit Dienstag f\xFCr alle geschlossen.\n";
    let got = bytes("a.eml", raw, &Options::default());
    let [made] = documents(&got)[..] else { panic!("one document") };
    assert_eq!((said(made, Field::Title), said(made, Field::Source)), ("Möle zu", "Jö"));
    assert_eq!(text(made).trim(), "Die Möle im Hafen ist seit Dienstag für alle geschlossen.");
    assert_eq!(made.raw, raw);
    let raw = "From: a@b.example\nSubject: x\nContent-Type: text/plain; charset=us-ascii\n\nDas Café an der Möle.\n";
    assert_eq!(text(documents(&read(raw))[0]).trim(), "Das Café an der Möle.");
}

/// Charsets of more than one byte a character, in the header and below it.
#[test]
fn east_asian_charsets_are_read() {
    let bytes_of = |label: &str, text: &str| {
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
        encoding.encode(text).0.into_owned()
    };
    let japanese = ("埠頭閉鎖へ", "議会は火曜日の夜、埠頭を閉鎖することを決めた。");
    let chinese = ("码头将关闭", "市议会星期二晚上决定关闭码头，直到明年春天。");
    for (label, (title, words)) in [
        ("shift_jis", japanese),
        ("euc-jp", japanese),
        ("iso-2022-jp", japanese),
        ("gb2312", chinese),
        ("gb18030", chinese),
        ("big5", ("碼頭將關閉", "市議會星期二晚上決定關閉碼頭，直到明年春天。")),
        ("euc-kr", ("부두 문 닫는다", "시의회는 화요일 밤 부두를 닫기로 했다.")),
    ] {
        let subject = format!("=?{label}?B?{}?=", base64(&bytes_of(label, title)));
        let head = format!(
            "From: =?{label}?B?{}?= <a@b.example>\nSubject: {subject}\nMIME-Version: 1.0\n",
            base64(&bytes_of(label, title))
        );
        let kind = |kind: &str, charset: &str| format!("{head}Content-Type: text/{kind}{charset}\n");
        let said_so = format!("; charset={label}");
        let packed = base64(&bytes_of(label, words));
        let mut messages = vec![
            [kind("plain", &said_so).as_bytes(), b"\n", &bytes_of(label, words)].concat(),
            format!("{}Content-Transfer-Encoding: base64\n\n{packed}\n", kind("plain", &said_so)).into_bytes(),
            [kind("html", &said_so).as_bytes(), b"\n<p>", &bytes_of(label, words), b"</p>"].concat(),
        ];
        if label == "iso-2022-jp" {
            messages.push([kind("plain", "").as_bytes(), b"\n", &bytes_of(label, words)].concat());
        }
        for message in messages {
            let got = bytes("a.eml", &message, &Options::default());
            let [made] = documents(&got)[..] else { panic!("one document") };
            assert_eq!((said(made, Field::Title), said(made, Field::Source)), (title, title), "{label}");
            assert!(text(made).contains(words), "{label}: {}", text(made));
        }
    }
}

#[test]
fn apple_mail_counts_the_bytes_of_a_message() {
    let message = format!("{HEAD}\n{FIRST}\n");
    let file = format!(
        "{}      \n{message}<?xml version=\"1.0\"?><plist><dict><key>flags</key></dict></plist>\n",
        message.len()
    );
    let got = bytes("1.emlx", file.as_bytes(), &Options::default());
    let [made] = documents(&got)[..] else { panic!("one document") };
    assert_eq!((text(made).trim(), said(made, Field::Title), made.raw.as_slice()), (FIRST, "Pier", message.as_bytes()));
}

#[test]
fn flowing_lines_are_paragraphs() {
    let soft = FIRST.replace("pier ", "pier \n").replace("said ", "said \n");
    let message = format!(
        "{HEAD}Content-Type: text/plain; charset=utf-8; format=flowed\n\n{soft}\n\n{SECOND}\n> {THIRD}\n-- \nJo\n"
    );
    let got = read(&message);
    assert_eq!(text(documents(&got)[0]), format!("{FIRST}\n\n{SECOND}\n> {THIRD}\n-- \nJo\n"));
}

#[test]
fn a_saved_page_is_a_page_at_its_address() {
    let page = |at: &str| {
        format!(
            "Content-Type: text/html\nContent-Transfer-Encoding: 8bit\nContent-Location: {at}\n\n<html><head><meta charset=utf-8><title>Pier</title></head><body><p>Möle. {FIRST}</p></body></html>"
        )
    };
    let style = "Content-Type: text/css\nContent-Location: https://a.example/x.css\n\nbody{}";
    let frame = "Content-Type: text/html\nContent-Location: https://ads.example/\n\n<html>An ad</html>";
    let at = "https://a.example/pier";
    let date = "Date: Mon, 1 Jun 2026 10:00:00 -0000\nMIME-Version: 1.0\n";
    let parts = multi("related", &[frame, &page(at), style]);
    for (head, parts) in [
        (format!("From: <Saved by Blink>\nSnapshot-Content-Location: {at}\nSubject: Pier\n{date}"), parts),
        (
            format!("From: \"Saved by Internet Explorer 11\"\nSubject: Pier\n{date}"),
            multi("related", &[&page(at), style, frame]),
        ),
        (format!("Subject: Pier\n{date}From: <Saved by UnMHT>\n"), page(at)),
    ] {
        let got = bytes("a.mht", format!("{head}{parts}").as_bytes(), &Options::default());
        let [made] = documents(&got)[..] else {
            panic!("one document: {:?}", got.iter().map(line).collect::<Vec<_>>())
        };
        assert_eq!(
            (made.media, said(made, Field::Url), said(made, Field::Source)),
            (MediaType::Page, at, "-"),
            "{head}"
        );
        assert_eq!(made.fetched.map(|t| t.to_string()).as_deref(), Some("2026-06-01T10:00:00Z"));
        assert!(text(made).contains("Möle") && !text(made).contains("An ad"));
    }
    // A newsletter whose pictures have addresses is none.
    let letter = multi("related", &[&page("https://tarn.example/letter"), style]);
    assert_eq!(documents(&read(&format!("{HEAD}{letter}")))[0].media, MediaType::Mail);
}

#[test]
fn an_alert_in_plain_text_is_a_list_too() {
    let mut message = Vec::new();
    let link = |to: &str| format!("<https://www.google.com/url?rct=j&sa=t&url={to}&ct=ga>");
    write!(message, "From: Google Alerts <googlealerts-noreply@google.com>\nSubject: Google Alert - pier\nMIME-Version: 1.0\n\n=== News - 2 new results for [pier] ===\n\nPier closes\nTarn Post\nThe council ...\n{}\n\nMoney\n{}\n", link("https://a.example/pier"), link("https://b.example/two")).unwrap();
    let got = bytes("alert", &message, &Options::default());
    assert_eq!(got.iter().map(line).collect::<Vec<_>>(), ["1 links google alert 2 https://a.example/pier Pier closes"]);
}
