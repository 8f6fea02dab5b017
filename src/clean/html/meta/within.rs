//! The text of a byline's element: its lines are names, and what those named are, with nothing between them but the layout.

use html5ever::local_name;

use super::visible::{has_name, is_author_page};
use crate::clean::html::tags::{is_inline, is_unseen};
use crate::clean::html::tree::{Id, Step, Tree};
use crate::clean::metadata;

/// Most lines of a byline.
const MOST: usize = 16;
/// What boxes are called that hold several authors.
const SEVERAL: [&str; 9] =
    ["authors", "bylines", "writers", "contributors", "autoren", "auteurs", "autores", "autori", "reporters"];
/// Parts of the names of elements that hold one author each.
const OF_ONE: [&str; 7] = ["author", "autor", "auteur", "byline", "writer", "reporter", "contributor"];
/// Words that open a byline, behind which another element may follow without a space: `By<span>Mara Linde</span>`.
const OPENERS: [&str; 7] = ["by", "von", "par", "por", "di", "door", "av"];

/// One line, and the element it stands in.
struct Line {
    text: String,
    of: Id,
}

/// The text of a byline. Where its first line is a name and nothing else, what stands in the lines below it, a job, a
/// place, a handle, is left out, and other names are set off by bars; where its lines go on into each other, all of them.
pub(super) fn text(tree: &Tree, id: Id, limit: usize) -> String {
    let whole = || tree.words(id, limit);
    let mut lines = lines(tree, id);
    if lines.is_empty() || lines.len() > MOST || whole().len() >= limit {
        return whole();
    }
    let handle = |line: &Line| line.text.starts_with('@') && !line.text.contains(' ');
    if !lines.iter().all(handle) {
        lines.retain(|line| !handle(line));
    }
    let joined = || lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ");
    // Most bylines are one line, and nothing in it is left out.
    if lines.len() == 1 {
        return joined();
    }
    let Some(first) = lines.first().filter(|first| metadata::is_one_name(&first.text)) else { return joined() };
    if lines.iter().any(|line| goes_on(&line.text)) {
        return joined();
    }
    // What each line is, told once: reading a name is dear.
    let one: Vec<bool> = lines.iter().map(|line| metadata::is_one_name(&line.text)).collect();
    let said = |at: usize| metadata::persons(&lines[at].text).pop().filter(|_| one[at]);
    let known: Vec<bool> =
        (0..lines.len()).map(|at| said(at).is_some_and(|name| metadata::is_full_name(&name))).collect();
    let opened = |at: usize| opens(lines[at].text.split(' ').next().unwrap_or("")) && said(at).is_some();
    // Above the author stand a section and a place, written like names: `Black Country`, `Mara Linde`.
    let from = match (0..lines.len()).find(|&at| known[at] || opened(at)) {
        Some(at) if alike(tree, id, first, &lines[at]) != Some(Alike::Authors) => at,
        _ => 0,
    };
    let first = &lines[from];
    let several = std::iter::once(id).chain(tree.ancestors(id).take(1)).any(|above| is_of_several(tree, above));
    let none_known = !known.contains(&true);
    let named = |(at, line): &(usize, &Line)| {
        one[*at]
            && (metadata::is_full_name(&line.text)
                || several && is_alike(tree, first.of, line.of)
                || match alike(tree, id, first, line) {
                    // A place and a paper that are known as such are told from the names when they are read.
                    Some(Alike::Authors | Alike::Boxes) => true,
                    Some(Alike::Runs) => none_known,
                    None => false,
                })
            || metadata::names_an_agency(&line.text)
    };
    let others = lines.iter().enumerate().skip(from + 1).filter(named).map(|(_, line)| line);
    let names = std::iter::once(first).chain(others);
    names.map(|line| line.text.as_str()).collect::<Vec<_>>().join(" | ")
}

fn is_of_several(tree: &Tree, id: Id) -> bool {
    let names = ["class", "id", "data-testid"].iter().filter_map(|name| tree.attr(id, name));
    names.map(str::to_ascii_lowercase).any(|name| SEVERAL.iter().any(|several| name.contains(several)))
}

/// Whether two elements are written alike, as members of one list are.
fn is_alike(tree: &Tree, one: Id, other: Id) -> bool {
    tree.tag(one) == tree.tag(other) && tree.attr(one, "class") == tree.attr(other, "class")
}

/// How two lines are written as the names of one list are, least telling last.
#[derive(PartialEq)]
enum Alike {
    /// Links to pages of authors, or elements named for an author each.
    Authors,
    /// Boxes, items and links of one kind, with nothing but a name in each.
    Boxes,
    /// Runs of one line, in which a place may follow a name as well.
    Runs,
}

/// How the names of two lines within `id` are alike, if they are.
fn alike(tree: &Tree, id: Id, one: &Line, other: &Line) -> Option<Alike> {
    let (one_link, other_link) = (link(tree, id, one), link(tree, id, other));
    if let (Some(one), Some(other)) = (one_link, other_link)
        && [one, other].iter().all(|href| is_author_page(href))
    {
        return Some(Alike::Authors);
    }
    let (one, other) = (own_box(tree, id, one)?, own_box(tree, id, other)?);
    let same = one != other && is_alike(tree, one, other);
    // A section leads elsewhere than its author does.
    let folder = |href: &str| href.trim_end_matches('/').rsplit_once('/').map(|(folder, _)| folder.to_owned());
    if !same || one_link.and_then(folder) != other_link.and_then(folder) {
        return None;
    }
    Some(match () {
        _ if OF_ONE.iter().any(|name| has_name(tree, one, name)) => Alike::Authors,
        _ if *tree.tag(one) == local_name!("span") => Alike::Runs,
        _ => Alike::Boxes,
    })
}

/// The largest element within `id` that holds one line's name and nothing else.
fn own_box(tree: &Tree, id: Id, line: &Line) -> Option<Id> {
    let name = metadata::persons(&line.text).pop()?;
    let only = |node: Id| {
        let words = tree.words(node, line.text.len() + 2);
        words == line.text || words == name
    };
    std::iter::once(line.of).chain(tree.ancestors(line.of)).take_while(|&node| node != id && only(node)).last()
}

/// Where the link leads that a line's name stands in.
fn link<'t>(tree: &'t Tree, id: Id, line: &Line) -> Option<&'t str> {
    let mut up = std::iter::once(line.of).chain(tree.ancestors(line.of)).take_while(|&node| node != id);
    let found = up.find(|&node| *tree.tag(node) == local_name!("a"))?;
    tree.attr(found, "href")
}

/// Whether a line joins the one before it or behind it.
fn goes_on(line: &str) -> bool {
    const JOIN: [&str; 13] = ["and", "und", "et", "y", "e", "en", "og", "och", "with", "mit", "avec", "con", "&"];
    let marks = [',', '&', '|', '/', ';', ':', '–', '-', '+'];
    let mut words = line.split(' ');
    let (first, last) = (words.next().unwrap_or(""), line.rsplit(' ').next().unwrap_or(""));
    line.starts_with(marks) || line.ends_with(marks) || JOIN.contains(&first) || JOIN.contains(&last)
}

/// The lines of an element: what boxes and breaks part, and elements that follow each other without a space.
fn lines(tree: &Tree, id: Id) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    // Whether a new line is to begin, and whether an inline element has just ended.
    let (mut parted, mut left) = (true, false);
    tree.walk(id, |step| match step {
        Step::Enter(node) => {
            if let Some(text) = tree.text(node) {
                put(&mut out, text, tree.parent(node), &mut parted);
                left = false;
                return false;
            }
            let tag = tree.tag(node);
            let spaced = out.last().is_some_and(|line| line.text.ends_with(' '));
            parted |= !is_inline(tag) || left && !spaced;
            left = false;
            !is_unseen(tag) && out.len() <= MOST
        }
        Step::Leave(node) => {
            left = is_inline(tree.tag(node));
            parted |= !left;
            false
        }
    });
    for line in &mut out {
        line.text.truncate(line.text.trim_end().len());
    }
    out
}

/// Appends a text to the last line, or begins a new one.
fn put(out: &mut Vec<Line>, text: &str, of: Id, parted: &mut bool) {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let spaced = text.starts_with(char::is_whitespace);
    if words.is_empty() {
        if let Some(line) = out.last_mut().filter(|line| spaced && !line.text.ends_with(' ')) {
            line.text.push(' ');
        }
        return;
    }
    let end = if text.ends_with(char::is_whitespace) { " " } else { "" };
    match out.last_mut().filter(|line| !*parted || opens(line.text.trim_end())) {
        Some(line) => {
            // `By <a>Mara Linde</a>`: the name's element is what tells whose it is.
            line.of = if opens(line.text.trim_end()) { of } else { line.of };
            let between = !line.text.ends_with(' ') && (spaced || opens(&line.text));
            line.text += if between { " " } else { "" };
            line.text += &words;
            line.text += end;
        }
        None => out.push(Line { text: words + end, of }),
    }
    *parted = false;
}

/// Whether a line so far is what opens bylines and nothing else: `By`, `Written by`.
fn opens(line: &str) -> bool {
    let mut words = line.rsplit(' ');
    let last = words.next().unwrap_or("");
    OPENERS.iter().any(|opener| last.eq_ignore_ascii_case(opener)) && words.count() < 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, want: &str) {
        let tree = Tree::parse(html);
        let named = |&id: &Id| tree.attr(id, "class").is_some();
        let id = (0..tree.nodes.len() as Id).find(named).unwrap();
        assert_eq!(text(&tree, id, 300), want, "{html}");
    }

    #[test]
    fn names_stand_apart_and_jobs_are_left_out() {
        for (html, want) in [
            ("<ul class='authors'><li>Mara Linde</li><li>Zadie Orme</li></ul>", "Mara Linde | Zadie Orme"),
            ("<div class='authors'><a>Mara Linde</a><a>Zadie Orme</a></div>", "Mara Linde | Zadie Orme"),
            (
                "<div class='article-authors'><ul><li><a>Mara Linde</a></li><li><a>Zadie Orme</a></li></ul></div>",
                "Mara Linde | Zadie Orme",
            ),
            ("<div class='byline'><span>Mara Linde</span><span>Anna Orel</span></div>", "Mara Linde | Anna Orel"),
            ("<div class='byline'><span>Mara Linde</span><span>@mlinde</span></div>", "Mara Linde"),
            ("<p class='byline'>By Mara Linde<br>Environment Correspondent<br>@mlinde</p>", "By Mara Linde"),
            ("<p class='byline'>Mara Linde<br><i>Associated Press</i></p>", "Mara Linde | Associated Press"),
            (
                "<div class='byline'><span>Written by</span> <a>Mara Linde</a><time>4 March 2025</time></div>",
                "Written by Mara Linde",
            ),
            // Two elements of one kind, or two pages of authors, where no list knows the given names.
            ("<div class='author'><div>Mara Linde</div><div>Zadie Orme</div></div>", "Mara Linde | Zadie Orme"),
            (
                "<p class='byline'><a href='/p/1'>Mara Linde</a><a href='/p/2'>Zadie Orme</a></p>",
                "Mara Linde | Zadie Orme",
            ),
            ("<div class='byline'><span>Okoro Orme</span><span>Zadie Bly</span></div>", "Okoro Orme | Zadie Bly"),
            ("<div class='byline'><p>Okoro Orme</p><p>Zadie Bly</p></div>", "Okoro Orme | Zadie Bly"),
            ("<div class='byline'><span>林小梅</span><span>陈大文</span></div>", "林小梅 | 陈大文"),
            (
                "<p class='byline'><a href='/author/1'>Okoro Orme</a><b><a href='/author/2'>Mara Linde</a></b></p>",
                "Okoro Orme | Mara Linde",
            ),
            (
                "<div class='byline'><div>By <b>Okoro Orme</b></div><div>Health Editor</div><div><b>Zadie Bly</b></div>\
                 <div>Data Reporter</div></div>",
                "By Okoro Orme | Zadie Bly",
            ),
            ("<ul class='authors'><li>By<span>by</span> <a>Mara Linde</a></li></ul>", "By by Mara Linde"),
        ] {
            check(html, want);
        }
    }

    #[test]
    fn places_and_outlets_are_no_authors_and_lines_that_go_on_stay() {
        for (html, want) in [
            // Where one author is looked for, what is written like a name may be a place.
            ("<div class='byline'><span>Mara Linde</span><span>Port Elmer</span></div>", "Mara Linde"),
            ("<div class='byline'><b>Mara Linde</b><span>Tarn Scotland</span></div>", "Mara Linde"),
            ("<div class='authors'><b>Mara Linde</b><span>Port Elmer</span></div>", "Mara Linde"),
            (
                "<p class='byline'><a href='/author/1'>Mara Linde</a><a href='/section/2'>Black Country</a></p>",
                "Mara Linde",
            ),
            ("<div class='byline'><div>Okoro Orme</div><div>Illustration Zadie Bly</div></div>", "Okoro Orme"),
            // What stands above the author is none.
            ("<div class='byline'><span>Port Elmer</span><span>Mara Linde</span></div>", "Mara Linde"),
            ("<div class='byline'><span>Black Country</span><span>Mara Linde</span></div>", "Mara Linde"),
            (
                "<div class='author'><a href='/section/1'>Black Country</a><div><span>By</span><a href='/author/1'>Zadie \
                 Orme</a></div></div>",
                "By Zadie Orme",
            ),
            ("<div class='byline'><span>Mara</span><span>Linde</span></div>", "Mara Linde"),
            ("<div class='byline'><b>Mara Linde</b> <i>and</i> <b>Zadie Orme</b></div>", "Mara Linde and Zadie Orme"),
            ("<div class='byline'><p>Mara Linde,</p><p>Zadie Orme</p></div>", "Mara Linde, Zadie Orme"),
            ("<div class='byline'><p>4 hours ago</p><p>Zadie Orme</p></div>", "4 hours ago Zadie Orme"),
        ] {
            check(html, want);
        }
    }
}
