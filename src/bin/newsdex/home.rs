//! Which folder is the home.

use std::path::{Path, PathBuf};

use crate::args::Global;

/// The home: `--home` or `NEWSDEX_HOME`, else the nearest folder upward that has a corpus or a `newsdex.toml`, else here.
pub fn find(global: &Global) -> PathBuf {
    if let Some(home) = &global.home {
        return home.clone();
    }
    // An empty variable is one that is not set, as `NEWSDEX_HOME= newsdex …` means it.
    if let Some(home) = std::env::var_os("NEWSDEX_HOME").filter(|home| !home.is_empty()) {
        return home.into();
    }
    let here = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
    let is_home = |folder: &&Path| folder.join("corpus/newsdex.db").exists() || folder.join("newsdex.toml").exists();
    here.ancestors().find(is_home).map_or_else(|| here.clone(), Path::to_path_buf)
}
