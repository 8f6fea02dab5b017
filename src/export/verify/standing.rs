//! What became of a row, and which of several versions it names.

use super::super::Column;
use super::super::row::stored;
use super::{Hashed, StoredVersion, cells};
use crate::model::{Article, Revision};

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
        /// Whether the newest still has the passage, somewhere; `None` where the file does not say which passage it is.
        still: Option<bool>,
        /// The version in between that withdrew it, if one did.
        withdrawn: Option<u32>,
        /// What is not as it was: `text`, and names of columns.
        what: Vec<&'static str>,
    },
    /// It stands in the version named, and the article was withdrawn since.
    Withdrawn {
        /// The version named.
        named: u32,
        /// The version in force, which withdrew it.
        newest: u32,
    },
    /// The article is stored, the version named is not.
    VersionMissing {
        /// The newest stored.
        newest: u32,
        /// Whether that has the passage, somewhere; `None` where the file does not say which passage it is.
        still: Option<bool>,
    },
    /// No article of that id is stored.
    Missing,
    /// The version named does not have the passage at its place: the row was altered, or the corpus was.
    Differs,
    /// The passage may stand, but a cell is not what was written, or not what the version named has: the row was altered.
    Altered {
        /// The first such column; for what only JSON holds its key.
        column: &'static str,
    },
    /// The file is as it was written, and yet the version named has something else: the corpus or the manifest was altered.
    Contradicts {
        /// The first such column; for what only JSON holds its key.
        column: &'static str,
    },
    /// The row names no article, or its offsets are no numbers.
    Unreadable,
    /// The list has that row already: it stands in the place of another.
    Repeated,
    /// The list had no such row when it was written.
    PutIn,
    /// No row of the file: it was written, and is not there any more.
    LeftOut {
        /// Which row it was, from 1.
        row: u64,
        /// First character of the passage, where it showed one.
        char_start: Option<u64>,
    },
}

impl Standing {
    /// Whether the row is proven in the version it names, whatever came after.
    pub fn is_proven(&self) -> bool {
        matches!(self, Standing::Stands | Standing::Changed { .. } | Standing::Withdrawn { .. })
    }

    /// A word for programs.
    pub fn word(&self) -> &'static str {
        match self {
            Standing::Stands => "stands",
            Standing::Changed { .. } => "changed",
            Standing::Withdrawn { .. } => "withdrawn",
            Standing::VersionMissing { .. } => "version-missing",
            Standing::Missing => "missing",
            Standing::Differs => "differs",
            Standing::Altered { .. } => "altered",
            Standing::Contradicts { .. } => "contradicts",
            Standing::Unreadable => "unreadable",
            Standing::Repeated => "repeated",
            Standing::PutIn => "put-in",
            Standing::LeftOut { .. } => "left-out",
        }
    }
}

/// What became of a row that is proven in `named`, which is one of `versions`.
pub(super) fn since(
    named: &StoredVersion,
    versions: &[Hashed],
    still: impl FnOnce(&Article) -> Option<bool>,
) -> Standing {
    let Some(newest) = versions.last().map(|newest| &newest.version) else { return Standing::Missing };
    if newest.article.flags.withdrawn {
        return Standing::Withdrawn { named: named.number, newest: newest.number };
    }
    let between = versions.iter().map(|v| &v.version).filter(|v| v.number > named.number);
    let withdrawn = between.filter(|v| v.article.flags.withdrawn).map(|v| v.number).next();
    let what = changed(&named.article, &newest.article);
    if named.number == newest.number || (withdrawn.is_none() && what.is_empty()) {
        return Standing::Stands;
    }
    let still = still(&newest.article);
    Standing::Changed { named: named.number, newest: newest.number, still, withdrawn, what }
}

/// What a list would say otherwise of `b` than of `a`, but for when they were got.
fn changed(a: &Article, b: &Article) -> Vec<&'static str> {
    let told = cells::COMPARED.into_iter().filter(|column| *column != Column::Fetched);
    let columns = told.filter(|column| stored(a, *column) != stored(b, *column)).map(Column::name);
    (a.text != b.text).then_some("text").into_iter().chain(columns).collect()
}

/// The versions that `fits`, the likeliest first: those that stood when the list was written, the latest of them first;
/// then later ones, the oldest first; what was withdrawn is in no list, and comes last.
pub(super) fn candidates(
    versions: &[Hashed],
    written: Option<Revision>,
    fits: impl Fn(&Hashed) -> bool,
) -> Vec<&Hashed> {
    let mut fitting: Vec<&Hashed> = versions.iter().filter(|v| fits(v)).collect();
    fitting.sort_by_key(|v| {
        let stood = written.is_some_and(|written| v.version.revision <= written);
        let number = i64::from(v.version.number);
        (v.version.article.flags.withdrawn, !stood, if stood { -number } else { number })
    });
    fitting
}
