//! A pager for long output, on a terminal only.

use std::io::{self, Write};
use std::process::{Child, Command, Stdio};

use crate::output::Output;

/// Where a person's output goes: through a pager on a terminal, else straight to standard output.
pub enum Paged {
    Pager(Child),
    Straight(Box<dyn Write>),
}

impl Paged {
    /// A pager if the data goes to a terminal and `wanted`: `NEWSDEX_PAGER`, else `PAGER`, else `less`. `less` is told to
    /// stay out of the way of what fits on one screen, unless `LESS` is set. An empty name, or `cat`, means none.
    pub fn start(wanted: bool, out: &Output) -> Self {
        if wanted && out.is_terminal() {
            let named =
                std::env::var("NEWSDEX_PAGER").or_else(|_| std::env::var("PAGER")).unwrap_or_else(|_| "less".into());
            let mut words = named.split_whitespace();
            if let Some(program) = words.next().filter(|&program| program != "cat") {
                let mut command = Command::new(program);
                command.args(words).stdin(Stdio::piped());
                if std::env::var_os("LESS").is_none() {
                    command.env("LESS", "FRX");
                }
                if let Ok(child) = command.spawn() {
                    return Self::Pager(child);
                }
            }
        }
        Self::Straight(Box::new(out.text()))
    }

    /// Hands on what is left, and waits for the person to leave the pager.
    pub fn finish(mut self) -> io::Result<()> {
        let flushed = self.flush();
        if let Self::Pager(child) = &mut self {
            drop(child.stdin.take());
            child.wait()?;
        }
        flushed
    }
}

impl Write for Paged {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Pager(child) => match &mut child.stdin {
                // Colour was decided for the terminal behind the pager; NO_COLOR still counts.
                Some(stdin) if anstream::AutoStream::choice(&io::stdout()) == anstream::ColorChoice::Never => {
                    let plain = anstream::adapter::strip_bytes(bytes).into_vec();
                    stdin.write_all(&plain).map(|()| bytes.len())
                }
                Some(stdin) => stdin.write(bytes),
                None => Ok(bytes.len()),
            },
            Self::Straight(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Pager(child) => child.stdin.as_mut().map_or(Ok(()), Write::flush),
            Self::Straight(out) => out.flush(),
        }
    }
}
