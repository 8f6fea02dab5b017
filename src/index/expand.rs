//! What a leaf of a query matches, as terms of the dictionary.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;

use super::reader::{KEYS, Reader, Segment};
use super::schema::{JOINED, STEM, pack_lang};
use crate::error::{Error, ErrorKind, Result};
use crate::model::Lang;
use crate::query::matcher::{Automaton, Compiled, MAX_EXPANSIONS, State};
use crate::query::plan::Matcher;

/// Most different words a pattern stands for. Beyond, the most frequent ones are taken and a note says so.
pub(super) const MOST_WORDS: usize = MAX_EXPANSIONS;

/// A term of the dictionary.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    /// The folded word.
    pub(super) word: String,
    /// Positions it covers.
    pub(super) length: u32,
    /// Only where its stem is that of what is written, which stands beside it.
    pub(super) written: bool,
    /// The languages of the articles in which it counts; all if `None`.
    pub(super) langs: Option<Arc<[u64]>>,
}

/// Where a term was found.
pub(super) struct Located {
    /// Index into [`Terms::wanted`].
    pub(super) wanted: usize,
    /// 0 title, 1 text, 2 keys.
    pub(super) field: usize,
    pub(super) info: TermInfo,
    /// Articles that are alive.
    articles: u64,
}

/// The terms of one leaf.
pub(super) struct Terms {
    pub(super) wanted: Vec<Wanted>,
    /// For each segment.
    pub(super) found: Vec<Vec<Located>>,
    /// How often each term is in an article, added up, for title, text and keys: at least as many as there are articles.
    df: [u64; 3],
    /// Articles with any of the terms, once [`settle`](Self::settle) has counted them.
    pub(super) articles: u64,
    /// How many words there were before the limit, if there were too many.
    pub(super) cut: Option<usize>,
}

impl Wanted {
    fn plain(word: &str) -> Self {
        Self { word: word.to_owned(), length: 1, written: false, langs: None }
    }

    pub(super) fn key(&self) -> Vec<u8> {
        let mut key = self.word.clone().into_bytes();
        if self.length > 1 || self.written {
            key.extend([JOINED, self.length as u8]);
        }
        key
    }

    /// A term of the dictionary; `None` for those that are no words.
    fn read(key: &[u8]) -> Option<Self> {
        if key.first().is_none_or(|first| *first < b' ') {
            return None;
        }
        let (word, length, written) = match key {
            [word @ .., JOINED, length] => (word, u32::from(*length), *length == 1),
            word => (word, 1, false),
        };
        Some(Self { word: std::str::from_utf8(word).ok()?.to_owned(), length, written, langs: None })
    }
}

/// Forms that add less than this share to the articles of the most frequent one are counted as if in other articles.
const FEW: u64 = 50;

impl Terms {
    /// Counts the articles that hold any of the terms in a field, for the field with more of them.
    ///
    /// A word is as rare as the articles that have it in some form. Adding up the forms would count most articles twice or
    /// three times, as one that says `deported` says `deportation` too, and make a word with many forms look common.
    pub(super) fn settle(&mut self, reader: &Reader) -> Result<()> {
        let mut most = 0;
        for field in [1, 0] {
            // What the forms add up to is a bound: titles are seldom worth a count.
            if self.df[field] > most {
                most = most.max(self.together(reader, field)?);
            }
        }
        self.articles = most;
        Ok(())
    }

    fn together(&self, reader: &Reader, field: usize) -> Result<u64> {
        let mut each = vec![0; self.wanted.len()];
        for found in self.found.iter().flatten().filter(|found| found.field == field) {
            each[found.wanted] += found.articles;
        }
        let most = each.iter().copied().max().unwrap_or(0);
        if (each.iter().sum::<u64>() - most) * FEW <= most {
            return Ok(self.df[field]);
        }
        let (mut count, mut holders) = (0, Vec::new());
        for (segment, found) in reader.segments().iter().zip(&self.found) {
            holders.clear();
            holders.resize(segment.max_doc().div_ceil(64) as usize, 0u64);
            for found in found.iter().filter(|found| found.field == field) {
                each_block(reader, segment, field, &found.info, |docs| {
                    docs.iter().for_each(|doc| holders[(doc / 64) as usize] |= 1 << (doc % 64));
                })?;
            }
            if segment.reader.has_deletes() {
                let alive = (0..segment.max_doc()).filter(|doc| holders[(doc / 64) as usize] >> (doc % 64) & 1 == 1);
                count += alive.filter(|doc| segment.is_alive(*doc)).count() as u64;
            } else {
                count += holders.iter().map(|some| u64::from(some.count_ones())).sum::<u64>();
            }
        }
        Ok(count)
    }
}

/// The terms that `matcher` stands for.
pub(super) fn leaf(reader: &Reader, matcher: &Matcher) -> Result<Terms> {
    let compiled = matcher.compile().map_err(|unfit| Error::new(ErrorKind::Query, unfit.to_string().to_lowercase()))?;
    match matcher {
        Matcher::Exact(word) => of_words(reader, [(word.clone(), None)].into()),
        Matcher::Inflected { exact, stems, also, .. } => {
            let mut words: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
            let mut found = BTreeSet::new();
            for (lang, stem) in stems {
                found.clear();
                reader.stems().words(lang.as_str(), stem, &mut found);
                for word in found.iter().filter(|word| word.starts_with(compiled.prefix()) || word.starts_with(STEM)) {
                    words.entry(word.clone()).or_default().insert(pack_lang(lang));
                }
            }
            for (lang, word) in also {
                words.entry(word.clone()).or_default().insert(pack_lang(lang));
            }
            let mut all: BTreeMap<String, Option<Arc<[u64]>>> =
                words.into_iter().map(|(word, langs)| (word, Some(langs.into_iter().collect()))).collect();
            all.insert(exact.clone(), None);
            of_words(reader, all)
        }
        Matcher::Wildcard(_) | Matcher::Fuzzy { .. } | Matcher::Regex(_) => of_pattern(reader, &compiled),
        // Its words are leaves of their own in the node that asks for it.
        Matcher::Literal { .. } => of_words(reader, BTreeMap::new()),
    }
}

fn of_words(reader: &Reader, words: BTreeMap<String, Option<Arc<[u64]>>>) -> Result<Terms> {
    let mut wanted = Vec::with_capacity(words.len());
    for (word, langs) in words {
        for length in reader.stems().joined(&word) {
            wanted.push(Wanted { word: word.clone(), length: length.into(), written: false, langs: langs.clone() });
        }
        // As an inflection a word counts only where its stem is that of the folded word.
        if langs.is_none() && reader.stems().is_written(&word) {
            wanted.push(Wanted { word: word.clone(), length: 1, written: true, langs: None });
        }
        wanted.push(Wanted { word, length: 1, written: false, langs });
    }
    locate(reader, wanted, &[0, 1])
}

/// Whether an article in `lang` has `word` written so that its stem is that of what is written.
pub(super) fn has_written(reader: &Reader, word: &str, lang: &Lang) -> Result<bool> {
    let langs: Option<Arc<[u64]>> = Some([pack_lang(lang)].into());
    let wanted = Wanted { word: word.to_owned(), length: 1, written: true, langs };
    let terms = locate(reader, vec![wanted], &[0, 1])?;
    let mut has = false;
    for (segment, found) in reader.segments().iter().zip(&terms.found) {
        for found in found {
            each_block(reader, segment, found.field, &found.info, |docs| {
                has |= docs.iter().any(|doc| segment.is_alive(*doc) && segment.speaks(*doc, &terms.wanted[0].langs));
            })?;
        }
    }
    Ok(has)
}

/// Metadata terms: exactly `key`, or all that begin with it.
pub(super) fn keys(reader: &Reader, key: &str, prefix: bool) -> Result<Terms> {
    if !prefix {
        return locate(reader, vec![Wanted::plain(key)], &[KEYS]);
    }
    let mut all: BTreeMap<Vec<u8>, u64> = BTreeMap::new();
    for segment in reader.segments() {
        scan(reader, segment, KEYS, key, &mut |found, df| *all.entry(found.to_vec()).or_default() += df)?;
    }
    let (wanted, cut) = most_frequent(all);
    let mut terms = locate(reader, wanted, &[KEYS])?;
    terms.cut = cut;
    Ok(terms)
}

fn of_pattern(reader: &Reader, compiled: &Compiled) -> Result<Terms> {
    let mut all: BTreeMap<Vec<u8>, u64> = BTreeMap::new();
    for segment in reader.segments() {
        for field in [1, 0] {
            let mut add = |key: &[u8], df| *all.entry(key.to_vec()).or_default() += df;
            let Some(automaton) = compiled.automaton() else {
                scan(reader, segment, field, compiled.prefix(), &mut add)?;
                continue;
            };
            let walk = segment.terms[field].terms().search(Walk(automaton));
            let mut stream = walk.into_stream().map_err(|e| reader.bad_io(e))?;
            while stream.advance() {
                // What is no word begins with a control character.
                if stream.key().first().is_some_and(|first| *first >= b' ') {
                    add(stream.key(), u64::from(stream.value().doc_freq));
                }
            }
        }
    }
    let (wanted, cut) = most_frequent(all);
    let mut terms = locate(reader, wanted, &[0, 1])?;
    terms.cut = cut;
    Ok(terms)
}

/// Walks the automaton of a pattern along a dictionary; a joined word is followed by what it covers.
struct Walk<'a>(&'a Automaton);

#[derive(Clone, Copy)]
enum Step {
    InWord(State),
    Beyond { accepted: bool },
}

impl tantivy_fst::Automaton for Walk<'_> {
    type State = Step;

    fn start(&self) -> Step {
        Step::InWord(self.0.start())
    }

    fn is_match(&self, step: &Step) -> bool {
        match step {
            Step::InWord(state) => self.0.accepts(*state),
            Step::Beyond { accepted } => *accepted,
        }
    }

    fn can_match(&self, step: &Step) -> bool {
        match step {
            Step::InWord(state) => self.0.can_go_on(*state),
            Step::Beyond { accepted } => *accepted,
        }
    }

    fn accept(&self, step: &Step, byte: u8) -> Step {
        match step {
            Step::InWord(state) if byte == JOINED => Step::Beyond { accepted: self.0.accepts(*state) },
            Step::InWord(state) => Step::InWord(self.0.step(*state, byte)),
            beyond => *beyond,
        }
    }
}

/// Visits the words of a dictionary that begin with `prefix`, with their number of articles.
fn scan(
    reader: &Reader,
    segment: &Segment,
    field: usize,
    prefix: &str,
    visit: &mut dyn FnMut(&[u8], u64),
) -> Result<()> {
    // What is no word begins with a control character.
    let from = if prefix.is_empty() { &b" "[..] } else { prefix.as_bytes() };
    let mut stream = segment.terms[field].terms().range().ge(from).into_stream().map_err(|e| reader.bad_io(e))?;
    while stream.advance() {
        if !stream.key().starts_with(prefix.as_bytes()) {
            break;
        }
        visit(stream.key(), u64::from(stream.value().doc_freq));
    }
    Ok(())
}

fn most_frequent(all: BTreeMap<Vec<u8>, u64>) -> (Vec<Wanted>, Option<usize>) {
    let count = all.len();
    let mut found: Vec<(u64, Wanted)> =
        all.into_iter().filter_map(|(key, df)| Some((df, Wanted::read(&key)?))).collect();
    if count > MOST_WORDS {
        // The sort is stable: among equals the first in the alphabet stay.
        found.sort_by_key(|(df, _)| std::cmp::Reverse(*df));
        found.truncate(MOST_WORDS);
    }
    (found.into_iter().map(|(_, wanted)| wanted).collect(), (count > MOST_WORDS).then_some(count))
}

fn locate(reader: &Reader, wanted: Vec<Wanted>, fields: &[usize]) -> Result<Terms> {
    let mut terms = Terms { wanted, found: Vec::new(), df: [0; 3], articles: 0, cut: None };
    let keys: Vec<Vec<u8>> = terms.wanted.iter().map(Wanted::key).collect();
    for segment in reader.segments() {
        let mut found = Vec::new();
        for (wanted, key) in keys.iter().enumerate() {
            for field in fields {
                let info = segment.terms[*field].terms().get(key).map_err(|e| reader.bad_io(e))?;
                let Some(info) = info else { continue };
                let articles = alive(reader, segment, *field, &info)?;
                terms.df[*field] += articles;
                found.push(Located { wanted, field: *field, info, articles });
            }
        }
        terms.found.push(found);
    }
    Ok(terms)
}

/// How many articles of a posting list are alive: what tantivy knows counts deleted ones too until a merge, and
/// scores must not change with merges.
fn alive(reader: &Reader, segment: &Segment, field: usize, info: &TermInfo) -> Result<u64> {
    if !segment.reader.has_deletes() {
        return Ok(info.doc_freq.into());
    }
    let mut count = 0;
    each_block(reader, segment, field, info, |docs| {
        count += docs.iter().filter(|doc| segment.is_alive(**doc)).count() as u64;
    })?;
    Ok(count)
}

/// Visits the documents of a posting list, a block at a time.
pub(super) fn each_block(
    reader: &Reader,
    segment: &Segment,
    field: usize,
    info: &TermInfo,
    mut visit: impl FnMut(&[u32]),
) -> Result<()> {
    let mut postings = segment.terms[field]
        .read_block_postings_from_terminfo(info, IndexRecordOption::Basic)
        .map_err(|e| reader.bad_io(e))?;
    while !postings.docs().is_empty() {
        visit(postings.docs());
        postings.advance();
    }
    Ok(())
}
