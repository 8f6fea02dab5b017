//! Which articles have a record already, for formats that hold one record an article.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Eight bytes an article: two articles of a list of a million share a number with a chance of 3 in a hundred
/// million.
#[derive(Debug, Default)]
pub(super) struct Seen(HashSet<u64>);

impl Seen {
    /// Whether `key` is new.
    pub fn is_new(&mut self, key: &impl Hash) -> bool {
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        self.0.insert(hasher.finish())
    }

    /// How many there are.
    pub fn len(&self) -> u64 {
        self.0.len() as u64
    }
}
