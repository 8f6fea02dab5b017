//! newsdex: a newspaper morgue that one person can run.
#![warn(missing_docs)]
#![forbid(unsafe_code)]

mod error;
pub mod clean;
pub mod model;
pub mod query;
pub mod text;

pub use error::{Error, ErrorKind, Result};
