//! Passages that answer a query.

use super::{Article, BlockKind, Revision, Span};

/// A match inside a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Mark {
    /// Bytes of the article's text.
    pub span: Span,
    /// Which leaf of the query it answers, counted from 0 in the order typed.
    pub leaf: u16,
    /// The match it is part of, where that stands in one block, else the mark itself: of a distance from its first word to its
    /// last. `None` of what is no part of a match that counts: a place farther off that answers as well.
    pub matched: Option<Span>,
}

/// One or more adjacent blocks, or sentences of a long block: the unit of reading.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// Bytes of the article's text, on block or sentence borders.
    pub span: Span,
    /// The kind of its first block.
    pub kind: BlockKind,
    /// In order and disjoint, all inside `span`.
    pub marks: Vec<Mark>,
    /// How well it answers, for choosing among the passages of one article.
    pub score: f32,
}

/// A passage of an article that answers a query.
#[derive(Debug, Clone)]
pub struct Hit {
    /// 1-based place in the hit list.
    pub rank: u64,
    /// Score of the article; for `--per article`, of its best passage joined to it.
    pub score: f32,
    /// The article, as stored.
    pub article: std::sync::Arc<Article>,
    /// Its version, from 1.
    pub version: u32,
    /// The chosen passages: one where a row is a hit, all that were asked for where a row is an article.
    pub passages: Vec<Passage>,
    /// Matches in the title: bytes of [`Article::title`].
    pub title_marks: Vec<Mark>,
    /// Number of matches in title and text together.
    pub matches_in_article: u64,
    /// The story this article is a copy in: the id of its first article, if it has copies.
    pub story: Option<String>,
    /// How many further copies of the story the query found; `None` where they were not counted.
    pub copies: Option<u64>,
    /// In words, why it scored, if asked for.
    pub explanation: Option<String>,
}

/// A page of hits.
#[derive(Debug, Clone)]
pub struct Page {
    /// In order.
    pub hits: Vec<Hit>,
    /// Articles that answer the query, before paging and collapsing.
    pub total_articles: u64,
    /// Of these, copies that were left out since their story came before, on this page or an earlier one.
    pub collapsed: u64,
    /// The corpus revision searched.
    pub revision: Revision,
    /// How the query was read, in the query language.
    pub read_as: String,
    /// What a person should know: a limit met, a reading assumed.
    pub notes: Vec<String>,
}
