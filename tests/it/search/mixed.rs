//! Search against a naive scan once more, through a whole home: scripts without spaces, spellings that are one word,
//! literal text, all metadata fields and all three dates, languages mixed in one index.
//!
//! The scan knows of each piece of text, from a table, which words it stands for and where they begin and end. It
//! analyses nothing.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::date;
use newsdex::corpus::Writer;
use newsdex::model::*;
use newsdex::query;
use newsdex::search::{Morgue, OpenOptions, Request};
use newsdex::text;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::corpus::making;

/// A piece of text as it is written, and its words: where each begins and ends, and how it is found.
struct Written {
    surface: &'static str,
    words: &'static [(usize, usize, &'static str)],
    /// All words as one.
    joined: Option<&'static str>,
    /// A shorter form of the one word, and where it ends.
    short: Option<(usize, &'static str)>,
    /// The language in which the accents of the one word give it a further stem, and that stem.
    stem: Option<&'static str>,
}

const fn one(surface: &'static str, words: &'static [(usize, usize, &'static str)]) -> Written {
    Written { surface, words, joined: None, short: None, stem: None }
}

const WRITTEN: &[Written] = &[
    one("river", &[(0, 5, "river")]),
    one("Rivers", &[(0, 6, "rivers")]),
    one("driver", &[(0, 6, "driver")]),
    one("Café", &[(0, 5, "cafe")]),
    one("cafe", &[(0, 4, "cafe")]),
    Written { joined: Some("safethird"), ..one("safe-third", &[(0, 4, "safe"), (5, 10, "third")]) },
    Written { joined: Some("safethird"), ..one("Safe\u{2011}Third", &[(0, 4, "safe"), (7, 12, "third")]) },
    one("safethird", &[(0, 9, "safethird")]),
    one("third", &[(0, 5, "third")]),
    Written { short: Some((3, "us")), ..one("U.S.", &[(0, 4, "us")]) },
    one("US", &[(0, 2, "us")]),
    one("us", &[(0, 2, "us")]),
    one("5,000", &[(0, 5, "5000")]),
    one("5000", &[(0, 4, "5000")]),
    one("don’t", &[(0, 7, "dont")]),
    one("don't", &[(0, 5, "dont")]),
    Written { short: Some((9, "guatemala")), ..one("Guatemala's", &[(0, 11, "guatemalas")]) },
    Written { joined: Some("leau"), ..one("l'eau", &[(0, 1, "l"), (2, 5, "eau")]) },
    one("安全第三国", &[(0, 3, "安"), (3, 6, "全"), (6, 9, "第"), (9, 12, "三"), (12, 15, "国")]),
    one("第三", &[(0, 3, "第"), (3, 6, "三")]),
    one("安", &[(0, 3, "安")]),
    one("한국", &[(0, 3, "한"), (3, 6, "국")]),
    one("vivir", &[(0, 5, "vivir")]),
    one("vivio", &[(0, 5, "vivio")]),
    Written { stem: Some("es:viv"), ..one("vivió", &[(0, 6, "vivio")]) },
    Written { stem: Some("es:viv"), ..one("VIVIÓ", &[(0, 6, "vivio")]) },
    Written { stem: Some("tr:kız"), ..one("kızlar", &[(0, 7, "kizlar")]) },
    Written { stem: Some("tr:kız"), ..one("kız", &[(0, 4, "kiz")]) },
    one("гавань", &[(0, 12, "гавань")]),
    one("Гавань", &[(0, 12, "гавань")]),
];

/// Characters asked for as they are.
const LITERALS: &[&str] = &[
    "river",
    "Rivers",
    "iver",
    "Café",
    "cafe",
    "safe-third",
    "Safe\u{2011}Third",
    "third",
    "afe-th",
    "U.S.",
    "U.S",
    "US",
    "us",
    "5,000",
    "5",
    "don’t",
    "don",
    "Guatemala",
    "Guatemala's",
    "l'eau",
    "eau",
    "安全",
    "全第三",
    "安全第三国",
    "гавань",
    "river us",
    "third. ",
    ".",
    "Vale",
    "国",
];

const LANGS: [&str; 8] = ["en", "de", "fr", "zh", "ru", "es", "tr", ""];

/// A value of a metadata field and its words.
type Value = (&'static str, &'static [&'static str]);

const NAMES: [Value; 5] = [
    ("Élodie Marchand", &["elodie", "marchand"]),
    ("Vale Courier", &["vale", "courier"]),
    ("The Vale Courier and Post", &["the", "vale", "courier", "and", "post"]),
    ("Courier", &["courier"]),
    ("山田太郎", &["山", "田", "太", "郎"]),
];
const PATHS: [Value; 4] = [
    ("vale.example/2025/river", &["vale", "example", "2025", "river"]),
    ("vale.example/2024/cafe", &["vale", "example", "2024", "cafe"]),
    ("news.vale.example/river", &["news", "vale", "example", "river"]),
    ("tarn.example", &["tarn", "example"]),
];

const FIELDS: [&str; 9] =
    ["author", "source", "section", "tag", "agency", "publisher", "republisher", "licence", "url"];

/// Of these dates no day is known.
const MONTH: i8 = 28;
const YEAR: i8 = 29;

#[derive(Debug, Clone)]
struct Small {
    title: Vec<usize>,
    blocks: Vec<Vec<usize>>,
    lang: usize,
    /// What stands in each of `FIELDS`.
    values: Vec<Option<usize>>,
    /// Published, updated, fetched: a day of March 2025, or only that month, or only that year.
    days: [Option<i8>; 3],
    truncated: bool,
}

fn table(field: usize) -> &'static [Value] {
    if FIELDS[field] == "url" { &PATHS } else { &NAMES }
}

fn small() -> impl Strategy<Value = Small> {
    let pieces = |least, most| prop::collection::vec(0..WRITTEN.len(), least..most);
    (
        pieces(0, 4),
        prop::collection::vec(pieces(1, 7), 1..4),
        0..LANGS.len(),
        prop::collection::vec(prop::option::of(0..4usize), FIELDS.len()),
        prop::array::uniform3(prop::option::of(1..=YEAR)),
        any::<bool>(),
    )
        .prop_map(|(title, blocks, lang, values, days, truncated)| Small {
            title,
            blocks,
            lang,
            values,
            days,
            truncated,
        })
}

impl Small {
    fn said(pieces: &[usize]) -> String {
        pieces.iter().map(|at| WRITTEN[*at].surface).collect::<Vec<_>>().join(" ")
    }

    fn value(&self, field: &str) -> Option<Value> {
        let at = FIELDS.iter().position(|name| *name == field)?;
        self.values[at].map(|value| table(at)[value])
    }

    fn article(&self, number: usize) -> Article {
        let text: Vec<String> = self.blocks.iter().map(|block| Self::said(block) + ".").collect();
        let address = format!("https://small.example/{number}");
        let mut made = making::article(&address, &Self::said(&self.title), &text.join("\n\n"));
        let found = |field: &str| self.value(field).map(|v| Found { value: v.0.to_owned(), found: "test".to_owned() });
        let names = |field: &str| self.value(field).iter().map(|v| v.0.to_owned()).collect::<Vec<_>>();
        made.authors = names("author");
        made.source = found("source");
        made.section = self.value("section").map(|v| v.0.to_owned());
        made.tags = names("tag");
        made.url = self.value("url").map(|v| format!("https://www.{}", v.0));
        made.provenance.agencies = names("agency")
            .into_iter()
            .map(|name| Agency { name, role: AgencyRole::Origin, found: "test".to_owned() })
            .collect();
        made.provenance.original_publisher = found("publisher");
        made.provenance.republisher = found("republisher");
        made.provenance.licence = found("licence");
        made.language = Lang::parse(LANGS[self.lang]);
        let day = |at: usize| {
            self.days[at].map(|day| match day {
                MONTH => DateClaim { precision: Precision::Month, ..DateClaim::day(date(2025, 3, 1), "test") },
                YEAR => DateClaim { precision: Precision::Year, ..DateClaim::day(date(2025, 1, 1), "test") },
                day => DateClaim::day(date(2025, 3, day), "test"),
            })
        };
        (made.published, made.updated, made.fetched) = (day(0), day(1), day(2));
        made.flags.truncated = self.truncated;
        made
    }
}

#[derive(Debug, Clone)]
enum Ask {
    /// In quotes.
    Typed(usize),
    /// Without quotes: inflections too. Pieces of one ASCII word only.
    Inflected(usize),
    Prefix(&'static str),
    /// So often the beginning of a word.
    Often(&'static str, usize),
    Phrase(Vec<usize>),
    Near(usize, usize, usize, bool),
    /// A distance inside another: three pieces, two distances, whether each is in order, whether the inner one stands on the
    /// left.
    Nested([usize; 3], [usize; 2], [bool; 3]),
    /// A piece at a distance from one of two others, each in a field of `IN` or in none; whether in order.
    Fielded([usize; 3], [usize; 3], usize, bool),
    Same(usize, usize),
    Literal(&'static str),
    /// Literal text at a distance from a piece.
    Beside(&'static str, usize, usize, bool),
    InTitle(usize),
    InText(usize),
    Lead(usize),
    Key(usize, usize, usize, usize, bool),
    Any(usize),
    Lang(usize),
    Id(usize, bool),
    Flag,
    /// Which date, from, to, how it is written.
    Dates(usize, i8, i8, u8),
    And(Box<Ask>, Box<Ask>),
    Or(Box<Ask>, Box<Ask>),
    Not(Box<Ask>),
}

/// Fields that a piece may be looked for in: either, title, text, headline or first paragraph.
const IN: [&str; 4] = ["", "title:", "text:", "HLEAD"];

/// The field in which both can be looked for.
fn both(one: usize, other: usize) -> Option<usize> {
    match (one, other) {
        (0, field) | (field, 0) => Some(field),
        (1, 3) | (3, 1) => Some(1),
        (one, other) => (one == other).then_some(one),
    }
}

const PREFIXES: &[&str] = &["riv", "safe", "caf", "gua", "гав", "dri", "50", "th"];

fn ask() -> impl Strategy<Value = Ask> {
    let piece = || 0..WRITTEN.len();
    let plain = (0..WRITTEN.len()).prop_filter("one word", |at| {
        let letters = |c: char| c.is_ascii_alphabetic() || "óÓı".contains(c);
        WRITTEN[*at].words.len() == 1 && WRITTEN[*at].surface.chars().all(letters)
    });
    let leaf = prop_oneof![
        4 => piece().prop_map(Ask::Typed),
        3 => plain.prop_map(Ask::Inflected),
        1 => prop::sample::select(PREFIXES).prop_map(Ask::Prefix),
        2 => (prop::sample::select(PREFIXES), 2..4usize).prop_map(|(start, least)| Ask::Often(start, least)),
        4 => prop::collection::vec(piece(), 2..4).prop_map(Ask::Phrase),
        3 => (piece(), piece(), 1..5usize, any::<bool>()).prop_map(|(a, b, n, o)| Ask::Near(a, b, n, o)),
        3 => (prop::array::uniform3(piece()), prop::array::uniform2(1..6usize), prop::array::uniform3(any::<bool>()))
            .prop_map(|(pieces, distances, how)| Ask::Nested(pieces, distances, how)),
        3 => (prop::array::uniform3(piece()), prop::array::uniform3(0..IN.len()), 1..6usize, any::<bool>())
            .prop_filter("one field", |(_, [a, b, c], ..)| both(*a, *b).is_some() && both(*a, *c).is_some())
            .prop_map(|(pieces, fields, n, ordered)| Ask::Fielded(pieces, fields, n, ordered)),
        1 => (piece(), piece()).prop_map(|(a, b)| Ask::Same(a, b)),
        5 => prop::sample::select(LITERALS).prop_map(Ask::Literal),
        3 => (prop::sample::select(LITERALS), piece(), 1..4usize, any::<bool>())
            .prop_filter("words", |(text, ..)| text.chars().any(char::is_alphanumeric))
            .prop_map(|(text, piece, n, ordered)| Ask::Beside(text, piece, n, ordered)),
        1 => piece().prop_map(Ask::InTitle),
        1 => piece().prop_map(Ask::InText),
        1 => piece().prop_map(Ask::Lead),
        4 => (0..FIELDS.len(), 0..4usize, 0..5usize, 1..5usize, any::<bool>())
            .prop_map(|(field, value, from, count, prefix)| Ask::Key(field, value, from, count, prefix)),
        1 => (0..FIELDS.len()).prop_map(Ask::Any),
        1 => (0..LANGS.len() - 1).prop_map(Ask::Lang),
        1 => (0..4usize, any::<bool>()).prop_map(|(at, prefix)| Ask::Id(at, prefix)),
        1 => Just(Ask::Flag),
        4 => (0..3usize, 1i8..28, 1i8..28, 0..9u8).prop_map(|(which, a, b, how)| Ask::Dates(which, a.min(b), a.max(b), how)),
    ];
    leaf.prop_recursive(2, 6, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| Ask::And(Box::new(a), Box::new(b))),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| Ask::Or(Box::new(a), Box::new(b))),
            inner.prop_map(|a| Ask::Not(Box::new(a))),
        ]
    })
}

/// The words of a value that a condition asks for.
fn asked_words(field: usize, value: usize, from: usize, count: usize) -> &'static [&'static str] {
    let words = table(field)[value].1;
    let from = from.min(words.len() - 1);
    &words[from..(from + count).min(words.len())]
}

fn typed(ask: &Ask, ids: &[String]) -> String {
    let quoted = |at: &usize| format!("\"{}\"", WRITTEN[*at].surface);
    match ask {
        Ask::Typed(at) => quoted(at),
        Ask::Inflected(at) => WRITTEN[*at].surface.to_owned(),
        Ask::Prefix(start) => format!("{start}*"),
        Ask::Often(start, least) => format!("ATLEAST/{least}({start}*)"),
        Ask::Phrase(pieces) => format!("\"{}\"", Small::said(pieces)),
        Ask::Near(a, b, n, ordered) => {
            format!("({} {}/{n} {})", quoted(a), if *ordered { "PRE" } else { "NEAR" }, quoted(b))
        }
        Ask::Nested([a, b, c], [n, m], [inner, outer, left]) => {
            let name = |ordered: &bool| if *ordered { "PRE" } else { "NEAR" };
            let (pair, third) = (format!("({} {}/{n} {})", quoted(a), name(inner), quoted(b)), quoted(c));
            if *left {
                format!("({pair} {}/{m} {third})", name(outer))
            } else {
                format!("({third} {}/{m} {pair})", name(outer))
            }
        }
        Ask::Fielded(pieces, fields, n, ordered) => {
            let at = |i: usize| format!("{}({})", IN[fields[i]], quoted(&pieces[i]));
            format!("({} {}/{n} ({} OR {}))", at(0), if *ordered { "PRE" } else { "NEAR" }, at(1), at(2))
        }
        Ask::Same(a, b) => format!("({} SAME {})", quoted(a), quoted(b)),
        Ask::Literal(text) => format!("='{text}'"),
        Ask::Beside(text, at, n, ordered) => {
            format!("(='{text}' {}/{n} {})", if *ordered { "PRE" } else { "NEAR" }, quoted(at))
        }
        Ask::InTitle(at) => format!("title:{}", quoted(at)),
        Ask::InText(at) => format!("text:({})", quoted(at)),
        Ask::Lead(at) => format!("HLEAD({})", quoted(at)),
        Ask::Key(field, value, from, count, prefix) => {
            let words = asked_words(*field, *value, *from, *count).join(" ");
            if *prefix && !words.contains(' ') {
                format!("{}:{words}*", FIELDS[*field])
            } else {
                format!("{}:\"{words}\"", FIELDS[*field])
            }
        }
        Ask::Any(field) => format!("{}:*", FIELDS[*field]),
        Ask::Lang(at) => format!("lang:{}", LANGS[*at]),
        Ask::Id(at, true) => format!("id:{}*", &ids[*at % ids.len()][..6]),
        Ask::Id(at, false) => format!("id:{}", ids[*at % ids.len()]),
        Ask::Flag => "flag:truncated".to_owned(),
        Ask::Dates(which, from, to, how) => {
            let field = ["date", "updated", "fetched"][*which];
            let day = |day: &i8| format!("2025-03-{day:02}");
            match how {
                0 => format!("{field}:{}..{}", day(from), day(to)),
                1 => format!("{field}:{}", day(from)),
                2 => format!("{field}:2025-03"),
                3 => format!("{field}:{}..", day(from)),
                4 => format!("{field}:..{}", day(to)),
                5 => format!("since:{}", day(from)),
                6 => format!("before:{}", day(to)),
                7 => format!("{field}:2025"),
                _ => "since:2025".to_owned(),
            }
        }
        Ask::And(a, b) => format!("({} AND {})", typed(a, ids), typed(b, ids)),
        Ask::Or(a, b) => format!("({} OR {})", typed(a, ids), typed(b, ids)),
        Ask::Not(a) => format!("(* NOT ({}))", typed(a, ids)),
    }
}

// The naive scan.

type Run = (usize, usize);

/// The words of one place (a title, or a text), each with its block, and words that stand for several.
struct Words {
    words: Vec<(Vec<&'static str>, usize)>,
    joined: Vec<(Run, &'static str)>,
}

fn words(blocks: &[Vec<usize>]) -> Words {
    let mut out = Words { words: Vec::new(), joined: Vec::new() };
    for (block, pieces) in blocks.iter().enumerate() {
        for piece in pieces.iter().map(|at| &WRITTEN[*at]) {
            let start = out.words.len();
            for (_, _, word) in piece.words {
                let forms = piece.short.iter().map(|short| short.1).chain([*word]).chain(piece.stem);
                out.words.push((forms.collect(), block));
            }
            out.joined.extend(piece.joined.map(|joined| ((start, out.words.len()), joined)));
        }
    }
    out
}

impl Words {
    fn of(&self, test: &dyn Fn(&str) -> bool) -> BTreeSet<Run> {
        let single =
            (0..self.words.len()).filter(|at| self.words[*at].0.iter().any(|w| test(w))).map(|at| (at, at + 1));
        single.chain(self.joined.iter().filter(|(_, word)| test(word)).map(|(run, _)| *run)).collect()
    }

    /// Places of pieces in a row.
    fn row(&self, pieces: &[usize]) -> BTreeSet<Run> {
        let mut ends: Option<BTreeSet<Run>> = None;
        for piece in pieces.iter().map(|at| &WRITTEN[*at]) {
            let mut here: BTreeSet<Run> = piece.joined.map(|joined| self.of(&|w| w == joined)).unwrap_or_default();
            let mut parts: Option<BTreeSet<Run>> = None;
            for (_, _, word) in piece.words {
                parts = Some(self.then(parts, &self.of(&|w| w == *word)));
            }
            here.extend(parts.unwrap_or_default());
            ends = Some(self.then(ends, &here));
        }
        ends.unwrap_or_default()
    }

    fn then(&self, before: Option<BTreeSet<Run>>, next: &BTreeSet<Run>) -> BTreeSet<Run> {
        let Some(before) = before else { return next.clone() };
        let mut out = BTreeSet::new();
        for one in &before {
            for other in next {
                if one.1 == other.0 && self.words[one.1 - 1].1 == self.words[other.0].1 {
                    out.insert((one.0, other.1));
                }
            }
        }
        out
    }

    fn pairs(&self, a: usize, b: usize, fits: &dyn Fn(Run, Run) -> bool) -> bool {
        let (a, b) = (self.row(&[a]), self.row(&[b]));
        a.iter().any(|one| b.iter().any(|other| fits(*one, *other)))
    }

    /// Runs of one of `a` and one of `b` that are near enough: all of them.
    fn near(&self, a: &BTreeSet<Run>, b: &BTreeSet<Run>, distance: usize, ordered: bool) -> BTreeSet<Run> {
        let mut out = BTreeSet::new();
        for (one, other) in a.iter().flat_map(|one| b.iter().map(move |other| (*one, *other))) {
            for (first, second) in [(one, other), (other, one)].into_iter().take(if ordered { 1 } else { 2 }) {
                let apart = first.1 <= second.0;
                if apart && second.0 - first.1 + self.block(second.0) - self.block(first.1 - 1) < distance {
                    out.insert((first.0, second.1));
                }
            }
        }
        out
    }

    fn block(&self, at: usize) -> usize {
        self.words[at].1
    }
}

/// Where `wanted` stands in the blocks at the borders of words, as the words it touches; those of no word are at the
/// end.
fn literally(blocks: &[Vec<usize>], stop: &str, wanted: &str) -> BTreeSet<Run> {
    let mut out = BTreeSet::new();
    let mut first = 0;
    for pieces in blocks {
        let text = Small::said(pieces) + stop;
        let (mut inside, mut at) = (Vec::new(), 0);
        for piece in pieces.iter().map(|piece| &WRITTEN[*piece]) {
            for (from, to, _) in piece.words {
                inside.push((at + from, at + to, piece.short.map(|short| at + short.0)));
            }
            at += piece.surface.len() + 1;
        }
        for (start, found) in text.match_indices(wanted) {
            let end = start + found.len();
            let whole = inside.iter().all(|(from, to, short)| {
                let begins_inside = *from < start && start < *to;
                let ends_inside = *from < end && end < *to && *short != Some(end);
                !begins_inside && !ends_inside
            });
            if whole {
                let before = inside.iter().filter(|word| word.1 <= start).count();
                let touched = inside.iter().filter(|word| word.0 < end && start < word.1).count();
                out.insert((first + before, first + before + touched));
            }
        }
        first += inside.len();
    }
    out
}

/// How often words begin with `start`; a word within one that stands for several is no match of its own.
fn often(small: &Small, start: &str) -> usize {
    let outer = |words: Words| {
        let all = words.of(&|word| word.starts_with(start));
        let inside = |a: &Run| all.iter().any(|b| a != b && b.0 <= a.0 && a.1 <= b.1);
        all.iter().filter(|run| !inside(run)).count()
    };
    outer(words(std::slice::from_ref(&small.title))) + outer(words(&small.blocks))
}

fn answers(ask: &Ask, smalls: &[Small], number: usize, ids: &[String]) -> bool {
    let small = &smalls[number];
    let title = words(std::slice::from_ref(&small.title));
    let text = words(&small.blocks);
    let either = |test: &dyn Fn(&Words) -> bool| test(&title) || test(&text);
    match ask {
        Ask::Typed(at) => either(&|w| !w.row(&[*at]).is_empty()),
        Ask::Inflected(at) => {
            let lang = Lang::parse(LANGS[small.lang]);
            let lang = text::stem_language(lang.as_ref());
            let stem = |word: &str| lang.map_or_else(|| word.to_owned(), |lang| text::stem(lang, word).into_owned());
            let asked = WRITTEN[*at].words[0].2;
            let code = lang.map_or("", Lang::as_str);
            // A word with accents has the stem of what is written, and no other.
            let own = |forms: &[&'static str]| {
                let stems = forms.iter().filter_map(|form| form.split_once(':'));
                stems.filter(|(of, _)| *of == code).map(|(_, stem)| stem.to_owned()).next()
            };
            let mine = WRITTEN[*at].stem.and_then(|stem| own(&[stem]));
            let mut stems = vec![mine.unwrap_or_else(|| stem(asked))];
            // Typed without accents it stands for such words of the home, too.
            if WRITTEN[*at].surface.is_ascii() {
                let of_language = |other: &&Small| LANGS[other.lang] == code;
                for other in smalls.iter().filter(of_language) {
                    let both = [words(std::slice::from_ref(&other.title)), words(&other.blocks)];
                    let all = both.iter().flat_map(|place| &place.words);
                    stems.extend(all.filter(|(forms, _)| forms.contains(&asked)).filter_map(|(forms, _)| own(forms)));
                }
            }
            let has = |forms: &[&'static str]| {
                let plain = || forms.iter().filter(|form| !form.contains(':'));
                plain().any(|form| *form == asked)
                    || match own(forms) {
                        Some(own) => stems.contains(&own),
                        None => plain().any(|form| stems.contains(&stem(form))),
                    }
            };
            let joined = |w: &Words| w.joined.iter().any(|(_, word)| *word == asked || stems.contains(&stem(word)));
            either(&|w| w.words.iter().any(|(forms, _)| has(forms)) || joined(w))
        }
        Ask::Prefix(start) => either(&|w| !w.of(&|word| word.starts_with(start)).is_empty()),
        Ask::Often(start, least) => often(small, start) >= *least,
        Ask::Phrase(pieces) => either(&|w| !w.row(pieces).is_empty()),
        Ask::Near(a, b, n, ordered) => either(&|w| {
            w.pairs(*a, *b, &|one, other| {
                let near = |one: Run, other: Run| {
                    one.1 <= other.0 && other.0 - one.1 + w.block(other.0) - w.block(one.1 - 1) < *n
                };
                near(one, other) || !ordered && near(other, one)
            })
        }),
        Ask::Nested([a, b, c], [n, m], [inner, outer, left]) => either(&|w| {
            let (pair, third) = (w.near(&w.row(&[*a]), &w.row(&[*b]), *n, *inner), w.row(&[*c]));
            let taken: BTreeSet<usize> =
                [*a, *b].into_iter().flat_map(|piece| w.row(&[piece])).flat_map(|run| run.0..run.1).collect();
            // Between the words of the pair.
            let between = |run: &Run| {
                let free = (run.0..run.1).all(|at| !taken.contains(&at));
                free && pair.iter().any(|pair| pair.0 < run.0 && run.1 < pair.1)
            };
            let inside = !*outer && *n > 1 && third.iter().any(between);
            let (first, second) = if *left { (pair, third) } else { (third, pair) };
            inside || !w.near(&first, &second, *m, *outer).is_empty()
        }),
        Ask::Fielded(pieces, fields, n, ordered) => [1, 2].into_iter().any(|at| {
            let near = |w: &Words| w.near(&w.row(&[pieces[0]]), &w.row(&[pieces[at]]), *n, *ordered);
            let lead = || near(&text).iter().any(|run| text.block(run.0) == 0 && text.block(run.1 - 1) == 0);
            let in_title = !near(&title).is_empty();
            match both(fields[0], fields[at]) {
                Some(0) => in_title || !near(&text).is_empty(),
                Some(1) => in_title,
                Some(2) => !near(&text).is_empty(),
                Some(_) => in_title || lead(),
                None => false,
            }
        }),
        Ask::Same(a, b) => either(&|w| {
            w.pairs(*a, *b, &|one, other| {
                w.block(one.0) == w.block(other.1 - 1) && w.block(other.0) == w.block(one.1 - 1)
            })
        }),
        Ask::Literal(wanted) => {
            let title = literally(std::slice::from_ref(&small.title), "", wanted);
            !title.is_empty() || !literally(&small.blocks, ".", wanted).is_empty()
        }
        Ask::Beside(wanted, piece, n, ordered) => {
            let near = |words: &Words, literal: &BTreeSet<Run>| {
                let near = |one: Run, other: Run| {
                    one.1 <= other.0 && other.0 - one.1 + words.block(other.0) - words.block(one.1 - 1) < *n
                };
                let others = words.row(&[*piece]);
                literal
                    .iter()
                    .any(|one| others.iter().any(|other| near(*one, *other) || !ordered && near(*other, *one)))
            };
            near(&title, &literally(std::slice::from_ref(&small.title), "", wanted))
                || near(&text, &literally(&small.blocks, ".", wanted))
        }
        Ask::InTitle(at) => !title.row(&[*at]).is_empty(),
        Ask::InText(at) => !text.row(&[*at]).is_empty(),
        Ask::Lead(at) => !title.row(&[*at]).is_empty() || !words(&small.blocks[..1]).row(&[*at]).is_empty(),
        Ask::Key(field, value, from, count, prefix) => {
            let asked = asked_words(*field, *value, *from, *count);
            let Some((_, said)) = small.value(FIELDS[*field]) else { return false };
            let starts = *prefix && asked.len() == 1;
            // The address is also there without `www.`, which is a word of it all the same.
            said.windows(asked.len()).any(|run| if starts { run[0].starts_with(asked[0]) } else { run == asked })
                || FIELDS[*field] == "url" && starts && ["https", "www"].iter().any(|word| word.starts_with(asked[0]))
        }
        Ask::Any(field) => small.values[*field].is_some(),
        Ask::Lang(at) => small.lang == *at,
        Ask::Id(at, true) => ids[number].starts_with(&ids[*at % ids.len()][..6]),
        Ask::Id(at, false) => number == *at % ids.len(),
        Ask::Flag => small.truncated,
        Ask::Dates(which, from, to, how) => {
            let which = if matches!(how, 5 | 6 | 8) { 0 } else { *which };
            small.days[which].is_some_and(|day| match (how, day) {
                (7 | 8, _) => true,
                (_, YEAR) => false,
                (2, _) => true,
                // All of March is on or after its first day, and none of it before a day in it.
                (3 | 5, MONTH) => *from == 1,
                (_, MONTH) => false,
                (0, day) => (*from..=*to).contains(&day),
                (1, day) => day == *from,
                (3 | 5, day) => *from <= day,
                (4, day) => day <= *to,
                (_, day) => day < *to,
            })
        }
        Ask::And(a, b) => answers(a, smalls, number, ids) && answers(b, smalls, number, ids),
        Ask::Or(a, b) => answers(a, smalls, number, ids) || answers(b, smalls, number, ids),
        Ask::Not(a) => !answers(a, smalls, number, ids),
    }
}

#[test]
fn a_home_of_many_languages_agrees_with_a_naive_scan() {
    // 12 homes with 80 queries each; `NEWSDEX_CASES=2000` for a long run.
    let cases = std::env::var("NEWSDEX_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(12);
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    let homes = (prop::collection::vec(small(), 1..8), prop::collection::vec(ask(), 80));
    runner
        .run(&homes, |(smalls, asks)| {
            let home = tempfile::tempdir().unwrap();
            let articles: Vec<Article> = smalls.iter().enumerate().map(|(at, small)| small.article(at)).collect();
            let incoming = articles.iter().enumerate();
            let incoming = incoming.map(|(at, a)| making::incoming("small.txt", at as u64 + 1, a.clone())).collect();
            let mut writer = Writer::open(home.path(), "test").unwrap();
            writer.put(incoming).unwrap();
            drop(writer);
            let ids: Vec<String> = articles.iter().map(|article| article.id.to_string()).collect();
            let morgue = loop {
                // A process that another test is just starting holds a copy of our lock for a moment.
                match Morgue::open(home.path(), &OpenOptions::default()) {
                    Ok(morgue) if morgue.notes().is_empty() => break morgue,
                    Ok(_) => {}
                    Err(error) => assert_eq!(error.kind(), newsdex::ErrorKind::Locked, "{error}"),
                }
            };
            for ask in &asks {
                let typed = typed(ask, &ids);
                let read = query::parse(&typed, &query::Options::new(date(2025, 4, 1)));
                let read = read.map_err(|e| TestCaseError::fail(e.render(&typed)))?;
                let mut request = Request::new(read.clone(), Timestamp::MAX);
                request.limit = 100;
                let page = morgue.search(&request).map_err(|e| TestCaseError::fail(e.to_string()))?;
                let found: BTreeSet<String> = page.hits.iter().map(|hit| hit.article.id.to_string()).collect();
                let expected: BTreeSet<String> =
                    (0..smalls.len()).filter(|at| answers(ask, &smalls, *at, &ids)).map(|at| ids[at].clone()).collect();
                prop_assert_eq!(&found, &expected, "typed as {} ({:?})", typed, ask);
                prop_assert_eq!(page.total_articles as usize, expected.len());
                prop_assert_eq!(morgue.count(&read, Timestamp::MAX).unwrap() as usize, expected.len());
                for hit in &page.hits {
                    if let Ask::Prefix(start) | Ask::Often(start, _) = ask {
                        let number = ids.iter().position(|id| *id == hit.article.id.to_string()).unwrap();
                        let matches = hit.matches_in_article as usize;
                        prop_assert_eq!(matches, often(&smalls[number], start), "{}", typed);
                    }
                    let marks = hit.passages.iter().flat_map(|p| p.marks.iter().map(move |mark| (p, mark)));
                    let in_text = marks.map(|(passage, mark)| {
                        assert!(passage.span.contains(mark.span), "{typed}");
                        mark.span.of(&hit.article.text)
                    });
                    for said in in_text.chain(hit.title_marks.iter().map(|mark| mark.span.of(&hit.article.title))) {
                        prop_assert!(!said.is_empty());
                        if let Ask::Literal(wanted) = ask {
                            prop_assert_eq!(said, *wanted);
                        }
                    }
                }
            }
            Ok(())
        })
        .unwrap();
}
