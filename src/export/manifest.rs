//! `FILE.manifest.json`: what a hit list is, and the hash that proves it is still the one that was written.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::file::{self, Ready, Written};
use super::{Asked, Choice, Counts, Format, Head, Ledger, Tail, output};
use crate::model::{AsOf, Revision};
use crate::{Error, ErrorKind, Result};

/// Version of the manifest's shape.
///
/// 1: what was asked, and the bytes. 2: and `ledger`, which tells of each row.
pub const MANIFEST_VERSION: u32 = 2;

/// What is known of an exported file, but for its ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of this object's shape.
    pub schema_version: u32,
    /// The file's name, without its folder.
    pub file: String,
    /// Its format, by name.
    pub format: String,
    /// The first query as typed.
    pub query: String,
    /// How it was read.
    pub read_as: String,
    /// All queries, where several lists share the file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub queries: Vec<Asked>,
    /// Version of newsdex.
    pub newsdex: String,
    /// Revision of the corpus.
    pub corpus_revision: Revision,
    /// The moment of the past it was searched as of; absent for the newest versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<AsOf>,
    /// When.
    pub time: Timestamp,
    /// Rows, records or entries in the file.
    pub rows: u64,
    /// Articles that answer the query, before paging and collapsing.
    pub total_articles: u64,
    /// What was asked of the list beside its query.
    #[serde(default)]
    pub choice: Choice,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// What a person should know.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

impl Manifest {
    /// The manifest of a file that was just written.
    pub fn of(path: &Path, format: Format, head: &Head, tail: &Tail, counts: &Counts, written: &Written) -> Self {
        let first = head.asked.first().cloned().unwrap_or_default();
        let several = head.asked.len() > 1 || first.name.is_some();
        Self {
            schema_version: MANIFEST_VERSION,
            file: path.file_name().map_or(String::new(), |n| n.to_string_lossy().into_owned()),
            format: format.name().to_owned(),
            query: first.typed,
            read_as: first.read_as,
            queries: if several { head.asked.clone() } else { Vec::new() },
            newsdex: env!("CARGO_PKG_VERSION").to_owned(),
            corpus_revision: head.revision,
            as_of: head.as_of,
            time: head.time,
            rows: counts.rows,
            total_articles: tail.total_articles,
            choice: head.choice.clone(),
            sha256: written.sha256.clone(),
            bytes: written.bytes,
            notes: [&head.notes, &tail.notes, &counts.notes].into_iter().flatten().cloned().collect(),
        }
    }

    /// Where the manifest of `file` stands: beside it, with `.manifest.json` after its name.
    pub fn path_of(file: &Path) -> PathBuf {
        let mut name = file.as_os_str().to_owned();
        name.push(".manifest.json");
        PathBuf::from(name)
    }

    /// Writes it beside `file` with the ledger of its rows, and gives the list its name together with it: one moment before there are the old
    /// list and its manifest, one after the new ones. A kill just between leaves the new list without a manifest. What went
    /// into a pipe or a device gets none.
    ///
    /// # Errors
    /// Of the file system.
    pub fn publish(&self, list: Ready, file: &Path, ledger: &mut Ledger) -> Result<()> {
        let made = |out: &mut dyn std::io::Write| {
            let head = serde_json::to_string_pretty(self).map_err(|e| output(e.into()))?;
            // The object stays open for the ledger, which is never in memory as a whole.
            let open = head.trim_end_matches(['}', '\n']);
            write!(out, "{open},\n  \"ledger\": ").map_err(output)?;
            ledger.write(out)?;
            out.write_all(b"\n}\n").map_err(output)
        };
        if !list.is_file() {
            return list.publish();
        }
        let path = Self::path_of(file);
        let ((), _, manifest) = file::prepare(&path, made)?;
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(Error::io(&path, error)),
            _ => {}
        }
        list.publish()?;
        manifest.publish()
    }

    /// Reads the manifest beside `file`; `None` if there is none.
    ///
    /// # Errors
    /// If it cannot be read, is no manifest, or is of a later version.
    pub fn read(file: &Path) -> Result<Option<Self>> {
        let path = Self::path_of(file);
        let text = match std::fs::File::open(&path) {
            Ok(text) => std::io::BufReader::new(text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Error::io(&path, error)),
        };
        let read: Self = serde_json::from_reader(text).map_err(|e| is_none(&path, e))?;
        if read.schema_version > MANIFEST_VERSION {
            let said = format!("was written by a later version (schema {})", read.schema_version);
            return Err(Error::new(ErrorKind::Export, said)
                .at(&path)
                .hint("check it with that newsdex, or a newer one"));
        }
        Ok(Some(read))
    }
}

/// The error for a file at the place of a manifest that is none.
pub(super) fn is_none(path: &Path, error: serde_json::Error) -> Error {
    if let Some(kind) = error.io_error_kind() {
        return Error::io(path, kind.into());
    }
    let said = format!("is no manifest of newsdex (line {}, column {})", error.line(), error.column());
    Error::new(ErrorKind::Export, said).at(path).because(error)
}
