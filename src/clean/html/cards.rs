//! Headings that are links: those of a page's own entries lead to the page itself, those of teasers elsewhere.

use std::collections::{HashMap, HashSet};

use super::blocks::Block;
use super::hints;
use super::jsonld;
use super::judge::{Case, Verdict};
use super::meta::{self, Harvest, Survey};
use super::tree::{Id, Tree};
use crate::model::{BlockKind, Field};

/// A linked heading of the page's own goes only below this.
const OWN: f32 = 0.01;
/// Most words of a teaser: the excerpts that systems cut have 55.
const TEASER: usize = 60;
/// Most blocks of its box.
const BLOCKS: usize = 4;
/// The model thinks less of teasers than this.
const DOUBTED: f32 = 0.9;
/// The text above teasers has so many words, and so many above teasers whose boxes are named cards or lists.
const ABOVE: usize = 60;
const ABOVE_NAMED: usize = 25;

/// Which headings are links that all lead to the page itself, or to a place in it.
pub(super) fn own_links(tree: &Tree, harvest: &Harvest, blocks: &[Block]) -> Vec<bool> {
    let own = harvest.claims.iter().filter(|claim| {
        matches!(claim.field, Field::Canonical | Field::Url) && !claim.found.starts_with("jsonld:other")
    });
    let own: HashSet<String> = own.map(|claim| jsonld::address(&claim.value)).collect();
    let leads_here = |id: Id| {
        let Some(href) = tree.attr(id, "href").map(str::trim) else { return false };
        let place = href.starts_with('#') && href.len() > 1;
        place || meta::resolve(harvest.base.as_ref(), href).is_some_and(|url| own.contains(&jsonld::address(&url)))
    };
    let is_own = |block: &Block| {
        block.kind == BlockKind::Heading
            && !block.links.is_empty()
            && block.links.iter().all(|&(_, _, id)| leads_here(id))
    };
    blocks.iter().map(is_own).collect()
}

/// Which blocks are in a box that is named a card, an item of a list, or something related.
pub(super) fn in_cards(survey: &Survey, blocks: &[Block], container: impl Fn(usize) -> (Id, Id)) -> Vec<bool> {
    let named = |b: usize| {
        let (container, grand) = container(b);
        [container, grand]
            .iter()
            .any(|&id| survey.own.get(id as usize).is_some_and(|own| own & (hints::LIST | hints::RELATED) != 0))
    };
    (0..blocks.len()).map(named).collect()
}

impl Case {
    /// The heading of an entry of the page, right over kept text of its own box: what was posted at that hour.
    pub(super) fn keep_own_headings(&self, guess: &[f32], verdicts: &mut [Verdict]) {
        for at in 0..verdicts.len().saturating_sub(1) {
            let below = (at + 1..verdicts.len()).take(2).find(|&b| verdicts[b].is_none());
            let over = below.is_some_and(|b| {
                self.frames[b].container == self.frames[at].container && self.blocks[b].kind != BlockKind::Heading
            });
            if verdicts[at].is_some()
                && self.own_link[at]
                && over
                && !self.titled[at]
                && guess[at] >= OWN
                && !self.is_chrome(at)
            {
                verdicts[at] = None;
            }
        }
    }

    /// The teasers of other articles below the text: what stands behind a heading that is a link, in a box of its own, goes
    /// where the heading did. Only behind all other text, where there are several, and where the model doubts them: a briefing
    /// and a list of walks are made of such boxes too. Whether any went.
    pub(super) fn drop_cards(&self, guess: &[f32], verdicts: &mut [Verdict]) -> bool {
        let mut boxes: HashMap<Id, Vec<usize>> = HashMap::new();
        for (at, frame) in self.frames.iter().enumerate() {
            boxes.entry(frame.container).or_default().push(at);
        }
        let kept = |b: &usize| verdicts[*b].is_none();
        let words = |blocks: &[usize]| blocks.iter().filter(|b| kept(b)).map(|&b| self.frames[b].words).sum::<usize>();
        let heads = |b: usize| {
            self.blocks[b].kind == BlockKind::Heading
                && self.frames[b].density > 0.9
                && !self.own_link[b]
                && !self.titled[b]
        };
        let teaser =
            |b: usize| !kept(&b) || self.blocks[b].kind == BlockKind::Paragraph && self.blocks[b].links.is_empty();
        boxes.retain(|_, blocks| {
            let text: Vec<usize> = blocks.iter().copied().skip_while(|&b| !heads(b)).collect();
            let led = text.len() + 1 >= blocks.len() && text.len() > 1 && blocks.len() <= BLOCKS;
            led && text.iter().skip(1).all(|&b| teaser(b)) && words(&text[1..]) <= TEASER
        });
        let in_box: HashSet<usize> = boxes.values().flatten().copied().collect();
        // What stands behind the last of the text that is in no such box.
        let Some(last) = (0..verdicts.len()).rev().find(|b| kept(b) && !in_box.contains(b)) else { return false };
        let below: Vec<&Vec<usize>> = boxes.values().filter(|blocks| blocks.iter().all(|&b| b > last)).collect();
        let above: Vec<usize> = (0..=last).filter(|b| !in_box.contains(b)).collect();
        let stray: Vec<usize> = below.iter().copied().flatten().copied().filter(kept).collect();
        let (headings, texts): (Vec<usize>, Vec<usize>) = stray.iter().partition(|&&b| heads(b));
        let named = below.iter().all(|blocks| blocks.iter().any(|&b| self.carded[b]));
        let (least, most) = if named { (ABOVE_NAMED, 2) } else { (ABOVE, 1) };
        let doubted = texts.iter().map(|&b| guess[b]).sum::<f32>() < DOUBTED * texts.len() as f32;
        let teasers = below.len() >= 2
            && doubted
            && headings.len() * 3 <= below.len()
            && words(&above) >= least
            && words(&texts) <= most * words(&above);
        if teasers {
            stray.iter().for_each(|&b| verdicts[b] = Some("page.related"));
        }
        teasers && !stray.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::super::wholes::tests::{kept, long};

    fn card(link: &str, words: usize) -> String {
        let text = "Swans return to the basin ".repeat(words / 5);
        format!("<div class=box><h3><a href='{link}'>The swans</a></h3><p>{text}{link}</p></div>")
    }

    #[test]
    fn a_teaser_goes_with_its_heading() {
        let texts = |cards: &str, count: usize, guess: f32| {
            let mut all = vec![0.9];
            (0..count).for_each(|_| all.extend([0.1, guess]));
            kept(&format!("<div>{}</div><div>{cards}</div>", long()), &all).len() - 1
        };
        let two = card("/a", 10) + &card("/b", 10);
        assert_eq!(texts(&two, 2, 0.7), 0);
        // One such box may be the text's, long texts are none, and whole texts outweigh what stands above them.
        assert_eq!(texts(&card("/a", 10), 1, 0.7), 1);
        assert_eq!(texts(&(card("/a", 80) + &card("/b", 80)), 2, 0.7), 2);
        assert_eq!(texts(&(card("/a", 50) + &card("/b", 50)), 2, 0.7), 2);
        // What the model does not doubt, and headings that it keeps, are a list of walks.
        assert_eq!(texts(&two, 2, 0.95), 2);
        assert_eq!(kept(&format!("<div>{}</div><div>{two}</div>", long()), &[0.9, 0.7, 0.7, 0.7, 0.7]).len(), 5);
    }

    #[test]
    fn the_headings_of_a_pages_own_entries_stay() {
        let entry = |link: &str, told: &str| {
            let text = long().replace("boats", told);
            format!("<div class=entry><h2><a href='{link}'>What the divers saw</a></h2>{text}</div>")
        };
        let has = |link: &str| {
            let html = format!("<div>{}</div>{}{}", long(), entry(link, "herons"), entry("/x", "swans"));
            kept(&html, &[0.9, 0.1, 0.9, 0.1, 0.9]).iter().filter(|text| text.starts_with("What")).count()
        };
        assert_eq!(has("#entry-5"), 1);
        assert_eq!(has("/elsewhere"), 0);
        assert_eq!(has("#"), 0);
    }
}
