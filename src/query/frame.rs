//! The frame of a question: the words that say *that* something is asked, not *what*.
//!
//! Of `I am interested in articles that deal with grain quotas` two words are sought. The others are rare in news, so they would
//! weigh as much as those two, and an article that is `interested in` anything would come first. J. Callan, B. Croft and
//! S. Harding (*The INQUERY retrieval system*, 1992) call them stop structure: they are told by how they stand together at
//! the head of a sentence, never one by one, so `find`, `list` and `papers` are sought wherever else they are.
//!
//! A capitalised word behind the first of a sentence is a name (`When May resigned`, `How Long Island`), so no frame reaches
//! over it. Where every word has its capital, names and frames look alike, and only the surest frames are told.
//!
//! English only: of other languages nothing is left out.

use std::sync::LazyLock;

use crate::model::Span;
use crate::text;

/// Longest frame, in words.
const LONGEST: usize = 24;

/// Fewest words of a frame where every word is capitalised: `What Happened To` and `Tell Me About` begin titles.
const SUREST: usize = 4;

/// What a slot of a pattern may hold: words and, where they only mean it together, several in a row.
const CLASSES: &[(&str, &[&str])] = &[
    ("i", &["i", "we"]),
    ("am", &["i am", "im", "we are", "were"]),
    ("would", &["i would", "i should", "id", "we would", "we should", "wed"]),
    (
        "polite",
        &[
            "please",
            "kindly",
            "can you",
            "could you",
            "will you",
            "would you",
            "can you please",
            "could you please",
            "would you please",
        ],
    ),
    ("very", &["also", "especially", "particularly", "mainly", "mostly", "only", "really", "specifically", "very"]),
    (
        "ask",
        &[
            "find",
            "find out",
            "get",
            "give",
            "have",
            "hear",
            "identify",
            "know",
            "learn",
            "list",
            "locate",
            "look for",
            "obtain",
            "provide",
            "read",
            "receive",
            "retrieve",
            "search for",
            "see",
            "send",
            "show",
            "supply",
            "tell",
        ],
    ),
    (
        "any",
        &[
            "a",
            "all",
            "an",
            "any",
            "available",
            "every",
            "further",
            "more",
            "other",
            "pertinent",
            "recent",
            "relevant",
            "some",
            "suitable",
            "the",
        ],
    ),
    (
        "documents",
        &[
            "abstracts",
            "accounts",
            "article",
            "articles",
            "coverage",
            "data",
            "descriptions",
            "details",
            "discussions",
            "document",
            "documents",
            "information",
            "literature",
            "mention",
            "mentions",
            "news",
            "papers",
            "publications",
            "references",
            "report",
            "reports",
            "stories",
        ],
    ),
    ("document", &["article", "articles", "document", "documents"]),
    ("thing", &["all", "anything", "everything", "more", "something"]),
    ("there", &["exist", "exists", "are there", "is there", "are available", "is available", "have been written"]),
    (
        "about",
        &[
            "about",
            "addressing",
            "concerning",
            "containing",
            "covering",
            "dealing with",
            "describing",
            "detailing",
            "discussing",
            "mentioning",
            "on",
            "pertaining to",
            "pertinent to",
            "regarding",
            "related to",
            "relating to",
            "relevant to",
            "reporting on",
        ],
    ),
    ("of", &["for", "in", "of"]),
    ("that", &["that", "which"]),
    (
        "discusses",
        &[
            "address",
            "addresses",
            "cite",
            "cites",
            "concern",
            "concerns",
            "contain",
            "contains",
            "cover",
            "covers",
            "deal with",
            "deals with",
            "describe",
            "describes",
            "detail",
            "details",
            "discuss",
            "discusses",
            "give",
            "gives",
            "identifies",
            "identify",
            "include",
            "includes",
            "indicate",
            "indicates",
            "mention",
            "mentions",
            "provide",
            "provides",
            "refer to",
            "refers to",
            "reflect",
            "reflects",
            "relate to",
            "relates to",
            "report",
            "report on",
            "reports",
            "reports on",
            "talk about",
            "talks about",
        ],
    ),
    ("will", &["can", "could", "may", "might", "must", "should", "will", "would"]),
    ("is", &["are", "did", "do", "does", "had", "has", "have", "is", "was", "were"]),
    ("anyone", &["anybody", "anyone", "somebody", "someone"]),
    ("examples", &["cases of", "evidence of", "examples of", "instances of", "a list of"]),
    ("what", &["what", "whats", "which"]),
    ("who", &["when", "where", "who", "whom", "whos", "whose"]),
    ("how", &["how", "how many", "how much", "how often", "why"]),
    ("in", &["at", "by", "for", "from", "in", "of", "on", "to", "with"]),
    ("describe", &["describe", "determine", "discuss", "explain", "find", "identify", "locate", "retrieve"]),
    ("explain", &["describe", "determine", "discuss", "explain"]),
    ("list", &["compile", "give", "isolate", "list", "name", "provide", "show"]),
];

/// Frames, as words and `{classes}`; `?` behind one says that it may be missing, `*` that there may be any number of it.
const PATTERNS: &[&str] = &[
    // I would like to find articles that deal with
    "{polite}? {would} {very}* like/love/prefer/want/rather for? to? {ask}? {any}* {documents}? {about}? {of}?",
    "{polite}? {i} {very}* hope/need/want/wish for? to {ask} {any}* {documents}? {about}? {of}?",
    "{polite}? {i} {very}* need/want/wish for? {any}* {documents} {about}? {of}?",
    "{polite}? {would} {very}* like to? {ask}? {any}* {documents} {that} {will}? {discusses}",
    "{am} {very}* looking/searching/seeking for? {any}* {documents}? {about}? {of}?",
    "{am}? {very}* looking/searching/seeking for? {any}* {documents} {that} {will}? {discusses}",
    "looking/searching/seeking for? {any}* {documents} {about}? {of}?",
    "{am}? {very}* interested in {any}* {documents}? {about}? {of}?",
    "{am}? {very}* interested in {any}* {documents} {that} {will}? {discusses}",
    // find all articles on
    "{polite}? {ask} me/us? {any}* {documents} {there}? {about}? {of}?",
    "{polite}? {ask} me/us? {any}* {documents} {there}? {that} {will}? {discusses}",
    "{polite} {ask} me/us? {any}*",
    "{polite}? show/tell me/us {thing}? about/of/on/that",
    "do you have/know {thing}? about/of/on",
    "do you have {any}* {documents} {about}? {of}?",
    // what articles exist that deal with
    "{what} {any}* {documents} {there}? {about}? {of}?",
    "{what} {any}* {documents} {there}? {that} {will}? {discusses}",
    "is/are there {any}* {documents} {about}? {of}?",
    "is/are there {any}* {documents} {that} {will}? {discusses}",
    // articles about
    "{any}* {documents} {there}? {about}",
    "{any}* {documents} {there}? {that} {will}? {discusses}",
    "all/any {documents} of",
    // a relevant document must discuss
    "{any}* {document} {will} {very}* {discusses} or? {discusses}? {any}* {documents}? {about}? {examples}?",
    "{any}* document/documents {very}* {discusses} or? {discusses}? {any}* {documents}? {about}? {examples}?",
    "to be relevant {any}* {document} {will} {very}* {discusses} or? {discusses}? {any}* {documents}? {about}? {examples}?",
    "area/areas? of particular/special interest is/are/include/includes",
    "of particular/special interest is/are",
    // what is known about; what evidence is there that; what happened to
    "what is known about/of",
    "what evidence exists/is there? for/of/that",
    "what {is}? happen/happened/happens at/in/to/with",
    // describe; name instances of
    "{polite} {describe} {any}* {examples}?",
    "{describe} {any}* {examples}",
    "{explain} {any} {any}*",
    "examples/instances of",
    "{polite}? {list} me/us? {any}* {examples}",
    // what are the; in which
    "{in}? {what} {is}? there? {examples}?",
    "{in}? {what} {will}?",
    "{how} {is}? there?",
    "{how} {will}?",
    "how far/long {is} there?",
    "how far/long {will}",
    "{who} {is} there?",
    "{who} {will}",
    "what do you have/know {about}? {of}?",
    "has/have/does/did/is/can {anyone} else?",
    "is/are/was/were there {any}* {examples}?",
];

/// Names made of the words of frames, which stay names where they are typed small.
const NAMES: &[&str] = &["news of the world"];

/// Frames of sentences that end as questions do.
const QUESTIONS: &[&str] = &["{who}", "{is}"];

/// A word of what was typed.
struct Word {
    folded: String,
    span: Span,
    /// Whether it begins a sentence.
    begins: bool,
    /// Whether no frame goes on across what stands before it.
    parted: bool,
    /// Whether its sentence is asked.
    asked: bool,
    /// Whether it has a capital.
    capital: bool,
    /// Whether every word has one.
    titled: bool,
}

/// The words of `text` that are the frame of a question or request, in order: [`parse`](super::parse()) leaves them out of
/// a bag of words. None where nothing that can be sought would be left.
pub fn frame(text: &str) -> Vec<Span> {
    let words = words(text);
    let mut frames: Vec<Span> = Vec::new();
    for at in 0..words.len() {
        let Some(first) = words.get(at).filter(|word| word.begins) else { continue };
        let mut end = at;
        while end == at || words.get(end).is_some_and(|word| !word.begins && !word.parted) {
            let Some(length) = longest(&words[end..]) else { break };
            end += length;
        }
        if end > at {
            frames.push(Span::new(first.span.start, words[end - 1].span.end));
        }
    }
    let left = |token: text::Token<'_>| !token.extra && !holds(&frames, token.span);
    if frames.is_empty() || text::query_terms(text).iter().any(left) { frames } else { Vec::new() }
}

/// Whether a word at `span` is of the `frames`.
pub(super) fn holds(frames: &[Span], span: Span) -> bool {
    let before = frames.partition_point(|frame| frame.end <= span.start);
    frames.get(before).is_some_and(|frame| frame.start <= span.start)
}

/// How many words from the first on are a frame.
fn longest(words: &[Word]) -> Option<usize> {
    let end = words.iter().skip(1).position(|word| word.parted || word.begins).map_or(words.len(), |at| at + 1);
    let words = &words[..end.min(LONGEST)];
    static READ: LazyLock<[Vec<Vec<Slot>>; 2]> = LazyLock::new(|| [read(PATTERNS), read(QUESTIONS)]);
    let tables = if words.first()?.asked { &READ[..] } else { &READ[..1] };
    let ends = tables.iter().flatten().flat_map(|pattern| reach(pattern, words));
    ends.filter(|length| *length > 0 && is_whole(words, *length)).max()
}

/// Whether the first `length` words can be a frame, by what they are and what stands behind them.
fn is_whole(words: &[Word], length: usize) -> bool {
    let (frame, behind) = words.split_at(length);
    let (Some(first), Some(last)) = (frame.first(), frame.last()) else { return false };
    if first.titled && (length < SUREST || !frame.iter().any(|word| is_of("documents", word))) {
        return false;
    }
    let Some(next) = behind.first() else { return true };
    // `news of the world` and `article 50` are sought.
    let of = next.folded == "of" && (length == 1 || is_of("documents", last));
    let number = next.folded.starts_with(|c: char| c.is_ascii_digit()) && is_of("document", last);
    // `News on Sunday` is a paper.
    let paper = length == 2 && last.folded == "on" && ["news", "report"].contains(&first.folded.as_str());
    !(of || number || paper && first.capital && next.capital)
}

/// Whether `word` is of a class.
fn is_of(class: &str, word: &Word) -> bool {
    CLASSES.iter().any(|(name, phrases)| *name == class && phrases.contains(&word.folded.as_str()))
}

/// A place in a pattern.
struct Slot {
    phrases: Vec<&'static str>,
    may_miss: bool,
    may_repeat: bool,
}

/// The patterns of a table.
fn read(table: &'static [&'static str]) -> Vec<Vec<Slot>> {
    let slot = |slot: &'static str| {
        let bare = slot.trim_end_matches(['?', '*']);
        let class = bare.strip_prefix('{').and_then(|bare| bare.strip_suffix('}'));
        let class = class.and_then(|name| CLASSES.iter().find(|(known, _)| *known == name));
        let phrases = class.map_or_else(|| bare.split('/').collect(), |(_, phrases)| phrases.to_vec());
        Slot { phrases, may_miss: slot.len() > bare.len(), may_repeat: slot.ends_with('*') }
    };
    table.iter().map(|pattern| pattern.split(' ').map(slot).collect()).collect()
}

/// How many words `pattern` may hold from the first on.
fn reach(pattern: &[Slot], words: &[Word]) -> Vec<usize> {
    let mut ends = vec![0];
    for slot in pattern {
        let mut behind = if slot.may_miss { ends.clone() } else { Vec::new() };
        let mut from = ends;
        while !from.is_empty() {
            let mut next: Vec<usize> = Vec::new();
            for end in from {
                let lengths = slot.phrases.iter().filter_map(|phrase| begins(&words[end..], phrase));
                next.extend(lengths.map(|length| end + length).filter(|end| !behind.contains(end)));
            }
            next.sort_unstable();
            next.dedup();
            behind.extend(&next);
            from = if slot.may_repeat { next } else { Vec::new() };
        }
        ends = behind;
    }
    ends
}

/// How many words `phrase` has, if `words` begin with it.
fn begins(words: &[Word], phrase: &str) -> Option<usize> {
    let mut count = 0;
    for part in phrase.split(' ') {
        if words.get(count)?.folded != part {
            return None;
        }
        count += 1;
    }
    Some(count)
}

/// The words of what was typed, by the spaces between.
fn words(text: &str) -> Vec<Word> {
    let mixed = text.chars().any(char::is_lowercase);
    let initial = |piece: &str| piece.chars().find(|c| c.is_alphanumeric());
    let titled = !text.split_whitespace().filter_map(initial).any(char::is_lowercase);
    let mut words: Vec<Word> = Vec::new();
    let (mut begins, mut parted, mut first) = (true, false, 0);
    for piece in text.split_whitespace() {
        // `split_whitespace` gives pieces of `text`: their place is the difference of the addresses.
        let at = piece.as_ptr() as usize - text.as_ptr() as usize;
        let core = piece.trim_matches(|c: char| !c.is_alphanumeric());
        let start = piece.find(core).unwrap_or(0);
        let (before, behind) = (&piece[..start], &piece[start + core.len()..]);
        if core.is_empty() {
            let ends = piece.contains(['.', '?', '!', ';']);
            if piece.contains('?') {
                words[first..].iter_mut().for_each(|word| word.asked = true);
            }
            (begins, parted) = (begins || ends, parted || !ends);
            first = if ends { words.len() } else { first };
            continue;
        }
        begins |= before.contains('(');
        parted |= before.chars().any(|c| c != '(');
        if begins {
            first = words.len();
        }
        // `WHO` among small letters is a name, and so is `May` behind the first word; `I` and `I'm` are none.
        let capital = core.starts_with(char::is_uppercase);
        let large = core.contains(char::is_uppercase) && !core.contains(char::is_lowercase);
        let capitals = mixed && core.chars().nth(1).is_some() && large;
        let i = core.strip_prefix('I').is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
        let name = capitals || capital && !titled && !begins && !i;
        let folded = if name { String::new() } else { text::fold(core) };
        let span = Span::new(at + start, at + start + core.len());
        words.push(Word { folded, span, begins: begins && !parted, parted, asked: false, capital, titled });
        if behind.contains('?') {
            words[first..].iter_mut().for_each(|word| word.asked = true);
        }
        let initials = core.chars().nth(1).is_none() || core.contains('.');
        begins = behind.contains(['?', '!', ';']) || behind.contains('.') && !initials;
        parted = behind.chars().any(|c| !matches!(c, ',' | ':' | '.' | '?' | '!' | ';'));
    }
    for at in 0..words.len() {
        let length = NAMES.iter().find_map(|name| self::begins(&words[at..], name)).unwrap_or(0);
        words[at..at + length].iter_mut().for_each(|word| word.folded.clear());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_is_known_and_used() {
        let mut used = std::collections::BTreeSet::new();
        for slot in PATTERNS.iter().chain(QUESTIONS).flat_map(|pattern| pattern.split(' ')) {
            let Some(name) = slot.strip_prefix('{') else { continue };
            used.insert(name.trim_end_matches(['}', '?', '*']));
        }
        let known: std::collections::BTreeSet<&str> = CLASSES.iter().map(|(name, _)| *name).collect();
        assert_eq!(used, known);
        let folded = |phrase: &&&str| text::fold(phrase) != **phrase;
        assert_eq!(CLASSES.iter().flat_map(|(_, phrases)| *phrases).find(folded), None);
    }
}
