//! What the letters and words of a text come to: counts, and hashes to compare words by.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// FNV-1a (Fowler, Noll, Vo), eight bytes at a time where there are eight: keys here are ids and words of one page,
/// and each page has its own tables.
#[derive(Clone)]
pub(super) struct Quick(u64);

impl Default for Quick {
    fn default() -> Self {
        Self(0xCBF2_9CE4_8422_2325)
    }
}

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(word));
        }
    }
    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0 ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23);
    }
    fn write_u32(&mut self, word: u32) {
        self.write_u64(u64::from(word));
    }
    fn write_u8(&mut self, word: u8) {
        self.write_u64(u64::from(word));
    }
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }
}

type Build = BuildHasherDefault<Quick>;
pub(super) type Map<K, V> = HashMap<K, V, Build>;
/// A set of word sequences.
pub(super) type Sequences = HashSet<u64, Build>;

/// How many words a text has; two characters count as one in scripts without spaces.
pub(super) fn words(text: &str) -> usize {
    let (mut count, mut wide) = (0usize, 0usize);
    if text.is_ascii() {
        let mut before = false;
        for b in text.bytes() {
            let letter = b.is_ascii_alphanumeric();
            count += usize::from(letter & !before);
            before = letter;
        }
        return count;
    }
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        if word.chars().next().is_some_and(|c| c as u32 >= 0x2E80) {
            wide += word.chars().count();
        } else {
            count += 1;
        }
    }
    count + wide / 2
}

/// How many bytes are of a kind. Counted in pieces whose sums fit a byte, which the compiler does many bytes at a time.
pub(super) fn count(text: &str, is: impl Fn(u8) -> bool) -> usize {
    text.as_bytes().chunks(128).map(|piece| usize::from(piece.iter().map(|b| u8::from(is(*b))).sum::<u8>())).sum()
}

/// The hash of a word in lower case, or of its first `most` letters.
pub(super) fn hash_of(word: &str, most: usize) -> u64 {
    let mut hasher = Quick::default();
    if word.is_ascii() {
        let mut lower = [0; 8];
        for chunk in word.as_bytes()[..word.len().min(most)].chunks(8) {
            lower[..chunk.len()].copy_from_slice(chunk);
            lower[chunk.len()..].fill(0);
            lower.make_ascii_lowercase();
            hasher.write_u64(u64::from_le_bytes(lower));
        }
    } else {
        word.chars().flat_map(char::to_lowercase).take(most).for_each(|c| hasher.write_u32(c.into()));
    }
    hasher.finish()
}

/// Hashes of the four-word sequences of a text.
pub(super) fn sequences(text: &str) -> impl Iterator<Item = u64> + '_ {
    let mut last = [0u64; 4];
    let mut seen = 0usize;
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).filter_map(move |word| {
        last.rotate_left(1);
        last[3] = hash_of(word, usize::MAX);
        seen += 1;
        (seen >= 4).then(|| last.iter().fold(0u64, |h, w| h.rotate_left(7).wrapping_mul(0x9E37_79B9).wrapping_add(*w)))
    })
}
