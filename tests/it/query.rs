//! Tests of query from outside.
