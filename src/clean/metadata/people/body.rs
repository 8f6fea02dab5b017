//! Bodies that sign in a person's stead: a desk, an outlet, an agency.

use super::sentence;
use super::words::OFFICES;
use crate::clean::metadata::{agencies, folded};

/// Longest name of a body in bytes, and in words.
const MAX_BYTES: usize = 60;
const MAX_WORDS: usize = 6;

/// What systems write where nobody signed, and words of the page around a byline.
const NOBODY: &[&str] = &[
    "admin",
    "administrator",
    "webmaster",
    "root",
    "user",
    "guest",
    "gast",
    "anonymous",
    "anonym",
    "anonyme",
    "unknown",
    "unbekannt",
    "none",
    "null",
    "nan",
    "undefined",
    "author",
    "authors",
    "autor",
    "auteur",
    "editor",
    "by",
    "share",
    "follow",
    "subscribe",
    "contact",
    "kontakt",
    "about",
    "home",
    "menu",
    "search",
    "login",
    "comments",
    "comment",
    "read",
    "more",
    "posted",
    "published",
    "updated",
    "view",
    "profile",
    "email",
    "copyright",
    "advertisement",
    "anzeige",
    "sponsored",
    "facebook",
    "twitter",
    "instagram",
    "linkedin",
    "youtube",
    "wordpress",
    "default",
    "test",
    "super",
];

/// The body a byline without persons names; `named` says that the whole text is a name by where it was found, so that
/// it need not look like an outlet's or a desk's.
pub(super) fn of(line: &str, outlets: &[String], named: bool) -> Option<String> {
    let line = line.trim().trim_matches(['"', '“', '”', '*', '-', '–', '—', '.', ',', ':', '|', '(', ')']).trim();
    let words: Vec<&str> = line.split(' ').collect();
    let wide = line.chars().any(|c| !c.is_ascii() && !c.is_lowercase() && !c.is_uppercase() && c.is_alphabetic());
    let marks = ['@', '\\', '=', '{', '}', '?', '!', '%', '$', '€', '©', '…', ':', ';', '<', '>', '#', '_'];
    let opens = |word: &str| word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric());
    // What a form has where nothing was filled in.
    let blank = matches!(folded(line).as_str(), "n a" | "na");
    if blank
        || line.len() < 2
        || line.len() > MAX_BYTES
        || words.len() > MAX_WORDS
        || line.contains(marks)
        || line.contains("www.")
        || line.chars().filter(char::is_ascii_digit).count() > 3
        || words.iter().any(|word| NOBODY.contains(&folded(word).as_str()))
        // `Friday the council must decide`
        || !named && (words.iter().filter(|word| sentence::is_common(word)).count() > 1 || sentence::is_weekday(words[0]))
    {
        return None;
    }
    let key = folded(line);
    let known = outlets.contains(&key)
        || agencies::named(line).is_some()
        || words.iter().any(|word| {
            let word = folded(word);
            OFFICES.contains(word.as_str()) || agencies::named(&word).is_some() || word.ends_with("redaktion")
        });
    // One common word names nobody but an editorial desk: `Redaktion`, not `Nachrichten`, `Agencies`.
    const DESKS: &[&str] = &[
        "redaktion",
        "redaction",
        "redaccion",
        "redacao",
        "redazione",
        "redactie",
        "redakcja",
        "redakce",
        "newsroom",
        "newsdesk",
        "toimitus",
    ];
    let common = words.len() == 1 && OFFICES.contains(key.as_str()) && !DESKS.contains(&key.as_str());
    if common && !outlets.contains(&key) && agencies::named(line).is_none() {
        return None;
    }
    // `AFP, MANILA`, `dpa/AFP`
    let agency = line.split([',', '/']).next().is_some_and(|first| agencies::named(first.trim()).is_some());
    let title = words.iter().any(|word| opens(word)) || wide || line.contains('.');
    (known && (title || agencies::named(line).is_some() || outlets.contains(&key)) || agency || named && title)
        .then(|| line.to_owned())
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn bodies_and_nobody() {
        let outlets = ["orlen herald".to_owned(), "orlenherald".to_owned()];
        for (line, named, body) in [
            ("Orlen Herald", false, true),
            ("herald staff", false, false),
            ("Tarn News Staff", false, true),
            ("AFP", false, true),
            ("dpa", false, true),
            ("AFP, MANILA", false, true),
            ("BR24 Redaktion", false, true),
            ("Valley Observatory", false, false),
            ("Valley Observatory", true, true),
            ("admin", true, false),
            ("N/A", true, false),
            ("Unknown Author", true, false),
            ("@orlenherald", true, false),
            ("Share on Facebook", true, false),
            ("Redaktion", false, true),
            ("Agencies", true, false),
            ("Nachrichten", true, false),
            ("10 October 2024", true, false),
            ("what the council said and did not say about it", true, false),
            ("Friday the council must decide", false, false),
            ("Friday Council", false, false),
            ("der Redaktion kam kein Wort", false, false),
            ("la redacción de La Voz", false, true),
            ("Le Courrier avec AFP", false, true),
            ("Redacción fama", false, true),
        ] {
            assert_eq!(of(line, &outlets, named).as_deref(), body.then_some(line), "{line}");
        }
    }
}
