//! A date's text as numbers, words and marks.

use unicode_normalization::UnicodeNormalization;

use crate::clean::metadata::accent;

/// Most characters of one date that are read.
pub(super) const MAX_CHARS: usize = 160;

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A number and how many digits it was written with.
    Number(u64, usize),
    /// Letters, folded: lower case, without accents.
    Word(String),
    /// Any other character.
    Mark(char),
}

/// A token, and whether white space stood before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) spaced: bool,
}

impl Token {
    pub(super) fn number(&self) -> Option<(u64, usize)> {
        if let Kind::Number(value, digits) = self.kind { Some((value, digits)) } else { None }
    }

    pub(super) fn word(&self) -> Option<&str> {
        if let Kind::Word(word) = &self.kind { Some(word) } else { None }
    }

    pub(super) fn is(&self, mark: char) -> bool {
        self.kind == Kind::Mark(mark)
    }
}

/// Lower case, compatibility forms unified, without accents.
pub(super) fn fold(text: &str) -> String {
    text.nfkd()
        .filter(|&c| !accent(c) && !invisible(c))
        .flat_map(char::to_lowercase)
        .filter(|&c| !accent(c))
        .map(|c| if c == 'ı' { 'i' } else { c })
        .collect()
}

fn invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The value of a decimal digit of any script whose digits stand in one run of ten.
fn digit(c: char) -> Option<u32> {
    /// Zeros: ASCII, Arabic-Indic, Persian, Devanagari, Bengali, Gurmukhi, Gujarati, Tamil, Telugu, Kannada, Malayalam, Thai,
    /// Lao, Burmese, Khmer. Full-width digits are folded before.
    const ZEROS: [u32; 15] =
        [0x30, 0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xE50, 0xED0, 0x1040, 0x17E0];
    let code = u32::from(c);
    ZEROS.iter().find(|&&zero| (zero..zero + 10).contains(&code)).map(|zero| code - zero)
}

/// Marks within the words of Indian and South-East Asian scripts that Unicode does not count as letters: viramas, tone
/// and silence marks. Without them `அக்டோபர்` would be five words.
fn joins(c: char) -> bool {
    matches!(
        c,
        '\u{94d}' | '\u{9bc}' | '\u{9cd}' | '\u{a3c}' | '\u{a4d}' | '\u{abc}' | '\u{acd}' | '\u{b3c}' | '\u{b4d}' | '\u{bcd}'
            | '\u{c4d}' | '\u{ccd}' | '\u{d4d}' | '\u{dca}' | '\u{e47}'..='\u{e4e}' | '\u{ec8}'..='\u{ecc}' | '\u{1037}'
            | '\u{1039}' | '\u{103a}' | '\u{17c9}'..='\u{17d3}' | '\u{93c}'
    )
}

/// The tokens of at most [`MAX_CHARS`] characters.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let short: String = text.chars().take(MAX_CHARS).collect();
    let mut folded = fold(&short);
    for (long, one) in [
        ("a.m.", "am"),
        ("p.m.", "pm"),
        ("a. m.", "am"),
        ("p. m.", "pm"),
        ("a.m", "am"),
        ("p.m", "pm"),
        ("오전", " am "),
        ("오후", " pm "),
        ("上午", " am "),
        ("下午", " pm "),
        ("午前", " am "),
        ("午後", " pm "),
        ("ق.ظ", " am "),
        ("ب.ظ", " pm "),
    ] {
        if folded.contains(&fold(long)) {
            folded = folded.replace(&fold(long), one);
        }
    }
    // Thai papers write months with their first letters.
    if folded.contains('.') && folded.contains(|c| matches!(c, '\u{e01}'..='\u{e2e}')) {
        for short in ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]
        {
            folded = folded.replace(short, &short.replace('.', ""));
        }
    }
    // Months of two words are one token.
    for (first, seconds) in [
        ("كانون", &["الثاني", "الأول", "الاول"][..]),
        ("تشرين", &["الثاني", "الأول", "الاول"]),
        ("mean", &["fomhair"]),
        ("deireadh", &["fomhair"]),
    ] {
        if !folded.contains(first) {
            continue;
        }
        for second in seconds {
            let second = fold(second);
            folded = folded.replace(&format!("{first} {second}"), &format!("{first}\u{1}{second}"));
        }
    }
    let mut out: Vec<Token> = Vec::new();
    let mut spaced = false;
    for c in folded.chars() {
        if c.is_whitespace() {
            spaced = true;
            continue;
        }
        let glued = !spaced;
        if let Some(value) = digit(c) {
            match out.last_mut() {
                Some(Token { kind: Kind::Number(number, digits), .. }) if glued => {
                    *number = number.saturating_mul(10).saturating_add(u64::from(value));
                    *digits += 1;
                }
                _ => out.push(Token { kind: Kind::Number(u64::from(value), 1), spaced }),
            }
        } else if c.is_alphabetic() || c == '\u{1}' || glued && joins(c) {
            let c = if c == '\u{1}' { ' ' } else { c };
            match out.last_mut() {
                Some(Token { kind: Kind::Word(word), .. }) if glued => word.push(c),
                _ => out.push(Token { kind: Kind::Word(c.to_string()), spaced }),
            }
        } else {
            let c = match c {
                '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
                '：' | '∶' => ':',
                other => other,
            };
            out.push(Token { kind: Kind::Mark(c), spaced });
        }
        spaced = false;
    }
    out
}
