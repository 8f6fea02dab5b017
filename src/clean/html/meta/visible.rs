//! Bylines, dates and licences in sight, by the names of their elements.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use html5ever::local_name;

use super::{Spine, Survey, labels, others, within};
use crate::clean::html::hints::{self, Hints};
use crate::clean::html::tree::{Id, NONE, Step, Tree};
use crate::clean::metadata::{self, dates};
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
    let user = is_user_of_the_page(tree, id) || closes_the_post(tree, id);
    let author =
        own & hints::AUTHOR != 0 && own & (hints::BIO | hints::COMMENT) == 0 && !of_another_thing(tree, id) || user;
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
    // No advertisement is dated, but a headline's `banner` is; a post of another site, shown in this one, has a day of its own,
    // and so has a picture.
    let quoted = (time || date) && (own | above) & hints::EMBED != 0 && of_another_site(tree, id);
    let pictured = (time || date) && spine.is_of_a_picture(tree, id);
    let others = || {
        !date && others::in_prose(tree, id)
            || others::in_a_teaser(tree, spine, id)
            || others::in_another_article(tree, spine, id)
    };
    let dated =
        if quoted || pictured || (time || date) && others() { ":elsewhere" } else { outside(ELSEWHERE & !hints::AD) };
    // What Drupal writes above a text stands in a `footer`, and what Blogger writes below it.
    let place = match user {
        true if (own | above) & ELSEWHERE & !hints::FOOTER == 0 => "",
        _ => outside(ELSEWHERE),
    };
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
    // And who is named under a quotation said it.
    let quotation = |node: Id| *tree.tag(node) == local_name!("blockquote") || of_another_thing(tree, node);
    let others = caption(id) || tree.ancestors(id).any(caption) || spine.until(tree, id).take(4).any(quotation);
    if (rel_author || author || author_page) && !others && !others::responds(tree, spine, id) {
        let text = tree.words(id, 300);
        let found = match () {
            _ if rel_author => "html:rel-author",
            _ if author_page => "html:author-link",
            _ if has_name(tree, id, "byline") => "html:byline",
            _ => "html:author",
        };
        if text.len() <= 240 && text.chars().any(char::is_alphabetic) {
            let names = within::text(tree, id, 300);
            out.extend(Claim::new(Field::Author, &names, format!("{found}{place}")));
            // By all of its words the line is known again in the text.
            if names != text {
                out.extend(Claim::new(Field::Author, &text, format!("{found}:whole{place}")));
            }
            // `<div class="byline"><i>3 hours ago</i><i>Mara Linde</i><i>Orlen News, Tarn</i></div>`
            if author && place.is_empty() && metadata::persons(&names).is_empty() {
                let name = a_name_within(tree, survey, id);
                out.extend(name.and_then(|name| Claim::new(Field::Author, &name, found)));
            }
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

/// Whether one of an element's names says that it is the author of a quotation, a picture or a book that is named:
/// `quote-author`, `tweet__author`, `imageAuthor`. `author-image` is a picture of the author.
fn of_another_thing(tree: &Tree, id: Id) -> bool {
    const SAID: [&str; 9] =
        ["quote", "blockquote", "pullquote", "cite", "citation", "zitat", "cita", "tweet", "testimonial"];
    const MADE: [&str; 19] = [
        "photo", "foto", "image", "imagen", "imagem", "immagine", "img", "bild", "picture", "video", "podcast",
        "audio", "book", "buch", "livre", "libro", "livro", "caption", "figure",
    ];
    const AUTHORS: [&str; 10] =
        ["author", "authors", "autor", "autore", "auteur", "byline", "creator", "writer", "forfatter", "verfasser"];
    let names = ["class", "id", "data-testid"].iter().filter_map(|name| tree.attr(id, name));
    names.flat_map(str::split_whitespace).any(|name| {
        let words = hints::words(name);
        let words: Vec<&str> = words.split('-').filter(|word| !word.is_empty()).collect();
        words.windows(2).any(|pair| {
            let (first, second) = (pair[0], pair[1]);
            AUTHORS.contains(&second) && (SAID.contains(&first) || MADE.contains(&first))
                || AUTHORS.contains(&first) && SAID.contains(&second)
        })
    })
}

/// Whether an element names the user who wrote the page, as Drupal has it: `Submitted by <a class="username">Mara Linde</a>`.
fn is_user_of_the_page(tree: &Tree, id: Id) -> bool {
    let named = tree.attr(id, "class").is_some_and(|names| names.split_whitespace().any(|name| name == "username"))
        || tree.attr(id, "typeof").is_some_and(|kind| kind == "schema:Person" || kind == "sioc:UserAccount");
    named
        && tree
            .ancestors(id)
            .take(4)
            .any(|above| has_name(tree, above, "submitted") || has_name(tree, above, "node__meta"))
}

/// A line within a byline that is a name and nothing else, with the outlet or desk in the line behind it, where the words of
/// the whole run into each other. What has boxes or links for its authors names them there.
fn a_name_within(tree: &Tree, survey: &Survey, id: Id) -> Option<String> {
    /// More lines are no byline.
    const MOST: usize = 8;
    let mut lines: Vec<String> = Vec::new();
    let mut parted = false;
    tree.walk(id, |step| {
        if let Step::Enter(node) = step {
            let link = *tree.tag(node) == local_name!("a") || *tree.tag(node) == local_name!("button");
            parted |= node != id && survey.own[node as usize] & hints::AUTHOR != 0;
            let line = tree.text(node).map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
            lines.extend(line.filter(|line| !line.is_empty()));
            return !parted && !link && lines.len() <= MOST;
        }
        !parted
    });
    let name = |line: &str| {
        (2..=4).contains(&line.split(' ').count()) && metadata::persons(line) == [line] && !line.contains(':')
    };
    let pair = lines.windows(2).find(|pair| name(&pair[0]) && metadata::names_an_office(&pair[1]))?;
    (!parted && lines.len() <= MOST).then(|| pair[0].clone())
}

/// Whether an element is the byline below a post, as Blogger has it: `<span class="post-author vcard">Posted by Mara Linde</span>`
/// in the foot of the post.
fn closes_the_post(tree: &Tree, id: Id) -> bool {
    const FEET: [&str; 3] = ["post-footer", "entry-footer", "article-footer"];
    let foot = |above: Id| FEET.iter().any(|foot| has_name(tree, above, foot));
    has_name(tree, id, "author")
        && tree.ancestors(id).take(4).any(foot)
        && tree.words(id, labels::MAX_LINE).to_lowercase().starts_with("posted by ")
}

/// Whether an address is that of an author's page; `/licenses/by/4.0/` is no author's.
pub(super) fn is_author_page(href: &str) -> bool {
    AUTHORS.as_ref().is_some_and(|places| places.is_match(href)) && !href.contains("/licenses/")
}

/// Whether the class or the id of an element has a word in it.
pub(in crate::clean::html) fn has_name(tree: &Tree, id: Id, word: &str) -> bool {
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

/// Whether a text stands in a quotation or a post of another site, which has people and days of its own.
pub(super) fn is_quoted(tree: &Tree, survey: &Survey, spine: &Spine, id: Id) -> bool {
    let quotes = |above: Id| *tree.tag(above) == local_name!("blockquote");
    spine.until(tree, id).take(6).any(quotes)
        || (survey.own[tree.parent(id) as usize] | spine.above(tree, survey, tree.parent(id))) & hints::EMBED != 0
            && of_another_site(tree, id)
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
