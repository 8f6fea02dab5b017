//! Article and plan -> scored passages with exact match spans. Pure.
