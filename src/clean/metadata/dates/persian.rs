//! The solar calendar that newspapers of Iran date by: `۲ تیر ۱۳۹۹` is 22 June 2020.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::Date;

use super::tokens::fold;

/// Its months, with the spellings that an Arabic keyboard makes of them.
const MONTHS: [&str; 12] = [
    "فروردین|فروردين",
    "اردیبهشت|ارديبهشت",
    "خرداد",
    "تیر|تير",
    "مرداد",
    "شهریور|شهريور",
    "مهر",
    "آبان",
    "آذر",
    "دی|دي",
    "بهمن",
    "اسفند",
];

/// Their names as words of a date are, and their numbers.
static WORDS: LazyLock<HashMap<String, i64>> = LazyLock::new(|| {
    let numbered = MONTHS.iter().zip(1..);
    numbered.flat_map(|(names, month)| names.split('|').map(move |name| (fold(name), month))).collect()
});

/// The month (1 to 12) that a folded word names.
pub(super) fn month(word: &str) -> Option<i64> {
    if word.is_ascii() { None } else { WORDS.get(word).copied() }
}

/// The years that can be meant: from the first newspapers to two generations ahead.
pub(super) fn is_year(year: u64) -> bool {
    (1_216..=1_460).contains(&year)
}

/// The day by the calendar of everyone else. Leap years by the rule of 33, which holds for these years.
pub(super) fn day(year: i64, month: i64, day: i64) -> Option<Date> {
    let length = if month <= 6 { 31 } else { 30 };
    if !(1..=12).contains(&month) || !(1..=length).contains(&day) {
        return None;
    }
    let year = year + 1595;
    let before = if month <= 7 { (month - 1) * 31 } else { (month - 7) * 30 + 186 };
    let days = 365 * year + year / 33 * 8 + (year % 33 + 3) / 4 + day + before - 355_668;
    let first = Date::new(0, 1, 1).ok()?;
    first.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn days() {
        for (year, month, of, want) in [
            (1399, 1, 1, "2020-03-20"),
            (1399, 4, 2, "2020-06-22"),
            (1399, 12, 30, "2021-03-20"),
            (1400, 1, 1, "2021-03-21"),
            (1404, 9, 5, "2025-11-26"),
            (1357, 11, 22, "1979-02-11"),
        ] {
            assert_eq!(day(year, month, of).map(|day| day.to_string()).as_deref(), Some(want), "{year}-{month}-{of}");
        }
        assert_eq!(day(1399, 7, 31), None);
        assert_eq!(day(1399, 13, 1), None);
    }
}
