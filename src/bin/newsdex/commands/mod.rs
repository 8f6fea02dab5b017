//! One file per command.

pub mod clean;
pub mod completions;
pub mod man;
