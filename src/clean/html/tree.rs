//! A page as a tree of plain nodes, in bounded memory and linear time.
//!
//! The words of HTML (tags, attributes, references, raw text) are read as the specification says (`tokens.rs`). The tree
//! is built by rules of our own, because the builder of the specification can be made to work in quadratic time and to
//! multiply nodes (unclosed formatting is opened again in every paragraph), and a page from the wild must cost no more
//! than its size. What is kept of the specification is what matters to text: void elements, implied
//! end tags, scopes, and the splitting of links that end inside a block begun within them. Text is always in the
//! order of the source.

use std::borrow::Cow;
use std::ops::Range;

use html5ever::{LocalName, local_name};

use super::space::{is_space, push_collapsed};
use super::tags::{ends_paragraph, is_heading, is_inline, is_scope, is_special, is_unseen, is_void};
use super::tokens::{Attribute, Token, Tokens};

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
pub(super) enum Data<'a> {
    /// An element and which of the tree's attributes are its own.
    Element(LocalName, Range<u32>),
    /// Text, references resolved.
    Text(Cow<'a, str>),
}

/// One node and its neighbours.
pub(super) struct Node<'a> {
    pub parent: Id,
    pub next: Id,
    pub first: Id,
    last: Id,
    pub data: Data<'a>,
}

/// A page. Node 0 is the `html` element.
pub(super) struct Tree<'a> {
    pub nodes: Vec<Node<'a>>,
    attributes: Vec<Attribute<'a>>,
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

impl<'a> Tree<'a> {
    /// Reads a page. Any text gives a tree.
    pub fn parse(html: &'a str) -> Self {
        let mut end = html.len().min(MAX_BYTES);
        while !html.is_char_boundary(end) {
            end -= 1;
        }
        let mut builder = Builder {
            tree: Tree {
                nodes: Vec::with_capacity(end / 40 + 16),
                attributes: Vec::with_capacity(end / 80 + 16),
                cut: end < html.len(),
            },
            open: vec![0],
            over: 0,
            paragraphs: 0,
            links: 0,
            foreign: 0,
            body: NONE,
            raw: false,
        };
        builder.node(Data::Element(local_name!("html"), 0..0), NONE);
        let mut tokens = Tokens::new(&html[..end]);
        while let Some(token) = tokens.next(builder.foreign > 0, &mut builder.tree.attributes) {
            match token {
                Token::Text(text) => builder.characters(text),
                Token::End(name) => builder.end(&name),
                Token::Start { name, attributes, self_closing } => {
                    // Half of a page is scripts, which no tag is looked for in.
                    if let Some(name) = builder.start(name, attributes, self_closing) {
                        let text = tokens.raw(&name);
                        if !text.is_empty() {
                            builder.characters(text);
                        }
                    }
                }
            }
        }
        builder.tree.cut |= tokens.cut;
        builder.tree
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
    pub fn attrs(&self, id: Id) -> &[Attribute<'a>] {
        match &self.nodes[id as usize].data {
            Data::Element(_, attrs) => &self.attributes[attrs.start as usize..attrs.end as usize],
            Data::Text(_) => &[],
        }
    }

    /// One attribute, trimmed.
    pub fn attr(&self, id: Id, name: &str) -> Option<&str> {
        self.attrs(id).iter().find(|a| a.name == name).map(|a| a.value.trim())
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

struct Builder<'a> {
    tree: Tree<'a>,
    open: Vec<Id>,
    /// Start tags dropped because of the depth, whose end tags are still to come.
    over: usize,
    paragraphs: usize,
    links: usize,
    foreign: usize,
    body: Id,
    raw: bool,
}

impl<'a> Builder<'a> {
    fn node(&mut self, data: Data<'a>, parent: Id) -> Id {
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

    fn characters(&mut self, text: Cow<'a, str>) {
        if *self.tree.tag(self.current()) == local_name!("head") && !text.chars().all(is_space) {
            self.pop();
        }
        let parent = self.current();
        let last = self.tree.nodes[parent as usize].last;
        if last != NONE
            && let Data::Text(before) = &mut self.tree.nodes[last as usize].data
        {
            before.to_mut().push_str(&text);
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

    /// Gives the name back if what follows up to its end tag is raw text.
    fn start(&mut self, name: LocalName, attributes: Range<u32>, self_closing: bool) -> Option<LocalName> {
        match name {
            local_name!("html") => {
                if let Data::Element(_, attrs) = &mut self.tree.nodes[0].data
                    && attrs.start == attrs.end
                {
                    *attrs = attributes;
                }
                return None;
            }
            local_name!("body") => {
                if self.body == NONE && !self.full() {
                    self.pop_to(1);
                    self.over = 0;
                    let id = self.node(Data::Element(name, attributes), 0);
                    self.body = id;
                    self.open.push(id);
                }
                return None;
            }
            local_name!("head") if self.body != NONE || self.open.len() > 1 => return None,
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
        let raw = self.foreign == 0
            && matches!(
                name,
                local_name!("script")
                    | local_name!("style")
                    | local_name!("noscript")
                    | local_name!("iframe")
                    | local_name!("noembed")
                    | local_name!("noframes")
                    | local_name!("xmp")
                    | local_name!("title")
                    | local_name!("textarea")
            );
        let leaf = is_void(&name) || (self_closing && self.foreign > 0);
        if self.full() || (self.open.len() >= MAX_DEPTH && !leaf && !raw) {
            self.tree.cut = true;
            self.over += usize::from(!leaf);
            return raw.then_some(name);
        }
        let parent = self.current();
        self.count(&name, !leaf);
        let id = self.node(Data::Element(name.clone(), attributes), parent);
        if !leaf {
            self.open.push(id);
        }
        self.raw = raw;
        raw.then_some(name)
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
                    self.node(Data::Element(local_name!("br"), 0..0), parent);
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
            let Data::Element(name, attrs) = &self.tree.nodes[id as usize].data else { continue };
            let (name, attrs) = (name.clone(), attrs.clone());
            let parent = self.current();
            self.count(&name, true);
            let copy = self.node(Data::Element(name, attrs), parent);
            self.open.push(copy);
        }
    }
}

#[cfg(test)]
mod tests;
