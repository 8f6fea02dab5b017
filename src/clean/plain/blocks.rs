//! Lines → blocks.

use crate::clean::draft::{Draft, Piece};
use crate::clean::hygiene::GROUPING;
use crate::model::BlockKind;

/// Words parted by single spaces. Text is tidy by now, so a space that does not break stands inside a number.
pub(super) fn collapse(text: &str) -> String {
    let mut before = ' ';
    let apart = |c: char| {
        let spaced = std::mem::replace(&mut before, c) == ' ';
        if c == ' ' { !spaced } else { matches!(c, '!'..='~') || c == GROUPING || !c.is_whitespace() }
    };
    if text.chars().all(apart) && !text.ends_with(' ') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() && c != GROUPING).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Whether a text ends as a sentence does (closing quotes and brackets aside).
pub(super) fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end().trim_end_matches(['"', '\'', '”', '’', ')', ']', '»', '」', '』']);
    bare.ends_with(['.', '!', '?', '…', '。', '！', '？', '։', '؟', '۔', '।', ':', ';', '：', '；'])
}

/// Reads `lines` (the first of which is line `offset` of the text, from 0) into pieces of `draft`.
pub(super) fn read(lines: &[&str], offset: usize, draft: &mut Draft) {
    let width = wrapped_at(lines);
    let first = draft.pieces.len();
    let mut at = 0;
    while at < lines.len() {
        if lines[at].trim().is_empty() {
            at += 1;
            continue;
        }
        if let Some(rows) = table(&lines[at..]) {
            let text = lines[at..at + rows].iter().map(|row| row.trim_end()).collect::<Vec<_>>().join("\n");
            push(draft, BlockKind::Table, text, offset + at);
            at += rows;
            continue;
        }
        let start = at;
        let (kind, mut text) = opened(lines[at]);
        let mut run = if width.is_none() { sentence(&lines[at..]) } else { 0 };
        while at + 1 < lines.len() {
            let (line, next) = (lines[at].trim_end(), lines[at + 1]);
            run = run.saturating_sub(1);
            if run == 0 && !width.is_some_and(|width| !next.trim().is_empty() && goes_on(line, next, width)) {
                break;
            }
            // A line that ends in a hyphen was broken inside a compound or a word.
            if !(text.ends_with('-') && text.chars().rev().nth(1).is_some_and(char::is_alphabetic)) {
                text.push(' ');
            }
            text.push_str(&collapse(next));
            at += 1;
        }
        push(draft, kind, text, offset + start);
        at += 1;
    }
    mark_headings(&mut draft.pieces[first..]);
}

fn push(draft: &mut Draft, kind: BlockKind, text: String, line: usize) {
    // A rule of dashes or stars is no text.
    if text.chars().any(|c| !matches!(c, '-' | '_' | '*' | '=' | '~' | '#' | '+' | '.' | ' ')) || text.contains('_') {
        draft.pieces.push(Piece::new(kind, text, format!("line {}", line + 1)));
    }
}

/// The kind of block that a line opens and its words.
fn opened(line: &str) -> (BlockKind, String) {
    let line = line.trim();
    for mark in ["• ", "* ", "- ", "· ", "▪ ", "– "] {
        if let Some(rest) = line.strip_prefix(mark).filter(|rest| !rest.trim().is_empty() && mark != "– ") {
            return (BlockKind::ListItem, collapse(rest));
        }
    }
    (BlockKind::Paragraph, collapse(line))
}

/// The width that text was wrapped at, if it was: then nearly every line is so full that the first word of the
/// next would not have fitted.
fn wrapped_at(lines: &[&str]) -> Option<usize> {
    let length = |line: &str| line.trim_end().chars().count();
    let width = lines.iter().map(|line| length(line)).max()?;
    if !(20..=110).contains(&width) {
        return None;
    }
    let (mut breaks, mut full, mut small) = (0usize, 0usize, 0usize);
    for pair in lines.windows(2) {
        let (line, next) = (pair[0].trim_end(), pair[1]);
        if line.is_empty() || next.trim().is_empty() || next.starts_with([' ', '\t']) {
            continue;
        }
        breaks += 1;
        full += usize::from(goes_on(line, next, width));
        small += usize::from(next.starts_with(char::is_lowercase));
    }
    // Verses and lists are as narrow as the columns of a newspaper; they begin their lines with capitals, or have no sentences.
    let told = || lines.iter().any(|line| line.trim_end().ends_with('.'));
    if width < 40 && (full < 8 || full * 10 < breaks * 9 || small * 2 < breaks || !told()) {
        return None;
    }
    // A line of a list or a verse is seldom full; three full lines and more than not are no accident.
    (full >= 3 && full * 10 >= breaks * 6).then_some(width)
}

/// Lines shorter than that are not cut because they are full.
const LONG_LINE: usize = 45;

/// More than two lines are one paragraph where they are as wide as that.
const WIDE: usize = 66;

/// Lines of one such paragraph at most.
const MOST_LINES: usize = 12;

/// How many lines one paragraph takes at the head of `lines`, in a text too short to tell its width: a brief of two lines is
/// wrapped as the long report beside it is. Its lines are long and as full as each other, most go on in small letters within
/// a sentence, and the last one ends it. One where nothing says so. Verses are ragged or pause at the end of each line, lists
/// begin as they go on.
fn sentence(lines: &[&str]) -> usize {
    // Most lines are paragraphs, and where there is no blank line nothing else bounds what is looked at.
    let near = &lines[..lines.len().min(MOST_LINES)];
    let bytes = lines[0].trim().len();
    if near.len() < 2 || near[1].trim().is_empty() || !(LONG_LINE..=4 * 110).contains(&bytes) {
        return 1;
    }
    let indent = |line: &str| line.len() - line.trim_start().len();
    let more = near.windows(2).take_while(|pair| {
        let deeper = indent(pair[1]) > indent(pair[0]) + 1;
        !pair[1].trim().is_empty() && pair[1].len() <= 4 * 110 && !deeper && opened(pair[1]).0 == BlockKind::Paragraph
    });
    let count = 1 + more.count();
    // One that long tells its width by itself.
    if count == MOST_LINES {
        return 1;
    }
    let lines = &lines[..count];
    let length = |line: &&str| line.trim_end().chars().count();
    let width = lines.iter().map(length).max().unwrap_or(0);
    let first = lines[0].trim_start();
    if count < 2
        || !(LONG_LINE..=110).contains(&width)
        || first.starts_with(char::is_lowercase)
        || opened(first).0 != BlockKind::Paragraph
        || !ends_sentence(lines[count - 1])
    {
        return 1;
    }
    let breaks = count - 1;
    let full =
        lines.windows(2).filter(|pair| length(&pair[0]) >= LONG_LINE && goes_on(pair[0].trim_end(), pair[1], width));
    let small = lines.windows(2).filter(|pair| pair[1].trim_start().starts_with(char::is_lowercase));
    let paused = lines[..breaks].iter().filter(|line| line.trim_end().ends_with(|c: char| c.is_ascii_punctuation()));
    let (small, paused) = (small.count(), paused.count());
    let cut = if breaks == 1 { paused == 0 || lines[0].trim_end().ends_with([',', '-']) } else { paused * 2 <= breaks };
    // Columns, and verses and lists of several lines, whose lines are less wide than those of prose or have room left.
    let inner = |line: &&str| line.trim().split_once("  ").is_some_and(|(before, _)| !ends_sentence(before));
    let columns = lines.iter().any(inner)
        || lines[..breaks].iter().any(|line| line.trim_end().ends_with(|c: char| c.is_numeric()));
    let word = |line: &str| line.split_whitespace().next().map_or(0, |word| word.chars().count());
    let filled = || lines.windows(2).all(|pair| length(&pair[0]) + 1 + word(pair[1]) > width);
    let prose = !columns && (breaks == 1 || width >= WIDE && filled());
    if full.count() == breaks && small * 2 >= breaks && small > 0 && cut && prose { count } else { 1 }
}

/// Whether `next` continues the block of `line` in text wrapped at `width` characters.
fn goes_on(line: &str, next: &str, width: usize) -> bool {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let (kind, _) = opened(next);
    if indent(next) > indent(line) + 1 && !(indent(line) == 0 && opened(line).0 == BlockKind::ListItem) {
        return false;
    }
    let word = next.split_whitespace().next().map_or(0, |word| word.chars().count());
    // Ragged by a few columns: editors and mailers count differently.
    kind == BlockKind::Paragraph && line.trim_end().chars().count() + 1 + word + 4 > width
}

/// How many lines a table takes that begins here: at least two, each with two or more gaps.
fn table(lines: &[&str]) -> Option<usize> {
    let gaps = |line: &str| {
        let line = line.trim();
        if memchr::memchr(b'\t', line.as_bytes()).or_else(|| memchr::memmem::find(line.as_bytes(), b"   ")).is_none() {
            return 0;
        }
        line.matches('\t').count() + line.split("   ").filter(|cell| !cell.trim().is_empty()).count().saturating_sub(1)
    };
    let rows = lines.iter().take_while(|line| gaps(line) >= 2).count();
    (rows >= 2).then_some(rows)
}

/// Short lines between full paragraphs are subheadings.
fn mark_headings(pieces: &mut [Piece]) {
    for at in 1..pieces.len().saturating_sub(1) {
        // Eighty characters at four bytes each.
        if pieces[at].text.len() > 320 {
            continue;
        }
        let long =
            |piece: &Piece| piece.kind == BlockKind::Paragraph && piece.text.len() >= 80 && ends_sentence(&piece.text);
        let line = &pieces[at];
        let words = line.text.split(' ').count();
        let starts = line.text.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric());
        let plain = !line.text.contains([':', '|', '@', '©', '\n', '(', '[', '/', '→', '…', '_'])
            && !line.text.contains(". ")
            && line.text.ends_with(char::is_alphanumeric);
        if line.kind == BlockKind::Paragraph
            && (2..=12).contains(&words)
            && line.text.chars().count() <= 80
            && starts
            && plain
            && !is_byline(&line.text)
            && long(&pieces[at - 1])
            && long(&pieces[at + 1])
        {
            pieces[at].kind = BlockKind::Heading;
        }
    }
}

/// Whether a line opens as a byline does.
pub(super) fn is_byline(line: &str) -> bool {
    let first = line.split(' ').next().unwrap_or("");
    matches!(
        first.to_lowercase().as_str(),
        "by" | "von" | "par" | "por" | "di" | "door" | "av" | "af" | "oleh" | "przez"
    )
}

#[cfg(test)]
mod tests {
    use crate::clean::plain::text;

    #[test]
    fn a_brief_of_two_lines_is_one_paragraph() {
        for (raw, blocks) in [
            ("The safe-third country agreement was signed on Monday in the capital\nby both ministers.", 1),
            (
                "The ferry between Orlen and Tarn stopped on Monday after a crack was\nfound in its shaft.\n\nNobody was hurt, and the boat is expected to sail again on\nSunday at the latest, the port said.",
                3,
            ),
            (
                "   More than 150 former officers of the overthrown\ngovernment have been released.\n   It is not known when.",
                2,
            ),
            // Verses, however long their lines, and lists.
            (
                "And all the boats went down the river in the night,\nwhile we were sleeping by the lock and never knew",
                2,
            ),
            (
                "The boats went down the river in the evening light,\nand we were sleeping by the lock, and never knew,\nwhat they had carried out to sea before the day.",
                3,
            ),
            ("What the board wants to sell before the autumn comes\nferries\nlocks\nand the house on the quay.", 4),
            (
                "apples from the northern orchards of the whole county\npears from the southern ones, where it rains less.",
                2,
            ),
            ("Short lines\nstay apart.", 2),
            (
                "Upon the river stood a boat that nobody had rowed\nand on its deck a keeper slept who carried such a load\nof letters that the winter left along the northern road.",
                3,
            ),
            (
                "Orlen north of the river and the islands of the bay  1,203  45\ntotal of all the districts that were counted so far  2,006  43.",
                2,
            ),
            (
                "Report of the harbour board on the ferry between Orlen and Tarn\nbudget of the county for the repair of the lock and the weir of\nthe old town.",
                3,
            ),
            ("The ferry between Orlen and Tarn stopped on Monday at noon.\nand nobody was told.", 2),
        ] {
            assert_eq!(text(raw).pieces.len(), blocks, "{raw}: {:?}", text(raw).pieces);
        }
    }
}
