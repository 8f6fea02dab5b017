//! One row: what each column holds for one passage of one hit.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Column, Head, Options, Per};
use crate::model::{AgencyRole, Article, DateClaim, Found, Hit, Mark, Passage, Precision, Span};
use crate::passage::{Kwic, kwic, kwic_title};

/// A value in its own type; formats with types keep it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell<'a> {
    Empty,
    Text(Cow<'a, str>),
    Whole(u64),
    Score(f32),
    Date(&'a DateClaim),
    Link(&'a str),
}

impl<'a> Cell<'a> {
    /// As tables of text show it.
    pub fn text(self) -> Cow<'a, str> {
        match self {
            Cell::Empty => Cow::Borrowed(""),
            Cell::Text(text) => text,
            Cell::Whole(number) => Cow::Owned(number.to_string()),
            Cell::Score(score) => Cow::Owned(score.to_string()),
            Cell::Date(date) => Cow::Owned(date.iso()),
            Cell::Link(link) => Cow::Borrowed(link),
        }
    }
}

/// A passage of a hit, with what was computed for it.
pub(super) struct Row<'a> {
    pub hit: &'a Hit,
    pub article: &'a Article,
    /// `None` only where the article has no text at all.
    pub passage: Option<&'a Passage>,
    /// Character offsets of the passage.
    pub chars: (u64, u64),
    pub kwic: Kwic,
    /// Where that is: `text`, `title`, or nothing.
    pub kwic_in: &'static str,
    pub sha256: &'a str,
    pub words: u64,
    pub name: Option<&'a str>,
    pub query: &'a str,
    /// Whether it is the first of its article: what is long and the same for all stands there once.
    pub first: bool,
}

/// Makes rows of hits, and remembers what is the same for all passages of an article.
#[derive(Debug, Default)]
pub(super) struct Rows {
    head: Option<Head>,
    article: Option<Arc<Article>>,
    sha256: String,
    words: u64,
    chars: Chars,
    /// Whether a row of the article was given.
    given: bool,
    /// Where rows are made again one by one: whether the next is the first of its article.
    pub first: Option<bool>,
}

/// Characters of a text up to a byte, counted on from there: a long article has thousands of passages.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Chars {
    byte: usize,
    chars: u64,
}

impl Chars {
    /// How many characters stand before `byte`.
    pub fn before(&mut self, text: &str, byte: usize) -> u64 {
        if byte < self.byte {
            *self = Self::default();
        }
        self.chars += text.get(self.byte..byte).map_or(0, |t| t.chars().count()) as u64;
        self.byte = byte;
        self.chars
    }

    /// First character of a passage, and one past its last.
    pub fn range(&mut self, text: &str, passage: &Passage) -> (u64, u64) {
        (self.before(text, passage.span.start), self.before(text, passage.span.end))
    }
}

impl Rows {
    /// Takes the queries, for the column `query`.
    pub fn begin(&mut self, head: &Head) {
        self.head = Some(head.clone());
    }

    /// Gives each row of `hit` to `each`: one a passage, or one an article with its best passage.
    pub fn each<E>(
        &mut self,
        hit: &Hit,
        name: Option<&str>,
        options: &Options,
        mut each: impl FnMut(&Row<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        if !self.article.as_ref().is_some_and(|a| Arc::ptr_eq(a, &hit.article)) {
            self.sha256 = hit.article.sha256();
            self.words = hit.article.words() as u64;
            self.article = Some(Arc::clone(&hit.article));
            (self.chars, self.given) = (Chars::default(), false);
        }
        let query = self.head.as_ref().map_or("", |h| h.typed(name));
        let shown: &[Passage] = match options.per {
            Per::Hit => &hit.passages,
            Per::Article => best(&hit.passages).map_or(&[], std::slice::from_ref),
        };
        let (chars, given, first) = (&mut self.chars, &mut self.given, self.first);
        let (sha256, words) = (&self.sha256, self.words);
        let mut row = |passage: Option<&Passage>| {
            let before = std::mem::replace(given, true);
            let (kwic, kwic_in) = first_match(hit, passage, options.context);
            each(&Row {
                hit,
                article: &hit.article,
                passage,
                chars: passage.map_or((0, 0), |p| chars.range(&hit.article.text, p)),
                kwic,
                kwic_in,
                sha256,
                words,
                first: first.unwrap_or(!before),
                name,
                query,
            })
        };
        if shown.is_empty() {
            return row(None);
        }
        shown.iter().try_for_each(|p| row(Some(p)))
    }
}

/// The passage with the highest score, the first of several.
pub(super) fn best(passages: &[Passage]) -> Option<&Passage> {
    passages.iter().reduce(|a, b| if b.score > a.score { b } else { a })
}

/// Around the first match of the passage, which a mark is part of: of a distance from its first word to its last, where the
/// passage shows them. A match in the title only is shown there.
fn first_match(hit: &Hit, passage: Option<&Passage>, words: usize) -> (Kwic, &'static str) {
    let first = |marks: &[Mark], shown: Span| {
        let counts = marks.iter().find(|mark| mark.matched.is_some()).or(marks.first())?;
        Some(counts.matched.filter(|whole| shown.contains(*whole)).unwrap_or(counts.span))
    };
    if let Some(span) = passage.and_then(|p| first(&p.marks, p.span)) {
        return (kwic(&hit.article, span, words), "text");
    }
    let title = Span::new(0, hit.article.title.len());
    let in_title = first(&hit.title_marks, title).map(|span| (kwic_title(&hit.article, span, words), "title"));
    in_title.unwrap_or_default()
}

/// `year` … `second`.
pub(super) fn precision_name(precision: Precision) -> &'static str {
    match precision {
        Precision::Year => "year",
        Precision::Month => "month",
        Precision::Day => "day",
        Precision::Minute => "minute",
        Precision::Second => "second",
    }
}

/// Agencies whose text it is.
pub(super) fn agencies(article: &Article) -> impl Iterator<Item = &str> {
    of_role(article, AgencyRole::Origin)
}

/// Agencies that contributed to it.
pub(super) fn contributing(article: &Article) -> impl Iterator<Item = &str> {
    of_role(article, AgencyRole::Contributing)
}

fn of_role(article: &Article, role: AgencyRole) -> impl Iterator<Item = &str> {
    article.provenance.agencies.iter().filter(move |a| a.role == role).map(|a| a.name.as_str())
}

/// What the article is beside news, by name. What was withdrawn is in no list: since when it is, `check` says.
pub(super) fn flags(article: &Article) -> impl Iterator<Item = &'static str> {
    article.flags.set().map(|(name, _)| name).filter(|name| *name != "withdrawn")
}

/// The value of a field that says where it was found.
pub(super) fn value(found: &Option<Found<String>>) -> Option<&str> {
    found.as_ref().map(|f| f.value.as_str()).filter(|v| !v.is_empty())
}

impl<'a> Row<'a> {
    /// What a column holds.
    pub fn cell(&self, column: Column) -> Cell<'_> {
        let own = |t: &'_ str| if t.is_empty() { Cell::Empty } else { Cell::Text(Cow::Owned(t.to_owned())) };
        match column {
            Column::Hit => Cell::Whole(self.hit.rank),
            Column::Score => Cell::Score(self.hit.score),
            Column::Left => own(&self.kwic.left),
            Column::Match => own(&self.kwic.matched),
            Column::Right => own(&self.kwic.right),
            Column::MatchIn => text(self.kwic_in),
            Column::Passage => text(self.passage.map_or("", |p| p.span.of(&self.article.text))),
            Column::CharStart => self.passage.map_or(Cell::Empty, |_| Cell::Whole(self.chars.0)),
            Column::CharEnd => self.passage.map_or(Cell::Empty, |_| Cell::Whole(self.chars.1)),
            Column::MatchesInArticle => Cell::Whole(self.hit.matches_in_article),
            Column::Words => Cell::Whole(self.words),
            Column::Story => text(self.hit.story.as_deref().unwrap_or("")),
            Column::Copies => self.hit.copies.map_or(Cell::Empty, Cell::Whole),
            Column::Sha256 => own(self.sha256),
            Column::Query => own(self.query),
            Column::Name => own(self.name.unwrap_or("")),
            Column::Version => Cell::Whole(u64::from(self.hit.version)),
            Column::ByteStart => self.passage.map_or(Cell::Empty, |p| Cell::Whole(p.span.start as u64)),
            Column::ByteEnd => self.passage.map_or(Cell::Empty, |p| Cell::Whole(p.span.end as u64)),
            Column::Explanation => text(self.hit.explanation.as_deref().unwrap_or("")),
            of_article => stored(self.article, of_article),
        }
    }

    /// What a column holds, as text.
    pub fn text(&self, column: Column) -> Cow<'_, str> {
        self.cell(column).text()
    }
}

fn text(said: &str) -> Cell<'_> {
    if said.is_empty() { Cell::Empty } else { Cell::Text(Cow::Borrowed(said)) }
}

/// What a column holds that comes from the stored article alone; empty for all other columns. What is written by this
/// can be compared with the corpus later.
pub(super) fn stored(article: &Article, column: Column) -> Cell<'_> {
    let from = &article.provenance;
    fn maybe(said: Option<&str>) -> Cell<'_> {
        said.map_or(Cell::Empty, text)
    }
    fn date(claim: &Option<DateClaim>) -> Cell<'_> {
        claim.as_ref().map_or(Cell::Empty, Cell::Date)
    }
    fn link(address: Option<&str>) -> Cell<'_> {
        address.filter(|a| !a.is_empty()).map_or(Cell::Empty, Cell::Link)
    }
    let joined = |t: String| if t.is_empty() { Cell::Empty } else { Cell::Text(Cow::Owned(t)) };
    match column {
        Column::ArticleId => text(article.id.as_str()),
        Column::Published => date(&article.published),
        Column::PublishedPrecision => maybe(article.published.as_ref().map(|d| precision_name(d.precision))),
        Column::Source => maybe(value(&article.source)),
        Column::Title => text(&article.title),
        Column::Authors => joined(article.authors.join("; ")),
        Column::Url => link(article.url.as_deref()),
        Column::OriginalUrl => link(value(&from.original_url)),
        Column::OriginalPublisher => maybe(value(&from.original_publisher)),
        Column::Agency => joined(agencies(article).collect::<Vec<_>>().join("; ")),
        Column::Republisher => maybe(value(&from.republisher)),
        Column::Licence => maybe(value(&from.licence)),
        Column::Language => maybe(article.language.as_ref().map(|l| l.as_str())),
        Column::Fetched => date(&article.fetched),
        Column::Updated => date(&article.updated),
        Column::Section => maybe(article.section.as_deref()),
        Column::Tags => joined(article.tags.join("; ")),
        Column::PublishedDoubt => maybe(article.published.as_ref().and_then(|d| d.doubt.as_deref())),
        Column::Flags => joined(flags(article).collect::<Vec<_>>().join("; ")),
        Column::AgencyContributing => joined(contributing(article).collect::<Vec<_>>().join("; ")),
        Column::Guid => maybe(value(&from.guid)),
        _ => Cell::Empty,
    }
}
