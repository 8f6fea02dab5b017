//! An address that a list named, to be fetched some day.

use serde::{Deserialize, Serialize};

/// What an address leads to, as far as the list that named it tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AddressKind {
    /// A feed: it will have new entries.
    Feed,
    /// A sitemap or another list of addresses.
    List,
    /// A page that may hold an article.
    Page,
    /// The list does not say.
    #[default]
    Unknown,
}

impl AddressKind {
    /// All of them.
    pub const ALL: [AddressKind; 4] = [Self::Feed, Self::List, Self::Page, Self::Unknown];

    /// Its name, as stored and shown.
    pub fn name(self) -> &'static str {
        match self {
            Self::Feed => "feed",
            Self::List => "list",
            Self::Page => "page",
            Self::Unknown => "unknown",
        }
    }

    /// The kind of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// An address to be fetched some day and what the list that named it said of it. What was not said is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Absolute, `http` or `https`, without fragment: what makes it the same address.
    pub url: String,
    /// What it leads to.
    pub kind: AddressKind,
    /// Its title.
    pub title: String,
    /// Folders it lies in, outermost first (OPML).
    pub folders: Vec<String>,
    /// The site it belongs to: an address (OPML) or a name (a news sitemap's publication).
    pub site: String,
    /// When it was published or changed, as written.
    pub date: String,
    /// Language as written.
    pub language: String,
    /// Keywords as written.
    pub keywords: String,
    /// The file that named it first.
    pub list: String,
    /// When it was imported first, ISO 8601 in UTC.
    pub added: String,
}

/// Whether an article's address is one of the web, which a person may be offered to open.
pub fn is_web_address(text: &str) -> bool {
    ["https://", "http://"]
        .iter()
        .any(|scheme| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

/// Whether it is a URI that names something for ever and leads nowhere: a `urn:` (RFC 8141) or a `tag:` (RFC 4151). Such
/// a name can be cited as an article's address; it is never offered to be opened.
pub fn is_permanent_name(text: &str) -> bool {
    let plain = |part: &str| part.bytes().all(|b| b.is_ascii_graphic() && !b"\"<>\\^`{|}[]".contains(&b));
    let Some((scheme, rest)) = text.split_once(':').filter(|_| text.len() <= 1000 && plain(text)) else { return false };
    let Some((namespace, _)) = rest.split_once(':').filter(|(_, name)| !name.is_empty()) else { return false };
    if scheme.eq_ignore_ascii_case("urn") {
        let edges = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphanumeric);
        let namespace = namespace.as_bytes();
        return (2..=32).contains(&namespace.len())
            && edges(namespace.first())
            && edges(namespace.last())
            && namespace.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-');
    }
    // Who gave the name, and on which day it was theirs to give.
    let given = |(authority, date): (&str, &str)| {
        let numbers: Vec<&str> = date.split('-').collect();
        let digits = |part: &&str, length| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
        let (year, rest) = (numbers.first(), numbers.get(1..).unwrap_or_default());
        authority.contains('.')
            && rest.len() <= 2
            && year.is_some_and(|y| digits(y, 4))
            && rest.iter().all(|p| digits(p, 2))
    };
    scheme.eq_ignore_ascii_case("tag") && namespace.split_once(',').is_some_and(given)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_uris_are_told_from_words() {
        for (name, permanent) in [
            ("urn:uuid:60a76c80-d399-11d9-b93c-0003939e0aa0", true),
            ("URN:nbn:de:1111-200606299", true),
            ("urn:newsml:tarn.example:20260601:77", true),
            ("urn:example:a?+b=c#d", true),
            ("tag:tarn.example,2026:77", true),
            ("tag:jo@tarn.example,2026-06-01:blog:77", true),
            ("tag:tarn.example,1999:blog-1.post-2", true),
            ("urn:x", false),
            ("urn:x:1", false),
            ("urn:-tarn:1", false),
            ("urn:tarn+x:1", false),
            ("urn:tarn:", false),
            ("urn:tarn:a b", false),
            ("tag:tarn,2026:77", false),
            ("tag:tarn.example:77", false),
            ("tag:tarn.example,26:77", false),
            ("tag:tarn.example,2026:{77}", false),
            ("tags: ferries, piers", false),
            ("javascript:alert:1", false),
            ("https://tarn.example/urn:x:1", false),
            ("", false),
        ] {
            assert_eq!(is_permanent_name(name), permanent, "{name}");
            assert!(!(permanent && is_web_address(name)));
        }
        assert!(is_web_address("HTTPS://a.example") && !is_web_address("httpsé") && !is_web_address("file:///a"));
    }
}
