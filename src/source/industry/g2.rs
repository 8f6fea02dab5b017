//! NewsML-G2 (IPTC): news items and packages.

use super::{Wire, nitf};
use crate::model::{AddressKind, Field, Payload, PayloadKind};
use crate::source::Link;
use crate::source::json::content;
use crate::source::xml::{Id, Tree, markup};

/// Reads a `newsItem`.
pub fn read(tree: &Tree<'_>, id: Id, out: &mut Wire) {
    out.say(Field::Guid, tree.attribute(id, "guid").unwrap_or(""), "newsml-g2:guid");
    out.say(Field::AgencyItemId, tree.attribute(id, "guid").unwrap_or(""), "newsml-g2:guid");
    let mut holder = String::new();
    let named = |at: Id| {
        let name = tree.path(at, &["name"]).map(|n| tree.line(n)).unwrap_or_default();
        let code =
            tree.attribute(at, "literal").or_else(|| tree.attribute(at, "qcode").and_then(|q| q.split(':').nth(1)));
        if name.is_empty() { code.unwrap_or("").to_owned() } else { name }
    };
    for part in tree.children(id) {
        let place = tree.local(part);
        for at in tree.children(part) {
            let line = || tree.line(at);
            match (place, tree.local(at)) {
                ("itemmeta", "itemclass") => {
                    let class = tree.attribute(at, "qcode").unwrap_or("").to_lowercase();
                    let kind = class.rsplit(':').next().unwrap_or("");
                    if !matches!(kind, "" | "text" | "composite") {
                        out.refused = Some(format!("a NewsML-G2 item of class `{kind}`, no text"));
                    }
                }
                ("itemmeta", "provider") => out.say(Field::Agency, &named(at), "newsml-g2:provider"),
                ("itemmeta", "firstcreated") => out.say(Field::Published, &line(), "newsml-g2:firstCreated"),
                ("contentmeta", "contentcreated") => out.say(Field::Published, &line(), "newsml-g2:contentCreated"),
                ("itemmeta", "versioncreated") => out.say(Field::Updated, &line(), "newsml-g2:versionCreated"),
                ("contentmeta", "contentmodified") => out.say(Field::Updated, &line(), "newsml-g2:contentModified"),
                ("itemmeta", "embargoed") => out.embargo(&line(), "newsml-g2:embargoed"),
                ("itemmeta", "pubstatus") => {
                    out.status(tree.attribute(at, "qcode").unwrap_or(""), "newsml-g2:pubStatus");
                }
                ("contentmeta", "headline") if tree.attribute(at, "role").is_some_and(|role| role.contains("sub")) => {
                    out.say(Field::Subtitle, &markup::plain(&tree.text(at)), "newsml-g2:headline");
                }
                ("itemmeta", "title") | ("contentmeta", "headline") => {
                    out.say(Field::Title, &markup::plain(&tree.text(at)), &format!("newsml-g2:{}", tree.local(at)));
                }
                ("contentmeta", "urgency") => out.say(Field::Urgency, &line(), "newsml-g2:urgency"),
                ("contentmeta", "by") => out.say(Field::Author, &line(), "newsml-g2:by"),
                ("contentmeta", "creator") => {
                    let name = tree.path(at, &["name"]).map(|n| tree.line(n)).unwrap_or_default();
                    out.say(Field::Author, &name, "newsml-g2:creator");
                }
                ("contentmeta", "contributor") => {
                    let name = tree.path(at, &["name"]).map(|n| tree.line(n)).unwrap_or_default();
                    out.say(Field::Contributor, &name, "newsml-g2:contributor");
                }
                ("contentmeta", "infosource") => out.say(Field::Agency, &named(at), "newsml-g2:infoSource"),
                ("contentmeta", "creditline") => out.say(Field::Agency, &line(), "newsml-g2:creditline"),
                ("contentmeta", "dateline") => out.say(Field::DatelinePlace, &line(), "newsml-g2:dateline"),
                ("contentmeta", "language") => {
                    out.say(Field::Language, tree.attribute(at, "tag").unwrap_or(""), "newsml-g2:language");
                }
                ("contentmeta", "subject") => {
                    let name = tree.path(at, &["name"]).map(|n| tree.line(n)).unwrap_or_default();
                    out.say(Field::Tag, &name, "newsml-g2:subject");
                }
                ("contentmeta", "keyword") => out.say(Field::Tag, &line(), "newsml-g2:keyword"),
                ("contentmeta", "description") => {
                    out.say(Field::Summary, &markup::plain(&tree.text(at)), "newsml-g2:description");
                }
                ("rightsinfo", "copyrightnotice" | "usageterms") => {
                    out.say(Field::RightsNotice, &line(), &format!("newsml-g2:{}", tree.local(at)));
                }
                ("rightsinfo", "copyrightholder") => {
                    holder = named(at);
                    if holder.is_empty() {
                        holder = line();
                    }
                }
                ("contentset", "inlinexml") => inline(tree, at, out),
                ("contentset", "inlinedata") => {
                    let text = tree.text(at);
                    out.body(Some(content(text, false)).filter(|p| !p.text.trim().is_empty()));
                }
                _ => {}
            }
        }
    }
    out.holder("", &holder, "newsml-g2:copyrightHolder");
    out.claims.sort_by_key(|c| (c.field, c.found == "newsml-g2:title", c.found == "newsml-g2:firstCreated"));
    out.say(Field::Language, tree.attribute(id, "xml:lang").unwrap_or(""), "newsml-g2:xml:lang");
    if out.document.payload.is_none() && tree.find_all(id, "remotecontent").next().is_some() && out.refused.is_none() {
        out.refused = Some("a NewsML-G2 item whose text lies elsewhere (`remoteContent`)".to_owned());
    }
}

fn inline(tree: &Tree<'_>, id: Id, out: &mut Wire) {
    if let Some(nitf) = tree.find_all(id, "nitf").next() {
        nitf::inside(tree, nitf, out);
        return;
    }
    let body = tree.find_all(id, "body").next().unwrap_or(id);
    if !tree.line(body).is_empty() {
        out.body(Some(Payload { kind: PayloadKind::HtmlFragment, text: tree.markup(body) }));
    }
}

/// The items a package refers to.
pub fn package(tree: &Tree<'_>, id: Id) -> Vec<Link> {
    let refs = tree.find_all(id, "itemref");
    refs.map(|at| Link {
        kind: AddressKind::Page,
        url: tree.attribute(at, "href").or(tree.attribute(at, "residref")).unwrap_or("").to_owned(),
        title: tree
            .path(at, &["title"])
            .or_else(|| tree.path(at, &["headline"]))
            .map(|t| tree.line(t))
            .unwrap_or_default(),
        date: tree.path(at, &["versioncreated"]).map(|t| tree.line(t)).unwrap_or_default(),
        ..Link::default()
    })
    .filter(|link| !link.url.is_empty())
    .collect()
}
