//! What Substack exports of itself: a zip with a page for each post, which has neither headline nor day; these stand in
//! a table beside the pages.

use std::collections::HashMap;
use std::io::{Read, Seek};

use zip::ZipArchive;

use crate::model::{Document, Field, MediaType, Origin, PayloadKind};
use crate::source::cells::row;
use crate::source::decode;
use crate::source::input::{claim, document, payload};

/// The table of posts.
const TABLE: &str = "posts.csv";
/// Most bytes of it that are read; a letter a day for a century has fewer.
const MOST_BYTES: u64 = 16 << 20;

/// What the table says of each post, by its number and name (`123.ferry-sold`).
pub struct Posts(HashMap<String, Vec<(String, String)>>);

impl Posts {
    /// Reads the table; nothing if there is none that is Substack's.
    pub fn of(archive: &mut ZipArchive<impl Read + Seek>) -> Option<Self> {
        let mut raw = Vec::new();
        archive.by_name(TABLE).ok()?.take(MOST_BYTES).read_to_end(&mut raw).ok()?;
        let text = decode::decode(&raw, None, None).text;
        let mut records = records(&text).into_iter();
        let names: Vec<String> = row(records.next()?, b',', 0);
        let at = |name: &str| names.iter().position(|known| known == name);
        let (number, _, _) = (at("post_id")?, at("post_date")?, at("title")?);
        let told = records.filter_map(|record| {
            let cells = row(record, b',', names.len());
            let key = cells.get(number).filter(|key| !key.is_empty())?.clone();
            Some((key, names.iter().cloned().zip(cells).collect()))
        });
        Some(Self(told.collect()))
    }

    /// Whether a member is the table itself.
    pub fn is_table(name: &str) -> bool {
        name == TABLE
    }

    /// The post whose page `name` is (`posts/123.ferry-sold.html`), taken off the list.
    pub fn take(&mut self, name: &str) -> Option<Post> {
        let key = name.strip_prefix("posts/")?.strip_suffix(".html")?;
        self.0.remove(key).map(Post)
    }

    /// Headlines of the published posts that had no page, in the order of their numbers.
    pub fn left(self) -> Vec<String> {
        let mut left: Vec<(String, Post)> = self.0.into_iter().map(|(key, fields)| (key, Post(fields))).collect();
        left.sort_by(|a, b| a.0.cmp(&b.0));
        let told = left.into_iter().filter(|(_, post)| post.is_published());
        told.map(|(key, post)| format!("{key} {}", post.said("title")).trim_end().to_owned()).collect()
    }
}

/// What is said of one post.
pub struct Post(Vec<(String, String)>);

impl Post {
    fn said(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    /// Whether it is no draft.
    pub fn is_published(&self) -> bool {
        self.said("is_published") != "false"
    }

    /// The post as a document, `page` being the bytes of its page.
    pub fn document(&self, page: Vec<u8>, origin: Origin) -> Document {
        let text = decode::html(&page, None).text;
        let mut made = document(origin, MediaType::Record, page, "export");
        for (field, name) in [(Field::Title, "title"), (Field::Subtitle, "subtitle"), (Field::Published, "post_date")] {
            claim(&mut made.claims, field, self.said(name), &format!("substack:{name}"));
        }
        claim(&mut made.claims, Field::Guid, self.said("post_id"), "substack:post_id");
        made.payload = payload(PayloadKind::HtmlFragment, text);
        made
    }
}

/// The rows of a table; a line end within quotes ends none.
fn records(text: &str) -> Vec<&str> {
    let (mut out, mut start, mut quoted) = (Vec::new(), 0, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => {
                out.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    out.push(&text[start..]);
    out.retain(|record| !record.trim().is_empty());
    out
}
