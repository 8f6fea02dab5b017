//! Pieces of a pasted query put together again, by two stacks (E. W. Dijkstra's shunting yard).

use super::dates::Order;
use super::names::Join;
use super::operand::{Holds, Operand, grouped, leaf, nothing, without};
use super::scan::{self, Piece};
use super::words::reads;
use super::{Dialect, Translated};

/// Deepest nesting that is translated.
const MAX_DEPTH: usize = 60;

/// Most words, operators and parentheses that are translated.
const MAX_PIECES: usize = 10_000;

#[derive(Debug)]
enum Waiting {
    Join(Join),
    Not,
    /// An open parenthesis: what goes before it, whether it goes with all it holds, whether it holds a phrase.
    Open {
        prefix: String,
        gone: bool,
        exact: bool,
    },
}

pub(super) struct Builder<'a> {
    pub(super) dialect: Dialect,
    pub(super) pieces: Vec<Piece<'a>>,
    pub(super) at: usize,
    operands: Vec<Operand>,
    waiting: Vec<Waiting>,
    /// Whether an operand stands directly before.
    pub(super) after: bool,
    depth: usize,
    /// How days such as `1/2/2025` are read.
    pub(super) days: Order,
    warnings: Vec<String>,
}

pub(super) fn translate(dialect: Dialect, text: &str) -> Translated {
    let pieces = scan::pieces(dialect, text);
    if pieces.len() > MAX_PIECES {
        let warning = format!("this query has more than {MAX_PIECES} pieces and is read as it is");
        return Translated { query: text.to_owned(), warnings: vec![warning] };
    }
    let words = pieces.iter().filter_map(|piece| match piece {
        Piece::Word(word) | Piece::Called(word) => Some(*word),
        _ => None,
    });
    let days = Order::of(words);
    let mut builder = Builder {
        dialect,
        days,
        pieces,
        at: 0,
        operands: Vec::new(),
        waiting: Vec::new(),
        after: false,
        depth: 0,
        warnings: Vec::new(),
    };
    while let Some(piece) = builder.pieces.get(builder.at).cloned() {
        builder.at += 1;
        builder.piece(piece);
        if builder.depth > MAX_DEPTH {
            let warning = format!("this query is nested deeper than {MAX_DEPTH} levels and is read as it is");
            return Translated { query: text.to_owned(), warnings: vec![warning] };
        }
    }
    builder.finish()
}

impl Builder<'_> {
    pub(super) fn warn(&mut self, warning: String) {
        if !self.warnings.contains(&warning) && self.warnings.len() < 50 {
            self.warnings.push(warning);
        }
    }

    fn piece(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Open => self.open(String::new(), false, false),
            Piece::Close => self.close(),
            Piece::Quoted(inside, slop) => self.quoted(inside, slop),
            Piece::Word(word) => self.word(word, false),
            Piece::Called(word) => self.word(word, true),
            Piece::Weight(weight) => self.weigh(weight),
        }
    }

    pub(super) fn open(&mut self, prefix: String, gone: bool, exact: bool) {
        self.implied(false);
        self.waiting.push(Waiting::Open { prefix, gone, exact });
        self.after = false;
        self.depth += 1;
    }

    fn close(&mut self) {
        if !self.waiting.iter().any(|w| matches!(w, Waiting::Open { .. })) {
            self.warn("a `)` without its `(` is left out".to_owned());
            return;
        }
        let empty = !self.after;
        while let Some(top) = self.waiting.pop() {
            if let Waiting::Open { prefix, gone, exact } = top {
                self.depth = self.depth.saturating_sub(1);
                let inner = if empty { None } else { self.operands.pop() };
                let Some(mut inner) = inner else {
                    self.operands.push(nothing());
                    self.after = true;
                    return;
                };
                if gone || inner.text.is_empty() {
                    inner = nothing();
                } else if exact {
                    inner = leaf(format!("\"{}\"", inner.text.replace('"', "")));
                } else if !prefix.is_empty() {
                    if prefix == "lang:" {
                        inner.text = self.without_regions(inner.text);
                    }
                    inner = self.wrapped(prefix, inner);
                }
                inner.bare = false;
                self.operands.push(inner);
                self.after = true;
                return;
            }
            self.apply(top);
        }
    }

    /// `prefix(inner)`, or what `inner` says where the field cannot stand around it.
    pub(super) fn wrapped(&mut self, prefix: String, inner: Operand) -> Operand {
        let counts = prefix.starts_with("ATLEAST");
        let held = inner.holds;
        let fits = !held.keys && !held.fields && !(held.counts && (counts || is_key(&prefix)));
        let fits = fits && !(counts && held.not);
        if !fits {
            self.warn(format!("`{prefix}(…)` cannot stand around other fields: it is left out"));
            return inner;
        }
        let key = is_key(&prefix);
        let holds = Holds { keys: key, fields: !key && !counts, counts: held.counts || counts, ..held };
        let text = if prefix.is_empty() { inner.text.clone() } else { format!("{prefix}({})", inner.text) };
        // What holds no value of the field: `lang:` of a word that is no language.
        if !prefix.is_empty() && !reads(&text) {
            self.warn(format!("`{text}` has no meaning here: the condition is left out"));
            return nothing();
        }
        Operand { text, made: None, bare: false, holds, around: Some(Box::new((prefix, inner))) }
    }

    /// A weight behind a phrase or a group.
    fn weigh(&mut self, weight: &str) {
        // What was left out has none.
        let Some(last) = self.operands.last().filter(|last| self.after && !last.text.is_empty()).cloned() else {
            return;
        };
        let text = format!("{}^{weight}", grouped(last.clone()));
        if !reads(&text) {
            return self.warn(format!("the weight `^{weight}` has no meaning here and is left out"));
        }
        self.operands.pop();
        self.operands.push(Operand { text, made: None, bare: false, holds: last.holds, around: None });
    }

    /// What stands between two operands with nothing typed between them.
    fn implied(&mut self, bare: bool) {
        if !self.after {
            return;
        }
        let phrase = matches!(self.dialect, Dialect::Nexis | Dialect::Factiva);
        let neighbour = self.operands.last().is_some_and(|last| last.bare);
        let names = self.in_names();
        match (phrase, bare && neighbour) {
            // The word will be joined to its neighbour.
            (true, true) => {}
            (true, false) if !names => self.join(Join::Pre(1), 20_000),
            _ => {
                if self.dialect == Dialect::MediaCloud {
                    self.warn(
                        "words side by side must all be there; older Media Cloud tools took any of them".to_owned(),
                    );
                }
                let rank = Join::And.rank(self.dialect);
                self.join(Join::And, rank);
            }
        }
    }

    pub(super) fn operand(&mut self, operand: Operand) {
        self.implied(operand.bare);
        let phrase = matches!(self.dialect, Dialect::Nexis | Dialect::Factiva);
        let joins = self.after && phrase && operand.bare && self.operands.last().is_some_and(|last| last.bare);
        if joins && self.dialect == Dialect::Nexis && !self.in_names() {
            self.warn(
                "words side by side are found as typed; Nexis finds their plurals too: write `(stem:on \"asylum seeker\")`"
                    .to_owned(),
            );
        }
        match self.operands.last_mut() {
            // The last quote makes room for the word.
            Some(last) if joins => {
                if last.text.ends_with('"') {
                    last.text.pop();
                } else {
                    last.text.insert(0, '"');
                }
                last.text.push(' ');
                last.text.push_str(operand.text.trim_matches('"'));
                last.text.push('"');
            }
            _ => self.operands.push(operand),
        }
        self.after = true;
    }

    fn join(&mut self, join: Join, rank: u32) {
        while let Some(Waiting::Join(_) | Waiting::Not) = self.waiting.last() {
            let tighter = match self.waiting.last() {
                Some(Waiting::Join(top)) => top.rank(self.dialect) >= rank,
                _ => true,
            };
            if !tighter {
                break;
            }
            if let Some(top) = self.waiting.pop() {
                self.apply(top);
            }
        }
        self.waiting.push(Waiting::Join(join));
        self.after = false;
    }

    /// Whether a field of names is open around this place.
    pub(super) fn in_names(&self) -> bool {
        self.waiting.iter().any(|w| matches!(w, Waiting::Open { prefix, .. } if is_key(prefix)))
    }

    /// A sign that takes the next operand out.
    pub(super) fn open_not(&mut self) {
        self.implied(false);
        self.waiting.push(Waiting::Not);
        self.after = false;
    }

    pub(super) fn typed_join(&mut self, join: Join, word: &str) {
        if !self.after {
            // `AND NOT`, `NOT W/5`, or an operator with nothing before it.
            match (self.waiting.last_mut(), &join) {
                (
                    Some(Waiting::Join(top @ Join::AndNot)),
                    Join::Near(_) | Join::Pre(_) | Join::Sentence | Join::Paragraph,
                ) => {
                    *top = Join::Without(Box::new(join));
                }
                (Some(Waiting::Join(_)), _) => self.warn(format!("`{word}` behind another operator is left out")),
                _ => self.warn(format!("`{word}` with nothing before it is left out")),
            }
            return;
        }
        let rank = join.rank(self.dialect);
        self.join(join, rank);
    }

    pub(super) fn not(&mut self) {
        if self.after {
            let rank = Join::AndNot.rank(self.dialect);
            self.join(Join::AndNot, rank);
            return;
        }
        // `AND NOT` is one operator; elsewhere `NOT` stands before its operand.
        if let Some(Waiting::Join(Join::And)) = self.waiting.last() {
            self.waiting.pop();
            self.after = true;
            let rank = Join::AndNot.rank(self.dialect);
            self.join(Join::AndNot, rank);
        } else if let Some(Waiting::Not) = self.waiting.last() {
            // Twice not is nothing.
            self.waiting.pop();
        } else {
            self.waiting.push(Waiting::Not);
        }
    }

    fn apply(&mut self, top: Waiting) {
        match top {
            Waiting::Not => {
                if let Some(of) = self.operands.pop() {
                    self.operands.push(if of.text.is_empty() { nothing() } else { without(of) });
                }
            }
            Waiting::Join(join) => {
                let (right, left) = (self.operands.pop(), self.operands.pop());
                let joined = match (left, right) {
                    (Some(left), Some(right)) => self.joined(left, &join, right),
                    (one, other) => one.or(other).unwrap_or_else(nothing),
                };
                self.operands.push(joined);
            }
            Waiting::Open { .. } => self.warn("a `(` that was never closed is closed at the end".to_owned()),
        }
    }

    fn joined(&mut self, left: Operand, join: &Join, right: Operand) -> Operand {
        if right.text.is_empty() {
            return left;
        }
        if left.text.is_empty() {
            return match join {
                Join::AndNot => without(right),
                Join::Without(_) => nothing(),
                _ => right,
            };
        }
        if join.is_distance() {
            return self.near(left, join, right);
        }
        let holds = left.holds.and(right.holds);
        let holds = Holds { not: holds.not || *join == Join::AndNot, ..holds };
        // Either of two places of one field is a place of that field.
        let around = match (&left.around, &right.around) {
            (Some(one), Some(other)) if *join == Join::Or && one.0 == other.0 && !one.0.starts_with("ATLEAST") => {
                let inner = format!("{} OR {}", grouped(one.1.clone()), grouped(other.1.clone()));
                let holds = one.1.holds.and(other.1.holds);
                Some(Box::new((one.0.clone(), Operand { made: Some(Join::Or), holds, ..leaf(inner) })))
            }
            _ => None,
        };
        // A chain of the same kind needs no parentheses of its own.
        let chains = match join {
            Join::And | Join::AndNot => {
                matches!(left.made, Some(Join::And | Join::AndNot)) && !left.text.starts_with("NOT ")
            }
            Join::Or => left.made == Some(Join::Or),
            _ => false,
        };
        let mut text = if chains { left.text } else { grouped(left) };
        text.push(' ');
        text.push_str(&join.ours());
        text.push(' ');
        text.push_str(&grouped(right));
        Operand { text, made: Some(join.clone()), bare: false, holds, around }
    }

    /// Two operands at a distance. One of a field draws the other into it, since no distance leads out of a field; a
    /// count holds besides; other conditions on the article are at no distance from anything.
    fn near(&mut self, left: Operand, join: &Join, right: Operand) -> Operand {
        let named = self.in_names();
        let mut field: Option<String> = None;
        let mut counts: Vec<String> = Vec::new();
        let mut sides: Vec<Operand> = Vec::new();
        let mut apart = named;
        for side in [&left, &right] {
            match &side.around {
                Some(around) if around.1.holds.words_only() && !is_key(&around.0) => {
                    let (prefix, inner) = (&around.0, &around.1);
                    if prefix.starts_with("ATLEAST") {
                        counts.push(side.text.clone());
                    } else {
                        apart |= field.as_ref().is_some_and(|known| known != prefix);
                        field = Some(prefix.clone());
                    }
                    sides.push(inner.clone());
                }
                _ => {
                    apart |= !side.holds.words_only();
                    sides.push(side.clone());
                }
            }
        }
        let name = join.theirs(self.dialect);
        let (Some(second), Some(first), false) = (sides.pop(), sides.pop(), apart) else {
            let plain = if matches!(join, Join::Without(_)) { Join::AndNot } else { Join::And };
            let why = if named { "in a field of names" } else { "beside a condition on the whole article" };
            self.warn(format!("`{name}` has no meaning {why}: `{}` stands for it", plain.ours()));
            return self.joined(left, &plain, right);
        };
        let (first, second) = (grouped(first), grouped(second));
        let mut made = match join {
            Join::Without(inner) => {
                self.warn(format!(
                    "`{name}` leaves out articles in which such a place is, even where others are not so near"
                ));
                let text = format!("{first} NOT ({first} {} {second})", inner.ours());
                Operand { made: Some(Join::AndNot), holds: Holds { not: true, ..Holds::default() }, ..leaf(text) }
            }
            _ => Operand { made: Some(join.clone()), ..leaf(format!("{first} {} {second}", join.ours())) },
        };
        if let Some(prefix) = field {
            self.warn(format!("`{name}` holds within one field: both sides are looked for in `{prefix}(…)`"));
            made = self.wrapped(prefix, made);
        }
        for count in counts {
            self.warn(format!("`{name}` beside `{count}`: the count is asked for besides"));
            let count = Operand { holds: Holds { counts: true, ..Holds::default() }, ..leaf(count) };
            made = self.joined(count, &Join::And, made);
        }
        made
    }

    fn finish(mut self) -> Translated {
        if !self.after && matches!(self.waiting.last(), Some(Waiting::Join(_) | Waiting::Not)) {
            self.waiting.pop();
            self.warn("an operator with nothing behind it is left out".to_owned());
        }
        while let Some(top) = self.waiting.pop() {
            if let Waiting::Open { prefix, .. } = &top
                && !prefix.is_empty()
                && let Some(inner) = self.operands.pop()
            {
                let (prefix, empty) = (prefix.clone(), inner.text.is_empty());
                let wrapped = if empty { nothing() } else { self.wrapped(prefix, inner) };
                self.operands.push(wrapped);
            }
            self.apply(top);
        }
        let query = self.operands.pop().map(|operand| operand.text).unwrap_or_default();
        Translated { query, warnings: self.warnings }
    }
}

pub(super) fn is_key(prefix: &str) -> bool {
    matches!(prefix, "author:" | "source:" | "section:" | "lang:" | "tag:" | "url:")
}
