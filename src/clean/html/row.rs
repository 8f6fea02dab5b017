//! Several articles on one page: those of a list, or what stands below the page's own.
//!
//! Losing an article is worse than keeping a list: a page that says it is one article is no row of others, however many
//! boxes it is made of. Live blogs, briefings and books of the year are.

mod headed;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use html5ever::local_name;

use super::entries::Entry;
use super::hints;
use super::jsonld;
use super::judge::{Case, OWN_WORDS, Verdict};
use super::meta::{self, Harvest, Survey, is_site_name, resolve};
use super::tree::{Id, Step, Tree};
use crate::model::{BlockKind, Field};

/// With fewer kept words an article among others is the name of one.
const TOLD: usize = 40;
/// With fewer it is one even where it bears a day or a name of its own: briefs are short.
const BRIEF: usize = 20;
/// With so many it is a whole one.
const WHOLE: usize = 100;
/// So many make a row.
const ROW: usize = 3;
/// Longest byline, in bytes.
const BYLINE: usize = 240;
/// Elements of one article that are looked at.
const LOOKED: usize = 400;

/// Whether the page is a row of articles, each under a headline that leads to a page of its own, and none of them the
/// page's: the number of articles, if so. Where the page's own text stands beside them, they leave it.
pub(super) fn of_articles(
    tree: &Tree,
    survey: &Survey,
    harvest: &Harvest,
    case: &Case,
    verdicts: &mut [Verdict],
    url: Option<&str>,
) -> Option<usize> {
    let said = harvest.told.article || super::called::says_article(&harvest.claims);
    let own_addresses: Vec<String> = {
        let said = harvest.claims.iter().filter(|claim| claim.field == Field::Canonical);
        let said = said.filter(|claim| !claim.found.starts_with("jsonld:other")).map(|claim| claim.value.as_str());
        let own = url.into_iter().chain(said).map(jsonld::address);
        // A front page has no posts of its own: `/?p=12` is another page.
        own.filter(|address| address.contains('/')).collect()
    };
    let elsewhere = |link: &(usize, usize, Id)| {
        let href = tree.attr(link.2, "href").unwrap_or("").trim();
        let target = resolve(harvest.base.as_ref(), href).unwrap_or_else(|| href.to_owned());
        let address = jsonld::address(&target);
        (!href.is_empty() && !href.starts_with('#') && !own_addresses.contains(&address)).then_some(address)
    };
    if !said
        && let Some(posts) = of_posts(tree, case, verdicts, elsewhere)
        && !is_signed(survey, harvest, case, |at| posts.iter().any(|post| post.contains(&at)))
        && !headed::is_one_article(tree, harvest, case, posts.iter().map(|post| post.start).min(), url)
    {
        return Some(posts.len());
    }
    if case.titled.iter().zip(&case.articles).any(|(own, article)| *own && article.is_some()) {
        return None;
    }
    let (mut words, mut headed): (HashMap<Id, usize>, HashSet<Id>) = Default::default();
    for (at, verdict) in verdicts.iter().enumerate() {
        let Some(article) = case.articles[at] else { continue };
        if verdict.is_none() {
            *words.entry(article).or_default() += case.frames[at].words;
        }
        let block = &case.blocks[at];
        if block.kind == BlockKind::Heading
            && case.frames[at].density > 0.9
            && block.links.iter().any(|link| elsewhere(link).is_some())
        {
            headed.insert(article);
        }
    }
    words.retain(|article, words| {
        headed.contains(article) && (*words >= TOLD || *words >= BRIEF && is_whole(tree, survey, *article))
    });
    if words.len() < ROW {
        return None;
    }
    let inside: usize = words.values().sum();
    let own = case.kept_words(verdicts).saturating_sub(inside);
    if own >= OWN_WORDS.max(inside) && !of_one_text(case, verdicts, &words) {
        for (at, verdict) in verdicts.iter_mut().enumerate() {
            if verdict.is_none() && case.articles[at].is_some_and(|article| words.contains_key(&article)) {
                *verdict = Some("page.neighbour");
            }
        }
        return None;
    }
    // Short ones below a headline, that bear neither day nor name and lead to their pages once, are the parts of one.
    let below = case.titled.iter().any(|own| *own);
    let whole =
        || words.iter().filter(|(article, words)| **words >= WHOLE || is_whole(tree, survey, **article)).count();
    (!said && !is_signed(survey, harvest, case, |at| case.articles[at].is_some()) && (!below || whole() >= ROW))
        .then_some(words.len())
}

/// The posts of a page in boxes of whatever name, where nothing else on it is text and no headline is its own: each is
/// headed by a link to a page of its own on one site, and bears a day.
fn of_posts(
    tree: &Tree,
    case: &Case,
    verdicts: &[Verdict],
    elsewhere: impl Fn(&(usize, usize, Id)) -> Option<String>,
) -> Option<Vec<Range<usize>>> {
    /// Longest line with a day, in bytes.
    const DAY: usize = 110;
    let own = |at: usize| case.titled[at] && !is_site_name(tree, case.blocks[at].node);
    if (0..verdicts.len()).any(own) {
        return None;
    }
    let mut groups: HashMap<u64, Vec<(usize, &Entry)>> = HashMap::new();
    for (at, entry) in case.entries.iter().enumerate() {
        if let Some(entry) = entry {
            groups.entry(entry.group).or_default().push((at, entry));
        }
    }
    let words = |entry: &Entry| -> usize {
        (entry.start..entry.end).filter(|&b| verdicts[b].is_none()).map(|b| case.frames[b].words).sum()
    };
    let dated = |entry: &Entry| {
        let line = |b: usize| case.blocks[b].text.len() <= DAY && meta::may_be_date(&case.blocks[b].text);
        (entry.start..entry.end).any(|b| verdicts[b].is_some() && line(b))
    };
    let target = |at: usize| {
        let alone = case.frames[at].density > 0.9;
        case.blocks[at].links.first().filter(|_| alone).and_then(&elsewhere)
    };
    let site = |address: &str| address.split('/').next().unwrap_or("").to_owned();
    groups.into_values().find_map(|posts| {
        let mut targets: Vec<String> = posts.iter().filter_map(|&(at, _)| target(at)).collect();
        let count = targets.len();
        targets.sort();
        targets.dedup();
        let one_site = targets.first().is_some_and(|first| targets.iter().all(|other| site(other) == site(first)));
        let whole = posts.iter().filter(|(_, entry)| words(entry) >= BRIEF && dated(entry)).count();
        let inside: usize = posts.iter().map(|(_, entry)| words(entry)).sum();
        let others = case.kept_words(verdicts).saturating_sub(inside);
        (count == posts.len() && targets.len() == count && one_site && whole >= ROW && others < OWN_WORDS)
            .then(|| posts.iter().map(|(_, entry)| entry.start..entry.end).collect())
    })
}

/// Whether the page's own text goes on behind the last of the articles, or between them: then they are its parts.
fn of_one_text(case: &Case, verdicts: &[Verdict], articles: &HashMap<Id, usize>) -> bool {
    let within = |at: &usize| case.articles[*at].is_some_and(|article| articles.contains_key(&article));
    let kept = || (0..verdicts.len()).filter(|&at| verdicts[at].is_none());
    let Some(first) = kept().find(within) else { return false };
    kept().any(|at| at > first && !within(&at) && case.blocks[at].kind == BlockKind::Paragraph)
}

/// Whether somebody signed the page, outside all of its articles.
fn is_signed(survey: &Survey, harvest: &Harvest, case: &Case, in_article: impl Fn(usize) -> bool) -> bool {
    let told = |found: &str| {
        let data = found.starts_with("jsonld:") && !found.starts_with("jsonld:other") || found.starts_with("meta:");
        data && !found.ends_with(":organization")
    };
    let not_its_own = hints::COMMENT | hints::BIO | hints::RELATED | hints::SIDE | hints::FOOTER | hints::AD;
    let byline = |at: usize| {
        let block = &case.blocks[at];
        let own = survey.own[block.node as usize];
        let all = own | survey.above[block.node as usize];
        !in_article(at)
            && own & hints::AUTHOR != 0
            && all & not_its_own == 0
            && block.text.len() <= BYLINE
            && case.is_shown(at)
    };
    harvest.claims.iter().any(|claim| claim.field == Field::Author && told(&claim.found))
        || (0..case.blocks.len()).any(byline)
}

/// Whether an article has a day or a byline of its own, or leads to its page by more than its headline.
fn is_whole(tree: &Tree, survey: &Survey, article: Id) -> bool {
    let (mut looked, mut whole) = (0, false);
    let mut targets: Vec<&str> = Vec::new();
    tree.walk(article, |step| {
        if let Step::Enter(id) = step {
            looked += 1;
            let dated =
                *tree.tag(id) == local_name!("time") || survey.own[id as usize] & (hints::DATE | hints::AUTHOR) != 0;
            let target = Some(id).filter(|&id| *tree.tag(id) == local_name!("a")).and_then(|id| tree.attr(id, "href"));
            let again = target.is_some_and(|href| targets.contains(&href));
            targets.extend(target);
            whole |= dated || again;
        }
        !whole && looked < LOOKED
    });
    whole
}
