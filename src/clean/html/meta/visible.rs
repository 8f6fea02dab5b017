//! Bylines, dates and licences in sight, by the names of their elements.

use html5ever::local_name;

use super::Survey;
use crate::clean::html::hints::{self, Hints};
use crate::clean::html::tree::{Id, NONE, Tree};
use crate::model::{Claim, Field};

/// Places where a byline or a date is somebody else's.
const ELSEWHERE: Hints = hints::COMMENT | hints::RELATED | hints::SIDE | hints::FOOTER | hints::AD;

/// Bylines and dates that a reader sees.
pub(super) fn visible(tree: &Tree, survey: &Survey, id: Id, out: &mut Vec<Claim>) {
    let (own, above) = (survey.own[id as usize], survey.above[id as usize]);
    let tag = tree.tag(id);
    // A reader's comment is never dated with the day of publication.
    let time = *tag == local_name!("time") && (own | above) & hints::COMMENT == 0;
    let rel = tree.attr(id, "rel").unwrap_or("");
    let rel_author = rel.split_whitespace().any(|w| w.eq_ignore_ascii_case("author"));
    let author = own & hints::AUTHOR != 0 && own & (hints::BIO | hints::COMMENT) == 0;
    let date = own & hints::DATE != 0 && (own | above) & hints::COMMENT == 0;
    let href = if *tag == local_name!("a") { tree.attr(id, "href").unwrap_or("") } else { "" };
    let author_page = [
        "/author/",
        "/authors/",
        "/autor/",
        "/autoren/",
        "/auteur/",
        "/by/",
        "/profile/",
        "/journalist",
        "/reporter",
        "/staff/",
        "/contributor",
        "/columnist",
    ]
    .iter()
    .any(|p| href.contains(p));
    if rel.split_whitespace().any(|w| w.eq_ignore_ascii_case("license")) && !href.is_empty() {
        out.extend(Claim::new(Field::Licence, href, "a:license"));
    }
    if !(time || rel_author || author || date || author_page) {
        return;
    }
    if matches!(
        *tag,
        local_name!("meta")
            | local_name!("link")
            | local_name!("script")
            | local_name!("body")
            | local_name!("img")
            | local_name!("html")
            | local_name!("style")
    ) {
        return;
    }
    // Bylines and dates of neighbours are told apart, so that they count only where there is nothing better.
    let outside = (own | above) & ELSEWHERE != 0
        || tree
            .ancestors(id)
            .take(12)
            .any(|a| matches!(*tree.tag(a), local_name!("nav") | local_name!("aside") | local_name!("footer")));
    let place = if outside { ":elsewhere" } else { "" };
    if time {
        let updated = own & hints::DATE != 0 && names_update(tree, id)
            || tree.attr(id, "itemprop") == Some("dateModified")
            || Some(tree.parent(id)).filter(|&p| p != NONE).is_some_and(|p| names_update(tree, p));
        let field = if updated { Field::Updated } else { Field::Published };
        let what = if updated { ":updated" } else { "" };
        let text = tree.words(id, 120);
        match tree.attr(id, "datetime").filter(|d| !d.is_empty()) {
            Some(value) => out.extend(Claim::new(field, value, format!("html:time{what}{place}"))),
            None if text.len() <= 100 => out.extend(Claim::new(field, &text, format!("html:time-text{what}{place}"))),
            None => {}
        }
        return;
    }
    if rel_author || author || author_page {
        let text = tree.words(id, 300);
        let found = match () {
            _ if rel_author => "html:rel-author",
            _ if author_page => "html:author-link",
            _ if has_name(tree, id, "byline") => "html:byline",
            _ => "html:author",
        };
        if text.len() <= 240 && text.chars().any(char::is_alphabetic) {
            out.extend(Claim::new(Field::Author, &text, format!("{found}{place}")));
        }
    }
    if date && !author {
        let updated = names_update(tree, id);
        let field = if updated { Field::Updated } else { Field::Published };
        let what = if updated { ":updated" } else { "" };
        let text = tree.words(id, 160);
        if text.len() <= 120 && text.bytes().any(|b| b.is_ascii_digit()) {
            let title = tree.attr(id, "title").filter(|t| t.bytes().any(|b| b.is_ascii_digit()));
            if *tag == local_name!("abbr") && title.is_some() {
                out.extend(Claim::new(field, title.unwrap_or(""), format!("html:abbr{what}{place}")));
            }
            out.extend(Claim::new(field, &text, format!("html:date{what}{place}")));
        }
    }
}

fn has_name(tree: &Tree, id: Id, word: &str) -> bool {
    let names = ["class", "id"];
    names.iter().filter_map(|n| tree.attr(id, n)).any(|n| n.to_ascii_lowercase().contains(word))
}

fn names_update(tree: &Tree, id: Id) -> bool {
    has_name(tree, id, "update") || has_name(tree, id, "modif")
}
