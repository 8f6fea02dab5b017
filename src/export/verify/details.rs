//! What JSON holds of an article beside the columns, compared with the version it names.

use serde_json::{Map, Value};

use super::json;
use crate::model::{Article, Span};

/// The first key that is not what the article has.
pub(super) fn altered(
    details: &Map<String, Value>,
    article: &Article,
    passage: Option<Span>,
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
                // Which matches there are, and which lists carry the text, is not known.
                "title_marks" | "articleBody" => false,
                key => whole && expected.contains_key(key),
            };
        };
        match *key {
            "marks" => !marks(said, &article.text),
            "title_marks" => !marks(said, &article.title),
            key => expected.get(key) != Some(said),
        }
    })
}

/// Whether each mark stands where it says, behind the one before it.
pub(super) fn marks(said: &Value, text: &str) -> bool {
    let Some(marks) = said.as_array() else { return false };
    let number = |mark: &Value, key: &str| mark.get(key).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
    let mut last = 0;
    let mut stands = |mark: &Value| {
        let (start, end) = (number(mark, "byte_start")?, number(mark, "byte_end")?);
        let there = text.get(start..end)?;
        let chars = text.get(..start)?.chars().count();
        let behind = std::mem::replace(&mut last, end) <= start;
        let stands = behind
            && mark.get("text")?.as_str()? == there
            && number(mark, "char_start")? == chars
            && number(mark, "char_end")? == chars + there.chars().count();
        Some(stands)
    };
    marks.iter().all(|mark| stands(mark) == Some(true))
}
