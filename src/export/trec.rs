//! A run for `trec_eval`: `name Q0 doc rank score newsdex`, one line an article.
//!
//! `doc` is the id the document came with, else our article id. `trec_eval` forgets the rank and sorts by score (a
//! 32-bit number), and refuses a document named twice: so a score that is not below the one before is written as
//! the next smaller number, and only the first hit of an article is written. Where two articles came with one id, the
//! second stands under ours.

use std::io::Write;

use super::row::value;
use super::seen::Seen;
use super::{Counts, Head, HitWriter, Tail, output};
use crate::Result;
use crate::model::Hit;

/// Writes a run.
pub(super) struct Trec<'a> {
    out: Box<dyn Write + 'a>,
    /// Articles of each list.
    articles: Seen,
    /// Documents of each list.
    documents: Seen,
    list: Option<String>,
    rank: u64,
    last: f32,
    written: u64,
    /// Articles under our id, as another came with theirs.
    renamed: u64,
}

impl<'a> Trec<'a> {
    pub fn new(out: Box<dyn Write + 'a>) -> Self {
        Self {
            out,
            articles: Seen::default(),
            documents: Seen::default(),
            list: None,
            rank: 0,
            last: f32::INFINITY,
            written: 0,
            renamed: 0,
        }
    }
}

impl HitWriter for Trec<'_> {
    fn begin(&mut self, _head: &Head) -> Result<()> {
        Ok(())
    }

    fn hit(&mut self, hit: &Hit, name: Option<&str>) -> Result<()> {
        let name = word(name.unwrap_or("1"));
        if self.list.as_deref() != Some(&name) {
            (self.rank, self.last) = (0, f32::INFINITY);
            self.list = Some(name.clone());
        }
        let id = hit.article.id.as_str();
        if !self.articles.is_new(&(&name, id)) {
            return Ok(());
        }
        let mut doc = value(&hit.article.provenance.guid).map_or_else(|| word(id), word);
        if !self.documents.is_new(&(&name, &doc)) {
            doc = word(id);
            self.renamed += 1;
            self.documents.is_new(&(&name, &doc));
        }
        let score = if hit.score.is_finite() { hit.score } else { 0.0 };
        let score = if score < self.last { score } else { self.last.next_down() };
        (self.rank, self.last, self.written) = (self.rank + 1, score, self.written + 1);
        writeln!(self.out, "{name} Q0 {doc} {} {score} newsdex", self.rank).map_err(output)
    }

    fn end(&mut self, _tail: &Tail) -> Result<Counts> {
        self.out.flush().map_err(output)?;
        let notes = match self.renamed {
            0 => Vec::new(),
            1 => vec!["1 article came with an id that another has too, and stands under ours".to_owned()],
            n => vec![format!("{n} articles came with an id that another has too, and stand under ours")],
        };
        Ok(Counts { rows: self.written, notes })
    }
}

/// One word: white space and control characters become `_`, nothing becomes `_`.
pub(super) fn word(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() {
        return "_".to_owned();
    }
    text.chars().map(|c| if c.is_whitespace() || c.is_control() { '_' } else { c }).collect()
}
