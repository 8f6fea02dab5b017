//! The tokenizer and tree builder behind [`Tree::parse`].

use std::cell::Cell;
use std::collections::HashMap;

use super::{Entities, Id, Kind, NONE, Node, Rules, Tree, names};

/// More nodes than any feed has; bounds memory to some hundred megabytes on hostile files.
const MOST_NODES: usize = 2_000_000;
/// An element has no more attributes than that; the rest is passed over.
const MOST_ATTRIBUTES: usize = 200;

struct Builder<'t, 'r> {
    tree: Tree<'t>,
    rules: &'r Rules,
    name_ids: HashMap<String, u32>,
    /// Open elements, the document first.
    open: Vec<(Id, &'t str)>,
    /// How many of each raw name are open.
    counts: HashMap<&'t str, usize>,
    /// Prefix to the namespaces bound to it, innermost last, with the depth of the binding element.
    bound: HashMap<&'t str, Vec<(usize, Option<&'static str>)>>,
    /// Prefixes bound by each open element, with its depth.
    binders: Vec<(usize, &'t str)>,
    /// No `]]>`, or no `-->`, comes any more.
    no_cdata_end: bool,
    no_comment_end: bool,
    /// Bytes that may still be searched for the end of unclosed sections; keeps reading linear.
    repairs: usize,
    /// Declarations that may be searched for their end at length.
    long_declarations: usize,
}

pub fn parse<'t>(text: &'t str, rules: &Rules) -> Tree<'t> {
    let tree = Tree {
        text,
        nodes: Vec::new(),
        names: Vec::new(),
        attributes: Vec::new(),
        entities: Entities::default(),
        mended: Vec::new(),
        cut: false,
        too_large: false,
        left: Cell::new(text.len().saturating_mul(50).saturating_add(16 << 20)),
    };
    let mut builder = Builder {
        tree,
        rules,
        name_ids: HashMap::new(),
        open: Vec::new(),
        counts: HashMap::new(),
        bound: HashMap::new(),
        binders: Vec::new(),
        no_cdata_end: false,
        no_comment_end: false,
        repairs: text.len().saturating_mul(4),
        long_declarations: 8,
    };
    builder.add(Kind::Cdata, 0, 0..text.len());
    builder.open.push((0, ""));
    builder.run();
    builder.tree
}

impl<'t> Builder<'t, '_> {
    fn run(&mut self) {
        let text = self.tree.text;
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if self.tree.nodes.len() >= MOST_NODES {
                self.tree.too_large = true;
                break;
            }
            let Some(found) = memchr::memchr(b'<', &bytes[at..]) else {
                self.text(at, bytes.len());
                at = bytes.len();
                break;
            };
            let open = at + found;
            let next = bytes.get(open + 1).copied().unwrap_or(0);
            let end = match next {
                b'/' => self.end_tag(open),
                b'!' => self.declaration(open),
                b'?' => Some(memchr::memmem::find(&bytes[open..], b"?>").map_or_else(
                    // Not closed as it should be: to the next bracket.
                    || memchr::memchr(b'>', &bytes[open..]).map_or(bytes.len(), |e| open + e + 1),
                    |e| open + e + 2,
                )),
                b'a'..=b'z' | b'A'..=b'Z' | b'_' | b':' | 0x80.. => Some(open),
                _ => None,
            };
            let Some(end) = end else {
                // A bracket that opens nothing is text.
                self.mended("a bare `<`");
                self.text(at, open + 1);
                at = open + 1;
                continue;
            };
            self.text(at, open);
            at = match next {
                b'/' => self.close_tag(open, end),
                b'!' if text[open..].starts_with("<![CDATA[") => {
                    let inner = open + 9..end.min(bytes.len());
                    let inner = if text[..inner.end].ends_with("]]>") { inner.start..inner.end - 3 } else { inner };
                    self.add(Kind::Cdata, open, inner.start..inner.end.max(inner.start));
                    end
                }
                b'!' | b'?' => end,
                _ => self.start_tag(open),
            };
        }
        let left: Vec<Id> = self.open.iter().skip(1).map(|(id, _)| *id).collect();
        self.tree.cut = !left.is_empty();
        for id in left {
            let node = &mut self.tree.nodes[id as usize];
            (node.end, node.inner.end) = (at, at.max(node.inner.start));
        }
    }

    fn mended(&mut self, what: &'static str) {
        if !self.tree.mended.contains(&what) {
            self.tree.mended.push(what);
        }
    }

    fn add(&mut self, kind: Kind, start: usize, inner: std::ops::Range<usize>) -> Id {
        let id = self.tree.nodes.len() as Id;
        let parent = self.open.last().map_or(NONE, |(id, _)| *id);
        let end = inner.end;
        self.tree.nodes.push(Node {
            kind,
            start,
            end,
            inner,
            parent,
            next: NONE,
            first: NONE,
            last: NONE,
            closed: true,
        });
        if parent != NONE {
            let last = self.tree.nodes[parent as usize].last;
            if last == NONE {
                self.tree.nodes[parent as usize].first = id;
            } else {
                self.tree.nodes[last as usize].next = id;
            }
            self.tree.nodes[parent as usize].last = id;
        }
        id
    }

    fn text(&mut self, start: usize, end: usize) {
        if start >= end {
            return;
        }
        // Pieces of one text, cut at brackets that open nothing, are one node.
        if let Some(last) = self.tree.nodes.last_mut()
            && last.kind == Kind::Text
            && last.end == start
            && self.open.last().is_some_and(|(id, _)| *id == last.parent)
        {
            (last.end, last.inner.end) = (end, end);
            return;
        }
        self.add(Kind::Text, start, start..end);
    }

    /// The end of an end tag, if it is one.
    fn end_tag(&self, open: usize) -> Option<usize> {
        let bytes = self.tree.text.as_bytes();
        bytes.get(open + 2).filter(|b| b.is_ascii_alphabetic() || matches!(b, b'_' | b':' | 0x80..))?;
        let limit = (open + 1024).min(bytes.len());
        match memchr::memchr2(b'>', b'<', &bytes[open + 1..limit]) {
            Some(at) if bytes[open + 1 + at] == b'>' => Some(open + at + 2),
            // `</item` with the bracket forgotten, before the next tag.
            Some(at) => Some(open + 1 + at),
            None => (limit == bytes.len()).then_some(limit),
        }
    }

    /// The end of a comment, CDATA section or other declaration.
    fn declaration(&mut self, open: usize) -> Option<usize> {
        let text = self.tree.text;
        let rest = &text.as_bytes()[open..];
        if rest.starts_with(b"<!--") {
            if !self.no_comment_end {
                if let Some(at) = memchr::memmem::find(&rest[4..], b"-->") {
                    return Some(open + 4 + at + 3);
                }
                self.no_comment_end = true;
            }
            self.mended("an unclosed comment");
            return Some(open + memchr::memchr(b'>', rest).map_or(rest.len(), |at| at + 1));
        }
        if rest.starts_with(b"<![CDATA[") {
            let mut end = None;
            if !self.no_cdata_end {
                end = memchr::memmem::find(rest, b"]]>");
                self.no_cdata_end = end.is_none();
            }
            let section = &rest[..end.unwrap_or(rest.len())];
            // One that reaches over the end of its entry was not closed: with nothing after it to close it, or with the
            // end of a section in a later entry.
            let names = if self.repairs > 0 { self.rules.siblings } else { &[] };
            let over = names.iter().filter_map(|name| {
                let at = memchr::memmem::find(section, format!("</{name}").as_bytes())?;
                let next = || memchr::memmem::find(&section[at..], format!("<{name}").as_bytes()).is_some();
                (end.is_none() || next()).then_some(at)
            });
            let over = over.min();
            if let (Some(end), None) = (end, over) {
                return Some(open + end + 3);
            }
            self.mended("an unclosed CDATA section");
            self.repairs = self.repairs.saturating_sub(section.len());
            // It ends with the element around it, else with the entry.
            let within = &section[..over.unwrap_or(section.len())];
            let name = self.open.last().map_or("", |(_, raw)| raw);
            let close =
                if name.is_empty() { None } else { memchr::memmem::find(within, format!("</{name}").as_bytes()) };
            return Some(open + close.unwrap_or(within.len()));
        }
        if !rest.get(2).is_some_and(|b| b.is_ascii_alphabetic() || *b == b'[') {
            return None;
        }
        let (mut subset, mut quote) = (None, 0u8);
        let search = if self.long_declarations > 0 { 1 << 20 } else { 0 };
        self.long_declarations = self.long_declarations.saturating_sub(1);
        for (at, &byte) in rest.iter().enumerate().take(search) {
            match byte {
                _ if quote != 0 => quote = if byte == quote { 0 } else { quote },
                b'"' | b'\'' => quote = byte,
                b'[' if subset.is_none() && at > 2 => subset = Some(at + 1),
                b']' => {
                    if let Some(from) = subset.filter(|from| *from <= at) {
                        self.tree.entities.declare(&text[open + from..open + at]);
                    }
                    subset = Some(usize::MAX);
                }
                b'>' if subset.is_none_or(|s| s == usize::MAX) => return Some(open + at + 1),
                _ => {}
            }
        }
        self.mended("an unclosed declaration");
        Some(open + memchr::memchr(b'>', rest).map_or(rest.len(), |at| at + 1))
    }

    fn start_tag(&mut self, open: usize) -> usize {
        let text = self.tree.text;
        let bytes = text.as_bytes();
        let ends = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'>' | b'/' | b'<');
        let name_end = bytes[open + 1..].iter().position(ends).map_or(bytes.len(), |at| open + 1 + at);
        let raw = &text[open + 1..name_end];
        let mut attributes: Vec<(&'t str, &'t str)> = Vec::new();
        let mut at = name_end;
        let (mut empty, mut whole) = (false, false);
        while at < bytes.len() {
            match bytes[at] {
                b'>' => {
                    at += 1;
                    whole = true;
                    break;
                }
                // A tag that was not closed before the next one.
                b'<' => {
                    whole = true;
                    self.mended("an unclosed tag");
                    break;
                }
                b'/' => {
                    empty = bytes.get(at + 1) == Some(&b'>');
                    at += 1;
                }
                b if b.is_ascii_whitespace() => at += 1,
                _ => at = self.attribute(at, &mut attributes),
            }
        }
        self.before_start(raw);
        let depth = self.open.len();
        for (name, value) in &attributes {
            let prefix = match name.strip_prefix("xmlns") {
                Some("") => "",
                Some(rest) if rest.starts_with(':') => &rest[1..],
                _ => continue,
            };
            self.bound.entry(prefix).or_default().push((depth, names::known(value)));
            self.binders.push((depth, prefix));
        }
        let name = self.canonical(raw);
        let name = self.intern(name);
        let id = self.add(Kind::Element(name), open, at..at);
        for (name, value) in attributes {
            let name = name.to_lowercase();
            let value = self.tree.entities.decode(value);
            self.tree.attributes.push((id, name, value));
        }
        if empty || self.rules.empty.iter().any(|e| raw.eq_ignore_ascii_case(e)) {
            self.unbind(depth);
        } else {
            self.tree.nodes[id as usize].closed = false;
            self.open.push((id, raw));
            *self.counts.entry(raw).or_default() += 1;
        }
        if !whole {
            self.mended("a cut tag");
            self.tree.nodes[id as usize].closed = false;
        }
        at
    }

    /// Reads an attribute at `at` and returns where it ends.
    fn attribute(&mut self, at: usize, attributes: &mut Vec<(&'t str, &'t str)>) -> usize {
        let text = self.tree.text;
        let bytes = text.as_bytes();
        let ends = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'>' | b'/' | b'=' | b'<');
        let name_end = bytes[at..].iter().position(ends).map_or(bytes.len(), |e| at + e);
        // A lone sign that is no name is passed over.
        let name_end = name_end.max(at + usize::from(name_end == at));
        let name = text.get(at..name_end).unwrap_or("");
        let blank = |from: usize| from + bytes[from..].iter().take_while(|b| b.is_ascii_whitespace()).count();
        let mut at = blank(name_end.min(bytes.len()));
        if bytes.get(at) != Some(&b'=') {
            return name_end;
        }
        at = blank(at + 1);
        let (value, end) = match bytes.get(at) {
            Some(quote @ (b'"' | b'\'')) => {
                // A quote that is never closed ends with the tag.
                let close = memchr::memchr(*quote, &bytes[at + 1..]).or_else(|| memchr::memchr(b'>', &bytes[at + 1..]));
                let close = close.map_or(bytes.len(), |e| at + 1 + e);
                (&text[at + 1..close], close + usize::from(bytes.get(close) == Some(quote)))
            }
            _ => {
                let ends = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'>' | b'<');
                let end = bytes[at..].iter().position(ends).map_or(bytes.len(), |e| at + e);
                self.mended("an attribute without quotes");
                (text[at..end].trim_end_matches('/'), end)
            }
        };
        if attributes.len() < MOST_ATTRIBUTES && !name.is_empty() {
            attributes.push((name, value));
        }
        end
    }

    /// Ends what cannot go on when an element called `raw` begins.
    fn before_start(&mut self, raw: &str) {
        let local = raw.rsplit(':').next().unwrap_or(raw).to_lowercase();
        if self.rules.siblings.contains(&local.as_str()) {
            // Only a few levels: an entry is not that deep.
            let near = self.open.iter().rev().take(12).position(|(_, open)| open.eq_ignore_ascii_case(raw));
            if let Some(up) = near {
                self.mended("an entry without an end tag");
                let end = self.tree.nodes.last().map_or(0, |n| n.end);
                for _ in 0..=up {
                    self.pop(end, end, false);
                }
                return;
            }
        }
        if self.rules.leaves.contains(&local.as_str())
            && let Some((_, open)) = self.open.last()
            && self.rules.leaves.contains(&open.rsplit(':').next().unwrap_or(open).to_lowercase().as_str())
        {
            self.mended("an element without an end tag");
            let end = self.tree.nodes.last().map_or(0, |n| n.end);
            self.pop(end, end, false);
        }
    }

    fn close_tag(&mut self, open: usize, end: usize) -> usize {
        let text = self.tree.text;
        let raw = text[open + 2..end].trim_end_matches('>').trim();
        let raw = raw.split(|c: char| c.is_whitespace()).next().unwrap_or(raw);
        let known = self.counts.get(raw).copied().unwrap_or(0) > 0;
        if !known {
            self.mended("a mismatched end tag");
            let (id, name) = self.open.last().copied().unwrap_or((0, ""));
            // `</tittle>` ends a title; a stray `</p>` in a description ends nothing.
            let leaf = |tree: &Tree<'_>| self.open.len() > 2 && !is_html(raw) && !tree.has_elements(id);
            if name.eq_ignore_ascii_case(raw) && self.open.len() > 1 || leaf(&self.tree) {
                self.pop(open, end, true);
            }
            return end;
        }
        if self.open.last().is_some_and(|(_, name)| *name != raw) {
            self.mended("a missing end tag");
        }
        while let Some((_, name)) = self.open.last().copied().filter(|_| self.open.len() > 1) {
            // What was still open inside has no end tag of its own.
            self.pop(open, if name == raw { end } else { open }, name == raw);
            if name == raw {
                break;
            }
        }
        end
    }

    fn pop(&mut self, inner_end: usize, end: usize, closed: bool) {
        if self.open.len() < 2 {
            return;
        }
        if let Some((id, raw)) = self.open.pop() {
            let node = &mut self.tree.nodes[id as usize];
            node.inner.end = inner_end.max(node.inner.start);
            node.end = end.max(node.inner.end);
            node.closed = closed;
            if let Some(count) = self.counts.get_mut(raw) {
                *count -= 1;
            }
            self.unbind(self.open.len());
        }
    }

    fn unbind(&mut self, depth: usize) {
        while let Some((_, prefix)) = self.binders.pop_if(|(bound, _)| *bound >= depth) {
            if let Some(stack) = self.bound.get_mut(prefix) {
                stack.pop();
            }
        }
    }

    /// The name by which we know an element.
    fn canonical(&self, raw: &str) -> String {
        let (prefix, local) = raw.split_once(':').unwrap_or(("", raw));
        let bound = self.bound.get(prefix).and_then(|stack| stack.last());
        let prefix = match bound {
            Some((_, Some(known))) => (*known).to_owned(),
            // A namespace nobody knows: the prefix has to do, which for unbound ones is what its writer meant.
            _ => prefix.to_lowercase(),
        };
        let local = local.to_lowercase();
        if prefix.is_empty() { local } else { format!("{prefix}:{local}") }
    }

    fn intern(&mut self, name: String) -> u32 {
        let next = self.tree.names.len() as u32;
        let id = *self.name_ids.entry(name.clone()).or_insert(next);
        if id == next {
            self.tree.names.push(name);
        }
        id
    }
}

fn is_html(raw: &str) -> bool {
    const NAMES: &[&str] = &[
        "p",
        "br",
        "b",
        "i",
        "a",
        "em",
        "strong",
        "div",
        "span",
        "font",
        "img",
        "li",
        "ul",
        "ol",
        "td",
        "tr",
        "table",
        "center",
        "u",
        "h1",
        "h2",
        "h3",
        "h4",
        "blockquote",
        "small",
        "hr",
        "body",
        "html",
        "script",
        "iframe",
    ];
    NAMES.iter().any(|n| raw.eq_ignore_ascii_case(n))
}
