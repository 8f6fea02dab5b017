//! HTML character references that are still there once the text has been decoded: it had been escaped twice.

use std::iter;

/// `nbsp` (U+00A0) to `yuml` (U+00FF), in order.
const LATIN1: [&str; 96] = [
    "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect", "uml", "copy", "ordf", "laquo", "not", "shy",
    "reg", "macr", "deg", "plusmn", "sup2", "sup3", "acute", "micro", "para", "middot", "cedil", "sup1", "ordm",
    "raquo", "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc", "Atilde", "Auml", "Aring", "AElig",
    "Ccedil", "Egrave", "Eacute", "Ecirc", "Euml", "Igrave", "Iacute", "Icirc", "Iuml", "ETH", "Ntilde", "Ograve",
    "Oacute", "Ocirc", "Otilde", "Ouml", "times", "Oslash", "Ugrave", "Uacute", "Ucirc", "Uuml", "Yacute", "THORN",
    "szlig", "agrave", "aacute", "acirc", "atilde", "auml", "aring", "aelig", "ccedil", "egrave", "eacute", "ecirc",
    "euml", "igrave", "iacute", "icirc", "iuml", "eth", "ntilde", "ograve", "oacute", "ocirc", "otilde", "ouml",
    "divide", "oslash", "ugrave", "uacute", "ucirc", "uuml", "yacute", "thorn", "yuml",
];

/// The others that news text has.
const NAMED: [(&str, char); 37] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("Scaron", 'Š'),
    ("scaron", 'š'),
    ("Yuml", 'Ÿ'),
    ("ensp", ' '),
    ("emsp", ' '),
    ("thinsp", ' '),
    ("zwnj", '\u{200C}'),
    ("zwj", '\u{200D}'),
    ("lrm", '\u{200E}'),
    ("rlm", '\u{200F}'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("dagger", '†'),
    ("bull", '•'),
    ("hellip", '…'),
    ("prime", '′'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("euro", '€'),
    ("trade", '™'),
    ("rarr", '→'),
    ("larr", '←'),
    ("minus", '−'),
    ("hyphen", '‐'),
];

/// The longest name or number we look at, `&` and `;` left out.
const LONGEST: usize = 8;

/// Whether a reference we know begins at byte `at` (where `text` has `&`).
pub(super) fn starts_at(text: &str, at: usize) -> bool {
    reference(&text[at..]).is_some()
}

/// `text` with its references resolved once; `None` if there are none.
pub(super) fn resolve(text: &str) -> Option<String> {
    let mut out: Option<String> = None;
    let mut done = 0;
    for at in memchr::memchr_iter(b'&', text.as_bytes()) {
        if let Some((c, length)) = reference(&text[at..]).filter(|_| at >= done) {
            let out = out.get_or_insert_with(|| String::with_capacity(text.len()));
            out.push_str(&text[done..at]);
            out.push(c);
            done = at + length;
        }
    }
    out.map(|mut out| {
        out.push_str(&text[done..]);
        out
    })
}

/// The character that the reference at the head of `text` stands for, and the reference's length in bytes. A
/// semicolon is demanded: `R&D` and `a&b` are words.
fn reference(text: &str) -> Option<(char, usize)> {
    let body = text.strip_prefix('&')?;
    let end = body.bytes().take(LONGEST + 1).position(|b| b == b';')?;
    let name = &body[..end];
    let c = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
        None => {
            let latin = iter::zip(LATIN1, '\u{A0}'..='\u{FF}').chain(NAMED);
            latin.into_iter().find(|(known, _)| *known == name)?.1
        }
    };
    Some((c, end + 2))
}
