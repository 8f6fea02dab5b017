//! Spellings of one query in the texts, counted apart: `safe third country 31 · safe-third country 14`.

use std::collections::HashMap;
use std::fmt;

/// The spelling that a matched piece of text shows: its letters with accents, in lowercase; hyphens, apostrophes
/// and white space of every shape as one; quotes and soft hyphens left out.
pub fn key(surface: &str) -> String {
    let mut out = String::with_capacity(surface.len());
    for c in surface.chars() {
        match c {
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            '\u{2010}' | '\u{2011}' | '\u{2013}' | '\u{ff0d}' => out.push('-'),
            '‘' | '’' | 'ʼ' | '`' | '´' => out.push('\''),
            '"' | '“' | '”' | '„' | '«' | '»' => {}
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.extend(c.to_lowercase()),
        }
    }
    out.trim().to_owned()
}

/// A matched piece of text on one line, without what cannot be seen.
fn printed_as(surface: &str) -> String {
    let seen: String = surface.chars().filter(|c| !is_unseen(*c)).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Soft hyphens, zero width characters and marks of direction.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// How often each spelling came, and how often in which capitals and signs it was printed.
#[derive(Debug, Clone, Default)]
pub struct Tally(HashMap<String, HashMap<String, u64>>);

impl Tally {
    /// Nothing counted yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Counts a matched piece of text.
    pub fn add(&mut self, surface: &str) {
        let printed = self.0.entry(key(surface)).or_default();
        *printed.entry(printed_as(surface)).or_default() += 1;
    }

    /// Spellings and counts, most frequent first, then by spelling: each as it is printed most often, of equals in small
    /// letters.
    pub fn rows(&self) -> Vec<(&str, u64)> {
        let mut rows: Vec<(&String, &str, u64)> = Vec::with_capacity(self.0.len());
        for (key, printed) in &self.0 {
            let most = printed.iter().max_by(|a, b| a.1.cmp(b.1).then(a.0.cmp(b.0)));
            let as_printed = most.map_or(key.as_str(), |(printed, _)| printed);
            rows.push((key, as_printed, printed.values().sum()));
        }
        rows.sort_by(|a, b| b.2.cmp(&a.2).then(a.0.cmp(b.0)));
        rows.into_iter().map(|(_, printed, count)| (printed, count)).collect()
    }
}

impl fmt::Display for Tally {
    /// On one line, parted by ` · `.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (key, count)) in self.rows().into_iter().enumerate() {
            if index > 0 {
                f.write_str(" · ")?;
            }
            write!(f, "{key} {count}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_are_counted_apart() {
        let mut tally = Tally::new();
        for surface in
            ["safe-third country", "Safe\u{2011}Third\u{a0}Country", "safe third\n country", "Bogotá", "bogota"]
        {
            tally.add(surface);
        }
        assert_eq!(tally.to_string(), "safe-third country 2 · bogota 1 · Bogotá 1 · safe third country 1");
        let mut tally = Tally::new();
        for surface in ["İzmir", "U.\u{a0}S.", "U. S.", "צה\"ל", "Dam", "Dam", "dam", "co\u{ad}operate"] {
            tally.add(surface);
        }
        assert_eq!(tally.to_string(), "Dam 3 · U. S. 2 · cooperate 1 · İzmir 1 · צה\"ל 1");
        assert_eq!(key(" “Don’t” "), "don't");
    }
}
