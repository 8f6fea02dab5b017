//! Bylines → persons.

use super::{Claims, folded};
use crate::model::{Field, MediaType, Provenance};

/// The authors of a document, each once.
pub(super) fn authors(claims: &Claims, _media: MediaType, names: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for claim in claims.all(Field::Author) {
        for person in persons(&claim.value) {
            let key = folded(&person);
            if !out.iter().any(|known| folded(known) == key) && !names.iter().any(|name| folded(name) == key) {
                out.push(person);
            }
        }
    }
    out
}

/// The persons a byline names.
pub fn persons(byline: &str) -> Vec<String> {
    let line = byline.trim();
    let line = line.strip_prefix("By ").unwrap_or(line);
    line.split(" and ")
        .flat_map(|part| part.split(", "))
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty() && !name.contains(['@', '/']))
        .collect()
}

/// Agencies that stand where authors should.
pub(super) fn agencies_among(_claims: &Claims, _provenance: &mut Provenance) {}
