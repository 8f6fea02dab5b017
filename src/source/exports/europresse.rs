//! Europresse: a page of HTML with an `article` for each document, whose parts are known by their classes.

use super::parts::is_date;
use crate::model::{Claim, Document, Field, MediaType, Note, Origin, PayloadKind, Reason};
use crate::source::input::{Context, Flow, Input, Sink, claim, document, payload};
use crate::source::sniff::Head;
use crate::source::xml::{Id, Rules, Tree, markup};
use crate::source::{Source, decode};

/// Pages that Europresse saves.
pub struct Europresse;

const PAPER: &str = "DocPublicationName";
const TEXT: &str = "docOcurrContainer";
/// Elements of HTML that are left open.
const EMPTY: &[&str] = &["br", "img", "hr", "meta", "input", "link", "wbr", "col"];

impl Source for Europresse {
    fn name(&self) -> &'static str {
        "a page of Europresse"
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        head.text.contains("<article") && head.text.contains(PAPER) && head.text.contains("DocHeader")
    }

    fn read(&self, mut input: Input<'_>, context: Context<'_>, sink: &mut Sink<'_>) -> Flow {
        let (raw, cut) = match input.all("a page of Europresse", context, sink) {
            Ok(read) => read,
            Err(flow) => return flow,
        };
        let decoded = decode::html(&raw, input.envelope.charset.as_deref());
        drop(raw);
        let tree = Tree::parse(&decoded.text, &Rules { siblings: &["article"], leaves: &[], empty: EMPTY });
        let mut number = 0;
        for id in tree.find_all(0, "article") {
            number += 1;
            let mut made = read(&tree, id, input.origin.at(number));
            made.notes.extend(decoded.note.clone().map(Note));
            if made.payload.is_none() {
                let detail = "an article of Europresse without its text";
                sink.reject(made.origin, Reason::NoText, detail)?;
                continue;
            }
            if tree.cut && !tree.closed(id) {
                claim(&mut made.claims, Field::Truncated, "true", "source:cut");
            }
            sink.document(made, &input.envelope)?;
        }
        let end = input.origin.at(number + 1);
        match cut {
            Some(why) => sink.reject(end, Reason::Truncated, format!("the page breaks off: {why}")),
            None if tree.exhausted() || tree.too_large => sink.reject(end, Reason::TooLarge, "too many elements"),
            None => Flow::Continue(()),
        }
    }
}

/// The first element inside that has a class, or one of which the class is a part of the name.
fn classed(tree: &Tree<'_>, id: Id, class: &str) -> Option<Id> {
    tree.descendants(id).find(|at| tree.attribute(*at, "class").is_some_and(|all| all.contains(class)))
}

fn read(tree: &Tree<'_>, id: Id, origin: Origin) -> Document {
    let mut made = document(origin, MediaType::Page, tree.source().as_bytes()[tree.range(id)].to_vec(), "export");
    let line = |class: &str| classed(tree, id, class).map(|at| markup::plain(&tree.text(at))).unwrap_or_default();
    let mut say = |field: Field, value: &str, found: &str| {
        made.claims.extend(Claim::new(field, value.trim(), format!("export:{found}")));
    };
    say(Field::Title, &line("titreArticle"), "titreArticle");
    say(Field::Subtitle, &line("rdp__subtitle"), "rdp__subtitle");
    // `Le Monde, no. 21234`
    let paper = line(PAPER);
    say(Field::Source, paper.split(", no").next().unwrap_or(&paper), PAPER);
    // `Économie, mardi 1 juin 2026, p. 12`
    let header = line("DocHeader");
    let pieces: Vec<&str> = header.split([',', '•', '|']).flat_map(|piece| piece.split(" - ")).map(str::trim).collect();
    // A weekday and a month may be parted from the year by commas: `Tuesday, June 1, 2026`.
    let spans =
        (0..pieces.len()).flat_map(|from| (from + 1..=pieces.len().min(from + 3)).rev().map(move |to| from..to));
    let dated = spans.into_iter().find(|span| is_date(&pieces[span.clone()].join(", ")));
    match &dated {
        Some(span) => say(Field::Published, &pieces[span.clone()].join(", "), "DocHeader"),
        None => say(Field::Published, &header, "DocHeader"),
    }
    if dated.is_some_and(|span| span.start > 0) {
        say(Field::Section, pieces[0], "DocHeader");
    }
    let author =
        ["docAuthors", "sm-margin-bottomNews"].iter().find_map(|class| Some(line(class)).filter(|l| !l.is_empty()));
    say(Field::Author, &author.unwrap_or_default(), "author");
    say(Field::Guid, &line("lblNodoc"), "publiC-lblNodoc");
    let text = classed(tree, id, TEXT).or_else(|| classed(tree, id, "DocText"));
    made.payload = text.and_then(|at| payload(PayloadKind::HtmlFragment, tree.markup(at)));
    made
}
