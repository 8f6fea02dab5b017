//! The text of a byline's element: its lines are names, and what those named are, with nothing between them but the layout.

use crate::clean::html::tags::{is_inline, is_unseen};
use crate::clean::html::tree::{Id, Step, Tree};
use crate::clean::metadata;

/// Most lines of a byline.
const MOST: usize = 16;
/// What boxes are called that hold several authors.
const SEVERAL: [&str; 9] =
    ["authors", "bylines", "writers", "contributors", "autoren", "auteurs", "autores", "autori", "reporters"];
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
    let Some(first) = lines.first().filter(|first| metadata::is_one_name(&first.text)) else { return joined() };
    if lines.iter().any(|line| goes_on(&line.text)) {
        return joined();
    }
    let several = std::iter::once(id).chain(tree.ancestors(id).take(1)).any(|above| is_of_several(tree, above));
    let named = |line: &&Line| {
        let shaped = several && is_alike(tree, first.of, line.of);
        metadata::is_one_name(&line.text) && (shaped || metadata::is_full_name(&line.text))
            || metadata::names_an_agency(&line.text)
    };
    let names = std::iter::once(first).chain(lines.iter().skip(1).filter(named));
    names.map(|line| line.text.as_str()).collect::<Vec<_>>().join(" | ")
}

/// Whether a line joins the one before it or behind it.
fn goes_on(line: &str) -> bool {
    const JOIN: [&str; 13] = ["and", "und", "et", "y", "e", "en", "og", "och", "with", "mit", "avec", "con", "&"];
    let marks = [',', '&', '|', '/', ';', ':', '–', '-', '+'];
    let mut words = line.split(' ');
    let (first, last) = (words.next().unwrap_or(""), line.rsplit(' ').next().unwrap_or(""));
    line.starts_with(marks) || line.ends_with(marks) || JOIN.contains(&first) || JOIN.contains(&last)
}

fn is_of_several(tree: &Tree, id: Id) -> bool {
    let names = ["class", "id", "data-testid"].iter().filter_map(|name| tree.attr(id, name));
    names.map(str::to_ascii_lowercase).any(|name| SEVERAL.iter().any(|several| name.contains(several)))
}

/// Whether two elements are written alike, as members of one list are.
fn is_alike(tree: &Tree, one: Id, other: Id) -> bool {
    tree.tag(one) == tree.tag(other) && tree.attr(one, "class") == tree.attr(other, "class")
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
    match out.last_mut().filter(|_| !*parted) {
        Some(line) => {
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
            ("<div class='byline'><span>Mara</span><span>Linde</span></div>", "Mara Linde"),
            ("<div class='byline'><b>Mara Linde</b> <i>and</i> <b>Zadie Orme</b></div>", "Mara Linde and Zadie Orme"),
            ("<div class='byline'><p>Mara Linde,</p><p>Zadie Orme</p></div>", "Mara Linde, Zadie Orme"),
            ("<div class='byline'><p>4 hours ago</p><p>Zadie Orme</p></div>", "4 hours ago Zadie Orme"),
        ] {
            check(html, want);
        }
    }
}
