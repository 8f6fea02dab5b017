//! Containers: what is compressed (gz, zst, bz2, xz) and what holds members (zip, tar). They may lie in one another
//! up to [`Options::max_depth`](super::Options::max_depth).

mod gz;

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

pub use gz::Gz;

use super::input::{Context, Flow, Input, Sink};
use super::sniff::Head;
use super::{Source, read};
use crate::model::{Note, Reason};

/// A compressed stream.
pub struct Packed;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Packing {
    Gz,
    Zst,
    Bz2,
}

fn packing(bytes: &[u8]) -> Option<Packing> {
    match bytes {
        [0x1F, 0x8B, 8, ..] => Some(Packing::Gz),
        [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => Some(Packing::Zst),
        [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, ..] => Some(Packing::Bz2),
        _ => None,
    }
}

impl Source for Packed {
    fn name(&self) -> &'static str {
        "a compressed file"
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        packing(head.bytes).is_some()
    }

    fn read(&self, mut input: Input<'_>, context: Context<'_>, sink: &mut Sink<'_>) -> Flow {
        let Some(packing) = packing(input.peek(8)) else { return Flow::Continue(()) };
        if context.depth >= context.options.max_depth {
            let detail = format!("more than {} containers in one another", context.options.max_depth);
            return sink.reject(input.origin, Reason::TooLarge, detail);
        }
        let deeper = Context { depth: context.depth + 1, ..context };
        let (origin, mut envelope) = (input.origin.clone(), input.envelope.clone());
        let used = Rc::new(Cell::new(0));
        let ratio = context.options.max_ratio;
        let counted = Counted { input, used: used.clone() };
        match packing {
            Packing::Gz => {
                let gz = Gz::new(counted);
                let trouble = gz.trouble();
                let mut inner = Input::new(origin, Guard::new(gz, used, ratio));
                // A short stream shows its troubles at once; those of a long one come as errors.
                inner.peek(super::input::HEAD_BYTES);
                envelope.notes.extend(trouble.borrow().iter().cloned().map(Note));
                read(inner.with(envelope), deeper, sink)
            }
            Packing::Zst => match zstd::stream::read::Decoder::with_buffer(counted) {
                Ok(mut decoder) => {
                    // At most 128 MiB of window, as the zstd tool allows by default.
                    let _ = decoder.window_log_max(27);
                    read(Input::new(origin, Guard::new(decoder, used, ratio)).with(envelope), deeper, sink)
                }
                Err(error) => sink.reject(origin, Reason::Failed, error.to_string()),
            },
            Packing::Bz2 => {
                let decoder = bzip2::bufread::MultiBzDecoder::new(counted);
                read(Input::new(origin, Guard::new(decoder, used, ratio)).with(envelope), deeper, sink)
            }
        }
    }
}

/// Counts what a decoder takes.
pub struct Counted<'a> {
    input: Input<'a>,
    used: Rc<Cell<u64>>,
}

impl Counted<'_> {
    /// As [`Input::peek`].
    pub fn peek(&mut self, wanted: usize) -> &[u8] {
        self.input.peek(wanted)
    }
}

impl Read for Counted<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(out)?;
        self.used.set(self.input.offset());
        Ok(count)
    }
}

impl BufRead for Counted<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.input.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.input.consume(count);
        self.used.set(self.input.offset());
    }
}

/// Refuses to go on when a decoder gives too much for what it takes.
pub struct Guard<R> {
    inner: R,
    used: Rc<Cell<u64>>,
    given: u64,
    ratio: u64,
}

/// A ratio says nothing before so many bytes.
const GRACE: u64 = 8 << 20;

impl<R> Guard<R> {
    /// Guards `inner`, whose input is counted in `used`.
    pub fn new(inner: R, used: Rc<Cell<u64>>, ratio: u64) -> Self {
        Self { inner, used, given: 0, ratio }
    }
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(out)?;
        self.given += count as u64;
        if self.given > GRACE && self.given / self.used.get().max(1) > self.ratio {
            let said = format!("unpacks to more than {} times its size: a bomb", self.ratio);
            return Err(io::Error::new(io::ErrorKind::QuotaExceeded, said));
        }
        Ok(count)
    }
}
