//! Plain text and Markdown → pieces; header shapes that people really have become claims.
//!
//! A header leaves the text by rule `header.*` and what it says is claimed with `found` = that rule; a first line that
//! is plainly a headline is claimed as title, found `text:first-line`. Nothing is a headline because a title is
//! missing: a text may have none.

mod bare;
mod blocks;
mod bylines;
mod headers;
mod labels;
mod mail;
mod markdown;
mod stack;
#[cfg(test)]
mod tests;

pub use markdown::{markdown, markdown_body};

pub(super) use bylines::is_office;
pub(super) use headers::glued_in_block;

use super::draft::{Draft, Piece};
use crate::model::{BlockKind, Claim, Field, Yield};

/// Plain text → pieces. Blocks are parted by blank lines, by indented first lines, or by line ends where there is
/// nothing else; text that was wrapped at a fixed width is joined again. Linear in the length of `text`.
pub fn text(text: &str) -> Draft {
    read(text, true)
}

/// Like [`text`], for a text whose title is known from elsewhere: its first line is body, not a headline.
pub fn body(text: &str) -> Draft {
    read(text, false)
}

fn read(text: &str, untitled: bool) -> Draft {
    let tidied = super::hygiene::tidy(text);
    let mut lines: Vec<&str> = tidied.split('\n').collect();
    // `Title: … | Author: …`: each label stands for a line of its own, under the number of the one it stands on.
    if let Some((line, labels)) = headers::side_by_side(&lines) {
        let more = labels.len() - 1;
        lines.splice(line..=line, labels);
        let mut draft = read_lines(lines, untitled);
        for piece in &mut draft.pieces {
            if let Some(n) = piece.place.strip_prefix("line ").and_then(|n| n.parse::<usize>().ok())
                && n > line + 1
            {
                piece.place = format!("line {}", (n - more).max(line + 1));
            }
        }
        return draft;
    }
    read_lines(lines, untitled)
}

fn read_lines(mut lines: Vec<&str>, untitled: bool) -> Draft {
    let mut draft = Draft::default();
    let mut from = headers::front_matter(&lines, &mut draft);
    // A headline may be underlined: `=====`.
    if let Some(below) = lines.iter().skip(from).position(|line| !line.trim().is_empty()).map(|first| from + first + 1)
        && let Some(rule) = lines.get_mut(below).filter(|rule| rule.trim().len() >= 3)
        && rule.trim().bytes().all(|byte| byte == b'=')
    {
        *rule = "";
    }
    if let Some((line, rest)) = bare::head(&lines, from, &mut draft) {
        lines[line] = rest;
        let body = draft.pieces.len();
        mail::parted(&lines, line, &mut draft);
        if let Some(first) = draft.pieces.get_mut(body).filter(|_| !rest.is_empty()) {
            first.continues = true;
        }
        return draft;
    }
    if let Some((line, rest)) = headers::glued_date(&lines, from, &mut draft) {
        // What stood before the words is gone; the words are the text, to the character, and have no headline.
        let rest: Vec<&str> = std::iter::once(rest).chain(lines[line + 1..].iter().copied()).collect();
        let before = draft.pieces.len();
        blocks::read(&rest, line, &mut draft);
        if let Some(first) = draft.pieces.get_mut(before) {
            first.continues = true;
        }
        return draft;
    }
    let mailed = mail::head(&lines, from, &mut draft);
    from = mailed.unwrap_or(from);
    let export = if mailed.is_some() { None } else { headers::export(&lines, from, &mut draft) };
    let mut opened = None;
    match export {
        Some(found) => (from, opened) = found,
        None if mailed.is_none() => (from, opened) = headers::labels(&lines, from, &mut draft),
        None => {}
    }
    if export.is_none() && opened.is_none() {
        let untitled = untitled && !draft.claims.iter().any(|claim| claim.field == Field::Title);
        let stacked = stack::stacked(&lines, from, untitled, &mut draft);
        if stacked > from {
            (from, opened) = headers::opens(&lines, stacked, &mut draft);
        }
    }
    let body = draft.pieces.len();
    if let Some(rest) = opened {
        lines[from] = rest;
    }
    mail::parted(&lines, from, &mut draft);
    if let (Some(_), Some(first)) = (opened, draft.pieces.get_mut(body)) {
        first.continues = true;
    }
    if untitled && opened.is_none() && !draft.claims.iter().any(|claim| claim.field == Field::Title) {
        headers::headline(&mut draft, body, &lines);
    }
    if export.is_some() {
        headers::trailing_labels(&mut draft, body);
    }
    draft
}

/// Takes a header line out, with what it claims.
fn take(draft: &mut Draft, line: usize, text: &str, rule: &str, told: Vec<(Field, String)>) {
    let words = blocks::collapse(text);
    if words.is_empty() {
        return;
    }
    draft.pieces.push(Piece::new(BlockKind::Paragraph, words, format!("line {}", line + 1)));
    let yields = told.into_iter().filter(|(_, value)| !value.trim().is_empty());
    let yields = yields.map(|(field, value)| Yield { field, value: value.trim().to_owned() }).collect();
    draft.remove(draft.pieces.len() - 1, rule, yields);
}

/// Claims a title that was found in the text and takes its line out of it.
fn take_title(draft: &mut Draft, piece: usize, found: &str) {
    let title = draft.pieces[piece].text.clone();
    draft.remove(piece, "header.headline", Vec::new());
    draft.claims.extend(Claim::new(Field::Title, &title, found));
}
