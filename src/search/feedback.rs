//! Ranking with the words that the best articles share.

use std::collections::BTreeSet;

use super::stream::Run;
use crate::error::Result;
use crate::model::{Article, Lang, Span};
use crate::query::plan::{Cond, Leaf, Matcher, Plan, Scope, Spans};
use crate::rank::{FeedbackOptions, feedback};

impl Run<'_> {
    /// The plan with optional words of feedback: they raise scores and find nothing new.
    pub(super) fn with_feedback(&self) -> Result<Plan> {
        let options = FeedbackOptions::default();
        let found = self.find(options.articles, None)?;
        let mut best = Vec::new();
        for row in &found.rows {
            if let Some(stored) = self.morgue.article(row.key)? {
                best.push((stored.article, row.score));
            }
        }
        let best: Vec<(&Article, f32)> = best.iter().map(|(article, score)| (article, *score)).collect();
        let mut failed = None;
        let terms = feedback(&best, &options, &mut |lang, stem, word| {
            self.morgue.reader.rarity(&matcher(lang, stem, word)).unwrap_or_else(|error| {
                failed = Some(error);
                0.0
            })
        });
        if let Some(error) = failed {
            return Err(error);
        }
        let mut plan = self.plan.clone();
        let rarities = self.morgue.reader.rarities(&self.plan)?;
        let mut typed = BTreeSet::new();
        scored(&plan.root, &mut typed);
        let typed: f32 = typed.iter().filter_map(|leaf| rarities.get(*leaf)).sum();
        // A word weighs its boost times its rarity.
        let scale = options.weight * typed;
        let mut optional = vec![Cond::All];
        for term in terms {
            let at = plan.leaves.len();
            let (matcher, typed) =
                (matcher(&term.lang, &term.stem, &term.word), format!("{} (from the best articles)", term.word));
            plan.leaves.push(Leaf { matcher, typed, span: Span::new(0, 0) });
            let spans = Cond::Spans { spans: Spans::Leaf(at), scope: Scope::Either, at_least: 1 };
            optional.push(Cond::Boost(Box::new(spans), term.weight * scale / term.rarity));
        }
        plan.root = Cond::And(vec![plan.root, Cond::Or(optional)]);
        Ok(plan)
    }
}

fn matcher(lang: &Lang, stem: &str, word: &str) -> Matcher {
    Matcher::Inflected {
        exact: word.to_owned(),
        stems: vec![(lang.clone(), stem.to_owned())],
        bare: false,
        also: Vec::new(),
    }
}

/// The leaves of a condition that give a score.
fn scored(cond: &Cond, out: &mut BTreeSet<usize>) {
    match cond {
        Cond::Spans { spans, .. } => leaves(spans, out),
        Cond::And(items) | Cond::Or(items) | Cond::Bag(items) => items.iter().for_each(|item| scored(item, out)),
        Cond::Boost(item, _) => scored(item, out),
        Cond::All | Cond::None | Cond::Not(_) => {}
        Cond::Key { .. } | Cond::Dates { .. } | Cond::Words { .. } => {}
    }
}

fn leaves(spans: &Spans, out: &mut BTreeSet<usize>) {
    match spans {
        Spans::Leaf(leaf) => {
            out.insert(*leaf);
        }
        Spans::Gap(_) => {}
        Spans::Seq(items) | Spans::Any(items) | Spans::Near { items, .. } | Spans::Within { items, .. } => {
            items.iter().for_each(|item| leaves(item, out));
        }
    }
}
