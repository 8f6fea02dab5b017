//! `newsdex clean`: what cleaning makes of documents; stores nothing unless `--all --apply`.

mod all;
mod explain;

use std::io::Write;
use std::path::Path;

use newsdex::clean::{self, Explained};
use newsdex::model::{Document, Rejection};
use newsdex::source::Item;

use crate::args;
use crate::output::{Output, Status, safe, style};
use crate::reading;
use crate::rows::{Objects, no_such};
use crate::table::many;

/// Documents cleaned side by side before they are printed in order.
const BATCH: usize = 256;
/// Bytes of documents held before they are cleaned.
const BATCH_BYTES: usize = 32 << 20;

/// One document, cleaned or refused.
struct Cleaned {
    document: Option<Document>,
    result: Result<Explained, Rejection>,
}

pub fn run(args: &args::Clean, home: &Path, out: &Output) -> anyhow::Result<Status> {
    if args.all {
        return all::run(args, home, out);
    }
    let view = View::of(args)?;
    let options = clean::Options { now: Some(jiff::Timestamp::now()), ..clean::Options::default() };
    let width = out.is_terminal().then(crate::wrap::columns);
    let mut stdout = out.text();
    let mut objects = Objects::new(args.format.name(), out.text());
    let (mut seen, mut kept) = (0u64, 0u64);
    let reading = reading::options(&args.reading)?;
    let mut batch: Vec<Item> = Vec::new();
    let mut bytes = 0;
    let mut failed = None;
    let missing;
    {
        let mut flush = |batch: &mut Vec<Item>| -> anyhow::Result<()> {
            for cleaned in clean_all(std::mem::take(batch), &options) {
                seen += 1;
                kept += u64::from(cleaned.result.is_ok());
                match view {
                    View::Json => cleaned.object().map_or(Ok(()), |object| objects.push(&object))?,
                    view => view.print(&cleaned, width, &mut stdout)?,
                }
            }
            Ok(())
        };
        missing = reading::each(&args.paths, &reading, &mut |item| {
            if let Item::Document(document) = &item {
                bytes += document.raw.len();
            }
            batch.push(item);
            if batch.len() >= BATCH || bytes >= BATCH_BYTES {
                bytes = 0;
                if let Err(error) = flush(&mut batch) {
                    failed = Some(error);
                    return false;
                }
            }
            true
        })?;
        if let Some(error) = failed {
            return Err(error);
        }
        flush(&mut batch)?;
    }
    stdout.flush()?;
    for pair in reading.map.unmet().into_iter().filter(|_| seen > 0) {
        out.remark(&format!("note: no record and no table had a field as named by `--map {}`", safe(pair)));
    }
    if view == View::Json {
        objects.finish()?;
    } else {
        let (seen_said, kept_said) = (many(seen, "document"), many(kept, "article"));
        out.remark(&format!("{seen_said}, {kept_said}, {} refused; nothing was stored", seen - kept));
    }
    Ok(match kept {
        _ if missing > 0 => Status::Wrong,
        0 => Status::Nothing,
        _ => Status::Done,
    })
}

/// Cleans a batch on all cores, keeping its order.
fn clean_all(batch: Vec<Item>, options: &clean::Options) -> Vec<Cleaned> {
    use rayon::prelude::*;
    let one = |item: Item| match item {
        Item::Document(document) => {
            let result = clean::explain(&document, options);
            Some(Cleaned { document: Some(document), result })
        }
        Item::Rejected(rejection) => Some(Cleaned { document: None, result: Err(rejection) }),
        Item::Links(links) => Some(Cleaned { document: None, result: Err(links.rejection()) }),
        Item::Skipped { .. } => None,
    };
    batch.into_par_iter().filter_map(one).collect()
}

impl Cleaned {
    /// As an object for programs.
    fn object(&self) -> Option<serde_json::Value> {
        match (&self.result, &self.document) {
            (Ok(explained), Some(document)) => {
                Some(newsdex::export::cleaned::document(&document.origin, &explained.article))
            }
            (Ok(_), None) => None,
            (Err(rejection), _) => Some(newsdex::export::cleaned::rejection(rejection)),
        }
    }
}

/// How a cleaned document is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum View {
    Text,
    Json,
    Explain,
    Diff,
}

impl View {
    fn of(args: &args::Clean) -> anyhow::Result<Self> {
        Ok(match args.format.name() {
            _ if args.explain => View::Explain,
            _ if args.diff => View::Diff,
            "json" | "jsonl" => View::Json,
            "text" => View::Text,
            other => return Err(no_such(other, "text, json, jsonl")),
        })
    }

    fn print(self, cleaned: &Cleaned, width: Option<usize>, to: &mut impl Write) -> anyhow::Result<()> {
        let Explained { article, draft } = match &cleaned.result {
            Ok(explained) => explained,
            Err(rejection) => {
                let bad = style::BAD;
                let place = safe(&rejection.origin.to_string());
                writeln!(
                    to,
                    "{place}: {bad}refused{bad:#}: {}: {}\n",
                    rejection.reason.words(),
                    safe(&rejection.detail)
                )?;
                return Ok(());
            }
        };
        let Some(document) = &cleaned.document else { return Ok(()) };
        match self {
            // Its objects make one document.
            View::Json => {}
            View::Text => explain::text(document, article, to)?,
            View::Explain => explain::explain(document, article, draft, width, to)?,
            View::Diff => explain::diff(document, draft, width, to)?,
        }
        Ok(())
    }
}
