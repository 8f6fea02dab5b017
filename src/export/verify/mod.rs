//! The proof that a hit list still stands: each quoted passage is compared, byte for byte, with the text of the
//! article version its row names.

mod rows;
mod sheet;

use std::path::Path;

use super::{Manifest, file};
use crate::model::content_hash;
use crate::{Error, ErrorKind, Result};

/// A stored version of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredVersion {
    /// Its number, from 1.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// Its text.
    pub text: String,
    /// Whether it is withdrawn.
    pub withdrawn: bool,
}

impl StoredVersion {
    /// As [`Article::sha256`](crate::model::Article::sha256): computed here, not believed.
    fn sha256(&self) -> String {
        content_hash(format!("{}\n\n{}", self.title, self.text).as_bytes())
    }
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// The passage stands in the version named, which is the newest.
    Stands,
    /// It stands in the version named, but the article changed since.
    Changed {
        /// The version named.
        named: u32,
        /// The newest.
        newest: u32,
        /// Whether the newest still has the passage, somewhere.
        still: bool,
    },
    /// It stands in the version named, and the article was withdrawn since.
    Withdrawn,
    /// The article is stored, the version named is not.
    VersionMissing {
        /// The newest stored.
        newest: u32,
        /// Whether that has the passage, somewhere.
        still: bool,
    },
    /// No article of that id is stored.
    Missing,
    /// The version named does not have the passage at its place: the row was altered, or the corpus was.
    Differs,
    /// The row names no article, or its offsets are no numbers.
    Unreadable,
}

/// A row that does not simply stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which row, from 1, the header not counted.
    pub row: u64,
    /// The article it names.
    pub article_id: String,
    /// What became of it.
    pub standing: Standing,
}

/// What checking a file found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Rows read.
    pub rows: u64,
    /// Rows that stand in the newest version.
    pub stand: u64,
    /// All other rows, in order.
    pub findings: Vec<Finding>,
    /// Whether the file is, byte for byte, what its manifest says was written; `None` without a manifest.
    pub as_written: Option<bool>,
    /// Rows the manifest says there are.
    pub rows_written: Option<u64>,
}

impl Verdict {
    /// Whether every passage is proven: in the version its row names, whatever came after.
    pub fn holds(&self) -> bool {
        self.as_written != Some(false)
            && self.findings.iter().all(|f| matches!(f.standing, Standing::Changed { .. } | Standing::Withdrawn))
    }
}

/// A row as it stands in a file.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Quoted {
    article_id: String,
    sha256: Option<String>,
    passage: String,
    /// Character offsets; `None` where the file has no such columns, or they are empty.
    chars: Option<(u64, u64)>,
    /// Whether the offsets could not be read.
    bad_offsets: bool,
}

/// Checks a CSV, TSV, JSON, JSONL or XLSX file, which it recognises by content. `lookup` gives all stored versions
/// of an article, oldest first; none where no such article is stored. Rows are read one by one.
///
/// # Errors
/// If the file cannot be read as a hit list, or `lookup` fails.
pub fn verify(path: &Path, lookup: &mut dyn FnMut(&str) -> Result<Vec<StoredVersion>>) -> Result<Verdict> {
    let mut verdict = Verdict::default();
    if let Some(manifest) = Manifest::read(path)? {
        verdict.as_written = Some(file::sha256_of(path)? == manifest.sha256);
        verdict.rows_written = Some(manifest.rows);
    }
    // Rows of one article mostly stand together.
    let mut last: Option<(String, Vec<(StoredVersion, String)>)> = None;
    rows::each(path, &mut |quoted| {
        verdict.rows += 1;
        let known = last.as_ref().is_some_and(|(id, _)| *id == quoted.article_id);
        if !known && !quoted.article_id.is_empty() {
            let versions = lookup(&quoted.article_id)?;
            let hashed = versions.into_iter().map(|v| (v.sha256(), v)).map(|(hash, v)| (v, hash)).collect();
            last = Some((quoted.article_id.clone(), hashed));
        }
        let versions = last.as_ref().map_or(&[][..], |(_, v)| v);
        match judge(&quoted, versions) {
            Standing::Stands => verdict.stand += 1,
            standing => {
                verdict.findings.push(Finding { row: verdict.rows, article_id: quoted.article_id, standing });
            }
        }
        Ok(())
    })?;
    Ok(verdict)
}

fn judge(quoted: &Quoted, versions: &[(StoredVersion, String)]) -> Standing {
    if quoted.article_id.is_empty() || quoted.bad_offsets {
        return Standing::Unreadable;
    }
    let Some((newest, _)) = versions.last() else { return Standing::Missing };
    let somewhere = |v: &StoredVersion| quoted.readings().any(|p| v.text.contains(p));
    let named = match &quoted.sha256 {
        // The newest of several versions with one text.
        Some(sha256) => versions.iter().rev().find(|(_, hash)| hash == sha256).map(|(v, _)| v),
        None => Some(newest),
    };
    let Some(named) = named else {
        return Standing::VersionMissing { newest: newest.number, still: somewhere(newest) };
    };
    let stands = match quoted.chars {
        Some(chars) => {
            let there = slice(&named.text, chars);
            there.is_some_and(|t| quoted.readings().any(|p| p == t) || quoted.is_cut_from(t))
        }
        None => somewhere(named),
    };
    if !stands {
        return Standing::Differs;
    }
    if newest.withdrawn {
        return Standing::Withdrawn;
    }
    if named.number != newest.number && (named.title != newest.title || named.text != newest.text) {
        return Standing::Changed { named: named.number, newest: newest.number, still: somewhere(newest) };
    }
    Standing::Stands
}

impl Quoted {
    /// The passage as it stands in the cell, and without the `'` that made it harmless.
    fn readings(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.passage.as_str()).chain(super::csv::before_harmless(&self.passage))
    }

    /// Excel cuts a cell after 32,767 units: then what it kept is compared.
    fn is_cut_from(&self, text: &str) -> bool {
        let units = self.passage.encode_utf16().count();
        (32_766..=32_767).contains(&units) && text.starts_with(&self.passage)
    }
}

/// The characters `chars.0..chars.1` of `text`.
fn slice(text: &str, chars: (u64, u64)) -> Option<&str> {
    let (start, end) = (usize::try_from(chars.0).ok()?, usize::try_from(chars.1).ok()?);
    let mut offsets = text.char_indices().map(|(at, _)| at).chain(std::iter::once(text.len()));
    let from = offsets.nth(start)?;
    let to = match end.checked_sub(start)? {
        0 => from,
        further => offsets.nth(further - 1)?,
    };
    text.get(from..to)
}

fn no_hit_list(path: &Path, why: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::Export, format!("is no hit list that can be checked: {why}"))
        .at(path)
        .hint("csv, tsv, json, jsonl and xlsx can be checked, with the columns `article_id` and `passage`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standing() {
        let version = |number, text: &str| {
            let v = StoredVersion { number, title: "T".into(), text: text.into(), withdrawn: false };
            let hash = v.sha256();
            (v, hash)
        };
        let (one, two) = (version(1, "Der Dämm brach. Ende."), version(2, "Ein Dämm brach."));
        let quoted = |passage: &str, chars, sha: &str| Quoted {
            article_id: "a".into(),
            sha256: Some(sha.to_owned()),
            passage: passage.into(),
            chars: Some(chars),
            bad_offsets: false,
        };
        #[track_caller]
        fn check(quoted: &Quoted, versions: &[(StoredVersion, String)], expected: Standing) {
            assert_eq!(judge(quoted, versions), expected);
        }
        let brach = quoted("Dämm brach.", (4, 15), &one.1);
        check(&brach, std::slice::from_ref(&one), Standing::Stands);
        check(&brach, &[one.clone(), two.clone()], Standing::Changed { named: 1, newest: 2, still: true });
        check(
            &quoted("Ende.", (16, 21), &one.1),
            &[one.clone(), two.clone()],
            Standing::Changed { named: 1, newest: 2, still: false },
        );
        check(&brach, &[], Standing::Missing);
        check(&brach, std::slice::from_ref(&two), Standing::VersionMissing { newest: 2, still: true });
        check(&quoted("Dämm brach!", (4, 15), &one.1), std::slice::from_ref(&one), Standing::Differs);
        check(&quoted("Dämm brach.", (5, 16), &one.1), std::slice::from_ref(&one), Standing::Differs);
        check(&quoted("Dämm brach.", (4, 1500), &one.1), std::slice::from_ref(&one), Standing::Differs);
        check(&quoted("", (15, 4), &one.1), std::slice::from_ref(&one), Standing::Differs);
        let mut gone = one.clone();
        gone.0.withdrawn = true;
        check(&brach, &[gone], Standing::Withdrawn);
        let minus = version(1, "-5 degrees");
        check(&quoted("'-5 degrees", (0, 10), &minus.1), std::slice::from_ref(&minus), Standing::Stands);
        check(&quoted("'5 degrees", (1, 10), &minus.1), std::slice::from_ref(&minus), Standing::Differs);
        check(&Quoted::default(), &[one], Standing::Unreadable);
    }
}
