//! Rows with a ledger: a row of the file is matched with one that was written: the next as a rule, else one that says the
//! same, wherever it stands. So lists that were sorted, cut or added to are told apart from altered ones.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::super::ledger::{Entries, Entry, Place};
use super::super::row::Cell;
use super::super::{Columns, Manifest, Options, Per};
use super::read::Read;
use super::remade::Remade;
use super::{Column, Known, Standing, Witness, cells, match_cells};
use crate::Result;

/// Written rows that a row of the file is compared with before it counts as altered.
const TRIED: usize = 64;

/// The rows that were written, and which of them the file has. Memory: 40 bytes an article and two bits a row, and
/// 16 bytes a row where they do not come in order.
pub(super) struct Written<'m> {
    options: Options,
    entries: Entries,
    /// Entries by the hash of their article.
    by_article: Vec<(u64, usize)>,
    /// Rows by what they say of themselves in these columns; made where they do not come in order.
    by_key: Option<ByKey>,
    /// Rows that the file has.
    there: Bits,
    /// Rows that the file has with another cell, or whose article cannot be asked.
    spoilt: Bits,
    /// The row that should come next.
    next: u64,
    /// One past the last row met.
    furthest: u64,
    /// Rows that stand behind one they stood before.
    pub moved: u64,
    remade: Remade<'m>,
}

/// Columns, and each row by the hash of what it says in them.
type ByKey = (Vec<Column>, Vec<(u64, u64)>);

/// What a row of the file is in the place of.
struct Fault {
    row: u64,
    judged: Judged,
    /// Whether the two have anything in common.
    alike: bool,
}

/// What became of a row.
pub(super) struct Judged {
    pub article_id: String,
    pub standing: Standing,
    /// Whether its query was asked again.
    pub asked: bool,
}

impl<'m> Written<'m> {
    pub fn new(manifest: &'m Manifest, mut entries: Entries) -> Result<Self> {
        let mut by_article = Vec::with_capacity(entries.len());
        for number in 0..entries.len() {
            by_article.push((hash(&entries.get(number)?.article_id), number));
        }
        by_article.sort_unstable();
        let choice = &manifest.choice;
        let all = matches!(manifest.format.as_str(), "json" | "jsonl") && choice.columns.is_empty();
        let columns = if all { Columns::default() } else { Columns::of_names(&choice.columns) };
        // Each row is made again as a hit with one passage.
        let options =
            Options { columns, per: Per::Hit, context: choice.context, names: choice.names, ..Options::default() };
        let (there, spoilt) = (Bits::of(entries.rows()), Bits::of(entries.rows()));
        let remade = Remade::of(manifest);
        Ok(Self { options, entries, by_article, by_key: None, there, spoilt, next: 0, furthest: 0, moved: 0, remade })
    }

    /// Rows that were written.
    pub fn rows(&self) -> u64 {
        self.entries.rows()
    }

    /// What became of a row of the file. `intact`: its bytes are those that were written. `None`: an empty row, which is none
    /// of those that were written.
    pub fn row(
        &mut self,
        read: &Read,
        intact: bool,
        known: &mut Known,
        witness: &mut Witness<'_>,
    ) -> Result<Option<Judged>> {
        let id = read.article_id().map(str::to_owned);
        let next = self.at_next(id.as_deref())?;
        let mut fault = match self.first_proven(next, read, intact, known, witness)? {
            Ok(judged) => return Ok(Some(judged)),
            Err(fault) => fault,
        };
        if read.is_empty() {
            return Ok(None);
        }
        let tried = self.candidates(read, id.as_deref(), known, witness)?;
        match self.first_proven(tried, read, intact, known, witness)? {
            Ok(judged) => return Ok(Some(judged)),
            // The next row was not it: its fault counts only if no other is nearer.
            Err(Some(nearer)) => fault = Some(nearer),
            Err(None) => {}
        }
        let is_named = id.as_ref().is_some_and(|id| !id.is_empty());
        if let Some(fault) = fault.filter(|fault| is_named || fault.alike) {
            self.spoilt.set(fault.row);
            self.go_on(fault.row);
            let article_id = id.filter(|id| !id.is_empty()).unwrap_or(fault.judged.article_id);
            return Ok(Some(Judged { article_id, ..fault.judged }));
        }
        let standing = match &id {
            Some(id) if !id.is_empty() && self.of_article(id)?.is_empty() => {
                match known.versions(id, witness)?.is_empty() {
                    true => Standing::Missing,
                    false => Standing::PutIn,
                }
            }
            Some(id) if !id.is_empty() => Standing::Repeated,
            _ => Standing::PutIn,
        };
        Ok(Some(Judged { article_id: id.unwrap_or_default(), standing, asked: false }))
    }

    /// The first of these rows that `read` is; else the first that it might be, altered.
    fn first_proven(
        &mut self,
        tried: Vec<u64>,
        read: &Read,
        intact: bool,
        known: &mut Known,
        witness: &mut Witness<'_>,
    ) -> Result<std::result::Result<Judged, Option<Fault>>> {
        let mut fault = None;
        for row in tried {
            let (entry, place) = self.place(row)?;
            let made = self.remade.row(&entry, place, read, (&self.options, intact), known, witness)?;
            let judged = Judged { article_id: entry.article_id.clone(), standing: made.standing, asked: made.asked };
            if judged.standing.is_proven() {
                self.moved += u64::from(row < self.furthest && !read.is_empty());
                self.there.set(row);
                self.go_on(row);
                return Ok(Ok(judged));
            }
            if fault.is_none() && !self.spoilt.has(row) {
                fault = Some(Fault { row, judged, alike: made.alike });
            }
        }
        Ok(Err(fault))
    }

    /// Finds the rows that were written with nothing in them, which a workbook does not hold. `empty` is such
    /// a row.
    pub fn empty_rows(
        &mut self,
        empty: &Read,
        known: &mut Known,
        witness: &mut Witness<'_>,
        each: &mut dyn FnMut(Judged) -> Result<()>,
    ) -> Result<()> {
        for row in 0..self.rows() {
            if self.there.has(row) || self.spoilt.has(row) {
                continue;
            }
            if let Ok(judged) = self.first_proven(vec![row], empty, false, known, witness)? {
                each(judged)?;
            }
        }
        Ok(())
    }

    /// Gives the rows that the file does not have, in order: the article, and that it is left out.
    pub fn left_out(&mut self, each: &mut dyn FnMut(String, Standing) -> Result<()>) -> Result<()> {
        for row in 0..self.rows() {
            if self.there.has(row) || self.spoilt.has(row) {
                continue;
            }
            let (entry, place) = self.place(row)?;
            let char_start = place.chars().map(|(start, _)| start);
            each(entry.article_id.clone(), Standing::LeftOut { row: row + 1, char_start })?;
        }
        Ok(())
    }

    fn go_on(&mut self, row: u64) {
        self.next = row + 1;
        self.furthest = self.furthest.max(self.next);
    }

    fn place(&mut self, row: u64) -> Result<(Arc<Entry>, Place)> {
        let number = self.entries.of_row(row);
        let entry = self.entries.get(number)?;
        let place = entry.rows[(row - self.entries.first_row(number)) as usize];
        Ok((entry, place))
    }

    /// The row that should come next, where the file's may be it.
    fn at_next(&mut self, id: Option<&str>) -> Result<Vec<u64>> {
        if self.next >= self.rows() || self.there.has(self.next) {
            return Ok(Vec::new());
        }
        let (entry, _) = self.place(self.next)?;
        let is_it = |id: &str| id.is_empty() || cells::same(id, Cell::Text((&*entry.article_id).into()), false);
        Ok(if id.is_none_or(is_it) { vec![self.next] } else { Vec::new() })
    }

    /// Rows that a row of the file may be, the likeliest first.
    fn candidates(
        &mut self,
        read: &Read,
        id: Option<&str>,
        known: &mut Known,
        witness: &mut Witness<'_>,
    ) -> Result<Vec<u64>> {
        let mut rows = Vec::new();
        if let Some(id) = id.filter(|id| !id.is_empty()) {
            let (start, hit) = (read.number(Column::CharStart), read.number(Column::Hit));
            for number in self.of_article(id)? {
                let (entry, first) = (self.entries.get(number)?, self.entries.first_row(number));
                for (row, place) in (first..).zip(&entry.rows).filter(|(row, _)| !self.there.has(*row)) {
                    let here = start.is_some() && place.chars().map(|(start, _)| start) == start;
                    let numbered = hit == Some(place.hit());
                    rows.push(((!(here && numbered), !here, !numbered, row < self.next), row));
                }
            }
            if rows.len() <= TRIED {
                rows.sort_unstable();
                return Ok(rows.into_iter().map(|(_, row)| row).collect());
            }
        }
        // By what the row says of itself, whatever columns that is.
        let key = match &self.by_key {
            Some((columns, _)) => read.key(columns),
            None => {
                let columns = read.key_columns();
                let mut by_key = Vec::new();
                for number in 0..self.entries.len() {
                    let (entry, first) = (self.entries.get(number)?, self.entries.first_row(number));
                    for (row, place) in (first..).zip(&entry.rows) {
                        let key = self.remade.key(&entry, *place, &columns, known, witness)?;
                        by_key.extend(key.map(|key| (key, row)));
                    }
                }
                by_key.sort_unstable();
                let key = read.key(&columns);
                self.by_key = Some((columns, by_key));
                key
            }
        };
        let by_key = self.by_key.as_ref().map_or(&[][..], |(_, by_key)| by_key);
        let from = by_key.partition_point(|(known, _)| *known < key);
        let same = by_key[from..].iter().take_while(|(known, _)| *known == key).map(|(_, row)| *row);
        // One that is altered is in the place of one that is its article's, if it names it.
        let else_tried = rows.iter().map(|(_, row)| *row);
        Ok(same.filter(|row| !self.there.has(*row)).chain(else_tried).take(TRIED).collect())
    }

    /// The entries of an article.
    fn of_article(&mut self, id: &str) -> Result<Vec<usize>> {
        let wanted = hash(id);
        let from = self.by_article.partition_point(|(hash, _)| *hash < wanted);
        let mut found = Vec::new();
        for at in from..self.by_article.len() {
            let (hash, number) = self.by_article[at];
            if hash != wanted {
                break;
            }
            if self.entries.get(number)?.article_id == id {
                found.push(number);
            }
        }
        Ok(found)
    }
}

impl Read {
    /// The article that the row names; `None` where the file has no such column.
    fn article_id(&self) -> Option<&str> {
        match &self.object {
            Some(object) => object.get(Column::ArticleId.name())?.as_str(),
            None => self.cell(Column::ArticleId).map(str::trim),
        }
    }

    /// Whether nothing stands in it.
    fn is_empty(&self) -> bool {
        self.object.is_none() && self.cells.iter().all(|(_, said)| said.trim().is_empty())
    }

    /// Whether the file has the column.
    pub(super) fn has(&self, column: Column) -> bool {
        match &self.object {
            Some(object) => object.contains_key(super::json::key(column)),
            None => self.cell(column).is_some(),
        }
    }

    fn number(&self, column: Column) -> Option<u64> {
        match &self.object {
            Some(object) => object.get(column.name())?.as_u64(),
            None => match_cells::number(self.cell(column)?),
        }
    }
}

/// One bit a row.
struct Bits(Vec<u64>);

impl Bits {
    fn of(rows: u64) -> Self {
        Self(vec![0; rows.div_ceil(64) as usize])
    }

    fn has(&self, row: u64) -> bool {
        self.0[(row / 64) as usize] & (1 << (row % 64)) != 0
    }

    fn set(&mut self, row: u64) {
        self.0[(row / 64) as usize] |= 1 << (row % 64);
    }
}

fn hash(article_id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    article_id.hash(&mut hasher);
    hasher.finish()
}
