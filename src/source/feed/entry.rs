//! One entry of an XML feed to a document.

use std::cell::LazyCell;

use url::Url;

use super::bodies::{Body, body, choose, rank};
use super::{Whole, aggregated};
use crate::model::{Claim, Document, Field, MediaType, Origin, is_permanent_name};
use crate::source::input::{claim, document};
use crate::source::redirects;
use crate::source::xml::{Id, Tree, markup};

pub fn read(tree: &Tree<'_>, id: Id, feed: &Whole, origin: Origin) -> Document {
    let mut made = document(origin, MediaType::FeedEntry, Vec::new(), "rss");
    let dialect = feed.dialect;
    let base = base(tree, id);
    let mut claims = Vec::new();
    let mut bodies: Vec<Body> = Vec::new();
    let mut links: Vec<(usize, String, String)> = Vec::new();
    let mut said = |field: Field, value: &str, found: &str| claim(&mut claims, field, value, found);
    let titled = LazyCell::new(|| is_titled(tree, id));
    let pictures = LazyCell::new(|| only_pictures(tree, id));
    let signed = LazyCell::new(|| is_signed(tree, id));
    for at in elements(tree, id) {
        let name = tree.name(at);
        let found = format!("{dialect}:{}", if dialect == "atom" { name.trim_start_matches("atom:") } else { name });
        let line = || markup::collapse(&tree.text(at));
        if let Some(rank) = rank(name) {
            // Content that lies elsewhere: where it lies is an address of the entry.
            links.extend(tree.attribute(at, "src").map(|u| (7, absolute(u, base.as_ref()), found.clone())));
            bodies.extend(body(tree, at, rank, &found, base.as_ref()));
            continue;
        }
        if name == "content:items" {
            // The older form of the content module: the body in several formats, each inside a bag and an item.
            let whole = rank("content:item").unwrap_or(0);
            bodies.extend(tree.find_all(at, "value").filter_map(|v| body(tree, v, whole, &found, base.as_ref())));
            continue;
        }
        let media = tree.parent(at).filter(|up| tree.name(*up) == "media:content");
        if media.is_some_and(|media| is_picture(tree, media)) && *titled {
            // What a picture is called and who owns it is not said of the text beside it.
            match name {
                "media:copyright" => {
                    said(Field::PhotoCredit, &markup::plain(&tree.text(at)), &found);
                    continue;
                }
                "media:title" | "media:keywords" | "media:category" | "media:license" => continue,
                _ => {}
            }
        }
        match name {
            "title" | "atom:title" | "media:title" | "dc:title" | "itunes:title" | "dcterms:title" => {
                said(Field::Title, &title(tree, at), &found);
            }
            "pubdate"
            | "atom:published"
            | "published"
            | "atom:issued"
            | "issued"
            | "dc:date"
            | "dcterms:issued"
            | "dcterms:created"
            | "atom:created"
            | "created"
            | "dcterms:date"
            | "dcterms:available"
            | "dcterms:valid"
            | "dcterms:datesubmitted"
            | "prism:publicationdate"
            | "date"
            | "dc:created"
            | "dc:issued"
            | "publicationdate"
            | "pubdatetime"
            | "itunes:pubdate"
            | "dc:dateissued" => {
                said(Field::Published, &line(), &found);
            }
            // What WordPress exports beside a day that may be `30 Nov -0001`; in Greenwich's time, without saying so.
            "wp:post_date_gmt" if !line().starts_with("0000") => {
                said(Field::Published, &format!("{}Z", line().replacen(' ', "T", 1)), &found);
            }
            "atom:updated"
            | "updated"
            | "atom:modified"
            | "modified"
            | "dcterms:modified"
            | "lastbuilddate"
            | "dc:modified"
            | "prism:modificationdate"
            | "lastmod"
            | "atom:update" => {
                said(Field::Updated, &line(), &found);
            }
            "author" | "atom:author" | "dc:creator" | "dc:author" | "itunes:author" | "creator" | "authors"
            | "dcterms:creator" | "managingeditor" => {
                person(tree, at, Field::Author, &found, &mut said);
            }
            "contributor" | "atom:contributor" | "dc:contributor" | "dcterms:contributor" => {
                person(tree, at, Field::Contributor, &found, &mut said);
            }
            "link" | "atom:link" => link(tree, at, &found, base.as_ref(), &mut links),
            "comments" => {
                let page = line();
                links.push((10, page.split('#').next().unwrap_or("").to_owned(), found));
            }
            "feedburner:origlink" | "pheedo:origlink" => links.push((0, line(), found)),
            "guid" => {
                let guid = line();
                // One that is said to be none still leads to the article more often than not (WordPress: `?p=12`).
                let permalink = !tree.attribute(at, "ispermalink").is_some_and(|v| v.eq_ignore_ascii_case("false"));
                links.push((if permalink { 4 } else { 9 }, guid.clone(), found.clone()));
                said(Field::Guid, &guid, &found);
            }
            "id" | "atom:id" => {
                links.push((6, line(), found.clone()));
                said(Field::Guid, &line(), &found);
            }
            "dc:identifier" | "dcterms:identifier" => {
                links.push((6, line(), found.clone()));
                said(Field::Guid, &line(), &found);
            }
            "enclosure" | "media:content" | "media:player" => {
                links.extend(tree.attribute(at, "url").map(|u| (7, absolute(u, base.as_ref()), found.clone())));
            }
            "category" | "atom:category" | "dc:subject" | "dcterms:subject" | "itunes:category" => {
                let text = line();
                let term = tree.attribute(at, "label").or(tree.attribute(at, "term")).or(tree.attribute(at, "text"));
                let value = if text.is_empty() { term.unwrap_or("").to_owned() } else { text };
                said(Field::Tag, &markup::plain(&value), &found);
            }
            "media:keywords" | "itunes:keywords" | "keywords" | "dc:keywords" | "media:category" => {
                for word in line().split([',', ';']) {
                    said(Field::Tag, &markup::plain(word), &found);
                }
            }
            // Bing.
            "news:source" => said(Field::OriginalPublisher, &line(), &found),
            "source" | "atom:source" => origin_feed(tree, at, &found, &mut said),
            "dc:source" | "dcterms:source" => {
                let value = line();
                let field = if value.starts_with("http") { Field::OriginalUrl } else { Field::OriginalPublisher };
                said(field, &value, &found);
            }
            "dc:publisher" | "dcterms:publisher" | "prism:publicationname" => said(Field::Source, &line(), &found),
            "rights" | "atom:rights" | "dc:rights" | "copyright" | "media:copyright" | "dcterms:rights"
            | "atom:copyright" => {
                said(Field::RightsNotice, &markup::plain(&tree.text(at)), &found);
            }
            "creativecommons:license" | "cc:license" | "dcterms:license" | "media:license" => {
                let text = line();
                let value = tree.attribute(at, "resource").or(tree.attribute(at, "href")).unwrap_or(&text);
                said(Field::Licence, value, &found);
            }
            "media:credit" => {
                let role = tree.attribute(at, "role").unwrap_or("").to_lowercase();
                // Who is the author of a picture has not written the text beside it; neither has whom a credit names
                // where the entry names its author itself.
                let of_picture = media.map_or_else(|| *pictures, |media| is_picture(tree, media));
                let writes = matches!(role.as_str(), "author" | "writer") && !of_picture && !*signed;
                let field = if writes { Field::Author } else { Field::PhotoCredit };
                said(field, &markup::plain(&tree.text(at)), &found);
            }
            "dc:language" | "language" | "dcterms:language" => said(Field::Language, &line(), &found),
            "prism:section" | "section" => said(Field::Section, &line(), &found),
            _ => {}
        }
    }
    links.extend(tree.attribute(id, "href").map(|h| (2, absolute(h, base.as_ref()), format!("{dialect}:@href"))));
    links.extend(tree.attribute(id, "about").map(|h| (5, h.to_owned(), format!("{dialect}:rdf:about"))));
    if let Some(lang) = tree.attribute(id, "xml:lang") {
        claim(&mut claims, Field::Language, lang, &format!("{dialect}:xml:lang"));
    }
    if let Some(date) = tree.attribute(id, "lastmod") {
        claim(&mut claims, Field::Updated, date, &format!("{dialect}:@lastmod"));
    }
    let listed = links.iter().any(|(rank, address, _)| *rank <= 3 && aggregated::is_service(address));
    address(links, base.as_ref(), &mut claims);
    claims.sort_by_key(|c| c.field);
    // Who signs the feed that an entry was taken from signs it only where nobody signs itself (RFC 4287, 4.2.1).
    let of_feed = |claim: &Claim| claim.field == Field::Author && claim.found.ends_with("source:author");
    if claims.iter().any(|claim| claim.field == Field::Author && !of_feed(claim)) {
        claims.retain(|claim| !of_feed(claim));
    }
    if !claims.iter().any(|c| c.field == Field::Author) {
        claims.extend(feed.authors.iter().cloned());
    }
    // A content system signs with the names under which people log in.
    for claim in claims.iter_mut().filter(|claim| claim.field == Field::Author) {
        if let Some(name) = feed.export.name_of(&claim.value) {
            name.clone_into(&mut claim.value);
        }
    }
    choose(bodies, &mut made, &mut claims);
    for general in &feed.claims {
        if general.field != Field::Language || !claims.iter().any(|c| c.field == Field::Language) {
            claims.push(general.clone());
        }
    }
    // The feed's title names the outlet; what an entry calls its publisher comes after it.
    claims.sort_by_key(|c| (c.field, !c.found.contains(":channel:") && !c.found.contains(":feed:")));
    made.claims.extend(claims);
    aggregated::read(&mut made, listed);
    // Last: while the bodies of a long entry are weighed, its bytes stand in the feed alone.
    made.raw = tree.source().as_bytes()[tree.range(id)].to_vec();
    made
}

/// The elements of an entry, with those of a `media:group` and the like as its own.
fn elements(tree: &Tree<'_>, id: Id) -> Vec<Id> {
    let is_group = |id: Id| matches!(tree.name(id), "media:group" | "media:content");
    let mut out = Vec::new();
    for child in tree.children(id) {
        out.push(child);
        for inner in tree.children(child).filter(|_| is_group(child)) {
            if is_group(inner) {
                out.extend(tree.children(inner).filter(|c| !is_group(*c)));
            } else {
                out.push(inner);
            }
        }
    }
    out
}

/// Whether an entry names its author in an element for that.
fn is_signed(tree: &Tree<'_>, entry: Id) -> bool {
    let mut authors =
        tree.children(entry).filter(|id| matches!(tree.name(*id), "author" | "atom:author" | "dc:creator"));
    authors.any(|id| !tree.line(id).is_empty())
}

/// Whether an entry has media and all of it is pictures.
fn only_pictures(tree: &Tree<'_>, entry: Id) -> bool {
    let media = |id: &Id| matches!(tree.name(*id), "media:content" | "media:thumbnail" | "enclosure");
    let mut all = tree.descendants(entry).filter(media);
    let is = |id: Id| tree.name(id) == "media:thumbnail" || is_picture(tree, id);
    all.next().is_some_and(is) && all.all(is)
}

/// Whether an entry has a headline of its own beside its media.
fn is_titled(tree: &Tree<'_>, entry: Id) -> bool {
    let mut titles = tree.children(entry).filter(|id| matches!(tree.name(*id), "title" | "atom:title" | "dc:title"));
    titles.any(|id| !tree.line(id).is_empty())
}

/// Whether a media object is a picture by what it says of itself; one that says nothing is, as nearly all are.
fn is_picture(tree: &Tree<'_>, media: Id) -> bool {
    let said = |name: &str| tree.attribute(media, name).unwrap_or("").to_lowercase();
    let (medium, kind) = (said("medium"), said("type"));
    match (medium.as_str(), kind.split('/').next().unwrap_or("")) {
        ("", "") => {
            let address = said("url");
            let path = address.split(['?', '#']).next().unwrap_or("");
            ![".mp3", ".mp4", ".m4a", ".m4v", ".mov", ".ogg", ".webm", ".swf", ".html"]
                .iter()
                .any(|e| path.ends_with(e))
        }
        ("", top) => top == "image",
        (medium, _) => medium == "image",
    }
}

/// A title as plain text. Atom says which titles are markup; the others are read as it where they look like it.
fn title(tree: &Tree<'_>, id: Id) -> String {
    let kind = tree.attribute(id, "type").unwrap_or("").to_lowercase();
    if tree.has_elements(id) {
        return markup::plain(&tree.markup(id));
    }
    let text = tree.text(id);
    if kind == "text" || kind == "text/plain" { markup::untagged(&text) } else { markup::plain(&text) }
}

fn person(tree: &Tree<'_>, id: Id, field: Field, found: &str, said: &mut impl FnMut(Field, &str, &str)) {
    if tree.has_elements(id) {
        let part = |name: &str| tree.path(id, &[name]).map(|n| markup::plain(&tree.text(n))).unwrap_or_default();
        let (name, mail) = (part("name"), part("email"));
        said(field, &name, found);
        said(Field::AuthorContact, &mail, found);
        if name.is_empty() && mail.is_empty() {
            said(field, &markup::plain(&tree.text(id)), found);
        }
        return;
    }
    let text = markup::plain(&tree.text(id));
    let (name, mail) = split_mail(&text);
    said(field, &name, found);
    said(Field::AuthorContact, mail, found);
}

/// `mail@host (Name)`, `Name <mail@host>`, or either alone, to name and address.
fn split_mail(text: &str) -> (String, &str) {
    let is_mail = |word: &str| {
        word.contains('@')
            && !word.contains(char::is_whitespace)
            && word.rsplit('@').next().is_some_and(|h| h.contains('.'))
    };
    if let Some((mail, name)) = text.split_once('(')
        && is_mail(mail.trim())
    {
        return (name.trim().trim_end_matches(')').trim().to_owned(), mail.trim());
    }
    if let Some((name, mail)) = text.split_once('<')
        && is_mail(mail.trim_end_matches('>').trim())
    {
        return (name.trim().trim_matches('"').to_owned(), mail.trim_end_matches('>').trim());
    }
    if is_mail(text.trim()) { (String::new(), text.trim()) } else { (text.to_owned(), "") }
}

fn link(tree: &Tree<'_>, id: Id, found: &str, base: Option<&Url>, links: &mut Vec<(usize, String, String)>) {
    let text = markup::collapse(&tree.text(id));
    let href = tree.attribute(id, "href").or(tree.attribute(id, "resource")).map(str::to_owned);
    let Some(address) = href.or(Some(text).filter(|t| !t.is_empty())) else { return };
    let kind = tree.attribute(id, "type").unwrap_or("text/html").to_lowercase();
    let rank = match tree.attribute(id, "rel").unwrap_or("alternate").rsplit('/').next().unwrap_or("") {
        "alternate" if kind.contains("html") || !kind.contains('/') => 1,
        "alternate" => 3,
        "canonical" => 1,
        "via" | "related" => 8,
        "enclosure" => 7,
        // The entry alone, as a feed of one.
        "self" => 9,
        // Of no article: edit, replies, hub.
        _ => return,
    };
    links.push((rank, absolute(&address, base), found.to_owned()));
}

fn absolute(address: &str, base: Option<&Url>) -> String {
    match (Url::parse(address.trim()), base) {
        (Err(url::ParseError::RelativeUrlWithoutBase), Some(base)) => {
            base.join(address.trim()).map_or_else(|_| address.to_owned(), String::from)
        }
        _ => address.trim().to_owned(),
    }
}

/// The best address of an entry as claim.
fn address(mut links: Vec<(usize, String, String)>, base: Option<&Url>, claims: &mut Vec<Claim>) {
    links.sort_by_key(|(rank, ..)| *rank);
    // A relative link in a feed that says nowhere where it is: an absolute address of the same entry knows the site.
    let own = links.iter().filter(|_| base.is_none()).find_map(|(_, address, _)| {
        Url::parse(address.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"))
    });
    for (_, address, _) in links.iter_mut().filter(|(rank, ..)| *rank <= 3) {
        if own.is_some() && address.starts_with('/') {
            *address = absolute(address, own.as_ref());
        }
    }
    let mut relative_said = false;
    for (rank, address, found) in &links {
        let address = markup::collapse(address).replace(' ', "%20");
        let web = Url::parse(&address).is_ok_and(|u| matches!(u.scheme(), "http" | "https" | "ftp" | "gopher"));
        // A link may be relative to something we do not know; an id must be an address by itself.
        let relative =
            *rank <= 3 && base.is_none() && Url::parse(&address) == Err(url::ParseError::RelativeUrlWithoutBase);
        if web {
            let address = redirects::target(&address).unwrap_or(address);
            claim(claims, Field::Canonical, &address, found);
            return;
        }
        if relative && !address.is_empty() && !relative_said {
            claim(claims, Field::Canonical, &address, found);
            relative_said = true;
        }
    }
    // Without an address of the web, what names the entry for ever; it leads nowhere.
    if let Some((_, name, found)) = links.iter().find(|(rank, name, _)| *rank < 10 && is_permanent_name(name.trim())) {
        claim(claims, Field::Canonical, name.trim(), found);
    }
}

/// The feed an aggregator took the entry from.
fn origin_feed(tree: &Tree<'_>, id: Id, found: &str, said: &mut impl FnMut(Field, &str, &str)) {
    if !tree.has_elements(id) {
        said(Field::OriginalPublisher, &markup::plain(&tree.text(id)), found);
        said(Field::OriginalSite, tree.attribute(id, "url").unwrap_or(""), found);
        return;
    }
    for at in tree.children(id) {
        match tree.local(at) {
            "title" => said(Field::OriginalPublisher, &markup::plain(&tree.text(at)), &format!("{found}:title")),
            "link" if matches!(tree.attribute(at, "rel"), None | Some("alternate")) => {
                said(Field::OriginalSite, tree.attribute(at, "href").unwrap_or(""), &format!("{found}:link"));
            }
            "rights" => said(Field::RightsNotice, &markup::plain(&tree.text(at)), &format!("{found}:rights")),
            "author" => {
                let name = tree.path(at, &["name"]).map_or(String::new(), |n| tree.line(n));
                said(Field::Author, &name, &format!("{found}:author"));
            }
            _ => {}
        }
    }
}

/// `xml:base` in scope, else the feed's own address: its page, or where the feed itself lies. What feeds that write
/// relative links without a base mean, and how readers resolve them.
fn base(tree: &Tree<'_>, id: Id) -> Option<Url> {
    let mut written = Vec::new();
    let mut at = Some(id);
    // An entry lies a few levels down; the bound is for hostile files.
    for _ in 0..64 {
        let Some(this) = at else { break };
        // Channels of CDF have their own.
        let cdf = || tree.attribute(this, "base").filter(|_| tree.local(this) == "channel");
        written.extend(tree.attribute(this, "xml:base").or_else(cdf));
        at = tree.parent(this);
    }
    written.into_iter().rev().fold(feed_address(tree, id), |base: Option<Url>, next| match base {
        Some(base) => base.join(next).ok().or(Some(base)),
        None => Url::parse(next).ok(),
    })
}

/// The first absolute address the feed of an entry gives of itself.
fn feed_address(tree: &Tree<'_>, id: Id) -> Option<Url> {
    let feed = tree.parent(id)?;
    // Entries come after what a feed says of itself; a feed of thousands is not searched for each of them.
    // In RSS 1.0 the channel stands beside the items.
    let channel = tree.children(feed).take(40).find(|&at| tree.local(at) == "channel").unwrap_or(feed);
    let links = tree.children(channel).take(40).filter(|&at| tree.local(at) == "link");
    let addresses = links.filter_map(|at| {
        let written = tree.attribute(at, "href").map_or_else(|| tree.text(at), str::to_owned);
        let url = Url::parse(written.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
        Some((tree.attribute(at, "rel").unwrap_or("alternate") == "alternate", url))
    });
    addresses.max_by_key(|(page, _)| *page).map(|(_, url)| url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_mail_addresses_are_told_apart() {
        for (text, name, mail) in [
            ("jo@aldmoor.example (Jo Hartley)", "Jo Hartley", "jo@aldmoor.example"),
            ("Jo Hartley <jo@aldmoor.example>", "Jo Hartley", "jo@aldmoor.example"),
            ("jo@aldmoor.example", "", "jo@aldmoor.example"),
            ("Jo Hartley", "Jo Hartley", ""),
            ("Jo (Aldmoor Post)", "Jo (Aldmoor Post)", ""),
        ] {
            assert_eq!(split_mail(text), (name.to_owned(), mail), "{text}");
        }
    }
}
