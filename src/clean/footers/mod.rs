//! Attribution, syndication and boilerplate lines: they leave the text, and what they say becomes claims.
//!
//! The rules stand in tables (`rules/`), apart from the code that applies them; `SHAPES.md` beside this file says which
//! shape is handled by which rule. What keeps them from eating reporting:
//!
//! * position: a rule fires in the trailing block (walking up from the end while blocks match or are short), among the
//!   first blocks, or on whole blocks only, never on a word or a phrase inside a sentence;
//! * a marker takes its own line with it, never the rest of the text;
//! * slots are checked: `originally published by mistake` names no outlet;
//! * the last paragraph there is stays, whatever it says;
//! * an outlet's notice on its own pages is no syndication ([`Context::host`]);
//! * datelines, corrections and the credits of quoted posts are claimed and stay in the text.

mod dateline;
mod doubts;
mod engine;
mod excerpt;
mod known;
mod norm;
mod notices;
mod opening;
mod pattern;
mod rule;
mod rules;
mod shortcodes;
mod slots;
mod slug;
#[cfg(test)]
mod tests;
mod values;
mod works;

use std::cell::RefCell;
use std::rc::Rc;

use super::draft::{Draft, Piece};
use crate::model::{BlockKind, Claim, Field, MediaType, Span, Yield};
use engine::{Found, Place, View};
use known::Known;
use norm::ends_sentence;
use notices::{names_answers, tells_of_a_mistake};
use rule::{CAPTION, CUT, HEAD, KEEP, LEAD, LIST, MID, NEAR, TAIL};
pub(super) use values::is_time;
pub(super) use works::tells_of_a_work;

/// What the footer stage needs to know of a document.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The host the document was got from, for the own-domain rule.
    pub host: Option<&'a str>,
    /// The title as far as it is known.
    pub title: Option<&'a str>,
    /// Who the document's envelope or page says wrote it. A byline of one word (`By Sweidah`) leaves only if it is one
    /// of these: alone it may as well be a day or a feast.
    pub authors: &'a [&'a str],
    /// What kind of thing the document is.
    pub media: MediaType,
}

/// How many blocks from the top that match nothing are looked at.
const HEAD_BLOCKS: usize = 3;
/// How many short blocks that match nothing the walk up from the end passes.
const TAIL_MISSES: usize = 3;
/// The same in a message, which the lines of a signature end: name, office, paper, street, telephone.
const MAIL_MISSES: usize = 8;
/// A block of at most this many bytes that does not end as a sentence is short.
const SHORT: usize = 80;
/// A block of more bytes is never a footer as a whole, and only its last bytes are searched for one.
const TAIL_BYTES: usize = 4000;
/// Longest block in bytes that a rule for whole blocks is tried on in the middle of a text.
const MID_BYTES: usize = 420;
/// Blocks kept as the rules see them.
const MOST_VIEWS: usize = 1000;
/// Pieces above and below the text of a page that may tell where it comes from.
const BESIDE: usize = 12;
/// Most teasers that leave with the line above them.
const MOST_TEASERS: usize = 12;

/// Whether a line signs and dates a text without a word for either: `Jane Pell | Dell Times | June 27, 2025`.
pub(in crate::clean) fn signs_with_day(line: &str) -> bool {
    opening::signs_with_day(line)
}

/// Takes attribution and boilerplate out of `draft`, and claims what it said, found at the rule's id.
pub fn strip(draft: &mut Draft, context: &Context) {
    shortcodes::take_out(draft);
    let known = Known::of(draft, context);
    let marked = draft.pieces.iter().any(|piece| !piece.links.is_empty() || piece.place.contains('>'));
    let mut stage = Stage {
        known,
        marked,
        bodies: draft.pieces.iter().filter(|piece| is_body(piece)).count(),
        draft,
        context,
        views: RefCell::default(),
    };
    stage.marks_inside();
    stage.link_debris();
    stage.head();
    stage.middle();
    stage.tail();
    stage.evidence();
    excerpt::mark(stage.draft, context);
    stage.keep();
    dateline::claim(stage.draft, context);
    credits_by_shape(stage.draft);
}

/// Reuters signs `Reporting by …; editing by …`, and so do a few others: where nothing else in the text names it, its
/// provenance says that only the shape of the credit did. Where another agency is named as the text's origin, the shape
/// is no evidence at all.
fn credits_by_shape(draft: &mut Draft) {
    const CREDITS: &str = "wire.reporting-by";
    let signed = draft.pieces.iter().any(|piece| {
        let credits = piece.removed.as_ref().is_some_and(|removal| removal.rule == CREDITS);
        credits && piece.text.to_lowercase().contains("trust principle")
    });
    let shape = |claim: &Claim| claim.field == Field::Agency && claim.found == CREDITS;
    let named = draft.claims.iter().any(|claim| claim.value == "Reuters" && !shape(claim));
    let other = |claim: &Claim| match claim.field {
        Field::Agency => !shape(claim),
        Field::Author | Field::Source => crate::clean::metadata::is_agency(&claim.value),
        _ => false,
    };
    if !signed && !named && draft.claims.iter().any(other) {
        draft.claims.retain(|claim| !shape(claim));
        let credits = draft.pieces.iter_mut().filter_map(|piece| piece.removed.as_mut());
        credits.filter(|removal| removal.rule == CREDITS).for_each(|removal| {
            removal.yields.retain(|told| told.field != Field::Agency);
        });
    } else if !signed && !named {
        draft.claims.iter_mut().filter(|claim| shape(claim)).for_each(|claim| claim.found = format!("{CREDITS}:shape"));
    }
}

/// Whether a piece is what articles are made of.
fn is_body(piece: &Piece) -> bool {
    piece.kept()
        && !matches!(piece.kind, BlockKind::Heading | BlockKind::Caption)
        && piece.text.chars().any(char::is_alphanumeric)
}

/// A block's text, and how the rules see it.
type Seen = (Box<str>, Rc<View>);

struct Stage<'a, 'c> {
    draft: &'a mut Draft,
    context: &'a Context<'c>,
    known: Known<'c>,
    /// How many kept pieces are body; never falls to none.
    bodies: usize,
    /// Whether the document is marked up, so that its links are known.
    marked: bool,
    /// Pieces' texts as the rules see them: each step looks at most of them again.
    views: RefCell<Vec<Option<Seen>>>,
}

impl Stage<'_, '_> {
    fn view(&self, at: usize) -> Rc<View> {
        let Piece { text, breaks, .. } = &self.draft.pieces[at];
        let mut views = self.views.borrow_mut();
        // Pieces change and move on the way.
        if let Some(Some((of, view))) = views.get(at)
            && **of == *text
        {
            return view.clone();
        }
        let view = Rc::new(View::of(text, breaks));
        // What is long is looked at once or twice; it would cost more to keep than to make again.
        if text.len() <= TAIL_BYTES && at < MOST_VIEWS {
            if views.len() <= at {
                views.resize(at + 1, None);
            }
            views[at] = Some((text.as_str().into(), view.clone()));
        }
        view
    }

    /// Rules that cover a whole block: line by line, or as one line where a sentence runs over its lines.
    fn whole(&self, view: &View, piece: &Piece, place: Place) -> Option<Vec<Found>> {
        let flat = || {
            let view = (!piece.breaks.is_empty()).then(|| View::of(&piece.text, &[]))?;
            engine::cover(&view, 0, piece, place, &self.known)
        };
        engine::cover(view, 0, piece, place, &self.known).or_else(flat)
    }

    /// `, opens new tab`, which a news site adds to each of its links.
    fn marks_inside(&mut self) {
        const MARK: &str = ", opens new tab";
        let mut at = 0;
        while at < self.draft.pieces.len() {
            let piece = &self.draft.pieces[at];
            let found = if piece.kept() { piece.text.find(MARK) } else { None };
            let words_before = |start: &usize| piece.text[..*start].chars().any(char::is_alphanumeric);
            if let Some(start) = found.filter(words_before) {
                let after = piece.text[start + MARK.len()..].chars().next();
                if !after.is_some_and(char::is_alphanumeric) {
                    self.draft.remove_part(at, Span::new(start, start + MARK.len()), "wire.opens-new-tab", Vec::new());
                }
            }
            at += 1;
        }
    }

    /// Blocks that are nothing but links of a feed service: its share bar, its advertisements.
    fn link_debris(&mut self) {
        for at in 0..self.draft.pieces.len() {
            let piece = &self.draft.pieces[at];
            let linked: usize = piece.links.iter().map(|link| link.span.len()).sum();
            let debris = !piece.links.is_empty()
                && piece.kept()
                && linked * 10 >= piece.text.len() * 8
                && piece.links.iter().all(|link| slug::is_debris(&link.href));
            if debris && self.spare(at) {
                self.draft.remove(at, "feed.flare", Vec::new());
            }
        }
    }

    /// The first blocks.
    fn head(&mut self) {
        let (mut at, mut misses) = (0, 0);
        while at < self.draft.pieces.len() && misses < HEAD_BLOCKS {
            if !self.draft.pieces[at].kept() {
                at += 1;
                continue;
            }
            let headed = || {
                let above = self.draft.pieces[..at].iter().filter(|piece| piece.kept());
                above.into_iter().all(|piece| piece.kind == BlockKind::Heading || self.known.is_headline(&piece.text))
            };
            if headed()
                && !works::goes_on(self.draft, at)
                && let Some((rule, mut yields)) = opening::of(self.draft, at)
                && self.spare(at)
            {
                let own = |one: &Yield| {
                    one.field == Field::OriginalPublisher && values::is_own(self.context.host, &one.value)
                };
                yields.iter_mut().filter(|one| own(one)).for_each(|one| one.field = Field::SiteName);
                self.draft.remove(at, rule, yields);
                at += 1;
                continue;
            }
            let view = self.view(at);
            if view.may(HEAD | LEAD) {
                let piece = &self.draft.pieces[at];
                let place = Place { at: HEAD, near: false, last: false };
                let found = self.whole(&view, piece, place);
                if let Some(found) = found.filter(|found| self.is_credit(at, found)) {
                    if self.take(at, found) {
                        at += 1;
                        continue;
                    }
                } else if let lines = engine::lines(&view, piece, place, &self.known)
                    && misses == 0
                    && !lines.is_empty()
                {
                    at += self.cut(at, lines);
                } else if misses == 0 {
                    let place = Place { at: LEAD, ..place };
                    let lead = engine::match_at(&view, 0, piece, place, &self.known);
                    if let Some(lead) = lead.filter(|lead| lead.span.end < piece.text.len()) {
                        at += self.cut(at, vec![lead]);
                    }
                }
            }
            misses += 1;
            at += 1;
        }
    }

    /// Whole blocks anywhere, and the teasers below the lines that open a list of them.
    fn middle(&mut self) {
        for at in 0..self.draft.pieces.len() {
            let piece = &self.draft.pieces[at];
            if !piece.kept() || piece.text.len() > MID_BYTES || piece.continues {
                continue;
            }
            let view = self.view(at);
            if !view.may(MID | CAPTION) {
                continue;
            }
            let place = Place { at: MID, near: false, last: false };
            if let Some(found) = self.whole(&view, piece, place) {
                let list = found.iter().any(|one| one.rule.place & LIST != 0);
                let id = found[0].rule.id;
                if list && self.heads_text(at, found.iter().any(|one| one.open)) {
                    continue;
                }
                if self.take(at, found) && list {
                    self.teasers(at + 1, id);
                }
            } else if piece.kind == BlockKind::Caption && view.may(CAPTION) {
                self.caption(at, &view);
            }
        }
    }

    /// Whether what could open a list of teasers is the heading of a part of the text: a list of items follows that lead
    /// nowhere although the document has links or is marked up, or it is `open` (`Most popular names for girls`, with
    /// words that nobody checked) and no teaser follows.
    fn heads_text(&self, at: usize, open: bool) -> bool {
        let piece = &self.draft.pieces[at];
        let mut below = self.draft.pieces[at + 1..].iter().filter(|piece| piece.kept());
        let Some(next) = below.next() else { return false };
        if !piece.links.is_empty() || !next.links.is_empty() {
            return false;
        }
        let is_text = |piece: &Piece| piece.kind == BlockKind::Paragraph && ends_sentence(&piece.text);
        let mut text_follows = || is_text(next) || below.any(is_text);
        match next.kind {
            BlockKind::ListItem => (open || self.marked) && text_follows(),
            _ => open && text_follows(),
        }
    }

    /// Credits at the end of a caption.
    fn caption(&mut self, at: usize, view: &View) {
        let piece = &self.draft.pieces[at];
        let place = Place { at: CAPTION, near: true, last: false };
        let starts: Vec<usize> = view.norm.sentences().chain(brackets(&view.norm.text)).collect();
        let found = starts.into_iter().filter(|&start| start > 0);
        let found = found.filter_map(|start| engine::cover(view, start, piece, place, &self.known)).next();
        if let Some(found) = found {
            self.cut(at, found);
        }
    }

    /// Removes what follows the head of a list of teasers: list items, wholly linked lines, and at the end of the
    /// text short lines.
    fn teasers(&mut self, from: usize, rule: &str) {
        let teaser = |piece: &Piece| {
            let linked: usize = piece.links.iter().map(|link| link.span.len()).sum();
            piece.kind == BlockKind::ListItem
                && piece.text.len() <= 200
                && !(piece.links.is_empty() && ends_sentence(&piece.text))
                || linked > 0 && linked * 10 >= piece.text.len() * 8
        };
        // Headlines may ask.
        let asks = |piece: &Piece| piece.text.ends_with(['?', '？', '؟']);
        let short = |piece: &Piece| piece.text.len() <= 160 && (!ends_sentence(&piece.text) || asks(piece));
        let kept: Vec<usize> = (from..self.draft.pieces.len()).filter(|&at| self.draft.pieces[at].kept()).collect();
        // Short lines without links are teasers only where nothing but such lines follows.
        let closing = kept.len() <= MOST_TEASERS
            && kept.iter().all(|&at| {
                let piece = &self.draft.pieces[at];
                // A footer below them is no text either.
                let place = Place { at: TAIL | MID, near: false, last: false };
                let footer = || engine::cover(&self.view(at), 0, piece, place, &self.known).is_some();
                short(piece) || teaser(piece) || footer()
            });
        for &at in kept.iter().take(MOST_TEASERS) {
            let piece = &self.draft.pieces[at];
            let known = self.view(at);
            let place = Place { at: TAIL | MID, near: false, last: false };
            // A footer of its own has its own rule.
            if engine::cover(&known, 0, piece, place, &self.known).is_some()
                || !(teaser(piece) || closing && short(piece))
                || !self.spare(at)
            {
                break;
            }
            self.draft.remove(at, rule, Vec::new());
        }
    }

    /// From the end up, while blocks match or are short.
    fn tail(&mut self) {
        let (mut misses, mut near, mut last) = (0, false, true);
        for at in (0..self.draft.pieces.len()).rev() {
            let piece = &self.draft.pieces[at];
            if !piece.kept() {
                near = near || piece.removed.as_ref().is_some_and(|removal| is_footer_rule(&removal.rule));
                continue;
            }
            if !piece.text.chars().any(char::is_alphanumeric) {
                if near && self.bodies > 0 {
                    self.draft.remove(at, "footer.rule", Vec::new());
                }
                continue;
            }
            if let Some(found) = slug::of(piece, self.context) {
                let (whole, agencies) = (found.0.start == 0, found.1);
                if whole && !self.spare(at) {
                    return;
                }
                self.draft.remove_part(at, found.0, "wire.agency-slug", agencies);
                if whole {
                    near = true;
                    continue;
                }
                return;
            }
            let view = self.view(at);
            if view.may(TAIL) && piece.text.len() <= TAIL_BYTES {
                let near_above = near || view.may(NEAR) && self.footer_above(at);
                let place = Place { at: TAIL, near: near_above, last };
                let found = self.whole(&view, piece, place);
                if let Some(found) = found.filter(|found| self.is_credit(at, found)) {
                    if !self.take(at, found) {
                        return;
                    }
                    near = true;
                    continue;
                }
            }
            last = false;
            if piece.text.len() <= SHORT && !ends_sentence(&piece.text) || piece.kind == BlockKind::Caption {
                misses += 1;
                if misses > (if self.context.media == MediaType::Mail { MAIL_MISSES } else { TAIL_MISSES }) {
                    return;
                }
                continue;
            }
            let lines = !piece.breaks.is_empty() && view.may(TAIL);
            if lines || view.may(CUT) {
                let place = Place { at: TAIL, near: false, last: true };
                let starts: Vec<usize> = view.norm.sentences().chain(brackets(&view.norm.text)).collect();
                let from = view.norm.text.len().saturating_sub(TAIL_BYTES).max(1);
                let mut starts: Vec<usize> = starts.into_iter().filter(|&start| start >= from).collect();
                starts.sort_unstable();
                // What begins a line of its own stands there as in a block of its own.
                let line = |start: usize| view.norm.text.as_bytes()[start - 1] == b'\n';
                let cut = starts.into_iter().find_map(|start| {
                    let found = engine::cover(&view, start, piece, place, &self.known)?;
                    (line(start) || engine::all_cut(&found)).then_some(found)
                });
                if let Some(found) = cut {
                    self.cut(at, found);
                }
            }
            return;
        }
    }

    /// Whether the kept block above `at` is a footer that needs no company, or a line drawn above footers.
    fn footer_above(&self, at: usize) -> bool {
        let Some(above) = self.draft.pieces[..at].iter().rposition(Piece::kept) else { return false };
        let piece = &self.draft.pieces[above];
        // Agencies draw a line above what is no part of the story.
        if piece.text.starts_with("___") && piece.text.chars().all(|c| c == '_') {
            return true;
        }
        let place = Place { at: TAIL, near: false, last: false };
        engine::cover(&self.view(above), 0, piece, place, &self.known).is_some()
    }

    /// Lines beside the text that the cleaner of pages took out as chrome, and that say where the text comes from: they are
    /// out already, and what they say is evidence.
    fn evidence(&mut self) {
        const UNNAMED: [&str; 4] = ["page.chrome", "page.byline", "page.footer", "page.notice"];
        const AREAS: [&str; 4] = ["footer.", "feed.", "licence.", "wire."];
        let kept = |piece: &Piece| piece.kept();
        let pieces = &self.draft.pieces;
        let (Some(first), Some(last)) = (pieces.iter().position(kept), pieces.iter().rposition(kept)) else { return };
        for at in first.saturating_sub(BESIDE)..pieces.len().min(last + 1 + BESIDE) {
            let piece = &self.draft.pieces[at];
            let taken = piece.removed.as_ref().is_some_and(|removal| UNNAMED.contains(&removal.rule.as_str()));
            if !taken || piece.text.len() > MID_BYTES || piece.continues {
                continue;
            }
            let view = self.view(at);
            let place = Place { at: if at < first { HEAD } else { TAIL | MID }, near: false, last: false };
            if !view.may(place.at) {
                continue;
            }
            let Some(found) = engine::cover(&view, 0, piece, place, &self.known) else { continue };
            if !self.is_credit(at, &found) {
                continue;
            }
            let id = found[0].rule.id;
            let told = found.iter().any(|one| !one.yields.is_empty());
            if told && found.iter().all(|one| AREAS.iter().any(|area| one.rule.id.starts_with(area))) {
                let yields = found.into_iter().flat_map(|one| one.yields).collect();
                self.draft.remove(at, id, yields);
            }
        }
    }

    /// What is claimed and stays. A correction is part of the record: one that was taken for chrome beside the text comes back.
    fn keep(&mut self) {
        /// How many pieces from the text it may stand, and what the places beside it are called.
        const BESIDE: usize = 3;
        const MARGINS: [&str; 4] = ["page.chrome", "page.sidebar", "page.footer", "page.notice"];
        let kept = |piece: &Piece| piece.kept();
        let pieces = &self.draft.pieces;
        let (Some(first), Some(last)) = (pieces.iter().position(kept), pieces.iter().rposition(kept)) else { return };
        for at in 0..self.draft.pieces.len() {
            let piece = &self.draft.pieces[at];
            let chrome = piece.removed.as_ref().is_some_and(|removal| MARGINS.contains(&removal.rule.as_str()));
            // Behind a heading that is not the article's, and where it leads to another page, it is another article's.
            let others = |piece: &Piece| !piece.kept() && piece.kind == BlockKind::Heading;
            let near = chrome
                && (first..=last + BESIDE).contains(&at)
                && piece.links.is_empty()
                && piece.text.len() <= TAIL_BYTES
                && !self.draft.pieces[first..at].iter().any(others);
            if !piece.kept() && !near {
                continue;
            }
            let view = self.view(at);
            if !view.may(KEEP) {
                continue;
            }
            let place = Place { at: KEEP, near: true, last: true };
            if let Some(found) = engine::match_at(&view, 0, piece, place, &self.known) {
                let claims = found.yields.iter().filter_map(|one| Claim::new(one.field, &one.value, found.rule.id));
                let claims: Vec<Claim> = claims.collect();
                // An editor's note in a margin may say anything.
                let corrects = claims.iter().any(|claim| claim.field == Field::CorrectionNote);
                if near && !(corrects && tells_of_a_mistake(&piece.text)) {
                    continue;
                }
                self.draft.pieces[at].removed = None;
                self.draft.claims.extend(claims);
            }
        }
    }

    /// Whether what was found at `at` is of the article, where it signs or dates it: not of a work it is about, nor the first
    /// words of a sentence.
    fn is_credit(&self, at: usize, found: &[Found]) -> bool {
        let tells = |field: Field| found.iter().any(|one| one.yields.iter().any(|told| told.field == field));
        let signs = tells(Field::Author);
        let piece = &self.draft.pieces[at];
        if (signs || tells(Field::Published)) && !piece.text.starts_with(['(', '（']) && self.is_of_readers(at) {
            return false;
        }
        !(signs && works::is_of_a_work(self.draft, at)
            || (signs || tells(Field::Published)) && works::goes_on(self.draft, at))
    }

    /// Whether `at` stands at the foot of a page below a heading for what readers answer, with no text of the article between:
    /// it signs a comment. Below any other heading, such as that of further links, the agency's own credits stand.
    fn is_of_readers(&self, at: usize) -> bool {
        if self.context.media != MediaType::Page {
            return false;
        }
        let text = |piece: &&Piece| is_body(piece) && (piece.text.len() > SHORT || ends_sentence(&piece.text));
        let above = &self.draft.pieces[..at];
        let Some(last) = above.iter().rposition(|piece| text(&piece)) else { return false };
        above[last..].iter().any(|piece| piece.kind == BlockKind::Heading && names_answers(&piece.text))
    }

    /// Whether `at` may leave: another piece of body stays.
    fn spare(&mut self, at: usize) -> bool {
        let body = is_body(&self.draft.pieces[at]);
        if body && self.bodies <= 1 {
            return false;
        }
        self.bodies -= usize::from(body);
        true
    }

    /// Takes a whole block out, sentence by sentence where several rules cover it.
    fn take(&mut self, at: usize, mut found: Vec<Found>) -> bool {
        if !self.spare(at) {
            return false;
        }
        if found.len() == 1 {
            let one = found.swap_remove(0);
            self.draft.remove(at, one.rule.id, one.yields);
        } else {
            self.cut(at, found);
        }
        true
    }

    /// Takes parts of a block out; gives how many pieces there are more.
    fn cut(&mut self, at: usize, mut found: Vec<Found>) -> usize {
        engine::join_notices(&mut found, &self.draft.pieces[at].text);
        let known = self.draft.claims.len();
        let mut told: Vec<Vec<Claim>> = Vec::new();
        let mut more = 0;
        for one in found.into_iter().rev() {
            more += self.draft.remove_part(at, one.span, one.rule.id, one.yields);
            told.push(self.draft.claims.split_off(known));
        }
        self.draft.claims.extend(told.into_iter().rev().flatten());
        more
    }
}

/// Where brackets open after a space: `… in the vote. (Reporting by …)` may lack its stop.
fn brackets(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.match_indices([' '])
        .map(|(at, _)| at + 1)
        .filter(|&at| text[at..].starts_with(['(', '[', '<', '©', '_', '/', '（']))
}

/// Whether a removed piece was a footer: the blocks beside it may then be ones too.
fn is_footer_rule(rule: &str) -> bool {
    !(rule.starts_with("header.")
        || rule.starts_with("page.")
        || rule.starts_with("limit.")
        || rule.starts_with("title."))
}
