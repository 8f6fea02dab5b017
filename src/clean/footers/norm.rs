//! A text as patterns see it, with the way back to the text as it stood.

/// Lowercase, straight quotes, hyphens for dashes, three full stops for an ellipsis, single spaces, and a space
/// after a full stop or colon that lacks one (`license.Read`). Lines within a block end at a line end.
pub(super) struct Norm {
    pub(super) text: String,
    /// For every byte of `text`, and one past its end, the byte of the raw text it came from.
    raw: Vec<u32>,
}

impl Norm {
    /// `breaks` are bytes of spaces in `raw` at which a line ends: the normal text has line ends there.
    pub(super) fn of_lines(raw: &str, breaks: &[usize]) -> Self {
        let mut norm = Self::of(raw);
        for &at in breaks {
            let found = norm.raw.partition_point(|&byte| (byte as usize) < at);
            if norm.text.as_bytes().get(found) == Some(&b' ') && norm.raw[found] as usize == at {
                norm.text.replace_range(found..=found, "\n");
            }
        }
        norm
    }

    pub(super) fn of(raw: &str) -> Self {
        let mut norm = Self { text: String::with_capacity(raw.len() + 8), raw: Vec::with_capacity(raw.len() + 9) };
        let (mut before, mut last) = (' ', ' ');
        let mut next_at = 0;
        while let Some(c) = raw[next_at..].chars().next() {
            let at = next_at;
            // Most of a text is runs of plain words, which are taken as a whole.
            if is_plain(c) {
                let run = plain_run(&raw.as_bytes()[at..]);
                next_at += run;
                norm.plain(&raw[at..next_at], at);
                let end = &raw.as_bytes()[at..next_at];
                before = if run > 1 { char::from(end[run - 2]) } else { last };
                last = char::from(end[run - 1]);
                continue;
            }
            next_at += c.len_utf8();
            if c.is_whitespace() {
                norm.space(at);
            } else {
                match c {
                    '‘' | '’' | '‚' | '‛' | '`' | '´' | '′' => norm.push('\'', at),
                    '“' | '”' | '„' | '«' | '»' | '‟' | '″' => norm.push('"', at),
                    '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => norm.push('-', at),
                    '…' => (0..3).for_each(|_| norm.push('.', at)),
                    '\u{AD}' | '\u{200B}' => {}
                    '！'..='～' => {
                        let narrow = char::from_u32(c as u32 - 0xFEE0).unwrap_or(c);
                        norm.push(narrow.to_ascii_lowercase(), at);
                        if matches!(c, '！' | '？') {
                            norm.space(at + c.len_utf8());
                        }
                    }
                    '。' => {
                        norm.push('.', at);
                        norm.space(at + c.len_utf8());
                    }
                    'A'..='Z' => norm.push(c.to_ascii_lowercase(), at),
                    '\0'..='\u{7F}' => norm.push(c, at),
                    _ => c.to_lowercase().for_each(|c| norm.push(c, at)),
                }
                // `license.Read`, `Standards:The`; not `U.S.`, `USSANews.com`, `Node.Js`-like names in capitals.
                let glued = matches!(c, '.' | ':' | '!' | '?' | ')')
                    && (last.is_lowercase() || c != '.' && c != ':' && last.is_alphabetic())
                    && raw[next_at..].starts_with(char::is_uppercase)
                    && before != '.';
                if glued {
                    norm.space(at + c.len_utf8());
                }
            }
            (before, last) = (last, c);
        }
        if norm.text.ends_with(' ') {
            norm.text.pop();
            norm.raw.pop();
        }
        norm.raw.push(raw.trim_end().len() as u32);
        norm
    }

    fn plain(&mut self, run: &str, at: usize) {
        let from = self.text.len();
        self.text.push_str(run);
        self.text[from..].make_ascii_lowercase();
        self.raw.extend(at as u32..(at + run.len()) as u32);
    }

    fn push(&mut self, c: char, at: usize) {
        self.text.push(c);
        if c.is_ascii() {
            self.raw.push(at as u32);
            return;
        }
        self.raw.extend(std::iter::repeat_n(at as u32, c.len_utf8()));
    }

    fn space(&mut self, at: usize) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.push(' ', at);
        }
    }

    /// The byte of the raw text for byte `at` of the normal one.
    pub(super) fn raw(&self, at: usize) -> usize {
        self.raw.get(at).or(self.raw.last()).copied().unwrap_or(0) as usize
    }

    /// Where sentences begin: 0, after every stop that a space follows, and with every line.
    pub(super) fn sentences(&self) -> impl Iterator<Item = usize> + '_ {
        let bytes = self.text.as_bytes();
        let starts = self.text.char_indices().filter(move |&(at, c)| {
            let before = self.text[..at].trim_end_matches(['"', '\'', ')', ']']);
            c == '\n' || c == ' ' && at + 1 < bytes.len() && before.ends_with(['.', '!', '?', ':', '。', '|', '।', '۔'])
        });
        std::iter::once(0).chain(starts.map(|(at, _)| at + 1))
    }
}

/// Bytes of plain words at the start of `text`, which begins with one, and of the single spaces behind them.
fn plain_run(text: &[u8]) -> usize {
    let mut space = false;
    let goes_on = |byte: &&u8| {
        let spaced = space;
        space = **byte == b' ';
        if space { !spaced } else { is_plain(char::from(**byte)) }
    };
    text.iter().take_while(goes_on).count()
}

/// Whether a character stays as it is but for its case, and nothing depends on what follows.
fn is_plain(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | '0'..='9' | ',' | '-' | '\'' | '"' | ';' | '/')
}

/// Whether a text ends as a sentence does.
pub(super) fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end().trim_end_matches(['"', '\'', '”', '’', ')', ']', '»', '」', '』']);
    bare.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।', '۔'])
}

#[cfg(test)]
mod tests {
    use super::Norm;

    #[test]
    fn the_way_back_is_kept() {
        for (raw, normal) in [
            ("It’s “Over” — now…", "it's \"over\" - now..."),
            ("a Creative Commons license.Read the", "a creative commons license. read the"),
            ("Our Standards:The Thomson", "our standards: the thomson"),
            (
                "contact USSANews.com, U.S. and https://x.example/A",
                "contact ussanews.com, u.s. and https://x.example/a",
            ),
            ("  two   spaces  ", "two spaces"),
        ] {
            let norm = Norm::of(raw);
            assert_eq!(norm.text, normal);
            for (at, _) in norm.text.char_indices() {
                assert!(raw.is_char_boundary(norm.raw(at)), "{raw} {at}");
            }
            assert_eq!(norm.raw(norm.text.len()), raw.trim_end().len());
        }
    }
}
