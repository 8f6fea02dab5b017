//! A post as Ghost's editors keep it, as HTML: Lexical's tree (since 2023) and mobiledoc's sections before it, with the
//! cards in them. Of a card what a reader of the post reads is kept: texts, headings, captions. What leads away from it
//! (bookmarks of other pages, buttons, forms) or is sent by mail alone is none of it.

use serde_json::{Map, Value};

use super::parse;

/// A post in Lexical's form.
pub fn lexical(text: &str) -> Option<String> {
    let (value, _) = parse(text.as_bytes()).ok()?;
    let mut out = String::new();
    // What is still to be written, and what ends it. Documents that were parsed are no deeper than the parser goes.
    let mut open: Vec<Open<'_>> = Vec::new();
    open.extend(value.get("root")?.get("children")?.as_array()?.iter().rev().map(Open::Node));
    while let Some(next) = open.pop() {
        match next {
            Open::End(end) => out.push_str(end),
            Open::Node(node) => {
                let (begin, end) = around(node);
                if let Some(card) = node.as_object().filter(|_| begin.is_empty()) {
                    written(kind(node), card, &mut out);
                }
                out.push_str(begin);
                out.push_str(&escaped(node.get("text").and_then(Value::as_str).unwrap_or("")));
                open.push(Open::End(end));
                open.extend(node.get("children").and_then(Value::as_array).into_iter().flatten().rev().map(Open::Node));
            }
        }
    }
    is_read(out)
}

enum Open<'v> {
    Node(&'v Value),
    End(&'static str),
}

fn kind(node: &Value) -> &str {
    node.get("type").and_then(Value::as_str).unwrap_or("")
}

/// The tags around what a node of Lexical holds; none around cards and letters.
fn around(node: &Value) -> (&'static str, &'static str) {
    match kind(node) {
        "paragraph" => ("<p>", "</p>"),
        "heading" | "extended-heading" => ("<h3>", "</h3>"),
        "quote" | "extended-quote" | "aside" => ("<blockquote>", "</blockquote>"),
        "list" if node.get("listType").and_then(Value::as_str) == Some("number") => ("<ol>", "</ol>"),
        "list" => ("<ul>", "</ul>"),
        "listitem" => ("<li>", "</li>"),
        "linebreak" => ("<br>", ""),
        _ => ("", ""),
    }
}

/// A post in mobiledoc's form.
pub fn mobiledoc(text: &str) -> Option<String> {
    let (value, _) = parse(text.as_bytes()).ok()?;
    let part = |name: &str| value.get(name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let (cards, atoms) = (part("cards"), part("atoms"));
    let named = |list: &[Value], at: &Value| -> Option<(String, Value)> {
        let entry = list.get(usize::try_from(at.as_u64()?).ok()?)?.as_array()?;
        Some((entry.first()?.as_str()?.to_owned(), entry.get(1)?.clone()))
    };
    let line = |markers: &Value| -> String {
        let mut out = String::new();
        for marker in markers.as_array().into_iter().flatten() {
            match (marker.get(0).and_then(Value::as_u64), marker.get(3)) {
                (Some(0), Some(Value::String(text))) => out.push_str(&escaped(text)),
                (Some(1), Some(at)) => out.push_str(match named(atoms, at) {
                    Some((name, _)) if name == "soft-return" => "<br>",
                    _ => "",
                }),
                _ => {}
            }
        }
        out
    };
    let mut out = String::new();
    for section in part("sections") {
        let at = |place: usize| section.get(place).unwrap_or(&Value::Null);
        let tag = |known: &[&'static str], other| {
            known.iter().copied().find(|tag| at(1).as_str() == Some(tag)).unwrap_or(other)
        };
        match at(0).as_u64() {
            Some(1) => {
                let tag = tag(&["h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "aside"], "p");
                let tag = if tag == "aside" { "blockquote" } else { tag };
                out.push_str(&format!("<{tag}>{}</{tag}>", line(at(2))));
            }
            Some(3) => {
                let tag = tag(&["ol"], "ul");
                let items: String =
                    at(2).as_array().into_iter().flatten().map(|item| format!("<li>{}</li>", line(item))).collect();
                out.push_str(&format!("<{tag}>{items}</{tag}>"));
            }
            Some(10) => {
                if let Some((name, Value::Object(card))) = named(cards, at(1)) {
                    written(&name, &card, &mut out);
                }
            }
            _ => {}
        }
    }
    is_read(out)
}

fn is_read(html: String) -> Option<String> {
    let said =
        html.split('<').any(|part| part.split_once('>').map_or(part, |(_, text)| text).contains(char::is_alphanumeric));
    said.then_some(html)
}

/// Writes what a reader reads of a card.
fn written(kind: &str, card: &Map<String, Value>, out: &mut String) {
    let said = |name: &str| card.get(name).and_then(Value::as_str).unwrap_or("").trim();
    let mut block = |tag: &str, inner: &str| {
        if !inner.is_empty() {
            out.push_str(&format!("<{tag}>{inner}</{tag}>"));
        }
    };
    match kind {
        "callout" => block("div", said("calloutText")),
        "toggle" => {
            block("h4", said("heading"));
            block("div", said("content"));
        }
        "html" => block("div", said("html")),
        "markdown" | "card-markdown" => {
            for paragraph in said("markdown").split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
                // Markup may stand in Markdown.
                let lines = paragraph.trim().trim_start_matches(['#', ' ']);
                block("p", lines);
            }
        }
        "code" | "codeblock" => block("pre", &escaped(said("code"))),
        "embed" => block("div", said("html")),
        "header" => {
            block("h3", said("header"));
            block("h3", said("heading"));
            block("p", said("subheader"));
            block("p", said("subheading"));
        }
        "product" => {
            block("h4", said("productTitle"));
            block("div", said("productDescription"));
        }
        _ => {}
    }
    block("figcaption", said("caption"));
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_editors_give_their_paragraphs_and_what_is_read_of_their_cards() {
        let tree = r#"{"root":{"children":[
            {"type":"paragraph","children":[{"type":"extended-text","text":"Tarn & "},{"type":"link","children":[{"type":"text","text":"Rye"}]}]},
            {"type":"callout","calloutText":"<p>Built in <b>1874</b>.</p>","calloutEmoji":"x"},
            {"type":"gallery","images":[{"src":"a"}],"caption":"Millers."},
            {"type":"bookmark","metadata":{"title":"Ferry sold"},"caption":"Read it."},
            {"type":"toggle","heading":"Cost?","content":"<p>Four.</p>"},
            {"type":"extended-heading","tag":"h2","children":[{"type":"text","text":"When"}]},
            {"type":"list","listType":"bullet","children":[{"type":"listitem","children":[{"type":"text","text":"now"}]}]},
            {"type":"html","html":"<p>Rain.</p>"},{"type":"button","buttonText":"Subscribe"},
            {"type":"email","html":"<p>Hello, reader</p>"},{"type":"paywall"}]}}"#;
        assert_eq!(
            lexical(tree).unwrap(),
            "<p>Tarn &amp; Rye</p><div><p>Built in <b>1874</b>.</p></div><figcaption>Millers.</figcaption>\
             <figcaption>Read it.</figcaption><h4>Cost?</h4><div><p>Four.</p></div><h3>When</h3><ul><li>now</li></ul>\
             <div><p>Rain.</p></div>"
        );
        let sections = r#"{"version":"0.3.1","atoms":[["soft-return","",{}]],
            "cards":[["callout",{"calloutText":"Built in <b>1874</b>."}],["image",{"src":"a.jpg","caption":"The weir."}],
                     ["markdown",{"markdown":"One.\n\nTwo."}],["code",{"code":"a < b"}],["hr",{}]],
            "sections":[[1,"p",[[0,[],0,"Tarn & "],[0,[0],1,"Rye"],[1,[],0,0],[0,[],0,"sail"]]],[10,0],[10,1],[10,2],[10,3],[10,4],
                        [1,"h2",[[0,[],0,"Cost"]]],[3,"ul",[[[0,[],0,"four"]],[[0,[],0,"more"]]]],[10,99],[1]]}"#;
        assert_eq!(
            mobiledoc(sections).unwrap(),
            "<p>Tarn &amp; Rye<br>sail</p><div>Built in <b>1874</b>.</div><figcaption>The weir.</figcaption><p>One.</p>\
             <p>Two.</p><pre>a &lt; b</pre><h2>Cost</h2><ul><li>four</li><li>more</li></ul><p></p>"
        );
        for nothing in
            ["", "{}", r#"{"root":{"children":[{"type":"paragraph","children":[]}]}}"#, r#"{"sections":[[10,0]]}"#]
        {
            assert_eq!((lexical(nothing), mobiledoc(nothing)), (None, None), "{nothing}");
        }
    }
}
