//! How much an article answers: BM25F over title and text.
//!
//! Robertson, Zaragoza, Taylor, *Simple BM25 extension to multiple weighted fields* (CIKM 2004): the frequencies of a
//! word in the fields are weighted and normalised by length, added, and only then saturated, so a word in both the
//! title and the text is not counted as two pieces of evidence. All numbers of the model stand in [`Weights`].

use tantivy::fieldnorm::FieldNormReader;

/// The numbers of the model.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weights {
    /// How fast repetition stops to count.
    pub(super) k1: f32,
    /// How much length counts against an article, for title and text.
    pub(super) b: [f32; 2],
    /// How much an occurrence counts, in title and text.
    pub(super) field: [f32; 2],
    /// How much an occurrence of an inflection counts beside one of the word as typed.
    pub(super) inflected: f32,
    /// Power of a word's rarity: beyond 1, rare words count more beside common ones.
    pub(super) rarity: f32,
    /// What holding a word counts for itself, however long the article: against the unfairness of BM25 to long articles (Lv
    /// and Zhai, *Lower-bounding term frequency normalization*, CIKM 2011, whose method with so small a number).
    pub(super) presence: f32,
}

/// One set for all collections, chosen on six at once (news articles, news sentences, abstracts in four fields): each number
/// is one where the mean of all is flat and none falls, on the side that spares long articles.
pub(super) const WEIGHTS: Weights =
    Weights { k1: 1.5, b: [0.5, 0.65], field: [3.0, 1.0], inflected: 0.7, rarity: 1.25, presence: 0.05 };

/// Steps of a score: contributions are added as whole numbers, so that their order does not matter.
const STEP: f32 = (1u64 << 24) as f32;

/// A contribution in steps.
#[inline]
pub(super) fn steps(score: f32) -> u64 {
    // Saturates at the ends and is 0 for what is no number.
    (score * STEP) as u64
}

/// A sum of [`steps`] as a score.
pub(super) fn score(steps: u64) -> f32 {
    steps as f32 / STEP
}

/// Lengths of the articles that are alive.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Lengths {
    /// Articles.
    pub(super) articles: u64,
    /// Articles with the field, for title and text.
    pub(super) with: [u64; 2],
    /// Words in all of them, as lengths are stored (rounded down, finely for short ones).
    pub(super) words: [u64; 2],
}

impl Lengths {
    pub(super) fn add(&mut self, other: &Lengths) {
        self.articles += other.articles;
        for field in 0..2 {
            self.with[field] += other.with[field];
            self.words[field] += other.words[field];
        }
    }

    fn average(&self, field: usize) -> f32 {
        if self.words[field] == 0 { 1.0 } else { self.words[field] as f32 / self.with[field] as f32 }
    }
}

/// The model fitted to an index.
#[derive(Clone)]
pub(super) struct Model {
    articles: f32,
    weights: Weights,
    /// What one occurrence counts in an article of each stored length.
    counts: [[f32; 256]; 2],
}

impl Model {
    pub(super) fn new(lengths: &Lengths, weights: &Weights) -> Self {
        let mut counts = [[0.0; 256]; 2];
        for (field, table) in counts.iter_mut().enumerate() {
            let average = lengths.average(field);
            for (id, count) in table.iter_mut().enumerate() {
                let length = FieldNormReader::id_to_fieldnorm(id as u8) as f32;
                let b = weights.b[field];
                *count = weights.field[field] / (1.0 - b + b * length / average);
            }
        }
        Self { articles: lengths.articles as f32, weights: *weights, counts }
    }

    /// What one occurrence counts, by stored length.
    pub(super) fn counts(&self, field: usize) -> &[f32; 256] {
        &self.counts[field]
    }

    /// How rare a word is that stands in `df` articles.
    pub(super) fn idf(&self, df: u64) -> f32 {
        let df = (df as f32).min(self.articles);
        (1.0 + (self.articles - df + 0.5) / (df + 0.5)).ln().powf(self.weights.rarity)
    }

    /// What a weighted frequency above 0 is worth, between 0 and a little over 1.
    #[inline]
    pub(super) fn saturate(&self, frequency: f32) -> f32 {
        frequency / (frequency + self.weights.k1) + self.weights.presence
    }

    /// What an occurrence counts that is an inflection of the word typed.
    pub(super) fn inflected(&self) -> f32 {
        self.weights.inflected
    }
}
