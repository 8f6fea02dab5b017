//! What a page says of itself outside JSON-LD: meta elements, links, microdata, bylines and dates in sight.

mod near;

use std::collections::HashSet;

use html5ever::local_name;

use super::hints::{self, Hints};
use super::jsonld::{self, Known};
use super::tree::{Id, NONE, Step, Tree};
use crate::model::{Claim, Field};

/// Claims kept of one page.
const MAX_CLAIMS: usize = 600;

/// The hints of each node's own names, and of those of its ancestors below `body`.
pub(super) struct Survey {
    pub own: Vec<Hints>,
    pub above: Vec<Hints>,
}

impl Survey {
    /// Reads the names of all elements.
    pub fn of(tree: &Tree) -> Self {
        let count = tree.nodes.len();
        let (mut own, mut above) = (vec![0; count], vec![0; count]);
        let mut buffer = String::new();
        for id in 0..count as Id {
            let (mut class, mut name, mut test) = ("", "", "");
            for attr in tree.attrs(id) {
                match attr.name.local {
                    local_name!("class") => class = &attr.value,
                    local_name!("id") => name = &attr.value,
                    _ => match &*attr.name.local {
                        "data-testid" | "data-component" | "data-module" | "data-type" | "data-block" => {
                            test = &attr.value
                        }
                        _ => {}
                    },
                }
            }
            if !(class.is_empty() && name.is_empty() && test.is_empty()) {
                own[id as usize] = hints::of(&[class, name, test], &mut buffer);
            }
            // Nodes are numbered in document order, so a parent's hints are known before its children's.
            let parent = tree.parent(id);
            if parent != NONE && !matches!(*tree.tag(parent), local_name!("body") | local_name!("html")) {
                above[id as usize] = above[parent as usize] | own[parent as usize];
            }
        }
        Self { own, above }
    }
}

/// What the whole page yields, and its base address.
pub(super) struct Harvest {
    pub claims: Vec<Claim>,
    pub base: Option<url::Url>,
    /// The page's first headline in sight.
    pub h1: Option<Id>,
}

/// Gathers all claims of a page.
pub(super) fn harvest(tree: &Tree, survey: &Survey, url: Option<&str>) -> Harvest {
    let mut head = Vec::new();
    let mut seen = Vec::new();
    let (mut scripts, mut programs, mut base, mut h1) = (Vec::new(), Vec::new(), None::<String>, None);
    for id in 0..tree.nodes.len() as Id {
        if seen.len() > MAX_CLAIMS || head.len() > MAX_CLAIMS {
            break;
        }
        let tag = tree.tag(id);
        match *tag {
            local_name!("") => continue,
            local_name!("meta") => meta(tree, id, &mut head),
            local_name!("link") => link(tree, id, &mut head),
            local_name!("base") if base.is_none() => base = tree.attr(id, &local_name!("href")).map(str::to_owned),
            local_name!("html") => {
                let lang = tree.attr(id, &local_name!("lang")).or(tree.attr_named(id, "xml:lang"));
                head.extend(Claim::new(Field::Language, lang.unwrap_or(""), "html:lang"));
            }
            local_name!("title") if !head.iter().any(|c: &Claim| c.found == "html:title") => {
                let text: String = tree.children(id).filter_map(|c| tree.text(c)).collect();
                head.extend(Claim::new(Field::Title, &collapse(&text), "html:title"));
            }
            local_name!("script") => {
                let text: Vec<&str> = tree.children(id).filter_map(|c| tree.text(c)).collect();
                if tree.attr(id, &local_name!("type")).is_some_and(|t| t.to_ascii_lowercase().contains("ld+json")) {
                    scripts.extend(&text);
                }
                programs.extend(text);
            }
            local_name!("h1") => {
                let text = tree.words(id, 600);
                if !text.is_empty() && h1.is_none() {
                    h1 = Some(id);
                }
                seen.extend(Claim::new(Field::Title, &text, "html:h1"));
            }
            _ => {}
        }
        if tree.attrs(id).is_empty() && *tag != local_name!("time") {
            continue;
        }
        microdata(tree, id, &mut seen);
        visible(tree, survey, id, &mut seen);
    }
    let page = url.and_then(|u| url::Url::parse(u).ok());
    let base = match (base.and_then(|b| resolve(page.as_ref(), &b)), page) {
        (Some(base), _) => url::Url::parse(&base).ok(),
        (None, page) => page.or_else(|| {
            let own = head.iter().find(|c| c.field == Field::Canonical).map(|c| c.value.as_str());
            own.and_then(|u| url::Url::parse(u).ok())
        }),
    };
    let mut known = Known { addresses: url.map(jsonld::address).into_iter().collect(), headlines: Vec::new() };
    for claim in head.iter().chain(&seen) {
        match claim.field {
            Field::Canonical => known.addresses.push(jsonld::address(&claim.value)),
            Field::Title if claim.found != "html:title" => known.headlines.push(jsonld::fold(&claim.value)),
            _ => {}
        }
    }
    known.headlines.retain(|h| h.len() > 3);
    let mut claims = jsonld::claims(&scripts, &known);
    claims.extend(head);
    claims.extend(seen);
    if !near::known(&claims) {
        let titles = claims.iter().filter(|c| c.field == Field::Title && c.found != "html:h1");
        let titles: Vec<&str> = titles.map(|c| c.value.as_str()).collect();
        claims.extend(near::claims(tree, survey, &titles, &programs));
    }
    for claim in &mut claims {
        if matches!(claim.field, Field::Canonical | Field::OriginalUrl)
            && let Some(absolute) = resolve(base.as_ref(), &claim.value)
        {
            claim.value = absolute;
        }
    }
    let mut once = HashSet::new();
    claims.retain(|c| once.insert((c.field, c.value.clone(), c.found.clone())));
    Harvest { claims, base, h1 }
}

/// An absolute address; `None` where there is no base for a relative one, or it is no address.
pub(super) fn resolve(base: Option<&url::Url>, href: &str) -> Option<String> {
    let href = href.trim();
    match base {
        Some(base) => base.join(href).ok().map(String::from),
        None => url::Url::parse(href).ok().map(String::from),
    }
}

/// Whether the element hides itself from its readers.
pub(super) fn is_hidden(tree: &Tree, id: Id) -> bool {
    tree.attrs(id).iter().any(|a| match a.name.local {
        local_name!("hidden") => true,
        local_name!("style") => super::blocks::hides(&a.value),
        _ => false,
    })
}

fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn meta(tree: &Tree, id: Id, out: &mut Vec<Claim>) {
    let Some(content) = tree.attr(id, &local_name!("content")).filter(|c| !c.is_empty()) else { return };
    let names = [local_name!("property"), local_name!("name"), local_name!("http-equiv")];
    let Some(name) = names.iter().find_map(|n| tree.attr(id, n)).filter(|n| !n.is_empty()) else { return };
    let key = name.to_ascii_lowercase();
    let field = match key.as_str() {
        "og:title" | "twitter:title" | "title" | "dc.title" | "dcterms.title" | "dc:title" | "parsely-title"
        | "sailthru.title" | "headline" | "hdl" | "citation_title" | "article:title" | "cxenseparse:title"
        | "fb_title" | "title_long" => Field::Title,
        "description"
        | "og:description"
        | "twitter:description"
        | "dc.description"
        | "dcterms.description"
        | "sailthru.description"
        | "abstract"
        | "dcterms.abstract" => Field::Summary,
        "author"
        | "authors"
        | "article:author"
        | "og:article:author"
        | "og:author"
        | "article:author:name"
        | "article.author"
        | "article_author"
        | "dc.creator"
        | "dc:creator"
        | "dcterms.creator"
        | "dc.creator.name"
        | "parsely-author"
        | "sailthru.author"
        | "byl"
        | "byline"
        | "twitter:creator"
        | "citation_author"
        | "cxenseparse:author"
        | "rbauthors"
        | "shareaholic:article_author_name"
        | "article-author"
        | "creator"
        | "mediator_author"
        | "dcsext.author"
        | "bt:author"
        | "author_name"
        | "news_author"
        | "writer"
        | "vr:author" => Field::Author,
        "article:published_time"
        | "og:published_time"
        | "og:article:published_time"
        | "datepublished"
        | "date"
        | "pubdate"
        | "publishdate"
        | "publish-date"
        | "publish_date"
        | "publication_date"
        | "publication-date"
        | "published-date"
        | "dc.date"
        | "dc:date"
        | "dcterms.date"
        | "dc.date.issued"
        | "dcterms.issued"
        | "dc.date.created"
        | "dcterms.created"
        | "dc.date.published"
        | "sailthru.date"
        | "parsely-pub-date"
        | "cxenseparse:recs:publishtime"
        | "cxenseparse:publishtime"
        | "citation_publication_date"
        | "citation_date"
        | "article_date_original"
        | "originalpublicationdate"
        | "original-publish-date"
        | "datecreated"
        | "ptime"
        | "pdate"
        | "published_time"
        | "published_date"
        | "published_at"
        | "article.published"
        | "article:published"
        | "article:publicationdate"
        | "date_published"
        | "datetime"
        | "dateposted"
        | "displaydate"
        | "display_date"
        | "created"
        | "created_time"
        | "createdate"
        | "article.created"
        | "gentime"
        | "publisheddate"
        | "publish_time"
        | "releasedate"
        | "release_date"
        | "og:pubdate"
        | "og:date"
        | "og:publish_date"
        | "article:post_date"
        | "article:create_time"
        | "rnews:datepublished"
        | "sort_date"
        | "timestamp"
        | "utime"
        | "bt:pubdate"
        | "bt:pubDate"
        | "vr:published_time"
        | "iso-8601-publish-date"
        | "rbpubdate"
        | "analyticsattributes.articledate"
        | "dcsext.articlefirstpublished"
        | "last_published"
        | "publicationdate"
        | "mediator_published_time"
        | "article:original_time" => Field::Published,
        "article:modified_time"
        | "og:modified_time"
        | "og:updated_time"
        | "article:updated_time"
        | "article:updated"
        | "dcterms.modified"
        | "dc.date.modified"
        | "datemodified"
        | "date_modified"
        | "lastmod"
        | "last-modified"
        | "lastmodified"
        | "revised"
        | "revision_date"
        | "modified"
        | "updated"
        | "updated_time"
        | "modified_time"
        | "last-updated"
        | "moddate"
        | "modificationdate"
        | "article.updated"
        | "article_date_updated"
        | "eomportal-lastupdate"
        | "lastmodifieddate"
        | "bt:moddate"
        | "sailthru.updated" => Field::Updated,
        "article:section"
        | "og:article:section"
        | "section"
        | "parsely-section"
        | "sailthru.section"
        | "subsection"
        | "dc.subject.section"
        | "cxenseparse:recs:category"
        | "category"
        | "article_section" => Field::Section,
        "article:tag" | "og:article:tag" | "news_keywords" | "keywords" | "parsely-tags" | "sailthru.tags"
        | "dc.subject" | "dcterms.subject" => {
            for tag in content.split([',', ';']).take(60) {
                out.extend(Claim::new(Field::Tag, tag, format!("meta:{key}")));
            }
            return;
        }
        "og:site_name" | "application-name" | "apple-mobile-web-app-title" | "cre" | "citation_journal_title" => {
            Field::SiteName
        }
        "publisher" | "dc.publisher" | "dcterms.publisher" | "article:publisher" | "copyright-holder" => Field::Source,
        "og:url" | "twitter:url" => Field::Canonical,
        "og:type" => Field::Kind,
        "og:locale" | "content-language" | "language" | "dc.language" | "dcterms.language" | "inlanguage" => {
            Field::Language
        }
        "copyright" | "rights" | "dc.rights" | "dcterms.rights" => Field::RightsNotice,
        "dcterms.license" | "license" => Field::Licence,
        "syndication-source" | "original-source" => Field::OriginalUrl,
        "article:content_tier" | "og:article:content_tier" | "content_tier" => {
            if matches!(content, "locked" | "metered" | "premium") {
                out.extend(Claim::new(Field::Paywalled, content, format!("meta:{key}")));
            }
            return;
        }
        "article:opinion" => {
            if content.eq_ignore_ascii_case("true") {
                out.extend(Claim::new(Field::Opinion, "true", "meta:article:opinion"));
            }
            return;
        }
        _ => return,
    };
    let content = jsonld::unescape(content);
    let content = if field == Field::Title || field == Field::Summary { collapse(&content) } else { content };
    out.extend(Claim::new(field, &content, format!("meta:{key}")));
}

fn link(tree: &Tree, id: Id, out: &mut Vec<Claim>) {
    let (Some(rel), Some(href)) = (tree.attr(id, &local_name!("rel")), tree.attr(id, &local_name!("href"))) else {
        return;
    };
    for word in rel.split_whitespace() {
        let (field, found) = match word.to_ascii_lowercase().as_str() {
            "canonical" => (Field::Canonical, "link:canonical"),
            "license" => (Field::Licence, "link:license"),
            "author" if !href.contains('/') => (Field::Author, "link:author"),
            "original-source" | "syndication-source" => (Field::OriginalUrl, "link:original-source"),
            _ => continue,
        };
        out.extend(Claim::new(field, href, found));
    }
}

/// Schema.org as attributes (`itemprop`) and the RDFa that Drupal writes (`property` outside `head`).
fn microdata(tree: &Tree, id: Id, out: &mut Vec<Claim>) {
    let (name, kind) = match (tree.attr(id, &local_name!("itemprop")), tree.attr(id, &local_name!("property"))) {
        (Some(name), _) => (name, "itemprop"),
        (None, Some(name)) if *tree.tag(id) != local_name!("meta") => (name, "property"),
        _ => return,
    };
    for name in name.split_whitespace() {
        let bare = name.rsplit(':').next().unwrap_or(name);
        let field = match bare {
            "headline" => Field::Title,
            "alternativeHeadline" => Field::Subtitle,
            "datePublished" | "dateCreated" | "uploadDate" => Field::Published,
            "date" | "created" if kind == "property" => Field::Published,
            "dateModified" => Field::Updated,
            "author" | "creator" => Field::Author,
            "articleSection" => Field::Section,
            "keywords" => Field::Tag,
            "inLanguage" => Field::Language,
            "description" => Field::Summary,
            "publisher" => Field::Source,
            _ => continue,
        };
        if !of_an_article(tree, id) {
            return;
        }
        let value = match field {
            Field::Author | Field::Source => {
                let mut named = None;
                let mut looked = 0;
                tree.walk(id, |step| {
                    if let Step::Enter(n) = step {
                        looked += 1;
                        let is_name = tree.attr(n, &local_name!("itemprop")).is_some_and(|p| p == "name");
                        if is_name && named.is_none() {
                            named = Some(value_of(tree, n));
                        }
                    }
                    looked < 200
                });
                named.unwrap_or_else(|| value_of(tree, id))
            }
            _ => value_of(tree, id),
        };
        let limit = if field == Field::Summary { 3000 } else { 300 };
        if value.len() <= limit {
            out.extend(Claim::new(field, &value, format!("{kind}:{name}")));
        }
    }
}

fn of_an_article(tree: &Tree, id: Id) -> bool {
    let scope = tree.ancestors(id).find_map(|a| tree.attr(a, &local_name!("itemtype")));
    scope.is_none_or(|t| {
        let name = t.rsplit('/').next().unwrap_or(t);
        name.ends_with("Article")
            || name.ends_with("Posting")
            || matches!(
                name,
                "WebPage" | "CreativeWork" | "Report" | "Blog" | "ItemPage" | "VideoObject" | "Review" | "Recipe"
            )
    })
}

fn value_of(tree: &Tree, id: Id) -> String {
    if let Some(content) = tree.attr(id, &local_name!("content")).or(tree.attr(id, &local_name!("datetime"))) {
        return content.to_owned();
    }
    let text = tree.words(id, 3000);
    if text.is_empty() { tree.attr(id, &local_name!("title")).unwrap_or("").to_owned() } else { text }
}

/// Places where a byline or a date is somebody else's.
const ELSEWHERE: Hints = hints::COMMENT | hints::RELATED | hints::SIDE | hints::FOOTER | hints::AD;

/// Bylines and dates that a reader sees.
fn visible(tree: &Tree, survey: &Survey, id: Id, out: &mut Vec<Claim>) {
    let (own, above) = (survey.own[id as usize], survey.above[id as usize]);
    let tag = tree.tag(id);
    let time = *tag == local_name!("time");
    let rel = tree.attr(id, &local_name!("rel")).unwrap_or("");
    let rel_author = rel.split_whitespace().any(|w| w.eq_ignore_ascii_case("author"));
    let author = own & hints::AUTHOR != 0 && own & (hints::BIO | hints::COMMENT) == 0;
    let date = own & hints::DATE != 0;
    let href = if *tag == local_name!("a") { tree.attr(id, &local_name!("href")).unwrap_or("") } else { "" };
    let author_page = [
        "/author/",
        "/authors/",
        "/autor/",
        "/autoren/",
        "/auteur/",
        "/by/",
        "/profile/",
        "/journalist",
        "/reporter",
        "/staff/",
        "/contributor",
        "/columnist",
    ]
    .iter()
    .any(|p| href.contains(p));
    if rel.split_whitespace().any(|w| w.eq_ignore_ascii_case("license")) && !href.is_empty() {
        out.extend(Claim::new(Field::Licence, href, "a:license"));
    }
    if !(time || rel_author || author || date || author_page) {
        return;
    }
    if matches!(
        *tag,
        local_name!("meta")
            | local_name!("link")
            | local_name!("script")
            | local_name!("body")
            | local_name!("img")
            | local_name!("html")
            | local_name!("style")
    ) {
        return;
    }
    // Bylines and dates of neighbours are told apart, so that they count only where there is nothing better.
    let outside = (own | above) & ELSEWHERE != 0
        || tree
            .ancestors(id)
            .take(12)
            .any(|a| matches!(*tree.tag(a), local_name!("nav") | local_name!("aside") | local_name!("footer")));
    let place = if outside { ":elsewhere" } else { "" };
    if time {
        let updated = own & hints::DATE != 0 && names_update(tree, id)
            || tree.attr(id, &local_name!("itemprop")) == Some("dateModified")
            || Some(tree.parent(id)).filter(|&p| p != NONE).is_some_and(|p| names_update(tree, p));
        let field = if updated { Field::Updated } else { Field::Published };
        let what = if updated { ":updated" } else { "" };
        let text = tree.words(id, 120);
        match tree.attr(id, &local_name!("datetime")).filter(|d| !d.is_empty()) {
            Some(value) => out.extend(Claim::new(field, value, format!("html:time{what}{place}"))),
            None if text.len() <= 100 => out.extend(Claim::new(field, &text, format!("html:time-text{what}{place}"))),
            None => {}
        }
        return;
    }
    if rel_author || author || author_page {
        let text = tree.words(id, 300);
        let found = match () {
            _ if rel_author => "html:rel-author",
            _ if author_page => "html:author-link",
            _ if has_name(tree, id, "byline") => "html:byline",
            _ => "html:author",
        };
        if text.len() <= 240 && text.chars().any(char::is_alphabetic) {
            out.extend(Claim::new(Field::Author, &text, format!("{found}{place}")));
        }
    }
    if date && !author {
        let updated = names_update(tree, id);
        let field = if updated { Field::Updated } else { Field::Published };
        let what = if updated { ":updated" } else { "" };
        let text = tree.words(id, 160);
        if text.len() <= 120 && text.bytes().any(|b| b.is_ascii_digit()) {
            let title = tree.attr(id, &local_name!("title")).filter(|t| t.bytes().any(|b| b.is_ascii_digit()));
            if *tag == local_name!("abbr") && title.is_some() {
                out.extend(Claim::new(field, title.unwrap_or(""), format!("html:abbr{what}{place}")));
            }
            out.extend(Claim::new(field, &text, format!("html:date{what}{place}")));
        }
    }
}

fn has_name(tree: &Tree, id: Id, word: &str) -> bool {
    let names = [local_name!("class"), local_name!("id")];
    names.iter().filter_map(|n| tree.attr(id, n)).any(|n| n.to_ascii_lowercase().contains(word))
}

fn names_update(tree: &Tree, id: Id) -> bool {
    has_name(tree, id, "update") || has_name(tree, id, "modif")
}
