//! Document → Article: the cascade. Pure: no input or output, time is an argument.
//!
//! [`clean`] reads as prose: the payload becomes pieces, the pieces are tidied, attribution and syndication lines
//! leave and become claims, all claims are weighed, and what is kept is assembled into an article. Stages never
//! delete a piece, so kept and removed text together account for everything the first stage handed over.

mod assemble;
mod draft;
pub mod footers;
pub mod html;
pub mod hygiene;
pub mod learned;
pub mod metadata;
mod pieces;
pub mod plain;
mod subtitles;

pub use draft::{Draft, Link, Piece, Removal};
pub use learned::{LearnedRule, Proposal};

use jiff::Timestamp;

use crate::guard;
use crate::model::{Article, Claim, DateClaim, Document, Field, Reason, Rejection};

/// Most bytes of text an article may have; blocks beyond it are taken out by rule `limit.text` and kept as removed.
pub const MAX_TEXT_BYTES: usize = 8 << 20;

/// What cleaning needs to know besides the document.
#[derive(Debug, Clone)]
pub struct Options {
    /// The time of this run: dates after it are in the future, and it is when a document was got if nothing better
    /// is known. `None`: no date counts as future, and `fetched` stays empty where nobody said it.
    pub now: Option<Timestamp>,
    /// Approved rules learned from the corpus; each fires on its own source only.
    pub learned: Vec<LearnedRule>,
    /// Most bytes of text, at most [`MAX_TEXT_BYTES`].
    pub max_text_bytes: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { now: None, learned: Vec::new(), max_text_bytes: MAX_TEXT_BYTES }
    }
}

/// An article and how it came about.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// What [`clean`] returns.
    pub article: Article,
    /// Every piece, kept or removed and by which rule, and every claim that was weighed.
    pub draft: Draft,
}

/// Makes an article of a document, or says why it is none.
///
/// # Errors
/// A [`Rejection`] carries the claims that were known all the same.
pub fn clean(document: &Document, options: &Options) -> Result<Article, Rejection> {
    explain(document, options).map(|explained| explained.article)
}

/// Like [`clean`], and gives the final draft too.
///
/// # Errors
/// As [`clean`].
pub fn explain(document: &Document, options: &Options) -> Result<Explained, Rejection> {
    // A library's panic costs this document, not the run.
    guard::quietly(|| cascade(document, options).map_err(|refused| weighed(refused, document, options)))
        .unwrap_or_else(|said| Err(reject(document, Reason::Failed, format!("cleaning failed on it: {said}"), &[])))
}

fn cascade(document: &Document, options: &Options) -> Result<Explained, Rejection> {
    let address = metadata::address_of(document);
    let mut draft = pieces::of_payload(document, address.as_deref())?;
    draft.notes.splice(0..0, document.notes.iter().cloned());
    pieces::tidy(&mut draft);
    pieces::join_claims(&mut draft, document);

    let before = metadata::first_look(&draft, address.as_deref());
    let named: Vec<String> =
        draft.claims.iter().filter(|claim| claim.field == Field::Author).map(|claim| claim.value.clone()).collect();
    let authors: Vec<&str> = named.iter().map(String::as_str).collect();
    let (host, title) = (before.host.as_deref(), before.title.as_deref());
    footers::strip(&mut draft, &footers::Context { host, title, authors: &authors, media: document.media });
    learned::apply(&mut draft, before.source.as_deref(), &options.learned);

    let mut resolved = metadata::resolve(&draft, document, options);
    if let Some(headline) = assemble::headline_in_text(&draft, &resolved.title) {
        resolved.title = headline;
    }
    assemble::drop_repeated_title(&mut draft, &resolved.title);
    assemble::keep_long_title(&mut draft, &resolved.title);
    subtitles::keep(&mut draft, document, &resolved.title);
    assemble::hold_to_limit(&mut draft, options.max_text_bytes.min(MAX_TEXT_BYTES));
    let article = assemble::article(&draft, document, resolved);

    // A headline alone is worth finding (wire briefs, bare feed entries), if something says which article it is.
    let named = article.url.is_some() || article.provenance.guid.is_some();
    // A cancellation without a word takes its article back, if it says which.
    let cancels = article.flags.withdrawn && named;
    if article.text.is_empty() && (article.title.is_empty() || !named) && !cancels {
        let (reason, detail) = match (article.title.is_empty(), document.raw.is_empty()) {
            (_, false) if article.flags.withdrawn => {
                (Reason::Withdrawn, "withdrawn by its publisher, and it has no text")
            }
            _ if draft.pieces.iter().any(assemble::is_beyond_limit) => {
                (Reason::TooLarge, "its text is one word, longer than an article may be")
            }
            (true, true) => (Reason::Empty, "there is nothing in it"),
            (true, false) => (Reason::NoText, "neither text nor title was found"),
            (false, _) => (Reason::NoText, "there is a title, but neither text nor an address or id"),
        };
        return Err(reject(document, reason, detail, &draft.claims));
    }
    Ok(Explained { article, draft })
}

/// A refused document's claims, those of its title, authors and dates weighed as an article's would be.
fn weighed(mut refused: Rejection, document: &Document, options: &Options) -> Rejection {
    let draft = Draft { claims: std::mem::take(&mut refused.claims), ..Draft::default() };
    let known = metadata::resolve(&draft, document, options);
    let date = |field: Field, date: Option<&DateClaim>| {
        let date = date?;
        let doubt = date.doubt.iter().map(|doubt| format!(" (doubtful: {doubt})"));
        Claim::new(field, &date.iso(), doubt.fold(date.found.clone(), |found, doubt| found + &doubt))
    };
    let title = Claim::new(Field::Title, &known.title, "weighed");
    let authors = known.authors.iter().filter_map(|name| Claim::new(Field::Author, name, "weighed"));
    refused.claims = title.into_iter().chain(authors).collect();
    refused.claims.extend(date(Field::Published, known.published.as_ref()));
    refused.claims.extend(date(Field::Updated, known.updated.as_ref()));
    let settled = [Field::Title, Field::Author, Field::Published, Field::Updated];
    refused.claims.extend(draft.claims.into_iter().filter(|claim| !settled.contains(&claim.field)));
    refused
}

fn reject(document: &Document, reason: Reason, detail: impl Into<String>, claims: &[Claim]) -> Rejection {
    let known = if claims.is_empty() { &document.claims } else { claims };
    let claims = known.iter().filter(|claim| claim.field != Field::BodyWitness).cloned().collect();
    Rejection { origin: document.origin.clone(), reason, detail: detail.into(), claims }
}
