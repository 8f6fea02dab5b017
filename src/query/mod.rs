//! The query language: text → [`Query`] → [`plan::Plan`]. Knows no engine.
//!
//! [`parse()`] reads what a person typed, [`print()`] writes it back so that it reads the same, [`explain()`] says it
//! in words, and [`plan()`](fn@plan) makes it ready for the index and for passages. [`intervals`] and [`matcher`] are
//! what both run a plan with; [`Dialect`] translates the languages of other services.

mod advice;
mod amend;
mod ast;
mod bag;
mod condition;
mod dialect;
mod error;
mod explain;
mod extent;
mod field;
mod frame;
pub mod intervals;
mod key;
mod lex;
mod lower;
pub mod matcher;
mod operands;
mod parse;
pub mod plan;
mod print;
pub mod variants;
mod words;

pub use advice::advice;
pub use ast::{DateField, KeyField, Kind, Part, Query, Unit};
pub use dialect::{Dialect, Translated};
pub use error::QueryError;
pub use explain::explain;
pub use frame::frame;
pub use lower::{MAX_LEAVES, plan};
pub use parse::{MAX_DEPTH, MAX_LENGTH, Options, parse};
pub use print::print;

#[cfg(test)]
mod tests;
