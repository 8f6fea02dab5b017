//! Whose words a quoted post is: `— Mina Rowe (@minarowe) May 5, 2026` below the words.

use html5ever::local_name;

use super::blocks::Block;
use super::tree::Tree;

/// Most bytes of such a line.
const MOST: usize = 160;

/// Keeps such a line with the words it stands below.
pub(super) fn keep_credits(tree: &Tree, blocks: &[Block], verdicts: &mut [Option<&'static str>]) {
    let quote = |at: usize| {
        let node = blocks[at].node;
        std::iter::once(node).chain(tree.ancestors(node)).find(|id| *tree.tag(*id) == local_name!("blockquote"))
    };
    for at in 1..blocks.len().min(verdicts.len()) {
        let lost = verdicts[at] == Some("page.chrome") && verdicts[at - 1].is_none();
        if lost && is_credit(&blocks[at].text) && quote(at).is_some() && quote(at) == quote(at - 1) {
            verdicts[at] = None;
        }
    }
}

fn is_credit(text: &str) -> bool {
    let handle = || {
        let (_, rest) = text.split_once("(@")?;
        let (handle, _) = rest.split_once(')')?;
        Some(!handle.is_empty() && handle.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-')))
    };
    text.len() <= MOST && text.starts_with(['—', '–', '-']) && handle() == Some(true)
}

#[cfg(test)]
mod tests {
    use super::is_credit;

    #[test]
    fn credits_of_posts() {
        assert!(is_credit("— Mina Rowe (@minarowe) May 5, 2026"));
        assert!(is_credit("— Harle Bay Council (@harle_bay)"));
        for other in ["Mina Rowe (@minarowe)", "— Mina Rowe", "— (@)", "— write to us (@ the desk)"] {
            assert!(!is_credit(other), "{other}");
        }
    }
}
