//! The views of a cleaned document for people.

use std::io::{self, Write};

use newsdex::clean::Draft;
use newsdex::model::{Article, Document};

use crate::output::{safe, style};

/// The article's fields, then its text.
pub fn text(document: &Document, article: &Article, to: &mut impl Write) -> io::Result<()> {
    head(document, article, to)?;
    writeln!(to, "\n{}\n", safe(&article.text))
}

/// Each piece kept (`+`) or removed (`-`), by which rule, and what it told.
pub fn explain(document: &Document, article: &Article, draft: &Draft, to: &mut impl Write) -> io::Result<()> {
    head(document, article, to)?;
    writeln!(to)?;
    for piece in &draft.pieces {
        let quiet = style::QUIET;
        match &piece.removed {
            None => {
                let good = style::GOOD;
                writeln!(to, "{good}+{good:#} {}  {quiet}{}{quiet:#}", safe(&piece.text), safe(&piece.place))?;
            }
            Some(removal) => {
                let bad = style::BAD;
                writeln!(
                    to,
                    "{bad}- {}{bad:#}  {quiet}{} {}{quiet:#}",
                    safe(&piece.text),
                    safe(&removal.rule),
                    safe(&piece.place)
                )?;
                for told in &removal.yields {
                    writeln!(to, "    {} = {}", told.field, safe(&told.value))?;
                }
            }
        }
    }
    writeln!(to, "\nclaims")?;
    for claim in &draft.claims {
        let shown: String = claim.value.chars().take(160).collect();
        writeln!(to, "  {} = {}  ({})", claim.field, safe(&shown), safe(&claim.found))?;
    }
    for note in &article.notes {
        writeln!(to, "note: {}", safe(&note.0))?;
    }
    writeln!(to)
}

/// The document's text against the article's: removed lines with `-`, kept ones with a blank.
pub fn diff(document: &Document, draft: &Draft, to: &mut impl Write) -> io::Result<()> {
    writeln!(to, "--- {}\n+++ article", safe(&document.origin.to_string()))?;
    for piece in &draft.pieces {
        for line in piece.text.lines() {
            match piece.kept() {
                true => writeln!(to, "  {}", safe(line))?,
                false => {
                    let bad = style::BAD;
                    writeln!(to, "{bad}- {}{bad:#}", safe(line))?;
                }
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
