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

/// Whether bytes that a detector takes for windows-1252 are of DOS: its small letters with accents stand within words, and
/// no byte says otherwise. One apostrophe or quotation mark of windows-1252 does: text read as what it is not is spoilt in
/// every word, and what is left as it was is spoilt in a few.
pub fn is_one(bytes: &[u8]) -> bool {
    let at = |nr: Option<usize>| nr.and_then(|nr| bytes.get(nr)).copied().unwrap_or(b'\n');
    let mut hits = 0usize;
    for (nr, byte) in bytes.iter().enumerate().filter(|(_, byte)| **byte >= 0x80) {
        let (before, after) = (at(nr.checked_sub(1)), at(Some(nr + 1)));
        let blank = |byte: u8| byte.is_ascii_whitespace();
        // The letter beside it may have an accent too: `créée`.
        let near = |byte: u8| byte.is_ascii_alphabetic() || matches!(byte, 0x81..=0x84 | 0x87..=0x8C | 0xA0..=0xA4);
        let small = before.is_ascii_lowercase() || after.is_ascii_lowercase();
        let within = near(before) && near(after) && small;
        let enclosed = before.is_ascii_lowercase() && after.is_ascii_lowercase();
        let (hit, fits) = match byte {
            // At the end of a word too, where no language opens a quotation.
            0x82 => (within || before.is_ascii_lowercase(), near(before) || near(after)),
            0x81 | 0x84 | 0x87 | 0x8B | 0xA1..=0xA4 => (within, near(before) || near(after)),
            0x83 | 0x86 | 0x88..=0x8A | 0x8C | 0x8D | 0xA0 => (false, near(before) || near(after)),
            // The dots of windows-1252 stand at the end of a word, as `voilà` ends with this letter.
            0x85 => (false, near(before) || near(after) || blank(before) && blank(after)),
            0x92 => (false, !near(before) && near(after)),
            0x93 => (enclosed, near(before) && after.is_ascii_lowercase()),
            0x94 => (enclosed, !blank(after) && after.is_ascii_lowercase() && (near(before) || blank(before))),
            // `où`, where windows-1252 has a dash.
            0x97 if before == b'o' && !near(at(nr.checked_sub(2))) => (false, true),
            0x91 | 0x95..=0x98 | 0x9B => (false, near(before) && near(after)),
            // Capitals begin words; inside of words stand the small letters of the Macintosh.
            0x80 | 0x8E..=0x90 | 0x99 | 0x9A | 0xA5 => {
                (false, !before.is_ascii_lowercase() && after.is_ascii_alphabetic())
            }
            0x9C => (false, after.is_ascii_digit()),
            0xE1 => (false, before.is_ascii_lowercase()),
            0xAE | 0xAF | 0xF8 | 0xFF => (false, !near(before) || !near(after)),
            _ => (false, false),
        };
        if !fits {
            return false;
        }
        hits += usize::from(hit);
    }
    hits >= ENOUGH
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
            // Quotation marks that lost a blank, dashes, dots and euros of windows-1252.
            b"It doesn\x92t. The \x93Orlen Plan\x94was shown in the\x93Tarn hall\x94of the town, by the\x94clerk\x94or so.",
            b"He called it \x93the end\x94\x97 she \x93a start\x94\x97 and so \x93on\x94\x97 or so they say, caf\x82 caf\x82 caf\x82.",
            b"\x93We stay\x94\x85 \x93or go\x94\x85 \x93or wait\x94\x85 and a caf\x82, a caf\x82, a caf\x82.",
            b"Orlen \x80100, Tarn \x80200.\n\nThe ferry\xA1is\xA2gone\xA3and\xA4 nobody knows.",
        ] {
            assert!(!is_one(other), "{other:?}");
        }
    }
}
