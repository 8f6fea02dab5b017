//! Tests of source from outside.
