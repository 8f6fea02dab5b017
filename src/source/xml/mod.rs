//! A forgiving XML reader of our own: on well-formed documents it gives what a strict one gives, on the others as
//! much as can be had.
//!
//! Why not quick-xml: feeds break in ways after which a strict reader has nothing more to say (undeclared entities,
//! bare ampersands, mismatched or missing end tags, unclosed CDATA, a cut end), and the bytes of an entry must be found
//! again unchanged. Linear in the input, without recursion, opening nothing.

pub mod entity;
pub mod markup;
mod names;
mod parse;

use std::cell::Cell;
use std::ops::Range;

pub use entity::Entities;

/// Number of a node in its tree.
pub type Id = u32;

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An element; its name's number.
    Element(u32),
    /// Text with references.
    Text,
    /// Text without references.
    Cdata,
}

/// One node. Ranges are bytes of the text the tree was made from.
#[derive(Debug)]
struct Node {
    kind: Kind,
    /// With its tags.
    start: usize,
    end: usize,
    /// Between its tags; for text the text itself.
    inner: Range<usize>,
    parent: Id,
    next: Id,
    first: Id,
    last: Id,
    closed: bool,
}

/// No node.
const NONE: Id = Id::MAX;

/// A document as a tree of nodes over its text. Node 0 is the document.
#[derive(Debug)]
pub struct Tree<'t> {
    text: &'t str,
    nodes: Vec<Node>,
    names: Vec<String>,
    attributes: Vec<(Id, String, String)>,
    /// Declared entities and the bound on expanding them.
    pub entities: Entities,
    /// What was mended, each kind once.
    pub mended: Vec<&'static str>,
    /// Whether the document ends inside an element.
    pub cut: bool,
    /// Whether there were more nodes than the bound; the rest was not read.
    pub too_large: bool,
    /// Bytes that may still be read out of it. A document is read a few times over; elements nested in one another
    /// would have it read once for each of them.
    left: Cell<usize>,
}

/// Elements that end where another of the same name begins; for feeds.
pub struct Rules {
    /// These cannot lie in one another: one that begins ends the open one.
    pub siblings: &'static [&'static str],
    /// These hold text only: one that begins directly in another ends it.
    pub leaves: &'static [&'static str],
    /// Whether these, in any case, are left open on purpose and have no content (SGML).
    pub empty: &'static [&'static str],
}

impl Rules {
    /// No such elements.
    pub const NONE: Rules = Rules { siblings: &[], leaves: &[], empty: &[] };
}

impl<'t> Tree<'t> {
    /// Reads `text`.
    pub fn parse(text: &'t str, rules: &Rules) -> Self {
        parse::parse(text, rules)
    }

    /// The text the tree was made from.
    pub fn source(&self) -> &'t str {
        self.text
    }

    /// The name of an element, lowercase, with the prefix by which we know its namespace (`dc:creator`, `title`);
    /// empty for text.
    pub fn name(&self, id: Id) -> &str {
        match self.node(id).kind {
            Kind::Element(name) => &self.names[name as usize],
            _ => "",
        }
    }

    /// The name without prefix.
    pub fn local(&self, id: Id) -> &str {
        let name = self.name(id);
        name.rsplit(':').next().unwrap_or(name)
    }

    /// The first element of the document.
    pub fn root(&self) -> Option<Id> {
        self.children(0).next()
    }

    /// The element around this one.
    pub fn parent(&self, id: Id) -> Option<Id> {
        Some(self.node(id).parent).filter(|p| *p != NONE)
    }

    /// Elements directly inside, in order.
    pub fn children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        self.all_children(id).filter(|c| matches!(self.node(*c).kind, Kind::Element(_)))
    }

    fn all_children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        let mut next = self.node(id).first;
        std::iter::from_fn(move || {
            let this = Some(next).filter(|n| *n != NONE)?;
            next = self.node(this).next;
            Some(this)
        })
    }

    /// The element reached by going down through first children of these local names.
    pub fn path(&self, id: Id, locals: &[&str]) -> Option<Id> {
        locals.iter().try_fold(id, |at, local| self.children(at).find(|c| self.local(*c) == *local))
    }

    /// All elements below, in document order.
    pub fn descendants(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        let end = self.after(id);
        (id + 1..end).filter(|n| matches!(self.node(*n).kind, Kind::Element(_)))
    }

    /// All elements below with this local name.
    pub fn find_all<'a>(&'a self, id: Id, local: &'a str) -> impl Iterator<Item = Id> + 'a {
        self.descendants(id).filter(move |n| self.local(*n) == local)
    }

    /// The first node after everything inside `id`: nodes stand in document order.
    fn after(&self, id: Id) -> Id {
        let mut at = id;
        loop {
            let node = self.node(at);
            if node.next != NONE {
                return node.next;
            }
            if node.parent == NONE {
                return self.nodes.len() as Id;
            }
            at = node.parent;
        }
    }

    /// An attribute by its local name, decoded and trimmed; `None` if absent or blank.
    pub fn attribute(&self, id: Id, name: &str) -> Option<&str> {
        let from = self.attributes.partition_point(|(owner, ..)| *owner < id);
        let own = self.attributes[from..].iter().take_while(|(owner, ..)| *owner == id);
        let found = |wanted: &str| own.clone().find(|(_, n, _)| n == wanted);
        let hit = found(name).or_else(|| own.clone().find(|(_, n, _)| n.rsplit(':').next() == Some(name)));
        hit.map(|(.., value)| value.trim()).filter(|v| !v.is_empty())
    }

    /// Whether more was asked of it than a document that nests sensibly has to give; what is asked after that is
    /// empty.
    pub fn exhausted(&self) -> bool {
        self.left.get() == 0
    }

    /// Takes an element's bytes off the budget; `false` when it is used up.
    fn afford(&self, id: Id) -> bool {
        let node = self.node(id);
        self.left.set(self.left.get().saturating_sub(node.end.saturating_sub(node.start)));
        !self.exhausted()
    }

    /// Everything inside as text, references decoded, elements passed through, as written.
    pub fn text(&self, id: Id) -> String {
        let mut out = String::new();
        if !self.afford(id) {
            return out;
        }
        for at in id..self.after(id) {
            self.push_text(at, &mut out);
        }
        out
    }

    fn push_text(&self, at: Id, out: &mut String) {
        let node = self.node(at);
        match node.kind {
            Kind::Text => self.entities.decode_into(&self.text[node.inner.clone()], out),
            Kind::Cdata => out.push_str(&self.text[node.inner.clone()]),
            Kind::Element(_) => {}
        }
    }

    /// The same with white space collapsed and trimmed.
    pub fn line(&self, id: Id) -> String {
        markup::collapse(&self.text(id))
    }

    /// Whether elements lie inside.
    pub fn has_elements(&self, id: Id) -> bool {
        self.children(id).next().is_some()
    }

    /// Everything inside as markup: tags as written but for their prefixes, CDATA unwrapped, text with its references.
    pub fn markup(&self, id: Id) -> String {
        self.markup_with(id, &[], &[])
    }

    /// The same without the elements of some local names, and with others renamed.
    pub fn markup_with(&self, id: Id, without: &[&str], renamed: &[(&str, &str)]) -> String {
        let mut out = String::new();
        if !self.afford(id) {
            return out;
        }
        let mut open: Vec<(Id, String)> = Vec::new();
        let (mut at, end) = (id + 1, self.after(id));
        while at < end {
            let node = self.node(at);
            while let Some((last, name)) = open.last() {
                if self.node(*last).end > node.start {
                    break;
                }
                out.push_str(&format!("</{name}>"));
                open.pop();
            }
            match node.kind {
                Kind::Text | Kind::Cdata => out.push_str(&self.text[node.inner.clone()]),
                Kind::Element(_) if without.contains(&self.local(at)) => {
                    at = self.after(at);
                    continue;
                }
                Kind::Element(_) => {
                    let tag = &self.text[node.start..node.inner.start];
                    let ends = |c: char| c.is_whitespace() || matches!(c, '>' | '/');
                    let name_end = tag[1..].find(ends).map_or(tag.len(), |e| e + 1);
                    let name = tag[1..name_end].rsplit(':').next().unwrap_or("");
                    let name = renamed.iter().find(|(from, _)| *from == self.local(at)).map_or(name, |(_, to)| *to);
                    out.push('<');
                    out.push_str(name);
                    out.push_str(&tag[name_end..]);
                    if !tag.ends_with("/>") {
                        open.push((at, name.to_owned()));
                    }
                }
            }
            at += 1;
        }
        while let Some((_, name)) = open.pop() {
            out.push_str(&format!("</{name}>"));
        }
        out
    }

    /// The bytes of an element, tags included.
    pub fn range(&self, id: Id) -> Range<usize> {
        self.node(id).start..self.node(id).end
    }

    /// Whether its own end tag was there, not only that of an element around it.
    pub fn closed(&self, id: Id) -> bool {
        self.node(id).closed
    }

    fn node(&self, id: Id) -> &Node {
        &self.nodes[id as usize]
    }
}
