//! Bylines with more in them than names: `By Jane Roe | Tarn Post | Posted June 27, 2025 | 5:00 PM`.

use std::sync::LazyLock;

use regex::Regex;

use super::{is_date, is_outlet, sign};
use crate::clean::{metadata, plain};
use crate::model::{Field, Yield};

/// Most parts that are neither names nor days: an outlet, and a section of it.
const MOST_OUTLETS: usize = 2;

/// Who signed, for whom and when, from a byline parted by bars, or by dashes or slashes between spaces; `None` if it
/// is not so parted, or a part of it is none of these.
pub(in crate::clean::footers) fn parted(byline: &str) -> Option<Vec<Yield>> {
    static BARS: LazyLock<Regex> = LazyLock::new(|| {
        // The pattern is ours and is tested.
        Regex::new(r"\s*\|\s*|\s+[-–—/·•]\s+").expect("a valid pattern")
    });
    static LABEL: LazyLock<Regex> = LazyLock::new(|| {
        // The pattern is ours and is tested.
        Regex::new(r"(?i)^(?:first |last |originally )?(posted|published|created|updated|modified)(?: on| at)?:? +")
            .expect("a valid pattern")
    });
    let mut parts = BARS.split(byline.trim()).map(str::trim).filter(|part| !part.is_empty());
    let signed = parts.next()?;
    let names = metadata::persons(signed);
    if names.is_empty() || !sign(signed) {
        return None;
    }
    let mut out: Vec<Yield> = names.into_iter().map(|value| Yield { field: Field::Author, value }).collect();
    let (mut more, mut outlets, mut day) = (false, 0, false);
    for part in parts {
        more = true;
        let label = LABEL.captures(part).and_then(|found| Some((found.get(0)?.end(), found.get(1)?.as_str())));
        let (said, field) = match label {
            Some((end, word)) if word.to_lowercase().starts_with(['u', 'm']) => (&part[end..], Field::Updated),
            Some((end, _)) => (&part[end..], Field::Published),
            None => (part, Field::Published),
        };
        if is_date(said) {
            // An hour in a part of its own belongs to the day before it.
            match out.last_mut().filter(|_| day && label.is_none()) {
                Some(last) => last.value = format!("{} {said}", last.value),
                None => out.push(Yield { field, value: said.to_owned() }),
            }
            day = true;
            continue;
        }
        day = false;
        if label.is_some() {
            return None;
        }
        if part.contains('@') && !part.contains(' ') {
            out.push(Yield { field: Field::AuthorContact, value: part.to_owned() });
        } else if !plain::is_office(part) {
            outlets += 1;
            if outlets > MOST_OUTLETS || !is_outlet(part) {
                return None;
            }
            if outlets == 1 {
                out.push(Yield { field: Field::OriginalPublisher, value: part.to_owned() });
            }
        }
    }
    more.then_some(out)
}
