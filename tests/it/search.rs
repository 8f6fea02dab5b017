//! Tests of search from outside.
//!
//! The heart is a naive scan: small random corpora are indexed in small batches, with changes and deletions between, and each of
//! many random queries must find just the articles that a plain reading of the words finds. The scan shares neither
//! code with the index nor the algebra of intervals: it knows words split at spaces and tries every combination. Of a
//! distance inside another it keeps every span.

mod homes;
mod mixed;
mod shown;

use std::collections::BTreeSet;

use jiff::Timestamp;
use newsdex::index::{Facet, Find, Index, Order, Reader};
use newsdex::model::*;
use newsdex::passage;
use newsdex::query::plan::{Cond, Leaf, Matcher, Plan, Scope, Spans};
use newsdex::query::{self, DateField, KeyField, Unit};
use newsdex::text;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

/// Few words, so that they meet. No two share a stem but the first three.
const WORDS: [&str; 9] = ["deport", "deported", "deports", "river", "stone", "harbour", "cloud", "minister", "grain"];

/// Blocks of sentences of words.
type Blocks = Vec<Vec<Vec<usize>>>;

#[derive(Debug, Clone)]
struct Small {
    title: Vec<usize>,
    blocks: Blocks,
    /// Whether the first block is a heading.
    headed: bool,
    german: bool,
    author: Option<usize>,
    day: Option<i8>,
    withdrawn: bool,
}

const AUTHORS: [&str; 3] = ["Mae Slater", "Ann Mae Horn", "Slater Quint"];

impl Small {
    fn article(&self, id: u64) -> Article {
        let word = |index: &usize| WORDS[*index];
        let mut out = String::new();
        let mut blocks = Vec::new();
        for sentences in &self.blocks {
            if !out.is_empty() {
                out.push_str("\n\n");
            }
            let start = out.len();
            let said: Vec<String> = sentences
                .iter()
                .map(|words| {
                    let mut said = words.iter().map(word).collect::<Vec<_>>().join(" ");
                    said[..1].make_ascii_uppercase();
                    said + "."
                })
                .collect();
            out.push_str(&said.join(" "));
            let kind = if self.headed && start == 0 { BlockKind::Heading } else { BlockKind::Paragraph };
            blocks.push(Block { kind, span: Span::new(start, out.len()) });
        }
        Article {
            id: ArticleId::from_stored(format!("{id:016x}")),
            title: self.title.iter().map(word).collect::<Vec<_>>().join(" "),
            authors: self.author.iter().map(|a| AUTHORS[*a].to_owned()).collect(),
            published: self.day.map(|day| DateClaim::day(jiff::civil::date(2026, 3, day), "test")),
            updated: None,
            fetched: None,
            embargo: None,
            language: Lang::parse(if self.german { "de" } else { "en" }),
            url: None,
            source: None,
            section: None,
            tags: Vec::new(),
            text: out,
            blocks,
            removed: Vec::new(),
            provenance: Provenance::default(),
            flags: Flags { withdrawn: self.withdrawn, ..Flags::default() },
            notes: Vec::new(),
        }
    }
}

impl Small {
    /// The block that is the first paragraph.
    fn lead(&self) -> usize {
        usize::from(self.headed && self.blocks.len() > 1)
    }
}

fn words(most: usize) -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(0..WORDS.len(), 1..=most)
}

fn small() -> impl Strategy<Value = Small> {
    (
        prop::collection::vec(0..WORDS.len(), 0..4),
        prop::collection::vec(prop::collection::vec(words(6), 1..3), 1..3),
        prop::bool::weighted(0.2),
        prop::option::of(0..AUTHORS.len()),
        prop::option::of(1i8..28),
        (prop::bool::weighted(0.1), prop::bool::weighted(0.3)),
    )
        .prop_map(|(title, blocks, german, author, day, (withdrawn, headed))| Small {
            title,
            blocks,
            headed,
            german,
            author,
            day,
            withdrawn,
        })
}

/// A word of a query: which, and how it is matched.
#[derive(Debug, Clone, Copy, PartialEq)]
enum How {
    Exact,
    Inflected,
    Prefix,
    Fuzzy,
    /// Its first two letters, anything, its last letter.
    Infix,
    /// Any letter for its third.
    Question,
    /// What `Infix` is, as a regular expression.
    Regex,
}

impl How {
    fn pattern(self, word: &str) -> String {
        match self {
            How::Prefix => format!("{}*", &word[..4]),
            How::Infix => format!("{}*{}", &word[..2], &word[word.len() - 1..]),
            How::Question => format!("{}?{}", &word[..2], &word[3..]),
            How::Regex => format!("{}.*{}", &word[..2], &word[word.len() - 1..]),
            How::Exact | How::Inflected | How::Fuzzy => word.to_owned(),
        }
    }
}

#[derive(Debug, Clone)]
enum Ask {
    Word(usize, How),
    Seq(Vec<Ask>),
    /// Two words with so many others between.
    Apart(usize, u32, usize),
    Near(Vec<Ask>, u32, bool),
    Within(Vec<Ask>, Unit),
    Any(Vec<Ask>),
}

#[derive(Debug, Clone)]
enum Want {
    All,
    Spans(Ask, Scope, u32),
    Author(&'static str, bool),
    Dates(i8, i8),
    Words(u64, u64),
    And(Vec<Want>),
    Or(Vec<Want>),
    Not(Box<Want>),
}

fn word() -> impl Strategy<Value = Ask> {
    let how = prop_oneof![
        6 => Just(How::Exact),
        4 => Just(How::Inflected),
        2 => Just(How::Prefix),
        2 => Just(How::Fuzzy),
        1 => Just(How::Infix),
        1 => Just(How::Question),
        1 => Just(How::Regex),
    ];
    (0..WORDS.len(), how).prop_map(|(word, how)| Ask::Word(word, how))
}

fn ask() -> impl Strategy<Value = Ask> {
    let plain = || {
        prop_oneof![
            4 => word(),
            3 => prop::collection::vec(word(), 2..3).prop_map(Ask::Any),
            1 => prop::collection::vec(word(), 2..3).prop_map(Ask::Seq),
        ]
    };
    let flat = prop_oneof![
        3 => word(),
        1 => (0..WORDS.len(), 1u32..3, 0..WORDS.len()).prop_map(|(a, n, b)| Ask::Apart(a, n, b)),
        3 => prop::collection::vec(plain(), 2..4).prop_map(Ask::Seq),
        2 => (prop::collection::vec(plain(), 2..3), 1u32..5, any::<bool>()).prop_map(|(a, d, o)| Ask::Near(a, d, o)),
        2 => (prop::collection::vec(plain(), 2..4), prop_oneof![Just(Unit::Sentence), Just(Unit::Paragraph)])
            .prop_map(|(a, u)| Ask::Within(a, u)),
        1 => prop::collection::vec(word(), 2..4).prop_map(Ask::Any),
    ];
    // Distances and units inside one another.
    flat.prop_recursive(3, 8, 2, |inner| {
        prop_oneof![
            4 => (prop::collection::vec(inner.clone(), 2), 1u32..6, any::<bool>())
                .prop_map(|(a, d, o)| Ask::Near(a, d, o)),
            1 => (prop::collection::vec(inner.clone(), 2), prop_oneof![Just(Unit::Sentence), Just(Unit::Paragraph)])
                .prop_map(|(a, u)| Ask::Within(a, u)),
            1 => prop::collection::vec(inner, 2).prop_map(Ask::Any),
        ]
    })
}

fn want() -> impl Strategy<Value = Want> {
    let scope = prop_oneof![
        4 => Just(Scope::Either),
        1 => Just(Scope::Title),
        1 => Just(Scope::Text),
        1 => Just(Scope::Headline)
    ];
    let leaf = prop_oneof![
        8 => (ask(), scope).prop_map(|(ask, scope)| Want::Spans(ask, scope, 1)),
        1 => (word(), 2u32..4).prop_map(|(ask, least)| Want::Spans(ask, Scope::Either, least)),
        1 => (prop_oneof![Just("mae slater"), Just("slater"), Just("mae"), Just("slater mae"), Just("")], any::<bool>())
            .prop_map(|(name, prefix)| Want::Author(name, prefix && !name.is_empty())),
        1 => (1i8..28, 1i8..28).prop_map(|(a, b)| Want::Dates(a.min(b), a.max(b))),
        1 => (0u64..20, 0u64..20).prop_map(|(a, b)| Want::Words(a.min(b), a.max(b))),
        1 => Just(Want::All),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Want::And),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Want::Or),
            inner.prop_map(|want| Want::Not(Box::new(want))),
        ]
    })
}

// The query as a plan.

fn spans(ask: &Ask, leaves: &mut Vec<Leaf>) -> Spans {
    let mut all = |asks: &[Ask]| asks.iter().map(|ask| spans(ask, leaves)).collect::<Vec<_>>();
    match ask {
        Ask::Word(word, how) => {
            let word = WORDS[*word];
            let matcher = match how {
                How::Exact => Matcher::Exact(word.to_owned()),
                How::Inflected => Matcher::Inflected {
                    exact: word.to_owned(),
                    stems: text::languages().iter().map(|l| (l.clone(), text::stem(l, word).into_owned())).collect(),
                    bare: false,
                    also: Vec::new(),
                },
                How::Prefix | How::Infix | How::Question => Matcher::Wildcard(how.pattern(word)),
                How::Regex => Matcher::Regex(how.pattern(word)),
                How::Fuzzy => Matcher::Fuzzy { term: word.to_owned(), distance: 1 },
            };
            leaves.push(Leaf { matcher, typed: word.to_owned(), span: Span::new(0, 1) });
            Spans::Leaf(leaves.len() - 1)
        }
        Ask::Seq(asks) => Spans::Seq(all(asks)),
        Ask::Apart(a, words, b) => {
            let mut exact = |word: &usize| spans(&Ask::Word(*word, How::Exact), leaves);
            Spans::Seq(vec![exact(a), Spans::Gap(*words), exact(b)])
        }
        Ask::Near(asks, distance, ordered) => Spans::Near { items: all(asks), distance: *distance, ordered: *ordered },
        Ask::Within(asks, unit) => Spans::Within { unit: *unit, items: all(asks) },
        Ask::Any(asks) => Spans::Any(all(asks)),
    }
}

fn cond(want: &Want, leaves: &mut Vec<Leaf>) -> Cond {
    match want {
        Want::All => Cond::All,
        Want::Spans(ask, scope, least) => Cond::Spans { spans: spans(ask, leaves), scope: *scope, at_least: *least },
        Want::Author(name, prefix) => Cond::Key { field: KeyField::Author, value: (*name).to_owned(), prefix: *prefix },
        Want::Dates(from, to) => Cond::Dates {
            field: DateField::Published,
            from: Some(jiff::civil::date(2026, 3, *from)),
            to: Some(jiff::civil::date(2026, 3, *to)),
        },
        Want::Words(from, to) => Cond::Words { from: Some(*from), to: Some(*to) },
        Want::And(wants) => Cond::And(wants.iter().map(|w| cond(w, leaves)).collect()),
        Want::Or(wants) => Cond::Or(wants.iter().map(|w| cond(w, leaves)).collect()),
        Want::Not(want) => Cond::Not(Box::new(cond(want, leaves))),
    }
}

fn plan(want: &Want) -> Plan {
    let mut leaves = Vec::new();
    let root = cond(want, &mut leaves);
    Plan { root, leaves, needs_text: false }
}

// The query as a person types it.

fn typed_ask(ask: &Ask) -> String {
    let joined = |asks: &[Ask], by: &str| {
        let mut parts = asks.iter().map(typed_ask);
        let first = parts.next().unwrap_or_default();
        // Chains of operators are read from left to right.
        format!("({})", parts.fold(first, |left, right| format!("{left} {by} {right}")))
    };
    match ask {
        Ask::Word(word, how) => match how {
            How::Exact => format!("\"{}\"", WORDS[*word]),
            How::Fuzzy => format!("{}~1", WORDS[*word]),
            How::Regex => format!("/{}/", how.pattern(WORDS[*word])),
            _ => how.pattern(WORDS[*word]),
        },
        Ask::Apart(a, words, b) => {
            format!("\"{} {}{}\"", WORDS[*a], "* ".repeat(*words as usize), WORDS[*b])
        }
        // What is one word apart and in order is a phrase.
        Ask::Seq(asks) => joined(asks, "PRE/1"),
        Ask::Near(asks, distance, true) => joined(asks, &format!("PRE/{distance}")),
        Ask::Near(asks, distance, false) => joined(asks, &format!("NEAR/{distance}")),
        Ask::Within(asks, Unit::Sentence) => joined(asks, "SENT"),
        Ask::Within(asks, Unit::Paragraph) => joined(asks, "SAME"),
        Ask::Any(asks) => joined(asks, "OR"),
    }
}

/// `None` for the few that have no simple form.
fn typed(want: &Want) -> Option<String> {
    let joined = |wants: &[Want], by: &str| {
        let parts = wants.iter().map(typed).collect::<Option<Vec<_>>>()?;
        Some(format!("({})", parts.join(by)))
    };
    Some(match want {
        Want::All => "*".to_owned(),
        Want::Spans(ask, scope, least) => {
            let said = typed_ask(ask);
            let said = if *least > 1 { format!("ATLEAST/{least}({said})") } else { said };
            match scope {
                Scope::Either => said,
                Scope::Title => format!("title:({said})"),
                Scope::Text => format!("text:({said})"),
                Scope::Headline => format!("HLEAD({said})"),
            }
        }
        Want::Author("", _) => return None,
        Want::Author(name, true) if name.contains(' ') => return None,
        Want::Author(name, true) => format!("author:{name}*"),
        Want::Author(name, false) => format!("author:\"{name}\""),
        Want::Dates(from, to) => format!("date:2026-03-{from:02}..2026-03-{to:02}"),
        Want::Words(from, to) => format!("words:{from}..{to}"),
        Want::And(wants) => joined(wants, " AND ")?,
        Want::Or(wants) => joined(wants, " OR ")?,
        Want::Not(want) => format!("(* NOT ({}))", typed(want)?),
    })
}

// The naive scan.

/// A word of a text: which, and in which block and sentence.
#[derive(Clone, Copy)]
struct Place {
    word: usize,
    block: usize,
    sentence: usize,
}

fn title_places(small: &Small) -> Vec<Place> {
    small.title.iter().map(|word| Place { word: *word, block: 0, sentence: 0 }).collect()
}

fn text_places(small: &Small) -> Vec<Place> {
    let mut out = Vec::new();
    let mut number = 0;
    for (block, sentences) in small.blocks.iter().enumerate() {
        for words in sentences {
            out.extend(words.iter().map(|word| Place { word: *word, block, sentence: number }));
            number += 1;
        }
    }
    out
}

fn edits(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<_>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row.push(change.min(rows[i - 1][j] + 1).min(row[j - 1] + 1));
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

fn matches(word: usize, asked: usize, how: How, german: bool) -> bool {
    match how {
        How::Exact => word == asked,
        // In English the first three share a stem; in German `deport` and `deports` do, where `s` is an ending.
        How::Inflected => {
            let lang = Lang::parse(if german { "de" } else { "en" }).unwrap();
            word == asked || text::stem(&lang, WORDS[word]) == text::stem(&lang, WORDS[asked])
        }
        How::Prefix => WORDS[word].starts_with(&WORDS[asked][..4]),
        How::Infix | How::Regex => {
            let (word, asked) = (WORDS[word], WORDS[asked]);
            word.starts_with(&asked[..2]) && word.ends_with(&asked[asked.len() - 1..])
        }
        How::Question => {
            let (word, asked) = (WORDS[word].as_bytes(), WORDS[asked].as_bytes());
            word.len() == asked.len() && (0..word.len()).all(|at| at == 2 || word[at] == asked[at])
        }
        How::Fuzzy => edits(WORDS[word], WORDS[asked]) <= 1,
    }
}

/// Whether a run that answers may have other words in it.
fn loose(ask: &Ask) -> bool {
    match ask {
        Ask::Within(..) => true,
        Ask::Near(asks, distance, _) => *distance > 1 || asks.iter().any(loose),
        Ask::Any(asks) => asks.iter().any(loose),
        _ => false,
    }
}

/// The runs of the words and phrases that distances and units are made of.
fn parts(ask: &Ask, places: &[Place], german: bool) -> BTreeSet<(usize, usize)> {
    match ask {
        Ask::Near(asks, ..) | Ask::Within(asks, _) | Ask::Any(asks) if loose(ask) => {
            asks.iter().flat_map(|ask| parts(ask, places, german)).collect()
        }
        other => runs(other, places, german),
    }
}

/// All runs `start..end` of words that answer `ask`, not only the least ones.
fn runs(ask: &Ask, places: &[Place], german: bool) -> BTreeSet<(usize, usize)> {
    let each = |asks: &[Ask]| asks.iter().map(|a| runs(a, places, german)).collect::<Vec<_>>();
    match ask {
        Ask::Word(word, how) => (0..places.len())
            .filter(|at| matches(places[*at].word, *word, *how, german))
            .map(|at| (at, at + 1))
            .collect(),
        Ask::Any(asks) => each(asks).into_iter().flatten().collect(),
        Ask::Seq(asks) => {
            let mut found = BTreeSet::new();
            choose(&each(asks), &mut Vec::new(), &mut |picked| {
                let joins = |two: &[(usize, usize)]| {
                    two[0].1 == two[1].0 && places[two[0].1 - 1].block == places[two[1].0].block
                };
                if picked.windows(2).all(joins) {
                    found.insert((picked[0].0, picked[picked.len() - 1].1));
                }
            });
            found
        }
        Ask::Apart(a, words, b) => {
            let joins = |at: &usize| {
                let other = at + *words as usize + 1;
                let fits = |at: usize, word: usize| places.get(at).is_some_and(|place| place.word == word);
                fits(*at, *a) && fits(other, *b) && places[*at].block == places[other].block
            };
            (0..places.len()).filter(joins).map(|at| (at, at + *words as usize + 2)).collect()
        }
        Ask::Near(asks, distance, ordered) => {
            let mut found = BTreeSet::new();
            choose(&each(asks), &mut Vec::new(), &mut |picked| {
                let mut sorted = picked.to_vec();
                sorted.sort_unstable();
                if *ordered && sorted != picked || sorted.windows(2).any(|two| two[0].1 > two[1].0) {
                    return;
                }
                // A block border counts as a word.
                let gaps: usize = sorted
                    .windows(2)
                    .map(|two| two[1].0 - two[0].1 + places[two[1].0].block - places[two[0].1 - 1].block)
                    .sum();
                if gaps < *distance as usize {
                    found.insert((sorted[0].0, sorted[sorted.len() - 1].1));
                }
            });
            // One between the words of the other.
            if let ([a, b], false) = (&asks[..], ordered) {
                for (outer, inner) in [(a, b), (b, a)].into_iter().filter(|(outer, _)| loose(outer)) {
                    let taken: BTreeSet<usize> =
                        parts(outer, places, german).into_iter().flat_map(|run| run.0..run.1).collect();
                    let inner = runs(inner, places, german);
                    let holds = |outer: &(usize, usize)| {
                        inner.iter().any(|run| {
                            outer.0 < run.0 && run.1 < outer.1 && (run.0..run.1).all(|at| !taken.contains(&at))
                        })
                    };
                    found.extend(runs(outer, places, german).into_iter().filter(holds));
                }
            }
            found
        }
        Ask::Within(asks, unit) => {
            let mut found = BTreeSet::new();
            choose(&each(asks), &mut Vec::new(), &mut |picked| {
                let unit_of = |at: usize| match unit {
                    Unit::Sentence => places[at].sentence,
                    Unit::Paragraph => places[at].block,
                };
                let first = picked.iter().map(|run| run.0).min().unwrap();
                let last = picked.iter().map(|run| run.1).max().unwrap();
                if unit_of(first) == unit_of(last - 1) {
                    found.insert((first, last));
                }
            });
            found
        }
    }
}

/// Words `start..end`.
type Run = (usize, usize);

fn choose(lists: &[BTreeSet<Run>], picked: &mut Vec<Run>, visit: &mut dyn FnMut(&[Run])) {
    match lists.get(picked.len()) {
        None => visit(picked),
        Some(list) => {
            for run in list {
                picked.push(*run);
                choose(lists, picked, visit);
                picked.pop();
            }
        }
    }
}

fn answers(want: &Want, small: &Small) -> bool {
    match want {
        Want::All => true,
        Want::Spans(ask, scope, least) => {
            let title = runs(ask, &title_places(small), small.german);
            let places = text_places(small);
            let text = runs(ask, &places, small.german);
            let lead = |at: usize| places[at].block == small.lead();
            let first: BTreeSet<_> = text.iter().filter(|run| lead(run.0) && lead(run.1 - 1)).copied().collect();
            let count = match scope {
                Scope::Either => title.len() + text.len(),
                Scope::Title => title.len(),
                Scope::Text => text.len(),
                Scope::Headline => title.len() + first.len(),
            };
            count >= *least as usize
        }
        Want::Author(name, prefix) => {
            let Some(author) = small.author else { return false };
            let author = AUTHORS[author].to_lowercase();
            let padded = format!(" {author} ");
            let asked = if *prefix { format!(" {name}") } else { format!(" {name} ") };
            name.is_empty() || padded.contains(&asked)
        }
        Want::Dates(from, to) => small.day.is_some_and(|day| *from <= day && day <= *to),
        Want::Words(from, to) => {
            let count: usize = small.blocks.iter().flatten().map(Vec::len).sum();
            (*from..=*to).contains(&(count as u64))
        }
        Want::And(wants) => wants.iter().all(|want| answers(want, small)),
        Want::Or(wants) => wants.iter().any(|want| answers(want, small)),
        Want::Not(want) => !answers(want, small),
    }
}

fn found(reader: &Reader, plan: &Plan, order: Order) -> Vec<u64> {
    let find = Find { order, limit: 1000, ..Find::default() };
    let found = reader.find(plan, &find).unwrap();
    assert_eq!(found.total as usize, found.rows.len());
    // In pieces it is the same list.
    let mut pieces = Vec::new();
    let mut after = None;
    loop {
        let piece = reader.find(plan, &Find { limit: 2, after, ..find.clone() }).unwrap();
        assert_eq!(piece.total, found.total);
        let Some(last) = piece.rows.last() else { break };
        after = Some(last.place);
        pieces.extend(piece.rows);
    }
    assert_eq!(pieces, found.rows);
    found.rows.iter().map(|row| row.key).collect()
}

/// Indexes the articles in batches of `batch`, with everything put once before as something else where `churn`.
fn filled(smalls: &[Small], batch: usize, churn: bool) -> (tempfile::TempDir, Reader) {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::open(dir.path()).unwrap().index;
    // A process that another test is just starting holds a copy of our lock for a moment.
    let mut writer = loop {
        match index.writer(20_000_000) {
            Ok(writer) => break writer,
            Err(error) => assert_eq!(error.kind(), newsdex::ErrorKind::Locked, "{error}"),
        }
    };
    let mut revision = 0;
    if churn {
        for (at, small) in smalls.iter().rev().enumerate() {
            writer.put(at as u64 + 1, &small.article(at as u64 + 1)).unwrap();
        }
        writer.put(1000, &smalls[0].article(1000)).unwrap();
        revision += 1;
        writer.commit(Revision(revision)).unwrap();
        writer.delete(1000).unwrap();
    }
    for (number, some) in smalls.chunks(batch).enumerate() {
        for (at, small) in some.iter().enumerate() {
            let key = (number * batch + at + 1) as u64;
            writer.put(key, &small.article(key)).unwrap();
        }
        revision += 1;
        writer.commit(Revision(revision)).unwrap();
    }
    let reader = index.reader().unwrap();
    (dir, reader)
}

#[test]
fn the_index_agrees_with_a_naive_scan() {
    // 40 corpora with 60 queries each; `NEWSDEX_CASES=2000` for a long run.
    let cases = std::env::var("NEWSDEX_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(40);
    let as_typed = std::cell::Cell::new(0u64);
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    let corpora = (prop::collection::vec(small(), 1..9), 2usize..9, any::<bool>(), prop::collection::vec(want(), 60));
    runner
        .run(&corpora, |(smalls, batch, churn, wants)| {
            let (_dir, reader) = filled(&smalls, batch, churn);
            let articles: Vec<Article> =
                smalls.iter().enumerate().map(|(at, small)| small.article(at as u64 + 1)).collect();
            for want in &wants {
                let plan = plan(want);
                let expected: BTreeSet<u64> = (0..smalls.len())
                    .filter(|at| !smalls[*at].withdrawn && answers(want, &smalls[*at]))
                    .map(|at| at as u64 + 1)
                    .collect();
                let keys = found(&reader, &plan, Order::Relevance);
                prop_assert_eq!(&keys.iter().copied().collect::<BTreeSet<_>>(), &expected, "{:?}", want);
                if let Some(typed) = typed(want) {
                    let read = query::parse(&typed, &query::Options::new(jiff::civil::date(2026, 4, 1)));
                    let read = read.map_err(|e| TestCaseError::fail(e.render(&typed)))?;
                    let keys: BTreeSet<u64> =
                        found(&reader, &query::plan(&read), Order::Relevance).into_iter().collect();
                    prop_assert_eq!(&keys, &expected, "typed as {}", typed);
                    as_typed.set(as_typed.get() + 1);
                }
                for order in [Order::Newest, Order::Oldest] {
                    let dated = found(&reader, &plan, order);
                    prop_assert_eq!(dated.len(), keys.len());
                    let days: Vec<i8> = dated.iter().filter_map(|key| smalls[*key as usize - 1].day).collect();
                    let newest = order == Order::Newest;
                    let sorted = days.is_sorted_by(|a, b| if newest { a >= b } else { a <= b });
                    prop_assert!(sorted, "{:?}", days);
                    let missing = dated.iter().skip_while(|key| smalls[**key as usize - 1].day.is_some());
                    prop_assert!(missing.into_iter().all(|key| smalls[*key as usize - 1].day.is_none()));
                }
                let by_author: u64 =
                    reader.counts(&plan, Facet::Author, Timestamp::MAX, None).unwrap().iter().map(|c| c.articles).sum();
                prop_assert_eq!(by_author as usize, keys.len());
                for key in keys {
                    let article = &articles[key as usize - 1];
                    let answer = passage::choose(article, &plan, &passage::Options::default());
                    prop_assert!(answer.holds, "the text does not bear out {:?}", want);
                    marks_are_true(article, &plan, &answer)?;
                }
            }
            Ok(())
        })
        .unwrap();
    assert!(as_typed.get() > u64::from(cases) * 40, "only {} of the queries were typed", as_typed.get());
}

/// Each mark stands on characters of the text, inside its passage, and begins with a word that some leaf matches.
fn marks_are_true(article: &Article, plan: &Plan, answer: &passage::Answer) -> Result<(), TestCaseError> {
    let tests: Vec<_> = plan.leaves.iter().map(|leaf| leaf.matcher.compile().unwrap()).collect();
    let check = |text: &str, mark: &Mark| {
        let said = mark.span.of(text).to_lowercase();
        let first = said.split([' ', '.']).next().unwrap_or("").to_owned();
        let matched = tests.iter().any(|test| test.matches(&first, article.language.as_ref()));
        prop_assert!(matched, "`{}` is marked in `{}`", said, text);
        Ok(())
    };
    for mark in &answer.title_marks {
        check(&article.title, mark)?;
    }
    for passage in &answer.passages {
        for mark in &passage.marks {
            prop_assert!(passage.span.contains(mark.span));
            check(&article.text, mark)?;
        }
    }
    Ok(())
}

#[test]
fn segments_and_merges_change_nothing() {
    let mut runner = TestRunner::new(Config { cases: 6, failure_persistence: None, ..Config::default() });
    let corpora = (prop::collection::vec(small(), 6..30), prop::collection::vec(want(), 20));
    runner
        .run(&corpora, |(smalls, wants)| {
            let (_one, whole) = filled(&smalls, 100, false);
            let (_two, pieces) = filled(&smalls, 2, false);
            let (_three, churned) = filled(&smalls, 3, true);
            for want in &wants {
                let plan = plan(want);
                let rows = |reader: &Reader| {
                    let found = reader.find(&plan, &Find { limit: 100, ..Find::default() }).unwrap();
                    found.rows.iter().map(|row| (row.key, row.score.to_bits())).collect::<Vec<_>>()
                };
                prop_assert_eq!(rows(&whole), rows(&pieces), "{:?}", want);
                prop_assert_eq!(rows(&whole), rows(&churned), "{:?}", want);
            }
            Ok(())
        })
        .unwrap();
}
