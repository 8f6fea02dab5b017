//! One file per command.

pub mod check;
pub mod clean;
pub mod completions;
pub mod export;
pub mod ingest;
pub mod man;
pub mod rebuild;
pub mod saved;
pub mod search;
pub mod show;
pub mod sources;
pub mod stats;
pub mod timeline;
