//! What in microdata is not the page's own: cards of other stories, in boxes that no name tells, and who signed these.

use std::collections::HashMap;

use html5ever::local_name;

use super::visible::is_author_page;
use super::{BEGUN, Spine, Survey, collapse, labels};
use crate::clean::html::hints;
use crate::clean::html::jsonld;
use crate::clean::html::tree::{Id, Step, Tree};

/// Elements of one article that are looked at.
const LOOKED: usize = 400;

/// The articles of a page in microdata, and whether each is another than the page's.
#[derive(Default)]
pub(super) struct Scopes {
    foreign: HashMap<Id, bool>,
    /// The page's titles, folded, once they were needed.
    titles: Option<Vec<String>>,
}

impl Scopes {
    /// Whether what an element says is of an article with another headline than the page's.
    pub(super) fn is_foreign(&mut self, tree: &Tree, spine: &Spine, id: Id) -> bool {
        let scope = std::iter::once(id).chain(tree.ancestors(id)).find(|&above| is_article(tree, above));
        let Some(scope) = scope.filter(|&scope| !spine.holds(scope)) else { return false };
        if let Some(&known) = self.foreign.get(&scope) {
            return known;
        }
        let titles = self.titles.get_or_insert_with(|| titles(tree));
        let foreign = headline(tree, scope).is_some_and(|headline| !jsonld::is_one_of(&headline, titles));
        self.foreign.insert(scope, foreign);
        foreign
    }
}

/// Who signs the page in microdata. Some templates write the author of each teaser as they write the page's own, without a
/// scope that would tell the two apart: then only where the names stand does.
#[derive(Default)]
pub(super) struct Signers {
    /// The last element that named an author of the page.
    last: Option<Id>,
}

impl Signers {
    /// Whether an element names the author of another story than the page's, `passed` bytes of text below the headline.
    pub(super) fn is_others(
        &mut self,
        tree: &Tree,
        survey: &Survey,
        spine: &Spine,
        own: &[String],
        id: Id,
        passed: usize,
    ) -> bool {
        let others = match self.last {
            // One list of authors may be long: each with a line about him.
            Some(last) if share_a_box(tree, last, id) => false,
            Some(_) => {
                passed > BEGUN
                    || (survey.own[id as usize] | spine.above(tree, survey, id)) & hints::RELATED != 0
                    || is_teaser(tree, spine, own, id)
            }
            None => (passed > BEGUN || spine.is_before(tree, id)) && is_teaser(tree, spine, own, id),
        };
        if !others {
            self.last = Some(id);
        }
        others
    }
}

/// Whether two elements stand in one small box.
fn share_a_box(tree: &Tree, one: Id, other: Id) -> bool {
    /// Boxes outwards that are looked at, and the longest, in bytes.
    const BOXES: usize = 3;
    const LONGEST: usize = 1200;
    let boxes: Vec<Id> = tree.ancestors(one).take(BOXES).collect();
    let shared = tree.ancestors(other).take(BOXES).find(|above| boxes.contains(above));
    shared.is_some_and(|shared| {
        let text = tree.words(shared, LONGEST + 1);
        text.len() <= LONGEST && !tree.children(shared).any(|child| *tree.tag(child) == local_name!("h1"))
    })
}

/// Whether an author is named in a small box with a link to a story: several words that do not name the author.
fn is_teaser(tree: &Tree, spine: &Spine, own: &[String], id: Id) -> bool {
    teaser_boxes(tree, spine, id).last().is_some_and(|teaser| leads(tree, teaser, own, id))
}

/// Whether an author is named in one of several teasers that follow each other. Boxes that are named for their authors, below
/// a text that several wrote, lead to stories as well.
pub(super) fn is_one_of_teasers(tree: &Tree, survey: &Survey, spine: &Spine, own: &[String], id: Id) -> bool {
    let alike =
        |one: Id, other: Id| tree.tag(one) == tree.tag(other) && tree.attr(one, "class") == tree.attr(other, "class");
    teaser_boxes(tree, spine, id).any(|teaser| {
        let row = tree.parent(teaser);
        let others = || tree.children(row).filter(|&other| other != teaser && alike(other, teaser));
        let of_author = (survey.own[teaser as usize] | survey.own[row as usize]) & hints::BIO != 0;
        !of_author && leads(tree, teaser, own, id) && others().any(|other| leads(tree, other, own, other))
    })
}

/// Whether an author is named in a small box below the headline that a heading leads away from: a card of another story. A
/// box about the author leads to her page.
pub(super) fn is_in_a_card(tree: &Tree, survey: &Survey, spine: &Spine, own: &[String], id: Id) -> bool {
    /// Fewest words of its headline.
    const HEADLINE: usize = 4;
    let heading = |node: Id| {
        matches!(*tree.tag(node), local_name!("h2") | local_name!("h3") | local_name!("h4") | local_name!("h5"))
    };
    let headed = |teaser: Id| {
        let before = (teaser + 1..id).take(LOOKED).filter(|&node| heading(node));
        before
            .into_iter()
            .filter(|&node| tree.words(node, TEASER).split(' ').count() >= HEADLINE)
            .any(|node| leads(tree, node, own, id) || linked(tree, node, teaser) && leads(tree, teaser, own, id))
    };
    let of_author = |teaser: Id| {
        let names = tree.attr(teaser, "class").unwrap_or("").to_lowercase();
        survey.own[teaser as usize] & hints::BIO != 0
            || ["writer", "author", "profile", "contributor", "staff"].iter().any(|word| names.contains(word))
    };
    spine.is_below(id) && teaser_boxes(tree, spine, id).any(|teaser| !of_author(teaser) && headed(teaser))
}

/// Whether an element stands in a link within a box.
fn linked(tree: &Tree, id: Id, within: Id) -> bool {
    tree.ancestors(id).take_while(|&above| above != within).any(|above| *tree.tag(above) == local_name!("a"))
}

/// The small boxes around an element, from the innermost outwards.
fn teaser_boxes<'t>(tree: &'t Tree, spine: &'t Spine, id: Id) -> impl Iterator<Item = Id> + 't {
    spine.until(tree, id).take_while(|&above| tree.words(above, TEASER + 1).len() <= TEASER)
}

/// Longest teaser, in bytes.
const TEASER: usize = 400;

/// Whether a box has a link to a story that has none of the addresses `own`: several words that do not name whom `byline` names.
fn leads(tree: &Tree, teaser: Id, own: &[String], byline: Id) -> bool {
    /// Fewest words of a headline.
    const WORDS: usize = 3;
    let name = if byline == teaser { String::new() } else { tree.words(byline, TEASER) };
    let mut leads = false;
    tree.walk(teaser, |step| {
        if let Step::Enter(node) = step
            && *tree.tag(node) == local_name!("a")
            && let Some(href) = tree.attr(node, "href")
            && !href.is_empty()
            && !href.starts_with(['#', '@'])
            && !href.starts_with("mailto:")
            && !is_author_page(href)
            && tree.attr(node, "rel").is_none_or(|rel| !rel.contains("author") && !rel.contains("bookmark"))
            && !is_of_the_page(href, own)
            && (byline == teaser || !tree.ancestors(node).any(|above| above == byline))
        {
            let words = tree.words(node, TEASER);
            let said = words.split(' ').count() >= WORDS || !words.contains(' ') && words.chars().count() >= 3 * WORDS;
            // `More stories by Mara Linde`
            let story = said && !labels::may_be_date(&words) && !is_tool(href, &words);
            leads |= story && !(name.contains(&words) || shares_a_name(&name, &words));
        }
        !leads
    });
    leads
}

/// Whether a link leads to the page itself, or to a place on it.
fn is_of_the_page(href: &str, own: &[String]) -> bool {
    let target = jsonld::address(href);
    // `/2024/03/ferry.html`
    let on_site = target.starts_with('/') && !href.starts_with("//") && target.len() > 1;
    own.iter().any(|own| *own == target || on_site && own.find('/').is_some_and(|at| own[at..] == target))
}

/// Whether a link sends the page or speaks of it: `Email This Post`, `Share to Twitter`, `No comments yet`.
fn is_tool(href: &str, words: &str) -> bool {
    const PLACES: [&str; 7] =
        ["email-post", "/share", "sharer", "intent/tweet", "share-post", "post-edit.g", "whatsapp.com/send"];
    const WORDS: [&str; 7] =
        ["email this", "e-mail this", "blogthis", "share to ", "share this", "print this", "no comments"];
    let words = words.to_lowercase();
    PLACES.iter().any(|place| href.contains(place)) || WORDS.iter().any(|start| words.starts_with(start))
}

/// Whether the words of a link name whom a byline names, by a word written large in both.
fn shares_a_name(byline: &str, link: &str) -> bool {
    let mut names =
        byline.split(' ').filter(|word| word.len() > 2 && word.starts_with(char::is_uppercase) && *word != "By");
    names.any(|name| link.split(' ').skip(1).any(|word| word.trim_matches([',', '.', ':']) == name))
}

fn is_article(tree: &Tree, id: Id) -> bool {
    let Some(kind) = tree.attr(id, "itemtype") else { return false };
    let name = kind.trim().rsplit('/').next().unwrap_or(kind);
    name.ends_with("Article") || name.ends_with("Posting") && name != "JobPosting"
}

/// The folded headline of an article, of its own and not of what is within it.
fn headline(tree: &Tree, scope: Id) -> Option<String> {
    let (mut looked, mut found) = (0, None);
    tree.walk(scope, |step| {
        if let Step::Enter(id) = step {
            looked += 1;
            let names = tree.attr(id, "itemprop").unwrap_or("");
            if names.split_whitespace().any(|name| matches!(name, "headline" | "name"))
                && tree.ancestors(id).find(|&above| tree.attr(above, "itemtype").is_some()) == Some(scope)
            {
                let text = tree.attr(id, "content").map_or_else(|| tree.words(id, 400), str::to_owned);
                found = Some(jsonld::fold(&text)).filter(|folded| folded.len() > 3);
            }
        }
        found.is_none() && looked < LOOKED
    });
    found
}

/// What the page calls itself, folded: its `title`, its headings of the first rank, and what it tells networks.
fn titles(tree: &Tree) -> Vec<String> {
    let mut out = Vec::new();
    for id in 0..tree.nodes.len() as Id {
        let text = match *tree.tag(id) {
            local_name!("h1") => tree.words(id, 600),
            local_name!("title") => collapse(&tree.children(id).filter_map(|c| tree.text(c)).collect::<String>()),
            local_name!("meta") => {
                let named = ["property", "name"].iter().filter_map(|key| tree.attr(id, key));
                let title = named.into_iter().any(|name| matches!(name, "og:title" | "twitter:title"));
                title.then(|| tree.attr(id, "content")).flatten().unwrap_or("").to_owned()
            }
            _ => continue,
        };
        out.push(jsonld::fold(&text));
    }
    out.retain(|title| title.len() > 3);
    out
}
