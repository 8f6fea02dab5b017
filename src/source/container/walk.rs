//! A zip archive without its directory, which stands at its end and is the first thing a broken download loses: members
//! are found by the headers that stand before each of them.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use flate2::Crc;
use flate2::bufread::DeflateDecoder;

use super::substack::{MOST_BYTES, Posts};
use super::zips::{Tally, WEB_ARCHIVE, WRONG_CHECKSUM, is_bomb, is_document, passed_over, with_wrong_checksum};
use super::{Guard, leads_out};
use crate::model::Reason;
use crate::source::input::{Context, Flow, Input, Sink};
use crate::source::read;

const MEMBER: &[u8] = b"PK\x03\x04";
const DIRECTORY: &[u8] = b"PK\x01\x02";
const DESCRIPTOR: &[u8] = b"PK\x07\x08";
/// A header without its name and its extra fields.
const FIXED: usize = 30;
/// The longest thing that may stand between a member and the next header without being garbage: a descriptor with
/// its signature and sizes of eight bytes.
const LONGEST_DESCRIPTOR: u64 = 24;
/// Bytes given to the decoder at once. Where it meets a fault, it hands out nothing of what these gave.
const AT_ONCE: usize = 512;

/// What stands before a member.
struct Header {
    name: String,
    method: u16,
    encrypted: bool,
    /// Bytes of the member as packed; nothing if that is told behind it only.
    packed: Option<u64>,
    /// The checksum of the member as unpacked; nothing if it is told behind it only.
    sum: Option<u32>,
    /// Bytes of the header itself.
    length: usize,
}

impl Header {
    /// Reads the header that `bytes` begin with; nothing if they only look like one.
    fn of(bytes: &[u8]) -> Option<Self> {
        let two = |at: usize| bytes.get(at..at + 2).map(|b| u16::from_le_bytes([b[0], b[1]]));
        let four = |at: usize| bytes.get(at..at + 4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]));
        let (flags, method) = (two(6)?, two(8)?);
        let (sum, packed, whole) = (four(14)?, four(18)?, four(22)?);
        let (name, extra) = (usize::from(two(26)?), usize::from(two(28)?));
        let length = FIXED + name + extra;
        let written = bytes.get(FIXED..FIXED + name)?;
        if !bytes.starts_with(MEMBER) || method > 99 || name == 0 || written.contains(&0) {
            return None;
        }
        let long = || long_size(bytes.get(FIXED + name..length)?, whole == u32::MAX);
        let packed = match packed {
            _ if flags & 8 != 0 => None,
            u32::MAX => Some(long()?),
            size => Some(u64::from(size)),
        };
        let name = String::from_utf8_lossy(written).into_owned();
        let sum = (flags & 8 == 0).then_some(sum);
        Some(Self { name, method, encrypted: flags & 1 != 0, packed, sum, length })
    }
}

/// The packed size in the extra field of large members, where it stands behind the unpacked one if that is there too.
fn long_size(mut extra: &[u8], behind: bool) -> Option<u64> {
    loop {
        let (head, rest) = extra.split_first_chunk::<4>()?;
        let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
        if head[..2] == [1, 0] {
            let at = if behind { 8 } else { 0 };
            return rest.get(at..at + 8).and_then(|b| b.first_chunk()).map(|b| u64::from_le_bytes(*b));
        }
        extra = rest.get(length..)?;
    }
}

/// What was found out about an archive before it is walked over.
pub struct Found<'w> {
    /// Whether it is a WACZ.
    pub web_archive: bool,
    /// Substack's table, where it has one.
    pub posts: Option<Posts>,
    /// Its bytes.
    pub size: u64,
    /// What it is, and what is wrong with its directory.
    pub what: &'w str,
    /// Why it is not read by that.
    pub why: &'w str,
}

/// Substack's table of posts, which may stand behind the posts; `input` stands at the archive's beginning.
pub fn posts(mut input: Input<'_>) -> Option<Posts> {
    while let (Some(header), _) = next(&mut input) {
        input.skip(header.length);
        let mut bytes = Member::new(&mut input, &header);
        if Posts::may_be_table(&header.name) && !header.encrypted && matches!(header.method, 0 | 8) {
            let mut raw = Vec::new();
            // A table that is cut names the posts before the cut.
            let _ = match header.method {
                8 => DeflateDecoder::new(&mut bytes).take(MOST_BYTES).read_to_end(&mut raw),
                _ => bytes.by_ref().take(MOST_BYTES).read_to_end(&mut raw),
            };
            if let Some(posts) = Posts::read(header.name, &raw) {
                return Some(posts);
            }
        }
        bytes.rest();
    }
    None
}

/// Reads the members of an archive, which stands at its beginning and has no directory.
pub fn walk(mut input: Input<'_>, found: Found<'_>, context: Context<'_>, sink: &mut Sink<'_>) -> Flow {
    let Found { web_archive, mut posts, size, what, why } = found;
    let origin = input.origin.clone();
    let total = Rc::new(Cell::new(0u64));
    let (mut met, mut lost, mut spoilt) = (0u64, 0u64, 0u64);
    // Whether what stands before the next header is no part of a member.
    let mut between = true;
    loop {
        let (header, passed) = next(&mut input);
        // The directory itself is no garbage.
        let Some(header) = header else { break };
        lost += if between { passed.saturating_sub(LONGEST_DESCRIPTOR) } else { 0 };
        met += 1;
        if is_document(&header.name) {
            return sink.reject(origin, Reason::Unsupported, super::zips::OFFICE);
        }
        input.skip(header.length);
        let mut place = origin.clone();
        place.members.push(header.name.clone());
        place.number = 1;
        let mut bytes = Member::new(&mut input, &header);
        let aside = header.name.ends_with('/')
            || passed_over(&header.name)
            || web_archive && !header.name.starts_with(WEB_ARCHIVE)
            || posts.as_ref().is_some_and(|posts| posts.is_table(&header.name));
        let refused = if aside {
            None
        } else if leads_out(&header.name) {
            Some((Reason::Hostile, "a member whose path leads out of its archive".to_owned()))
        } else if header.encrypted {
            Some((Reason::Unsupported, "a member that cannot be opened: it is encrypted".to_owned()))
        } else if !matches!(header.method, 0 | 8) {
            let said = format!("a member that cannot be opened: packed by method {}", header.method);
            Some((Reason::Unsupported, said))
        } else {
            None
        };
        match refused {
            Some((reason, detail)) => sink.reject(place, reason, detail)?,
            None if aside => {}
            None => {
                let (used, wrong) = (bytes.used.clone(), Rc::new(Cell::new(false)));
                let unpacked = match header.method {
                    8 => Unpacked::Deflated(DeflateDecoder::new(&mut bytes)),
                    _ => Unpacked::Stored(&mut bytes),
                };
                let checked = Checked { inner: unpacked, sum: Crc::new(), ended: false, wrong: wrong.clone() };
                let tally = Tally { inner: checked, total: total.clone() };
                let guard = Guard::new(tally, used, context.options.max_ratio);
                match posts.as_mut().and_then(|posts| posts.take(&header.name)) {
                    Some(post) => post.read(guard, place.clone(), context, sink)?,
                    None => {
                        let deeper = Context { depth: context.depth + 1, ..context };
                        read(Input::new(place.clone(), guard), deeper, sink)?;
                    }
                }
                if wrong.get() {
                    spoilt += 1;
                    with_wrong_checksum(place, sink)?;
                }
            }
        }
        between = bytes.rest();
        if is_bomb(total.get(), size, context) {
            let detail = format!("unpacks to more than {} times its size: a bomb", context.options.max_ratio);
            return sink.reject(origin, Reason::Hostile, detail);
        }
    }
    if let Some(posts) = posts {
        posts.left(&origin, sink)?;
    }
    let mut detail = match (met, lost) {
        (0, _) => format!("a zip archive without a readable directory: {why}"),
        (_, 0) => format!("{what} ({why}): its {met} members were read by their own headers"),
        (_, _) => format!(
            "a damaged zip archive ({why}): {met} members were read by their own headers, {lost} bytes between them were passed over"
        ),
    };
    if spoilt > 0 {
        detail.push_str(&format!("; {spoilt} of them not as they were packed"));
    }
    sink.reject(origin, Reason::Damaged, detail)
}

/// Goes forward to the next member's header and says what was passed on the way; none at the directory or the end.
fn next(input: &mut Input<'_>) -> (Option<Header>, u64) {
    let from = input.offset();
    loop {
        // A header's name and extra fields may be 64 KiB each.
        let chunk = input.peek(4096);
        if chunk.len() < 4 {
            return (None, input.offset() - from);
        }
        let Some(at) = memchr::memmem::find(chunk, b"PK") else {
            let pass = chunk.len() - 1;
            input.skip(pass);
            continue;
        };
        input.skip(at);
        let here = input.peek(FIXED + 2 * usize::from(u16::MAX));
        if here.starts_with(DIRECTORY) {
            return (None, input.offset() - from);
        }
        if let Some(header) = Header::of(here) {
            return (Some(header), input.offset() - from);
        }
        input.skip(2);
    }
}

/// The bytes of one member, as packed.
struct Member<'b, 'a> {
    input: &'b mut Input<'a>,
    from: u64,
    /// Bytes still to come, where the header said how many there are.
    left: Option<u64>,
    /// Whether nothing but the descriptor behind it tells where it ends, as it is not packed at all.
    sought: bool,
    done: bool,
    /// The checksum that the header told.
    sum: Option<u32>,
    /// Bytes handed out.
    used: Rc<Cell<u64>>,
}

impl<'b, 'a> Member<'b, 'a> {
    fn new(input: &'b mut Input<'a>, header: &Header) -> Self {
        let from = input.offset();
        let sought = header.packed.is_none() && header.method != 8;
        Self { input, from, left: header.packed, sought, done: false, sum: header.sum, used: Rc::default() }
    }

    /// Whether this is the checksum that the header told, or the descriptor behind the member, where the input stands then:
    /// with its signature or without. Where the archive is cut before it, nothing speaks against it.
    fn has_sum(&mut self, sum: u32) -> bool {
        if let Some(told) = self.sum {
            return told == sum;
        }
        let told = |bytes: &[u8]| bytes.first_chunk().map(|b| u32::from_le_bytes(*b));
        let behind = self.input.peek(8);
        let signed = behind.strip_prefix(DESCRIPTOR).map(told);
        told(behind).is_none_or(|first| first == sum) || signed.is_some_and(|told| told.is_none_or(|told| told == sum))
    }

    /// Passes over what was not read, and says whether the member's end is known: where only the decoder knows it, and
    /// was not asked to its end, the next header is looked for.
    fn rest(&mut self) -> bool {
        if self.left.is_none() && !self.sought {
            return false;
        }
        while let Ok(count @ 1..) = self.fill_buf().map(<[u8]>::len) {
            self.consume(count);
        }
        true
    }

    /// How many of the bytes at hand are the member's own, where a descriptor ends it.
    fn before_descriptor(&mut self) -> usize {
        let given = self.input.offset() - self.from;
        let chunk = self.input.peek(4096);
        for at in memchr::memmem::find_iter(chunk, DESCRIPTOR) {
            let Some(size) = chunk.get(at + 8..at + 12).and_then(|b| b.first_chunk()) else { return at };
            // The low half of a size of eight bytes is the same number.
            if u64::from(u32::from_le_bytes(*size)) == (given + at as u64) & u64::from(u32::MAX) {
                self.done = true;
                return at;
            }
        }
        if chunk.len() < 4096 { chunk.len() } else { chunk.len() - 12 }
    }
}

/// The bytes of a member, unpacked.
enum Unpacked<'m, 'b, 'a> {
    Stored(&'m mut Member<'b, 'a>),
    Deflated(DeflateDecoder<&'m mut Member<'b, 'a>>),
}

/// A member that is held against its checksum at its end: where they differ, its last word is an error.
struct Checked<'m, 'b, 'a> {
    inner: Unpacked<'m, 'b, 'a>,
    sum: Crc,
    ended: bool,
    wrong: Rc<Cell<bool>>,
}

impl Read for Checked<'_, '_, '_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = match &mut self.inner {
            Unpacked::Stored(member) => member.read(out)?,
            Unpacked::Deflated(decoder) => decoder.read(out)?,
        };
        self.sum.update(&out[..count]);
        if count > 0 || out.is_empty() || std::mem::replace(&mut self.ended, true) {
            return Ok(count);
        }
        let member = match &mut self.inner {
            Unpacked::Stored(member) => &mut **member,
            Unpacked::Deflated(decoder) => &mut **decoder.get_mut(),
        };
        if member.has_sum(self.sum.sum()) {
            return Ok(0);
        }
        self.wrong.set(true);
        Err(io::Error::new(io::ErrorKind::InvalidData, WRONG_CHECKSUM))
    }
}

impl BufRead for Member<'_, '_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.done || self.left == Some(0) {
            return Ok(&[]);
        }
        let most = match self.left {
            Some(left) => usize::try_from(left).unwrap_or(usize::MAX),
            None if self.sought => self.before_descriptor(),
            None => usize::MAX,
        };
        if self.done && most == 0 {
            return Ok(&[]);
        }
        // A descriptor that was seen is looked for again when what stands before it has been taken.
        self.done = false;
        let all = self.input.fill_buf()?;
        if all.is_empty() {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the archive is cut off within this member"));
        }
        Ok(&all[..all.len().min(most).min(AT_ONCE)])
    }

    fn consume(&mut self, count: usize) {
        self.input.consume(count);
        self.left = self.left.map(|left| left.saturating_sub(count as u64));
        self.used.set(self.used.get() + count as u64);
    }
}

impl Read for Member<'_, '_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let chunk = self.fill_buf()?;
        let count = chunk.len().min(out.len());
        out[..count].copy_from_slice(&chunk[..count]);
        self.consume(count);
        Ok(count)
    }
}
