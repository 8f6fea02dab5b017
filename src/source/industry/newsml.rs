//! NewsML 1.x (IPTC).

use super::{Wire, nitf};
use crate::model::{Field, Payload, PayloadKind};
use crate::source::json::content;
use crate::source::xml::{Id, Tree, markup};

/// Reads a `NewsItem`.
pub fn read(tree: &Tree<'_>, id: Id, out: &mut Wire) {
    let mut provider = String::new();
    let mut creator = String::new();
    let mut media = String::new();
    for at in tree.descendants(id) {
        let line = || tree.line(at);
        let formal = || tree.attribute(at, "formalname").unwrap_or("");
        let parent = || tree.parent(at).map_or("", |p| tree.local(p));
        match tree.local(at) {
            "publicidentifier" => {
                out.say(Field::Guid, &line(), "newsml:PublicIdentifier");
                out.say(Field::AgencyItemId, &line(), "newsml:PublicIdentifier");
            }
            "firstcreated" => out.say(Field::Published, &line(), "newsml:FirstCreated"),
            "thisrevisioncreated" => out.say(Field::Updated, &line(), "newsml:ThisRevisionCreated"),
            "status" if parent() == "newsmanagement" => {
                out.status(formal(), "newsml:Status");
                if formal().eq_ignore_ascii_case("embargoed") {
                    let until = tree.find_all(id, "statuswillchange").next();
                    let until = until.and_then(|s| tree.find_all(s, "dateandtime").next()).map(|d| tree.line(d));
                    out.say(Field::Embargo, &until.unwrap_or_else(|| "unknown".to_owned()), "newsml:Status");
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
            "datacontent" => body(tree, at, out),
            _ => {}
        }
    }
    out.say(Field::Language, tree.attribute(id, "xml:lang").unwrap_or(""), "newsml:xml:lang");
    // The creator is a person only where it reads like one, and the agency itself often enough.
    let person = creator.trim().contains(' ') && !creator.contains('/') && creator != provider;
    if person && !out.claims.iter().any(|c| c.field == Field::Author) {
        out.say(Field::Author, &creator, "newsml:Creator");
    }
    if out.document.payload.is_none() && !matches!(media.as_str(), "" | "text" | "complexdata") {
        out.refused = Some(format!("a NewsML item of media type `{media}`, no text"));
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
