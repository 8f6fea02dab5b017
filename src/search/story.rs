//! Copies of one story among rows, told apart by the texts.

use std::collections::HashMap;
use std::rc::Rc;

use super::Morgue;
use super::stream::Entry;
use crate::error::Result;
use crate::index::Row;
use crate::rank::Shape;

/// Texts kept at hand while rows are compared.
const KEPT: usize = 512;

/// Most earlier rows that a row is compared with for each part of its sketch that they share: texts made from one form letter
/// share parts by the thousand.
const COMPARED: usize = 8;

/// Rows without those that are near-identical copies of one before, which counts them. The story is named after its first
/// article: the one with the earliest date, then id.
pub(super) fn fold(morgue: &Morgue, rows: &[Row]) -> Result<Vec<Entry>> {
    Ok(stories(morgue, rows)?.0)
}

/// All rows, the copies of a story right behind its first row; that one counts them.
pub(super) fn group(morgue: &Morgue, rows: &[Row]) -> Result<Vec<Entry>> {
    let (entries, entry_of) = stories(morgue, rows)?;
    let mut order: Vec<u32> = (0..rows.len() as u32).collect();
    // Stable: within a story as before.
    order.sort_by_key(|number| entry_of[*number as usize]);
    let mut grouped: Vec<Entry> = Vec::with_capacity(rows.len());
    let mut last = None;
    for number in order {
        let index = entry_of[number as usize];
        let first = &entries[index as usize];
        let is_first = last.replace(index) != Some(index);
        let copies = if is_first { first.copies } else { 0 };
        grouped.push(Entry { row: rows[number as usize], copies, story: first.story.clone() });
    }
    Ok(grouped)
}

/// For each row the number of its story.
pub(super) fn numbers(morgue: &Morgue, rows: &[Row]) -> Result<Vec<u32>> {
    Ok(stories(morgue, rows)?.1)
}

/// The first row of each story, and for each row which of those it is or is a copy of.
fn stories(morgue: &Morgue, rows: &[Row]) -> Result<(Vec<Entry>, Vec<u32>)> {
    let alike = alike(rows);
    let mut entries: Vec<Entry> = Vec::with_capacity(rows.len());
    let mut entry_of: Vec<u32> = Vec::with_capacity(rows.len());
    let mut firsts: HashMap<u32, (i64, String)> = HashMap::new();
    let mut shapes = Shapes { morgue, known: HashMap::new() };
    for (number, row) in rows.iter().enumerate() {
        let mut tried: Vec<u32> = Vec::new();
        let mut same = None;
        for earlier in alike.get(&(number as u32)).into_iter().flatten() {
            let entry = entry_of[*earlier as usize];
            if tried.contains(&entry) {
                continue;
            }
            tried.push(entry);
            if shapes.same(entries[entry as usize].row.key, row.key)? {
                same = Some(entry);
                break;
            }
        }
        let Some(index) = same else {
            entry_of.push(entries.len() as u32);
            entries.push(Entry::from(*row));
            continue;
        };
        entry_of.push(index);
        let entry = &mut entries[index as usize];
        entry.copies += 1;
        let first = match firsts.get(&index) {
            Some(first) => first.clone(),
            None => shapes.age(entry.row.key)?,
        };
        let first = first.min(shapes.age(row.key)?);
        entry.story = Some(first.1.clone());
        firsts.insert(index, first);
    }
    Ok((entries, entry_of))
}

/// For each row that shares a part of its sketch with rows before it, some of those, first ones first.
fn alike(rows: &[Row]) -> HashMap<u32, Vec<u32>> {
    let mut parts: Vec<(u64, u32)> = Vec::with_capacity(rows.len() * 6);
    for (number, row) in rows.iter().enumerate() {
        parts.extend(row.sketch.parts().map(|part| (part, number as u32)));
    }
    parts.sort_unstable();
    let mut alike: HashMap<u32, Vec<u32>> = HashMap::new();
    for run in parts.chunk_by(|a, b| a.0 == b.0).filter(|run| run.len() > 1) {
        for (at, (_, number)) in run.iter().enumerate().skip(1) {
            let earlier = alike.entry(*number).or_default();
            earlier.extend(run[..at].iter().take(COMPARED).map(|(_, number)| *number));
        }
    }
    for earlier in alike.values_mut() {
        earlier.sort_unstable();
        earlier.dedup();
    }
    alike
}

/// What is compared of articles, read when first asked for.
struct Shapes<'a> {
    morgue: &'a Morgue,
    known: HashMap<u64, Rc<Known>>,
}

struct Known {
    shape: Shape,
    age: (i64, String),
}

impl Shapes<'_> {
    fn get(&mut self, key: u64) -> Result<Option<Rc<Known>>> {
        if let Some(known) = self.known.get(&key) {
            return Ok(Some(known.clone()));
        }
        let Some(stored) = self.morgue.article(key)? else { return Ok(None) };
        if self.known.len() >= KEPT {
            self.known.clear();
        }
        let article = &stored.article;
        let date = article.published.as_ref().filter(|date| date.is_sure());
        let age = (date.map_or(i64::MAX, |date| date.second()), article.id.as_str().to_owned());
        let known = Rc::new(Known { shape: Shape::of(article), age });
        self.known.insert(key, known.clone());
        Ok(Some(known))
    }

    fn same(&mut self, one: u64, other: u64) -> Result<bool> {
        Ok(match (self.get(one)?, self.get(other)?) {
            (Some(one), Some(other)) => one.shape.is_copy_of(&other.shape),
            _ => false,
        })
    }

    fn age(&mut self, key: u64) -> Result<(i64, String)> {
        Ok(self.get(key)?.map_or((i64::MAX, String::new()), |known| known.age.clone()))
    }
}
