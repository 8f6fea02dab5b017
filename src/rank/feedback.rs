//! Words that the best articles share: relevance feedback without asking.
//!
//! The relevance model of V. Lavrenko and W. B. Croft, *Relevance-based language models* (SIGIR 2001), as RM3 of
//! N. Abdul-Jaleel and others (TREC 2004) joins it to the query: each word's share of each of the best articles, weighted by
//! how well the article answered. Inflections count as one word.

use std::collections::{BTreeMap, HashSet};

use crate::model::{Article, Lang, Span};
use crate::text::{self, Tokens};

/// How many words are taken from how many articles.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// The best articles that are read.
    pub articles: usize,
    /// Power of an article's score: how much more the first of them says than the others. What answers far better
    /// than all else is read nearly alone, so a few good articles in a small corpus are not drowned by those after them.
    pub sharpness: f32,
    /// Words taken.
    pub terms: usize,
    /// Power of a word's rarity, by which it is chosen and weighed: words of a trade that every second article has say little.
    pub rarity: f32,
    /// What all words taken weigh together, beside the words typed.
    pub weight: f32,
}

impl Default for Options {
    fn default() -> Self {
        Self { articles: 20, sharpness: 8.0, terms: 30, rarity: 1.3, weight: 1.0 }
    }
}

/// A word that the best articles share.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedbackTerm {
    /// Its most frequent form, folded.
    pub word: String,
    /// Its stem.
    pub stem: String,
    /// The language whose rules of inflection hold for it.
    pub lang: Lang,
    /// Its share of all that was taken; the shares add up to 1.
    pub weight: f32,
    /// How rare it is.
    pub rarity: f32,
}

/// A stem and its language.
type Stem = (Lang, String);

/// How often each form of a word came.
type Forms = BTreeMap<String, u32>;

/// Shortest word taken, in characters.
const SHORTEST: usize = 3;

/// The words that `best` share, heaviest first: articles with their scores. `rarity` tells how rare a stem and its word are (0 for
/// one that is everywhere); words are weighed by their share times their rarity (to a power), so function words fall out.
pub fn feedback(
    best: &[(&Article, f32)],
    options: &Options,
    rarity: &mut dyn FnMut(&Lang, &str, &str) -> f32,
) -> Vec<FeedbackTerm> {
    let most = best.iter().map(|(_, score)| score.max(0.0)).fold(0.0, f32::max);
    let told = |score: f32| if most > 0.0 { (score.max(0.0) / most).powf(options.sharpness) } else { 1.0 };
    let whole: f32 = best.iter().map(|(_, score)| told(*score)).sum();
    let mut stems: BTreeMap<Stem, (f32, Forms)> = BTreeMap::new();
    let mut holders: BTreeMap<Stem, HashSet<usize>> = BTreeMap::new();
    let mut tokens = Tokens::new();
    for (number, (article, score)) in best.iter().enumerate() {
        let Some(lang) = text::stem_language(article.language.as_ref()) else { continue };
        let blocks: Vec<Span> = article.blocks.iter().map(|block| block.span).collect();
        text::analyze(&article.text, &blocks, &mut tokens);
        let length = tokens.len().max(1) as f32;
        let share = told(*score) / whole / length;
        for token in tokens.iter().filter(|token| token.length == 1 && !token.extra) {
            let word = token.term;
            if word.chars().count() < SHORTEST || word.chars().any(|c| c.is_numeric()) {
                continue;
            }
            let key = (lang.clone(), text::stem_as_written(lang, word, token.span.of(&article.text)).into_owned());
            let entry = stems.entry(key.clone()).or_default();
            entry.0 += share;
            *entry.1.entry(word.to_owned()).or_default() += 1;
            holders.entry(key).or_default().insert(number);
        }
    }
    // A word of one article alone says what that article is about, not what they share.
    let least = if best.len() >= 4 { 2 } else { 1 };
    let mut terms: Vec<FeedbackTerm> = Vec::new();
    let mut candidates: Vec<(Stem, f32, Forms)> = stems
        .into_iter()
        .filter(|(key, _)| holders.get(key).is_some_and(|holders| holders.len() >= least))
        .map(|(key, (share, forms))| (key, share, forms))
        .collect();
    // Only the heaviest are looked up: what is rare in these articles cannot win by rarity.
    candidates.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    candidates.truncate(options.terms * 10);
    for ((lang, stem), share, forms) in candidates {
        let most = forms.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
        let Some((word, _)) = most else { continue };
        let rarity = rarity(&lang, &stem, word);
        let weight = share * rarity.powf(options.rarity);
        if weight > 0.0 {
            terms.push(FeedbackTerm { word: word.clone(), stem, lang, weight, rarity });
        }
    }
    terms.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.word.cmp(&b.word)));
    terms.truncate(options.terms);
    let sum: f32 = terms.iter().map(|term| term.weight).sum();
    for term in &mut terms {
        term.weight /= sum;
    }
    terms
}
