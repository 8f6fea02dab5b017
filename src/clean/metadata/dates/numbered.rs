//! Numbers that count something and stand before a month: `Vol. 14, March 2024`, `Nr. 12 / März 2024`.

use super::names;
use super::tokens::Token;

/// Whether the number at `at` is the number of what the word before it names, and a mark parts it from the month behind it.
/// A weekday, or a word such as `published`, names nothing.
pub(super) fn counts(tokens: &[Token], at: usize) -> bool {
    let short = tokens[at].number().is_some_and(|(_, digits)| digits <= 2);
    let parted = tokens.get(at + 1).is_some_and(|token| token.is(',') || token.is('/') && token.spaced);
    let month = tokens.get(at + 2).and_then(Token::word).is_some_and(|word| names::month(word, None).is_some());
    if !(short && parted && month) {
        return false;
    }
    let mut before = tokens[..at].iter().rev().skip_while(|token| token.is('.'));
    let Some(before) = before.next() else { return false };
    // `№` is `No` once it is folded, which in Portuguese is `on the`.
    let names = |word: &str| word == "no" || names::weekday(word).is_none() && !names::filler(word);
    before.is('#') || before.word().is_some_and(names)
}
