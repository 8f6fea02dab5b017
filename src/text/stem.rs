//! Stems, by the Snowball algorithms (Porter, <https://snowballstem.org>); irregular forms of English have that of the word
//! they belong to.
//!
//! The algorithms expect the accents of the language, and words are folded. A word whose accents folding took away therefore
//! has the stem of what is written ([`written_stem`]), and no other: read without its accent, `pétition` ends as `petite` does,
//! and `Orbán` as `óra`. A word without accents has the stem of what is written as well ([`stem`]); where an ending is only
//! known with its accent, it is given back before stemming (`deportacion` → `deportación`).

use std::borrow::Cow;
use std::sync::LazyLock;

use frostem::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark as is_mark;

use super::{arabic, endings, turkish};
use crate::model::Lang;

/// What becomes of the accents of a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Accents {
    /// They say little: the stem is that of the folded word.
    Ignored,
    /// They tell endings, and come and go between the forms of a word: `português`, `portugueses`. The stem has none.
    Read,
    /// They make other letters, or stay in all forms of a word: the stem keeps them.
    Kept,
}

use Accents::{Ignored, Kept, Read};

const ALGORITHMS: &[(&str, Algorithm, Accents)] = &[
    ("ar", Algorithm::Arabic, Read),
    ("ca", Algorithm::Catalan, Read),
    ("cs", Algorithm::Czech, Read),
    ("da", Algorithm::Danish, Kept),
    ("de", Algorithm::German, Ignored),
    ("el", Algorithm::Greek, Ignored),
    ("en", Algorithm::English, Ignored),
    ("es", Algorithm::Spanish, Kept),
    ("et", Algorithm::Estonian, Kept),
    ("fi", Algorithm::Finnish, Kept),
    ("fr", Algorithm::French, Kept),
    ("hu", Algorithm::Hungarian, Kept),
    ("it", Algorithm::Italian, Read),
    ("lt", Algorithm::Lithuanian, Read),
    ("nb", Algorithm::Norwegian, Kept),
    ("nl", Algorithm::DutchPorter, Read),
    ("nn", Algorithm::Norwegian, Kept),
    ("no", Algorithm::Norwegian, Kept),
    ("pl", Algorithm::Polish, Read),
    ("pt", Algorithm::Portuguese, Read),
    ("ro", Algorithm::Romanian, Read),
    ("ru", Algorithm::Russian, Ignored),
    ("sv", Algorithm::Swedish, Kept),
    ("ta", Algorithm::Tamil, Ignored),
    ("tr", Algorithm::Turkish, Kept),
    ("uk", Algorithm::Ukrainian, Read),
];

static LANGUAGES: LazyLock<Vec<Lang>> =
    LazyLock::new(|| ALGORITHMS.iter().filter_map(|(code, ..)| Lang::parse(code)).collect());

static ENGLISH: LazyLock<Option<Lang>> = LazyLock::new(|| Lang::parse("en"));

/// Fewest letters of a stem; a word of which less would be left stays whole.
const SHORTEST: usize = 2;

fn known(lang: &Lang) -> Option<(Algorithm, Accents)> {
    let at = ALGORITHMS.binary_search_by(|(known, ..)| (*known).cmp(lang.as_str())).ok()?;
    let (_, algorithm, accents) = ALGORITHMS[at];
    Some((algorithm, accents))
}

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
    Stemmer::new(Algorithm::English).stem(term).into_owned()
}

/// A further stem under which texts are found that have `term`, where it may be a form of one word or another word by itself
/// (`met`); queries are read without it.
pub fn further_stem(lang: &Lang, term: &str) -> Option<String> {
    if lang.as_str() == "en" { super::irregular::perhaps(term).map(english) } else { None }
}

/// Whether a word that is `written` so may have a [`written_stem`] in the language. Costs little.
pub fn is_telling(lang: &Lang, written: &str) -> bool {
    if written.is_ascii() {
        lang.as_str() == "en" && many_of_acronym(written).is_some()
    } else {
        is_written(lang) && lang.as_str() != "en"
    }
}

/// Whether any word of the language may have a [`written_stem`].
pub fn is_written(lang: &Lang) -> bool {
    lang.as_str() == "en" || known(lang).is_some_and(|(_, accents)| accents != Ignored)
}

/// The acronym of which `MPs` or `NGOs` is the plural. The algorithm leaves their `s`, and of `GPS` nobody would take it.
fn many_of_acronym(written: &str) -> Option<&str> {
    let acronym = written.strip_suffix('s')?;
    let is_acronym = acronym.len() > 1 && acronym.bytes().all(|b| b.is_ascii_uppercase());
    is_acronym.then_some(acronym)
}

/// The stem of a word as it is `written`, which such a word has in place of the [`stem`] of the folded `term`: where folding took
/// its accents, or, in English, of several called by an acronym. It keeps accents where they are other letters of the language.
pub fn written_stem(lang: &Lang, term: &str, written: &str) -> Option<String> {
    let code = lang.as_str();
    if code == "en" {
        return Some(stem(lang, &many_of_acronym(written)?.to_ascii_lowercase()).into_owned());
    }
    if written.is_ascii() || !written.chars().all(|c| c.is_alphabetic() || is_mark(c)) {
        return None;
    }
    let (algorithm, accents) = known(lang).filter(|(_, accents)| *accents != Ignored)?;
    let word = lowercase(code, written);
    if word == term {
        return None;
    }
    let made = made(code, algorithm, &word);
    Some(if accents == Kept { made } else { unaccented(&made) })
}

/// A stem or a word without accents, letter by letter, as words are folded.
pub fn unaccented(stem: &str) -> String {
    let mut out = String::with_capacity(stem.len());
    for c in stem.nfc() {
        super::fold::push(c, &mut out, 0);
    }
    out
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
        // With a comma below, as it should be; older texts have a cedilla.
        "ro" => composed
            .flat_map(char::to_lowercase)
            .map(|c| match c {
                'ş' => 'ș',
                'ţ' => 'ț',
                c => c,
            })
            .collect(),
        _ => composed.flat_map(char::to_lowercase).collect(),
    }
}

/// The stem of a folded `term` in `lang`; the term itself where the language has no stemmer, or the term holds a
/// digit or a sign.
pub fn stem<'a>(lang: &Lang, term: &'a str) -> Cow<'a, str> {
    let code = lang.as_str();
    let Some((algorithm, _)) = known(lang) else { return Cow::Borrowed(term) };
    if term.len() < 3 || !term.chars().all(char::is_alphabetic) && term.is_ascii() {
        return Cow::Borrowed(term);
    }
    if code == "en" {
        return match super::irregular::base(term) {
            Some(base) => Cow::Owned(english(&base)),
            None => Stemmer::new(algorithm).stem(term),
        };
    }
    let made = match endings::accented(code, term) {
        Some(word) => made(code, algorithm, &word),
        None => made(code, algorithm, term),
    };
    Cow::Owned(unaccented(&made))
}

/// What the algorithm makes of a word in lower case, and what the language needs before and after it.
fn made(code: &str, algorithm: Algorithm, word: &str) -> String {
    let stemmer = Stemmer::new(algorithm);
    if code == "nl" && endings::is_whole_dutch(word) {
        return word.to_owned();
    }
    let ready = match code {
        "ar" => arabic::prepared(word),
        "tr" => Cow::Borrowed(turkish::singular(word)),
        _ => endings::restored(code, word),
    };
    let stemmed = stemmer.stem(&ready);
    if stemmed.chars().count() < SHORTEST {
        return ready.into_owned();
    }
    // The algorithm takes one ending off where two may stand: `ministeren`, `vurdert` and `minister`, `vurderer` would differ.
    if matches!(code, "nb" | "nn" | "no") && stemmed.ends_with("er") {
        let cut = ready.get(stemmed.len()..).unwrap_or("");
        let is_other = ["allerede", "tidligere", "videre"].contains(&&*ready);
        if !matches!(cut, "" | "a") && !is_other {
            return stemmer.stem(&stemmed).into_owned();
        }
    }
    endings::levelled(code, stemmed.into_owned())
}

/// The stem of a word of an article in `lang`, `written` so and folded to `term`.
pub fn stem_as_written<'a>(lang: &Lang, term: &'a str, written: &str) -> Cow<'a, str> {
    let own = if is_telling(lang, written) { written_stem(lang, term, written) } else { None };
    own.map_or_else(|| stem(lang, term), Cow::Owned)
}

/// The part of `stem` without accents that words with this stem begin with; irregular forms of English are left aside.
pub fn beginning(lang: &Lang, stem: &str) -> String {
    endings::beginning(lang.as_str(), &unaccented(stem)).to_owned()
}

/// Whether folding took no accents of a word that is `written` so, and is `term` now.
pub fn is_bare(term: &str, written: &str) -> bool {
    written.is_ascii() || written.nfc().flat_map(char::to_lowercase).eq(term.nfc())
}
