//! Tests of page from outside.
