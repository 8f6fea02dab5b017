//! Tokens → a date: the time of day and its zone first, then what is left must be a day.

use std::sync::LazyLock;

use jiff::civil::{Date, Time};
use regex::Regex;

use super::tokens::{Kind, Token};
use super::{Context, Dated, Fault, civil, names, persian, short_year};
use crate::model::{DateClaim, Precision};

/// Reads tokens of which every one must belong to the date.
pub(super) fn read(tokens: &[Token], context: &Context) -> Result<DateClaim, Fault> {
    if let Some(day) = east_asian(tokens) {
        return Ok(Dated::whole(day).claim(context));
    }
    let mut left: Vec<Token> = tokens.to_vec();
    let clock = take_clock(&mut left, context)?;
    let (day, precision, open) = take_day(&left, context)?;
    let dated = match clock {
        Some(clock) if precision == Precision::Day && !open => {
            let mut at = day.to_datetime(clock.time);
            let mut day = day;
            if clock.next_day {
                day = day.tomorrow().map_err(|_| Fault::Broken)?;
                at = day.to_datetime(Time::midnight());
            }
            Dated { day, time: Some(at), offset: clock.offset, precision: clock.precision }
        }
        _ => Dated { precision, ..Dated::whole(day) },
    };
    let mut claim = dated.claim(context);
    if open {
        claim.doubt = Some("day and month ambiguous".to_owned());
    }
    Ok(claim)
}

struct Clock {
    time: Time,
    /// `24:00`.
    next_day: bool,
    offset: Option<i32>,
    precision: Precision,
}

/// Finds a time of day and its zone and takes both out of the tokens.
fn take_clock(tokens: &mut Vec<Token>, context: &Context) -> Result<Option<Clock>, Fault> {
    let Some(found) = clock_at(tokens)? else { return Ok(None) };
    let Found { start, mut end, hour, minute, second } = found;
    let mut hour = hour;
    // Before the time in Chinese and Korean, after it elsewhere.
    let half = |token: Option<&Token>| match token.and_then(Token::word) {
        Some("am") => Some(0),
        Some("pm") => Some(12),
        _ => None,
    };
    let mut start = start;
    let mut noon = half(tokens.get(end));
    if noon.is_some() {
        end += 1;
    } else if start > 0 {
        noon = half(tokens.get(start - 1));
        start -= usize::from(noon.is_some());
    }
    if let Some(noon) = noon
        && hour <= 12
    {
        hour = hour % 12 + noon;
    }
    if tokens
        .get(end)
        .and_then(Token::word)
        .is_some_and(|word| matches!(word, "uhr" | "h" | "hs" | "hrs" | "o" | "clock"))
    {
        end += 1;
    }
    let (offset, end) = zone_at(tokens, end, context)?;
    if hour > 24
        || minute > 59
        || second.is_some_and(|second| second > 60)
        || (hour == 24 && (minute, second.unwrap_or(0)) != (0, 0))
    {
        return Err(Fault::Broken);
    }
    let small = |n: u64| i8::try_from(n).unwrap_or(0);
    // A leap second is the second before it: civil time has none.
    let time =
        Time::new(small(hour % 24), small(minute), small(second.unwrap_or(0).min(59)), 0).map_err(|_| Fault::Broken)?;
    tokens.drain(start..end);
    let precision = if second.is_some() { Precision::Second } else { Precision::Minute };
    Ok(Some(Clock { time, next_day: hour == 24, offset, precision }))
}

struct Found {
    start: usize,
    end: usize,
    hour: u64,
    minute: u64,
    second: Option<u64>,
}

/// The first time of day among the tokens: `14:05`, `14:05:07.9`, `162741` after a `T`, `3 pm`, `15h04`, `15.04 Uhr`.
fn clock_at(tokens: &[Token]) -> Result<Option<Found>, Fault> {
    let number = |at: usize| tokens.get(at).and_then(Token::number);
    let word = |at: usize| tokens.get(at).and_then(Token::word);
    let mark = |at: usize, mark: char| tokens.get(at).is_some_and(|token| token.is(mark));
    for at in 0..tokens.len() {
        let Some((value, digits)) = number(at) else { continue };
        // `20231125T162741Z`.
        if at > 0 && word(at - 1) == Some("t") && !tokens[at].spaced && (digits == 4 || digits == 6) {
            let (hour, rest) =
                if digits == 6 { (value / 10_000, value % 10_000) } else { (value / 100, value % 100 * 100) };
            let end = after_fraction(tokens, at + 1);
            let second = (digits == 6).then_some(rest % 100);
            return Ok(Some(Found { start: at - 1, end, hour, minute: rest / 100, second }));
        }
        if digits > 2 {
            continue;
        }
        if mark(at + 1, ':') && number(at + 2).is_some() {
            let minute = number(at + 2).filter(|(_, digits)| *digits <= 2).ok_or(Fault::NotADate)?.0;
            let mut end = at + 3;
            let mut second = None;
            if mark(end, ':') && number(end + 1).is_some() {
                second = number(end + 1).map(|(value, _)| value);
                end = after_fraction(tokens, end + 2);
                if mark(end, ':') && number(end + 1).is_some() {
                    return Err(Fault::Broken);
                }
            }
            let start = at - usize::from(at > 0 && (word(at - 1) == Some("t") || mark(at - 1, ':')));
            return Ok(Some(Found { start, end, hour: value, minute, second }));
        }
        let found = |end: usize, minute: u64| Ok(Some(Found { start: at, end, hour: value, minute, second: None }));
        let said = |at: usize| word(at).is_some_and(|word| matches!(word, "uhr" | "am" | "pm" | "h" | "hrs"));
        if mark(at + 1, '.') && number(at + 2).is_some_and(|(value, digits)| digits == 2 && value < 60) {
            let before = at > 0 && word(at - 1).is_some_and(|word| matches!(word, "kl" | "klo" | "klokken"))
                || at > 1 && mark(at - 1, '.') && word(at - 2) == Some("kl");
            if said(at + 3) || before {
                return found(at + 3, number(at + 2).map_or(0, |(value, _)| value));
            }
        }
        if word(at + 1) == Some("h") && value <= 24 {
            return match number(at + 2).filter(|(value, digits)| *digits == 2 && *value < 60 && !tokens[at + 2].spaced)
            {
                Some((minute, _)) => found(at + 3, minute),
                None => found(at + 2, 0),
            };
        }
        let half = word(at + 1).is_some_and(|word| matches!(word, "am" | "pm")) && value <= 12;
        // `27 am` is a German preposition; `3 am` before a day is too (`3 am 4. Mai` is nothing anyone writes).
        if (half && (1..=12).contains(&value)) || word(at + 1) == Some("uhr") {
            return found(at + 1, 0);
        }
    }
    Ok(None)
}

fn after_fraction(tokens: &[Token], end: usize) -> usize {
    let dot = tokens.get(end).is_some_and(|token| (token.is('.') || token.is(',')) && !token.spaced);
    let digits = tokens.get(end + 1).is_some_and(|token| token.number().is_some() && !token.spaced);
    if dot && digits { end + 2 } else { end }
}

/// A zone that begins at `at`: its offset, and where the tokens after it begin. Names in brackets behind an offset
/// are passed over; a name nobody knows leaves the offset open.
fn zone_at(tokens: &[Token], at: usize, context: &Context) -> Result<(Option<i32>, usize), Fault> {
    let lang = context.language.as_ref().map(crate::model::Lang::as_str);
    let mut at = at;
    while tokens.get(at).is_some_and(|token| token.is('(') || token.is('[')) {
        at += 1;
    }
    let mut offset = None;
    if let Some(word) = tokens.get(at).and_then(Token::word)
        && let Some(known) = names::zone(word, lang)
    {
        offset = Some(known);
        at += 1;
    }
    let plain = offset.is_none_or(|offset| offset == 0);
    let sign = match tokens.get(at) {
        Some(token) if token.is('+') => 1,
        Some(token) if token.is('-') => -1,
        _ => 0,
    };
    if plain && sign != 0 {
        let glued = tokens.get(at + 1).filter(|next| !next.spaced);
        let colon = tokens.get(at + 2).is_some_and(|token| token.is(':'))
            && tokens.get(at + 3).is_some_and(|token| token.number().is_some());
        match glued.map(|token| (&token.kind, tokens[at].spaced)) {
            Some((Kind::Number(value, digits), spaced))
                if colon || *digits == 4 || (!spaced && *digits <= 2) || (sign > 0 && *digits <= 2) =>
            {
                let (hours, minutes, end) = if colon && *digits <= 2 {
                    (*value, tokens[at + 3].number().map_or(0, |(minutes, _)| minutes), at + 4)
                } else if *digits > 2 {
                    (value / 100, value % 100, at + 2)
                } else {
                    (*value, 0, at + 2)
                };
                if hours > 18 || minutes > 59 {
                    return Err(Fault::Broken);
                }
                // At most 18 hours and 59 minutes: the number fits.
                offset = Some(sign * i32::try_from(hours * 3600 + minutes * 60).unwrap_or(0));
                at = end;
            }
            Some((Kind::Word(word), _)) if sign > 0 && word.len() <= 2 => return Err(Fault::Broken),
            _ => {}
        }
    }
    while let Some(token) = tokens.get(at) {
        let named = token.word().is_some_and(|word| {
            names::zone(word, lang).is_some()
                || matches!(word, "et" | "ct" | "mt" | "pt" | "ist" | "ast" | "sst" | "zeit" | "time")
        });
        let bracket = [')', ']', '('].iter().any(|&mark| token.is(mark));
        if !named && !bracket {
            break;
        }
        at += 1;
    }
    Ok((offset, at))
}

/// What is left must be one day (or month, or year). The `bool` says that day and month could not be told apart:
/// only the year is known then.
fn take_day(tokens: &[Token], context: &Context) -> Result<(Date, Precision, bool), Fault> {
    let lang = context.language.as_ref().map(crate::model::Lang::as_str);
    let mut numbers: Vec<(u64, usize, char)> = Vec::new();
    let mut month: Option<(i8, usize)> = None;
    let mut weekday = None;
    let mut mark = ' ';
    let mut month_next = false;
    let mut solar = None;
    // Whether a bar stands between two parts of the day, and whether one stands behind the last of them.
    let (mut barred, mut bar) = (false, None);
    for (at, token) in tokens.iter().enumerate() {
        match &token.kind {
            Kind::Number(value, digits) if month_next && (1..=12).contains(value) && *digits <= 2 => {
                month = Some((i8::try_from(*value).unwrap_or(0), numbers.len()));
                month_next = false;
            }
            Kind::Number(value, digits) => {
                barred |= bar == Some(true);
                bar = Some(false);
                numbers.push((*value, *digits, if token.spaced { ' ' } else { mark }));
                mark = ' ';
            }
            Kind::Word(word) => {
                let glued_suffix = at > 0 && !token.spaced && tokens[at - 1].number().is_some();
                let named = names::month(word, lang).filter(|_| !(glued_suffix && word.chars().count() < 3));
                let day = names::weekday(word);
                let glued_number = || tokens.get(at + 1).is_some_and(|next| !next.spaced && next.number().is_some());
                match (named, day) {
                    // `2025-W26-5` counts weeks.
                    _ if word == "w" && glued_number() => return Err(Fault::NotADate),
                    // `mar` is a month and a Tuesday: the first of two is the weekday.
                    (Some(_), Some(day))
                        if month.is_none() && weekday.is_none() && later_month(&tokens[at + 1..], lang) =>
                    {
                        weekday = Some(day)
                    }
                    (Some(found), _) if month.is_none() => {
                        barred |= bar == Some(true);
                        bar = Some(false);
                        month = Some((found, numbers.len()));
                    }
                    (_, Some(day)) if weekday.is_none() => weekday = Some(day),
                    _ if word == "thang" || word == "месяца" => month_next = true,
                    _ if names::filler(word) => {}
                    _ if solar.is_none() => solar = Some(persian::month(word).ok_or(Fault::NotADate)?),
                    _ => return Err(Fault::NotADate),
                }
            }
            Kind::Mark(c @ ('/' | '-' | '.')) => mark = *c,
            Kind::Mark('|' | '•' | '·') => {
                mark = ' ';
                bar = bar.map(|_| true);
            }
            Kind::Mark(',' | ':' | '(' | ')' | '\'' | '’' | ';' | 'º' | 'ª' | '°' | '[' | ']' | '،' | '"') => {
                mark = ' '
            }
            Kind::Mark(_) => return Err(Fault::NotADate),
        }
    }
    // `۱۲ تیر ۱۳۹۹`; in Persian all-number days of such a year are by the same calendar: `۱۳۹۹/۰۴/۱۲`.
    let by_solar = |year: u64, month: i64, day: u64| {
        let signed = |n: u64| i64::try_from(n).unwrap_or(0);
        let read = persian::is_year(year).then(|| persian::day(signed(year), month, signed(day))).flatten();
        read.map(|day| (day, Precision::Day, false)).ok_or(Fault::NotADate)
    };
    match (solar, numbers.as_slice()) {
        (Some(month), [(day, 1..=2, _), (year, 4, _)] | [(year, 4, _), (day, 1..=2, _)]) => {
            return by_solar(*year, month, *day);
        }
        (Some(_), _) => return Err(Fault::NotADate),
        (None, [(year, 4, _), (of_year, 1..=2, _), (day, 1..=2, _)]) if month.is_none() && persian::is_year(*year) => {
            // Elsewhere such a year is of the moon's calendar, or of no newspaper.
            let solar = matches!(lang, Some("fa" | "ps"));
            let of_year = i64::try_from(*of_year).unwrap_or(0);
            return if solar { by_solar(*year, of_year, *day) } else { Err(Fault::Broken) };
        }
        _ => {}
    }
    match (month, numbers.as_slice()) {
        // `Since 1887 · March 12, 2024`: a bar parts what does not belong together, but some sites put one between a day's own
        // parts.
        (Some(_), [_, _, _, ..] | [(_, 4, _), _]) if barred => Err(Fault::NotADate),
        (Some((month, before)), numbers) => named_month(month, before, numbers, lang, context),
        (None, [(year, digits, _)]) if *digits == 4 && weekday.is_none() && tokens.len() == 1 => {
            Ok((day_of(*year, 1, 1)?, Precision::Year, false))
        }
        (None, [(year, 4, _), (month, 1..=2, '-' | '/' | '.')])
        | (None, [(month, 1..=2, _), (year, 4, '-' | '/' | '.')]) => {
            Ok((day_of(*year, *month, 1)?, Precision::Month, false))
        }
        // `2025-06-27`, `2025/6/27`, `2003-012-31`; `20231125` before its time.
        (None, [(whole, 8, _)]) => Ok((day_of(whole / 10_000, whole / 100 % 100, whole % 100)?, Precision::Day, false)),
        (None, [(year, 4, _), (month, ..=3, mark), (day, ..=3, _)]) => {
            // Programs write the month before the day, and a month there is none of was written by one that is wrong.
            let swapped = *month > 12 && *mark != '-';
            let year = common_era(*year);
            let read = if swapped { day_of(year, *day, *month) } else { day_of(year, *month, *day) };
            Ok((read?, Precision::Day, false))
        }
        (None, [(a, 1..=2, _), (b, 1..=2, mark), (year, digits @ (2 | 4), second)]) => {
            if *digits == 2 && (*mark == ' ' || mark != second) {
                return Err(Fault::NotADate);
            }
            let year = if *digits == 2 {
                u64::try_from(short_year(i64::try_from(*year).unwrap_or(0), context)).unwrap_or(0)
            } else {
                common_era(*year)
            };
            unordered(*a, *b, year, *mark, weekday, context)
        }
        _ => Err(Fault::NotADate),
    }
}

fn later_month(tokens: &[Token], lang: Option<&str>) -> bool {
    tokens.iter().any(|token| token.word().is_some_and(|word| names::month(word, lang).is_some()))
}

fn day_of(year: u64, month: u64, day: u64) -> Result<Date, Fault> {
    let signed = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    civil(signed(year), signed(month), signed(day)).ok_or(Fault::Broken)
}

/// A year of the Buddhist calendar, as Thailand counts, in everyone else's.
fn common_era(year: u64) -> u64 {
    if (2401..2700).contains(&year) { year - 543 } else { year }
}

/// A month's name and one or two numbers, `before` of which stand before it.
fn named_month(
    month: i8,
    before: usize,
    numbers: &[(u64, usize, char)],
    lang: Option<&str>,
    context: &Context,
) -> Result<(Date, Precision, bool), Fault> {
    let month = u64::try_from(month).unwrap_or(0);
    let thai = |year: u64| if lang == Some("th") { common_era(year) } else { year };
    match numbers {
        [(year, 4, _)] => Ok((day_of(thai(*year), month, 1)?, Precision::Month, false)),
        // `March 12-18, 2024` is a week of that month.
        [(from, 1..=2, _), (to, 1..=2, '-'), (year, 4, _)] if from < to && before != 1 => {
            day_of(*year, month, *from)?;
            day_of(*year, month, *to)?;
            Ok((day_of(*year, month, 1)?, Precision::Month, false))
        }
        [(a, a_digits, _), (b, b_digits, _)] => {
            let (year, day) = match (a_digits, b_digits) {
                (1..=2, 4) => (*b, *a),
                // `Nov 2024, 3`: what follows month and year is the number of something.
                (4, 1..=2) if before > 0 => (*a, *b),
                // `26-Feb-87`, `Feb 26 87`: the year stands last. `87 Feb 26` nobody can tell from `26 Feb 87`.
                (1..=2, 2) if before <= 1 => {
                    let year = short_year(i64::try_from(*b).unwrap_or(0), context);
                    (u64::try_from(year).unwrap_or(0), *a)
                }
                _ => return Err(Fault::NotADate),
            };
            let year = common_era(year);
            Ok((day_of(year, month, day)?, Precision::Day, false))
        }
        _ => Err(Fault::NotADate),
    }
}

/// `a` and `b` are day and month in an unknown order.
fn unordered(
    a: u64,
    b: u64,
    year: u64,
    mark: char,
    weekday: Option<i8>,
    context: &Context,
) -> Result<(Date, Precision, bool), Fault> {
    let (day_first, month_first) = (day_of(year, b, a), day_of(year, a, b));
    let (day_first, month_first) = match (day_first, month_first) {
        (Ok(day), Err(_)) | (Err(_), Ok(day)) => return Ok((day, Precision::Day, false)),
        (Err(fault), Err(_)) => return Err(fault),
        (Ok(one), Ok(other)) if one == other => return Ok((one, Precision::Day, false)),
        (Ok(one), Ok(other)) => (one, other),
    };
    let on = |day: Date| Some(day.weekday().to_monday_zero_offset()) == weekday;
    if weekday.is_some() && on(day_first) != on(month_first) {
        return Ok((if on(day_first) { day_first } else { month_first }, Precision::Day, false));
    }
    // Points part day, month and year in this order wherever they are used.
    let decided = if mark == '.' {
        // Where the month comes first elsewhere, nobody can tell.
        (context.day_first != Some(false)).then_some(true)
    } else {
        context.day_first.or(match context.language.as_ref().map(crate::model::Lang::as_str) {
            None | Some("en") => None,
            // Languages of several countries, or that put the year first: a date of this shape is foreign to them.
            Some("zh" | "ja" | "ko" | "hu" | "lt" | "sw" | "fa" | "mn" | "tl" | "fil") => None,
            Some(_) => Some(true),
        })
    };
    match decided {
        Some(true) => Ok((day_first, Precision::Day, false)),
        Some(false) => Ok((month_first, Precision::Day, false)),
        None => Ok((day_of(year, 1, 1)?, Precision::Year, true)),
    }
}

/// `2025年6月27日`, `2025년 6월 27일`, `令和7年6月27日`: what else stands in the text is a weekday and a time without zone.
fn east_asian(tokens: &[Token]) -> Option<Date> {
    static DAY: LazyLock<Option<Regex>> = LazyLock::new(|| {
        // Hangul syllables are decomposed by folding.
        let [year, month, day] = ["년", "월", "일"].map(super::tokens::fold);
        Regex::new(&format!(
            r"(令和|平成|昭和)?(\d{{1,4}}|元)(?:年|{year})(\d{{1,2}})(?:月|{month})(\d{{1,2}})(?:日|号|號|{day})"
        ))
        .ok()
    });
    if !tokens.iter().any(|token| token.word().is_some_and(|word| word.chars().any(|c| u32::from(c) >= 0x1100))) {
        return None;
    }
    let mut text = String::new();
    for token in tokens {
        match &token.kind {
            Kind::Number(value, _) => text.push_str(&value.to_string()),
            Kind::Word(word) => text.push_str(word),
            Kind::Mark(c) => text.push(*c),
        }
    }
    let all: Vec<_> = DAY.as_ref()?.captures_iter(&text).collect();
    let [found] = all.as_slice() else { return None };
    let number = |n: usize| {
        found.get(n).and_then(|part| if part.as_str() == "元" { Some(1) } else { part.as_str().parse::<i64>().ok() })
    };
    let base = match found.get(1).map(|era| era.as_str()) {
        Some("令和") => 2018,
        Some("平成") => 1988,
        Some("昭和") => 1925,
        _ => 0,
    };
    let year = number(2)?;
    if base == 0 && year < 1000 {
        return None;
    }
    civil(base + year, number(3)?, number(4)?)
}
