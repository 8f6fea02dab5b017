//! Joins query, index, corpus, passage and rank.
//!
//! [`Morgue::open`] brings the index up to the corpus, [`Morgue::search`] gives a page of hits, [`Morgue::each_hit`] all of
//! them in the same order.

mod catch_up;
mod counts;
mod feedback;
mod news;
mod page;
mod past;
mod relax;
mod spool;
mod story;
mod stream;

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::corpus::Corpus;
use crate::error::Result;
use crate::index::{Index, Reader};
use crate::model::{AsOf, Revision};
use crate::query::plan::Plan;
use crate::query::{self, Kind, Query};

pub use crate::index::{Count, Facet, LeafReport, Order, WordReport};
pub use catch_up::{IndexStanding, Progress, catch_up, index_standing, rebuild};
pub use counts::{Bar, Period, Span, Summary, Timeline};
pub use news::{Gone, News, Seen};

/// A home opened for searching. It shows one state of the corpus, that of [`revision`](Self::revision), until
/// [`refresh`](Self::refresh): also where articles changed since, and where the index could not be brought up.
pub struct Morgue {
    home: PathBuf,
    corpus: Corpus,
    index: Index,
    reader: Reader,
    past: Option<past::Past>,
    notes: Vec<String>,
    behind: Option<String>,
    /// Files of an index that was made for this view are read until it is dropped.
    _folder: Option<tempfile::TempDir>,
}

/// How to open a home.
#[derive(Clone, Copy)]
pub struct OpenOptions<'a> {
    /// Bytes for what is indexed and not yet on disk, while catching up.
    pub memory: usize,
    /// Whether to bring the index up to the corpus. Without it, or where that cannot be done, what is in the index is
    /// searched, and a note says how far it is behind.
    pub catch_up: bool,
    /// Shows the corpus as it stood then, by when its documents were got: versions got later do not count, and what had
    /// not been got at all is not there.
    pub as_of: Option<AsOf>,
    /// Told now and then how far catching up has come.
    pub progress: Option<&'a dyn Fn(Progress)>,
}

impl Default for OpenOptions<'_> {
    fn default() -> Self {
        Self { memory: 100_000_000, catch_up: true, as_of: None, progress: None }
    }
}

/// What a hit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Per {
    /// One hit for each article, with its passages.
    #[default]
    Article,
    /// One hit for each passage.
    Passage,
}

/// What is asked of a home.
#[derive(Debug, Clone)]
pub struct Request {
    /// What is looked for.
    pub query: Query,
    /// Whether it was typed in another service's language: advice then names nothing that goes with ours alone.
    pub translated: bool,
    /// In which order.
    pub order: Order,
    /// Hits to skip.
    pub offset: u64,
    /// Most hits; [`Morgue::each_hit`] takes `u64::MAX` for all.
    pub limit: u64,
    /// What a hit is.
    pub per: Per,
    /// Most passages of an article. With 0 no text is searched for passages and marks, and matches are not counted: for lists that
    /// show neither.
    pub passages: usize,
    /// Words of a passage: it grows until it has the first number, and never has more than the second.
    pub passage_words: (usize, usize),
    /// Leaves out near-identical copies of a story that came before, and counts them.
    pub collapse: bool,
    /// Puts near-identical copies right behind the first article of their story; of [`Morgue::each_hit`] only. Stronger
    /// than `collapse`.
    pub group: bool,
    /// Tells of each hit its story and how many further copies of that the query found, in the order asked for; of
    /// [`Morgue::each_hit`] only. `collapse` and `group` do so too.
    pub stories: bool,
    /// Ranks with words that the best articles have in common as well (relevance feedback). What is found stays the same.
    pub expand: bool,
    /// Ranks newer articles higher: age takes a quarter of a score in thirty days and never more than half of it, ever more
    /// slowly ([`Find::recent`](crate::index::Find::recent)).
    pub recent: bool,
    /// Fills [`Hit::explanation`](crate::model::Hit::explanation).
    pub explain: bool,
    /// Articles under an embargo that ends later are left out; recency counts from here.
    pub now: Timestamp,
}

impl Request {
    /// The first ten articles that answer `query`, best first, one passage each.
    pub fn new(query: Query, now: Timestamp) -> Self {
        Self {
            query,
            translated: false,
            order: Order::Relevance,
            offset: 0,
            limit: 10,
            per: Per::Article,
            passages: 1,
            passage_words: (40, 160),
            collapse: false,
            group: false,
            stories: false,
            expand: false,
            recent: false,
            explain: false,
            now,
        }
    }

    /// Asks for `filter` too: a field, a date, any query.
    pub fn filter(&mut self, filter: Query) {
        let empty = Query { kind: Kind::All, span: self.query.span };
        let query = std::mem::replace(&mut self.query, empty);
        let span = query.span;
        self.query = match query.kind {
            Kind::All => filter,
            Kind::And(mut items) => {
                items.push(filter);
                Query { kind: Kind::And(items), span }
            }
            kind => Query { kind: Kind::And(vec![Query { kind, span }, filter]), span },
        };
    }
}

impl Morgue {
    /// Opens `home` and brings its index up to the corpus. With nothing to catch up, nothing is written; where the index cannot
    /// be written (another process does, or the medium cannot be), what is in it is searched and a note says so.
    ///
    /// # Errors
    /// There is no corpus, or it is damaged; the index is unusable and cannot be made again.
    pub fn open(home: &Path, options: &OpenOptions) -> Result<Self> {
        let corpus = Corpus::open(home)?;
        let mut said = catch_up::Said::default();
        let (index, opened) = catch_up::open_index(home, &corpus, options, &mut said)?;
        let (reader, past) = match options.as_of {
            None => (opened.map_or_else(|| index.reader(), Ok)?, None),
            Some(as_of) => {
                let (reader, past) = past::Past::open(&corpus, &index, as_of, options)?;
                (reader, Some(past))
            }
        };
        let notes = said.made.into_iter().chain(said.behind.clone()).collect();
        Ok(Self {
            home: home.to_owned(),
            corpus,
            index,
            reader,
            past,
            notes,
            behind: said.behind,
            _folder: said.folder,
        })
    }

    /// Opens the index as it is now: what other processes wrote since is seen, by the same moment of the past if one
    /// was asked for.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn refresh(&mut self) -> Result<()> {
        match self.as_of() {
            None => self.reader = self.index.reader()?,
            Some(as_of) => {
                let (reader, past) = past::Past::open(&self.corpus, &self.index, as_of, &OpenOptions::default())?;
                (self.reader, self.past) = (reader, Some(past));
            }
        }
        Ok(())
    }

    /// `query` as the index and the passages of its articles are asked.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn plan(&self, query: &Query) -> Result<Plan> {
        self.reader.resolved(query::plan(query))
    }

    /// What a person should know about the opening: the index was made again, or is behind.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Of these, what a list made from this view should say of itself: that it was not brought up to the corpus.
    pub fn behind(&self) -> Option<&str> {
        self.behind.as_deref()
    }

    /// The home folder.
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// The corpus under it.
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// The revision searched.
    pub fn revision(&self) -> Revision {
        self.reader.revision()
    }
}
