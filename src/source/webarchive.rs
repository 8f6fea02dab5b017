//! Web archives of Safari: a page and what belongs to it in one binary property list.
//!
//! The list is looked into for the page alone: numbers of objects are followed two levels deep, each within the file's bounds.

use super::input::{Context, Flow, Input, Sink, claim, document, payload};
use super::sniff::Head;
use super::{Item, Source, decode};
use crate::model::{Field, MediaType, Note, PayloadKind, Reason};

/// A web archive of Safari.
pub struct WebArchive;

impl Source for WebArchive {
    fn name(&self) -> &'static str {
        "a web archive of Safari"
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        head.bytes.starts_with(b"bplist0")
    }

    fn read(&self, mut input: Input<'_>, context: Context<'_>, sink: &mut Sink<'_>) -> Flow {
        let (raw, cut) = match input.all("a web archive", context, sink) {
            Ok(read) => read,
            Err(flow) => return flow,
        };
        let origin = input.origin.clone();
        if let Some(why) = cut {
            // Where the objects are stands at the end.
            return sink.reject(origin, Reason::Truncated, format!("a web archive that breaks off: {why}"));
        }
        let list = List::of(&raw);
        let Some((list, page)) = list.and_then(|list| Some((list, list.get(list.top, b"WebMainResource")?))) else {
            return sink.reject(origin, Reason::Damaged, "a property list (binary) without a page in it");
        };
        let bytes = |name: &[u8]| list.get(page, name).and_then(|object| list.bytes(object));
        let text = |name: &[u8]| bytes(name).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        let kind = text(b"WebResourceMIMEType").unwrap_or_default();
        let Some(page_bytes) = bytes(b"WebResourceData").filter(|_| kind.is_empty() || kind.contains("html")) else {
            let detail = format!("a web archive whose page is none (`{kind}`)");
            return sink.reject(origin, Reason::UnknownFormat, detail);
        };
        let decoded = decode::html(page_bytes, text(b"WebResourceTextEncodingName").as_deref());
        let mut made = document(origin.clone(), MediaType::Page, Vec::new(), "page");
        claim(&mut made.claims, Field::Url, &text(b"WebResourceURL").unwrap_or_default(), "webarchive:WebResourceURL");
        made.payload = payload(PayloadKind::HtmlPage, decoded.text);
        made.notes.extend(decoded.note.map(Note));
        let others = list.get(list.top, b"WebSubresources").map_or(0, |object| list.count(object));
        made.raw = raw;
        sink.document(made, &input.envelope)?;
        match others {
            0 => Flow::Continue(()),
            count => sink.send(Item::Skipped { origin, what: "part of a saved page".to_owned(), count: count as u64 }),
        }
    }
}

/// A binary property list: objects, a table of where they begin, and a trailer that says how to read it.
#[derive(Clone, Copy)]
struct List<'r> {
    raw: &'r [u8],
    table: usize,
    /// Bytes of a place, and of an object's number.
    widths: (usize, usize),
    objects: usize,
    top: usize,
}

impl<'r> List<'r> {
    fn of(raw: &'r [u8]) -> Option<Self> {
        let trailer = raw.get(raw.len().checked_sub(32)?..)?;
        let widths = (usize::from(trailer[6]), usize::from(trailer[7]));
        let [objects, top, table] = [8, 16, 24].map(|at| number(&trailer[at..at + 8]));
        let fits = table.checked_add(objects.checked_mul(widths.0)?)? <= raw.len();
        let sane = (1..=8).contains(&widths.0) && (1..=8).contains(&widths.1);
        (sane && fits).then_some(Self { raw, table, widths, objects, top })
    }

    /// The kind of an object, its count, and where what it holds begins.
    fn object(&self, object: usize) -> Option<(u8, usize, usize)> {
        if object >= self.objects {
            return None;
        }
        let entry = self.table + object * self.widths.0;
        let at = number(self.raw.get(entry..entry + self.widths.0)?);
        let marker = *self.raw.get(at)?;
        match marker & 0x0F {
            0x0F => {
                // The count is a number of its own.
                let width = 1usize << (*self.raw.get(at + 1)? & 0x0F).min(3);
                let count = number(self.raw.get(at + 2..at + 2 + width)?);
                Some((marker >> 4, count, at + 2 + width))
            }
            count => Some((marker >> 4, usize::from(count), at + 1)),
        }
    }

    /// The bytes of data or of a string in ASCII.
    fn bytes(&self, object: usize) -> Option<&'r [u8]> {
        let (kind, count, start) = self.object(object)?;
        matches!(kind, 4 | 5).then(|| self.raw.get(start..start.checked_add(count)?)).flatten()
    }

    /// How many objects an array holds.
    fn count(&self, object: usize) -> usize {
        self.object(object).filter(|(kind, ..)| *kind == 0xA).map_or(0, |(_, count, _)| count)
    }

    /// What a dictionary has under a key.
    fn get(&self, dictionary: usize, key: &[u8]) -> Option<usize> {
        let (kind, count, start) = self.object(dictionary)?;
        let width = self.widths.1;
        let end = start.checked_add(count.checked_mul(2 * width)?)?;
        let numbers = self.raw.get(start..end).filter(|_| kind == 0xD)?;
        let at = |place: usize| number(&numbers[place * width..(place + 1) * width]);
        (0..count).find(|place| self.bytes(at(*place)) == Some(key)).map(|place| at(count + place))
    }
}

/// A number, its first byte the largest.
fn number(bytes: &[u8]) -> usize {
    bytes.iter().fold(0usize, |sum, byte| sum.wrapping_shl(8) | usize::from(*byte))
}
