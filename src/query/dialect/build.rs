//! Pieces of a pasted query put together again, by two stacks (E. W. Dijkstra's shunting yard).

use super::names::{self, Join, Meaning};
use super::scan::{self, Piece};
use super::{Dialect, Translated};

/// Deepest nesting that is translated.
const MAX_DEPTH: usize = 60;

/// Most words, operators and parentheses that are translated.
const MAX_PIECES: usize = 10_000;

/// An operand in our language.
#[derive(Debug, Clone)]
pub(super) struct Operand {
    /// Empty for what was left out.
    text: String,
    /// The operator it is made with, if it needs parentheses beside others.
    made: Option<Join>,
    /// Plain words that a neighbour may join to a phrase.
    bare: bool,
}

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
    after: bool,
    depth: usize,
    warnings: Vec<String>,
}

pub(super) fn translate(dialect: Dialect, text: &str) -> Translated {
    let pieces = scan::pieces(dialect, text);
    if pieces.len() > MAX_PIECES {
        let warning = format!("this query has more than {MAX_PIECES} pieces and is read as it is");
        return Translated { query: text.to_owned(), warnings: vec![warning] };
    }
    let mut builder = Builder {
        dialect,
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
            Piece::Word(word) => self.word(word),
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
                    inner = leaf(format!("{prefix}({})", inner.text));
                }
                inner.bare = false;
                self.operands.push(inner);
                self.after = true;
                return;
            }
            self.apply(top);
        }
    }

    /// What stands between two operands with nothing typed between them.
    fn implied(&mut self, bare: bool) {
        if !self.after {
            return;
        }
        let phrase = matches!(self.dialect, Dialect::Nexis | Dialect::Factiva);
        let neighbour = self.operands.last().is_some_and(|last| last.bare);
        let names = self.waiting.iter().rev().any(|w| matches!(w, Waiting::Open { prefix, .. } if is_key(prefix)));
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
        match self.operands.last_mut() {
            // The last quote makes room for the word.
            Some(last) if self.after && phrase && last.bare && operand.bare => {
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

    fn typed_join(&mut self, join: Join, word: &str) {
        if !self.after {
            // `AND NOT`, `NOT W/5`, or an operator with nothing before it.
            match (self.waiting.last_mut(), &join) {
                (Some(Waiting::Join(top @ Join::AndNot)), Join::Near(n)) => *top = Join::NotNear(*n),
                (Some(Waiting::Join(_)), _) => self.warn(format!("`{word}` behind another operator is left out")),
                _ => self.warn(format!("`{word}` with nothing before it is left out")),
            }
            return;
        }
        let rank = join.rank(self.dialect);
        self.join(join, rank);
    }

    fn not(&mut self) {
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
                    self.operands.push(if of.text.is_empty() {
                        nothing()
                    } else {
                        Operand { text: format!("NOT {}", grouped(of)), made: Some(Join::AndNot), bare: false }
                    });
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
                Join::AndNot => {
                    Operand { text: format!("NOT {}", grouped(right)), made: Some(Join::AndNot), bare: false }
                }
                Join::NotNear(_) => nothing(),
                _ => right,
            };
        }
        if let Join::NotNear(n) = join {
            self.warn(format!(
                "`NOT W/{n}` leaves out articles in which such a place is, even where others are not so near"
            ));
            let (left, right) = (grouped(left), grouped(right));
            return Operand {
                text: format!("{left} NOT ({left} NEAR/{n} {right})"),
                made: Some(Join::AndNot),
                bare: false,
            };
        }
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
        Operand { text, made: Some(join.clone()), bare: false }
    }

    fn quoted(&mut self, inside: &str, slop: Option<u32>) {
        let braces = inside.trim().strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        let words: Vec<String> = braces.unwrap_or(inside).split_whitespace().map(|word| self.pattern(word)).collect();
        if words.is_empty() {
            return;
        }
        let mut text = format!("\"{}\"", words.join(" "));
        if let Some(slop) = slop {
            text.push_str(&format!("~{}", slop.min(10_000)));
        }
        if braces.is_some() {
            text = format!("(stem:on {text})");
        }
        self.operand(leaf(text));
    }

    fn word(&mut self, word: &str) {
        match names::meaning(self.dialect, word) {
            Meaning::Join(Join::AndNot) => return self.not(),
            Meaning::Join(join) => return self.typed_join(join, word),
            Meaning::Not => return self.not(),
            Meaning::Replaced(join, warning) => {
                self.warn(warning);
                return self.typed_join(join, word);
            }
            Meaning::Dropped(warning) => return self.warn(warning),
            Meaning::Word => {}
        }
        if self.field(word) {
            return;
        }
        if self.dialect == Dialect::MediaCloud {
            let bare = word.trim_start_matches(['-', '+']);
            if bare.is_empty() {
                return;
            }
            if word.starts_with('-') {
                self.implied(false);
                self.waiting.push(Waiting::Not);
                self.after = false;
            }
            if bare.len() < word.len() {
                return self.word(bare);
            }
            let text =
                if word.contains(':') && !word.contains("://") { format!("\"{word}\"") } else { word.to_owned() };
            return self.operand(leaf(text));
        }
        let text = self.pattern(word);
        if text.chars().any(char::is_alphanumeric) {
            let plain = !text.contains([':', '/', '^', '~', '=', '|']) && !text.starts_with(['-', '–']);
            let text = if plain { text } else { format!("\"{text}\"") };
            self.operand(Operand { text, made: None, bare: true });
        }
    }

    /// A word with the service's signs for unknown letters made ours.
    pub(super) fn pattern(&mut self, word: &str) -> String {
        match self.dialect {
            Dialect::Nexis => {
                let ends = word.ends_with('*');
                if ends {
                    self.warn("`*` at the end of a word stands for any letters here, not for one".to_owned());
                }
                let stem = word.trim_end_matches('*');
                let inner = stem.replace('*', "?").replace('!', "*");
                if ends { format!("{inner}*") } else { inner }
            }
            Dialect::Factiva => match word.rsplit_once('$') {
                Some((stem, count)) if !stem.is_empty() && count.bytes().all(|b| b.is_ascii_digit()) => {
                    if !count.is_empty() {
                        self.warn(format!("`${count}` stands for any number of letters here"));
                    }
                    format!("{stem}*")
                }
                _ => word.to_owned(),
            },
            Dialect::ProQuest => match (word.find("[*"), word.find(']')) {
                (Some(from), Some(to)) if from < to => {
                    self.warn(format!("`{}` stands for any number of letters here", &word[from..=to]));
                    format!("{}*{}", &word[..from], &word[to + 1..])
                }
                _ => word.to_owned(),
            },
            Dialect::MediaCloud => word.to_owned(),
        }
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
                let text = if inner.text.is_empty() { String::new() } else { format!("{prefix}({})", inner.text) };
                self.operands.push(leaf(text));
            }
            self.apply(top);
        }
        let query = self.operands.pop().map(|operand| operand.text).unwrap_or_default();
        Translated { query, warnings: self.warnings }
    }
}

fn is_key(prefix: &str) -> bool {
    matches!(prefix, "author:" | "source:" | "section:" | "lang:" | "tag:" | "url:")
}

pub(super) fn leaf(text: String) -> Operand {
    Operand { text, made: None, bare: false }
}

pub(super) fn nothing() -> Operand {
    leaf(String::new())
}

fn grouped(operand: Operand) -> String {
    if operand.made.is_some() { format!("({})", operand.text) } else { operand.text }
}
