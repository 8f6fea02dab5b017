//! Small tables for people: columns aligned by display width, numbers to the right.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use crate::output::{safe, style};

/// A table: its heads, then rows of as many cells.
pub struct Table {
    heads: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub fn new(heads: &[&'static str]) -> Self {
        Self { heads: heads.to_vec(), rows: Vec::new() }
    }

    pub fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells.into_iter().map(|cell| safe(&cell)).collect());
    }

    pub fn print(&self, to: &mut impl Write) -> io::Result<()> {
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width());
            cells.chain([self.heads[column].width()]).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..self.heads.len()).map(width).collect();
        let right: Vec<bool> = (0..self.heads.len())
            .map(|c| self.rows.iter().filter_map(|row| row.get(c)).all(|cell| is_number(cell)) && !self.rows.is_empty())
            .collect();
        let quiet = style::QUIET;
        let heads: Vec<String> = self.heads.iter().map(|&h| h.to_owned()).collect();
        writeln!(to, "{quiet}{}{quiet:#}", line(&heads, &widths, &right))?;
        for row in &self.rows {
            writeln!(to, "{}", line(row, &widths, &right))?;
        }
        Ok(())
    }
}

fn line(cells: &[String], widths: &[usize], right: &[bool]) -> String {
    let mut out = String::new();
    for (column, cell) in cells.iter().enumerate() {
        let pad = " ".repeat(widths[column].saturating_sub(cell.width()));
        if column > 0 {
            out.push_str("  ");
        }
        match right[column] {
            true => out.extend([pad.as_str(), cell]),
            false => out.extend([cell, pad.as_str()]),
        }
    }
    out.trim_end().to_owned()
}

fn is_number(cell: &str) -> bool {
    cell.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '%' | '-')) && !cell.contains("--")
}

/// `12345` as `12,345`.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 row`, `12,345 rows`.
pub fn many(number: u64, what: &str) -> String {
    format!("{} {what}{}", count(number), if number == 1 { "" } else { "s" })
}

/// Bytes as a person reads them: `3.2 MB` (powers of ten).
pub fn bytes(number: u64) -> String {
    let mut value = number as f64;
    for unit in ["B", "kB", "MB", "GB"] {
        if value < 1000.0 {
            return if unit == "B" { format!("{number} B") } else { format!("{value:.1} {unit}") };
        }
        value /= 1000.0;
    }
    format!("{value:.1} TB")
}
