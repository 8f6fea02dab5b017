//! ninjs 1 to 3 (IPTC news in JSON).

use serde_json::{Map, Value};

use super::Wire;
use crate::model::{AddressKind, Field, Note, Origin, Payload, PayloadKind};
use crate::source::input::{Flow, Sink, payload};
use crate::source::json::{content, date_text};
use crate::source::xml::markup;
use crate::source::{Envelope, Item, Link, Links};

/// Whether an object is a ninjs item.
pub fn is_item(item: &Map<String, Value>) -> bool {
    let has = |key: &str| item.contains_key(key);
    has("versioncreated") && (has("uri") || has("guid") || has("pubstatus") || has("headline"))
        || has("uri") && ["bodies", "headlines", "body_xhtml", "pubstatus", "pubStatus"].into_iter().any(has)
        // Other services associate things too.
        || has("uri") && has("versionCreated") && has("associations")
}

/// Hands on an item and, each as a document of its own, the texts that stand whole in it.
pub(in crate::source) fn send(
    item: &Map<String, Value>,
    raw: Vec<u8>,
    origin: Origin,
    note: Option<Note>,
    envelope: &Envelope,
    sink: &mut Sink<'_>,
) -> Flow {
    let mut inside = Vec::new();
    texts_in(item, 0, &mut inside);
    let mut made = read(item, raw, origin.clone());
    made.document.notes.extend(note);
    let withdrawn = made.claims.iter().any(|claim| claim.field == Field::Withdrawn);
    // A package that says something itself is an article.
    let says = made.document.payload.is_some() || made.claims.iter().any(|claim| claim.field == Field::Summary);
    let packs = item.get("type").and_then(Value::as_str) == Some("composite") && !says;
    let links = if packs && !withdrawn { links_to(item) } else { Vec::new() };
    if links.is_empty() {
        made.send(envelope, sink)?;
    } else {
        sink.send(Item::Links(Links { origin: origin.clone(), kind: "package".to_owned(), links }))?;
    }
    for (text, number) in inside.into_iter().zip(1..) {
        let mut place = origin.clone();
        place.members.push(origin.number.to_string());
        place.number = number;
        let own = serde_json::to_vec(text).unwrap_or_default();
        // Each has a status of its own: who takes a package back does not take back what it leads to.
        read(text, own, place).send(envelope, sink)?;
    }
    Flow::Continue(())
}

/// Items may stand in items so deep.
const DEPTH: usize = 5;

/// What an item is associated with: an object by name (ninjs 1) or a list (from ninjs 2 on).
fn associated(item: &Map<String, Value>) -> impl Iterator<Item = &Map<String, Value>> {
    let values: Vec<&Value> = match item.get("associations") {
        Some(Value::Object(named)) => named.values().collect(),
        Some(Value::Array(list)) => list.iter().collect(),
        _ => Vec::new(),
    };
    let each = values.into_iter().flat_map(|value| match value {
        Value::Array(list) => list.iter().collect(),
        value => vec![value],
    });
    each.filter_map(Value::as_object)
}

/// The associated items that are texts and stand there whole.
fn texts_in<'v>(item: &'v Map<String, Value>, depth: usize, out: &mut Vec<&'v Map<String, Value>>) {
    if depth == DEPTH {
        return;
    }
    for inside in associated(item) {
        let kind = inside.get("type").and_then(Value::as_str).unwrap_or("");
        let list = |key: &str| inside.get(key).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        if is_text(kind) && body(inside, &list).is_some() {
            out.push(inside);
        }
        texts_in(inside, depth + 1, out);
    }
}

/// What a package leads to.
fn links_to(item: &Map<String, Value>) -> Vec<Link> {
    let of = |item: &Map<String, Value>, keys: &[&str]| {
        let found = keys.iter().filter_map(|key| item.get(*key)).find_map(Value::as_str);
        found.unwrap_or("").to_owned()
    };
    let link = |item| Link {
        kind: AddressKind::Page,
        url: of(item, &["uri", "guid"]),
        title: markup::plain(&of(item, &["headline", "title"])),
        date: of(item, &["versioncreated", "versionCreated"]),
        ..Link::default()
    };
    associated(item).map(link).filter(|link| !link.url.is_empty()).collect()
}

fn is_text(kind: &str) -> bool {
    matches!(kind, "" | "text" | "composite" | "article")
}

/// Reads an item.
fn read(item: &Map<String, Value>, raw: Vec<u8>, origin: Origin) -> Wire {
    let mut out = Wire::of(raw, origin);
    let text = |key: &str| item.get(key).and_then(Value::as_str).unwrap_or("").to_owned();
    let identifier = [text("uri"), text("guid")].into_iter().find(|v| !v.is_empty()).unwrap_or_default();
    out.say(Field::Guid, &identifier, "ninjs:uri");
    out.say(Field::AgencyItemId, &identifier, "ninjs:uri");
    for (key, field) in [
        ("contentcreated", Field::Published),
        ("contentCreated", Field::Published),
        ("firstPublished", Field::Published),
        ("firstpublished", Field::Published),
        ("firstcreated", Field::Published),
        ("firstCreated", Field::Published),
        ("versioncreated", Field::Updated),
        ("versionCreated", Field::Updated),
        ("byline", Field::Author),
        ("by", Field::Author),
        ("located", Field::DatelinePlace),
        ("language", Field::Language),
        ("copyrightnotice", Field::RightsNotice),
        ("copyrightNotice", Field::RightsNotice),
        ("usageterms", Field::RightsNotice),
        ("usageTerms", Field::RightsNotice),
        ("source", Field::Agency),
        ("creditline", Field::Agency),
        ("creditLine", Field::Agency),
        ("description_text", Field::Summary),
        ("description_summary", Field::Summary),
        ("provider", Field::Agency),
        ("ednote", Field::CorrectionNote),
    ] {
        if field != Field::CorrectionNote {
            out.say(field, &text(key), &format!("ninjs:{key}"));
        }
    }
    for key in ["copyrightholder", "copyrightHolder"] {
        out.holder("", &text(key), &format!("ninjs:{key}"));
    }
    match item.get("embargoed") {
        // Held back, and until when is not told: until somebody tells it.
        Some(Value::Bool(true)) => out.embargo(super::NO_END, "ninjs:embargoed"),
        Some(until) => out.embargo(&date_text(until), "ninjs:embargoed"),
        None => {}
    }
    for status in ["pubstatus", "pubStatus"] {
        out.status(&text(status), "ninjs:pubstatus");
    }
    if let Some(urgency) = item.get("urgency").filter(|u| u.is_number() || u.is_string()) {
        out.say(Field::Urgency, urgency.to_string().trim_matches('"'), "ninjs:urgency");
    }
    let list = |key: &str| item.get(key).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let of = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or("").to_owned();
    out.say(Field::Title, &markup::plain(&text("headline")), "ninjs:headline");
    for headline in list("headlines") {
        let field = if of(headline, "role").contains("sub") { Field::Subtitle } else { Field::Title };
        out.say(field, &markup::plain(&of(headline, "value")), "ninjs:headlines");
    }
    out.say(Field::Title, &markup::plain(&text("title")), "ninjs:title");
    for description in list("descriptions") {
        out.say(Field::Summary, &of(description, "value"), "ninjs:descriptions");
    }
    for subject in list("subject").iter().chain(list("subjects")) {
        out.say(Field::Tag, &of(subject, "name"), "ninjs:subject");
    }
    for word in list("keywords").iter().filter_map(Value::as_str) {
        out.say(Field::Tag, word, "ninjs:keywords");
    }
    for source in list("infosource").iter().chain(list("infosources")).chain(list("infoSources")) {
        out.say(Field::Agency, &of(source, "name"), "ninjs:infosource");
    }
    for person in list("authors").iter().chain(list("contributors")) {
        let role = of(person, "role").to_lowercase();
        let field = if role.is_empty() || role.contains("writer") || role.contains("author") {
            Field::Author
        } else {
            Field::Contributor
        };
        out.say(field, &of(person, "name"), "ninjs:authors");
    }
    // AP: `By ADA QUILL` over the office she writes for.
    for line in list("bylines") {
        out.say(Field::Author, &of(line, "by"), "ninjs:bylines");
    }
    out.document.payload = body(item, &list);
    let kind = text("type");
    if !is_text(&kind) {
        out.refused = Some(format!("a ninjs item of type `{kind}`, no text"));
        out.document.payload = None;
    }
    out
}

/// The body with markup if there is one, else the plain one.
fn body<'a>(item: &Map<String, Value>, list: &dyn Fn(&str) -> &'a [Value]) -> Option<Payload> {
    let text = |key: &str| item.get(key).and_then(Value::as_str).unwrap_or("").to_owned();
    for key in ["body_xhtml", "body_html", "bodyXhtml", "bodyHtml", "body_nitf"] {
        if let Some(found) = payload(PayloadKind::HtmlFragment, text(key)) {
            return Some(found);
        }
    }
    let of = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or("").to_owned();
    let kind = |body: &Value| of(body, "contenttype") + &of(body, "contentType");
    let rich = list("bodies").iter().find(|b| kind(b).contains("html"));
    if let Some(found) = rich.and_then(|b| payload(PayloadKind::HtmlFragment, of(b, "value"))) {
        return Some(found);
    }
    let plain = list("bodies").iter().map(|b| of(b, "value")).find(|t| !t.trim().is_empty());
    let plain = plain.unwrap_or_else(|| text("body_text"));
    (!plain.trim().is_empty()).then(|| content(plain, false))
}
