//! Doubts about what a slot holds: a sentence, speech, small words where a headline or a name should stand.

use super::values;

/// Whether words are a sentence rather than a headline or a name: more than `most` of them, and a full stop.
pub(super) fn is_sentence(words: &str, most: usize) -> bool {
    let bare = words.trim_end_matches(['"', '”', '’', ')', ' ']);
    bare.ends_with(['.', '。', '।', '۔']) && !bare.ends_with("..") && words.split_whitespace().count() > most
}

/// Whether words are several sentences: `Read more: a slogan. The mayor has no other!` A short form's stop ends none.
pub(super) fn are_sentences(words: &str) -> bool {
    words.match_indices(['.', '!', '?']).any(|(at, _)| {
        let before = words[..at].rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        let mut after = words[at + 1..].chars().skip_while(|c| matches!(c, '"' | '”' | '’' | ')'));
        before.chars().count() > 3
            && before.starts_with(char::is_lowercase)
            && after.next() == Some(' ')
            && after.next().is_some_and(|c| c.is_uppercase() || matches!(c, '“' | '"' | '„' | '«'))
            && words[..at].split_whitespace().count() >= 2
            && words[at..].split_whitespace().count() > 4
    })
}

/// Whether words quote somebody and then report who said it: `“We were never paid,” the treasurer told the court`. A
/// headline quotes too, but leaves out articles: `‘We were never paid,’ treasurer says`.
pub(super) fn reports_speech(words: &str) -> bool {
    const SUBJECTS: &[&str] =
        &["the", "a", "an", "he", "she", "they", "it", "his", "her", "their", "our", "my", "i", "we"];
    const SPOKE: &[&str] = &[
        "said",
        "told",
        "asked",
        "added",
        "wrote",
        "replied",
        "answered",
        "warned",
        "explained",
        "recalled",
        "shouted",
        "insisted",
        "argued",
        "testified",
        "announced",
        "admitted",
    ];
    words.match_indices([',', '?', '!']).any(|(at, mark)| {
        let after = &words[at + mark.len()..];
        let Some(rest) = after.strip_prefix(['"', '”', '’', '\'']) else { return false };
        let mut told = rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        rest.starts_with(' ')
            && told.next().is_some_and(|word| SUBJECTS.contains(&word))
            && told.take(6).any(|word| SPOKE.contains(&word))
    })
}

/// Whether all of `words` stands in one pair of quotation marks.
pub(super) fn is_quoted(words: &str) -> bool {
    let marks = |c: char| matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '\'' | '「' | '」' | '『' | '』');
    words.starts_with(marks) && words.ends_with(marks) && words.matches(marks).count() >= 2
}

/// Whether words that should be a headline go on with a sentence that the label before them only began (`Watch: cameras
/// will record every plate`), or are somebody's words in quotation marks (`Read: “Bring the money.”`).
pub(super) fn is_no_headline(words: &str) -> bool {
    let mut signs = words.chars().skip_while(|c| !c.is_alphanumeric());
    // `iPhone`, `eBay`.
    let small = signs.next().is_some_and(char::is_lowercase) && !signs.next().is_some_and(char::is_uppercase);
    let said = is_quoted(words) && words.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '.').ends_with('.');
    let address = words.split(' ').next().is_some_and(|first| first.contains(['/', '.', '@']));
    small && !address || said
}

/// Whether words say how somebody is reached, where the sign before them is `before` and that behind them `after`: an
/// address of mail or of the web, or a name on a network. `by boat`, `on foot`, `at 555-0134` do not.
pub(super) fn is_contact(words: &str, before: Option<char>, after: Option<char>) -> bool {
    let first = words.split([' ', ',']).next().unwrap_or("");
    let host = first.split_once('.').is_some_and(|(name, rest)| {
        !name.is_empty() && rest.len() >= 2 && rest.chars().all(|c| c.is_alphanumeric() || "./-_@".contains(c))
    });
    first.contains('@') || host || before == Some('@') || after == Some('@') || before == Some(':') && words == first
}

/// Whether a name behind `originally published by` is a book's publisher with its year (`Faber in 1951`), or the
/// language of an edition (`First published in German`).
pub(super) fn is_edition(name: &str) -> bool {
    const LANGUAGES: &[&str] = &[
        "english",
        "german",
        "french",
        "spanish",
        "italian",
        "portuguese",
        "russian",
        "polish",
        "dutch",
        "danish",
        "swedish",
        "norwegian",
        "finnish",
        "czech",
        "hungarian",
        "greek",
        "turkish",
        "arabic",
        "hebrew",
        "persian",
        "hindi",
        "urdu",
        "bengali",
        "chinese",
        "japanese",
        "korean",
        "latin",
        "ukrainian",
        "romanian",
        "serbian",
        "croatian",
        "yiddish",
        "welsh",
        "irish",
    ];
    let year = |words: &str| words.len() == 4 && words.bytes().all(|b| b.is_ascii_digit());
    let last = name.rsplit_once(' ');
    last.is_some_and(|(before, last)| year(last) && before.ends_with(" in"))
        || LANGUAGES.contains(&name.to_lowercase().as_str())
}

/// Whether a day of first publication is a year alone in which nothing was published that is read as news: a book's.
pub(super) fn is_long_ago(date: &str) -> bool {
    let date = date.trim();
    date.len() == 4 && date.parse::<u16>().is_ok_and(|year| year < 1990)
}

/// Whether words that follow a shape (`…, the minister said`) report something after all.
pub(super) fn goes_on_reporting(words: &str) -> bool {
    values::reports(words) || reports_speech(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_headline_and_no_contact() {
        for (words, none) in [
            ("cameras will record every plate", true),
            ("a lot more wardens", true),
            ("“Bring the money or the dog dies.”", true),
            ("Storm hits Orlen", false),
            ("“We were never paid”", false),
            ("iPhone sales fall", false),
            ("https://tarn.example/a", false),
            ("洪水が町を襲う", false),
        ] {
            assert_eq!(is_no_headline(words), none, "{words}");
        }
        for (words, before, after, told) in [
            ("ada.moss@tarn.example", None, None, true),
            ("tarn.example/ada", None, None, true),
            ("adamoss", Some('@'), None, true),
            ("adamoss", Some(':'), None, true),
            ("ada", None, Some('@'), true),
            ("boat", None, None, false),
            ("low tide", None, None, false),
            ("555-0134", None, None, false),
            ("12 Mill Street", Some(':'), None, false),
        ] {
            assert_eq!(is_contact(words, before, after), told, "{words}");
        }
    }
}
