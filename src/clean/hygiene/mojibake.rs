//! UTF-8 that was read as Windows-1252 and written as UTF-8 again (`Ã©` for `é`).
//!
//! The idea is that of ftfy (Speer 2019, "ftfy", Zenodo): undo the mistake only where the text is unlikely to be
//! anything else. A pair such as `ß“` is also good German, so nothing is touched before the text has shown at least
//! one sequence that no language writes.

use super::CP1252;

/// `text` repaired; `None` when it shows no sure sign of double encoding.
pub(super) fn repair(text: &str) -> Option<String> {
    // Every sequence begins with a character that is the Windows-1252 reading of a UTF-8 lead byte: U+00C2 to U+00F4.
    let bytes = text.as_bytes();
    if !memchr::memchr_iter(0xC3, bytes).any(|at| matches!(bytes.get(at + 1), Some(0x82..=0xB4))) {
        return None;
    }
    let chars: Vec<char> = text.chars().collect();
    let mut sequences = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        match sequence(&chars[at..]) {
            Some((c, length)) => {
                sequences.push((at, c, length));
                at += length;
            }
            None => at += 1,
        }
    }
    if !sequences.iter().enumerate().any(|(n, _)| sure(&chars, &sequences, n)) {
        return None;
    }
    let blocks = blocks(&chars, &sequences);
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (at, c, length) in sequences {
        between(&chars, done..at, &blocks, &mut out);
        out.push(c);
        done = at + length;
    }
    between(&chars, done..chars.len(), &blocks, &mut out);
    Some(out)
}

/// What the parts of a text between empty lines show.
struct Block {
    end: usize,
    /// A letter with an accent that was misread and can hardly be anything else.
    sure: bool,
    /// A letter with an accent that was read rightly: others may be too.
    mixed: bool,
}

fn blocks(chars: &[char], sequences: &[(usize, char, usize)]) -> Vec<Block> {
    let (mut out, mut block) = (Vec::new(), Block { end: 0, sure: false, mixed: false });
    let (mut at, mut next) = (0, 0);
    while at < chars.len() {
        if let Some(&(_, _, length)) = sequences.get(next).filter(|sequence| sequence.0 == at) {
            block.sure |= chars[at] == 'Ã' && sure(chars, sequences, next);
            next += 1;
            at += length;
            continue;
        }
        let alone = matches!(chars[at], 'Ã' | 'Â') && chars.get(at + 1) == Some(&' ');
        block.mixed |= !chars[at].is_ascii() && chars[at].is_alphabetic() && !alone;
        at += 1;
        if chars[at - 1] == '\n' && chars.get(at) == Some(&'\n') {
            out.push(Block { end: at, ..block });
            block = Block { end: 0, sure: false, mixed: false };
        }
    }
    out.push(Block { end: chars.len(), ..block });
    out
}

/// Copies what stands between two sequences of a text that has shown a sure one. A sequence that ends in U+00A0 is whole no
/// more where white space was folded before: `grÃ¨ve Ã Lille` was `grève à Lille`.
fn between(chars: &[char], range: std::ops::Range<usize>, blocks: &[Block], out: &mut String) {
    let mut repaired = false;
    for at in range {
        // A space is taken out with the letter before it, so that it is looked back from.
        let broken = repaired && chars[at] == ' ' && !parts_words(&chars[at + 1..]);
        repaired = chars[at] == 'Ã' && is_broken(&chars[at..], blocks, at, out);
        match chars[at] {
            _ if repaired => out.push('à'),
            _ if broken => {}
            c => out.push(c),
        }
    }
}

/// Whether an `Ã` with which `rest` begins, behind the repaired text before it, is half an `à` and cannot be meant: it ends a
/// word of small letters, or stands between two words where all other letters with accents were misread as well.
fn is_broken(rest: &[char], blocks: &[Block], at: usize, before: &str) -> bool {
    let block = &blocks[blocks.partition_point(|block| block.end <= at).min(blocks.len() - 1)];
    if rest.get(1) != Some(&' ') || !block.sure {
        return false;
    }
    let mut behind = before.chars().rev();
    let last = behind.next();
    if last.is_some_and(char::is_lowercase) {
        return true;
    }
    let word = last == Some(' ') && behind.next().is_some_and(char::is_lowercase);
    let mut next = rest[1..].iter().skip_while(|c| **c == ' ');
    let goes_on = match next.next() {
        Some(c) if c.is_lowercase() => true,
        // `Ã Lille`
        Some(c) if c.is_uppercase() => next.next().is_some_and(|c| c.is_lowercase()),
        _ => false,
    };
    word && goes_on && !block.mixed
}

/// Whether the space between an `à` whose second half was a space and `rest` is one of the text's own. None stands before
/// another one, a stop or a hyphen (`là-bas`), nor within the few words that begin with it in Portuguese (`às`, `àquela`).
fn parts_words(rest: &[char]) -> bool {
    let word: String = rest.iter().take_while(|c| c.is_alphanumeric()).take(5).collect();
    !matches!(word.as_str(), "s" | "quela" | "quele" | "quilo")
        && !rest.first().is_some_and(|c| matches!(c, ' ' | ',' | '.' | '-' | ')' | '’' | '…'))
}

/// The byte that Windows-1252 reads as `c` (C1 characters stand for themselves).
fn byte(c: char) -> Option<u8> {
    match c as u32 {
        code @ 0x80..=0xFF => Some(code as u8),
        _ => CP1252.iter().position(|&known| known == c && c != '\0').map(|n| 0x80 + n as u8),
    }
}

/// A character that the head of `chars` encodes, and how many of them it takes. Only what news text is written in.
fn sequence(chars: &[char]) -> Option<(char, usize)> {
    let length = match chars[0] as u32 {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let mut bytes = [0; 4];
    for (slot, &c) in bytes.iter_mut().zip(chars.get(..length)?) {
        *slot = byte(c)?;
    }
    let c = std::str::from_utf8(&bytes[..length]).ok()?.chars().next()?;
    let plausible = matches!(c as u32,
        0xA0..=0x024F | 0x02B0..=0x02FF | 0x0300..=0x036F | 0x0370..=0x06FF | 0x0900..=0x0DFF | 0x0E00..=0x0E7F
        | 0x1E00..=0x1EFF | 0x2000..=0x206F | 0x20A0..=0x20BF | 0x2100..=0x27BF | 0x3000..=0x9FFF | 0xAC00..=0xD7AF
        | 0xFE0F | 0xFEFF | 0xFF00..=0xFFEF | 0x1F300..=0x1FAFF);
    plausible.then_some((c, length))
}

/// Whether sequence `n` can hardly be anything else.
fn sure(chars: &[char], sequences: &[(usize, char, usize)], n: usize) -> bool {
    let (at, c, length) = sequences[n];
    // Punctuation and signs in three characters: `â€™`, `â‚¬`.
    if chars[at] == 'â' && matches!(c as u32, 0x2010..=0x2044 | 0x20AC | 0x2122) {
        return true;
    }
    // Three in a row, as other scripts come.
    let follows =
        |n: usize| sequences.get(n).zip(sequences.get(n + 1)).is_some_and(|(one, next)| one.0 + one.2 == next.0);
    if follows(n) && (follows(n + 1) || length > 2) {
        return true;
    }
    // A capital with a tilde, ring or circumflex, then a sign that never follows a letter (`Ã©`, `Â£`); beside a small
    // letter also one that follows a capital in no language (`Ã«` for ë).
    let near = |c: Option<&char>| c.is_some_and(|c| c.is_lowercase());
    let beside = near(at.checked_sub(1).and_then(|b| chars.get(b))) || near(chars.get(at + length));
    let sign = chars[at + 1];
    let rare = matches!(sign, '\u{A1}'..='¿') && !matches!(sign, '«' | '»' | '¡' | '¿' | '·' | '°' | '®');
    match chars[at] {
        'Ã' => rare || beside && matches!(sign, '\u{A1}'..='¿'),
        'Â' | 'Ä' | 'Å' => rare && beside,
        _ => false,
    }
}
