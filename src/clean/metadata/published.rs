//! When it was published: which of the dates a document gives.

use jiff::Timestamp;

use super::Claims;
use super::dates::{self, Context};
use crate::model::{Claim, DateClaim, Document, Field, Lang, Note, Precision};

/// The dates of a document.
pub(super) struct Dates {
    pub(super) published: Option<DateClaim>,
    pub(super) updated: Option<DateClaim>,
    pub(super) fetched: Option<DateClaim>,
    pub(super) embargo: Option<Timestamp>,
}

pub(super) fn resolve(
    claims: &Claims,
    _url: Option<&str>,
    language: Option<&Lang>,
    now: Option<Timestamp>,
    document: &Document,
    _notes: &mut Vec<Note>,
) -> Dates {
    let context = Context { now, language: language.cloned(), day_first: None };
    let read = |claim: &Claim| {
        dates::parse(&claim.value, &context).map(|date| DateClaim { found: claim.found.clone(), ..date })
    };
    let first = |field| {
        let read: Vec<DateClaim> = claims.all(field).filter_map(read).collect();
        read.iter().find(|date| date.is_sure()).or(read.first()).cloned()
    };
    let got = document.fetched.map(|time| instant(time, "document"));
    Dates {
        published: first(Field::Published),
        updated: first(Field::Updated),
        fetched: got.or_else(|| first(Field::Fetched)).or_else(|| now.map(|time| instant(time, "ingest"))),
        embargo: first(Field::Embargo).and_then(|date| date.instant),
    }
}

fn instant(time: Timestamp, found: &str) -> DateClaim {
    let day = jiff::tz::Offset::UTC.to_datetime(time).date();
    DateClaim {
        day,
        instant: Some(time),
        offset: Some(0),
        precision: Precision::Second,
        found: found.to_owned(),
        doubt: None,
    }
}
