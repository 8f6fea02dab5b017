//! `newsdex sources import`, `imported`, `forget`: addresses to be fetched some day.

use std::io::Write;
use std::path::Path;

use jiff::Timestamp;
use newsdex::corpus::{Corpus, Writer};
use newsdex::ingest::{self, ImportReport};
use newsdex::model::{Address, AddressKind};
use newsdex::{Error, ErrorKind, export, source};
use serde_json::json;

use crate::args;
use crate::output::{Output, Status, safe, style};
use crate::rows::{Objects, no_such};
use crate::table::{Table, count, many};

/// Refusals shown under the table; `-v` shows all.
const SHOWN: usize = 10;

pub fn import(args: &args::Import, home: &Path, out: &Output) -> anyhow::Result<Status> {
    let reading = source::Options::default();
    let report = ingest::import(home, &args.paths, &reading, Timestamp::now(), args.dry_run)?;
    match args.format.name() {
        "json" | "jsonl" => out.write_all(format!("{}\n", as_json(&report, args.dry_run)).as_bytes())?,
        "text" => table(&report, args.dry_run, out)?,
        other => anyhow::bail!("no such format here: `{other}` (text, json)"),
    }
    let taken = report.added + report.changed + report.known;
    Ok(match taken {
        _ if report.missing > 0 => Status::Wrong,
        0 => Status::Nothing,
        _ => Status::Done,
    })
}

fn table(report: &ImportReport, dry_run: bool, out: &Output) -> anyhow::Result<()> {
    let mut to = out.text();
    let mut line = |name: &str, number: u64, more: &str| -> std::io::Result<()> {
        writeln!(to, "{name:<12}{:>10}{more}", count(number))
    };
    line("seen", report.seen, &format!("  in {} of {}", many(report.lists, "list"), many(report.files, "file")))?;
    line("added", report.added, "")?;
    line("changed", report.changed, "")?;
    line("known", report.known, "")?;
    if report.repeated > 0 {
        line("repeated", report.repeated, "")?;
    }
    line("rejected", report.rejected.len() as u64, "")?;
    to.flush()?;
    let most = if out.verbose > 0 { usize::MAX } else { SHOWN };
    for refused in report.rejected.iter().take(most) {
        let address = if refused.address.is_empty() { String::new() } else { format!("`{}`: ", refused.address) };
        out.remark(&safe(&format!("refused {}: {address}{}", refused.origin, refused.detail)));
    }
    if report.rejected.len() > most {
        out.remark(&format!("… and {} more; `-v` lists them all", count((report.rejected.len() - most) as u64)));
    }
    let good = style::GOOD;
    if dry_run {
        out.remark(&format!("{good}nothing was written (dry run){good:#}"));
    } else if report.added + report.changed + report.known > 0 {
        out.remark(&format!("{good}done{good:#}; `newsdex sources imported` lists them"));
    }
    Ok(())
}

fn as_json(report: &ImportReport, dry_run: bool) -> serde_json::Value {
    let refused = report.rejected.iter();
    let rejections =
        refused.map(|r| json!({ "origin": r.origin, "address": r.address, "detail": r.detail })).collect::<Vec<_>>();
    json!({
        "schema_version": 1,
        "dry_run": dry_run,
        "files": report.files,
        "lists": report.lists,
        "seen": report.seen,
        "added": report.added,
        "changed": report.changed,
        "known": report.known,
        "repeated": report.repeated,
        "rejected": report.rejected.len(),
        "rejections": rejections,
    })
}

pub fn imported(args: &args::Imported, home: &Path, out: &Output) -> anyhow::Result<Status> {
    let wanted = args.text.as_deref().unwrap_or("").to_lowercase();
    let kind = args.kind.map(kind);
    let mut found = Vec::new();
    Corpus::open(home)?.addresses(&mut |address| {
        let holds = {
            let mut said = [&address.url, &address.title, &address.site].into_iter().chain(&address.folders);
            wanted.is_empty() || said.any(|text| text.to_lowercase().contains(&wanted))
        };
        if holds && kind.is_none_or(|kind| kind == address.kind) {
            found.push(address);
        }
    })?;
    let mut to = out.text();
    match args.format.name() {
        format @ ("json" | "jsonl") => {
            let mut written = Objects::new(format, &mut to);
            for address in &found {
                written.push(&serde_json::to_value(address)?)?;
            }
            written.finish()?;
        }
        "list" => {
            for address in &found {
                writeln!(to, "{}", safe(&address.url))?;
            }
        }
        "opml" => export::opml("newsdex", &found, &mut to)?,
        "text" if !found.is_empty() => {
            let mut table = Table::new(&["kind", "title", "folder", "address"]);
            for a in &found {
                table.row(vec![a.kind.name().to_owned(), a.title.clone(), a.folders.join(" / "), a.url.clone()]);
            }
            table.print(&mut to)?;
        }
        "text" if wanted.is_empty() && kind.is_none() => {
            out.remark("no addresses; `newsdex sources import FILE` takes in OPML, sitemaps, robots.txt, plain lists");
        }
        "text" => out.remark("no such address among those imported"),
        other => return Err(no_such(other, "text, json, jsonl, list, opml")),
    }
    to.flush()?;
    Ok(if found.is_empty() { Status::Nothing } else { Status::Done })
}

fn kind(typed: args::Kind) -> AddressKind {
    match typed {
        args::Kind::Feed => AddressKind::Feed,
        args::Kind::List => AddressKind::List,
        args::Kind::Page => AddressKind::Page,
        args::Kind::Unknown => AddressKind::Unknown,
    }
}

pub fn forget(args: &args::Forget, home: &Path, out: &Output) -> anyhow::Result<Status> {
    // Looked up first: nothing is forgotten where one of several is not there.
    let mut known: Vec<Address> = Vec::new();
    Corpus::open(home)?.addresses(&mut |address| {
        if args.addresses.contains(&address.url) {
            known.push(address);
        }
    })?;
    if let Some(missing) = args.addresses.iter().find(|url| !known.iter().any(|address| address.url == **url)) {
        return Err(Error::new(ErrorKind::NotFound, format!("`{missing}` is not among the addresses imported"))
            .hint("`newsdex sources imported` lists them as they are to be typed")
            .into());
    }
    let writer = Writer::open(home, "newsdex sources forget")?;
    for url in &args.addresses {
        writer.forget_address(url)?;
    }
    out.remark(&format!("forgot {}", count(args.addresses.len() as u64)));
    Ok(Status::Done)
}
