//! A JSON object (or a table's row) to a document.

use serde_json::{Map, Value};

use super::blocks::text_of;
use crate::model::{Claim, Document, Field, MediaType, Origin, Payload, PayloadKind};
use crate::source::Options;
use crate::source::fields::{Role, date_number, is_shelf, on_shelf, plain, quotation, sorted};
use crate::source::input::{self, document, is_full, most_text};
use crate::source::xml::entity;

/// Summaries of one record that are looked at.
const MOST_SUMMARIES: usize = 8;
/// Added to the rank of what a name of another field tells.
const LEAST: usize = 100;

/// What was gathered from a record on the way.
#[derive(Default)]
pub struct Gathered {
    claims: Vec<(usize, Claim)>,
    html: Option<(usize, String)>,
    bodies: Vec<(usize, String)>,
    summaries: Vec<(usize, String, String)>,
    fetched: Option<String>,
}

impl Gathered {
    /// Takes a text field called `name`, at place `found`.
    pub fn take(&mut self, name: &str, text: &str, found: &str, options: &Options) {
        let Some((role, rank)) = options.map.ranked(name) else { return };
        let better = |had: Option<usize>| !text.trim().is_empty() && had.is_none_or(|had| rank < had);
        match role {
            // Where an outlet is told by its address, a page's is the page's own.
            Role::Claim(Field::Source) if is_address(text) => {
                let page = url::Url::parse(text.trim()).is_ok_and(|url| url.path().len() > 1 || url.query().is_some());
                let field = if page { Field::Url } else { Field::SiteName };
                self.claim(rank + LEAST, field, text, found);
            }
            // A list that was written as text: `['Jo Hartley', 'Ada Quill']`.
            Role::Claim(field @ (Field::Author | Field::Tag | Field::Contributor | Field::Editor)) => {
                let parted = field == Field::Tag && !text.trim_start().starts_with('[');
                for one in listed(text) {
                    let pieces = one.split(|c| parted && matches!(c, ';' | '|')).map(str::trim);
                    // What a reader's program calls its own lists.
                    for one in pieces.filter(|one| !(one.starts_with("user/") && one.matches('/').count() >= 3)) {
                        self.claim(rank, field, one, found);
                    }
                }
            }
            // An address in the place of a headline is none.
            Role::Claim(Field::Title) if is_address(text) => {}
            Role::Claim(field @ (Field::Published | Field::Updated)) if plain(name).ends_with("gmt") => {
                self.claim(rank, field, &in_gmt(text), found);
            }
            Role::Claim(field) => self.claim(rank, field, text, found),
            Role::Html if better(self.html.as_ref().map(|h| h.0)) => self.html = Some((rank, held(text))),
            Role::Body if !text.trim().is_empty() => {
                // The shorter ones stay only as long as they may turn out to be the whole.
                self.bodies.push((rank, held(text)));
                if self.bodies.len() > 8 {
                    self.bodies.sort_by_key(|(rank, _)| *rank);
                    self.bodies.truncate(4);
                }
            }
            Role::Summary if !text.trim().is_empty() && self.summaries.len() < MOST_SUMMARIES => {
                self.summaries.push((rank, held(text), found.to_owned()));
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
        if is_full(self.claims.len(), field) {
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
        made.payload = match (self.html, body(self.bodies)) {
            (Some((_, html)), body) => {
                witness = body.map(|(_, text)| text);
                Some(content(html, true))
            }
            (None, Some((_, body))) => Some(content(unescaped(body), false)),
            (None, None) => None,
        };
        let mut summaries = self.summaries;
        summaries.sort_by_key(|(rank, ..)| *rank);
        // Without a text, the longest summary is the most there is of it: the first paragraph rather than a line about it.
        if made.payload.is_none()
            && let Some(at) = (0..summaries.len()).rev().max_by_key(|at| letters(&summaries[*at].1))
        {
            let (rank, text, found) = summaries.remove(at);
            claims.extend(Claim::new(Field::Truncated, "true", found).map(|c| (rank, c)));
            made.payload = Some(content(unescaped(text), false));
        }
        let text = made.payload.as_ref().map_or("", |payload| payload.text.as_str());
        if let Some((rank, summary, found)) =
            summaries.into_iter().find(|(_, summary, _)| !text.contains(summary.trim()))
        {
            claims.extend(Claim::new(Field::Summary, &summary, found).map(|c| (rank, c)));
        }
        if let Some(payload) = &made.payload
            && let Some(marker) = cut_marker(&payload.text)
        {
            claims.extend(Claim::new(Field::Truncated, "true", format!("text:{marker}")).map(|c| (0, c)));
        }
        // A fragment that is too long says so where it is handed on; a page may be longer than what a record holds of it.
        let most = most_text(PayloadKind::HtmlFragment);
        if let Some(payload) = made.payload.as_mut().filter(|p| p.kind == PayloadKind::HtmlPage && p.text.len() > most)
        {
            payload.text.truncate(payload.text.floor_char_boundary(most));
            made.notes.push(input::longer(most));
            claims.extend(Claim::new(Field::Truncated, "true", "source:too long").map(|c| (0, c)));
        }
        if let Some(text) = witness.filter(|t| !t.trim().is_empty()) {
            claims.extend(Claim::new(Field::BodyWitness, &text, "json:text").map(|c| (0, c)));
        }
        made.claims.extend(sorted(claims));
        made.fetched = self.fetched.and_then(|t| t.trim().replacen(' ', "T", 1).parse().ok());
        made
    }
}

/// A time without a zone, in that of Greenwich.
fn in_gmt(text: &str) -> String {
    let text = text.trim();
    let bare = text.len() == 19 && text.as_bytes().get(10).is_some_and(|b| matches!(b, b'T' | b' '));
    if bare { format!("{}Z", text.replacen(' ', "T", 1)) } else { text.to_owned() }
}

/// The texts of a list in brackets, as Python and JSON write them; the text itself if it is none.
fn listed(text: &str) -> Vec<String> {
    let trimmed = text.trim();
    let inner = trimmed.strip_prefix('[').and_then(|t| t.strip_suffix(']')).map_or("", str::trim);
    if inner.starts_with(['\'', '"'])
        && inner.ends_with(['\'', '"'])
        && let Ok((Value::Array(items), _)) = super::parse(trimmed.as_bytes())
        && items.iter().all(Value::is_string)
    {
        return items.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    }
    vec![text.to_owned()]
}

/// Markup whose angle brackets were written as references, as it was meant; anything else as it is.
fn unescaped(text: String) -> String {
    let escaped = ["&lt;p", "&lt;/p&gt;", "&lt;br", "&lt;div", "&lt;a "].iter().any(|tag| text.contains(tag));
    if escaped && !looks_like_markup(&text) {
        let once = entity::decode(&text);
        if looks_like_markup(&once) {
            return once;
        }
    }
    text
}

/// Letters and digits that are no part of a tag.
fn letters(text: &str) -> usize {
    let mut tag = false;
    text.chars()
        .filter(|c| {
            tag = *c == '<' || tag && *c != '>';
            !tag && c.is_alphanumeric()
        })
        .count()
}

/// The body under the most telling name, unless it is no more than a taste of another one.
fn body(mut bodies: Vec<(usize, String)>) -> Option<(usize, String)> {
    bodies.sort_by_key(|(rank, _)| *rank);
    let first = letters(&bodies.first()?.1);
    // Only short ones can be a taste, and counting costs.
    let whole = (first < 600)
        .then(|| bodies.iter().position(|(_, text)| !looks_like_page(text) && letters(text) > 3 * first + 200))
        .flatten();
    Some(bodies.swap_remove(whole.unwrap_or(0)))
}

fn is_address(text: &str) -> bool {
    let text = text.trim();
    (text.starts_with("http://") || text.starts_with("https://")) && !text.contains(char::is_whitespace)
}

/// As much of a text of a record as will be handed on, and a little more.
pub fn held(text: &str) -> String {
    let kind = if looks_like_markup(text) { PayloadKind::HtmlFragment } else { PayloadKind::PlainText };
    input::held(text, kind).to_owned()
}

/// What an excerpt ends with: NewsAPI's `[+1210 chars]`, GNews's `... [1210 chars]`.
fn cut_marker(text: &str) -> Option<&'static str> {
    let text = text.trim_end();
    let inner = text.strip_suffix(" chars]")?;
    let before = inner.trim_end_matches(|c: char| c.is_ascii_digit());
    match inner.len() > before.len() {
        true if before.ends_with("[+") => Some("[+N chars]"),
        true if before.ends_with('[') => Some("[N chars]"),
        _ => None,
    }
}

/// A record as a document; `raw` are its own bytes.
pub fn record(value: Value, raw: Vec<u8>, origin: Origin, options: &Options) -> Document {
    let mut gathered = Gathered::default();
    if let Value::Object(mut map) = value {
        for _ in 0..WRAPPERS_DEEP {
            match wrapper(&map, options) {
                Some(name) => map = map.remove(name).and_then(into_object).unwrap_or_default(),
                None => break,
            }
        }
        let cited = is_citation(&map);
        let shelf = is_shelf(map.keys().map(String::as_str));
        beside(&map, &mut gathered, options);
        // Libraries that have digitised papers: Chronicling America, Trove.
        let titled = |title: &Value| title.get("title").is_some() && map.get("heading").is_some_and(Value::is_string);
        let catalogued = map.contains_key("lccn") || map.get("title").is_some_and(titled);
        for (name, path) in options.map.paths() {
            for found in at_path(&map, path) {
                field(&mut gathered, name, found, &format!("json:{}", path.join(".")), options);
            }
        }
        // The record's own fields first, then those of nested objects.
        let (mut own, mut nested) = (Vec::new(), Vec::new());
        for (key, value) in &map {
            // What a reference manager calls its source is a catalogue.
            if cited && matches!(key.as_str(), "source" | "type") {
                continue;
            }
            match options.map.role(key) {
                Some(Role::Nested) if value.is_object() => nested.push((key, value)),
                Some(Role::Body) if is_record(value, options) => nested.push((key, value)),
                Some(_) => own.push((key, value)),
                None => {}
            }
        }
        let told = |(key, value): &(&String, &Value)| {
            !value.is_null()
                && matches!(options.map.role(key), Some(Role::Body | Role::Html | Role::Claim(Field::Title)))
        };
        if !own.iter().chain(&nested).any(told) {
            nested.extend(inner_record(&map, options));
        }
        for (key, value) in own {
            let found = format!("json:{key}");
            match (key.as_str(), catalogued) {
                // The title of a digitised page is its paper's, and beside a heading an object for it.
                ("title", true) => {
                    let title = value.as_str().or_else(|| value.get("title")?.as_str()).unwrap_or("");
                    gathered.take("publicationtitle", title, &found, options);
                    continue;
                }
                ("url", true) if map.contains_key("troveUrl") => continue,
                ("subject", true) => continue,
                _ => {}
            }
            match on_shelf(key).filter(|_| shelf) {
                Some(Some(Role::Fetched)) => gathered.take("fetched", &super::date_text(value), &found, options),
                Some(_) => {}
                // The page of a service that shows an article is none of the article's.
                None if value.as_str().is_some_and(|url| url.starts_with("https://read.readwise.io/")) => {}
                None => field(&mut gathered, key, value, &found, options),
            }
        }
        for (outer, value) in nested {
            for (key, value) in value.as_object().into_iter().flatten() {
                // What a nested object calls `id` or `text` is its own.
                if !matches!(plain(key).as_str(), "id" | "uuid") {
                    field(&mut gathered, key, value, &format!("json:{outer}.{key}"), options);
                }
            }
        }
        if let Some(quoted) = map.get("annote").and_then(Value::as_str).filter(|_| cited).and_then(quotation) {
            gathered.take("passage", quoted, "json:annote", options);
        }
    }
    gathered.finish(origin, raw)
}

/// What stands beside a record's own fields in the forms of some programs: the feed an item is from (readers of feeds),
/// writers and terms that WordPress embeds.
fn beside(map: &Map<String, Value>, gathered: &mut Gathered, options: &Options) {
    for key in ["origin", "feed"] {
        let title = map.get(key).and_then(|feed| feed.get("title")).and_then(Value::as_str);
        gathered.take("feedtitle", title.unwrap_or(""), &format!("json:{key}.title"), options);
    }
    let embedded = |key: &str| map.get("_embedded").and_then(|all| all.get(key)).and_then(Value::as_array);
    for name in embedded("author").into_iter().flatten().filter_map(|author| author.get("name")?.as_str()) {
        gathered.take("author", name, "json:_embedded.author", options);
    }
    let terms = embedded("wp:term").into_iter().flatten().filter_map(Value::as_array).flatten();
    for name in terms.filter_map(|term| term.get("name")?.as_str()) {
        gathered.take("tags", name, "json:_embedded.wp:term", options);
    }
}

/// The record inside an object that has only its address or number itself, through the names under which such lie.
fn inner_record<'v>(map: &'v Map<String, Value>, options: &Options) -> Option<(&'v String, &'v Value)> {
    let mut map = map;
    for _ in 0..WRAPPERS_DEEP {
        let (key, value) = map.iter().find(|(key, value)| WRAPPERS.contains(&key.as_str()) && value.is_object())?;
        if is_record(value, options) {
            return Some((key, value));
        }
        map = value.as_object()?;
    }
    None
}

/// Objects in one another that may stand around one record.
const WRAPPERS_DEEP: usize = 3;

/// Names under which an object has its record.
const WRAPPERS: &[&str] = &[
    "data",
    "attributes",
    "article",
    "post",
    "story",
    "item",
    "record",
    "document",
    "node",
    "entry",
    "result",
    "_source",
];

/// The name under which an object that tells nothing itself has its record.
fn wrapper(map: &Map<String, Value>, options: &Options) -> Option<&'static str> {
    if options.map.paths().next().is_some() {
        return None;
    }
    let telling = |(key, value): (&String, &Value)| {
        let role = options.map.role(key);
        matches!(
            role,
            Some(Role::Claim(Field::Title | Field::Url | Field::Canonical) | Role::Body | Role::Html | Role::Summary)
        ) && !WRAPPERS.contains(&key.as_str())
            && !value.is_null()
    };
    if map.iter().any(telling) {
        return None;
    }
    WRAPPERS.iter().copied().find(|name| {
        map.get(*name).is_some_and(|inner| {
            inner.as_object().is_some_and(|inner| inner.iter().any(telling) || wrapper(inner, options).is_some())
        })
    })
}

fn into_object(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(map) => Some(map),
        _ => None,
    }
}

/// Whether a record is a reference in CSL-JSON.
fn is_citation(map: &Map<String, Value>) -> bool {
    map.contains_key("container-title") || map.get("issued").is_some_and(|issued| issued.get("date-parts").is_some())
}

/// Whether an object under a name for bodies is a record itself, with a title or a date beside its text.
fn is_record(value: &Value, options: &Options) -> bool {
    let Value::Object(map) = value else { return false };
    map.iter().any(|(key, value)| {
        let telling = matches!(options.map.role(key), Some(Role::Claim(Field::Title | Field::Published | Field::Url)));
        telling && !plain(key).starts_with("name") && value.is_string()
    })
}

/// The values at the end of a path of plain names; lists on the way are gone through.
fn at_path<'v>(map: &'v Map<String, Value>, path: &[String]) -> Vec<&'v Value> {
    let inside = |map: &'v Map<String, Value>, name: &str| map.iter().find(|(k, _)| plain(k) == name).map(|(_, v)| v);
    let Some((first, rest)) = path.split_first() else { return Vec::new() };
    let mut values: Vec<&Value> = inside(map, first).into_iter().collect();
    for name in rest {
        let each = values.into_iter().flat_map(|value| match value {
            Value::Array(items) => items.iter().collect(),
            other => vec![other],
        });
        values = each.filter_map(|value| inside(value.as_object()?, name)).collect();
    }
    values
}

fn field(gathered: &mut Gathered, key: &str, value: &Value, found: &str, options: &Options) {
    let Some(role) = options.map.role(key) else { return };
    let dated = matches!(role, Role::Claim(Field::Published | Field::Updated) | Role::Fetched);
    match value {
        // Seconds or milliseconds since 1970, written as a text.
        Value::String(text) if dated && text.len() >= 9 && text.bytes().all(|b| b.is_ascii_digit()) => {
            gathered.take(key, &date_number(text.parse().unwrap_or(0.0), text), found, options);
        }
        Value::String(text) => gathered.take(key, text, found, options),
        Value::Number(number) => {
            let written = number.to_string();
            let text = if dated { date_number(number.as_f64().unwrap_or(0.0), &written) } else { written };
            if dated || matches!(role, Role::Claim(Field::Guid | Field::Urgency)) {
                gathered.take(key, &text, found, options);
            }
        }
        Value::Array(_) | Value::Object(_) if matches!(role, Role::Body | Role::Html | Role::Summary) => {
            gathered.take(key, &text_of(value), found, options);
        }
        Value::Array(items) => {
            for item in items {
                if let Some(text) = named(item, role) {
                    gathered.take(key, &text, found, options);
                }
            }
        }
        Value::Object(_) => {
            if let Some(text) = named(value, role) {
                gathered.take(key, &text, found, options);
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
}

/// The text of a value that names something: a string, a number, or an object with a name.
fn named(value: &Value, role: Role) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        // Numbers of terms and of writers name nothing.
        Value::Number(_) if matches!(role, Role::Claim(Field::Tag | Field::Author | Field::Section)) => None,
        Value::Number(number) => Some(number.to_string()),
        Value::Object(map) => {
            if let Some(found) = person(map).or_else(|| date_parts(map)) {
                return Some(found);
            }
            let text = |key: &str| map.get(key).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
            // A keyword with its kind: `{"name": "subject", "value": "Ferries"}`.
            if role == Role::Claim(Field::Tag)
                && let Some(value) = text("value").or_else(|| text("tag"))
            {
                return Some(value.to_owned());
            }
            let keys = [
                "name",
                "title",
                "displayName",
                "full_name",
                "fullname",
                "webTitle",
                "basic",
                "rendered",
                "$t",
                "main",
                "original",
                "label",
                "value",
                "text",
                "term",
                "literal",
                "iso",
                "$date",
                "$oid",
                "@id",
                "url",
                "href",
                "id",
                "domain",
            ];
            keys.iter()
                .find_map(|key| match map.get(*key) {
                    Some(Value::String(text)) if !text.trim().is_empty() => Some(text.clone()),
                    Some(Value::Number(n)) if *key == "$date" => {
                        Some(date_number(n.as_f64().unwrap_or(0.0), &n.to_string()))
                    }
                    Some(Value::Object(long)) if *key == "$date" => {
                        let written = long.get("$numberLong")?.as_str()?;
                        Some(date_number(written.parse().ok()?, written))
                    }
                    _ => None,
                })
                .or_else(|| match map.get("data").or_else(|| map.get("attributes")) {
                    Some(inner @ Value::Object(_)) => named(inner, role),
                    _ => None,
                })
        }
        _ => None,
    }
}

/// A person's name in parts.
fn person(map: &Map<String, Value>) -> Option<String> {
    const PARTS: &[(&str, &str)] = &[
        ("given", "family"),
        ("firstname", "lastname"),
        ("firstName", "lastName"),
        ("first_name", "last_name"),
        ("first", "last"),
        ("givenName", "familyName"),
    ];
    if map.contains_key("name") {
        return None;
    }
    let text = |key: &str| map.get(key).and_then(Value::as_str).unwrap_or("").trim();
    PARTS.iter().find_map(|(given, family)| {
        let whole = format!("{} {}", text(given), text(family));
        Some(whole.trim().to_owned()).filter(|_| !text(family).is_empty())
    })
}

/// A day as CSL-JSON writes it: `{"date-parts": [[2025, 6, 27]]}`.
fn date_parts(map: &Map<String, Value>) -> Option<String> {
    let parts = map.get("date-parts")?.as_array()?.first()?.as_array()?;
    let number = |value: &Value| value.as_i64().or_else(|| value.as_str()?.trim().parse().ok());
    let mut written = String::new();
    for (at, part) in parts.iter().take(3).enumerate() {
        let part = number(part)?;
        written.push_str(&if at == 0 { format!("{part:04}") } else { format!("-{part:02}") });
    }
    Some(written).filter(|written| !written.is_empty())
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
