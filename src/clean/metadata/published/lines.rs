//! Days on lines of their own: above the text, at the head of a paragraph, and at its end.

use super::dates::{self, Context};
use super::{Claims, MAX_LINE};
use crate::clean::draft::{Draft, Piece};
use crate::clean::metadata::folded;
use crate::model::{BlockKind, Claim, DateClaim, Field, Precision};

/// A date on a short line of its own above the text.
pub(super) fn above_text(claims: &Claims, draft: &Draft, context: &Context) -> Option<DateClaim> {
    /// Pieces that are looked at, and the length of one that is text already, in bytes.
    const PIECES: usize = 12;
    const TEXT: usize = 220;
    /// Paragraphs that may open with the day: a standfirst comes before the first.
    const LEADS: usize = 3;
    /// So many pieces are the top of a page.
    const TOP: usize = 2;
    let (mut text, mut kept) = (0, 0);
    let mut before = "";
    // The head of a mail further down tells of the mail.
    let mail = |piece: &&Piece| piece.removed.as_ref().is_some_and(|removal| removal.rule == "header.mail");
    // A page begins with its menus; and what stands above its headline, but right before it, is today's date.
    let first = draft.pieces.iter().position(Piece::kept).unwrap_or(0);
    let headline = draft.pieces.iter().take(first + 1).rposition(|piece| is_headline(claims, piece)).unwrap_or(0);
    let from = first.saturating_sub(PIECES / 2).max(if headline > TOP { headline - 1 } else { headline });
    for piece in draft.pieces.iter().skip(from).take(PIECES).filter(|piece| !mail(piece)) {
        text += if piece.kept() && piece.text.len() > MAX_LINE { piece.text.len() } else { 0 };
        kept += usize::from(piece.kept());
        if text > TEXT && kept > LEADS {
            return None;
        }
        if let Some(date) = leading(piece, context) {
            return Some(date);
        }
        if text > TEXT {
            continue;
        }
        let looks = piece.text.len() <= MAX_LINE && piece.text.bytes().any(|byte| byte.is_ascii_digit());
        // `Date of birth` may stand in a cell of its own.
        let life = before.len() <= MAX_LINE && dates::of_a_life(before);
        before = &piece.text;
        if looks && !life && !dates::of_a_life(&piece.text) && !dates::in_a_sentence(&piece.text) {
            let days = dates::find(&piece.text, context);
            if let [date] = days.as_slice()
                && date.is_sure()
            {
                return Some(DateClaim { found: "line above the text".to_owned(), ..date.clone() });
            }
        }
    }
    None
}

/// Whether a piece is the headline of its page: one that its titles have too, if there are any beside the headings.
fn is_headline(claims: &Claims, piece: &Piece) -> bool {
    let removed = piece.removed.as_ref().is_some_and(|removal| removal.rule == "page.headline");
    if !removed && piece.kind != BlockKind::Heading {
        return false;
    }
    let text = folded(&piece.text);
    let titles = || claims.all(Field::Title).filter(|claim| !claim.found.starts_with("jsonld:other"));
    let named = |claim: &&Claim| claim.found != "html:h1";
    let any = titles().any(|claim| named(&claim));
    !text.is_empty() && titles().filter(|claim| !any || named(claim)).any(|claim| folded(&claim.value).contains(&text))
}

/// The day a paragraph opens with: `29.11.2022 – The council of Orlen …`
fn leading(piece: &Piece, context: &Context) -> Option<DateClaim> {
    let led = piece.text.split([' ', '\u{a0}']).take(4).map(str::len).sum::<usize>();
    let dash = piece.text.find(" – ").or(piece.text.find(" — ")).filter(|&at| at <= led + 4)?;
    let date = dates::whole(piece.text.get(..dash)?, context)
        .filter(|date| piece.kept() && date.is_sure() && date.precision >= Precision::Day)?;
    Some(DateClaim { found: "line above the text".to_owned(), ..date })
}

/// The date that a text is signed with: the end of its last line, `Ida Holm, 27 June 2025`.
pub(super) fn below_text(draft: &Draft, context: &Context) -> Option<DateClaim> {
    let last = draft.pieces.iter().rposition(|piece| piece.kept())?;
    // A short last line may have been taken for chrome.
    let lines = draft.pieces.get(last..)?.iter().take(3);
    lines.map(|piece| piece.text.as_str()).find_map(|line| signed(line, context))
}

pub(super) fn signed(line: &str, context: &Context) -> Option<DateClaim> {
    if line.len() > MAX_LINE || dates::of_a_life(line) || line.ends_with(['!', '?']) {
        return None;
    }
    // The line ends with the date, and little stands before it.
    let (at, _) = line.match_indices(|c: char| c.is_ascii_digit()).next()?;
    let (before, written) = line.split_at(at);
    let few = before.split_whitespace().count() <= 4 && !before.trim_end().ends_with(['.', ':', ';']);
    let date =
        dates::whole(written, context).filter(|date| few && date.is_sure() && date.precision >= Precision::Day)?;
    Some(DateClaim { found: "line below the text".to_owned(), ..date })
}
