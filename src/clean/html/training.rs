//! A page as the paragraph model sees it: for those who train the model or ask why it judged so.

use super::judge::{self, Case};
use super::meta::{self, Survey};
use super::second::second;
use super::tree::Tree;

/// A page's blocks and what the model looks at.
pub struct Candidates {
    case: Case,
    zones: Vec<String>,
}

/// The names of the features of the first run and of the second, in order.
pub fn names() -> (Vec<String>, Vec<String>) {
    judge::names()
}

impl Candidates {
    /// Cuts a page into blocks and measures them.
    pub fn of(html: &str, url: Option<&str>) -> Self {
        let tree = Tree::parse(html);
        let survey = Survey::of(&tree);
        let harvest = meta::harvest(&tree, &survey, url);
        let case = judge::case(&tree, &survey, &harvest);
        let zones = case.blocks.iter().map(|b| super::place(&tree, b.node)).collect();
        Self { case, zones }
    }

    /// Texts of the blocks, in page order.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.case.blocks.iter().map(|b| b.text.as_str())
    }

    /// Where each block stands.
    pub fn places(&self) -> &[String] {
        &self.zones
    }

    /// Features of the first run, row after row, and the width of a row.
    pub fn first(&self) -> (&[f32], usize) {
        (&self.case.first.values, self.case.first.width)
    }

    /// Features of the second run, given the first run's probabilities.
    pub fn second(&self, guess: &[f32]) -> (Vec<f32>, usize) {
        let rows = second(&self.case.frames, &self.case.first, guess, |_| true, None);
        (rows.values, rows.width)
    }

    /// The probabilities that the model in use gives.
    pub fn guess(&self) -> Vec<f32> {
        self.case.guess()
    }

    /// The rule that takes each block out, given the second run's probabilities; `None` where it stays.
    pub fn verdicts(&self, guess: &[f32]) -> Vec<Option<&'static str>> {
        self.case.verdicts(guess)
    }

    /// The same without the rule named, one of [`rules`].
    pub fn verdicts_without(&self, guess: &[f32], rule: &str) -> Vec<Option<&'static str>> {
        self.case.verdicts_without(guess, rule)
    }
}

/// The names of the rules that follow the model.
pub fn rules() -> impl Iterator<Item = &'static str> {
    judge::STEPS.iter().map(|step| step.0)
}
