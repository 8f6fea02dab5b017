//! One encoding for a file that is read record by record: a cell or a line alone is too short to tell it by.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};

use super::decode;
use super::input::Input;
use crate::model::Note;

/// Bytes behind the first telling record that are looked at with it.
const AHEAD: usize = 256 << 10;
/// Bytes of that record that are looked at.
const MOST: usize = 1 << 20;

/// The encoding of a file, as far as it is known.
#[derive(Debug, Default)]
pub struct Charset {
    /// What the envelope says it is.
    label: Option<String>,
    /// What its bytes say it is.
    decided: Option<(&'static Encoding, Option<String>)>,
}

impl Charset {
    /// Nothing is known but a label of an envelope.
    pub fn new(label: Option<&str>) -> Self {
        Self { label: label.map(str::to_owned), decided: None }
    }

    /// Looks at a record and, where it tells something new, at what follows it.
    pub fn learn(&mut self, record: &[u8], input: &mut Input<'_>) {
        if record.is_ascii() {
            return;
        }
        match &self.decided {
            Some((encoding, _)) if *encoding != UTF_8 => return,
            Some(_) if std::str::from_utf8(record).is_ok() => return,
            _ => {}
        }
        let mut sample = record[..record.len().min(MOST)].to_vec();
        let ahead = input.peek(AHEAD);
        sample.extend_from_slice(&ahead[..ahead.len().min(AHEAD)]);
        let read = decode::decode(&sample, self.label.as_deref(), None);
        let encoding = Encoding::for_label(read.encoding.as_bytes()).unwrap_or(UTF_8);
        // What is UTF-8 but for a few bytes is looked at record by record.
        self.decided = Some((encoding, read.note.filter(|_| encoding != UTF_8)));
    }

    /// A record as text, and what had to be assumed.
    pub fn text<'r>(&self, record: &'r [u8]) -> (Cow<'r, str>, Option<Note>) {
        let whole = std::str::from_utf8(record);
        if let Ok(text) = whole
            && (text.is_ascii() || self.decided.as_ref().is_none_or(|(encoding, _)| *encoding == UTF_8))
        {
            return (Cow::Borrowed(text), None);
        }
        if let Some((encoding, note)) = self.decided.as_ref().filter(|(encoding, _)| *encoding != UTF_8) {
            let (text, spoilt) = encoding.decode_without_bom_handling(record);
            // A file that was put together from several.
            if !spoilt || whole.is_err() {
                return (text, note.clone().map(Note));
            }
        }
        let read = decode::decode(record, self.label.as_deref(), None);
        (Cow::Owned(read.text), read.note.map(Note))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Origin;

    fn read(file: &[u8]) -> Vec<String> {
        let mut input = Input::new(Origin::file("a.csv"), file);
        let mut charset = Charset::default();
        let (mut line, mut out) = (Vec::new(), Vec::new());
        while input.line(&mut line, 1 << 20).unwrap().is_some() {
            charset.learn(&line, &mut input);
            out.push(charset.text(&line).0.trim_end().to_owned());
        }
        out
    }

    #[test]
    fn short_records_are_read_as_the_file_is() {
        let lines = ["title,text", "港の船", "桟橋", "急", "港の船は明日また出ると市長は言った", "木", "年"];
        for label in ["euc-jp", "shift_jis", "utf-8"] {
            let encoding = Encoding::for_label(label.as_bytes()).unwrap();
            let (bytes, ..) =
                encoding.encode("title,text\n港の船\n桟橋\n急\n港の船は明日また出ると市長は言った\n木\n年\n");
            assert_eq!(read(&bytes), lines, "{label}");
        }
        let lines = "Привет\nДа\nЯ\nСовет города решил закрыть мост до весны, сказал мэр.\nОн ушёл.\n";
        for label in ["windows-1251", "koi8-r"] {
            let (bytes, ..) = Encoding::for_label(label.as_bytes()).unwrap().encode(lines);
            assert_eq!(read(&bytes), lines.lines().collect::<Vec<_>>(), "{label}");
        }
    }

    #[test]
    fn a_bad_byte_in_a_file_of_utf_8_costs_a_character() {
        let mut file = "Überall schöne Wörter\nGrüße\n".as_bytes().to_vec();
        file.extend(b"caf\xE9\n");
        file.extend("Mädchen, süß, größer, öfter\n".as_bytes());
        assert_eq!(read(&file), ["Überall schöne Wörter", "Grüße", "café", "Mädchen, süß, größer, öfter"]);
    }
}
