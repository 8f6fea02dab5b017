//! Copies of one story among rows, told apart by the texts.

use std::collections::HashMap;
use std::rc::Rc;

use super::Morgue;
use super::spool::{Listed, Rows};
use super::stream::Entry;
use crate::error::Result;
use crate::index::Row;
use crate::rank::Shape;

/// Texts kept at hand while rows are compared.
const KEPT: usize = 512;

/// Most earlier rows that a row is compared with for each part of its sketch that they share: texts made from one form letter
/// share parts by the thousand.
const COMPARED: usize = 8;

/// Parts of sketches held at a time while rows that share one are looked for: 2 MB.
const PARTS: usize = 1 << 17;

/// Where a list has the copies of a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// Nowhere: the first of them counts them.
    Counted,
    /// Right behind the first.
    Behind,
    /// Where its order has them; each is told its story and counts the others.
    InPlace,
}

/// Which rows are copies of one another. Memory grows with the copies, not with the rows.
#[derive(Debug, Default)]
pub(super) struct Stories {
    /// Of a copy, the first row of its story.
    first_of: HashMap<u32, u32>,
    /// Of a first row, its copies in order.
    copies: HashMap<u32, Vec<(u32, Listed)>>,
    /// Of a first row, the name of its story: its first article, the one with the earliest date, then id.
    names: HashMap<u32, (i64, String)>,
}

/// Rows without those that are near-identical copies of one before, which counts them.
pub(super) fn fold(morgue: &Morgue, mut rows: &[Row]) -> Result<Vec<Entry>> {
    let stories = Stories::find(morgue, &mut rows)?;
    let mut entries = Vec::new();
    stories.each(&mut rows, Shown::Counted, &mut |entry| {
        entries.push(entry);
        Ok(())
    })?;
    Ok(entries)
}

/// For each row the number of its story.
pub(super) fn numbers(morgue: &Morgue, mut rows: &[Row]) -> Result<Vec<u32>> {
    let stories = Stories::find(morgue, &mut rows)?;
    Ok((0..rows.len() as u32).map(|number| stories.first(number)).collect())
}

impl Stories {
    /// Looks through rows for copies of one another.
    pub(super) fn find(morgue: &Morgue, rows: &mut dyn Rows) -> Result<Self> {
        let alike = alike(rows)?;
        let mut involved: HashMap<u32, Option<Listed>> = HashMap::new();
        involved.extend(alike.iter().flat_map(|(number, earlier)| earlier.iter().chain([number])).map(|n| (*n, None)));
        if !involved.is_empty() {
            rows.each(&mut |number, row| {
                if let Some(place) = involved.get_mut(&number) {
                    *place = Some(row);
                }
                Ok(())
            })?;
        }
        let row = |number: u32| involved.get(&number).copied().flatten();
        let mut numbers: Vec<u32> = alike.keys().copied().collect();
        numbers.sort_unstable();
        let mut stories = Self::default();
        let mut shapes = Shapes { morgue, known: HashMap::new() };
        for number in numbers {
            let Some(this) = row(number) else { continue };
            let mut tried: Vec<u32> = Vec::new();
            for earlier in alike.get(&number).into_iter().flatten() {
                let first = stories.first(*earlier);
                let Some(known) = row(first).filter(|_| !tried.contains(&first)) else { continue };
                tried.push(first);
                if !shapes.same(known.key, this.key)? {
                    continue;
                }
                stories.first_of.insert(number, first);
                stories.copies.entry(first).or_default().push((number, this));
                let named = match stories.names.remove(&first) {
                    Some(named) => named,
                    None => shapes.age(known.key)?,
                };
                stories.names.insert(first, named.min(shapes.age(this.key)?));
                break;
            }
        }
        Ok(stories)
    }

    /// The first row of the story that a row belongs to.
    fn first(&self, number: u32) -> u32 {
        self.first_of.get(&number).copied().unwrap_or(number)
    }

    /// Gives the rows in order, copies as `shown` says.
    pub(super) fn each(
        &self,
        rows: &mut dyn Rows,
        shown: Shown,
        each: &mut dyn FnMut(Entry) -> Result<()>,
    ) -> Result<()> {
        rows.each(&mut |number, row| {
            let first = self.first(number);
            if first != number && shown != Shown::InPlace {
                return Ok(());
            }
            let story = self.names.get(&first).map(|(_, id)| id.clone());
            let others = self.copies.get(&first).map_or(&[][..], Vec::as_slice);
            let copies = Some(others.len() as u64);
            let entry = |row: Listed| Entry { key: row.key, score: row.score, copies, story: story.clone() };
            each(entry(row))?;
            if shown == Shown::Behind {
                // They stand beneath the row that counts them.
                others.iter().try_for_each(|(_, row)| each(Entry { copies: None, ..entry(*row) }))?;
            }
            Ok(())
        })
    }
}

/// For each row that shares a part of its sketch with rows before it, some of those, first ones first. The parts are gone
/// through in as many passes as it takes to hold a bounded number of them.
fn alike(rows: &mut dyn Rows) -> Result<HashMap<u32, Vec<u32>>> {
    let passes = (rows.count() * 6).div_ceil(PARTS) as u64;
    alike_in(rows, passes)
}

fn alike_in(rows: &mut dyn Rows, passes: u64) -> Result<HashMap<u32, Vec<u32>>> {
    let mut alike: HashMap<u32, Vec<u32>> = HashMap::new();
    for pass in 0..passes {
        let mut parts: Vec<(u64, u32)> = Vec::new();
        rows.each(&mut |number, row| {
            // Spread evenly, whatever the parts are like.
            let mine = |part: &u64| (part.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) % passes == pass;
            parts.extend(row.sketch.parts().filter(mine).map(|part| (part, number)));
            Ok(())
        })?;
        parts.sort_unstable();
        for run in parts.chunk_by(|a, b| a.0 == b.0).filter(|run| run.len() > 1) {
            for (at, (_, number)) in run.iter().enumerate().skip(1) {
                let earlier = alike.entry(*number).or_default();
                earlier.extend(run[..at].iter().take(COMPARED).map(|(_, number)| *number));
            }
        }
    }
    for earlier in alike.values_mut() {
        earlier.sort_unstable();
        earlier.dedup();
    }
    Ok(alike)
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

#[cfg(test)]
mod tests {
    use super::super::spool::Spool;
    use super::*;
    use crate::index::Sketch;

    #[test]
    fn rows_alike_are_found_in_any_number_of_passes() {
        let mut spool = Spool::new().expect("a file");
        for number in 0..300u64 {
            // Every third shares all with the one 30 rows before, every seventh two lanes of its sketch with those before.
            let own = (number % 30 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let other = (number + 1000).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let bits = match (number % 3, number % 7) {
                (0, _) => own,
                (_, 0) => other & !0xffff_ffff | 77 << 16 | 78,
                _ => other,
            };
            let row = Listed { key: number, score: 1.0, sketch: Sketch::of_bits(bits) };
            spool.push(row).expect("written");
        }
        let one = alike_in(&mut spool, 1).expect("read");
        assert!(one.len() > 90 && one[&60].contains(&30) && one[&14].contains(&7), "{one:?}");
        for passes in [2, 3, 8, 50] {
            assert_eq!(alike_in(&mut spool, passes).expect("read"), one, "{passes}");
        }
        assert_eq!(alike(&mut Spool::new().expect("a file")).expect("read"), HashMap::new());
    }
}
