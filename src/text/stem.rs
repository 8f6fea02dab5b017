//! Stems, by the Snowball algorithms (Porter, <https://snowballstem.org>), on folded words; irregular forms of English
//! have that of the word they belong to.
//!
//! The algorithms expect accents that folding took away. Where an ending is only known with its accent, it is given
//! back before stemming (`deportacion` → `deportación`).

use std::borrow::Cow;
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};

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
    ("pt", "cao", "ção"),
    ("pt", "coes", "ções"),
    ("pt", "sao", "são"),
    ("pt", "soes", "sões"),
    ("pt", "encia", "ência"),
    ("pt", "encias", "ências"),
    ("fr", "ee", "e"),
    ("fr", "ees", "es"),
    ("fr", "iere", "ière"),
    ("fr", "ieres", "ières"),
];

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
        Some(word) => {
            let mut out = String::with_capacity(word.len());
            for c in stemmer.stem(&word).chars() {
                super::fold::push(c, &mut out, 0);
            }
            Cow::Owned(out)
        }
        None => match stemmer.stem(term) {
            Cow::Owned(stemmed) if stemmed.is_empty() => Cow::Borrowed(term),
            stemmed => stemmed,
        },
    }
}
