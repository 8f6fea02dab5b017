//! Untrusted text made fit for a terminal.

use std::borrow::Cow;

/// `text` with everything a terminal would obey made visible and harmless: control characters (ESC, BEL, CR, C1,
/// DEL) become `\u{241b}`-like control pictures or `\u{fffd}`, bidirectional overrides and isolates and other invisible format
/// characters that reorder text become `\u{fffd}`. Line feeds and tabs stay.
pub fn terminal_safe(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_dangerous) {
        return Cow::Borrowed(text);
    }
    let made = |c: char| match c {
        '\0'..='\x1f' if is_dangerous(c) => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
        '\x7f' => '\u{2421}',
        c if is_dangerous(c) => '\u{fffd}',
        c => c,
    };
    Cow::Owned(text.chars().map(made).collect())
}

fn is_dangerous(c: char) -> bool {
    matches!(c, '\0'..='\x08' | '\x0b'..='\x1f' | '\x7f'..='\u{9f}'
        // UAX 9 embeddings, overrides and isolates; Trojan Source (CVE-2021-42574)
        | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
        // Noncharacters (Unicode 23.7): no page may hold them.
        || matches!(c as u32 & 0xffff, 0xfffe | 0xffff) || matches!(c, '\u{fdd0}'..='\u{fdef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_reaches_the_terminal() {
        for (input, expected) in [
            ("plain\ttext\nline", "plain\ttext\nline"),
            ("\x1b[31mred", "\u{241b}[31mred"),
            ("\x1b]0;title\x07", "\u{241b}]0;title\u{2407}"),
            ("a\u{9b}2Jb", "a\u{fffd}2Jb"),
            ("\u{202e}gpj.exe", "\u{fffd}gpj.exe"),
            ("over\rwrite", "over\u{240d}write"),
        ] {
            assert_eq!(terminal_safe(input), expected);
        }
    }
}
