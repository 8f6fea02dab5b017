//! Reads dates as people and programs write them.

use jiff::Timestamp;

use crate::model::{DateClaim, Lang, Precision};

/// What is known around a date.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// The time of this run; a date after it is doubted. `None`: nothing is in the future.
    pub now: Option<Timestamp>,
    /// The language the date is written in, where known: it decides between day and month first.
    pub language: Option<Lang>,
}

/// Reads a date, as exact as it is written. `found` of the result is empty: the caller knows where it was.
pub fn parse(text: &str, _context: &Context) -> Option<DateClaim> {
    let text = text.trim();
    if let Ok(time) = text.parse::<Timestamp>() {
        let day = jiff::tz::Offset::UTC.to_datetime(time).date();
        return Some(DateClaim {
            day,
            instant: Some(time),
            offset: Some(0),
            precision: Precision::Second,
            found: String::new(),
            doubt: None,
        });
    }
    let day: jiff::civil::Date = text.get(..10)?.parse().ok()?;
    Some(DateClaim::day(day, ""))
}
