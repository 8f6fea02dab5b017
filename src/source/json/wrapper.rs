//! Objects that hold lists of records: under the names in use, by key or by day, or wherever a list of records lies.

use std::ops::Range;

use super::scan;
use crate::model::Field;
use crate::source::Mapping;
use crate::source::fields::Role;

/// Keys under which wrappers hold their records, and keys that lead to them.
const LISTS: &[&str] = &[
    "articles",
    "items",
    "posts",
    "docs",
    "results",
    "records",
    "stories",
    "documents",
    "entries",
    "news",
    "hits",
    "rows",
    "value",
    "data",
    "response",
    "_source",
    "matches",
    "item",
    "content",
    "features",
    "list",
];
/// Objects in one another that are gone into.
const DEPTH: usize = 4;
/// Objects and lists in one wrapper that are looked into.
const MOST_LISTS: usize = 10_000;
/// Records found so.
const MOST_HIDDEN: usize = 1_000_000;

/// The places of the records inside a wrapper, at most four levels down; `None` if `raw` is a record itself.
pub fn records_in(raw: &[u8]) -> Option<Vec<Range<usize>>> {
    let (mut start, mut stop) = (0, raw.len());
    for _ in 0..DEPTH {
        let children = scan::children(&raw[start..stop]);
        if children.is_empty() {
            return None;
        }
        let is_array = raw[start..stop].trim_ascii_start().first() == Some(&b'[');
        let objects = |range: &Range<usize>| raw[start + range.start] == b'{';
        if is_array {
            let found = children.iter().any(|(_, range)| objects(range));
            return found.then(|| children.into_iter().map(|(_, r)| start + r.start..start + r.end).collect());
        }
        // A body of its own makes it a record, whatever lists it holds.
        let has = |names: &[&str]| {
            children.iter().any(|(key, range)| {
                key.is_some_and(|k| names.iter().any(|n| n.as_bytes() == k)) && raw[start + range.start] == b'"'
            })
        };
        if has(&["text", "body", "content", "articleBody", "html", "maintext", "headline", "full_text", "body_text"]) {
            // Reached through a wrapper, it is the only one.
            return (start > 0).then(|| std::iter::once(start..stop).collect());
        }
        let opens = |range: &Range<usize>| {
            let value = raw[start + range.start..start + range.end].trim_ascii();
            matches!(value.first(), Some(b'[')) && matches!(first_inside(value), Some(b'{' | b']' | b'n'))
                || matches!(value.first(), Some(b'{'))
        };
        // Several lists of records side by side are one.
        let listed = |key: &Option<&[u8]>| LISTS.iter().any(|name| *key == Some(name.as_bytes()));
        let mut lists: Vec<Range<usize>> = Vec::new();
        for (_, range) in children.iter().filter(|(key, range)| listed(key) && opens(range)) {
            let place = start + range.start..start + range.end;
            if is_list(&raw[place.clone()]) {
                lists.push(place);
            }
        }
        if lists.len() > 1 {
            return Some(elements(raw, lists));
        }
        let next = LISTS
            .iter()
            .find_map(|name| children.iter().find(|(key, range)| *key == Some(name.as_bytes()) && opens(range)));
        if let Some((_, range)) = next {
            let value = &raw[start + range.start..start + range.end];
            if first_inside(value) == Some(b']') && value.first() == Some(&b'[') {
                return hidden(raw, start..stop);
            }
            // What tells its address itself is a record, whatever object its text lies in.
            let addressed =
                start == 0 && value.first() == Some(&b'{') && has(&["url", "link", "web_url", "canonical_url"]);
            if addressed && hidden(raw, range.clone()).is_none_or(|found| found.len() == 1) {
                return None;
            }
            // Paragraphs under a title are the text of a record.
            let titled = has(&["title", "webTitle", "titre", "titel"]);
            if titled && value.first() == Some(&b'[') && !is_list(value) {
                return (start > 0).then(|| std::iter::once(start..stop).collect());
            }
            (start, stop) = (start + range.start, start + range.end);
            continue;
        }
        // An object of records by key: two or more objects and nothing else, the first of which is a record.
        let all = children.len() >= 2 && children.iter().all(|(_, range)| objects(range));
        let first = &children[0].1;
        let keys = scan::children(&raw[start + first.start..start + first.end]);
        let recordlike = keys
            .iter()
            .filter_map(|(key, _)| *key)
            .any(|k| matches!(k, b"title" | b"text" | b"articleBody" | b"headline" | b"content" | b"body" | b"html"));
        if all && recordlike {
            return Some(children.into_iter().map(|(_, r)| start + r.start..start + r.end).collect());
        }
        return hidden(raw, start..stop);
    }
    None
}

/// Records under names we do not know, in an object that tells nothing itself: lists of them, and lone ones.
fn hidden(raw: &[u8], within: Range<usize>) -> Option<Vec<Range<usize>>> {
    let map = Mapping::default();
    let mut found = Vec::new();
    let mut level = vec![within];
    for depth in 0..DEPTH {
        let mut below = Vec::new();
        for object in level {
            let children = scan::children(&raw[object.clone()]);
            let role = |key: &[u8]| map.role(&String::from_utf8_lossy(key));
            let has = |test: fn(Role) -> bool| {
                children.iter().any(|(key, _)| key.filter(|key| *key != b"name").and_then(role).is_some_and(test))
            };
            let bodied = has(|role| matches!(role, Role::Body | Role::Html));
            let telling = children.iter().any(|(key, range)| match raw[object.start + range.start] {
                b'"' => key.is_some_and(|key| is_telling(key, &map)),
                // `{"headlines": {"basic": …}}`, `{"title": {"rendered": …}}`; a feed has such a title as well, and no text.
                b'{' => bodied && matches!(key, Some(b"title" | b"headline" | b"headlines")),
                _ => false,
            });
            if telling {
                let named = has(|role| matches!(role, Role::Claim(Field::Title | Field::Url | Field::Canonical)));
                if depth > 0 && named && bodied {
                    found.push(object);
                }
                continue;
            }
            for (_, range) in children {
                let place = object.start + range.start..object.start + range.end;
                match raw[place.start] {
                    b'[' if is_list(&raw[place.clone()]) => found.extend(elements(raw, vec![place])),
                    b'[' => below.extend(elements(raw, vec![place]).into_iter().filter(|item| raw[item.start] == b'{')),
                    b'{' => below.push(place),
                    _ => {}
                }
                if found.len() > MOST_HIDDEN || below.len() > MOST_LISTS {
                    return None;
                }
            }
        }
        level = below;
    }
    (!found.is_empty()).then_some(found)
}

/// Whether a key is a record's title, text or address.
fn is_telling(key: &[u8], map: &Mapping) -> bool {
    let role = map.role(&String::from_utf8_lossy(key));
    key != b"name"
        && matches!(role, Some(Role::Claim(Field::Title | Field::Url | Field::Canonical) | Role::Body | Role::Html))
}

/// Whether it is a list whose first object has a title or a text, and one more field that is known.
fn is_list(value: &[u8]) -> bool {
    if value.first() != Some(&b'[') || first_inside(value) != Some(b'{') {
        return false;
    }
    let at = value.iter().position(|b| *b == b'{').unwrap_or(0);
    let first = &value[at..scan::end(value, at)];
    let map = Mapping::default();
    let keys: Vec<&[u8]> = scan::children(first).iter().filter_map(|(key, _)| *key).collect();
    let known = keys.iter().filter(|key| map.role(&String::from_utf8_lossy(key)).is_some()).count();
    known >= 2 && keys.iter().any(|key| is_telling(key, &map))
}

/// The elements of these lists, in their order.
fn elements(raw: &[u8], lists: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let inside = |list: Range<usize>| {
        let children = scan::children(&raw[list.clone()]);
        children.into_iter().map(move |(_, range)| list.start + range.start..list.start + range.end)
    };
    lists.into_iter().flat_map(inside).collect()
}

fn first_inside(array: &[u8]) -> Option<u8> {
    array.get(1..)?.iter().find(|b| !b.is_ascii_whitespace()).copied()
}
