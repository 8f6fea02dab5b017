//! How much an article answers: BM25F over title and text.
//!
//! Robertson, Zaragoza, Taylor, *Simple BM25 extension to multiple weighted fields* (CIKM 2004): the frequencies of a
//! word in the fields are weighted and normalised by length, added, and only then saturated, so a word in both the
//! title and the text is not counted as two pieces of evidence. All numbers of the model stand in [`Weights`].

use std::sync::LazyLock;

use tantivy::fieldnorm::FieldNormReader;

/// The numbers of the model.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weights {
    /// How fast repetition stops to count: for one or two words, and for many.
    pub(super) k1: [f32; 2],
    /// How much length counts against a title.
    pub(super) title_b: f32,
    /// How much length counts at most against a text, and at how many words of a query it is half of that.
    pub(super) text_b: [f32; 2],
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

/// One set for all collections, chosen on six at once (news articles, news sentences, abstracts in four fields), with their
/// queries as they are and cut down to their three and five rarest words.
///
/// Length and repetition count by **how many words the query tells**: an article that holds two rare words is about them
/// however long it is, while of fifteen words a long article holds many by chance. So it is in each of the six, and in TREC's
/// news (He and Ounis, *A study of parameter tuning for term frequency normalization*, CIKM 2003: b from .2 for titles
/// of topics to .7 for whole topics). A query of two words gives b = .375, k1 = 1.2; one of fifteen b = .66, k1 = 1.8.
pub(super) const WEIGHTS: Weights = Weights {
    k1: [1.2, 1.8],
    title_b: 0.5,
    text_b: [0.75, 2.0],
    field: [3.0, 1.0],
    inflected: 0.7,
    rarity: 1.25,
    presence: 0.05,
};

/// Words of a query at which `k1` begins to rise, and at which it is at its end.
const FEW_WORDS: f32 = 2.0;
const MANY_WORDS: f32 = 8.0;

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

    /// How rare a word is that stands in `df` articles.
    pub(super) fn idf(&self, df: u64) -> f32 {
        let articles = self.articles as f32;
        let df = (df as f32).min(articles);
        (1.0 + (articles - df + 0.5) / (df + 0.5)).ln().powf(WEIGHTS.rarity)
    }

    fn average(&self, field: usize) -> f32 {
        if self.words[field] == 0 { 1.0 } else { self.words[field] as f32 / self.with[field] as f32 }
    }
}

/// How many words a query tells: rare words count as one, common ones as little as they are rare beside the rarest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Evidence(f32);

impl Evidence {
    /// Of words with these rarities.
    pub(super) fn of(rarities: impl Iterator<Item = f32>) -> Self {
        let (sum, most) = rarities.fold((0.0f32, 0.0f32), |(sum, most), rarity| (sum + rarity, most.max(rarity)));
        Self(if most > 0.0 { (sum / most).max(1.0) } else { 1.0 })
    }

    /// As a number of words, at least 1.
    pub(super) fn words(self) -> f32 {
        self.0
    }
}

/// The model fitted to an index and a query.
#[derive(Clone)]
pub(super) struct Model {
    weights: Weights,
    k1: f32,
    /// What one occurrence counts in an article of each stored length.
    counts: [[f32; 256]; 2],
}

impl Model {
    pub(super) fn new(lengths: &Lengths, weights: &Weights, evidence: Evidence) -> Self {
        let words = evidence.words();
        let many = ((words - FEW_WORDS) / (MANY_WORDS - FEW_WORDS)).clamp(0.0, 1.0);
        let [few_k1, many_k1] = weights.k1;
        let [most_b, half] = weights.text_b;
        let mut counts = [[0.0; 256]; 2];
        for (field, (table, b)) in counts.iter_mut().zip([weights.title_b, most_b * words / (words + half)]).enumerate()
        {
            let average = lengths.average(field);
            for (count, length) in table.iter_mut().zip(&*STORED_LENGTHS) {
                *count = weights.field[field] / (1.0 - b + b * length / average);
            }
        }
        Self { weights: *weights, k1: few_k1 + (many_k1 - few_k1) * many, counts }
    }

    /// What one occurrence counts, by stored length.
    pub(super) fn counts(&self, field: usize) -> &[f32; 256] {
        &self.counts[field]
    }

    /// What a weighted frequency above 0 is worth, between 0 and a little over 1.
    #[inline]
    pub(super) fn saturate(&self, frequency: f32) -> f32 {
        frequency / (frequency + self.k1) + self.weights.presence
    }

    /// What an occurrence counts that is an inflection of the word typed.
    pub(super) fn inflected(&self) -> f32 {
        self.weights.inflected
    }
}

/// The lengths that stored ones stand for.
static STORED_LENGTHS: LazyLock<[f32; 256]> =
    LazyLock::new(|| std::array::from_fn(|id| FieldNormReader::id_to_fieldnorm(id as u8) as f32));
