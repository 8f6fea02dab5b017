//! Document → Article: the cascade. Pure: no input or output, time is an argument.

mod draft;

pub use draft::{Draft, Link, Piece, Removal};
