//! What was typed of searches kept under a name.

use clap::Args;

use super::Format;
use crate::hyphen;

#[derive(Debug, Args)]
pub struct Save {
    /// Its name
    pub name: String,
    /// The query
    #[arg(required = true, value_name = "QUERY", value_parser = hyphen::word)]
    pub query: Vec<String>,
}

#[derive(Debug, Args)]
pub struct Saved {
    /// Forget this one
    #[arg(long, value_name = "NAME")]
    pub forget: Option<String>,
    #[command(flatten)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct New {
    /// Which saved search (default: all)
    pub name: Option<String>,
    /// Do not remember that these were seen
    #[arg(long)]
    pub peek: bool,
    #[command(flatten)]
    pub format: Format,
}
