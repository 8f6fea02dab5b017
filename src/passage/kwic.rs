//! A match and the words around it: a line of a concordance (keyword in context).
//!
//! Words are told by white space here, as a reader counts them; a character of a script without spaces counts as one.

use crate::model::{Article, Span};
use crate::text::fold;
use crate::{Error, ErrorKind, Result};

/// A line of a concordance. White space is evened out: each run of it is one space.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kwic {
    /// The words before, from the same block.
    pub left: String,
    /// The match, as it stands.
    pub matched: String,
    /// The words after, from the same block.
    pub right: String,
}

/// What a concordance is sorted by: `1L` is the first word left of the match, `2R` the second right of it, `M` the match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KwicKey {
    /// The nth word to the left, from 1.
    Left(u8),
    /// The nth word to the right, from 1.
    Right(u8),
    /// The match itself.
    Match,
}

impl KwicKey {
    /// Reads `1L`, `2R`, `M`; several, parted by commas, most important first.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for anything else.
    pub fn parse(list: &str) -> Result<Vec<Self>> {
        list.split(',').map(|word| Self::one(word.trim())).collect()
    }

    fn one(word: &str) -> Result<Self> {
        let lower = word.to_ascii_lowercase();
        let number = |digits: &str| digits.parse().ok().filter(|n| (1..=9).contains(n));
        let key = match lower.strip_suffix('l') {
            Some(digits) => number(digits).map(KwicKey::Left),
            None => match lower.strip_suffix('r') {
                Some(digits) => number(digits).map(KwicKey::Right),
                None => (lower == "m").then_some(KwicKey::Match),
            },
        };
        key.ok_or_else(|| {
            Error::new(ErrorKind::Usage, format!("a concordance cannot be sorted by `{word}`")).hint(
                "say `1L` for the first word left of the match, up to `9L`, `1R` to `9R` for those right of it, `M` for the match",
            )
        })
    }
}

impl Kwic {
    /// What to sort by: one word for each key, folded as a search folds it, so that accents and case part nothing (empty
    /// where there is none). Compare the lists.
    pub fn sort_key(&self, keys: &[KwicKey]) -> Vec<String> {
        let at = |n: u8| usize::from(n).saturating_sub(1);
        let one = |key: &KwicKey| match *key {
            KwicKey::Left(n) => words(&self.left).iter().rev().nth(at(n)).map_or_else(String::new, |word| fold(word)),
            KwicKey::Right(n) => words(&self.right).get(at(n)).map_or_else(String::new, |word| fold(word)),
            KwicKey::Match => fold(&self.matched),
        };
        keys.iter().map(one).collect()
    }
}

/// The line for a match at `span` (bytes of the article's text) with up to `words` words on each side, from the block in
/// which the match begins and the one in which it ends.
pub fn kwic(article: &Article, span: Span, words: usize) -> Kwic {
    let block = |at: usize| article.blocks.get(at).map_or(Span::new(0, article.text.len()), |b| b.span);
    let first = block(article.blocks.partition_point(|b| b.span.end <= span.start));
    let last = block(article.blocks.partition_point(|b| b.span.end < span.end));
    line(&article.text, Span::new(first.start, last.end.max(span.end)), span, words)
}

/// The line for a match in the title.
pub fn kwic_title(article: &Article, span: Span, words: usize) -> Kwic {
    line(&article.title, Span::new(0, article.title.len()), span, words)
}

fn line(text: &str, block: Span, span: Span, words: usize) -> Kwic {
    let before = text.get(block.start..span.start).unwrap_or("");
    let after = text.get(span.end..block.end.max(span.end)).unwrap_or("");
    Kwic {
        left: even(&before[last_words(before, words)..]),
        matched: even(span.of(text)),
        right: even(&after[..first_words(after, words)]),
    }
}

/// Where the last `words` words of `text` begin. Reads no further back than it must. What touches the end without a
/// space (`pre` in `pre-trial` for a match of `trial`) is no word of its own.
fn last_words(text: &str, words: usize) -> usize {
    let (mut left, mut start, mut inside) = (words, text.len(), true);
    for (at, c) in text.char_indices().rev() {
        if c.is_whitespace() {
            inside = false;
            continue;
        }
        if !inside || alone(c) {
            if left == 0 {
                return start;
            }
            left -= 1;
            inside = true;
        }
        start = at;
    }
    start
}

/// Where the first `words` words of `text` end.
fn first_words(text: &str, words: usize) -> usize {
    let (mut left, mut end, mut inside) = (words, 0, true);
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            inside = false;
            continue;
        }
        if !inside || alone(c) {
            if left == 0 {
                return end;
            }
            left -= 1;
            inside = true;
        }
        end = at + c.len_utf8();
    }
    end
}

/// The words of one side of a line; signs that stand alone are none.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for mut rest in text.split_whitespace() {
        while let Some(first) = rest.chars().next() {
            let end = if alone(first) { first.len_utf8() } else { rest.find(alone).unwrap_or(rest.len()) };
            words.push(&rest[..end]);
            rest = &rest[end..];
        }
    }
    words.retain(|word| word.contains(char::is_alphanumeric));
    words
}

/// Whether a character is a word by itself: scripts without spaces.
fn alone(c: char) -> bool {
    matches!(c as u32, 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF | 0x3400..=0x4DBF
        | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// Runs of white space become one space; a space at the inner end of a side stays out.
fn even(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        #[track_caller]
        fn check(text: &str, matched: &str, words: usize, expected: (&str, &str)) {
            let at = text.find(matched).expect("in the text");
            let got = line(text, Span::new(0, text.len()), Span::new(at, at + matched.len()), words);
            assert_eq!((got.left.as_str(), got.right.as_str()), expected);
            assert_eq!(got.matched, matched);
        }
        check("one two three four five", "three", 1, ("two", "four"));
        check("one two three four five", "three", 9, ("one two", "four five"));
        check("one two three four five", "three", 0, ("", ""));
        check("a  pre-trial,\nthen b c", "trial", 1, ("a pre-", ", then"));
        check("only", "only", 3, ("", ""));
        check("昨日東京都知事は", "東京", 2, ("昨日", "都知"));
        check("“quoted” word", "quoted", 1, ("“", "” word"));
    }

    #[test]
    fn keys() {
        let line = Kwic { left: "the Big".into(), matched: "Dam".into(), right: "broke, late".into() };
        let keys = KwicKey::parse("1L, 2r,m").expect("good");
        assert_eq!(line.sort_key(&keys), ["big", "late", "dam"]);
        for bad in ["", "L", "0L", "1X", "10R", "1L,,2R"] {
            assert!(KwicKey::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(line.sort_key(&[KwicKey::Left(3)]), [""]);
        let line = Kwic { left: "a pre-".into(), matched: "trial".into(), right: ", — then".into() };
        assert_eq!(line.sort_key(&[KwicKey::Left(1), KwicKey::Right(1)]), ["pre", "then"]);
        // As the words are looked for: without case and accents, and each character of a script without spaces by itself.
        let line = Kwic { left: "une École, l’Été".into(), matched: "Über".into(), right: "都知事は".into() };
        let keys = KwicKey::parse("2L,M,1R,2R").expect("good");
        assert_eq!(line.sort_key(&keys), ["ecole", "uber", "都", "知"]);
    }
}
