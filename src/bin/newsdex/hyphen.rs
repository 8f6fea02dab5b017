//! `-word` in a query leaves articles out, and `-v` is an option: which of the two a word of the command line is.
//!
//! A word that begins with one hyphen is a part of the query unless it can only be an option: the letters are options
//! without a value (`-q`, `-vv`), an option stands alone (`-n`), or its value is joined to it in a form no word has (`-n5`,
//! `-ofile.csv`). Words after `--` are the query's, whatever they are.

use std::ffi::OsString;

use clap::{Arg, Command, CommandFactory};

use crate::args::Cli;

/// Stands before a word of the query that begins with a hyphen; no command line can hold it.
const GUARD: char = '\0';

/// Commands whose words are a query.
const ASKING: [&str; 5] = ["search", "export", "stats", "timeline", "save"];

/// The command line with such words made fit for an option parser; [`word`] gives them back.
pub fn guarded(typed: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let root = Cli::command();
    let mut command: Option<&Command> = None;
    let mut words = typed.into_iter();
    let mut out: Vec<OsString> = words.next().into_iter().collect();
    let mut value = false;
    while let Some(word) = words.next() {
        let text = word.to_str().unwrap_or("");
        if text == "--" {
            out.push(word);
            out.extend(words);
            break;
        }
        if value {
            // Of the option before it.
            value = false;
        } else if let Some(name) = text.strip_prefix("--") {
            value =
                !name.contains('=') && options(&root, command).any(|o| o.get_long() == Some(name) && takes_value(o));
        } else if text.len() > 1 && text.starts_with('-') {
            let asking = command.is_some_and(|command| ASKING.contains(&command.get_name()));
            let short = |c: char| options(&root, command).find(|o| o.get_short() == Some(c));
            if asking && excludes(&text[1..], &short) {
                out.push(format!("{GUARD}{text}").into());
                continue;
            }
            value = text.chars().count() == 2 && text.chars().nth(1).and_then(short).is_some_and(takes_value);
        } else if command.is_none() {
            command = root.find_subcommand(text);
        }
        out.push(word);
    }
    out
}

/// A word of the query as it was typed.
pub fn word(guarded: &str) -> Result<String, std::convert::Infallible> {
    Ok(guarded.trim_start_matches(GUARD).to_owned())
}

/// Whether the parser refused a word that may have been meant for the query.
pub fn is_refused(error: &clap::Error, words: &[OsString]) -> bool {
    if !words.iter().any(|word| ASKING.iter().any(|command| word == command)) {
        return false;
    }
    let named = error.get(clap::error::ContextKind::InvalidArg).map(ToString::to_string).unwrap_or_default();
    error.kind() == clap::error::ErrorKind::UnknownArgument && named.starts_with('-') && !named.starts_with("--")
}

fn options<'c>(root: &'c Command, command: Option<&'c Command>) -> impl Iterator<Item = &'c Arg> {
    root.get_arguments().chain(command.into_iter().flat_map(Command::get_arguments))
}

fn takes_value(option: &Arg) -> bool {
    option.get_action().takes_values()
}

/// Whether what follows a hyphen is what a query leaves out.
fn excludes<'o>(rest: &str, short: &impl Fn(char) -> Option<&'o Arg>) -> bool {
    let mut letters = rest.chars();
    let Some(first) = letters.next() else { return false };
    let joined = letters.as_str();
    if rest.chars().all(|c| c.is_ascii_digit()) {
        // `-20` may be a wish for twenty results: it is refused, and the tip says how to write either.
        return false;
    }
    if joined.is_empty() {
        return !first.is_alphanumeric();
    }
    let flags = rest.chars().all(|c| matches!(c, 'h' | 'V') || short(c).is_some_and(|option| !takes_value(option)));
    let with_value = short(first).is_some_and(takes_value)
        && (joined.chars().all(|c| c.is_ascii_digit()) || joined.contains(['=', '/', '.', '\\']));
    !flags && !with_value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn which_words_are_the_querys() {
        #[track_caller]
        fn check(typed: &str, expected: &[&str]) {
            let words = std::iter::once("newsdex").chain(typed.split(' ')).map(OsString::from);
            let got = guarded(words);
            let got = got.iter().filter_map(|w| w.to_str()).filter(|w| w.starts_with(GUARD)).map(|w| &w[1..]);
            assert_eq!(got.collect::<Vec<_>>(), expected, "{typed}");
        }
        check("search oil -gas", &["-gas"]);
        check("search -gas oil -source:gazette", &["-gas", "-source:gazette"]);
        check("--home H search oil -gas --since 2025 -northern -n 5", &["-gas", "-northern"]);
        // The letters are options, but no option looks so.
        check("search gas -oil -violence -quake -hamas", &["-oil", "-violence", "-quake", "-hamas"]);
        check("search gas -(oil coal)", &["-(oil"]);
        check("search gas -\"natural -é", &["-\"natural"]);
        for options in
            ["-n 5", "-n5", "-vv", "-qv", "-v", "-h", "-o hits.csv", "-ohits.csv", "-o=hits", "-o./hits", "-x", "-20"]
        {
            check(&format!("search gas {options}"), &[]);
        }
        // Values of options, and what comes after the end of options.
        check("search gas --sort -date --since -gas", &[]);
        check("search gas --sort=-date -gas", &["-gas"]);
        check("search gas -- -oil", &[]);
        // Commands that take no query, and words before the command.
        check("ingest -gas", &[]);
        check("-gas search oil", &[]);
        check("export gas -oil -o list.csv", &["-oil"]);
        check("save name gas -oil", &["-oil"]);
    }
}
