//! Counts over all that a query finds: by field, over time, by spelling.

use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};

use super::stream::{BATCH, Entry, Run};
use super::{Morgue, Per, Request, story};
use crate::error::Result;
use crate::index::{Count, Facet, LeafReport, Order};
use crate::model::Hit;
use crate::query::variants::Tally;
use crate::query::{self, DateField, Query};

/// What a bar of a timeline covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Period {
    /// One day.
    #[default]
    Day,
    /// Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
}

/// Articles of one period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    /// Its first day.
    pub from: Date,
    /// Articles.
    pub articles: u64,
}

/// Articles of whose date only the year or the month is known, where bars are shorter than that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first day it may be.
    pub from: Date,
    /// The last.
    pub to: Date,
    /// Articles.
    pub articles: u64,
}

impl Span {
    /// As much as is known: `2025`, `2025-06`.
    pub fn label(&self) -> String {
        let year = self.from.year();
        if self.from.month() == self.to.month() {
            format!("{year:04}-{:02}", self.from.month())
        } else {
            format!("{year:04}")
        }
    }
}

/// Articles over time. Each is counted once: in a bar, in a span, or as undated.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Timeline {
    /// From the first period that has an article to the last, those without one included (up to 10,000 bars; beyond, only those
    /// that have one).
    pub bars: Vec<Bar>,
    /// Articles that no bar can hold, as it is not known in which of several they belong: by first day, months after their
    /// year.
    pub spans: Vec<Span>,
    /// Articles without a date.
    pub undated: u64,
    /// Of those in bars and spans, articles whose date is doubtful (in the future, at the epoch, …): they stand where it is
    /// claimed they belong.
    pub doubtful: u64,
}

/// What a query finds, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Articles.
    pub articles: u64,
    /// Matches in them.
    pub matches: u64,
    /// Stories: near-identical copies count once.
    pub stories: u64,
}

/// Most bars of a timeline with gaps filled.
const MOST_BARS: usize = 10_000;

impl Period {
    /// The first day of the period that `day` is in.
    pub fn start(self, day: Date) -> Date {
        match self {
            Period::Day => day,
            Period::Week => {
                let back = i64::from(day.weekday().since(Weekday::Monday));
                day.checked_sub(jiff::Span::new().days(back)).unwrap_or(day)
            }
            Period::Month => day.first_of_month(),
            Period::Year => day.first_of_year(),
        }
    }

    /// The first day of the period after the one that begins at `start`; `None` at the end of the calendar.
    pub fn next(self, start: Date) -> Option<Date> {
        let span = match self {
            Period::Day => jiff::Span::new().days(1),
            Period::Week => jiff::Span::new().weeks(1),
            Period::Month => jiff::Span::new().months(1),
            Period::Year => jiff::Span::new().years(1),
        };
        start.checked_add(span).ok()
    }
}

impl Morgue {
    /// How many articles `query` finds. Where it holds literal text (`='…'`), the texts are read.
    ///
    /// # Errors
    /// The index or the corpus is damaged.
    pub fn count(&self, query: &Query, now: Timestamp) -> Result<u64> {
        match self.borne_out(query, now)? {
            Some(rows) => Ok(rows.len() as u64),
            None => self.reader.count(&self.plan(query)?, now),
        }
    }

    /// The rows of the articles that a query with literal text finds; `None` where the index knows by itself.
    fn borne_out(&self, query: &Query, now: Timestamp) -> Result<Option<HashSet<u64>>> {
        if !query::plan(query).needs_text {
            return Ok(None);
        }
        let request = Request { order: Order::Newest, ..Request::new(query.clone(), now) };
        let rows = Run::new(self, &request)?.rows()?;
        Ok(Some(rows.into_iter().map(|row| row.key).collect()))
    }

    /// Counts the articles that `query` finds by `facet`, most frequent first.
    ///
    /// # Errors
    /// The index or the corpus is damaged.
    pub fn facets(&self, query: &Query, facet: Facet, now: Timestamp) -> Result<Vec<Count>> {
        let only = self.borne_out(query, now)?;
        self.reader.counts(&self.plan(query)?, facet, now, only.as_ref())
    }

    /// Counts the articles that `query` finds over time.
    ///
    /// # Errors
    /// The index or the corpus is damaged.
    pub fn timeline(&self, query: &Query, field: DateField, period: Period, now: Timestamp) -> Result<Timeline> {
        let only = self.borne_out(query, now)?;
        let days = self.reader.by_day(&self.plan(query)?, field, now, only.as_ref())?;
        let (mut undated, doubtful) = (0, days.doubtful);
        let mut starts: BTreeMap<Date, u64> = BTreeMap::new();
        let mut spans = Vec::new();
        for (days, articles) in days.articles {
            match days {
                None => undated += articles,
                Some((first, last)) if period.start(first) == period.start(last) => {
                    *starts.entry(period.start(first)).or_default() += articles;
                }
                Some((from, to)) => spans.push(Span { from, to, articles }),
            }
        }
        spans.sort_by_key(|span| (span.from, std::cmp::Reverse(span.to)));
        let bar = |(from, articles): (&Date, &u64)| Bar { from: *from, articles: *articles };
        let mut bars = Vec::new();
        let mut at = starts.keys().next().copied();
        let last = starts.keys().next_back().copied();
        while let Some(from) = at.filter(|from| Some(*from) <= last) {
            bars.push(Bar { from, articles: starts.get(&from).copied().unwrap_or(0) });
            if bars.len() > MOST_BARS {
                bars = starts.iter().map(bar).collect();
                break;
            }
            at = period.next(from);
        }
        Ok(Timeline { bars, spans, undated, doubtful })
    }

    /// Reads all that `request` finds and counts articles, matches and stories.
    ///
    /// # Errors
    /// The index or the corpus is damaged.
    pub fn summary(&self, request: &Request) -> Result<Summary> {
        let mut summary = Summary::default();
        let mut stories = HashSet::new();
        self.each_article(request, &mut |hit, story| {
            summary.articles += 1;
            summary.matches += hit.matches_in_article;
            stories.insert(story);
        })?;
        summary.stories = stories.len() as u64;
        Ok(summary)
    }

    /// Reads all that `request` finds and counts articles, matches and stories by `facet`, most articles first. An article with
    /// two authors counts for each.
    ///
    /// # Errors
    /// The index or the corpus is damaged.
    pub fn summaries(&self, request: &Request, facet: Facet) -> Result<Vec<(Option<String>, Summary)>> {
        let mut all: BTreeMap<Option<String>, (Summary, HashSet<u32>)> = BTreeMap::new();
        self.each_article(request, &mut |hit, story| {
            for value in facet.values(&hit.article) {
                let (summary, stories) = all.entry(value).or_default();
                summary.articles += 1;
                summary.matches += hit.matches_in_article;
                stories.insert(story);
                summary.stories = stories.len() as u64;
            }
        })?;
        let mut rows: Vec<_> = all.into_iter().map(|(value, (summary, _))| (value, summary)).collect();
        // The sort is stable: among equals by value.
        rows.sort_by_key(|(_, summary)| std::cmp::Reverse(summary.articles));
        Ok(rows)
    }

    /// Every article that `request` finds, with the number of its story.
    fn each_article(&self, request: &Request, each: &mut dyn FnMut(&Hit, u32)) -> Result<()> {
        let mut request = Request { per: Per::Article, collapse: false, explain: false, ..request.clone() };
        (request.offset, request.limit, request.passages) = (0, u64::MAX, 1);
        let mut run = Run::new(self, &request)?;
        let rows = run.rows()?;
        let stories = story::numbers(self, &rows)?;
        for (rows, stories) in rows.chunks(BATCH).zip(stories.chunks(BATCH)) {
            let entries: Vec<Entry> = rows.iter().copied().map(Entry::from).collect();
            for (hit, story) in run.each(&entries)?.into_iter().zip(stories) {
                if let Some(hit) = hit {
                    each(&hit, *story);
                }
            }
        }
        Ok(())
    }

    /// Reads all that `request` finds and counts the spellings of its matches, most frequent first.
    ///
    /// # Errors
    /// The index or the corpus is damaged.
    pub fn variants(&self, request: &Request) -> Result<Tally> {
        let mut request = Request { per: Per::Article, collapse: false, explain: false, ..request.clone() };
        (request.offset, request.limit, request.passages) = (0, u64::MAX, usize::MAX);
        let mut tally = Tally::new();
        self.each_hit(&request, &mut |hit| {
            let mut seen = HashSet::new();
            for mark in &hit.title_marks {
                tally.add(mark.span.of(&hit.article.title));
            }
            for mark in hit.passages.iter().flat_map(|passage| &passage.marks) {
                if seen.insert(mark.span) {
                    tally.add(mark.span.of(&hit.article.text));
                }
            }
            Ok(())
        })?;
        Ok(tally)
    }

    /// The words that each leaf of `query` stands for and how many articles have them where it looks, whatever else is asked.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn leaves(&self, query: &Query, now: Timestamp) -> Result<Vec<LeafReport>> {
        self.reader.leaves(&self.plan(query)?, now)
    }
}
