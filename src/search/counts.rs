//! Counts over all that a query finds: by field, over time, by spelling.

use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};

use super::{Morgue, Per, Request};
use crate::error::Result;
use crate::index::{Count, Facet, LeafReport};
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

/// Articles over time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Timeline {
    /// From the first period that has an article to the last, those without one included (up to 10,000 bars; beyond, only those
    /// that have one).
    pub bars: Vec<Bar>,
    /// Articles without a date.
    pub undated: u64,
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

    /// The first day of the period after the one that begins at `start`.
    fn next(self, start: Date) -> Option<Date> {
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
    /// How many articles `query` finds.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn count(&self, query: &Query, now: Timestamp) -> Result<u64> {
        let plan = query::plan(query);
        if !plan.needs_text {
            return self.reader.count(&plan, now);
        }
        let mut request = Request::new(query.clone(), now);
        request.limit = 0;
        self.search(&request).map(|page| page.total_articles)
    }

    /// Counts the articles that `query` finds by `facet`, most frequent first. Of literal text (`='…'`) its words are
    /// taken: counts may then be too high.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn facets(&self, query: &Query, facet: Facet, now: Timestamp) -> Result<Vec<Count>> {
        self.reader.counts(&query::plan(query), facet, now)
    }

    /// Counts the articles that `query` finds over time. Of literal text its words are taken, as for [`facets`](Self::facets).
    ///
    /// # Errors
    /// The index is damaged.
    pub fn timeline(&self, query: &Query, field: DateField, period: Period, now: Timestamp) -> Result<Timeline> {
        let days = self.reader.by_day(&query::plan(query), field, now)?;
        let mut undated = 0;
        let mut starts: BTreeMap<Date, u64> = BTreeMap::new();
        for (day, articles) in days {
            match day {
                None => undated += articles,
                Some(day) => *starts.entry(period.start(day)).or_default() += articles,
            }
        }
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
        Ok(Timeline { bars, undated })
    }

    /// Reads all that `request` finds and counts articles, matches and stories.
    ///
    /// # Errors
    /// The index or the corpus is damaged.
    pub fn summary(&self, request: &Request) -> Result<Summary> {
        let mut request = Request { per: Per::Article, collapse: true, explain: false, ..request.clone() };
        (request.offset, request.limit) = (0, u64::MAX);
        let mut summary = Summary::default();
        self.each_hit(&request, &mut |hit| {
            summary.stories += 1;
            summary.articles += 1 + hit.copies;
            summary.matches += hit.matches_in_article;
            Ok(())
        })?;
        Ok(summary)
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

    /// The words that each leaf of `query` stands for and how many articles have them.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn leaves(&self, query: &Query) -> Result<Vec<LeafReport>> {
        self.reader.leaves(&query::plan(query))
    }
}
