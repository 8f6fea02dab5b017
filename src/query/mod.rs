//! The query language: text → [`Query`] → [`plan::Plan`]. Knows no engine.

mod ast;
pub mod intervals;
pub mod matcher;
pub mod plan;

pub use ast::{DateField, KeyField, Kind, Part, Query, Unit};
