//! One analysis of text, used by index, passages and marks alike.
//!
//! Words are those of UAX 29 (Unicode Text Segmentation, rules WB4 to WB13b), with these departures, each made so
//! that spellings a reader takes for the same are the same word:
//!
//! * **Folding**: case, compatibility forms (full width, ligatures) and accents go: `Bogotá` = `bogota`, `ß` = `ss`,
//!   `ø ö ó` = `o`, `æ` = `ae`, `œ` = `oe`, `ł đ ħ ı` = `l d h i`, `þ ð` = `th d`; `ü` is `u`, not `ue`. Greek and
//!   Cyrillic lose accents, but `й` and `ї` are letters; Arabic and Hebrew lose vowel points and tatweel, alef its
//!   hamza; kaf, yeh and heh are those of Arabic whatever keyboard gave them. Marks of Indic and other scripts are vowels and stay. Soft hyphens and zero width characters are nothing.
//! * **Apostrophes** of every shape are one, and vanish: `don’t` = `don't` = `dont`. A possessive is also the word
//!   without it (an [`extra`](Token::extra) token): `Guatemala's` is found as `guatemala` and as `guatemalas`,
//!   `country¹` as `country` and as `country1`.
//!   An ending that an apostrophe parts from a name is taken off likewise: `Türkiye'nin` is also `turkiye`.
//!   Elisions are two words and a joined one: `l'article` is `l`, `article`, `larticle`.
//! * **Hyphens** (U+002D, U+2010, U+2011, U+2013, U+FF0D) between word characters join: the parts stand at `p`,
//!   `p+1`, … and, for two to four parts that are not all numbers, the joined word at `p` with that length.
//!   So does a zero width non-joiner between letters of the Arabic script (`کتاب‌های`), which elsewhere is nothing.
//! * **Full stops** in acronyms vanish (`U.S.` = `US`); between longer words they part (`example.com` is two words).
//!   Initials with spaces or hyphens between (`J. K.`, `J.-P.`) are joined as hyphenated words are.
//! * **Numbers** lose their group marks (`5,000` = `5.000` = `5'000` = `5 000` with a no-break or thin space); a
//!   decimal comma is a decimal point (`3,5` = `3.5`). Currency signs and `%` are no words.
//! * `AT&T` (three characters at most on either side) is one word, as are `C++` and `C#`; `@name` and `#tag` are
//!   found with and without their sign.
//! * Scripts without spaces (Han, Kana, Hangul, Thai, Lao, Khmer, Myanmar, Yi) give one word per character with its
//!   marks, so that any word in them is found as a phrase.
//! * `_` and `:` follow UAX 29 only inside (`a_b`) and never (`a:b`) respectively.
//!
//! A word longer than [`MAX_TERM`] bytes after folding is cut there. Offsets are 32 bits: of a text beyond 4 GiB
//! nothing is read.

mod arabic;
mod endings;
mod fold;
mod irregular;
mod number;
mod part;
mod scan;
mod sentence;
mod stem;
mod turkish;

use crate::model::Span;

pub use fold::{fold, fold_pattern, is_word_alone};
pub use irregular::forms as irregular_forms;
pub use sentence::sentences;
pub use stem::{
    beginning, further_stem, is_bare, is_telling, is_written, languages, stem, stem_as_written, stem_language,
    written_stem,
};

/// Longest folded word, in bytes. Longer ones are cut on a character border.
pub const MAX_TERM: usize = 128;

/// Most parts a joined word is made of.
pub const MAX_PARTS: usize = 4;

/// A word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'a> {
    /// Folded.
    pub term: &'a str,
    /// Bytes of the text.
    pub span: Span,
    /// Counted in words from 0; a block border leaves one position empty.
    pub position: u32,
    /// Positions it covers: 1, or the number of parts of a joined word.
    pub length: u8,
    /// A further form of the word at this position (a possessive without its `'s`, a `#tag` without its sign):
    /// texts are found by it; a query is read without it.
    pub extra: bool,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    /// Bytes of the arena.
    term: (u32, u32),
    /// Bytes of the text.
    span: (u32, u32),
    position: u32,
    length: u8,
    extra: bool,
}

/// The words of a text: a buffer to be used again and again, without an allocation per word.
#[derive(Debug, Clone, Default)]
pub struct Tokens {
    arena: String,
    entries: Vec<Entry>,
    sentences: Vec<u32>,
    blocks: Vec<u32>,
    next: u32,
}

impl Tokens {
    /// An empty buffer.
    pub fn new() -> Self {
        Self::default()
    }

    /// In order of position; joined words and extra forms follow the last of their parts.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Token<'_>> {
        self.entries.iter().map(|entry| self.token(entry))
    }

    /// The token at `index`, in the order of [`iter`](Self::iter).
    pub fn get(&self, index: usize) -> Option<Token<'_>> {
        self.entries.get(index).map(|entry| self.token(entry))
    }

    /// The index of the first token that stands at `position` or after it, joined words and their parts aside: these
    /// may stand up to [`MAX_PARTS`] positions out of order.
    pub fn partition(&self, position: u32) -> usize {
        self.entries.partition_point(|entry| entry.position < position)
    }

    /// How many there are, joined words and extra forms included.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The position at which each sentence begins, rising. A block begins a sentence.
    pub fn sentences(&self) -> &[u32] {
        &self.sentences
    }

    /// The position at which each block begins, one for each span given, never falling (a block without words
    /// begins where the next one does).
    pub fn blocks(&self) -> &[u32] {
        &self.blocks
    }

    /// The positions of the words of the block at `index`, those of the next one if it has none; one past the last.
    pub fn block(&self, index: usize) -> Option<(u32, u32)> {
        let start = *self.blocks.get(index)?;
        let next = self.blocks[index..].iter().copied().find(|begins| *begins > start);
        Some((start, next.unwrap_or(self.next.max(start))))
    }

    /// One past the last position in use: the length of the text in words, block borders included.
    pub fn end(&self) -> u32 {
        self.next
    }

    fn token(&self, entry: &Entry) -> Token<'_> {
        Token {
            term: &self.arena[entry.term.0 as usize..entry.term.1 as usize],
            span: Span::new(entry.span.0 as usize, entry.span.1 as usize),
            position: entry.position,
            length: entry.length,
            extra: entry.extra,
        }
    }

    fn clear(&mut self) {
        self.arena.clear();
        self.entries.clear();
        self.sentences.clear();
        self.blocks.clear();
        self.next = 0;
    }
}

/// Finds the words of the `blocks` of `text`, in order, into `tokens`, which is emptied first. For a title, pass one
/// span. A block out of bounds or not on character borders has no words.
pub fn analyze(text: &str, blocks: &[Span], tokens: &mut Tokens) {
    tokens.clear();
    for block in blocks {
        let begins = if tokens.entries.is_empty() { 0 } else { tokens.next + 1 };
        tokens.blocks.push(begins);
        let sound = text.get(block.start..block.end).is_some() && u32::try_from(block.end).is_ok();
        if !sound {
            continue;
        }
        let (next, first) = (tokens.next, tokens.entries.len());
        tokens.next = begins;
        scan::block(text, *block, tokens);
        if tokens.entries.len() == first {
            tokens.next = next;
        }
    }
}

/// The words of something a person typed: [`analyze`] over all of `text`.
pub fn query_terms(text: &str) -> Tokens {
    let mut tokens = Tokens::new();
    analyze(text, &[Span::new(0, text.len())], &mut tokens);
    tokens
}

#[cfg(test)]
mod tests;
