//! Counts of matches by a field or by day.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;
use jiff::civil::Date;

use super::document::day_of;
use super::reader::{Reader, Segment};
use super::schema::{column, unpack_lang};
use crate::error::Result;
use crate::model::{Agency, AgencyRole, Article};
use crate::query::DateField;
use crate::query::plan::Plan;

/// What articles are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Facet {
    /// The outlet.
    Source,
    /// Each author.
    Author,
    /// The language.
    Lang,
    /// The section of the outlet.
    Section,
    /// Each agency that the text comes from.
    Agency,
}

impl Facet {
    /// The values of an article, as the index has them; `None` alone where there is none.
    pub fn values(self, article: &Article) -> Vec<Option<String>> {
        let said: Vec<&str> = match self {
            Facet::Source => article.source.iter().map(|source| source.value.as_str()).collect(),
            Facet::Author => article.authors.iter().map(String::as_str).collect(),
            Facet::Lang => article.language.iter().map(|lang| lang.as_str()).collect(),
            Facet::Section => article.section.iter().map(String::as_str).collect(),
            Facet::Agency => {
                let origin = |agency: &&Agency| agency.role == AgencyRole::Origin;
                article.provenance.agencies.iter().filter(origin).map(|agency| agency.name.as_str()).collect()
            }
        };
        let mut values: Vec<Option<String>> = Vec::new();
        for value in said.into_iter().filter(|value| !value.trim().is_empty()) {
            if !values.iter().any(|known| known.as_deref() == Some(value)) {
                values.push(Some(value.to_owned()));
            }
        }
        if values.is_empty() { vec![None] } else { values }
    }
}

/// How many articles have a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Count {
    /// The value as it stands in the articles; `None` for articles without one.
    pub value: Option<String>,
    /// Articles.
    pub articles: u64,
}

/// Articles by the days they are of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Days {
    /// By the first and the last day that a date may be: two where only the month or the year is known. `None` stands for
    /// articles without that date. Dates count as claimed, doubtful ones too.
    pub articles: BTreeMap<Option<(Date, Date)>, u64>,
    /// Of all these, articles whose date of publication is doubtful; 0 for other dates, whose doubts are not in the index.
    pub doubtful: u64,
}

impl Reader {
    /// Counts the articles that match `plan`, and of them only those in the rows `only` if it is given, by `facet`: most
    /// frequent first, then by value.
    ///
    /// # Errors
    /// As [`find`](Self::find).
    pub fn counts(&self, plan: &Plan, facet: Facet, now: Timestamp, only: Option<&HashSet<u64>>) -> Result<Vec<Count>> {
        let mut all: HashMap<Option<String>, u64> = HashMap::new();
        // Ordinals are of one segment only: they are named when the next one begins.
        let mut of_segment = Tally::default();
        self.each_match(plan, now, &mut |segment, doc| {
            if only.is_some_and(|only| !only.contains(&segment.key(doc))) {
                return;
            }
            if of_segment.segment != Some(segment.reader.segment_id()) {
                std::mem::take(&mut of_segment).into_names(&mut all);
                of_segment = Tally::new(segment, facet);
            }
            of_segment.count(doc);
        })?;
        of_segment.into_names(&mut all);
        let mut counts: Vec<Count> = all.into_iter().map(|(value, articles)| Count { value, articles }).collect();
        counts.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.value.cmp(&b.value)));
        Ok(counts)
    }

    /// Counts the articles that match `plan`, and of them only those in the rows `only` if it is given, by one of
    /// their dates.
    ///
    /// # Errors
    /// As [`find`](Self::find).
    pub fn by_day(&self, plan: &Plan, field: DateField, now: Timestamp, only: Option<&HashSet<u64>>) -> Result<Days> {
        let mut days: HashMap<Option<(i64, i64)>, u64> = HashMap::new();
        let mut known = None;
        let mut columns = [None, None];
        let mut doubtful = 0;
        self.each_match(plan, now, &mut |segment, doc| {
            if only.is_some_and(|only| !only.contains(&segment.key(doc))) {
                return;
            }
            if known != Some(segment.reader.segment_id()) {
                known = Some(segment.reader.segment_id());
                columns = column::of_date(field).map(|name| segment.integers(name));
            }
            let [first, last] = columns.each_ref().map(|column| column.as_ref().and_then(|column| column.first(doc)));
            *days.entry(first.map(|first| (first, last.unwrap_or(first)))).or_default() += 1;
            // Articles are ordered by dates that nothing speaks against.
            if field == DateField::Published && first.is_some() && segment.order(doc) == i64::MIN {
                doubtful += 1;
            }
        })?;
        let dates = |(first, last)| (day_of(first), day_of(last));
        let articles = days.into_iter().map(|(days, count)| (days.map(dates), count)).collect();
        Ok(Days { articles, doubtful })
    }
}

#[derive(Default)]
struct Tally {
    segment: Option<tantivy::index::SegmentId>,
    numbers: Option<tantivy::columnar::Column<u64>>,
    strings: Option<tantivy::columnar::StrColumn>,
    counts: HashMap<u64, u64>,
    none: u64,
}

impl Tally {
    fn new(segment: &Segment, facet: Facet) -> Self {
        let name = match facet {
            Facet::Source => column::SOURCE,
            Facet::Author => column::AUTHOR,
            Facet::Lang => column::LANG,
            Facet::Section => column::SECTION,
            Facet::Agency => column::AGENCY,
        };
        let mut tally = Tally { segment: Some(segment.reader.segment_id()), ..Tally::default() };
        if facet == Facet::Lang {
            tally.numbers = segment.numbers(name);
        } else {
            tally.strings = segment.strings(name);
        }
        tally
    }

    fn count(&mut self, doc: u32) {
        let mut any = false;
        let mut add = |value| {
            any = true;
            *self.counts.entry(value).or_default() += 1;
        };
        match (&self.numbers, &self.strings) {
            (Some(numbers), _) => numbers.values_for_doc(doc).for_each(&mut add),
            (_, Some(strings)) => strings.term_ords(doc).for_each(&mut add),
            _ => {}
        }
        self.none += u64::from(!any);
    }

    fn into_names(self, all: &mut HashMap<Option<String>, u64>) {
        if self.none > 0 {
            *all.entry(None).or_default() += self.none;
        }
        for (value, count) in self.counts {
            let mut name = String::new();
            match &self.strings {
                Some(strings) => {
                    // An ordinal of the column is in its dictionary.
                    let _ = strings.ord_to_str(value, &mut name);
                }
                None => name = unpack_lang(value),
            }
            *all.entry(Some(name)).or_default() += count;
        }
    }
}
