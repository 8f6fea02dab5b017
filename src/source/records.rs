//! XML that is of no format we know and holds records all the same: elements with a headline and a text in them, as
//! content systems export them. The names of their parts are those of JSON records and tables.

use super::fields::Role;
use super::input::{Context, Flow, Input, Sink, claim};
use super::json::{Gathered, known_only};
use super::sniff::Head;
use super::xml::{Id, Rules, Tree, markup};
use super::{Options, Source, decode, trec};
use crate::model::{Field, Note, Reason};

/// XML of records.
pub struct Records;

impl Source for Records {
    fn name(&self) -> &'static str {
        "an XML file of records"
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        let markup = !head.root.is_empty() && head.doctype != "html" && head.local_root() != "html";
        markup && (head.text.starts_with("<?xml") || head.root == "doc") && {
            let tree = Tree::parse(&head.text, &Rules::NONE);
            kind(&tree, &Options::default()).is_some()
        }
    }

    fn read(&self, mut input: Input<'_>, context: Context<'_>, sink: &mut Sink<'_>) -> Flow {
        let (raw, cut) = match input.all("an XML file", context, sink) {
            Ok(read) => read,
            Err(flow) => return flow,
        };
        let decoded = decode::xml(&raw, input.envelope.charset.as_deref());
        drop(raw);
        let tree = Tree::parse(&decoded.text, &Rules::NONE);
        let Some(kind) = kind(&tree, context.options) else {
            return sink.reject(input.origin, Reason::UnknownFormat, "XML in which no record was found");
        };
        let (mut number, mut until) = (0, 0);
        for id in tree.find_all(0, &kind) {
            let range = tree.range(id);
            if range.start < until {
                continue;
            }
            until = range.end;
            number += 1;
            let mut gathered = Gathered::default();
            gather(&tree, id, context.options, &mut gathered);
            let mut made = gathered.finish(input.origin.at(number), tree.source().as_bytes()[range].to_vec());
            made.notes.extend(decoded.note.clone().map(Note));
            if tree.cut && !tree.closed(id) {
                made.notes.push(Note("the file breaks off within this record".to_owned()));
                claim(&mut made.claims, Field::Truncated, "true", "source:cut");
            }
            if let Some((url, found)) = &input.envelope.url {
                claim(&mut made.claims, Field::Url, url, found);
            }
            known_only(made, &input.envelope, sink)?;
        }
        let end =
            |detail: String, reason, sink: &mut Sink<'_>| sink.reject(input.origin.at(number + 1), reason, detail);
        if tree.exhausted() || tree.too_large {
            return end(format!("too many elements; {number} records before that were kept"), Reason::TooLarge, sink);
        }
        match cut.or_else(|| tree.cut.then(|| "it has no end".to_owned())) {
            Some(why) => end(format!("the file breaks off after {number} records: {why}"), Reason::Truncated, sink),
            None => Flow::Continue(()),
        }
    }
}

/// What the elements are called that have a headline and a text as children.
fn kind(tree: &Tree<'_>, options: &Options) -> Option<String> {
    let is_record = |id: &Id| {
        let role = |id: Id| options.map.role(tree.local(id));
        let inner = |id: Id| tree.children(id).filter(move |_| role(id) == Some(Role::Nested));
        let children = tree.children(*id).flat_map(|child| std::iter::once(child).chain(inner(child)));
        let roles = children.take(100).map(|child| (tree.local(child), role(child)));
        let (mut titled, mut told) = (tree.attribute(*id, "title").is_some(), false);
        for (name, role) in roles {
            // `name` and `subject` are other things as well.
            titled |= role == Some(Role::Claim(Field::Title)) && !matches!(name, "name" | "subject" | "heading");
            told |= matches!(role, Some(Role::Body | Role::Html | Role::Summary)) || name == "main";
        }
        titled |= trec::is_numbered(tree, *id) || trec::is_tagged(tree, *id);
        told |= tree.local(*id) == "doc" && trec::has_text(tree, *id);
        titled && told
    };
    tree.descendants(0).take(20_000).find(is_record).map(|id| tree.local(id).to_owned())
}

/// Attributes of a record that are fields of it.
const ATTRIBUTES: &[&str] = &[
    "id",
    "url",
    "href",
    "date",
    "lang",
    "language",
    "author",
    "title",
    "sitename",
    "hostname",
    "source",
    "section",
    "categories",
    "tags",
    "license",
    "description",
    "excerpt",
];

/// Elements of text that are called otherwise in HTML: those of TEI as trafilatura writes it, and of content systems.
const RENAMED: &[(&str, &str)] = &[
    ("para", "p"),
    ("paragraph", "p"),
    ("par", "p"),
    ("absatz", "p"),
    ("head", "h2"),
    ("hi", "em"),
    ("list", "ul"),
    ("item", "li"),
    ("quote", "blockquote"),
    ("lb", "br"),
    ("row", "tr"),
    ("cell", "td"),
    ("ref", "span"),
];

fn gather(tree: &Tree<'_>, id: Id, options: &Options, gathered: &mut Gathered) {
    for name in ATTRIBUTES {
        if let Some(value) = tree.attribute(id, name) {
            gathered.take(name, value, &format!("xml:@{name}"), options);
        }
    }
    if tree.local(id) == "doc" && trec::has_text(tree, id) {
        trec::gather(tree, id, options, gathered);
        return;
    }
    for child in tree.children(id) {
        let name = tree.local(child);
        let found = format!("xml:{name}");
        // A note of Evernote: when it was made is when its page was clipped.
        match name {
            "created" if tree.local(id) == "note" => {
                gathered.take("fetched", &tree.line(child), &found, options);
                continue;
            }
            "updated" if tree.local(id) == "note" => continue,
            "note-attributes" => {
                let url = tree.path(child, &["source-url"]).map(|at| tree.line(at)).unwrap_or_default();
                gathered.take("url", &url, &found, options);
                continue;
            }
            _ => {}
        }
        let (name, role) = if name == "main" { ("text", Some(Role::Body)) } else { (name, options.map.role(name)) };
        match role {
            Some(Role::Nested) => {
                for inner in tree.children(child) {
                    let name = tree.local(inner);
                    gathered.take(name, &markup::plain(&tree.text(inner)), &format!("{found}:{name}"), options);
                }
            }
            Some(Role::Body | Role::Html | Role::Summary) => {
                let marked = tree.has_elements(child);
                let text = if marked { tree.markup_with(child, &[], RENAMED) } else { tree.text(child) };
                gathered.take(name, &text, &found, options);
            }
            Some(_) if tree.has_elements(child) => {
                for inner in tree.children(child) {
                    gathered.take(name, &markup::plain(&tree.text(inner)), &found, options);
                }
            }
            _ => gathered.take(name, &markup::plain(&tree.text(child)), &found, options),
        }
    }
}
