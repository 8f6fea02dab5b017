//! The formats and their names.

use std::path::Path;

use crate::{Error, ErrorKind, Result};

/// A format of hit lists.
#[allow(missing_docs)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// One JSON object a line.
    Jsonl,
    /// One JSON object with the query and all hits.
    Json,
    /// RFC 4180.
    Csv,
    /// Like CSV, with tabs.
    Tsv,
    /// Excel and LibreOffice.
    Xlsx,
    /// Reference managers.
    Ris,
    Bibtex,
    /// CSL-JSON: Zotero, pandoc.
    Csl,
    Markdown,
    /// A report in one file.
    Html,
    /// A run for `trec_eval`.
    Trec,
}

impl Format {
    /// All of them, in the order help shows them.
    pub const ALL: [Format; 11] = [
        Format::Jsonl,
        Format::Json,
        Format::Csv,
        Format::Tsv,
        Format::Xlsx,
        Format::Ris,
        Format::Bibtex,
        Format::Csl,
        Format::Markdown,
        Format::Html,
        Format::Trec,
    ];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Jsonl => "jsonl",
            Format::Json => "json",
            Format::Csv => "csv",
            Format::Tsv => "tsv",
            Format::Xlsx => "xlsx",
            Format::Ris => "ris",
            Format::Bibtex => "bibtex",
            Format::Csl => "csl",
            Format::Markdown => "markdown",
            Format::Html => "html",
            Format::Trec => "trec",
        }
    }

    /// Most rows a file of it holds, where there is a limit: a sheet of Excel has 1,048,576 with the header.
    pub fn most_rows(self) -> Option<u64> {
        (self == Format::Xlsx).then_some(1_048_575)
    }

    /// By its name, or a usual other one (`md`, `bib`, `ndjson`, `excel`).
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for any other word, with the names as hint.
    pub fn parse(name: &str) -> Result<Self> {
        let lower = name.trim().to_ascii_lowercase();
        Self::of_word(&lower).ok_or_else(|| {
            let all: Vec<_> = Self::ALL.iter().map(|f| f.name()).collect();
            Error::new(ErrorKind::Usage, format!("`{name}` is no format of hit lists"))
                .hint(format!("choose one of {}", all.join(", ")))
        })
    }

    /// By the ending of a file's name; `None` when it says nothing.
    pub fn of_path(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        // `.json` may be CSL as well: the plainer reading wins.
        Self::of_word(&ending)
    }

    /// Whether it is binary, and so nothing for a terminal.
    pub fn is_binary(self) -> bool {
        self == Format::Xlsx
    }

    /// Whether a file of it has rows that can be read back one by one; reports and references have none.
    pub fn has_rows(self) -> bool {
        matches!(self, Format::Jsonl | Format::Json | Format::Csv | Format::Tsv | Format::Xlsx)
    }

    /// Whether it holds one record an article, so that passages are no rows of it.
    pub fn is_by_article(self) -> bool {
        matches!(self, Format::Ris | Format::Bibtex | Format::Csl | Format::Trec)
    }

    fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "jsonl" | "ndjson" => Format::Jsonl,
            "json" => Format::Json,
            "csv" => Format::Csv,
            "tsv" | "tab" => Format::Tsv,
            "xlsx" | "excel" => Format::Xlsx,
            "ris" => Format::Ris,
            "bibtex" | "bib" => Format::Bibtex,
            "csl" | "csl-json" | "csljson" => Format::Csl,
            "markdown" | "md" => Format::Markdown,
            "html" | "htm" => Format::Html,
            "trec" | "run" => Format::Trec,
            _ => return None,
        })
    }
}

impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
