//! Values of metadata fields.

use super::ast::{KeyField, Kind};
use super::field::{FLAGS, Unread, language_code, nearest_of};
use super::print::key_name;
use crate::model::{ArticleId, Lang};
use crate::text;

/// A condition on a metadata field, from what was typed behind its colon.
pub(super) fn value(field: KeyField, typed: &str) -> Result<Kind, Unread> {
    if typed == "*" {
        return Ok(Kind::Key { field, value: String::new() });
    }
    // Quotes say nothing inside a name.
    let said = typed.char_indices().map(|(at, c)| if super::lex::quotes(typed, at, c) { ' ' } else { c });
    let typed: String = said.collect();
    let typed = typed.trim();
    if field != KeyField::Url {
        no_operator(field, typed)?;
    }
    let body = typed.strip_suffix('*').unwrap_or(typed);
    let signs: &[char] = if field == KeyField::Url { &['*'] } else { &['*', '?'] };
    // A question mark behind a word is one.
    let within = if field == KeyField::Url { body } else { body.trim_end_matches('?') };
    if within.contains(signs) {
        let pieces = within.split(signs);
        let longest = pieces.max_by_key(|piece| piece.len()).unwrap_or("").trim_matches(|c: char| !c.is_alphanumeric());
        let hint = match (field, within.starts_with(signs)) {
            (KeyField::Url, _) => format!("any part of an address is found: write `{longest}`"),
            (_, true) => format!("a name is found by any of its words: write `{longest}`"),
            _ => format!("write its beginning: `{}*`", within.split(signs).next().unwrap_or("")),
        };
        return Err(("in a field `*` can stand only at the end, and `?` for no letter".to_owned(), hint));
    }
    let (folded, _) = folded(field, typed);
    if folded.is_empty() {
        return Err((format!("there is no word in `{typed}`"), "write a name, or `*` for any".to_owned()));
    }
    match field {
        KeyField::Flag if typed == body && !FLAGS.contains(&folded.as_str()) => {
            let near = nearest_of(&folded, FLAGS.iter().copied());
            let hint = near
                .map_or_else(|| format!("the flags are {}", FLAGS.join(", ")), |f| format!("did you mean `flag:{f}`?"));
            Err((format!("`{typed}` is no flag"), hint))
        }
        // A country of more than one language names none.
        KeyField::Lang if matches!(typed.to_ascii_lowercase().as_str(), "gb" | "us") => Err((
            format!("`{typed}` is the code of a country and of no language"),
            "write `lang:en`, and tell the outlets by `source:` or `url:`".to_owned(),
        )),
        KeyField::Lang if typed == body && !Lang::assigned(&folded).is_some_and(|lang| lang.is_known()) => {
            let beginning = folded.len() == 3 && Lang::parse(&folded).is_some();
            let all = if beginning {
                format!("; `lang:{folded}*` finds what was called so all the same")
            } else {
                String::new()
            };
            Err((format!("`{typed}` is no language"), format!("write its code, as `lang:en`{all}")))
        }
        // What is kept of a language is its code: one of its regions cannot be told from the others.
        KeyField::Lang if typed == body && typed.contains(['-', '_']) => Err((
            format!("languages are kept without their region, and `{typed}` would find all of `{folded}`"),
            format!("write `lang:{folded}`, and tell the outlets by `source:` or `url:`"),
        )),
        _ => Ok(Kind::Key { field, value: typed.to_owned() }),
    }
}

/// Refuses what is an operator behind a word and would be lost in a name; an address may hold any sign.
fn no_operator(field: KeyField, typed: &str) -> Result<(), Unread> {
    let name = key_name(field);
    let fuzzy = typed.rsplit_once('~').filter(|(_, digits)| digits.bytes().all(|b| b.is_ascii_digit()));
    if let Some((word, _)) = fuzzy.filter(|(word, _)| !word.is_empty()) {
        return Err((
            format!("`~` tries other spellings of words, not of `{name}:`"),
            format!("write `{name}:{word}`, or its beginning: `{name}:{}*`", beginning(word)),
        ));
    }
    let bare = typed.trim_start_matches(['-', '!', '~', '+']);
    if bare.len() < typed.len() && bare.starts_with(char::is_alphanumeric) {
        return Err((
            format!("a sign in front of the value of `{name}:` leaves nothing out"),
            format!("to leave it out write `-{name}:{bare}`"),
        ));
    }
    let regex = typed.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')).filter(|inside| !inside.is_empty());
    if let Some(inside) = regex {
        let start: String = inside.chars().take_while(|c| c.is_alphanumeric()).collect();
        return Err((
            format!("a regular expression is tried on words, not on `{name}:`"),
            format!("write the beginning of the value: `{name}:{start}*`"),
        ));
    }
    match typed.split_once('^') {
        Some(("", word)) if word.chars().any(char::is_alphanumeric) => {
            Err(("`^` stands behind what it weighs, and before a number".to_owned(), format!("write `{name}:{word}`")))
        }
        Some((word, _)) => Err((
            format!("`^` weighs with a number behind it, and nothing in `{name}:` has that sign"),
            format!("write `{name}:{word}`"),
        )),
        None => Ok(()),
    }
}

/// The first letters of a word, by which it is likely to be found in another spelling.
fn beginning(word: &str) -> &str {
    word.char_indices().nth(3).map_or(word, |(at, _)| &word[..at])
}

/// The folded words of a value as typed, and whether the last one is a prefix.
pub(super) fn folded(field: KeyField, typed: &str) -> (String, bool) {
    let (body, prefix) = match typed.strip_suffix('*') {
        Some(body) => (body, true),
        None => (typed, false),
    };
    let folded = match field {
        KeyField::Lang => {
            let code = language_code(body);
            let lang = if prefix { Lang::parse(&code) } else { Lang::assigned(&code) };
            lang.map_or_else(|| text::fold(&code), |lang| lang.as_str().to_owned())
        }
        // An address is found with and without its scheme and `www.`.
        KeyField::Url => {
            let bare = body.split_once("://").map_or(body, |(_, rest)| rest);
            text::fold(bare.strip_prefix("www.").unwrap_or(bare))
        }
        _ => text::fold(body),
    };
    // The beginning of an id is shown in lists, and is enough to name it.
    let begins = field == KeyField::Id && folded.len() < ArticleId::LENGTH;
    (folded, prefix || begins)
}

/// A name as catalogues write it, last name first, the other way round: `Slater, Mae` is `mae slater`.
pub(super) fn turned(field: KeyField, typed: &str) -> Option<String> {
    let (last, first) = typed.split_once(',').filter(|_| field == KeyField::Author)?;
    // `Slater, Ma*` is `ma* slater`.
    let (first, star) = first.strip_suffix('*').map_or((first, ""), |first| (first, "*"));
    let named = !first.contains([',', '*']) && !text::fold(first).is_empty() && !text::fold(last).is_empty();
    named.then(|| format!("{}{star} {}", text::fold(first), text::fold(last)))
}
