//! Document → Article: the cascade. Pure: no input or output, time is an argument.

mod draft;
pub mod footers;
pub mod html;
pub mod hygiene;
pub mod metadata;
pub mod plain;

pub use draft::{Draft, Link, Piece, Removal};
