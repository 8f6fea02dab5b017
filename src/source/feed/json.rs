//! JSON Feed 1 and 1.1.

use std::ops::Range;

use serde_json::{Map, Value};

use crate::model::{Claim, Document, Field, MediaType, Note, Origin, PayloadKind, is_permanent_name};
use crate::source::input::{claim, document, payload};
use crate::source::json::{date_text, parse, scan};
use crate::source::xml::markup;

/// What a JSON Feed says of itself, and where its items are.
pub struct JsonFeed {
    /// Bytes of each item.
    pub items: Vec<Range<usize>>,
    claims: Vec<Claim>,
    authors: Vec<Claim>,
    /// What relative addresses are relative to.
    home: Option<url::Url>,
}

impl JsonFeed {
    /// Reads the head of a feed; `None` if `raw` is none.
    pub fn of(raw: &[u8]) -> Option<Self> {
        let children = scan::children(raw);
        let value = |name: &str| {
            children.iter().find(|(key, _)| *key == Some(name.as_bytes())).map(|(_, range)| &raw[range.clone()])
        };
        let version = value("version").map(|v| String::from_utf8_lossy(v).into_owned()).unwrap_or_default();
        let items_at = children.iter().find(|(key, _)| *key == Some(b"items"));
        let shaped = ["home_page_url", "feed_url"].iter().any(|k| value(k).is_some()) && value("title").is_some();
        let declared = version.contains("jsonfeed.org");
        if !declared && (!shaped || items_at.is_none()) {
            return None;
        }
        let items = items_at.map_or_else(Vec::new, |(_, at)| {
            let inside = scan::children(&raw[at.clone()]).into_iter();
            inside.map(|(_, r)| at.start + r.start..at.start + r.end).collect()
        });
        let mut feed = Self { items, claims: Vec::new(), authors: Vec::new(), home: None };
        let text = |name: &str| -> String {
            let parsed = value(name).and_then(|v| parse(v).ok()).map(|(v, _)| v);
            parsed.and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
        };
        claim(&mut feed.claims, Field::Source, &markup::plain(&text("title")), "jsonfeed:feed:title");
        let home = url::Url::parse(&text("home_page_url")).ok();
        if let Some(host) = home.as_ref().and_then(|u| u.host_str()) {
            let host = host.strip_prefix("www.").unwrap_or(host);
            claim(&mut feed.claims, Field::SiteName, host, "jsonfeed:feed:home_page_url");
        }
        feed.home = home.or_else(|| url::Url::parse(&text("feed_url")).ok());
        claim(&mut feed.claims, Field::Language, &text("language"), "jsonfeed:feed:language");
        for key in ["authors", "author"] {
            if let Some((value, _)) = value(key).and_then(|v| parse(v).ok()) {
                authors(&value, &format!("jsonfeed:feed:{key}"), &mut feed.authors);
            }
        }
        Some(feed)
    }

    /// One item as a document; `None` if it is no object.
    pub fn item(&self, raw: &[u8], origin: Origin) -> Result<Document, String> {
        let (value, note) = parse(raw).map_err(|(_, detail)| detail)?;
        let Value::Object(item) = value else { return Err("not a JSON object".to_owned()) };
        let mut made = document(origin, MediaType::FeedEntry, raw.to_vec(), "rss");
        made.notes.extend(note.map(|n: Note| n));
        let text = |key: &str| item.get(key).and_then(Value::as_str).unwrap_or("").to_owned();
        let mut claims = Vec::new();
        claim(&mut claims, Field::Title, &markup::plain(&text("title")), "jsonfeed:title");
        for key in ["date_published", "date_modified"] {
            let field = if key == "date_published" { Field::Published } else { Field::Updated };
            let value = item.get(key).map(date_text).unwrap_or_default();
            claim(&mut claims, field, &value, &format!("jsonfeed:{key}"));
        }
        let absolute = |key: &str| {
            let written = text(key);
            let relative = !written.is_empty() && !written.contains(':') && key == "url";
            match self.home.as_ref().filter(|_| relative).and_then(|home| home.join(&written).ok()) {
                Some(url) => url.to_string(),
                None => written,
            }
        };
        let address =
            ["url", "external_url", "id"].iter().map(|k| (*k, absolute(k))).find(|(_, v)| v.starts_with("http"));
        if let Some((key, url)) = address {
            claim(&mut claims, Field::Canonical, &url, &format!("jsonfeed:{key}"));
        } else if let Some(url) = attachment(&item) {
            claim(&mut claims, Field::Canonical, url, "jsonfeed:attachments");
        } else if let Some(key) = ["url", "id"].into_iter().find(|key| is_permanent_name(text(key).trim())) {
            claim(&mut claims, Field::Canonical, text(key).trim(), &format!("jsonfeed:{key}"));
        }
        if !text("url").is_empty() {
            // A link blog comments on what it links to.
            claim(&mut claims, Field::OriginalUrl, &text("external_url"), "jsonfeed:external_url");
        }
        claim(&mut claims, Field::Guid, &id(&item), "jsonfeed:id");
        claim(&mut claims, Field::Language, &text("language"), "jsonfeed:language");
        for key in ["authors", "author"] {
            if let Some(value) = item.get(key) {
                authors(value, &format!("jsonfeed:{key}"), &mut claims);
            }
        }
        for tag in item.get("tags").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
            claim(&mut claims, Field::Tag, tag, "jsonfeed:tags");
        }
        let (html, plain, summary) = (text("content_html"), text("content_text"), text("summary"));
        // As in the other dialects: a picture or a stub gives way to the text beside it.
        let (in_html, in_plain) = (markup::weight(&html), markup::weight_of_words(&plain));
        let marked = in_html > 0 && !markup::outweighs(in_plain, in_html) || plain.trim().is_empty();
        let content = if marked { in_html } else { in_plain };
        let nothing = html.trim().is_empty() && plain.trim().is_empty();
        let excerpt = nothing || markup::outweighs(markup::weight_of_words(&summary), content);
        let summed_up = payload(PayloadKind::PlainText, summary.clone()).filter(|_| excerpt);
        made.payload = summed_up
            .or_else(|| payload(PayloadKind::HtmlFragment, html).filter(|_| marked))
            .or_else(|| payload(PayloadKind::PlainText, plain));
        if nothing && made.payload.is_some() {
            claim(&mut claims, Field::Truncated, "true", "jsonfeed:summary");
        } else if !excerpt {
            claim(&mut claims, Field::Summary, &summary, "jsonfeed:summary");
        }
        if !claims.iter().any(|c| c.field == Field::Author) {
            claims.extend(self.authors.iter().cloned());
        }
        let own_language = claims.iter().any(|c| c.field == Field::Language);
        claims.extend(self.claims.iter().filter(|c| c.field != Field::Language || !own_language).cloned());
        made.claims.extend(claims);
        Ok(made)
    }
}

/// Where the first attachment lies: the only address that a broadcast without a page of its own has.
fn attachment(item: &Map<String, Value>) -> Option<&str> {
    let mut all = item.get("attachments")?.as_array()?.iter();
    all.find_map(|one| one.get("url")?.as_str().filter(|url| url.starts_with("http")))
}

/// Ids are strings, and numbers in careless feeds.
fn id(item: &Map<String, Value>) -> String {
    match item.get("id") {
        Some(Value::String(id)) => id.clone(),
        Some(Value::Number(id)) => id.to_string(),
        _ => String::new(),
    }
}

fn authors(value: &Value, found: &str, claims: &mut Vec<Claim>) {
    let one = std::slice::from_ref(value);
    for author in value.as_array().map_or(one, Vec::as_slice) {
        let name = author.get("name").unwrap_or(author).as_str().unwrap_or("");
        claim(claims, Field::Author, name, found);
    }
}
