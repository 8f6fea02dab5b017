//! Where JSON values begin and end, without parsing them: linear, without recursion, forgiving.

use std::io::{self, BufRead};
use std::ops::Range;

/// Follows a value byte by byte.
#[derive(Debug, Default)]
pub struct Extent {
    depth: u64,
    string: bool,
    escaped: bool,
    begun: bool,
    /// Whether it is a bare word or number, which ends at the first byte that is none of its own.
    bare: bool,
}

/// What a byte was to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Part of it, or white space before it.
    Inside,
    /// Its last byte.
    Last,
    /// The first byte after it.
    After,
}

impl Extent {
    /// Takes the next byte.
    pub fn step(&mut self, byte: u8) -> Step {
        if self.string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => {
                    self.string = false;
                    if self.depth == 0 {
                        return Step::Last;
                    }
                }
                _ => {}
            }
            return Step::Inside;
        }
        match byte {
            b'"' if self.bare && self.depth == 0 => return Step::After,
            b'"' => self.string = true,
            b'{' | b'[' if self.bare && self.depth == 0 => return Step::After,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' if self.depth == 0 => return Step::After,
            b'}' | b']' => {
                self.depth -= 1;
                if self.depth == 0 {
                    return Step::Last;
                }
            }
            b',' | b':' if self.depth == 0 => return Step::After,
            b' ' | b'\t' | b'\r' | b'\n' | 0x1E if self.depth == 0 => {
                return if self.bare { Step::After } else { Step::Inside };
            }
            _ if self.depth == 0 => self.bare = true,
            _ => {}
        }
        self.begun = true;
        Step::Inside
    }

    /// Whether anything of the value was seen.
    pub fn begun(&self) -> bool {
        self.begun || self.string
    }
}

/// The end of the value that begins at `start`, or the end of `bytes` if it is not closed.
pub fn end(bytes: &[u8], start: usize) -> usize {
    let mut extent = Extent::default();
    let mut at = start;
    while let Some(&byte) = bytes.get(at) {
        match extent.step(byte) {
            Step::Inside => at += 1,
            Step::Last => return at + 1,
            Step::After => return at,
        }
        // Nearly all of a record is the inside of strings.
        if extent.string && !extent.escaped {
            let Some(stop) = memchr::memchr2(b'"', b'\\', &bytes[at..]) else { break };
            at += stop;
        }
    }
    bytes.len()
}

/// The members of an object or the elements of an array, with their keys as written; nothing for other values.
pub fn children(bytes: &[u8]) -> Vec<(Option<&[u8]>, Range<usize>)> {
    let mut out = Vec::new();
    let blank = |at: usize| {
        let rest = bytes.get(at..).unwrap_or(&[]);
        at + rest.iter().take_while(|b| b.is_ascii_whitespace() || **b == b',').count()
    };
    let mut at = bytes.iter().take_while(|b| b.is_ascii_whitespace()).count();
    let object = match bytes.get(at) {
        Some(b'{') => true,
        Some(b'[') => false,
        _ => return out,
    };
    at = blank(at + 1);
    while at < bytes.len() && !matches!(bytes[at], b'}' | b']') {
        let mut key = None;
        if object {
            let key_end = end(bytes, at);
            key = bytes.get(at + 1..key_end.saturating_sub(1));
            at = blank(key_end);
            if bytes.get(at) == Some(&b':') {
                at = blank(at + 1);
            }
        }
        let value_end = end(bytes, at);
        if value_end > at {
            out.push((key, at..value_end));
        }
        // A stray colon or closing bracket may not hold us up.
        at = blank(value_end.max(at + usize::from(value_end == at)));
    }
    out
}

/// How a value was read from a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Got {
    /// Nothing but white space was left, or the closing bracket of the array came.
    Nothing,
    /// A whole value.
    Whole,
    /// The stream ended within it.
    Cut,
    /// It was larger than the limit and was passed over.
    TooLarge,
}

/// Reads the next value into `value` (cleared first), passing over white space and commas before it.
pub fn next(input: &mut impl BufRead, value: &mut Vec<u8>, limit: u64) -> io::Result<Got> {
    value.clear();
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut extent = Extent::default();
    let mut large = false;
    loop {
        let chunk = input.fill_buf()?;
        if chunk.is_empty() {
            return Ok(if extent.begun() && extent.bare {
                Got::Whole
            } else if extent.begun() {
                Got::Cut
            } else {
                Got::Nothing
            });
        }
        let mut taken = 0;
        let mut from = 0;
        let mut done = None;
        for &byte in chunk {
            if !extent.begun() {
                if byte.is_ascii_whitespace() || matches!(byte, b',' | 0x1E) {
                    taken += 1;
                    from = taken;
                    continue;
                }
                if matches!(byte, b']' | b'}') {
                    taken += 1;
                    done = Some(Got::Nothing);
                    break;
                }
            }
            match extent.step(byte) {
                Step::Inside => taken += 1,
                Step::Last => {
                    taken += 1;
                    done = Some(Got::Whole);
                    break;
                }
                Step::After => {
                    // A byte that begins nothing is passed over.
                    taken += usize::from(!extent.begun());
                    done = extent.begun().then_some(Got::Whole);
                    if done.is_some() {
                        break;
                    }
                    from = taken;
                }
            }
        }
        if done != Some(Got::Nothing) {
            let room = limit - value.len();
            let piece = &chunk[from..taken];
            large |= piece.len() > room;
            value.extend_from_slice(&piece[..piece.len().min(room)]);
        }
        input.consume(taken);
        if let Some(done) = done {
            return Ok(if large { Got::TooLarge } else { done });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn children_of_broken_and_whole_values() {
        for (json, expected) in [
            (r#"{"a": 1, "b": [1,{"c":"}"}], "d":"\"," }"#, vec!["a=1", r#"b=[1,{"c":"}"}]"#, r#"d="\",""#]),
            (r#"[ {"a":1} , 2, "x",]"#, vec![r#"={"a":1}"#, "=2", r#"="x""#]),
            (r#"{"a": {"b": "cut"#, vec![r#"a={"b": "cut"#]),
            (r#""a string""#, vec![]),
            ("{:,}", vec![]),
            (r#"{"a": "#, vec![]),
            (r#"{"a":"#, vec![]),
            (r#"{"a""#, vec![]),
            (r#"{"#, vec![]),
            (r#"[1, "#, vec!["=1"]),
            (r#"{"a": 1, "b": {"c": "#, vec!["a=1", r#"b={"c": "#]),
        ] {
            let got: Vec<String> = children(json.as_bytes())
                .into_iter()
                .map(|(key, range)| format!("{}={}", String::from_utf8_lossy(key.unwrap_or(b"")), &json[range]))
                .collect();
            assert_eq!(got, expected, "{json}");
        }
    }

    #[test]
    fn values_are_read_one_after_the_other() {
        let mut input: &[u8] = b" {\"a\":1}{\"b\":\"]\"},\n[1,2] 7 {\"cut\":";
        let mut got = Vec::new();
        let mut value = Vec::new();
        loop {
            let how = next(&mut input, &mut value, 100).unwrap();
            if how == Got::Nothing {
                break;
            }
            got.push((how, String::from_utf8(value.clone()).unwrap()));
            if how == Got::Cut {
                break;
            }
        }
        let texts: Vec<&str> = got.iter().map(|(_, t)| t.as_str()).collect();
        assert_eq!(texts, ["{\"a\":1}", "{\"b\":\"]\"}", "[1,2]", "7", "{\"cut\":"]);
        assert_eq!(got.last().map(|g| g.0), Some(Got::Cut));
        let mut long: &[u8] = b"{\"a\":\"0123456789\"}{}";
        assert_eq!(next(&mut long, &mut value, 10).unwrap(), Got::TooLarge);
        assert_eq!(next(&mut long, &mut value, 10).unwrap(), Got::Whole);
    }
}
