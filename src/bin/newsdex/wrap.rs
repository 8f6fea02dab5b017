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
