//! The outlet: whose article it is, and the names it goes by.

use super::{Claims, folded};
use crate::model::{Claim, Field, Found};

/// From so many words on a headline is told from an outlet's name; a home page bears the outlet's for its title.
const HEADLINE_WORDS: usize = 5;

/// The outlet's name: what the envelope or the page said, else the host. A page that gives its headline, `title`, as the
/// name of its site or application has not said it.
pub(super) fn source(claims: &Claims, host: Option<&str>, title: &str) -> Option<Found<String>> {
    let headline = |claim: &&Claim| {
        claim.found.starts_with("meta:")
            && title.split(' ').count() >= HEADLINE_WORDS
            && folded(&claim.value) == folded(title)
    };
    let said = claims.all(Field::Source).chain(claims.all(Field::SiteName));
    let said = said.filter(|claim| !headline(claim) && !is_author(claims, claim));
    let name = said.filter_map(|claim| named(&claim.value).map(|name| (name, &claim.found))).next();
    match name {
        Some((value, found)) => Some(Found { value, found: found.clone() }),
        None => host.map(|host| Found { value: host.to_owned(), found: "host".to_owned() }),
    }
}

/// Whether what a channel is called names who wrote the text, not where: `Follow Mara Linde on Twitter` below `By MARA LINDE`.
fn is_author(claims: &Claims, channel: &Claim) -> bool {
    /// Most bytes before a name in a byline: `Written by `.
    const OPENER: usize = 16;
    let said = folded(&channel.value);
    let names = |author: &Claim| {
        let author = folded(&author.value);
        author
            .strip_suffix(&said)
            .is_some_and(|opener| opener.is_empty() || opener.ends_with(char::is_whitespace) && opener.len() <= OPENER)
    };
    channel.found.starts_with("nag.") && claims.all(Field::Author).any(names)
}

/// A name on one line; an address gives its host, a handle and a sentence nothing.
fn named(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.contains("://") || text.starts_with("www.") {
        // `article:publisher` is the outlet's page on a network, which is no outlet.
        return super::host_of(&text).filter(|host| !is_network(host));
    }
    (!text.is_empty() && text.len() <= 120 && !text.starts_with('@')).then_some(text)
}

fn is_network(host: &str) -> bool {
    const NETWORKS: &[&str] = &[
        "facebook.com",
        "fb.com",
        "twitter.com",
        "x.com",
        "instagram.com",
        "threads.net",
        "linkedin.com",
        "youtube.com",
        "tiktok.com",
        "pinterest.com",
        "bsky.app",
        "t.me",
        "telegram.me",
        "vk.com",
        "ok.ru",
        "weibo.com",
        "plus.google.com",
    ];
    NETWORKS.iter().any(|network| host.strip_suffix(network).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
}

/// All names the outlet goes by, for telling a headline from the site's name behind it and a person from an outlet.
pub(super) fn names(claims: &Claims, host: Option<&str>) -> Vec<String> {
    let said = claims.all(Field::SiteName).chain(claims.all(Field::Source)).filter(|claim| !is_author(claims, claim));
    let said = said.map(|claim| claim.value.trim().to_owned());
    let mut names: Vec<String> = said.filter(|name| !name.is_empty() && name.len() <= 120).collect();
    names.extend(host.map(str::to_owned));
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_is_no_outlet() {
        let title = "Lock reopens after nine years of repairs";
        let claims: Vec<Claim> = [(title, "meta:application-name"), ("Orlen Herald", "meta:og:site_name")]
            .into_iter()
            .filter_map(|(value, found)| Claim::new(Field::SiteName, value, found))
            .collect();
        let name =
            |claims: &[Claim], title: &str| source(&Claims(claims), Some("orlen.example"), title).map(|s| s.value);
        assert_eq!(name(&claims, title).as_deref(), Some("Orlen Herald"));
        assert_eq!(name(&claims[..1], title).as_deref(), Some("orlen.example"));
        assert_eq!(name(&claims[1..], "Orlen Herald").as_deref(), Some("Orlen Herald"));
    }

    #[test]
    fn a_channel_of_the_author_is_no_outlet() {
        let said = [
            (Field::Author, "Mara Linde", "header.byline"),
            (Field::SiteName, "Mara Linde", "nag.channel"),
            (Field::SiteName, "Orlen Watch", "nag.channel"),
        ];
        let claims: Vec<Claim> =
            said.into_iter().filter_map(|(field, value, found)| Claim::new(field, value, found)).collect();
        let name = |claims: &[Claim]| source(&Claims(claims), None, "").map(|found| found.value);
        assert_eq!(name(&claims).as_deref(), Some("Orlen Watch"));
        assert_eq!(name(&claims[1..]).as_deref(), Some("Mara Linde"));
        let byline = Claim::new(Field::Author, "By MARA LINDE", "json:author").into_iter();
        let claims: Vec<Claim> = byline.chain(claims[1..2].to_vec()).collect();
        assert_eq!(name(&claims), None);
        assert_eq!(names(&Claims(&claims), None), Vec::<String>::new());
    }

    #[test]
    fn a_network_is_no_outlet() {
        let claims = |publisher: &str| -> Vec<Claim> {
            let said = [
                (Field::Source, publisher, "meta:article:publisher"),
                (Field::SiteName, "Orlen Herald", "meta:og:site_name"),
            ];
            said.into_iter().filter_map(|(field, value, found)| Claim::new(field, value, found)).collect()
        };
        let name = |publisher: &str| source(&Claims(&claims(publisher)), None, "").map(|found| found.value);
        assert_eq!(name("https://www.facebook.com/orlenherald").as_deref(), Some("Orlen Herald"));
        assert_eq!(name("https://de-de.facebook.com/orlenherald").as_deref(), Some("Orlen Herald"));
        assert_eq!(name("https://notfacebook.com/").as_deref(), Some("notfacebook.com"));
        assert_eq!(name("The Orlen Herald Company").as_deref(), Some("The Orlen Herald Company"));
        let alone =
            Claim::new(Field::Source, "https://x.com/orlen", "meta:article:publisher").into_iter().collect::<Vec<_>>();
        assert_eq!(
            source(&Claims(&alone), Some("orlen.example"), "").map(|found| found.value).as_deref(),
            Some("orlen.example")
        );
    }
}
