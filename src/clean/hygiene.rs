//! Text hygiene: what one character or byte went through on its way here is undone, so that text from every origin
//! is the same kind of text.
//!
//! NFC; text that was UTF-8, read as Windows-1252 and written again, repaired; HTML references that were escaped
//! twice, resolved; soft hyphens and zero-width characters taken out (joiners stay where a script or an emoji needs
//! them); C1 characters read as Windows-1252, as browsers do (WHATWG HTML, numeric character reference end state);
//! control characters and bidirectional overrides taken out; every kind of space one space, but what groups the
//! digits of a number, which stays one kind of space that does not break (`5 000` is one number); line ends `\n`.

mod entities;
mod mojibake;

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Windows-1252 for the bytes 0x80 to 0x9F; `\0` where it has no character.
pub(crate) const CP1252: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“', '”', '•',
    '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

/// Tidies decoded text; borrowed when there was nothing to do. Line ends and tabs stay (as `\n` and `\t`); white
/// space is not collapsed. Linear in the length of `text`.
pub fn tidy(text: &str) -> Cow<'_, str> {
    let wants = Wants::of(text);
    if !wants.anything() {
        return Cow::Borrowed(text);
    }
    let mut out = Cow::Borrowed(text);
    if wants.entities {
        // Twice, for text that was escaped three times (`AT&amp;amp;T`).
        for _ in 0..2 {
            match entities::resolve(&out) {
                Some(resolved) => out = Cow::Owned(resolved),
                None => break,
            }
        }
    }
    if wants.high || wants.entities {
        for _ in 0..2 {
            match mojibake::repair(&out) {
                Some(repaired) => out = Cow::Owned(repaired),
                None => break,
            }
        }
    }
    if wants.characters || wants.entities || matches!(out, Cow::Owned(_)) {
        out = Cow::Owned(characters(&out));
    }
    if is_nfc_quick(out.chars()) != IsNormalized::Yes {
        let composed: String = out.nfc().collect();
        if composed != *out {
            out = Cow::Owned(composed);
        }
    }
    match out {
        Cow::Owned(same) if same == text => Cow::Borrowed(text),
        other => other,
    }
}

/// What a first look found.
#[derive(Default)]
struct Wants {
    entities: bool,
    high: bool,
    characters: bool,
}

impl Wants {
    fn of(text: &str) -> Self {
        let mut wants = Self::default();
        // Without a branch a byte, so that the compiler looks at many at once.
        let control = |byte: u8| byte < 0x20 && byte != b'\n' && byte != b'\t' || byte == 0x7F;
        wants.characters = text.bytes().fold(false, |found, byte| found | control(byte));
        wants.entities = memchr::memchr_iter(b'&', text.as_bytes()).any(|at| entities::starts_at(text, at));
        if !text.is_ascii() {
            wants.high = true;
            wants.characters =
                wants.characters || text.chars().any(|c| !c.is_ascii() && !matches!(fate(c), Fate::Stays));
        }
        wants
    }

    fn anything(&self) -> bool {
        self.entities || self.high || self.characters
    }
}

/// Between the groups of digits of a number.
pub(super) const GROUPING: char = '\u{202F}';

/// Whether a space that does not break, with `before` in front of it and `after` behind it, groups digits.
pub(super) fn groups_digits(before: Option<char>, after: &str) -> bool {
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    before.is_some_and(|c| c.is_ascii_digit()) && digits == 3
}

/// What becomes of one character.
enum Fate {
    Stays,
    Goes,
    Becomes(char),
    /// Stays between letters of a script that needs it, or in an emoji.
    Joins,
}

fn fate(c: char) -> Fate {
    match c {
        '\n' | '\t' | ' '..='~' => Fate::Stays,
        '\r' | '\u{0B}' | '\u{0C}' | '\u{2028}' | '\u{2029}' => Fate::Becomes('\n'),
        '\0'..='\u{1F}' | '\u{7F}' => Fate::Goes,
        '\u{80}'..='\u{9F}' => match CP1252[c as usize - 0x80] {
            '\0' => Fate::Goes,
            known => Fate::Becomes(known),
        },
        '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => Fate::Becomes(' '),
        '\u{AD}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' => Fate::Goes,
        '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFC}' => Fate::Goes,
        '\u{200C}' | '\u{200D}' => Fate::Joins,
        _ => Fate::Stays,
    }
}

fn characters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut at = 0;
    while let Some(c) = chars.next() {
        at += c.len_utf8();
        let grouping = matches!(c, '\u{A0}' | '\u{2009}' | GROUPING);
        match fate(c) {
            Fate::Becomes(_) if grouping && groups_digits(out.chars().next_back(), &text[at..]) => out.push(GROUPING),
            Fate::Stays => out.push(c),
            Fate::Goes => {}
            Fate::Becomes('\n') if c == '\r' && chars.peek() == Some(&'\n') => {}
            Fate::Becomes('\n') if c == '\u{2029}' => out.push_str("\n\n"),
            Fate::Becomes(other) => out.push(other),
            Fate::Joins => {
                let before = out.chars().next_back();
                if before.is_some_and(wants_joiner) && chars.peek().copied().is_some_and(wants_joiner) {
                    out.push(c);
                }
            }
        }
    }
    out
}

/// Whether a zero-width joiner beside `c` carries meaning: Arabic, Syriac and Indic scripts, Mongolian, emoji and
/// what modifies them. Beside Latin, Greek, Cyrillic or a space it is debris.
fn wants_joiner(c: char) -> bool {
    matches!(c as u32,
        0x0600..=0x08FF | 0x0900..=0x0DFF | 0x0E00..=0x109F | 0x1780..=0x18AF | 0xA840..=0xA8FF | 0xFB50..=0xFDFF
        | 0xFE70..=0xFEFE | 0xFE0E..=0xFE0F | 0x2190..=0x2BFF | 0x1F000..=0x1FAFF | 0x11000..=0x11FFF)
}

#[cfg(test)]
mod tests {
    use super::tidy;
    use std::borrow::Cow;

    #[test]
    fn one_text_in_one_text_out() {
        for (raw, expected) in [
            ("plain text, nothing to do", "plain text, nothing to do"),
            ("tab\tand\nline", "tab\tand\nline"),
            ("a\r\nb\rc\u{2028}d\u{2029}e", "a\nb\nc\nd\n\ne"),
            ("soft\u{AD}hyphen zero\u{200B}width \u{FEFF}bom wj\u{2060}", "softhyphen zerowidth bom wj"),
            ("n\u{A0}b\u{202F}s\u{3000}p", "n b s p"),
            ("5\u{A0}000, 1\u{202F}234\u{2009}567", "5\u{202F}000, 1\u{202F}234\u{202F}567"),
            ("5\u{A0}km, 12\u{A0}2025, 06\u{A0}12, a\u{A0}000", "5 km, 12 2025, 06 12, a 000"),
            ("Cafe\u{301} Bogota\u{301}", "Café Bogotá"),
            ("bell\u{7} esc\u{1b}[31m nul\0 del\u{7f}", "bell esc[31m nul del"),
            ("it\u{92}s a \u{93}quote\u{94} \u{97} \u{81}yes\u{85}", "it’s a “quote” — yes…"),
            ("\u{202E}override\u{202C} \u{2066}isolate\u{2069}", "override isolate"),
            ("می\u{200C}خواهم", "می\u{200C}خواهم"),
            ("क्\u{200D}ष", "क्\u{200D}ष"),
            ("👩\u{200D}👧", "👩\u{200D}👧"),
            ("❤\u{FE0F}\u{200D}🔥", "❤\u{FE0F}\u{200D}🔥"),
            ("lat\u{200D}in word\u{200C} end", "latin word end"),
            ("AT&amp;T said &quot;no&quot; &#8211; it&#x2019;s over&hellip;", "AT&T said \"no\" – it’s over…"),
            ("AT&amp;amp;T", "AT&T"),
            ("it&#146;s", "it’s"),
            ("fish & chips, R&D; Q&A &c. &unknown; a&b;", "fish & chips, R&D; Q&A &c. &unknown; a&b;"),
            ("Caf&eacute; in M&uuml;nchen", "Café in München"),
            ("CafÃ© in MÃ¼nchen", "Café in München"),
            ("Itâ€™s the â€œendâ€\u{9d} â€“ really", "It’s the “end” – really"),
            ("SeÃ±or AlÃ³n, aquÃ\u{AD}", "Señor Alón, aquí"),
            ("prix : 5 â‚¬", "prix : 5 €"),
            ("Ð¿Ñ€Ð¸Ð²ÐµÑ‚", "привет"),
            ("ÃƒÂ©tÃƒÂ©", "été"),
            // Its second half was a space that does not break, and has been folded into the next one.
            ("grÃ¨ve Ã Lille, lÃ -bas, dÃ©jÃ , voilÃ tout", "grève à Lille, là-bas, déjà, voilà tout"),
            ("grÃ¨ve Ã\u{A0} Lille", "grève à Lille"),
            ("vamos Ã s vezes e Ã quela hora nÃ£o hÃ¡", "vamos às vezes e àquela hora não há"),
            ("nommÃ© Ã  la mairie, dÃ©jÃ  vu", "nommé à la mairie, déjà vu"),
            ("a letra Ã e a letra Â nÃO mudam", "a letra Ã e a letra Â nÃO mudam"),
            // The letters themselves, in a text that shows misread ones too.
            ("JOÃO, Ã é uma letra; Â is a letter. El NiÃ±o", "JOÃO, Ã é uma letra; Â is a letter. El Niño"),
            ("le mot « Ã » apparaît : dÃ©jÃ  vu", "le mot « Ã » apparaît : déjà vu"),
            ("Le prix : 5 â‚¬. Die Marke Ã lettre und Â bleiben.", "Le prix : 5 €. Die Marke Ã lettre und Â bleiben."),
            ("a letra Ã muda\n\nnÃ£o hÃ¡", "a letra Ã muda\n\nnão há"),
            ("10Â km de lâ€™Ã©cole", "10Â km de l’école"),
            // Real text that looks a little like it.
            ("MANHÃ…", "MANHÃ…"),
            ("„Das macht Spaß“, sagte sie", "„Das macht Spaß“, sagte sie"),
            ("São Paulo: ‘não’ — passé”—", "São Paulo: ‘não’ — passé”—"),
            ("Österreich, Übung, Äpfel, Ångström, Zoë", "Österreich, Übung, Äpfel, Ångström, Zoë"),
            ("ÂNGELA e ANDRÉ «É»", "ÂNGELA e ANDRÉ «É»"),
            ("中文，文本。", "中文，文本。"),
        ] {
            assert_eq!(tidy(raw), expected, "{raw:?}");
            assert_eq!(tidy(expected), expected, "tidying twice changes nothing: {expected:?}");
        }
    }

    #[test]
    fn clean_text_is_borrowed() {
        for clean in ["plain & simple", "naïve café — “quoted”…", "中文，文本。", ""] {
            assert!(matches!(tidy(clean), Cow::Borrowed(_)), "{clean}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_survived_and_settles(text in "\\PC{0,60}|[\u{80}-\u{ff}€™œžŸ‚“”–â]{0,30}|(&(amp;)?[a-z#0-9]{0,6};?){0,8}") {
            let once = tidy(&text).into_owned();
            let control = once.chars().any(|c| c.is_control() && c != '\n' && c != '\t');
            proptest::prop_assert!(!control);
            let invisible = once.contains(['\u{AD}', '\u{200B}', '\u{FEFF}']);
            proptest::prop_assert!(!invisible);
        }
    }
}
