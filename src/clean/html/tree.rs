//! A page as a tree of plain nodes, in bounded memory and linear time.
//!
//! The words of HTML (tags, attributes, references, raw text) are read by html5ever's tokenizer. The tree is built
//! here and not by its tree builder, because the builder of the specification can be made to work in quadratic time
//! and to multiply nodes (unclosed formatting is opened again in every paragraph), and a page from the wild must
//! cost no more than its size. What is kept of the specification is what matters to text: void elements, implied
//! end tags, scopes, and the splitting of links that end inside a block begun within them. Text is always in the
//! order of the source.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::{Attribute, LocalName, TokenizerResult, local_name};

use super::raw;
use super::space::{is_space, push_collapsed};
use super::tags::{ends_paragraph, is_heading, is_inline, is_scope, is_special, is_unseen, is_void};

/// Number of a node; nodes are numbered in document order.
pub(super) type Id = u32;

/// No node.
pub(super) const NONE: Id = u32::MAX;

static NO_TAG: LocalName = local_name!("");

/// Elements nested deeper than this become children of the element at this depth (browsers stop at 512).
const MAX_DEPTH: usize = 200;
/// Nodes beyond this many are dropped.
const MAX_NODES: usize = 400_000;
/// Bytes of a page that are read.
const MAX_BYTES: usize = 24 << 20;

/// An element or a piece of text.
pub(super) enum Data {
    /// An element with its attributes.
    Element(LocalName, Vec<Attribute>),
    /// Text, references resolved.
    Text(StrTendril),
}

/// One node and its neighbours.
pub(super) struct Node {
    pub parent: Id,
    pub next: Id,
    pub first: Id,
    last: Id,
    pub data: Data,
}

/// A page. Node 0 is the `html` element.
pub(super) struct Tree {
    pub nodes: Vec<Node>,
    /// Whether nodes, depth or bytes were cut.
    pub cut: bool,
}

/// One step of a walk in document order.
pub(super) enum Step {
    /// A node is entered.
    Enter(Id),
    /// An element is left.
    Leave(Id),
}

impl Tree {
    /// Reads a page. Any text gives a tree.
    pub fn parse(html: &str) -> Self {
        let mut end = html.len().min(MAX_BYTES);
        while !html.is_char_boundary(end) {
            end -= 1;
        }
        let builder = Builder {
            tree: Tree { nodes: Vec::with_capacity(end / 40 + 16), cut: end < html.len() },
            open: vec![0],
            over: 0,
            paragraphs: 0,
            links: 0,
            foreign: 0,
            body: NONE,
            raw: false,
            raw_name: local_name!(""),
        };
        let sink = Sink(RefCell::new(builder));
        sink.0.borrow_mut().node(Data::Element(local_name!("html"), Vec::new()), NONE);
        let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
        let input = BufferQueue::default();
        let mut from = 0;
        for (start, stop) in floods(&html[..end]) {
            tokenizer.sink.0.borrow_mut().tree.cut = true;
            input.push_back(StrTendril::from_slice(&html[from..start]));
            from = stop;
        }
        input.push_back(StrTendril::from_slice(&html[from..end]));
        // The sink hands back where raw text begins. Half of a page is scripts, and stepping over them costs far less
        // than having their characters looked at one by one.
        while let TokenizerResult::Script(()) = tokenizer.feed(&input) {
            tokenizer.sink.0.borrow_mut().raw_text(&input);
        }
        tokenizer.end();
        tokenizer.sink.0.into_inner().tree
    }

    /// The element's name; the empty name for text.
    pub fn tag(&self, id: Id) -> &LocalName {
        match &self.nodes[id as usize].data {
            Data::Element(name, _) => name,
            Data::Text(_) => &NO_TAG,
        }
    }

    /// The text of a text node.
    pub fn text(&self, id: Id) -> Option<&str> {
        match &self.nodes[id as usize].data {
            Data::Text(text) => Some(text),
            Data::Element(..) => None,
        }
    }

    /// The attributes of an element.
    pub fn attrs(&self, id: Id) -> &[Attribute] {
        match &self.nodes[id as usize].data {
            Data::Element(_, attrs) => attrs,
            Data::Text(_) => &[],
        }
    }

    /// One attribute, trimmed.
    pub fn attr(&self, id: Id, name: &LocalName) -> Option<&str> {
        self.attrs(id).iter().find(|a| a.name.local == *name).map(|a| a.value.trim())
    }

    /// One attribute that html5ever has no ready name for, trimmed.
    pub fn attr_named(&self, id: Id, name: &str) -> Option<&str> {
        self.attrs(id).iter().find(|a| &*a.name.local == name).map(|a| a.value.trim())
    }

    /// Parent, or [`NONE`].
    pub fn parent(&self, id: Id) -> Id {
        self.nodes[id as usize].parent
    }

    /// Ancestors, nearest first.
    pub fn ancestors(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(Some(self.parent(id)).filter(|&p| p != NONE), move |&n| {
            Some(self.parent(n)).filter(|&p| p != NONE)
        })
    }

    /// Children in order.
    pub fn children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        let first = self.nodes[id as usize].first;
        std::iter::successors(Some(first).filter(|&c| c != NONE), move |&n| {
            Some(self.nodes[n as usize].next).filter(|&c| c != NONE)
        })
    }

    /// Walks `root` and all below it; `enter` says whether to go into an element's children. No recursion.
    pub fn walk(&self, root: Id, mut visit: impl FnMut(Step) -> bool) {
        let mut at = root;
        loop {
            let inside = visit(Step::Enter(at));
            let node = &self.nodes[at as usize];
            if inside && node.first != NONE {
                at = node.first;
                continue;
            }
            loop {
                if matches!(self.nodes[at as usize].data, Data::Element(..)) {
                    visit(Step::Leave(at));
                }
                if at == root {
                    return;
                }
                let node = &self.nodes[at as usize];
                if node.next != NONE {
                    at = node.next;
                    break;
                }
                at = node.parent;
            }
        }
    }

    /// All text below a node that a reader sees, white space collapsed, no more than about `limit` bytes.
    pub fn words(&self, root: Id, limit: usize) -> String {
        let mut out = String::new();
        self.walk(root, |step| match step {
            Step::Enter(id) => match &self.nodes[id as usize].data {
                Data::Text(text) => {
                    if out.len() < limit {
                        push_collapsed(&mut out, text);
                    }
                    false
                }
                Data::Element(tag, _) => {
                    if !is_inline(tag) && !out.ends_with(' ') && !out.is_empty() {
                        out.push(' ');
                    }
                    out.len() < limit && !is_unseen(tag)
                }
            },
            Step::Leave(id) => {
                if !is_inline(self.tag(id)) && !out.ends_with(' ') && !out.is_empty() {
                    out.push(' ');
                }
                false
            }
        });
        out.truncate(out.trim_end().len());
        out
    }
}

/// Stretches of tags to leave out because they hold more attributes than any page needs: the tokenizer compares each
/// with all before it.
fn floods(html: &str) -> Vec<(usize, usize)> {
    let bytes = html.as_bytes();
    let mut floods = Vec::new();
    let mut at = 0;
    while let Some(open) = memchr::memchr(b'<', &bytes[at..]).map(|p| at + p) {
        at = open + 1;
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let stop = memchr::memchr(b'>', &bytes[at..]).map_or(bytes.len(), |p| at + p);
        if stop - at > 32 << 10 {
            let mut gaps =
                bytes[at..stop].iter().enumerate().filter(|(_, b)| matches!(b, b' ' | b'\n' | b'\t' | b'/' | b'='));
            if let Some((gap, _)) = gaps.nth(6000)
                && !bytes[at..].starts_with(b"script")
            {
                floods.push((at + gap, stop));
            }
        }
        at = stop;
    }
    floods
}

struct Builder {
    tree: Tree,
    open: Vec<Id>,
    /// Start tags dropped because of the depth, whose end tags are still to come.
    over: usize,
    paragraphs: usize,
    links: usize,
    foreign: usize,
    body: Id,
    raw: bool,
    /// The raw text element whose start tag was just read.
    raw_name: LocalName,
}

impl Builder {
    fn node(&mut self, data: Data, parent: Id) -> Id {
        let id = self.tree.nodes.len() as Id;
        self.tree.nodes.push(Node { parent, next: NONE, first: NONE, last: NONE, data });
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

    fn full(&mut self) -> bool {
        let full = self.tree.nodes.len() >= MAX_NODES;
        self.tree.cut |= full;
        full
    }

    fn current(&self) -> Id {
        // `html` is never popped.
        self.open.last().copied().unwrap_or(0)
    }

    fn characters(&mut self, text: StrTendril) {
        if *self.tree.tag(self.current()) == local_name!("head") && !text.chars().all(is_space) {
            self.pop();
        }
        let parent = self.current();
        let last = self.tree.nodes[parent as usize].last;
        if last != NONE
            && let Data::Text(before) = &mut self.tree.nodes[last as usize].data
        {
            before.push_tendril(&text);
        } else if !self.full() {
            self.node(Data::Text(text), parent);
        }
    }

    fn pop(&mut self) {
        if self.open.len() > 1
            && let Some(id) = self.open.pop()
        {
            let tag = self.tree.tag(id).clone();
            self.count(&tag, false);
        }
    }

    fn count(&mut self, tag: &LocalName, opened: bool) {
        let counter = match *tag {
            local_name!("p") => &mut self.paragraphs,
            local_name!("a") => &mut self.links,
            local_name!("svg") | local_name!("math") => &mut self.foreign,
            _ => return,
        };
        *counter = if opened { *counter + 1 } else { counter.saturating_sub(1) };
    }

    fn pop_to(&mut self, depth: usize) {
        while self.open.len() > depth.max(1) {
            self.pop();
        }
    }

    /// Depth of the nearest open element that `is` accepts, not looking past one that `stop` accepts.
    fn find(&self, is: impl Fn(&LocalName) -> bool, stop: impl Fn(&LocalName) -> bool) -> Option<usize> {
        for depth in (1..self.open.len()).rev() {
            let tag = self.tree.tag(self.open[depth]);
            if is(tag) {
                return Some(depth);
            }
            if stop(tag) {
                return None;
            }
        }
        None
    }

    fn close_implied(&mut self, tag: &LocalName) {
        if self.paragraphs > 0
            && ends_paragraph(tag)
            && let Some(depth) = self.find(|t| *t == local_name!("p"), is_scope)
        {
            self.pop_to(depth);
        }
        let closes = match *tag {
            local_name!("li") => self.find(
                |t| *t == local_name!("li"),
                |t| is_special(t) && !matches!(*t, local_name!("address") | local_name!("div") | local_name!("p")),
            ),
            local_name!("dd") | local_name!("dt") => self.find(
                |t| matches!(*t, local_name!("dd") | local_name!("dt")),
                |t| is_special(t) && !matches!(*t, local_name!("address") | local_name!("div") | local_name!("p")),
            ),
            local_name!("option") | local_name!("optgroup") => {
                self.find(|t| *t == local_name!("option"), |t| *t != local_name!("option"))
            }
            local_name!("td") | local_name!("th") => self.find(
                |t| matches!(*t, local_name!("td") | local_name!("th")),
                |t| matches!(*t, local_name!("table") | local_name!("template")),
            ),
            local_name!("tr") => {
                self.find(|t| *t == local_name!("tr"), |t| matches!(*t, local_name!("table") | local_name!("template")))
            }
            local_name!("tbody") | local_name!("thead") | local_name!("tfoot") => self.find(
                |t| matches!(*t, local_name!("tbody") | local_name!("thead") | local_name!("tfoot")),
                |t| matches!(*t, local_name!("table") | local_name!("template")),
            ),
            local_name!("a") if self.links > 0 => self.find(|t| *t == local_name!("a"), is_special),
            local_name!("button") => self.find(|t| *t == local_name!("button"), is_scope),
            _ if is_heading(tag) => self.find(is_heading, |t| !is_heading(t)),
            _ => None,
        };
        if let Some(depth) = closes {
            self.pop_to(depth);
        }
    }

    fn start(&mut self, tag: Tag) -> TokenSinkResult<()> {
        let name = tag.name;
        match name {
            local_name!("html") => {
                if let Data::Element(_, attrs) = &mut self.tree.nodes[0].data
                    && attrs.is_empty()
                {
                    *attrs = tag.attrs;
                }
                return TokenSinkResult::Continue;
            }
            local_name!("body") => {
                if self.body == NONE && !self.full() {
                    self.pop_to(1);
                    self.over = 0;
                    let id = self.node(Data::Element(name, tag.attrs), 0);
                    self.body = id;
                    self.open.push(id);
                }
                return TokenSinkResult::Continue;
            }
            local_name!("head") if self.body != NONE || self.open.len() > 1 => return TokenSinkResult::Continue,
            _ => {}
        }
        let in_head = *self.tree.tag(self.current()) == local_name!("head");
        if in_head
            && !matches!(
                name,
                local_name!("title")
                    | local_name!("meta")
                    | local_name!("link")
                    | local_name!("base")
                    | local_name!("script")
                    | local_name!("style")
                    | local_name!("noscript")
                    | local_name!("template")
            )
        {
            self.pop();
        }
        if self.foreign == 0 {
            self.close_implied(&name);
        }
        let raw = match name {
            _ if self.foreign > 0 => None,
            local_name!("script") => Some(RawKind::ScriptData),
            local_name!("style")
            | local_name!("noscript")
            | local_name!("iframe")
            | local_name!("noembed")
            | local_name!("noframes")
            | local_name!("xmp") => Some(RawKind::Rawtext),
            local_name!("title") | local_name!("textarea") => Some(RawKind::Rcdata),
            _ => None,
        };
        let leaf = is_void(&name) || (tag.self_closing && self.foreign > 0);
        if self.full() || (self.open.len() >= MAX_DEPTH && !leaf && raw.is_none()) {
            self.tree.cut = true;
            self.over += usize::from(!leaf);
            return self.reads_on(raw, name);
        }
        let parent = self.current();
        self.count(&name, !leaf);
        let id = self.node(Data::Element(name.clone(), tag.attrs), parent);
        if !leaf {
            self.open.push(id);
        }
        self.raw = raw.is_some();
        self.reads_on(raw, name)
    }

    /// What the tokenizer does behind a start tag.
    fn reads_on(&mut self, raw: Option<RawKind>, name: LocalName) -> TokenSinkResult<()> {
        match raw {
            None => TokenSinkResult::Continue,
            // References count in it.
            Some(RawKind::Rcdata) => TokenSinkResult::RawData(RawKind::Rcdata),
            Some(_) => {
                self.raw_name = name;
                TokenSinkResult::Script(())
            }
        }
    }

    /// Takes the text of a raw text element off the input, up to its end tag.
    fn raw_text(&mut self, input: &BufferQueue) {
        let name = std::mem::replace(&mut self.raw_name, local_name!(""));
        while let Some(piece) = input.pop_front() {
            let end = if name == local_name!("script") { raw::script(&piece) } else { raw::other(&piece, &name) };
            let length = piece.len() as u32;
            let end_at = end.map_or(length, |end| end as u32);
            let text = piece.subtendril(0, end_at);
            if memchr::memchr2(b'\r', b'\0', text.as_bytes()).is_some() {
                let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{FFFD}");
                self.characters(StrTendril::from_slice(&text));
            } else if end_at > 0 {
                self.characters(text);
            }
            if end.is_some() {
                input.push_front(piece.subtendril(end_at, length - end_at));
                return;
            }
        }
    }

    fn end(&mut self, name: &LocalName) {
        if self.raw {
            // The one end tag that a raw text element lets through is its own.
            self.raw = false;
            if self.tree.tag(self.current()) == name {
                self.pop();
                return;
            }
        }
        if self.over > 0 {
            self.over -= 1;
            return;
        }
        let depth = match *name {
            local_name!("html") | local_name!("body") => None,
            local_name!("head") => self.find(|t| *t == local_name!("head"), is_scope),
            local_name!("br") => {
                if !self.full() {
                    let parent = self.current();
                    self.node(Data::Element(local_name!("br"), Vec::new()), parent);
                }
                None
            }
            local_name!("a") => return self.end_link(),
            local_name!("table") => self.find(|t| t == name, |t| *t == local_name!("template")),
            local_name!("tr") | local_name!("tbody") | local_name!("thead") | local_name!("tfoot") => {
                self.find(|t| t == name, |t| matches!(*t, local_name!("table") | local_name!("template")))
            }
            local_name!("svg") | local_name!("math") => self.find(|t| t == name, |_| false),
            _ if is_heading(name) => self.find(is_heading, is_scope),
            _ if is_special(name) => self.find(|t| t == name, |t| is_scope(t) && *t != *name),
            _ => self.find(|t| t == name, is_special),
        };
        if let Some(depth) = depth {
            self.pop_to(depth);
        }
    }

    /// `</a>`: where blocks were begun inside the link and are still open, they go on outside it.
    fn end_link(&mut self) {
        if self.links == 0 {
            return;
        }
        let Some(depth) = self.find(|t| *t == local_name!("a"), is_scope) else { return };
        let inner: Vec<Id> = self.open[depth + 1..].iter().copied().filter(|&n| is_special(self.tree.tag(n))).collect();
        self.pop_to(depth);
        for id in inner.into_iter().take(8) {
            if self.full() || self.open.len() >= MAX_DEPTH {
                return;
            }
            let (name, attrs) = (self.tree.tag(id).clone(), self.tree.attrs(id).to_vec());
            let parent = self.current();
            self.count(&name, true);
            let copy = self.node(Data::Element(name, attrs), parent);
            self.open.push(copy);
        }
    }
}

struct Sink(RefCell<Builder>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut builder = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => builder.characters(text),
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return builder.start(tag),
            Token::TagToken(tag) => builder.end(&tag.name),
            _ => {}
        }
        TokenSinkResult::Continue
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.0.borrow().foreign > 0
    }
}

#[cfg(test)]
mod tests;
