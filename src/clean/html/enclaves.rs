//! Short text in odd boxes amid the story: columns, an accordion, a callout.
//!
//! The model takes a box that is made unlike the paragraphs around it for something put between them, and mostly that is
//! what it is. Where the box stands within the very box of the story, leads nowhere, asks for nothing and says whole
//! sentences, it is a part of the story.

use super::blocks::Block;
use super::judge::{Case, Verdict};
use super::lexicon;
use super::tree::{Id, NONE, Tree};
use super::wholes::ends_sentence;
use crate::model::BlockKind;

/// How far above a block the box of the story is sought.
const LEVELS: usize = 5;
/// Most blocks of such a box, and most bytes of one that is a heading.
const BLOCKS: usize = 8;
const HEADING: usize = 80;
/// Fewest words of a sentence that stands alone.
const WORDS: usize = 6;

/// The boxes around a block, from the innermost outwards.
pub(super) type Boxes = [Id; LEVELS];

/// Those of all blocks.
pub(super) fn boxes(tree: &Tree, blocks: &[Block]) -> Vec<Boxes> {
    let of = |block: &Block| {
        let mut boxes = [NONE; LEVELS];
        boxes.iter_mut().zip(tree.ancestors(block.node)).for_each(|(slot, id)| *slot = id);
        boxes
    };
    blocks.iter().map(of).collect()
}

impl Case {
    /// What stands in boxes of its own between kept paragraphs of one box.
    pub(super) fn keep_enclaves(&self, _: &[f32], verdicts: &mut [Verdict]) {
        let mut at = 1;
        while at < verdicts.len() {
            if verdicts[at].is_none() || verdicts[at - 1].is_some() {
                at += 1;
                continue;
            }
            let end = (at..verdicts.len()).find(|&b| verdicts[b].is_none()).unwrap_or(verdicts.len());
            if end < verdicts.len() && end - at <= BLOCKS && self.is_enclave(at, end, verdicts) {
                verdicts[at..end].iter_mut().for_each(|verdict| *verdict = None);
            }
            at = end + 1;
        }
    }

    fn is_enclave(&self, from: usize, to: usize, verdicts: &[Verdict]) -> bool {
        let home = self.frames[from - 1].container;
        let text = |b: usize| self.blocks[b].kind == BlockKind::Paragraph && self.frames[b].container == home;
        let mut buffer = String::new();
        let mut told = |b: usize| {
            let block = &self.blocks[b];
            let plain = verdicts[b] == Some("page.chrome")
                && !self.is_chrome(b)
                && !self.foreign[b]
                && !self.titled[b]
                && block.links.is_empty()
                // In a box of its own within that of the story.
                && self.frames[b].container != home
                && self.boxes[b].contains(&home)
                && !addresses_the_reader(&block.text)
                && lexicon::is_plain_sentence(&block.text, &mut buffer);
            plain
                && match block.kind {
                    BlockKind::Heading => block.text.len() <= HEADING && b + 1 < to,
                    BlockKind::Paragraph => ends_sentence(&block.text) && !block.text.ends_with('?'),
                    _ => false,
                }
        };
        let words: usize = (from..to).map(|b| self.frames[b].words).sum();
        text(from - 1) && text(to) && words >= WORDS && (from..to).all(&mut told)
    }
}

/// Whether a text speaks to who reads it, or of the paper's own wares, as promotion does.
fn addresses_the_reader(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "you", "your", "our", "app", "us", "vous", "votre", "notre", "unsere", "unserer", "ihre", "ihnen", "usted",
        "nuestra", "nuestro", "nossa", "nosso", "nostra", "nostro", "onze", "jouw",
    ];
    let lower = text.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).any(|word| WORDS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::super::wholes::tests::{kept, long};

    #[test]
    fn sentences_in_boxes_amid_the_story_stay() {
        let stays = |inner: &str, blocks: usize| {
            let html = format!("<div>{0}{inner}{0}</div>", long());
            let mut guess = vec![0.9];
            guess.extend(vec![0.01; blocks]);
            guess.push(0.9);
            // The same paragraph twice would be a repeat.
            let html = html.replacen("boats", "swans", 1);
            kept(&html, &guess).len() - 2
        };
        let columns =
            "<div><div><h3>Before</h3><p>Ten boats came each day.</p></div><div><h3>After</h3><p>None.</p></div></div>";
        assert_eq!(stays(columns, 4), 4);
        assert_eq!(
            stays("<div class='callout'><div>We counted the boats for eleven days in January.</div></div>", 1),
            1
        );
        // What is no sentence, leads away, asks for something, or is named so.
        assert_eq!(stays("<div><div>Advertisement</div></div>", 1), 0);
        assert_eq!(stays("<div><div><a href=/x>We counted the boats for eleven days.</a></div></div>", 1), 0);
        assert_eq!(stays("<div><div>Subscribe to our newsletter for all news of the boats.</div></div>", 1), 0);
        assert_eq!(stays("<div><div>Our app keeps track of the boats wherever there is one.</div></div>", 1), 0);
        assert_eq!(stays("<div class='related'><div>We counted the boats for eleven days.</div></div>", 1), 0);
        assert_eq!(stays("<div><h3>More of the boats of the town</h3></div>", 1), 0);
    }
}
