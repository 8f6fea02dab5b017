//! Rows with a ledger: a row of the file is matched with one that was written: the next as a rule, else one that says the
//! same, wherever it stands. So lists that were sorted, cut or added to are told apart from altered ones.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::super::ledger::{Entries, Entry, Place};
use super::super::{Columns, Manifest, Options, Per};
use super::read::Read;
use super::remade::Remade;
use super::{Column, Known, Standing, Witness, match_cells};
use crate::Result;

/// Written rows that a row of the file is compared with before it counts as altered.
const TRIED: usize = 64;

/// The rows that were written, and which of them the file has. Memory: 40 bytes an article and two bits a row.
pub(super) struct Written<'m> {
    options: Options,
    entries: Entries,
    /// Entries by the hash of their article.
    by_article: Vec<(u64, usize)>,
    /// Where each list of the file begins: its first row, and the number that row has in the column `hit`.
    lists: Vec<(u64, u64)>,
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
        let (mut lists, mut list) = (Vec::new(), None);
        for number in 0..entries.len() {
            let entry = entries.get(number)?;
            by_article.push((hash(&entry.article_id), number));
            if list.as_ref() != Some(&entry.list) {
                lists.push((entries.first_row(number), entry.rows.first().map_or(1, |place| place.hit())));
                list = Some(entry.list.clone());
            }
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
        Ok(Self { options, entries, by_article, lists, there, spoilt, next: 0, furthest: 0, moved: 0, remade })
    }

    /// Rows that were written.
    pub fn rows(&self) -> u64 {
        self.entries.rows()
    }

    /// What became of a row of the file. `intact`: its bytes are those that were written.
    pub fn row(&mut self, read: &Read, intact: bool, known: &mut Known, witness: &mut Witness<'_>) -> Result<Judged> {
        let id = read.article_id().map(str::to_owned);
        let mut fault: Option<(u64, Judged)> = None;
        let mut tried = self.at_next(id.as_deref())?;
        let mut is_first = true;
        loop {
            for &row in &tried {
                let (entry, place) = self.place(row)?;
                let made = self.remade.row(&entry, place, read, (&self.options, intact), known, witness)?;
                let judged =
                    Judged { article_id: entry.article_id.clone(), standing: made.standing, asked: made.asked };
                if judged.standing.is_proven() {
                    self.moved += u64::from(row < self.furthest);
                    self.there.set(row);
                    self.go_on(row);
                    return Ok(judged);
                }
                if fault.is_none() && !self.spoilt.has(row) {
                    fault = Some((row, judged));
                }
            }
            if !std::mem::take(&mut is_first) {
                break;
            }
            // The next row was not it: its fault counts only if no other row of the same article is nearer.
            let before = std::mem::take(&mut fault);
            tried = self.candidates(read, id.as_deref())?;
            if tried.is_empty() {
                fault = before;
                break;
            }
        }
        if let Some((row, judged)) = fault {
            self.spoilt.set(row);
            self.go_on(row);
            return Ok(Judged { article_id: id.filter(|id| !id.is_empty()).unwrap_or(judged.article_id), ..judged });
        }
        let standing = match &id {
            Some(id) if id.is_empty() => Standing::Unreadable,
            Some(id) if self.of_article(id)?.is_empty() => match known.versions(id, witness)?.is_empty() {
                true => Standing::Missing,
                false => Standing::PutIn,
            },
            Some(_) => Standing::Repeated,
            None => Standing::PutIn,
        };
        Ok(Judged { article_id: id.unwrap_or_default(), standing, asked: false })
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
        Ok(if id.is_none_or(|id| id.is_empty() || id == entry.article_id) { vec![self.next] } else { Vec::new() })
    }

    /// Rows that a row of the file may be, the likeliest first.
    fn candidates(&mut self, read: &Read, id: Option<&str>) -> Result<Vec<u64>> {
        let (start, hit) = (read.number(Column::CharStart), read.number(Column::Hit));
        let Some(id) = id.filter(|id| !id.is_empty()) else {
            let numbered = self.lists.iter().filter_map(|(row, first)| Some(row + hit?.checked_sub(*first)?));
            let ahead = self.next..self.rows();
            let rows = numbered.filter(|row| *row < self.rows()).chain(ahead).filter(|row| !self.there.has(*row));
            return Ok(rows.take(TRIED).collect());
        };
        let mut rows = Vec::new();
        for number in self.of_article(id)? {
            let (entry, first) = (self.entries.get(number)?, self.entries.first_row(number));
            for (row, place) in (first..).zip(&entry.rows).filter(|(row, _)| !self.there.has(*row)) {
                let here = start.is_some() && place.chars().map(|(start, _)| start) == start;
                let numbered = hit == Some(place.hit());
                rows.push(((!(here && numbered), !here, !numbered, row < self.next), row));
            }
        }
        rows.sort_unstable();
        Ok(rows.into_iter().take(TRIED).map(|(_, row)| row).collect())
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

    /// Whether the file has the column.
    pub(super) fn has(&self, column: Column) -> bool {
        match &self.object {
            Some(object) => object.contains_key(column.name()),
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
