//! One file per command.

pub mod clean;
pub mod completions;
pub mod ingest;
pub mod man;
pub mod show;
pub mod sources;
pub mod stats;
