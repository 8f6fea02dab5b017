//! What hostile inputs cost: each at one size and at four times that size, so that work beyond the linear shows.
//!
//! `cargo bench --bench hostile` prints processor seconds of this thread (by the clock where the system does not tell) and ends with 1 if an
//! input takes more than five seconds, or four times the input more than nine times as long.

use jiff::civil::date;
use newsdex::clean::html::{fragment, page};
use newsdex::model::{Article, ArticleId, Block, BlockKind, Flags, Lang, Provenance, Span};
use newsdex::passage::{Chooser, Options, Prepared};
use newsdex::{query, source};
use std::ops::ControlFlow;
use std::process::ExitCode;
use std::time::Instant;

const MOST_SECONDS: f64 = 5.0;
const MOST_GROWTH: f64 = 9.0;
/// Below this a ratio of times says nothing.
const LEAST_SECONDS: f64 = 0.02;

/// Takes a number of repetitions and does the work; the input is made outside of what is timed.
type Case = (&'static str, usize, Box<dyn Fn(usize) -> Box<dyn FnOnce()>>);

fn main() -> ExitCode {
    let mut failed = false;
    println!("{:<28} {:>9} {:>9} {:>9} {:>7}", "input", "times", "s", "s of 4x", "growth");
    for (name, times, case) in cases() {
        let (once, four) = (seconds(case(times)), seconds(case(4 * times)));
        let growth = four / once.max(LEAST_SECONDS / 4.0);
        let bad = four > MOST_SECONDS || four > LEAST_SECONDS && growth > MOST_GROWTH;
        println!("{name:<28} {times:>9} {once:>9.4} {four:>9.4} {growth:>7.1}{}", if bad { "  too much" } else { "" });
        failed |= bad;
    }
    ExitCode::from(u8::from(failed))
}

fn seconds(work: Box<dyn FnOnce()>) -> f64 {
    let (clock, before) = (Instant::now(), thread_seconds());
    work();
    match (before, thread_seconds()) {
        (Some(before), Some(after)) => after - before,
        _ => clock.elapsed().as_secs_f64(),
    }
}

fn thread_seconds() -> Option<f64> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(told.split(' ').next()?.parse::<f64>().ok()? / 1e9)
}

fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for (name, piece, times) in [
        ("page: divs", "<div>", 25_000),
        ("page: tables", "<table><tr><td>", 5_000),
        ("page: rows", "<tr><td>Rye<td>12", 15_000),
        ("page: links", "<a href=x>y", 25_000),
        ("page: spans", "<span>y", 25_000),
        ("page: lists", "<ul><li>y", 12_000),
        ("page: unclosed", "<b><i><p>", 12_000),
        ("page: paragraphs", "<p>The dam of Tarnmouth broke at dawn, the warden said.</p>", 5_000),
        ("page: words", "word ", 100_000),
        ("page: scripts", "<script>var a={\"headline\":\"x\"}</script>", 10_000),
    ] {
        cases.push((
            name,
            times,
            Box::new(move |times| {
                let html = piece.repeat(times);
                Box::new(move || drop(page(&html, None)))
            }),
        ));
        if !name.ends_with("scripts") {
            let name: &'static str = Box::leak(name.replace("page", "fragment").into_boxed_str());
            cases.push((
                name,
                times / 4,
                Box::new(move |times| {
                    let html = piece.repeat(times);
                    Box::new(move || drop(fragment(&html, None)))
                }),
            ));
        }
    }
    for (name, head, piece, times) in [
        ("feed: sections not closed", "<rss><item>", "<a><![CDATA[</a>", 50_000),
        ("feed: depth", "<rss>", "<a>", 50_000),
        ("feed: entries", "<rss><channel>", "<item><title>Rye</title><description>Rain.</description></item>", 5_000),
        ("feed: one in another", "<nitf><head/><body>", "<hedline><hl1>a", 8_000),
        ("json: depth", "", "[{\"a\":", 50_000),
        ("csv: quotes", "title,text\n", "\"a\"\"b,\n", 50_000),
        ("mail: boundaries", "From: a@b\nContent-Type: multipart/mixed; boundary=x\n\n", "--x\n\na\n", 20_000),
    ] {
        cases.push((
            name,
            times,
            Box::new(move |times| {
                let input = format!("{head}{}", piece.repeat(times));
                Box::new(move || {
                    let each = &mut |_| ControlFlow::Continue(());
                    drop(source::read_stream("hostile", input.as_bytes(), &source::Options::default(), each));
                })
            }),
        ));
    }
    for (name, typed, piece, times) in [
        ("passage: word", "dam", "dam and water ", 10_000),
        ("passage: distance", "dam NEAR/3 water", "The dam broke. Water came.\n\n", 10_000),
        ("passage: phrase", "\"dam and water\"", "dam and water ", 10_000),
        ("passage: sets", "(dam OR water) NEAR/50 (and OR dam)", "dam and water ", 10_000),
        ("passage: one endless word", "dam OR x*", "x", 100_000),
        ("passage: Chinese", "水庫", "水庫崩潰", 15_000),
    ] {
        cases.push((
            name,
            times,
            Box::new(move |times| {
                let article = article(piece.repeat(times).trim_end());
                let options = query::Options::new(date(2025, 7, 1));
                let plan = query::parse(typed, &options).map(|query| query::plan(&query));
                Box::new(move || {
                    let Ok(plan) = plan else { return };
                    let most = Options { most: 3, ..Options::default() };
                    drop(Chooser::new().choose(&article, &Prepared::new(&plan), &most));
                })
            }),
        ));
    }
    for piece in ["(", "-", "\"a\" ", "a OR ", "a-", "=\"", "title:", "e\u{301}", "東", "aa~1 ", "/a/ ", "U.S."] {
        let name: &'static str = Box::leak(format!("query: {piece}").into_boxed_str());
        // Four times this is the longest query that is read.
        let times = 64 * 1024 / 4 / piece.len();
        cases.push((
            name,
            times,
            Box::new(move |times| {
                let typed = piece.repeat(times);
                Box::new(move || {
                    let options = query::Options::new(date(2025, 7, 1));
                    if let Err(error) = query::parse(&typed, &options) {
                        drop(error.render(&typed));
                    }
                })
            }),
        ));
    }
    cases
}

fn article(text: &str) -> Article {
    let mut at = 0;
    let spans = text.split("\n\n").map(|block| {
        let span = Span::new(at, at + block.len());
        at = span.end + 2;
        Block { kind: BlockKind::Paragraph, span }
    });
    Article {
        id: ArticleId::of_text("", text),
        title: String::new(),
        authors: Vec::new(),
        published: None,
        updated: None,
        fetched: None,
        embargo: None,
        language: Lang::parse("en"),
        url: None,
        source: None,
        section: None,
        tags: Vec::new(),
        text: text.into(),
        blocks: spans.collect(),
        removed: Vec::new(),
        provenance: Provenance::default(),
        flags: Flags::default(),
        notes: Vec::new(),
    }
}
