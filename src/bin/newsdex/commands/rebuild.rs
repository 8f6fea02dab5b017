//! `newsdex rebuild`: the index again, from the corpus.

use std::path::Path;
use std::time::Instant;

use newsdex::search::{self, Progress};

use crate::output::{Output, Status};
use crate::progress;

/// Bytes for what is indexed and not yet on disk.
const MEMORY: usize = 200_000_000;

pub fn run(home: &Path, out: &Output) -> anyhow::Result<Status> {
    let bar = progress::counting(out, "indexing");
    let began = Instant::now();
    let tell = |progress: Progress| bar.set_position(progress.articles);
    let revision = search::rebuild(home, MEMORY, Some(&tell));
    bar.finish_and_clear();
    let revision = revision?;
    out.remark(&format!("the index is at corpus revision {revision}, made in {:.1} s", began.elapsed().as_secs_f64()));
    Ok(Status::Done)
}
