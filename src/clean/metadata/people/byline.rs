//! One byline → the persons, agencies and other bodies it names.

use std::sync::LazyLock;

use super::body;
use super::name::{korean, person};
use super::words::{GENERATIONS, GIVEN, JOBS, JOINERS, OFFICES, OPENERS, OTHER_ROLES, PARTICLES, SUFFIXES};
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
    /// Text near the article: only what looks like a full name.
    Text,
}

/// Longest byline in bytes; longer ones are biographies.
const MAX_BYTES: usize = 600;
/// Most persons of one byline.
const MAX_PERSONS: usize = 40;

/// Reads a byline.
pub(super) fn read(text: &str, trust: Trust, outlets: &[String]) -> Byline {
    let mut out = persons_of(text, trust, outlets);
    if out.persons.is_empty() && text.len() <= MAX_BYTES {
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        out.body = body::of(without_opener(&line, trust).0, outlets, trust == Trust::Name);
    }
    out
}

fn persons_of(text: &str, trust: Trust, outlets: &[String]) -> Byline {
    let mut out = Byline::default();
    if text.len() > MAX_BYTES {
        return out;
    }
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let whole = before_other_roles(&line);
    let (line, _) = without_opener(whole, trust);
    if let Some(persons) = korean(line) {
        out.persons = persons;
        return out;
    }
    let parts = parts(line);
    // One word among several parts is a place or a sign.
    let trust = if parts.len() > 1 { Trust::Text } else { trust };
    // `Linde, Mara`: one person, family name first.
    if let [Part { text: family, comma: false }, Part { text: given, comma: true }] = parts.as_slice()
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
    if let [Part { text: family, comma: false }, Part { text: given, comma: true }] = parts.as_slice() {
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
    for part in &parts {
        if !part.comma {
            behind_a_name = false;
        }
        let said = without_outlet(without_opener(part.text.trim(), trust).0, outlets, &mut out);
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
        match person(said, trust) {
            // Behind a comma: a place (`Mara Linde, Orlen`), a title or a degree unless it is a full name.
            Some(name) if !(behind_a_name && name.split(' ').count() < 2) => {
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

/// A piece of a byline, and whether a comma parts it from the one before.
struct Part<'a> {
    text: &'a str,
    comma: bool,
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
            || trust == Trust::Text
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

/// Cuts a byline at commas, slashes, bars, joining words and dashes between spaces.
fn parts(line: &str) -> Vec<Part<'_>> {
    let mut out: Vec<Part> = Vec::new();
    let mut comma = false;
    let mut start = 0;
    let bytes = line.len();
    let mut at = 0;
    while at < bytes {
        let rest = &line[at..];
        let Some(c) = rest.chars().next() else { break };
        let spaced_dash = [" - ", " – ", " — ", " · ", " • ", " | ", " // ", " ● "]
            .iter()
            .find(|dash| rest.starts_with(**dash))
            .map(|dash| dash.len());
        let cut = match c {
            ',' | '，' | '、' => Some((c.len_utf8(), true)),
            ';' | '|' | '•' | '·' | '\u{3000}' | '；' | '●' => Some((c.len_utf8(), false)),
            '&' | '+' => Some((1, false)),
            // `dpa/Mara Linde`; the slash of an address is none.
            '/' | '／' if !line.contains("://") => Some((c.len_utf8(), false)),
            '(' | '[' | '（' => Some((c.len_utf8(), true)),
            ')' | ']' | '）' => Some((c.len_utf8(), true)),
            _ => spaced_dash.map(|len| (len, true)),
        };
        if let Some((len, is_comma)) = cut {
            out.push(Part { text: line[start..at].trim(), comma });
            comma = is_comma;
            at += len;
            start = at;
            continue;
        }
        if c == ' ' {
            let word_end = rest[1..].find(' ').map_or(bytes, |end| at + 1 + end);
            let word = &line[at + 1..word_end];
            if word_end < bytes && joins(&line[start..at], word, &line[word_end..], comma) {
                out.push(Part { text: line[start..at].trim(), comma });
                comma = false;
                at = word_end;
                start = at;
                continue;
            }
        }
        at += c.len_utf8();
    }
    out.push(Part { text: line[start..].trim(), comma });
    out.retain(|part| !part.text.is_empty());
    // After the first empty part is gone the first one follows nothing.
    if let Some(first) = out.first_mut() {
        first.comma = false;
    }
    out
}

/// Whether `word` between `before` and `after` parts two names.
fn joins(before: &str, word: &str, after: &str, listed: bool) -> bool {
    let folded: String = word.chars().flat_map(folded_chars).collect();
    if !JOINERS.contains(folded.as_str())
        || word.chars().next().is_some_and(char::is_uppercase)
            && !word.eq_ignore_ascii_case("and")
            && !word.eq_ignore_ascii_case("und")
    {
        return false;
    }
    if folded.chars().count() > 2 {
        return true;
    }
    // `José Ortega y Gasset` is one person, `Ana Ruiz y Luis Mora` two; `Ana, Luis y Eva` is a list.
    let after = after.trim_start();
    let next: Vec<&str> = after
        .split([',', ';', '|', '/', '('])
        .next()
        .unwrap_or("")
        .split(' ')
        .filter(|word| !word.is_empty())
        .collect();
    let full = |words: &[&str]| {
        words.len() >= 2 && words.iter().take(2).all(|word| word.chars().next().is_some_and(char::is_uppercase))
    };
    let last: Vec<&str> = before.split(' ').filter(|word| !word.is_empty()).collect();
    full(&next) && (listed || full(&last))
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
