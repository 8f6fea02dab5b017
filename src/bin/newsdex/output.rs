//! What a person or a program sees: data on stdout, all else on stderr.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};

use crate::args::{ColorChoice, Global};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Found, or done.
    Done,
    /// Nothing found.
    Nothing,
    /// Done, but something is wrong that the command was asked to find out (`check`).
    Wrong,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        match status {
            Status::Done => ExitCode::SUCCESS,
            Status::Nothing => ExitCode::from(1),
            Status::Wrong => ExitCode::from(2),
        }
    }
}

/// Styles by meaning.
pub mod style {
    use super::{AnsiColor, Style};
    pub const TITLE: Style = Style::new().bold();
    pub const MARK: Style = Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Yellow)));
    pub const QUIET: Style = Style::new().dimmed();
    pub const GOOD: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Green)));
    pub const BAD: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)));
    pub const FIELD: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Cyan)));
}

/// Where and how loudly to speak.
#[derive(Debug, Clone, Copy)]
pub struct Output {
    /// No remarks, no progress.
    pub quiet: bool,
    /// How much more to say.
    pub verbose: u8,
}

impl Output {
    pub fn new(global: &Global) -> Self {
        Self { quiet: global.quiet, verbose: global.verbose }
    }

    /// A remark for the person, on stderr, unless quiet.
    pub fn remark(&self, text: &str) {
        if !self.quiet {
            // A closed stderr leaves nobody to tell.
            let _ = writeln!(anstream::stderr(), "{text}");
        }
    }

    /// Whether progress may be drawn: stderr is a terminal and the person did not ask for quiet.
    pub fn progress(&self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }
}

/// Standard output, buffered, colours taken out where they do not belong.
pub fn stdout() -> io::BufWriter<anstream::AutoStream<io::Stdout>> {
    io::BufWriter::with_capacity(1 << 16, anstream::AutoStream::auto(io::stdout()))
}

/// Standard output for data: bytes pass as they are.
pub fn data() -> io::BufWriter<io::StdoutLock<'static>> {
    io::BufWriter::with_capacity(1 << 16, io::stdout().lock())
}

pub fn set_color(choice: ColorChoice) {
    match choice {
        ColorChoice::Auto => {}
        ColorChoice::Always => anstream::ColorChoice::Always.write_global(),
        ColorChoice::Never => anstream::ColorChoice::Never.write_global(),
    }
}

/// Whether the reader of our output went away, which is not an error.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe))
}

/// Prints an error: the chain once, then the way out on a line of its own.
pub fn report(error: &anyhow::Error) {
    let bad = style::BAD;
    let mut text = format!("{bad}error{bad:#}: {}", safe(&error.to_string()));
    for cause in error.chain().skip(1) {
        let said = cause.to_string();
        // What a library said on its way is for developers: the message and the hint say what to do.
        let ours = cause.downcast_ref::<newsdex::Error>().is_some() || cause.downcast_ref::<io::Error>().is_some();
        if ours && !text.to_lowercase().contains(&said.to_lowercase()) {
            text.push_str(": ");
            text.push_str(&safe(&said));
        }
    }
    let hint = error.chain().find_map(|c| c.downcast_ref::<newsdex::Error>()).and_then(newsdex::Error::hint_text);
    if let Some(hint) = hint {
        let good = style::GOOD;
        text.push_str(&format!("\n{good}hint{good:#}: {}", safe(hint)));
    }
    // A closed stderr leaves nobody to tell.
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// Untrusted text made fit for a terminal.
pub fn safe(text: &str) -> String {
    newsdex::export::terminal_safe(text).into_owned()
}

/// Writes all of `bytes` to standard output.
pub fn write_all(bytes: &[u8]) -> anyhow::Result<()> {
    let mut out = data();
    out.write_all(bytes)?;
    out.flush()?;
    Ok(())
}
