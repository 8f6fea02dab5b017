//! What stands in a page's head: `meta` and `link` elements.

use super::collapse;
use crate::clean::html::jsonld;
use crate::clean::html::tree::{Id, Tree};
use crate::clean::metadata::dates;
use crate::model::{Claim, Field};

/// A `meta` element.
pub(super) fn meta(tree: &Tree, id: Id, out: &mut Vec<Claim>) {
    let (content, value) = (tree.attr(id, "content"), tree.attr(id, "value"));
    let misnamed = content.is_none();
    let Some(content) = content.or(value).filter(|c| !c.is_empty()) else { return };
    let names = ["property", "name", "http-equiv"];
    let Some(name) = names.iter().find_map(|n| tree.attr(id, n)).filter(|n| !n.is_empty()) else { return };
    let key = name.to_ascii_lowercase();
    if key == "parsely-page" {
        // An older form of what `parsely-pub-date` says, in JSON.
        let page = serde_json::from_str::<serde_json::Value>(&jsonld::unescape(content)).ok();
        let day = page.as_ref().and_then(|page| page.get("pub_date")?.as_str());
        out.extend(Claim::new(Field::Published, day.unwrap_or(""), "meta:parsely-pub-date"));
        return;
    }
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
        | "article:original_time"
        | "citation_online_date"
        | "date.created"
        | "dc.created"
        | "article:date"
        | "article_date"
        | "post_date"
        | "story_date"
        | "creation_date" => Field::Published,
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
        _ => match of_a_day(&key).filter(|_| dates::whole(content, &dates::Context::default()).is_some()) {
            Some(field) => field,
            None => return,
        },
    };
    // Some tools that save pages write `value` for `content`: days and names are as good as ever, but such a page's heading
    // is its better title.
    if misnamed && field == Field::Title {
        return;
    }
    let content = jsonld::unescape(content);
    let content = if field == Field::Title || field == Field::Summary { collapse(&content) } else { content };
    out.extend(Claim::new(field, &content, format!("meta:{key}")));
}

/// What a name that is in no list says of a day: `first_published_on`, `page-updated-time`. Only names that say what the
/// day is of; and the value must be a date.
fn of_a_day(key: &str) -> Option<Field> {
    const OTHERS: &[&str] = &[
        "expir",
        "unpub",
        "event",
        "start",
        "end_",
        "end-",
        "build",
        "comment",
        "valid",
        "image",
        "video",
        "birth",
        "embargo",
        "publisher",
        "cache",
        "server",
        "issue",
    ];
    let has = |words: &[&str]| words.iter().any(|word| key.contains(word));
    if has(OTHERS) {
        return None;
    }
    if has(&["modif", "updat", "lastchange", "last_change", "last-change"]) {
        return Some(Field::Updated);
    }
    // What sites of pictures and of posts say of their own.
    let made = ["uploaded", "upload_date", "upload-date", "uploaddate", ":create_at", ":created_at"];
    let published = made.iter().any(|end| key.ends_with(end))
        || has(&["publish", "pubdate", "pub_date", "pub-date", "pubtime", "datepub", "date_pub", "date-pub"])
        || has(&["publication", "publicacion", "publicacao", "pubblicazione", "parution"])
            && has(&["date", "time", "fecha", "data"]);
    published.then_some(Field::Published)
}

/// A `link` element.
pub(super) fn link(tree: &Tree, id: Id, out: &mut Vec<Claim>) {
    let (Some(rel), Some(href)) = (tree.attr(id, "rel"), tree.attr(id, "href")) else {
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
