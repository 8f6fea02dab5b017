//! Stems of Turkish words.
//!
//! The Snowball algorithm (Çilden, 2006) takes endings off a word once and may leave others on it: `seçimler` becomes `seçim`, and
//! `seçim` becomes `seç`. It is therefore asked again until nothing changes, and what it takes from a root by mistake is given
//! back. It goes by the harmony of vowels, which folding destroyed, so that is put back first: the word that was typed
//! without its marks has the same stem.

use rust_stemmers::Stemmer;

/// Most times the algorithm is asked of one word.
const ROUNDS: usize = 5;

/// Fewest letters of a stem.
const SHORTEST: usize = 3;

/// `başkan` (president) would become `başka` (other), one of the commonest words.
const PRESIDENT: &str = "başkan";

/// The stem of a folded word.
pub(super) fn stem(stemmer: &Stemmer, folded: &str) -> String {
    let mut word = harmonised(folded);
    if word.starts_with("baskan") {
        return PRESIDENT.to_owned();
    }
    for _ in 0..ROUNDS {
        let next = once(stemmer, &word);
        if next == word {
            break;
        }
        word = next;
    }
    word
}

/// One round: what the algorithm leaves, with what was no ending given back.
fn once(stemmer: &Stemmer, word: &str) -> String {
    let stemmed = stemmer.stem(word);
    let taken: Vec<char> = word.strip_prefix(&*stemmed).unwrap_or_default().chars().collect();
    let kept = stemmed.chars().count();
    let ends_open = stemmed.ends_with(is_vowel);
    let mut left = match taken[..] {
        // `köyü` is of `köy`, `ölüm` of itself; the locative behind a vowel begins with `d`: `hükümete` is of `hükümet`.
        [first @ ('y' | 's' | 'n'), ..] if kept + 1 >= SHORTEST && kept < SHORTEST => format!("{stemmed}{first}"),
        [vowel, 'm', ..] if kept < SHORTEST && is_vowel(vowel) => format!("{stemmed}{vowel}m"),
        // `işler` is of `iş`.
        ['l', 'a' | 'e', 'r', ..] if kept + 1 == SHORTEST && stemmed.starts_with(is_vowel) => stemmed.into_owned(),
        ['t', ..] if ends_open && kept >= SHORTEST => format!("{stemmed}t"),
        _ if kept < SHORTEST => {
            let one = word
                .strip_suffix("lar")
                .or_else(|| word.strip_suffix("ler"))
                .filter(|one| one.chars().count() >= SHORTEST);
            one.unwrap_or(word).to_owned()
        }
        _ => stemmed.into_owned(),
    };
    // The letter that parts a vowel from an ending looks like the last letter of a root: `anlaşmas` of `anlaşması`, `kadın`.
    // Both ways of reading it have one stem.
    let mut last = left.chars().rev();
    if let (Some('n' | 's'), Some(before)) = (last.next(), last.next())
        && is_vowel(before)
        && left.chars().count() > SHORTEST + 1
    {
        left.pop();
    }
    left
}

fn is_vowel(c: char) -> bool {
    "aeıioöuü".contains(c)
}

/// A folded word with the vowels that harmony asks for: `kadini` is `kadını`, `hukumete` is `hükümete`.
fn harmonised(folded: &str) -> String {
    let letters: Vec<char> = folded.chars().collect();
    let mut front: Option<bool> = None;
    let mut out = String::with_capacity(folded.len() + 4);
    for (at, c) in letters.iter().enumerate() {
        let made = match c {
            'i' | 'o' | 'u' => {
                // A first syllable says nothing by itself; the next that does decides.
                let is_front = front.unwrap_or_else(|| {
                    let telling =
                        letters[at + 1..].iter().find(|next| matches!(next, 'a' | 'e') || **next == 'i' && *c != 'i');
                    matches!((telling, c), (Some('e' | 'i'), _) | (None, 'i'))
                });
                match (c, is_front) {
                    ('i', false) => 'ı',
                    ('o', true) => 'ö',
                    ('u', true) => 'ü',
                    _ => *c,
                }
            }
            c => *c,
        };
        match made {
            'a' | 'ı' => front = Some(false),
            'e' | 'i' => front = Some(true),
            'o' | 'u' | 'ö' | 'ü' => front = front.or(Some(matches!(made, 'ö' | 'ü'))),
            _ => {}
        }
        out.push(made);
    }
    out
}
