//! The paragraph model: boosted decision trees over [`features`](super::features).
//!
//! The trees are plain text beside this file, one a line in preorder: `name<threshold` asks, and its two answers
//! follow (first where the feature is below the threshold); `=value` is a leaf, in logits. They are made by
//! `cargo run --release --example page_model -- train --write`, see `tests/bench/page_model/main.rs`.
//! Method: Friedman, "Greedy function approximation: a gradient boosting machine" (2001), with Newton steps.

use std::ops::Range;

/// A question, and the leaves that are left where the second answer is given: all but those behind the first.
struct Node {
    threshold: f32,
    feature: u16,
    left: u32,
}

/// A tree: its questions in any order, and its leaves from first to last.
struct Tree {
    nodes: Range<usize>,
    leaves: usize,
}

/// Leaves are bits of [`Node::left`].
const MOST_LEAVES: usize = u32::BITS as usize;

/// Blocks judged side by side.
const ABREAST: usize = 16;

/// A forest. A tree is not walked: each of its questions is asked of many blocks at once, and the first leaf that no answer
/// rules out is the one that a walk would come to. No step waits for another, and the compiler does several blocks with one
/// instruction. (Lucchese et al., "QuickScorer: a fast algorithm to rank documents with additive ensembles of regression
/// trees", 2015.)
pub(super) struct Model {
    bias: f32,
    nodes: Vec<Node>,
    leaves: Vec<f32>,
    trees: Vec<Tree>,
}

impl Model {
    /// Reads the text form; questions about features that are not in `names` take their first answer.
    pub fn read(text: &str, names: &[String]) -> Self {
        let index: std::collections::HashMap<&str, u16> =
            names.iter().enumerate().map(|(n, name)| (name.as_str(), n as u16)).collect();
        let mut model = Self { bias: 0.0, nodes: Vec::new(), leaves: Vec::new(), trees: Vec::new() };
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            match line.strip_prefix("bias ") {
                Some(bias) => model.bias = bias.trim().parse().unwrap_or(0.0),
                None => model.tree(line, &index),
            }
        }
        model
    }

    /// Reads one tree; what is no tree is left out.
    fn tree(&mut self, line: &str, index: &std::collections::HashMap<&str, u16>) {
        let (first, leaves) = (self.nodes.len(), self.leaves.len());
        // Questions that still wait for their second answer, each with its place and how many leaves stand before it. Its
        // place is none where it is about a feature that is not there: it rules out nothing then.
        let mut waiting: Vec<(Option<usize>, usize)> = Vec::new();
        // The tree is whole once a leaf comes that no question waited for, and nothing may follow.
        let (mut whole, mut words) = (None, 0);
        for word in line.split_ascii_whitespace() {
            words += 1;
            if let Some(value) = word.strip_prefix('=') {
                self.leaves.push(value.parse().unwrap_or(0.0));
                let count = self.leaves.len() - leaves;
                match waiting.pop() {
                    Some((Some(question), before)) if count <= MOST_LEAVES => {
                        self.nodes[question].left = !(bits(count) & !bits(before));
                    }
                    Some(_) => {}
                    None => whole = Some(words),
                }
            } else if let Some((name, threshold)) = word.rsplit_once('<') {
                let before = self.leaves.len() - leaves;
                let question = index.get(name).map(|&feature| {
                    self.nodes.push(Node { threshold: threshold.parse().unwrap_or(0.0), feature, left: u32::MAX });
                    self.nodes.len() - 1
                });
                waiting.push((question, before));
            }
        }
        if whole == Some(words) && self.leaves.len() - leaves <= MOST_LEAVES {
            self.trees.push(Tree { nodes: first..self.nodes.len(), leaves });
        } else {
            self.nodes.truncate(first);
            self.leaves.truncate(leaves);
        }
    }

    /// The probabilities that blocks with these features are the article's.
    pub fn probabilities(&self, rows: &[&[f32]]) -> Vec<f32> {
        let mut sums = vec![self.bias; rows.len()];
        let all: Vec<usize> = (0..rows.len()).collect();
        self.add(&self.trees, rows, &all, &mut sums);
        sums.into_iter().map(probability).collect()
    }

    /// The same, but blocks that the first `some` trees together give less than `least` are not shown to the others: most
    /// of a page is plainly chrome.
    pub fn probabilities_of_likely(&self, rows: &[&[f32]], some: usize, least: f32) -> Vec<f32> {
        let (some, others) = self.trees.split_at(some.min(self.trees.len()));
        let mut sums = vec![self.bias; rows.len()];
        let all: Vec<usize> = (0..rows.len()).collect();
        self.add(some, rows, &all, &mut sums);
        let likely: Vec<usize> = all.into_iter().filter(|&row| probability(sums[row]) >= least).collect();
        self.add(others, rows, &likely, &mut sums);
        sums.into_iter().map(probability).collect()
    }

    /// Adds what `trees` say of the rows `which`, with the widest registers that this processor has.
    fn add(&self, trees: &[Tree], rows: &[&[f32]], which: &[usize], sums: &mut [f32]) {
        pulp::Arch::new().dispatch(Addition { model: self, trees, rows, which, sums });
    }
}

/// [`Model::add`], which is compiled once for each width of registers. The sums are the same to the last bit.
struct Addition<'a> {
    model: &'a Model,
    trees: &'a [Tree],
    rows: &'a [&'a [f32]],
    which: &'a [usize],
    sums: &'a mut [f32],
}

impl pulp::WithSimd for Addition<'_> {
    type Output = ();

    // The code is compiled for what it is inlined into.
    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _simd: S) {
        let Self { model, trees, rows, which, sums } = self;
        let width = rows.first().map_or(0, |row| row.len());
        let mut columns = vec![[0.0; ABREAST]; width];
        for which in which.chunks(ABREAST) {
            for (lane, &row) in which.iter().enumerate() {
                for (column, value) in columns.iter_mut().zip(rows[row]) {
                    column[lane] = *value;
                }
            }
            let added = model.sums(trees, &columns);
            for (&row, added) in which.iter().zip(added) {
                sums[row] += added;
            }
        }
    }
}

impl Model {
    #[inline(always)]
    fn sums(&self, trees: &[Tree], columns: &[[f32; ABREAST]]) -> [f32; ABREAST] {
        let mut sums = [0.0; ABREAST];
        for tree in trees {
            let mut left = [u32::MAX; ABREAST];
            for node in &self.nodes[tree.nodes.clone()] {
                let column = &columns[usize::from(node.feature)];
                for lane in 0..ABREAST {
                    // All bits or none: a branch here would be guessed wrong half the time.
                    left[lane] &= node.left | u32::from(column[lane] < node.threshold).wrapping_neg();
                }
            }
            // The last leaf is never ruled out.
            let leaves = &self.leaves[tree.leaves..];
            for lane in 0..ABREAST {
                sums[lane] += leaves[left[lane].trailing_zeros() as usize];
            }
        }
        sums
    }
}

fn probability(logit: f32) -> f32 {
    1.0 / (1.0 + (-logit).exp())
}

/// The lowest `count` bits.
fn bits(count: usize) -> u32 {
    u32::MAX.checked_shr((MOST_LEAVES - count.min(MOST_LEAVES)) as u32).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forest_reads_and_judges() {
        let names = ["a".to_owned(), "b".to_owned()];
        let model = Model::read("# c\nbias 0.5\na<1 =1 b<2 =2 =3\n=-0.5\na<1 =7\nc<1 a<1 =0 =1 =7\n", &names);
        let check = |row: [f32; 2], logit: f32| {
            let found = model.probabilities(&[&row])[0];
            assert!((found - probability(logit)).abs() < 1e-6, "{row:?}");
            assert_eq!(model.probabilities_of_likely(&[&row, &row], 1, 0.0), [found, found]);
        };
        check([0.0, 0.0], 1.0);
        check([1.0, 0.0], 3.0);
        check([1.0, 2.0], 4.0);
        // The first tree alone gives the one 1.5 and the other 2.5, and only the other goes on.
        let some = model.probabilities_of_likely(&[&[0.0, 0.0], &[1.0, 0.0]], 1, probability(2.0));
        assert!((some[0] - probability(1.5)).abs() < 1e-6 && (some[1] - probability(3.0)).abs() < 1e-6);
    }
}
