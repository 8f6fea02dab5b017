//! What formats without rows cite: reports and references, read by the lines that this program writes into them. Their
//! text is escaped, so that nothing an article says looks like such a line.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use super::super::Format;
use super::super::ris::one_line;
use super::super::trec::word;
use super::{Hashed, Standing, Witness, candidates, no_hit_list, since, slice};
use crate::model::{ArticleId, Revision};
use crate::{Error, Result};

/// Bytes of a line: a reference holds a passage, never a text of this length.
const LONGEST: u64 = 64 << 20;

/// An article that a file cites.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Citation {
    pub article_id: String,
    /// The version by its text.
    sha256: Option<String>,
    /// The version by its number.
    version: Option<u32>,
    /// Where the passages stand; none where the format does not say.
    chars: Vec<(u64, u64)>,
    /// The passage in one line, where the format can be read back.
    passage: Option<String>,
}

/// Whether files of `format` cite articles and have no rows to be read back.
pub(super) fn is_cited(format: Format) -> bool {
    matches!(format, Format::Markdown | Format::Html | Format::Ris | Format::Bibtex | Format::Csl | Format::Trec)
}

/// Gives each citation of the file to `each`, in order.
pub(super) fn each(path: &Path, format: Format, each: &mut dyn FnMut(Citation) -> Result<()>) -> Result<()> {
    let failed = |error| Error::io(path, error);
    let mut file = BufReader::with_capacity(1 << 16, File::open(path).map_err(failed)?);
    let (mut bytes, mut number) = (Vec::new(), 0);
    loop {
        bytes.clear();
        number += 1;
        let read = file.by_ref().take(LONGEST).read_until(b'\n', &mut bytes).map_err(failed)?;
        if read == 0 {
            return Ok(());
        }
        if read as u64 == LONGEST {
            return Err(no_hit_list(path, format!("line {number} is longer than any that was written")));
        }
        if let Some(citation) = of_line(&String::from_utf8_lossy(&bytes), format) {
            each(citation)?;
        }
    }
}

/// Which articles came with the ids that a run names: each document, and our ids.
pub(super) fn by_source(path: &Path, witness: &mut Witness<'_>) -> Result<HashMap<String, Vec<String>>> {
    let mut named: HashMap<String, Vec<String>> = HashMap::new();
    each(path, Format::Trec, &mut |citation| {
        if !ArticleId::is_one(&citation.article_id) {
            named.entry(citation.article_id).or_default();
        }
        Ok(())
    })?;
    if !named.is_empty() {
        (witness.source_ids)(&mut |source, id| {
            if let Some(ids) = named.get_mut(&word(source)) {
                ids.push(id.to_owned());
            }
        })?;
    }
    Ok(named)
}

fn of_line(line: &str, format: Format) -> Option<Citation> {
    let line = line.trim_end();
    match format {
        Format::Markdown => {
            let (id, rest) = line.strip_prefix("article `")?.split_once("` · version ")?;
            versioned(id, rest)
        }
        Format::Html => {
            let (_, cited) = line.split_once("<p class=\"cite\">article <code>")?;
            let (id, rest) = cited.split_once("</code>, version ")?;
            versioned(id, rest)
        }
        Format::Ris => noted(line.strip_prefix("N1  - ")?, true),
        Format::Bibtex => noted(line.strip_prefix("  annote = {")?.strip_suffix("},")?, false),
        Format::Csl => {
            let object = line.trim_end_matches(',');
            let item: serde_json::Value = serde_json::from_str(object).ok()?;
            noted(item.get("annote")?.as_str()?, true)
        }
        Format::Trec => {
            let document = line.split(' ').nth(2)?;
            Some(Citation { article_id: document.to_owned(), ..Citation::default() })
        }
        _ => None,
    }
}

fn versioned(id: &str, rest: &str) -> Option<Citation> {
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let version = rest[..digits].parse().ok();
    Some(Citation { article_id: id.to_owned(), version, chars: places(rest), ..Citation::default() })
}

/// `; characters 4–15, 20–31`, where it is there.
fn places(rest: &str) -> Vec<(u64, u64)> {
    let Some((_, rest)) = rest.split_once("; characters ") else { return Vec::new() };
    let end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, '–' | ',' | ' ')).unwrap_or(rest.len());
    let place = |place: &str| {
        let (start, end) = place.trim().split_once('–')?;
        Some((start.parse().ok()?, end.parse().ok()?))
    };
    rest[..end].split(',').filter_map(place).collect()
}

/// `“passage” (characters 4-15 of article ID, SHA-256 HASH)`, or without passage `article ID, SHA-256 HASH`.
fn noted(note: &str, readable: bool) -> Option<Citation> {
    let (before, sha256) = note.trim_end_matches(')').rsplit_once(", SHA-256 ")?;
    let (place, id) = before.rsplit_once("article ").filter(|(_, id)| !id.contains(' '))?;
    let (text, place) = place.rsplit_once("characters ").unwrap_or((place, ""));
    let chars = place.strip_suffix(" of ").and_then(|place| place.split_once('-'));
    let quoted = text.strip_prefix('“').and_then(|text| text.strip_suffix("” ("));
    Some(Citation {
        article_id: id.to_owned(),
        sha256: Some(sha256.to_owned()),
        version: None,
        chars: chars.and_then(|(start, end)| Some((start.parse().ok()?, end.parse().ok()?))).into_iter().collect(),
        passage: quoted.filter(|_| readable).map(one_line),
    })
}

/// What became of a citation in a list that was written at the revision `written`.
pub(super) fn judge(cited: &Citation, versions: &[Hashed], written: Option<Revision>) -> Standing {
    let Some(newest) = versions.last() else { return Standing::Missing };
    let named = candidates(versions, written, |v| {
        cited.sha256.as_ref().is_none_or(|sha256| v.sha256 == *sha256)
            && cited.version.is_none_or(|number| v.version.number == number)
    });
    let Some(named) = named.first().map(|named| &named.version) else {
        return Standing::VersionMissing { newest: newest.version.number, still: None };
    };
    let there: Option<Vec<&str>> = cited.chars.iter().map(|chars| slice(&named.article.text, *chars)).collect();
    let differs = |text: &&str| cited.passage.as_ref().is_some_and(|quoted| *quoted != one_line(text));
    let Some(there) = there.filter(|there| !there.iter().any(differs)) else { return Standing::Differs };
    since(named, versions, |newest| (!there.is_empty()).then(|| there.iter().all(|text| newest.text.contains(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_cite() {
        type Cited<'c> = (&'c str, Option<u32>, Option<(u64, u64)>, Option<&'c str>);
        #[track_caller]
        fn check(format: Format, line: &str, expected: Option<Cited<'_>>) {
            let got = of_line(line, format);
            let got = got
                .as_ref()
                .map(|c| (c.article_id.as_str(), c.version, c.chars.first().copied(), c.passage.as_deref()));
            assert_eq!(got, expected, "{line}");
        }
        check(Format::Markdown, "article `ab` · version 3 · 1 match", Some(("ab", Some(3), None, None)));
        check(Format::Markdown, "> article \\`ab\\` · version 3", None);
        check(
            Format::Html,
            "<p class=\"cite\">article <code>ab</code>, version 2; 1 match",
            Some(("ab", Some(2), None, None)),
        );
        let placed =
            "<p class=\"cite\">article <code>ab</code>, version 2; 2 matches; characters 4–15, 20–31; and 1 further";
        check(Format::Html, placed, Some(("ab", Some(2), Some((4, 15)), None)));
        assert_eq!(places(placed), [(4, 15), (20, 31)]);
        check(Format::Html, "<p>article &lt;code&gt;ab</code>, version 2", None);
        check(
            Format::Ris,
            "N1  - “an article x, SHA-256 y” (characters 4-15 of article ab, SHA-256 cd)",
            Some(("ab", None, Some((4, 15)), Some("an article x, SHA-256 y"))),
        );
        check(Format::Ris, "N1  - article ab, SHA-256 cd", Some(("ab", None, None, None)));
        check(
            Format::Bibtex,
            "  annote = {“50\\% more” (characters 4-15 of article ab, SHA-256 cd)},",
            Some(("ab", None, Some((4, 15)), None)),
        );
        check(
            Format::Csl,
            "{\"id\":\"ab\",\"annote\":\"“one\\n\\ntwo” (characters 0-8 of article ab, SHA-256 cd)\"},",
            Some(("ab", None, Some((0, 8)), Some("one two"))),
        );
        check(Format::Trec, "1 Q0 ab 1 2.5 newsdex", Some(("ab", None, None, None)));
    }
}
