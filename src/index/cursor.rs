//! Walks over the postings of one term in one segment.

use std::sync::Arc;

use tantivy::postings::{BlockSegmentPostings, Postings, SegmentPostings};
use tantivy::{DocSet, TERMINATED};

/// Documents and how often the term is in each, a block at a time.
pub(super) struct Cursor {
    block: BlockSegmentPostings,
    at: usize,
    /// 0 title, 1 text.
    pub(super) field: usize,
    /// What one occurrence counts.
    pub(super) weight: f32,
    /// The languages of the articles in which the word counts; all if `None`.
    pub(super) langs: Option<Arc<[u64]>>,
}

impl Cursor {
    pub(super) fn new(block: BlockSegmentPostings, field: usize, weight: f32, langs: Option<Arc<[u64]>>) -> Self {
        Self { block, at: 0, field, weight, langs }
    }

    #[inline]
    pub(super) fn doc(&self) -> u32 {
        self.block.doc(self.at)
    }

    #[inline]
    pub(super) fn freq(&self) -> u32 {
        self.block.freq(self.at)
    }

    /// How many documents there are, deleted ones too.
    pub(super) fn cost(&self) -> u64 {
        u64::from(self.block.doc_freq())
    }

    /// To the first document that is not before `target`.
    #[inline]
    pub(super) fn seek(&mut self, target: u32) -> u32 {
        if self.doc() < target {
            self.at = self.block.seek(target);
        }
        self.doc()
    }

    /// Visits documents from the present one up to `end`, with frequencies, and stands on the first beyond.
    #[inline]
    pub(super) fn until(&mut self, end: u32, mut visit: impl FnMut(u32, u32)) {
        loop {
            let docs = self.block.docs();
            let freqs = self.block.freqs();
            let mut at = self.at;
            if freqs.len() == docs.len() {
                while at < docs.len() && docs[at] < end {
                    visit(docs[at], freqs[at]);
                    at += 1;
                }
            } else {
                while at < docs.len() && docs[at] < end {
                    visit(docs[at], 1);
                    at += 1;
                }
            }
            if at < docs.len() {
                self.at = at;
                return;
            }
            if docs.is_empty() {
                return;
            }
            self.block.advance();
            self.at = 0;
            if self.block.doc(0) == TERMINATED {
                return;
            }
        }
    }
}

/// Positions of one term, read for few documents.
pub(super) struct PositionCursor {
    pub(super) postings: SegmentPostings,
    /// Positions each occurrence covers.
    pub(super) length: u32,
    pub(super) langs: Option<Arc<[u64]>>,
}

impl PositionCursor {
    /// The positions in `doc` into `out`, which is emptied; `false` if the term is not there.
    pub(super) fn positions(&mut self, doc: u32, out: &mut Vec<u32>) -> bool {
        out.clear();
        if self.postings.doc() < doc {
            self.postings.seek(doc);
        }
        if self.postings.doc() != doc {
            return false;
        }
        self.postings.positions(out);
        true
    }
}
