//! Articles and documents to store.

use newsdex::corpus::Incoming;
use newsdex::model::{
    Article, ArticleId, Block, BlockKind, Claim, Document, Field, Flags, Found, Lang, MediaType, Origin, Payload,
    PayloadKind, Provenance, Span,
};

/// A document in `file`, at `number`, that holds `text` as plain text.
pub fn document(file: &str, number: u64, text: &str) -> Document {
    Document {
        origin: Origin::file(file).at(number),
        media: MediaType::Text,
        raw: text.as_bytes().to_vec(),
        payload: Some(Payload { kind: PayloadKind::PlainText, text: text.to_owned() }),
        claims: Claim::new(Field::Title, "Harbour reopens", "header:Title").into_iter().collect(),
        fetched: None,
        notes: Vec::new(),
    }
}

/// An article at `url`, its blocks the pieces between blank lines.
pub fn article(url: &str, title: &str, text: &str) -> Article {
    let mut blocks = Vec::new();
    let mut start = 0;
    for piece in text.split("\n\n").filter(|_| !text.is_empty()) {
        blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(start, start + piece.len()) });
        start += piece.len() + 2;
    }
    Article {
        id: ArticleId::of_url(url),
        title: title.to_owned(),
        authors: vec!["Ina Holt".to_owned()],
        published: None,
        updated: None,
        fetched: None,
        embargo: None,
        language: Lang::parse("en"),
        url: Some(url.to_owned()),
        source: Some(Found { value: "Brackwater Gazette".to_owned(), found: "rss:channel:title".to_owned() }),
        section: None,
        tags: Vec::new(),
        text: text.to_owned(),
        blocks,
        removed: Vec::new(),
        provenance: Provenance::default(),
        flags: Flags::default(),
        notes: Vec::new(),
    }
}

/// Both of one text, on their way in.
pub fn incoming(file: &str, number: u64, article: Article) -> Incoming {
    Incoming::Article { document: document(file, number, &article.text), article: Box::new(article) }
}
