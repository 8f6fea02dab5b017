//! `newsdex man`: the manual page, made from the same words as `--help`.

use clap::CommandFactory;

use crate::args::Cli;
use crate::output::{self, Status};

pub fn run() -> anyhow::Result<Status> {
    let mut page = Vec::new();
    let command = Cli::command();
    let man = clap_mangen::Man::new(command.clone());
    man.render(&mut page)?;
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
        let name = format!("newsdex {}", sub.get_name());
        page.extend_from_slice(format!(".SH \"{}\"\n", name.to_uppercase()).as_bytes());
        let man = clap_mangen::Man::new(sub.clone().name(name.clone()).bin_name(name));
        man.render_synopsis_section(&mut page)?;
        man.render_description_section(&mut page)?;
        man.render_options_section(&mut page)?;
    }
    output::write_all(&page)?;
    Ok(Status::Done)
}
