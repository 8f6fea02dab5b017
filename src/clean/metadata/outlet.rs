//! The outlet: whose article it is, and the names it goes by.

use super::Claims;
use crate::model::{Field, Found};

/// The outlet's name: what the envelope or the page said, else the host.
pub(super) fn source(claims: &Claims, host: Option<&str>) -> Option<Found<String>> {
    let said = claims.all(Field::Source).chain(claims.all(Field::SiteName));
    let name = said.filter_map(|claim| named(&claim.value).map(|name| (name, &claim.found))).next();
    match name {
        Some((value, found)) => Some(Found { value, found: found.clone() }),
        None => host.map(|host| Found { value: host.to_owned(), found: "host".to_owned() }),
    }
}

/// A name on one line; an address gives its host, a handle and a sentence nothing.
fn named(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.contains("://") || text.starts_with("www.") {
        return super::host_of(&text);
    }
    (!text.is_empty() && text.len() <= 120 && !text.starts_with('@')).then_some(text)
}

/// All names the outlet goes by, for telling a headline from the site's name behind it and a person from an outlet.
pub(super) fn names(claims: &Claims, host: Option<&str>) -> Vec<String> {
    let said = claims.all(Field::SiteName).chain(claims.all(Field::Source)).map(|claim| claim.value.trim().to_owned());
    let mut names: Vec<String> = said.filter(|name| !name.is_empty() && name.len() <= 120).collect();
    names.extend(host.map(str::to_owned));
    names.dedup();
    names
}
