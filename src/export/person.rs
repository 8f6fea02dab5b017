//! A name as reference managers want it: family name and given names apart, where that can be told.

use crate::model::Article;

/// A person's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Person {
    /// Told apart; the suffix (`Jr.`, `III`) may be empty.
    Parts { family: String, given: String, suffix: String },
    /// Not to be told apart: one word, or a language that writes the family name first.
    Whole(String),
}

/// Small words that belong to the family name after them.
const PARTICLES: [&str; 29] = [
    "af", "al", "av", "ben", "bin", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ibn",
    "la", "le", "ten", "ter", "van", "vom", "von", "y", "zu", "zum", "zur", "’t",
];

/// Languages whose bylines put the family name first.
const FAMILY_FIRST: [&str; 6] = ["hu", "ja", "ko", "vi", "yue", "zh"];

/// The authors of an article.
pub(super) fn authors(article: &Article) -> impl Iterator<Item = Person> + '_ {
    let first = article.language.as_ref().is_some_and(|l| FAMILY_FIRST.contains(&l.as_str()));
    article.authors.iter().filter(|a| !a.trim().is_empty()).map(move |a| if first { whole(a) } else { parts(a) })
}

fn whole(name: &str) -> Person {
    Person::Whole(name.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The last word is the family name, with the particles before it. A comma says where it ends.
fn parts(name: &str) -> Person {
    let mut words: Vec<&str> = name.split_whitespace().map(|w| w.trim_end_matches(',')).collect();
    if words.len() < 2 || words.len() > 6 || name.contains(|c: char| c.is_ascii_digit() || "()/@".contains(c)) {
        return whole(name);
    }
    let last = words[words.len() - 1].trim_end_matches('.').to_lowercase();
    let suffix = if words.len() > 2 && matches!(last.as_str(), "jr" | "sr" | "ii" | "iii" | "iv") {
        words.pop().unwrap_or("")
    } else {
        ""
    };
    let mut cut = words.len() - 1;
    while cut > 1 && PARTICLES.contains(&words[cut - 1].to_lowercase().as_str()) {
        cut -= 1;
    }
    Person::Parts { family: words[cut..].join(" "), given: words[..cut].join(" "), suffix: suffix.to_owned() }
}

impl Person {
    /// `Slater, Mae`, `King, Martin Luther, Jr.`, or the whole name.
    pub fn inverted(&self) -> String {
        match self {
            Person::Parts { family, given, suffix } if suffix.is_empty() => format!("{family}, {given}"),
            Person::Parts { family, given, suffix } => format!("{family}, {given}, {suffix}"),
            Person::Whole(name) => name.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (name, expected) in [
            ("Mae Slater", "Slater, Mae"),
            ("Ludwig van der Berg", "van der Berg, Ludwig"),
            ("Amos B. Tarn Jr.", "Tarn, Amos B., Jr."),
            ("Amos Tarn, III", "Tarn, Amos, III"),
            ("Plato", "Plato"),
            ("Van Morris", "Morris, Van"),
            ("Ana  María\tRuiz", "Ruiz, Ana María"),
            ("Desk 9 of Brell", "Desk 9 of Brell"),
            ("王小明", "王小明"),
        ] {
            assert_eq!(parts(name).inverted(), expected);
        }
    }
}
