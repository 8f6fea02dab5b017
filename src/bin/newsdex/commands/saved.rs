//! `newsdex save`, `saved`, `new`: searches kept under a name, and what is new for them since the last look.

use std::io::Write;
use std::path::Path;

use jiff::Timestamp;
use newsdex::corpus::{Corpus, SavedSearch};
use newsdex::export::{self, Asked, Format, Head, Tail};
use newsdex::model::{Hit, Revision};
use newsdex::search::{Morgue, Order, Request};
use newsdex::{Error, ErrorKind, query};

use crate::args;
use crate::asking;
use crate::hits::{self, Marks};
use crate::output::{self, Output, Status, safe, style};
use crate::table::Table;

/// What a lock calls this work.
const TASK: &str = "newsdex save";

pub fn save(args: &args::Save, home: &Path, out: &Output) -> anyhow::Result<Status> {
    let typed = args.query.join(" ");
    // Read now, so that a query that cannot be read is not found out at night by cron.
    query::parse(&typed, &asking::options()).map_err(|error| error.into_error(&typed))?;
    let corpus = Corpus::open(home)?;
    let seen = corpus.revision()?;
    let writer = newsdex::corpus::Writer::open(home, TASK)?;
    writer.save_search(&SavedSearch { name: args.name.clone(), query: typed, seen })?;
    out.remark(&format!("saved; `newsdex new {}` shows what comes in from now on", safe(&args.name)));
    Ok(Status::Done)
}

pub fn list(args: &args::Saved, home: &Path, out: &Output) -> anyhow::Result<Status> {
    if let Some(name) = &args.forget {
        if !newsdex::corpus::Writer::open(home, TASK)?.forget_search(name)? {
            return Err(unknown(name));
        }
        out.remark(&format!("forgot `{}`", safe(name)));
        return Ok(Status::Done);
    }
    let saved = Corpus::open(home)?.saved_searches()?;
    let mut to = output::stdout();
    match args.format.name() {
        "json" | "jsonl" => {
            for search in &saved {
                let object =
                    serde_json::json!({ "name": search.name, "query": search.query, "seen_revision": search.seen });
                writeln!(to, "{object}")?;
            }
        }
        "text" => {
            let mut table = Table::new(&["name", "seen to revision", "query"]);
            for search in &saved {
                table.row(vec![search.name.clone(), search.seen.to_string(), search.query.clone()]);
            }
            table.print(&mut to)?;
        }
        other => anyhow::bail!("no such format here: `{other}` (text, json)"),
    }
    to.flush()?;
    Ok(if saved.is_empty() { Status::Nothing } else { Status::Done })
}

pub fn new(args: &args::New, home: &Path, out: &Output) -> anyhow::Result<Status> {
    let morgue = asking::open(home, out)?;
    let mut saved = morgue.corpus().saved_searches()?;
    if let Some(name) = &args.name {
        saved.retain(|search| search.name == *name);
        if saved.is_empty() {
            return Err(unknown(name));
        }
    }
    let revision = morgue.revision();
    let now = Timestamp::now();
    let mut found = Vec::new();
    for search in &saved {
        let hits = since(&morgue, search, now)?;
        found.push((search, hits));
    }
    let total: usize = found.iter().map(|(_, hits)| hits.len()).sum();
    match args.format.name() {
        "text" => text(&found)?,
        name => program(name, &found, revision, now)?,
    }
    if !args.peek && saved.iter().any(|search| search.seen < revision) {
        let writer = newsdex::corpus::Writer::open(home, TASK)?;
        for search in &saved {
            writer.save_search(&SavedSearch { seen: revision, ..search.clone() })?;
        }
    }
    if total == 0 {
        out.remark("nothing new");
    }
    Ok(if total == 0 { Status::Nothing } else { Status::Done })
}

/// What answers a saved search and was written after its last look, newest first.
fn since(morgue: &Morgue, search: &SavedSearch, now: Timestamp) -> anyhow::Result<Vec<Hit>> {
    let query = query::parse(&search.query, &asking::options()).map_err(|e| e.into_error(&search.query))?;
    let mut request = Request::new(query, now);
    request.order = Order::Newest;
    request.limit = u64::MAX;
    let mut hits = Vec::new();
    morgue.each_hit(&request, &mut |hit| {
        if let Some(stored) = morgue.corpus().by_id(hit.article.id.as_str())?
            && stored.revision > search.seen
        {
            hits.push(Hit { rank: hits.len() as u64 + 1, ..hit });
        }
        Ok(())
    })?;
    Ok(hits)
}

fn text(found: &[(&SavedSearch, Vec<Hit>)]) -> anyhow::Result<()> {
    let mut to = output::stdout();
    let (title, quiet) = (style::TITLE, style::QUIET);
    for (search, hits) in found.iter().filter(|(_, hits)| !hits.is_empty()) {
        writeln!(
            to,
            "{title}{}{title:#}  {quiet}{}{quiet:#}  {} new\n",
            safe(&search.name),
            safe(&search.query),
            hits.len()
        )?;
        for hit in hits {
            hits::print(hit, Marks::for_stdout(), &mut to)?;
            let words = matched(hit);
            if !words.is_empty() {
                writeln!(to, "     {quiet}matched: {}{quiet:#}\n", safe(&words.join(", ")))?;
            }
        }
    }
    to.flush()?;
    Ok(())
}

/// The words that matched, each spelling once.
fn matched(hit: &Hit) -> Vec<String> {
    let title = hit.title_marks.iter().map(|m| m.span.of(&hit.article.title));
    let text = hit.passages.iter().flat_map(|p| &p.marks).map(|m| m.span.of(&hit.article.text));
    let mut words: Vec<String> = title.chain(text).map(str::to_lowercase).collect();
    words.sort();
    words.dedup();
    words
}

fn program(format: &str, found: &[(&SavedSearch, Vec<Hit>)], revision: Revision, now: Timestamp) -> anyhow::Result<()> {
    let options = export::Options { names: true, per: export::Per::Article, ..export::Options::default() };
    let mut writer = export::open(Format::parse(format)?, &options, Box::new(output::data()));
    let asked = found.iter().map(|(search, _)| Asked {
        name: Some(search.name.clone()),
        typed: search.query.clone(),
        read_as: search.query.clone(),
    });
    writer.begin(&Head { asked: asked.collect(), revision, time: now, notes: Vec::new() })?;
    for (search, hits) in found {
        for hit in hits {
            writer.hit(hit, Some(&search.name))?;
        }
    }
    let total_articles = found.iter().map(|(_, hits)| hits.len() as u64).sum();
    writer.end(&Tail { total_articles, notes: Vec::new() })?;
    Ok(())
}

fn unknown(name: &str) -> anyhow::Error {
    Error::new(ErrorKind::NotFound, format!("no saved search called `{name}`"))
        .hint("`newsdex saved` lists them")
        .into()
}
