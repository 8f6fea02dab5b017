//! Tests of search from outside.
