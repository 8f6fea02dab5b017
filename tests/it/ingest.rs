//! The whole way from files to the corpus.

mod alike;
mod beside;
mod child;
mod clock;
mod faults;
mod power;
mod rights;
mod runs;
mod spoilt;
mod syscalls;
