//! Stems, by the Snowball algorithms (Porter, <https://snowballstem.org>), on folded words; irregular forms of English
//! have that of the word they belong to.
//!
//! The algorithms expect accents that folding took away; [`accents`](super::accents) gives them back, each reading of a
//! word being a stem more.

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

/// The stem of a folded `term` in `lang`, read as it stands; the term itself where the language has no stemmer, or the term
/// holds a digit or a sign.
pub fn stem<'a>(lang: &Lang, term: &'a str) -> Cow<'a, str> {
    let code = lang.as_str();
    let Some(algorithm) = algorithm(code, term) else { return Cow::Borrowed(term) };
    if code == "en"
        && let Some(base) = super::irregular::base(term)
    {
        return Cow::Owned(english(&base));
    }
    // The algorithm takes the article off, or the letter that looks like `and` before it, but not one and then the other:
    // `الوزير` and `وزير` would differ.
    let term = article_off(code, term);
    match Stemmer::create(algorithm).stem(term) {
        Cow::Owned(stemmed) if stemmed.is_empty() => Cow::Borrowed(term),
        stemmed => stemmed,
    }
}

/// All stems of a folded `term` in `lang`: its [`stem`], then those of what it may have been before folding, of which some may
/// be alike. Two words are inflections of one another where they share a stem.
pub fn stems<'a>(lang: &'a Lang, term: &'a str) -> impl Iterator<Item = Cow<'a, str>> {
    let code = lang.as_str();
    let readings = algorithm(code, term).map(|algorithm| {
        let readings = super::accents::restored(code, term).into_iter();
        readings.map(move |word| folded(&Stemmer::create(algorithm).stem(article_off(code, &word))))
    });
    let further = readings.into_iter().flatten().filter(|stem| stem.chars().nth(1).is_some());
    std::iter::once(stem(lang, term)).chain(further.map(Cow::Owned))
}

fn article_off<'a>(code: &str, term: &'a str) -> &'a str {
    if code == "ar" { without_article(term) } else { term }
}

fn folded(stem: &str) -> String {
    let mut out = String::with_capacity(stem.len());
    for c in stem.chars() {
        super::fold::push(c, &mut out, 0);
    }
    out
}

/// The algorithm for a term, where there is one and it is a word.
fn algorithm(code: &str, term: &str) -> Option<Algorithm> {
    let found = ALGORITHMS.binary_search_by(|(known, _)| known.cmp(&code)).ok()?;
    let is_word = term.len() >= 3 && (term.chars().all(char::is_alphabetic) || !term.is_ascii());
    is_word.then_some(ALGORITHMS[found].1)
}
