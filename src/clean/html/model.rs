//! The paragraph model: boosted decision trees over [`features`](super::features).
//!
//! The trees are plain text beside this file, one a line in preorder: `name<threshold` asks, and its two answers
//! follow (first where the feature is below the threshold); `=value` is a leaf, in logits. They are made by
//! `cargo run --release --example page_model -- train --write`, see `tests/bench/page_model/main.rs`.
//! Method: Friedman, "Greedy function approximation: a gradient boosting machine" (2001), with Newton steps.

/// An inner node or, where `feature` is [`LEAF`], a leaf.
struct Node {
    feature: u16,
    /// Threshold, or the leaf's value.
    value: f32,
    /// Where the second answer stands; the first stands next.
    second: u32,
}

const LEAF: u16 = u16::MAX;

/// Rows looked at together.
const AT_HAND: usize = 32;

/// A forest.
pub(super) struct Model {
    bias: f32,
    nodes: Vec<Node>,
    roots: Vec<u32>,
}

impl Model {
    /// Reads the text form; questions about features that are not in `names` take their first answer.
    pub fn read(text: &str, names: &[String]) -> Self {
        let index: std::collections::HashMap<&str, u16> =
            names.iter().enumerate().map(|(n, name)| (name.as_str(), n as u16)).collect();
        let mut model = Self { bias: 0.0, nodes: Vec::new(), roots: Vec::new() };
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            if let Some(bias) = line.strip_prefix("bias ") {
                model.bias = bias.trim().parse().unwrap_or(0.0);
                continue;
            }
            let begin = model.nodes.len();
            // Inner nodes that still wait for their second answer.
            let mut waiting: Vec<usize> = Vec::new();
            // The tree is whole once a leaf comes that no inner node waited for, and nothing may follow.
            let mut whole = None;
            for word in line.split_ascii_whitespace() {
                let at = model.nodes.len();
                if let Some(value) = word.strip_prefix('=') {
                    let value = value.parse().unwrap_or(0.0);
                    model.nodes.push(Node { feature: LEAF, value, second: 0 });
                    if let Some(inner) = waiting.pop() {
                        model.nodes[inner].second = at as u32 + 1;
                    } else {
                        whole = Some(at + 1);
                    }
                } else if let Some((name, threshold)) = word.rsplit_once('<') {
                    let feature = index.get(name).copied().unwrap_or(LEAF - 1);
                    let value = threshold.parse().unwrap_or(0.0);
                    model.nodes.push(Node { feature, value, second: 0 });
                    waiting.push(at);
                }
            }
            if whole == Some(model.nodes.len()) {
                model.roots.push(begin as u32);
            } else {
                model.nodes.truncate(begin);
            }
        }
        model
    }

    /// The probabilities that blocks with these features are the article's.
    pub fn probabilities(&self, rows: &[&[f32]]) -> Vec<f32> {
        let mut sums = vec![self.bias; rows.len()];
        // A tree at a time for a few rows: both stay in the nearest cache, and walks that do not wait for one another overlap.
        for (sums, rows) in sums.chunks_mut(AT_HAND).zip(rows.chunks(AT_HAND)) {
            for &root in &self.roots {
                for (sum, row) in sums.iter_mut().zip(rows) {
                    *sum += self.leaf(root, row);
                }
            }
        }
        sums.iter().map(|sum| 1.0 / (1.0 + (-sum).exp())).collect()
    }

    #[inline]
    fn leaf(&self, root: u32, row: &[f32]) -> f32 {
        let mut at = root as usize;
        loop {
            let node = &self.nodes[at];
            if node.feature == LEAF {
                return node.value;
            }
            let below = row.get(node.feature as usize).is_none_or(|v| *v < node.value);
            at = if below { at + 1 } else { node.second as usize };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forest_reads_and_judges() {
        let names = ["a".to_owned(), "b".to_owned()];
        let model = Model::read("# c\nbias 0.5\na<1 =1 b<2 =2 =3\n=-0.5\na<1 =7\n", &names);
        let check = |row: [f32; 2], logit: f32| {
            let found = model.probabilities(&[&row])[0];
            assert!((found - 1.0 / (1.0 + (-logit).exp())).abs() < 1e-6, "{row:?}");
        };
        check([0.0, 0.0], 1.0);
        check([1.0, 0.0], 2.0);
        check([1.0, 2.0], 3.0);
    }
}
