//! Tests of footers from outside.
