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
    /// Least sum of second derivatives in a leaf.
    pub least: f32,
}

/// Features of all rows, cut into bins once for all forests.
pub struct Table {
    pub rows: usize,
    edges: Vec<Vec<f32>>,
    columns: Vec<Vec<u8>>,
}

/// What is learned of the rows: labels from 0 to 1, and weights.
pub struct Truth {
    pub labels: Vec<f32>,
    pub weights: Vec<f32>,
}

enum Node {
    Ask { feature: usize, edge: usize, threshold: f32, gain: f32, first: usize, second: usize },
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

fn edges(mut values: Vec<f32>) -> Vec<f32> {
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

impl Table {
    /// Without columns.
    pub fn new(rows: usize) -> Self {
        Self { rows, edges: Vec::new(), columns: Vec::new() }
    }

    /// Adds the columns of `pages`, each rows of `width` features of which the first `skip` are left out; those
    /// that are not to be used are there, and never asked for.
    pub fn add(&mut self, pages: &[&[f32]], width: usize, skip: usize, use_column: impl Fn(usize) -> bool) {
        for column in skip..width {
            if !use_column(column) {
                self.columns.push(vec![0; self.rows]);
                self.edges.push(Vec::new());
                continue;
            }
            let all = || pages.iter().flat_map(|p| p.iter().skip(column).step_by(width).copied());
            let step = (self.rows / 20_000).max(1);
            let edges = edges(all().step_by(step).collect());
            self.columns.push(all().map(|v| edges.partition_point(|e| *e <= v) as u8).collect());
            self.edges.push(edges);
        }
    }

    /// Leaves out all columns from `width` on.
    pub fn truncate(&mut self, width: usize) {
        self.columns.truncate(width);
        self.edges.truncate(width);
    }
}

type Sums = Vec<[(f32, f32); BINS + 1]>;

struct Ground<'g> {
    table: &'g Table,
    slopes: &'g [(f32, f32)],
    chosen: &'g [usize],
    settings: Settings,
}

/// Trains on the rows named.
pub fn train(table: &Table, truth: &Truth, rows: &[u32], settings: Settings, seed: u64) -> Forest {
    let mass: f32 = rows.iter().map(|&r| truth.weights[r as usize]).sum();
    let scale = rows.len() as f32 / mass.max(1e-6);
    let positive: f32 = rows.iter().map(|&r| truth.labels[r as usize] * truth.weights[r as usize]).sum::<f32>() / mass;
    let bias = (positive / (1.0 - positive)).ln();
    let mut logits = vec![bias; table.rows];
    let mut slopes = vec![(0.0f32, 0.0f32); table.rows];
    let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut forest = Forest { bias, trees: Vec::new() };
    for _ in 0..settings.trees {
        for &r in rows {
            let r = r as usize;
            let (p, weight) = (1.0 / (1.0 + (-logits[r]).exp()), truth.weights[r] * scale);
            slopes[r] = ((truth.labels[r] - p) * weight, (p * (1.0 - p)).max(1e-4) * weight);
        }
        let sample: Vec<u32> = rows.iter().copied().filter(|_| random.unit() < settings.rows).collect();
        let chosen: Vec<usize> = (0..table.columns.len()).filter(|_| random.unit() < settings.columns).collect();
        let ground = Ground { table, slopes: &slopes, chosen: &chosen, settings };
        let mut tree = Vec::new();
        let sums = ground.sums(&sample);
        ground.grow(&mut tree, sample, sums, 0);
        for &r in rows {
            logits[r as usize] += table.walk(&tree, r as usize);
        }
        forest.trees.push(tree);
    }
    forest
}

impl Ground<'_> {
    fn sums(&self, rows: &[u32]) -> Sums {
        let mut all = vec![[(0.0f32, 0.0f32); BINS + 1]; self.chosen.len()];
        for (sums, &column) in all.iter_mut().zip(self.chosen) {
            let bins = &self.table.columns[column];
            for &r in rows {
                let (g, h) = self.slopes[r as usize];
                let sum = &mut sums[bins[r as usize] as usize];
                sum.0 += g;
                sum.1 += h;
            }
        }
        all
    }

    fn grow(&self, tree: &mut Vec<Node>, rows: Vec<u32>, sums: Sums, depth: usize) -> usize {
        let Settings { ridge, rate, least, .. } = self.settings;
        let (g, h) = rows.iter().fold((0.0f32, 0.0f32), |(g, h), &r| {
            let slope = self.slopes[r as usize];
            (g + slope.0, h + slope.1)
        });
        let at = tree.len();
        tree.push(Node::Leaf(rate * g / (h + ridge)));
        if depth >= self.settings.depth || rows.len() < 40 {
            return at;
        }
        let mut best: Option<(f32, usize, usize)> = None;
        for (sums, &column) in sums.iter().zip(self.chosen) {
            let (mut lg, mut lh) = (0.0, 0.0);
            for (edge, sum) in sums.iter().enumerate().take(self.table.edges[column].len()) {
                lg += sum.0;
                lh += sum.1;
                let (rg, rh) = (g - lg, h - lh);
                if lh < least || rh < least {
                    continue;
                }
                let gain = lg * lg / (lh + ridge) + rg * rg / (rh + ridge) - g * g / (h + ridge);
                if gain > best.map_or(1.0, |b| b.0) {
                    best = Some((gain, column, edge));
                }
            }
        }
        let Some((gain, feature, edge)) = best else { return at };
        let bins = &self.table.columns[feature];
        let (low, high): (Vec<u32>, Vec<u32>) = rows.iter().partition(|&&r| bins[r as usize] as usize <= edge);
        if depth + 1 >= self.settings.depth {
            let first = self.grow(tree, low, Sums::new(), depth + 1);
            let second = self.grow(tree, high, Sums::new(), depth + 1);
            tree[at] = Node::Ask { feature, edge, threshold: self.table.edges[feature][edge], gain, first, second };
            return at;
        }
        // The sums of one half are counted, those of the other are what is left.
        let of_low = low.len() <= high.len();
        let counted = self.sums(if of_low { &low } else { &high });
        let mut left = sums;
        for (left, counted) in left.iter_mut().zip(&counted) {
            for (l, c) in left.iter_mut().zip(counted) {
                l.0 -= c.0;
                l.1 -= c.1;
            }
        }
        let (low_sums, high_sums) = if of_low { (counted, left) } else { (left, counted) };
        let threshold = self.table.edges[feature][edge];
        let first = self.grow(tree, low, low_sums, depth + 1);
        let second = self.grow(tree, high, high_sums, depth + 1);
        tree[at] = Node::Ask { feature, edge, threshold, gain, first, second };
        at
    }
}

impl Table {
    fn walk(&self, tree: &[Node], row: usize) -> f32 {
        let mut at = 0;
        loop {
            match &tree[at] {
                Node::Leaf(value) => return *value,
                Node::Ask { feature, edge, first, second, .. } => {
                    at = if self.columns[*feature][row] as usize <= *edge { *first } else { *second }
                }
            }
        }
    }
}

impl Forest {
    pub fn probability(&self, table: &Table, row: usize) -> f32 {
        let sum = self.trees.iter().fold(self.bias, |s, t| s + table.walk(t, row));
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
