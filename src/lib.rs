//! newsdex: a newspaper morgue that one person can run.
#![warn(missing_docs)]
#![forbid(unsafe_code)]

pub mod clean;
pub mod corpus;
mod error;
pub mod export;
mod guard;
pub mod index;
pub mod ingest;
pub mod model;
pub mod passage;
pub mod query;
pub mod rank;
pub mod search;
pub mod source;
pub mod text;

pub use error::{Error, ErrorKind, Result, in_words};
