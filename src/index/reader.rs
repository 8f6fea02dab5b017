//! What a commit left, opened for searching.

use std::sync::{Arc, OnceLock};

use tantivy::columnar::{Column, StrColumn};
use tantivy::directory::{Directory, META_LOCK, OwnedBytes};
use tantivy::fastfield::{AliveBitSet, write_alive_bitset};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{BitSet, DocSet, InvertedIndexReader, SegmentReader, TERMINATED};

use super::document::day_of;
use super::schema::{EMBARGOED, Fields, WITHDRAWN, column};
use super::score::Lengths;
use super::sketch::Sketch;
use super::stems::Stems;
use super::{Index, fault, guarded, writer};
use crate::error::{Error, ErrorKind, Result};
use crate::model::Revision;

/// A fixed view of an index; cheap to clone.
#[derive(Clone)]
pub struct Reader {
    inner: Arc<Inner>,
}

struct Inner {
    index: Index,
    revision: Revision,
    stems: Stems,
    segments: Vec<Arc<Segment>>,
    lengths: OnceLock<Lengths>,
}

/// One segment and what is often needed of it.
pub(super) struct Segment {
    pub(super) reader: SegmentReader,
    /// Postings of title, text and keys.
    pub(super) terms: [Arc<InvertedIndexReader>; 3],
    norms: OnceLock<[FieldNormReader; 2]>,
    lang: OnceLock<Option<Column<u64>>>,
    order: OnceLock<Option<Column<i64>>>,
    id: OnceLock<Option<Column<u64>>>,
    key: OnceLock<Option<Column<u64>>>,
    sketch: OnceLock<Option<Column<u64>>>,
    /// Articles withdrawn or under embargo (until when, in seconds), by document.
    hidden: OnceLock<Vec<(u32, Option<i64>)>>,
}

/// Index of the metadata field among [`Segment::terms`].
pub(super) const KEYS: usize = 2;

/// How often opening is tried again when a file vanished because a writer cleaned up meanwhile.
const TRIES: usize = 5;

/// Whether an article of a key, got on a day where that is known, is to be seen.
pub type Keep<'a> = dyn FnMut(u64, Option<jiff::civil::Date>) -> Result<bool> + 'a;

impl Reader {
    pub(super) fn open(index: &Index) -> Result<Self> {
        Self::open_with(index, None, None)
    }

    /// Only what `keep` says yes to, and all of `beside`.
    pub(super) fn open_with(index: &Index, mut keep: Option<&mut Keep<'_>>, beside: Option<&Reader>) -> Result<Self> {
        let mut tries = 1;
        loop {
            // The lock keeps a writer from removing files while they are opened. Where it cannot be had, as on
            // media that cannot be written, nobody removes files either; and if somebody does, the next try succeeds.
            let lock = index.inner.directory().acquire_lock(&META_LOCK).ok();
            // Damaged files make tantivy panic already while they are opened.
            let opened = guarded(&index.dir, || Self::try_open(index, keep.as_deref_mut(), beside));
            drop(lock);
            match opened {
                Ok(reader) => return Ok(reader),
                Err(error) if tries == TRIES => return Err(error),
                Err(_) => tries += 1,
            }
        }
    }

    fn try_open(index: &Index, mut keep: Option<&mut Keep<'_>>, beside: Option<&Reader>) -> Result<Self> {
        let bad = |e| fault(&index.dir, e);
        let payload = index.payload()?;
        let mut stems = Stems::open(&index.dir, &payload.stems)?;
        let mut segments = Vec::new();
        for segment in index.inner.searchable_segments().map_err(bad)? {
            let mut reader = SegmentReader::open(&segment).map_err(bad)?;
            if let Some(keep) = &mut keep
                && let Some(kept) = kept(index, &reader, *keep)?
            {
                reader = SegmentReader::open_with_custom_alive_set(&segment, Some(kept)).map_err(bad)?;
            }
            let segment = Segment::new(reader, &index.fields).map_err(bad)?;
            // How many articles a part has stands in the list of parts, which has no checksum; its own files know.
            if segment.norms(&index.fields).iter().any(|norms| norms.num_docs() != segment.max_doc()) {
                let said = "the list of its parts, `meta.json`, is not as it was written";
                return Err(Error::new(ErrorKind::Index, said).at(&index.dir));
            }
            segments.push(Arc::new(segment));
        }
        if let Some(beside) = beside {
            segments.extend(beside.segments().iter().cloned());
            stems = stems.with(beside.stems());
        }
        let again = index.payload()?;
        if again != payload {
            return Err(Error::new(ErrorKind::Index, "the index changed while it was opened").at(&index.dir));
        }
        let inner = Inner {
            index: index.clone(),
            revision: Revision(payload.revision),
            stems,
            segments,
            lengths: OnceLock::new(),
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// The corpus revision this view shows.
    pub fn revision(&self) -> Revision {
        self.inner.revision
    }

    /// The keys of the articles whose embargo ends after `from` and up to `to`.
    pub fn released(&self, from: jiff::Timestamp, to: jiff::Timestamp) -> std::collections::HashSet<u64> {
        let (from, to) = (from.as_second(), to.as_second());
        self.inner.segments.iter().flat_map(|segment| segment.released(from, to)).collect()
    }

    /// How many articles there are, hidden ones included.
    pub fn articles(&self) -> u64 {
        self.segments().iter().map(|segment| u64::from(segment.reader.num_docs())).sum()
    }

    /// How many segments there are.
    pub fn parts(&self) -> usize {
        self.segments().len()
    }

    pub(super) fn segments(&self) -> &[Arc<Segment>] {
        &self.inner.segments
    }

    pub(super) fn stems(&self) -> &Stems {
        &self.inner.stems
    }

    pub(super) fn greatest_key(&self) -> Option<u64> {
        self.segments().iter().filter_map(|segment| writer::greatest_key(&segment.reader)).max()
    }

    pub(super) fn dir(&self) -> &std::path::Path {
        &self.inner.index.dir
    }

    pub(super) fn bad(&self, error: tantivy::TantivyError) -> Error {
        fault(&self.inner.index.dir, error)
    }

    pub(super) fn bad_io(&self, error: std::io::Error) -> Error {
        self.bad(tantivy::TantivyError::from(error))
    }

    /// Lengths of all articles that are alive.
    pub(super) fn lengths(&self) -> &Lengths {
        self.inner.lengths.get_or_init(|| {
            let mut all = Lengths::default();
            for segment in self.segments() {
                all.add(&segment.lengths(&self.inner.index.fields));
            }
            all
        })
    }

    pub(super) fn fields(&self) -> &Fields {
        &self.inner.index.fields
    }
}

/// The articles of a segment that `keep` says yes to; `None` where those are all.
fn kept(index: &Index, reader: &SegmentReader, keep: &mut Keep<'_>) -> Result<Option<AliveBitSet>> {
    let columns = reader.fast_fields();
    let keys: Option<Column<u64>> = columns.column_opt(column::KEY).ok().flatten();
    let days: Option<Column<i64>> = columns.column_opt(column::FETCHED).ok().flatten();
    let mut kept = BitSet::with_max_value_and_full(reader.max_doc());
    for doc in (0..reader.max_doc()).filter(|doc| !reader.is_deleted(*doc)) {
        let key = keys.as_ref().and_then(|keys| keys.first(doc)).unwrap_or(0);
        let day = days.as_ref().and_then(|days| days.first(doc)).map(day_of);
        if !keep(key, day)? {
            kept.remove(doc);
        }
    }
    if kept.len() == reader.max_doc() as usize {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    write_alive_bitset(&kept, &mut bytes).map_err(|e| fault(&index.dir, e.into()))?;
    Ok(Some(AliveBitSet::open(OwnedBytes::new(bytes))))
}

impl Segment {
    fn new(reader: SegmentReader, fields: &Fields) -> tantivy::Result<Self> {
        let terms = |field: Field| reader.inverted_index(field);
        let terms = [terms(fields.title)?, terms(fields.text)?, terms(fields.keys)?];
        Ok(Self {
            reader,
            terms,
            norms: OnceLock::new(),
            lang: OnceLock::new(),
            order: OnceLock::new(),
            id: OnceLock::new(),
            key: OnceLock::new(),
            sketch: OnceLock::new(),
            hidden: OnceLock::new(),
        })
    }

    pub(super) fn max_doc(&self) -> u32 {
        self.reader.max_doc()
    }

    pub(super) fn is_alive(&self, doc: u32) -> bool {
        !self.reader.is_deleted(doc)
    }

    pub(super) fn norms(&self, fields: &Fields) -> &[FieldNormReader; 2] {
        self.norms.get_or_init(|| {
            let norms = |field| {
                let none = || FieldNormReader::constant(self.max_doc(), 0);
                self.reader.get_fieldnorms_reader(field).unwrap_or_else(|_| none())
            };
            [norms(fields.title), norms(fields.text)]
        })
    }

    fn lengths(&self, fields: &Fields) -> Lengths {
        let norms = self.norms(fields);
        let mut lengths = Lengths { articles: u64::from(self.reader.num_docs()), ..Lengths::default() };
        for (field, norms) in norms.iter().enumerate() {
            let mut histogram = [0u64; 256];
            let docs = norms.num_docs().min(self.max_doc());
            if self.reader.has_deletes() {
                for doc in (0..docs).filter(|doc| self.is_alive(*doc)) {
                    histogram[usize::from(norms.fieldnorm_id(doc))] += 1;
                }
            } else {
                for doc in 0..docs {
                    histogram[usize::from(norms.fieldnorm_id(doc))] += 1;
                }
            }
            for (id, count) in histogram.iter().enumerate() {
                let length = u64::from(FieldNormReader::id_to_fieldnorm(id as u8));
                lengths.words[field] += count * length;
                lengths.with[field] += if length > 0 { *count } else { 0 };
            }
        }
        lengths
    }

    /// Whether the article's language is one of `langs`.
    #[inline]
    pub(super) fn speaks(&self, doc: u32, langs: &Option<Arc<[u64]>>) -> bool {
        match langs {
            None => true,
            Some(langs) => {
                let lang = self.lang().and_then(|column| column.first(doc));
                langs.contains(&lang.unwrap_or(*super::schema::NO_LANG))
            }
        }
    }

    pub(super) fn numbers(&self, name: &str) -> Option<Column<u64>> {
        self.reader.fast_fields().column_opt(name).ok().flatten()
    }

    pub(super) fn integers(&self, name: &str) -> Option<Column<i64>> {
        self.reader.fast_fields().column_opt(name).ok().flatten()
    }

    pub(super) fn strings(&self, name: &str) -> Option<StrColumn> {
        self.reader.fast_fields().str(name).ok().flatten()
    }

    pub(super) fn lang(&self) -> Option<&Column<u64>> {
        self.lang.get_or_init(|| self.numbers(column::LANG)).as_ref()
    }

    /// Seconds of the date of publication, for ordering; the least number where there is none to trust.
    pub(super) fn order(&self, doc: u32) -> i64 {
        let column = self.order.get_or_init(|| self.integers(column::ORDER));
        column.as_ref().and_then(|column| column.first(doc)).unwrap_or(i64::MIN)
    }

    /// The row of the corpus.
    pub(super) fn key(&self, doc: u32) -> u64 {
        self.key.get_or_init(|| self.numbers(column::KEY)).as_ref().and_then(|column| column.first(doc)).unwrap_or(0)
    }

    /// What the text shares with copies.
    pub(super) fn sketch(&self, doc: u32) -> Sketch {
        let column = self.sketch.get_or_init(|| self.numbers(column::SKETCH));
        Sketch(column.as_ref().and_then(|column| column.first(doc)).unwrap_or(0))
    }

    pub(super) fn id(&self, doc: u32) -> u64 {
        self.id.get_or_init(|| self.numbers(column::ID)).as_ref().and_then(|column| column.first(doc)).unwrap_or(0)
    }

    /// The documents that have `key` in field `field` of [`Segment::terms`].
    pub(super) fn with_term(&self, field: usize, key: &[u8]) -> std::io::Result<Vec<u32>> {
        let mut docs = Vec::new();
        let Some(info) = self.terms[field].terms().get(key)? else { return Ok(docs) };
        let mut postings = self.terms[field].read_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
        while postings.doc() != TERMINATED {
            docs.push(postings.doc());
            postings.advance();
        }
        Ok(docs)
    }

    /// The articles whose embargo ends in the seconds after `from` and up to `to`, by key.
    fn released(&self, from: i64, to: i64) -> Vec<u64> {
        let ended = |until: Option<i64>| until.is_some_and(|until| from < until && until <= to);
        let hidden = self.hidden().iter().filter(|(doc, until)| ended(*until) && self.is_alive(*doc));
        hidden.map(|(doc, _)| self.key(*doc)).collect()
    }

    /// Articles withdrawn (`None`) or with an embargo (until when, in seconds), by document.
    pub(super) fn hidden(&self) -> &[(u32, Option<i64>)] {
        self.hidden.get_or_init(|| {
            let of = |key: &str| self.with_term(KEYS, key.as_bytes()).unwrap_or_default();
            let until = self.integers(column::EMBARGO);
            let embargo = |doc| until.as_ref().and_then(|column| column.first(doc)).unwrap_or(i64::MIN);
            let mut hidden: Vec<_> = of(EMBARGOED).into_iter().map(|doc| (doc, Some(embargo(doc)))).collect();
            hidden.extend(of(WITHDRAWN).into_iter().map(|doc| (doc, None)));
            hidden.sort_unstable();
            // Withdrawn comes first and outweighs an embargo.
            hidden.dedup_by_key(|entry| entry.0);
            hidden
        })
    }
}
