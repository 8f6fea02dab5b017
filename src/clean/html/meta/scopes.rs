//! Articles in microdata that are not the page's own: cards of other stories, in boxes that no name tells.

use std::collections::HashMap;

use html5ever::local_name;

use super::Spine;
use super::collapse;
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
