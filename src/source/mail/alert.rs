//! Google Alerts: lists of links, as HTML or as plain text.

use crate::model::AddressKind;
use crate::source::Link;
use crate::source::redirects::target;
use crate::source::xml::{Rules, Tree, markup};

/// The articles an alert in HTML points to.
pub fn html(html: &str) -> Vec<Link> {
    let tree =
        Tree::parse(html, &Rules { siblings: &[], leaves: &[], empty: &["br", "img", "hr", "meta", "input", "link"] });
    let mut out: Vec<Link> = Vec::new();
    for id in tree.find_all(0, "a") {
        let title = tree.line(id);
        if let Some(url) = tree.attribute(id, "href").and_then(target).filter(|_| !title.is_empty()) {
            add(&mut out, url, title);
        }
    }
    out
}

/// The same in plain text: a paragraph for each article, its headline first and its address last.
pub fn plain(text: &str) -> Vec<Link> {
    let mut out: Vec<Link> = Vec::new();
    let mut above: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim) {
        let address = line.find("http").map(|at| &line[at..]);
        let address =
            address.map(|a| a.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>')).next().unwrap_or(a));
        match address.and_then(target) {
            Some(url) => {
                let title = above.first().map_or(String::new(), |first| markup::untagged(first));
                add(&mut out, url, title);
                above.clear();
            }
            None if line.is_empty() => above.clear(),
            None if line.starts_with("===") => {}
            None => above.push(line),
        }
    }
    out
}

fn add(out: &mut Vec<Link>, url: String, title: String) {
    if !out.iter().any(|link| link.url == url) {
        out.push(Link { url, title, kind: AddressKind::Page, ..Link::default() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_go_with_their_addresses() {
        let text = "=== News - 2 new results for [pier] ===\n\nPier closes\nTarn Post\nThe council ...\n\
                    <https://www.google.com/url?rct=j&sa=t&url=https://a.example/pier%3Fa%3D1&ct=ga>\n\n\
                    Second pier\nhttps://www.google.de/url?q=https://b.example/two&ct=ga\n\n\
                    Unsubscribe: https://www.google.com/alerts/remove\n";
        let got: Vec<(String, String)> = plain(text).into_iter().map(|l| (l.url, l.title)).collect();
        let expected = [("https://a.example/pier?a=1", "Pier closes"), ("https://b.example/two", "Second pier")];
        assert_eq!(got, expected.map(|(url, title)| (url.to_owned(), title.to_owned())));
        assert!(plain("See https://a.example/url?q=https://b.example/").is_empty());
    }
}
