//! One byline → the persons, agencies and other bodies it names.

use std::sync::LazyLock;

use super::name::{korean, person};
use super::parts::{Part, parts};
use super::words::{
    GENERATIONS, GIVEN, JOBS, OFFICES, OPENERS, OTHER_ROLES, OUTLETS, PARTICLES, PICTURES, PLACE_OPENERS, PLACES,
    SUFFIXES,
};
use super::{around, body};
use crate::clean::metadata::{accent, agencies, folded};

/// What a byline names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Byline {
    /// Persons, in order.
    pub persons: Vec<String>,
    /// Wire agencies, by their usual names.
    pub agencies: Vec<String>,
    /// Whether something else signed: a desk, an outlet, a handle.
    pub others: bool,
    /// The body that signed where no person did, as it is written: `Orlen Herald staff`, `AFP`.
    pub body: Option<String>,
}

/// How freely a single word is taken for a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    /// The claim is a name of a person: one word will do.
    Name,
    /// An element of a page that names authors: full names, and seldom anything else.
    Element,
    /// Text near the article: only what looks like a full name, and behind another only what no place or outlet is called.
    Text,
}

/// Longest byline in bytes; longer ones are biographies.
const MAX_BYTES: usize = 600;
/// Most persons of one byline.
const MAX_PERSONS: usize = 40;

/// Reads a byline.
pub(super) fn read(text: &str, trust: Trust, outlets: &[String]) -> Byline {
    // What a form has where nothing was filled in, and no two initials.
    if matches!(text.trim().to_lowercase().as_str(), "n/a" | "n.a." | "n. a.") {
        return Byline::default();
    }
    let text = &around::without(text);
    let text = &without_handles(text);
    let mut out = persons_of(text, trust, outlets);
    if out.persons.is_empty() && text.len() <= MAX_BYTES {
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        out.body = body::of(without_opener(&line, trust).0, outlets, trust == Trust::Name);
    }
    out
}

/// A byline without the handles beside the names: `Mara Linde @mlinde`.
fn without_handles(text: &str) -> std::borrow::Cow<'_, str> {
    let handle = |word: &str| word.len() > 2 && word.trim_start_matches('(').starts_with('@');
    if !text.contains('@') || text.split_whitespace().all(handle) {
        return text.into();
    }
    text.split_whitespace().filter(|word| !handle(word)).collect::<Vec<_>>().join(" ").into()
}

/// A byline without what stands before the name in it: `our political correspondent`, `Aus Orlen berichtet`.
fn without_office(line: &str) -> &str {
    const OURS: &[&str] = &[
        "our", "onze", "ons", "unser", "unserem", "unserer", "unsere", "notre", "nuestro", "nuestra", "nosso", "nossa",
        "nostro", "nostra", "vår", "vores",
    ];
    const REPORTS: &[&str] = &[" berichtet ", " berichten "];
    // `Text Frida Holm Foto Olle Orel`
    if let Some(text) = line.strip_prefix("Text ").filter(|rest| rest.contains(" Foto ")) {
        return text;
    }
    let lower = line.split(' ').next().unwrap_or("").to_lowercase();
    if lower == "aus" {
        let cut = REPORTS.iter().filter_map(|verb| Some(line.find(verb)? + verb.len())).min();
        return cut.filter(|&at| line[..at].split(' ').count() <= 6).map_or(line, |at| &line[at..]);
    }
    if !OURS.contains(&lower.as_str()) {
        return line;
    }
    let mut rest = line.split_once(' ').map_or("", |(_, rest)| rest);
    // `in` stands in names of jobs and before places.
    let job = |word: &str| word.len() > 3 && JOBS.contains(plain(word).as_str());
    while let Some((_, behind)) = rest.split_once(' ').filter(|(word, _)| job(word)) {
        rest = behind;
    }
    if !rest.starts_with(char::is_lowercase) {
        return rest;
    }
    // `our correspondent in Orlen, Mara Linde`: the name is what stands behind the comma.
    let behind = rest.match_indices(", ").map(|(at, comma)| &rest[at + comma.len()..]);
    let named = |rest: &&str| parts(rest, None).first().is_some_and(|part| person(part.text, Trust::Text).is_some());
    behind.into_iter().find(named).unwrap_or(line)
}

/// The word, between spaces, behind which a place stands in the language of a byline's opener, though it joins names in others.
fn place_word(line: &str) -> Option<&'static str> {
    match line.split(' ').next().unwrap_or("").to_lowercase().as_str() {
        "por" | "par" => Some(" en "),
        "av" | "af" => Some(" i "),
        _ => None,
    }
}

fn persons_of(text: &str, trust: Trust, outlets: &[String]) -> Byline {
    let mut out = Byline::default();
    if text.len() > MAX_BYTES {
        return out;
    }
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let whole = before_other_roles(&line);
    let line = without_office(without_opener(whole, trust).0);
    if let Some(persons) = chinese(whole, line).or_else(|| korean(line)) {
        out.persons = persons;
        return out;
    }
    let place = place_word(whole);
    let parts = parts(line, place);
    let announced = trust;
    // One word among several parts is a place or a sign.
    let trust = if parts.len() > 1 { Trust::Text } else { trust };
    // `Linde, Mara`: one person, family name first.
    if let [Part { text: family, comma: false, .. }, Part { text: given, comma: true, .. }] = parts.as_slice()
        && is_word(family)
        && is_word(given)
        && agencies::named(given).is_none()
        && agencies::named(family).is_none()
        && person(&format!("{given} {family}"), trust).is_some()
        && !shouted_place(given)
        && !SUFFIXES.contains(plain(given).as_str())
        && !GENERATIONS.contains(plain(given).as_str())
    {
        out.persons.extend(person(&format!("{given} {family}"), trust));
        return out;
    }
    // `Linde, Tom Jr.`
    if line.matches(',').count() == 1
        && line.split(' ').next_back().is_some_and(|word| GENERATIONS.contains(plain(word).as_str()))
        && !line.contains(", Jr")
        && let Some(name) = turned(line, outlets)
    {
        out.persons.push(name);
        return out;
    }
    // `van der Linde, Mara`: a particle in front opens a family name, though it may be an opener too.
    for said in [whole, line] {
        let family = said.split(',').next().unwrap_or("");
        if PARTICLES.contains(family.split(' ').next().unwrap_or(""))
            && capitals(family) == 1
            && let Some(name) = turned(said, outlets)
        {
            out.persons.push(name);
            return out;
        }
    }
    if let Some(persons) = family_first(line) {
        out.persons = persons;
        return out;
    }
    // `Garcia Linde, Gabriel`: two family names, by the given name behind them.
    if let [Part { text: family, comma: false, .. }, Part { text: given, comma: true, .. }] = parts.as_slice() {
        let given_name = |name: &str| name.split(' ').next().is_some_and(|word| GIVEN.contains(plain(word).as_str()));
        if given_name(given) && !given_name(family) && given.split(' ').count() <= 2 {
            let whole = [family, ", ", given].concat();
            // Two given names may be two persons of one house: then the whole must be written as one.
            let name = turned(&whole, outlets).or_else(|| {
                let all = given.split(' ').all(|word| GIVEN.contains(plain(word).as_str()));
                (all && family.split(' ').count() == 2)
                    .then(|| person(&format!("{given} {family}"), Trust::Text))
                    .flatten()
            });
            if let Some(name) = name {
                out.persons.push(name);
                return out;
            }
        }
    }
    let mut behind_a_name = false;
    for (n, part) in parts.iter().enumerate() {
        // A slash parts persons, and a person from an outlet.
        behind_a_name = behind_a_name && (part.comma || part.slash);
        let said = without_outlet(without_opener(part.text.trim(), trust).0, outlets, &mut out);
        // `Av Kari Holm i Orlen`
        let said = place.and_then(|word| said.split_once(word)).map_or(said, |(name, _)| name);
        if let Some(agency) = agencies::named(said) {
            if !out.agencies.iter().any(|known| known == agency) {
                out.agencies.push(agency.to_owned());
            }
            continue;
        }
        // `Tom Orel, Jr.` is one person, and not his father.
        if behind_a_name && GENERATIONS.contains(plain(said).as_str()) {
            if let Some(last) = out.persons.last_mut() {
                *last = format!("{last} {said}");
            }
            continue;
        }
        if !out.persons.is_empty() && is_paper(line, part.text) {
            out.others = true;
            continue;
        }
        // `Ida Vance (photos)` took them.
        if parts.get(n + 1).is_some_and(|next| next.bracket && takes_pictures(next.text)) {
            continue;
        }
        if n > 0 && is_place(said) {
            continue;
        }
        match person(said, trust) {
            // Behind a comma: a place (`Mara Linde, Orlen`), a title or a degree unless it is a full name.
            Some(name)
                if !behind_a_name
                    || part.listed
                    || is_another(&name, said, announced, closes_a_list(&parts[n + 1..])) =>
            {
                if out.persons.len() < MAX_PERSONS && !out.persons.contains(&name) {
                    out.persons.push(name);
                }
                behind_a_name = true;
            }
            Some(_) => {}
            None => out.others |= !said.is_empty() && !behind_a_name,
        }
    }
    out
}

/// Whether the end of a byline is the paper that a person writes for: `Mara Linde | Orlen Echo`, but not
/// `Mara Linde | Tom Post`.
fn is_paper(line: &str, part: &str) -> bool {
    let before = line.strip_suffix(part).map_or("", str::trim_end);
    let set_off = [" |", " -", " –", " —", " ·", " •", " /", " @"].iter().any(|sign| before.ends_with(sign));
    let (mut words, last) = (part.split(' '), part.split(' ').next_back().unwrap_or(""));
    let first = plain(words.next().unwrap_or(""));
    let article = matches!(first.as_str(), "the" | "der" | "die" | "das" | "le" | "la" | "el" | "il");
    set_off
        && words.next().is_some()
        // `Post` and `Sun` are family names too.
        && (OUTLETS.contains(plain(last).as_str()) && !matches!(plain(last).as_str(), "post" | "sun" | "star") || article)
        && !GIVEN.contains(first.as_str())
}

/// Reads a line that a word such as `By` opened or announced, where all of it is part of a byline: behind the names stand
/// agencies, outlets, places and what those named do, and nothing that a sentence would go on with.
pub(super) fn line(text: &str, outlets: &[String]) -> Option<Byline> {
    /// Most words of a place or an outlet, and of what somebody is.
    const NAME: usize = 4;
    const JOB: usize = 8;
    let read = read(text, Trust::Text, outlets);
    let first = read.persons.first().filter(|_| text.len() <= MAX_LINE)?;
    // `Le Monde` signs as a body.
    if first.split(' ').count() == 2 && ARTICLES.contains(&first.split(' ').next().unwrap_or("")) {
        return None;
    }
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = without_opener(before_other_roles(&line), Trust::Text).0;
    let parts = parts(line, None);
    let explained = |part: &Part| {
        let said = without_opener(part.text.trim(), Trust::Text).0;
        let words: Vec<&str> = said.split(' ').filter(|word| !word.is_empty()).collect();
        let known = |word: &&str| {
            let word = plain(word);
            // `is`, `from` and `covers` say what somebody does in a sentence.
            let verb =
                ["covers", "writes", "joined", "works", "worked", "from", "hace", "read", "last", "posted", "schreibt"];
            word.len() >= 4
                && !verb.contains(&word.as_str())
                && (JOBS.contains(word.as_str()) || OFFICES.contains(word.as_str()))
                || SUFFIXES.contains(word.as_str())
        };
        let capital =
            |word: &&str| !word.starts_with(char::is_lowercase) || word.contains(|c: char| c.is_ascii_digit());
        let small = |word: &&str| {
            PARTICLES.contains(*word) || matches!(*word, "of" | "and" | "the" | "in" | "à" | "a" | "em" | "für" | "for")
        };
        let last = words.last().is_some_and(|word| capital(word) && !word.ends_with(['.', '!', '?']));
        person(said, Trust::Text).is_some()
            || words.is_empty()
            || agencies::named(said).is_some()
            || GENERATIONS.contains(plain(said).as_str())
            || takes_pictures(said)
            || matches!(plain(said).as_str(), "text" | "texte" | "texto" | "testo" | "tekst" | "words")
            || words.len() <= JOB && words.iter().take(2).any(known)
            || words.len() <= NAME && last && words.iter().all(|word| capital(word) || small(word))
            // `with AFP` in the words of several languages.
            || words.split_first().is_some_and(|(first, rest)| {
                matches!(*first, "avec" | "mit" | "con" | "com" | "with" | "et") && agencies::named(&rest.join(" ")).is_some()
            })
    };
    parts.iter().all(explained).then_some(read)
}

/// Articles that names of outlets begin with and names of persons seldom do.
const ARTICLES: &[&str] = &["The", "Le", "La", "Les", "El", "Los", "Las", "Il", "Der", "Die", "Das", "Het"];

/// Whether words are a place of several words: `Tel Aviv`, `New Delhi`.
fn is_place(said: &str) -> bool {
    let words: Vec<String> = said.split(' ').map(plain).collect();
    let opens = words.first().is_some_and(|first| PLACE_OPENERS.contains(first.as_str()));
    opens && words.len() > 1 && said.starts_with(char::is_uppercase) || PLACES.contains(words.join(" ").as_str())
}

/// Longest line that is read as a byline and nothing else, in bytes.
const MAX_LINE: usize = 160;

/// Whether words of a byline say that who stands before them took the pictures.
fn takes_pictures(words: &str) -> bool {
    words.split(' ').all(|word| PICTURES.contains(plain(word).as_str()))
}

/// Whether a comma goes on to a list that `and` closes: `Mara Linde, Lairen Warli and Tom Orel`.
fn closes_a_list(behind: &[Part]) -> bool {
    let end = behind.iter().find(|part| !part.comma);
    end.is_some_and(|part| {
        part.joined && (person(part.text, Trust::Text).is_some() || agencies::named(part.text).is_some())
    })
}

/// Whether what stands behind a name and a comma is another person: not a place (`Tel Aviv`) nor an outlet (`Valley Voice`,
/// `da Folha`). By its shape alone nobody can tell, so that it takes a given name, a list, or a place where only persons are
/// named.
fn is_another(name: &str, said: &str, trust: Trust, listed: bool) -> bool {
    let words: Vec<String> = said.split(' ').map(plain).collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    let cased = said.chars().any(|c| c.is_lowercase() || c.is_uppercase());
    if name.split(' ').count() < 2
        || said.starts_with(char::is_lowercase) && said.chars().any(char::is_uppercase)
        || is_place(said)
    {
        return false;
    }
    let initial = first.chars().count() == 1 || said.split(' ').next().is_some_and(|word| word.ends_with('.'));
    if GIVEN.contains(first.as_str()) || initial || !cased {
        return true;
    }
    !OUTLETS.contains(last.as_str()) && (listed || trust != Trust::Text)
}

/// `本报记者 李强 王丽`: a space parts persons behind a label of the mainland's, where names are written without one.
fn chinese(whole: &str, names: &str) -> Option<Vec<String>> {
    let label = &whole[..whole.len().saturating_sub(names.len())];
    let han = |name: &str| {
        (2..=4).contains(&name.chars().count()) && name.chars().all(|c| matches!(u32::from(c), 0x3400..=0x9FFF))
    };
    let names: Vec<&str> = names.split([' ', '\u{3000}']).filter(|name| !name.is_empty()).collect();
    let fits = (label.contains("记者") || label.contains("通讯员")) && (2..=6).contains(&names.len());
    (fits && names.iter().all(|name| han(name) && person(name, Trust::Text).as_deref() == Some(*name)))
        .then(|| names.into_iter().map(str::to_owned).collect())
}

/// Reads one member of a list of authors: with one comma in it a family name and given names, however many words each
/// has (`Garcia Linde, Mara`), unless both halves are full names.
pub(super) fn member(text: &str, trust: Trust, outlets: &[String]) -> Byline {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match turned(&line, outlets) {
        Some(name) => Byline { persons: vec![name], ..Byline::default() },
        None => read(text, trust, outlets),
    }
}

/// How many words of a name, but for initials, are written large.
fn capitals(name: &str) -> usize {
    name.split(' ').filter(|word| word.starts_with(char::is_uppercase) && plain(word).chars().count() > 1).count()
}

/// `Garcia Linde, Mara` with the given name first; `None` if what stands behind the comma, or the whole, is none.
fn turned(line: &str, outlets: &[String]) -> Option<String> {
    let (family, given) = line.split_once(',').filter(|_| line.len() <= MAX_BYTES)?;
    let (family, given) = (family.trim(), given.trim());
    let (given, generation) = match given.rsplit_once(' ') {
        Some((names, last)) if GENERATIONS.contains(plain(last).as_str()) => (names.trim_end_matches(','), Some(last)),
        _ => (given, None),
    };
    let words = |name: &str, test: fn(&str) -> bool| name.split(' ').all(|word| test(word.trim_end_matches('.')));
    let said = |word: &str| JOBS.contains(word) || OFFICES.contains(word) || SUFFIXES.contains(word);
    let small = PARTICLES.contains(family.split(' ').next().unwrap_or(""));
    let fits = (1..=5).contains(&family.split(' ').count())
        && words(family, |word| is_word(word) || PARTICLES.contains(word))
        && family.split(' ').next_back().is_some_and(is_word)
        && (1..=3).contains(&given.split(' ').count())
        && words(given, is_word)
        && (small || capitals(family) < 2 || capitals(given) < 2)
        && !given.split(' ').any(|word| said(&plain(word)) || GENERATIONS.contains(plain(word).as_str()))
        && (!shouted_place(given) || !family.chars().any(char::is_lowercase))
        && agencies::named(given).is_none()
        && agencies::named(family).is_none()
        && !outlets.contains(&folded(given));
    let name = fits.then(|| person(&format!("{given} {family}"), Trust::Text)).flatten()?;
    Some(generation.map_or(name.clone(), |generation| format!("{name} {generation}")))
}

/// `Linde, Mara; Roe, Jane`: several persons, family names first.
fn family_first(line: &str) -> Option<Vec<String>> {
    line.contains(';').then_some(())?;
    let turned = line.split(';').map(str::trim).filter(|one| !one.is_empty()).take(MAX_PERSONS).map(|one| {
        let (family, given) = one.split_once(',')?;
        let (family, given) = (family.trim(), given.trim());
        // Only particles may stand beside a family name: `Mara Linde, Orlen; …` are full names with their places.
        let capitals = family.split(' ').filter(|word| word.chars().next().is_some_and(char::is_uppercase)).count();
        let family_name = capitals == 1 && family.split(' ').next_back().is_some_and(is_word);
        let given_names = (1..=3).contains(&given.split(' ').count())
            && given.split(' ').all(|word| is_word(word.trim_end_matches('.')))
            && !SUFFIXES.contains(plain(given).as_str())
            && (!shouted_place(given) || !family.chars().any(char::is_lowercase))
            && agencies::named(given).is_none()
            && agencies::named(family).is_none();
        let whole = person(&format!("{given} {family}"), Trust::Text)?;
        (family_name && given_names).then_some(whole)
    });
    turned.collect()
}

/// What stands before `Edited by` and its like.
fn before_other_roles(line: &str) -> &str {
    static ROLES: LazyLock<Vec<Vec<char>>> =
        LazyLock::new(|| OTHER_ROLES.iter().map(|role| role.chars().flat_map(folded_chars).collect()).collect());
    let mut previous = ' ';
    for (at, c) in line.char_indices() {
        let starts = !previous.is_alphanumeric() && c.is_alphabetic();
        previous = c;
        if starts && ROLES.iter().any(|role| starts_with_folded(&line[at..], role).is_some()) {
            return line[..at].trim_end();
        }
    }
    line
}

/// Takes an agency's or the outlet's own name off the end: `Mara Linde The Associated Press`, `Mara Linde ORLEN HERALD`.
fn without_outlet<'a>(part: &'a str, outlets: &[String], out: &mut Byline) -> &'a str {
    let starts: Vec<usize> = part.match_indices(' ').map(|(at, _)| at).collect();
    for &at in starts.iter().skip(1) {
        let (name, tail) = (&part[..at], part[at + 1..].trim());
        if let Some(agency) = agencies::named(tail) {
            if !out.agencies.iter().any(|known| known == agency) {
                out.agencies.push(agency.to_owned());
            }
            return name;
        }
        let tail = folded(tail);
        if !tail.is_empty() && outlets.contains(&tail) {
            return name;
        }
    }
    part
}

pub(super) fn without_opener(line: &str, trust: Trust) -> (&str, bool) {
    // `ByMara Linde`: two elements without a space between.
    if let Some(rest) = line.strip_prefix("By").filter(|rest| rest.starts_with(char::is_uppercase)) {
        return (rest, true);
    }
    let mut best = 0;
    let start = Folded::of(line.chars().take(32));
    static FOLDED: LazyLock<Vec<(&str, Vec<char>)>> = LazyLock::new(|| {
        OPENERS.iter().map(|opener| (*opener, opener.chars().flat_map(folded_chars).collect())).collect()
    });
    for (opener, folded) in FOLDED.iter() {
        // Folding may change lengths: the end is found in the text itself.
        let Some(end) = start.end_of(folded) else { continue };
        let rest = &line[end..];
        let free = rest.starts_with([' ', ':', '：', '/', '\u{3000}'])
            || opener.ends_with([':', '/', '●', '・'])
            || rest.is_empty()
            || !opener.is_ascii() && !is_cased(opener);
        // `Von` and `De` begin names too: they only open a byline when a name of two words follows.
        let word = matches!(
            *opener,
            "de" | "von"
                | "di"
                | "from"
                | "na"
                | "av"
                | "af"
                | "en"
                | "от"
                | "του"
                | "της"
                | "theo"
                | "文"
                | "글"
                | "author"
                | "journalist"
                | "penulis"
        );
        let enough = !word
            || trust != Trust::Name
            || line.starts_with(opener)
            || rest.split_whitespace().count() >= 2
            || !is_cased(opener);
        if free && enough && end > best {
            best = end;
        }
    }
    let rest = line[best..].trim_start_matches([' ', ':', '：', '/', '·', '•', '|', '-', '–', '—', '\u{3000}']);
    if best > 0 && rest.len() < line.len() && best < line.len() {
        // `Text: Von Mara Linde`.
        let (inner, _) = without_opener(rest, trust);
        return (inner, true);
    }
    (rest, best > 0)
}

fn is_cased(text: &str) -> bool {
    text.chars().any(char::is_lowercase)
}

/// The beginning of a line, folded once for all openers.
struct Folded {
    /// Each with the byte after the character it is of, if it is the last of it.
    chars: Vec<(char, Option<usize>)>,
}

impl Folded {
    fn of(text: impl Iterator<Item = char>) -> Self {
        let mut chars = Vec::with_capacity(40);
        let mut end = 0;
        for c in text {
            end += c.len_utf8();
            let before = chars.len();
            chars.extend(folded_chars(c).map(|folded| (folded, None)));
            if let Some(last) = chars[before..].last_mut() {
                last.1 = Some(end);
            }
        }
        Self { chars }
    }

    /// Where in the text a folded opener ends.
    fn end_of(&self, opener: &[char]) -> Option<usize> {
        let start = self.chars.get(..opener.len())?;
        let same = start.iter().map(|(c, _)| c).eq(opener);
        if same { start.last().map_or(Some(0), |(_, end)| *end) } else { None }
    }
}

/// Where in `text` a folded `opener` ends.
fn starts_with_folded(text: &str, opener: &[char]) -> Option<usize> {
    let mut want = opener.iter().copied();
    let mut next = want.next();
    for (at, c) in text.char_indices() {
        if next.is_none() {
            return Some(at);
        }
        for folded in folded_chars(c) {
            if next != Some(folded) {
                return None;
            }
            next = want.next();
        }
    }
    next.is_none().then_some(text.len())
}

pub(super) fn folded_chars(c: char) -> impl Iterator<Item = char> {
    use unicode_normalization::UnicodeNormalization;
    let ascii = c.is_ascii().then(|| c.to_ascii_lowercase());
    let other = ascii.is_none().then(|| std::iter::once(c).nfkd().filter(|&c| !accent(c)).flat_map(char::to_lowercase));
    ascii.into_iter().chain(other.into_iter().flatten())
}

/// Lower case without accents and full stops: `Ph.D.` is `phd`.
pub(super) fn plain(word: &str) -> String {
    word.chars()
        .filter(|c| !matches!(c, '.' | ',' | '®' | '(' | ')' | '"' | '“' | '”' | '*'))
        .flat_map(folded_chars)
        .collect()
}

fn is_word(text: &str) -> bool {
    !text.contains(' ')
        && text.chars().next().is_some_and(char::is_uppercase)
        && text.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'))
}

/// `AFP, MANILA`: a place behind an agency.
fn shouted_place(text: &str) -> bool {
    text.chars().count() > 3 && text.chars().all(|c| !c.is_lowercase())
}
