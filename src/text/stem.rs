//! Stems, by the Snowball algorithms (Porter, <https://snowballstem.org>), on folded words; irregular forms of English
//! have that of the word they belong to.
//!
//! The algorithms expect accents that folding took away. Where an ending is only known with its accent, it is given
//! back before stemming (`deportacion` → `deportación`). A word that is written with its accents has the stem of what is
//! written too ([`written_stem`]): `vivió` is found by `vivir`, and `vivio`, which may be anything, is not.

use std::borrow::Cow;
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark as is_mark;

use crate::model::Lang;

const ALGORITHMS: &[(&str, Algorithm)] = &[
    ("ar", Algorithm::Arabic),
    ("da", Algorithm::Danish),
    ("de", Algorithm::German),
    ("el", Algorithm::Greek),
    ("en", Algorithm::English),
    ("es", Algorithm::Spanish),
    ("fi", Algorithm::Finnish),
    ("fr", Algorithm::French),
    ("hu", Algorithm::Hungarian),
    ("it", Algorithm::Italian),
    ("nb", Algorithm::Norwegian),
    ("nl", Algorithm::Dutch),
    ("nn", Algorithm::Norwegian),
    ("no", Algorithm::Norwegian),
    ("pt", Algorithm::Portuguese),
    ("ro", Algorithm::Romanian),
    ("ru", Algorithm::Russian),
    ("sv", Algorithm::Swedish),
    ("ta", Algorithm::Tamil),
    ("tr", Algorithm::Turkish),
];

static LANGUAGES: LazyLock<Vec<Lang>> =
    LazyLock::new(|| ALGORITHMS.iter().filter_map(|(code, _)| Lang::parse(code)).collect());

static ENGLISH: LazyLock<Option<Lang>> = LazyLock::new(|| Lang::parse("en"));

/// Endings that folding has robbed of their accents: language, folded, as the algorithm knows it. French `é` and `e`
/// at the end are one after folding, so the feminine is read as the masculine.
const ENDINGS: &[(&str, &str, &str)] = &[
    ("es", "cion", "ción"),
    ("es", "sion", "sión"),
    ("pt", "oes", "ão"),
    ("pt", "ao", "ão"),
    ("pt", "ens", "em"),
    ("pt", "aveis", "avel"),
    ("pt", "iveis", "ivel"),
    ("pt", "encia", "ência"),
    ("pt", "encias", "ências"),
    ("fr", "ee", "e"),
    ("fr", "ees", "es"),
    ("fr", "iere", "ière"),
    ("fr", "ieres", "ières"),
    // `étrangers`, `passagers`: the ending is no verb's. `Angers` and `Rangers` are names.
    ("fr", "rangers", "ranger"),
    ("fr", "rangere", "ranger"),
    ("fr", "rangeres", "ranger"),
    ("fr", "agers", "ager"),
    // `française`, but neither `apaise` nor `fraise`.
    ("fr", "caise", "cais"),
    ("fr", "caises", "cais"),
    ("fr", "daise", "dais"),
    ("fr", "daises", "dais"),
    ("fr", "gaise", "gais"),
    ("fr", "gaises", "gais"),
    ("fr", "laise", "lais"),
    ("fr", "laises", "lais"),
    ("fr", "naise", "nais"),
    ("fr", "naises", "nais"),
    ("fr", "saise", "sais"),
    ("fr", "saises", "sais"),
    ("fr", "taise", "tais"),
    ("fr", "taises", "tais"),
    ("fr", "vaise", "vais"),
    ("fr", "vaises", "vais"),
];

/// Languages in which the stem of a written word tells more than that of the folded one.
const WRITTEN: &[&str] = &["ar", "es", "fr", "pt", "ro", "tr"];

/// Accented endings that say nothing: Spanish nouns (`mayoría`, `maní`) have them as often as forms of verbs.
const DOUBTFUL: &[(&str, &[&str])] = &[("es", &["ía", "ías", "í", "ís"])];

/// Fewest letters of the stem of a written word.
const SHORTEST: usize = 3;

/// The languages that have a stemmer, in order of their codes.
pub fn languages() -> &'static [Lang] {
    &LANGUAGES
}

/// The language whose rules of inflection hold for an article: its own; English where none is known, which does
/// little harm to other languages.
pub fn stem_language(language: Option<&Lang>) -> Option<&Lang> {
    language.or(ENGLISH.as_ref())
}

/// An Arabic word without its article and the particles that are written before it; three letters at least stay.
fn without_article(term: &str) -> &str {
    ["ال", "وال", "بال", "كال", "فال", "لل"]
        .iter()
        .filter_map(|article| term.strip_prefix(article))
        .find(|rest| rest.chars().nth(2).is_some())
        .unwrap_or(term)
}

/// The stem of an English word that is no irregular form.
pub(super) fn english(term: &str) -> String {
    Stemmer::create(Algorithm::English).stem(term).into_owned()
}

/// A further stem under which texts are found that have `term`, where it may be a form of one word or another word by itself
/// (`met`); queries are read without it.
pub fn further_stem(lang: &Lang, term: &str) -> Option<String> {
    if lang.as_str() == "en" { super::irregular::perhaps(term).map(english) } else { None }
}

/// Whether words of the language may have a [`written_stem`].
pub fn is_written(lang: &Lang) -> bool {
    WRITTEN.contains(&lang.as_str())
}

/// The stem of a word as it is `written`, with its accents, where that is another than the stem of the folded `term`. It is
/// folded, but in Turkish, whose marks make other letters and not accents.
pub fn written_stem(lang: &Lang, term: &str, written: &str) -> Option<String> {
    let code = lang.as_str();
    if written.is_ascii() || !WRITTEN.contains(&code) || !written.chars().all(|c| c.is_alphabetic() || is_mark(c)) {
        return None;
    }
    let word = lowercase(code, written);
    let doubtful = DOUBTFUL.iter().filter(|(of, _)| *of == code).flat_map(|(_, endings)| *endings);
    if word == term || doubtful.into_iter().any(|ending| word.ends_with(ending)) {
        return None;
    }
    let (_, algorithm) = ALGORITHMS.iter().find(|(known, _)| *known == code)?;
    let word = if code == "ar" { without_article(&word) } else { &word };
    let stemmed = Stemmer::create(*algorithm).stem(word);
    let (whole, left) = (word.chars().count(), stemmed.chars().count());
    // One letter less in Turkish is as often another word: `kapı` is no form of `kap`.
    if left < SHORTEST || code == "tr" && left + 1 == whole {
        return None;
    }
    let made = if code == "tr" { stemmed.into_owned() } else { folded(&stemmed) };
    (made != stem(lang, term)).then_some(made)
}

/// As the algorithms know it: lower case, composed, the letters of the language itself.
fn lowercase(code: &str, written: &str) -> String {
    let composed = written.nfc();
    match code {
        "tr" => composed
            .flat_map(|c| match c {
                'I' => 'ı'.to_lowercase(),
                'İ' => 'i'.to_lowercase(),
                c => c.to_lowercase(),
            })
            .collect(),
        // The algorithm is older than the comma below.
        "ro" => composed
            .flat_map(char::to_lowercase)
            .map(|c| match c {
                'ș' => 'ş',
                'ț' => 'ţ',
                c => c,
            })
            .collect(),
        _ => composed.flat_map(char::to_lowercase).collect(),
    }
}

fn folded(stem: &str) -> String {
    let mut out = String::with_capacity(stem.len());
    for c in stem.chars() {
        super::fold::push(c, &mut out, 0);
    }
    out
}

/// The stem of a folded `term` in `lang`; the term itself where the language has no stemmer, or the term holds a
/// digit or a sign.
pub fn stem<'a>(lang: &Lang, term: &'a str) -> Cow<'a, str> {
    let code = lang.as_str();
    let Ok(found) = ALGORITHMS.binary_search_by(|(known, _)| known.cmp(&code)) else { return Cow::Borrowed(term) };
    if term.len() < 3 || !term.chars().all(char::is_alphabetic) && term.is_ascii() {
        return Cow::Borrowed(term);
    }
    let restored = ENDINGS
        .iter()
        .filter(|(of, folded, _)| *of == code && term.len() > folded.len() + 1)
        .find_map(|(_, folded, known)| Some(format!("{}{known}", term.strip_suffix(folded)?)));
    if code == "en"
        && let Some(base) = super::irregular::base(term)
    {
        return Cow::Owned(english(&base));
    }
    // The algorithm takes the article off, or the letter that looks like `and` before it, but not one and then the other:
    // `الوزير` and `وزير` would differ.
    let term = if code == "ar" { without_article(term) } else { term };
    let stemmer = Stemmer::create(ALGORITHMS[found].1);
    match restored {
        Some(word) => Cow::Owned(folded(&stemmer.stem(&word))),
        None => match stemmer.stem(term) {
            Cow::Owned(stemmed) if stemmed.is_empty() => Cow::Borrowed(term),
            stemmed => stemmed,
        },
    }
}
