//! Embargoes as wire items write them, in words: `Embargoed until 6 a.m. EDT Sunday, June 29`.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::MONTHS;

const DAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// What stands in such a line beside days and times.
const WORDS: &[&str] = &[
    "until",
    "till",
    "for",
    "release",
    "publication",
    "use",
    "at",
    "after",
    "before",
    "on",
    "or",
    "and",
    "not",
    "to",
    "be",
    "published",
    "released",
    "used",
    "the",
    "in",
    "print",
    "online",
    "broadcast",
    "thereafter",
    "further",
    "notice",
    "hold",
    "am",
    "pm",
    "a.m",
    "p.m",
    "noon",
    "midnight",
    "local",
    "time",
    "hours",
    "hrs",
    "ams",
    "pms",
    "editions",
    "weekend",
];

/// Whether a line holds its item back: it says so, and no other word follows than those of days and times. `Embargo on grain
/// is lifted` and `Embargo to end on Dec. 29, minister says` are headlines, and so is what is in doubt: a note too many above
/// a text does no harm, an article held back for a word in its headline does.
pub fn is_one(line: &str) -> bool {
    let plain = line.to_lowercase();
    let plain = plain.trim_start_matches(['(', '[']);
    let plain = ["eds:", "eds.:", "editors:"].iter().find_map(|eds| plain.strip_prefix(eds)).unwrap_or(plain).trim();
    const BEGIN: &[&str] = &[
        "embargoed",
        "embargo",
        "for release",
        "not for release",
        "hold for release",
        "for use on or after",
        "not for use before",
    ];
    let Some((begin, rest)) = BEGIN.iter().find_map(|begin| Some((*begin, plain.strip_prefix(begin)?))) else {
        return false;
    };
    if rest.starts_with(|c: char| c.is_alphanumeric() || c == '-') {
        return false;
    }
    let (mut told, mut first) = (false, true);
    for word in rest.split([' ', ',', '(', ')', ':', ';', ']']).filter(|word| !word.is_empty()) {
        let bare = word.trim_end_matches('.');
        let dated = is_of_a_day(bare);
        // `Embargo to end` is one that others keep.
        let verb = begin == "embargo" && first && bare == "to";
        if verb || !(dated || bare.is_empty() || WORDS.contains(&bare) || !super::zone(&bare.to_uppercase()).is_empty())
        {
            return false;
        }
        told |= dated;
        first = false;
        // What follows the sentence is said of something else.
        if dated && word.ends_with('.') && !MONTHS.iter().any(|month| bare.starts_with(month)) {
            break;
        }
    }
    told || begin == "embargoed"
}

/// A weekday, a month or a number, as `29th` and `0500` are.
fn is_of_a_day(word: &str) -> bool {
    const FULL: &[&str] = &[
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "sept",
        "october",
        "november",
        "december",
    ];
    let weekday = DAYS.iter().any(|(day, _)| *day == word || day.get(..3) == Some(word));
    weekday || MONTHS.contains(&word) || FULL.contains(&word) || word.starts_with(|c: char| c.is_ascii_digit())
}

/// When it ends, in ISO 8601, by the day the item was sent. `None` where no day is told that can be known.
pub fn until(line: &str, sent: Option<Date>) -> Option<String> {
    let words: Vec<&str> =
        line.split([' ', ',', '(', ')', ';']).map(|w| w.trim_end_matches(':')).filter(|w| !w.is_empty()).collect();
    let day = day(&words, sent)?;
    let time = words.iter().enumerate().find_map(|(at, word)| time(word, words.get(at + 1)));
    // A time whose zone is not known counts for nothing: then its day has to be over everywhere.
    let zone = words.iter().map(|word| super::zone(word)).find(|zone| !zone.is_empty());
    Some(match (time, zone) {
        (Some((hour, minute)), Some(zone)) => format!("{day}T{hour:02}:{minute:02}{zone}"),
        (Some(_), None) => format!("{}", day.checked_add(1.day()).ok()?),
        _ => day.to_string(),
    })
}

/// `June 29`, `29 June 2025`; `Sunday`, the next one.
fn day(words: &[&str], sent: Option<Date>) -> Option<Date> {
    let number = |at: Option<&&str>| {
        let digits = at?.trim_end_matches(|c: char| !c.is_ascii_digit());
        digits.parse::<i16>().ok()
    };
    for (at, word) in words.iter().enumerate() {
        let name = word.trim_end_matches('.').to_lowercase();
        let Some(month) = MONTHS.iter().position(|month| name.starts_with(month) && !name.contains(char::is_numeric))
        else {
            continue;
        };
        let before = at.checked_sub(1).and_then(|at| number(words.get(at)));
        let Some(day) = [number(words.get(at + 1)), before].into_iter().flatten().find(|n| (1..=31).contains(n)) else {
            continue;
        };
        let month = i8::try_from(month + 1).ok()?;
        let told = words
            .iter()
            .filter(|w| w.len() == 4)
            .find_map(|w| w.parse::<i16>().ok().filter(|y| *y > 1970 && *y < 2100));
        let in_year = |year: i16| Date::new(year, month, i8::try_from(day).ok()?).ok();
        // Without a year it is the next such day; what was sent a little after it is over.
        return match (told, sent) {
            (Some(year), _) => in_year(year),
            (None, Some(sent)) if in_year(sent.year())? < sent.checked_sub(60.days()).ok()? => in_year(sent.year() + 1),
            (None, Some(sent)) => in_year(sent.year()),
            (None, None) => None,
        };
    }
    let sent = sent?;
    let weekday = words.iter().find_map(|word| {
        let name = word.to_lowercase();
        DAYS.iter()
            .find(|(day, _)| *day == name || day.get(..3) == Some(name.trim_end_matches('.')))
            .map(|(_, day)| *day)
    })?;
    // On a Sunday, `Sunday` is today.
    if sent.weekday() == weekday { Some(sent) } else { sent.nth_weekday(1, weekday).ok() }
}

/// `0500` before a zone, `6 a.m.`, `6:30 pm`, `14:05`.
fn time(word: &str, next: Option<&&str>) -> Option<(u8, u8)> {
    let next = next.map_or(String::new(), |next| next.to_lowercase().replace('.', ""));
    let (hour, minute) = word.split_once(':').unwrap_or((word, "00"));
    let (hour, minute): (u8, u8) = if word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()) {
        // Four digits alone may be a year.
        (!super::zone(&next.to_uppercase()).is_empty()).then_some(())?;
        (word[..2].parse().ok()?, word[2..].parse().ok()?)
    } else {
        (hour.parse().ok()?, minute.parse().ok()?)
    };
    let hour = match next.as_str() {
        "am" => hour % 12,
        "pm" => hour % 12 + 12,
        _ if word.contains(':') || word.len() == 4 => hour,
        _ => return None,
    };
    (hour < 24 && minute < 60).then_some((hour, minute))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embargoes_in_words_have_an_end() {
        let sent = "2025-06-27".parse().ok();
        for (line, end) in [
            ("EMBARGOED until 0500 GMT Sunday", Some("2025-06-29T05:00Z")),
            ("Embargoed for release until 6 a.m. EDT Sunday, June 29", Some("2025-06-29T06:00-04:00")),
            ("Eds: Embargoed until 6:30 p.m. EDT June 29. Photos AP123.", Some("2025-06-29T18:30-04:00")),
            ("For release Sunday, June 29, and thereafter", Some("2025-06-29")),
            ("Embargoed until 6 a.m. Sunday", Some("2025-06-30")),
            ("For release Jan. 3", Some("2026-01-03")),
            ("Embargoed until Friday", Some("2025-06-27")),
            ("EMBARGOED", None),
        ] {
            assert!(is_one(line), "{line}");
            assert_eq!(until(line, sent).as_deref(), end, "{line}");
        }
        assert_eq!(until("Embargoed until Sunday", None), None);
        for headline in [
            "Embargo on grain is lifted",
            "For release of hostages, a price",
            "Embargo to hurt farmers of the Vale, minister says",
            "Embargo to end on Dec. 29, minister tells farmers",
            "Embargo to end Sunday",
            "Embargo for Iran starts Sunday, union says",
            "For release of 12 hostages, rebels demand a price",
            "For release on Friday: two films of boats",
            "Embargoed goods found on 12 ships",
        ] {
            assert!(!is_one(headline), "{headline}");
        }
        assert!(is_one("HOLD FOR RELEASE at 6 p.m. EDT") && is_one("Embargo: 0500 GMT, June 29"));
    }
}
