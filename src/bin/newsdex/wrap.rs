//! Text wrapped to the terminal.

/// Columns to write in: the terminal's, at most 100, and 80 where there is none.
pub fn width() -> usize {
    terminal_size::terminal_size().map_or(80, |(terminal_size::Width(width), _)| usize::from(width)).clamp(20, 100)
}

/// `text` in lines of at most `width` columns; words longer than a line are cut.
pub fn lines(text: &str, width: usize) -> Vec<String> {
    text.lines().flat_map(|line| textwrap::wrap(line, width.max(10))).map(std::borrow::Cow::into_owned).collect()
}
