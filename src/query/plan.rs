//! A query made ready to run: leaves that match words, spans built of leaves, conditions on articles.
//!
//! The index runs a plan on postings, `passage` runs the same plan on the words of one text; both build spans with
//! [`intervals`](super::intervals), so a mark is true when a hit is. Nothing here knows an engine.

use jiff::civil::Date;

use super::ast::{DateField, KeyField, Unit};
use crate::model::{Lang, Span};

/// A query ready to run.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// What an article must meet.
    pub root: Cond,
    /// The words asked for, in the order typed.
    pub leaves: Vec<Leaf>,
    /// Whether some [`Leaf`] is literal: the index then answers with a superset, to be tested against the text.
    pub needs_text: bool,
}

/// A condition on an article.
#[derive(Debug, Clone, PartialEq)]
pub enum Cond {
    /// Every article.
    All,
    /// No article.
    None,
    /// The spans occur in the scope at least `at_least` times (1 unless ATLEAST). Contributes to the score.
    Spans {
        /// What must occur.
        spans: Spans,
        /// Where.
        scope: Scope,
        /// How often.
        at_least: u32,
    },
    /// A metadata field; no score.
    Key {
        /// Which.
        field: KeyField,
        /// Folded words in a row; empty: the field is present.
        value: String,
        /// Whether the last word is a prefix.
        prefix: bool,
    },
    /// A date within whole days, both ends included; no score.
    Dates {
        /// Which.
        field: DateField,
        /// First day.
        from: Option<Date>,
        /// Last day.
        to: Option<Date>,
    },
    /// Length in words; no score.
    Words {
        /// At least.
        from: Option<u64>,
        /// At most.
        to: Option<u64>,
    },
    /// All.
    And(Vec<Cond>),
    /// Any.
    Or(Vec<Cond>),
    /// A bag of words: any, for ranking.
    Bag(Vec<Cond>),
    /// Not.
    Not(Box<Cond>),
    /// Its score times so much.
    Boost(Box<Cond>, f32),
}

/// Where spans are looked for. A span never crosses from the title into the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// In the title or in the text.
    Either,
    /// In the title.
    Title,
    /// In the text.
    Text,
    /// In the title or the first block of the text.
    Headline,
}

/// Sets of word spans.
#[derive(Debug, Clone, PartialEq)]
pub enum Spans {
    /// Where a leaf matches; index into [`Plan::leaves`].
    Leaf(usize),
    /// One directly after the other, inside one block.
    Seq(Vec<Spans>),
    /// So many words of one block, whatever they are: inside [`Seq`](Self::Seq), between others.
    Gap(u32),
    /// At most `distance` words apart (neighbours are 1 apart), not overlapping.
    Near {
        /// Two or more.
        items: Vec<Spans>,
        /// Words apart.
        distance: u32,
        /// In this order.
        ordered: bool,
    },
    /// All within one sentence or block.
    Within {
        /// Which.
        unit: Unit,
        /// Two or more.
        items: Vec<Spans>,
    },
    /// Where any of them is.
    Any(Vec<Spans>),
}

/// What one word of the query matches.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaf {
    /// The test on a word.
    pub matcher: Matcher,
    /// As typed, for `--explain` and `--variants`.
    pub typed: String,
    /// Bytes of the typed query; empty for words that nobody typed, such as those of relevance feedback.
    pub span: Span,
}

impl Leaf {
    /// Whether a person typed it.
    pub fn is_typed(&self) -> bool {
        !self.span.is_empty()
    }
}

/// A test on a folded word ([`text`](crate::text) says how words are folded).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Matcher {
    /// This folded word.
    Exact(String),
    /// A word with the same stem in the article's language.
    Inflected {
        /// The folded word itself, which always matches.
        exact: String,
        /// Its stem in each language that has a stemmer; of a word typed with accents, where they tell its stem, that.
        stems: Vec<(Lang, String)>,
        /// Typed without accents: it stands for the words too that differ from it in accents alone, and their inflections.
        bare: bool,
        /// Words without accents of articles in a language that are forms of it, as the same letters stand with accents elsewhere and
        /// have its stem then: `Etats` of `état`. The index knows them.
        also: Vec<(Lang, String)>,
    },
    /// `*` and `?`.
    Wildcard(String),
    /// At most `distance` edits (a swap of neighbours counts one).
    Fuzzy {
        /// Folded.
        term: String,
        /// 1 or 2.
        distance: u8,
    },
    /// Anchored at both ends, on the folded word.
    Regex(String),
    /// These characters, this case, inside one block; where it begins or ends with a letter or digit, at the border of
    /// a word. `terms` are its folded words in a row, by which the index finds candidates (empty: every article is one).
    Literal {
        /// As typed.
        text: String,
        /// Folded.
        terms: Vec<String>,
    },
}
