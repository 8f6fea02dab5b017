//! Four numbers that near-identical texts share.

/// Words in a shingle.
const SHINGLE: usize = 4;

/// Least hashes of the shingles of a text under four orders, 16 bits of each (Broder, *On the resemblance and containment
/// of documents*, 1997). Each agrees with the chance that a shingle of either text is in both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sketch(pub(super) u64);

/// Odd numbers, so that multiplying by them is an order of its own.
const ORDERS: [u64; 4] = [0x9e37_79b9_7f4a_7c15, 0xbf58_476d_1ce4_e5b9, 0x94d0_49bb_1331_11eb, 0xd6e8_feb8_6659_fd93];

impl Sketch {
    /// The sketch as a number, to be kept and to be made of it again.
    pub fn bits(self) -> u64 {
        self.0
    }

    /// The sketch of a number that [`bits`](Self::bits) gave.
    pub fn of_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// The sketch of a text: its letters and digits, whatever their case. Nothing for one without words.
    pub(super) fn of(text: &str) -> Self {
        let mut ring = [0u64; SHINGLE];
        let mut least = [u64::MAX; 4];
        let mut words = 0usize;
        let mut take = |hash: u64| {
            ring[words % SHINGLE] = hash;
            words += 1;
            if words < SHINGLE {
                return;
            }
            let shingle = (0..SHINGLE)
                .fold(0u64, |sum, at| (sum.rotate_left(13) ^ ring[(words + at) % SHINGLE]).wrapping_mul(ORDERS[0]));
            for (least, order) in least.iter_mut().zip(ORDERS) {
                let mixed = (shingle ^ order).wrapping_mul(order);
                *least = (*least).min(mixed ^ (mixed >> 32));
            }
        };
        let mut hash = 0u64;
        for byte in text.bytes() {
            // Bytes of letters beyond ASCII are taken as they are.
            if byte.is_ascii_alphanumeric() || byte >= 0x80 {
                hash =
                    (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0000_0100_0000_01b3).wrapping_add(1);
            } else if hash != 0 {
                take(std::mem::take(&mut hash));
            }
        }
        if hash != 0 {
            take(hash);
        }
        if words == 0 {
            return Self(0);
        }
        if words < SHINGLE {
            return Self(ring.iter().fold(0, |sum, hash| (sum ^ hash).wrapping_mul(ORDERS[1])) | 1);
        }
        // The high bits decide which is least, so the low ones tell them apart.
        Self(least.iter().fold(0, |sum, least| sum << 16 | (least & 0xffff)))
    }

    /// Keys of which two texts share one when at least two of their four numbers agree.
    pub fn parts(self) -> impl Iterator<Item = u64> {
        const PAIRS: [(u32, u32); 6] = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)];
        let lane = move |at: u32| self.0 >> (16 * at) & 0xffff;
        let some = if self.0 == 0 { 0 } else { PAIRS.len() };
        PAIRS.into_iter().take(some).enumerate().map(move |(at, (a, b))| (at as u64) << 32 | lane(a) << 16 | lane(b))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_copies_share_a_part() {
        let text: String = (0..200).map(|n| format!("word{} ", n * 7 % 101)).collect();
        let shares = |a: &str, b: &str| {
            let parts: Vec<u64> = Sketch::of(b).parts().collect();
            Sketch::of(a).parts().any(|part| parts.contains(&part))
        };
        assert!(shares(&text, &text.to_uppercase()));
        assert!(shares(&text, &format!("{text} Reported from Lindhaven.")));
        let other: String = (0..200).map(|n| format!("thing{} ", n * 11 % 97)).collect();
        assert!(!shares(&text, &other));
        assert!(shares("Too short", "too short!") && !shares("Too short", "too long"));
        assert_eq!(Sketch::of("").parts().count(), 0);
    }
}
