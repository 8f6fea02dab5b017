//! `newsdex ingest PATH…`: take news in, show how far it is, end with a table.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use indicatif::ProgressBar;
use newsdex::ingest::{self, Event, Report};
use serde_json::json;

use crate::output::{Output, Status, safe, style};
use crate::settings::Settings;
use crate::table::{bytes, count, many};
use crate::{args, reading};

/// Refusals shown under the table; `-v` shows each as it happens.
const SHOWN: usize = 10;

pub fn run(args: &args::Ingest, home: &Path, settings: &Settings, out: &Output) -> anyhow::Result<Status> {
    let mut reading = args.reading.clone();
    reading.map = reading.map.or_else(|| settings.ingest.map.clone());
    let stop = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&stop);
    crate::signals::stop_at_interrupt(&asked)?;
    let options = ingest::Options {
        dry_run: args.dry_run,
        threads: args.threads.or(settings.ingest.threads).unwrap_or(0),
        memory: usize::try_from(args.memory.or(settings.ingest.memory).unwrap_or(128)).unwrap_or(128) << 20,
        now: Some(jiff::Timestamp::now()),
        source: reading::options(&reading)?,
        stop: Some(stop),
        list: SHOWN,
        ..ingest::Options::default()
    };
    let bar = crate::progress::bytes(out);
    let report = ingest::ingest(home, &args.paths, &options, &mut |event| follow(&event, &bar, out));
    bar.finish_and_clear();
    let report = report?;
    match args.format.name() {
        "json" | "jsonl" => out.write_all(format!("{}\n", as_json(&report, args.dry_run)).as_bytes())?,
        "text" => table(&report, args.dry_run, out)?,
        other => anyhow::bail!("no such format here: `{other}` (text, json)"),
    }
    let found = report.added + report.updated + report.unchanged + report.duplicate;
    Ok(match found {
        // What was named and is not there is a fault of the command, however much else was taken in; what was stopped is
        // not done.
        _ if report.missing > 0 || report.stopped => Status::Wrong,
        0 => Status::Nothing,
        _ => Status::Done,
    })
}

fn follow(event: &Event<'_>, bar: &ProgressBar, out: &Output) {
    match event {
        Event::Found { files, bytes } => {
            bar.set_length(*bytes);
            bar.set_message(many(*files, "file"));
        }
        Event::Progress(report) => {
            bar.set_position(report.position);
            bar.set_message(format!("{}, {:.0}/s", many(report.seen, "document"), report.rate()));
        }
        Event::Rejected(rejection) if out.verbose > 0 => {
            let place = safe(&rejection.origin.to_string());
            let said = format!("refused {place}: {}: {}", rejection.reason.words(), safe(&rejection.detail));
            bar.suspend(|| out.remark(&said));
        }
        Event::Hidden(path) if out.verbose > 0 => {
            let said = format!("passed over {}: hidden", safe(&path.display().to_string()));
            bar.suspend(|| out.remark(&said));
        }
        Event::Done { origin, id, title, became, notes, .. } if out.verbose > 0 => {
            let place = safe(&origin.to_string());
            if out.verbose > 1 {
                let said = format!("{} {id} {} ({place})", became.words(), safe(title));
                bar.suspend(|| out.remark(&said));
            }
            for note in *notes {
                let said = format!("assumed {place}: {}", safe(&note.0));
                bar.suspend(|| out.remark(&said));
            }
        }
        _ => {}
    }
}

fn table(report: &Report, dry_run: bool, out: &Output) -> anyhow::Result<()> {
    let mut to = out.text();
    let (good, bad, quiet) = (style::GOOD, style::BAD, style::QUIET);
    let mut line = |name: &str, number: u64, more: &str| -> std::io::Result<()> {
        writeln!(to, "{name:<12}{:>10}{more}", count(number))
    };
    line("seen", report.seen, &format!("  in {}, {}", many(report.files, "file"), bytes(report.bytes)))?;
    line("added", report.added, "")?;
    line("updated", report.updated, "")?;
    line("unchanged", report.unchanged, "")?;
    line("duplicate", report.duplicate, "")?;
    line("rejected", report.rejected_total(), "")?;
    for (reason, number) in &report.rejected {
        writeln!(to, "  {bad}{:<28}{bad:#}{:>10}", reason.words(), count(*number))?;
    }
    for (what, number) in &report.skipped {
        writeln!(to, "  {quiet}passed over: {:<15}{quiet:#}{:>10}", safe(what), count(*number))?;
    }
    if report.links > 0 {
        writeln!(to, "  {quiet}addresses in lists{quiet:#}          {:>10}", count(report.links))?;
    }
    to.flush()?;
    // What `-v` has told as it happened is not told again.
    let listed = if out.verbose > 0 { &[][..] } else { &report.rejections[..] };
    for rejection in listed {
        let place = safe(&rejection.origin.to_string());
        out.remark(&format!("refused {place}: {}: {}", rejection.reason.words(), safe(&rejection.detail)));
    }
    let more = report.rejected_total() - report.rejections.len() as u64;
    if more > 0 && out.verbose == 0 {
        out.remark(&format!("… and {} more; `-v` lists them all", count(more)));
    }
    if report.withdrawn > 0 {
        let said = many(report.withdrawn, "article");
        out.remark(&format!("note: {said} withdrawn by the publisher: kept, and in no list"));
    }
    for note in &report.notes {
        out.remark(&format!("note: {}", safe(note)));
    }
    let seconds = report.elapsed.as_secs_f64();
    let done = if dry_run { "nothing was written (dry run)" } else { "done" };
    let done = if report.stopped { "stopped before the end; what is counted is stored" } else { done };
    out.remark(&format!(
        "{good}{done}{good:#} in {seconds:.1} s, {:.0} documents/s, corpus revision {}",
        report.rate(),
        report.revision
    ));
    Ok(())
}

fn as_json(report: &Report, dry_run: bool) -> serde_json::Value {
    let listed = report
        .rejections
        .iter()
        .map(|r| json!({ "origin": r.origin.to_string(), "reason": r.reason.words(), "detail": r.detail }));
    json!({
        "schema_version": 1,
        "dry_run": dry_run,
        "files": report.files,
        "seen": report.seen,
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "duplicate": report.duplicate,
        "withdrawn": report.withdrawn,
        "rejected": report.rejected_total(),
        "rejected_by_reason": report.rejected,
        "rejections": listed.collect::<Vec<_>>(),
        "skipped": report.skipped,
        "links": report.links,
        "bytes": report.bytes,
        "seconds": report.elapsed.as_secs_f64(),
        "revision": report.revision,
        "missing": report.missing,
        "notes": report.notes,
        "stopped": report.stopped,
    })
}
