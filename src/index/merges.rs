//! Which segments of the index are merged while articles come in.
//!
//! A merge maps the files it reads, and what it makes of them is made in memory in part. So that neither grows with the
//! index, merges above a bound are not done: a large index keeps more segments, each about as large as the bound, which costs a
//! search some hundredths of a millisecond each. `rebuild` merges all of them.

use std::path::PathBuf;

use tantivy::SegmentMeta;
use tantivy::index::{SegmentComponent, SegmentId};
use tantivy::indexer::{LogMergePolicy, MergeCandidate, MergePolicy};

/// A segment of which so much is gone is written anew: articles that were changed leave gaps.
const GAPS: f32 = 0.3;
/// Fewer segments than this are not merged where more would be too large.
const FEWEST: usize = 2;

/// tantivy's own policy (segments of like size, eight at a time), held to a bound.
#[derive(Debug)]
pub(super) struct Bounded {
    log: LogMergePolicy,
    dir: PathBuf,
    most: u64,
}

impl Bounded {
    /// For the index in `dir`: no merge of more than `most` bytes.
    pub(super) fn new(dir: PathBuf, most: u64) -> Self {
        let mut log = LogMergePolicy::default();
        log.set_del_docs_ratio_before_merge(GAPS);
        Self { log, dir, most }
    }

    /// Bytes of the files that grow with a segment's articles.
    fn size(&self, segment: &SegmentMeta) -> u64 {
        use SegmentComponent::{FastFields, Positions, Postings, Terms};
        // A file that cannot be asked is the merge's to complain about.
        let size = |part| std::fs::metadata(self.dir.join(segment.relative_path(part))).map_or(0, |file| file.len());
        [Postings, Positions, Terms, FastFields].map(size).iter().sum()
    }

    /// What of a merge is done: all of it, or as many of the smallest segments as fit, and each that is full of gaps.
    fn held(&self, mut sized: Vec<(u64, f32, SegmentId)>) -> Vec<Vec<SegmentId>> {
        let total: u64 = sized.iter().map(|segment| segment.0).sum();
        if total <= self.most {
            return vec![sized.into_iter().map(|segment| segment.2).collect()];
        }
        sized.sort_by_key(|segment| segment.0);
        let mut sum = 0;
        let fits = sized.iter().take_while(|segment| {
            sum += segment.0;
            sum <= self.most
        });
        let fits = fits.count();
        let together = if fits >= FEWEST { fits } else { 0 };
        let alone = sized[together..].iter().filter(|segment| segment.1 > GAPS).map(|segment| vec![segment.2]);
        let alone: Vec<_> = alone.collect();
        let together: Vec<SegmentId> = sized[..together].iter().map(|segment| segment.2).collect();
        Some(together).filter(|segments| !segments.is_empty()).into_iter().chain(alone).collect()
    }
}

impl MergePolicy for Bounded {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let gaps = |segment: &SegmentMeta| segment.num_deleted_docs() as f32 / segment.max_doc().max(1) as f32;
        let candidates = self.log.compute_merge_candidates(segments);
        let of = |id: &SegmentId| segments.iter().find(|segment| segment.id() == *id);
        let sized = candidates.into_iter().map(|MergeCandidate(ids)| {
            let segments = ids.iter().filter_map(of);
            segments.map(|segment| (self.size(segment), gaps(segment), segment.id())).collect::<Vec<_>>()
        });
        sized.flat_map(|segments| self.held(segments)).map(MergeCandidate).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merges_are_held_to_their_bound() {
        let policy = Bounded::new(PathBuf::from("nowhere"), 100);
        let ids: Vec<SegmentId> = (0..8).map(|_| SegmentId::generate_random()).collect();
        let sized = |sizes: &[u64], gaps: f32| -> Vec<(u64, f32, SegmentId)> {
            sizes.iter().zip(&ids).map(|(&size, &id)| (size, gaps, id)).collect()
        };
        let held = |sizes: &[u64], gaps: f32| -> Vec<Vec<usize>> {
            let at = |id: &SegmentId| ids.iter().position(|other| other == id).unwrap();
            policy.held(sized(sizes, gaps)).iter().map(|merge| merge.iter().map(at).collect()).collect()
        };
        assert_eq!(held(&[12; 8], 0.0), [vec![0, 1, 2, 3, 4, 5, 6, 7]]);
        assert_eq!(held(&[60, 20, 20, 20, 20, 60, 60, 60], 0.0), [vec![1, 2, 3, 4]]);
        assert_eq!(held(&[60; 8], 0.0), Vec::<Vec<usize>>::new());
        // One indexing thread alone makes segments a third of the bound.
        assert_eq!(held(&[32; 8], 0.0), [vec![0, 1, 2]]);
        // A segment full of gaps is written anew by itself, whatever its size.
        assert_eq!(held(&[60, 300], 0.5), [vec![0], vec![1]]);
    }
}
