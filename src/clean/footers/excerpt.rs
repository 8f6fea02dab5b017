//! Marks that say there was more text: `[…]`, `Continue reading …`, `[+1210 chars]` at the very end.

use std::sync::LazyLock;

use regex::Regex;

use super::Context;
use crate::clean::draft::Draft;
use crate::model::{Claim, Field, MediaType, Span, Yield};

/// A mark at the end of a text is never longer than so many bytes.
const TAIL: usize = 1200;

fn may_end_in_a_mark(tail: &str) -> bool {
    let end = tail.trim_end();
    end.ends_with([']', ')', '>', '→', '»', ';']) || tail.contains('…') || tail.contains("...")
}

/// Takes such a mark off the last kept block and claims that the text is an excerpt.
pub(super) fn mark(draft: &mut Draft, context: &Context) {
    static MARK: LazyLock<Regex> = LazyLock::new(|| {
        // The pattern is ours and is tested.
        Regex::new(concat!(
            r"(?i)\s*(?:",
            r"\[\s*(?:…|\.\.\.|&hellip;|&#8230;)\s*\]|\(\s*(?:more|mehr|suite|más)\s*(?:…|\.\.\.)?\s*\)|(?:…|\.\.\.)?\s*\[\+?\d+ (?:chars|characters)\]",
            r"|(?:…|\.\.\.)\s*(?:\[?(?:continue reading|read (?:more|the full (?:story|article|post)|on)|keep reading|weiterlesen|mehr lesen|lire la suite|leer más|seguir leyendo|leia mais|leggi tutto|continua a leggere|lees (?:meer|verder)|läs mer|les mer|læs mere|czytaj (?:więcej|dalej)|читать далее|devamını oku|続きを読む|阅读全文|閱讀全文)\b.{0,160})",
            r"|(?:read more|continue reading|weiterlesen|mehr lesen|lire la suite|leer más|seguir leyendo|leia mais|leggi tutto|lees verder|läs mer|czytaj dalej|читать далее|続きを読む|阅读全文)\s*(?:…|\.\.\.|→|»|&raquo;|>>?)",
            r")\s*(?:→|»)?\s*$"
        ))
        .expect("a valid pattern")
    });
    let Some(last) = draft.pieces.iter().rposition(|piece| piece.kept() && !piece.text.trim().is_empty()) else {
        return;
    };
    let text = &draft.pieces[last].text;
    // Looked for only where it can stand, and only if what it cannot do without is there: most texts end in a full stop.
    let mut tail = text.len().saturating_sub(TAIL);
    while !text.is_char_boundary(tail) {
        tail += 1;
    }
    let found = if may_end_in_a_mark(&text[tail..]) { MARK.find_at(text, tail) } else { None };
    if let Some(found) = found {
        let words = found.as_str();
        let start = found.start() + words.len() - words.trim_start().len();
        // An ellipsis before `Continue reading` is the text's own.
        let start = if words.trim_start().starts_with('…') { start + '…'.len_utf8() } else { start };
        if text[..start].chars().any(char::is_alphanumeric) {
            let span = Span::new(start, text.len());
            let told = Yield { field: Field::Truncated, value: "true".to_owned() };
            draft.remove_part(last, span, "feed.excerpt-mark", vec![told]);
            return;
        }
    }
    // A feed entry or a record that stops at an ellipsis was cut by its maker; a page's own text may end so.
    let made = matches!(context.media, MediaType::FeedEntry | MediaType::Record);
    if made && (text.ends_with('…') || text.ends_with("...")) {
        draft.claims.extend(Claim::new(Field::Truncated, "true", "feed.ellipsis"));
    }
}
