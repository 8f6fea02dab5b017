//! White space as pages mean it.

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
