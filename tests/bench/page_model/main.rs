//! Measures and trains the page cleaner on optional external data (`../shared/data/extraction`).
//!
//! * `cargo run --release --example page_model -- score` runs `page` on every set: body F, snippet F, milliseconds.
//! * `… -- train [--rounds N] [--write]` cross-validates by site, N times with other folds, and with `--write` writes
//!   the weights beside the model's source. `--ablate` says what each rule after the model is worth, `--without
//!   PREFIX,…` does without features, `--set first.trees=100` tries a setting, `--report FILE` tells what is wrong on
//!   each page, `--pages FILE` lists each page's F, `--kept FILE` keeps the probabilities so that rules can be tried
//!   without training.
//! * `… -- worst SET [N]` prints what was lost and what was kept in error on the worst pages.
//! * `… -- blocks FILE` prints each block of a page, its probability and the rule that takes it out.
//! * `… -- claims SET` prints what pages say of themselves.

mod boost;
mod corpus;
mod train;

use std::time::Instant;

use corpus::{Row, shares};
use newsdex::clean::html::{self, training::Candidates};

const SETS: [&str; 6] = ["aeb", "aed", "fundus_eval", "fundus_tests", "wcxb_article", "trafilatura_eval"];
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.first().map(String::as_str) {
        Some("train") => train::train(&train::Options::read(&args[1..])),
        Some("worst") => {
            worst(args.get(1).map_or("aed", String::as_str), args.get(2).and_then(|n| n.parse().ok()).unwrap_or(8))
        }
        Some("blocks") => blocks(args.get(1).expect("a file")),
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
    let snippets = corpus::snippet_f(&rows.iter().collect::<Vec<_>>(), bodies);
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

fn blocks(path: &str) {
    let html = std::fs::read_to_string(path).expect("the page can be read");
    let candidates = Candidates::of(&html, None);
    let guess = candidates.guess();
    let verdicts = candidates.verdicts(&guess);
    for (at, text) in candidates.texts().enumerate() {
        let short: String = text.chars().take(110).collect();
        println!("{:.2} {:18} {:40} | {short}", guess[at], verdicts[at].unwrap_or(""), candidates.places()[at]);
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
