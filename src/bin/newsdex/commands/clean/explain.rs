//! The views of a cleaned document for people.

use std::io::{self, Write};

use newsdex::clean::{Draft, Piece, Removal};
use newsdex::model::{Article, Claim, Document, Field};

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
    let (good, bad) = (style::GOOD, style::BAD);
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
                let (shown, count) = (hung(&row(&texts), width), format!("({})", texts.len()));
                writeln!(to, "{bad}- {shown}{bad:#}{}", aside(&[rule, &count], &shown, width))?;
            }
            continue;
        }
        for piece in run {
            let stands = if piece.place == place { "" } else { &piece.place };
            place = &piece.place;
            let text = hung(&safe(&piece.text).to_string(), width);
            match &piece.removed {
                None => writeln!(to, "{good}+{good:#} {text}{}", aside(&[stands], &text, width))?,
                Some(removal) => {
                    writeln!(to, "{bad}- {text}{bad:#}{}", aside(&[&removal.rule, stands], &text, width))?;
                    for told in &removal.yields {
                        writeln!(to, "    {} = {}", told.field, hung(&safe(&told.value).to_string(), width))?;
                    }
                }
            }
        }
    }
    writeln!(to, "\nclaims")?;
    // The tags of one place stand together: there may be dozens.
    let tags = |claim: &Claim| claim.field == Field::Tag;
    for run in draft.claims.chunk_by(|a, b| tags(a) && tags(b) && a.found == b.found) {
        let values: Vec<String> = run.iter().map(|claim| claim.value.chars().take(160).collect()).collect();
        let line = format!("{} = {}  ({})", run[0].field, safe(&values.join(", ")), safe(&run[0].found));
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

/// Words that explain a line, behind the last of `shown`, or below it where a terminal's line is too short for both.
fn aside(words: &[&str], shown: &str, width: Option<usize>) -> String {
    let (quiet, words) = (style::QUIET, words.iter().filter(|word| !word.is_empty()));
    let words = words.map(|word| safe(word).to_string()).collect::<Vec<_>>().join(" ");
    if words.is_empty() {
        return String::new();
    }
    let columns = |line: &str| textwrap::core::display_width(line);
    let last = shown.rsplit('\n').next().unwrap_or("");
    // The first line stands behind `+ `, the others bring their blanks along.
    let long = width.is_some_and(|width| columns(last) + columns(&words) + 4 > width);
    let before = if long { "\n    " } else { "  " };
    format!("{before}{quiet}{words}{quiet:#}")
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

#[cfg(test)]
mod tests {
    use super::{aside, hung};

    #[test]
    fn lines_hang_and_what_explains_them_stays_whole() {
        let text = "the council of Orlen voted to close the old bridge";
        assert_eq!(hung(text, None), text);
        assert_eq!(hung("a\nb", None), "a\n  b");
        assert_eq!(hung(text, Some(33)), "the council of Orlen voted to\n  close the old bridge");
        let bare =
            |shown: &str, width| anstream::adapter::strip_str(&aside(&["page.chrome"], shown, width)).to_string();
        assert_eq!(bare(text, None), "  page.chrome");
        assert_eq!(bare("close the bridge", Some(33)), "  page.chrome");
        assert_eq!(bare("close the old bridge", Some(33)), "\n    page.chrome");
    }
}
