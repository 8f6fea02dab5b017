//! NewsML 1.x (IPTC).

mod stories;

use super::{Wire, nitf};
use crate::model::{Field, Origin, Payload, PayloadKind};
use crate::source::json::content;
use crate::source::xml::{Id, Tree, markup};

/// Reads a `NewsItem`: one article for each text that its components hold.
pub fn read(tree: &Tree<'_>, id: Id, origin: &Origin, first: u64) -> Vec<Wire> {
    let stories = stories::of(tree, id);
    if stories.is_empty() {
        let mut out = Wire::new(tree, id, origin.at(first));
        one(tree, id, tree.descendants(id), true, &mut out);
        return vec![out];
    }
    let parts = stories.into_iter().zip(1..).map(|(story, number)| {
        let main = number == 1;
        let mut out = Wire::new(tree, if main { id } else { story.scope }, origin.at(first + number - 1));
        one(tree, id, story.own.into_iter().chain(story.shared), main, &mut out);
        if !main {
            // Each text of an item is named by the item and its number in it.
            for claim in out.claims.iter_mut().filter(|claim| claim.field == Field::Guid) {
                claim.value = format!("{}#{number}", claim.value);
            }
        }
        out
    });
    parts.collect()
}

/// Reads what `nodes` say of the item `id`.
fn one(tree: &Tree<'_>, id: Id, nodes: impl Iterator<Item = Id>, main: bool, out: &mut Wire) {
    let mut provider = String::new();
    let mut creator = String::new();
    let mut media = String::new();
    let mut identified = false;
    let mut within = None;
    for at in nodes {
        let line = || tree.line(at);
        let formal = || tree.attribute(at, "formalname").unwrap_or("");
        let parent = || tree.parent(at).map_or("", |p| tree.local(p));
        match tree.local(at) {
            "newsidentifier" if !identified => {
                identified = true;
                identity(tree, at, out);
            }
            "firstcreated" => out.say(Field::Published, &line(), "newsml:FirstCreated"),
            "thisrevisioncreated" => out.say(Field::Updated, &line(), "newsml:ThisRevisionCreated"),
            "status" if parent() == "newsmanagement" => {
                out.status(formal(), "newsml:Status");
                if formal().eq_ignore_ascii_case("embargoed") {
                    let until = tree.find_all(id, "statuswillchange").next();
                    let until = until.and_then(|s| tree.find_all(s, "dateandtime").next()).map(|d| tree.line(d));
                    out.embargo(&until.unwrap_or_default(), "newsml:StatusWillChange");
                }
            }
            "urgency" => out.say(Field::Urgency, formal(), "newsml:Urgency"),
            "headline" => out.say(Field::Title, &markup::plain(&tree.text(at)), "newsml:HeadLine"),
            "subheadline" => out.say(Field::Subtitle, &line(), "newsml:SubHeadLine"),
            "byline" if parent() == "newslines" => out.say(Field::Author, &line(), "newsml:ByLine"),
            "dateline" if parent() == "newslines" => out.say(Field::DatelinePlace, &line(), "newsml:DateLine"),
            "creditline" => out.say(Field::Agency, &line(), "newsml:CreditLine"),
            "copyrightline" | "rightsline" => {
                out.say(Field::RightsNotice, &line(), &format!("newsml:{}", tree.local(at)));
            }
            "copyright" if parent() == "rightsmetadata" => {
                let of = |name: &str| tree.path(at, &[name]).map(|found| tree.line(found)).unwrap_or_default();
                out.holder(&of("copyrightdate"), &of("copyrightholder"), "newsml:Copyright");
            }
            "usagerights" => {
                let terms: Vec<String> =
                    tree.children(at).map(|term| tree.line(term)).filter(|t| !t.is_empty()).collect();
                out.say(Field::RightsNotice, &terms.join("; "), "newsml:UsageRights");
            }
            "keywordline" => out.say(Field::Tag, &line(), "newsml:KeywordLine"),
            "party" if parent() == "provider" && provider.is_empty() => {
                provider = formal().to_owned();
                out.say(Field::Agency, formal(), "newsml:Provider");
            }
            "party" if parent() == "creator" && creator.is_empty() => creator = formal().to_owned(),
            "language" => out.say(Field::Language, formal(), "newsml:Language"),
            "property" if formal().eq_ignore_ascii_case("keyword") => {
                out.say(Field::Tag, tree.attribute(at, "value").unwrap_or(""), "newsml:Keyword");
            }
            "mediatype" if media.is_empty() => media = formal().to_lowercase(),
            "datacontent" => {
                let before = out.document.payload.take();
                body(tree, at, out);
                let component = stories::component_of(tree, at);
                let new = std::mem::replace(&mut out.document.payload, before);
                out.document.payload = stories::joined(
                    out.document.payload.take(),
                    new,
                    component.is_some() && component == within && stories::holds_several(tree, component, at),
                );
                within = component;
            }
            _ => {}
        }
    }
    out.say(Field::Language, tree.attribute(id, "xml:lang").unwrap_or(""), "newsml:xml:lang");
    // The creator is a person only where it reads like one, and the agency itself often enough.
    let person = creator.trim().contains(' ') && !creator.contains('/') && creator != provider;
    if main && person && !out.claims.iter().any(|c| c.field == Field::Author) {
        out.say(Field::Author, &creator, "newsml:Creator");
    }
    if out.document.payload.is_none() && !matches!(media.as_str(), "" | "text" | "complexdata") {
        out.refused = Some(format!("a NewsML item of media type `{media}`, no text"));
    }
}

/// What names the item through all its revisions: provider, day and number. The public identifier is these and the
/// revision (`urn:newsml:provider:day:number:2N`), so it names one revision only.
fn identity(tree: &Tree<'_>, id: Id, out: &mut Wire) {
    let of = |name: &str| tree.path(id, &[name]).map(|at| tree.line(at)).unwrap_or_default();
    let public = of("publicidentifier");
    out.say(Field::AgencyItemId, &public, "newsml:PublicIdentifier");
    let parts = [of("providerid"), of("dateid"), of("newsitemid")];
    if parts.iter().all(|part| !part.is_empty()) {
        let urn = format!("urn:newsml:{}", parts.join(":"));
        out.say(Field::Guid, &urn, "newsml:NewsIdentifier");
        out.say(Field::AgencyItemId, &urn, "newsml:NewsIdentifier");
        return;
    }
    out.say(Field::Guid, unrevised(&public), "newsml:PublicIdentifier");
}

/// A public identifier without its revision.
fn unrevised(public: &str) -> &str {
    match public.rsplit_once(':') {
        Some((item, revision))
            if item.to_ascii_lowercase().starts_with("urn:newsml:") && item.matches(':').count() >= 4 =>
        {
            let number = revision.trim_end_matches(['N', 'U', 'A']);
            let numbered = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) && number.len() <= 6;
            if numbered { item } else { public }
        }
        _ => public,
    }
}

fn body(tree: &Tree<'_>, id: Id, out: &mut Wire) {
    if let Some(nitf) =
        tree.find_all(id, "nitf").next().or_else(|| tree.find_all(id, "body.content").next().map(|_| id))
    {
        nitf::inside(tree, nitf, out);
    } else if let Some(body) = tree.find_all(id, "body").next() {
        if !tree.line(body).is_empty() {
            out.body(Some(Payload { kind: PayloadKind::HtmlFragment, text: tree.markup(body) }));
        }
    } else if tree.has_elements(id) {
        if !tree.line(id).is_empty() {
            out.body(Some(Payload { kind: PayloadKind::HtmlFragment, text: tree.markup(id) }));
        }
    } else {
        out.body(Some(content(tree.text(id), false)).filter(|p| !p.text.trim().is_empty()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_revision_is_no_part_of_what_names_an_item() {
        for (public, item) in [
            ("urn:newsml:tarn.example:20260601:ferry:2N", "urn:newsml:tarn.example:20260601:ferry"),
            ("urn:newsml:tarn.example:20260601T100000Z:TW-77:1", "urn:newsml:tarn.example:20260601T100000Z:TW-77"),
            ("urn:newsml:tarn.example:20260601:77", "urn:newsml:tarn.example:20260601:77"),
            ("urn:newsml:tarn:2", "urn:newsml:tarn:2"),
            ("tag:tarn.example,2026:77", "tag:tarn.example,2026:77"),
        ] {
            assert_eq!(unrevised(public), item);
        }
    }
}
