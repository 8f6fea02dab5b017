//! Article and plan -> does it answer, which words do, and the passages that show it. Pure.
//!
//! The plan is run on the words of title and text, found by the same analysis as the index's and joined to spans by
//! the same algebra ([`intervals`](crate::query::intervals)): so a mark is true when a hit is, and conditions that an
//! index can only narrow down (literal text) are settled here.
//!
//! * **Marks**: a phrase is one mark, from its first word to its last, and its words are marked nowhere else; of a
//!   distance both operands are marked, where the distance holds; what stands under NOT, or in an alternative that
//!   does not hold, is never marked. Marks that overlap become one.
//! * **Passages** lie on block borders; where a block is longer than a passage may be, on sentence borders; where a
//!   sentence is, on word borders. Adjacent blocks keep the blank line between them. A heading comes with what
//!   follows it.

mod choose;
mod cut;
mod fields;
mod kwic;
mod marks;
mod prepared;

use crate::model::{Article, Mark, Passage, Span};
use crate::query::plan::Plan;

pub use choose::Chooser;
pub use kwic::{Kwic, KwicKey, kwic, kwic_title};
pub use prepared::Prepared;

/// How passages are cut and how many are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// How many passages at most: those that answer best; fewer where fewer show all matches.
    pub most: usize,
    /// A passage grows over its neighbours until it has so many words.
    pub min_words: usize,
    /// No passage has more words.
    pub max_words: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { most: 1, min_words: 40, max_words: 160 }
    }
}

/// What an article says to a query.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// Whether the article meets the whole condition. If not, all else is empty.
    pub holds: bool,
    /// The chosen passages, in order of the text. One without marks, the lead, where only the title or a field
    /// answers; none where there is no text.
    pub passages: Vec<Passage>,
    /// Matches in the title: in order, disjoint, bytes of the title.
    pub title_marks: Vec<Mark>,
    /// Matches in the whole text: in order, disjoint.
    pub text_marks: Vec<Mark>,
    /// Number of matches in title and text together: a phrase or a distance counts once each time it holds.
    pub matches: u64,
}

/// Where an article answers a query: whole matches, a phrase or a distance from its first word to its last. They may
/// overlap.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matches {
    /// Bytes of the title, in order.
    pub title: Vec<Span>,
    /// Bytes of the text, in order.
    pub text: Vec<Span>,
}

/// Runs `plan` on `article`. For many articles, keep a [`Prepared`] and a [`Chooser`].
pub fn choose(article: &Article, plan: &Plan, options: &Options) -> Answer {
    Chooser::new().choose(article, &Prepared::new(plan), options)
}

#[cfg(test)]
mod tests;
