//! A cleaned document as one JSON object: what `clean --format jsonl` and `show --format json` print.
//!
//! Keys follow schema.org NewsArticle where it has one. `schema_version` 1.

use serde_json::{Map, Value, json};

use crate::model::{Agency, AgencyRole, Article, Claim, DateClaim, Field, Found, Origin, Rejection};

/// Version of the object's shape.
pub const SCHEMA_VERSION: u32 = 1;

/// A cleaned document.
pub fn document(origin: &Origin, article: &Article) -> Value {
    let mut out = Map::new();
    out.insert("origin".into(), json!(origin.to_string()));
    article_fields(article, &mut out);
    Value::Object(out)
}

/// A refused document and what was known of it.
pub fn rejection(rejected: &Rejection) -> Value {
    let mut out = Map::new();
    out.insert("schema_version".into(), json!(SCHEMA_VERSION));
    out.insert("origin".into(), json!(rejected.origin.to_string()));
    out.insert("rejected".into(), json!(format!("{}: {}", rejected.reason.words(), rejected.detail)));
    for (key, field) in [
        ("headline", Field::Title),
        ("author", Field::Author),
        ("datePublished", Field::Published),
        ("dateModified", Field::Updated),
        ("url", Field::Url),
        ("canonical", Field::Canonical),
        ("guid", Field::Guid),
    ] {
        let said: Vec<&Claim> = rejected.claims.iter().filter(|c| c.field == field).collect();
        let Some(first) = said.first() else { continue };
        let value = if field == Field::Author {
            json!(said.iter().map(|c| &c.value).collect::<Vec<_>>())
        } else {
            json!(first.value)
        };
        out.insert(key.into(), value);
    }
    if let Some(canonical) = out.shift_remove("canonical")
        && !out.contains_key("url")
    {
        out.insert("url".into(), canonical);
    }
    Value::Object(out)
}

/// All fields of an article, without its place.
pub fn article_fields(article: &Article, out: &mut Map<String, Value>) {
    let mut put = |key: &str, value: Value| {
        let empty = match &value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(items) => items.is_empty(),
            Value::Bool(set) => !set,
            _ => false,
        };
        if !empty || matches!(key, "headline" | "author" | "datePublished" | "articleBody" | "removed") {
            out.insert(key.to_owned(), value);
        }
    };
    put("schema_version", json!(SCHEMA_VERSION));
    put("id", json!(article.id.as_str()));
    put("headline", json!(article.title));
    put("author", json!(article.authors));
    for (key, date) in
        [("datePublished", &article.published), ("dateModified", &article.updated), ("fetched", &article.fetched)]
    {
        put(key, date.as_ref().map_or(Value::Null, |d| json!(d.iso())));
        put(&format!("{key}_detail"), date.as_ref().map_or(Value::Null, date_detail));
    }
    put("inLanguage", json!(article.language));
    put("url", json!(article.url));
    put("publisher", article.source.as_ref().map_or(Value::Null, |s| json!(s.value)));
    put("articleSection", json!(article.section));
    put("keywords", json!(article.tags));
    put("wordCount", json!(article.words()));
    put("articleBody", json!(article.text));
    provenance_fields(article, &mut put);
    let flags = &article.flags;
    for (key, set) in [
        ("truncated", flags.truncated),
        ("paywalled", flags.paywalled),
        ("sponsored", flags.sponsored),
        ("affiliate", flags.affiliate),
        ("opinion", flags.opinion),
        ("developing", flags.developing),
        ("corrected", flags.corrected),
        ("withdrawn", flags.withdrawn),
    ] {
        put(key, json!(set));
    }
    put("embargo", json!(article.embargo.map(until)));
    put("sha256", json!(article.sha256()));
    put("removed", json!(article.removed));
    put("notes", json!(article.notes));
}

/// The end of an embargo, `unknown` where none was told.
fn until(end: jiff::Timestamp) -> String {
    if end == jiff::Timestamp::MAX { "unknown".to_owned() } else { end.to_string() }
}

fn provenance_fields(article: &Article, put: &mut impl FnMut(&str, Value)) {
    let p = &article.provenance;
    let mut found = Map::new();
    let mut one = |key: &str, value: &Option<Found<String>>| {
        if let Some(f) = value {
            found.insert(key.to_owned(), json!(f.found));
        }
        put(key, value.as_ref().map_or(Value::Null, |f| json!(f.value)));
    };
    one("original_url", &p.original_url);
    one("original_publisher", &p.original_publisher);
    one("republisher", &p.republisher);
    one("agency_item_id", &p.agency_item_id);
    one("distributor", &p.distributor);
    one("licence", &p.licence);
    one("rights_basis", &p.rights_basis);
    one("acquired_via", &p.acquired_via);
    one("first_published_in", &p.first_published_in);
    one("guid", &p.guid);
    one("urgency", &p.urgency);
    one("payload_digest", &p.payload_digest);
    let mut many = |key: &str, values: &[Found<String>]| {
        if let Some(f) = values.first() {
            found.insert(key.to_owned(), json!(f.found));
        }
        put(key, json!(values.iter().map(|f| &f.value).collect::<Vec<_>>()));
    };
    many("signed_by", &p.signed_by);
    many("contributor", &p.contributors);
    many("editor", &p.editors);
    many("translator", &p.translators);
    many("rights_notice", &p.rights_notice);
    many("photo_credit", &p.photo_credits);
    many("tickers", &p.tickers);
    many("author_bio", &p.author_bio);
    many("author_contact", &p.author_contact);
    many("correction", &p.corrections);
    put("original_url_scope", json!(p.original_url_scope));
    put("original_published", p.original_published.as_ref().map_or(Value::Null, |d| json!(d.iso())));
    let agencies = |role: AgencyRole| {
        p.agencies.iter().filter(move |a: &&Agency| a.role == role).map(|a| &a.name).collect::<Vec<_>>()
    };
    for (key, role) in [("agency", AgencyRole::Origin), ("agency_contributing", AgencyRole::Contributing)] {
        if let Some(first) = p.agencies.iter().find(|agency| agency.role == role) {
            found.insert(key.to_owned(), json!(first.found));
        }
    }
    put("agency", json!(agencies(AgencyRole::Origin)));
    put("agency_contributing", json!(agencies(AgencyRole::Contributing)));
    if let Some(dateline) = &p.dateline {
        put("dateline_place", json!(dateline.place));
        put("dateline_date", json!(dateline.date));
    }
    if !found.is_empty() {
        put("found", Value::Object(found));
    }
}

fn date_detail(date: &DateClaim) -> Value {
    let mut out = json!({ "precision": date.precision, "found": date.found });
    if let Some(doubt) = &date.doubt {
        out["doubt"] = json!(doubt);
    }
    out
}
