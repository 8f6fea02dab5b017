//! JSON and JSON Lines: records, lists of records in their wrappers, JSON Feed, ninjs.
//!
//! Lines are read one at a time and arrays one element at a time; only a wrapper object (`{"articles": […]}`) is
//! held as a whole. A broken line or element costs itself.

mod blocks;
mod cards;
mod columns;
mod gathered;
mod ghost;
mod markup;
pub(super) mod parted;
mod record;
mod repair;
pub(super) mod scan;
mod wrapper;

use std::ops::Range;

use serde_json::Value;

pub use gathered::{Gathered, held};
pub use markup::{content, looks_like_markup};
pub use record::record;
pub use repair::{parse, parse_in};

use super::charset::Charset;
use super::feed::json::JsonFeed;
use super::industry::ninjs;
use super::input::{Context, End, Flow, Input, Sink};
use super::sniff::Head;
use super::{Envelope, Item, Source, decode, front};
use crate::model::{Field, Note, Origin, Reason, Rejection};
use record::no_article;
use scan::Got;
use wrapper::records_in;

/// JSON in all its shapes.
pub struct Json;

/// Values that are no objects are listed one by one only up to here.
const MOST_STRAYS: u64 = 100;

impl Source for Json {
    fn name(&self) -> &'static str {
        "a JSON file"
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        if front::json(&head.text).is_some() {
            return false;
        }
        let text = unwrap_call(&head.text).unwrap_or(&head.text);
        let mut lines = text.lines().map(str::trim).filter(|l| !l.is_empty());
        let Some(first) = lines.next() else { return false };
        let bytes = text.as_bytes();
        let inner = text.get(1..).unwrap_or("").trim_start();
        match bytes[0] {
            b'{' if inner.starts_with(['"', '}']) || inner.is_empty() || is_record_line(first) => return true,
            b'[' if inner.starts_with('{') => {
                let inner = inner[1..].trim_start();
                return inner.starts_with(['"', '}']) || is_quoted_key(inner);
            }
            // `[1] A note` and `[[a link]]` are text.
            b'[' => return text[scan::end(bytes, 0)..].trim().is_empty(),
            // A record separator (RFC 7464).
            0x1E => return true,
            _ => {}
        }
        // A broken first line among good ones. Pages hold lines of JSON as well, in their scripts.
        let (all, records) =
            lines.take(20).fold((0, 0), |(all, records), line| (all + 1, records + usize::from(is_record_line(line))));
        !text.starts_with('<') && records >= 2 && records * 2 >= all
    }

    fn read(&self, mut input: Input<'_>, context: Context<'_>, sink: &mut Sink<'_>) -> Flow {
        let wide = decode::is_wide(input.peek(256));
        let peeked = input.peek(4096);
        let start = String::from_utf8_lossy(&peeked[..peeked.len().min(4096)]);
        if wide || unwrap_call(&start).is_some() {
            return whole(input, context, sink);
        }
        if input.peek(3).starts_with(b"\xEF\xBB\xBF") {
            input.skip(3);
        }
        while input.peek(1).first().is_some_and(u8::is_ascii_whitespace) {
            input.skip(1);
        }
        if is_lines(&mut input) { lines(input, context, sink) } else { values(input, context, sink) }
    }
}

fn is_record_line(line: &str) -> bool {
    let inner = line.trim_end_matches(',').strip_prefix('{').and_then(|l| l.strip_suffix('}'));
    inner.is_some_and(|l| {
        l.trim().is_empty() || l.trim_start().starts_with('"') && l.contains(':') || is_quoted_key(l.trim_start())
    })
}

/// Whether it begins with a key in single quotes, as Python prints it.
fn is_quoted_key(text: &str) -> bool {
    let Some((key, rest)) = text.strip_prefix('\'').and_then(|rest| rest.split_once('\'')) else { return false };
    !key.is_empty() && key.len() < 60 && rest.trim_start().starts_with(':')
}

/// Whether a value ends where a line does and another begins on the next, as in JSON Lines.
fn is_lines(input: &mut Input<'_>) -> bool {
    let peeked = input.peek(super::input::HEAD_BYTES);
    let head = &peeked[..peeked.len().min(super::input::HEAD_BYTES)];
    if head.first() == Some(&b'[') {
        return false;
    }
    let Some(line_end) = memchr::memchr(b'\n', head) else {
        // One line that does not end within the head: a line all the same if it does not close there.
        return head.first() == Some(&b'{')
            && scan::end(head, 0) == head.len()
            && head.len() >= super::input::HEAD_BYTES;
    };
    let first = String::from_utf8_lossy(&head[..line_end]);
    // The first line of an object over lines may look like a record as well: `{"a": {"b": 1},`.
    let end = scan::end(head, 0);
    let goes_on = end > line_end && end < head.len() && first.trim_end().ends_with(',');
    if is_record_line(first.trim()) && end >= first.trim_end().len().min(line_end) && !goes_on {
        return true;
    }
    // A broken first line among good ones. Lines inside an indented value are indented or end with a comma.
    let text = String::from_utf8_lossy(head);
    let whole = |l: &str| l.starts_with('{') && l.trim_end().ends_with('}') && is_record_line(l.trim_end());
    text.lines().skip(1).take(20).filter(|l| whole(l)).count() >= 2
        && !first.trim_start().starts_with('[')
        && first.trim() != "{"
}

/// Whether a text is JSON handed to a function (JSONP), which a page would call.
pub fn is_call(text: &str) -> bool {
    let inner = unwrap_call(text).unwrap_or("").trim_start();
    let key = inner.trim_start_matches(['[', ' ', '\n', '\r', '\t']).strip_prefix('{');
    key.is_some_and(|key| key.trim_start().starts_with('"'))
}

/// The inside of `name( … )`, as JSONP wraps it.
fn unwrap_call(text: &str) -> Option<&str> {
    let text = text.trim_start_matches("/**/").trim_start();
    let open = text.find('(')?;
    let name = text[..open].trim();
    let good = !name.is_empty() && name.len() < 100 && name.chars().all(|c| c.is_alphanumeric() || "_.$[]".contains(c));
    let inner = text[open + 1..].trim_start();
    (good && inner.starts_with(['{', '['])).then_some(inner)
}

/// Read into memory and decoded first: UTF-16, JSONP.
fn whole(mut input: Input<'_>, context: Context<'_>, sink: &mut Sink<'_>) -> Flow {
    let (raw, cut) = match input.all("a JSON file", context, sink) {
        Ok(read) => read,
        Err(flow) => return flow,
    };
    let text = decode::decode(&raw, input.envelope.charset.as_deref(), None).text;
    let inner = unwrap_call(text.trim_start()).map_or(text.as_str(), |i| &i[..scan::end(i.as_bytes(), 0)]);
    let again = Input::new(input.origin.clone(), inner.as_bytes()).with(input.envelope.clone());
    values_or_lines(again, context, sink)?;
    match cut {
        Some(why) => sink.reject(input.origin, Reason::Truncated, format!("the file breaks off: {why}")),
        None => Flow::Continue(()),
    }
}

fn values_or_lines(mut input: Input<'_>, context: Context<'_>, sink: &mut Sink<'_>) -> Flow {
    if is_lines(&mut input) { lines(input, context, sink) } else { values(input, context, sink) }
}

/// One value a line; blank lines count.
fn lines(mut input: Input<'_>, context: Context<'_>, sink: &mut Sink<'_>) -> Flow {
    let most = context.options.max_document_bytes;
    let (base, envelope) = (input.origin.clone(), input.envelope.clone());
    let (mut line, mut number, mut strays) = (Vec::new(), 0, 0);
    let mut charset = Charset::new(envelope.charset.as_deref());
    loop {
        number += 1;
        let origin = base.at(number);
        match input.line(&mut line, most) {
            Ok(None) => return Flow::Continue(()),
            Ok(Some(true)) => {}
            Ok(Some(false)) => {
                sink.reject(origin, Reason::TooLarge, format!("a line of more than {most} bytes"))?;
                continue;
            }
            Err(error) => {
                let end = End::of(&error);
                return sink.reject(origin, end.reason(), format!("the file breaks off: {error}"));
            }
        }
        let text = line.trim_ascii();
        let text = text.strip_prefix(&[0x1E]).unwrap_or(text).strip_suffix(b",").unwrap_or(text);
        if text.is_empty() || matches!(text, b"[" | b"]") {
            continue;
        }
        // In place: a long line stands in memory once.
        let start = text.as_ptr().addr() - line.as_ptr().addr();
        let end = start + text.len();
        line.truncate(end);
        line.drain(..start);
        let raw = std::mem::take(&mut line);
        charset.learn(&raw, &mut input);
        one(raw, origin, &envelope, &charset, &mut strays, context, sink)?;
        if strays > MOST_STRAYS {
            let detail = format!("stopped after {MOST_STRAYS} lines that are no records");
            return sink.reject(base.at(number), Reason::UnknownFormat, detail);
        }
    }
}

/// The elements of one array, or values one after the other.
fn values(mut input: Input<'_>, context: Context<'_>, sink: &mut Sink<'_>) -> Flow {
    let most = context.options.max_document_bytes;
    let (base, envelope) = (input.origin.clone(), input.envelope.clone());
    if input.peek(1).first() == Some(&b'[') {
        input.skip(1);
    }
    let (mut value, mut number, mut strays) = (Vec::new(), 0, 0);
    let mut charset = Charset::new(envelope.charset.as_deref());
    loop {
        number += 1;
        let origin = base.at(number);
        match scan::next(&mut input, &mut value, most) {
            Ok(Got::Nothing) => match another(&mut input) {
                // Files that were put together: a list behind a list.
                Some(b'[') => {
                    input.skip(1);
                    number -= 1;
                }
                Some(b'{') => number -= 1,
                Some(_) => {
                    let detail = "behind the last value stands something that is no JSON";
                    return sink.reject(origin, Reason::Damaged, detail);
                }
                None => return Flow::Continue(()),
            },
            Ok(Got::Whole) => {
                charset.learn(&value, &mut input);
                one(std::mem::take(&mut value), origin, &envelope, &charset, &mut strays, context, sink)?;
            }
            Ok(Got::Cut) => {
                // Whole records inside a cut wrapper are still there.
                let before = sink.kept;
                charset.learn(&value, &mut input);
                wrapped(&value, &origin, &envelope, &charset, context, sink)?;
                let detail = match sink.kept - before {
                    0 => "the file ends within a value".to_owned(),
                    1 => "the file ends within a value; the record before that was kept".to_owned(),
                    kept => format!("the file ends within a value; {kept} records before that were kept"),
                };
                return sink.reject(base.at(number), Reason::Truncated, detail);
            }
            Ok(Got::TooLarge) => sink.reject(origin, Reason::TooLarge, format!("a value of more than {most} bytes"))?,
            Err(error) => {
                let end = End::of(&error);
                // Whole records inside a wrapper that breaks off are still there.
                if matches!(end, End::Cut(_)) {
                    charset.learn(&value, &mut input);
                    wrapped(&value, &origin, &envelope, &charset, context, sink)?;
                }
                return sink.reject(origin, end.reason(), format!("the file breaks off: {error}"));
            }
        }
        if strays > MOST_STRAYS {
            let detail = format!("stopped after {MOST_STRAYS} values that are no records");
            return sink.reject(base.at(number), Reason::UnknownFormat, detail);
        }
    }
}

/// The first byte of what follows a list, past what only ends it.
fn another(input: &mut Input<'_>) -> Option<u8> {
    loop {
        let byte = *input.peek(1).first()?;
        if !(byte.is_ascii_whitespace() || b",;)]}".contains(&byte) || byte < b' ') {
            return Some(byte);
        }
        input.skip(1);
    }
}

/// One value: a record, a wrapper of records, a feed.
fn one(
    raw: Vec<u8>,
    origin: Origin,
    envelope: &Envelope,
    charset: &Charset,
    strays: &mut u64,
    context: Context<'_>,
    sink: &mut Sink<'_>,
) -> Flow {
    if !matches!(raw.first(), Some(b'{' | b'[')) {
        *strays += 1;
        let (reason, detail) = match raw.as_slice() {
            b"null" => (Reason::Empty, "`null`".to_owned()),
            _ => (Reason::Damaged, "not a JSON object".to_owned()),
        };
        return sink.reject(origin, reason, detail);
    }
    // A long record that lies alone in its wrapper: it takes the wrapper's place, and is in memory once.
    let mut raw = raw;
    if raw.len() > LONG
        && JsonFeed::of(&raw).is_none()
        && let Some([range]) = records_in(&raw).as_deref()
        && raw[range.start] == b'{'
    {
        raw.truncate(range.end);
        raw.drain(..range.start);
        return leaf(raw, place_of(&origin, 1), envelope, charset, context, sink, &|_| ());
    }
    if wrapped(&raw, &origin, envelope, charset, context, sink)? {
        return Flow::Continue(());
    }
    match parse_in(&raw, charset) {
        Ok((Value::Object(item), note)) if ninjs::is_item(&item) => {
            ninjs::send(&item, raw, origin, note, envelope, sink)
        }
        Ok((value @ Value::Object(_), note)) => {
            if let Some(rows) = value.as_object().and_then(|map| columns::rows(map, context.options)) {
                drop(raw);
                for (row, number) in rows.zip(1..) {
                    // What stands side by side in the file has no bytes of its own there.
                    let own = serde_json::to_vec(&row).unwrap_or_default();
                    let mut made = record(Value::Object(row), own, place_of(&origin, number), context.options);
                    made.notes.push(Note("put together from the columns of its file".to_owned()));
                    known_only(made, envelope, sink)?;
                }
                return Flow::Continue(());
            }
            if let Some(detail) = no_article(&value) {
                return sink.reject(origin, Reason::NotAnArticle, detail);
            }
            let mut made = record(value, raw, origin, context.options);
            made.notes.extend(note);
            if let Some((url, found)) = &envelope.url {
                super::input::claim(&mut made.claims, crate::model::Field::Url, url, found);
            }
            known_only(made, envelope, sink)
        }
        Ok(_) => {
            *strays += 1;
            let detail = "a list of values without names: write records with names (in pandas `orient=\"records\"`)";
            sink.reject(origin, Reason::Unsupported, detail)
        }
        Err((reason, detail)) => {
            *strays += 1;
            sink.reject(origin, reason, detail)
        }
    }
}

/// Hands on a record, unless nothing in it was known.
pub(super) fn known_only(made: crate::model::Document, envelope: &Envelope, sink: &mut Sink<'_>) -> Flow {
    let telling = |c: &crate::model::Claim| matches!(c.field, Field::Title | Field::Url | Field::Canonical);
    if made.payload.is_none() && !made.claims.iter().any(telling) {
        let detail = "no field known as title, text or address: name them with `--map title=…,text=…`";
        let rejection =
            Rejection { origin: made.origin, reason: Reason::NoText, detail: detail.to_owned(), claims: made.claims };
        return sink.send(Item::Rejected(rejection));
    }
    // What NewsAPI puts in the place of a text that was taken back.
    let text = made.payload.as_ref().map_or("", |payload| payload.text.trim());
    let titled = made.claims.iter().any(|c| c.field == Field::Title && c.value == REMOVED);
    if titled && matches!(text, "" | REMOVED) {
        let detail = "`[Removed]` stands in the place of title and text".to_owned();
        let rejection = Rejection { origin: made.origin, reason: Reason::Withdrawn, detail, claims: made.claims };
        return sink.send(Item::Rejected(rejection));
    }
    sink.document(made, envelope)
}

/// A value of so many bytes is not copied where that can be helped.
const LONG: usize = 16 << 20;

const REMOVED: &str = "[Removed]";

/// If `raw` is a wrapper, hands on the records in it and says so.
fn wrapped(
    raw: &[u8],
    origin: &Origin,
    envelope: &Envelope,
    charset: &Charset,
    context: Context<'_>,
    sink: &mut Sink<'_>,
) -> std::ops::ControlFlow<(), bool> {
    if let Some(feed) = JsonFeed::of(raw) {
        return json_feed(&feed, raw, origin, envelope, sink);
    }
    if let Some(ghost) = ghost::Ghost::of(raw) {
        for (range, number) in ghost.posts.iter().cloned().zip(1..) {
            let complete = |value: &mut Value| {
                if let Value::Object(post) = value {
                    ghost.complete(post);
                }
            };
            leaf(raw[range].to_vec(), place_of(origin, number), envelope, charset, context, sink, &complete)?;
        }
        if !ghost.posts.is_empty() {
            return std::ops::ControlFlow::Continue(true);
        }
    }
    let Some(records) = records_in(raw) else { return std::ops::ControlFlow::Continue(false) };
    let mut number = 0;
    for range in records {
        number += 1;
        let element = raw[range].to_vec();
        let mut strays = 0;
        let at = place_of(origin, number);
        if element.first() == Some(&b'{') && !is_empty_object(&element) {
            leaf(element, at, envelope, charset, context, sink, &|_| ())?;
        } else {
            one_stray(&element, at, &mut strays, sink)?;
        }
    }
    std::ops::ControlFlow::Continue(true)
}

fn json_feed(
    feed: &JsonFeed,
    raw: &[u8],
    origin: &Origin,
    envelope: &Envelope,
    sink: &mut Sink<'_>,
) -> std::ops::ControlFlow<(), bool> {
    for (range, number) in feed.items.iter().cloned().zip(1..) {
        match feed.item(&raw[range], origin.at(number)) {
            Ok(made) => sink.document(made, envelope)?,
            Err(detail) => sink.reject(origin.at(number), Reason::Damaged, detail)?,
        }
    }
    if feed.items.is_empty() {
        sink.reject(origin.clone(), Reason::Empty, "a JSON Feed without an item")?;
    }
    std::ops::ControlFlow::Continue(true)
}

/// A date that may be written as a number.
pub fn date_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => super::fields::date_number(number.as_f64().unwrap_or(0.0), &number.to_string()),
        _ => String::new(),
    }
}

/// The place of a record in a wrapper.
fn place_of(wrapper: &Origin, number: u64) -> Origin {
    if wrapper.number == 1 {
        return wrapper.at(number);
    }
    let mut out = wrapper.clone();
    out.members.push(format!("{}", wrapper.number));
    out.number = number;
    out
}

fn is_empty_object(raw: &[u8]) -> bool {
    raw.iter().filter(|b| !b.is_ascii_whitespace()).count() == 2
}

fn one_stray(raw: &[u8], origin: Origin, strays: &mut u64, sink: &mut Sink<'_>) -> Flow {
    *strays += 1;
    let reason = if raw == b"null" || is_empty_object(raw) { Reason::Empty } else { Reason::Damaged };
    sink.reject(origin, reason, "not a JSON object with fields")
}

fn leaf(
    raw: Vec<u8>,
    origin: Origin,
    envelope: &Envelope,
    charset: &Charset,
    context: Context<'_>,
    sink: &mut Sink<'_>,
    complete: &dyn Fn(&mut Value),
) -> Flow {
    // Elasticsearch puts the record beside its score, AP an item beside what its customer ordered.
    let ordered = |range: &Range<usize>| memchr::memmem::find(&raw[range.clone()], b"\"versioncreated\"").is_some();
    let inner = scan::children(&raw).into_iter().find_map(|(key, range)| match key {
        Some(b"_source") => Some(range),
        Some(b"item") if ordered(&range) => Some(range),
        _ => None,
    });
    let parsed = parse_in(inner.map_or(&raw[..], |range| &raw[range]), charset);
    match parsed {
        Ok((Value::Object(item), note)) if ninjs::is_item(&item) => {
            ninjs::send(&item, raw, origin, note, envelope, sink)
        }
        Ok((mut value, note)) => {
            if let Some(detail) = no_article(&value) {
                return sink.reject(origin, Reason::NotAnArticle, detail);
            }
            complete(&mut value);
            let mut made = record(value, raw, origin, context.options);
            made.notes.extend(note);
            known_only(made, envelope, sink)
        }
        Err((reason, detail)) => sink.reject(origin, reason, detail),
    }
}
