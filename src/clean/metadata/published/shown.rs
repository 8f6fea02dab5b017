//! What a page shows its readers as the day of its article, where its data names another.
//!
//! Data is trusted first. It gives way where it contradicts itself, or where one day alone stands in sight and
//! whoever put it there had a reason: a text that is put out again, or one that was moved here years after.

use jiff::civil::Date;

use super::{ELEMENT, ENVELOPE, GENERIC, NEAR, OWN, Read, TIME, kind};
use crate::model::{DateClaim, Precision};

/// Days within which news is put out again as the same news: the last day shown is its day.
const SAME_NEWS: i32 = 2;

fn good(read: &&Read) -> bool {
    read.date.is_sure() && read.date.precision >= Precision::Day
}

fn days(a: Date, b: Date) -> i32 {
    a.duration_since(b).as_hours() as i32 / 24
}

/// The date in sight that outranks `told`, the date of the page's data, whose day is `here` where it was published.
pub(super) fn instead<'d>(
    told: &DateClaim,
    here: Date,
    best: u8,
    dates: &'d [Read],
    changes: &[Read],
    address: Option<&DateClaim>,
) -> Option<&'d DateClaim> {
    if best == ENVELOPE || address.is_some_and(|address| address.day == told.day) {
        return None;
    }
    let of = |rank: u8| dates.iter().filter(good).filter(move |read| read.rank == rank);
    let seen = of(NEAR).chain(of(TIME)).chain(of(ELEMENT)).next()?;
    // Several days are those of several articles, unless the first says what it is.
    let labelled = seen.text.to_lowercase().starts_with("publi");
    if !labelled && of(seen.rank).any(|other| other.date.day != seen.date.day) {
        return None;
    }
    // A template that writes the day of the last build: changed when or before it was published, and readers see an older day.
    let built = || {
        changes.iter().filter(|read| read.rank == OWN && kind(&read.date.found) == kind(&told.found)).any(|change| {
            let same = told.instant.is_some() && change.date.instant == told.instant;
            same || days(told.day, change.date.day) >= 1
        })
    };
    // A text that is put out again under a new day: readers see it, and the page's plain `date` says so too.
    let plain = || of(GENERIC).any(|generic| generic.date.day == seen.date.day) && days(seen.date.day, told.day) > 1;
    if days(told.day, seen.date.day) > 1 && built() || plain() {
        return Some(&seen.date);
    }
    let alone = alone(dates, told).filter(|alone| alone.date.day != here && !is_swapped(alone.date.day, told.day))?;
    let later = days(alone.date.day, told.day);
    // The same instant in another zone is no change.
    let changed = |change: &&Read| match (change.date.instant, told.instant) {
        (Some(change), Some(told)) => change.duration_since(told).as_mins().abs() > 30,
        _ => true,
    };
    let renewed = changes.iter().filter(changed).any(|change| is_change(alone, change))
        && (later <= SAME_NEWS || is_named(alone, dates));
    (later >= 1 && renewed || later < -1).then_some(&alone.date)
}

/// The one day in sight beside the headline, where it is that of the last change of a text that others date years back.
pub(super) fn again<'d>(dates: &'d [Read], changes: &[Read]) -> Option<&'d DateClaim> {
    let seen = dates.iter().filter(good).find(|read| read.rank == NEAR)?;
    let change = changes.iter().any(|change| is_change(seen, change));
    (change && is_alone(seen, dates)).then_some(&seen.date)
}

/// The one day beside the headline, if `told` is nowhere in sight: a line that is a day and nothing else, or one whose
/// element is named for a day.
fn alone<'d>(dates: &'d [Read], told: &DateClaim) -> Option<&'d Read> {
    let seen = dates.iter().filter(good).find(|read| read.rank == NEAR)?;
    let in_sight = |read: &&Read| matches!(read.rank, NEAR | TIME | ELEMENT);
    let told_too = dates.iter().filter(in_sight).any(|read| read.date.day == told.day);
    (!told_too && is_alone(seen, dates)).then_some(seen)
}

fn is_alone(seen: &Read, dates: &[Read]) -> bool {
    let only = dates.iter().filter(good).filter(|read| read.rank == NEAR).all(|read| read.date.day == seen.date.day);
    let line = seen.text.trim_matches(|c: char| !c.is_alphanumeric());
    let whole = super::dates::whole(line, &super::Context::default()).is_some();
    let named = || {
        let element = |read: &&Read| matches!(read.rank, TIME | ELEMENT) && read.date.day == seen.date.day;
        dates.iter().any(|read| element(&read))
    };
    only && (whole || named())
}

/// Whether the page's data says that it was changed on the day in sight.
fn is_change(seen: &Read, change: &Read) -> bool {
    change.rank <= OWN && change.date.day == seen.date.day
}

/// `10/12` read as the other of its two days.
pub(super) fn is_swapped(a: Date, b: Date) -> bool {
    (a.year(), a.month(), a.day()) == (b.year(), b.day(), b.month())
}

/// Whether the page names an element with the day in sight for publication.
fn is_named(seen: &Read, dates: &[Read]) -> bool {
    dates.iter().any(|read| read.date.found.ends_with(":published") && read.date.day == seen.date.day)
}
