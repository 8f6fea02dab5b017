//! Dates in sight that no class, id or attribute names: beside the headline, and behind a label.
//!
//! Used where the page's structured data gives no day. What was measured on saved pages: a short line with one day in it
//! between the headline and the first long paragraph is the day of publication on nearly all of them, whatever box it
//! stands in; above the headline only where both share a box, since the line at the very top is today's date.

use html5ever::local_name;

use super::begun::Passed;
use super::labels::{self, MAX_LINE, may_be_date};
use super::spine::is_site_name;
use super::{Spine, Survey, collapse, is_hidden, visible};
use crate::clean::html::hints;
use crate::clean::html::jsonld;
use crate::clean::html::tree::{Id, NONE, Tree};
use crate::clean::metadata::dates;
use crate::clean::metadata::dates::{in_a_sentence, of_a_life};
use crate::model::{Claim, Field};

/// A text of that many bytes is no line but a sentence; when so many bytes of sentences have been passed, the story has
/// begun: a standfirst may stand before the line with the date.
pub(super) const SENTENCE: usize = 80;
const STORY: usize = 420;
/// Bytes of text looked at below the headline, and above it.
const BELOW: usize = 1600;
const ABOVE: usize = 160;
/// Most claims of each kind.
const MOST: usize = 4;

/// What stands beside the headline, and behind labels.
pub(super) fn claims(tree: &Tree, survey: &Survey, titles: &[&str]) -> Vec<Claim> {
    let mut out = Vec::new();
    let headline = headline(tree, titles);
    let spine = Spine::around(tree, survey, headline);
    if let Some(headline) = headline {
        beside(tree, survey, &spine, headline, &mut out);
    }
    labelled(tree, survey, &spine, &mut out);
    out
}

/// What stands beside the headline.
pub(super) fn shown(tree: &Tree, survey: &Survey, titles: &[&str]) -> Vec<Claim> {
    let mut out = Vec::new();
    if let Some(headline) = headline(tree, titles) {
        beside(tree, survey, &Spine::around(tree, survey, Some(headline)), headline, &mut out);
    }
    out
}

/// The text nodes in sight below the headline, as far as the story or something else begins.
pub(super) fn below<'t>(
    tree: &'t Tree,
    survey: &'t Survey,
    spine: &'t Spine,
    headline: Id,
) -> impl Iterator<Item = (Id, &'t str)> {
    let (mut bytes, mut story) = (0, 0);
    let seen = (headline + 1..tree.nodes.len() as Id)
        .filter_map(|id| Some((id, tree.text(id).filter(|_| in_sight(tree, survey, spine, id))?)));
    seen.take_while(move |&(id, text)| {
        let length = text.trim().len();
        bytes += length;
        story += if length > SENTENCE { length } else { 0 };
        story <= STORY && bytes <= BELOW && !begins_another(tree, id, text, story)
    })
}

/// Whether something on the page already names who wrote it.
pub(super) fn signed(claims: &[Claim]) -> bool {
    claims.iter().any(|claim| {
        claim.field == Field::Author
            && !claim.found.ends_with(":elsewhere")
            && !claim.found.starts_with("jsonld:other")
            && !claim.found.ends_with(":organization")
            && claim.value.contains(' ')
    })
}

/// Whether a page's own data already names the day, so that nothing in sight is needed.
pub(super) fn known(claims: &[Claim]) -> bool {
    claims.iter().any(|claim| {
        claim.field == Field::Published
            && (claim.found == "jsonld:datePublished"
                || claim.found.starts_with("itemprop:datePublished") && !claim.found.ends_with(":elsewhere")
                || claim.found.starts_with("meta:") && claim.found.contains("publish"))
    })
}

/// The element that is the page's headline: the first heading that a title of the page contains, else the first `h1`, else
/// the first text in sight that is the page's title.
pub(super) fn headline(tree: &Tree, titles: &[&str]) -> Option<Id> {
    let titles: Vec<String> = titles.iter().map(|title| jsonld::fold(title)).filter(|title| title.len() > 8).collect();
    let mut first = None;
    let mut looked = 0;
    for id in 0..tree.nodes.len() as Id {
        let tag = tree.tag(id);
        if !matches!(*tag, local_name!("h1") | local_name!("h2") | local_name!("h3"))
            || *tag == local_name!("h1") && is_site_name(tree, id)
        {
            continue;
        }
        looked += 1;
        if looked > 60 {
            break;
        }
        let words = jsonld::fold(&tree.words(id, 400));
        if words.len() > 8 && titles.iter().any(|title| title.contains(&words) || words.contains(title)) {
            return Some(id);
        }
        if first.is_none() && *tag == local_name!("h1") && !words.is_empty() {
            first = Some(id);
        }
    }
    first.or_else(|| {
        let is_title = |id: &Id| {
            let Some(text) = tree.text(*id).filter(|text| (9..400).contains(&text.trim().len())) else { return false };
            let parent = tree.parent(*id);
            // Letters have no headings: their headline is a link to their page on the web, named by its class.
            let words = jsonld::fold(text);
            let named = || tree.ancestors(*id).take(2).any(|above| visible::has_name(tree, above, "title"));
            if words.len() > 8
                && titles.contains(&words)
                && parent != NONE
                && *tree.tag(parent) != local_name!("title")
                && named()
            {
                return true;
            }
            if text.trim().len() < 24 {
                return false;
            }
            let shown = parent != NONE
                && !matches!(
                    *tree.tag(parent),
                    local_name!("title")
                        | local_name!("script")
                        | local_name!("style")
                        | local_name!("a")
                        | local_name!("option")
                );
            shown && titles.iter().any(|title| title.contains(&words) && 2 * words.len() > title.len())
        };
        (0..tree.nodes.len() as Id).find(is_title)
    })
}

/// The heading below the first `h1` that is the page's headline, where that `h1` is the site's name: it is what the `title`
/// says and short, while `og:title` is longer and stands below it, word for word, in a heading.
pub(super) fn headline_below_name(tree: &Tree, name: Id, head: &[Claim]) -> Option<Id> {
    /// Most words of a site's name, and fewest of a headline in its place.
    const NAME: usize = 4;
    const HEADLINE: usize = 5;
    let title = |found: &str| head.iter().find(|claim| claim.found == found).map(|claim| claim.value.as_str());
    let words = |text: &str| text.split_whitespace().count();
    let said = tree.words(name, 200);
    let own = title("meta:og:title").filter(|own| words(own) >= HEADLINE && words(own) > words(&said))?;
    let own = jsonld::fold(own);
    let named = words(&said) <= NAME && title("html:title").is_some_and(|t| jsonld::fold(t) == jsonld::fold(&said));
    let mut headings = (name + 1..tree.nodes.len() as Id)
        .filter(|&id| matches!(*tree.tag(id), local_name!("h1") | local_name!("h2") | local_name!("h3")));
    if named { headings.find(|&id| jsonld::fold(&tree.words(id, 400)) == own) } else { None }
}

/// Whether a text node can be seen by readers of the article.
fn in_sight(tree: &Tree, survey: &Survey, spine: &Spine, id: Id) -> bool {
    let parent = tree.parent(id);
    parent != NONE
        && !matches!(
            *tree.tag(parent),
            local_name!("script")
                | local_name!("style")
                | local_name!("noscript")
                | local_name!("template")
                | local_name!("option")
                | local_name!("title")
                | local_name!("textarea")
        )
        && (survey.own[parent as usize] & !spine.idle() | spine.above(tree, survey, parent)) & hints::COMMENT == 0
        && !visible::is_quoted(tree, survey, spine, id)
}

fn beside(tree: &Tree, survey: &Survey, spine: &Spine, headline: Id, out: &mut Vec<Claim>) {
    // A date in a list of other articles is theirs, one under a picture is that of the picture, and one in an element for
    // changes is no day of publication; some systems write both and hide the second.
    let others = |id: Id| {
        let parent = tree.parent(id);
        let mut close = tree.ancestors(id).take(3);
        (survey.own[parent as usize] | spine.above(tree, survey, parent)) & hints::RELATED != 0
            || visible::names_update(tree, parent)
            || spine.is_of_a_picture(tree, id)
            || close.any(|above| is_hidden(tree, above))
    };
    let mut passed = Passed::new(tree, survey, headline);
    let sentence =
        |id: Id| tree.text(id).is_some_and(|text| text.trim().len() > SENTENCE && in_sight(tree, survey, spine, id));
    let mut in_story = |&(id, text): &(Id, &str)| {
        let block = passed.pass(id, text);
        may_be_date(&collapse(&tree.words(block, 4 * MAX_LINE)))
            && passed.begun(block, || (id + 1..tree.nodes.len() as Id).any(sentence))
    };
    let dated = below(tree, survey, spine, headline).filter(|text| !in_story(text)).filter(|&(id, _)| !others(id));
    let mut found: Vec<String> = dated.filter_map(|(id, text)| line(tree, id, text)).take(MOST).collect();
    // Above it: only right above, in a box that both share (which the whole page is not).
    let whole = |id: &Id| matches!(*tree.tag(*id), local_name!("body") | local_name!("html"));
    let boxes: Vec<Id> = tree.ancestors(headline).take(6).take_while(|id| !whole(id)).collect();
    let mut bytes = 0;
    for id in (0..headline).rev() {
        let Some(text) = tree.text(id).filter(|_| in_sight(tree, survey, spine, id)) else { continue };
        bytes += text.trim().len();
        let near = tree.ancestors(id).take(4).any(|above| boxes.contains(&above));
        if bytes > ABOVE || !near {
            break;
        }
        found.extend(line(tree, id, text).filter(|_| !others(id)));
    }
    // A line that is a date and nothing else before one that names a day among other things: a standfirst tells of events.
    found.sort_by_key(|line| !labels::opens(line) && dates::whole(line, &dates::Context::default()).is_none());
    for text in found.into_iter().filter(|text| !of_a_life(text) && !in_a_sentence(text)) {
        labels::split(&text, "html:near-headline", "", out);
    }
}

/// Whether a heading below the first sentences begins something else: a section, or other articles.
fn begins_another(tree: &Tree, id: Id, text: &str, story: usize) -> bool {
    let heading = |id: Id| matches!(*tree.tag(id), local_name!("h1") | local_name!("h2") | local_name!("h3"));
    story > 0 && text.trim().len() <= SENTENCE && !may_be_date(text) && tree.ancestors(id).take(2).any(heading)
}

/// The line a text node with a date stands in: with the label before it, the words of its element, or its own.
fn line(tree: &Tree, id: Id, text: &str) -> Option<String> {
    if !text.bytes().any(|b| b.is_ascii_digit()) && text.is_ascii() {
        return None;
    }
    let own = collapse(text);
    if own.len() <= MAX_LINE && may_be_date(&own) {
        // `<b>Joined:</b> <i>3 May 2019</i>`; and `The fair on 3 May 2019 in <a>Orlen</a> is over.` is no line.
        for above in tree.ancestors(id).take(3) {
            let words = tree.words(above, 4 * MAX_LINE);
            let paragraph = matches!(
                *tree.tag(above),
                local_name!("p")
                    | local_name!("li")
                    | local_name!("td")
                    | local_name!("dd")
                    | local_name!("blockquote")
            );
            if paragraph && in_a_sentence(&words) && words.len() > own.len() && !labels::opens(&words) {
                return None;
            }
            if words.len() > MAX_LINE {
                break;
            }
            // `Release: 14 May 2024` is a day of something else, and `Mara Linde: 14 May 2024` is not alone on its line.
            let called = words
                .find(&own)
                .and_then(|at| words.get(..at))
                .is_some_and(|label| label.trim_end().ends_with(':') && !label.bytes().any(|b| b.is_ascii_digit()));
            if words.len() > own.len() && (labels::opens(&words) || of_a_life(&words) || called) {
                return Some(words);
            }
            // `<dt>Born</dt><dd>28 January 1975</dd>`: a row of what is known of somebody.
            if matches!(*tree.tag(above), local_name!("dd") | local_name!("td")) && of_a_life(&label(tree, above)) {
                return None;
            }
        }
        return Some(own);
    }
    // `<span>27</span> <span>June</span> <span>2025</span>`
    let mut above = tree.parent(id);
    for _ in 0..2 {
        if above == NONE {
            break;
        }
        let words = tree.words(above, 4 * MAX_LINE);
        if words.len() > MAX_LINE {
            break;
        }
        if may_be_date(&words) {
            return Some(words);
        }
        above = tree.parent(above);
    }
    None
}

/// The words of the cell before one.
fn label(tree: &Tree, cell: Id) -> String {
    let row = tree.parent(cell);
    let before = (row != NONE).then(|| tree.children(row).take_while(|&id| id != cell));
    let before = before.and_then(|cells| cells.filter(|&id| tree.text(id).is_none()).last());
    before.map(|id| tree.words(id, MAX_LINE)).unwrap_or_default()
}

/// Lines anywhere on the page that a label opens: `Published on 27 June 2025`, `Stand: 27.06.2025`.
fn labelled(tree: &Tree, survey: &Survey, spine: &Spine, out: &mut Vec<Claim>) {
    const OTHERS: u32 = hints::RELATED;
    let mut count = 0;
    for id in 0..tree.nodes.len() as Id {
        let Some(text) = tree.text(id) else { continue };
        let start = text.trim_start();
        if start.len() < 4 || text.len() > 4 * MAX_LINE {
            continue;
        }
        let start = start.trim_start_matches(['[', '(', '•', '|', '-', '–', ' ']);
        if !labels::may_open(start) || !labels::opens(start) || !in_sight(tree, survey, spine, id) {
            continue;
        }
        // `Last update: 27 June 2025` at the top of the page is of the page, today.
        if spine.is_before(tree, id) {
            continue;
        }
        let parent = tree.parent(id);
        if (survey.own[parent as usize] | spine.above(tree, survey, parent)) & OTHERS != 0 {
            continue;
        }
        let this = labels::tells_of_itself(start);
        let mut own = collapse(text);
        if this && own.len() > MAX_LINE {
            let end = own.char_indices().map(|(at, _)| at).take_while(|&at| at <= MAX_LINE).last();
            own.truncate(end.unwrap_or(0));
        }
        if own.len() <= MAX_LINE && may_be_date(&own) && (this || !in_a_sentence(&own)) {
            labels::split(&own, "html:labelled", "", out);
            count += 1;
            if count >= MOST {
                return;
            }
            continue;
        }
        // The date may stand in the next element.
        let mut above = parent;
        for _ in 0..3 {
            if above == NONE {
                break;
            }
            let words = tree.words(above, 4 * MAX_LINE);
            if words.len() > MAX_LINE + 60 {
                break;
            }
            if in_a_sentence(&words) && !this {
                break;
            }
            if may_be_date(&words) {
                labels::split(&words, "html:labelled", "", out);
                count += 1;
                break;
            }
            above = tree.parent(above);
        }
        if count >= MOST {
            return;
        }
    }
}
