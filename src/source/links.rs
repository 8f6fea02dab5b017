//! Lists of addresses: OPML, sitemaps, plain lists.

use super::input::{Context, Flow, Input, Sink};
use super::sniff::Head;
use super::xml::{Id, Rules, Tree, markup};
use super::{Item, Link, Links, Source, decode};
use crate::model::Reason;

/// OPML and sitemaps.
pub struct Lists;

impl Source for Lists {
    fn name(&self) -> &'static str {
        "a list of links"
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        if matches!(head.local_root(), "opml" | "urlset" | "sitemapindex" | "outlinedocument") {
            return true;
        }
        // Junk before the root.
        let near = &head.text[..head.text.char_indices().nth(2000).map_or(head.text.len(), |(at, _)| at)];
        near.contains("<opml") || near.contains("<urlset") || near.contains("<sitemapindex") || is_plain_list(head)
    }

    fn read(&self, mut input: Input<'_>, context: Context<'_>, sink: &mut Sink<'_>) -> Flow {
        let (raw, cut) = match input.all("a list", context, sink) {
            Ok(read) => read,
            Err(flow) => return flow,
        };
        let text = decode::xml(&raw, input.envelope.charset.as_deref()).text;
        let (kind, links) = if text.trim_start().starts_with('<') || text.contains("<opml") || text.contains("<urlset")
        {
            let tree =
                Tree::parse(&text, &Rules { siblings: &["url", "sitemap"], leaves: &["loc", "lastmod"], empty: &[] });
            let root = |name: &str| tree.find_all(0, name).next().is_some();
            if root("opml") || root("outline") {
                ("opml", outlines(&tree))
            } else if root("sitemapindex") {
                ("sitemap index", sitemap(&tree, "sitemap"))
            } else {
                ("sitemap", sitemap(&tree, "url"))
            }
        } else {
            let lines = text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'));
            ("list of addresses", lines.map(|l| Link { url: l.to_owned(), ..Link::default() }).collect())
        };
        let origin = input.origin.clone();
        if links.is_empty() {
            return sink.reject(origin, Reason::Empty, format!("{kind} without a link"));
        }
        sink.send(Item::Links(Links { origin: origin.clone(), kind: kind.to_owned(), links }))?;
        match cut {
            Some(why) => sink.reject(origin, Reason::Truncated, format!("the list breaks off: {why}")),
            None => Flow::Continue(()),
        }
    }
}

/// One address a line and nothing else.
fn is_plain_list(head: &Head<'_>) -> bool {
    let mut lines = head.lines(50).map(str::trim).filter(|l| !l.is_empty()).peekable();
    lines.peek().is_some()
        && lines.all(|l| {
            (l.starts_with("http://") || l.starts_with("https://"))
                && !l.contains(char::is_whitespace)
                && !l.contains('<')
        })
}

fn outlines(tree: &Tree<'_>) -> Vec<Link> {
    let mut out = Vec::new();
    // Outlines that are open above the one at hand, with their titles.
    let mut above: Vec<(usize, String)> = Vec::new();
    for id in tree.find_all(0, "outline") {
        let range = tree.range(id);
        while above.last().is_some_and(|(end, _)| *end <= range.start) {
            above.pop();
        }
        let attribute = |name: &str| tree.attribute(id, name).map(markup::untagged).unwrap_or_default();
        let title = [attribute("title"), attribute("text")].into_iter().find(|t| !t.is_empty()).unwrap_or_default();
        let url = ["xmlurl", "url", "href"].iter().map(|n| attribute(n)).find(|u| !u.is_empty()).unwrap_or_default();
        if url.is_empty() {
            if above.len() < 32 {
                above.push((range.end, title));
            }
            continue;
        }
        let folders = above.iter().map(|(_, title)| title.clone()).filter(|t| !t.is_empty()).collect();
        out.push(Link {
            url,
            title,
            folders,
            site: attribute("htmlurl"),
            language: attribute("language"),
            ..Link::default()
        });
    }
    out
}

fn sitemap(tree: &Tree<'_>, entry: &str) -> Vec<Link> {
    let text = |id: Id, name: &str| tree.find_all(id, name).next().map(|n| tree.line(n)).unwrap_or_default();
    let entries = tree.find_all(0, entry).map(|id| {
        let published = text(id, "publication_date");
        Link {
            url: text(id, "loc"),
            title: tree.find_all(id, "title").next().map(|n| markup::plain(&tree.text(n))).unwrap_or_default(),
            site: tree.find_all(id, "publication").next().map(|p| text(p, "name")).unwrap_or_default(),
            date: if published.is_empty() { text(id, "lastmod") } else { published },
            language: text(id, "language"),
            keywords: text(id, "keywords"),
            folders: Vec::new(),
        }
    });
    entries.filter(|link| !link.url.is_empty()).collect()
}
