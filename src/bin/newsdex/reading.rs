//! Paths as typed → items, for commands that read documents and store nothing.

use std::ops::ControlFlow;
use std::path::PathBuf;

use newsdex::source::{self, Item};

use crate::args::Reading;

/// Hands each item below `paths` to `each` until it returns `false`.
pub fn each(paths: &[PathBuf], reading: &Reading, each: &mut dyn FnMut(Item) -> bool) -> anyhow::Result<()> {
    let options = options(reading)?;
    let mut go = |item: Item| if each(item) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
    let found = source::find(paths);
    for rejection in found.rejected {
        if go(Item::Rejected(rejection)).is_break() {
            return Ok(());
        }
    }
    for path in found.files {
        source::read_path(&path, &options, &mut go)?;
    }
    Ok(())
}

/// The library's options from what was typed.
pub fn options(reading: &Reading) -> anyhow::Result<source::Options> {
    let mut options = source::Options::default();
    if let Some(map) = &reading.map {
        options.map = source::Mapping::parse(map).map_err(|said| anyhow::anyhow!("--map: {said}"))?;
    }
    Ok(options)
}
