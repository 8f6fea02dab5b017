//! Namespaces to the prefixes by which we know them, whatever the document calls them.

/// Known namespaces; compared in lowercase, without a closing slash or hash.
const KNOWN: &[(&str, &str)] = &[
    ("http://www.w3.org/2005/atom", "atom"),
    ("http://purl.org/atom/ns", "atom"),
    ("http://purl.org/atom-blog/ns", "atom"),
    ("http://purl.org/net/rss1.1", ""),
    ("http://purl.org/rss/1.0", ""),
    ("http://my.netscape.com/rdf/simple/0.9", ""),
    ("http://channel.netscape.com/rdf/simple/0.9", ""),
    ("http://my.netscape.com/publish/formats/rss-0.91.dtd", ""),
    ("http://backend.userland.com/rss", ""),
    ("http://backend.userland.com/rss2", ""),
    ("http://backend.userland.com/rss091", ""),
    ("http://backend.userland.com/rss092", ""),
    ("http://blogs.law.harvard.edu/tech/rss", ""),
    ("http://cyber.law.harvard.edu/rss", ""),
    ("http://purl.org/rss/1.0/modules/rss091", ""),
    ("http://www.w3.org/1999/02/22-rdf-syntax-ns", "rdf"),
    ("http://www.w3.org/1999/xhtml", "xhtml"),
    ("http://www.w3.org/xml/1998/namespace", "xml"),
    ("http://www.w3.org/1999/xlink", "xlink"),
    ("http://purl.org/rss/1.0/modules/content", "content"),
    ("http://purl.org/dc/elements/1.1", "dc"),
    ("http://purl.org/dc/elements/1.0", "dc"),
    ("http://purl.org/metadata/dublin_core", "dc"),
    ("http://purl.org/dc/terms", "dcterms"),
    ("http://search.yahoo.com/mrss", "media"),
    ("http://search.yahoo.com/searchmonkey/media", "media"),
    ("http://tools.search.yahoo.com/mrss", "media"),
    ("http://api.yahoo.com/mrss", "media"),
    ("http://video.search.yahoo.com/mrss", "media"),
    ("http://www.itunes.com/dtds/podcast-1.0.dtd", "itunes"),
    ("http://www.itunes.com/dtds/podcast-2.0.dtd", "itunes"),
    ("http://example.com/dtds/podcast-1.0.dtd", "itunes"),
    ("http://rssnamespace.org/feedburner/ext/1.0", "feedburner"),
    ("http://www.pheedo.com/namespace/pheedo", "pheedo"),
    ("http://backend.userland.com/creativecommonsrssmodule", "creativecommons"),
    ("http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html", "creativecommons"),
    ("http://web.resource.org/cc", "cc"),
    ("http://creativecommons.org/ns", "cc"),
    ("http://prismstandard.org/namespaces/1.2/basic", "prism"),
    ("http://prismstandard.org/namespaces/basic/2.0", "prism"),
    ("http://purl.org/rss/1.0/modules/slash", "slash"),
    ("http://www.sitemaps.org/schemas/sitemap/0.9", ""),
    ("http://www.google.com/schemas/sitemap/0.84", ""),
    ("http://www.google.com/schemas/sitemap-news/0.9", "news"),
    ("http://iptc.org/std/nar/2006-10-01", ""),
    ("http://iptc.org/std/nitf/2006-10-18", ""),
];

/// The prefix by which we know a namespace; `None` if we do not.
pub fn known(uri: &str) -> Option<&'static str> {
    let uri = uri.trim().to_lowercase().replacen("https://", "http://", 1);
    let uri = uri.split('#').next().unwrap_or("").trim_end_matches('/');
    KNOWN.iter().find(|(known, _)| *known == uri).map(|(_, prefix)| *prefix)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn namespaces_are_known_in_their_variants() {
        for (uri, prefix) in [
            ("http://www.w3.org/2005/Atom", Some("atom")),
            ("http://purl.org/atom/ns#", Some("atom")),
            ("https://purl.org/dc/elements/1.1/", Some("dc")),
            ("http://backend.userland.com/rss2", Some("")),
            ("urn:of:nobody", None),
        ] {
            assert_eq!(known(uri), prefix, "{uri}");
        }
    }
}
