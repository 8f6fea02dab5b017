//! Tests of metadata from outside.
