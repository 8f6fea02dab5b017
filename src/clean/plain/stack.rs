//! What stands above a text without labels: a headline, a deck, a byline, an outlet, a day.

use std::sync::LazyLock;

use regex::Regex;

use super::bylines::{self, Sign};
use super::headers::{line_piece, looks_like_chrome};
use super::{blocks, take};
use crate::clean::draft::Draft;
use crate::clean::metadata::dates;
use crate::model::{Claim, Field};

/// What a line of the stack is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row<'a> {
    /// Stays, for the footer stage or as text.
    Stays,
    /// Leaves; the author it names.
    Author(&'a str),
    /// Leaves; the outlet and the day.
    Day(Option<&'a str>, &'a str),
    Outlet(&'a str),
    /// `Staff writer` below a byline.
    Office,
}

/// A headline, a byline and a day on lines of their own, the last two in either order and the day perhaps behind or
/// below the outlet's name, each but the first optional and the first only before another; blank lines may stand
/// between them. Returns the first line after those taken; a byline of persons stays for the footer stage, as its own
/// block, and so does the headline of a text whose title is known.
pub(super) fn stacked(lines: &[&str], from: usize, untitled: bool, draft: &mut Draft) -> usize {
    let full = |from: usize| (from..lines.len()).find(|&n| !lines[n].trim().is_empty());
    let Some(first) = full(from) else { return from };
    // One word signs only below a headline, and only if the text does not use it as a common one.
    let sign_of = |n: usize, headed: bool| match bylines::of(lines[n].trim())? {
        Sign::Word(name) if !headed || bylines::is_common(name, lines) => None,
        sign => Some(sign),
    };
    let told = |n: usize| day_of(lines[n]).is_some() || sign_of(n, true).is_some();
    let headline = |n: usize| is_headline(lines[n].trim());
    let second = full(first + 1);
    // A newspaper's name and a day above the headline are an imprint in two lines.
    let imprint = second.is_some_and(|n| {
        is_outlet(lines[first], 4) && day_line(lines[n]).is_some() && full(n + 1).is_some_and(headline)
    });
    // Between headline and byline there may be a deck: longer than a headline, and still no sentence with its stop.
    let deck = second.filter(|&n| {
        let below = full(n + 1).is_some_and(told);
        n == first + 1 && !told(n) && headline(n) && below && sign_of(full(n + 1).unwrap_or(n), true).is_some()
    });
    let headed = !imprint && (second.is_some_and(told) || deck.is_some()) && headline(first);
    let mut rows: Vec<(usize, Row)> = Vec::new();
    let mut at = first + usize::from(headed);
    if let Some(deck) = deck.filter(|_| headed) {
        rows.push((deck, Row::Stays));
        at = deck + 1;
    }
    let (mut signed, mut dated) = (false, false);
    while let Some(n) = full(at) {
        let below = full(n + 1).is_some_and(|below| day_line(lines[below]).is_some());
        if let Some((outlet, day)) = day_of(lines[n]).filter(|_| !dated) {
            rows.push((n, Row::Day(outlet, day)));
            dated = true;
        } else if let Some(sign) = sign_of(n, headed).filter(|_| !signed && (!dated || headed)) {
            rows.push((
                n,
                match sign {
                    Sign::Word(name) | Sign::Body(name) => Row::Author(name),
                    Sign::Persons => Row::Stays,
                },
            ));
            signed = true;
        } else if !dated && below && (signed || imprint) && is_outlet(lines[n], 6) {
            rows.push((n, Row::Outlet(lines[n].trim())));
        } else if signed
            && headed
            && rows.last().is_some_and(|last| last.1 == Row::Stays)
            && bylines::is_office(lines[n])
        {
            rows.push((n, Row::Office));
        } else {
            break;
        }
        at = n + 1;
    }
    // Several days are a diary or a chronicle; and something must be left.
    let days = lines[from..].iter().filter(|line| day_line(line).is_some()).count();
    let body = lines[at..].iter().any(|line| blocks::ends_sentence(line.trim()));
    if !(signed || dated) || days > 1 || !body || !headed && !dated {
        return from;
    }
    // `Published 14 April 1912`, and below it `it says`: the line is part of a sentence.
    let goes_on = full(at).and_then(|n| lines[n].split_whitespace().next());
    if goes_on.is_some_and(|word| word.chars().all(char::is_lowercase)) {
        return from;
    }
    // A day alone from before there were pages and feeds is what the text tells of.
    let told =
        rows.iter().find_map(|(_, row)| if let Row::Day(outlet, day) = row { Some((outlet, *day)) } else { None });
    if let (false, Some((None, day))) = (signed, told)
        && !day.contains('-')
        && dates::whole(day, &dates::Context::default()).is_some_and(|date| date.day.year() < dates::OLDEST)
    {
        return from;
    }
    if headed && untitled {
        take(draft, first, lines[first], "header.headline", Vec::new());
        draft.claims.extend(Claim::new(Field::Title, &blocks::collapse(lines[first]), "text:first-line"));
    } else if headed {
        draft.pieces.push(line_piece(lines, first));
    }
    for (n, row) in rows {
        let (rule, told) = match row {
            Row::Stays => {
                draft.pieces.push(line_piece(lines, n));
                continue;
            }
            Row::Author(name) => ("header.byline", vec![(Field::Author, name.to_owned())]),
            Row::Office => ("header.byline", Vec::new()),
            Row::Outlet(name) => ("header.date-line", vec![(Field::Source, name.to_owned())]),
            Row::Day(outlet, day) => {
                let outlet = outlet.map(|name| (Field::Source, name.to_owned()));
                ("header.date-line", outlet.into_iter().chain([(Field::Published, day.to_owned())]).collect())
            }
        };
        take(draft, n, lines[n], rule, told);
    }
    at
}

/// The day of a line, and the outlet in front of it.
fn day_of(line: &str) -> Option<(Option<&str>, &str)> {
    let bare = day_line(line).map(|day| (None, day));
    bare.or_else(|| imprint_line(line).map(|(name, day)| (Some(name), day)))
}

/// A line that is a day and nothing else: the words of the day.
pub(super) fn day_line(line: &str) -> Option<&str> {
    // No day is written in more or without digits; most lines are paragraphs.
    if line.len() > 240 || !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    static DAY: LazyLock<Regex> = LazyLock::new(|| {
        // The pattern is ours and is tested.
        Regex::new(
            r"^\s*(?:(?i:date|datum|fecha|data|дата|日期|published(?: on)?|posted(?: on)?|veröffentlicht(?: am)?|publié le|publicado(?: el| em)?|pubblicato(?: il)?)\s*:?\s+)?(?<day>(?:(?<week>\p{L}{3,12})\.?,? )?(?:(?<y>(?:19|20)\d\d)-(?<m>\d\d?)-(?<d>\d\d?)(?:[T ]\d{1,2}:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?|(?<name>\p{L}{3,9})\.? (?<d2>\d\d?), (?:19|20)\d\d|(?<d3>\d\d?)\.? (?<name2>\p{L}{3,9})\.?,? (?:19|20)\d\d)(?:(?:,| at| um)? ?\d{1,2}[:.]\d\d(?::\d\d)?(?: ?[aApP]\.?[mM]\.?| Uhr)?(?: \(?[A-Z]{2,5}\)?)?)?|(?<y3>(?:19|20)\d\d) ?[年년] ?(?<m3>\d\d?) ?[月월] ?(?<d4>\d\d?) ?[日일](?: ?(?:上午|下午|午前|午後|오전|오후))?(?: ?\d\d?(?:[:：]\d\d(?::\d\d)?| ?[时時시点](?: ?\d\d? ?[分분])?))?)\s*$",
        )
        .expect("a valid pattern")
    });
    let found = DAY.captures(line)?;
    // `Orlen, 27 June 2025` is a dateline: it stays.
    found.name("week").is_none_or(|word| dates::is_weekday(word.as_str())).then_some(())?;
    let number = |name: &str| found.name(name).and_then(|digits| digits.as_str().parse::<u32>().ok());
    let day = number("d").or(number("d2")).or(number("d3")).or(number("d4"))?;
    let month = found.name("name").or(found.name("name2")).map(|name| dates::is_month(name.as_str()));
    let month = month.unwrap_or_else(|| number("m").or(number("m3")).is_some_and(|month| (1..=12).contains(&month)));
    ((1..=31).contains(&day) && month).then(|| found.name("day").map(|day| day.as_str()))?
}

/// Whether a line of at most `most` words is named as outlets are: `The Vale Courier`.
fn is_outlet(name: &str, most: usize) -> bool {
    static OUTLET: LazyLock<Regex> = LazyLock::new(|| {
        // The pattern is ours and is tested.
        Regex::new(
            r"(?i)(?:^|\s)(?:news|times|post|herald|gazette|courier|chronicle|tribune|telegraph|observer|journal|guardian|mail|press|dispatch|examiner|sentinel|inquirer|standard|star|sun|mirror|argus|echo|mercury|globe|ledger|record|review|bulletin|advertiser|leader|independent|daily|weekly|zeitung|nachrichten|anzeiger|tageblatt|kurier|bote|rundschau|rundblick|presse|allgemeine|monde|figaro|courrier|dépêche|nouvelles|gazette|diario|periódico|noticias|correo|heraldo|correio|jornal|notícias|corriere|gazzetta|giornale|eco|messaggero|dagblad|courant|nieuws|nieuwsblad|dagbladet|tidning|tidningen|posten|bladet)$",
        )
        .expect("a valid pattern")
    });
    let name = name.trim();
    let capital = name.chars().next().is_some_and(char::is_uppercase);
    // `Jane Roe, Tarn Post` names a person too.
    capital && !name.contains(',') && name.split_whitespace().count() <= most && OUTLET.is_match(name)
}

/// A line that names an outlet and a day, `The Vale Courier, 3 March 2024`: both. A place and a day are a dateline,
/// so the name must be that of an outlet.
fn imprint_line(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    // `By Jane Roe | Tarn Post | June 27, 2025`: the footer stage knows its parts.
    if blocks::is_byline(line) {
        return None;
    }
    if !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (name, day) = line
        .char_indices()
        .filter(|(_, c)| matches!(c, ',' | '|' | '–' | '—' | '·' | '-' | '('))
        .map(|(at, c)| (line[..at].trim_end(), line[at + c.len_utf8()..].trim().trim_end_matches(')')))
        .find(|(_, day)| day_line(day).is_some())?;
    (is_outlet(name, 6) && !name.contains(['|', '•', '·'])).then_some((name, day))
}

/// Whether a line can be a headline where a byline or a day stands below it.
fn is_headline(line: &str) -> bool {
    let (letters, words) = (line.chars().filter(|c| c.is_alphabetic()).count(), line.split_whitespace().count());
    let asked = line.ends_with(['?', '!', '"', '”', '’', '\'']);
    (2..=22).contains(&words)
        && letters >= 8
        && line.chars().count() <= 140
        && (asked || !blocks::ends_sentence(line))
        && !line.ends_with([',', ':', ';'])
        && line.chars().next().is_some_and(|c| !c.is_lowercase())
        && !blocks::is_byline(line)
        && !line.contains("http")
        && !line.contains(". ")
        && !looks_like_chrome(line)
        && day_line(line).is_none()
}
