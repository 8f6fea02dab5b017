//! What was read as a word and may have been meant as an operator.

use super::ast::{Kind, Query};

/// Says of a query whose words are all sought where an `or` or `not` among them was taken for a word, each once.
pub fn advice(query: &Query) -> Vec<String> {
    let mut said = Vec::new();
    within(query, &mut said);
    said
}

fn within(query: &Query, said: &mut Vec<String>) {
    let Kind::And(items) = &query.kind else { return };
    for (at, item) in items.iter().enumerate() {
        let advice = match &item.kind {
            Kind::Word { text, .. } if at > 0 && at + 1 < items.len() => match text.as_str() {
                "or" => "`or` was sought as a word: write `OR` for articles with either",
                "not" => "`not` was sought as a word: write `NOT` or `-word` to leave articles out",
                _ => continue,
            },
            // Flags stand beside what was typed.
            Kind::And(_) => {
                within(item, said);
                continue;
            }
            _ => continue,
        };
        if !said.iter().any(|known| known == advice) {
            said.push(advice.to_owned());
        }
    }
}
