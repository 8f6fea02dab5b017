//! Other articles below the page's own whose headlines no `h1` tells: boxes made as the page's own box is.
//!
//! Parts of one story stand in boxes that are made alike too. What tells an article from a part is that it is signed or
//! dated, as the page's own is.

use html5ever::local_name;

use super::blocks::Block;
use super::hints;
use super::meta::Survey;
use super::tree::{Id, Step, Tree};
use crate::model::BlockKind;

/// Elements of one box that are looked at.
const LOOKED: Id = 60;

/// Whether the block `at` is the headline of another article than the one that the block `own` is the headline of.
pub(super) fn heads_a_twin(tree: &Tree, survey: &Survey, blocks: &[Block], own: usize, at: usize) -> bool {
    let (mine, theirs) = (blocks[own].node, blocks[at].node);
    if at <= own || blocks[at].kind != BlockKind::Heading || tree.tag(mine) != tree.tag(theirs) {
        return false;
    }
    let up = |id: Id| std::iter::once(id).chain(tree.ancestors(id));
    let Some(fork) = up(theirs).find(|&id| up(mine).any(|above| above == id)) else { return false };
    let branch = |id: Id| up(id).take_while(|&above| above != fork).last();
    let (Some(first), Some(second)) = (branch(mine), branch(theirs)) else { return false };
    let alike = tree.tag(first) == tree.tag(second) && tree.attr(first, "class") == tree.attr(second, "class");
    let heads = |box_: Id, headline: Id| {
        headline - box_ < LOOKED && (box_..headline).all(|id| tree.text(id).is_none_or(|text| text.trim().len() < 40))
    };
    first != mine
        && second != theirs
        && alike
        && survey.own[second as usize] & hints::ARTICLE != 0
        && heads(first, mine)
        && heads(second, theirs)
        && is_signed(tree, survey, first)
        && is_signed(tree, survey, second)
}

/// Whether a box holds a byline and a day.
fn is_signed(tree: &Tree, survey: &Survey, box_: Id) -> bool {
    let (mut signed, mut dated, mut looked) = (false, false, 0);
    tree.walk(box_, |step| {
        if let Step::Enter(id) = step {
            looked += 1;
            signed |= survey.own[id as usize] & hints::AUTHOR != 0 || tree.attr(id, "rel") == Some("author");
            dated |= *tree.tag(id) == local_name!("time") || survey.own[id as usize] & hints::DATE != 0;
        }
        looked < LOOKED && !(signed && dated)
    });
    signed && dated
}
