//! Turkish words made ready for the stemming algorithm.
//!
//! The Snowball algorithm (Çilden, 2006) takes endings off a word once: `seçimler` becomes `seçim`, and `seçim` becomes `seç`. So it
//! is given the singular of both.

/// Endings that may stand behind the plural's, as written and folded: cases, possessives, and both.
const BEHIND: &[&str] = &[
    "",
    "a",
    "e",
    "i",
    "ı",
    "in",
    "ın",
    "da",
    "de",
    "dan",
    "den",
    "la",
    "le",
    "daki",
    "deki",
    "ina",
    "ine",
    "ına",
    "inda",
    "inde",
    "ında",
    "indan",
    "inden",
    "ından",
    "ini",
    "ını",
    "inin",
    "ının",
    "indaki",
    "indeki",
    "ındaki",
    "iyla",
    "iyle",
    "ıyla",
    "imiz",
    "ımız",
    "imizin",
    "ımızın",
];

/// Fewest letters of a singular; of one that begins with a vowel one less: `evler`, and not `dolar`.
const SHORTEST: usize = 3;

/// A word without the ending of its plural and all behind it; as it is where it has none.
pub(super) fn singular(word: &str) -> &str {
    let ends = word.rmatch_indices("lar").chain(word.rmatch_indices("ler"));
    let cut = ends.filter(|(at, plural)| BEHIND.contains(&&word[at + plural.len()..])).map(|(at, _)| &word[..at]);
    let is_word = |one: &&str| {
        let letters = one.chars().count() + usize::from(one.starts_with(['a', 'e', 'ı', 'i', 'o', 'ö', 'u', 'ü']));
        letters >= SHORTEST
    };
    cut.filter(is_word).max_by_key(|one| one.len()).unwrap_or(word)
}
