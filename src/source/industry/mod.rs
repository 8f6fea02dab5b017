//! What news agencies send: NITF, NewsML 1.2, NewsML-G2, ninjs, wire text (ANPA-1312, IPTC 7901), Reuters-21578.

mod anpa;
mod g2;
mod newsml;
pub(super) mod ninjs;
mod nitf;
mod rcv;
mod reuters;

pub use anpa::WireText;
pub use reuters::Reuters;

use super::input::{Context, Flow, Input, Sink, claim, document};
use super::sniff::Head;
use super::xml::markup::collapse;
use super::xml::{Id, Rules, Tree};
use super::{Envelope, Item, Source, decode};
use crate::model::{Claim, Document, Field, MediaType, Note, Origin, Payload, Reason};

/// NITF, NewsML 1.2 and NewsML-G2.
pub struct WireXml;

/// Roots of the same families that hold no article.
const OTHER: &[&str] = &[
    "knowledgeitem",
    "conceptitem",
    "planningitem",
    "topicset",
    "catalogref",
    "catalogitem",
    "rightsinfo",
    "contentset",
    "contentmeta",
    "itemmeta",
    "groupset",
    "newsenvelope",
    "catalog",
];

impl Source for WireXml {
    fn name(&self) -> &'static str {
        "wire XML"
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        let root = head.local_root();
        matches!(root, "nitf" | "newsml" | "newsitem" | "newsmessage" | "packageitem") || OTHER.contains(&root)
    }

    fn read(&self, mut input: Input<'_>, context: Context<'_>, sink: &mut Sink<'_>) -> Flow {
        let (raw, cut) = match input.all("a wire file", context, sink) {
            Ok(read) => read,
            Err(flow) => return flow,
        };
        let decoded = decode::xml(&raw, input.envelope.charset.as_deref());
        drop(raw);
        let tree = Tree::parse(&decoded.text, &Rules::NONE);
        let origin = input.origin.clone();
        let mut notes: Vec<Note> = decoded.note.into_iter().map(Note).collect();
        notes.extend(cut.as_ref().map(|why| Note(format!("the file breaks off: {why}"))));
        if !tree.mended.is_empty() {
            notes.push(Note(format!("the file is not well-formed ({})", tree.mended.join(", "))));
        }
        if tree.too_large {
            return sink.reject(origin, Reason::TooLarge, "too many elements");
        }
        let items = items(&tree);
        let mut number = 0;
        for (id, kind) in &items {
            number += 1;
            let place = origin.at(number);
            let one = |read: fn(&Tree<'_>, Id, &mut Wire)| {
                let mut out = Wire::new(&tree, *id, place.clone());
                read(&tree, *id, &mut out);
                vec![out]
            };
            let read = match kind {
                Kind::Package => {
                    let links = g2::package(&tree, *id);
                    sink.send(Item::Links(super::Links { origin: place, kind: "package".to_owned(), links }))?;
                    continue;
                }
                Kind::Nitf => one(nitf::read),
                Kind::G2 => one(g2::read),
                Kind::Rcv => one(rcv::read),
                Kind::NewsMl => newsml::read(&tree, *id, &origin, number),
            };
            number += read.len() as u64 - 1;
            for mut out in read {
                if tree.cut && !tree.closed(*id) {
                    out.claims.extend(Claim::new(Field::Truncated, "true", "source:cut"));
                }
                out.document.notes.extend(notes.iter().cloned());
                out.send(&input.envelope, sink)?;
            }
        }
        if items.is_empty() {
            let root = tree.root().map_or("", |id| tree.name(id));
            return sink.reject(origin, Reason::NotAnArticle, format!("wire XML (`{root}`) without a news item"));
        }
        let end = origin.at(number + 1);
        if tree.exhausted() {
            let detail = "elements nested in one another without sense; their texts were left out";
            return sink.reject(end, Reason::TooLarge, detail);
        }
        if let Some(why) = cut {
            return sink.reject(end, Reason::Truncated, format!("the file breaks off: {why}"));
        }
        if tree.cut {
            return sink.reject(end, Reason::Truncated, "the file breaks off within an element");
        }
        Flow::Continue(())
    }
}

enum Kind {
    Nitf,
    G2,
    NewsMl,
    Rcv,
    Package,
}

/// The news items of a file, none inside another.
fn items(tree: &Tree<'_>) -> Vec<(Id, Kind)> {
    let mut out = Vec::new();
    let mut until = 0;
    for id in tree.descendants(0) {
        let range = tree.range(id);
        if range.start < until {
            continue;
        }
        let kind = match tree.local(id) {
            "packageitem" => Kind::Package,
            // Both dialects call it so; a G2 item has its metadata in `itemMeta`.
            "newsitem" if tree.path(id, &["itemmeta"]).is_some() || tree.path(id, &["contentset"]).is_some() => {
                Kind::G2
            }
            "newsitem" if rcv::is_item(tree, id) => Kind::Rcv,
            "newsitem" => Kind::NewsMl,
            "nitf" => Kind::Nitf,
            _ => continue,
        };
        until = range.end;
        out.push((id, kind));
    }
    out
}

/// What an embargo without an end is said to last until.
const NO_END: &str = "unknown";

/// A wire item on its way.
pub(super) struct Wire {
    pub document: Document,
    pub claims: Vec<Claim>,
    /// Why it is no article: a picture, a video.
    pub refused: Option<String>,
}

impl Wire {
    fn new(tree: &Tree<'_>, id: Id, origin: Origin) -> Self {
        Self::of(tree.source().as_bytes()[tree.range(id)].to_vec(), origin)
    }

    pub fn of(raw: Vec<u8>, origin: Origin) -> Self {
        Self { document: document(origin, MediaType::WireItem, raw, "wire"), claims: Vec::new(), refused: None }
    }

    pub fn say(&mut self, field: Field, value: &str, found: &str) {
        claim(&mut self.claims, field, value.trim(), found);
    }

    /// Takes a body if it is longer than the one there is.
    pub fn body(&mut self, body: Option<Payload>) {
        let longer = |new: &Payload| self.document.payload.as_ref().is_none_or(|old| new.text.len() > old.text.len());
        if let Some(new) = body.filter(longer) {
            self.document.payload = Some(new);
        }
    }

    /// What a status means: cancelled items are withdrawn, embargoed ones held back.
    pub fn status(&mut self, status: &str, found: &str) {
        let plain: String = status.to_lowercase().chars().filter(|c| c.is_ascii_alphabetic()).collect();
        if ["cancel", "withheld", "withdrawn", "kill", "spiked", "recalled"].iter().any(|s| plain.contains(s)) {
            self.say(Field::Withdrawn, status, found);
        }
        if plain.contains("embargo") {
            self.embargo(NO_END, found);
        }
    }

    /// Held back until a time, as written. Words that say that it is not are no embargo.
    pub fn embargo(&mut self, until: &str, found: &str) {
        let plain = until.trim().to_lowercase();
        if !matches!(plain.as_str(), "" | "false" | "no" | "none" | "null" | "n/a" | "0") {
            self.say(Field::Embargo, until, found);
        }
    }

    /// Who holds the copyright, unless a notice names them already.
    pub fn holder(&mut self, year: &str, holder: &str, found: &str) {
        let holder = holder.trim();
        let told = |c: &Claim| c.field == Field::RightsNotice && c.value.contains(holder);
        if !holder.is_empty() && !self.claims.iter().any(told) {
            self.say(Field::RightsNotice, &collapse(&format!("© {year} {holder}")), found);
        }
    }

    pub fn send(mut self, envelope: &Envelope, sink: &mut Sink<'_>) -> Flow {
        self.claims.sort_by_key(|c| c.field);
        // Without a date of its own an item is as old as its version.
        if !self.claims.iter().any(|c| c.field == Field::Published)
            && let Some(at) = self.claims.iter().position(|c| c.field == Field::Updated)
        {
            let Claim { value, found, .. } = self.claims[at].clone();
            self.claims.extend(Claim::new(Field::Published, &value, found));
        }
        let withdrawn = self.claims.iter().any(|c| c.field == Field::Withdrawn);
        if let Some(why) = self.refused.filter(|_| self.document.payload.is_none() && !withdrawn) {
            let rejection = crate::model::Rejection {
                origin: self.document.origin,
                reason: Reason::NotAnArticle,
                detail: why,
                claims: self.claims,
            };
            return sink.send(Item::Rejected(rejection));
        }
        self.document.claims.extend(self.claims);
        sink.document(self.document, envelope)
    }
}
