//! Days and names that are not the page's own: in a sentence of the story, with a teaser of another, in a reader's answer.

use html5ever::local_name;

use super::Spine;
use super::labels::{self, MAX_LINE};
use crate::clean::html::hints;
use crate::clean::html::tree::{Id, Step, Tree};
use crate::clean::metadata::dates;

/// Nodes of a card that are looked at for its heading.
const LOOKED: usize = 200;

/// Whether a day stands in a sentence of a paragraph, as the day of what the sentence tells.
pub(super) fn in_prose(tree: &Tree, id: Id) -> bool {
    let paragraph = |above: &Id| {
        matches!(
            *tree.tag(*above),
            local_name!("p") | local_name!("li") | local_name!("td") | local_name!("dd") | local_name!("blockquote")
        )
    };
    let Some(above) = tree.ancestors(id).take(4).find(paragraph) else { return false };
    let (own, words) = (tree.words(id, MAX_LINE), tree.words(above, 4 * MAX_LINE));
    words.len() > own.len() + 1 && dates::in_a_sentence(&words) && !labels::opens(&words)
}

/// Whether a day stands with the words of a link below the headline: a teaser leads to its story by all it shows. A link that is
/// a day and nothing else leads to the page itself.
pub(super) fn in_a_teaser(tree: &Tree, spine: &Spine, id: Id) -> bool {
    let Some(link) = spine.until(tree, id).find(|&above| *tree.tag(above) == local_name!("a")) else { return false };
    let href = tree.attr(link, "href").unwrap_or("");
    let said = tree.words(link, 4 * MAX_LINE).len();
    // The day of a change may stand in the link too.
    let (mut days, mut looked) = (0, 0);
    tree.walk(link, |step| {
        if let Step::Enter(node) = step {
            looked += 1;
            days += if *tree.tag(node) == local_name!("time") { tree.words(node, MAX_LINE).len() + 1 } else { 0 };
        }
        looked < LOOKED
    });
    let more = said > days;
    spine.is_below(link) && more && !href.is_empty() && !href.starts_with('#')
}

/// Whether a day stands in an `article` of its own below the page's, headed by a link: a card of another story.
pub(super) fn in_another_article(tree: &Tree, spine: &Spine, id: Id) -> bool {
    let article = |above: &Id| *tree.tag(*above) == local_name!("article");
    let Some(card) = spine.until(tree, id).filter(article).last() else { return false };
    let heading = |id: Id| matches!(*tree.tag(id), local_name!("h2") | local_name!("h3") | local_name!("h4"));
    let leads = |id: Id| {
        let link = |node: Id| *tree.tag(node) == local_name!("a") && tree.attr(node, "href").is_some();
        tree.ancestors(id).take_while(|&above| above != card).any(link) || tree.children(id).any(link)
    };
    spine.is_below(card) && (card..id).take(LOOKED).any(|node| heading(node) && leads(node))
}

/// Whether an element stands in a box named for what readers answer, below the headline.
pub(super) fn responds(tree: &Tree, spine: &Spine, id: Id) -> bool {
    let named = |above: Id| {
        let names = ["class", "id"].iter().filter_map(|name| tree.attr(above, name));
        names
            .map(|name| format!("{}-", hints::words(name)))
            .any(|name| ["-response-", "-responses-", "-reader-letter"].iter().any(|word| name.contains(word)))
    };
    spine.is_below(id) && spine.until(tree, id).take(6).any(named)
}
