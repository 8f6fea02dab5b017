//! The command line: what was typed, what it means, and what a person sees.

mod args;
mod asking;
mod commands;
mod facts;
mod hits;
mod home;
mod hyphen;
mod output;
mod pager;
mod progress;
mod reading;
mod rows;
mod settings;
mod signals;
mod table;
mod wrap;

use std::process::ExitCode;

use clap::Parser;
use newsdex::export::file::Pending;

use args::{Cli, Command};
use output::{Output, Status};

fn main() -> ExitCode {
    signals::no_death_by_file_size();
    let words = hyphen::guarded(std::env::args_os());
    let cli = match Cli::try_parse_from(&words) {
        Ok(cli) => cli,
        Err(error) => {
            let asked = !error.use_stderr();
            // Nothing can be said about a terminal that is gone.
            let _ = error.print();
            if hyphen::is_refused(&error, &words) {
                output::hint(
                    "to leave a word out of a query write `NOT word`, or put the query behind `--`: `-- oil -g`",
                );
            }
            return ExitCode::from(if asked { 0 } else { 2 });
        }
    };
    output::set_color(cli.global.color);
    match written(cli) {
        Ok(status) => status.into(),
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::report(&error);
            ExitCode::from(2)
        }
    }
}

/// Runs the command with its data going to standard output, or to the file that `-o` names: whole, or not at all.
fn written(mut cli: Cli) -> anyhow::Result<Status> {
    let out = Output::new(&cli.global);
    cli.global.output = cli.global.output.filter(|path| path.as_os_str() != "-");
    let Some(path) = cli.global.output.clone() else { return run(cli, &out) };
    if let Some(format) = cli.command.format()
        && format.is_none()
    {
        *format = output::format_of(&path).map(str::to_owned);
    }
    if matches!(cli.command, Command::Export(_)) {
        // Writes a manifest beside the file, and gives both their names together.
        return run(cli, &out);
    }
    let out = out.into_file(Pending::begin(&path)?)?;
    let status = run(cli, &out)?;
    out.publish()?;
    Ok(status)
}

fn run(cli: Cli, out: &Output) -> anyhow::Result<Status> {
    let home = home::find(&cli.global);
    let settings = settings::load(&home)?;
    match cli.command {
        Command::Clean(args) => commands::clean::run(&args, &home, out),
        Command::Ingest(args) => commands::ingest::run(&args, &home, &settings, out),
        Command::Search(args) => commands::search::run(&args, &home, &settings, out),
        Command::Export(args) => commands::export::run(&args, cli.global.output.as_deref(), &home, out),
        Command::Timeline(args) => commands::timeline::run(&args, &home, out),
        Command::Check(args) => commands::check::run(&args, &home, out),
        Command::Rebuild => commands::rebuild::run(&home, out),
        Command::Save(args) => commands::saved::save(&args, &home, out),
        Command::Saved(args) => commands::saved::list(&args, &home, out),
        Command::New(args) => commands::saved::new(&args, &home, out),
        Command::Show(args) => commands::show::run(&args, &home, out),
        Command::Sources(args) => commands::sources::run(&args, &home, out),
        Command::Stats(args) => commands::stats::run(&args, &home, out),
        Command::Completions { shell } => commands::completions::run(shell, out),
        Command::Man => commands::man::run(out),
    }
}
