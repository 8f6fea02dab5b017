//! Bylines → persons: who of all that signed is an author.

mod byline;
#[cfg(test)]
mod tests;
mod words;

pub use byline::Byline;
use byline::Trust;

use super::{Claims, folded};
use crate::model::{Agency, AgencyRole, Claim, Field, MediaType, Provenance};

/// The persons a byline names, without agencies, job titles, places and handles.
pub fn persons(text: &str) -> Vec<String> {
    byline::read(text, Trust::Text).persons
}

/// How well a place knows the author, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// A byline that stood in the text itself, cut out by a rule: it came with the text.
    Text,
    /// The page's own article in its structured data, or the envelope.
    Structured,
    /// `meta` elements.
    Meta,
    /// Elements of the page that name an author.
    Element,
    /// Other objects of the structured data.
    Beside,
}

fn place(claim: &Claim) -> Option<Place> {
    let found = claim.found.as_str();
    if found.ends_with(":elsewhere") {
        return None;
    }
    let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| found.starts_with(prefix));
    Some(if starts(&["jsonld:webpage:", "jsonld:other"]) {
        Place::Beside
    } else if starts(&["html:", "link:"]) {
        Place::Element
    } else if starts(&["meta:", "itemprop:", "property:"]) {
        Place::Meta
    } else if starts(&["footer.", "header.", "plain.", "line:", "title."]) {
        Place::Text
    } else {
        Place::Structured
    })
}

/// What one place said.
#[derive(Debug, Default)]
struct Said {
    persons: Vec<String>,
    agencies: Vec<(String, String)>,
}

/// The authors of a document, each once, and the agencies that signed in their place.
pub(super) fn authors(claims: &Claims, media: MediaType, names: &[String], provenance: &mut Provenance) -> Vec<String> {
    let outlets: Vec<String> =
        names.iter().flat_map(|name| [folded(name), folded(name.split('.').next().unwrap_or(name))]).collect();
    let mut tiers: [Said; 5] = Default::default();
    for claim in claims.all(Field::Author) {
        let Some(place) = place(claim) else { continue };
        let said = &mut tiers[place as usize];
        let trust =
            if place == Place::Element || claim.found.ends_with(":organization") { Trust::Text } else { Trust::Name };
        let read = byline::read(&claim.value, trust);
        for name in read.persons {
            let key = folded(&name);
            if !outlets.contains(&key) && !said.persons.iter().any(|known| folded(known) == key) {
                said.persons.push(name);
            }
        }
        said.agencies.extend(read.agencies.into_iter().map(|agency| (agency, claim.found.clone())));
    }
    let _ = media;
    let first = tiers.iter().position(|said| !said.persons.is_empty());
    for (agency, found) in
        tiers.iter().take(first.map_or(tiers.len(), |first| first + 1)).flat_map(|said| &said.agencies)
    {
        if !provenance.agencies.iter().any(|known| known.name == *agency) {
            provenance.agencies.push(Agency { name: agency.clone(), role: AgencyRole::Origin, found: found.clone() });
        }
    }
    first.map_or_else(Vec::new, |first| std::mem::take(&mut tiers[first].persons))
}
