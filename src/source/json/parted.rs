//! Days that are written in parts: `{"year": 2025, "month": 6, "day": 27}`, `[2025, 6, 27]`, three columns of a table.

use serde_json::{Map, Value};

use crate::source::fields::plain;

/// The day or month that three numbers are.
pub fn day(year: &str, month: &str, day: &str) -> Option<String> {
    let number = |text: &str| text.trim().trim_end_matches(".0").parse::<u32>().ok();
    let year = number(year).filter(|year| (1000..3000).contains(year))?;
    let month = number(month).filter(|month| (1..=12).contains(month))?;
    match number(day).filter(|day| (1..=31).contains(day)) {
        Some(day) => Some(format!("{year:04}-{month:02}-{day:02}")),
        // A day that is none says nothing, and makes the month doubtful too.
        None if day.trim().is_empty() => Some(format!("{year:04}-{month:02}")),
        None => None,
    }
}

/// The fields `year`, `month` and `day` of an object.
pub fn of_object(map: &Map<String, Value>) -> Option<String> {
    let of = |name: &str| {
        let value = map.iter().find(|(key, _)| plain(key) == name).map(|(_, value)| value);
        match value {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            _ => String::new(),
        }
    };
    day(&of("year"), &of("month"), &of("day"))
}

/// A list of such numbers.
pub fn of_list(items: &[Value]) -> Option<String> {
    let [year, month, number] = items else { return None };
    if !items.iter().all(Value::is_number) {
        return None;
    }
    day(&year.to_string(), &month.to_string(), &number.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_make_a_day() {
        for (parts, want) in [
            (["2025", "6", "27"], Some("2025-06-27")),
            (["1987", "06", ""], Some("1987-06")),
            (["2025.0", "6.0", "27.0"], Some("2025-06-27")),
            (["2025", "13", "27"], None),
            (["2025", "6", "32"], None),
            (["87", "6", "27"], None),
            (["2025", "", "27"], None),
        ] {
            assert_eq!(day(parts[0], parts[1], parts[2]).as_deref(), want, "{parts:?}");
        }
    }
}
