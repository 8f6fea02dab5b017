//! Dates and lengths as other services write them.

/// In which order the numbers of a day such as `1/2/2025` stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// As American services have it.
    MonthFirst,
    DayFirst,
}

impl Order {
    /// Of a whole query: where one of its days can only be read day first and none only month first, all are.
    pub(super) fn of<'a>(words: impl IntoIterator<Item = &'a str>) -> Order {
        let (mut day_first, mut month_first) = (false, false);
        for word in words {
            let days = word.trim_start_matches(['<', '>', '=']).split('-');
            for (first, second) in days.filter_map(numbers) {
                day_first |= first > 12 && second <= 12;
                month_first |= second > 12 && first <= 12;
            }
        }
        if day_first && !month_first { Order::DayFirst } else { Order::MonthFirst }
    }
}

/// The first two numbers of `1/2/2025`.
fn numbers(day: &str) -> Option<(u32, u32)> {
    let mut parts = day.trim_end_matches([',', ';']).split('/');
    let (first, second, year) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?);
    (year.len() == 4 && parts.next().is_none()).then_some((first, second))
}

/// A stretch of days from pieces such as `geq`, `1/31/2025`, `and`, `leq`, `2025`: our `date:` condition, and
/// whether a day was written in an `order` that nothing in it tells.
pub(super) fn condition(pieces: &[&str], order: Order) -> Option<(String, bool)> {
    if let Some(last) = pieces.iter().position(|piece| matches!(piece.to_ascii_lowercase().as_str(), "last" | "past")) {
        return Some((format!("since:{}", ago(&pieces[last + 1..])?), false));
    }
    let written = joined(pieces);
    let pieces: Vec<&str> = written.iter().map(String::as_str).collect();
    let pieces = pieces.as_slice();
    let (mut from, mut to, mut only) = (None, None, None);
    let mut side = "";
    let mut american = false;
    for piece in pieces {
        let mut rest = *piece;
        for sign in [">=", "<=", ">", "<", "="] {
            if let Some(after) = rest.strip_prefix(sign) {
                side = sign;
                rest = after;
            }
        }
        match rest.to_ascii_lowercase().as_str() {
            "" | "and" | "between" | "range" | "in" => continue,
            "-" => {
                from = only.take().or(from);
                side = "<=";
                continue;
            }
            // An end that is open.
            "*" => {
                side = "";
                continue;
            }
            word @ ("geq" | "from" | "aft" | "after" | "since" | "leq" | "to" | "bef" | "before" | "is" | "on"
            | "gt" | "lt" | "ge" | "le") => {
                side = match word {
                    "geq" | "ge" | "from" | "since" => ">=",
                    "leq" | "le" | "to" => "<=",
                    "aft" | "after" | "gt" => ">",
                    "bef" | "before" | "lt" => "<",
                    _ => "=",
                };
                continue;
            }
            _ => {}
        }
        // So many days ago; today is no bound.
        if let Some(days) = days_ago(rest) {
            match side {
                "=" if days > 0 => (from, to) = (Some(format!("since:{days}d")), Some(format!("until:{days}d"))),
                "<=" | "<" if days > 0 => to = Some(format!("until:{days}d")),
                "<=" | "<" => {}
                _ => from = Some(format!("since:{days}d")),
            }
            side = "";
            continue;
        }
        let halves =
            rest.split_once('-').filter(|(a, b)| a.len() != 4 && a.len() == b.len() || a.len() == 4 && b.len() == 4);
        let (first, last) = match halves.or_else(|| whole_days(rest)) {
            Some((a, b)) => (day(a, order)?, Some(day(b, order)?)),
            None => (day(rest, order)?, None),
        };
        american |= first.1 || last.as_ref().is_some_and(|l| l.1);
        match (last, side) {
            (Some(last), _) => (from, to) = (Some(first.0), Some(last.0)),
            (None, ">=") => from = Some(first.0),
            (None, "<=") => to = Some(first.0),
            (None, ">") => from = Some(format!("after:{}", first.0)),
            (None, "<") => to = Some(format!("before:{}", first.0)),
            (None, _) => only = Some(first.0),
        }
        side = "";
    }
    if let Some(only) = only {
        return Some((format!("date:{only}"), american));
    }
    let strict = |bound: &Option<String>| bound.as_ref().is_some_and(|b| b.contains(':'));
    let whole = match (from, to) {
        (None, None) => return None,
        (from, to) if strict(&from) || strict(&to) => {
            let from = from.map(|f| if f.contains(':') { f } else { format!("since:{f}") });
            let to = to.map(|t| if t.contains(':') { t } else { format!("until:{t}") });
            match (from, to) {
                (Some(from), Some(to)) => format!("({from} AND {to})"),
                (one, other) => one.or(other)?,
            }
        }
        (from, to) => format!("date:{}..{}", from.unwrap_or_default(), to.unwrap_or_default()),
    };
    Some((whole, american))
}

/// How many days ago `-7`, `0`, `today`, `yesterday` and `today-30` are.
fn days_ago(day: &str) -> Option<u32> {
    let day = day.to_ascii_lowercase();
    match day.as_str() {
        "0" | "today" => Some(0),
        "yesterday" => Some(1),
        _ => day.strip_prefix("today").unwrap_or(&day).strip_prefix('-')?.parse().ok(),
    }
}

/// The two of `2025-01-01-2025-06-30` or `2025-01-2025-06`.
fn whole_days(stretch: &str) -> Option<(&str, &str)> {
    let middle = stretch.len() / 2;
    let (from, to) = (stretch.get(..middle)?, stretch.get(middle..)?.strip_prefix('-')?);
    (from.len() == to.len() && from.contains('-') && to.contains('-')).then_some((from, to))
}

/// `3 months`, `week`, `30 days`: ours.
fn ago(pieces: &[&str]) -> Option<String> {
    let (count, unit) = match pieces {
        [unit] => (1, *unit),
        [count, unit] => (count.parse::<u32>().ok()?, *unit),
        _ => return None,
    };
    let letter = match unit.to_ascii_lowercase().trim_end_matches('s') {
        "day" => 'd',
        "week" => 'w',
        "month" => 'm',
        "year" => 'y',
        _ => return None,
    };
    Some(format!("{count}{letter}"))
}

/// The month an English word names, from 1.
pub(super) fn month(word: &str) -> Option<usize> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.trim_end_matches([',', '.']).to_ascii_lowercase();
    MONTHS.iter().position(|month| *month == word || month[..3] == word).map(|at| at + 1)
}

/// `1 jan 2005`, `January 1, 2005`, `Mar 2019` and `today - 30` in one piece each.
fn joined(pieces: &[&str]) -> Vec<String> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        let number = |at: usize| pieces.get(at).and_then(|p| p.trim_end_matches([',', '.']).parse::<u32>().ok());
        let named = |at: usize| pieces.get(at).and_then(|p| month(p));
        let is = |at: usize, word: &str| pieces.get(at).is_some_and(|piece| piece.eq_ignore_ascii_case(word));
        if let (true, true, Some(days)) = (is(at, "today"), is(at + 1, "-"), number(at + 2)) {
            out.push(format!("today-{days}"));
            at += 3;
            continue;
        }
        if let (Some(month), Some(year)) = (named(at), number(at + 1).filter(|year| (1000..10_000).contains(year))) {
            out.push(format!("{year}-{month:02}"));
            at += 2;
            continue;
        }
        let whole = match (number(at), named(at), number(at + 1), named(at + 1), number(at + 2)) {
            (Some(day), _, _, Some(month), Some(year)) if day <= 31 && year > 1000 => Some((year, month, day)),
            (_, Some(month), Some(day), _, Some(year)) if day <= 31 && year > 1000 => Some((year, month, day)),
            _ => None,
        };
        match whole {
            Some((year, month, day)) => {
                out.push(format!("{year}-{month:02}-{day:02}"));
                at += 3;
            }
            None => {
                out.push(pieces[at].to_owned());
                at += 1;
            }
        }
    }
    out
}

/// `20250131`, `2025-01-31`, `2025`, `1/31/2025`: ours, and whether the `order` alone tells which number is the month.
fn day(text: &str, order: Order) -> Option<(String, bool)> {
    let text = text.trim_end_matches([',', ';']);
    let text = text.split('T').next().unwrap_or(text);
    let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    if digits(text) {
        return match text.len() {
            4 => Some((text.to_owned(), false)),
            6 => Some((format!("{}-{}", &text[..4], &text[4..]), false)),
            8 => Some((format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]), false)),
            _ => None,
        };
    }
    let parts: Vec<&str> = text.split(['/', '-']).collect();
    if !parts.iter().all(|part| digits(part) && part.len() <= 4) {
        return None;
    }
    let number = |t: &str| t.parse::<u32>().ok();
    match parts.as_slice() {
        [year, month] if year.len() == 4 => Some((format!("{year}-{:02}", number(month)?), false)),
        [year, month, day] if year.len() == 4 => {
            Some((format!("{year}-{:02}-{:02}", number(month)?, number(day)?), false))
        }
        [month, year] if year.len() == 4 => Some((format!("{year}-{:02}", number(month)?), false)),
        [a, b, year] if year.len() == 4 => {
            let (a, b) = (number(a)?, number(b)?);
            let day_first = a > 12 || b <= 12 && order == Order::DayFirst;
            let (month, day) = if day_first { (b, a) } else { (a, b) };
            Some((format!("{year}-{month:02}-{day:02}"), a <= 12 && b <= 12 && a != b))
        }
        _ => None,
    }
}

/// `> 500`, `<1000`: our `words:` condition.
pub(super) fn length(pieces: &[&str]) -> Option<String> {
    let joined = pieces.concat().to_ascii_lowercase();
    let joined = [("geq", ">="), ("leq", "<="), ("ge", ">="), ("le", "<="), ("gt", ">"), ("lt", "<")]
        .iter()
        .fold(joined, |joined, (word, sign)| joined.replace(word, sign));
    let sign = joined.find(|c: char| c.is_ascii_digit())?;
    let (sign, number) = joined.split_at(sign);
    let number: u64 = number.parse().ok()?;
    match sign {
        ">" | ">=" | "<" | "<=" => Some(format!("words:{sign}{number}")),
        "" | "=" => Some(format!("words:{number}")),
        _ => None,
    }
}
