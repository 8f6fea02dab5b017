//! Dates in sight that no class, id or attribute names: beside the headline, behind a label, in a program's data.
//!
//! Used where the page's structured data gives no day. What was measured on saved pages: a short line with one day in it
//! between the headline and the first long paragraph is the day of publication on nearly all of them, whatever box it
//! stands in; above the headline only where both share a box, since the line at the very top is today's date.

use std::collections::HashSet;
use std::sync::LazyLock;

use html5ever::local_name;
use regex::Regex;

use super::{Survey, collapse};
use crate::clean::html::hints;
use crate::clean::html::jsonld;
use crate::clean::html::tree::{Id, NONE, Tree};
use crate::clean::metadata::dates::{in_a_sentence, of_a_life};
use crate::model::{Claim, Field};

/// Longest line that is looked at, in bytes.
const MAX_LINE: usize = 110;
/// A text of that many bytes is no line but a sentence; when so many bytes of sentences have been passed, the story has
/// begun: a standfirst may stand before the line with the date.
const SENTENCE: usize = 80;
const STORY: usize = 420;
/// Bytes of text looked at below the headline, and above it.
const BELOW: usize = 1600;
const ABOVE: usize = 160;
/// Most claims of each kind.
const MOST: usize = 4;
/// Bytes of scripts that are searched.
const MAX_SCRIPT: usize = 2 << 20;

/// What stands beside the headline, behind labels, and in scripts.
pub(super) fn claims(tree: &Tree, survey: &Survey, titles: &[&str], scripts: &[&str]) -> Vec<Claim> {
    let mut out = Vec::new();
    let headline = headline(tree, titles);
    if let Some(headline) = headline {
        beside(tree, survey, headline, &mut out);
    }
    labelled(tree, survey, &mut out);
    in_scripts(scripts, &mut out);
    out
}

/// Lines below the headline that open as a byline does: `By Mara Linde`.
pub(super) fn bylines(tree: &Tree, survey: &Survey, titles: &[&str]) -> Vec<Claim> {
    const OPENERS: &[&str] = &[
        "by",
        "by:",
        "written by",
        "story by",
        "von",
        "von:",
        "par",
        "por",
        "di",
        "door",
        "av",
        "af",
        "text:",
        "autor:",
    ];
    let Some(headline) = headline(tree, titles) else { return Vec::new() };
    let mut lines: Vec<String> = Vec::new();
    for (id, text) in below(tree, survey, headline) {
        let head = text.trim_start().get(..14).unwrap_or(text.trim()).to_lowercase();
        let opens = OPENERS
            .iter()
            .any(|opener| head.strip_prefix(opener).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')));
        if !opens {
            continue;
        }
        let words = tree.words(tree.parent(id), 2 * MAX_LINE);
        let own = collapse(text);
        // `by Mara Linde, <small>27 June</small>` stands in a larger box: then its own words.
        let line = if words.len() <= MAX_LINE && words.starts_with(own.trim()) { words } else { own };
        if line.len() <= MAX_LINE && line.contains(' ') && !lines.contains(&line) {
            lines.push(line);
        }
    }
    // Two different ones: a picture has its own, and which is which cannot be told.
    match lines.as_slice() {
        [line] => Claim::new(Field::Author, line, "html:near-headline").into_iter().collect(),
        _ => Vec::new(),
    }
}

/// The text nodes in sight below the headline, as far as the story or something else begins.
fn below<'t>(tree: &'t Tree, survey: &'t Survey, headline: Id) -> impl Iterator<Item = (Id, &'t str)> {
    let (mut bytes, mut story) = (0, 0);
    let seen = (headline + 1..tree.nodes.len() as Id)
        .filter_map(|id| Some((id, tree.text(id).filter(|_| in_sight(tree, survey, id))?)));
    seen.take_while(move |&(id, text)| {
        let length = text.trim().len();
        bytes += length;
        story += if length > SENTENCE { length } else { 0 };
        story <= STORY && bytes <= BELOW && !begins_another(tree, id, text, story)
    })
}

/// Whether something on the page already names who wrote it.
pub(super) fn signed(claims: &[Claim]) -> bool {
    claims.iter().any(|claim| {
        claim.field == Field::Author
            && !claim.found.ends_with(":elsewhere")
            && !claim.found.starts_with("jsonld:other")
            && !claim.found.ends_with(":organization")
            && claim.value.contains(' ')
    })
}

/// Whether a page's own data already names the day, so that nothing in sight is needed.
pub(super) fn known(claims: &[Claim]) -> bool {
    claims.iter().any(|claim| {
        claim.field == Field::Published
            && (claim.found == "jsonld:datePublished"
                || claim.found == "itemprop:datePublished"
                || claim.found.starts_with("meta:") && claim.found.contains("publish"))
    })
}

/// The element that is the page's headline: the first heading that a title of the page contains, else the first `h1`.
fn headline(tree: &Tree, titles: &[&str]) -> Option<Id> {
    let titles: Vec<String> = titles.iter().map(|title| jsonld::fold(title)).filter(|title| title.len() > 8).collect();
    let mut first = None;
    let mut looked = 0;
    for id in 0..tree.nodes.len() as Id {
        let tag = tree.tag(id);
        if !matches!(*tag, local_name!("h1") | local_name!("h2") | local_name!("h3")) {
            continue;
        }
        looked += 1;
        if looked > 60 {
            break;
        }
        let words = jsonld::fold(&tree.words(id, 400));
        if words.len() > 8 && titles.iter().any(|title| title.contains(&words) || words.contains(title)) {
            return Some(id);
        }
        if first.is_none() && *tag == local_name!("h1") && !words.is_empty() {
            first = Some(id);
        }
    }
    first
}

/// Whether a text node can be seen by readers of the article.
fn in_sight(tree: &Tree, survey: &Survey, id: Id) -> bool {
    let parent = tree.parent(id);
    parent != NONE
        && !matches!(
            *tree.tag(parent),
            local_name!("script")
                | local_name!("style")
                | local_name!("noscript")
                | local_name!("template")
                | local_name!("option")
                | local_name!("title")
                | local_name!("textarea")
        )
        && (survey.own[parent as usize] | survey.above[parent as usize]) & hints::COMMENT == 0
}

/// Whether a text can hold a whole date: a year, or three numbers with marks between.
fn may_be_date(text: &str) -> bool {
    static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?:19|20)\d\d|\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d\d|[०-९]{4}|[٠-٩]{4}|[۰-۹]{4}").ok()
    });
    text.len() <= 4 * MAX_LINE && DATE.as_ref().is_some_and(|date| date.is_match(text))
}

fn beside(tree: &Tree, survey: &Survey, headline: Id, out: &mut Vec<Claim>) {
    let dated = below(tree, survey, headline).filter_map(|(id, text)| line(tree, id, text));
    let mut found: Vec<String> = dated.take(MOST).collect();
    // Above it: only right above, in a box that both share (which the whole page is not).
    let whole = |id: &Id| matches!(*tree.tag(*id), local_name!("body") | local_name!("html"));
    let boxes: Vec<Id> = tree.ancestors(headline).take(6).take_while(|id| !whole(id)).collect();
    let mut bytes = 0;
    for id in (0..headline).rev() {
        let Some(text) = tree.text(id).filter(|_| in_sight(tree, survey, id)) else { continue };
        bytes += text.trim().len();
        let near = tree.ancestors(id).take(4).any(|above| boxes.contains(&above));
        if bytes > ABOVE || !near {
            break;
        }
        found.extend(line(tree, id, text));
    }
    for text in found.into_iter().filter(|text| !of_a_life(text) && !in_a_sentence(text)) {
        split(&text, "html:near-headline", out);
    }
}

/// Whether a heading below the first sentences begins something else: a section, or other articles.
fn begins_another(tree: &Tree, id: Id, text: &str, story: usize) -> bool {
    let heading = |id: Id| matches!(*tree.tag(id), local_name!("h1") | local_name!("h2") | local_name!("h3"));
    story > 0 && text.trim().len() <= SENTENCE && !may_be_date(text) && tree.ancestors(id).take(2).any(heading)
}

/// The line a text node with a date stands in: the words of its element, or its own.
fn line(tree: &Tree, id: Id, text: &str) -> Option<String> {
    if !text.bytes().any(|b| b.is_ascii_digit()) && text.is_ascii() {
        return None;
    }
    let own = collapse(text);
    if own.len() <= MAX_LINE && may_be_date(&own) {
        return Some(own);
    }
    // `<span>27</span> <span>June</span> <span>2025</span>`
    let mut above = tree.parent(id);
    for _ in 0..2 {
        if above == NONE {
            break;
        }
        let words = tree.words(above, 4 * MAX_LINE);
        if words.len() > MAX_LINE {
            break;
        }
        if may_be_date(&words) {
            return Some(words);
        }
        above = tree.parent(above);
    }
    None
}

/// Words that say that what follows is the day of a change, folded to lower case.
const UPDATE: &str = "last updated|last modified|last revised|date of last revision|updated|update:|modified|aktualisiert|\
                      letzte änderung|zuletzt geändert|geändert|stand:|stand des artikels|mis à jour|mise à jour|actualizado|actualización|\
                      actualizada|aggiornato|aggiornamento|atualizado|atualização|bijgewerkt|uppdaterad|oppdatert|opdateret|\
                      päivitetty|aktualizacja|aktualizováno|обновлено|оновлено|güncelleme|更新";

/// Words that say that what follows is the day of publication.
const PUBLISH: &str = "first published|published|posted|artikel veröffentlicht|beitrag veröffentlicht|this article was published|this story was published|this post was published|\
                       dieser beitrag wurde am|publication date|date of publication|release date|date:|datum|\
                       veröffentlicht|erschienen am|erstellt am|artikel vom|dieser artikel wurde am|geschrieben am|publié|\
                       mis en ligne|mise en ligne|publicado|publicada|fecha:|fecha de publicación|pubblicato|pubblicata|data:|\
                       data pubblicazione|gepubliceerd|geplaatst op|publicerad|publisert|udgivet|julkaistu|opublikowano|\
                       data publikacji|publikováno|опубликовано|дата публикации|опубліковано|yayınlanma|发布时间|发布于|\
                       發布|掲載|公開日|입력|등록";

/// How a sentence opens that tells the day of its own article, not of an event.
const THIS: &str = "this article was|this story was|this post was|dieser artikel wurde|dieser beitrag wurde|cet article a été|\
                    este artículo fue|este artigo foi|questo articolo è stato|dit artikel is|first published";

/// All labels of days, and the letters they begin with.
static LABELS: LazyLock<(HashSet<char>, Vec<&'static str>)> = LazyLock::new(|| {
    let words: Vec<&str> = PUBLISH.split('|').chain(UPDATE.split('|')).collect();
    (words.iter().filter_map(|word| word.chars().next()).collect(), words)
});

fn at_any(text: &str, words: &str) -> Option<usize> {
    words.split('|').filter_map(|word| text.find(word)).min()
}

/// What stands before the word for a change is the day of publication, what stands behind it that of the change.
fn split(text: &str, found: &str, out: &mut Vec<Claim>) {
    let lower = text.to_lowercase();
    // Lower case may have other lengths than the text: then the line is taken as a whole.
    let cut = at_any(&lower, UPDATE).filter(|_| lower.len() == text.len());
    let (published, updated) = match cut.and_then(|cut| Some((text.get(..cut)?, text.get(cut..)?))) {
        // `Updated June 27, published June 26`.
        Some((before, after)) => match at_any(&lower[before.len()..], PUBLISH) {
            Some(next) if !may_be_date(before) => {
                let (updated, published) = after.split_at(next);
                (published, updated)
            }
            _ => (before, after),
        },
        None if at_any(&lower, UPDATE).is_some() => ("", text),
        None => (text, ""),
    };
    if may_be_date(published) {
        out.extend(Claim::new(Field::Published, published, found));
    }
    if may_be_date(updated) {
        out.extend(Claim::new(Field::Updated, updated, format!("{found}:updated")));
    }
}

/// Lines anywhere on the page that a label opens: `Published on 27 June 2025`, `Stand: 27.06.2025`.
fn labelled(tree: &Tree, survey: &Survey, out: &mut Vec<Claim>) {
    const OTHERS: u32 = hints::RELATED;
    let mut count = 0;
    for id in 0..tree.nodes.len() as Id {
        let Some(text) = tree.text(id) else { continue };
        let start = text.trim_start();
        if start.len() < 4 || text.len() > 4 * MAX_LINE {
            continue;
        }
        let start = start.trim_start_matches(['[', '(', '•', '|', '-', '–', ' ']);
        // Most texts of a page are told by their first letter, before anything is copied.
        let may_open =
            start.chars().next().is_some_and(|c| c.to_lowercase().next().is_some_and(|c| LABELS.0.contains(&c)));
        if !may_open {
            continue;
        }
        let head: String = start.chars().take(40).collect::<String>().to_lowercase();
        if !LABELS.1.iter().any(|word| head.starts_with(word)) || !in_sight(tree, survey, id) {
            continue;
        }
        let parent = tree.parent(id);
        if (survey.own[parent as usize] | survey.above[parent as usize]) & OTHERS != 0 {
            continue;
        }
        let own = collapse(text);
        let this = THIS.split('|').any(|opener| head.starts_with(opener));
        if own.len() <= MAX_LINE && may_be_date(&own) && (this || !in_a_sentence(&own)) {
            split(&own, "html:labelled", out);
            count += 1;
            if count >= MOST {
                return;
            }
            continue;
        }
        // The date may stand in the next element.
        let mut above = parent;
        for _ in 0..3 {
            if above == NONE {
                break;
            }
            let words = tree.words(above, 4 * MAX_LINE);
            if words.len() > MAX_LINE + 60 {
                break;
            }
            if in_a_sentence(&words) && !this {
                break;
            }
            if may_be_date(&words) {
                split(&words, "html:labelled", out);
                count += 1;
                break;
            }
            above = tree.parent(above);
        }
        if count >= MOST {
            return;
        }
    }
}

/// `"datePublished":"2025-06-27…"` in the data of programs, if all of them say the same.
fn in_scripts(scripts: &[&str], out: &mut Vec<Claim>) {
    static KEY: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r#""(?:datePublished|publishedAt|published_at|publishDate|publish_date|publishedDate|published_date|pubDate|publicationDate|publication_date|publishedTime|firstPublished|datePosted)\\?"\s*:\s*\\?"([12][0-9]{3}-?[0-9]{2}-?[0-9]{2}[^"\\]{0,24})"#,
        )
        .ok()
    });
    let Some(key) = KEY.as_ref() else { return };
    let mut left = MAX_SCRIPT;
    let mut values: Vec<&str> = Vec::new();
    for script in scripts {
        if script.len() > left {
            break;
        }
        left -= script.len();
        if script.contains("ublish") || script.contains("pubDate") || script.contains("datePosted") {
            values.extend(key.captures_iter(script).take(40).filter_map(|found| Some(found.get(1)?.as_str())));
        }
    }
    // Several days are those of several articles.
    let day = |value: &str| value.chars().filter(char::is_ascii_digit).take(8).collect::<String>();
    if let Some(first) = values.first()
        && values.iter().all(|value| day(value) == day(first))
    {
        out.extend(Claim::new(Field::Published, first, "script:datePublished"));
    }
}
