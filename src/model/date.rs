//! Dates as claimed: an instant or a day, how exact, where found, doubtful or not.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How much of a date is known.
#[allow(missing_docs)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    Year,
    Month,
    Day,
    Minute,
    Second,
}

/// A date somebody claimed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateClaim {
    /// The day in the zone of the claim (the first day of the month or year at those precisions).
    pub day: Date,
    /// The instant, where time of day and zone are known; else `None`.
    pub instant: Option<Timestamp>,
    /// The offset from UTC in seconds that the claim was written with.
    pub offset: Option<i32>,
    /// How exact it is.
    pub precision: Precision,
    /// Where it was found: a claim's `found`.
    pub found: String,
    /// Why it should not be trusted (`in the future`, `at the epoch`, `day and month ambiguous`); such a date is
    /// kept and shown, and never ranks first.
    pub doubt: Option<String>,
}

impl DateClaim {
    /// A whole day.
    pub fn day(day: Date, found: impl Into<String>) -> Self {
        Self { day, instant: None, offset: None, precision: Precision::Day, found: found.into(), doubt: None }
    }

    /// ISO 8601, as exact as is known: `2025`, `2025-06`, `2025-06-27`, `2025-06-27T14:05:00+02:00`.
    pub fn iso(&self) -> String {
        match (self.precision, self.instant) {
            (Precision::Year, _) => format!("{:04}", self.day.year()),
            (Precision::Month, _) => format!("{:04}-{:02}", self.day.year(), self.day.month()),
            (Precision::Day, _) | (_, None) => self.day.to_string(),
            (_, Some(instant)) => {
                match self.offset.filter(|&o| o != 0).and_then(|o| jiff::tz::Offset::from_seconds(o).ok()) {
                    Some(offset) => instant.display_with_offset(offset).to_string(),
                    None => instant.to_string(),
                }
            }
        }
    }

    /// As [`iso`](Self::iso), without a time of day: `2025`, `2025-06`, `2025-06-27`.
    pub fn iso_day(&self) -> String {
        if self.precision <= Precision::Day { self.iso() } else { self.day.to_string() }
    }

    /// The first and the last day that it may be: those of its year or month where no more is known.
    pub fn days(&self) -> (Date, Date) {
        match self.precision {
            Precision::Year => (self.day.first_of_year(), self.day.last_of_year()),
            Precision::Month => (self.day.first_of_month(), self.day.last_of_month()),
            Precision::Day | Precision::Minute | Precision::Second => (self.day, self.day),
        }
    }

    /// Whether it lies within these days (both included), whichever of [its days](Self::days) it was: a date of which
    /// only the year is known is in the whole of that year, and in no month of it.
    pub fn is_within(&self, from: Option<Date>, to: Option<Date>) -> bool {
        let (first, last) = self.days();
        from.is_none_or(|from| from <= first) && to.is_none_or(|to| last <= to)
    }

    /// Whether nothing speaks against it.
    pub fn is_sure(&self) -> bool {
        self.doubt.is_none()
    }

    /// Seconds since 1970 of its instant, or of the start of its day in UTC: what it counts for in an order.
    pub fn second(&self) -> i64 {
        let start = || self.day.to_zoned(jiff::tz::TimeZone::UTC).map_or(i64::MAX, |day| day.timestamp().as_second());
        self.instant.map_or_else(start, Timestamp::as_second)
    }
}

/// A moment of the past: what had been got by then counts, what was got later does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum AsOf {
    /// The end of a day.
    Day(Date),
    /// An instant.
    Instant(Timestamp),
}

impl AsOf {
    /// Whether a document got on `fetched` had been got by then. One that does not say when counts as there from the
    /// start; one that names only a day counts from where that day begins.
    pub fn covers(&self, fetched: Option<&DateClaim>) -> bool {
        let Some(fetched) = fetched else { return true };
        match self {
            AsOf::Day(day) => fetched.day <= *day,
            AsOf::Instant(instant) => match fetched.instant {
                Some(got) => got <= *instant,
                None => fetched.second() <= instant.as_second(),
            },
        }
    }

    /// As [`covers`](Self::covers), of something of which only the day is known; `None` where the hour decides.
    pub fn covers_day(&self, day: Option<Date>) -> Option<bool> {
        let Some(day) = day else { return Some(true) };
        match self {
            AsOf::Day(last) => Some(day <= *last),
            AsOf::Instant(instant) => {
                let there = jiff::tz::Offset::UTC.to_datetime(*instant).date();
                // Days are counted in the zone of their claim, which is at most a day from UTC.
                let near = (there - day).get_days().abs() <= 1;
                (!near).then(|| day < there)
            }
        }
    }
}

impl std::fmt::Display for AsOf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            AsOf::Day(day) => day.fmt(f),
            AsOf::Instant(instant) => instant.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_date_is_as_long_as_it_is_unknown() {
        let claim = |day, precision| DateClaim { precision, ..DateClaim::day(day, "test") };
        let check = |claim: DateClaim, iso: &str, days: (Date, Date)| {
            assert_eq!((claim.iso_day().as_str(), claim.days()), (iso, days));
            assert!(claim.is_within(Some(days.0), Some(days.1)) && claim.is_within(None, None));
            let (from, to) = (days.0.tomorrow().unwrap(), days.1.yesterday().unwrap());
            assert!(!claim.is_within(Some(from), None) && !claim.is_within(None, Some(to)));
        };
        check(claim(date(2024, 1, 1), Precision::Year), "2024", (date(2024, 1, 1), date(2024, 12, 31)));
        check(claim(date(2024, 2, 1), Precision::Month), "2024-02", (date(2024, 2, 1), date(2024, 2, 29)));
        let day = date(2024, 2, 3);
        check(claim(day, Precision::Day), "2024-02-03", (day, day));
        check(claim(day, Precision::Second), "2024-02-03", (day, day));
    }
}
