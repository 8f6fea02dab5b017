//! What a page says of itself outside JSON-LD: meta elements, links, microdata, bylines and dates in sight.

mod begun;
mod byline;
mod head;
mod labels;
mod near;
mod others;
mod own;
mod scopes;
mod spine;
mod visible;
mod within;

use std::collections::HashSet;

use html5ever::local_name;

use super::counts::Map;
use super::hints::{self, Hints};
use super::jsonld::{self, Known, Told};
use super::tree::{Id, NONE, Step, Tree};
use crate::clean::metadata::dates;
use crate::model::{Claim, Field};
pub(super) use byline::{is_byline, parts};
pub(super) use labels::{is_label_word, may_be_date};
use scopes::{Scopes, Signers, is_in_a_card, is_one_of_teasers};
use spine::Spine;
pub(super) use spine::is_site_name;
pub(super) use visible::has_name;

/// Claims kept of one page.
const MAX_CLAIMS: usize = 600;

/// The hints of each node's own names, and of those of its ancestors below `body`.
pub(super) struct Survey {
    pub own: Vec<Hints>,
    pub above: Vec<Hints>,
}

impl Survey {
    /// Reads the names of all elements.
    pub fn of(tree: &Tree) -> Self {
        let count = tree.nodes.len();
        let (mut own, mut above) = (vec![0; count], vec![0; count]);
        let mut buffer = String::new();
        // Many elements have the class of another.
        let mut known: Map<&str, Hints> = Map::default();
        for id in 0..count as Id {
            let (mut class, mut name, mut test) = ("", "", "");
            for attr in tree.attrs(id) {
                match &*attr.name {
                    "class" => class = &attr.value,
                    "id" => name = &attr.value,
                    "data-testid" | "data-component" | "data-module" | "data-type" | "data-block" => test = &attr.value,
                    _ => {}
                }
            }
            if !class.is_empty() {
                own[id as usize] = *known.entry(class).or_insert_with(|| hints::of(class, &mut buffer));
            }
            for name in [name, test].into_iter().filter(|name| !name.is_empty()) {
                own[id as usize] |= hints::of(name, &mut buffer);
            }
            // Nodes are numbered in document order, so a parent's hints are known before its children's.
            let parent = tree.parent(id);
            if parent != NONE && !matches!(*tree.tag(parent), local_name!("body") | local_name!("html")) {
                above[id as usize] = above[parent as usize] | own[parent as usize];
            }
        }
        Self { own, above }
    }
}

/// So many bytes below the headline the story has begun: what stands in a card there is another's.
const BEGUN: usize = 420;

/// Boxes of other articles' dates in microdata.
const CARDS: Hints = hints::RELATED | hints::SIDE;

/// What the whole page yields, and its base address.
pub(super) struct Harvest {
    pub claims: Vec<Claim>,
    pub base: Option<url::Url>,
    /// The page's first headline in sight.
    pub h1: Option<Id>,
    /// What its JSON-LD calls it.
    pub told: Told,
}

/// What the document's envelope and the page's head call its address, to compare.
fn own_addresses(url: Option<&str>, head: &[Claim]) -> Vec<String> {
    let said = head.iter().filter(|claim| claim.field == Field::Canonical).map(|claim| claim.value.as_str());
    // A front page leads to stories by any of its links.
    url.into_iter().chain(said).filter(|address| !super::called::is_front(address)).map(jsonld::address).collect()
}

/// Gathers all claims of a page.
pub(super) fn harvest(tree: &Tree, survey: &Survey, url: Option<&str>) -> Harvest {
    let mut head = Vec::new();
    let mut seen = Vec::new();
    let (mut scripts, mut programs, mut base, mut h1) = (Vec::new(), Vec::new(), None::<String>, None);
    let spine = Spine::of(tree, survey);
    let mut scopes = Scopes::default();
    let mut signers = Signers::default();
    // Bytes of text below the headline so far.
    let mut passed = 0;
    let at_front = url.is_some_and(super::called::is_front);
    // Dates above the headline and away from it, which count after all others.
    let mut before = Vec::new();
    for id in 0..tree.nodes.len() as Id {
        if seen.len() > MAX_CLAIMS || head.len() > MAX_CLAIMS {
            break;
        }
        let tag = tree.tag(id);
        match *tag {
            local_name!("") => {
                let above = tree.ancestors(id).next();
                let program =
                    above.is_some_and(|a| matches!(*tree.tag(a), local_name!("script") | local_name!("style")));
                let shown = tree.text(id).filter(|_| spine.is_below(id) && !program);
                passed += shown.map_or(0, |text| text.trim().len());
                continue;
            }
            local_name!("meta") => {
                // Some frameworks put the data of a script into an element of its own.
                let data = tree.attr(id, "content").filter(|content| content.starts_with('{'));
                scripts.extend(data.filter(|content| content.contains("\"@type\"")));
                head::meta(tree, id, &mut head);
            }
            local_name!("link") => head::link(tree, id, &mut head),
            local_name!("base") if base.is_none() => base = tree.attr(id, "href").map(str::to_owned),
            local_name!("html") => {
                let lang = tree.attr(id, "lang").or(tree.attr(id, "xml:lang"));
                head.extend(Claim::new(Field::Language, lang.unwrap_or(""), "html:lang"));
            }
            local_name!("title") if !head.iter().any(|c: &Claim| c.found == "html:title") => {
                let text: String = tree.children(id).filter_map(|c| tree.text(c)).collect();
                head.extend(Claim::new(Field::Title, &collapse(&text), "html:title"));
            }
            local_name!("script") => {
                let text: Vec<&str> = tree.children(id).filter_map(|c| tree.text(c)).collect();
                if tree.attr(id, "type").is_some_and(|t| t.to_ascii_lowercase().contains("ld+json")) {
                    scripts.extend(&text);
                }
                programs.extend(text);
            }
            // The only text of some sites stands at their front.
            local_name!("h1") if !at_front && spine::is_site_name(tree, id) => {
                seen.extend(Claim::new(Field::SiteName, &tree.words(id, 200), "html:site-title"));
            }
            local_name!("h1") => {
                let text = tree.words(id, 600);
                if !text.is_empty() && h1.is_none() {
                    h1 = Some(id);
                }
                seen.extend(Claim::new(Field::Title, &text, "html:h1"));
            }
            _ => {}
        }
        if tree.attrs(id).is_empty() && *tag != local_name!("time") {
            continue;
        }
        let from = seen.len();
        microdata(tree, survey, &spine, &mut scopes, id, &mut seen);
        if seen.iter().skip(from).any(|claim| claim.field == Field::Author)
            && signers.is_others(tree, survey, &spine, &own_addresses(url, &head), id, passed)
        {
            seen.iter_mut()
                .skip(from)
                .filter(|claim| claim.field == Field::Author)
                .for_each(|claim| claim.found += ":elsewhere");
        }
        let shown = seen.len();
        visible::visible(tree, survey, &spine, id, &mut seen);
        let sign = |claim: &Claim| claim.field == Field::Author && !claim.found.ends_with(":elsewhere");
        let of_others = || {
            let own = own_addresses(url, &head);
            passed > BEGUN && is_one_of_teasers(tree, survey, &spine, &own, id)
                || passed > 0 && is_in_a_card(tree, survey, &spine, &own, id)
        };
        if seen.iter().skip(shown).any(sign) && of_others() {
            seen.iter_mut().skip(shown).filter(|claim| sign(claim)).for_each(|claim| claim.found += ":elsewhere");
        }
        let dated = |claim: &Claim| matches!(claim.field, Field::Published | Field::Updated);
        if passed > BEGUN && seen.iter().skip(from).any(dated) && spine.is_card(tree, survey, id) {
            let cards = seen.iter_mut().skip(from).filter(|claim| dated(claim) && claim.found.starts_with("html:"));
            cards.filter(|claim| !claim.found.ends_with(":elsewhere")).for_each(|claim| claim.found += ":elsewhere");
        } else if seen.iter().skip(from).any(dated) && spine.is_before(tree, id) {
            let top = seen.extract_if(from.., |claim| dated(claim));
            before.extend(top.map(|claim| Claim { found: above(&claim), ..claim }));
        }
    }
    seen.append(&mut before);
    if let Some(name) = h1
        && let Some(headline) = near::headline_below_name(tree, name, &head)
    {
        // The site's name in sight is no headline.
        let named = seen.iter_mut().find(|claim| claim.found == "html:h1");
        named.into_iter().for_each(|claim| {
            claim.field = Field::SiteName;
            claim.found = "html:site-title".to_owned();
        });
        h1 = Some(headline);
    }
    let page = url.and_then(|u| url::Url::parse(u).ok());
    let base = match (base.and_then(|b| resolve(page.as_ref(), &b)), page.clone()) {
        (Some(base), _) => url::Url::parse(&base).ok(),
        (None, page) => page.or_else(|| {
            let own = head.iter().find(|c| c.field == Field::Canonical).map(|c| c.value.as_str());
            own.and_then(|u| url::Url::parse(u).ok())
        }),
    };
    let title = head.iter().find(|claim| claim.found == "html:title").map(|claim| jsonld::fold(&claim.value));
    let addresses = url.map(jsonld::address).into_iter().collect();
    let mut known = Known { addresses, headlines: Vec::new(), title: title.unwrap_or_default() };
    for claim in head.iter().chain(&seen) {
        match claim.field {
            Field::Canonical => known.addresses.push(jsonld::address(&claim.value)),
            Field::Title if claim.found != "html:title" => known.headlines.push(jsonld::fold(&claim.value)),
            _ => {}
        }
    }
    known.headlines.retain(|h| h.len() > 3);
    let (mut claims, told) = jsonld::claims(&scripts, &known);
    claims.extend(head);
    claims.extend(seen);
    // A thing beside the article has its own name, which is not the page's.
    let of_page = |c: &&Claim| c.field == Field::Title && !c.found.starts_with("jsonld:other");
    let titles = claims.iter().filter(of_page).filter(|c| c.found != "html:h1");
    let titles: Vec<&str> = titles.map(|c| c.value.as_str()).collect();
    let event = |claim: &Claim| {
        matches!(claim.field, Field::Published | Field::Updated)
            && claim.found.starts_with("html:")
            && !["html:labelled", "html:byline-date", "html:first-published"].contains(&claim.found.as_str())
            && !claim.found.ends_with(":published")
            && is_day_of(&told.days, &claim.value)
    };
    let days = if near::known(&claims) {
        // What readers see tells the day where it was published, and whether the data can be true.
        near::shown(tree, survey, &titles)
    } else {
        let own = own::Own { page: page.as_ref(), base: base.as_ref(), titles: &titles };
        let mut days = near::claims(tree, survey, &titles);
        days.extend(own::links(tree, &own));
        // Structured data that can be read has been: its days are those of the objects they stand in, not of any; but an object
        // of a kind nobody knows that names the page is the page's.
        let unread = |script: &str| {
            !scripts.contains(&script) || serde_json::from_str::<serde::de::IgnoredAny>(script.trim()).is_err()
        };
        let (unread, read): (Vec<&str>, Vec<&str>) = programs.iter().copied().partition(|script| unread(script));
        days.extend(own::programs(&read, &own).into_iter().filter(|claim| claim.found.starts_with("script:own")));
        days.extend(own::programs(&unread, &own));
        days
    };
    let names = if near::signed(&claims) { Vec::new() } else { byline::bylines(tree, survey, &titles) };
    claims.extend(days.into_iter().chain(names));
    // The day in sight on which the fair begins is not the day of the text about it, unless it is said to be.
    claims.retain(|claim| !event(claim));
    for claim in &mut claims {
        if matches!(claim.field, Field::Canonical | Field::OriginalUrl)
            && let Some(absolute) = resolve(base.as_ref(), &claim.value)
        {
            claim.value = absolute;
        }
    }
    let mut once = HashSet::new();
    claims.retain(|c| once.insert((c.field, c.value.clone(), c.found.clone())));
    Harvest { claims, base, h1, told }
}

/// Where a day was found that stands at the top of the page. An element that is named for publication, one that gives the
/// minute to programs, and microdata say what they are wherever they stand.
fn above(claim: &Claim) -> String {
    let found = claim.found.as_str();
    let exact = found == "html:time" && claim.value.contains(':');
    let says = !found.starts_with("html:") || found.ends_with(":published") || exact;
    if says { found.to_owned() } else { format!("{found}:above") }
}

/// Whether a text in sight names the first day of an event, or its last.
fn is_day_of(days: &[String], text: &str) -> bool {
    let day = |text: &str| dates::find(text, &dates::Context::default()).first().map(|claim| claim.day);
    !days.is_empty() && day(text).is_some_and(|seen| days.iter().any(|of_event| day(of_event) == Some(seen)))
}

/// An absolute address; `None` where there is no base for a relative one, or it is no address.
pub(super) fn resolve(base: Option<&url::Url>, href: &str) -> Option<String> {
    let href = href.trim();
    match base {
        Some(base) => base.join(href).ok().map(String::from),
        None => url::Url::parse(href).ok().map(String::from),
    }
}

/// Whether the element hides itself from its readers.
pub(super) fn is_hidden(tree: &Tree, id: Id) -> bool {
    tree.attrs(id).iter().any(|a| match &*a.name {
        "hidden" => true,
        "style" => super::blocks::hides(&a.value),
        _ => false,
    })
}

fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Schema.org as attributes (`itemprop`) and the RDFa that Drupal writes (`property` outside `head`).
fn microdata(tree: &Tree, survey: &Survey, spine: &Spine, scopes: &mut Scopes, id: Id, out: &mut Vec<Claim>) {
    let (name, kind) = match (tree.attr(id, "itemprop"), tree.attr(id, "property")) {
        (Some(name), _) => (name, "itemprop"),
        (None, Some(name)) if *tree.tag(id) != local_name!("meta") => (name, "property"),
        _ => return,
    };
    for name in name.split_whitespace() {
        let bare = name.rsplit(':').next().unwrap_or(name);
        let field = match bare {
            "headline" => Field::Title,
            "alternativeHeadline" => Field::Subtitle,
            "datePublished" | "dateCreated" | "uploadDate" => Field::Published,
            "date" | "created" if kind == "property" => Field::Published,
            "dateModified" | "dateUpdate" | "dateUpdated" => Field::Updated,
            "author" | "creator" => Field::Author,
            "articleSection" => Field::Section,
            "keywords" => Field::Tag,
            "inLanguage" => Field::Language,
            "description" => Field::Summary,
            "publisher" => Field::Source,
            _ => continue,
        };
        if !of_an_article(tree, id) || scopes.is_foreign(tree, spine, id) {
            return;
        }
        let value = match field {
            Field::Author | Field::Source => {
                let mut named = None;
                let mut looked = 0;
                tree.walk(id, |step| {
                    if let Step::Enter(n) = step {
                        looked += 1;
                        let is_name = tree.attr(n, "itemprop").is_some_and(|p| p == "name");
                        if is_name && named.is_none() {
                            named = Some(value_of(tree, n));
                        }
                    }
                    looked < 200
                });
                let lines = || match (field, tree.attr(id, "content")) {
                    (Field::Author, None) => within::text(tree, id, 300),
                    _ => value_of(tree, id),
                };
                named.unwrap_or_else(lines)
            }
            _ => value_of(tree, id),
        };
        let limit = if field == Field::Summary { 3000 } else { 300 };
        // A card of another article says so by its name, and a page's own says it where its headline is.
        let dated = matches!(field, Field::Published | Field::Updated);
        let card = dated && (spine.above(tree, survey, id) & CARDS != 0 || spine.is_aside(tree, id));
        let place = if card { ":elsewhere" } else { "" };
        if value.len() <= limit {
            out.extend(Claim::new(field, &value, format!("{kind}:{name}{place}")));
        }
    }
}

fn of_an_article(tree: &Tree, id: Id) -> bool {
    let Some(scope) = tree.ancestors(id).find(|&a| tree.attr(a, "itemtype").is_some()) else { return true };
    // What readers say of this page's thing.
    let said_of_it = |name: &str| matches!(name, "review" | "reviews" | "comment");
    if tree.attr(scope, "itemprop").is_some_and(|names| names.split_whitespace().any(said_of_it)) {
        return false;
    }
    let kind = tree.attr(scope, "itemtype").unwrap_or("");
    let name = kind.rsplit('/').next().unwrap_or(kind);
    name.ends_with("Article")
        || name.ends_with("Posting")
        || matches!(
            name,
            "WebPage" | "CreativeWork" | "Report" | "Blog" | "ItemPage" | "VideoObject" | "Review" | "Recipe"
        )
}

fn value_of(tree: &Tree, id: Id) -> String {
    if let Some(content) = tree.attr(id, "content").or(tree.attr(id, "datetime")) {
        return content.to_owned();
    }
    let text = tree.words(id, 3000);
    if text.is_empty() { tree.attr(id, "title").unwrap_or("").to_owned() } else { text }
}
