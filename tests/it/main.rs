//! All integration tests in one binary.
mod archives;
mod cli;
mod corpus;
mod export;
mod footers;
mod hits;
mod ingest;
mod metadata;
mod page;
mod passage;
mod query;
mod readme;
mod sandbox;
mod search;
mod source;
mod sources;
mod tidy;
