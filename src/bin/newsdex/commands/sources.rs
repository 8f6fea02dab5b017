//! `newsdex sources`: the outlets in the corpus, and the addresses that lists named.

mod boilerplate;
mod lists;

use std::io::Write;
use std::path::Path;

use newsdex::corpus::{Corpus, SourceRow};
use newsdex::export::Entry;
use newsdex::{Error, ErrorKind};

use crate::output::{Output, Status};
use crate::table::{Table, count};
use crate::{args, rows};

pub fn run(args: &args::Sources, home: &Path, out: &Output) -> anyhow::Result<Status> {
    match &args.command {
        Some(args::SourcesCommand::Import(args)) => return lists::import(args, home, out),
        Some(args::SourcesCommand::Imported(args)) => return lists::imported(args, home, out),
        Some(args::SourcesCommand::Forget(args)) => return lists::forget(args, home, out),
        None => {}
    }
    let corpus = Corpus::open(home)?;
    let mut rows = corpus.sources()?;
    if let Some(name) = &args.name {
        let wanted = name.to_lowercase();
        rows.retain(|row| row.source.to_lowercase().contains(&wanted));
        if rows.is_empty() {
            return Err(Error::new(ErrorKind::NotFound, format!("no source called `{name}`"))
                .hint("`newsdex sources` lists them all")
                .into());
        }
    }
    if args.boilerplate || !args.approve.is_empty() || !args.reject.is_empty() || args.auto.is_some() {
        let exact = args.name.as_deref().and_then(|name| rows.iter().find(|row| row.source.eq_ignore_ascii_case(name)));
        let [row] = exact.map_or(&rows[..], std::slice::from_ref) else {
            let names: Vec<&str> = rows.iter().map(|row| row.source.as_str()).collect();
            anyhow::bail!("that names several sources: {}", names.join(", "));
        };
        return boilerplate::run(args, &row.source, &corpus, out);
    }
    rows.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.source.cmp(&b.source)));
    match args.format.name() {
        "text" | "list" => {
            let mut table = Table::new(&["articles", "first", "last", "source"]);
            for row in &rows {
                let day = |date: &Option<String>| date.as_deref().unwrap_or("").chars().take(10).collect();
                let name = if row.source.is_empty() { "(no source)".to_owned() } else { row.source.clone() };
                table.row(vec![count(row.articles), day(&row.first), day(&row.last), name]);
            }
            let mut to = out.text();
            table.print(&mut to)?;
            to.flush()?;
        }
        name => {
            let row = |row: &SourceRow| {
                vec![
                    Entry::Text(row.source.clone()),
                    Entry::Number(row.articles),
                    row.first.clone().into(),
                    row.last.clone().into(),
                ]
            };
            let all: Vec<_> = rows.iter().map(row).collect();
            rows::write(name, &["source", "articles", "first", "last"], &all, out)?;
        }
    }
    Ok(if rows.is_empty() { Status::Nothing } else { Status::Done })
}
