//! The tantivy engine; the only module that names tantivy.
