//! HTML in small places: titles and other one-line values to plain text, relative addresses to absolute ones.

use super::entity;

/// White space collapsed to single spaces and trimmed.
pub fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FEFF}')) {
        if !word.is_empty() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
    out
}

/// A line of HTML as plain text: tags out, references decoded (twice where they were escaped twice), white space
/// collapsed. A `<` that opens no known tag stays.
pub fn plain(html: &str) -> String {
    let mut text = strip_tags(html);
    for _ in 0..2 {
        let decoded = entity::decode(&text);
        if decoded == text {
            break;
        }
        text = if has_tags(&decoded) { strip_tags(&decoded) } else { decoded };
    }
    collapse(&text)
}

/// A line of text that may hold references all the same, and no tags.
pub fn untagged(text: &str) -> String {
    collapse(&entity::decode(text))
}

/// Elements that are markup in a title, not words of it.
const TAGS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "big",
    "blockquote",
    "br",
    "center",
    "cite",
    "code",
    "del",
    "div",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "li",
    "mark",
    "nobr",
    "ol",
    "p",
    "q",
    "s",
    "script",
    "small",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "sup",
    "table",
    "td",
    "tr",
    "tt",
    "u",
    "ul",
    "wbr",
];

fn has_tags(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| tag(&text[at..]).is_some())
}

/// The length of the tag of a known element at the start of `text`, and its name.
fn tag(text: &str) -> Option<(usize, &'static str)> {
    let inner = text[1..].strip_prefix('/').unwrap_or(&text[1..]);
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric())?;
    let name = TAGS.iter().find(|t| inner[..end].eq_ignore_ascii_case(t))?;
    if !inner[end..].starts_with(|c: char| c.is_whitespace() || matches!(c, '>' | '/')) {
        return None;
    }
    Some((memchr::memchr(b'>', text.as_bytes().get(..4096.min(text.len()))?)? + 1, name))
}

fn strip_tags(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with("<!--") {
            rest = rest.find("-->").map_or("", |end| &rest[end + 3..]);
            continue;
        }
        match tag(rest) {
            Some((length, name)) => {
                let opening = !rest.starts_with("</");
                rest = &rest[length..];
                if matches!(name, "br" | "p" | "div" | "li" | "td" | "tr" | "hr" | "h1" | "h2" | "h3") {
                    out.push(' ');
                }
                if opening && matches!(name, "script" | "style") {
                    rest = rest.find("</").map_or("", |end| &rest[end..]);
                }
            }
            None => {
                out.push('<');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// Letters and digits of a text that are part of words: addresses are none.
pub fn weight_of_words(text: &str) -> usize {
    let words = text.split_whitespace().filter(|word| !word.contains("://"));
    words.map(|word| word.chars().filter(|c| c.is_alphanumeric()).count()).sum()
}

/// The same of a piece of HTML: tags, scripts, lists of links and what is written under pictures count for nothing. A rough measure for
/// telling a text from a stub, not a reading.
pub fn weight(html: &str) -> usize {
    const PASSED: &[&str] = &["script", "style", "figcaption", "noscript", "iframe", "svg", "select", "template"];
    let (mut words, mut rest) = (String::with_capacity(html.len()), html);
    // Those of which no end is left, so that none is looked for a second time.
    let mut open: Vec<String> = Vec::new();
    // Where the item of a list begins: links that items begin with lead to other texts.
    let mut item = None;
    while let Some(at) = rest.find('<') {
        words.push_str(&rest[..at]);
        rest = &rest[at..];
        let name_end = rest[1..].find(|c: char| !c.is_ascii_alphanumeric()).map_or(rest.len(), |end| end + 1);
        let name = rest[1..name_end].to_ascii_lowercase();
        if rest.starts_with("<!--") {
            rest = rest.find("-->").map_or("", |end| &rest[end + 3..]);
        } else if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            let rest_before = rest;
            rest = rest.find('>').map_or("", |end| &rest[end + 1..]);
            let entry = name == "a" && item.is_some_and(|at: usize| words[at..].trim().is_empty());
            match name.as_str() {
                "li" => item = Some(words.len()),
                "a" | "span" | "b" | "i" | "em" | "strong" | "img" => {}
                // A tag that ends has no name here; that of a link ends no item.
                "" if rest_before.starts_with("</a") => {}
                _ => item = None,
            }
            if (entry || PASSED.contains(&name.as_str())) && !open.contains(&name) {
                let end = format!("</{name}");
                let bytes = rest.as_bytes();
                let close = memchr::memchr_iter(b'<', bytes)
                    .find(|at| bytes[*at..].get(..end.len()).is_some_and(|t| t.eq_ignore_ascii_case(end.as_bytes())));
                match close {
                    Some(at) => rest = &rest[at..],
                    None => open.push(name),
                }
            }
            words.push(' ');
        } else {
            words.push('<');
            rest = &rest[1..];
        }
    }
    words.push_str(rest);
    weight_of_words(&entity::decode(&words))
}

/// What is written under the pictures of a piece of HTML, measured as [`weight`] measures the rest.
pub fn captions(html: &str) -> usize {
    let (mut sum, mut rest) = (0, html);
    while let Some(at) = rest.find("<figcaption") {
        rest = rest[at..].find('>').map_or("", |end| &rest[at + end + 1..]);
        let Some(end) = rest.find("</figcaption") else { break };
        sum += weight(&rest[..end]);
        rest = &rest[end..];
    }
    sum
}

/// Whether a text is so much longer than the one that should be better that it is the better one.
pub fn outweighs(other: usize, first: usize) -> bool {
    other > first + first / 2 + 60
}

/// Makes the relative addresses of `href` and `src` absolute.
pub fn absolute(html: &str, base: &url::Url) -> String {
    let mut out = String::with_capacity(html.len());
    let mut done = 0;
    let bytes = html.as_bytes();
    for at in memchr::memchr_iter(b'=', bytes) {
        let Some(name) = html.get(..at).map(|h| h.trim_end()) else { continue };
        let is = |wanted: &str| {
            let from = name.len().checked_sub(wanted.len());
            from.is_some_and(|from| {
                bytes[from..name.len()].eq_ignore_ascii_case(wanted.as_bytes())
                    && from > 0
                    && bytes[from - 1].is_ascii_whitespace()
            })
        };
        if at < done || !(is("href") || is("src")) {
            continue;
        }
        let Some(quote @ (b'"' | b'\'')) = bytes.get(at + 1).copied() else { continue };
        let start = at + 2;
        let Some(length) = memchr::memchr(quote, &bytes[start..]) else { continue };
        let written = &html[start..start + length];
        let relative = url::Url::parse(written.trim()) == Err(url::ParseError::RelativeUrlWithoutBase);
        if relative
            && !written.trim_start().starts_with('#')
            && let Ok(whole) = base.join(entity::decode(written).trim())
        {
            out.push_str(&html[done..start]);
            out.push_str(&whole.as_str().replace('&', "&amp;").replace('"', "%22").replace('\'', "%27"));
            done = start + length;
        }
    }
    out.push_str(&html[done..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_plain_text() {
        for (html, expected) in [
            ("Fish &amp; chips", "Fish & chips"),
            ("Fish &amp;amp; chips", "Fish & chips"),
            ("<b>Bold</b>  move<br/>again", "Bold move again"),
            ("5 < 6 and <unknown> stays", "5 < 6 and <unknown> stays"),
            ("&lt;i&gt;Review&lt;/i&gt; of a play", "Review of a play"),
            ("A &ldquo;quote&rdquo;&nbsp;here", "A “quote” here"),
            ("Why a<b is true", "Why a<b is true"),
        ] {
            assert_eq!(plain(html), expected, "{html}");
        }
    }

    #[test]
    fn only_words_weigh() {
        for (html, letters) in [
            ("<p>Rain &amp; wind</p>", 8),
            ("<figure><img src='a.jpg' srcset='a 1x, b 2x'/><figcaption>A boat</FIGCAPTION></figure>", 0),
            ("<script>if (a < b) { x }</script>Rain<!-- <p>no</p> -->", 4),
            ("a < b, c", 3),
            ("<p>See https://a.example/long?x=1 now", 6),
            ("<figcaption>never closed", 11),
            ("", 0),
            ("<", 0),
        ] {
            assert_eq!(weight(html), letters, "{html}");
        }
        assert_eq!(captions("<figcaption class=a>A <b>boat</b></figcaption>x<figcaption>At sea</figcaption>"), 10);
    }

    #[test]
    fn relative_addresses_become_absolute() {
        let base = url::Url::parse("http://aldmoor.example/news/").unwrap();
        for (html, expected) in [
            ("<a href=\"x?a=1&amp;b\">", "<a href=\"http://aldmoor.example/news/x?a=1&amp;b\">"),
            (
                "<img src='/i.png'><a href='http://b.example/'>",
                "<img src='http://aldmoor.example/i.png'><a href='http://b.example/'>",
            ),
            ("<a href='//c.example/d'>", "<a href='http://c.example/d'>"),
            ("<a href=\"#top\"> x=1", "<a href=\"#top\"> x=1"),
        ] {
            assert_eq!(absolute(html, &base), expected);
        }
    }
}
