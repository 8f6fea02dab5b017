//! What a person or a program sees: data on stdout, all else on stderr.

mod screen;

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anstyle::{AnsiColor, Style};
use newsdex::export::file::Pending;
use newsdex::export::{Counts, Format, Head, Ledger, Manifest, Tail};

use crate::args::{ColorChoice, Global};

use screen::Screen;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Found, or done.
    Done,
    /// Nothing found.
    Nothing,
    /// Done, but something is wrong: with what `check` was asked about, or with a part of what was typed.
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
#[derive(Debug)]
pub struct Output {
    /// No remarks, no progress.
    pub quiet: bool,
    /// How much more to say.
    pub verbose: u8,
    /// Where data goes instead of standard output.
    file: Option<Arc<File>>,
    /// The name it gets in the end.
    pending: RefCell<Option<Pending>>,
    /// What its manifest tells, where it is a hit list.
    list: RefCell<Option<List>>,
}

/// A hit list that was written to the output.
#[derive(Debug)]
pub struct List {
    pub format: Format,
    pub head: Head,
    pub tail: Tail,
    pub counts: Counts,
    pub ledger: Ledger,
}

impl Output {
    pub fn new(global: &Global) -> Self {
        Self {
            quiet: global.quiet,
            verbose: global.verbose,
            file: None,
            pending: RefCell::new(None),
            list: RefCell::new(None),
        }
    }

    /// The same, with data going to a file.
    pub fn into_file(self, pending: Pending) -> newsdex::Result<Self> {
        Ok(Self { file: Some(Arc::new(pending.file()?)), pending: RefCell::new(Some(pending)), ..self })
    }

    /// Takes what is known of a hit list that was written: where it went to a file, a manifest gets its name together with it.
    pub fn is_list(&self, list: List) {
        self.list.replace(Some(list));
    }

    /// Gives the file its name, where there is one and it has none yet: all was written.
    pub fn publish(&self) -> newsdex::Result<()> {
        let Some(pending) = self.pending.take() else { return Ok(()) };
        let path = pending.path().to_owned();
        match (self.list.take(), pending.written()?) {
            (Some(mut list), Some(written)) => {
                let manifest = Manifest::of(&path, list.format, &list.head, &list.tail, &list.counts, &written);
                manifest.publish(pending.ready()?, &path, &mut list.ledger)
            }
            _ => pending.ready()?.publish(),
        }
    }

    /// Where data goes, as it is.
    fn raw(&self) -> Box<dyn Write> {
        match &self.file {
            Some(file) => Box::new(Arc::clone(file)),
            None => Box::new(io::stdout()),
        }
    }

    /// Whether data goes to a file that was named.
    pub fn is_file(&self) -> bool {
        self.file.is_some()
    }

    /// Whether data is in colour: on a terminal, unless the person said otherwise.
    pub fn colour(&self) -> anstream::ColorChoice {
        match &self.file {
            // In a file colours are wanted only by who asks for them.
            Some(_) => match anstream::ColorChoice::global() {
                wanted @ (anstream::ColorChoice::Always | anstream::ColorChoice::AlwaysAnsi) => wanted,
                _ => anstream::ColorChoice::Never,
            },
            None => anstream::AutoStream::choice(&io::stdout()),
        }
    }

    /// Whether a person reads the data on a terminal.
    pub fn is_terminal(&self) -> bool {
        self.file.is_none() && io::stdout().is_terminal()
    }

    /// Text for a person, buffered, colours taken out where they do not belong.
    pub fn text(&self) -> BufWriter<Box<dyn Write>> {
        BufWriter::with_capacity(1 << 16, Box::new(anstream::AutoStream::new(self.raw(), self.colour())))
    }

    /// Data for a program: bytes pass as they are, but for a terminal.
    pub fn data(&self) -> BufWriter<Box<dyn Write>> {
        let to = if self.is_terminal() { Box::new(Screen::new(self.raw())) } else { self.raw() };
        BufWriter::with_capacity(1 << 16, to)
    }

    /// Writes all of `bytes`.
    pub fn write_all(&self, bytes: &[u8]) -> anyhow::Result<()> {
        let mut out = self.data();
        out.write_all(bytes)?;
        out.flush()?;
        Ok(())
    }

    /// A remark for the person, on stderr, unless quiet.
    pub fn remark(&self, text: &str) {
        if !self.quiet {
            // A closed stderr leaves nobody to tell.
            let _ = writeln!(anstream::stderr(), "{}", wrapped(text, 0));
        }
    }

    /// Whether progress may be drawn: stderr is a terminal and the person did not ask for quiet.
    pub fn progress(&self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }
}

/// `text` in lines of the terminal's width, where stderr is one; `before` columns stand before the first.
fn wrapped(text: &str, before: usize) -> String {
    if !io::stderr().is_terminal() {
        return text.to_owned();
    }
    crate::wrap::hanging(text, crate::wrap::columns(), before)
}

pub fn set_color(choice: ColorChoice) {
    match choice {
        ColorChoice::Auto => {}
        ColorChoice::Always => anstream::ColorChoice::Always.write_global(),
        ColorChoice::Never => anstream::ColorChoice::Never.write_global(),
    }
}

/// The format that the name of a file asks for; `None` when it says nothing.
pub fn format_of(path: &Path) -> Option<&'static str> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    match ending.as_str() {
        "svg" => Some("svg"),
        "opml" => Some("opml"),
        _ => newsdex::export::Format::of_path(path).map(newsdex::export::Format::name),
    }
}

/// Whether the reader of our output went away, which is not an error.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().filter_map(said_by_the_system).any(|(kind, _)| kind == io::ErrorKind::BrokenPipe)
}

/// What the system says, also where a writer of JSON came across it: its kind, and in words.
fn said_by_the_system(cause: &(dyn std::error::Error + 'static)) -> Option<(io::ErrorKind, String)> {
    if let Some(error) = cause.downcast_ref::<io::Error>() {
        return Some((error.kind(), newsdex::in_words(error)));
    }
    let kind = cause.downcast_ref::<serde_json::Error>()?.io_error_kind()?;
    Some((kind, newsdex::in_words(&kind.into())))
}

/// Prints an error: the chain once, then the way out on a line of its own.
pub fn report(error: &anyhow::Error) {
    let bad = style::BAD;
    let mut hint = error.chain().find_map(|c| c.downcast_ref::<newsdex::Error>()).and_then(newsdex::Error::hint_text);
    let mut text = format!("{bad}error{bad:#}: ");
    match said_by_the_system(error.as_ref()) {
        // Errors at a file of the home name it: this one comes from where the data goes.
        Some((kind, said)) => {
            text.push_str(&format!("the output could not be written: {}", safe(&said)));
            if matches!(kind, io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) {
                hint = Some("free some space, or write to another disk with -o FILE");
            } else if kind == io::ErrorKind::FileTooLarge {
                hint = Some("raise the limit (`ulimit -f unlimited`), or write to a disk that holds larger files");
            }
        }
        None => text.push_str(&safe(&error.to_string())),
    }
    for cause in error.chain().skip(1) {
        // What a library said on its way is for developers: the message and the hint say what to do.
        let said = match said_by_the_system(cause) {
            Some((_, said)) => said,
            None if cause.downcast_ref::<newsdex::Error>().is_some() => cause.to_string(),
            None => continue,
        };
        if !text.to_lowercase().contains(&said.to_lowercase()) {
            text.push_str(": ");
            text.push_str(&safe(&said));
        }
    }
    // A closed stderr leaves nobody to tell.
    let _ = writeln!(anstream::stderr(), "{}", wrapped(&text, 0));
    if let Some(said) = hint {
        self::hint(&safe(said));
    }
}

/// Prints the way out, on a line of its own.
pub fn hint(text: &str) {
    let good = style::GOOD;
    // A closed stderr leaves nobody to tell.
    let _ = writeln!(anstream::stderr(), "{good}hint{good:#}: {}", wrapped(text, "hint: ".len()));
}

/// Untrusted text made fit for a terminal.
pub fn safe(text: &str) -> String {
    newsdex::export::terminal_safe(text).into_owned()
}
