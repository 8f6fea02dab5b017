//! The name of an outlet without what stands around it in a sentence.

use std::borrow::Cow;

/// Words for what an outlet is, in front of its name, with their articles, in lower case.
const KINDS: &[&str] = &[
    "dem portal",
    "dem nachrichtenportal",
    "dem magazin",
    "dem nachrichtenmagazin",
    "dem blog",
    "der zeitung",
    "der wochenzeitung",
    "der tageszeitung",
    "der zeitschrift",
    "der website",
    "der webseite",
    "der internetseite",
    "der seite",
    "der plattform",
    "wochenzeitung",
    "tageszeitung",
    "zeitschrift",
    "nachrichtenportal",
    "nachrichtenmagazin",
    "onlinemagazin",
    "online-magazin",
    "le site",
    "le quotidien",
    "le magazine",
    "le journal",
    "la revue",
    "el diario",
    "el periódico",
    "el portal",
    "el sitio",
    "la revista",
    "o jornal",
    "o site",
    "a revista",
    "il sito",
    "il quotidiano",
    "la rivista",
    "de website",
    "de krant",
    "het tijdschrift",
    "the newspaper",
    "the website",
    "the magazine",
    "the",
];

/// `the Orlen Echo` is the Orlen Echo, `Wochenzeitung „Aalblatt“` is called Aalblatt.
pub(in crate::clean::footers) fn outlet_name(said: &str) -> Cow<'_, str> {
    let mut name = said;
    // The name in quotation marks, which may have lost the second of them.
    if let Some(at) = name.find(['„', '“', '«', '"']).filter(|&at| at > 0) {
        let inner = name[at..].trim_matches(['„', '“', '”', '«', '»', '"', ' ']);
        let whole = !inner.is_empty() && !inner.contains(['„', '“', '”', '«', '»', '"']);
        name = if whole { inner } else { name };
    }
    // Lower case but for German nouns: `The Echo` has the article in its name, and `El Diario` is one.
    let kind = KINDS.iter().filter_map(|kind| {
        let (head, rest) = (name.get(..kind.len())?, name.get(kind.len()..)?.strip_prefix(' ')?);
        let article = head.split(' ').next().is_some_and(|word| word.starts_with(char::is_lowercase));
        let noun = !kind.contains(' ') && head.starts_with(char::is_uppercase);
        let named = rest.starts_with(|c: char| !c.is_lowercase());
        (head.to_lowercase() == **kind && (article || noun && *kind != "the") && named).then_some(rest)
    });
    name = kind.min_by_key(|rest| rest.len()).unwrap_or(name);
    // `Orlen L.P` ended the sentence with its own stop.
    let last = name.rsplit(' ').next().unwrap_or("");
    let initials =
        last.contains('.') && last.split('.').all(|part| part.len() == 1 && part.starts_with(char::is_uppercase));
    if initials { format!("{name}.").into() } else { name.into() }
}

#[cfg(test)]
mod tests {
    use super::outlet_name;

    #[test]
    fn names_of_outlets() {
        for (said, name) in [
            ("the Eel Gazette", "Eel Gazette"),
            ("The Eel Gazette", "The Eel Gazette"),
            ("Wochenzeitung „Aalblatt“", "Aalblatt"),
            ("Wochenzeitung „Aalblatt", "Aalblatt"),
            ("dem Portal Aalblatt.de", "Aalblatt.de"),
            ("El Diario", "El Diario"),
            ("el diario La Voz", "La Voz"),
            ("Zeitschrift", "Zeitschrift"),
            ("Die Zeit", "Die Zeit"),
            ("the guardian", "the guardian"),
            ("Orlen L.P", "Orlen L.P."),
            ("Yahoo! News", "Yahoo! News"),
        ] {
            assert_eq!(outlet_name(said), name, "{said}");
        }
    }
}
