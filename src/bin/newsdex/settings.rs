//! `newsdex.toml` in the home: what a person would otherwise type each time.

use std::path::Path;

use serde::Deserialize;

/// The file's name.
pub const FILE: &str = "newsdex.toml";

/// Everything the file may say. What is typed beats it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    pub ingest: Ingest,
    pub search: Search,
}

/// `[ingest]`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Ingest {
    /// Threads for cleaning.
    pub threads: Option<usize>,
    /// Megabytes for batches.
    pub memory: Option<u64>,
    /// Field names of JSON and CSV records, as `--map` takes them.
    pub map: Option<String>,
}

/// `[search]`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Search {
    /// Results shown.
    pub limit: Option<usize>,
    /// Passages shown of one article.
    pub passages: Option<usize>,
    /// Whether copies of one story are collapsed.
    pub collapse: Option<bool>,
}

/// The settings of `home`; none when there is no file.
pub fn load(home: &Path) -> anyhow::Result<Settings> {
    let path = home.join(FILE);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Settings::default()),
        Err(error) => return Err(newsdex::Error::io(&path, error).into()),
    };
    toml::from_str(&text).map_err(|error| {
        let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        anyhow::anyhow!("`{}`, line {line}: {}", path.display(), plain(error.message()))
    })
}

/// What is wrong with a value, without the names of Rust's types.
fn plain(message: &str) -> String {
    let Some((said, expected)) = message.rsplit_once("expected ") else { return message.to_owned() };
    let words = match expected {
        "usize" | "u64" => "a whole number",
        "a boolean" => "`true` or `false`",
        "a string" => "text in quotes",
        of_ours if of_ours.starts_with("struct ") => "settings below a line such as `[search]`",
        plain => plain,
    };
    let said =
        said.replace("string \"", "text \"").replace("invalid type: ", "not ").replace("invalid value: ", "not ");
    format!("{said}expected {words}")
}
