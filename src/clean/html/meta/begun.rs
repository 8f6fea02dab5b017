//! Whether a line with a day stands above a page's story or in it.
//!
//! A distance does not tell: a brief is shorter than many standfirsts. What tells is how the line is made, and what
//! stands around it: the story is paragraphs made alike, and a day among them, or below the last, is the story's.

use html5ever::local_name;

use super::labels::{MAX_LINE, may_be_date};
use super::near::SENTENCE;
use super::{Survey, is_byline};
use crate::clean::html::hints;
use crate::clean::html::particulars;
use crate::clean::html::tags::is_inline;
use crate::clean::html::tree::{Id, NONE, Tree};

/// The blocks passed on the way down from the headline.
pub(super) struct Passed<'t> {
    tree: &'t Tree<'t>,
    survey: &'t Survey,
    headline: Id,
    /// The block that the last text stood in, and its bytes so far.
    last: (Id, usize),
    /// Those that are whole sentences, in page order.
    long: Vec<Id>,
}

impl<'t> Passed<'t> {
    pub(super) fn new(tree: &'t Tree<'t>, survey: &'t Survey, headline: Id) -> Self {
        Self { tree, survey, headline, last: (NONE, 0), long: Vec::new() }
    }

    /// Counts a text; gives the block it stands in.
    pub(super) fn pass(&mut self, id: Id, text: &str) -> Id {
        let block = block(self.tree, id);
        if block != self.last.0 {
            self.last = (block, 0);
        }
        self.last.1 += text.trim().len();
        if self.last.1 > SENTENCE && self.long.last() != Some(&block) {
            self.long.push(block);
        }
        block
    }

    /// Whether whole paragraphs have been passed.
    pub(super) fn is_over(&self) -> bool {
        self.long.len() > 1
    }

    /// Whether a block stands in the story or below it. `follows` says whether more sentences come.
    pub(super) fn begun(&self, block: Id, follows: impl FnOnce() -> bool) -> bool {
        self.long.last().is_some_and(|&last| last != block) && self.is_of_story(block, follows)
    }

    fn is_of_story(&self, block: Id, follows: impl FnOnce() -> bool) -> bool {
        let tree = self.tree;
        let Some(&last) = self.long.last() else { return false };
        // The points of a list above the story are its standfirst.
        let twins = self.long.iter().filter(|&&other| *tree.tag(other) == local_name!("p") && self.alike(other, last));
        let paragraphs = twins.count();
        let box_ = tree.parent(last);
        let own_box = box_ != NONE && !tree.ancestors(self.headline).any(|above| above == box_);
        let within = tree.ancestors(block).any(|above| above == box_);
        let named = std::iter::once(block)
            .chain(tree.ancestors(block))
            .take_while(|&id| id != box_)
            .any(|id| self.survey.own[id as usize] & (hints::DATE | hints::AUTHOR) != 0);
        match () {
            // One of several days in a row is that of a part.
            _ if self.is_one_of_days(block) => true,
            // Paragraphs in a row are no standfirst, but two of them may stand above the line that signs and dates the text.
            _ if paragraphs > 1 => !(self.may_stand_above() && self.is_own_line(block, last) && follows()),
            _ if named => false,
            // Made as the paragraph above it is, in the box of the text.
            _ if self.alike(block, last) && own_box => true,
            _ => (within || self.alike(block, last)) && !follows(),
        }
    }

    /// Whether no more has been passed than a standfirst may have.
    fn may_stand_above(&self) -> bool {
        const PARAGRAPHS: usize = 2;
        const WORDS: usize = 60;
        let words = |&id: &Id| self.tree.words(id, 8 * SENTENCE).split_whitespace().count();
        self.long.len() <= PARAGRAPHS && self.long.iter().map(words).sum::<usize>() <= WORDS
    }

    /// Whether a block is a line that dates or signs a text: a day and nothing else, a byline, a box made unlike the paragraphs.
    fn is_own_line(&self, block: Id, last: Id) -> bool {
        let line = self.tree.words(block, MAX_LINE + 1);
        line.len() <= MAX_LINE && (!self.alike(block, last) || particulars::is_days(&line) || is_byline(&line))
    }

    /// Whether two more lines like this one, with a day too, stand in its box; one may be the day of a change.
    fn is_one_of_days(&self, block: Id) -> bool {
        let tree = self.tree;
        let beside = tree.children(tree.parent(block)).filter(|&id| id != block);
        beside.filter(|&id| self.alike(id, block)).filter(|&id| may_be_date(&tree.words(id, MAX_LINE))).nth(1).is_some()
    }

    /// Whether two blocks are made alike, in one box.
    fn alike(&self, one: Id, other: Id) -> bool {
        let tree = self.tree;
        tree.tag(one) == tree.tag(other)
            && tree.attr(one, "class") == tree.attr(other, "class")
            && tree.parent(one) == tree.parent(other)
    }
}

/// The nearest box around a text that is no part of a line.
fn block(tree: &Tree, id: Id) -> Id {
    tree.ancestors(id).find(|&above| !is_inline(tree.tag(above))).unwrap_or(id)
}
