//! XML that is of no format we know and holds records all the same: elements with a headline and a text in them, as
//! content systems export them. The names of their parts are those of JSON records and tables.

use super::fields::Role;
use super::input::{Context, Flow, Input, Sink, claim};
use super::json::{Gathered, known_only};
use super::sniff::Head;
use super::xml::{Id, Rules, Tree, markup};
use super::{Options, Source, decode};
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
            // Documents of TREC have a number and need no headline.
            titled |= name == "docno" && tree.local(*id) == "doc";
        }
        // Those of Gigaword have it in their tag.
        titled |= tree.local(*id) == "doc" && tree.attribute(*id, "id").is_some_and(|number| day_of(number).is_some());
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

/// The day in the number of a document of TREC or Gigaword: `AFP_ENG_19940512.0004`, `AP880212-0001`.
fn day_of(number: &str) -> Option<String> {
    let digits =
        |text: &str, length| text.get(..length).filter(|d| d.bytes().all(|b| b.is_ascii_digit())).map(str::to_owned);
    if let Some((agency, rest)) = number.rsplit_once('_').filter(|(agency, _)| agency.len() >= 3)
        && agency.bytes().all(|b| b.is_ascii_uppercase() || b == b'_')
    {
        return digits(rest, 8).filter(|_| rest.as_bytes().get(8) == Some(&b'.'));
    }
    let rest = ["AP", "WSJ"].iter().find_map(|agency| number.strip_prefix(agency))?;
    let day = digits(rest, 6).filter(|_| rest.as_bytes().get(6) == Some(&b'-'))?;
    Some(format!("19{day}"))
}

/// The text of a document of TREC, which may begin in an element of its own (`LP`, `LEADPARA`).
fn trec_text(tree: &Tree<'_>, id: Id) -> String {
    let parts: Vec<Id> = tree
        .children(id)
        .filter(|at| matches!(tree.local(*at), "lp" | "leadpara" | "text") && !tree.line(*at).is_empty())
        .collect();
    let marked = parts.iter().any(|at| tree.has_elements(*at));
    let text = parts.iter().map(|at| match (marked, tree.has_elements(*at)) {
        (true, true) => tree.markup_with(*at, &[], RENAMED),
        (true, false) => format!("<p>{}</p>", tree.markup(*at)),
        (false, _) => tree.text(*at),
    });
    text.collect::<Vec<_>>().join("\n\n")
}

fn gather(tree: &Tree<'_>, id: Id, options: &Options, gathered: &mut Gathered) {
    if tree.local(id) == "doc" {
        let number =
            tree.attribute(id, "id").map(str::to_owned).or_else(|| tree.path(id, &["docno"]).map(|at| tree.line(at)));
        let day = number.and_then(|number| day_of(&number));
        gathered.take("year", &day.unwrap_or_default(), "xml:docno", options);
        gathered.take("text", &trec_text(tree, id), "xml:text", options);
    }
    for name in ATTRIBUTES {
        if let Some(value) = tree.attribute(id, name) {
            gathered.take(name, value, &format!("xml:@{name}"), options);
        }
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
        // TREC and the archives of agencies that are passed on in its form.
        let name = match name {
            _ if tree.local(id) != "doc" => name,
            "text" | "lp" | "leadpara" => continue,
            "head" | "hl" => "headline",
            "so" => "source",
            name => name,
        };
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
