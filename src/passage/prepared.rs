//! A plan made ready to be run on one text after another.

use crate::query::matcher::Compiled;
use crate::query::plan::{Cond, Matcher, Plan, Scope, Spans};

/// A plan with its tests on words compiled and its spans numbered. Made once a query.
#[derive(Debug)]
pub struct Prepared {
    pub(super) leaves: Vec<Test>,
    /// Leaves that may match a word, by its first byte.
    pub(super) by_byte: Vec<Vec<u16>>,
    pub(super) atoms: Vec<Atom>,
    pub(super) root: Node,
}

/// The test of a leaf.
#[derive(Debug)]
pub(super) enum Test {
    Word(Compiled),
    /// These characters, in one block.
    Literal(String),
    /// A pattern that could not be compiled, which the parser would have refused.
    Never,
}

/// Spans that are looked for.
#[derive(Debug)]
pub(super) struct Atom {
    pub spans: Spans,
    pub scope: Scope,
    pub at_least: u32,
    /// What showing it is worth.
    pub weight: f32,
}

/// A condition whose spans are [`Atom`]s.
#[derive(Debug)]
pub(super) enum Node {
    Atom(usize),
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
    /// A condition on fields, or on nothing.
    Field(Cond),
}

impl Prepared {
    /// Compiles a plan. More than 65,535 leaves do not come out of the parser; those beyond match nothing.
    pub fn new(plan: &Plan) -> Self {
        let test = |matcher: &Matcher| match matcher {
            Matcher::Literal { text, .. } => Test::Literal(text.clone()),
            word => word.compile().map_or(Test::Never, Test::Word),
        };
        let leaves: Vec<Test> = plan.leaves.iter().take(usize::from(u16::MAX)).map(|l| test(&l.matcher)).collect();
        let mut by_byte = vec![Vec::new(); 256];
        for (at, leaf) in (0u16..).zip(&leaves) {
            let Test::Word(word) = leaf else { continue };
            match word.prefix().as_bytes().first() {
                Some(&byte) => by_byte[usize::from(byte)].push(at),
                None => by_byte.iter_mut().for_each(|list| list.push(at)),
            }
        }
        let mut made = Self { leaves, by_byte, atoms: Vec::new(), root: Node::Field(Cond::None) };
        made.root = made.node(&plan.root, 1.0);
        made
    }

    /// Weighs the words of the query by how much they tell, such as their rarity in the corpus: `weights[i]` for
    /// leaf `i`. Decides which passage of an article is the best where not all words are in one. Without it all
    /// words tell the same.
    pub fn weigh(&mut self, weights: &[f32]) {
        for atom in &mut self.atoms {
            let most = heaviest(&atom.spans, weights);
            if most.is_finite() && most > 0.0 {
                atom.weight *= most;
            }
        }
    }

    fn node(&mut self, cond: &Cond, weight: f32) -> Node {
        match cond {
            Cond::Spans { spans, scope, at_least } => {
                self.atoms.push(Atom { spans: spans.clone(), scope: *scope, at_least: *at_least, weight });
                Node::Atom(self.atoms.len() - 1)
            }
            Cond::And(items) => Node::And(items.iter().map(|c| self.node(c, weight)).collect()),
            Cond::Or(items) | Cond::Bag(items) => Node::Or(items.iter().map(|c| self.node(c, weight)).collect()),
            Cond::Not(of) => Node::Not(Box::new(self.node(of, weight))),
            Cond::Boost(of, by) => self.node(of, if by.is_finite() && *by > 0.0 { weight * by } else { weight }),
            field => Node::Field(field.clone()),
        }
    }
}

/// Words in a row tell together, of alternatives the best.
fn heaviest(spans: &Spans, weights: &[f32]) -> f32 {
    match spans {
        Spans::Leaf(leaf) => weights.get(*leaf).copied().unwrap_or(1.0),
        Spans::Gap(_) => 0.0,
        Spans::Any(items) => items.iter().map(|i| heaviest(i, weights)).fold(0.0, f32::max),
        Spans::Seq(items) | Spans::Near { items, .. } | Spans::Within { items, .. } => {
            items.iter().map(|i| heaviest(i, weights)).sum()
        }
    }
}

/// The first leaf of spans, in the order typed.
pub(super) fn first_leaf(spans: &Spans) -> usize {
    match spans {
        Spans::Leaf(leaf) => *leaf,
        // Never alone: the words around it come before it.
        Spans::Gap(_) => usize::MAX,
        Spans::Any(items) | Spans::Seq(items) | Spans::Near { items, .. } | Spans::Within { items, .. } => {
            items.iter().map(first_leaf).min().unwrap_or(0)
        }
    }
}
