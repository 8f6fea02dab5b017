//! What cleaning a page costs, beside the trafilatura and dom_smoothie crates, in one run on one thread.
//!
//! `cargo run --release --manifest-path tests/bench/peers/Cargo.toml [FOLDER…]`; folders hold `truth.jsonl` and gzipped
//! pages, as those of the optional external data do (the default). For each tool: CPU a page, the page that took
//! longest, and the most memory that one page took beyond what was in use before it. CPU time and memory are read
//! from Linux's `/proc`; elsewhere the clock stands in for the one, and the other is not measured.
//! The pages made here (deep nesting, huge tables) are for newsdex only, whose bound is 0.5 s and 200 MB.

use std::hint::black_box;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Instant;

use newsdex::model::{Document, MediaType, Origin, Payload, PayloadKind};

struct Page {
    name: String,
    url: Option<String>,
    html: String,
}

/// The data's sets whose pages are articles.
const SETS: [&str; 6] = ["aeb", "aed", "fundus_eval", "fundus_tests", "wcxb_article", "trafilatura_eval"];

fn pages(folder: &Path) -> Vec<Page> {
    let Ok(truth) = std::fs::read_to_string(folder.join("truth.jsonl")) else {
        eprintln!("skipped: `{}` has no truth.jsonl", folder.display());
        return Vec::new();
    };
    let read = |line: &str| {
        let row: serde_json::Value = serde_json::from_str(line).expect("a truth line is JSON");
        let file = folder.join(row["file"].as_str().unwrap_or(""));
        let mut bytes = Vec::new();
        let open = std::fs::File::open(&file).expect("the page is there");
        flate2::read::MultiGzDecoder::new(open).read_to_end(&mut bytes).expect("the page is gzip");
        let html = String::from_utf8_lossy(&bytes).into_owned();
        Page { name: file.display().to_string(), url: row["url"].as_str().map(str::to_owned), html }
    };
    truth.lines().map(read).collect()
}

fn made() -> Vec<Page> {
    let page = |name: &str, html: String| Page { name: name.to_owned(), url: None, html };
    let rows: String = (0..60_000).map(|n| format!("<tr><td>Rye Haven</td><td>{n}</td></tr>")).collect();
    let prose = "The lock at Rye Haven reopened on Tuesday after nine years of repairs, and boats came. ";
    let paragraphs: String = (0..20_000).map(|_| format!("<p>{prose}</p>")).collect();
    vec![
        page("100,000 nested divs", "<div>".repeat(100_000) + "deep" + &"</div>".repeat(100_000)),
        page("a table of 2 MB", format!("<table>{rows}</table>")),
        page("20,000 nested tables", "<table><tr><td>".repeat(20_000)),
        page("20,000 paragraphs", paragraphs),
        page("100,000 list items", "<ul>".to_owned() + &"<li>y".repeat(100_000)),
        page("20,000 nested lists", "<ul><li>y".repeat(20_000)),
        page("100,000 links", "<a href=x>y".repeat(100_000)),
        page("2 MB of words", "word ".repeat(400_000)),
        page("unclosed formatting", "<b><i><p>x".repeat(50_000)),
    ]
}

/// Seconds of CPU that this thread has had, or the clock.
fn cpu(start: Instant) -> f64 {
    let read = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = read.and_then(|s| s.split(' ').next().and_then(|n| n.parse::<f64>().ok()));
    nanoseconds.map_or_else(|| start.elapsed().as_secs_f64(), |n| n / 1e9)
}

/// The line of `/proc/self/status` that begins with `key`, in MB.
fn memory(key: &str) -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with(key))?;
    line.split_whitespace().nth(1)?.parse::<f64>().ok().map(|kb| kb / 1024.0)
}

fn measure(tool: &str, pages: &[Page], run: impl Fn(&Page)) -> f64 {
    let start = Instant::now();
    let (mut total, mut slowest, mut largest) = (0.0, (0.0, ""), (0.0, ""));
    for page in pages {
        // Writing 5 sets the peak back to what is in use.
        let reset = std::fs::write("/proc/self/clear_refs", "5").is_ok();
        let (before, used) = (cpu(start), memory("VmRSS:").filter(|_| reset));
        run(page);
        let took = cpu(start) - before;
        let grown = memory("VmHWM:").zip(used).map_or(0.0, |(peak, used)| peak - used);
        total += took;
        if took > slowest.0 {
            slowest = (took, page.name.as_str());
        }
        if grown > largest.0 {
            largest = (grown, page.name.as_str());
        }
    }
    let mean = total * 1e3 / pages.len() as f64;
    println!("{tool:28} {mean:7.2} ms a page; slowest {:.3} s ({}); most memory {:.0} MB ({})", slowest.0, slowest.1, largest.0, largest.1);
    mean
}

/// CPU of each of some tools, which take the pages in turns of fifty, so that what else the machine does meets them all alike.
fn in_turns<const N: usize>(pages: &[Page], tools: [fn(&Page); N]) -> [f64; N] {
    let (start, mut totals) = (Instant::now(), [0.0; N]);
    for _ in 0..3 {
        for some in pages.chunks(50) {
            for (total, run) in totals.iter_mut().zip(tools) {
                let before = cpu(start);
                some.iter().for_each(run);
                *total += cpu(start) - before;
            }
        }
    }
    totals
}

fn claims(page: &Page) {
    black_box(newsdex::clean::html::page(&page.html, page.url.as_deref()).is_ok());
}

fn whole(page: &Page) {
    let document = Document {
        origin: Origin::file(page.name.as_str()),
        media: MediaType::Page,
        raw: Vec::new(),
        payload: Some(Payload { kind: PayloadKind::HtmlPage, text: page.html.clone() }),
        claims: Vec::new(),
        fetched: None,
        notes: Vec::new(),
    };
    black_box(newsdex::clean::clean(&document, &newsdex::clean::Options::default()).is_ok());
}

fn trafilatura(page: &Page, fallback: bool) {
    let mut options = trafilatura::Options::default()
        .with_fallback(fallback)
        .with_exclude_comments(true)
        .with_focus(trafilatura::ExtractionFocus::FavorPrecision);
    options.original_url = page.url.as_deref().and_then(|u| u.parse().ok());
    black_box(trafilatura::extract(&page.html, &options).is_ok());
}

fn smoothie(page: &Page) {
    let readability = dom_smoothie::Readability::new(page.html.as_str(), page.url.as_deref(), None);
    black_box(readability.and_then(|mut r| r.parse()).is_ok());
}

fn main() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/data/extraction");
    let mut folders: Vec<PathBuf> = std::env::args().skip(1).map(PathBuf::from).collect();
    if folders.is_empty() {
        folders = SETS.iter().map(|set| data.join(set)).collect();
    }
    let pages: Vec<Page> = folders.iter().flat_map(|f| self::pages(f)).collect();
    if !pages.is_empty() {
        let bytes: usize = pages.iter().map(|p| p.html.len()).sum();
        println!("{} pages of {} kB on average", pages.len(), bytes / 1000 / pages.len());
        measure("newsdex, text and claims", &pages, claims);
        measure("newsdex, the whole cascade", &pages, whole);
        measure("dom_smoothie", &pages, smoothie);
        measure("trafilatura", &pages, |p| trafilatura(p, true));
        measure("trafilatura, no fallback", &pages, |p| trafilatura(p, false));
        let [text, all, peer] = in_turns(&pages, [claims, whole, smoothie]);
        println!("in turns, newsdex / dom_smoothie: text and claims {:.2}, the whole cascade {:.2}", text / peer, all / peer);
    }
    for page in made() {
        measure(&page.name.clone(), std::slice::from_ref(&page), whole);
    }
}
