//! The proof that a hit list still stands: each row is compared with the article version it was written from, the passage
//! byte for byte.

mod cells;
mod day;
mod details;
mod links;
mod match_cells;
mod quoted;
mod read;
mod remade;
mod sheet;
mod standing;
mod written;

use std::collections::{BTreeSet, HashSet};
use std::path::Path;
use std::sync::Arc;

use serde_json::{Map, Value};

use cells::readings;
use quoted::Quoted;
use standing::{candidates, since};
use written::Written;

pub use standing::Standing;

use super::ledger::Entries;
use super::{Column, Format, Manifest, file, json};
use crate::model::{Article, Mark, Revision, Span};
use crate::{Error, ErrorKind, Result};

/// A stored version of an article.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredVersion {
    /// Its number, from 1.
    pub number: u32,
    /// The revision of the corpus that wrote it.
    pub revision: Revision,
    /// The article as it stood in that version.
    pub article: Arc<Article>,
}

/// A row that does not simply stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which row, from 1, the header not counted; 0 for what is no row of the file.
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
    /// Whether the manifest has the ledger of the rows, so that each is compared with what was written.
    pub ledger: bool,
    /// Rows whose query was asked again of the version they name, so that the match is proven too.
    pub asked_again: u64,
    /// The format has no rows that could be compared one by one (reports, references): the bytes must be as written, and
    /// `rows` are the articles it cites.
    pub cited: bool,
    /// Rows that were written and are not in the file.
    pub left_out: u64,
    /// Rows that stand behind one they stood before: the list was sorted, or its order altered.
    pub moved: u64,
    /// Of a workbook, the sheet that was compared, then the others that a person sees.
    pub sheets: Vec<String>,
    /// Rows above the header that look like those of a table.
    pub rows_above: u64,
    /// Columns of a workbook that nobody sees who opens it.
    pub hidden_columns: u64,
    /// Rows with a cell that was cut where spreadsheets cut it: what is left of it stands.
    pub cut: u64,
    /// Rows of a workbook that nobody sees who opens it: filtered out, or hidden.
    pub hidden: u64,
    /// Rows that are proven without their query having been asked again: their match is compared as a quotation.
    pub not_asked: u64,
    /// Columns of a table that its manifest names and its header does not.
    pub columns_missing: Vec<String>,
    /// Columns and keys that were put in; nobody can prove what they say.
    pub columns_added: Vec<String>,
    /// Columns of a table that stand twice, so that nobody knows which counts.
    pub columns_twice: Vec<String>,
    /// What one JSON document says of itself, and is not what was written.
    pub head_altered: Vec<&'static str>,
}

impl Verdict {
    /// Whether every row is proven in the version it names, whatever came after, and none is missing as far as can be
    /// told. A file that a spreadsheet saved again may hold: that is not the same as [`as_written`](Self::as_written).
    pub fn holds(&self) -> bool {
        if self.cited {
            return self.wrong == 0 && self.as_written == Some(true);
        }
        self.wrong == 0
            && self.left_out == 0
            && self.columns_missing.is_empty()
            && self.columns_twice.is_empty()
            && self.head_altered.is_empty()
            && self.rows_above == 0
            && self.rows_written.is_none_or(|written| written == self.rows)
    }

    /// Counts a row, and hands it on if it does not simply stand.
    fn tell(
        &mut self,
        row: u64,
        article_id: String,
        standing: Standing,
        each: &mut dyn FnMut(Finding) -> Result<()>,
    ) -> Result<()> {
        match &standing {
            Standing::Stands => self.stand += 1,
            Standing::Changed { .. } => self.changed += 1,
            Standing::Withdrawn { .. } => self.withdrawn += 1,
            Standing::LeftOut { .. } => self.left_out += 1,
            _ => self.wrong += 1,
        }
        if standing == Standing::Stands {
            return Ok(());
        }
        each(Finding { row, article_id, standing })
    }

    /// The columns of a table that were written.
    fn written_columns(&self, manifest: &Manifest) -> Vec<String> {
        let mut written = manifest.choice.columns.clone();
        if manifest.choice.names && !written.iter().any(|name| name == Column::Name.name()) {
            written.insert(0, Column::Name.name().to_owned());
        }
        written
    }

    fn header(&mut self, head: &read::Head, manifest: &Manifest) {
        let names = &head.names;
        self.rows_above = head.above;
        self.sheets = head.sheets.clone();
        self.hidden_columns = head.hidden_columns;
        let written = self.written_columns(manifest);
        let mut seen = HashSet::new();
        self.columns_twice = names.iter().filter(|name| !seen.insert(*name) && !name.is_empty()).cloned().collect();
        if written.is_empty() {
            return;
        }
        self.columns_missing = written.iter().filter(|name| !names.contains(name)).cloned().collect();
        self.columns_added = names.iter().filter(|name| !written.contains(name) && !name.is_empty()).cloned().collect();
    }
}

/// Keys that were put in, and are named.
const UNKNOWN: usize = 20;

/// What a query finds in an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matches {
    /// Matches in the title, in order.
    pub title: Vec<Mark>,
    /// Matches in the text, in order.
    pub text: Vec<Mark>,
}

/// Who can say what is stored.
pub struct Witness<'w> {
    /// All stored versions of an article, the one in force last; none where no such article is stored.
    pub versions: &'w mut dyn FnMut(&str) -> Result<Vec<StoredVersion>>,
    /// What a query, in the query language, finds in an article; `None` where it finds nothing or cannot be asked.
    pub matches: &'w mut dyn FnMut(&str, &Article) -> Option<Matches>,
    /// Is told how many rows were read, and how many there should be.
    pub progress: &'w mut dyn FnMut(u64, Option<u64>),
}

/// A version with the hash of its title and text: computed here, not believed.
#[derive(Clone)]
struct Hashed {
    version: StoredVersion,
    sha256: String,
}

impl From<StoredVersion> for Hashed {
    fn from(version: StoredVersion) -> Self {
        Self { sha256: version.article.sha256(), version }
    }
}

/// Checks an exported file. CSV, TSV, JSON, JSONL and XLSX it recognises by content, also after a spreadsheet has saved
/// them again, and compares row by row: with the ledger in the manifest every cell with what was written, without one what
/// the row quotes with the article it names. Of other formats, which it knows by their manifest, the bytes must be as they
/// were written, and the articles they cite are looked up. What does not simply stand is given to `each`, in order; rows
/// are read one by one.
///
/// # Errors
/// If the file cannot be read as a hit list, or a witness fails.
pub fn verify(path: &Path, mut witness: Witness<'_>, each: &mut dyn FnMut(Finding) -> Result<()>) -> Result<Verdict> {
    let mut verdict = Verdict::default();
    let mut known = Known::default();
    let Some(manifest) = Manifest::read(path)? else {
        let (head, unknown) = quotations(path, None, &mut verdict, &mut known, &mut witness, each)?;
        let named = |name: &&String| !name.is_empty() && !Column::ALL.iter().any(|column| column.name() == *name);
        verdict.columns_added.extend(unknown);
        verdict.columns_added.extend(head.names.iter().filter(named).cloned());
        return Ok(verdict);
    };
    let intact = file::sha256_of(path)? == manifest.sha256;
    verdict.as_written = Some(intact);
    verdict.rows_written = Some(manifest.rows);
    let entries = match (manifest.schema_version, Entries::read(&Manifest::path_of(path))?) {
        (1, _) => None,
        (_, Some(entries)) => Some(entries),
        (_, None) => {
            let said = "is a manifest without its ledger: somebody took it out";
            return Err(Error::new(ErrorKind::Export, said).at(Manifest::path_of(path)));
        }
    };
    verdict.ledger = entries.is_some();
    if Format::parse(&manifest.format).is_ok_and(|format| !format.has_rows()) {
        verdict.cited = true;
        if let Some(entries) = entries {
            cited(&manifest, entries, &mut verdict, &mut known, &mut witness, each)?;
        }
        return Ok(verdict);
    }
    if intact && manifest.rows == 0 && manifest.bytes == 0 {
        // Lines of JSON of nothing are an empty file.
        return Ok(verdict);
    }
    let Some(entries) = entries else {
        let (head, unknown) = quotations(path, Some(&manifest), &mut verdict, &mut known, &mut witness, each)?;
        if !head.names.is_empty() {
            verdict.header(&head, &manifest);
        }
        verdict.columns_added.extend(unknown);
        return Ok(verdict);
    };
    let mut written = Written::new(&manifest, entries)?;
    if written.rows() != manifest.rows {
        let said = format!("tells of {} rows, and its ledger of {}", manifest.rows, written.rows());
        return Err(Error::new(ErrorKind::Export, said).at(Manifest::path_of(path)));
    }
    let format = Format::parse(&manifest.format).ok();
    let mut unknown = BTreeSet::new();
    let wanted = verdict.written_columns(&manifest);
    let head = read::each(path, Some(&wanted), format, &mut |read| {
        (witness.progress)(verdict.rows, verdict.rows_written);
        if unknown.len() < UNKNOWN {
            unknown.extend(read.unknown().map(str::to_owned));
        }
        let Some(judged) = written.row(&read, intact, &mut known, &mut witness)? else { return Ok(()) };
        verdict.rows += 1;
        verdict.asked_again += u64::from(judged.asked);
        verdict.hidden += u64::from(read.hidden);
        verdict.not_asked += u64::from(!judged.asked && judged.standing.is_proven());
        verdict.cut += u64::from(read.is_cut() && judged.standing.is_proven());
        let row = verdict.rows;
        verdict.tell(row, judged.article_id, judged.standing, each)
    })?;
    if !head.names.is_empty() {
        let empty = read::empty(&head.names);
        written.empty_rows(&empty, &mut known, &mut witness, &mut |judged| {
            verdict.rows += 1;
            verdict.tell(0, judged.article_id, judged.standing, each)
        })?;
    }
    written.left_out(&mut |article_id, standing| verdict.tell(0, article_id, standing, each))?;
    verdict.moved = written.moved;
    if !head.names.is_empty() {
        verdict.header(&head, &manifest);
    }
    if let Some(document) = &head.document {
        unknown.extend(unknown_of(document));
        verdict.head_altered = json::head_altered(document, &manifest);
    }
    verdict.columns_added.extend(unknown);
    Ok(verdict)
}

/// Keys of a document that none of ours has.
fn unknown_of(document: &Map<String, Value>) -> impl Iterator<Item = String> {
    let known = |key: &str| json::DOCUMENT.into_iter().chain(["notes"]).any(|known| known == key);
    document.keys().filter(move |key| !known(key)).cloned()
}

/// Compares what rows quote with the articles they name; gives what the file has beside its rows, and the keys that
/// nobody wrote.
fn quotations(
    path: &Path,
    manifest: Option<&Manifest>,
    verdict: &mut Verdict,
    known: &mut Known,
    witness: &mut Witness<'_>,
    each: &mut dyn FnMut(Finding) -> Result<()>,
) -> Result<(read::Head, BTreeSet<String>)> {
    let mut unknown = BTreeSet::new();
    let written = manifest.map(|manifest| manifest.corpus_revision);
    let format = manifest.and_then(|manifest| Format::parse(&manifest.format).ok());
    let head = read::each(path, None, format, &mut |read| {
        verdict.rows += 1;
        (witness.progress)(verdict.rows, verdict.rows_written);
        if unknown.len() < UNKNOWN {
            unknown.extend(read.unknown().map(str::to_owned));
        }
        for quoted in Quoted::all(read) {
            let versions = known.versions(&quoted.article_id, witness)?;
            let standing = quoted::judge(&quoted, versions, written);
            let row = verdict.rows;
            verdict.tell(row, quoted.article_id, standing, each)?;
        }
        Ok(())
    })?;
    unknown.extend(head.document.iter().flat_map(unknown_of));
    Ok((head, unknown))
}

/// Looks the articles up that a report or a list of references cites.
fn cited(
    manifest: &Manifest,
    mut entries: Entries,
    verdict: &mut Verdict,
    known: &mut Known,
    witness: &mut Witness<'_>,
    each: &mut dyn FnMut(Finding) -> Result<()>,
) -> Result<()> {
    let mut seen = super::seen::Seen::default();
    for number in 0..entries.len() {
        let entry = entries.get(number)?;
        // In several lists, or with passages far apart, an article is one.
        if !seen.is_new(&(&entry.article_id, entry.version)) {
            continue;
        }
        verdict.rows += 1;
        let versions = known.versions(&entry.article_id, witness)?;
        let named = candidates(versions, Some(manifest.corpus_revision), |v| v.sha256 == entry.sha256);
        let named = named.iter().find(|v| v.version.number == entry.version).or(named.first());
        let standing = match (named, versions.last()) {
            (_, None) => Standing::Missing,
            (None, Some(newest)) => Standing::VersionMissing { newest: newest.version.number, still: None },
            (Some(named), _) => {
                let text = &named.version.article.text;
                let quoted: Vec<_> = entry.rows.iter().filter_map(|row| row.chars()).map(|c| slice(text, c)).collect();
                let still =
                    |a: &Article| quoted.iter().flatten().map(|passage| a.text.contains(passage)).reduce(|a, b| a && b);
                if quoted.contains(&None) { Standing::Differs } else { since(&named.version, versions, still) }
            }
        };
        let row = verdict.rows;
        verdict.tell(row, entry.article_id.clone(), standing, each)?;
    }
    Ok(())
}

/// The versions of the article of the last row, as rows of one mostly stand together.
#[derive(Default)]
struct Known {
    id: Option<String>,
    versions: Vec<Hashed>,
}

impl Known {
    fn versions(&mut self, id: &str, witness: &mut Witness<'_>) -> Result<&[Hashed]> {
        if self.id.as_deref() != Some(id) {
            let versions = if id.is_empty() { Vec::new() } else { (witness.versions)(id)? };
            self.versions = versions.into_iter().map(Hashed::from).collect();
            self.id = Some(id.to_owned());
        }
        Ok(&self.versions)
    }
}

/// The characters `chars.0..chars.1` of `text`, as bytes.
fn span(text: &str, chars: (u64, u64)) -> Option<Span> {
    let (start, end) = (usize::try_from(chars.0).ok()?, usize::try_from(chars.1).ok()?);
    let mut offsets = text.char_indices().map(|(at, _)| at).chain(std::iter::once(text.len()));
    let from = offsets.nth(start)?;
    let to = match end.checked_sub(start)? {
        0 => from,
        further => offsets.nth(further - 1)?,
    };
    Some(Span::new(from, to))
}

/// The characters `chars.0..chars.1` of `text`.
fn slice(text: &str, chars: (u64, u64)) -> Option<&str> {
    span(text, chars).map(|span| span.of(text))
}

fn no_hit_list(path: &Path, why: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::Export, format!("is no hit list that can be checked: {why}")).at(path).hint(
        "csv, tsv, json, jsonl and xlsx can be checked, in UTF-8, with the manifest that was written beside them, or \
             without it by the columns `article_id` and `passage`; reports and references only with their manifest",
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::article;
    use super::*;

    #[test]
    fn standing() {
        let version = |number, text: &str| {
            let article = Article { title: "T".into(), text: text.into(), ..article() };
            Hashed::from(StoredVersion { number, revision: Revision(number.into()), article: Arc::new(article) })
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
            assert_eq!(quoted::judge(quoted, versions, None), expected);
        }
        let first = one().sha256;
        let brach = quoted("Dämm brach.", (4, 15), &first);
        check(&brach, &[one()], Standing::Stands);
        check(
            &brach,
            &[one(), two()],
            Standing::Changed { named: 1, newest: 2, still: Some(true), withdrawn: None, what: vec!["text"] },
        );
        check(
            &quoted("Ende.", (16, 21), &first),
            &[one(), two()],
            Standing::Changed { named: 1, newest: 2, still: Some(false), withdrawn: None, what: vec!["text"] },
        );
        check(&brach, &[], Standing::Missing);
        check(&brach, &[two()], Standing::VersionMissing { newest: 2, still: Some(true) });
        check(&quoted("Dämm brach!", (4, 15), &first), &[one()], Standing::Differs);
        check(&quoted("Dämm brach.", (5, 16), &first), &[one()], Standing::Differs);
        check(&quoted("Dämm brach.", (4, 1500), &first), &[one()], Standing::Differs);
        check(&quoted("", (15, 4), &first), &[one()], Standing::Differs);
        let mut gone = one();
        Arc::make_mut(&mut gone.version.article).flags.withdrawn = true;
        check(&brach, &[gone], Standing::Withdrawn { named: 1, newest: 1 });
        let minus = || version(1, "-5 degrees");
        let hash = minus().sha256;
        check(&quoted("'-5 degrees", (0, 10), &hash), &[minus()], Standing::Stands);
        check(&quoted("'5 degrees", (1, 10), &hash), &[minus()], Standing::Differs);
        check(&Quoted::default(), &[one()], Standing::Unreadable);

        // Other cells of the row: of any version with that text.
        let named = |title: &str| Quoted { cells: vec![(Column::Authors, title.into())], ..brach.clone() };
        let mut signed = version(2, "Der Dämm brach. Ende.");
        Arc::make_mut(&mut signed.version.article).authors = vec!["Mae Slater".into()];
        check(&named("Mae Slater"), &[one(), signed.clone()], Standing::Stands);
        let what = vec!["authors"];
        let corrected = Standing::Changed { named: 1, newest: 2, still: Some(true), withdrawn: None, what };
        check(&named(""), &[one(), signed], corrected);
        let mut gone = version(2, "Der Dämm brach. Ende.");
        Arc::make_mut(&mut gone.version.article).flags.withdrawn = true;
        let between =
            Standing::Changed { named: 1, newest: 3, still: Some(true), withdrawn: Some(2), what: vec!["text"] };
        check(&brach, &[one(), gone, version(3, "Ein Dämm brach.")], between);
        check(&named("Mae Slater"), &[one()], Standing::Altered { column: "authors" });
        check(&named(""), &[one()], Standing::Stands);
    }
}
