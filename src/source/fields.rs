//! Names of fields in JSON records and table columns, and what they mean.
//!
//! Names are compared without case and punctuation: `publishedAt`, `published_at` and `Published At` are one.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::names::{KNOWN, NAMED};
use crate::model::{Claim, Field};

/// What a field of a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A claim.
    Claim(Field),
    /// The body as HTML.
    Html,
    /// The body, as text or HTML.
    Body,
    /// A shorter form of the body, used when there is none.
    Summary,
    /// When the record was got.
    Fetched,
    /// A nested object whose fields count as the record's own.
    Nested,
}

/// Names we do not know by ourselves, as given by `--map title=headline,text=story.body`. Clones tell together which of
/// the names were met.
#[derive(Debug, Clone, Default)]
pub struct Mapping(Arc<[Mapped]>);

/// One pair of a mapping.
#[derive(Debug)]
struct Mapped {
    /// As typed, `text=story.body`.
    typed: String,
    /// The name, without case and punctuation.
    plain: String,
    /// The names that lead to it through nested objects, likewise.
    path: Vec<String>,
    role: Role,
    met: AtomicBool,
}

impl PartialEq for Mapping {
    fn eq(&self, other: &Self) -> bool {
        self.0.iter().map(|m| &m.typed).eq(other.0.iter().map(|m| &m.typed))
    }
}

impl Mapping {
    /// Reads `ours=theirs,…`; dots lead into nested objects. The error says what `ours` may be.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut out = Vec::new();
        for pair in text.split(',').filter(|p| !p.trim().is_empty()) {
            let (ours, theirs) =
                pair.split_once('=').ok_or_else(|| format!("`{}` is not of the form `title=headline`", pair.trim()))?;
            let role = NAMED.iter().find(|(name, _)| *name == ours.trim()).map(|(_, role)| *role).ok_or_else(|| {
                let names: Vec<&str> = NAMED.iter().map(|(name, _)| *name).collect();
                format!("`{}` is not a field to map to; there are {}", ours.trim(), names.join(", "))
            })?;
            let path: Vec<String> = theirs.split('.').map(plain).filter(|part| !part.is_empty()).collect();
            let typed = format!("{}={}", ours.trim(), theirs.trim());
            out.push(Mapped { typed, plain: plain(theirs), path, role, met: AtomicBool::new(false) });
        }
        Ok(Self(out.into()))
    }

    /// What a field called `name` is: as mapped, else as known.
    pub fn role(&self, name: &str) -> Option<Role> {
        self.ranked(name).map(|(role, _)| role)
    }

    /// The same and how much the name is to be trusted, 0 being most, among names of one role.
    pub fn ranked(&self, name: &str) -> Option<(Role, usize)> {
        let name = plain(name);
        if let Some(mapped) = self.0.iter().find(|mapped| mapped.plain == name) {
            mapped.met.store(true, Ordering::Relaxed);
            return Some((mapped.role, 0));
        }
        // `Überschrift`, `Título`: known names are written without accents.
        let bare: String = name.nfd().filter(|c| !is_combining_mark(*c)).collect();
        known(&bare).map(|(role, rank)| (role, rank + 1))
    }

    /// The names that lead into nested objects, each with the parts of its path.
    pub fn paths(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.0.iter().filter(|mapped| mapped.path.len() > 1).map(|mapped| (mapped.plain.as_str(), &mapped.path[..]))
    }

    /// The pairs, as typed, whose name no record and no table has had that was read with this mapping or a clone of it.
    pub fn unmet(&self) -> Vec<&str> {
        let unmet = self.0.iter().filter(|mapped| !mapped.met.load(Ordering::Relaxed));
        unmet.map(|mapped| mapped.typed.as_str()).collect()
    }
}

fn known(plain: &str) -> Option<(Role, usize)> {
    KNOWN.iter().find_map(|(role, names)| names.iter().position(|n| *n == plain).map(|rank| (*role, rank)))
}

/// Whether names of fields are those of a reader's own shelf: a list of saved pages, a library of references. When a thing
/// was put there or touched there is no day of the article.
pub fn is_shelf<'n>(names: impl Iterator<Item = &'n str>) -> bool {
    const SIGNS: &[&[&str]] = &[
        &["isarchived", "isstarred"],
        &["url", "title", "selection", "folder", "timestamp"],
        &["readingprogress"],
        &["savedat", "state"],
        &["itemtype", "dateadded"],
        &["timeadded"],
        &["extractedcontenturl"],
    ];
    let names: Vec<String> = names.map(plain).collect();
    SIGNS.iter().any(|signs| signs.iter().all(|sign| names.iter().any(|name| name == sign)))
}

/// The role of a field on such a shelf, where it is another than elsewhere.
pub fn on_shelf(name: &str) -> Option<Option<Role>> {
    match plain(name).as_str() {
        "createdat" | "created" | "timestamp" | "dateadded" | "saveddate" | "savedat" | "timeadded" => {
            Some(Some(Role::Fetched))
        }
        // And whose program took it in is no outlet.
        "updatedat" | "updated" | "datemodified" | "modified" | "source" => Some(None),
        _ => None,
    }
}

/// The passage in a note of ours: `“…” (characters 0-84 of article …`, as lists for reference managers have it.
pub fn quotation(note: &str) -> Option<&str> {
    note.strip_prefix('“')?.rsplit_once("” (characters ").map(|(quoted, _)| quoted)
}

/// Lowercase letters and digits only.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Sorts claims so that within a field the most telling names come first; `ranks` go with `claims`.
pub(super) fn sorted(mut ranked: Vec<(usize, Claim)>) -> Vec<Claim> {
    ranked.sort_by_key(|(rank, claim)| (claim.field, *rank));
    ranked.into_iter().map(|(_, claim)| claim).collect()
}

/// A number that counts seconds, milliseconds or microseconds since 1970, as an ISO 8601 instant; other numbers
/// (`20180627`, `2018`) as they are.
pub(super) fn date_number(number: f64, written: &str) -> String {
    let seconds = match number {
        // The epoch: what a system writes that has no date. It is kept as claimed, and doubted.
        0.0 => 0.0,
        n if (1e8..1e10).contains(&n) => n,
        n if (1e11..1e13).contains(&n) => n / 1e3,
        n if (1e14..1e16).contains(&n) && !written.starts_with("19") && !written.starts_with("20") => n / 1e6,
        _ => return written.to_owned(),
    };
    jiff::Timestamp::from_millisecond((seconds * 1e3) as i64).map_or_else(|_| written.to_owned(), |t| t.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_are_days() {
        for (number, want) in [
            ("0", "1970-01-01T00:00:00Z"),
            ("1751033100", "2025-06-27T14:05:00Z"),
            ("1751033100000", "2025-06-27T14:05:00Z"),
            ("20250627", "20250627"),
            ("2025", "2025"),
        ] {
            assert_eq!(date_number(number.parse().unwrap(), number), want);
        }
    }

    #[test]
    fn names_are_known_in_every_spelling() {
        let map = Mapping::parse("title=Kopfzeile, text=Story Body").unwrap();
        for (name, role) in [
            ("published_at", Some(Role::Claim(Field::Published))),
            ("publishedAt", Some(Role::Claim(Field::Published))),
            ("Published At", Some(Role::Claim(Field::Published))),
            ("kopfzeile", Some(Role::Claim(Field::Title))),
            ("story_body", Some(Role::Body)),
            ("Überschrift", Some(Role::Claim(Field::Title))),
            ("Título", Some(Role::Claim(Field::Title))),
            ("maintext", Some(Role::Body)),
            ("tone", None),
        ] {
            assert_eq!(map.role(name), role, "{name}");
        }
        let nested = Mapping::parse("text=Deep.Story").unwrap();
        assert_eq!(nested.paths().next(), Some(("deepstory", &["deep".to_owned(), "story".to_owned()][..])));
        assert_eq!(nested.unmet(), ["text=Deep.Story"]);
        assert_eq!((nested.clone().role("deep.story"), nested.unmet().len()), (Some(Role::Body), 0));
        assert!(Mapping::parse("headline=x").is_err_and(|e| e.contains("title")));
        assert!(Mapping::parse("headline").is_err());
    }

    #[test]
    fn numbers_that_are_instants_become_instants() {
        for (number, expected) in [
            ("1530100000", "2018-06-27T11:46:40Z"),
            ("1530100000000", "2018-06-27T11:46:40Z"),
            ("20180627", "20180627"),
            ("2018", "2018"),
            ("20180627114640", "20180627114640"),
        ] {
            assert_eq!(date_number(number.parse().unwrap(), number), expected);
        }
    }
}
