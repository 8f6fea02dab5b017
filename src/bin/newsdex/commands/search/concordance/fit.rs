//! Pieces of a line that fit some columns: whole words, so that none is taken for another.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The end of `text` that fits `columns`, from the beginning of a word on. Of a word that is too long by itself the end,
/// and a sign that it is not all.
pub fn ending(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let (mut used, mut from, mut cut) = (0, None, text.len());
    let mut behind: Option<char> = None;
    for (at, c) in text.char_indices().rev() {
        // Before what stands behind, a word may begin.
        if let Some(next) = behind
            && parts(c, next)
        {
            from = Some(at + c.len_utf8());
        }
        used += c.width().unwrap_or(0);
        if used > columns {
            break;
        }
        if used < columns {
            cut = at;
        }
        behind = Some(c);
    }
    let whole = from.map(|from| text[from..].trim_start()).filter(|whole| !whole.is_empty());
    match whole {
        Some(whole) => whole.to_owned(),
        None if cut < text.len() => format!("…{}", &text[cut..]),
        None => String::new(),
    }
}

/// The beginning of `text` that fits `columns`, up to the end of a word; as [`ending`].
pub fn beginning(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let (mut used, mut to, mut cut) = (0, None, 0);
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        if let Some(last) = before
            && parts(last, c)
        {
            to = Some(at);
        }
        used += c.width().unwrap_or(0);
        if used > columns {
            break;
        }
        if used < columns {
            cut = at + c.len_utf8();
        }
        before = Some(c);
    }
    let whole = to.map(|to| text[..to].trim_end()).filter(|whole| !whole.is_empty());
    match whole {
        Some(whole) => whole.to_owned(),
        None if cut > 0 => format!("{}…", &text[..cut]),
        None => String::new(),
    }
}

/// Beginning and end of `text`, where all of it does not fit.
pub fn ends(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let half = columns.saturating_sub(3) / 2;
    format!("{} … {}", beginning(text, half).trim_end_matches('…'), ending(text, half).trim_start_matches('…'))
}

/// Whether a word may end between two characters: at white space, and beside a character of a script without spaces.
fn parts(left: char, right: char) -> bool {
    let wide = |c: char| c.width() == Some(2);
    left.is_whitespace() || right.is_whitespace() || wide(left) || wide(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_whole() {
        for (text, columns, end, start) in [
            ("the harbour of Lindhaven", 30, "the harbour of Lindhaven", "the harbour of Lindhaven"),
            ("the harbour of Lindhaven", 13, "of Lindhaven", "the harbour"),
            ("the harbour of Lindhaven", 12, "of Lindhaven", "the harbour"),
            ("the harbour of Lindhaven", 11, "Lindhaven", "the harbour"),
            ("the harbour of Lindhaven", 10, "Lindhaven", "the"),
            ("harbourmaster", 6, "…aster", "harbo…"),
            ("昨日東京都知事は", 5, "事は", "昨日"),
            ("昨日 abc", 5, "abc", "昨日"),
            ("word", 0, "", ""),
        ] {
            assert_eq!((ending(text, columns).as_str(), beginning(text, columns).as_str()), (end, start), "{text}");
            assert!(ending(text, columns).width() <= columns && beginning(text, columns).width() <= columns);
        }
    }

    #[test]
    fn of_a_long_match_both_ends_are_shown() {
        assert_eq!(ends("asylum and then the agreement", 40), "asylum and then the agreement");
        assert_eq!(ends("asylum and then the agreement", 25), "asylum and … agreement");
        assert!(ends("asylumseekersandtheagreementoftheyear", 15).width() <= 15);
    }
}
