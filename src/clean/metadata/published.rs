//! When it was published: which of the dates a document gives, and its day where it was published.
//!
//! The order of trust follows Barbaresi, "htmldate: A Python package to extract publication dates from web pages"
//! (Journal of Open Source Software 5(51), 2020): structured data and `meta` elements, the address, elements of the
//! page, a short line above the text, the line that signs it with place and date, and last what all dates in the margins
//! agree on. Within a place the day that other places bear out wins. Data that contradict themselves give way to what readers see.

mod lines;
mod shown;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};
use regex::Regex;

use super::Claims;
use super::dates::{self, Context};
use crate::clean::draft::Draft;
use crate::model::{Claim, DateClaim, Document, Field, Lang, MediaType, Note, PayloadKind, Precision};
pub(in crate::clean) use lines::labels_another_day;

/// Most claims of one field that are read.
const MAX_CLAIMS: usize = 60;
/// Years after which a page that was changed lately is not likely to be dated with a bare line.
const GENERATION: i32 = 20;
/// Longest line above a text that is searched for a date, in bytes.
const MAX_LINE: usize = 100;

/// The dates of a document.
pub(super) struct Dates {
    pub(super) published: Option<DateClaim>,
    pub(super) updated: Option<DateClaim>,
    pub(super) fetched: Option<DateClaim>,
    pub(super) embargo: Option<Timestamp>,
}

/// A place's rank; lower is more trusted.
const ENVELOPE: u8 = 0;
const OWN: u8 = 1;
const NAMED: u8 = 2;
const BESIDE: u8 = 3;
/// `meta:date` and its like: the day a template gives, which is as often that of the file as that of the article.
const GENERIC: u8 = 4;
/// A line beside the headline.
const NEAR: u8 = 5;
/// A `time` element anywhere.
const TIME: u8 = 6;
const ELEMENT: u8 = 7;
const LAST: u8 = 8;

fn rank(found: &str) -> Option<u8> {
    if is_elsewhere(found) || is_above(found) || found.starts_with("jsonld:other-") {
        return None;
    }
    Some(match found {
        "jsonld:datePublished" | "jsonld:dateModified" => OWN,
        _ if found.starts_with("jsonld:other") => LAST,
        _ if found.starts_with("jsonld:") => BESIDE,
        _ if found.starts_with("meta:") => {
            let exact = ["publish", "modified", "pub-date", "pubdate", "release", "issued", "updated", "displaydate"];
            if exact.iter().any(|part| found.contains(part)) { OWN } else { GENERIC }
        }
        "itemprop:uploadDate" | "itemprop:dateCreated" => GENERIC,
        _ if found.starts_with("itemprop:") || found.starts_with("property:") => NAMED,
        // Readers are told that it is the first of several days.
        "html:first-published" => BESIDE,
        _ if found.starts_with("html:near") => NEAR,
        "html:time" | "html:time:published" => TIME,
        "html:own-link" | "html:byline-date" => LAST,
        _ if found.starts_with("html:") => ELEMENT,
        "script:own" => BESIDE,
        _ if found.starts_with("script:") => LAST,
        _ => ENVELOPE,
    })
}

struct Read {
    rank: u8,
    date: DateClaim,
    /// As it was written.
    text: String,
}

/// A line of a page's text is what readers see, and no envelope: the page's data outranks it.
fn as_seen(read: &mut Read) {
    const HEADS: [&str; 2] = ["header.", "credit."];
    const FEET: [&str; 4] = ["feed.", "footer.", "wire.", "licence."];
    let of = |families: &[&str]| families.iter().any(|family| read.date.found.starts_with(family));
    if of(&HEADS) {
        read.rank = NEAR;
    } else if of(&FEET) {
        read.rank = LAST;
    }
}

pub(super) fn resolve(
    claims: &Claims,
    draft: &Draft,
    url: Option<&str>,
    language: Option<&Lang>,
    now: Option<Timestamp>,
    document: &Document,
    notes: &mut Vec<Note>,
) -> Dates {
    let context = context(claims, url, language, now);
    let address = url.and_then(|url| in_address(url, &context));
    let mut published = read(claims, Field::Published, &context);
    let page = document.payload.as_ref().is_none_or(|payload| payload.kind == PayloadKind::HtmlPage);
    if page && document.media == MediaType::Page {
        published.iter_mut().for_each(as_seen);
    }
    let european = url.and_then(super::host_of).is_some_and(|host| {
        const ENDINGS: &[&str] = &[
            "at", "be", "bg", "ch", "cz", "de", "dk", "ee", "es", "fi", "fr", "gr", "hr", "hu", "ie", "is", "it", "li",
            "lt", "lu", "lv", "nl", "no", "pl", "pt", "ro", "rs", "se", "si", "sk", "ua", "uk",
        ];
        host.rsplit('.').next().is_some_and(|ending| ENDINGS.contains(&ending))
    });
    let beside = beside(claims, &context);
    let changes = read(claims, Field::Updated, &context);
    let mut updated = choose(&changes, &[], None, &[], european).map(|choice| choice.date);
    let choice = choose(&published, &changes, address.as_ref(), &beside, european);
    if let Some(Choice { date, overruled: Some(told) }) = &choice {
        notes.push(Note(format!(
            "published on `{}` as the page shows ({}), while its data says `{}` ({})",
            date.iso(),
            date.found,
            told.iso(),
            told.found
        )));
    }
    let mut chosen = choice.map(|choice| choice.date);
    // The line at the top of a page is often today's date: the day of a change is the better witness.
    let changed = document.media == MediaType::Page && updated.as_ref().is_some_and(DateClaim::is_sure);
    if chosen.is_none() && !changed {
        let signed = || lines::below(draft, &context);
        let days: Vec<Date> =
            claims.all(Field::EventDay).filter_map(|claim| Some(dates::parse(&claim.value, &context)?.day)).collect();
        // The evening of the concert stands where the day of publication stands elsewhere.
        let other = |date: &DateClaim| !days.contains(&date.day);
        let above = lines::above(claims, draft, page, &context);
        chosen = above.filter(other).or_else(signed).or_else(|| in_margins(claims, &context));
        chosen = chosen.filter(other);
    }
    if chosen.is_none()
        && let Some(change) = updated.as_ref().filter(|date| date.is_sure() && date.precision >= Precision::Day)
    {
        chosen = Some(DateClaim { doubt: Some("only its last change is dated".to_owned()), ..change.clone() });
    }
    if let (Some(date), Some(address)) = (&chosen, &address)
        && date.is_sure()
        && date.found != address.found
        && date.day.duration_since(address.day).as_hours().abs() > 48
    {
        notes.push(Note(format!(
            "published on `{}` ({}), while the address says `{}`",
            date.iso(),
            date.found,
            address.iso()
        )));
    }
    if let (Some(updated), Some(published)) = (&mut updated, &chosen)
        && updated.is_sure()
        && updated.day < published.day
        && updated.precision >= Precision::Day
    {
        updated.doubt = Some("before it was published".to_owned());
    }
    let got = document.fetched.map(|time| instant(time, "document"));
    let claimed = || read(claims, Field::Fetched, &context).into_iter().next().map(|read| read.date);
    Dates {
        published: chosen,
        updated,
        fetched: got.or_else(claimed).or_else(|| now.map(|time| instant(time, "ingest"))),
        embargo: embargo(claims, &context, notes),
    }
}

/// When an embargo ends. A day or a time without its zone has ended when it has everywhere; one whose end is not told,
/// or not in words that can be read, does not end.
fn embargo(claims: &Claims, context: &Context, notes: &mut Vec<Note>) -> Option<Timestamp> {
    let said: Vec<&Claim> = claims.all(Field::Embargo).collect();
    let first = said.first()?;
    let end = |claim: &&Claim| {
        let date = dates::parse(&claim.value, context)?;
        if date.precision < Precision::Day {
            return None;
        }
        let day = |days: i64| date.day.checked_add(SignedDuration::from_hours(24 * days)).ok();
        // A time of day that was not read may stand behind the day.
        let timed = claim.value.contains(':') || claim.value.contains('T');
        let everywhere = || Offset::UTC.to_timestamp(day(i64::from(timed))?.at(12, 0, 0, 0)).ok();
        date.instant.or_else(everywhere)
    };
    let ends = said.iter().find_map(end);
    if ends.is_none() {
        notes.push(Note(format!(
            "under embargo until it is said that it is over: `{}` ({}) tells no end",
            first.value, first.found
        )));
    }
    Some(ends.unwrap_or(Timestamp::MAX))
}

fn instant(time: Timestamp, found: &str) -> DateClaim {
    let day = Offset::UTC.to_datetime(time).date();
    DateClaim {
        day,
        instant: Some(time),
        offset: Some(0),
        precision: Precision::Second,
        found: found.to_owned(),
        doubt: None,
    }
}

/// What decides between day and month first: the language, and in English the country.
pub(super) fn context(claims: &Claims, url: Option<&str>, language: Option<&Lang>, now: Option<Timestamp>) -> Context {
    let english = language.is_none_or(|lang| lang.as_str() == "en");
    let region = claims.all(Field::Language).find_map(|claim| {
        let mut parts = claim.value.split(['-', '_']);
        (parts.next()?.eq_ignore_ascii_case("en")).then(|| parts.next().map(str::to_ascii_uppercase)).flatten()
    });
    let host = url.and_then(super::host_of);
    let ending = host.as_deref().and_then(|host| host.rsplit('.').next());
    let by_ending = match ending {
        Some(
            "uk" | "au" | "ie" | "nz" | "in" | "za" | "ng" | "ke" | "gh" | "sg" | "my" | "pk" | "lk" | "bd" | "mt",
        ) => Some(true),
        Some("us" | "gov" | "mil") => Some(false),
        _ => None,
    };
    let by_region = match region.as_deref() {
        Some("US" | "PH") => Some(false),
        Some("GB" | "UK" | "AU" | "IE" | "NZ" | "IN" | "ZA" | "NG" | "KE" | "GH" | "SG") => Some(true),
        _ => None,
    };
    // An ending and a region that contradict each other decide nothing.
    let day_first = match (by_ending, by_region) {
        (Some(a), Some(b)) if a != b => None,
        (ending, region) => ending.or(region),
    };
    Context { now, language: language.cloned(), day_first: day_first.filter(|_| english) }
}

/// All claims of a field that are dates, the first element of a page only: later ones are other articles'.
fn read(claims: &Claims, field: Field, context: &Context) -> Vec<Read> {
    let mut out: Vec<Read> = Vec::new();
    // What stands elsewhere is not counted: a column of latest news may have a hundred dates.
    let ranked = claims.all(field).filter_map(|claim| Some((claim, rank(&claim.found)?)));
    for (claim, rank) in ranked.take(MAX_CLAIMS) {
        let elements = out.iter().filter(|read| read.rank == rank).count();
        if matches!(rank, NEAR | TIME | ELEMENT) && (elements > 2 || claim.value.len() > 2 * MAX_LINE) {
            continue;
        }
        if let Some(date) = parse(claim, context) {
            out.push(Read { rank, date, text: claim.value.clone() });
        }
    }
    out
}

/// All days and instants that a document's other places give: those of neighbours and of changes. They are no witnesses of
/// when it was published, but of where it was, see [`local`].
fn beside(claims: &Claims, context: &Context) -> Vec<DateClaim> {
    let updated = claims.all(Field::Updated).filter(|claim| !claim.found.starts_with("jsonld:other-"));
    let margins = |claim: &&Claim| is_elsewhere(&claim.found) || is_above(&claim.found);
    let all = claims.all(Field::Published).filter(margins).chain(updated);
    all.take(MAX_CLAIMS).filter_map(|claim| parse(claim, context)).filter(DateClaim::is_sure).collect()
}

fn is_elsewhere(found: &str) -> bool {
    found.ends_with(":elsewhere")
}

fn is_above(found: &str) -> bool {
    found.ends_with(":above")
}

/// The one day that all dates in a page's margins name, where it has no other: two at least, since a lone one is as often
/// today's, or a neighbour's.
fn in_margins(claims: &Claims, context: &Context) -> Option<DateClaim> {
    let days = claims.all(Field::Published).filter(|claim| is_elsewhere(&claim.found) && claim.value.len() <= MAX_LINE);
    let days: Vec<DateClaim> = days.take(MAX_CLAIMS).filter_map(|claim| parse(claim, context)).collect();
    let first = days.first().filter(|date| date.is_sure() && date.precision >= Precision::Day)?;
    (days.len() > 1 && days.iter().all(|date| date.day == first.day)).then(|| first.clone())
}

fn parse(claim: &Claim, context: &Context) -> Option<DateClaim> {
    dates::parse(&claim.value, context).map(|date| DateClaim { found: claim.found.clone(), ..date })
}

/// A date, and the one that a page's data gives where what readers see outranks it.
struct Choice {
    date: DateClaim,
    overruled: Option<DateClaim>,
}

/// Weighs dates; `changes` are those of changes, `address` is what the document's address says.
fn choose(
    dates: &[Read],
    changes: &[Read],
    address: Option<&DateClaim>,
    beside: &[DateClaim],
    european: bool,
) -> Option<Choice> {
    let plain = |date: &DateClaim| Choice { date: date.clone(), overruled: None };
    let mut overruled = None;
    let good = |read: &&Read| read.date.is_sure() && read.date.precision >= Precision::Day;
    let best = dates.iter().filter(good).map(|read| read.rank).min();
    let near = |a: Date, b: Date| a.duration_since(b).as_hours().abs() <= 24;
    let chosen = match (best, address) {
        (Some(best), _) if best <= BESIDE => {
            let group: Vec<&Read> = dates.iter().filter(good).filter(|read| read.rank == best).collect();
            let support = |day: Date| {
                // The objects of JSON-LD are written by one template: they bear each other out once.
                let of_day = dates.iter().filter(|read| read.date.day == day && read.date.is_sure());
                let mut kinds: Vec<&str> = of_day.map(|read| kind(&read.date.found)).collect();
                kinds.sort_unstable();
                kinds.dedup();
                kinds.len() + 2 * usize::from(address.is_some_and(|address| address.day == day))
            };
            // The first of the best supported.
            let most = group.iter().map(|read| support(read.date.day)).max()?;
            // An envelope's first word counts, and the first of a page's elements: later ones are other articles'. A
            // page's places may contradict each other.
            let first = matches!(best, ENVELOPE | NAMED);
            let told = &group.iter().find(|read| first || support(read.date.day) == most)?.date;
            let here = local(told, dates, address, beside, european).day;
            match shown::instead(told, here, best, dates, changes, address) {
                Some(seen) => {
                    overruled = Some((*told).clone());
                    seen
                }
                None => told,
            }
        }
        // What readers see beside the headline knows better than a template.
        (Some(GENERIC), _) => {
            let of = |rank: u8| dates.iter().filter(good).filter(move |read| read.rank == rank);
            let generic = of(GENERIC).next()?;
            let seen = of(NEAR).chain(of(TIME)).chain(of(ELEMENT)).next();
            let told = |day: Date| {
                address.is_some_and(|address| near(address.day, day)) || changes.iter().any(|read| read.date.day == day)
            };
            match seen {
                Some(seen) if seen.date.day != generic.date.day && !told(generic.date.day) => &seen.date,
                _ => &generic.date,
            }
        }
        // An element is trusted over the address if both say about the same; it knows the time too.
        (_, Some(address)) => match dates.iter().filter(good).find(|read| near(read.date.day, address.day)) {
            Some(read) => &read.date,
            None => address,
        },
        (Some(best), None) => {
            let of: Vec<&Read> = dates.iter().filter(good).filter(|read| read.rank == best).collect();
            let first = of.first()?;
            // Several days in the boxes of a page are those of a list, where the page says when it was changed.
            let listed = matches!(best, TIME | ELEMENT) && of.iter().any(|read| read.date.day != first.date.day);
            // A day a generation before the last change, which no name calls one of publication, is that of an event.
            let past = |read: &Read| i32::from(read.date.day.year()) - i32::from(first.date.day.year()) > GENERATION;
            let event = best == NEAR && changes.iter().any(past);
            if event || listed && changes.iter().any(|read| good(&read)) {
                return None;
            }
            &first.date
        }
        (None, None) => {
            let sure = dates.iter().find(|read| read.date.is_sure());
            return sure.or(dates.iter().min_by_key(|read| read.rank)).map(|read| plain(&read.date));
        }
    };
    // `10/12/2023` beside the headline, and `2023-10-12` in the element around it.
    let swapped = |read: &&Read| shown::is_swapped(chosen.day, read.date.day) && read.date.instant.is_some();
    let chosen = match best {
        Some(NEAR | ELEMENT) if chosen.instant.is_none() => {
            dates.iter().filter(good).find(swapped).map_or(chosen, |read| &read.date)
        }
        _ => chosen,
    };
    // A page moved to another system years later carries the day of the move; its address kept the first.
    if let Some(address) = address
        && best.is_some_and(|best| best > ENVELOPE)
        && chosen.day.duration_since(address.day).as_hours() > 24 * 365
    {
        return Some(plain(shown::again(dates, changes).unwrap_or(address)));
    }
    Some(Choice { date: local(chosen, dates, address, beside, european), overruled })
}

/// What a place is counted as when places bear each other out.
fn kind(found: &str) -> &str {
    if found.starts_with("jsonld:") { "jsonld" } else { found }
}

/// The day where it was published, if a date in UTC hides it: the same instant written with an offset, or a day beside
/// it that the instant can fall on.
fn local(
    chosen: &DateClaim,
    dates: &[Read],
    address: Option<&DateClaim>,
    beside: &[DateClaim],
    european: bool,
) -> DateClaim {
    let Some(time) = chosen.instant.filter(|_| chosen.offset == Some(0)) else { return chosen.clone() };
    // The same time of day without a zone is the same word once more, not that of another clock.
    let clock = Offset::UTC.to_datetime(time).strftime("%H:%M").to_string();
    let told = |read: &&Read| {
        read.date.is_sure()
            && !(read.date.instant.is_none() && read.text.contains(&clock))
            && !(read.rank == NEAR && lines::reads_on(&read.text))
    };
    let others = || dates.iter().filter(told).map(|read| &read.date);
    let same = |other: &&DateClaim| {
        other.offset.is_some_and(|offset| offset != 0)
            && other.instant.is_some_and(|instant| instant.duration_since(time).as_mins().abs() <= 30)
    };
    let exactly = |other: &&DateClaim| same(other) && other.instant == Some(time);
    if let Some(written) = others().find(same).or_else(|| beside.iter().find(exactly)) {
        return written.clone();
    }
    // Zones reach from 12 hours behind to 14 ahead of Greenwich, and in Europe from none to 3 ahead.
    let (behind, ahead) = if european { (-1, 4) } else { (-12, 14) };
    let day_at = |hours: i64| {
        time.checked_add(SignedDuration::from_hours(hours)).ok().map(|time| Offset::UTC.to_datetime(time).date())
    };
    let can_be = |day: Date| day != chosen.day && (day_at(behind) == Some(day) || day_at(ahead) == Some(day));
    if let Some(address) = address {
        // Some systems write UTC's day everywhere but in the address: then readers see it as well.
        let seen = dates.iter().find(|read| read.rank == NEAR && read.date.instant.is_none());
        let same = seen.is_some_and(|read| read.date.day == chosen.day);
        return if can_be(address.day) && !same { address.clone() } else { chosen.clone() };
    }
    // Days on which the instant cannot fall are other things: today's at the top of the page, a neighbour's.
    let fits = |date: &&DateClaim| {
        date.instant.is_none() && date.precision == Precision::Day && (can_be(date.day) || date.day == chosen.day)
    };
    let mut days: Vec<&DateClaim> = others().filter(fits).collect();
    if days.is_empty() && european {
        days = beside.iter().filter(|date| is_elsewhere(&date.found) || is_above(&date.found)).filter(fits).collect();
    }
    match days.first() {
        Some(day) if can_be(day.day) && days.iter().all(|other| other.day == day.day) => (*day).clone(),
        _ => chosen.clone(),
    }
}

/// The day an address names: `/2025/06/27/`, `/20250627-`, `/2025/jun/27/`, `-27-06-2025`.
fn in_address(url: &str, context: &Context) -> Option<DateClaim> {
    static SHAPES: LazyLock<Vec<Regex>> = LazyLock::new(|| {
        [
            r"[/_-]((?:19|20)\d\d)[/_-](\d{1,2})[/_-](\d{1,2})(?:[/_.?&-]|$)",
            r"[/_-]((?:19|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)(?:[/_.?&-]|$)",
            r"/((?:19|20)\d\d)/([a-z]{3,9})/(\d{1,2})(?:[/_.?&-]|$)",
            r"[/_-](\d{1,2})[_-](\d{1,2})[_-]((?:19|20)\d\d)(?:[/_.?&-]|$)",
        ]
        .iter()
        .filter_map(|shape| Regex::new(shape).ok())
        .collect()
    });
    let path = url.get(..url.len().min(2000)).unwrap_or(url).splitn(4, '/').nth(3)?.to_ascii_lowercase();
    let path = format!("/{path}");
    let found = SHAPES.iter().find_map(|shape| {
        let parts = shape.captures(&path)?;
        let written = format!("{}-{}-{}", &parts[1], &parts[2], &parts[3]);
        dates::parse(&written, context).filter(|date| date.is_sure() && date.precision == Precision::Day)
    })?;
    Some(DateClaim { found: "url".to_owned(), ..found })
}
