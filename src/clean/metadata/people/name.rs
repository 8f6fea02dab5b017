//! Whether a few words are a person's name, and how it is shown.

use super::byline::{Trust, folded_chars, plain};
use super::words::{GIVEN, JOBS, OFFICES, PARTICLES, STYLES, SUFFIXES};
use crate::clean::metadata::dates;

/// One person's name as it is to be shown, if `text` is one.
pub(super) fn person(text: &str, trust: Trust) -> Option<String> {
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
    while words.len() > 1 && STYLES.contains(words[0].to_lowercase().as_str()) {
        words.remove(0);
    }
    // `Lead Courts Reporter` is what somebody does, `Published: Dec` a label.
    let is_job = |word: &&str| JOBS.contains(plain(word).as_str());
    if words.len() > 2 && is_job(&words[0]) && is_job(&words[words.len() - 1])
        || words.iter().any(|word| word.ends_with([':', ';']))
    {
        return None;
    }
    // `Bay City News` is an office; who has a given name may be of one.
    let news = words.last().is_some_and(|word| *word == "News");
    if news && words.len() > 2 && !GIVEN.contains(plain(words[0]).as_str()) {
        return None;
    }
    // `Mara Linde Staff Writer`, `Mara Linde in Orlen`, `Mara Linde 27 June`: the name ends where something else begins.
    if words.len() > 2 {
        let foreign = |word: &&str| {
            let folded: String = word.chars().flat_map(folded_chars).collect();
            let bare = plain(word);
            let capital = word.chars().next().is_some_and(char::is_uppercase);
            (JOBS.contains(bare.as_str()) && (capital || !PARTICLES.contains(folded.as_str())))
                || word.chars().any(|c| c.is_ascii_digit())
        };
        if let Some(cut) = words.iter().skip(2).position(foreign) {
            let dated = words[cut + 2].chars().any(|c| c.is_ascii_digit());
            // `Reuters March 4, 2024` is a body and a day; `Mara May 3 min read` has no year.
            let day = is_day(words[cut + 2]) && words.get(cut + 3).is_none_or(|word| is_year(word));
            words.truncate(cut + 2);
            while dated && words.len() > 2 && words.last().is_some_and(|word| dates::is_month(word)) {
                words.pop();
            }
            if day && words.len() == 2 && dates::is_month(words[1]) {
                return None;
            }
        }
    }
    if words.last().is_some_and(|word| {
        words.len() > 2
            && SUFFIXES.contains(plain(word).as_str())
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
    // `Text Size Small Medium Large`: so many words are a name only with a particle or an initial among them.
    let binds = |word: &&str| PARTICLES.contains(word.to_lowercase().as_str()) || initials(word);
    if count > 4 && trust != Trust::Name && !words.iter().any(binds) {
        return None;
    }
    let office = |word: &&str| OFFICES.contains(plain(word).as_str());
    if words.iter().any(office) || words.iter().any(|word| word.contains('.') && !initials(word) && !abbreviation(word))
    {
        return None;
    }
    // A part that is only what somebody does.
    let job = |word: &&str| JOBS.contains(plain(word).as_str()) && !(word.contains('.') && initials(word));
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
    if !words.iter().any(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1)
        || words.iter().any(|word| glued(word))
    {
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
    let small = words.iter().filter(lower).all(|word| PARTICLES.contains(word.to_lowercase().as_str()));
    if capitals == 0 {
        // `mara linde` as an account has it.
        return (trust == Trust::Name && count <= 3 && count > 1)
            .then(|| words.iter().map(|word| capitalised(word)).collect::<Vec<_>>().join(" "));
    }
    if !small || capitals * 2 < count {
        return None;
    }
    if words[count - 1].chars().next().is_some_and(char::is_lowercase) && PARTICLES.contains(words[count - 1]) {
        return None;
    }
    let shouted = words.iter().all(|word| !word.chars().any(char::is_lowercase))
        && words.iter().any(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 2);
    let half = !shouted && count > 1 && words.iter().skip(1).all(|word| shouted_word(word)) && !shouted_word(words[0]);
    let name: Vec<String> = words
        .iter()
        .map(|word| {
            if shouted || half && shouted_word(word) {
                if initials(word) && !is_short_name(word) || word.chars().count() <= 2 && !word.contains(is_vowel) {
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

/// `4`, `27,`.
fn is_day(word: &str) -> bool {
    word.trim_end_matches([',', '.']).parse::<u8>().is_ok_and(|day| (1..=31).contains(&day))
}

/// `2024`, and `202412:44` where a time is glued to it.
fn is_year(word: &str) -> bool {
    word.get(..4).is_some_and(|year| year.parse::<u16>().is_ok_and(|year| (1900..2100).contains(&year)))
}

/// `LindePublished`: two words without the space. Prefixes of names (`McCall`, `DeShawn`, `FitzRoy`) are short.
fn glued(word: &str) -> bool {
    let mut before = 0usize;
    let mut last = ' ';
    for c in word.chars() {
        if c.is_uppercase() && last.is_lowercase() && before > 3 && !word.starts_with("Fitz") {
            return true;
        }
        before = if c.is_alphabetic() { before + 1 } else { 0 };
        last = c;
    }
    false
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

/// `JO`, `BO`: a name of two letters, a consonant and a vowel; `AJ` and `JD` are initials.
fn is_short_name(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    matches!(letters[..], [first, last] if first.is_alphabetic() && !is_vowel(first) && is_vowel(last))
        || matches!(word, "AL" | "ED")
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
/// The reporters of a Korean byline, whose job stands behind the last: `김민서 박준석 기자`, `남해일보 김민서 기자`. Names have three
/// syllables, seldom two or four; a longer word before them is the paper.
pub(super) fn korean(line: &str) -> Option<Vec<String>> {
    const JOBS: [&str; 5] = ["기자", "특파원", "선임기자", "인턴기자", "논설위원"];
    const PAPERS: [&str; 9] = ["일보", "신문", "뉴스", "방송", "경제", "타임스", "통신", "매일", "저널"];
    let hangul = |word: &&str| word.chars().all(|c| matches!(u32::from(c), 0xAC00..=0xD7A3));
    let (names, job) = line.trim().trim_matches(['[', ']', '(', ')']).rsplit_once(' ')?;
    let mut names: Vec<&str> = names.split([' ', '·', ',', '=']).filter(|word| !word.is_empty()).collect();
    if !JOBS.contains(&job) || names.len() < 2 || !names.iter().all(hangul) {
        return None;
    }
    if names[0].chars().count() > 3 && PAPERS.iter().any(|tail| names[0].ends_with(tail)) {
        names.remove(0);
    }
    let full = names.iter().all(|name| (3..=4).contains(&name.chars().count()) && !JOBS.contains(name));
    (full && !names.iter().any(|name| OFFICES.contains(name))).then(|| names.into_iter().map(str::to_owned).collect())
}

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
    // So many characters without a gap are a clause: `从会议上获悉`, as was learned at the meeting.
    let kana = |c: char| matches!(u32::from(c), 0x3040..=0x30FF);
    let clause = letters > 5 && name.chars().all(|c| han(c) && !kana(c));
    let most = match () {
        _ if name.chars().any(hangul) => 4,
        _ if clause => 0,
        _ => 8,
    };
    Some(
        (all && !office && (2..=most).contains(&letters))
            .then(|| name.split_whitespace().collect::<Vec<_>>().join(" ")),
    )
}
