//! Runs a prepared plan on an article.

use std::cmp::Reverse;

use super::cut::{Cutter, Match};
use super::fields;
use super::marks::{Words, assign, disjoint};
use super::prepared::{Node, Prepared};
use super::{Answer, Matches, Options};
use crate::model::{Article, Mark, Span};
use crate::query::intervals::{self, Interval};
use crate::query::plan::Scope;
use crate::text::Tokens;

/// Buffers for running plans on one article after another; one a thread.
#[derive(Debug, Default)]
pub struct Chooser {
    title: Words,
    text: Words,
    fields: Tokens,
    blocks: Vec<Span>,
    live: Vec<bool>,
    cutter: Cutter,
}

impl Chooser {
    /// Empty buffers.
    pub fn new() -> Self {
        Self::default()
    }

    /// What `article` says to the plan. Time is linear in the article's length.
    pub fn choose(&mut self, article: &Article, plan: &Prepared, options: &Options) -> Answer {
        if !self.run(article, plan) {
            return Answer::default();
        }
        let mut answer = Answer { holds: true, ..Answer::default() };
        answer.matches = self.count(plan);
        let mut matches = Vec::new();
        for (at, atom) in plan.atoms.iter().enumerate().filter(|(at, _)| self.live[*at]) {
            let lead = article.lead().filter(|_| atom.scope == Scope::Headline);
            self.title.mark_atom(at, &atom.spans, None, &mut answer.title_marks);
            self.text.mark_atom(at, &atom.spans, lead, &mut answer.text_marks);
            let spans = self.text.found[at].iter().filter_map(|i| self.text.bytes(*i));
            matches.extend(spans.map(|span| Match { span, atom: at, weight: atom.weight }));
        }
        disjoint(&mut answer.title_marks);
        disjoint(&mut answer.text_marks);
        assign(&mut answer.title_marks, &self.places(&self.title, plan), &[Span::new(0, article.title.len())]);
        assign(&mut answer.text_marks, &self.places(&self.text, plan), &self.blocks);
        answer.passages = self.cutter.cut(article, &mut matches, plan.atoms.len(), options);
        for passage in &mut answer.passages {
            passage.marks = inside(&answer.text_marks, passage.span);
        }
        answer
    }

    /// Where `article` answers the plan: as many places as [`Answer::matches`] counts, none where it does not meet the
    /// whole condition.
    pub fn matches(&mut self, article: &Article, plan: &Prepared) -> Matches {
        if !self.run(article, plan) {
            return Matches::default();
        }
        Matches { title: self.places(&self.title, plan), text: self.places(&self.text, plan) }
    }

    /// The matches in the title or the text, none of them inside another.
    fn places(&self, words: &Words, plan: &Prepared) -> Vec<Span> {
        let all = (0..plan.atoms.len()).filter(|&at| self.live[at]);
        let mut all: Vec<_> = all.flat_map(|at| words.found[at].iter().map(move |i| (*i, at))).collect();
        keep_outermost(&mut all);
        all.into_iter().filter_map(|(interval, at)| words.place(&plan.atoms[at].spans, interval)).collect()
    }

    /// Whether `article` meets the whole condition. Cheaper than [`choose`](Self::choose).
    pub fn holds(&mut self, article: &Article, plan: &Prepared) -> bool {
        self.run(article, plan)
    }

    fn run(&mut self, article: &Article, plan: &Prepared) -> bool {
        let language = article.language.as_ref();
        let title = [Span::new(0, article.title.len())];
        self.title.run(&article.title, &title, language, plan, |a| plan.atoms[a].scope != Scope::Text);
        self.blocks.clear();
        self.blocks.extend(article.blocks.iter().map(|b| b.span));
        self.text.run(&article.text, &self.blocks, language, plan, |a| plan.atoms[a].scope != Scope::Title);
        if let Some(lead) = article.lead() {
            let in_lead = plan.atoms.iter().enumerate().filter(|(_, atom)| atom.scope == Scope::Headline);
            in_lead.for_each(|(at, _)| self.text.keep_block(at, lead));
        }
        self.live.clear();
        self.live.resize(plan.atoms.len(), false);
        let holds = self.holds_at(&plan.root, article, plan);
        if holds {
            self.enliven(&plan.root, article, plan);
        }
        holds
    }

    /// Recursion is as deep as the query, which the parser bounds.
    fn holds_at(&mut self, node: &Node, article: &Article, plan: &Prepared) -> bool {
        match node {
            Node::Atom(at) => {
                let found = intervals::outermost(&self.title.found[*at]) + intervals::outermost(&self.text.found[*at]);
                found >= plan.atoms[*at].at_least.max(1) as usize
            }
            Node::And(items) => items.iter().all(|n| self.holds_at(n, article, plan)),
            Node::Or(items) => items.iter().any(|n| self.holds_at(n, article, plan)),
            Node::Not(of) => !self.holds_at(of, article, plan),
            Node::Field(cond) => fields::holds(cond, article, &mut self.fields),
        }
    }

    /// Notes the spans that make the condition hold: not those under NOT, nor in an alternative that does not hold.
    fn enliven(&mut self, node: &Node, article: &Article, plan: &Prepared) {
        match node {
            Node::Atom(at) => self.live[*at] = true,
            Node::And(items) => items.iter().for_each(|n| self.enliven(n, article, plan)),
            Node::Or(items) => {
                for item in items {
                    if self.holds_at(item, article, plan) {
                        self.enliven(item, article, plan);
                    }
                }
            }
            Node::Not(_) | Node::Field(_) => {}
        }
    }

    /// Matches in title and text; what is matched inside a match, of the same condition or another, counts once.
    fn count(&self, plan: &Prepared) -> u64 {
        let of = |words: &Words| {
            let live = || (0..plan.atoms.len()).filter(|&at| self.live[at]).map(|at| (at, &words.found[at]));
            if live().count() <= 1 {
                return live().map(|(_, found)| intervals::outermost(found)).sum::<usize>() as u64;
            }
            let mut all: Vec<_> = live().flat_map(|(at, found)| found.iter().map(move |i| (*i, at))).collect();
            keep_outermost(&mut all);
            all.len() as u64
        };
        of(&self.title) + of(&self.text)
    }
}

/// Puts matches, each with its condition, in order and keeps those that lie in no other: where `asylum OR "asylum seekers"`
/// finds the phrase, a reader sees one match. Of equal ones that of the first condition stays.
fn keep_outermost(all: &mut Vec<(Interval, usize)>) {
    all.sort_unstable_by_key(|(interval, at)| (interval.start, Reverse(interval.end), *at));
    let mut reached = 0;
    all.retain(|(interval, _)| {
        let is_outer = interval.end > reached;
        reached = reached.max(interval.end);
        is_outer
    });
}

/// The marks that lie wholly inside `span`.
fn inside(marks: &[Mark], span: Span) -> Vec<Mark> {
    let from = marks.partition_point(|m| m.span.start < span.start);
    marks[from..].iter().take_while(|m| m.span.start < span.end).filter(|m| m.span.end <= span.end).copied().collect()
}
