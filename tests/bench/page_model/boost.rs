//! Gradient boosting of small trees on binned features: enough to train the paragraph model, and no more.

use std::fmt::Write;

/// How to train.
#[derive(Clone, Copy)]
pub struct Settings {
    pub trees: usize,
    pub depth: usize,
    pub rate: f32,
    /// Share of rows and columns that each tree sees.
    pub rows: f32,
    pub columns: f32,
    /// Added to the sum of second derivatives of a leaf.
    pub ridge: f32,
}

/// Rows of features, labels from 0 to 1, and weights.
pub struct Data {
    pub width: usize,
    pub values: Vec<f32>,
    pub labels: Vec<f32>,
    pub weights: Vec<f32>,
}

enum Node {
    Ask { feature: usize, threshold: f32, gain: f32, first: usize, second: usize },
    Leaf(f32),
}

/// A trained forest.
pub struct Forest {
    bias: f32,
    trees: Vec<Vec<Node>>,
}

const BINS: usize = 48;

struct Random(u64);

impl Random {
    fn unit(&mut self) -> f32 {
        // xorshift64* (Vigna, 2016).
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 40) as f32 / (1u64 << 24) as f32
    }
}

fn edges(data: &Data, column: usize) -> Vec<f32> {
    let count = data.labels.len();
    let step = (count / 20_000).max(1);
    let mut values: Vec<f32> = (0..count).step_by(step).map(|r| data.values[r * data.width + column]).collect();
    values.sort_by(f32::total_cmp);
    let mut edges: Vec<f32> = Vec::new();
    let mut distinct = values.clone();
    distinct.dedup();
    if distinct.len() <= BINS {
        edges.extend(distinct.windows(2).map(|w| (w[0] + w[1]) / 2.0));
    } else {
        edges.extend((1..BINS).map(|b| values[b * values.len() / BINS]));
        edges.dedup();
    }
    edges
}

pub fn train(data: &Data, settings: Settings, seed: u64) -> Forest {
    let count = data.labels.len();
    let edges: Vec<Vec<f32>> = (0..data.width).map(|c| edges(data, c)).collect();
    let columns: Vec<Vec<u8>> = (0..data.width)
        .map(|c| {
            (0..count).map(|r| edges[c].partition_point(|e| *e <= data.values[r * data.width + c]) as u8).collect()
        })
        .collect();
    let mass: f32 = data.weights.iter().sum();
    let scale = count as f32 / mass.max(1e-6);
    let weights: Vec<f32> = data.weights.iter().map(|w| w * scale).collect();
    let positive: f32 = data.labels.iter().zip(&weights).map(|(l, w)| l * w).sum::<f32>() / count as f32;
    let bias = (positive / (1.0 - positive)).ln();
    let mut logits = vec![bias; count];
    let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut forest = Forest { bias, trees: Vec::new() };
    for _ in 0..settings.trees {
        let slopes: Vec<(f32, f32)> = (0..count)
            .map(|r| {
                let p = 1.0 / (1.0 + (-logits[r]).exp());
                ((data.labels[r] - p) * weights[r], (p * (1.0 - p)).max(1e-4) * weights[r])
            })
            .collect();
        let rows: Vec<u32> = (0..count as u32).filter(|_| random.unit() < settings.rows).collect();
        let chosen: Vec<usize> = (0..data.width).filter(|_| random.unit() < settings.columns).collect();
        let mut tree = Vec::new();
        grow(
            &mut tree,
            rows,
            0,
            &Ground { columns: &columns, edges: &edges, slopes: &slopes, chosen: &chosen, settings },
        );
        for (r, logit) in logits.iter_mut().enumerate() {
            *logit += walk(&tree, &data.values[r * data.width..(r + 1) * data.width]);
        }
        forest.trees.push(tree);
    }
    forest
}

struct Ground<'g> {
    columns: &'g [Vec<u8>],
    edges: &'g [Vec<f32>],
    slopes: &'g [(f32, f32)],
    chosen: &'g [usize],
    settings: Settings,
}

fn grow(tree: &mut Vec<Node>, rows: Vec<u32>, depth: usize, ground: &Ground) -> usize {
    let ridge = ground.settings.ridge;
    let (g, h) = rows
        .iter()
        .fold((0.0f32, 0.0f32), |(g, h), &r| (g + ground.slopes[r as usize].0, h + ground.slopes[r as usize].1));
    let at = tree.len();
    tree.push(Node::Leaf(ground.settings.rate * g / (h + ridge)));
    if depth >= ground.settings.depth || rows.len() < 40 {
        return at;
    }
    let mut best: Option<(f32, usize, usize)> = None;
    for &column in ground.chosen {
        let bins = &ground.columns[column];
        let mut sums = [(0.0f32, 0.0f32); BINS + 1];
        for &r in &rows {
            let slope = ground.slopes[r as usize];
            let sum = &mut sums[bins[r as usize] as usize];
            sum.0 += slope.0;
            sum.1 += slope.1;
        }
        let (mut lg, mut lh) = (0.0, 0.0);
        for (edge, sum) in sums.iter().enumerate().take(ground.edges[column].len()) {
            lg += sum.0;
            lh += sum.1;
            let (rg, rh) = (g - lg, h - lh);
            if lh < 4.0 || rh < 4.0 {
                continue;
            }
            let gain = lg * lg / (lh + ridge) + rg * rg / (rh + ridge) - g * g / (h + ridge);
            if gain > best.map_or(1.0, |b| b.0) {
                best = Some((gain, column, edge));
            }
        }
    }
    let Some((gain, feature, edge)) = best else { return at };
    let (first, second): (Vec<u32>, Vec<u32>) =
        rows.iter().partition(|&&r| ground.columns[feature][r as usize] as usize <= edge);
    let threshold = ground.edges[feature][edge];
    let first = grow(tree, first, depth + 1, ground);
    let second = grow(tree, second, depth + 1, ground);
    tree[at] = Node::Ask { feature, threshold, gain, first, second };
    at
}

fn walk(tree: &[Node], row: &[f32]) -> f32 {
    let mut at = 0;
    loop {
        match &tree[at] {
            Node::Leaf(value) => return *value,
            Node::Ask { feature, threshold, first, second, .. } => {
                at = if row[*feature] < *threshold { *first } else { *second }
            }
        }
    }
}

impl Forest {
    pub fn probability(&self, row: &[f32]) -> f32 {
        let sum = self.trees.iter().fold(self.bias, |s, t| s + walk(t, row));
        1.0 / (1.0 + (-sum).exp())
    }

    /// The text form that the library reads.
    pub fn print(&self, names: &[String]) -> String {
        let mut out = format!("bias {:.4}\n", self.bias);
        for tree in &self.trees {
            let mut todo = vec![0];
            while let Some(at) = todo.pop() {
                match &tree[at] {
                    Node::Leaf(value) => write!(out, "={value:.4} ").expect("a string takes all"),
                    Node::Ask { feature, threshold, first, second, .. } => {
                        write!(out, "{}<{threshold} ", names[*feature]).expect("a string takes all");
                        todo.extend([*second, *first]);
                    }
                }
            }
            out.truncate(out.trim_end().len());
            out.push('\n');
        }
        out
    }

    /// Features by what they were worth.
    pub fn gains(&self, names: &[String]) -> Vec<(String, f32)> {
        let mut gains = vec![0.0f32; names.len()];
        for node in self.trees.iter().flatten() {
            if let Node::Ask { feature, gain, .. } = node {
                gains[*feature] += gain;
            }
        }
        let total: f32 = gains.iter().sum();
        let mut all: Vec<(String, f32)> = names.iter().cloned().zip(gains.into_iter().map(|g| g / total)).collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1));
        all
    }
}
