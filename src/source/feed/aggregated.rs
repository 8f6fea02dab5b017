//! Feeds of services that only list what others printed: whose story an entry is, what it is called there, and where it is.

use url::Url;

use crate::model::{Claim, Document, Field};
use crate::source::redirects;

/// The hosts of such services, whose own name is no outlet's.
const SERVICES: &[&str] = &["news.google.com", "bing.com", "news.yahoo.com"];

/// Whether an address is of such a service, or leads on from one.
pub fn is_service(address: &str) -> bool {
    if redirects::target(address).is_some() {
        return true;
    }
    let host = Url::parse(address).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    SERVICES.contains(&host)
}

fn first(made: &Document, field: Field) -> Option<String> {
    made.claims.iter().find(|claim| claim.field == field).map(|claim| claim.value.clone())
}

/// Takes the name of the paper off the end of its headline, and, where such a service `listed` it, makes the
/// paper its outlet and leaves the list of links out that stands in the place of a text.
pub fn read(made: &mut Document, listed: bool) {
    let general = |claim: &Claim| {
        let channel = claim.found.contains(":channel:") || claim.found.contains(":feed:");
        channel && matches!(claim.field, Field::Source | Field::SiteName | Field::RightsNotice)
    };
    let Some(paper) = first(made, Field::OriginalPublisher) else {
        // `Google Alert - ferry` is what was sought.
        made.claims.retain(|claim| !listed || !general(claim));
        return;
    };
    let ending = format!(" - {paper}");
    for title in made.claims.iter_mut().filter(|claim| claim.field == Field::Title) {
        let bare = title.value.strip_suffix(&ending).map(str::trim_end).filter(|bare| !bare.is_empty());
        if let Some(bare) = bare.map(str::to_owned) {
            title.value = bare;
        }
    }
    if !listed {
        return;
    }
    let site = first(made, Field::OriginalSite).and_then(|site| Url::parse(&site).ok());
    let host = site.as_ref().and_then(Url::host_str).map(|host| host.strip_prefix("www.").unwrap_or(host).to_owned());
    made.claims
        .retain(|claim| !matches!(claim.field, Field::OriginalPublisher | Field::OriginalSite) && !general(claim));
    made.claims.extend(Claim::new(Field::Source, &paper, "rss:source"));
    made.claims.extend(host.and_then(|host| Claim::new(Field::SiteName, &host, "rss:source:@url")));
    let title = first(made, Field::Title).unwrap_or_default();
    let only_links = made.payload.as_ref().is_some_and(|payload| {
        let text = payload.text.trim_start();
        text.starts_with("<ol>") && text.contains("<a ")
            || text.starts_with("<a ") && text.contains("</font>") && text.contains(&title)
    });
    if only_links {
        made.payload = None;
        made.claims.extend(Claim::new(Field::Truncated, "true", "rss:description"));
    }
}
