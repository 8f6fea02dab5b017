//! `GENEVA, June 27 (Reuters) -` at the head of a text: claimed, and left where it stands.

use std::sync::LazyLock;

use regex::bytes::{Regex, RegexBuilder};

use super::{Context, values};
use crate::clean::draft::Draft;
use crate::model::{BlockKind, Claim, Field};

/// Where dateline claims say they were found.
const FOUND: &str = "dateline";
/// Longest head in characters that is looked at.
const HEAD: usize = 160;
/// Longest place and date together, in bytes.
const LONGEST: usize = 90;

/// What a dateline says.
#[derive(Debug, Default, PartialEq, Eq)]
struct Dateline<'a> {
    place: &'a str,
    date: Option<&'a str>,
    agency: Option<&'a str>,
    author: Option<&'a str>,
}

/// Looks at the first two paragraphs.
pub(super) fn claim(draft: &mut Draft, context: &Context) {
    let body = draft.pieces.iter().filter(|piece| piece.kept() && piece.kind == BlockKind::Paragraph);
    let found = body.take(2).find_map(|piece| {
        let end = piece.text.char_indices().nth(HEAD).map_or(piece.text.len(), |(at, _)| at);
        read(&piece.text[..end]).and_then(|line| Some((agencies(line.agency)?, line))).map(|(agencies, line)| {
            let own = |text: &str| text.trim().trim_end_matches(',').to_owned();
            (own(line.place), line.date.map(own), line.author.map(own), agencies)
        })
    });
    let Some((place, date, author, agencies)) = found else { return };
    let mut claims: Vec<Option<Claim>> = vec![Claim::new(Field::DatelinePlace, &place, FOUND)];
    claims.extend(date.map(|date| Claim::new(Field::DatelineDate, &date, FOUND)));
    claims.extend(author.map(|author| Claim::new(Field::Author, &author, FOUND)));
    // What a dateline says of its agency outweighs the form of a credit line.
    if !agencies.is_empty() {
        draft.claims.retain(|claim| {
            claim.field != Field::Agency || claim.found != "wire.reporting-by" || agencies.contains(&claim.value)
        });
    }
    let foreign = agencies.iter().filter(|name| !values::is_own(context.host, name));
    claims.extend(foreign.map(|name| Claim::new(Field::Agency, name, FOUND)));
    draft.claims.extend(claims.into_iter().flatten());
}

/// The agencies that the brackets name; `None` if what they hold is no agency, so that this is no dateline.
fn agencies(named: Option<&str>) -> Option<Vec<String>> {
    let Some(named) = named.map(str::trim) else { return Some(Vec::new()) };
    let known = values::agencies(named);
    if !known.is_empty() {
        return Some(known.into_iter().map(str::to_owned).collect());
    }
    // Letters in capitals are an agency we do not know, or a station, which is none.
    let initials = (2..=6).contains(&named.len()) && named.chars().all(|c| c.is_ascii_uppercase());
    let station = named.len() == 4 && named.starts_with(['K', 'W']) || ["ABC", "CBS", "NBC", "FOX"].contains(&named);
    match (initials, station) {
        (true, true) => Some(Vec::new()),
        (true, false) => Some(vec![named.to_owned()]),
        // Scripts without capitals: the form of brackets is enough.
        _ if named.chars().all(|c| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase()) => {
            Some(vec![named.to_owned()])
        }
        _ => None,
    }
}

fn read(head: &str) -> Option<Dateline<'_>> {
    if head.starts_with(['(', '[', '【', '（']) {
        return asian(head).or_else(|| agency_first(head));
    }
    bracketed(head).or_else(|| capitals(head)).or_else(|| asian(head))
}

/// `GENEVA, June 27 (Reuters) -`, `Berlin (dpa/lno) -`, `Madrid, 27 jun (EFE).-`, `МОСКВА, 27 июня. /ТАСС/.`
fn bracketed(head: &str) -> Option<Dateline<'_>> {
    let open = head.find(['(', '/']).filter(|&open| open <= LONGEST)?;
    // `Hamburg/Berlin (dpa)`: the place itself has a stroke.
    let open = if head[open..].starts_with('/') && !head[..open].ends_with(' ') {
        head[open + 1..].find('(').map(|next| open + 1 + next).filter(|&open| open <= LONGEST)?
    } else {
        open
    };
    let close = if head[open..].starts_with('(') { ')' } else { '/' };
    let inner = &head[open + 1..];
    let end = inner.find(close)?;
    let after = inner[end + 1..].trim_start_matches(['.', ' ']);
    let dashed = after.starts_with(['-', '–', '—', ':', '_', '−']) || close == '/' && inner[end + 1..].starts_with('.');
    if !dashed || inner[..end].len() > 30 {
        return None;
    }
    let (place, date) = place_and_date(&head[..open])?;
    Some(Dateline { place, date, agency: Some(&inner[..end]), author: None })
}

/// `(ANSA) - ROMA, 27 GIU -`
fn agency_first(head: &str) -> Option<Dateline<'_>> {
    let (agency, rest) = head.strip_prefix('(')?.split_once(')')?;
    let rest = rest.trim_start().strip_prefix(['-', '–', '—'])?.trim_start();
    let end = [" - ", " – ", " — ", ".- ", " -- "].iter().filter_map(|dash| rest.find(dash)).min()?;
    let (place, date) = place_and_date(rest.get(..end).filter(|before| before.len() <= LONGEST)?)?;
    Some(Dateline { place, date, agency: Some(agency), author: None })
}

/// `OSTERBRUCK, Jan. 9 — Volunteers`, `WASHINGTON — The`: the place in capitals, as no agency vouches for it.
fn capitals(head: &str) -> Option<Dateline<'_>> {
    let dashes = [" — ", " – ", " -- ", " - ", "— ", "—", ". — "];
    let (end, dash) = dashes.iter().filter_map(|dash| Some((head.find(dash)?, *dash))).min()?;
    let (place, date) = place_and_date(head.get(..end).filter(|before| before.len() <= LONGEST)?)?;
    let first = place.split(',').next().unwrap_or(place);
    let letters = first.chars().filter(|c| c.is_alphabetic());
    let small = first.split([' ', '-']).filter(|word| word.chars().any(char::is_lowercase));
    let shouted = letters.clone().count() >= 4
        && letters.clone().any(char::is_uppercase)
        && small.clone().all(|word| matches!(word, "de" | "del" | "la" | "le" | "am" | "da" | "do" | "di" | "of"))
        && small.count() < 2;
    // A plain hyphen is a dateline's only after a date.
    let plain = dash == " - " && date.is_none();
    let follows = head[end + dash.len()..].chars().next().is_some_and(|c| c.is_alphanumeric() || "\"“«‘'".contains(c));
    if !shouted || plain || !follows || is_label(first) {
        return None;
    }
    let rest = &head[end + dash.len()..];
    let agency = ["РИА Новости", "Интерфакс", "ТАСС"].into_iter().find(|name| rest.starts_with(name));
    Some(Dateline { place, date, agency, author: None })
}

/// `SAN JUAN, Puerto Rico, June 27` parted; `None` if it can be no place.
fn place_and_date(text: &str) -> Option<(&str, Option<&str>)> {
    let text = text.trim();
    let mut at = 0;
    let mut date = None;
    for word in text.split(' ') {
        let rest = &text[at..];
        if at > 0 && date.is_none() && opens_date(word) && rest.chars().any(char::is_numeric) && rest.len() <= 32 {
            date = Some(at);
        }
        at += word.len() + 1;
    }
    let place = text[..date.unwrap_or(text.len())].trim().trim_end_matches(',').trim_end();
    let date = date.map(|at| text[at..].trim().trim_end_matches(['.', ',']));
    let words: Vec<&str> = place.split([' ', '/', '-']).filter(|word| !word.is_empty()).collect();
    let fits = |word: &&str| {
        word.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
            || matches!(
                *word,
                "de" | "del"
                    | "la"
                    | "le"
                    | "am"
                    | "an"
                    | "der"
                    | "do"
                    | "da"
                    | "di"
                    | "of"
                    | "the"
                    | "sur"
                    | "upon"
                    | "and"
                    | "im"
                    | "bei"
                    | "in"
            )
    };
    let plain =
        place.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | ',' | '\'' | '’' | '-' | '/' | '\u{301}'));
    let good = plain && (1..=7).contains(&words.len()) && place.chars().count() <= 60 && words.iter().all(fits);
    let good = good && place.chars().filter(|c| c.is_alphabetic()).count() >= 2 && place.matches(',').count() <= 2;
    (good && !is_label(place) && !is_month(place)).then_some((place, date))
}

/// Whether a word can open a date: a number, a month, a day of the week.
pub(super) fn opens_date(word: &str) -> bool {
    const OPENERS: &[&str] = &[
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mon", "tue", "wed", "thu",
        "fri", "sat", "sun", "fév", "avr", "mai", "juin", "juil", "août", "déc", "ene", "abr", "ago", "dic", "gen",
        "mag", "giu", "lug", "set", "ott", "dez", "out", "mär", "okt", "янв", "фев", "мар", "апр", "мая", "июн", "июл",
        "авг", "сен", "окт", "ноя", "дек", "sty", "lut", "kwi", "maj", "cze", "lip", "sie", "wrz", "paź", "lis", "gru",
        "oca", "şub", "haz", "tem",
    ];
    let lower = word.to_lowercase();
    word.starts_with(|c: char| c.is_ascii_digit()) || OPENERS.iter().any(|known| lower.starts_with(known))
}

/// `March 4 - …` names no place.
fn is_month(place: &str) -> bool {
    super::values::MONTHS.contains(&place.to_lowercase().as_str())
}

/// Words in capitals that stand before a dash and are no place.
fn is_label(place: &str) -> bool {
    const LABELS: [&str; 32] = [
        "BREAKING",
        "UPDATE",
        "UPDATED",
        "EXCLUSIVE",
        "OPINION",
        "ANALYSIS",
        "WATCH",
        "VIDEO",
        "LIVE",
        "NEWS",
        "REVIEW",
        "PREVIEW",
        "RECAP",
        "FINAL",
        "NOTE",
        "CORRECTION",
        "EDITORIAL",
        "COMMENTARY",
        "INTERVIEW",
        "BRIEF",
        "FACTBOX",
        "EXPLAINER",
        "SPOILER",
        "WARNING",
        "TODAY",
        "FEATURE",
        "PODCAST",
        "PHOTOS",
        "LETTER",
        "PHOTO",
        "FILE PHOTO",
        "RELATED",
    ];
    LABELS.contains(&place) || place.starts_with("UPDATE ")
}

/// `(서울=연합뉴스) 홍길동 기자 =`, `新华社北京6月27日电`, `【ワシントン共同】`
fn asian(head: &str) -> Option<Dateline<'_>> {
    static FORMS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
        [
            "^(?:\\(|\\[|【)(?<place>[^=) ]+?)(?:=|＝)(?<agency>[^=)\\] ]+?)(?:\\)|\\]|】) ?(?:(?<author>[^=.]+?) ?(?:기자|특파원|선임기자|통신원) ?=)?",
            "^(?:\\(|（)?(?<agency>新华社|新華社|中新社|中新网|中央社)(?:记者[^0-9]+? )?(?<place>[^0-9 ]+?)(?<date>[0-9]+(?:月[0-9]+)?日)(?:电|電)",
            "^【(?<place>[^ =]+?)(?:(?:=|＝)[^ ]+?)?(?<agency>共同|時事|ロイター)】",
        ]
        .iter()
        .filter_map(|form| RegexBuilder::new(form).unicode(false).build().ok())
        .collect()
    });
    if head.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    FORMS.iter().find_map(|form| {
        let found = form.captures(head.as_bytes())?;
        let get = |name: &str| found.name(name).and_then(|group| head.get(group.start()..group.end()));
        let place = get("place").filter(|place| place.chars().count() <= 12)?;
        Some(Dateline { place, date: get("date"), agency: get("agency"), author: get("author") })
    })
}

#[cfg(test)]
mod tests {
    use super::{Dateline, read};

    #[test]
    fn datelines_are_read() {
        let some = |s: &'static str| (!s.is_empty()).then_some(s);
        for (text, place, date, agency) in [
            ("GENEVA, June 27 (Reuters) - A court", "GENEVA", "June 27", "Reuters"),
            ("PHOENIX (AP) — A court", "PHOENIX", "", "AP"),
            ("SAN JUAN, Puerto Rico (AP) — A court", "SAN JUAN, Puerto Rico", "", "AP"),
            ("SAN JUAN, Puerto Rico, Jan. 9, 2025 (AP) -- A", "SAN JUAN, Puerto Rico", "Jan. 9, 2025", "AP"),
            ("Berlin (dpa) - Die Regierung", "Berlin", "", "dpa"),
            ("Hamburg/Berlin (dpa/lno) - Die", "Hamburg/Berlin", "", "dpa/lno"),
            ("(ANSA) - ROMA, 27 GIU - Il governo", "ROMA", "27 GIU", "ANSA"),
            ("Madrid, 27 jun (EFE).- El gobierno", "Madrid", "27 jun", "EFE"),
            ("Paris, 27 juin 2025 (AFP) - Le", "Paris", "27 juin 2025", "AFP"),
            ("(서울=연합뉴스) 홍길동 기자 = 정부는", "서울", "", "연합뉴스"),
            ("新华社北京6月27日电 政府", "北京", "6月27日", "新华社"),
            ("【ワシントン共同】政府", "ワシントン", "", "共同"),
            ("МОСКВА, 27 июня. /ТАСС/. Правительство", "МОСКВА", "27 июня", "ТАСС"),
            ("МОСКВА, 27 июн — РИА Новости. Пра", "МОСКВА", "27 июн", "РИА Новости"),
            ("OSTERBRUCK, Jan. 9 — Volunteers", "OSTERBRUCK", "Jan. 9", ""),
            ("WASHINGTON — The", "WASHINGTON", "", ""),
        ] {
            let line = read(text).unwrap_or_default();
            assert_eq!((line.place, line.date, line.agency), (place, some(date), some(agency)), "{text}");
        }
        assert_eq!(read("(서울=연합뉴스) 홍길동 기자 = 정부는").and_then(|line| line.author), Some("홍길동"));
        for text in [
            "The minister (Labour) - a former",
            "Smith said (AP) that",
            "UPDATE 1 - The",
            "NATO - the alliance - said",
            "He went to Rome — and came back",
            "BREAKING — The",
            "June 27 (Reuters) was",
            "",
            "(",
        ] {
            let line = read(text).filter(|line| super::agencies(line.agency).is_some());
            assert_eq!(line, None::<Dateline>, "{text}");
        }
    }
}
