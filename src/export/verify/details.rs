//! What JSON holds of an article beside the columns, compared with the version it names.

use serde_json::{Map, Value};

use super::json;
use super::match_cells::Matches;
use crate::model::{Article, Span};

/// The first key that is not what the article has.
pub(super) fn altered(
    details: &Map<String, Value>,
    article: &Article,
    passage: Option<Span>,
    found: Option<&Matches>,
    (has_marks, whole): (bool, bool),
) -> Option<&'static str> {
    if details.is_empty() && !has_marks {
        return None;
    }
    let mut expected = Map::new();
    json::of_article(article, true, &mut expected);
    json::DETAILS.into_iter().find(|key| {
        let Some(said) = details.get(*key) else {
            return match *key {
                "marks" => has_marks && passage.is_some(),
                "title_marks" => has_marks && found.is_some_and(|found| !found.title.is_empty()),
                // Which lists carry the text is not known.
                "articleBody" => false,
                key => whole && expected.contains_key(key),
            };
        };
        let in_passage = |spans: &[Span]| -> Vec<Span> {
            spans.iter().copied().filter(|span| passage.is_some_and(|passage| passage.contains(*span))).collect()
        };
        match *key {
            "marks" => !marks(said, &article.text, found.map(|found| in_passage(&found.text))),
            "title_marks" => !marks(said, &article.title, found.map(|found| found.title.clone())),
            key => expected.get(key) != Some(said),
        }
    })
}

/// Whether each mark stands where it says, and all are those that the query finds.
fn marks(said: &Value, text: &str, found: Option<Vec<Span>>) -> bool {
    let Some(marks) = said.as_array() else { return false };
    let number = |mark: &Value, key: &str| mark.get(key).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
    let span = |mark: &Value| {
        let (start, end) = (number(mark, "byte_start")?, number(mark, "byte_end")?);
        let there = text.get(start..end)?;
        let chars = text.get(..start)?.chars().count();
        let stands = mark.get("text")?.as_str()? == there
            && number(mark, "char_start")? == chars
            && number(mark, "char_end")? == chars + there.chars().count();
        stands.then(|| Span::new(start, end))
    };
    let spans: Option<Vec<Span>> = marks.iter().map(span).collect();
    spans.is_some_and(|spans| found.is_none_or(|found| found == spans))
}
