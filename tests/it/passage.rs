//! Tests of passage from outside.
