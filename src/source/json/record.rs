//! A JSON object (or a table's row) to a document.

use serde_json::{Map, Value};

use super::blocks::text_of;
use super::gathered::Gathered;
use super::parted;
use crate::model::{Document, Field, Origin};
use crate::source::Options;
use crate::source::fields::{Role, date_number, is_shelf, on_shelf, plain, quotation};

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
        let whole = |(key, value): (&String, &Value)| {
            let published = options.map.role(key) == Some(Role::Claim(Field::Published));
            published && !is_year(key, options) && !value.is_null() && value.as_str() != Some("")
        };
        let day =
            parted::of_object(&map).filter(|_| map.keys().any(|key| is_year(key, options)) && !map.iter().any(whole));
        if let Some(day) = &day {
            gathered.take("date", day, "json:year,month,day", options);
        }
        let cited = is_citation(&map);
        let shelf = is_shelf(map.keys().map(String::as_str));
        beside(&map, &mut gathered, options);
        // Libraries that have digitised papers: Chronicling America, Trove.
        let titled = |title: &Value| title.get("title").is_some() && map.get("heading").is_some_and(Value::is_string);
        let catalogued = map.contains_key("lccn") || map.get("title").is_some_and(titled);
        for (name, path) in options.map.paths() {
            let values = at_path(&map, path);
            let place = format!("json:{}", path.join("."));
            // The paragraphs of a text may lie in a list of objects.
            if values.len() > 1 && matches!(options.map.role(name), Some(Role::Body | Role::Html | Role::Summary)) {
                let texts: Vec<String> =
                    values.into_iter().map(text_of).filter(|text| !text.trim().is_empty()).collect();
                gathered.take(name, &texts.join("\n\n"), &place, options);
                continue;
            }
            for found in values {
                field(&mut gathered, name, found, &place, options);
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
                Some(_) if day.is_some() && is_year(key, options) => {}
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

/// Whether a column holds a year that is a part of the day of publication, and not what somebody named as that.
fn is_year(key: &str, options: &Options) -> bool {
    plain(key) == "year"
        && options.map.ranked(key).is_some_and(|(role, rank)| rank > 0 && role == Role::Claim(Field::Published))
}

/// The status of a post that its content system has not published (Ghost, WordPress, Strapi).
fn unpublished(value: &Value) -> Option<&str> {
    // Drupal's is a truth value.
    if value.get("status") == Some(&Value::Bool(false)) && value.get("title").is_some() {
        return Some("unpublished");
    }
    let status = value.get("status")?.as_str()?;
    let out = value.get("published_at").or(value.get("publishedAt")).is_some_and(Value::is_string);
    let held = matches!(status, "draft" | "auto-draft" | "trash" | "unpublished") && !out || status == "scheduled";
    held.then_some(status)
}

/// Why a record is no article, if it says so itself.
pub(super) fn no_article(value: &Value) -> Option<String> {
    if let Some(status) = unpublished(value) {
        return Some(format!("never published: its status is `{status}`"));
    }
    // What stands beside an article in the graph of a page (JSON-LD).
    const BESIDE: &[&str] = &[
        "WebSite",
        "WebPage",
        "Organization",
        "NewsMediaOrganization",
        "Corporation",
        "Person",
        "ProfilePage",
        "BreadcrumbList",
        "ListItem",
        "ImageObject",
        "SearchAction",
        "ReadAction",
        "SiteNavigationElement",
    ];
    let kinds = match value.get("@type")? {
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        kind => vec![kind.as_str()?],
    };
    let told = ["articleBody", "text", "body", "content", "headline"].iter().any(|key| value.get(*key).is_some());
    let beside = kinds.iter().all(|kind| BESIDE.contains(kind));
    (beside && !told).then(|| kinds.first().map(|kind| format!("a `{kind}`, as it stands beside an article")))?
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
        // `[2025, 6, 27]`
        Value::Array(items) if dated && parted::of_list(items).is_some() => {
            gathered.take(key, &parted::of_list(items).unwrap_or_default(), found, options);
        }
        Value::Array(items) => {
            for item in items {
                if let Some(text) = named(item, role) {
                    gathered.take(key, &text, found, options);
                }
            }
        }
        Value::Object(map) => {
            // GraphQL: `{"nodes": […]}`, `{"edges": [{"node": …}]}`.
            let several = ["nodes", "edges"].iter().find_map(|name| map.get(*name)?.as_array());
            let one = std::slice::from_ref(value);
            for item in several.map_or(one, Vec::as_slice) {
                if let Some(text) = named(item, role) {
                    gathered.take(key, &text, found, options);
                }
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
            if let Some(found) =
                person(map).or_else(|| date_parts(map)).or_else(|| parted::of_object(map)).or_else(|| instant(map))
            {
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
                .or_else(|| match map.get("data").or_else(|| map.get("attributes")).or_else(|| map.get("node")) {
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

/// An instant as Firestore writes it: `{"seconds": 1751018400, "nanoseconds": 0}`.
fn instant(map: &Map<String, Value>) -> Option<String> {
    let of = |name: &str| map.get(name).or_else(|| map.get(&format!("_{name}")));
    let seconds = of("seconds").filter(|_| of("nanoseconds").is_some() && map.len() == 2)?;
    Some(date_number(seconds.as_f64()?, &seconds.to_string()))
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
