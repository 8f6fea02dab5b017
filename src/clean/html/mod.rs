//! A page or fragment of HTML -> pieces of text and claims.
//!
//! # Where claims are found
//!
//! Claims come in this order: JSON-LD (the page's own article first), then `meta` and `link` elements in page order,
//! then what stands in the body, in page order. The vocabulary of [`Claim::found`](crate::model::Claim::found):
//!
//! | `found` | from |
//! | --- | --- |
//! | `jsonld:KEY` | the page's own article in JSON-LD: the one whose address or headline is the page's; KEY is `headline`, `name`, `alternativeHeadline` (a subtitle), `description`, `datePublished`, `dateCreated`, `uploadDate`, `dateModified`, `articleBody` (a witness), `articleSection`, `inLanguage`, `keywords`, `url`, `mainEntityOfPage`, `publisher`, `sourceOrganization` (claimed as agency), `license`, `isBasedOn`, `copyrightNotice`, `dateline`, `isAccessibleForFree` (a paywall), `@type` |
//! | `jsonld:KEY:person`, `:organization`, `:text` | KEY is `author`, `creator`, `contributor`, `editor`, `translator`; by the `@type` of the named object, `text` where it has none |
//! | `jsonld:webpage:…`, `jsonld:other:…` | the same keys of a `WebPage`; of a video, recipe or review that the page is |
//! | `jsonld:other-thing:…`, `jsonld:other-article:…` | the same keys of what others made, a book, a film, a video beside the text; and of articles that are not the page's own: their people and days are not the page's |
//! | `jsonld:event` | when the event begins and ends after which the page is called: not when that was published |
//! | `jsonld:site:name` | name of the `WebSite` |
//! | `meta:KEY` | `property`, `name` or `http-equiv` of a `meta` element in lower case: `meta:og:title`, `meta:author`, `meta:article:published_time` |
//! | `link:canonical`, `link:license`, `link:original-source`, `a:license` | links by their `rel` |
//! | `html:lang`, `html:title`, `html:h1` | the attribute, the element in `head`, every `h1` but the site's name |
//! | `html:site-title` | an `h1` that leads to the front page, or is called the site's title: the site's name |
//! | `itemprop:NAME`, `property:NAME` | microdata and RDFa in the body, of articles only, and of none whose headline is another's |
//! | `html:time`, `html:time-text` | `datetime` of a `time` element; its text where it has none |
//! | `html:date`, `html:abbr` | a short text with digits whose class or id names a date; the title of such an `abbr` |
//! | `html:near-headline`, `html:labelled` | a short line with a day beside the headline, or behind words such as `Published on`; only where neither JSON-LD nor `meta` names the day |
//! | `html:first-published` | the day that a line calls the first of several (`Originally published on …`) |
//! | `html:byline-date` | a line with a day whose class or id names a byline |
//! | `html:own-link` | a day beside a link to this page that is called as its headline is; only where neither JSON-LD nor `meta` names the day |
//! | `script:own` | the day in the object of a program's data that has this page's headline or address; likewise |
//! | `script:datePublished` | the day that all such keys in the page's scripts agree on; likewise |
//! | `html:rel-author`, `html:author-link`, `html:byline`, `html:author` | text of `a rel=author`, of a link to an author's page, of an element whose class or id names a byline, an author. Nested ones are all given |
//!
//! The `html:` ones of dates have `:updated` appended where class or id says so (the field is `Updated` then), and all
//! of bylines and dates have `:elsewhere` appended where they stand among related links, in an `aside`, `nav`, `footer`
//! or sidebar, bylines among comments too, and dates in posts of other sites; boxes that hold the headline are no such places,
//! and the same goes for dates in microdata. Dates above the headline and away from it have `:above` appended: they are today's, at the top of the page, and nobody's day of publication. The dates of comments are no claims. `html:paywall` claims `Paywalled`, and `Truncated` where little text was left.
//!
//! # Rules
//!
//! A removed piece carries one of: `page.headline` (the title, which stands above the text), `page.hidden`, `page.navigation`, `page.comments`, `page.related`, `page.signup`,
//! `page.notice` (consent, pop-ups), `page.advertisement`, `page.share`, `page.caption`, `page.bio`, `page.byline`,
//! `page.date`, `page.tags`, `page.footer`, `page.sidebar`, `page.chrome` (none of these by name), all by the word of
//! the paragraph model; and by rules after it `page.neighbour` (another article below the page's own), `page.repeat`,
//! `page.heading` (a heading over nothing, headlines in a row), `page.related` (teasers below the text), `page.byline` and
//! `page.date` (lines that say who wrote it and when, and nothing else).
mod attached;
mod blocks;
mod called;
mod cards;
mod counts;
mod enclaves;
mod entries;
mod features;
mod footnotes;
mod fragment;
mod hints;
mod jsonld;
mod judge;
mod lexicon;
mod meta;
mod model;
mod particulars;
mod posts;
mod programs;
mod quoted;
mod raw;
mod references;
mod refuse;
mod row;
mod second;
mod space;
mod standfirst;
mod surroundings;
mod tags;
mod tokens;
pub mod training;
mod tree;
mod wholes;

pub use fragment::fragment;

use crate::clean::Draft;
use crate::model::{Claim, Note, Reason, Span};

use super::{Link, Piece, Removal};
use meta::Survey;
use tree::Tree;

/// Why a page is not taken as an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// For counting.
    pub reason: Reason,
    /// For a person: lowercase, no final period.
    pub detail: String,
    /// What the page said of itself all the same.
    pub claims: Vec<Claim>,
}

/// Finds the article in a whole page: pieces in page order, those that are not the article's marked removed with a
/// `page.*` rule, and claims as the table above has them. `url` is the address the page was got from: it makes links
/// absolute and tells the page's own article from others.
///
/// # Errors
/// A [`Refusal`] where the page has no article, or several that cannot be told apart.
pub fn page(html: &str, url: Option<&str>) -> Result<Draft, Refusal> {
    let tree = Tree::parse(html);
    let survey = Survey::of(&tree);
    let harvest = meta::harvest(&tree, &survey, url);
    let case = judge::case(&tree, &survey, &harvest);
    let guess = case.guess();
    let mut verdicts = case.verdicts(&guess);
    quoted::keep_credits(&tree, &case.blocks, &mut verdicts);
    let several = row::of_articles(&tree, &survey, &harvest, &case, &mut verdicts, url);
    let words = case.kept_words(&verdicts);
    if let Some(refusal) = refuse::refusal(&case.blocks, &verdicts, words, several, &harvest.claims) {
        return Err(refusal);
    }
    let kept_all_the_same = called::called(&tree, &survey, &harvest, &case, &verdicts, url)?;
    // What is no text, on a page that has one.
    case.drop_particulars(&harvest.claims, &mut verdicts);
    case.keep_chronicle(&mut verdicts);
    case.keep_days(&harvest.claims, &mut verdicts);
    if case.drop_cards(&guess, &mut verdicts) {
        case.drop_bare_headings(&guess, &mut verdicts);
    }
    let mut draft = Draft { claims: harvest.claims, ..Draft::default() };
    draft.notes.extend(kept_all_the_same);
    draft.claims.extend(refuse::paywall(&case.blocks, &verdicts, |at| case.is_shown(at), words));
    if tree.cut {
        draft.notes.push(Note("nested too deeply or too large: flattened, or cut at its end".to_owned()));
    }
    if case.dropped > 0 {
        draft.notes.push(Note(format!("too many blocks: the last {} are left out", case.dropped)));
    }
    for (block, verdict) in case.blocks.into_iter().zip(verdicts) {
        let mut piece = Piece::new(block.kind, "", place(&tree, block.node));
        piece.links = links(&tree, &block, harvest.base.as_ref());
        piece.breaks = block.breaks;
        piece.breaks.retain(|&at| block.text.as_bytes().get(at) == Some(&b' '));
        piece.text = block.text;
        if verdict.is_none() && *tree.tag(block.node) == html5ever::local_name!("table") {
            piece.text = fragment::table(&tree, block.node).unwrap_or(piece.text);
            piece.breaks.clear();
        }
        piece.removed = verdict.map(|rule| Removal { rule: rule.to_owned(), yields: Vec::new() });
        draft.pieces.push(piece);
    }
    Ok(draft)
}

/// Where a block stands, for a reader of the page's source: `article.story>div.body>p`.
fn place(tree: &Tree, node: tree::Id) -> String {
    let mut boxes = [tree::NONE; 3];
    for (id, slot) in std::iter::once(node).chain(tree.ancestors(node)).zip(boxes.iter_mut().rev()) {
        *slot = id;
    }
    let mut out = String::with_capacity(64);
    for (nth, id) in boxes.into_iter().filter(|&id| id != tree::NONE).enumerate() {
        if nth > 0 {
            out.push('>');
        }
        out.push_str(tree.tag(id));
        if let Some(class) = tree.attr(id, "class").and_then(|names| names.split_whitespace().next()) {
            out.push('.');
            out.push_str(class.char_indices().nth(39).map_or(class, |(end, _)| &class[..end]));
        }
    }
    out
}

/// A block's links, made absolute where there is a base.
fn links(tree: &Tree, block: &blocks::Block, base: Option<&url::Url>) -> Vec<Link> {
    let link = |&(start, end, id): &(usize, usize, tree::Id)| {
        let href = tree.attr(id, "href").filter(|h| !h.is_empty())?;
        let absolute = meta::resolve(base, href).unwrap_or_else(|| href.to_owned());
        Some(Link { span: Span::new(start, end), href: absolute })
    };
    block.links.iter().filter_map(link).collect()
}
