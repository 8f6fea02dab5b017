//! The text of a script of JSON-LD, with what pages get wrong about it.

use serde_json::Value;

/// Resolves the character references that pages wrongly leave in JSON-LD.
pub(in crate::clean::html) fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let name = rest[1..].find(';').filter(|&n| n <= 8).map(|n| &rest[1..=n]);
        let resolved = name.and_then(|name| match name {
            "amp" => Some('&'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "nbsp" => Some(' '),
            "ndash" => Some('–'),
            "mdash" => Some('—'),
            "lsquo" => Some('‘'),
            "rsquo" => Some('’'),
            "ldquo" => Some('“'),
            "rdquo" => Some('”'),
            "hellip" => Some('…'),
            _ => {
                let number = name.strip_prefix('#')?;
                let number = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                    None => number.parse().ok()?,
                };
                char::from_u32(number)
            }
        });
        match (resolved, name) {
            (Some(c), Some(name)) => {
                out.push(c);
                rest = &rest[name.len() + 2..];
            }
            _ => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// Reads one script, mending what pages get wrong: comments around it, raw line ends in strings, commas before a
/// closing bracket, `\'`, references instead of quotes, several values in a row, an end that is missing.
pub(super) fn read(script: &str) -> Vec<Value> {
    let script = script.trim().trim_start_matches('\u{feff}');
    if let Ok(value) = serde_json::from_str(script) {
        return vec![value];
    }
    let unescaped;
    let script = if script.starts_with("{&quot;") || script.starts_with("[{&quot;") || script.starts_with("{ &quot;") {
        unescaped = unescape(script);
        &unescaped
    } else {
        script
    };
    let Some(begin) = script.find(['{', '[']) else { return Vec::new() };
    let mended = mend(&script[begin..]);
    let mut values = Vec::new();
    for value in serde_json::Deserializer::from_str(&mended).into_iter::<Value>() {
        match value {
            Ok(value) => values.push(value),
            Err(_) => break,
        }
    }
    values
}

fn mend(script: &str) -> String {
    let mut out = String::with_capacity(script.len() + 16);
    let (mut quoted, mut brackets) = (false, Vec::new());
    let mut chars = script.chars().peekable();
    while let Some(c) = chars.next() {
        if quoted {
            match c {
                '\\' => match chars.next() {
                    Some(e @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u')) => out.extend(['\\', e]),
                    Some(e) => out.push(e),
                    None => {}
                },
                '"' => {
                    quoted = false;
                    out.push(c);
                }
                c if (c as u32) < 0x20 => out.push(' '),
                c => out.push(c),
            }
            continue;
        }
        match c {
            '"' => {
                quoted = true;
                out.push(c);
            }
            '{' | '[' => {
                brackets.push(c);
                out.push(c);
            }
            '}' | ']' => {
                let trimmed = out.trim_end().trim_end_matches(',').len();
                out.truncate(trimmed);
                brackets.pop();
                out.push(c);
            }
            // Outside of strings only comments and an ending semicolon bring these.
            ';' | '<' | '>' | '!' => {}
            '/' => {
                let line = chars.peek() == Some(&'/');
                let mut before = ' ';
                for c in chars.by_ref() {
                    if (line && c == '\n') || (!line && before == '*' && c == '/') {
                        break;
                    }
                    before = c;
                }
            }
            c if (c as u32) < 0x20 => out.push(' '),
            c => out.push(c),
        }
    }
    if quoted {
        out.push('"');
    }
    if !brackets.is_empty() {
        let trimmed = out.trim_end().trim_end_matches([',', ':']).len();
        out.truncate(trimmed);
    }
    for bracket in brackets.iter().rev() {
        out.push(if *bracket == '{' { '}' } else { ']' });
    }
    out
}
