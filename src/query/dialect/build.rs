//! Pieces of a pasted query put together again, by two stacks (E. W. Dijkstra's shunting yard).

use super::names::{self, Join, Meaning, Name};
use super::scan::{self, Piece};
use super::{Dialect, Translated, dates};

/// Deepest nesting that is translated.
const MAX_DEPTH: usize = 60;

/// Most words, operators and parentheses that are translated.
const MAX_PIECES: usize = 10_000;

/// An operand in our language.
#[derive(Debug, Clone)]
struct Operand {
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

struct Builder<'a> {
    dialect: Dialect,
    pieces: Vec<Piece<'a>>,
    at: usize,
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
    fn warn(&mut self, warning: String) {
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

    fn open(&mut self, prefix: String, gone: bool, exact: bool) {
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

    fn operand(&mut self, operand: Operand) {
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

    /// `TI(…)`, `hd=europe`, `language:en`, `date after …`, `atleast5 word`: true when it was one.
    fn field(&mut self, word: &str) -> bool {
        let opens = self.pieces.get(self.at) == Some(&Piece::Open);
        let (name, value) = match self.dialect {
            Dialect::MediaCloud => match word.split_once(':') {
                Some((name, value)) if !value.starts_with("//") => (name, value),
                _ => return false,
            },
            Dialect::Factiva => match word.split_once('=') {
                Some(both) => both,
                None => match word.find(['<', '>']).filter(|at| *at > 0) {
                    Some(at) => word.split_at(at),
                    None => (word, ""),
                },
            },
            _ => match word.find(['<', '>', '=']).filter(|at| *at > 0) {
                Some(at) => word.split_at(at),
                None => (word, ""),
            },
        };
        let Some(found) = names::name(self.dialect, name) else { return false };
        let follows = match self.pieces.get(self.at) {
            Some(Piece::Word(next)) => next.to_ascii_lowercase(),
            _ => String::new(),
        };
        let signed = follows.starts_with(['<', '>', '='])
            || matches!(
                follows.as_str(),
                "is" | "aft" | "bef" | "after" | "before" | "from" | "geq" | "leq" | "on" | "since"
            );
        let timed = matches!(found, Name::Date | Name::Length);
        let counts = matches!(&found, Name::Prefix(p) if p.starts_with("ATLEAST")) && self.dialect == Dialect::Factiva;
        let assigned = word.len() > name.len();
        if !(opens || assigned || (timed && signed) || counts) {
            return false;
        }
        match found {
            Name::Date | Name::Length => self.timed(name, value, opens, matches!(found, Name::Date)),
            Name::Prefix(prefix) => self.prefixed(prefix, value, opens),
            Name::Near(prefix, why) => {
                self.warn(format!("`{name}` has no exact counterpart: {why}"));
                self.prefixed(prefix, value, opens);
            }
            Name::Bare(why) => {
                self.warn(format!("`{name}` has no counterpart and is left out: {why}"));
                self.prefixed(String::new(), value, opens);
            }
            Name::Exact => {
                if opens {
                    self.at += 1;
                    self.open(String::new(), false, true);
                }
            }
            Name::Gone => {
                self.warn(format!("`{name}` has no counterpart: the condition is left out"));
                if opens && value.is_empty() {
                    self.at += 1;
                    self.open(String::new(), true, false);
                } else {
                    if value.is_empty() {
                        self.at += usize::from(matches!(self.pieces.get(self.at), Some(Piece::Quoted(..))));
                    }
                    self.operand(nothing());
                }
            }
        }
        true
    }

    fn prefixed(&mut self, prefix: String, value: &str, opens: bool) {
        if opens && value.is_empty() {
            self.at += 1;
            return self.open(prefix, false, false);
        }
        let inside = if value.is_empty() {
            let next = self.pieces.get(self.at).cloned();
            self.at += usize::from(next.is_some());
            match next {
                Some(Piece::Quoted(inside, _)) => format!("\"{inside}\""),
                Some(Piece::Word(word)) => self.pattern(word),
                _ => String::new(),
            }
        } else {
            self.pattern(value)
        };
        if inside.is_empty() {
            return;
        }
        let grouped = prefix.starts_with(|c: char| c.is_ascii_uppercase()) || prefix.is_empty();
        self.operand(leaf(if grouped { format!("{prefix}({inside})") } else { format!("{prefix}{inside}") }));
    }

    fn timed(&mut self, name: &str, value: &str, opens: bool, date: bool) {
        let mut words: Vec<&str> = Vec::new();
        let value = value.trim_matches(['[', ']', '{', '}']);
        words.extend(value.split_whitespace().filter(|word| !word.is_empty()));
        if opens && words.is_empty() {
            let mut level = 0usize;
            while let Some(piece) = self.pieces.get(self.at) {
                self.at += 1;
                match piece {
                    Piece::Open => level += 1,
                    Piece::Close => level -= 1,
                    Piece::Word(word) => words.push(word),
                    Piece::Quoted(inside, _) => words.push(inside),
                }
                if level == 0 {
                    break;
                }
            }
        } else if words.is_empty() || words.iter().all(|w| w.chars().all(|c| matches!(c, '<' | '>' | '='))) {
            // `date after 1/31/2025`, `date from A to B`, `length > 500`: signs, values, and what joins two values.
            while let Some(Piece::Word(word)) = self.pieces.get(self.at) {
                let lower = word.to_ascii_lowercase();
                let next = match self.pieces.get(self.at + 1) {
                    Some(Piece::Word(next)) => *next,
                    _ => "",
                };
                let sign = lower.starts_with(['<', '>', '='])
                    || matches!(
                        lower.as_str(),
                        "is" | "aft" | "bef" | "after" | "before" | "from" | "to" | "geq" | "leq" | "on" | "since"
                    );
                let number = lower.starts_with(|c: char| c.is_ascii_digit());
                let joins = lower == "and"
                    && (next.starts_with(['<', '>'])
                        || matches!(
                            next.to_ascii_lowercase().as_str(),
                            "leq" | "geq" | "bef" | "aft" | "before" | "after"
                        ));
                if !(sign || number || joins) {
                    break;
                }
                words.push(word);
                self.at += 1;
            }
        }
        let words: Vec<&str> = words.into_iter().map(|w| if w == "TO" { "to" } else { w }).collect();
        // `[A TO B]` begins with its first day.
        let mut pieces = words.clone();
        if pieces.get(1).is_some_and(|w| w.eq_ignore_ascii_case("to")) {
            pieces.insert(0, "from");
        }
        let found = if date { dates::condition(&pieces) } else { dates::length(&pieces).map(|l| (l, false)) };
        match found {
            Some((condition, american)) => {
                if american {
                    self.warn("days are read month first: `1/2/2025` is 2 January".to_owned());
                }
                self.operand(leaf(condition));
            }
            None => {
                self.warn(format!("`{name}` cannot be read here: the condition is left out"));
                self.operand(nothing());
            }
        }
    }

    /// A word with the service's signs for unknown letters made ours.
    fn pattern(&mut self, word: &str) -> String {
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

fn leaf(text: String) -> Operand {
    Operand { text, made: None, bare: false }
}

fn nothing() -> Operand {
    leaf(String::new())
}

fn grouped(operand: Operand) -> String {
    if operand.made.is_some() { format!("({})", operand.text) } else { operand.text }
}
