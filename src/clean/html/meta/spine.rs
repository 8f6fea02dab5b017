//! The boxes around a page's headline.
//!
//! A box that holds the headline is the article's, whatever its name says: `post_tag-kommentar`, `page--with-sidebar` and
//! `ArticleHeaderComment` are names of articles that some rule would otherwise take for comments and margins.

use html5ever::local_name;

use super::Survey;
use crate::clean::html::hints::{self, Hints};
use crate::clean::html::tree::{Id, NONE, Tree};

/// How many boxes around the headline count as beside it.
const BESIDE: usize = 6;
/// And how many as made for it alone.
const CLOSE: usize = 3;

/// The page's first headline in sight and the boxes it stands in.
pub(super) struct Spine {
    headline: Option<Id>,
    /// From the innermost outwards, without `body` and `html`.
    boxes: Vec<Id>,
    /// All that the names of these boxes hint at.
    hints: Hints,
    /// Hints that say nothing on this page: where the headline itself stands in a `widget`, all things
    /// do; where it is called a `Comment_headline`, so is its date.
    idle: Hints,
}

impl Spine {
    /// Of the first `h1` with words.
    pub(super) fn of(tree: &Tree, survey: &Survey) -> Self {
        let heading = |&id: &Id| *tree.tag(id) == local_name!("h1") && !tree.words(id, 40).is_empty();
        Self::around(tree, survey, (0..tree.nodes.len() as Id).find(heading))
    }

    pub(super) fn around(tree: &Tree, survey: &Survey, headline: Option<Id>) -> Self {
        let whole = |id: &Id| matches!(*tree.tag(*id), local_name!("body") | local_name!("html"));
        let boxes: Vec<Id> =
            headline.map(|id| tree.ancestors(id).take_while(|id| !whole(id)).collect()).unwrap_or_default();
        let hints = boxes.iter().fold(0, |all, &id| all | survey.own[id as usize]);
        let close = boxes.iter().take(CLOSE).fold(0, |all, &id| all | survey.own[id as usize]);
        let named = headline.map_or(0, |id| survey.own[id as usize]);
        let idle = close & hints::SIDE | named & hints::COMMENT;
        Self { headline, boxes, hints, idle }
    }

    /// Hints that say nothing on this page.
    pub(super) fn idle(&self) -> Hints {
        self.idle
    }

    /// What the names of an element's boxes hint at, those around the headline left out.
    pub(super) fn above(&self, tree: &Tree, survey: &Survey, id: Id) -> Hints {
        let above = survey.above[id as usize];
        let told = if above & self.hints & (hints::COMMENT | super::visible::ELSEWHERE) == 0 {
            above
        } else {
            self.until(tree, id).fold(0, |all, id| all | survey.own[id as usize])
        };
        told & !self.idle
    }

    /// Whether a box holds the headline. They stand in falling order: an element comes before what is in it.
    fn holds(&self, id: Id) -> bool {
        self.boxes.binary_search_by(|above| id.cmp(above)).is_ok()
    }

    /// The boxes of an element that do not hold the headline too, from the innermost outwards.
    pub(super) fn until<'s>(&'s self, tree: &'s Tree, id: Id) -> impl Iterator<Item = Id> + 's {
        let whole = |id: Id| id == NONE || matches!(*tree.tag(id), local_name!("body") | local_name!("html"));
        tree.ancestors(id).take_while(move |&id| !whole(id) && !self.holds(id))
    }

    /// Whether an element stands in a margin: by its tag, or that of a box.
    pub(super) fn is_aside(&self, tree: &Tree, id: Id) -> bool {
        let margin =
            |id: Id| matches!(*tree.tag(id), local_name!("nav") | local_name!("aside") | local_name!("footer"));
        self.until(tree, id).take(12).any(margin)
    }

    /// Whether an element stands before the headline and shares none of its nearest boxes: today's date, a ticker, a menu
    /// of latest news.
    pub(super) fn is_before(&self, tree: &Tree, id: Id) -> bool {
        self.headline.is_some_and(|headline| id < headline)
            && !tree.ancestors(id).any(|above| self.boxes.iter().take(BESIDE).any(|&near| near == above))
    }
}
