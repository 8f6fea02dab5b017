//! Which blocks of a page are its article: the model's word, then rules that know better.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::blocks::{self, Block};
use super::features::{self, Frame, Page, Rows};
use super::jsonld;
use super::meta::{Harvest, Survey};
use super::model::Model;
use super::tree::Tree;
use crate::model::{BlockKind, Field};

/// Blocks of at least this probability are kept.
const KEEP: f32 = 0.5;

/// A page's blocks with all that is known of them.
pub(super) struct Case {
    pub blocks: Vec<Block>,
    pub frames: Vec<Frame>,
    pub first: Rows,
}

/// Why a block is not the article's; `None` where it is.
pub(super) type Verdict = Option<&'static str>;

struct Models {
    first: Model,
    second: Model,
}

static MODELS: LazyLock<Models> = LazyLock::new(|| {
    let (first, second) = names();
    Models {
        first: Model::read(include_str!("paragraphs.first.txt"), &first),
        second: Model::read(include_str!("paragraphs.second.txt"), &second),
    }
});

/// The names of both runs' features, learned from a page of one block.
pub(super) fn names() -> (Vec<String>, Vec<String>) {
    let tree = Tree::parse("<p>a");
    let survey = Survey::of(&tree);
    let harvest = super::meta::harvest(&tree, &survey, None);
    let (mut first, mut more) = (Vec::new(), Vec::new());
    let case = case_named(&tree, &survey, &harvest, Some(&mut first));
    features::second(&case.frames, &case.first, &[0.5], Some(&mut more));
    let mut second = first.clone();
    second.extend(more);
    (first, second)
}

/// Cuts a page into blocks and measures them.
pub(super) fn case(tree: &Tree, survey: &Survey, harvest: &Harvest) -> Case {
    case_named(tree, survey, harvest, None)
}

fn case_named(tree: &Tree, survey: &Survey, harvest: &Harvest, names: Option<&mut Vec<String>>) -> Case {
    let zones = blocks::zones(tree);
    let blocks = blocks::blocks(tree, survey, 0);
    let of = |field: Field| {
        let claims = harvest.claims.iter().filter(move |c| c.field == field);
        let mut texts: Vec<String> = claims.map(|c| jsonld::fold(&c.value)).filter(|t| t.len() > 8).collect();
        texts.sort();
        texts.dedup();
        texts.truncate(12);
        texts
    };
    let mut witness = HashSet::new();
    for claim in harvest.claims.iter().filter(|c| c.field == Field::BodyWitness && c.found == "jsonld:articleBody") {
        if claim.value.len() > 200 {
            witness.extend(features::sequences(&claim.value));
        }
    }
    let page = Page {
        tree,
        survey,
        zones: &zones,
        blocks: &blocks,
        h1: harvest.h1,
        titles: of(Field::Title),
        summaries: of(Field::Summary),
        witness,
    };
    let frames = features::frames(&page);
    let first = features::first(&page, &frames, names);
    Case { blocks, frames, first }
}

impl Case {
    /// The model's probabilities.
    pub fn guess(&self) -> Vec<f32> {
        let first: Vec<f32> = (0..self.blocks.len()).map(|b| MODELS.first.probability(self.first.row(b))).collect();
        let rows = features::second(&self.frames, &self.first, &first, None);
        (0..self.blocks.len()).map(|b| MODELS.second.probability(rows.row(b))).collect()
    }

    /// The verdict on every block, given the model's probabilities.
    pub fn verdicts(&self, guess: &[f32]) -> Vec<Verdict> {
        let mut verdicts: Vec<Verdict> =
            guess.iter().map(|&g| if g >= KEEP { None } else { Some("page.chrome") }).collect();
        let mut seen = HashSet::new();
        for (at, block) in self.blocks.iter().enumerate() {
            if verdicts[at].is_none() && block.text.len() > 60 && !seen.insert(block.text.as_str()) {
                verdicts[at] = Some("page.repeat");
            }
        }
        // A heading over nothing that is kept is a heading of something else.
        let mut over_text = false;
        for at in (0..self.blocks.len()).rev() {
            if verdicts[at].is_none() {
                if self.blocks[at].kind == BlockKind::Heading && !over_text && guess[at] < 0.9 {
                    verdicts[at] = Some("page.heading");
                } else {
                    over_text = true;
                }
            }
        }
        verdicts
    }
}
