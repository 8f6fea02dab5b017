//! Folding of characters: case, compatibility forms, accents.

use super::Token;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a character is to the scanner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Part of a word: a letter, a digit, a mark.
    Word,
    /// A word by itself (scripts without spaces).
    Single,
    /// A mark: belongs to what stands before it.
    Mark,
    /// Nothing at all (soft hyphen, zero width).
    Nothing,
    /// `'` in one of its shapes.
    Apostrophe,
    /// A hyphen that joins.
    Hyphen,
    /// May end a sentence.
    Stop,
    /// Parts words.
    Other,
}

/// The class of a character beyond ASCII.
pub(super) fn class(c: char) -> Class {
    match c as u32 {
        0x00AD | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x2064 | 0x2066..=0x206F | 0xFEFF | 0xFE00..=0xFE0F => {
            Class::Nothing
        }
        0x00C0..=0x024F => match c {
            '×' | '÷' => Class::Other,
            _ => Class::Word,
        },
        0x00B4 | 0x2018 | 0x2019 | 0x201B | 0x02B9..=0x02BD | 0x02C8 | 0x055A | 0x05F3 | 0x05F4 | 0xFF07 => {
            Class::Apostrophe
        }
        0x2010 | 0x2011 | 0x2013 | 0xFF0D => Class::Hyphen,
        0x2026
        | 0x3002
        | 0xFF01
        | 0xFF0E
        | 0xFF1F
        | 0xFF61
        | 0x061F
        | 0x06D4
        | 0x0964
        | 0x0965
        | 0x0589
        | 0x1362
        | 0x17D4
        | 0x17D5
        | 0x104A
        | 0x104B
        | 0x203C
        | 0x2047..=0x2049
        | 0x3000..=0x3001 => {
            if matches!(c, '\u{3000}' | '、') {
                Class::Other
            } else {
                Class::Stop
            }
        }
        0x0400..=0x0481 | 0x048A..=0x052F => Class::Word,
        0x3099 | 0x309A | 0xFF9E | 0xFF9F => Class::Mark,
        0x0640 => Class::Nothing,
        0x0E00..=0x0EFF
        | 0x1000..=0x109F
        | 0x1780..=0x17FF
        | 0x3005..=0x3007
        | 0x3040..=0x318F
        | 0x31A0..=0x31BF
        | 0x31F0..=0x31FF
        | 0x3400..=0x4DBF
        | 0x4E00..=0xA4CF
        | 0xA9E0..=0xA9FF
        | 0xAA60..=0xAA7F
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFF66..=0xFFDC
        | 0x20000..=0x3FFFF => {
            if is_combining_mark(c) {
                Class::Mark
            } else if c.is_alphanumeric() {
                Class::Single
            } else {
                Class::Other
            }
        }
        // Some marks count as alphabetic.
        _ if is_combining_mark(c) => Class::Mark,
        _ if c.is_alphanumeric() => Class::Word,
        _ => Class::Other,
    }
}

/// Whether a character is a word by itself, as in scripts without spaces.
pub fn is_word_alone(c: char) -> bool {
    !c.is_ascii() && class(c) == Class::Single
}

/// Appends the folded form of `c`, which stands after what `out` holds from `start`. True when the word must be
/// composed again at its end ([`compose`]).
pub(super) fn push(c: char, out: &mut String, start: usize) -> bool {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return false;
    }
    match c as u32 {
        0x00C0..=0x017F => {
            latin(c, out);
            return false;
        }
        // Vulgar fractions would become other numbers.
        0x00BC..=0x00BE | 0x2150..=0x215F | 0x2189 => {
            out.push(c);
            return false;
        }
        0x0410..=0x044F => {
            out.extend(c.to_lowercase());
            return false;
        }
        0x0660..=0x0669 | 0x06F0..=0x06F9 | 0x0966..=0x096F | 0x09E6..=0x09EF => {
            out.push(char::from(b'0' + digit(c)));
            return false;
        }
        0x4E00..=0x9FFF | 0xAC00..=0xD7A3 | 0x3041..=0x3096 | 0x30A1..=0x30FC => {
            out.push(c);
            return false;
        }
        _ => {}
    }
    let mut recompose = false;
    for part in std::iter::once(c).nfkd() {
        for lower in part.to_lowercase() {
            recompose |= one(lower, out, start);
        }
    }
    recompose
}

fn digit(c: char) -> u8 {
    let code = c as u32;
    let zero = match code {
        0x0660..=0x0669 => 0x0660,
        0x06F0..=0x06F9 => 0x06F0,
        0x0966..=0x096F => 0x0966,
        _ => 0x09E6,
    };
    code.saturating_sub(zero).min(9) as u8
}

/// One decomposed, lowercased character.
fn one(c: char, out: &mut String, start: usize) -> bool {
    match c {
        'ς' => out.push('σ'),
        'ё' => out.push('е'),
        // Kaf, yeh and heh as Persian, Urdu and Arabic keyboards give them.
        '\u{6A9}' => out.push('\u{643}'),
        '\u{6CC}' | '\u{649}' => out.push('\u{64A}'),
        '\u{6C1}' | '\u{6D5}' => out.push('\u{647}'),
        '\u{2044}' | '\u{640}' => {}
        _ if is_combining_mark(c) => {
            let Some(base) = out[start..].chars().next_back() else { return false };
            let kept = match base as u32 {
                0..=0x03FF | 0x1E00..=0x1FFF | 0x0590..=0x06FF | 0x0750..=0x077F => false,
                0x0400..=0x052F => c == '\u{306}' || (c == '\u{308}' && base == 'і'),
                _ => true,
            };
            if kept {
                out.push(c);
            }
            return kept;
        }
        _ if (0x00C0..=0x017F).contains(&(c as u32)) => latin(c, out),
        _ => match special(c) {
            Some(replaced) => out.push_str(replaced),
            None => {
                out.push(c);
                // Jamo and kana are put together again.
                return matches!(c as u32, 0x1100..=0x11FF | 0x3040..=0x30FF);
            }
        },
    }
    false
}

/// Letters beyond Latin Extended-A that are not a letter and a mark.
fn special(c: char) -> Option<&'static str> {
    Some(match c {
        'ƒ' => "f",
        'ɖ' => "d",
        'ə' | 'ǝ' => "e",
        'ơ' => "o",
        'ư' => "u",
        'ⱥ' => "a",
        'ẞ' => "ss",
        'ɓ' => "b",
        'ɗ' => "d",
        'ƙ' => "k",
        'ǿ' => "o",
        'ǽ' => "ae",
        _ => return None,
    })
}

/// U+00C0 to U+017F.
fn latin(c: char, out: &mut String) {
    const FOLDED: &str = "aaaaaa\0ceeeeiiiidnooooo\0ouuuuy\0\0aaaaaa\0ceeeeiiiidnooooo\0ouuuuy\0y\
aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii\0\0jjkkkllllllllllnnnnnnnnnoooooo\0\0rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
    let at = c as usize - 0xC0;
    match FOLDED.as_bytes().get(at) {
        Some(0) | None => out.push_str(match c {
            'Æ' | 'æ' => "ae",
            'Œ' | 'œ' => "oe",
            'ß' => "ss",
            'Þ' | 'þ' => "th",
            'Ĳ' | 'ĳ' => "ij",
            _ => "",
        }),
        Some(byte) => out.push(char::from(*byte)),
    }
}

/// Composes what `out` holds from `start` (NFC).
pub(super) fn compose(out: &mut String, start: usize) {
    let composed: String = out[start..].nfc().collect();
    out.truncate(start);
    out.push_str(&composed);
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// Folds a name or code for comparing: the words of [`analyze`](super::analyze) in a row, one space between two;
/// initials (`J. K.`) are one.
pub fn fold(text: &str) -> String {
    let tokens = super::query_terms(text);
    let mut words: Vec<Token<'_>> = Vec::with_capacity(tokens.len());
    for token in tokens.iter().filter(|token| !token.extra) {
        // Initials are one word however they are written.
        let parts = words.len().saturating_sub(usize::from(token.length));
        if token.length == 1 {
            words.push(token);
        } else if words[parts..]
            .iter()
            .all(|part| part.term.chars().nth(1).is_none() && !part.term.starts_with(is_digit))
        {
            words.truncate(parts);
            words.push(token);
        }
    }
    words.iter().map(|word| word.term).collect::<Vec<_>>().join(" ")
}

/// Folds the characters of a pattern one by one: case, compatibility forms and accents as in words, ASCII
/// punctuation kept as it is, apostrophes, hyphens and zero width characters dropped.
pub fn fold_pattern(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut recompose = false;
    for c in pattern.chars() {
        match c {
            '\'' | '`' | '-' => {}
            _ if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            _ => match class(c) {
                Class::Word | Class::Single | Class::Mark => recompose |= push(c, &mut out, 0),
                Class::Nothing | Class::Apostrophe | Class::Hyphen | Class::Stop | Class::Other => {}
            },
        }
    }
    if recompose {
        compose(&mut out, 0);
    }
    out
}
