//! One entry of an XML feed to a document.

use url::Url;

use super::Whole;
use crate::model::{Claim, Document, Field, MediaType, Origin, PayloadKind};
use crate::source::input::{claim, document, payload};
use crate::source::json::looks_like_markup;
use crate::source::xml::{Id, Tree, markup};

/// A body that an entry offers.
struct Body {
    /// How good its element is, 0 being best.
    rank: usize,
    text: String,
    kind: PayloadKind,
    found: String,
    /// Whether its element ended by itself.
    closed: bool,
}

/// Elements that hold a body, best first.
const BODIES: &[&str] = &[
    "content:encoded",
    "atom:content",
    "content",
    "xhtml:body",
    "body",
    "fullitem",
    "content:item",
    "description",
    "atom:summary",
    "summary",
    "dc:description",
    "itunes:summary",
    "media:description",
    "abstract",
    "dcterms:abstract",
    "itunes:subtitle",
    "media:text",
    "tagline",
    "atom:tagline",
];
/// The elements of that list before this one hold whole bodies.
const EXCERPTS: usize = 7;

pub fn read(tree: &Tree<'_>, id: Id, feed: &Whole, origin: Origin) -> Document {
    let raw = tree.source().as_bytes()[tree.range(id)].to_vec();
    let mut made = document(origin, MediaType::FeedEntry, raw, "rss");
    let dialect = feed.dialect;
    let base = base(tree, id);
    let mut claims = Vec::new();
    let mut bodies: Vec<Body> = Vec::new();
    let mut links: Vec<(usize, String, String)> = Vec::new();
    let mut said = |field: Field, value: &str, found: &str| claim(&mut claims, field, value, found);
    for at in elements(tree, id) {
        let name = tree.name(at);
        let found = format!("{dialect}:{}", if dialect == "atom" { name.trim_start_matches("atom:") } else { name });
        let line = || markup::collapse(&tree.text(at));
        if let Some(rank) = BODIES.iter().position(|b| *b == name) {
            // Content that lies elsewhere: where it lies is an address of the entry.
            links.extend(tree.attribute(at, "src").map(|u| (7, absolute(u, base.as_ref()), found.clone())));
            bodies.extend(body(tree, at, rank, &found, base.as_ref()));
            continue;
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
                let field =
                    if matches!(role.as_str(), "author" | "writer") { Field::Author } else { Field::PhotoCredit };
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
    address(links, base.as_ref(), &mut claims);
    claims.sort_by_key(|c| c.field);
    if !claims.iter().any(|c| c.field == Field::Author) {
        claims.extend(feed.authors.iter().cloned());
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
    made
}

/// The elements of an entry, with those of a `media:group` and the like as its own.
fn elements(tree: &Tree<'_>, id: Id) -> Vec<Id> {
    let is_group = |id: Id| matches!(tree.name(id), "media:group" | "media:content" | "content:items");
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

/// A title as plain text. Atom says which titles are markup; the others are read as it where they look like it.
fn title(tree: &Tree<'_>, id: Id) -> String {
    let kind = tree.attribute(id, "type").unwrap_or("").to_lowercase();
    if tree.has_elements(id) {
        return markup::plain(&tree.markup(id));
    }
    let text = tree.text(id);
    if kind == "text" || kind == "text/plain" { markup::untagged(&text) } else { markup::plain(&text) }
}

fn body(tree: &Tree<'_>, id: Id, rank: usize, found: &str, base: Option<&Url>) -> Option<Body> {
    let kind = tree.attribute(id, "type").unwrap_or("").to_lowercase();
    let own_base = match tree.attribute(id, "xml:base") {
        Some(own) => base.map_or_else(|| Url::parse(own).ok(), |b| b.join(own).ok()),
        None => base.cloned(),
    };
    let (mut text, markup) = if tree.has_elements(id) {
        (tree.markup(id), true)
    } else {
        let text = tree.text(id);
        let plain = matches!(kind.as_str(), "text" | "text/plain");
        let mut text = match tree.attribute(id, "mode") {
            Some("base64") => unbase64(&text).unwrap_or(text),
            _ if is_base64(&kind) => unbase64(&text).unwrap_or(text),
            _ => text,
        };
        // Escaped twice: what looks like `&lt;p&gt;` after decoding once was markup.
        if !looks_like_markup(&text) && text.contains("&lt;") {
            let again = crate::source::xml::entity::decode(&text);
            if looks_like_markup(&again) && !plain {
                text = again;
            }
        }
        let markup = kind.contains("html") || looks_like_markup(&text) || !plain && has_references(&text);
        let markup = markup && (!plain || looks_like_markup(&text));
        (text, markup)
    };
    if text.trim().is_empty() {
        return None;
    }
    if let Some(base) = own_base.filter(|_| markup) {
        text = markup::absolute(&text, &base);
    }
    let kind = if markup { PayloadKind::HtmlFragment } else { PayloadKind::PlainText };
    Some(Body { rank, text, kind, found: found.to_owned(), closed: tree.closed(id) })
}

/// Whether plain words hold references that only HTML would.
fn has_references(text: &str) -> bool {
    text.contains('&') && crate::source::xml::entity::decode(text) != text
}

fn is_base64(kind: &str) -> bool {
    kind.contains('/') && !kind.starts_with("text/") && !kind.ends_with("xml") && !kind.contains("html")
}

/// Base64 that gives text.
fn unbase64(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0);
    for byte in text.bytes().filter(|b| !b.is_ascii_whitespace() && *b != b'=') {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    String::from_utf8(out).ok().filter(|t| !t.contains('\0'))
}

/// Takes the best body as payload, and a different shorter one as summary.
fn choose(mut bodies: Vec<Body>, made: &mut Document, claims: &mut Vec<Claim>) {
    bodies.sort_by_key(|b| b.rank);
    let Some(first) = bodies.first() else { return };
    // An excerpt that is much longer than the body is the body.
    let best = if first.rank < EXCERPTS {
        let longest = bodies.iter().max_by_key(|b| b.text.len()).filter(|b| b.text.len() > 4 * first.text.len() + 400);
        longest.map_or(0, |l| bodies.iter().position(|b| std::ptr::eq(b, l)).unwrap_or(0))
    } else {
        let longest = bodies.iter().max_by_key(|b| (b.text.len() > first.text.len() * 3 / 2) as usize * b.text.len());
        longest.map_or(0, |l| bodies.iter().position(|b| std::ptr::eq(b, l)).unwrap_or(0))
    };
    let best = bodies.remove(best);
    let plain = markup::plain(&best.text);
    // A feed that was cut and then closed by its server: the text stops, and the tags around it end all at once.
    let sign = if !best.closed && !ends_a_sentence(&plain) {
        Some("not closed")
    } else if best.rank >= EXCERPTS {
        let flat = best.kind == PayloadKind::PlainText || !has_paragraphs(&best.text);
        excerpt(&plain).or_else(|| (flat && breaks_off(&plain)).then_some("mid-sentence"))
    } else {
        None
    };
    if let Some(sign) = sign {
        claims.extend(Claim::new(Field::Truncated, "true", format!("{}:{sign}", best.found)));
    }
    for other in &bodies {
        let summary = markup::plain(&other.text);
        if summary != plain && summary.len() < plain.len() {
            claim(claims, Field::Summary, &summary, &other.found);
        }
    }
    made.payload = payload(best.kind, best.text);
}

/// What shows that a description is only the beginning of a text.
fn excerpt(plain: &str) -> Option<&'static str> {
    let end = plain.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '»' | '→' | '>' | ')' | ']'));
    let lower = end.to_lowercase();
    let ends = |marks: &[&str]| marks.iter().any(|m| lower.ends_with(m));
    if ends(&["…", "...", "[…", "[...", "&hellip;"]) {
        Some("ellipsis")
    } else if ends(&[
        "read more",
        "continue reading",
        "read full story",
        "full story",
        "read the full article",
        "more",
        "weiterlesen",
        "lire la suite",
        "leer más",
        "read on",
        "keep reading",
        "mehr",
    ]) && plain.len() > 60
        && !ends(&["any more", "no more", "once more", "even more", "and more"])
    {
        Some("read-more")
    } else if plain.chars().count() < 250 {
        Some("short")
    } else {
        None
    }
}

/// Signs after which a sentence may be over.
const ENDS: &[char] = &['.', '!', '?', '…', '。', '！', '？', '؟', '।', '۔', ':', ';'];

/// Whether the last sentence is whole, quotes and brackets after it passed over.
fn ends_a_sentence(plain: &str) -> bool {
    let closing =
        |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '”' | '’' | '»' | '“' | '«' | ')' | ']' | '」');
    plain.trim_end_matches(closing).ends_with(ENDS)
}

fn has_paragraphs(markup: &str) -> bool {
    let lower = markup.to_ascii_lowercase();
    ["<p>", "<p ", "<br", "<div", "<li"].iter().any(|tag| lower.contains(tag))
}

/// Whether a text of one paragraph stops within a sentence: many words since the last one ended, then a small letter
/// or a comma. A credit or a signature at the end is short or begins with a word of its own.
fn breaks_off(plain: &str) -> bool {
    let last = plain.trim_end();
    if !last.ends_with(|c: char| c.is_lowercase() || matches!(c, ',' | '-' | '–')) {
        return false;
    }
    let ended = last.rfind(|c: char| ENDS.contains(&c) || matches!(c, ')' | '|' | '\n'));
    let tail = ended.map_or(last, |at| &last[at..]).trim_start_matches(|c: char| !c.is_alphanumeric());
    let credit = ["reporting", "editing", "photo", "by ", "with ", "posted", "filed", "source"];
    let lower = tail.to_lowercase();
    ended.is_some() && tail.split_whitespace().count() >= 8 && !credit.iter().any(|word| lower.starts_with(word))
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
    for (rank, address, found) in &links {
        let address = markup::collapse(address).replace(' ', "%20");
        let web = Url::parse(&address).is_ok_and(|u| matches!(u.scheme(), "http" | "https" | "ftp" | "gopher"));
        // A link may be relative to something we do not know; an id must be an address by itself.
        let relative =
            *rank <= 3 && base.is_none() && Url::parse(&address) == Err(url::ParseError::RelativeUrlWithoutBase);
        if web || relative && !address.is_empty() {
            claim(claims, Field::Canonical, &address, found);
            return;
        }
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

    #[test]
    fn a_sentence_that_stops_shows_itself() {
        for (text, stops) in [
            ("The council of Aldmoor met. It then talked about the bridge that had been closed since the", true),
            ("The council of Aldmoor met. It then talked about the bridge that had been closed since.", false),
            ("The council of Aldmoor met. “We will talk about the bridge that is closed, for once.”", false),
            ("The council of Aldmoor met. Jo Hartley in Aldmoor", false),
            ("The council met. Reporting by Jo Hartley in Aldmoor and by Ada Quill in Tarn on the lake", false),
            ("A headline of many words that stands alone and never had a full stop to begin with", false),
        ] {
            assert_eq!(breaks_off(text), stops, "{text}");
        }
    }

    #[test]
    fn excerpts_show_themselves() {
        let long = "The council of Aldmoor met on Tuesday to talk about the bridge. ".repeat(6);
        for (text, sign) in [
            (format!("{long}and then […]"), Some("ellipsis")),
            (format!("{long} Read more »"), Some("read-more")),
            ("A short line.".to_owned(), Some("short")),
            (long, None),
        ] {
            assert_eq!(excerpt(&text), sign, "{text}");
        }
    }
}
