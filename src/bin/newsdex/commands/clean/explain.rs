//! The views of a cleaned document for people.

use std::io::{self, Write};

use newsdex::clean::{Draft, Piece, Removal};
use newsdex::model::{Article, Document};

use crate::output::{safe, style};
use crate::wrap;

/// The article's fields, then its text.
pub fn text(document: &Document, article: &Article, to: &mut impl Write) -> io::Result<()> {
    head(document, article, to)?;
    writeln!(to, "\n{}\n", safe(&article.text))
}

/// Each piece kept (`+`) or removed (`-`), by which rule, and what it told. A place is named where it changes; short lines
/// of chrome in a row stand together, rule by rule.
pub fn explain(
    document: &Document,
    article: &Article,
    draft: &Draft,
    width: Option<usize>,
    to: &mut impl Write,
) -> io::Result<()> {
    let (good, bad, quiet) = (style::GOOD, style::BAD, style::QUIET);
    head(document, article, to)?;
    writeln!(to)?;
    let mut place = "";
    for run in draft.pieces.chunk_by(|a, b| is_small(a) && is_small(b)) {
        if run.len() >= ROW {
            let mut rules: Vec<&str> = Vec::new();
            for removal in run.iter().filter_map(|piece| piece.removed.as_ref()) {
                if !rules.contains(&removal.rule.as_str()) {
                    rules.push(&removal.rule);
                }
            }
            for rule in rules {
                let of_rule = run.iter().filter(|piece| piece.removed.as_ref().is_some_and(|r| r.rule == rule));
                let texts: Vec<&str> = of_rule.map(|piece| piece.text.as_str()).collect();
                writeln!(to, "{bad}- {}{bad:#}  {quiet}{} ({}){quiet:#}", hung(&row(&texts), width), safe(rule), texts.len())?;
            }
            continue;
        }
        for piece in run {
            let stands = if piece.place == place { "" } else { &piece.place };
            place = &piece.place;
            let text = hung(&safe(&piece.text).to_string(), width);
            match &piece.removed {
                None => writeln!(to, "{good}+{good:#} {text}{}", aside(&[stands]))?,
                Some(removal) => {
                    writeln!(to, "{bad}- {text}{bad:#}{}", aside(&[&removal.rule, stands]))?;
                    for told in &removal.yields {
                        writeln!(to, "    {} = {}", told.field, hung(&safe(&told.value).to_string(), width))?;
                    }
                }
            }
        }
    }
    writeln!(to, "\nclaims")?;
    for claim in &draft.claims {
        let shown: String = claim.value.chars().take(160).collect();
        let line = format!("{} = {}  ({})", claim.field, safe(&shown), safe(&claim.found));
        writeln!(to, "  {}", hung(&line, width))?;
    }
    for note in &article.notes {
        writeln!(to, "note: {}", safe(&note.0))?;
    }
    writeln!(to)
}

/// So many short lines of chrome in a row are shown side by side.
const ROW: usize = 4;

/// Whether a piece is a short line of a page's chrome that told nothing: an entry of a menu, a button.
fn is_small(piece: &Piece) -> bool {
    let chrome = |removal: &Removal| removal.rule.starts_with("page.") && removal.yields.is_empty();
    piece.removed.as_ref().is_some_and(chrome) && piece.text.len() <= 80 && !piece.text.contains('\n')
}

/// A text whose lines hang below its first by two columns: on a terminal of that width wrapped between words.
fn hung(text: &str, width: Option<usize>) -> String {
    match width {
        Some(width) => wrap::lines(text, width.saturating_sub(3)).join("\n  "),
        None => text.replace('\n', "\n  "),
    }
}

fn row(texts: &[&str]) -> String {
    texts.iter().map(|text| safe(text).to_string()).collect::<Vec<_>>().join(" · ")
}

/// Words that explain a line, behind it.
fn aside(words: &[&str]) -> String {
    let (quiet, words) = (style::QUIET, words.iter().filter(|word| !word.is_empty()));
    let words = words.map(|word| safe(word).to_string()).collect::<Vec<_>>().join(" ");
    if words.is_empty() { String::new() } else { format!("  {quiet}{words}{quiet:#}") }
}

/// The document's text against the article's: removed lines with `-`, kept ones with a blank; short lines of chrome in a
/// row stand in one.
pub fn diff(document: &Document, draft: &Draft, width: Option<usize>, to: &mut impl Write) -> io::Result<()> {
    let bad = style::BAD;
    writeln!(to, "--- {}\n+++ article", safe(&document.origin.to_string()))?;
    for run in draft.pieces.chunk_by(|a, b| is_small(a) && is_small(b)) {
        if run.len() >= ROW {
            let texts: Vec<&str> = run.iter().map(|piece| piece.text.as_str()).collect();
            writeln!(to, "{bad}- {}{bad:#}", hung(&row(&texts), width))?;
            continue;
        }
        for (piece, line) in run.iter().flat_map(|piece| piece.text.lines().map(move |line| (piece, line))) {
            match piece.kept() {
                true => writeln!(to, "  {}", hung(&safe(line).to_string(), width))?,
                false => writeln!(to, "{bad}- {}{bad:#}", hung(&safe(line).to_string(), width))?,
            }
        }
    }
    writeln!(to)
}

fn head(document: &Document, article: &Article, to: &mut impl Write) -> io::Result<()> {
    let (title, field) = (style::TITLE, style::FIELD);
    let name = if article.title.is_empty() { "(no headline)" } else { &article.title };
    writeln!(to, "{title}{}{title:#}", safe(name))?;
    let mut line = |key: &str, value: &str| -> io::Result<()> {
        if value.is_empty() { Ok(()) } else { writeln!(to, "{field}{key:<20}{field:#} {}", safe(value)) }
    };
    for (key, value) in crate::facts::of(article) {
        line(key, &value)?;
    }
    line("origin", &document.origin.to_string())
}
