//! What Ghost exports of itself: tables that lie side by side, in which posts name writers and tags by numbers.

use std::collections::HashMap;
use std::ops::Range;

use serde_json::{Map, Value};

use super::cards::{lexical, mobiledoc};
use super::{parse, scan};

/// The tables of an export that posts refer to.
#[derive(Default)]
pub struct Ghost {
    /// The places of the posts.
    pub posts: Vec<Range<usize>>,
    authors: HashMap<String, Vec<Value>>,
    tags: HashMap<String, Vec<Value>>,
    users: HashMap<String, Value>,
    title: String,
    home: String,
}

impl Ghost {
    /// Finds the tables; `None` if `raw` is no such export.
    pub fn of(raw: &[u8]) -> Option<Self> {
        // Its posts have to do with writers by a table of their own, or by the number of one.
        memchr::memmem::find(&raw[..raw.len().min(1 << 20)], b"\"data\"")?;
        let tables = data(raw, 0..raw.len())?;
        let place = |name: &str| tables.iter().find(|(key, _)| key == name).map(|(_, range)| range.clone());
        let (posts, _) = (place("posts")?, place("users")?);
        let rows = |name: &str| -> Vec<Map<String, Value>> {
            let value = place(name).and_then(|range| parse(&raw[range]).ok());
            let Some((Value::Array(rows), _)) = value else { return Vec::new() };
            rows.into_iter().filter_map(|row| if let Value::Object(row) = row { Some(row) } else { None }).collect()
        };
        let by_id = |name: &str| -> HashMap<String, Value> {
            let named = rows(name).into_iter().filter_map(|mut row| Some((id(row.get("id")?)?, row.remove("name")?)));
            named.collect()
        };
        let (users, tags) = (by_id("users"), by_id("tags"));
        let joined = |name: &str, other: &str, names: &HashMap<String, Value>| -> HashMap<String, Vec<Value>> {
            let mut rows = rows(name);
            rows.sort_by_key(|row| row.get("sort_order").and_then(Value::as_i64).unwrap_or(0));
            let mut out: HashMap<String, Vec<Value>> = HashMap::new();
            for row in rows {
                let (post, named) = (row.get("post_id").and_then(id), row.get(other).and_then(id));
                if let (Some(post), Some(name)) = (post, named.and_then(|named| names.get(&named))) {
                    out.entry(post).or_default().push(name.clone());
                }
            }
            out
        };
        let (authors, tags) = (joined("posts_authors", "author_id", &users), joined("posts_tags", "tag_id", &tags));
        let setting = |wanted: &str| {
            let is = |row: &&Map<String, Value>| row.get("key").and_then(Value::as_str) == Some(wanted);
            rows("settings").iter().find(is).and_then(|row| row.get("value")?.as_str().map(str::to_owned))
        };
        let home = setting("url").unwrap_or_default();
        let inside = scan::children(&raw[posts.clone()]);
        let posts = inside.into_iter().map(|(_, range)| posts.start + range.start..posts.start + range.end).collect();
        Some(Self { posts, authors, tags, users, title: setting("title").unwrap_or_default(), home })
    }

    /// A post with what other tables say of it.
    pub fn complete(&self, post: &mut Map<String, Value>) {
        let number = post.get("id").and_then(id).unwrap_or_default();
        let one = || post.get("author_id").and_then(id).and_then(|number| self.users.get(&number).cloned());
        let authors = self.authors.get(&number).cloned().or_else(|| one().map(|name| vec![name]));
        let blank = |post: &Map<String, Value>, key: &str| {
            post.get(key).is_none_or(|value| value.is_null() || value.as_str() == Some(""))
        };
        for (key, values) in [("authors", authors), ("tags", self.tags.get(&number).cloned())] {
            if let Some(values) = values.filter(|_| blank(post, key)) {
                post.insert(key.to_owned(), Value::Array(values));
            }
        }
        let address = post.get("slug").and_then(Value::as_str).filter(|_| self.home.starts_with("http"));
        if let Some(address) = address.map(|slug| format!("{}/{slug}/", self.home.trim_end_matches('/')))
            && blank(post, "url")
        {
            post.insert("url".to_owned(), Value::String(address));
        }
        if !self.title.is_empty() {
            post.insert("publication".to_owned(), Value::String(self.title.clone()));
        }
        // Exports without the page that was made of a post hold what it was made from, which is more than its plain text.
        let made_from =
            |key: &str, read: fn(&str) -> Option<String>| post.get(key).and_then(Value::as_str).and_then(read);
        if blank(post, "html")
            && let Some(html) = made_from("lexical", lexical).or_else(|| made_from("mobiledoc", mobiledoc))
        {
            post.insert("html".to_owned(), Value::String(html));
        }
    }
}

/// The object of tables: `{"db": [{"data": {…}}]}`, or the inner ones alone.
fn data(raw: &[u8], within: Range<usize>) -> Option<Vec<(String, Range<usize>)>> {
    let mut place = within;
    for _ in 0..4 {
        let children: Vec<(String, Range<usize>)> = scan::children(&raw[place.clone()])
            .into_iter()
            .map(|(key, range)| {
                let key = key.map(|key| String::from_utf8_lossy(key).into_owned()).unwrap_or_default();
                (key, place.start + range.start..place.start + range.end)
            })
            .collect();
        if children.iter().any(|(key, _)| key == "posts") {
            return Some(children);
        }
        let inner = children.iter().find(|(key, _)| matches!(key.as_str(), "db" | "data" | ""));
        place = inner?.1.clone();
    }
    None
}

/// A number of a row, which older exports write as one.
fn id(value: &Value) -> Option<String> {
    match value {
        Value::String(id) => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}
