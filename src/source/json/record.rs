//! A JSON object (or a table's row) to a document.

use serde_json::Value;

use crate::model::{Claim, Document, Field, MediaType, Origin, Payload, PayloadKind};
use crate::source::Options;
use crate::source::fields::{Role, date_number, plain, sorted};
use crate::source::input::{document, most_text};

/// What was gathered from a record on the way.
#[derive(Default)]
pub struct Gathered {
    claims: Vec<(usize, Claim)>,
    html: Option<(usize, String)>,
    body: Option<(usize, String)>,
    summary: Option<(usize, String, String)>,
    fetched: Option<String>,
}

impl Gathered {
    /// Takes a text field called `name`, at place `found`.
    pub fn take(&mut self, name: &str, text: &str, found: &str, options: &Options) {
        let Some((role, rank)) = options.map.ranked(name) else { return };
        let better = |had: Option<usize>| !text.trim().is_empty() && had.is_none_or(|had| rank < had);
        match role {
            Role::Claim(field) => self.claim(rank, field, text, found),
            Role::Html if better(self.html.as_ref().map(|h| h.0)) => self.html = Some((rank, held(text))),
            Role::Body if better(self.body.as_ref().map(|b| b.0)) => self.body = Some((rank, held(text))),
            Role::Summary if better(self.summary.as_ref().map(|s| s.0)) => {
                self.summary = Some((rank, held(text), found.to_owned()));
            }
            Role::Fetched if self.fetched.is_none() => {
                self.fetched = Some(text.to_owned());
                self.claim(rank, Field::Fetched, text, found);
            }
            _ => {}
        }
    }

    fn claim(&mut self, rank: usize, field: Field, text: &str, found: &str) {
        // Python writes these for nothing.
        if matches!(text.trim(), "None" | "nan" | "NaN" | "null" | "[]" | "{}") {
            return;
        }
        if let Some(claim) = Claim::new(field, text, found)
            && !self.claims.iter().any(|(_, c)| c.field == field && c.value == claim.value)
        {
            self.claims.push((rank, claim));
        }
    }

    /// Puts everything into a document.
    pub fn finish(self, origin: Origin, raw: Vec<u8>) -> Document {
        let mut made = document(origin, MediaType::Record, raw, "export");
        let mut claims = self.claims;
        let mut witness = None;
        made.payload = match (self.html, self.body) {
            (Some((_, html)), body) => {
                witness = body.map(|(_, text)| text);
                Some(content(html, true))
            }
            (None, Some((_, body))) => Some(content(body, false)),
            (None, None) => None,
        };
        if let Some((rank, text, found)) = self.summary {
            if made.payload.is_none() {
                claims.extend(Claim::new(Field::Truncated, "true", found.clone()).map(|c| (rank, c)));
                made.payload = Some(content(text, false));
            } else {
                claims.extend(Claim::new(Field::Summary, &text, found).map(|c| (rank, c)));
            }
        }
        if let Some(payload) = &made.payload
            && let Some(marker) = cut_marker(&payload.text)
        {
            claims.extend(Claim::new(Field::Truncated, "true", format!("text:{marker}")).map(|c| (0, c)));
        }
        if let Some(text) = witness.filter(|t| !t.trim().is_empty()) {
            claims.extend(Claim::new(Field::BodyWitness, &text, "json:text").map(|c| (0, c)));
        }
        made.claims.extend(sorted(claims));
        made.fetched = self.fetched.and_then(|t| t.trim().replacen(' ', "T", 1).parse().ok());
        made
    }
}

/// As much of a text as will be handed on, and a little more, so that it is said that there was more.
fn held(text: &str) -> String {
    let kind = if looks_like_markup(text) { PayloadKind::HtmlPage } else { PayloadKind::PlainText };
    text[..text.floor_char_boundary(most_text(kind) + 4)].to_owned()
}

/// What an excerpt ends with: NewsAPI's `[+1210 chars]`.
fn cut_marker(text: &str) -> Option<&'static str> {
    let text = text.trim_end();
    let inner = text.strip_suffix(" chars]")?;
    let digits = inner.len() - inner.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    (digits > 0 && inner[..inner.len() - digits].ends_with("[+")).then_some("[+N chars]")
}

/// A record as a document; `raw` are its own bytes.
pub fn record(value: Value, raw: Vec<u8>, origin: Origin, options: &Options) -> Document {
    let mut gathered = Gathered::default();
    if let Value::Object(map) = value {
        // The record's own fields first, then those of nested objects.
        let (mut own, mut nested) = (Vec::new(), Vec::new());
        for (key, value) in map {
            match options.map.role(&key) {
                Some(Role::Nested) if value.is_object() => nested.push((key, value)),
                Some(_) => own.push((key, value)),
                None => {}
            }
        }
        for (key, value) in &own {
            field(&mut gathered, key, value, &format!("json:{key}"), options);
        }
        for (outer, value) in &nested {
            for (key, value) in value.as_object().into_iter().flatten() {
                // What a nested object calls `id` or `text` is its own.
                if !matches!(plain(key).as_str(), "id" | "uuid") {
                    field(&mut gathered, key, value, &format!("json:{outer}.{key}"), options);
                }
            }
        }
    }
    gathered.finish(origin, raw)
}

fn field(gathered: &mut Gathered, key: &str, value: &Value, found: &str, options: &Options) {
    let Some(role) = options.map.role(key) else { return };
    let dated = matches!(role, Role::Claim(Field::Published | Field::Updated) | Role::Fetched);
    match value {
        Value::String(text) => gathered.take(key, text, found, options),
        Value::Number(number) => {
            let written = number.to_string();
            let text = if dated { date_number(number.as_f64().unwrap_or(0.0), &written) } else { written };
            if dated || matches!(role, Role::Claim(Field::Guid | Field::Urgency)) {
                gathered.take(key, &text, found, options);
            }
        }
        Value::Array(items) if matches!(role, Role::Body | Role::Html | Role::Summary) => {
            let texts: Vec<String> = items.iter().filter_map(block).collect();
            gathered.take(key, &texts.join("\n\n"), found, options);
        }
        Value::Array(items) => {
            for item in items {
                if let Some(text) = named(item) {
                    gathered.take(key, &text, found, options);
                }
            }
        }
        Value::Object(_) if matches!(role, Role::Body) => {
            if let Some(text) = block(value) {
                gathered.take(key, &text, found, options);
            }
        }
        Value::Object(_) => {
            if let Some(text) = named(value) {
                gathered.take(key, &text, found, options);
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
}

/// One paragraph of a nested body: a string, or an object with its text or HTML; images and videos give nothing.
fn block(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()).filter(|t| !t.trim().is_empty()),
        Value::Object(map) => {
            let kind = map.get("type").and_then(Value::as_str).unwrap_or("").to_lowercase();
            if ["image", "video", "gallery", "author", "title", "byline", "date", "kicker", "ad", "podcast", "tweet"]
                .iter()
                .any(|k| kind.starts_with(k))
            {
                return None;
            }
            ["content", "text", "html", "body", "value", "rendered", "paragraph"]
                .iter()
                .find_map(|key| map.get(*key).and_then(Value::as_str))
                .filter(|t| !t.trim().is_empty())
                .map(str::to_owned)
        }
        _ => None,
    }
}

/// The text of a value that names something: a string, a number, or an object with a name.
fn named(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(map) => {
            let keys = [
                "name",
                "title",
                "displayName",
                "full_name",
                "fullname",
                "rendered",
                "main",
                "original",
                "label",
                "value",
                "text",
                "term",
                "$date",
                "$oid",
                "@id",
                "url",
                "id",
                "domain",
            ];
            keys.iter().find_map(|key| match map.get(*key) {
                Some(Value::String(text)) if !text.trim().is_empty() => Some(text.clone()),
                Some(Value::Number(n)) if *key == "$date" => {
                    Some(date_number(n.as_f64().unwrap_or(0.0), &n.to_string()))
                }
                _ => None,
            })
        }
        _ => None,
    }
}

/// A body with the kind it has: a whole page, a fragment, or plain text. `html` says that it is markup for sure.
pub fn content(text: String, html: bool) -> Payload {
    let kind = if looks_like_page(&text) {
        PayloadKind::HtmlPage
    } else if html || looks_like_markup(&text) {
        PayloadKind::HtmlFragment
    } else {
        PayloadKind::PlainText
    };
    Payload { kind, text }
}

fn looks_like_page(text: &str) -> bool {
    // Some pages open with a long style sheet.
    let head = lower_head(text, 64 << 10);
    let opens = ["<!doctype html", "<html", "<body", "<head>", "<head "].iter().any(|tag| head.contains(tag));
    opens || head.contains("<meta ") && (head.contains("<title") || head.contains("<link "))
}

/// Whether there are tags in it, and not only an angle bracket.
pub fn looks_like_markup(text: &str) -> bool {
    const TAGS: &[&str] = &[
        "<p>",
        "<p ",
        "</p>",
        "<br",
        "<div",
        "<a href",
        "<a ",
        "</a>",
        "<span",
        "<img",
        "<ul",
        "<li",
        "<h1",
        "<h2",
        "<h3",
        "<strong",
        "<em>",
        "<b>",
        "<i>",
        "<figure",
        "<table",
        "<blockquote",
        "<section",
        "<article",
        "<script",
        "<iframe",
    ];
    let head = lower_head(text, 64 * 1024);
    TAGS.iter().any(|tag| head.contains(tag))
}

/// The beginning of a text in lower case; nothing of one without angle brackets, as tags are looked for in it.
fn lower_head(text: &str, bytes: usize) -> String {
    if memchr::memchr(b'<', text.as_bytes()).is_none() {
        return String::new();
    }
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].to_ascii_lowercase()
}
