//! Messages that hold another one, that do not end, that machines wrote.

use newsdex::model::{Document, Field, Reason};
use newsdex::source::{Item, Options};

use super::{bytes, line, said};

const FIRST: &str = "The council of Aldmoor closed the old ferry pier until spring, the mayor said on Tuesday night.";
const SECOND: &str = "Nobody who came to the town hall could say why no money had been set aside for repairs.";
const HEAD: &str = "From: Tarn Daily <news@tarn.example>\nSubject: Pier\nDate: Mon, 1 Jun 2026 10:00:00 +0000\n";

fn one(name: &str, message: &str) -> Document {
    let got = bytes(name, message.as_bytes(), &Options::default());
    match &got[..] {
        [Item::Document(made)] => made.clone(),
        _ => panic!("one document: {:?}", got.iter().map(line).collect::<Vec<_>>()),
    }
}

fn text(made: &Document) -> &str {
    made.payload.as_ref().map_or("", |payload| payload.text.as_str())
}

#[test]
fn parts_without_an_end_are_the_text_all_the_same() {
    let page = format!("<html><body><p>{FIRST}</p><p>{SECOND} =E2=80=94 So it stays.</p></body></html>");
    let part = |kind: &str, text: &str| {
        format!(
            "--m1\nContent-Type: text/{kind}; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n{text}\n"
        )
    };
    let head = format!("{HEAD}MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=m1\n\n");
    let plain = part("plain", &format!("{FIRST}\n\n{SECOND}"));
    let cut = &page[..page.len() - 45];
    // A program that writes no end, a page that was cut, a cut within the boundary, a cut within the plain form.
    for (message, whole, words) in [
        (format!("{head}{}", part("html", &page)), true, "— So it stays."),
        (format!("{head}{plain}{}", part("html", &page)), true, "— So it stays."),
        (format!("{head}{plain}{}", part("html", cut)), false, SECOND),
        (format!("{head}{plain}{}", part("html", &page[..100])), false, SECOND),
        (format!("{head}{plain}--m"), false, SECOND),
        (format!("{head}{}", part("plain", &format!("{FIRST}\n\nNobody =E2=80=94 but"))), false, "Nobody — but"),
    ] {
        let made = one("a.eml", message.trim_end());
        assert_eq!((said(&made, Field::Title), said(&made, Field::Source)), ("Pier", "Tarn Daily"));
        assert_eq!(made.claims.iter().any(|c| c.field == Field::Truncated), !whole, "{message}");
        assert!(!made.notes.is_empty() && text(&made).contains(words), "{}", text(&made));
        assert!(!text(&made).contains("--m"), "{}", text(&made));
    }
    // The last message of a mailbox.
    let from = "From a@b.example Mon Jun  1 10:00:00 2026\n";
    let mbox = format!("{from}{HEAD}\n{FIRST}\n\n{from}{head}{plain}{}", part("html", cut));
    let got = bytes("a.mbox", mbox.as_bytes(), &Options::default());
    assert_eq!(got.len(), 2, "{:?}", got.iter().map(line).collect::<Vec<_>>());
    // Parts within parts.
    let inner = format!(
        "{HEAD}Content-Type: multipart/mixed; boundary=m0\n\n--m0\nContent-Type: multipart/alternative; boundary=m1\n\n{plain}{}",
        part("html", &page)
    );
    assert!(text(&one("a.eml", &inner)).contains("— So it stays."));
}

#[test]
fn a_message_that_is_another_one_is_that_one() {
    let outer = "From: Jo <jo@b.example>\nSubject: see this\nMIME-Version: 1.0\nContent-Type: message/rfc822\n";
    for (name, message) in [
        ("plain", format!("{outer}\n{HEAD}\n{FIRST}\n")),
        ("named", format!("{outer}Content-Transfer-Encoding: 8bit\n\n{HEAD}\n{FIRST}\n")),
    ] {
        let made = one("a.eml", &message);
        assert_eq!((said(&made, Field::Title), text(&made).trim()), ("Pier", FIRST), "{name}");
    }
}

#[test]
fn what_was_handed_on_is_the_article() {
    let outer = "From: Jo Pell <jo@desk.example>\nSubject: Fwd: Pier\nDate: Fri, 5 Jun 2026 12:00:00 +0000\nMIME-Version: 1.0\n";
    let plain = format!(
        "{outer}\nTo be kept. Jo\n\n---------- Forwarded message ---------\nFrom: Tarn Daily <news@tarn.example>\nDate: Mon, 1 Jun 2026 at 10:00\nSubject: Pier\nTo: <jo@desk.example>\n\n\n{FIRST}\n\n{SECOND}\n"
    );
    let gmail = format!(
        "{outer}Content-Type: text/html; charset=utf-8\n\n<div dir=\"ltr\">To be kept<br><br><div class=\"gmail_quote\"><div dir=\"ltr\" class=\"gmail_attr\">---------- Forwarded message ---------<br>From: <strong>Tarn Daily</strong> <span>&lt;<a href=\"mailto:news@tarn.example\">news@tarn.example</a>&gt;</span><br>Date: Mon, Jun 1, 2026 at 10:00 AM<br>Subject: Pier<br>To: &lt;<a>jo@desk.example</a>&gt;<br></div><br><br><p>{FIRST}</p><p>{SECOND}</p></div></div>"
    );
    let outlook = format!(
        "{outer}Content-Type: text/html; charset=utf-8\n\n<html><body><div><p>Please file.</p><div><div style=\"border-top:solid #E1E1E1 1.0pt\"><p><b>From:</b> Tarn Daily &lt;news@tarn.example&gt;<br><b>Sent:</b> 01 June 2026 10:00<br><b>To:</b> jo@desk.example<br><b>Subject:</b> Pier</p></div></div><p>{FIRST}</p><p>{SECOND}</p></div></body></html>"
    );
    let table = format!(
        "{outer}Content-Type: text/html; charset=utf-8\n\n<html><body><p>To be kept.</p><div class=\"moz-forward-container\"><br>-------- Forwarded Message --------<table class=\"moz-email-headers-table\"><tbody><tr><th>Subject: </th><td>Pier</td></tr><tr><th>Date: </th><td>Mon, 1 Jun 2026 10:00:00 +0000</td></tr><tr><th>From: </th><td>Tarn Daily <a href=\"mailto:news@tarn.example\">&lt;news@tarn.example&gt;</a></td></tr><tr><th>To: </th><td>jo@desk.example</td></tr></tbody></table><br><br><p>{FIRST}</p><p>{SECOND}</p></div></body></html>"
    );
    for (name, message) in [("plain", plain), ("gmail", gmail), ("outlook", outlook), ("table", table)] {
        let made = one("a.eml", &message);
        let article = newsdex::clean::clean(&made, &newsdex::clean::Options::default()).unwrap();
        assert_eq!(article.title, "Pier", "{name}");
        assert_eq!(article.source.as_ref().map(|found| found.value.as_str()), Some("Tarn Daily"), "{name}");
        let day = article.published.as_ref().map(|found| found.day.to_string()).unwrap_or_default();
        assert!(day.starts_with("2026-06-01"), "{name}: {day}");
        assert!(article.text.contains(FIRST) && article.text.contains(SECOND), "{name}: {}", article.text);
        assert!(!article.text.contains("Tarn Daily") && !article.text.contains("orwarded"), "{name}: {}", article.text);
    }
}

#[test]
fn what_machines_write_is_refused_by_name() {
    let bounce = "From: Mail Delivery <mailer-daemon@tarn.example>\nSubject: Undelivered\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=r\n\n--r\nContent-Type: text/plain\n\nYour message was not delivered, and nobody knows why that is so today.\n--r\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; tarn.example\n--r--\n";
    let away = format!(
        "{HEAD}Auto-Submitted: auto-replied\n\nI am away until the eighth of May and will answer when I am back.\n"
    );
    for (message, words) in [(bounce, "multipart/report"), (away.as_str(), "automatic reply")] {
        let got = bytes("a.eml", message.as_bytes(), &Options::default());
        let [Item::Rejected(refused)] = &got[..] else { panic!("{:?}", got.iter().map(line).collect::<Vec<_>>()) };
        assert!(refused.reason == Reason::NotAnArticle && refused.detail.contains(words), "{}", refused.detail);
    }
}

#[test]
fn a_letter_is_signed_below_the_link_to_its_page() {
    let page = format!(
        "<!doctype html><html><head><title>Pier closes</title></head><body><table><tr><td class=\"site-title\"><a href=\"https://quay.example\">Quay Letters</a></td></tr><tr><td class=\"post-title\"><a href=\"https://quay.example/pier/\" class=\"post-title-link\">Pier closes</a></td></tr><tr><td class=\"post-meta\">By Ila Dorn • 1 June 2026</td></tr><tr><td class=\"post-content\"><p>{FIRST}</p><p>{SECOND}</p></td></tr></table></body></html>"
    );
    let made = one(
        "a.eml",
        &format!(
            "From: Quay Letters <noreply@quay.example>\nSubject: Pier closes\nDate: Mon, 1 Jun 2026 10:00:00 +0000\nMIME-Version: 1.0\nList-Post: <https://quay.example/pier/>\nContent-Type: text/html; charset=utf-8\n\n{page}"
        ),
    );
    let article = newsdex::clean::clean(&made, &newsdex::clean::Options::default()).unwrap();
    assert_eq!(article.authors, ["Ila Dorn"]);
    assert_eq!(article.url.as_deref(), Some("https://quay.example/pier/"));
    assert!(!article.text.contains("Ila Dorn"));
}
