//! Metadata from outside: what an article says of itself after cleaning.

mod articles;
mod bylines;
mod dates;
mod days;
mod provenance;
mod quality;
mod signed;
mod systems;
