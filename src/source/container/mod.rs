//! Containers: what is compressed (gz, zst, bz2, xz, lz4) and what holds members (zip, tar). They may lie in one another
//! up to [`Options::max_depth`](super::Options::max_depth).

mod gz;
mod lz4;
mod substack;
mod tars;
mod walk;
mod xz;
mod zips;

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

pub use gz::Gz;
use lz4::Lz4;
pub use tars::Tar;
pub use zips::Zip;

use super::input::{Context, End, Flow, Input, Sink};
use super::sniff::Head;
use super::{Source, read};
use crate::error::in_words;
use crate::model::{Note, Origin, Reason};
use xz::Xz;

/// A compressed stream.
pub struct Packed;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Packing {
    Gz,
    Zst,
    Bz2,
    Xz,
    Lz4,
}

/// Whether a stream that begins so is compressed, and its bytes are no text.
pub(super) fn is_packed(head: &[u8]) -> bool {
    packing(head).is_some() || head.starts_with(b"PK\x03\x04")
}

fn packing(bytes: &[u8]) -> Option<Packing> {
    match bytes {
        [0x1F, 0x8B, 8, ..] => Some(Packing::Gz),
        [0x04, 0x22, 0x4D, 0x18, ..] => Some(Packing::Lz4),
        [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => Some(Packing::Zst),
        [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, ..] => Some(Packing::Bz2),
        [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => Some(Packing::Xz),
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
        if too_deep(&input.origin, context, sink)? {
            return Flow::Continue(());
        }
        let deeper = Context { depth: context.depth + 1, ..context };
        let (origin, mut envelope) = (input.origin.clone(), input.envelope.clone());
        let input_origin = origin.clone();
        let used = Rc::new(Cell::new(0));
        let ratio = context.options.max_ratio;
        let counted = Counted { input, used: used.clone() };
        match packing {
            Packing::Gz => {
                let gz = Gz::new(counted);
                let trouble = gz.trouble();
                let mut inner = Input::new(origin, Guard::new(gz, used, ratio));
                // Members that are corrupt from their beginning; those behind them may be whole.
                let mut lost = false;
                while let Some(error) = inner.failed() {
                    lost = true;
                    let hostile = End::of(&error).reason() == Reason::Hostile;
                    let reason = if hostile { Reason::Hostile } else { Reason::Unreadable };
                    sink.reject(input_origin.clone(), reason, in_words(&error))?;
                    if hostile {
                        return Flow::Continue(());
                    }
                }
                if lost && inner.peek(1).is_empty() {
                    return Flow::Continue(());
                }
                // A short stream shows its troubles at once; those of a long one come as errors.
                inner.peek(super::input::HEAD_BYTES);
                let noted = trouble.borrow().clone();
                envelope.notes.extend(noted.iter().cloned().map(Note));
                read(inner.with(envelope), deeper, sink)?;
                // What came later, documents before it could not say; a wrong checksum is damage whenever it shows.
                let said = |what: &&String| !noted.contains(what) || what.as_str() == gz::WRONG_CHECKSUM;
                for what in trouble.borrow().iter().filter(said) {
                    let detail = format!("{what}: what was unpacked was kept");
                    sink.reject(input_origin.clone(), Reason::Damaged, detail)?;
                }
                Flow::Continue(())
            }
            Packing::Zst => match zstd_decoder(counted, context.options.max_document_bytes) {
                Ok(decoder) => read(Input::new(origin, Guard::new(decoder, used, ratio)).with(envelope), deeper, sink),
                Err(error) => sink.reject(origin, Reason::Damaged, in_words(&error)),
            },
            Packing::Xz => {
                read(Input::new(origin, Guard::new(Xz::new(counted), used, ratio)).with(envelope), deeper, sink)
            }
            Packing::Lz4 => {
                read(Input::new(origin, Guard::new(Lz4::new(counted), used, ratio)).with(envelope), deeper, sink)
            }
            Packing::Bz2 => {
                let decoder = bzip2::bufread::MultiBzDecoder::new(counted);
                read(Input::new(origin, Guard::new(decoder, used, ratio)).with(envelope), deeper, sink)
            }
        }
    }
}

/// Refuses a container that lies too deep in others, and says whether it did.
pub(super) fn too_deep(origin: &Origin, context: Context<'_>, sink: &mut Sink<'_>) -> std::ops::ControlFlow<(), bool> {
    let deep = context.depth >= context.options.max_depth;
    if deep {
        let detail = format!("more than {} containers in one another", context.options.max_depth);
        sink.reject(origin.clone(), Reason::TooLarge, detail)?;
    }
    std::ops::ControlFlow::Continue(deep)
}

/// Whether a member's path would lead out of the folder it is unpacked to.
fn leads_out(name: &str) -> bool {
    let name = name.replace('\\', "/");
    let drive = name.as_bytes().get(1) == Some(&b':');
    let mut depth = 0i64;
    let below = name.split('/').any(|part| {
        depth += match part {
            "" | "." => 0,
            ".." => -1,
            _ => 1,
        };
        depth < 0
    });
    name.starts_with('/') || drive || below
}

/// A decoder of frames one after the other. A web archive may begin with its dictionary in a skippable frame
/// (IIPC, "Zstandard in WARC files").
fn zstd_decoder(mut packed: Counted<'_>, most: u64) -> io::Result<zstd::stream::read::Decoder<'static, Counted<'_>>> {
    let mut dictionary = Vec::new();
    if let [0x5D, 0x2A, 0x4D, 0x18, size @ ..] = packed.peek(8)
        && let Some(size) = size.first_chunk::<4>()
    {
        let size = u64::from(u32::from_le_bytes(*size));
        packed.consume(8);
        packed.by_ref().take(size.min(most)).read_to_end(&mut dictionary)?;
        if dictionary.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) {
            let mut inner = Vec::new();
            zstd::stream::read::Decoder::new(dictionary.as_slice())?.take(most).read_to_end(&mut inner)?;
            dictionary = inner;
        }
    }
    let mut decoder = zstd::stream::read::Decoder::with_dictionary(packed, &dictionary)?;
    // At most 128 MiB of window, as the zstd tool allows by default.
    decoder.window_log_max(27)?;
    Ok(decoder)
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
