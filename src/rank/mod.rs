//! Engine-independent work on hit lists: group, collapse, order. Pure.
