//! Damage: of bytes, of tokens, of numbers, of lengths, and splices of two inputs.

/// A small generator (xorshift): the same seed gives the same run.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below `most`, which is not 0.
    pub fn below(&mut self, most: usize) -> usize {
        (self.next() % most.max(1) as u64) as usize
    }
}

/// Numbers at which arithmetic breaks.
const NUMBERS: &[&str] = &[
    "0",
    "-1",
    "1",
    "255",
    "256",
    "65535",
    "65536",
    "2147483647",
    "2147483648",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "18446744073709551615",
    "18446744073709551616",
    "99999999999999999999999",
    "1e309",
    "-0",
    "0x10",
    "00000001",
];

/// Bytes that mean something somewhere.
const SIGNS: &[u8] = b"<>&\"'{}[]()\n\r\t\0\xFF\x1B\xEF:;,=%\\|*_-#";

/// One more case, made of the pool.
pub fn mutate(pool: &[Vec<u8>], tokens: &[&[u8]], random: &mut Random) -> Vec<u8> {
    let mut case = pool[random.below(pool.len())].clone();
    for _ in 0..1 + random.below(6) {
        one(&mut case, pool, tokens, random);
    }
    if case.is_empty() {
        case.push(b'x');
    }
    case
}

fn one(case: &mut Vec<u8>, pool: &[Vec<u8>], tokens: &[&[u8]], random: &mut Random) {
    if case.is_empty() {
        case.push(b' ');
    }
    let at = random.below(case.len());
    let span = at..(at + 1 + random.below(64)).min(case.len());
    match random.below(14) {
        0 => case[at] = random.next() as u8,
        1 => case[at] ^= 1 << random.below(8),
        2 => drop(case.drain(span)),
        3 => case.truncate(at.max(1)),
        4 => case.insert(at, SIGNS[random.below(SIGNS.len())]),
        5 => {
            let piece = case[span].to_vec();
            let to = random.below(case.len());
            case.splice(to..to, piece);
        }
        // The same again and again: what is quadratic shows.
        6 => {
            let piece = case[span].to_vec();
            let times = 1 << random.below(10);
            case.splice(at..at, piece.repeat(times).into_iter().take(64 * 1024));
        }
        7 | 8 if !tokens.is_empty() => {
            let token = tokens[random.below(tokens.len())];
            if random.below(2) == 0 {
                case.splice(at..at, token.iter().copied());
            } else {
                let end = (at + token.len()).min(case.len());
                case.splice(at..end, token.iter().copied());
            }
        }
        9 => number(case, at, random),
        // The head of one, the tail of another.
        10 => {
            let other = &pool[random.below(pool.len())];
            let from = random.below(other.len());
            case.truncate(at);
            case.extend_from_slice(&other[from..]);
        }
        11 => {
            let other = &pool[random.below(pool.len())];
            let from = random.below(other.len());
            let piece = &other[from..(from + random.below(512)).min(other.len())];
            case.splice(at..at, piece.iter().copied());
        }
        // A line twice, or gone.
        12 => {
            let start = case[..at].iter().rposition(|b| *b == b'\n').map_or(0, |n| n + 1);
            let end = case[at..].iter().position(|b| *b == b'\n').map_or(case.len(), |n| at + n + 1);
            let line = case[start..end].to_vec();
            if random.below(2) == 0 {
                case.splice(start..start, line);
            } else {
                case.drain(start..end);
            }
        }
        _ => {
            let deep = 1 << random.below(12);
            let open: &[u8] = [&b"<a>"[..], b"[", b"{\"a\":", b"(", b"<div>", b"&a;"][random.below(6)];
            case.splice(at..at, open.repeat(deep));
        }
    }
}

/// Replaces the next number by one at which arithmetic breaks.
fn number(case: &mut Vec<u8>, at: usize, random: &mut Random) {
    let Some(start) = case[at..].iter().position(u8::is_ascii_digit).map(|n| at + n) else { return };
    let end = case[start..].iter().position(|b| !b.is_ascii_digit()).map_or(case.len(), |n| start + n);
    let new = NUMBERS[random.below(NUMBERS.len())];
    case.splice(start..end, new.bytes());
}
