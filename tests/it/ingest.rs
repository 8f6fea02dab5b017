//! The whole way from files to the corpus.

mod child;
mod faults;
mod power;
mod rights;
mod runs;
mod spoilt;
mod syscalls;
