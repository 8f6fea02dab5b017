//! What a reader reads from and what it hands its items to.

use std::collections::{BTreeMap, VecDeque};
use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use jiff::Timestamp;

use super::{Item, Options};
use crate::error::in_words;
use crate::model::{Claim, Document, Field, MediaType, Note, Origin, Payload, PayloadKind, Reason, Rejection};

/// Goes on or stops, as the caller of `read_path` wishes.
pub type Flow = ControlFlow<()>;

/// Bytes looked at to find out what something is.
pub const HEAD_BYTES: usize = 64 * 1024;

/// What is known of a stream from outside: an HTTP header, an archive record, the container it lies in.
#[derive(Debug, Clone, Default)]
pub struct Envelope {
    /// `charset` of a `Content-Type` header.
    pub charset: Option<String>,
    /// The media type of a `Content-Type` header, lowercase, without parameters.
    pub media_type: Option<String>,
    /// The address it was got from, and where that is said (`warc:WARC-Target-URI`).
    pub url: Option<(String, &'static str)>,
    /// When it was got.
    pub fetched: Option<Timestamp>,
    /// Put at the end of every document's claims.
    pub claims: Vec<Claim>,
    /// Put into every document.
    pub notes: Vec<Note>,
    /// Whether it came out of a web archive.
    pub archived: bool,
}

/// A stream of bytes whose head can be looked at, with its place and its envelope.
pub struct Input<'a> {
    /// Where it stands; `number` is 1 but for records of archives.
    pub origin: Origin,
    /// What is known from outside.
    pub envelope: Envelope,
    /// Whether it is the whole file at [`Origin::path`], which may then be opened once more to be read from its end.
    pub direct: bool,
    inner: Box<dyn Read + 'a>,
    /// What was read and not handed out stands from `start` to `end`.
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    offset: u64,
    ended: bool,
    pending: VecDeque<io::Error>,
}

/// How a stream that was read into memory ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// At its end.
    Whole,
    /// With an error; what came before it was kept.
    Cut(String),
    /// There was more than the limit allows; the rest was not read.
    TooLarge,
    /// With a refusal to go on: a bomb.
    Hostile(String),
}

impl End {
    /// How an error ends a stream. Our own guards against bombs fail with [`io::ErrorKind::QuotaExceeded`].
    pub fn of(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::QuotaExceeded => End::Hostile(error.to_string()),
            _ => End::Cut(in_words(error)),
        }
    }

    /// The reason for refusing what ended so.
    pub fn reason(&self) -> Reason {
        match self {
            End::Whole | End::Cut(_) => Reason::Truncated,
            End::TooLarge => Reason::TooLarge,
            End::Hostile(_) => Reason::Hostile,
        }
    }
}

impl<'a> Input<'a> {
    /// A stream at `origin`.
    pub fn new(origin: Origin, inner: impl Read + 'a) -> Self {
        Self {
            origin,
            envelope: Envelope::default(),
            direct: false,
            inner: Box::new(inner),
            buffer: Vec::new(),
            start: 0,
            end: 0,
            offset: 0,
            ended: false,
            pending: VecDeque::new(),
        }
    }

    /// The same with an envelope.
    pub fn with(mut self, envelope: Envelope) -> Self {
        self.envelope = envelope;
        self
    }

    /// At least the next `wanted` bytes, fewer only at the end or before an error.
    pub fn peek(&mut self, wanted: usize) -> &[u8] {
        while self.end - self.start < wanted && !self.ended && self.pending.is_empty() {
            self.more();
        }
        &self.buffer[self.start..self.end]
    }

    /// The error that comes next, where no byte comes before it. What is behind it may still be read.
    pub fn failed(&mut self) -> Option<io::Error> {
        if self.peek(1).is_empty() { self.pending.pop_front() } else { None }
    }

    /// Bytes handed out so far.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// Puts bytes that were read back in front.
    pub fn unread(&mut self, bytes: &[u8]) {
        self.buffer.splice(..self.start, bytes.iter().copied());
        self.end = self.end - self.start + bytes.len();
        self.start = 0;
        self.offset = self.offset.saturating_sub(bytes.len() as u64);
    }

    /// Drops bytes that were looked at.
    pub fn skip(&mut self, count: usize) {
        self.consume(count);
    }

    /// All that is left, at most `limit` bytes, and how it ended.
    pub fn whole(&mut self, limit: u64) -> (Vec<u8>, End) {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let at_hand = &self.buffer[self.start..self.end];
        let mut out = at_hand[..at_hand.len().min(limit)].to_vec();
        self.consume(out.len());
        if self.start < self.end {
            return (out, End::TooLarge);
        }
        if let Some(error) = self.pending.pop_front() {
            return (out, End::of(&error));
        }
        if self.ended {
            return (out, End::Whole);
        }
        let had = out.len();
        let most = (limit - had) as u64;
        let read = self.inner.by_ref().take(most.saturating_add(1)).read_to_end(&mut out);
        let end = match read {
            _ if out.len() > limit => {
                // The byte too many is still to be handed out.
                self.buffer.clear();
                self.buffer.extend(out.drain(limit..));
                (self.start, self.end) = (0, self.buffer.len());
                End::TooLarge
            }
            Ok(_) => {
                self.ended = true;
                End::Whole
            }
            Err(error) => End::of(&error),
        };
        self.offset += (out.len() - had) as u64;
        (out, end)
    }

    /// All that is left of `what` (`a page`), and why it breaks off, if it does. What is too large or hostile is
    /// refused here, and the flow after that is the error.
    pub fn all(
        &mut self,
        what: &str,
        context: Context<'_>,
        sink: &mut Sink<'_>,
    ) -> Result<(Vec<u8>, Option<String>), Flow> {
        let most = context.options.max_document_bytes;
        match self.whole(most) {
            (raw, End::Whole) => Ok((raw, None)),
            (raw, End::Cut(_)) if raw.iter().all(u8::is_ascii_whitespace) => {
                Err(sink.reject(self.origin.clone(), Reason::Truncated, format!("{what} cut off before it began")))
            }
            (raw, End::Cut(why)) => Ok((raw, Some(why))),
            (_, End::TooLarge) => {
                let detail = format!("{what} of more than {most} bytes");
                Err(sink.reject(self.origin.clone(), Reason::TooLarge, detail))
            }
            (_, End::Hostile(why)) => Err(sink.reject(self.origin.clone(), Reason::Hostile, why)),
        }
    }

    /// Reads a line with its end into `line` (cleared first), keeping at most `limit` bytes of it. `Ok(None)` at
    /// the end, else whether it was whole.
    pub fn line(&mut self, line: &mut Vec<u8>, limit: u64) -> io::Result<Option<bool>> {
        line.clear();
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let mut whole = true;
        let mut any = false;
        loop {
            let chunk = match self.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) if any => {
                    // What was read is handed out first; the error comes with the next call.
                    self.pending.push_front(error);
                    return Ok(Some(whole));
                }
                Err(error) => return Err(error),
            };
            if chunk.is_empty() {
                return Ok(any.then_some(whole));
            }
            any = true;
            let (end, last) = match memchr::memchr(b'\n', chunk) {
                Some(at) => (at + 1, true),
                None => (chunk.len(), false),
            };
            let take = end.min(limit - line.len());
            whole &= take == end;
            line.extend_from_slice(&chunk[..take]);
            self.consume(end);
            if last {
                return Ok(Some(whole));
            }
        }
    }

    fn more(&mut self) {
        if self.start > 0 {
            self.buffer.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, self.end - self.start);
        }
        if self.buffer.len() < self.end + HEAD_BYTES {
            self.buffer.resize(self.end + HEAD_BYTES, 0);
        }
        let read = self.inner.read(&mut self.buffer[self.end..self.end + HEAD_BYTES]);
        self.end += *read.as_ref().unwrap_or(&0);
        match read {
            Ok(0) => self.ended = true,
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => self.pending.push_back(error),
        }
    }
}

impl BufRead for Input<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.start == self.end {
            if let Some(error) = self.pending.pop_front() {
                return Err(error);
            }
            if self.ended {
                break;
            }
            self.more();
        }
        Ok(&self.buffer[self.start..self.end])
    }

    fn consume(&mut self, count: usize) {
        let count = count.min(self.end - self.start);
        self.start += count;
        self.offset += count as u64;
    }
}

impl Read for Input<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let chunk = self.fill_buf()?;
        let count = chunk.len().min(out.len());
        out[..count].copy_from_slice(&chunk[..count]);
        self.consume(count);
        Ok(count)
    }
}

/// Takes the items of a reader and counts them.
pub struct Sink<'a> {
    each: &'a mut dyn FnMut(Item) -> Flow,
    /// Items handed on so far.
    pub sent: u64,
    /// Documents among them.
    pub kept: u64,
}

impl<'a> Sink<'a> {
    /// Hands every item to `each`.
    pub fn new(each: &'a mut dyn FnMut(Item) -> Flow) -> Self {
        Self { each, sent: 0, kept: 0 }
    }

    /// Hands on an item.
    pub fn send(&mut self, item: Item) -> Flow {
        self.sent += 1;
        (self.each)(item)
    }

    /// Refuses what stands at `origin`.
    pub fn reject(&mut self, origin: Origin, reason: Reason, detail: impl Into<String>) -> Flow {
        self.send(Item::Rejected(Rejection { origin, reason, detail: detail.into(), claims: Vec::new() }))
    }

    /// Hands on a document, its envelope filled in and its text held to a measure.
    pub fn document(&mut self, mut document: Document, envelope: &Envelope) -> Flow {
        if let Some(payload) = &mut document.payload {
            let most = most_text(payload.kind);
            if payload.text.len() > most {
                payload.text.truncate(payload.text.floor_char_boundary(most));
                payload.text.shrink_to_fit();
                document.notes.push(longer(most));
                claim(&mut document.claims, Field::Truncated, "true", "source:too long");
            }
        }
        document.claims.extend(envelope.claims.iter().cloned());
        document.notes.extend(envelope.notes.iter().cloned());
        document.fetched = document.fetched.or(envelope.fetched);
        self.kept += 1;
        if document.claims.len() >= MOST_CLAIMS {
            document.notes.push(Note(format!("more than {MOST_CLAIMS} fields: further tags and names were left out")));
        }
        self.send(Item::Document(document))
    }
}

/// What was passed over, by kind.
#[derive(Default)]
pub struct Passed(BTreeMap<String, u64>);

impl Passed {
    /// Counts one more of a kind.
    pub fn count(&mut self, what: impl Into<String>) {
        let what = what.into();
        // Kinds come from headers, which may be anything.
        let what = if self.0.len() < 200 || self.0.contains_key(&what) { what } else { "other".to_owned() };
        *self.0.entry(what).or_default() += 1;
    }

    /// Hands on what was counted, one item a kind.
    pub fn report(self, origin: &Origin, sink: &mut Sink<'_>) -> Flow {
        for (what, count) in self.0 {
            sink.send(Item::Skipped { origin: origin.clone(), what, count })?;
        }
        ControlFlow::Continue(())
    }
}

/// The limits and how deep in containers we are.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// What the caller asked for.
    pub options: &'a Options,
    /// Containers around this stream.
    pub depth: usize,
}

/// A document without a body, claims or notes, to be filled in; `via` is how it was acquired.
pub fn document(origin: Origin, media: MediaType, raw: Vec<u8>, via: &str) -> Document {
    let claims = Claim::new(Field::AcquiredVia, via, "source").into_iter().collect();
    Document { origin, media, raw, payload: None, claims, fetched: None, notes: Vec::new() }
}

/// Bytes of a text that are handed on: a little more than an article may have, and more where there is markup in it. Beyond that,
/// a line of a hundred megabytes would be copied half a dozen times on its way, to be left out at its end.
pub fn most_text(kind: PayloadKind) -> usize {
    match kind {
        PayloadKind::PlainText | PayloadKind::Markdown => 10 << 20,
        PayloadKind::HtmlFragment => 20 << 20,
        // A page may hold its pictures.
        PayloadKind::HtmlPage => 64 << 20,
    }
}

/// What is said of a text that is longer.
pub fn longer(most: usize) -> Note {
    Note(format!("the text is longer than {most} bytes: what follows stands in the original alone"))
}

/// As much of a text as will be handed on, and a little more, so that it is said that there was more.
pub fn held(text: &str, kind: PayloadKind) -> &str {
    &text[..text.floor_char_boundary(most_text(kind) + 4)]
}

/// Claims of one document: each new one is looked for among those there are. A document that reaches it says so.
const MOST_CLAIMS: usize = 4_000;

/// Whether a document with so many claims takes no more of `field`. What may come in any number leaves room for the rest.
pub fn is_full(claims: usize, field: Field) -> bool {
    let many = matches!(field, Field::Tag | Field::Author | Field::Contributor | Field::Editor);
    claims >= if many { MOST_CLAIMS } else { 2 * MOST_CLAIMS }
}

/// Adds a claim unless it is blank or says again what was said at the same place.
pub fn claim(claims: &mut Vec<Claim>, field: Field, value: &str, found: &str) {
    if is_full(claims.len(), field) {
        return;
    }
    if let Some(new) = Claim::new(field, value, found)
        && !claims.contains(&new)
    {
        claims.push(new);
    }
}

/// Sets the payload unless `text` is blank.
pub fn payload(kind: PayloadKind, text: String) -> Option<Payload> {
    (!text.trim().is_empty()).then_some(Payload { kind, text })
}
