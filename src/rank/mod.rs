//! Engine-independent work on hit lists: copies of one story, words that the best articles share. Pure.

mod collapse;
mod feedback;

pub use collapse::Shape;
pub use feedback::{FeedbackTerm, Options as FeedbackOptions, feedback};
