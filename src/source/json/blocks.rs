//! A body that lies in a record in pieces: lists of paragraphs, objects with a text, the trees of editors.

use serde_json::Value;

use super::markup::looks_like_markup;

/// Objects in one another that are gone into.
const DEPTH: usize = 8;
/// Names under which an object has its text or its pieces, most telling first.
const NAMES: &[&str] = &[
    "content",
    "contents",
    "content_elements",
    "text",
    "html",
    "body",
    "value",
    "rendered",
    "$t",
    "paragraph",
    "p",
    "paragraphs",
    "blocks",
    "children",
    "data",
    "items",
    "article",
    "story",
];
/// Kinds of pieces that are no text of the article.
const OTHER: &[&str] = &[
    "image",
    "video",
    "gallery",
    "author",
    "title",
    "byline",
    "date",
    "kicker",
    "advert",
    "podcast",
    "tweet",
    "photo",
    "audio",
    "embed",
    "interstitial",
    "oembed",
    "custom_embed",
    "reference",
    "divider",
    "advertisement",
];

/// A piece of text, and whether it is markup.
struct Piece {
    text: String,
    markup: bool,
}

/// The text of a value, its pieces parted by blank lines, or as paragraphs of markup if one of them is markup.
pub fn text_of(value: &Value) -> String {
    let mut pieces = Vec::new();
    gather(value, DEPTH, false, &mut pieces);
    if !pieces.iter().any(|piece| piece.markup) {
        return pieces.into_iter().map(|piece| piece.text).collect::<Vec<_>>().join("\n\n");
    }
    let mut out = String::new();
    for piece in pieces {
        let text = piece.text.trim();
        if piece.markup && is_block(text) {
            out.push_str(text);
        } else if piece.markup {
            out.push_str(&format!("<p>{text}</p>"));
        } else {
            let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            out.push_str(&format!("<p>{escaped}</p>"));
        }
        out.push('\n');
    }
    out
}

/// Whether markup begins with an element that is a block of its own.
fn is_block(text: &str) -> bool {
    const BLOCKS: &[&str] = &[
        "<p",
        "<div",
        "<h1",
        "<h2",
        "<h3",
        "<h4",
        "<h5",
        "<h6",
        "<ul",
        "<ol",
        "<table",
        "<blockquote",
        "<section",
        "<article",
        "<figure",
        "<pre",
        "<!doctype",
        "<html",
        "<body",
        "<dl",
        "<hr",
        "<aside",
    ];
    let head: String = text.chars().take(12).collect::<String>().to_ascii_lowercase();
    BLOCKS.iter().any(|block| head.starts_with(block))
}

fn gather(value: &Value, depth: usize, markup: bool, out: &mut Vec<Piece>) {
    match value {
        Value::String(text) if !text.trim().is_empty() => {
            out.push(Piece { text: text.clone(), markup: markup || looks_like_markup(text) });
        }
        Value::Array(items) if depth > 0 => {
            if !items.is_empty() && items.iter().all(is_inline) {
                let mut spans = Vec::new();
                items.iter().for_each(|item| gather(item, depth - 1, markup, &mut spans));
                let markup = spans.iter().any(|span| span.markup);
                let text: String = spans.into_iter().map(|span| span.text).collect();
                if !text.trim().is_empty() {
                    out.push(Piece { text, markup });
                }
                return;
            }
            items.iter().for_each(|item| gather(item, depth - 1, markup, out));
        }
        Value::Object(map) if depth > 0 => {
            let text = |key: &str| map.get(key).and_then(Value::as_str).unwrap_or("").to_lowercase();
            let kind = ["type", "_type", "nodeType"]
                .into_iter()
                .find(|key| map.contains_key(*key))
                .map_or(String::new(), text);
            if kind == "ad" || kind == "ads" || OTHER.iter().any(|other| kind.starts_with(other)) {
                return;
            }
            let markup = markup || kind.contains("html") || text("mime").contains("html");
            let before = out.len();
            for name in NAMES {
                if let Some(inner) = map.get(*name) {
                    gather(inner, depth - 1, markup || *name == "html", out);
                }
                if out.len() > before {
                    return;
                }
            }
        }
        _ => {}
    }
}

/// Whether a piece is a run of letters within a paragraph, as editors store them.
fn is_inline(value: &Value) -> bool {
    let kind = ["type", "_type", "nodeType"].into_iter().find_map(|key| value.get(key)).and_then(Value::as_str);
    match kind {
        // Arc's paragraphs are of the kind `text` as well, with a name each.
        Some("text") => value.get("_id").is_none(),
        Some(kind) => matches!(
            kind,
            "span" | "link" | "hardBreak" | "mention" | "hyperlink" | "entry-hyperlink" | "asset-hyperlink" | "inline"
        ),
        // Slate's leaves have no kind.
        None => value.as_object().is_some_and(|map| {
            map.get("text").is_some_and(Value::is_string)
                && map.iter().all(|(key, value)| key == "text" || value.is_boolean())
                && map.keys().any(|key| key != "text")
        }),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn bodies_in_pieces() {
        for (body, expected) in [
            (json!(["Rain fell.", "", "It stopped."]), "Rain fell.\n\nIt stopped."),
            (json!([{"p": "Rain fell."}, {"type": "image", "text": "A cloud"}]), "Rain fell."),
            (json!({"body": {"text": "Rain fell."}}), "Rain fell."),
            (json!({"blocks": [{"type": "unstyled", "text": "Rain fell."}], "entityMap": {}}), "Rain fell."),
            (json!({"blocks": [{"type": "paragraph", "data": {"text": "Rain fell."}}]}), "Rain fell."),
            (
                json!({"type": "doc", "content": [{"type": "paragraph", "content": [
                    {"type": "text", "text": "Rain "}, {"type": "text", "text": "fell."}]}]}),
                "Rain fell.",
            ),
            (json!([{"_type": "block", "children": [{"_type": "span", "text": "Rain fell."}]}]), "Rain fell."),
            (
                json!([{"type": "sanitized_html", "mime": "text/html", "content": "<b>Rain</b> &amp; hail"},
                       {"type": "kicker", "content": "Local"}, {"type": "address", "content": "5 < 6, said Jo"}]),
                "<p><b>Rain</b> &amp; hail</p>\n<p>5 &lt; 6, said Jo</p>\n",
            ),
            (
                json!({"nodeType": "document", "data": {}, "content": [{"nodeType": "paragraph", "data": {}, "content": [
                    {"nodeType": "text", "value": "Rain ", "marks": [], "data": {}},
                    {"nodeType": "hyperlink", "data": {"uri": "x"}, "content": [{"nodeType": "text", "value": "fell"}]},
                    {"nodeType": "text", "value": "."}]},
                    {"nodeType": "embedded-asset-block", "data": {}, "content": []},
                    {"nodeType": "heading-2", "content": [{"nodeType": "text", "value": "Sun"}]}]}),
                "Rain fell.\n\nSun",
            ),
            (
                json!([{"_id": "a", "type": "text", "content": "Rain fell."}, {"_id": "b", "type": "interstitial_link", "content": "More"},
                       {"_id": "c", "type": "list", "items": [{"_id": "d", "type": "text", "content": "Sun"}]},
                       {"_id": "e", "type": "quote", "content_elements": [{"_id": "f", "type": "text", "content": "Ha."}]}]),
                "Rain fell.\n\nSun\n\nHa.",
            ),
            (
                json!({"time": 1, "blocks": [{"type": "header", "data": {"text": "Sun", "level": 2}}, {"type": "paragraph", "data": {"text": "It <b>rained</b>."}},
                       {"type": "list", "data": {"items": ["One", "Two"]}}, {"type": "image", "data": {"caption": "A boat"}}]}),
                "<p>Sun</p>\n<p>It <b>rained</b>.</p>\n<p>One</p>\n<p>Two</p>\n",
            ),
            (json!({"count": 3}), ""),
        ] {
            assert_eq!(text_of(&body), expected, "{body}");
        }
    }
}
