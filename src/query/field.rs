//! Names of fields, and values that are dates or numbers.

use jiff::ToSpan;
use jiff::civil::Date;

use super::ast::{DateField, KeyField, Part};

/// What stands before a colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Text(Part),
    Key(KeyField),
    Date(DateField),
    Since,
    After,
    Before,
    Until,
    Words,
    Stem,
}

const NAMES: &[(&str, Field)] = &[
    ("title", Field::Text(Part::Title)),
    ("headline", Field::Text(Part::Title)),
    ("text", Field::Text(Part::Text)),
    ("body", Field::Text(Part::Text)),
    ("author", Field::Key(KeyField::Author)),
    ("byline", Field::Key(KeyField::Author)),
    ("source", Field::Key(KeyField::Source)),
    ("outlet", Field::Key(KeyField::Source)),
    ("url", Field::Key(KeyField::Url)),
    ("lang", Field::Key(KeyField::Lang)),
    ("language", Field::Key(KeyField::Lang)),
    ("section", Field::Key(KeyField::Section)),
    ("tag", Field::Key(KeyField::Tag)),
    ("tags", Field::Key(KeyField::Tag)),
    ("agency", Field::Key(KeyField::Agency)),
    ("publisher", Field::Key(KeyField::Publisher)),
    ("republisher", Field::Key(KeyField::Republisher)),
    ("licence", Field::Key(KeyField::Licence)),
    ("license", Field::Key(KeyField::Licence)),
    ("id", Field::Key(KeyField::Id)),
    ("flag", Field::Key(KeyField::Flag)),
    ("date", Field::Date(DateField::Published)),
    ("published", Field::Date(DateField::Published)),
    ("updated", Field::Date(DateField::Updated)),
    ("fetched", Field::Date(DateField::Fetched)),
    ("since", Field::Since),
    ("from", Field::Since),
    ("after", Field::After),
    ("before", Field::Before),
    ("until", Field::Until),
    ("words", Field::Words),
    ("wordcount", Field::Words),
    ("stem", Field::Stem),
];

/// The fields a person is told of.
pub(super) const LISTED: &[&str] = &[
    "title",
    "text",
    "author",
    "source",
    "url",
    "lang",
    "section",
    "tag",
    "agency",
    "publisher",
    "republisher",
    "licence",
    "words",
    "id",
    "flag",
    "date",
    "since",
    "before",
    "after",
    "until",
    "updated",
    "fetched",
    "stem",
];

/// What an article can be flagged with.
pub(super) const FLAGS: &[&str] =
    &["truncated", "paywalled", "sponsored", "affiliate", "opinion", "developing", "corrected", "withdrawn"];

/// Languages by their English and own names.
const LANGUAGES: &[(&str, &str)] = &[
    ("arabic", "ar"),
    ("chinese", "zh"),
    ("danish", "da"),
    ("dutch", "nl"),
    ("english", "en"),
    ("finnish", "fi"),
    ("french", "fr"),
    ("german", "de"),
    ("greek", "el"),
    ("hebrew", "he"),
    ("hindi", "hi"),
    ("hungarian", "hu"),
    ("italian", "it"),
    ("japanese", "ja"),
    ("korean", "ko"),
    ("norwegian", "no"),
    ("polish", "pl"),
    ("portuguese", "pt"),
    ("romanian", "ro"),
    ("russian", "ru"),
    ("spanish", "es"),
    ("swedish", "sv"),
    ("turkish", "tr"),
    ("ukrainian", "uk"),
    ("vietnamese", "vi"),
    ("deutsch", "de"),
    ("francais", "fr"),
    ("espanol", "es"),
    ("italiano", "it"),
    ("portugues", "pt"),
];

impl Field {
    /// Its first name.
    pub(super) fn name(self) -> &'static str {
        NAMES.iter().find(|(_, field)| *field == self).map_or("", |(name, _)| name)
    }

    pub(super) fn example(self) -> &'static str {
        match self {
            Field::Text(Part::Title) => "title:asylum",
            Field::Text(Part::Text) => "text:asylum",
            Field::Key(KeyField::Author) => "author:\"Mae Slater\"",
            Field::Key(KeyField::Lang) => "lang:en",
            Field::Key(KeyField::Url) => "url:example.com",
            Field::Key(KeyField::Flag) => "flag:corrected",
            Field::Key(KeyField::Licence) => "licence:all-rights-reserved",
            Field::Key(KeyField::Id) => "id:0123456789abcdef",
            Field::Key(KeyField::Section) => "section:politics",
            Field::Key(KeyField::Tag) => "tag:migration",
            Field::Key(KeyField::Agency) => "agency:reuters",
            Field::Key(KeyField::Publisher) => "publisher:example.com",
            Field::Key(KeyField::Republisher) => "republisher:example.com",
            Field::Key(KeyField::Source) => "source:reuters",
            Field::Date(DateField::Published) => "date:2025-06",
            Field::Date(DateField::Updated) => "updated:2025-06",
            Field::Date(DateField::Fetched) => "fetched:2025-06",
            Field::Since => "since:7d",
            Field::After => "after:2025-06",
            Field::Before => "before:2025-07",
            Field::Until => "until:2025-06-30",
            Field::Words => "words:300..800",
            Field::Stem => "stem:off",
        }
    }
}

/// The field of that name, in any case.
pub(super) fn named(name: &str) -> Option<Field> {
    NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, field)| *field)
}

/// What search engines and databases call our fields, where it is too far from our name to be taken for a slip.
const ELSEWHERE: &[(&str, &str)] = &[
    ("allintitle", "title"),
    ("by", "author"),
    ("category", "tag"),
    ("domain", "url"),
    ("journalist", "author"),
    ("keyword", "tag"),
    ("length", "words"),
    ("link", "url"),
    ("newspaper", "source"),
    ("paper", "source"),
    ("publication", "source"),
    ("pubdate", "date"),
    ("rights", "licence"),
    ("site", "url"),
    ("subject", "tag"),
    ("to", "until"),
    ("website", "url"),
    ("writer", "author"),
    ("year", "date"),
];

/// The field whose name is nearest, if one is near.
pub(super) fn nearest(name: &str) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase();
    if let Some((_, ours)) = ELSEWHERE.iter().find(|(theirs, _)| *theirs == lower) {
        return Some(ours);
    }
    nearest_of(name, NAMES.iter().map(|(known, _)| *known))
}

/// The name nearest to what was typed: at most a third of its letters (and one at least) differ.
pub(super) fn nearest_of(typed: &str, known: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let typed: Vec<u8> = typed.to_ascii_lowercase().into_bytes();
    if typed.len() > 24 {
        return None;
    }
    known
        .map(|name| (edits(&typed, name.as_bytes()), name))
        .filter(|(edits, name)| *edits <= (name.len().max(typed.len()) / 3).max(1) && *edits < typed.len())
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, name)| name)
}

/// Levenshtein's distance.
fn edits(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = i;
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let cost = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = cost.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}

/// The code of a language by its name, else what was typed.
pub(super) fn language_code(typed: &str) -> String {
    let folded = crate::text::fold(typed);
    LANGUAGES.iter().find(|(name, _)| *name == folded).map_or_else(|| typed.to_owned(), |(_, code)| (*code).to_owned())
}

/// A stretch of days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Days {
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
}

/// Why a date cannot be read, and what to write.
pub(super) type Unread = (String, String);

/// `2025`, `2025-06`, `2025-06-27`, `A..B`, `A..`, `..B`, `>A`, `<=B`, `7d`, `today`, `*` for any: the value of `date:`.
pub(super) fn days(value: &str, today: Date) -> Result<Days, Unread> {
    if value == "*" {
        return Ok(Days { from: None, to: None });
    }
    if let Some((from, to)) = split_range(value) {
        let from = if from.is_empty() { None } else { point(from, today)?.from };
        let to = if to.is_empty() { None } else { point(to, today)?.to };
        if let (Some(first), Some(last)) = (from, to)
            && first > last
        {
            return Err((
                format!("this range ends ({last}) before it begins ({first})"),
                format!(
                    "swap the ends: `{}..{}`",
                    value.split("..").last().unwrap_or(""),
                    value.split("..").next().unwrap_or("")
                ),
            ));
        }
        if from.is_none() && to.is_none() {
            return Err((
                "this range has no end at all".to_owned(),
                "write `2025-06-01..` or `..2025-06-30`".to_owned(),
            ));
        }
        return Ok(Days { from, to });
    }
    for (sign, which) in [(">=", Field::Since), ("<=", Field::Until), (">", Field::After), ("<", Field::Before)] {
        if let Some(rest) = value.strip_prefix(sign) {
            return bound(which, rest, today);
        }
    }
    if is_ago(value) { bound(Field::Since, value, today) } else { point(value, today) }
}

/// `A..B`; dashes and words between dates are not read as ranges.
fn split_range(value: &str) -> Option<(&str, &str)> {
    let (from, to) = value.split_once("..")?;
    Some((from.trim(), to.trim_start_matches('.').trim()))
}

/// The value of `since:`, `until:`, `after:` and `before:`: the first two include the days they name, the others
/// do not.
pub(super) fn bound(field: Field, value: &str, today: Date) -> Result<Days, Unread> {
    let point = point(value, today)?;
    let beyond = || (format!("`{value}` is out of the calendar"), "write a year from 1 to 9999".to_owned());
    Ok(match field {
        Field::Until => Days { from: None, to: point.to },
        Field::After => {
            let from = point.to.map(|day| day.tomorrow()).transpose().map_err(|_| beyond())?;
            Days { from, to: None }
        }
        Field::Before => {
            let to = point.from.map(|day| day.yesterday()).transpose().map_err(|_| beyond())?;
            if to.is_some_and(|day| day.year() < 1) {
                return Err(beyond());
            }
            Days { from: None, to }
        }
        _ => Days { from: point.from, to: None },
    })
}

/// A number of days, weeks, months, years (or hours, counted as days begun).
fn is_ago(value: &str) -> bool {
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    (1..=4).contains(&digits) && matches!(value[digits..].to_ascii_lowercase().as_str(), "h" | "d" | "w" | "m" | "y")
}

/// One day, month or year.
fn point(value: &str, today: Date) -> Result<Days, Unread> {
    let unread = || {
        (
            format!("`{value}` is no date"),
            "write a year, month or day as `2025`, `2025-06`, `2025-06-27`, or an age as `7d`, `2w`, `3m`, `1y`"
                .to_owned(),
        )
    };
    let one = |day: Date| Days { from: Some(day), to: Some(day) };
    match value.to_ascii_lowercase().as_str() {
        "today" => return Ok(one(today)),
        "yesterday" => return today.yesterday().map(one).map_err(|_| unread()),
        _ => {}
    }
    if is_ago(value) {
        let (number, unit) = value.split_at(value.len() - 1);
        let number: i64 = number.parse().map_err(|_| unread())?;
        let span = match unit.to_ascii_lowercase().as_str() {
            "h" => ((number + 23) / 24).days(),
            "d" => number.days(),
            "w" => number.weeks(),
            "m" => number.months(),
            _ => number.years(),
        };
        return today.checked_sub(span).ok().filter(|day| day.year() >= 1).map(one).ok_or_else(unread);
    }
    if let Some(unread) = day_first(value) {
        return Err(unread);
    }
    let compact = value.len() == 8 && value.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> =
        if compact { vec![&value[..4], &value[4..6], &value[6..]] } else { value.split(['-', '/', '.']).collect() };
    let digits = |text: &str, most: usize| -> Option<i16> {
        let good = (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        if good { text.parse().ok() } else { None }
    };
    let year = parts.first().filter(|y| y.len() == 4).and_then(|y| digits(y, 4));
    let year = year.filter(|year| *year >= 1).ok_or_else(unread)?;
    let number = |index: usize| match parts.get(index) {
        None => Ok(None),
        Some(text) => digits(text, 2).and_then(|n| i8::try_from(n).ok()).map(Some).ok_or_else(unread),
    };
    let (month, day) = (number(1)?, number(2)?);
    if parts.len() > 3 {
        return Err(unread());
    }
    let date = |month, day| {
        Date::new(year, month, day).map_err(|_| {
            (format!("there is no day `{value}`"), "see to the month (1 to 12) and the day: `2025-06-27`".to_owned())
        })
    };
    Ok(match (month, day) {
        (Some(month), Some(day)) => one(date(month, day)?),
        (Some(month), None) => {
            let first = date(month, 1)?;
            Days { from: Some(first), to: Some(first.last_of_month()) }
        }
        _ => Days { from: Some(date(1, 1)?), to: Some(date(12, 31)?) },
    })
}

/// Why a date is not taken whose year stands last (`27/06/2025`, `06.2025`), and how it is to be written. Where day and month
/// may be either, nobody is to guess.
fn day_first(value: &str) -> Option<Unread> {
    let parts: Vec<&str> = value.split(['/', '.', '-']).collect();
    let number = |part: &str| part.parse::<i8>().ok().filter(|_| (1..=2).contains(&part.len()));
    let year = parts.last().filter(|year| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()))?;
    let year_first = |ways: &str| Some((format!("`{value}` does not begin with its year"), format!("write {ways}")));
    match parts[..parts.len() - 1] {
        [month] => year_first(&format!("`{year}-{:02}`", number(month)?)),
        [first, second] => {
            let (first, second) = (number(first)?, number(second)?);
            let written = |month: i8, day: i8| format!("`{year}-{month:02}-{day:02}`");
            match (first, second) {
                _ if first == second || first > 12 => year_first(&written(second, first)),
                _ if second > 12 => year_first(&written(first, second)),
                _ => Some((
                    format!("`{value}` could be read as two dates"),
                    format!("write {} or {}", written(second, first), written(first, second)),
                )),
            }
        }
        _ => None,
    }
}

/// `500`, `300..800`, `>500`, `<=500`, `*` for any: the value of `words:`, both ends included.
pub(super) fn counts(value: &str) -> Result<(Option<u64>, Option<u64>), Unread> {
    let unread = || {
        (format!("`{value}` is no number of words"), "write `words:>500`, `words:300..800` or `words:500`".to_owned())
    };
    let number = |text: &str| -> Result<u64, Unread> {
        let plain = text.replace([',', '_'], "");
        let good = !plain.is_empty() && plain.bytes().all(|b| b.is_ascii_digit());
        if good { plain.parse().map_err(|_| unread()) } else { Err(unread()) }
    };
    if value == "*" {
        return Ok((None, None));
    }
    if let Some((from, to)) = split_range(value) {
        let from = (!from.is_empty()).then(|| number(from)).transpose()?;
        let to = (!to.is_empty()).then(|| number(to)).transpose()?;
        return match (from, to) {
            (None, None) => Err(unread()),
            (Some(a), Some(b)) if a > b => {
                Err(("this range ends before it begins".to_owned(), format!("swap the ends: `words:{b}..{a}`")))
            }
            both => Ok(both),
        };
    }
    if let Some(rest) = value.strip_prefix(">=") {
        return Ok((Some(number(rest)?), None));
    }
    if let Some(rest) = value.strip_prefix("<=") {
        return Ok((None, Some(number(rest)?)));
    }
    if let Some(rest) = value.strip_prefix('>') {
        return Ok((Some(number(rest)?.saturating_add(1)), None));
    }
    if let Some(rest) = value.strip_prefix('<') {
        let most = number(rest)?;
        return most
            .checked_sub(1)
            .map(|most| (None, Some(most)))
            .ok_or_else(|| ("no article has fewer than 0 words".to_owned(), "write `words:<500`".to_owned()));
    }
    number(value).map(|n| (Some(n), Some(n)))
}
