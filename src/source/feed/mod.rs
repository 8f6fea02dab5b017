//! Feeds: RSS 0.9 to 2.0, RSS 1.0 (RDF), Atom 0.3 and 1.0, CDF, JSON Feed.
//!
//! The dialects are not told apart by version: whatever element means a title is a title wherever it stands, since
//! feeds mix them freely. An entry is an `item` or `entry`, wherever the dialect puts it.

mod aggregated;
mod bodies;
mod entry;
pub(super) mod json;
mod kinds;

use super::input::{Context, Flow, Input, Passed, Sink};
use super::sniff::Head;
use super::xml::{Id, Rules, Tree, markup};
use super::{Item, Source, decode};
use crate::model::{Claim, Field, Note, Reason, Rejection};

/// A feed in XML.
pub struct Feed;

const RULES: Rules = Rules {
    siblings: &["item", "entry"],
    leaves: &["title", "link", "guid", "pubdate", "published", "updated", "comments", "date", "creator"],
    empty: &[],
};

impl Source for Feed {
    fn name(&self) -> &'static str {
        "a feed"
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        match head.local_root() {
            "rss" | "feed" | "entry" | "rdf" | "item" => return true,
            "channel" => return true,
            _ => {}
        }
        if head.doctype == "html" || head.root == "html" {
            return false;
        }
        // Junk before the root: a warning of PHP, a second declaration, text.
        ["<rss", "<rdf:RDF", "<feed xmlns", "<feed version", "<?xml"].iter().any(|open| {
            head.text.find(open).is_some_and(|at| {
                let rest = &head.text[at..];
                let near = |tag: &str| rest.find(tag).is_some_and(|at| at < 16 * 1024);
                near("<rss") || near("<rdf:RDF") || near("<feed ") && near("<entry")
            })
        }) && !head.text[..head.text.len().min(2048).min(floor(&head.text, 2048))].to_lowercase().contains("<html")
    }

    fn read(&self, mut input: Input<'_>, context: Context<'_>, sink: &mut Sink<'_>) -> Flow {
        let (raw, cut) = match input.all("a feed", context, sink) {
            Ok(read) => read,
            Err(flow) => return flow,
        };
        let decoded = decode::xml(&raw, input.envelope.charset.as_deref());
        drop(raw);
        let tree = Tree::parse(&decoded.text, &RULES);
        let mut notes: Vec<Note> = decoded.note.into_iter().map(Note).collect();
        if decoded.encoding != "UTF-8" {
            notes.push(Note(format!("the bytes kept of an entry are UTF-8; its file is {}", decoded.encoding)));
        }
        if !tree.mended.is_empty() {
            notes.push(Note(format!("the feed is not well-formed ({})", tree.mended.join(", "))));
        }
        for name in tree.entities.external.iter().take(3) {
            notes.push(Note(format!("the external entity `{name}` was not read")));
        }
        let feed = Whole::of(&tree);
        let mut number = 0;
        let mut passed = Passed::default();
        for id in feed.entries.iter().copied() {
            number += 1;
            match kinds::of(&tree, id, &feed.export) {
                kinds::Kind::Article => {}
                kinds::Kind::Other(what) => {
                    passed.count(what);
                    continue;
                }
                kinds::Kind::Unpublished(status) => {
                    let detail = format!("never published: its status is `{status}`");
                    let claims = entry::read(&tree, id, &feed, input.origin.at(number)).claims;
                    let origin = input.origin.at(number);
                    let rejection = Rejection { origin, reason: Reason::NotAnArticle, detail, claims };
                    sink.send(Item::Rejected(rejection))?;
                    continue;
                }
            }
            let mut made = entry::read(&tree, id, &feed, input.origin.at(number));
            made.notes.extend(notes.iter().cloned());
            if tree.entities.refused.get() {
                made.notes.push(Note("entities that expand beyond the bound were left out".to_owned()));
            }
            if !tree.closed(id) && tree.cut {
                made.notes.push(Note("the feed breaks off within this entry".to_owned()));
                made.claims.extend(Claim::new(Field::Truncated, "true", "source:cut"));
            }
            let blank = made.payload.is_none()
                && !made.claims.iter().any(|c| {
                    matches!(
                        c.field,
                        Field::Title | Field::Canonical | Field::Url | Field::Guid | Field::Published | Field::Updated
                    )
                });
            if blank {
                sink.reject(made.origin, Reason::Empty, "an entry without title, link and text")?;
            } else {
                sink.document(made, &input.envelope)?;
            }
        }
        passed.report(&input.origin, sink)?;
        let end =
            |detail: String, reason, sink: &mut Sink<'_>| sink.reject(input.origin.at(number + 1), reason, detail);
        if tree.exhausted() {
            return end(
                "elements nested in one another without sense; their texts were left out".to_owned(),
                Reason::TooLarge,
                sink,
            );
        }
        if tree.too_large {
            return end(format!("too many elements; {number} entries before that were kept"), Reason::TooLarge, sink);
        }
        if let Some(why) = cut {
            return end(format!("the feed breaks off after {number} entries: {why}"), Reason::Truncated, sink);
        }
        if number == 0 {
            let (reason, detail) = feed.nothing(&tree);
            return sink.reject(input.origin, reason, detail);
        }
        if tree.cut {
            let whole = feed.entries.last().is_some_and(|id| tree.closed(*id));
            let within = if whole { "after" } else { "within the last of" };
            return end(format!("the feed breaks off {within} {number} entries"), Reason::Truncated, sink);
        }
        if let Some(last) = feed.entries.last()
            && let Some(rest) = following(&tree, *last)
        {
            let detail = format!("{} bytes after the end of the feed were not read", rest.len());
            return end(detail, Reason::Damaged, sink);
        }
        Flow::Continue(())
    }
}

/// What follows the root that holds `entry`, if it is more than blanks, comments, instructions and stray end tags.
fn following<'t>(tree: &Tree<'t>, entry: Id) -> Option<&'t str> {
    let mut root = entry;
    while let Some(above) = tree.parent(root).filter(|id| *id != 0) {
        root = above;
    }
    let mut rest = tree.source().get(tree.range(root).end..)?.trim_start_matches(is_blank);
    loop {
        let pairs = [("<!--", "-->"), ("<?", "?>"), ("</", ">")];
        let passed = pairs.iter().find_map(|(open, close)| {
            let inner = rest.strip_prefix(open)?;
            inner.find(close).map(|at| &inner[at + close.len()..])
        });
        match passed {
            Some(after) => rest = after.trim_start_matches(is_blank),
            None => return Some(rest).filter(|rest| !rest.is_empty()),
        }
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\0' | '\u{FEFF}' | '\u{1A}')
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// What a feed says of itself and where its entries are.
struct Whole {
    entries: Vec<Id>,
    /// `rss` or `atom`, for the places of claims.
    dialect: &'static str,
    /// Put after an entry's own claims.
    claims: Vec<Claim>,
    /// Put in place of an entry's author, if it has none.
    authors: Vec<Claim>,
    /// What a content system that exported itself says of its writers and of what its entries are.
    export: kinds::Export,
}

impl Whole {
    fn of(tree: &Tree<'_>) -> Self {
        let mut entries = Vec::new();
        let mut until = 0;
        for id in tree.descendants(0) {
            let range = tree.range(id);
            let is_entry = match tree.name(id) {
                "item" | "entry" | "atom:entry" => true,
                // A prefix that is bound to nothing known, on the elements of a whole feed.
                name => {
                    name.ends_with(":item") && tree.local(tree.parent(id).unwrap_or(0)) == "channel"
                        || name.ends_with(":item") && tree.local(tree.parent(id).unwrap_or(0)) == "rdf"
                        || name.ends_with(":entry") && tree.local(tree.parent(id).unwrap_or(0)) == "feed"
                }
            };
            if is_entry && range.start >= until {
                until = range.end;
                entries.push(id);
            }
        }
        let atom = tree.descendants(0).any(|id| matches!(tree.local(id), "feed" | "entry"));
        let dialect = if atom && !tree.descendants(0).any(|id| tree.name(id) == "rss") { "atom" } else { "rss" };
        let mut feed =
            Self { entries, dialect, claims: Vec::new(), authors: Vec::new(), export: kinds::Export::of(tree) };
        let head = tree.find_all(0, "channel").next().or_else(|| tree.find_all(0, "feed").next());
        if let Some(head) = head {
            feed.channel(tree, head);
        }
        feed
    }

    /// The feed's own title, address, language and rights.
    fn channel(&mut self, tree: &Tree<'_>, head: Id) {
        let dialect = self.dialect;
        let place = |id: Id| format!("{dialect}:{}:{}", tree.local(head), tree.name(id).trim_start_matches("atom:"));
        for id in tree.children(head) {
            let field = match tree.name(id) {
                "title" | "atom:title" => Field::Source,
                "language" | "dc:language" => Field::Language,
                "copyright" | "rights" | "atom:rights" | "dc:rights" | "media:copyright" => Field::RightsNotice,
                "creativecommons:license" | "cc:license" => Field::Licence,
                "link" | "atom:link" => {
                    let rel = tree.attribute(id, "rel").unwrap_or("alternate");
                    let text = tree.line(id);
                    let href = tree.attribute(id, "href").unwrap_or(&text);
                    let host = url::Url::parse(href).ok().and_then(|u| u.host_str().map(str::to_owned));
                    if let Some(host) = host.filter(|_| rel == "alternate") {
                        let host = host.strip_prefix("www.").unwrap_or(&host);
                        if !self.claims.iter().any(|c| c.field == Field::SiteName) {
                            self.claims.extend(Claim::new(Field::SiteName, host, place(id)));
                        }
                    }
                    continue;
                }
                "author" | "atom:author" if dialect == "atom" => {
                    // Careless feeds write the name without its element.
                    let bare = || if tree.has_elements(id) { String::new() } else { tree.line(id) };
                    let name = tree.path(id, &["name"]).map_or_else(bare, |n| tree.line(n));
                    self.authors.extend(Claim::new(Field::Author, &markup::untagged(&name), place(id)));
                    continue;
                }
                _ => continue,
            };
            if field == Field::Source && self.claims.iter().any(|c| c.field == Field::Source) {
                continue;
            }
            self.claims.extend(Claim::new(field, &markup::plain(&tree.text(id)), place(id)));
        }
        if !self.claims.iter().any(|c| c.field == Field::Language)
            && let Some(language) = tree
                .attribute(head, "xml:lang")
                .or_else(|| tree.root().and_then(|root| tree.attribute(root, "xml:lang")))
        {
            self.claims.extend(Claim::new(Field::Language, language, format!("{dialect}:xml:lang")));
        }
    }

    /// Why there is no entry.
    fn nothing(&self, tree: &Tree<'_>) -> (Reason, String) {
        let root = tree.root().map_or("", |id| tree.local(id));
        let links = tree.find_all(0, "link").count();
        match root {
            "rss" | "feed" | "rdf" | "channel" if !tree.cut => (Reason::Empty, "a feed without an entry".to_owned()),
            "rss" | "feed" | "rdf" | "channel" => {
                (Reason::Truncated, "a feed that breaks off before its first entry".to_owned())
            }
            _ => (Reason::Damaged, format!("a feed in which no entry was found, and {links} links")),
        }
    }
}
