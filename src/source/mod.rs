//! Bytes -> documents: one file per format.
