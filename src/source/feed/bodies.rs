//! The bodies that an entry of an XML feed offers, and which of them is its text.

use url::Url;

use crate::model::{Claim, Document, Field, PayloadKind};
use crate::source::input::{self, claim, payload};
use crate::source::json::looks_like_markup;
use crate::source::xml::{Id, Tree, entity, markup};

/// A body that an entry offers.
pub struct Body {
    /// How good its element is, 0 being best.
    pub rank: usize,
    text: String,
    kind: PayloadKind,
    found: String,
    /// Whether its element ended by itself.
    closed: bool,
}

/// Elements that hold a body, best first.
const BODIES: &[&str] = &[
    "content:encoded",
    "atom:content",
    "content",
    "xhtml:body",
    "body",
    "fullitem",
    "content:item",
    "description",
    "atom:summary",
    "summary",
    "dc:description",
    "itunes:summary",
    "abstract",
    "dcterms:abstract",
    "media:text",
    "media:description",
    "itunes:subtitle",
    "tagline",
    "atom:tagline",
];
/// The elements of that list before this one hold whole bodies.
const EXCERPTS: usize = 7;
/// Those from this one on speak of a picture or a recording beside the text, or are a line about it: a body where
/// there is no other.
const BESIDE: usize = 14;

/// The rank of an element that holds a body.
pub fn rank(name: &str) -> Option<usize> {
    BODIES.iter().position(|body| *body == name)
}

/// Reads the body in an element of that rank; `None` if it is blank.
pub fn body(tree: &Tree<'_>, id: Id, rank: usize, found: &str, base: Option<&Url>) -> Option<Body> {
    let kind = tree.attribute(id, "type").unwrap_or("").to_lowercase();
    let own_base = match tree.attribute(id, "xml:base") {
        Some(own) => base.map_or_else(|| Url::parse(own).ok(), |b| b.join(own).ok()),
        None => base.cloned(),
    };
    let (mut text, markup) = if tree.has_elements(id) {
        (held(tree.markup(id), PayloadKind::HtmlFragment), true)
    } else {
        let text = tree.text(id);
        let marked = looks_like_markup(&text) || text.contains("&lt;");
        let text = held(text, if marked { PayloadKind::HtmlFragment } else { PayloadKind::PlainText });
        let plain = matches!(kind.as_str(), "text" | "text/plain");
        let mut text = match tree.attribute(id, "mode") {
            Some("base64") => unbase64(&text).unwrap_or(text),
            _ if is_base64(&kind) => unbase64(&text).unwrap_or(text),
            _ => text,
        };
        // Escaped twice: what looks like `&lt;p&gt;` after decoding once was markup.
        if !looks_like_markup(&text) && text.contains("&lt;") {
            let again = entity::decode(&text);
            if looks_like_markup(&again) && !plain {
                text = again;
            }
        }
        let markup = kind.contains("html") || looks_like_markup(&text) || !plain && has_references(&text);
        let markup = markup && (!plain || looks_like_markup(&text));
        (text, markup)
    };
    if text.trim().is_empty() {
        return None;
    }
    if let Some(base) = own_base.filter(|_| markup) {
        text = markup::absolute(&text, &base);
    }
    let kind = if markup { PayloadKind::HtmlFragment } else { PayloadKind::PlainText };
    Some(Body { rank, text, kind, found: found.to_owned(), closed: tree.closed(id) })
}

/// A text without what will not be handed on, and its memory with it.
fn held(mut text: String, kind: PayloadKind) -> String {
    let most = input::held(&text, kind).len();
    if most < text.len() {
        text.truncate(most);
        text.shrink_to_fit();
    }
    text
}

/// Whether plain words hold references that only HTML would.
fn has_references(text: &str) -> bool {
    text.contains('&') && entity::decode(text) != text
}

fn is_base64(kind: &str) -> bool {
    kind.contains('/') && !kind.starts_with("text/") && !kind.ends_with("xml") && !kind.contains("html")
}

/// Base64 that gives text.
fn unbase64(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0);
    for byte in text.bytes().filter(|b| !b.is_ascii_whitespace() && *b != b'=') {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    String::from_utf8(out).ok().filter(|t| !t.contains('\0'))
}

/// The body to take, of those sorted by rank: the first that has a text, unless a later one has so much more of it that
/// the first is a stub or an excerpt. What counts are words: pictures, embedded players and markup are none.
fn best(bodies: &[Body]) -> Option<usize> {
    let mut weights: Vec<usize> = bodies.iter().map(|b| weight(&b.text, b.kind)).collect();
    let mut best = weights.iter().position(|w| *w > 0).or_else(|| (!bodies.is_empty()).then_some(0))?;
    // A gallery is told under its pictures: one line about it is not the text.
    let told = |(at, body): (usize, &Body)| {
        let captions = markup::captions(&body.text);
        (body.rank < EXCERPTS && captions / 2 > weights[best]).then_some((at, captions))
    };
    if let Some((at, captions)) = bodies[..best].iter().enumerate().find_map(told) {
        (weights[at], best) = (captions, at);
    }
    for at in best + 1..bodies.len() {
        // A caption is longer than a short text now and then.
        let beside = bodies[at].rank >= BESIDE && bodies[best].rank < BESIDE;
        let first = if beside { weights[best] * 3 + 300 } else { weights[best] };
        let more = weights[at] > weights[best] && goes_on(&bodies[best].text, &bodies[at].text);
        if more || markup::outweighs(weights[at], first) {
            best = at;
        }
    }
    Some(best)
}

/// Whether `whole` begins as `excerpt` does, dots at its end left out, and goes on.
fn goes_on(excerpt: &str, whole: &str) -> bool {
    // An excerpt is short.
    if excerpt.len() > 16_384 {
        return false;
    }
    let excerpt = markup::plain(excerpt);
    let start = excerpt.trim_end_matches([']', ')']).trim_end_matches(['.', '…']).trim_end_matches(['[', '(', ' ']);
    start.len() > 10 && markup::plain(whole).starts_with(start)
}

fn weight(text: &str, kind: PayloadKind) -> usize {
    if kind == PayloadKind::PlainText { markup::weight_of_words(text) } else { markup::weight(text) }
}

/// Takes the best body as payload, and different shorter ones as summaries.
pub fn choose(mut bodies: Vec<Body>, made: &mut Document, claims: &mut Vec<Claim>) {
    bodies.sort_by_key(|b| b.rank);
    let Some(best) = best(&bodies) else { return };
    let best = bodies.remove(best);
    let plain = markup::plain(&best.text);
    // A feed that was cut and then closed by its server: the text stops, and the tags around it end all at once.
    let sign = if !best.closed && !ends_a_sentence(&plain) {
        Some("not closed")
    } else if best.rank >= EXCERPTS {
        let flat = best.kind == PayloadKind::PlainText || !has_paragraphs(&best.text);
        excerpt(&plain).or_else(|| (flat && breaks_off(&plain)).then_some("mid-sentence"))
    } else {
        None
    };
    if let Some(sign) = sign {
        claims.extend(Claim::new(Field::Truncated, "true", format!("{}:{sign}", best.found)));
    }
    // A caption sums up a picture.
    for other in bodies.iter().filter(|b| !b.found.ends_with("media:description") && !b.found.ends_with("media:text")) {
        let summary = markup::plain(&other.text);
        if summary != plain && summary.len() < plain.len() {
            claim(claims, Field::Summary, &summary, &other.found);
        }
    }
    made.payload = payload(best.kind, best.text);
}

/// What shows that a description is only the beginning of a text.
fn excerpt(plain: &str) -> Option<&'static str> {
    let end = plain.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '»' | '→' | '>' | ')' | ']'));
    let lower = end.to_lowercase();
    let ends = |marks: &[&str]| marks.iter().any(|m| lower.ends_with(m));
    if ends(&["…", "...", "[…", "[...", "&hellip;"]) {
        Some("ellipsis")
    } else if ends(&[
        "read more",
        "continue reading",
        "read full story",
        "full story",
        "read the full article",
        "more",
        "weiterlesen",
        "lire la suite",
        "leer más",
        "read on",
        "keep reading",
        "mehr",
    ]) && plain.len() > 60
        && !ends(&["any more", "no more", "once more", "even more", "and more"])
    {
        Some("read-more")
    } else if plain.chars().count() < 250 {
        Some("short")
    } else {
        None
    }
}

/// Signs after which a sentence may be over.
const ENDS: &[char] = &['.', '!', '?', '…', '。', '！', '？', '؟', '।', '۔', ':', ';'];

/// Whether the last sentence is whole, quotes and brackets after it passed over.
fn ends_a_sentence(plain: &str) -> bool {
    let closing =
        |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '”' | '’' | '»' | '“' | '«' | ')' | ']' | '」');
    plain.trim_end_matches(closing).ends_with(ENDS)
}

fn has_paragraphs(markup: &str) -> bool {
    let lower = markup.to_ascii_lowercase();
    ["<p>", "<p ", "<br", "<div", "<li"].iter().any(|tag| lower.contains(tag))
}

/// Whether a text of one paragraph stops within a sentence: many words since the last one ended, then a small letter
/// or a comma. A credit or a signature at the end is short or begins with a word of its own.
fn breaks_off(plain: &str) -> bool {
    let last = plain.trim_end();
    if !last.ends_with(|c: char| c.is_lowercase() || matches!(c, ',' | '-' | '–')) {
        return false;
    }
    let ended = last.rfind(|c: char| ENDS.contains(&c) || matches!(c, ')' | '|' | '\n'));
    let tail = ended.map_or(last, |at| &last[at..]).trim_start_matches(|c: char| !c.is_alphanumeric());
    let credit = ["reporting", "editing", "photo", "by ", "with ", "posted", "filed", "source"];
    let lower = tail.to_lowercase();
    ended.is_some() && tail.split_whitespace().count() >= 8 && !credit.iter().any(|word| lower.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_that_goes_on_is_better_than_its_beginning() {
        let body = |name: &str, text: &str| Body {
            rank: rank(name).unwrap(),
            text: text.to_owned(),
            kind: PayloadKind::HtmlFragment,
            found: name.to_owned(),
            closed: true,
        };
        let (first, second) = ("The council of Aldmoor met on Tuesday.", "It closed the pier for a year.");
        let links =
            "<ul>".to_owned() + &"<li><a href='/x'>The pier that nobody wanted to close</a></li>".repeat(12) + "</ul>";
        for (bodies, expected) in [
            (
                vec![
                    ("content:encoded", format!("<p>{first}</p>")),
                    ("description", format!("<p>{first}</p><p>{second}</p>")),
                ],
                1,
            ),
            (vec![("description", first.to_owned()), ("media:text", format!("{first} {second}"))], 1),
            (
                vec![
                    ("content:encoded", format!("<p>{first}</p><p>{second}</p>")),
                    ("description", first.to_owned() + &links),
                ],
                0,
            ),
            (
                vec![
                    ("description", first.to_owned()),
                    ("media:text", "Mo Larch on the pier of Aldmoor in the rain of May.".to_owned()),
                ],
                0,
            ),
        ] {
            let bodies: Vec<Body> = bodies.iter().map(|(name, text)| body(name, text)).collect();
            assert_eq!(best(&bodies), Some(expected), "{}", bodies[expected].text);
        }
    }

    #[test]
    fn a_sentence_that_stops_shows_itself() {
        for (text, stops) in [
            ("The council of Aldmoor met. It then talked about the bridge that had been closed since the", true),
            ("The council of Aldmoor met. It then talked about the bridge that had been closed since.", false),
            ("The council of Aldmoor met. “We will talk about the bridge that is closed, for once.”", false),
            ("The council of Aldmoor met. Jo Hartley in Aldmoor", false),
            ("The council met. Reporting by Jo Hartley in Aldmoor and by Ada Quill in Tarn on the lake", false),
            ("A headline of many words that stands alone and never had a full stop to begin with", false),
        ] {
            assert_eq!(breaks_off(text), stops, "{text}");
        }
    }

    #[test]
    fn excerpts_show_themselves() {
        let long = "The council of Aldmoor met on Tuesday to talk about the bridge. ".repeat(6);
        for (text, sign) in [
            (format!("{long}and then […]"), Some("ellipsis")),
            (format!("{long} Read more »"), Some("read-more")),
            ("A short line.".to_owned(), Some("short")),
            (long, None),
        ] {
            assert_eq!(excerpt(&text), sign, "{text}");
        }
    }
}
