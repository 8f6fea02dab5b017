//! A typed query cut into tokens.

use super::ast::{KeyField, Unit};
use super::error::QueryError;
use super::extent::{field_prefix, inside_word, word_body, word_length};
use super::field::{self, Field};
use crate::model::Span;

/// A token of a query.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Tok {
    Open,
    Close,
    And,
    Or,
    /// `NOT`, or a `-` at the start of a word.
    Not,
    Near {
        distance: u32,
        ordered: bool,
    },
    Within(Unit),
    /// `ATLEAST/3`, directly before a parenthesis.
    AtLeast(u32),
    /// `HLEAD`, directly before a parenthesis.
    Headline,
    /// `ANY`, directly before a parenthesis.
    Bag,
    /// A known field and its colon.
    Field(Field),
    /// What follows the colon of a field that is not text.
    Value(String),
    Quoted(String),
    /// `="…"`: as typed, whatever `stem:` says.
    AsTyped(String),
    Literal(String),
    Regex(String),
    Word(String),
    /// `~2` after a word or a quoted phrase; `~` alone is `None`.
    Tilde(Option<u32>),
    /// `^2`.
    Boost(f32),
}

/// A token and its bytes of the typed text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) tok: Tok,
    pub(super) span: Span,
}

/// Farthest distance, in words.
const MAX_DISTANCE: u32 = 10_000;

/// Greatest weight.
const MAX_BOOST: f32 = 1_000.0;

pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂' | '〝' | '〞' | '「' | '」' | '‹' | '›')
}

/// Whether the character at byte `at` of `text` opens or closes a phrase: a `"` between Hebrew letters is part of an
/// acronym (`צה"ל`), a `›` between spaces a sign.
pub(super) fn quotes(text: &str, at: usize, c: char) -> bool {
    let hebrew = |c: char| ('\u{5D0}'..='\u{5EA}').contains(&c);
    let inside = c == '"' && text[..at].ends_with(hebrew) && text[at + 1..].starts_with(hebrew);
    // `News › Sport`.
    let after = at + c.len_utf8();
    let alone = matches!(c, '‹' | '›') && text[..at].ends_with(' ') && text[after..].starts_with(' ');
    is_quote(c) && !inside && !alone
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '‘' | '’')
}

fn is_minus(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2013}' | '\u{2212}' | '\u{FF0D}')
}

/// Cuts a query into tokens, in one pass.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, QueryError> {
    let mut lexer = Lexer { text, at: 0, out: Vec::new() };
    while lexer.at < text.len() {
        lexer.next()?;
    }
    Ok(lexer.out)
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    out: Vec<Token>,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Emits the next `length` bytes as `tok`.
    fn emit(&mut self, tok: Tok, length: usize) {
        let span = Span::new(self.at, self.at + length);
        self.out.push(Token { tok, span });
        self.at += length;
    }

    fn next(&mut self) -> Result<(), QueryError> {
        let Some(c) = self.peek() else { return Ok(()) };
        if let Some(inside) = singly_quoted(self.rest()) {
            let (text, length) = (inside.to_owned(), inside.len() + '‘'.len_utf8() + '’'.len_utf8());
            self.emit(Tok::Quoted(text), length);
            return self.suffixes();
        }
        match c {
            _ if c.is_whitespace() => self.at += c.len_utf8(),
            '(' => self.emit(Tok::Open, 1),
            ')' => {
                self.emit(Tok::Close, 1);
                self.suffixes()?;
            }
            _ if quotes(self.text, self.at, c) => self.phrase(0)?,
            '=' if self.rest()[1..].starts_with(is_apostrophe) => self.literal()?,
            '=' if self.rest()[1..].starts_with(is_quote) => self.phrase(1)?,
            '/' => self.regex()?,
            _ if is_minus(c) => self.minus(c),
            '|' => {
                let length = if self.rest().starts_with("||") { 2 } else { 1 };
                self.emit(Tok::Or, length);
            }
            _ => self.word()?,
        }
        Ok(())
    }

    /// A phrase, whose quote stands so many bytes from here: 1 behind a `=`.
    fn phrase(&mut self, before: usize) -> Result<(), QueryError> {
        let start = self.at;
        self.at += before;
        let quoted = self.quoted(self.peek().unwrap_or('"'));
        self.at = start;
        let (text, length) = quoted?;
        let length = before + length;
        if text.trim().is_empty() {
            let span = Span::new(start, start + length);
            return Err(QueryError::new(span, "there is nothing between these quotes")
                .suggest("write the words to be found between them, or leave the quotes out"));
        }
        self.emit(if before > 0 { Tok::AsTyped(text) } else { Tok::Quoted(text) }, length);
        self.suffixes()
    }

    /// A `-`: excludes what it is joined to, whatever sign that begins with; else it is nothing.
    fn minus(&mut self, c: char) {
        let length = c.len_utf8();
        if self.is_operand(self.at + length) {
            self.emit(Tok::Not, length);
        } else {
            self.at += length;
        }
    }

    /// Whether something to find begins at byte `at`. Punctuation alone does not: what stands behind it is not meant.
    fn is_operand(&self, at: usize) -> bool {
        let rest = &self.text[at..];
        match rest.chars().next() {
            None => false,
            Some('(') => true,
            // Of several, the last one is heard.
            Some(c) if is_minus(c) => false,
            Some(c) if quotes(self.text, at, c) => true,
            Some('=') if rest[1..].starts_with(|c| is_quote(c) || is_apostrophe(c)) => true,
            Some('‘') if singly_quoted(rest).is_some() => true,
            Some(_) => {
                let word = inside_word(rest);
                word.contains('*') || !crate::text::query_terms(word).is_empty()
            }
        }
    }

    /// What stands between the quote at the present place and the next one, and the length with both.
    fn quoted(&self, open: char) -> Result<(String, usize), QueryError> {
        let inside = &self.rest()[open.len_utf8()..];
        let Some((end, close)) = inside.char_indices().find(|(at, c)| quotes(inside, *at, *c)) else {
            let span = Span::new(self.at, self.at + open.len_utf8());
            return Err(QueryError::new(span, "this quote is never closed").suggest("add a `\"` where the phrase ends"));
        };
        Ok((inside[..end].to_owned(), open.len_utf8() + end + close.len_utf8()))
    }

    /// `='…'`; `\` before a quote or a `\` takes it as it is.
    fn literal(&mut self) -> Result<(), QueryError> {
        let start = self.at;
        let open = self.rest()[1..].chars().next().unwrap_or('\'');
        let inside = &self.rest()[1 + open.len_utf8()..];
        let (mut text, mut length, mut escaped) = (String::new(), None, false);
        for (offset, c) in inside.char_indices() {
            let ends = is_apostrophe(c) && self.is_border(inside, offset + c.len_utf8());
            if escaped {
                if !(c == '\\' || is_quote(c) || is_apostrophe(c)) {
                    text.push('\\');
                }
                text.push(c);
                escaped = false;
            } else if c == '\\' {
                escaped = true;
            } else if ends {
                length = Some(1 + open.len_utf8() + offset + c.len_utf8());
                break;
            } else {
                text.push(c);
            }
        }
        let Some(length) = length else {
            let span = Span::new(start, start + 1 + open.len_utf8());
            return Err(QueryError::new(span, "these literal characters are never closed").suggest("end them with `'`"));
        };
        if text.trim().is_empty() {
            let span = Span::new(start, start + length);
            return Err(QueryError::new(span, "there is nothing between these quotes")
                .suggest("write the characters to be found, such as `='safe-third'`"));
        }
        self.emit(Tok::Literal(text), length);
        self.suffixes()
    }

    /// Whether a term may end at byte `at` of `text`.
    fn is_border(&self, text: &str, at: usize) -> bool {
        text[at..].chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, ')' | '(' | '^' | '~'))
    }

    fn regex(&mut self) -> Result<(), QueryError> {
        let inside = &self.rest()[1..];
        let mut escaped = false;
        let mut end = None;
        for (offset, c) in inside.char_indices() {
            if escaped {
                escaped = false;
            } else if c == '\\' {
                escaped = true;
            } else if c == '/' && offset > 0 && self.is_border(inside, offset + 1) {
                end = Some(offset);
                break;
            } else if c.is_whitespace() {
                break;
            }
        }
        match end {
            Some(end) => {
                let pattern = inside[..end].replace("\\/", "/");
                self.emit(Tok::Regex(pattern), end + 2);
                self.suffixes()
            }
            // `/5`, `/s`: a distance as law reports write it.
            None if elsewhere(inside_word(inside)).is_some() => {
                let ours = elsewhere(inside_word(inside)).unwrap_or_default();
                let length = 1 + word_length(inside);
                let typed = &self.rest()[..length];
                let span = Span::new(self.at, self.at + length);
                Err(QueryError::new(span, format!("`{typed}` is no operator here"))
                    .suggest(format!("write `a {ours} b`, or have the whole query translated: `--dialect nexis`")))
            }
            // A path such as `/etc/hosts`, or a stray slash.
            None if inside.starts_with(|c: char| c.is_alphanumeric()) && !inside_word(inside).contains('/') => {
                let span = Span::new(self.at, self.at + 1);
                Err(QueryError::new(span, "this regular expression is never closed")
                    .suggest("end it with `/`; it is tried on one word and cannot hold a space"))
            }
            None => self.word(),
        }
    }

    /// `~2` and `^2` behind a quote, a parenthesis, a literal or a pattern.
    fn suffixes(&mut self) -> Result<(), QueryError> {
        loop {
            match self.peek() {
                Some('~') => {
                    let digits = self.rest()[1..].bytes().take_while(u8::is_ascii_digit).count();
                    let number = (digits > 0).then(|| self.number(self.at + 1, digits)).transpose()?;
                    self.emit(Tok::Tilde(number), 1 + digits);
                }
                Some('^') => {
                    let length = self.rest()[1..].bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
                    let span = Span::new(self.at, self.at + 1 + length);
                    let boost = self.rest()[1..1 + length].parse::<f32>().ok();
                    let good = boost.filter(|b| b.is_finite() && *b > 0.0 && *b <= MAX_BOOST);
                    let Some(boost) = good else {
                        return Err(no_weight(span).suggest("write `^2` for twice the weight, `^0.5` for half"));
                    };
                    if !self.is_border(self.rest(), 1 + length) {
                        let span = Span::new(self.at, self.at + word_length(self.rest()).max(1 + length));
                        return Err(no_weight(span).suggest("put a space behind the weight"));
                    }
                    self.emit(Tok::Boost(boost), 1 + length);
                }
                _ => return Ok(()),
            }
        }
    }

    fn number(&self, at: usize, length: usize) -> Result<u32, QueryError> {
        let span = Span::new(at, at + length);
        self.text[at..at + length].parse::<u32>().ok().filter(|n| *n <= MAX_DISTANCE).ok_or_else(|| {
            QueryError::new(span, "this number is too large").suggest(format!("the most is {MAX_DISTANCE}"))
        })
    }

    /// A word, an operator or a field.
    fn word(&mut self) -> Result<(), QueryError> {
        let start = self.at;
        if let Some((name, colon)) = field_prefix(self.rest()) {
            let after = &self.rest()[colon + 1..];
            match field::named(name) {
                Some(field) => return self.field(field, colon + 1),
                None if after.starts_with("//") || after.chars().next().is_none_or(char::is_whitespace) => {}
                None => {
                    let span = Span::new(start, start + colon + 1);
                    let known = field::nearest(name);
                    let quoted = format!("to find the words themselves write `\"{} …\"`", name.to_lowercase());
                    return Err(QueryError::new(span, format!("`{name}:` is no field")).suggest(match known {
                        Some(known) => format!("did you mean `{known}:`? {quoted}"),
                        None => format!("the fields are {}; {quoted}", field::LISTED.join(", ")),
                    }));
                }
            }
        }
        let length = word_length(self.rest());
        if length == 0 {
            // A character that begins nothing (a lone `^`, say).
            self.at += self.peek().map_or(1, char::len_utf8);
            return Ok(());
        }
        let raw = self.rest()[..length].to_owned();
        if let Some(number) = raw.strip_prefix(['^', '~'])
            && number.starts_with(|c: char| c.is_ascii_digit())
        {
            let span = Span::new(start, start + length);
            return Err(QueryError::new(span, "there is nothing right before this sign").suggest(format!(
                "write `word{raw}` without a space; to find the number write `{}`",
                number.trim_matches(|c: char| !c.is_alphanumeric())
            )));
        }
        let opens = self.text[start + length..].starts_with('(');
        let excludes = raw.trim_start_matches('!');
        if excludes.len() < raw.len()
            && (excludes.starts_with(char::is_alphanumeric)
                || excludes.is_empty() && self.text[start + length..].starts_with(|c| c == '(' || is_quote(c)))
        {
            return Err(QueryError::new(Span::new(start, start + 1), "`!` excludes nothing here")
                .suggest("write `-` to leave out what follows; to find it, leave the `!` out"));
        }
        if let Some(tok) = self.operator(&raw, opens)? {
            self.emit(tok, length);
            return Ok(());
        }
        // A sign in front hides no operator and no field: `:NEAR/2?` would be printed, and read again, without it.
        let bare = raw.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '*' | '?'));
        if bare.len() < raw.len()
            && bare.contains(['*', '?'])
            && (field_prefix(bare).is_some() || !matches!(self.operator(bare, opens), Ok(None)))
        {
            self.at += raw.len() - bare.len();
            return self.word();
        }
        let body = word_body(&raw);
        if let Some(caret) = body.find('^').filter(|caret| *caret > 0) {
            let span = Span::new(start + caret, start + length);
            return Err(no_weight(span).suggest(format!(
                "write `{}^2` for twice the weight; to find the sign itself write `='{raw}'`",
                &body[..caret]
            )));
        }
        self.emit(Tok::Word(body.to_owned()), body.len());
        if body.len() < raw.len() { self.suffixes() } else { Ok(()) }
    }

    fn field(&mut self, field: Field, length: usize) -> Result<(), QueryError> {
        self.emit(Tok::Field(field), length);
        let Some(c) = self.peek().filter(|c| !c.is_whitespace() && *c != ')') else {
            let name = field.name();
            let span = Span::new(self.at - length, self.at);
            let example = field.example();
            return Err(QueryError::new(span, format!("`{name}:` needs a value right behind the colon"))
                .suggest(format!("write `{example}`, without a space")));
        };
        let as_typed = c == '=' && self.rest()[1..].starts_with(|q| is_quote(q) || is_apostrophe(q));
        if matches!(field, Field::Text(_)) || c == '(' || is_quote(c) || as_typed {
            return Ok(());
        }
        if let Field::Key(key) = field
            && key != KeyField::Url
        {
            return self.name();
        }
        // Parentheses inside an address belong to it.
        let (mut open, mut end) = (0usize, self.rest().len());
        for (offset, c) in self.rest().char_indices() {
            match c {
                '(' => open += 1,
                ')' if open == 0 => {
                    end = offset;
                    break;
                }
                ')' => open -= 1,
                c if c.is_whitespace() => {
                    end = offset;
                    break;
                }
                _ => {}
            }
        }
        let value = self.rest()[..end].to_owned();
        self.emit(Tok::Value(value), end);
        Ok(())
    }

    /// The value of a field of names, and a weight behind it.
    fn name(&mut self) -> Result<(), QueryError> {
        let rest = self.rest();
        let length = rest.find(|c: char| c.is_whitespace() || matches!(c, '(' | ')')).unwrap_or(rest.len());
        let raw = &rest[..length];
        let body = match raw.rsplit_once('^') {
            Some((body, weight)) if !body.is_empty() && weight.parse::<f32>().is_ok() => body,
            _ => raw,
        };
        let (value, length) = (body.to_owned(), body.len());
        self.emit(Tok::Value(value), length);
        if self.peek() == Some('^') { self.suffixes() } else { Ok(()) }
    }

    fn operator(&self, raw: &str, opens: bool) -> Result<Option<Tok>, QueryError> {
        Ok(Some(match raw {
            "AND" | "&&" | "&" => Tok::And,
            "OR" => Tok::Or,
            "NOT" => Tok::Not,
            "SAME" => Tok::Within(Unit::Paragraph),
            "SENT" => Tok::Within(Unit::Sentence),
            "HLEAD" if opens => Tok::Headline,
            "ANY" if opens => Tok::Bag,
            _ => {
                self.of_others(raw)?;
                let upper = raw.to_ascii_uppercase();
                let (name, number) = match upper.split_once('/') {
                    Some(both) => both,
                    None => match upper.strip_prefix("ATLEAST") {
                        Some(number) if opens => ("ATLEAST", number),
                        _ => return Ok(None),
                    },
                };
                if !matches!(name, "NEAR" | "W" | "PRE" | "ATLEAST" | "N") || (name == "N" && !raw.starts_with('N')) {
                    return Ok(None);
                }
                let digits = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
                if !digits {
                    return match number {
                        // `W/S`, `w/p`; but `W/Trump` is a word.
                        _ if matches!(name, "W" | "PRE" | "NEAR") && elsewhere(number).is_some() => {
                            let ours = elsewhere(number).unwrap_or_default();
                            let span = Span::new(self.at, self.at + raw.len());
                            Err(QueryError::new(span, format!("`{raw}` is no operator here")).suggest(format!(
                                "write `a {ours} b`, or have the whole query translated: `--dialect nexis`"
                            )))
                        }
                        _ if number.starts_with(|c: char| c.is_ascii_digit()) || number.is_empty() => {
                            Err(self.bad_distance(raw, name))
                        }
                        _ => Ok(None),
                    };
                }
                let number = number.parse::<u32>().ok().filter(|n| (1..=MAX_DISTANCE).contains(n));
                let number = number.ok_or_else(|| self.bad_distance(raw, name))?;
                match name {
                    "ATLEAST" if opens => Tok::AtLeast(number),
                    "ATLEAST" => {
                        let span = Span::new(self.at, self.at + raw.len());
                        return Err(QueryError::new(span, "`ATLEAST` needs a parenthesis right behind it")
                            .suggest(format!("write `ATLEAST/{number}(word)`")));
                    }
                    "PRE" => Tok::Near { distance: number, ordered: true },
                    _ => Tok::Near { distance: number, ordered: false },
                }
            }
        }))
    }

    /// Refuses what are operators in other services and would be words here. In lowercase they are words.
    fn of_others(&self, raw: &str) -> Result<(), QueryError> {
        let Some((name, number)) = of_others(raw) else { return Ok(()) };
        let span = Span::new(self.at, self.at + raw.len());
        let ours = if name == "NEAR" { "NEAR" } else { "PRE" };
        let distance = match number {
            "" if name == "ADJ" => "1",
            "" => "5",
            number => number,
        };
        Err(QueryError::new(span, format!("`{raw}` is no operator here")).suggest(format!(
            "write `a {ours}/{distance} b`, or have the whole query translated: `--dialect {}`; to search for the word, write \
             `{}` in lowercase",
            if name == "ADJ" || name == "NEAR" { "factiva" } else { "proquest" },
            raw.to_lowercase()
        )))
    }

    fn bad_distance(&self, raw: &str, name: &str) -> QueryError {
        let span = Span::new(self.at, self.at + raw.len());
        let (what, hint) = match name {
            "ATLEAST" => ("a count", "write `ATLEAST/3(word)` for three times or more".to_owned()),
            _ => ("a distance", format!("write `a {name}/5 b`; words next to each other are 1 apart")),
        };
        QueryError::new(span, format!("`{name}/` needs {what} from 1 to {MAX_DISTANCE}")).suggest(hint)
    }
}

/// What stands between `‘` and the one `’` that ends a word before a further `‘`, several words of it: `‘safe country’`, and
/// neither `rock ‘n’ roll` nor the apostrophes of `‘90s workers’` and `‘the workers’ union’`.
fn singly_quoted(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('‘')?;
    let inside = inside.split_once('‘').map_or(inside, |(before, _)| before);
    let ends = |at: usize| {
        let after = inside[at..].chars().nth(1);
        after.is_none_or(|c| c.is_whitespace() || matches!(c, ')' | '~' | '^' | ',' | '.'))
    };
    let mut closing = inside.char_indices().filter(|(at, c)| *c == '’' && ends(*at));
    let (end, _) = closing.next().filter(|_| closing.next().is_none())?;
    let inside = &inside[..end];
    let is_phrase = inside.trim().contains(char::is_whitespace) && !inside.contains(is_quote);
    (is_phrase && !inside.starts_with(|c: char| c.is_ascii_digit())).then_some(inside)
}

/// `NEAR5`, `ADJ3`, `ADJ/3`, `NEAR`, `ADJ`: the name and the digits.
fn of_others(raw: &str) -> Option<(&str, &str)> {
    let (name, number) = ["NEAR", "PRE", "ADJ"].into_iter().find_map(|name| Some((name, raw.strip_prefix(name)?)))?;
    let number = number.strip_prefix('/').filter(|_| name == "ADJ").unwrap_or(number);
    number.bytes().all(|b| b.is_ascii_digit()).then_some((name, number))
}

/// Whether a word, as it is written, is an operator and no word.
pub(super) fn is_reserved(word: &str) -> bool {
    matches!(word, "AND" | "OR" | "NOT" | "SAME" | "SENT") || of_others(word).is_some()
}

/// Our operator for what stands behind the slash of another service's.
fn elsewhere(unit: &str) -> Option<String> {
    match unit.to_ascii_lowercase().as_str() {
        "s" | "sent" => Some("SENT".to_owned()),
        "p" | "para" => Some("SAME".to_owned()),
        number if (1..=5).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit()) => {
            Some(format!("NEAR/{number}"))
        }
        _ => None,
    }
}

fn no_weight(span: Span) -> QueryError {
    QueryError::new(span, "a weight is a number above 0 and up to 1000")
}
