//! `dpa/AFP/red`, `(dpa)`, `APA/red`: what desks sign with; and the hosts of feed services.

use super::{Context, values};
use crate::clean::draft::Piece;
use crate::model::{Field, Span, Yield};

/// Longest slug in bytes.
const LONGEST: usize = 48;

/// A slug that is the whole of a block, or stands in brackets after its last sentence.
pub(super) fn of(piece: &Piece, context: &Context) -> Option<(Span, Vec<Yield>)> {
    let text = piece.text.trim_end();
    if text.len() <= LONGEST {
        let bare = text.trim_matches(['(', ')', '[', ']', ' ', '-', '–', '—', '.', '_', '*']);
        let signed = bare.contains('/') || text.starts_with(['(', '[']) || values::agency(bare).is_some();
        if signed && bare.split(['/', ',']).any(is_shouted) {
            return found(bare, Span::new(0, piece.text.len()), context);
        }
    }
    let open = text.rfind('(')?;
    let inner = text[open + 1..].strip_suffix(')').or_else(|| text[open + 1..].strip_suffix(")."))?;
    let before = text[..open].trim_end();
    let stopped = before.trim_end_matches(['"', '”', '“', '«', '»', '’']).ends_with(['.', '!', '?']);
    if inner.len() > LONGEST || !stopped {
        return None;
    }
    found(inner, Span::new(open, piece.text.len()), context)
}

/// Whether a part is written as agencies write their own names: not an ordinary word in small letters.
fn is_shouted(part: &str) -> bool {
    let part = part.trim();
    part.chars().any(char::is_uppercase) || ["dpa", "epd", "red"].contains(&part)
}

fn found(slug: &str, span: Span, context: &Context) -> Option<(Span, Vec<Yield>)> {
    let agencies = values::agencies(slug);
    if agencies.is_empty() && !(slug.contains("ORF.at") && slug.len() <= 30) {
        return None;
    }
    let foreign = agencies.into_iter().filter(|name| !values::is_own(context.host, name));
    Some((span, foreign.map(|name| Yield { field: Field::Agency, value: name.to_owned() }).collect()))
}

/// Whether an address belongs to what feed services add: share bars, advertisements, counters.
pub(super) fn is_debris(href: &str) -> bool {
    const PARTS: [&str; 9] = [
        "feeds.feedburner.com/~ff/",
        "/~ff/",
        "//feedads.",
        "ads.pheedo.com",
        "a.rfihub.com",
        "feeds.wordpress.com/1.0/go",
        "doubleclick.net/",
        "stats.wordpress.com/",
        "rss.buysellads.com",
    ];
    PARTS.iter().any(|part| href.contains(part))
}
