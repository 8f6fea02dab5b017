//! What each part of an answer takes: opening, each kind of query, counts, passages, a list in each format.
//!
//!     cargo bench --bench answers [-- NAME]
//!     NEWSDEX_BENCH_ARTICLES=100000 cargo bench --bench answers
//!
//! The input is made here, the same each time: 10,000 articles of 350 words on average, drawn from a vocabulary as uneven as that of
//! a language. `search` compares with peers; this bench tells which part of an answer became dearer.

use std::io::sink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use jiff::Timestamp;
use jiff::civil::date;
use newsdex::export::{self, Format, Head, Tail};
use newsdex::index::{Facet, Order};
use newsdex::ingest::{Event, ingest};
use newsdex::model::Article;
use newsdex::passage::{Chooser, Options, Prepared};
use newsdex::query::{self, Query};
use newsdex::search::{Morgue, OpenOptions, Request};

/// A folder that goes with the process.
struct Home {
    path: PathBuf,
    _folder: tempfile::TempDir,
}

static HOME: LazyLock<Home> = LazyLock::new(|| {
    let count = std::env::var("NEWSDEX_BENCH_ARTICLES").ok().and_then(|n| n.parse().ok()).unwrap_or(10_000);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (file, path) = (folder.path().join("made.jsonl"), folder.path().join("home"));
    std::fs::write(&file, articles(count)).expect("room for the articles");
    let report = ingest(&path, &[file], &newsdex::ingest::Options::default(), &mut |_: Event<'_>| {});
    assert_eq!(report.expect("what was made can be ingested").added, count as u64);
    Home { path, _folder: folder }
});

static MORGUE: LazyLock<Morgue> = LazyLock::new(|| open(&HOME.path));

fn main() {
    LazyLock::force(&MORGUE);
    divan::main();
}

fn open(home: &Path) -> Morgue {
    Morgue::open(home, &OpenOptions::default()).expect("the home just made")
}

/// The word of this rank: `ka`, `ke`, …, longer ones the rarer they are.
fn word(mut rank: usize) -> String {
    const PARTS: [&str; 24] = [
        "ka", "ne", "to", "ri", "lu", "sa", "me", "vo", "di", "hu", "pa", "ge", "fo", "li", "ru", "ba", "te", "no",
        "wi", "su", "ra", "ke", "mo", "zi",
    ];
    let mut word = String::from("x");
    loop {
        word.push_str(PARTS[rank % PARTS.len()]);
        rank /= PARTS.len();
        if rank == 0 {
            return word;
        }
    }
}

/// Lines of JSON; a word is as frequent as its rank is low.
fn articles(count: usize) -> String {
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    let mut below = move |end: usize| {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        (state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % end
    };
    let mut out = String::new();
    for number in 0..count {
        let mut words = |most: usize| {
            let drawn: Vec<String> = (0..most)
                .map(|_| {
                    // Ranks whose logarithms are equally likely.
                    let magnitude = 1usize << below(17);
                    word(below(magnitude) + magnitude - 1)
                })
                .collect();
            drawn.join(" ")
        };
        let title = words(9);
        let paragraphs: Vec<String> = (0..3 + number % 9).map(|_| words(50)).collect();
        let day = date(2015, 1, 1).saturating_add(jiff::Span::new().days((number % 3000) as i64));
        let text = paragraphs.join(".\n\n");
        let line = serde_json::json!({
            "id": format!("made-{number}"), "title": title, "text": text, "published": day.to_string(),
            "author": format!("Mara {}", ["Linde", "Orel", "Roe", "Holm"][number % 4]), "source": format!("Outlet {}", number % 50),
        });
        out.push_str(&line.to_string());
        out.push('\n');
    }
    out
}

fn read(typed: &str) -> Query {
    query::parse(typed, &query::Options::new(date(2026, 1, 1))).expect("a query of this bench")
}

fn request(typed: &str) -> Request {
    Request::new(read(typed), Timestamp::MAX)
}

/// The kinds of query, each by a name and what is typed: words of the ranks 40, 300 and 2,000.
const KINDS: [(&str, &str); 13] = [
    ("word, common", "A"),
    ("word, rare", "C"),
    ("or", "A OR B OR C"),
    ("and", "A B"),
    ("not", "B -A"),
    ("phrase", "\"A B\""),
    ("near", "A NEAR/10 B"),
    ("wildcard", "PREFIX*"),
    ("slip of the pen", "C~1"),
    ("literal", "='B'"),
    ("field", "author:\"Mara Holm\" B"),
    ("date", "A date:2018-01..2018-06"),
    ("title", "title:B"),
];

fn typed(kind: &str) -> String {
    let (_, shape) = KINDS.iter().find(|(name, _)| *name == kind).expect("a kind of the list");
    let prefix: String = word(300).chars().take(4).collect();
    let word = |part: &str| match part {
        "A" => word(40),
        "B" => word(300),
        "C" => word(2000),
        other => other.to_owned(),
    };
    // Letters that stand alone are words to be filled in.
    let mut out = String::new();
    for part in shape.replace("PREFIX", &prefix).split_inclusive(|c: char| !c.is_alphanumeric()) {
        let bare = part.trim_end_matches(|c: char| !c.is_alphanumeric());
        out.push_str(&word(bare));
        out.push_str(&part[bare.len()..]);
    }
    out
}

/// Opening a home in a process that runs already.
#[divan::bench]
fn open_in_process() -> Morgue {
    open(&HOME.path)
}

/// From nothing to the first hit on the screen, and a start that opens nothing.
#[divan::bench(args = ["search", "version"], sample_count = 30, sample_size = 1)]
fn process(what: &str) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_newsdex"));
    match what {
        "search" => command.arg("--home").arg(&HOME.path).args(["search", &word(40), "-n", "1"]),
        _ => command.arg("--version"),
    };
    let ended = command.output().expect("the program just built");
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
}

/// Ten hits with passages and marks.
#[divan::bench(args = KINDS.map(|(name, _)| name))]
fn answer(bencher: Bencher<'_, '_>, kind: &str) {
    let request = request(&typed(kind));
    assert!(MORGUE.search(&request).expect("an answer").total_articles > 0, "`{}` finds nothing", typed(kind));
    bencher.bench(|| MORGUE.search(black_box(&request)));
}

/// The same by date, and with copies left out.
#[divan::bench(args = ["newest first", "oldest first", "collapsed", "expanded"])]
fn order(bencher: Bencher<'_, '_>, way: &str) {
    let mut request = request(&typed("and"));
    match way {
        "newest first" => request.order = Order::Newest,
        "oldest first" => request.order = Order::Oldest,
        "collapsed" => request.collapse = true,
        _ => request.expand = true,
    }
    bencher.bench(|| MORGUE.search(black_box(&request)));
}

#[divan::bench]
fn count(bencher: Bencher<'_, '_>) {
    let query = read(&typed("and"));
    bencher.bench(|| MORGUE.count(black_box(&query), Timestamp::MAX));
}

#[divan::bench]
fn facets(bencher: Bencher<'_, '_>) {
    let query = read(&typed("word, common"));
    bencher.bench(|| MORGUE.facets(black_box(&query), Facet::Source, Timestamp::MAX));
}

/// Passages of articles that are read already.
#[divan::bench(args = ["word, common", "or", "phrase", "near", "literal"])]
fn passages(bencher: Bencher<'_, '_>, kind: &str) {
    let found = MORGUE.corpus().articles_after(0, 200).expect("articles");
    let articles: Vec<Article> = found.into_iter().map(|stored| stored.article).collect();
    let plan = query::plan(&read(&typed(kind)));
    let (prepared, options) = (Prepared::new(&plan), Options::default());
    let mut chooser = Chooser::new();
    bencher.counter(ItemsCount::new(articles.len())).bench_local(|| {
        articles.iter().map(|article| chooser.choose(article, &prepared, &options).matches).sum::<u64>()
    });
}

/// A list of all hits, written nowhere.
#[divan::bench(args = Format::ALL.map(|format| format.to_string()), sample_count = 5, sample_size = 1)]
fn export(bencher: Bencher<'_, '_>, format: &str) {
    let format = Format::parse(format).expect("a format of the list");
    let typed = typed("word, common");
    let mut request = request(&typed);
    request.limit = u64::MAX;
    let rows = MORGUE.count(&request.query, Timestamp::MAX).expect("a count");
    bencher.counter(ItemsCount::new(rows)).bench(|| {
        let mut writer = export::open(format, &export::Options::default(), Box::new(sink()));
        writer.begin(&Head::of(&typed, &typed, MORGUE.revision(), Timestamp::UNIX_EPOCH)).expect("a head");
        MORGUE.each_hit(&request, &mut |hit| writer.hit(&hit, None)).expect("all hits");
        writer.end(&Tail { total_articles: rows, notes: Vec::new() }).expect("an end")
    });
}
