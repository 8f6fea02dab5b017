//! Xz, unpacked as a stream: what could be decoded before a cut or a fault comes out.

use std::io::{self, BufRead, Read};

use lzma_rust2::{Action, Status, XzStream};

use super::Counted;

/// The decoder's memory is its dictionary, 64 MiB at the tool's highest preset.
const MEMORY_KIB: u32 = 160 << 10;

/// Bytes given to the decoder at once. Where it meets a fault, it hands out nothing of what these gave.
const AT_ONCE: usize = 256;

/// An xz file that is being unpacked, stream after stream.
pub struct Xz<'a> {
    packed: Counted<'a>,
    stream: XzStream,
}

impl<'a> Xz<'a> {
    /// Unpacks `packed`.
    pub fn new(packed: Counted<'a>) -> Self {
        Self { packed, stream: XzStream::new_mem_limit(true, MEMORY_KIB) }
    }
}

impl Read for Xz<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if out.is_empty() {
            return Ok(0);
        }
        loop {
            let chunk = self.packed.fill_buf()?;
            let ended = chunk.is_empty();
            let chunk = &chunk[..chunk.len().min(AT_ONCE)];
            let action = if ended { Action::Finish } else { Action::Run };
            let done = self.stream.process(chunk, out, action)?;
            self.packed.consume(done.bytes_consumed);
            if done.bytes_produced > 0 || done.status == Status::StreamEnd {
                return Ok(done.bytes_produced);
            }
            if ended || done.bytes_consumed == 0 {
                return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "xz data cut off"));
            }
        }
    }
}
