//! The command line: what was typed, what it means, and what a person sees.

mod args;
mod asking;
mod commands;
mod facts;
mod hits;
mod home;
mod output;
mod pager;
mod progress;
mod reading;
mod settings;
mod table;
mod wrap;

use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};
use output::{Output, Status};

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let asked = !error.use_stderr();
            // Nothing can be said about a terminal that is gone.
            let _ = error.print();
            return ExitCode::from(if asked { 0 } else { 2 });
        }
    };
    output::set_color(cli.global.color);
    match run(cli) {
        Ok(status) => status.into(),
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::report(&error);
            ExitCode::from(2)
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<Status> {
    let out = Output::new(&cli.global);
    let home = home::find(&cli.global);
    let settings = settings::load(&home)?;
    match cli.command {
        Command::Clean(args) => commands::clean::run(&args, &home, &out),
        Command::Ingest(args) => commands::ingest::run(&args, &home, &settings, &out),
        Command::Search(args) => commands::search::run(&args, &home, &settings, &out),
        Command::Export(args) => commands::export::run(&args, &home, &out),
        Command::Timeline(args) => commands::timeline::run(&args, &home, &out),
        Command::Check(args) => commands::check::run(&args, &home, &out),
        Command::Rebuild => commands::rebuild::run(&home, &out),
        Command::Save(args) => commands::saved::save(&args, &home, &out),
        Command::Saved(args) => commands::saved::list(&args, &home, &out),
        Command::New(args) => commands::saved::new(&args, &home, &out),
        Command::Show(args) => commands::show::run(&args, &home, &out),
        Command::Sources(args) => commands::sources::run(&args, &home, &out),
        Command::Stats(args) => commands::stats::run(&args, &home, &out),
        Command::Completions { shell } => commands::completions::run(shell),
        Command::Man => commands::man::run(),
    }
}
