//! Joins source, clean, corpus and index.
