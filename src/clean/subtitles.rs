//! The second headline and the abstract of a wire item: text that its format keeps beside the body.

use std::collections::HashSet;

use super::draft::{Draft, Piece};
use super::metadata::folded;
use crate::model::{BlockKind, Claim, Document, Field, MediaType};

/// Puts what an agency wrote between headline and body at the head of the text, where a reader of the paper has it and a
/// search must find it; but for what title or body say already.
pub(super) fn keep(draft: &mut Draft, document: &Document, title: &str) {
    if document.media != MediaType::WireItem {
        return;
    }
    let Some(first) = draft.pieces.iter().position(Piece::kept) else { return };
    // A description that somebody else made of the text, as other formats have it, is none of its words.
    let wanted = |claim: &&Claim| claim.field == Field::Subtitle || claim.found == "nitf:abstract";
    if !document.claims.iter().any(|claim| wanted(&claim)) {
        return;
    }
    let whole: Vec<String> = draft.pieces.iter().map(|piece| folded(&piece.text)).collect();
    let whole = whole.join(" ");
    let title = folded(title);
    let mut seen: HashSet<String> = HashSet::new();
    let lines = document.claims.iter().filter(wanted).filter_map(|claim| {
        let said = folded(claim.value.trim_end_matches(['.', '…', ' ']));
        let new = !said.is_empty() && !whole.contains(&said) && !title.contains(&said) && seen.insert(said);
        let text = claim.value.split_whitespace().collect::<Vec<_>>().join(" ");
        new.then(|| Piece::new(BlockKind::Paragraph, text, claim.found.as_str()))
    });
    let lines: Vec<Piece> = lines.collect();
    draft.pieces.splice(first..first, lines);
}
