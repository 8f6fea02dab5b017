//! `newsdex man`: the manual page, made from the same words as `--help`.

use clap::CommandFactory;

use crate::args::Cli;
use crate::output::{Output, Status};

pub fn run(out: &Output) -> anyhow::Result<Status> {
    let mut page = Vec::new();
    let command = Cli::command();
    let man = clap_mangen::Man::new(command.clone());
    man.render(&mut page)?;
    for sub in shown(&command) {
        let name = format!("newsdex {}", sub.get_name());
        section(sub, &name, &mut page)?;
        for below in shown(sub) {
            section(below, &format!("{name} {}", below.get_name()), &mut page)?;
        }
    }
    out.write_all(&page)?;
    Ok(Status::Done)
}

fn shown(command: &clap::Command) -> impl Iterator<Item = &clap::Command> {
    command.get_subcommands().filter(|sub| !sub.is_hide_set())
}

fn section(command: &clap::Command, name: &str, page: &mut Vec<u8>) -> std::io::Result<()> {
    page.extend_from_slice(format!(".SH \"{}\"\n", name.to_uppercase()).as_bytes());
    let man = clap_mangen::Man::new(command.clone().name(name.to_owned()).bin_name(name.to_owned()));
    man.render_synopsis_section(page)?;
    man.render_description_section(page)?;
    man.render_options_section(page)
}
