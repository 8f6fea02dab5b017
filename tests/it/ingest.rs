//! Tests of ingest from outside.
