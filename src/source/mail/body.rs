//! The text of a message: which of its parts, and in which form.

use std::borrow::Cow;

use mail_parser::decoders::{base64::base64_decode, quoted_printable::quoted_printable_decode};
use mail_parser::{ContentType, Encoding, Message, MessagePart, MimeHeaders, PartType};

use super::flowed;
use crate::model::{Payload, PayloadKind};
use crate::source::decode;
use crate::source::input::held;
use crate::source::json::content;
use crate::source::xml::markup;

/// The body in its two forms; a message has one or both.
pub struct Body {
    /// All parts one after the other, plain ones as paragraphs; `None` if none is HTML.
    pub html: Option<String>,
    /// The plain parts one after the other.
    pub plain: String,
    /// Whether the plain form is written as Markdown.
    markdown: bool,
}

impl Body {
    /// Reads the parts that the message shows one below the other.
    pub fn of(mail: &Message<'_>, raw: &[u8]) -> Self {
        let parts = |ids: &[u32]| -> Vec<(bool, String)> {
            let parts = ids.iter().filter_map(|id| mail.parts.get(*id as usize));
            parts.filter_map(|part| Some((is_html(part), text(part, raw)?))).collect()
        };
        let mut shown = parts(&mail.html_body);
        // A message of one part that is neither plain nor HTML (`text/enriched`, `text`).
        if shown.is_empty() && mail.text_body.is_empty() && mail.parts.len() == 1 {
            shown = parts(&[0]);
        }
        let mut plain = parts(&mail.text_body);
        if plain.is_empty() {
            plain.clone_from(&shown);
        }
        let html = shown.iter().any(|(html, _)| *html).then(|| {
            let shown = shown.iter().filter(|(_, text)| !text.trim().is_empty());
            shown.map(|(html, text)| if *html { text.clone() } else { paragraphs(text) }).collect::<Vec<_>>().join("\n")
        });
        let plain = plain.into_iter().filter(|(html, text)| !html && !text.trim().is_empty());
        let kind = mail.content_type().filter(|kind| kind.ctype() == "text").and_then(|kind| kind.subtype());
        let markdown = matches!(kind, Some("markdown" | "x-markdown"));
        Self { html, plain: plain.map(|(_, text)| text).collect::<Vec<_>>().join("\n\n"), markdown }
    }

    /// Whether the last page that is shown has its end, whatever else of the message has none.
    pub fn is_whole(&self) -> bool {
        let ends = |html: &String| html.trim_end().to_ascii_lowercase().ends_with("</html>");
        self.html.as_ref().is_some_and(ends)
    }

    /// The better form: HTML, unless it is a picture or a stub beside the text, or was cut.
    pub fn payload(self, cut: bool) -> Option<Payload> {
        let kind = if self.markdown { PayloadKind::Markdown } else { PayloadKind::PlainText };
        let plain = (!self.plain.trim().is_empty()).then_some(self.plain);
        let html = self.html.filter(|html| !html.trim().is_empty());
        match (html, plain) {
            (Some(html), Some(plain))
                if markup::outweighs(prose(&plain), markup::weight(&html))
                    || cut && prose(&plain) > markup::weight(&html) =>
            {
                Some(Payload { kind, text: plain })
            }
            (Some(html), _) => Some(content(html, true)),
            (None, Some(text)) => Some(Payload { kind, text }),
            (None, None) => None,
        }
    }
}

/// The weight of a plain text without its lines of addresses, which in HTML stand behind the words, and without what a
/// company's server puts below every message.
fn prose(plain: &str) -> usize {
    let said = plain.split("\n-- \n").next().unwrap_or(plain);
    let paragraphs = Paragraphs { rest: said };
    let told = paragraphs.filter(|paragraph| !is_disclaimer(paragraph)).flat_map(str::lines);
    told.filter(|line| !line.contains("://")).map(markup::weight_of_words).sum()
}

/// Pieces of a text between blank lines.
struct Paragraphs<'t> {
    rest: &'t str,
}

impl<'t> Iterator for Paragraphs<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        if self.rest.is_empty() {
            return None;
        }
        let mut at = 0;
        for line in self.rest.split_inclusive('\n') {
            at += line.len();
            if line.trim().is_empty() {
                break;
            }
        }
        let (paragraph, rest) = self.rest.split_at(at);
        self.rest = rest;
        Some(paragraph)
    }
}

/// Whether a paragraph warns whoever reads a message by mistake, or tells how to be rid of the next: two of the phrases
/// that lawyers write, since a story may have one.
fn is_disclaimer(paragraph: &str) -> bool {
    const PHRASES: &[&str] = &[
        "confidential",
        "privileged",
        "intended recipient",
        "intended solely",
        "intended only",
        "addressee",
        "received this e-mail in error",
        "received this email in error",
        "received this message in error",
        "in error",
        "notify the sender",
        "delete this",
        "delete it",
        "unauthori",
        "strictly prohibited",
        "liability",
        "not liable",
        "virus",
        "do not necessarily reflect",
        "do not necessarily represent",
        "views expressed",
        "disclaimer",
        "registered in",
        "registered office",
        "company number",
        "unsubscribe",
        "privacy policy",
        "you are receiving this",
        "vertraulich",
        "adressat",
        "irrtümlich",
        "unbefugt",
        "confidentiel",
        "destinataire",
        "par erreur",
        "confidencial",
        "destinatario",
        "por error",
        "vertrouwelijk",
        "geadresseerde",
    ];
    let lower = paragraph.to_lowercase();
    PHRASES.iter().filter(|phrase| lower.contains(**phrase)).take(2).count() == 2
}

/// The text of a part, decoded; `None` if it is none.
pub fn text(part: &MessagePart<'_>, raw: &[u8]) -> Option<String> {
    let (PartType::Text(known) | PartType::Html(known)) = &part.body else { return None };
    let kind = part.content_type();
    // A charset that was not given or is a lie: what the bytes are is decided as everywhere.
    // Escapes of ISO-2022-JP are ASCII, whatever is named.
    let escapes = known.contains("\u{1B}$");
    let mut text = if part.is_encoding_problem || escapes || known.contains('\u{FFFD}') || is_misnamed(kind, known) {
        let charset = if escapes { Some("iso-2022-jp") } else { kind.and_then(|k| k.attribute("charset")) };
        let bytes = bytes(part, raw);
        if is_html(part) { decode::html(&bytes, charset).text } else { decode::decode(&bytes, charset, None).text }
    } else {
        held(known, if is_html(part) { PayloadKind::HtmlFragment } else { PayloadKind::PlainText }).to_owned()
    };
    let attribute = |name: &str| kind.and_then(|k| k.attribute(name)).unwrap_or("").to_ascii_lowercase();
    if attribute("format") == "flowed" && matches!(part.body, PartType::Text(_)) {
        text = flowed::join(&text, attribute("delsp") == "yes");
    }
    if let Some(signed) = signed(&text) {
        text = signed;
    }
    Some(text)
}

/// What was signed in a text that is signed in its own lines (OpenPGP, RFC 9580, section 7).
fn signed(text: &str) -> Option<String> {
    let (before, rest) = text.split_once("-----BEGIN PGP SIGNED MESSAGE-----")?;
    let (inner, after) = rest.split_once("\n-----BEGIN PGP SIGNATURE-----")?;
    let after = after.split_once("-----END PGP SIGNATURE-----").map_or("", |(_, after)| after);
    // Below the name of the digest stands an empty line; lines that begin with a dash have another before it.
    let lines = inner.lines().skip(1).skip_while(|line| !line.trim().is_empty()).skip(1);
    let lines: Vec<&str> = lines.map(|line| line.strip_prefix("- ").unwrap_or(line)).collect();
    Some(format!("{before}{}{after}", lines.join("\n")))
}

fn is_html(part: &MessagePart<'_>) -> bool {
    let kind = || part.content_type().is_some_and(|k| k.ctype() == "text" && k.subtype() == Some("html"));
    matches!(part.body, PartType::Html(_)) || matches!(part.body, PartType::Text(_)) && kind()
}

/// Whether UTF-8 was read as a charset of one byte a character.
fn is_misnamed(kind: Option<&ContentType<'_>>, text: &str) -> bool {
    let charset = kind.and_then(|k| k.attribute("charset")).unwrap_or("utf-8").to_ascii_lowercase();
    !charset.starts_with("utf") && (text.contains('Ã') || text.contains('â'))
}

/// The bytes of a part, with its transfer encoding taken off; as they are if they are not in it.
pub fn bytes<'a>(part: &'a MessagePart<'_>, raw: &'a [u8]) -> Cow<'a, [u8]> {
    let (start, end) = (part.offset_body as usize, part.offset_end as usize);
    let written = raw.get(start..end).filter(|_| matches!(part.body, PartType::Text(_) | PartType::Html(_)));
    let packed = part.content_transfer_encoding().is_some_and(|e| e.eq_ignore_ascii_case("base64"));
    let decoded = match (written, part.encoding) {
        (Some(written), _) if part.is_encoding_problem && packed => Some(start_of_base64(written)),
        (Some(written), Encoding::None) => return Cow::Borrowed(written),
        (Some(written), Encoding::Base64) => base64_decode(written),
        (Some(written), Encoding::QuotedPrintable) => quoted_printable_decode(written),
        (None, _) => None,
    };
    decoded.map_or(Cow::Borrowed(part.contents()), Cow::Owned)
}

/// What can be had of base64 that is broken or cut: all before the first byte that belongs to none.
fn start_of_base64(written: &[u8]) -> Vec<u8> {
    let belongs = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/');
    let body = written.iter().copied().filter(|b| !b.is_ascii_whitespace()).take_while(|b| belongs(*b));
    let mut digits: Vec<u8> = body.collect();
    // Whole bytes only; four digits are three of them.
    digits.truncate(digits.len() / 4 * 4);
    base64_decode(&digits).unwrap_or_default()
}

/// Plain text as HTML, to stand beside parts that are: a paragraph for each block of lines.
fn paragraphs(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut open = false;
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() {
            open = false;
            continue;
        }
        out.push_str(match (open, out.is_empty()) {
            (true, _) => "\n",
            (false, true) => "<p>",
            (false, false) => "</p><p>",
        });
        open = true;
        out.push_str(&line.replace('&', "&amp;").replace('<', "&lt;"));
    }
    out + "</p>"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_addresses_are_no_story() {
        let story = "Dredging of the channel starts on Tuesday, the port office of Brackwater said.";
        let links: String = (0..20).map(|n| format!("More about the harbour: https://port.example/{n}\n")).collect();
        assert_eq!(prose(&format!("{story}\n\n{links}")), prose(story));
        assert!(prose(&format!("{story}\n\nIt lasts until spring.")) > prose(story));
    }

    #[test]
    fn a_signature_is_none_of_the_text() {
        let text = "-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA256\r\n\r\nRain.\n- - one\n-----BEGIN PGP SIGNATURE-----\n\niQEz\n-----END PGP SIGNATURE-----\nP.S.";
        assert_eq!(signed(text).as_deref(), Some("Rain.\n- one\nP.S."));
        assert_eq!(signed("-----BEGIN PGP SIGNED MESSAGE-----\nnever signed"), None);
    }

    #[test]
    fn blocks_of_lines_become_paragraphs() {
        assert_eq!(paragraphs("Rain & wind\nall <day>\n\n\nSun\n"), "<p>Rain &amp; wind\nall &lt;day></p><p>Sun</p>");
    }
}
