//! All integration tests in one binary.
mod cli;
mod corpus;
mod export;
mod footers;
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
