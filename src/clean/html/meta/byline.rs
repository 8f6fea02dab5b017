//! Bylines in sight that no class, id or attribute names: `By Mara Linde` below the headline, in whatever box.

use html5ever::local_name;

use super::begun::Passed;
use super::labels::{MAX_LINE, may_be_date};
use super::near::{below, headline};
use super::{Spine, Survey, collapse, labels};
use crate::clean::html::hints;
use crate::clean::html::jsonld;
use crate::clean::html::tree::{Id, NONE, Tree};
use crate::clean::metadata::{self, dates};
use crate::model::{Claim, Field};

/// How a line opens that names who wrote.
const OPENERS: &str = "by|written by|words by|interview by|interviewed by|propos recueillis par|entretien réalisé par|interview von|intervista di|entrevista de|words:|story by|posted by|submitted by|gespeichert von|verfasst von|geschrieben von|ein interview von|soumis par|écrit par|rédigé par|\
                       article rédigé par|enviado por|escrito por|ingezonden door|geschreven door|inviato da|scritto da|von|par|por|di|a cura di|articolo di|door|av|af|text:|texte:|texto:|autor:|\
                       opracowanie:|oprac.|كتب|كتبت|بقلم|автор:|авторка:|автори:|текст:|підготував|підготувала|подготовил|подготовила|\
                       penulis:|oleh|reporter:|pewarta:|laporan|מאת|כתבה:|כתב:|yazan:|haber:|muhabir:|hazırlayan:|\
                       作者:|作者：|文/|文／|记者|記者|本报记者|글|기자";
/// In Korean the job stands behind the name.
const CLOSERS: [&str; 3] = [" 기자", " 특파원", " 선임기자"];
/// What parts the particulars of one line.
const BETWEEN: [&str; 7] = [" | ", " · ", " • ", " – ", " — ", " - ", " ● "];

/// Lines below the headline that open as a byline does, or a full name beside the day.
pub(super) fn bylines(tree: &Tree, survey: &Survey, titles: &[&str]) -> Vec<Claim> {
    let Some(headline) = headline(tree, titles) else { return Vec::new() };
    let mut lines: Vec<String> = Vec::new();
    let spine = Spine::around(tree, survey, Some(headline));
    let mut passed = Passed::new(tree, survey, headline);
    for (id, text) in below(tree, survey, &spine, headline) {
        let parent = tree.parent(id);
        if (survey.own[parent as usize] | spine.above(tree, survey, parent)) & hints::RELATED != 0 {
            continue;
        }
        let block = passed.pass(id, text);
        if passed.is_over() && is_behind_a_link(tree, block, id) {
            continue;
        }
        let said = collapse(text);
        let own = match metadata::dated_byline(&said) {
            Some((_, names)) => names.to_owned(),
            None => behind_a_day(&said).to_owned(),
        };
        let line = if opens(&own) {
            let words = tree.words(parent, 2 * MAX_LINE);
            // `by Mara Linde, <small>27 June</small>` stands in a larger box: then its own words.
            if words.len() <= MAX_LINE && words.starts_with(own.trim()) { words } else { own }
        } else {
            let Some(part) = parts(&own).into_iter().skip(1).find(|part| opens(part)) else { continue };
            part.to_owned()
        };
        let line = before_a_day(without_address(&line)).to_owned();
        let names = line.contains(' ') || !line.is_ascii();
        if line.len() <= MAX_LINE && names && !metadata::reads_on(&line) && !lines.contains(&line) {
            lines.push(line);
        }
    }
    if lines.is_empty() {
        lines = beside_a_day(tree, survey, &spine, headline, titles);
    }
    // Two different ones: a picture has its own, and which is which cannot be told.
    match lines.as_slice() {
        [line] => Claim::new(Field::Author, line, "html:near-headline").into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Whether a text follows a link of several words in its block: the teaser of another story, and who wrote that.
fn is_behind_a_link(tree: &Tree, block: Id, id: Id) -> bool {
    const HEADLINE: usize = 4;
    const LOOKED: usize = 200;
    let link = |&node: &Id| *tree.tag(node) == local_name!("a") && tree.attr(node, "href").is_some();
    let mut links =
        (block..id).take(LOOKED).filter(link).filter(|&node| !tree.ancestors(id).any(|above| above == node));
    links.any(|node| tree.words(node, 4 * MAX_LINE).split(' ').count() >= HEADLINE)
}

/// Whether a line opens, or in Korean ends, as bylines do.
fn opens(line: &str) -> bool {
    let line = line.trim();
    let head: String = line.chars().take(24).flat_map(char::to_lowercase).collect();
    let closed = |rest: &str, opener: &str| {
        rest.is_empty()
            || rest.starts_with([' ', ':', '：', '\u{a0}'])
            || !opener.is_ascii() && opener.ends_with([':', '：', '/', '／'])
    };
    OPENERS.split('|').any(|opener| head.strip_prefix(opener).is_some_and(|rest| closed(rest, opener)))
        || line.len() <= MAX_LINE && CLOSERS.iter().any(|job| without_address(line).ends_with(job))
}

/// Whether a line is a byline that names a person.
pub(in crate::clean::html) fn is_byline(line: &str) -> bool {
    if metadata::dated_byline(line).is_some() {
        return true;
    }
    let line = before_a_day(without_address(behind_a_day(line)));
    opens(line) && line.len() <= MAX_LINE && !metadata::reads_on(line) && !metadata::persons(line).is_empty()
}

/// The particulars of one line: `27 June 2025 | By Mara Linde`.
pub(in crate::clean::html) fn parts(line: &str) -> Vec<&str> {
    let mut parts = vec![line];
    if line.len() > MAX_LINE {
        return parts;
    }
    for between in BETWEEN {
        parts = parts.into_iter().flat_map(|part| part.split(between)).collect();
    }
    parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect()
}

/// Full names that stand alone in their element, or between bars, right before or behind a day. A place may be written
/// like a name, so that the first word must be a given name; and whom the headline names is who the text is about.
fn beside_a_day(tree: &Tree, survey: &Survey, spine: &Spine, headline: Id, titles: &[&str]) -> Vec<String> {
    let mut seen: Vec<(String, bool)> = Vec::new();
    for (id, text) in below(tree, survey, spine, headline) {
        let line = collapse(text);
        if line.is_empty() {
            continue;
        }
        let parent = tree.parent(id);
        let named =
            |id: Id| matches!(*tree.tag(id), local_name!("figure") | local_name!("figcaption") | local_name!("li"));
        let alone =
            parent != NONE && tree.words(parent, 2 * MAX_LINE) == line && !tree.ancestors(id).take(4).any(named);
        let parts = parts(&line);
        let several = parts.len() > 1;
        seen.extend(parts.into_iter().map(|part| (part.to_owned(), alone || several)));
    }
    let is_day = |line: Option<&(String, bool)>| line.is_some_and(|(line, _)| is_day(line));
    let titles: Vec<String> = titles.iter().map(|title| jsonld::fold(title)).collect();
    let mut names: Vec<String> = Vec::new();
    for (at, (line, alone)) in seen.iter().enumerate() {
        let beside = at > 0 && is_day(seen.get(at - 1)) || is_day(seen.get(at + 1));
        let name = jsonld::fold(line);
        if *alone && beside && metadata::is_full_name(line) && !titles.iter().any(|title| title.contains(&name)) {
            names.push(line.clone());
        }
    }
    names.dedup();
    names
}

/// Whether a line is one day, with a label at most.
fn is_day(line: &str) -> bool {
    line.len() <= MAX_LINE
        && may_be_date(line)
        && !dates::of_a_life(line)
        && !dates::in_a_sentence(line)
        && (labels::opens(line) || dates::whole(line, &dates::Context::default()).is_some())
}

/// What stands behind the day that opens a line: `2025-06-27 09:15 文/林小梅`. Only labels of two letters of East Asia are
/// looked for: elsewhere the byline has a box of its own.
fn behind_a_day(text: &str) -> &str {
    const LABELS: [&str; 10] =
        ["文/", "文／", "作者:", "作者：", "撰文:", "撰文：", "记者:", "记者：", "記者:", "記者："];
    let line = text.trim();
    if line.is_ascii() || line.len() > MAX_LINE || !line.starts_with(|c: char| c.is_ascii_digit()) {
        return text;
    }
    let from = LABELS.iter().filter_map(|label| line.find(label)).min();
    let line = from.and_then(|from| line.get(from..)).unwrap_or(text);
    // `作者：林小梅 编辑：陈方`
    let next = |&(at, _): &(usize, char)| {
        let word = line.get(at..).unwrap_or("").trim_start().split(' ').next().unwrap_or("");
        word.chars().any(|c| matches!(c, '：' | ':' | '/' | '／'))
    };
    let end = line.char_indices().filter(|(_, c)| *c == ' ').find(next).map_or(line.len(), |(at, _)| at);
    &line[..end]
}

/// A byline up to the day behind it: `Enviado por Lucía Ferrán el Mar, 13/05/2025`, `Door Wim Bos op 4 mrt. 2025`.
fn before_a_day(line: &str) -> &str {
    const ON: [&str; 17] =
        ["on", "am", "le", "el", "em", "il", "op", "den", "der", "på", "om", "dnia", "в", "am:", "-", "–", "|"];
    let words: Vec<(usize, &str)> = line
        .split(' ')
        .scan(0, |at, word| {
            let from = *at;
            *at += word.len() + 1;
            Some((from, word))
        })
        .collect();
    let digit = |n: usize| words.get(n).is_some_and(|(_, word)| word.starts_with(|c: char| c.is_ascii_digit()));
    // With the opener and a name before it, a day of the week or a month only where a number follows.
    let starts = |&n: &usize| {
        let bare = words[n].1.trim_matches(|c: char| !c.is_alphanumeric());
        digit(n) || digit(n + 1) && (dates::is_weekday(bare) || dates::is_month(bare))
    };
    let Some(day) = (3..words.len()).find(starts) else { return line };
    let from = if ON.contains(&words[day - 1].1) { day - 1 } else { day };
    line[..words[from].0].trim_end_matches([' ', ',', '-', '–', '|', '·', '•'])
}

/// A byline without the brackets around it and the mail address behind it: `[홍길동 기자] hong@echo.example`.
fn without_address(line: &str) -> &str {
    let line = line.trim_end();
    let (name, last) = line.rsplit_once(' ').unwrap_or(("", line));
    let name = if last.contains('@') { name } else { line };
    name.trim_end().trim_end_matches([']', ')'])
}
