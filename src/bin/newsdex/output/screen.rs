//! Data for programs that a person looks at on a terminal after all: what a terminal would obey is made visible.

use std::io::{self, Write};

use super::safe;

/// Writes text on, fit for a terminal. Lines may end as in CSV.
pub struct Screen<W: Write> {
    to: W,
    /// What may go on: the beginning of a character, or a carriage return.
    rest: Vec<u8>,
}

impl<W: Write> Screen<W> {
    pub fn new(to: W) -> Self {
        Self { to, rest: Vec::new() }
    }

    fn hand_on(&mut self, whole: bool) -> io::Result<()> {
        let mut end = self.rest.len();
        if !whole {
            if let Err(error) = std::str::from_utf8(&self.rest)
                && error.error_len().is_none()
            {
                end = error.valid_up_to();
            }
            if self.rest[..end].ends_with(b"\r") {
                end -= 1;
            }
        }
        // What is no text becomes a sign that says so.
        let text = String::from_utf8_lossy(&self.rest[..end]).replace("\r\n", "\n");
        self.rest.drain(..end);
        self.to.write_all(safe(&text).as_bytes())
    }
}

impl<W: Write> Write for Screen<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.rest.extend_from_slice(bytes);
        self.hand_on(false)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.hand_on(true)?;
        self.to.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_obeys_passes_however_it_is_cut() {
        let bytes = "title,\u{9b}2J\r\n\x1b]0;gone\x07,Osterbr\u{fc}ck \u{202e}gpj\rover 灯台\r\n".as_bytes();
        let expected = "title,\u{fffd}2J\n\u{241b}]0;gone\u{2407},Osterbrück \u{fffd}gpj\u{240d}over 灯台\n";
        for size in [1, 2, 3, 7, 100] {
            let mut out = Vec::new();
            let mut screen = Screen::new(&mut out);
            bytes.chunks(size).for_each(|piece| screen.write_all(piece).expect("written"));
            screen.flush().expect("written");
            assert_eq!(String::from_utf8(out).expect("text"), expected, "in pieces of {size}");
        }
        let mut out = Vec::new();
        let mut screen = Screen::new(&mut out);
        screen.write_all(b"a\xff\xe7\x81b \xe7\x81").expect("written");
        screen.flush().expect("written");
        assert_eq!(String::from_utf8(out).expect("text"), "a\u{fffd}\u{fffd}b \u{fffd}");
    }
}
