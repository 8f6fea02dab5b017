//! What Substack exports of itself: a zip with a page for each post, which has neither headline nor day; these stand in
//! a table beside the pages.

use std::collections::HashMap;
use std::io::{Read, Seek};

use zip::ZipArchive;

use crate::model::{Field, MediaType, Note, Origin, PayloadKind, Reason};
use crate::source::cells::row;
use crate::source::decode;
use crate::source::input::{Context, Envelope, Flow, Input, Sink, claim, document, payload};

/// The table of posts.
const TABLE: &str = "posts.csv";
/// Most bytes of it that are read; a letter a day for a century has fewer.
pub const MOST_BYTES: u64 = 16 << 20;

/// What the table says of each post, by its number and name (`123.ferry-sold`).
pub struct Posts {
    /// The table's own name. Where an archive was unpacked and packed again, it stands in a folder.
    table: String,
    posts: HashMap<String, Vec<(String, String)>>,
}

impl Posts {
    /// Reads the table of an archive; nothing if there is none that is Substack's.
    pub fn of(archive: &mut ZipArchive<impl Read + Seek>) -> Option<Self> {
        let names = archive.file_names().filter_map(|name| name.ok().map(|name| name.into_owned()));
        let mut tables: Vec<String> = names.filter(|name| Self::may_be_table(name)).collect();
        tables.sort_by_key(String::len);
        tables.into_iter().find_map(|name| {
            let mut raw = Vec::new();
            // A table with a fault at its end is one still.
            let _ = archive.by_name(&name).ok()?.take(MOST_BYTES).read_to_end(&mut raw);
            Self::read(name, &raw)
        })
    }

    /// Whether a member of this name may be the table.
    pub fn may_be_table(name: &str) -> bool {
        name.rsplit('/').next() == Some(TABLE) && !super::zips::passed_over(name)
    }

    /// Reads the table called `table`; nothing if it is none of Substack's.
    pub fn read(table: String, raw: &[u8]) -> Option<Self> {
        let text = decode::decode(raw, None, None).text;
        let mut records = records(&text).into_iter();
        let names: Vec<String> = row(records.next()?, b',', 0);
        let at = |name: &str| names.iter().position(|known| known == name);
        let (number, _, _) = (at("post_id")?, at("post_date")?, at("title")?);
        let told = records.filter_map(|record| {
            let cells = row(record, b',', names.len());
            let key = cells.get(number).filter(|key| !key.is_empty())?.clone();
            Some((key, names.iter().cloned().zip(cells).collect()))
        });
        Some(Self { table, posts: told.collect() })
    }

    /// Whether a member is the table itself.
    pub fn is_table(&self, name: &str) -> bool {
        name == self.table
    }

    /// The post whose page `name` is (`posts/123.ferry-sold.html`), taken off the list.
    pub fn take(&mut self, name: &str) -> Option<Post> {
        let folder = self.table.strip_suffix(TABLE)?;
        let key = name.strip_prefix(folder)?.strip_prefix("posts/")?.strip_suffix(".html")?;
        self.posts.remove(key).map(Post)
    }

    /// Names the published posts that had no page in the archive, in the order of their numbers.
    pub fn left(self, archive: &Origin, sink: &mut Sink<'_>) -> Flow {
        let mut left: Vec<(String, Post)> = self.posts.into_iter().map(|(key, fields)| (key, Post(fields))).collect();
        left.sort_by(|a, b| a.0.cmp(&b.0));
        let mut place = archive.clone();
        place.members.push(self.table);
        for (key, post) in left.into_iter().filter(|(_, post)| post.is_published()) {
            let detail =
                format!("the post `{}` has no page in the archive", format!("{key} {}", post.said("title")).trim_end());
            sink.reject(place.clone(), Reason::NoText, detail)?;
        }
        Flow::Continue(())
    }
}

/// What is said of one post.
pub struct Post(Vec<(String, String)>);

impl Post {
    fn said(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    /// Whether it is no draft.
    fn is_published(&self) -> bool {
        self.said("is_published") != "false"
    }

    /// Hands on the post, whose page is read from `page`. What breaks off is kept as far as it goes.
    pub fn read(&self, page: impl Read, origin: Origin, context: Context<'_>, sink: &mut Sink<'_>) -> Flow {
        if !self.is_published() {
            return sink.reject(origin, Reason::NotAnArticle, "never published: a draft");
        }
        let (raw, cut) = match Input::new(origin.clone(), page).all("a post", context, sink) {
            Ok(read) => read,
            Err(flow) => return flow,
        };
        let text = decode::html(&raw, None).text;
        let mut made = document(origin, MediaType::Record, raw, "export");
        for (field, name) in [(Field::Title, "title"), (Field::Subtitle, "subtitle"), (Field::Published, "post_date")] {
            claim(&mut made.claims, field, self.said(name), &format!("substack:{name}"));
        }
        claim(&mut made.claims, Field::Guid, self.said("post_id"), "substack:post_id");
        made.payload = payload(PayloadKind::HtmlFragment, text);
        if let Some(why) = cut {
            made.notes.push(Note(format!("the post breaks off: {why}")));
            claim(&mut made.claims, Field::Truncated, "true", "source:cut");
        }
        sink.document(made, &Envelope::default())
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
