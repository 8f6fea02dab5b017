//! A run of documents looked at together, and sets of them as bits.

/// Documents in a window. A power of two; two arrays of this length stay in the first-level cache.
pub(super) const WINDOW: u32 = 2048;
const WORDS: usize = WINDOW as usize / 64;

/// A set of the documents of one window.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Mask([u64; WORDS]);

impl Mask {
    pub(super) const EMPTY: Mask = Mask([0; WORDS]);

    /// The first `count` documents.
    pub(super) fn first(count: u32) -> Self {
        let mut mask = Self::EMPTY;
        for (index, word) in mask.0.iter_mut().enumerate() {
            let left = count.saturating_sub(index as u32 * 64);
            *word = if left >= 64 { u64::MAX } else { (1 << left) - 1 };
        }
        mask
    }

    #[inline]
    pub(super) fn set(&mut self, at: u32) {
        self.0[(at / 64) as usize] |= 1 << (at % 64);
    }

    #[inline]
    pub(super) fn clear(&mut self, at: u32) {
        self.0[(at / 64) as usize] &= !(1 << (at % 64));
    }

    #[inline]
    pub(super) fn has(&self, at: u32) -> bool {
        self.0[(at / 64) as usize] >> (at % 64) & 1 == 1
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    pub(super) fn count(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    pub(super) fn or(&mut self, other: &Mask) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word |= other;
        }
    }

    /// Those of `self` that are not in `other`.
    pub(super) fn without(&self, other: &Mask) -> Mask {
        let mut out = *self;
        for (word, other) in out.0.iter_mut().zip(&other.0) {
            *word &= !other;
        }
        out
    }

    /// In rising order.
    #[inline]
    pub(super) fn each(&self, mut visit: impl FnMut(u32)) {
        for (index, word) in self.0.iter().enumerate() {
            let mut left = *word;
            while left != 0 {
                visit(index as u32 * 64 + left.trailing_zeros());
                left &= left - 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets() {
        for count in [0, 1, 63, 64, 65, 1000, WINDOW] {
            let mask = Mask::first(count);
            let mut seen = Vec::new();
            mask.each(|at| seen.push(at));
            assert_eq!(seen, (0..count).collect::<Vec<_>>());
            assert_eq!(mask.count(), count);
        }
        let mut mask = Mask::EMPTY;
        mask.set(7);
        mask.set(700);
        let mut other = Mask::EMPTY;
        other.set(700);
        assert_eq!(mask.without(&other), {
            let mut m = Mask::EMPTY;
            m.set(7);
            m
        });
        other.or(&mask);
        other.clear(7);
        assert!(other.has(700) && !other.has(7) && !mask.is_empty());
    }
}
