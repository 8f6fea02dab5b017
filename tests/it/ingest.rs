//! The whole way from files to the corpus.

mod faults;
mod runs;
