//! The first stages of the cascade: payload → pieces, tidied, with the claims of page and envelope together.

use super::draft::{Draft, Link, Piece};
use super::{html, hygiene, plain, reject};
use crate::model::{BlockKind, Claim, Document, Field, MediaType, PayloadKind, Reason, Rejection, Span};

/// Reads the payload as what it is. A document without a body takes its summary for one.
pub(super) fn of_payload(document: &Document, address: Option<&str>) -> Result<Draft, Rejection> {
    let titled = document.claims.iter().any(|claim| claim.field == Field::Title);
    let draft = match &document.payload {
        None => Draft::default(),
        Some(payload) => match payload.kind {
            PayloadKind::HtmlPage => match html::page(&payload.text, address) {
                Ok(draft) => draft,
                // A message has no chrome to be told from its text: three lines of it are its text.
                Err(refusal) if document.media == MediaType::Mail && refusal.reason == Reason::NoText => {
                    html::fragment(&payload.text, address)
                }
                Err(refusal) => {
                    let known: Vec<Claim> = document.claims.iter().chain(&refusal.claims).cloned().collect();
                    return Err(reject(document, refusal.reason, refusal.detail, &known));
                }
            },
            PayloadKind::HtmlFragment => {
                let mut draft = html::fragment(&payload.text, address);
                plain::glued_in_block(&mut draft);
                draft
            }
            // The headline of a record stands in its own field: the first line of its body is body.
            PayloadKind::PlainText if titled => plain::body(&payload.text),
            PayloadKind::PlainText => plain::text(&payload.text),
            PayloadKind::Markdown if titled => plain::markdown_body(&payload.text),
            PayloadKind::Markdown => plain::markdown(&payload.text),
        },
    };
    Ok(if draft.pieces.is_empty() { with_summary(draft, document, address) } else { draft })
}

/// A headline with a summary is what many feeds have; the text is then known to be only an excerpt.
fn with_summary(mut draft: Draft, document: &Document, address: Option<&str>) -> Draft {
    let Some(summary) = document.claims.iter().find(|claim| claim.field == Field::Summary) else { return draft };
    let told = html::fragment(&summary.value, address);
    if told.pieces.is_empty() {
        draft.pieces.push(Piece::new(BlockKind::Paragraph, &summary.value, &summary.found));
    } else {
        draft.pieces = told.pieces;
    }
    draft.claims.extend(Claim::new(Field::Truncated, "true", "summary only"));
    draft
}

/// Tidies every piece and claim. Links keep pointing at the words they pointed at.
pub(super) fn tidy(draft: &mut Draft) {
    for piece in &mut draft.pieces {
        if let std::borrow::Cow::Owned(tidied) = hygiene::tidy(&piece.text) {
            let links = std::mem::take(&mut piece.links);
            piece.links = moved(links, &piece.text, &tidied);
            piece.breaks.iter_mut().for_each(|at| *at = hygiene::tidy(&piece.text[..*at]).trim_end().len());
            piece.breaks.retain(|&at| tidied.as_bytes().get(at) == Some(&b' '));
            piece.text = tidied;
        }
    }
    tidy_claims(&mut draft.claims);
}

/// Adds what the envelope claimed, in front: it speaks of this document alone, a page also of others.
pub(super) fn join_claims(draft: &mut Draft, document: &Document) {
    let mut claims = document.claims.clone();
    tidy_claims(&mut claims);
    claims.append(&mut draft.claims);
    draft.claims = claims;
}

fn tidy_claims(claims: &mut Vec<Claim>) {
    claims.retain_mut(|claim| {
        if let std::borrow::Cow::Owned(tidied) = hygiene::tidy(&claim.value) {
            claim.value = tidied;
        }
        let value = claim.value.trim();
        if value.len() != claim.value.len() {
            claim.value = value.to_owned();
        }
        !claim.value.is_empty()
    });
}

/// Finds each link's words again, from left to right; a link whose words changed beyond finding is empty and stands
/// where the one before it ended.
fn moved(links: Vec<Link>, before: &str, after: &str) -> Vec<Link> {
    /// Searches that find nothing cost the rest of the text each.
    const MOST_MISSES: usize = 50;
    let (mut from, mut misses) = (0usize, 0usize);
    let step = |link: Link| {
        let words = hygiene::tidy(link.span.of(before)).trim().to_owned();
        let rest = after.get(from..).unwrap_or("");
        let at = if words.is_empty() || misses > MOST_MISSES { None } else { rest.find(&words).map(|at| from + at) };
        let span = at.map_or(Span::new(from, from), |at| Span::new(at, at + words.len()));
        misses += usize::from(at.is_none());
        from = span.end;
        Link { span, ..link }
    };
    links.into_iter().map(step).collect()
}
