//! One part of a word: letters, digits and what may stand between them.

use super::fold::{self, Class};
use super::number;
use super::scan::{ELISIONS, Scanner};

/// Endings of cases that an apostrophe parts from a name or a number in Turkish and Azerbaijani, Polish, Danish and
/// Norwegian: folded, sorted.
const CASE_ENDINGS: &[&str] = &[
    "a", "ca", "ce", "da", "daki", "dan", "de", "deki", "den", "dir", "dur", "e", "ego", "em", "emu", "en", "ene",
    "er", "erne", "et", "i", "in", "ki", "la", "lar", "lara", "lari", "larin", "le", "ler", "lere", "leri", "lerin",
    "li", "lik", "lu", "luk", "na", "nda", "ndan", "nde", "nden", "ne", "ni", "nin", "nu", "nun", "owi", "si", "su",
    "ta", "taki", "tan", "te", "teki", "ten", "tir", "tur", "u", "un", "y", "ya", "ye", "yi", "yla", "yle", "yu",
];

/// Longest of them, in bytes as written.
const MAX_ENDING: usize = 8;

/// Longest side of an `&` that is part of a word (`AT&T`), in bytes.
const MAX_AMPERSAND: usize = 3;

/// A part of a word.
pub(super) struct Part {
    /// The byte after it.
    pub(super) end: usize,
    /// For a possessive: how many bytes of the term stand before its `'s`.
    pub(super) base: Option<usize>,
    /// Whether it is cut off before an apostrophe, the rest being another part.
    pub(super) elision: bool,
    /// Whether it ends with the full stop of an acronym.
    pub(super) acronym: bool,
}

/// What to do after a character that may belong to a word.
enum Step {
    Go(usize),
    Done(Part),
}

impl Scanner<'_> {
    /// Reads the part that starts at `start` and appends its folded form to the arena.
    pub(super) fn part(&mut self, start: usize) -> Part {
        let term = self.tokens.arena.len();
        let (mut at, mut recompose, mut dotted) = (start, false, false);
        if self.text.as_bytes()[at].is_ascii_digit() {
            at = self.digits(at);
        }
        // Length of the word before the number of a footnote (`country¹`): texts are found by it too.
        let mut noted: Option<usize> = None;
        let part = loop {
            let run = self.ascii_run(at);
            noted = noted.filter(|_| run == at);
            at = run;
            let done = Part { end: at, base: noted, elision: false, acronym: false };
            let Some(&byte) = self.text.as_bytes()[..self.end].get(at) else { break done };
            let step = match byte {
                b'\'' | b'`' => self.apostrophe(start, term, at, 1),
                b'.' => self.full_stop(start, term, at, &mut dotted),
                b'_' if self.continues(at + 1) => {
                    self.tokens.arena.push('_');
                    Step::Go(at + 1)
                }
                b'&' => self.ampersand(start, at),
                b'+' | b'#' => self.programming_language(start, at),
                b'"' if self.is_hebrew_around(at) => Step::Go(at + 1),
                _ if byte.is_ascii() => Step::Done(done),
                _ => {
                    let Some(c) = self.char_at(at) else { break done };
                    match fold::class(c) {
                        Class::Word | Class::Mark => {
                            noted = if is_raised(c) { noted.or_else(|| self.letters_from(term)) } else { None };
                            recompose |= fold::push(c, &mut self.tokens.arena, term);
                            Step::Go(at + c.len_utf8())
                        }
                        Class::Nothing => self.nothing(at),
                        Class::Apostrophe => self.apostrophe(start, term, at, c.len_utf8()),
                        Class::Single | Class::Hyphen | Class::Stop | Class::Other => Step::Done(done),
                    }
                }
            };
            match step {
                Step::Go(next) => at = next,
                Step::Done(part) => break part,
            }
        };
        if recompose {
            fold::compose(&mut self.tokens.arena, term);
        }
        // Letters of which folding leaves nothing (an Arabic mark on a tatweel) stand for themselves.
        if self.tokens.arena.len() == term {
            self.tokens.arena.push_str(&self.text[start..part.end]);
        }
        part
    }

    /// The length of what was read from `term` on, if it is letters and enough of them to be no unit as in `km²`.
    fn letters_from(&self, term: usize) -> Option<usize> {
        let word = &self.tokens.arena[term..];
        (word.chars().count() >= 4 && word.chars().all(char::is_alphabetic)).then_some(word.len())
    }

    /// ASCII letters and digits from `at`, lowercased into the arena.
    fn ascii_run(&mut self, at: usize) -> usize {
        let bytes = &self.text.as_bytes()[at..self.end];
        let length = bytes.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        let from = self.tokens.arena.len();
        self.tokens.arena.push_str(&self.text[at..at + length]);
        self.tokens.arena[from..].make_ascii_lowercase();
        at + length
    }

    /// A number that starts at `at`. What only looks like one (`12.06.2025`) is read group by group.
    fn digits(&mut self, at: usize) -> usize {
        if at < self.plain_until {
            return at;
        }
        let (end, plain_until) = number::read(self.text, at, self.end, &mut self.tokens.arena);
        self.plain_until = plain_until;
        end
    }

    fn done(end: usize) -> Step {
        Step::Done(Part { end, base: None, elision: false, acronym: false })
    }

    fn is_letter(&self, at: usize) -> bool {
        self.continues(at) && self.char_at(at).is_some_and(char::is_alphabetic)
    }

    /// An apostrophe of `length` bytes at `at`, in a part that starts at `start`.
    fn apostrophe(&mut self, start: usize, term: usize, at: usize, length: usize) -> Step {
        let next = at + length;
        if !self.is_letter(next) {
            return Self::done(at);
        }
        let is_s = matches!(self.text.as_bytes()[next], b's' | b'S');
        if is_s && !self.continues(next + 1) {
            let base = self.tokens.arena.len() - term;
            self.tokens.arena.push('s');
            return Step::Done(Part { end: next + 1, base: Some(base), elision: false, acronym: false });
        }
        if ELISIONS.binary_search(&&self.tokens.arena[term..]).is_ok() {
            return Step::Done(Part { end: at, base: None, elision: true, acronym: false });
        }
        if let Some(end) = self.case_ending(&self.text[start..at], next) {
            let base = self.tokens.arena.len() - term;
            for c in self.text[next..end].chars() {
                fold::push(c, &mut self.tokens.arena, term);
            }
            return Step::Done(Part { end, base: Some(base), elision: false, acronym: false });
        }
        Step::Go(next)
    }

    /// Where an ending of a case ends that begins at `at`, behind the apostrophe that parts it from a name or a number:
    /// `Türkiye'nin`, `2024'te`, `Kennedy'ego`, `NATO'er`.
    fn case_ending(&self, name: &str, at: usize) -> Option<usize> {
        let mut letters = name.chars();
        let named = letters.next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit()) && letters.next().is_some();
        if !named {
            return None;
        }
        let rest = &self.text[at..self.end];
        let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        if length > MAX_ENDING || self.continues(at + length) {
            return None;
        }
        let mut folded = String::new();
        for c in rest[..length].chars() {
            fold::push(c, &mut folded, 0);
        }
        // `Sana'a` and `Hawai'i` are whole names: behind a vowel these languages put a consonant first. A silent `e`
        // (`Joyce'a`) is none, and of an abbreviation (`NATO'er`) nobody knows how it is spoken.
        let mut back = name.chars().rev();
        let (last, before) = (back.next(), back.next());
        let spelt = last.is_some_and(char::is_uppercase) && before.is_some_and(char::is_uppercase);
        let open = last.and_then(|c| fold::fold(c.encode_utf8(&mut [0; 4])).chars().next());
        if !spelt && matches!(open, Some('a' | 'i' | 'o' | 'u')) && folded.starts_with(['a', 'e', 'i', 'o', 'u']) {
            return None;
        }
        CASE_ENDINGS.binary_search(&folded.as_str()).is_ok().then_some(at + length)
    }

    /// The letters at `at`, at most as many as an academic degree has.
    fn letters(&self, at: usize) -> &str {
        let rest = &self.text[at.min(self.end)..self.end];
        let letters =
            rest.char_indices().take(5).take_while(|(from, c)| c.is_alphabetic() && self.continues(at + from));
        &rest[..letters.map(|(from, c)| from + c.len_utf8()).last().unwrap_or(0)]
    }

    /// A full stop at `at`: part of an acronym whose letters stand alone (`U.S.`) or doubled (`EE.UU.`) or are those of a
    /// degree (`Ph.D.`), or not.
    fn full_stop(&mut self, start: usize, term: usize, at: usize, dotted: &mut bool) -> Step {
        let before = &self.text[start..at];
        let width = if *dotted { before.len() - before.rfind('.').map_or(0, |dot| dot + 1) } else { before.len() };
        let piece = &before[before.len() - width..];
        let doubled = is_doubled(piece);
        let alone =
            |piece: &str| piece.chars().next().is_some_and(|c| c.is_alphabetic() && c.len_utf8() == piece.len());
        let single = alone(piece);
        let degree = is_degree(piece);
        if !*dotted && !doubled && !single && !degree {
            return Self::done(at);
        }
        let next = at + 1;
        let follows = self.letters(next);
        let fits = alone(follows) || (doubled && is_doubled(follows)) || (single && is_degree(follows));
        let is_piece = fits && (!doubled || degree || is_doubled(follows));
        if is_piece && !self.continues(next + follows.len()) {
            *dotted = true;
            return Step::Go(next);
        }
        if !*dotted {
            return Self::done(at);
        }
        // The stop that ends it, and perhaps a possessive.
        let quote = self.char_at(next).filter(|c| matches!(c, '\'' | '’'));
        if let Some(quote) = quote
            && let Step::Done(part @ Part { base: Some(_), .. }) = self.apostrophe(start, term, next, quote.len_utf8())
        {
            return Step::Done(part);
        }
        Step::Done(Part { end: next, base: None, elision: false, acronym: true })
    }

    fn ampersand(&mut self, start: usize, at: usize) -> Step {
        let right = &self.text.as_bytes()[at + 1..self.end];
        let length = right.iter().take(MAX_AMPERSAND + 1).take_while(|b| b.is_ascii_alphanumeric()).count();
        let short = at - start <= MAX_AMPERSAND && (1..=MAX_AMPERSAND).contains(&length);
        if short && !self.continues(at + 1 + length) {
            self.tokens.arena.push('&');
            return Step::Go(at + 1);
        }
        Self::done(at)
    }

    /// `C++`, `C#`, `F#`.
    fn programming_language(&mut self, start: usize, at: usize) -> Step {
        let bytes = self.text.as_bytes();
        let sign = if bytes[at] == b'#' { "#" } else { "++" };
        let letter = at - start == 1 && bytes[start].is_ascii_alphabetic();
        if letter && self.text[at..self.end].starts_with(sign) && !self.continues(at + sign.len()) {
            self.tokens.arena.push_str(sign);
            return Self::done(at + sign.len());
        }
        Self::done(at)
    }

    /// Skips what is nothing, if the word goes on behind it.
    fn nothing(&self, at: usize) -> Step {
        if self.is_persian_joint(at) {
            return Self::done(at);
        }
        let rest = &self.text[at..self.end];
        let skipped = rest.find(|c: char| c.is_ascii() || fold::class(c) != Class::Nothing).unwrap_or(rest.len());
        let next = at + skipped;
        let goes_on = self.char_at(next).is_some_and(|c| {
            c.is_ascii_alphanumeric() || (!c.is_ascii() && matches!(fold::class(c), Class::Word | Class::Mark))
        });
        if goes_on { Step::Go(next) } else { Self::done(at) }
    }

    /// A zero width non-joiner between letters of the Arabic script: it joins the parts of a word as a hyphen does
    /// (Persian `می‌خواهم`, `کتاب‌های`), which are also written together or with a space.
    pub(super) fn is_persian_joint(&self, at: usize) -> bool {
        let arabic = |c: char| matches!(c, '\u{610}'..='\u{6FF}' | '\u{750}'..='\u{77F}');
        self.text[at..self.end].strip_prefix('\u{200C}').is_some_and(|rest| rest.starts_with(arabic))
            && self.text[..at].chars().next_back().is_some_and(arabic)
    }

    /// UAX 29, WB7b and WB7c: `"` between Hebrew letters is part of an acronym.
    fn is_hebrew_around(&self, at: usize) -> bool {
        let hebrew = |c: char| ('\u{5D0}'..='\u{5EA}').contains(&c);
        self.text[..at].chars().next_back().is_some_and(hebrew) && self.char_at(at + 1).is_some_and(hebrew)
    }
}

/// Two equal capital letters.
fn is_doubled(piece: &str) -> bool {
    matches!(piece.as_bytes(), [a, b] if a == b && a.is_ascii_uppercase())
}

/// What stands for more than its first letter in the short form of a degree: `Ph.D.`, `M.Sc.`, `LL.B.`
pub(super) fn is_degree(piece: &str) -> bool {
    const PIECES: [&str; 5] = ["ll", "mus", "ph", "phil", "sc"];
    (2..=4).contains(&piece.len()) && PIECES.iter().any(|known| known.eq_ignore_ascii_case(piece))
}

/// A superscript digit.
fn is_raised(c: char) -> bool {
    matches!(c, '\u{B2}' | '\u{B3}' | '\u{B9}' | '\u{2070}' | '\u{2074}'..='\u{2079}')
}
