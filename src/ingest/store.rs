//! The storing end: batches into the corpus, then to the index.

use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use super::Options;
use super::feed::{self, Changed, Feed};
use super::report::{Became, Event, Report};
use super::workers::SharedPacker;
use crate::corpus::{Outcome, Packed, Writer};
use crate::error::{ErrorKind, Result};

/// The corpus being written.
pub(super) struct Store {
    writer: Writer,
    packer: SharedPacker,
    batch: Vec<Packed>,
    weight: usize,
    options: Options,
    home: PathBuf,
    /// `None` when somebody else writes to the index, and once it has failed.
    feed: Option<Feed>,
}

impl Store {
    /// Opens corpus and index; says in `report` when the index had to be made again.
    pub(super) fn open(home: &Path, options: &Options, report: &mut Report) -> Result<Self> {
        let writer = Writer::open(home, "newsdex ingest")?;
        let packer = SharedPacker::new(writer.packer().into());
        let feed = Feed::start(home, &writer, options.memory / 2, &mut report.notes)?;
        report.revision = writer.revision()?;
        let (options, home) = (options.clone(), home.to_owned());
        Ok(Self { writer, packer, batch: Vec::new(), weight: 0, options, home, feed })
    }

    pub(super) fn writer(&self) -> &Writer {
        &self.writer
    }

    pub(super) fn packer(&self) -> SharedPacker {
        self.packer.clone()
    }

    /// Whether the batch should be committed.
    pub(super) fn full(&self) -> bool {
        self.weight >= self.options.batch
    }

    pub(super) fn push(&mut self, documents: Vec<Packed>) {
        self.weight += documents.iter().map(Packed::weight).sum::<usize>();
        self.batch.extend(documents);
    }

    /// Commits the batch, then counts and reports it.
    pub(super) fn commit(&mut self, report: &mut Report, on_event: &mut dyn FnMut(Event<'_>)) -> Result<()> {
        if self.batch.is_empty() {
            return Ok(());
        }
        let before = report.revision;
        let outcomes = self.writer.put_packed(&mut self.batch)?;
        *self.packer.write().unwrap_or_else(PoisonError::into_inner) = self.writer.packer();
        report.revision = self.writer.revision()?;
        for (packed, outcome) in self.batch.iter().zip(&outcomes) {
            tell(packed, *outcome, self.options.list, report, on_event);
        }
        self.weight = 0;
        if self.writer.changed_beyond() {
            // The index is brought up from the corpus at the end, where all that changed is told.
            self.batch.clear();
            return self.end_feed();
        }
        let changed = self.batch.drain(..).zip(&outcomes).filter_map(|(packed, outcome)| match outcome {
            Outcome::Added { key } | Outcome::Updated { key, .. } => Some((*key, packed.into_article()?)),
            _ => None,
        });
        let changed = Changed { revision: report.revision, articles: changed.collect() };
        // Refusals raise the revision too; an index that is not told of it looks as if it were behind.
        let news = changed.revision > before;
        match &self.feed {
            Some(feed) if news && !feed.put(changed) => self.end_feed(),
            _ => Ok(()),
        }
    }

    /// All is stored. An index that somebody else was writing to is brought up now, or at the next search.
    pub(super) fn finish(mut self, report: &mut Report) -> Result<()> {
        if self.feed.is_some() {
            self.end_feed()?;
        } else {
            match feed::up_to_date(&self.home, &self.writer, self.options.memory / 2, &mut report.notes) {
                Err(error) if error.kind() == ErrorKind::Locked => report.notes.push(
                    "another process is writing to the index: the new articles are found once it has ended".to_owned(),
                ),
                done => drop(done?),
            }
        }
        self.writer.tidy()
    }

    fn end_feed(&mut self) -> Result<()> {
        self.feed.take().map_or(Ok(()), Feed::finish)
    }
}

/// Counts one document and tells of it.
pub(super) fn tell(
    packed: &Packed,
    outcome: Outcome,
    list: usize,
    report: &mut Report,
    on_event: &mut dyn FnMut(Event<'_>),
) {
    report.seen += 1;
    if let (Some(article), Some(became)) = (packed.article(), Became::of(outcome)) {
        report.count(became);
        let news = matches!(became, Became::Added | Became::Updated);
        report.withdrawn += u64::from(news && article.flags.withdrawn);
        report.text_bytes += article.text.len() as u64;
        report.too_long += u64::from(article.removed.iter().any(|removed| removed.rule == "limit.text"));
        let (id, title, notes) = (article.id.as_str(), &article.title, &article.notes);
        on_event(Event::Done { origin: packed.origin(), id, title, became, notes });
    }
    if let Some(rejection) = packed.rejection() {
        report.reject(rejection, list);
        on_event(Event::Rejected(rejection));
    }
}
