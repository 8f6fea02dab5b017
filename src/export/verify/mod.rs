//! The proof that a hit list still stands: each quoted passage is compared, byte for byte, with the text of the
//! article version its row names.

mod cells;
mod cited;
mod day;
mod details;
mod links;
mod listed;
mod match_cells;
mod rows;
mod sheet;
mod standing;

use std::collections::HashMap;
use std::path::Path;

use cells::readings;
use listed::{Listed, Rows};
use standing::{candidates, since};

pub use match_cells::Matches;
pub use standing::Standing;

use super::{Choice, Column, Format, Manifest, file, json};
use crate::model::{Article, Revision, Span};
use crate::{Error, ErrorKind, Result};

/// A stored version of an article.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredVersion {
    /// Its number, from 1.
    pub number: u32,
    /// The revision of the corpus that wrote it.
    pub revision: Revision,
    /// The article as it stood in that version.
    pub article: Article,
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
    /// Rows whose query was asked again of the version they name, so that match and count are proven too.
    pub asked_again: u64,
    /// The format has no rows that could be compared one by one (reports, references): the bytes must be as written, and
    /// `rows` are the articles it cites.
    pub cited: bool,
    /// What the query finds in the corpus as it was then, and the list does not have: asked where a row is wrong or
    /// missing. `None` where it was not asked, or could not be.
    pub left_out: Option<u64>,
    /// Columns of a table that its manifest names and its header does not.
    pub columns_missing: Vec<String>,
}

impl Verdict {
    /// Whether every row is proven in the version it names, whatever came after, and none is missing as far as can be
    /// told. A file that a spreadsheet saved again may hold: that is not the same as [`as_written`](Self::as_written).
    pub fn holds(&self) -> bool {
        if self.cited {
            return self.wrong == 0 && self.as_written == Some(true);
        }
        self.wrong == 0
            && self.columns_missing.is_empty()
            && self.rows_written.is_none_or(|written| written == self.rows)
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
    /// What JSON holds of it beside.
    details: serde_json::Map<String, serde_json::Value>,
    /// Whether JSON holds the marks of this passage.
    has_marks: bool,
    /// Whether JSON holds all that the article has.
    whole: bool,
    /// Where the links of a sheet lead, and from which compared column.
    links: Vec<(Option<Column>, String)>,
}

/// Columns compared with the row's own place and list.
const OF_THE_ROW: [Column; 6] =
    [Column::Words, Column::Version, Column::ByteStart, Column::ByteEnd, Column::Query, Column::Name];

/// Who can say what is stored.
pub struct Witness<'w> {
    /// All stored versions of an article, the one in force last; none where no such article is stored.
    pub versions: &'w mut dyn FnMut(&str) -> Result<Vec<StoredVersion>>,
    /// What a query, in the query language, finds in an article; `None` where it finds nothing or cannot be asked.
    pub matches: &'w mut dyn FnMut(&str, &Article) -> Option<Matches>,
    /// Gives the id that each article came with, where it came with one, and ours.
    pub source_ids: &'w mut SourceIds<'w>,
    /// What a query finds of what stood in the corpus when the list of the manifest was written: each article, with the
    /// first character of the passage; `false` where it cannot be asked.
    pub hits: &'w mut AskHits<'w>,
}

/// Goes through the ids that articles came with.
pub type SourceIds<'w> = dyn FnMut(&mut dyn FnMut(&str, &str)) -> Result<()> + 'w;

/// Asks the query of a manifest again.
pub type AskHits<'w> = dyn FnMut(&Manifest, &str, &mut dyn FnMut(&str, Option<u64>) -> Result<()>) -> Result<bool> + 'w;

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
/// them again, and compares row by row; of other formats, which it knows by their manifest, the bytes must be as they were
/// written, and the articles they cite are looked up. What does not simply stand is given to `each`, in order; rows are
/// read one by one.
///
/// # Errors
/// If the file cannot be read as a hit list, or a witness fails.
pub fn verify(path: &Path, mut witness: Witness<'_>, each: &mut dyn FnMut(Finding) -> Result<()>) -> Result<Verdict> {
    let mut verdict = Verdict::default();
    let manifest = Manifest::read(path)?;
    if let Some(manifest) = &manifest {
        verdict.as_written = Some(file::sha256_of(path)? == manifest.sha256);
        verdict.rows_written = Some(manifest.rows);
    }
    let mut stored = Known::default();
    let format = manifest.as_ref().and_then(|manifest| Format::parse(&manifest.format).ok());
    if let Some(format) = format.filter(|format| cited::is_cited(*format)) {
        verdict.cited = true;
        let written = manifest.as_ref().map(|manifest| manifest.corpus_revision);
        let named = if format == Format::Trec { cited::by_source(path, &mut witness)? } else { HashMap::new() };
        cited::each(path, format, &mut |citation| {
            verdict.rows += 1;
            let ids = named.get(&citation.article_id).map_or(&[][..], Vec::as_slice);
            let mut standing = Standing::Missing;
            // The id may be ours, or that of several articles; one that stands is enough.
            for id in std::iter::once(&citation.article_id).chain(ids) {
                standing = cited::judge(&citation, stored.versions(id, &mut witness)?, written);
                if standing.is_proven() {
                    break;
                }
            }
            verdict.tell(citation.article_id, standing, each)
        })?;
        return Ok(verdict);
    }
    if verdict.as_written == Some(true) && verdict.rows_written == Some(0) {
        // Lines of JSON of nothing are an empty file.
        return Ok(verdict);
    }
    let mut rows = Rows::default();
    let header = rows::each(path, &mut |quoted| {
        verdict.rows += 1;
        stored.versions(&quoted.article_id, &mut witness)?;
        let listed = manifest.as_ref().and_then(|manifest| Listed::of(manifest, &quoted));
        let written = manifest.as_ref().map(|manifest| manifest.corpus_revision);
        let (standing, asked) = stored.judge(&quoted, listed.as_ref(), written, &mut witness);
        verdict.asked_again += u64::from(asked);
        let is_new = rows.is_new(&quoted, manifest.as_ref());
        let standing = if is_new || verdict.as_written == Some(true) || !standing.is_proven() {
            standing
        } else {
            Standing::Repeated
        };
        verdict.tell(quoted.article_id, standing, each)
    })?;
    let names = manifest.iter().flat_map(|manifest| &manifest.choice.columns).filter(|_| !header.is_empty());
    verdict.columns_missing = names.filter(|name| !header.contains(name)).cloned().collect();
    // As many rows as were written, each proven and none there twice, are all of them.
    if let Some(manifest) = manifest.as_ref().filter(|_| !verdict.holds()) {
        let mut left_out = 0;
        let asked = rows.left_out(manifest, &mut witness, &mut |finding| {
            left_out += 1;
            each(finding)
        })?;
        verdict.left_out = asked.then_some(left_out);
    }
    Ok(verdict)
}

impl Verdict {
    /// Counts the last row read, and hands it on if it does not simply stand.
    fn tell(
        &mut self,
        article_id: String,
        standing: Standing,
        each: &mut dyn FnMut(Finding) -> Result<()>,
    ) -> Result<()> {
        match &standing {
            Standing::Stands => self.stand += 1,
            Standing::Changed { .. } => self.changed += 1,
            Standing::Withdrawn => self.withdrawn += 1,
            _ => self.wrong += 1,
        }
        if standing == Standing::Stands {
            return Ok(());
        }
        each(Finding { row: self.rows, article_id, standing })
    }
}

/// The article of the last row, as rows of one mostly stand together.
#[derive(Default)]
struct Known {
    id: Option<String>,
    versions: Vec<Hashed>,
    /// What a query finds in a version.
    found: Option<(String, u32, Option<Matches>)>,
}

impl Known {
    fn versions(&mut self, id: &str, witness: &mut Witness<'_>) -> Result<&[Hashed]> {
        if self.id.as_deref() != Some(id) {
            let versions = if id.is_empty() { Vec::new() } else { (witness.versions)(id)? };
            self.versions = versions.into_iter().map(Hashed::from).collect();
            (self.id, self.found) = (Some(id.to_owned()), None);
        }
        Ok(&self.versions)
    }

    /// What became of a row of the article last looked up, and whether its query was asked again.
    fn judge(
        &mut self,
        quoted: &Quoted,
        listed: Option<&Listed<'_>>,
        written: Option<Revision>,
        witness: &mut Witness<'_>,
    ) -> (Standing, bool) {
        let versions = &self.versions;
        if quoted.article_id.is_empty() || quoted.bad_offsets {
            return (Standing::Unreadable, false);
        }
        let Some(newest) = versions.last() else { return (Standing::Missing, false) };
        if quoted.sha256.as_deref() == Some("") || (quoted.whole && quoted.sha256.is_none()) {
            return (Standing::Altered { column: Column::Sha256.name() }, false);
        }
        let somewhere = |v: &Hashed| readings(&quoted.passage).any(|p| v.version.article.text.contains(&*p));
        // Versions that differ in their metadata only have one text: which is meant, its other cells say.
        let named = match &quoted.sha256 {
            Some(sha256) => candidates(versions, written, |v| v.sha256 == *sha256),
            None => vec![newest],
        };
        let Some(first) = named.first() else {
            let standing = Standing::VersionMissing { newest: newest.version.number, still: Some(somewhere(newest)) };
            return (standing, false);
        };
        let text = &first.version.article.text;
        let passage = match quoted.chars {
            Some(chars) => span(text, chars).filter(|span| {
                let there = span.of(text);
                readings(&quoted.passage).any(|p| p == there) || cells::is_cut(&quoted.passage, there)
            }),
            None => {
                let place = |p: &str| text.find(p).map(|at| Span::new(at, at + p.len()));
                readings(&quoted.passage).find_map(|p| place(&p))
            }
        };
        let Some(passage) = passage else { return (Standing::Differs, false) };
        let passage = Some(passage).filter(|span| !span.is_empty());
        let mut asked = false;
        let mut altered = |found: &mut Option<(String, u32, Option<Matches>)>, v: &Hashed| {
            let matches = listed.filter(|listed| listed.ours).and_then(|listed| {
                let number = v.version.number;
                let known = found.as_ref().is_some_and(|(query, n, _)| *query == listed.read_as && *n == number);
                if !known {
                    let matches = (witness.matches)(listed.read_as, &v.version.article);
                    *found = Some((listed.read_as.to_owned(), number, matches));
                }
                found.as_ref().and_then(|(_, _, matches)| matches.as_ref()).map(|matches| (matches, listed.choice))
            });
            asked |= matches.is_some();
            altered(quoted, v, passage, listed, matches)
        };
        let mut wrong = None;
        let untouched = named.iter().find(|v| {
            let column = altered(&mut self.found, v);
            wrong = wrong.or(column);
            column.is_none()
        });
        let standing = match (untouched, wrong) {
            (None, column) => Standing::Altered { column: column.unwrap_or("passage") },
            (Some(named), _) => since(&named.version, versions, |_| Some(somewhere(newest))),
        };
        (standing, asked)
    }
}

/// The first cell or key that is not what the version has.
fn altered(
    quoted: &Quoted,
    version: &Hashed,
    passage: Option<Span>,
    listed: Option<&Listed<'_>>,
    matches: Option<(&Matches, &Choice)>,
) -> Option<&'static str> {
    let StoredVersion { number, article, .. } = &version.version;
    let of_the_row = |(column, said): &(Column, String)| {
        let is = |number: u64| match_cells::is_number(said, number);
        match column {
            Column::Words => !is(article.words() as u64),
            Column::Version => !is(u64::from(*number)),
            Column::ByteStart => !passage.map_or(said.is_empty(), |span| is(span.start as u64)),
            Column::ByteEnd => !passage.map_or(said.is_empty(), |span| is(span.end as u64)),
            Column::Query => listed.is_some_and(|listed| readings(said).all(|said| said != listed.typed)),
            _ => false,
        }
    };
    cells::altered(&quoted.cells, article)
        .or_else(|| quoted.cells.iter().find(|cell| of_the_row(cell)).map(|(column, _)| *column))
        .or_else(|| match_cells::altered(&quoted.cells, article, passage, matches))
        .map(Column::name)
        .or_else(|| {
            let found = matches.map(|(matches, _)| matches);
            details::altered(&quoted.details, article, passage, found, (quoted.has_marks, quoted.whole))
        })
        .or_else(|| links::altered(&quoted.links, article))
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
    Error::new(ErrorKind::Export, format!("is no hit list that can be checked: {why}"))
        .at(path)
        .hint(
            "csv, tsv, json, jsonl and xlsx can be checked, in UTF-8, with the columns `article_id` and `passage`; reports and \
             references with the manifest that was written beside them",
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
            Hashed::from(StoredVersion { number, revision: Revision(number.into()), article })
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
            let copy = |v: &Hashed| Hashed { version: v.version.clone(), sha256: v.sha256.clone() };
            let mut known = Known { versions: versions.iter().map(copy).collect(), ..Known::default() };
            let mut witness = Witness {
                versions: &mut |_| Ok(Vec::new()),
                matches: &mut |_, _| None,
                hits: &mut |_, _, _| Ok(false),
                source_ids: &mut |_| Ok(()),
            };
            assert_eq!(known.judge(quoted, None, None, &mut witness), (expected, false));
        }
        let first = one().sha256;
        let brach = quoted("Dämm brach.", (4, 15), &first);
        check(&brach, &[one()], Standing::Stands);
        check(&brach, &[one(), two()], Standing::Changed { named: 1, newest: 2, still: Some(true), withdrawn: None });
        check(
            &quoted("Ende.", (16, 21), &first),
            &[one(), two()],
            Standing::Changed { named: 1, newest: 2, still: Some(false), withdrawn: None },
        );
        check(&brach, &[], Standing::Missing);
        check(&brach, &[two()], Standing::VersionMissing { newest: 2, still: Some(true) });
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
        check(&named("Mae Slater"), &[one(), signed.clone()], Standing::Stands);
        let corrected = Standing::Changed { named: 1, newest: 2, still: Some(true), withdrawn: None };
        check(&named(""), &[one(), signed], corrected);
        let mut gone = version(2, "Der Dämm brach. Ende.");
        gone.version.article.flags.withdrawn = true;
        let between = Standing::Changed { named: 1, newest: 3, still: Some(true), withdrawn: Some(2) };
        check(&brach, &[one(), gone, version(3, "Ein Dämm brach.")], between);
        check(&named("Mae Slater"), &[one()], Standing::Altered { column: "authors" });
        check(&named(""), &[one()], Standing::Stands);
    }
}
