//! LZ4 frames, one after the other, as some crawls keep their records.

use std::io::{self, BufRead, Read};

use lz4_flex::frame::FrameDecoder;

use super::Counted;

/// A stream of any number of frames.
pub struct Lz4<'a> {
    frames: FrameDecoder<Watched<'a>>,
    done: bool,
}

/// Remembers the last bytes that the decoder took: it does not tell an end from a cut between two blocks.
struct Watched<'a> {
    inner: Counted<'a>,
    last: [u8; 8],
}

impl Read for Watched<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(out)?;
        let new = &out[..count];
        let kept = new.len().min(8);
        self.last.rotate_left(kept);
        self.last[8 - kept..].copy_from_slice(&new[new.len() - kept..]);
        Ok(count)
    }
}

impl<'a> Lz4<'a> {
    /// Unpacks `inner`.
    pub fn new(inner: Counted<'a>) -> Self {
        Self { frames: FrameDecoder::new(Watched { inner, last: [0; 8] }), done: false }
    }
}

impl Read for Lz4<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if out.is_empty() || self.done {
            return Ok(0);
        }
        loop {
            let count = self.frames.read(out).map_err(|error| {
                self.done = true;
                match error.kind() {
                    io::ErrorKind::QuotaExceeded => error,
                    io::ErrorKind::UnexpectedEof => io::Error::new(io::ErrorKind::InvalidData, "lz4 data cut off"),
                    _ => io::Error::new(io::ErrorKind::InvalidData, "corrupt lz4 data"),
                }
            })?;
            if count > 0 {
                return Ok(count);
            }
            // The end of a frame: four zero bytes, and a checksum if there is one.
            let watched = self.frames.get_mut();
            let ended = watched.last[4..] == [0; 4] || watched.last[..4] == [0; 4];
            if watched.inner.fill_buf()?.is_empty() {
                self.done = true;
                return if ended { Ok(0) } else { Err(io::Error::new(io::ErrorKind::InvalidData, "lz4 data cut off")) };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Origin;
    use crate::source::Input;
    use std::io::Write;
    use std::rc::Rc;

    fn pack(text: &str) -> Vec<u8> {
        let mut encoder = lz4_flex::frame::FrameEncoder::new(Vec::new());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    fn unpack(bytes: &[u8]) -> (String, bool) {
        let mut lz4 = Lz4::new(Counted { input: Input::new(Origin::file("a"), bytes), used: Rc::default() });
        let mut out = Vec::new();
        let whole = lz4.read_to_end(&mut out).is_ok();
        (String::from_utf8_lossy(&out).into_owned(), whole)
    }

    #[test]
    fn frames_follow_one_another_and_a_cut_is_an_error() {
        let (a, b) = (pack("one "), pack("two"));
        for (bytes, text, whole) in [
            ([a.clone(), b.clone()].concat(), "one two", true),
            (a[..a.len() - 4].to_vec(), "one ", false),
            ([a.clone(), b[..9].to_vec()].concat(), "one ", false),
            ([a, b"no frame at all".to_vec()].concat(), "one ", false),
        ] {
            assert_eq!(unpack(&bytes), (text.to_owned(), whole));
        }
    }
}
