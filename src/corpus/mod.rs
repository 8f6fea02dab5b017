//! The kept truth: one SQLite database.
