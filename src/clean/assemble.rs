//! Kept pieces → text, blocks and what was removed; and the id of the article.

use std::collections::HashSet;

use super::draft::{Draft, Piece};
use super::metadata::{Resolved, address, folded};
use crate::model::{
    Article, ArticleId, Block, BlockKind, Claim, DateClaim, Document, Field, Note, Origin, Removed, Span,
    is_web_address,
};

/// A first line of so many words may be a headline, and an outlet's name has no more than so many.
const HEADLINE_WORDS: usize = 3;
const OUTLET_WORDS: usize = 5;

/// Between two blocks of a text.
const BLANK_LINE: &str = "\n\n";

/// The headline that the first kept piece repeats, or one that left right above it, where `title` goes on behind it with
/// the outlet's name: `Lock reopens | Rye Haven Post` over a text that begins with `Lock reopens`.
pub(super) fn headline_in_text(draft: &Draft, title: &str) -> Option<String> {
    /// Pieces above the text that are looked at.
    const ABOVE: usize = 4;
    let mut kept = draft.pieces.iter().enumerate().filter(|(_, piece)| piece.kept());
    let ((first, _), _) = (kept.next()?, kept.next()?);
    let marks = [" | ", " - ", " – ", " — ", " · ", " » "];
    let ends = || marks.iter().flat_map(|mark| title.match_indices(mark));
    let (end, mark, said) = draft.pieces[first.saturating_sub(ABOVE)..=first].iter().rev().find_map(|piece| {
        let said = if piece.text.len() <= title.len() { folded(&piece.text) } else { return None };
        ends().find(|(at, _)| folded(&title[..*at]) == said).map(|(end, mark)| (end, mark, said))
    })?;
    let outlet = title[end + mark.len()..].split_whitespace().count();
    let words = said.split(' ').count();
    // What left may be a kicker, and what stands behind it the headline.
    let leads = draft.pieces[first].kept() && folded(&draft.pieces[first].text) == said || words > OUTLET_WORDS;
    (words >= HEADLINE_WORDS && leads && outlet <= OUTLET_WORDS).then(|| title[..end].trim().to_owned())
}

/// Takes out the first kept piece if it only repeats the title and other text follows.
pub(super) fn drop_repeated_title(draft: &mut Draft, title: &str) {
    let mut kept = draft.pieces.iter().enumerate().filter(|(_, piece)| piece.kept());
    let Some((first, piece)) = kept.next() else { return };
    let Some((_, next)) = kept.next() else { return };
    // A block that was cut in two is not a headline.
    if next.continues || piece.text.len() > 4 * title.len() + 64 {
        return;
    }
    let (said, title) = (folded(&piece.text), folded(title));
    if !title.is_empty() && said == title {
        draft.remove(first, "title.repeated", Vec::new());
    }
}

/// Where only the beginning of a document's title became the headline, its whole stands at the head of the text: it was
/// written, and must be found.
pub(super) fn keep_long_title(draft: &mut Draft, title: &str) {
    let Some(beginning) = title.strip_suffix('…') else { return };
    let whole = draft
        .claims
        .iter()
        .filter(|claim| claim.field == Field::Title)
        .map(|claim| claim.value.split_whitespace().collect::<Vec<_>>().join(" "));
    let whole: Vec<String> = whole.collect();
    // A headline that was written with `…` is whole.
    if whole.iter().any(|claimed| claimed == title) {
        return;
    }
    let Some(whole) = whole.into_iter().find(|whole| whole.len() > title.len() && whole.starts_with(beginning)) else {
        return;
    };
    let (said, begins) = (folded(&whole), folded(beginning));
    let kept = draft.pieces.iter().filter(|piece| piece.kept());
    if !kept.map(|piece| folded(&piece.text)).any(|text| text.contains(&begins) && text.contains(&said)) {
        draft.pieces.insert(0, Piece::new(BlockKind::Paragraph, whole, "title"));
        draft.notes.push(Note("too long for a headline: the whole title stands at the head of the text".to_owned()));
    }
}

/// Takes out every block beyond `most` bytes of text, by rule `limit.text`. Where already the first block is longer, it
/// is cut between two words; one that has no space in so many bytes goes as a whole.
pub(super) fn hold_to_limit(draft: &mut Draft, most: usize) {
    let mut used = 0usize;
    let mut cut = 0usize;
    let mut at = 0;
    while at < draft.pieces.len() {
        let piece = &draft.pieces[at];
        if !piece.kept() {
            at += 1;
            continue;
        }
        let length = piece.text.len();
        if used.saturating_add(length + BLANK_LINE.len()) > most {
            let room =
                if used == 0 { piece.text.floor_char_boundary(most.saturating_sub(BLANK_LINE.len())) } else { 0 };
            match piece.text[..room].rfind(char::is_whitespace) {
                Some(end) if end > 0 => {
                    at += draft.remove_part(at, Span::new(end, length), "limit.text", Vec::new());
                }
                _ => draft.remove(at, "limit.text", Vec::new()),
            }
            used = most;
            cut += 1;
        } else {
            used += length + BLANK_LINE.len();
        }
        at += 1;
    }
    if cut > 0 {
        draft
            .notes
            .push(Note(format!("the text is longer than {most} bytes: what follows was left out (blocks: {cut})")));
    }
}

/// Whether a piece was left out because there was no room for it.
pub(super) fn is_beyond_limit(piece: &Piece) -> bool {
    piece.removed.as_ref().is_some_and(|removal| removal.rule == "limit.text")
}

/// Puts the article together.
pub(super) fn article(draft: &Draft, document: &Document, resolved: Resolved) -> Article {
    let Body { text, blocks, removed } = body(&draft.pieces);
    // A line with an address above a text may be that of a whole page of a paper, seen in a viewer.
    let noted = |claim: &Claim| claim.field == Field::Canonical && claim.found == "header.address";
    let noted = draft.claims.iter().any(noted);
    let id = identity(&resolved, noted, &document.origin, &text);
    let mut flags = resolved.flags;
    flags.truncated |= text.is_empty();
    let mut seen = HashSet::new();
    let notes = draft.notes.iter().chain(&resolved.notes).filter(|note| seen.insert(note.0.as_str()));
    Article {
        id,
        title: resolved.title,
        authors: resolved.authors,
        published: resolved.published,
        updated: resolved.updated,
        fetched: resolved.fetched,
        embargo: resolved.embargo,
        language: resolved.language,
        url: resolved.url,
        source: resolved.source,
        section: resolved.section,
        tags: resolved.tags,
        text,
        blocks,
        removed,
        provenance: resolved.provenance,
        flags,
        notes: notes.cloned().collect(),
    }
}

struct Body {
    text: String,
    blocks: Vec<Block>,
    removed: Vec<Removed>,
}

/// Joins kept pieces: a blank line between blocks, a space inside a block that was cut.
fn body(pieces: &[Piece]) -> Body {
    let mut out = Body { text: String::new(), blocks: Vec::new(), removed: Vec::new() };
    // Whether the block on which the next piece may continue has kept text.
    let mut open = false;
    for piece in pieces {
        if !piece.continues {
            open = false;
        }
        let said = piece.text.trim();
        match &piece.removed {
            Some(removal) => out.removed.push(Removed {
                text: piece.text.clone(),
                at: out.text.len(),
                rule: removal.rule.clone(),
                yields: removal.yields.clone(),
            }),
            None if said.is_empty() => {}
            None => {
                let joined = if open { out.blocks.last_mut() } else { None };
                match joined {
                    Some(block) => {
                        out.text.push(' ');
                        out.text.push_str(said);
                        block.span.end = out.text.len();
                    }
                    None => {
                        if !out.text.is_empty() {
                            out.text.push_str(BLANK_LINE);
                        }
                        let start = out.text.len();
                        out.text.push_str(said);
                        out.blocks.push(Block { kind: piece.kind, span: Span::new(start, out.text.len()) });
                    }
                }
                open = true;
            }
        }
    }
    out
}

/// What names the article for ever: its address, unless that is only `noted` above its text, else its guid within its feed,
/// else its text, its outlet and its day.
fn identity(resolved: &Resolved, noted: bool, origin: &Origin, text: &str) -> ArticleId {
    let names = |url: &&String| !noted && is_web_address(url) && !address::is_front_page(url);
    if let Some(url) = resolved.url.as_ref().filter(names) {
        return ArticleId::of_url(url);
    }
    let Some(guid) = resolved.provenance.guid.as_ref().map(|guid| guid.value.as_str()) else {
        let source = resolved.source.as_ref().map_or("", |source| source.value.as_str());
        let day = resolved.published.as_ref().map(DateClaim::iso_day).unwrap_or_default();
        if source.is_empty() && day.is_empty() {
            return ArticleId::of_text(&resolved.title, text);
        }
        return ArticleId::of_report(&resolved.title, text, source, &day);
    };
    // One that says whose it is, whoever hands it on: a wire item is updated and cancelled from other files.
    if ["urn:", "tag:"].iter().any(|scheme| guid.get(..4).is_some_and(|start| start.eq_ignore_ascii_case(scheme))) {
        return ArticleId::of_guid("", guid);
    }
    // Two outlets print one item, each in its own way.
    if let (Some(item), None) = (resolved.provenance.item_name(), &resolved.source) {
        return ArticleId::of_guid("", item);
    }
    // An item of ninjs has no other name than its `uri`, whatever that is: all its versions have it, also those that tell no
    // agency, and each is a file of its own. Items of one feed that all have one are told apart by the corpus.
    if resolved.source.is_none() && resolved.provenance.guid.as_ref().is_some_and(|guid| guid.found == "ninjs:uri") {
        let telling = guid.len() >= 6 && guid.bytes().any(|b| b.is_ascii_digit());
        let what = if resolved.title.is_empty() { text } else { &resolved.title };
        return if telling {
            ArticleId::of_guid("ninjs", guid)
        } else {
            ArticleId::of_guid("ninjs", &format!("{guid}\n{what}"))
        };
    }
    // An agency numbers its items; a short number comes again the next day.
    let agency = resolved.provenance.agencies.first().filter(|_| guid.len() >= 8 && resolved.source.is_none());
    if let (Some(agency), Some(_)) = (agency, &resolved.provenance.agency_item_id) {
        return ArticleId::of_guid(&agency.name, guid);
    }
    match &resolved.source {
        Some(source) => ArticleId::of_guid(&source.value, guid),
        // Nobody said whose guid it is. A short one (`17`) is repeated in the next file, so what it names is part
        // of the id: losing an article to another of the same number is worse than not seeing an update.
        None => {
            let member = origin.members.last().unwrap_or(&origin.path);
            let file = member.rsplit(['/', '\\']).next().unwrap_or(member);
            let what = if resolved.title.is_empty() { text } else { &resolved.title };
            ArticleId::of_guid(file, &format!("{guid}\n{what}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::BlockKind;

    fn piece(text: &str, removed: bool, continues: bool) -> Piece {
        let mut draft = Draft { pieces: vec![Piece::new(BlockKind::Paragraph, text, "line 1")], ..Draft::default() };
        if removed {
            draft.remove(0, "test.rule", Vec::new());
        }
        Piece { continues, ..draft.pieces.remove(0) }
    }

    #[test]
    fn pieces_of_one_block_are_joined_by_a_space() {
        let pieces = [
            piece("Head", false, false),
            piece("One.", false, false),
            piece("Sign up.", true, true),
            piece("Two.", false, true),
            piece("Gone", true, false),
            piece("rest of gone", false, true),
        ];
        let body = body(&pieces);
        assert_eq!(body.text, "Head\n\nOne. Two.\n\nrest of gone");
        assert_eq!(
            body.blocks.iter().map(|b| b.span.of(&body.text)).collect::<Vec<_>>(),
            ["Head", "One. Two.", "rest of gone"]
        );
        assert_eq!(
            body.removed.iter().map(|r| (r.text.as_str(), r.at)).collect::<Vec<_>>(),
            [("Sign up.", 10), ("Gone", 15)]
        );
    }

    #[test]
    fn a_first_line_that_repeats_the_title_leaves_unless_it_is_all_there_is() {
        let draft = |texts: &[&str]| Draft {
            pieces: texts.iter().map(|t| piece(t, false, false)).collect(),
            ..Draft::default()
        };
        let mut two = draft(&["“Bridge closed” — again", "The bridge at Orlen is closed."]);
        drop_repeated_title(&mut two, "\"Bridge closed\" - again");
        assert_eq!(two.pieces[0].removed.as_ref().map(|r| r.rule.as_str()), Some("title.repeated"));
        let mut one = draft(&["Bridge closed"]);
        drop_repeated_title(&mut one, "Bridge closed");
        assert!(one.pieces[0].kept());
        let mut other = draft(&["Bridge closed for good", "The bridge at Orlen is closed."]);
        drop_repeated_title(&mut other, "Bridge closed");
        assert!(other.pieces[0].kept());
    }

    #[test]
    fn a_headline_above_the_text_tells_where_the_outlet_begins() {
        let cut = |above: &str, removed: bool, title: &str| {
            let more = ["The bridge at Orlen is closed.", "It opens in May."].map(|text| piece(text, false, false));
            let pieces = std::iter::once(piece(above, removed, false)).chain(more).collect();
            headline_in_text(&Draft { pieces, ..Draft::default() }, title)
        };
        let headline = "Old bridge at Orlen to close";
        let title = format!("{headline} - Orlen Herald");
        assert_eq!(cut(headline, false, &title).as_deref(), Some(headline));
        assert_eq!(cut(headline, true, &title).as_deref(), Some(headline));
        // A kicker that left, and a line that says something else.
        assert_eq!(cut("Live in the valley", true, "Live in the valley - Bridge closes"), None);
        assert_eq!(cut("Old bridge at Orlen", true, &title), None);
    }

    proptest! {
        #[test]
        fn blocks_cover_the_text_and_nothing_is_lost(
            parts in prop::collection::vec(("[a-zé\u{4e00} ]{0,6}", any::<bool>(), any::<bool>()), 0..30)
        ) {
            let pieces: Vec<Piece> = parts.iter().map(|(text, removed, continues)| piece(text, *removed, *continues)).collect();
            let body = body(&pieces);
            let mut at = 0;
            for (n, block) in body.blocks.iter().enumerate() {
                prop_assert!(!block.span.is_empty());
                let gap = Span::new(at, block.span.start);
                prop_assert_eq!(gap.of(&body.text), if n == 0 { "" } else { BLANK_LINE });
                prop_assert!(!block.span.of(&body.text).is_empty());
                at = block.span.end;
            }
            prop_assert_eq!(at, body.text.len());
            let words = |s: &str| s.split_whitespace().collect::<String>();
            let kept: String = pieces.iter().filter(|p| p.kept()).map(|p| words(&p.text)).collect();
            prop_assert_eq!(words(&body.text), kept);
            let gone: Vec<&str> = pieces.iter().filter(|p| !p.kept()).map(|p| p.text.as_str()).collect();
            prop_assert_eq!(body.removed.iter().map(|r| r.text.as_str()).collect::<Vec<_>>(), gone);
            let mut last = 0;
            for removed in &body.removed {
                prop_assert!(removed.at >= last && body.text.is_char_boundary(removed.at));
                last = removed.at;
            }
        }
    }
}
