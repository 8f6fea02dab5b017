//! The proof that a hit list still stands: each quoted passage is compared, byte for byte, with the text of the
//! article version its row names.

mod cells;
mod rows;
mod sheet;

use std::path::Path;

use cells::readings;

use super::{Column, Manifest, file};
use crate::model::Article;
use crate::{Error, ErrorKind, Result};

/// A stored version of an article.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredVersion {
    /// Its number, from 1.
    pub number: u32,
    /// The article as it stood in that version.
    pub article: Article,
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
    /// The passage stands, but a cell is not what the version named has: the row was altered.
    Altered {
        /// The first such column.
        column: Column,
    },
    /// The row names no article, or its offsets are no numbers.
    Unreadable,
}

impl Standing {
    /// Whether the row is proven in the version it names, whatever came after.
    pub fn is_proven(&self) -> bool {
        matches!(self, Standing::Stands | Standing::Changed { .. } | Standing::Withdrawn)
    }

    /// A word for programs.
    pub fn word(&self) -> &'static str {
        match self {
            Standing::Stands => "stands",
            Standing::Changed { .. } => "changed",
            Standing::Withdrawn => "withdrawn",
            Standing::VersionMissing { .. } => "version-missing",
            Standing::Missing => "missing",
            Standing::Differs => "differs",
            Standing::Altered { .. } => "altered",
            Standing::Unreadable => "unreadable",
        }
    }
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
    /// Rows that stand in the version they name, of articles that changed since.
    pub changed: u64,
    /// Rows that stand in the version they name, of articles that were withdrawn since.
    pub withdrawn: u64,
    /// Rows that are not proven.
    pub wrong: u64,
    /// Whether the file is, byte for byte, what its manifest says was written; `None` without a manifest.
    pub as_written: Option<bool>,
    /// Rows the manifest says there are.
    pub rows_written: Option<u64>,
}

impl Verdict {
    /// Whether every row is proven in the version it names, whatever came after, and none is missing as far as can be
    /// told. A file that a spreadsheet saved again may hold: that is not the same as [`as_written`](Self::as_written).
    pub fn holds(&self) -> bool {
        self.wrong == 0 && self.rows_written.is_none_or(|written| written == self.rows)
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
    /// Other cells that come from the article.
    cells: Vec<(Column, String)>,
}

/// A version with the hash of its title and text: computed here, not believed.
struct Hashed {
    version: StoredVersion,
    sha256: String,
}

impl From<StoredVersion> for Hashed {
    fn from(version: StoredVersion) -> Self {
        Self { sha256: version.article.sha256(), version }
    }
}

/// Checks a CSV, TSV, JSON, JSONL or XLSX file, which it recognises by content, also after a spreadsheet has saved it
/// again. `lookup` gives all stored versions of an article, the one in force last; none where no such article is stored.
/// Rows that do not simply stand are given to `each`, in order; rows are read one by one.
///
/// # Errors
/// If the file cannot be read as a hit list, or `lookup` fails.
pub fn verify(
    path: &Path,
    lookup: &mut dyn FnMut(&str) -> Result<Vec<StoredVersion>>,
    each: &mut dyn FnMut(Finding) -> Result<()>,
) -> Result<Verdict> {
    let mut verdict = Verdict::default();
    if let Some(manifest) = Manifest::read(path)? {
        verdict.as_written = Some(file::sha256_of(path)? == manifest.sha256);
        verdict.rows_written = Some(manifest.rows);
    }
    // Rows of one article mostly stand together.
    let mut last: Option<(String, Vec<Hashed>)> = None;
    rows::each(path, &mut |quoted| {
        verdict.rows += 1;
        let known = last.as_ref().is_some_and(|(id, _)| *id == quoted.article_id);
        if !known {
            let versions = if quoted.article_id.is_empty() { Vec::new() } else { lookup(&quoted.article_id)? };
            last = Some((quoted.article_id.clone(), versions.into_iter().map(Hashed::from).collect()));
        }
        let standing = judge(&quoted, last.as_ref().map_or(&[][..], |(_, versions)| versions));
        match &standing {
            Standing::Stands => verdict.stand += 1,
            Standing::Changed { .. } => verdict.changed += 1,
            Standing::Withdrawn => verdict.withdrawn += 1,
            _ => verdict.wrong += 1,
        }
        if standing == Standing::Stands {
            return Ok(());
        }
        each(Finding { row: verdict.rows, article_id: quoted.article_id, standing })
    })?;
    Ok(verdict)
}

fn judge(quoted: &Quoted, versions: &[Hashed]) -> Standing {
    if quoted.article_id.is_empty() || quoted.bad_offsets {
        return Standing::Unreadable;
    }
    let Some(newest) = versions.last() else { return Standing::Missing };
    let somewhere = |v: &Hashed| readings(&quoted.passage).any(|p| v.version.article.text.contains(&*p));
    // Versions that differ in their metadata only have one text: the newest of them is meant unless its cells differ.
    let named: Vec<&Hashed> = match &quoted.sha256 {
        Some(sha256) => versions.iter().rev().filter(|v| v.sha256 == *sha256).collect(),
        None => vec![newest],
    };
    let Some(first) = named.first() else {
        return Standing::VersionMissing { newest: newest.version.number, still: somewhere(newest) };
    };
    let stands = match quoted.chars {
        Some(chars) => {
            let there = slice(&first.version.article.text, chars);
            there.is_some_and(|t| readings(&quoted.passage).any(|p| p == t) || cells::is_cut(&quoted.passage, t))
        }
        None => somewhere(first),
    };
    if !stands {
        return Standing::Differs;
    }
    let untouched = named.iter().find(|v| cells::altered(&quoted.cells, &v.version.article).is_none());
    let Some(named) = untouched else {
        return match cells::altered(&quoted.cells, &first.version.article) {
            Some(column) => Standing::Altered { column },
            None => Standing::Differs,
        };
    };
    let (named, newest_text) = (&named.version, somewhere(newest));
    let newest = &newest.version;
    if newest.article.flags.withdrawn {
        return Standing::Withdrawn;
    }
    let same_text = named.article.title == newest.article.title && named.article.text == newest.article.text;
    if named.number != newest.number && !same_text {
        return Standing::Changed { named: named.number, newest: newest.number, still: newest_text };
    }
    Standing::Stands
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
        .hint("csv, tsv, json, jsonl and xlsx can be checked, in UTF-8, with the columns `article_id` and `passage`")
}

#[cfg(test)]
mod tests {
    use super::super::tests::article;
    use super::*;

    #[test]
    fn standing() {
        let version = |number, text: &str| {
            let article = Article { title: "T".into(), text: text.into(), ..article() };
            Hashed::from(StoredVersion { number, article })
        };
        let one = || version(1, "Der Dämm brach. Ende.");
        let two = || version(2, "Ein Dämm brach.");
        let quoted = |passage: &str, chars, sha: &str| Quoted {
            article_id: "a".into(),
            sha256: Some(sha.to_owned()),
            passage: passage.into(),
            chars: Some(chars),
            ..Quoted::default()
        };
        #[track_caller]
        fn check(quoted: &Quoted, versions: &[Hashed], expected: Standing) {
            assert_eq!(judge(quoted, versions), expected);
        }
        let first = one().sha256;
        let brach = quoted("Dämm brach.", (4, 15), &first);
        check(&brach, &[one()], Standing::Stands);
        check(&brach, &[one(), two()], Standing::Changed { named: 1, newest: 2, still: true });
        check(
            &quoted("Ende.", (16, 21), &first),
            &[one(), two()],
            Standing::Changed { named: 1, newest: 2, still: false },
        );
        check(&brach, &[], Standing::Missing);
        check(&brach, &[two()], Standing::VersionMissing { newest: 2, still: true });
        check(&quoted("Dämm brach!", (4, 15), &first), &[one()], Standing::Differs);
        check(&quoted("Dämm brach.", (5, 16), &first), &[one()], Standing::Differs);
        check(&quoted("Dämm brach.", (4, 1500), &first), &[one()], Standing::Differs);
        check(&quoted("", (15, 4), &first), &[one()], Standing::Differs);
        let mut gone = one();
        gone.version.article.flags.withdrawn = true;
        check(&brach, &[gone], Standing::Withdrawn);
        let minus = || version(1, "-5 degrees");
        let hash = minus().sha256;
        check(&quoted("'-5 degrees", (0, 10), &hash), &[minus()], Standing::Stands);
        check(&quoted("'5 degrees", (1, 10), &hash), &[minus()], Standing::Differs);
        check(&Quoted::default(), &[one()], Standing::Unreadable);

        // Other cells of the row: of any version with that text.
        let named = |title: &str| Quoted { cells: vec![(Column::Authors, title.into())], ..brach.clone() };
        let mut signed = version(2, "Der Dämm brach. Ende.");
        signed.version.article.authors = vec!["Mae Slater".into()];
        check(&named("Mae Slater"), &[one(), signed], Standing::Stands);
        check(&named("Mae Slater"), &[one()], Standing::Altered { column: Column::Authors });
        check(&named(""), &[one()], Standing::Stands);
    }
}
