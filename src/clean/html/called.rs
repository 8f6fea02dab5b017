//! What a page calls itself: a thing that is for sale, an event, a list of other pages; and whether it is no more than that.
//!
//! Losing an article is worse than keeping a list. So the word of a page's data is never enough: many a real article
//! calls itself a `WebSite` or has the event it tells of beside it, and archives call themselves `article`. A page is
//! refused where it calls itself something else, has no article of its own, **and** has little prose that is its own;
//! where there is more it is kept, with a note. A vacancy is none however long it is, and a paper's announcement of an event is kept. Without such a word it takes a row of teasers and nothing beside it.

use super::Refusal;
use super::hints;
use super::jsonld;
use super::judge::{Case, Verdict};
use super::meta::{Harvest, Survey};
use super::tree::{Id, Tree};
use crate::model::{BlockKind, Claim, Field, Note, Reason};
use html5ever::local_name;

/// With so many words of its own a page is kept, whatever it calls itself.
const PROSE: usize = 150;
/// With so many an event is announced, and not only listed by name, place and hour.
const ANNOUNCED: usize = 30;
/// From so many words on a paragraph about a match reports it; fixtures name sides, place and hour.
const SENTENCE: usize = 12;
/// With so many it is no row of teasers, where only its looks say that it might be.
const INTRODUCTION: usize = 80;
/// Most words that stand below a headline which leads elsewhere.
const TEASER: usize = 60;
/// Headlines that make a row, where the page says that it is a list, and where it does not.
const ROW: usize = 3;
const LONG_ROW: usize = 5;

/// What says that a front page is a list.
const ADDRESS: &str = "its address";

/// What a page is, if it is no article.
enum Called {
    /// A thing, by its type: `Product`.
    Thing(String),
    /// A list of pages, by what says so: `CollectionPage`, `its address`.
    List(String),
}

/// How much of what is kept is the page's own, and how much leads elsewhere.
#[derive(Debug, Default, PartialEq, Eq)]
struct Shares {
    own: usize,
    teasers: usize,
    /// Headlines that lead to other pages.
    heads: usize,
}

/// A refusal of a page that is a thing or a list, or the note that one is kept.
pub(super) fn called(
    tree: &Tree,
    survey: &Survey,
    harvest: &Harvest,
    case: &Case,
    verdicts: &[Verdict],
    url: Option<&str>,
) -> Result<Option<Note>, Refusal> {
    if harvest.told.article {
        return Ok(None);
    }
    let claims = &harvest.claims;
    let refuse = |detail: String| Err(Refusal { reason: Reason::NotAnArticle, detail, claims: claims.clone() });
    let words = case.kept_words(verdicts);
    match name(tree, harvest, url) {
        Some(Called::Thing(name)) if is_signed(claims) || says_article(claims) => Ok(Some(note(&name))),
        Some(Called::Thing(name)) if is_reported(&name, case, verdicts, claims) => Ok(Some(note(&name))),
        Some(Called::Thing(name)) if name == "JobPosting" => refuse(format!("the page calls itself a `{name}`")),
        Some(Called::Thing(name)) if words < if name.ends_with("Event") { ANNOUNCED } else { PROSE } => {
            refuse(format!("the page calls itself `{name}`, and has {words} words of text"))
        }
        Some(Called::Thing(name)) => Ok(Some(note(&name))),
        Some(Called::List(name)) => {
            let shares = shares(tree, case, verdicts, harvest, url);
            let row = shares.heads >= ROW && shares.teasers >= shares.own;
            if shares.own < PROSE && row {
                refuse(format!("a list of pages by {name}: {} headlines lead elsewhere", shares.heads))
            } else {
                // Many a page at its site's front is somebody's only text.
                Ok((row || name != ADDRESS).then(|| note(&name)))
            }
        }
        None if says_article(claims) || is_signed(claims) => Ok(None),
        None => {
            let shares = shares(tree, case, verdicts, harvest, url);
            let carded = shares.own < INTRODUCTION && shares.teasers > 2 * shares.own && in_cards(tree, survey, case);
            if shares.heads >= LONG_ROW && carded {
                refuse(format!("a row of {} headlines that lead to other pages, and little else", shares.heads))
            } else {
                Ok(None)
            }
        }
    }
}

/// Whether a short text tells of the thing as a paper does: a test with the day it was published, a report of a match.
fn is_reported(name: &str, case: &Case, verdicts: &[Verdict], claims: &[Claim]) -> bool {
    let ware = name.to_lowercase().contains("product");
    let match_ = name == "SportsEvent";
    let dated = claims.iter().any(|claim| {
        claim.field == Field::Published
            && claim.found.starts_with("html:")
            && !claim.found.ends_with(":elsewhere")
            && !claim.found.ends_with(":above")
    });
    let sentence = |at: usize| {
        let (block, frame) = (&case.blocks[at], &case.frames[at]);
        verdicts[at].is_none()
            && block.kind == BlockKind::Paragraph
            && frame.words >= SENTENCE
            && block.links.is_empty()
            && block.text.trim_end().ends_with(['.', '!', '?', '。', '”', '"', '»'])
    };
    ware && dated && case.kept_words(verdicts) >= ANNOUNCED || match_ && (0..verdicts.len()).any(sentence)
}

fn note(name: &str) -> Note {
    Note(format!("the page calls itself no article ({name}), but has text of its own"))
}

/// Whether a person signed it, here and not beside it.
pub(super) fn is_signed(claims: &[Claim]) -> bool {
    claims.iter().any(|claim| {
        claim.field == Field::Author
            && !claim.found.ends_with(":elsewhere")
            && !claim.found.starts_with("jsonld:other")
            && !claim.found.ends_with(":organization")
    })
}

/// Whether the head calls the page an article or names the day it was published as one.
pub(super) fn says_article(claims: &[Claim]) -> bool {
    claims.iter().any(|claim| {
        claim.found == "meta:article:published_time"
            || claim.field == Field::Kind && claim.value.to_lowercase().contains("article")
    })
}

/// What the page's data, its system or its address call it.
fn name(tree: &Tree, harvest: &Harvest, url: Option<&str>) -> Option<Called> {
    let headlines: Vec<&str> = harvest
        .claims
        .iter()
        .filter(|claim| claim.field == Field::Title && !claim.found.starts_with("jsonld:"))
        .map(|claim| claim.value.as_str())
        .collect();
    // The fair is the page's subject where the page is called as the fair is; a report on it has a headline of its own.
    let named = |name: &str| name.len() > 3 && headlines.iter().any(|headline| jsonld::fold(headline) == name);
    // A vacancy is headed by its title and a place; one beside a story is an advertisement.
    let begins = |name: &str| name.len() > 3 && headlines.iter().any(|headline| is_vacancy(headline, name));
    let things = &harvest.told.things;
    if let Some((kind, _)) = things.iter().find(|(kind, name)| named(name) || kind == "JobPosting" && begins(name)) {
        return Some(Called::Thing(kind.clone()));
    }
    if let Some(kind) = harvest.h1.and_then(|h1| around(tree, h1)) {
        return Some(Called::Thing(kind));
    }
    let kinds = || harvest.claims.iter().filter(|claim| claim.found == "meta:og:type");
    let of_a_thing = |kind: &str| matches!(kind, "product" | "product.item" | "og:product" | "event");
    if let Some(claim) = kinds().find(|claim| of_a_thing(&claim.value.to_lowercase())) {
        return Some(Called::Thing(claim.value.clone()));
    }
    let list = |name: &&String| matches!(name.as_str(), "CollectionPage" | "SearchResultsPage" | "ProfilePage");
    if let Some(page) = harvest.told.pages.iter().find(list) {
        return Some(Called::List(format!("its own word (`{page}`)")));
    }
    if let Some(class) = class(tree) {
        return Some(Called::List(format!("its system's word (`{class}`)")));
    }
    if kinds().any(|claim| claim.value.eq_ignore_ascii_case("profile")) {
        return Some(Called::List("its own word (`profile`)".to_owned()));
    }
    let canonical =
        harvest.claims.iter().find(|claim| claim.found == "link:canonical").map(|claim| claim.value.as_str());
    let own = url.or(canonical)?;
    is_front(own).then(|| Called::List(ADDRESS.to_owned()))
}

/// Whether a headline is that of the vacancy called `name`, in folded form: behind it comes a mark or a place, while a story
/// goes on: `Town crier wanted: Orlen seeks a voice`.
fn is_vacancy(headline: &str, name: &str) -> bool {
    const PLACE: &[&str] = &[
        "in", "at", "for", "near", "with", "bei", "im", "für", "zur", "am", "à", "chez", "en", "au", "pour", "para",
        "a", "di", "presso", "per", "te", "bij", "voor", "hos", "till", "til", "w", "dla", "job",
    ];
    /// Most words of a place.
    const WORDS: usize = 4;
    let ends = headline.char_indices().map(|(at, c)| at + c.len_utf8());
    let Some(end) = ends.into_iter().find(|&end| jsonld::fold(&headline[..end]) == name) else { return false };
    let rest = headline[end..].trim_start();
    let mut words = rest.split_whitespace();
    let first = words.next().unwrap_or("").to_lowercase();
    // `Editorial` is no `Editor`, and a colon is followed by what somebody says of it.
    let whole = !headline[end..].starts_with(char::is_alphanumeric);
    let marked = rest.starts_with(|c: char| !c.is_alphanumeric() && c != ':');
    whole && (rest.is_empty() || marked || PLACE.contains(&first.as_str()) && words.count() <= WORDS)
}

/// The thing in whose microdata the headline stands.
fn around(tree: &Tree, h1: Id) -> Option<String> {
    let scope = tree.ancestors(h1).find_map(|id| tree.attr(id, "itemtype"))?;
    let name = scope.trim().rsplit('/').next().unwrap_or(scope);
    jsonld::is_thing(name).then(|| name.to_owned())
}

/// Whether an address is that of a site's front page.
pub(super) fn is_front(address: &str) -> bool {
    let Ok(address) = url::Url::parse(address) else { return false };
    let path = address.path().trim_matches('/').to_ascii_lowercase();
    let front = matches!(path.as_str(), "" | "index.html" | "index.htm" | "index.php" | "home" | "default.aspx");
    front && address.query().is_none()
}

/// The class by which WordPress, Ghost and Drupal name a list on the `body`.
fn class(tree: &Tree) -> Option<&'static str> {
    let body = (0..tree.nodes.len() as Id).find(|&id| *tree.tag(id) == local_name!("body"))?;
    let names: Vec<&str> = tree.attr(body, "class")?.split_whitespace().collect();
    let has = |name: &str| names.contains(&name);
    let term = |name: &&str| {
        matches!(*name, "category" | "tag" | "author" | "date" | "post-type-archive") || name.starts_with("tax-")
    };
    match () {
        _ if names.iter().any(|name| name.starts_with("single") || *name == "post-template") => None,
        _ if has("archive") && names.iter().any(term) => Some("archive"),
        _ if has("search-results") || has("search-no-results") => Some("search-results"),
        _ if has("home") && has("blog") => Some("home blog"),
        _ if has("home-template") => Some("home-template"),
        _ if has("tag-template") => Some("tag-template"),
        _ if has("author-template") => Some("author-template"),
        _ if has("path-taxonomy") => Some("path-taxonomy"),
        _ if has("path-frontpage") => Some("path-frontpage"),
        _ => None,
    }
}

/// Whether headlines that lead elsewhere stand in boxes that are made alike: cards of a list.
fn in_cards(tree: &Tree, survey: &Survey, case: &Case) -> bool {
    let cards = case.blocks.iter().filter(|block| block.kind == BlockKind::Heading && !block.links.is_empty());
    let boxed = cards.filter(|block| {
        let mut above = tree.ancestors(block.node).take(4);
        above.any(|id| survey.own[id as usize] & (hints::LIST | hints::ARTICLE | hints::RELATED) != 0)
    });
    boxed.count() >= LONG_ROW
}

/// Whether an address is of the site of `page`; where that is not known, it may be.
fn same_site(target: &str, page: Option<&str>) -> bool {
    let host = |address: &str| address.split('/').next().unwrap_or("").to_owned();
    page.is_none_or(|page| host(page) == host(&jsonld::address(target)))
}

/// Weighs what is kept: what stands below a headline that leads to another page of the site tells of that page.
fn shares(tree: &Tree, case: &Case, verdicts: &[Verdict], harvest: &Harvest, url: Option<&str>) -> Shares {
    let told = harvest.claims.iter().find(|claim| claim.found == "link:canonical").map(|claim| claim.value.as_str());
    let page = url.or(told).map(jsonld::address);
    let mut shares = Shares::default();
    // Words since the last headline that leads elsewhere, and whether it is counted.
    let mut since = None::<(usize, bool)>;
    for (at, block) in case.blocks.iter().enumerate() {
        let frame = &case.frames[at];
        let leads = |link: &(usize, usize, Id)| {
            let href = tree.attr(link.2, "href").unwrap_or("").trim();
            let target = super::meta::resolve(harvest.base.as_ref(), href).unwrap_or_else(|| href.to_owned());
            let near = !target.contains(':') || target.starts_with("http") && same_site(&target, page.as_deref());
            !href.is_empty() && !href.starts_with('#') && near && Some(jsonld::address(&target)) != page
        };
        let kept = verdicts[at].is_none();
        let begins = block.links.first().is_some_and(|link| link.0 == 0 && link.1 >= 12 && leads(link));
        let head = begins && (frame.density > 0.8 && frame.words >= 3 || block.kind == BlockKind::ListItem);
        if head && frame.words <= TEASER {
            let whole = frame.density <= 0.8;
            shares.heads += usize::from(kept);
            shares.teasers += if kept { frame.words } else { 0 };
            since = (!whole).then_some((0, kept));
        } else if block.kind == BlockKind::Heading {
            since = None;
        } else {
            since = since.map(|(words, told)| (words + frame.words, told)).filter(|(words, _)| *words <= TEASER);
            match (kept, &mut since) {
                (true, Some((_, told))) => {
                    shares.teasers += frame.words;
                    // A headline that the model took for chrome, above a text that it did not.
                    shares.heads += usize::from(!std::mem::replace(told, true));
                }
                (true, None) => shares.own += frame.words,
                (false, _) => {}
            }
        }
    }
    shares
}
