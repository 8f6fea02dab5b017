//! Bylines → persons: who of all that signed is an author.

mod around;
mod body;
mod byline;
mod dated;
mod name;
mod parts;
mod sentence;
#[cfg(test)]
mod tests;
mod words;

pub use byline::Byline;
use byline::Trust;
pub(in crate::clean) use dated::dated_byline;
pub(in crate::clean) use sentence::reads_on;

use super::{Claims, folded};
use crate::model::{Agency, AgencyRole, Claim, Field, Found, Provenance};

/// The persons a byline names, without agencies, job titles, places and handles.
pub fn persons(text: &str) -> Vec<String> {
    byline::read(text, Trust::Text, &[]).persons
}

/// The byline that `line` is as a whole, behind the word that opened it; `None` where anything in it is no part of one. Names
/// of persons and agencies in order; `outlets` are the folded names that the article's outlet goes by.
pub(in crate::clean) fn byline(line: &str, outlets: &[String]) -> Option<Byline> {
    byline::line(line, outlets)
}

/// Whether `text`, which a label such as `Author:` announced, names a person or a wire agency that can be read.
pub(in crate::clean) fn signed(text: &str) -> bool {
    let read = byline::read(text, Trust::Name, &[]);
    !read.persons.is_empty() || !read.agencies.is_empty()
}

/// Whether `text` can sign an article: it names a person, a wire agency, or a body by a word that bodies have in their
/// names.
pub(in crate::clean) fn may_sign(text: &str) -> bool {
    signed(text) || body::of(text, &[], false).is_some()
}

/// Whether `name` is several words of which the last is one that names of outlets end with: `Valley Voice`.
pub(in crate::clean) fn is_outlet(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let last = words.last().map(|word| byline::plain(word)).unwrap_or_default();
    let known = words::OUTLETS.contains(last.as_str()) || words::OFFICES.contains(last.as_str());
    let capital = |word: &&str| !word.starts_with(char::is_lowercase) || words::PARTICLES.contains(*word);
    (2..=5).contains(&words.len()) && known && words.iter().all(capital) && !name.ends_with(['.', '!', '?', ':'])
}

/// Whether `line` is a person's name and nothing else, with a given name that is common where news are written.
pub(in crate::clean) fn is_full_name(line: &str) -> bool {
    let words: Vec<&str> = line.split(' ').collect();
    (2..=3).contains(&words.len())
        && words.iter().all(|word| word.starts_with(char::is_uppercase))
        && words.first().is_some_and(|word| words::GIVEN.contains(byline::plain(word).as_str()))
        && matches!(persons(line).as_slice(), [name] if folded(name) == folded(line))
}

/// Whether `line` is one person's name and nothing else, but for a word that opens bylines.
pub(in crate::clean) fn is_one_name(line: &str) -> bool {
    let name = byline::without_opener(line, Trust::Text).0;
    // `Illustration Anna Orel`
    let pictured = words::PICTURES.contains(byline::plain(name.split(' ').next().unwrap_or("")).as_str());
    !pictured && matches!(persons(line).as_slice(), [one] if folded(one) == folded(name))
}

/// Whether `line` is the name of a wire agency.
pub(in crate::clean) fn names_an_agency(line: &str) -> bool {
    super::agencies::named(line.trim()).is_some()
}

/// Whether a line of several words names a desk or an outlet, with a place at most: `Orlen News, Tarn`.
pub(in crate::clean) fn names_an_office(line: &str) -> bool {
    let name = line.split(',').next().unwrap_or(line).trim();
    let words: Vec<&str> = name.split(' ').collect();
    (2..=4).contains(&words.len())
        && words.iter().all(|word| word.starts_with(char::is_uppercase))
        && words.iter().any(|word| words::OFFICES.contains(byline::plain(word).as_str()))
}

/// Longest text of a page's element that is read as a byline, in bytes.
const MAX_ELEMENT_BYTES: usize = 240;

/// Where authors are named, most trusted first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// The page's own article in its structured data, or the envelope.
    Structured,
    /// `meta` elements, microdata.
    Meta,
    /// Elements of the page that name an author.
    Element,
    /// A byline that stood in the text itself, cut out by a rule.
    Text,
    /// Other objects of the structured data.
    Beside,
    /// Elements among comments and related links.
    Elsewhere,
}

fn place(claim: &Claim) -> Option<Place> {
    let found = claim.found.as_str();
    let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| found.starts_with(prefix));
    // The words of a byline with all that is no name in them name nobody whom the names beside them do not.
    let whole = starts(&["html:"]) && found.split(':').any(|part| part == "whole");
    if whole || starts(&["jsonld:other-"]) {
        return None;
    }
    Some(if found.ends_with(":elsewhere") {
        Place::Elsewhere
    } else if starts(&["jsonld:webpage:", "jsonld:other"]) {
        Place::Beside
    } else if starts(&["html:", "link:"]) {
        Place::Element
    } else if starts(&["meta:", "itemprop:", "property:"]) {
        Place::Meta
    } else if !found.contains(':') && found.contains('.') {
        // A rule's id: `footer.author`, `header.byline`.
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
    /// What the page's data calls an organization, where its name could be a person's.
    organizations: Vec<String>,
    /// The persons of each claim or group of claims.
    lists: Vec<Vec<String>>,
    /// Bodies that signed where no person did.
    bodies: Vec<Found<String>>,
}

impl Said {
    fn add(&mut self, read: Byline, found: &str) {
        for name in &read.persons {
            put(&mut self.persons, name);
        }
        // Many sites call every author an organization; a given name tells a person.
        if found.ends_with(":organization") {
            self.organizations.extend(read.persons.iter().filter(|name| !is_full_name(name)).cloned());
        }
        if let Some(body) = &read.body {
            let known = self.bodies.iter().any(|known| folded(&known.value) == folded(body));
            self.bodies.extend((!known).then(|| Found { value: body.clone(), found: found.to_owned() }));
        }
        self.agencies.extend(read.agencies.into_iter().map(|agency| (agency, found.to_owned())));
        self.lists.push(read.persons);
    }
}

fn put(list: &mut Vec<String>, name: &str) {
    let key = folded(name);
    if !list.iter().any(|known| folded(known) == key) {
        list.push(name.to_owned());
    }
}

/// The authors of a document, each once; agencies that signed go to the provenance, and so do bodies, which are authors
/// only where no person is.
pub(super) fn authors(claims: &Claims, names: &[String], provenance: &mut Provenance) -> Vec<String> {
    let outlets: Vec<String> =
        names.iter().flat_map(|name| [folded(name), folded(name.split('.').next().unwrap_or(name))]).collect();
    // What the page's own data call an organization is no person who gave the site its name.
    let organizations = claims.all(Field::Author).filter(|claim| claim.found.ends_with(":organization"));
    let organizations: Vec<String> = organizations.map(|claim| folded(&claim.value)).collect();
    let read = |claim: &Claim, trust: Trust| {
        let mut read = if is_member(claim, claims) {
            byline::member(&claim.value, trust, &outlets)
        } else {
            byline::read(&claim.value, trust, &outlets)
        };
        // A person's own site bears the person's name; an outlet does not sign.
        let own = |name: &str| {
            trust == Trust::Name
                && (2..=3).contains(&name.split(' ').count())
                && !begins_with_article(name)
                && !claim.value.split(' ').any(shouted)
                && !organizations.contains(&folded(name))
        };
        // `MDR THÜRINGEN` on mdr.example: a short name of the outlet's is no word of a person's.
        let short =
            |name: &str| name.split(' ').any(|word| (2..=4).contains(&word.len()) && outlets.contains(&folded(word)));
        let before = read.persons.len();
        read.persons.retain(|name| (!outlets.contains(&folded(name)) || own(name)) && !short(name));
        let named = trust == Trust::Name || claim.found.ends_with(":organization");
        if read.persons.is_empty() && (before == 1 || named && read.body.is_none()) {
            read.body = body::of(claim.value.trim(), &outlets, named);
        }
        read
    };
    let mut tiers: [Said; 6] = Default::default();
    let mut elements = Vec::new();
    for claim in claims.all(Field::Author) {
        let Some(place) = place(claim) else { continue };
        match place {
            Place::Element | Place::Elsewhere if claim.value.len() > MAX_ELEMENT_BYTES => {}
            Place::Element => elements.push(claim),
            Place::Elsewhere => tiers[place as usize].add(read(claim, Trust::Element), &claim.found),
            _ => {
                let trust = if claim.found.ends_with(":organization") { Trust::Text } else { Trust::Name };
                tiers[place as usize].add(read(claim, trust), &claim.found);
            }
        }
    }
    let group = first_group(&elements, |claim| read(claim, Trust::Element));
    tiers[Place::Element as usize].add(group.0, &group.1);

    // Republished text brings its author with it; the page's metadata names who copied it.
    let republished = [Field::Republisher, Field::OriginalSite, Field::OriginalUrl]
        .iter()
        .any(|&field| claims.first(field).is_some());
    let mut order = [Place::Structured, Place::Meta, Place::Element, Place::Text, Place::Beside];
    if republished {
        order.sort_by_key(|&place| place != Place::Text);
    }
    // Whoever is the outlet or holds the rights too, beside somebody else who signed, is no author. A notice in the head says
    // so only of whom no byline in sight names: writers hold rights as well.
    let in_sight: Vec<String> = [Place::Element, Place::Text]
        .iter()
        .flat_map(|&place| &tiers[place as usize].persons)
        .map(|name| folded(name))
        .collect();
    let holder = |name: &String| {
        let name = folded(name);
        let held = |claim: &Claim| folded(&claim.value) == name;
        // `Copyright (c) Orlen House 2025`
        let noted = |claim: &Claim| {
            claim.found.starts_with("meta:") && format!(" {} ", folded(&claim.value)).contains(&format!(" {name} "))
        };
        outlets.contains(&name)
            || claims.all(Field::OriginalPublisher).any(held)
            || claims.all(Field::Republisher).any(held)
            || !in_sight.contains(&name) && claims.all(Field::RightsNotice).any(noted)
    };
    let signs = |place: &&Place| {
        let said = &tiers[**place as usize];
        let house = |name: &String| said.organizations.contains(name) || !is_full_name(name) && holder(name);
        said.persons.iter().any(|name| !house(name))
    };
    let chosen = order.iter().find(signs).and_then(|place| order.iter().position(|other| other == place));
    let chosen = chosen.or_else(|| order.iter().position(|&place| !tiers[place as usize].persons.is_empty()));
    let asked = &order[..chosen.map_or(order.len(), |chosen| chosen + 1)];
    for (agency, found) in asked.iter().flat_map(|&place| &tiers[place as usize].agencies) {
        if !provenance.agencies.iter().any(|known| known.name == *agency) {
            provenance.agencies.push(Agency { name: agency.clone(), role: AgencyRole::Origin, found: found.clone() });
        }
    }
    let Some(chosen) = chosen else {
        let person = alone(&tiers[Place::Elsewhere as usize]);
        if !person.is_empty() {
            return person;
        }
        provenance.signed_by = bodies(&tiers, &order);
        return provenance.signed_by.iter().map(|body| body.value.clone()).collect();
    };
    let mut persons = std::mem::take(&mut tiers[order[chosen] as usize].persons);
    // One list that names all of these and more is the whole byline.
    for list in [Place::Meta, Place::Element, Place::Text].iter().flat_map(|&place| &tiers[place as usize].lists) {
        let all = persons.iter().all(|name| list.iter().any(|other| folded(other) == folded(name)));
        if list.len() > persons.len() && all {
            persons.clone_from(list);
        }
    }
    let organizations = &tiers[order[chosen] as usize].organizations;
    if persons.iter().any(|name| !organizations.contains(name)) {
        persons.retain(|name| !organizations.contains(name));
    }
    if order[chosen] == Place::Meta {
        borne_out(claims, &tiers[Place::Element as usize].persons, &mut persons, |claim| {
            read(claim, Trust::Name).persons
        });
    }
    if persons.iter().any(|name| !holder(name)) {
        persons.retain(|name| !holder(name));
    }
    without_doubles(persons)
}

/// Where `meta` elements name others than microdata does, the byline in sight tells which of the two is right: templates
/// give the house for the author.
fn borne_out(claims: &Claims, seen: &[String], persons: &mut Vec<String>, read: impl Fn(&Claim) -> Vec<String>) {
    let said = |meta: bool| -> Vec<String> {
        let told = claims.all(Field::Author).filter(|claim| place(claim) == Some(Place::Meta));
        let told = told.filter(|claim| claim.found.starts_with("meta:") == meta);
        told.flat_map(&read).map(|name| folded(&name)).collect()
    };
    let seen: Vec<String> = seen.iter().map(|name| folded(name)).collect();
    let shares = |names: &[String]| names.iter().any(|name| seen.contains(name));
    let (head, data) = (said(true), said(false));
    for (right, wrong) in [(&head, &data), (&data, &head)] {
        if shares(right) && !shares(wrong) {
            persons.retain(|name| !wrong.contains(&folded(name)));
        }
    }
}

/// Whether a claim is one of a list of names: the field's name says so, or others stand beside it. One string may as
/// well be a name and a place.
fn is_member(claim: &Claim, claims: &Claims) -> bool {
    let Some(field) = claim.found.strip_prefix("json:") else { return false };
    field.to_lowercase().ends_with("authors")
        || claims.all(Field::Author).filter(|other| other.found == claim.found).count() > 1
}

fn begins_with_article(name: &str) -> bool {
    let first = name.split(' ').next().unwrap_or("").to_lowercase();
    matches!(
        first.as_str(),
        "the"
            | "der"
            | "die"
            | "das"
            | "le"
            | "la"
            | "les"
            | "l"
            | "el"
            | "los"
            | "las"
            | "il"
            | "lo"
            | "o"
            | "a"
            | "de"
            | "het"
            | "al"
    )
}

/// The persons of the first author's element and of what is nested in it, and where that was found. Later elements
/// are those of teasers and of biographies.
fn first_group(elements: &[&Claim], read: impl Fn(&Claim) -> Byline) -> (Byline, String) {
    let mut at = 0;
    while at < elements.len() {
        let outer = elements[at];
        let nested = elements[at + 1..].iter().take_while(|claim| outer.value.contains(&claim.value)).count();
        let inner = &elements[at + 1..at + 1 + nested];
        let mut whole = read(outer);
        let mut leaves = Vec::new();
        for (n, claim) in inner.iter().enumerate() {
            let leaf = inner.get(n + 1).is_none_or(|next| !claim.value.contains(&next.value));
            if leaf {
                for name in read(claim).persons {
                    put(&mut leaves, &name);
                }
            }
        }
        // The outer text names all of the inner ones and perhaps some that are no links; where its words run into
        // each other (`Mara Linde Staff`) the inner ones know better.
        let named = |name: &String| whole.persons.iter().any(|other| folded(other) == folded(name));
        if !leaves.is_empty()
            && (!leaves.iter().all(named)
                || whole.persons.iter().any(|name| leaves.iter().any(|leaf| runs_on(name, leaf))))
        {
            whole.persons = leaves;
        }
        if !whole.persons.is_empty() || !whole.agencies.is_empty() || whole.body.is_some() {
            return (whole, outer.found.clone());
        }
        at += nested + 1;
    }
    (Byline::default(), String::new())
}

/// Whether `name` is `other` with more words behind or before it.
fn runs_on(name: &str, other: &str) -> bool {
    let (name, other) = (folded(name), folded(other));
    name.len() > other.len() && (name.starts_with(&format!("{other} ")) || name.ends_with(&format!(" {other}")))
}

/// Of `Mara Linde` and `Mara Linde Orlen` the shorter is the name, unless it is one word.
fn without_doubles(persons: Vec<String>) -> Vec<String> {
    let worse = |name: &String| {
        persons.iter().any(|other| {
            let full = other.contains(' ');
            (full && runs_on(name, other)) || (!name.contains(' ') && runs_on(other, name))
        })
    };
    persons.iter().filter(|name| !worse(name)).cloned().collect()
}

/// Who signed where no person did: the desk, the outlet or the agency that the most trusted place names. The agency
/// stands in the provenance besides.
fn bodies(tiers: &[Said; 6], order: &[Place]) -> Vec<Found<String>> {
    /// More names than that are no byline.
    const MOST: usize = 3;
    let signed = order.iter().map(|&place| &tiers[place as usize].bodies).find(|bodies| !bodies.is_empty());
    signed.map(|bodies| bodies.iter().take(MOST).cloned().collect()).unwrap_or_default()
}

fn shouted(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).count() > 2 && !word.chars().any(char::is_lowercase)
}

/// The one person whom at least two claims name where nothing better is known.
fn alone(said: &Said) -> Vec<String> {
    let times = said.lists.iter().filter(|list| !list.is_empty()).count();
    if said.persons.len() == 1 && times > 1 { said.persons.clone() } else { Vec::new() }
}
