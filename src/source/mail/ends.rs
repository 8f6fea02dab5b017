//! Where the parts of a message end, for messages that do not say it: cut ones, and those of programs that forget.

use mail_parser::{Message, MimeHeaders};

/// Most multiparts of a message whose ends are looked for.
const MOST_OPEN: usize = 64;

/// The message with an end for each of its parts; `None` if all have one.
pub fn ended(mail: &Message<'_>, raw: &[u8]) -> Option<Vec<u8>> {
    let boundaries = mail.parts.iter().filter_map(|part| {
        let kind = part.content_type().filter(|kind| kind.ctype() == "multipart")?;
        Some((kind.attribute("boundary")?, part.offset_body as usize))
    });
    // Each is looked for in all that follows it; nobody nests so many.
    let open = boundaries.take(MOST_OPEN).filter(|(boundary, from)| is_open(boundary, raw, *from));
    let open: Vec<&str> = open.map(|(boundary, _)| boundary).collect();
    if open.is_empty() {
        return None;
    }
    // Half a boundary is no text.
    let last = memchr::memrchr(b'\n', raw).map_or(0, |at| at + 1);
    let torn = open.iter().any(|boundary| {
        let mark = format!("--{boundary}");
        raw.len() - last > 2 && mark.as_bytes().starts_with(&raw[last..])
    });
    let mut ended = raw[..if torn { last } else { raw.len() }].to_vec();
    open.iter().rev().for_each(|boundary| ended.extend(format!("\n--{boundary}--\n").bytes()));
    Some(ended)
}

/// Whether the last line that parts these parts does not end them.
fn is_open(boundary: &str, raw: &[u8], from: usize) -> bool {
    let mark = format!("--{boundary}");
    let Some(body) = raw.get(from..) else { return false };
    let found = memchr::memmem::rfind_iter(body, mark.as_bytes());
    let lines = found.filter(|at| *at == 0 || body[at - 1] == b'\n');
    let mut rests = lines.map(|at| body[at + mark.len()..].split(|b| *b == b'\n').next().unwrap_or_default());
    // A longer boundary may begin with this one.
    let last = rests.find_map(|rest| match rest {
        [b'-', b'-', ..] => Some(true),
        rest if rest.trim_ascii().is_empty() => Some(false),
        _ => None,
    });
    last == Some(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end_of(raw: &str) -> Option<String> {
        let mail = mail_parser::MessageParser::default().parse(raw.as_bytes()).unwrap();
        ended(&mail, raw.as_bytes())
            .map(|ended| String::from_utf8(ended[raw.len().min(ended.len())..].to_vec()).unwrap())
    }

    #[test]
    fn parts_that_have_no_end_get_one() {
        let head = "Subject: x\nContent-Type: multipart/mixed; boundary=a\n\n--a\n";
        assert_eq!(end_of(&format!("{head}\nRain.\n--a--\n")), None);
        assert_eq!(end_of(&format!("{head}\nRain.\n--a--")), None);
        assert_eq!(end_of(&format!("{head}\nRain, well--as they say\n")).as_deref(), Some("\n--a--\n"));
        let inner = format!("{head}Content-Type: multipart/alternative; boundary=ab\n\n--ab\n\nRain.\n");
        assert_eq!(end_of(&inner).as_deref(), Some("\n--ab--\n\n--a--\n"));
        assert_eq!(end_of(&format!("{inner}--ab--\n")).as_deref(), Some("\n--a--\n"));
        let long = "Subject: x\nContent-Type: multipart/mixed; boundary=abcdef\n\n--abcdef\n\nRain.\n--abcd";
        let mail = mail_parser::MessageParser::default().parse(long.as_bytes()).unwrap();
        assert!(ended(&mail, long.as_bytes()).unwrap().ends_with(b"Rain.\n\n--abcdef--\n"));
    }
}
