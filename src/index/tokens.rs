//! Feeds the one analysis of `text` to tantivy, on tantivy's own threads and without an allocation per word.
//!
//! A tokenizer is handed nothing but a string, so language and block borders travel in front of the text:
//! `lang ^A start,end;start,end; ^A lead ^A text`, where `lead` is the number of the block that is the lead.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::Arc;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::schema::{BLOCK, JOINED, LEAD, SENTENCE, STEM};
use super::stems::Gather;
use crate::model::{Article, Lang, Span};
use crate::text::{self, Tokens};

const PART: char = '\u{1}';

/// A title as the tokenizer wants it.
pub(super) fn encode_title(lang: Option<&Lang>, title: &str) -> String {
    encode(lang, title, std::iter::once(Span::new(0, title.len())), None)
}

/// The text of an article as the tokenizer wants it.
pub(super) fn encode_text(article: &Article) -> String {
    let blocks = article.blocks.iter().map(|block| block.span);
    encode(article.language.as_ref(), &article.text, blocks, article.lead().filter(|lead| *lead > 0))
}

fn encode(lang: Option<&Lang>, text: &str, blocks: impl Iterator<Item = Span>, lead: Option<usize>) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    out.push_str(lang.map_or("", |l| l.as_str()));
    out.push(PART);
    for span in blocks {
        // Writing to a String cannot fail.
        let _ = write!(out, "{},{};", span.start, span.end);
    }
    out.push(PART);
    if let Some(lead) = lead {
        let _ = write!(out, "{lead}");
    }
    out.push(PART);
    out.push_str(text);
    out
}

/// Language, number of the block that is the lead if it is not the first, text.
fn decode<'a>(encoded: &'a str, blocks: &mut Vec<Span>) -> (&'a str, Option<usize>, &'a str) {
    blocks.clear();
    let mut parts = encoded.splitn(4, PART);
    let (lang, spans, lead, text) = (parts.next(), parts.next(), parts.next(), parts.next());
    for span in spans.unwrap_or("").split_terminator(';') {
        let ends = span.split_once(',').and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
        if let Some((start, end)) = ends {
            blocks.push(Span::new(start, end));
        }
    }
    (lang.unwrap_or(""), lead.and_then(|lead| lead.parse().ok()), text.unwrap_or(""))
}

/// Words, and where sentences and blocks begin, of a title or text.
#[derive(Clone)]
pub(super) struct Words {
    tokens: Tokens,
    blocks: Vec<Span>,
    gather: Gather,
    written: Written,
    token: Token,
}

/// Most written words whose stems are remembered, in one language.
const REMEMBERED: usize = 1 << 18;

/// The stems of words as they are written, which these have in place of those of the folded words.
#[derive(Clone, Default)]
struct Written {
    known: HashMap<String, HashMap<String, Option<Arc<str>>>>,
    /// Of the present text: the number of the token and its stem.
    here: Vec<(usize, Arc<str>)>,
}

impl Written {
    fn find(&mut self, lang: &str, text: &str, tokens: &Tokens, gather: &Gather) {
        self.here.clear();
        let lang = Lang::parse(lang);
        let Some(lang) = text::stem_language(lang.as_ref()).filter(|lang| text::is_written(lang)) else { return };
        let known = self.known.entry(lang.as_str().to_owned()).or_default();
        for (number, token) in tokens.iter().enumerate().filter(|(_, token)| token.length == 1 && !token.extra) {
            let written = token.span.of(text);
            if !text::is_telling(lang, written) {
                continue;
            }
            if known.len() > REMEMBERED {
                known.clear();
            }
            let stem = match known.get(written) {
                Some(stem) => stem.clone(),
                None => {
                    let stem: Option<Arc<str>> = text::written_stem(lang, token.term, written).map(Into::into);
                    if let Some(stem) = &stem {
                        gather.note_written(lang.as_str(), stem, token.term);
                    }
                    known.insert(written.to_owned(), stem.clone());
                    stem
                }
            };
            self.here.extend(stem.map(|stem| (number, stem)));
        }
    }
}

impl Words {
    pub(super) fn new(gather: Gather) -> Self {
        Self { tokens: Tokens::new(), blocks: Vec::new(), gather, written: Written::default(), token: Token::default() }
    }
}

impl Tokenizer for Words {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, encoded: &'a str) -> WordStream<'a> {
        let (lang, lead, text) = decode(encoded, &mut self.blocks);
        text::analyze(text, &self.blocks, &mut self.tokens);
        self.written.find(lang, text, &self.tokens, &self.gather);
        self.gather.note(lang, &self.tokens, &self.written.here);
        self.token.reset();
        let Words { tokens, token, written, .. } = self;
        let lead = lead.and_then(|lead| tokens.block(lead)).map_or_else(Vec::new, |(start, end)| vec![end, start]);
        WordStream { tokens, token, written: &written.here, next: 0, sentence: 0, block: 0, lead }
    }
}

/// The words of a text in order, then its sentence and block borders and the ends of its lead.
pub(super) struct WordStream<'a> {
    tokens: &'a Tokens,
    token: &'a mut Token,
    /// Stems of written words that are still to come.
    written: &'a [(usize, Arc<str>)],
    next: usize,
    sentence: usize,
    block: usize,
    /// The ends of the lead that are still to come, the later one first.
    lead: Vec<u32>,
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        let token = &mut *self.token;
        token.text.clear();
        token.position_length = 1;
        if let Some(((_, stem), rest)) = self.written.split_first().filter(|((number, _), _)| number + 1 == self.next) {
            // It stands where its word does, which has just been given.
            token.text.push(STEM);
            token.text.push_str(stem);
            self.written = rest;
            return true;
        }
        if let Some(word) = self.tokens.get(self.next) {
            self.next += 1;
            token.text.push_str(word.term);
            token.position = word.position as usize;
            let is_written = self.written.first().is_some_and(|(number, _)| number + 1 == self.next);
            if word.length > 1 || is_written {
                token.text.push(char::from(JOINED));
                token.text.push(char::from(word.length));
                token.position_length = usize::from(word.length);
            }
            return true;
        }
        // Positions must not fall within one term; between terms they may.
        if let Some(position) = self.tokens.sentences().get(self.sentence) {
            self.sentence += 1;
            token.text.push_str(SENTENCE);
            token.position = *position as usize;
            return true;
        }
        if let Some(position) = self.tokens.blocks().get(self.block) {
            self.block += 1;
            token.text.push_str(BLOCK);
            token.position = *position as usize;
            return true;
        }
        if let Some(position) = self.lead.pop() {
            token.text.push_str(LEAD);
            token.position = position as usize;
            return true;
        }
        false
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// Reads the lines `letter words…` of metadata: each word with the letter of its field before it, a bare letter to
/// say that the field is there, and empty positions between two values.
#[derive(Clone, Default)]
pub(super) struct Keys {
    out: Vec<(u32, String)>,
    token: Token,
}

impl Tokenizer for Keys {
    type TokenStream<'a> = KeyStream<'a>;

    fn token_stream<'a>(&'a mut self, lines: &'a str) -> KeyStream<'a> {
        self.out.clear();
        self.token.reset();
        let mut position = 0;
        for line in lines.lines() {
            let Some(letter) = line.chars().next() else { continue };
            if letter == '!' {
                self.out.push((position, line.to_owned()));
                position += 2;
                continue;
            }
            self.out.push((position, letter.to_string()));
            for word in line[letter.len_utf8()..].split(' ').filter(|w| !w.is_empty()) {
                self.out.push((position, format!("{letter}{word}")));
                position += 1;
            }
            position += 2;
        }
        let Keys { out, token } = self;
        KeyStream { out, token, next: 0 }
    }
}

/// The words of the metadata.
pub(super) struct KeyStream<'a> {
    out: &'a [(u32, String)],
    token: &'a mut Token,
    next: usize,
}

impl TokenStream for KeyStream<'_> {
    fn advance(&mut self) -> bool {
        let Some((position, term)) = self.out.get(self.next) else { return false };
        self.next += 1;
        self.token.text.clear();
        self.token.text.push_str(term);
        self.token.position = *position as usize;
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// The words of a metadata value: folded, parted at everything that is neither a letter nor a digit. Both the values
/// of articles and those of queries go through it, so `example.org`, `https://www.example.org/news/` and `Example Org` share their words.
pub(super) fn key_words(value: &str) -> Vec<String> {
    let folded = text::fold(value);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}
