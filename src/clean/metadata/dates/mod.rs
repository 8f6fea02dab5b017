//! Reads dates as people and programs write them.
//!
//! ISO 8601 in its basic and extended forms, RFC 822 and 2822 with the quirks of real feeds, `asctime`, Unix times in
//! seconds and milliseconds, and days with a month's name in some fifty languages. The order of day and month is
//! never invented: `03/04/2020` is a day only where the weekday, the language or the outlet's country decides.

mod names;
mod numbered;
mod persian;
mod shape;
#[cfg(test)]
mod tests;
mod tokens;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, date};
use jiff::tz::Offset;

use crate::model::{DateClaim, Lang, Precision};

/// A day before this year, which nothing else supports, is that of an event: a letter's, an inscription's, a battle's.
pub(in crate::clean) const OLDEST: i16 = 1990;

/// What is known around a date.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// The time of this run; a date after it is doubted. `None`: nothing is in the future.
    pub now: Option<Timestamp>,
    /// The language the date is written in, where known.
    pub language: Option<Lang>,
    /// Whether the outlet writes the day before the month in all-number dates. `None`: the language decides, and
    /// English leaves it open.
    pub day_first: Option<bool>,
}

/// Why a text is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// It is something else, or holds words that are no part of a date.
    NotADate,
    /// It is a date with an impossible part (`10:14:61`, `+zz:00`): nothing in it can be trusted.
    Broken,
}

/// Reads a date, as exact as it is written. A time of day counts only with its zone: without one the day is known
/// and no instant. `found` of the result is empty: the caller knows where it was.
///
/// A longer text is searched for the one day it names; if it names several, the answer is `None`.
pub fn parse(text: &str, context: &Context) -> Option<DateClaim> {
    let text = text.trim();
    if text.is_empty() || text.len() > 4 * tokens::MAX_CHARS {
        return None;
    }
    match strictly(text, context) {
        Ok(date) => Some(date),
        Err(Fault::Broken) => None,
        Err(Fault::NotADate) => {
            let days = find(text, context);
            let first = days.first()?;
            days.iter().all(|date| date.day == first.day).then(|| first.clone())
        }
    }
}

/// Reads a text that is a date and nothing else.
pub(in crate::clean) fn whole(text: &str, context: &Context) -> Option<DateClaim> {
    let text = text.trim();
    (text.len() <= tokens::MAX_CHARS).then(|| strictly(text, context).ok()).flatten()
}

/// Every day (or exacter) a text of at most 160 characters names, in order. Years are never supplied.
pub fn find(text: &str, context: &Context) -> Vec<DateClaim> {
    /// Longest date in tokens: `Friday, 27 June 2025 14:05:00.123 +02:00 (CEST)`.
    const WINDOW: usize = 20;
    let all = tokens::tokens(text);
    let mut out = Vec::new();
    // Where the tokens begin that belong to no date yet.
    let (mut at, mut begun) = (0, 0);
    while at < all.len() {
        let starts = all[at].number().is_some()
            || all[at].word().is_some_and(|w| {
                names::month(w, None).is_some() || names::weekday(w).is_some() || persian::month(w).is_some()
            });
        let longest = WINDOW.min(all.len() - at);
        let read = (starts && !numbered::counts(&all, at))
            .then(|| {
                (3..=longest).rev().find_map(|len| {
                    let window = &all[at..at + len];
                    // A window must end on something that can end a date, and not inside a number with marks.
                    let glued = |at: usize| all.get(at).filter(|next| !next.spaced);
                    let next_glued = glued(at + len).is_some_and(|next| {
                        // `6. Oktober um 04:00` has no year.
                        let hour = next.is(':') && glued(at + len + 1).is_some_and(|then| then.number().is_some());
                        next.number().is_some() || next.is('/') || next.is('-') || hour
                    });
                    // `Open until July 31 July 22, 2017`: the 22nd, and not the year 2022.
                    let comma = usize::from(all.get(at + len).is_some_and(|next| next.is(',')));
                    let year =
                        |token: Option<&tokens::Token>| token.and_then(tokens::Token::number).is_some_and(|n| n.1 == 4);
                    let cut = window[len - 1].number().is_some_and(|(_, digits)| digits <= 2)
                        && window.iter().all(|token| !year(Some(token)))
                        && year(all.get(at + len + comma));
                    let ends = matches!(window[len - 1].kind, tokens::Kind::Number(..))
                        || window[len - 1].word().is_some_and(|w| !names::filler(w));
                    let counted = || (at..at + len).any(|n| numbered::is_counted(&all, n));
                    if next_glued || !ends || cut || counted() {
                        return None;
                    }
                    // Of a week within a month no end is a day of its own.
                    let week = |date: &DateClaim| {
                        date.precision == Precision::Month && window.iter().filter(|t| t.number().is_some()).count() > 2
                    };
                    shape::read(window, context)
                        .ok()
                        .filter(|date| date.precision >= Precision::Day || week(date))
                        .map(|date| (date, len))
                })
            })
            .flatten();
        match read {
            Some((date, len)) => {
                // `14.-20. Januar 2022` is a week.
                if date.precision >= Precision::Day && !ends_a_span(&all[begun..at]) {
                    out.push(date);
                }
                at += len;
                begun = at;
            }
            None => at += 1,
        }
    }
    out
}

/// Whether what stands before a date makes it the end of a span of days: `14.-`, `3 – `.
fn ends_a_span(before: &[tokens::Token]) -> bool {
    let [.., number, mark, dash] = before else {
        let [number, dash] = before else { return false };
        return dash.is('-') && number.number().is_some_and(|(_, digits)| digits <= 2);
    };
    let short = |token: &tokens::Token| token.number().is_some_and(|(_, digits)| digits <= 2);
    dash.is('-') && (short(mark) || mark.is('.') && short(number))
}

/// Whether a word names a month or begins one's name, in any language.
pub(in crate::clean) fn is_month(word: &str) -> bool {
    names::month(tokens::fold(word).trim_end_matches('.'), None).is_some()
}

/// Whether a word names a day of the week or begins one's name, in any language.
pub(in crate::clean) fn is_weekday(word: &str) -> bool {
    names::weekday(tokens::fold(word).trim_end_matches('.')).is_some()
}

/// Whether a line is a sentence of the story that a day stands in, and no label of the article's own: it ends as a
/// sentence does, and has a word written small that is neither a day's, a month's nor a label's.
pub(in crate::clean) fn in_a_sentence(line: &str) -> bool {
    const LABELS: &[&str] = &[
        "published",
        "posted",
        "updated",
        "modified",
        "edited",
        "release",
        "released",
        "revised",
        "last",
        "date",
        "article",
        "the",
        "and",
        "est",
        "edt",
        "gmt",
        "utc",
        "uhr",
        "vom",
        "aktualisiert",
        "veröffentlicht",
        "erschienen",
        "geändert",
        "publié",
        "mis",
        "mise",
        "jour",
        "ligne",
        "publicado",
        "actualizado",
        "pubblicato",
        "aggiornato",
        "alle",
        "ore",
        "min",
        "read",
        "minutes",
        "klo",
        "kell",
    ];
    let line = line.trim_end_matches(['"', '\'', '”', '’', ')', '»']);
    if !line.ends_with(['.', '!', '?', '…', ':', ';']) {
        return false;
    }
    let mut words = line.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() >= 3);
    words.any(|word| {
        word.starts_with(char::is_lowercase) && !LABELS.contains(&word) && !is_month(word) && !is_weekday(word)
    })
}

/// Whether a line tells somebody's life rather than the article's: `Joined May 2017`, `geboren am …`.
pub(in crate::clean) fn of_a_life(line: &str) -> bool {
    const LIFE: &[&str] = &[
        "joined",
        "member since",
        "born",
        "died",
        "date of birth",
        "birthday",
        "geburtstag",
        "geburtsdatum",
        "date de naissance",
        "fecha de nacimiento",
        "data de nascimento",
        "data di nascita",
        "дата рождения",
        "生年月日",
        "生日",
        "beigetreten",
        "registriert",
        "mitglied seit",
        "geboren",
        "anmeldedatum",
        "出生",
        "né le",
        "née le",
        "nacido",
        "nacida",
        "copyright",
        "©",
    ];
    let line = line.to_lowercase();
    LIFE.iter().any(|word| line.contains(word))
}

fn strictly(text: &str, context: &Context) -> Result<DateClaim, Fault> {
    if let Some(claim) = machine(text, context) {
        return claim;
    }
    if let Some(read) = week(text) {
        return read.map(|dated| dated.claim(context)).ok_or(Fault::Broken);
    }
    // As ASP.NET writes instants into JSON, with the zone of its clock behind them.
    if let Some(count) = text.strip_prefix("/Date(").and_then(|text| text.strip_suffix(")/")) {
        let count =
            &count[..count.char_indices().skip(1).find(|(_, c)| "+-".contains(*c)).map_or(count.len(), |(at, _)| at)];
        let dated = count.parse().ok().and_then(|count| unix(count, 1_000));
        return dated.map(|dated| dated.claim(context)).ok_or(Fault::Broken);
    }
    // How PHP prints the time that is none.
    if text.contains(" -0001") {
        return Err(Fault::NotADate);
    }
    let tokens = tokens::tokens(text);
    if (0..tokens.len()).any(|at| numbered::counts(&tokens, at)) {
        return Err(Fault::NotADate);
    }
    shape::read(&tokens, context)
}

/// Numbers without marks: Unix times and the basic forms of ISO 8601.
fn machine(text: &str, context: &Context) -> Option<Result<DateClaim, Fault>> {
    let whole = text.split('.').next().unwrap_or(text);
    let fraction = &text[whole.len()..];
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !(fraction.len() <= 1 || digits(&fraction[1..])) {
        return None;
    }
    let number = |range: std::ops::Range<usize>| whole[range].parse::<i64>().unwrap_or(i64::MAX);
    let day = |y: i64, m: i64, d: i64| {
        civil(y, m, d).map(|day| Dated { day, time: None, offset: None, precision: Precision::Day })
    };
    let read = match whole.len() {
        // `20250627` before a Unix time of 1970: nobody writes those without a sign.
        4 => civil(number(0..4), 1, 1).map(|day| Dated { precision: Precision::Year, ..Dated::whole(day) }),
        // A year's day, or the number that a spreadsheet gives a day of the years 2000 to 2099: `46148`. Where both can be, neither
        // is read.
        5 if (36_526..73_051).contains(&number(0..5)) => None,
        5 => ordinal(short_year(number(0..2), context), number(2..5)),
        6 => {
            // Year and month, or year, month and day: both readings are written; where both can be, neither is read.
            let long = civil(number(0..4), number(4..6), 1).filter(|day| day.year() >= 1600);
            let short = civil(short_year(number(0..2), context), number(2..4), number(4..6));
            match (long, short) {
                (Some(day), None) => Some(Dated { precision: Precision::Month, ..Dated::whole(day) }),
                (None, Some(day)) => Some(Dated::whole(day)),
                _ => None,
            }
        }
        7 => ordinal(number(0..4), number(4..7)),
        8 => day(number(0..4), number(4..6), number(6..8)),
        9 | 10 => unix(number(0..whole.len()), 1),
        12 | 14
            if civil(number(0..4), number(4..6), number(6..8))
                .is_some_and(|day| (1600..2200).contains(&day.year())) =>
        {
            let second = if whole.len() == 14 { number(12..14) } else { 0 };
            let (h, m) = (number(8..10), number(10..12));
            let good = h < 24 && m < 60 && second <= 60;
            good.then(|| day(number(0..4), number(4..6), number(6..8))).flatten()
        }
        12 | 13 => unix(number(0..whole.len()), 1_000),
        15 | 16 => unix(number(0..whole.len()), 1_000_000),
        18 | 19 => unix(number(0..whole.len()), 1_000_000_000),
        _ => None,
    };
    Some(read.map(|dated| dated.claim(context)).ok_or(Fault::NotADate))
}

/// A day of a week as ISO 8601 numbers them, `2026-W23-1` or `2026W231`; a whole week is no day.
fn week(text: &str) -> Option<Option<Dated>> {
    let plain: String = text.chars().filter(|c| *c != '-').collect();
    let (year, week) = plain.split_once(['W', 'w'])?;
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if year.len() != 4 || !digits(year) || !digits(week) || !(2..=3).contains(&week.len()) {
        return None;
    }
    let number = |part: &str| part.parse::<i8>().ok();
    let read = || {
        let weekday = jiff::civil::Weekday::from_monday_one_offset(number(week.get(2..)?)?).ok()?;
        let day = jiff::civil::ISOWeekDate::new(year.parse().ok()?, number(&week[..2])?, weekday).ok()?;
        Some(Dated::whole(day.date()))
    };
    Some(read())
}

fn unix(count: i64, per_second: i64) -> Option<Dated> {
    let time = Timestamp::from_second(count / per_second).ok()?;
    let at = Offset::UTC.to_datetime(time);
    Some(Dated { day: at.date(), time: Some(at), offset: Some(0), precision: Precision::Second })
}

fn civil(year: i64, month: i64, day: i64) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
        .ok()
        .filter(|day| day.year() > 0)
}

/// Day `n` of a year (ISO 8601 ordinal date).
fn ordinal(year: i64, n: i64) -> Option<Dated> {
    let first = civil(year, 1, 1)?;
    let day = first.checked_add(jiff::Span::new().try_days(n - 1).ok()?).ok()?;
    (n > 0 && day.year() == first.year()).then(|| Dated::whole(day))
}

/// A year written with two digits: this century unless that lies in the future.
fn short_year(yy: i64, context: &Context) -> i64 {
    let last = context.now.map_or(68, |now| i64::from(Offset::UTC.to_datetime(now).year()) % 100 + 1);
    if yy <= last { 2000 + yy } else { 1900 + yy }
}

/// A date as read, before anyone doubts it.
#[derive(Debug, Clone, Copy)]
struct Dated {
    day: Date,
    time: Option<DateTime>,
    offset: Option<i32>,
    precision: Precision,
}

impl Dated {
    fn whole(day: Date) -> Self {
        Self { day, time: None, offset: None, precision: Precision::Day }
    }

    fn claim(self, context: &Context) -> DateClaim {
        let instant = self
            .time
            .zip(self.offset)
            .and_then(|(time, offset)| Offset::from_seconds(offset).ok()?.to_timestamp(time).ok());
        // A time of day without a zone is no instant, and is not kept.
        let precision = if instant.is_none() { self.precision.min(Precision::Day) } else { self.precision };
        let offset = self.offset.filter(|_| instant.is_some());
        let doubt = doubt(self.day, instant, context.now).map(str::to_owned);
        DateClaim { day: self.day, instant, offset, precision, found: String::new(), doubt }
    }
}

/// Why a date cannot be when something was published.
fn doubt(day: Date, instant: Option<Timestamp>, now: Option<Timestamp>) -> Option<&'static str> {
    /// Clocks go wrong and zones differ by up to a day.
    const GRACE: i64 = 26 * 3600;
    let ahead = now.and_then(|now| now.checked_add(jiff::SignedDuration::from_secs(GRACE)).ok()).is_some_and(|limit| {
        match instant {
            Some(instant) => instant > limit,
            None => day > Offset::UTC.to_datetime(limit).date(),
        }
    });
    if ahead {
        Some("in the future")
    } else if (date(1969, 12, 31)..=date(1970, 1, 1)).contains(&day) {
        Some("at the epoch")
    } else if day.year() < 1600 {
        Some("before there were newspapers")
    } else {
        None
    }
}
