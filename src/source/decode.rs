//! Bytes to text: which encoding, and what to do where bytes do not fit it.
//!
//! Order: byte order mark; UTF-16 and UTF-32 by their zero bytes; bytes that are valid UTF-8 with multi-byte
//! characters, whatever is declared; the HTTP charset; the declaration (XML, `<meta>`); UTF-8 with a few broken bytes;
//! the detector. Labels are read as the WHATWG encoding standard reads them (`iso-8859-1` is windows-1252).

use super::dos;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Decoded text and how it was decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// The name of the encoding.
    pub encoding: &'static str,
    /// What had to be assumed, for a note.
    pub note: Option<String>,
}

/// Decodes `bytes`; `http` and `declared` are charset labels, if there are any.
pub fn decode(bytes: &[u8], http: Option<&str>, declared: Option<&str>) -> Decoded {
    let done = |text: String, encoding, note| Decoded { text, encoding, note };
    if let Some((wide, skip)) = wide(bytes) {
        let note = declared
            .filter(|d| !d.to_ascii_lowercase().starts_with("utf-") || d.ends_with('8'))
            .map(|d| format!("declared as `{d}` and is {}", wide.name()));
        return done(wide.decode(&bytes[skip..]), wide.name(), note);
    }
    let (body, marked) = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
        Some(rest) => (rest, true),
        None => (bytes, false),
    };
    let label = http.and_then(known).or_else(|| declared.and_then(known));
    // ISO-2022-JP is ASCII bytes throughout, so it passes for UTF-8.
    let escapes = label.filter(|l| !l.is_ascii_compatible() && *l != UTF_16LE && *l != UTF_16BE);
    if let Some(label) = escapes
        && memchr::memchr(0x1B, body).is_some()
    {
        return done(label.decode_without_bom_handling(body).0.into_owned(), label.name(), None);
    }
    match std::str::from_utf8(body) {
        Ok(text) => {
            let contradicted = label.filter(|l| *l != UTF_8 && !text.is_ascii());
            let note = contradicted.map(|l| format!("declared as `{}` and is UTF-8", l.name()));
            return done(text.to_owned(), UTF_8.name(), note);
        }
        // A character cut by the end of the bytes is no sign of another encoding.
        Err(error)
            if error.error_len().is_none() && error.valid_up_to() + 4 > body.len() && error.valid_up_to() > 0 =>
        {
            let text = String::from_utf8_lossy(&body[..error.valid_up_to()]).into_owned();
            if !text.is_ascii() || label.is_none() || label == Some(UTF_8) {
                return done(text, UTF_8.name(), Some("cut within a character".to_owned()));
            }
        }
        Err(_) => {}
    }
    let (good, bad) = count_utf8(body);
    // Entries of several charsets in one feed: half of them right is no accident where UTF-8 is declared.
    if marked || good >= 2 * bad || label == Some(UTF_8) && good > 0 && good >= bad {
        let note = format!("{bad} bytes are not UTF-8 and were read as windows-1252");
        return done(mixed(body), UTF_8.name(), Some(note));
    }
    if let Some(label) = label.filter(|l| *l != UTF_8 && l.is_ascii_compatible()) {
        let (text, _, errors) = label.decode(body);
        if !errors || spoilt(&text) * 50 < bad {
            let note = errors.then(|| format!("some bytes are not {}", label.name()));
            return done(text.into_owned(), label.name(), note);
        }
    }
    let guessed = detect(body);
    let of_dos = guessed == WINDOWS_1252 && dos::is_one(&body[..body.len().min(1 << 20)]);
    let (text, name) = if of_dos {
        (dos::decode(body), dos::NAME)
    } else {
        (guessed.decode_without_bom_handling(body).0.into_owned(), guessed.name())
    };
    let note = format!(
        "read as {name}: {}",
        match declared.or(http) {
            Some(said) => format!("declared as `{said}`, which does not fit"),
            None => "no charset was declared".to_owned(),
        }
    );
    done(text, name, Some(note))
}

/// Decodes a short piece, such as one line of a file of lines, without note.
pub fn piece(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => decode(bytes, None, None).text,
    }
}

/// Decodes XML by its declaration.
pub fn xml(bytes: &[u8], http: Option<&str>) -> Decoded {
    decode(bytes, http, xml_declaration(bytes).as_deref())
}

/// Decodes HTML by its `<meta>`, looked for in the first 16 KiB (the standard says 1 KiB; real pages put it later).
pub fn html(bytes: &[u8], http: Option<&str>) -> Decoded {
    let declared = meta_charset(&bytes[..bytes.len().min(16 * 1024)]).or_else(|| xml_declaration(bytes));
    decode(bytes, http, declared.as_deref())
}

/// Whether the bytes are UTF-16 or UTF-32, by mark or by their zero bytes.
pub fn is_wide(bytes: &[u8]) -> bool {
    wide(bytes).is_some()
}

/// The charset named in an XML declaration.
pub fn xml_declaration(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(4096)];
    let start = memchr::memmem::find(head, b"<?xml")?;
    let end = start + memchr::memmem::find(&head[start..], b"?>").unwrap_or(200.min(head.len() - start));
    let declaration = String::from_utf8_lossy(&head[start..end]).into_owned();
    let at = declaration.find("encoding")?;
    let value = declaration[at + 8..].trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let label = value[1..].split(quote).next()?.trim();
    (!label.is_empty()).then(|| label.to_owned())
}

/// The charset of `<meta charset=…>` or `<meta http-equiv=content-type content="…; charset=…">`.
fn meta_charset(head: &[u8]) -> Option<String> {
    let lower = head.to_ascii_lowercase();
    let mut from = 0;
    while let Some(at) = memchr::memmem::find(&lower[from..], b"<meta") {
        let start = from + at;
        let end = start + memchr::memchr(b'>', &lower[start..]).unwrap_or(lower.len() - start);
        if let Some(at) = memchr::memmem::find(&lower[start..end], b"charset") {
            let value = String::from_utf8_lossy(&lower[start + at + 7..end]).into_owned();
            if let Some(value) = value.trim_start().strip_prefix('=') {
                let value = value.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
                let label = value.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '/')).next();
                if let Some(label) = label.filter(|l| known(l).is_some()) {
                    return Some(label.to_owned());
                }
            }
        }
        from = end;
    }
    None
}

/// The encoding that a label names, also by names that the standard does not have.
pub fn known(label: &str) -> Option<&'static Encoding> {
    let label = label.trim().trim_matches(['"', '\'']);
    let encoding = Encoding::for_label(label.as_bytes()).or_else(|| {
        let bare: String = label.to_ascii_lowercase().chars().filter(|c| c.is_ascii_alphanumeric()).collect();
        let known = match bare.as_str() {
            "utf8mb4" | "utf8n" | "utf8bom" => "utf-8",
            "win1251" | "windows1251" | "win1251e" => "windows-1251",
            "win1252" | "ansi" | "latin" | "winansi" => "windows-1252",
            "koi8" => "koi8-r",
            "gb180302000" | "gb18030" => "gb18030",
            "sjis" | "shiftjisx0213" | "cp932" => "shift_jis",
            _ => return None,
        };
        Encoding::for_label(known.as_bytes())
    })?;
    // The standard's "replacement" encoding decodes to nothing.
    (encoding != encoding_rs::REPLACEMENT).then_some(encoding)
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    // Enough to tell; the detector is slower than the decoder.
    detector.feed(&bytes[..bytes.len().min(1 << 20)], true);
    detector.guess(None, chardetng::Utf8Detection::Deny)
}

/// Multi-byte UTF-8 characters, and bytes that are part of none.
fn count_utf8(bytes: &[u8]) -> (usize, usize) {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += chunk.invalid().len();
    }
    (good, bad)
}

/// UTF-8 with stray bytes: these are read as windows-1252, which is what they nearly always are.
fn mixed(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() + 16);
    for chunk in bytes.utf8_chunks() {
        out.push_str(chunk.valid());
        match chunk.invalid() {
            [] => {}
            // A lead byte with part of its tail is a cut character.
            [lead, _, ..] if *lead >= 0xC2 => out.push('\u{FFFD}'),
            bad => out.push_str(&WINDOWS_1252.decode_without_bom_handling(bad).0),
        }
    }
    out
}

fn spoilt(text: &str) -> usize {
    text.chars().filter(|&c| c == '\u{FFFD}').count()
}

#[derive(Clone, Copy)]
enum Wide {
    Utf16(bool),
    Utf32(bool),
}

impl Wide {
    fn name(self) -> &'static str {
        match self {
            Wide::Utf16(true) => "UTF-16BE",
            Wide::Utf16(false) => "UTF-16LE",
            Wide::Utf32(true) => "UTF-32BE",
            Wide::Utf32(false) => "UTF-32LE",
        }
    }

    fn decode(self, bytes: &[u8]) -> String {
        match self {
            Wide::Utf16(true) => UTF_16BE.decode_without_bom_handling(bytes).0.into_owned(),
            Wide::Utf16(false) => UTF_16LE.decode_without_bom_handling(bytes).0.into_owned(),
            Wide::Utf32(big) => {
                let unit = |b: &[u8; 4]| if big { u32::from_be_bytes(*b) } else { u32::from_le_bytes(*b) };
                bytes.as_chunks::<4>().0.iter().map(|b| char::from_u32(unit(b)).unwrap_or('\u{FFFD}')).collect()
            }
        }
    }
}

/// UTF-16 or UTF-32 and the length of its mark.
fn wide(bytes: &[u8]) -> Option<(Wide, usize)> {
    match bytes {
        [0, 0, 0xFE, 0xFF, ..] => return Some((Wide::Utf32(true), 4)),
        [0xFF, 0xFE, 0, 0, ..] => return Some((Wide::Utf32(false), 4)),
        [0xFE, 0xFF, ..] => return Some((Wide::Utf16(true), 2)),
        [0xFF, 0xFE, ..] => return Some((Wide::Utf16(false), 2)),
        _ => {}
    }
    let head = &bytes[..bytes.len().min(256)];
    if head.len() < 8 {
        return None;
    }
    // Markup and Latin text without a mark: the zero bytes stand at fixed places, with text between them.
    let quads = head.as_chunks::<4>().0;
    let all = |test: fn(&[u8; 4]) -> bool| quads.iter().take(16).all(test);
    if all(|q| q[0] == 0 && q[1] == 0 && q[3] != 0) {
        return Some((Wide::Utf32(true), 0));
    }
    if all(|q| q[3] == 0 && q[2] == 0 && q[0] != 0) {
        return Some((Wide::Utf32(false), 0));
    }
    let pairs = head.as_chunks::<2>().0;
    let share = |at: usize| {
        let texts = pairs.iter().filter(|p| p[at] == 0 && matches!(p[1 - at], 9 | 10 | 13 | 32..=126)).count();
        texts * 10 >= pairs.len() * 7
    };
    if share(0) {
        Some((Wide::Utf16(true), 0))
    } else if share(1) {
        Some((Wide::Utf16(false), 0))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_win_over_what_is_declared() {
        let utf16: Vec<u8> =
            "<?xml version='1.0'?><rss>Grüße</rss>".encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bytes, http, declared, text, encoding) in [
            (&b"\xEF\xBB\xBFGr\xC3\xBC\xC3\x9Fe"[..], None, Some("iso-8859-1"), "Grüße", "UTF-8"),
            (b"Gr\xC3\xBC\xC3\x9Fe", Some("us-ascii"), None, "Grüße", "UTF-8"),
            (b"Gr\xFC\xDFe aus dem Tal", None, Some("iso-8859-1"), "Grüße aus dem Tal", "windows-1252"),
            (b"\x93quoted\x94", None, Some("latin1"), "“quoted”", "windows-1252"),
            (b"\xCF\xF0\xE8\xE2\xE5\xF2", Some("windows-1251"), Some("utf-8"), "Привет", "windows-1251"),
            ("Ünïcödé mit einem Fehler ".as_bytes(), None, None, "Ünïcödé mit einem Fehler ", "UTF-8"),
            (&utf16, None, Some("utf-8"), "<?xml version='1.0'?><rss>Grüße</rss>", "UTF-16BE"),
            (b"\xFF\xFE\x00\x00A\x00\x00\x00\xDF\x00\x00\x00", None, None, "Aß", "UTF-32LE"),
            (b"\x1B$B%K%e!<%9\x1B(B", None, Some("iso-2022-jp"), "ニュース", "ISO-2022-JP"),
            // A fifth of these bytes happen to be characters of UTF-8, as is declared.
            (
                b"\xC9\xCF\xBA\xA3\xB5\xC4\xD3\xE6\xC3\xF1\xCB\xB5\xA3\xAC\xBD\xF1\xC4\xEA\xB5\xC4\xD3\xE3\xBA\xDC\xB6\xE0\xA3\xAC\xBC\xDB\xB8\xF1\xD2\xB2\xB2\xBB\xB8\xDF\xA1\xA3",
                None,
                Some("utf-8"),
                "上海的渔民说，今年的鱼很多，价格也不高。",
                "GBK",
            ),
            (
                b"\xB9\xC1\xA4\xCE\xC1\xA5\xA4\xCF\xCC\xC0\xC6\xFC\xA4\xDE\xA4\xBF\xBD\xD0\xA4\xEB\xA4\xC8\xBB\xD4\xC4\xB9\xA4\xCF\xB8\xC0\xA4\xC3\xA4\xBF",
                None,
                Some("utf-8"),
                "港の船は明日また出ると市長は言った",
                "EUC-JP",
            ),
        ] {
            let got = decode(bytes, http, declared);
            assert_eq!((got.text.as_str(), got.encoding), (text, encoding));
        }
    }

    #[test]
    fn a_bad_byte_costs_a_character() {
        let mut bytes = "Überall schöne Wörter für Mädchen, ".as_bytes().to_vec();
        bytes.extend(b"caf\xE9 und mehr");
        let got = decode(&bytes, None, Some("utf-8"));
        assert_eq!(got.text, "Überall schöne Wörter für Mädchen, café und mehr");
        assert!(got.note.is_some());
        // Entries of two charsets in one feed.
        let got = decode(b"<a>\xC3\xA9t\xC3\xA9</a><a>\xE9t\xE9</a>", None, Some("utf-8"));
        assert_eq!(got.text, "<a>été</a><a>été</a>");
    }

    #[test]
    fn charsets_are_found_where_they_are_declared() {
        for (html, label) in [
            ("<html><meta charset=windows-1251>", Some("windows-1251")),
            ("<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=Shift_JIS'>", Some("shift_jis")),
            ("<meta name=a content=b><meta charset = \"utf-8\" />", Some("utf-8")),
            ("<meta charset='no-such-thing'>", None),
        ] {
            assert_eq!(meta_charset(html.as_bytes()).as_deref(), label, "{html}");
        }
        assert_eq!(xml_declaration(b"<?xml version='1.0' encoding = 'koi8-r' ?>").as_deref(), Some("koi8-r"));
    }
}
