//! Paths as typed → items, for commands that read documents and store nothing.

use std::ops::ControlFlow;
use std::path::PathBuf;

use newsdex::source::{self, Item};

use crate::args::Reading;

/// Hands each item below `paths` to `each` until it returns `false`; returns how many of the paths are not there. That none
/// is there is an error.
pub fn each(paths: &[PathBuf], options: &source::Options, each: &mut dyn FnMut(Item) -> bool) -> anyhow::Result<u64> {
    let mut go = |item: Item| if each(item) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
    let found = source::find(paths);
    if let Some(error) = found.nothing_there() {
        return Err(error.into());
    }
    for rejection in found.rejected {
        if go(Item::Rejected(rejection)).is_break() {
            return Ok(found.missing);
        }
    }
    for path in found.files {
        source::read_path(&path, options, &mut go)?;
    }
    Ok(found.missing)
}

/// The library's options from what was typed.
pub fn options(reading: &Reading) -> anyhow::Result<source::Options> {
    let mut options = source::Options::default();
    if let Some(map) = &reading.map {
        options.map = source::Mapping::parse(map).map_err(|said| anyhow::anyhow!("--map: {said}"))?;
    }
    Ok(options)
}
