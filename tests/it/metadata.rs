//! Metadata from outside: what an article says of itself after cleaning.

mod addresses;
mod articles;
mod bylines;
mod dates;
mod days;
mod in_story;
mod neighbours;
mod provenance;
mod quality;
mod signed;
mod systems;

use newsdex::clean::{self, Options};
use newsdex::model::{Article, Document, MediaType, Origin, Payload, PayloadKind};

/// What cleaning makes of a saved page.
fn page(html: String) -> Article {
    let document = Document {
        origin: Origin::file("page.html"),
        media: MediaType::Page,
        raw: html.clone().into_bytes(),
        payload: Some(Payload { kind: PayloadKind::HtmlPage, text: html }),
        claims: Vec::new(),
        fetched: None,
        notes: Vec::new(),
    };
    clean::clean(&document, &Options::default()).unwrap_or_else(|refused| panic!("{}", refused.detail))
}
