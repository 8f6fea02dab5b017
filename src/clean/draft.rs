//! An article on its way through the cascade: pieces of text in page order, kept or removed, and claims.
//!
//! Stages never delete a piece: they mark it removed with the id of the rule. So removed and kept together always
//! account for everything the first stage handed over.

use crate::model::{BlockKind, Claim, Note, Span, Yield};

/// A link inside a piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Bytes of the piece's text.
    pub span: Span,
    /// Absolute where the base is known.
    pub href: String,
}

/// One block on its way, or a part of one.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// What it is.
    pub kind: BlockKind,
    /// Its text: one line, white space collapsed (line ends kept in tables and preformatted text).
    pub text: String,
    /// Links in it.
    pub links: Vec<Link>,
    /// Bytes of the spaces in `text` where a line of the document ended within the block (`<br>`), in order.
    pub breaks: Vec<usize>,
    /// The rule that took it out, if one did.
    pub removed: Option<Removal>,
    /// Whether it continues the piece before it (a block cut into a kept and a removed part).
    pub continues: bool,
    /// Where it was on the page, for `--explain`: `article>p`, `line 3`, `json:content`.
    pub place: String,
}

/// Why a piece was taken out.
#[derive(Debug, Clone, PartialEq)]
pub struct Removal {
    /// Stable rule id (`footer.source-link`, `page.related`, `header.glued-date`).
    pub rule: String,
    /// What it told us; also pushed as claims.
    pub yields: Vec<Yield>,
}

/// An article on its way through the cascade.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Draft {
    /// In page order.
    pub pieces: Vec<Piece>,
    /// What the document said of itself, most trusted first within a field and a place.
    pub claims: Vec<Claim>,
    /// What was assumed.
    pub notes: Vec<Note>,
}

impl Piece {
    /// A kept piece without links.
    pub fn new(kind: BlockKind, text: impl Into<String>, place: impl Into<String>) -> Self {
        let (text, place) = (text.into(), place.into());
        Self { kind, text, links: Vec::new(), breaks: Vec::new(), removed: None, continues: false, place }
    }

    /// Whether it is still part of the article.
    pub fn kept(&self) -> bool {
        self.removed.is_none()
    }
}

impl Draft {
    /// Takes a whole piece out by `rule`; what it told becomes claims found at `rule`.
    pub fn remove(&mut self, piece: usize, rule: &str, yields: Vec<Yield>) {
        for told in &yields {
            self.claims.extend(Claim::new(told.field, &told.value, rule));
        }
        self.pieces[piece].removed = Some(Removal { rule: rule.to_owned(), yields });
    }

    /// Takes bytes `part` of a kept piece out by `rule`, cutting it into up to three pieces (white space at the
    /// cuts is dropped). Returns how many pieces there are more than before.
    pub fn remove_part(&mut self, piece: usize, part: Span, rule: &str, yields: Vec<Yield>) -> usize {
        let whole = self.pieces[piece].clone();
        let cuts = [(0, part.start, false), (part.start, part.end, true), (part.end, whole.text.len(), false)];
        let mut made = Vec::new();
        for (start, end, out) in cuts {
            let raw = whole.text.get(start..end).unwrap_or("");
            let lead = raw.len() - raw.trim_start().len();
            let text = raw.trim();
            if text.is_empty() {
                continue;
            }
            let (start, end) = (start + lead, start + lead + text.len());
            let links = whole.links.iter().filter(|l| start <= l.span.start && l.span.end <= end);
            let links = links.map(|l| Link { span: Span::new(l.span.start - start, l.span.end - start), ..l.clone() });
            let breaks = whole.breaks.iter().filter(|&&at| start < at && at < end).map(|at| at - start);
            made.push(Piece {
                text: text.to_owned(),
                links: links.collect(),
                breaks: breaks.collect(),
                removed: out.then(|| Removal { rule: rule.to_owned(), yields: yields.clone() }),
                continues: whole.continues || !made.is_empty(),
                ..whole.clone()
            });
        }
        if let Some(first) = made.first_mut() {
            first.continues = whole.continues;
        }
        for told in &yields {
            self.claims.extend(Claim::new(told.field, &told.value, rule));
        }
        let more = made.len().saturating_sub(1);
        self.pieces.splice(piece..=piece, made);
        more
    }
}
