//! Texts of DOS: code page 850, whose letters are where code page 437 has them.
//!
//! What writes `caf\\x82` for `café` reads as `caf‚` in windows-1252: a low quotation mark between two letters, which no
//! language has.

/// The upper half of code page 850.
const UPPER: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}";

/// How it is named.
pub const NAME: &str = "IBM850";

/// So many letters of DOS within words are no accident.
const ENOUGH: usize = 3;

/// Whether bytes that a detector takes for windows-1252 are of DOS: its vowels with accents stand within words, where
/// windows-1252 has quotation marks and dots, and they are more than the letters of windows-1252 and of the Macintosh.
pub fn is_one(bytes: &[u8]) -> bool {
    let (mut dos, mut other) = (0usize, 0usize);
    for at in 1..bytes.len() {
        let byte = bytes[at];
        if byte < 0x80 {
            continue;
        }
        // The letter before it may have an accent too: `créée`.
        let letter = |byte: Option<&u8>| byte.is_some_and(|b| b.is_ascii_lowercase());
        let near = |byte: Option<&u8>| byte.is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, 0x81..=0xA4));
        let within = letter(bytes.get(at - 1)) && near(bytes.get(at + 1))
            || near(bytes.get(at - 1)) && letter(bytes.get(at + 1));
        match byte {
            0x81 | 0x82 | 0x84 | 0x87 | 0x8B | 0x93 | 0x94 | 0xA1..=0xA4 if within => dos += 1,
            // At the end of a word, where no language opens a quotation.
            0x82 if letter(bytes.get(at - 1)) => dos += 1,
            // The same letters on a Macintosh, then those of windows-1252.
            0x8D | 0x8E | 0x8F | 0x90 | 0x96 | 0x97 | 0x9A | 0x9C | 0x9F if within => other += 1,
            0xC0..=0xFF if within && byte != 0xE1 => other += 1,
            _ => {}
        }
    }
    dos >= ENOUGH && dos > 2 * other
}

/// Decodes them.
pub fn decode(bytes: &[u8]) -> String {
    let upper: Vec<char> = UPPER.chars().collect();
    let char_of = |byte: u8| match byte.checked_sub(0x80) {
        Some(at) => upper.get(usize::from(at)).copied().unwrap_or('\u{FFFD}'),
        None => char::from(byte),
    };
    bytes.iter().map(|byte| char_of(*byte)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_dos_are_told_from_marks() {
        assert_eq!(UPPER.chars().count(), 128);
        let written = b"Le caf\x82 du r\x93le a \x82t\x82 ferm\x82 hier, d'apr\x8As le pr\x82fet.";
        assert!(is_one(written));
        assert_eq!(decode(written), "Le café du rôle a été fermé hier, d'après le préfet.");
        let german = b"Die F\x84hre f\x81hrt nicht mehr \x81ber die B\x94rde, sagt der B\x81rgermeister.";
        assert!(is_one(german) && decode(german).contains("Fähre führt"));
        for other in [
            &b"\x93I don\x92t know\x94, he said\x85 and \x84so\x93 on, \x82x\x91."[..],
            b"Le caf\xE9 du r\xF4le a \xE9t\xE9 ferm\xE9 hier\x85 d'apr\xE8s le pr\xE9fet.",
            // Macintosh.
            b"Le caf\x8E du r\x99le a \x8Et\x8E ferm\x8E hier, d'apr\x8Fs le pr\x8Efet.",
            b"A\xA0thousand\xA0words with\xA0spaces that do not break.",
            b"plain words only",
        ] {
            assert!(!is_one(other), "{other:?}");
        }
    }
}
