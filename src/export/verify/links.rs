//! Where the links of a sheet lead: what a cell shows and what a click opens are two things.

use super::super::row::stored;
use super::Column;
use crate::model::Article;

/// The first link that leads elsewhere than to what the article has. A link that is gone hides nothing.
pub(super) fn altered(links: &[(Column, String)], article: &Article) -> Option<&'static str> {
    links.iter().find_map(|(column, target)| {
        let (column, name) = match column {
            Column::Url => (*column, "url (where its link leads)"),
            Column::OriginalUrl => (*column, "original_url (where its link leads)"),
            // No other cell was written with a link.
            _ => return Some("link (a cell that had none)"),
        };
        (!is_same(target, &stored(article, column).text())).then_some(name)
    })
}

/// Whether both are one address, whichever of its letters are escaped and whether or not it ends with a slash. Escapes of
/// signs that part an address (RFC 3986, 2.2) are not the signs themselves.
fn is_same(a: &str, b: &str) -> bool {
    let plain = |address: &str| unescaped(address.strip_suffix('/').unwrap_or(address));
    plain(a) == plain(b)
}

fn unescaped(address: &str) -> Vec<u8> {
    let (mut out, mut rest) = (Vec::with_capacity(address.len()), address.as_bytes());
    while let Some((&first, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|digits| first == b'%' && digits.iter().all(u8::is_ascii_hexdigit));
        let byte = digits.and_then(|d| std::str::from_utf8(d).ok()).and_then(|d| u8::from_str_radix(d, 16).ok());
        match byte {
            Some(byte) if !byte.is_ascii() || byte.is_ascii_alphanumeric() || b" -._~\"<>[]^`{}".contains(&byte) => {
                out.push(byte);
            }
            // As it is, in capitals.
            Some(byte) => out.extend(format!("%{byte:02X}").bytes()),
            None => out.push(first),
        }
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for (a, b, expected) in [
            ("https://dale.example/weir", "https://dale.example/weir", true),
            ("https://dale.example/", "https://dale.example", true),
            ("https://dale.example/a%20b", "https://dale.example/a b", true),
            ("https://dale.example/d%C3%A4mm", "https://dale.example/dämm", true),
            ("https://dale.example/100%", "https://dale.example/100%", true),
            ("https://dale.example/a%23b", "https://dale.example/a#b", false),
            ("https://dale.example/?u=a%26b", "https://dale.example/?u=a&b", false),
            ("https://dale.example/a%2fb", "https://dale.example/a%2Fb", true),
            ("https://dole.example/weir", "https://dale.example/weir", false),
            ("https://dale.example/weir#x", "https://dale.example/weir", false),
        ] {
            assert_eq!(is_same(a, b), expected, "{a} {b}");
        }
    }
}
