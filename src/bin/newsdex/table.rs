//! Small tables for people: columns aligned by display width, numbers to the right.

use std::io::{self, Write};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

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
        self.print_within(None, &[], to)
    }

    /// The same in at most so many columns of a terminal, if `gives` allow: these give way, the first down to what it says,
    /// then the next. What is cut ends with `…`.
    pub fn print_within(&self, most: Option<usize>, gives: &[(usize, usize)], to: &mut impl Write) -> io::Result<()> {
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width());
            cells.chain([self.heads[column].width()]).max().unwrap_or(0)
        };
        let mut widths: Vec<usize> = (0..self.heads.len()).map(width).collect();
        let whole = widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1);
        let mut over = most.map_or(0, |most| whole.saturating_sub(most));
        for &(column, least) in gives {
            let less = over.min(widths[column].saturating_sub(least));
            widths[column] -= less;
            over -= less;
        }
        let right: Vec<bool> = (0..self.heads.len())
            .map(|c| self.rows.iter().filter_map(|row| row.get(c)).all(|cell| is_number(cell)) && !self.rows.is_empty())
            .collect();
        let quiet = style::QUIET;
        let heads: Vec<String> = self.heads.iter().map(|&h| h.to_owned()).collect();
        writeln!(to, "{quiet}{}{quiet:#}", line(&heads, &widths, &right))?;
        for row in &self.rows {
            let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| cut(cell, *width)).collect();
            writeln!(to, "{}", line(&cells, &widths, &right))?;
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

fn cut(cell: &str, columns: usize) -> String {
    if cell.width() <= columns {
        return cell.to_owned();
    }
    let (mut out, mut used) = (String::new(), 1);
    for c in cell.chars() {
        used += c.width().unwrap_or(0);
        if used > columns {
            break;
        }
        out.push(c);
    }
    out + "…"
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrow_terminal_cuts_what_gives_way() {
        let mut table = Table::new(&["", "published", "source", "title", "id"]);
        let cells =
            ["10", "2025-06-27", "The Vale Courier", "Orchard growers bet on late apples 灯台", "23f7df11c27beb62"];
        table.row(cells.map(str::to_owned).to_vec());
        let lines = |most: Option<usize>| {
            let mut out = Vec::new();
            table.print_within(most, &[(3, 20), (2, 6), (3, 6)], &mut out).expect("written");
            let out = anstream::adapter::strip_str(&String::from_utf8(out).expect("text")).to_string();
            out.lines().map(str::to_owned).collect::<Vec<_>>()
        };
        assert!(lines(None)[1].ends_with("Orchard growers bet on late apples 灯台  23f7df11c27beb62"));
        for (most, row) in [
            (80, "10  2025-06-27  The Vale Courier  Orchard growers bet on late…  23f7df11c27beb62"),
            (70, "10  2025-06-27  The Vale Cour…  Orchard growers bet…  23f7df11c27beb62"),
            (60, "10  2025-06-27  The V…  Orchard growers b…  23f7df11c27beb62"),
            (30, "10  2025-06-27  The V…  Orcha…  23f7df11c27beb62"),
        ] {
            let got = lines(Some(most));
            assert_eq!(got[1].split_whitespace().collect::<Vec<_>>(), row.split_whitespace().collect::<Vec<_>>());
            assert!(most < 48 || got.iter().all(|line| line.width() <= most), "{got:?}");
        }
    }
}
