//! `newsdex timeline QUERY…`: what a query finds over time.

use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;

use jiff::Timestamp;
use newsdex::query::DateField;
use newsdex::search::{Bar, Period, Request, Timeline};

use crate::args::{self, Step};
use crate::output::{Output, Status, style};
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
        "text" => text(&line, period, out)?,
        "csv" => out.write_all(csv(&line, period).as_bytes())?,
        "json" | "jsonl" => out.write_all(json(&line, period).as_bytes())?,
        "svg" => out.write_all(svg(&line, period, &asked.typed).as_bytes())?,
        other => anyhow::bail!("a timeline has no format `{other}` (text, csv, svg, json)"),
    }
    for note in morgue.left_out(&Request::new(asked.query.clone(), now))? {
        out.remark(&note);
    }
    if line.undated > 0 {
        let are = if line.undated == 1 { "is" } else { "are" };
        out.remark(&format!("{} without a date {are} not shown", many(line.undated, "article")));
    }
    let empty = line.bars.is_empty() && line.undated == 0;
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
    let most = line.bars.iter().map(|bar| bar.articles).max().unwrap_or(1).max(1);
    let room = wrap::width().saturating_sub(22).max(10) as u64;
    let field = style::FIELD;
    let mut empty = 0;
    for bar in &line.bars {
        if bar.articles == 0 {
            empty += 1;
            continue;
        }
        if empty > 0 {
            writeln!(to, "{:>10}  ({empty} without)", "⋮")?;
            empty = 0;
        }
        // At least one mark, so that nothing found looks like nothing.
        let cells = usize::try_from((bar.articles * room).div_ceil(most)).unwrap_or(1);
        writeln!(to, "{:<10} {:>8}  {field}{}{field:#}", label(bar, period), count(bar.articles), "█".repeat(cells))?;
    }
    to.flush()?;
    Ok(())
}

fn csv(line: &Timeline, period: Period) -> String {
    let mut out = format!("{},articles\r\n", name(period));
    for bar in &line.bars {
        // Writing to a String cannot fail.
        let _ = write!(out, "{},{}\r\n", label(bar, period), bar.articles);
    }
    out
}

fn json(line: &Timeline, period: Period) -> String {
    let bars: Vec<_> = line
        .bars
        .iter()
        .map(|bar| serde_json::json!({ "from": bar.from.to_string(), "articles": bar.articles }))
        .collect();
    let object = serde_json::json!({ "schema_version": 1, "by": name(period), "bars": bars, "undated": line.undated });
    format!("{object}\n")
}

fn svg(line: &Timeline, period: Period, typed: &str) -> String {
    let most = line.bars.iter().map(|bar| bar.articles).max().unwrap_or(1).max(1);
    let width = (line.bars.len() * 12).max(240);
    let title: String = escaped(&format!("Articles by {}: {typed}", name(period)));
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} 160\" role=\"img\" font-family=\"sans-serif\" \
         font-size=\"10\">\n<title>{title}</title>\n"
    );
    for (at, bar) in line.bars.iter().enumerate() {
        let height = bar.articles as f64 / most as f64 * 120.0;
        let (x, y) = (at * 12 + 1, 130.0 - height);
        let said = format!("{}: {}", label(bar, period), bar.articles);
        // Writing to a String cannot fail.
        let _ = writeln!(
            out,
            "<rect x=\"{x}\" y=\"{y:.1}\" width=\"10\" height=\"{height:.1}\" fill=\"#2a6f97\"><title>{said}</title></rect>"
        );
    }
    if let (Some(first), Some(last)) = (line.bars.first(), line.bars.last()) {
        let _ = writeln!(out, "<text x=\"0\" y=\"148\">{}</text>", label(first, period));
        let _ = writeln!(out, "<text x=\"{width}\" y=\"148\" text-anchor=\"end\">{}</text>", label(last, period));
    }
    out.push_str("</svg>\n");
    out
}

fn escaped(text: &str) -> String {
    let plain: String = text.chars().filter(|c| !c.is_control()).collect();
    plain.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
