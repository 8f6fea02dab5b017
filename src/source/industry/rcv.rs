//! Reuters Corpus Volume 1 and 2: a `newsitem` a file, with its headline and paragraphs, of no other dialect.

use super::Wire;
use crate::model::{Field, Payload, PayloadKind};
use crate::source::xml::{Id, Tree};

/// Whether a `newsitem` is of this kind.
pub fn is_item(tree: &Tree<'_>, id: Id) -> bool {
    tree.path(id, &["text"]).is_some()
        && (tree.attribute(id, "itemid").is_some() || tree.path(id, &["headline"]).is_some())
}

/// Reads an item.
pub fn read(tree: &Tree<'_>, id: Id, out: &mut Wire) {
    let line = |name: &str| tree.path(id, &[name]).map(|at| tree.line(at)).unwrap_or_default();
    let attribute = |name: &str| tree.attribute(id, name).unwrap_or("");
    for (field, name) in [
        (Field::Title, "headline"),
        (Field::Title, "title"),
        (Field::Author, "byline"),
        (Field::DatelinePlace, "dateline"),
        (Field::RightsNotice, "copyright"),
    ] {
        out.say(field, &line(name), &format!("rcv:{name}"));
    }
    out.say(Field::Guid, attribute("itemid"), "rcv:itemid");
    out.say(Field::AgencyItemId, attribute("itemid"), "rcv:itemid");
    out.say(Field::Published, attribute("date"), "rcv:date");
    out.say(Field::Language, attribute("xml:lang"), "rcv:xml:lang");
    for at in tree.descendants(id) {
        let of = |name: &str| tree.attribute(at, name).unwrap_or("");
        match (tree.local(at), of("element")) {
            ("dc", "dc.source") => out.say(Field::Agency, of("value"), "rcv:dc.source"),
            ("dc", "dc.date.published") => out.say(Field::Published, of("value"), "rcv:dc.date.published"),
            ("code", _) => out.say(Field::Tag, of("code"), "rcv:code"),
            _ => {}
        }
    }
    if let Some(text) = tree.path(id, &["text"]).filter(|text| !tree.line(*text).is_empty()) {
        out.body(Some(Payload { kind: PayloadKind::HtmlFragment, text: tree.markup(text) }));
    }
}
