//! One byline → the persons, agencies and other bodies it names.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::words::{JOBS, JOINERS, OFFICES, OPENERS, PARTICLES, STYLES, SUFFIXES};
use crate::clean::metadata::{accent, agencies};

/// What a byline names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Byline {
    /// Persons, in order.
    pub persons: Vec<String>,
    /// Wire agencies, by their usual names.
    pub agencies: Vec<String>,
    /// Whether something else signed: a desk, an outlet, a handle.
    pub others: bool,
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

static OFFICE: LazyLock<HashSet<&str>> = LazyLock::new(|| OFFICES.iter().copied().collect());
static JOB: LazyLock<HashSet<&str>> = LazyLock::new(|| JOBS.iter().copied().collect());
static JOINER: LazyLock<HashSet<&str>> = LazyLock::new(|| JOINERS.iter().copied().collect());
static PARTICLE: LazyLock<HashSet<&str>> = LazyLock::new(|| PARTICLES.iter().copied().collect());

/// Reads a byline.
pub(super) fn read(text: &str, trust: Trust) -> Byline {
    let mut out = Byline::default();
    if text.len() > MAX_BYTES {
        return out;
    }
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (line, opened) = without_opener(&line);
    let parts = parts(line);
    // `Linde, Mara`: one person, family name first.
    if let [Part { text: family, comma: false }, Part { text: given, comma: true }] = parts.as_slice()
        && is_word(family)
        && is_word(given)
        && agencies::named(given).is_none()
        && agencies::named(family).is_none()
        && person(&format!("{given} {family}"), trust).is_some()
        && !shouted_place(given)
        && !SUFFIXES.contains(&plain(given).as_str())
    {
        out.persons.extend(person(&format!("{given} {family}"), trust));
        return out;
    }
    let mut behind_a_name = false;
    for part in &parts {
        if !part.comma {
            behind_a_name = false;
        }
        let said = without_opener(part.text.trim()).0;
        if let Some(agency) = agencies::named(said) {
            if !out.agencies.iter().any(|known| known == agency) {
                out.agencies.push(agency.to_owned());
            }
            continue;
        }
        let trust = if opened || out.persons.is_empty() { trust } else { Trust::Text };
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

/// A piece of a byline, and whether a comma parts it from the one before.
struct Part<'a> {
    text: &'a str,
    comma: bool,
}

fn without_opener(line: &str) -> (&str, bool) {
    let mut best = 0;
    let start: String = line.chars().take(32).collect();
    for opener in OPENERS {
        // Folding may change lengths: the end is found in the text itself.
        let Some(end) = starts_with_folded(&start, opener) else { continue };
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
        let enough = !word || rest.split_whitespace().count() >= 2 || !is_cased(opener);
        if free && enough && end > best {
            best = end;
        }
    }
    let rest = line[best..].trim_start_matches([' ', ':', '：', '/', '·', '•', '|', '-', '–', '—', '\u{3000}']);
    if best > 0 && rest.len() < line.len() && best < line.len() {
        // `Text: Von Mara Linde`.
        let (inner, _) = without_opener(rest);
        return (inner, true);
    }
    (rest, best > 0)
}

fn is_cased(text: &str) -> bool {
    text.chars().any(char::is_lowercase)
}

/// Where in `text` a folded `opener` ends.
fn starts_with_folded(text: &str, opener: &str) -> Option<usize> {
    let mut want = opener.chars();
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

fn folded_chars(c: char) -> impl Iterator<Item = char> {
    use unicode_normalization::UnicodeNormalization;
    std::iter::once(c).nfkd().filter(|&c| !accent(c)).flat_map(char::to_lowercase)
}

/// Lower case without accents and full stops: `Ph.D.` is `phd`.
fn plain(word: &str) -> String {
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
    if !JOINER.contains(folded.as_str())
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

/// One person's name as it is to be shown, if `text` is one.
fn person(text: &str, trust: Trust) -> Option<String> {
    let text = text
        .trim()
        .trim_matches(|c: char| {
            matches!(c, '"' | '“' | '”' | '*' | ':' | '-' | '–' | '—' | '_' | '~' | '<' | '>' | '.' | '†' | '‡' | '#')
        })
        .trim();
    if text.is_empty()
        || text.contains(['@', '\\', '=', '{', '}', '?', '!', '%', '$', '€', '©', '…'])
        || text.contains("://")
        || text.contains("www.")
    {
        return None;
    }
    if let Some(name) = east_asian(text) {
        return name;
    }
    let mut words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    while words.len() > 1 && STYLES.contains(&words[0].to_lowercase().as_str()) {
        words.remove(0);
    }
    // `Mara Linde Staff Writer`, `Mara Linde in Orlen`, `Mara Linde 27 June`: the name ends where something else begins.
    if words.len() > 2 {
        let foreign = |word: &&str| {
            let folded: String = word.chars().flat_map(folded_chars).collect();
            let bare = plain(word);
            let capital = word.chars().next().is_some_and(char::is_uppercase);
            (JOB.contains(bare.as_str()) && !(PARTICLE.contains(folded.as_str()) && !capital))
                || word.chars().any(|c| c.is_ascii_digit())
        };
        if let Some(cut) = words.iter().skip(2).position(foreign) {
            words.truncate(cut + 2);
        }
    }
    if words.last().is_some_and(|word| {
        words.len() > 2
            && SUFFIXES.contains(&plain(word).as_str())
            && word.chars().filter(|c| c.is_uppercase()).count() > 1
    }) {
        words.pop();
    }
    let count = words.len();
    if count == 0
        || count > 6
        || words.iter().any(|word| word.chars().any(|c| c.is_numeric()) || word.chars().count() > 30)
    {
        return None;
    }
    let office = |word: &&str| OFFICE.contains(plain(word).as_str());
    if words.iter().any(office) || words.iter().any(|word| word.contains('.') && !initials(word) && !abbreviation(word))
    {
        return None;
    }
    // A part that is only what somebody does.
    let job = |word: &&str| JOB.contains(plain(word).as_str());
    let jobs = words.iter().filter(|word| job(word)).count();
    if jobs == count || (jobs > 0 && (job(&words[count - 1]) || job(&words[0])) && jobs * 2 >= count) {
        return None;
    }
    if plain(words[0]) == "the" || plain(words[count - 1]) == "the" {
        return None;
    }
    let cased = words.iter().any(|word| word.chars().any(|c| c.is_lowercase() || c.is_uppercase()));
    if count == 1 && cased {
        let word = words[0];
        let first = word.chars().next().is_some_and(char::is_uppercase);
        let inner = word.chars().skip(1).filter(|c| c.is_uppercase()).count();
        let letters = word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'));
        // `dpa`, `hosb`, `KingBee7`: signs and handles are no names.
        if trust != Trust::Name
            || !first
            || !letters
            || inner > usize::from(word.contains(['-', '\'', '’']))
            || word.chars().count() < 3
        {
            return None;
        }
        return Some(word.to_owned());
    }
    if !words.iter().all(|word| {
        word.chars().all(|c| {
            c.is_alphabetic()
                || c.is_ascii_punctuation()
                || matches!(c, '’' | '‘' | '·' | 'ʻ' | 'ʼ' | '‐' | '‑' | '–' | '“' | '”')
                || accentlike(c)
        })
    }) {
        return None;
    }
    if !words.iter().any(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1) {
        return None;
    }
    if !cased {
        // Scripts without case: short enough to be a name.
        return (count <= 5).then(|| words.join(" "));
    }
    let capitals = words.iter().filter(|word| word.chars().any(char::is_uppercase)).count();
    let lower = |word: &&&str| {
        !word.chars().next().is_some_and(char::is_uppercase)
            && !word.starts_with(['\'', '’', '"', '“', '('])
            && !(word.chars().any(char::is_uppercase))
    };
    let small = words.iter().filter(lower).all(|word| PARTICLE.contains(word.to_lowercase().as_str()));
    if capitals == 0 {
        // `mara linde` as an account has it.
        return (trust == Trust::Name && count <= 3 && count > 1)
            .then(|| words.iter().map(|word| capitalised(word)).collect::<Vec<_>>().join(" "));
    }
    if !small || capitals * 2 < count {
        return None;
    }
    if words[count - 1].chars().next().is_some_and(char::is_lowercase) && PARTICLE.contains(words[count - 1]) {
        return None;
    }
    let shouted = words.iter().all(|word| !word.chars().any(char::is_lowercase))
        && words.iter().any(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 2);
    let half = !shouted && count > 1 && words.iter().skip(1).all(|word| shouted_word(word)) && !shouted_word(words[0]);
    let name: Vec<String> = words
        .iter()
        .map(|word| {
            if shouted || half && shouted_word(word) {
                if initials(word) || word.chars().count() <= 2 && !word.contains(is_vowel) {
                    (*word).to_owned()
                } else {
                    capitalised(word)
                }
            } else {
                (*word).to_owned()
            }
        })
        .collect();
    Some(name.join(" "))
}

fn accentlike(c: char) -> bool {
    // Marks of scripts that NFC leaves apart from their letters.
    unicode_normalization::char::is_combining_mark(c) || matches!(c, '\u{200c}' | '\u{200d}')
}

fn is_vowel(c: char) -> bool {
    "AEIOUYÄÖÜ".contains(c)
}

fn shouted_word(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).count() > 2 && !word.chars().any(char::is_lowercase)
}

/// `J.`, `J.D.`, `J`.
fn initials(word: &str) -> bool {
    word.split(['.', '-']).all(|part| part.chars().count() <= 2) && word.chars().any(char::is_alphabetic)
}

/// `St.`, `Jr.`, `Chr.`: a short word with its point.
fn abbreviation(word: &str) -> bool {
    word.ends_with('.') && word.chars().count() <= 6 && word.matches('.').count() == 1
}

/// `LINDE` → `Linde`, `O'NEIL` → `O'Neil`, `MCCALL` → `McCall`, `VAN` → `van` only inside a name (left capital here).
fn capitalised(word: &str) -> String {
    let lower = word.to_lowercase();
    let mut out = String::with_capacity(word.len());
    let mut up = true;
    let mut letters = 0usize;
    for c in lower.chars() {
        if up && c.is_alphabetic() {
            out.extend(c.to_uppercase());
            up = false;
        } else {
            out.push(c);
        }
        letters += usize::from(c.is_alphabetic());
        let apostrophe = matches!(c, '\'' | '’') && letters <= 2;
        up |= c == '-' || c == '.' || apostrophe || (out == "Mc" && lower.chars().count() > 4);
    }
    out
}

/// Chinese, Japanese and Korean names: `None` when the text is in another script, `Some(None)` when it is no name.
fn east_asian(text: &str) -> Option<Option<String>> {
    let han = |c: char| matches!(u32::from(c), 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x3005 | 0x3040..=0x30FF);
    let hangul = |c: char| matches!(u32::from(c), 0xAC00..=0xD7A3);
    if !text.chars().any(|c| han(c) || hangul(c)) {
        return None;
    }
    let mut name = text.trim();
    // A count of further authors, a job: `박준석 기자 외 1명`, `王芳 记者`.
    for tail in [
        "기자",
        "특파원",
        "记者",
        "記者",
        "报道",
        "報導",
        "編集委員",
        "論説委員",
        "编辑",
        "氏",
        "さん",
        "著",
        "監訳",
        "訳",
    ] {
        if let Some(at) = name.find(tail).filter(|&at| at > 0) {
            name = name[..at].trim_end();
        }
    }
    let letters = name.chars().filter(|c| !c.is_whitespace() && *c != '・' && *c != '·').count();
    let all = name.chars().all(|c| han(c) || hangul(c) || c.is_whitespace() || c == '・' || c == '·');
    let office =
        OFFICES.iter().any(|word| !word.is_ascii() && word.chars().all(|c| han(c) || hangul(c)) && name.contains(word));
    let most = if name.chars().any(hangul) { 4 } else { 8 };
    Some(
        (all && !office && (2..=most).contains(&letters))
            .then(|| name.split_whitespace().collect::<Vec<_>>().join(" ")),
    )
}
