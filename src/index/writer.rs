//! Puts articles into the index.

use tantivy::indexer::IndexWriterOptions;
use tantivy::{IndexWriter, TantivyDocument, Term};

use super::merges::Bounded;
use super::schema::column;
use super::stems::{self, Stems};
use super::{Index, Payload, document, fault, patiently};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Article, Revision};

/// Least memory for one indexing thread (tantivy asks for 15 MB at least).
const THREAD_MEMORY: usize = 20_000_000;

/// Changes an index. There is one at a time; what it wrote is seen by others after [`commit`](Self::commit).
pub struct Writer {
    index: Index,
    inner: Option<IndexWriter<TantivyDocument>>,
    stems: Stems,
    /// No document of the index has a greater key.
    greatest: Option<u64>,
    changed: bool,
}

impl Writer {
    pub(super) fn open(index: Index, memory: usize) -> Result<Self> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let threads = cores.min(8).min((memory / THREAD_MEMORY).max(1));
        let options = IndexWriterOptions::builder()
            .num_worker_threads(threads)
            .memory_budget_per_thread((memory / threads).max(THREAD_MEMORY))
            // Two large merges at once would map twice the files, and take both processors from what is coming in.
            .num_merge_threads(1)
            .build();
        let inner: IndexWriter<TantivyDocument> = patiently(index.patience, || {
            index.inner.writer_with_options(options.clone()).map_err(|e| fault(&index.dir, e))
        })?;
        inner.set_merge_policy(Box::new(Bounded::new(index.dir.clone(), memory as u64)));
        // Under the writer's lock: nobody else can commit between this reading and our first commit.
        let reader = index.reader()?;
        let greatest = reader.greatest_key();
        let stems = reader.stems().clone();
        Ok(Self { index, inner: Some(inner), stems, greatest, changed: false })
    }

    fn inner(&mut self) -> Result<&mut IndexWriter<TantivyDocument>> {
        self.inner
            .as_mut()
            .ok_or_else(|| Error::new(ErrorKind::Index, "the index writer has failed before").at(&self.index.dir))
    }

    /// Puts `article`, which stands in row `key` of the corpus, in place of what is there under this key.
    ///
    /// # Errors
    /// The disk is full, or an indexing thread has failed.
    pub fn put(&mut self, key: u64, article: &Article) -> Result<()> {
        // Most keys are new: asking tantivy to delete what is not there would cost a look into every segment.
        if self.greatest.is_some_and(|greatest| key <= greatest) {
            self.delete(key)?;
        } else {
            self.greatest = Some(key);
        }
        let document = document::of(&self.index.fields, key, article);
        let dir = self.index.dir.clone();
        self.inner()?.add_document(document).map_err(|e| fault(&dir, e))?;
        self.changed = true;
        Ok(())
    }

    /// Takes the article of row `key` out, if it is there.
    ///
    /// # Errors
    /// The writer has failed before.
    pub fn delete(&mut self, key: u64) -> Result<()> {
        let term = Term::from_field_u64(self.index.fields.key, key);
        self.inner()?.delete_term(term);
        self.changed = true;
        Ok(())
    }

    /// Makes all that was put and deleted last, as of corpus `revision`.
    ///
    /// # Errors
    /// The disk is full or cannot be written; the index is then as it was at the commit before.
    pub fn commit(&mut self, revision: Revision) -> Result<()> {
        let dir = self.index.dir.clone();
        let (gather, old) = (self.index.gather.clone(), self.stems.clone());
        let inner = self.inner()?;
        // From here on all threads have finished, so every word has been gathered.
        let mut prepared = inner.prepare_commit().map_err(|e| fault(&dir, e))?;
        let named = old.grow(&dir, &gather, prepared.opstamp())?;
        let payload = Payload { revision: revision.0, stems: named.clone() };
        prepared.set_payload(&payload.write().map_err(|error| error.at(&dir))?);
        prepared.commit().map_err(|e| fault(&dir, e))?;
        if named != old.names() {
            self.stems = Stems::open(&dir, &named)?;
            stems::sweep(&dir, &named);
        }
        self.changed = false;
        Ok(())
    }

    /// Whether something was put or deleted since the last commit.
    pub fn has_changes(&self) -> bool {
        self.changed
    }

    /// Waits for the merges under way. Without it they are given up, which harms nothing: a later writer does them.
    ///
    /// # Errors
    /// A merge failed, for want of space for example; nothing is lost by it.
    pub fn finish(mut self) -> Result<()> {
        let dir = self.index.dir.clone();
        match self.inner.take() {
            Some(inner) => inner.wait_merging_threads().map_err(|e| fault(&dir, e)),
            None => Ok(()),
        }
    }

    /// Merges all segments into one, as `rebuild` does at its end.
    ///
    /// # Errors
    /// The disk is full or cannot be written; the index stays as it was.
    pub fn merge_all(&mut self) -> Result<()> {
        let dir = self.index.dir.clone();
        let segments = self.index.inner.searchable_segment_ids().map_err(|e| fault(&dir, e))?;
        if segments.len() > 1 {
            self.inner()?.merge(&segments).wait().map_err(|e| fault(&dir, e))?;
        }
        Ok(())
    }
}

/// The greatest key in a segment.
pub(super) fn greatest_key(segment: &tantivy::SegmentReader) -> Option<u64> {
    let column = segment.fast_fields().column_opt::<u64>(column::KEY).ok()??;
    (segment.max_doc() > 0).then(|| column.max_value())
}
