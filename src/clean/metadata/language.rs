//! The language of an article: detected, weighed against what was claimed.

use super::Claims;
use crate::clean::draft::Draft;
use crate::model::{Field, Lang};

/// Bytes of text that are looked at.
const SAMPLE: usize = 6000;
/// Letters below which a detector is guessing.
const ENOUGH: usize = 120;

/// The language `text` is written in, and how sure that is (0 to 1).
pub fn detect(text: &str) -> Option<(Lang, f64)> {
    let info = whatlang::detect(text)?;
    Some((short(info.lang()), if info.is_reliable() { info.confidence().max(0.9) } else { info.confidence() }))
}

/// ISO 639-1 where there is one; whatlang names languages by ISO 639-3.
fn short(lang: whatlang::Lang) -> Lang {
    let code = lang.code();
    let two = PAIRS.iter().find(|(three, _)| *three == code).map_or(code, |(_, two)| two);
    // Every code is two or three ASCII letters.
    Lang::parse(two).unwrap_or_else(|| Lang::parse("zxx").unwrap_or_else(|| unreachable!("`zxx` is three letters")))
}

const PAIRS: &[(&str, &str)] = &[
    ("afr", "af"),
    ("aka", "ak"),
    ("amh", "am"),
    ("ara", "ar"),
    ("aze", "az"),
    ("bel", "be"),
    ("ben", "bn"),
    ("bul", "bg"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("cmn", "zh"),
    ("cym", "cy"),
    ("dan", "da"),
    ("deu", "de"),
    ("ell", "el"),
    ("eng", "en"),
    ("epo", "eo"),
    ("est", "et"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("guj", "gu"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("hye", "hy"),
    ("ind", "id"),
    ("ita", "it"),
    ("jav", "jv"),
    ("jpn", "ja"),
    ("kan", "kn"),
    ("kat", "ka"),
    ("khm", "km"),
    ("kor", "ko"),
    ("lat", "la"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("mal", "ml"),
    ("mar", "mr"),
    ("mkd", "mk"),
    ("mya", "my"),
    ("nep", "ne"),
    ("nld", "nl"),
    ("nob", "no"),
    ("ori", "or"),
    ("pan", "pa"),
    ("pes", "fa"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rus", "ru"),
    ("sin", "si"),
    ("slk", "sk"),
    ("slv", "sl"),
    ("sna", "sn"),
    ("spa", "es"),
    ("srp", "sr"),
    ("swe", "sv"),
    ("tam", "ta"),
    ("tel", "te"),
    ("tgl", "tl"),
    ("tha", "th"),
    ("tuk", "tk"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("urd", "ur"),
    ("uzb", "uz"),
    ("vie", "vi"),
    ("yid", "yi"),
    ("zul", "zu"),
];

/// The language of a draft with this title.
pub(super) fn of_article(claims: &Claims, draft: &Draft, title: &str) -> Option<Lang> {
    let claimed = claims.all(Field::Language).find_map(|claim| Lang::parse(&claim.value));
    let mut sample = String::new();
    for piece in draft.pieces.iter().filter(|piece| piece.kept()) {
        sample.push_str(&piece.text);
        sample.push('\n');
        if sample.len() > SAMPLE {
            break;
        }
    }
    if sample.len() < ENOUGH {
        sample.push_str(title);
    }
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    match (detect(&sample), claimed) {
        (Some((found, _)), Some(claimed)) if found == claimed => Some(found),
        (Some((found, sure)), Some(claimed)) => Some(if letters >= ENOUGH && sure >= 0.9 { found } else { claimed }),
        (Some((found, sure)), None) => {
            (letters >= ENOUGH || sure >= 0.9 || letters > 30 && sure > 0.5).then_some(found)
        }
        (None, claimed) => claimed,
    }
}
