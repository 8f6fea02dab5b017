//! Tests of corpus from outside.
