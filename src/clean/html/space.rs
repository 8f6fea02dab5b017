//! White space and letters as pages mean them.

use crate::clean::hygiene::{GROUPING, groups_digits};

/// Appends `text` with runs of white space made one space, none at the start of `out`.
pub(super) fn push_collapsed(out: &mut String, text: &str) {
    // `5&nbsp;000` is one number, and stays one.
    let grouped = text.contains('\u{a0}').then(|| {
        let kept = |(at, c): (usize, char)| {
            let after = text.get(at + c.len_utf8()..).unwrap_or("");
            let groups = c == '\u{a0}' && groups_digits(text[..at].chars().next_back(), after);
            if groups { GROUPING } else { c }
        };
        text.char_indices().map(kept).collect::<String>()
    });
    let text = grouped.as_deref().unwrap_or(text);
    for word in text.split_inclusive(is_space) {
        let bare = word.trim_end_matches(is_space);
        out.push_str(bare);
        if bare.len() < word.len() && !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
}

/// White space that HTML collapses, and the no-break space, which news pages use as a plain one.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\n' | '\t' | '\r' | '\u{c}' | '\u{a0}')
}

/// Appends `text` with each of its characters in lower case.
pub(super) fn push_lowercase(out: &mut String, text: &str) {
    let mut rest = text;
    while !rest.is_empty() {
        let plain = rest.bytes().position(|b| !b.is_ascii()).unwrap_or(rest.len());
        let from = out.len();
        out.push_str(&rest[..plain]);
        out[from..].make_ascii_lowercase();
        rest = &rest[plain..];
        if let Some(c) = rest.chars().next() {
            out.extend(c.to_lowercase());
            rest = &rest[c.len_utf8()..];
        }
    }
}
