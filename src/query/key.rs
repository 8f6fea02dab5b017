//! Values of metadata fields.

use super::ast::{KeyField, Kind};
use super::field::{FLAGS, Unread, language_code, nearest_of};
use crate::model::Lang;
use crate::text;

/// A condition on a metadata field, from what was typed behind its colon.
pub(super) fn value(field: KeyField, typed: &str) -> Result<Kind, Unread> {
    if typed == "*" {
        return Ok(Kind::Key { field, value: String::new() });
    }
    // Quotes say nothing inside a name.
    let typed = typed.replace(super::lex::is_quote, " ");
    let typed = typed.trim();
    let body = typed.strip_suffix('*').unwrap_or(typed);
    if body.contains('*') {
        return Err((
            "in a field `*` can stand only at the end".to_owned(),
            format!("write `{}*`", body.split('*').next().unwrap_or("")),
        ));
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
        KeyField::Lang if typed == body && Lang::parse(&folded).is_none() => {
            Err((format!("`{typed}` is no language"), "write its code, as `lang:en`".to_owned()))
        }
        _ => Ok(Kind::Key { field, value: typed.to_owned() }),
    }
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
            Lang::parse(&code).map_or_else(|| text::fold(&code), |lang| lang.as_str().to_owned())
        }
        // An address is found with and without its scheme and `www.`.
        KeyField::Url => {
            let bare = body.split_once("://").map_or(body, |(_, rest)| rest);
            text::fold(bare.strip_prefix("www.").unwrap_or(bare))
        }
        _ => text::fold(body),
    };
    (folded, prefix)
}
