//! Joins query, index, corpus, passage and rank.
