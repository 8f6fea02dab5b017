//! `newsdex timeline QUERY…`: what a query finds over time.

mod svg;

use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;
use newsdex::query::DateField;
use newsdex::search::{Bar, Period, Request, Timeline};

use crate::args::{self, Step};
use crate::output::{Output, Status, safe, style};
use crate::rows::no_such;
use crate::table::{count, many};
use crate::{asking, wrap};

/// Bars that fit a screen: a finer step is taken as long as there are no more.
const FIT: usize = 60;

pub fn run(args: &args::Timeline, home: &Path, out: &Output) -> anyhow::Result<Status> {
    let asked = asking::read(&args.query, &args.filters, out)?;
    let morgue = asking::open(home, args.filters.as_of.as_deref(), out)?;
    let now = Timestamp::now();
    let by = |period| morgue.timeline(&asked.query, DateField::Published, period, now);
    let (period, line) = match args.by {
        Some(step) => (period(step), by(period(step))?),
        None => {
            let mut last = (Period::Day, by(Period::Day)?);
            for coarser in [Period::Week, Period::Month, Period::Year] {
                if last.1.bars.len() <= FIT {
                    break;
                }
                last = (coarser, by(coarser)?);
            }
            last
        }
    };
    match args.format.as_deref().unwrap_or("text") {
        "text" | "list" => text(&line, period, out)?,
        "csv" => out.write_all(separated(&line, period, ',', "\r\n").as_bytes())?,
        "tsv" => out.write_all(separated(&line, period, '\t', "\n").as_bytes())?,
        "json" | "jsonl" => out.write_all(json(&line, period).as_bytes())?,
        "svg" => out.write_all(svg::draw(&line, period, &asked.typed).as_bytes())?,
        other => return Err(no_such(other, "text, csv, tsv, svg, json, jsonl")),
    }
    for note in morgue.left_out(&Request::new(asked.query.clone(), now))? {
        out.remark(&format!("note: {}", safe(&note)));
    }
    let gaps = line.bars.windows(2).any(|two| period.next(two[0].from) != Some(two[1].from));
    if gaps {
        out.remark(&format!("more bars than are drawn one by one: each {} without articles is left out", name(period)));
    }
    if line.doubtful > 0 {
        let are = if line.doubtful == 1 { "is" } else { "are" };
        out.remark(&format!("{} of a doubtful date {are} counted as claimed", many(line.doubtful, "article")));
    }
    let broad: u64 = line.spans.iter().map(|span| span.articles).sum();
    if broad > 0 {
        let has = if broad == 1 { "has a row of its" } else { "have rows of their" };
        out.remark(&format!("{}, known only by year or month, {has} own", many(broad, "article")));
    }
    if line.undated > 0 {
        let are = if line.undated == 1 { "is" } else { "are" };
        out.remark(&format!("{} without a date {are} not shown", many(line.undated, "article")));
    }
    let empty = line.bars.is_empty() && line.spans.is_empty() && line.undated == 0;
    if empty {
        out.remark("nothing found");
    }
    Ok(if empty { Status::Nothing } else { Status::Done })
}

fn period(step: Step) -> Period {
    match step {
        Step::Day => Period::Day,
        Step::Week => Period::Week,
        Step::Month => Period::Month,
        Step::Year => Period::Year,
    }
}

fn label(bar: &Bar, period: Period) -> String {
    match period {
        Period::Day | Period::Week => bar.from.to_string(),
        Period::Month => format!("{:04}-{:02}", bar.from.year(), bar.from.month()),
        Period::Year => format!("{:04}", bar.from.year()),
    }
}

fn name(period: Period) -> &'static str {
    match period {
        Period::Day => "day",
        Period::Week => "week",
        Period::Month => "month",
        Period::Year => "year",
    }
}

fn text(line: &Timeline, period: Period, out: &Output) -> anyhow::Result<()> {
    let mut to = out.text();
    let spans = line.spans.iter().map(|span| span.articles);
    let most = line.bars.iter().map(|bar| bar.articles).chain(spans).max().unwrap_or(1).max(1);
    let room = wrap::width().saturating_sub(22).max(10) as u64;
    let field = style::FIELD;
    let row = |label: &str, articles: u64| {
        // At least one mark, so that nothing found looks like nothing.
        let cells = usize::try_from((articles * room).div_ceil(most)).unwrap_or(1);
        format!("{label:<10} {:>8}  {field}{}{field:#}", count(articles), "█".repeat(cells))
    };
    let mut after = None;
    for bar in line.bars.iter().filter(|bar| bar.articles > 0) {
        match after.map_or(0, |after| between(after, bar.from, period)) {
            0 => {}
            empty => writeln!(to, "{:>10}  ({empty} without)", "⋮")?,
        }
        after = period.next(bar.from);
        writeln!(to, "{}", row(&label(bar, period), bar.articles))?;
    }
    for span in &line.spans {
        writeln!(to, "{}", row(&span.label(), span.articles))?;
    }
    to.flush()?;
    Ok(())
}

/// How many periods begin in these days, the last not included.
fn between(from: Date, to: Date, period: Period) -> u64 {
    let days = u64::try_from((to - from).get_days()).unwrap_or(0);
    match period {
        Period::Day => days,
        Period::Week => days / 7,
        Period::Month | Period::Year => std::iter::successors(Some(from), |start| period.next(*start))
            .take_while(|start| *start < to)
            .count() as u64,
    }
}

/// A row for each bar, then one for each year or month of which no more is known.
fn separated(line: &Timeline, period: Period, comma: char, end: &str) -> String {
    let mut out = format!("{}{comma}articles{end}", name(period));
    let bars = line.bars.iter().map(|bar| (label(bar, period), bar.articles));
    for (label, articles) in bars.chain(line.spans.iter().map(|span| (span.label(), span.articles))) {
        // Writing to a String cannot fail.
        let _ = write!(out, "{label}{comma}{articles}{end}");
    }
    out
}

/// What no bar shows, in words; empty where there is nothing.
fn aside(line: &Timeline) -> String {
    let mut said: Vec<String> = Vec::new();
    if !line.spans.is_empty() {
        let spans: Vec<String> = line.spans.iter().map(|s| format!("{}: {}", s.label(), s.articles)).collect();
        said.push(format!("known only by year or month: {}", spans.join(", ")));
    }
    if line.undated > 0 {
        said.push(format!("without a date: {}", line.undated));
    }
    if line.doubtful > 0 {
        said.push(format!("of a doubtful date, counted as claimed: {}", line.doubtful));
    }
    said.join(" · ")
}

fn json(line: &Timeline, period: Period) -> String {
    let bars: Vec<_> = line
        .bars
        .iter()
        .map(|bar| serde_json::json!({ "from": bar.from.to_string(), "articles": bar.articles }))
        .collect();
    let spans: Vec<_> = line
        .spans
        .iter()
        .map(|span| {
            let (from, to) = (span.from.to_string(), span.to.to_string());
            serde_json::json!({ "known": span.label(), "from": from, "to": to, "articles": span.articles })
        })
        .collect();
    let object = serde_json::json!({ "schema_version": 1, "by": name(period), "bars": bars, "known_only_by_year_or_month": spans,
        "undated": line.undated, "doubtful": line.doubtful });
    format!("{object}\n")
}
