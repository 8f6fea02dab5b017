//! Days and names that are not the page's own: in a sentence of the story, with a teaser of another, in a reader's answer.

use html5ever::local_name;

use super::Spine;
use super::labels::{self, MAX_LINE};
use crate::clean::html::tree::{Id, Step, Tree};
use crate::clean::metadata::dates;

/// Nodes of a card that are looked at for its heading.
const LOOKED: usize = 200;

/// Fewest words of a sentence of the story, and of the words of a teaser's link.
const SENTENCE_WORDS: usize = 8;
const TEASER_WORDS: usize = 6;
/// What may stand between a headline and the line below it that tells who wrote the text and when, in bytes.
const RIGHT_BELOW: usize = 60;

/// How words begin that tell of an article's own day, in whichever order the sentence puts them.
const OWN: &[&str] = &[
    "publi",
    "pubbl",
    "written",
    "wrote",
    "filed",
    "posted",
    "updated",
    "edited",
    "first",
    "last",
    "modified",
    "revised",
    "released",
    "veröffentlich",
    "erschienen",
    "erstellt",
    "geschrieben",
    "verfasst",
    "aktualis",
    "écrit",
    "rédig",
    "mis",
    "modifié",
    "escrit",
    "actualiz",
    "atualiz",
    "scritto",
    "aggiornat",
    "gepubliceerd",
    "geplaatst",
    "geschreven",
    "bijgewerkt",
    "skrev",
    "uppdater",
    "opdater",
    "oppdater",
    "opublikow",
    "napis",
    "опубликован",
    "обновлен",
    "julkais",
];

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
    let lower = words.to_lowercase();
    let tells_own =
        || lower.split(|c: char| !c.is_alphabetic()).any(|word| OWN.iter().any(|own| word.starts_with(own)));
    words.len() > own.len() + 1
        && words.split_whitespace().count() >= SENTENCE_WORDS
        && dates::in_a_sentence(&words)
        && !labels::opens(&words)
        && !tells_own()
}

/// Whether a day stands with a headline, or as many words as one has, in a link below the page's own headline: a teaser leads to
/// its story by all it shows. A link that is a day, or a day and who wrote it, leads to the page itself or to the author.
pub(super) fn in_a_teaser(tree: &Tree, spine: &Spine, id: Id) -> bool {
    let Some(link) = spine.until(tree, id).find(|&above| *tree.tag(above) == local_name!("a")) else { return false };
    let href = tree.attr(link, "href").unwrap_or("");
    let count = |id: Id| tree.words(id, 4 * MAX_LINE).split_whitespace().count();
    // The day of a change may stand in the link too.
    let (mut days, mut looked, mut headed) = (0, 0, false);
    tree.walk(link, |step| {
        if let Step::Enter(node) = step {
            looked += 1;
            days += if *tree.tag(node) == local_name!("time") { count(node) } else { 0 };
            headed |= is_heading(tree, node);
        }
        looked < LOOKED
    });
    let more = headed || count(link) >= days + TEASER_WORDS;
    spine.is_below(link)
        && more
        && !href.is_empty()
        && !href.starts_with('#')
        && !spine.is_right_below(tree, link, RIGHT_BELOW)
}

fn is_heading(tree: &Tree, id: Id) -> bool {
    matches!(*tree.tag(id), local_name!("h2") | local_name!("h3") | local_name!("h4"))
}

/// Whether a day stands in an `article` of its own below the page's, headed by a link: a card of another story. The first of a
/// page whose headline stands in none is the page's own, with the link to its author or its section.
pub(super) fn in_another_article(tree: &Tree, spine: &Spine, id: Id) -> bool {
    let article = |above: &Id| *tree.tag(*above) == local_name!("article");
    let Some(card) = spine.until(tree, id).filter(article).last() else { return false };
    let leads = |id: Id| {
        let link = |node: Id| *tree.tag(node) == local_name!("a") && tree.attr(node, "href").is_some();
        tree.ancestors(id).take_while(|&above| above != card).any(link) || tree.children(id).any(link)
    };
    let first = || (0..card).all(|above| !article(&above));
    spine.is_below(card) && (card..id).take(LOOKED).any(|node| is_heading(tree, node) && leads(node)) && !first()
}

/// Whether an element stands in a box named for what readers answer, below the headline.
pub(super) fn responds(tree: &Tree, spine: &Spine, id: Id) -> bool {
    // Only as a whole name: a `rapid-response-desk` writes articles.
    const NAMES: [&str; 5] = ["responses", "comments", "comment-list", "reader-responses", "reader-letters"];
    let named = |above: Id| {
        let names = ["class", "id"].iter().filter_map(|name| tree.attr(above, name));
        names.flat_map(str::split_whitespace).any(|name| NAMES.iter().any(|known| name.eq_ignore_ascii_case(known)))
    };
    spine.is_below(id) && spine.until(tree, id).take(6).any(named)
}
