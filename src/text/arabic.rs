//! Arabic words made ready for the stemming algorithm.

use std::borrow::Cow;

/// The article, and the particles that are written before it.
const ARTICLES: &[&str] = &["ال", "وال", "بال", "كال", "فال", "لل"];

/// Plurals that the algorithm knows only behind the article, which is gone by then, and their singulars.
const PLURALS: &[(&str, &str)] = &[("يون", "ي"), ("يين", "ي"), ("ات", "ة")];

/// Words that begin with the letter which the particle `لل` hides: `للاجئين` is of `لاجئ`.
const HIDDEN: &[&str] = &["اجئ", "اجء"];

/// A word without its article and the particles before it, and with the singular's ending; three letters at least stay.
///
/// The algorithm takes the article off, or the letter that looks like `and` before it, but not one and then the other: `الوزير` and
/// `وزير` would differ.
pub(super) fn prepared(term: &str) -> Cow<'_, str> {
    let is_word = |rest: &str| rest.chars().nth(2).is_some();
    let bare = ARTICLES.iter().filter_map(|article| Some((*article, term.strip_prefix(article)?)));
    let bare = bare.into_iter().find(|(_, rest)| is_word(rest));
    let word = match bare {
        Some(("لل", rest)) if HIDDEN.iter().any(|hidden| rest.starts_with(hidden)) => &term["ل".len()..],
        Some((_, rest)) => rest,
        None => term,
    };
    let singular = PLURALS.iter().find_map(|(many, one)| Some((word.strip_suffix(many)?, *one)));
    match singular {
        Some((rest, one)) if rest.chars().nth(1).is_some() => Cow::Owned(format!("{rest}{one}")),
        _ => Cow::Borrowed(word),
    }
}
