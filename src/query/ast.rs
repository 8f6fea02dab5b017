//! A query as a person typed it, read.
//!
//! Every node keeps the bytes of the typed text it came from. `parse(print(query)) == query` but for the spans.

use jiff::civil::Date;

use crate::model::Span;

/// A node of a query and where it stands in the typed text.
#[derive(Debug, Clone)]
pub struct Query {
    /// What it asks for.
    pub kind: Kind,
    /// Bytes of the typed text; empty for nodes nobody typed.
    pub span: Span,
}

/// Two queries are the same when they ask for the same, wherever they were typed.
impl PartialEq for Query {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

/// What a node asks for. Lists of operands hold two or more.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Every article (`*`).
    All,
    /// A word as typed, with its inflections unless `stem` is off.
    Word {
        /// As typed (may hold hyphens, apostrophes, full stops).
        text: String,
        /// Whether inflections count.
        stem: bool,
    },
    /// Words in quotes, as typed; `slop` further words may stand between (`"a b"~5`).
    Phrase {
        /// What stood between the quotes (may hold `*` and `?` inside words).
        text: String,
        /// How many other words may stand between, in order or not.
        slop: u32,
        /// Whether inflections count (`stem:on`).
        stem: bool,
    },
    /// `='…'` or `="…"`: these characters, this case, between borders of words.
    Literal(String),
    /// A word with `*` (any characters) or, not at its end, `?` (one).
    Wildcard(String),
    /// `word~1`: at most this many letters differ.
    Fuzzy {
        /// As typed.
        text: String,
        /// 1 or 2.
        distance: u8,
    },
    /// `/…/` on one folded word, anchored at both ends.
    Regex(String),
    /// `a NEAR/5 b` (`ordered` false), `a PRE/5 b` (true): at most `distance` words apart.
    Near {
        /// Two or more operands.
        items: Vec<Query>,
        /// Words apart: neighbours are 1 apart.
        distance: u32,
        /// In the order typed.
        ordered: bool,
    },
    /// `a SENT b`, `a SAME b`.
    Within {
        /// Sentence or paragraph.
        unit: Unit,
        /// Two or more operands.
        items: Vec<Query>,
    },
    /// `HLEAD(…)`: in the headline or the first paragraph.
    Headline(Box<Query>),
    /// `ATLEAST/3(…)`: so many matches in the article.
    AtLeast {
        /// How many.
        count: u32,
        /// Of what.
        of: Box<Query>,
    },
    /// `title:…` or `text:…` over any text query.
    In {
        /// Which text.
        part: Part,
        /// What is asked there.
        of: Box<Query>,
    },
    /// `source:reuters`, `author:"Mae Slater"`: a metadata field.
    Key {
        /// Which.
        field: KeyField,
        /// As typed, unquoted; `*` at the end means prefix; empty tests that the field is there (`agency:*`).
        value: String,
    },
    /// `date:2025-06`, `since:7d`, `updated:..2025-06-30`: whole days, both ends included.
    Dates {
        /// Which date.
        field: DateField,
        /// First day.
        from: Option<Date>,
        /// Last day.
        to: Option<Date>,
    },
    /// `words:300..800`, both ends included.
    Words {
        /// At least.
        from: Option<u64>,
        /// At most.
        to: Option<u64>,
    },
    /// All of them.
    And(Vec<Query>),
    /// Any of them.
    Or(Vec<Query>),
    /// A bag of words (`--any`, `ANY(…)`): any of them, ranked by all; a word that came `n` times is boosted by `n`.
    Bag(Vec<Query>),
    /// Articles without it.
    Not(Box<Query>),
    /// `^2`: weighs so many times as much.
    Boost(Box<Query>, f32),
}

/// A piece of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// One sentence.
    Sentence,
    /// One block.
    Paragraph,
}

/// A text of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// Its title.
    Title,
    /// Its text.
    Text,
}

/// A metadata field that holds a name or code. Compared after folding case, accents and punctuation; a value of
/// several words matches a field that contains them in a row.
#[allow(missing_docs)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyField {
    Author,
    Source,
    Url,
    Lang,
    Section,
    Tag,
    Agency,
    Publisher,
    Republisher,
    Licence,
    Id,
    /// `flag:truncated`, `flag:corrected`, …
    Flag,
}

/// One of an article's dates.
#[allow(missing_docs)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateField {
    Published,
    Updated,
    Fetched,
}

impl Query {
    /// The queries that this one is made of, in the order they were typed.
    pub(super) fn children(&self) -> Vec<&Query> {
        match &self.kind {
            Kind::Near { items, .. }
            | Kind::Within { items, .. }
            | Kind::And(items)
            | Kind::Or(items)
            | Kind::Bag(items) => items.iter().collect(),
            Kind::Headline(of)
            | Kind::AtLeast { of, .. }
            | Kind::In { of, .. }
            | Kind::Not(of)
            | Kind::Boost(of, _) => {
                vec![of]
            }
            _ => Vec::new(),
        }
    }
}
