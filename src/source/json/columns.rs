//! Records that were written by columns: `{"title": {"0": …, "1": …}}` and `{"columns": […], "data": [[…]]}` as pandas
//! writes them, `{"title": […, …], "text": […, …]}` as scripts do.

use serde_json::{Map, Value};

use crate::model::Field;
use crate::source::Options;
use crate::source::fields::Role;

/// One record after the other.
type Rows<'v> = Box<dyn Iterator<Item = Map<String, Value>> + 'v>;

/// The records of an object of columns; `None` if it is none.
pub fn rows<'v>(map: &'v Map<String, Value>, options: &Options) -> Option<Rows<'v>> {
    if let (Some(names), Some(data)) = (texts(map.get("columns")), map.get("data").and_then(Value::as_array)) {
        if !telling(names.iter().map(String::as_str), options) {
            return None;
        }
        let row = move |cells: &Value| Some(names.iter().cloned().zip(cells.as_array()?.iter().cloned()).collect());
        return Some(Box::new(data.iter().filter_map(row)));
    }
    let first = map.values().next()?;
    if !telling(map.keys().map(String::as_str), options) || map.len() < 2 {
        return None;
    }
    match first {
        // By column, then by row.
        Value::Object(first) if !first.is_empty() => {
            let same = |value: &Value| value.as_object().is_some_and(|column| column.len() == first.len());
            let plain = first.keys().all(|key| key.bytes().all(|b| b.is_ascii_digit()));
            if !plain || !map.values().all(same) {
                return None;
            }
            let row = move |key: &String| {
                let cells = map.iter().filter_map(|(name, column)| Some((name.clone(), column.get(key)?.clone())));
                cells.collect()
            };
            Some(Box::new(first.keys().map(row)))
        }
        // A column a list. One record may have lists of its own: of one title each, or of different lengths.
        Value::Array(first) if first.len() >= 2 => {
            let same = |value: &Value| {
                value
                    .as_array()
                    .is_some_and(|c| c.len() == first.len() && c.iter().all(|v| !v.is_array() && !v.is_object()))
            };
            if !map.values().all(same) {
                return None;
            }
            let row = move |at: usize| {
                let cells = map.iter().filter_map(|(name, column)| Some((name.clone(), column.get(at)?.clone())));
                cells.collect()
            };
            Some(Box::new((0..first.len()).map(row)))
        }
        _ => None,
    }
}

fn texts(value: Option<&Value>) -> Option<Vec<String>> {
    value?.as_array()?.iter().map(|name| name.as_str().map(str::to_owned)).collect()
}

/// Whether these are the names of records: a title or an address among them, and one more that is known.
fn telling<'n>(names: impl Iterator<Item = &'n str>, options: &Options) -> bool {
    let roles: Vec<Role> = names.filter_map(|name| options.map.role(name)).collect();
    roles.len() >= 2
        && roles.iter().any(|role| matches!(role, Role::Claim(Field::Title | Field::Url | Field::Canonical)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn records_written_by_columns() {
        let title = |rows: Rows<'_>| -> Vec<Value> { rows.map(Value::Object).collect() };
        let (rain, hail) =
            (json!({"title": "Rain", "text": "It fell."}), json!({"title": "Hail", "text": "It hailed."}));
        for value in [
            json!({"title": {"0": "Rain", "1": "Hail"}, "text": {"0": "It fell.", "1": "It hailed."}}),
            json!({"title": ["Rain", "Hail"], "text": ["It fell.", "It hailed."]}),
            json!({"columns": ["title", "text"], "index": [0, 1], "data": [["Rain", "It fell."], ["Hail", "It hailed."]]}),
        ] {
            let map = value.as_object().unwrap();
            assert_eq!(rows(map, &Options::default()).map(title), Some(vec![rain.clone(), hail.clone()]), "{value}");
        }
        for value in [
            json!({"title": ["Rain"], "text": ["It fell."]}),
            json!({"title": "Rain", "paragraphs": ["It fell.", "It stopped."]}),
            json!({"title": ["Rain", "Hail"], "text": ["It fell."]}),
            json!({"title": {"rendered": "Rain"}, "content": {"rendered": "It fell."}}),
            json!({"columns": ["a", "b"], "data": [[1, 2]]}),
            json!({}),
        ] {
            assert!(rows(value.as_object().unwrap(), &Options::default()).is_none(), "{value}");
        }
    }
}
