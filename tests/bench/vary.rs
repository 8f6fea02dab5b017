//! Makes any number of articles by varying real ones, to measure what a large corpus costs.
//!
//!     cargo run --release --example vary -- COUNT [--seed N] [PATH…] > articles.jsonl
//!
//! `PATH` is whatever `newsdex ingest` reads; without one the sample corpus is varied. Same arguments, same bytes.
//!
//! An article is put together from paragraphs of articles in one language, about 2.7 kB on average as in real news,
//! with a long tail. One word in eight is replaced by one drawn from all words of that language as often as they
//! occur, and one in a hundred by an invented name, so that the vocabulary grows with the corpus as it does in real
//! ones and no two articles are near-copies. Outlets, authors and days are invented.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;

use newsdex::clean;
use newsdex::model::Lang;
use newsdex::source::{self, Item};

fn main() {
    let mut count = None;
    let mut seed = 1;
    let mut paths = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        if argument == "--seed" {
            seed = arguments.next().and_then(|n| n.parse().ok()).expect("a number after `--seed`");
        } else if count.is_none() {
            count = Some(argument.parse::<u64>().expect("the number of articles comes first"));
        } else {
            paths.push(PathBuf::from(argument));
        }
    }
    let count = count.expect("usage: vary COUNT [--seed N] [PATH…]");
    if paths.is_empty() {
        paths.push(PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/samples")));
    }
    let stock = Stock::read(&paths);
    let mut out = BufWriter::new(std::io::stdout().lock());
    for n in 0..count {
        // A reader that has seen enough closes the pipe.
        if writeln!(out, "{}", stock.article(n, Random::new(seed, n))).is_err() {
            return;
        }
    }
}

/// What articles are made of, by language.
struct Stock {
    languages: Vec<Language>,
    /// Running sums of the languages' bytes.
    up_to: Vec<u64>,
}

#[derive(Default)]
struct Language {
    titles: Vec<String>,
    paragraphs: Vec<String>,
    /// Every word as often as it occurs.
    words: Vec<String>,
}

impl Stock {
    fn read(paths: &[PathBuf]) -> Self {
        let mut languages: BTreeMap<String, Language> = BTreeMap::new();
        let found = source::find(paths);
        for file in &found.files {
            let outcome = source::read_path(file, &source::Options::default(), &mut |item| {
                let Item::Document(document) = item else { return ControlFlow::Continue(()) };
                let Ok(article) = clean::clean(&document, &clean::Options::default()) else {
                    return ControlFlow::Continue(());
                };
                let name = article.language.as_ref().map_or("", Lang::as_str).to_owned();
                let language = languages.entry(name).or_default();
                language.titles.push(article.title.clone());
                for block in &article.blocks {
                    let paragraph = block.span.of(&article.text);
                    language.words.extend(words(paragraph).map(str::to_owned));
                    language.paragraphs.push(paragraph.to_owned());
                }
                ControlFlow::Continue(())
            });
            if let Err(error) = outcome {
                eprintln!("{error}");
            }
        }
        // A handful of paragraphs would give the same article again and again.
        languages.retain(|_, language| language.paragraphs.len() >= 40);
        assert!(!languages.is_empty(), "nothing to vary: no language has 40 paragraphs");
        let mut sum = 0;
        let languages: Vec<Language> = languages.into_values().collect();
        let up_to = languages.iter().map(|language| {
            sum += language.paragraphs.iter().map(|p| p.len() as u64).sum::<u64>();
            sum
        });
        let up_to = up_to.collect();
        Self { languages, up_to }
    }

    fn article(&self, n: u64, mut random: Random) -> serde_json::Value {
        let place = random.below(self.up_to.last().copied().unwrap_or(1));
        let language = &self.languages[self.up_to.partition_point(|&sum| sum <= place)];
        // Lengths fall off like 1/e^x: many briefs, some long reads.
        let length = 300.0 - 2_200.0 * (1.0 - random.share()).ln();
        let mut text = String::new();
        while (text.len() as f64) < length.min(30_000.0) {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            language.vary(random.of(&language.paragraphs), &mut random, &mut text);
        }
        let mut title = String::new();
        language.vary(random.of(&language.titles), &mut random, &mut title);
        let outlet = (400.0 * random.share().powi(3)) as u64;
        let day = 1 + random.below(28);
        let date = format!("{}-{:02}-{day:02}", 2015 + random.below(10), 1 + random.below(12));
        serde_json::json!({
            "id": format!("v{n}"),
            "url": format!("https://outlet{outlet}.example/{}/{n}", date.replace('-', "/")),
            "title": title,
            "author": format!("{} {}", name(random.below(300)), name(random.below(9_000))),
            "date": date,
            "source": format!("The {} Courier", name(outlet)),
            "text": text,
        })
    }
}

impl Language {
    fn vary(&self, said: &str, random: &mut Random, out: &mut String) {
        let mut last = 0;
        for word in words(said) {
            let at = word.as_ptr() as usize - said.as_ptr() as usize;
            out.push_str(&said[last..at]);
            last = at + word.len();
            match random.below(100) {
                // Names are drawn unevenly: a few are in the news, most are met once.
                0 => out.push_str(&name((40_000_000.0 * random.share().powi(6)) as u64)),
                1..=12 => out.push_str(random.of(&self.words)),
                _ => out.push_str(word),
            }
        }
        out.push_str(&said[last..]);
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty())
}

/// The invented name with this number.
fn name(mut number: u64) -> String {
    const HEADS: [&str; 20] = [
        "ba", "cor", "del", "fen", "gar", "hol", "jas", "ker", "lim", "mar", "nor", "or", "pel", "ros", "sil", "tan",
        "ul", "ver", "wen", "zor",
    ];
    const TAILS: [&str; 10] = ["a", "en", "ic", "il", "man", "o", "ov", "son", "ta", "wick"];
    let mut out = String::new();
    let tail = TAILS[(number % 10) as usize];
    number /= 10;
    loop {
        out.push_str(HEADS[(number % 20) as usize]);
        number /= 20;
        if number == 0 {
            break;
        }
    }
    out.push_str(tail);
    out[..1].make_ascii_uppercase();
    out
}

/// A small generator of random numbers (splitmix64): the same on every machine.
struct Random(u64);

impl Random {
    fn new(seed: u64, stream: u64) -> Self {
        let mut random = Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ stream.wrapping_mul(0xD134_2543_DE82_EF95));
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit.max(1)
    }

    /// From 0 to below 1.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn of<'a>(&mut self, from: &'a [String]) -> &'a str {
        let at = self.below(from.len() as u64);
        from.get(at as usize).map_or("", String::as_str)
    }
}
