//! The headers that texts come with: front matter, labels, export labels, a glued date, a headline.

use std::sync::LazyLock;

use regex::Regex;

use super::stack::day_line;
use super::{blocks, labels, take, take_title};
use crate::clean::draft::{Draft, Piece};
use crate::clean::footers;
use crate::clean::metadata;
use crate::model::{BlockKind, Field, Span, Yield};

/// Most lines looked at for a header.
const MOST_LINES: usize = 60;
/// Most labels one below the other that nobody knows.
const MOST_FOREIGN: usize = 4;
/// Longest header value in bytes; a longer one is a paragraph that begins with a word and a colon.
const MOST_VALUE: usize = 300;
/// Longest title behind a label: some databases write all decks into it.
const MOST_TITLE: usize = 2000;

/// `date 2025-06-27 Text…` at the very beginning: claims the day, and gives the line and what follows the date.
pub(super) fn glued_date<'a>(lines: &[&'a str], from: usize, draft: &mut Draft) -> Option<(usize, &'a str)> {
    let line = (from..lines.len()).find(|&n| !lines[n].trim().is_empty())?;
    let (whole, day) = glued(lines[line])?;
    take(draft, line, whole.of(lines[line]), "header.glued-date", vec![(Field::Published, day.to_owned())]);
    Some((line, lines[line][whole.end..].trim_start()))
}

/// Takes such a date out of the first block of a text that was no plain one.
pub(in crate::clean) fn glued_in_block(draft: &mut Draft) {
    let first = draft.pieces.iter().position(|piece| piece.kept() && !piece.text.trim().is_empty());
    let Some(at) = first.filter(|&at| draft.pieces[at].kind == BlockKind::Paragraph) else { return };
    let Some((whole, day)) = glued(&draft.pieces[at].text) else { return };
    let told = vec![Yield { field: Field::Published, value: day.to_owned() }];
    draft.remove_part(at, whole, "header.glued-date", told);
}

/// A date and its label that a text begins with, and the words of the date.
fn glued(line: &str) -> Option<(Span, &str)> {
    static GLUED: LazyLock<[Regex; 2]> = LazyLock::new(|| {
        let label = r"(?i:date|datum|fecha|data|дата|日期)\s*:?\s+";
        let day = r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T ]\d{1,2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?|\d{1,2}\.\s?\d{1,2}\.\s?\d{4}";
        // Days that stand in sentences too, so that `Text` must follow: `Date 27 June 2025 was chosen for the fair.` A label that
        // is not written as a sentence begins does with a capital behind the day.
        let written = r"\d{1,2}/\d{1,2}/\d{4}|\d{1,2}\.? \p{L}{3,12}\.?,? \d{4}|\p{L}{3,12}\.? \d{1,2}, \d{4}";
        let text = r"(?:text|texte|texto|testo|tekst|body)\s*:?";
        let apart = r"(?:date|DATE|datum|DATUM|fecha|FECHA|data|DATA|дата|ДАТА)\s*:?\s+";
        [
            format!(r"^\s*({label}(?:({day})(?:\s+(?i:{text}))?|({written})\s+(?i:{text})))(?:\s+\S|\p{{Lu}}\p{{Ll}})"),
            format!(r"^\s*({apart}({written}))\s+\p{{Lu}}"),
        ]
        // The patterns are ours and are tested.
        .map(|pattern| Regex::new(&pattern).expect("a valid pattern"))
    });
    let found = GLUED.iter().find_map(|shape| shape.captures(line))?;
    let (whole, day) = (found.get(1)?, found.get(2).or(found.get(3))?);
    // `Date 2025-06-27 was printed on every ballot`, `Data 2025/06/27 from the river gauges`: a sentence goes on. Behind
    // `Text` any word may begin.
    let next = line[whole.end()..].split_whitespace().next();
    let small = next.is_some_and(|word| word.chars().all(char::is_lowercase));
    if small && whole.end() == day.end() {
        return None;
    }
    Some((Span::new(whole.start(), whole.end()), day.as_str()))
}

pub(super) fn line_piece(lines: &[&str], n: usize) -> Piece {
    Piece::new(BlockKind::Paragraph, blocks::collapse(lines[n]), format!("line {}", n + 1))
}

/// `---` or `+++` front matter. Returns the first line after it.
pub(super) fn front_matter(lines: &[&str], draft: &mut Draft) -> usize {
    let Some(first) = lines.iter().position(|line| !line.trim().is_empty()) else { return 0 };
    let mark = lines[first].trim_end();
    if mark != "---" && mark != "+++" {
        return 0;
    }
    let end = lines.iter().enumerate().skip(first + 1).take(4 * MOST_LINES);
    let Some(end) =
        end.into_iter().find(|(_, line)| line.trim_end() == mark || line.trim_end() == "...").map(|(n, _)| n)
    else {
        return 0;
    };
    let inner = &lines[first + 1..end];
    let keyed = |line: &str| line.split_once([':', '=']).is_some_and(|(key, _)| !key.trim().contains(' '));
    if !inner.iter().any(|line| keyed(line)) {
        return 0;
    }
    let mut key = None;
    for (n, line) in inner.iter().enumerate() {
        let bare = line.trim();
        if bare.is_empty() || bare.starts_with('#') {
            continue;
        }
        let item = bare.strip_prefix("- ").map(|item| (key, item));
        let (field, value) = match item.or_else(|| {
            let (name, value) = bare.split_once([':', '=']).filter(|_| !line.starts_with([' ', '\t']))?;
            key = front_matter_field(name);
            Some((key, value))
        }) {
            Some(pair) => pair,
            None => (None, bare),
        };
        let values = value.trim().trim_start_matches('[').trim_end_matches(']');
        let listed = matches!(field, Some(Field::Tag | Field::Author)) && value.trim().starts_with('[');
        let told = values.split(|c| listed && c == ',').map(|value| value.trim().trim_matches(['"', '\'']).trim());
        let told = told
            .filter_map(|value| Some((field?, value.to_owned())))
            .filter(|(_, value)| !matches!(value.as_str(), "|" | ">" | ">-" | "|-"));
        take(draft, first + 1 + n, bare, "header.front-matter", told.collect());
    }
    end + 1
}

fn front_matter_field(key: &str) -> Option<Field> {
    match key.trim().trim_matches('"').to_lowercase().as_str() {
        "lastmod" | "date_modified" | "datemodified" | "updated_at" | "last_modified_at" => Some(Field::Updated),
        "publishdate" | "pubdate" | "published_at" | "date_published" | "datepublished" => Some(Field::Published),
        "permalink" | "canonical_url" | "original_url" | "canonical" => Some(Field::Canonical),
        "excerpt" => Some(Field::Summary),
        "slug" | "layout" | "draft" | "id" | "image" | "type" | "name" => None,
        other => labels::of(other).flatten().or_else(|| labels::of(&other.replace(['_', '-'], " ")).flatten()),
    }
}

/// The parts of the first line that has words, where several labels stand side by side on it: `Title: … | Author: … |
/// Text: …`. What follows `Text:` is one part, whatever is in it.
pub(super) fn side_by_side<'a>(lines: &[&'a str]) -> Option<(usize, Vec<&'a str>)> {
    let line = lines.iter().position(|line| !line.trim().is_empty())?;
    let known = |part: &str| {
        labels::split(part)
            .is_some_and(|(label, value)| labels::of(label).is_some() && !value.is_empty() || labels::opens_text(label))
    };
    let (mut parts, mut from) = (Vec::new(), 0);
    let whole = lines[line];
    let marks = whole.char_indices().filter(|(_, c)| matches!(c, '|' | ';' | '\t'));
    for (at, mark) in marks.take(4 * MOST_LINES) {
        let opened = labels::split(&whole[from..at]).is_some_and(|(label, _)| labels::opens_text(label));
        let next = &whole[at + mark.len_utf8()..];
        if opened {
            break;
        }
        if known(&whole[from..at]) && known(next) {
            parts.push(whole[from..at].trim());
            from = at + mark.len_utf8();
        }
    }
    parts.push(whole[from..].trim());
    let sure = |part: &&str| {
        let field = labels::split(part).and_then(|(label, _)| labels::of(label)).flatten();
        matches!(field, Some(Field::Title | Field::Author | Field::Published | Field::Source | Field::Canonical))
    };
    (parts.len() > 1 && known(parts[0]) && parts.iter().filter(|part| sure(part)).count() > 1).then_some((line, parts))
}

/// `Title: …`, `Auteur : …`, `Datum: …` at the top, and `Text: ` in front of the first words of the text. Returns the
/// first line after them, and what follows `Text:` on it.
pub(super) fn labels<'a>(lines: &[&'a str], from: usize, draft: &mut Draft) -> (usize, Option<&'a str>) {
    let (mut told, mut foreign) = (Vec::new(), Vec::new());
    let mut end = from;
    let mut opened = None;
    for (n, line) in lines.iter().enumerate().skip(from).take(MOST_LINES) {
        if line.trim().is_empty() {
            continue;
        }
        let Some((label, value)) = labels::split(line) else { break };
        if labels::opens_text(label) && !value.is_empty() {
            opened = Some(n);
            break;
        }
        let Some(field) = labels::of(label) else {
            // What others call their fields; a header's only if known ones stand below it. At the top it may be a headline with
            // a colon, unless the headline has a label of its own.
            if !is_unknown_label(label, value)
                || foreign.len() >= MOST_FOREIGN
                || told.is_empty() && !has_title(&lines[n..])
            {
                break;
            }
            foreign.push((n, None, value));
            continue;
        };
        // What follows the label must be able to be its value; an empty one is a form left blank.
        let long = match field {
            Some(Field::Summary) => false,
            Some(Field::Title) => value.len() > MOST_TITLE,
            _ => value.len() > MOST_VALUE,
        };
        if long || !fits(field, value) {
            break;
        }
        told.append(&mut foreign);
        told.push((n, field, value));
        end = n + 1;
    }
    // One label alone is a header only where nothing else is likely to be meant.
    let sure = |field: &Option<Field>| {
        matches!(
            field,
            Some(Field::Title | Field::Author | Field::Published | Field::Canonical | Field::Updated | Field::Source)
        )
    };
    let known = told.iter().filter(|(_, field, value)| sure(field) && !value.is_empty()).count();
    // `Pages: 140` below them: they tell of a book.
    let below = lines[end..].iter().take_while(|line| !line.trim().is_empty());
    let unnamed = told.iter().filter(|(_, field, _)| field.is_none()).map(|(n, ..)| &lines[*n]);
    let work = unnamed.chain(below).any(|line| footers::tells_of_a_work(line));
    // Where one line of a block is not known, one that is may be a sentence.
    let strange =
        told.iter().any(|(n, ..)| labels::split(lines[*n]).is_some_and(|(label, _)| labels::of(label).is_none()));
    if work
        || known < if strange { 2 } else { 1 }
        || lines[end..].iter().all(|line| line.trim().is_empty()) && told.len() < 2
    {
        return (from, None);
    }
    for (n, field, value) in told {
        // What is said under a name that nobody knows may be the headline.
        let unknown = labels::split(lines[n]).is_some_and(|(label, _)| labels::of(label).is_none());
        if unknown && value.split_whitespace().count() > 2 {
            draft.pieces.push(line_piece(lines, n));
            continue;
        }
        // A byline of which nobody can be read stays in the text.
        if field == Some(Field::Author) && !value.is_empty() && !metadata::signed(unquoted(value)) {
            draft.pieces.push(line_piece(lines, n));
            continue;
        }
        // `Published: May 6, 2024 | By Ida Penrose`
        let dated = metadata::dated_byline(value).filter(|_| field == Some(Field::Published));
        let told = match dated {
            Some((day, names)) => vec![(Field::Published, day.to_owned()), (Field::Author, names.to_owned())],
            None => field.map(|field| (field, unquoted(value).to_owned())).into_iter().collect(),
        };
        take(draft, n, lines[n], "header.label", told);
    }
    let Some(line) = opened else { return (end, None) };
    (line, Some(without_label(lines, line, "header.label", draft)))
}

/// Whether a line of a header is the title with its label.
fn has_title(lines: &[&str]) -> bool {
    let field = |line: &&str| labels::split(line).and_then(|(label, _)| labels::of(label)).flatten();
    lines.iter().take(MOST_LINES).any(|line| field(line) == Some(Field::Title))
}

/// Whether a line may be a field of a header that we have no name for: `Pages: 60`, and no sentence with a colon.
fn is_unknown_label(label: &str, value: &str) -> bool {
    label.split_whitespace().count() <= 4
        && label.chars().next().is_some_and(char::is_uppercase)
        && label
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '/' | '.' | '(' | ')' | '\'' | '’' | '#'))
        && value.chars().count() <= 80
        && !blocks::ends_sentence(value)
}

/// Whether `value` can be a value of `field`.
fn fits(field: Option<Field>, value: &str) -> bool {
    if value.is_empty() {
        return true;
    }
    let sentence = value.ends_with('.') && value.split(' ').count() > 6;
    match field {
        Some(Field::Published | Field::Updated | Field::Fetched) => {
            value.chars().any(|c| c.is_numeric()) && value.chars().count() <= 60
        }
        Some(Field::Canonical) => value.starts_with("http") || value.starts_with("www.") || value.contains("://"),
        Some(Field::Author) => !sentence && value.chars().count() <= 300,
        Some(Field::Source | Field::Section | Field::Language | Field::Editor | Field::Translator) => {
            !sentence && value.chars().count() <= 160
        }
        Some(Field::Summary | Field::Subtitle | Field::RightsNotice | Field::Title) => true,
        _ => !sentence,
    }
}

fn unquoted(value: &str) -> &str {
    let inner = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.filter(|inner| !inner.contains('"')).unwrap_or(value)
}

/// The head of an export from a newspaper data base: `1 of 20 DOCUMENTS`, then outlet, day and headline without
/// labels, then `BYLINE:`, `SECTION:`, `LENGTH:` and so on, in capitals. Returns the first line of the body,
/// and what follows `BODY:` on it.
pub(super) fn export<'a>(lines: &[&'a str], from: usize, draft: &mut Draft) -> Option<(usize, Option<&'a str>)> {
    static COUNT: LazyLock<Regex> = LazyLock::new(|| {
        // The pattern is ours and is tested.
        Regex::new(
            r"^\s*(?:Document )?\d+ (?:of|von|de|di) \d+(?: (?i:documents?|dokumente?n?|documentos?|documenti))?\s*$",
        )
        .expect("a valid pattern")
    });
    static DAY: LazyLock<Regex> = LazyLock::new(|| {
        // The pattern is ours and is tested.
        Regex::new(r"^\s*(?:\p{L}+,? )?(?:\p{L}{3,12}\.? \d{1,2}, \d{4}|\d{1,2}\.? \p{L}{3,12} \d{4})\b.{0,60}$")
            .expect("a valid pattern")
    });
    let (mut end, mut counted, mut capitals) = (from, false, 0usize);
    let mut opened = None;
    let mut unlabelled: Vec<usize> = Vec::new();
    let mut labelled: Vec<(usize, usize, Option<Field>, String)> = Vec::new();
    let mut at = from;
    while at < lines.len().min(from + MOST_LINES) {
        let line = lines[at].trim();
        if line.is_empty() {
            at += 1;
            continue;
        }
        if COUNT.is_match(line) && unlabelled.is_empty() && labelled.is_empty() {
            counted = true;
            take(draft, at, line, "header.export", Vec::new());
            at += 1;
            end = at;
            continue;
        }
        let label =
            labels::split(line).filter(|(label, _)| label.chars().all(|c| c.is_uppercase() || matches!(c, '-' | ' ')));
        if capitals >= 2 && label.is_some_and(|(label, value)| labels::opens_text(label) && !value.is_empty()) {
            opened = Some(at);
            break;
        }
        match label.and_then(|(label, value)| Some((labels::of(label)?, value))) {
            Some((field, value)) => {
                let mut value = value.to_owned();
                let start = at;
                // A value goes on over the lines below it.
                while at + 1 < lines.len()
                    && !lines[at + 1].trim().is_empty()
                    && labels::split(lines[at + 1]).is_none()
                    && !value.is_empty()
                {
                    at += 1;
                    value.push(' ');
                    value.push_str(lines[at].trim());
                }
                capitals += 1;
                let body = line.starts_with("BODY:") || line.starts_with("TEXT:");
                labelled.push((start, at, field, value));
                at += 1;
                end = at;
                if body {
                    break;
                }
            }
            None if labelled.is_empty() && counted && unlabelled.len() < 8 && line.len() <= MOST_VALUE => {
                unlabelled.push(at);
                at += 1;
            }
            None => break,
        }
    }
    if capitals < 2 || !(counted || capitals >= 3) {
        // Nothing was taken but the count, and that is no text either.
        return counted.then_some((end, None));
    }
    let mut outlet = false;
    let last = unlabelled.iter().rposition(|&n| !is_small_print(lines[n]) && !DAY.is_match(lines[n]));
    for (n, &line) in unlabelled.iter().enumerate() {
        let text = lines[line].trim();
        let told = if is_small_print(text) {
            text.to_lowercase().contains("copyright").then(|| (Field::RightsNotice, text.to_owned()))
        } else if DAY.is_match(text) {
            Some((Field::Published, text.to_owned()))
        } else if !outlet && (Some(n) != last || n == 0 && unlabelled.len() > 1) {
            outlet = true;
            Some((Field::Source, text.to_owned()))
        } else {
            (Some(n) == last).then(|| (Field::Title, text.to_owned()))
        };
        take(draft, line, text, "header.export", told.into_iter().collect());
    }
    for (first, last, field, value) in labelled {
        let whole = lines[first..=last].join(" ");
        take(draft, first, &whole, "header.export", export_values(field, &value));
    }
    let Some(line) = opened else { return Some((end, None)) };
    Some((line, Some(without_label(lines, line, "header.export", draft))))
}

/// `Text:` below other lines of a header, on a line of its own or in front of the first words. Returns the first line
/// of the text, and what follows the label on it.
pub(super) fn opens<'a>(lines: &[&'a str], from: usize, draft: &mut Draft) -> (usize, Option<&'a str>) {
    let line = (from..lines.len()).find(|&n| !lines[n].trim().is_empty());
    match line.and_then(|line| Some((line, labels::split(lines[line]).filter(|(label, _)| labels::opens_text(label))?)))
    {
        Some((line, (_, ""))) => {
            take(draft, line, lines[line], "header.label", Vec::new());
            (line + 1, None)
        }
        Some((line, _)) => (line, Some(without_label(lines, line, "header.label", draft))),
        None => (from, None),
    }
}

/// Takes the label off the line on which a text begins, and gives the text's first words.
fn without_label<'a>(lines: &[&'a str], line: usize, rule: &str, draft: &mut Draft) -> &'a str {
    let rest = labels::after(lines[line]);
    take(draft, line, &lines[line][..lines[line].len() - rest.len()], rule, Vec::new());
    rest
}

fn export_values(field: Option<Field>, value: &str) -> Vec<(Field, String)> {
    match field {
        Some(Field::Section) => {
            // `News; Pg. A4`: the page is not part of the section.
            let section = value.split(';').map(str::trim).find(|part| !part.to_lowercase().starts_with("pg"));
            section.map(|section| (Field::Section, section.to_owned())).into_iter().collect()
        }
        Some(Field::Tag) => value.split(';').map(|tag| (Field::Tag, tag.trim().to_owned())).collect(),
        Some(field) => vec![(field, value.to_owned())],
        None => Vec::new(),
    }
}

fn is_small_print(line: &str) -> bool {
    let line = line.trim().to_lowercase();
    line.starts_with("copyright")
        || line.ends_with(" edition")
        || line.contains("all rights reserved")
        || line.starts_with('©')
}

/// `LOAD-DATE:`, `LANGUAGE:` and their kind below the text of an export.
pub(super) fn trailing_labels(draft: &mut Draft, body: usize) {
    for at in (body + 1..draft.pieces.len()).rev() {
        let text = draft.pieces[at].text.clone();
        if is_small_print(&text) {
            continue;
        }
        let label =
            labels::split(&text).filter(|(label, _)| label.chars().all(|c| c.is_uppercase() || matches!(c, '-' | ' ')));
        let Some((field, value)) = label.and_then(|(label, value)| Some((labels::of(label)?, value))) else { break };
        let told = export_values(field, value);
        let yields = told.into_iter().filter(|(_, value)| !value.is_empty());
        let yields = yields.map(|(field, value)| crate::model::Yield { field, value }).collect();
        draft.remove(at, "header.export", yields);
    }
}

/// The first block is a headline if it stands alone, is short, does not end as a sentence does, and text follows.
pub(super) fn headline(draft: &mut Draft, first: usize, lines: &[&str]) {
    let (Some(head), Some(next)) = (draft.pieces.get(first), draft.pieces.get(first + 1)) else { return };
    let text = head.text.as_str();
    let (letters, words) = (text.chars().filter(|c| c.is_alphabetic()).count(), text.split(' ').count());
    let wide = text.chars().any(|c| matches!(c as u32, 0x2E80..=0x9FFF | 0xAC00..=0xD7AF | 0x0E00..=0x0E7F));
    let stopped = blocks::ends_sentence(text)
        && !text.ends_with(['?', '!', '？', '！', '\'', '"', '”', '’', '」', '»'])
        || text.ends_with(',');
    let opens = text.chars().next().is_some_and(|c| !c.is_lowercase());
    let body = draft.pieces[first + 1..].iter().any(|piece| {
        piece.kind == BlockKind::Paragraph && blocks::ends_sentence(&piece.text) && piece.text.len() > text.len()
    });
    // Below it a blank line, or a longer block that is plainly body.
    let line = head.place.strip_prefix("line ").and_then(|n| n.parse::<usize>().ok()).unwrap_or(0);
    let parted = lines.get(line).is_some_and(|line| line.trim().is_empty());
    let asked = text.ends_with(['?', '!', '？', '！']);
    let parted = parted
        || !asked
            && text.chars().count() <= 100
            && next.text.len() > 2 * text.len()
            && blocks::ends_sentence(&next.text)
            && next.text.len() > 80;
    if head.kind == BlockKind::Paragraph
        && text.chars().count() <= if wide { 60 } else { 140 }
        && letters >= if wide { 4 } else { 8 }
        && (wide || (2..=22).contains(&words))
        && !stopped
        && opens
        && parted
        && body
        && !blocks::is_byline(text)
        && !text.contains("http")
        && !text.contains(". ")
        && !looks_like_chrome(text)
        && !(words <= 4 && text.contains(',') && !text.chars().any(char::is_lowercase))
    {
        take_title(draft, first, "text:first-line");
    }
}

/// `Orlen, 27 June 2025`: where and when, which is no headline.
fn is_place_and_day(text: &str) -> bool {
    text.split_once(", ").is_some_and(|(place, day)| place.split(' ').count() <= 3 && day_line(day).is_some())
}

/// Datelines, notes, labels, share bars and the like also stand first.
pub(super) fn looks_like_chrome(text: &str) -> bool {
    static CHROME: LazyLock<Regex> = LazyLock::new(|| {
        // The pattern is ours and is tested.
        Regex::new(
            r"(?i)^(?:advertisement|anzeige|share|sign up|subscribe|updated?\b|published|posted|photo|file photo|image|editor['’]s note|correction|read more|related|this (?:post|article|story)|the post|featured by|welcome to|from (?:the|our)|dear |breaking:?$|live:?$|exclusive:?$|copyright|©|\d+ min(?:ute)?s? read|listen|watch|source\b|credit)|\((?:ap|reuters|afp|dpa|cnn|upi|tns)\)|originally|newsletter|all rights reserved|\d{1,2}:\d{2}|click here|authored by|at a glance|quick summary|summary\b|key (?:points|takeaways|facts)| via \S+,?$|^\W*\d[\d\s./:,-]*\d\W*$|^(?:mon|tues|wednes|thurs|fri|satur|sun)day,? .*\d{4}|^\p{L}+\.? \d{1,2}, \d{4}$|@",
        )
        .expect("a valid pattern")
    });
    CHROME.is_match(text)
        || is_place_and_day(text)
        || labels::split(text).is_some_and(|(label, _)| labels::of(label).is_some())
}
