//! Xz, decoded on a thread of its own: the decoder writes, we read.

use std::io::{self, Read, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// An xz stream that is being unpacked.
pub struct Xz {
    chunks: Receiver<io::Result<Vec<u8>>>,
    chunk: Vec<u8>,
    at: usize,
}

struct Chunks(SyncSender<io::Result<Vec<u8>>>);

impl Write for Chunks {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = bytes.len().min(1 << 16);
        // Nobody reads any more: the decoder may stop.
        self.0.send(Ok(bytes[..count].to_vec())).map_err(|_| io::ErrorKind::BrokenPipe)?;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Xz {
    /// Unpacks `packed`, which must not promise more than `most` bytes between two resets of its dictionary, since
    /// the decoder keeps them in memory.
    pub fn new(packed: Vec<u8>, most: u64) -> Result<Self, String> {
        if streams(&packed).into_iter().any(|stream| largest_run(stream) > most) {
            return Err(format!("an xz file that unpacks to more than {most} bytes in one block: unpack it first"));
        }
        let (sender, chunks) = sync_channel(4);
        std::thread::spawn(move || {
            let errors = sender.clone();
            let mut out = Chunks(sender);
            // The decoder takes one stream and wants nothing after it.
            for stream in streams(&packed) {
                let mut stream = stream;
                if let Err(error) = lzma_rs::xz_decompress(&mut stream, &mut out) {
                    let said = match error {
                        lzma_rs::error::Error::IoError(error) => error.to_string(),
                        lzma_rs::error::Error::HeaderTooShort(error) => error.to_string(),
                        lzma_rs::error::Error::LzmaError(said) | lzma_rs::error::Error::XzError(said) => said,
                    };
                    // If nobody listens any more, nobody needs to know.
                    let _ = errors.send(Err(io::Error::new(io::ErrorKind::InvalidData, format!("xz: {said}"))));
                    return;
                }
            }
        });
        Ok(Self { chunks, chunk: Vec::new(), at: 0 })
    }
}

impl Read for Xz {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.at == self.chunk.len() {
            match self.chunks.recv() {
                Ok(Ok(chunk)) => (self.chunk, self.at) = (chunk, 0),
                Ok(Err(error)) => return Err(error),
                Err(_) => return Ok(0),
            }
        }
        let count = out.len().min(self.chunk.len() - self.at);
        out[..count].copy_from_slice(&self.chunk[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}

/// Streams that follow one another, with zero padding between: each ends with `YZ` and the next begins with its magic.
fn streams(packed: &[u8]) -> Vec<&[u8]> {
    let mut out = Vec::new();
    let mut start = 0;
    for at in memchr::memmem::find_iter(packed, b"\xFD7zXZ\0").filter(|at| *at > 0) {
        let before = &packed[start..at];
        let padding = before.iter().rev().take_while(|b| **b == 0).count();
        let end = before.len() - padding;
        if padding % 4 == 0 && before[..end].ends_with(b"YZ") {
            out.push(&before[..end]);
            start = at;
        }
    }
    let last = &packed[start..];
    out.push(&last[..last.len() - last.iter().rev().take_while(|b| **b == 0).count()]);
    out
}

/// The most bytes that a stream promises between two dictionary resets, told from the headers
/// of its LZMA2 chunks without unpacking (xz file format 1.1.0, sections 3 and 5.3.1).
fn largest_run(packed: &[u8]) -> u64 {
    let (mut run, mut largest) = (0u64, 0u64);
    let mut at = 12;
    // Block headers: their size in units of four bytes stands in the first byte; 0 is the index.
    while let Some(&size) = packed.get(at).filter(|s| **s != 0) {
        at += (usize::from(size) + 1) * 4;
        let start = at;
        loop {
            let Some(chunk) = packed.get(at..).filter(|c| !c.is_empty()) else { return largest };
            let control = chunk[0];
            if control == 0 {
                at += 1;
                break;
            }
            if control == 1 || control >= 0xE0 {
                run = 0;
            }
            let Some(sizes) = chunk.get(1..5) else { return largest };
            let low = u64::from(sizes[0]) << 8 | u64::from(sizes[1]);
            if control >= 0x80 {
                run += (u64::from(control & 0x1F) << 16 | low) + 1;
                let packed_size = usize::from(sizes[2]) << 8 | usize::from(sizes[3]);
                at += packed_size + 1 + if control >= 0xC0 { 6 } else { 5 };
            } else if control <= 2 {
                run += low + 1;
                at += low as usize + 1 + 3;
            } else {
                return largest;
            }
            largest = largest.max(run);
        }
        // Padding to four bytes, then the check.
        at += (4 - (at - start) % 4) % 4;
        let check = packed.get(7).copied().unwrap_or(0) & 0x0F;
        at += [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64][usize::from(check)];
        run = 0;
    }
    largest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xz_is_unpacked_and_its_promises_are_bounded() {
        let text = "The bridge at Aldmoor is open again. ".repeat(40_000);
        let mut packed = Vec::new();
        lzma_rs::xz_compress(&mut text.as_bytes(), &mut packed).unwrap();
        assert!(largest_run(&packed) >= 60_000);
        let mut out = String::new();
        Xz::new([packed.clone(), vec![0; 8], packed.clone()].concat(), 1 << 30)
            .unwrap()
            .read_to_string(&mut out)
            .unwrap();
        assert_eq!(out.len(), 2 * text.len());
        assert!(Xz::new(packed.clone(), 1000).is_err());
        let mut cut = Vec::new();
        assert!(Xz::new(packed[..packed.len() / 2].to_vec(), 1 << 30).unwrap().read_to_end(&mut cut).is_err());
    }
}
