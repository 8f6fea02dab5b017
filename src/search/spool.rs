//! Rows of a long list in a nameless temporary file: what a list needs as a whole before its first hit can be given
//! (which rows are copies of one another) is found in passes over the file, so memory does not grow with the rows.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};

use crate::error::{Error, Result};
use crate::index::{Row, Sketch};

/// What of a row is kept.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Listed {
    pub(super) key: u64,
    pub(super) score: f32,
    pub(super) sketch: Sketch,
}

impl From<&Row> for Listed {
    fn from(row: &Row) -> Self {
        Self { key: row.key, score: row.score, sketch: row.sketch }
    }
}

/// Bytes of one.
const SIZE: usize = 20;

/// Rows that can be gone through again and again, in their order.
pub(super) trait Rows {
    /// Gives each with its number, from 0. The first error of `each` ends it and is returned.
    fn each(&mut self, each: &mut dyn FnMut(u32, Listed) -> Result<()>) -> Result<()>;
    /// How many.
    fn count(&self) -> usize;
}

impl Rows for &[Row] {
    fn each(&mut self, each: &mut dyn FnMut(u32, Listed) -> Result<()>) -> Result<()> {
        (0..).zip(self.iter()).try_for_each(|(number, row)| each(number, row.into()))
    }

    fn count(&self) -> usize {
        self.len()
    }
}

/// Rows in a file.
pub(super) struct Spool {
    file: BufWriter<File>,
    count: usize,
}

impl Spool {
    pub(super) fn new() -> Result<Self> {
        Ok(Self { file: BufWriter::new(tempfile::tempfile().map_err(failed)?), count: 0 })
    }

    pub(super) fn push(&mut self, row: Listed) -> Result<()> {
        let mut bytes = [0; SIZE];
        bytes[..8].copy_from_slice(&row.key.to_le_bytes());
        bytes[8..12].copy_from_slice(&row.score.to_le_bytes());
        bytes[12..].copy_from_slice(&row.sketch.bits().to_le_bytes());
        self.count += 1;
        self.file.write_all(&bytes).map_err(failed)
    }
}

impl Rows for Spool {
    fn each(&mut self, each: &mut dyn FnMut(u32, Listed) -> Result<()>) -> Result<()> {
        self.file.flush().map_err(failed)?;
        let mut file = BufReader::with_capacity(1 << 16, self.file.get_ref());
        file.rewind().map_err(failed)?;
        let mut bytes = [0; SIZE];
        for number in 0..self.count as u32 {
            file.read_exact(&mut bytes).map_err(failed)?;
            let (mut key, mut score, mut sketch) = ([0; 8], [0; 4], [0; 8]);
            key.copy_from_slice(&bytes[..8]);
            score.copy_from_slice(&bytes[8..12]);
            sketch.copy_from_slice(&bytes[12..]);
            let row = Listed {
                key: u64::from_le_bytes(key),
                score: f32::from_le_bytes(score),
                sketch: Sketch::of_bits(u64::from_le_bytes(sketch)),
            };
            each(number, row)?;
        }
        Ok(())
    }

    fn count(&self) -> usize {
        self.count
    }
}

fn failed(error: io::Error) -> Error {
    Error::io("a temporary file", error).hint("free some space there, or name another folder in the variable TMPDIR")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_as_they_went() {
        let mut spool = Spool::new().expect("a file");
        let rows: Vec<Listed> = (0..5000u64)
            .map(|n| Listed {
                key: n * 7,
                score: n as f32 / 3.0,
                sketch: Sketch::of_bits(n.wrapping_mul(0x9e37_79b9_7f4a_7c15)),
            })
            .collect();
        rows.iter().for_each(|row| spool.push(*row).expect("written"));
        for _ in 0..2 {
            let mut back = Vec::new();
            spool
                .each(&mut |number, row| {
                    back.push((number, row));
                    Ok(())
                })
                .expect("read");
            let expected: Vec<_> = (0..).zip(&rows).map(|(number, row)| (number, *row)).collect();
            assert_eq!(back, expected);
        }
        assert_eq!(spool.count(), 5000);
    }
}
