//! Whether a page that looks like a row of posts is one article after all: a timeline, a list of books, whose headline is no
//! heading.

use super::super::jsonld;
use super::super::judge::Case;
use super::super::meta::{Harvest, is_site_name};
use super::super::tree::Tree;
use crate::clean::metadata::address;
use crate::model::Field;

/// Whether the page's own address is that of an article, or its title stands above the posts.
pub(super) fn is_one_article(
    tree: &Tree,
    harvest: &Harvest,
    case: &Case,
    first: Option<usize>,
    url: Option<&str>,
) -> bool {
    let said = harvest.claims.iter().filter(|claim| claim.field == Field::Canonical);
    let said = said.filter(|claim| !claim.found.starts_with("jsonld:other")).map(|claim| claim.value.as_str());
    url.into_iter().chain(said).any(address::is_of_an_article) || is_headed(tree, harvest, case, first.unwrap_or(0))
}

/// Whether a block before `first` says the page's title, without the outlet, and does not lead to the site's front page.
fn is_headed(tree: &Tree, harvest: &Harvest, case: &Case, first: usize) -> bool {
    let of = |field: Field| harvest.claims.iter().filter(move |claim| claim.field == field);
    let sites: Vec<String> = of(Field::SiteName).map(|claim| jsonld::fold(&claim.value)).collect();
    let in_head = of(Field::Title).filter(|claim| claim.found == "html:title" || claim.found.starts_with("meta:"));
    let titles: Vec<String> = in_head
        .flat_map(|claim| parts(&claim.value))
        .filter(|title| may_be_headline(title))
        .map(jsonld::fold)
        .filter(|title| !sites.contains(title))
        .collect();
    case.blocks[..first.min(case.blocks.len())]
        .iter()
        .any(|block| titles.contains(&jsonld::fold(&block.text)) && !is_site_name(tree, block.node))
}

/// A title, and what its marks part: `How the ramp closed | Orlen Echo`.
fn parts(title: &str) -> impl Iterator<Item = &str> {
    const MARKS: [&str; 8] = [" | ", " - ", " – ", " — ", " » ", " « ", " · ", " :: "];
    let cut = |mark: &&str| title.split_once(*mark).into_iter().chain(title.rsplit_once(*mark));
    let cuts: Vec<&str> = MARKS.iter().flat_map(cut).flat_map(|(before, behind)| [before, behind]).collect();
    std::iter::once(title).chain(cuts)
}

/// Whether a title is long enough to be no name of a site or a section.
fn may_be_headline(title: &str) -> bool {
    /// Fewest words, and fewest letters of scripts that part no words.
    const WORDS: usize = 3;
    const LETTERS: usize = 6;
    let whole = |c: &char| matches!(*c as u32, 0x0E00..=0x0E7F | 0x3040..=0x9FFF | 0xAC00..=0xD7AF);
    title.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count() >= WORDS
        || title.chars().filter(whole).count() >= LETTERS
}
