//! What a search costs, beside raw tantivy, SQLite FTS5 and Lucene in the same run.
//!
//!     cargo bench --bench search -- make OUT.jsonl COUNT SEED.jsonl…
//!     cargo bench --bench search -- FILE.jsonl HOME PEER [QUERIES]
//!     cargo bench --bench search -- growth FILE.jsonl HOME…
//!
//! `make` writes COUNT articles of real size (400 words, 2.7 kB, on average; the length of one in ten is three times that) made
//! from the articles in the SEED files: sentences of many of them in a new order, under a headline of one, with capitalised words
//! changed to made-up names here and there so that the vocabulary grows as that of news does. The same seeds give the same file.
//! Any JSONL with `title` and `text` will do as a seed, and so does what `newsdex clean --format jsonl FILE…` prints (`headline`,
//! `articleBody`).
//!
//! `FILE.jsonl` has one article a line with `title` and `text`. `HOME` and `PEER` are folders, filled from it if they are empty: a home,
//! and a tantivy index with English stemming, positions and stored title and text, an FTS5 table and a Lucene index with the
//! same beside it (Lucene where `NEWSDEX_LUCENE` names a folder with `lucene-core.jar` and `lucene-analysis-common.jar` of one
//! version, from Maven Central, and `java`, or what `JAVA` names, is new enough for them). The queries are drawn from the headlines, a
//! quarter each of single words, two or three words joined by OR, the same joined by AND, and phrases. All give the
//! best ten: the peers their stored documents, newsdex hits with passages and marks, copies collapsed and not. Without a file the bench
//! says so and ends.
//!
//! `growth` asks the queries drawn from the headlines of `FILE.jsonl` of each `HOME`, which are there already: with homes of
//! 10,000 and 1,000,000 articles of one kind it shows how an answer's time grows with the corpus.

mod fts5;
mod lucene;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use frostem::{Algorithm, Stemmer};
use jiff::Timestamp;
use newsdex::ingest::{Event, Options, ingest};
use newsdex::query;
use newsdex::search::{Morgue, OpenOptions, Request};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{
    LowerCaser, RemoveLongFilter, SimpleTokenizer, TextAnalyzer, Token, TokenFilter, TokenStream, Tokenizer,
};
use tantivy::{Index, TantivyDocument, Term};

const MEMORY: usize = 192 << 20;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    if let [make, out, count, seeds @ ..] = arguments.as_slice()
        && make == "make"
    {
        return make_articles(Path::new(out), count.parse().expect("a number of articles"), seeds);
    }
    if let [growth, file, homes @ ..] = arguments.as_slice()
        && growth == "growth"
    {
        return answers_of(Path::new(file), homes);
    }
    let [file, home, peer, rest @ ..] = arguments.as_slice() else {
        println!(
            "skipped: name a JSONL file of articles and two folders, `cargo bench --bench search -- FILE.jsonl HOME PEER`"
        );
        return;
    };
    let (file, home, peer) = (PathBuf::from(file), PathBuf::from(home), PathBuf::from(peer));
    let count: usize = rest.first().and_then(|count| count.parse().ok()).unwrap_or(600);

    let (index, title, text) = peer_index(&file, &peer);
    if !home.join("corpus").exists() {
        let options = Options { memory: MEMORY, ..Options::default() };
        ingest(&home, std::slice::from_ref(&file), &options, &mut |_: Event<'_>| {})
            .expect("the bench's input can be ingested");
    }
    let began = Instant::now();
    let morgue = Morgue::open(&home, &OpenOptions::default()).expect("the home just made");
    println!("open         {:.2} ms", began.elapsed().as_secs_f64() * 1e3);
    println!(
        "index        {:.3} of the text ({} MB)",
        size(&home.join("index")) as f64 / texts(&file) as f64,
        size(&home.join("index")) >> 20
    );

    let asked = queries(&file, count);
    let searcher = index.reader().expect("the peer").searcher();
    let database = fts5::open(&peer, lines(&file));
    let mut lucene = lucene::Lucene::start(&peer, lines(&file));
    // A virtual machine compiles what it has run often.
    if let Some(lucene) = &mut lucene {
        for (kind, words) in std::iter::repeat_n(&asked, 5).flatten() {
            lucene.search(*kind, words);
        }
    }
    let mut java: [Vec<f64>; 4] = Default::default();
    let mut raw: [Vec<f64>; 4] = Default::default();
    let mut sqlite: [Vec<f64>; 4] = Default::default();
    let mut ours: [[Vec<f64>; 4]; 3] = Default::default();
    // The first round warms both up.
    for round in 0..3 {
        for (kind, words) in &asked {
            let parsed = peer_query(*kind, words, title, text);
            let began = Instant::now();
            let found = searcher.search(&parsed, &TopDocs::with_limit(10).order_by_score()).expect("the peer searches");
            for (_, address) in found {
                std::hint::black_box(searcher.doc::<TantivyDocument>(address).expect("a stored document"));
            }
            let spent = began.elapsed().as_secs_f64() * 1e3;
            if round > 0 {
                raw[*kind].push(spent);
            }
            let theirs = fts5::typed(*kind, words);
            let began = Instant::now();
            std::hint::black_box(fts5::search(&database, &theirs));
            if round > 0 {
                sqlite[*kind].push(began.elapsed().as_secs_f64() * 1e3);
            }
            if let Some(lucene) = &mut lucene {
                let spent = lucene.search(*kind, words);
                if round > 0 {
                    java[*kind].push(spent);
                }
            }
            let typed = typed(*kind, words);
            let today = jiff::civil::date(2026, 1, 1);
            let Ok(read) = query::parse(&typed, &query::Options::new(today)) else { continue };
            for (way, times) in ours.iter_mut().enumerate() {
                let mut request = Request::new(read.clone(), Timestamp::MAX);
                request.collapse = way == 1;
                let began = Instant::now();
                if way == 2 {
                    std::hint::black_box(morgue.count(&read, Timestamp::MAX).expect("a count"));
                } else {
                    std::hint::black_box(morgue.search(&request).expect("a page"));
                }
                if round > 0 {
                    times[*kind].push(began.elapsed().as_secs_f64() * 1e3);
                }
            }
        }
    }
    let all = report("raw tantivy, stored documents", &raw, None);
    for (name, times) in ["newsdex", "newsdex, copies collapsed", "newsdex, count only"].iter().zip(&ours) {
        report(name, times, Some(all));
    }
    report("SQLite FTS5, stored text", &sqlite, Some(all));
    if let Some(lucene) = lucene {
        report(&format!("Lucene {}, stored documents", lucene.version), &java, Some(all));
    }
}

/// Prints what the best ten take in each of `homes`; the first round warms up.
fn answers_of(file: &Path, homes: &[String]) {
    let asked = queries(file, 600);
    for home in homes {
        let morgue = Morgue::open(Path::new(home), &OpenOptions::default()).expect("a home");
        let mut times: [Vec<f64>; 4] = Default::default();
        for round in 0..3 {
            for (kind, words) in &asked {
                let typed = typed(*kind, words);
                let Ok(read) = query::parse(&typed, &query::Options::new(jiff::civil::date(2026, 1, 1))) else {
                    continue;
                };
                let request = Request::new(read, Timestamp::MAX);
                let began = Instant::now();
                std::hint::black_box(morgue.search(&request).expect("a page"));
                if round > 0 {
                    times[*kind].push(began.elapsed().as_secs_f64() * 1e3);
                }
            }
        }
        report(home, &times, None);
    }
}

const KINDS: [&str; 4] = ["word", "or", "and", "phrase"];

fn report(name: &str, times: &[Vec<f64>; 4], beside: Option<[f64; 3]>) -> [f64; 3] {
    let shares = [0.5, 0.95, 0.99];
    let at = |times: &[f64]| {
        let mut sorted = times.to_vec();
        sorted.sort_by(f64::total_cmp);
        shares.map(|share| sorted.get((sorted.len() as f64 * share) as usize).copied().unwrap_or(0.0))
    };
    let all: Vec<f64> = times.iter().flatten().copied().collect();
    let whole = at(&all);
    let ratio = beside.map_or(String::new(), |raw| {
        format!("   ratio {:.1} {:.1} {:.1}", whole[0] / raw[0], whole[1] / raw[1], whole[2] / raw[2])
    });
    println!("{name}: p50 {:.3}  p95 {:.3}  p99 {:.3} ms{ratio}", whole[0], whole[1], whole[2]);
    for (kind, times) in KINDS.iter().zip(times) {
        let [p50, p95, p99] = at(times);
        println!("    {kind:8} p50 {p50:.3}  p95 {p95:.3}  p99 {p99:.3} ms");
    }
    whole
}

fn lines(file: &Path) -> impl Iterator<Item = (String, String)> + use<> {
    let reader = BufReader::new(fs::File::open(file).expect("the file named can be read"));
    reader.lines().map_while(Result::ok).map(|line| {
        let value: serde_json::Value = serde_json::from_str(&line).expect("one JSON object a line");
        let part = |names: [&str; 2]| names.iter().find_map(|name| value[name].as_str()).unwrap_or("").to_owned();
        (part(["title", "headline"]), part(["text", "articleBody"]))
    })
}

fn texts(file: &Path) -> u64 {
    lines(file).map(|(title, text)| (title.len() + text.len()) as u64).sum()
}

/// A generator of numbers that is the same everywhere (xorshift64*).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % end.max(1)
    }
}

fn make_articles(out: &Path, count: usize, seeds: &[String]) {
    let seeds: Vec<(String, String)> =
        seeds.iter().flat_map(|seed| lines(Path::new(seed)).collect::<Vec<_>>()).collect();
    let heads: Vec<&str> = seeds.iter().map(|seed| seed.0.trim()).filter(|head| head.len() > 12).collect();
    let sentences: Vec<&str> = seeds
        .iter()
        .flat_map(|seed| seed.1.split_inclusive(['.', '!', '?']))
        .map(str::trim)
        .filter(|sentence| sentence.len() > 30 && sentence.len() < 600)
        .collect();
    assert!(!heads.is_empty() && sentences.len() > 1000, "the seeds have too few articles with a headline and text");
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut to = std::io::BufWriter::new(fs::File::create(out).expect("the file can be written"));
    for number in 0..count {
        let title = renamed(heads[dice.below(heads.len())], &mut dice);
        let wanted = match dice.below(10) {
            0 => 7000,
            1 | 2 => 800,
            _ => 1200 + dice.below(2400),
        };
        let mut text = String::new();
        while text.len() < wanted {
            // A few sentences that belong together, then others; a paragraph has three.
            let from = dice.below(sentences.len());
            let paragraph = sentences[from..].iter().take(3).map(|sentence| renamed(sentence, &mut dice));
            text.push_str(&paragraph.collect::<Vec<_>>().join(" "));
            text.push_str("\n\n");
        }
        let day = jiff::civil::date(2000, 1, 1).saturating_add(jiff::Span::new().days((number % 9000) as i64));
        let object = serde_json::json!({
            "id": format!("made-{number}"), "title": title, "text": text.trim_end(), "published": day.to_string(),
            "source": format!("outlet {}", number % 97),
        });
        writeln!(to, "{object}").expect("the file can be written");
    }
    to.flush().expect("the file can be written");
}

/// With one capitalised word in three changed to one of half a million names.
fn renamed(sentence: &str, dice: &mut Dice) -> String {
    const PARTS: [&str; 32] = [
        "bel", "cor", "dan", "el", "fin", "gar", "hol", "is", "jor", "kel", "lan", "mar", "nor", "or", "pel", "quin",
        "ros", "sal", "tor", "ul", "ver", "wen", "xan", "yor", "zel", "bran", "dor", "fal", "gim", "hest", "lor",
        "mond",
    ];
    let change = |(at, word): (usize, &str)| {
        let name = at > 0 && word.len() > 3 && word.starts_with(|c: char| c.is_ascii_uppercase());
        if !name || dice.below(3) > 0 {
            return word.to_owned();
        }
        // Some names are met again and again, most hardly ever.
        let most = 1 << (5 + dice.below(14));
        let mut number = dice.below(most);
        let mut made = String::new();
        for _ in 0..3 {
            made.push_str(PARTS[number % 32]);
            number /= 32;
        }
        made[..1].make_ascii_uppercase();
        made
    };
    sentence.split_whitespace().enumerate().map(change).collect::<Vec<_>>().join(" ")
}

fn peer_index(file: &Path, dir: &Path) -> (Index, Field, Field) {
    let mut schema = Schema::builder();
    let words = || {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("en_stem")
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        TextOptions::default().set_indexing_options(indexing) | STORED
    };
    let (title, text) = (schema.add_text_field("title", words()), schema.add_text_field("text", words()));
    let stemmed = || {
        TextAnalyzer::builder(SimpleTokenizer::default())
            .filter(RemoveLongFilter::limit(40))
            .filter(LowerCaser)
            .filter(English)
            .build()
    };
    if dir.join("meta.json").exists() {
        return (Index::open_in_dir(dir).expect("the peer's index"), title, text);
    }
    fs::create_dir_all(dir).expect("the peer's folder");
    let index = Index::create_in_dir(dir, schema.build()).expect("the peer's index");
    index.tokenizers().register("en_stem", stemmed());
    let mut writer = index.writer(MEMORY).expect("the peer's writer");
    for (head, body) in lines(file) {
        writer.add_document(tantivy::doc!(title => head, text => body)).expect("the peer indexes");
    }
    writer.commit().expect("the peer commits");
    writer.wait_merging_threads().expect("the peer merges");
    (index, title, text)
}

/// English stemming as tantivy's own filter does it, which is a feature newsdex has no use for.
#[derive(Clone)]
struct English;

impl TokenFilter for English {
    type Tokenizer<T: Tokenizer> = Stemmed<T>;

    fn transform<T: Tokenizer>(self, inner: T) -> Stemmed<T> {
        Stemmed(inner)
    }
}

#[derive(Clone)]
struct Stemmed<T>(T);

impl<T: Tokenizer> Tokenizer for Stemmed<T> {
    type TokenStream<'a> = StemmedStream<T::TokenStream<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        StemmedStream { inner: self.0.token_stream(text), stemmer: Stemmer::new(Algorithm::English) }
    }
}

struct StemmedStream<T> {
    inner: T,
    stemmer: Stemmer,
}

impl<T: TokenStream> TokenStream for StemmedStream<T> {
    fn advance(&mut self) -> bool {
        if !self.inner.advance() {
            return false;
        }
        let stem = self.stemmer.stem(&self.inner.token().text).into_owned();
        self.inner.token_mut().text = stem;
        true
    }

    fn token(&self) -> &Token {
        self.inner.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.inner.token_mut()
    }
}

/// Queries from headlines far apart.
fn queries(file: &Path, count: usize) -> Vec<(usize, Vec<String>)> {
    let heads: Vec<String> = lines(file).map(|(title, _)| title).filter(|title| title.len() > 12).collect();
    let mut asked = Vec::new();
    for number in 0..count {
        let head = &heads[number * 7919 % heads.len()];
        let words: Vec<String> = head
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.len() > 2 && word.chars().all(char::is_alphabetic))
            .map(str::to_lowercase)
            .collect();
        let kind = number % 4;
        let wanted = if kind == 0 { 1 } else { 2 + number / 4 % 2 };
        let from = if words.len() > wanted { number / 4 % (words.len() - wanted + 1) } else { 0 };
        let some: Vec<String> = words.into_iter().skip(from).take(wanted).collect();
        if !some.is_empty() && !some.iter().any(|word| matches!(word.as_str(), "and" | "or" | "not")) {
            asked.push((kind, some));
        }
    }
    asked
}

fn typed(kind: usize, words: &[String]) -> String {
    match kind {
        1 => words.join(" OR "),
        3 => format!("\"{}\"", words.join(" ")),
        _ => words.join(" "),
    }
}

fn peer_query(kind: usize, words: &[String], title: Field, text: Field) -> Box<dyn Query> {
    let stemmer = Stemmer::new(Algorithm::English);
    let term = |field: Field, word: &str| Term::from_field_text(field, &stemmer.stem(word));
    if kind == 3 && words.len() > 1 {
        let phrase = |field| -> Box<dyn Query> {
            Box::new(PhraseQuery::new(words.iter().map(|word| term(field, word)).collect()))
        };
        return Box::new(BooleanQuery::new(vec![(Occur::Should, phrase(title)), (Occur::Should, phrase(text))]));
    }
    let either = |word: &String| -> Box<dyn Query> {
        let one =
            |field| -> Box<dyn Query> { Box::new(TermQuery::new(term(field, word), IndexRecordOption::WithFreqs)) };
        Box::new(BooleanQuery::new(vec![(Occur::Should, one(title)), (Occur::Should, one(text))]))
    };
    let occur = if kind == 2 { Occur::Must } else { Occur::Should };
    Box::new(BooleanQuery::new(words.iter().map(|word| (occur, either(word))).collect()))
}

fn size(dir: &Path) -> u64 {
    walkdir::WalkDir::new(dir)
        .into_iter()
        .flatten()
        .filter_map(|e| e.metadata().ok())
        .filter(|m| m.is_file())
        .map(|m| m.len())
        .sum()
}
