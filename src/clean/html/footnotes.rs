//! Footnotes in the box of the text that they are notes to.

use std::collections::HashMap;

use super::blocks::Block;
use super::judge::{Case, Verdict};
use super::meta::Survey;
use super::tree::{Id, NONE, Tree};
use super::{hints, meta};
use crate::model::BlockKind;

/// How far above a note the box is sought that is named for notes.
const LEVELS: usize = 4;
/// A box with so many kept words in paragraphs is the text's.
const TEXT: usize = 40;
/// Shortest note, in words: what is shorter is its number.
const WORDS: usize = 3;

/// The box that each footnote's own box stands in; [`NONE`] for all other blocks.
pub(super) fn homes(tree: &Tree, survey: &Survey, blocks: &[Block]) -> Vec<Id> {
    let is_note = |id: &Id| {
        survey.own[*id as usize] & hints::NOTE != 0
            && (meta::has_name(tree, *id, "footnote") || meta::has_name(tree, *id, "endnote"))
    };
    let home = |block: &Block| {
        let boxes: Vec<Id> = std::iter::once(block.node).chain(tree.ancestors(block.node)).take(LEVELS + 1).collect();
        let outermost = boxes.iter().rposition(is_note);
        outermost.map_or(NONE, |at| tree.parent(boxes[at]))
    };
    blocks.iter().map(home).collect()
}

impl Case {
    /// Notes in a box that is named for them, within the box of the text and behind it.
    pub(super) fn keep_footnotes(&self, _: &[f32], verdicts: &mut [Verdict]) {
        let mut words: HashMap<Id, usize> = HashMap::new();
        for (at, verdict) in verdicts.iter_mut().enumerate() {
            let home = self.note_home[at];
            if home == NONE {
                if verdict.is_none() && self.blocks[at].kind == BlockKind::Paragraph {
                    *words.entry(self.frames[at].container).or_default() += self.frames[at].words;
                }
                continue;
            }
            let note = matches!(self.blocks[at].kind, BlockKind::Paragraph | BlockKind::ListItem)
                && self.frames[at].words >= WORDS
                && !self.is_chrome(at);
            if note && words.get(&home).is_some_and(|&words| words >= TEXT) {
                *verdict = None;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::wholes::tests::{kept, long};

    #[test]
    fn notes_to_the_text_stay() {
        let notes = |class: &str, within: bool, link: &str| {
            let note = format!(
                "<div class='{class}'><a href='#a1'>1</a><div class='{class}-content'><p>{link}The minutes give eight boats</p></div></div>"
            );
            let (inner, outer) = if within { (note.as_str(), "") } else { ("", note.as_str()) };
            let html = format!("<div class='body'>{}{}{inner}</div>{outer}", long(), long().replace("boats", "swans"));
            kept(&html, &[0.9, 0.9, 0.05, 0.05]).iter().any(|text| text.contains("eight boats"))
        };
        assert!(notes("footnote", true, ""));
        assert!(!notes("footnote", false, ""));
        assert!(!notes("promo", true, ""));
    }
}
