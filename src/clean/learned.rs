//! Boilerplate learned from the corpus: blocks that recur in the articles of one source.

use super::draft::Draft;
use super::metadata::folded;

/// An approved rule: this block is not part of any story of this source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LearnedRule {
    /// Names the rule; removed text cites it as `learned.<id>`.
    pub id: String,
    /// The outlet's name as articles of it carry it; compared without regard to case.
    pub source: String,
    /// The block's text; digits and white space do not count in comparing.
    pub text: String,
}

/// Takes out every block a rule of this source names.
pub(super) fn apply(draft: &mut Draft, source: Option<&str>, rules: &[LearnedRule]) {
    let Some(source) = source else { return };
    for rule in rules.iter().filter(|rule| rule.source.eq_ignore_ascii_case(source)) {
        let key = recurring(&rule.text);
        for piece in 0..draft.pieces.len() {
            if draft.pieces[piece].kept() && recurring(&draft.pieces[piece].text) == key {
                draft.remove(piece, &format!("learned.{}", rule.id), Vec::new());
            }
        }
    }
}

/// What stays the same in a block that recurs: its words, digits folded.
fn recurring(text: &str) -> String {
    folded(text).chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect()
}
