//! Tests on one folded word, ready to be run on many.
//!
//! The index walks its dictionary with [`Compiled::prefix`] and [`Compiled::automaton`]; passages ask
//! [`Compiled::matches`] of every word. Both give the same answer.

use std::fmt;
use std::sync::LazyLock;

use levenshtein_automata::{DFA as Levenshtein, Distance, LevenshteinAutomatonBuilder};
use regex_automata::dfa::{Automaton as _, StartKind, dense};
use regex_automata::nfa::thompson;
use regex_automata::util::{start, syntax};
use regex_automata::{Anchored, MatchKind};

use unicode_normalization::char::is_combining_mark;

use super::plan::Matcher;
use crate::model::Lang;
use crate::text;

/// Most words of a dictionary that one word of a query is expanded to; the index says so when it is met.
pub const MAX_EXPANSIONS: usize = 10_000;

/// Longest word for `~1` and `~2`, in characters.
pub const MAX_FUZZY: usize = 40;

/// Most memory for the automaton of one pattern, in bytes.
const MAX_AUTOMATON: usize = 4 << 20;

/// The pattern cannot be run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unfit {
    /// It is not a regular expression; why, in a few words.
    Syntax(String),
    /// It asks for borders of words, as `\b` does, which a test on a whole word has none of.
    WordBorder,
    /// Its automaton would take more than 4 MiB.
    TooComplex,
    /// The word is longer than [`MAX_FUZZY`] characters.
    TooLong,
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unfit::Syntax(why) => write!(f, "this is no regular expression: {why}"),
            Unfit::WordBorder => {
                f.write_str("borders of words are not known in a pattern: it is tried on whole words already")
            }
            Unfit::TooComplex => f.write_str("this pattern is too complex to be run on every word"),
            Unfit::TooLong => write!(f, "a word to be matched with other spellings has at most {MAX_FUZZY} letters"),
        }
    }
}

/// A [`Matcher`] ready to run.
#[derive(Debug)]
pub struct Compiled {
    prefix: String,
    test: Test,
}

#[derive(Debug)]
enum Test {
    Exact(String),
    Inflected { exact: String, stems: Vec<(Lang, String)>, also: Vec<(Lang, String)> },
    Prefix,
    Pattern(Automaton),
    Never,
}

impl Matcher {
    /// The inflections of a folded word, in the languages given; those of `base`, where a possessive was taken off it, and of
    /// the word as it is `written`.
    pub fn inflections<'a>(
        exact: &str,
        base: &str,
        written: &str,
        languages: impl IntoIterator<Item = &'a Lang>,
    ) -> Self {
        let mut stems: Vec<(Lang, String)> = Vec::new();
        for lang in languages {
            stems.push((lang.clone(), text::stem_as_written(lang, base, written).into_owned()));
        }
        Matcher::Inflected { exact: exact.to_owned(), stems, bare: text::is_bare(base, written), also: Vec::new() }
    }

    /// Makes the test ready; fails only for patterns, which [`parse`](fn@super::parse) has tried already.
    pub fn compile(&self) -> Result<Compiled, Unfit> {
        let (prefix, test) = match self {
            Matcher::Exact(term) => (term.clone(), Test::Exact(term.clone())),
            Matcher::Inflected { exact, stems, also, .. } => {
                let (exact, stems, also) = (exact.clone(), stems.clone(), also.clone());
                (inflection_prefix(&exact, &stems), Test::Inflected { exact, stems, also })
            }
            Matcher::Wildcard(pattern) => {
                let prefix = pattern.split(['*', '?']).next().unwrap_or("").to_owned();
                if pattern.strip_prefix(&prefix) == Some("*") {
                    (prefix, Test::Prefix)
                } else {
                    (prefix, Test::Pattern(Automaton::regex(&wildcard_regex(pattern), false)?))
                }
            }
            Matcher::Fuzzy { term, distance } => (String::new(), Test::Pattern(Automaton::fuzzy(term, *distance)?)),
            Matcher::Regex(pattern) => (String::new(), Test::Pattern(Automaton::regex(&fold_regex(pattern), true)?)),
            Matcher::Literal { .. } => (String::new(), Test::Never),
        };
        Ok(Compiled { prefix, test })
    }
}

impl Compiled {
    /// Whether a folded word of an article in `language` matches. A literal never does: it is no test on a word.
    pub fn matches(&self, term: &str, language: Option<&Lang>) -> bool {
        match &self.test {
            Test::Exact(exact) => term == exact,
            Test::Inflected { exact, also, .. } => {
                term == exact
                    || also.iter().any(|(lang, word)| word == term && text::stem_language(language) == Some(lang))
                    || self.shares_stem(term, language, |lang, wanted| {
                        let stem = text::stem(lang, term);
                        let further = text::further_stem(lang, term);
                        wanted(&stem) || further.is_some_and(|stem| wanted(&stem))
                    })
            }
            Test::Prefix => term.starts_with(&self.prefix),
            Test::Pattern(automaton) => automaton.matches(term),
            Test::Never => false,
        }
    }

    /// The same of a word that is `written` so in the article, as its stem may be that of what is written.
    pub fn matches_written(&self, term: &str, written: &str, language: Option<&Lang>) -> bool {
        let Test::Inflected { exact, .. } = &self.test else { return self.matches(term, language) };
        let Some(lang) = text::stem_language(language).filter(|lang| text::is_telling(lang, written)) else {
            return self.matches(term, language);
        };
        term == exact
            || match text::written_stem(lang, term, written) {
                Some(stem) => self.shares_stem(term, language, |_, wanted| wanted(&stem)),
                None => self.matches(term, language),
            }
    }

    /// Whether a stem that `test` finds is one of those asked for in the language of the article.
    fn shares_stem(
        &self,
        term: &str,
        language: Option<&Lang>,
        test: impl FnOnce(&Lang, &dyn Fn(&str) -> bool) -> bool,
    ) -> bool {
        let Test::Inflected { stems, .. } = &self.test else { return false };
        let Some(lang) = text::stem_language(language) else { return false };
        let known = || stems.iter().filter(|(of, _)| of == lang);
        term.starts_with(&self.prefix)
            && known().next().is_some()
            && test(lang, &|stem| known().any(|(_, wanted)| wanted == stem))
    }

    /// What every matching word starts with; may be empty.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The one word that matches, where only one does.
    pub fn only(&self) -> Option<&str> {
        match &self.test {
            Test::Exact(exact) => Some(exact),
            _ => None,
        }
    }

    /// A byte automaton that accepts just the matching words, for patterns that are more than a prefix.
    pub fn automaton(&self) -> Option<&Automaton> {
        match &self.test {
            Test::Pattern(automaton) => Some(automaton),
            _ => None,
        }
    }
}

/// What two words begin with.
fn common<'a>(one: &'a str, other: &str) -> &'a str {
    let length = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    &one[..length]
}

/// Endings replace at most the last two characters of a stem (`dying` → `die`), but Arabic and Tamil take beginnings
/// off too, which their scripts tell; irregular forms are known.
fn inflection_prefix(exact: &str, stems: &[(Lang, String)]) -> String {
    let beginnings = exact.chars().any(|c| matches!(c as u32, 0x0600..=0x06FF | 0x0B80..=0x0BFF));
    if beginnings {
        return String::new();
    }
    let mut shared = exact;
    for (lang, stem) in stems {
        let stem = text::beginning(lang, stem);
        let end = stem.char_indices().rev().nth(1).map_or(0, |(at, _)| at);
        shared = common(shared, &stem[..end]);
        if lang.as_str() == "en" {
            shared = text::irregular_forms(&stem).iter().fold(shared, |shared, form| common(shared, form));
        }
    }
    shared.to_owned()
}

/// A wildcard pattern as a regular expression.
fn wildcard_regex(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 8);
    for c in pattern.chars() {
        match c {
            '*' if out.ends_with(".*") => {}
            '*' => out.push_str(".*"),
            '?' => out.push('.'),
            c if c.is_alphanumeric() => out.push(c),
            c if c.is_ascii() => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// Folds what is not ASCII; case is left to the automaton.
fn fold_regex(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    for c in pattern.chars() {
        if c.is_ascii() { out.push(c) } else { out.push_str(&text::fold_pattern(c.encode_utf8(&mut [0; 4]))) }
    }
    out
}

/// Whether a regular expression can match nothing longer than one character, marks aside; true for one that is none,
/// which compiling it tells better.
pub(super) fn is_of_one_character(pattern: &str) -> bool {
    let bare: String = pattern.chars().filter(|c| !is_combining_mark(*c)).collect();
    syntax::parse(&bare).map_or(true, |hir| hir.properties().maximum_len().is_some_and(|most| most <= 4))
}

/// A deterministic automaton over the bytes of a word, to be walked along a dictionary.
pub struct Automaton(Engine);

enum Engine {
    Regex { dfa: Box<dense::DFA<Vec<u32>>>, start: State },
    Fuzzy { dfa: Levenshtein, distance: u8 },
}

/// Where an [`Automaton`] stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct State(u32);

impl fmt::Debug for Automaton {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.0 {
            Engine::Regex { .. } => "Automaton(regex)",
            Engine::Fuzzy { .. } => "Automaton(fuzzy)",
        })
    }
}

impl Automaton {
    fn regex(pattern: &str, any_case: bool) -> Result<Self, Unfit> {
        let syntax = syntax::Config::new().case_insensitive(any_case).nest_limit(40);
        match syntax::parse_with(pattern, &syntax) {
            Ok(read) if read.properties().look_set().contains_word() => return Err(Unfit::WordBorder),
            Ok(_) => {}
            Err(error) => {
                let said = error.to_string();
                // The last line says what; the lines before draw the pattern.
                let last = said.lines().last().unwrap_or_default().trim_start_matches("error: ").to_lowercase();
                return Err(Unfit::Syntax(last));
            }
        }
        let dfa = dense::Builder::new()
            .configure(
                dense::Config::new()
                    .match_kind(MatchKind::All)
                    .start_kind(StartKind::Anchored)
                    .dfa_size_limit(Some(MAX_AUTOMATON))
                    .determinize_size_limit(Some(2 * MAX_AUTOMATON)),
            )
            .syntax(syntax)
            .thompson(thompson::Config::new().nfa_size_limit(Some(MAX_AUTOMATON)))
            .build(pattern)
            .map_err(|_| Unfit::TooComplex)?;
        let begin = dfa.start_state(&start::Config::new().anchored(Anchored::Yes)).map_err(|_| Unfit::TooComplex)?;
        let start = State(begin.as_u32());
        Ok(Self(Engine::Regex { dfa: Box::new(dfa), start }))
    }

    fn fuzzy(term: &str, distance: u8) -> Result<Self, Unfit> {
        static ONE: LazyLock<LevenshteinAutomatonBuilder> = LazyLock::new(|| LevenshteinAutomatonBuilder::new(1, true));
        static TWO: LazyLock<LevenshteinAutomatonBuilder> = LazyLock::new(|| LevenshteinAutomatonBuilder::new(2, true));
        if term.chars().count() > MAX_FUZZY {
            return Err(Unfit::TooLong);
        }
        let builder = if distance <= 1 { &ONE } else { &TWO };
        Ok(Self(Engine::Fuzzy { dfa: builder.build_dfa(term), distance: distance.min(2) }))
    }

    /// Where to begin.
    pub fn start(&self) -> State {
        match &self.0 {
            Engine::Regex { start, .. } => *start,
            Engine::Fuzzy { dfa, .. } => State(dfa.initial_state()),
        }
    }

    /// One byte further.
    pub fn step(&self, state: State, byte: u8) -> State {
        match &self.0 {
            Engine::Regex { dfa, .. } => State(dfa.next_state(id(state), byte).as_u32()),
            Engine::Fuzzy { dfa, .. } => State(dfa.transition(state.0, byte)),
        }
    }

    /// Whether a word that ends here matches.
    pub fn accepts(&self, state: State) -> bool {
        match &self.0 {
            Engine::Regex { dfa, .. } => dfa.is_match_state(dfa.next_eoi_state(id(state))),
            Engine::Fuzzy { dfa, distance } => matches!(dfa.distance(state.0), Distance::Exact(d) if d <= *distance),
        }
    }

    /// Whether some word that goes on from here can match.
    pub fn can_go_on(&self, state: State) -> bool {
        match &self.0 {
            Engine::Regex { dfa, .. } => !dfa.is_dead_state(id(state)),
            Engine::Fuzzy { .. } => state.0 != levenshtein_automata::SINK_STATE,
        }
    }

    fn matches(&self, term: &str) -> bool {
        let mut state = self.start();
        for byte in term.bytes() {
            state = self.step(state, byte);
            if !self.can_go_on(state) {
                return false;
            }
        }
        self.accepts(state)
    }
}

/// States are made from ids of the same automaton only, so this never falls back.
fn id(state: State) -> regex_automata::util::primitives::StateID {
    regex_automata::util::primitives::StateID::new(state.0 as usize).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inflected(word: &str) -> Matcher {
        Matcher::inflections(word, word, word, text::languages())
    }

    #[test]
    fn words_match() {
        let check = |matcher: Matcher, yes: &[&str], no: &[&str]| {
            let compiled = matcher.compile().unwrap();
            for term in yes {
                assert!(compiled.matches(term, None), "{matcher:?} {term}");
                assert!(term.starts_with(compiled.prefix()), "{matcher:?} {term}");
            }
            no.iter().for_each(|term| assert!(!compiled.matches(term, None), "{matcher:?} {term}"));
        };
        let wildcard = |p: &str| Matcher::Wildcard(p.to_owned());
        let regex = |p: &str| Matcher::Regex(p.to_owned());
        let fuzzy = |term: &str, distance| Matcher::Fuzzy { term: term.to_owned(), distance };
        check(Matcher::Exact("us".into()), &["us"], &["use", "u"]);
        check(wildcard("deport*"), &["deport", "deported"], &["depor", "redeport"]);
        check(wildcard("wom?n"), &["woman", "women", "womén"], &["womn", "womaan"]);
        check(wildcard("*ization*"), &["organization", "organizations"], &["organisation"]);
        check(wildcard("c++*"), &["c++", "c++x"], &["c", "cc"]);
        check(wildcard("a**b"), &["ab", "axxb"], &["abc"]);
        check(regex("colou?r"), &["color", "colour"], &["colors", "acolor"]);
        check(regex("A|AB"), &["a", "ab"], &["abc", "b"]);
        check(regex("bogotá.*"), &["bogota", "bogotazo"], &["bogot"]);
        check(regex("[0-9]{4}"), &["1963"], &["19634", "196"]);
        check(fuzzy("kerry", 1), &["kerry", "kery", "kerri", "ekrry", "berry"], &["ker", "gerri"]);
        check(fuzzy("müller", 2), &["muller", "müler"], &["mil"]);
        check(inflected("country"), &["country", "countries"], &["count", "countrymen"]);
        check(inflected("die"), &["die", "dying", "dies"], &["dial"]);
        for row in
            [&["child", "children"][..], &["mouse", "mice"], &["take", "taking", "took"], &["policeman", "policemen"]]
        {
            row.iter().for_each(|asked| check(inflected(asked), row, &["m", "child's", "tak", "police"]));
        }
        let german = Lang::parse("de").unwrap();
        assert!(inflected("haus").compile().unwrap().matches("hauses", Some(&german)));
        assert!(!inflected("country").compile().unwrap().matches("countries", Lang::parse("zh").as_ref()));
    }

    proptest::proptest! {
        // The prefix is a short cut; it must never hide a word that shares the stem.
        #[test]
        fn every_word_of_a_stem_is_found(
            base in "(sk|d|l|t|id|s|[a-z]{1,5})(i|y|ie|e)?", one in "(s|es|ed|ing|ying|ly|ness|ies|ational|ung|en|mente|ait|ами)?",
            other in "(s|es|ed|ing|ying|ly|ness|ies|ational|ung|en|mente|ait|ами)?",
        ) {
            let (asked, written) = (format!("{base}{one}"), format!("{base}{other}"));
            let compiled = inflected(&asked).compile().unwrap();
            for lang in text::languages() {
                if text::stem(lang, &asked) == text::stem(lang, &written) {
                    proptest::prop_assert!(compiled.matches(&written, Some(lang)), "{} {} {}", lang, asked, written);
                }
            }
        }
    }

    #[test]
    fn unfit_patterns_are_refused() {
        for pattern in ["(", "a{1000}{1000}", "[a-z]*x[a-z]{30}", "(a*)*b(", "\\", "(?P<x", "\\b\\w+"] {
            let _ = Matcher::Regex(pattern.to_owned()).compile();
        }
        assert!(matches!(Matcher::Regex("a(".into()).compile(), Err(Unfit::Syntax(_))));
        assert_eq!(Matcher::Regex("[a-z]*x[a-z]{60}".into()).compile().unwrap_err(), Unfit::TooComplex);
        assert_eq!(Matcher::Fuzzy { term: "x".repeat(50), distance: 1 }.compile().unwrap_err(), Unfit::TooLong);
    }
}
