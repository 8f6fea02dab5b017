//! JSON as strict as it can be read, and repaired where it cannot.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::gathered::held;
use crate::model::{Note, Reason};
use crate::source::charset::Charset;

/// Parses a value. Where serde_json refuses, the usual faults are repaired (`NaN`, lone surrogates, control characters
/// in strings, trailing commas, a legacy charset), with a note.
pub fn parse(raw: &[u8]) -> Result<(Value, Option<Note>), (Reason, String)> {
    parse_in(raw, &Charset::default())
}

/// The same in a file whose encoding is known.
pub fn parse_in(raw: &[u8], charset: &Charset) -> Result<(Value, Option<Note>), (Reason, String)> {
    let (text, read) = charset.text(raw);
    let first = match value(&text) {
        Ok(value) => return Ok((value, read)),
        Err(error) => error,
    };
    if first.to_string().contains("recursion limit") {
        return Err((Reason::TooLarge, "JSON nested more than 128 deep".to_owned()));
    }
    let mended = mend(&text);
    match value(&mended) {
        Ok(value) => {
            let said = first.to_string();
            let said = said.split(" at line").next().unwrap_or("").to_owned();
            let read = read.map_or(String::new(), |note| format!("{}; ", note.0));
            Ok((value, Some(Note(format!("{read}JSON repaired: {said}")))))
        }
        Err(_) if first.is_eof() => {
            let (line, column) = (first.line(), first.column());
            Err((Reason::Damaged, format!("JSON that breaks off within a value, at line {line}, column {column}")))
        }
        Err(_) => Err((Reason::Damaged, format!("not JSON: {first}"))),
    }
}

fn value(text: &str) -> serde_json::Result<Value> {
    let mut parser = serde_json::Deserializer::from_str(text);
    let value = Held.deserialize(&mut parser)?;
    parser.end().map(|()| value)
}

/// Reads any value, its texts held to what will be handed on of them: of a line of a hundred megabytes, a copy is one
/// too many.
struct Held;

impl<'de> DeserializeSeed<'de> for Held {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, parser: D) -> Result<Value, D::Error> {
        parser.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Held {
    type Value = Value;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("any JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(held(value)))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut out = Vec::new();
        while let Some(item) = items.next_element_seed(Held)? {
            out.push(item);
        }
        Ok(Value::Array(out))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut out = Map::new();
        while let Some(key) = fields.next_key::<String>()? {
            out.insert(key, fields.next_value_seed(Held)?);
        }
        Ok(Value::Object(out))
    }
}

/// Words that JavaScript and Python write and JSON does not know.
const WORDS: &[(&str, &str)] = &[
    ("-Infinity", "null"),
    ("Infinity", "null"),
    ("NaN", "null"),
    ("undefined", "null"),
    ("None", "null"),
    ("True", "true"),
    ("False", "false"),
];

fn mend(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let bytes = text.as_bytes();
    let (mut at, mut string) = (0, false);
    while at < bytes.len() {
        let rest = &text[at..];
        let Some(c) = rest.chars().next() else { break };
        if string {
            match c {
                '"' => {
                    string = false;
                    out.push('"');
                }
                '\\' => {
                    let (kept, length) = escape(rest);
                    out.push_str(&kept);
                    at += length;
                    continue;
                }
                c if (c as u32) < 0x20 => out.push_str(&format!("\\u{:04x}", c as u32)),
                c => out.push(c),
            }
            at += c.len_utf8();
            continue;
        }
        match c {
            '"' => {
                string = true;
                out.push('"');
            }
            // Python's strings.
            '\'' => {
                let (text, length) = single(rest);
                out.push_str(&text);
                at += length;
                continue;
            }
            ',' => {
                // A comma before a closing bracket closes nothing.
                let next = rest[1..].trim_start().chars().next();
                if !matches!(next, Some('}' | ']') | None) {
                    out.push(',');
                }
            }
            'A'..='Z' | 'a'..='z' | '-' => {
                if let Some((word, instead)) = WORDS.iter().find(|(word, _)| rest.starts_with(word)) {
                    out.push_str(instead);
                    at += word.len();
                    continue;
                }
                out.push(c);
            }
            c => out.push(c),
        }
        at += c.len_utf8();
    }
    out
}

/// A string in single quotes as JSON writes it, and its length here.
fn single(rest: &str) -> (String, usize) {
    let mut out = String::from("\"");
    let mut at = 1;
    while let Some(c) = rest[at..].chars().next() {
        match c {
            '\'' => {
                at += 1;
                break;
            }
            '\\' => {
                let hex = rest.get(at + 2..at + 4).filter(|_| rest[at..].starts_with("\\x"));
                if let Some(code) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
                    out.push_str(&format!("\\u{code:04x}"));
                    at += 4;
                    continue;
                }
                let (kept, length) = escape(&rest[at..]);
                // What needs no escape here would need one there.
                out.push_str(if kept == "\"" { "\\\"" } else { &kept });
                at += length;
                continue;
            }
            '"' => out.push_str("\\\""),
            c if (c as u32) < 0x20 => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push(c),
        }
        at += c.len_utf8();
    }
    out.push('"');
    (out, at)
}

/// An escape as JSON allows it, and the length of what it stands for.
fn escape(rest: &str) -> (String, usize) {
    let mut chars = rest.chars().skip(1);
    match chars.next() {
        Some('u') => {
            let unit = |at: usize| {
                let digits = rest.get(at..at + 4).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()))?;
                u32::from_str_radix(digits, 16).ok()
            };
            match unit(2) {
                Some(high @ 0xD800..=0xDBFF) => match (rest.get(6..8), unit(8)) {
                    (Some("\\u"), Some(low @ 0xDC00..=0xDFFF)) => (format!("\\u{high:04x}\\u{low:04x}"), 12),
                    _ => ("\\ufffd".to_owned(), 6),
                },
                Some(0xDC00..=0xDFFF) => ("\\ufffd".to_owned(), 6),
                Some(unit) => (format!("\\u{unit:04x}"), 6),
                None => ("\\\\u".to_owned(), 2),
            }
        }
        Some(c @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't')) => (format!("\\{c}"), 2),
        // `\'` and the like: the character itself.
        Some(c) if (c as u32) >= 0x20 => (c.to_string(), 1 + c.len_utf8()),
        _ => ("\\\\".to_owned(), 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_faults_are_repaired() {
        for (raw, expected) in [
            (&br#"{"a": NaN, "b": -Infinity}"#[..], r#"{"a":null,"b":null}"#),
            (br#"{"a": "\ud83d x", "b": "\ud83d\ude00"}"#, "{\"a\":\"\u{FFFD} x\",\"b\":\"😀\"}"),
            (b"{\"a\": \"line\nbreak\",}", r#"{"a":"line\nbreak"}"#),
            (b"{\"a\": \"caf\xE9\"}", r#"{"a":"café"}"#),
            (br#"{"a": "it\'s", "b": "\u12"}"#, r#"{"a":"it's","b":"\\u12"}"#),
            (br#"[None, True,]"#, "[null,true]"),
            (
                br#"{'a': 'it\'s "so"', 'b': "it's", 'c': None, 'd': '\xe9\n'}"#,
                r#"{"a":"it's \"so\"","b":"it's","c":null,"d":"é\n"}"#,
            ),
            (br#"{"a":1,"a":2}"#, r#"{"a":2}"#),
        ] {
            assert_eq!(parse(raw).unwrap().0.to_string(), expected);
        }
        assert_eq!(parse(b"{\"a\" 1").unwrap_err().0, Reason::Damaged);
        // No parser's words for what a person would call broken off.
        let cut = parse(b"{\"title\":\"The coun").unwrap_err();
        assert_eq!(cut, (Reason::Damaged, "JSON that breaks off within a value, at line 1, column 18".to_owned()));
        assert_eq!(parse("[".repeat(1000).as_bytes()).unwrap_err().0, Reason::TooLarge);
    }
}
