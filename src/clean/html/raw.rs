//! Where raw text ends: what stands between the tags of scripts, styles and the like.

/// Bytes before the end tag of a script; `None` if it is not in `text`. A script inside a comment inside a script does not end
/// it (the states of script data in the HTML standard, 13.2.5.4 and 13.2.5.15 to 31).
pub(super) fn script(text: &str) -> Option<usize> {
    #[derive(PartialEq)]
    enum State {
        Plain,
        Escaped,
        Twice,
    }
    let bytes = text.as_bytes();
    let (mut state, mut at) = (State::Plain, 0);
    loop {
        let rest = &bytes[at..];
        let found = match state {
            State::Plain => memchr::memchr(b'<', rest),
            _ => memchr::memchr2(b'<', b'-', rest),
        };
        at += found?;
        let rest = &bytes[at..];
        if state == State::Plain && rest.starts_with(b"<!--") {
            state = State::Escaped;
            // The hyphens may belong to the comment's end.
            at += 2;
            continue;
        }
        if rest.starts_with(b"-->") {
            state = State::Plain;
        } else if is_tag(rest, b"</", b"script") {
            if state != State::Twice {
                return Some(at);
            }
            state = State::Escaped;
        } else if state == State::Escaped && is_tag(rest, b"<", b"script") {
            state = State::Twice;
        }
        at += 1;
    }
}

/// Bytes before the end tag of the element `name`; `None` if it is not in `text`.
pub(super) fn other(text: &str, name: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'<', bytes).find(|&at| is_tag(&bytes[at..], b"</", name.as_bytes()))
}

fn is_tag(rest: &[u8], open: &[u8], name: &[u8]) -> bool {
    let Some(rest) = rest.strip_prefix(open) else { return false };
    rest.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
        && rest.get(name.len()).is_some_and(|next| matches!(next, b' ' | b'\t' | b'\n' | b'\r' | b'\x0C' | b'/' | b'>'))
}
