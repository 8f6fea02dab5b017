//! Hits -> bytes: one file per format, and the manifest.

pub mod cleaned;
mod terminal;

pub use terminal::terminal_safe;
