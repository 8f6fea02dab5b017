//! Numbers that count something and stand before a month: `Vol. 14, March 2024`, `Nr. 12 / März 2024`.

use super::names;
use super::tokens::Token;

/// What is numbered, folded.
const NUMBERED: &[&str] = &[
    "vol",
    "volume",
    "volumen",
    "band",
    "jahrgang",
    "tome",
    "no",
    "nr",
    "num",
    "numero",
    "nummer",
    "n",
    "issue",
    "iss",
    "ausgabe",
    "heft",
    "episode",
    "episodio",
    "ep",
    "folge",
    "teil",
    "part",
    "chapter",
    "edition",
    "edicion",
    "edicao",
    "numer",
    "odcinek",
    "cislo",
    "выпуск",
    "номер",
];
/// How words begin of what is counted beside a day: minutes of reading, and what readers did.
const COUNTED: &[&str] = &[
    "min",
    "comment",
    "view",
    "read",
    "share",
    "like",
    "kommentar",
    "aufruf",
    "vue",
    "partage",
    "comentario",
    "vista",
    "commenti",
    "reactie",
    "komentarz",
    "repl",
    "photo",
    "комментари",
    "просмотр",
];

/// Whether the number at `at` is the number of what the word before it names, and a mark parts it from the month behind it.
pub(super) fn counts(tokens: &[Token], at: usize) -> bool {
    let parts =
        |token: &Token| [',', '|', '·', '•'].iter().any(|&mark| token.is(mark)) || token.is('/') && token.spaced;
    let month = tokens.get(at + 2).and_then(Token::word).is_some_and(|word| names::month(word, None).is_some());
    if !(is_short(tokens, at) && tokens.get(at + 1).is_some_and(parts) && month) {
        return false;
    }
    // `№` is `No` once it is folded.
    let mut before = tokens[..at].iter().rev().skip_while(|token| ['.', 'º', '°'].iter().any(|&mark| token.is(mark)));
    let Some(before) = before.next() else { return false };
    before.is('#') || before.word().is_some_and(|word| NUMBERED.contains(&word))
}

/// Whether the number at `at` counts what the word behind it names, and a mark parts it from what stands before it.
pub(super) fn is_counted(tokens: &[Token], at: usize) -> bool {
    let parted = at > 0 && [',', '|', '·', '•'].iter().any(|&mark| tokens[at - 1].is(mark));
    let counted = |word: &str| COUNTED.iter().any(|stem| word.starts_with(stem)) && names::month(word, None).is_none();
    parted && is_short(tokens, at) && tokens.get(at + 1).and_then(Token::word).is_some_and(counted)
}

fn is_short(tokens: &[Token], at: usize) -> bool {
    tokens[at].number().is_some_and(|(_, digits)| digits <= 2)
}
