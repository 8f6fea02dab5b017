//! Words, with the services' signs for unknown letters, and what looks like a field and is none we know.

use super::Dialect;
use super::build::Builder;
use super::names::{self, Join, Meaning};
use super::operand::{Operand, leaf, nothing};
use super::scan::Piece;

impl Builder<'_> {
    pub(super) fn quoted(&mut self, inside: &str, slop: Option<u32>) {
        let braces = inside.trim().strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        let words: Vec<String> = braces.unwrap_or(inside).split_whitespace().map(|word| self.pattern(word)).collect();
        if words.is_empty() {
            return;
        }
        let mut text = spaced(&words.join(" "), slop);
        if braces.is_some() {
            // In a field of names there are no inflections.
            let named = self.in_names();
            text = if named { text } else { format!("(stem:on {text})") };
        }
        self.operand(leaf(text));
    }

    /// A word; `called` says that a parenthesis follows at once.
    pub(super) fn word(&mut self, word: &str, called: bool) {
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
        if let Some((join, meant)) = self.without_slash(word) {
            self.warn(format!(
                "`{word}` between two words is read as `{meant}`; put it in quotes to find it as a word"
            ));
            return self.typed_join(join, word);
        }
        // `title:-word` is as good as `-title:word`.
        if let Some((name, value)) = word.split_once(":-").filter(|_| self.dialect == Dialect::MediaCloud)
            && names::name(self.dialect, name).is_some()
        {
            self.open_not();
            return self.word(&format!("{name}:{value}"), called);
        }
        if self.field(word) {
            return;
        }
        if self.dialect == Dialect::Nexis && word.len() > 2 && word.starts_with('#') && word.ends_with('#') {
            self.warn(format!("`{word}` is a code of the service and has no counterpart: it is left out"));
            return self.operand(nothing());
        }
        if self.dialect == Dialect::MediaCloud {
            if matches!(word, "and" | "or" | "not") {
                let upper = word.to_uppercase();
                self.warn(format!("`{word}` is a word, as it is in Media Cloud: the operator is written `{upper}`"));
            }
            return self.elastic(word, called);
        }
        if called && self.unknown_call(word) {
            return;
        }
        if let Some((name, _)) = word.split_once('=').filter(|_| self.dialect == Dialect::Factiva)
            && (2..=5).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_alphanumeric())
        {
            return self.unknown(name);
        }
        let text = self.pattern(word);
        if text.chars().any(char::is_alphanumeric) {
            let plain = !text.contains([':', '/', '^', '~', '=', '|']) && !text.starts_with(['-', '–']);
            // What is a word there and would be an operator here.
            let plain = plain && reads(&text);
            let text = if plain { text } else { format!("\"{text}\"") };
            self.operand(Operand { bare: true, ..leaf(text) });
        }
    }

    /// `w5`, `N5`, `/n5` between two operands: the distance that is meant, and how it is written there. Greater numbers are
    /// parts of names (`N95`).
    fn without_slash(&self, word: &str) -> Option<(Join, String)> {
        let follows = !matches!(self.pieces.get(self.at), None | Some(Piece::Close));
        if !self.after || !follows || self.dialect == Dialect::MediaCloud {
            return None;
        }
        let lower = word.to_ascii_lowercase();
        let (letter, number) = match lower.strip_prefix('/') {
            Some(rest) if self.dialect == Dialect::Factiva => (rest.get(..1)?, rest.get(1..)?),
            _ => (lower.get(..1)?, lower.get(1..)?),
        };
        let number: u32 = number.parse().ok().filter(|n| (1..=50).contains(n) && !number.starts_with(['0', '+']))?;
        match (self.dialect, letter) {
            (Dialect::Factiva, "w") => Some((Join::Pre(number), format!("w/{number}"))),
            (Dialect::Factiva, "n") => Some((Join::Near(number), format!("/N{number}/"))),
            (Dialect::Nexis, "w") => Some((Join::Near(number), format!("W/{number}"))),
            (Dialect::ProQuest, "n" | "w") => Some((Join::Near(number), format!("N/{number}"))),
            _ => None,
        }
    }

    /// A word of Elasticsearch's query strings, which are much like ours.
    fn elastic(&mut self, word: &str, called: bool) {
        let bare = word.trim_start_matches(['-', '+', '!']);
        // `-` takes out the phrase or group it is joined to, `!` what follows also with a space between.
        if bare.is_empty() && !called && !word.starts_with('!') {
            return;
        }
        if word.starts_with(['-', '!']) {
            self.open_not();
        }
        if bare.is_empty() {
            return;
        }
        if bare.len() < word.len() {
            return self.word(bare, called);
        }
        // A sign that stands alone.
        if !word.contains(|c: char| c.is_alphanumeric() || matches!(c, '*' | '?')) {
            return;
        }
        if word.starts_with('/') && reads(word) {
            return self.operand(leaf(word.to_owned()));
        }
        if let Some((name, value)) = word.split_once(':').filter(|(_, value)| !value.starts_with("//")) {
            // A clock time or a chapter is no field.
            if name.len() > 1 && name.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b'_' | b'.')) {
                if value.is_empty() && self.pieces.get(self.at) == Some(&Piece::Open) {
                    self.warn(unknown(name));
                    self.at += 1;
                    return self.open(String::new(), true, false);
                }
                if value.is_empty() && matches!(self.pieces.get(self.at), Some(Piece::Quoted(..))) {
                    self.at += 1;
                }
                return self.unknown(name);
            }
            return self.operand(leaf(format!("\"{}\"", word.replace('"', ""))));
        }
        // `word~` is as far as the service likes; one letter is what it likes for most words.
        let text = match word.strip_suffix('~') {
            Some(stem) if !stem.is_empty() => format!("{stem}~1"),
            _ => word.to_owned(),
        };
        if reads(&text) {
            self.operand(leaf(text));
        } else if text.chars().any(char::is_alphanumeric) {
            let plain: String = text.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
            self.warn(format!("`{word}` is read as plain words"));
            self.operand(leaf(format!("\"{}\"", plain.trim())));
        }
    }

    /// Leaves out a condition on a field nobody here knows.
    fn unknown(&mut self, name: &str) {
        self.warn(unknown(name));
        let opens = self.pieces.get(self.at) == Some(&Piece::Open);
        if opens {
            self.at += 1;
            self.open(String::new(), true, false);
        } else {
            self.operand(nothing());
        }
    }

    /// `name(…)` of a field that is not known; `refugee(s)` is a word.
    fn unknown_call(&mut self, word: &str) -> bool {
        let short = |piece: Option<&Piece<'_>>| {
            matches!(piece, Some(Piece::Word("s" | "es" | "ies" | "ed" | "ing" | "er" | "n" | "e")))
        };
        if short(self.pieces.get(self.at + 1)) && self.pieces.get(self.at + 2) == Some(&Piece::Close) {
            let Some(Piece::Word(ending)) = self.pieces.get(self.at + 1).cloned() else { return false };
            self.at += 3;
            self.warn(format!("`{word}({ending})` is read as `{word}*`"));
            let text = self.pattern(word);
            let text = if text.ends_with('*') { text } else { format!("{text}*") };
            self.operand(leaf(if text.chars().all(|c| c.is_alphanumeric() || c == '*') {
                text
            } else {
                format!("\"{text}\"")
            }));
            return true;
        }
        let named =
            word.len() > 1 && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | ',' | '_'));
        if !named || !word.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return false;
        }
        self.unknown(word);
        true
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
            Dialect::ProQuest if word.contains('$') && !word.starts_with('$') => {
                let (stem, count) = word.split_once('$').unwrap_or((word, ""));
                if !count.is_empty() {
                    self.warn(format!("`${count}` stands for any number of letters here"));
                }
                format!("{stem}*")
            }
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
}

/// Words in quotes, with so many others between.
pub(super) fn spaced(words: &str, slop: Option<u32>) -> String {
    match slop {
        Some(slop) => format!("\"{words}\"~{}", slop.min(10_000)),
        None => format!("\"{words}\""),
    }
}

/// Whether `text` is a query of ours.
pub(super) fn reads(text: &str) -> bool {
    let someday = crate::query::Options::new(jiff::civil::date(2000, 1, 1));
    crate::query::parse(text, &someday).is_ok()
}

fn unknown(name: &str) -> String {
    format!("`{name}` is no field that is known here: the condition is left out")
}
