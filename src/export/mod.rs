//! Hits -> bytes: one file per format, and the manifest.
