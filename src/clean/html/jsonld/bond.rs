//! Whose the objects of JSON-LD are: the page's own, or what stands beside it.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::kinds::{Kind, bare, is_thing, kind, types};
use super::{Known, address, fold, link_of, text_of};

/// Whose an object is.
#[derive(PartialEq, Eq, Clone, Copy)]
pub(super) enum Bond {
    /// It has the page's address or headline.
    Own,
    /// Nothing tells.
    Unknown,
    /// It has another's.
    Foreign,
}

/// Shortest folded headline that is looked for in another, in bytes.
const HEADLINE: usize = 20;
/// Shortest folded title that others are likened to, in bytes.
const SAID: usize = 12;
/// Least share of the letters of a headline, by threes, that stand in one of the page's where it is said otherwise there.
const ALIKE: f32 = 0.4;

/// Whose an object is, by its address and its headline.
pub(super) fn bond(object: &Map<String, Value>, known: &Known) -> Bond {
    let links = ["url", "@id", "mainEntityOfPage"].iter().filter_map(|key| object.get(*key)).map(link_of);
    let links: Vec<String> = links.filter(|link| !link.is_empty()).map(|link| address(&link)).collect();
    let headline = headline_of(object);
    let holds = |long: &str, short: &str| short.len() > HEADLINE && long.contains(short);
    if links.iter().any(|link| known.addresses.iter().any(|own| is_same(link, own)))
        || !headline.is_empty() && titles(known).any(|t| t == headline || holds(t, &headline) || holds(&headline, t))
    {
        return Bond::Own;
    }
    let told = !headline.is_empty() && titles(known).next().is_some();
    if told && !is_alike(&headline, known) && links.iter().any(|link| is_deep(link)) {
        Bond::Foreign
    } else {
        Bond::Unknown
    }
}

pub(super) fn headline_of(object: &Map<String, Value>) -> String {
    fold(&object.get("headline").or(object.get("name")).map(text_of).unwrap_or_default())
}

fn titles(known: &Known) -> impl Iterator<Item = &str> {
    known.headlines.iter().map(String::as_str).chain([known.title.as_str()]).filter(|title| title.len() > 3)
}

/// Whether a folded headline says in other words what one of the page's says.
pub(super) fn is_alike(headline: &str, known: &Known) -> bool {
    titles(known).any(|title| title.len() >= SAID && alike(headline, title) >= ALIKE)
}

/// Whether a folded headline is one of the `titles`, within one of them, around one, or says it in other words.
pub(in crate::clean::html) fn is_one_of(headline: &str, titles: &[String]) -> bool {
    let holds = |long: &str, short: &str| short.len() >= SAID && long.contains(short);
    titles.iter().any(|title| {
        title == headline
            || holds(title, headline)
            || holds(headline, title)
            || title.len() >= SAID && alike(headline, title) >= ALIKE
    })
}

/// Whether two addresses, in [`address`] form, are one: a page has several hosts, and links to itself without any.
fn is_same(link: &str, own: &str) -> bool {
    let path = |address: &str| address.find('/').map(|at| address[at..].to_owned()).unwrap_or_default();
    link == own || is_deep(link) && path(link) == path(own)
}

/// Whether an address, in [`address`] form, is more than a site's and its sections'.
fn is_deep(address: &str) -> bool {
    address.split('/').filter(|part| !part.is_empty()).count() > 2
        || address.split_once('/').is_some_and(|(_, path)| path.len() > 12)
}

/// The share of a folded headline's letters, by threes, that stand in another.
fn alike(headline: &str, other: &str) -> f32 {
    let threes = |text: &str| -> HashSet<[char; 3]> {
        let letters: Vec<char> = text.chars().take(300).collect();
        letters.windows(3).map(|three| [three[0], three[1], three[2]]).collect()
    };
    let (own, other) = (threes(headline), threes(other));
    if own.is_empty() {
        0.0
    } else {
        own.intersection(&other).count() as f32 / own.len().min(other.len().max(1)) as f32
    }
}

/// Whether a thing is the page's own: a film that is shown beside a story has its own name, day and maker. What is
/// written of something is the page's own unless its name is another.
pub(super) fn is_of_page(object: &Map<String, Value>, known: &Known) -> bool {
    let written = || {
        types(object).into_iter().map(bare).any(|name| name.contains("Review") || matches!(name, "Recipe" | "HowTo"))
    };
    match bond(object, known) {
        Bond::Own => true,
        Bond::Unknown => written() || is_alike(&headline_of(object), known),
        Bond::Foreign => false,
    }
}

/// Whether an object of JSON-LD is a work that others made: what it is called and when it was made is never the page's.
pub(in crate::clean::html) fn is_work(object: &Map<String, Value>) -> bool {
    kind(object) == Kind::Work
}

/// Whether an object of JSON-LD is a thing that is called otherwise than the page.
pub(in crate::clean::html) fn is_beside(object: &Map<String, Value>, titles: &[String]) -> bool {
    let name = headline_of(object);
    kind(object) == Kind::Other && name.len() > 3 && !is_one_of(&name, titles)
}

/// The one review of a ware after which the page is called, and not only by its name: the page is that test. A shop's
/// page has the ware's name for its headline, and what buyers say beside it.
pub(super) fn test_of<'v>(ware: &'v Map<String, Value>, known: &Known) -> Option<&'v Map<String, Value>> {
    if !types(ware).into_iter().any(|name| is_thing(bare(name)) && !name.ends_with("Event")) {
        return None;
    }
    let review = match ware.get("review").or(ware.get("reviews"))? {
        Value::Array(many) => many.first().filter(|_| many.len() == 1)?.as_object()?,
        one => one.as_object()?,
    };
    let name = fold(&ware.get("name").map(text_of).unwrap_or_default());
    let called = |title: &String| name.len() > 3 && title.len() > name.len() && title.contains(name.as_str());
    let bare_name = known.headlines.contains(&name);
    (!bare_name && known.headlines.iter().any(called)).then_some(review)
}

/// Whether an object has the page's address or headline.
pub(super) fn is_own(object: &Map<String, Value>, known: &Known) -> bool {
    bond(object, known) == Bond::Own
}
