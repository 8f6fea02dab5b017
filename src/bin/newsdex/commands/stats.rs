//! `newsdex stats`: what is in the corpus.

use std::io::Write;
use std::path::Path;

use newsdex::corpus::Corpus;
use serde_json::json;

use crate::args;
use crate::output::{self, Output, Status};
use crate::table::{bytes, count};

pub fn run(args: &args::Stats, home: &Path, _out: &Output) -> anyhow::Result<Status> {
    let corpus = Corpus::open(home)?;
    let s = corpus.statistics()?;
    let mut to = output::stdout();
    match args.format.name() {
        "json" | "jsonl" => {
            let object = json!({
                "revision": s.revision, "articles": s.articles, "versions": s.versions, "documents": s.documents,
                "rejected": s.rejected, "sources": s.sources, "words": s.words, "text_bytes": s.text_bytes,
                "raw_bytes": s.raw_bytes, "disk_bytes": s.disk_bytes,
            });
            writeln!(to, "{object}")?;
        }
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
        other => anyhow::bail!("no such format here: `{other}` (text, json)"),
    }
    to.flush()?;
    Ok(if s.articles == 0 { Status::Nothing } else { Status::Done })
}
