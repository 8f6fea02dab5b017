//! `newsdex completions SHELL`.

use clap::CommandFactory;

use crate::args::Cli;
use crate::output::{Output, Status};

pub fn run(shell: clap_complete::Shell, out: &Output) -> anyhow::Result<Status> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "newsdex", &mut script);
    out.write_all(&script)?;
    Ok(Status::Done)
}
