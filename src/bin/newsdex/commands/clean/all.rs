//! `newsdex clean --all`: every stored document cleaned again with today's rules, and what that changes.

use std::io::Write;
use std::path::Path;

use newsdex::corpus::Stored;
use newsdex::ingest::{self, Recleaned};
use newsdex::model::Article;

use crate::args;
use crate::output::{Output, Status, safe, style};
use crate::table::count;

/// Changed lines shown of one article.
const SHOWN: usize = 12;

pub fn run(args: &args::Clean, home: &Path, out: &Output) -> anyhow::Result<Status> {
    let options = ingest::Options { now: Some(jiff::Timestamp::now()), ..ingest::Options::default() };
    let mut to = out.text();
    let mut failed = None;
    let report = ingest::reclean(home, &options, args.apply, &mut |stored, what| {
        if failed.is_none() {
            failed = print(stored, &what, &mut to).err();
        }
    })?;
    if let Some(error) = failed {
        return Err(error.into());
    }
    to.flush()?;
    let would = if args.apply { "changed" } else { "would change" };
    let gone = if args.apply { "taken out" } else { "would be taken out" };
    out.remark(&format!(
        "{} articles cleaned again: {} {would}, {} {gone}",
        count(report.seen),
        count(report.changed),
        count(report.refused)
    ));
    if !args.apply && report.changed + report.refused > 0 {
        out.remark("hint: `newsdex clean --all --apply` makes the change; the versions that stand now are kept");
    }
    Ok(Status::Done)
}

fn print(stored: &Stored, what: &Recleaned<'_>, to: &mut impl Write) -> std::io::Result<()> {
    let (title, good, bad, quiet) = (style::TITLE, style::GOOD, style::BAD, style::QUIET);
    let old = &stored.article;
    writeln!(to, "{title}{}{title:#}  {quiet}{}{quiet:#}", safe(&old.title), old.id)?;
    let new = match what {
        Recleaned::Changed(article) => article,
        Recleaned::Refused(rejection) => {
            return writeln!(to, "  {bad}refused{bad:#}: {}: {}\n", rejection.reason.words(), safe(&rejection.detail));
        }
    };
    let (before, after) = (lines(old), lines(new));
    let before: Vec<&str> = before.iter().map(String::as_str).collect();
    let after: Vec<&str> = after.iter().map(String::as_str).collect();
    let diff = similar::TextDiff::from_slices(&before, &after);
    let changes = diff.iter_all_changes().filter(|change| change.tag() != similar::ChangeTag::Equal);
    let (mut shown, mut more) = (0, 0);
    for change in changes {
        if shown == SHOWN {
            more += 1;
            continue;
        }
        shown += 1;
        let text = safe(change.value());
        match change.tag() {
            similar::ChangeTag::Delete => writeln!(to, "  {bad}- {text}{bad:#}")?,
            _ => writeln!(to, "  {good}+ {text}{good:#}")?,
        }
    }
    if shown == 0 {
        let (was, is) = (old.removed.len(), new.removed.len());
        writeln!(
            to,
            "  {quiet}same text and fields; {was} removed spans become {is}, or other rules or notes{quiet:#}"
        )?;
    }
    if more > 0 {
        writeln!(to, "  … and {more} more lines")?;
    }
    writeln!(to)
}

/// Metadata and blocks, a line each.
fn lines(article: &Article) -> Vec<String> {
    let facts = crate::facts::of(article).into_iter().map(|(name, value)| format!("{name}: {value}"));
    let title = std::iter::once(format!("title: {}", article.title));
    title.chain(facts).chain(article.blocks.iter().map(|b| b.span.of(&article.text).to_owned())).collect()
}
