//! Gzip as it is found: many members, padding, wrong checksums, cut and corrupt members.

use std::cell::RefCell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use flate2::bufread::GzDecoder;

use super::Counted;

/// The trouble of a member whose bytes are not those that were packed.
pub(super) const WRONG_CHECKSUM: &str = "a gzip checksum does not match";

/// A gzip stream of any number of members.
///
/// A corrupt or cut member gives one error where it breaks, and reading goes on at the next member, so that a reader
/// that can find its way again (WARC) loses that member alone. Zero bytes and garbage after a member, and a wrong
/// checksum at the very end, are no errors but troubles to be noted.
pub struct Gz<'a> {
    state: State<'a>,
    trouble: Rc<RefCell<Vec<String>>>,
}

/// Bytes given to the decoder at once. Where it meets a fault, it hands out nothing of what these gave.
const AT_ONCE: usize = 512;

/// A stream that is handed on in sips.
struct Sips<'a>(Counted<'a>);

impl Read for Sips<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let most = out.len().min(AT_ONCE);
        self.0.read(&mut out[..most])
    }
}

impl BufRead for Sips<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let all = self.0.fill_buf()?;
        Ok(&all[..all.len().min(AT_ONCE)])
    }

    fn consume(&mut self, count: usize) {
        self.0.consume(count);
    }
}

enum State<'a> {
    Member(Box<GzDecoder<Sips<'a>>>),
    Between(Box<Counted<'a>>),
    Done,
}

impl<'a> Gz<'a> {
    /// Unpacks `inner`.
    pub fn new(inner: Counted<'a>) -> Self {
        Self { state: State::Between(Box::new(inner)), trouble: Rc::default() }
    }

    /// What was wrong so far, for notes.
    pub fn trouble(&self) -> Rc<RefCell<Vec<String>>> {
        self.trouble.clone()
    }

    fn note(&self, what: &str) {
        let mut trouble = self.trouble.borrow_mut();
        if trouble.len() < 20 && !trouble.iter().any(|t| t == what) {
            trouble.push(what.to_owned());
        }
    }
}

impl Read for Gz<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if out.is_empty() {
            return Ok(0);
        }
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Ok(0),
                State::Between(mut inner) => match next_member(&mut inner) {
                    Ok(Next::End) => return Ok(0),
                    Ok(Next::Member(skipped)) => {
                        if skipped > 0 {
                            self.note(&format!("{skipped} bytes between gzip members were passed over"));
                        }
                        self.state = State::Member(Box::new(GzDecoder::new(Sips(*inner))));
                    }
                    Ok(Next::Garbage(bytes)) => {
                        self.note(&format!("{bytes} bytes after the last gzip member were passed over"));
                        return Ok(0);
                    }
                    Err(error) => return Err(error),
                },
                State::Member(mut member) => match member.read(out) {
                    Ok(0) => self.state = State::Between(Box::new(member.into_inner().0)),
                    Ok(count) => {
                        self.state = State::Member(member);
                        return Ok(count);
                    }
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => self.state = State::Member(member),
                    Err(error) if error.kind() == io::ErrorKind::QuotaExceeded => return Err(error),
                    Err(error) => {
                        let mut inner = member.into_inner().0;
                        let at_end = inner.fill_buf().is_ok_and(<[u8]>::is_empty);
                        self.state = State::Between(Box::new(inner));
                        // flate2 reports a wrong checksum so, after it has handed out the whole member.
                        if error.to_string().contains("does not have a matching checksum") {
                            self.note(WRONG_CHECKSUM);
                            continue;
                        }
                        let what = if at_end { "gzip data cut off" } else { "corrupt gzip data" };
                        return Err(io::Error::new(io::ErrorKind::InvalidData, what));
                    }
                },
            }
        }
    }
}

enum Next {
    End,
    /// After so many bytes that are neither padding nor a member.
    Member(u64),
    Garbage(u64),
}

/// Goes forward to the next member.
fn next_member(inner: &mut Counted<'_>) -> io::Result<Next> {
    let mut skipped = 0u64;
    loop {
        let chunk = inner.peek(64 * 1024);
        if chunk.is_empty() {
            // An error may be waiting, else this is the end.
            inner.fill_buf()?;
            return Ok(if skipped == 0 { Next::End } else { Next::Garbage(skipped) });
        }
        let found = memchr::memmem::find(chunk, &[0x1F, 0x8B, 8]);
        // The last two bytes may begin a magic number, if more follows.
        let pass = found.unwrap_or(if chunk.len() > 2 { chunk.len() - 2 } else { chunk.len() });
        skipped += chunk[..pass].iter().filter(|b| **b != 0).count() as u64;
        inner.consume(pass);
        if found.is_some() {
            return Ok(Next::Member(skipped));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Origin;
    use crate::source::Input;
    use std::io::Write;

    fn pack(text: &str) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    /// What comes out, errors as `!`, and the troubles.
    fn unpack(bytes: &[u8]) -> (String, Vec<String>) {
        let input = Input::new(Origin::file("a"), bytes);
        let mut gz = Gz::new(Counted { input, used: Rc::default() });
        let mut out = Vec::new();
        for _ in 0..50 {
            let mut chunk = [0; 4096];
            match gz.read(&mut chunk) {
                Ok(0) => break,
                Ok(count) => out.extend_from_slice(&chunk[..count]),
                Err(_) => out.push(b'!'),
            }
        }
        let trouble = gz.trouble().borrow().clone();
        (String::from_utf8_lossy(&out).into_owned(), trouble)
    }

    #[test]
    fn members_of_every_kind_are_read() {
        let (a, b) = (pack("one "), pack("two"));
        let mut bad_sum = b.clone();
        let at = bad_sum.len() - 6;
        bad_sum[at] ^= 0xFF;
        for (bytes, text, troubles) in [
            ([a.clone(), b.clone()].concat(), "one two", 0),
            ([a.clone(), vec![0; 512]].concat(), "one ", 0),
            ([a.clone(), b"trailing".to_vec()].concat(), "one ", 1),
            ([a.clone(), b"xx".to_vec(), b.clone()].concat(), "one two", 1),
            (bad_sum, "two", 1),
            (b[..b.len() - 4].to_vec(), "two!", 0),
            ([&a[..10], &[0xFF; 9], &b].concat(), "!two", 1),
        ] {
            let (got, trouble) = unpack(&bytes);
            assert_eq!((got.as_str(), trouble.len()), (text, troubles), "{trouble:?}");
        }
    }
}
