//! Lists of addresses: OPML, sitemaps, the sitemaps a robots.txt names, plain lists.

use super::fields::date_number;
use super::input::{Context, Flow, Input, Sink};
use super::sniff::Head;
use super::xml::{Id, Rules, Tree, markup};
use super::{Item, Link, Links, Source, decode};
use crate::model::{AddressKind, Reason};

/// OPML, sitemaps, robots.txt, plain lists.
pub struct Lists;

impl Source for Lists {
    fn name(&self) -> &'static str {
        "a list of links"
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        if matches!(head.local_root(), "opml" | "urlset" | "sitemapindex" | "outlinedocument") {
            return true;
        }
        if is_bookmarks(head) {
            return true;
        }
        // Junk before the root.
        let near = &head.text[..head.text.char_indices().nth(2000).map_or(head.text.len(), |(at, _)| at)];
        near.contains("<opml")
            || near.contains("<urlset")
            || near.contains("<sitemapindex")
            || is_plain_list(head)
            || is_robots(head)
    }

    fn read(&self, mut input: Input<'_>, context: Context<'_>, sink: &mut Sink<'_>) -> Flow {
        let (raw, cut) = match input.all("a list", context, sink) {
            Ok(read) => read,
            Err(flow) => return flow,
        };
        let text = decode::xml(&raw, input.envelope.charset.as_deref()).text;
        // A last line of which the rest is missing is no address.
        let whole = if cut.is_some() { text.rfind('\n').map_or("", |end| &text[..end]) } else { &text };
        let mut cut = cut;
        let marked = text.trim_start().starts_with('<');
        let bookmarked = text.get(..text.floor_char_boundary(1024)).is_some_and(says_bookmarks);
        let (kind, links) = if bookmarked {
            ("bookmarks", bookmarks(whole))
        } else if marked || text.contains("<opml") || text.contains("<urlset") {
            let tree =
                Tree::parse(&text, &Rules { siblings: &["url", "sitemap"], leaves: &["loc", "lastmod"], empty: &[] });
            if tree.cut && cut.is_none() {
                cut = Some("it has no end".to_owned());
            }
            let root = |name: &str| tree.find_all(0, name).next().is_some();
            if root("opml") || root("outline") {
                ("opml", outlines(&tree))
            } else if root("sitemapindex") {
                ("sitemap index", sitemap(&tree, "sitemap", AddressKind::List))
            } else {
                ("sitemap", sitemap(&tree, "url", AddressKind::Page))
            }
        } else if whole.lines().any(|line| directive(line).is_some()) {
            ("robots.txt", robots(whole))
        } else {
            let lines = whole.lines().map(uncommented).filter(|line| !line.is_empty());
            ("list of addresses", lines.map(|l| Link { url: l.to_owned(), ..Link::default() }).collect())
        };
        let origin = input.origin.clone();
        let count = links.len();
        if let Some(why) = cut.as_ref().filter(|_| links.is_empty()) {
            let detail = format!("the {kind} breaks off before its first address: {why}");
            return sink.reject(origin, Reason::Truncated, detail);
        }
        if links.is_empty() && kind == "robots.txt" {
            return sink.reject(origin, Reason::NotAnArticle, "rules for crawlers (robots.txt) that name no sitemap");
        }
        if links.is_empty() {
            return sink.reject(origin, Reason::Empty, format!("{kind} without an address"));
        }
        sink.send(Item::Links(Links { origin: origin.clone(), kind: kind.to_owned(), links }))?;
        match cut {
            Some(why) => {
                let detail = format!("the {kind} breaks off after {count} addresses, which were kept: {why}");
                sink.reject(origin, Reason::Truncated, detail)
            }
            None => Flow::Continue(()),
        }
    }
}

/// Bookmarks as browsers and services that keep pages write them: a page of links.
fn is_bookmarks(head: &Head<'_>) -> bool {
    head.doctype.starts_with("netscape-bookmark") || says_bookmarks(&head.text[..head.text.floor_char_boundary(1024)])
}

fn says_bookmarks(start: &str) -> bool {
    ["<!DOCTYPE NETSCAPE-Bookmark", "<title>Pocket Export</title>", "<title>Instapaper: Export</title>"]
        .iter()
        .any(|sign| start.contains(sign))
}

/// The links of a file of bookmarks, with the folders they lie in. Read tag by tag: hardly anything is closed in it.
fn bookmarks(text: &str) -> Vec<Link> {
    let mut out = Vec::new();
    let (mut folders, mut heading): (Vec<String>, String) = (Vec::new(), String::new());
    for piece in text.split('<').skip(1) {
        let Some((tag, words)) = piece.split_once('>') else { continue };
        let name = tag.split_whitespace().next().unwrap_or("").to_ascii_lowercase();
        match name.as_str() {
            "h1" | "h2" | "h3" => heading = markup::untagged(words),
            "dl" | "ul" if folders.len() < 32 => folders.push(std::mem::take(&mut heading)),
            "/dl" | "/ul" => drop(folders.pop()),
            "a" => {
                let whole = format!("<{tag}>");
                let tree = Tree::parse(&whole, &Rules::NONE);
                let Some(id) = tree.root() else { continue };
                let of = |name: &str| tree.attribute(id, name).unwrap_or("").to_owned();
                let added =
                    [of("add_date"), of("time_added")].into_iter().find(|date| !date.is_empty()).unwrap_or_default();
                let date = added.parse().map_or(added.clone(), |number| date_number(number, &added));
                let (url, title) = (of("href"), markup::untagged(words));
                if url.starts_with("http://") || url.starts_with("https://") {
                    let folders = folders.iter().filter(|name| !name.is_empty()).cloned().collect();
                    let title = if title == url { String::new() } else { title };
                    out.push(Link {
                        url,
                        kind: AddressKind::Page,
                        title,
                        folders,
                        date,
                        keywords: of("tags"),
                        ..Link::default()
                    });
                }
            }
            _ => {}
        }
    }
    out
}

/// A line without the comment on it.
fn uncommented(line: &str) -> &str {
    let line = line.trim_start_matches('\u{FEFF}').trim();
    if line.starts_with('#') { "" } else { line.split(" #").next().unwrap_or(line).trim_end() }
}

/// One address a line and nothing else but comments; most are of the web, and who reads the list says what the others are.
fn is_plain_list(head: &Head<'_>) -> bool {
    let lines = || head.lines(50).map(uncommented).filter(|line| !line.is_empty());
    let of_the_web = |l: &&str| l.starts_with("http://") || l.starts_with("https://");
    let has_scheme = |l: &str| {
        let of_scheme = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
        l.split_once(':').is_some_and(|(scheme, _)| scheme.len() > 1 && scheme.chars().all(of_scheme))
    };
    let is_address = |l: &str| has_scheme(l) && !l.contains(char::is_whitespace) && !l.contains('<');
    lines().all(is_address) && lines().filter(of_the_web).count() * 2 > lines().count()
}

/// What a line of a robots.txt says, if it is one: the name of its field without case and punctuation, and its value.
fn directive(line: &str) -> Option<(&'static str, &str)> {
    const FIELDS: &[&str] = &["useragent", "disallow", "allow", "sitemap", "crawldelay"];
    let line = line.trim_start_matches('\u{FEFF}').trim();
    let (name, value) = line.split_once(':')?;
    let name: String = name.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_lowercase();
    let field = FIELDS.iter().find(|field| **field == name)?;
    Some((field, value.split(" #").next().unwrap_or("").trim()))
}

/// Rules for crawlers and hardly anything else. Fields are misspelt in the wild and sites add their own, so that half
/// of the lines will do.
fn is_robots(head: &Head<'_>) -> bool {
    if !head.root.is_empty() {
        return false;
    }
    let lines = || head.lines(200).map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let (all, known) = (lines().count(), lines().filter(|line| directive(line).is_some()).count());
    let named = head.name.rsplit(['/', '\\']).next() == Some("robots.txt");
    let telling = lines().filter_map(directive).any(|(field, _)| matches!(field, "useragent" | "disallow" | "sitemap"));
    telling && known * 2 >= all && (named || known >= 2)
}

/// The sitemaps that a robots.txt names, each once.
fn robots(text: &str) -> Vec<Link> {
    let mut out: Vec<Link> = Vec::new();
    for (field, value) in text.lines().filter_map(directive) {
        if field == "sitemap" && !value.is_empty() && !out.iter().any(|link| link.url == value) {
            out.push(Link { url: value.to_owned(), kind: AddressKind::List, ..Link::default() });
        }
    }
    out
}

fn outlines(tree: &Tree<'_>) -> Vec<Link> {
    let mut out = Vec::new();
    // Outlines that are open above the one at hand, with their titles.
    let mut above: Vec<(usize, String)> = Vec::new();
    for id in tree.find_all(0, "outline") {
        let range = tree.range(id);
        // Where the list breaks off within a tag, its addresses may be half.
        if tree.cut && !tree.source()[range.clone()].contains('>') {
            continue;
        }
        while above.last().is_some_and(|(end, _)| *end <= range.start) {
            above.pop();
        }
        let attribute = |name: &str| tree.attribute(id, name).map(markup::untagged).unwrap_or_default();
        let title = [attribute("title"), attribute("text")].into_iter().find(|t| !t.is_empty()).unwrap_or_default();
        let kind_said = attribute("type").to_lowercase();
        let feed = attribute("xmlurl");
        let site = attribute("htmlurl");
        let (url, kind) = match [attribute("url"), attribute("href")].into_iter().find(|url| !url.is_empty()) {
            _ if !feed.is_empty() => (feed, AddressKind::Feed),
            Some(url) if matches!(kind_said.as_str(), "rss" | "atom" | "feed") => (url, AddressKind::Feed),
            Some(url) if kind_said == "include" || url.ends_with(".opml") => (url, AddressKind::List),
            Some(url) => (url, AddressKind::Page),
            // A site without a feed; with others inside, it is a folder that has an address.
            None if !site.is_empty() && !tree.has_elements(id) => (site.clone(), AddressKind::Page),
            None => (String::new(), AddressKind::Unknown),
        };
        if url.is_empty() {
            if above.len() < 32 {
                above.push((range.end, title));
            }
            continue;
        }
        let folders = above.iter().map(|(_, title)| title.clone()).filter(|t| !t.is_empty()).collect();
        out.push(Link { url, kind, title, folders, site, language: attribute("language"), ..Link::default() });
    }
    out
}

fn sitemap(tree: &Tree<'_>, entry: &str, kind: AddressKind) -> Vec<Link> {
    let line = |id: Option<Id>| id.map(|id| tree.line(id)).unwrap_or_default();
    // Where the list breaks off, the address that it breaks off in is half of one.
    let last = tree.find_all(0, entry).last().filter(|_| tree.cut);
    let half = |id: Id| Some(id) == last && tree.path(id, &["loc"]).is_some_and(|loc| !tree.closed(loc));
    let entries = tree.find_all(0, entry).map(|id| {
        // Pictures and videos of a page have addresses and titles too.
        let own = |name: &str| line(tree.path(id, &[name]));
        let news = tree.find_all(id, "news").next();
        let said = |name: &str| news.map(|news| line(tree.find_all(news, name).next())).unwrap_or_default();
        let title = news.and_then(|news| tree.path(news, &["title"]));
        let publication = news.and_then(|news| tree.path(news, &["publication", "name"]));
        let published = said("publication_date");
        Link {
            url: if half(id) { String::new() } else { own("loc") },
            kind,
            title: title.map(|id| markup::plain(&tree.text(id))).unwrap_or_default(),
            site: line(publication),
            date: if published.is_empty() { own("lastmod") } else { published },
            language: said("language"),
            keywords: said("keywords"),
            folders: Vec::new(),
        }
    });
    entries.filter(|link| !link.url.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_for_crawlers_name_sitemaps() {
        let text = "\u{FEFF}User-agent: *\nDesallow: /x\nDisallow: /y # not here\nSITEMAP : https://a.example/s.xml #1\n\
                    sitemap:https://a.example/s.xml\nSite map: https://a.example/t.xml\nSitemap:\n";
        let urls: Vec<String> = robots(text).into_iter().map(|link| link.url).collect();
        assert_eq!(urls, ["https://a.example/s.xml", "https://a.example/t.xml"]);
        assert_eq!(directive("He said: allow it"), None);
    }

    #[test]
    fn outlines_say_what_they_lead_to() {
        let opml = r#"<opml><body><outline text="North"><outline text="A & B" xmlUrl="http://a.example/rss?x=1&y=2"
            htmlUrl="http://a.example/"/><outline text="List" type="include" url="http://a.example/more.opml">
            </outline></outline><outline text="C" type="link" url="http://c.example/"/><outline text="D"
            htmlUrl="http://d.example/"/><outline text="E" type="rss" url="http://e.example/feed"></body></opml>"#;
        let tree = Tree::parse(opml, &Rules::NONE);
        let got: Vec<(String, &str, String)> =
            outlines(&tree).into_iter().map(|l| (l.title, l.kind.name(), l.folders.join("/"))).collect();
        let expected = [
            ("A & B", "feed", "North"),
            ("List", "list", "North"),
            ("C", "page", ""),
            ("D", "page", ""),
            ("E", "feed", ""),
        ];
        assert_eq!(got, expected.map(|(t, k, f)| (t.to_owned(), k, f.to_owned())));
    }

    #[test]
    fn a_picture_is_not_the_page() {
        let xml = "<urlset><url><image:image><image:loc>http://a.example/p.jpg</image:loc></image:image>\
                   <loc>http://a.example/1</loc><news:news><news:publication><news:name>Aldmoor Post</news:name>\
                   <news:language>en</news:language></news:publication><news:title>Rain &amp; wind</news:title>\
                   <news:publication_date>2026-06-01</news:publication_date></news:news></url></urlset>";
        let tree = Tree::parse(xml, &Rules::NONE);
        let [link] = &sitemap(&tree, "url", AddressKind::Page)[..] else { panic!("one page") };
        let got = [&link.url, &link.title, &link.site, &link.date, &link.language].map(String::as_str);
        assert_eq!(got, ["http://a.example/1", "Rain & wind", "Aldmoor Post", "2026-06-01", "en"]);
    }
}
