//! Bylines, dates and licences in sight, by the names of their elements.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use html5ever::local_name;

use super::{Spine, Survey, labels};
use crate::clean::html::hints::{self, Hints};
use crate::clean::html::tree::{Id, NONE, Tree};
use crate::clean::metadata::dates;
use crate::model::{Claim, Field};

/// Places where a byline or a date is somebody else's.
pub(super) const ELSEWHERE: Hints = hints::COMMENT | hints::RELATED | hints::SIDE | hints::FOOTER | hints::AD;

/// Parts of the addresses of authors' pages.
static AUTHORS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let places = [
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
    ];
    AhoCorasick::new(places).ok()
});

/// Bylines and dates that a reader sees.
pub(super) fn visible(tree: &Tree, survey: &Survey, spine: &Spine, id: Id, out: &mut Vec<Claim>) {
    let own = survey.own[id as usize] & !spine.idle();
    let tag = tree.tag(id);
    // Components name themselves `relative-time` and `time-ago`.
    let component = tag.contains('-') && (tag.starts_with("time-") || tag.ends_with("-time"));
    let time = *tag == local_name!("time") || component && tree.attr(id, "datetime").is_some();
    let rel = tree.attr(id, "rel").unwrap_or("");
    let rel_author = rel.split_whitespace().any(|w| w.eq_ignore_ascii_case("author"));
    let author = own & hints::AUTHOR != 0 && own & (hints::BIO | hints::COMMENT) == 0;
    let date = own & hints::DATE != 0;
    let href = if *tag == local_name!("a") { tree.attr(id, "href").unwrap_or("") } else { "" };
    let author_page = is_author_page(href);
    if !href.is_empty() && rel.split_whitespace().any(|w| w.eq_ignore_ascii_case("license")) {
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
    let above = spine.above(tree, survey, id);
    // A reader's comment is never dated with the day of publication.
    let commented = (own | above) & hints::COMMENT != 0;
    let (time, date) = (time && !commented, date && !commented);
    // Bylines and dates of neighbours are told apart, so that they count only where there is nothing better.
    let aside = spine.is_aside(tree, id);
    let outside = |places: Hints| if aside || (own | above) & places != 0 { ":elsewhere" } else { "" };
    // No advertisement is dated, but a headline's `banner` is; a post of another site, shown in this one, has a day of its own.
    let quoted = (time || date) && (own | above) & hints::EMBED != 0 && of_another_site(tree, id);
    let dated = if quoted { ":elsewhere" } else { outside(ELSEWHERE & !hints::AD) };
    let place = outside(ELSEWHERE);
    if time {
        let text = tree.words(id, 120);
        let updated = own & hints::DATE != 0 && names_update(tree, id)
            || tree.attr(id, "itemprop") == Some("dateModified")
            || Some(tree.parent(id)).filter(|&p| p != NONE).is_some_and(|p| names_update(tree, p))
            || labels::opens_with_update(&text)
            || behind_update(tree, id, &text);
        let field = if updated { Field::Updated } else { Field::Published };
        let what = what(tree, id, updated);
        match tree.attr(id, "datetime").filter(|d| !d.is_empty()).or_else(|| machine(tree, id)) {
            Some(value) => out.extend(Claim::new(field, value, format!("html:time{what}{dated}"))),
            None if text.len() > 100 => {}
            None if updated => out.extend(Claim::new(field, &text, format!("html:time-text{what}{dated}"))),
            None => labels::split(&text, &format!("html:time-text{what}"), dated, out),
        }
        return;
    }
    // Who is named under a picture made the picture.
    let caption = |node: Id| *tree.tag(node) == local_name!("figcaption");
    if (rel_author || author || author_page) && !caption(id) && !tree.ancestors(id).any(caption) {
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
        // `By Mara Linde, 27 June 2025`
        if !date && author && labels::may_be_date(&text) && text.len() <= labels::MAX_LINE {
            labels::split(&text, "html:byline-date", dated, out);
        }
    }
    if date && !author {
        let text = tree.words(id, 160);
        let updated = names_update(tree, id) || behind_update(tree, id, &text);
        let field = if updated { Field::Updated } else { Field::Published };
        let what = what(tree, id, updated);
        if text.len() <= 120 && (text.bytes().any(|b| b.is_ascii_digit()) || machine(tree, id).is_some()) {
            let title = tree.attr(id, "title").filter(|t| t.bytes().any(|b| b.is_ascii_digit()));
            if *tag == local_name!("abbr") && title.is_some() {
                out.extend(Claim::new(field, title.unwrap_or(""), format!("html:abbr{what}{dated}")));
            }
            // `<span class="date" data-timestamp="1751007600">2 days ago</span>`
            if !labels::may_be_date(&text)
                && let Some(value) = machine(tree, id)
            {
                out.extend(Claim::new(field, value, format!("html:date{what}{dated}")));
            }
            if updated {
                out.extend(Claim::new(field, &text, format!("html:date{what}{dated}")));
            } else {
                labels::split(&text, &format!("html:date{what}"), dated, out);
            }
        }
    }
}

/// Whether an address is that of an author's page; `/licenses/by/4.0/` is no author's.
pub(super) fn is_author_page(href: &str) -> bool {
    AUTHORS.as_ref().is_some_and(|places| places.is_match(href)) && !href.contains("/licenses/")
}

/// Whether the class or the id of an element has a word in it.
pub(super) fn has_name(tree: &Tree, id: Id, word: &str) -> bool {
    let names = ["class", "id"];
    names.iter().filter_map(|n| tree.attr(id, n)).any(|n| n.to_ascii_lowercase().contains(word))
}

/// Whether an element is within a post of another site.
fn of_another_site(tree: &Tree, id: Id) -> bool {
    const SITES: &[&str] = &["tweet", "twitter", "instagram", "tiktok", "facebook", "bluesky", "mastodon", "x-post"];
    tree.ancestors(id).take(6).any(|above| {
        *tree.tag(above) == local_name!("blockquote") || SITES.iter().any(|site| has_name(tree, above, site))
    })
}

/// The day that an element holds for programs, where its text says `2 days ago`.
fn machine<'t>(tree: &'t Tree, id: Id) -> Option<&'t str> {
    const NAMES: &[&str] =
        &["data-datetime", "data-timestamp", "data-time", "data-date", "data-published", "data-utime", "title"];
    let value = NAMES.iter().filter_map(|name| tree.attr(id, name));
    value.into_iter().find(|value| dates::whole(value, &dates::Context::default()).is_some())
}

/// What is appended to where a day was found: whose day its element says it is.
fn what(tree: &Tree, id: Id, updated: bool) -> &'static str {
    let published = || {
        let names = ["class", "id", "data-testid", "data-test-id"].iter().filter_map(|name| tree.attr(id, name));
        names.map(str::to_ascii_lowercase).any(|name| name.contains("publish") && !name.contains("publisher"))
    };
    match updated {
        true => ":updated",
        false if published() => ":published",
        false => "",
    }
}

/// Whether a day stands right behind a word for a change in the box around it: `Updated: <i>3 May 2024</i>`.
fn behind_update(tree: &Tree, id: Id, day: &str) -> bool {
    let parent = tree.parent(id);
    if parent == NONE || day.is_empty() || day.len() > labels::MAX_LINE {
        return false;
    }
    let line = tree.words(parent, 2 * labels::MAX_LINE);
    let label = line.find(day).and_then(|at| line.get(..at)).unwrap_or("");
    labels::opens_with_update(label) && !label.bytes().any(|b| b.is_ascii_digit())
}

pub(super) fn names_update(tree: &Tree, id: Id) -> bool {
    has_name(tree, id, "update") || has_name(tree, id, "modif")
}
