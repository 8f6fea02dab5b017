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
//! | `jsonld:webpage:…`, `jsonld:other:…`, `jsonld:other-article:…` | the same keys of a `WebPage`, of a video, recipe or review, and of articles that are not the page's own |
//! | `jsonld:site:name` | name of the `WebSite` |
//! | `meta:KEY` | `property`, `name` or `http-equiv` of a `meta` element in lower case: `meta:og:title`, `meta:author`, `meta:article:published_time` |
//! | `link:canonical`, `link:license`, `link:original-source`, `a:license` | links by their `rel` |
//! | `html:lang`, `html:title`, `html:h1` | the attribute, the element in `head`, every `h1` |
//! | `itemprop:NAME`, `property:NAME` | microdata and RDFa in the body, of articles only |
//! | `html:time`, `html:time-text` | `datetime` of a `time` element; its text where it has none |
//! | `html:date`, `html:abbr` | a short text with digits whose class or id names a date; the title of such an `abbr` |
//! | `html:rel-author`, `html:author-link`, `html:byline`, `html:author` | text of `a rel=author`, of a link to an author's page, of an element whose class or id names a byline, an author. Nested ones are all given |
//!
//! The `html:` ones of dates have `:updated` appended where class or id says so (the field is `Updated` then), and all
//! of bylines and dates have `:elsewhere` appended where they stand among comments, related links, in an `aside`,
//! `nav`, `footer` or sidebar.
mod blocks;
mod features;
mod hints;
mod jsonld;
mod judge;
mod lexicon;
mod meta;
mod model;
pub mod training;
mod tree;

use crate::clean::Draft;
use crate::model::{Claim, Reason, Span};

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
    let verdicts = case.verdicts(&guess);
    let mut draft = Draft { claims: harvest.claims, ..Draft::default() };
    if verdicts.iter().all(Option::is_some) {
        let detail = "no paragraph in the page".to_owned();
        return Err(Refusal { reason: Reason::NoText, detail, claims: draft.claims });
    }
    for (block, verdict) in case.blocks.into_iter().zip(verdicts) {
        let href = |id| tree.attr(id, &html5ever::local_name!("href"));
        let links = block.links.iter().filter_map(|&(start, end, id)| {
            let href = meta::resolve(harvest.base.as_ref(), href(id)?).or(href(id).map(str::to_owned))?;
            Some(Link { span: Span::new(start, end), href })
        });
        let mut piece = Piece::new(block.kind, "", place(&tree, block.node));
        piece.links = links.collect();
        piece.text = block.text;
        piece.removed = verdict.map(|rule| Removal { rule: rule.to_owned(), yields: Vec::new() });
        draft.pieces.push(piece);
    }
    Ok(draft)
}

/// Where a block stands, for a reader of the page's source: `article.story>div.body>p`.
fn place(tree: &Tree, node: tree::Id) -> String {
    let mut names: Vec<String> = Vec::new();
    for id in std::iter::once(node).chain(tree.ancestors(node)).take(3) {
        let class = tree.attr(id, &html5ever::local_name!("class")).unwrap_or("");
        let class = class.split_whitespace().next().map(|c| format!(".{c}")).unwrap_or_default();
        names.push(format!("{}{}", tree.tag(id), class.chars().take(40).collect::<String>()));
    }
    names.reverse();
    names.join(">")
}

/// Pieces of an HTML fragment that is article text already (a feed's `content:encoded`); nothing is refused.
pub fn fragment(html: &str, url: Option<&str>) -> Draft {
    page(html, url).unwrap_or_default()
}
