//! What the header of a message says of the article in it.

use mail_parser::{Message, MimeHeaders};

use super::forwarded;
use crate::model::{Claim, Field, Payload};
use crate::source::input::claim;
use crate::source::xml::markup;

/// Services that write who sends a letter as `Writer from Letter`.
const LETTERS: &[&str] = &["substack.com", "beehiiv.com", "ghost.io", "buttondown.email"];

/// Why a message is no article, if a server or a machine wrote it and says so.
pub fn no_article(mail: &Message<'_>) -> Option<&'static str> {
    let says = |name: &str, value: &str| {
        mail.header_raw(name).is_some_and(|said| {
            let said = said.split(';').next().unwrap_or(said).trim();
            said.eq_ignore_ascii_case(value)
        })
    };
    if mail.content_type().is_some_and(|kind| kind.ctype() == "multipart" && kind.subtype() == Some("report")) {
        return Some("a mail server's report on a message (multipart/report)");
    }
    let replied =
        says("Auto-Submitted", "auto-replied") || says("X-Autoreply", "yes") || says("Precedence", "auto_reply");
    replied.then_some("an automatic reply")
}

/// Who sends a message: a name, if there is one, and an address.
struct Sender {
    name: String,
    address: String,
}

fn sender(mail: &Message<'_>) -> Sender {
    // Archives of lists write addresses so that no program finds them.
    let raw = mail.header_raw("From").map(markup::collapse).unwrap_or_default();
    if let Some((user, rest)) = raw.split_once(" at ").filter(|(user, _)| !user.contains([' ', '"', '@', '<'])) {
        let (host, name) = rest.split_once(" (").unwrap_or((rest, ""));
        if host.contains('.') && !host.contains([' ', '@']) {
            let name = name.trim_end_matches(')').trim().to_owned();
            return Sender { name, address: format!("{user}@{host}") };
        }
    }
    let sender = mail.from().and_then(|from| from.first());
    Sender {
        name: sender.and_then(|s| s.name()).unwrap_or("").to_owned(),
        address: sender.and_then(|s| s.address()).unwrap_or("").to_owned(),
    }
}

/// What the header says, or what the header of the message says that is handed on in the text.
pub fn claims(mail: &Message<'_>, payload: Option<&Payload>) -> Vec<Claim> {
    let mut claims = Vec::new();
    let subject = mail.subject().unwrap_or("");
    let inner = payload.and_then(|payload| forwarded::inner(subject, payload));
    claim(&mut claims, Field::Guid, mail.message_id().unwrap_or(""), "mail:Message-ID");
    if let Some(inner) = inner {
        let title = if inner.subject.is_empty() { subject } else { &inner.subject };
        claim(&mut claims, Field::Title, forwarded::unmarked(title), "mail:forwarded Subject");
        // When it was handed on is no day of the article.
        let sent = if inner.date.is_empty() { mail.header_raw("Date").unwrap_or("") } else { &inner.date };
        claim(&mut claims, Field::Published, sent, "mail:forwarded Date");
        let (name, address) = forwarded::name_and_address(&inner.from);
        tell(&mut claims, &Sender { name, address }, "mail:forwarded From");
        return claims;
    }
    claim(&mut claims, Field::Title, forwarded::unmarked(subject), "mail:Subject");
    claim(&mut claims, Field::Published, mail.header_raw("Date").unwrap_or(""), "mail:Date");
    tell(&mut claims, &sender(mail), "mail:From");
    for (name, found) in [("Archived-At", "mail:Archived-At"), ("List-Post", "mail:List-Post")] {
        if let Some(address) = mail.header_raw(name).and_then(page) {
            claim(&mut claims, Field::Url, address, found);
            break;
        }
    }
    claims
}

fn tell(claims: &mut Vec<Claim>, sender: &Sender, found: &str) {
    let host = sender.address.rsplit('@').next().filter(|host| host.contains('.'));
    let letter = host.is_some_and(|host| {
        LETTERS.iter().any(|own| host.strip_suffix(own).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
    });
    let parted = sender.name.split_once(" from ").filter(|_| letter);
    // Who sends a newsletter is its outlet; who wrote it stands in its text.
    let outlet = match parted {
        Some((author, outlet)) => {
            claim(claims, Field::Author, author.trim(), found);
            outlet.trim()
        }
        None if sender.name.is_empty() => &sender.address,
        None => &sender.name,
    };
    claim(claims, Field::Source, outlet, found);
    if let Some(host) = host {
        claim(claims, Field::SiteName, host, found);
    }
}

/// The address of a page that a field names: services of letters put there where the letter can be read; those of
/// discussions put there where one may write to them.
fn page(value: &str) -> Option<&str> {
    let address = value.split_once('<').map_or(value, |(_, rest)| rest).split('>').next()?.trim();
    let url = url::Url::parse(address).ok().filter(|url| matches!(url.scheme(), "https" | "http"))?;
    let path = url.path().trim_end_matches('/');
    (!path.is_empty() && !path.ends_with("/post") && url.host_str() != Some("groups.google.com")).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(head: &str) -> Vec<(Field, String)> {
        let raw = format!("{head}\n\nRain.\n");
        let mail = mail_parser::MessageParser::default().parse(raw.as_bytes()).unwrap();
        claims(&mail, None).into_iter().map(|claim| (claim.field, claim.value)).collect()
    }

    #[test]
    fn who_sends_a_letter() {
        for (from, author, outlet) in [
            ("Ila Dorn from Quay Letters <quay@substack.com>", Some("Ila Dorn"), "Quay Letters"),
            ("Ila Dorn from Quay Letters <quay@mail.beehiiv.com>", Some("Ila Dorn"), "Quay Letters"),
            ("Greetings from Orlen <post@orlen.example>", None, "Greetings from Orlen"),
            ("Quay Letters <quay@substack.com>", None, "Quay Letters"),
            ("ila at quay.example (Ila Dorn)", None, "Ila Dorn"),
            ("ila at quay.example", None, "ila@quay.example"),
            ("\"News at Ten\" <ten@quay.example>", None, "News at Ten"),
        ] {
            let got = told(&format!("From: {from}\nSubject: Pier"));
            let of = |field| got.iter().find(|(f, _)| *f == field).map(|(_, value)| value.as_str());
            assert_eq!((of(Field::Author), of(Field::Source)), (author, Some(outlet)), "{from}");
        }
    }

    #[test]
    fn where_a_letter_can_be_read() {
        for (value, address) in [
            ("<https://quay.example/p/pier>", Some("https://quay.example/p/pier")),
            ("<mailto:quay@lists.example>", None),
            ("<https://groups.example/g/quay/post>", None),
            ("<https://quay.example/>", None),
            ("NO (posting not allowed)", None),
        ] {
            assert_eq!(page(value), address, "{value}");
        }
    }

    #[test]
    fn what_machines_write_is_no_article() {
        for (head, refused) in [
            ("Auto-Submitted: auto-replied", true),
            ("Auto-Submitted: auto-replied; owner-email=a@b.example", true),
            ("Auto-Submitted: auto-generated", false),
            ("Auto-Submitted: no", false),
            ("Content-Type: multipart/report; report-type=delivery-status; boundary=r", true),
            ("Precedence: bulk", false),
        ] {
            let raw = format!("From: a@b.example\nSubject: x\n{head}\n\n--r\n\nx\n--r--\n");
            let mail = mail_parser::MessageParser::default().parse(raw.as_bytes()).unwrap();
            assert_eq!(no_article(&mail).is_some(), refused, "{head}");
        }
    }
}
