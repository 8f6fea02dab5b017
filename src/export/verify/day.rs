//! Dates as a spreadsheet may have written them anew: the same day and time in another form is the same date, all else is
//! not.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time, date};
use jiff::tz::Offset;

use crate::model::{DateClaim, Precision};

/// Seconds by which a count of days may be off that was cut to five places.
const ROUNDED: f64 = 1.0;

/// Whether `said` is the date of `claim`: as it was written, or with the same day and time in a form that Excel and
/// LibreOffice write.
pub(super) fn same(said: &str, claim: &DateClaim, from_sheet: bool) -> bool {
    let said = said.trim();
    if said == claim.iso() {
        return true;
    }
    let stored = local(claim);
    if let Some(counted) = serial(said).filter(|_| from_sheet) {
        return apart(counted, stored) <= ROUNDED;
    }
    if claim.precision == Precision::Month && short_month(said, stored.date()) {
        return true;
    }
    let (day, time) = said.split_once([' ', 'T']).map_or((said, None), |(day, time)| (day, Some(time.trim())));
    if !days(day).any(|day| day == stored.date()) {
        return false;
    }
    match time {
        // Where a time is known, it must be there.
        None => stored.time() == Time::midnight(),
        Some(time) => clock(time).is_some_and(|(time, seconds)| {
            let apart = apart(stored.date().to_datetime(time), stored);
            if seconds { apart <= ROUNDED } else { apart < 60.0 && time <= stored.time() }
        }),
    }
}

/// The date as a workbook shows it: at the place it was claimed.
fn local(claim: &DateClaim) -> DateTime {
    let timed = matches!(claim.precision, Precision::Minute | Precision::Second);
    let offset = claim.offset.and_then(|seconds| Offset::from_seconds(seconds).ok()).unwrap_or(Offset::UTC);
    match claim.instant.filter(|_| timed) {
        Some(instant) => offset.to_datetime(instant),
        None => claim.day.at(0, 0, 0, 0),
    }
}

/// Seconds between two moments.
fn apart(a: DateTime, b: DateTime) -> f64 {
    a.duration_until(b).as_secs_f64().abs()
}

/// A date as Excel counts it: days since the end of 1899, hours as a fraction.
fn serial(said: &str) -> Option<DateTime> {
    if !said.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return None;
    }
    let days: f64 = said.parse().ok()?;
    if !(1.0..3_000_000.0).contains(&days) {
        return None;
    }
    let day = date(1899, 12, 30).checked_add((days.floor() as i64).days()).ok()?;
    let seconds = (days.fract() * 86_400_000.0).round() as i64;
    day.at(0, 0, 0, 0).checked_add(seconds.milliseconds()).ok()
}

/// What a day in figures may be: year first, or day and month in either order, the year with two digits or four.
fn days(said: &str) -> impl Iterator<Item = Date> {
    let parts: Vec<&str> = said.split(['.', '/', '-']).collect();
    let number = |at: usize| {
        let part = parts.get(at).filter(|part| part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit()))?;
        part.parse::<i16>().ok()
    };
    let digits = |at: usize| parts.get(at).map_or(0, |part| part.len());
    let one = said.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    let alike = parts.len() == 3 && matches!(one.as_str(), ".." | "//" | "--");
    let made = |year: Option<i16>, month: Option<i16>, day: Option<i16>| {
        Date::new(year?, month?.try_into().ok()?, day?.try_into().ok()?).ok()
    };
    let all = match (number(0), number(1), number(2)) {
        (first, month, day) if alike && digits(0) == 4 => vec![made(first, month, day)],
        (first, second, Some(year)) if alike && matches!(digits(2), 2 | 4) => {
            let century = match (digits(2), year) {
                (4, _) => 0,
                (_, ..30) => 2000,
                _ => 1900,
            };
            vec![made(Some(year + century), second, first), made(Some(year + century), first, second)]
        }
        _ => Vec::new(),
    };
    all.into_iter().flatten()
}

/// `00:30`, `00:30:05.123`, `12:30:05 AM`, and whether it has seconds.
fn clock(said: &str) -> Option<(Time, bool)> {
    let lower = said.to_ascii_lowercase();
    let half = ["am", "pm"].into_iter().find_map(|half| Some((lower.strip_suffix(half)?.trim_end(), half)));
    let (figures, half) = half.map_or((lower.as_str(), None), |(figures, half)| (figures, Some(half)));
    let mut parts = figures.split(':');
    let whole = |part: &str| part.parse::<i8>().ok().filter(|_| part.bytes().all(|b| b.is_ascii_digit()));
    let (hour, minute) = (whole(parts.next()?)?, whole(parts.next()?)?);
    let second = parts.next();
    if parts.next().is_some() {
        return None;
    }
    let hour = match half {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(half) => hour % 12 + if half == "pm" { 12 } else { 0 },
    };
    let (whole_second, parts) = second.map_or(("0", ""), |s| s.split_once(['.', ',']).unwrap_or((s, "")));
    if !parts.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some((Time::new(hour, minute, whole(whole_second)?, 0).ok()?, second.is_some()))
}

/// `Jun-25`, which Excel makes of `2025-06`.
fn short_month(said: &str, day: Date) -> bool {
    said.eq_ignore_ascii_case(&day.strftime("%b-%y").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In a table of text a year is a year.
    #[test]
    fn days_are_counted_in_workbooks_only() {
        let year = DateClaim { precision: Precision::Year, ..DateClaim::day(date(1905, 1, 1), "test") };
        assert!(same("1828", &year, true) && !same("1828", &year, false) && same("1905", &year, false));
    }

    #[test]
    fn forms_of_a_date() {
        let day = DateClaim::day(date(2025, 6, 27), "test");
        let year = DateClaim { precision: Precision::Year, ..DateClaim::day(date(1911, 1, 1), "test") };
        let month = DateClaim { precision: Precision::Month, ..DateClaim::day(date(2025, 6, 1), "test") };
        let late = DateClaim {
            instant: "2025-06-27T22:30:00Z".parse().ok(),
            offset: Some(7200),
            precision: Precision::Minute,
            ..DateClaim::day(date(2025, 6, 28), "test")
        };
        let got = DateClaim {
            instant: "2025-06-27T22:30:05.75Z".parse().ok(),
            precision: Precision::Second,
            ..DateClaim::day(date(2025, 6, 27), "test")
        };
        for (said, claim, expected) in [
            ("2025-06-27", &day, true),
            ("2025-06-26", &day, false),
            ("45835", &day, true),
            ("45835.0", &day, true),
            ("45834", &day, false),
            ("27.06.2025", &day, true),
            ("27.06.25", &day, true),
            ("6/27/2025", &day, true),
            ("27/06/2025", &day, true),
            ("27.06.1999", &day, false),
            ("01/01/1850", &day, false),
            ("27.06/2025", &day, false),
            ("2025-06-27 00:00:00", &day, true),
            ("2025-06-27 12:00", &day, false),
            ("1 January 1850", &day, false),
            ("27 June 2025", &day, false),
            ("yesterday", &day, false),
            ("never", &day, false),
            ("", &day, false),
            ("1911", &year, true),
            ("1912", &year, false),
            ("4019", &year, true),
            ("2025-06", &month, true),
            ("Jun-25", &month, true),
            ("Jul-25", &month, false),
            ("2025-06-28T00:30:00+02:00", &late, true),
            ("2025-06-28 00:30:00", &late, true),
            ("2025-06-28 00:30", &late, true),
            ("28.06.2025 00:30", &late, true),
            ("6/28/25 12:30 AM", &late, true),
            ("6/28/25 12:30 PM", &late, false),
            ("45836.0208333333", &late, true),
            ("45836.02083", &late, true),
            ("45836.0625", &late, false),
            ("2025-06-27 22:30:00", &late, false),
            ("2025-06-28T12:30:00+02:00", &late, false),
            ("2025-06-28T00:30:00-05:00", &late, false),
            ("2025-06-28 00:31", &late, false),
            ("2025-06-28", &late, false),
            ("2025-06-27 22:30:05", &got, true),
            ("2025-06-27 22:30", &got, true),
            ("2025-06-27 22:30:07", &got, false),
            ("2025-06-27 22:30:05.7", &got, true),
            ("2025-06-27 22:30:05.0 (retracted)", &got, false),
            ("2025-06-27 22:30:05,retracted", &got, false),
        ] {
            assert_eq!(same(said, claim, true), expected, "{said}");
        }
    }
}
