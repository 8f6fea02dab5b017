//! The external pages, their truth, and the body scorer of the scrapinghub article extraction benchmark.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Read;

use newsdex::clean::html::training::Candidates;
use serde_json::Value;

/// The four sets whose mean is the news figure.
pub const NEWS: [&str; 4] = ["aeb", "aed", "fundus_eval", "fundus_tests"];

/// A page and its truth.
#[derive(Clone)]
pub struct Row {
    pub truth: Value,
    pub html: String,
}

pub fn hash(what: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}

/// All pages of a set; none where the data is absent.
pub fn rows(set: &str) -> Vec<Row> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/extraction").join(set);
    let Ok(truth) = std::fs::read_to_string(folder.join("truth.jsonl")) else { return Vec::new() };
    let read = |line: &str| {
        let truth: Value = serde_json::from_str(line).expect("a truth line is JSON");
        let file = std::fs::File::open(folder.join(truth["file"].as_str().unwrap_or(""))).expect("the page is there");
        let mut bytes = Vec::new();
        flate2::read::MultiGzDecoder::new(file).read_to_end(&mut bytes).expect("the page is gzip");
        Row { truth, html: String::from_utf8_lossy(&bytes).into_owned() }
    };
    truth.lines().map(read).collect()
}

pub fn tokens(text: &str) -> Vec<&str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|w| !w.is_empty()).collect()
}

fn grams(tokens: &[&str]) -> HashMap<u64, u32> {
    let mut counts = HashMap::new();
    for at in 0..tokens.len().saturating_sub(3).max(1) {
        let gram = &tokens[at..tokens.len().min(at + 4)];
        if !gram.is_empty() {
            *counts.entry(hash(&gram)).or_default() += 1;
        }
    }
    counts
}

impl Row {
    pub fn url(&self) -> Option<&str> {
        self.truth["url"].as_str()
    }

    pub fn has_body(&self) -> bool {
        self.truth["text"].as_str().is_some_and(|t| !t.is_empty())
    }

    pub fn has_snippets(&self) -> bool {
        self.truth["with_"].is_array()
    }

    pub fn paragraphs(&self) -> Vec<String> {
        let text = self.truth["text"].as_str().unwrap_or("");
        text.split('\n').map(|l| l.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|l| !l.is_empty()).collect()
    }

    fn optional(&self) -> Vec<&str> {
        let paras = self.truth["paras"].as_array().map(Vec::as_slice).unwrap_or_default();
        paras.iter().filter(|p| p["opt"] == true).filter_map(|p| p["t"].as_str()).collect()
    }
}

/// Shares of true positives, false positives and misses of a page's four-word sequences.
pub fn shares(row: &Row, body: &str) -> (f64, f64, f64) {
    let got = grams(&tokens(body));
    let mut want_tokens = Vec::new();
    match row.truth["paras"].as_array() {
        Some(paras) => {
            for para in paras {
                let words = tokens(para["t"].as_str().unwrap_or(""));
                if para["opt"] == true {
                    let own = grams(&words);
                    let hit = own.keys().filter(|g| got.contains_key(g)).count();
                    if own.is_empty() || (hit as f64 / own.len() as f64) < 0.5 {
                        continue;
                    }
                }
                want_tokens.extend(words);
            }
        }
        None => want_tokens = tokens(row.truth["text"].as_str().unwrap_or("")),
    }
    let want = grams(&want_tokens);
    let both: u32 = want.iter().map(|(g, n)| n.min(got.get(g).unwrap_or(&0))).sum();
    let (fp, fnn) = (got.values().sum::<u32>() - both, want.values().sum::<u32>() - both);
    let sum = f64::from(both + fp + fnn);
    if sum == 0.0 { (0.0, 0.0, 0.0) } else { (f64::from(both) / sum, f64::from(fp) / sum, f64::from(fnn) / sum) }
}

/// F, precision and recall: means over pages.
pub fn f(pages: &[(f64, f64, f64)]) -> (f64, f64, f64) {
    let mean = |v: Vec<f64>| if v.is_empty() { 0.0 } else { v.iter().sum::<f64>() / v.len() as f64 };
    let p = mean(pages.iter().filter(|s| s.0 + s.1 > 0.0).map(|s| s.0 / (s.0 + s.1)).collect());
    let r = mean(pages.iter().filter(|s| s.0 + s.2 > 0.0).map(|s| s.0 / (s.0 + s.2)).collect());
    (if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }, p, r)
}

fn normal(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn list<'v>(row: &'v Row, key: &str) -> Vec<&'v str> {
    row.truth[key].as_array().map(Vec::as_slice).unwrap_or_default().iter().filter_map(Value::as_str).collect()
}

/// Wanted snippets present, unwanted ones absent, as F.
pub fn snippet_f(rows: &[&Row], bodies: &[String]) -> f64 {
    let (mut tp, mut fp, mut fnn) = (0u32, 0u32, 0u32);
    for (row, body) in rows.iter().zip(bodies) {
        let body = normal(body);
        for wanted in list(row, "with_") {
            if body.contains(&normal(wanted)) { tp += 1 } else { fnn += 1 }
        }
        fp += list(row, "without").iter().filter(|w| body.contains(&normal(w))).count() as u32;
    }
    2.0 * f64::from(tp) / f64::from((2 * tp + fp + fnn).max(1))
}

/// For every block how much of it is in the truth, and how much it matters.
pub fn labels(row: &Row, candidates: &Candidates) -> (Vec<f32>, Vec<f32>) {
    let texts: Vec<&str> = candidates.texts().collect();
    let (mut labels, mut weights) = (vec![0.0f32; texts.len()], vec![0.0f32; texts.len()]);
    if !row.has_body() {
        let wanted: Vec<String> = list(row, "with_").into_iter().map(normal).collect();
        let unwanted: Vec<String> = list(row, "without").into_iter().map(normal).collect();
        for (at, text) in texts.iter().enumerate() {
            let text = normal(text);
            if wanted.iter().any(|w| text.contains(w.as_str())) {
                (labels[at], weights[at]) = (1.0, 0.06);
            } else if unwanted.iter().any(|w| text.contains(w.as_str())) {
                (labels[at], weights[at]) = (0.0, 0.06);
            }
        }
        return (labels, weights);
    }
    let words = tokens(row.truth["text"].as_str().unwrap_or(""));
    let mut places: HashMap<&[&str], Vec<usize>> = HashMap::new();
    for at in 0..words.len().saturating_sub(2) {
        places.entry(&words[at..at + 3]).or_default().push(at);
    }
    let optional: Vec<HashMap<u64, u32>> = row.optional().iter().map(|o| grams(&tokens(o))).collect();
    let mut cursor = 0usize;
    let total = words.len() as f32 + 60.0;
    let mut used = vec![false; words.len()];
    for (at, text) in texts.iter().enumerate() {
        let own = tokens(text);
        weights[at] = ((own.len() as f32 + 4.0) / total).min(0.35);
        if own.len() >= 5 {
            let mut hits = 0usize;
            let mut fresh = 0usize;
            let mut last = None;
            for gram in own.windows(3) {
                let Some(all) = places.get(gram) else { continue };
                hits += 1;
                let spot = all
                    .iter()
                    .copied()
                    .find(|&p| Some(p) == last.map(|l: usize| l + 1))
                    .or_else(|| all.iter().copied().find(|&p| p >= cursor && !used[p]))
                    .unwrap_or(all[0]);
                fresh += usize::from(!used[spot]);
                used[spot] = true;
                last = Some(spot);
            }
            let share = hits as f32 / (own.len() - 2) as f32;
            if share > 0.5 {
                if (fresh as f32) < 0.4 * hits as f32 {
                    // A second copy of what stood already: neither right nor wrong.
                    weights[at] = 0.0;
                }
                cursor = last.map_or(cursor, |l| l + 3);
            }
            labels[at] = if share > 0.85 {
                1.0
            } else if share < 0.2 {
                0.0
            } else {
                share
            };
        } else if !own.is_empty() {
            let reach = (cursor + 12).min(words.len());
            let spot = (cursor.min(reach)..reach).find(|&p| words[p..].starts_with(&own));
            if let Some(spot) = spot {
                labels[at] = 1.0;
                cursor = spot + own.len();
            }
        } else {
            weights[at] = 0.0;
        }
        if !optional.is_empty() && labels[at] > 0.5 {
            let own = grams(&own);
            let hit = |o: &HashMap<u64, u32>| own.keys().filter(|g| o.contains_key(g)).count() * 2 > own.len();
            if optional.iter().any(hit) {
                weights[at] = 0.0;
            }
        }
    }
    (labels, weights)
}
