use std::cell::{Cell, RefCell};

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, TagKind, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use proptest::prelude::*;

use super::*;

/// A word as text, for both readers alike.
#[derive(Debug, Default, PartialEq)]
struct Words {
    words: Vec<String>,
    text: bool,
}

impl Words {
    fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        match self.words.last_mut() {
            Some(last) if self.text => last.push_str(text),
            _ => self.words.push(format!("text {text}")),
        }
        self.text = true;
    }

    fn tag(&mut self, word: String) {
        self.words.push(word);
        self.text = false;
    }
}

fn raw_kind(name: &str) -> Option<RawKind> {
    Some(match name {
        "script" => RawKind::ScriptData,
        "style" | "noscript" | "iframe" | "noembed" | "noframes" | "xmp" => RawKind::Rawtext,
        "title" | "textarea" => RawKind::Rcdata,
        _ => return None,
    })
}

fn ours(html: &str) -> Vec<String> {
    let (mut words, mut attributes, mut foreign) = (Words::default(), Vec::new(), 0usize);
    let mut tokens = Tokens::new(html);
    while let Some(token) = tokens.next(foreign > 0, &mut attributes) {
        match token {
            Token::Text(text) => words.text(&text),
            Token::End(name) => {
                foreign = foreign.saturating_sub(usize::from(&*name == "svg"));
                words.tag(format!("end {name}"));
            }
            Token::Start { name, attributes: own, self_closing } => {
                let own = &attributes[own.start as usize..own.end as usize];
                let own: Vec<_> = own.iter().map(|a| (a.name.as_ref(), a.value.as_ref())).collect();
                words.tag(format!("start {name} {own:?} {self_closing}"));
                if raw_kind(&name).is_some() && foreign == 0 {
                    let text = tokens.raw(&name);
                    if !text.is_empty() {
                        words.text(&text);
                    }
                }
                foreign += usize::from(&*name == "svg");
            }
        }
    }
    words.words
}

#[derive(Default)]
struct Sink {
    words: RefCell<Words>,
    foreign: Cell<usize>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: html5ever::tokenizer::Token, _line: u64) -> TokenSinkResult<()> {
        let mut words = self.words.borrow_mut();
        match token {
            html5ever::tokenizer::Token::CharacterTokens(text) => words.text(&text),
            html5ever::tokenizer::Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                let own: Vec<_> = tag.attrs.iter().map(|a| (&*a.name.local, &*a.value)).collect();
                words.tag(format!("start {} {own:?} {}", tag.name, tag.self_closing));
                let raw = raw_kind(&tag.name).filter(|_| self.foreign.get() == 0);
                self.foreign.set(self.foreign.get() + usize::from(&*tag.name == "svg"));
                return raw.map_or(TokenSinkResult::Continue, TokenSinkResult::RawData);
            }
            html5ever::tokenizer::Token::TagToken(tag) => {
                self.foreign.set(self.foreign.get().saturating_sub(usize::from(&*tag.name == "svg")));
                words.tag(format!("end {}", tag.name));
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.foreign.get() > 0
    }
}

fn theirs(html: &str) -> Vec<String> {
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.words.into_inner().words
}

/// Pieces out of which anything that a tokenizer can be asked comes together.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "<", ">", "/", "=", "\"", "'", "&", ";", "#", "-", "!", "?", " ", "\n", "\r", "\r\n", "\t", "\0", "\u{c}", "\u{feff}",
    "a", "B", "é", "水", "x1", "0", "[", "]",
    "<p", "<DIV", "<a href=", "<a href=\"", "<img src='x'", "</p>", "</a", "</", "<!", "<!--", "-->", "--!>", "--", "<!-->",
    "<!doctype html>", "<!DOCTYPE a \"b>c\">", "<?xml ?>", "<![CDATA[", "]]>", "]]",
    "<script>", "</script>", "</SCRIPT >", "<script", "</scripts>", "<style>", "</style>", "<title>", "</title>", "</title x=y>",
    "<textarea>", "</textarea/>", "<noscript>", "</noscript>", "<svg>", "</svg>", "<svg/>",
    "&amp", "&amp;", "&ampx", "&lt;", "&notit;", "&notin;", "&not", "&copy=", "&nbsp;", "&quot;", "&#39;", "&#x27", "&#X1F600;",
    "&#", "&#x", "&#0;", "&#128;", "&#150", "&#xD800;", "&#x110000;", "&#99999999999999;", "&#13;", "&NotEqualTilde;", "&bogus;",
    " class=a", " CLASS='b c'", " id = d", " data-x", "/>", " a=b/", "=\"&amp;\"", "=c&lt",
];

fn pages(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..most).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn the_words_are_those_of_the_standards_tokenizer(html in pages(24)) {
        prop_assert_eq!(ours(&html), theirs(&html));
    }
}

#[test]
fn attributes_beyond_a_bound_are_left_out() {
    let names: String = (0..1000).map(|n| format!(" a{n}=b")).collect();
    let html = format!("<p{names}>x");
    let (mut tokens, mut attributes) = (Tokens::new(&html), Vec::new());
    assert!(matches!(tokens.next(false, &mut attributes), Some(Token::Start { .. })));
    assert_eq!(attributes.len(), MAX_ATTRIBUTES);
    assert!(tokens.cut);
    assert!(matches!(tokens.next(false, &mut attributes), Some(Token::Text(text)) if text == "x"));
}
