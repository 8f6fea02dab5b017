//! Metadata from outside: what an article says of itself after cleaning.

mod quality;
