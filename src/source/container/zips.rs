//! Zip archives, and WACZ, which is one.

use std::cell::Cell;
use std::io::{self, Read, Seek};
use std::rc::Rc;

use zip::ZipArchive;
use zip::result::ZipError;

use super::substack::Posts;
use super::{Guard, leads_out, too_deep, walk};
use crate::error::in_words;
use crate::model::{Origin, Reason};
use crate::source::input::{Context, End, Flow, Input, Sink};
use crate::source::sniff::Head;
use crate::source::{Source, read};

/// A zip archive.
pub struct Zip;

/// What is kept in memory of an archive that comes as a stream, before it goes to a temporary file.
const SPOOL: usize = 16 << 20;

impl Source for Zip {
    fn name(&self) -> &'static str {
        "a zip archive"
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        matches!(head.bytes, [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..])
    }

    fn read(&self, mut input: Input<'_>, context: Context<'_>, sink: &mut Sink<'_>) -> Flow {
        let origin = input.origin.clone();
        if too_deep(&origin, context, sink)? {
            return Flow::Continue(());
        }
        // A zip is read from its end: a file in place, a stream by way of a temporary file.
        if input.direct
            && let Ok(file) = std::fs::File::open(&origin.path)
        {
            return members(file, &origin, context, sink);
        }
        let mut spool = tempfile::SpooledTempFile::new(SPOOL);
        let copied = io::copy(&mut input, &mut spool);
        let end = copied.as_ref().err().map(End::of);
        if let Some(End::Cut(_)) | None = end
            && spool.rewind().is_ok()
        {
            members(spool, &origin, context, sink)?;
        }
        match (copied, end) {
            (Err(error), Some(end)) => {
                sink.reject(origin, end.reason(), format!("a zip archive that cannot be read to its end: {error}"))
            }
            _ => Flow::Continue(()),
        }
    }
}

/// Whether a file begins with the header of a zip's member.
fn begins_with_a_member(file: &mut (impl Read + Seek)) -> bool {
    let mut first = [0; 4];
    file.rewind().is_ok() && file.read_exact(&mut first).is_ok() && first == *b"PK\x03\x04"
}

fn members(mut file: impl Read + Seek, origin: &Origin, context: Context<'_>, sink: &mut Sink<'_>) -> Flow {
    let size = file.seek(io::SeekFrom::End(0)).unwrap_or(0);
    let member_first = begins_with_a_member(&mut file);
    let told = told(&mut file, size);
    let mut archive = match ZipArchive::new(&mut file) {
        Ok(archive) => archive,
        Err(error) => {
            let why = error.to_string();
            return without_directory(file, origin, size, CUT_OFF, &why, context, sink);
        }
    };
    // A directory that is not that of the whole file belongs to an archive inside it, or to the last of several. Programs that
    // unpack themselves begin otherwise.
    if archive.offset() > 0 && member_first {
        drop(archive);
        let why = "its directory is not that of the whole file";
        return without_directory(file, origin, size, CUT_OFF, why, context, sink);
    }
    // Of members with one name the crate knows the last alone.
    if member_first && told.is_some_and(|told| told > archive.len()) {
        drop(archive);
        let why = "some have one name";
        return without_directory(file, origin, size, "a zip archive that names its members twice", why, context, sink);
    }
    if archive.is_empty() {
        return sink.reject(origin.clone(), Reason::Empty, "a zip archive without a file");
    }
    if archive.file_names().any(|name| name.is_ok_and(|n| is_document(&n))) {
        return sink.reject(origin.clone(), Reason::Unsupported, OFFICE);
    }
    let wacz = archive.index_for_name("datapackage.json").is_some()
        && archive.file_names().any(|n| n.is_ok_and(|n| n.starts_with(WEB_ARCHIVE)));
    let mut order: Vec<(String, usize)> = Vec::with_capacity(archive.len());
    for index in 0..archive.len() {
        let name = archive.by_index_raw(index).map(|m| String::from_utf8_lossy(m.name_raw()).into_owned());
        order.push((name.unwrap_or_else(|_| format!("#{index}")), index));
    }
    order.sort();
    let mut posts = Posts::of(&mut archive);
    let total = Rc::new(Cell::new(0u64));
    let mut forgiven = 0;
    for (name, index) in order {
        let mut place = origin.clone();
        place.members.push(name.clone());
        place.number = 1;
        if wacz && !name.starts_with(WEB_ARCHIVE) || name.ends_with('/') || passed_over(&name) {
            continue;
        }
        if leads_out(&name) {
            sink.reject(place, Reason::Hostile, "a member whose path leads out of its archive")?;
            continue;
        }
        if posts.as_ref().is_some_and(|posts| posts.is_table(&name)) {
            continue;
        }
        let member = match archive.by_index(index) {
            Ok(member) => member,
            Err(error) => {
                let reason = if matches!(error, ZipError::UnsupportedArchive(_)) {
                    Reason::Unsupported
                } else {
                    Reason::Damaged
                };
                sink.reject(place, reason, format!("a member that cannot be opened: {error}"))?;
                continue;
            }
        };
        if member.is_dir() || member.is_symlink() {
            continue;
        }
        let (used, wrong) = (Rc::new(Cell::new(member.compressed_size())), Rc::new(Cell::new(false)));
        let checked = Checked { inner: member, wrong: wrong.clone() };
        let (packed, before) = (used.get(), total.get());
        let guard = Guard::new(Tally { inner: checked, total: total.clone() }, used, context.options.max_ratio);
        match posts.as_mut().and_then(|posts| posts.take(&name)) {
            Some(post) => post.read(guard, place.clone(), context, sink)?,
            None => {
                let deeper = Context { depth: context.depth + 1, ..context };
                read(Input::new(place.clone(), guard), deeper, sink)?;
            }
        }
        if wrong.get() {
            with_wrong_checksum(place, sink)?;
        }
        // A member that was refused as a bomb by itself is no reason to leave those behind it; many of them are.
        if forgiven < MOST_FORGIVEN && is_refused(total.get() - before, packed, context) {
            forgiven += 1;
            total.set(before);
        }
        // Members may share their bytes, each within its own bound.
        if is_bomb(total.get(), size, context) {
            let detail = format!(
                "unpacks to more than {} times its size: a bomb; what stands behind `{name}` was not read",
                context.options.max_ratio
            );
            return sink.reject(origin.clone(), Reason::Hostile, detail);
        }
    }
    posts.map_or(Flow::Continue(()), |posts| posts.left(origin, sink))
}

/// What is said of an archive whose directory is missing or not its own.
const CUT_OFF: &str = "a zip archive cut off or damaged at its end";

/// How many members the end of an archive tells; nothing of one that is too large to tell it there.
fn told(file: &mut (impl Read + Seek), size: u64) -> Option<usize> {
    const LONGEST: u64 = 22 + u16::MAX as u64;
    file.seek(io::SeekFrom::Start(size.saturating_sub(LONGEST))).ok()?;
    let mut end = Vec::new();
    file.take(LONGEST).read_to_end(&mut end).ok()?;
    let at = memchr::memmem::rfind(&end, b"PK\x05\x06")?;
    let count = u16::from_le_bytes(*end.get(at + 10..)?.first_chunk()?);
    (count != u16::MAX).then_some(usize::from(count))
}

/// Reads an archive by the headers of its members.
fn without_directory(
    mut file: impl Read + Seek,
    origin: &Origin,
    size: u64,
    what: &str,
    why: &str,
    context: Context<'_>,
    sink: &mut Sink<'_>,
) -> Flow {
    let web_archive = is_web_archive(&mut file, origin);
    let posts = match file.rewind() {
        Ok(()) if !web_archive => walk::posts(Input::new(origin.clone(), &mut file)),
        _ => None,
    };
    if let Err(error) = file.rewind() {
        return sink.reject(origin.clone(), Reason::Unreadable, in_words(&error));
    }
    let found = walk::Found { web_archive, posts, size, what, why };
    walk::walk(Input::new(origin.clone(), file), found, context, sink)
}

/// The folder of a WACZ that holds its records; what stands beside it are indexes and lists of pages.
pub const WEB_ARCHIVE: &str = "archive/";

/// What is said of an archive that is a document.
pub const OFFICE: &str =
    "an Office document or e-book, which is not read: save it as text or HTML, or convert it with `pandoc`";

/// Whether a member of this name shows that the archive is a document itself.
pub fn is_document(name: &str) -> bool {
    name == "[Content_Types].xml" || name == "mimetype"
}

/// How a member ends whose bytes are not those that were packed.
pub const WRONG_CHECKSUM: &str = "the checksum of this zip member does not match";

/// Says of a member that was read that its bytes are not those that were packed.
pub fn with_wrong_checksum(place: Origin, sink: &mut Sink<'_>) -> Flow {
    sink.reject(place, Reason::Damaged, format!("{WRONG_CHECKSUM}: what was unpacked was kept"))
}

/// A member whose directory says what its checksum is: an error of the crate `zip` in our words, which are remembered.
struct Checked<R> {
    inner: R,
    wrong: Rc<Cell<bool>>,
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.inner.read(out).map_err(|error| {
            if error.kind() != io::ErrorKind::InvalidData || error.to_string() != "Invalid checksum" {
                return error;
            }
            self.wrong.set(true);
            io::Error::new(io::ErrorKind::InvalidData, WRONG_CHECKSUM)
        })
    }
}

/// Members that are bombs by themselves, behind which an archive is read on. Each costs as much as its bound lets through.
const MOST_FORGIVEN: usize = 8;

/// Whether a member was refused for what it gave.
fn is_refused(given: u64, packed: u64, context: Context<'_>) -> bool {
    given > super::GRACE && given / packed.max(1) > context.options.max_ratio
}

/// Whether all members together give too much for the archive they stand in.
pub fn is_bomb(given: u64, size: u64, context: Context<'_>) -> bool {
    given > super::GRACE * 8 && given / size.max(1) > context.options.max_ratio
}

/// Whether an archive without a directory is a WACZ: by its name, or since a member's header names its records.
fn is_web_archive(file: &mut (impl Read + Seek), origin: &Origin) -> bool {
    let name = origin.members.last().unwrap_or(&origin.path);
    if name.to_lowercase().ends_with(".wacz") {
        return true;
    }
    if file.rewind().is_err() {
        return false;
    }
    let mut input = Input::new(origin.clone(), file);
    loop {
        let chunk = input.peek(64 * 1024);
        if memchr::memmem::find_iter(chunk, WEB_ARCHIVE).any(|at| {
            let name = &chunk[at..chunk.len().min(at + 200)];
            at >= 30 && chunk[at - 30..].starts_with(b"PK\x03\x04") && memchr::memmem::find(name, b".warc").is_some()
        }) {
            return true;
        }
        // A header that stands across the edge is seen whole the next time.
        let (pass, last) = (chunk.len().saturating_sub(256), chunk.len() < 64 * 1024);
        if last {
            return false;
        }
        input.skip(pass);
    }
}

/// What archivers put beside the files.
pub fn passed_over(name: &str) -> bool {
    name.starts_with("__MACOSX/") || name.rsplit('/').next().is_some_and(|file| file.starts_with('.'))
}

/// Adds up what all members give.
pub struct Tally<R> {
    /// What is read.
    pub inner: R,
    /// What all members together gave so far.
    pub total: Rc<Cell<u64>>,
}

impl<R: Read> Read for Tally<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(out)?;
        self.total.set(self.total.get() + count as u64);
        Ok(count)
    }
}
