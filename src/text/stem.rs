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

use super::{arabic, endings, turkish};
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

/// Languages in which the stem of a written word tells more than that of the folded one: for its accents, in English for the
/// `s` of `MPs`.
const WRITTEN: &[&str] = &["ar", "en", "es", "fr", "pt", "ro", "tr"];

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

/// The stem of an English word that is no irregular form.
pub(super) fn english(term: &str) -> String {
    Stemmer::create(Algorithm::English).stem(term).into_owned()
}

/// A further stem under which texts are found that have `term`, where it may be a form of one word or another word by itself
/// (`met`); queries are read without it.
pub fn further_stem(lang: &Lang, term: &str) -> Option<String> {
    if lang.as_str() == "en" { super::irregular::perhaps(term).map(english) } else { None }
}

/// Whether a word that is `written` so may have a [`written_stem`] in the language. Costs little.
pub fn is_telling(lang: &Lang, written: &str) -> bool {
    match lang.as_str() {
        "en" => many_of_acronym(written).is_some(),
        code => !written.is_ascii() && WRITTEN.contains(&code),
    }
}

/// Whether any word of the language may have a [`written_stem`].
pub fn is_written(lang: &Lang) -> bool {
    WRITTEN.contains(&lang.as_str())
}

/// The acronym of which `MPs` or `NGOs` is the plural. The algorithm leaves their `s`, and of `GPS` nobody would take it.
fn many_of_acronym(written: &str) -> Option<&str> {
    let acronym = written.strip_suffix('s')?;
    let is_acronym = acronym.len() > 1 && acronym.bytes().all(|b| b.is_ascii_uppercase());
    is_acronym.then_some(acronym)
}

/// The stem of a word as it is `written`, where that is another than the stem of the folded `term`: with its accents, or of
/// several called by an acronym. It is folded, but in Turkish, whose marks make other letters and not accents.
pub fn written_stem(lang: &Lang, term: &str, written: &str) -> Option<String> {
    let code = lang.as_str();
    if code == "en" {
        let one = stem(lang, &many_of_acronym(written)?.to_ascii_lowercase()).into_owned();
        return (one != stem(lang, term)).then_some(one);
    }
    if written.is_ascii() || !WRITTEN.contains(&code) || !written.chars().all(|c| c.is_alphabetic() || is_mark(c)) {
        return None;
    }
    let word = lowercase(code, written);
    let doubtful = DOUBTFUL.iter().filter(|(of, _)| *of == code).flat_map(|(_, endings)| *endings);
    if word == term || doubtful.into_iter().any(|ending| word.ends_with(ending)) {
        return None;
    }
    let (_, algorithm) = ALGORITHMS.iter().find(|(known, _)| *known == code)?;
    let word = match code {
        "ar" => arabic::prepared(&word),
        "ro" => endings::written(&word),
        "tr" => Cow::Borrowed(turkish::singular(&word)),
        _ => Cow::Borrowed(&word[..]),
    };
    let stemmed = Stemmer::create(*algorithm).stem(&word);
    let (whole, left) = (word.chars().count(), stemmed.chars().count());
    // One letter less in Turkish is as often another word: `kapı` is no form of `kap`.
    let stemmed = if code == "tr" && left + 1 == whole { word.clone() } else { stemmed };
    if stemmed.chars().count() < SHORTEST {
        return None;
    }
    let made = match code {
        "tr" => stemmed.into_owned(),
        "ro" => endings::levelled(code, folded(&stemmed)),
        _ => folded(&stemmed),
    };
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
    if code == "en"
        && let Some(base) = super::irregular::base(term)
    {
        return Cow::Owned(english(&base));
    }
    let stemmer = Stemmer::create(ALGORITHMS[found].1);
    if code == "tr" {
        return match stemmer.stem(turkish::singular(term)) {
            stemmed if stemmed.is_empty() => Cow::Borrowed(term),
            stemmed => stemmed,
        };
    }
    if let Some(word) = endings::restored(code, term) {
        return Cow::Owned(endings::levelled(code, folded(&stemmer.stem(&word))));
    }
    let stemmed = match if code == "ar" { arabic::prepared(term) } else { Cow::Borrowed(term) } {
        Cow::Borrowed(term) => stemmer.stem(term),
        Cow::Owned(term) => Cow::Owned(stemmer.stem(&term).into_owned()),
    };
    match stemmed {
        stemmed if stemmed.is_empty() => Cow::Borrowed(term),
        // The algorithm takes one ending off where two may stand: `ministeren` and `minister` would differ. Not elsewhere: `Hansen`
        // would become `han`.
        stemmed if matches!(code, "nb" | "nn" | "no") && stemmed.len() < term.len() && stemmed.ends_with("er") => {
            match stemmer.stem(&stemmed) {
                again if again.is_empty() => stemmed,
                again => Cow::Owned(again.into_owned()),
            }
        }
        stemmed if endings::is_levelled(code) => Cow::Owned(endings::levelled(code, stemmed.into_owned())),
        stemmed => stemmed,
    }
}
