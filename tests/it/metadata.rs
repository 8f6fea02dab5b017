//! Metadata from outside: what an article says of itself after cleaning.

mod addresses;
mod articles;
mod bylines;
mod dates;
mod days;
mod in_story;
mod neighbours;
mod provenance;
mod quality;
mod signed;
mod systems;
