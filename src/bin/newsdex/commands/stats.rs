//! `newsdex stats`: what is in the corpus.

use std::io::Write;
use std::path::Path;

use newsdex::corpus::Corpus;
use newsdex::export::Entry;
use newsdex::search::Request;

use super::search::Part;
use crate::output::{self, Output, Status};
use crate::table::{bytes, count};
use crate::{args, asking, rows};

pub fn run(args: &args::Stats, home: &Path, out: &Output) -> anyhow::Result<Status> {
    let f = &args.filters;
    let flags = [&f.source, &f.author, &f.since, &f.until, &f.lang, &f.as_of];
    if !args.query.is_empty() || args.by.is_some() || flags.iter().any(|flag| flag.is_some()) {
        return of_query(args, home, out);
    }
    let corpus = Corpus::open(home)?;
    let s = corpus.statistics()?;
    let mut to = out.text();
    match args.format.name() {
        "text" => {
            for (name, value) in [
                ("articles", count(s.articles)),
                ("versions", count(s.versions)),
                ("sources", count(s.sources)),
                ("originals kept", format!("{} ({})", count(s.documents), bytes(s.raw_bytes))),
                ("refused", count(s.rejected)),
                ("words", format!("{} ({} of text)", count(s.words), bytes(s.text_bytes))),
                ("on disk", format!("{} (corpus)", bytes(s.disk_bytes))),
                ("revision", count(s.revision.0)),
                ("home", home.display().to_string()),
            ] {
                writeln!(to, "{name:<16} {}", output::safe(&value))?;
            }
        }
        name => {
            let counts = [
                ("revision", s.revision.0),
                ("articles", s.articles),
                ("versions", s.versions),
                ("documents", s.documents),
                ("rejected", s.rejected),
                ("sources", s.sources),
                ("words", s.words),
                ("text_bytes", s.text_bytes),
                ("raw_bytes", s.raw_bytes),
                ("disk_bytes", s.disk_bytes),
            ];
            one(name, &counts, out)?;
        }
    }
    to.flush()?;
    Ok(if s.articles == 0 { Status::Nothing } else { Status::Done })
}

/// Counts as one object, or as a table of one row.
fn one(format: &str, counts: &[(&str, u64)], out: &Output) -> anyhow::Result<()> {
    let names: Vec<&str> = counts.iter().map(|(name, _)| *name).collect();
    // An object is the same document in either.
    let format = if format == "json" { "jsonl" } else { format };
    rows::write(format, &names, &[counts.iter().map(|(_, number)| Entry::Number(*number)).collect()], out)
}

/// Articles, matches and distinct stories of a query, or its articles by a field.
fn of_query(args: &args::Stats, home: &Path, out: &Output) -> anyhow::Result<Status> {
    let words = if args.query.is_empty() { vec!["*".to_owned()] } else { args.query.clone() };
    let asked = asking::read(&words, &args.filters, out)?;
    let morgue = asking::open(home, args.filters.as_of.as_deref(), out)?;
    let request = Request::new(asked.query, jiff::Timestamp::now());
    for note in morgue.left_out(&request)? {
        out.remark(&format!("note: {}", output::safe(&note)));
    }
    if let Some(field) = &args.by {
        return super::search::by(&morgue, &request, field, Part { offset: 0, limit: None }, args.format.name(), out);
    }
    let summary = morgue.summary(&request)?;
    let mut counts = vec![("articles", summary.articles), ("matches", summary.matches), ("stories", summary.stories)];
    // Where no words were asked for, there is nothing that matches.
    counts.retain(|(name, _)| *name != "matches" || !args.query.is_empty());
    match args.format.name() {
        "text" => {
            let line = |(name, number): &(&str, u64)| format!("{name:<10} {:>12}\n", count(*number));
            out.write_all(counts.iter().map(line).collect::<String>().as_bytes())?;
        }
        name => one(name, &counts, out)?,
    }
    Ok(if summary.articles == 0 { Status::Nothing } else { Status::Done })
}
