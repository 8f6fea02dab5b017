//! Fields and functions of the services, with what they hold.

use super::build::{Builder, is_key};
use super::names::{self, Meaning, Name};
use super::operand::{condition, leaf, nothing};
use super::scan::Piece;
use super::words::spaced;
use super::{Dialect, dates};

impl<'a> Builder<'a> {
    /// `TI(…)`, `hd=europe`, `language:en`, `date after …`, `atleast5 word`: true when it was one.
    pub(super) fn field(&mut self, word: &str) -> bool {
        if let Some(value) = self.sign_apart(word) {
            self.at += 1;
            let found = names::name(self.dialect, word);
            return found.is_some_and(|found| self.assigned(word, value, found));
        }
        let opens = self.pieces.get(self.at) == Some(&Piece::Open);
        let mut colon = false;
        let (name, value) = match self.dialect {
            Dialect::MediaCloud => match word.split_once(':') {
                Some((name, value)) if !value.starts_with("//") => (name, value),
                _ => return false,
            },
            Dialect::Factiva => match word.find(['<', '>', '=']).filter(|at| *at > 0) {
                Some(at) if word[at..].starts_with('=') => (&word[..at], &word[at + 1..]),
                Some(at) => word.split_at(at),
                None => (word, ""),
            },
            _ => match word.find(['<', '>', '=', ':']).filter(|at| *at > 0) {
                // A colon in place of the parentheses or beside them.
                Some(at) if word[at..].starts_with(':') => {
                    let follows = opens || at + 1 < word.len() || self.operand_follows(self.at);
                    if !follows {
                        return false;
                    }
                    colon = true;
                    (&word[..at], &word[at + 1..])
                }
                Some(at) => word.split_at(at),
                None => (word, ""),
            },
        };
        let lower = name.to_ascii_lowercase();
        if matches!(lower.as_str(), "atleast" | "atl") && self.dialect != Dialect::MediaCloud && !opens {
            return self.count_apart();
        }
        let Some(found) = names::name(self.dialect, name) else { return false };
        let follows = match self.pieces.get(self.at) {
            Some(Piece::Word(next) | Piece::Called(next)) => next.to_ascii_lowercase(),
            _ => String::new(),
        };
        let signed = follows != "to" && is_sign(&follows);
        let timed = matches!(found, Name::Date | Name::Length);
        // `date 20250101`, `date 2025`, `date -7`, `date in last month`.
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let year = follows.len() == 4 && (follows.starts_with("19") || follows.starts_with("20"));
        let day = digits(&follows) && (follows.len() == 8 || year) || follows.strip_prefix('-').is_some_and(digits);
        let next = match self.pieces.get(self.at + 1) {
            Some(Piece::Word(next)) => next.to_ascii_lowercase(),
            _ => String::new(),
        };
        let recent = follows == "in" && matches!(next.as_str(), "last" | "past" | "the");
        let signed = signed || matches!(found, Name::Date) && (day || recent);
        let word_follows = matches!(self.pieces.get(self.at), Some(Piece::Word(_) | Piece::Quoted(..)));
        let counts = matches!(&found, Name::Prefix(p) if p.starts_with("ATLEAST"))
            && (self.dialect == Dialect::Factiva || self.dialect == Dialect::Nexis && word_follows);
        let assigned = colon || word.len() > name.len();
        // `load-date aft 2025`.
        let gone = signed && matches!(found, Name::Gone) && lower.ends_with("date");
        if !(opens || assigned || (timed && signed) || counts || gone) {
            return false;
        }
        if gone {
            self.warn(format!("`{name}` has no counterpart: the condition is left out"));
            let is_of_day = |word: &str| {
                let lower = word.to_ascii_lowercase();
                is_sign(&lower) || lower.starts_with(|c: char| c.is_ascii_digit()) || dates::month(&lower).is_some()
            };
            while matches!(self.pieces.get(self.at), Some(Piece::Word(word)) if is_of_day(word)) {
                self.at += 1;
            }
            self.operand(nothing());
            return true;
        }
        // `headline=europe` is as good as `headline(europe)`; the sign of a day or length is part of what is asked.
        let value = if timed { value } else { value.strip_prefix('=').unwrap_or(value) };
        self.assigned(name, value, found)
    }

    /// A field, with what is joined to its sign or stands in the parentheses behind it.
    fn assigned(&mut self, name: &str, value: &str, found: Name) -> bool {
        let opens = self.pieces.get(self.at) == Some(&Piece::Open);
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
                        self.at += usize::from(self.operand_follows(self.at));
                    }
                    self.operand(nothing());
                }
            }
        }
        true
    }

    /// What is joined to the sign of a field that stands apart from its name: `hd = europe`, `title : europe`. Without the sign
    /// such a name is a word; days and lengths are read with their signs.
    fn sign_apart(&self, word: &str) -> Option<&'a str> {
        let signs: &[char] = match self.dialect {
            Dialect::Factiva => &['='],
            Dialect::Nexis | Dialect::ProQuest => &['=', ':'],
            Dialect::MediaCloud => &[':'],
        };
        let (Piece::Word(next) | Piece::Called(next)) = self.pieces.get(self.at)? else { return None };
        let value = next.strip_prefix(signs)?;
        let found = names::name(self.dialect, word)?;
        let timed = matches!(found, Name::Date | Name::Length) && self.dialect != Dialect::MediaCloud;
        let says = !value.is_empty()
            || self.pieces.get(self.at + 1) == Some(&Piece::Open)
            || self.operand_follows(self.at + 1);
        (!timed && says && !value.starts_with(signs)).then_some(value)
    }

    /// Whether a word or a phrase stands at a place, and no operator.
    fn operand_follows(&self, at: usize) -> bool {
        match self.pieces.get(at) {
            Some(Piece::Word(word) | Piece::Called(word)) => {
                names::meaning(self.dialect, word) == Meaning::Word && word.contains(char::is_alphanumeric)
            }
            Some(Piece::Quoted(..)) => true,
            _ => false,
        }
    }

    /// The further words of a name, which goes on to the next operator or field: `sn=new york times and quay`.
    fn rest_of_name(&mut self) -> String {
        let mut rest = String::new();
        while let Some(Piece::Word(word)) = self.pieces.get(self.at) {
            let plain = word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | ',' | '\'' | '’'));
            let ends = match names::name(self.dialect, word) {
                Some(Name::Date | Name::Length) => true,
                Some(Name::Prefix(prefix)) => prefix.starts_with("ATLEAST"),
                _ => false,
            };
            if !plain || ends || !self.operand_follows(self.at) {
                break;
            }
            let word = *word;
            self.at += 1;
            if self.sign_apart(word).is_some() {
                self.at -= 1;
                break;
            }
            rest.push(' ');
            rest.push_str(word);
        }
        rest
    }

    /// `atleast 5 word`, the number apart.
    fn count_apart(&mut self) -> bool {
        let Some(Piece::Word(number) | Piece::Called(number)) = self.pieces.get(self.at) else { return false };
        let Some(count) = number.parse::<u32>().ok().filter(|n| *n > 0) else { return false };
        let opens = match self.pieces.get(self.at + 1) {
            Some(Piece::Open) => true,
            Some(Piece::Word(_) | Piece::Quoted(..)) => false,
            _ => return false,
        };
        self.at += 1;
        self.prefixed(format!("ATLEAST/{}", count.min(10_000)), "", opens);
        true
    }

    fn prefixed(&mut self, prefix: String, value: &str, opens: bool) {
        if opens && value.is_empty() {
            self.at += 1;
            return self.open(prefix, false, false);
        }
        let phrases = matches!(self.dialect, Dialect::Nexis | Dialect::Factiva);
        let named = phrases && matches!(prefix.as_str(), "author:" | "source:" | "section:");
        let inside = if value.is_empty() {
            let next = self.pieces.get(self.at).cloned();
            self.at += usize::from(next.is_some());
            match next {
                Some(Piece::Quoted(inside, slop)) => {
                    let fits = slop.filter(|_| !is_key(&prefix));
                    if let Some(slop) = slop.filter(|_| fits.is_none()) {
                        self.warn(format!("`~{slop}` has no meaning behind a name and is left out"));
                    }
                    spaced(inside, fits)
                }
                Some(Piece::Word(word) | Piece::Called(word)) => self.pattern(word),
                _ => String::new(),
            }
        } else {
            self.pattern(value)
        };
        if inside.is_empty() {
            return;
        }
        let inside = match named && !inside.starts_with('"') {
            true => match self.rest_of_name() {
                rest if rest.is_empty() => inside,
                rest => format!("\"{inside}{rest}\""),
            },
            false => inside,
        };
        let inside = if prefix == "lang:" { self.without_regions(inside) } else { inside };
        if prefix.is_empty() {
            return self.operand(leaf(inside));
        }
        let grouped = prefix.starts_with(|c: char| c.is_ascii_uppercase());
        let text = if grouped { format!("{prefix}({inside})") } else { format!("{prefix}{inside}") };
        let wrapped = self.wrapped(prefix, leaf(inside));
        self.operand(wrapped.written(text));
    }

    /// `en-US` as `en`, since languages are kept without their region.
    pub(super) fn without_regions(&mut self, languages: String) -> String {
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let mut out = String::with_capacity(languages.len());
        for piece in languages.split_inclusive(|c| !is_part(c)) {
            let word = piece.trim_end_matches(|c| !is_part(c));
            match word.split_once(['-', '_']).filter(|(code, _)| (2..=3).contains(&code.len())) {
                Some((code, _)) => {
                    self.warn(format!("languages are kept without their region: `{word}` finds all of `{code}`"));
                    out.push_str(code);
                    out.push_str(&piece[word.len()..]);
                }
                None => out.push_str(piece),
            }
        }
        out
    }

    fn timed(&mut self, name: &str, value: &str, opens: bool, date: bool) {
        let mut words: Vec<&str> = Vec::new();
        // Braces leave out the end they stand at.
        let ends = (value.starts_with('{'), value.ends_with('}'));
        let value = value.trim_matches(['[', ']', '{', '}']);
        words.extend(value.split_whitespace().map(|word| word.trim_matches('"')).filter(|word| !word.is_empty()));
        if opens && words.is_empty() {
            let mut level = 0usize;
            while let Some(piece) = self.pieces.get(self.at) {
                self.at += 1;
                match piece {
                    Piece::Open => level += 1,
                    Piece::Close => level -= 1,
                    Piece::Word(word) | Piece::Called(word) => words.push(word),
                    Piece::Quoted(inside, _) => words.push(inside),
                    Piece::Weight(_) => {}
                }
                if level == 0 {
                    break;
                }
            }
        } else if words.is_empty() || words.iter().all(|w| w.chars().all(|c| matches!(c, '<' | '>' | '='))) {
            // `date after 1/31/2025`, `date from A to B`, `length > 500`: signs, values, and what joins two values.
            // `date geq (1/1/2025)`: the parentheses say nothing.
            let mut open = 0usize;
            loop {
                let word = match self.pieces.get(self.at) {
                    Some(Piece::Open) if words.last().is_some_and(|word| is_sign(&word.to_ascii_lowercase())) => {
                        (open, self.at) = (open + 1, self.at + 1);
                        continue;
                    }
                    Some(Piece::Close) if open > 0 => {
                        (open, self.at) = (open - 1, self.at + 1);
                        continue;
                    }
                    Some(Piece::Word(word) | Piece::Called(word)) => *word,
                    _ => break,
                };
                let lower = word.to_ascii_lowercase();
                let next = match self.pieces.get(self.at + 1) {
                    Some(Piece::Word(next)) => *next,
                    _ => "",
                };
                let sign = is_sign(&lower);
                let number = lower.trim_start_matches('-').starts_with(|c: char| c.is_ascii_digit());
                let unit = matches!(lower.trim_end_matches('s'), "day" | "week" | "month" | "year");
                let before = words.last().map(|word| word.to_ascii_lowercase()).unwrap_or_default();
                let today = before == "today" && lower == "-" || lower == "yesterday" || lower.starts_with("today");
                let relative = today && !words.is_empty()
                    || lower == "in" && words.is_empty()
                    || lower == "the" && before == "in"
                    || matches!(lower.as_str(), "last" | "past")
                        && matches!(before.as_str(), "in" | "the" | "is" | "=")
                    || unit && (matches!(before.as_str(), "last" | "past") || before.parse::<u32>().is_ok());
                let written = dates::month(&lower).is_some();
                let joins = lower == "and"
                    && (next.starts_with(['<', '>'])
                        || matches!(
                            next.to_ascii_lowercase().as_str(),
                            "leq" | "geq" | "bef" | "aft" | "before" | "after"
                        ));
                if !(sign || number || joins || relative || written) {
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
            pieces[1] = if ends.1 { "bef" } else { "to" };
            pieces.insert(0, if ends.0 { "aft" } else { "from" });
        }
        let found =
            if date { dates::condition(&pieces, self.days) } else { dates::length(&pieces).map(|l| (l, false)) };
        match found {
            Some((read, american)) => {
                if american {
                    self.warn(match self.days {
                        dates::Order::MonthFirst => "days are read month first: `1/2/2025` is 2 January".to_owned(),
                        dates::Order::DayFirst => {
                            "days are read day first, as one of them must be: `1/2/2025` is 1 February".to_owned()
                        }
                    });
                }
                self.operand(condition(read));
            }
            None => {
                self.warn(format!("`{name}` cannot be read here: the condition is left out"));
                self.operand(nothing());
            }
        }
    }
}

/// Whether a word says on which side of a bound a day or length is.
fn is_sign(word: &str) -> bool {
    word.starts_with(['<', '>', '='])
        || matches!(
            word,
            "is" | "aft"
                | "bef"
                | "after"
                | "before"
                | "from"
                | "to"
                | "geq"
                | "leq"
                | "on"
                | "since"
                | "gt"
                | "lt"
                | "ge"
                | "le"
        )
}
