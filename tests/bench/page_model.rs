//! Measures and trains the page cleaner on optional external data (`../shared/data/extraction`).
//!
//! `cargo run --example page_model -- claims SET` prints what pages say of themselves.

use std::io::Read;

use newsdex::clean::html;

struct Row {
    truth: serde_json::Value,
    html: String,
}

fn rows(set: &str) -> Vec<Row> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/extraction").join(set);
    let Ok(truth) = std::fs::read_to_string(folder.join("truth.jsonl")) else { return Vec::new() };
    let mut rows = Vec::new();
    for line in truth.lines() {
        let truth: serde_json::Value = serde_json::from_str(line).expect("a truth line is JSON");
        let file = std::fs::File::open(folder.join(truth["file"].as_str().unwrap_or(""))).expect("the page is there");
        let mut bytes = Vec::new();
        flate2::read::MultiGzDecoder::new(file).read_to_end(&mut bytes).expect("the page is gzip");
        rows.push(Row { truth, html: String::from_utf8_lossy(&bytes).into_owned() });
    }
    rows
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let set = args.get(1).map_or("aed", String::as_str);
    for row in rows(set) {
        let url = row.truth["url"].as_str();
        let claims = match html::page(&row.html, url) {
            Ok(draft) => draft.claims,
            Err(refusal) => refusal.claims,
        };
        println!("== {} | {} | {} | {}", row.truth["url"], row.truth["title"], row.truth["authors"], row.truth["date"]);
        for claim in claims {
            println!("   {:?} {} = {}", claim.field, claim.found, claim.value.chars().take(100).collect::<String>());
        }
    }
}
