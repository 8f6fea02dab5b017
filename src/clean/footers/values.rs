//! What slots capture: checked, put in order, given to fields.

mod naming;
mod parted;
mod reports;
mod times;
mod when;

use std::sync::LazyLock;

use regex::Regex;

use crate::model::{Field, Yield};

pub(super) use naming::outlet_name;
pub(super) use parted::parted;
pub(super) use reports::reports;
pub(in crate::clean::footers) use times::MONTHS;
use times::TIMES;
pub(in crate::clean) use times::is_time;
use when::tells_when;

/// Small words inside names of persons and outlets.
const PARTICLES: [&str; 66] = [
    "of", "the", "and", "for", "in", "on", "at", "to", "&", "de", "du", "des", "la", "le", "les", "el", "los", "las",
    "del", "da", "do", "dos", "das", "di", "della", "delle", "dei", "d", "e", "y", "et", "und", "der", "die", "den",
    "dem", "am", "im", "für", "van", "von", "vom", "zu", "zum", "zur", "ter", "ten", "het", "een", "og", "och", "i",
    "på", "av", "af", "bin", "ibn", "al", "abu", "dela", "a", "an", "by", "with", "w", "+",
];

/// What parts two names.
fn parts(names: &str) -> impl Iterator<Item = &str> {
    static BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
        // The pattern is ours and is tested.
        Regex::new(r"\s*[;,/&、，]\s*(?:(?:and|und|et|y|e|och|og|en) )?| (?:and|und|et|y|e|och|og|en|AND|UND|ET) ")
            .expect("a valid pattern")
    });
    BETWEEN.split(names).map(str::trim).filter(|name| !name.is_empty())
}

fn cased(word: &str) -> Option<bool> {
    let first = word.chars().find(|c| c.is_alphanumeric())?;
    Some(!first.is_lowercase())
}

/// Whether `name` can be a person's: two to five words (or one), capitals but for particles, no digits.
pub(super) fn is_person(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let bad =
        |c: char| c.is_numeric() || matches!(c, ':' | '?' | '!' | '@' | '/' | '|' | '"' | '“' | '(' | ')' | '<' | '>');
    !name.is_empty()
        && words.len() <= 5
        && name.chars().count() <= 50
        && !name.contains(bad)
        && !is_wide_phrase(name)
        && !words[..words.len().saturating_sub(1)].iter().any(|word| matches!(*word, "-" | "–" | "—"))
        && words.iter().all(|word| {
            cased(word).unwrap_or(true)
                || PARTICLES.contains(&word.to_lowercase().as_str())
                || word.starts_with("d'")
                || word.starts_with("al-")
        })
        && words.iter().any(|word| cased(word) == Some(true))
}

/// Whether `names` can be a list of persons.
pub(super) fn are_names(names: &str) -> bool {
    let mut all = parts(names).peekable();
    all.peek().is_some() && all.all(|name| is_person(without_place(name)))
}

/// Names without a bracket that opened before them: `（责任编辑：王丽）`.
pub(super) fn unbracketed(names: &str) -> &str {
    if names.contains(['(', '（', '[']) { names } else { names.trim_end_matches([')', '）', ']', ' ']) }
}

/// Whether `names` can sign an article behind a bare `By`: the first has at least two words of a name, and none is a
/// time, a feast or a phrase (`By Monday`, `By Easter`, `By the Numbers`). Names in scripts without case are one word.
pub(super) fn sign(names: &str) -> bool {
    const NO_NAME: &[&str] =
        &["the", "a", "an", "to", "for", "with", "by", "on", "at", "this", "that", "these", "those"];
    let words = |name: &str| -> Vec<String> {
        name.split([' ', '-']).map(str::to_lowercase).filter(|word| !word.is_empty()).collect()
    };
    let fits = |name: &str| {
        let all: Vec<String> = words(name);
        let time = |word: &String| TIMES.contains(&word.trim_matches(|c: char| !c.is_alphabetic()));
        let month = |word: &String| MONTHS.contains(&word.trim_matches(|c: char| !c.is_alphabetic()));
        // `June Carter` and `Joan Summer` are people, `June Weekend` and `Late June` are none.
        !all.first().is_some_and(time)
            && !all.iter().all(|word| time(word) || month(word))
            && !all.iter().any(|word| NO_NAME.contains(&word.as_str()))
    };
    let raw = without_place(names);
    let mut all = parts(raw);
    let Some(first) = all.next() else { return false };
    let uncased = !first.chars().any(|c| c.is_lowercase() || c.is_uppercase());
    let full = words(without_place(first)).len() >= 2;
    (uncased || full) && fits(names.split([',', ';']).next().unwrap_or(names)) && fits(first) && all.all(fits)
}

/// `Roe, Jane; Doe, John` with the given names first; `None` for any other list.
pub(super) fn family_first(list: &str) -> Option<Vec<String>> {
    list.contains(';').then_some(())?;
    let turned = list.split(';').map(str::trim).filter(|one| !one.is_empty()).map(|one| {
        let (family, given) = one.split_once(',')?;
        let (family, given) = (family.trim(), given.trim());
        let capitals = |name: &str| name.split_whitespace().filter(|word| cased(word) == Some(true)).count();
        // `Mara Linde, Orlen; …` are full names with their places.
        let fits = is_person(family) && is_person(given) && capitals(family) == 1 && capitals(given) <= 3;
        (fits && !given.contains(',')).then(|| format!("{given} {family}"))
    });
    turned.collect()
}

/// `A. Moss in Tarn` without its place.
fn without_place(name: &str) -> &str {
    let name = name
        .split_once("'s ")
        .or_else(|| name.split_once("’s "))
        .or_else(|| name.split_once("s' "))
        .map_or(name, |(_, name)| name);
    name.split_once(" in ").or_else(|| name.split_once(" at ")).map_or(name, |(name, _)| name)
}

/// Each name of a list.
pub(super) fn names(list: &str) -> Vec<String> {
    if let Some(turned) = family_first(list) {
        return turned;
    }
    parts(list)
        .map(|name| without_place(name).trim_end_matches(['.', ',']).trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

/// Whether `name` can be a publication's, a site's or an organisation's: short, capitals but for particles, or a host.
pub(super) fn is_outlet(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let fits = |word: &&str| {
        cased(word).unwrap_or(true)
            || PARTICLES.contains(&word.to_lowercase().trim_matches(|c: char| !c.is_alphanumeric()))
            || word.contains('.')
            || word.contains('\'') && word.len() < 6
            || word.chars().any(char::is_uppercase)
    };
    !words.is_empty()
        && words.len() <= 10
        && !is_wide_sentence(name)
        && !tells_when(name)
        && name.chars().count() <= 90
        && words.iter().all(fits)
        && words
            .iter()
            .any(|word| cased(word) == Some(true) || word.contains('.') || word.chars().any(char::is_uppercase))
}

/// Whether `name` can be a blog's: the shapes it stands in are distinctive, and languages differ in their capitals.
pub(super) fn is_blog(name: &str) -> bool {
    let opens = name.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase());
    opens
        && name.split_whitespace().count() <= 8
        && name.chars().count() <= 80
        && !is_wide_sentence(name)
        && !tells_when(name)
}

/// Whether `line` is written as American headlines are: all of its words but the small ones begin with a capital.
pub(super) fn is_title_case(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let small = |word: &&str| cased(word) == Some(false);
    let most = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count() <= 3 || PARTICLES.contains(word);
    words.len() >= 2 && cased(words[0]) != Some(false) && words.iter().filter(|word| small(word)).all(most)
}

/// Whether a part of words in Han, kana or Hangul is too long for a name, too short, or has a word that names have not:
/// `记者：后来呢？` asks.
pub(super) fn is_wide_phrase(name: &str) -> bool {
    const NO_NAME: &[char] = &[
        '吗', '呢', '么', '麼', '吧', '啊', '您', '你', '我', '他', '她', '它', '们', '們', '这', '這', '那', '哪',
        '什', '谢', '謝', '的', '了', '是', '很', '吃', '想',
    ];
    let wide = |c: char| matches!(c as u32, 0x2E80..=0x9FFF | 0xAC00..=0xD7AF);
    name.split(|c: char| c.is_whitespace() || c == '·').any(|part| {
        let count = part.chars().filter(|c| wide(*c)).count();
        count > 0
            && (count > 6
                || count == 1 && part == name
                || count > 1 && part.contains(NO_NAME) && !part.starts_with(['谢', '謝']))
    })
}

/// Whether words of a script without spaces are too long or too parted for a name.
fn is_wide_sentence(words: &str) -> bool {
    let wide = words.chars().filter(|c| matches!(*c as u32, 0x2E80..=0x9FFF | 0xAC00..=0xD7AF)).count();
    wide > 0 && (wide > 20 || words.contains(['，', '。', '、', '；', '？']))
}

/// A credit without the brackets and marks around it.
pub(super) fn photo_credit(credit: &str) -> &str {
    let credit = match credit.find([')', ']', '）', '】']) {
        Some(end) if !credit[..end].contains('(') => &credit[..end],
        _ => credit,
    };
    credit.strip_suffix("/File Photo").unwrap_or(credit).trim_end_matches(['.', ' '])
}

/// Whether `credit` can be a photographer's, an agency's or an archive's: capitals but for the small words of credits,
/// and no sentence. Scripts other than the Latin one do not tell by their capitals.
pub(super) fn is_credit(credit: &str) -> bool {
    const SMALL: &[&str] = &[
        "via",
        "from",
        "courtesy",
        "photo",
        "photos",
        "image",
        "images",
        "file",
        "handout",
        "archive",
        "archiv",
        "dpa",
        "afp",
        "epa",
        "ap",
        "imago",
        "picture",
        "alliance",
        "getty",
        "reuters",
        "screenshot",
        "privat",
        "licence",
        "license",
        "provided",
        "supplied",
        "pool",
        "stock",
        "keystone",
        "symbolbild",
        "symbolfoto",
        "cortesía",
        "divulgação",
        "reprodução",
        "under",
        "through",
        "apa",
        "anp",
        "ntb",
        "istock",
        "or",
        "contributed",
    ];
    let small = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let latin = word.chars().next().is_some_and(|c| c.is_lowercase() && (c as u32) < 0x250);
        !latin
            || SMALL.contains(&word)
            || PARTICLES.contains(&word)
            || word.contains(['.', '\'', '’'])
            || word.starts_with("http")
    };
    let words = credit.split([' ', '/', '|', '-']).filter(|word| !word.is_empty());
    let count = words.clone().count();
    let stopped = credit.ends_with('.') && count > 6;
    count <= 18 && !stopped && words.clone().all(small) && !reports(credit)
}

/// Whether `date` can be one: nothing but numbers, months, days, hours and the words between them.
pub(super) fn is_date(date: &str) -> bool {
    const BETWEEN: [&str; 48] = [
        "at", "on", "a.m", "p.m", "am", "pm", "um", "uhr", "à", "a", "las", "de", "del", "h", "et", "est", "edt", "pt",
        "pst", "pdt", "ct", "gmt", "cet", "cest", "ist", "utc", "bst", "of", "the", "le", "el", "den", "kl", "alle",
        "ore", "às", "os", "klo", "в", "o'clock", "noon", "midnight", "ore", "г", "года", "and", "local", "time",
    ];
    let known = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        bare.is_empty()
            || bare.chars().any(char::is_numeric)
            || BETWEEN.contains(&bare.as_str())
            || super::dateline::opens_date(&bare) && bare.chars().count() <= 10
            || bare.chars().count() >= 3 && crate::clean::metadata::dates::is_month(&bare)
    };
    date.chars().count() <= 60
        && date.chars().any(char::is_numeric)
        && date.split_whitespace().all(known)
        && !date.contains('@')
}

/// Wire agencies by the names they go by; the first is the usual one.
const AGENCIES: &[&[&str]] = &[
    &["Reuters", "reuters", "thomson reuters", "reuters.com"],
    &["AP", "ap", "associated press", "the associated press", "ap news"],
    &["AFP", "afp", "agence france-presse", "agence france presse", "l'afp"],
    &["dpa", "dpa", "dpa-afx", "deutsche presse-agentur", "deutsche presse agentur", "dpa-infocom"],
    &["APA", "apa", "austria presse agentur"],
    &["EFE", "efe", "agencia efe"],
    &["ANSA", "ansa"],
    &["PA", "pa", "pa media", "press association"],
    &["UPI", "upi", "united press international"],
    &["CP", "cp", "canadian press", "the canadian press", "la presse canadienne"],
    &["TNS", "tns", "tribune news service"],
    &["PTI", "pti", "press trust of india"],
    &["ANI", "ani"],
    &["IANS", "ians"],
    &["AWP", "awp"],
    &["Keystone-SDA", "sda", "keystone-sda", "ats", "keystone-ats"],
    &["Yonhap", "연합뉴스", "yonhap", "yonhap news agency"],
    &["Xinhua", "xinhua", "新华社", "新華社"],
    &["Kyodo", "kyodo", "共同", "共同通信"],
    &["Jiji", "jiji", "時事", "時事通信"],
    &["TASS", "tass", "тасс"],
    &["RIA Novosti", "ria novosti", "риа новости"],
    &["Interfax", "interfax", "интерфакс"],
    &["PAP", "pap"],
    &["ČTK", "čtk", "ctk"],
    &["NTB", "ntb"],
    &["TT", "tt"],
    &["Ritzau", "ritzau", "/ritzau/"],
    &["ANP", "anp"],
    &["Belga", "belga"],
    &["Europa Press", "europa press", "europapress"],
    &["Lusa", "lusa"],
    &["Agência Brasil", "agência brasil"],
    &["Adnkronos", "adnkronos"],
    &["AGI", "agi"],
    &["LaPresse", "lapresse"],
    &["Bloomberg", "bloomberg", "bloomberg news"],
    &["Dow Jones", "dow jones", "dow jones newswires", "djn"],
    &["AAP", "aap", "australian associated press"],
    &["CNN", "cnn", "cnn newsource", "cnn wire"],
    &["City News Service", "cns", "city news service"],
    &["Field Level Media", "field level media"],
    &["epd", "epd"],
    &["KNA", "kna"],
    &["SID", "sid"],
    &["AFX", "afx"],
    &["MTI", "mti"],
    &["Anadolu", "aa", "anadolu", "anadolu agency", "anadolu ajansı"],
    &["DHA", "dha"],
    &["Antara", "antara"],
    &["Bernama", "bernama"],
    &["MENA", "mena"],
    &["SPA", "spa"],
    &["WAM", "wam"],
];

/// The usual name of an agency; `None` if it is none we know.
pub(super) fn agency(name: &str) -> Option<&'static str> {
    let name = name.trim().trim_matches(['(', ')', '.', '-', '/', ' ', '"', '*']).to_lowercase();
    let name = name.strip_prefix("the ").filter(|rest| *rest == "ap" || *rest == "afp").unwrap_or(&name);
    AGENCIES.iter().find(|row| row[1..].contains(&name)).map(|row| row[0])
}

/// Every agency that a list such as `dpa/AFP/red` or `AFP, dpa` names; empty if any part is neither an agency nor a
/// desk mark.
pub(super) fn agencies(list: &str) -> Vec<&'static str> {
    let mut out = Vec::new();
    for part in list
        .split([',', '/', ';', '+', '&'])
        .flat_map(|part| part.split(" und "))
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" et "))
        .flat_map(|part| part.split(" y "))
    {
        let part = part.trim();
        let bare = part.trim_matches(['(', ')', '.', ' ', '-']);
        match agency(part) {
            Some(known) if !out.contains(&known) => out.push(known),
            Some(_) => {}
            None if is_desk_mark(bare) => {}
            None => return Vec::new(),
        }
    }
    out
}

/// Initials of a desk or of the house's own editors (`red`, `lk`, `ORF.at`).
fn is_desk_mark(mark: &str) -> bool {
    let lower = mark.to_lowercase();
    mark.is_empty()
        || matches!(
            lower.as_str(),
            "red" | "red." | "orf.at" | "ots" | "eigenbericht" | "reuters.com" | "agenturen" | "u.a" | "u.a."
        )
        || mark.len() <= 4 && mark.chars().all(|c| c.is_ascii_lowercase())
}

/// Whether the outlet named `name` is the one at `host`.
pub(super) fn is_own(host: Option<&str>, name: &str) -> bool {
    let Some(host) = host else { return false };
    let fold =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let host = host.to_lowercase();
    let bare = name.trim().to_lowercase();
    let bare = bare.split("://").last().unwrap_or(&bare).trim_start_matches("www.");
    let bare = bare.split('/').next().unwrap_or(bare);
    if bare.contains('.') && (host == bare || host.ends_with(&format!(".{bare}"))) {
        return true;
    }
    let said = fold(name);
    let said = said.strip_prefix("the").filter(|rest| rest.len() > 2).unwrap_or(&said);
    let mut labels: Vec<&str> = host.split('.').collect();
    labels.pop();
    labels.iter().map(|label| fold(label)).any(|label| {
        let label = label.strip_prefix("the").filter(|rest| rest.len() > 2).unwrap_or(&label);
        !said.is_empty()
            && (label == said
                || said == "ap" && label == "apnews"
                || label.len() >= 5 && said.contains(label)
                || said.len() >= 3 && (label == format!("{said}news") || label == format!("{said}online"))
                || said.len() >= 5 && label.contains(said))
    })
}

/// A Creative Commons licence by its usual short form, from words or an address.
pub(super) fn licence(words: &str) -> Option<String> {
    static CC: LazyLock<Regex> = LazyLock::new(|| {
        // The pattern is ours and is tested.
        Regex::new(r"(?i)(?:creativecommons\.org/licenses/|\bcc[ -]?)(by(?:-(?:nc|nd|sa))*)(?:[/ -]?(\d\.\d))?")
            .expect("a valid pattern")
    });
    static ZERO: LazyLock<Regex> = LazyLock::new(|| {
        // The pattern is ours and is tested.
        Regex::new(r"(?i)\bcc-?0\b|creativecommons\.org/publicdomain/zero|public domain").expect("a valid pattern")
    });
    if let Some(found) = CC.captures(words) {
        let kind = found.get(1)?.as_str().to_uppercase();
        let version = found.get(2).map(|version| format!("-{}", version.as_str())).unwrap_or_default();
        return Some(format!("CC-{kind}{version}"));
    }
    if ZERO.is_match(words) {
        return Some("CC0-1.0".to_owned());
    }
    let lower = words.to_lowercase();
    if !lower.contains("creative commons") {
        return None;
    }
    let mut kind = String::new();
    for (mark, names) in [
        ("BY", &["attribution", "namensnennung", "by"][..]),
        ("NC", &["noncommercial", "non-commercial", "nicht kommerziell", "nicht-kommerziell"]),
        ("ND", &["noderivs", "noderivatives", "no derivatives", "keine bearbeitung"]),
        ("SA", &["sharealike", "share alike", "share-alike", "gleichen bedingungen"]),
    ] {
        if names.iter().any(|name| lower.contains(name))
            && (mark != "BY" || lower.contains("attribution") || lower.contains("namensnennung"))
        {
            kind.push('-');
            kind.push_str(mark);
        }
    }
    static VERSION: LazyLock<Regex> = LazyLock::new(|| {
        // The pattern is ours and is tested.
        Regex::new(r"\b[1-4]\.0\b").expect("a valid pattern")
    });
    if kind.is_empty() {
        return Some("CC".to_owned());
    }
    let version = VERSION.find(words).map(|found| format!("-{}", found.as_str())).unwrap_or_default();
    Some(format!("CC{kind}{version}"))
}

/// `Reporting by A in Tarn and B; Writing by C; Editing by D`: who did what. `None` if any part is not of that form.
pub(super) fn credits(line: &str) -> Option<Vec<Yield>> {
    static ROLE: LazyLock<Regex> = LazyLock::new(|| {
        // The pattern is ours and is tested.
        Regex::new(
            r"(?i)\b((?:additional |further |extra )?(?:reporting|writing|editing|compiled|compiling|translat(?:ed|ing|ion)|graphics?|research|photography|production|produced|edited|written|reported|factchecking|fact-checking|data|visuals|rewriting|contribut(?:ed|ions))(?: and (?:reporting|writing|editing|research|translation))*) (?:by|from)\b:?",
        )
        .expect("a valid pattern")
    });
    let line = line.trim().trim_start_matches(['(', '[', ' ']).trim_end_matches([')', ']', '.', ' ']);
    let roles: Vec<_> = ROLE.captures_iter(line).filter_map(|found| Some((found.get(0)?, found.get(1)?))).collect();
    if roles.first()?.0.start() != 0 {
        return None;
    }
    let mut out = Vec::new();
    for (n, (whole, role)) in roles.iter().enumerate() {
        let end = roles.get(n + 1).map_or(line.len(), |(next, _)| next.start());
        let people = line.get(whole.end()..end)?.trim().trim_matches([';', ',', '.', ' ', '(', ')', ':']);
        let people = people.strip_suffix(" and").unwrap_or(people);
        let role = role.as_str().to_lowercase();
        let field = match role.as_str() {
            _ if role.starts_with("additional") || role.starts_with("further") || role.starts_with("extra") => {
                Field::Contributor
            }
            "reporting" | "reported" | "reporting and writing" | "writing and reporting" | "written" => Field::Author,
            _ if role.starts_with("edit") => Field::Editor,
            _ if role.starts_with("translat") => Field::Translator,
            _ => Field::Contributor,
        };
        if !are_names(people) {
            return None;
        }
        out.extend(names(people).into_iter().map(|value| Yield { field, value }));
    }
    Some(out)
}

#[cfg(test)]
mod tests;
