//! One analysis of text, used by index, passages and marks alike.
