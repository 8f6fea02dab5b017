//! NITF 3.x (IPTC News Industry Text Format).

use super::Wire;
use crate::model::{Field, Payload, PayloadKind};
use crate::source::xml::{Id, Tree};

/// Reads a whole NITF document.
pub fn read(tree: &Tree<'_>, id: Id, out: &mut Wire) {
    let (mut issued, mut release) = ("", "");
    for at in tree.descendants(id) {
        let attribute = |name: &str| tree.attribute(at, name).unwrap_or("");
        match tree.local(at) {
            "doc-id" => {
                out.say(Field::Guid, attribute("id-string"), "nitf:doc-id");
                // Its registry says whose number it is.
                let (registry, number) = (attribute("regsrc").trim(), attribute("id-string").trim());
                let colon = if registry.is_empty() || number.is_empty() { "" } else { ":" };
                let item = if number.is_empty() { String::new() } else { format!("{registry}{colon}{number}") };
                out.say(Field::AgencyItemId, &item, "nitf:doc-id");
            }
            "urgency" => out.say(Field::Urgency, attribute("ed-urg"), "nitf:urgency"),
            "date.issue" => {
                issued = attribute("norm");
                out.say(Field::Published, issued, "nitf:date.issue");
            }
            "date.release" => release = attribute("norm"),
            "docdata" => out.status(attribute("management-status"), "nitf:docdata"),
            "doc.copyright" => out.holder(attribute("year"), attribute("holder"), "nitf:doc.copyright"),
            "doc.rights" => {
                let terms: Vec<&str> = ["owner", "agent", "type", "geography", "limitations"]
                    .into_iter()
                    .map(attribute)
                    .filter(|term| !term.is_empty())
                    .collect();
                out.say(Field::RightsNotice, &terms.join("; "), "nitf:doc.rights");
            }
            "pubdata" => {
                out.say(Field::Published, attribute("date.publication"), "nitf:pubdata");
                out.say(Field::Source, attribute("name"), "nitf:pubdata");
                out.say(Field::Section, attribute("position.section"), "nitf:pubdata");
            }
            "revision-history" => out.say(Field::Updated, attribute("norm"), "nitf:revision-history"),
            "keyword" => out.say(Field::Tag, attribute("key"), "nitf:keyword"),
            "tobject.subject" => {
                let name = [
                    attribute("tobject.subject.detail"),
                    attribute("tobject.subject.matter"),
                    attribute("tobject.subject.type"),
                ];
                out.say(Field::Tag, name.iter().find(|n| !n.is_empty()).unwrap_or(&""), "nitf:tobject.subject");
            }
            "correction" => out.say(Field::CorrectionNote, attribute("info"), "nitf:correction"),
            _ => {}
        }
    }
    // What is released later than it is issued is held back until then, whether a status says so or not. Both are written
    // alike, year first, so they can be compared as they stand.
    let held = out.claims.iter().any(|c| c.field == Field::Embargo);
    if held || issued.len() == release.len() && release > issued {
        out.claims.retain(|c| !(c.field == Field::Embargo && c.value == super::NO_END && !release.is_empty()));
        out.embargo(release, "nitf:date.release");
    }
    if !held {
        out.say(Field::Published, release, "nitf:date.release");
    }
    let language = tree.attribute(id, "baselang").or_else(|| tree.attribute(id, "xml:lang"));
    out.say(Field::Language, language.unwrap_or(""), "nitf:baselang");
    if let Some(title) = tree.path(id, &["head", "title"]) {
        // A headline, if there is one, is better and comes first.
        let headline = tree.find_all(id, "hl1").next().map(|h| tree.line(h)).unwrap_or_default();
        out.say(Field::Title, &headline, "nitf:hl1");
        out.say(Field::Title, &tree.line(title), "nitf:title");
    }
    inside(tree, id, out);
}

/// Reads headline, byline and body of NITF wherever it stands, also inside NewsML.
pub fn inside(tree: &Tree<'_>, id: Id, out: &mut Wire) {
    let body_at = tree.find_all(id, "body.content").next();
    let before = body_at.map_or(usize::MAX, |b| tree.range(b).start);
    for at in tree.descendants(id).filter(|at| tree.range(*at).start < before) {
        match tree.local(at) {
            "hl1" => out.say(Field::Title, &tree.line(at), "nitf:hl1"),
            "hl2" => out.say(Field::Subtitle, &tree.line(at), "nitf:hl2"),
            "byline" => {
                let persons: Vec<Id> = tree.find_all(at, "person").collect();
                for person in &persons {
                    out.say(Field::Author, &tree.line(*person), "nitf:byline");
                }
                if persons.is_empty() {
                    // Whose writer it is stands in the same line.
                    let whole = tree.line(at);
                    let whose = tree.find_all(at, "byttl").next().map(|id| tree.line(id)).unwrap_or_default();
                    let names = whole.strip_suffix(&whose).unwrap_or(&whole).trim_end();
                    // A second element goes on with the names of the first: `and Anne Lee`.
                    let further = ["and ", "und ", "et ", "y ", "e "].iter().find_map(|and| names.strip_prefix(and));
                    out.say(Field::Author, further.unwrap_or(names), "nitf:byline");
                }
            }
            "distributor" => out.say(Field::Agency, &tree.line(at), "nitf:distributor"),
            "dateline" => {
                let place = tree.find_all(at, "location").next();
                out.say(Field::DatelinePlace, &place.map(|p| tree.line(p)).unwrap_or_default(), "nitf:dateline");
            }
            "abstract" => out.say(Field::Summary, &tree.line(at), "nitf:abstract"),
            "rights" => out.say(Field::RightsNotice, &tree.line(at), "nitf:rights"),
            _ => {}
        }
    }
    let Some(body) = body_at.or_else(|| tree.find_all(id, "body").next()) else { return };
    let body = whole_block(tree, body).unwrap_or(body);
    let mut text = tree.markup_with(body, &["media", "body.head"], &[("hl2", "h2"), ("hl1", "h1"), ("block", "div")]);
    if !tree.has_elements(body) {
        let plain = Payload { kind: PayloadKind::PlainText, text: tree.text(body) };
        out.body(Some(plain).filter(|p| !p.text.trim().is_empty()));
        return;
    }
    if let Some(tagline) = tree.find_all(id, "tagline").next() {
        text.push_str(&format!("<p>{}</p>", tree.markup(tagline)));
    }
    out.body(Some(Payload { kind: PayloadKind::HtmlFragment, text }).filter(|_| !tree.line(body).is_empty()));
}

/// The block that holds the whole text, where a body has its lead a second time before it (The New York Times Annotated
/// Corpus: `lead_paragraph`, `full_text`).
fn whole_block(tree: &Tree<'_>, body: Id) -> Option<Id> {
    let blocks: Vec<Id> = tree.children(body).filter(|at| tree.local(*at) == "block").collect();
    let whole = blocks.iter().find(|at| tree.attribute(**at, "class") == Some("full_text"))?;
    let text = tree.line(*whole);
    let others = tree.children(body).filter(|at| at != whole);
    others.map(|at| tree.line(at)).all(|other| text.contains(&other)).then_some(*whole)
}
