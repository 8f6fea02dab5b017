//! Cross-validates the paragraph model by site, and trains it.

use std::collections::HashSet;
use std::path::Path;
use std::time::Instant;

use newsdex::clean::html::training::{self, Candidates};
use rayon::prelude::*;

use crate::boost::{self, Forest, Settings, Table, Truth};
use crate::corpus::{self, Row, shares};
use crate::{SETS, faults};

const FOLDS: usize = 5;
const FIRST: Settings = Settings { trees: 160, depth: 5, rate: 0.07, rows: 0.6, columns: 0.25, ridge: 3.0, least: 4.0 };
const SECOND: Settings = Settings { trees: 240, depth: 5, rate: 0.04, rows: 0.6, columns: 0.3, ridge: 3.0, least: 4.0 };

/// What was asked for.
#[derive(Default)]
pub struct Options {
    /// Write the weights.
    write: bool,
    /// Say what each rule after the model is worth.
    ablate: bool,
    /// How often to cross-validate, each time with other folds.
    rounds: usize,
    /// Where to report what is wrong on each page.
    report: Option<String>,
    /// Where to write each page's F.
    pages: Option<String>,
    /// A file to keep the rounds' probabilities in: rounds that are there already are not done again, so that rules
    /// can be tried without training.
    kept: Option<String>,
    /// Features to do without, by the beginnings of their names.
    without: Vec<String>,
    /// Settings to try, `first.trees=100`.
    set: Vec<(String, f32)>,
}

impl Options {
    pub fn read(args: &[String]) -> Self {
        let mut options = Self { rounds: 1, ..Self::default() };
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            let mut value = || args.next().cloned().unwrap_or_default();
            match arg.as_str() {
                "--ablate" => options.ablate = true,
                "--write" => options.write = true,
                "--rounds" => options.rounds = value().parse().expect("a number of rounds"),
                "--report" => options.report = Some(value()),
                "--kept" => options.kept = Some(value()),
                "--pages" => options.pages = Some(value()),
                "--without" => options.without = value().split(',').map(str::to_owned).collect(),
                "--set" => {
                    let value = value();
                    let (name, number) = value.split_once('=').expect("name=number");
                    options.set.push((name.to_owned(), number.parse().expect("a number")));
                }
                _ => panic!("`{arg}` is no option"),
            }
        }
        options
    }

    fn settings(&self, second: bool) -> Settings {
        let (mut settings, run) = if second { (SECOND, "second.") } else { (FIRST, "first.") };
        for (name, value) in &self.set {
            match name.strip_prefix(run) {
                Some("trees") => settings.trees = *value as usize,
                Some("depth") => settings.depth = *value as usize,
                Some("rate") => settings.rate = *value,
                Some("rows") => settings.rows = *value,
                Some("columns") => settings.columns = *value,
                Some("ridge") => settings.ridge = *value,
                Some("least") => settings.least = *value,
                _ => {}
            }
        }
        settings
    }
}

struct Page {
    set: usize,
    site: u64,
    row: Row,
    candidates: Candidates,
    /// Number of the first block among those of all pages.
    from: usize,
    labels: Vec<f32>,
    weights: Vec<f32>,
}

impl Page {
    fn rows(&self) -> std::ops::Range<usize> {
        self.from..self.from + self.labels.len()
    }

    fn body(&self, guess: &[f32], without: &str) -> String {
        let verdicts = self.candidates.verdicts_without(guess, without);
        let kept: Vec<&str> =
            self.candidates.texts().zip(verdicts).filter(|(_, v)| v.is_none()).map(|(t, _)| t).collect();
        kept.join("\n\n")
    }
}

fn pages() -> Vec<Page> {
    let mut pages: Vec<Page> = Vec::new();
    for (set, name) in SETS.iter().enumerate() {
        let made: Vec<Page> = corpus::rows(name)
            .into_par_iter()
            .filter(|row| row.has_body() || row.has_snippets())
            .map(|row| {
                let site = corpus::hash(&row.truth["site"].as_str().unwrap_or(""));
                let candidates = Candidates::of(&row.html, row.url());
                let (labels, mut weights) = corpus::labels(&row, &candidates);
                let share = match *name {
                    "wcxb_article" if row.truth["news"] != true => 0.5,
                    _ => 1.0,
                };
                let suspect = row.truth["truth_suspect"] == true;
                weights.iter_mut().for_each(|w| *w *= if suspect { 0.0 } else { share });
                let row = Row { html: String::new(), ..row };
                Page { set, site, row, candidates, from: 0, labels, weights }
            })
            .collect();
        pages.extend(made);
    }
    let mut from = 0;
    for page in &mut pages {
        page.from = from;
        from += page.labels.len();
    }
    pages
}

/// All pages, and what the model is to learn of them.
struct Ground {
    pages: Vec<Page>,
    truth: Truth,
    /// The rows to learn from.
    rows: Vec<u32>,
    /// The site of each row.
    sites: Vec<u64>,
    table: Table,
}

impl Ground {
    fn of(pages: Vec<Page>, use_column: impl Fn(usize) -> bool) -> Self {
        let count = pages.last().map_or(0, |p| p.rows().end);
        let mut truth = Truth { labels: Vec::with_capacity(count), weights: Vec::with_capacity(count) };
        let (mut rows, mut sites) = (Vec::new(), Vec::with_capacity(count));
        for page in &pages {
            for at in 0..page.labels.len() {
                // Of short blocks that are plainly chrome a quarter is enough, at four times the weight.
                let plain = page.labels[at] < 0.1 && page.weights[at] < 0.06;
                let share = if plain { 4.0 } else { 1.0 };
                if page.weights[at] > 0.0 && (!plain || corpus::hash(&(at, page.labels.len())) % 4 == 0) {
                    rows.push(truth.labels.len() as u32);
                }
                truth.labels.push(page.labels[at]);
                truth.weights.push(page.weights[at] * share);
                sites.push(page.site);
            }
        }
        let mut table = Table::new(count);
        let first: Vec<&[f32]> = pages.iter().map(|p| p.candidates.first().0).collect();
        let width = training::names().0.len();
        table.add(&first, width, 0, use_column);
        Self { pages, truth, rows, sites, table }
    }

    fn train(&self, settings: Settings, seed: u64, skip: impl Fn(u64) -> bool) -> Forest {
        let rows: Vec<u32> = self.rows.iter().copied().filter(|&r| !skip(self.sites[r as usize])).collect();
        boost::train(&self.table, &self.truth, &rows, settings, seed)
    }

    /// Every row judged by a forest that saw no page of its site.
    fn judged(&self, settings: Settings, round: usize) -> Vec<f32> {
        let fold = |site: u64| corpus::hash(&(site, round)) as usize % FOLDS;
        let forests: Vec<Forest> = (0..FOLDS)
            .into_par_iter()
            .map(|f| self.train(settings, (round * FOLDS + f) as u64, |site| fold(site) == f))
            .collect();
        (0..self.table.rows).into_par_iter().map(|r| forests[fold(self.sites[r])].probability(&self.table, r)).collect()
    }

    /// Adds the features of the second run.
    fn deepen(&mut self, guess: &[f32], use_column: impl Fn(usize) -> bool) {
        let (first, second) = training::names();
        self.table.truncate(first.len());
        let rows: Vec<Vec<f32>> = self.pages.par_iter().map(|p| p.candidates.second(&guess[p.rows()]).0).collect();
        let rows: Vec<&[f32]> = rows.iter().map(Vec::as_slice).collect();
        self.table.add(&rows, second.len(), first.len(), use_column);
    }
}

pub fn train(options: &Options) {
    let start = Instant::now();
    let (names1, names2) = training::names();
    let used = |column: usize| !options.without.iter().any(|w| names2[column].starts_with(w.as_str()));
    let mut ground = Ground::of(pages(), used);
    println!(
        "{} pages, {} sites, {} blocks, {:.0} s",
        ground.pages.len(),
        ground.pages.iter().map(|p| p.site).collect::<HashSet<_>>().len(),
        ground.table.rows,
        start.elapsed().as_secs_f64()
    );
    let mut rounds = Vec::new();
    if let Some(path) = options.kept.as_ref().filter(|p| Path::new(p).exists()) {
        rounds = read(path, ground.table.rows);
    }
    for round in rounds.len()..options.rounds {
        ground.table.truncate(names1.len());
        let first = ground.judged(options.settings(false), round);
        ground.deepen(&first, used);
        rounds.push(ground.judged(options.settings(true), round));
        println!("round {} of {} after {:.0} s", round + 1, options.rounds, start.elapsed().as_secs_f64());
    }
    if let Some(path) = &options.kept {
        let bytes: Vec<u8> = rounds.iter().flatten().flat_map(|g| g.to_le_bytes()).collect();
        std::fs::write(path, bytes).expect("the probabilities can be written");
    }
    summary(&ground.pages, &rounds, options.pages.as_deref());
    for rule in training::rules().filter(|_| options.ablate) {
        let (sets, _) = figures(&ground.pages, &rounds, 0.0, rule);
        let (news, clean) = (mean(of_news(&sets).map(|s| s.f)), mean(of_news(&sets).map(|s| s.clean)));
        let (wider, snippets) = (sets[4].f, sets[5].snippets);
        println!("without {rule:16} news {news:.4} clean {clean:.4} wcxb {wider:.4} snippets {snippets:.4}");
    }
    if let Some(path) = &options.report {
        report(&ground.pages, &rounds[0], path);
    }
    if options.write {
        let second = ground.train(options.settings(true), 99, |_| false);
        ground.table.truncate(names1.len());
        let first = ground.train(options.settings(false), 99, |_| false);
        for (name, names, forest) in [("first", &names1, first), ("second", &names2, second)] {
            let path = format!("{}/src/clean/html/paragraphs.{name}.txt", env!("CARGO_MANIFEST_DIR"));
            let head = "# The paragraph model's trees, one a line in preorder; made by: cargo run --release --example page_model -- train --write\n";
            std::fs::write(&path, head.to_owned() + &forest.print(names)).expect("the weights can be written");
            println!("wrote {path}");
            for (name, gain) in forest.gains(names).into_iter().take(25) {
                println!("    {gain:8.3} {name}");
            }
        }
    }
    println!("{:.0} s", start.elapsed().as_secs_f64());
}

/// Probabilities of earlier rounds.
fn read(path: &str, rows: usize) -> Vec<Vec<f32>> {
    let bytes = std::fs::read(path).expect("the probabilities can be read");
    let all: Vec<f32> = bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
    assert!(all.len().is_multiple_of(rows), "`{path}` is of other pages or blocks");
    all.chunks(rows).map(<[f32]>::to_vec).collect()
}

/// Prints the figures of all sets, means over the rounds.
fn summary(pages: &[Page], rounds: &[Vec<f32>], each: Option<&str>) {
    for shift in [-0.2f32, -0.1, 0.1, 0.2] {
        let (news, _) = figures(pages, rounds, shift, "");
        println!("at {shift:+.1}: news-mean {:.4}", mean(of_news(&news).map(|s| s.f)));
    }
    let (sets, lines) = figures(pages, rounds, 0.0, "");
    for (set, figures) in SETS.iter().zip(&sets) {
        println!("{set:18} {figures}");
    }
    println!(
        "cross-validated news-mean {:.4} without suspects {:.4}, {:.1} of them under .5",
        mean(of_news(&sets).map(|f| f.f)),
        mean(of_news(&sets).map(|f| f.clean)),
        of_news(&sets).map(|f| f.bad).sum::<f64>()
    );
    if let Some(path) = each {
        std::fs::write(path, lines.concat()).expect("the list of pages can be written");
    }
}

fn of_news(sets: &[Figures]) -> impl Iterator<Item = &Figures> {
    SETS.iter().zip(sets).filter(|(s, _)| corpus::NEWS.contains(s)).map(|(_, f)| f)
}

#[derive(Default)]
struct Figures {
    f: f64,
    precision: f64,
    recall: f64,
    clean: f64,
    bad: f64,
    snippets: f64,
}

impl std::fmt::Display for Figures {
    fn fmt(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
        let Self { f, precision, recall, clean, bad, snippets } = self;
        write!(out, "F {f:.4} P {precision:.4} R {recall:.4} clean {clean:.4} bad {bad:.1} snippets {snippets:.4}")
    }
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0usize), |(s, n), v| (s + v, n + 1));
    sum / count.max(1) as f64
}

/// The figures of each set, and a line a page.
fn figures(pages: &[Page], rounds: &[Vec<f32>], shift: f32, without: &str) -> (Vec<Figures>, Vec<String>) {
    let (mut sets, mut lines) = (Vec::new(), Vec::new());
    for (set, name) in SETS.iter().enumerate() {
        let mut figures = Figures::default();
        let pages: Vec<&Page> = pages.iter().filter(|p| p.set == set).collect();
        let mut of_page = vec![0.0; pages.len()];
        for round in rounds {
            let bodies: Vec<String> = pages
                .par_iter()
                .map(|p| p.body(&round[p.rows()].iter().map(|g| g - shift).collect::<Vec<_>>(), without))
                .collect();
            let all: Vec<_> =
                pages.par_iter().zip(&bodies).map(|(p, body)| p.row.has_body().then(|| shares(&p.row, body))).collect();
            let known: Vec<_> = all.iter().flatten().copied().collect();
            let clean: Vec<_> = pages
                .iter()
                .zip(&all)
                .filter(|(p, _)| p.row.truth["truth_suspect"] != true)
                .filter_map(|(_, s)| *s)
                .collect();
            let part = 1.0 / rounds.len() as f64;
            let (f, precision, recall) = corpus::f(&known);
            figures.f += f * part;
            figures.precision += precision * part;
            figures.recall += recall * part;
            figures.clean += corpus::f(&clean).0 * part;
            let f_of = |s: &(f64, f64, f64)| corpus::f(&[*s]).0;
            figures.bad += known.iter().filter(|s| f_of(s) < 0.5).count() as f64 * part;
            let rows: Vec<&Row> = pages.iter().map(|p| &p.row).collect();
            figures.snippets += corpus::snippet_f(&rows, &bodies) * part;
            for (mean, share) in of_page.iter_mut().zip(&all) {
                *mean += share.as_ref().map_or(0.0, f_of) * part;
            }
        }
        let line = |(p, f): (&&Page, &f64)| format!("{name}\t{}\t{}\t{f:.4}\n", p.row.truth["id"], p.row.truth["url"]);
        lines.extend(pages.iter().zip(&of_page).map(line));
        sets.push(figures);
    }
    (sets, lines)
}

/// What is wrong on each page, the worst first.
fn report(pages: &[Page], guess: &[f32], path: &str) {
    let mut worst: Vec<(f64, String)> = Vec::new();
    for page in pages.iter().filter(|p| p.row.has_body()) {
        let guess = &guess[page.rows()];
        let f = corpus::f(&[shares(&page.row, &page.body(guess, ""))]).0;
        let truth = &page.row.truth;
        let head = format!("==== F {f:.3} {} {} suspect {}\n", SETS[page.set], truth["url"], truth["truth_suspect"]);
        worst.push((f, head + &faults(&page.row, &page.candidates, &page.candidates.verdicts(guess), guess)));
    }
    worst.sort_by(|a, b| a.0.total_cmp(&b.0));
    let text: String = worst.into_iter().map(|w| w.1 + "\n").collect();
    std::fs::write(path, text).expect("the report can be written");
}
