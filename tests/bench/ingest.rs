//! What ingesting costs, beside raw tantivy in the same run.
//!
//!     cargo bench --bench ingest -- FILE.jsonl [HOME]
//!
//! `FILE.jsonl` has one article a line with `title` and `text`, anything else is kept as it is. The peer reads the
//! same file, parses each line and builds a tantivy index with English stemming, positions and stored title and text,
//! on all cores with the same memory. Then the index is made again from the corpus. Processor time is printed beside
//! time on the clock: on a machine that does other things at once it is the figure to compare. Without a file the bench says so and
//! ends. `vary` (`cargo run --release --example vary -- 100000 > articles.jsonl`) makes a file of any size.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::time::Instant;

use frostem::{Algorithm, Stemmer};
use newsdex::ingest::{Event, Options, ingest};
use tantivy::schema::{IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{LowerCaser, SimpleTokenizer, TextAnalyzer, Token, TokenFilter, TokenStream, Tokenizer};
use tantivy::{Index, TantivyDocument};

const MEMORY: usize = 192 << 20;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let Some(file) = arguments.first().map(PathBuf::from) else {
        println!("skipped: name a JSONL file of articles, `cargo bench --bench ingest -- FILE.jsonl`");
        return;
    };
    let scratch = tempfile::tempdir().expect("a temporary folder");
    let home = arguments.get(1).map_or_else(|| scratch.path().join("home"), PathBuf::from);
    let peer = scratch.path().join("peer");
    fs::create_dir_all(&peer).expect("a temporary folder");

    let (began, cpu_began) = (Instant::now(), cpu());
    let (articles, text) = raw_tantivy(&file, &peer);
    let (raw, raw_cpu) = (began.elapsed().as_secs_f64(), cpu() - cpu_began);
    let megabytes = text as f64 / 1e6;
    println!(
        "raw tantivy  {articles} articles, {megabytes:.1} MB of text: {raw:.2} s ({raw_cpu:.2} s of processor), {:.1} MB/s, {:.2} of the text on disk",
        megabytes / raw,
        size(&peer) / text as f64
    );

    let (began, cpu_began) = (Instant::now(), cpu());
    let report = ingest(&home, &[file], &Options { memory: MEMORY, ..Options::default() }, &mut |_: Event<'_>| {});
    let report = report.expect("the bench's input can be ingested");
    let (ours, ours_cpu) = (began.elapsed().as_secs_f64(), cpu() - cpu_began);
    println!(
        "ingest       {} added, {} rejected: {ours:.2} s ({ours_cpu:.2} s of processor), {:.1} MB/s, {:.0} articles/s, corpus {:.3} and index {:.3} of the text",
        report.added,
        report.rejected_total(),
        megabytes / ours,
        report.added as f64 / ours,
        size(&home.join("corpus")) / text as f64,
        size(&home.join("index")) / text as f64,
    );
    println!(
        "             {:.2} times raw tantivy by the clock, {:.2} by processor (target: at most 2.5); peak memory of this process {} MB",
        ours / raw,
        ours_cpu / raw_cpu,
        peak()
    );
    let (began, cpu_began) = (Instant::now(), cpu());
    newsdex::search::rebuild(&home, MEMORY, None).expect("the index can be made again");
    let (again, again_cpu) = (began.elapsed().as_secs_f64(), cpu() - cpu_began);
    println!(
        "rebuild      {again:.2} s ({again_cpu:.2} s of processor): {:.2} times raw tantivy by the clock, {:.2} by processor (target: at \
         most 1.2)",
        again / raw,
        again_cpu / raw_cpu
    );
    let began = Instant::now();
    let corpus = newsdex::corpus::Corpus::open(&home).expect("the corpus just made");
    let opened = began.elapsed();
    let last = corpus.statistics().expect("counts").articles;
    let keys: Vec<u64> = (0..2000u64).map(|n| 1 + n * 7919 % last.max(1)).collect();
    let began = Instant::now();
    let bytes: usize =
        keys.iter().filter_map(|&key| corpus.article(key).ok().flatten()).map(|s| s.article.text.len()).sum();
    println!("open {opened:.1?}; read an article {:.1?} ({} bytes on average)", began.elapsed() / 2000, bytes / 2000);
}

/// Articles and bytes of text.
fn raw_tantivy(file: &Path, folder: &Path) -> (u64, u64) {
    let mut schema = Schema::builder();
    let words = TextFieldIndexing::default()
        .set_tokenizer("english")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let options = TextOptions::default().set_indexing_options(words) | STORED;
    let (title, text) = (schema.add_text_field("title", options.clone()), schema.add_text_field("text", options));
    let index = Index::create_in_dir(folder, schema.build()).expect("an index in an empty folder");
    let analyzer = TextAnalyzer::builder(SimpleTokenizer::default()).filter(LowerCaser).filter(English).build();
    index.tokenizers().register("english", analyzer);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut writer = index.writer_with_num_threads(threads, MEMORY).expect("a writer");
    let (mut articles, mut bytes) = (0, 0);
    for line in BufReader::new(fs::File::open(file).expect("the input")).lines() {
        let value: serde_json::Value = serde_json::from_str(&line.expect("text")).unwrap_or_default();
        let field = |name: &str| value.get(name).and_then(|v| v.as_str()).unwrap_or("").to_owned();
        let mut document = TantivyDocument::new();
        let body = field("text");
        articles += 1;
        bytes += body.len() as u64;
        document.add_text(title, field("title"));
        document.add_text(text, body);
        writer.add_document(document).expect("a document added");
    }
    writer.commit().expect("a commit");
    writer.wait_merging_threads().expect("merges");
    (articles, bytes)
}

/// tantivy's own stemming, which the build that newsdex uses leaves out.
#[derive(Clone)]
struct English;

impl TokenFilter for English {
    type Tokenizer<T: Tokenizer> = Stemmed<T>;

    fn transform<T: Tokenizer>(self, inner: T) -> Stemmed<T> {
        Stemmed { inner }
    }
}

#[derive(Clone)]
struct Stemmed<T> {
    inner: T,
}

impl<T: Tokenizer> Tokenizer for Stemmed<T> {
    type TokenStream<'a> = StemmedStream<T::TokenStream<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        StemmedStream { stemmer: Stemmer::new(Algorithm::English), inner: self.inner.token_stream(text) }
    }
}

struct StemmedStream<T> {
    stemmer: Stemmer,
    inner: T,
}

impl<T: TokenStream> TokenStream for StemmedStream<T> {
    fn advance(&mut self) -> bool {
        if !self.inner.advance() {
            return false;
        }
        let token = self.inner.token_mut();
        let stem = self.stemmer.stem(&token.text).into_owned();
        token.text = stem;
        true
    }

    fn token(&self) -> &Token {
        self.inner.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.inner.token_mut()
    }
}

fn size(folder: &Path) -> f64 {
    let entries = fs::read_dir(folder).map(|entries| entries.flatten().collect::<Vec<_>>()).unwrap_or_default();
    entries
        .iter()
        .filter_map(|entry| entry.metadata().ok())
        .filter(|file| file.is_file())
        .map(|file| file.len() as f64)
        .sum()
}

/// Seconds of processor this process has used, where the system tells.
fn cpu() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
    let ticks = |n: usize| fields.get(n).and_then(|ticks| ticks.parse::<f64>().ok()).unwrap_or(0.0);
    // A tick is a hundredth of a second on every Linux in use.
    (ticks(11) + ticks(12)) / 100.0
}

/// Largest resident size so far in MB, where the system tells.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("");
    line.trim().trim_end_matches("kB").trim().parse::<u64>().unwrap_or(0) / 1024
}
