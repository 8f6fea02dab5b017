//! Tests of export from outside.
