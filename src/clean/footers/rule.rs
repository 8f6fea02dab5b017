//! What a rule is. The tables are in `rules/`, the code that applies them in `engine.rs`.

use crate::model::Field;

/// Where a rule may fire: in the trailing block (walking up from the end).
pub(super) const TAIL: u16 = 1;
/// Among the first blocks.
pub(super) const HEAD: u16 = 2;
/// Anywhere, as a whole block.
pub(super) const MID: u16 = 4;
/// Also as the last sentences of the last paragraph of the body: distinctive shapes only.
pub(super) const CUT: u16 = 8;
/// In the trailing block only beside another line that leaves: words that are a footer only in company.
pub(super) const NEAR: u16 = 16;
/// Only as the very last block that is kept.
pub(super) const LAST: u16 = 32;
/// Claimed and left in the text.
pub(super) const KEEP: u16 = 64;
/// Opens a list of teasers that leaves with it.
pub(super) const LIST: u16 = 128;
/// Only where most of the block is a link, or the block is a heading or a list item.
pub(super) const LINKED: u16 = 256;
/// At the end of a picture's caption too.
pub(super) const CAPTION: u16 = 512;
/// As the first sentences of the first paragraph too.
pub(super) const LEAD: u16 = 1024;

/// One kind of line that is no reporting.
#[derive(Debug)]
pub(super) struct Rule {
    /// Stable: stored with what it took out.
    pub(super) id: &'static str,
    /// Rows of the catalogue it covers (`SHAPES.md`).
    #[cfg_attr(not(test), expect(dead_code, reason = "a test holds the rules to the table of shapes by them"))]
    pub(super) rows: &'static [u16],
    /// Where it may fire: a sum of the constants above.
    pub(super) place: u16,
    /// Whole sentences or lines, in the notation of `pattern.rs`.
    pub(super) patterns: &'static [&'static str],
    /// What it tells besides what its slots capture.
    pub(super) tells: &'static [Tell],
}

/// One thing a rule tells.
#[derive(Debug, Clone, Copy)]
pub(super) enum Tell {
    /// A fixed value.
    Is(Field, &'static str),
    /// The matched words as they stood.
    Words(Field),
    /// Who reported, wrote and edited, read from the matched words; no match if they do not say so.
    Credits,
    /// The address of the first link in the matched words.
    Link(Field),
    /// The address of the link on the words of the slot.
    LinkOf(&'static str, Field),
}

pub(super) const fn rule(
    id: &'static str,
    rows: &'static [u16],
    place: u16,
    patterns: &'static [&'static str],
    tells: &'static [Tell],
) -> Rule {
    Rule { id, rows, place, patterns, tells }
}
