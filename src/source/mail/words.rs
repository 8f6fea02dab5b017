//! Encoded words (RFC 2047) of a header: those that stand side by side, made one.
//!
//! Programs cut a long subject where a word is full, which may be within a character; read each by itself, its halves
//! are two broken ones. Charsets are named as mail names them, and read as everywhere.

use mail_parser::decoders::base64::base64_decode;

use crate::source::decode;

/// One encoded word: the charset it names, its bytes, and where it ends.
struct Word<'a> {
    charset: &'a str,
    bytes: Vec<u8>,
    end: usize,
}

/// The header with its encoded words in UTF-8; `None` if it has none that need it.
pub fn joined(head: &str) -> Option<String> {
    let mut out = String::new();
    let mut done = 0;
    let mut from = 0;
    while let Some(at) = head[from..].find("=?").map(|at| from + at) {
        let Some(first) = word(head, at) else {
            from = at + 2;
            continue;
        };
        let Word { charset, mut bytes, mut end } = first;
        while let Some(next) = beside(head, end).filter(|next| next.charset.eq_ignore_ascii_case(charset)) {
            bytes.extend_from_slice(&next.bytes);
            end = next.end;
        }
        from = end;
        // What a language is (RFC 2231) is no part of the name.
        let label = charset.split('*').next().unwrap_or(charset);
        if decode::known(label).is_none() {
            continue;
        }
        out.push_str(&head[done..at]);
        out.push_str("=?utf-8?Q?");
        decode::decode(&bytes, Some(label), None).text.bytes().for_each(|byte| out.push_str(&format!("={byte:02X}")));
        out.push_str("?=");
        done = end;
    }
    (done > 0).then(|| out + &head[done..])
}

/// The word behind one that ends at `end`, if only blanks part them.
fn beside(head: &str, end: usize) -> Option<Word<'_>> {
    let rest = head[end..].trim_start();
    let at = head.len() - rest.len();
    // A blank line ends the header.
    let gap = &head[end..at];
    (!gap.is_empty() && gap.matches('\n').count() < 2).then(|| word(head, at)).flatten()
}

fn word(head: &str, at: usize) -> Option<Word<'_>> {
    // A word is a line at most, and programs write longer ones than the 75 characters allowed.
    let rest = &head[at..];
    let line = rest[..rest.floor_char_boundary(1_000)].split(['\r', '\n']).next()?;
    let (charset, rest) = line.strip_prefix("=?")?.split_once('?')?;
    let (encoding, rest) = rest.split_once('?')?;
    let plain = |c: char| c.is_ascii_graphic();
    if !matches!(encoding, "B" | "b" | "Q" | "q") || !(2..=60).contains(&charset.len()) || !charset.chars().all(plain) {
        return None;
    }
    let (text, _) = rest.split_once("?=")?;
    let bytes = match encoding {
        "B" | "b" => base64_decode(text.as_bytes())?,
        _ => quoted(text.as_bytes()),
    };
    let end = at + 2 + charset.len() + 1 + encoding.len() + 1 + text.len() + 2;
    Some(Word { charset, bytes, end })
}

/// The `Q` encoding: an underscore is a blank.
fn quoted(text: &[u8]) -> Vec<u8> {
    let digit = |at: usize| text.get(at).and_then(|b| char::from(*b).to_digit(16));
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        at += 1;
        match (byte, digit(at), digit(at + 1)) {
            (b'=', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                at += 2;
            }
            (b'_', ..) => out.push(b' '),
            _ => out.push(*byte),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(head: &str) -> String {
        let joined = joined(head).unwrap_or_else(|| head.to_owned());
        let raw = format!("Subject: {joined}\n\nx\n");
        let mail = mail_parser::MessageParser::default().parse(raw.as_bytes()).unwrap();
        mail.subject().unwrap_or_default().to_owned()
    }

    #[test]
    fn halves_of_a_character_are_one() {
        for (head, wanted) in [
            ("=?utf-8?B?TcO2bGUgZ2VzcGVycg==?=", "Möle gesperr"),
            ("=?utf-8?B?TcM=?=\n =?utf-8?B?tmxlIHp1?=", "Möle zu"),
            ("=?UTF-8?Q?M=C3?= =?utf-8?Q?=B6le_zu?= bis Mai", "Möle zu bis Mai"),
            ("Die =?utf-8?Q?M=C3?=\r\n\t=?utf-8?B?tmxl?=", "Die Möle"),
            ("=?iso-8859-1?Q?M=F6?= =?utf-8?Q?le?=", "Möle"),
            // Labels that mail has and the web has not, words in no charset, and what is no word.
            ("=?cp932?B?jWA=?=", "港"),
            ("=?utf-8*de?Q?M=C3=B6le?=", "Möle"),
            ("Is 2=?3 or =?x?Q", "Is 2=?3 or =?x?Q"),
        ] {
            assert_eq!(read(head), wanted, "{head}");
        }
        assert_eq!(joined("Pier closes"), None);
        assert_eq!(joined("=?utf-7?Q?x?="), None);
    }
}
