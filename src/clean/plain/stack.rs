//! What stands above a text without labels: a headline, a deck, a byline, an outlet, a day.

use std::sync::LazyLock;

use regex::Regex;

use super::bylines::{self, Sign};
use super::headers::{line_piece, looks_like_chrome};
use super::{blocks, take};
use crate::clean::draft::Draft;
use crate::clean::metadata::{self, dates};
use crate::model::{Claim, Field};

/// What a line of the stack is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row<'a> {
    /// Leaves as title, or stays where the title is known.
    Headline,
    /// Stays, for the footer stage or as text.
    Stays,
    /// Leaves; the author it names.
    Author(&'a str),
    /// Leaves; the outlet and the day.
    Day(Option<&'a str>, &'a str),
    Outlet(&'a str),
    /// Leaves; the author and the outlet.
    Signed(&'a str, &'a str),
    /// Where the text was found.
    Address(&'a str),
    /// `Staff writer` below a byline, `Page A1` below a day.
    Beside,
}

/// A headline, a byline and a day on lines of their own, the last two in either order and the day perhaps behind or
/// below the outlet's name, each but the first optional and the first only before another; blank lines may stand
/// between them. An address may stand above or below the headline. Returns the first line after those taken; a byline of
/// persons stays for the footer stage, as its own block, and so does the headline of a text whose title is known.
pub(super) fn stacked(lines: &[&str], from: usize, untitled: bool, draft: &mut Draft) -> usize {
    let full = |from: usize| (from..lines.len()).find(|&n| !lines[n].trim().is_empty());
    let Some(mut first) = full(from) else { return from };
    let mut rows: Vec<(usize, Row)> = Vec::new();
    let mut addressed = false;
    if let Some(url) = address(lines[first]) {
        // Several are a list of links.
        let Some(below) = full(first + 1).filter(|&n| address(lines[n]).is_none()) else { return from };
        rows.push((first, Row::Address(url)));
        (first, addressed) = (below, true);
    }
    // One word signs only below a headline, and only if the text does not use it as a common one.
    let sign_of = |n: usize, headed: bool| match bylines::of(lines[n].trim())? {
        Sign::Word(name) if !headed || bylines::is_common(name, lines) => None,
        sign => Some(sign),
    };
    let dated_below = |n: usize| full(n + 1).is_some_and(|below| day_line(lines[below]).is_some());
    // Without `By` a name signs between headline and day.
    let named = |n: usize| dated_below(n) && metadata::is_full_name(lines[n].trim());
    let published = |n: usize| dated_below(n) && is_titled(lines[n]) && is_outlet(lines[n], 5);
    // Others stay between the two, places too.
    let unnamed = |n: usize| dated_below(n) && is_titled_words(lines[n]);
    let told =
        |n: usize| day_of(lines[n]).is_some() || sign_of(n, true).is_some() || named(n) || published(n) || unnamed(n);
    let headline = |n: usize| is_headline(lines[n].trim());
    // A newspaper's name alone above the headline of its story; between a headline in capitals and who signs is a deck.
    if let Some(below) = full(first + 1).filter(|&n| n > first + 1 && is_masthead(lines[first]) && headline(n))
        && full(below + 1).is_some_and(|n| told(n) && (lines[first].starts_with("The ") || day_of(lines[n]).is_some()))
    {
        rows.push((first, Row::Outlet(lines[first].trim())));
        first = below;
    }
    // A day alone, or an outlet's name and a day, above a headline that somebody signs.
    let above = day_of(lines[first]).filter(|_| rows.is_empty()).and_then(|(outlet, day)| {
        let below = full(first + 1).filter(|&n| headline(n))?;
        full(below + 1).is_some_and(|n| sign_of(n, true).is_some()).then_some((outlet, day, below))
    });
    if let Some((outlet, day, below)) = above {
        rows.push((first, Row::Day(outlet, day)));
        first = below;
    }
    // Who wrote it and for whom, alone above the headline: `Jane Roe | The Vale Courier`.
    let named_above = lines[first].split_once(" | ").filter(|_| rows.is_empty()).and_then(|(name, outlet)| {
        let below = full(first + 1).filter(|&n| n > first + 1 && headline(n))?;
        (metadata::is_full_name(name.trim()) && is_outlet(outlet, 5)).then_some((name.trim(), outlet.trim(), below))
    });
    if let Some((name, outlet, below)) = named_above {
        rows.push((first, Row::Signed(name, outlet)));
        first = below;
    }
    let second = full(first + 1);
    // A newspaper's name and a day above the headline are an imprint in two lines.
    let imprint = second.is_some_and(|n| {
        let mut below = full(n + 1);
        while let Some(page) = below.filter(|&n| is_page(lines[n])) {
            below = full(page + 1);
        }
        is_outlet(lines[first], 4) && day_line(lines[n]).is_some() && below.is_some_and(headline)
    });
    // Between headline and byline there may be a deck: longer than a headline, and still no sentence with its stop.
    let deck = second.filter(|&n| {
        let below = full(n + 1).is_some_and(told);
        n == first + 1 && !told(n) && headline(n) && below && sign_of(full(n + 1).unwrap_or(n), true).is_some()
    });
    // An address beside it says as much of a line as a byline does, where the line stands alone.
    let linked = |n: usize| {
        let alone = lines.get(first + 1).is_none_or(|line| line.trim().is_empty());
        if addressed { alone } else { n == first + 1 && address(lines[n]).is_some() }
    };
    let told_below = second.is_some_and(|n| told(n) || linked(n)) || deck.is_some() || named_above.is_some();
    let headed = !imprint && told_below && headline(first);
    if addressed && !headed {
        return from;
    }
    let mut at = first + usize::from(headed);
    if headed {
        rows.push((first, Row::Headline));
    }
    if let Some(deck) = deck.filter(|_| headed) {
        rows.push((deck, Row::Stays));
        at = deck + 1;
    }
    let (mut signed, mut dated) = (named_above.is_some(), above.is_some());
    let mut titled = headed;
    while let Some(n) = full(at) {
        let line = lines[n].trim();
        if let Some((outlet, day)) = day_of(lines[n]).filter(|_| !dated) {
            rows.push((n, Row::Day(outlet, day)));
            dated = true;
        } else if let Some(sign) = sign_of(n, titled).filter(|_| !signed && (!dated || titled)) {
            rows.push((
                n,
                match sign {
                    Sign::Word(name) | Sign::Body(name) => Row::Author(name),
                    Sign::Persons => Row::Stays,
                },
            ));
            signed = true;
        } else if !dated && dated_below(n) && (signed || imprint) && is_outlet(lines[n], 6)
            || !dated && (headed || imprint) && published(n)
        {
            rows.push((n, Row::Outlet(line)));
        } else if headed && !signed && !dated && named(n) {
            rows.push((n, Row::Author(line)));
            signed = true;
        } else if headed && !signed && !dated && unnamed(n) {
            rows.push((n, Row::Stays));
        } else if signed
            && headed
            && rows.last().is_some_and(|last| last.1 == Row::Stays)
            && bylines::is_office(lines[n])
            || dated && is_page(line)
        {
            rows.push((n, Row::Beside));
        } else if imprint
            && dated
            && !(titled || signed)
            && headline(n)
            && full(n + 1).is_some_and(|below| sign_of(below, true).is_some())
        {
            rows.push((n, Row::Headline));
            titled = true;
        } else if let Some(url) = address(line).filter(|_| headed && !addressed) {
            rows.push((n, Row::Address(url)));
            addressed = true;
        } else {
            break;
        }
        at = n + 1;
    }
    // Several days are a diary or a chronicle; and something must be left.
    let days = lines[from..].iter().filter(|line| day_line(line).is_some()).count();
    let body = lines[at..].iter().any(|line| blocks::ends_sentence(line.trim()));
    if !(signed || dated || addressed) || days > 1 || !body || !headed && !dated {
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
    for (n, row) in rows {
        let (rule, told) = match row {
            Row::Headline if untitled => {
                draft.claims.extend(Claim::new(Field::Title, &blocks::collapse(lines[n]), "text:first-line"));
                ("header.headline", Vec::new())
            }
            Row::Stays | Row::Headline => {
                draft.pieces.push(line_piece(lines, n));
                continue;
            }
            Row::Author(name) => ("header.byline", vec![(Field::Author, name.to_owned())]),
            Row::Signed(name, outlet) => {
                ("header.byline", vec![(Field::Author, name.to_owned()), (Field::Source, outlet.to_owned())])
            }
            Row::Beside => ("header.byline", Vec::new()),
            Row::Address(url) => ("header.address", vec![(Field::Canonical, url.to_owned())]),
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

/// A line that is an address of the web and nothing else, and leads to a page: no picture, and no platform on which others
/// speak, since a note may begin with the video that it is about.
fn address(line: &str) -> Option<&str> {
    static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
        // The pattern is ours and is tested.
        Regex::new(r"(?i)^<?(?<url>https?://[\w.-]+\.\w{2,}(?::\d+)?/[^\s<>]+?)>?$").expect("a valid pattern")
    });
    static ELSEWHERE: LazyLock<Regex> = LazyLock::new(|| {
        // The pattern is ours and is tested.
        Regex::new(
            r"(?i)^https?://(?:[\w-]+\.)*(?:youtube\.com|youtu\.be|vimeo\.com|twitter\.com|x\.com|t\.co|facebook\.com|fb\.me|instagram\.com|tiktok\.com|linkedin\.com|bsky\.app|threads\.net|t\.me|reddit\.com|spotify\.com|soundcloud\.com|bit\.ly)[/:]|\.(?:jpe?g|png|gif|webp|svg|pdf|mp[34]|m4a|zip)(?:[?#]|$)",
        )
        .expect("a valid pattern")
    });
    let line = line.trim();
    if line.len() > 1000 || !line.contains("://") {
        return None;
    }
    let url = ADDRESS.captures(line)?.name("url")?.as_str();
    (!ELSEWHERE.is_match(url)).then_some(url)
}

/// Whether a line alone above a headline names a newspaper as its front page does: `The Vale Courier`, `VALE COURIER`.
fn is_masthead(line: &str) -> bool {
    let line = line.trim();
    let set = line.starts_with("The ") || !line.chars().any(char::is_lowercase);
    /// Words by which papers are called and stories are not: `The Lost Star` is a headline.
    const PAPERS: &[&str] = &[
        "advertiser",
        "argus",
        "bugle",
        "chronicle",
        "courier",
        "daily",
        "dispatch",
        "enquirer",
        "examiner",
        "gazette",
        "globe",
        "herald",
        "inquirer",
        "intelligencer",
        "journal",
        "messenger",
        "news",
        "newspaper",
        "observer",
        "sentinel",
        "telegraph",
        "times",
        "tribune",
        "weekly",
    ];
    let last = line.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    set && PAPERS.contains(&last.as_str()) && is_titled(line) && is_outlet(line, 5)
}

/// Whether a line is a few words with capitals, as names of persons and places are.
fn is_titled_words(line: &str) -> bool {
    let plain = |word: &str| {
        word.starts_with(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'))
    };
    let words = line.split_whitespace();
    (2..=4).contains(&words.clone().count()) && words.clone().all(plain) && !looks_like_chrome(line.trim())
}

/// Whether words are written as in a name: with capitals, but for the small ones between.
fn is_titled(line: &str) -> bool {
    line.split_whitespace().all(|word| word.len() <= 3 || !word.starts_with(char::is_lowercase))
}

/// `Page A1`, `Section B, Page 3`.
fn is_page(line: &str) -> bool {
    static PAGE: LazyLock<Regex> = LazyLock::new(|| {
        // The pattern is ours and is tested.
        Regex::new(
            r"(?i)^\s*(?:section \w{1,3}[;,]? )?(?:page|pages|pg\.?|seite|página|pagina)\s+[a-z]{0,2}-?\d{1,4}\s*$",
        )
        .expect("a valid pattern")
    });
    line.len() <= 60 && PAGE.is_match(line)
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
            r"(?i)(?:^|[\s-])(?:news|times|post|herald|gazette|courier|chronicle|tribune|telegraph|observer|journal|guardian|mail|press|dispatch|examiner|sentinel|inquirer|standard|star|sun|mirror|argus|echo|mercury|globe|ledger|record|review|bulletin|advertiser|leader|independent|daily|weekly|messenger|enquirer|clarion|banner|monitor|citizen|register|zeitung|nachrichten|anzeiger|tageblatt|kurier|bote|rundschau|rundblick|presse|allgemeine|monde|figaro|courrier|dépêche|nouvelles|gazette|diario|periódico|noticias|correo|heraldo|correio|jornal|notícias|corriere|gazzetta|giornale|eco|messaggero|dagblad|courant|nieuws|nieuwsblad|dagbladet|tidning|tidningen|posten|bladet)$|^the (?:daily|weekly|evening|morning|sunday) \p{L}+$",
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
    let line = without_page(line);
    let (name, day) = line
        .char_indices()
        .filter(|(_, c)| matches!(c, ',' | '|' | '–' | '—' | '·' | '-' | '('))
        .map(|(at, c)| (line[..at].trim_end(), line[at + c.len_utf8()..].trim().trim_end_matches(')')))
        .find(|(_, day)| day_line(day).is_some())?;
    (is_outlet(name, 6) && !name.contains(['|', '•', '·'])).then_some((name, day))
}

/// A line without the page at its end: `The Vale Courier, 3 March 2024, p. A1`.
fn without_page(line: &str) -> &str {
    static PAGE: LazyLock<Regex> = LazyLock::new(|| {
        // The pattern is ours and is tested.
        Regex::new(r"(?i)[,;] (?:section \w{1,3}[,;] )?(?:pp?\.?|pg\.?|page|s\.|seite) ?[a-z]{0,2}-?\d{1,4}\.?$")
            .expect("a valid pattern")
    });
    if line.len() > 120 {
        return line;
    }
    PAGE.find(line).map_or(line, |page| &line[..page.start()])
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
