//! Measures and trains the page cleaner on optional external data (`../shared/data/extraction`).
//!
//! * `cargo run --release --example page_model -- score` runs `page` on every set: body F, snippet F, milliseconds.
//! * `… -- train [--write]` cross-validates by site and, with `--write`, writes the weights beside the model's source.
//! * `… -- worst SET [N]` prints what was lost and what was kept in error on the worst pages.
//! * `… -- claims SET` prints what pages say of themselves.

mod boost;
mod corpus;

use std::time::Instant;

use corpus::{Row, shares};
use newsdex::clean::html::{self, training::Candidates};
use rayon::prelude::*;

const SETS: [&str; 6] = ["aeb", "aed", "fundus_eval", "fundus_tests", "wcxb_article", "trafilatura_eval"];
const FOLDS: usize = 5;
const FIRST: boost::Settings =
    boost::Settings { trees: 70, depth: 5, rate: 0.15, rows: 0.6, columns: 0.25, ridge: 3.0 };
const SECOND: boost::Settings = boost::Settings { trees: 90, depth: 5, rate: 0.1, rows: 0.6, columns: 0.3, ridge: 3.0 };

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.first().map(String::as_str) {
        Some("train") => {
            let report = args.iter().position(|a| a == "--report").and_then(|at| args.get(at + 1));
            train(args.iter().any(|a| a == "--write"), report.map(String::as_str));
        }
        Some("worst") => {
            worst(args.get(1).map_or("aed", String::as_str), args.get(2).and_then(|n| n.parse().ok()).unwrap_or(8))
        }
        Some("claims") => claims(args.get(1).map_or("aed", String::as_str)),
        _ => score(),
    }
}

fn body(row: &Row) -> String {
    html::page(&row.html, row.url())
        .map(|d| {
            let kept: Vec<String> = d.pieces.into_iter().filter(|p| p.kept()).map(|p| p.text).collect();
            kept.join("\n\n")
        })
        .unwrap_or_default()
}

fn score() {
    let mut news = Vec::new();
    for set in SETS {
        let rows = corpus::rows(set);
        if rows.is_empty() {
            println!("{set}: no data, skipped");
            continue;
        }
        let start = Instant::now();
        let bodies: Vec<String> = rows.iter().map(body).collect();
        let time = start.elapsed().as_secs_f64() * 1000.0 / rows.len() as f64;
        let total = report(set, &rows, &bodies);
        println!("    {time:.2} ms a page");
        if corpus::NEWS.contains(&set) {
            news.push(total);
        }
    }
    println!("news-mean {:.4}", news.iter().sum::<f64>() / news.len().max(1) as f64);
}

/// Prints and returns a set's body F.
fn report(set: &str, rows: &[Row], bodies: &[String]) -> f64 {
    let mut all = Vec::new();
    let mut bad = 0;
    for (row, body) in rows.iter().zip(bodies) {
        if row.has_body() {
            let s = shares(row, body);
            bad += usize::from(corpus::f(&[s]).0 < 0.5);
            all.push(s);
        }
    }
    let (f, p, r) = corpus::f(&all);
    let snippets = corpus::snippet_f(rows, bodies);
    println!("{set:18} {:5} F {f:.4} P {p:.4} R {r:.4} bad {bad} snippets {snippets:.4}", rows.len());
    f
}

fn worst(set: &str, count: usize) {
    let rows = corpus::rows(set);
    let mut found: Vec<_> = rows
        .iter()
        .filter(|r| r.has_body())
        .map(|row| {
            let candidates = Candidates::of(&row.html, row.url());
            let guess = candidates.guess();
            let verdicts = candidates.verdicts(&guess);
            (corpus::f(&[shares(row, &body(row))]).0, row, candidates, verdicts, guess)
        })
        .collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (f, row, candidates, verdicts, guess) in found.iter().take(count) {
        println!("\n==== F {f:.3} {} suspect {} {}", row.truth["url"], row.truth["truth_suspect"], row.truth["id"]);
        print!("{}", faults(row, candidates, verdicts, guess));
    }
}

/// What is lost and what is kept in error on one page, a line a block.
fn faults(row: &Row, candidates: &Candidates, verdicts: &[Option<&'static str>], guess: &[f32]) -> String {
    let mut out = String::new();
    let (labels, weights) = corpus::labels(row, candidates);
    let mut missing = row.paragraphs();
    for (at, text) in candidates.texts().enumerate() {
        let short: String = text.chars().take(130).collect();
        missing.retain(|m| !text.contains(m.as_str()));
        let (kept, wanted) = (verdicts[at].is_none(), labels[at] > 0.5);
        if kept != wanted && weights[at] > 0.0 {
            let what = if kept { "EXTRA" } else { "LOST " };
            let words = corpus::tokens(text).len();
            let (rule, place) = (verdicts[at].unwrap_or(""), &candidates.places()[at]);
            out += &format!("  {what} {:.2} {words}w [{rule}] {place} | {short}\n", guess[at]);
        }
    }
    for m in missing.iter().take(6) {
        out += &format!("  not one block: {}\n", m.chars().take(110).collect::<String>());
    }
    out
}

fn claims(set: &str) {
    for row in corpus::rows(set) {
        let claims = match html::page(&row.html, row.url()) {
            Ok(draft) => draft.claims,
            Err(refusal) => refusal.claims,
        };
        println!("== {} | {} | {} | {}", row.truth["url"], row.truth["title"], row.truth["authors"], row.truth["date"]);
        for claim in claims {
            println!("   {:?} {} = {}", claim.field, claim.found, claim.value.chars().take(100).collect::<String>());
        }
    }
}

struct Page {
    set: usize,
    fold: usize,
    row: Row,
    candidates: Candidates,
    labels: Vec<f32>,
    weights: Vec<f32>,
    guess: Vec<f32>,
    second: Vec<f32>,
}

fn train(write: bool, report: Option<&str>) {
    let start = Instant::now();
    let mut pages: Vec<Page> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for (set, name) in SETS.iter().enumerate() {
        for row in corpus::rows(name) {
            let site = row.truth["site"].as_str().unwrap_or("").to_owned();
            let fold = corpus::hash(&site) as usize % FOLDS;
            if row.has_body() || row.has_snippets() {
                seen.insert(site);
                let candidates = Candidates::of(&row.html, row.url());
                let (labels, mut weights) = corpus::labels(&row, &candidates);
                let share = match *name {
                    "wcxb_article" if row.truth["news"] != true => 0.5,
                    _ => 1.0,
                };
                let suspect = row.truth["truth_suspect"] == true;
                weights.iter_mut().for_each(|w| *w *= if suspect { 0.0 } else { share });
                pages.push(Page { set, fold, row, candidates, labels, weights, guess: Vec::new(), second: Vec::new() });
            }
        }
    }
    println!(
        "{} pages, {} sites, {} blocks, {:.0} s",
        pages.len(),
        seen.len(),
        pages.iter().map(|p| p.labels.len()).sum::<usize>(),
        start.elapsed().as_secs_f64()
    );
    let (names1, names2) = html::training::names();
    let gather = |pages: &[Page], skip: Option<usize>, second: bool| {
        let width = if second { names2.len() } else { names1.len() };
        let mut data = boost::Data { width, values: Vec::new(), labels: Vec::new(), weights: Vec::new() };
        for page in pages.iter().filter(|p| Some(p.fold) != skip) {
            let rows = if second { page.candidates.second(&page.guess).0 } else { page.candidates.first().0.to_vec() };
            for at in 0..page.labels.len() {
                // Of short blocks that are plainly chrome a quarter is enough, at four times the weight.
                let plain = page.labels[at] < 0.1 && page.weights[at] < 0.06;
                let share = if plain { 4.0 } else { 1.0 };
                if page.weights[at] > 0.0 && (!plain || corpus::hash(&(at, page.labels.len())) % 4 == 0) {
                    data.values.extend_from_slice(&rows[at * width..(at + 1) * width]);
                    data.labels.push(page.labels[at]);
                    data.weights.push(page.weights[at] * share);
                }
            }
        }
        data
    };
    for second in [false, true] {
        let width = if second { names2.len() } else { names1.len() };
        let settings = if second { SECOND } else { FIRST };
        let models: Vec<boost::Forest> = (0..FOLDS)
            .into_par_iter()
            .map(|fold| boost::train(&gather(&pages, Some(fold), second), settings, fold as u64))
            .collect();
        for page in &mut pages {
            let rows = if second { page.candidates.second(&page.guess).0 } else { page.candidates.first().0.to_vec() };
            let model = &models[page.fold];
            let guess: Vec<f32> = rows.chunks(width).map(|r| model.probability(r)).collect();
            if second { page.second = guess } else { page.guess = guess }
        }
        println!("run {} of 2 after {:.0} s", 1 + usize::from(second), start.elapsed().as_secs_f64());
        summary(&pages, second);
    }
    if let Some(path) = report {
        let mut worst: Vec<(f64, String)> = Vec::new();
        for page in pages.iter().filter(|p| p.row.has_body() && corpus::NEWS.contains(&SETS[p.set])) {
            let verdicts = page.candidates.verdicts(&page.second);
            let kept = page.candidates.texts().zip(&verdicts).filter(|(_, v)| v.is_none()).map(|(t, _)| t);
            let f = corpus::f(&[shares(&page.row, &kept.collect::<Vec<_>>().join("\n\n"))]).0;
            let truth = &page.row.truth;
            let head =
                format!("==== F {f:.3} {} {} suspect {}\n", SETS[page.set], truth["url"], truth["truth_suspect"]);
            worst.push((f, head + &faults(&page.row, &page.candidates, &verdicts, &page.second)));
        }
        worst.sort_by(|a, b| a.0.total_cmp(&b.0));
        let text: String = worst.into_iter().map(|w| w.1 + "\n").collect();
        std::fs::write(path, text).expect("the report can be written");
    }
    if write {
        for (second, name, names, settings) in [(false, "first", &names1, FIRST), (true, "second", &names2, SECOND)] {
            let forest = boost::train(&gather(&pages, None, second), settings, 99);
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

fn summary(pages: &[Page], second: bool) {
    for shift in [-0.1f32, 0.1, 0.2] {
        let mut news = Vec::new();
        for (set, name) in SETS.iter().enumerate() {
            let shares: Vec<_> = pages
                .iter()
                .filter(|p| p.set == set && p.row.has_body() && corpus::NEWS.contains(name))
                .map(|page| {
                    let guess = if second { &page.second } else { &page.guess };
                    let shifted: Vec<f32> = guess.iter().map(|g| g - shift).collect();
                    let verdicts = page.candidates.verdicts(&shifted);
                    let kept = page.candidates.texts().zip(verdicts).filter(|(_, v)| v.is_none()).map(|(t, _)| t);
                    shares(&page.row, &kept.collect::<Vec<_>>().join("\n\n"))
                })
                .collect();
            if !shares.is_empty() {
                news.push(corpus::f(&shares).0);
            }
        }
        println!("at {shift:+.1}: {news:.4?} mean {:.4}", news.iter().sum::<f64>() / news.len().max(1) as f64);
    }
    let mut news = Vec::new();
    for (set, name) in SETS.iter().enumerate() {
        let (mut rows, mut bodies) = (Vec::new(), Vec::new());
        for page in pages.iter().filter(|p| p.set == set) {
            let verdicts = page.candidates.verdicts(if second { &page.second } else { &page.guess });
            let kept: Vec<&str> =
                page.candidates.texts().zip(verdicts).filter(|(_, v)| v.is_none()).map(|(t, _)| t).collect();
            bodies.push(kept.join("\n\n"));
            rows.push(page.row.clone());
        }
        let f = report(name, &rows, &bodies);
        if corpus::NEWS.contains(name) {
            news.push(f);
        }
    }
    println!("cross-validated news-mean {:.4}", news.iter().sum::<f64>() / news.len().max(1) as f64);
}
