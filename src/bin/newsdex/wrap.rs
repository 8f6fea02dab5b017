//! Text wrapped to the terminal.

/// Columns to write in: the terminal's, at most 100, and 80 where there is none.
pub fn width() -> usize {
    columns().clamp(20, 100)
}

/// Columns of the terminal, 80 where there is none.
pub fn columns() -> usize {
    terminal_size::terminal_size().map_or(80, |(terminal_size::Width(width), _)| usize::from(width))
}

/// `text` in lines of at most `width` columns; words longer than a line are cut, no others.
pub fn lines(text: &str, width: usize) -> Vec<String> {
    // A line does not end inside a compound: `safe-third` is what a person looks for.
    let options = textwrap::Options::new(width.max(10)).word_splitter(textwrap::WordSplitter::NoHyphenation);
    text.lines().flat_map(|line| textwrap::wrap(line, &options)).map(std::borrow::Cow::into_owned).collect()
}

/// `text` in lines of at most `width` columns, each of its lines going on below its own beginning; `before` columns of the
/// first are taken. What begins in the right half goes on at the left: there is no room.
pub fn hanging(text: &str, width: usize, before: usize) -> String {
    let room = " ".repeat(before);
    let wrapped = text.split('\n').enumerate().map(|(number, line)| {
        let bare = line.trim_start_matches(' ');
        let indent = " ".repeat(line.len() - bare.len());
        let first = if number == 0 { room.clone() + &indent } else { indent.clone() };
        let below = if indent.len() <= width / 2 { &indent[..] } else { "" };
        let options = textwrap::Options::new(width.max(10)).initial_indent(&first).subsequent_indent(below);
        let options = options
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            // A path and a query stay whole, to be copied.
            .word_separator(textwrap::WordSeparator::AsciiSpace);
        textwrap::fill(bare, options)
    });
    let all = wrapped.collect::<Vec<_>>().join("\n");
    all.strip_prefix(&room).map_or(all.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_hang_below_their_beginning() {
        let said = hanging("  `ferry`: ferry 1,200 · ferries 300\n\nwithout `safe-third` none", 20, 0);
        assert_eq!(said, "  `ferry`: ferry\n  1,200 · ferries\n  300\n\nwithout `safe-third`\nnone");
        assert_eq!(hanging("no such folder", 12, 7), "no\nsuch folder");
        assert_eq!(hanging("           ^ no such field", 20, 0), "           ^ no such\nfield");
        assert_eq!(hanging("", 12, 0), "");
    }
}
