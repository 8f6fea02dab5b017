//! The headline: which of the titles a document gives, without the site's name.

use super::{Claims, folded};
use crate::model::Field;

/// Longest title in bytes.
const MAX_TITLE_BYTES: usize = 600;

/// The headline, or nothing.
pub(super) fn title(claims: &Claims, names: &[String]) -> String {
    let Some(claim) = claims.all(Field::Title).find(|claim| claim.value.len() <= MAX_TITLE_BYTES) else {
        return String::new();
    };
    let title = claim.value.split_whitespace().collect::<Vec<_>>().join(" ");
    without_site(&title, names).to_owned()
}

fn without_site<'a>(title: &'a str, names: &[String]) -> &'a str {
    for dash in [" | ", " - ", " – ", " — ", " · ", " :: ", " » "] {
        if let Some((head, tail)) = title.rsplit_once(dash) {
            let tail = folded(tail);
            if names.iter().any(|name| folded(name) == tail) {
                return head.trim_end();
            }
        }
    }
    title
}
