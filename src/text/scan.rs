//! The scanner: one pass over a block, words and sentence borders into the buffer.

use super::fold::{self, Class};
use super::{Entry, MAX_PARTS, MAX_TERM, Tokens, part, sentence};
use crate::model::Span;

/// First parts of elisions in French, Italian and Catalan, folded, sorted.
pub(super) const ELISIONS: &[&str] = &[
    "all", "bell", "c", "coll", "d", "dall", "degl", "dell", "j", "jusqu", "l", "lorsqu", "m", "mezz", "n", "nell",
    "puisqu", "qu", "quand", "quell", "quest", "quoiqu", "s", "sant", "sull", "t", "tutt", "un",
];

/// Finds the words of `block`, whose bounds are good, from position `tokens.next`.
pub(super) fn block(text: &str, block: Span, tokens: &mut Tokens) {
    let mut scanner = Scanner { text, end: block.end, tokens, begin: block.start, fresh: true, plain_until: 0 };
    scanner.run(block.start);
}

pub(super) struct Scanner<'a> {
    pub(super) text: &'a str,
    /// The byte after the block.
    pub(super) end: usize,
    pub(super) tokens: &'a mut Tokens,
    /// Byte at which the present sentence begins.
    begin: usize,
    /// Whether the next word begins a sentence.
    fresh: bool,
    /// Digits before this byte are read group by group.
    pub(super) plain_until: usize,
}

impl Scanner<'_> {
    fn run(&mut self, start: usize) {
        let bytes = self.text.as_bytes();
        let mut at = start;
        while at < self.end {
            let byte = bytes[at];
            if byte.is_ascii_alphabetic() {
                at = match self.plain(at) {
                    Some(end) => end,
                    None => self.word(at),
                };
            } else if byte.is_ascii_digit() {
                at = self.word(at);
            } else if byte.is_ascii() {
                match byte {
                    b'.' | b'!' | b'?' => self.stop(at),
                    b'@' | b'#' => at = self.signed(at),
                    _ => {}
                }
                at += 1;
            } else {
                at = self.beyond(at);
            }
        }
    }

    /// The common case: ASCII letters and digits with nothing behind them that could belong to the word. Returns where
    /// it ends.
    fn plain(&mut self, at: usize) -> Option<usize> {
        let bytes = &self.text.as_bytes()[at..self.end];
        let length = bytes.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(bytes.len());
        let ends = match bytes.get(length) {
            None => true,
            // `J K Rowling`.
            Some(b' ') => length > 1 || self.bare_initial_end(at, at + length).is_none(),
            Some(b',' | b'\n' | b'"' | b')' | b':' | b';' | b'?' | b'!') => true,
            // Acronyms have pieces of one or two letters.
            Some(b'.') => length > 2,
            Some(_) => false,
        };
        if !ends {
            return None;
        }
        let (term, end) = (self.tokens.arena.len(), at + length);
        self.tokens.arena.push_str(&self.text[at..end]);
        self.tokens.arena[term..].make_ascii_lowercase();
        let position = self.open();
        self.push(term, (at, end), position, 1, false);
        Some(end)
    }

    /// A character beyond ASCII outside a word.
    fn beyond(&mut self, at: usize) -> usize {
        let Some(c) = self.char_at(at) else { return self.end };
        let next = at + c.len_utf8();
        match fold::class(c) {
            Class::Word => return self.word(at),
            Class::Single => return self.single(at, c),
            Class::Stop => self.stop(at),
            Class::Mark | Class::Nothing | Class::Apostrophe | Class::Hyphen | Class::Other => {}
        }
        next
    }

    fn stop(&mut self, at: usize) {
        if !self.fresh
            && let Some(next) = sentence::end(self.text, self.begin, at, self.end)
        {
            self.begin = next;
            self.fresh = true;
        }
    }

    pub(super) fn char_at(&self, at: usize) -> Option<char> {
        self.text[at..self.end].chars().next()
    }

    /// Whether a word character that is not a word by itself stands at `at`.
    pub(super) fn continues(&self, at: usize) -> bool {
        match self.text.as_bytes()[..self.end].get(at) {
            None => false,
            Some(byte) if byte.is_ascii() => byte.is_ascii_alphanumeric(),
            Some(_) => self.char_at(at).is_some_and(|c| fold::class(c) == Class::Word),
        }
    }

    fn push(&mut self, term: usize, span: (usize, usize), position: u32, length: u8, extra: bool) {
        let mut stop = self.tokens.arena.len();
        if stop - term > MAX_TERM {
            stop = term + MAX_TERM;
            while !self.tokens.arena.is_char_boundary(stop) {
                stop -= 1;
            }
        }
        self.tokens.entries.push(Entry {
            term: (term as u32, stop as u32),
            span: (span.0 as u32, span.1 as u32),
            position,
            length,
            extra,
        });
    }

    /// Opens a new position; marks it when it begins a sentence.
    fn open(&mut self) -> u32 {
        let position = self.tokens.next;
        if self.fresh {
            self.tokens.sentences.push(position);
            self.fresh = false;
        }
        self.tokens.next = position + 1;
        position
    }

    /// One character that is a word, with its marks.
    fn single(&mut self, at: usize, c: char) -> usize {
        let term = self.tokens.arena.len();
        let mut recompose = fold::push(c, &mut self.tokens.arena, term);
        let mut next = at + c.len_utf8();
        while let Some(mark) = self.char_at(next)
            && matches!(fold::class(mark), Class::Mark | Class::Nothing)
            && !mark.is_ascii()
        {
            if fold::class(mark) == Class::Mark && self.tokens.arena.len() - term < MAX_TERM {
                recompose |= fold::push(mark, &mut self.tokens.arena, term);
            }
            next += mark.len_utf8();
        }
        if recompose {
            fold::compose(&mut self.tokens.arena, term);
        }
        let position = self.open();
        self.push(term, (at, next), position, 1, false);
        next
    }

    /// `@name` or `#tag`: returns the byte of its last character, or `at`.
    fn signed(&mut self, at: usize) -> usize {
        let after_word = self.text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        if after_word || !self.continues(at + 1) {
            return at;
        }
        let first = self.tokens.entries.len();
        let end = self.word(at + 1);
        if self.tokens.entries.len() == first + 1 {
            // The word itself becomes the further form.
            let plain = self.tokens.entries[first];
            let sign = self.tokens.arena.len();
            self.tokens.arena.push_str(&self.text[at..at + 1]);
            self.tokens.arena.extend_from_within(plain.term.0 as usize..plain.term.1 as usize);
            self.push(sign, (at, plain.span.1 as usize), plain.position, 1, false);
            self.tokens.entries[first].extra = true;
            self.tokens.entries.swap(first, first + 1);
        }
        end - 1
    }

    /// A word, or parts joined by hyphens or elision; returns where it ends.
    fn word(&mut self, start: usize) -> usize {
        let first = self.tokens.entries.len();
        let (mut at, mut parts, mut numbers) = (start, 0usize, true);
        let mut initials = false;
        let (position, mut last) = (
            self.tokens.next,
            loop {
                let term = self.tokens.arena.len();
                let (begin, part) = (at, self.part(at));
                let place = self.open();
                numbers &= self.tokens.arena.as_bytes()[term..].iter().all(|b| b.is_ascii_digit() || *b == b'.');
                self.push(term, (at, part.end), place, 1, false);
                parts += 1;
                let joined = if part.elision { self.joiner_end(part.end) } else { self.hyphen_end(part.end) };
                let initial = if joined.is_none() { self.initial_end(begin, part.end) } else { None };
                initials |= initial.is_some();
                let joined = joined.or(initial).or_else(|| self.bare_initial_end(begin, part.end));
                match joined {
                    Some(next) if part.base.is_none() => at = next,
                    _ => break part,
                }
            },
        );
        // The full stop of the last initial is its own, as that of an acronym is.
        if initials && self.text.as_bytes()[..self.end].get(last.end) == Some(&b'.') {
            last.end += 1;
            last.acronym = true;
            self.tokens.entries[first + parts - 1].span.1 = last.end as u32;
        }
        if (2..=MAX_PARTS).contains(&parts) && !numbers {
            self.join(first, parts, (start, last.end), position, 0, false);
        }
        if let Some(base) = last.base {
            let entry = self.tokens.entries[first + parts - 1];
            let stop = entry.term.1.min(entry.term.0 + base as u32);
            self.tokens.entries.push(Entry { term: (entry.term.0, stop), extra: true, ..entry });
            let cut = (entry.term.1 - stop) as usize;
            if (2..=MAX_PARTS).contains(&parts) {
                self.join(first, parts, (start, last.end), position, cut, true);
            }
        }
        if last.acronym {
            self.stop(last.end - 1);
        }
        last.end
    }

    /// Adds the word joined of `parts` tokens from `first`, the last one without its last `cut` bytes.
    fn join(&mut self, first: usize, parts: usize, span: (usize, usize), position: u32, cut: usize, extra: bool) {
        let term = self.tokens.arena.len();
        for index in first..first + parts {
            let (from, to) = self.tokens.entries[index].term;
            let to = if index + 1 == first + parts { to - cut as u32 } else { to };
            self.tokens.arena.extend_from_within(from as usize..to.max(from) as usize);
        }
        self.push(term, span, position, parts as u8, extra);
    }

    /// The byte after the apostrophe at `at`.
    fn joiner_end(&self, at: usize) -> Option<usize> {
        self.char_at(at).map(|c| at + c.len_utf8())
    }

    /// The byte after the full stop at `at` and a space or hyphen, where initials stand before and behind: `J. K.` is also
    /// `J.K.`.
    fn initial_end(&self, begin: usize, at: usize) -> Option<usize> {
        let initial = |text: &str| {
            let mut chars = text.chars();
            chars.next().is_some_and(char::is_uppercase) && (chars.next().is_none() || part::is_degree(text))
        };
        if !initial(&self.text[begin..at]) {
            return None;
        }
        let rest = self.text[at..self.end].strip_prefix('.')?;
        let mut chars = rest.char_indices();
        let (_, between) = chars.next()?;
        let (next, letter) = chars.next()?;
        let is_between = matches!(between, ' ' | '-' | '\u{a0}' | '\u{2009}' | '\u{2011}' | '\u{202f}');
        let follows = letter.is_uppercase() && rest[next + letter.len_utf8()..].starts_with('.');
        if !is_between || !follows || sentence::end(self.text, self.begin, at, self.end).is_some() {
            return None;
        }
        self.continues(at + 1 + next).then_some(at + 1 + next)
    }

    /// The byte after the space at `at`, where capital letters that stand alone are before and behind it, and a name or a further
    /// one after these: `J K Rowling` is also `J.K. Rowling`.
    fn bare_initial_end(&self, begin: usize, at: usize) -> Option<usize> {
        let mut before = self.text[begin..at].chars();
        let mut after = self.text[at..self.end].chars();
        let is_one = before.next().is_some_and(char::is_uppercase) && before.next().is_none();
        let next = (after.next()?, after.next()?, after.next()?, after.next()?);
        let follows = next.0 == ' ' && next.1.is_uppercase() && next.2 == ' ' && next.3.is_uppercase();
        (is_one && follows && self.continues(at + 1)).then_some(at + 1)
    }

    /// The byte after a hyphen, or what is one in Persian, at `at` that a word character follows.
    fn hyphen_end(&self, at: usize) -> Option<usize> {
        let next = match self.text.as_bytes()[..self.end].get(at)? {
            b'-' => at + 1,
            byte if byte.is_ascii() => return None,
            _ => {
                let c = self.char_at(at)?;
                if fold::class(c) != Class::Hyphen && !self.is_persian_joint(at) {
                    return None;
                }
                at + c.len_utf8()
            }
        };
        self.continues(next).then_some(next)
    }
}
