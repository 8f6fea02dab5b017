//! Between values and columns: hashes, blocks, flags, lists.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::model::{Block, BlockKind, Flags, Span};

const KINDS: [(BlockKind, char); 6] = [
    (BlockKind::Paragraph, 'p'),
    (BlockKind::Heading, 'h'),
    (BlockKind::Quote, 'q'),
    (BlockKind::ListItem, 'l'),
    (BlockKind::Caption, 'c'),
    (BlockKind::Table, 't'),
];

fn letter(kind: BlockKind) -> char {
    KINDS.iter().find(|(k, _)| *k == kind).map_or('p', |(_, letter)| *letter)
}

fn kind(letter: char) -> Option<BlockKind> {
    KINDS.iter().find(|(_, l)| *l == letter).map(|(kind, _)| *kind)
}

/// Where the blocks of a text end and begin when each blank line parts two.
fn natural(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut start = 0;
    text.split("\n\n").map(move |piece| {
        let span = Span::new(start, start + piece.len());
        start = span.end + 2;
        span
    })
}

/// Blocks as text: `h1p12q1`, kinds with how many follow one another, where the blank lines of `text` part them as
/// usual; else every span: `p0-120 t122-160`.
pub(super) fn blocks_to_text(text: &str, blocks: &[Block]) -> String {
    use std::fmt::Write;
    let mut out = String::new();
    // Writing to a String cannot fail.
    if natural(text).eq(blocks.iter().map(|b| b.span)) {
        for run in blocks.chunk_by(|a, b| a.kind == b.kind) {
            let _ = write!(out, "{}{}", letter(run[0].kind), run.len());
        }
    } else {
        for block in blocks {
            let gap = if out.is_empty() { "" } else { " " };
            let _ = write!(out, "{gap}{}{}-{}", letter(block.kind), block.span.start, block.span.end);
        }
    }
    out
}

/// The reverse; `None` is damage.
pub(super) fn blocks_from_text(text: &str, coded: &str) -> Option<Vec<Block>> {
    let mut blocks = Vec::new();
    if coded.is_empty() {
        return Some(blocks);
    }
    if coded.contains('-') {
        for piece in coded.split(' ') {
            let kind = kind(piece.chars().next()?)?;
            let (start, end) = piece.get(1..)?.split_once('-')?;
            let span = Span { start: start.parse().ok()?, end: end.parse().ok()? };
            text.get(span.start..span.end)?;
            blocks.push(Block { kind, span });
        }
        return Some(blocks);
    }
    let mut spans = natural(text);
    let mut rest = coded;
    while let Some(first) = rest.chars().next() {
        let kind = kind(first)?;
        let digits = rest[1..].bytes().take_while(u8::is_ascii_digit).count();
        let (count, after) = rest[1..].split_at(digits);
        for _ in 0..count.parse::<usize>().ok()? {
            blocks.push(Block { kind, span: spans.next()? });
        }
        rest = after;
    }
    Some(blocks)
}

/// The names of the flags that are set, parted by blanks; `None` when none is.
pub(super) fn flags_to_text(flags: &Flags) -> Option<String> {
    let Ok(Value::Object(fields)) = serde_json::to_value(flags) else { return None };
    let set: Vec<&str> = fields.iter().filter(|(_, set)| **set == Value::Bool(true)).map(|(k, _)| k.as_str()).collect();
    (!set.is_empty()).then(|| set.join(" "))
}

/// The reverse; `None` is damage.
pub(super) fn flags_from_text(text: Option<&str>) -> Option<Flags> {
    let Some(text) = text else { return Some(Flags::default()) };
    let fields = text.split(' ').map(|name| (name.to_owned(), Value::Bool(true))).collect();
    serde_json::from_value(Value::Object(fields)).ok()
}

/// A list as a JSON column; `None` when it is empty.
pub(super) fn list_to_text<T: Serialize>(list: &[T]) -> Option<String> {
    if list.is_empty() { None } else { serde_json::to_string(list).ok() }
}

/// The reverse; `None` is damage.
pub(super) fn list_from_text<T: DeserializeOwned>(text: Option<&str>) -> Option<Vec<T>> {
    text.map_or_else(|| Some(Vec::new()), |text| serde_json::from_str(text).ok())
}

/// An enum that serde writes as a plain string.
pub(super) fn name_of<T: Serialize>(value: T) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(name)) => name,
        _ => String::new(),
    }
}

/// The reverse; `None` is damage.
pub(super) fn named<T: DeserializeOwned>(name: &str) -> Option<T> {
    serde_json::from_value(Value::String(name.to_owned())).ok()
}
