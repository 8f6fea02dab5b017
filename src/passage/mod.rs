//! Article and plan -> scored passages with exact match spans. Pure.

mod kwic;

pub use kwic::{Kwic, KwicKey, kwic, kwic_title};
